"""The folder of the management cycle: direction × component × year, what lies there and what is missing.

002 runs every direction through six stages; municipalities publish nine components (``resources/monitoring``). What is
kept is only documents: which of them are there, where they are published, what the file itself could put in.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from app import school_years
from app.errors import UserError
from app.models import papers, settings
from app.models import registers as stored
from app.models.store import Connection, Store
from app.operations import registers
from app.operations.register_catalogue import DOCUMENT_WORDS
from app.paths import resources
from app.texts import NBSP, capital, count, quoted, ru_date, school_year

State = Literal["placed", "unplaced", "missing"]
"""Every document is published; some lie only here; there is none."""
YEARS = 4
"""How many school years stand side by side."""
OWN = "cycle_directions"
"""Setting with the directions of the file's own, one a line."""
_SEVERAL = ("документ", "документа", "документов")
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Direction:
    """A direction of work; the four of 002 have its wording, one of the file's own only its title."""

    id: str
    title: str
    short: str
    wording: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the six stages of 002, with its wording there."""

    id: str
    title: str
    wording: str
    source: str


@dataclass(frozen=True, slots=True)
class Component:
    """One of the nine published components.

    Attributes:
        stage: the stage of 002 it belongs to.
        hint: what usually lies there.
        papers: kinds of our outgoing papers that belong there.
        documents: kinds of documents with decisions that belong there.
    """

    id: str
    stage: str
    title: str
    hint: str
    papers: tuple[str, ...]
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cycle:
    """Directions, stages and components."""

    directions: tuple[Direction, ...]
    stages: tuple[Stage, ...]
    components: tuple[Component, ...]

    def component(self, key: str) -> Component:
        """Return a component.

        Raises:
            UserError: ``MON_CYCLE_PLACE``.
        """
        for item in self.components:
            if item.id == key:
                return item
        raise UserError("MON_CYCLE_PLACE", place=key, known=", ".join(item.id for item in self.components))

    def direction(self, key: str) -> Direction:
        """Return a direction.

        Raises:
            UserError: ``MON_CYCLE_PLACE``.
        """
        for item in self.directions:
            if item.id == key:
                return item
        raise UserError("MON_CYCLE_PLACE", place=key, known=", ".join(item.id for item in self.directions))


@dataclass(frozen=True, slots=True)
class Paper:
    """A document of the folder."""

    id: int
    direction: str
    component: str
    title: str
    number: str | None
    dated: str | None
    link: str | None
    note: str | None
    files: tuple[stored.Attachment, ...] = ()

    @property
    def published(self) -> bool:
        """It has a place that others can open: a link in its line or beside it."""
        return bool(self.link) or any(item.link for item in self.files)

    @property
    def links(self) -> tuple[str, ...]:
        """Every address of the document."""
        return tuple(item for item in (self.link, *(file.link for file in self.files)) if item)

    @property
    def requisites(self) -> str:
        """«от 05.09.2026 № 214», "" where neither is known."""
        parts = [f"от{NBSP}{ru_date(self.dated)}" if self.dated else "", f"№{NBSP}{self.number}" if self.number else ""]
        return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Cell:
    """One component of one direction in one school year.

    Attributes:
        documents: how many documents lie there.
        published: how many of them have a link.
        before: how many lay there the year before.
    """

    direction: str
    component: str
    school_year: int
    documents: int = 0
    published: int = 0
    before: int = 0

    @property
    def state(self) -> State:
        """What the cell says."""
        if not self.documents:
            return "missing"
        return "placed" if self.published == self.documents else "unplaced"

    @property
    def word(self) -> str:
        """What the cell says, in words."""
        if not self.documents:
            return f"нет, было {self.before}" if self.before else "нет"
        if self.published == self.documents:
            return count(self.documents, *_SEVERAL)
        number = f" {self.documents - self.published}" if self.published else ""
        return f"{count(self.documents, *_SEVERAL)}, без ссылки{number}"


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder of several school years.

    Attributes:
        years: school years, the chosen one last.
        cells: (direction, component, school year) → cell.
    """

    school_year: int
    years: tuple[int, ...]
    cycle: Cycle
    cells: Mapping[tuple[str, str, int], Cell]

    def cell(self, direction: str, component: str, year: int | None = None) -> Cell:
        """Return a cell, of the chosen year where none is named."""
        return self.cells[direction, component, self.school_year if year is None else year]

    def of_state(self, state: State) -> tuple[Cell, ...]:
        """Return the cells of the chosen year that are in a state, in the order of the folder."""
        return tuple(
            cell
            for direction in self.cycle.directions
            for component in self.cycle.components
            if (cell := self.cell(direction.id, component.id)).state == state
        )

    @property
    def sentence(self) -> str:
        """The state of the chosen year in one sentence."""
        total = len(self.cycle.directions) * len(self.cycle.components)
        missing, unplaced = len(self.of_state("missing")), len(self.of_state("unplaced"))
        if missing == total:
            return f"{school_year(self.school_year)}: папка пуста"
        parts = [f"{school_year(self.school_year)}: заполнено {total - missing} из{NBSP}{total}"]
        if unplaced:
            parts.append(f"без ссылок {count(unplaced, 'раздел', 'раздела', 'разделов')}")
        if missing:
            parts.append(f"нет документов в {missing}")
        return " · ".join(parts)


