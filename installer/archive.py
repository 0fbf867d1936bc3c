"""The archive for every Linux: the program, and scripts that put it in its place or take it away."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from debian_package import ICON, LINUX
from freezing import ROOT


def build(bundle: Path, version: str, depends: list[str], folder: Path) -> Path:
    """Pack *bundle* with its scripts into *folder*; return the archive's path."""
    name = f"tlbb-desktop-{version}-linux-x86_64"
    tree = ROOT / "build" / "archive" / name
    shutil.rmtree(tree.parent, ignore_errors=True)
    shutil.copytree(bundle, tree / "program", symlinks=True)
    (tree / "share").mkdir()
    shutil.copyfile(ICON, tree / "share" / "tlbb-desktop.svg")
    shutil.copyfile(LINUX / "tlbb-desktop.desktop", tree / "share" / "tlbb-desktop.desktop")
    for script in ("install.sh", "uninstall.sh", "places.sh"):
        shutil.copy(LINUX / script, tree / script)
    packages = " ".join(each.partition(" ")[0] for each in depends)
    (tree / "packages.txt").write_text(f"{packages}\n", encoding="ascii")
    target = folder / f"{name}.tar.xz"
    owner = ["--owner=0", "--group=0", "--numeric-owner", "--sort=name"]
    command = ["tar", "--create", "--file", str(target), *owner, "--use-compress-program=xz -T0 -6", name]
    subprocess.run(command, cwd=tree.parent, check=True)
    return target
