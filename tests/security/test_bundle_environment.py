"""What the installed program does not take from its environment."""

from __future__ import annotations

import pytest

from tlbb_desktop.bundle.environment import BEGUN_ANEW, forget_redirections, without_loader


@pytest.mark.parametrize(
    "name",
    [
        "QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_PLATFORMTHEME", "QT_STYLE_OVERRIDE", "QT_LOGGING_CONF",
        "QML_IMPORT_PATH", "QML2_IMPORT_PATH", "PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "PythonPath",
        "SSLKEYLOGFILE", "OPENSSL_CONF", "RL_T1SearchPath",
    ],
)  # fmt: skip
def test_what_leads_to_code_or_gives_secrets_away_is_forgotten(name):
    environment = {name: "/tmp/elsewhere", "HOME": "/home/sokha"}
    forget_redirections(environment)
    assert environment == {"HOME": "/home/sokha"}


@pytest.mark.parametrize("name", ["QT_QPA_PLATFORM", "QT_SCALE_FACTOR", "QT_IM_MODULE", "DISPLAY", "LANG", "PATH"])
def test_screen_text_size_and_the_way_of_typing_khmer_stay(name):
    environment = {name: "x"}
    forget_redirections(environment)
    assert environment == {name: "x"}


@pytest.mark.parametrize("name", ["LD_PRELOAD", "LD_AUDIT", "LD_LIBRARY_PATH_ORIG"])
def test_where_the_loader_was_told_to_load_something_the_program_begins_anew_without_it(name):
    fresh = without_loader({name: "/tmp/other.so", "LD_LIBRARY_PATH": "/tmp/bundle:/tmp", "HOME": "/home/sokha"})
    assert fresh == {"HOME": "/home/sokha", BEGUN_ANEW: "1"}


def test_it_begins_anew_once_at_most_and_only_when_it_must():
    assert without_loader({"LD_LIBRARY_PATH": "/opt/tlbb-desktop", "LD_PRELOAD": ""}) is None
    assert without_loader({"LD_PRELOAD": "/tmp/other.so", BEGUN_ANEW: "1"}) is None
