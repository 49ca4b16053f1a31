"""Summary of a form and the spread of experts, by vectors worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from app.analysis.form_spread import Spread, disputed_first, spread_of
from app.analysis.form_summary import Mean, Respondent, earlier, figures, levels, same_question, total, weakest
from app.forms.answers import given
from app.forms.loader import load
from app.forms.schema import Answer, AnswerSet, FormDef, Revision
from app.forms.scoring import scores

TEXT = """
id = "small"
version = "{version}"
title = "Малая форма"
short = "Малая форма"
subject = "school"
kind = "checklist"
[[scales]]
id = "full"
choices = [{{value = "2", text = "Да", points = 2}}, {{value = "1", text = "Частично", points = 1}},
           {{value = "0", text = "Нет", points = 0}}, {{value = "x", text = "Не знаю", outside = true}}]
[[sections]]
id = "one"
items = [
  {{id = "a", number = "1", kind = "choice", scale = "full", text = "{text}"}},
  {{id = "b", number = "2", kind = "choice", scale = "full", text = "Сроки", not_applicable = true, weight = 3}},
  {{id = "c", number = "3", kind = "whole", least = 0, text = "Учителей", required = false}},
]
[[scores]]
id = "total"
title = "Итого"
rule = "sum"
levels = [{{id = "high", text = "высокий", least = 5, most = 8}}, {{id = "low", text = "низкий", least = 0, most = 4}}]
"""


def form(version: str = "1.0", text: str = "Цели") -> FormDef:
    return load(TEXT.replace("}},\n           {{", "}}, {{").format(version=version, text=text))


def answers(a: str, b: str, c: str = "") -> AnswerSet:
    made = form()
    said = {"a": a, "b": b, "c": c}
    items = {item.id: item for item in made.items()}
    given_ = {key: given(items[key], text) for key, text in said.items() if text}
    return AnswerSet("small", "1.0", given_)


def person(key: str, a: str, b: str, c: str = "") -> Respondent:
    said = answers(a, b, c)
    result = scores(form(), said)[0]
    return Respondent(key, said, result, result.level)


PEOPLE = [
    person("first", "2", "1", "12"),
    person("second", "1", "не применимо", "3"),
    person("third", "x", "0"),
    person("fourth", "0", ""),
]


def test_means_leave_out_what_gives_no_points() -> None:
    first, second, third = figures(form(), PEOPLE)
    # 2 + 1 + 0 of three; «не знаю» is an answer apart
    assert (first.mean, first.answered, first.outside, first.missing) == (Mean(3, 3, 2), 4, 1, 0)
    assert first.mean.value == 1
    assert first.mean.share == Fraction(1, 2)
    # weight 3: «частично» is 3 of 6, «нет» 0 of 6; one is not applicable, one is missing
    assert (second.mean, second.not_applicable, second.missing) == (Mean(3, 2, 6), 1, 1)
    assert second.mean.share == Fraction(1, 4)
    assert [(tally.value, tally.number) for tally in second.tallies] == [("2", 0), ("1", 1), ("0", 1), ("x", 0)]
    assert (third.total, third.mean.counted, third.mean.value, third.scored) == (15, 0, None, False)


def test_the_weakest_item_comes_first_and_unanswered_ones_do_not_come() -> None:
    found = figures(form(), PEOPLE)
    assert [one.item.id for one in weakest(found)] == ["b", "a"]
    assert [one.item.id for one in weakest(found, least=3)] == ["a"]
    assert weakest(figures(form(), [])) == ()
    assert all(one.small for one in found[:2]), "fewer than five answers are marked"
    assert figures(form(), [])[0].total is None


def test_prefilled_and_wrong_answers_count_nowhere() -> None:
    said = AnswerSet(
        "small", "1.0", {"a": Answer("2", "2", confirmed=False), "b": Answer("да, но", None, "ITEM_CHOICE")}
    )
    first, second, _third = figures(form(), [Respondent("k", said)])
    assert (first.mean.counted, first.missing, second.mean.counted, second.missing) == (0, 1, 0, 1)


def test_levels_and_totals_are_counted_by_those_who_have_them() -> None:
    # first: 2 + 3 = 5 of 8, high; second: 1 of 2 that apply: 1·8 < 5·2, low; the others have no sum or 0
    assert [(level.id, number) for level, number in levels(form(), PEOPLE)] == [("high", 1), ("low", 2)]
    assert total(PEOPLE) == (6, 16, 3)


def test_a_year_before_is_compared_only_where_the_question_is_the_same() -> None:
    now, then = form("2.0"), form("1.0")
    before = earlier(now, then, PEOPLE[:1])
    found = figures(now, PEOPLE, before)
    assert found[0].change == Fraction(1) - 2
    assert not before["a"].changed
    reworded = earlier(form("2.0", "Цели и задачи"), then, PEOPLE[:1])
    assert reworded["a"].changed
    assert figures(form("2.0", "Цели и задачи"), PEOPLE, reworded)[0].change is None
    recoded = replace(now, revisions=(Revision("1.0", recoded=(("b", (("1", "2"),)),)),))
    item = recoded.item("b")
    assert item is not None
    assert not same_question(recoded, then, item)
    renamed = replace(now, revisions=(Revision("1.0", renamed=(("a", "c"),)),))
    other = renamed.item("c")
    assert other is not None
    assert not same_question(renamed, then, other), "another kind of question under the old wording"


def spread(*said: str) -> Spread:
    item = form().item("b")
    assert item is not None
    given_ = [given(item, text, not_applicable=text == "@") if text != "@" else given(item, "", not_applicable=True)
              for text in said]  # fmt: skip
    return spread_of(item, given_, scored=True)


def test_the_spread_of_experts_is_in_points_and_in_pairs() -> None:
    found = spread("2", "0", "2")
    # 6 − 0 points; pairs: 1–2 and 2–3 differ of three
    assert (found.spread, found.differing, found.disputed, found.unanimous) == (6, Fraction(2, 3), True, False)
    assert [(vote.value, vote.points, vote.who) for vote in found.votes] == [("2", 6, (0, 2)), ("0", 0, (1,))]
    assert found.leading is not None
    assert found.leading.value == "2"
    assert spread("2", "1").leading is None, "two answers as frequent: nobody leads"


def test_one_voice_or_a_silent_expert_is_not_unanimous() -> None:
    assert spread("1", "1").unanimous
    assert not spread("1").unanimous
    half = spread("1", "1", "")
    assert (half.unanimous, half.silent, half.answered) == (False, (2,), 2)
    skipped = spread("@", "@")
    assert (skipped.unanimous, skipped.spread, skipped.votes[0].text) == (True, None, "не применимо")
    assert spread("", "").votes == ()


def test_the_largest_disagreement_comes_first() -> None:
    alike, near, far = spread("1", "1"), spread("2", "1"), spread("2", "0")
    assert disputed_first([alike, near, far]) == (far, near, alike)
    item = form().item("a")
    assert item is not None
    plain = spread_of(item, [Answer("x", "x"), Answer("2", "2")], scored=True)
    # one point at most: no distance, but the pair differs; it stands before what all agree on
    assert disputed_first([alike, plain, near]) == (near, plain, alike)
