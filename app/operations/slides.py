"""Slides for a meeting: which tables and charts of a paper there are, chosen ones as a PowerPoint file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from app.errors import UserError
from app.operations.papers import Made, Paper
from app.texts import NBSP, count

if TYPE_CHECKING:
    from app.exporters.pptx import Piece
    from app.reports.charts import ChartSpec
    from app.reports.document import Document, Table

SUFFIX = ".pptx"

_NUMBER = re.compile(r"^Таблица\s+\d+\.\s+")
"""A number of a table means nothing away from its paper."""

_PICTURE_ROWS = 9
"""Rows of a table in its small picture."""


@dataclass(frozen=True, slots=True)
class SlideChoice:
    """A table or a chart that can become slides.

    Attributes:
        place: its number among the tables and charts of the paper, from 0.
        kind: what it is.
        title: of its slides.
        slides: how many it takes.
    """

    place: int
    kind: Literal["table", "chart"]
    title: str
    slides: int

    @property
    def told(self) -> str:
        """«таблица, 3 слайда»."""
        word = "таблица" if self.kind == "table" else "график"
        return f"{word}, {count(self.slides, 'слайд', 'слайда', 'слайдов')}"


def blocks(document: Document) -> tuple[SlideChoice, ...]:
    """Return what can be put on slides, in the order of the paper; tables without rows and empty charts cannot."""
    from app.exporters.charts.drawing import is_empty
    from app.exporters.pptx import slides_of
    from app.reports.document import Table

    found = []
    for place, (title, shows) in enumerate(_all(document)):
        table = isinstance(shows, Table)
        slides = slides_of(shows) if isinstance(shows, Table) or not is_empty(shows) else 0
        if slides:
            found.append(SlideChoice(place, "table" if table else "chart", title, slides))
    return tuple(found)


def render_slides(paper: Paper, chosen: Sequence[SlideChoice]) -> Made:
    """Draw slides: a title slide, then what is chosen, in the order given.

    Args:
        paper: whose tables and charts.
        chosen: some of ``blocks(paper.document)``.

    Raises:
        UserError: ``SLIDE_NOTHING`` where nothing is chosen.
    """
    from app.exporters.pptx import Piece, render_pptx

    if not chosen:
        raise UserError("SLIDE_NOTHING", title=paper.title)
    known = list(_all(paper.document))
    pieces: list[Piece] = [Piece(choice.title, known[choice.place][1]) for choice in chosen]
    return Made(SUFFIX, render_pptx(paper.document, pieces))


def picture(document: Document, choice: SlideChoice) -> Made:
    """Return a page with the table (its first rows) or the chart, to be looked at before slides are made."""
    from app.exporters.pdf import render_pdf
    from app.exporters.pptx import shortened
    from app.reports.document import ChartBlock, Document, Table

    _title, shows = list(_all(document))[choice.place]
    block = shortened(shows, _PICTURE_ROWS) if isinstance(shows, Table) else ChartBlock(shows, 120.0)
    page = Document((choice.title,), document.meta, (block,), landscape=True)
    data = render_pdf(page).data
    return Made(".pdf", data)


def _all(document: Document) -> Iterator[tuple[str, Table | ChartSpec]]:
    """Yield every table and chart with its title; one name twice is told apart by the heading over it."""
    from app.reports.document import Heading, Table, charts_of

    heading, taken = "", set[str]()
    for block in document.blocks:
        if isinstance(block, Heading):
            heading = block.text
        shown = (block,) if isinstance(block, Table) else charts_of(block)
        for one in shown:
            title = _NUMBER.sub("", one.caption) or one.name if isinstance(one, Table) else one.title
            if title in taken:
                kind = "таблица" if isinstance(one, Table) else "график"
                title = f"{heading}. {title}" if heading not in {"", title} else f"{title}: {kind}"
            taken.add(title)
            yield title.replace(NBSP, " ") or document.heading, one
