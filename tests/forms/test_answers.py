"""What is asked, what is wrong, how far a form is filled."""

from __future__ import annotations

from dataclasses import replace

from app.forms.answers import given, problems, progress, shown
from app.forms.conditions import asked
from app.forms.loader import load
from app.forms.schema import AnswerSet
from tests.helpers.forms import SMALL, answered, kinds, small


def codes(answers: AnswerSet) -> list[tuple[str, str | None]]:
    return [(found.code, found.cell) for found in problems(small(), answers)]


def test_an_item_is_asked_only_while_its_condition_holds() -> None:
    def names(**values: str) -> list[str]:
        return [item.id for item in asked(small(), answered(small(), **values))]

    assert names() == ["a", "b", "c"]
    assert names(c="Нет") == ["a", "b", "c", "d"]
    assert names(c="Частично") == ["a", "b", "c"]
    assert names(c="неясно") == ["a", "b", "c"]


def test_conditions_reach_on() -> None:
    """What depends on an item that is not asked is not asked either, whatever stands there."""
    form = load(SMALL.replace('text = "Почему нет", when', 'text = "Почему нет", when').replace(
        '    {id = "d", kind = "text"',
        '    {id = "x", kind = "flag", text = "Есть план", when = [{item = "c", values = ["0", "1"]}]},\n'
        '    {id = "y", kind = "text", text = "Какой", when = [{item = "x", values = ["yes"]}]},\n'
        '    {id = "d", kind = "text"',
    ))  # fmt: skip
    assert [item.id for item in asked(form, answered(form, c="1", x="да"))] == ["a", "b", "c", "x", "y"]
    assert [item.id for item in asked(form, answered(form, c="2", x="да"))] == ["a", "b", "c"]


def test_a_condition_on_several_answers_needs_one_of_them() -> None:
    form = kinds()
    text = form.text.replace(
        '{id = "flag", kind = "flag", text = "Отметка"}',
        '{id = "flag", kind = "flag", text = "Отметка", when = [{item = "many", values = ["lib", "hall"]}]}',
    )
    form = load(text)
    assert "flag" in {item.id for item in asked(form, answered(form, many="sport;lib"))}
    assert "flag" not in {item.id for item in asked(form, answered(form, many="sport"))}


def test_missing_and_wrong_answers_are_named() -> None:
    assert codes(answered(small())) == [("ITEM_REQUIRED", "a"), ("ITEM_REQUIRED", "b"), ("ITEM_REQUIRED", "c")]
    assert codes(answered(small(), a="1", b="н/п", c="слабо")) == [("ITEM_CHOICE", "c")]
    assert codes(answered(small(), a="1", b="1", c="нет")) == [("ITEM_REQUIRED", "d")]
    assert codes(answered(small(), a="1", b="1", c="нет", d="Не успели")) == []
    assert codes(answered(small(), a="1", b="1", c="да", d="Не успели")) == [("ITEM_NOT_ASKED", "d")]


def test_messages_name_the_item_and_the_way_out() -> None:
    texts = [found.message for found in problems(small(), answered(small(), a="слабо", b="1", c="0"))]
    assert texts == [
        "Пункт 1: такого ответа нет: «слабо». Выберите из списка: В полной мере; Частично; Нет.",
        "«Почему нет»: ответа нет. Ответьте на этот пункт.",
    ]


def test_values_filled_in_beforehand_wait_for_confirmation() -> None:
    form = small()
    answers = answered(form, a="1", b="1", c="1")
    item = form.item("a")
    assert item is not None
    before = AnswerSet(form.id, form.version, {**answers.answers, "a": given(item, "1", confirmed=False)})
    assert codes(before) == [("ITEM_UNCONFIRMED", "a")]
    assert problems(form, before)[0].level == "warning"
    assert (progress(form, before).answered, progress(form, before).of) == (2, 3)
    assert progress(form, answers).done


def test_other_without_a_text_is_a_warning() -> None:
    form = kinds()
    found = problems(form, answered(form, choice="Другое"))
    assert (found[0].code, found[0].level, found[0].cell) == ("ITEM_OTHER_EMPTY", "warning", "choice")
    answers = answered(form, choice="Другое: по-своему")
    assert "choice" not in {one.cell for one in problems(form, answers)}


def test_progress_counts_required_items() -> None:
    form = kinds()
    assert progress(form, answered(form, text="что-то")).answered == 0
    found = progress(form, answered(form, choice="Да", whole="x", open="5"))
    assert (found.answered, found.of, found.done) == (2, 9, False)


def test_where_nothing_is_required_everything_counts() -> None:
    form = load(SMALL.replace('kind = "choice"', 'required = false, kind = "choice"'))
    assert problems(form, answered(form)) == ()
    assert (progress(form, answered(form, a="1")).answered, progress(form, answered(form, a="1")).of) == (1, 3)


def test_answers_are_shown_as_people_read_them() -> None:
    form = kinds()
    for name, raw, text in (
        ("choice", "да", "Да, полностью"),
        ("choice", "н/п", "не применимо"),
        ("choice", "другое: два", "Другое (два)"),
        ("decimal", "-1,50", "−1,5"),
        ("date", "2026-09-01", "01.09.2026"),
        ("whole", "много", "много"),
    ):
        item = form.item(name)
        assert item is not None
        assert shown(item, given(item, raw)) == text
    item = form.item("flag")
    assert item is not None
    assert shown(item, replace(given(item, "да"), comment="ок")) == "есть"
