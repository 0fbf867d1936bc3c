"""Certificates: what they say, which way they go, and what is missing before one is issued."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from tlbb_desktop.domain.attendance import CERTIFICATE_PERCENT, Tally
from tlbb_desktop.domain.certificate_rules import RuleLine, RuleName, UnitsReached
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.i18n.marks import N_, Np_

MINUTES_OF_AN_HOUR: Final = 60


class CertificateKind(StrEnum):
    """What a certificate attests."""

    COMPLETION = "completion"
    PARTIAL = "partial"
    PARTICIPATION = "participation"


KIND_NAMES: Final = {
    CertificateKind.COMPLETION: Np_("kind of certificate", "Certificate of completion"),
    CertificateKind.PARTIAL: Np_("kind of certificate", "Partial-unit statement"),
    CertificateKind.PARTICIPATION: Np_("kind of certificate", "Certificate of participation"),
}


class CertificateState(StrEnum):
    """How far a certificate is. Nothing leads back, and from *withdrawn*, *replaced* and *revoked* nothing leads on."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"
    ISSUED = "issued"
    REPLACED = "replaced"
    REVOKED = "revoked"


STATE_NAMES: Final = {
    CertificateState.DRAFT: Np_("state of a certificate", "Draft"),
    CertificateState.PROPOSED: Np_("state of a certificate", "Proposed"),
    CertificateState.APPROVED: Np_("state of a certificate", "Approved"),
    CertificateState.WITHDRAWN: Np_("state of a certificate", "Withdrawn"),
    CertificateState.ISSUED: Np_("state of a certificate", "Issued"),
    CertificateState.REPLACED: Np_("state of a certificate", "Replaced"),
    CertificateState.REVOKED: Np_("state of a certificate", "Revoked"),
}
_NEXT: Final[Mapping[CertificateState, frozenset[CertificateState]]] = {
    CertificateState.DRAFT: frozenset({CertificateState.PROPOSED}),
    CertificateState.PROPOSED: frozenset({CertificateState.APPROVED, CertificateState.WITHDRAWN}),
    CertificateState.APPROVED: frozenset({CertificateState.ISSUED, CertificateState.WITHDRAWN}),
    CertificateState.ISSUED: frozenset({CertificateState.REPLACED, CertificateState.REVOKED}),
}
#: States in which a certificate has no number yet.
PENDING: Final = (CertificateState.DRAFT, CertificateState.PROPOSED, CertificateState.APPROVED)
#: States in which a number is no longer valid.
INVALID: Final = frozenset({CertificateState.REPLACED, CertificateState.REVOKED})
#: States in which a certificate is neither on its way nor valid.
ENDED: Final = INVALID | {CertificateState.WITHDRAWN}


def require_step(before: CertificateState, after: CertificateState) -> None:
    """Raise Refused unless a certificate may go from one state to the other."""
    if after not in _NEXT.get(before, ()):
        raise Refused(
            N_("This certificate is in the state “{before}” and cannot become “{after}”."),
            before=STATE_NAMES[before],
            after=STATE_NAMES[after],
        )


@dataclass(frozen=True, slots=True)
class Competence:
    """A unit that was learned, as the paper lists it; hours are full hours, 0 = not said."""

    code: str
    name_km: str
    name_en: str
    hours: int = 0


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a certificate says, frozen when it is issued.

    Args:
        number: such as ``K-2026-00001-3``.
        kind: what it attests.
        name_km, name_latin: family name first.
        course_code: such as ``moto``.
        course_km, course_en: titles.
        starts_on, ends_on: first and last day of the training.
        hours: full hours attended.
        competences: units that were learned; may be empty.
        issued_on: day of the issue.
        place_km, place_en: the province.
        issuer_km, issuer_en: the organisation that answers for the paper.
        signer: name of who signs.
        post_km, post_en: what the signer is.
    """

    number: str
    kind: CertificateKind
    name_km: str
    name_latin: str
    course_code: str
    course_km: str
    course_en: str
    starts_on: date
    ends_on: date
    hours: int
    competences: tuple[Competence, ...]
    issued_on: date
    place_km: str
    place_en: str
    issuer_km: str
    issuer_en: str
    signer: str
    post_km: str
    post_en: str


#: Fields of a certificate that hold words.
_WORDED: Final = (
    "number", "name_km", "name_latin", "course_code", "course_km", "course_en", "place_km", "place_en",
    "issuer_km", "issuer_en", "signer", "post_km", "post_en",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CertificatePaper:
    """All that a sheet of paper shows.

    Args:
        certificate: the frozen data.
        code: text of the QR; holds no white space.
        modules: the QR without its quiet zone, row by row, True = dark; draw it at 0.45 mm a module with a margin of 4.
        duplicate: whether it is a reprint, which says DUPLICATE / ស្ទួន.
        demonstration: whether it comes from the demonstration programme and attests nothing.
        draft: whether it shows what would be issued; it has neither number nor code then.
        photo: the learner's photo as JPEG, or None.
    """

    certificate: Certificate
    code: str
    modules: tuple[tuple[bool, ...], ...]
    duplicate: bool = False
    demonstration: bool = False
    photo: bytes | None = None
    draft: bool = False

    @property
    def file_name(self) -> str:
        """Name without ending: the number alone, so that a list of files names nobody."""
        return f"certificate-{self.certificate.number}"

    @property
    def title(self) -> str:
        """What the document's metadata may say."""
        return f"{KIND_NAMES[self.certificate.kind]} {self.certificate.number}"

    def texts(self) -> dict[str, str]:
        """Every text on the paper, in its code, file name and metadata: where it stands -> text."""
        said = self.certificate
        units = " ".join(f"{unit.code} {unit.name_km} {unit.name_en}" for unit in said.competences)
        words = {name: str(getattr(said, name)) for name in _WORDED}
        return {**words, "competences": units, "file_name": self.file_name, "title": self.title}


