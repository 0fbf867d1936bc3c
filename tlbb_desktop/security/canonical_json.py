"""One way to write a value as bytes, for what is authenticated."""

from __future__ import annotations

import json
from typing import Any


def canonical_json(value: Any) -> bytes:
    """*value* as ASCII JSON with sorted keys and without white space.

    Raises:
        TypeError: it holds something else than text, whole numbers, truth values, None, lists and mappings.
    """
    _require_exact(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False).encode("ascii")


def _require_exact(value: Any) -> None:
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("keys must be text")
        for part in value.values():
            _require_exact(part)
    elif isinstance(value, list | tuple):
        for part in value:
            _require_exact(part)
    elif value is not None and not isinstance(value, str | int):
        raise TypeError(f"{type(value).__name__} has no exact form")
