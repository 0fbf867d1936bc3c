"""The contacts after one release: what was found, and the form of the one that is due."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields
from datetime import date
from typing import Any, Final

from typing_extensions import override

from tlbb_desktop.domain.assessment_words import DOMAIN_NAMES
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.follow_ups import (
    AttemptForm,
    ContactFindings,
    ContactMode,
    FollowUp,
    FollowUpKind,
    LawTrouble,
    Reached,
)
from tlbb_desktop.domain.outcome_words import (
    HOME_NAMES,
    MODE_NAMES,
    REACHED_NAMES,
    SUBSTANCE_NAMES,
    TROUBLE_NAMES,
    VIEW_NAMES,
    WORK_NAMES,
)
from tlbb_desktop.domain.read_reasons import ReadReason
from tlbb_desktop.domain.strengths import StrengthDomain
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import digits
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.i18n.punctuation import labelled
from tlbb_desktop.qt.icons import IconRole
from tlbb_desktop.screens.follow_up.words import (
    CONTACT_COLUMNS,
    attempt_words,
    contact_sign,
    next_words,
    noted_words,
    tried_words,
)
from tlbb_desktop.services.follow_ups import FOUND, Contact, ContactNoted
from tlbb_desktop.widgets.answers import Choices
from tlbb_desktop.widgets.record_pane import FollowingRecords
from tlbb_desktop.widgets.section_form import Question, Section
from tlbb_desktop.widgets.word_choices import choices_of
from tlbb_desktop.wiring import Desk

LEVEL: Final = "level_"
#: At these contacts the domains are looked at again (programme facts, form I).
WITH_LEVELS: Final = frozenset({FollowUpKind.MONTH_3, FollowUpKind.MONTH_6})
#: Answers that open an event, which has a day of its own.
WITH_EVENT: Final = frozenset({LawTrouble.ARRESTED, LawTrouble.CHARGED, LawTrouble.CONVICTED})
_OF_A_TRY: Final = frozenset({"held_on", "mode", "reached", "note"})
_FINDINGS: Final = frozenset(each.name for each in fields(ContactFindings)) - {"levels"}


def _levels() -> Choices:
    return [(level, digits(level)) for level in (1, 2, 3, 4)]


SECTIONS: Final = (
    Section(
        N_("The contact"),
        (
            Question("held_on", Np_("of a contact", "Held on"), "day"),
            Question("mode", N_("How"), "choice", choices_of(MODE_NAMES, empty=True)),
            Question("reached", N_("Who was reached"), "choice", choices_of(REACHED_NAMES, empty=True)),
            Question("view", N_("How it goes"), "keys", choices_of(VIEW_NAMES), wide=True),
        ),
    ),
    Section(
        N_("Law"),
        (
            Question("trouble", N_("Trouble with the law since then"), "choice", choices_of(TROUBLE_NAMES, empty=True)),
            Question("event_on", N_("On which day that was"), "day"),
        ),
    ),
    Section(
        N_("Work and school"),
        (
            Question("work", N_("Work"), "choice", choices_of(WORK_NAMES, empty=True)),
            Question("employer", N_("Employer")),
            Question("hours_last_week", N_("Hours last week"), "number"),
            Question("income", N_("Income last month, in riel"), "number"),
            Question("trained_trade", N_("In the trade that was learned?"), "yes"),
            Question("in_school", N_("At school?"), "yes"),
        ),
    ),
    Section(
        N_("Home and safety"),
        (
            Question("lives_with", N_("Lives with"), "choice", choices_of(HOME_NAMES, empty=True)),
            Question("address_changed", N_("Has the address changed?"), "yes"),
            Question("safe", N_("Safe at home, from 1 (no) to 4 (yes)"), "level", _levels),
            Question("family", N_("Gets on with the family, from 1 to 4"), "level", _levels),
            Question("substances", N_("Alcohol or drugs"), "keys", choices_of(SUBSTANCE_NAMES), wide=True),
            Question("risky_peers", N_("Friends who lead into trouble?"), "yes"),
        ),
    ),
    Section(
        N_("The twelve domains, from 1 to 4"),
        tuple(Question(f"{LEVEL}{domain}", DOMAIN_NAMES[domain], "level", _levels) for domain in StrengthDomain),
    ),
    Section(
        N_("Support"),
        (
            Question("support", N_("What was given"), wide=True),
            Question("support_value", N_("What it was worth"), "money", wide=True),
            Question("note", N_("Note"), "text", wide=True),
        ),
    ),
)
ALL_QUESTIONS: Final = frozenset(question.name for section in SECTIONS for question in section.questions)
_LEVELS: Final = frozenset(name for name in ALL_QUESTIONS if name.startswith(LEVEL))


class ContactRecords(FollowingRecords[FollowUp]):
    """The contacts of one release.

    Args:
        desk: the services.
    """

    columns = CONTACT_COLUMNS
    wide = 3
    sections = SECTIONS

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._release_id = 0
        self._reason: ReadReason | None = None
        self._writable = False
        self._told = ""
        self._first_open: int | None = None

    def show_release(self, release_id: int, *, writable: bool, reason: ReadReason | None = None) -> None:
        """From now on, the contacts of this release; *writable* while nothing closed the case.

        Those of a sealed case are read for a *reason*.
        """
        self._release_id, self._writable, self._reason = release_id, writable, reason

    def lines(self) -> dict[int, FollowUp]:
        """Every contact in order of day."""
        if not self._release_id:
            return {}
        found = self._desk.follow_ups.of_release(self._release_id, self._reason)
        self._first_open = next((each.id for each in found if not each.done), None)
        return {each.id or 0: each for each in found}

    def first_open(self) -> int | None:
        """The first contact that is still to be held, as it was last read; None without one."""
        return self._first_open

    def sign(self, record: FollowUp) -> tuple[str, IconRole] | None:
        """A tick, or a warning."""
        return contact_sign(record, self._today)

    def values_of(self, record: FollowUp | None) -> Mapping[str, Any]:
        """What was found; an open one starts with today."""
        if record is None or not record.done:
            return {"held_on": self._today}
        form = record.form
        values: dict[str, Any] = {"held_on": form.held_on, "mode": form.mode, "reached": form.reached}
        if form.findings is not None:
            values |= {name: getattr(form.findings, name) for name in _FINDINGS}
            values |= {f"{LEVEL}{domain}": level for domain, level in form.findings.levels.items()}
        return values

    def missing(self, record: FollowUp) -> Iterable[str]:  # noqa: ARG002 - a contact is whole as it was entered
        """Nothing."""
        return ()

    def may_add(self) -> bool:
        """Whether an extra contact can be entered."""
        return bool(self._release_id) and self._writable

    def may_change(self, record: FollowUp) -> bool:
        """Whether it is still to be held."""
        return self._writable and not record.done

    @override
    def asked(self, record: FollowUp | None, values: Mapping[str, Any]) -> Collection[str] | None:
        reached = values.get("reached")
        if record is not None and record.done and record.form.held_on is None:
            return ()
        if reached is not None and reached not in FOUND:
            return _OF_A_TRY
        hidden = set() if record is not None and record.form.kind in WITH_LEVELS else set(_LEVELS)
        opens = values.get("trouble") in WITH_EVENT or reached in (Reached.IN_CUSTODY, Reached.DIED)
        if not opens or (record is not None and record.done):
            hidden.add("event_on")
        return ALL_QUESTIONS - hidden

    @override
    def remarks(self, record: FollowUp | None, values: Mapping[str, Any]) -> Mapping[str, str]:
        said = {}
        if record is not None and record.attempts:
            said["held_on"] = labelled(_("Tries"), "; ".join(map(attempt_words, record.attempts)))
        if record is not None and record.form.next_on is not None and not record.done:
            said["reached"] = next_words(record.form.next_on)
        writes = record is None or not record.done
        if writes and (values.get("trouble") in WITH_EVENT or values.get("reached") is Reached.IN_CUSTODY):
            said["trouble"] = _("Saving this opens a re-offence event.")
        return said

    @override
    def told(self) -> str:
        return self._told

    def keep(self, record: FollowUp | None, values: Mapping[str, Any]) -> int:
        """Store a contact, or a try where nobody was reached."""
        held_on, mode, reached = (values.get(name) for name in ("held_on", "mode", "reached"))
        if held_on is None:
            raise Refused(N_("Write the day."), place="held_on")
        if reached is None:
            raise Refused(N_("Choose who was reached; nobody: press X on the list."), place="reached")
        if mode is None:
            raise Refused(N_("Choose how the contact was made."), place="mode")
        if reached not in FOUND:
            if record is None or record.id is None:
                raise Refused(N_("A try belongs to a contact that is due. Choose one in the list."), place="reached")
            return self.keep_try(record, held_on, mode, reached, values.get("note", ""))
        noted, row = self._note(record, Contact(held_on, mode, reached, _findings(values), values.get("event_on")))
        self._told = noted_words(noted)
        return row

    def keep_try(self, record: FollowUp, on: date, mode: ContactMode, reached: Reached, note: str = "") -> int:
        """Keep that nobody was reached; returns the row of the contact."""
        row = record.id or 0
        next_on = self._desk.follow_ups.note_attempt(row, AttemptForm(on, mode, reached, note))
        self._told = tried_words(next_on)
        return row

    @property
    def _today(self) -> date:
        return self._desk.office.clock.today()

    def _note(self, record: FollowUp | None, contact: Contact) -> tuple[ContactNoted, int]:
        service = self._desk.follow_ups
        if record is not None and record.id is not None:
            return service.note_contact(record.id, contact, record.version), record.id
        before = set(self.lines())
        noted = service.add_extra(self._release_id, contact)
        return noted, max(set(self.lines()) - before)


def _findings(values: Mapping[str, Any]) -> ContactFindings:
    levels = {
        StrengthDomain(name.removeprefix(LEVEL)): level
        for name, level in values.items()
        if name.startswith(LEVEL) and level is not None
    }
    return ContactFindings(levels=levels, **{name: value for name, value in values.items() if name in _FINDINGS})
