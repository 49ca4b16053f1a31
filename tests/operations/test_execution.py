"""Execution: marked many at once and cell by cell, what does not fit, evidence, totals, schools."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.errors import UserError
from app.models import execution as rows
from app.models.execution import Key
from app.models.store import Store
from app.operations import execution, execution_words, maintenance, programme_life, schools
from app.operations import programme_edit as edit
from app.operations.execution import ExecutionLine, ExecutionTable
from app.operations.execution_marks import put_draft, trouble
from app.operations.programme_card import section
from tests.helpers import monitoring_year as year
from tests.helpers import stores
from tests.helpers.programmes import small
from tests.helpers.undo import walk

DAY = date(2026, 11, 23)


@pytest.fixture
def keys(store: Store) -> dict[str, int]:
    found = small(store)
    found["school"], found["other"] = (stores.school(store, f"СОШ № {place}") for place in (1, 2))
    edit.put_term(store, found["first"], "октябрь 2026 года; март 2027 года")
    edit.put_term(store, found["second"], "ноябрь 2026 года")
    edit.put_schools(store, found["first"], "chosen", [found["school"]])
    edit.put_responsible(store, found["first"], ["ММС"])
    edit.put_money(store, found["first"], 2026, "municipal", "120 000")
    edit.put_money(store, found["first"], 2026, "regional", "30 000")
    edit.put_money(store, found["first"], 2027, "municipal", "1")
    return found


def _table(store: Store, keys: dict[str, int], plan_year: int | None = 2026) -> ExecutionTable:
    return execution.table(store.connection, keys["programme"], plan_year, DAY)


def _line(store: Store, keys: dict[str, int], name: str = "first", plan_year: int = 2026) -> ExecutionLine:
    return next(line for line in _table(store, keys, plan_year).lines if line.node_id == keys[name])


def _key(keys: dict[str, int], name: str = "first", plan_year: int = 2026) -> Key:
    return keys[name], plan_year


def test_a_line_says_what_was_planned(store: Store, keys: dict[str, int]) -> None:
    line = _line(store, keys)
    assert (line.number, line.due_on, line.shown, line.days) == ("1.1", "2026-10-31", "late", 23)
    assert (line.responsible, line.planned_schools, line.planned_kopecks) == (("ММС",), (keys["school"],), 15_000_000)
    assert line.unexplained
    assert line.group == "Задача 1. Поднять качество преподавания"
    assert [(item.node_id, item.due_on) for item in _table(store, keys, 2027).lines] == [(keys["first"], "2027-03-31")]


def test_many_are_marked_by_one_step(store: Store, keys: dict[str, int]) -> None:
    before = stores.dump(store.connection)
    both = [_key(keys), _key(keys, "second")]
    assert execution.mark(store, both, "done", done_on="20.11.2026") == 2
    lines = _table(store, keys).lines
    assert [(line.shown, line.done_on, line.in_time) for line in lines] == [
        ("done", "2026-11-20", False), ("done", "2026-11-20", True),
    ]  # fmt: skip
    assert execution.mark(store, both, "done") == 0, "the date stays"
    store.undo()
    assert stores.dump(store.connection) == before


def test_a_state_takes_away_what_contradicts_it(store: Store, keys: dict[str, int]) -> None:
    execution.mark(store, [_key(keys)], "done", done_on="2026-10-20")
    execution.mark(store, [_key(keys)], "moved", moved_to="2026-12-15", reason="Карантин")
    line = _line(store, keys)
    assert (line.done_on, line.moved_to, line.due_on, line.reason) == (None, "2026-12-15", "2026-12-15", "Карантин")
    execution.mark(store, [_key(keys)], "done", done_on="2026-12-10")
    line = _line(store, keys)
    assert (line.due_on, line.in_time, line.reason) == ("2026-12-15", True, "Карантин"), "the new term counts"
    execution.mark(store, [_key(keys)], "planned")
    line = _line(store, keys)
    assert (line.moved_to, line.done_on, line.due_on, line.shown) == (None, None, "2026-10-31", "late")


def test_cells_as_a_person_types_them(store: Store, keys: dict[str, int]) -> None:
    where = _key(keys)
    typed = {"done_on": "20.10.2026", "product": "Сборник", "participants": "1 200", "schools": "сош № 2; СОШ № 1",
             "spent": "12,5 тыс.", "remark": "в срок"}  # fmt: skip
    execution.put_cells(store, [(where, name, text) for name, text in typed.items()])
    line = _line(store, keys)
    assert (line.state, line.done_on, line.product, line.participants) == ("done", "2026-10-20", "Сборник", 1200)
    assert set(line.schools) == {keys["school"], keys["other"]}
    assert (line.spent_kopecks, line.remark, line.drafts) == (1_250_000, "в срок", {})
    execution.put_cells(store, [(where, name, "") for name in ("done_on", "schools", "spent", "participants")])
    line = _line(store, keys)
    assert (line.state, line.done_on, line.schools, line.spent_kopecks, line.participants) == (
        "done", None, (), None, None,
    )  # fmt: skip


def test_what_does_not_fit_stays_as_it_was_typed(store: Store, keys: dict[str, int]) -> None:
    where = _key(keys)
    bad = {"state": "готово", "done_on": "31.02.2026", "participants": "много", "schools": "СОШ № 1; СОШ № 9",
           "spent": "дорого", "moved_to": "потом"}  # fmt: skip
    execution.put_cells(store, [(where, name, text) for name, text in bad.items()])
    line = _line(store, keys)
    assert {name: raw for name, (raw, _code) in line.drafts.items()} == bad
    assert (line.state, line.schools, line.spent_kopecks) == ("planned", (), None)
    told = trouble(store.connection, "schools", *line.drafts["schools"])
    assert told.startswith("Таких школ в реестре нет: СОШ № 9.")
    assert "«готово»" in trouble(store.connection, "state", *line.drafts["state"])
    named = [item.message for item in maintenance.check(store.connection)]
    assert any("Новый срок" in text and "потом" in text for text in named)
    execution.put_cells(store, [(where, name, "") for name in bad])
    assert _line(store, keys).drafts == {}


def test_a_half_typed_cell_is_kept(store: Store, keys: dict[str, int]) -> None:
    put_draft(store, _key(keys), "product", "Сбор")
    line = _line(store, keys)
    assert line.drafts == {"product": ("Сбор", "DRAFT")}
    execution.put_cells(store, [(_key(keys), "product", "Сборник")])
    assert _line(store, keys).drafts == {}


def test_a_new_term_alone_moves(store: Store, keys: dict[str, int]) -> None:
    execution.put_cells(store, [(_key(keys), "moved_to", "15.12.2026")])
    assert (_line(store, keys).state, _line(store, keys).shown) == ("moved", "moved")
    execution.mark(store, [_key(keys)], "running")
    execution.put_cells(store, [(_key(keys), "moved_to", "20.12.2026")])
    assert (_line(store, keys).state, _line(store, keys).due_on) == ("running", "2026-12-20")


def test_every_act_goes_back_and_forth_in_new_processes(store: Store, keys: dict[str, int], tmp_path: Path) -> None:
    file = tmp_path / "Приказ.txt"
    file.write_text("Приказываю", encoding="utf-8")
    one, two = _key(keys), _key(keys, "second")
    path = store.path
    store.abandon()
    walk(path, {
        "mark": lambda at: execution.mark(at, [one, two], "done", done_on="2026-10-20", reason="Раньше срока"),
        "reason": lambda at: execution.put_reason(at, [one, two], "Карантин"),
        "schools": lambda at: execution.put_schools(at, {one: [keys["school"], keys["other"]], two: []}),
        "cells": lambda at: execution.put_cells(at, [(one, "spent", "дорого"), (two, "schools", "СОШ № 77")]),
        "draft": lambda at: put_draft(at, one, "remark", "Набрано не до"),
        "attach": lambda at: execution.attach(at, one, [file]),
        "unmark": lambda at: execution.mark(at, [one], "planned"),
    })  # fmt: skip


def test_refusals(store: Store, keys: dict[str, int]) -> None:
    with pytest.raises(UserError) as caught:
        execution.mark(store, [(1, 2026)], "done")
    assert caught.value.code == "MON_EXEC_NO_ACTIVITY"
    with pytest.raises(UserError) as caught:
        execution.mark(store, [_key(keys)], "готово")
    assert caught.value.code == "MON_EXEC_NO_STATE"
    with pytest.raises(UserError) as caught:
        execution.put_cells(store, [(_key(keys), "money", "1")])
    assert caught.value.code == "MON_EXEC_NO_COLUMN"
    with pytest.raises(UserError) as caught:
        execution.attach(store, _key(keys))
    assert caught.value.code == "REG_NOTHING"


def test_an_approved_edition_and_the_next_share_what_was_marked(store: Store, keys: dict[str, int]) -> None:
    programme_life.approve(store, keys["programme"], act_kind="Приказ", act_number="1", act_date="2026-01-15")
    execution.mark(store, [_key(keys)], "done", done_on="2026-10-30")
    draft = programme_life.new_edition(store, keys["programme"])
    found = execution.table(store.connection, draft, 2026, DAY).lines[0]
    assert (found.lineage, found.shown) == (keys["first"], "done")
    assert found.node_id != keys["first"]
    assert [item.programme_id for item in execution.due(store.connection, DAY)] == [keys["programme"]]


def test_evidence_is_kept_and_taken_back(store: Store, keys: dict[str, int], tmp_path: Path) -> None:
    before = stores.dump(store.connection)
    file = tmp_path / "Протокол.txt"
    file.write_text("Слушали", encoding="utf-8")
    assert execution.attach(store, _key(keys), [file], link="https://example.org", title="") == 2
    files = _line(store, keys).files
    assert sorted(item.title for item in files) == ["https://example.org", "Протокол.txt"]
    assert execution.totals_of(_table(store, keys).lines, DAY).files == 2
    store.undo()
    assert stores.dump(store.connection) == before


def test_a_merged_school_took_part_as_the_one_it_became(store: Store, keys: dict[str, int]) -> None:
    execution.put_schools(store, {_key(keys): [keys["school"], keys["other"]]})
    schools.merge(store, keys["other"], keys["school"])
    assert _line(store, keys).schools == (keys["school"],)
    found = execution.of_school(store.connection, keys["other"], 2026, DAY)
    assert {(line.node_id, line.plan_year) for line in found} == {(keys["first"], 2026), (keys["first"], 2027)}


def test_what_is_meant_for_a_school(store: Store, keys: dict[str, int]) -> None:
    edit.put_schools(store, keys["second"], "listed")
    assert _of(store, keys["other"]) == []
    assert _of(store, keys["other"], listed=True) == [keys["second"]]
    execution.put_schools(store, {_key(keys): [keys["other"]]})
    assert _of(store, keys["other"]) == [keys["first"]]


def _of(store: Store, school: int, *, listed: bool = False) -> list[int]:
    return [line.node_id for line in execution.of_school(store.connection, school, 2026, DAY, listed=listed)]


def test_the_card_of_a_school_says_what_was_done(store: Store, keys: dict[str, int]) -> None:
    execution.mark(store, [_key(keys)], "done", done_on="2026-10-30")
    (line,) = section(store.connection, [keys["school"]], 2026, None, listed=False).lines
    assert line.note.endswith("проект, 2026: выполнено 30.10.2026")


def test_what_is_due(store: Store, keys: dict[str, int]) -> None:
    found = execution.due(store.connection, DAY, 7)
    assert [(line.node_id, line.shown) for line in found] == [(keys["first"], "late"), (keys["second"], "soon")]
    assert [line.node_id for line in execution.due(store.connection, DAY, 6)] == [keys["first"]]
    execution.mark(store, [_key(keys), _key(keys, "second")], "done", done_on="2026-11-20")
    assert execution.due(store.connection, DAY, 7) == ()


def test_what_lies_in_this_year_but_ends_in_the_next_is_shown_apart(store: Store, keys: dict[str, int]) -> None:
    edit.put_term(store, keys["second"], "ноябрь 2026 – апрель 2027 года")
    found = _table(store, keys)
    assert [line.node_id for line in found.lines] == [keys["first"]]
    assert [(line.node_id, line.plan_year, line.ongoing) for line in found.ongoing] == [(keys["second"], 2027, True)]
    assert found.totals.total == 1


def test_totals_of_a_whole_year_counted_by_hand(tmp_path: Path) -> None:
    store = year.filled(tmp_path / "год.opora")
    key = store.connection.execute("SELECT id FROM programme").fetchone()[0]
    found = execution.table(store.connection, key, 2026, DAY)
    mine = [n for n in range(120) if 2026 in year.term_years(n)]
    marked = {n: year.STATES[n % 8] for n in mine if n % 5 != 4}
    month = {n: n % 12 + 1 for n in mine}  # a term is a whole month up to its 28th day
    done = [n for n in mine if marked.get(n) == "done"]
    late = [n for n in mine if marked.get(n, "planned") in {"planned", "running"} and month[n] < 11]
    soon = [n for n in mine if marked.get(n, "planned") in {"planned", "running"} and month[n] == 11]
    assert found.totals.total == len(mine)
    assert (found.totals.count("done"), found.totals.count("late"), found.totals.count("soon")) == (
        len(done), len(late), len(soon),
    )  # fmt: skip
    assert found.totals.in_time == found.totals.dated == len(done)
    people = sum(10 + n for n in mine if marked.get(n) in {"done", "part"})
    assert found.totals.participants == people
    assert found.totals.schools == 3
    assert found.totals.spent_kopecks == 800_000 * sum(n % 5 == 0 for n in marked)
    assert found.totals.planned_kopecks == 1_000_000 * sum(n % 5 == 0 for n in mine)
    assert len(rows.rows(store.connection)) == len(marked)
    store.close()


def test_a_part_whose_term_has_passed_asks_for_attention_and_is_not_late(store: Store, keys: dict[str, int]) -> None:
    edit.put_term(store, keys["second"], "март 2026 года; декабрь 2026 года")
    line = _line(store, keys, "second")
    assert (line.shown, line.part_passed, line.due_on) == ("planned", "2026-03-31", "2026-12-31")
    assert line.word == "срок части прошёл 31.03.2026"
    why = execution_words.why(line, DAY).replace("\u00a0", " ")
    assert "закончился 31.03.2026" in why
    assert "31.12.2026" in why
    assert execution_words.advice(line, DAY).step == "begin"
    found = _table(store, keys)
    assert (found.totals.part_passed, found.totals.count("late")) == (1, 1), "the late one is «first»"
    assert "срок части прошёл у\u00a01" in execution_words.sentence(found)
    early = execution.table(store.connection, keys["programme"], 2026, date(2026, 3, 31))
    assert early.totals.part_passed == 0, "its last day is still within the term"
    execution.mark(store, [_key(keys, "second")], "running")
    assert _line(store, keys, "second").part_passed is None
    after = execution.table(store.connection, keys["programme"], 2026, date(2027, 1, 1))
    assert {item.node_id: item.shown for item in after.lines}[keys["second"]] == "late"


def test_the_card_of_a_school_says_what_is_late(store: Store, keys: dict[str, int]) -> None:
    def told(day: date) -> str:
        made = section(store.connection, [keys["school"]], 2026, None, listed=False, day=day)
        return made.lines[0].note.replace("\u00a0", " ")

    assert "2026: просрочено на 23 дня" in told(DAY)
    assert "просрочено" not in told(date(2026, 10, 31))
    execution.mark(store, [_key(keys)], "running")
    assert "2026: идёт, просрочено на 23 дня" in told(DAY)
    execution.mark(store, [_key(keys)], "done", done_on="20.11.2026")
    assert "просрочено" not in told(DAY)
