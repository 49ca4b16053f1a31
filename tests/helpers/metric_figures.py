"""Every metric of the formulas, recomputed from the rows of the store alone: own SQL, own arithmetic.

Nothing of ``app`` is used here, so that a metric and this cannot be wrong in the same way. A function takes the facts
of the file and what narrows the metric, as a formula says it; None stands for «нет данных».
"""

from __future__ import annotations

import json
import math
import sqlite3
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from tests.helpers import metric_work
from tests.helpers import monitoring_figures as figures

Told = Mapping[str, str]
Value = Fraction | int | None
ROOT = Path(__file__).parents[2] / "resources"


@dataclass(frozen=True)
class Own:
    """A file, its municipal programme, a plan year and a day."""

    connection: sqlite3.Connection
    programme: int
    year: int
    day: date

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Return rows."""
        return self.connection.execute(sql, values).fetchall()

    def school(self, key: int | None) -> int | None:
        """Return the record that a merged one speaks through."""
        while key is not None:
            found = self.rows("SELECT duplicate_of FROM organisation WHERE id = ?", key)[0][0]
            if found is None:
                break
            key = found
        return key

    @property
    def all(self) -> set[int]:
        """Own schools that work."""
        return {key for (key,) in self.rows("SELECT id FROM organisation WHERE kind = 'school' AND own = 1"
                                            " AND status = 'active' AND duplicate_of IS NULL")}  # fmt: skip

    def _approved(self, year: int) -> list[dict[str, Any]]:
        found = self.rows(
            "SELECT s.json FROM list_approval a JOIN snapshot s ON s.id = a.snapshot_id WHERE a.result_year = ?"
            " AND a.state = 'approved' AND a.rule_id = 'rosobrnadzor-2022'", year,
        )  # fmt: skip
        return list(json.loads(found[0][0])["schools"]) if found else []

    def listed(self, year: int) -> set[int]:
        """Schools of a list: as approved, else as computed with what a person put right."""
        if self._approved(year):
            return {int(row["school_id"]) for row in self._approved(year) if row["listed"]}
        found = figures.listed(self.connection, year)
        for key, verdict in self.rows(
            "SELECT organisation_id, verdict FROM list_correction WHERE result_year = ?"
            " AND rule_id = 'rosobrnadzor-2022'", year,
        ):  # fmt: skip
            (found.add if verdict == "listed" else found.discard)(key)
        return found

    def answered(self, year: int) -> set[int]:
        """Schools in work with results, and those a person decided about; of an approved list what it says."""
        if self._approved(year):
            return {int(row["school_id"]) for row in self._approved(year)
                    if row["listed"] or row["verdict"]["verdict"] != "no_data"}  # fmt: skip
        told = {key for (key,) in self.rows("SELECT organisation_id FROM list_correction WHERE result_year = ?", year)}
        return told | ({self.school(row[0]) or 0 for row in figures.marks(self.connection, year)} & self.all)

    def schools(self, told: Told) -> set[int]:
        """Schools that a metric looks at."""
        which = told.get("школы", "список")
        on_list = self.listed(self.year)
        if which == "список" and on_list:
            return on_list
        return self.all - on_list if which == "вне списка" else self.all

    def at(self, told: Told) -> int:
        """The year that is asked for."""
        said = told.get("год", "этот")
        return {"этот": self.year, "прошлый": self.year - 1}.get(said) or int(said)

    def school_year(self, table: str, told: Told) -> int | None:
        """The newer school year of the plan year that has rows, or the one that is named."""
        years = {"начался": [self.at(told)], "закончился": [self.at(told) - 1]}
        for year in years.get(told.get("учебный год", ""), [self.at(told), self.at(told) - 1]):
            if self.rows(f"SELECT 1 FROM {table} WHERE school_year = ?", year):
                return year
        return None


# --- schools -----------------------------------------------------------------------------------------------------


def _left(own: Own, told: Told) -> Value:
    year = own.at(told)
    if not own.answered(year) or not own.answered(year - 1):
        return None
    return len((own.listed(year - 1) & own.answered(year)) - own.listed(year))


def _z_index(own: Own, name: str, school_year: int) -> dict[int, float]:
    """Return an index of context as the source words it: signed z-scores, equal weights, over the working schools."""
    with (ROOT / "indices" / f"{name}.toml").open("rb") as file:
        parts = tomllib.load(file)["component"]
    with (ROOT / "metrics" / "context.toml").open("rb") as file:
        made = {item["code"]: item for item in tomllib.load(file)["metric"]}
    kept = {(key, code): (part, exact) for key, code, part, exact in own.rows(
        "SELECT organisation_id, metric, part, exact FROM metric_value WHERE school_year = ?", school_year
    )}  # fmt: skip
    for key, pupils, teachers in own.rows(
        "SELECT organisation_id, pupils, teachers FROM organisation_year WHERE school_year = ?", school_year
    ):
        kept.setdefault((key, "pupils"), (pupils, None))
        kept.setdefault((key, "teachers"), (teachers, None))
    schools = own.all | {key for (key,) in own.rows(
        "SELECT id FROM organisation WHERE kind = 'school' AND own = 1 AND duplicate_of IS NULL")}  # fmt: skip

    def number(key: int, code: str) -> float | None:
        part, exact = kept.get((key, code), (None, None))
        return float(exact) if exact is not None else None if part is None else float(part)

    def value(key: int, code: str) -> float | None:
        direct = number(key, code)
        if direct is not None or "part" not in made[code]:
            return direct
        top, bottom = number(key, made[code]["part"]), number(key, made[code]["whole"])
        return None if top is None or not bottom else top / bottom

    scores: dict[int, list[float]] = {key: [] for key in schools}
    for item in parts:
        have = {key: found for key in schools if (found := value(key, item["metric"])) is not None}
        if not have:
            continue
        mean = math.fsum(have.values()) / len(have)
        spread = math.sqrt(math.fsum((one - mean) ** 2 for one in have.values()) / len(have))
        for key, one in have.items():
            z = 0.0 if spread < 1e-12 else (one - mean) / spread
            scores[key].append(z if item["sign"] == "+" else -z)
    return {key: sum(found) / len(found) for key, found in scores.items() if 2 * len(found) >= len(parts)}


def _adverse(own: Own, told: Told) -> tuple[set[int], set[int]]:
    """Return (in adverse conditions, known to be or not) by the words of Leningrad region, 2018."""
    year = own.at(told) - 1
    caught: set[int] = set()
    known: set[int] = set()
    for name in ("social", "staff", "resources"):
        index = {key: round(value, 9) for key, value in _z_index(own, name, year).items()}
        known |= set(index)
        if index:
            border = sorted(index.values())[math.ceil(len(index) / 4) - 1]
            caught |= {key for key, value in index.items() if value <= border}
    for key, part in own.rows(
        "SELECT organisation_id, part FROM metric_value WHERE school_year = ? AND metric IN ('in_renovation',"
        " 'in_construction', 'monotown', 'elderly_settlement', 'unemployment_high') AND part IS NOT NULL", year,
    ):  # fmt: skip
        known.add(key)
        caught |= {key} if part else set()
    return caught, known


# --- results -----------------------------------------------------------------------------------------------------


def _split(said: str | None) -> set[str]:
    return {one.strip().lower() for one in (said or "").split(",") if one.strip()}


def _marks(own: Own, told: Told, year: int) -> list[dict[str, Any]]:
    names = ("school", "procedure", "subject", "grade", "people", "below", "m4", "m5", "mean")
    found = [
        dict(zip(names, row, strict=True)) for row in own.rows(
            "SELECT m.organisation_id, s.procedure, s.subject,"
            " coalesce(s.grade, CASE s.procedure WHEN 'ОГЭ' THEN 9 WHEN 'ЕГЭ' THEN 11 END), m.participants,"
            " m.below_min, m.m4, m.m5, m.mean FROM mark_count m JOIN assessment s ON s.id = m.assessment_id"
            " WHERE m.result_year = ? AND m.autumn = 0 AND m.organisation_id IS NOT NULL AND m.participants > 0", year)
    ]  # fmt: skip
    schools, grades = own.schools(told), set()
    for one in _split(told.get("класс")):
        first, _dash, last = one.partition("-")
        grades |= set(range(int(first), int(last or first) + 1))
    procedures, subjects = _split(told.get("процедура")), _split(told.get("предмет"))
    return [
        row | {"school": own.school(row["school"])} for row in found
        if own.school(row["school"]) in schools and (not procedures or row["procedure"].lower() in procedures)
        and (not subjects or row["subject"].lower() in subjects) and (not grades or row["grade"] in grades)
    ]  # fmt: skip


def _summed(take: str) -> Callable[[Own, Told], Value]:
    def made(own: Own, told: Told) -> Value:
        rows = _marks(own, told, own.at(told))
        if take in {"below", "below_of"}:
            rows = [row for row in rows if row["below"] is not None]
        if take in {"good", "good_of"}:
            rows = [row for row in rows if row["m4"] is not None and row["m5"] is not None]
        if not rows:
            return None
        name = {"below": "below"}.get(take, "people")
        return int(sum(row["m4"] + row["m5"] if take == "good" else row[name] for row in rows))

    return made


def _mean(own: Own, told: Told) -> Value:
    rows = [row for row in _marks(own, told, own.at(told)) if row["mean"]]
    people = sum(row["people"] for row in rows)
    total = sum((Fraction(row["mean"]) * row["people"] for row in rows), Fraction(0))
    return total / people if people else None


def _by_school(own: Own, told: Told, year: int) -> dict[int, tuple[int, int]]:
    found: dict[int, tuple[int, int]] = {}
    for row in _marks(own, told, year):
        if row["below"] is not None:
            below, people = found.get(row["school"], (0, 0))
            found[row["school"]] = below + row["below"], people + row["people"]
    return found


def _weak(own: Own, told: Told) -> Value:
    found, limit = _by_school(own, told, own.at(told)), Fraction(told.get("порог", "30").replace(",", "."))
    return sum(Fraction(100 * below, people) >= limit for below, people in found.values()) if found else None


def _with_results(own: Own, told: Told) -> Value:
    return len(_by_school(own, told, own.at(told))) or None


def _two(own: Own, told: Told) -> list[bool]:
    now, before = (_by_school(own, told, own.at(told) - back) for back in (0, 1))
    return [Fraction(*now[key]) < Fraction(*before[key]) for key in now.keys() & before.keys()]


# --- checklists --------------------------------------------------------------------------------------------------


def _points(own: Own, told: Told) -> list[tuple[int, str, str]] | None:
    """Return (points, level, tone) of every accepted answer of the newest round, added from the form's own file."""
    form = told["форма"]
    with (ROOT / "forms" / f"{form}.toml").open("rb") as file:
        read = tomllib.load(file)
    years = own.rows("SELECT max(school_year) FROM form_round WHERE form_id = ? AND school_year <= ?", form, own.year)
    if years[0][0] is None:
        return None
    scales = {s["id"]: {c["value"]: c.get("points") for c in s["choices"]} for s in read["scales"]}
    items = {item["id"]: scales[item["scale"]] for section in read["sections"] for item in section["items"]
             if "scale" in item}  # fmt: skip
    made = []
    for (case,) in own.rows(
        "SELECT c.id FROM form_case c JOIN form_round r ON r.id = c.round_id WHERE r.form_id = ? AND r.school_year = ?"
        " AND (c.accepted_on IS NOT NULL OR c.approved_on IS NOT NULL) AND c.role <> 'expert'", form, years[0][0],
    ):  # fmt: skip
        given = own.rows("SELECT item_id, value FROM form_answer WHERE case_id = ? AND value IS NOT NULL", case)
        total = sum(items[item][value] for item, value in given if item in items)
        level = next(one for one in read["scores"][0]["levels"] if one["least"] <= total <= one["most"])
        made.append((total, level["text"], level["tone"]))
    return made


