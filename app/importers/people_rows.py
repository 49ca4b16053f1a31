"""The rows of a list of participants: people, and what is none of them, each with its place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from app.importers.grid import heading, is_total
from app.importers.people_columns import (
    ADULT,
    NAME,
    PRIVATE,
    PUPIL,
    PeopleColumn,
    PeopleHead,
    find_head,
    head_at,
    is_person,
    looks_like_school,
    without_private,
)
from app.importers.plan_records import PlanLine, PlanTable

RowKind = Literal["person", "odd", "pupil"]
_PREFIX = re.compile(r"^\d{1,4}\s*[.)]\s*")
_SAMPLES = 3
_LEAST_NUMBERING = 3
_CAME: Mapping[str, str] = {
    **dict.fromkeys(("да", "д", "+", "1", "v", "✓", "✔", "√", "☑", "есть", "yes"), "yes"),
    **dict.fromkeys(("нет", "-", "–", "—", "0", "н", "no", "н я", "н/я", "неявка"), "no"),
}  # fmt: skip
_STARTS: Sequence[tuple[str, str]] = (
    ("не был", "no"), ("не присут", "no"), ("отсут", "no"), ("не яв", "no"), ("не подкл", "no"), ("не участ", "no"),
    ("был", "yes"), ("присут", "yes"), ("явил", "yes"), ("пришел", "yes"), ("пришла", "yes"), ("участвовал", "yes"),
    ("онлайн", "online"), ("on-line", "online"), ("online", "online"), ("подключ", "online"), ("дистанц", "online"),
    ("удален", "online"), ("заочн", "online"), ("вкс", "online"), ("очн", "yes"), ("лично", "yes"), ("zoom", "online"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PeopleMap:
    """What a person has said of one table: rows above the first person, column → meaning, whether it is taken."""

    head: int
    fields: Mapping[int, str | None]
    taken: bool = True


@dataclass(frozen=True, slots=True)
class PeopleRow:
    """One person of a table, or a row that may be none.

    Attributes:
        table: index of the table; ``line`` is the row's number from 1; ``part`` tells people of one cell apart.
        cell: address of the name; ``place`` says it in words.
        name: as the file writes it, joined where it stands in three columns.
        school: text of the cell, of the merged one above, or of the line above that names a school.
        came: raw text; ``way`` and ``online`` likewise. None where the table has no such column.
        kind: «odd» is a row whose name does not look like one.
        scrubbed: a telephone or an address was taken out of a cell.
    """

    table: int
    line: int
    part: int
    cell: str
    place: str
    name: str
    school: str = ""
    post: str = ""
    audience: str = ""
    came: str | None = None
    way: str | None = None
    online: str | None = None
    note: str = ""
    kind: RowKind = "person"
    scrubbed: bool = False

    @property
    def key(self) -> str:
        """The row's own name within its file."""
        return f"{self.table}:{self.line}:{self.part}"


@dataclass(frozen=True, slots=True)
class Understood:
    """One table as it was understood.

    Attributes:
        title: name of the sheet, "" where there is none.
        head: rows above the first person.
        rows: people; ``passed`` counts lines that are none: totals, repeated headings, lines of one school.
        private: headings of columns that are not taken because they are private.
        samples: the first rows of people, cell by cell; private columns are empty in them.
    """

    index: int
    place: str
    title: str
    head: int
    columns: tuple[PeopleColumn, ...]
    taken: bool
    rows: tuple[PeopleRow, ...] = ()
    passed: int = 0
    private: tuple[str, ...] = ()
    samples: tuple[tuple[str, ...], ...] = ()

    def has(self, field: str) -> bool:
        """Tell whether a column has a meaning."""
        return any(column.field == field for column in self.columns)


def understand(tables: Sequence[PlanTable], maps: Mapping[int, PeopleMap] | None = None) -> tuple[Understood, ...]:
    """Return every table of a file as it was understood.

    Args:
        tables: as the reader gives them.
        maps: index of a table → what a person has said of it.
    """
    told = maps or {}
    return tuple(_table(index, table, told.get(index)) for index, table in enumerate(tables))


def _table(index: int, table: PlanTable, told: PeopleMap | None) -> Understood:
    head = find_head(table) if told is None else head_at(table, told.head, told.fields)
    taken = head.named if told is None else told.taken
    private = tuple(column.heading or f"столбец {column.at + 1}" for column in head.columns if column.field == PRIVATE)
    hidden = {column.at for column in head.columns if column.field == PRIVATE}
    body = [line for line in table.lines[head.rows :] if line.filled and not _is_numbering(line)]
    samples = tuple(
        tuple("" if at in hidden else without_private(" ".join(text.split()))[0] for at, text in enumerate(line.cells))
        for line in body[:_SAMPLES]
    )
    found = Understood(index, table.place, _title(table.place), head.rows, head.columns, taken, private=private,
                       samples=samples)  # fmt: skip
    if not taken or not head.named:
        return found
    rows, passed = _Reader(found, table, head).read()
    return replace(found, rows=tuple(rows), passed=passed)


def _is_numbering(line: PlanLine) -> bool:
    """Tell whether a row only numbers the columns: 1, 2, 3, 4."""
    texts = [line.cells[at].strip(".") for at in line.filled]
    return len(texts) >= _LEAST_NUMBERING and texts == [str(number) for number in range(1, len(texts) + 1)]


def _title(place: str) -> str:
    return place.removeprefix("Лист «").removesuffix("»") if place.startswith("Лист «") else ""


