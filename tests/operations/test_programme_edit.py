"""The tree of a programme: every change one step back, what was typed beside what was understood."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.analysis.programme_numbers import numbers, plan_groups
from app.errors import UserError
from app.models.store import Store
from app.operations import history, programme_edit, programme_parts, programmes
from app.operations.programme_cells import Cell, cell_text, put_cells
from tests.helpers import stores, undo
from tests.helpers.programmes import acts, small


def test_every_change_goes_back_and_forth(path: Path) -> None:
    with stores.made(path) as store:
        keys = small(store)
    undo.walk(path, acts(keys))


def test_the_tree_holds_what_was_written(store: Store) -> None:
    keys = small(store)
    for act in list(acts(keys).values())[:-2]:
        act(store)
    tree = programmes.tree(store.connection, keys["programme"])
    first, second, indicator = keys["first"], keys["second"], keys["indicator"]
    assert tree.nodes[first].text == "Стажировки 12 учителей"
    assert [(term.date_from, term.date_to) for term in tree.terms[first]] == [("2026-09-01", "2026-11-30")]
    assert tree.activities[first].term_text == "сентябрь – ноябрь 2026 года"
    assert [(term.date_from, term.typed) for term in tree.terms[second]] == [("2026-02-01", True)]
    row = tree.indicators[indicator]
    assert (row.unit, row.direction, row.baseline_raw, row.baseline) == ("%", "down", "37,5", "37.5")
    target = tree.targets[indicator][2026]
    assert (target.raw, target.value, target.required_raw, target.required, target.required_code) == (
        "30", "30", "много", None, "PROGRAMME_NOT_NUMBER",
    )  # fmt: skip
    assert [(item.raw, item.kopecks) for item in tree.money[first]] == [("120 000", 12_000_000)]
    assert [(line.text, line.kopecks, line.comes_on) for line in tree.estimate[first]] == [
        ("Проезд", 2_000_000, "2026-03-01"), ("Суточные", None, None),
    ]  # fmt: skip
    assert tree.linked("serves", first) == (indicator,)
    assert tree.linked("solves", keys["cause"], forward=False) == (keys["task1"],)
    assert [item.text for item in tree.responsible[first]] == ["ММС", "Ким О. В."]
    assert [item.text for item in tree.results[first]] == ["12 учителей", "12 уроков"]
    assert {key: raw for key, (raw, _code) in tree.drafts.items()} == {
        (second, "schools"): "нет такой школы", (indicator, "baseline_year"): "давно",
    }  # fmt: skip
    assert [line.participant for line in tree.mechanism] == ["ММС", "Школы"]
    assert tree.texts["section.plan"].text == "План на три года."
    assert tree.programme.year_to == 2027


def test_moving_numbers_everything_anew(store: Store) -> None:
    keys = small(store)
    programme_edit.move(store, [keys["second"]], keys["task1"], before=keys["first"])
    tree = programmes.tree(store.connection, keys["programme"])
    shown = numbers(tree)
    assert [shown[keys[name]] for name in ("task1", "task2", "measure", "indicator", "second", "first", "risk")] == [
        "1", "2", "1.1", "1.1.1", "1.1", "1.2", "1",
    ]  # fmt: skip
    programme_edit.move(store, [keys["task2"]], keys["goal"], before=keys["task1"])
    shown = numbers(programmes.tree(store.connection, keys["programme"]))
    assert [shown[keys[name]] for name in ("task2", "task1", "second", "cause")] == ["1", "2", "2.1", "1.1"]


def test_a_measure_of_the_goal_is_never_taken_for_one_of_a_task(store: Store) -> None:
    keys = small(store)
    measure = programme_edit.add(store, keys["programme"], "measure", "Итог программы", parent_id=keys["goal"])
    indicator = programme_edit.add(store, keys["programme"], "indicator", "Число школ", parent_id=measure)
    shown = numbers(programmes.tree(store.connection, keys["programme"]))
    assert [shown[key] for key in (measure, indicator, keys["measure"])] == ["Ц.1", "Ц.1.1", "1.1"]
    programme_edit.add(store, keys["programme"], "goal", "Вторая цель", before=keys["goal"])
    shown = numbers(programmes.tree(store.connection, keys["programme"]))
    assert [shown[key] for key in (measure, indicator)] == ["Ц2.1", "Ц2.1.1"]


def test_by_directions_the_unlinked_come_last(store: Store) -> None:
    keys = small(store, building="directions")
    programme = keys["programme"]
    made = programme_parts.put_direction(store, programme, None, "Кадры")
    programme_parts.put_direction(store, programme, None, "Ресурсы")
    programme_edit.put_activity(store, keys["second"], direction_id=made)
    groups = plan_groups(programmes.tree(store.connection, programme))
    assert [(group.kind, group.number, [line.number for line in group.lines]) for group in groups] == [
        ("direction", "1", ["1.1"]), ("direction", "2", []), ("rest", "3", ["3.1"]),
    ]  # fmt: skip
    assert groups[0].lines[0].node.id == keys["second"]
    programme_parts.remove_direction(store, programme, made)
    tree = programmes.tree(store.connection, programme)
    assert [item.title for item in tree.directions] == ["Ресурсы"]
    assert tree.activities[keys["second"]].direction_id is None


def test_a_sub_activity_is_numbered_under_its_own_and_a_label_wins(store: Store) -> None:
    keys = small(store)
    below = programme_edit.add(store, keys["programme"], "activity", "Первая", parent_id=keys["first"])
    programme_edit.put_activity(store, keys["second"], label="7а")
    shown = numbers(programmes.tree(store.connection, keys["programme"]))
    assert (shown[below], shown[keys["second"]]) == ("1.1.1", "7а")


@pytest.mark.parametrize(
    ("moved", "under"),
    [("first", "indicator"), ("goal", "task1"), ("indicator", "task1"), ("problem", "goal"), ("cause", "goal")],
)
def test_a_node_hangs_only_where_it_may(store: Store, moved: str, under: str) -> None:
    keys = small(store)
    with pytest.raises(UserError) as refused:
        programme_edit.move(store, [keys[moved]], keys[under])
    assert refused.value.code == "PROGRAMME_NOT_UNDER"
    assert "{" not in str(refused.value)


def test_nothing_hangs_under_itself(store: Store) -> None:
    keys = small(store)
    below = programme_edit.add(store, keys["programme"], "activity", "Часть", parent_id=keys["first"])
    with pytest.raises(UserError) as refused:
        programme_edit.move(store, [keys["first"]], below)
    assert refused.value.code == "PROGRAMME_NOT_UNDER"


def test_links_join_only_what_fits(store: Store) -> None:
    keys = small(store)
    for kind, source, target in (
        ("serves", "indicator", "first"),
        ("after", "first", "task1"),
        ("solves", "goal", "cause"),
    ):
        with pytest.raises(UserError) as refused:
            programme_edit.link(store, kind, keys[source], keys[target])  # type: ignore[arg-type]
        assert refused.value.code == "PROGRAMME_NOT_LINK"
    programme_edit.put_links(store, "serves", keys["indicator"], [keys["first"], keys["second"]], forward=False)
    programme_edit.put_links(store, "serves", keys["indicator"], [keys["second"]], forward=False)
    tree = programmes.tree(store.connection, keys["programme"])
    assert tree.linked("serves", keys["indicator"], forward=False) == (keys["second"],)


def test_words_typed_one_after_another_are_one_step(store: Store) -> None:
    keys = small(store)
    before = len(history.history(store.connection))
    for text in ("С", "Се", "Семинар"):
        programme_edit.put_text(store, keys["first"], text)
    assert len(history.history(store.connection)) == before + 1
    history.undo(store)
    assert programmes.tree(store.connection, keys["programme"]).nodes[keys["first"]].text == "Стажировки учителей"


def test_a_visit_that_changes_nothing_leaves_no_trace(store: Store) -> None:
    keys = small(store)
    programme_edit.put_money(store, keys["first"], 2026, "municipal", "5")
    before = len(history.history(store.connection))
    programme_edit.put_text(store, keys["first"], " Стажировки учителей ")
    programme_edit.put_money(store, keys["first"], 2026, "municipal", "5")
    programme_edit.put_target(store, keys["indicator"], 2027, "")
    programme_edit.put_results(store, keys["first"], ["", "  "])
    assert len(history.history(store.connection)) == before


def test_cells_read_back_as_they_were_typed(store: Store) -> None:
    keys = small(store)
    typed = {
        (keys["first"], "text"): "Стажировки", (keys["first"], "term"): "когда-нибудь",
        (keys["first"], "responsible"): "ММС; Школы", (keys["first"], "results"): "12 уроков; отчёт",
        (keys["first"], "direction"): "Кадры", (keys["first"], "schools"): "все школы",
        (keys["first"], "own"): "да", (keys["first"], "money:2027:grant"): "сто рублей",
        (keys["indicator"], "direction"): "вверх", (keys["indicator"], "baseline"): "много",
        (keys["indicator"], "target:2027"): "12,50 %", (keys["indicator"], "required:2028"): "не менее 95",
        (keys["indicator"], "baseline_year"): "2025", (keys["indicator"], "unit"): "%",
    }  # fmt: skip
    put_cells(store, keys["programme"], [Cell(row, column, text) for (row, column), text in typed.items()])
    tree = programmes.tree(store.connection, keys["programme"])
    assert {place: cell_text(tree, *place) for place in typed} == typed
    assert tree.targets[keys["indicator"]][2027].value == "12.5"
    assert tree.targets[keys["indicator"]][2028].required == "95"
    assert tree.drafts[keys["indicator"], "direction"] == ("вверх", "PROGRAMME_NOT_TREND")
    put_cells(store, keys["programme"], [Cell(keys["indicator"], "direction", "рост")])
    tree = programmes.tree(store.connection, keys["programme"])
    assert tree.drafts == {}
    assert tree.indicators[keys["indicator"]].direction == "up"


def test_chosen_schools_by_their_names(store: Store) -> None:
    keys = small(store)
    ids = [stores.school(store, f"МБОУ «СОШ № {place}»", short_name=f"СОШ № {place}") for place in (1, 2)]
    put_cells(store, keys["programme"], [Cell(keys["first"], "schools", "СОШ № 2; МБОУ «СОШ № 1»")])
    tree = programmes.tree(store.connection, keys["programme"])
    assert set(tree.schools[keys["first"]]) == set(ids)
    put_cells(store, keys["programme"], [Cell(keys["first"], "schools", "школы списка")])
    tree = programmes.tree(store.connection, keys["programme"])
    assert tree.activities[keys["first"]].coverage == "listed"


def test_an_empty_line_of_a_paste_makes_no_row(store: Store) -> None:
    keys = small(store)
    made = put_cells(
        store, keys["programme"], [Cell(-1, "text", ""), Cell(-2, "text", "Новое"), Cell(-2, "term", "")],
        parent_id=keys["task2"],
    )  # fmt: skip
    assert list(made) == [-2]


def test_an_unknown_column_is_refused_and_writes_nothing(store: Store) -> None:
    keys = small(store)
    before = stores.dump(store.connection)
    with pytest.raises(UserError) as refused:
        put_cells(store, keys["programme"], [Cell(keys["first"], "text", "Иначе"), Cell(keys["first"], "weight", "1")])
    assert refused.value.code == "PROGRAMME_COLUMN"
    assert stores.dump(store.connection) == before


@pytest.mark.parametrize(
    ("title", "years", "code"),
    [("  ", (2026, 2028), "PROGRAMME_NO_TITLE"), ("П", (2028, 2026), "PROGRAMME_YEARS"),
     ("П", (26, 28), "PROGRAMME_YEARS")],
)  # fmt: skip
def test_a_head_that_makes_no_sense_is_refused(store: Store, title: str, years: tuple[int, int], code: str) -> None:
    with pytest.raises(UserError) as refused:
        programmes.create(store, "municipal", title, *years)
    assert refused.value.code == code


def test_a_school_s_programme_needs_its_school(store: Store) -> None:
    with pytest.raises(UserError) as refused:
        programmes.create(store, "school", "Программа перехода", 2026, 2027)
    assert refused.value.code == "PROGRAMME_SCHOOL"


def test_the_programme_of_the_year_is_shown_first(store: Store) -> None:
    assert programmes.current(store.connection, 2026) is None
    old = programmes.create(store, "municipal", "Прежняя", 2023, 2025)
    new = programmes.create(store, "municipal", "Новая", 2026, 2028)
    school = stores.school(store, "СОШ № 1")
    programmes.create(store, "school", "Школьная", 2026, 2030, organisation_id=school)
    assert programmes.current(store.connection, 2026) == new
    assert programmes.current(store.connection, 2024) == old
    assert programmes.current(store.connection, 2025) == new
    assert programmes.current(store.connection, 2040) == new
    lines = programmes.listing(store.connection)
    assert [(line.programme.title, line.school, line.state) for line in lines] == [
        ("Новая", "", "draft"), ("Прежняя", "", "draft"), ("Школьная", "СОШ № 1", "draft"),
    ]  # fmt: skip


def test_what_is_approved_neither_changes_nor_goes_back(store: Store) -> None:
    keys = small(store)
    programme_edit.put_text(store, keys["first"], "Стажировки")
    with store.operation("Утверждена программа", "programme.approve", reversible=False) as operation:
        operation.update("programme", keys["programme"], approved_on="2026-03-01")
    for act in (
        lambda: programme_edit.put_text(store, keys["first"], "Иначе"),
        lambda: programme_edit.remove(store, [keys["task1"]]),
        lambda: programmes.remove(store, keys["programme"]),
        lambda: put_cells(store, keys["programme"], [Cell(keys["first"], "text", "Иначе")]),
        lambda: programme_parts.put_section(store, keys["programme"], "section.plan", "Т"),
        lambda: history.undo(store),
    ):
        with pytest.raises(UserError) as refused:
            act()
        assert refused.value.code in {"PROGRAMME_FROZEN", "GEN_UNDO_PASSING", "GEN_NOTHING_TO_UNDO"}
    edited = next(item for item in history.history(store.connection) if item.kind == "programme.edit")
    with pytest.raises(UserError) as refused:
        history.undo(store, edited.id)
    assert refused.value.code == "PROGRAMME_FROZEN"
