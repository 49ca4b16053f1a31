"""Points and levels of the shipped forms: vectors counted by hand at every border that the sources name."""

from __future__ import annotations

import pytest

from app.forms.answers import given
from app.forms.loader import newest
from app.forms.schema import Answer, AnswerSet, FormDef, ScoreResult
from app.forms.scoring import compose, scores
from tests.forms.test_shipped import COUNTS, HEADS

BORDERS = [
    # form, how many answers of the highest kind, how many of the middle one, points, level
    ("school-programme-self", 18, 0, 36, "high"),
    ("school-programme-self", 9, 9, 27, "high"),
    ("school-programme-self", 8, 10, 26, "sufficient"),
    ("school-programme-self", 0, 11, 11, "sufficient"),
    ("school-programme-self", 5, 0, 10, "low"),
    ("school-programme-self", 0, 0, 0, "low"),
    ("school-transition", 43, 0, 86, "high"),
    ("school-transition", 30, 0, 60, "high"),
    ("school-transition", 29, 1, 59, "sufficient"),
    ("school-transition", 0, 20, 20, "sufficient"),
    ("school-transition", 9, 1, 19, "low"),
    ("young-teachers", 11, 0, 22, "high"),
    ("young-teachers", 6, 5, 17, "high"),
    ("young-teachers", 5, 6, 16, "middle"),  # the sum without a level in the source
    ("young-teachers", 6, 0, 12, "middle"),
    ("young-teachers", 0, 11, 11, "low"),
    ("rmo", 12, 0, 24, "high"),
    ("rmo", 6, 6, 18, "high"),
    ("rmo", 5, 7, 17, "middle"),
    ("rmo", 0, 10, 10, "middle"),
    ("rmo", 4, 1, 9, "low"),
    ("district-work", 12, 0, 24, "high"),
    ("district-work", 9, 0, 18, "high"),
    ("district-work", 8, 1, 17, "middle"),
    ("district-work", 5, 0, 10, "middle"),
    ("district-work", 0, 9, 9, "low"),
    ("dpp-pedagogical", 21, 0, 42, "yes"),
    ("dpp-pedagogical", 15, 0, 30, "yes"),
    ("dpp-pedagogical", 14, 1, 29, "revise"),
    ("dpp-pedagogical", 13, 1, 27, "revise"),
    ("dpp-pedagogical", 13, 0, 26, "no"),
]
CLUSTERS = [
    # № 11 does not apply: 22 points are possible, and points × 24 are compared with bounds × 22
    (17, "high"),  # 408 against 18 × 22 = 396
    (16, "middle"),  # 384
    (10, "middle"),  # 240 against 10 × 22 = 220
    (9, "low"),  # 216
    (22, "high"),
]


def form(form_id: str) -> FormDef:
    return newest()[form_id]


def answered(definition: FormDef, highest: int, middle: int) -> AnswerSet:
    answers: dict[str, Answer] = {}
    for number, item in enumerate(definition.items()):
        assert item.scale is not None
        worth = 2 if number < highest else 1 if number < highest + middle else 0
        choice = next(choice for choice in item.scale.choices if choice.points == worth)
        answers[item.id] = given(item, choice.text)
    return AnswerSet(definition.id, definition.version, answers)


def only(results: tuple[ScoreResult, ...]) -> ScoreResult:
    (result,) = results
    return result


@pytest.mark.parametrize("form_id", COUNTS)
def test_every_shipped_form_is_read(form_id: str) -> None:
    definition = form(form_id)
    assert sum(1 for _item in definition.items()) == COUNTS[form_id]
    assert len(definition.digest) == 64
    assert definition.notes


@pytest.mark.parametrize(("form_id", "highest", "middle", "points", "level"), BORDERS)
def test_levels_at_their_borders(form_id: str, highest: int, middle: int, points: int, level: str) -> None:
    definition = form(form_id)
    result = only(scores(definition, answered(definition, highest, middle)))
    assert result.points == points
    assert result.level is not None
    assert result.level.id == level


def test_the_sum_of_forty_three_directions_is_86() -> None:
    definition = form("school-transition")
    result = only(scores(definition, answered(definition, 0, 0)))
    assert (result.points, result.most) == (0, 86)
    assert definition.scores[0].declared_most == 88


@pytest.mark.parametrize(("points", "level"), CLUSTERS)
def test_a_district_without_clusters(points: int, level: str) -> None:
    definition = form("district-work")
    answers: dict[str, Answer] = {}
    left = points
    for item in definition.items():
        if item.id == "11":
            answers[item.id] = given(item, "", not_applicable=True)
            continue
        worth = min(2, left)
        left -= worth
        answers[item.id] = given(item, str(worth))
    result = only(scores(definition, AnswerSet(definition.id, definition.version, answers)))
    assert (result.points, result.most, result.applicable_most) == (points, 24, 22)
    assert result.level is not None
    assert result.level.id == level


def test_one_missing_answer_leaves_no_points() -> None:
    definition = form("rmo")
    answers = dict(answered(definition, 12, 0).answers)
    del answers["7"]
    result = only(scores(definition, AnswerSet("rmo", "1.0", answers)))
    assert result.points is None
    assert result.level is None
    assert (result.answered, result.of) == (11, 12)


def test_marks_of_a_site_are_counted() -> None:
    definition = form("sites")
    marks = [item for item in definition.items() if item.kind == "flag"]
    answers = {item.id: given(item, "есть" if number < 4 else "нет") for number, item in enumerate(marks)}
    answers["viewed"] = Answer("01.09.2026", "2026-09-01")
    result = only(scores(definition, AnswerSet("sites", "1.0", answers)))
    assert (result.points, result.most) == (4, 9)


@pytest.mark.parametrize("form_id", HEADS)
def test_heads_have_a_sum_and_no_share_until_thresholds_are_set(form_id: str) -> None:
    definition = form(form_id)
    answers = {item.id: given(item, "20") for item in definition.items()}
    results = {one.score_id: one for one in scores(definition, AnswerSet(form_id, "1.0", answers))}
    assert (results["points"].points, results["points"].most) == (20 * COUNTS[form_id], HEADS[form_id])
    assert results["level"].level is None
    assert results["reached"].points is None
    assert results["reached"].level is None


def test_forms_without_points_give_no_scores() -> None:
    without = {"programme-document", "programme-quality", "dpp-technical", "listener", "courses-by-heads"}
    assert [form_id for form_id in without if form(form_id).scores] == []


def test_three_parts_of_the_methodical_work_are_added() -> None:
    composite = form("method-work")
    filled = {"rmo": (6, 6), "young-teachers": (5, 6), "district-work": (5, 0)}  # 18, 16 and 10 points
    parts = {name: (form(name), answered(form(name), *counts)) for name, counts in filled.items()}
    result = only(compose(composite, parts))
    assert (result.points, result.most, result.level) == (44, 70, None)
    del parts["rmo"]
    assert only(compose(composite, parts)).points is None
