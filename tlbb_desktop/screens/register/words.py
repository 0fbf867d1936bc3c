"""What the register says around its grid: the day, its counts, the keys, why it is empty."""

from __future__ import annotations

from tlbb_desktop.domain.attendance import MARK_NAMES, UNMARKED_NAME, MarkCode, SessionState
from tlbb_desktop.domain.register import MarkStory
from tlbb_desktop.i18n.catalog import _, _p, language
from tlbb_desktop.i18n.days import day_in_words, digits, moment_text, time_text
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.i18n.punctuation import labelled
from tlbb_desktop.screens.register.columns import mark_words, reason_words
from tlbb_desktop.screens.register.presenter import REASON_USES, RegisterPresenter

LETTERS = {
    MarkCode.PRESENT: "P",
    MarkCode.ABSENT: "A",
    MarkCode.EXCUSED: "E",
    MarkCode.LATE: "L",
    MarkCode.LEFT_EARLY: "O",
    MarkCode.INSTITUTION: "I",
}
REGISTER_KEYS = (
    *((letter, MARK_NAMES[code]) for code, letter in LETTERS.items()),
    ("0–9", N_("Minutes or reason of the mark just made")),
    ("Backspace", N_("Clear the mark")),
    ("Shift+↑↓←→", N_("Choose a block; one key marks it")),
    ("Ctrl+Enter", N_("Rest present")),
    ("Ctrl+D", N_("Copy the mark down")),
    ("H", N_("Session held or cancelled, real times")),
    ("F2", N_("Note on this mark")),
    ("G", N_("Ask whether a learner has gone")),
    ("/", N_("Find a learner")),
)


def day_words(presenter: RegisterPresenter, day: int) -> str:
    """A column in words: the day, its times, why nothing was held."""
    column = presenter.columns[day]
    words = day_in_words(column.day)
    if column.holiday is not None:
        return f"{words} · {column.holiday[0 if language() == 'km' else 1]}"
    if column.session is None:
        return words
    session = column.session
    starts, ends = session.real_starts or session.starts, session.real_ends or session.ends
    words = f"{words} · {time_text(starts)}–{time_text(ends)}"
    if session.state is SessionState.CANCELLED:
        reason = presenter.reasons.get(session.reason_id or 0)
        words = " · ".join((words, _p("session", "cancelled"), reason_words(reason)))
    return words


def count_words(presenter: RegisterPresenter, day: int) -> str:
    """How many of each mark a session has."""
    session = presenter.columns[day].session
    if session is None or session.state is SessionState.CANCELLED:
        return ""
    counts = presenter.counts(day)
    parts = [f"{_(MARK_NAMES[code])} {digits(counts[code])}" for code in MarkCode if counts.get(code)]
    if counts.get(None):
        parts.append(f"{_(UNMARKED_NAME)} {digits(counts[None])}")
    return "   ".join(parts)


def story_words(presenter: RegisterPresenter, row: int, day: int) -> tuple[str, str]:
    """Who made the mark of a cell and when, and every earlier state of it, one a line."""
    lines = [_story_line(presenter, each) for each in reversed(presenter.story(row, day))]
    return (lines[0], "\n".join(lines)) if lines else ("", "")


def _story_line(presenter: RegisterPresenter, story: MarkStory) -> str:
    return " · ".join((_story_mark(presenter, story), moment_text(story.at), story.by))


def _story_mark(presenter: RegisterPresenter, story: MarkStory) -> str:
    if story.code is None:
        return _p("mark", "cleared")
    words = _(MARK_NAMES[story.code])
    if story.minutes:
        words = _("{mark}, {minutes} minutes").format(mark=words, minutes=digits(story.minutes))
    use = REASON_USES.get(story.code)
    reason = next((each for each in presenter.reasons.values() if (each.use, each.code) == (use, story.reason)), None)
    return f"{words}, {reason_words(reason)}" if reason else words


def key_words(presenter: RegisterPresenter) -> list[tuple[str, str]]:
    """(key, words) pairs: after a mark that digits amend those digits, else the keys of the grid."""
    mark, learner = presenter.amendable(), presenter.amended_learner()
    if mark is None or learner is None:
        return [(letter, _(MARK_NAMES[code])) for code, letter in LETTERS.items()] + [
            ("H", _("Session")),
            ("F2", _("Note")),
            ("G", _("Gone?")),
            ("Ctrl+Z", _("Undo")),
        ]
    whose = ("", labelled(learner.names.shown, mark_words(mark, presenter.reasons)))
    if mark.code not in REASON_USES:
        return [whose, (digits("0–9"), _("minutes"))]
    offered = presenter.offered_reasons(REASON_USES[mark.code])
    return [whose, *((digits(each.digit), reason_words(each)) for each in offered if each.digit)]


def empty_words(presenter: RegisterPresenter, *, any_class: bool) -> str:
    """Why there is no grid, and what to do first."""
    if not any_class:
        return _("There is no class yet. Add a class and enrol its learners; then the register opens here.")
    if not presenter.learners:
        return _("Nobody is enrolled in this class in this month.")
    return _("No session of this class falls into this month.")
