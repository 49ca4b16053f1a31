"""The other figures of the report of a month: what was done, what is late, what comes, forms, schools, the journal.

As in ``month_figures`` nothing of ``app`` is used for counting.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from app.models.store import Operation, Store
from tests.helpers.month_figures import SPELLINGS, Own

Row = tuple[str | None, str | None, bool, str | None]
"""Due day, day on which it was done, nobody waits for it any more, who answers."""
ROWS: Mapping[str, str] = {
    "task": "SELECT due_on, done_on, done_on IS NOT NULL, responsible FROM task",
    "request": "SELECT due_on, answered_on, answered_on IS NOT NULL, responsible FROM request",
    "point": "SELECT due_on, done_on, state IN ('done', 'not_done', 'withdrawn'), responsible FROM decision_point",
    "risk": "SELECT due_on, done_on, state IN ('done', 'not_done'), responsible FROM risk_measure",
    "joint": "SELECT planned_on, held_on, held_on IS NOT NULL OR p.state IN ('ended', 'broken'), NULL"
    " FROM partnership_event e JOIN partnership p ON p.id = e.partnership_id",
    "partnership": "SELECT date_to, NULL, state IN ('ended', 'broken'), NULL FROM partnership",
    "support": "SELECT date_to, NULL, state IN ('done', 'refused'), responsible FROM support_line",
    "recommendation": "SELECT due_on, NULL, used IS NOT NULL, NULL FROM recommendation",
    "note": "SELECT remind_on, NULL, done, NULL FROM note",
    "route": "SELECT planned_on, held_on, held_on IS NOT NULL, responsible FROM route_step",
    "next": "SELECT next_on, next_done_on, next_done_on IS NOT NULL, methodist FROM help_entry",
    "body_plan": "SELECT due_on, done_on, done_on IS NOT NULL, responsible FROM body_plan",
    "mentoring": "SELECT planned_on, held_on, held_on IS NOT NULL OR p.state IN ('ended', 'broken'), NULL"
    " FROM mentor_meeting m JOIN mentor_pair p ON p.id = m.pair_id",
    "round": "SELECT due_on, closed_on, closed_on IS NOT NULL, NULL FROM form_round",
    "event": "SELECT date_from, CASE WHEN state = 'held' THEN coalesce(date_to, date_from) END,"
    " state = 'cancelled' OR state = 'held' AND EXISTS (SELECT 1 FROM event_people WHERE event_id = e.id"
    " AND coalesce(came, connections) IS NOT NULL UNION SELECT 1 FROM event_guest WHERE event_id = e.id"
    " AND came IN ('yes', 'online')), methodist FROM work_event e",
}
"""Source of the day → its rows as they are stored."""
_UNDATED = frozenset({"partnership", "support", "recommendation", "note"})
"""Sources that keep no day on which something was done."""
SCHOOL_WORK = ("route", "joint", "risk")
KINDS: Mapping[str, str] = {
    "results.import": "результаты", "tasks.add": "дела", "help.add": "работа", "events.edit": "работа",
    "list.approve": "список", "form.draft": "", "strange.thing": "прочее",
}  # fmt: skip
"""Kind of an operation → its subject; half-typed texts have none."""


def made(store: Store, seed: int) -> None:
    """Add to a file of ``month_figures.made``: schools' support, forms, notes, operations of other days."""
    chance = Random(f"rest {seed}")
    schools = [key for (key,) in store.connection.execute("SELECT id FROM organisation ORDER BY id")]
    with store.operation("Дополнен квартал", "test.rest") as operation:
        _support(operation, chance, schools)
        _forms(operation, chance, schools)
    for place in range(60):
        at = datetime(2026, 9, 29, tzinfo=UTC) + timedelta(hours=chance.randrange(24 * 55))
        store.connection.execute(
            "INSERT INTO operation(at, actor, kind, label, state) VALUES (?, ?, ?, ?, ?)",
            (at.isoformat(timespec="seconds"), chance.choice(["Ким О. В.", "Белова А. А."]),
             chance.choice(list(KINDS)), f"Действие {place}", chance.choice(["done", "done", "undone"])),
        )  # fmt: skip


def _day(chance: Random, unknown: float = 0.06) -> str | None:
    days = timedelta(chance.randrange(140))
    return None if chance.random() < unknown else (date(2026, 9, 25) + days).isoformat()


