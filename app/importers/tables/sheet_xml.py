"""What the values of a sheet do not say: hidden columns and rows, formulas, error values (decision 23).

A second pass over the XML of one sheet, as a stream, only where a reader asks. Only xlsx has it. The guard has already
refused declarations of entities and measured the parts.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from xml.parsers import expat

LARGEST_PART = 96 << 20
MOST_FORMULAS = 200_000
MOST_HIDDEN = 100_000
_CHUNK = 1 << 18
_LONGEST_TEXT = 8_192
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_SIGNS = (b"<f>", b"<f ", b"<f/", b":f>", b":f ", b":f/", b't="e"', b"t='e'", b"\0f\0")
_LONGEST_SIGN = 6

Place = tuple[int, int]
FormulaKind = Literal["normal", "shared", "other"]


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula of one cell: its text without «=», and the value the file keeps beside it (None where none is)."""

    text: str
    cached: str | None
    kind: FormulaKind = "normal"
    shared: str | None = None


@dataclass(slots=True)
class SheetFacts:
    """What one pass found. Rows from 1, columns from 0; ``whole`` is false where the pass had to stop early."""

    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    formulas: dict[Place, Formula] = field(default_factory=dict)
    masters: dict[str, tuple[Place, str]] = field(default_factory=dict)
    errors: dict[Place, str] = field(default_factory=dict)
    whole: bool = True

    def is_hidden(self, column: int) -> bool:
        """Tell whether a column is hidden."""
        return any(first <= column <= last for first, last in self.hidden_columns)


class _EnoughError(Exception):
    """The pass has seen what it was asked for."""


