"""A long form of a case, filled in as staff fill it in."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.accessible import unnamed_controls
from tests.gui.text_fits import cut_texts
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.money import Currency, Money
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.widgets.compound_answers import MoneyAnswer
from tlbb_desktop.widgets.section_form import Question, Section, SectionForm

SEXES = (("m", N_("Male")), ("f", N_("Female")))


def words(choices):
    return lambda: [(value, _(each)) for value, each in choices]


@pytest.fixture
def form(qtbot):
    sections = (
        Section(
            N_("Name"),
            (
                Question("name", N_("Name")),
                Question("note", N_("Note"), "text", wide=True),
                Question("sex", N_("Sex"), "choice", words(((None, "—"), *SEXES))),
                Question("born", N_("Birth date"), "day"),
            ),
        ),
        Section(
            N_("Kind"),
            (
                Question("count", N_("Number"), "number"),
                Question("level", N_("Kind"), "level", words(((1, N_("Male")), (4, N_("Female"))))),
                Question("safe", N_("Active"), "yes"),
                Question("seen", N_("Reason"), "ticks", words(SEXES)),
                Question("cost", N_("Hours"), "money", wide=True),
            ),
        ),
    )
    made = SectionForm(sections)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    with qtbot.waitExposed(made):
        made.show()
    return made


FILLED = {
    "name": "សុខ ដារ៉ា",
    "note": "មួយ\nពីរ",
    "sex": "f",
    "born": date(2008, 2, 29),
    "count": 3,
    "level": 2,
    "safe": False,
    "seen": frozenset({"m"}),
    "cost": Money(1250, Currency.USD, 4100),
}


def test_a_form_gives_back_what_it_was_filled_with(form):
    form.fill(FILLED)
    assert form.values() == FILLED


def test_an_empty_form_says_that_nothing_is_known_rather_than_nought(form):
    form.fill({})
    values = form.values()
    assert values["name"] == values["note"] == ""
    assert [values[name] for name in ("sex", "born", "count", "level", "safe", "cost")] == [None] * 6
    assert values["seen"] == frozenset()


def test_what_cannot_be_read_is_said_under_its_field_and_nothing_is_given(form):
    form.fill(FILLED)
    form.answers["born"].setText("30/02/2026")
    form.answers["count"].setText("three")
    with pytest.raises(Refused):
        form.values()
    assert "30/02/2026" in form.fields["born"].problem_text
    assert "three" in form.fields["count"].problem_text
    assert form.fields["name"].problem_text == ""
    form.answers["born"].setText("28/02/2026")
    form.answers["count"].setText("៣")
    assert form.values()["count"] == 3
    assert form.fields["born"].problem_text == ""


def test_a_trouble_from_a_service_stands_under_the_field_it_names(form):
    form.fill(FILLED)
    assert form.show_trouble(Refused(N_("The sex is missing."), place="sex"))
    assert form.fields["sex"].problem_text == "The sex is missing."
    assert not form.show_trouble(Refused(N_("The sex is missing."), place="elsewhere"))


def test_what_is_missing_is_said_without_alarm_and_goes_when_filled(form):
    form.fill({})
    form.show_missing(("name", "level"))
    assert form.fields["name"].problem_text == "Still missing"
    form.show_trouble(Refused(N_("The sex is missing."), place="name"))
    assert form.fields["name"].problem_text == "The sex is missing."
    form.clear_trouble()
    assert form.fields["name"].problem_text == "Still missing"
    form.show_missing(())
    assert form.fields["name"].problem_text == ""


def test_a_level_is_one_key_in_either_digits_and_backspace_takes_it_away(form, qtbot):
    level = form.answers["level"]
    with qtbot.waitSignal(form.edited):
        QTest.keyClick(level, Qt.Key.Key_3)
    assert level.value() == 3
    QApplication.sendEvent(level, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_2, Qt.KeyboardModifier.NoModifier, "២"))
    assert level.value() == 2
    QTest.keyClick(level, Qt.Key.Key_7)
    assert level.value() == 2
    QTest.keyClick(level, Qt.Key.Key_Backspace)
    assert level.value() is None


def test_a_draft_holds_what_is_half_typed_even_when_it_cannot_be_read(form):
    form.fill(FILLED)
    form.answers["born"].setText("30/02/20")
    form.answers["cost"].amount.setText("12,")
    draft = json.loads(json.dumps(form.raw()))
    form.fill({})
    form.show_raw({**draft, "gone": "a field of an older form"})
    assert form.answers["born"].text() == "30/02/20"
    assert form.answers["cost"].amount.text() == "12,"
    form.answers["born"].show_value(FILLED["born"])
    form.answers["cost"].show_value(FILLED["cost"])
    assert form.values() == FILLED


def test_filling_is_no_editing(form):
    heard = []
    form.edited.connect(lambda: heard.append(1))
    form.fill(FILLED)
    assert heard == []


@pytest.mark.parametrize("text", ["12.345", "1..2", "-3", "five"])
def test_an_amount_that_is_none_is_refused(form, text):
    cost = form.answers["cost"]
    cost.show_value(Money(1, Currency.USD))
    cost.amount.setText(text)
    with pytest.raises(Refused):
        cost.value()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10**9), st.sampled_from(list(Currency)), st.integers(0, 9999))
def test_money_survives_the_field(qtbot, amount, currency, rate):
    field = MoneyAnswer()
    qtbot.addWidget(field)
    field.show_value(Money(amount, currency, rate))
    assert field.value() == Money(amount, currency, rate)


def test_no_word_is_cut_and_everything_has_a_name(language, form):
    form.fill(FILLED)
    form.show_missing(("name",))
    assert cut_texts(form) == []
    assert unnamed_controls(form) == []


@pytest.fixture
def keyed(qtbot):
    """A form with answers by one key, a text between them."""
    questions = (
        Question("sex", N_("Sex"), "keys", words(SEXES)),
        Question("why", N_("Reason"), "text", about=N_("Sex"), rows=2),
        Question("count", N_("Number"), "keys", lambda: [(each, "") for each in range(3)], first=0),
        Question("level", N_("Kind"), "level", words(((1, N_("Male")), (4, N_("Female"))))),
    )
    made = SectionForm(
        (Section(N_("Kind"), questions, columns=3), Section(N_("Name"), (Question("name", N_("Name")),)))
    )
    qtbot.addWidget(made)
    made.resize(1000, 500)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_an_answer_by_one_key_takes_the_digit_that_stands_on_its_button(keyed):
    QTest.keyClick(keyed.answers["sex"], Qt.Key.Key_2)
    QTest.keyClick(keyed.answers["count"], Qt.Key.Key_0)
    assert (keyed.values()["sex"], keyed.values()["count"]) == ("f", 0)
    assert keyed.answers["sex"].buttons["f"].text() == "2 Female"
    QTest.keyClick(keyed.answers["count"], Qt.Key.Key_3)
    assert keyed.values()["count"] == 0
    QTest.keyClick(keyed.answers["sex"], Qt.Key.Key_Backspace)
    assert keyed.values()["sex"] is None


def test_the_arrows_go_past_the_texts_to_the_next_answer_by_key(keyed):
    keyed.go_to(keyed.answers["sex"])
    for name in ("count", "level", "level"):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
        assert QApplication.focusWidget() is keyed.answers[name]
    QTest.keyClick(keyed.answers["level"], Qt.Key.Key_Up)
    assert QApplication.focusWidget() is keyed.answers["count"]


def test_a_question_that_is_not_asked_gives_no_value_and_an_empty_card_is_not_shown(keyed):
    keyed.answers["name"].setText("kept")
    keyed.ask({"sex", "level"})
    assert set(keyed.values()) == {"sex", "level"}
    assert keyed.cards[1].isHidden()
    assert not keyed.show_trouble(Refused(N_("The sex is missing."), place="name"))
    keyed.ask(None)
    assert keyed.values()["name"] == "kept"
    assert not keyed.cards[1].isHidden()


def test_a_locked_question_is_only_read(keyed):
    keyed.set_editable(True, {"sex"})
    assert not keyed.answers["sex"].isEnabled()
    assert keyed.answers["level"].isEnabled()
    keyed.begin()
    assert QApplication.focusWidget() is keyed.answers["why"]


def test_a_note_stands_under_its_field_beside_what_is_missing(keyed):
    keyed.show_notes({"level": "earlier: 2"})
    keyed.show_missing(("level",))
    assert (keyed.fields["level"].note, keyed.fields["level"].problem_text) == ("earlier: 2", "Still missing")
    keyed.show_notes({})
    assert keyed.fields["level"].note == ""


def test_a_label_that_several_fields_bear_is_read_out_with_what_it_is_about(keyed):
    assert keyed.answers["why"].accessibleName() == "Sex: Reason"


def test_a_text_asks_for_its_rows_and_for_more_as_it_is_typed(keyed, form):
    short, usual = keyed.answers["why"], form.answers["note"]
    assert short.sizeHint().height() < usual.sizeHint().height()
    empty = short.sizeHint().height()
    short.show_value("\n".join("123456"))
    assert short.sizeHint().height() > empty
    short.show_value("")
    assert short.sizeHint().height() == empty


def test_answers_by_key_survive_a_draft(keyed):
    keyed.answers["sex"].show_value("f")
    keyed.answers["level"].show_value(4)
    draft = json.loads(json.dumps(keyed.raw()))
    keyed.fill({})
    keyed.show_raw(draft)
    assert (keyed.values()["sex"], keyed.values()["level"], keyed.values()["count"]) == ("f", 4, None)
