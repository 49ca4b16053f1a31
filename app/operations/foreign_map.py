"""The map of a region's form as a file for colleagues, and a new version of a form: links find their cells again.

A map holds the names of the sheets, the cells, what each is linked to and the words around it; no figure of the file.
An indicator travels by its number and text: the keys of another file are different.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from app.errors import UserError
from app.exporters.foreign_form import FormBook
from app.models import foreign as stored
from app.models.foreign import ForeignLink, LinkKind
from app.models.store import Connection, Store
from app.operations import foreign_forms, foreign_labels, foreign_sources
from app.operations.foreign_forms import KIND_WORDS, Came, Link
from app.operations.foreign_labels import FoundPlace
from app.operations.foreign_sources import IndicatorChoice

FORMAT, VERSION = "opora-map", 1
SUFFIX = ".opora-map"
LARGEST = 4 << 20
MOST_LINKS = 5000
_ALIKE = 0.75
_KINDS: dict[str, LinkKind] = {key: key for key in KIND_WORDS}


@dataclass(frozen=True, slots=True)
class Mapped:
    """A link that looks for its place in a book.

    Attributes:
        link: at its old place.
        found: where it belongs.
        trouble: why it can't be taken; "" where it can.
    """

    link: Link
    found: FoundPlace
    trouble: str = ""

    @property
    def fits(self) -> bool:
        """Whether it can be taken."""
        return not self.trouble and self.found.state != "lost"

    @property
    def moved(self) -> Link:
        """Return the link at its new place."""
        return replace(self.link, sheet=self.found.to_sheet, cell=self.found.to_cell)


@dataclass(frozen=True, slots=True)
class FormMap:
    """A map as it was read."""

    title: str
    region: str
    file_name: str
    sha256: str
    links: tuple[Link, ...]


# --- out ---------------------------------------------------------------------------------------------------------


def exported(connection: Connection, key: int) -> bytes:
    """Return the map of a form as a file. Errors: ``FOREIGN_GONE``, ``FOREIGN_NOT_BOOK``."""
    found = foreign_forms.opened(connection, key)
    known = {one.lineage: one for one in foreign_sources.indicators(connection)}
    made = {
        "format": FORMAT,
        "version": VERSION,
        "title": found.form.title,
        "region": found.form.region or "",
        "file_name": found.form.file_name,
        "sha256": found.form.sha256,
        "sheets": [sheet.name for sheet in found.book.sheets],
        "links": [_out(link, known) for link in found.links],
    }
    return (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _out(link: ForeignLink, known: Mapping[int, IndicatorChoice]) -> dict[str, Any]:
    words = foreign_labels.told(link.options)
    made: dict[str, Any] = {
        "sheet": link.sheet,
        "cell": link.cell,
        "kind": link.kind,
        "source": link.source,
        "options": {name: value for name, value in link.options.items() if name not in foreign_forms.LABELS},
        "left": list(words[0]),
        "above": list(words[1]),
        "digest": foreign_labels.digest(words),
    }
    if link.kind == "indicator":
        found = known.get(int(link.source)) if link.source.isdecimal() else None
        made["source"] = ""
        made["indicator"] = {"number": found.number, "text": found.text} if found else {"number": "", "text": ""}
    return made


# --- in ----------------------------------------------------------------------------------------------------------


def read(connection: Connection, path: Path) -> FormMap:
    """Read a map that somebody has saved.

    Raises:
        UserError: ``GEN_FILE_MISSING``, ``FOREIGN_MAP``, ``FOREIGN_MAP_NEWER``.
    """
    if not path.exists():
        raise UserError("GEN_FILE_MISSING", file=path.name)
    try:
        if path.stat().st_size > LARGEST:
            raise UserError("FOREIGN_MAP", file=path.name)
        told = json.loads(path.read_bytes().decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise UserError("FOREIGN_MAP", file=path.name) from error
    if not isinstance(told, dict) or told.get("format") != FORMAT or not isinstance(told.get("version"), int):
        raise UserError("FOREIGN_MAP", file=path.name)
    if told["version"] > VERSION:
        raise UserError("FOREIGN_MAP_NEWER", file=path.name)
    lines = told.get("links")
    if not isinstance(lines, list) or len(lines) > MOST_LINKS:
        raise UserError("FOREIGN_MAP", file=path.name)
    known = foreign_sources.indicators(connection)
    try:
        links = tuple(_in(line, known) for line in lines)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UserError("FOREIGN_MAP", file=path.name) from error
    title, region, name, digest = (str(told.get(key, "")) for key in ("title", "region", "file_name", "sha256"))
    return FormMap(title, region, name, digest, links)


def _in(line: Mapping[str, Any], known: Sequence[IndicatorChoice]) -> Link:
    kind: LinkKind = _KINDS[line["kind"]]
    foreign_forms.place(str(line["cell"]))
    options = {str(name): str(value) for name, value in dict(line.get("options", {})).items()}
    for name in foreign_forms.LABELS:
        texts = [str(text) for text in line.get(name, [])]
        if texts:
            options[name] = json.dumps(texts, ensure_ascii=False)
    source = str(line.get("source", ""))
    if kind == "indicator":
        told = line.get("indicator", {})
        source = _indicator(str(told.get("number", "")), str(told.get("text", "")), known)
    return Link(str(line["sheet"]), str(line["cell"]), kind, source, options)


def _indicator(number: str, text: str, known: Sequence[IndicatorChoice]) -> str:
    """Return the lineage of the indicator that says nearly the same; "" of none: its number alone decides nothing."""
    best, alike = "", _ALIKE
    for one in known:
        found = SequenceMatcher(None, foreign_labels.plain(one.text), foreign_labels.plain(text)).ratio()
        found += 0.01 * (one.number == number)
        if found > alike:
            best, alike = str(one.lineage), found
    return best


# --- places in another book --------------------------------------------------------------------------------------


def placed(connection: Connection, book: FormBook, links: Sequence[Link]) -> tuple[Mapped, ...]:
    """Look for the places of links in a book and at what they are filled with.

    Args:
        connection: reading connection.
        book: the version of the form at hand.
        links: with the words around their old places.
    """
    asked = [(one.sheet, one.cell, foreign_labels.told(one.options)) for one in links]
    found = foreign_labels.find_again(book, asked)
    return tuple(Mapped(link, place, _trouble(connection, link)) for link, place in zip(links, found, strict=True))


def _trouble(connection: Connection, link: Link) -> str:
    if link.kind == "indicator" and not link.source:
        return "такого показателя в программе нет"
    try:
        foreign_sources.check(connection, link.cell, link)
    except UserError as error:
        return error.what
    return ""


def for_form(connection: Connection, key: int, path: Path) -> tuple[Mapped, ...]:
    """Return the links of a map with their places in a form. Errors: as ``read``; ``FOREIGN_GONE``."""
    told = read(connection, path)
    form = foreign_forms.get(connection, key)
    return placed(connection, foreign_forms.book(connection, form), told.links)


def for_version(connection: Connection, key: int, path: Path) -> tuple[Mapped, ...]:
    """Return the links of a form with their places in the version that has come now.

    Raises:
        UserError: ``FOREIGN_GONE``; as ``foreign_forms.read_file``.
    """
    kept = foreign_forms.opened(connection, key).links
    links = [Link(one.sheet, one.cell, one.kind, one.source, one.options) for one in kept]
    _data, book = foreign_forms.read_file(path)
    return placed(connection, book, links)


def take_links(store: Store, key: int, links: Sequence[Link]) -> int:
    """Link cells of a form all at once; return how many. Errors: as ``foreign_forms.checked``."""
    made = [foreign_forms.checked(store.connection, key, one) for one in links]
    form = foreign_forms.get(store.connection, key)
    with store.operation(f"Связаны ячейки формы «{form.title}» по карте: {len(made)}", "foreign.map") as operation:
        for one in made:
            foreign_forms.put(operation, key, one)
    return len(made)


def take_version(store: Store, key: int, source: Path | Came, title: str, links: Sequence[Link]) -> int:
    """Add the version of a form that has come now, with the links that have found their places; the old one stays.

    Args:
        store: the open file.
        key: of the form of before.
        source: the new book: its path, or what was read of it before.
        title: of the new form; the name of the file where it is empty.
        links: with their places in the new book.

    Returns:
        The key of the new form.

    Raises:
        UserError: as ``foreign_forms.read_file``, ``foreign_forms.checked``.
    """
    old = foreign_forms.get(store.connection, key)
    fresh_book = foreign_forms.came(source)
    path, book = fresh_book.path, fresh_book.book
    name = title.strip() or path.stem
    made = []
    for link in links:
        sheet = foreign_forms.sheet_of(book, link.sheet, path.name)
        place = sheet.top_left(foreign_forms.place(link.cell))
        closed = sheet.closed_by(place)
        if closed is not None:
            raise UserError(foreign_forms.CLOSED_CODES[closed], cell=link.cell)
        options = {name: value for name, value in link.options.items() if name not in foreign_forms.LABELS}
        made.append(replace(link, options=options | foreign_labels.options(sheet, place)))
    with store.operation(f"Добавлена новая форма региона «{name}»", "foreign.version") as operation:
        fresh = stored.add(
            operation, title=name, region=old.region, file_name=fresh_book.file_name, data=fresh_book.data
        )  # fmt: skip
        for link in made:
            foreign_forms.put(operation, fresh, link)
    return fresh
