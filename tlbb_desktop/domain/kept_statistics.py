"""What stays of somebody's contacts, releases and events when a case is expunged: days and coded answers, no words.

Source: programme facts §9, "keep coded row for statistics".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from tlbb_desktop.domain.follow_ups import ContactFindings, FollowUpForm
from tlbb_desktop.domain.releases import ReleaseForm
from tlbb_desktop.domain.reoffences import ReoffenceForm


@dataclass(frozen=True, slots=True)
class KeptStatisticForm:
    """The contacts that were held, sealed under ``aftercare``, with the answers that figures are counted from."""

    contacts: tuple[FollowUpForm, ...] = ()


def kept_contacts(forms: Iterable[FollowUpForm]) -> KeptStatisticForm:
    """What figures need of *forms*."""
    return KeptStatisticForm(
        tuple(
            replace(form, mode=None, next_on=None, findings=_counted(form.findings)) for form in forms if form.held_on
        )
    )


def kept_release(form: ReleaseForm) -> ReleaseForm:
    """A release without its words, and without what a mistake would be taken back with."""
    return ReleaseForm(
        form.released_on,
        form.kind,
        form.unplanned,
        form.completed,
        readiness_percent=form.readiness_percent,
        ready=form.ready,
    )


def kept_event(form: ReoffenceForm) -> ReoffenceForm:
    """An event without its words."""
    return replace(form, place="", outcome="", support="", why="")


def _counted(said: ContactFindings | None) -> ContactFindings | None:
    if said is None:
        return None
    return ContactFindings(
        work=said.work,
        hours_last_week=said.hours_last_week,
        trained_trade=said.trained_trade,
        in_school=said.in_school,
    )
