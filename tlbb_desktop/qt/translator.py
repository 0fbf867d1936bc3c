"""Answer Qt's translation look-ups from the one gettext catalogue."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QTranslator

from tlbb_desktop.i18n import catalog
from tlbb_desktop.overriding import override
from tlbb_desktop.qt.look_signal import look_signal

TextArgument = bytes | bytearray | memoryview | str
LOCALES = {catalog.KHMER: "km_KH"}


class GettextTranslator(QTranslator):
    """Answers ``QCoreApplication.translate`` from the active catalogue.

    Installed once and never removed: changing translators while a worker thread translates dead-locks on the GIL.
    """

    @override
    def isEmpty(self) -> bool:
        return False

    @override
    def translate(
        self,
        context: TextArgument,
        sourceText: TextArgument,
        /,
        disambiguation: TextArgument | None = None,
        n: int = -1,
    ) -> str | None:
        try:
            return catalog.lookup(str(sourceText), str(disambiguation) if disambiguation else None)
        except Exception as error:  # noqa: BLE001  # inside Qt's look-up it would end the program; the word stays English
            import logging  # it takes 3 ms of the first paint

            logging.getLogger(__name__).warning("translation look-up failed: %s", type(error).__name__)
            return None


def install_translator(app: QCoreApplication) -> None:
    """Route every text of Qt and of the forms through the catalogue; once per application."""
    app.installTranslator(GettextTranslator(app))


def switch_language(app: QCoreApplication, language: str) -> None:
    """Make *language* (``km``, ``en``) the language of everything on the screen, at once."""
    catalog.activate(language)
    QLocale.setDefault(QLocale(LOCALES.get(language, "en_GB")))
    QCoreApplication.sendEvent(app, QEvent(QEvent.Type.LanguageChange))
    look_signal().language_changed.emit()
