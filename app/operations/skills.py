"""Tasks and skills: a school against its municipality and region, and the difficulties that many schools share.

004 («анализ выполнения школьниками КИМов»): what pupils do in ГИА and ВПР gives the content of work with teachers.
Counts only: no pupil, no teacher and no class is anywhere in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.analysis import skills as analysis
from app.analysis.definition_text import next_version, version_key
from app.analysis.skills import Fulfilment, Skill, SkillsDefinition, Task, Topic, WorkKey, Zone
from app.errors import UserError
from app.models import breakdowns, organisations, references
from app.models import skills as repository
from app.models.breakdowns import Place, StoredTask
from app.models.organisations import School
from app.models.store import Connection, Store
from app.texts import NBSP, count

REFERENCE = "skills"
ZONE_WORDS = analysis.ZONE_WORDS
NO_LEVEL = "уровень не указан"
Catalogue = dict[tuple[WorkKey, str], Task]
Rows = dict[tuple[int, int, str], Task]
"""(work of the file, autumn, number) → task."""
AllFigures = Mapping[int, Mapping[Task, Fulfilment]]
"""School → task → what it did."""


# --- the definition --------------------------------------------------------------------------------------------


def definition(connection: Connection | None = None) -> SkillsDefinition:
    """Return the zones in force: the latest version of the file's own, else the shipped ones.

    A text of the file that can no longer be read is passed over.
    """
    found = [analysis.load_shipped()]
    for _ref_id, _version, text in references.texts(connection, REFERENCE) if connection is not None else ():
        try:
            found.append(analysis.parse(text))
        except UserError:
            continue
    return max(found, key=lambda item: version_key(item.version))


def put(store: Store, text: str) -> SkillsDefinition:
    """Keep zones from a TOML text («Обновить справочники…») under a new version.

    Raises:
        UserError: ``DATA_SKILLS_FAULTS``.
    """
    made = analysis.parse(text)
    version = next_version([definition(store.connection).version, made.version])
    text = re.sub(r"(?m)^version\s*=.*$", f'version = "{version}"', text, count=1)
    kept = analysis.parse(text)
    with store.operation(f"Изменены зоны выполнения заданий, версия {version}", "skills.put") as operation:
        references.put(operation, REFERENCE, kept.id, version, text)
    return kept


# --- figures ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sourced:
    """What one unit did at one task, with where it comes from.

    Attributes:
        value: the two whole numbers.
        unit: name of the school or area.
        row_id: row of ``task_count``; None for a sum.
        place: file, sheet and row; None for a sum.
        summed: of how many own schools it is the sum; 0 for a stored row.
    """

    value: Fulfilment
    unit: str
    row_id: int | None = None
    place: Place | None = None
    summed: int = 0

    @property
    def origin(self) -> str:
        """Say where the figure comes from: the file with its place, or the schools that were added up."""
        if self.summed:
            return f"сложено по своим школам: {self.summed}"
        if self.place is None or self.place.file is None:
            return "введено вручную"
        row = f"строка {self.place.row_from}" if self.place.row_from is not None else ""
        return ", ".join(part for part in (self.place.file, self.place.sheet or "", row) if part)


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task of a school beside its municipality and region; of the whole municipality where ``own`` is None.

    ``zone`` is that of the school, or of the municipality where there is no school.
    """

    task: Task
    own: Sourced | None
    municipality: Sourced | None
    region: Sourced | None
    zone: Zone | None
    small: bool

    @property
    def main(self) -> Sourced | None:
        """What the row is about."""
        return self.own or self.municipality

    @property
    def to_municipality(self) -> Fraction | None:
        """Percentage points of the school above the municipality."""
        return _above(self.own, self.municipality)

    @property
    def to_region(self) -> Fraction | None:
        """Percentage points above the region."""
        return _above(self.main, self.region)


@dataclass(frozen=True, slots=True)
class SkillRow:
    """One skill: the tasks that were done, with sums over the same tasks; None where a unit did not do all of them."""

    skill: Skill
    own: Fulfilment | None
    municipality: Fulfilment | None
    region: Fulfilment | None
    zone: Zone | None
    small: bool

    @property
    def main(self) -> Fulfilment | None:
        """What the row is about."""
        return self.own or self.municipality


