"""setup.exe says everything in both languages, and is built from what the locks name."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from windows import identity, locked, sheet, wheelhouse

from tests.paper_text import pages_of
from tlbb_desktop.bundle.parts import program_version
from tlbb_desktop.documents.typesetting import Words
from tlbb_desktop.khmer.normal import normalise

ROOT = Path(__file__).resolve().parents[2]
SETUP = ROOT / "installer" / "windows"
LANGUAGES = SETUP / "languages"
NSIS = Path("/usr/share/nsis/Contrib/Language files")
STRING = re.compile(r'^\s*\$\{LangFileString\} (\w+) "(.*)"$', re.MULTILINE)
FILLED = re.compile(r"\$\{\w+\}|\$\([\w^]+\)|\$_?\w+|\\r\\n|\bCtrl\b|%s")
KHMER_LETTER = re.compile("[\u1780-\u17ff]")
#: What NSIS shows as it is in every language.
WITHOUT_WORDS = {"Branding", "UnDirSubText", "Byte", "Kilo", "Mega", "Giga"}


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig")


def words(language: str) -> dict[str, str]:
    return dict(STRING.findall(read(LANGUAGES / f"words-{language}.nsh")))


def script() -> str:
    """All that setup.exe is made of."""
    return "".join(read(path) for path in (SETUP / "setup.nsi", *sorted(SETUP.glob("*.nsh"))))


def headings(text: str) -> dict[str, str]:
    lines = text.splitlines()
    return {line[3:]: lines[place + 1] for place, line in enumerate(lines) if line.startswith("# ^")}


def filled(text: str) -> list[str]:
    """What the installer puts into *text*, without the breaks of lines, which each language sets itself."""
    return sorted(each for each in FILLED.findall(text) if each not in {"$\\r", "$\\n", "$r", "$n"})


def test_both_languages_have_the_same_words_in_the_same_order():
    assert list(words("Khmer")) == list(words("English"))
    assert len(STRING.findall(read(LANGUAGES / "words-Khmer.nsh"))) == len(words("Khmer"))


@pytest.mark.parametrize("name", words("English"))
def test_every_word_is_khmer_and_keeps_what_is_filled_in(name):
    english, khmer = words("English")[name], words("Khmer")[name]
    assert KHMER_LETTER.search(khmer) or not khmer
    assert filled(khmer) == filled(english)


def test_the_script_says_only_what_both_languages_have_and_they_have_only_what_it_says():
    said = set(re.findall(r"\$\((\w+)\)", script()))
    assert said == set(words("English"))


def test_what_is_filled_in_is_known_to_the_script():
    variables = set(re.findall(r"^Var (\w+)", script(), re.MULTILINE)) | {"INSTDIR"}
    for text in words("Khmer").values():
        for each in filled(text):
            name = each.strip("${}()^")
            assert name in variables or name == "VERSION", each


def test_the_installed_program_is_changed_by_renaming_only():
    """Copying into its folder, or removing from it, would leave half a program where the current fails."""
    body = re.sub(r'Section "Uninstall".*?SectionEnd', "", script(), flags=re.DOTALL)
    copied_to, place = [], ""
    for line in map(str.strip, body.splitlines()):
        if named := re.match(r'SetOutPath "(.+)"', line):
            place = named[1]
        if re.match(r"File\b", line):
            copied_to.append(place)
    assert copied_to == ["${NEW}"]
    assert not re.search(r'(RMDir /r|Delete)( /\w+)* "\$INSTDIR(\\|")', body)


def test_every_text_of_nsis_itself_has_khmer():
    khmer = headings(read(LANGUAGES / "Khmer.nlf"))
    assert {name for name, text in khmer.items() if not KHMER_LETTER.search(text)} == WITHOUT_WORDS
    assert len(khmer) == 89
    assert read(LANGUAGES / "Khmer.nlf").splitlines()[3] == "1107"
    if NSIS.exists():
        english = headings(read(NSIS / "English.nlf"))
        assert list(khmer) == list(english)
        unlike = [name for name in khmer if name != "Branding" and filled(khmer[name]) != filled(english[name])]
        assert unlike == []


@pytest.mark.parametrize("name", ["Khmer.nlf", "Khmer.nsh", "words-Khmer.nsh"])
def test_khmer_is_written_in_the_usual_order_of_its_signs(name):
    for line in read(LANGUAGES / name).splitlines():
        if KHMER_LETTER.search(line):
            assert normalise(line) == line.strip(), line


def test_the_version_is_one():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert identity.version() == program_version() == project
    assert re.fullmatch(r"\d+\.\d+\.\d+", project), "Windows shows three numbers"


def test_windows_takes_every_package_of_the_lock_at_its_version_and_by_its_hash():
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    lines = [line.split("\\")[0].strip() for line in text.splitlines() if re.match(r"[a-z0-9]", line)]
    wanted = {each.name: str(each.specifier) for each in map(Requirement, lines)}
    taken = {each.name: f"=={each.version}" for each in locked.windows_packages()}
    assert {name: taken.get(name) for name in wanted} == wanted
    assert taken.keys() - wanted.keys() == locked.FREEZING - wanted.keys()
    assert all(each.hashes for each in locked.windows_packages())


def test_a_folder_with_other_wheels_is_no_wheelhouse(tmp_path):
    (tmp_path / "reportlab-1.0-py3-none-any.whl").touch()
    found = wheelhouse.differences(tmp_path)
    assert "reportlab 1.0 is not in the lock" in found
    assert any(each.startswith("sqlcipher3 ") and each.endswith("is missing") for each in found)
    with pytest.raises(wheelhouse.WheelhouseIncomplete):
        wheelhouse.require_complete(tmp_path)


def test_the_description_that_windows_shows_is_well_formed(tmp_path):
    text = identity.describe(tmp_path).read_text(encoding="utf-8")
    names = (
        "VSVersionInfo",
        "FixedFileInfo",
        "StringFileInfo",
        "StringTable",
        "StringStruct",
        "VarFileInfo",
        "VarStruct",
    )
    known = {name: lambda *_parts, **_named: True for name in names}
    assert eval(text, {"__builtins__": {}}, known)
    assert identity.version() in text


@pytest.mark.parametrize("language", sheet.LANGUAGES)
def test_the_sheet_beside_it_is_one_page_with_the_number_to_compare(language, tmp_path):
    digest = "".join(f"{place:08x}" for place in range(1000, 1008))
    made = sheet.install_sheet("setup.exe", "0.1.0", digest, date(2026, 11, 28), sheet.LANGUAGES[language])
    text = pages_of(made.pdf)[0]
    assert (made.pages, made.missing) == (1, ())
    groups = [digest[first : first + sheet.GROUP] for first in range(0, len(digest), sheet.GROUP)]
    assert [each for each in text.split() if each in groups] == groups


def test_the_sheet_says_everything_in_both_languages():
    said = {name: each for name, each in vars(sheet).items() if isinstance(each, Words)}
    assert said
    for name, each in said.items():
        assert KHMER_LETTER.search(each.khmer), name
        assert set(re.findall(r"{\w+}", each.khmer)) == set(re.findall(r"{\w+}", each.english)), name
        assert normalise(each.khmer) == each.khmer, name
