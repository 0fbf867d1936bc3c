"""Reads a birth date as site offices write it."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, timedelta
from typing import Final

from tlbb_desktop.domain.births import OLDEST, Birth, BirthPrecision
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.people_import import Cell
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.khmer import MONTHS, search_key

_UNKNOWN_WORDS: Final = (
    "",
    "-",
    "--",
    "---",
    "–",
    "—",
    "n/a",
    "na",
    "unknown",
    "not known",
    "don't know",
    "មិនដឹង",
    "មិនស្គាល់",
    "មិនច្បាស់",
    "គ្មាន",
)
_UNKNOWN: Final = frozenset(map(search_key, _UNKNOWN_WORDS))
_UNKNOWN_STARTS: Final = frozenset(word[:1] for word in _UNKNOWN) | frozenset(" \t\n\xa0\u200b\ufeff")

_ENGLISH_MONTHS: Final = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTHS: Final = (
    {search_key(name): number for number, name in enumerate(MONTHS, 1)}
    | {name: number for number, name in enumerate(_ENGLISH_MONTHS, 1)}
    | {name[:3]: number for number, name in enumerate(_ENGLISH_MONTHS, 1)}
    | {search_key("កុម្ភះ"): 2, search_key("មិនា"): 3, "sept": 9}
)
_DAY_WORD: Final = f"(?:{search_key('ថ្ងៃ')})?(?:{search_key('ទី')})?"
_MONTH_WORD: Final = search_key("ខែ")
_MONTH: Final = (
    rf"(?:{_MONTH_WORD})?(?P<month>"
    + "|".join(sorted(map(re.escape, _MONTHS), key=len, reverse=True))
    + rf"|(?<={_MONTH_WORD})\d{{1,2}})"
)
_YEAR_WORD: Final = f"(?:{search_key('ឆ្នាំ')})?(?:{search_key('គ.ស.')}|{search_key('ព.ស.')})?"
_MIDNIGHT: Final = r"(?:t?0{1,2}:00(?::00(?:\.0+)?)?)?"

# The patterns are matched against the search key: no spaces, ASCII digits, one encoding for each word.
_FORMS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<day>\d{{1,2}})[/.-](?P<month>\d{{1,2}})[/.-](?P<year>\d{{4}}|\d{{2}}){_MIDNIGHT}",
        rf"(?P<year>\d{{4}})[/.-](?P<month>\d{{1,2}})[/.-](?P<day>\d{{1,2}}){_MIDNIGHT}",
        rf"{_DAY_WORD}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[,/.-]?{_MONTH}[,/.-]?{_YEAR_WORD}(?P<year>\d{{4}})",
        rf"{_MONTH}[,/.-]?{_YEAR_WORD}(?P<year>\d{{4}})",
        r"(?P<month>[a-z]{3,9})(?P<day>\d{1,2})(?:st|nd|rd|th)?,(?P<year>\d{4})",
        r"(?P<month>\d{1,2})[/.-](?P<year>\d{4})",
        r"(?P<year>\d{4})[/.-](?P<month>\d{1,2})",
        rf"{_YEAR_WORD}(?P<year>\d{{4}})",
    )
)
_AGE: Final = re.compile(
    rf"(?:{search_key('អាយុ')}|age[d:]?)?(?P<age>\d{{1,3}})"
    rf"(?:{search_key('ឆ្នាំ')}|years?(?:old)?|yrs?(?:old)?|y\.?o\.?|y)"
)
_BARE_AGE: Final = re.compile(r"(?P<age>\d{1,3})")

_FIRST_SERIAL_DAY: Final = date(1899, 12, 30)
_SERIALS: Final = range(7000, 73_051)
"""Days of Excel's calendar from 1919 to 2099; smaller numbers are years or ages."""
_BUDDHIST_FROM: Final = 2400
_BUDDHIST_OFFSET: Final = 543


def is_unknown(cell: Cell) -> bool:
    """Whether *cell* is empty or says that nobody knows (``-``, ``Unknown``, មិនដឹង)."""
    return isinstance(cell, str) and cell[:1].casefold() in _UNKNOWN_STARTS and search_key(cell) in _UNKNOWN


