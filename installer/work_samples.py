"""The same work by the bundle and by the source, compared: people, a month, its paper, a backup and its way back."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from figures import Figure
from freezing import ROOT

SAMPLES = ROOT / "tests" / "fixtures" / "samples"
PASSPHRASE = "moon river bamboo lantern harbour"  # noqa: S105  # of a home that is thrown away
CLASS = "SR-MOTO"
MONTH = "2026-10"
#: The head of the audit, which is of one home only, and the moment of printing.
_OF_ONE_HOME = re.compile(r"[0-9A-F]{4}(?:[- ][0-9A-F]{4})+|\d{1,2}:\d\d")


class Different(Exception):
    """The bundle does other than the source; the message says where."""


def same_as_source(program: Path, folder: Path) -> Figure:
    """Do the work by *program* and by the source.

    Raises:
        Different: a result differs, or a command failed.
    """
    ours = _work([str(program)], folder / "bundle")
    sources = _work([sys.executable, "-m", "tlbb_desktop"], folder / "source")
    for what, result in sources.items():
        if ours[what] != result:
            raise Different(f"{what}: the bundle gives {str(ours[what])[:500]}, the source {str(result)[:500]}")
    return Figure("the same as from the source", ", ".join(sources))


def _work(program: Sequence[str], folder: Path) -> dict[str, Any]:
    folder.mkdir(parents=True)
    secret, recovery, home = folder / "manager.txt", folder / "recovery.txt", folder / "home"
    secret.write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    who = ["--user", "sokha", "--passphrase-file", str(secret), "--lang", "en"]

    def do(*command: object, of: Path = home) -> str:
        whole = [*program, "--home", str(of), *who, *map(str, command)]
        done = subprocess.run(whole, capture_output=True, text=True, check=False, cwd=ROOT)
        if done.returncode != 0:
            raise Different(f"{' '.join(whole)} ended with {done.returncode}: {done.stderr}")
        return done.stdout

    do("init", "--prison", "SR", "--manager", "sokha", "--recovery-file", recovery)
    people = ("people", "import", SAMPLES / "people.xlsx", "--refused", folder / "refused.csv", "--as-of", "2026-11-21")
    do(*people)
    hours = ("--days", "mon,tue,wed,thu", "--time", "08:00-11:00", "--from", "2026-10-01", "--to", "2026-10-31")
    do("class", "add", "--course", "moto", "--prison", "SR", "--code", CLASS, *hours)
    do("class", "enrol", CLASS, "--all")
    do("attendance", "import", CLASS, SAMPLES / "attendance-2026-10.xlsx", "--refused", folder / "cells.csv")
    month = ("attendance", "export", CLASS, "--month", MONTH, "--lang", "both", "--format")
    do(*month, "pdf", "--out", folder / "month.pdf")
    backup = folder / "copy.tlbb"
    do("backup", "create", backup)
    do("backup", "verify", backup)
    back = folder / "back"
    do("backup", "restore", backup, of=back)
    summary = ("attendance", "summary", CLASS, "--month", MONTH, "--json")
    checked = json.loads(do("check", "--json", of=back))
    return {
        "people": json.loads(do("people", "list", "--json")),
        "refused lines": (folder / "refused.csv").read_bytes(),
        "refused cells": (folder / "cells.csv").read_bytes(),
        "month": json.loads(do(*summary)),
        "month after the backup": json.loads(do(*summary, of=back)),
        "checks after the backup": checked,
        "paper in Khmer and English": _text_of(folder / "month.pdf"),
    }


def _text_of(paper: Path) -> list[str]:
    import pypdfium2

    pages = pypdfium2.PdfDocument(paper)
    return [_OF_ONE_HOME.sub("…", page.get_textpage().get_text_range()) for page in pages]
