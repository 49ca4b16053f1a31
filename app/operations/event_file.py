"""Participants of an event from a file: what is read, what each row becomes, what is doubtful. Nothing is written here.

The file itself is never kept: lists of registration have telephones and addresses of post in them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from app.errors import Problem, UserError, problem
from app.importers.parsed import FileReading, Hints, Known
from app.importers.people_columns import FIELDS, PeopleColumn, audience_of
from app.importers.people_rows import PeopleMap, PeopleRow, Understood, came_of, tidy_name, understand
from app.importers.plan_records import PlanTable
from app.models import registers, work_events
from app.models.store import Connection
from app.operations.events import folded_name, head
from app.texts import count, quoted

__all__ = [
    "FIELDS", "PATTERNS", "STATE_WORDS", "Choice", "Line", "PeopleColumn", "PeopleMap", "PeopleRow", "Preview",
    "Source", "Understood", "Unknown", "only_sheet", "preview", "read", "spelling",
]  # fmt: skip

PATTERNS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".txt", ".docx")
State = Literal["new", "filled", "known", "twice", "out", "pupil"]
STATE_WORDS: Mapping[State, str] = {
    "new": "впишется", "filled": "дополнится", "known": "уже в списке", "twice": "второй раз", "out": "не впишется",
    "pupil": "ученик",
}  # fmt: skip
Progress = Callable[[str, int, int], None]
_WORDS = re.compile(r"[^\s.,;]+")
_PROPOSED = 3
MOST_PROPOSED = 60
"""For so many unknown spellings the likeliest schools are looked for: nobody chooses for more by hand."""


@dataclass(frozen=True, slots=True)
class Source:
    """What was read of a file: its tables, what is odd about it, and its fingerprint."""

    name: str
    tables: tuple[PlanTable, ...]
    sha256: str
    size: int
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person has said of a file.

    Attributes:
        maps: index of a table → what its columns are.
        schools: spelling of a school (see ``spelling``) → the school that is meant.
        said: key of a row → whether it is written, against what the program would do.
        came: mark of those of whom the file says nothing: «yes», «online», None.
        sheets: only these tables; None takes every one that has names.
    """

    maps: Mapping[int, PeopleMap] = field(default_factory=dict)
    schools: Mapping[str, int] = field(default_factory=dict)
    said: Mapping[str, bool] = field(default_factory=dict)
    came: str | None = None
    sheets: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """What one row becomes.

    Attributes:
        row: as the file says it.
        name, post: as they would be written.
        school: the record that is meant; ``school_text`` is what the file says, ``shown`` what a person reads.
        came: mark: «yes», «online», «no», None.
        guest: line of the event's list that the row fills or repeats.
        code: why the school was not found.
    """

    row: PeopleRow
    name: str
    state: State
    school: int | None = None
    school_text: str = ""
    shown: str = ""
    post: str = ""
    audience: str | None = None
    came: str | None = None
    guest: int | None = None
    code: str | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def level(self) -> str:
        """The gravest level of its problems, "" where there are none."""
        levels = {one.level for one in self.problems}
        return next((level for level in ("error", "warning", "hint") if level in levels), "")


@dataclass(frozen=True, slots=True)
class Unknown:
    """A spelling that no school has, how many people it is of, and the likeliest schools: key and name."""

    text: str
    people: int
    proposals: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file would bring to an event.

    Attributes:
        tables: every table as understood, those without names too.
        lines: what becomes of every row.
        problems: everything doubtful, rows with their places.
        unknown: spellings of schools that a person may settle; ``schools`` are all there are to choose from.
    """

    event: int
    source: Source
    choice: Choice
    tables: tuple[Understood, ...]
    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]
    unknown: tuple[Unknown, ...]
    schools: tuple[tuple[int, str], ...] = ()

    def of(self, *states: State) -> tuple[Line, ...]:
        """Return the lines of these states."""
        return tuple(line for line in self.lines if line.state in states)

    @property
    def to_write(self) -> tuple[Line, ...]:
        """The lines that change something."""
        return self.of("new", "filled")

    @property
    def eyes(self) -> int:
        """How many problems a person should look at."""
        return sum(one.level != "hint" for one in self.problems)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What would happen, in sentences."""
        new, filled = len(self.of("new")), len(self.of("filled"))
        told = [f"Впишется: {count(new, 'человек', 'человека', 'человек')}." if new else "Новых людей в файле нет."]
        for number, words in (
            (filled, "Дополнится в списке"), (len(self.of("known")), "Уже в списке"),
            (len(self.of("twice")), "В файле второй раз"), (len(self.of("out")), "Не впишется"),
            (len(self.of("pupil")), "Строк об учениках не взято"),
        ):  # fmt: skip
            if number:
                told.append(f"{words}: {number}.")
        if self.eyes:
            told.append(f"Требует внимания: {count(self.eyes, 'замечание', 'замечания', 'замечаний')}.")
        return tuple(told)


