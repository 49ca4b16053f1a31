"""From chosen parts of a paper to the bytes of a PPTX, by python-pptx: 16:9, one thing a slide, the source in notes."""

from __future__ import annotations

import copy
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from app.exporters.glyphs import clean
from app.exporters.pptx import look
from app.exporters.pptx.charts import put_chart
from app.exporters.pptx.tables import Sheet, put_table, sheets
from app.reports import chart_table
from app.reports.charts import ChartSpec
from app.reports.document import Document, Table
from app.texts import ru_date

if TYPE_CHECKING:
    from pptx.presentation import Presentation

_COVER, _TITLED = 0, 5
"""Places of the two layouts that are kept, in the library's own template."""

_LONGEST_FOOT, _LONGEST_PROPERTY = 110, 255
_MOST_NOTES = 6000


@dataclass(frozen=True, slots=True)
class Piece:
    """What a slide shows under which title; a long table takes several slides."""

    title: str
    shows: Table | ChartSpec


def slides_of(shows: Table | ChartSpec) -> int:
    """Return how many slides a table or a chart takes; a table without rows takes none."""
    return len(sheets(shows)) if isinstance(shows, Table) else 1


def render_pptx(document: Document, pieces: Sequence[Piece]) -> bytes:
    """Draw slides: a title slide, then each piece.

    Args:
        document: the paper they come from; its title, organisation and provenance are told.
        pieces: what to show, in order.
    """
    import pptx

    show = pptx.Presentation()
    _properties(show, document)
    _template(show)
    _cover(show, document)
    for piece in pieces:
        if isinstance(piece.shows, Table):
            _table(show, document, piece.title, piece.shows)
        else:
            slide = _slide(show, document, piece.title)
            put_chart(slide, piece.shows)
            _notes(slide, list(_chart_notes(document, piece.shows)))
    buffer = io.BytesIO()
    show.save(buffer)
    return buffer.getvalue()


def _table(show: Presentation, document: Document, title: str, table: Table) -> None:
    found: list[Sheet] = sheets(table)
    for number, sheet in enumerate(found, start=1):
        told = f"{title} ({number} из {len(found)})" if len(found) > 1 else title
        slide = _slide(show, document, told)
        frame = put_table(slide, table, sheet)
        look.describe(frame, clean(table.name), clean(f"Таблица: {told}"))
        marks = [f"{mark.sign} {mark.text}" for mark in table.used_marks()]
        _notes(slide, [*marks, *_source(document)])


# --- the file ----------------------------------------------------------------------------------------------------


def _properties(show: Presentation, document: Document) -> None:
    core = show.core_properties
    core.title = clean(document.heading)[:_LONGEST_PROPERTY]
    core.author = core.last_modified_by = clean(document.meta.author)
    core.subject = clean(document.meta.kind)
    core.language = document.language
    core.revision = 1
    core.created = core.modified = datetime.fromisoformat(document.meta.created).replace(tzinfo=None)


def _template(show: Presentation) -> None:
    """Make the library's template ours: 16:9, our font, two layouts, nothing of its author left."""
    from pptx.util import Pt

    show.slide_width, show.slide_height = Pt(look.WIDTH), Pt(look.HEIGHT)
    _drop(show.part, "printerSettings")
    _drop(show.part.package, "thumbnail")
    kept = {_COVER: "Титульный слайд", _TITLED: "Заголовок"}
    for place, layout in reversed(list(enumerate(show.slide_layouts))):
        if place in kept:
            layout.name = kept[place]
        else:
            show.slide_layouts.remove(layout)
    master = show.slide_masters[0]
    for owner in (master, show.notes_master):
        _theme(owner)
    for path, size, align in (("titleStyle", look.TITLE, "l"), ("bodyStyle", 18.0, "l")):
        for level in look.find(master._element, f"./p:txStyles/p:{path}/a:lvl1pPr"):  # noqa: SLF001
            level.set("algn", align)
            for properties in look.find(level, "./a:defRPr"):
                properties.set("sz", str(round(size * 100)))
                properties.set("b", "1" if path == "titleStyle" else "0")
    foot = look.FOOT_TOP
    boxes = {
        "TITLE": (look.EDGE, look.TITLE_TOP, look.BODY_WIDTH, look.TITLE_HEIGHT),
        "BODY": (look.EDGE, look.BODY_TOP, look.BODY_WIDTH, look.BODY_HEIGHT),
        "DATE": (look.WIDTH - 220, foot, 100, look.FOOT_HEIGHT),
        "FOOTER": (look.EDGE, foot, look.BODY_WIDTH - 120, look.FOOT_HEIGHT),
        "SLIDE_NUMBER": (look.WIDTH - look.EDGE - 100, foot, 100, look.FOOT_HEIGHT),
        "CENTER_TITLE": (look.EDGE, 150, look.BODY_WIDTH, 130),
        "SUBTITLE": (look.EDGE, 300, look.BODY_WIDTH, 110),
    }
    for owner in (master, *show.slide_layouts):
        shapes: Any = owner.placeholders
        for shape in shapes:
            left, top, width, height = boxes[shape.placeholder_format.type.name]
            shape.left, shape.top, shape.width, shape.height = Pt(left), Pt(top), Pt(width), Pt(height)
            if shape.placeholder_format.type.name in {"FOOTER", "SUBTITLE", "CENTER_TITLE"}:
                for level in look.find(shape._element, ".//a:lvl1pPr"):  # noqa: SLF001
                    level.set("algn", "l")


