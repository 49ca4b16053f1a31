"""Everything that is due on a day or was done in a span, from every room, in one shape.

One provider a source in ``SOURCES``: a new room adds one function. A provider imports its room when it is asked, so
that the first page starts without what it does not need. A line knows the place of the window that it opens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from app import school_years
from app.models import due_rows
from app.models.due_rows import Mode
from app.models.store import Connection
from app.texts import NBSP, capital, count, quoted, ru_date, school_year

if TYPE_CHECKING:
    from app.operations.execution import ExecutionLine

Place = tuple[str, Any]
"""(place of the window, what it is to show)."""


@dataclass(frozen=True, slots=True)
class DayLine:
    """One thing with a day.

    Attributes:
        source: key of ``SOURCES``; ``word`` what it is called: «комиссия», «мероприятие».
        key: of its row.
        due: ISO day; None where only the day of doing is known.
        done_on: ISO day; None where it is not done, or no day is kept.
        open: somebody still has to do something.
        school_id: what it is about; ``school`` is its short name.
        place: what it opens.
        markable: it can be marked as done right from the first page.
        people: who took part, where that is counted.
    """

    source: str
    word: str
    key: int
    text: str
    due: str | None
    done_on: str | None = None
    open: bool = True
    who: str = ""
    school_id: int | None = None
    school: str = ""
    detail: str = ""
    kind: str = ""
    place: Place = ("today", None)
    markable: bool = False
    people: int | None = None


class Ask:
    """What is asked of the providers.

    Args:
        connection: reading connection.
        day: what counts as today.
        mode: see ``due_rows.Mode``.
        first, last: both included; ``first`` does not count for ``open``.
        closed: closed forms may be named.
    """

    def __init__(
        self, connection: Connection, day: date, mode: Mode, first: date, last: date, *, closed: bool = False
    ) -> None:  # fmt: skip
        self.connection, self.day, self.mode, self.closed = connection, day, mode, closed
        self.first, self.last = first, last
        self.shut: set[tuple[str, int]] = set()

    def rows(self, table: str) -> list[dict[str, Any]]:
        """Return the rows of a table of ``due_rows.TABLES`` and remember those nobody waits for any more."""
        found = due_rows.dated(self.connection, table, self.mode, self.first.isoformat(), self.last.isoformat())
        self.shut |= {(table, row["id"]) for row in found if row["shut"]}
        return found

    @cached_property
    def names(self) -> Mapping[int, str]:
        """Short names of the organisations."""
        return due_rows.names(self.connection)

    def canonical(self, key: int) -> int:
        """Return the record into which a school was merged, itself where it was not."""
        return self._merged.get(key, key)

    @cached_property
    def _merged(self) -> Mapping[int, int]:
        from app.models import organisations

        return organisations.canonical_map(self.connection)

    @cached_property
    def owners(self) -> Mapping[int, int]:
        """Programme → the school whose programme it is."""
        from app.models import programmes

        found = programmes.programmes(self.connection)
        return {item.id: item.organisation_id for item in found if item.organisation_id is not None}

    def school(self, key: int | None) -> str:
        """Return the short name of an organisation, "" of none."""
        return "" if key is None else self.names.get(key, "")


"""A school year begins with it."""
Provider = Callable[[Ask], Iterable[DayLine]]
TASK_WORDS = {"task": "дело", "commission": "комиссия", "report": "отчёт", "visit": "выезд", "call": "звонок"}
PLACES: Mapping[str, tuple[str, Place]] = {
    "schools": ("Школы", ("tab_schools", None)),
    "school_list": ("Список ШНОР", ("tab_school_list", None)),
    "programme": ("Программа", ("tab_programme", None)),
    "checklists": ("Чек-листы", ("tab_checklists", None)),
    "execution": ("Мониторинг: исполнение", ("monitoring", "execution")),
    "indicators": ("Мониторинг: показатели", ("monitoring", "indicators")),
    "decisions": ("Мониторинг: решения", ("monitoring", "decisions")),
    "support": ("Мониторинг: поддержка", ("monitoring", "support")),
    "route": ("Мониторинг: маршрут", ("monitoring", "route")),
    "notes": ("Мониторинг: справки", ("monitoring", "notes")),
    "requests": ("Запросы", ("today", "requests")),
    "reports": ("Отчёты", ("tab_reports", None)),
}
"""Places a task can be tied to: key of the file → word, what the window opens."""


def task_place(row: Mapping[str, Any]) -> Place:
    """Return what a task opens: its place, else the school it is about, else its own row."""
    if row["place"] in PLACES:
        return PLACES[row["place"]][1]
    if row["organisation_id"] is not None:
        return "school", row["organisation_id"]
    return "today", ("tasks", row["id"])


def _tasks(ask: Ask) -> Iterator[DayLine]:
    for row in ask.rows("task"):
        yield DayLine(
            "task", TASK_WORDS.get(row["kind"], "дело"), row["id"], row["text"] or "Дело без названия", row["due_on"],
            row["done_on"], row["done_on"] is None, row["responsible"] or "", row["organisation_id"],
            ask.school(row["organisation_id"]), row["result"] or "", row["kind"], task_place(row), markable=True,
        )  # fmt: skip


def _requests(ask: Ask) -> Iterator[DayLine]:
    for row in ask.rows("request"):
        number = f"№{NBSP}{row['number']}" if row["number"] else ""
        dated = f"от{NBSP}{ru_date(row['dated'])}" if row["dated"] else ""
        about = " ".join(part for part in (number, dated) if part)
        detail = ", ".join(part for part in (row["sender"] or "", about) if part)
        yield DayLine(
            "request", "запрос", row["id"], row["subject"] or "Запрос без темы", row["due_on"], row["answered_on"],
            row["answered_on"] is None, row["responsible"] or "", detail=detail,
            place=("today", ("requests", row["id"])),
        )  # fmt: skip


def _points(ask: Ask) -> Iterator[DayLine]:
    from app.operations.register_catalogue import DOCUMENT_WORDS

    for row in ask.rows("point"):
        number = f" №{NBSP}{row['number']}" if row["number"] else ""
        detail = f"{DOCUMENT_WORDS.get(row['kind'], 'документ')}{number}"
        if row["label"]:
            detail += f", п.{NBSP}{row['label']}"
        yield DayLine(
            "point", "решение", row["id"], row["text"] or "Пункт решения без текста", row["due_on"], row["done_on"],
            row["state"] in {"open", "running", "part"}, row["responsible"] or "", row["organisation_id"],
            ask.school(row["organisation_id"]), detail, row["state"],
            ("monitoring", ("decisions", row["id"])),
        )  # fmt: skip


def _activities(ask: Ask) -> Iterator[DayLine]:
    from app.operations import execution  # loads the rules of plans

    if ask.mode == "open":
        for line in execution.due(ask.connection, ask.day, (ask.last - ask.day).days):
            yield _activity(ask, line)
        return
    first, last = ask.first.isoformat(), ask.last.isoformat()
    for programme in execution.in_force(ask.connection, set(range(ask.first.year - 1, ask.last.year + 1))):
        for line in execution.table(ask.connection, programme.id, None, ask.day).lines:
            day = line.done_on if ask.mode == "done" else line.due_on
            if day is not None and first <= day <= last:
                yield _activity(ask, line)


def _activity(ask: Ask, line: ExecutionLine) -> DayLine:
    number = f"п.{NBSP}{line.number}" if line.number else ""
    return DayLine(
        "activity", "мероприятие", line.lineage, line.text, line.due_on, line.done_on,
        line.shown in {"late", "soon", "moved", "running", "part", "planned"}, ", ".join(line.responsible[:2]),
        school_id=ask.owners.get(line.programme_id), school=ask.school(ask.owners.get(line.programme_id)),
        detail=number, kind=line.state, place=("monitoring", ("execution", line.key)), people=line.participants,
    )  # fmt: skip


def _measuring(ask: Ask) -> Iterator[DayLine]:
    for row in ask.rows("measuring"):
        what = None if row["closed_on"] else "внесите значения и закройте точку"
        yield DayLine(
            "measuring", "замер", row["id"], f"Замер {quoted(row['title'])}, {row['plan_year']}{NBSP}год",
            row["due_on"], row["closed_on"], row["closed_on"] is None,
            detail=" · ".join(part for part in (row["programme"], what) if part),
            place=("monitoring", ("indicators", ("points", row["lineage"], row["plan_year"]))),
        )  # fmt: skip


def _risks(ask: Ask) -> Iterator[DayLine]:
    for row in ask.rows("risk"):
        school = ask.school(row["organisation_id"])
        yield DayLine(
            "risk", "мера по риску", row["id"], row["text"] or row["factor"] or "Мера без названия", row["due_on"],
            row["done_on"], row["done_on"] is None, row["responsible"] or "", row["organisation_id"], school,
            row["factor"] or "" if row["text"] else "",
            place=_row("support", "risks", row),
        )  # fmt: skip


def _support(ask: Ask) -> Iterator[DayLine]:
    for row in ask.rows("support"):
        yield DayLine(
            "support", "помощь школе", row["id"], row["offer"] or row["deficit"] or "Помощь без названия",
            row["date_to"], None, row["state"] in {"planned", "running"}, row["responsible"] or row["provider"] or "",
            row["organisation_id"], ask.school(row["organisation_id"]),
            place=_row("support", "support", row),
        )  # fmt: skip


def _partnerships(ask: Ask) -> Iterator[DayLine]:
    for row in ask.rows("partnership"):
        number = f" №{NBSP}{row['number']}" if row["number"] else ""
        about = f": {row['topic']}" if row["topic"] else ""
        ends = "Кончилось" if row["date_to"] < ask.day.isoformat() else "Кончается"
        yield DayLine(
            "partnership", "соглашение", row["id"], f"{ends} соглашение{number}{about}", row["date_to"],
            who=row["donor"] or "", school_id=row["receiver_id"], school=ask.school(row["receiver_id"]),
            place=_row("support", "partnerships", row),
        )  # fmt: skip
    for row in ask.rows("joint"):
        yield DayLine(
            "joint", "совместное мероприятие", row["id"], row["title"] or "Совместное мероприятие", row["planned_on"],
            row["held_on"], row["held_on"] is None, school_id=row["receiver_id"], school=ask.school(row["receiver_id"]),
            place=("monitoring", ("support", ("partnerships", (
                "row", row["partnership"], row["school_year"], row["id"]
            )))),
        )  # fmt: skip


def _route(ask: Ask) -> Iterator[DayLine]:
    from app.operations.register_catalogue import STEP_WORDS

    rows = ask.rows("route")
    over = _over(ask, rows)
    for row in rows:
        if row["id"] in over:
            continue
        step = str(STEP_WORDS.get(row["step"], row["step"]))
        yield DayLine(
            "route", "маршрут школы", row["id"], capital(step), row["planned_on"],
            row["held_on"], row["held_on"] is None, row["responsible"] or "", row["organisation_id"],
            ask.school(row["organisation_id"]), place=_step_place(ask, row),
        )  # fmt: skip
    for row in ask.rows("meeting"):
        yield DayLine(
            "meeting", "встреча со школой", row["id"], "Следующая встреча со школой", row["next_on"],
            who=row["responsible"] or "", school_id=row["organisation_id"], school=ask.school(row["organisation_id"]),
            place=_step_place(ask, row),
        )  # fmt: skip


def _over(ask: Ask, rows: list[dict[str, Any]]) -> set[int]:
    """Return late steps of stages that are over: nobody waits for them any more («пропущено»)."""
    today = ask.day.isoformat()
    late = [row for row in rows if row["held_on"] is None and row["planned_on"] < today]
    if not late:
        return set()
    from app.operations.route_stages import catalogue, passed, stage_after

    _stages, known = catalogue()
    held = due_rows.held_steps(ask.connection)
    found = set()
    for row in late:
        now = stage_after(held.get((ask.canonical(row["organisation_id"]), row["school_year"]), ()))
        if passed(known.get(row["step"], known["other"]).stage, now):
            found.add(row["id"])
    return found


def _step_place(ask: Ask, row: Mapping[str, Any]) -> Place:
    return "monitoring", ("route", ("step", ask.canonical(row["organisation_id"]), row["id"], row["school_year"]))


def _row(view: str, part: str, row: Mapping[str, Any]) -> Place:
    """Return a row of a register in a view, with the school year in which it stands."""
    return "monitoring", (view, (part, ("row", row["id"], row["school_year"])))


def _recommendations(ask: Ask) -> Iterator[DayLine]:
    this = school_years.year_of(ask.day)
    if ask.mode == "open":
        yield from _unmarked(ask, this - 1)
    for row in ask.rows("recommendation"):
        if ask.mode == "open" and row["school_year"] < this:
            continue  # told of together
        whom = ask.school(row["organisation_id"]) or row["name"] or ""
        yield DayLine(
            "recommendation", "рекомендация", row["id"], row["text"], row["due_on"], school_id=row["organisation_id"],
            school=whom, detail="отметьте, выполнена ли",
            place=_row("notes", "advice", row),
        )  # fmt: skip


def _unmarked(ask: Ask, year: int) -> Iterator[DayLine]:
    """Recommendations of the year before that nobody has marked: one line, the year is over and nothing is late."""
    keys = due_rows.unmarked(ask.connection, year)
    if keys:
        number = count(len(keys), "рекомендация", "рекомендации", "рекомендаций")
        yield DayLine(
            "recommendation", "рекомендации", keys[0], f"Отметьте, выполнены ли рекомендации {school_year(year)} года",
            None, detail=f"без отметки {number}",
            place=("monitoring", ("notes", ("advice", ("row", keys[0], year)))),
        )  # fmt: skip


def _rounds(ask: Ask) -> Iterator[DayLine]:
    """Rounds of forms; what is late in them is told by the forms themselves."""
    rows = ask.rows("round")
    hidden = set() if ask.closed or not rows else _closed_forms(ask, {row["id"] for row in rows})
    for row in rows:
        if row["id"] in hidden or (ask.mode == "open" and row["due_on"] < ask.day.isoformat()):
            continue
        yield DayLine(
            "round", "сбор сведений", row["id"], quoted(row["title"]), row["due_on"], row["closed_on"],
            row["closed_on"] is None, detail="последний день приёма ответов" if row["closed_on"] is None else "",
            place=("forms", ("board", row["id"])),
        )  # fmt: skip


def _closed_forms(ask: Ask, keys: set[int]) -> set[int]:
    from app.errors import UserError
    from app.models import forms
    from app.operations.form_cases import definition_of  # forms would make the window start later

    found = set()
    for item in forms.rounds(ask.connection):
        if item.id in keys:
            try:
                closed = definition_of(ask.connection, item).closed
            except UserError as error:  # the program has that form no more: nothing says that it is closed
                if error.code != "FORM_UNKNOWN":
                    raise
                continue
            if closed:
                found.add(item.id)
    return found


def _notes(ask: Ask) -> Iterator[DayLine]:
    for row in ask.rows("note"):
        key = row["organisation_id"]
        yield DayLine(
            "note", "заметка", row["id"], row["text"], row["remind_on"], school_id=key, school=ask.school(key),
            place=("school", key) if key is not None else ("tab_schools", None),
        )  # fmt: skip


def _remarks(ask: Ask) -> Iterator[DayLine]:
    """Remarks from above to papers that went out; a new version of the paper is an answer, too."""
    for row in ask.rows("remark"):
        detail = f"к документу №{NBSP}{row['number']} {quoted(row['title'])}"
        yield DayLine(
            "remark", "замечание к документу", row["id"], row["text"] or "Замечание без текста", row["due_on"],
            row["answered_on"], row["answered_on"] is None, detail=", ".join(filter(None, (row["person"], detail))),
            place=("register", row["number"]),
        )  # fmt: skip


def _bodies(ask: Ask) -> Iterator[DayLine]:
    """Items of the plans of associations; one that became a meeting is told by its event."""
    for row in ask.rows("body_plan"):
        if row["event_state"] in {"planned", "moved", "held"} and row["done_on"] is None:
            continue
        yield DayLine(
            "body_plan", "план объединения", row["id"], capital(row["text"] or "Пункт плана без текста"), row["due_on"],
            row["done_on"], row["done_on"] is None, row["responsible"] or "",
            detail=", ".join(part for part in (row["body"], row["result"] or "") if part),
            place=("work", ("bodies", (row["body_id"], "plan", row["id"], row["school_year"]))),
        )  # fmt: skip


def _mentoring(ask: Ask) -> Iterator[DayLine]:
    for row in ask.rows("mentoring"):
        pair = f"{row['mentor'] or 'наставник не указан'} → {row['mentee'] or 'не указано, кому'}"
        yield DayLine(
            "mentoring", "встреча с наставником", row["id"], f"{pair}: {row['topic']}" if row["topic"] else pair,
            row["planned_on"], row["held_on"], row["held_on"] is None, school_id=row["organisation_id"],
            school=ask.school(row["organisation_id"]),
            place=("work", ("mentoring", ("meeting", row["pair"], row["id"]))),
        )  # fmt: skip


def _next_steps(ask: Ask) -> Iterator[DayLine]:
    """Next steps agreed upon in the journal of help."""
    for row in ask.rows("next"):
        detail = f"договорились {ru_date(row['held_on'])}" if row["held_on"] else ""
        yield DayLine(
            "next", "следующий шаг", row["id"],
            capital(row["next_step"] or row["topic"] or "Следующий шаг помощи школе"),
            row["next_on"], row["next_done_on"], row["next_done_on"] is None, row["methodist"] or "",
            row["organisation_id"], ask.school(row["organisation_id"]), detail, row["kind"],
            ("work", ("journal", row["id"])),
        )  # fmt: skip


def _events(ask: Ask) -> Iterable[DayLine]:
    from app.operations import event_days  # asked for only where there are events

    rows = ask.rows("event")
    return event_days.lines(ask, [row["id"] for row in rows]) if rows else ()


SOURCES: Mapping[str, Provider] = {
    "task": _tasks,
    "request": _requests,
    "note": _notes,
    "round": _rounds,
    "activity": _activities,
    "point": _points,
    "measuring": _measuring,
    "risk": _risks,
    "support": _support,
    "partnership": _partnerships,
    "route": _route,
    "recommendation": _recommendations,
    "remark": _remarks,
    "body_plan": _bodies,
    "mentoring": _mentoring,
    "event": _events,
    "next": _next_steps,
}
"""Every source of lines; a room that has days adds one line here."""


def lines(ask: Ask, sources: Iterable[str] | None = None) -> list[DayLine]:
    """Return what all sources say, by day; what has no day comes last."""
    found = [line for key, provider in SOURCES.items() if sources is None or key in sources for line in provider(ask)]
    # ended agreements, measures given up and meetings that were held have no day of their own on which they were done
    found = [replace(line, open=False) if (line.source, line.key) in ask.shut else line for line in found]
    # a merged school is told under its record, so that it counts once
    found = [line if line.school_id is None or (into := ask.canonical(line.school_id)) == line.school_id
             else replace(line, school_id=into) for line in found]  # fmt: skip
    return sorted(found, key=lambda line: (_when(ask, line), line.source, line.text, line.school))


def _when(ask: Ask, line: DayLine) -> str:
    day = line.done_on if ask.mode == "done" else line.due
    return day or "9999"


TOGETHER = frozenset({"route", "risk", "support", "recommendation", "meeting"})
"""Sources of which the same is often due in many schools at once."""


def together(found: Iterable[DayLine]) -> list[DayLine]:
    """Return lines with those of one thing that is due on one day in several schools as one: «СОШ № 1, СОШ № 2»."""
    same: dict[Any, list[DayLine]] = {}
    for line in found:
        alike = (line.source, line.text, line.due, line.who) if line.source in TOGETHER else (line.source, line.key)
        same.setdefault(alike, []).append(line)
    return [items[0] if len(items) == 1 else _joined(items) for items in same.values()]


def _joined(items: list[DayLine]) -> DayLine:
    schools = list(dict.fromkeys(item.school for item in items if item.school))
    named = ", ".join(schools[:3]) + (f" и ещё {len(schools) - 3}" if len(schools) > 3 else "")
    return replace(items[0], school_id=None, school=named)


def open_lines(connection: Connection, day: date, last: date, *, closed: bool = False) -> list[DayLine]:
    """Return what waits: overdue, and due up to ``last``."""
    return lines(Ask(connection, day, "open", date.min, last, closed=closed))


def due_lines(connection: Connection, day: date, first: date, last: date, *, closed: bool = False) -> list[DayLine]:
    """Return what is due in a span, done or not."""
    return lines(Ask(connection, day, "due", first, last, closed=closed))


def done_lines(connection: Connection, day: date, first: date, last: date, *, closed: bool = False) -> list[DayLine]:
    """Return what was done in a span, by the day on which it was done."""
    return lines(Ask(connection, day, "done", first, last, closed=closed))
