"""PySide6 explains its functions as ever, although the program loads the explanations only when they are asked for."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

EXPLAINING = "shibokensupport.signature.parser"


def answer(statements: str) -> str:
    """What a fresh program prints that starts as the window does."""
    start = "import builtins, sys; python = builtins.__import__\nfrom tlbb_desktop.qt import quick_start\n"
    done = subprocess.run(
        [sys.executable, "-c", start + statements],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    return done.stdout.strip()


def test_the_parser_of_signatures_is_not_loaded_at_the_start() -> None:
    assert answer("print('inspect' in sys.modules, 'argparse' in sys.modules)") == "False False"


def test_a_signature_is_known_when_it_is_asked_for() -> None:
    told = answer(
        "from PySide6.QtWidgets import QWidget; from shibokensupport.signature import get_signature\n"
        "print(get_signature(QWidget.setVisible))"
    )
    assert told == "(self, visible: bool, /) -> None"


def test_a_wrong_call_says_what_would_be_right() -> None:
    told = answer(
        "from PySide6.QtCore import QPoint\ntry:\n    QPoint('north')\nexcept TypeError as error:\n    print(error)"
    )
    assert "PySide6.QtCore.QPoint.__init__(xpos: int, ypos: int, /)" in told


def test_help_texts_are_there() -> None:
    assert "setVisible(self, visible: bool" in answer(
        "from PySide6.QtWidgets import QWidget; print(QWidget.setVisible.__doc__)"
    )


@pytest.mark.parametrize("module", ["parser", "layout", "lib.enum_sig", "lib.pyi_generator"])
def test_each_module_fills_itself_under_both_of_its_names(module: str) -> None:
    told = answer(
        f"import importlib\none = importlib.import_module('shibokensupport.signature.{module}')\n"
        f"other = importlib.import_module('PySide6.support.signature.{module}')\n"
        "print(one is other, hasattr(one, 'sys'), one.__name__)"
    )
    assert told == f"True True shibokensupport.signature.{module}"


def test_threads_that_need_a_module_at_once_all_find_it_full() -> None:
    told = answer(
        "import threading\nfrom shibokensupport.signature import layout\nfound = []\n"
        "ask = lambda: found.append(layout.create_signature)\n"
        "threads = [threading.Thread(target=ask) for _ in range(8)]\n"
        "[each.start() for each in threads]; [each.join() for each in threads]\nprint(len(set(found)), len(found))"
    )
    assert told == "1 8"
