"""Styles of a foreign workbook: a marked cell keeps its look and gets another fill."""

from __future__ import annotations

import copy
from typing import Any

from app.exporters.marked_parts import Package, tag

_FILLS = {"error": "FFFFC9C9", "warning": "FFFFE8A3", "hint": "FFDCE9F9"}
"""Colours of marks by how grave they are; no other fill of a blank has them."""


class Styles:
    """The part with styles, changed only where something is marked."""

    def __init__(self, package: Package) -> None:
        self._package = package
        book = package.book()
        found = package.related(book.part, "styles")
        if not found:
            raise ValueError("a book without styles")
        self._part = found[0][1]
        self._root = package.xml(self._part)
        self._formats = self._need("cellXfs")
        self._made: dict[tuple[int, str], int] = {}
        self._stale = self._find_stale()

    @property
    def namespace(self) -> str:
        """The namespace of the book's sheets."""
        return str(self._root.tag).rpartition("}")[0].lstrip("{")

    def _need(self, name: str) -> Any:
        found = self._root.find(tag(self._root, name))
        if found is None:
            raise ValueError(f"styles without {name}")
        return found

    def stale(self) -> dict[int, int]:
        """Return the looks of earlier marks → the looks that the cells had before."""
        return self._stale

    def _find_stale(self) -> dict[int, int]:
        fills = [self._colour(fill) for fill in self._need("fills")]
        ours = {number for number, colour in enumerate(fills) if colour in _FILLS.values()}
        looks = [self._but_fill(item) for item in self._formats]
        marked = [int(item.get("fillId", "0")) in ours for item in self._formats]
        return {
            number: next((other for other, same in enumerate(looks) if same == looks[number] and not marked[other]), 0)
            for number, hit in enumerate(marked)
            if hit
        }

    @staticmethod
    def _colour(fill: Any) -> str:
        return next((item.get("rgb", "") for item in fill.iter() if str(item.tag).endswith("fgColor")), "")

    @staticmethod
    def _but_fill(item: Any) -> tuple[object, ...]:
        facts = sorted((key, value) for key, value in item.attrib.items() if key not in {"fillId", "applyFill"})
        inner = [(str(part.tag), sorted(part.attrib.items())) for part in item]
        return (facts, inner)

    def marked(self, style: int, level: str) -> int:
        """Return the number of the look of a cell with the fill of a mark."""
        if (style, level) not in self._made:
            known = self._formats[style] if style < len(self._formats) else self._formats[0]
            made = copy.deepcopy(known)
            made.set("fillId", str(self._fill(level)))
            made.set("applyFill", "1")
            self._made[style, level] = self._add(made)
        return self._made[style, level]

    def _add(self, made: Any) -> int:
        self._formats.append(made)
        self._formats.set("count", str(len(self._formats)))
        return len(self._formats) - 1

    def _fill(self, level: str) -> int:
        from lxml import etree

        fills = self._need("fills")
        colour = _FILLS[level]
        for number, fill in enumerate(fills):
            if self._colour(fill) == colour:
                return number
        fill = etree.SubElement(fills, tag(self._root, "fill"))
        pattern = etree.SubElement(fill, tag(self._root, "patternFill"), patternType="solid")
        etree.SubElement(pattern, tag(self._root, "fgColor"), rgb=colour)
        etree.SubElement(pattern, tag(self._root, "bgColor"), indexed="64")
        fills.set("count", str(len(fills)))
        return len(fills) - 1

    def plain(self, kind: str) -> int:
        """Return a look of our own sheet: «title», «head» or «body»."""
        from lxml import etree

        font = 0
        if kind != "body":
            fonts = self._need("fonts")
            made = copy.deepcopy(fonts[0])
            if made.find(tag(self._root, "b")) is None:
                made.insert(0, etree.Element(tag(self._root, "b")))
            fonts.append(made)
            fonts.set("count", str(len(fonts)))
            font = len(fonts) - 1
        look = etree.Element(tag(self._root, "xf"), numFmtId="0", fontId=str(font), fillId="0", borderId="0", xfId="0")
        look.set("applyFont", "1")
        look.set("applyAlignment", "1")
        etree.SubElement(look, tag(self._root, "alignment"), vertical="top", wrapText="0" if kind == "title" else "1")
        return self._add(look)

    def save(self) -> None:
        """Write the part back."""
        self._package.put_xml(self._part, self._root)
