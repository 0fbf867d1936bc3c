"""What a form says survives being stored, whatever it says."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tlbb_desktop.domain.case_plans import GoalForm
from tlbb_desktop.domain.stored_forms import form_read, form_stored
from tlbb_desktop.domain.strengths import DomainRating, RestrictedForm, RiskAnswer, SafetyRisk, StrengthDomain
from tlbb_desktop.services.sealed_forms import SEALED_FORMS


@pytest.mark.parametrize("sealed", SEALED_FORMS, ids=lambda each: each.table)
def test_every_form_is_read_back_as_it_was_written(sealed):
    @given(st.from_type(sealed.kind))
    @settings(max_examples=25, deadline=None)
    def holds(form):
        assert form_read(sealed.kind, form_stored(form)) == form

    holds()


def test_a_form_that_gained_a_field_reads_what_was_stored_before():
    assert form_read(GoalForm, '{"domain":"work"}') == GoalForm(StrengthDomain.WORK)


def test_a_field_that_a_form_lost_is_passed_over():
    assert form_read(GoalForm, '{"domain":"work","colour":"red"}') == GoalForm(StrengthDomain.WORK)


def test_khmer_text_is_stored_as_itself():
    form = RestrictedForm({StrengthDomain.MIND: DomainRating(2, need="ភ័យ")}, {SafetyRisk.DEBT: RiskAnswer.NOW})
    assert "ភ័យ" in form_stored(form)
    assert json.loads(form_stored(form))["risks"] == {"debt": "now"}


def test_the_29th_of_february_stays_a_day():
    form = GoalForm(StrengthDomain.HOME, target_on=date(2028, 2, 29))
    assert form_read(GoalForm, form_stored(form)).target_on == date(2028, 2, 29)
