"""A page of a paper in the preview, against pdfium drawing the same page with nothing around it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import pypdfium2
from PySide6.QtWidgets import QApplication

from tests.bench.report import Finding
from tests.bench.timing import race, seconds_of
from tests.bench.typesetting import PAGES, _invent_pages, _set
from tests.bench.windows import Frame, PaintWatch, application, watch
from tlbb_desktop.documents.page_images import POINTS_PER_INCH
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.widgets.paper_preview import PaperPreview


def measure(_folder: Path) -> Iterator[Finding]:
    """From the wish to see the page to its sharp picture on the screen, at the width of the window."""
    application()
    pdf = _set(_invent_pages(1)).pdf
    tasks, frame, preview = TaskRunner(), Frame(), PaperPreview()
    frame.put(preview)
    preview.show_paper(pdf, tasks)
    _wait_until_sharp(preview)
    numbers = iter(range(3, 10**6, 4))  # far enough away that no page was drawn beforehand

    def shown() -> float:
        number = next(numbers) % PAGES
        _wait_until_at_rest(preview)
        started = perf_counter()
        preview.sheets.go(number)
        page = preview.sheets._pages[number]
        while page.is_blurred:
            QApplication.processEvents()
        painted: PaintWatch = watch(page)
        page.update()
        painted.wait()
        return perf_counter() - started

    scale = preview.sheets.dots_per_inch() / POINTS_PER_INCH
    document = pypdfium2.PdfDocument(pdf)
    bare_numbers = iter(range(3, 10**6, 4))
    found = race(
        9, shown, lambda: seconds_of(lambda: document[next(bare_numbers) % PAGES].render(scale=scale, prefer_bgrx=True))
    )
    width, height = (round(points * scale) for points in document[0].get_size())
    document.close()
    tasks.close()
    yield Finding(
        "preview of a page",
        found.median(),
        "pypdfium2 alone: the same page at the same size",
        found.median(1),
        found.ratio(),
        most_seconds=0.15,
        remarks=(f"{width} × {height} pixels, Khmer text and a table",),
    )
    frame.drop(preview)


def _wait_until_sharp(preview: PaperPreview) -> None:
    while not preview.sheets._pages or preview.sheets.wanted() is not None:
        QApplication.processEvents()


def _wait_until_at_rest(preview: PaperPreview) -> None:
    """Until the pages before and after are drawn and all are read, so that nothing else waits for pdfium."""
    while preview.sheets.wanted() is not None or preview.sheets.untold() is not None:
        QApplication.processEvents()
