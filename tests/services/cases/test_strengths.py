"""Assessments: what is missing stands beside them, dangers open tasks, restricted parts stay shut."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.services.cases.conftest import TODAY
from tlbb_desktop.domain.cases import Risk
from tlbb_desktop.domain.consents import ConsentForm, ConsentPurpose
from tlbb_desktop.domain.errors import ChangedMeanwhile, NotPermitted, Refused
from tlbb_desktop.domain.read_reasons import ReadReason
from tlbb_desktop.domain.scores import Informant, Instrument, ScoreForm, ScoreRecord
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.domain.strengths import (
    Assessment,
    AssessmentForm,
    AssessmentKind,
    DomainRating,
    Missing,
    MissingPart,
    RestrictedForm,
    RiskAnswer,
    SafetyRisk,
    SsiSaBand,
    StrengthDomain,
    goals_proposed,
    missing_parts,
    ssi_sa_band,
    ssi_sa_score,
    who5_raw,
)

D = StrengthDomain
NO_RISKS = dict.fromkeys(SafetyRisk, RiskAnswer.NO)
WORDS = AssessmentForm(good_at="ជួសជុលម៉ូតូ", helped_by="ម្តាយ", want="បើកហាង")


def whole(case_id: int, **levels: int) -> Assessment:
    """An assessment with nothing missing: level 3 but where another is given."""
    ratings = {
        each: DomainRating(level, need="តម្រូវការ" if level <= 2 else "")
        for each in D
        for level in [levels.get(each.value, 3)]
    }
    return Assessment(
        None,
        case_id,
        AssessmentKind.INTAKE,
        TODAY,
        replace(WORDS, ratings=ratings),
        RestrictedForm(risks=NO_RISKS, overall=Risk.MEDIUM),
    )


def with_risk(assessment: Assessment, *risks: SafetyRisk, **changed) -> Assessment:
    form = replace(assessment.restricted, risks=NO_RISKS | dict.fromkeys(risks, RiskAnswer.NOW), **changed)
    return replace(assessment, restricted=form)


def test_an_assessment_is_read_back_whole_and_older_ones_stand_beside_it(room):
    desk, case_id = room.desk(), room.case()
    first = desk.strengths.save(whole(case_id, home=1, substances=2))
    room.clock.go_to(TODAY + timedelta(days=180))
    desk.strengths.save(replace(whole(case_id), on_day=TODAY + timedelta(days=180)))
    newer, older = desk.strengths.assessments(case_id)
    assert (older.id, older.total, older.stable, newer.total) == (first, 12 * 3 - 3, 10, 36)
    assert (older.ratings[D.HOME].level, newer.ratings[D.HOME].level) == (1, 3)
    assert (older.by, older.entered_on) == ("worker", TODAY)
    assert missing_parts(older) == missing_parts(newer) == ()


def test_an_empty_assessment_is_saved_and_says_what_is_missing(room):
    desk, case_id = room.desk(), room.case()
    desk.strengths.save(Assessment(None, case_id, AssessmentKind.INTAKE, TODAY, AssessmentForm(), RestrictedForm()))
    (kept,) = desk.strengths.assessments(case_id)
    parts = missing_parts(kept)
    assert [part.what for part in parts].count(Missing.LEVEL) == 12
    assert {part.what for part in parts} == {Missing.LEVEL, Missing.OWN_WORDS, Missing.RISKS, Missing.OVERALL}
    assert kept.total is None


def test_a_text_is_asked_for_at_levels_one_and_two_only():
    rated = whole(1, home=2, food=3)
    bare = {domain: DomainRating(rating.level) for domain, rating in rated.form.ratings.items()}
    assert missing_parts(replace(rated, form=replace(rated.form, ratings=bare))) == (MissingPart(Missing.NEED, D.HOME),)


def test_levels_of_need_propose_goals_the_lowest_first():
    assert goals_proposed(whole(1, family=2, home=2, mind=1)) == (D.MIND, D.HOME, D.FAMILY)


def test_a_danger_that_is_there_now_opens_one_task_for_24_hours(room):
    desk, case_id = room.desk(), room.case()
    saved = desk.strengths.save(with_risk(whole(case_id), SafetyRisk.SELF_HARM))
    (task,) = desk.case_tasks.open_tasks(case_id)
    assert (task.form.risk, task.form.assessment_id) == (SafetyRisk.SELF_HARM, saved)
    assert task.form.due_at == room.clock.now() + timedelta(hours=24)
    (kept,) = desk.strengths.assessments(case_id)
    desk.strengths.save(with_risk(kept, SafetyRisk.SELF_HARM, SafetyRisk.DEBT))
    assert [each.form.risk for each in desk.case_tasks.open_tasks(case_id)] == [SafetyRisk.SELF_HARM, SafetyRisk.DEBT]
    desk.case_tasks.done(case_id, task.id, "បាននិយាយជាមួយ", task.version)
    assert [each.form.risk for each in desk.case_tasks.open_tasks(case_id)] == [SafetyRisk.DEBT]
    with pytest.raises(Refused, match="closed already"):
        desk.case_tasks.done(case_id, task.id, "ម្តងទៀត", task.version + 1)


def test_a_task_is_closed_by_saying_what_was_done(room):
    desk, case_id = room.desk(), room.case()
    desk.strengths.save(with_risk(whole(case_id), SafetyRisk.DEBT))
    (task,) = desk.case_tasks.open_tasks(case_id)
    with pytest.raises(Refused, match="what was done"):
        desk.case_tasks.done(case_id, task.id, " ", task.version)


def test_on_an_older_paper_what_was_done_since_takes_the_place_of_the_task(room):
    desk, case_id = room.desk(), room.case()
    old = TODAY - timedelta(days=40)
    paper = replace(whole(case_id), on_day=old, form=replace(whole(case_id).form, from_paper_on=old))
    desk.strengths.save(with_risk(paper, SafetyRisk.VIOLENCE, done_since="ប្តូរបន្ទប់"))
    assert desk.case_tasks.open_tasks(case_id) == ()
    desk.strengths.save(with_risk(paper, SafetyRisk.VIOLENCE))
    assert len(desk.case_tasks.open_tasks(case_id)) == 1
    assert missing_parts(desk.strengths.assessments(case_id)[0]) == (MissingPart(Missing.DONE_SINCE),)


def test_the_restricted_part_opens_to_the_responsible_one_and_to_a_manager_with_a_reason(room):
    case_id = room.case()
    room.desk().strengths.save(with_risk(whole(case_id), SafetyRisk.SELF_HARM))
    (for_colleague,) = room.desk("colleague").strengths.assessments(case_id)
    assert for_colleague.restricted is None
    assert not {D.MIND, D.BODY, D.SUBSTANCES} & for_colleague.ratings.keys()
    (for_manager,) = room.manager.strengths.assessments(case_id)
    assert for_manager.restricted is None
    (with_reason,) = room.manager.strengths.assessments(case_id, ReadReason.SUPERVISION)
    assert with_reason.restricted.risks[SafetyRisk.SELF_HARM] is RiskAnswer.NOW
    newest = room.manager.audit.events(1)[0]
    assert (newest.kind, newest.subject, newest.detail) == (
        "break_glass",
        f"case:{case_id}",
        "assessments reason:supervision",
    )
    with pytest.raises(NotPermitted):
        room.desk("colleague").strengths.assessments(case_id, ReadReason.SUPERVISION)
    assert room.desk("colleague").case_tasks.open_tasks(case_id) == ()


@pytest.mark.parametrize(("name", "role"), [("trainer", Role.TRAINER), ("liaison", Role.LIAISON)])
def test_trainers_and_liaisons_are_refused_by_service_and_by_key(room, name, role):
    case_id = room.case()
    room.desk().strengths.save(whole(case_id))
    desk = room.desk(name, role)
    for call in (desk.strengths.assessments, desk.scores.records, desk.case_notes.notes, desk.referrals.of_case):
        with pytest.raises(NotPermitted):
            call(case_id)
    for compartment in ("family", "counselling", "aftercare"):
        assert not desk.office.cipher.opens(compartment)


def test_only_the_responsible_one_writes_the_restricted_part(room):
    case_id = room.case()
    for desk in (room.desk("colleague"), room.manager):
        with pytest.raises(Refused, match="responsible"):
            desk.strengths.save(whole(case_id))
    open_part = whole(case_id)
    ratings = {domain: rating for domain, rating in open_part.form.ratings.items() if domain is D.HOME}
    room.desk("colleague").strengths.save(replace(open_part, form=replace(WORDS, ratings=ratings), restricted=None))


def test_without_consents_nothing_is_added(room):
    person = room.person()
    case_id = room.case(person)
    desk = room.desk()
    desk.consents.record(person, ConsentForm(ConsentPurpose.STORE_DATA, False, TODAY))
    with pytest.raises(Refused, match="does not agree"):
        desk.strengths.save(whole(case_id))
    assert desk.strengths.assessments(case_id) == ()


def test_two_editors_of_an_assessment_do_not_overwrite_each_other(room):
    desk, case_id = room.desk(), room.case()
    desk.strengths.save(whole(case_id))
    (seen,) = desk.strengths.assessments(case_id)
    desk.strengths.save(replace(seen, restricted=None, form=replace(WORDS, place="a")))
    with pytest.raises(ChangedMeanwhile):
        desk.strengths.save(seen)
    (again,) = desk.strengths.assessments(case_id)
    with pytest.raises(ChangedMeanwhile):
        desk.strengths.save(replace(again, restricted_version=0))


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"on_day": TODAY + timedelta(days=1)}, "on_day"),
        ({"form": AssessmentForm({D.HOME: DomainRating(5)})}, "ratings"),
        ({"restricted": RestrictedForm(who5=(1, 2, 3, 4, 6))}, "who5"),
        ({"restricted": RestrictedForm(ssi_sa=(True,))}, "ssi_sa"),
        ({"restricted": RestrictedForm(first_used_age=-1)}, "first_used_age"),
    ],
)
def test_values_that_no_form_allows_are_refused(room, change, place):
    with pytest.raises(Refused) as refusal:
        room.desk().strengths.save(replace(whole(room.case()), **change))
    assert refusal.value.place == place


def test_ssi_sa_counts_fourteen_of_its_sixteen_questions():
    answers = tuple(n in (0, 1, 2, 3, 4, 14) for n in range(16))
    assert ssi_sa_score(answers) == 4
    assert ssi_sa_score((True,) * 16) == 14
    assert ssi_sa_score((None, *answers[1:])) == 4
    assert ssi_sa_score((True, None, *answers[2:])) is None
    assert [ssi_sa_band(score) for score in (0, 1, 2, 3, 4, 14)] == [
        SsiSaBand.LOW,
        SsiSaBand.LOW,
        SsiSaBand.MINIMAL,
        SsiSaBand.MINIMAL,
        SsiSaBand.REFER,
        SsiSaBand.REFER,
    ]


def test_who5_is_the_sum_of_five_answers():
    assert who5_raw((5, 5, 5, 5, 5)) == 25
    assert who5_raw((1, 2, 3, None, 5)) is None


def test_scores_are_kept_in_their_ranges_and_read_by_the_responsible_one(room):
    desk, case_id = room.desk(), room.case()
    sdq = ScoreForm(Instrument.SDQ, {"emotional": 6, "conduct": 3, "hyperactivity": 5, "peer": 2, "prosocial": 7})
    desk.scores.save(ScoreRecord(None, case_id, TODAY, sdq))
    (kept,) = desk.scores.records(case_id)
    assert (kept.form.values["emotional"], kept.form.informant) == (6, Informant.SELF)
    for form, place in (
        (replace(sdq, values={"emotional": 11}), "emotional"),
        (replace(sdq, values={"joy": 1}), "values"),
        (replace(sdq, values={}), "values"),
    ):
        with pytest.raises(Refused) as refusal:
            desk.scores.save(replace(kept, form=form))
        assert refusal.value.place == place
    for other in (room.desk("colleague"), room.manager):
        with pytest.raises(NotPermitted):
            other.scores.records(case_id)
    assert len(room.manager.scores.records(case_id, ReadReason.SAFETY)) == 1
