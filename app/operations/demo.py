"""The invented municipality of the example, and an invented region of any size for measuring.

Everything goes through the doors that real data go through: a registry, files of results one by one, cards, a
correction, an approval. The only chance is ``random.Random(seed)``, so the counts are always the same.
"""

from __future__ import annotations

import hashlib
import random
import tempfile
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.errors import Problem, problem
from app.importers.parsed import FileKind, FileReading, ParsedJournal, ParsedMark, ParsedSchool, UnitRef
from app.models import organisations, people, registry, results, settings
from app.models.journal import now
from app.models.records import CodeSystem, JournalComparison, MarkCount, Origin, UnitKind
from app.models.store import Operation, Store
from app.operations import demo_figures as figures
from app.operations import demo_work, identification, schools
from app.operations.demo_agreement import AgreementExample
from app.operations.demo_context import Context
from app.operations.demo_figures import WORKS, Profile, Work
from app.operations.demo_forms import FormsExample
from app.operations.demo_monitoring import MonitoringExample
from app.operations.demo_programme import ProgrammeExample
from app.operations.demo_surveys import SurveysExample
from app.operations.demo_tasks import TaskExample, first_sheets
from app.operations.results import explain_problem, load, open_problems
from app.paths import resources

YEARS = (2024, 2025, 2026)
JOURNALS = ("vpr-rus-5", "vpr-math-5")
LAST_GRADE = {"НОШ": 4, "ООШ": 9}
SHEET = {"fisoko": "{code} {grade} Статистика по отметкам", "oge": "ОГЭ", "ege": "ЕГЭ"}
RULE = "rosobrnadzor-2022"
REGION_COLUMNS = (
    "organisation_id", "assessment_id", "result_year", "participants", "m2", "m3", "m4", "m5", "below_min",
)  # fmt: skip

Counts = dict[str, dict[tuple[str, int], MarkCount]]


def fill(store: Store, *, schools: int = 24, years: Sequence[int] = YEARS, seed: int = 1) -> None:
    """Fill an empty file with the invented municipality; its name stays as it is.

    Args:
        store: a file without schools.
        schools: how many; fewer than described take the first ones, more are made up.
        years: result years running, the last one being worked on; the one before gets an approved list.
        seed: of the figures.
    """
    data = _described(schools, seed)
    with _acting(store, data["list"]["actor"]):
        demo = _Demo(store, data, tuple(years), seed)
        demo.settings()
        demo.registry()
        demo.cards()
        demo.people()
        for year in years:
            demo.results(year)
            if year == years[0]:
                demo.merge()
        demo.reorganise()
        demo.explain()
        demo.context()
        agreed = AgreementExample(store, RULE, demo.ids)
        if len(years) > 1:
            agreed.past(years[-2])
        demo.approve()
        agreed.now(years[-1])
        demo.tasks()
        demo.forms()
        demo.surveys()
        demo.programmes()
        demo.desk()
        MonitoringExample(store, demo.ids, years[-1]).fill()
        demo_work.fill(store, years[-1])
        demo.correct()


@contextmanager
def _acting(store: Store, actor: str) -> Iterator[None]:
    """Write the example's own methodist into the journal, not the person who asked for the example."""
    real, store.actor = store.actor, actor
    try:
        yield
    finally:
        store.actor = real


def _described(count: int, seed: int) -> dict[str, Any]:
    """Return the description with exactly ``count`` schools."""
    data = tomllib.loads((resources() / "demo" / "municipality.toml").read_text(encoding="utf-8"))
    described = data["schools"][:count]
    chance = random.Random(seed)  # noqa: S311 - an example, not a secret
    for number in range(len(described) + 1, count + 1):
        village = village_name(number)
        described.append({
            "key": f"x{number}", "short": f"ООШ с. {village}", "type": "ООШ", "settlement": f"с. {village}",
            "name": "Муниципальное казённое общеобразовательное учреждение "
                    f"«Основная общеобразовательная школа с. {village}»",
            "kind": "village", "address": f"ул. Школьная, д. {chance.randrange(1, 60)}",
            "pupils": chance.randrange(30, 220), "strength": chance.randrange(5, 20),
        })  # fmt: skip
    data["schools"] = described
    return data


