"""The parts that an installed program is made of, as its list of them says."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

#: Beside our package in the bundle; a program that runs from its source has no such folder.
LICENCES = Path(__file__).resolve().parents[2] / "licences"
SBOM = "sbom.cdx.json"


@dataclass(frozen=True, slots=True)
class Part:
    """A library, font or the like.

    Args:
        name: as its makers call it.
        version: its version.
        licence: an SPDX expression, or its makers' words.
    """

    name: str
    version: str
    licence: str


def program_version() -> str:
    """The version of this program, such as ``0.1.0``."""
    return version("tlbb-desktop")


def installed_parts() -> tuple[Part, ...]:
    """The parts in the order of their names; none where the program was not installed from a bundle."""
    try:
        listed = json.loads((LICENCES / SBOM).read_text(encoding="utf-8"))
    except OSError:
        return ()
    return tuple(Part(each["name"], each["version"], _licence(each["licenses"][0])) for each in listed["components"])


def _licence(told: dict[str, object]) -> str:
    named = told.get("license")
    return str(named["name"] if isinstance(named, dict) else told["expression"])
