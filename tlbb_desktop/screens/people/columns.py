"""The columns of the list of people and the words of a person."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QTableView

from tlbb_desktop.domain.people import KIND_NAMES, SEX_LETTERS, STATUS_NAMES, PersonRow
from tlbb_desktop.i18n.catalog import KHMER, _, language
from tlbb_desktop.i18n.days import digits
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.qt.paged_table import Column
from tlbb_desktop.qt.theme import current_scale

PlaceName = Callable[[str], str]

#: What the service can sort by; the other columns keep the order that is there.
SORTED_KEYS = frozenset({"name", "latin", "code", "prison", "status", "release"})
#: The name is always the first column; these are shown until somebody chooses others.
ALWAYS = "name"
FIRST_CHOICE = ("name", "latin", "nickname", "sex", "age", "code", "prison", "classes", "status")
WIDTHS = {"name": 170, "latin": 170, "nickname": 96, "sex": 60, "age": 104, "code": 112, "prison": 84, "classes": 150}
USUAL_WIDTH = 140
ROW_PADDING = 8
HEAD_PADDING = 28


def columns_of_people(province_name: PlaceName) -> tuple[Column[PersonRow], ...]:
    """Every column that can be chosen, in the order in which they stand.

    Args:
        province_name: words a province's code in the reader's language.
    """
    return (
        Column("name", N_("Name"), lambda row: row.names.khmer or row.names.latin),
        Column("latin", N_("Latin name"), lambda row: row.names.latin),
        Column("nickname", N_("Nickname"), lambda row: row.names.nickname),
        Column("sex", N_("Sex"), lambda row: _(SEX_LETTERS[row.sex]) if row.sex else ""),
        Column("age", N_("Age group"), lambda row: digits(row.age_band)),
        Column("code", Np_("of a person", "Code"), lambda row: row.code),
        Column("kind", Np_("kind of person", "Kind"), lambda row: _(KIND_NAMES[row.kind])),
        Column("prison", N_("Prison"), lambda row: row.prison),
        Column("classes", N_("Classes"), lambda row: row.classes),
        Column("status", N_("Status"), lambda row: _(STATUS_NAMES[row.status])),
        Column("province", N_("Home province"), lambda row: province_name(row.province_code)),
        Column("release", N_("Planned release"), release_words),
        Column("photo", N_("Photo"), lambda row: "✓" if row.has_photo else ""),
    )


def release_words(row: PersonRow) -> str:
    """Such as ``11/2026``."""
    month = row.release_month
    return digits(f"{month.number:02d}/{month.year}") if month is not None else ""


def fit_columns(table: QTableView, titles: Sequence[str], widths: Sequence[int]) -> None:
    """Give columns their widths at 100 % text size, or more where the title needs it, and rows room for Khmer.

    Args:
        table: with its model.
        titles: marked words, in the order of the columns.
        widths: pixels.
    """
    scale, heads = current_scale(), table.horizontalHeader().fontMetrics()
    table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + round(ROW_PADDING * scale))
    for position, (title, width) in enumerate(zip(titles, widths, strict=True)):
        head = heads.horizontalAdvance(_(title)) + round(HEAD_PADDING * scale)
        table.setColumnWidth(position, max(head, round(width * scale)))


def in_language(khmer: str, english: str) -> str:
    """The one of two names of data that the reader's language asks for."""
    return khmer if language() == KHMER else english
