"""The parts of the bundle: a CycloneDX list made from what is installed, and the licence text of each."""

from __future__ import annotations

import json
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution, packages_distributions
from pathlib import Path
from typing import Any

from tlbb_desktop.bundle.parts import SBOM

ROOT = Path(__file__).resolve().parents[1]
LICENCES = ROOT / "LICENSES"
PROGRAM = "tlbb-desktop"
#: Parts whose wheels hold no licence text, and the texts of ours that are theirs.
TEXTS = {
    "khmercut": ("Apache-2.0.txt",),
    "PySide6_Essentials": ("Qt.md", "LGPL-3.0.txt", "GPL-3.0.txt"),
    "shiboken6": ("Qt.md", "LGPL-3.0.txt", "GPL-3.0.txt"),
    "qt": ("Qt.md", "LGPL-3.0.txt", "GPL-3.0.txt"),
}
#: What the metadata of some parts does not say, or says in other words than SPDX.
SPDX = {
    "base45": "BSD-2-Clause",
    "khmercut": "Apache-2.0",
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",
    "python-crfsuite": "MIT",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "reportlab": "BSD-3-Clause",
    "segno": "BSD-3-Clause",
    "sqlcipher3": "Zlib AND BSD-3-Clause",
    "uharfbuzz": "Apache-2.0",
}
_ENDS_OF_LICENCE_FILES = ("LICEN", "COPYING", "NOTICE", "AUTHORS")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the bundle.

    Args:
        name: as its makers call it.
        version: its version.
        licence: an SPDX expression, or its makers' words.
        purl: where it is published, as a package URL.
        texts: the files with its licence.
    """

    name: str
    version: str
    licence: str
    purl: str
    texts: tuple[Path, ...] = ()


def bundled_parts(modules: Iterable[str], libraries: Iterable[Path]) -> list[Part]:
    """All parts of the bundle in the order of their names.

    Args:
        modules: full names of the Python modules inside.
        libraries: the files of the system that were copied into it.
    """
    parts = [*_wheels(modules), _python(), _qt(), *_own(), *_packages_of_the_system(libraries)]
    return sorted(parts, key=lambda part: part.name.lower())


def write(folder: Path, parts: list[Part]) -> None:
    """Write the list and the licence texts into an empty *folder*."""
    shutil.rmtree(folder, ignore_errors=True)
    for part in parts:
        for text in part.texts:
            target = folder / part.name / text.name
            number = 2
            while target.exists():
                target, number = folder / part.name / f"{number}-{text.name}", number + 1
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(text, target)
    (folder / SBOM).write_text(json.dumps(as_cyclonedx(parts), ensure_ascii=False, indent=1), encoding="utf-8")


def as_cyclonedx(parts: list[Part]) -> dict[str, Any]:
    """The list as CycloneDX 1.6; it names no moment, so that the same parts give the same list."""
    version = distribution(PROGRAM).version
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": PROGRAM, "version": version}},
        "components": [
            {
                "type": "library",
                "name": part.name,
                "version": part.version,
                "licenses": [_licence(part.licence)],
                "purl": part.purl,
            }
            for part in parts
        ],
    }


def _licence(words: str) -> dict[str, Any]:
    is_expression = re.fullmatch(r"[A-Za-z0-9.+-]+(?: (?:AND|OR|WITH) [A-Za-z0-9.+-]+)*", words)
    return {"expression": words} if is_expression else {"license": {"name": words}}


def metadata_files(modules: Iterable[str]) -> Iterator[tuple[str, Path]]:
    """Where each wheel's METADATA lies, in the bundle and here: libraries and a diagnosis ask it for versions."""
    for wheel in _distributions(modules):
        for file in wheel.files or ():
            if file.name == "METADATA" and ".dist-info/" in file.as_posix():
                yield file.as_posix(), Path(str(file.locate()))


def _distributions(modules: Iterable[str]) -> list[Distribution]:
    owners = packages_distributions()
    names = {owner for module in modules for owner in owners.get(module.partition(".")[0], ())}
    return [distribution(name) for name in sorted(names - {PROGRAM})]


def _wheels(modules: Iterable[str]) -> Iterator[Part]:
    for wheel in _distributions(modules):
        published = str(wheel.metadata["Name"])
        texts = tuple(LICENCES / each for each in TEXTS.get(published, ())) or tuple(_texts_of(wheel))
        yield Part(
            published,
            wheel.version,
            SPDX.get(published) or _licence_of(wheel),
            f"pkg:pypi/{published.lower().replace('_', '-')}@{wheel.version}",
            texts,
        )


def _licence_of(wheel: Distribution) -> str:
    told = [str(wheel.metadata[name]) for name in ("License-Expression", "License") if name in wheel.metadata]
    return told[0].splitlines()[0].strip() if told else "see its text"


def _texts_of(wheel: Distribution) -> Iterator[Path]:
    for file in wheel.files or ():
        inside = ".dist-info/" in file.as_posix()
        if inside and ("licenses/" in file.as_posix() or file.name.upper().startswith(_ENDS_OF_LICENCE_FILES)):
            path = Path(str(file.locate()))
            if path.is_file():
                yield path


def _python() -> Part:
    version = platform.python_version()
    places = (Path(sysconfig.get_path("stdlib")), Path(sys.base_prefix))
    texts = [place / name for place in places for name in ("LICENSE.txt", "LICENSE") if (place / name).is_file()]
    return Part("Python", version, "PSF-2.0", f"pkg:generic/cpython@{version}", tuple(texts[:1]))


def _qt() -> Part:
    version = distribution("PySide6_Essentials").version
    texts = tuple(LICENCES / name for name in TEXTS["qt"])
    return Part("Qt", version, "LGPL-3.0-only", f"pkg:generic/qt@{version}", texts)


def _own() -> Iterator[Part]:
    """What lies among our resources; see LICENSES/README.md."""
    for name, licence, text in (
        ("Noto Sans Khmer", "OFL-1.1", "OFL-NotoSansKhmer.txt"),
        ("Moul", "OFL-1.1", "OFL-Moul.txt"),
        ("Lucide icons", "ISC AND MIT", "ISC-Lucide.txt"),
        ("momentkh", "MIT", "MIT-momentkh.txt"),
    ):
        purl = f"pkg:generic/{name.lower().replace(' ', '-')}"
        yield Part(name, "see its text", licence, purl, (LICENCES / text,))


def _packages_of_the_system(libraries: Iterable[Path]) -> Iterator[Part]:
    """The Debian packages that own *libraries*; elsewhere the system copies none."""
    if shutil.which("dpkg-query") is None:
        return
    owners = sorted({owner for library in libraries for owner in _owners_of(library)})
    for owner in owners:
        version = _said_by("dpkg-query", "--show", "--showformat=${Version}", owner)
        name = owner.partition(":")[0]
        text = Path("/usr/share/doc") / name / "copyright"
        texts = (text,) if text.is_file() else ()
        yield Part(name, version, "see its text", f"pkg:deb/debian/{name}@{version}", texts)


def _owners_of(library: Path) -> set[str]:
    """Debian 12 writes /lib where files lie in /usr/lib, so both are asked for."""
    real = library.resolve()
    for place in (real, library, Path(*real.parts[:1], *real.parts[2:])):
        lines = _said_by("dpkg-query", "--search", str(place)).splitlines()
        if lines:
            return {line.partition(": ")[0].split(",")[0] for line in lines}
    return set()


def _said_by(*command: str) -> str:
    return subprocess.run(command, check=False, capture_output=True, text=True).stdout.strip()
