"""Fields of a long form that hold several lines, and that find one of many while one types."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QModelIndex

from tests.gui.accessible import unnamed_controls
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.i18n.catalog import language as active_language
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.qt.translator import switch_language
from tlbb_desktop.widgets.section_form import Question, Section, SectionForm

SERVICES = (("foster", "ការថែទាំ · Foster care"), ("school", "សាលារៀន · School"), ("skills", "ជំនាញ · Skills school"))
SECTIONS = (
    Section(
        "",
        (
            Question("service", N_("Kind"), "find", lambda: SERVICES),
            Question(
                "people",
                N_("People"),
                "lines",
                wide=True,
                parts=(Question("name", N_("Name"), share=2), Question("age", N_("Number"), "number")),
            ),
        ),
    ),
)


@pytest.fixture
def form(qtbot):
    shown = SectionForm(SECTIONS)
    qtbot.addWidget(shown)
    with qtbot.waitExposed(shown):
        shown.show()
    return shown


def test_lines_are_shown_added_changed_and_taken_away(form):
    people = form.answers["people"]
    form.fill({"people": [{"name": "a", "age": 7}, {"name": "b", "age": None}]})
    people.add_line()
    people.lines[2]["name"].setText("c")
    people._lines[0].remove.click()
    people.lines[0]["age"].setText("៨")
    assert form.values()["people"] == ({"name": "b", "age": 8}, {"name": "c", "age": None})
    form.fill({})
    assert form.values()["people"] == ()


def test_each_change_of_a_line_is_told(form, qtbot):
    people = form.answers["people"]
    with qtbot.waitSignal(form.edited):
        people.add_button.click()
    with qtbot.waitSignal(form.edited):
        people.lines[0]["name"].textEdited.emit("x")
    with qtbot.waitSignal(form.edited):
        people._lines[0].remove.click()


def test_a_line_that_cannot_be_read_is_refused_at_its_field(form):
    people = form.answers["people"]
    people.add_line()
    people.lines[0]["age"].setText("seven")
    with pytest.raises(Refused):
        form.values()
    assert "whole number" in form.fields["people"].problem_text


def test_what_is_half_typed_survives_as_json(form):
    people = form.answers["people"]
    people.add_line()
    people.lines[0]["age"].setText("seven")
    form.answers["service"].setText("fost")
    raw = json.loads(json.dumps(form.raw()))
    form.fill({})
    form.show_raw(raw)
    assert people.lines[0]["age"].text() == "seven"
    assert form.raw() == raw


def test_lines_that_are_only_read_offer_no_buttons(form):
    people = form.answers["people"]
    form.fill({"people": [{"name": "a", "age": 7}]})
    form.set_editable(False)
    assert people.add_button.isHidden()
    assert people._lines[0].remove.isHidden()
    form.set_editable(True)
    assert not people.add_button.isHidden()


def test_every_part_of_every_line_has_a_name(form, language):
    form.fill({"people": [{"name": "a", "age": 7}, {"name": "b", "age": 8}]})
    assert unnamed_controls(form) == []


@pytest.mark.parametrize(
    ("typed", "found"), [("foster", ["foster"]), ("សាលា", ["school"]), ("SCHOOL", ["school", "skills"])]
)
def test_one_of_many_is_found_in_either_script(form, typed, found):
    line = form.answers["service"]
    line.setText(typed)
    line.textEdited.emit(typed)
    offers = line.completer().completionModel()
    assert offers.rowCount() == len(found)
    line.completer().activated[QModelIndex].emit(offers.index(0, 0))
    assert form.values()["service"] == found[0]
    assert line.text() == dict(SERVICES)[found[0]]


def test_what_only_one_line_holds_is_that_line_and_anything_else_is_refused(form):
    line = form.answers["service"]
    line.setText("Foster")
    assert form.values()["service"] == "foster"
    for typed in ("school", "xyz"):
        form.fill({})
        line.setText(typed)
        with pytest.raises(Refused):
            form.values()
        assert "not in the list" in form.fields["service"].problem_text
    line.setText("")
    assert form.values()["service"] is None


def test_typing_over_a_choice_lets_go_of_it(form):
    line = form.answers["service"]
    form.fill({"service": "foster"})
    line.setText("xyz")
    line.textEdited.emit("xyz")
    with pytest.raises(Refused):
        form.values()


def test_the_chosen_line_follows_the_language(qapp, qtbot):
    words = {"en": "Foster care", "km": "ការថែទាំ"}
    sections = (
        Section("", (Question("service", N_("Kind"), "find", lambda: [("foster", words[active_language()])]),)),
    )
    shown = SectionForm(sections)
    qtbot.addWidget(shown)
    shown.show()
    shown.fill({"service": "foster"})
    switch_language(qapp, "km")
    try:
        qtbot.waitUntil(lambda: shown.answers["service"].text() == "ការថែទាំ")
        assert shown.values()["service"] == "foster"
    finally:
        switch_language(qapp, "en")
