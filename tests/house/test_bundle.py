"""What is left out of the bundle is what nobody needs."""

from __future__ import annotations

import bundle
import pytest


@pytest.mark.parametrize(
    "place",
    [
        "PySide6/Qt/lib/libQt6Qml.so.6",
        "PySide6\\Qt6Quick.dll",
        "PySide6\\opengl32sw.dll",
        "PySide6/Qt/translations/qtbase_de.qm",
        "PySide6/Qt/plugins/platforms/libqwayland.so",
        "PySide6/Qt/plugins/tls/libqopensslbackend.so",
        "libglib-2.0.so.0",
    ],
)
def test_what_no_page_uses_is_left_out(place):
    assert bundle.reason_to_leave_out(place)


@pytest.mark.parametrize(
    "place",
    [
        "PySide6/Qt/lib/libQt6Widgets.so.6",
        "PySide6/Qt/lib/libicudata.so.73",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
        "PySide6\\plugins\\platforms\\qwindows.dll",
        "PySide6/Qt/plugins/imageformats/libqjpeg.so",
        "khmercut/crf_ner_10000.crfsuite",
        "pillow.libs/libXau-154567c4.so.6.0.0",
        "libcrypto.so.3",
    ],
)
def test_what_a_page_or_a_keyboard_needs_stays(place):
    assert not bundle.reason_to_leave_out(place)


def test_a_library_goes_with_the_last_that_loads_it():
    files = {
        "PySide6/Qt/plugins/platforms/libqxcb.so": frozenset({"libQt6XcbQpa.so.6"}),
        "PySide6/Qt/lib/libQt6XcbQpa.so.6": frozenset({"libQt6Gui.so.6"}),
        "PySide6/Qt/lib/libQt6Gui.so.6": frozenset(),
        "PySide6/Qt/lib/libQt6Network.so.6": frozenset({"libssl.so.3"}),
        "libssl.so.3": frozenset({"libcrypto.so.3"}),
        "libcrypto.so.3": frozenset(),
        "libpython3.11.so.1.0": frozenset(),
    }
    assert bundle.libraries_nobody_loads(files) == {
        "PySide6/Qt/lib/libQt6Network.so.6",
        "libssl.so.3",
        "libcrypto.so.3",
    }


def test_libraries_of_windows_are_known_by_name_whatever_their_separators_and_letters():
    files = {
        "PySide6\\QtWidgets.pyd": frozenset({"QT6WIDGETS.dll"}),
        "PySide6\\Qt6Widgets.dll": frozenset({"Qt6Core.dll"}),
        "PySide6\\Qt6Core.dll": frozenset({"KERNEL32.dll"}),
        "PySide6\\Qt6Network.dll": frozenset({"Qt6Core.dll"}),
    }
    assert bundle.libraries_nobody_loads(files) == {"PySide6\\Qt6Network.dll"}