class _Reader:
    """The people of one table, line by line."""

    def __init__(self, found: Understood, table: PlanTable, head: PeopleHead) -> None:
        self._found, self._table, self._head = found, table, head
        self._heads = [tuple(map(heading, line.cells)) for line in table.lines[: head.rows] if line.filled]
        self._group = ""
        self._above: dict[str, str] = {}

    def read(self) -> tuple[list[PeopleRow], int]:
        """Return the people and how many lines are none."""
        rows: list[PeopleRow] = []
        passed = 0
        for line in self._table.lines[self._head.rows :]:
            if not line.filled:
                continue
            found = [] if self._is_none(line) else self._people(line)
            rows += found
            passed += not found
        return rows, passed

    def _is_none(self, line: PlanLine) -> bool:
        """Tell a line that only looks like a person: a total, the heading again, numbers of columns, a school."""
        texts = [" ".join(line.cells[at].split()) for at in line.filled]
        if _is_numbering(line):
            return True
        if any(is_total(text) for text in texts[:2]) or tuple(map(heading, line.cells)) in self._heads:
            return True
        if len(texts) == 1 and looks_like_school(texts[0]) and not NAME.fullmatch(texts[0]):
            self._group = texts[0]
            self._above = {}
            return True
        return False

    def _text(self, line: PlanLine, field: str) -> str:
        """Return the text of a cell; one merged with the cell above says what that says."""
        at = self._head.at(field)
        own = line.at(at)
        if not own and at is not None and at in line.down:
            return self._above.get(field, "")
        self._above[field] = own
        return own

    def _people(self, line: PlanLine) -> list[PeopleRow]:
        names = self._names(line)
        if not names:
            return []
        texts: dict[str, str] = {}
        scrubbed = False
        for field in ("school", "post", "audience", "note"):
            texts[field], some = without_private(" ".join(self._text(line, field).split()))
            scrubbed = scrubbed or some
        texts["school"] = texts["school"] or self._group
        marks = {field: self._mark(line, field) for field in ("came", "way", "online")}
        made = []
        for part, (name, post) in enumerate(names):
            clean, some = without_private(name)
            if not clean:
                continue
            told = texts | {"post": texts["post"] or post}
            made.append(
                PeopleRow(
                    self._found.index, line.number, part, self._address(line), self._place(line), clean,
                    school=told["school"], post=told["post"], audience=told["audience"], note=told["note"],
                    came=marks["came"], way=marks["way"], online=marks["online"],
                    kind=self._kind(line, clean, told), scrubbed=scrubbed or some,
                )
            )  # fmt: skip
        return made

    def _mark(self, line: PlanLine, field: str) -> str | None:
        at = self._head.at(field)
        return None if at is None else " ".join(line.at(at).split())

    def _names(self, line: PlanLine) -> list[tuple[str, str]]:
        """Return (name, post that stands beside it) of a line: of one cell, of three, of several people in one cell."""
        if self._head.at("surname") is not None and self._head.at("name") is None:
            parts = [" ".join(line.at(self._head.at(field)).split()) for field in ("surname", "first", "patronymic")]
            return [(" ".join(part for part in parts if part), "")] if parts[0] else []
        raw = line.at(self._head.at("name"))
        lines = [_PREFIX.sub("", " ".join(part.split())) for part in raw.split("\n")]
        if len(lines) > 1 and all(NAME.fullmatch(part) for part in lines):
            return [(part, "") for part in lines]
        whole = " ".join(part for part in lines if part)
        name, comma, rest = whole.partition(",")
        if comma and is_person(name.strip()):
            return [(name.strip(), rest.strip())]
        return [(whole, "")] if whole else []

    def _kind(self, line: PlanLine, name: str, told: Mapping[str, str]) -> RowKind:
        adult = ADULT.search(" ".join((told["post"], told["audience"])))
        grade = line.at(self._head.at("grade"))
        said = " ".join((name, told["post"], told["audience"], told["note"]))
        if not adult and (grade or PUPIL.search(said)):
            return "pupil"
        alone = not (told["post"] or told["school"]) or len(line.filled) == 1
        single = name.replace("-", "").isalpha() and name[:1].isupper() and not alone
        return "person" if is_person(name) or single else "odd"

    def _address(self, line: PlanLine) -> str:
        from app.importers.grid import address

        at = next((at for field in ("name", "surname") if (at := self._head.at(field)) is not None), 0)
        return address(line.number, at)

    def _place(self, line: PlanLine) -> str:
        return f"{self._found.place}, строка {line.number}"


# --- words of a cell ---------------------------------------------------------------------------------------------


def came_of(row: PeopleRow) -> tuple[str | None, bool]:
    """Return (mark, understood) of the cells of a row that say whether one was there; empty cells say nothing."""
    marks = [_word_of(raw) for raw in (row.came, row.way, row.online)]
    (came, _), (way, _), (online, _) = marks
    fits = all(known for _mark, known in marks)
    if online in {"yes", "online"}:
        return "online", fits
    if row.came is None:
        return way, fits
    if came == "yes" and way == "online":
        return "online", fits
    # «онлайн» beside an empty «был» is how somebody signed up, not that he came
    return came, fits


def _word_of(raw: str | None) -> tuple[str | None, bool]:
    text = (raw or "").casefold().replace("ё", "е").strip(" .!")
    if not text:
        return None, True
    if text in _CAME:
        return _CAME[text], True
    found = next((code for start, code in _STARTS if text.startswith(start)), None)
    return found, found is not None


def tidy_name(text: str) -> str:
    """Return a name as a paper writes it: «ИВАНОВА МАРИЯ» in ordinary letters, one space between its parts."""
    name = " ".join(text.replace("\u00a0", " ").split()).strip(" ,;")
    letters = [sign for sign in name if sign.isalpha()]
    long = [word for word in re.split(r"[\s-]+", name) if len(word.strip(".")) > 2]
    if not long or any(sign.islower() for sign in letters):
        return name
    return re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize() if len(word[0]) > 1 else word[0], name)
