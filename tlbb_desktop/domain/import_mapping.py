"""Finds the row with the headings in a list of people, and what each column means."""

from __future__ import annotations

import re
from typing import Final

from tlbb_desktop.domain.people_import import NAME_FIELDS, Cell, ImportField, ImportPlan, ImportTable, Row
from tlbb_desktop.khmer import search_key

_SEARCHED_ROWS: Final = 60
_LEAST_FIELDS: Final = 2

#: Words of a heading. Where several occur in one heading the longest decides; None marks a column to leave out.
_HEADING_WORDS: Final[tuple[tuple[ImportField | None, str], ...]] = (
    (None, "ល.រ|លរ|លេខរៀង|no|nr|n°|number|row|#|ហត្ថលេខា|signature|photo|រូបថត"),
    (None, "ឈ្មោះឪពុក|ឈ្មោះម្តាយ|ឈ្មោះម្ដាយ|father|mother|father name|mother name|ឈ្មោះអាណាព្យាបាល|guardian name"),
    (None, "ទីកន្លែងកំណើត|ខេត្តកំណើត|place of birth|birth place|birthplace|province of birth"),
    (None, "ថ្ងៃចូល|ថ្ងៃចាប់|entry date|release date|ថ្ងៃដោះលែង|prison name|ឈ្មោះពន្ធនាគារ|course name|ឈ្មោះវគ្គ"),
    (
        ImportField.CODE,
        "អត្តលេខ|លេខកូដ|កូដ|លេខសម្គាល់|code|id|id number|id no|id code|participant code|student code|student id",
    ),
    (
        ImportField.NAME_KM,
        "គោត្តនាមនិងនាម|នាមត្រកូលនិងនាម|នាមត្រកូលនិងនាមខ្លួន|គោត្តនាមនាម|ឈ្មោះ|name|full name|surname and name",
    ),
    (ImportField.FAMILY_KM, "នាមត្រកូល|គោត្តនាម|family name|family|surname|last name"),
    (ImportField.GIVEN_KM, "នាមខ្លួន|នាម|given name|given|first name|forename"),
    (ImportField.NAME_LATIN, "latin|ឡាតាំង"),
    (ImportField.NICKNAME, "ឈ្មោះហៅក្រៅ|ហៅក្រៅ|ឈ្មោះហៅ|nickname|nick name|other name|known as|alias"),
    (ImportField.SEX, "ភេទ|ប្រុសស្រី|sex|gender|m f|male female"),
    (
        ImportField.BIRTH,
        "ថ្ងៃខែឆ្នាំកំណើត|ថ្ងៃកំណើត|ឆ្នាំកំណើត|កំណើត|birth|date of birth|birth date|birthdate|dob|d o b|born|birthday",
    ),
    (ImportField.AGE, "អាយុ|age"),
    (ImportField.PROVINCE, "ខេត្ត|រាជធានី|ខេត្តក្រុង|ខេត្តរាជធានី|province|home province"),
    (ImportField.ADDRESS, "អាសយដ្ឋាន|ទីលំនៅ|អាស័យដ្ឋាន|address|home address|village"),
    (
        ImportField.PHONES,
        "ទូរសព្ទ|ទូរស័ព្ទ|លេខទូរសព្ទ|លេខទូរស័ព្ទ|phone|phones|telephone|tel|mobile|phone number|telephone number|mobile number",
    ),
    (ImportField.NOTE, "ផ្សេងៗ|សម្គាល់|កំណត់សម្គាល់|note|notes|remark|remarks|comment|comments|other"),
)
_LATIN_SCRIPT: Final = ("latin", "english", "roman", search_key("ឡាតាំង"), search_key("អង់គ្លេស"))
_IN_LATIN: Final = {
    ImportField.NAME_KM: ImportField.NAME_LATIN,
    ImportField.FAMILY_KM: ImportField.FAMILY_LATIN,
    ImportField.GIVEN_KM: ImportField.GIVEN_LATIN,
}
_NOT_LETTERS: Final = re.compile(r"[^\w°#]+")
_SIGNS: Final = re.compile(r"[/().,:;*\-\[\]]+")


def _words_of_headings() -> tuple[tuple[str, bool, ImportField | None], ...]:
    words = [(word, field) for field, listed in _HEADING_WORDS for word in listed.split("|")]
    keyed = [(word if word.isascii() else search_key(word), word.isascii(), field) for word, field in words]
    return tuple(sorted(keyed, key=lambda each: -len(each[0])))


_WORDS: Final = _words_of_headings()


def field_of_heading(heading: Cell) -> tuple[ImportField | None, int]:
    """The field that a heading names, with the length of the word that told; ``(None, 0)`` when it tells nothing."""
    if not isinstance(heading, str) or not heading.strip():
        return None, 0
    spaced = f" {_NOT_LETTERS.sub(' ', heading.casefold()).strip()} "
    key = search_key(_SIGNS.sub("", heading))
    for word, is_latin, field in _WORDS:
        if f" {word} " in spaced if is_latin else word in key:
            return _in_script(field, key), len(word)
    return None, 0


def _in_script(field: ImportField | None, key: str) -> ImportField | None:
    """The Latin counterpart of a name field where the heading says Latin or English."""
    if field in _IN_LATIN and any(word in key for word in _LATIN_SCRIPT):
        return _IN_LATIN[field]
    return field


def fields_of(headings: Row) -> tuple[ImportField | None, ...]:
    """The field of each column; of two columns with the same one the better (else the first) has it."""
    told = [field_of_heading(cell) for cell in headings]
    best: dict[ImportField, int] = {}
    for position, (field, weight) in enumerate(told):
        if field is not None and (field not in best or weight > told[best[field]][1]):
            best[field] = position
    fields: list[ImportField | None] = [None] * len(headings)
    for field, position in best.items():
        fields[position] = field
    return tuple(fields)


def find_heading(table: ImportTable) -> int | None:
    """Position of the row with the headings: the one naming most fields, a name among them; None when there is none."""
    best, most = None, _LEAST_FIELDS - 1
    for position, row in enumerate(table.rows[:_SEARCHED_ROWS]):
        known = {field for field in fields_of(row) if field is not None}
        if len(known) > most and known & NAME_FIELDS:
            best, most = position, len(known)
    return best


def plan_with_heading(table: ImportTable, heading: int | None) -> ImportPlan:
    """The plan that follows from taking the row at *heading* for the headings (None: there is no such row)."""
    found = fields_of(table.rows[heading]) if heading is not None else ()
    return ImportPlan(table, heading, (found + (None,) * table.width)[: table.width])


def propose_plan(table: ImportTable) -> ImportPlan:
    """The row with the headings and the fields that they name."""
    return plan_with_heading(table, find_heading(table))
