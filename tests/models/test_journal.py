"""Operations, undo and redo: what a person sees of the journal."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from app.errors import UserError
from app.models import blobs, journal
from app.models.store import Done, Store
from tests.helpers import stores
from tests.helpers.rows import RowMaker


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return stores.made(tmp_path / "a.opora")


def _labels(store: Store) -> list[str]:
    return [record.label for record in journal.history(store.connection)]


def test_an_operation_is_one_entry_with_label_author_and_tables(store: Store) -> None:
    with store.operation("Добавлена школа «СОШ № 5»", "school.add") as operation:
        key = operation.insert("organisation", name="СОШ № 5")
        operation.insert("organisation_code", organisation_id=key, system="fisoko", value="edu123456")
    record = journal.history(store.connection)[0]
    assert (record.label, record.actor, record.kind) == ("Добавлена школа «СОШ № 5»", stores.ACTOR, "school.add")
    assert record.tables == ("organisation", "organisation_code")
    assert (record.state, record.reversible) == ("done", True)


def test_an_operation_that_changes_nothing_leaves_no_entry(store: Store) -> None:
    key = stores.school(store, "СОШ № 5")
    before = _labels(store)
    told: list[Done] = []
    store.listeners.append(told.append)
    stores.rename(store, key, "СОШ № 5")
    assert _labels(store) == before
    assert told == []


def test_an_operation_that_fails_leaves_nothing(store: Store) -> None:
    before = stores.dump(store.connection), _labels(store)

    def broken() -> None:
        with store.operation("Сломано", "test") as operation:
            operation.insert("organisation", name="СОШ № 5")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken()
    assert (stores.dump(store.connection), _labels(store)) == before
    assert not store.connection.in_transaction


def test_listeners_hear_which_tables_were_touched(store: Store) -> None:
    told: list[Done] = []
    store.listeners.append(told.append)
    stores.school(store, "СОШ № 5")
    store.undo()
    assert [done.tables for done in told] == [frozenset({"organisation"})] * 2


@pytest.mark.parametrize("table", ["organisation", "mark_count", "setting", "outgoing_paper", "list_approval"])
@pytest.mark.parametrize("action", ["insert", "update", "delete"])
def test_a_write_outside_an_operation_fails(store: Store, table: str, action: str) -> None:
    stores.fill(store)
    connection = store.connection
    before = stores.dump(connection)
    columns = journal.columns(connection, table)
    sql = {
        "insert": f'INSERT INTO "{table}" SELECT id + 1, {", ".join(columns[1:])} FROM "{table}"',
        "update": f'UPDATE "{table}" SET "{columns[-1]}" = CASE WHEN "{columns[-1]}" IS NULL THEN \'2\' ELSE NULL END',
        "delete": f'DELETE FROM "{table}"',
    }[action]
    connection.execute("PRAGMA foreign_keys = OFF")
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute(sql)
    assert stores.dump(connection) == before


@pytest.mark.parametrize("table", ["blob", "snapshot"])
def test_frozen_tables_refuse_update_and_delete(store: Store, table: str) -> None:
    stores.fill(store)
    connection = store.connection
    before = connection.execute(f"SELECT * FROM {table}").fetchall()
    assert before
    for sql in (f"UPDATE {table} SET sha256 = sha256", f"DELETE FROM {table}"):
        with pytest.raises(sqlite3.IntegrityError, match="frozen"):
            connection.execute(sql)
    assert connection.execute(f"SELECT * FROM {table}").fetchall() == before


def test_the_same_bytes_are_kept_once(store: Store) -> None:
    digests = {blobs.put(store.connection, data) for data in (b"one", b"two", b"one")}
    assert store.connection.execute("SELECT count(*) FROM blob").fetchone() == (2,)
    assert {blobs.get(store.connection, digest) for digest in digests} == {b"one", b"two"}
    with pytest.raises(KeyError):
        blobs.get(store.connection, "0" * 64)


def test_a_key_is_never_changed(store: Store) -> None:
    key = stores.school(store, "СОШ № 5")
    with pytest.raises(sqlite3.IntegrityError, match="key"), store.operation("Сменён ключ", "test") as operation:
        operation.connection.execute("UPDATE organisation SET id = id + 1 WHERE id = ?", (key,))
    assert store.connection.execute("SELECT id FROM organisation").fetchall() == [(key,)]


# --- undo and redo ---------------------------------------------------------------------------------------------


def test_undo_and_redo_survive_a_restart(tmp_path: Path) -> None:
    store = stores.made(tmp_path / "a.opora")
    key = stores.school(store, "СОШ № 5")
    stores.rename(store, key, "Лицей № 5")
    store.abandon()
    with stores.opened(store.path) as store:
        assert store.undo().label == "Переименована школа «Лицей № 5»"
        assert stores.names(store.connection) == ["СОШ № 5"]
    with stores.opened(store.path) as store:
        assert store.undo().label == "Добавлена школа «СОШ № 5»"
        assert stores.names(store.connection) == []
    with stores.opened(store.path) as store:
        assert store.redo().label == "Добавлена школа «СОШ № 5»"
        assert store.redo().label == "Переименована школа «Лицей № 5»"
        assert stores.names(store.connection) == ["Лицей № 5"]
        with pytest.raises(UserError) as refusal:
            store.redo()
    assert refusal.value.code == "GEN_NOTHING_TO_REDO"


def test_a_new_action_ends_the_chance_to_redo(store: Store) -> None:
    stores.school(store, "СОШ № 5")
    store.undo()
    stores.school(store, "СОШ № 6")
    with pytest.raises(UserError) as refusal:
        store.redo()
    assert refusal.value.code == "GEN_NOTHING_TO_REDO"
    states = [record.state for record in journal.history(store.connection)]
    assert states == ["done", "discarded", "done"]


def test_the_beginning_of_a_file_is_not_undone(store: Store) -> None:
    with pytest.raises(UserError) as refusal:
        store.undo()
    assert refusal.value.code == "GEN_NOTHING_TO_UNDO"
    assert _labels(store) == ["Создан файл"]


def test_undoing_an_older_one_names_the_later(store: Store) -> None:
    key = stores.school(store, "СОШ № 5")
    other = stores.school(store, "СОШ № 6")
    stores.rename(store, key, "Лицей № 5")
    stores.rename(store, other, "Лицей № 6")
    first = journal.history(store.connection)[-2]
    with pytest.raises(UserError) as refusal:
        store.undo(first.id)
    assert refusal.value.code == "GEN_UNDO_LATER"
    assert "«Добавлена школа «СОШ № 5»»" in refusal.value.what
    assert "«Переименована школа «Лицей № 5»»" in refusal.value.what
    assert stores.names(store.connection) == ["Лицей № 5", "Лицей № 6"]


def test_an_older_one_that_nothing_touched_later_is_undone(store: Store) -> None:
    key = stores.school(store, "СОШ № 5")
    stores.school(store, "СОШ № 6")
    stores.rename(store, key, "Лицей № 5")
    second = journal.history(store.connection)[1]
    store.undo(second.id)
    assert stores.names(store.connection) == ["Лицей № 5"]
    store.redo()
    assert stores.names(store.connection) == ["Лицей № 5", "СОШ № 6"]


def test_undo_is_refused_where_later_rows_refer(store: Store) -> None:
    key = stores.school(store, "СОШ № 5")
    with store.operation("Записан телефон", "contact") as operation:
        operation.insert("contact", organisation_id=key, kind="phone", value="8 (385) 000-00-00")
    before = stores.dump(store.connection)
    with pytest.raises(UserError) as refusal:
        store.undo(journal.history(store.connection)[1].id)
    assert refusal.value.code == "GEN_UNDO_LATER"
    assert "«Записан телефон»" in refusal.value.what
    assert stores.dump(store.connection) == before
    assert not store.connection.in_transaction


def test_a_bulk_insert_is_one_entry_and_one_step(store: Store) -> None:
    with store.operation("Загружены школы", "import", bulk=True) as operation:
        assert operation.bulk_insert("organisation", ["name"], [[f"СОШ № {n}"] for n in range(1, 501)]) == 500
        assert operation.bulk_insert("organisation", ["name"], []) == 0
    entries = store.connection.execute("SELECT action, row_last - row_key FROM journal WHERE operation_id = 2")
    assert entries.fetchall() == [("B", 499)]
    last = stores.dump(store.connection)
    store.undo()
    assert stores.names(store.connection) == []
    store.redo()
    assert stores.dump(store.connection) == last
    assert store.connection.execute("PRAGMA synchronous").fetchone() == (2,)


def test_a_bulk_insert_that_breaks_off_leaves_no_row_behind_the_journals_back(store: Store) -> None:
    with store.operation("Загружены группы", "import") as operation:
        operation.insert("organisation", name="СОШ № 5")
        with pytest.raises(sqlite3.IntegrityError):
            operation.bulk_insert("organisation_group", ["name"], [["Сельские"], ["Городские"], ["Сельские"]])
        operation.insert("organisation", name="СОШ № 6")
    assert store.connection.execute("SELECT count(*) FROM organisation_group").fetchone() == (0,)
    store.undo()
    assert stores.names(store.connection) == []


def test_a_bulk_insert_outside_an_operation_is_a_bug(store: Store) -> None:
    with pytest.raises(RuntimeError):
        journal.bulk_insert(store.connection, "organisation", ["name"], [["СОШ № 5"]])


def test_approving_and_signing_are_not_undone(store: Store) -> None:
    key = stores.school(store, "СОШ № 5")
    maker = RowMaker(store.connection, 1)
    with store.operation("Утверждён список", "list.approve", reversible=False) as operation:
        maker.insert(operation, "list_approval")
    approved = journal.history(store.connection)[0]
    with pytest.raises(UserError) as refusal:
        store.undo(approved.id)
    assert refusal.value.code == "GEN_UNDO_FROZEN"
    assert "Утверждён список" in refusal.value.what
    candidate = journal.undo_candidate(store.connection)
    assert candidate is not None
    assert candidate.label == "Добавлена школа «СОШ № 5»"
    assert store.connection.execute("SELECT count(*) FROM list_approval").fetchone() == (1,)
    assert key


def test_the_last_one_is_never_passed_over_in_silence(store: Store) -> None:
    stores.school(store, "СОШ № 5")
    with store.operation("Сделаны листы", "sheet.make", reversible=False) as operation:
        RowMaker(store.connection, 1).insert(operation, "list_approval")
    before = stores.dump(store.connection)
    earlier = journal.history(store.connection)[1]
    with pytest.raises(UserError) as refusal:
        store.undo()
    assert refusal.value.code == "GEN_UNDO_PASSING"
    assert refusal.value.what == "Последнее действие «Сделаны листы» не отменяется."
    assert f"«{earlier.label}»" in refusal.value.cure
    assert f"--operation {earlier.id}." in refusal.value.cure
    assert stores.dump(store.connection) == before
    assert store.undo(earlier.id).label == "Добавлена школа «СОШ № 5»"


def test_an_undo_that_names_what_goes_may_pass(store: Store) -> None:
    stores.school(store, "СОШ № 5")
    with store.operation("Сделаны листы", "sheet.make", reversible=False) as operation:
        RowMaker(store.connection, 1).insert(operation, "list_approval")
    shown = journal.undo_candidate(store.connection)
    assert shown is not None
    assert store.undo(passing=True).id == shown.id
    assert store.redo().id == shown.id


def test_what_was_done_after_an_act_that_stays_is_undone_as_ever(store: Store) -> None:
    with store.operation("Сделаны листы", "sheet.make", reversible=False) as operation:
        RowMaker(store.connection, 1).insert(operation, "list_approval")
    stores.school(store, "СОШ № 5")
    assert store.undo().label == "Добавлена школа «СОШ № 5»"
    with pytest.raises(UserError) as refusal:
        store.undo()
    assert refusal.value.code == "GEN_NOTHING_TO_UNDO"


# --- edits of one visit ----------------------------------------------------------------------------------------


def _edit(store: Store, key: int, name: str, visit: str = "name") -> None:
    with store.operation(f"Название: {name}", "school.edit", merge=f"{key}:{visit}") as operation:
        operation.update("organisation", key, name=name)


def test_edits_of_one_cell_in_one_visit_are_one_step(store: Store) -> None:
    key = stores.school(store, "Школа")
    for text in ("Л", "Лиц", "Лицей № 5"):
        _edit(store, key, text)
    assert _labels(store)[:2] == ["Название: Лицей № 5", "Добавлена школа «Школа»"]
    store.undo()
    assert stores.names(store.connection) == ["Школа"]
    store.redo()
    assert stores.names(store.connection) == ["Лицей № 5"]


@pytest.mark.parametrize("between", ["another cell", "another action", "undone", "restarted", "another author"])
def test_edits_apart_stay_apart(store: Store, between: str) -> None:
    key = stores.school(store, "Школа")
    _edit(store, key, "Лиц")
    match between:
        case "another cell":
            _edit(store, key, "Лицей", visit="short")
        case "another action":
            stores.school(store, "СОШ № 6")
        case "undone":
            store.undo()
        case "restarted":
            store.abandon()
            store = Store.open(store.path, actor=stores.ACTOR)
        case _:
            store.actor = "Другой"
    before = [label for label in _labels(store) if label != "Название: Лиц"]
    _edit(store, key, "Лицей № 5")
    assert [label for label in _labels(store) if label != "Название: Лиц"] == ["Название: Лицей № 5", *before]
    store.undo()
    name = store.connection.execute("SELECT name FROM organisation WHERE id = ?", (key,)).fetchone()[0]
    assert name == {"undone": "Школа", "another cell": "Лицей"}.get(between, "Лиц")


# --- generated triggers ----------------------------------------------------------------------------------------


def test_a_dropped_or_changed_trigger_is_found_and_made_anew(store: Store) -> None:
    connection = store.connection
    assert journal.present_triggers(connection) == journal.expected_triggers(connection)
    connection.execute("DROP TRIGGER opora_organisation_u")
    assert journal.present_triggers(connection) != journal.expected_triggers(connection)
    journal.regenerate_triggers(connection)
    assert journal.present_triggers(connection) == journal.expected_triggers(connection)


def test_a_new_column_gets_into_the_journal(store: Store) -> None:
    key = stores.school(store, "СОШ № 5")
    store.connection.execute("ALTER TABLE organisation ADD COLUMN motto TEXT")
    journal.regenerate_triggers(store.connection)
    with store.operation("Записан девиз", "test") as operation:
        operation.update("organisation", key, motto="Вперёд")
    store.undo()
    assert store.connection.execute("SELECT motto FROM organisation").fetchone() == (None,)
    store.redo()
    assert store.connection.execute("SELECT motto FROM organisation").fetchone() == ("Вперёд",)