@dataclass(frozen=True, slots=True)
class Offer:
    """A document that the file knows and the cell does not have.

    Attributes:
        key: «paper:12», «document:34», «before:56»: what it is made of.
        origin: where it is known from, in words.
        file: name and SHA-256 of the bytes of a paper that went out.
    """

    key: str
    title: str
    number: str | None
    dated: str | None
    origin: str
    link: str | None = None
    paper_id: int | None = None
    file: tuple[str, str] | None = None


# --- what there is -------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def shipped() -> Cycle:
    """Return directions, stages and components as the program ships them."""
    found = tomllib.loads((resources() / "monitoring" / "cycle.toml").read_text(encoding="utf-8"))
    return Cycle(
        tuple(Direction(**item) for item in found["directions"]),
        tuple(Stage(**item) for item in found["stages"]),
        tuple(
            Component(**{**item, "papers": tuple(item["papers"]), "documents": tuple(item["documents"])})
            for item in found["components"]
        ),
    )


def catalogue(connection: Connection) -> Cycle:
    """Return directions, stages and components with the directions that the file has of its own."""
    base = shipped()
    own = [line for line in settings.get(connection, OWN).splitlines() if line]
    return Cycle(
        base.directions + tuple(Direction(title, title, title, source="своё направление") for title in own),
        base.stages, base.components,
    )  # fmt: skip


def folder(connection: Connection, year: int) -> Folder:
    """Return the folder of a school year with the years before it.

    Args:
        connection: reading connection.
        year: first calendar year of the school year.
    """
    cycle = catalogue(connection)
    years = tuple(range(year - YEARS + 1, year + 1))
    found: dict[tuple[str, str, int], list[Paper]] = {}
    for one in (years[0] - 1, *years):
        for item in documents(connection, one):
            found.setdefault((item.direction, item.component, one), []).append(item)
    cells = {
        (direction.id, component.id, one): _cell(direction.id, component.id, one, found)
        for direction in cycle.directions
        for component in cycle.components
        for one in years
    }
    return Folder(year, years, cycle, cells)


def _cell(direction: str, component: str, year: int, found: Mapping[tuple[str, str, int], list[Paper]]) -> Cell:
    items = found.get((direction, component, year), [])
    before = found.get((direction, component, year - 1), [])
    return Cell(direction, component, year, len(items), sum(item.published for item in items), len(before))


def documents(connection: Connection, year: int, direction: str | None = None) -> tuple[Paper, ...]:
    """Return the documents of a school year, of one direction or of all, as they lie in the folder."""
    scope: dict[str, Any] = (
        {"school_year": year} if direction is None else {"school_year": year, "direction": direction}
    )
    rows = registers.rows(connection, "cycle", **scope)
    files = stored.attachments(connection, "cycle_document", [row["id"] for row in rows])
    return tuple(
        Paper(
            row["id"], row["direction"], row["component"], row["title"] or "без названия", row["number"], row["dated"],
            row["link"], row["note"], tuple(files.get(row["id"], ())),
        )
        for row in rows
    )  # fmt: skip


# --- what could be put in ----------------------------------------------------------------------------------------


def offers(connection: Connection, year: int, direction: str, component: str) -> tuple[Offer, ...]:
    """Return what the file knows and the cell lacks: papers that went out, decisions, documents of the year before.

    Papers and decisions are about schools with low results, so they are offered to that direction only.

    Raises:
        UserError: ``MON_CYCLE_PLACE``.
    """
    cycle = catalogue(connection)
    place = cycle.component(component)
    cycle.direction(direction)
    rows = registers.rows(connection, "cycle", school_year=year, direction=direction, component=component)
    papers_in = {row["paper_id"] for row in rows}
    known = {_same(row["title"], row["number"], row["dated"]) for row in rows}
    found: list[Offer] = []
    if direction == shipped().directions[0].id:
        found += [item for item in _papers(connection, year, place) if item.paper_id not in papers_in]
        found += _decisions(connection, year, place)
    found += _before(connection, year, direction, component)
    return tuple(item for item in found if _same(item.title, item.number, item.dated) not in known)


