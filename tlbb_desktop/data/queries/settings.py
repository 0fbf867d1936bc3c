"""What a stored setting says."""

from __future__ import annotations

import json
from typing import Any


def setting_value(stored: str | None, default: Any = None) -> Any:
    """The value of a setting, or *default* where it is not set; one that cannot be read keeps nobody out, either."""
    try:
        return default if stored is None else json.loads(stored)
    except ValueError:
        return default
