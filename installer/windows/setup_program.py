"""setup.exe: made by NSIS from the bundle, and looked through from outside."""

from __future__ import annotations

import hashlib
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from windows.identity import version

HERE = Path(__file__).resolve().parent
SCRIPT = HERE / "setup.nsi"
MOST_BYTES = 60_000_000
#: NSIS's stub of 64 bits, which Wine without 32-bit libraries can run; what is handed out has the one of 32 bits, which
#: can tell also on a Windows of 32 bits why it does not install.
TRIAL_TARGET = "amd64-unicode"
#: Parts of NSIS that its own archive reader lists beside our files.
#: The folder beside the older program that the new one is brought to.
_BROUGHT_TO = "$INSTDIR.new/"
_OF_NSIS = ("$PLUGINSDIR", "[NSIS].nsi", "uninstall.exe")
_LISTED = re.compile(r"^Path = (.*)$", re.MULTILINE)


class SetupWrong(Exception):
    """setup.exe is not what it should be."""


@dataclass(frozen=True, slots=True)
class SetupProgram:
    """A setup.exe that was looked through.

    Args:
        path: where it lies.
        size: bytes.
        digest: SHA-256, hexadecimal.
        files: how many files of the bundle are in it.
    """

    path: Path
    size: int
    digest: str
    files: int


def make(bundle: Path, art: Path, output: Path, *, makensis: str = "makensis", trial: bool = False) -> Path:
    """Pack *bundle* into *output*.

    Args:
        bundle: the folder that is installed.
        art: the folder with its pictures.
        output: the file to write.
        makensis: the compiler.
        trial: with a stub of 64 bits, and packed quickly instead of small.

    Raises:
        subprocess.CalledProcessError: the script is wrong; makensis has said where.
    """
    output.unlink(missing_ok=True)
    kilobytes = sum(path.stat().st_size for path in bundle.rglob("*") if path.is_file()) // 1024
    given = {"VERSION": version(), "BUNDLE": bundle, "ART": art, "OUTPUT": output, "SIZE_KB": kilobytes}
    given |= {"COMPRESSOR": "zlib", "TARGET": TRIAL_TARGET} if trial else {"COMPRESSOR": "lzma"}
    strict = ["-V1"] if trial else ["-V2", "-WX"]  # NSIS's own header draws a warning from its stub of 64 bits
    defines = [f"-D{name}={value}" for name, value in given.items()]
    subprocess.run([makensis, *strict, "-INPUTCHARSET", "UTF8", *defines, str(SCRIPT)], check=True)
    return output


def look_through(setup: Path, bundle: Path) -> SetupProgram:
    """List what is inside with 7-Zip, which unpacks it to prove it whole, and compare it with *bundle*.

    Raises:
        SetupWrong: files are missing, there are others, or it is larger than it may be.
    """
    told = subprocess.run(["7z", "l", "-slt", str(setup)], check=True, capture_output=True, text=True).stdout
    listed = {name.replace("\\", "/") for name in _LISTED.findall(told)[1:]}
    inside = {name for name in (each.removeprefix(_BROUGHT_TO) for each in listed) if not name.startswith(_OF_NSIS)}
    wanted = _files(bundle)
    missing, strange = sorted(wanted - inside), sorted(inside - wanted - _folders(wanted))
    if missing or strange:
        few = ", ".join((missing + strange)[:5])
        raise SetupWrong(f"{setup.name}: {len(missing)} files are missing and {len(strange)} are strange: {few}")
    subprocess.run(["7z", "t", str(setup)], check=True, capture_output=True)
    return measured(setup, bundle)


def measured(setup: Path, bundle: Path) -> SetupProgram:
    """Write the digest of *setup* beside it; raises SetupWrong where it is larger than it may be."""
    content = setup.read_bytes()
    if len(content) > MOST_BYTES:
        raise SetupWrong(f"{setup.name} has {len(content)} bytes; {MOST_BYTES} are the most.")
    digest = hashlib.sha256(content).hexdigest()
    setup.with_name(f"{setup.name}.sha256").write_text(f"{digest}  {setup.name}\n", encoding="ascii")
    return SetupProgram(setup, len(content), digest, len(_files(bundle)))


def _files(bundle: Path) -> set[str]:
    return {path.relative_to(bundle).as_posix() for path in bundle.rglob("*") if path.is_file()}


def _folders(files: set[str]) -> set[str]:
    return {parent.as_posix() for name in files for parent in Path(name).parents}
