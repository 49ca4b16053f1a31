"""Filling a region's form: what goes into which cell, old beside new, and the book that comes of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

from app.errors import UserError
from app.exporters import foreign_form
from app.exporters.foreign_form import Closed, Entry, FormCell, FormSheet
from app.exporters.foreign_formats import CellValue, Figure, fitted, rounded, said, shown
from app.exporters.foreign_sheet import Place, address_of
from app.models import foreign as stored
from app.models import settings
from app.models.foreign import ForeignForm, ForeignLink
from app.models.store import Connection, Store
from app.operations import foreign_forms, papers
from app.operations.foreign_forms import OpenForm
from app.operations.foreign_sources import Sourced, Sources
from app.operations.papers import Made, Paper
from app.texts import NBSP, count, ru_date

KIND = "foreign_form"
"""Kind of a filled form in the register of outgoing papers."""
State = Literal["write", "same", "empty", "refused"]
STATE_WORDS: dict[State, str] = {
    "write": "впишется", "same": "уже стоит", "empty": "нет данных", "refused": "не впишется",
}  # fmt: skip
CLOSED_WORDS: dict[Closed, str] = {
    "formula": "стоит формула", "table_head": "заголовок таблицы", "pivot": "сводная таблица",
}  # fmt: skip
CUT = "cut"
"""Option «fit» of a column: write as many rows as there is room for."""


@dataclass(frozen=True, slots=True)
class FillCell:
    """One cell of the form.

    Attributes:
        old, new: as they are shown.
        words: where the value comes from.
        trouble: what keeps it out, or what to look at; "" of nothing.
        link: the cell whose link it is: that of a column stands above.
    """

    sheet: str
    cell: str
    state: State
    old: str
    new: str
    words: str
    trouble: str
    link: ForeignLink
    value: CellValue = None

    @property
    def state_word(self) -> str:
        """Return the word of the state."""
        return STATE_WORDS[self.state]


@dataclass(frozen=True, slots=True)
class Filling:
    """A form as it would be filled."""

    form: ForeignForm
    year: int
    day: date
    cells: tuple[FillCell, ...]
    notes: tuple[str, ...] = ()
    organisation: str = ""

    def count(self, state: State) -> int:
        """Return how many cells are in a state."""
        return sum(one.state == state for one in self.cells)

    @property
    def ready(self) -> bool:
        """Whether anything has a value."""
        return any(one.state in {"write", "same"} for one in self.cells)

    @property
    def sentence(self) -> str:
        """Return the whole in one sentence."""
        known = self.count("write") + self.count("same")
        told = [count(self.count("write"), "ячейка впишется", "ячейки впишутся", "ячеек впишется")]
        rest: tuple[State, ...] = ("same", "empty", "refused")
        told += [f"{STATE_WORDS[state]} {self.count(state)}" for state in rest if self.count(state)]
        return " · ".join(told) if known or len(told) > 1 else "Связанных ячеек нет"


# --- what would be written ---------------------------------------------------------------------------------------


def preview(connection: Connection, key: int, year: int, day: date) -> Filling:
    """Return what would be written into a form.

    Args:
        connection: reading connection.
        key: of the form.
        year: that it reports on.
        day: of filling.

    Raises:
        UserError: ``FOREIGN_GONE``, ``FOREIGN_NOT_BOOK``.
    """
    found = foreign_forms.opened(connection, key)
    sources = Sources(connection, year, day)
    cells = tuple(cell for link in found.links for cell in _Fill(found, link, sources.of(link)).cells())
    organisation = settings.get(connection, "organisation")
    return Filling(found.form, year, day, _apart(cells), tuple(_notes(found)), organisation)


def value_of(connection: Connection, link: foreign_forms.Link, year: int, day: date) -> Sourced:
    """Return what a link gives that is being made."""
    return Sources(connection, year, day).of(link)


def told(values: Sequence[CellValue]) -> str:
    """Return values as a person reads them: one, or the first of many and how many there are."""
    if not values:
        return ""
    first = _said(values[0]) or "пусто"
    return first if len(values) == 1 else f"{first} … всего {count(len(values), 'строка', 'строки', 'строк')}"


def _said(value: CellValue) -> str:
    match value:
        case None:
            return ""
        case Figure():
            return said(value)
        case str():
            return value
        case date():
            return ru_date(value.isoformat())


def _notes(found: OpenForm) -> Iterator[str]:
    if found.book.signed:
        yield "Форма подписана. Заполненная книга будет уже без этой подписи: её содержание изменится."
    if found.book.macros:
        yield "В книге есть макросы. Они остаются как были; программа их не запускает."


def _apart(cells: tuple[FillCell, ...]) -> tuple[FillCell, ...]:
    """Let no two links write into one cell: the one that comes first keeps it."""
    seen: dict[tuple[str, str], ForeignLink] = {}
    made = []
    for cell in cells:
        owner = seen.setdefault((cell.sheet, cell.cell), cell.link)
        taken = owner is not cell.link and cell.state in {"write", "same"}
        trouble = f"сюда уже пишет связь ячейки {owner.cell}"
        made.append(replace(cell, state="refused", trouble=trouble) if taken else cell)
    return tuple(made)


class _Fill:
    """One link against its sheet."""

    def __init__(self, found: OpenForm, link: ForeignLink, sourced: Sourced) -> None:
        self._found, self._link, self._sourced = found, link, sourced
        self._sheet = found.book.sheet(link.sheet)

    def cells(self) -> list[FillCell]:
        """Return what happens in the cells of the link."""
        if self._sheet is None:
            return [self._refused("листа с таким именем в книге нет")]
        place = foreign_forms.place(self._link.cell)
        if self._sourced.fault:
            old = self._sheet.cell(place).text
            stays = " В ячейке останется прежнее." if old else ""
            return [self._one(place, "empty", None, self._sourced.fault + stays)]
        if self._link.kind == "column":
            return self._column(self._sheet, place)
        why = self._sheet.closed_by(place)
        if why is not None:
            return [self._one(place, "refused", self._sourced.values[0], CLOSED_WORDS[why])]
        return [self._written(place, self._sourced.values[0])]

    def _refused(self, trouble: str) -> FillCell:
        link = self._link
        return FillCell(link.sheet, link.cell, "refused", "", told(self._sourced.values), self._sourced.words,
                        trouble, link)  # fmt: skip

    def _one(self, place: Place, state: State, value: CellValue, trouble: str = "") -> FillCell:
        cell = self._sheet.cell(place) if self._sheet is not None else FormCell()
        return FillCell(
            self._link.sheet, address_of(place), state, cell.text, self._shown(cell, value), self._sourced.words,
            trouble, self._link, value,
        )  # fmt: skip

    def _shown(self, cell: FormCell, value: CellValue) -> str:
        """Return a value as the cell will show it."""
        made = fitted(value, cell.format, epoch_1904=self._found.book.epoch_1904)
        if made.number is not None:
            exact = made.number
            if isinstance(value, Figure) and cell.format not in {"general", "date"}:
                scale = 100 if cell.format == "percent" and value.share else 1
                exact = str(float(rounded(value.exact, 2)) / scale)
            return shown(exact, cell.format, epoch_1904=self._found.book.epoch_1904)
        return made.text or ""

    def _written(self, place: Place, value: CellValue) -> FillCell:
        made = self._one(place, "write", value, self._doubt(place, value))
        return replace(made, state="same") if made.old == made.new else made

    def _doubt(self, place: Place, value: CellValue) -> str:
        """Return what a person should look at, though the value is written."""
        sheet = self._sheet
        if sheet is None:
            return ""
        cell = sheet.cell(place)
        if cell.format == "percent" and isinstance(value, Figure) and not value.share:
            return "ячейка в процентах, а значение — не доля"
        if cell.format == "date" and isinstance(value, Figure):
            return "ячейка для даты, а значение — число"
        if sheet.protected and cell.locked:
            return "ячейка закрыта от правки: в Excel её не изменить"
        return ""

    # --- columns -------------------------------------------------------------------------------------------------

    def _column(self, sheet: FormSheet, start: Place) -> list[FillCell]:
        values = self._sourced.values
        limit = int(self._link.options.get("rows") or 0)
        rooms, stop = self._rooms(sheet, start, len(values), limit)
        lacking = len(values) - len(rooms)
        if not lacking:
            made = [self._written(place, value) for place, value in zip(rooms, values, strict=True)]
            return self._left_over(sheet, made, rooms, limit)
        where = f"{stop}, а строк {len(values)}: поместятся {len(rooms)}"
        if self._link.options.get("fit") != CUT or not rooms:
            return [self._one(start, "refused", values[0], where)]
        made = [self._written(place, value) for place, value in zip(rooms, values, strict=False)]
        lost = f"не поместилось {count(lacking, 'строка', 'строки', 'строк')}: {stop}"
        return [*made[:-1], replace(made[-1], trouble=lost)]

    def _rooms(self, sheet: FormSheet, start: Place, wanted: int, limit: int) -> tuple[list[Place], str]:
        """Return the cells downwards that may take values, and what stands after the last of them."""
        others = {one.cell for one in self._found.links if one.sheet == self._link.sheet and one is not self._link}
        rooms: list[Place] = []
        place = start
        while len(rooms) < wanted:
            address = address_of(place)
            if limit and len(rooms) == limit:
                return rooms, f"отведено {count(limit, 'строка', 'строки', 'строк')}"
            why = sheet.closed_by(place)
            if why is not None:
                return rooms, f"в {address} {CLOSED_WORDS[why]}"
            if address in others:
                return rooms, f"в {address} начинается другая связь"
            if sheet.top_left(place) != place:
                return rooms, f"в {address} объединённая ячейка"
            if rooms and not limit and sheet.cell(place).text:
                return rooms, f"в {address} уже стоит «{sheet.cell(place).text[:30]}»"
            rooms.append(place)
            place = sheet.below(place)
        return rooms, ""

    def _left_over(self, sheet: FormSheet, made: list[FillCell], rooms: list[Place], limit: int) -> list[FillCell]:
        """Say where older values stay below a column that has become shorter."""
        place, stays = sheet.below(rooms[-1]), []
        for _row in range(limit - len(rooms)):
            if sheet.cell(place).text and sheet.closed_by(place) is None:
                stays.append(address_of(place))
            place = sheet.below(place)
        if not stays:
            return made
        return [*made[:-1], replace(made[-1], trouble=f"ниже осталось прежнее: {stays[0]}–{stays[-1]}")]


# --- the book ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled book with what was written."""

    filling: Filling
    data: bytes

    @property
    def suffix(self) -> str:
        """Return «.xlsx», or «.xlsm» of a book with macros."""
        return Path(self.filling.form.file_name).suffix or ".xlsx"

    @property
    def file_name(self) -> str:
        """Return a name that says what, for which year and when."""
        name = papers.plain_name(self.paper_head())
        return f"{name}, {ru_date(self.filling.day.isoformat())}{self.suffix}"

    def paper_head(self) -> Paper:
        """Return the paper of the register: its text is the list of what was written."""
        return _paper(self.filling)