def read_birth(cell: Cell, as_of: date) -> Birth:
    """The birth date that *cell* means, with the precision that it really has.

    Read are: dates and Excel's day numbers; ``27/02/2007``, ``27-2-07``, ``2007-02-27``, ``27 Feb 2007``,
    ថ្ងៃទី២៧ ខែកុម្ភៈ ឆ្នាំ២០០៧; a month and year; a year; ``16 ឆ្នាំ``. Digits may be Khmer. The day comes before the
    month. A year of two digits is the latest that does not lie ahead; a year after 2400 is counted from the Buddha.

    Args:
        cell: from the spreadsheet, or text that somebody typed.
        as_of: the day on which the list was true; an age counts from it.

    Raises:
        Refused: it cannot be read, or there is no such day.
    """
    if isinstance(cell, datetime | date):
        return Birth.on(cell.date() if isinstance(cell, datetime) else cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _from_number(cell, as_of)
    if not isinstance(cell, str):
        raise _unreadable(cell)
    return _from_text(cell, as_of)


def _from_text(text: str, as_of: date) -> Birth:
    key = search_key(text)
    if key in _UNKNOWN:
        return Birth()
    if aged := _AGE.fullmatch(key):
        return _of_age(int(aged["age"]), text, as_of)
    if key.isdecimal() and len(key) == 5:
        return _from_number(int(key), as_of)
    for form in _FORMS:
        if found := form.fullmatch(key):
            return _from_parts(found.groupdict(), text, as_of)
    raise _unreadable(text)


def read_age(cell: Cell, as_of: date) -> Birth:
    """The birth year that an age means: full years on *as_of*, with or without the word for years.

    Raises:
        Refused: it is no number of years from 0 to 110.
    """
    if is_unknown(cell):
        return Birth()
    text = f"{cell:g}" if isinstance(cell, float) else search_key(str(cell))
    found = _BARE_AGE.fullmatch(text) or _AGE.fullmatch(text)
    if found is None:
        raise _unreadable(cell)
    return _of_age(int(found["age"]), cell, as_of)


def _of_age(age: int, cell: Cell, as_of: date) -> Birth:
    if age > OLDEST:
        raise _unreadable(cell)
    return Birth.of_age(age, as_of)


def _from_number(number: float, as_of: date) -> Birth:
    if not math.isfinite(number):
        raise _unreadable(number)
    whole = int(number)
    if whole in _SERIALS:
        return Birth.on(_FIRST_SERIAL_DAY + timedelta(days=whole))
    if whole != number or not 1000 <= whole <= 9999:
        raise _unreadable(f"{number:g}")
    return Birth(BirthPrecision.YEAR, _full_year(str(whole), 1, 1, as_of))


def _from_parts(parts: dict[str, str], cell: Cell, as_of: date) -> Birth:
    try:
        month = _month_number(parts.get("month", "1"))
        day = int(parts.get("day", "1"))
        year = _full_year(parts["year"], month, day, as_of)
        known = date(year, month, day)
    except KeyError:
        raise _unreadable(cell) from None
    except ValueError:
        raise Refused(N_("There is no such day as {text}."), place="birth", text=str(cell).strip()) from None
    if "day" in parts:
        return Birth.on(known)
    if "month" in parts:
        return Birth(BirthPrecision.MONTH, year, month)
    return Birth(BirthPrecision.YEAR, year)


def _month_number(text: str) -> int:
    return int(text) if text.isdecimal() else _MONTHS[text]


def _full_year(text: str, month: int, day: int, as_of: date) -> int:
    year = int(text)
    if len(text) == 2:
        this_century = year + 2000
        return this_century if date(this_century, month, day) <= as_of else year + 1900
    return year - _BUDDHIST_OFFSET if year > _BUDDHIST_FROM else year


def _unreadable(cell: Cell) -> Refused:
    return Refused(N_("The birth date {text} cannot be read."), place="birth", text=str(cell).strip())
