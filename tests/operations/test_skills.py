"""Tasks of stored files: a school against municipality and region, sums over own schools, common difficulties."""

from __future__ import annotations

from fractions import Fraction

import pytest

from app.errors import UserError
from app.importers.parsed import FileReading, ParsedTask, UnitRef
from app.models.records import Assessment, Difficulty, Origin, TaskCount
from app.models.store import Store
from app.operations import schools, skill_papers, skills
from app.operations.results import load
from tests.helpers.stores import school

MATHS5 = Assessment("ВПР", "Математика", None, 5)
MATHS6 = Assessment("ВПР", "Математика", None, 6)
PARTS = "Решать задачи на части"
OWN = UnitRef("municipality", "Лесогорский муниципальный округ")
REGION = UnitRef("region", "Озёрная область")


def unit(name: str) -> UnitRef:
    return UnitRef("school", name)


def task(
    whose: UnitRef, number: str, people: int, points: int | None, *, most: int | None = 1,
    level: Difficulty | None = "Б", outcome: str | None = None, work: Assessment = MATHS5, row: int = 12,
    group: int = 0,
) -> ParsedTask:  # fmt: skip
    count = TaskCount(work, 2026, number, people, points, most, level, None, group, outcome)
    return ParsedTask(whose, count, Origin("Лист1", row, row))


def put(store: Store, *tasks: ParsedTask, name: str = "задания.xlsx") -> None:
    plan = load(
        store,
        FileReading("", name, 10, name.encode().hex()[:64].ljust(64, "0"), "planned_results", "проба", tasks=tasks),
    )
    assert plan.accepted


@pytest.fixture
def three(store: Store) -> dict[str, int]:
    return {name: school(store, name, own=1, kind="school") for name in ("Школа А", "Школа Б", "Школа В")}


def row_of(found: skills.SchoolSkills, number: str, work: Assessment = MATHS5) -> skills.TaskRow:
    return next(row for row in found.tasks if row.task.number == number and row.task.work.assessment == work)


def test_a_school_stands_against_the_stored_municipality_and_region(store: Store, three: dict[str, int]):
    put(
        store,
        task(unit("Школа А"), "7", 25, 14, row=14), task(unit("Школа Б"), "7", 20, 20, row=15),
        task(OWN, "7", 100, 61, row=11), task(REGION, "7", 1000, 640, row=10),
    )  # fmt: skip
    row = row_of(skills.of_school(store.connection, three["Школа А"], 2026), "7")
    assert row.own is not None
    assert row.municipality is not None
    assert row.region is not None
    assert (row.own.value.points, row.own.value.of) == (14, 25)  # 56 %: less than 57 %
    assert (row.zone, row.small) == ("deficit", False)
    assert row.to_municipality == Fraction(-5)  # 56 − 61
    assert row.to_region == Fraction(-8)  # 56 − 64
    assert row.own.origin == "задания.xlsx, Лист1, строка 14"
    assert row.municipality.origin == "задания.xlsx, Лист1, строка 11"
    assert row.municipality.summed == 0


def test_without_a_row_of_its_own_the_municipality_is_summed_over_own_schools(store: Store, three: dict[str, int]):
    school(store, "Чужая школа", own=0, kind="school")
    put(
        store,
        task(unit("Школа А"), "7", 25, 14), task(unit("Школа Б"), "7", 20, 19, row=13),
        task(unit("Чужая школа"), "7", 50, 50, row=14),
    )  # fmt: skip
    row = row_of(skills.of_school(store.connection, three["Школа А"], 2026), "7")
    assert row.municipality is not None
    assert (row.municipality.value.points, row.municipality.value.of) == (33, 45)
    assert (row.municipality.summed, row.municipality.origin) == (2, "сложено по своим школам: 2")
    assert row.region is None
    assert row.to_region is None


def test_level_and_wording_may_stand_in_another_units_row(store: Store, three: dict[str, int]):
    put(
        store,
        task(unit("Школа А"), "7", 20, 12, level=None, most=None), task(OWN, "7", 40, 24, outcome=PARTS, row=11),
    )  # fmt: skip
    row = row_of(skills.of_school(store.connection, three["Школа А"], 2026), "7")
    assert (row.task.level, row.task.outcome, row.zone) == ("Б", PARTS, "enough")
    assert row.own is not None
    assert row.own.value.of == 20


def test_groups_by_mark_and_unknown_points_are_left_out(store: Store, three: dict[str, int]):
    put(
        store,
        task(unit("Школа А"), "7", 25, 14), task(unit("Школа А"), "7", 5, 5, group=5, row=13),
        task(unit("Школа А"), "8", 25, None, row=14),
    )  # fmt: skip
    found = skills.of_school(store.connection, three["Школа А"], 2026)
    assert [(row.task.number, row.own and row.own.value.points) for row in found.tasks] == [("7", 14)]


def test_tasks_stand_in_the_order_of_their_numbers(store: Store, three: dict[str, int]):
    put(store, *(task(unit("Школа А"), number, 20, 10) for number in ("10К2", "2", "10К1", "1", "9.1")))
    found = skills.of_school(store.connection, three["Школа А"], 2026)
    assert [row.task.number for row in found.tasks] == ["1", "2", "9.1", "10К1", "10К2"]


