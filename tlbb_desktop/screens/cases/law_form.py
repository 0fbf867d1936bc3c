"""The form of the legal file: its questions, and the file that they fill."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Final

from tlbb_desktop.domain.case_words import AGE_FLAG_NAMES, LEGAL_STATUS_NAMES, OFFENCE_CLASS_NAMES, OFFENCE_NAMES
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.legal_files import AgeAtOffence, LegalFile, Sentence, StatusChange
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import digits
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.i18n.punctuation import labelled
from tlbb_desktop.screens.cases.choices import choices_of
from tlbb_desktop.widgets.section_form import Question, Section

SENTENCE_PARTS: Final = ("years", "months", "days", "fine")
LAW_SECTIONS: Final = (
    Section(
        N_("Before the law"),
        (
            Question(
                "statuses",
                N_("Legal status and since when, the oldest first"),
                "lines",
                wide=True,
                parts=(
                    Question("status", N_("Legal status"), "choice", choices_of(LEGAL_STATUS_NAMES), share=2),
                    Question("since", N_("Since"), "day"),
                ),
            ),
            Question("arrested_on", N_("Arrested on"), "day"),
            Question("detained_on", N_("Detained since"), "day"),
        ),
    ),
    Section(
        Np_("heading", "Offence"),
        (
            Question("category", Np_("of a legal file", "Offence"), "choice", choices_of(OFFENCE_NAMES, empty=True)),
            Question("offence_class", N_("How grave"), "choice", choices_of(OFFENCE_CLASS_NAMES, empty=True)),
            Question("offence_on", N_("Day of the offence"), "day"),
            Question("first_offence", N_("First offence"), "yes"),
            Question("charge", N_("Charge, as the papers say"), wide=True),
        ),
    ),
    Section(
        N_("Sentence"),
        (
            Question("judged_on", N_("Judged on"), "day"),
            Question("court", N_("Court")),
            Question("years", Np_("of a sentence", "Years"), "number"),
            Question("months", Np_("of a sentence", "Months"), "number"),
            Question("days", Np_("of a sentence", "Days"), "number"),
            Question("fine", N_("Fine in riel"), "number"),
        ),
    ),
    Section(
        N_("Social agent and lawyer"),
        (
            Question("agent_name", N_("Social agent of the Ministry")),
            Question("agent_office", N_("Office of the social agent")),
            Question("agent_phone", N_("Phone of the social agent")),
            Question("agent_report_on", N_("Report of the social agent came on"), "day"),
            Question("lawyer", N_("Lawyer, with phone"), wide=True),
        ),
    ),
)


def law_values(file: LegalFile) -> dict[str, Any]:
    """What the form shows of a file; a sentence that is not recorded is empty."""
    values = {each.name: getattr(file, each.name) for each in fields(file)}
    values["statuses"] = [{"status": each.status, "since": each.since} for each in file.statuses]
    sentence = values.pop("sentence")
    return values | {part: getattr(sentence, part) or None for part in SENTENCE_PARTS}


def law_file(values: Mapping[str, Any]) -> LegalFile:
    """The file that the form's values make.

    Raises:
        Refused: a change of the status has no day.
    """
    known = dict(values)
    lines = known.pop("statuses")
    if any(line["since"] is None for line in lines):
        raise Refused(N_("Write since when each legal status holds."), place="statuses")
    sentence = Sentence(**{part: known.pop(part) or 0 for part in SENTENCE_PARTS})
    return LegalFile(statuses=tuple(StatusChange(**line) for line in lines), sentence=sentence, **known)


def age_words(age: AgeAtOffence) -> str:
    """Such as ``Age at the offence: 15 · Juvenile``; two years where the birth date leaves them open."""
    flag = _(AGE_FLAG_NAMES[age.flag])
    if age.youngest is None:
        return labelled(_("Age at the offence"), flag)
    years = {age.youngest, age.oldest if age.oldest is not None else age.youngest}
    shown = "–".join(digits(each) for each in sorted(years))
    return labelled(_("Age at the offence"), f"{shown} · {flag}")
