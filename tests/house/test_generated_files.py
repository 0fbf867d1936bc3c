"""Generated files are fresh, every string has its Khmer, the locks name what the project names."""

from __future__ import annotations

import ast
import re
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path
from string import Formatter

import build_assets
import pytest
from babel.messages.pofile import read_po

import translations

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "translations" / "km" / "LC_MESSAGES" / "tlbb.po"


def strings(value: str | tuple[str, ...]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def messages():
    with CATALOGUE.open("rb") as stream:
        return [message for message in read_po(stream, locale="km") if message.id]


def test_every_generated_file_is_what_its_source_gives_now():
    assert build_assets.check(build_assets.all_assets()) == []


def test_the_template_holds_every_marked_string():
    assert translations.extract() == translations.TEMPLATE.read_bytes(), "run `make translations`"


def test_the_khmer_catalogue_has_exactly_the_strings_of_the_template():
    with translations.TEMPLATE.open("rb") as stream:
        wanted = {(each.context, str(each.id)) for each in read_po(stream) if each.id}
    assert {(each.context, str(each.id)) for each in messages()} == wanted


def test_every_string_is_translated_into_khmer():
    missing = [each.id for each in messages() if not all(strings(each.string)) or each.fuzzy]
    assert missing == []


def test_every_translation_keeps_the_places_to_fill():
    for message in (each for each in messages() if all(strings(each.string))):
        for original in strings(message.id):
            for translated in strings(message.string):
                # a plural form may word "one" without its number; the Khmer form serves all numbers
                assert places(translated) >= places(original), message.id
        assert places("".join(strings(message.string))) == places("".join(strings(message.id))), message.id


def test_khmer_strings_hold_no_invisible_characters():
    for message in messages():
        assert not re.search("[\u200b-\u200d\u2060\ufeff\u00ad]", "".join(strings(message.string))), message.id


def test_no_sentence_is_put_together_before_it_is_translated():
    call = re.compile(r"\b(?:_|_n|_p|N_|Np_)\(\s*f[\"']")
    for path in (ROOT / "tlbb_desktop").rglob("*.py"):
        assert not call.search(path.read_text(encoding="utf-8")), path


def test_no_marked_string_stands_inside_an_f_string():
    """The extraction does not look into f-strings, so such a string would never get its Khmer."""
    marks = {"_", "_n", "_p", "N_", "Np_"}
    for path in (ROOT / "tlbb_desktop").rglob("*.py"):
        joined = (node for node in ast.walk(ast.parse(path.read_bytes())) if isinstance(node, ast.JoinedStr))
        calls = (call for node in joined for call in ast.walk(node) if isinstance(call, ast.Call))
        hidden = [
            f"{path}:{call.lineno}"
            for call in calls
            if isinstance(call.func, ast.Name)
            and call.func.id in marks
            and any(isinstance(given, ast.Constant) for given in call.args)
        ]
        assert hidden == []


def test_every_icon_is_listed_and_every_listed_icon_is_there():
    listed = {each.text for each in ET.parse(ROOT / "resources" / "tlbb.qrc").iter("file")}
    present = {path.relative_to(ROOT / "resources").as_posix() for path in (ROOT / "resources/icons").rglob("*.svg")}
    assert listed == present


def icon_names_used() -> set[str]:
    in_forms = re.compile(r'name="iconName"[^>]*>\s*<string[^>]*>([^<]+)<')
    in_code = re.compile(r"\b(?:set_icon\([^,()]+,|icon\()\s*\"([a-z0-9-]+)\"")
    forms = [in_forms.findall(path.read_text(encoding="utf-8")) for path in (ROOT / "ui").glob("*.ui")]
    code = [in_code.findall(path.read_text(encoding="utf-8")) for path in (ROOT / "tlbb_desktop").rglob("*.py")]
    return {name for names in (*forms, *code) for name in names}


def test_every_icon_that_is_named_exists():
    assert {name for name in icon_names_used() if not (ROOT / "resources/icons" / f"{name}.svg").exists()} == set()


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_names_every_dependency_by_hash_and_no_place_to_get_it_from(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["build"]
    if lock == "requirements-dev.lock":
        wanted = wanted + project["optional-dependencies"]["dev"]
    for requirement in wanted:
        assert f"\n{requirement.partition(';')[0].strip()} " in f"\n{text}", requirement
    assert not re.search(r"https?://|file:|--find-links|index-url", text)
    pinned = re.findall(r"^[a-z0-9-]+==.*(?:\n    --hash=.*)+", text, re.MULTILINE)
    assert len(pinned) == len(re.findall(r"^[a-z0-9-]+==", text, re.MULTILINE))


def test_what_builds_the_package_is_what_the_lock_pins():
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]["requires"]
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert all(f"{requirement} " in lock for requirement in build)


@pytest.mark.parametrize("name", ["NotoSansKhmer", "Moul"])
def test_each_font_comes_with_its_licence(name):
    licence = (ROOT / "resources" / "fonts" / f"{name}-OFL.txt").read_text(encoding="utf-8")
    assert licence.startswith("Copyright")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