# --- reading -----------------------------------------------------------------------------------------------------


def read(path: Path, on_progress: Progress | None = None, cancelled: Callable[[], bool] | None = None) -> Source:
    """Read the tables of a file in the child process; nothing is written.

    Raises:
        UserError: ``GEN_FILE_MISSING``; ``EVENT_FILE_NO_TABLES``, ``EVENT_FILE_FORMAT``, ``EVENT_FILE_REFUSED`` with
            the cause where the file can't be read.
    """
    from app.importers.reading import read_files

    if not path.exists():
        raise UserError("GEN_FILE_MISSING", file=path)
    # a list is a table like that of a plan: the same reader takes workbooks, texts and tables of Word documents
    (found,) = read_files([path], Hints(kind="plan"), on_progress=on_progress, cancelled=cancelled, known=Known())
    return source_of(found)


def source_of(reading: FileReading) -> Source:
    """Return what a reading brings.

    Raises:
        UserError: see ``read``.
    """
    cause = reading.refused
    if cause is None:
        return Source(reading.name, reading.plan, reading.sha256, reading.size, reading.problems)
    if cause.code == "IMP_PLAN_NO_TABLES":
        raise UserError("EVENT_FILE_NO_TABLES", name=reading.name)
    if cause.code == "IMP_PLAN_FORMAT":
        looks = cause.message.partition("это ")[2].partition(". ")[0]
        raise UserError("EVENT_FILE_FORMAT", name=reading.name, looks=looks or "не таблица")
    raise UserError("EVENT_FILE_REFUSED", why=cause.message)


def only_sheet(source: Source, title: str) -> frozenset[int]:
    """Return the tables of a sheet.

    Raises:
        UserError: ``EVENT_FILE_NO_SHEET`` naming those that are there.
    """
    tables = understand(source.tables)
    wanted = title.casefold().strip()
    found = frozenset(table.index for table in tables if wanted in {table.title.casefold(), table.place.casefold()})
    if not found:
        known = ", ".join(table.title or table.place for table in tables)
        raise UserError("EVENT_FILE_NO_SHEET", sheet=title, name=source.name, known=known)
    return found


# --- understanding -----------------------------------------------------------------------------------------------


def spelling(text: str) -> str:
    """Return a spelling of a school for comparison: «МБОУ „СОШ № 4“» and «СОШ 4» are one; "" where there is none."""
    from app.operations.matching import normal_name  # names of schools take long to load

    plain = " ".join(text.casefold().replace("ё", "е").split())
    return (normal_name(text) or plain) if plain else ""


def preview(connection: Connection, event: int, source: Source, choice: Choice | None = None) -> Preview:
    """Say what a file would bring to an event; nothing is written.

    Args:
        connection: the open file.
        event: key of the event.
        source: what was read.
        choice: what a person has said of it.

    Raises:
        UserError: ``EVENT_UNKNOWN``.
    """
    head(connection, event)
    said = choice or Choice()
    tables = understand(source.tables, said.maps)
    if said.sheets is not None:
        tables = tuple(table if table.index in said.sheets else replace(table, taken=False, rows=(), passed=0)
                       for table in tables)  # fmt: skip
    judge = _Judge(connection, event, said)
    for table in tables:
        judge.take(table)
    told = [*source.problems, *(one for table in tables for one in _of_table(table, said)), *judge.about_tables]
    pupils = sum(line.state == "pupil" for line in judge.lines)
    if pupils:
        told.append(problem("EVENT_FILE_PUPILS", told=pupils))
    told += _gathered(judge.lines)
    unknown = judge.unknown()
    known = _all_schools(connection) if unknown else ()
    return Preview(event, source, said, tables, tuple(judge.lines), tuple(told), unknown, known)


