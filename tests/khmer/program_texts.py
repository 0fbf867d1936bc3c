"""What the program says in Khmer, for tests that hold for all of it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]


@cache
def program_texts() -> tuple[str, ...]:
    """Every Khmer text of the catalogue, the guide and the demonstration."""
    with (ROOT / "translations/km/LC_MESSAGES/tlbb.po").open("rb") as stream:
        catalogue = read_po(stream)
    texts = [
        part for entry in catalogue for part in ([entry.string] if isinstance(entry.string, str) else entry.string)
    ]
    folders = ("docs/guide/km", "resources/demo", "tlbb_desktop/demonstration")
    files = [path for folder in folders for path in sorted((ROOT / folder).rglob("*"))]
    for path in files:
        if path.suffix in {".md", ".tsv", ".csv", ".json", ".toml", ".py"}:
            texts += path.read_text(encoding="utf-8").splitlines()
    found = tuple(text for text in dict.fromkeys(texts) if re.search("[\u1780-\u17b3]", text))
    assert len(found) > 1000
    return found
