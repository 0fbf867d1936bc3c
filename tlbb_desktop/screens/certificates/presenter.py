"""What the certificates page knows: every certificate, which of them are shown, and what may be done with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tlbb_desktop.domain.certificates import PENDING, CertificateRow, CertificateState, Missing
from tlbb_desktop.domain.class_papers import PAPER_LANGUAGES
from tlbb_desktop.domain.person_keys import BETWEEN, texts_found
from tlbb_desktop.i18n import catalog
from tlbb_desktop.khmer.search import search_key
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.certificate_batches import IssuedBatch
from tlbb_desktop.services.certificate_papers import CertificateBundle
from tlbb_desktop.wiring import Desk

LANGUAGE_SETTING: Final = "certificate_language"
FOLDER_SETTING: Final = "certificate_folder"
State = CertificateState
Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which certificates are shown.

    Args:
        text: in a name, code or number; in either script.
        state: None = every state.
        course: code of a course, or ``""``.
        group: code of a class, or ``""``.
    """

    text: str = ""
    state: CertificateState | None = None
    course: str = ""
    group: str = ""

    def takes(self, row: CertificateRow) -> bool:
        """Whether a certificate is shown, as far as its text does not matter."""
        return (
            self.state in (None, row.state)
            and self.course in ("", row.course_code)
            and self.group in ("", row.class_code)
        )


