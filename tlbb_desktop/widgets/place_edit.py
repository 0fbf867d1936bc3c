"""Province, district, commune and village, found while one types in Khmer or Latin letters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QGridLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.people import Place
from tlbb_desktop.i18n.catalog import KHMER, _, language
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.khmer import search_key
from tlbb_desktop.qt.khmer_input import KhmerEdit
from tlbb_desktop.qt.stylesheet import GAP_SMALL
from tlbb_desktop.widgets.form_field import CompoundEdit, FormField

LEVEL_NAMES = {
    2: Np_("unit of the gazetteer", "Province"),
    4: Np_("unit of the gazetteer", "District"),
    6: Np_("unit of the gazetteer", "Commune"),
    8: Np_("unit of the gazetteer", "Village"),
}
OFFERED = 30
NameRole = Qt.ItemDataRole.UserRole + 1
PlaceRole = Qt.ItemDataRole.UserRole + 2


class PlaceFinder(Protocol):
    """What the field asks: units of the gazetteer by name and by NCDD code (2, 4, 6 or 8 digits)."""

    def find(self, text: str, *, level: int | None = None, parent: str = "", limit: int = 20) -> list[Place]:
        """Units of a level inside a parent whose name holds *text*."""
        ...

    def path(self, code: str) -> tuple[Place, ...]:
        """The unit and those that it lies in, the largest first."""
        ...


def place_name(place: Place) -> str:
    """The name in the reader's script."""
    return place.name_km if language() == KHMER else place.name_latin


