"""TLBB Desktop: registers, case plans and releases for the staff of This Life Beyond Bars."""

from __future__ import annotations

__version__ = "0.1.0"