class CertificatesPresenter:
    """The list, and the acts on what is chosen in it.

    Args:
        desk: the services.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.rows: dict[int, CertificateRow] = {}
        self.filter = Filter()

    def load(self) -> None:
        """Read every certificate that the reader may see; who only proposes sees what is on its way or valid."""
        certificates = self._desk.certificates
        found = certificates.list() if self.may(Action.CERTIFICATE_READ) else certificates.proposals()
        self.rows = {row.id: row for row in found}

    def shown(self) -> dict[int, CertificateRow]:
        """Those that the filter takes, in their order."""
        rows = [row for row in self.rows.values() if self.filter.takes(row)]
        texts = [BETWEEN.join((row.search_text, search_key(row.number))) for row in rows]
        return {rows[place].id: rows[place] for place in texts_found(self.filter.text, texts)}

    def counted(self, state: CertificateState) -> int:
        """How many are in *state*."""
        return sum(row.state is state for row in self.rows.values())

    def courses(self) -> tuple[str, ...]:
        """Codes of the courses that certificates are about."""
        return tuple(sorted({row.course_code for row in self.rows.values()}))

    def groups(self) -> tuple[str, ...]:
        """Codes of the classes that certificates are about."""
        return tuple(sorted({row.class_code for row in self.rows.values()}))

    def may(self, action: Action) -> bool:
        """Whether the reader may do *action* somewhere."""
        return self._desk.office.may(action)

    def those_for(self, ids: Sequence[int], action: Action) -> tuple[int, ...]:
        """Those of *ids* with which the reader may do *action* now."""
        wanted = {
            Action.CERTIFICATE_APPROVE: State.PROPOSED,
            Action.CERTIFICATE_ISSUE: State.APPROVED,
            Action.CERTIFICATE_PRINT: State.ISSUED,
            Action.CERTIFICATE_REVOKE: State.ISSUED,
        }[action]
        if not self.may(action):
            return ()
        return tuple(each for each in ids if each in self.rows and self.rows[each].state is wanted)

    def withdrawable(self, ids: Sequence[int]) -> tuple[int, ...]:
        """Those of *ids* that the reader may withdraw now: one's own proposals; who approves, any before the issue."""
        office = self._desk.office
        if self.may(Action.CERTIFICATE_APPROVE):
            return tuple(each for each in ids if each in self.rows and self.rows[each].state in PENDING)
        own = (row.id for row in self.rows.values() if row.proposed_by == office.actor.staff_id)
        proposed = {each for each in own if self.rows[each].state is State.PROPOSED}
        return tuple(each for each in ids if each in proposed) if self.may(Action.CERTIFICATE_PROPOSE) else ()

    # acts ----------------------------------------------------------------------------------------------------------

    def approve(self, ids: Sequence[int]) -> None:
        """Approve proposals."""
        self._desk.certificates.approve(ids)

    def withdraw(self, ids: Sequence[int], reason: str) -> None:
        """Take proposals back."""
        self._desk.certificates.withdraw(ids, reason)

    def rules_not_met(self, ids: Sequence[int]) -> tuple[tuple[str, Missing], ...]:
        """What stands in the way of issuing *ids* without a reason."""
        return self._desk.certificates.rules_not_met(ids)

    def issue(self, ids: Sequence[int], despite: str, told: Told) -> IssuedBatch:
        """Issue approved certificates one after the other; belongs into a task."""
        return self._desk.certificate_batches.issue(ids, despite, told)

    def replace(self, certificate_id: int, reason: str) -> str:
        """Issue one anew with today's spelling; gives the new number."""
        number = self.rows[certificate_id].number
        return self._desk.certificates.replace(number, reason, handed_out=False).certificate.number

    def revoke(self, certificate_id: int, reason: str) -> None:
        """Make a number invalid for good."""
        self._desk.certificates.revoke(self.rows[certificate_id].number, reason)

    # papers --------------------------------------------------------------------------------------------------------

    def maker(self, certificate_id: int, language: str) -> Callable[[], bytes] | None:
        """What makes the paper to look at; None where the reader may not see it. Belongs into a task."""
        row, papers = self.rows[certificate_id], self._desk.certificate_papers
        if row.state in PENDING:
            may_look = self.may(Action.CERTIFICATE_PROPOSE)
            return (lambda: papers.draft(certificate_id, language).pdf) if may_look else None
        may_look = self.may(Action.CERTIFICATE_READ)
        return (lambda: papers.paper(certificate_id, language).pdf) if may_look else None

    def bundle(self, ids: Sequence[int], language: str, told: Told) -> CertificateBundle:
        """Lay out what goes to the printer; belongs into a task."""
        return self._desk.certificate_papers.bundle(ids, language, told)

    def note_print(self, bundle: CertificateBundle, pages: Sequence[int], copies: int) -> None:
        """Count what goes to the printer; called before its first page leaves."""
        self._desk.certificate_papers.note_print(bundle, pages, copies)

    def save(self, ids: Sequence[int], language: str, path: Path, told: Told) -> tuple[Path, ...]:
        """Write one file; belongs into a task."""
        self._desk.certificate_papers.save(ids, language, path, told)
        return (path,)

    def save_each(self, ids: Sequence[int], language: str, folder: Path, told: Told) -> tuple[Path, ...]:
        """Write a file each; belongs into a task."""
        return self._desk.certificate_papers.save_each(ids, language, folder, told)

    def file_name(self, ids: Sequence[int]) -> str:
        """The name that the file is offered under, without ending."""
        return self._desk.certificate_papers.file_name(ids)

    def language(self) -> str:
        """In which the reader hands out certificates; the window's until another was chosen."""
        window = catalog.language() if catalog.language() in catalog.LANGUAGES else catalog.SOURCE_LANGUAGE
        kept = self._desk.settings.mine(LANGUAGE_SETTING)
        return kept if kept in PAPER_LANGUAGES else window

    def keep_language(self, language: str) -> None:
        """Remember the language."""
        self._desk.settings.put_mine(LANGUAGE_SETTING, language)

    def folder(self, otherwise: Path) -> Path:
        """Where the reader's files go; *otherwise* when there is no such folder now."""
        kept = self._desk.settings.mine(FOLDER_SETTING)
        return Path(kept) if kept and Path(kept).is_dir() else otherwise

    def keep_folder(self, folder: Path) -> None:
        """Remember where files go."""
        self._desk.settings.put_mine(FOLDER_SETTING, str(folder))
