"""Which packages of the operating system a verb of the Makefile asks for."""

from __future__ import annotations

import os
import sys

import bootstrap
import pytest
import system_libraries

from tests.faults.recording import tracing_is_refused

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux needs packages, and has strace")


@pytest.fixture
def bare(monkeypatch):
    """A system with every library and no program."""
    monkeypatch.setattr(system_libraries, "_loads", lambda _library: True)
    monkeypatch.setattr(system_libraries.shutil, "which", lambda _program: None)


@linux
@pytest.mark.parametrize(("test_tools", "asked"), [(False, False), (True, True)])
def test_only_the_tests_ask_for_what_traces_a_program(bare, test_tools, asked) -> None:
    with pytest.raises(system_libraries.SystemPackagesMissing) as trouble:
        system_libraries.ensure(virtual_screen=True, test_tools=test_tools)
    assert "xvfb" in str(trouble.value)
    assert ("strace" in str(trouble.value)) is asked


@linux
def test_only_the_windows_package_asks_for_a_windows(bare) -> None:
    with pytest.raises(system_libraries.SystemPackagesMissing) as trouble:
        system_libraries.ensure(virtual_screen=True, windows_tools=True)
    assert {"wine64", "nsis", "osslsigncode", "p7zip-full"} <= set(str(trouble.value).split())
    with pytest.raises(system_libraries.SystemPackagesMissing) as less:
        system_libraries.ensure(virtual_screen=True)
    assert "wine64" not in str(less.value)


@pytest.mark.parametrize(
    ("verb", "asked"), [("run", False), ("lint", False), ("bench", False), ("test", True), ("soak", True)]
)
def test_a_verb_asks_for_test_tools_when_it_tests(monkeypatch, verb, asked) -> None:
    seen: list[bool] = []
    monkeypatch.setattr(bootstrap, "ensure", lambda **wanted: seen.append(wanted["test_tools"]))
    monkeypatch.setattr(bootstrap, "_make_environment", lambda _lock: None)
    monkeypatch.setattr(bootstrap, "_check", lambda _command: None)
    monkeypatch.setattr(bootstrap, "_call", lambda _command: 0)
    monkeypatch.setattr(bootstrap, "_read", lambda _path: "")
    for stamp in ("STAMP", "ASSETS_STAMP"):
        monkeypatch.setattr(bootstrap, stamp, type("Nowhere", (), {"write_text": lambda *_text, **_more: 0})())
    for name in ("TLBB_NIGHT", "TLBB_SEED", "TLBB_TEST_DATABASE"):
        monkeypatch.setenv(name, "1")
    assert bootstrap.VERBS[verb]([]) == 0
    assert any(seen) is asked


@linux
@pytest.mark.parametrize("code", [0, 1])
def test_a_system_that_refuses_ptrace_is_found_by_tracing(tmp_path, monkeypatch, code) -> None:
    strace = tmp_path / "strace"
    strace.write_text(f"#!/bin/sh\nexit {code}\n")
    strace.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert tracing_is_refused.__wrapped__() is bool(code)
