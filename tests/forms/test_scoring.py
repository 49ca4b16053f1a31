"""Points and levels by hand-made vectors: bounds, weights, missing answers, «не применимо», shares, parts."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest

from app.forms.answers import given
from app.forms.loader import load, newest
from app.forms.schema import AnswerSet, FormDef, ScoreResult
from app.forms.scoring import compose, composite_most, points_of, scores, share
from tests.helpers.forms import SMALL, answered, kinds, small


def total(form: FormDef, **values: str) -> ScoreResult:
    return scores(form, answered(form, **values))[0]


def level(result: ScoreResult) -> str | None:
    return result.level.id if result.level else None


@pytest.mark.parametrize(
    ("values", "points", "expected"),
    [
        # b weighs 2: a + 2b + c of 8; low 0–3, middle 4–6, high 7–8
        (("0", "0", "1"), 1, "low"),
        (("1", "1", "0"), 3, "low"),
        (("0", "2", "0"), 4, "middle"),
        (("2", "2", "0"), 6, "middle"),
        (("2", "2", "1"), 7, "high"),
        (("2", "2", "2"), 8, "high"),
    ],
)
def test_weights_and_levels_exactly_at_the_bounds(values: tuple[str, ...], points: int, expected: str) -> None:
    result = total(small(), **dict(zip("abc", values, strict=True)))
    assert (result.points, result.most, result.applicable_most) == (points, 8, 8)
    assert (level(result), result.why) == (expected, None)


def test_no_points_while_something_required_is_missing() -> None:
    result = total(small(), a="2", b="2")
    assert (result.points, result.level, result.why) == (None, None, "FORM_SCORE_MISSING")
    assert (result.answered, result.of) == (2, 3)


def test_wrong_and_unconfirmed_answers_are_missing() -> None:
    assert total(small(), a="2", b="2", c="почти").why == "FORM_SCORE_MISSING"
    form = small()
    item = form.item("c")
    assert item is not None
    before = answered(form, a="2", b="2")
    made = AnswerSet(form.id, form.version, {**before.answers, "c": given(item, "2", confirmed=False)})
    assert scores(form, made)[0].why == "FORM_SCORE_MISSING"


def test_missing_as_nought_is_said() -> None:
    form = load(SMALL.replace('rule = "sum"', 'rule = "sum"\nmissing = "zero"'))
    result = total(form, b="2")
    assert (result.points, level(result), result.why) == (4, "middle", "FORM_SCORE_ZERO")
    assert total(form, a="2", b="2", c="2").why is None


def test_what_is_not_required_may_stay_empty() -> None:
    form = load(SMALL.replace('{id = "c", number = "3",', '{id = "c", number = "3", required = false,'))
    result = total(form, a="2", b="2")
    assert (result.points, result.most, level(result), result.why) == (6, 8, "middle", None)


@pytest.mark.parametrize(
    ("values", "points", "applicable", "expected"),
    [
        # without c the maximum is 6: points × 8 against bound × 6
        (("2", "1", "н/п"), 4, 6, "middle"),  # 32 < 42
        (("1", "2", "н/п"), 5, 6, "middle"),  # 40 < 42, though 5 of 6 is 83 %
        (("2", "2", "н/п"), 6, 6, "high"),  # 48
        (("1", "1", "н/п"), 3, 6, "middle"),  # 24 = 4 × 6 exactly
        (("0", "1", "н/п"), 2, 6, "low"),  # 16 < 24
        # without b it is 4: points × 8 against bound × 4
        (("2", "н/п", "0"), 2, 4, "middle"),  # 16 = 4 × 4 exactly
        (("2", "н/п", "1"), 3, 4, "middle"),  # 24 < 28
        (("1", "н/п", "0"), 1, 4, "low"),
    ],
)
def test_not_applicable_moves_the_bounds(values: tuple[str, ...], points: int, applicable: int, expected: str) -> None:
    result = total(small(), **dict(zip("abc", values, strict=True)))
    assert (result.points, result.most, result.applicable_most) == (points, 8, applicable)
    assert level(result) == expected
    assert share(result) == Fraction(points, applicable)


def test_bounds_may_stay_where_they_are() -> None:
    form = load(SMALL.replace('rule = "sum"', 'rule = "sum"\napplicable = "bounds"'))
    assert level(total(form, a="2", b="2", c="н/п")) == "middle"
    assert level(total(form, a="2", b="н/п", c="1")) == "low"


def test_everything_not_applicable_is_no_score() -> None:
    result = total(small(), a="н/п", b="н/п", c="н/п")
    assert (result.points, result.why, result.applicable_most) == (None, "FORM_SCORE_NOTHING", 0)


def test_proportional_levels_never_round() -> None:
    """Against exact fractions, for every answer there is."""
    form = small()
    for values in product(("0", "1", "2", "н/п"), repeat=3):
        result = total(form, **dict(zip("abc", values, strict=True)))
        if result.points is None:
            continue
        scaled = Fraction(result.points * 8, result.applicable_most)
        expected = "high" if scaled >= 7 else "middle" if scaled >= 4 else "low"
        assert level(result) == expected, values


def test_eighteen_items_by_hand() -> None:
    """The source of the self-assessment: 27-36 high, 11-26 sufficient, under 11 low."""
    form = newest()["school-programme-self"]
    ids = [item.id for item in form.items()]
    assert len(ids) == 18

    def made(points: int) -> ScoreResult:
        twos, ones = divmod(points, 2)
        raw = ["2"] * twos + ["1"] * ones
        raw += ["0"] * (18 - len(raw))
        return scores(form, AnswerSet(form.id, form.version, {
            name: given(item, value) for name, value, item in zip(ids, raw, form.items(), strict=True)
        }))[0]  # fmt: skip

    found = {points: made(points) for points in (27, 26, 11, 10)}
    assert {points: result.points for points, result in found.items()} == {27: 27, 26: 26, 11: 11, 10: 10}
    assert [level(found[points]) for points in (27, 26, 11, 10)] == ["high", "sufficient", "sufficient", "low"]


def test_bounds_of_the_source_stay_though_86_is_all_there_is() -> None:
    form = newest()["school-transition"]
    score = form.scores[0]
    assert score.declared_most == 88
    assert max(one.most or 0 for one in score.levels) == 88
    everything = AnswerSet(form.id, form.version, {item.id: given(item, "active") for item in form.items()})
    result = scores(form, everything)[0]
    assert (result.points, result.most, level(result)) == (86, 86, "high")


def test_an_answer_without_points_leaves_the_maximum() -> None:
    text = SMALL.replace('text = "Нет", points = 0}', 'text = "Нет", points = 0},\n'
                         '    {value = "x", text = "Затрудняюсь ответить", outside = true}')  # fmt: skip
    result = total(load(text), a="x", b="2", c="2")
    assert (result.points, result.applicable_most, level(result)) == (6, 6, "high")
    assert (result.answered, result.of) == (3, 3)


def test_an_item_that_is_not_asked_leaves_the_maximum() -> None:
    text = SMALL.replace('text = "Третий"', 'text = "Третий", when = [{item = "a", values = ["2", "1"]}]').replace(
        '    {id = "d", kind = "text", text = "Почему нет", when = [{item = "c", values = ["0"]}]},\n', ""
    )
    result = total(load(text), a="0", b="2")
    assert (result.points, result.most, result.applicable_most, result.of) == (4, 8, 6, 2)


def test_marks_are_counted() -> None:
    items = ", ".join(f'{{id = "{name}", kind = "flag", text = "Т {name}", not_applicable = true}}' for name in "abc")
    form = load(f'id="f"\nversion="1.0"\ntitle="Ф"\nsubject="school"\n[[sections]]\nid="s"\nitems=[{items}]\n'
                '[[scores]]\nid="t"\ntitle="Отмечено"\nrule="count"')  # fmt: skip
    result = total(form, a="есть", b="нет", c="+")
    assert (result.points, result.most, result.level) == (2, 3, None)
    assert total(form, a="есть", b="нет", c="н/п").applicable_most == 2


REACHED = """
id = "head"
version = "1.0"
title = "Руководитель"
subject = "head"
[[sections]]
id = "s"
items = [{items}]
[[scores]]
id = "r"
title = "Доля критериев у порога"
rule = "reached"
levels = [
    {{id = "signs", text = "признаки неэффективности", least = 0, most = 50}},
    {{id = "good", text = "эффективный", least = 51, most = 100}},
]
"""


def criteria(number: int, *, threshold: bool = True) -> FormDef:
    said = ", threshold = 5" if threshold else ""
    items = ", ".join(
        f'{{id = "k{n}", kind = "whole", least = 0, most = 10, text = "Критерий {n}", not_applicable = true{said}}}'
        for n in range(number)
    )
    return load(REACHED.format(items=items))


@pytest.mark.parametrize(
    ("of", "reached", "expected"),
    [
        (10, 5, "signs"),  # exactly half is not more than half
        (10, 6, "good"),
        (9, 4, "signs"),
        (9, 5, "good"),
        (101, 50, "signs"),
        (101, 51, "good"),  # 50,495… per cent: more than half, less than 51
        (3, 0, "signs"),
        (3, 3, "good"),
    ],
)
def test_more_than_half_of_the_criteria_is_exact(of: int, reached: int, expected: str) -> None:
    values = {f"k{n}": "5" if n < reached else "4" for n in range(of)}
    result = total(criteria(of), **values)
    assert (result.points, result.most, level(result)) == (reached, of, expected)


def test_share_of_criteria_with_not_applicable_ones() -> None:
    result = total(criteria(4), k0="5", k1="7", k2="0", k3="н/п")
    assert (result.points, result.most, result.applicable_most, level(result)) == (2, 4, 3, "good")


def test_thresholds_that_nobody_named_are_not_made_up() -> None:
    result = total(criteria(3, threshold=False), k0="10", k1="10", k2="10")
    assert (result.points, result.level, result.why) == (None, None, "FORM_SCORE_NO_THRESHOLD")


def test_heads_have_a_sum_of_the_source_and_no_share() -> None:
    form = newest()["head-school"]
    answers = AnswerSet(form.id, form.version, {item.id: given(item, "30") for item in form.items()})
    found = {result.score_id: result for result in scores(form, answers)}
    assert (found["level"].points, found["level"].why) == (None, "FORM_SCORE_MANUAL")
    assert (found["points"].points, found["points"].most) == (300, 400)
    assert found["reached"].why == "FORM_SCORE_NO_THRESHOLD"


def test_a_survey_is_never_scored() -> None:
    form = newest()["listener"]
    assert scores(form, AnswerSet(form.id, form.version)) == ()
    assert scores(replace(small(), kind="survey"), answered(small(), a="2", b="2", c="2")) == ()


def test_a_form_without_scores_has_none() -> None:
    assert scores(kinds(), answered(kinds(), choice="Да")) == ()


def test_points_of_one_answer() -> None:
    second = small().item("b")
    assert second is not None
    assert [points_of(second, value) for value in ("0", "1", "2")] == [0, 2, 4]


def parts(*points: str) -> dict[str, tuple[FormDef, AnswerSet]]:
    form = newest()["method-work"]
    found = {}
    for part, value in zip(form.parts, points, strict=True):
        made = newest()[part.form_id]
        answers = {item.id: given(item, value) for item in made.items()} if value else {}
        found[part.form_id] = (made, AnswerSet(made.id, made.version, answers))
    return found


def test_a_composite_form_adds_its_parts() -> None:
    form = newest()["method-work"]
    result = compose(form, parts("2", "1", "0"))[0]
    # РМО 12 × 2 + молодые педагоги 11 × 1 + район 0
    assert (result.points, result.most, result.answered, result.of) == (35, 70, 3, 3)
    assert composite_most(form, {name: made for name, (made, _answers) in parts("", "", "").items()}) == 70


def test_a_composite_form_waits_for_its_parts() -> None:
    form = newest()["method-work"]
    result = compose(form, parts("2", "", "0"))[0]
    assert (result.points, result.why, result.answered) == (None, "FORM_SCORE_PART", 2)
    alone = {"rmo": parts("2", "", "")["rmo"]}
    assert compose(form, alone)[0].why == "FORM_SCORE_PART"
    zero = replace(form, scores=(replace(form.scores[0], missing="zero"),))
    result = compose(zero, alone)[0]
    assert (result.points, result.why) == (24, "FORM_SCORE_ZERO")


def test_parts_may_weigh() -> None:
    form = newest()["method-work"]
    heavy = replace(form, parts=(replace(form.parts[0], weight=2), *form.parts[1:]))
    result = compose(heavy, parts("2", "1", "0"))[0]
    assert (result.points, result.most) == (59, 94)
