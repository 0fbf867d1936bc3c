"""Re-offence events: their evidence goes up and down, and nothing of it is overwritten."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.services.aftercare.conftest import RELEASED, TODAY
from tlbb_desktop.domain.errors import ChangedMeanwhile, Refused
from tlbb_desktop.domain.recidivism import RecidivismQuestion
from tlbb_desktop.domain.reoffences import EventSource, EvidenceLevel, ReoffenceEvent, ReoffenceForm

HEARD = date(2025, 12, 1)
FORM = ReoffenceForm(date(2025, 11, 1), EvidenceLevel.REPORT, HEARD, EventSource.POLICE, place="សៀមរាប")


def events(desk, as_of=TODAY):
    return desk.outcomes.recidivism(RecidivismQuestion(as_of, (6,))).windows[0].events


def test_an_event_that_becomes_surer_is_counted_and_how_it_stood_before_stays(desk, freed) -> None:
    event_id = desk.reoffences.save(ReoffenceEvent(None, freed.person_id, FORM))
    assert events(desk) == ()
    desk.reoffences.set_level(event_id, EvidenceLevel.CHARGE, "លិខិតពីតុលាការ", 1)
    assert events(desk) == (freed.person_id,)
    desk.reoffences.set_level(event_id, EvidenceLevel.ACQUITTED, "រួចទោស", 2)
    assert events(desk) == ()
    assert [each.form.level for each in desk.reoffences.story(event_id)] == [EvidenceLevel.REPORT, EvidenceLevel.CHARGE]
    (event,) = desk.reoffences.of_person(freed.person_id)
    assert (event.form.level, event.form.why, event.form.place) == (EvidenceLevel.ACQUITTED, "រួចទោស", "សៀមរាប")


def test_a_change_needs_a_reason_and_the_version_that_was_read(desk, freed) -> None:
    event_id = desk.reoffences.save(ReoffenceEvent(None, freed.person_id, FORM))
    with pytest.raises(Refused, match="why"):
        desk.reoffences.set_level(event_id, EvidenceLevel.ARREST, " ", 1)
    with pytest.raises(ChangedMeanwhile):
        desk.reoffences.set_level(event_id, EvidenceLevel.ARREST, "a paper", 2)
    assert desk.reoffences.story(event_id) == ()


@pytest.mark.parametrize(
    "change",
    [
        {"event_on": date(2025, 8, 30)},
        {"event_on": RELEASED},
        {"event_on": date(2026, 11, 28)},
        {"known_on": date(2026, 11, 28)},
    ],
)
def test_a_day_that_cannot_be_true_is_refused(desk, freed, change) -> None:
    with pytest.raises(Refused):
        desk.reoffences.save(ReoffenceEvent(None, freed.person_id, replace(FORM, **change)))


def test_what_is_said_to_have_happened_before_the_release_is_kept_and_never_counts(desk, freed) -> None:
    before = replace(FORM, event_on=date(2025, 9, 20), level=EvidenceLevel.CONVICTION, before_release=True)
    desk.reoffences.save(ReoffenceEvent(None, freed.person_id, before))
    assert events(desk) == ()
