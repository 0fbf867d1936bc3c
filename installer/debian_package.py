"""The package for Debian and Ubuntu. What people entered stays through removal; an upgrade copies it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from freezing import ROOT, size_of

LINUX = ROOT / "installer" / "linux"
ICON = ROOT / "resources" / "icons" / "app.svg"
INSTALLED = Path("usr/lib/tlbb-desktop")
CONTROL = """\
Package: tlbb-desktop
Version: {version}
Architecture: amd64
Maintainer: This Life Beyond Bars <tlbb-desktop@tlbb.invalid>
Installed-Size: {kibibytes}
Depends: {depends}
Suggests: fonts-khmeros
Section: misc
Priority: optional
Description: class registers, case plans and releases, without internet
 For the staff of This Life Beyond Bars, who work inside Cambodian prisons.
 In Khmer and English. What is entered lies encrypted in the home folder of
 each user and stays there when this package is removed or purged.
"""
COPYRIGHT = """\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: TLBB Desktop
Comment: The parts that are bundled, with their licences, stand in
 /usr/lib/tlbb-desktop/_internal/licences, one folder for each, and as a list in
 sbom.cdx.json there. For Qt and PySide6 (LGPL-3) see Qt.md in the folder Qt.
"""


def build(bundle: Path, version: str, depends: list[str], folder: Path) -> Path:
    """Build the package of *bundle* into *folder*; return its path."""
    tree = ROOT / "build" / "debian"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(bundle, tree / INSTALLED, symlinks=True, copy_function=_link)
    _file(tree / "usr/share/applications/tlbb-desktop.desktop", (LINUX / "tlbb-desktop.desktop").read_bytes())
    _file(tree / "usr/share/icons/hicolor/scalable/apps/tlbb-desktop.svg", ICON.read_bytes())
    _file(tree / "usr/share/doc/tlbb-desktop/copyright", COPYRIGHT.encode())
    (tree / "usr/bin").mkdir()
    (tree / "usr/bin/tlbb-desktop").symlink_to("../lib/tlbb-desktop/tlbb-desktop")
    kibibytes = size_of(tree) // 1024
    control = CONTROL.format(version=version, kibibytes=kibibytes, depends=", ".join(depends))
    _file(tree / "DEBIAN/control", control.encode())
    _file(tree / "DEBIAN/postinst", after_unpacking().encode(), mode=0o755)
    target = folder / f"tlbb-desktop_{version}_amd64.deb"
    subprocess.run(["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(tree), str(target)], check=True)
    return target


def after_unpacking() -> str:
    """What dpkg runs after it has unpacked the package, over an older one or not."""
    parts = ((LINUX / name).read_text(encoding="utf-8") for name in ("places.sh", "postinst.sh"))
    return "\n".join(("#!/bin/sh\nset -e", *parts))


def _file(path: Path, content: bytes, *, mode: int = 0o644) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    path.chmod(mode)


def _link(source: str, target: str) -> str:
    os.link(source, target)
    return target
