"""Two people side by side, for a person to decide: one or two?"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from tlbb_desktop.domain.people import LikelySame, PersonRecord
from tlbb_desktop.forms.ui_people_compare import Ui_PeopleCompareForm
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import digits
from tlbb_desktop.qt.icons import apply_icons
from tlbb_desktop.screens.people.described import Described, birth_words, facts_about, of_likely, of_record, of_row
from tlbb_desktop.screens.people.presenter import PeoplePresenter

Photo = bytes | None


class ComparePage(QWidget):
    """What both questions have in common: the facts, the way back, the language.

    Signals:
        closed: nothing was decided.
    """

    closed = Signal()

    def __init__(self, presenter: PeoplePresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._form = Ui_PeopleCompareForm()
        self._form.setupUi(self)
        self._form.backButton.clicked.connect(self.closed)
        apply_icons(self)

    def take_cursor(self) -> None:
        """Put the cursor on the way back, so that no key decides by accident."""
        self._form.backButton.setFocus()

    def show_texts(self) -> None:
        """Word everything again."""
        raise NotImplementedError

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._form.retranslateUi(self)
            self.show_texts()
        super().changeEvent(event)


class LikelySamePage(ComparePage):
    """A new person beside those on record who look the same.

    Signals:
        is_same: id of the person on record that it is.
        is_another: nobody of them; the new one is to be saved.
    """

    is_same = Signal(int)
    is_another = Signal()

    def __init__(self, presenter: PeoplePresenter, parent: QWidget | None = None) -> None:
        super().__init__(presenter, parent)
        self._record: PersonRecord | None = None
        self._found: tuple[LikelySame, ...] = ()
        self._photos: dict[int, Photo] = {}
        self._place = 0
        form = self._form
        form.keepRow.hide()
        form.earlierButton.clicked.connect(lambda: self._step(-1))
        form.laterButton.clicked.connect(lambda: self._step(1))
        form.sameButton.clicked.connect(self._say_same)
        form.otherButton.clicked.connect(self.is_another)

    def ask(self, record: PersonRecord, found: tuple[LikelySame, ...], photos: dict[int, Photo]) -> None:
        """Show *record* beside the people *found*, whose photos come by person."""
        self._record, self._found, self._photos, self._place = record, found, photos, 0
        self.show_texts()
        self.take_cursor()

    @override
    def show_texts(self) -> None:
        form = self._form
        form.headingLabel.setText(_("Is this the same person?"))
        form.hintLabel.setText(
            _("Somebody with this name is on record already. Look at both, then decide. Nothing is saved yet.")
        )
        form.sameButton.setText(_("Same person: open that one"))
        form.otherButton.setText(_("Another person: save"))
        if self._record is None or not self._found:
            return
        several = len(self._found) > 1
        for widget in (form.earlierButton, form.placeLabel, form.laterButton):
            widget.setVisible(several)
        form.placeLabel.setText(
            _("{place} of {count}").format(place=digits(self._place + 1), count=digits(len(self._found)))
        )
        likely = self._found[self._place]
        left, right = of_record(self._presenter, self._record), of_likely(self._presenter, likely)
        form.facts.show_facts(
            (_("The person whom you are adding"), _("On record")),
            facts_about(left, right),
            (None, self._photos.get(likely.person.id)),
        )

    def _step(self, steps: int) -> None:
        self._place = (self._place + steps) % len(self._found)
        self.show_texts()

    def _say_same(self) -> None:
        self.is_same.emit(self._found[self._place].person.id)


class MergePage(ComparePage):
    """Two records on file that may be one person; which of them stays is chosen.

    Signals:
        merged: (id that stays, id that is taken in, reason).
    """

    merged = Signal(int, int, str)

    def __init__(self, presenter: PeoplePresenter, parent: QWidget | None = None) -> None:
        super().__init__(presenter, parent)
        self._records: tuple[PersonRecord, ...] = ()
        self._photos: tuple[Photo, Photo] = (None, None)
        form = self._form
        for widget in (form.earlierButton, form.placeLabel, form.laterButton):
            widget.hide()
        form.otherButton.clicked.connect(self.closed)
        form.sameButton.clicked.connect(self._decide)
        form.keepLeftButton.toggled.connect(self._allow)
        form.keepRightButton.toggled.connect(self._allow)

    def ask(self, left: PersonRecord, right: PersonRecord, photos: tuple[Photo, Photo]) -> None:
        """Show two records; none is chosen beforehand."""
        self._records, self._photos = (left, right), photos
        self._form.reasonEdit.clear()
        for button in (self._form.keepLeftButton, self._form.keepRightButton):
            button.setAutoExclusive(False)
            button.setChecked(False)
            button.setAutoExclusive(True)
        self._allow()
        self.show_texts()
        self.take_cursor()

    @override
    def show_texts(self) -> None:
        form = self._form
        form.headingLabel.setText(_("Two records of one person?"))
        form.hintLabel.setText(
            _(
                "Joining moves marks, classes, stays and papers to the record that stays. Where both have a mark on "
                "a day, the mark of that record counts. The other code still finds the person. It cannot be undone."
            )
        )
        form.sameButton.setText(_("One person: join the records"))
        form.otherButton.setText(_("Two people: change nothing"))
        if not self._records:
            return
        left, right = (self._described(record) for record in self._records)
        form.facts.show_facts((left.head, right.head), facts_about(left, right), self._photos)
        form.keepLeftButton.setText(_("{code} stays").format(code=left.code))
        form.keepRightButton.setText(_("{code} stays").format(code=right.code))

    def _described(self, record: PersonRecord) -> Described:
        if record.id is None:
            return of_record(self._presenter, record)
        row = self._presenter.rows([record.id])[record.id]
        return of_row(self._presenter, row, birth_words(record.identity.birth) if record.identity else "")

    def _allow(self) -> None:
        chosen = self._form.keepLeftButton.isChecked() or self._form.keepRightButton.isChecked()
        self._form.sameButton.setEnabled(chosen)

    def _decide(self) -> None:
        left, right = (record.id for record in self._records)
        kept, gone = (left, right) if self._form.keepLeftButton.isChecked() else (right, left)
        self.merged.emit(kept, gone, self._form.reasonEdit.text().strip())
