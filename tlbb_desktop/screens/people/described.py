"""A person in words, for putting two side by side."""

from __future__ import annotations

from dataclasses import dataclass, fields

from tlbb_desktop.domain.births import Birth, BirthPrecision
from tlbb_desktop.domain.people import SEX_NAMES, STATUS_NAMES, LikelySame, PersonRecord, PersonRow
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import digits
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.screens.people.presenter import PeoplePresenter
from tlbb_desktop.widgets.side_by_side import Fact

LABELS = {
    "khmer": N_("Name"),
    "latin": N_("Latin name"),
    "nickname": N_("Nickname"),
    "sex": N_("Sex"),
    "birth": Np_("column of a list of people", "Date of birth"),
    "code": Np_("of a person", "Code"),
    "prison": N_("Prison"),
    "province": N_("Home province"),
    "classes": N_("Classes"),
    "status": N_("Status"),
}


@dataclass(frozen=True, slots=True)
class Described:
    """What the comparison shows of a person; ``""`` where nothing is known."""

    khmer: str = ""
    latin: str = ""
    nickname: str = ""
    sex: str = ""
    birth: str = ""
    code: str = ""
    prison: str = ""
    province: str = ""
    classes: str = ""
    status: str = ""

    @property
    def head(self) -> str:
        """Name over the column."""
        return self.khmer or self.latin


def facts_about(left: Described, right: Described) -> list[Fact]:
    """The lines in which at least one of both says something."""
    lines = [Fact(_(LABELS[each.name]), getattr(left, each.name), getattr(right, each.name)) for each in fields(left)]
    return [line for line in lines if line.left or line.right]


def birth_words(birth: Birth) -> str:
    """A birth date with the precision that it has, day first; an age by its year."""
    if birth.precision is BirthPrecision.UNKNOWN:
        return ""
    text = digits("/".join(reversed(birth.text().split("-"))))
    return _("about {year}").format(year=text) if birth.precision is BirthPrecision.AGE else text


def birth_text_words(text: str) -> str:
    """The same for the text that a comparison carries, such as ``2009-10``."""
    return digits("/".join(reversed(text.split("-"))))


def of_row(presenter: PeoplePresenter, row: PersonRow, birth: str) -> Described:
    """Somebody on the list; *birth* is worded already."""
    return Described(
        khmer=row.names.khmer,
        latin=row.names.latin,
        nickname=row.names.nickname,
        sex=_(SEX_NAMES[row.sex]) if row.sex else "",
        birth=birth or digits(row.age_band),
        code=row.code,
        prison=row.prison,
        province=presenter.province_name(row.province_code),
        classes=row.classes,
        status=_(STATUS_NAMES[row.status]),
    )


def of_likely(presenter: PeoplePresenter, likely: LikelySame) -> Described:
    """Somebody who may be the one at hand."""
    return of_row(presenter, likely.person, birth_text_words(likely.birth_text))


def of_record(presenter: PeoplePresenter, record: PersonRecord) -> Described:
    """Somebody as a form or a line of a list has them."""
    prisons = {prison.id: prison.code for prison in presenter.prisons()}
    open_stay = next((stay for stay in record.stays if stay.ends_on is None), None)
    return Described(
        khmer=record.names.khmer,
        latin=record.names.latin.upper(),
        nickname=record.names.nickname,
        sex=_(SEX_NAMES[record.sex]) if record.sex else "",
        birth=birth_words(record.identity.birth) if record.identity else "",
        code=record.code,
        prison=prisons.get(open_stay.prison_id, "") if open_stay else "",
        province=presenter.province_name(record.province_code),
        status=_(STATUS_NAMES[record.status]),
    )
