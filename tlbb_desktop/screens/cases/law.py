"""Where somebody stands before the law, and when they may leave."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.cases import CaseFile
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.qt.stylesheet import GAP
from tlbb_desktop.qt.wrapping_label import WrappingLabel
from tlbb_desktop.screens.cases.kept_form import KeptForm
from tlbb_desktop.screens.cases.law_form import LAW_SECTIONS, age_words, law_file, law_values
from tlbb_desktop.screens.cases.release_date_card import ReleaseDateCard
from tlbb_desktop.screens.cases.section import CaseSection
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.legal_files import LegalRecord
from tlbb_desktop.widgets.banner import Banner
from tlbb_desktop.widgets.destinations import OpenCase
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
        for shown in (self.flag, self.age, self.file, self.dates):
            column.addWidget(shown)
        column.addStretch(1)

    @override
    def show_case(self, case: CaseFile) -> None:
        if self._case is None or case.person_id != self._case.person_id:
            self.file.forget()
        self._case = case
        self._read_file()
        self.dates.show_person(case.person_id)

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
        if self._case is not None:
            self._show(self._desk.legal_files.read(self._case.person_id))

    def _show(self, record: LegalRecord) -> None:
        self._record = record
        self.file.fill(law_values(record.file), editable=self._desk.office.may(Action.LEGAL_WRITE))
        self._word()

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
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)
