"""Pieces joined by the signs of the reader's language: Khmer has other ones than Latin script."""

from __future__ import annotations

from collections.abc import Iterable

from tlbb_desktop.i18n.catalog import _, translate_into
from tlbb_desktop.i18n.marks import Np_

_LABELLED = Np_("label and value", "{label}: {value}")
_BETWEEN_REMARKS = Np_("between the remarks of a list", "; ")


def labelled(label: str, value: str, language: str = "") -> str:
    """Such as ``SOK DARA: absent``.

    Args:
        label: what is told about, translated.
        value: what is told, translated.
        language: of the paper that it stands in; ``""`` = the active language.
    """
    return _said(_LABELLED, language).format(label=label, value=value)


def joined_remarks(remarks: Iterable[str], language: str = "") -> str:
    """Such as ``from day 12; late 2 ×``; *language* as for :func:`labelled`."""
    return _said(_BETWEEN_REMARKS, language).join(remarks)


def _said(sign: str, language: str) -> str:
    return translate_into(language, sign) if language else _(sign)
