"""One sheet of a region's workbook as XML: its cells by their places, formulas, and the edit of a single cell."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.exporters.foreign_formats import Fitted
from app.exporters.marked_parts import local, tag

Place = tuple[int, int]
"""Row and column from 0."""
Area = tuple[int, int, int, int]
"""Top, left, bottom, right from 0, all included."""

_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")
LAST_ROW, LAST_COLUMN = 1_048_575, 16_383
MOST_FILLED = 300_000
"""So many cells the arrays of a sheet may fill; a whole sheet of one would never end."""
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BAD_SIGNS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def place_of(address: str) -> Place:
    """Return the place of «B12»; ValueError for anything else and for what no sheet has."""
    found = _ADDRESS.fullmatch(address.strip())
    if found is None:
        raise ValueError(address)
    row, column = int(found[2]) - 1, column_of(found[1])
    if row > LAST_ROW or column > LAST_COLUMN:
        raise ValueError(address)
    return row, column


def column_of(letters: str) -> int:
    """Return the number of a column from 0."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def letters_of(column: int) -> str:
    """Return the letters of a column from 0."""
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address_of(place: Place) -> str:
    """Return «B12»."""
    return f"{letters_of(place[1])}{place[0] + 1}"


def area_of(reference: str) -> Area:
    """Return the area of «A1:B2» or «A1»; ValueError for anything else."""
    first, _colon, last = reference.partition(":")
    top, left = place_of(first)
    bottom, right = place_of(last or first)
    return min(top, bottom), min(left, right), max(top, bottom), max(left, right)


def inside(area: Area, place: Place) -> bool:
    """Tell whether a place lies in an area."""
    return area[0] <= place[0] <= area[2] and area[1] <= place[1] <= area[3]


def size(area: Area) -> int:
    """Return how many cells an area has."""
    return (area[2] - area[0] + 1) * (area[3] - area[1] + 1)


