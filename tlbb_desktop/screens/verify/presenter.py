"""What the Verify page knows: the verdicts on what was brought last, and how they are worded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tlbb_desktop.domain.certificates import KIND_NAMES
from tlbb_desktop.domain.verification import Finding, Verdict
from tlbb_desktop.i18n.catalog import _, language
from tlbb_desktop.i18n.days import day_text, digits, moment_text
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.i18n.sentences import explain
from tlbb_desktop.qt.icons import IconRole
from tlbb_desktop.wiring import Desk

#: What a finding looks like: icon, colour, and one large word; shape and word say it without the colour.
_LOOKS: Final[dict[Finding, tuple[str, IconRole, str]]] = {
    Finding.GENUINE: ("badge-check", "success", N_("Genuine")),
    Finding.FORGED: ("ban", "danger", N_("Not genuine")),
    Finding.REVOKED: ("ban", "danger", N_("Not valid")),
    Finding.REPLACED: ("ban", "danger", N_("Not valid")),
    Finding.UNKNOWN_KEY: ("circle-question-mark", "warning", N_("Not proven")),
    Finding.ONLY_NUMBER: ("circle-question-mark", "warning", N_("Not proven")),
    Finding.UNKNOWN_NUMBER: ("circle-question-mark", "warning", N_("Not proven")),
    Finding.NO_CERTIFICATE: ("circle-question-mark", "warning", N_("No certificate found")),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A verdict as the page shows it, in words of the active language.

    Args:
        icon, role: of the large sign.
        word: the answer in a word or two.
        sentence: the answer with its reason.
        lines: what the certificate says, to be compared with the paper: (label, value).
    """

    icon: str
    role: IconRole
    word: str
    sentence: str
    lines: tuple[tuple[str, str], ...]


class VerifyPresenter:
    """Asks for verdicts and words them.

    Args:
        desk: the services.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.verdicts: tuple[Verdict, ...] = ()

    def of_text(self, text: str) -> tuple[Verdict, ...]:
        """The verdict on a code or number; see ``CertificateChecks.check_text``."""
        return (self._desk.certificate_checks.check_text(text),)

    def of_file(self, path: Path) -> tuple[Verdict, ...]:
        """The verdicts on a picture or PDF; may take a second, so it belongs into a task."""
        return self._desk.certificate_checks.check_file(path)

    def show(self, verdicts: Sequence[Verdict]) -> None:
        """Remember what to show: what is not genuine first, so that nobody has to look for it."""
        self.verdicts = tuple(sorted(verdicts, key=lambda verdict: verdict.genuine))

    def answers(self) -> tuple[Answer, ...]:
        """The verdicts in the words of the active language."""
        return tuple(self._answer(verdict) for verdict in self.verdicts)

    def _answer(self, verdict: Verdict) -> Answer:
        icon, role, word = _LOOKS[verdict.finding]
        course = self._course_name(verdict.facts.course_code) if verdict.facts else ""
        return Answer(icon, role, _(word), explain(verdict), _lines(verdict, course))

    def _course_name(self, code: str) -> str:
        """The title of a course of this programme; the code itself of another's."""
        known = {course.code: course for course in self._desk.classes.courses()}
        if code not in known:
            return code
        return known[code].name_km if language() == "km" else known[code].name_en


def _lines(verdict: Verdict, course: str) -> tuple[tuple[str, str], ...]:
    facts = verdict.facts
    if facts is None:
        return ()
    lines = [
        (_("Number"), facts.number),
        (_("Name"), " · ".join(filter(None, (facts.name_km, facts.name_latin)))),
        (_("Kind"), _(KIND_NAMES[facts.kind])),
        (_("Course"), course),
        (_("Training"), f"{day_text(facts.starts_on)} – {day_text(facts.ends_on)}"),
        (_("Hours"), digits(facts.hours)),
        (_("Issued on"), day_text(facts.issued_on)),
    ]
    if verdict.list_dated:
        lines.append((_("List of withdrawn numbers of"), moment_text(verdict.list_dated)))
    return tuple(lines)
