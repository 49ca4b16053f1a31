"""A region's own workbook: read as a grid of cells, and filled so that nothing but single cells changes.

Every part but the edited sheets and the table of contents stays byte for byte. Values that formulas kept from before
are taken away where they follow from an edited cell, and the book is asked to count itself anew when it is opened.
"""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from app.errors import UserError
from app.exporters.foreign_formats import CellValue, FormatKind, fitted, kind_of, shown
from app.exporters.foreign_formulas import Names, Where, dependants
from app.exporters.foreign_package import Parts, SheetPart, normal
from app.exporters.foreign_sheet import Area, Formula, Place, SheetXml, area_of, inside, places
from app.exporters.marked_parts import local, tag

MOST_CELLS = 300_000
CellKind = Literal["empty", "text", "number", "yes_no", "error"]
Closed = Literal["formula", "table_head", "pivot"]
"""Why nothing may be written into a cell."""
_AFTER_CALC = {
    "oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing",
    "fileRecoveryPr", "webPublishObjects", "extLst",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FormCell:
    """A cell as a person sees it.

    Attributes:
        text: as it is shown; of a formula, what it gave last.
        format: what its number format shows.
        formula: without «=»; "" where it is a cell of an array whose formula stands elsewhere; None without one.
        locked: Excel lets nobody edit it while the sheet is protected.
    """

    text: str = ""
    kind: CellKind = "empty"
    format: FormatKind = "general"
    formula: str | None = None
    locked: bool = True
    bold: bool = False


@dataclass(frozen=True, slots=True)
class FormSheet:
    """A sheet; places count from 0.

    Attributes:
        rows, columns: size of the rectangle that holds every cell with something in it.
        closed: areas into which nothing may be written, and why; formulas are told by their cells.
        widths: column → its width in characters, where the sheet sets one.
    """

    name: str
    hidden: bool
    rows: int
    columns: int
    cells: Mapping[Place, FormCell]
    merged: tuple[Area, ...]
    protected: bool
    closed: tuple[tuple[Area, Closed], ...]
    widths: Mapping[int, float]

    def cell(self, place: Place) -> FormCell:
        """Return a cell, an empty one where there is none."""
        return self.cells.get(place, FormCell())

    def top_left(self, place: Place) -> Place:
        """Return the cell that holds the value: of a merged area the first one."""
        area = next((area for area in self.merged if inside(area, place)), None)
        return place if area is None else (area[0], area[1])

    def below(self, place: Place) -> Place:
        """Return the next cell downwards, over the whole of a merged area."""
        area = next((area for area in self.merged if inside(area, place)), None)
        return (place[0] + 1 if area is None else area[2] + 1), place[1]

    def closed_by(self, place: Place) -> Closed | None:
        """Return why nothing may be written into a cell; None where it may."""
        if self.cell(place).formula is not None:
            return "formula"
        return next((why for area, why in self.closed if inside(area, place)), None)


@dataclass(frozen=True, slots=True)
class FormBook:
    """A workbook: its sheets of cells in their order.

    Attributes:
        macros: it holds a program of its own; it is kept and never run.
        signed: it was signed; any change takes the signature's force away.
    """

    sheets: tuple[FormSheet, ...]
    epoch_1904: bool = False
    macros: bool = False
    signed: bool = False

    def sheet(self, name: str) -> FormSheet | None:
        """Return a sheet by its name, as Excel compares names."""
        return next((one for one in self.sheets if one.name.casefold() == name.casefold()), None)


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be written into one cell."""

    sheet: str
    place: Place
    value: CellValue


def read(original: bytes, file: str = "") -> FormBook:
    """Read a workbook that has passed the guard.

    Raises:
        UserError: ``FOREIGN_NOT_BOOK``, ``FOREIGN_TOO_LARGE``.
    """
    with _Told(file):
        return _Reader(Parts(original), file).book()


def fill(original: bytes, entries: Sequence[Entry], file: str = "") -> bytes:
    """Return the filled workbook; entries that say what the cell already says change nothing.

    Raises:
        UserError: ``FOREIGN_NOT_BOOK``; ``FOREIGN_NO_SHEET``; ``FOREIGN_CLOSED_CELL`` where a formula stands.
    """
    with _Told(file):
        parts = Parts(original)
        reader = _Reader(parts, file)
        _Filler(reader, file).fill(entries)
        return parts.save()


class _Told:
    """Whatever a broken book does to its reader becomes one plain message."""

    def __init__(self, file: str) -> None:
        self._file = file

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, _trace: object) -> None:
        from lxml import etree

        faults = (
            zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, KeyError, IndexError, ValueError,
            OverflowError, etree.XMLSyntaxError, NotImplementedError, RuntimeError, EOFError, OSError,
        )  # fmt: skip
        if isinstance(error, faults) and not isinstance(error, UserError):
            raise UserError("FOREIGN_NOT_BOOK", file=self._file) from error


@dataclass(frozen=True, slots=True)
class _Look:
    """What the style of a cell says."""

    format: FormatKind = "general"
    locked: bool = True
    bold: bool = False


class _Reader:
    """The parts of a book, each read when it is asked for."""

    def __init__(self, parts: Parts, file: str) -> None:
        self.parts, self.file = parts, file
        self.heads: tuple[SheetPart, ...] = tuple(one for one in parts.sheets() if one.part)
        self.book_part = parts.book_part()
        self.root = parts.xml(self.book_part)
        self.sheets = {one.name.casefold(): SheetXml(parts.xml(one.part)) for one in self.heads}
        if sum(len(sheet.cells) for sheet in self.sheets.values()) > MOST_CELLS:
            raise UserError("FOREIGN_TOO_LARGE", file=file)
        self.epoch_1904 = any(
            local(item) == "workbookPr" and item.get("date1904", "0") in {"1", "true"} for item in self.root
        )
        self.looks = self._looks()

    def formulas(self) -> dict[str, list[Formula]]:
        """Return small name of a sheet → its formulas."""
        return {name: sheet.formulas() for name, sheet in self.sheets.items()}

    def look(self, cell: Any) -> _Look:
        """Return what the style of a cell says."""
        number = int(cell.get("s", "0")) if cell is not None else 0
        return self.looks[number] if number < len(self.looks) else _Look()

    def _looks(self) -> list[_Look]:
        found = self.parts.related(self.book_part, "styles")
        if not found or normal(found[0][1]) not in self.parts.names:
            return []
        root = self.parts.xml(found[0][1])
        sections = {local(child): child for child in root}
        codes = {int(item.get("numFmtId", "0")): item.get("formatCode", "") for item in root.iter()
                 if local(item) == "numFmt"}  # fmt: skip
        fonts = [
            any(local(part) == "b" and part.get("val", "1") not in {"0", "false"} for part in font)
            for font in sections.get("fonts", ())
        ]
        return [self._look(item, codes, fonts) for item in sections.get("cellXfs", ()) if local(item) == "xf"]

    @staticmethod
    def _look(item: Any, codes: Mapping[int, str], fonts: Sequence[bool]) -> _Look:
        number, font = int(item.get("numFmtId", "0")), int(item.get("fontId", "0"))
        locked = next((part.get("locked", "1") for part in item if local(part) == "protection"), "1")
        return _Look(kind_of(number, codes.get(number)), locked in {"1", "true"}, font < len(fonts) and fonts[font])

    def names(self) -> Names:
        """Return the names that formulas may use."""
        defined: dict[str, tuple[str, ...]] = {}
        for section in self.root:
            for item in section if local(section) == "definedNames" else ():
                name = item.get("name", "").casefold()
                defined[name] = (*defined.get(name, ()), item.text or "")
        tables: dict[str, Where] = {}
        for head in self.heads:
            for table, area in self._tables(head):
                where = (head.name.casefold(), area)
                for key in ("name", "displayName"):
                    tables[table.get(key, "").casefold()] = where
        return Names(defined, tables)

    def _tables(self, head: SheetPart) -> Iterator[tuple[Any, Area]]:
        for _key, part in self.parts.related(head.part, "table"):
            root = self.parts.xml(part)
            yield root, area_of(root.get("ref", ""))

    def closed(self, head: SheetPart) -> tuple[tuple[Area, Closed], ...]:
        """Return the areas of a sheet into which nothing may be written: heads of tables, pivot tables."""
        found: list[tuple[Area, Closed]] = []
        for table, area in self._tables(head):
            rows = int(table.get("headerRowCount", "1"))
            if rows:
                found.append(((area[0], area[1], area[0] + rows - 1, area[3]), "table_head"))
        for _key, part in self.parts.related(head.part, "pivotTable"):
            places_told = [item.get("ref", "") for item in self.parts.xml(part) if local(item) == "location"]
            found += [(area_of(told), "pivot") for told in places_told if told]
        return tuple(found)

    # --- the grid ------------------------------------------------------------------------------------------------

    def book(self) -> FormBook:
        """Return everything as a person sees it."""
        strings = self.strings()
        made = tuple(self._sheet(head, self.sheets[head.name.casefold()], strings) for head in self.heads)
        return FormBook(
            made, self.epoch_1904,
            macros=any(name.endswith("vbaproject.bin") for name in self.parts.names),
            signed=any(name.startswith("_xmlsignatures/") for name in self.parts.names),
        )  # fmt: skip

    def strings(self) -> list[str]:
        """Return the shared strings."""
        found = self.parts.related(self.book_part, "sharedStrings")
        if not found or normal(found[0][1]) not in self.parts.names:
            return []
        return [_text(item) for item in self.parts.xml(found[0][1]) if local(item) == "si"]

    def _sheet(self, head: SheetPart, sheet: SheetXml, strings: Sequence[str]) -> FormSheet:
        told: dict[Place, str] = {}
        for formula in sheet.formulas():
            for place in places(formula.area):
                told.setdefault(place, "")
            told[formula.place] = formula.text or ""
        cells = {place: self._cell(node, told.get(place), strings) for place, node in sheet.cells.items()}
        full = [place for place, cell in cells.items() if cell.kind != "empty" or cell.formula is not None]
        merged = sheet.merged()
        widths = {
            column: float(item.get("width", "0"))
            for item in sheet.section("cols")
            for column in range(int(item.get("min", "1")) - 1, min(int(item.get("max", "1")), 500))
        }
        return FormSheet(
            head.name, head.hidden,
            rows=1 + max([row for row, _ in full] + [area[2] for area in merged], default=-1),
            columns=1 + max([column for _, column in full] + [area[3] for area in merged], default=-1),
            cells=cells, merged=merged, protected=sheet.protected, closed=self.closed(head), widths=widths,
        )  # fmt: skip

    def _cell(self, node: Any, formula: str | None, strings: Sequence[str]) -> FormCell:
        look = self.look(node)
        text, kind = _content(node, strings)
        if kind == "number":
            text = shown(text, look.format, epoch_1904=self.epoch_1904)
        return FormCell(text, kind, look.format, formula, look.locked, look.bold)


def _text(item: Any) -> str:
    """Return the text of a string with its runs; readings of hieroglyphs are not part of it."""
    found = ""
    for child in item:
        if local(child) == "t":
            found += child.text or ""
        elif local(child) == "r":
            found += "".join(part.text or "" for part in child if local(part) == "t")
    return found.replace("_x000D_", "")


def _content(node: Any, strings: Sequence[str]) -> tuple[str, CellKind]:
    kind = node.get("t", "n")
    if kind == "inlineStr":
        text = "".join(_text(child) for child in node if local(child) == "is")
        return text, "text" if text else "empty"
    value = next((child.text or "" for child in node if local(child) == "v"), "")
    if not value.strip():
        return "", "empty"
    match kind:
        case "s":
            number = int(value)
            text = strings[number] if 0 <= number < len(strings) else ""
            return text, "text" if text else "empty"
        case "str" | "d":
            return value, "text"
        case "b":
            return ("ДА" if value == "1" else "НЕТ"), "yes_no"
        case "e":
            return value, "error"
        case _:
            return value, "number"


class _Filler:
    """Edits single cells of a book."""

    def __init__(self, reader: _Reader, file: str) -> None:
        self._reader, self._file = reader, file

    def fill(self, entries: Sequence[Entry]) -> None:
        """Write the entries, forget what followed from the cells, ask for a new count."""
        reader, edited = self._reader, dict[tuple[str, Place], Entry]()
        names = {head.name.casefold(): head for head in reader.heads}
        for entry in entries:
            if entry.sheet.casefold() not in names:
                raise UserError("FOREIGN_NO_SHEET", file=self._file, sheet=entry.sheet)
            edited[entry.sheet.casefold(), entry.place] = entry
        formulas = reader.formulas()
        self._refuse_closed(edited, formulas, names)
        strings = reader.strings()
        changed = [key for key, entry in edited.items() if self._put(key, entry, strings)]
        touched = {sheet for sheet, _place in changed}
        for sheet, stale in dependants(formulas, reader.names(), changed).items():
            xml = reader.sheets[sheet]
            gone = [xml.forget(place) for formula in stale for place in places(formula.area)]
            if any(gone):
                touched.add(sheet)
        for sheet in touched:
            reader.parts.put_xml(names[sheet].part, reader.sheets[sheet].root)
        if changed and any(formulas.values()):
            self._count_anew()

    def _refuse_closed(
        self, edited: Mapping[tuple[str, Place], Entry], formulas: Mapping[str, Sequence[Formula]],
        names: Mapping[str, SheetPart],
    ) -> None:  # fmt: skip
        for sheet in {sheet for sheet, _place in edited}:
            taken = {place for formula in formulas[sheet] for place in places(formula.area)}
            areas = [area for area, _why in self._reader.closed(names[sheet])]
            for (where, place), entry in edited.items():
                if where == sheet and (place in taken or any(inside(area, place) for area in areas)):
                    raise UserError("FOREIGN_CLOSED_CELL", file=self._file, sheet=entry.sheet)

    def _put(self, key: tuple[str, Place], entry: Entry, strings: Sequence[str]) -> bool:
        """Write one value; tell whether the cell says something else now."""
        reader = self._reader
        xml = reader.sheets[key[0]]
        node = xml.cells.get(entry.place)
        value = fitted(entry.value, reader.look(node).format, epoch_1904=reader.epoch_1904)
        was: tuple[str, CellKind] = ("", "empty") if node is None else _content(node, strings)
        if value.number is not None:
            same = was[1] == "number" and float(was[0]) == float(value.number)
        else:
            same = was == (value.text or "", "text" if value.text else "empty")
        if not same:
            xml.put(entry.place, value)
        return not same

    def _count_anew(self) -> None:
        from lxml import etree

        root = self._reader.root
        known = next((child for child in root if local(child) == "calcPr"), None)
        if known is None:
            known = etree.Element(tag(root, "calcPr"))
            after = next((child for child in root if local(child) in _AFTER_CALC), None)
            if after is None:
                root.append(known)
            else:
                after.addprevious(known)
        if known.get("fullCalcOnLoad") not in {"1", "true"}:
            known.set("fullCalcOnLoad", "1")
            self._reader.parts.put_xml(self._reader.book_part, root)
