"""The ground a chart is drawn on: matplotlib as a canvas in points, its texts measured before they are put.

No axes of matplotlib are used: every word has its measured place, which is the only way to promise that none lies
over another, and every mark leaves the area that answers to the mouse. One figure at a time: matplotlib keeps caches
that threads must not share.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from app.errors import UserError
from app.exporters.charts.look import Look
from app.exporters.charts.placing import Box
from app.paths import cache_folder, resources
from app.texts import NBSP, glue

LOCK = threading.RLock()
"""Held while a figure is made."""

Side = Literal["left", "center", "right"]

LEADING = 1.24
"""Height of a line of text, ems."""
ASCENT = 0.74
"""From the baseline to the top of what is read as a line, ems."""
DESCENT = 0.24


@dataclass(frozen=True, slots=True)
class Area:
    """A place that answers: x and y of its upper left corner, width, height; the school it opens; what it says."""

    x: float
    y: float
    width: float
    height: float
    link: int | None
    told: str


@dataclass(frozen=True, slots=True)
class Word:
    """A text with its place: left end and baseline, points from the lower left corner; ``turned`` reads upwards."""

    x: float
    y: float
    text: str
    size: float
    bold: bool
    colour: str
    turned: bool = False


@cache
def ready() -> None:
    """Load matplotlib once: its cache stands in the profile, nothing is searched for and nothing is a formula."""
    # Programs built by PyInstaller set this to a new folder at each start, and the cache would be made anew.
    os.environ["MPLCONFIGDIR"] = str(cache_folder("charts"))
    # It warns in English where its cache can't be written; the charts come out all the same.
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    import matplotlib as mpl

    mpl.rcParams.update(
        {
            "backend": "Agg",
            "text.parse_math": False,
            "text.usetex": False,
            "pdf.fonttype": 42,
            "svg.fonttype": "path",
            "svg.hashsalt": "opora",
            "path.simplify": False,
            # hinted letters are wider than measured and stand unevenly
            "text.hinting": "none",
            "savefig.dpi": "figure",
            "hatch.linewidth": 0.5,
        }
    )


@cache
def font(file: str) -> Any:
    """Return the properties of one of our fonts.

    Raises:
        UserError: ``PAPER_FONT`` where the file is missing.
    """
    from matplotlib.font_manager import FontProperties

    path = resources() / "fonts" / file
    if not path.is_file():
        raise UserError("PAPER_FONT", file=path.name)
    return FontProperties(fname=str(path))


@cache
def characters(file: str) -> frozenset[str]:
    """Return what a font can show."""
    from matplotlib.ft2font import FT2Font

    return frozenset(map(chr, FT2Font(str(resources() / "fonts" / file)).get_charmap()))


@cache
def _measured(text: str, file: str) -> float:
    from matplotlib.textpath import text_to_path

    width, _height, _descent = text_to_path.get_text_width_height_descent(text, font(file), ismath=False)
    return float(width) / float(font(file).get_size_in_points())


@dataclass(slots=True)
class Stage:
    """A figure with its helpers. Lengths are points, the origin is the lower left corner.

    Attributes:
        width, height: of the figure.
        look: its colours and fonts.
        size: of ordinary text.
        written: False leaves the words out of the figure and only gathers them (the paper writes them itself).
    """

    width: float
    height: float
    look: Look
    size: float
    written: bool = True
    areas: list[Area] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    figure: Any = None
    points: Any = None

    def __post_init__(self) -> None:
        from matplotlib.figure import Figure
        from matplotlib.transforms import Affine2D

        self.figure = Figure(figsize=(self.width / 72, self.height / 72), dpi=72, facecolor=self.look.page)
        self.points = Affine2D().scale(1 / 72) + self.figure.dpi_scale_trans

    def _add(self, artist: Any) -> None:
        artist.set_transform(self.points)
        self.figure.add_artist(artist)

    # --- text --------------------------------------------------------------------------------------------------------

    def clean(self, text: str) -> str:
        """Return a text in which every character can be shown."""
        from app.exporters.glyphs import DRAWN, clean

        text = clean(text)
        if not self.written:
            return text  # a paper draws some signs by hand and has been checked
        known = characters(self.look.regular)
        return "".join(char if char in known else _nearest(char) for char in text if char not in DRAWN or char in known)

    def wide(self, text: str, size: float | None = None, *, bold: bool = False) -> float:
        """Return the width of a text."""
        file = self.look.bold if bold else self.look.regular
        return _measured(self.clean(text), file) * (size or self.size)

    def widest(self, texts: Sequence[str], size: float | None = None, *, bold: bool = False) -> float:
        """Return the width of the widest of some texts, 0 of none."""
        return max((self.wide(text, size, bold=bold) for text in texts), default=0.0)

    def line(self, size: float | None = None) -> float:
        """Return the height of a line of text."""
        return LEADING * (size or self.size)

    def wrap(
        self, text: str, room: float, size: float | None = None, *, most: int = 3, bold: bool = False
    ) -> list[str]:
        """Break a text into lines; what does not fit into ``most`` lines ends in «…»."""
        lines: list[str] = []
        for piece in glue(text).split("\n"):
            line = ""
            for word in piece.split(" "):
                longer = f"{line} {word}" if line else word
                if line and self.wide(longer, size, bold=bold) > room:
                    lines.append(line)
                    line = word
                else:
                    line = longer
            lines.append(line)
        if len(lines) > most:
            lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
        return [self.elide(line, room, size, bold=bold) for line in lines]

    def elide(self, text: str, room: float, size: float | None = None, *, bold: bool = False) -> str:
        """Return a text cut to a width, with «…»."""
        if self.wide(text, size, bold=bold) <= room:
            return text
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            if self.wide(text[:middle].rstrip() + "…", size, bold=bold) <= room:
                low = middle
            else:
                high = middle - 1
        return text[:low].rstrip() + "…"

    def say(
        self, x: float, y: float, text: str, colour: str = "", *, size: float | None = None, bold: bool = False,
        side: Side = "left", turned: bool = False,
    ) -> Box:  # fmt: skip
        """Write a line with its baseline at ``y`` (``turned``: baseline at ``x``, starting at ``y`` upwards)."""
        text = self.clean(text)
        size = size or self.size
        wide = self.wide(text, size, bold=bold)
        back = {"left": 0.0, "center": wide / 2, "right": wide}[side]
        if turned:
            y -= back
        else:
            x -= back
        word = Word(x, y, text, size, bold, colour or self.look.text, turned)
        if text.strip():
            self.words.append(word)
        if turned:
            return Box(x - ASCENT * size, y, x + DESCENT * size, y + wide)
        return Box(x, y - DESCENT * size, x + wide, y + ASCENT * size)

    def say_lines(
        self, x: float, top: float, lines: Sequence[str], colour: str = "", *, size: float | None = None,
        bold: bool = False, side: Side = "left",
    ) -> float:  # fmt: skip
        """Write lines under each other from ``top`` down; returns the bottom."""
        for line in lines:
            top -= self.line(size)
            self.say(x, top + 0.32 * (size or self.size), line, colour, size=size, bold=bold, side=side)
        return top

    def middle(self, y: float, size: float | None = None) -> float:
        """Return the baseline of a line whose middle is at ``y``."""
        return y - 0.36 * (size or self.size)

    # --- shapes ------------------------------------------------------------------------------------------------------

    def path(
        self, points: Sequence[tuple[float, float]], colour: str, width: float = 1.0, *,
        dash: tuple[float, ...] = (), order: float = 2.0, closed: bool = False,
    ) -> None:  # fmt: skip
        """Draw a line through points; ``dash`` counts in widths of the line."""
        from matplotlib.lines import Line2D

        chain = [*points, points[0]] if closed and points else list(points)
        style: Any = (0, dash) if dash else "solid"
        self._add(
            Line2D(
                [x for x, _y in chain],
                [y for _x, y in chain],
                color=colour,
                linewidth=width,
                linestyle=style,
                solid_capstyle="round",
                dash_capstyle="butt",
                zorder=order,
            )
        )

    def box(
        self, box: Box, fill: str, *, edge: str = "", width: float = 0.6, dash: tuple[float, ...] = (),
        order: float = 1.5,
    ) -> None:  # fmt: skip
        """Draw a rectangle."""
        from matplotlib.patches import Rectangle

        style: Any = (0, dash) if dash else "solid"
        self._add(
            Rectangle(
                (box.left, box.bottom),
                box.width,
                box.height,
                facecolor=fill or "none",
                edgecolor=edge or "none",
                linewidth=width if edge else 0,
                linestyle=style,
                zorder=order,
            )
        )

    def shape(self, points: Sequence[tuple[float, float]], fill: str, *, order: float = 1.0) -> None:
        """Fill a polygon."""
        from matplotlib.patches import Polygon

        self._add(Polygon(list(points), closed=True, facecolor=fill, edgecolor="none", zorder=order))

    def mark(
        self, x: float, y: float, marker: str, colour: str, *, side: float = 6.5, hollow: bool = False,
        order: float = 4.0,
    ) -> None:  # fmt: skip
        """Draw a marker; hollow ones say «мало детей»."""
        from matplotlib.lines import Line2D

        self._add(
            Line2D(
                [x],
                [y],
                linestyle="none",
                marker=marker,
                markersize=side,
                markeredgecolor=colour,
                markerfacecolor=self.look.page if hollow else colour,
                markeredgewidth=1.3,
                zorder=order,
            )
        )

    def answer(self, box: Box, link: int | None, told: str) -> None:
        """Let a place answer to the mouse."""
        if link is None and not told:
            return
        self.areas.append(Area(box.left, self.height - box.top, box.width, box.height, link, told))

    def around(self, x: float, y: float, reach: float = 8.0) -> Box:
        """Return a square around a point."""
        return Box(x - reach, y - reach, x + reach, y + reach)

    # --- end -----------------------------------------------------------------------------------------------------

    def write_words(self) -> None:
        """Put the gathered words into the figure."""
        from matplotlib.text import Text

        for word in self.words:
            self._add(
                Text(
                    word.x, word.y, word.text, color=word.colour, horizontalalignment="left",
                    verticalalignment="baseline", rotation=90 if word.turned else 0, rotation_mode="anchor", zorder=6,
                    fontproperties=_sized(self.look.bold if word.bold else self.look.regular, word.size),
                )
            )  # fmt: skip


@cache
def _sized(file: str, size: float) -> Any:
    found = font(file).copy()
    found.set_size(size)
    return found


_NEAR = {"▲": "^", "■": "•", "●": "•", "○": "o", "\u2009": NBSP, "\u202f": NBSP, "☐": "", "☑": "", "☒": ""}


def _nearest(char: str) -> str:
    return _NEAR.get(char, "?")


def number(value: float, unit: str = "", digits: int = 1) -> str:
    """Return a value as people write it: comma, true minus, no idle zeros, the unit after a no-break space."""
    text = f"{value:.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    text = "0" if text in {"-0", ""} else text
    text = text.replace(".", ",").replace("-", "−")
    return f"{text}{NBSP}{unit}" if unit else text


def figure(value: float, unit: str = "") -> str:
    """Return a value beside others of its kind: shares always have one decimal, «12,0 %» next to «11,9 %»."""
    if unit != "%":
        return number(value, unit)
    text = f"{value:.1f}".replace(".", ",").replace("-", "−")
    return f"{'0,0' if text == '−0,0' else text}{NBSP}{unit}"