def _all_schools(connection: Connection) -> tuple[tuple[int, str], ...]:
    from app.models import organisations

    return tuple((one.id, one.shown) for one in organisations.listing(connection, own=None, kind=None))


_TOGETHER = frozenset({"EVENT_FILE_SCHOOL_UNKNOWN", "EVENT_FILE_SCHOOL_SEVERAL", "EVENT_FILE_NO_SCHOOL",
                       "EVENT_FILE_SCRUBBED"})  # fmt: skip
"""What is told once with the number of its rows: a school that nobody knows has many people."""


def _gathered(lines: Sequence[Line]) -> list[Problem]:
    """Return the problems of the rows; one thing about many rows is one problem that counts them."""
    found: list[Problem] = []
    places: dict[tuple[str, str], int] = {}
    counts: dict[tuple[str, str], int] = {}
    for line in lines:
        for one in line.problems:
            key = (one.code, line.school_text and spelling(line.school_text))
            if one.code in _TOGETHER and key in places:
                counts[key] += 1
                continue
            if one.code in _TOGETHER:
                places[key], counts[key] = len(found), 1
            found.append(one)
    for key, place in places.items():
        if counts[key] > 1:
            found[place] = replace(found[place], message=f"{found[place].message} Таких строк: {counts[key]}.")
    return found


def _of_table(table: Understood, said: Choice) -> Iterable[Problem]:
    """Yield what is to be told of a whole table."""
    if not any(column.field in {"name", "surname"} for column in table.columns):
        if said.sheets is None or table.index in said.sheets:
            yield problem("EVENT_FILE_NO_NAMES", sheet=table.title or None, place=table.place)
        return
    if not table.taken:
        return
    if table.private:
        named = ", ".join(f"«{name}»" for name in table.private)
        yield problem("EVENT_FILE_PRIVATE", sheet=table.title or None, place=table.place, columns=named)
    if table.passed:
        told = count(table.passed, "строка", "строки", "строк")
        yield problem("EVENT_FILE_ROWS_PASSED", sheet=table.title or None, place=table.place, told=told)


@dataclass(slots=True)
class _Known:
    """Somebody who is on the list of the event already, or stands in the file above.

    ``school`` is a record, a spelling that no record has, or None where no school is named.
    """

    name: str
    school: int | str | None
    where: str
    guest: work_events.Guest | None = None
    line: int | None = None