def _answers(test: Callable[[tuple[int, str, str], Told], bool]) -> Callable[[Own, Told], Value]:
    def made(own: Own, told: Told) -> Value:
        found = _points(own, told)
        return None if found is None else sum(test(one, told) for one in found)

    return made


def _mean_points(own: Own, told: Told) -> Value:
    found = _points(own, told)
    return Fraction(sum(one[0] for one in found), len(found)) if found else None


# --- the plan and decisions --------------------------------------------------------------------------------------


def _ends(own: Own, node: int, first: int, last: int) -> dict[int, list[str]]:
    """Return plan year → last days of the terms in it; a term of more than 366 days ends in every year it lies in."""
    found: dict[int, list[str]] = {}
    for begin, end in own.rows("SELECT date_from, date_to FROM programme_term WHERE node_id = ?", node):
        long = (date.fromisoformat(end) - date.fromisoformat(begin)).days > 365
        ends = [f"{year}-12-31" for year in range(int(begin[:4]), int(end[:4]))] if long else []
        for one in (*ends, end):
            found.setdefault(min(max(int(one[:4]), first), last), []).append(one)
    return found


def _plan(own: Own, told: Told) -> list[dict[str, Any]]:
    """Return the activities of a year: last day of the terms that end in it, and what was marked."""
    year = own.at(told)
    first, last = own.rows("SELECT year_from, year_to FROM programme WHERE id = ?", own.programme)[0]
    found = []
    for node, lineage in own.rows(
        "SELECT id, lineage FROM programme_node WHERE programme_id = ? AND kind = 'activity'", own.programme
    ):
        ends = _ends(own, node, first, last)
        mine = ends.get(year, [])
        heading = own.rows("SELECT 1 FROM programme_node WHERE parent_id = ? AND kind = 'activity'", node)
        years = own.rows("SELECT plan_year FROM execution WHERE lineage = ?", lineage)
        undated = not ends and not heading and not years and first <= year <= last
        marked = own.rows(
            "SELECT id, state, done_on, moved_to, participants, spent_kopecks FROM execution WHERE lineage = ?"
            " AND plan_year = ?", lineage, year,
        )  # fmt: skip
        if not mine and not marked and not undated:
            continue
        key, state, done, moved, people, spent = marked[0] if marked else (None, "planned", *[None] * 4)
        due = moved or max(mine, default=None)
        if state == "moved" and moved is None:
            due = None
        schools = {own.school(one) for (one,) in own.rows(
            "SELECT organisation_id FROM execution_school WHERE execution_id = ?", key)}  # fmt: skip
        found.append({"state": state, "done": done, "due": due, "people": people, "spent": spent, "schools": schools})
    return found


