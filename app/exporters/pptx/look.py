"""Sizes and colours of slides, points; 16:9."""

from __future__ import annotations

from typing import Any

WIDTH, HEIGHT = 960.0, 540.0
"""Of a slide."""

EDGE = 42.0
TITLE_TOP, TITLE_HEIGHT = 26.0, 66.0
BODY_TOP = 104.0
FOOT_TOP, FOOT_HEIGHT = 504.0, 22.0
BODY_HEIGHT = FOOT_TOP - BODY_TOP - 8.0
BODY_WIDTH = WIDTH - 2 * EDGE

FONT = "Arial"
"""On every computer with Windows; LibreOffice has one of the same widths."""

WIDER = 1.13
"""So much wider is it than the font of our papers, by which texts are measured."""

TITLE, TITLE_LONG, COVER, SMALL = 26.0, 20.0, 34.0, 11.0
LONG_TITLE = 90
"""Titles of more signs are set smaller."""

INK, MUTED, BLUE, LINE, HEAD, BAND = "1B1F24", "5D677B", "1F3F7F", "C9CFD8", "E6EBF3", "F3F5F8"
LANGUAGE = "ru-RU"

_NAMESPACES = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
}


def find(element: Any, path: str) -> list[Any]:
    """Return what an XPath finds, with the usual prefixes."""
    from lxml import etree

    found = etree.ElementBase.xpath(element, path, namespaces=_NAMESPACES)
    return list(found) if isinstance(found, list) else []


def name(tag: str) -> str:
    """Return the full name of «a:t»."""
    prefix, _, local = tag.partition(":")
    return f"{{{_NAMESPACES[prefix]}}}{local}"


def rgb(colour: str) -> Any:
    """Return a colour as the library takes it."""
    from pptx.dml.color import RGBColor

    made: Any = RGBColor  # its stubs leave the call untyped
    return made.from_string(colour)


def say(run: Any, text: str, size: float, *, bold: bool = False, colour: str = INK) -> None:
    """Fill a run: text, size, face, colour, Russian for the spelling checker."""
    from pptx.util import Pt

    run.text = text
    run.font.size, run.font.bold = Pt(size), bold
    run.font.color.rgb = rgb(colour)
    run._r.get_or_add_rPr().set("lang", LANGUAGE)  # noqa: SLF001 - python-pptx knows languages by a short list


def describe(shape: Any, title: str, text: str) -> None:
    """Give a shape its name and its text for those who don't see it."""
    (properties,) = find(shape._element, ".//p:cNvPr")[:1]  # noqa: SLF001
    properties.set("name", title[:120])
    properties.set("descr", text)
