"""What charts are drawn with: colours of the window (light, dark) and of papers, fonts, markers and dashes.

Every colour is opaque and mixed beforehand, so that PDF/A-1b takes it. The fills of parts of a whole go from dark to
light, so that they differ on a black and white print; series differ by marker and dash as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.reports.charts import Tone

LookName = Literal["light", "dark", "paper"]

MARKERS = ("o", "s", "^", "D", "v", "P", "X", "p")
"""Markers of series by their place, as matplotlib names them."""

DASHES: tuple[tuple[float, ...], ...] = ((), (5.0, 2.0), (1.5, 1.8), (7.0, 2.0, 1.5, 2.0), (9.0, 3.0), (3.0, 1.2))
"""Dashes of series by their place, in widths of the line; () is a whole line."""


@dataclass(frozen=True, slots=True)
class Fill:
    """A surface and the ink that is read on it."""

    colour: str
    ink: str


@dataclass(frozen=True, slots=True)
class Look:
    """One set of colours and faces.

    Attributes:
        regular, bold: files of the fonts in ``resources/fonts``.
        series: colours of lines and markers by the place of the series.
        tones: colours of lines with a meaning.
        fills: surfaces with a meaning.
        parts: surfaces of series by their place.
        heat: shades from the best to the worst.
    """

    regular: str
    bold: str
    page: str
    text: str
    muted: str
    line: str
    axis: str
    series: tuple[str, ...]
    tones: dict[Tone, str]
    fills: dict[Tone, Fill]
    parts: tuple[Fill, ...]
    heat: tuple[Fill, ...]

    def colour(self, tone: Tone, place: int) -> str:
        """Return the colour of a line or a marker."""
        return self.series[place % len(self.series)] if tone == "series" else self.tones[tone]

    def fill(self, tone: Tone, place: int) -> Fill:
        """Return the surface of a bar or a part."""
        return self.parts[place % len(self.parts)] if tone == "series" else self.fills[tone]

    def shade(self, place: int, of: int) -> Fill:
        """Return one of ``of`` shades, the worst of which is always the darkest."""
        return self.heat[round(place * (len(self.heat) - 1) / max(1, of - 1))]


_INK, _WHITE = "#1B1F24", "#FFFFFF"

LIGHT = Look(
    regular="GolosText-Regular.ttf",
    bold="GolosText-SemiBold.ttf",
    page=_WHITE,
    text=_INK,
    muted="#5D677B",
    line="#E1E5EA",
    axis="#B4BCC8",
    series=("#1F5FBF", "#8A5200", "#1E7B4B", "#7A3E9D", "#0B7285", "#B3261E"),
    tones={"ok": "#1E7B4B", "warn": "#8A5200", "bad": "#B3261E", "none": "#5D677B", "accent": "#1F5FBF"},
    fills={
        "bad": Fill("#B3372E", _WHITE),
        "warn": Fill("#E9AE52", _INK),
        "accent": Fill("#B9D0F3", _INK),
        "ok": Fill("#DDF1E5", _INK),
        "none": Fill("#E4E7EC", _INK),
    },
    parts=(
        Fill("#1F5FBF", _WHITE),
        Fill("#E9AE52", _INK),
        Fill("#A9D9BD", _INK),
        Fill("#E3D3EE", _INK),
        Fill("#0B7285", _WHITE),
        Fill("#E4E7EC", _INK),
    ),
    heat=(
        Fill("#F4F6F9", _INK),
        Fill("#FBE9D2", _INK),
        Fill("#F3C48B", _INK),
        Fill("#D9695A", _INK),
        Fill("#8C1D18", _WHITE),
    ),
)

DARK = Look(
    regular="GolosText-Regular.ttf",
    bold="GolosText-SemiBold.ttf",
    page="#1D2127",
    text="#E7EAEE",
    muted="#9AA4B2",
    line="#323842",
    axis="#566070",
    series=("#6EA3F5", "#F0BE6A", "#7FD1A3", "#C79BE6", "#5FC7D8", "#F59A93"),
    tones={"ok": "#7FD1A3", "warn": "#F0BE6A", "bad": "#F59A93", "none": "#9AA4B2", "accent": "#6EA3F5"},
    fills={
        "bad": Fill("#F59A93", "#15181D"),
        "warn": Fill("#94671F", _WHITE),
        "accent": Fill("#34527F", _WHITE),
        "ok": Fill("#24452F", _WHITE),
        "none": Fill("#3A414C", _WHITE),
    },
    parts=(
        Fill("#6EA3F5", "#15181D"),
        Fill("#94671F", _WHITE),
        Fill("#2F6B4A", _WHITE),
        Fill("#563A69", _WHITE),
        Fill("#5FC7D8", "#15181D"),
        Fill("#3A414C", _WHITE),
    ),
    heat=(
        Fill("#262B33", "#E7EAEE"),
        Fill("#40382A", "#E7EAEE"),
        Fill("#6B4F22", _WHITE),
        Fill("#B4564B", _WHITE),
        Fill("#F7B3AC", "#15181D"),
    ),
)

PAPER = Look(
    regular="Tinos-Regular.ttf",
    bold="Tinos-Bold.ttf",
    page=_WHITE,
    text="#000000",
    muted="#555555",
    line="#D9DCE1",
    axis="#444444",
    series=("#1F3F7F", "#8A5200", "#1E6B45", "#6A3A86", "#0B6272", "#8E201A"),
    tones={"ok": "#1E6B45", "warn": "#8A5200", "bad": "#8E201A", "none": "#555555", "accent": "#1F3F7F"},
    fills=LIGHT.fills,
    parts=LIGHT.parts,
    heat=LIGHT.heat,
)

LOOKS: dict[LookName, Look] = {"light": LIGHT, "dark": DARK, "paper": PAPER}
