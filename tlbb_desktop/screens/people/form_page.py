"""A person's form: one calm page, saved with Ctrl+S."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QCheckBox, QWidget
from typing_extensions import override

from tlbb_desktop.domain.consents import ConsentPurpose
from tlbb_desktop.domain.errors import ChangedMeanwhile, TlbbError
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.people import PersonMergeStory, PersonRecord
from tlbb_desktop.forms.ui_person_form import Ui_PersonForm
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import digits, moment_text
from tlbb_desktop.qt.icons import apply_icons
from tlbb_desktop.screens.people.form_fields import PersonFields
from tlbb_desktop.screens.people.form_presenter import PersonFormPresenter
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.gazetteer import Gazetteer
from tlbb_desktop.widgets.banner import Banner


class PersonFormPage(QWidget):
    """Shows the presenter's record; what is typed stays until it is saved or left.

    Signals:
        save_wanted: Ctrl+S or the button.
        closed: back to the list.
        same_wanted: another record of the same person is to be looked for.
        reload_wanted: somebody else saved meanwhile, and the newest version is to be shown.
    """

    save_wanted = Signal()
    closed = Signal()
    same_wanted = Signal()
    reload_wanted = Signal()

    def __init__(self, presenter: PersonFormPresenter, gazetteer: Gazetteer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._form = Ui_PersonForm()
        self._form.setupUi(self)
        self.banner = Banner(self)
        self._form.page.insertWidget(1, self.banner)
        self._form.placeEdit.set_finder(gazetteer)
        self._fields = PersonFields(self._form)
        self._untouched: dict[str, Any] = {}
        self._warned_about: dict[str, Any] | None = None
        self._wire()
        apply_icons(self)

    def show_record(self) -> None:
        """Fill the form from the presenter's record; nothing is half typed then."""
        form, presenter = self._form, self._presenter
        self.banner.clear()
        form.birthEdit.set_today(presenter.today)
        form.stayList.set_today(presenter.today)
        form.stayList.set_prisons(presenter.prisons())
        self._fields.show(presenter.record)
        form.photoFrame.show_jpeg(presenter.photo)
        for purpose, box in self._consent_boxes.items():
            box.setChecked(purpose in presenter.consents)
        self._fields.show_problems({})
        self._set_rights()
        self._untouched, self._warned_about = self._fields.texts(), None
        self._word()
        form.scroll.verticalScrollBar().setValue(0)
        form.familyKmEdit.setFocus()

    @property
    def photo(self) -> bytes | None:
        """The photo that is shown."""
        return self._form.photoFrame.jpeg

    @property
    def consents(self) -> frozenset[ConsentPurpose]:
        """What it is ticked that the person agrees to."""
        return frozenset(purpose for purpose, box in self._consent_boxes.items() if box.isChecked())

    @property
    def _consent_boxes(self) -> dict[ConsentPurpose, QCheckBox]:
        form = self._form
        return {
            ConsentPurpose.PHOTO_ON_PAPERS: form.photoConsentBox,
            ConsentPurpose.PHOTO_OF_WORK: form.workConsentBox,
        }

    @property
    def is_touched(self) -> bool:
        """Whether something is typed that is not saved."""
        presenter = self._presenter
        kept = (self._untouched, presenter.photo, presenter.consents)
        return (self._fields.texts(), self.photo, self.consents) != kept

    def may_be_left(self) -> bool:
        """Whether nothing would be lost, or the reader was told so and typed nothing since."""
        if not self.is_touched or self._warned_about == self._fields.texts():
            return True
        self._warned_about = self._fields.texts()
        self.banner.show_text(
            "warning", _("This form is not saved. Save it with Ctrl+S, or leave once more to drop it.")
        )
        return False

    def read(self) -> PersonRecord | None:
        """The record as typed; None when a field cannot be read, which the form then says."""
        record, problems = self._fields.read(self._presenter.record)
        self._fields.show_problems(problems)
        if problems:
            self._say_not_saved()
            return None
        self.banner.clear()
        return record

    def show_trouble(self, error: TlbbError) -> None:
        """Say why it was not saved: at the field where the error has one."""
        if isinstance(error, ChangedMeanwhile):
            self.banner.show_text("warning", _(error.message), _("Show the newest version"))
        elif error.place in self._fields.by_place:
            self._fields.show_problems({error.place: error})
            self._say_not_saved()
        else:
            self.banner.show_trouble(error)

    def typed(self) -> dict[str, Any]:
        """What is typed, in JSON values."""
        return self._fields.texts()

    def put_back(self, typed: Mapping[str, Any]) -> None:
        """Put back what :meth:`typed` gave."""
        self._fields.set_texts(typed)

    def _wire(self) -> None:
        form = self._form
        form.backButton.clicked.connect(self.closed)
        form.saveButton.clicked.connect(self.save_wanted)
        form.sameButton.clicked.connect(self.same_wanted)
        form.photoFrame.troubled.connect(self.show_trouble)
        form.releaseEdit.day_changed.connect(self._follow_release)
        self.banner.acted.connect(self.reload_wanted)

    def _set_rights(self) -> None:
        presenter, is_new = self._presenter, self._presenter.record.id is None
        may_write = presenter.may(Action.PEOPLE_WRITE)
        self._form.saveButton.setVisible(may_write)
        self._form.sameButton.setVisible(not is_new and presenter.may(Action.PEOPLE_MERGE))
        self._fields.set_read_only(not may_write)
        self._form.photoFrame.set_editable(may_write and presenter.may(Action.PHOTO_WRITE))
        for box in self._consent_boxes.values():
            box.setVisible(presenter.may(Action.CONSENT_READ))
            box.setEnabled(may_write and presenter.may(Action.CONSENT_WRITE))

    def _follow_release(self, day: object) -> None:
        """The month of release is that of the official date."""
        if isinstance(day, date):
            self._form.releaseMonthEdit.set_month(Month.of(day))

    def _say_not_saved(self) -> None:
        self.banner.show_text("warning", _("Nothing was saved yet: see what is said at the field below."))

    def _word(self) -> None:
        form, record = self._form, self._presenter.record
        form.headingLabel.setText(record.names.shown or _("New person"))
        form.codeLabel.setText(record.code)
        form.codeLabel.setVisible(bool(record.code))
        stories = self._presenter.merges()
        form.historyCard.setVisible(bool(stories))
        form.historyLabel.setText("\n\n".join(_merge_words(story) for story in stories))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._form.retranslateUi(self)
            self._form.stayList.set_prisons(self._presenter.prisons())
            self._fields.word()
            self._word()
        super().changeEvent(event)


def _merge_words(story: PersonMergeStory) -> str:
    words = _("{moment}, {name}: {merged} was joined to {kept}; {marks} marks moved.").format(
        moment=moment_text(story.at),
        name=story.by,
        merged=story.merged_code,
        kept=story.kept_code,
        marks=digits(story.marks_moved),
    )
    return f"{words}\n{story.reason}" if story.reason else words