def places(area: Area) -> Iterator[Place]:
    """Yield every place of an area, row by row."""
    for row in range(area[0], area[2] + 1):
        for column in range(area[1], area[3] + 1):
            yield row, column


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula of a cell.

    Attributes:
        text: without «=»; None where it can't be told (a table of data).
        home: the cell whose text it is: that of a shared formula moves along with its cells.
        area: cells that it fills: its own, or all of an array.
    """

    place: Place
    text: str | None
    home: Place
    area: Area


class SheetXml:
    """A sheet to be read and edited; cells and rows without addresses stand after the ones before them.

    Args:
        root: the tree of the part; ValueError where it holds no cells.
    """

    def __init__(self, root: Any) -> None:
        self.root = root
        found = [child for child in root if local(child) == "sheetData"]
        if not found:
            raise ValueError("a sheet without data")
        self._data: Any = found[0]
        self.rows: dict[int, Any] = {}
        self.cells: dict[Place, Any] = {}
        self._unnamed = False
        self._read()
        self._order = sorted(self.rows)

    def _read(self) -> None:
        row_number = -1
        for row in self._data:
            if local(row) != "row":
                continue
            told = row.get("r", "")
            row_number = int(told) - 1 if told.isdigit() else row_number + 1
            if not 0 <= row_number <= LAST_ROW:
                raise ValueError("a row that no sheet has")
            self._unnamed |= not told
            self.rows.setdefault(row_number, row)
            column = -1
            for cell in row:
                if local(cell) != "c":
                    continue
                address = cell.get("r")
                column = place_of(address)[1] if address else column + 1
                self._unnamed |= not address
                self.cells.setdefault((row_number, column), cell)

    # --- reading -------------------------------------------------------------------------------------------------

    def section(self, name: str) -> Iterator[Any]:
        """Yield what stands in a section of the sheet («mergeCells»)."""
        for child in self.root:
            if local(child) == name:
                yield from child

    def merged(self) -> tuple[Area, ...]:
        """Return the merged areas."""
        return tuple(area_of(item.get("ref", "")) for item in self.section("mergeCells") if item.get("ref"))

    @property
    def protected(self) -> bool:
        """Whether Excel lets only unlocked cells be edited."""
        return any(
            local(child) == "sheetProtection" and child.get("sheet", "0") in {"1", "true"} for child in self.root
        )

    def formulas(self) -> list[Formula]:
        """Return the formulas; that of a shared one is told with the cell it was written for.

        Raises:
            ValueError: their arrays fill more cells than ``MOST_FILLED``.
        """
        shared: dict[str, tuple[Place, str]] = {}
        found: list[tuple[Place, Any]] = []
        for place, cell in self.cells.items():
            node = next((child for child in cell if local(child) == "f"), None)
            if node is not None:
                found.append((place, node))
                if node.get("t") == "shared" and (node.text or "").strip():
                    shared.setdefault(node.get("si", ""), (place, node.text))
        made = [self._formula(place, node, shared) for place, node in found]
        if sum(size(formula.area) for formula in made) > MOST_FILLED:
            raise ValueError("arrays without an end")
        return made

    @staticmethod
    def _formula(place: Place, node: Any, shared: dict[str, tuple[Place, str]]) -> Formula:
        own: Area = (*place, *place)
        kind, text = node.get("t", "normal"), node.text or ""
        if kind == "shared" and not text.strip():
            home, told = shared.get(node.get("si", ""), (place, ""))
            return Formula(place, told or None, home, own)
        if kind == "dataTable":
            return Formula(place, None, place, area_of(node.get("ref", address_of(place))))
        whole = area_of(node.get("ref")) if kind == "array" and node.get("ref") else own
        return Formula(place, text, place, whole)

    # --- editing -------------------------------------------------------------------------------------------------

    def put(self, place: Place, value: Fitted) -> None:
        """Write a value into a cell; its look stays. A formula must not stand there: the caller has looked."""
        from lxml import etree

        cell = self._cell(place)
        for child in list(cell):
            if local(child) in {"f", "v", "is"}:
                cell.remove(child)
        for name in ("t", "cm", "vm", "ph"):
            cell.attrib.pop(name, None)
        if value.number is not None:
            node = etree.Element(tag(self.root, "v"))
            node.text = value.number
            cell.insert(0, node)
        elif value.text is not None:
            cell.set("t", "inlineStr")
            node = etree.Element(tag(self.root, "is"))
            words = etree.SubElement(node, tag(self.root, "t"))
            words.set(_SPACE, "preserve")
            words.text = _BAD_SIGNS.sub("", value.text)
            cell.insert(0, node)

    def forget(self, place: Place) -> bool:
        """Take the kept value of a formula away, so that nobody reads the old one; tell whether there was one."""
        cell: Any = self.cells.get(place)
        kept = [] if cell is None else [child for child in cell if local(child) in {"v", "is"}]
        for child in kept:
            cell.remove(child)
        if kept:
            cell.attrib.pop("t", None)
        return bool(kept)

    def _cell(self, place: Place) -> Any:
        found = self.cells.get(place)
        return self._new_cell(place) if found is None else found

    def _new_cell(self, place: Place) -> Any:
        from lxml import etree

        if self._unnamed:
            self._name_all()
        row: Any = self.rows.get(place[0])
        if row is None:
            row = self._new_row(place[0])
        row.attrib.pop("spans", None)
        cell = etree.Element(tag(self.root, "c"), r=address_of(place))
        style = row.get("s") if row.get("customFormat") in {"1", "true"} else self._column_style(place[1])
        if style:
            cell.set("s", style)
        after = next(
            (other for other in row if local(other) == "c" and place_of(other.get("r"))[1] > place[1]), None
        )  # fmt: skip
        if after is None:
            row.append(cell)
        else:
            after.addprevious(cell)
        self.cells[place] = cell
        self._widen(place)
        return cell

    def _column_style(self, column: int) -> str:
        for item in self.section("cols"):
            if int(item.get("min", "0")) <= column + 1 <= int(item.get("max", "0")):
                return str(item.get("style") or "")
        return ""

    def _new_row(self, number: int) -> Any:
        from lxml import etree

        row = etree.Element(tag(self.root, "row"), r=str(number + 1))
        place = bisect_right(self._order, number)
        if place < len(self._order):
            self.rows[self._order[place]].addprevious(row)
        else:
            self._data.append(row)
        self._order.insert(place, number)
        self.rows[number] = row
        return row

    def _name_all(self) -> None:
        for number, row in self.rows.items():
            row.set("r", str(number + 1))
        for place, cell in self.cells.items():
            cell.set("r", address_of(place))
        self._unnamed = False

    def _widen(self, place: Place) -> None:
        """Let the sheet's own word about its size hold the new cell."""
        told = next((child for child in self.root if local(child) == "dimension"), None)
        if told is None or not told.get("ref"):
            return
        area = area_of(told.get("ref"))
        wide = (min(area[0], place[0]), min(area[1], place[1]), max(area[2], place[0]), max(area[3], place[1]))
        if wide != area:
            told.set("ref", f"{address_of(wide[:2])}:{address_of(wide[2:])}")
