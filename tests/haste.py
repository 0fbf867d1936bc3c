"""What tests need not do over and over: work that costs much and says nothing about what they ask."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import pytest
import sqlcipher3.dbapi2 as driver
from sqlalchemy import Engine

from tlbb_desktop.data import engine
from tlbb_desktop.security import kdf, keyring, slots

#: Statements that a process of tests asks for; an engine alone keeps 500.
STATEMENTS = 4000
#: The recipe but for one line: SQLCipher locks none of its memory, which takes two thirds of a record's time. That
#: keeps keys out of the swap file and says nothing about what is on the disk. Programs that tests start lock it.
PRAGMAS = tuple(pragma for pragma in engine._PRAGMAS if "memory_security" not in pragma)


def compile_statements_once(patched: pytest.MonkeyPatch) -> None:
    """Let all records of a process share their compiled statements, as one record's connections do in the program."""
    make = engine.create_engine
    first = make("sqlite://", module=driver, query_cache_size=STATEMENTS)
    first.connect().close()  # from here on its dialect knows this SQLite

    def make_like_the_first(*arguments: Any, **named: Any) -> Engine:
        made = make(*arguments, **named)
        made.dialect = made.pool._dialect = first.dialect
        made._compiled_cache = first._compiled_cache
        return made

    patched.setattr(engine, "create_engine", make_like_the_first)


def derive_keys_once(patched: pytest.MonkeyPatch) -> None:
    """Run Argon2id at its full cost once for each passphrase and salt; copies of a home ask for the same again."""
    derived = lru_cache(maxsize=None)(kdf.derive)
    for module in (keyring, slots):
        patched.setattr(module, "derive", derived)


@contextmanager
def haste() -> Iterator[None]:
    """All of it."""
    with pytest.MonkeyPatch.context() as patched:
        derive_keys_once(patched)
        patched.setattr(engine, "_PRAGMAS", PRAGMAS)
        compile_statements_once(patched)
        yield