def place_of(reference: str) -> Place | None:
    """Return (row from 1, column from 0) of «D14», or None."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return None
    column = 0
    for letter in found.group(1):
        column = column * 26 + ord(letter) - 64
    return int(found.group(2)), column - 1


def look(path: Path, sheet: str | None, *, last_row: int | None = None, formulas: bool = True) -> SheetFacts | None:
    """Pass once over the XML of a sheet; None where the file has none (xls, ods, csv) or it can't be found.

    Args:
        path: the workbook; it has passed the guard.
        sheet: its name as the workbook gives it.
        last_row: where to stop: enough for the top that a person sees.
        formulas: whether formulas and error values are wanted; a sheet without any is then passed over at once.
    """
    if sheet is None or not zipfile.is_zipfile(path):
        return None
    try:
        with zipfile.ZipFile(path) as archive:
            part = _part_of(archive, sheet)
            if part is None:
                return None
            if formulas and last_row is None:
                if part.file_size > LARGEST_PART:
                    return SheetFacts(whole=False)
                if not _has_signs(archive, part):
                    return SheetFacts()
            return _Pass(last_row, formulas=formulas).run(archive, part)
    except (zipfile.BadZipFile, OSError, expat.ExpatError, ValueError, EOFError, RuntimeError):
        return None  # the values were read by another reader: this pass only adds to them


def _has_signs(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Tell whether a part holds a formula or an error value at all: a plain search is far quicker than a parser."""
    tail = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            window = tail + chunk
            if any(sign in window for sign in _SIGNS):
                return True
            tail = window[-_LONGEST_SIGN:]
    return False


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _elements(data: bytes, wanted: str) -> Iterator[dict[str, str]]:
    """Yield the attributes of every element of a name, prefixes cut off (but of ids, which two spaces may have)."""
    found: list[dict[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if _local(name) == wanted:
            found.append({_local(key) if ":" not in key else key.lower(): value for key, value in attributes.items()})

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.Parse(data, True)
    yield from found


def _part_of(archive: zipfile.ZipFile, sheet: str) -> zipfile.ZipInfo | None:
    """Find the part of a sheet through the relationships of the workbook."""
    import posixpath

    parts = {info.filename.replace("\\", "/").lower(): info for info in archive.infolist()}

    def relations(base: str) -> dict[str, str]:
        folder, name = posixpath.split(base)
        rels = parts.get(posixpath.join(folder, "_rels", f"{name}.rels"))
        if rels is None or rels.file_size > LARGEST_PART:
            return {}
        return {
            entry.get("Id", ""): posixpath.normpath(
                posixpath.join("/" + folder, entry.get("Target", "").replace("\\", "/").lower())
            ).lstrip("/")
            for entry in _elements(archive.read(rels), "Relationship")
            if base or entry.get("Type", "").endswith("/officeDocument")
        }

    main = next((part for part in relations("").values() if part in parts), "xl/workbook.xml")
    if main not in parts or parts[main].file_size > LARGEST_PART:
        return None
    targets = relations(main)
    for entry in _elements(archive.read(parts[main]), "sheet"):
        if entry.get("name") == sheet:
            key = next((value for name, value in entry.items() if name.endswith(":id")), entry.get("id", ""))
            return parts.get(targets.get(key, ""))
    return None


class _Pass:
    """The handlers of one pass. Cells and rows without references stand after the one before them."""

    def __init__(self, last_row: int | None, *, formulas: bool) -> None:
        self._last_row = last_row
        self._wants = formulas
        self._facts = SheetFacts()
        self._row = 0
        self._column = -1
        self._type = ""
        self._into: list[str] | None = None
        self._formula: tuple[FormulaKind, str | None] | None = None
        self._formula_text: list[str] = []
        self._value: list[str] = []

    def run(self, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> SheetFacts:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        if self._wants:
            parser.CharacterDataHandler = self._text
        try:
            with archive.open(part) as stream:
                while chunk := stream.read(_CHUNK):
                    parser.Parse(chunk, False)
                parser.Parse(b"", True)
        except _EnoughError:
            pass
        return self._facts

    def _start(self, name: str, attributes: dict[str, Any]) -> None:
        local = _local(name)
        if local == "c":
            place = place_of(attributes.get("r", ""))
            self._column = self._column + 1 if place is None else place[1]
            self._type = attributes.get("t", "")
            self._formula, self._formula_text, self._value = None, [], []
        elif local == "row":
            self._begin_row(attributes)
        elif local == "v" and self._wants:
            self._into = self._value
        elif local == "f" and self._wants:
            kind = attributes.get("t", "normal")
            self._formula = ("shared" if kind == "shared" else "normal" if kind == "normal" else "other",
                             attributes.get("si"))  # fmt: skip
            self._into = self._formula_text
        elif local == "col" and attributes.get("hidden") in {"1", "true"}:
            first, last = int(attributes.get("min", 1)), int(attributes.get("max", 1))
            if len(self._facts.hidden_columns) < MOST_HIDDEN:
                self._facts.hidden_columns.append((first - 1, last - 1))

    def _begin_row(self, attributes: dict[str, Any]) -> None:
        said = attributes.get("r", "")
        self._row = int(said) if said.isdecimal() and len(said) < 9 else self._row + 1
        self._column = -1
        if self._last_row is not None and self._row > self._last_row:
            raise _EnoughError
        if attributes.get("hidden") in {"1", "true"} and len(self._facts.hidden_rows) < MOST_HIDDEN:
            self._facts.hidden_rows.append(self._row)

    def _text(self, data: str) -> None:
        if self._into is not None and sum(map(len, self._into)) < _LONGEST_TEXT:
            self._into.append(data)

    def _end(self, name: str) -> None:
        local = _local(name)
        if local in {"v", "f"}:
            self._into = None
        elif local == "c" and self._wants:
            self._end_cell()
        elif local == "sheetData" and not self._wants:
            raise _EnoughError

    def _end_cell(self) -> None:
        facts, place = self._facts, (self._row, self._column)
        value = "".join(self._value)
        if self._type == "e" and len(facts.errors) < MOST_FORMULAS:
            facts.errors[place] = value or "#"
        if self._formula is None:
            return
        kind, shared = self._formula
        line = "".join(self._formula_text).strip()
        if len(facts.formulas) >= MOST_FORMULAS:
            facts.whole = False
            raise _EnoughError
        if kind == "shared" and shared is not None and line:
            facts.masters.setdefault(shared, (place, line))
        facts.formulas[place] = Formula(line, value or None, kind, shared)
