"""What tells two states of the data from each other, and what may be kept of what a connection sees."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.models.revision import revision, revision_besides, settled
from app.models.store import Store, one_moment, open_reader
from tests.helpers import stores


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    kept = stores.made(tmp_path / "район.opora")
    yield kept
    kept.abandon()


def _besides(store: Store) -> object:
    return revision_besides(store.connection, "programme")


def _write_programme(store: Store, title: str) -> None:
    with store.operation("Начата программа", "programme.create") as operation:
        operation.insert(
            "programme", kind="municipal", title=title, year_from=2026, year_to=2028, lineage=1, created_at="2026-01-01"
        )


def test_a_programme_does_not_change_the_state_of_the_rest(store: Store) -> None:
    stores.school(store, "СШ № 1")
    before, whole = _besides(store), revision(store.connection)
    _write_programme(store, "Поддержка")
    assert _besides(store) == before
    assert revision(store.connection) != whole


def test_what_was_undone_is_seen_after_a_programme_was_written(store: Store) -> None:
    """Writing the programme discards what was undone; its entries stay in the journal as the last ones."""
    key = stores.school(store, "СШ № 1")
    stores.rename(store, key, "СШ № 2")
    before = _besides(store)
    store.undo()
    _write_programme(store, "Поддержка")
    assert store.connection.execute("SELECT name FROM organisation WHERE id = ?", (key,)).fetchone() == ("СШ № 1",)
    assert _besides(store) != before


def test_an_earlier_operation_undone_alone_is_seen_too(store: Store) -> None:
    first = stores.school(store, "СШ № 1")
    stores.school(store, "СШ № 2")
    before = _besides(store)
    row = store.connection.execute("SELECT operation_id FROM journal WHERE row_key = ?", (first,)).fetchone()
    store.undo(row[0])
    _write_programme(store, "Поддержка")
    assert _besides(store) != before


def test_an_erasure_that_the_journal_does_not_record_is_seen(store: Store) -> None:
    with store.operation("Добавлен человек", "person.add") as operation:
        key = operation.insert("person", full_name="Петрова Анна Ивановна")
    before = _besides(store)
    store.erase(key)
    assert _besides(store) != before


def test_a_reader_of_one_moment_sees_what_is_committed_a_writer_inside_an_operation_does_not(tmp_path: Path) -> None:
    path = tmp_path / "район.opora"
    with stores.made(path) as store:
        reader = open_reader(path)
        assert settled(store.connection)
        assert settled(reader)
        with one_moment(reader):
            assert reader.in_transaction
            assert settled(reader)
        with store.operation("Добавлена школа", "school.add") as operation:
            operation.insert("organisation", name="СШ № 3")
            assert not settled(store.connection)
        assert settled(store.connection)
        reader.close()