class _Judge:
    """What the rows are to the list that is there, to each other and to the registry."""

    def __init__(self, connection: Connection, event: int, choice: Choice) -> None:
        self._choice = choice
        self._schools = _Schools(connection, choice.schools)
        self._exact: dict[str, list[_Known]] = {}
        self._near: dict[str, list[_Known]] = {}
        self.lines: list[Line] = []
        self.about_tables: list[Problem] = []
        self._unknown: dict[str, Unknown] = {}
        waiting = registers.drafts(connection, registers.draft_table("event_guest", {"event_id": event}))
        for guest in work_events.guests(connection, [event]).get(event, ()):
            raw = waiting.get(guest.id, {}).get("organisation_id", ("", ""))[0]
            if guest.name:
                school = guest.organisation_id or spelling(raw) or None
                self._remember(_Known(guest.name, school, "он в списке события", guest))

    def unknown(self) -> tuple[Unknown, ...]:
        """Return the spellings of schools that nobody knows, with the likeliest schools."""
        found = list(self._unknown.values())
        known = [replace(one, proposals=self._schools.proposals(one.text)) for one in found[:MOST_PROPOSED]]
        return (*known, *found[MOST_PROPOSED:])

    def take(self, table: Understood) -> None:
        """Judge the rows of a table."""
        usual = ""
        if table.rows and not table.has("school") and table.title and not any(row.school for row in table.rows):
            key, _code, _rest = self._schools.find(table.title)
            if key is not None:
                usual = table.title
                self.about_tables.append(problem("EVENT_FILE_SHEET_SCHOOL", sheet=table.title, place=table.place,
                                                 school=self._schools.name(key)))  # fmt: skip
        for row in table.rows:
            line = self._line(row if row.school else replace(row, school=usual))
            self.lines.append(line)
            if line.code is not None and line.state in {"new", "filled", "known"}:
                one = self._unknown.setdefault(spelling(line.school_text), Unknown(line.school_text, 0))
                self._unknown[spelling(line.school_text)] = replace(one, people=one.people + 1)

    def _line(self, row: PeopleRow) -> Line:
        if row.kind == "pupil":
            return Line(row, row.name, "pupil")
        told: list[Problem] = []
        wanted = self._choice.said.get(row.key)
        if row.kind == "odd" and not wanted:
            odd = _problem("EVENT_FILE_ODD", row, raw=quoted(row.name))
            return Line(row, row.name, "out", school_text=row.school, shown=row.school, post=row.post, problems=(odd,))
        key, code, post = self._school(row, told)
        came, fits = came_of(row)
        if not fits:
            told.append(_problem("EVENT_FILE_MARK", row, raw=quoted(row.came or row.way or row.online or "")))
        if row.scrubbed:
            told.append(_problem("EVENT_FILE_SCRUBBED", row))
        shown = self._schools.name(key) if key is not None else row.school
        line = Line(row, tidy_name(row.name), "new", key, row.school, shown, row.post or post,
                    audience_of(row.audience), came or self._choice.came, None, code)  # fmt: skip
        if wanted is False:
            return replace(line, state="out")
        return self._compared(line, told)

    def _school(self, row: PeopleRow, told: list[Problem]) -> tuple[int | None, str | None, str]:
        if not row.school:
            told.append(_problem("EVENT_FILE_NO_SCHOOL", row))
            return None, None, ""
        key, code, rest = self._schools.find(row.school)
        if key is None and code is not None:
            several = code == "GEN_SEVERAL_SCHOOLS"
            names = ", ".join(name for _key, name in self._schools.proposals(row.school)) if several else ""
            told.append(_problem("EVENT_FILE_SCHOOL_SEVERAL" if names else "EVENT_FILE_SCHOOL_UNKNOWN", row,
                                 raw=quoted(row.school), names=names))  # fmt: skip
        return key, code, rest

    # --- who is there already ------------------------------------------------------------------------------------

    def _remember(self, known: _Known) -> None:
        self._exact.setdefault(folded_name(known.name), []).append(known)
        self._near.setdefault(_surname(known.name), []).append(known)

    def _compared(self, line: Line, told: list[Problem]) -> Line:
        same = self._exact.get(folded_name(line.name), [])
        met = _one(line, same)
        if met is not None and not self._choice.said.get(line.row.key):
            line = self._again(line, met, told)
            return replace(line, problems=tuple(told))
        if same:
            other = ", ".join(dict.fromkeys(self._of_school(one) for one in same))
            told.append(_problem("EVENT_FILE_NAMESAKE", line.row, other=other, where=same[0].where))
        else:
            self._about_like(line, told)
        if len(line.name.split()) == 1:
            told.append(_problem("EVENT_FILE_SURNAME", line.row))
        self._remember(_Known(line.name, _said_school(line), line.row.place, line=len(self.lines)))
        return replace(line, problems=tuple(told))

    def _of_school(self, one: _Known) -> str:
        if one.school is None:
            return "школа не названа"
        return self._schools.name(one.school) if isinstance(one.school, int) else quoted(one.school)

    def _about_like(self, line: Line, told: list[Problem]) -> None:
        from app.analysis.person_names import same_person

        near = next((one for one in self._near.get(_surname(line.name), ())
                     if (None in {one.school, _said_school(line)} or one.school == _said_school(line))
                     and same_person(one.name, line.name)), None)  # fmt: skip
        if near is not None:
            told.append(_problem("EVENT_FILE_LIKE", line.row, other=quoted(near.name), where=near.where))

    def _again(self, line: Line, met: _Known, told: list[Problem]) -> Line:
        """Say what a row is whose person is known: it fills what the list lacks, or says nothing new."""
        if met.line is not None:
            first = self.lines[met.line]
            if line.came in {"yes", "online"} and first.came not in {"yes", "online"}:
                # two sheets, two days: who came on one of them was there
                first = replace(first, came=line.came)
                fills = met.guest is not None and bool(lacking(first, met.guest))
                self.lines[met.line] = replace(first, state="filled") if fills else first
            # what else is odd about a row that is not written is of no use
            told[:] = [_problem("EVENT_FILE_TWICE", line.row, first=first.row.place)]
            return replace(line, state="twice", guest=met.guest.id if met.guest else None)
        guest = met.guest
        if guest is None:
            return line
        if line.row.came is not None and guest.came and line.came and guest.came != line.came:
            from app.operations.register_work_events import CAME_WORDS

            told.append(
                _problem(
                    "EVENT_FILE_OTHER_MARK", line.row, there=quoted(CAME_WORDS[guest.came]), raw=quoted(line.row.came)
                )
            )
        met.line = len(self.lines)
        fills = bool(lacking(line, guest))
        return replace(line, state="filled" if fills else "known", guest=guest.id)


