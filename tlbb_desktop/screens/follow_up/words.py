"""The words of the follow-up page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from tlbb_desktop.domain.case_words import STATE_NAMES
from tlbb_desktop.domain.cases import CaseState
from tlbb_desktop.domain.due_contacts import ContactLine, FollowedPerson, When
from tlbb_desktop.domain.follow_ups import AttemptForm, FollowUp, FollowUpKind
from tlbb_desktop.domain.outcome_words import MODE_NAMES, REACHED_NAMES, contact_name
from tlbb_desktop.domain.work_list import Punctuality, punctuality
from tlbb_desktop.i18n.catalog import _, _n, _p
from tlbb_desktop.i18n.days import day_text, digits
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.i18n.punctuation import labelled
from tlbb_desktop.qt.icons import IconRole
from tlbb_desktop.qt.paged_table import Column
from tlbb_desktop.screens.follow_up.presenter import ContactView
from tlbb_desktop.services.follow_ups import ContactNoted
from tlbb_desktop.widgets.word_choices import NOTHING

BETWEEN: Final = " · "
FOLLOW_UP_KEYS: Final = (
    ("Enter", N_("Open the contact")),
    ("X", N_("Nobody was reached: keep the try, propose the next day")),
    ("N", N_("Enter a contact that the schedule did not ask for, or an event")),
    ("Ctrl+S", N_("Save what is typed")),
    ("Ctrl+Z", N_("Take back the contact or the try that you entered last today")),
    ("R", N_("Road pack: papers for a week of visits")),
    ("T", N_("Type in the papers of a journey")),
    ("A", N_("Compare a prison's admission list")),
    ("S O", N_("Of a pair on the admission list: the same person, somebody else")),
    ("Alt+↑ Alt+↓", N_("Go to the section before or after")),
    ("Esc", N_("Back to the list")),
    ("/", N_("Find somebody who was released")),
)
VIEW_NAMES: Final = {
    ContactView.DUE: Np_("contacts", "Due this week"),
    ContactView.ALL: Np_("contacts", "All"),
    ContactView.OVER: Np_("contacts", "No contact open"),
}
WHEN_NAMES: Final = {
    When.OVERDUE: Np_("contact", "Overdue"),
    When.TODAY: Np_("contact", "Today"),
    When.WEEK: Np_("contact", "This week"),
    When.LATER: Np_("contact", "Later"),
    When.OVER: Np_("contact", "No contact open"),
}
WHEN_SIGNS: Final[dict[When, tuple[str, IconRole]]] = {
    When.OVERDUE: ("triangle-alert", "danger"),
    When.TODAY: ("bell", "warning"),
    When.WEEK: ("calendar-days", "muted"),
    When.LATER: ("clock", "muted"),
    When.OVER: ("circle-check", "muted"),
}
PUNCTUAL_NAMES: Final = {
    Punctuality.ON_TIME: Np_("contact", "On time"),
    Punctuality.ON_TIME_ENTERED_LATER: Np_("contact", "On time, entered later"),
    Punctuality.LATE: Np_("contact", "Late"),
}


def kind_words(kind: FollowUpKind | None) -> str:
    """Such as ``Month 3``."""
    if kind is None:
        return NOTHING
    name, number = contact_name(kind)
    return _(name).format(n=digits(number))


def by_words(line: ContactLine) -> str:
    """The last day on which a contact is on time."""
    return NOTHING if line.late_after is None else day_text(line.late_after)


def try_words(line: ContactLine) -> str:
    """How often nobody was reached, and the next day that was proposed."""
    if not line.tries:
        return NOTHING
    tried = _n("{n} try", "{n} tries", line.tries).format(n=digits(line.tries))
    return tried if line.next_on is None else f"{tried} → {day_text(line.next_on)}"


def state_words(person: FollowedPerson) -> str:
    """How the case stands."""
    return NOTHING if person.case_state is None else _(STATE_NAMES[person.case_state])


def person_words(person: FollowedPerson) -> str:
    """The name, or the code of somebody whose case is sealed."""
    return person.shown_name or person.code


LINE_COLUMNS: Final[tuple[Column[ContactLine], ...]] = (
    Column("name", N_("Name"), lambda line: person_words(line.person)),
    Column("code", Np_("of a person", "Code"), lambda line: line.person.code),
    Column("when", Np_("of a contact", "When"), lambda line: _(WHEN_NAMES[line.when])),
    Column("kind", Np_("of a contact", "Contact"), lambda line: kind_words(line.kind)),
    Column("due", Np_("of a contact", "Until"), by_words),
    Column("tries", Np_("of a contact", "Not reached"), try_words),
    Column("worker", Np_("of a case", "Responsible"), lambda line: line.person.worker or NOTHING),
    Column("state", Np_("of a case", "Case"), lambda line: state_words(line.person)),
)


def line_sign(line: ContactLine) -> tuple[str, IconRole]:
    """The sign of the part of the list."""
    return WHEN_SIGNS[line.when]


def counts_words(counts: Mapping[When, int]) -> str:
    """Such as ``Overdue: 2 · Today: 1 · This week: 4``."""
    shown = (When.OVERDUE, When.TODAY, When.WEEK)
    return BETWEEN.join(labelled(_(WHEN_NAMES[when]), digits(counts[when])) for when in shown)


def facts_words(person: FollowedPerson) -> str:
    """Code, case and responsible member of staff in a line."""
    worker = labelled(_p("of a case", "Responsible"), person.worker or NOTHING)
    state = person.case_state or CaseState.OPEN
    parts = [person.code, worker]
    if person.case_state is not None:
        parts.append(labelled(_p("of a case", "Case"), _(STATE_NAMES[state])))
    return BETWEEN.join(parts)


def due_words(contact: FollowUp) -> str:
    """From when to when a contact is on time."""
    form = contact.form
    if form.due_on == form.late_after:
        return day_text(form.due_on)
    return f"{day_text(form.due_on)} – {day_text(form.late_after)}"


def held_words(contact: FollowUp) -> str:
    """When it was held; or that it is over without one."""
    if contact.form.held_on is not None:
        return day_text(contact.form.held_on)
    return _("over without a contact") if contact.done else NOTHING


def punctual_words(contact: FollowUp) -> str:
    """Whether it was in time by its own day, not by the day on which it was typed in."""
    held, entered = contact.form.held_on, contact.entered_on
    if held is None or entered is None:
        return NOTHING
    words = _(PUNCTUAL_NAMES[punctuality(contact.form.late_after, held, entered)])
    return words if held == entered else f"{words} ({day_text(entered)})"


def reached_words(contact: FollowUp) -> str:
    """Who was reached."""
    return NOTHING if contact.form.reached is None else _(REACHED_NAMES[contact.form.reached])


def attempt_words(attempt: AttemptForm) -> str:
    """Such as ``25/11/2026 · Home visit · Not reached``."""
    parts = [day_text(attempt.on), _(MODE_NAMES[attempt.mode]), _(REACHED_NAMES[attempt.reached]), attempt.note]
    return BETWEEN.join(part for part in parts if part)


CONTACT_COLUMNS: Final[tuple[Column[FollowUp], ...]] = (
    Column("kind", Np_("of a contact", "Contact"), lambda contact: kind_words(contact.form.kind)),
    Column("due", Np_("of a contact", "Due"), due_words),
    Column("held", Np_("of a contact", "Held on"), held_words),
    Column("punctual", Np_("of a contact", "In time"), punctual_words),
    Column("reached", Np_("of a contact", "Reached"), reached_words),
    Column("tries", Np_("of a contact", "Tries"), lambda contact: digits(len(contact.attempts) or NOTHING)),
)


def contact_sign(contact: FollowUp, today: date) -> tuple[str, IconRole] | None:
    """A tick after a contact, a warning before one that is overdue."""
    if contact.form.held_on is not None:
        return "circle-check", "success"
    if contact.done:
        return "minus", "muted"
    return ("triangle-alert", "danger") if contact.form.late_after < today else ("clock", "muted")


def next_words(next_on: date | None) -> str:
    """The day that is proposed for the next contact."""
    if next_on is None:
        return _("No further contact is due.")
    return _("Next contact proposed: {day}.").format(day=day_text(next_on))


def tried_words(next_on: date | None) -> str:
    """That a try was kept, and the next day."""
    return " ".join((_("The try is kept."), next_words(next_on)))


def noted_words(noted: ContactNoted) -> str:
    """What came of entering a contact."""
    parts = [_("Saved."), next_words(noted.next_on)]
    if noted.reoffence_id is not None:
        parts.insert(1, _("The trouble with the law has opened an event: see Events."))
    if noted.passed_over:
        missed = len(noted.passed_over)
        parts.append(
            _n("{n} earlier contact is over.", "{n} earlier contacts are over.", missed).format(n=digits(missed))
        )
    return " ".join(parts)
