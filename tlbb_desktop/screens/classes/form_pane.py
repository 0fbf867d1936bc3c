"""The form of a class."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QComboBox, QWidget
from typing_extensions import override

from tlbb_desktop.domain.classes import ORDER_NAMES, RosterOrder, TrainingClass
from tlbb_desktop.domain.errors import Refused, TlbbError
from tlbb_desktop.forms.ui_class_form import Ui_ClassForm
from tlbb_desktop.i18n.catalog import _, _p
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.i18n.sentences import explain
from tlbb_desktop.qt.theme import set_role
from tlbb_desktop.screens.classes.half_typed import as_values
from tlbb_desktop.screens.classes.presenter import ClassesPresenter, FormChoices
from tlbb_desktop.screens.classes.words import course_words, prison_words


class ClassFormPane(QWidget):
    """Adds or changes a class; a refusal is explained at the field that it is about.

    Signals:
        saved: the row of the class.
        left: nothing is to be saved.
    """

    saved = Signal(int)
    left = Signal()

    def __init__(self, presenter: ClassesPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._form = Ui_ClassForm()
        self._form.setupUi(self)
        self._group: TrainingClass | None = None
        self._choices: FormChoices | None = None
        self._error: TlbbError | None = None
        self._own_code = False
        self._untouched: TrainingClass | None = None
        self._warned_about: TrainingClass | None = None
        form = self._form
        self._fields: dict[str, QWidget] = {
            "code": form.codeEdit,
            "prison": form.prisonBox,
            "starts_on": form.startsEdit,
            "ends_on": form.endsEdit,
        }
        form.saveButton.clicked.connect(self.save)
        form.cancelButton.clicked.connect(self.left)
        form.backButton.clicked.connect(self.left)
        form.codeEdit.textEdited.connect(self._code_typed)
        form.codeEdit.returnPressed.connect(self.save)
        form.courseBox.activated.connect(self._propose_code)
        form.prisonBox.activated.connect(self._propose_code)
        form.startsEdit.dateChanged.connect(self._propose_code)

    def edit(self, group: TrainingClass, *, touched: bool = False) -> None:
        """Show *group*; one without an id is new, one that is *touched* was half typed before."""
        self._group, self._own_code = group, bool(group.code)
        self._choices = self._presenter.choices(group)
        self._word()
        form = self._form
        form.codeEdit.setText(group.code)
        form.startsEdit.show_day(group.starts_on)
        form.endsEdit.show_day(group.ends_on)
        form.timetableEdit.show_slots(group.timetable)
        form.prisonBox.setEnabled(group.id is None)
        for box, chosen in (
            (form.courseBox, group.course_id),
            (form.prisonBox, group.prison_id),
            (form.trainerBox, group.trainer_id),
            (form.orderBox, group.order.value),
        ):
            box.setCurrentIndex(max(0, box.findData(chosen)))
        self._show_error(None)
        self._propose_code()
        self._untouched, self._warned_about = None if touched else self._typed(), None
        form.courseBox.setFocus()

    @property
    def is_touched(self) -> bool:
        """Whether something is typed that is not saved."""
        if self._group is None:
            return False
        return self._typed() != self._untouched or not self._form.timetableEdit.is_readable()

    def may_be_left(self) -> bool:
        """Whether nothing would be lost, or the reader was told so and typed nothing since."""
        if not self.is_touched or self._warned_about == self._typed():
            return True
        self._warned_about = self._typed()
        self._show_error(Refused(N_("This form is not saved. Save it with Ctrl+S, or leave once more to drop it.")))
        return False

    def half_typed(self) -> dict[str, object]:
        """What stands in the form, in JSON values."""
        return as_values(self._typed())

    def save(self) -> None:
        """Keep the class, or say at the field why not."""
        if not self._form.timetableEdit.demand_times():
            return
        try:
            class_id = self._presenter.save(self._typed())
        except TlbbError as error:
            self._show_error(error)
        else:
            self._show_error(None)
            self.saved.emit(class_id)

    def _typed(self) -> TrainingClass:
        assert self._group is not None  # noqa: S101 - the pane is only shown with a class in it
        form = self._form
        return replace(
            self._group,
            code=form.codeEdit.text(),
            course_id=form.courseBox.currentData() or 0,
            prison_id=form.prisonBox.currentData() or 0,
            trainer_id=form.trainerBox.currentData(),
            starts_on=form.startsEdit.day(),
            ends_on=form.endsEdit.day(),
            timetable=form.timetableEdit.slots(),
            order=RosterOrder(form.orderBox.currentData()),
        )

    def _code_typed(self) -> None:
        self._own_code = bool(self._form.codeEdit.text().strip())

    def _propose_code(self) -> None:
        if self._own_code or self._choices is None:
            return
        form = self._form
        course = next((one for one in self._choices.courses if one.id == form.courseBox.currentData()), None)
        prison = next((one for one in self._choices.prisons if one.id == form.prisonBox.currentData()), None)
        if course is not None and prison is not None:
            form.codeEdit.setText(self._presenter.proposed_code(course.code, prison.code, form.startsEdit.day()))

    def _show_error(self, error: TlbbError | None) -> None:
        self._error = error
        place = error.place if error else ""
        for name, field in self._fields.items():
            set_role(field, "wrong" if name == place else "")
        if place in self._fields:
            self._fields[place].setFocus()
        elif place == "timetable":
            self._form.timetableEdit.start()
        self._form.errorLabel.setText(explain(error) if error else "")
        self._form.errorLabel.setVisible(error is not None)

    def _word(self) -> None:
        group, choices, form = self._group, self._choices, self._form
        if group is None or choices is None:
            return
        form.headingLabel.setText(group.code or _("New class"))
        lines: dict[QComboBox, list[tuple[str, object]]] = {
            form.courseBox: [(course_words(each), each.id) for each in choices.courses],
            form.prisonBox: [(prison_words(each), each.id) for each in choices.prisons],
            form.trainerBox: [(_p("trainer", "None yet"), None), *((name, row) for row, name in choices.trainers)],
            form.orderBox: [(_(name), order.value) for order, name in ORDER_NAMES.items()],
        }
        for box, offered in lines.items():
            chosen = box.currentIndex()
            box.clear()
            for text, data in offered:
                box.addItem(text, data)
            box.setCurrentIndex(max(0, chosen))
        if self._error is not None:
            form.errorLabel.setText(explain(self._error))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._form.retranslateUi(self)
            self._word()
        super().changeEvent(event)
