"""The right side of the page: what the chosen certificate is, what may be done with it, and its paper."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.certificates import CertificateRow
from tlbb_desktop.i18n.catalog import _, _n
from tlbb_desktop.i18n.days import digits
from tlbb_desktop.qt.icons import set_icon
from tlbb_desktop.qt.stylesheet import GAP_SMALL
from tlbb_desktop.qt.theme import set_role
from tlbb_desktop.qt.wrapping_label import WrappingLabel
from tlbb_desktop.screens.certificates.presenter import CertificatesPresenter
from tlbb_desktop.screens.certificates.words import LANGUAGE_NAMES, about_words, badge_role, state_words
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.widgets.flow_layout import FlowLayout
from tlbb_desktop.widgets.paper_preview import PaperPreview
from tlbb_desktop.widgets.paper_sheets import Zoom
from tlbb_desktop.widgets.strip import Strip


class PaperPane(QWidget):
    """Buttons stand there only while they would do something for what is chosen.

    Args:
        presenter: the page's.

    Signals:
        language_chosen: certificates are to be shown and handed out in another language.
    """

    language_chosen = Signal()

    def __init__(self, presenter: CertificatesPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._row: CertificateRow | None = None
        self._chosen: tuple[int, ...] = ()
        self.name, self.badge, self.about = QLabel(self), QLabel(self), WrappingLabel(self)
        self.name.setProperty("role", "heading")
        self.badge.setProperty("role", "badge-muted")
        self.about.setProperty("role", "caption")
        self.approve_button, self.issue_button = QPushButton(self), QPushButton(self)
        self.withdraw_button, self.each_button, self.replace_button, self.revoke_button = (
            QPushButton(self) for _each in range(4)
        )
        for button, icon in (
            (self.approve_button, "check"),
            (self.issue_button, "badge-check"),
            (self.withdraw_button, "undo-2"),
            (self.each_button, "copy"),
            (self.replace_button, "pencil"),
            (self.revoke_button, "ban"),
        ):
            set_icon(button, icon, "on_accent" if button in (self.approve_button, self.issue_button) else "text")
            button.setAutoDefault(False)
        for button in (self.approve_button, self.issue_button):
            button.setProperty("role", "primary")
        self.language_box = QComboBox(self)
        self.language_box.activated.connect(self._choose_language)
        self.strip, self.preview = Strip(self), PaperPreview(self)
        self.preview.sheets.set_zoom(Zoom.WHOLE_PAGE)
        # What the page is short of is taken from the paper, so that a question does not make the whole page scroll.
        self.preview.sheets.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._lay_out()
        self._word()

    @property
    def language(self) -> str:
        """Of the papers: ``km``, ``en`` or ``both``."""
        return str(self.language_box.currentData())

    def show_row(self, row: CertificateRow | None) -> None:
        """Show what the certificate with the cursor is."""
        self._row = row
        self._word_row()

    def show_chosen(self, chosen: tuple[int, ...]) -> None:
        """Offer what may be done with what is ticked, or with the line that has the cursor."""
        self._chosen = chosen
        self._word_acts()

    def _lay_out(self) -> None:
        head, acts = QHBoxLayout(), FlowLayout(spacing=GAP_SMALL)
        head.setSpacing(GAP_SMALL)
        head.addWidget(self.name)
        head.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addStretch(1)
        for widget in (
            self.approve_button,
            self.issue_button,
            self.withdraw_button,
            self.each_button,
            self.replace_button,
            self.revoke_button,
            self.language_box,
        ):
            acts.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_SMALL)
        column.addLayout(head)
        column.addWidget(self.about)
        column.addLayout(acts)
        column.addWidget(self.strip)
        column.addWidget(self.preview, 1)

    def _choose_language(self) -> None:
        self._presenter.keep_language(self.language)
        self.language_chosen.emit()

    def _word_row(self) -> None:
        row = self._row
        self.name.setText(row.shown_name if row else "")
        self.badge.setVisible(row is not None)
        self.about.setText(about_words(row) if row else "")
        if row is not None:
            set_role(self.badge, badge_role(row))
            self.badge.setText(state_words(row))
            self.preview.setAccessibleDescription(f"{row.shown_name} · {about_words(row)}")

    def _word_acts(self) -> None:
        """A count stands on each button that would act on several."""
        presenter, chosen = self._presenter, self._chosen
        approve, issue, print_, revoke = (
            presenter.those_for(chosen, action)
            for action in (
                Action.CERTIFICATE_APPROVE,
                Action.CERTIFICATE_ISSUE,
                Action.CERTIFICATE_PRINT,
                Action.CERTIFICATE_REVOKE,
            )
        )
        self.approve_button.setVisible(bool(approve))
        self.issue_button.setVisible(bool(issue))
        withdraw = presenter.withdrawable(chosen)
        self.withdraw_button.setVisible(bool(withdraw))
        self.each_button.setVisible(len(print_) > 1)
        alone = len(chosen) == 1 and bool(revoke)
        self.replace_button.setVisible(alone and presenter.may(Action.CERTIFICATE_ISSUE))
        self.revoke_button.setVisible(alone)
        self.preview.allow_taking_along(allowed=bool(print_))
        self.approve_button.setText(_n("Approve", "Approve {n}", len(approve)).format(n=digits(len(approve))))
        self.issue_button.setText(_n("Issue…", "Issue {n}…", len(issue)).format(n=digits(len(issue))))
        self.withdraw_button.setText(_n("Withdraw…", "Withdraw {n}…", len(withdraw)).format(n=digits(len(withdraw))))
        count = digits(len(print_))
        self.each_button.setText(_("Save {n} files…").format(n=count))
        if len(print_) > 1:
            self.preview.say_what_goes(_("Save {n} in one PDF").format(n=count), _("Print {n}").format(n=count))
        else:
            self.preview.say_what_goes()

    def _word(self) -> None:
        self.replace_button.setText(_("Replace…"))
        self.revoke_button.setText(_("Revoke…"))
        self.language_box.setAccessibleName(_("Language of the papers"))
        before = self.language
        self.language_box.clear()
        for code, name in LANGUAGE_NAMES.items():
            self.language_box.addItem(name, code)
        self.language_box.setCurrentIndex(max(0, self.language_box.findData(self._presenter.language())))
        self._word_row()
        self._word_acts()
        if self.language != before:
            self.language_chosen.emit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)
