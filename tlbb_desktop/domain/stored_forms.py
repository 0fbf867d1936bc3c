"""Forms as text, and back: a frozen dataclass becomes one JSON object, which services seal whole.

Fields are read by name: a field that a form gained later has its default in what was stored before, and one that a
form lost is passed over. So a form only ever gains fields with defaults.
"""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar

from tlbb_desktop.khmer import normalise

Form = TypeVar("Form")
Reader = Callable[[Any], Any]


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
    wanted: Any = kind
    read: Form = _reader(wanted)(json.loads(text))
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


@lru_cache(maxsize=256)
def _reader(kind: Any) -> Reader:
    """How a value of a kind is read; worked out once for each kind, as a form holds a hundred values."""
    read = _reader_of(kind)
    return read if read is _as_it_is else lambda value: None if value is None else read(value)


def _reader_of(kind: Any) -> Reader:
    origin, parts = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        (kind,) = (each for each in parts if each is not type(None))
        return _reader(kind)
    if origin in (tuple, frozenset):
        read = _reader(parts[0])
        return lambda value: origin(map(read, value))
    if origin is not None:
        return _mapping_reader(*parts)
    if is_dataclass(kind):
        return _form_reader(kind)
    if kind in (date, datetime):
        return typing.cast("Reader", kind.fromisoformat)
    return kind if isinstance(kind, type) and issubclass(kind, Enum) else _as_it_is


def _mapping_reader(key: Any, part: Any) -> Reader:
    """JSON knows texts only as keys."""
    base, read = int if issubclass(key, int) else str, _reader(part)
    return lambda value: {key(base(each)): read(held) for each, held in value.items()}


def _form_reader(kind: Any) -> Reader:
    known = {name: _reader(hint) for name, hint in typing.get_type_hints(kind).items()}
    made = [(name, read) for name, read in known.items() if read is not _as_it_is]

    def read_form(value: dict[str, Any]) -> Any:
        held = value if value.keys() <= known.keys() else {name: value[name] for name in value if name in known}
        for name, read in made:
            if held.get(name) is not None:
                held[name] = read(held[name])
        return kind(**held)

    return read_form


def _as_it_is(value: Any) -> Any:
    return value
