from __future__ import annotations

from pathlib import Path

import pytest

FIXTURES = Path(__file__).parent.parent / "fixtures" / "khmer"


@pytest.fixture(scope="session")
def khmer_fixture():
    """Reads the lines of a Khmer fixture file, without its comment lines."""

    def read(name: str) -> list[str]:
        lines = (FIXTURES / name).read_text(encoding="utf-8").splitlines()
        return [line for line in lines if not line.startswith("#")]

    return read


@pytest.fixture(scope="session")
def tricky_strings(khmer_fixture) -> list[tuple[str, str, int]]:
    """Text as typed, its canonical form, and the number of clusters of that form."""
    rows = (line.split("\t") for line in khmer_fixture("tricky_strings.tsv"))
    return [(spelt(typed), spelt(typed if form == "same" else form), int(count)) for typed, form, count in rows]


def spelt(code_points: str) -> str:
    return "".join(chr(int(point, 16)) for point in code_points.split())
