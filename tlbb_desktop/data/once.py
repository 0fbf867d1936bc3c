"""What several services ask in one view for reading is read once: a view is of one moment, so the answer stays true."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from sqlalchemy import Connection

#: Option of a connection that only reads: (query, what was asked) -> what was found.
SEEN: Final = "tlbb_seen"

_Asked = ParamSpec("_Asked")
_Found = TypeVar("_Found")


def once(query: Callable[Concatenate[Connection, _Asked], _Found]) -> Callable[Concatenate[Connection, _Asked], _Found]:
    """Read once in each view for reading, in a unit of work that writes each time.

    Args:
        query: what it finds may be handed out twice, so it is frozen, and its arguments can be keys.
    """

    @wraps(query)
    def found(connection: Connection, /, *asked: _Asked.args, **options: _Asked.kwargs) -> _Found:
        seen: dict[Any, Any] | None = connection.get_execution_options().get(SEEN)
        if seen is None:
            return query(connection, *asked, **options)
        key = (query, asked, *options.items())
        if key not in seen:
            seen[key] = query(connection, *asked, **options)
        answer: _Found = seen[key]
        return answer

    return found
