"""Birth dates as site offices write them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tlbb_desktop.domain.birth_text import is_unknown, read_age, read_birth
from tlbb_desktop.domain.births import Birth, BirthPrecision
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.khmer import to_khmer_digits

AS_OF = date(2026, 11, 21)
DAYS = st.dates(date(1920, 1, 1), AS_OF)
KHMER_MONTHS = ["មករា", "កុម្ភៈ", "មីនា", "មេសា", "ឧសភា", "មិថុនា", "កក្កដា", "សីហា", "កញ្ញា", "តុលា", "វិច្ឆិកា", "ធ្នូ"]
ENGLISH_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def read(cell: object) -> tuple[str, str]:
    birth = read_birth(cell, AS_OF)
    return birth.precision.value, birth.text()


@pytest.mark.parametrize(
    ("cell", "precision", "text"),
    [
        ("27/02/07", "day", "2007-02-27"),
        ("27/02/2007", "day", "2007-02-27"),
        ("7.2.2007", "day", "2007-02-07"),
        (" 27 - 2 - 2007 ", "day", "2007-02-27"),
        ("2011-02-08", "day", "2011-02-08"),
        ("2011-02-08 00:00:00", "day", "2011-02-08"),
        ("១២/១១/២០១០", "day", "2010-11-12"),
        ("ថ្ងៃទី២៧ ខែកុម្ភៈ ឆ្នាំ២០០៧", "day", "2007-02-27"),
        ("ថ្ងៃទី\u200b២៧\u200bខែ\u200bកុម្ភៈ\u200bឆ្នាំ\u200b២០០៧", "day", "2007-02-27"),
        ("ថ្ងៃទី ២៧ ខែ ០២ ឆ្នាំ ២០០៧", "day", "2007-02-27"),
        ("27-Feb-2007", "day", "2007-02-27"),
        ("27th February 2007", "day", "2007-02-27"),
        ("February 27, 2007", "day", "2007-02-27"),
        ("12/05/2550", "day", "2007-05-12"),
        (date(2007, 7, 14), "day", "2007-07-14"),
        (datetime.fromisoformat("2007-07-14T09:30"), "day", "2007-07-14"),
        (39277, "day", "2007-07-14"),
        (39277.0, "day", "2007-07-14"),
        ("39277", "day", "2007-07-14"),
        ("02/2007", "month", "2007-02"),
        ("2007-02", "month", "2007-02"),
        ("ខែកុម្ភៈ ឆ្នាំ២០០៧", "month", "2007-02"),
        ("Feb 2007", "month", "2007-02"),
        ("2009", "year", "2009"),
        (2009, "year", "2009"),
        (2009.0, "year", "2009"),
        ("ឆ្នាំ ២០០៩", "year", "2009"),
        ("ព.ស. ២៥៥២", "year", "2009"),
        (2552, "year", "2009"),
        ("16 ឆ្នាំ", "age", "2010"),
        ("១៦\u200bឆ្នាំ", "age", "2010"),
        ("អាយុ 16 ឆ្នាំ", "age", "2010"),
        ("16 years", "age", "2010"),
        ("16 years old", "age", "2010"),
        ("16 y.o.", "age", "2010"),
        ("Unknown", "unknown", ""),
        ("មិនដឹង", "unknown", ""),
        ("មិន\u200bដឹង", "unknown", ""),
        ("-", "unknown", ""),
        ("", "unknown", ""),
    ],
    ids=repr,
)
def test_each_way_to_write_a_birth_date_is_read_with_its_precision(cell, precision, text) -> None:
    assert read(cell) == (precision, text)


@pytest.mark.parametrize(
    "cell",
    [
        "?",
        "abc",
        "31/02/2010",
        "30/2/2010",
        "29/02/2007",
        "00/2010",
        "0/5/2010",
        "1/1/0000",
        "02/27/2007",
        "16",
        "1/2/3/4",
        "Xyz 2, 2007",
        "200 years",
        16,
        -5,
        2009.5,
        float("inf"),
        float("nan"),
        1e300,
        True,
        timedelta(3),
    ],
    ids=repr,
)
def test_what_cannot_be_read_is_refused_with_the_field_and_the_text(cell) -> None:
    with pytest.raises(Refused) as refusal:
        read_birth(cell, AS_OF)
    assert refusal.value.place == "birth"
    assert str(refusal.value.fields["text"]) in str(refusal.value)


def test_a_date_ahead_is_read_as_written_and_left_to_the_check() -> None:
    birth = read_birth("12/05/2031", AS_OF)
    assert birth == Birth.on(date(2031, 5, 12))
    with pytest.raises(Refused, match="future"):
        birth.check(AS_OF)


def test_a_year_of_two_digits_is_the_latest_that_does_not_lie_ahead() -> None:
    assert read("21/11/26") == ("day", "2026-11-21")
    assert read("22/11/26") == ("day", "1926-11-22")
    assert read("29/02/28") == ("day", "1928-02-29")


@given(DAYS)
def test_a_day_is_read_in_every_notation(day: date) -> None:
    expected = Birth.on(day)
    numbers = f"{day.day}/{day.month}/{day.year}"
    khmer = f"ថ្ងៃទី{day.day} ខែ{KHMER_MONTHS[day.month - 1]} ឆ្នាំ{day.year}"
    serial = (day - date(1899, 12, 30)).days
    buddhist = f"{day.day:02d}-{day.month:02d}-{day.year + 543}"
    english = f"{day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}"
    for text in (numbers, to_khmer_digits(numbers), khmer, to_khmer_digits(khmer), english, day.isoformat()):
        assert read_birth(text, AS_OF) == expected
    assert read_birth(serial, AS_OF) == expected
    if (day.month, day.day) != (2, 29):
        assert read_birth(buddhist, AS_OF) == expected


@given(st.integers(0, 110))
def test_an_age_counts_from_the_day_of_the_list(age: int) -> None:
    expected = Birth(BirthPrecision.AGE, AS_OF.year - age)
    assert read_birth(f"{age} ឆ្នាំ", AS_OF) == expected
    assert read_age(float(age), AS_OF) == read_age(str(age), AS_OF) == read_age(f"{age} years", AS_OF) == expected


@pytest.mark.parametrize("cell", ["sixteen", 16.5, 111, "-3"])
def test_an_age_is_a_number_of_years(cell) -> None:
    with pytest.raises(Refused):
        read_age(cell, AS_OF)


@given(st.one_of(st.text(max_size=30), st.floats(), st.integers(), st.dates(), st.datetimes(), st.booleans()))
def test_whatever_a_cell_holds_it_is_read_or_refused(cell) -> None:
    try:
        birth = read_birth(cell, AS_OF)
    except Refused:
        return
    assert Birth.parse(birth.precision, birth.text()) == birth


def test_only_words_for_not_knowing_are_unknown() -> None:
    assert is_unknown(" n/a ")
    assert is_unknown("")
    assert not is_unknown("Nou")
    assert not is_unknown(0)
