"""The methodists' work in the papers of packages: the region's tables and the sheets of the book of all rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

from app.reports.document import Block, Column, Day, Group, Heading, Note, Row, Table, Value
from app.texts import NBSP, glue


@dataclass(frozen=True, slots=True)
class People:
    """Different people as a span; ``visits`` with repeats."""

    least: int
    most: int
    visits: int

    @property
    def words(self) -> str:
        """«25», «от 12 до 25»."""
        return f"{self.most}" if self.least == self.most else f"от{NBSP}{self.least} до{NBSP}{self.most}"


@dataclass(frozen=True, slots=True)
class WorkLine:
    """The work of one municipality in counts; ``rule`` says of which school year, counted by what rule.

    Attributes:
        until: ISO day up to which it is told.
        events, entries: held events, entries of help; ``people`` of the events, None where nobody counted.
        helped: schools that were helped; ``connections`` apart from people.
        bodies, meetings: professional associations and what they held.
        practices, adopted: of the bank, and how often a school took one up.
        young, first_year, mentored: None where no school has told; ``pairs`` at work and their meetings.
    """

    municipality: str
    rule: str
    until: str
    events: int
    people: People | None
    connections: int | None
    entries: int
    helped: int
    bodies: int
    meetings: int
    practices: int
    adopted: int
    young: int | None
    first_year: int | None
    mentored: int | None
    pairs: int
    pair_meetings: int


@dataclass(frozen=True, slots=True)
class FormLine:
    """Held events of one form in one municipality; ``visits`` None where nobody counted."""

    form: str
    municipality: str
    held: int
    visits: int | None
    connections: int | None


@dataclass(frozen=True, slots=True)
class WorkSummary:
    """Everything; ``silent``: municipalities whose packages say nothing of such work."""

    lines: tuple[WorkLine, ...] = ()
    forms: tuple[FormLine, ...] = ()
    silent: tuple[str, ...] = ()


_TOLD = (
    "Разные люди муниципалитетов не складываются: один человек мог быть в двух. Участия считаются с повторами."
    " Прочерк значит, что в пакете об этом не сказано; в сумму такой муниципалитет не вошёл."
)
_WIDE = Column("Муниципалитет", 40)


def blocks(found: WorkSummary) -> Iterator[Block]:
    """Yield the part of the summary; nothing where no package tells of such work."""
    if not found.lines:
        return
    yield Heading("Работа методистов", 2)
    yield _table("События и помощь", found.lines, (
        (Column("По", 22), lambda one: Day(one.until)), (Column("Событий", 18, "right"), "events"),
        (Column("Участий", 18, "right"), "visits"),
        (Column("Разных людей", 24), lambda one: one.people.words if one.people else None),
        (Column("Записей о помощи", 20, "right"), "entries"), (Column("Школ с помощью", 19, "right"), "helped"),
        (Column("Практик", 19, "right"), "practices"),
    ))  # fmt: skip
    yield _forms(found.forms)
    yield _table("Объединения и наставничество", found.lines, (
        (Column("Объединений", 27, "right"), "bodies"), (Column("Их событий", 19, "right"), "meetings"),
        (Column("Молодых педагогов", 22, "right"), "young"), (Column("Первый год", 17, "right"), "first_year"),
        (Column("С наставником", 26, "right"), "mentored"), (Column("Пар", 13, "right"), "pairs"),
        (Column("Встреч пар", 16, "right"), "pair_meetings"),
    ))  # fmt: skip
    yield Note(glue(_TOLD))
    if found.silent:
        yield Note(glue(f"В пакетах нет работы методистов: {', '.join(found.silent)}."))


def _table(name: str, lines: Sequence[WorkLine], columns: Sequence[tuple[Column, Any]]) -> Table:
    """Return a table of the municipalities with sums of what may be added up: of one rule and one school year."""
    groups = []
    rules = sorted({one.rule for one in lines})
    for rule in rules:
        own = [one for one in lines if one.rule == rule]
        rows = [Row((glue(one.municipality), *(_value(one, what) for _column, what in columns))) for one in own]
        if len(own) > 1:
            sums = (_sum(own, what) for _column, what in columns)
            rows.append(Row(("Всего", *sums), total="group" if len(rules) > 1 else "all"))
        groups.append(Group(tuple(rows), glue(rule) if len(rules) > 1 else ""))
    return Table(name, (_WIDE, *(column for column, _what in columns)), tuple(groups), caption=name,
                 group_title="Учебный год")  # fmt: skip


def _value(one: WorkLine, what: Any) -> Value:
    if callable(what):
        found: Value = what(one)
        return found
    if what == "visits":
        return one.people.visits if one.people else None
    number: int | None = getattr(one, what)
    return number


def _sum(own: Iterable[WorkLine], what: Any) -> Value:
    if callable(what):
        return None
    told = [number for one in own if isinstance(number := _value(one, what), int)]
    return sum(told) if told else None


def _forms(lines: Sequence[FormLine]) -> Table:
    columns = (Column("Муниципалитет", 82), Column("Событий", 30, "right"), Column("Участий", 30, "right"),
               Column("Подключений", 32, "right"))  # fmt: skip
    groups = []
    for form in dict.fromkeys(one.form for one in lines):
        own = [one for one in lines if one.form == form]
        rows = [Row((glue(one.municipality), one.held, one.visits, one.connections)) for one in own]
        if len(own) > 1:
            rows.append(Row(("Всего", sum(one.held for one in own), _whole(one.visits for one in own),
                             _whole(one.connections for one in own)), total="group"))  # fmt: skip
        groups.append(Group(tuple(rows), glue(form)))
    return Table("События по формам", columns, tuple(groups), caption="События по формам", group_title="Форма",
                 empty="Прошедших событий в пакетах нет.")  # fmt: skip


def _whole(numbers: Iterable[int | None]) -> int | None:
    told = [number for number in numbers if number is not None]
    return sum(told) if told else None


# --- the book of all rows ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WorkRows:
    """Rows of the sheets, in the order of their columns; the municipality stands first."""

    events: tuple[tuple[Value, ...], ...] = ()
    help: tuple[tuple[Value, ...], ...] = ()
    bodies: tuple[tuple[Value, ...], ...] = ()
    practices: tuple[tuple[Value, ...], ...] = ()
    mentoring: tuple[tuple[Value, ...], ...] = ()


_PEOPLE = (Column("Людей не меньше", 24, "right"), Column("Людей не больше", 24, "right"),
           Column("Участий", 20, "right"))  # fmt: skip
_SHEETS: tuple[tuple[str, tuple[Column, ...], str], ...] = (
    ("События", (Column("Форма", 60), Column("Событий", 20, "right"), *_PEOPLE, Column("Подключений", 26, "right")),
     "Событий в пакетах нет."),
    ("Помощь школам", (Column("Код школы", 40), Column("Записей", 20, "right"), *_PEOPLE),
     "Записей о помощи школам в пакетах нет."),
    ("Объединения",
     (Column("Название", 70), Column("Вид", 40), Column("Членов", 18, "right"), Column("Школ", 18, "right"),
      Column("Событий", 18, "right"), Column("Пунктов плана", 20, "right"), Column("Сделано", 20, "right"),
      Column("Просрочено", 24, "right")),
     "Объединений в пакетах нет."),
    ("Практики",
     (Column("Вид", 24), Column("Название", 80), Column("Код школы", 34), Column("Принята", 24),
      Column("Пробуют школ", 20, "right"), Column("Внедрили школ", 22, "right")),
     "Практик в пакетах нет."),
    ("Наставничество",
     (Column("Молодых", 24, "right"), Column("Первый год", 24, "right"), Column("С наставником", 28, "right"),
      Column("Сказали школ", 26, "right"), Column("Пар", 20, "right"), Column("Встреч", 24, "right")),
     "Сведений о наставничестве в пакетах нет."),
)  # fmt: skip


def sheets(found: WorkRows) -> tuple[Table, ...]:
    """Return the tables of the book, each a sheet."""
    return tuple(
        Table(name, (_WIDE, *columns), (Group(tuple(Row(cells) for cells in getattr(found, one.name))),), caption=name,
              empty=empty)
        for (name, columns, empty), one in zip(_SHEETS, fields(WorkRows), strict=True)
    )  # fmt: skip
