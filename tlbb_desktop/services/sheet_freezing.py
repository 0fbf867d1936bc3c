"""An issued sheet as text in the record, and back: the paper of last month stays what it was.

The text names every field, so that a field added later takes its default when an older sheet is read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, Final, Union, cast, get_args, get_origin, get_type_hints

from tlbb_desktop.domain.errors import StorageDamaged
from tlbb_desktop.domain.register import MonthSheet

_FORMAT: Final = 1


def freeze(sheet: MonthSheet) -> str:
    """Everything that the paper shows, as JSON."""
    content = {"format": _FORMAT, "sheet": _plain(sheet)}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def thaw(text: str) -> MonthSheet:
    """The sheet that was frozen.

    Raises:
        StorageDamaged: the text is not a sheet.
    """
    try:
        content = json.loads(text)
        return cast("MonthSheet", _typed(MonthSheet, content["sheet"]))
    except (ValueError, KeyError, TypeError) as problem:
        raise StorageDamaged from problem


def _plain(value: Any) -> Any:
    if names := _field_names(type(value)):
        return {name: _plain(getattr(value, name)) for name in names}
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Mapping):
        return [[_plain(key), _plain(each)] for key, each in value.items()]
    return str(value) if isinstance(value, StrEnum) else value


def _typed(wanted: Any, value: Any) -> Any:
    origin = get_origin(wanted)
    if origin in (Union, UnionType):
        if value is None:
            return None
        return _typed(next(each for each in get_args(wanted) if each is not type(None)), value)
    if origin is tuple:
        return _typed_tuple(get_args(wanted), value)
    if origin is not None and issubclass(origin, Mapping):
        key_type, value_type = get_args(wanted)
        return {_typed(key_type, key): _typed(value_type, each) for key, each in value}
    if isinstance(wanted, type) and _field_names(wanted):
        types = _types_of(wanted)
        return wanted(**{name: _typed(types[name], each) for name, each in value.items() if name in types})
    return _typed_scalar(wanted, value)


def _typed_tuple(types: tuple[Any, ...], value: list[Any]) -> tuple[Any, ...]:
    if len(types) == 2 and types[1] is Ellipsis:
        return tuple(_typed(types[0], each) for each in value)
    return tuple(_typed(each_type, each) for each_type, each in zip(types, value, strict=True))


def _typed_scalar(wanted: Any, value: Any) -> Any:
    if wanted in (datetime, date, time):
        return wanted.fromisoformat(value)
    return wanted(value) if issubclass(wanted, StrEnum) else value


def _field_names(wanted: type) -> tuple[str, ...]:
    """The fields of a dataclass or a named tuple; none of any other type."""
    if is_dataclass(wanted):
        return tuple(field.name for field in fields(wanted))
    return getattr(wanted, "_fields", ())


@cache
def _types_of(wanted: type) -> dict[str, Any]:
    return get_type_hints(wanted)