def village_name(number: int) -> str:
    """Return an invented village: every number below 48,000 has a name of its own."""
    first = ("Верхняя", "Нижняя", "Старая", "Новая", "Малая", "Большая", "Дальняя", "Ближняя", "Белая", "Сухая",
             "Тихая", "Красная")  # fmt: skip
    second = ("Осин", "Сосн", "Берез", "Елов", "Полян", "Лугов", "Ольх", "Рябин", "Калин", "Дубров", "Вишн", "Клен",
              "Ракит", "Моховат", "Камен", "Глин", "Песчан", "Родник", "Ключев", "Озерн")  # fmt: skip
    third = ("ка", "ица", "овка", "овица", "иха")
    number, a = divmod(number, len(first))
    number, b = divmod(number, len(second))
    number, c = divmod(number, len(third))
    return f"{first[a]} {second[b]}{third[c]}" + (f" {number + 1}-я" if number else "")


def inn(first_nine: str) -> str:
    """Return a ten-digit ИНН with its check digit."""
    weights = (2, 4, 10, 3, 5, 9, 4, 6, 8)
    return first_nine + str(sum(w * int(d) for w, d in zip(weights, first_nine, strict=True)) % 11 % 10)


class _Demo:
    """One filling of one file."""

    def __init__(self, store: Store, data: Mapping[str, Any], years: tuple[int, ...], seed: int) -> None:
        self.store = store
        self.data = data
        self.years = years
        self.seed = seed
        self.last = years[-1]
        self.schools: dict[str, dict[str, Any]] = {item["key"]: item for item in data["schools"]}
        self.ids: dict[str, int] = {}
        self.municipality = settings.get(store.connection, "municipality")
        self.counts: Counts = {key: figures.school_counts(_profile(item), years, seed)
                               for key, item in self.schools.items()}  # fmt: skip
        self.numbers = {key: number for number, key in enumerate(self.schools)}

    # --- registry ----------------------------------------------------------------------------------------------

    def settings(self) -> None:
        """Mark the file as an example and name who signs."""
        own = registry.own_area(self.store.connection)
        with self.store.operation("Заполнены настройки примера", "demo.settings") as operation:
            settings.put(operation, "demo", "1")
            for key, value in self.data["settings"].items():
                settings.put(operation, key, value)
            if own is not None:
                operation.update("area", own, code=self.data["code"])

    def codes(self, key: str) -> tuple[tuple[CodeSystem, str], ...]:
        """Return the codes of a school; a primary school has no code of ГИА."""
        number = self.numbers[key]
        found: list[tuple[CodeSystem, str]] = [("fisoko", f"edu97{1201 + number:04d}")]
        if self.schools[key]["type"] != "НОШ":
            found.append(("oo", f"{self.data['msu']}-{201 + number}"))
        if not self.schools[key].get("wrong_inn"):
            found.append(("inn", inn(f"9712{5001 + 37 * number:05d}")))
        return (*found, ("msu", self.data["msu"]))

    def registry(self) -> None:
        """Load the registry as a table, with one ИНН that is wrong and one record that is a duplicate."""
        name = f"Реестр ОО на 01.09.{self.years[0] - 1}.xlsx"
        parsed, found = [], []
        for row, (key, item) in enumerate(self.schools.items(), start=2):
            drafts: tuple[tuple[str, str, str], ...] = ()
            if item.get("wrong_inn"):
                right = inn(f"9712{5001 + 37 * self.numbers[key]:05d}")
                drafts = (("inn", right[:-1] + str((int(right[-1]) + 4) % 10), "IMP_INN_UNFIT"),)
                found.append(problem("IMP_INN_UNFIT", sheet="ОО", cell=f"E{row}"))
            parsed.append(
                ParsedSchool(
                    item["name"],
                    Origin("ОО", row, row),
                    item["short"],
                    self.codes(key),
                    school_type=item["type"],
                    settlement=item["settlement"],
                    drafts=drafts,
                )
            )
        twin = self.data["duplicate"]
        if twin["of"] in self.schools:
            row = len(parsed) + 2
            parsed.append(ParsedSchool(twin["name"], Origin("ОО", row, row), twin["short"], (("oo", twin["oo"]),)))
        load(self.store, self.reading(name, "schools", "Реестр школ", schools=tuple(parsed), problems=tuple(found)))
        for key in self.schools:
            self.ids[key] = organisations.by_code(self.store.connection, self.codes(key)[0][1], "fisoko")[0]

    def cards(self) -> None:
        """Fill in what the table does not have: addresses, heads, contacts, pupils and teachers, other bodies."""
        chance = random.Random(f"{self.seed}:cards")  # noqa: S311
        area = registry.own_area(self.store.connection)
        with self.store.operation("Заполнены карточки школ", "demo.cards") as operation:
            for position, (key, item) in enumerate(self.schools.items(), start=1):
                operation.update("organisation", self.ids[key], position=position, settlement_kind=item["kind"],
                                 address=f"{item['settlement']}, {item['address']}")  # fmt: skip
                self._head(operation, key, item)
                phone = f"8 (39755) {chance.randrange(2, 7)}-{chance.randrange(10, 100)}-{chance.randrange(10, 100)}"
                operation.insert("contact", organisation_id=self.ids[key], kind="телефон", value=phone, note="приёмная")
                address = f"school-{position:02}@lesogorsk.example"
                operation.insert("contact", organisation_id=self.ids[key], kind="почта", value=address)
                self._years(operation, key, item, chance)
            for item in self.data["organisations"]:
                operation.insert("organisation", kind=item["kind"], name=item["name"], short_name=item["short"],
                                 settlement=item["settlement"], area_id=area, own=1)  # fmt: skip
        draft = self.data["draft"]
        if draft["school"] in self.ids:
            schools.set_year(self.store, self.ids[draft["school"]], self.last, draft["column"], draft["raw"])

    def _head(self, operation: Operation, key: str, item: Mapping[str, Any]) -> None:
        posts = [
            (item.get("before"), item.get("before_since"), item.get("since")),
            (item.get("head"), item.get("since"), None),
        ]
        for name, since, until in posts:
            if name:
                person = people.ensure_person(operation, name, position=f"директор, {item['short']}")
                ended = until or (f"{self.last - 1}-08-31" if item.get("closed") else None)
                operation.insert("appointment", person_id=person, organisation_id=self.ids[key], role="директор",
                                 date_from=since, date_to=ended)  # fmt: skip

    def _years(self, operation: Operation, key: str, item: Mapping[str, Any], chance: random.Random) -> None:
        until = self.last - 1 if item.get("closed") else self.last + 1
        for school_year in range(self.years[0] - 1, until):
            pupils = round(item["pupils"] * chance.uniform(0.95, 1.05))
            operation.insert("organisation_year", organisation_id=self.ids[key], school_year=school_year,
                             pupils=pupils, teachers=max(3, round(pupils / chance.uniform(11, 15)) + 2))  # fmt: skip

    def people(self) -> None:
        """Fill the directory and the working group."""
        body = self.data["body"]
        since = f"{self.years[0]}-{body['day']}"
        with self.store.operation("Создана рабочая группа", "demo.people") as operation:
            group = operation.insert("body", name=body["name"], kind=body["kind"], date_from=since,
                                     act=body["act"].format(year=self.years[0]))  # fmt: skip
            for item in self.data["people"]:
                person = people.ensure_person(
                    operation, item["name"], position=item["position"], phone=item.get("phone")
                )
                operation.insert("body_member", body_id=group, person_id=person, role=item["role"], date_from=since)

    # --- results -----------------------------------------------------------------------------------------------

    def results(self, year: int) -> None:
        """Load the files of one year, each as an operation of its own."""
        works = [work for work in WORKS if any((work.key, year) in found for found in self.counts.values())]
        for work in works:
            if work.source == "fisoko":
                load(self.store, self._statistics(work, year))
                if work.key in JOURNALS and year != self.years[0]:
                    load(self.store, self._journal(work, year))
        for source, title in (("oge", "ОГЭ"), ("ege", "ЕГЭ")):
            chosen = [work for work in works if work.source == source]
            if chosen:
                load(self.store, self._state_exam(chosen, year, title))

    def reading(
        self, name: str, kind: FileKind, title: str, *, marks: tuple[ParsedMark, ...] = (),
        journals: tuple[ParsedJournal, ...] = (), schools: tuple[ParsedSchool, ...] = (),
        problems: tuple[Problem, ...] = (),
    ) -> FileReading:  # fmt: skip
        """Return a file as the readers hand it over; the bytes of an invented file are nowhere."""
        digest = hashlib.sha256(f"{self.seed}:{name}".encode()).hexdigest()
        rows = len(marks) + len(journals) + len(schools)
        return FileReading("", name, 9_000 + 71 * rows, digest, kind, title, marks, journals, schools, problems,
                           rows_read=rows)  # fmt: skip

    def _areas(self) -> tuple[tuple[UnitRef, int, int], ...]:
        """Return the wider areas with how many times larger and how much better they are."""

        def unit(kind: UnitKind, name: str, code: str = "") -> UnitRef:
            return UnitRef(kind, name, (("fisoko", code),) if code else ())

        return (
            (unit("country", "Вся выборка"), 190, 24),
            (unit("region", self.data["region"], self.data["region_code"]), 17, 12),
            (unit("municipality", self.municipality, self.data["code"]), 1, 0),
        )

    def _rows(self, work: Work, year: int) -> list[tuple[UnitRef, MarkCount]]:
        """Return the rows of one work: wider areas, then schools by login or code."""
        mine = [(key, found[work.key, year]) for key, found in self.counts.items() if (work.key, year) in found]
        total = figures.add_up([count for _key, count in mine])
        rows = [(unit, figures.wider(total, times, better)) for unit, times, better in self._areas()]
        return rows + [(self._unit(key, work, year), count) for key, count in mine]

    def _unit(self, key: str, work: Work, year: int) -> UnitRef:
        """Return a school as a file of that year names it: once by another spelling, once by an unknown login."""
        item, codes = self.schools[key], dict(self.codes(key))
        name = f'МБОУ "{item["name"].partition("«")[2].removesuffix("»")}"'
        if work.source == "fisoko" and year == self.last and item.get("spelled"):
            name = item["spelled"]
        if work.source != "fisoko":
            twin = self.data["duplicate"]
            oo = twin["oo"] if key == twin["of"] and year == self.years[0] else codes["oo"]
            return UnitRef("school", name, (("oo", oo),))
        stray = self.data["unknown"]
        strange = (key, work.key, year) == (stray["of"], stray["work"], self.last)
        return UnitRef("school", name, (("fisoko", stray["login"] if strange else codes["fisoko"]),), self.municipality)

    def _statistics(self, work: Work, year: int) -> FileReading:
        sheet = SHEET["fisoko"].format(code=work.code, grade=work.grade)[:31]
        marks = tuple(
            ParsedMark(unit, count, Origin(sheet, row, row, f"C{row}:G{row}"))
            for row, (unit, count) in enumerate(self._rows(work, year), start=9)
        )
        found: tuple[Problem, ...] = ()
        if work.key == "vpr-rus-5" and year == self.last:
            marks, total = _one_mark_lost(marks, 3)
            found = (problem("IMP_RESTORED_SUM", sheet=sheet, cell="C12", total=total - 1, participants=total),)
        name = f"Ф3_Статистика по отметкам_{work.code}_{work.grade}_{year}.xlsx"
        return self.reading(name, "mark_statistics", f"Статистика по отметкам: {_title(work, year)}",
                            marks=marks, problems=found)  # fmt: skip

    def _journal(self, work: Work, year: int) -> FileReading:
        chance = random.Random(f"{self.seed}:journal:{work.key}:{year}")  # noqa: S311
        sheet = f"{work.code} {work.grade} Сравнение отметок с отметками по журналу"[:31]
        rows, found = [], []
        for row, (unit, count) in enumerate(self._rows(work, year), start=9):
            if work.key == "vpr-math-5" and year == self.last and row == 16:
                found.append(problem("IMP_GROUPS_EXCEED", sheet=sheet, cell=f"B{row}"))
                continue
            total = count.participants
            lowered = round(total * chance.uniform(0.05, 0.42))
            raised = min(total - lowered, round(total * chance.uniform(0, 0.12)))
            comparison = JournalComparison(work.assessment, year, total, lowered, total - lowered - raised, raised)
            rows.append(ParsedJournal(unit, comparison, Origin(sheet, row, row, f"B{row}:H{row}")))
        number = 2_800_000 + chance.randrange(99_999)
        return self.reading(f"{number}.xlsx", "journal", f"Сравнение с журналом: {_title(work, year)}",
                            journals=tuple(rows), problems=tuple(found))  # fmt: skip

    def _state_exam(self, works: Sequence[Work], year: int, title: str) -> FileReading:
        rows = [row for work in works for row in self._rows(work, year)]
        marks = tuple(
            ParsedMark(unit, count, Origin(title, row, row)) for row, (unit, count) in enumerate(rows, start=2)
        )
        found: tuple[Problem, ...] = ()
        if title == "ОГЭ":
            marks, total = _one_mark_lost(marks, 5)
            found = (problem("IMP_MARKS_SHORT", sheet=title, cell="G7", total=total - 1, participants=total),)
        return self.reading(
            f"{title} {year} свод по ОО.xlsx", "marks", "Таблица результатов", marks=marks, problems=found
        )

    def merge(self) -> None:
        """Join the duplicate with its school: some results of the first year came under its old code."""
        twin = self.data["duplicate"]
        if twin["of"] in self.ids:
            found = organisations.by_code(self.store.connection, twin["oo"], "oo")
            schools.merge(self.store, found[0], self.ids[twin["of"]])

    def reorganise(self) -> None:
        """Write down which school took over from the closed one."""
        for key, item in self.schools.items():
            if item.get("closed") and item["successor"] in self.ids:
                act = f"Постановление администрации округа от 14.05.{self.last - 1} № 287"
                schools.link(self.store, self.ids[key], self.ids[item["successor"]], f"{self.last - 1}-08-31", act)

    # --- work of the methodist ---------------------------------------------------------------------------------

    def explain(self) -> None:
        """Explain what was found in the first years: only the last year's findings wait for a person."""
        open_names = {f"ОГЭ {year} свод по ОО.xlsx" for year in self.years[:-1]}
        for item in open_problems(self.store.connection):
            if item.file in open_names:
                explain_problem(self.store, item.id, self.data["list"]["explained"])

    def approve(self) -> None:
        """Approve the list of the year before the last."""
        if len(self.years) < 2:
            return
        year, words = self.years[-2], self.data["list"]
        identification.approve(
            self.store, RULE, year, order_number=words["order"], order_date=f"{year}-{words['order_day']}",
            issuer=words["issuer"], protocol=words["protocol"].format(year=year),
        )  # fmt: skip

    def forms(self) -> None:
        """Send two forms to the schools with most weak marks: last year's is accepted, this year's on its way."""
        strengths = {key: item["strength"] for key, item in self.schools.items()}
        FormsExample(self.store, self.ids, strengths, self.last, self.seed).fill()

    def surveys(self) -> None:
        """Anonymous questionnaires of a lesson, a seminar and a school; courses of some schools."""
        SurveysExample(self.store, list(self.ids.values())[:3], self.last, self.seed).fill()

    def desk(self) -> None:
        """Groups, an own column, notes with reminders."""
        with self.store.operation("Добавлены группы, кураторы и заметки", "demo.desk") as operation:
            for item in self.data["groups"]:
                registry.replace_group(operation, item["name"], [self.ids[k] for k in item["schools"] if k in self.ids])
            column = self.data["column"]
            for key, raw in column["values"].items():
                if key in self.ids:
                    registry.put_custom(operation, self.ids[key], column["title"], raw)
            for item in self.data["notes"]:
                remind = f"{self.last}-{item['remind']}" if "remind" in item else None
                operation.insert("note", organisation_id=self.ids.get(item.get("school", "")), text=item["text"],
                                 remind_on=remind, created_at=now())  # fmt: skip

    def correct(self) -> None:
        """Take one school out of the last list, with the reason."""
        words = self.data["list"]
        if words["correct"] in self.ids:
            reason = words["reason"].format(year=self.last)
            identification.correct(self.store, RULE, self.last, self.ids[words["correct"]], "not_listed", reason)

    def tasks(self) -> None:
        """Load the tasks of three works of the last year and make the first sheets for schools."""
        logins = {key: dict(self.codes(key))["fisoko"] for key in self.schools}

        def unit(key: str) -> UnitRef:
            return UnitRef("school", self.schools[key]["name"], (("fisoko", logins[key]),))

        TaskExample(
            self.store, self.schools, self.counts, unit, self._areas(), self.last, self.seed
        ).fill()  # fmt: skip
        with tempfile.TemporaryDirectory(prefix="opora-example-") as folder:
            first_sheets(self.store, self.ids, self.last, Path(folder))

    def programmes(self) -> None:
        """Make the programme of the municipality and that of one school."""
        ProgrammeExample(self.store, [self.ids[key] for key in self.schools], self.last).fill()

    def context(self) -> None:
        """Fill what surrounds the results: metrics, projects, lists from outside."""
        codes = {key: dict(self.codes(key))["fisoko"] for key in self.ids}
        Context(self.store, self.ids, self.schools, codes, self.last, self.seed).fill()


