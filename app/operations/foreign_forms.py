"""Forms of a region: workbooks from above whose cells are linked to our figures once and filled each time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from app.errors import UserError
from app.exporters import foreign_form
from app.exporters.foreign_form import Closed, FormBook, FormSheet
from app.exporters.foreign_sheet import Place, address_of, letters_of, place_of
from app.models import foreign as stored
from app.models.foreign import ForeignForm, ForeignLink, LinkKind
from app.models.store import Connection, Operation, Store
from app.operations import foreign_labels
from app.texts import ru_date

__all__ = ("FormBook", "FormSheet", "Place", "address_of", "letters_of")  # what the window shows

KIND_WORDS: dict[LinkKind, str] = {
    "field": "Сведение",
    "metric": "Число по формуле",
    "indicator": "Показатель программы",
    "column": "Столбец документа",
    "text": "Текст",
}
CLOSED_CODES: dict[Closed, str] = {
    "formula": "FOREIGN_FORMULA_CELL", "table_head": "FOREIGN_HEAD_CELL", "pivot": "FOREIGN_PIVOT_CELL",
}  # fmt: skip
CLOSED_TELL: dict[Closed, str] = {
    "formula": "здесь формула: сосчитается сама",
    "table_head": "заголовок таблицы Excel: не меняется",
    "pivot": "сводная таблица: её заполняет Excel",
}
LABELS = ("left", "above")
"""Options of a link that hold the words around its cell."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link as it is made: see ``ForeignLink``."""

    sheet: str
    cell: str
    kind: LinkKind
    source: str
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FormLine:
    """A form as lists show it."""

    form: ForeignForm
    links: int


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A form with its book and links, sheet by sheet, from top to bottom."""

    form: ForeignForm
    book: FormBook
    links: tuple[ForeignLink, ...]

    def link(self, sheet: str, place: Place) -> ForeignLink | None:
        """Return the link of a cell."""
        cell = address_of(place)
        return next((one for one in self.links if one.sheet == sheet and one.cell == cell), None)


@dataclass(frozen=True, slots=True)
class Came:
    """A workbook from outside, looked through and read, before anything is written."""

    path: Path
    data: bytes
    book: FormBook

    @property
    def file_name(self) -> str:
        """Its name, with the ending that its inside asks for."""
        return self.path.with_suffix(".xlsm" if self.book.macros else ".xlsx").name


# --- reading -----------------------------------------------------------------------------------------------------


def listing(connection: Connection) -> list[FormLine]:
    """Return the forms by their titles."""
    counts: dict[int, int] = {}
    for link in stored.links(connection):
        counts[link.form_id] = counts.get(link.form_id, 0) + 1
    return [FormLine(form, counts.get(form.id, 0)) for form in stored.forms(connection)]


def get(connection: Connection, key: int) -> ForeignForm:
    """Return a form. Errors: ``FOREIGN_GONE``."""
    found = stored.form(connection, key)
    if found is None:
        raise UserError("FOREIGN_GONE")
    return found


def find(connection: Connection, told: str) -> ForeignForm:
    """Return a form by its code or its title; a code goes before a title of the same digits.

    Raises:
        UserError: ``FOREIGN_UNKNOWN``; ``FOREIGN_SEVERAL`` where forms of two years bear one title.
    """
    wanted, forms = told.strip().casefold(), stored.forms(connection)
    coded = [one for one in forms if str(one.id) == wanted]
    found = coded or [one for one in forms if one.title.strip().casefold() == wanted]
    if not found:
        raise UserError("FOREIGN_UNKNOWN", form=told)
    if len(found) > 1:
        known = "; ".join(_told_apart(one) for one in found)
        raise UserError("FOREIGN_SEVERAL", form=told.strip(), known=known)
    return found[0]


def _told_apart(form: ForeignForm) -> str:
    parts = (f"{form.id} — «{form.title}»", form.region or "", form.file_name, f"добавлена {ru_date(form.added_at)}")
    return ", ".join(part for part in parts if part)


@lru_cache(maxsize=4)
def _book(_digest: str, original: bytes, file: str) -> FormBook:
    return foreign_form.read(original, file)


def book(connection: Connection, form: ForeignForm) -> FormBook:
    """Return the workbook of a form as it came."""
    return _book(form.sha256, stored.data(connection, form), form.file_name)


def opened(connection: Connection, key: int) -> OpenForm:
    """Return a form with its book and links. Errors: ``FOREIGN_GONE``, ``FOREIGN_NOT_BOOK``."""
    form = get(connection, key)
    found = book(connection, form)
    order = {sheet.name: place for place, sheet in enumerate(found.sheets)}
    links = sorted(
        stored.links(connection, key), key=lambda one: (order.get(one.sheet, len(order)), one.sheet, place_of(one.cell))
    )
    return OpenForm(form, found, tuple(links))


def sheet_of(found: FormBook, name: str, file: str) -> FormSheet:
    """Return a sheet by its name. Errors: ``FOREIGN_NO_SHEET``."""
    sheet = found.sheet(name)
    if sheet is None:
        raise UserError("FOREIGN_NO_SHEET", file=file, sheet=name)
    return sheet


def place(cell: str) -> Place:
    """Return row and column from 0 of «B12». Errors: ``FOREIGN_CELL``."""
    try:
        return place_of(cell)
    except ValueError as error:
        raise UserError("FOREIGN_CELL", cell=cell) from error


# --- changing ----------------------------------------------------------------------------------------------------


def read_file(path: Path) -> tuple[bytes, FormBook]:
    """Look a workbook through and read it; heavy work, nothing is stored.

    Raises:
        UserError: ``IMP_…`` of the guard, ``FOREIGN_FORMAT``, ``FOREIGN_NOT_BOOK``, ``FOREIGN_TOO_LARGE``.
    """
    from app.importers import guard

    if guard.check(path) != "xlsx":
        raise UserError("FOREIGN_FORMAT", file=path.name)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UserError("IMP_NO_ACCESS", name=path.name) from error
    return data, foreign_form.read(data, path.name)


def came(source: Path | Came) -> Came:
    """Return a workbook that is read, reading it where nobody has yet. Errors: as ``read_file``."""
    return source if isinstance(source, Came) else Came(source, *read_file(source))


def add(store: Store, source: Path | Came, title: str = "", region: str = "") -> int:
    """Keep a region's workbook and return the key of its form. Errors: as ``read_file``.

    Args:
        store: the open file.
        source: a path, or the book read before: reading is long, and whoever writes waits for it.
        title: of the form; the name of the file where it is empty.
        region: who sent it.
    """
    found = came(source)
    name = title.strip() or found.path.stem
    with store.operation(f"Добавлена форма региона «{name}»", "foreign.add") as operation:
        return stored.add(
            operation, title=name, region=region.strip() or None, file_name=found.file_name, data=found.data
        )


def rename(store: Store, key: int, title: str, region: str = "") -> None:
    """Change what a form is called. Errors: ``FOREIGN_GONE``."""
    form = get(store.connection, key)
    name = title.strip() or form.title
    with store.operation(f"Изменена форма региона «{name}»", "foreign.edit") as operation:
        stored.edit(operation, key, title=name, region=region.strip() or None)


def remove(store: Store, key: int) -> str:
    """Take a form away with its links; return its title. Errors: ``FOREIGN_GONE``."""
    form = get(store.connection, key)
    with store.operation(f"Убрана форма региона «{form.title}»", "foreign.remove") as operation:
        stored.remove(operation, key)
    return form.title


def checked(connection: Connection, key: int, link: Link) -> Link:
    """Return a link at the cell that holds the value, with the words around it; its source is looked at too.

    Raises:
        UserError: ``FOREIGN_GONE``, ``FOREIGN_NO_SHEET``, ``FOREIGN_CELL``, ``FOREIGN_…_CELL``; those of the source.
    """
    from app.operations import foreign_sources

    form = get(connection, key)
    sheet = sheet_of(book(connection, form), link.sheet, form.file_name)
    where = sheet.top_left(place(link.cell))
    cell = address_of(where)
    closed = sheet.closed_by(where)
    if closed is not None:
        raise UserError(CLOSED_CODES[closed], cell=cell)
    foreign_sources.check(connection, cell, link)
    options = {name: value for name, value in link.options.items() if value and name not in LABELS}
    return Link(sheet.name, cell, link.kind, link.source.strip(), options | foreign_labels.options(sheet, where))


def link(store: Store, key: int, wanted: Link) -> str:
    """Link a cell; return its address. Errors: as ``checked``."""
    made = checked(store.connection, key, wanted)
    form = get(store.connection, key)
    with store.operation(f"Связана ячейка {made.cell} формы «{form.title}»", "foreign.link") as operation:
        put(operation, key, made)
    return made.cell


def put(operation: Operation, key: int, made: Link) -> None:
    """Write a link inside an operation of the caller."""
    stored.put_link(
        operation, key, made.sheet, made.cell, kind=made.kind, source=made.source, options=made.options
    )  # fmt: skip


def unlink(store: Store, key: int, sheet: str, cell: str) -> None:
    """Take the link of a cell away. Errors: ``FOREIGN_GONE``, ``FOREIGN_NO_LINK``."""
    form = get(store.connection, key)
    wanted = (sheet.casefold(), address_of(place(cell)))
    found = [one for one in stored.links(store.connection, key) if (one.sheet.casefold(), one.cell) == wanted]
    if not found:
        raise UserError("FOREIGN_NO_LINK", cell=cell, sheet=sheet)
    with store.operation(f"Убрана связь ячейки {found[0].cell} формы «{form.title}»", "foreign.unlink") as operation:
        stored.drop_link(operation, found[0].id)
