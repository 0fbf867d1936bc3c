"""A course while it is edited, without widgets."""

from __future__ import annotations

import pytest

from tests.gui.courses.conftest import assess, codes, newest
from tlbb_desktop.domain.curricula import Basis, CertificateRule, CurriculumRefused
from tlbb_desktop.domain.curriculum_changes import Aspect, Change
from tlbb_desktop.domain.errors import ChangedMeanwhile, Refused
from tlbb_desktop.screens.courses.editor import CourseEditor
from tlbb_desktop.screens.courses.presenter import CoursesPresenter
from tlbb_desktop.screens.courses.unit_draft import UnitDraft


def test_the_list_says_version_sample_and_running_classes(room):
    presenter = CoursesPresenter(room.desk)
    presenter.load()
    lines = {line.course.code: line for line in presenter.lines().values()}
    assert lines["moto"].newest.sample
    assert [lines[code].running for code in ("moto", "aircon")] == [1, 0]
    assert [line.course.code for line in presenter.lines("ម៉ូតូ").values()] == ["moto"]


def test_nothing_is_stored_before_the_whole_is_saved(room, editor, moto):
    editor.remove(1)
    editor.move(0, 1)
    draft = editor.new_unit()
    draft.name_en = "Electric motorbikes"
    assert draft.code == "M17"
    place = editor.put(draft)
    assert (place, editor.is_changed) == (15, True)
    assert codes(newest(room, moto))[0] == "M01"
    stored = editor.save(editor.draft, classes_follow=True)
    assert (stored.number, stored.sample, editor.is_changed) == (2, False, False)
    assert codes(newest(room, moto))[:2] == ["M03", "M01"]
    assert codes(newest(room, moto))[-1] == "M17"
    assert [each.number for each in editor.versions] == [2, 1]


def test_dropping_brings_the_newest_version_back(editor):
    editor.remove(3)
    editor.set_about(Basis.COMPETENCE, CertificateRule(True, 70, 0), "ours")
    editor.drop()
    assert not editor.is_changed
    assert (len(editor.draft.units), editor.draft.rule.attendance_percent) == (16, 80)


def test_a_unit_stays_within_the_list_when_it_is_moved(editor):
    assert editor.move(0, -1) == 0
    assert editor.move(15, 1) == 15
    assert not editor.is_changed


def test_what_is_wrong_with_a_unit_is_said_about_that_unit_alone(editor):
    twice = editor.unit_draft(1)
    twice.code = "m01"
    assert [str(each.message)[:9] for each in editor.wrong_with(twice)] == ["Two units"]
    nameless = editor.new_unit()
    assert [each.fields["code"] for each in editor.wrong_with(nameless)] == ["M17"]
    spaced = editor.unit_draft(0)
    spaced.code = "M 1"
    assert len(editor.wrong_with(spaced)) == 1
    assert editor.wrong_with(editor.unit_draft(0)) == ()


def test_criteria_are_numbered_as_they_stand_and_those_without_words_are_not_kept():
    draft = UnitDraft.new("M17")
    for words in ("First", "Second", ""):
        draft.word(draft.add(), "", words, critical=words == "Second")
    assert draft.move(1, -1) == 0
    found = draft.unit()
    assert [(each.number, each.name_en, each.critical) for each in found.criteria] == [
        (1, "Second", True),
        (2, "First", False),
    ]
    assert draft.remove(2) == 1
    assert UnitDraft.from_values(draft.values()).unit() == found


def test_a_draft_survives_as_plain_values(room, editor):
    editor.remove(0)
    editor.set_about(Basis.PARTICIPATION, CertificateRule(False, 75, 0), "ours")
    after = CourseEditor(room.desk)
    after.take_values(editor.values())
    assert after.is_changed
    assert after.draft.says_the_same(editor.draft)


def test_the_preview_tells_changes_and_what_would_be_refused(room, editor):
    assess(room, "M02")
    draft = editor.unit_draft(0)
    draft.hours = 20
    editor.put(draft)
    editor.remove(1)
    found = editor.changes(editor.draft, classes_follow=True)
    assert [(each.change, each.unit.code, each.aspects) for each in found.units] == [
        (Change.CHANGED, "M01", (Aspect.HOURS,)),
        (Change.REMOVED, "M02", ()),
    ]
    assert not found.may_be_saved
    assert [line.fields["code"] for line in found.objections] == ["M02"]
    assert editor.changes(editor.draft, classes_follow=False).may_be_saved
    with pytest.raises(CurriculumRefused, match="Unit M02 is missing"):
        editor.save(editor.draft, classes_follow=True)
    assert editor.is_changed


def test_a_sample_may_be_saved_unchanged_and_is_then_ones_own_but_not_twice(editor):
    assert editor.changes(editor.draft, classes_follow=True).may_be_saved
    assert not editor.save(editor.draft, classes_follow=True).sample
    assert not editor.changes(editor.draft, classes_follow=True).may_be_saved


def test_a_version_that_somebody_else_saved_meanwhile_is_not_written_over(room, editor, moto):
    other = CourseEditor(room.desk)
    other.load(moto)
    other.remove(15)
    editor.remove(0)
    other.save(other.draft, classes_follow=True)
    with pytest.raises(ChangedMeanwhile):
        editor.save(editor.draft, classes_follow=True)
    editor.read()
    assert [each.unit.code for each in editor.changes(editor.draft, classes_follow=True).units] == ["M16", "M01"]


def test_what_a_prison_leaves_out_is_not_counted(room, editor):
    editor.show_prison(room.desk.prisons.own().id)
    with pytest.raises(Refused, match="reason"):
        editor.leave_out(4, " ")
    editor.leave_out(4, "no workshop")
    assert editor.lines[4].off == "no workshop"
    hours = editor.shown.units[4].hours
    assert (len(editor.taught.units), editor.taught.hours) == (15, 650 - hours)
    editor.show_prison(None)
    assert (editor.lines[4].off, editor.taught.hours) == (None, 650)
    editor.show_prison(room.desk.prisons.own().id)
    editor.teach_again(4)
    assert editor.lines[4].off is None


def test_a_class_is_put_on_an_older_version_or_on_none(room, editor):
    editor.remove(1)
    editor.save(editor.draft, classes_follow=True)
    assert [each.number for each in editor.followers] == [2]
    editor.follow(room.class_id, 1)
    assert [each.number for each in editor.followers] == [1]
    editor.follow(room.class_id, None)
    assert room.desk.curricula.of_class(room.class_id) is None


def test_an_older_version_is_looked_at_while_the_draft_stays(editor):
    editor.remove(1)
    editor.save(editor.draft, classes_follow=True)
    editor.remove(1)
    editor.show_version(1)
    assert (editor.is_old, len(editor.lines)) == (True, 16)
    editor.show_version(2)
    assert (editor.is_old, len(editor.lines)) == (False, 14)


def test_what_somebody_else_changed_meanwhile_is_not_overwritten_unseen(editor, room) -> None:
    """A unit switched, and a class put on another version, after the page was read."""
    curricula, unit, prison = room.desk.curricula, editor.shown.units[4], room.desk.prisons.own().id
    editor.show_prison(prison)
    curricula.switch(prison, unit.id, off=True, reason="no workshop")
    with pytest.raises(ChangedMeanwhile):
        editor.leave_out(4, "another reason")
    curricula.follow(room.class_id, None)
    with pytest.raises(ChangedMeanwhile):
        editor.follow(room.class_id, 1)
    editor.load(editor.course_id)
    editor.follow(room.class_id, 1)
