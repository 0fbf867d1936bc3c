"""The sheet that lies beside setup.exe: one page that says how to install it, with the number to compare."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from reportlab.lib.units import mm
from reportlab.platypus.flowables import Flowable
from reportlab.platypus.tables import Table, TableStyle

from tlbb_desktop.documents.typesetting import (
    BODY,
    SMALL,
    TITLE,
    Align,
    Family,
    FileFacts,
    FinishedPaper,
    Footer,
    KhmerParagraph,
    Margins,
    PaperLanguage,
    PaperStyle,
    Span,
    TextStyle,
    Words,
    build_paper,
)
from windows.sheet_drawings import WIDTH, ConsoleDrawing, Drawing, KeyboardDrawing, SmartScreenDrawing

GROUP, GROUPS_A_LINE = 8, 4
LANGUAGES = {"km": PaperLanguage.KHMER, "en": PaperLanguage.ENGLISH}
_STEP = replace(BODY, size=12, family=Family.BOLD, after=2)
_TEXT = TextStyle(size=10.5, after=1)
_CODE = TextStyle(size=10, family=Family.BOLD, after=1)
_NUMBER = TextStyle(size=11.5, family=Family.BOLD, after=0)
_NOTE = replace(SMALL, after=0)
_MARGINS = Margins(12, 15, 11, 15)

_LOOK = (
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 2.5 * mm),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5 * mm),
    ("LINEABOVE", (0, 0), (-1, 0), 0.6, (0.6, 0.6, 0.6)),
)

HEADING = Words("ដំឡើង TLBB Desktop លើ Windows", "Installing TLBB Desktop on Windows")
FIRST = Words(
    "USB មានឯកសារ {name}។ កុំព្យូទ័រត្រូវមាន Windows 10 (1809) ឬថ្មីជាងនេះ ប្រភេទ 64 ប៊ីត និងកន្លែងទំនេរ 1 GB។ មិនត្រូវការអ៊ីនធឺណិតទេ។",
    "The file {name} is on the USB stick. The laptop needs Windows 10 (1809) or newer with 64 bits and 1 GB of free"
    " space. It needs no internet.",
)
COMPARE = Words("១. ប្រៀបធៀបលេខ", "1. Compare the number")
COMPARE_HOW = Words(
    "បើកថតរបស់ USB។ ចុចលើរបារអាសយដ្ឋានខាងលើ វាយ cmd រួចចុច Enter។ វាយបន្ទាត់នេះ (១) រួចចុច Enter៖",
    "Open the folder of the stick. Click into its address bar, type cmd and press Enter. Type this line (1) and press"
    " Enter:",
)
COMPARE_WITH = Words(
    "លេខដែល Windows បង្ហាញ (២) ត្រូវដូចលេខនេះទាំងអស់ អក្សរធំ ឬតូចក៏បាន៖",
    "The number that Windows shows (2) must be this one, whole; capital letters or small ones do not matter:",
)
COMPARE_ELSE = Words(
    "បើខុសតែមួយតួ សូមកុំបើកឯកសារ។ សូមសុំឯកសារថ្មីពីការិយាល័យកណ្តាល។",
    "If a single letter differs, do not open the file. Ask head office for a new one.",
)
START = Words("២. បើកឯកសារ", "2. Start the file")
START_HOW = Words(
    "ចុចពីរដងលើឯកសារ។ Windows បង្ហាញផ្ទាំងពណ៌ខៀវ ព្រោះវាមិនស្គាល់អ្នកបង្កើតកម្មវិធីនេះ។ បើលេខដូចគ្នា សូមចុច"
    " More info (១) រួចចុច Run anyway (២)។",
    "Double-click the file. Windows shows a blue window, because it does not know who made this program. If the number"
    " was the same, press More info (1) and then Run anyway (2).",
)
START_THEN = Words(
    "បើវាសួរថា អនុញ្ញាតឱ្យកម្មវិធីកែកុំព្យូទ័រឬទេ សូមចុច Yes។ បន្ទាប់មក កម្មវិធីដំឡើងនិយាយភាសាខ្មែរ។",
    "If it asks whether the program may change this device, press Yes. From there on the installer speaks Khmer.",
)
KEYBOARD = Words("៣. បន្ថែមក្តារចុចខ្មែរ", "3. Add the Khmer keyboard")
KEYBOARD_HOW = Words(
    "បើក Settings > Time & language > Language។ ចុច Add a language (១) ជ្រើសរើស ខ្មែរ (Khmer) រួចចុច Next និង Install"
    " (២)។ ចុច Windows + Space ដើម្បីប្តូរក្តារចុច (៣)។",
    "Open Settings > Time & language > Language. Press Add a language (1), choose ខ្មែរ (Khmer), Next and Install (2)."
    " Windows + Space changes the keyboard (3).",
)
LATER = Words("៤. ពេលក្រោយ", "4. Later")
LATER_HOW = Words(
    "ដើម្បីដំឡើងកំណែថ្មី សូមធ្វើជំហាន ១ និង ២ ជាមួយឯកសារថ្មី។ វាសុំឱ្យបិទកម្មវិធី បម្រុងទុកកំណត់ត្រា រួចដំឡើង។ បើលុបកម្មវិធីតាម"
    " Settings > Apps កំណត់ត្រានៅដដែលក្នុង C:\\ProgramData\\TLBB Desktop។",
    "For a newer version do steps 1 and 2 with the new file. It asks you to close the program, backs up the record and"
    " installs. Where the program is removed under Settings > Apps, the record stays in C:\\ProgramData\\TLBB Desktop.",
)
DRAWN = Words(
    "រូបទាំងនេះគឺជាគំនូរ មិនមែនរូបថតអេក្រង់ទេ។ លើកុំព្យូទ័ររបស់អ្នក វាអាចខុសបន្តិចបន្តួច។ លេខនេះជារបស់កំណែ {version}។",
    "The pictures are drawings, not photos of a screen. On your laptop it may look a little different. The number is"
    " that of version {version}.",
)


def install_sheet(setup: str, version: str, digest: str, made_on: date, language: PaperLanguage) -> FinishedPaper:
    """The sheet in one language.

    Args:
        setup: name of the file.
        version: of the program.
        digest: SHA-256 of the file, hexadecimal.
        made_on: day of the build.
        language: Khmer or English.
    """
    style = PaperStyle(language, margins=_MARGINS, footer=Footer(counted=False))

    def paragraph(words: Words, look: TextStyle = _TEXT, **fields: str) -> KhmerParagraph:
        filled = Words(*(each.format(**fields) for each in words))
        return KhmerParagraph(language.spans(filled, family=look.family), look)

    content: list[Flowable] = [
        paragraph(HEADING, replace(TITLE, align=Align.LEFT, size=16, before=0)),
        paragraph(FIRST, name=setup),
        _row(
            [
                paragraph(COMPARE, _STEP),
                paragraph(COMPARE_HOW),
                KhmerParagraph((Span(f"certutil -hashfile {setup} SHA256"),), _CODE),
                paragraph(COMPARE_WITH),
                *(KhmerParagraph((Span(line),), _NUMBER) for line in _grouped(digest)),
                paragraph(COMPARE_ELSE),
            ],
            ConsoleDrawing(setup, digest),
            style.text_width,
        ),
        _row(
            [paragraph(START, _STEP), paragraph(START_HOW), paragraph(START_THEN)],
            SmartScreenDrawing(setup),
            style.text_width,
        ),
        _row([paragraph(KEYBOARD, _STEP), paragraph(KEYBOARD_HOW)], KeyboardDrawing(), style.text_width),
        _whole_row([paragraph(LATER, _STEP), paragraph(LATER_HOW)], style.text_width),
        paragraph(DRAWN, _NOTE, version=version),
    ]
    return build_paper(content, style, FileFacts(language.text(HEADING), made_on))


def write_sheets(setup: Path, version: str, digest: str, made_on: date) -> list[Path]:
    """Write the sheet beside *setup*, in Khmer and in English; return the files."""
    made = []
    for code, language in LANGUAGES.items():
        path = setup.with_name(f"{setup.stem}-{code}.pdf")
        path.write_bytes(install_sheet(setup.name, version, digest, made_on, language).pdf)
        made.append(path)
    return made


def _grouped(digest: str) -> list[str]:
    """The number in groups that an eye can hold."""
    groups = [digest[first : first + GROUP] for first in range(0, len(digest), GROUP)]
    return ["  ".join(groups[first : first + GROUPS_A_LINE]) for first in range(0, len(groups), GROUPS_A_LINE)]


def _row(texts: list[KhmerParagraph], drawing: Drawing, width: float) -> Table:
    gap = 4 * mm
    table = Table([[texts, drawing]], [width - WIDTH - gap, WIDTH + gap])
    table.setStyle(TableStyle([*_LOOK, ("RIGHTPADDING", (0, 0), (0, 0), gap), ("ALIGN", (1, 0), (1, 0), "RIGHT")]))
    return table


def _whole_row(texts: list[KhmerParagraph], width: float) -> Table:
    table = Table([[texts]], [width])
    table.setStyle(TableStyle(_LOOK))
    return table
