"""What Windows shows of a program's file: its name, version and maker, in the form that PyInstaller reads."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAME = "TLBB Desktop"
MAKER = "This Life Beyond Bars"
FILE = "version-info.txt"
_ENGLISH_UNICODE = (0x0409, 1200)
_WINDOWS_NT, _A_PROGRAM, _ALL_FLAGS = 0x40004, 1, 0x3F


def version() -> str:
    """The program's version, from pyproject.toml, as three numbers."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])


def describe(folder: Path) -> Path:
    """Write the description into *folder*; return its path."""
    four = (*map(int, version().split(".")), 0)
    words = {
        "CompanyName": MAKER,
        "FileDescription": NAME,
        "FileVersion": version(),
        "InternalName": "tlbb-desktop",
        "LegalCopyright": MAKER,
        "ProductName": NAME,
        "ProductVersion": version(),
    }
    fixed = (
        f"FixedFileInfo(filevers={four}, prodvers={four}, mask={_ALL_FLAGS}, flags=0, OS={_WINDOWS_NT},"
        f" fileType={_A_PROGRAM}, subtype=0, date=(0, 0))"
    )
    language, codes = _ENGLISH_UNICODE
    entries = ", ".join(f"StringStruct({name!r}, {text!r})" for name, text in words.items())
    table = f"StringFileInfo([StringTable('{language:04x}{codes:04x}', [{entries}])])"
    kinds = f"[{table}, VarFileInfo([VarStruct('Translation', [{language}, {codes}])])]"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE
    path.write_text(f"VSVersionInfo(ffi={fixed}, kids={kinds})\n", encoding="utf-8")
    return path