class PlaceLine(KhmerEdit):
    """One level with its suggestions.

    Signals:
        picked: a Place was chosen, or None when the line was emptied.
    """

    picked = Signal(object)

    def __init__(self, level: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.level, self.inside = level, ""
        self.place: Place | None = None
        self._finder: PlaceFinder | None = None
        self._offers = QStandardItemModel(self)
        completer = QCompleter(self._offers, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCompletionRole(NameRole)
        completer.activated[QModelIndex].connect(self._take_offer)  # type: ignore[index]  # an overload, says Qt
        self.setCompleter(completer)
        self.textEdited.connect(self._offer)
        self.editingFinished.connect(self._settle)

    def set_finder(self, finder: PlaceFinder) -> None:
        """Whom to ask."""
        self._finder = finder

    def show_place(self, place: Place | None) -> None:
        """Fill the line without telling anybody."""
        self.place = place
        self.setText(place_name(place) if place is not None else "")

    @property
    def unmatched(self) -> bool:
        """Whether something is typed that is no place."""
        return self.place is None and bool(self.text().strip())

    def _offer(self, text: str) -> None:
        """Fill the suggestions before the completer opens them."""
        self.place = None
        self._offers.clear()
        if self._finder is None or not text.strip():
            return
        for place in self._finder.find(text, level=self.level, parent=self.inside, limit=OFFERED):
            item = QStandardItem(self._offer_words(place))
            item.setData(place_name(place), NameRole)
            item.setData(place, PlaceRole)
            self._offers.appendRow(item)

    def _offer_words(self, place: Place) -> str:
        words = f"{place.name_km} · {place.name_latin}"
        above = self._finder.path(place.code)[:-1] if self._finder is not None and not self.inside else ()
        return " — ".join((words, *(place_name(each) for each in reversed(above))))

    def _take_offer(self, index: QModelIndex) -> None:
        self._pick(index.data(PlaceRole))

    def _settle(self) -> None:
        """Leaving the line: a full name that only one place has is that place."""
        text = self.text().strip()
        if not text:
            if self.place is not None or self.isModified():
                self._pick(None)
        elif self.place is None and self._finder is not None:
            wanted = search_key(text)
            found = [
                place
                for place in self._finder.find(text, level=self.level, parent=self.inside, limit=OFFERED)
                if wanted in (search_key(place.name_km), search_key(place.name_latin))
            ]
            if len(found) == 1:
                self._pick(found[0])

    def _pick(self, place: Place | None) -> None:
        self.show_place(place)
        self.setModified(False)
        self.picked.emit(place)


class PlaceEdit(CompoundEdit):
    """Four lines that follow each other: a village that is chosen fills in its commune, district and province.

    Signals:
        changed: another code.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._finder: PlaceFinder | None = None
        self.lines = {level: PlaceLine(level, self) for level in LEVEL_NAMES}
        self._fields = {level: FormField.around(line, self) for level, line in self.lines.items()}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(GAP_SMALL + 2)
        for position, field in enumerate(self._fields.values()):
            grid.addWidget(field, position // 2, position % 2, Qt.AlignmentFlag.AlignTop)
        for line in self.lines.values():
            line.picked.connect(self._follow)
        self._word()

    def set_finder(self, finder: PlaceFinder) -> None:
        """Whom the lines ask."""
        self._finder = finder
        for line in self.lines.values():
            line.set_finder(finder)

    def show_province_only(self, only: bool) -> None:
        """Hide what lies below the province from a reader who may not know it."""
        for level, field in self._fields.items():
            field.setVisible(level == 2 or not only)

    def code(self) -> str:
        """NCDD code of the smallest unit that is chosen, or ``""``.

        Raises:
            Refused: something is typed that is no place of the gazetteer.
        """
        for line in self.lines.values():
            if line.unmatched:
                raise Refused(N_("{text} is not in the gazetteer. Choose a place from the list."), text=line.text())
        places = [line.place for line in self.lines.values() if line.place is not None]
        return places[-1].code if places else ""

    def set_code(self, code: str) -> None:
        """Fill all lines from the code of any unit."""
        self._show(self._finder.path(code) if self._finder is not None and code else ())

    def typed(self) -> dict[str, str]:
        """For a draft: the code of the smallest unit that is chosen, and unmatched text by level."""
        codes = [line.place.code for line in self.lines.values() if line.place is not None]
        unmatched = {str(level): line.text() for level, line in self.lines.items() if line.unmatched}
        return {"code": codes[-1] if codes else "", **unmatched}

    def put_back(self, typed: Mapping[str, str]) -> None:
        """Put back what :meth:`typed` gave."""
        self.set_code(typed.get("code", ""))
        for level, line in self.lines.items():
            if str(level) in typed:
                line.place = None
                line.setText(typed[str(level)])

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self.lines[2].setFocus(event.reason())  # not a focus proxy: Tab would run in a circle between the lines

    @override
    def mark_wrong(self, wrong: bool) -> None:
        """Show or take away the sign at the lines that are no place."""
        for level, line in self.lines.items():
            bad = wrong and line.unmatched
            self._fields[level].show_problem(Refused(N_("Choose a place from the list.")) if bad else None)

    def _follow(self, place: Place | None) -> None:
        line = self.sender()
        if place is not None and self._finder is not None:
            self._show(self._finder.path(place.code), below=place.code)
        elif isinstance(line, PlaceLine):
            upper = [each.place for level, each in self.lines.items() if level < line.level and each.place]
            self._show(tuple(upper))
        self.changed.emit()

    def _show(self, path: tuple[Place, ...], below: str = "") -> None:
        """Show *path*; smaller units stay where they lie in *below*."""
        by_level = {len(place.code): place for place in path}
        inside = ""
        for level, line in self.lines.items():
            kept = line.place if below and line.place is not None and line.place.code.startswith(below) else None
            line.inside = inside
            line.show_place(by_level.get(level, kept))
            inside = line.place.code if line.place is not None else inside

    def _word(self) -> None:
        for level, name in LEVEL_NAMES.items():
            self._fields[level].set_label(_(name))
            self.lines[level].setPlaceholderText(_("type in Khmer or Latin letters") if level == 2 else "")

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
            for line in self.lines.values():
                if line.place is not None:
                    line.show_place(line.place)
        super().changeEvent(event)