def _same(title: str | None, number: str | None, dated: str | None) -> tuple[str, str, str]:
    return " ".join((title or "").split()).casefold(), number or "", dated or ""


def _papers(connection: Connection, year: int, place: Component) -> list[Offer]:
    found = []
    for item in papers.listing(connection):
        first = school_years.year_of(date.fromisoformat(item.registered_at[:10]))
        if item.kind in place.papers and item.state != "withdrawn" and first == year:
            number = str(item.number)
            found.append(
                Offer(
                    f"paper:{item.id}", item.title, number, item.registered_at[:10],
                    f"журнал исходящих, №{NBSP}{number}", paper_id=item.id,
                    file=(item.file_name, item.sha256),
                )
            )  # fmt: skip
    return found


def _decisions(connection: Connection, year: int, place: Component) -> list[Offer]:
    found = []
    for row in registers.rows(connection, "documents", school_year=year):
        if row["kind"] in place.documents:
            word = DOCUMENT_WORDS[row["kind"]]
            title = f"{capital(word)}: {row['title']}" if row["title"] else capital(word)
            found.append(Offer(f"document:{row['id']}", title, row["number"], row["dated"], "документы с решениями"))
    return found


def _before(connection: Connection, year: int, direction: str, component: str) -> list[Offer]:
    rows = registers.rows(connection, "cycle", school_year=year - 1, direction=direction, component=component)
    return [
        Offer(
            f"before:{row['id']}", row["title"] or "без названия", row["number"], row["dated"],
            f"лежал здесь в {school_year(year - 1)}", row["link"], row["paper_id"],
        )
        for row in rows
    ]  # fmt: skip


def take(store: Store, year: int, direction: str, component: str, keys: Iterable[str]) -> int:
    """Put offered documents into a cell as one operation; returns how many.

    Args:
        store: the open file.
        year: school year.
        direction: of the cell.
        component: of the cell.
        keys: of offers.

    Raises:
        UserError: ``MON_CYCLE_PLACE``; ``MON_CYCLE_NOTHING`` where none of the keys is offered any more.
    """
    wanted = set(keys)
    chosen = [item for item in offers(store.connection, year, direction, component) if item.key in wanted]
    if not chosen:
        raise UserError("MON_CYCLE_NOTHING")
    scope = {"school_year": year, "direction": direction, "component": component}
    title = shipped().component(component).title
    label = f"Папка цикла, {quoted(title)}: добавлено, {count(len(chosen), *_SEVERAL)}"
    with store.operation(label, "cycle.take") as operation:
        for item in chosen:
            key = registers.add_in(
                operation, "cycle", scope, title=item.title, number=item.number, dated=item.dated, link=item.link,
                paper_id=item.paper_id,
            )  # fmt: skip
            kind, _, source = item.key.partition(":")
            if kind == "paper" and item.file is not None:
                name, digest = item.file
                stored.attach_kept(operation, "cycle_document", key, name, file_name=name, digest=digest)
            elif kind != "paper":
                table = "cycle_document" if kind == "before" else "decision_document"
                stored.copy_attachments(operation, (table, int(source)), ("cycle_document", key))
    return len(chosen)


# --- own directions --------------------------------------------------------------------------------------------------


def add_direction(store: Store, title: str) -> None:
    """Add a direction of the file's own.

    Raises:
        UserError: ``MON_CYCLE_NAME`` for an empty or too long name, or one that is there already.
    """
    name = " ".join(title.split())
    known = {item.title.casefold() for item in catalogue(store.connection).directions}
    if not name or len(name) > _LONGEST_NAME or name.casefold() in known:
        raise UserError("MON_CYCLE_NAME", name=name, most=_LONGEST_NAME)
    own = [*settings.get(store.connection, OWN).splitlines(), name]
    with store.operation(f"Папка цикла: добавлено направление {quoted(name)}", "cycle.direction") as operation:
        settings.put(operation, OWN, "\n".join(line for line in own if line))


def remove_direction(store: Store, title: str) -> None:
    """Take a direction of the file's own away.

    Raises:
        UserError: ``MON_CYCLE_PLACE`` where it is none of the file's own; ``MON_CYCLE_FULL`` where documents lie in it.
    """
    own = [line for line in settings.get(store.connection, OWN).splitlines() if line]
    if title not in own:
        raise UserError("MON_CYCLE_PLACE", place=title, known=", ".join(own) or "своих направлений нет")
    inside = len(registers.rows(store.connection, "cycle", direction=title))
    if inside:
        raise UserError("MON_CYCLE_FULL", name=title, number=count(inside, *_SEVERAL))
    with store.operation(f"Папка цикла: убрано направление {quoted(title)}", "cycle.direction") as operation:
        settings.put(operation, OWN, "\n".join(line for line in own if line != title))
