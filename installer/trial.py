"""Tries the bundle that was built: its start, Today over a million marks, and whether it works as the source does."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

import work_samples
from figures import Figure
from freezing import ROOT, WORK, write_listing

ROUNDS = 15
MARKS = 1_000_000
MOST_RATIO = 1.4
MOST_SECONDS = 0.5
PICTURES = 170
LATE_MODULES = ("alembic.command", "argon2", "khmercut", "psycopg", "pypdfium2", "reportlab.pdfgen.canvas", "zxingcpp")
ELSEWHERE = "/nonexistent/elsewhere"
HOSTILE = {
    "PYTHONPATH": ELSEWHERE,
    "PYTHONHOME": ELSEWHERE,
    "QT_PLUGIN_PATH": ELSEWHERE,
    "QT_QPA_PLATFORM_PLUGIN_PATH": ELSEWHERE,
    "QT_QPA_PLATFORMTHEME": "elsewhere",
    "QML2_IMPORT_PATH": ELSEWHERE,
    "SSLKEYLOGFILE": f"{ELSEWHERE}/keys",
    "LD_LIBRARY_PATH": ELSEWHERE,
    "LD_PRELOAD": f"{ELSEWHERE}/none.so",
}


class TrialFailed(Exception):
    """The bundle does not do what it must; the message says what."""


def run(bundle: Path) -> list[Figure]:
    """Try *bundle*; returns what was measured and done.

    Raises:
        TrialFailed: something does not work at all.
    """
    from tlbb_desktop.tour.virtual_screen import some_screen

    with tempfile.TemporaryDirectory(prefix="tlbb-trial-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        copy = _with_probe(bundle, folder / "bundle")
        steps: tuple[Callable[[], Figure], ...] = (
            lambda: work_samples.same_as_source(copy / "tlbb-desktop", folder / "work"),
            lambda: _late_modules(copy),
            lambda: _hostile_environment(copy),
            lambda: _start(copy, folder),
            lambda: _today(copy, folder),
            lambda: _lock(copy, folder),
            lambda: _damage(bundle, folder),
            lambda: _install_script(_demonstration(copy, folder), folder / "account"),
            lambda: _tour(copy / "tlbb-desktop", folder / "tour"),
        )
        figures = []
        with some_screen():
            for step in steps:
                figures.append(step())
                print(f"{figures[-1].what}: {figures[-1].value}", flush=True)
        return figures


def _with_probe(bundle: Path, target: Path) -> Path:
    """A copy of the bundle with the two programs that only the trial uses."""
    shutil.copytree(bundle, target, symlinks=True)
    for name in ("empty-window", "bundle-probe"):
        shutil.copy2(WORK / name, target / name)
    write_listing(target)
    return target


def _late_modules(copy: Path) -> Figure:
    _said(copy / "bundle-probe", "modules", *LATE_MODULES)
    return Figure("modules that are loaded late", f"{len(LATE_MODULES)} of {len(LATE_MODULES)}")


def _hostile_environment(copy: Path) -> Figure:
    """With everything redirected the probe sees nothing of it, nor does the window, which would find no plug-in."""
    seen = json.loads(_said(copy / "bundle-probe", "environment", environment={**os.environ, **HOSTILE}))
    kept = HOSTILE.keys() & set(seen["names"])
    if kept or any("elsewhere" in place for place in seen["path"]):
        raise TrialFailed(f"The bundle listens to {', '.join(sorted(kept)) or seen['path']}.")
    return Figure("redirecting variables that are ignored", f"{len(HOSTILE)} of {len(HOSTILE)}")


def _start(copy: Path, folder: Path) -> Figure:
    """New processes by turns, from the start to the first paint of the login page and of an empty window."""
    home = _demonstration(copy, folder)
    ratios, seconds = [], []
    for _round in range(ROUNDS):
        ours = _until_painted([str(copy / "tlbb-desktop"), "--home", str(home), "--painted"])
        empty = _until_painted([str(copy / "empty-window")])
        ratios.append(ours / empty)
        seconds.append((ours, empty))
    ours, empty = median(each for each, _other in seconds), median(each for _other, each in seconds)
    ratio = median(ratios)
    value = f"{ours * 1000:.0f} ms, empty window {empty * 1000:.0f} ms: {ratio:.2f} ×"
    return Figure("login page painted", value, f"{MOST_RATIO} ×", ratio > MOST_RATIO)


def _demonstration(copy: Path, folder: Path) -> Path:
    home = folder / "demo"
    if not home.exists():
        _said(copy / "tlbb-desktop", "--home", str(home), "demo")
    return home


def _until_painted(command: list[str]) -> float:
    started = perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        line = process.stdout.readline() if process.stdout else b""
        taken = perf_counter() - started
        process.kill()
    if line.strip() != b"painted":
        raise TrialFailed(f"{command[0]} painted nothing.")
    return taken


def _today(copy: Path, folder: Path) -> Figure:
    """From the moment when the keys are open to the first paint of the filled page, in the bundle."""
    sys.path.append(str(ROOT))
    from tests.bench.homes import PASSPHRASE, USER
    from tests.bench.school import school

    filled = school(folder, MARKS)
    filled.desk.close()
    secret = folder / "passphrase.txt"
    secret.write_text(PASSPHRASE, encoding="utf-8")
    arguments = ("today", str(filled.desk.home.path), USER, str(secret))
    rounds = [json.loads(_said(copy / "bundle-probe", *arguments)) for _round in range(5)]
    seconds, work = (median(each) for each in zip(*rounds, strict=True))
    what = f"Today filled after the keys are open, {MARKS:,} marks"
    return Figure(what, f"{seconds:.2f} s, {work:.2f} s of CPU", f"{MOST_SECONDS} s", seconds > MOST_SECONDS)


def _lock(copy: Path, folder: Path) -> Figure:
    """Locking ends the process that holds the keys; another one stands with the login page."""
    home = _demonstration(copy, folder)
    login = home / "demonstration" / "dara.txt"
    follower = int(_said(copy / "bundle-probe", "lock", str(home), "dara", str(login)))
    command = Path(f"/proc/{follower}/exe").resolve()
    os.kill(follower, signal.SIGTERM)
    if command != (copy / "tlbb-desktop").resolve():
        raise TrialFailed(f"After the lock {command} stands there.")
    return Figure("lock: the process with the keys ends, a new window stands", "yes")


def _damage(bundle: Path, folder: Path) -> Figure:
    """A changed file of the same size, a lost one and an additional one: no command opens the record."""
    home = _demonstration(folder / "bundle", folder)
    login = ["--home", str(home), "--user", "dara", "--passphrase-file", str(home / "demonstration" / "dara.txt")]
    for number, (what, hurt) in enumerate(HURTS.items()):
        copy = folder / f"hurt-{number}"
        shutil.copytree(bundle, copy, symlinks=True)
        hurt(copy / "_internal")
        command = [str(copy / "tlbb-desktop"), *login, "--lang", "en", "people", "list"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if (done.returncode, len(done.stderr.splitlines())) != (3, 1) or done.stdout:
            raise TrialFailed(f"{what}: {done.returncode} {done.stdout[:200]} {done.stderr}")
    return Figure("a hurt program opens no record and ends with 3", f"{len(HURTS)} of {len(HURTS)}")


def _flip_a_bit(inside: Path) -> None:
    font = next(inside.rglob("TLBBKhmer-Regular.ttf"))
    content = bytearray(font.read_bytes())
    content[len(content) // 2] ^= 1
    font.write_bytes(content)


HURTS: dict[str, Callable[[Path], object]] = {
    "changed": _flip_a_bit,
    "missing": lambda inside: next(inside.rglob("Moul-Regular.ttf")).unlink(),
    "additional": lambda inside: (inside / "PySide6" / "helpful.so").write_bytes(b"x"),
}


def _install_script(demonstration: Path, account: Path) -> Figure:
    """install.sh of the archive, over a record: refused by a window, backed up, and mending half a program."""
    place, record = account / ".local/lib/tlbb-desktop", account / ".local/share/tlbb-desktop"
    shutil.copytree(demonstration, record)
    (unpacked,) = (ROOT / "build" / "archive").iterdir()
    environment = {**os.environ, "HOME": str(account), "XDG_DATA_HOME": str(record.parent), "LC_ALL": "C.UTF-8"}

    def install(code: int = 0) -> None:
        command = ["sh", str(unpacked / "install.sh"), "--only-me"]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
        if done.returncode != code:
            raise TrialFailed(f"install.sh ended with {done.returncode} and not {code}: {done.stdout} {done.stderr}")

    install()
    program = place / "program" / "tlbb-desktop"
    window = [str(program), "--home", str(record), "--painted"]
    with subprocess.Popen(window, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        if process.stdout is None or process.stdout.readline().strip() != b"painted":
            raise TrialFailed("The program that install.sh brought paints nothing.")
        install(code=1)
        process.kill()
    for path in sorted(path for path in program.parent.rglob("*") if path.is_file())[::2]:
        path.unlink()
    install()
    if not any((record / "backups").glob("before-update-*")):
        raise TrialFailed("install.sh made no backup before its update.")
    login = ["--user", "dara", "--passphrase-file", str(record / "demonstration" / "dara.txt")]
    _said(program, "check", "--program")
    _said(program, "--home", str(record), *login, "people", "list")
    return Figure("install.sh: kept away by a window; half a program backed up and mended", "yes")


def _tour(program: Path, out: Path) -> Figure:
    started = perf_counter()
    _said(program, "tour", "--out", str(out))
    pictures = len(list(out.glob("*.png")))
    papers = len(list((out / "papers").glob("*.pdf")))
    value = f"{pictures} pictures, {papers} papers, {perf_counter() - started:.0f} s"
    return Figure("tour in the bundle", value, f"{PICTURES} pictures", pictures < PICTURES)


def _said(program: Path, *arguments: str, environment: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        [str(program), *arguments], capture_output=True, text=True, check=False, env=environment, cwd=ROOT
    )
    if done.returncode != 0:
        raise TrialFailed(f"{program.name} {' '.join(arguments)} ended with {done.returncode}: {done.stderr[-2000:]}")
    return done.stdout
