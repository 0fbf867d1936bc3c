"""Between the fields of the form and a person's record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from tlbb_desktop.domain.births import BirthPrecision
from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.people import (
    KIND_NAMES,
    SEX_NAMES,
    STATUS_NAMES,
    Contact,
    Identity,
    Names,
    PersonKind,
    PersonRecord,
    PersonStatus,
    Sex,
)
from tlbb_desktop.forms.ui_person_form import Ui_PersonForm
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.khmer import to_ascii_digits
from tlbb_desktop.widgets.form_field import FormField

T = TypeVar("T")
NATIONAL_ID = "national_id"
OSCAR, MOSVY = "oscar", "mosvy"


class PersonFields:
    """Fills the form from a record and reads it back. A part that the reader does not hold is not shown.

    Args:
        form: the generated form, set up.
    """

    def __init__(self, form: Ui_PersonForm) -> None:
        self._form = form
        self._lines: dict[str, QLineEdit] = {
            "family_km": form.familyKmEdit,
            "given_km": form.givenKmEdit,
            "family_latin": form.familyLatinEdit,
            "given_latin": form.givenLatinEdit,
            "nickname": form.nicknameEdit,
            "code": form.codeEdit,
            "release_on": form.releaseEdit,
            "release_month": form.releaseMonthEdit,
            "place_text": form.placeTextEdit,
            "phones": form.phonesEdit,
            NATIONAL_ID: form.nationalIdEdit,
            OSCAR: form.oscarEdit,
            MOSVY: form.mosvyEdit,
        }
        self._boxes: dict[str, QComboBox] = {"sex": form.sexBox, "status": form.statusBox, "kind": form.kindBox}
        self.by_place: dict[str, FormField] = {
            "family_km": form.familyKmField,
            "given_km": form.givenKmField,
            "family_latin": form.familyLatinField,
            "given_latin": form.givenLatinField,
            "nickname": form.nicknameField,
            "sex": form.sexField,
            "birth": form.birthField,
            "stays": form.staysField,
            "release_on": form.releaseOnField,
            "release_month": form.releaseMonthField,
            "place": form.placeField,
            "phones": form.phonesField,
            "code": form.codeField,
            "status": form.statusField,
            "note": form.noteField,
            "photo": form.photoField,
        }
        self._fill_boxes()

    def show(self, record: PersonRecord) -> None:
        """Fill the form."""
        form, names = self._form, record.names
        texts = {
            "family_km": names.family_km,
            "given_km": names.given_km,
            "family_latin": names.family_latin,
            "given_latin": names.given_latin,
            "nickname": names.nickname,
            "code": record.code,
        }
        for name, text in texts.items():
            self._lines[name].setText(text)
        self._choose("sex", record.sex)
        self._choose("status", record.status)
        self._choose("kind", record.kind)
        form.stayList.set_stays(record.stays)
        form.releaseMonthEdit.set_month(record.release_month)
        form.noteEdit.setPlainText(record.note)
        form.placeEdit.set_code((record.contact.place_code if record.contact else "") or record.province_code)
        self._show_identity(record.identity)
        self._show_contact(record.contact)

    def read(self, base: PersonRecord) -> tuple[PersonRecord, dict[str, TlbbError]]:
        """What is typed, on top of *base*; and what cannot be read, by the field's place."""
        form, problems = self._form, dict[str, TlbbError]()
        record = replace(
            base,
            code=form.codeEdit.text().strip(),
            names=Names(*(self._lines[place].text().strip() for place in _NAME_PLACES)),
            sex=Sex(form.sexBox.currentData()) if form.sexBox.currentData() else None,
            kind=PersonKind(form.kindBox.currentData()),
            status=PersonStatus(form.statusBox.currentData()),
            stays=_attempt("stays", form.stayList.stays, base.stays, problems),
            release_month=_attempt("release_month", form.releaseMonthEdit.month, base.release_month, problems),
            note=form.noteEdit.toPlainText().strip(),
        )
        place_code = _attempt("place", form.placeEdit.code, base.province_code, problems)
        record = replace(record, province_code=place_code[:2])
        if base.identity is not None:
            record = self._with_identity(record, base.identity, problems)
        if base.contact is not None:
            contact = Contact(
                place_code if len(place_code) > 2 else "",
                form.placeTextEdit.text().strip(),
                form.phonesEdit.text().strip(),
            )
            record = replace(record, contact=contact)
        return record, problems

    def texts(self) -> dict[str, Any]:
        """Everything as it is typed, in JSON values: for a draft, and to tell whether anything was typed.

        It is the same in each language, so that switching the language is no typing.
        """
        form = self._form
        return {
            **{name: to_ascii_digits(line.text()) for name, line in self._lines.items()},
            **{name: box.currentData() for name, box in self._boxes.items()},
            "birth": to_ascii_digits(form.birthEdit.line.text()),
            "birth_precision": form.birthEdit.precision.currentData(),
            "stays": form.stayList.texts(),
            "place": form.placeEdit.typed(),
            "note": form.noteEdit.toPlainText(),
        }

    def set_texts(self, texts: Mapping[str, Any]) -> None:
        """Put back what :meth:`texts` gave; what is not among them stays as it is."""
        form = self._form
        for name, line in self._lines.items():
            line.setText(str(texts.get(name, line.text())))
        for name, box in self._boxes.items():
            box.setCurrentIndex(max(0, box.findData(texts.get(name, box.currentData()))))
        precision = texts.get("birth_precision", form.birthEdit.precision.currentData())
        form.birthEdit.precision.setCurrentIndex(max(0, form.birthEdit.precision.findData(precision)))
        form.birthEdit.line.setText(str(texts.get("birth", form.birthEdit.line.text())))
        form.stayList.set_texts(texts.get("stays", form.stayList.texts()))
        form.placeEdit.put_back(texts.get("place", form.placeEdit.typed()))
        form.noteEdit.setPlainText(str(texts.get("note", form.noteEdit.toPlainText())))

    def show_problems(self, problems: Mapping[str, TlbbError]) -> None:
        """Say at each field what is wrong with it; the cursor goes to the first of them."""
        first: QWidget | None = None
        for place, field in self.by_place.items():
            field.show_problem(problems.get(place))
            if first is None and place in problems:
                first = field.content
        if first is not None:
            first.setFocus()
            self._form.scroll.ensureWidgetVisible(first)

    def word(self) -> None:
        """Word the choices again."""
        for name, words in _CHOICES.items():
            box = self._boxes[name]
            for position in range(box.count()):
                value = box.itemData(position)
                box.setItemText(position, _(words[value]) if value else _("not known"))

    def set_read_only(self, read_only: bool) -> None:
        """Let the fields be read only, or be filled in."""
        for edit in self._form.sheet.findChildren(QLineEdit):
            edit.setReadOnly(read_only)
        self._form.noteEdit.setReadOnly(read_only)
        for box in self._form.sheet.findChildren(QComboBox):
            box.setEnabled(not read_only)
        self._form.stayList.set_editable(not read_only)
        self._form.photoFrame.set_editable(not read_only)

    def _with_identity(self, record: PersonRecord, known: Identity, problems: dict[str, TlbbError]) -> PersonRecord:
        form = self._form
        release_on = _attempt("release_on", form.releaseEdit.day, known.release_on, problems)
        identity = Identity(
            birth=_attempt("birth", form.birthEdit.birth, known.birth, problems),
            release_on=release_on,
            id_numbers=_with_numbers(known.id_numbers, {NATIONAL_ID: form.nationalIdEdit}),
            external_ids=_with_numbers(known.external_ids, {OSCAR: form.oscarEdit, MOSVY: form.mosvyEdit}),
        )
        month = Month.of(release_on) if release_on is not None else record.release_month
        return replace(record, identity=identity, release_month=month)

    def _show_identity(self, identity: Identity | None) -> None:
        form, shown = self._form, identity is not None
        for widget in (form.birthField, form.releaseOnField, form.papersCard):
            widget.setVisible(shown)
        form.releaseGrid.addWidget(form.releaseMonthField, 0, int(shown), Qt.AlignmentFlag.AlignTop)
        identity = identity or Identity()
        form.birthEdit.set_birth(identity.birth)
        if identity.birth.precision is BirthPrecision.UNKNOWN:
            form.birthEdit.set_precision(BirthPrecision.DAY)
        form.releaseEdit.set_day(identity.release_on)
        form.nationalIdEdit.setText(identity.id_numbers.get(NATIONAL_ID, ""))
        form.oscarEdit.setText(identity.external_ids.get(OSCAR, ""))
        form.mosvyEdit.setText(identity.external_ids.get(MOSVY, ""))

    def _show_contact(self, contact: Contact | None) -> None:
        form, shown = self._form, contact is not None
        form.placeEdit.show_province_only(not shown)
        form.placeTextField.setVisible(shown)
        form.phonesField.setVisible(shown)
        form.placeTextEdit.setText(contact.place_text if contact else "")
        form.phonesEdit.setText(contact.phones if contact else "")

    def _fill_boxes(self) -> None:
        for name, words in _CHOICES.items():
            box = self._boxes[name]
            if name == "sex":
                box.addItem("", "")
            for value in words:
                box.addItem("", value.value)
        self.word()

    def _choose(self, name: str, value: str | None) -> None:
        box = self._boxes[name]
        box.setCurrentIndex(max(0, box.findData(str(value.value) if isinstance(value, _ENUMS) else "")))


_ENUMS = (Sex, PersonKind, PersonStatus)
_CHOICES: dict[str, Mapping[Any, str]] = {"sex": SEX_NAMES, "status": STATUS_NAMES, "kind": KIND_NAMES}
_NAME_PLACES = ("family_km", "given_km", "family_latin", "given_latin", "nickname")


def _attempt(place: str, read: Callable[[], T], instead: T, problems: dict[str, TlbbError]) -> T:
    """What *read* gives; *instead*, with the reason kept, where it cannot be read."""
    try:
        return read()
    except TlbbError as error:
        problems[place] = error
        return instead


def _with_numbers(known: Mapping[str, str], edits: Mapping[str, QLineEdit]) -> dict[str, str]:
    """The numbers that the form does not show, and those typed; an emptied field takes its number away."""
    typed = {name: edit.text().strip() for name, edit in edits.items()}
    return {name: number for name, number in {**known, **typed}.items() if number}