def _support(operation: Operation, chance: Random, schools: list[int]) -> None:
    responsible = [name for name in SPELLINGS if name]
    for place in range(8):
        school, state = chance.choice(schools), chance.choice(["planned", "active", "ended", "broken"])
        pair = operation.insert("partnership", school_year=2026, receiver_id=school, state=state, date_to=_day(chance))
        operation.insert("partnership_event", partnership_id=pair, position=0, title="Встреча",
                         planned_on=_day(chance), held_on=_day(chance, 0.5))  # fmt: skip
        operation.insert("support_line", school_year=2026, organisation_id=school, date_to=_day(chance),
                         state=chance.choice(["planned", "running", "done", "refused"]),
                         responsible=chance.choice(responsible))  # fmt: skip
        operation.insert("recommendation", school_year=2026, addressee="school", organisation_id=school,
                         position=place, text="Совет", due_on=_day(chance),
                         used=chance.choice([None, "yes"]))  # fmt: skip
        operation.insert("route_step", school_year=2026, organisation_id=school, step="other",
                         planned_on=_day(chance), held_on=_day(chance, 0.5),
                         responsible=chance.choice(responsible))  # fmt: skip
        operation.insert("note", organisation_id=school, text="Заметка", remind_on=_day(chance),
                         done=chance.choice([0, 1]), created_at="2026-09-01T08:00:00+00:00")  # fmt: skip
    # two days of it lie over the end of a month
    operation.insert("work_event", kind="seminar", title="На стыке", date_from="2026-10-31", date_to="2026-11-02",
                     state="held", methodist="Ким О. В.")  # fmt: skip


def _forms(operation: Operation, chance: Random, schools: list[int]) -> None:
    subject = operation.insert("form_subject", kind="school", organisation_id=schools[0])
    for place in range(6):
        made_at = datetime(2026, 9, 30, 23, 30, tzinfo=UTC) + timedelta(days=chance.randrange(80))
        form = operation.insert(
            "form_round", form_id="nowhere", version="1", digest="0", school_year=2026, title=f"Сбор {place}",
            created_at=made_at.isoformat(timespec="seconds"), due_on=_day(chance), closed_on=_day(chance, 0.6),
        )  # fmt: skip
        for role in ("self", "expert"):
            operation.insert("form_case", round_id=form, subject_id=subject, role=role, version="1",
                             received_on=_day(chance, 0.3), accepted_on=_day(chance, 0.6))  # fmt: skip


# --- counting ----------------------------------------------------------------------------------------------------


def _rows(own: Own, source: str) -> list[Row]:
    return [(row[0], row[1], bool(row[2]), row[3]) for row in own.rows(ROWS[source]) if own.mine(row[3])]


def done(own: Own) -> Counter[str]:
    """Return source → rows done in the period."""
    found = {source: sum(row[1] is not None and own.first <= row[1] <= own.last for row in _rows(own, source))
             for source in ROWS if source not in _UNDATED}  # fmt: skip
    return +Counter(found)


def late(own: Own) -> Counter[str]:
    """Return source → rows that were overdue at the end of the period, or are today."""
    yesterday = (date.fromisoformat(own.today) - timedelta(1)).isoformat()
    end, over = min(own.last, yesterday), own.last < own.today
    found: Counter[str] = Counter()
    for source in ROWS.keys() - {"round"}:
        for due, when, closed, _who in _rows(own, source):
            since = over and source != "event" and when is not None and own.last < when <= own.today
            found[source] += due is not None and due <= end and (since or not closed)
    return +found


def ahead(own: Own, first: str, last: str) -> Counter[str]:
    """Return source → rows due in the period that follows and not done before it."""
    found: Counter[str] = Counter()
    for source in ROWS:
        for due, when, closed, _who in _rows(own, source):
            waits = not closed or (when is not None and when > own.last)
            found[source] += due is not None and first <= due <= last and waits
    return +found


def told(found: Counter[str]) -> list[int]:
    """Return the numbers of «4 дела, 2 запроса … и ещё 5»."""
    most = sorted(found.values(), reverse=True)
    rest = sum(most[4:])
    return [*most[:4], *([rest] if rest else [])]


