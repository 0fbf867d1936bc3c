"""The Debian and Ubuntu packages that Qt and the tests need, and how to get them.

The list was proven by adding one package at a time to a clean system. Windows and macOS need none.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys

QT_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
}
#: A screen, and a hand that types on it.
VIRTUAL_SCREEN = {
    "Xvfb": "xvfb",
    "xvfb-run": "xvfb",
    "xauth": "xauth",
    "xdotool": "xdotool",
    "openbox": "openbox",
}
#: What records and disturbs the program's way to the disk, and what reads papers as others do; only tests need it.
TEST_TOOLS = {
    "strace": "strace",
    "hb-view": "libharfbuzz-bin",
    "pdftoppm": "poppler-utils",
    "pdftotext": "poppler-utils",
}
#: A Windows to freeze and to try in, what packs setup.exe and looks into it, and what proves a signature.
WINDOWS_TOOLS = {
    "/usr/lib/wine/wine64": "wine64",
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64-win32",
    "makensis": "nsis",
    "7z": "p7zip-full",
    "osslsigncode": "osslsigncode",
    "openssl": "openssl",
}


class SystemPackagesMissing(Exception):
    """Packages of the operating system are missing and this user may not install them."""


def ensure(*, virtual_screen: bool, test_tools: bool = False, windows_tools: bool = False) -> None:
    """Make sure that Qt can open a window; install what is missing when root.

    Args:
        virtual_screen: whether on a virtual screen, too.
        test_tools: whether the tools of the tests are needed, too.
        windows_tools: whether those are needed that build and try setup.exe, too.

    Raises:
        SystemPackagesMissing: with the exact command to run.
    """
    if not sys.platform.startswith("linux"):
        return
    programs = {
        **(VIRTUAL_SCREEN if virtual_screen else {}),
        **(TEST_TOOLS if test_tools else {}),
        **(WINDOWS_TOOLS if windows_tools else {}),
    }
    missing = _missing(programs)
    if not missing:
        return
    packages = " ".join(missing)
    if shutil.which("apt-get") is None:
        raise SystemPackagesMissing(f"Please install with your system's package manager (Debian's names): {packages}")
    if os.geteuid() != 0:
        raise SystemPackagesMissing(
            "Qt needs packages of the operating system. Please run this once, then try again:\n"
            f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {packages}"
        )
    _install(missing)
    still_missing = _missing(programs)
    if still_missing:
        raise SystemPackagesMissing(f"apt-get could not install: {' '.join(still_missing)}")


def _missing(programs: dict[str, str]) -> list[str]:
    packages = [package for library, package in QT_LIBRARIES.items() if not _loads(library)]
    packages += [package for program, package in programs.items() if shutil.which(program) is None]
    return list(dict.fromkeys(packages))


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _install(packages: list[str]) -> None:
    print("Installing packages of the operating system:", *packages, flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=environment, check=False)
    subprocess.run(
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], env=environment, check=False
    )
