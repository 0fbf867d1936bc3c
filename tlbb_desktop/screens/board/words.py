"""What the board says around its grid: the unit, its counts, the keys, why it is empty."""

from __future__ import annotations

from tlbb_desktop.domain.assessment import OUTCOME_NAMES, AttemptStory, Outcome
from tlbb_desktop.domain.curricula import MINUTES_OF_AN_HOUR, Basis
from tlbb_desktop.domain.progress import STAGE_NAMES, Stage
from tlbb_desktop.i18n.catalog import _, _n
from tlbb_desktop.i18n.days import day_in_words, day_text, digits
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.i18n.punctuation import labelled
from tlbb_desktop.screens.board.attempt_draft import AttemptDraft
from tlbb_desktop.screens.board.cell_panel import entry_words
from tlbb_desktop.screens.board.columns import name_words, unit_words
from tlbb_desktop.screens.board.presenter import BoardPresenter, Cell

_OTHER_KEYS = (
    ("1–9", N_("A criterion that was not shown")),
    ("Enter", N_("What was entered in this cell")),
    ("Ctrl+Enter", N_("After a practical: everybody without a result")),
    ("Shift+↑↓←→", N_("Choose a block; one key assesses it")),
    ("L", N_("Path of this learner")),
    ("K", N_("How the class stands")),
    ("B", N_("Bench sheet of this unit")),
    ("D", N_("Day of the attempts")),
    ("F", N_("Show only who misses something")),
    ("U", N_("The class is at this unit from this day on")),
    ("R", N_("Prior learning")),
    ("/", N_("Find a learner")),
)


def basis_of(presenter: BoardPresenter) -> Basis:
    """What the units of the class are judged by."""
    return presenter.board.basis if presenter.board is not None else Basis.COMPETENCE


def board_keys(presenter: BoardPresenter) -> tuple[tuple[str, str], ...]:
    """The keys of the board with marked words, in the terms of the course that is shown."""
    names = OUTCOME_NAMES[basis_of(presenter)]
    return (("C", names[Outcome.COMPETENT]), ("N", names[Outcome.NOT_YET]), *_OTHER_KEYS)


def column_words(presenter: BoardPresenter, column: int) -> str:
    """A unit in words: code, title, hours taught so far of its nominal hours."""
    unit, board = presenter.units[column], presenter.board
    taught = (board.taught.get(unit.id or 0, 0) if board is not None else 0) // MINUTES_OF_AN_HOUR
    said = _("taught {hours}/{goal} h").format(hours=digits(taught), goal=digits(unit.hours))
    return f"{unit_words(unit)} · {said}"


def count_words(presenter: BoardPresenter, column: int) -> str:
    """How many learners are at each stage of a unit."""
    counts, names = presenter.counts(column), STAGE_NAMES[basis_of(presenter)]
    return "   ".join(f"{_(names[stage])} {digits(counts[stage])}" for stage in Stage if counts[stage])


def story_words(presenter: BoardPresenter, row: int, column: int) -> tuple[str, str]:
    """The newest entry of a cell with who and when, and every one of them, one a line."""
    basis = basis_of(presenter)
    lines = [_story_line(each, basis) for each in reversed(presenter.story(row, column))]
    return (lines[0], "\n".join(lines)) if lines else ("", "")


def _story_line(story: AttemptStory, basis: Basis) -> str:
    return " · ".join((entry_words(story, basis), day_text(story.entry.day), story.assessor))


def key_words(presenter: BoardPresenter) -> list[tuple[str, str]]:
    """(key, words) pairs of the grid."""
    names = OUTCOME_NAMES[basis_of(presenter)]
    assess = [
        ("C", _(names[Outcome.COMPETENT])),
        ("N", _(names[Outcome.NOT_YET])),
        ("Ctrl+Enter", _("After a practical")),
    ]
    look = [
        ("Enter", _("Details")),
        ("L", _("Path of the learner")),
        ("K", _("Class")),
        ("F", _("Missing")),
        ("Ctrl+Z", _("Undo")),
    ]
    return [*(assess if presenter.may_assess() else []), *(look if presenter.may_assess() else look[:-1])]


def who_words(presenter: BoardPresenter, draft: AttemptDraft) -> str:
    """The learner of an attempt, or how many."""
    people = {person for person, _unit in draft.cells}
    if len(people) == 1 and presenter.board is not None:
        row = presenter.board.row(next(iter(people)))
        return name_words(row) if row is not None else ""
    return _n("{n} learner", "{n} learners", len(people)).format(n=digits(len(people)))


def what_words(draft: AttemptDraft) -> str:
    """The unit of an attempt, or how many."""
    if draft.unit is not None:
        return unit_words(draft.unit)
    count = len({unit for _person, unit in draft.cells})
    return _n("{n} unit", "{n} units", count).format(n=digits(count))


def attempt_day_words(presenter: BoardPresenter) -> str:
    """The day on which attempts count; one that is not today is named as such."""
    words = day_in_words(presenter.day)
    return " · ".join((words, _("not today"))) if presenter.is_other_day else words


def recorded_words(presenter: BoardPresenter, draft: AttemptDraft, cells: list[Cell]) -> str:
    """What was recorded, quietly."""
    outcome = _(OUTCOME_NAMES[basis_of(presenter)][draft.outcome])
    if len(draft.cells) > 1:
        return f"{outcome} · {many_recorded_words(len(cells))}"
    return labelled(who_words(presenter, draft), f"{what_words(draft)} · {outcome}")


def many_recorded_words(count: int) -> str:
    """How many attempts one act recorded, and how it is taken back."""
    told = _n("{n} attempt recorded; Ctrl+Z takes it back.", "{n} attempts recorded; Ctrl+Z takes them back.", count)
    return told.format(n=digits(count))


def undone_words(presenter: BoardPresenter, taken: list[Cell]) -> str:
    """What an undo took back, and for how many.

    Args:
        presenter: the board.
        taken: (person, unit) rows.
    """
    if not taken:
        return _("There is nothing to undo.")
    told = _n("Undone: {n} result in {units}.", "Undone: {n} results in {units}.", len(taken))
    return told.format(n=digits(len(taken)), units=_codes(presenter, taken))


def redone_words(presenter: BoardPresenter, taken: list[Cell]) -> str:
    """What was brought back, and for how many; like :func:`undone_words`."""
    if not taken:
        return _("There is nothing to do again.")
    told = _n("Done again: {n} result in {units}.", "Done again: {n} results in {units}.", len(taken))
    return told.format(n=digits(len(taken)), units=_codes(presenter, taken))


def _codes(presenter: BoardPresenter, cells: list[Cell]) -> str:
    """The codes of the units of (person, unit) rows."""
    wanted = {unit_id for _person, unit_id in cells}
    return ", ".join(unit.code for unit in presenter.units if unit.id in wanted)


def empty_words(presenter: BoardPresenter, *, any_class: bool) -> str:
    """Why there is no grid, and what to do first."""
    if not any_class:
        return _("There is no class yet. Add a class and enrol its learners; then the board opens here.")
    if not presenter.units:
        return _("This class is taught without units. A manager can put it on the course's curriculum.")
    return _("Nobody is enrolled in this class.")