class Lack(StrEnum):
    """A rule of the course that is not met."""

    NO_SESSION = "no_session"
    ATTENDANCE = "attendance"
    UNMARKED = "unmarked"
    TO_COME = "to_come"
    KHMER_NAME = "khmer_name"
    LATIN_NAME = "latin_name"
    UNITS = "units"
    NO_UNIT = "no_unit"
    HOURS = "hours"


LACK_SENTENCES: Final = {
    Lack.NO_SESSION: N_("No minute of class was attended."),
    Lack.ATTENDANCE: N_("Net attendance is {percent} %; {goal} % are needed."),
    Lack.UNMARKED: N_("Marks are missing in {count} sessions."),
    Lack.TO_COME: N_("The course is not over, and the sessions to come can still bring attendance below {goal} %."),
    Lack.KHMER_NAME: N_("The Khmer name is missing."),
    Lack.LATIN_NAME: N_("The name in Latin letters is missing."),
    Lack.UNITS: N_("{count} units are not reached yet: {units}."),
    Lack.NO_UNIT: N_("No unit is reached yet."),
    Lack.HOURS: N_("{hours} hours are reached; {goal} are needed."),
}


@dataclass(frozen=True, slots=True)
class Missing:
    """One line of what is missing; ``i18n.sentences.explain`` words it.

    Args:
        lack: the rule.
        fields: values of the sentence's places.
    """

    lack: Lack
    fields: Mapping[str, object] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The English sentence with its places."""
        return LACK_SENTENCES[self.lack]


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Whether somebody has earned a certificate.

    Args:
        person_id: row.
        hours: full hours attended.
        percent: net attendance so far, or None when nothing was due.
        missing: the rules that are not met, line by line; empty = earned.
        lines: every rule that the kind of certificate asks for, met or not.
    """

    person_id: int
    hours: int
    percent: float | None
    missing: tuple[Missing, ...]
    lines: tuple[RuleLine, ...] = ()

    @property
    def earned(self) -> bool:
        """Whether no rule is in the way."""
        return not self.missing


class RulesNotMet(Refused):
    """A certificate was asked for that nobody has earned yet, and no reason was given.

    Args:
        lines: code of the learner and the rule that is not met.
    """

    def __init__(self, lines: Sequence[tuple[str, Missing]]) -> None:
        self.lines = tuple(lines)
        super().__init__(
            N_(
                "A rule of the course is not met for {people}. Nothing was issued."
                " Wait until it is met, or give the reason why the certificate is issued all the same."
            ),
            place="despite",
            people=tuple(dict.fromkeys(code for code, _missing in self.lines)),
        )


def eligibility(
    person_id: int,
    kind: CertificateKind,
    names: tuple[str, str],
    totals: Tally,
    open_minutes: int,
    units: UnitsReached | None = None,
) -> Eligibility:
    """Hold the rules of the course against a learner's register and units, line by line.

    Only a certificate of completion asks for net attendance (80 % where the course says nothing else), reached for
    good: also if the learner came to none of the sessions that are still open; and for the units and hours of the
    course. A partial-unit statement asks for one unit.

    Args:
        person_id: row of the learner.
        kind: what is to be attested.
        names: in Khmer and in Latin letters.
        totals: of the learner over the whole class.
        open_minutes: minutes of sessions that are planned or unmarked.
        units: what was reached of the curriculum; None for a class that is taught without units.
    """
    missing: list[Missing] = []
    goal = units.rule.attendance_percent if units else CERTIFICATE_PERCENT
    if totals.minutes_attended == 0:
        missing.append(Missing(Lack.NO_SESSION))
    elif kind is CertificateKind.COMPLETION:
        missing += _attendance_lacks(totals, open_minutes, goal)
    if units is not None:
        missing += _unit_lacks(kind, units)
    missing += [
        Missing(lack) for lack, name in zip((Lack.KHMER_NAME, Lack.LATIN_NAME), names, strict=True) if not name.strip()
    ]
    return Eligibility(
        person_id,
        totals.minutes_attended // MINUTES_OF_AN_HOUR,
        totals.percent,
        tuple(missing),
        tuple(_rule_lines(kind, names, totals, goal, units, tuple(missing))),
    )