def lacking(line: Line, guest: work_events.Guest) -> dict[str, Any]:
    """Return column → value of what a line of the list has not and the file says; nothing written is replaced."""
    offered = {"came": line.came, "organisation_id": line.school, "post": line.post or None, "audience": line.audience}
    return {name: value for name, value in offered.items() if value is not None and getattr(guest, name) is None}


def _one(line: Line, same: Sequence[_Known]) -> _Known | None:
    """Return the one person of this name who is meant: of the same school, or where only one side names a school."""
    school = _said_school(line)
    exact = next((one for one in same if one.school == school), None)
    if exact is not None:
        return exact
    open_ended = [one for one in same if one.school is None or school is None]
    return open_ended[0] if len(open_ended) == 1 else None


def _said_school(line: Line) -> int | str | None:
    return line.school if line.school is not None else spelling(line.school_text) or None


def _surname(name: str) -> str:
    words = [word.casefold().replace("ё", "е") for word in _WORDS.findall(name)]
    return next((word for word in words if len(word) > 1), "")


def _problem(code: str, row: PeopleRow, **context: Any) -> Problem:
    sheet = row.place.split(", строка", 1)[0].removeprefix("Лист «").removesuffix("»")
    return problem(code, sheet=sheet, cell=row.cell, place=row.place, **context)


class _Schools:
    """Which school a spelling means; each spelling is looked up once."""

    def __init__(self, connection: Connection, told: Mapping[str, int]) -> None:
        self._connection, self._told = connection, told
        self._found: dict[str, tuple[int | None, str | None, str]] = {}
        self._directory: Any = None

    @property
    def directory(self) -> Any:
        """The registry prepared for matching; made when the first spelling is asked for."""
        if self._directory is None:
            from app.operations.matching import Directory  # names of schools take long to load

            self._directory = Directory(self._connection)
        return self._directory

    def name(self, key: int) -> str:
        """Return what a school is called."""
        found = self.directory.schools.get(key)
        return found.shown if found is not None else ""

    def find(self, text: str) -> tuple[int | None, str | None, str]:
        """Return school, code of what is wrong, and what stands beside the school in the cell («учитель»)."""
        wanted = spelling(text)
        if wanted in self._told:
            return self._told[wanted], None, ""
        if wanted not in self._found:
            self._found[wanted] = self._search(text)
        return self._found[wanted]

    def _search(self, text: str) -> tuple[int | None, str | None, str]:
        key, code = self._whole(text)
        if key is not None:
            return key, None, ""
        parts = [part.strip() for part in re.split(r"[,;\n]", text) if part.strip()]
        for place in (0, len(parts) - 1) if len(parts) > 1 else ():
            found, _code = self._whole(parts[place])
            if found is not None:
                return found, None, ", ".join(parts[:place] + parts[place + 1 :])
        return None, code, ""

    def _whole(self, text: str) -> tuple[int | None, str | None]:
        from app.operations import schools

        sure = self.directory.match(text, (), None)
        if sure is not None and sure.how == "alias":
            return sure.school_id, None  # a person has said so once
        try:
            return schools.find(self._connection, text).id, None
        except UserError as fault:
            return (sure.school_id, None) if sure is not None else (None, fault.code)

    def proposals(self, text: str) -> tuple[tuple[int, str], ...]:
        """Return the likeliest schools, best first."""
        return tuple((one.school_id, one.name) for one in self.directory.propose(text, None, _PROPOSED))
