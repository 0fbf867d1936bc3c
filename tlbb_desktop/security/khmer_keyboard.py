"""Which Latin key was pressed when the Khmer keyboard layout was left on.

The layout is NiDA's, as Windows and X11 (``xkb/symbols/kh``, "basic") have it. Only printed codes are read through this
table; a passphrase is what was typed.
"""

from __future__ import annotations

from tlbb_desktop.security.typed_text import visible

_PLAIN = {
    "q": "ឆ", "w": "ឹ", "e": "េ", "r": "រ", "t": "ត", "y": "យ", "u": "ុ", "i": "ិ", "o": "ោ", "p": "ផ",
    "a": "ា", "s": "ស", "d": "ដ", "f": "ថ", "g": "ង", "h": "ហ", "j": "្", "k": "ក", "l": "ល",
    "z": "ឋ", "x": "ខ", "c": "ច", "v": "វ", "b": "ប", "n": "ន", "m": "ម",
}  # fmt: skip
_SHIFTED = {
    "q": "ឈ", "w": "ឺ", "e": "ែ", "r": "ឬ", "t": "ទ", "y": "ួ", "u": "ូ", "i": "ី", "o": "ៅ", "p": "ភ",
    "a": "ាំ", "s": "ៃ", "d": "ឌ", "f": "ធ", "g": "អ", "h": "ះ", "j": "ញ", "k": "គ", "l": "ឡ",
    "z": "ឍ", "x": "ឃ", "c": "ជ", "v": "េះ", "b": "ព", "n": "ណ", "m": "ំ",
}  # fmt: skip
_DASHES = "-‐‑‒–—−ឥ៌_"
_NO_DASHES = str.maketrans("", "", _DASHES)
_LATIN = {typed: key for layer in (_PLAIN, _SHIFTED) for key, typed in layer.items()}
_LONGEST_FIRST = sorted(_LATIN, key=len, reverse=True)


def latin_keys(typed: str) -> str:
    """*typed* as the Latin keys and ASCII digits that were pressed, without spaces, dashes and invisible characters."""
    text = visible(typed).translate(_NO_DASHES)
    for characters in _LONGEST_FIRST:
        text = text.replace(characters, _LATIN[characters])
    return text
