"""Filled workbooks for tests: a form with every kind of question, its blank as a school fills it, and its damage."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import openpyxl

from app.exporters.form_blank import render
from app.forms.answers import shown
from app.forms.excel_keys import fingerprint
from app.forms.excel_plan import BlankHead, plan
from app.forms.item_types import cell_text
from app.forms.loader import load
from app.forms.schema import FormDef
from app.forms.writer import text_of
from app.importers.filled_form_records import FilledAnswer, FilledForm, FormText
from app.importers.opening import read_here
from app.importers.parsed import FileReading, Hints, Known
from tests.helpers import blanks

ANSWERS = {
    "1": "В полной мере", "2": "не применимо", "3": "есть", "5": 312, "6": 4.5, "7": "Старое здание,\nтесный зал",
    "8": "01.09.2025", "9": "https://школа.рф/план",
}  # fmt: skip
VALUES = {
    "1": "2", "2": None, "3": "yes", "4": "hall;else", "5": "312", "6": "4.5", "7": "Старое здание,\nтесный зал",
    "8": "2025-09-01", "9": "https://школа.рф/план",
}  # fmt: skip


def form() -> FormDef:
    """Return the form with every kind of question, as a file keeps it."""
    return load(text_of(blanks.every_kind()))


def grid() -> FormDef:
    """Return the form of one grid."""
    return load(text_of(blanks.grid()))


def texts(*forms: FormDef) -> tuple[FormText, ...]:
    """Return definitions as they travel to the child."""
    return tuple(FormText(one.id, one.version, one.digest, one.text) for one in forms)


@dataclass
class Sheet:
    """A workbook being filled: cells by key of the row and name of the column."""

    book: Any
    name: str = "Форма"

    @property
    def sheet(self) -> Any:
        """The sheet of the form."""
        return self.book[self.name]

    def row(self, key: str) -> int:
        """Return the row of a key."""
        return next(row for row in range(1, self.sheet.max_row + 1) if self.sheet.cell(row, 1).value == key)

    def column(self, name: str) -> int:
        """Return the column of a name."""
        row = self.row("#columns")
        return next(col for col in range(1, self.sheet.max_column + 1) if self.sheet.cell(row, col).value == name)

    def cell(self, key: str, name: str = "answer") -> Any:
        """Return a cell."""
        return self.sheet.cell(self.row(key), self.column(name))

    def put(self, key: str, value: Any, name: str = "answer") -> None:
        """Type into a cell."""
        self.cell(key, name).value = value

    def bytes(self) -> bytes:
        """Return the workbook."""
        buffer = io.BytesIO()
        self.book.save(buffer)
        return buffer.getvalue()


def opened(data: bytes, name: str = "Форма") -> Sheet:
    """Open a blank for filling."""
    return Sheet(openpyxl.load_workbook(io.BytesIO(data)), name)


def fill(sheet: Sheet) -> Sheet:
    """Fill the form with every kind of question as a school does."""
    for key, value in ANSWERS.items():
        sheet.put(key, value)
    sheet.put("1", "журнал ведём с осени", "comment")
    sheet.put("1", "приказ № 12", "evidence")
    sheet.put("#many:4/hall", "да")
    sheet.put("#many:4/else", "да")
    sheet.put("#many:4/else", "парк", "other")
    sheet.put("#head:author", "Иванова И. И.")
    sheet.put("#conclusion", "Работаем дальше")
    return sheet


def blank(made: FormDef, **facts: Any) -> bytes:
    """Return the blank of a form for the school of the tests."""
    head: BlankHead = replace(blanks.HEAD, **facts)
    return render(plan(made, head))


def filled(made: FormDef | None = None) -> Sheet:
    """Return a filled workbook."""
    return fill(opened(blank(made or form())))


def read(folder: Path, data: bytes, *forms: FormDef, name: str = "ответ.xlsx") -> FileReading:
    """Read a workbook in this process."""
    path = folder / name
    path.write_bytes(data)
    return read_here(path, Hints(kind="filled_form"), Known(forms=texts(*(forms or (form(),)))))


def only(reading: FileReading) -> FilledForm:
    """Return the one form of a reading."""
    assert reading.refused is None, reading.refused
    assert reading.filled is not None
    [found] = reading.filled.forms
    return found


def answers(found: FilledForm) -> dict[str, FilledAnswer]:
    """Return the answers by item."""
    return {one.item_id: one for one in found.answers}


def codes(found: FilledForm) -> set[str]:
    """Return the codes of problems and of wrong answers."""
    return {one.code for one in found.problems} | {one.code for one in found.answers if one.code}


# --- nothing is lost ---------------------------------------------------------------------------------------------


def said(found: FilledForm, made: FormDef) -> str:
    """Return everything that a reading tells, as one text for looking cells up."""
    parts: list[str] = [text for _key, text in found.head]
    parts += [found.conclusion, *(one.text for one in found.proofs), *(one.message for one in found.problems)]
    for one in found.answers:
        item = made.item(one.item_id)
        assert item is not None
        parts += [one.raw, one.other, one.comment, one.value or ""]
        if one.value:
            parts.append(shown(item, _as_answer(one)))
        if one.not_applicable:
            parts.append("не применимо")
    return "\n".join(_plain(part) for part in parts)


def _as_answer(one: FilledAnswer) -> Any:
    from app.forms.schema import Answer

    return Answer(one.raw, one.value, one.code, one.other, one.not_applicable)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).casefold()


def lost(data: bytes, found: FilledForm, made: FormDef, *, ignore: Iterable[str] = ()) -> list[str]:
    """Return what stands in the workbook, not in its blank, and nowhere in the reading: it must be empty.

    Read by calamine alone, so that a fault of our reader does not hide itself.
    """
    official = {fingerprint(str(value)) for row in _cells(blank(made)).values() for value in row}
    told = said(found, made)
    skip = {_plain(text) for text in (*ignore, "да", "верно", "проверьте")}
    missing = []
    for name, values in _cells(data).items():
        if name in {"Проверка", "Списки", "_form"}:
            continue
        for value in values:
            text = _plain(cell_text(value).strip())
            for item in made.items():
                text = text.removeprefix(_plain(item.text)).strip(" :")
            short = text if len(text) <= 50 else text[:50]
            if not text or text in skip or text.startswith("#") or fingerprint(text) in official:
                continue
            if "учебный год" in text or text.startswith("осталось ответить") or short in told:
                continue
            missing.append(f"{name}: {text}")
    return missing


def _cells(data: bytes) -> dict[str, list[Any]]:
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {
        name: [value for row in book.get_sheet_by_name(name).iter_rows() for value in row if value != ""]
        for name in book.sheet_names
    }


Damage = Callable[[Sheet], None]
