"""Small things that python-docx has no call for: fields, borders, shading, fonts without a theme."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.styles.style import BaseStyle
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph

FONT = "Times New Roman"
LANGUAGE = "ru-RU"

_CELL_ORDER = ("tcW", "gridSpan", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "vAlign")
_TABLE_ORDER = (
    "tblStyle", "tblW", "jc", "tblInd", "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook", "tblCaption",
)  # fmt: skip


STYLE_TABLE, STYLE_HEAD, STYLE_SMALL, STYLE_APPROVAL, STYLE_FOOT = (
    "Таблица", "Шапка таблицы", "Мелкий текст", "Гриф", "Строка внизу",
)  # fmt: skip
"""Names of our own paragraph styles."""

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def name(tag: str) -> str:
    """Return the full name of an element or attribute of the main namespace."""
    return f"{{{_MAIN}}}{tag}"


def element(tag: str, **attributes: str) -> Any:
    """Return an element of the main namespace with attributes of it."""
    from docx.oxml.parser import oxml_parser

    return oxml_parser.makeelement(name(tag), {name(key): value for key, value in attributes.items()}, {"w": _MAIN})


def set_font(style_element: Any, size: float, *, bold: bool = False, colour: str | None = None) -> None:
    """Give a style our font in all four scripts, without the theme's fonts and colours.

    Args:
        style_element: ``w:style`` or ``w:rPrDefault``.
        size: points.
        bold: bold face.
        colour: «1F3F7F», None for automatic.
    """
    run = style_element.get_or_add_rPr() if hasattr(style_element, "get_or_add_rPr") else style_element[0]
    for old in list(run):
        run.remove(old)  # the order of what stands here is fixed by the schema: all is made anew
    half = str(round(size * 2))
    made = [element("rFonts", ascii=FONT, hAnsi=FONT, cs=FONT, eastAsia=FONT)]
    if bold:
        made += [element("b"), element("bCs")]
    made += [element("color", val=colour or "auto"), element("sz", val=half), element("szCs", val=half)]
    made.append(element("lang", val=LANGUAGE, eastAsia=LANGUAGE))
    for part in made:
        run.append(part)


def drop_theme(styles: Any) -> None:
    """Take the theme's fonts and colours out of all styles of the template, used or not."""
    for fonts in styles.iter(name("rFonts")):
        fonts.attrib.clear()
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(name(script), FONT)
    for colour in styles.iter(name("color")):
        for attribute in ("themeColor", "themeTint", "themeShade"):
            colour.attrib.pop(name(attribute), None)


def modern_layout(settings: Any) -> None:
    """Ask for the layout of Word 2013 and later, in which a table begins at the margin and not left of it."""
    for setting in settings.iter(name("compatSetting")):
        if setting.get(name("name")) == "compatibilityMode":
            setting.set(name("val"), "15")


def plain_spacing(style: BaseStyle) -> None:
    """Take borders and indents of the template's style away (its title has a blue line)."""
    properties = style.element.find(name("pPr"))
    if properties is not None:
        for tag in ("pBdr", "contextualSpacing", "ind"):
            for old in properties.findall(name(tag)):
                properties.remove(old)


def page_field(paragraph: Paragraph) -> None:
    """Put the number of the page into a paragraph."""
    for kind in ("begin", None, "separate", "text", "end"):
        run = paragraph.add_run()
        if kind is None:
            instruction = element("instrText")
            instruction.text = "PAGE"
            run._r.append(instruction)  # noqa: SLF001 - python-docx offers no other way to a field
        elif kind == "text":
            run.text = "2"
        else:
            run._r.append(element("fldChar", fldCharType=kind))  # noqa: SLF001


def insert_in_order(parent: Any, child: Any, order: tuple[str, ...]) -> None:
    """Put a property where the schema wants it: Word refuses some files whose properties stand out of order."""
    for old in parent.findall(child.tag):
        parent.remove(old)
    names = [name(tag) for tag in order]
    rank = names.index(child.tag)
    for position, present in enumerate(parent):
        if present.tag in names and names.index(present.tag) > rank:
            parent.insert(position, child)
            return
    parent.append(child)


def cell_property(cell: _Cell, child: Any) -> None:
    """Set a property of a cell."""
    insert_in_order(cell._tc.get_or_add_tcPr(), child, _CELL_ORDER)  # noqa: SLF001


def bottom(cell: _Cell) -> None:
    """Put the text of a cell at its foot."""
    cell_property(cell, element("vAlign", val="bottom"))


def table_layout(table: Table, *, borders: bool, room: int = 28) -> None:
    """Fix the column widths and set hairlines and small margins; ``room`` above and below the text, twips."""
    properties = table._tbl.tblPr  # noqa: SLF001
    insert_in_order(properties, element("tblLayout", type="fixed"), _TABLE_ORDER)
    margins = element("tblCellMar")
    side = "70" if borders else "0"
    for edge, width in (("top", str(room)), ("left", side), ("bottom", str(room)), ("right", side)):
        margins.append(element(edge, w=width, type="dxa"))
    insert_in_order(properties, margins, _TABLE_ORDER)
    if not borders:
        return
    lines = element("tblBorders")
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV"):
        lines.append(element(edge, val="single", sz="4", space="0", color="444444"))
    insert_in_order(properties, lines, _TABLE_ORDER)


def plain_table(word: Word, widths: Sequence[float], *, rows: int = 1, room: int = 28) -> Table:
    """Add a table without borders, whose rows are never torn.

    Args:
        word: where to.
        widths: of the columns, mm.
        rows: how many.
        room: above and below the text of a cell, twips.
    """
    from docx.shared import Mm

    table: Table = word.add_table(rows=rows, cols=len(widths))
    table.autofit = False
    table_layout(table, borders=False, room=room)
    for index, width in enumerate(widths):
        table.columns[index].width = Mm(width)
    for row in table.rows:
        never_torn(row)
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    return table


def never_torn(row: _Row) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(element("cantSplit"))  # noqa: SLF001


def outline_level(paragraph: Paragraph, level: int) -> None:
    """Say that a paragraph is a heading of the contents, whatever its style; 0 is the highest."""
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001
    after = [name(tag) for tag in ("divId", "cnfStyle", "rPr", "sectPr", "pPrChange")]
    place = next((index for index, present in enumerate(properties) if present.tag in after), len(properties))
    properties.insert(place, element("outlineLvl", val=str(level)))


def describe(picture: Any, title: str, text: str) -> None:
    """Give a picture its name and its text for those who don't see it."""
    properties = picture._inline.docPr  # noqa: SLF001 - python-docx has no way for it
    properties.set("title", title)
    properties.set("descr", text)