def fill(connection: Connection, key: int, year: int, day: date) -> Filled:
    """Fill a form: cells without values stay as they are.

    Raises:
        UserError: ``FOREIGN_GONE``, ``FOREIGN_NOT_BOOK``, ``FOREIGN_NOTHING``.
    """
    filling = preview(connection, key, year, day)
    if not filling.ready:
        raise UserError("FOREIGN_NOTHING")
    entries = [
        Entry(one.sheet, foreign_forms.place(one.cell), one.value)
        for one in filling.cells
        if one.state in {"write", "same"}  # alike as shown may still differ in the last digits
    ]
    original = stored.data(connection, filling.form)
    return Filled(filling, foreign_form.fill(original, entries, filling.form.file_name))


def check_target(form: ForeignForm, path: Path) -> None:
    """Look at where a filled form is to be written: never over the region's own file.

    Raises:
        UserError: ``FOREIGN_SUFFIX``, ``FOREIGN_ORIGINAL``.
    """
    suffix = Path(form.file_name).suffix or ".xlsx"
    if path.suffix.casefold() != suffix.casefold():
        raise UserError("FOREIGN_SUFFIX", suffix=suffix, file=path.name)
    try:
        same = path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == form.sha256
    except OSError:
        return  # writing says what is wrong with the place
    if same:
        raise UserError("FOREIGN_ORIGINAL", file=path.name)


