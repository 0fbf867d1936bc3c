"""How files between laptops are called; a module of its own, as the first start reads it before it paints."""

from __future__ import annotations

from typing import Final

BUNDLE_ENDING: Final = ".tlbb-bundle"
JOIN_ENDING: Final = ".tlbb-join"
CARD_ENDING: Final = ".tlbb-laptop"
