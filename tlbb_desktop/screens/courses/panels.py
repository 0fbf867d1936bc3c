"""The small questions under a course: its rule, a unit that a prison leaves out, the version of a class."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QComboBox, QFrame, QWidget
from typing_extensions import override

from tlbb_desktop.domain.curricula import BASIS_NAMES, Basis, CertificateRule, CourseFollower, Curriculum
from tlbb_desktop.forms.ui_class_version import Ui_ClassVersionForm
from tlbb_desktop.forms.ui_course_about import Ui_CourseAboutForm
from tlbb_desktop.forms.ui_unit_left_out import Ui_UnitLeftOutForm
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.qt.shortcuts import physical_key
from tlbb_desktop.screens.courses.editor import CourseEditor
from tlbb_desktop.screens.courses.words import prison_words, unit_words, version_choice_words, version_words
from tlbb_desktop.widgets.page import ENTER
from tlbb_desktop.widgets.reflow import let_wrap


class KeptPanel(QFrame):
    """A question that Enter or Ctrl+S answers.

    Signals:
        closed: nothing is to be changed.
    """

    closed = Signal()

    def keep(self) -> None:
        """Answer with what stands there."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if (control and physical_key(event) == Qt.Key.Key_S) or (
            event.key() in ENTER and not isinstance(self.focusWidget(), QAbstractButton)
        ):
            self.keep()
        else:
            super().keyPressEvent(event)


class AboutPanel(KeptPanel):
    """Asks what units are judged by, what the certificate asks for, and where the curriculum comes from.

    Signals:
        kept: (basis, rule, source).
    """

    kept = Signal(object, object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = Ui_CourseAboutForm()
        self._form.setupUi(self)
        self._form.keepButton.clicked.connect(self.keep)
        self._form.closeButton.clicked.connect(self.closed)

    def ask(self, curriculum: Curriculum) -> None:
        """Ask, with what holds put in."""
        form, rule = self._form, curriculum.rule
        self._fill(curriculum.basis)
        form.allUnitsBox.setChecked(rule.all_units)
        form.attendanceEdit.setValue(rule.attendance_percent)
        form.shareEdit.setValue(rule.hours_percent)
        form.sourceEdit.setText(curriculum.source)
        form.basisBox.setFocus()

    @override
    def keep(self) -> None:
        form = self._form
        rule = CertificateRule(form.allUnitsBox.isChecked(), form.attendanceEdit.value(), form.shareEdit.value())
        self.kept.emit(Basis(form.basisBox.currentData()), rule, form.sourceEdit.text())

    def _fill(self, chosen: str | None) -> None:
        _offer(self._form.basisBox, [(_(name), str(basis)) for basis, name in BASIS_NAMES.items()], chosen)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._form.retranslateUi(self)
            self._fill(self._form.basisBox.currentData())
        super().changeEvent(event)


class LeftOutPanel(KeptPanel):
    """Asks why a prison does not teach a unit.

    Signals:
        kept: (place of the unit, reason).
    """

    kept = Signal(int, str)

    def __init__(self, editor: CourseEditor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor, self._place = editor, 0
        self._form = Ui_UnitLeftOutForm()
        self._form.setupUi(self)
        self._form.keepButton.clicked.connect(self.keep)
        self._form.closeButton.clicked.connect(self.closed)

    def ask(self, place: int) -> None:
        """Ask about a unit at the chosen prison."""
        self._place = place
        self._form.reasonEdit.clear()
        self._word()
        self._form.reasonEdit.setFocus()

    @override
    def keep(self) -> None:
        self.kept.emit(self._place, self._form.reasonEdit.text())

    def _word(self) -> None:
        prison, units = self._editor.prison, self._editor.shown.units
        if prison is not None and self._place < len(units):
            said = _("{unit} is left out at {prison}")
            unit = unit_words(units[self._place])
            self._form.headingLabel.setText(said.format(unit=unit, prison=prison_words(prison)))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._form.retranslateUi(self)
            self._word()
        super().changeEvent(event)


class FollowPanel(KeptPanel):
    """Asks which version a class follows.

    Signals:
        kept: (row of the class, number of the version or None).
    """

    kept = Signal(int, object)

    def __init__(self, editor: CourseEditor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor, self._class = editor, 0
        self._form = Ui_ClassVersionForm()
        self._form.setupUi(self)
        let_wrap(self._form.column, self._form.line)
        self._form.keepButton.clicked.connect(self.keep)
        self._form.closeButton.clicked.connect(self.closed)

    def ask(self, follower: CourseFollower) -> None:
        """Ask about a class; the newest version is proposed to one that follows none."""
        self._class = follower.class_id
        self._form.classLabel.setText(follower.code)
        newest = self._editor.newest
        self._fill(follower.number or (newest.number if newest else None))
        self._form.versionBox.setFocus()

    @override
    def keep(self) -> None:
        self.kept.emit(self._class, self._form.versionBox.currentData())

    def _fill(self, chosen: int | None) -> None:
        newest = self._editor.newest
        number = newest.number if newest else 0
        offered = [(version_choice_words(each, number), each.number) for each in self._editor.versions]
        _offer(self._form.versionBox, [*offered, (version_words(None), None)], chosen)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            chosen = self._form.versionBox.currentData()
            self._form.retranslateUi(self)
            self._fill(chosen)
        super().changeEvent(event)


def _offer(box: QComboBox, offered: Sequence[tuple[str, object]], chosen: object) -> None:
    box.clear()
    for text, data in offered:
        box.addItem(text, data)
    box.setCurrentIndex(max(0, box.findData(chosen)))
