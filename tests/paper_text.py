"""The words on a finished paper, as one reader of PDF copies them; `tests/documents` also reads with others."""

from __future__ import annotations

from pathlib import Path

import pypdfium2


def pages_of(paper: bytes | Path) -> list[str]:
    """The text of each page; pdfium takes a tenth of the time that readers in Python take."""
    document = pypdfium2.PdfDocument(paper)
    try:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]
    finally:
        document.close()


def text_of(paper: bytes | Path) -> str:
    """All of it, page after page."""
    return "\n".join(pages_of(paper))
