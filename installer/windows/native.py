"""Builds setup.exe on Windows itself, in the environment that ``build.ps1`` has filled from the wheelhouse."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from freezing import write_listing

from windows.art import draw
from windows.freeze import NAME, SPEC
from windows.identity import describe, version
from windows.setup_program import SetupProgram, SetupWrong, make, measured
from windows.sheet import write_sheets
from windows.wheelhouse import WheelhouseIncomplete, require_complete

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "build" / "windows"


def main(arguments: list[str]) -> int:
    """Build; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wheelhouse", type=Path, required=True)
    parser.add_argument("--makensis", required=True)
    options = parser.parse_args(arguments)
    try:
        require_complete(options.wheelhouse)
        made = _build(options.makensis, ROOT / "dist" / "windows" / f"TLBB-Desktop-{version()}-setup.exe")
    except (SetupWrong, WheelhouseIncomplete, subprocess.CalledProcessError) as error:
        print(f"Stopped: {error}", file=sys.stderr)
        return 1
    write_sheets(made.path, version(), made.digest, datetime.now(UTC).date())
    print(f"{made.path}: {made.size / 1e6:.1f} MB\nSHA-256 {made.digest}")
    return 0


def _build(makensis: str, output: Path) -> SetupProgram:
    art, bundle = WORK / "art", WORK / "bundle" / NAME
    draw(art)
    describe(art)
    shutil.rmtree(bundle, ignore_errors=True)
    output.parent.mkdir(parents=True, exist_ok=True)
    places = ["--distpath", str(bundle.parent), "--workpath", str(WORK / "work")]
    tools = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", *places, SPEC]
    subprocess.run(tools, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True)
    write_listing(bundle)
    subprocess.run([str(bundle / f"{NAME}-command.exe"), "--version"], check=True)
    return measured(make(bundle, art, output, makensis=makensis), bundle)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
