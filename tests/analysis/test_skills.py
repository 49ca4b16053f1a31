"""Zones exact at their bounds, sums of points, skills across grades, common difficulties: all worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from app.analysis import skills
from app.analysis.skills import Fulfilment, Task, WorkKey, fulfilment, of_tasks, skills_of, topics, zone
from app.errors import UserError
from app.models.records import Assessment

RULES = skills.load_shipped()
MATHS5 = WorkKey(Assessment("ВПР", "Математика", None, 5))
MATHS6 = WorkKey(Assessment("ВПР", "Математика", None, 6))
RUSSIAN5 = WorkKey(Assessment("ВПР", "Русский язык", None, 5))
WORDS = "Решать задачи на части"
SEVEN = Task(MATHS5, "7", 1, "Б", WORDS)


@pytest.mark.parametrize(
    ("points", "of", "level", "wanted"),
    [
        (60, 100, "Б", "enough"),
        (599, 1000, "Б", "border"),
        (57, 100, "Б", "border"),
        (569, 1000, "Б", "deficit"),
        (30, 100, "П", "enough"),
        (299, 1000, "П", "border"),
        (57, 200, "П", "border"),  # 28.5 % exactly
        (284, 1000, "П", "deficit"),
        (3, 10, "В", "enough"),
        (285, 1000, "В", "border"),
        (2849, 10_000, "В", "deficit"),
        (0, 5, "Б", "deficit"),
        (5, 5, "В", "enough"),
        (5, 10, None, None),
    ],
)
def test_zones_are_exact_at_their_bounds(points, of, level, wanted):
    assert zone([(Fulfilment(points, of, of), level)], RULES) == wanted


def test_several_levels_are_judged_by_the_points_each_would_need():
    # 0.6 · 100 + 0.3 · 100 = 90 points are enough, 0.57 · 100 + 0.285 · 100 = 85.5 are the border
    def both(first: int, second: int):
        return zone([(Fulfilment(first, 100, 50), "Б"), (Fulfilment(second, 100, 50), "П")], RULES)

    assert both(60, 30) == "enough"
    assert both(90, 0) == "enough"
    assert both(59, 30) == "border"
    assert both(60, 26) == "border"
    assert both(60, 25) == "deficit"


def test_a_share_is_points_out_of_participants_times_the_highest_points():
    found = fulfilment(31, 27, 2, skipped=4)
    assert found is not None
    assert (found.points, found.of, found.skipped) == (31, 54, 4)
    assert found.share == Fraction(31, 54)
    assert fulfilment(None, 27, 2) is None
    assert fulfilment(31, 27, None) is None
    assert fulfilment(0, 0, 2) is None


def test_a_difference_is_in_percentage_points():
    # 31/54 − 1/2 = 4/54 = 7.407… points
    own, other = Fulfilment(31, 54, 27), Fulfilment(200, 400, 200)
    assert skills.difference(own, other) == Fraction(200, 27)
    assert skills.difference(own, None) is None


def test_a_skill_is_the_same_wording_in_one_subject_whatever_the_grade():
    tasks = [
        Task(MATHS5, "7", 2, "Б", "Решать задачи  на части."),
        Task(MATHS5, "8", 1, "Б", None),
        Task(MATHS6, "4", 1, "П", "решать задачи на части"),
        Task(RUSSIAN5, "2", 3, "Б", "Решать задачи на части"),
    ]
    found = skills_of(tasks)
    assert [(item.subject, [task.number for task in item.tasks]) for item in found] == [
        ("Математика", ["7", "4"]),
        ("Русский язык", ["2"]),
    ]
    assert found[0].outcome == "Решать задачи  на части"
    assert skills.normal_outcome("Разбор слова, ёлка;") == "разбор слова, елка"


def test_people_are_counted_once_a_work():
    seven, eight, four = (Task(MATHS5, "7"), Task(MATHS5, "8"), Task(MATHS6, "4"))
    figures = {seven: Fulfilment(10, 40, 20), eight: Fulfilment(9, 19, 19), four: Fulfilment(5, 15, 15)}
    total = of_tasks([seven, eight, four], figures)
    assert total is not None
    assert (total.points, total.of, total.participants) == (24, 74, 35)
    assert of_tasks([seven, Task(MATHS6, "5")], figures, whole=True) is None
    assert of_tasks([Task(MATHS6, "5")], figures) is None


def _schools(*weak: int, strong: int = 0, size: int = 20) -> dict[int, dict[Task, Fulfilment]]:
    """Return schools: weak ones with the given numbers of participants and no points, strong ones with all points."""
    task = SEVEN
    found = {place: {task: Fulfilment(0, people, people)} for place, people in enumerate(weak, start=1)}
    return found | {100 + place: {task: Fulfilment(size, size, size)} for place in range(strong)}


def test_a_difficulty_is_common_by_schools():
    task = SEVEN
    [topic] = topics([task], _schools(20, 20, 20, strong=9), RULES)
    assert (topic.counted, topic.of_schools, topic.participants, topic.total.participants) == (3, 12, 60, 240)
    assert (topic.by_schools, topic.by_share) == (True, False)
    assert topic.zone == "enough"  # 180 points of 240: the municipality as a whole is well
    assert topics([task], _schools(20, 20, strong=9), RULES) == []


def test_a_school_with_few_participants_does_not_count_as_a_school_but_its_people_do():
    task = SEVEN
    assert topics([task], _schools(20, 20, 9, strong=9), RULES) == []
    [topic] = topics([task], _schools(20, 20, 10, strong=9), RULES)
    assert [school.small for school in topic.schools] == [False, False, False]
    [topic] = topics([task], _schools(20, 20, 20, 9, strong=9), RULES)
    assert (topic.counted, [school.small for school in topic.schools]) == (3, [False, False, False, True])


def test_a_difficulty_is_common_by_the_share_of_participants_exactly_at_half():
    task = SEVEN
    [topic] = topics([task], _schools(20, strong=1), RULES)
    assert (topic.by_schools, topic.by_share, topic.participants, topic.total.participants) == (False, True, 20, 40)
    assert topics([task], _schools(19, strong=1), RULES) == []


def test_a_task_without_a_wording_is_a_topic_of_its_own_and_without_a_level_it_is_none():
    task = Task(MATHS5, "9", 1, "Б")
    figures = {key: {task: Fulfilment(0, 20, 20)} for key in (1, 2, 3)}
    [topic] = topics([task], figures, RULES)
    assert (topic.outcome, topic.tasks) == ("", (task,))
    unknown = Task(MATHS5, "9", 1)
    assert topics([unknown], {key: {unknown: Fulfilment(0, 20, 20)} for key in (1, 2, 3)}, RULES) == []


def test_the_weakest_school_stands_first_and_topics_of_most_schools_come_first():
    first, second = Task(MATHS5, "7", 1, "Б", WORDS), Task(RUSSIAN5, "2", 1, "Б", "Разбирать слова")
    figures = {key: {first: Fulfilment(10 - key, 20, 20), second: Fulfilment(1, 20, 20)} for key in (1, 2, 3)}
    figures[4] = {second: Fulfilment(0, 20, 20)}
    found = topics([first, second], figures, RULES)
    assert [topic.subject for topic in found] == ["Русский язык", "Математика"]
    assert [school.school_id for school in found[1].schools] == [3, 2, 1]


def test_faults_of_a_definition_are_all_said_at_once():
    text = """format = 1
id = "zones"
version = "1.0"
title = "Зоны"
source = "проба"
least = 0
schools = 3
share = [3, 2]
[[zone]]
level = "Б"
word = "базовый"
enough = [57, 100]
deficit = [60, 100]
"""
    with pytest.raises(UserError) as refused:
        skills.parse(text)
    said = str(refused.value)
    assert refused.value.code == "DATA_SKILLS_FAULTS"
    for words in ("least", "share — доля не больше единицы", "deficit не больше enough", "Б, П и В"):
        assert words in said