def test_a_skill_is_summed_over_grades_and_compared_over_the_same_tasks_only(store: Store, three: dict[str, int]):
    put(
        store,
        task(unit("Школа А"), "7", 20, 8, outcome=PARTS), task(unit("Школа А"), "4", 10, 7, outcome=PARTS, work=MATHS6),
        task(OWN, "7", 100, 50, outcome=PARTS, row=11), task(OWN, "4", 100, 80, outcome=PARTS, work=MATHS6, row=11),
        task(REGION, "7", 900, 600, outcome=PARTS, row=10),
    )  # fmt: skip
    [row] = skills.of_school(store.connection, three["Школа А"], 2026).skills
    assert row.own is not None
    assert row.municipality is not None
    assert (row.own.points, row.own.of, row.own.participants, row.zone) == (15, 30, 30, "deficit")
    assert (row.municipality.points, row.municipality.of) == (130, 200)
    assert row.region is None  # the region has no figures of the other task


def test_a_merged_record_speaks_where_the_canonical_one_is_silent(store: Store, three: dict[str, int]):
    double = school(store, "Школа А (филиал)", own=1, kind="school")
    put(
        store,
        task(unit("Школа А"), "7", 25, 14), task(unit("Школа А (филиал)"), "7", 9, 9, row=13),
        task(unit("Школа А (филиал)"), "4", 9, 3, work=MATHS6, row=14),
    )  # fmt: skip
    schools.merge(store, double, three["Школа А"])
    found = skills.of_school(store.connection, three["Школа А"], 2026)
    figures = {row.task.number: (row.own.value.points, row.own.value.of) for row in found.tasks if row.own}
    assert figures == {"7": (14, 25), "4": (3, 9)}
    ours = skills.of_municipality(store.connection, 2026)
    points = {row.task.number: row.municipality.value.points for row in ours.tasks if row.municipality}
    assert points == {"7": 14, "4": 3}
    assert [row.small for row in found.tasks] == [False, True]


def test_topics_name_the_schools_and_count_nobody_twice(store: Store, three: dict[str, int]):
    put(store, *(task(unit(name), "7", 20, points, outcome=PARTS, row=12 + points)
                 for name, points in (("Школа А", 5), ("Школа Б", 4), ("Школа В", 11))))  # fmt: skip
    found = skills.topics(store.connection, 2026)
    [topic] = found.topics
    assert skills.school_words(topic, found.schools) == [
        "Школа Б (4\u00a0из\u00a020)", "Школа А (5\u00a0из\u00a020)", "Школа В (11\u00a0из\u00a020)"
    ]  # fmt: skip
    assert (topic.by_schools, topic.participants, topic.total.points) == (True, 60, 20)
    assert skills.topics(store.connection, 2026, subject="русский язык").topics == ()


def test_own_zones_take_the_place_of_the_shipped_ones(store: Store, three: dict[str, int]):
    put(store, task(unit("Школа А"), "7", 20, 12))
    from app.paths import resources

    text = (resources() / "skills" / "zones.toml").read_text(encoding="utf-8")
    kept = skills.put(store, text.replace("enough = [60, 100]", "enough = [65, 100]"))
    assert kept.version == "1.1"
    row = row_of(skills.of_school(store.connection, three["Школа А"], 2026), "7")
    assert row.zone == "border"  # 60 % is no longer enough
    store.undo()
    assert row_of(skills.of_school(store.connection, three["Школа А"], 2026), "7").zone == "enough"


def test_differences_are_rounded_half_away_from_zero():
    def said(value: Fraction | None) -> str:
        return skills.difference_text(value).replace("\u00a0", " ")

    assert said(Fraction(-1225, 100)) == "−12,3 п. п."
    assert said(Fraction(1, 100)) == "0,0 п. п."
    assert said(Fraction(5, 100)) == "+0,1 п. п."
    assert said(None) == ""


def test_the_papers_say_that_there_is_nothing(store: Store, three: dict[str, int]):
    for make in (skill_papers.tasks, skill_papers.topics):
        with pytest.raises(UserError) as refused:
            make(store.connection, 2026)
        assert refused.value.code == "DATA_NO_TASKS"


def test_the_paper_of_topics_names_no_teacher_and_every_weak_school(store: Store, three: dict[str, int]):
    put(store, *(task(unit(name), "7", 20, 5, outcome=PARTS, row=row) for row, name in enumerate(three, start=12)))
    document = skill_papers.topics(store.connection, 2026).document
    text = " ".join(said for _place, said in document.texts()).replace("\u00a0", " ")
    assert "Школа А; Школа Б; Школа В" in text
    assert PARTS in text
    assert "5 кл.: 7" in text
    assert "15 из 60" in text


def test_the_map_shows_lost_points_of_every_school(store: Store, three: dict[str, int]):
    put(store, task(unit("Школа А"), "7", 20, 15), task(unit("Школа Б"), "7", 8, 2, row=13))
    found = skills.of_municipality(store.connection, 2026)
    chart = skill_papers.heat(found, found.works[0])
    assert (chart.rows, chart.columns) == (("Школа А", "Школа Б"), ("7",))
    assert [(row[0].value, row[0].small) for row in chart.cells] == [(25.0, False), (75.0, True)]
    assert chart.links == (three["Школа А"], three["Школа Б"])