def _activities(test: Callable[[dict[str, Any], str], bool]) -> Callable[[Own, Told], Value]:
    def made(own: Own, told: Told) -> Value:
        lines = _plan(own, told)
        alive = [line for line in lines if line["state"] != "cancelled"]
        return sum(test(line, own.day.isoformat()) for line in alive) if lines else None

    return made


def _due(line: dict[str, Any], day: str) -> bool:
    return line["due"] is not None and line["due"] <= day


def _in_time(line: dict[str, Any], day: str) -> bool:
    return _due(line, day) and line["state"] == "done" and line["done"] is not None and line["done"] <= line["due"]


def _of_plan(name: str, part: int = 1) -> Callable[[Own, Told], Value]:
    def made(own: Own, told: Told) -> Value:
        known = [line[name] for line in _plan(own, told) if line[name] is not None]
        return Fraction(sum(known), part) if known else None

    return made


def _activity_schools(own: Own, told: Told) -> Value:
    took = {school for line in _plan(own, told) for school in line["schools"]}
    return len(took & own.schools(told)) if took else None


def _decisions(test: str, *, due: bool = True) -> Callable[[Own, Told], Value]:
    def made(own: Own, told: Told) -> Value:
        where = f"state <> 'withdrawn' AND substr(due_on, 1, 4) = '{own.at(told)}'"
        where += f" AND due_on <= '{own.day}'" if due else ""
        total, found = own.rows(f"SELECT count(*), coalesce(sum({test}), 0) FROM decision_point WHERE {where}")[0]
        return int(found) if total else None

    return made


