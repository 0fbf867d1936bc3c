"""Several papers in one file, each with its own heading and its own count of pages."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from pypdf import PdfReader, PdfWriter

from tlbb_desktop.documents.typesetting import FinishedPaper


def joined_papers(papers: Sequence[FinishedPaper], title: str) -> FinishedPaper:
    """One file with all pages in order.

    Args:
        papers: at least one.
        title: of the file, shown by readers; nothing else of the papers' properties stays.
    """
    if len(papers) == 1:
        return papers[0]
    writer = PdfWriter()
    for paper in papers:
        writer.append(PdfReader(BytesIO(paper.pdf)), import_outline=False)
    writer.metadata = {"/Title": title}
    stream = BytesIO()
    writer.write(stream)
    missing = {each: None for paper in papers for each in paper.missing}
    return FinishedPaper(stream.getvalue(), sum(paper.pages for paper in papers), tuple(missing))