def _drop(part: Any, kind: str) -> None:
    relations = part._rels  # noqa: SLF001 - python-pptx has no call that forgets a part of its template
    for key in [key for key, relation in relations.items() if relation.reltype.endswith("/" + kind)]:
        relations.pop(key)


def _theme(master: Any) -> None:
    """Set our font in the theme, which all texts take theirs from."""
    from lxml import etree
    from pptx.opc.constants import RELATIONSHIP_TYPE

    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    parsed = getattr(part, "_element", None)  # that of notes is open already, that of slides is bytes
    theme = etree.fromstring(part.blob) if parsed is None else parsed
    for font in look.find(theme, ".//a:majorFont/a:latin | .//a:minorFont/a:latin"):
        font.set("typeface", look.FONT)
    for font in look.find(theme, ".//a:majorFont/a:font | .//a:minorFont/a:font"):
        font.getparent().remove(font)
    theme.set("name", "Опора")
    if parsed is None:
        part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)  # noqa: SLF001


# --- slides ------------------------------------------------------------------------------------------------------


def _cover(show: Presentation, document: Document) -> None:
    from pptx.enum.text import PP_ALIGN

    slide = show.slides.add_slide(show.slide_layouts[_COVER_OF_TWO])
    title, below = slide.shapes.title, slide.placeholders[1]
    title.name, below.name = "Заголовок", "Подпись"
    lines = title.text_frame
    size = look.COVER if len(document.heading) <= look.LONG_TITLE else look.TITLE
    for number, text in enumerate(document.title):
        line = lines.paragraphs[0] if not number else lines.add_paragraph()
        look.say(line.add_run(), clean(text), size, bold=True, colour=look.BLUE)
    day = ru_date(document.meta.created[:10])
    told = [document.draft_word] if document.draft else []
    for number, text in enumerate([*told, document.meta.author, day]):
        line = below.text_frame.paragraphs[0] if not number else below.text_frame.add_paragraph()
        line.alignment = PP_ALIGN.LEFT
        look.say(line.add_run(), clean(text), 18.0, colour=look.MUTED, bold=document.draft and not number)
    _notes(slide, _source(document))


_COVER_OF_TWO, _TITLED_OF_TWO = 0, 1


def _slide(show: Presentation, document: Document, title: str) -> Any:
    layout = show.slide_layouts[_TITLED_OF_TWO]
    slide = show.slides.add_slide(layout)
    slide.shapes.title.name = "Заголовок"
    size = look.TITLE if len(title) <= look.LONG_TITLE else look.TITLE_LONG
    look.say(slide.shapes.title.text_frame.paragraphs[0].add_run(), clean(title), size, bold=True, colour=look.BLUE)
    shapes: Any = layout.placeholders
    for shape in shapes:
        kind = shape.placeholder_format.type.name
        if kind in {"FOOTER", "SLIDE_NUMBER"}:
            # a new slide gets no foot of its own from the library
            slide.shapes._spTree.append(copy.deepcopy(shape._element))  # noqa: SLF001
    for shape in slide.placeholders:
        kind = shape.placeholder_format.type.name
        if kind == "FOOTER":
            shape.name = "Строка внизу"
            draft = f"{document.draft_word}. " if document.draft else ""
            look.say(_emptied(shape), _cut(draft + document.heading), look.SMALL, colour=look.MUTED)
        elif kind == "SLIDE_NUMBER":
            shape.name = "Номер слайда"
    return slide


def _emptied(shape: Any) -> Any:
    shape.text_frame.text = ""
    return shape.text_frame.paragraphs[0].add_run()


def _cut(text: str) -> str:
    text = clean(text)
    return text if len(text) <= _LONGEST_FOOT else text[: _LONGEST_FOOT - 1].rstrip() + "…"


def _notes(slide: Any, lines: Sequence[str]) -> None:
    text = "\n".join(clean(line) for line in lines if line)
    slide.notes_slide.notes_text_frame.text = text[:_MOST_NOTES]


def _source(document: Document) -> list[str]:
    return [f"Источник: {document.heading}. {document.meta.author}.", document.provenance]


def _chart_notes(document: Document, chart: ChartSpec) -> Iterator[str]:
    """Yield what stands under a chart, its figures row by row, where they come from."""
    yield chart.note
    found = chart_table.table(chart)
    for row in found.rows:
        told = [f"{title}: {_plain(cell)}" for title, cell in zip(found.columns[1:], row[1:], strict=True) if cell]
        yield f"{row[0]} — {'; '.join(told)}" if told else ""
    yield from _source(document)


def _plain(cell: str | float | None) -> str:
    return str(cell).replace(".", ",") if isinstance(cell, float) else str(cell)
