"""Extract the program's strings into translations/tlbb.pot and tell whether it is up to date.

``extract`` writes the template, ``check`` fails when it is stale. The template holds neither dates nor line numbers, so
that it changes only when a string does.
"""

from __future__ import annotations

import argparse
import re
import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.pofile import write_po

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = ROOT / "translations" / "tlbb.pot"
KEYWORDS = {**DEFAULT_KEYWORDS, **parse_keywords(["_n:1,2", "_p:1c,2", "N_", "Np_:1c,2"])}
TRANSLATOR_NOTE = "Translators:"
UNUSED_HEADERS = re.compile(
    rb'^"(Project-Id-Version|Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team'
    rb"|Generated-By).*\n",
    re.MULTILINE,
)


def _source_folder(folder: str) -> bool:
    inside = Path(folder).relative_to(ROOT).parts
    return not inside or (inside[0] in {"tlbb_desktop", "ui"} and inside[-1] != "__pycache__")


def extract() -> bytes:
    """Return the template for every marked string of the package and its forms."""
    sys.path.insert(0, str(ROOT))
    with (ROOT / "translations" / "babel.cfg").open(encoding="utf-8") as stream:
        methods, options = parse_mapping_cfg(stream)  # type: ignore[no-untyped-call]
    catalogue = Catalog(project="TLBB Desktop", fuzzy=False, header_comment="# Strings of TLBB Desktop.")
    found = extract_from_dir(
        ROOT,
        methods,
        options,
        keywords=KEYWORDS,
        comment_tags=[TRANSLATOR_NOTE],
        strip_comment_tags=True,
        directory_filter=_source_folder,
    )
    for filename, line, message, comments, context in sorted(found, key=lambda each: (each[0], each[1], str(each[2]))):
        catalogue.add(message, None, [(filename, line)], auto_comments=comments, context=context)
    written = BytesIO()
    write_po(written, catalogue, width=110, sort_output=True, include_lineno=False)
    return UNUSED_HEADERS.sub(b"", written.getvalue())


def main(argv: list[str] | None = None) -> int:
    """Run ``extract`` or ``check``; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("action", choices=["extract", "check"])
    action = parser.parse_args(argv).action
    template = extract()
    if TEMPLATE.exists() and TEMPLATE.read_bytes() == template:
        return 0
    if action == "check":
        print("translations/tlbb.pot is stale: run `make translations`", file=sys.stderr)
        return 1
    TEMPLATE.write_bytes(template)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
