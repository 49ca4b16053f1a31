"""The steps of the editor: ids that are never given twice, numbers that run on, nothing dangling after a removal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.forms import drafting
from app.forms.drafting import Draft
from app.forms.loader import load, newest
from app.forms.schema import Choice, Condition, Scale, Score
from app.forms.writer import text_of


@pytest.fixture
def draft() -> Draft:
    """Two sections: 1, 2 and 3."""
    made = drafting.put(drafting.new("own-1"), title="Проба", short="Проба")
    made = drafting.put_item(made, "q1", text="Первый")
    made, _node = drafting.add_item(made, ("item", "q1"), "Второй")
    made, node = drafting.add_section(made, title="Кадры")
    made, _node = drafting.add_item(made, node, "Третий")
    return made


def order(draft: Draft) -> list[tuple[str, list[str]]]:
    return [(section.id, [f"{item.number} {item.text}" for item in section.items]) for section in draft.form.sections]


def test_new_questions_are_numbered_on_and_asked_as_the_one_before(draft: Draft) -> None:
    assert order(draft) == [("s1", ["1 Первый", "2 Второй"]), ("s2", ["3 Третий"])]
    assert {item.scale for item in draft.form.items()} == {draft.scales[0]}
    again = load(text_of(draft.form))
    assert [item.id for item in again.items()] == ["q1", "q2", "q3"]


def test_moving_goes_over_the_border_of_a_section(draft: Draft) -> None:
    down = drafting.move(draft, ("item", "q2"), 1)
    assert order(down) == [("s1", ["1 Первый"]), ("s2", ["2 Второй", "3 Третий"])]
    assert order(drafting.move(down, ("item", "q2"), -1)) == order(draft)
    assert drafting.move(draft, ("item", "q1"), -1) == draft
    assert [one.id for one in drafting.move(draft, ("section", "s2"), -1).form.sections] == ["s2", "s1"]


def test_dropping_puts_a_question_where_it_was_let_go(draft: Draft) -> None:
    assert order(drafting.drop(draft, "q3", "s1", 0)) == [("s1", ["1 Третий", "2 Первый", "3 Второй"]), ("s2", [])]


def test_an_own_numbering_stays(draft: Draft) -> None:
    own = drafting.put_item(draft, "q2", number="1а")
    assert order(drafting.move(own, ("item", "q2"), -1))[0] == ("s1", ["1а Второй", "1 Первый"])
    assert order(drafting.renumber(own)) == order(draft)


def test_an_id_is_never_given_again(draft: Draft) -> None:
    old = replace(draft, taken=("q1", "q2", "q3", "q7"))
    made, node = drafting.add_item(drafting.remove(old, ("item", "q3")), None, "Новый")
    assert node == ("item", "q8")
    assert made.form.item("q3") is None


def test_removing_takes_conditions_and_sums_along(draft: Draft) -> None:
    made = drafting.put_item(draft, "q3", when=(Condition("q1", ("2",)),))
    made = drafting.put(made, scores=(Score("a", "А", "sum", ("q1",)), Score("b", "Б", "sum", ("q1", "q2"))))
    made = drafting.remove(made, ("item", "q1"))
    third = made.form.item("q3")
    assert third is not None
    assert third.when == ()
    assert [(score.id, score.items) for score in made.form.scores] == [("b", ("q2",))]
    load(text_of(made.form))


def test_a_copy_of_a_section_has_questions_of_its_own(draft: Draft) -> None:
    made, node = drafting.copy(draft, ("section", "s1"))
    assert node == ("section", "s3")
    assert [item.id for item in made.form.items()] == ["q1", "q2", "q4", "q5", "q3"]
    assert [item.number for item in made.form.items()] == ["1", "2", "3", "4", "5"]


def test_a_scale_changes_in_every_question(draft: Draft) -> None:
    scale = Scale("scale1", (Choice("1", "Есть", points=5), Choice("0", "Нет", points=0)))
    made = drafting.put_scale(draft, scale)
    assert [item.points for item in made.form.items()] == [5, 5, 5]
    assert drafting.remove_scale(made, "scale1") == made


def test_another_kind_drops_what_it_has_no_use_for(draft: Draft) -> None:
    number = drafting.put_item(drafting.put_item(draft, "q1", kind="whole"), "q1", least=0, most=9, threshold=5)
    assert (number.form.item("q1").scale, number.form.item("q1").points) == (None, 9)  # type: ignore[union-attr]
    back = drafting.put_item(number, "q1", kind="choice").form.item("q1")
    assert back is not None
    assert (back.scale, back.most, back.threshold) == (draft.scales[0], None, None)


def test_a_grid_keeps_its_cells_by_wording() -> None:
    courses = newest()["courses"]
    draft = drafting.of(courses)
    section = courses.sections[0]
    rows = [axis.text for axis in section.rows]
    columns = [drafting.axis_line(axis) for axis in section.columns]
    assert drafting.put_grid(draft, section.id, rows, columns).form == draft.form
    turned = drafting.put_grid(draft, section.id, [rows[1], rows[0], "Тьюторы"], columns)
    assert [axis.id for axis in turned.form.sections[0].rows] == [section.rows[1].id, section.rows[0].id, "r1"]
    load(text_of(turned.form))


@pytest.mark.parametrize("most", [2, 3, 4, 24, 36, 88])
def test_three_levels_have_no_gaps(most: int) -> None:
    levels = drafting.three_levels(0, most)
    covered = [value for one in levels for value in range(one.least or 0, (one.most or 0) + 1)]
    assert covered == list(range(most + 1))
