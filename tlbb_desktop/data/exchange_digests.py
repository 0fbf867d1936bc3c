"""Puts one key more over the stored digests of an exchange, wherever the record lies."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final

from tlbb_desktop.data.exchange_tables import ExchangeTable, exchange_tables
from tlbb_desktop.data.repositories.exchange import fields_read, fields_stored
from tlbb_desktop.data.sealed_columns import DIGEST_KEY
from tlbb_desktop.domain.field_clocks import ABSENT, EXISTENCE, FieldState

#: Runs a statement with ``?`` for its values, and gives what has ``fetchall``.
Execute = Callable[[str, tuple[Any, ...]], Any]
#: Gives the new digest for the place of a field (table, row, name) and its old digest.
Lengthen = Callable[[tuple[str, str, str], str], str]
#: Of the setting ``DIGEST_KEY`` as it stood (None where it was not there), and the id under which this laptop exchanged
#: last: the setting under new keys, and what the digests become; None where both stay.
Rekeep = Callable[[str | None, str], tuple[str, Lengthen] | None]
_ROWS_AT_ONCE: Final = 500


def hand_on_digest_keys(execute: Execute, rekeep: Rekeep) -> None:
    """Put keys and digests under new keys, where this laptop exchanged anything."""
    stored = execute("SELECT value FROM setting WHERE name = ?", (DIGEST_KEY,)).fetchall()
    own = execute("SELECT sender FROM exchange_laptop WHERE own", ()).fetchall()
    if not stored and not own:
        return
    kept = rekeep(json.loads(stored[0][0]) if stored else None, own[0][0] if own else "")
    if kept is None:
        return
    text, lengthen = kept
    execute("DELETE FROM setting WHERE name = ?", (DIGEST_KEY,))
    execute("INSERT INTO setting (name, value) VALUES (?, ?)", (DIGEST_KEY, json.dumps(text)))
    lengthen_digests(execute, lengthen)


def lengthen_digests(execute: Execute, lengthen: Lengthen) -> None:
    """Put one key more over every stored digest."""
    for table in exchange_tables().values():
        _lengthen(execute, table, lengthen)


def _lengthen(execute: Execute, table: ExchangeTable, lengthen: Lengthen) -> None:
    wanted = (
        "SELECT row_key, fields FROM exchange_row WHERE table_name = ? AND row_key > ?"
        f" ORDER BY row_key LIMIT {_ROWS_AT_ONCE}"
    )
    last = ""
    while rows := execute(wanted, (table.name, last)).fetchall():
        for row_key, stored in rows:
            fields = {name: _one(table, row_key, name, state, lengthen) for name, state in fields_read(stored).items()}
            execute(
                "UPDATE exchange_row SET fields = ? WHERE table_name = ? AND row_key = ?",
                (fields_stored(fields), table.name, row_key),
            )
        last = rows[-1][0]


def _one(table: ExchangeTable, row_key: str, name: str, state: FieldState, lengthen: Lengthen) -> FieldState:
    if name == EXISTENCE or state.digest in ("", ABSENT):
        return state
    return FieldState(lengthen(table.place(row_key, name), state.digest), state.clock)
