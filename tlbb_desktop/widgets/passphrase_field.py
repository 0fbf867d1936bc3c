"""A field for a passphrase that helps against the usual reasons for a wrong one: layout, Caps Lock, blind typing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from tlbb_desktop.i18n.catalog import _, _p
from tlbb_desktop.i18n.marks import Np_
from tlbb_desktop.overriding import override
from tlbb_desktop.qt.icons import set_icon
from tlbb_desktop.qt.look_signal import look_signal
from tlbb_desktop.qt.stylesheet import GAP_SMALL
from tlbb_desktop.qt.theme import set_role

KHMER_LAYOUT = Np_("keyboard layout", "Khmer")
LATIN_LAYOUT = Np_("keyboard layout", "Latin")
#: Bits of QKeyEvent.nativeModifiers that say "Caps Lock is on", by Qt platform.
CAPS_BITS = {"xcb": 0x2, "wayland": 0x2, "windows": 0x100, "cocoa": 0x10000}
#: Qt.Key.Key_F2; the ``Qt`` namespace is not loaded before the first paint.
SHOW_KEY = 0x01000031


class _HiddenLine(QLineEdit):
    """The line itself; an event filter would make PySide6 load the types of all events before the first paint."""

    def __init__(self, answer: Callable[[QKeyEvent], bool], parent: QWidget) -> None:
        super().__init__(parent)
        self._answer = answer

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._answer(event):
            super().keyPressEvent(event)


class PassphraseField(QWidget):
    """A hidden field with the keyboard layout, a Caps Lock warning and one button (F2) that shows what is typed.

    Signals:
        entered: Enter was pressed.
        edited: the text changed.
    """

    entered = Signal()
    edited = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = ""
        self._layout_word = _layout_of_platform()
        self._caps = False
        self.field = _HiddenLine(self._answer_key, self)
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setMaxLength(512)
        self.field.textEdited.connect(self._note_script)
        self.field.textChanged.connect(self.edited)
        self.field.returnPressed.connect(self.entered)
        self._show = QToolButton(self)
        self._show.setCheckable(True)
        self._show.toggled.connect(self.show_text)
        self._layout_badge, self._caps_badge = QLabel(self), QLabel(self)
        self._layout_badge.setProperty("role", "badge-muted")
        self._caps_badge.setProperty("role", "badge-warning")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_SMALL)
        row.addWidget(self.field, 1)
        row.addWidget(self._show)
        row.addWidget(self._layout_badge)
        row.addWidget(self._caps_badge)
        self.setFocusProxy(self.field)
        set_icon(self._show, "eye", "text")
        self._word()
        look_signal().language_changed.connect(self._word)

    @property
    def text(self) -> str:
        """What is typed."""
        return self.field.text()

    def set_text(self, text: str) -> None:
        """Fill the field, for example with a proposal."""
        self.field.setText(text)

    def clear(self) -> None:
        """Empty the field and hide what is typed."""
        self.field.clear()
        self._show.setChecked(False)

    def name(self, label: str) -> None:
        """Give the field its accessible name, already translated."""
        self._label = label
        self._word()

    def mark_wrong(self, wrong: bool) -> None:
        """Show or take away the red edge."""
        set_role(self.field, "wrong" if wrong else "")

    def show_text(self, shown: bool) -> None:
        """Show what is typed, or hide it."""
        self._show.setChecked(shown)
        self.field.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        set_icon(self._show, "eye-off" if shown else "eye", "text")
        self._word()

    @property
    def caps_lock(self) -> bool:
        """Whether Caps Lock was on at the last key."""
        return self._caps

    @property
    def layout_name(self) -> str:
        """The keyboard layout that the field shows, marked; ``""`` while nothing is known."""
        return self._layout_word

    def _note_script(self, text: str) -> None:
        import unicodedata  # nothing is typed before the first paint

        before = text[: self.field.cursorPosition()]
        letter = next((each for each in reversed(before) if unicodedata.category(each)[0] in "LM"), "")
        if letter:
            self._layout_word = KHMER_LAYOUT if "\u1780" <= letter <= "\u17ff" else LATIN_LAYOUT
            self._word()

    def _answer_key(self, event: QKeyEvent) -> bool:
        """Take the key that shows the text; the others go on into the field."""
        if event.key() == SHOW_KEY:
            self._show.toggle()
            return True
        self._note_caps(event)
        return False

    def _note_caps(self, event: QKeyEvent) -> None:
        bit = CAPS_BITS.get(QGuiApplication.platformName(), 0)
        letter = event.text()
        if bit:
            self._caps = bool(event.nativeModifiers() & bit)
        elif letter.isalpha() and letter.upper() != letter.lower():
            from PySide6.QtCore import Qt

            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._caps = letter.isupper() != shifted
        self._word()

    def _word(self) -> None:
        self.field.setAccessibleName(self._label or _("Passphrase"))
        shown = self._show.isChecked()
        action = _("Hide what is typed") if shown else _("Show what is typed")
        self._show.setToolTip(f"{action}  (F2)")
        self._show.setAccessibleName(action)
        self._layout_badge.setText(_(self._layout_word))
        self._layout_badge.setVisible(bool(self._layout_word))
        self._layout_badge.setToolTip(_("Keyboard layout"))
        self._caps_badge.setText(_p("key", "Caps Lock is on"))
        self._caps_badge.setVisible(self._caps)


def _layout_of_platform() -> str:
    """The layout that the system reports; many report none, and then the first letter tells."""
    return KHMER_LAYOUT if QGuiApplication.inputMethod().locale().name().startswith("km") else ""
