"""Khmer text: one stored form, search, dictionary order, digits and the places where it may be cut.

Pure Python, without input or output, and independent of the rest of the program.
"""

from __future__ import annotations

from tlbb_desktop.khmer.clusters import Fault, Problem, clusters, problems
from tlbb_desktop.khmer.collation import sort_key
from tlbb_desktop.khmer.digits import to_ascii_digits, to_khmer_digits
from tlbb_desktop.khmer.normal import canonical, normalise, normalise_name
from tlbb_desktop.khmer.search import search_key

__all__ = [
    "Fault",
    "Problem",
    "canonical",
    "clusters",
    "normalise",
    "normalise_name",
    "problems",
    "search_key",
    "sort_key",
    "to_ascii_digits",
    "to_khmer_digits",
]
