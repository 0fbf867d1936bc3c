"""The program on a home: opened, walked through and closed, as often as the tour needs it."""

from __future__ import annotations

import sys
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from tlbb_desktop.app import WindowOptions, WindowProgram, make_application
from tlbb_desktop.domain.clock import SystemClock
from tlbb_desktop.i18n import catalog
from tlbb_desktop.qt.theme import current_theme
from tlbb_desktop.screens.shell.workplace import Workplace
from tlbb_desktop.services.fault_log import note_fault
from tlbb_desktop.services.home import Home
from tlbb_desktop.tour.hand import CONTROL, Hand
from tlbb_desktop.widgets.language_switch import LanguageSwitch
from tlbb_desktop.widgets.page import Page
from tlbb_desktop.widgets.rail import Rail

Key = Qt.Key


class Stage:
    """One application, in which one window after the other is opened.

    Args:
        folder: where pictures and files go.
    """

    def __init__(self, folder: Path) -> None:
        QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
        self._app = make_application()
        self._app.setQuitOnLastWindowClosed(False)
        self._program: WindowProgram | None = None
        self._fault: BaseException | None = None
        self.folder = folder
        self.hand = Hand(folder)
        self.hand.watch = self._raise_fault
        sys.excepthook = self._take_fault

    # opening and closing -------------------------------------------------------------------------------------------

    def open(self, home: Home, language: str) -> None:
        """Open the window on *home* and wait until it stands."""
        self._program = WindowProgram(self._app, WindowOptions(home, language=language))
        self.hand.window = window = self._program.window
        self._program.start()
        window.activateWindow()
        self.hand.wait_for(lambda: window.isActiveWindow() and QApplication.focusWidget() is not None, "window")

    def close(self) -> None:
        """Close the window as a person does; the record is closed with it."""
        program, self._program = self._program, None
        if program is not None:
            program.window.close()
            program.close()
            self.hand.window = None
            program.window.deleteLater()
            program.deleteLater()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def end(self) -> None:
        """Give the screen back."""
        self.close()
        sys.excepthook = sys.__excepthook__
        self._app.shutdown()

    def _take_fault(self, _kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        self._fault = self._fault or error.with_traceback(trace)

    def _raise_fault(self) -> None:
        fault, self._fault = self._fault, None
        if fault is not None:
            raise fault

    def note(self, error: BaseException) -> Path | None:
        """Write down a fault of the program; gives the log."""
        return note_fault(Home(self.folder), error, SystemClock().now())

    # going about ---------------------------------------------------------------------------------------------------

    def has_workplace(self) -> bool:
        """Whether somebody has logged in."""
        window = self.hand.window
        return window is not None and any(each.isVisible() for each in window.findChildren(Workplace))

    @property
    def workplace(self) -> Workplace:
        """The inside of the window, once somebody has logged in."""
        return self.hand.find(Workplace)

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return self.workplace.page

    def go(self, place: str) -> None:
        """Click a place on the rail."""
        rail = self.hand.find(Rail)
        self.hand.click(next(each for each in rail.findChildren(QPushButton) if each.property("place") == place))
        self.hand.wait_for(lambda: self.workplace.place == place, place)

    def speak(self, language: str) -> None:
        """Click the language switch."""
        if catalog.language() != language:
            switch = self.hand.find(LanguageSwitch)
            self.hand.click(_by_language(switch, language))
            self.hand.wait_for(lambda: catalog.language() == language, language)

    def turn(self, theme: str) -> None:
        """Switch between light and dark by Ctrl+K."""
        if current_theme().name != theme:
            self.hand.key(Key.Key_K, modifiers=CONTROL)
            self.hand.type("light and dark")
            self.hand.key(Key.Key_Return)
            self.hand.wait_for(lambda: current_theme().name == theme, theme)

    def show_in_languages(self, name: str) -> None:
        """Photograph the page in both languages."""
        before = catalog.language()
        for language in sorted(catalog.LANGUAGES, key=lambda each: each == before):
            self.speak(language)
            self.hand.photograph(f"{name}-{language}")

    def show_both_ways(self, name: str) -> None:
        """Photograph the page in both languages, then dark."""
        self.show_in_languages(name)
        self.turn("dark")
        self.hand.photograph(f"{name}-{catalog.language()}-dark")
        self.turn("light")


def _by_language(switch: QWidget, language: str) -> QPushButton:
    return next(each for each in switch.findChildren(QPushButton) if each.property("language") == language)