def _above(own: Sourced | None, other: Sourced | None) -> Fraction | None:
    return None if own is None or other is None else analysis.difference(own.value, other.value)


@dataclass(frozen=True, slots=True)
class SchoolSkills:
    """Tasks and skills of one school in one result year."""

    school: School
    result_year: int
    definition: SkillsDefinition
    tasks: tuple[TaskRow, ...]
    skills: tuple[SkillRow, ...]

    @property
    def works(self) -> tuple[WorkKey, ...]:
        """Return the works in their order."""
        return tuple(dict.fromkeys(row.task.work for row in self.tasks))

    @property
    def deficits(self) -> tuple[TaskRow, ...]:
        """Return the tasks in the deficit zone."""
        return tuple(row for row in self.tasks if row.zone == "deficit")


@dataclass(frozen=True, slots=True)
class MunicipalitySkills:
    """Tasks and skills of the municipality with what every own school did.

    Attributes:
        tasks: the municipality against the region.
        skills: the same by skill.
        schools: own schools that have figures, in their order.
        figures: school → task → what it did.
    """

    result_year: int
    definition: SkillsDefinition
    tasks: tuple[TaskRow, ...]
    skills: tuple[SkillRow, ...]
    schools: tuple[School, ...]
    figures: Mapping[int, Mapping[Task, Fulfilment]]

    @property
    def works(self) -> tuple[WorkKey, ...]:
        """Return the works in their order."""
        return tuple(dict.fromkeys(row.task.work for row in self.tasks))


@dataclass(frozen=True, slots=True)
class TopicList:
    """Common difficulties: «темы для РМО и курсов»."""

    result_year: int
    definition: SkillsDefinition
    topics: tuple[Topic, ...]
    schools: Mapping[int, School]


@dataclass(frozen=True, slots=True)
class Loaded:
    """Every task of a year and what every own school did: read once, used for several answers."""

    catalogue: Catalogue
    figures: Mapping[int, Mapping[Task, Fulfilment]]

    def of_work(self, work: WorkKey | None) -> Loaded:
        """Return what concerns one work."""
        if work is None:
            return self
        catalogue = {key: task for key, task in self.catalogue.items() if task.work == work}
        chosen = {
            school: {task: figure for task, figure in own.items() if task.work == work}
            for school, own in self.figures.items()
        }
        return Loaded(catalogue, {school: own for school, own in chosen.items() if own})


def years(connection: Connection) -> list[int]:
    """Return the result years that have figures of tasks, newest first."""
    return repository.years(connection)


def works(connection: Connection, result_year: int) -> tuple[WorkKey, ...]:
    """Return the works of a year that have figures of tasks."""
    return tuple(dict.fromkeys(task.work for task in _catalogue(connection, result_year, None)[0].values()))


def schools_with(connection: Connection, result_year: int) -> tuple[School, ...]:
    """Return own schools that have figures of tasks in a year."""
    found = repository.schools(connection, result_year)
    return tuple(school for school in organisations.listing(connection) if school.id in found)


def load_year(connection: Connection, result_year: int) -> Loaded:
    """Read every task of a year and what every own school did."""
    catalogue, by_row = _catalogue(connection, result_year, None)
    return Loaded(catalogue, _of_schools(connection, result_year, by_row))


# --- reading ---------------------------------------------------------------------------------------------------