def _local(own: Own, sql: str) -> int:
    days = [datetime.fromisoformat(at).astimezone().date().isoformat() for (at,) in own.rows(sql)]
    return sum(own.first <= day <= own.last for day in days)


def forms(own: Own) -> list[int]:
    """Numbers of «Сборы сведений и документы»."""
    rounds = _local(own, "SELECT created_at FROM form_round")
    came, taken = (own.number(f"SELECT count(*) FROM form_case WHERE {column} BETWEEN :first AND :last")
                   for column in ("received_on", "accepted_on"))  # fmt: skip
    papers = _local(own, "SELECT registered_at FROM outgoing_paper WHERE state <> 'withdrawn'")
    return [n for n in (rounds,) if n] + ([came, taken] if came or taken else []) + [n for n in (papers,) if n]


def support(own: Own) -> list[int]:
    """Numbers of «Работа со школами»."""
    found = Counter({source: number for source, number in done(own).items() if source in SCHOOL_WORK})
    span = "BETWEEN :first AND :last"
    rows = own.rows(
        f"SELECT organisation_id, responsible FROM risk_measure WHERE done_on {span} UNION ALL"
        f" SELECT organisation_id, responsible FROM route_step WHERE held_on {span} UNION ALL SELECT receiver_id, NULL"
        f" FROM partnership_event e JOIN partnership p ON p.id = e.partnership_id WHERE held_on {span}"
    )
    schools = {own.school(row[0]) for row in rows if own.mine(row[1])} - {None}
    people = 0 if own.who else own.number(f"SELECT sum(people) FROM course_record WHERE ended_on {span}")
    return [*told(found), *(number for number in (len(schools), people) if number)]


def data(own: Own) -> tuple[int, int, list[int], int]:
    """Operations in force, days with some, the three greatest subjects, files with results."""
    rows: list[tuple[str, str]] = []
    for at, actor, kind in own.rows("SELECT at, actor, kind FROM operation WHERE state = 'done'"):
        day = datetime.fromisoformat(at).astimezone().date().isoformat()
        if own.first <= day <= own.last and not kind.endswith(".draft") and (not own.who or actor == own.who):
            rows.append((day, kind))
    subjects = Counter(KINDS.get(kind, "прочее") for _day, kind in rows)
    files = sum(kind == "results.import" for _day, kind in rows)
    return len(rows), len({day for day, _kind in rows}), sorted(subjects.values(), reverse=True)[:3], files


def numbers(found: tuple[int, int, list[int], int]) -> list[int]:
    """Return the numbers of «Работа с данными»."""
    every, days, most, files = found
    return [every, days, *most, *([files] if files else [])] if every else []


def staff(own: Own, span: Any) -> tuple[str | None, int, str | None, int | None]:
    """Return people helped, events, people at events, connections of one methodist, as the table shows them."""
    helped = {(row[0], row[2]): row[3] for row in own.helped()}
    held = [row[0] for row in own.happened()]
    online = [n for event, n in own.rows("SELECT event_id, connections FROM event_people"
                                         " WHERE connections IS NOT NULL") if event in held]  # fmt: skip
    return _cell(span(helped, {})), len(held), _cell(span(*own.people(held))), sum(online) if online else None


def _cell(found: list[int]) -> str | None:
    return "–".join(map(str, found)) or None


def bodies(own: Own) -> dict[str, tuple[int, int, int, int]]:
    """Return body → meetings, other events, lines done, lines late, as the table shows them."""
    end = min(own.last, (date.fromisoformat(own.today) - timedelta(1)).isoformat())
    until, found = min(own.last, own.today), {}
    for key, name in own.rows("SELECT id, name FROM body"):
        held = [row[1] for row in own.happened() if row[2] == key]
        plan = [row for row in own.rows("SELECT due_on, done_on, responsible FROM body_plan WHERE body_id = :key",
                                        key=key) if own.mine(row[2])]  # fmt: skip
        line = (
            held.count("meeting"), len(held) - held.count("meeting"),
            sum(row[1] is not None and own.first <= row[1] <= own.last for row in plan),
            sum(row[0] is not None and row[0] <= end and (row[1] is None or row[1] > until) for row in plan),
        )  # fmt: skip
        if any(line):
            found[name] = line
    return found
