"""Khmer text: one stored form, search, dictionary order, words, line breaks, digits, dates and the lunar calendar.

Pure Python, without input or output, and independent of the rest of the program.
"""

from __future__ import annotations

from tlbb_desktop.khmer.breaking import breaks, forget_words, with_break_hints, without_break_hints
from tlbb_desktop.khmer.clusters import Fault, Problem, clusters, problems
from tlbb_desktop.khmer.collation import sort_key
from tlbb_desktop.khmer.digits import to_ascii_digits, to_khmer_digits
from tlbb_desktop.khmer.lunar import LunarDate, lunar_date
from tlbb_desktop.khmer.normal import canonical, normalise, normalise_name
from tlbb_desktop.khmer.official_dates import MONTHS, WEEKDAYS, official_date
from tlbb_desktop.khmer.romanised import latin_key
from tlbb_desktop.khmer.search import holds, search_key
from tlbb_desktop.khmer.segmentation import cluster_breaks, words

__all__ = [
    "MONTHS",
    "WEEKDAYS",
    "Fault",
    "LunarDate",
    "Problem",
    "breaks",
    "canonical",
    "cluster_breaks",
    "clusters",
    "forget_words",
    "holds",
    "latin_key",
    "lunar_date",
    "normalise",
    "normalise_name",
    "official_date",
    "problems",
    "search_key",
    "sort_key",
    "to_ascii_digits",
    "to_khmer_digits",
    "with_break_hints",
    "without_break_hints",
    "words",
]