def _attendance_lacks(totals: Tally, open_minutes: int, goal: int) -> list[Missing]:
    attended = 100 * totals.minutes_attended
    if attended < goal * totals.minutes_due:
        return [Missing(Lack.ATTENDANCE, {"percent": totals.percent, "goal": goal})]
    lacks = [Missing(Lack.UNMARKED, {"count": totals.unmarked})] if totals.unmarked else []
    if attended < goal * (totals.minutes_due + open_minutes):
        lacks.append(Missing(Lack.TO_COME, {"goal": goal}))
    return lacks


def _unit_lacks(kind: CertificateKind, units: UnitsReached) -> list[Missing]:
    if kind is CertificateKind.PARTIAL:
        return [] if units.competent else [Missing(Lack.NO_UNIT)]
    if kind is not CertificateKind.COMPLETION:
        return []
    lacks = []
    if units.rule.all_units and units.missing:
        lacks.append(Missing(Lack.UNITS, {"count": len(units.missing), "units": units.missing}))
    if units.credited < units.needed:
        hours, goal = units.credited // MINUTES_OF_AN_HOUR, -(-units.needed // MINUTES_OF_AN_HOUR)
        lacks.append(Missing(Lack.HOURS, {"hours": hours, "goal": goal}))
    return lacks


def _rule_lines(
    kind: CertificateKind,
    names: tuple[str, str],
    totals: Tally,
    goal: int,
    units: UnitsReached | None,
    missing: Sequence[Missing],
) -> Iterator[RuleLine]:
    lacks = {each.lack for each in missing}
    if units is not None and kind is not CertificateKind.PARTICIPATION:
        whole = kind is CertificateKind.COMPLETION
        all_of = len(units.competent) + len(units.missing) if whole and units.rule.all_units else int(not whole)
        met = not lacks & {Lack.UNITS, Lack.NO_UNIT}
        yield RuleLine(RuleName.UNITS, met, len(units.competent), all_of, units.missing if whole else ())
        if whole:
            hours, needed = units.credited / MINUTES_OF_AN_HOUR, units.needed / MINUTES_OF_AN_HOUR
            yield RuleLine(RuleName.HOURS, Lack.HOURS not in lacks, round(hours, 1), round(needed, 1))
    asked = goal if kind is CertificateKind.COMPLETION else 0
    met = not lacks & {Lack.ATTENDANCE, Lack.TO_COME, Lack.NO_SESSION}
    yield RuleLine(RuleName.ATTENDANCE, met, totals.percent or 0.0, asked)
    if kind is CertificateKind.COMPLETION:
        yield RuleLine(RuleName.REGISTER, totals.unmarked == 0, totals.unmarked, 0)
    written = sum(bool(name.strip()) for name in names)
    yield RuleLine(RuleName.NAMES, written == len(names), written, len(names))


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """A line of the list of certificates.

    Args:
        id: row.
        number: or ``""`` before it is issued.
        kind, state: see the enums.
        person_id, person_code, shown_name: whose it is.
        class_code, course_code: of which training.
        prison_id: whose staff may read it.
        hours: full hours; 0 before it is issued.
        issued_on, withdrawn_on: days, or None.
        despite: why it was issued although a rule was not met, or ``""``.
        reason: why it was withdrawn, replaced or revoked, or ``""``.
        replaced_by: number of its successor, or ``""``.
        prints: how often it went onto paper.
        version: for detecting two editors.
        search_text: what it is found by: names and code, as ``khmer.search.search_key`` folds them.
        proposed_by: row of the member of staff who proposed it, or None.
    """

    id: int
    number: str
    kind: CertificateKind
    state: CertificateState
    person_id: int
    person_code: str
    shown_name: str
    class_code: str
    course_code: str
    prison_id: int
    hours: int
    issued_on: date | None
    withdrawn_on: date | None
    despite: str
    reason: str
    replaced_by: str
    prints: int
    version: int
    search_text: str = ""
    proposed_by: int | None = None