# --- registers ---------------------------------------------------------------------------------------------------


def _register(own: Own, told: Told, table: str, columns: str) -> list[tuple[Any, ...]] | None:
    year = own.school_year(table, told)
    return None if year is None else own.rows(f"SELECT {columns} FROM {table} WHERE school_year = ?", year)


def _inside(own: Own, told: Told, key: int | None) -> bool:
    return "школы" not in told or own.school(key) in own.schools(told)


def _courses(own: Own, told: Told) -> Value:
    kind = {"переподготовка": "retraining", "повышение квалификации": "upgrading"}.get(told.get("вид", ""))
    found = _register(own, told, "course_record", "organisation_id, kind, people")
    if found is None:
        return None
    return int(sum(people for key, of, people in found if kind in {None, of} and _inside(own, told, key)))


def _named(table: str, column: str, where: str = "1") -> Callable[[Own, Told], Value]:
    def made(own: Own, told: Told) -> Value:
        found = _register(own, told, table, f"{column}, {where}")
        if found is None:
            return None
        return len({own.school(key) for key, fits in found if fits} & own.schools(told))

    return made


def _partnered(own: Own, told: Told) -> Value:
    years = own.rows("SELECT max(school_year) FROM organisation_tie WHERE school_year <= ?", own.at(told))
    if years[0][0] is None:
        return None
    found = own.rows("SELECT receiver_id FROM organisation_tie WHERE school_year = ? AND state IN ('existing',"
                     " 'agreed', 'planned')", years[0][0])  # fmt: skip
    return len({own.school(key) for (key,) in found} & own.schools(told))


