"""Charts for the faces: a picture with places that answer, files, rows. matplotlib loads at the first picture."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import UserError

if TYPE_CHECKING:
    from app.reports.chart_table import ChartTable
    from app.reports.charts import ChartSpec

FORMATS = {".png": "Картинка PNG", ".svg": "Рисунок SVG", ".pdf": "Документ PDF"}
FILE_WIDTH, FILE_HEIGHT = 900, 520
"""Size of a chart saved as a file, pixels at 100 %."""
FILE_SCALE = 2.0
TEXT_SIZE = 12.0


@dataclass(frozen=True, slots=True)
class ChartArea:
    """A place of a picture that answers to the mouse.

    Attributes:
        x, y: upper left corner in logical pixels.
        width, height: in logical pixels.
        link: the id of the school that a click opens.
        told: the tooltip.
    """

    x: float
    y: float
    width: float
    height: float
    link: int | None
    told: str

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point lies inside."""
        return self.x <= x <= self.x + self.width and self.y <= y <= self.y + self.height


@dataclass(frozen=True, slots=True)
class ChartPicture:
    """A chart as a picture.

    Attributes:
        png: without transparency.
        width, height: in logical pixels; the PNG has ``scale`` times as many.
        areas: later ones lie over earlier ones.
    """

    png: bytes
    width: float
    height: float
    areas: tuple[ChartArea, ...]


def picture(
    spec: ChartSpec, width: float, height: float, *, scale: float = 1.0, dark: bool = False,
    size: float = TEXT_SIZE, titled: bool = True,
) -> ChartPicture:  # fmt: skip
    """Draw a chart for the screen. Not for the GUI thread: it takes tenths of a second, the first time seconds.

    Args:
        spec: what it shows.
        width: logical pixels.
        height: logical pixels.
        scale: pixels of the screen in one logical pixel.
        dark: the dark palette.
        size: of ordinary text, logical pixels.
        titled: put the title into the picture.

    Raises:
        UserError: ``PAPER_FONT`` where a font of the program is missing.
    """
    from app.exporters.charts import draw

    drawing = draw(spec, width, height, look="dark" if dark else "light", scale=scale, size=size, titled=titled)
    areas = tuple(ChartArea(a.x, a.y, a.width, a.height, a.link, a.told) for a in drawing.areas)
    return ChartPicture(drawing.data, drawing.width, drawing.height, areas)


def svg(spec: ChartSpec, width: float = FILE_WIDTH, height: float = FILE_HEIGHT) -> bytes:
    """Return a chart as SVG; letters are outlines, so that it looks the same everywhere."""
    from app.exporters.charts import draw

    return draw(spec, width, height, form="svg").data


def file(spec: ChartSpec, suffix: str, width: float = FILE_WIDTH, height: float | None = None) -> bytes:
    """Return a chart as a file: light, with its title.

    Args:
        spec: what it shows.
        suffix: «.png», «.svg» or «.pdf».
        width: pixels at 100 %.
        height: pixels at 100 %; as much as the chart needs when omitted.

    Raises:
        UserError: ``PAPER_FORMAT`` for another suffix, ``PAPER_FONT``.
    """
    from app.exporters.charts import draw

    suffix = suffix.lower()
    if suffix not in FORMATS:
        raise UserError("PAPER_FORMAT", suffix=suffix or "без окончания", known=", ".join(FORMATS))
    tall = height or max(FILE_HEIGHT, least_height(spec))
    form = {".png": "png", ".svg": "svg", ".pdf": "pdf"}[suffix]
    return draw(spec, width, tall, form=form, scale=FILE_SCALE).data  # type: ignore[arg-type]


def save(spec: ChartSpec, path: Path) -> Path:
    """Write a chart to a file by the suffix of its name. Errors: see ``file``, and those of writing (``PAPER_…``)."""
    from app.exporters.atomic import write_atomic

    return write_atomic(path, file(spec, path.suffix))


def file_name(spec: ChartSpec, suffix: str = ".png") -> str:
    """Return a name that every system takes."""
    words = "".join(char if char.isalnum() or char in " -№.," else " " for char in spec.title)
    return (" ".join(words.split())[:80].rstrip("., ") or "График") + suffix


def table(spec: ChartSpec) -> ChartTable:
    """Return the rows of a chart."""
    from app.reports.chart_table import table as rows

    return rows(spec)


def as_text(spec: ChartSpec) -> str:
    """Return the rows of a chart with tabs, for the clipboard."""
    from app.reports.chart_table import as_text as text

    return text(spec)


def least_height(spec: ChartSpec, size: float = TEXT_SIZE) -> float:
    """Return how high a chart must be so that its rows can be read, logical pixels."""
    from app.reports.charts import BarChart, BulletChart, HeatChart, RadarChart, StackedChart

    match spec:
        case HeatChart():
            return size * (14 + 1.7 * len(spec.rows))
        case BarChart():
            rows = len(spec.series[0].points) if spec.series else 0
            return size * (8 + 2.4 * rows)
        case StackedChart():
            rows = len(spec.series[0].points) if spec.series else 0
            return size * (8 + 2.8 * rows)
        case RadarChart():
            return size * 26
        case BulletChart():
            return size * (5 + 2.4 * len(spec.rows))
        case _:
            return size * 18
