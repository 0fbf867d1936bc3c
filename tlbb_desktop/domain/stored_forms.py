"""Forms as text, and back: a frozen dataclass becomes one JSON object, which services seal whole.

Fields are read by name: a field that a form gained later has its default in what was stored before, and one that a
form lost is passed over. So a form only ever gains fields with defaults.
"""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar

from tlbb_desktop.khmer import normalise

Form = TypeVar("Form")


def form_stored(form: object) -> str:
    """The JSON text of a form: a dataclass of texts, numbers, days, moments, enums, tuples, mappings and forms."""
    return json.dumps(_stored(form), ensure_ascii=False, separators=(",", ":"))


def form_tidied(form: Form) -> Form:
    """The form with every text in it normalised and stripped, as it is stored and compared."""
    tidied: Form = _tidied(form)
    return tidied


def _tidied(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        changed = {each.name: _tidied(getattr(value, each.name)) for each in fields(value)}
        return replace(value, **changed)
    if isinstance(value, str) and not isinstance(value, Enum):
        return normalise(value).strip()
    if isinstance(value, tuple):
        return tuple(map(_tidied, value))
    return {key: _tidied(each) for key, each in value.items()} if isinstance(value, Mapping) else value


def form_read(kind: type[Form], text: str) -> Form:
    """Read back what :func:`form_stored` wrote of a form of this *kind*."""
    read: Form = _read(kind, json.loads(text))
    return read


def _stored(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: _stored(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {_stored(key): _stored(each) for key, each in value.items()}
    if isinstance(value, (tuple, frozenset)):
        return sorted(map(_stored, value)) if isinstance(value, frozenset) else [_stored(each) for each in value]
    return value


def _read(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    origin = typing.get_origin(kind)
    if origin in (types.UnionType, typing.Union):
        (kind,) = (each for each in typing.get_args(kind) if each is not type(None))
        return _read(kind, value)
    if origin in (tuple, frozenset):
        return origin(_read(typing.get_args(kind)[0], each) for each in value)
    if origin is not None:
        key, part = typing.get_args(kind)
        return {_key(key, each): _read(part, held) for each, held in value.items()}
    return _simple(kind, value)


def _simple(kind: Any, value: Any) -> Any:
    if is_dataclass(kind):
        make: Any = kind
        known = _parts(make)
        return make(**{name: _read(known[name], held) for name, held in value.items() if name in known})
    if kind in (date, datetime):
        return kind.fromisoformat(value)
    return kind(value) if isinstance(kind, type) and issubclass(kind, Enum) else value


def _key(kind: Any, text: str) -> Any:
    """A key of a mapping: JSON knows texts only."""
    base = int if issubclass(kind, int) else str
    return kind(base(text))


@lru_cache(maxsize=256)
def _parts(kind: Any) -> dict[str, Any]:
    return typing.get_type_hints(kind)
