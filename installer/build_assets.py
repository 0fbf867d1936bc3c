"""Generate what the package needs from ui/, resources/, translations/ and docs/guide/.

Run by the hatch hook (wheels and editable installs), by `make`, and by the freshness test (``--check``). Only outputs
older than their sources are made again; ``--check`` makes all of them and compares.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from patch_fonts import patched_font

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "tlbb_desktop"
GENERATED_FOLDERS = ("assets", "forms", "locale")
COPIED_FOLDERS = {"data": "resources/data", "demo": "resources/demo", "guide": "docs/guide"}


@dataclass(frozen=True, slots=True)
class Asset:
    """One generated file, the sources it depends on and how it is made from the first of them."""

    output: Path
    sources: tuple[Path, ...]
    make: Callable[[Path], bytes]

    def is_stale(self) -> bool:
        """Tell whether the output is missing or older than one of its sources."""
        if not self.output.exists():
            return True
        written = self.output.stat().st_mtime_ns
        return any(source.stat().st_mtime_ns > written for source in self.sources)

    def write(self) -> None:
        """Make the output and put it in place in one step, as several builds may run at once."""
        self.output.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self.output.with_name(f".{self.output.name}.{os.getpid()}")
        unfinished.write_bytes(self.make(self.sources[0]))
        unfinished.replace(self.output)


def _run_qt_tool(name: str, *arguments: str) -> bytes:
    import PySide6

    folder = Path(PySide6.__file__).parent
    program = name + (".exe" if sys.platform == "win32" else "")
    for candidate in (folder / "Qt" / "libexec" / program, folder / program):
        if candidate.exists():
            command = [str(candidate), "-g", "python", *arguments]
            return subprocess.run(command, check=True, capture_output=True).stdout.replace(b"\r\n", b"\n")
    raise SystemExit(f"{name} not found in {folder}")


def _compile_form(form: Path) -> bytes:
    return _run_qt_tool("uic", "--no-autoconnection", "--absolute-imports", "--python-paths", str(ROOT), str(form))


def _compile_resources(listing: Path) -> bytes:
    return _run_qt_tool("rcc", str(listing))


def _compile_catalogue(source: Path) -> bytes:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open("rb") as stream:
        catalogue = read_po(stream)
    compiled = BytesIO()
    write_mo(compiled, catalogue, use_fuzzy=False)
    return compiled.getvalue()


def _forms_package(_: Path) -> bytes:
    return b'"""Generated from ui/*.ui; do not edit."""\n'


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))


def _forms() -> Iterator[Asset]:
    yield Asset(PACKAGE / "forms" / "__init__.py", (Path(__file__),), _forms_package)
    for form in sorted((ROOT / "ui").glob("*.ui")):
        yield Asset(PACKAGE / "forms" / f"ui_{form.stem}.py", (form,), _compile_form)


def _icons() -> Iterator[Asset]:
    resources = ROOT / "resources"
    sources = (resources / "tlbb.qrc", *sorted((resources / "icons").rglob("*.svg")))
    yield Asset(PACKAGE / "resources_rc.py", sources, _compile_resources)


def _catalogues() -> Iterator[Asset]:
    folder = ROOT / "translations"
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        yield Asset(PACKAGE / "locale" / source.relative_to(folder).with_suffix(".mo"), (source,), _compile_catalogue)


def _fonts() -> Iterator[Asset]:
    fonts, target = ROOT / "resources" / "fonts", PACKAGE / "assets" / "fonts"
    patcher = Path(__file__).with_name("patch_fonts.py")
    for style in ("Regular", "Bold"):
        yield Asset(target / f"TLBBKhmer-{style}.ttf", (fonts / f"NotoSansKhmer-{style}.ttf", patcher), patched_font)
    for name in ("Moul-Regular.ttf", "Moul-OFL.txt", "NotoSansKhmer-OFL.txt"):
        yield Asset(target / name, (fonts / name,), Path.read_bytes)


def _copies() -> Iterator[Asset]:
    for name, folder in COPIED_FOLDERS.items():
        for source in _files(ROOT / folder):
            target = PACKAGE / "assets" / name / source.relative_to(ROOT / folder)
            yield Asset(target, (source,), Path.read_bytes)


def all_assets() -> list[Asset]:
    """Return every file that the build generates."""
    return [*_forms(), *_icons(), *_catalogues(), *_fonts(), *_copies()]


def leftovers(assets: list[Asset]) -> list[Path]:
    """Return generated files whose source is gone."""
    wanted = {asset.output for asset in assets}
    found = [path for folder in GENERATED_FOLDERS for path in _files(PACKAGE / folder)]
    return [path for path in found if path not in wanted and path.suffix != ".pyc"]


def check(assets: list[Asset]) -> list[Path]:
    """Return the generated files that differ from what their sources give now."""
    stale = [each.output for each in assets if not each.output.exists() or _differs(each)]
    return stale + leftovers(assets)


def _differs(asset: Asset) -> bool:
    return asset.output.read_bytes() != asset.make(asset.sources[0])


def build(assets: list[Asset]) -> list[Path]:
    """Make what is stale, remove what has no source any more; return the outputs written."""
    for path in leftovers(assets):
        path.unlink(missing_ok=True)
    stale = [asset for asset in assets if asset.is_stale()]
    for asset in stale:
        asset.write()
    return [asset.output for asset in stale]


def main(argv: list[str] | None = None) -> int:
    """Build, or with ``--check`` compare; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="fail when something is stale")
    only_check = parser.parse_args(argv).check
    paths = check(all_assets()) if only_check else build(all_assets())
    for path in paths:
        print("stale:" if only_check else "made:", path.relative_to(ROOT))
    return 1 if only_check and paths else 0


if __name__ == "__main__":
    raise SystemExit(main())
