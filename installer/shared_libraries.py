"""What the bundle needs of a Debian system: the packages that own the libraries that it is linked with."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

_NEEDED = re.compile(r"^\s+NEEDED\s+(\S+)", re.MULTILINE)
_GLIBC = re.compile(r"\bGLIBC_(\d+)\.(\d+)")
_IN_THE_CACHE = re.compile(r"^\s+(\S+) \([^)]*x86-64[^)]*\) => (\S+)", re.MULTILINE)
#: The C library and its parts; its package is named with the version that is needed.
_OF_GLIBC = frozenset({"libc6"})


class LibraryUnknown(Exception):
    """A library that the bundle needs belongs to no package of this system."""


def depends(folder: Path) -> list[str]:
    """The Debian packages that the bundle in *folder* needs, as a package's ``Depends`` names them.

    Raises:
        LibraryUnknown: a library that is needed is missing here.
    """
    files = list(_elf_files(folder))
    told = {file: _objdump(file) for file in files}
    inside = {path.name for path in folder.rglob("*.so*")}
    needed = {name for text in told.values() for name in _NEEDED.findall(text)} - inside
    packages = {_package_of(name, _cache()) for name in needed} - _OF_GLIBC
    return [f"libc6 (>= {_oldest_glibc(told.values())})", *sorted(packages)]


def _elf_files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as stream:
                if stream.read(4) == b"\x7fELF":
                    yield path


def _objdump(file: Path) -> str:
    return subprocess.run(["objdump", "-p", str(file)], check=True, capture_output=True, text=True).stdout


def _oldest_glibc(texts: object) -> str:
    found = {(int(major), int(minor)) for text in list(texts) for major, minor in _GLIBC.findall(text)}  # type: ignore[call-overload]
    return ".".join(map(str, max(found)))


def _cache() -> dict[str, str]:
    text = subprocess.run(["/sbin/ldconfig", "-p"], check=True, capture_output=True, text=True).stdout
    return dict(_IN_THE_CACHE.findall(text))


def _package_of(library: str, cache: dict[str, str]) -> str:
    found = cache.get(library)
    for place in {found, str(Path(found).resolve()), f"/usr{found}"} if found else ():
        command = ["dpkg-query", "--search", str(place)]
        said = subprocess.run(command, check=False, capture_output=True, text=True).stdout
        if said:
            return said.partition(":")[0]
    raise LibraryUnknown(f"{library} belongs to no package of this system; install it, then package again.")
