"""Says the statements of a migration in the server's words, so that one migration serves both databases.

Its words are those of the migrations: numbers of 64 bits, text compared by its bytes, bytes, yes or no; identities that
count up; triggers that refuse. References are set last, because SQLite lets a table name one that comes later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_TYPES: Final = {"INTEGER": "BIGINT", "BLOB": "BYTEA", "TEXT": 'TEXT COLLATE "C"'}
_TYPE: Final = re.compile(r"(?<=\w )(INTEGER|BLOB|TEXT)\b(?=[ ,\n]|$)")
_KEY: Final = re.compile(r"CONSTRAINT pk_\w+ PRIMARY KEY \((\w+)\)")
_REFERENCE: Final = re.compile(r",\s*CONSTRAINT (\w+) FOREIGN KEY\s*\((\w+)\) REFERENCES (\w+) \((\w+)\)")
_TABLE: Final = re.compile(r"CREATE TABLE (\w+)")
_TRIGGER: Final = re.compile(
    r"CREATE TRIGGER (?P<name>\w+) BEFORE (?P<event>UPDATE OF [\w, ]+?|UPDATE|DELETE) ON (?P<table>\w+)\s+"
    r"(?:WHEN (?P<when>.*?)\s+)?BEGIN SELECT RAISE\(ABORT, (?P<message>'[^']*')\); END\s*$",
    re.DOTALL,
)
_TRIGGER_GONE: Final = re.compile(r"\s*DROP TRIGGER (\w+)\s*$")
_COMMENT: Final = re.compile(r"^--.*$", re.MULTILINE)


class ServerTables:
    """Translates the statements of one run of migrations, and keeps its references for the end."""

    def __init__(self) -> None:
        self.references: list[str] = []

    def said(self, statement: str) -> str:
        """One statement of a migration in the server's words."""
        bare = _COMMENT.sub("", statement).strip()
        made = _TRIGGER.match(bare)
        if made:
            return _trigger(**made.groupdict())
        gone = _TRIGGER_GONE.match(bare)
        if gone:
            return f"DROP FUNCTION {gone[1]}() CASCADE"
        if bare.startswith("CREATE TABLE"):
            return self._table(bare)
        if bare.startswith("ALTER TABLE"):
            return _TYPE.sub(_server_type, bare)
        return statement

    def _table(self, statement: str) -> str:
        table = _named(_TABLE, statement)
        for name, column, other, key in _REFERENCE.findall(statement):
            self.references.append(
                f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({column}) REFERENCES {other} ({key})"
            )
        worded = _TYPE.sub(_server_type, _REFERENCE.sub("", statement)).replace("WITHOUT ROWID", "")
        key = _KEY.search(statement)
        if key and re.search(rf"\b{key[1]} INTEGER NOT NULL", statement):
            counted = f"{key[1]} BIGINT DEFAULT next_key('{table}', '{key[1]}') NOT NULL"
            worded = re.sub(rf"\b{key[1]} BIGINT NOT NULL", counted, worded, count=1)
        return worded


def words(script: str) -> Iterator[str]:
    """The statements of a script in which a blank line ends each."""
    for statement in script.split("\n\n"):
        if not statement.startswith("--"):
            yield statement


def _trigger(name: str, event: str, table: str, when: str | None, message: str) -> str:
    """A trigger that refuses. Its condition stands in its function, because it may look into other tables."""
    condition = (when or "TRUE").replace("%", "%%")
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition} THEN"
        f" RAISE EXCEPTION {message} USING ERRCODE = 'check_violation'; END IF; RETURN coalesce(NEW, OLD); END $$;"
        f" CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
    )


def _server_type(found: re.Match[str]) -> str:
    return _TYPES[found[1]]


def _named(pattern: re.Pattern[str], statement: str) -> str:
    found = pattern.search(statement)
    if found is None:
        raise ValueError(statement)
    return found[1]
