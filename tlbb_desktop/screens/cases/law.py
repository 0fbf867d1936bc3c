"""Where somebody stands before the law, and when they may leave."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.cases import CaseFile
from tlbb_desktop.domain.errors import Refused, TlbbError
from tlbb_desktop.domain.read_reasons import ReadReason
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.qt.stylesheet import GAP
from tlbb_desktop.qt.wrapping_label import WrappingLabel
from tlbb_desktop.screens.cases.kept_form import KeptForm
from tlbb_desktop.screens.cases.law_form import LAW_SECTIONS, age_words, law_file, law_values
from tlbb_desktop.screens.cases.protected import SealReader
from tlbb_desktop.screens.cases.release_date_card import ReleaseDateCard
from tlbb_desktop.screens.cases.section import CaseSection
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.legal_files import LegalRecord
from tlbb_desktop.widgets.banner import Banner
from tlbb_desktop.widgets.destinations import OpenCase
from tlbb_desktop.widgets.reason_bar import ReasonBar
from tlbb_desktop.wiring import Desk


class LawSection(CaseSection):
    """The legal file as one form, a warning for somebody under 14 at the offence, and the release date.

    Args:
        desk: the services.
        parent: where it stands.
    """

    compartment = "legal"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._case: CaseFile | None = None
        self._record: LegalRecord | None = None
        self.reader = SealReader(desk)
        self.bar = ReasonBar(self)
        self.bar.given.connect(self.give_reason)
        self.flag = Banner(self, closable=False)
        self.flag.acted.connect(self._refer)
        self.age = WrappingLabel(self)
        self.file = KeptForm(LAW_SECTIONS, N_("Save the legal file"), self._keep, self)
        self.dates = ReleaseDateCard(desk, self)
        self.file.kept.connect(self._saved)
        self.file.outdated.connect(self._read_file)
        self.dates.moved.connect(self._saved)
        for part in (self.file, self.dates):
            part.troubled.connect(self.troubled)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        for shown in (self.bar, self.flag, self.age, self.file, self.dates):
            column.addWidget(shown)
        column.addStretch(1)

    @override
    def show_case(self, case: CaseFile) -> None:
        if self._case is None or case.person_id != self._case.person_id:
            self.file.forget()
        self._case = case
        self.reader.show_case(case)
        self.bar.show_reader(self.reader)
        self._read_file()
        self._read_dates(case)

    def give_reason(self, reason: ReadReason) -> None:
        """Open the file of a sealed case for a manager who says why."""
        case = self._case
        if case is None or not self.may_be_left():
            return
        self.reader.reason = reason
        try:
            self.show_case(case)
        except TlbbError as error:
            self.reader.reason = None
            self.troubled.emit(error)
        self.bar.show_reader(self.reader)

    @override
    def may_be_left(self) -> bool:
        return self.file.may_be_left() and self.dates.change.may_be_left()

    @override
    def draft(self) -> dict[str, object] | None:
        parts: dict[str, object] = {"file": self.file.draft(), "date": self.dates.change.draft()}
        return parts if any(parts.values()) else None

    @override
    def take_draft(self, draft: Mapping[str, Any]) -> None:
        self.file.take_draft(draft["file"])
        self.dates.change.take_draft(draft["date"])

    def _read_file(self) -> None:
        opens = self.reader.opens
        for shown in (self.age, self.file):
            shown.setVisible(opens)
        if not opens:
            self.flag.clear()
            self._record = None
        elif self._case is not None:
            self._show(self._desk.legal_files.read(self._case.person_id, self.reader.reason))

    def _read_dates(self, case: CaseFile) -> None:
        """The date of whoever is inside stands open beside a sealed case."""
        self.dates.show()
        try:
            self.dates.show_person(case.person_id, self.reader.reason)
        except Refused:
            self.dates.hide()
            if self.reader.opens:
                raise

    def _show(self, record: LegalRecord) -> None:
        self._record = record
        self.file.fill(law_values(record.file), editable=self._may_write())
        self._word()

    def _may_write(self) -> bool:
        return not self.reader.sealed and self._desk.office.may(Action.LEGAL_WRITE)

    def _keep(self, values: Mapping[str, Any]) -> None:
        if self._record is not None:
            kept = self._desk.legal_files.save(self._record.person_id, law_file(values), self._record.version)
            self.file.forget()
            self._show(kept)

    def _saved(self) -> None:
        self.said.emit(_("Saved"))
        self.case_changed.emit()

    def _refer(self) -> None:
        if self._case is not None and self._case.id is not None:
            self.go_to.emit("cases", OpenCase(self._case.id, "referrals"))

    def _word(self) -> None:
        if self._record is None:
            return
        age = self._record.age
        self.age.setText(age_words(age))
        if not age.urgent:
            self.flag.clear()
            return
        action = _("Go to the referrals") if self._desk.office.may(Action.CARE_READ) else ""
        text = _("Under 14 at the offence, or possibly so: urgent legal referral within 24 hours.")
        self.flag.show_text("danger", text, action)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() != Qt.KeyboardModifier.NoModifier or not self.bar.take_key(event):
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)
