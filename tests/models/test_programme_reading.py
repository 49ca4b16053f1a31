"""A tree that is read anew only where the file has changed is the one that a whole reading gives."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from app.models import programme_reading, programmes
from app.models.programme_records import Tree
from app.models.store import Store, one_moment, open_reader
from tests.helpers import stores
from tests.helpers.programmes import acts, small


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    kept = stores.made(tmp_path / "район.opora")
    yield kept
    kept.abandon()


@pytest.fixture
def reader(store: Store) -> Iterator[sqlite3.Connection]:
    connection = open_reader(store.path)
    yield connection
    connection.close()


def _same(connection: sqlite3.Connection, key: int) -> None:
    assert programme_reading.tree(connection, key) == programmes.tree(connection, key)


def test_after_every_change_and_every_step_back_the_tree_is_the_whole_one(
    store: Store, reader: sqlite3.Connection
) -> None:
    keys = small(store)
    programme = keys["programme"]
    chance = random.Random(4)
    for act in acts(keys).values():
        act(store)
        with one_moment(reader):
            _same(reader, programme)
        if chance.random() < 0.5:
            _same(store.connection, programme)
    for _ in range(12):
        store.undo()
        _same(reader, programme)
    for _ in range(5):
        store.redo()
        if chance.random() < 0.5:
            _same(reader, programme)
    with store.operation("Изменена программа", "programme.edit") as operation:
        operation.update("programme", programme, note="После шага назад")
    _same(reader, programme)
    _same(store.connection, programme)


def test_steps_back_that_nobody_looked_at_are_seen(store: Store, reader: sqlite3.Connection) -> None:
    """What was undone is discarded by the next operation; only the latter is seen in the journal."""
    keys = small(store)
    with store.operation("Изменён текст", "programme.edit") as operation:
        operation.update("programme_node", keys["first"], text="Стажировки в соседней школе")
    _same(reader, keys["programme"])
    store.undo()
    with store.operation("Изменена программа", "programme.edit") as operation:
        operation.update("programme", keys["programme"], note="Без текста")
    _same(reader, keys["programme"])
    found = programme_reading.tree(reader, keys["programme"])
    assert found is not None
    assert found.nodes[keys["first"]].text != "Стажировки в соседней школе"


def test_only_what_was_touched_is_read_anew(store: Store, reader: sqlite3.Connection) -> None:
    keys = small(store)
    before = programme_reading.tree(reader, keys["programme"])
    assert before is not None
    assert programme_reading.tree(reader, keys["programme"]) is before
    with store.operation("Изменён текст", "programme.edit") as operation:
        operation.update("programme_node", keys["first"], text="Семинар")
    after = programme_reading.tree(reader, keys["programme"])
    assert after is not None
    assert after.nodes[keys["first"]].text == "Семинар"
    assert after.activities is before.activities
    assert after.nodes is not before.nodes


def test_a_name_of_a_school_changes_the_order_of_schools(store: Store, reader: sqlite3.Connection) -> None:
    keys = small(store)
    first, second = stores.school(store, "А"), stores.school(store, "Б")
    with store.operation("Школы", "programme.edit") as operation:
        for school in (first, second):
            operation.insert("programme_school", node_id=keys["first"], organisation_id=school)
    found = programme_reading.tree(reader, keys["programme"])
    assert found is not None
    assert [key for key in found.schools[keys["first"]] if key in {first, second}] == [first, second]
    stores.rename(store, first, "Я")
    found = programme_reading.tree(reader, keys["programme"])
    assert found is not None
    assert [key for key in found.schools[keys["first"]] if key in {first, second}] == [second, first]


def test_what_is_not_committed_is_not_kept(store: Store, reader: sqlite3.Connection) -> None:
    keys = small(store)
    before = programme_reading.tree(reader, keys["programme"])

    def broken() -> None:
        with store.operation("Изменён текст", "programme.edit") as operation:
            operation.update("programme_node", keys["first"], text="Не сохранится")
            inside = programme_reading.tree(store.connection, keys["programme"])
            assert inside is not None
            assert inside.nodes[keys["first"]].text == "Не сохранится"
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken()
    assert programme_reading.tree(store.connection, keys["programme"]) == before
    assert programme_reading.tree(reader, keys["programme"]) is not None


def test_a_programme_that_was_taken_away_is_not_there(store: Store, reader: sqlite3.Connection) -> None:
    keys = small(store)
    assert programme_reading.tree(reader, keys["programme"]) is not None
    with store.operation("Удалена программа", "programme.remove") as operation:
        programmes.unbind(operation, keys["programme"])
        programmes.clear_programme(operation, keys["programme"])
    assert programme_reading.tree(reader, keys["programme"]) is None
    store.undo()
    _same(reader, keys["programme"])


def test_every_part_of_a_tree_says_of_which_tables_it_is() -> None:
    """A part whose tables were named too few would stay as it was."""
    assert set(programmes.PARTS) == {item.name for item in fields(Tree)} - {"programme"}
    tables = {table for of, _read in programmes.PARTS.values() for table in of}
    assert tables >= {*programmes.BY_NODE, *programmes.BY_PROGRAMME, "programme_node", "programme_school"}
