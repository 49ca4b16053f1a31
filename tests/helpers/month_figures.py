"""The figures of the report of a month, counted from the rows of the store alone: own SQL, own arithmetic.

Nothing of ``app`` is used for counting, so that the report and this cannot be wrong in the same way. ``made`` fills a
file with a chancy quarter; ``Own`` says every number that each section must tell, in the order in which it tells them.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from app.models.store import Operation, Store

KIM, BELOVA = "Ким О. В.", "Белова А. А."
SPELLINGS: Mapping[str | None, frozenset[str]] = {
    KIM: frozenset({KIM}), "Ким Оксана Викторовна": frozenset({KIM}), BELOVA: frozenset({BELOVA}),
    "Белова А. А., Ким О. В.": frozenset({KIM, BELOVA}), None: frozenset(), "": frozenset(),
}  # fmt: skip
"""How people are written in the made file → who is meant."""
HELP = ("visit", "consultation", "lesson", "tutoring")
AUDIENCES = ("teachers", "heads", "specialists", "young", "team", "parents", "pupils", "other")
KINDS = ("seminar", "webinar", "meeting", "meeting", "hearing")


# --- filling -----------------------------------------------------------------------------------------------------


def made(store: Store, seed: int) -> None:
    """Fill a file: schools (one merged), people, tasks, requests, points, risks, and a quarter of the own work."""
    chance = Random(seed)
    with store.operation("Заполнен квартал", "test.quarter") as operation:
        schools = [operation.insert("organisation", name=f"СОШ № {number}", own=1) for number in range(1, 7)]
        operation.update("organisation", schools[5], duplicate_of=schools[0])
        _others(operation, chance, schools)
        own_work(operation, chance, schools)


def own_work(operation: Operation, chance: Random, schools: list[int], least: int = 0) -> None:
    """Fill the journal of help, events, bodies, practices and mentoring of a quarter, at least so many rows each."""
    people = [operation.insert("person", full_name=name) for name in ("Орлова А. П.", "Серов П. И.", "Ли Ю. А.")]
    bodies = [operation.insert("body", name=name, kind="рабочая группа") for name in ("РМО", "Группа")]
    operation.insert("body", name="Прежняя", kind="рабочая группа", date_from="2023-09-01", date_to="2025-05-30")
    _help(operation, chance, schools, least)
    _events(operation, chance, schools, bodies, people, least)
    _rest(operation, chance, schools, bodies, people, least)


def _day(chance: Random) -> str | None:
    return None if chance.random() < 0.06 else (date(2026, 9, 25) + timedelta(chance.randrange(105))).isoformat()


def _some(chance: Random, most: int, unknown: float = 0.2) -> int | None:
    return None if chance.random() < unknown else chance.randrange(most)


def _who(chance: Random) -> str | None:
    return chance.choice(list(SPELLINGS)) or None


def _others(operation: Operation, chance: Random, schools: list[int]) -> None:
    document = operation.insert("decision_document", kind="protocol", school_year=2026, title="Совещание")
    for place in range(14):
        done = _day(chance) if chance.random() < 0.5 else None
        operation.insert("task", kind=chance.choice(["task", "visit", "call", "report", "commission"]),
                         text=f"Дело {place}", due_on=_day(chance), done_on=done, responsible=_who(chance))  # fmt: skip
        operation.insert("request", subject=f"Запрос {place}", received_on=_day(chance), dated="2026-10-05",
                         due_on=_day(chance), answered_on=done, responsible=_who(chance))  # fmt: skip
        operation.insert("decision_point", document_id=document, position=place, text=f"Пункт {place}",
                         due_on=_day(chance), done_on=done, state="done" if done else "open",
                         responsible=_who(chance))  # fmt: skip
        operation.insert("risk_measure", school_year=2026, text=f"Мера {place}", due_on=_day(chance),
                         done_on=done, state="done" if done else "planned", responsible=_who(chance),
                         organisation_id=chance.choice(schools))  # fmt: skip
        operation.insert("course_record", school_year=2026, category="учитель", provider="Институт", kind="upgrading",
                         title="Курсы", people=chance.randrange(1, 6), ended_on=_day(chance))  # fmt: skip


def _help(operation: Operation, chance: Random, schools: list[int], least: int) -> None:
    for _place in range(chance.randrange(3 * least, 45)):
        step = chance.random() < 0.4
        operation.insert(
            "help_entry", kind=chance.choice(HELP), held_on=_day(chance), people=_some(chance, 9),
            organisation_id=chance.choice([*schools, None]), audience=chance.choice([*AUDIENCES[:6], None]),
            deficit=chance.choice(["чтение", None]), next_step="Зайти ещё раз" if step else None,
            next_on=_day(chance) if step else None, methodist=_who(chance),
            next_done_on=_day(chance) if step and chance.random() < 0.5 else None,
        )  # fmt: skip


def _events(
    operation: Operation, chance: Random, schools: list[int], bodies: list[int], people: list[int], least: int
) -> None:  # fmt: skip
    document = operation.insert("decision_document", kind="protocol", school_year=2026, title="Протокол РМО")
    if least:
        operation.insert("work_event", kind="meeting", date_from="2026-10-07", state="held", body_id=bodies[0])
    for _place in range(chance.randrange(2 * least, 22)):
        begins = _day(chance)
        event = operation.insert(
            "work_event", kind=chance.choice(KINDS), title="Событие", date_from=begins, date_to=begins,
            state=chance.choice(["held", "held", "held", "planned", "moved", "cancelled"]), methodist=_who(chance),
            lineage=chance.choice([None, 5, 6]), body_id=chance.choice([None, *bodies]),
            document_id=chance.choice([None, document]),
        )  # fmt: skip
        for school in chance.sample([*schools, None], chance.randrange(0, 5)):
            for audience in chance.sample([*AUDIENCES, None], chance.randrange(1, 3)):
                operation.insert("event_people", event_id=event, organisation_id=school, audience=audience,
                                 came=_some(chance, 12), connections=_some(chance, 7, 0.7))  # fmt: skip
        for place in range(chance.randrange(0, 8)):
            person = chance.choice([*people, None, None])
            name = None if person else chance.choice(["Орлова А. П.", "Чужой Ч. Ч.", "Новый Н. Н.", "Серов П. И."])
            operation.insert(
                "event_guest", event_id=event, position=place, person_id=person, name=name,
                organisation_id=chance.choice([*schools[:3], schools[5], None]),
                audience=chance.choice(["teachers", "heads", None]), came=chance.choice(["yes", "online", "no", None]),
            )  # fmt: skip


def _rest(
    operation: Operation, chance: Random, schools: list[int], bodies: list[int], people: list[int], least: int
) -> None:  # fmt: skip
    for place in range(chance.randrange(0, 12)):
        operation.insert("body_plan", body_id=chance.choice(bodies), school_year=2026, position=place, text="Пункт",
                         due_on=_day(chance), done_on=_day(chance) if chance.random() < 0.4 else None,
                         responsible=_who(chance))  # fmt: skip
    for _place in range(chance.randrange(least, 10)):
        state = chance.choice(["proposed", "accepted", "accepted", "archived"])
        practice = operation.insert(
            "practice", kind=chance.choice(["practice", "product"]), title="Опыт", state=state, school_year=2026,
            organisation_id=chance.choice([*schools, None]), accepted_on=_day(chance) if state != "proposed" else None,
        )  # fmt: skip
        for _use in range(chance.randrange(0, 4)):
            operation.insert("practice_use", practice_id=practice, organisation_id=chance.choice([*schools, None]),
                             state=chance.choice(["planned", "trying", "adopted", "refused"]),
                             since=_day(chance))  # fmt: skip
    for _place in range(chance.randrange(least, 8)):
        state = chance.choice(["planned", "active", "active", "ended", "broken"])
        pair = operation.insert(
            "mentor_pair", form=chance.choice(["teacher", "leader", "subject"]), mentor_id=people[0],
            mentee_id=people[1], organisation_id=chance.choice(schools), state=state, date_from=_day(chance),
            date_to=_day(chance) if state in {"ended", "broken"} else None,
        )  # fmt: skip
        for number in range(chance.randrange(0, 4)):
            operation.insert("mentor_meeting", pair_id=pair, position=number, held_on=_day(chance))
    for school in chance.sample(schools, chance.randrange(min(least, 5), 6)):
        operation.insert("young_count", school_year=2026, organisation_id=school, young=_some(chance, 6),
                         first_year=_some(chance, 3), mentored=_some(chance, 6))  # fmt: skip


People = tuple[dict[tuple[int, Any], int | None], dict[tuple[int, Any], set[str]]]
"""(event, school) → number that was written; → people on the list."""


# --- counting ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Own:
    """A filled file, a span of ISO days, what counts as today, and one person or "" for everybody."""

    connection: sqlite3.Connection
    first: str
    last: str
    today: str
    who: str = ""

    def rows(self, sql: str, **more: Any) -> list[tuple[Any, ...]]:
        """Return rows; the span is :first and :last, the end of the period or today is :until."""
        until = min(self.last, self.today)
        values = {"first": self.first, "last": self.last, "today": self.today, "until": until, **more}
        return self.connection.execute(sql, values).fetchall()

    def number(self, sql: str) -> int:
        """Return a single number."""
        return int(self.rows(sql)[0][0] or 0)

    def mine(self, written: str | None) -> bool:
        """Whether a row belongs to the report."""
        return not self.who or self.who in SPELLINGS[written]

    def school(self, key: int | None) -> int | None:
        """Return the record that a merged one speaks through."""
        found = self.connection.execute("SELECT coalesce(duplicate_of, id) FROM organisation WHERE id = ?", (key,))
        row = found.fetchone()
        return None if row is None else int(row[0])

    # --- help ----------------------------------------------------------------------------------------------------

    def helped(self) -> list[tuple[Any, ...]]:
        """Entries: id, kind, school, people, deficit, step, methodist, day."""
        rows = self.rows("SELECT id, kind, organisation_id, people, deficit_id IS NOT NULL OR deficit IS NOT NULL,"
                         " next_step IS NOT NULL OR next_on IS NOT NULL, methodist, held_on FROM help_entry"
                         " WHERE held_on BETWEEN :first AND :last")  # fmt: skip
        return [(*row[:2], self.school(row[2]), *row[3:]) for row in rows if self.mine(row[6])]

    def help(self) -> list[int]:
        """Numbers of «Помощь школам»."""
        rows, found = self.helped(), []
        if rows:
            kinds = Counter(row[1] for row in rows)
            found = [len(rows), *(kinds[kind] for kind in HELP if kinds[kind])]
            schools = {row[2] for row in rows} - {None}
            found += [len(schools)] if schools else []
            people = {(row[0], row[2]): row[3] for row in rows}
            found += _span(people, {}) + [n for n in [sum(row[3] is None for row in rows)] if n]
            found += [n for n in (sum(row[4] for row in rows), sum(row[5] for row in rows)) if n]
        done = [row for row in self.rows("SELECT methodist FROM help_entry WHERE next_done_on BETWEEN :first AND :last")
                if self.mine(row[0])]  # fmt: skip
        return found + ([len(done)] if done else [])

    def help_table(self) -> dict[str, tuple[int, str]]:
        """School → entries, day of the last one."""
        found: dict[str, tuple[int, str]] = {}
        for row in self.helped():
            if row[2] is not None:
                name = self.rows("SELECT name FROM organisation WHERE id = :key", key=row[2])[0][0]
                times, last = found.get(name, (0, ""))
                found[name] = (times + 1, max(last, row[7]))
        return found

    # --- events --------------------------------------------------------------------------------------------------

    def happened(self, state: str = "held") -> list[tuple[Any, ...]]:
        """Events: id, kind, body, activity, methodist, protocol."""
        rows = self.rows("SELECT id, kind, body_id, lineage, methodist, document_id FROM work_event"
                         " WHERE state = :state AND date_from BETWEEN :first AND :last", state=state)  # fmt: skip
        return [row for row in rows if self.mine(row[4])]

    def people(self, events: list[int], kinds: tuple[str | None, ...] = (*AUDIENCES, None)) -> People:
        """Return who came to events, of some categories; see ``people_of``."""
        return people_of(self, events, kinds)

    def events(self) -> list[int]:
        """Numbers of «События»."""
        rows, found = self.happened(), []
        if rows:
            keys = [row[0] for row in rows]
            counted, named = self.people(keys)
            span = _span(counted, named)
            visits = sum(_whole(counted, named).values())
            found = [len(rows), *sorted(Counter(row[1] for row in rows).values(), reverse=True)]
            found += span + ([visits] if span and visits != span[0] else [])
            found += self._audiences(keys)
            schools = {place[1] for place in {*counted, *named} if place[1] and _came(counted, named, place)}
            found += [len(schools)] if schools else []
            online = [number for event, number in self.rows(
                "SELECT event_id, connections FROM event_people WHERE connections IS NOT NULL") if event in keys
            ]  # fmt: skip
            found += [sum(online)] if online else []
            told = {place[0] for place in {*counted, *named} if counted.get(place) is not None or place in named}
            found += [len(keys) - len(told)] if len(told) < len(keys) else []
            activities = {row[3] for row in rows} - {None}
            found += [len(activities)] if activities else []
        waiting = len(self.happened("planned")) + len(self.happened("moved"))
        return found + [number for number in (waiting, len(self.happened("cancelled"))) if number]

    def _audiences(self, keys: list[int]) -> list[int]:
        found = [sum(_whole(*self.people(keys, (audience,))).values()) for audience in AUDIENCES]
        return [number for number in found if number]

    # --- the rest ------------------------------------------------------------------------------------------------

    def bodies(self) -> list[int]:
        """Numbers of «Объединения»."""
        held = [row for row in self.happened() if row[2] is not None]
        meetings = [row for row in held if row[1] == "meeting"]
        plan = [row for row in self.rows("SELECT body_id, due_on, done_on, responsible FROM body_plan")
                if self.mine(row[3])]  # fmt: skip
        done = [row for row in plan if row[2] is not None and self.first <= row[2] <= self.last]
        end = min(self.last, (date.fromisoformat(self.today) - timedelta(1)).isoformat())
        until = min(self.last, self.today)
        late = [row for row in plan if row[1] is not None and row[1] <= end and (row[2] is None or row[2] > until)]
        at_work = {row[2] for row in held} | {row[0] for row in done}
        protocols = sum(row[5] is not None for row in meetings)
        found = [len(at_work), len(meetings), protocols if meetings else 0, len(held) - len(meetings), len(done)]
        return [number for number in (*found, len(late)) if number]

    def practices(self) -> list[int]:
        """Numbers of «Практики»."""
        new = self.rows("SELECT kind, organisation_id FROM practice WHERE accepted_on BETWEEN :first AND :last")
        kinds = Counter(row[0] for row in new)
        authors = {self.school(row[1]) for row in new} - {None}
        uses = self.rows("SELECT organisation_id, state FROM practice_use WHERE since BETWEEN :first AND :last"
                         " AND state IN ('trying', 'adopted')")  # fmt: skip
        begun = {self.school(row[0]) for row in uses} - {None}
        adopted = {self.school(row[0]) for row in uses if row[1] == "adopted"} - {None}
        bank = self.number("SELECT count(*) FROM practice WHERE state = 'accepted'")
        waiting = self.number("SELECT count(*) FROM practice WHERE state = 'proposed'")
        found = [number for number in (kinds["practice"], kinds["product"], len(authors), len(begun), len(adopted))
                 if number]  # fmt: skip
        return found + ([bank, *([waiting] if waiting else [])] if bank or waiting else [])

    def mentoring(self) -> list[int]:
        """Numbers of «Наставничество»; the school year of young teachers among them."""
        at_work = self.rows(
            "SELECT form, count(*) FROM mentor_pair WHERE state <> 'planned' AND coalesce(date_from, '') <= :last"
            " AND (date_to >= :first OR date_to IS NULL AND state = 'active') GROUP BY form ORDER BY 2 DESC"
        )
        total = sum(row[1] for row in at_work)
        found = [total, *(row[1] for row in at_work if len(at_work) > 1)] if total else []
        begun = self.number("SELECT count(*) FROM mentor_pair WHERE state <> 'planned'"
                            " AND date_from BETWEEN :first AND :last")  # fmt: skip
        ended = self.number("SELECT count(*) FROM mentor_pair WHERE state IN ('ended', 'broken')"
                            " AND date_to BETWEEN :first AND :last")  # fmt: skip
        found += [number for number in (begun, ended) if number]
        met = self.rows("SELECT count(*), count(DISTINCT pair_id) FROM mentor_meeting"
                        " WHERE held_on BETWEEN :first AND :last")[0]  # fmt: skip
        return found + (list(met) if met[0] else []) + self._young()

    def _young(self) -> list[int]:
        told: dict[int | None, tuple[Any, ...]] = {}
        for school, *numbers in self.rows(
            "SELECT c.organisation_id, young, first_year, mentored FROM young_count c JOIN organisation o"
            " ON o.id = c.organisation_id WHERE school_year = 2026 ORDER BY o.duplicate_of IS NOT NULL, c.id"
        ):
            told.setdefault(self.school(school), tuple(numbers))
        columns = [[row[place] for row in told.values() if row[place] is not None] for place in range(3)]
        if not columns[0]:
            return []
        return [sum(columns[0]), len(columns[0]), 2026, 27, *(sum(column) for column in columns[1:] if column)]

    def requests(self) -> list[int]:
        """Numbers of «Запросы»."""
        rows = [row for row in self.rows("SELECT coalesce(received_on, dated), due_on, answered_on, responsible"
                                         " FROM request") if self.mine(row[3])]  # fmt: skip
        came = sum(self.first <= row[0] <= self.last for row in rows)
        answered = [row for row in rows if row[2] is not None and self.first <= row[2] <= self.last]
        late = sum(row[1] is not None and row[2] > row[1] for row in answered)
        if not came and not answered:
            return []
        return [*([came] if came else []), len(answered), *([late] if late else [])]

    def done(self, table: str, column: str = "responsible") -> int:
        """How many rows of a table were done in the period."""
        rows = self.rows(f"SELECT {column} FROM {table} WHERE done_on BETWEEN :first AND :last")
        return sum(self.mine(row[0]) for row in rows)

    def in_time(self, table: str, kinds: tuple[str, ...] = ()) -> list[int]:
        """Numbers of «Сделано: 5 дел (в срок 3, позже срока 1, без срока 1). Среди них …»."""
        rows = [row for row in self.rows(f"SELECT due_on, done_on, responsible{', kind' if kinds else ''} FROM {table}"
                                         " WHERE done_on BETWEEN :first AND :last") if self.mine(row[2])]  # fmt: skip
        dated = [row for row in rows if row[0] is not None]
        late = sum(row[1] > row[0] for row in dated)
        parts = [len(dated) - late, late, len(rows) - len(dated)] if dated else []
        told = [sum(row[3] == kind for row in rows) for kind in kinds]
        return [number for number in (len(rows), *parts, *told) if number]

    def late(self, table: str) -> int:
        """How many were overdue at the end of the period, or are today."""
        end = min(self.last, (date.fromisoformat(self.today) - timedelta(1)).isoformat())
        rows = self.rows(f"SELECT responsible FROM {table} WHERE due_on <= :end AND (done_on IS NULL"
                         " OR :last < :today AND done_on > :last AND done_on <= :today)", end=end)  # fmt: skip
        return sum(self.mine(row[0]) for row in rows)


def people_of(own: Any, events: list[int], kinds: tuple[str | None, ...] = (*AUDIENCES, None)) -> People:
    """(event, school) → number of people, where one was written; → people on the list; of some categories."""
    typed: dict[tuple[int, Any], Counter[str | None]] = {}
    for event, school, kind, came in own.rows("SELECT event_id, organisation_id, audience, came FROM event_people"
                                               " WHERE came IS NOT NULL"):  # fmt: skip
        if event in events and kind in kinds:
            typed.setdefault((event, own.school(school)), Counter())[kind] += came
    lists: dict[tuple[int, Any], dict[str | None, set[str]]] = {}
    known = dict(own.rows("SELECT full_name, min(id) FROM person GROUP BY 1 HAVING count(*) = 1"))
    for event, person, name, school, kind in own.rows(
        "SELECT event_id, person_id, name, organisation_id, audience FROM event_guest"
        " WHERE came IN ('yes', 'online') AND coalesce(name, person_id) IS NOT NULL"
    ):
        if event in events and kind in kinds:
            place, key = (event, own.school(school)), person or known.get(name)
            who = f"p{key}" if key else f"{name}|{place[1]}"
            lists.setdefault(place, {}).setdefault(kind, set()).add(who)
    counted: dict[tuple[int, Any], int | None] = {(key, None): None for key in events}
    for place, numbers in typed.items():
        names = lists.get(place, {})
        said = [max(numbers[kind], len(names.get(kind, ()))) for kind in AUDIENCES]
        counted[place] = max(numbers.total(), sum(said))
    return counted, {place: set().union(*found.values()) for place, found in lists.items()}


def _came(counted: Mapping[Any, int | None], named: Mapping[Any, set[str]], place: tuple[int, Any]) -> int:
    return max(counted.get(place) or 0, len(named.get(place, ())))


def _whole(
    counted: Mapping[tuple[int, Any], int | None], named: Mapping[tuple[int, Any], set[str]],
    different: Callable[[set[str]], int] = len,
) -> dict[int, int]:  # fmt: skip
    """Return event → how many came to it; a name on the lists of two schools is one person."""
    found = {}
    for event in {place[0] for place in {*counted, *named}}:
        places = [place for place in {*counted, *named} if place[0] == event]
        lists = [named.get(place, set()) for place in places]
        unnamed = sum(_came(counted, named, place) - len(named.get(place, ())) for place in places)
        found[event] = unnamed + different(set().union(*lists))
    return found


def _fewest(names: set[str]) -> int:
    """Return how many people names are at least: one without a school may be a namesake of a school.

    The made file has no other spellings of one person than that.
    """
    homeless = {name for name in names if name.endswith("|None")}
    placed = {name.partition("|")[0] for name in names - homeless if not name.startswith("p")}
    return len(names) - sum(name.partition("|")[0] in placed for name in homeless)


def _span(counted: Mapping[tuple[int, Any], int | None], named: Mapping[tuple[int, Any], set[str]]) -> list[int]:
    """Return [least, most] of different people, [number] where they are one; [] where nobody counted."""
    told = [place for place in {*counted, *named} if counted.get(place) is not None or place in named]
    if not told:
        return []
    everybody = set().union(*named.values()) if named else set()
    beyond = 0
    for school in {place[1] for place in told} - {None}:
        fullest = max(_came(counted, named, place) for place in told if place[1] == school)
        names = set().union(*(people for place, people in named.items() if place[1] == school))
        beyond += max(0, fullest - len(names))
    placed = set().union(*(people for place, people in named.items() if place[1] is not None))
    # names without a school may be those whom a school has counted, at the same event, too
    sure = {place: number for place, number in counted.items() if place[1] is not None or number is not None}
    least = max(len(placed) + beyond, _fewest(everybody), *_whole(sure, {
        place: people for place, people in named.items() if place[1] is not None or place in sure
    }, _fewest).values())  # fmt: skip
    most = len(everybody) + sum(_came(counted, named, place) - len(named.get(place, ())) for place in told)
    return [least] if least == most else [least, most]
