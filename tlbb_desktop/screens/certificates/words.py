"""The words of the certificates page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tlbb_desktop.domain.certificates import (
    KIND_NAMES,
    STATE_NAMES,
    CertificateKind,
    CertificateRow,
    CertificateState,
    Missing,
)
from tlbb_desktop.domain.class_papers import BOTH
from tlbb_desktop.i18n import catalog
from tlbb_desktop.i18n.catalog import _, _n
from tlbb_desktop.i18n.days import day_text, digits
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.i18n.sentences import explain
from tlbb_desktop.qt.icons import IconRole
from tlbb_desktop.qt.paged_table import TRAILING, Column
from tlbb_desktop.screens.certificates.propose_presenter import Candidate
from tlbb_desktop.widgets.paper_preview import PREVIEW_KEYS

State = CertificateState

LANGUAGE_NAMES: Final = {catalog.KHMER: "ខ្មែរ", catalog.SOURCE_LANGUAGE: "English", BOTH: "ខ្មែរ + English"}
CERTIFICATE_KEYS: Final = (
    ("Space", N_("Tick the certificate, and go to the next")),
    ("Ctrl+A", N_("Tick all, or none")),
    ("Enter", N_("The next step: approve, issue, print")),
    ("Ctrl+N", N_("Propose certificates")),
    ("Ctrl+P", N_("Print what is ticked")),
    ("Ctrl+F", N_("Find")),
    *PREVIEW_KEYS,
)
#: Shape and colour of a state; its word stands beside it.
_SIGNS: Final[dict[CertificateState, tuple[str, IconRole]]] = {
    State.DRAFT: ("pencil", "muted"),
    State.PROPOSED: ("hourglass", "warning"),
    State.APPROVED: ("circle-check", "accent"),
    State.WITHDRAWN: ("undo-2", "muted"),
    State.ISSUED: ("badge-check", "success"),
    State.REPLACED: ("history", "muted"),
    State.REVOKED: ("ban", "danger"),
}
_BADGES: Final = {
    State.DRAFT: "badge-muted",
    State.PROPOSED: "badge-warning",
    State.APPROVED: "badge-info",
    State.WITHDRAWN: "badge-muted",
    State.ISSUED: "badge-success",
    State.REPLACED: "badge-muted",
    State.REVOKED: "badge-danger",
}
#: Said of a state when it is a filter: what is to be done with those in it.
FILTER_NAMES: Final = {
    State.PROPOSED: Np_("certificates", "To approve"),
    State.APPROVED: Np_("certificates", "To issue"),
    State.WITHDRAWN: STATE_NAMES[State.WITHDRAWN],
    State.ISSUED: STATE_NAMES[State.ISSUED],
    State.REPLACED: STATE_NAMES[State.REPLACED],
    State.REVOKED: STATE_NAMES[State.REVOKED],
}


def row_sign(row: CertificateRow) -> tuple[str, IconRole]:
    """Icon of a line."""
    return _SIGNS[row.state]


def badge_role(row: CertificateRow) -> str:
    """Tone of the badge of the certificate that is shown."""
    return _BADGES[row.state]


def state_words(row: CertificateRow) -> str:
    """The state, and of an issued one whether it still has to go out."""
    words = _(STATE_NAMES[row.state])
    waits = row.state is State.ISSUED and not row.prints
    return " · ".join((words, _("not printed yet"))) if waits else words


_SHORT_KINDS: Final = {
    CertificateKind.PARTIAL: Np_("kind of certificate, short", "partial"),
    CertificateKind.PARTICIPATION: Np_("kind of certificate, short", "participation"),
}


def class_words(row: CertificateRow) -> str:
    """The class, and the kind where it is not the usual one."""
    kind = _SHORT_KINDS.get(row.kind)
    return f"{row.class_code} · {_(kind)}" if kind else row.class_code


ROW_COLUMNS: Final[tuple[Column[CertificateRow], ...]] = (
    Column("name", N_("Name"), lambda row: row.shown_name),
    Column("class", N_("Class"), class_words),
    Column("state", N_("State"), lambda row: _(STATE_NAMES[row.state])),
)
NAME_COLUMN: Final = 0


def about_words(row: CertificateRow) -> str:
    """What the page says of a certificate above its paper."""
    parts = [row.person_code, _(KIND_NAMES[row.kind]), row.class_code, row.number]
    if row.issued_on:
        parts.append(day_text(row.issued_on))
    lines = [" · ".join(filter(None, parts))]
    if row.despite:
        lines.append(_("A rule was not met: {reason}").format(reason=row.despite))
    if row.withdrawn_on:
        lines.append(f"{_(STATE_NAMES[row.state])} {day_text(row.withdrawn_on)}: {row.reason}")
    if row.replaced_by:
        lines.append(_("Its successor has the number {number}.").format(number=row.replaced_by))
    return "\n".join(lines)


def counted_words(name: str, count: int) -> str:
    """A filter with how many it shows."""
    return f"{_(name)} ({digits(count)})"


def missing_words(lines: Sequence[tuple[str, Missing]]) -> str:
    """The rules that are not met, a line each."""
    return "\n".join(f"{code}  {explain(missing)}" for code, missing in lines)


def percent_words(percent: float | None) -> str:
    """Net attendance, or a dash where nothing was due."""
    return "–" if percent is None else digits(f"{percent:g} %")


def candidate_words(candidate: Candidate) -> str:
    """What is missing, or which certificate the learner has already."""
    if candidate.standing is not None:
        standing = candidate.standing
        return " ".join(filter(None, (_(STATE_NAMES[standing.state]), standing.number)))
    return " ".join(explain(missing) for missing in candidate.missing) or _("Nothing is missing")


def candidate_lines(candidate: Candidate) -> str:
    """Who it is, and below it each rule that is not met on a line of its own."""
    names = candidate.names
    about = " · ".join(filter(None, (names.shown, names.latin if names.khmer else "", candidate.code)))
    if candidate.standing is not None or not candidate.missing:
        return f"{about}\n{candidate_words(candidate)}"
    return "\n".join((about, *map(explain, candidate.missing)))


def candidate_sign(candidate: Candidate) -> tuple[str, IconRole]:
    """Icon of a learner."""
    if candidate.standing is not None:
        return _SIGNS[candidate.standing.state]
    return ("triangle-alert", "warning") if candidate.missing else ("circle-check", "success")


CANDIDATE_COLUMNS: Final[tuple[Column[Candidate], ...]] = (
    Column("name", N_("Name"), lambda row: row.names.shown),
    Column("nickname", N_("Nickname"), lambda row: row.names.nickname),
    Column("code", Np_("of a person", "Code"), lambda row: row.code),
    Column("hours", N_("Hours"), lambda row: digits(row.hours), TRAILING),
    Column("percent", N_("Attendance"), lambda row: percent_words(row.percent), TRAILING),
    Column("missing", N_("What is missing"), candidate_words),
)
MISSING_COLUMN: Final = 5


def issued_words(issued: int, left: int) -> str:
    """What came of a batch."""
    said = _n("{n} certificate is issued.", "{n} certificates are issued.", issued).format(n=digits(issued))
    if not left:
        return said
    stays = _n("{n} stays approved.", "{n} stay approved.", left).format(n=digits(left))
    return f"{said} {stays}"
