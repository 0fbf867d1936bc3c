"""What came of a bundle, what a conflict is called for a reader, and how a value is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from enum import Enum
from typing import Any, Final

from tlbb_desktop.domain.births import Birth, BirthPrecision
from tlbb_desktop.domain.exchange import Conflict, CurrentUntil, LaptopStanding, Named, Parts, Sheet, TakenIn
from tlbb_desktop.domain.exchange_fields import field_word
from tlbb_desktop.domain.exchange_names import TABLES
from tlbb_desktop.domain.money import Money
from tlbb_desktop.domain.months import Month
from tlbb_desktop.i18n import catalog
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import day_text, digits, moment_text, time_text
from tlbb_desktop.i18n.marks import N_, MarkedWord
from tlbb_desktop.i18n.punctuation import joined_remarks, labelled
from tlbb_desktop.services.exchange_enums import enum_text
from tlbb_desktop.services.money_words import money_words

_OTHER: Final = N_("Other record")
_SETTINGS: Final = {
    "organisation_km": N_("Organisation on papers, in Khmer"),
    "organisation_en": N_("Organisation on papers, in English"),
    "late_minutes": N_("Minutes late, unless others are typed"),
    "certificate_photos": N_("Photos on certificates"),
    "practical_photos": N_("Photos of practical work"),
    "refused_senders": N_("Laptops that were lost"),
}
#: What these are called needs no word for what they are.
_SELF_EVIDENT: Final = frozenset({"", "person", "training_class", "prison", "staff", "course", "absence_reason"})
_MEMBER: Final = "content."
#: Fields whose value is the whole record: a mark, a certificate.
_WHOLE: Final = frozenset({("mark", "code"), ("certificate", "state")})


def taken_lines(taken: TakenIn) -> list[str]:
    """What a bundle brought, in sentences."""
    names = {"number": taken.number, "name": taken.sender}
    changed = _("Head office gave this laptop another letter: its next certificates begin with {series}.")
    series = [changed.format(series=taken.series)] if taken.series else []
    if taken.repeated:
        return [_("Bundle {number} of {name} was taken in before. Nothing happened.").format(**names), *series]
    said = _("Bundle {number} of {name}: {added} rows added, {changed} changed, {removed} removed.")
    lines = [said.format(**names, added=taken.added, changed=taken.changed, removed=taken.removed), *series]
    if taken.conflicts:
        lines.append(_("{count} fields were changed on both sides. Decide each one.").format(count=taken.conflicts))
    if taken.waiting:
        lines.append(_("{count} rows wait for something that is not here yet.").format(count=taken.waiting))
    for before, after in taken.told_apart:
        lines.append(_("Two had the code {before}; the younger one is now {after}.").format(before=before, after=after))
    if taken.audit_cut:
        lines.append(_("The list of events of {name} lacks some that it had. Ask what happened there.").format(**names))
    if taken.own_audit_cut:
        lines.append(_("The list of events of this laptop lacks some that it had. Run the checks, and tell a manager."))
    return lines


def until_text(standing: LaptopStanding) -> str:
    """Until which day the record of a laptop is here; one that was invited may be invited again."""
    if standing.current_until:
        return day_text(standing.current_until.date())
    return _("invited, not heard of yet") if standing.invited else _("nothing yet")


def table_text(table: str) -> str:
    """What a row of a table is called, as a marked English word."""
    return TABLES.get(table, _OTHER)


def sites_text(sites: Iterable[CurrentUntil]) -> str:
    """Until which day the record of each site is here, for what adds them up; ``""`` where there is one laptop."""
    listed = ", ".join(
        _("{name} to {day}").format(name=each.name, day=day_text(each.day))
        if each.day
        else _("{name}: nothing yet").format(name=each.name)
        for each in sites
    )
    return _("Records of the sites: {sites}.").format(sites=listed) if listed else ""


def what_text(conflict: Conflict) -> str:
    """What was changed on both sides: the record and its field; a mark or a certificate is changed whole.

    Of what is shown with a reason only, the record alone is named.
    """
    named, which = _(table_text(conflict.table)), conflict.which
    if which is not None:
        named = f"{named} ({_text(which)})"
    if conflict.mine is None or (conflict.table, conflict.field) in _WHOLE:
        return named
    return labelled(named, field_text(conflict.table, conflict.field))


def field_text(table: str, field: str) -> str:
    """A field in the reader's language."""
    return _(field_word(table, field.removeprefix(_MEMBER)))


def about_text(about: Named) -> str:
    """Whom or what a conflict is about, with the day."""
    if about.table == "setting":
        return _(_SETTINGS.get(about.en, _OTHER))
    words = about.km if catalog.language() == catalog.KHMER else about.en
    return " ".join(part for part in (words, day_text(about.day) if about.day else "") if part)


def value_text(value: Any) -> str:
    """A value of a conflict as one line, in the reader's language.

    Args:
        value: as ``domain.exchange.Side`` has it.
    """
    if value is None or value in ("", (), {}):
        return _("nothing")
    return _text(value)


def _text(value: Any) -> str:
    for kind, text in _TEXTS:
        if isinstance(value, kind):
            return text(value)
    return digits(value)


def _named_text(named: Named) -> str:
    words = about_text(named)
    if not words:
        return _("{what}, not here").format(what=_(table_text(named.table)))
    return words if named.table in _SELF_EVIDENT else labelled(_(table_text(named.table)), words)


def _parts_text(parts: Parts) -> str:
    said = [labelled(field_text(parts.table, name), _text(part)) for name, part in parts.parts if part is not None]
    return joined_remarks(said) or _("nothing")


def _mapping_text(values: dict[Any, Any]) -> str:
    said = [labelled(_text(name), _text(part)) for name, part in values.items() if part is not None]
    return joined_remarks(said) or _("nothing")


def _listed(values: Iterable[Any]) -> str:
    return joined_remarks(_text(each) for each in values if each not in (None, "")) or _("nothing")


def _birth_text(birth: Birth) -> str:
    if birth.precision is BirthPrecision.UNKNOWN:
        return _("nothing")
    text = digits("/".join(reversed(birth.text().split("-"))))
    return _("about {year}").format(year=text) if birth.precision is BirthPrecision.AGE else text


def _yes_or_no(value: bool) -> str:
    return _("yes") if value else _("no")


def _month_text(month: Month) -> str:
    return digits(f"{month.number:02d}/{month.year}")


def _bytes_text(_value: bytes) -> str:
    return _("a picture")


def _sheet_text(_sheet: Sheet) -> str:
    return _("a whole page; look at it on each laptop")


#: How a value of each kind is shown, the narrower kinds first: a moment is a day, a yes is a number.
_TEXTS: Final[tuple[tuple[Any, Callable[[Any], str]], ...]] = (
    (Enum, enum_text),
    (bool, _yes_or_no),
    (MarkedWord, _),
    (str, str),
    (datetime, moment_text),
    (date, day_text),
    (time, time_text),
    (Named, _named_text),
    (Parts, _parts_text),
    (Sheet, _sheet_text),
    (Money, money_words),
    (Birth, _birth_text),
    (Month, _month_text),
    (dict, _mapping_text),
    ((tuple, list, frozenset), _listed),
    (bytes, _bytes_text),
)
