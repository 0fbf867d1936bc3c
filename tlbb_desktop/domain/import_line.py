"""Reads one row of a list of people."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from tlbb_desktop.domain.birth_text import is_unknown, read_age, read_birth
from tlbb_desktop.domain.births import UNKNOWN_BIRTH, Birth, BirthPrecision
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.people import (
    Contact,
    CustodyStay,
    Identity,
    Names,
    PersonKind,
    PersonRecord,
    PersonStatus,
    Sex,
)
from tlbb_desktop.domain.people_import import NAME_FIELDS, Cell, ImportField, ImportPlan, Row
from tlbb_desktop.domain.person_check import check_person
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.khmer import normalise_name, search_key

_SEX_WORDS: Final = {
    Sex.MALE: ("ប្រុស", "ប", "បុរស", "m", "male", "boy", "man"),
    Sex.FEMALE: ("ស្រី", "ស", "នារី", "f", "female", "girl", "woman"),
}
_SEXES: Final = {search_key(word): sex for sex, words in _SEX_WORDS.items() for word in words}
_TOTAL_WORDS: Final = tuple(map(search_key, ("សរុប", "ចំនួនសរុប", "total", "grand total", "sub total", "subtotal")))
_ALL_NAMES: Final = NAME_FIELDS | {ImportField.NICKNAME}
_ADDRESS_FIELDS: Final = frozenset({ImportField.ADDRESS, ImportField.PHONES})


@dataclass(frozen=True, slots=True)
class ListMeaning:
    """What a list says without writing it on every line.

    Args:
        as_of: the day on which the list was true; ages count from it.
        today: the working day; nobody is born after it.
        stays: where the people of the list are: one open stay, or none.
        province_code_of: the code of the province that a text names, or None.
    """

    as_of: date
    today: date
    stays: tuple[CustodyStay, ...]
    province_code_of: Callable[[str], str | None]


def holds_nobody(row: Row, plan: ImportPlan) -> bool:
    """Whether *row* is empty in every column that is read, a line of totals, or the headings once more."""
    if plan.heading is not None and row == plan.table.rows[plan.heading]:
        return True
    first_text = next((cell for cell in row if isinstance(cell, str) and cell), "")
    if not first_text[:1].isdecimal() and search_key(first_text).startswith(_TOTAL_WORDS):
        return True
    return not any(cell != "" for cell, field in zip(row, plan.columns, strict=False) if field is not None)


def read_line(row: Row, columns: tuple[ImportField | None, ...], meaning: ListMeaning) -> PersonRecord:
    """The person on *row*.

    Raises:
        Refused: something cannot be read, is missing or cannot be true; the sentence says what.
    """
    cells = {field: cell for cell, field in zip(row, columns, strict=False) if field is not None and cell != ""}
    names = _names(cells)
    if not (names.khmer or names.latin):
        raise Refused(N_("There is no name."), place="family_km")
    sex, birth = _sex_and_birth(cells, meaning.as_of)
    province_code, note = _province_and_note(cells, meaning)
    record = PersonRecord(
        id=None,
        code=_code(cells.get(ImportField.CODE, "")),
        names=names,
        sex=sex,
        kind=PersonKind.PARTICIPANT,
        status=PersonStatus.ENROLLED,
        province_code=province_code,
        stays=meaning.stays,
        identity=Identity(birth),
        contact=_contact(cells) if _ADDRESS_FIELDS & cells.keys() else None,
        note=note,
    )
    check_person(record, meaning.today)
    return record


def read_somebody(row: Row, columns: tuple[ImportField | None, ...], as_of: date) -> tuple[Names, Sex | None, Birth]:
    """Name, sex and birth date of somebody on a list of others, as far as they can be read; nothing has to be there.

    Args:
        row: of the list.
        columns: what they hold.
        as_of: the day on which the list was true; ages count from it.
    """
    cells = {field: cell for cell, field in zip(row, columns, strict=False) if field is not None and cell != ""}
    sex, birth = None, UNKNOWN_BIRTH
    with suppress(Refused):
        sex = read_sex(cells.get(ImportField.SEX, ""))
    with suppress(Refused):
        birth = _birth(cells, as_of)
    return _names(cells), sex, birth


def read_sex(cell: Cell) -> Sex | None:
    """The sex that *cell* names in Khmer or English, whole or by its letter; None when it is empty or unknown.

    Raises:
        Refused: it is something else.
    """
    if is_unknown(cell):
        return None
    found = _sex_of_text(str(cell))
    if found is None:
        raise Refused(N_("The sex {text} cannot be read."), place="sex", text=str(cell).strip())
    return found


@lru_cache(maxsize=256)
def _sex_of_text(text: str) -> Sex | None:
    return _SEXES.get(search_key(text).rstrip("."))


def _sex_and_birth(cells: dict[ImportField, Cell], as_of: date) -> tuple[Sex | None, Birth]:
    """Both, or one refusal that names both where neither can be read."""
    try:
        sex = read_sex(cells.get(ImportField.SEX, ""))
    except Refused as no_sex:
        try:
            _birth(cells, as_of)
        except Refused as no_birth:
            raise Refused(
                N_("Neither the sex {sex} nor the birth date {birth} can be read."),
                place="sex",
                sex=no_sex.fields["text"],
                birth=no_birth.fields["text"],
            ) from None
        raise
    return sex, _birth(cells, as_of)


def _birth(cells: dict[ImportField, Cell], as_of: date) -> Birth:
    birth = read_birth(cells.get(ImportField.BIRTH, ""), as_of)
    if birth.precision is BirthPrecision.UNKNOWN:
        return read_age(cells.get(ImportField.AGE, ""), as_of)
    return birth


def _names(cells: dict[ImportField, Cell]) -> Names:
    written = {field: _name(cells[field]) for field in cells.keys() & _ALL_NAMES}
    khmer = _family_and_given(written, ImportField.FAMILY_KM, ImportField.GIVEN_KM, ImportField.NAME_KM)
    latin = _family_and_given(written, ImportField.FAMILY_LATIN, ImportField.GIVEN_LATIN, ImportField.NAME_LATIN)
    khmer, latin = _by_script(khmer, latin)
    return Names(*khmer, latin[0].upper(), latin[1].upper(), written.get(ImportField.NICKNAME, ""))


def _name(cell: Cell) -> str:
    name = normalise_name(str(cell))
    return name if any(map(str.isalnum, name)) and not is_unknown(name) else ""


def _family_and_given(
    written: dict[ImportField, str], family: ImportField, given: ImportField, full: ImportField
) -> tuple[str, str]:
    apart = written.get(family, ""), written.get(given, "")
    return apart if any(apart) else split_name(written.get(full, ""))


def split_name(full: str) -> tuple[str, str]:
    """Family and given name of a full name in its stored form; a single word is taken for the given name."""
    family, space, given = full.partition(" ")
    return (family, given) if space else ("", family)


def _by_script(khmer: tuple[str, str], latin: tuple[str, str]) -> tuple[tuple[str, str], tuple[str, str]]:
    """The two names where their letters belong: offices put a Latin name below a Khmer heading, and the reverse."""
    nothing = ("", "")
    if latin == nothing and khmer != nothing and not _has_khmer(khmer):
        return nothing, khmer
    if khmer == nothing and _has_khmer(latin):
        return latin, nothing
    return khmer, latin


def _has_khmer(name: tuple[str, str]) -> bool:
    return any("\u1780" <= letter <= "\u17b3" for part in name for letter in part)


def _code(cell: Cell) -> str:
    if isinstance(cell, str):
        return normalise_name(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _as_text(cell)
    raise Refused(N_("The code {text} cannot be read. Format the column as text."), place="code", text=str(cell))


def _province_and_note(cells: dict[ImportField, Cell], meaning: ListMeaning) -> tuple[str, str]:
    """The province's code and the note; a province that nobody knows is kept in the note rather than lost."""
    note = normalise_name(str(cells[ImportField.NOTE])) if ImportField.NOTE in cells else ""
    written = cells.get(ImportField.PROVINCE, "")
    if is_unknown(written):
        return "", note
    code = meaning.province_code_of(str(written))
    if code is None:
        return "", " · ".join(filter(None, (note, normalise_name(str(written)))))
    return code, note


def _contact(cells: dict[ImportField, Cell]) -> Contact:
    return Contact(
        place_text=normalise_name(_as_text(cells.get(ImportField.ADDRESS, ""))),
        phones=normalise_name(_as_text(cells.get(ImportField.PHONES, ""))),
    )


def _as_text(cell: Cell) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