def _profile(item: Mapping[str, Any]) -> Profile:
    return Profile(
        item["key"], item["pupils"], LAST_GRADE.get(item["type"], 11), item["strength"],
        tuple(frozenset(found) for found in item.get("hits", [])),
        {key: (below, of) for key, (below, of) in item.get("cells", {}).items()},
        frozenset(item.get("absent", [])), item.get("closed", False),
    )  # fmt: skip


def _one_mark_lost(marks: tuple[ParsedMark, ...], index: int) -> tuple[tuple[ParsedMark, ...], int]:
    """Take one «4» out of one row, and return its number of participants: a fault to be found."""
    row = marks[index]
    short = replace(row, count=replace(row.count, m4=(row.count.m4 or 1) - 1))
    return (*marks[:index], short, *marks[index + 1 :]), row.count.participants


def _title(work: Work, year: int) -> str:
    return f"ВПР {year} {work.assessment.subject} {work.grade} класс"


# --- a region of any size --------------------------------------------------------------------------------------


def generate_region(store: Store, schools: int = 40_000, years: int = 3, procedures: int = 8, seed: int = 1) -> None:
    """Fill a file with a whole region (or a country) of schools, all own, in three bulk inserts.

    Args:
        store: a file without schools.
        schools: how many; up to 99,999 have logins of their own.
        years: result years running up to 2026.
        procedures: how many of the eight procedures of the federal rule (ЕГЭ maths is stored as profile).
        seed: of the figures.
    """
    eight = ("vpr-math-5", "vpr-math-6", "vpr-rus-5", "vpr-rus-6", "oge-math", "oge-rus", "ege-math-profile", "ege-rus")
    works = [work for work in WORKS if work.key in eight[:procedures]]
    area = registry.own_area(store.connection)
    with store.operation(f"Создан набор из {schools} школ для измерений", "demo.region", bulk=True) as operation:
        settings.put(operation, "demo", "1")
        operation.bulk_insert(
            "organisation",
            ("kind", "name", "short_name", "school_type", "settlement", "settlement_kind", "area_id", "own",
             "position"),
            (
                ("school", f"Муниципальное общеобразовательное учреждение «Средняя школа № {n} с. {village_name(n)}»",
                 f"СШ № {n} с. {village_name(n)}", "СОШ", f"с. {village_name(n)}", "village", area, 1, n)
                for n in range(1, schools + 1)
            ),
        )  # fmt: skip
        ids = [school.id for school in organisations.listing(store.connection)]
        operation.bulk_insert(
            "organisation_code", ("organisation_id", "system", "value"),
            ((key, "fisoko", f"edu9{n:05d}") for n, key in enumerate(ids)),
        )  # fmt: skip
        known = results.ensure_assessments(operation, [work.assessment for work in works])
        rows = _region_rows(ids, [known[work.assessment] for work in works], years, seed)
        operation.bulk_insert("mark_count", REGION_COLUMNS, rows)


def _region_rows(ids: Sequence[int], assessments: Sequence[int], years: int, seed: int) -> Iterator[tuple[Any, ...]]:
    """Give the counts school by school, year by year: 4 to 67 participants, a fifth below minimum on average."""
    chance = random.Random(seed)  # noqa: S311 - an example, not a secret
    per_school = years * len(assessments)
    for key in ids:
        dice = iter(chance.randbytes(3 * per_school))
        for year in range(2026 - years + 1, 2027):
            for assessment in assessments:
                size = 4 + next(dice) % 64
                below = size * next(dice) * 2 // 1280
                m5 = size * next(dice) // 1024
                m3 = (size - below - m5) // 2
                yield key, assessment, year, size, below, m3, size - below - m5 - m3, m5, below
