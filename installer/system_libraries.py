"""The Debian and Ubuntu packages that Qt and the tests need, and how to get them.

The list was proven by adding one package at a time to a clean system. Windows and macOS need none.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

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
#: The tests start a server of their own. Debian keeps its programs out of the path, a folder for each version.
SERVER_PACKAGE = "postgresql"
_SERVER_FOLDER = Path("/usr/lib/postgresql")
#: A Windows to freeze and to try in, what packs setup.exe and looks into it, and what proves a signature.
WINDOWS_TOOLS = {
    "/usr/lib/wine/wine64": "wine64",
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64-win32",
    "makensis": "nsis",
    "7z": "p7zip-full",
    "osslsigncode": "osslsigncode",
    "openssl": "openssl",
}
#: What builds the packages for Linux, and the library of the printers, whose package they name.
PACKAGE_TOOLS = {
    "objdump": "binutils",
    "strip": "binutils",
    "dpkg-deb": "dpkg",
    "xz": "xz-utils",
}
PACKAGE_LIBRARIES = {"libcups.so.2": "libcups2"}
#: What makes a clean Debian to install the package on.
CLEAN_ROOT = {"debootstrap": "debootstrap"}


class SystemPackagesMissing(Exception):
    """Packages of the operating system are missing and this user may not install them."""


def ensure(
    *,
    virtual_screen: bool,
    test_tools: bool = False,
    package_tools: bool = False,
    clean_root: bool = False,
    windows_tools: bool = False,
) -> None:
    """Make sure that Qt can open a window; install what is missing when root.

    Args:
        virtual_screen: whether on a virtual screen, too.
        test_tools: whether the tools of the tests are needed, too.
        package_tools: whether packages are to be built.
        clean_root: whether one is to be installed on a clean Debian.
        windows_tools: whether setup.exe for Windows is to be built and tried.

    Raises:
        SystemPackagesMissing: with the exact command to run.
    """
    if not sys.platform.startswith("linux"):
        return
    wanted = {
        "virtual_screen": virtual_screen,
        "test_tools": test_tools,
        "package_tools": package_tools,
        "clean_root": clean_root,
        "windows_tools": windows_tools,
    }
    missing = _missing(wanted)
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
    still_missing = _missing(wanted)
    if still_missing:
        raise SystemPackagesMissing(f"apt-get could not install: {' '.join(still_missing)}")


PROGRAMS = {
    "virtual_screen": VIRTUAL_SCREEN,
    "test_tools": TEST_TOOLS,
    "package_tools": PACKAGE_TOOLS,
    "clean_root": CLEAN_ROOT,
    "windows_tools": WINDOWS_TOOLS,
}


def _missing(wanted: dict[str, bool]) -> list[str]:
    libraries = QT_LIBRARIES | (PACKAGE_LIBRARIES if wanted["package_tools"] else {})
    packages = [package for library, package in libraries.items() if not _loads(library)]
    for purpose, programs in PROGRAMS.items():
        if wanted[purpose]:
            packages += [package for program, package in programs.items() if shutil.which(program) is None]
    if wanted["test_tools"] and server_programs() is None:
        packages.append(SERVER_PACKAGE)
    return list(dict.fromkeys(packages))


def server_programs() -> Path | None:
    """The folder with the newest PostgreSQL server's programs, or None when there is none."""
    found = sorted(_SERVER_FOLDER.glob("*/bin/postgres"), key=lambda path: int(path.parts[-3].partition(".")[0]))
    if found:
        return found[-1].parent
    beside = shutil.which("postgres")
    return Path(beside).parent if beside else None


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