def _rows_of(table: str, where: str = "1") -> Callable[[Own, Told], Value]:
    def made(own: Own, told: Told) -> Value:
        found = _register(own, told, table, where)
        return None if found is None else sum(bool(fits) for (fits,) in found)

    return made


def _joint(own: Own, told: Told) -> Value:
    year = own.school_year("partnership", told)
    if year is None:
        return None
    return int(own.rows("SELECT count(*) FROM partnership_event WHERE held_on IS NOT NULL AND partnership_id IN"
                        " (SELECT id FROM partnership WHERE school_year = ?)", year)[0][0])  # fmt: skip


def _led(own: Own, told: Told) -> Value:
    day = own.day.isoformat()
    found = {own.school(key) for key, role, first, last in own.rows(
        "SELECT organisation_id, role, date_from, date_to FROM appointment")
        if role.lower() in {"куратор", "тьютор", "консультант", "наставник"}
        and (first or "0") <= day <= (last or "9")}  # fmt: skip
    return len(found & own.schools(told)) if found else None


def _people(column: str) -> Callable[[Own, Told], Value]:
    def made(own: Own, told: Told) -> Value:
        who = {"учителя": "teachers", "руководители": "heads", "специалисты сопровождения": "specialists"}
        audience, subject = who.get(told.get("кто", "")), told.get("предмет")
        found = _register(own, told, "deficit", f"organisation_id, audience, subject, {column}") or []
        known = [
            number for key, of, about, number in found
            if number is not None and audience in {None, of} and _inside(own, told, key)
            and (subject is None or subject.lower() == (about or "").lower())
        ]  # fmt: skip
        return sum(known) if known else None

    return made


def _plans(column: str) -> Callable[[Own, Told], Value]:
    def made(own: Own, told: Told) -> Value:
        kind = {"учителя": "teacher", "ученики": "pupil"}[told["чьи"]]
        found = _register(own, told, "plan_count", f"organisation_id, kind, {column}") or []
        known = [n for key, of, n in found if of == kind and n is not None and _inside(own, told, key)]
        return sum(known) if known else None

    return made


def _school_programmes(own: Own, told: Told) -> Value:
    found = own.rows("SELECT organisation_id, approved_on IS NOT NULL AND cancelled_on IS NULL AND year_from <= ?1"
                     " AND year_to >= ?1 FROM programme WHERE kind = 'school'", own.year)  # fmt: skip
    return len({own.school(key) for key, ready in found if ready} & own.schools(told)) if found else None


