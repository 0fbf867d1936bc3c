"""Scores of SDQ, SCAS, CRAFFT and ASSIST in a case: first the instrument, then its scales with their bands beside."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from tlbb_desktop.domain.assessment_words import (
    ADMINISTERED_NAMES,
    INFORMANT_NAMES,
    INSTRUMENT_NAMES,
    SCALE_NAMES,
    SCORE_BAND_NAMES,
)
from tlbb_desktop.domain.cases import CaseFile
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.score_bands import TOTAL, ScoreBand, score_band, score_total
from tlbb_desktop.domain.scores import SCALES, Administered, Informant, Instrument, Scale, ScoreForm, ScoreRecord
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import day_text, digits
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.i18n.punctuation import joined_remarks, labelled
from tlbb_desktop.qt.icons import IconRole
from tlbb_desktop.qt.paged_table import Column
from tlbb_desktop.screens.cases.choices import choices_of
from tlbb_desktop.screens.cases.protected import ProtectedReader
from tlbb_desktop.widgets.record_pane import FollowingRecords
from tlbb_desktop.widgets.section_form import Question, Section
from tlbb_desktop.wiring import Desk

NO_NORMS: Final = N_("The bands are British or international. There are no norms for Cambodia.")
CALM: Final = frozenset(
    {ScoreBand.AVERAGE, ScoreBand.USUAL, ScoreBand.NEGATIVE, ScoreBand.LOW_RISK, ScoreBand.RAISED, ScoreBand.LOWERED}
)
_PAPER: Final = Section(
    "",
    (
        Question("instrument", Np_("of scores", "Instrument"), "keys", choices_of(INSTRUMENT_NAMES)),
        Question("on_day", N_("Day on which it was filled in"), "day"),
        Question("informant", Np_("of scores", "Who answered"), "keys", choices_of(INFORMANT_NAMES)),
    ),
)
_ABOUT: Final = Section(
    Np_("of scores", "The paper"),
    (
        Question("administered", Np_("of scores", "How"), "keys", choices_of(ADMINISTERED_NAMES)),
        Question("edition", N_("Edition of the paper, such as S11-17")),
        Question("note", N_("What matters for reading the scores"), "text", wide=True, rows=2),
    ),
)
#: The sum of the SDQ knows nothing of the impact, and a T-score is looked up by whoever has the table.
_OPTIONAL: Final = frozenset({"impact", "t_score"})


def scale_question(instrument: Instrument, scale: str) -> str:
    """The question for a scale; several instruments have one of the same name."""
    return f"{instrument}_{scale}"


def _scales(instrument: Instrument) -> Section:
    questions = (
        Question(scale_question(instrument, scale.name), SCALE_NAMES[scale.name], "number")
        for scale in SCALES[instrument]
    )
    return Section(INSTRUMENT_NAMES[instrument], tuple(questions), NO_NORMS, columns=3)


class ScoreRecords(FollowingRecords[ScoreRecord]):
    """The scores of one case: all of it is protected.

    Args:
        desk: the services.
        reader: how far it opens.
    """

    columns: tuple[Column[ScoreRecord], ...] = (
        Column("day", N_("Day"), lambda row: day_text(row.on_day)),
        Column("instrument", Np_("of scores", "Instrument"), lambda row: _(INSTRUMENT_NAMES[row.form.instrument])),
        Column("by", Np_("of scores", "Who answered"), lambda row: _(INFORMANT_NAMES[row.form.informant])),
        Column("says", Np_("of scores", "Result"), lambda row: result_words(row.form)),
    )
    wide = 3
    sections = (_PAPER, *(_scales(instrument) for instrument in Instrument), _ABOUT)

    def __init__(self, desk: Desk, reader: ProtectedReader) -> None:
        self._desk, self._reader = desk, reader
        self._case: CaseFile | None = None

    def show_case(self, case: CaseFile) -> None:
        """From now on, the scores of this case."""
        self._case = case

    def lines(self) -> dict[int, ScoreRecord]:
        """Every paper, the newest first; none for who may not read them."""
        if self._case is None or self._case.id is None or not self._reader.opens:
            return {}
        reason = None if self._reader.owns else self._reader.reason
        return {each.id or 0: each for each in self._desk.scores.records(self._case.id, reason)}

    def sign(self, record: ScoreRecord) -> tuple[str, IconRole] | None:
        """A warning where a band asks for a closer look."""
        bands = {score_band(record.form, scale) for scale in _scored(record.form)}
        return ("triangle-alert", "warning") if bands - CALM - {None} else None

    def values_of(self, record: ScoreRecord | None) -> Mapping[str, Any]:
        """The form of a paper; a new one is an SDQ of today, answered by the young person."""
        if record is None:
            return {
                "instrument": Instrument.SDQ,
                "on_day": self._desk.office.clock.today(),
                "informant": Informant.SELF,
                "administered": Administered.READ_ALOUD,
            }
        form = record.form
        return {
            "on_day": record.on_day,
            **{name: getattr(form, name) for name in ("instrument", "informant", "administered", "edition", "note")},
            **{scale_question(form.instrument, scale): value for scale, value in form.values.items()},
        }

    def missing(self, record: ScoreRecord) -> Iterable[str]:
        """The scales that were not counted."""
        instrument = record.form.instrument
        return [
            scale_question(instrument, scale.name)
            for scale in SCALES[instrument]
            if instrument is not Instrument.ASSIST and scale.name not in _OPTIONAL.union(record.form.values)
        ]

    def may_add(self) -> bool:
        """Whether the reader enters scores: the one who is responsible."""
        return self._reader.owns and self._reader.may_write

    def may_change(self, record: ScoreRecord) -> bool:  # noqa: ARG002 - one is as open as the other
        """Whether the reader mends a score."""
        return self.may_add()

    def asked(self, record: ScoreRecord | None, values: Mapping[str, Any]) -> Collection[str]:  # noqa: ARG002
        """The scales of the instrument that is chosen, and no others."""
        paper = {question.name for section in (_PAPER, _ABOUT) for question in section.questions}
        instrument = values.get("instrument")
        if instrument is None:
            return {"instrument"}
        return paper | {scale_question(instrument, scale.name) for scale in SCALES[instrument]}

    def remarks(self, record: ScoreRecord | None, values: Mapping[str, Any]) -> Mapping[str, str]:  # noqa: ARG002
        """Range and band of each scale, and what the sum says."""
        if values.get("instrument") is None:
            return {}
        form = _form(values)
        found = {
            scale_question(form.instrument, scale.name): _scale_words(form, scale) for scale in SCALES[form.instrument]
        }
        total = total_words(form)
        return found | ({"instrument": total} if total else {})

    def keep(self, record: ScoreRecord | None, values: Mapping[str, Any]) -> int:
        """Store the scores of a paper."""
        if self._case is None or self._case.id is None:
            return 0
        if values["instrument"] is None:
            raise Refused(N_("Choose the instrument first."), place="instrument")
        if values["on_day"] is None:
            raise Refused(N_("Write the day on which it was filled in."), place="on_day")
        form = _form(values)
        new = ScoreRecord(
            record.id if record else None, self._case.id, values["on_day"], form, record.version if record else 0
        )
        try:
            return self._desk.scores.save(new)
        except Refused as error:
            if error.place in SCALE_NAMES:
                worded = {**error.fields, "scale": _(SCALE_NAMES[error.place])}
                raise Refused(error.message, place=scale_question(form.instrument, error.place), **worded) from error
            raise


def result_words(form: ScoreForm) -> str:
    """What a paper says in a line: its sum, or what asks for a closer look."""
    total = total_words(form)
    told = [
        labelled(_(SCALE_NAMES[scale]), _(SCORE_BAND_NAMES[band]))
        for scale in form.values
        if scale != TOTAL and (band := score_band(form, scale)) is not None and band not in CALM
    ]
    return joined_remarks(part for part in (total, *told) if part)


def total_words(form: ScoreForm) -> str:
    """The sum with its band; ``""`` where it is not known."""
    total = score_total(form.instrument, form.values)
    if total is None:
        return ""
    said, band = labelled(_(SCALE_NAMES[TOTAL]), digits(total)), score_band(form, TOTAL)
    return said if band is None else f"{said} · {_(SCORE_BAND_NAMES[band])}"


def _scored(form: ScoreForm) -> set[str]:
    return {*form.values, TOTAL}


def _scale_words(form: ScoreForm, scale: Scale) -> str:
    said = f"{digits(scale.least)}–{digits(scale.most)}"
    value, band = form.values.get(scale.name), score_band(form, scale.name)
    if value is None or band is None or not scale.least <= value <= scale.most:
        return said
    return f"{said} · {_(SCORE_BAND_NAMES[band])}"


def _form(values: Mapping[str, Any]) -> ScoreForm:
    instrument: Instrument = values["instrument"]
    given = {scale.name: values.get(scale_question(instrument, scale.name)) for scale in SCALES[instrument]}
    return ScoreForm(
        instrument,
        {name: value for name, value in given.items() if value is not None},
        values.get("informant") or Informant.SELF,
        values.get("administered") or Administered.SELF,
        values.get("edition") or "",
        values.get("note") or "",
    )
