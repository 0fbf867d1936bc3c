"""``override`` for what is loaded before the first paint: ``typing_extensions`` would cost it 6 ms."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

__all__ = ["override"]

if TYPE_CHECKING:
    from typing_extensions import override
else:
    Method = TypeVar("Method")

    def override(method: Method) -> Method:
        """Say that *method* overrides one of its base class, which mypy checks."""
        return method
