"""Registers: cells, drafts, rows that are not whole, files, undo; every register takes a row in all its columns."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.errors import UserError
from app.models import health
from app.models import registers as stored
from app.models.store import Store
from app.operations import bodies_writing, maintenance, registers, tasks, workday
from app.operations.register_catalogue import REGISTERS, Register
from tests.helpers import stores

YEAR = {"school_year": 2026}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = stores.made(tmp_path / "file.opora")
    stores.school(made, "СОШ № 1", own=1)
    return made


def _scope(store: Store, item: Register) -> dict[str, object]:
    """Return a scope that the foreign keys of a register accept."""
    made: dict[str, object] = {}
    for name in item.scope:
        match name:
            case "school_year":
                made[name] = 2026
            case "document_id":
                made[name] = registers.add(store, "documents", YEAR)
            case "partnership_id":
                made[name] = registers.add(store, "partnerships", YEAR)
            case "practice_id":
                made[name] = registers.add(store, "practices", {})
            case "event_id":
                made[name] = registers.add(store, "events", {})
            case "body_id":
                made[name] = bodies_writing.add(store, name="РМО", kind="творческая группа")
            case "pair_id":
                made[name] = registers.add(store, "mentor_pairs", {})
            case "organisation_id":
                made[name] = store.connection.execute("SELECT id FROM organisation").fetchone()[0]
            case _:
                made[name] = "goals"
    return made


def _typed(item: Register) -> list[tuple[int, str, str]]:
    texts = {"text": "Слово", "date": "28.11.2026", "count": "1 200", "school": "СОШ № 1", "person": "Ким О. В.",
             "name": "Ли А. Б.", "time": "14:30", "activity": "", "body": ""}  # fmt: skip
    return [(-1, one.key, next(iter(one.words.values())) if one.words else texts[one.kind]) for one in item.columns]


@pytest.mark.parametrize("key", REGISTERS)
def test_a_register_shows_what_was_typed(store: Store, key: str) -> None:
    item = REGISTERS[key]
    scope = _scope(store, item)
    before = stores.dump(store.connection)
    made = registers.put_cells(store, key, scope, _typed(item))
    (line,) = registers.table(store.connection, key, scope).lines
    assert line.key == made[-1]
    shown = [text if text != "1200" else "1 200" for text in line.texts]
    assert shown == [text for _key, _name, text in _typed(item)]
    assert not line.troubles
    store.undo()
    assert stores.dump(store.connection) == before
    store.redo()
    assert len(registers.rows(store.connection, key, **scope)) == 1


def test_what_does_not_fit_stays_as_it_was_typed(store: Store) -> None:
    made = registers.put_cells(store, "tasks", {}, [(-1, "Что сделать", "Позвонить"), (-1, "due_on", "завтра")])
    (line,) = registers.table(store.connection, "tasks", {}).lines
    assert line.texts[0] == "Позвонить"
    assert line.texts[2] == "завтра"
    assert list(line.troubles) == [2]
    (found,) = [item for item in maintenance.check(store.connection) if item.code == "STORE_DRAFT"]
    assert "Дела и даты" in found.message
    assert "Срок" in found.message
    registers.put_cells(store, "tasks", {}, [(made[-1], "due_on", "1.12.2026")])
    (line,) = registers.table(store.connection, "tasks", {}).lines
    assert line.texts[2] == "01.12.2026"
    assert not line.troubles


def test_a_row_waits_until_it_has_what_it_needs(store: Store) -> None:
    made = registers.put_cells(store, "supporters", {}, [(-1, "person_id", "Ким Ольга"), (-1, "act", "№ 5")])
    assert registers.rows(store.connection, "supporters") == []
    (line,) = registers.table(store.connection, "supporters", {}).lines
    assert line.texts[0] == "Ким Ольга"
    assert set(line.troubles) == {1, 2}
    row = made[-1]
    registers.put_cells(store, "supporters", {}, [(row, "role", "тьютор"), (row, "organisation_id", "СОШ № 1")])
    (kept,) = registers.rows(store.connection, "supporters")
    assert kept["id"] == row
    assert kept["act"] == "№ 5"
    assert store.connection.execute("SELECT full_name FROM person").fetchall() == [("Ким Ольга",)]
    assert store.connection.execute("SELECT count(*) FROM draft_cell").fetchone() == (0,)


def test_a_needed_cell_that_is_emptied_keeps_its_row(store: Store) -> None:
    made = registers.put_cells(store, "days", {}, [(-1, "day", "04.11.2026"), (-1, "kind", "выходной")])
    registers.put_cells(store, "days", {}, [(made[-1], "day", "")])
    (row,) = registers.rows(store.connection, "days")
    assert row["day"] == "2026-11-04"
    (line,) = registers.table(store.connection, "days", {}).lines
    assert line.texts[0] == ""
    assert "Заполните графу «День»" in line.troubles[0], "an empty cell over a kept value says what it lacks"


def test_an_emptied_word_goes_back_to_the_first_one(store: Store) -> None:
    made = registers.put_cells(store, "tasks", {}, [(-1, "text", "Отчёт"), (-1, "repeat", "каждый месяц")])
    registers.put_cells(store, "tasks", {}, [(made[-1], "repeat", "")])
    assert registers.rows(store.connection, "tasks")[0]["repeat"] == "once"


def test_rows_go_with_what_hangs_on_them_and_come_back(store: Store, tmp_path: Path) -> None:
    document = registers.put_cells(store, "documents", YEAR, [(-1, "number", "4")])[-1]
    of = {"document_id": document}
    points = registers.put_cells(store, "points", of, [(-1, "text", "Первое"), (-2, "text", "Второе")])
    proof = tmp_path / "приказ.pdf"
    proof.write_bytes(b"%PDF")
    assert registers.attach(store, "points", points[-1], [proof]) == 1
    registers.put_draft(store, "points", of, points[-2], "due_on", "зав")
    before = stores.dump(store.connection)
    registers.remove(store, "documents", YEAR, [document])
    left = stores.dump(store.connection)
    assert [left[name] for name in ("decision_document", "decision_point", "attachment", "draft_cell")] == [[]] * 4
    store.undo()
    assert stores.dump(store.connection) == before


@pytest.mark.parametrize(
    ("named", "naming", "column"),
    [("agenda", "points", "agenda_id"), ("platforms", "support", "platform_id"), ("deficits", "support", "deficit_id")],
)
def test_a_row_that_others_name_can_go(store: Store, named: str, naming: str, column: str) -> None:
    scope = _scope(store, REGISTERS[named])
    row = registers.add(store, named, scope)
    left = registers.add(store, naming, scope, **{column: row})
    before = stores.dump(store.connection)
    registers.remove(store, named, scope, [row])
    (kept,) = registers.rows(store.connection, naming, **scope)
    assert (kept["id"], kept[column]) == (left, None)
    store.undo()
    assert stores.dump(store.connection) == before


def test_every_key_that_names_a_row_is_let_go_or_goes_with_it(store: Store) -> None:
    """A row of a register, or a tie of two schools, can always be deleted: SQLite refuses nothing."""
    rows = {item.table for item in REGISTERS.values()} | {"organisation_tie"}
    handled = {(child, column) for item in REGISTERS.values() for child, column in item.children}
    handled |= {pair for pairs in stored.POINTERS.values() for pair in pairs}
    tables = [name for (name,) in store.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {
        (name, key[3])
        for name in tables
        for key in store.connection.execute(f"PRAGMA foreign_key_list({name})")
        if key[2] in rows
    }
    assert found == handled


def test_what_waits_in_a_cell_gives_way_to_what_is_written_elsewhere(store: Store) -> None:
    made = registers.put_cells(store, "tasks", {}, [(-1, "text", "Позвонить"), (-1, "due_on", "завтра")])[-1]
    registers.put_draft(store, "tasks", {}, made, "done_on", "вче")
    registers.edit(store, "tasks", made, due_on="2026-12-01")
    (line,) = registers.table(store.connection, "tasks", {}).lines
    assert line.texts[2] == "01.12.2026"
    assert list(line.troubles) == [3], "the other cell still waits"
    tasks.mark_done(store, [made], date(2026, 12, 1))
    (line,) = registers.table(store.connection, "tasks", {}).lines
    assert line.texts[3] == "01.12.2026"
    assert not line.troubles


def test_rows_move_and_number_themselves(store: Store) -> None:
    of = {"document_id": registers.add(store, "documents", YEAR)}
    made = registers.put_cells(store, "points", of, [(-1, "text", "а"), (-2, "text", "б"), (-3, "text", "в")])
    registers.move(store, "points", of, made[-3], -1)
    assert [row["text"] for row in registers.rows(store.connection, "points", **of)] == ["а", "в", "б"]
    registers.remove(store, "points", of, [made[-1]])
    assert [row["position"] for row in registers.rows(store.connection, "points", **of)] == [0, 1]


def test_a_file_of_a_row_can_be_read_and_taken_away(store: Store, tmp_path: Path) -> None:
    row = registers.add(store, "requests", {})
    registers.attach(store, "requests", row, link="https://example.org/letter", title="Письмо")
    (item,) = registers.table(store.connection, "requests", {}).files[row]
    assert (item.title, item.link) == ("Письмо", "https://example.org/letter")
    registers.detach(store, item.id)
    assert registers.table(store.connection, "requests", {}).files == {}
    with pytest.raises(UserError) as refused:
        registers.attach(store, "requests", row, [tmp_path / "нет.pdf"])
    assert refused.value.code == "GEN_FILE_MISSING"


@pytest.mark.parametrize("item", REGISTERS.values(), ids=lambda item: item.key)
def test_the_check_of_the_file_calls_a_register_as_the_screen_does(item: Register) -> None:
    assert health.REGISTER_WORDS[item.table] == item.title


@pytest.mark.parametrize(("key", "code"), [("нет", "REG_UNKNOWN"), ("tasks", "REG_NO_COLUMN")])
def test_unknown_names_are_told(store: Store, key: str, code: str) -> None:
    with pytest.raises(UserError) as refused:
        registers.put_cells(store, key, {}, [(-1, "такой графы нет", "а")])
    assert refused.value.code == code


def test_usual_breaks_leave_what_is_there(store: Store) -> None:
    registers.put_cells(store, "breaks", YEAR, [(-1, "title", "осенние каникулы"), (-1, "date_from", "26.10.2026")])
    before = stores.dump(store.connection)
    assert workday.put_usual_breaks(store, 2026) == 3
    assert workday.put_usual_breaks(store, 2026) == 0
    rows = registers.rows(store.connection, "breaks", **YEAR)
    assert [(row["title"], row["date_from"]) for row in rows] == [
        ("осенние каникулы", "2026-10-26"), ("Зимние каникулы", "2026-12-31"), ("Весенние каникулы", "2027-03-27"),
        ("Летние каникулы", "2027-05-27"),
    ]  # fmt: skip
    store.undo()
    assert stores.dump(store.connection) == before
