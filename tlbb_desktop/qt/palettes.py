"""The named colours of the light and the dark theme.

All text reaches 4.5:1 on the surfaces that it stands on, all edges of controls 3:1 (WCAG 2.2 AA); a test measures it.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

ThemeName = Literal["light", "dark"]


class Tone(NamedTuple):
    """A pair that belongs together: the colour of a field and of the text or sign on it."""

    fill: str
    ink: str


class MarkTones(NamedTuple):
    """One tone per kind of attendance mark; a letter or sign always stands beside the colour."""

    present: Tone
    absent: Tone
    excused: Tone
    late: Tone
    left: Tone
    institution: Tone
    unmarked: Tone


class Theme(NamedTuple):
    """Colours by what they are for, as ``#rrggbb``.

    Attributes:
        window: behind everything.
        rail: the places on the left.
        surface: cards, tables, fields.
        raised: heads of tables, hovered rows.
        line: hair lines between things.
        edge: edges of controls.
        text: what is read.
        muted: captions and hints.
        accent: the one primary action, the place where one is.
        accent_hover: the same under the pointer.
        on_accent: text on accent.
        accent_soft: selected rows.
        focus: the ring around the focused control.
        focus_on_accent: that ring on a filled button.
        danger, warning, success, info: tones of banners and badges.
        weekend: holidays and days without a session.
        marks: tones of attendance marks.
    """

    name: ThemeName
    window: str
    rail: str
    surface: str
    raised: str
    line: str
    edge: str
    text: str
    muted: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_soft: str
    focus: str
    focus_on_accent: str
    danger: Tone
    warning: Tone
    success: Tone
    info: Tone
    weekend: Tone
    marks: MarkTones


LIGHT = Theme(
    name="light",
    window="#f4f6f5",
    rail="#e9eeec",
    surface="#ffffff",
    raised="#f0f4f3",
    line="#dce3e1",
    edge="#84918e",
    text="#16211f",
    muted="#53625f",
    accent="#0f5c66",
    accent_hover="#0b464e",
    on_accent="#ffffff",
    accent_soft="#d5ebec",
    focus="#0f5c66",
    focus_on_accent="#f6b73c",
    danger=Tone("#fdeceb", "#a3211c"),
    warning=Tone("#fff3d9", "#7a4b00"),
    success=Tone("#e3f4e8", "#1c6436"),
    info=Tone("#e4eefa", "#1d4f8c"),
    weekend=Tone("#eceff0", "#53625f"),
    marks=MarkTones(
        present=Tone("#e9f6ec", "#1c6436"),
        absent=Tone("#fbdcd9", "#9c1c17"),
        excused=Tone("#dfeafa", "#1d4f8c"),
        late=Tone("#fdeec8", "#774900"),
        left=Tone("#fbe3d0", "#8a3d0c"),
        institution=Tone("#ebe2f6", "#5b3592"),
        unmarked=Tone("#ffffff", "#5e6b68"),
    ),
)

DARK = Theme(
    name="dark",
    window="#131819",
    rail="#191f20",
    surface="#1c2324",
    raised="#252e2f",
    line="#303a3b",
    edge="#76847f",
    text="#e7edeb",
    muted="#a5b3b0",
    accent="#5ec4cb",
    accent_hover="#84d6db",
    on_accent="#05282c",
    accent_soft="#1f4246",
    focus="#5ec4cb",
    focus_on_accent="#8a4300",
    danger=Tone("#43201f", "#ffb3ad"),
    warning=Tone("#3d2f10", "#f9cf7c"),
    success=Tone("#17361f", "#9fdcb0"),
    info=Tone("#182f4b", "#a9cdf9"),
    weekend=Tone("#242a2b", "#a5b3b0"),
    marks=MarkTones(
        present=Tone("#17301f", "#9fdcb0"),
        absent=Tone("#4a2221", "#ffb3ad"),
        excused=Tone("#1b3352", "#a9cdf9"),
        late=Tone("#3f3113", "#f9cf7c"),
        left=Tone("#452a17", "#ffc39c"),
        institution=Tone("#33264d", "#d3bdf7"),
        unmarked=Tone("#1c2324", "#a5b3b0"),
    ),
)


def theme_named(name: ThemeName) -> Theme:
    """Return the light or the dark theme."""
    return DARK if name == "dark" else LIGHT


def contrast(one: str, other: str) -> float:
    """Return the contrast of two ``#rrggbb`` colours, 1 to 21, as WCAG 2.2 defines it."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
