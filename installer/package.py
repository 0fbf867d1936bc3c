"""Build what is handed out, then try it: the bundle, the Debian package, the archive, the list of parts, the sums.

    python3 installer/bootstrap.py package [--no-trial] [--clean-root]

Everything lies in dist/ afterwards. ``--no-trial`` builds only; ``--clean-root`` also installs the Debian package on
a clean Debian 12 (needs root, and Debian's mirror), takes the tour there and removes it again.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import sys
from pathlib import Path

import archive
import clean_root
import debian_package
import shared_libraries
import trial
import work_samples
from figures import Figure, say_table
from freezing import LICENCES, MIB, ROOT, Frozen, freeze
from system_libraries import ensure

from tlbb_desktop.bundle.parts import SBOM, program_version

DIST = ROOT / "dist"


def main(argv: list[str]) -> int:
    """Build, try, and print the figures; returns 0, or 1 when something does not work. A missed bar is printed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--no-trial", action="store_true", help="build only")
    parser.add_argument("--clean-root", action="store_true", help="also install on a clean Debian, and remove again")
    options = parser.parse_args(argv)
    ensure(virtual_screen=True, package_tools=True, clean_root=options.clean_root)
    try:
        figures = _build_and_try(trial_wanted=not options.no_trial, clean_root_wanted=options.clean_root)
    except (shared_libraries.LibraryUnknown, trial.TrialFailed, work_samples.Different) as error:
        print(error, file=sys.stderr)
        return 1
    say_table(figures)
    return 0


def _build_and_try(*, trial_wanted: bool, clean_root_wanted: bool) -> list[Figure]:
    frozen = freeze()
    deb, figures = _hand_out(frozen)
    if trial_wanted:
        figures += trial.run(frozen.folder)
    if clean_root_wanted:
        figures += clean_root.run(deb)
    return figures


def _hand_out(frozen: Frozen) -> tuple[Path, list[Figure]]:
    version = program_version()
    DIST.mkdir(exist_ok=True)
    for older in filter(Path.is_file, DIST.iterdir()):  # what was built for Windows lies in a folder of its own
        older.unlink()
    depends = shared_libraries.depends(frozen.folder)
    deb = debian_package.build(frozen.folder, version, depends, DIST)
    packed = archive.build(frozen.folder, version, depends, DIST)
    shutil.copyfile(LICENCES / SBOM, DIST / f"tlbb-desktop-{version}.cdx.json")
    write_sums(DIST)
    sizes = [("bundle before trimming", frozen.untrimmed), ("bundle", frozen.size)]
    sizes += [(deb.name, deb.stat().st_size), (packed.name, packed.stat().st_size)]
    figures = [Figure(what, f"{size / MIB:.1f} MB") for what, size in sizes]
    figures += [
        Figure(f"  left out: {reason}", f"{size / MIB:.1f} MB")
        for reason, size in sorted(frozen.left_out.items(), key=lambda each: -each[1])
    ]
    return deb, figures


def write_sums(folder: Path) -> None:
    """Write SHA256SUMS over the files of *folder*, as ``sha256sum -c`` reads it."""
    files = sorted(path for path in folder.iterdir() if path.is_file() and path.name != "SHA256SUMS")
    lines = (f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files)
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="ascii", newline="\n")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
