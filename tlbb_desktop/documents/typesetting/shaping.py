"""Text to glyphs: HarfBuzz over runs of one script and one face, each text shaped once.

A run never ends inside a cluster, so a syllable is always shaped by one face. A character that no face covers becomes
a box with its code point.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Final, NamedTuple

import uharfbuzz as hb

from tlbb_desktop.documents.typesetting.faces import Face, Family
from tlbb_desktop.khmer import clusters

KHMER: Final = "Khmr"
LATIN: Final = "Latn"
_KHMER_SIGNS: Final = re.compile("[\u1780-\u17ff\u19e0-\u19ff]")
_LATIN_LETTERS: Final = re.compile("[A-Za-z\u00aa-\u024f\u1e00-\u1eff]")
_KEPT_TEXTS: Final = 20_000
_CODE_SCALE: Final = 0.38
_CODE_ROW: Final = 950
_CODE_MARGIN: Final = 220


class Glyph(NamedTuple):
    """One glyph; lengths in thousandths of an em.

    Attributes:
        number: in its face.
        text: of the whole cluster at the cluster's first glyph, ``""`` at the others.
        advance: from this glyph's origin to the next one's.
        x: offset from the origin to the right.
        y: offset from the baseline upwards.
    """

    number: int
    text: str
    advance: float
    x: float
    y: float


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """Glyphs of one face.

    Attributes:
        scale: size relative to the text around it; the em of its lengths is scaled too.
        missing: the character that no face covers, for which this run stands as a box; ``""`` for real text.
    """

    face: Face
    glyphs: tuple[Glyph, ...]
    scale: float = 1.0
    missing: str = ""

    @property
    def width(self) -> float:
        """In thousandths of an em of the text around it."""
        return sum(glyph.advance for glyph in self.glyphs) * self.scale


@dataclass(frozen=True, slots=True, eq=False)
class ShapedText:
    """A text as glyphs.

    Attributes:
        text: without break hints.
        width: in thousandths of an em.
        missing: characters that no face covers.
    """

    text: str
    runs: tuple[Run, ...]
    width: float = field(init=False)
    missing: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "width", sum(run.width for run in self.runs))
        object.__setattr__(self, "missing", frozenset(run.missing for run in self.runs if run.missing))


@lru_cache(_KEPT_TEXTS)
def shaped(text: str, family: Family = Family.TEXT) -> ShapedText:
    """Shape a text on one line.

    Args:
        text: without line breaks.
        family: the faces to take, the first that covers a cluster.
    """
    return ShapedText(text, tuple(_runs(text, family.faces)))


def text_width(text: str, size: float, family: Family = Family.TEXT) -> float:
    """Width in points of a text on one line in *size* points."""
    return shaped(text, family).width * size / 1000


def _runs(text: str, faces: tuple[Face, ...]) -> Iterator[Run]:
    if faces[0].covered.issuperset(text) and not (_KHMER_SIGNS.search(text) and _LATIN_LETTERS.search(text)):
        yield _run(text, faces[0], KHMER if _KHMER_SIGNS.search(text) else LATIN)
        return
    for (face, script), group in groupby(_placed(text, faces), key=lambda placed: placed[1:]):
        run_text = "".join(placed[0] for placed in group)
        if face is None:
            yield from (_box(character, faces[-1]) for character in run_text)
        else:
            yield _run(run_text, face, script)


def _placed(text: str, faces: tuple[Face, ...]) -> Iterator[tuple[str, Face | None, str]]:
    """Each cluster with its face and script; signs of no script go with the script before them."""
    first = _LATIN_LETTERS.search(text)
    khmer = _KHMER_SIGNS.search(text)
    script = KHMER if khmer and (not first or khmer.start() < first.start()) else LATIN
    for cluster in clusters(text):
        if _KHMER_SIGNS.match(cluster):
            script = KHMER
        elif _LATIN_LETTERS.match(cluster):
            script = LATIN
        face = next((each for each in faces if _covers(each, cluster)), None)
        if face is None and len(cluster) > 1:  # what is covered of the cluster is still shown
            for sign in cluster:
                yield sign, next((each for each in faces if sign in each.covered), None), script
        else:
            yield cluster, face, script


def _covers(face: Face, cluster: str) -> bool:
    return face.covered.issuperset(cluster) or face.covered.issuperset(unicodedata.normalize("NFC", cluster))


def _run(text: str, face: Face, script: str) -> Run:
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.direction, buffer.script, buffer.language = "ltr", script, "km" if script == KHMER else "en"
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_GRAPHEMES
    buffer.flags = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
    hb.shape(face.font, buffer)
    infos = buffer.glyph_infos
    first = infos[0].cluster if infos else 0
    starts = [0 if info.cluster == first else info.cluster for info in infos]  # invisible signs go with what they meet
    texts = {start: text[start:end] for start, end in pairwise([*dict.fromkeys(starts), len(text)])}
    scale = face.scale
    glyphs = []
    for info, place, start in zip(infos, buffer.glyph_positions or (), starts, strict=True):
        x, y, advance, _ = place.position
        glyphs.append(Glyph(info.codepoint, texts.pop(start, ""), advance * scale, x * scale, y * scale))
    return Run(face, tuple(glyphs))


def _box(character: str, face: Face) -> Run:
    """The code point in two rows of small digits; the ink draws the frame around them."""
    code = f"{ord(character):04X}"
    code = code.zfill(6) if len(code) > 4 else code
    half = len(code) // 2
    rows = [[face.glyph(digit) for digit in row] for row in (code[:half], code[half:])]
    step = max(face.advances[glyph] for row in rows for glyph in row)
    top = [Glyph(glyph, "", step, 0, _CODE_ROW + _CODE_MARGIN / 2) for glyph in rows[0]]
    top[0] = top[0]._replace(text=character, advance=step + _CODE_MARGIN, x=_CODE_MARGIN)
    top[1:] = [glyph._replace(x=0) for glyph in top[1:]]
    top[-1] = top[-1]._replace(advance=top[-1].advance - step * half)
    bottom = [Glyph(glyph, "", step, 0, 0) for glyph in rows[1]]
    bottom[-1] = bottom[-1]._replace(advance=step + _CODE_MARGIN)
    return Run(face, (*top, *bottom), _CODE_SCALE, character)