def _figure(own: Own, told: Told) -> list[Fraction]:
    for year in (own.at(told), own.at(told) - 1):
        if told["сведение"] == "pupils":
            found = own.rows("SELECT organisation_id, pupils, NULL FROM organisation_year WHERE school_year = ?", year)
        else:
            sql = "SELECT organisation_id, part, exact FROM metric_value WHERE school_year = ? AND metric = ?"
            found = own.rows(sql, year, told["сведение"])
        known = [Fraction(exact) if exact else Fraction(part) for key, part, exact in found
                 if (exact or part is not None) and own.school(key) in own.schools(told)]  # fmt: skip
        if known:
            return known
    return []


OWN: Mapping[str, Callable[[Own, Told], Value]] = {
    "школ": lambda own, told: len(own.schools(told)),
    "школ в списке": lambda own, told: len(own.listed(own.at(told))) if own.answered(own.at(told)) else None,
    "школ с ответом": lambda own, told: len(own.answered(own.at(told))) or None,
    "школ ушло из списка": _left,
    "школ в неблагоприятных условиях": lambda own, told: (
        len(_adverse(own, told)[0]) if _adverse(own, told)[1] else None
    ),
    "школ с ответом об условиях": lambda own, told: len(_adverse(own, told)[1]) or None,
    "участников": _summed("people"),
    "участников ниже минимума": _summed("below"),
    "участников с известным минимумом": _summed("below_of"),
    "участников с 4 и 5": _summed("good"),
    "участников с отметками": _summed("good_of"),
    "средний балл": _mean,
    "школ от порога": _weak,
    "школ с результатами": _with_results,
    "школ с улучшением": lambda own, told: sum(found) if (found := _two(own, told)) else None,
    "школ с результатами за два года": lambda own, told: len(_two(own, told)) or None,
    "принятых ответов": _answers(lambda _one, _told: True),
    "ответов с высоким уровнем": _answers(lambda one, _told: one[2] == "ok"),
    "ответов с уровнем": _answers(lambda one, told: one[1] == told["уровень"]),
    "средние баллы": _mean_points,
    "мероприятий": _activities(lambda _line, _day: True),
    "мероприятий выполнено": _activities(lambda line, _day: line["state"] == "done"),
    "мероприятий к сроку": _activities(_due),
    "мероприятий выполнено в срок": _activities(_in_time),
    "участников мероприятий": _of_plan("people"),
    "школ в мероприятиях": _activity_schools,
    "израсходовано": _of_plan("spent", 100),
    "пунктов решений": _decisions("1", due=False),
    "пунктов к сроку": _decisions("1"),
    "пунктов выполнено": _decisions("state = 'done'"),
    "пунктов выполнено в срок": _decisions("state = 'done' AND done_on <= due_on"),
    "обучено на курсах": _courses,
    "школ с обученными": _named("course_record", "organisation_id", "people > 0"),
    "школ с партнёром": _partnered,
    "соглашений": _rows_of("partnership", "state = 'active'"),
    "школ с соглашением": _named("partnership", "receiver_id", "state = 'active'"),
    "совместных мероприятий": _joint,
    "школ с куратором": _led,
    "человек с дефицитами": _people("people"),
    "человек спрошено о дефицитах": _people("of_people"),
    "планов нужно": _plans("need"),
    "планов составлено": _plans("planned"),
    "планов выполнено": _plans("done"),
    "мер по рискам": _rows_of("risk_measure"),
    "мер по рискам выполнено": _rows_of("risk_measure", "state = 'done'"),
    "строк адресной помощи": _rows_of("support_line"),
    "адресной помощи оказано": _rows_of("support_line", "state = 'done'"),
    **metric_work.OWN,
    "школ со своей программой": _school_programmes,
    "сумма по школам": lambda own, told: sum(found) if (found := _figure(own, told)) else None,
    "школ со сведением": lambda own, told: len(_figure(own, told)) or None,
}
