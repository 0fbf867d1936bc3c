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
