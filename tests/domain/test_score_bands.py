"""Totals and bands of the instruments at each of their limits."""

from __future__ import annotations

import pytest

from tlbb_desktop.domain.score_bands import ScoreBand, score_band, score_total
from tlbb_desktop.domain.scores import SCALES, Informant, Instrument, ScoreForm

B = ScoreBand


def sdq(informant: Informant = Informant.SELF, **values: int) -> ScoreForm:
    return ScoreForm(Instrument.SDQ, values, informant)


@pytest.mark.parametrize(
    ("informant", "scale", "bands"),
    [
        (Informant.SELF, "emotional", [(4, B.AVERAGE), (5, B.RAISED), (6, B.HIGH), (7, B.VERY_HIGH)]),
        (Informant.PARENT, "conduct", [(2, B.AVERAGE), (3, B.RAISED), (5, B.HIGH), (6, B.VERY_HIGH)]),
        (Informant.TEACHER, "peer", [(2, B.AVERAGE), (4, B.RAISED), (5, B.HIGH), (6, B.VERY_HIGH)]),
        (Informant.SELF, "prosocial", [(7, B.AVERAGE), (6, B.LOWERED), (5, B.LOW), (4, B.VERY_LOW)]),
        (Informant.PARENT, "prosocial", [(8, B.AVERAGE), (7, B.LOWERED), (6, B.LOW), (5, B.VERY_LOW)]),
        (Informant.TEACHER, "impact", [(0, B.AVERAGE), (1, B.RAISED), (2, B.HIGH), (3, B.VERY_HIGH)]),
    ],
)
def test_a_scale_of_the_sdq_has_four_bands_by_who_answered(informant, scale, bands):
    assert [score_band(sdq(informant, **{scale: value}), scale) for value, _band in bands] == [b for _v, b in bands]


def test_the_sum_of_the_sdq_is_that_of_the_first_four_and_unknown_while_one_is_missing():
    form = sdq(emotional=5, conduct=4, hyperactivity=5, peer=3, prosocial=9, impact=2)
    assert score_total(form.instrument, form.values) == 17
    assert score_band(form, "total") is B.RAISED
    part = sdq(emotional=5, conduct=4, hyperactivity=5, prosocial=9)
    assert score_total(part.instrument, part.values) is None
    assert score_band(part, "total") is None


def test_every_scale_of_the_sdq_has_a_band_for_everybody_who_answers():
    for informant in Informant:
        for scale in SCALES[Instrument.SDQ]:
            for value in range(scale.least, scale.most + 1):
                assert score_band(sdq(informant, **{scale.name: value}), scale.name) is not None


def test_assist_has_other_limits_for_alcohol_than_for_the_rest():
    form = ScoreForm(Instrument.ASSIST, {"alcohol": 10, "cannabis": 4, "stimulants": 27, "tobacco": 3})
    bands = [score_band(form, name) for name in ("alcohol", "cannabis", "stimulants", "tobacco", "opioids")]
    assert bands == [B.LOW_RISK, B.MODERATE_RISK, B.HIGH_RISK, B.LOW_RISK, None]
    assert score_band(ScoreForm(Instrument.ASSIST, {"alcohol": 11}), "alcohol") is B.MODERATE_RISK
    assert score_total(form.instrument, form.values) is None


def test_crafft_is_positive_from_two_and_a_t_score_elevated_from_sixty():
    crafft = [score_band(ScoreForm(Instrument.CRAFFT, {"total": value}), "total") for value in (0, 1, 2, 6)]
    assert crafft == [B.NEGATIVE, B.NEGATIVE, B.POSITIVE, B.POSITIVE]
    scas = [score_band(ScoreForm(Instrument.SCAS, {"t_score": value}), "t_score") for value in (59, 60)]
    assert scas == [B.USUAL, B.ELEVATED]


def test_scas_adds_up_its_six_scales_and_says_no_band_for_them():
    values = {"separation": 1, "social": 2, "obsessive": 3, "panic": 4, "injury": 5, "general": 6, "t_score": 70}
    form = ScoreForm(Instrument.SCAS, values)
    assert score_total(form.instrument, values) == 21
    assert score_band(form, "panic") is None
    assert score_band(form, "total") is None
