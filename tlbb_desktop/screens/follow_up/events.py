"""Re-offence events of one person: how sure each is, and how it stood before."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields, replace
from typing import Any, Final

from typing_extensions import override

from tlbb_desktop.domain.case_words import OFFENCE_NAMES
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.outcome_words import LEVEL_NAMES, SOURCE_NAMES
from tlbb_desktop.domain.read_reasons import ReadReason
from tlbb_desktop.domain.reoffences import EvidenceLevel, ReoffenceEvent, ReoffenceForm
from tlbb_desktop.i18n.catalog import _, _p
from tlbb_desktop.i18n.days import day_text, digits
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.i18n.punctuation import labelled
from tlbb_desktop.qt.icons import IconRole
from tlbb_desktop.qt.paged_table import Column
from tlbb_desktop.services.reoffences import EarlierForm
from tlbb_desktop.widgets.answers import Choices
from tlbb_desktop.widgets.record_pane import FollowingRecords
from tlbb_desktop.widgets.section_form import Question, Section
from tlbb_desktop.widgets.word_choices import NOTHING, choices_of
from tlbb_desktop.wiring import Desk

_BEFORE: Final = (
    (False, Np_("event", "After the release")),
    (True, Np_("event", "Before the release: does not count")),
)


def level_words(level: EvidenceLevel) -> str:
    """Such as ``3 Charge``."""
    return f"{digits(int(level))} {_(LEVEL_NAMES[level])}"


def _levels() -> Choices:
    return [(None, NOTHING), *((level, level_words(level)) for level in EvidenceLevel)]


def _before() -> Choices:
    return [(value, _(words)) for value, words in _BEFORE]


SECTIONS: Final = (
    Section(
        "",
        (
            Question("event_on", N_("Day of the event"), "day"),
            Question("level", N_("How sure it is"), "choice", _levels),
            Question("known_on", N_("Heard of on"), "day"),
            Question("source", N_("Who said so"), "choice", choices_of(SOURCE_NAMES, empty=True)),
            Question("category", N_("Offence"), "choice", choices_of(OFFENCE_NAMES, empty=True)),
            Question("same_type", N_("The same offence as before?"), "yes"),
            Question("custody_on", N_("In custody since"), "day"),
            Question("before_release", N_("When it happened"), "choice", _before),
            Question("place", N_("Place")),
            Question("outcome", N_("What came of it")),
            Question("support", N_("What was offered"), wide=True),
            Question("why", N_("Why the event is changed"), wide=True),
        ),
    ),
)
_ALL: Final = frozenset(question.name for section in SECTIONS for question in section.questions)
_NAMES: Final = frozenset(each.name for each in fields(ReoffenceForm)) & _ALL


class EventRecords(FollowingRecords[ReoffenceEvent]):
    """The events of one person.

    Args:
        desk: the services.
    """

    columns: tuple[Column[ReoffenceEvent], ...] = (
        Column("day", N_("Day of the event"), lambda event: day_text(event.form.event_on)),
        Column("level", N_("How sure it is"), lambda event: level_words(event.form.level)),
        Column("source", N_("Who said so"), lambda event: _(SOURCE_NAMES[event.form.source])),
        Column("known", N_("Heard of on"), lambda event: day_text(event.form.known_on)),
        Column("outcome", N_("What came of it"), lambda event: event.form.outcome or NOTHING),
    )
    wide = 4
    sections = SECTIONS

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._person_id = 0
        self._reason: ReadReason | None = None
        self._writable = False
        self._stories: dict[int, tuple[EarlierForm, ...]] = {}

    def show_person(self, person_id: int, *, writable: bool, reason: ReadReason | None = None) -> None:
        """From now on, the events of this person, read for a *reason* where the case is sealed."""
        self._person_id, self._writable, self._reason = person_id, writable, reason

    def lines(self) -> dict[int, ReoffenceEvent]:
        """Every event, the newest first."""
        if not self._person_id:
            return {}
        service, reason = self._desk.reoffences, self._reason
        found = service.of_person(self._person_id, reason)
        self._stories = {each.id or 0: service.story(each.id or 0, reason) for each in found}
        return {each.id or 0: each for each in reversed(found)}

    def sign(self, record: ReoffenceEvent) -> tuple[str, IconRole] | None:
        """A sign before what counts."""
        counts = record.form.level is not EvidenceLevel.ACQUITTED and not record.form.before_release
        return ("triangle-alert", "warning") if counts else ("minus", "muted")

    def values_of(self, record: ReoffenceEvent | None) -> Mapping[str, Any]:
        """The form of an event; of a new one that it was heard of today."""
        if record is None:
            return {"known_on": self._desk.office.clock.today(), "before_release": False}
        return {**{name: getattr(record.form, name) for name in _NAMES}, "why": ""}

    def missing(self, record: ReoffenceEvent) -> Iterable[str]:  # noqa: ARG002 - an event is whole as it was entered
        """Nothing."""
        return ()

    def may_add(self) -> bool:
        """Whether the reader enters events."""
        return bool(self._person_id) and self._writable

    def may_change(self, record: ReoffenceEvent) -> bool:  # noqa: ARG002 - every event can be corrected
        """Whether the reader corrects events."""
        return self._writable

    @override
    def asked(self, record: ReoffenceEvent | None, values: Mapping[str, Any]) -> Collection[str] | None:
        return _ALL - {"why"} if record is None else None

    @override
    def remarks(self, record: ReoffenceEvent | None, values: Mapping[str, Any]) -> Mapping[str, str]:
        stories = self._stories.get(record.id or 0, ()) if record is not None else ()
        if record is None or not stories:
            return {}
        reasons = [*(each.form.why for each in stories[1:]), record.form.why]
        told = [_earlier(each, why) for each, why in zip(stories, reasons, strict=True)]
        return {"level": labelled(_("Before"), "; ".join(told))}

    def keep(self, record: ReoffenceEvent | None, values: Mapping[str, Any]) -> int:
        """Store an event; the form before stays in its history."""
        for name, words in _NEEDED.items():
            if values.get(name) is None:
                raise Refused(words, place=name)
        known = {name: value for name, value in values.items() if name in _NAMES and name != "why"}
        form = ReoffenceForm(**known) if record is None else replace(record.form, **known)
        event = ReoffenceEvent(None, self._person_id, form) if record is None else replace(record, form=form)
        return self._desk.reoffences.save(event, str(values.get("why") or ""))


_NEEDED: Final = {
    "event_on": N_("Write the day."),
    "level": N_("Choose how sure it is."),
    "known_on": N_("Write the day."),
    "source": N_("Choose who said so."),
}


def _earlier(each: EarlierForm, why: str) -> str:
    """Such as ``2 Arrest until 3/12/2026 (Sok Dara): court file``."""
    until = _p("event", "{level} until {day}").format(
        level=level_words(each.form.level), day=day_text(each.until.date())
    )
    by = f" ({each.by})" if each.by else ""
    return labelled(f"{until}{by}", why) if why else f"{until}{by}"