def save(filled: Filled, path: Path, *, beside: bool = False) -> Path:
    """Write a filled form, whole or not at all, and return where; ``beside`` replaces no file of that name.

    Raises:
        UserError: as ``check_target``; ``PAPER_…`` of writing.
    """
    check_target(filled.filling.form, path)
    if beside:
        return papers.write_all([(path, filled.data)])[0]
    papers.write(path, filled.data)
    return path


def register(store: Store, filled: Filled, name: str) -> int:
    """Write a filled form into the register of outgoing papers; return its number."""
    return papers.register(store, filled.paper_head(), Made(filled.suffix, filled.data), name)


def _paper(filling: Filling) -> Paper:
    from app.reports.document import Column, Document, Group, Meta, Row, Table, paragraph

    form = filling.form
    title = f"{form.title}, {filling.year}{NBSP}год"
    columns = (
        Column("Лист", 14), Column("Ячейка", 8), Column("Было", 18), Column("Вписано", 24), Column("Откуда", 36),
    )  # fmt: skip
    rows = tuple(
        Row((one.sheet, one.cell, one.old, one.new, one.words))
        for one in filling.cells
        if one.state in {"write", "same"}
    )
    table = Table("Что вписано", columns, (Group(rows),), empty="Ничего не вписано.")
    document = Document(
        (title,), Meta(filling.organisation, filling.day.isoformat(), "Заполненная форма региона"),
        (paragraph(f"Заполнена форма «{form.file_name}». Значения ячеек и откуда они взяты:"), table),
        provenance=f"Заполнено {ru_date(filling.day.isoformat())}", landscape=True,
    )  # fmt: skip
    return Paper(KIND, title, document, None, period=f"{filling.year}{NBSP}год", addressee=form.region or "")
