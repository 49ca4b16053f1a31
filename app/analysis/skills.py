"""Fulfilment of tasks and skills: shares of points, zones by level of difficulty, common difficulties.

Every share is two whole numbers and is compared exactly. The zones are those of ФИОКО's recommendations of 2026: at the
basic level 60 % of the points is enough and less than 57 % a deficit, at the two higher levels 30 % and 28.5 %; what
lies between is on the border. When a difficulty is common to a municipality is our own definition
(``resources/skills/zones.toml``; 004: the analysis of what pupils do in ГИА and ВПР gives the content for teachers).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, cached_property
from math import lcm
from typing import Any, Literal

from app.analysis.definition_text import Table, document, is_whole
from app.errors import UserError
from app.models.records import Assessment, Difficulty
from app.paths import resources

Zone = Literal["enough", "border", "deficit"]
ZONE_WORDS: dict[Zone, str] = {"enough": "достаточно", "border": "на границе", "deficit": "дефицит"}
LEVELS: tuple[Difficulty, ...] = ("Б", "П", "В")

_TOP = {"format", "id", "version", "title", "source", "note", "least", "schools", "share", "zone"}
_ZONE = {"level", "word", "enough", "deficit"}


@dataclass(frozen=True, slots=True)
class Bounds:
    """Bounds of one level of difficulty, each as two whole numbers."""

    level: Difficulty
    word: str
    enough: tuple[int, int]
    deficit: tuple[int, int]


@dataclass(frozen=True)
class SkillsDefinition:
    """Zones and the meaning of «common».

    Attributes:
        bounds: by level of difficulty.
        least: participants below which nothing sure is said of a school.
        schools: in how many schools a deficit makes a topic.
        share: or in schools with which share of all participants, as two whole numbers.
    """

    id: str
    version: str
    title: str
    source: str
    note: str
    bounds: tuple[Bounds, ...]
    least: int
    schools: int
    share: tuple[int, int]

    def of_level(self, level: Difficulty | None) -> Bounds | None:
        """Return the bounds of a level, None where it is not known."""
        return next((item for item in self.bounds if item.level == level), None)

    @cached_property
    def limits(self) -> tuple[int, dict[str, tuple[int, int]]]:
        """Return a common denominator and, by level, (enough, deficit) over it: whole numbers compare quickly."""
        scale = lcm(*(part[1] for item in self.bounds for part in (item.enough, item.deficit)))

        def over(part: tuple[int, int]) -> int:
            return part[0] * (scale // part[1])

        return scale, {item.level: (over(item.enough), over(item.deficit)) for item in self.bounds}

    def level_word(self, level: Difficulty | None) -> str:
        """Return «базовый»; «не указан» where nothing is known."""
        found = self.of_level(level)
        return found.word if found else "не указан"


@cache
def load_shipped() -> SkillsDefinition:
    """Return the shipped definition."""
    return parse((resources() / "skills" / "zones.toml").read_text(encoding="utf-8"))


def parse(text: str) -> SkillsDefinition:
    """Read a definition from its TOML text.

    Raises:
        UserError: ``DATA_SKILLS_FAULTS`` with every fault.
    """
    faults: list[str] = []
    content = document(text, faults)
    if faults:
        raise UserError("DATA_SKILLS_FAULTS", faults="; ".join(faults))
    table = Table(content, "", faults)
    table.only(_TOP)
    table.format()
    bounds = tuple(_bounds(row, number, faults) for number, row in enumerate(table.tables("zone"), start=1))
    if sorted(item.level for item in bounds) != sorted(LEVELS):
        faults.append("нужны три раздела [[zone]]: Б, П и В, каждый один раз")
    found = SkillsDefinition(
        id=table.name("id"),
        version=table.version(),
        title=table.text("title"),
        source=table.text("source"),
        note=table.text("note", required=False),
        bounds=bounds,
        least=_whole(table, "least", 1, 1000),
        schools=_whole(table, "schools", 1, 10_000),
        share=table.pair(content.get("share"), "share", below_one=False),
    )
    if found.share[0] > found.share[1]:
        faults.append("share — доля не больше единицы")
    if faults:
        raise UserError("DATA_SKILLS_FAULTS", faults="; ".join(faults[:20]))
    return found


def _whole(table: Table, key: str, least: int, most: int) -> int:
    value = table.content.get(key)
    if not is_whole(value) or not least <= int(value or 0) <= most:
        table.fault(f"{key} — целое число от {least} до {most}")
        return least
    return int(value or 0)


def _bounds(content: Mapping[str, Any], number: int, faults: list[str]) -> Bounds:
    table = Table(content, f"зона {number}", faults)
    table.only(_ZONE)
    level: Any = table.choice("level", LEVELS)
    enough = table.pair(content.get("enough"), "enough", below_one=True)
    deficit = table.pair(content.get("deficit"), "deficit", below_one=True)
    if Fraction(*deficit) > Fraction(*enough):
        table.fault("deficit не больше enough")
    return Bounds(level, table.text("word"), enough, deficit)


# --- one share -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fulfilment:
    """Points scored out of those that could be scored.

    Attributes:
        points: sum over all participants.
        of: participants times highest points of the task; summed over tasks.
        participants: how many people did it.
        skipped: of them did not try; None where unknown.
        restored: the points were made from a percentage.
    """

    points: int
    of: int
    participants: int
    skipped: int | None = None
    restored: bool = False

    @property
    def share(self) -> Fraction:
        """Return the share of points, exactly; ``of`` is never 0."""
        return Fraction(self.points, self.of)


def fulfilment(
    points: int | None, participants: int, max_points: int | None, *, skipped: int | None = None, restored: bool = False
) -> Fulfilment | None:
    """Return points / (participants · highest points) as two whole numbers; None where any of them is not known."""
    if points is None or not max_points or participants <= 0:
        return None
    return Fulfilment(points, participants * max_points, participants, skipped, restored)


def add_up(parts: Iterable[Fulfilment]) -> Fulfilment | None:
    """Return the same task in several units together; None of none."""
    found = list(parts)
    if not found:
        return None
    skipped = [part.skipped for part in found if part.skipped is not None]
    return Fulfilment(
        sum(part.points for part in found),
        sum(part.of for part in found),
        sum(part.participants for part in found),
        sum(skipped) if len(skipped) == len(found) else None,
        any(part.restored for part in found),
    )


def zone(parts: Iterable[tuple[Fulfilment, Difficulty | None]], definition: SkillsDefinition) -> Zone | None:
    """Return the zone of one task, or of several tasks together.

    Tasks of different levels are taken together by the points that each would need: the sum of points is compared with
    the sum of bounds, each of its own level. A task without a level is left out; None where none has one.
    """
    scale, limits = definition.limits
    points = enough = deficit = 0
    judged = False
    for part, level in parts:
        bounds = limits.get(level or "")
        if bounds is None:
            continue
        judged = True
        points += part.points * scale
        enough += bounds[0] * part.of
        deficit += bounds[1] * part.of
    if not judged:
        return None
    if points >= enough:
        return "enough"
    return "deficit" if points < deficit else "border"


def difference(own: Fulfilment, other: Fulfilment | None) -> Fraction | None:
    """Return how many percentage points a share lies above another one, exactly; None where there is no other."""
    return None if other is None else (own.share - other.share) * 100


# --- tasks and skills ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WorkKey:
    """A work of a year: an assessment, in spring or in autumn."""

    assessment: Assessment
    autumn: bool = False

    @property
    def label(self) -> str:
        """«ВПР математика, 5 кл.», and that it was in autumn."""
        return self.assessment.label + (", осень" if self.autumn else "")


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """One task of a work: what is the same for everyone who did it.

    A task is a key of very many figures, so it is compared by identity: a catalogue has one object for each.
    """

    work: WorkKey
    number: str
    max_points: int | None = None
    level: Difficulty | None = None
    outcome: str | None = None


_SPACES = re.compile(r"\s+")


def normal_outcome(text: str | None) -> str:
    """Return a wording as it is compared: letter case, ё, spaces and the full stop at the end mean nothing."""
    plain = _SPACES.sub(" ", (text or "").replace("\u00ad", "")).strip().casefold().replace("ё", "е")
    return plain.rstrip(" .;,")


SkillKey = tuple[str, str]
"""(subject, wording) as they are compared."""


def skill_key(task: Task) -> SkillKey | None:
    """Return which skill a task is about: the same wording in the same subject; None where nothing is worded."""
    words = normal_outcome(task.outcome)
    return (task.work.assessment.subject.casefold(), words) if words else None


@dataclass(frozen=True, slots=True)
class Skill:
    """Tasks of one subject with the same wording of the planned result, whatever the grade."""

    key: SkillKey
    subject: str
    outcome: str
    tasks: tuple[Task, ...]


def skills_of(tasks: Iterable[Task]) -> list[Skill]:
    """Return the skills of some tasks, in the order in which they first occur."""
    groups: dict[SkillKey, list[Task]] = {}
    for task in tasks:
        key = skill_key(task)
        if key is not None:
            groups.setdefault(key, []).append(task)
    return [
        Skill(key, group[0].work.assessment.subject, (group[0].outcome or "").strip().rstrip("."), tuple(group))
        for key, group in groups.items()
    ]


Figures = Mapping[Task, Fulfilment]


def of_tasks(tasks: Sequence[Task], figures: Figures, *, whole: bool = False) -> Fulfilment | None:
    """Return what a unit did at several tasks together.

    People who did several tasks of one work are counted once a work.

    Args:
        tasks: of one skill.
        figures: of one unit.
        whole: None unless the unit did all of the tasks: a sum over fewer could not be compared.
    """
    if len(tasks) == 1:
        single = figures.get(tasks[0])
        return single if single is None or single.skipped is None else replace(single, skipped=None)
    done = [(task, figures[task]) for task in tasks if task in figures]
    if not done or (whole and len(done) < len(tasks)):
        return None
    total = add_up(figure for _task, figure in done)
    if total is None:
        return None
    people: dict[WorkKey, int] = {}
    for task, figure in done:
        people[task.work] = max(people.get(task.work, 0), figure.participants)
    return Fulfilment(total.points, total.of, sum(people.values()), None, total.restored)


# --- common difficulties ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TopicSchool:
    """A school where the difficulty is there; ``small`` says that it has too few participants to count as a school."""

    school_id: int
    figure: Fulfilment
    small: bool


@dataclass(frozen=True, slots=True)
class Topic:
    """A difficulty that is common to several schools: a skill, or one task where no wording is known.

    Attributes:
        subject: school subject.
        outcome: wording of the planned result; "" where none is known.
        tasks: of which it is made.
        zone: of all schools together.
        total: all schools together.
        schools: where it is a deficit, the weakest first.
        counted: of them with enough participants.
        of_schools: how many schools did the tasks.
        participants: of the schools with the deficit.
        by_schools: it is common by the number of schools.
        by_share: it is common by the share of participants.
    """

    subject: str
    outcome: str
    tasks: tuple[Task, ...]
    zone: Zone | None
    total: Fulfilment
    schools: tuple[TopicSchool, ...]
    counted: int
    of_schools: int
    participants: int
    by_schools: bool
    by_share: bool


def topics(tasks: Sequence[Task], figures: Mapping[int, Figures], definition: SkillsDefinition) -> list[Topic]:
    """Return the common difficulties, those of most schools first.

    Args:
        tasks: all tasks of the year.
        figures: school → task → what it did; the order of schools stays where shares are equal.
        definition: bounds and the meaning of «common».
    """
    groups = [(skill.subject, skill.outcome, skill.tasks) for skill in skills_of(tasks)]
    groups += [(task.work.assessment.subject, "", (task,)) for task in tasks if skill_key(task) is None]
    found = [topic for group in groups if (topic := _topic(*group, figures, definition)) is not None]
    return sorted(found, key=lambda t: (-t.counted, -t.participants, t.subject, t.outcome, t.tasks[0].number))


def _topic(
    subject: str, outcome: str, tasks: tuple[Task, ...], figures: Mapping[int, Figures], definition: SkillsDefinition
) -> Topic | None:
    weak, everyone, parts = [], 0, []
    of_schools = 0
    for school_id, own in figures.items():
        figure = of_tasks(tasks, own)
        if figure is None:
            continue
        of_schools += 1
        everyone += figure.participants
        mine = [(own[task], task.level) for task in tasks if task in own]
        parts += mine
        if zone(mine, definition) == "deficit":
            weak.append(TopicSchool(school_id, figure, figure.participants < definition.least))
    counted = sum(not school.small for school in weak)
    participants = sum(school.figure.participants for school in weak)
    by_schools = counted >= definition.schools
    by_share = bool(weak) and participants * definition.share[1] >= everyone * definition.share[0]
    total = add_up(figure for figure, _level in parts)
    if total is None or not (by_schools or by_share):
        return None
    total = Fulfilment(total.points, total.of, everyone, None, total.restored)
    order = sorted(weak, key=lambda school: school.figure.share)
    return Topic(
        subject, outcome, tasks, zone(parts, definition), total, tuple(order), counted, of_schools, participants,
        by_schools, by_share,
    )  # fmt: skip
