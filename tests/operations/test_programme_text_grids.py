"""Tables of a programme typed like a sheet: new rows, words, dates, what does not fit."""

from __future__ import annotations

import pytest

from app.models.store import Store
from app.operations import directory, history, programmes
from app.operations import programme_text_grids as grids


@pytest.fixture
def key(store: Store) -> int:
    return programmes.create(store, "municipal", "Поддержка школ", 2027, 2029)


def shown(store: Store, key: int, part: str) -> list[tuple[str, ...]]:
    return [line.texts for line in grids.lines(programmes.tree(store.connection, key), part)]


def test_a_pasted_block_makes_rows_in_one_action(store: Store, key: int) -> None:
    before = len(history.history(store.connection))
    done = grids.put_cells(
        store, key, "mechanism",
        [(-1, "participant", "Отдел"), (-1, "powers", "Утверждает"), (-2, "participant", "Центр")],
    )  # fmt: skip
    assert len(history.history(store.connection)) == before + 1
    assert shown(store, key, "mechanism") == [("Отдел", "Утверждает", ""), ("Центр", "", "")]
    stored = [row.id for row in programmes.tree(store.connection, key).mechanism]
    assert done.made == {-1: stored[0], -2: stored[1]}
    history.undo(store)
    assert shown(store, key, "mechanism") == []


def test_words_are_understood_and_others_are_named_and_not_written(store: Store, key: int) -> None:
    done = grids.put_cells(
        store, key, "resource", [(-1, "text", "Точки роста"), (-2, "text", "Логопед"), (-2, "state", "нет")]
    )
    assert [row[:2] for row in shown(store, key, "resource")] == [("Точки роста", "работает"), ("Логопед", "нет")]
    first = done.made[-1]
    bad = grids.put_cells(store, key, "resource", [(first, "state", "хорошо"), (first, "effect", "Практикумы")])
    assert bad.bad == (((first, "state", "хорошо"), "Можно: работает, развивать, нет."),)
    assert shown(store, key, "resource")[0] == ("Точки роста", "работает", "", "Практикумы")


def test_dates_of_approval_blocks(store: Store, key: int) -> None:
    done = grids.put_cells(store, key, "block", [(-1, "post", "Глава района"), (-1, "dated", "01.12.2026")])
    assert shown(store, key, "block") == [("УТВЕРЖДАЮ", "Глава района", "", "", "", "01.12.2026")]
    assert programmes.tree(store.connection, key).blocks[0].dated == "2026-12-01"
    bad = grids.put_cells(store, key, "block", [(done.made[-1], "dated", "осенью")])
    assert bad.bad[0][1] == "Дата пишется так: 01.09.2026."
    assert programmes.tree(store.connection, key).blocks[0].dated == "2026-12-01"


def test_rows_move_go_and_keep_the_person_they_mean(store: Store, key: int) -> None:
    grids.put_cells(store, key, "mechanism", [(-1, "participant", "Отдел"), (-2, "participant", "Центр")])
    person = directory.add_person(store, "Ким О. В.")
    _first, second = (row.id for row in programmes.tree(store.connection, key).mechanism)
    with store.operation("Связь", "programme.test") as operation:
        operation.update("programme_mechanism", second, person_id=person)
    grids.move_row(store, key, "mechanism", second, -1)
    tree = programmes.tree(store.connection, key)
    assert [row.participant for row in tree.mechanism] == ["Центр", "Отдел"]
    assert tree.mechanism[0].person_id == person
    grids.move_row(store, key, "mechanism", tree.mechanism[0].id, -1)
    assert [row[0] for row in shown(store, key, "mechanism")] == ["Центр", "Отдел"]
    grids.remove_rows(store, key, "mechanism", [tree.mechanism[0].id])
    assert [row[0] for row in shown(store, key, "mechanism")] == ["Отдел"]


def test_an_emptied_row_goes(store: Store, key: int) -> None:
    done = grids.put_cells(store, key, "monitor", [(-1, "subject", "Математика"), (-2, "subject", "Чтение")])
    grids.put_cells(store, key, "monitor", [(done.made[-1], "subject", "")])
    assert [row[0] for row in shown(store, key, "monitor")] == ["Чтение"]