def _natural(number: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key that puts «10» after «9» and «10К2» after «10К1»."""
    parts = re.findall(r"\d+|\D+", number)
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)


def _catalogue(connection: Connection, year: int, work: WorkKey | None) -> tuple[Catalogue, Rows]:
    """Return every task of a year by work and number, and by the columns of a row.

    What one row does not say of a task another one may.
    """
    found = [
        (item, Task(WorkKey(item.assessment, item.autumn), item.number, item.max_points, item.difficulty, item.outcome))
        for item in repository.described(connection, year)
    ]
    works = {key: place for place, key in enumerate(dict.fromkeys(task.work for _item, task in found))}
    found = [pair for pair in found if work is None or pair[1].work == work]
    found.sort(key=lambda pair: (works[pair[1].work], _natural(pair[1].number)))
    by_row = {(item.assessment_id, int(item.autumn), item.number): task for item, task in found}
    return {(task.work, task.number): task for _item, task in found}, by_row


def _sourced(row: StoredTask, task: Task) -> Sourced | None:
    value = analysis.fulfilment(
        row.points, row.participants, row.max_points or task.max_points, skipped=row.skipped, restored=row.restored
    )
    return None if value is None else Sourced(value, row.unit, row.id, row.place)


def _stored(rows: Iterable[StoredTask], catalogue: Catalogue) -> dict[Task, Sourced]:
    """Return what one unit did, of rows of several records the first that speaks."""
    found: dict[Task, Sourced] = {}
    for row in rows:
        task = catalogue.get((WorkKey(row.assessment, row.autumn), row.task))
        if task is None or row.group_mark or task in found:
            continue
        figure = _sourced(row, task)
        if figure is not None:
            found[task] = figure
    return found


def area(connection: Connection, kind: str) -> int | None:
    """Return our own area of a kind, or the only one of it; None where it is not known which is meant."""
    found = [(key, own) for key, of_kind, _name, _code, own in organisations.areas(connection) if of_kind == kind]
    ours = [key for key, own in found if own] or [key for key, _own in found]
    return ours[0] if len(ours) == 1 else None


def _of_schools(connection: Connection, year: int, by_row: Rows) -> dict[int, dict[Task, Fulfilment]]:
    """Return what every own school did."""
    figures: dict[int, dict[Task, Fulfilment]] = {}
    for item in repository.of_schools(connection, year):
        task = by_row.get((item.assessment_id, int(item.autumn), item.number))
        if task is None:
            continue
        value = analysis.fulfilment(
            item.points, item.participants, item.max_points or task.max_points, skipped=item.skipped,
            restored=bool(item.restored),
        )  # fmt: skip
        if value is not None:
            figures.setdefault(item.school_id, {}).setdefault(task, value)
    return figures


def _wider(
    connection: Connection, year: int, catalogue: Catalogue, schools: Callable[[], AllFigures]
) -> tuple[dict[Task, Sourced], dict[Task, Sourced]]:
    """Return municipality and region: a stored row where there is one; the municipality else summed over own schools.

    Args:
        connection: reading connection.
        year: result year.
        catalogue: the tasks wanted.
        schools: what every own school did; asked only where a sum is needed.
    """
    rows = breakdowns.tasks(connection, year=year, areas=True)

    def of_kind(kind: str) -> dict[Task, Sourced]:
        key = area(connection, kind)
        return {} if key is None else _stored((row for row in rows if row.area_id == key), catalogue)

    municipality = of_kind("municipality")
    without = [task for task in catalogue.values() if task not in municipality]
    figures = schools() if without else {}
    for task in without:
        parts = [own[task] for own in figures.values() if task in own]
        total = analysis.add_up(parts)
        if total is not None:
            municipality[task] = Sourced(total, "муниципалитет", summed=len(parts))
    return municipality, of_kind("region")


def _task_row(
    task: Task, own: Sourced | None, municipality: Sourced | None, region: Sourced | None, rules: SkillsDefinition
) -> TaskRow:
    main = own or municipality
    if main is None:
        return TaskRow(task, own, municipality, region, None, False)
    small = main.value.participants < rules.least
    return TaskRow(task, own, municipality, region, analysis.zone([(main.value, task.level)], rules), small)


def _skill_rows(
    tasks: Sequence[Task], own: Mapping[Task, Sourced] | None, municipality: Mapping[Task, Sourced],
    region: Mapping[Task, Sourced], rules: SkillsDefinition,
) -> tuple[SkillRow, ...]:  # fmt: skip
    """Return the skills of the tasks that the unit did."""
    main = municipality if own is None else own
    plain = [{task: figure.value for task, figure in unit.items()} for unit in (own or {}, municipality, region)]
    judged = {task: figure.value for task, figure in main.items()}
    rows = []
    for skill in analysis.skills_of([task for task in tasks if task in main]):
        shown = analysis.of_tasks(skill.tasks, judged, whole=True)
        mine, ours, theirs = (analysis.of_tasks(skill.tasks, unit, whole=True) for unit in plain)
        if shown is not None:
            zone = analysis.zone([(judged[task], task.level) for task in skill.tasks], rules)
            rows.append(SkillRow(skill, mine, ours, theirs, zone, shown.participants < rules.least))
    return tuple(rows)


def of_school(
    connection: Connection, school_id: int, result_year: int, *, work: WorkKey | None = None,
    loaded: Loaded | None = None,
) -> SchoolSkills:  # fmt: skip
    """Return tasks and skills of a school against municipality and region.

    A school without figures gives empty rows.

    Args:
        connection: reading connection.
        school_id: key of the school.
        result_year: year of the works.
        work: only this one.
        loaded: the year, where it has been read already.

    Raises:
        UserError: ``GEN_NO_SCHOOL``.
    """
    school = organisations.get(connection, organisations.canonical(connection, school_id))
    if school is None:
        raise UserError("GEN_NO_SCHOOL", query=school_id)
    rules = definition(connection)
    stored = breakdowns.tasks(connection, year=result_year, organisation_id=school.id)
    first = sorted(stored, key=lambda row: (row.organisation_id != school.id, row.organisation_id or 0, row.id))
    catalogue, by_row = (loaded.of_work(work).catalogue, {}) if loaded else _catalogue(connection, result_year, work)
    own = _stored(first, catalogue)
    wanted = {(task.work, task.number): task for task in catalogue.values() if task in own}

    def everyone() -> AllFigures:
        if loaded is not None:
            return loaded.figures
        return _of_schools(connection, result_year, {key: task for key, task in by_row.items() if task in own})

    municipality, region = _wider(connection, result_year, wanted, everyone) if own else ({}, {})
    tasks = tuple(wanted.values())
    return SchoolSkills(
        school, result_year, rules,
        tuple(_task_row(task, own[task], municipality.get(task), region.get(task), rules) for task in tasks),
        _skill_rows(tasks, own, municipality, region, rules),
    )  # fmt: skip


def of_municipality(
    connection: Connection, result_year: int, *, work: WorkKey | None = None, loaded: Loaded | None = None
) -> MunicipalitySkills:
    """Return tasks and skills of the municipality against the region, with what every own school did.

    Args:
        connection: reading connection.
        result_year: year of the works.
        work: only this one.
        loaded: the year, where it has been read already.
    """
    rules = definition(connection)
    chosen = (loaded or load_year(connection, result_year)).of_work(work)
    catalogue, figures = chosen.catalogue, chosen.figures
    municipality, region = _wider(connection, result_year, catalogue, lambda: figures)
    tasks = tuple(task for task in catalogue.values() if task in municipality)
    schools = tuple(school for school in organisations.listing(connection) if school.id in figures)
    return MunicipalitySkills(
        result_year, rules,
        tuple(_task_row(task, None, municipality[task], region.get(task), rules) for task in tasks),
        _skill_rows(tasks, None, municipality, region, rules), schools, figures,
    )  # fmt: skip


def topics(
    connection: Connection, result_year: int, *, subject: str | None = None, loaded: Loaded | None = None
) -> TopicList:
    """Return the common difficulties of own schools, with the schools where each is a deficit.

    Args:
        connection: reading connection.
        result_year: year of the works.
        subject: only this one, letter case ignored.
        loaded: the year, where it has been read already.
    """
    rules = definition(connection)
    year = loaded or load_year(connection, result_year)
    catalogue, figures = year.catalogue, year.figures
    tasks = [
        task
        for task in catalogue.values()
        if subject is None or task.work.assessment.subject.casefold() == subject.casefold().strip()
    ]
    schools = {school.id: school for school in organisations.listing(connection)}
    ordered = {school: figures[school] for school in schools if school in figures}
    found = tuple(analysis.topics(tasks, ordered, rules))
    return TopicList(result_year, rules, found, schools)


# --- words -----------------------------------------------------------------------------------------------------


def points_text(figure: Fulfilment | None) -> str:
    """Return «84 из 150» points; "" of none."""
    return "" if figure is None else f"{figure.points}{NBSP}из{NBSP}{figure.of}"


def difference_text(value: Fraction | None, *, unit: bool = True) -> str:
    """Return «−12,3 п. п.», «0,0 п. п.», rounded half away from zero; "" of none; the number alone without a unit."""
    if value is None:
        return ""
    tenths = int(abs(value) * 10 + Fraction(1, 2))
    sign = "" if not tenths else "+" if value > 0 else "−"
    return f"{sign}{tenths // 10},{tenths % 10}" + (f"{NBSP}п.{NBSP}п." if unit else "")


def school_words(topic: Topic, schools: Mapping[int, School]) -> list[str]:
    """Return the schools of a topic with their points: «СОШ № 5 (21 из 80)», the weakest first."""
    return [
        f"{schools[item.school_id].shown} ({points_text(item.figure)})"
        for item in topic.schools
        if item.school_id in schools
    ]


def topic_title(topic: Topic) -> str:
    """Return the wording of the skill, or the task where nothing is worded."""
    return topic.outcome or f"Задание {topic.tasks[0].number}, {topic.tasks[0].work.label}"


def tasks_text(tasks: Sequence[Task]) -> str:
    """Return «5 кл.: 7, 9.1; 6 кл.: 4», work by work."""
    works: dict[WorkKey, list[str]] = {}
    for task in tasks:
        works.setdefault(task.work, []).append(task.number)
    return "; ".join(f"{work.label}: {', '.join(numbers)}" for work, numbers in works.items())


def short_tasks(tasks: Sequence[Task]) -> str:
    """Return the tasks of one subject: «5 кл.: 7; 6 кл.: 4», «ОГЭ: 12»."""
    works: dict[str, list[str]] = {}
    for task in tasks:
        of = task.work.assessment
        grade = f"{of.grade}{NBSP}кл." if of.procedure not in {"ОГЭ", "ЕГЭ"} and of.grade else of.procedure
        works.setdefault(grade + (", осень" if task.work.autumn else ""), []).append(task.number)
    return "; ".join(f"{work}: {', '.join(numbers)}" for work, numbers in works.items())


def why_common(topic: Topic) -> str:
    """Say why a difficulty is common: «дефицит в 5 из 12 школ, в них 140 из 320 участников»."""
    schools = f"дефицит в {len(topic.schools)} из {count(topic.of_schools, 'школы', 'школ', 'школ')}"
    people = count(topic.total.participants, "участника", "участников", "участников")
    return f"{schools}, в{NBSP}них {topic.participants} из {people}"


def zone_note(rules: SkillsDefinition) -> str:
    """Say where the bounds of the zones are; levels with the same bounds are named together."""
    words = {"Б": "базового", "П": "повышенного", "В": "высокого"}
    together: dict[tuple[tuple[int, int], tuple[int, int]], list[str]] = {}
    for bounds in rules.bounds:
        together.setdefault((bounds.enough, bounds.deficit), []).append(words[bounds.level])
    told = "; ".join(
        f"{' и '.join(levels)} уровня — от {_number(enough)} достаточно, меньше {_number(deficit)} дефицит"
        for (enough, deficit), levels in together.items()
    )
    return f"Доля набранных баллов в заданиях {told}. Между этими границами — «на границе»."


def common_note(rules: SkillsDefinition) -> str:
    """Say when a difficulty is common."""
    return (
        f"Затруднение общее, если дефицит есть не меньше чем в {count(rules.schools, 'школе', 'школах', 'школах')}, "
        f"где участников от {rules.least}, или там, где учится не меньше {_number(rules.share)} участников."
    )


def _number(share: tuple[int, int]) -> str:
    value = f"{float(Fraction(*share) * 100):.1f}".removesuffix(".0").replace(".", ",")
    return f"{value}{NBSP}%"
