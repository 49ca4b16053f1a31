"""Wordings put into a programme, kept out of it, given out and taken in; what the file knows of an indicator."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import UserError
from app.models.programme_records import Tree
from app.models.store import Store
from app.operations import history, programme_edit, programme_library, programme_parts, programmes, results
from app.operations.plans import Options
from tests.helpers import stores
from tests.helpers.undo import walk
from tests.operations.conftest import MATHS5, RUSSIAN5, mark, reading, school


@pytest.fixture
def programme(store: Store) -> int:
    return programmes.create(store, "municipal", "Поддержка школ", 2027, 2029)


def tree_of(store: Store, key: int) -> Tree:
    return programmes.tree(store.connection, key)


def by_wording(tree: Tree) -> dict[str, int]:
    return {node.wording: node.id for node in tree.nodes.values() if node.wording}


def above(tree: Tree, wording: str) -> str | None:
    parent = tree.nodes[by_wording(tree)[wording]].parent_id
    return None if parent is None else tree.nodes[parent].wording


def test_lists_are_found_by_kind_direction_and_words(store: Store) -> None:
    connection = store.connection
    tasks = programme_library.listing(connection, "task")
    assert {line.item.kind for line in tasks} == {"task"}
    pairs = programme_library.listing(connection, "activity", "Партнёрство школ", "школе партнера закрепить")
    assert pairs == []
    pairs = programme_library.listing(connection, "activity", "Партнёрство школ", "закрепить ПАРТНЕРА")
    assert [line.item.key for line in pairs] == ["act-pairs"]
    assert [above.key for above in pairs[0].above] == ["task-network"]
    (cause,) = programme_library.listing(connection, query="вакансии учителей математики")
    assert (cause.item.key, cause.detail, cause.kind_word) == ("cause-vacancies", "условия", "причина")


def test_an_indicator_brings_its_measure_and_takes_the_place_of_the_person(store: Store, programme: int) -> None:
    task = programme_edit.add(store, programme, "task", "Математика")
    made = programme_library.insert(store, programme, ["ind-math-vpr", "act-errors-seminars"], task)
    tree = tree_of(store, programme)
    assert [tree.nodes[key].wording for key in made] == ["ind-math-vpr", "act-errors-seminars"]
    assert above(tree, "ind-math-vpr") == "measure-math"
    (measure,) = tree.under(task, "measure")
    assert measure.wording == "measure-math"
    (activity,) = tree.under(task, "activity")
    kept = tree.indicators[made[0]]
    assert (kept.unit, kept.direction, kept.formula, kept.baseline) == ("%", "down", "below.vpr.ma", None)
    assert kept.source == "результаты ВПР"
    acted = tree.activities[activity.id]
    assert (acted.own, acted.term_code) == (True, None)
    assert [row.text for row in tree.results[activity.id]] == ["___ практикумов, ___ участников из школ списка"]
    assert [row.title for row in tree.directions] == ["Методическая поддержка школ"]
    assert len(tree.terms[activity.id]) == 6  # January to February and October to December of three years
    assert tree.links == ()  # the activity serves other indicators


def test_ties_come_when_both_ends_are_there(store: Store, programme: int) -> None:
    programme_library.insert(store, programme, ["task-math"])
    tree = tree_of(store, programme)
    assert (above(tree, "task-math"), tree.links) == (None, ())
    programme_library.insert(store, programme, ["cause-gaps"])
    tree = tree_of(store, programme)
    keys = by_wording(tree)
    assert above(tree, "cause-gaps") == "problem-below"
    assert tree.nodes[keys["cause-gaps"]].cause_kind == "result"
    assert tree.linked("solves", keys["task-math"]) == (keys["cause-gaps"],)
    programme_library.insert(store, programme, ["ind-math-vpr", "act-small-groups"])
    tree = tree_of(store, programme)
    keys = by_wording(tree)
    assert above(tree, "act-small-groups") == "task-math"
    assert tree.activities[keys["act-small-groups"]].coverage == "none"
    assert tree.linked("serves", keys["act-small-groups"]) == (keys["ind-math-vpr"],)


def test_a_task_with_everything_below_it_and_nothing_twice(store: Store, programme: int) -> None:
    known = programme_library.library(store.connection)
    wanted = programme_library.with_below(known, ["task-network"])
    assert {"measure-partners", "ind-partners", "act-pairs", "act-pair-plan"} < set(wanted)
    before = len(history.history(store.connection))
    made = programme_library.insert(store, programme, ["task-network"], below=True)
    assert len(made) == len(wanted)
    assert len(history.history(store.connection)) == before + 1
    tree = tree_of(store, programme)
    keys = by_wording(tree)
    assert {above(tree, key) for key in ("measure-partners", "act-pairs")} == {"task-network"}
    assert tree.linked("serves", keys["act-pairs"]) == (keys["ind-partners"],)
    assert tree.activities[keys["act-pairs"]].coverage == "listed"  # «за каждой школой списка»
    assert programme_library.insert(store, programme, ["task-network", "act-pairs"], below=True) == []
    assert len(history.history(store.connection)) == before + 1
    (line,) = [x for x in programme_library.listing(store.connection, "task", programme_id=programme) if x.inserted]
    assert line.item.key == "task-network"


def test_rows_beside_the_tree(store: Store, programme: int) -> None:
    rows = ["monitor-plan", "mechanism-curators", "stakeholder-parents", "risk-money-late"]
    assert len(programme_library.insert(store, programme, rows)) == 1
    tree = tree_of(store, programme)
    assert [(row.subject, row.source, row.responsible) for row in tree.monitoring] == [
        ("Выполнение мероприятий", "отчёты ответственных", "координатор программы")
    ]
    assert [row.participant for row in tree.mechanism] == ["Кураторы школ списка"]
    assert [row.name for row in tree.stakeholders] == ["Родители"]
    (risk,) = tree.of_kind("risk")
    assert risk.answer is not None
    assert programme_library.inserted(programme_library.library(store.connection), tree) == set(rows)


def test_what_the_file_knows_is_offered_and_never_taken_by_itself(store: Store, programme: int) -> None:
    first, second, third = (school(f"СОШ № {place}", f"edu{place}") for place in (1, 2, 3))
    marks = [mark(first, MATHS5, 2026, 17, 40), mark(first, RUSSIAN5, 2026, 20, 40),
             mark(second, MATHS5, 2026, 1, 50), mark(third, MATHS5, 2026, 0, 9)]  # fmt: skip
    results.load(store, reading(*marks), Options(create_schools=True))
    lines = {line.item.key: line for line in programme_library.listing(store.connection, programme_id=programme)}
    found = lines["ind-math-vpr"].proposal
    assert found is not None
    # the list is the first school alone: 17 of 40 are 42,5 %
    assert (found.shown, found.year) == ("42,5", 2026)
    assert found.words == "ВПР 2026 года, участников ниже минимальной границы: 17 из 40"
    share = lines["ind-list-share"].proposal
    assert share is not None
    # 1 of 3, two digits as the monitoring computes: a baseline is held against the values of later years
    assert (share.shown, share.words) == ("33,33", "список школ 2026 года: 1 из 3")
    assert [lines[key].proposal for key in ("ind-math-good", "ind-math-oge", "ind-left-share")] == [None] * 3
    (plain,) = programme_library.insert(store, programme, ["ind-math-vpr"])
    assert tree_of(store, programme).indicators[plain].baseline is None
    programme_library.take_proposal(store, plain)
    kept = tree_of(store, programme).indicators[plain]
    assert (kept.baseline, kept.baseline_raw, kept.baseline_year) == ("42.5", "42,5", 2026)
    (good,) = programme_library.insert(store, programme, ["ind-list-share"], baselines=["ind-list-share"])
    assert tree_of(store, programme).indicators[good].baseline == "33.33"
    (lacking,) = programme_library.insert(store, programme, ["ind-vacancies"])
    with pytest.raises(UserError) as refused:
        programme_library.take_proposal(store, lacking)
    assert refused.value.code == "PROGRAMME_NO_BASELINE"


def test_a_node_is_kept_changed_and_removed(store: Store, programme: int) -> None:
    task = programme_edit.add(store, programme, "task", "Своя задача")
    activity = programme_edit.add(store, programme, "activity", "Слёт школ", parent_id=task)
    programme_edit.put_term(store, activity, "сентябрь – ноябрь 2027 года")
    programme_edit.put_results(store, activity, ["12 школ"])
    programme_parts.put_direction(store, programme, None, "Сеть")
    direction = tree_of(store, programme).directions[0].id
    programme_edit.put_activity(store, activity, direction_id=direction)
    keys = programme_library.keep(store, task, below=True)
    own = {line.item.text: line for line in programme_library.listing(store.connection) if line.item.mine}
    assert set(own) == {"Своя задача", "Слёт школ"}
    kept = own["Слёт школ"].item
    assert (kept.term, kept.results, kept.direction) == ("сентябрь – ноябрь", ("12 школ",), "Сеть")
    assert kept.tasks == (own["Своя задача"].item.key,)
    other = programmes.create(store, "municipal", "Другая", 2030, 2031)
    assert len(programme_library.insert(store, other, [own["Своя задача"].item.key], below=True)) == 2
    programme_edit.put_text(store, task, "Своя задача, уточнённая")
    assert programme_library.keep(store, task) == [keys[0]]
    programme_library.edit(store, keys[0], text="Третья")
    assert programme_library.library(store.connection).items[keys[0]].text == "Третья"
    programme_library.remove(store, [keys[0]])
    left = programme_library.library(store.connection).items
    assert keys[0] not in left
    assert left[kept.key].tasks == ()


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda store, key: programme_library.insert(store, key, ["нет"]), "PROGRAMME_WORDING_UNKNOWN"),
        (lambda store, _key: programme_library.edit(store, "task-math", text="х"), "PROGRAMME_WORDING_SHIPPED"),
        (lambda store, _key: programme_library.remove(store, ["нет"]), "PROGRAMME_WORDING_UNKNOWN"),
        (lambda store, _key: programme_library.give_out(store.connection), "PROGRAMME_WORDING_NOTHING"),
        (lambda store, _key: programme_library.take_in(store, "format = 1", "а.toml"), "PROGRAMME_WORDING_NOTHING"),
        (lambda store, _key: programme_library.take_in(store, "{", "а.toml"), "PROGRAMME_WORDING_FAULTS"),
        (
            lambda store, key: programme_library.keep(store, programme_edit.add(store, key, "risk")),
            "PROGRAMME_WORDING_EMPTY",
        ),
    ],
)  # fmt: skip
def test_refusals(store: Store, programme: int, act: object, code: str) -> None:
    with pytest.raises(UserError) as refused:
        act(store, programme)  # type: ignore[operator]
    assert refused.value.code == code


def test_wordings_travel_to_another_file(store: Store, programme: int, tmp_path: Path) -> None:
    goal = programme_edit.add(store, programme, "goal", "Цель")
    programme_edit.add(store, programme, "task", "Задача", parent_id=goal)
    programme_library.keep(store, goal, below=True)
    text = programme_library.give_out(store.connection)
    with stores.made(tmp_path / "other.opora") as other:
        taken = programme_library.take_in(other, text, "чужие.toml")
        assert (taken.new, taken.changed, taken.same) == (2, 0, 0)
        again = programme_library.take_in(other, text.replace('text = "Цель"', 'text = "Цель, иначе"'), "чужие.toml")
        assert (again.new, again.changed, again.same) == (0, 1, 1)
        known = programme_library.library(other.connection)
        (one,) = [item for item in known.of_kind("task") if item.mine]
        assert known.items[one.goals[0]].text == "Цель, иначе"
        with pytest.raises(UserError) as refused:
            programme_library.take_in(other, text.replace('key = "own-', 'key = "task-math" #', 1), "чужие.toml")
        assert refused.value.code == "PROGRAMME_WORDING_FAULTS"


def test_every_change_goes_back_and_forth(tmp_path: Path) -> None:
    path = tmp_path / "walk.opora"
    with stores.made(path) as store:
        key = programmes.create(store, "municipal", "Поддержка школ", 2027, 2029)
        goal = programme_edit.add(store, key, "goal", "Своя цель")
    walk(path, {
        "task": lambda store: programme_library.insert(store, key, ["task-network"], goal, below=True),
        "rows": lambda store: programme_library.insert(store, key, ["monitor-plan", "problem-alone"], below=True),
        "keep": lambda store: programme_library.keep(store, goal),
        "edit": lambda store: programme_library.edit(store, f"own-{goal:x}", text="Цель иначе"),
        "take": lambda store: programme_library.take_in(
            store, 'format = 1\n[[risk]]\nkey = "own-1"\ntext = "Риск"\n', "чужие.toml"
        ),
        "remove": lambda store: programme_library.remove(store, ["own-1"]),
    })  # fmt: skip
