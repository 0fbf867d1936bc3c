"""What scores mean, at the edges of the published bands."""

from __future__ import annotations

import pytest

from tlbb_desktop.domain.score_bands import Band, bands, totals
from tlbb_desktop.domain.scores import Informant, Instrument, ScoreForm

B = Band


def sdq(informant: Informant = Informant.SELF, **values: int) -> ScoreForm:
    return ScoreForm(Instrument.SDQ, values, informant)


@pytest.mark.parametrize(
    ("informant", "scale", "score", "band"),
    [
        (Informant.SELF, "emotional", 4, B.AVERAGE),
        (Informant.SELF, "emotional", 5, B.RAISED),
        (Informant.SELF, "emotional", 6, B.HIGH),
        (Informant.SELF, "emotional", 7, B.VERY_HIGH),
        (Informant.SELF, "hyperactivity", 7, B.HIGH),
        (Informant.PARENT, "hyperactivity", 7, B.RAISED),
        (Informant.TEACHER, "peer", 4, B.RAISED),
        (Informant.PARENT, "peer", 4, B.HIGH),
        (Informant.SELF, "prosocial", 7, B.AVERAGE),
        (Informant.SELF, "prosocial", 5, B.HIGH),
        (Informant.SELF, "prosocial", 4, B.VERY_HIGH),
        (Informant.PARENT, "prosocial", 7, B.RAISED),
        (Informant.PARENT, "impact", 0, B.AVERAGE),
        (Informant.PARENT, "impact", 3, B.VERY_HIGH),
    ],
)
def test_the_bands_of_the_sdq(informant, scale, score, band):
    assert bands(sdq(informant, **{scale: score}))[scale] is band


@pytest.mark.parametrize(
    ("informant", "emotional", "band"),
    [
        (Informant.SELF, 5, B.RAISED),  # 15 of 40
        (Informant.SELF, 4, B.AVERAGE),
        (Informant.PARENT, 4, B.RAISED),
        (Informant.TEACHER, 5, B.RAISED),
        (Informant.TEACHER, 6, B.HIGH),
        (Informant.SELF, 10, B.VERY_HIGH),
    ],
)
def test_the_total_of_the_sdq_is_the_sum_of_its_four_difficulties(informant, emotional, band):
    form = sdq(informant, emotional=emotional, conduct=4, hyperactivity=4, peer=2, prosocial=10)
    assert totals(form) == {"total": emotional + 10, "internalising": emotional + 2, "externalising": 8}
    assert bands(form)["total"] is band


def test_a_scale_that_is_missing_leaves_the_total_out():
    form = sdq(emotional=3, conduct=3, hyperactivity=3)
    assert totals(form) == {"externalising": 6}
    assert "total" not in bands(form)


def test_scas_is_elevated_from_a_t_score_of_sixty():
    parts = {"separation": 1, "social": 2, "obsessive": 3, "panic": 4, "injury": 5, "general": 6}
    form = ScoreForm(Instrument.SCAS, parts | {"t_score": 60})
    assert (totals(form), bands(form)) == ({"total": 21}, {"t_score": B.ELEVATED})
    assert bands(ScoreForm(Instrument.SCAS, parts | {"t_score": 59})) == {"t_score": B.AVERAGE}
    assert bands(ScoreForm(Instrument.SCAS, parts)) == {}


def test_crafft_is_positive_from_two():
    assert [bands(ScoreForm(Instrument.CRAFFT, {"total": n}))["total"] for n in (0, 1, 2, 6)] == [
        B.NEGATIVE,
        B.NEGATIVE,
        B.POSITIVE,
        B.POSITIVE,
    ]


def test_assist_has_a_low_band_of_its_own_for_alcohol():
    for substance, low, moderate in (("alcohol", 10, 11), ("stimulants", 3, 4)):
        scores = {low: B.LOW_RISK, moderate: B.MODERATE_RISK, 26: B.MODERATE_RISK, 27: B.HIGH_RISK}
        for score, band in scores.items():
            assert bands(ScoreForm(Instrument.ASSIST, {substance: score})) == {substance: band}
