"""What a new programme starts with: prisons, courses, reasons, settings. All of it can be edited later."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from datetime import datetime
from importlib.resources import files

from sqlalchemy.orm import Session

from tlbb_desktop.data.models import AbsenceReason, Course, Prison, Setting
from tlbb_desktop.data.sample_curricula import plant_missing
from tlbb_desktop.domain.errors import NotFound
from tlbb_desktop.i18n.marks import N_

#: Letters of number series: none that is read as a digit or as another letter, none that names a prison by itself.
SERIES_LETTERS = "ABDEFGHJKLMNPQRTUVWXYZ"
#: Setting with the sender ids under which the record lay on other laptops, the oldest first.
SENDERS_BEFORE = "senders_before"


def read_table(name: str) -> Iterator[dict[str, str]]:
    """The rows of a bundled table of tab-separated values; lines that start with ``#`` are remarks."""
    text = (files("tlbb_desktop") / "assets" / "data" / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    header = lines[0].split("\t")
    for line in lines[1:]:
        yield dict(zip(header, line.split("\t"), strict=True))


def known_prisons() -> tuple[tuple[str, str, str], ...]:
    """Code, Khmer and English name of the prisons that a new programme may choose from."""
    return tuple((row["code"], row["name_km"], row["name_en"]) for row in read_table("prisons.tsv"))


def new_series_letter(used: str = "") -> str:
    """A neutral letter for the number series of one laptop, at random, so that two laptops seldom share one.

    Args:
        used: letters that this programme had before.
    """
    return secrets.choice([letter for letter in SERIES_LETTERS if letter not in used] or SERIES_LETTERS)


def new_sender() -> str:
    """A random id under which this laptop sends bundles."""
    return secrets.token_hex(8)


def begin_series(session: Session, known: str, *, same_laptop: bool = False) -> None:
    """Give the laptop a number series and a sender id of its own, and remember the sender that it had before.

    Args:
        session: to write with.
        known: letters that laptops of this programme have or had.
        same_laptop: whether the sender before was this laptop, so that nothing of it can be lost.
    """
    kept = {name: session.get(Setting, name) for name in ("series_used", "sender", SENDERS_BEFORE)}
    used, sender, before = (None if row is None else json.loads(row.value) for row in kept.values())
    series = new_series_letter((used or "") + known)
    values = {
        "series": series,
        "series_used": (used or "") + series,
        "sender": new_sender(),
        SENDERS_BEFORE: [*(before or []), *([sender] if sender and not same_laptop else [])],
    }
    for name, value in values.items():
        session.merge(Setting(name=name, value=json.dumps(value)))


def plant(session: Session, prison_code: str, language: str, at: datetime, *, demonstration: bool = False) -> Prison:
    """Fill an empty record.

    Args:
        session: an open unit of work.
        prison_code: the home's prison, in any case.
        language: ``km`` or ``en``.
        at: now.
        demonstration: whether it is the demonstration programme.

    Returns:
        The home's prison.

    Raises:
        NotFound: no prison has that code.
    """
    stamp = {"created_at": at, "changed_at": at}
    prisons = [Prison(**row, active=row["code"] == prison_code.upper(), **stamp) for row in read_table("prisons.tsv")]
    own = next((prison for prison in prisons if prison.active), None)
    if own is None:
        raise NotFound(N_("There is no prison with the code {code}."), place="prison", code=prison_code)
    session.add_all(prisons)
    session.add_all(Course(**row, active=True, **stamp) for row in read_table("courses.tsv"))
    session.flush()
    plant_missing(session.connection())
    for row in read_table("reasons.tsv"):
        digit = int(row.pop("digit"))
        session.add(AbsenceReason(**row, digit=digit, weight=0, active=True, **stamp))
    series = new_series_letter()
    settings = {
        "prison": own.code,
        "language": language,
        "demonstration": demonstration,
        "series": series,
        "series_used": series,
        "sender": new_sender(),
    }
    session.add_all(Setting(name=name, value=json.dumps(value)) for name, value in settings.items())
    session.flush()
    return own
