"""What goes into the bundle that offices install, and what is left out of it.

Read by ``tlbb.spec``, the same on Linux and on Windows. Sizes are those of the files before packing.
"""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatch
from pathlib import PurePosixPath

#: Loaded by a name that is put together while the program runs, so that no analysis finds them.
LOADED_BY_NAME = (
    "psycopg",
    "psycopg_binary",
    "sqlalchemy.dialects.postgresql.psycopg",
    "sqlalchemy.dialects.sqlite.pysqlcipher",
    "holidays.countries.cambodia",
)
#: Library -> the files that it reads beside its modules.
WITH_DATA = {"khmercut": "*.crfsuite", "holidays": "locale/*/LC_MESSAGES/KH.mo", "alembic": "templates/generic/*"}
#: Optional companions of our libraries, tools of the developers, and modules of Qt that no page uses.
NOT_BUNDLED = (
    "IPython", "_pytest", "attr", "curses", "defusedxml", "fpdf", "greenlet", "hatchling", "hypothesis", "icu",
    "importlinter", "lib2to3", "lifelines", "lxml", "matplotlib", "multiprocessing", "mypy", "numpy", "openpyxl",
    "pandas", "pip", "pkg_resources", "pydoc", "pytest", "rlPyCairo", "rich", "scipy", "setuptools", "sqlite3",
    "tkinter", "_tkinter", "tomlkit", "unittest", "uv", "wheel", "xdist", "babel", "cffi.recompiler", "doctest",
    "pdb", "pycparser", "pygments", "pypdfium2_cli", "readline", "xmlrpc", "zope", "PySide6.QtConcurrent",
    "PySide6.QtDBus", "PySide6.QtDesigner", "PySide6.QtHelp", "PySide6.QtNetwork", "PySide6.QtOpenGL",
    "PySide6.QtOpenGLWidgets", "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtQuickControls2", "PySide6.QtQuickTest",
    "PySide6.QtQuickWidgets", "PySide6.QtSql", "PySide6.QtSvgWidgets", "PySide6.QtUiTools", "PySide6.QtXml",
)  # fmt: skip
#: PyInstaller's own beginnings that cost the first paint: they load Qt in their way, set where its plug-ins lie (the
#: wheel of PySide6 says so itself), and prepare what no module here uses.
HOOKS_LEFT_OUT = frozenset({"pyi_rth_pyside6", "pyi_rth_inspect", "pyi_rth_multiprocessing", "pyi_rth_pkgutil"})
#: Kinds of files -> patterns of their places in the bundle; ``*`` goes across folders.
LEFT_OUT = {
    "Qml, Quick, Pdf and the virtual keyboard": (
        "*Qt6Qml*", "*Qt6Quick*", "*Qt6Pdf*", "*Qt6VirtualKeyboard*", "*Qt6Labs*", "*qtvirtualkeyboard*",
        "*imageformats/*qpdf.*", "PySide6/*qml/*",
    ),
    "Qt's own translations, of which none is Khmer": ("PySide6/*translations/*",),
    "screens other than X11 and memory": (
        "*Qt6Wayland*", "*Qt6Egl*", "*Qt6WlShell*", "*plugins/wayland*", "*plugins/egldeviceintegrations/*",
        "*platforms/*qeglfs*", "*platforms/*qlinuxfb*", "*platforms/*qvnc*", "*platforms/*qvkkhr*",
        "*platforms/*qminimal*", "*platforms/*qwayland*", "*platforms/*qdirect2d*",
    ),
    "networks": ("*plugins/tls/*", "*plugins/networkinformation/*", "*PySide6/QtNetwork*"),
    "bare devices": ("*plugins/generic/*", "*plugins/qmltooling/*", "*plugins/vectorimageformats/*"),
    "pictures that nobody brings": tuple(
        f"*imageformats/*q{kind}.*" for kind in ("tga", "tiff", "wbmp", "icns", "gif", "webp", "ico")
    ),
    "the theme of GTK with its libraries": (
        "*qgtk3.*", "libgtk-3*", "libgdk*", "libatk*", "libatspi*", "libcairo*", "libpango*", "libepoxy*",
        "libgdk_pixbuf*", "lib/gdk-pixbuf*", "share/*", "gi_typelibs/*",
    ),
    "OpenGL in software": ("*opengl32sw.dll", "*d3dcompiler_*.dll"),
    "AVIF in Pillow": ("PIL/_avif.*", "*libavif*"),
    "records of the installation": tuple(
        f"*.dist-info/{name}"
        for name in ("RECORD", "INSTALLER", "REQUESTED", "WHEEL", "direct_url.json", "entry_points.txt")
    ),
}  # fmt: skip
#: What a Debian package names in its Depends belongs to the system, which mends it.
OF_THE_SYSTEM = (
    "libGL.so*", "libEGL.so*", "libGLX*", "libGLdispatch*", "libX11*", "libxcb.so*", "libXau*", "libXdmcp*",
    "libfontconfig*", "libfreetype*", "libglib-2*", "libgthread*", "libgio*", "libgobject*", "libgmodule*",
    "libdbus-1*", "libsystemd*", "libxkbcommon*", "libexpat*", "libpng16*", "libbrotli*", "libbsd*", "libmd.so*",
    "libcap.so*", "libgcrypt*", "libgpg-error*", "liblz4*", "libpcre2*", "libstdc++*", "libgcc_s*", "libmount*",
    "libblkid*", "libselinux*", "libxcb-*", "libuuid*", "libcups*", "libavahi*", "libgnutls*", "libkrb5*",
    "libgssapi*", "libk5crypto*", "libkeyutils*", "libcom_err*", "libp11-kit*", "libidn2*", "libunistring*",
    "libtasn1*", "libnettle*", "libhogweed*", "libgmp*",
)  # fmt: skip


def reason_to_leave_out(place: str) -> str:
    """Why the file at *place* in the bundle is left out; ``""`` when it stays.

    Args:
        place: path in the bundle, with the separators of any system.
    """
    path = place.replace("\\", "/")
    for reason, patterns in LEFT_OUT.items():
        if any(fnmatch(path, pattern) for pattern in patterns):
            return reason
    if "/" not in path and any(fnmatch(path, pattern) for pattern in OF_THE_SYSTEM):
        return "libraries of the system"
    return ""


def libraries_nobody_loads(files: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Places of shared libraries that came with something left out, and that nothing else in the bundle is linked with.

    Args:
        files: place of each file that stays -> file names of the libraries that it is linked with.
    """
    kept = dict(files)
    while True:
        loaded = {name.lower() for names in kept.values() for name in names}
        unused = [place for place in kept if _is_linked(place) and _file_name(place).lower() not in loaded]
        if not unused:
            return frozenset(files.keys() - kept.keys())
        for place in unused:
            del kept[place]


def _file_name(place: str) -> str:
    return PurePosixPath(place.replace("\\", "/")).name


def _is_linked(place: str) -> bool:
    """Whether the file at *place* is there for others only; modules and plug-ins are loaded by their names."""
    folder, _, name = place.replace("\\", "/").rpartition("/")
    if fnmatch(name, "libpython*"):
        return False
    return (
        (not folder and fnmatch(name, "lib*.so*"))
        or folder == "PySide6/Qt/lib"
        or folder.endswith(".libs")
        or (folder == "PySide6" and fnmatch(name, "Qt6*.dll"))
    )
