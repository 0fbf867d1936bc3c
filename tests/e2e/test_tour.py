"""The tour walks the whole job on a screen of its own and leaves sheets and pictures."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import openpyxl
import pypdf
import pytest
from PIL import Image

from tests.e2e.conftest import ROOT
from tlbb_desktop.documents.certificate_code import read_code
from tlbb_desktop.documents.code_pictures import codes_in_file
from tlbb_desktop.domain.case_papers import CasePaper
from tlbb_desktop.domain.certificates import CertificateKind
from tlbb_desktop.tour import LIST

pytestmark = [
    pytest.mark.skipif(shutil.which("Xvfb") is None, reason="the tour's own screen needs Xvfb"),
    pytest.mark.timeout(300),
]
STEPS = (
    *("first-start-km", "recovery-key-typed-back", "first-backup", "import-3-the-same-person", "import-4-refused"),
    *("class-enrol", "register-four-exceptions", "register-km", "register-km-dark", "register-en", "sheet-km"),
    *(
        "login-wrong-passphrase",
        "trainer-today-km",
        "board-km",
        "board-km-dark",
        "board-attempt",
        "board-after-a-practical",
        "board-learner-km",
        "board-class-en",
        "board-bench-sheet",
        "find-khmer",
        "help-km",
        "prison-month-saved",
        "backup-km",
        "short-course-enrolled",
        "short-course-october",
        "short-course-practical",
        "short-course-board",
        "short-course-early-release",
        "short-course-november",
        "short-course-competent-km",
        "short-course-path-km",
        "certificates-one-has-earned-it-km",
        "certificates-partial-statement",
        "certificates-what-is-missing-km",
        "manager-today-approvals-km",
        "certificates-of-the-short-course",
        "certificates-approvals-km",
        "certificates-issued-km-dark",
        "certificate-of-completion",
        "certificate-partial-statement",
        "certificate-verified-km",
        "statement-verified-km",
        "certificates-revoked",
        "trainer-today-km-dark",
    ),
)
PAPERS = (
    *("attendance", "prison-month", "blank-register", "roll"),
    *("certificate", "duplicate", "partial-statement", "participation", "training-record", "plan"),
    *("bench-sheet", "recovery-key", "outcomes", "road-list", "road-sheets", "gate-list"),
    *(f"case-{paper.value}" for paper in CasePaper),
)
PNG = b"\x89PNG\r\n"


def take_tour(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Without any screen, as on a server."""
    screens = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    environment = {name: value for name, value in os.environ.items() if name not in screens}
    return subprocess.run(
        [sys.executable, "-m", "tlbb_desktop", *options, "tour", "--out", str(folder)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def tour(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("tour") / "out"
    done = take_tour(folder)
    assert (done.returncode, done.stderr) == (0, "")
    listed = done.stdout.splitlines()[1:]
    told = [Path(line.strip()).relative_to(folder).as_posix() for line in listed]
    assert told == (folder / LIST).read_text(encoding="utf-8").split()
    assert all(Path(line.strip()).stat().st_size for line in listed)
    return folder


def test_every_step_leaves_a_picture(tour: Path) -> None:
    pictures = sorted(tour.glob("*.png"))
    names = {path.stem.partition("-")[2] for path in pictures}
    assert set(STEPS) <= names
    assert [int(path.name[:3]) for path in pictures] == list(range(1, len(pictures) + 1))
    assert all(path.read_bytes().startswith(PNG) for path in pictures)


@pytest.mark.parametrize(("language", "absent"), [("km", "អច្ប"), ("en", "A")])
def test_the_sheet_holds_the_class_and_its_absences(tour: Path, language: str, absent: str) -> None:
    cells = [
        str(cell.value)
        for row in openpyxl.load_workbook(tour / f"sheet-{language}.xlsx").active.iter_rows()
        for cell in row
        if cell.value is not None
    ]
    assert sum(cell.startswith(("2024-", "2025-", "2026-")) for cell in cells) == 34
    assert cells.count(absent) > 10
    assert any("SR-MOTO-26" in cell for cell in cells)


def test_the_prisons_month_has_a_page_for_each_class(tour: Path) -> None:
    assert len(openpyxl.load_workbook(tour / "prison-month-km.xlsx").sheetnames) == 4


@pytest.mark.parametrize("language", ["km", "en", "both"])
@pytest.mark.parametrize("paper", PAPERS)
def test_every_paper_is_left_as_a_file_and_as_pictures_of_its_pages(tour: Path, paper: str, language: str) -> None:
    file = tour / "papers" / f"{paper}-{language}.pdf"
    pages = pypdf.PdfReader(file).pages
    pictures = [file.with_name(f"{file.stem}-{number}.png") for number in range(1, len(pages) + 1)]
    for page, picture in zip(pages, pictures, strict=True):
        with Image.open(picture) as opened:
            assert opened.size == pytest.approx(
                (page.mediabox.width * 150 / 72, page.mediabox.height * 150 / 72), abs=1
            )
    assert not file.with_name(f"{file.stem}-{len(pages) + 1}.png").exists()


@pytest.mark.parametrize(
    ("file", "kind", "last_day"),
    [
        ("completion.pdf", CertificateKind.COMPLETION, date(2026, 11, 13)),
        ("partial.pdf", CertificateKind.PARTIAL, date(2026, 10, 30)),
    ],
)
def test_the_learner_who_stayed_and_the_one_released_early_have_papers_with_a_code(
    tour: Path, file: str, kind: CertificateKind, last_day: date
) -> None:
    (code,) = codes_in_file(tour / "certificates" / file)
    said = read_code(code).facts
    assert (said.kind, said.starts_on, said.ends_on) == (kind, date(2026, 10, 1), last_day)


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "letter.txt").write_text("dear", encoding="utf-8")
    done = take_tour(tmp_path)
    assert done.returncode == 1
    assert done.stderr == (f"There is something in {tmp_path} already. Nothing was changed. Choose an empty folder.\n")
    assert (tmp_path / "home" / "letter.txt").exists()


def test_without_a_place_to_go_the_tour_says_how_it_is_called() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tlbb_desktop", "tour"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 2
    assert "--out" in done.stderr
