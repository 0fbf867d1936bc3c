"""Walks through the main job in the real window, by key and mouse events, and leaves every paper and pictures."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from tlbb_desktop.domain.clock import SystemClock
from tlbb_desktop.domain.errors import Refused, TlbbError
from tlbb_desktop.i18n import catalog
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.i18n.sentences import explain
from tlbb_desktop.services.fault_log import note_fault
from tlbb_desktop.services.home import Home
from tlbb_desktop.tour.virtual_screen import some_screen

DONE, REFUSED = 0, 1
#: Lies in a folder that a tour has used, and lists what the tour left.
LIST = "tour.txt"
OWN_FOLDERS = ("home", "demo-home", "usb", "papers", "certificates")
OWN_FILES = ("*.png", "*.xlsx", "*.csv")


def main(argv: Sequence[str]) -> int:
    """Take the tour.

    Args:
        argv: arguments without the program's name and without ``tour``.

    Returns:
        0 done; 1 not, and one sentence says why; 2 usage.
    """
    try:
        options = _parser().parse_args(argv)
    except SystemExit as stop:  # argparse has said what is wrong
        return stop.code if isinstance(stop.code, int) else REFUSED
    folder = options.out.absolute()
    catalog.activate(options.lang)
    try:
        _clear(folder)
        with some_screen():
            made = _walk(folder)
    except TlbbError as error:
        catalog.activate(options.lang)
        sys.stderr.write(f"{explain(error)}\n")
        return REFUSED
    catalog.activate(options.lang)
    _tell(folder, made)
    return DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tlbb-desktop tour",
        description="Walk through the main job in the real window; leave every paper and a picture of every step.",
        allow_abbrev=False,
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="an empty folder, or that of a tour")
    parser.add_argument("--lang", choices=catalog.LANGUAGES, default=catalog.SOURCE_LANGUAGE, help="of the messages")
    return parser


def _clear(folder: Path) -> None:
    """Take away what an earlier tour left; a folder with anything else in it is left alone."""
    if folder.exists() and not (folder / LIST).exists() and any(folder.iterdir()):
        raise Refused(
            N_("There is something in {folder} already. Nothing was changed. Choose an empty folder."),
            folder=str(folder),
        )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / LIST).touch()
    for name in OWN_FOLDERS:
        shutil.rmtree(folder / name, ignore_errors=True)
    for pattern in OWN_FILES:
        for path in folder.glob(pattern):
            path.unlink()


def _walk(folder: Path) -> list[Path]:
    """Do all acts; gives what was made, papers first."""
    from tlbb_desktop.tour.after_release import AfterRelease
    from tlbb_desktop.tour.case_way import CaseWay
    from tlbb_desktop.tour.certificate_way import CertificateWay
    from tlbb_desktop.tour.new_laptop import NewLaptop
    from tlbb_desktop.tour.papers import EveryPaper
    from tlbb_desktop.tour.stage import FAILED, Stage
    from tlbb_desktop.tour.trainers_morning import TrainersMorning

    stage = Stage(folder)
    try:
        laptop = NewLaptop(stage)
        laptop.walk()
        morning = TrainersMorning(stage)
        morning.walk()
        way = CertificateWay(stage, morning.home)
        way.walk()
        every = EveryPaper(morning.home, folder)
        every.make()
        CaseWay(stage, morning.home).walk()
        AfterRelease(stage, morning.home).walk()
    except Exception as error:
        stage.hand.photograph("trouble")
        if isinstance(error, TlbbError):
            raise
        raise Refused(FAILED, file=str(note_fault(Home(folder), error, SystemClock().now()))) from error
    finally:
        stage.end()
    return [*laptop.papers, *morning.papers, *every.papers, *way.papers, *stage.hand.pictures]


def _tell(folder: Path, made: Sequence[Path]) -> None:
    (folder / LIST).write_text("".join(f"{path.relative_to(folder).as_posix()}\n" for path in made), encoding="utf-8")
    sys.stdout.write("\n  ".join([_("The tour is done. It left:"), *map(str, made)]) + "\n")
