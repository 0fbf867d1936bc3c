"""The words of a journey."""

from __future__ import annotations

from typing import Final

from tlbb_desktop.domain.class_papers import BOTH
from tlbb_desktop.domain.plan_papers import PlanText
from tlbb_desktop.domain.road_pack import RoadStop
from tlbb_desktop.i18n import catalog
from tlbb_desktop.i18n.catalog import _, _n
from tlbb_desktop.i18n.days import day_text, digits
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.i18n.punctuation import labelled
from tlbb_desktop.qt.icons import IconRole
from tlbb_desktop.qt.paged_table import Column
from tlbb_desktop.screens.follow_up.road_presenter import TypedRow, question_at, said_so_far
from tlbb_desktop.screens.follow_up.words import BETWEEN, kind_words
from tlbb_desktop.widgets.word_choices import NOTHING

LANGUAGES: Final = {catalog.KHMER: "ខ្មែរ", catalog.SOURCE_LANGUAGE: "English", BOTH: "ខ្មែរ + English"}
#: Whether each person has a sheet -> what the paper is called.
PAPER_NAMES: Final = {
    False: Np_("paper of a journey", "One list"),
    True: Np_("paper of a journey", "A sheet for each person"),
}


def place_words(place: PlanText) -> str:
    """Village and commune in the reader's language."""
    words = place.khmer if catalog.language() == catalog.KHMER else place.english or place.khmer
    return words or NOTHING


def district_words(names: tuple[str, str]) -> str:
    """A district in the reader's language."""
    return names[0] if catalog.language() == catalog.KHMER else names[1]


def stops_words(count: int) -> str:
    """Such as ``8 visits``."""
    return _n("{n} visit", "{n} visits", count).format(n=digits(count))


def row_state(row: TypedRow) -> str:
    """What was typed for a row, and the next day that is proposed."""
    if row.is_open:
        return NOTHING
    said = _("Not reached") if row.tried else _("Entered")
    return said if row.next_on is None else f"{said} → {day_text(row.next_on)}"


STOP_COLUMNS: Final[tuple[Column[RoadStop], ...]] = (
    Column("code", Np_("of a person", "Code"), lambda stop: stop.code),
    Column("nickname", N_("Nickname"), lambda stop: stop.nickname or NOTHING),
    Column("place", N_("Village and commune"), lambda stop: place_words(stop.place)),
    Column("kind", Np_("of a contact", "Contact"), lambda stop: kind_words(stop.kind)),
    Column("due", Np_("of a contact", "Until"), lambda stop: day_text(stop.due_on)),
)
STOP_PLACE: Final = 2
ROW_COLUMNS: Final[tuple[Column[TypedRow], ...]] = (
    Column("number", Np_("of a paper", "Row"), lambda row: digits(row.number)),
    Column("code", Np_("of a person", "Code"), lambda row: row.stop.code),
    Column("nickname", N_("Nickname"), lambda row: row.stop.nickname or NOTHING),
    Column("kind", Np_("of a contact", "Contact"), lambda row: kind_words(row.stop.kind)),
    Column("state", Np_("of a row", "Typed in"), row_state),
)
ROW_STATE: Final = 4


def row_sign(row: TypedRow) -> tuple[str, IconRole] | None:
    """A tick after what was typed, a sign where nobody was met."""
    if row.done:
        return "circle-check", "success"
    return ("user-x", "muted") if row.tried else None


def question_words(typed: str) -> str:
    """The question that the next digit answers, with its answers; or that the row is full."""
    at = question_at(typed)
    if at is None:
        return _("The row is full. Enter keeps it.")
    number, question = at
    answers = "   ".join(f"[{digits(place)}] {_(word)}" for place, (_value, word) in enumerate(question.answers, 1))
    return f"{labelled(f'{digits(number)}  {_(question.text)}', answers)}   [{digits(0)}] {NOTHING}"


def typed_words(typed: str) -> str:
    """What the digits say so far."""
    said = said_so_far(typed)
    return BETWEEN.join(
        labelled(_(question.text), _("no such answer") if word is None else word if word == NOTHING else _(word))
        for question, word in said
    )
