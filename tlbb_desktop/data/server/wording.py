"""Says a statement of the laptop's database in the server's words.

Statements are written once, for SQLite. What differs is few: how places for values are marked, and how a list is packed
into one JSON text. Words that the server merely lacks (``instr``, ``json_each``, ``max`` of two values) are functions
of the schema: see ``words.sql``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

Values = Sequence[Any] | Mapping[str, Any]

_TOKENS: Final = re.compile(r"('(?:[^']|'')*')|(\?\d+)|(\?)|(?<![:\w]):([a-z_]\w*)|(%)")
_WORDED: Final = (
    (re.compile(r"\b(\w+)\.value ->> (\d+)"), r"(\1.atom::json ->> \2)"),
    (re.compile(r"\bCROSS JOIN(?= \w+(?: AS)?(?: \w+)?\s+ON\b)"), "JOIN"),  # tells SQLite in which order to join
    (re.compile(r"\bIN \(\)"), "IN (NULL)"),
    (re.compile(r"\bSELECT coalesce\(max\(id\), 0\) \+ 1 FROM (\w+)"), r"SELECT next_key('\1', 'id')"),
)
_PACKED: Final = re.compile(r"\b(json_group_array|json_array)\(")
_PACKING: Final = {
    "json_group_array": "coalesce(json_agg({})::text, '[]')",
    "json_array": "json_build_array({})::text",
}


@lru_cache(maxsize=4096)
def said(statement: str) -> str:
    """*statement* of SQLite, without its places for values, in words that PostgreSQL knows."""
    for pattern, worded in _WORDED:
        statement = pattern.sub(worded, statement)
    found = _PACKED.search(statement)
    if found is None:
        return statement
    start, end = found.end(), _closing(statement, found.end())
    packed = _PACKING[found[1]].format(said(statement[start:end]))
    return f"{statement[: found.start()]}{packed}{said(statement[end + 1 :])}"


@lru_cache(maxsize=4096)
def said_with_places(statement: str) -> tuple[str, bool]:
    """The same with the driver's places: ``%s`` for ``?``, ``%(p1)s`` for ``?1``, ``%(name)s`` for ``:name``.

    Returns:
        The statement, and whether its places are numbered.
    """
    numbered = False

    def place(found: re.Match[str]) -> str:
        nonlocal numbered
        text, number, bare, name, _percent = found.groups()
        if text is not None:
            return str(text.replace("%", "%%"))
        if number is not None:
            numbered = True
            return f"%(p{number[1:]})s"
        if bare is not None:
            return "%s"
        return f"%({name})s" if name is not None else "%%"

    return _TOKENS.sub(place, said(statement)), numbered


def with_values(statement: str, values: Values) -> tuple[str, Values]:
    """The statement as :func:`said_with_places` says it, and *values* as its places want them."""
    worded, numbered = said_with_places(statement)
    if numbered and not isinstance(values, Mapping):
        return worded, {f"p{number}": value for number, value in enumerate(values, 1)}
    return worded, values


def _closing(statement: str, start: int) -> int:
    """Where the bracket that was opened before *start* is closed."""
    depth, quoted = 1, False
    for place in range(start, len(statement)):
        sign = statement[place]
        if sign == "'":
            quoted = not quoted
        elif not quoted:
            depth += (sign == "(") - (sign == ")")
            if not depth:
                return place
    raise ValueError(statement)
