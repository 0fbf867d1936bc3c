"""The list of contacts: which ones, find, open; the ways to the journey and to the admission list."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QComboBox, QWidget
from typing_extensions import override

from tlbb_desktop.forms.ui_follow_up import Ui_FollowUpForm
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.qt.icons import apply_icons
from tlbb_desktop.screens.follow_up.presenter import ContactView, FollowUpPresenter
from tlbb_desktop.screens.follow_up.words import LINE_COLUMNS, VIEW_NAMES, counts_words, line_sign
from tlbb_desktop.widgets.reflow import let_wrap

NAME_COLUMN = 0


class ListPane(QWidget):
    """Shows what is due.

    Args:
        presenter: the page's.

    Signals:
        chosen: (row of the release, row of the contact or 0) is to be opened.
        road_wanted: the papers of a journey are wished for.
        check_wanted: an admission list is to be compared.
    """

    chosen = Signal(int, int)
    road_wanted = Signal()
    check_wanted = Signal()

    def __init__(self, presenter: FollowUpPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self.form = Ui_FollowUpForm()
        self.form.setupUi(self)
        form = self.form
        let_wrap(form.page, form.head)
        form.table.set_columns(LINE_COLUMNS, NAME_COLUMN, line_sign)
        form.table.chosen.connect(self._open)
        form.findEdit.textChanged.connect(self.show_lines)
        form.findEdit.returnPressed.connect(self.open_current)
        form.partBox.activated.connect(self._choose)
        form.partBox.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        form.openButton.clicked.connect(self.open_current)
        form.roadButton.clicked.connect(self.road_wanted)
        form.checkButton.clicked.connect(self.check_wanted)
        for button in (form.roadButton, form.checkButton):
            button.setVisible(presenter.may_write())
        self._word()
        apply_icons(self)

    def show_lines(self) -> None:
        """Show what is listed and found."""
        lines, form = self._presenter.lines(self.form.findEdit.text()), self.form
        form.table.show_lines(lines)
        form.countLabel.setText(counts_words(self._presenter.counts()))
        form.openButton.setEnabled(bool(lines))
        form.aboutLabel.setText("" if lines else _("No contact is due here."))
        form.aboutLabel.setVisible(not lines)

    def open_current(self) -> None:
        """Open the contact of the line that has the cursor."""
        here = self.form.table.current_id()
        if here is not None:
            self._open(here)

    def start_find(self) -> None:
        """Put the cursor where typing searches."""
        self.form.findEdit.setFocus()
        self.form.findEdit.selectAll()

    def _open(self, line_id: int) -> None:
        line = self._presenter.lines(self.form.findEdit.text()).get(line_id)
        if line is not None:
            self.chosen.emit(line.person.release_id, line.follow_up_id or 0)

    def _choose(self, number: int) -> None:
        self._presenter.view = list(ContactView)[number]
        self.show_lines()

    def _word(self) -> None:
        box = self.form.partBox
        box.clear()
        box.addItems([_(name) for name in VIEW_NAMES.values()])
        box.setCurrentIndex(list(ContactView).index(self._presenter.view))
        self.show_lines()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.form.retranslateUi(self)
            self._word()
        super().changeEvent(event)
