"""Charts on a page: words in the paper's own font, lines and surfaces as vectors under them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.exporters.charts import draw
from app.exporters.fonts import BOLD, REGULAR
from app.exporters.pdf.pages import Item
from app.exporters.pdf.pen import ChartPlace, Pen
from app.exporters.pdf.tags import Tag
from app.reports.charts import ChartSpec

SIZE, SIZE_OF_MANY = 9.0, 8.0
"""Type of a chart over the whole width and of charts side by side, points."""
GAP = 10.0
ABOVE = 7.0


@dataclass(slots=True, kw_only=True)
class ChartItem(Item):
    """Charts side by side; they are drawn when the page is."""

    charts: tuple[ChartSpec, ...]
    width: float

    def draw(self, pen: Pen, left: float, top: float) -> None:
        """Write the words and remember the vectors."""
        of = len(self.charts)
        column = (self.width - GAP * (of - 1)) / of
        for place, chart in enumerate(self.charts):
            x, y = left + place * (column + GAP), top - self.height
            size = SIZE if of == 1 else SIZE_OF_MANY
            drawing = draw(chart, column, self.height, form="pdf", look="paper", size=size, written=False)
            with pen.inside(Tag("Figure", alt=spoken(chart), box=(x, y, x + column, y + self.height))):
                pen.chart(x, y, drawing.data)
                for word in drawing.words:
                    write = pen.turned if word.turned else pen.text
                    face = BOLD if word.bold else REGULAR
                    write(x + word.x, y + word.y, f"{word.text} ", face, word.size, word.colour)


def chart_item(charts: tuple[ChartSpec, ...], height: float, width: float) -> Item:
    """Return charts side by side as one item of a height and a width in points."""
    return ChartItem(height=height, gap=ABOVE, charts=charts, width=width)


def spoken(chart: ChartSpec) -> str:
    """Return what is said of a chart to those who don't see it: its title and its note; the words follow."""
    return f"График: {chart.title}. {chart.note}".strip()


def put_charts(data: bytes, places: Sequence[ChartPlace]) -> bytes:
    """Put the vectors of charts under the words of their pages (decision 27).

    Args:
        data: the file as reportlab made it.
        places: charts with their pages.

    Returns:
        The file; each chart is a form XObject without fonts, pictures or transparency.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        for number, place in enumerate(places):
            with pikepdf.open(io.BytesIO(place.data)) as source:
                form = pdf.copy_foreign(source.pages[0].as_form_xobject())
            page = pdf.pages[place.page]
            _make_opaque(form)
            # a name of our own: pikepdf would take a random one
            name = page.add_resource(form, pikepdf.Name.XObject, pikepdf.Name(f"/Chart{number}"))
            mark = "/Artifact BMC" if place.number is None else f"/Figure <</MCID {place.number}>> BDC"
            drawn = f"{mark} q 1 0 0 1 {place.left:.3f} {place.bottom:.3f} cm {name} Do Q EMC\n"
            content = drawn.encode("ascii")
            page.contents_add(content, prepend=True)
        buffer = io.BytesIO()
        pdf.save(buffer, deterministic_id=True)
        return buffer.getvalue()


def _make_opaque(form: Any) -> None:
    """Say of every state that it is opaque: what has no fill is said to be transparent by matplotlib."""
    for state in form.Resources.get("/ExtGState", {}).values():
        state["/CA"] = state["/ca"] = 1
