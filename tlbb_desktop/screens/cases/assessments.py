"""Assessments of strengths in a case: earlier values beside the new ones, a protected part for who may read it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, Final

from typing_extensions import override

from tlbb_desktop.domain.assessment_words import (
    ASSESSMENT_KIND_NAMES,
    RISK_ANSWER_NAMES,
    SAFETY_RISK_NAMES,
    SSI_SA_BAND_NAMES,
)
from tlbb_desktop.domain.case_plans import SignedPaper
from tlbb_desktop.domain.case_words import RISK_NAMES
from tlbb_desktop.domain.cases import CaseFile, Risk
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.strengths import (
    RESTRICTED_DOMAINS,
    WHO5_LOW,
    Assessment,
    AssessmentForm,
    AssessmentKind,
    DomainRating,
    Missing,
    MissingPart,
    RestrictedForm,
    RiskAnswer,
    SafetyRisk,
    StrengthDomain,
    missing_parts,
    risks_now,
    ssi_sa_band,
    ssi_sa_score,
    who5_raw,
)
from tlbb_desktop.i18n.catalog import _, _n
from tlbb_desktop.i18n.days import day_text, digits
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.i18n.punctuation import joined_remarks, labelled
from tlbb_desktop.qt.icons import IconRole
from tlbb_desktop.qt.paged_table import Column
from tlbb_desktop.screens.cases.assessment_questions import (
    OPEN_NAMES,
    RESTRICTED_NAMES,
    SECTIONS,
    SSI_SA_NAMES,
    WHO5_NAMES,
    level_name,
    need_name,
    risk_name,
    strength_name,
)
from tlbb_desktop.screens.cases.protected import ProtectedReader
from tlbb_desktop.screens.cases.signing import trail_of
from tlbb_desktop.services.paper_trails import PaperTrail
from tlbb_desktop.widgets.record_pane import FollowingRecords, SignedRecords
from tlbb_desktop.wiring import Desk

NOTHING: Final = "—"
LEVELS_MOST: Final = 48
_OWN_WORDS: Final = ("good_at", "helped_by", "want")
_PLAIN: Final = ("place", "alone", "interpreter", *_OWN_WORDS, "from_paper_on")
_PROTECTED: Final = ("done_since", "substances", "first_used_age", "last_used", "overall")


class AssessmentRecords(FollowingRecords[Assessment], SignedRecords[Assessment]):
    """The assessments of one case.

    Args:
        desk: the services.
        reader: how far the protected part opens.
    """

    columns: tuple[Column[Assessment], ...] = (
        Column("day", N_("Day"), lambda row: day_text(row.on_day)),
        Column("kind", Np_("of an assessment", "Made"), lambda row: _(ASSESSMENT_KIND_NAMES[row.kind])),
        Column("total", Np_("of levels", "Total"), lambda row: total_words(row)),  # noqa: PLW0108 - it stands below
        Column("stable", N_("Stable or strong"), lambda row: digits(row.stable)),
        Column("missing", Np_("of an assessment", "State"), lambda row: missing_words(row)),  # noqa: PLW0108 - below
    )
    wide = 1
    sections = SECTIONS

    def __init__(self, desk: Desk, reader: ProtectedReader) -> None:
        self._desk, self._reader = desk, reader
        self._case: CaseFile | None = None
        self._all: tuple[Assessment, ...] = ()
        self._opened = 0

    def show_case(self, case: CaseFile) -> None:
        """From now on, the assessments of this case."""
        self._case, self._all = case, ()

    def lines(self) -> dict[int, Assessment]:
        """Every assessment, the newest first."""
        if self._case is None or self._case.id is None:
            return {}
        reason = None if self._reader.owns else self._reader.reason
        self._all = self._desk.strengths.assessments(self._case.id, reason)
        return {each.id or 0: each for each in self._all}

    def sign(self, record: Assessment) -> tuple[str, IconRole] | None:
        """Whether something is missing."""
        return ("triangle-alert", "warning") if missing_parts(record) else ("circle-check", "success")

    def values_of(self, record: Assessment | None) -> Mapping[str, Any]:
        """The form of an assessment; a new one is of today."""
        if record is None:
            kind = AssessmentKind.REVIEW if self._all else AssessmentKind.INTAKE
            return {"kind": kind, "on_day": self._desk.office.clock.today(), "interpreter": False}
        return {"kind": record.kind, "on_day": record.on_day, **_answers(record)}

    def missing(self, record: Assessment) -> Iterable[str]:
        """The questions that an assessment still lacks."""
        return [name for part in missing_parts(record) for name in _missing_names(record, part)]

    @override
    def trail(self, record: Assessment) -> PaperTrail | None:
        """Who signed the paper, and its scans."""
        if self._case is None or record.id is None:
            return None
        reason = None if self._reader.owns else self._reader.reason
        return trail_of(self._desk, self._case, SignedPaper.ASSESSMENT, record.id, reason)

    def may_add(self) -> bool:
        """Whether the reader adds to this case."""
        return self._reader.may_write

    def may_change(self, record: Assessment) -> bool:  # noqa: ARG002 - one is as open as the other
        """Whether the reader changes it: any while the case is open."""
        return self.may_add()

    def asked(self, record: Assessment | None, values: Mapping[str, Any]) -> Collection[str]:
        """The protected part only where it is open; what was done since only on an older paper with a danger."""
        shown = set(OPEN_NAMES)
        if self._reader.owns or (record is not None and record.restricted is not None):
            shown |= RESTRICTED_NAMES
        if values.get("from_paper_on") is None or not _now(values):
            shown.discard("done_since")
        return shown

    def locked(self, record: Assessment | None) -> Collection[str]:  # noqa: ARG002 - the case decides
        """Whoever reads the protected part with a reason does not write it."""
        return () if self._reader.owns else RESTRICTED_NAMES

    def remarks(self, record: Assessment | None, values: Mapping[str, Any]) -> Mapping[str, str]:
        """The value before, and what the numbers mean."""
        found = dict(self._earlier(record))
        meanings = {SSI_SA_NAMES[-1]: ssi_sa_words(_ssi_sa(values)), WHO5_NAMES[-1]: who5_words(_who5(values))}
        for name, words in meanings.items():
            if words:
                found[name] = joined_remarks(filter(None, (words, found.get(name))))
        return found

    def keep(self, record: Assessment | None, values: Mapping[str, Any]) -> int:
        """Store an assessment, complete or not."""
        if self._case is None or self._case.id is None:
            return 0
        if values["on_day"] is None:
            raise Refused(N_("Write the day of the assessment."), place="on_day")
        before = set[SafetyRisk]()
        if record is not None and record.restricted is not None:
            before = set(risks_now(record.restricted))
        new = Assessment(
            record.id if record else None,
            self._case.id,
            values["kind"],
            values["on_day"],
            _open_form(values),
            _restricted_form(values) if self._reader.owns else None,
            version=record.version if record else 0,
            restricted_version=record.restricted_version if record else 0,
        )
        row = self._desk.strengths.save(new)
        self._opened = len(set(_now(values)) - before) if _opens_tasks(new) else 0
        return row

    def told(self) -> str:
        """That it is saved, and how many tasks it opened."""
        if not self._opened:
            return _("Saved")
        opened = _n(
            "{n} task for the next 24 hours was opened.", "{n} tasks for the next 24 hours were opened.", self._opened
        )
        return " · ".join((_("Saved"), opened.format(n=digits(self._opened))))

    def _earlier(self, record: Assessment | None) -> Iterator[tuple[str, str]]:
        older = list(self._all)
        if record is not None:
            ids = [each.id for each in older]
            older = older[ids.index(record.id) + 1 :] if record.id in ids else []
        for name, value_of in _COMPARED.items():
            told = ((each.on_day, words) for each in older if (words := value_of(each)))
            found = next(told, None)
            if found is not None:
                yield name, _("earlier: {value} ({day})").format(value=found[1], day=day_text(found[0]))


def total_words(record: Assessment) -> str:
    """Such as ``33 / 48``."""
    return NOTHING if record.total is None else f"{digits(record.total)} / {digits(LEVELS_MOST)}"


def missing_words(record: Assessment) -> str:
    """Such as ``3 missing``; that it is complete where nothing is."""
    count = len(missing_parts(record))
    return _n("{n} missing", "{n} missing", count).format(n=digits(count)) if count else _("Complete")


def ssi_sa_words(answers: tuple[bool | None, ...]) -> str:
    """The score and its band; ``""`` while a scored answer is missing."""
    score = ssi_sa_score(answers)
    if score is None:
        return ""
    return labelled(_("SSI-SA: {score} of 14").format(score=digits(score)), _(SSI_SA_BAND_NAMES[ssi_sa_band(score)]))


def who5_words(answers: tuple[int | None, ...]) -> str:
    """The raw sum and its percentage; ``""`` while an answer is missing."""
    raw = who5_raw(answers)
    if raw is None:
        return ""
    said = _("WHO-5: {raw} of 25, {percent} %").format(raw=digits(raw), percent=digits(raw * 4))
    return joined_remarks((said, _("low: look closer"))) if raw < WHO5_LOW else said


def _answers(record: Assessment) -> dict[str, Any]:
    found: dict[str, Any] = {name: getattr(record.form, name) for name in _PLAIN}
    for domain, rating in record.ratings.items():
        found |= {
            level_name(domain): rating.level,
            strength_name(domain): rating.strength,
            need_name(domain): rating.need,
        }
    part = record.restricted
    if part is not None:
        found |= {name: getattr(part, name) for name in _PROTECTED}
        found |= {risk_name(risk): answer for risk, answer in part.risks.items()}
        found |= dict(zip(SSI_SA_NAMES, part.ssi_sa, strict=False))
        found |= dict(zip(WHO5_NAMES, part.who5, strict=False))
    return found


def _open_form(values: Mapping[str, Any]) -> AssessmentForm:
    plain = {name: values[name] for name in _PLAIN} | {"interpreter": bool(values["interpreter"])}
    return AssessmentForm(_ratings(values, restricted=False), **plain)


def _restricted_form(values: Mapping[str, Any]) -> RestrictedForm:
    risks = {risk: answer for risk in SafetyRisk if (answer := values.get(risk_name(risk))) is not None}
    plain = {name: values[name] for name in _PROTECTED if name != "done_since"}
    ssi_sa, who5 = _ssi_sa(values), _who5(values)
    return RestrictedForm(
        _ratings(values, restricted=True),
        risks,
        done_since=values.get("done_since", ""),
        ssi_sa=ssi_sa if any(each is not None for each in ssi_sa) else (),
        who5=who5 if any(each is not None for each in who5) else (),
        **plain,
    )


def _ratings(values: Mapping[str, Any], *, restricted: bool) -> dict[StrengthDomain, DomainRating]:
    """What was said of each domain; one of which nothing was said is left out."""
    found = {
        domain: DomainRating(values[level_name(domain)], values[strength_name(domain)], values[need_name(domain)])
        for domain in StrengthDomain
        if (domain in RESTRICTED_DOMAINS) is restricted
    }
    return {domain: rating for domain, rating in found.items() if rating != DomainRating()}


def _now(values: Mapping[str, Any]) -> list[SafetyRisk]:
    return [risk for risk in SafetyRisk if values.get(risk_name(risk)) is RiskAnswer.NOW]


def _opens_tasks(saved: Assessment) -> bool:
    part = saved.restricted
    return part is not None and (saved.form.from_paper_on is None or not part.done_since.strip())


def _ssi_sa(values: Mapping[str, Any]) -> tuple[bool | None, ...]:
    return tuple(values.get(name) for name in SSI_SA_NAMES)


def _who5(values: Mapping[str, Any]) -> tuple[int | None, ...]:
    return tuple(values.get(name) for name in WHO5_NAMES)


def _missing_names(record: Assessment, part: MissingPart) -> Iterable[str]:
    if part.domain is not None:
        return (level_name(part.domain) if part.what is Missing.LEVEL else need_name(part.domain),)
    if part.what is Missing.OWN_WORDS:
        return [name for name in _OWN_WORDS if not getattr(record.form, name).strip()]
    if part.what is Missing.RISKS:
        risks = record.restricted.risks if record.restricted else {}
        return [risk_name(risk) for risk in SafetyRisk if risk not in risks]
    return ("overall",) if part.what is Missing.OVERALL else ("done_since",)


def _level_before(domain: StrengthDomain) -> Callable[[Assessment], str]:
    def said(record: Assessment) -> str:
        level = record.ratings.get(domain, DomainRating()).level
        return "" if level is None else digits(level)

    return said


def _text_before(domain: StrengthDomain, part: str) -> Callable[[Assessment], str]:
    return lambda record: getattr(record.ratings.get(domain, DomainRating()), part)


def _risk_before(risk: SafetyRisk) -> Callable[[Assessment], str]:
    def said(record: Assessment) -> str:
        answer = record.restricted.risks.get(risk) if record.restricted else None
        return "" if answer is None else _(RISK_ANSWER_NAMES[answer])

    return said


def _overall_before(record: Assessment) -> str:
    overall: Risk | None = record.restricted.overall if record.restricted else None
    return "" if overall is None else _(RISK_NAMES[overall])


#: What stands beside the new answers, by question.
_COMPARED: Final[Mapping[str, Callable[[Assessment], str]]] = {
    **{level_name(domain): _level_before(domain) for domain in StrengthDomain},
    **{strength_name(domain): _text_before(domain, "strength") for domain in StrengthDomain},
    **{need_name(domain): _text_before(domain, "need") for domain in StrengthDomain},
    **{risk_name(risk): _risk_before(risk) for risk in SAFETY_RISK_NAMES},
    "good_at": lambda record: record.form.good_at,
    "helped_by": lambda record: record.form.helped_by,
    "want": lambda record: record.form.want,
    "overall": _overall_before,
    SSI_SA_NAMES[-1]: lambda record: ssi_sa_words(record.restricted.ssi_sa) if record.restricted else "",
    WHO5_NAMES[-1]: lambda record: who5_words(record.restricted.who5) if record.restricted else "",
}
