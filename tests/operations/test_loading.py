"""Facts of every kind on their way into the file: new, changed, same, drafts, repeats, lists, cancelling."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.errors import UserError
from app.importers.packed import MarkRows
from app.importers.parsed import (
    ExternalHead,
    FileReading,
    ParsedExternal,
    ParsedMetric,
    ParsedSchool,
    ParsedScores,
    ParsedTask,
    UnitRef,
)
from app.models import breakdowns, externals, journal
from app.models.records import Assessment, CodeSystem, ExternalMark, MetricFigure, Origin, ScoreCount, TaskCount
from app.models.store import Store
from app.operations import history, loading, results, schools
from app.operations.results import Options
from tests.helpers.stores import dump, made
from tests.operations.conftest import MATHS5, OGE_MATHS, RUSSIAN5, mark, reading, school
from tests.operations.conftest import journal as compared

CREATE = Options(create_schools=True)
ONE = school("СОШ № 1", "edu000001")
TWO = school("СОШ № 2", "edu000002")


def at(row: int, cells: str | None = None) -> Origin:
    return Origin("Лист1", row, row, cells)


def task(unit: UnitRef, number: str, points: int, *, of: int = 27, row: int = 5, **more: Any) -> ParsedTask:
    return ParsedTask(unit, TaskCount(MATHS5, 2026, number, of, points, max_points=2, **more), at(row, f"C{row}"))


def scores(unit: UnitRef, *counts: int, row: int = 5) -> ParsedScores:
    return ParsedScores(unit, ScoreCount(MATHS5, 2026, sum(counts), counts), at(row))


def value(unit: UnitRef, metric: str, raw: str, row: int = 5, code: str | None = None, **figure: Any) -> ParsedMetric:
    return ParsedMetric(unit, MetricFigure(metric, 2025, raw, **figure), at(row, f"D{row}"), code)


def entry(unit: UnitRef, item: str, text: str, row: int = 5, year: int | None = None) -> ParsedExternal:
    return ParsedExternal(unit, ExternalMark(item, text or None, text), at(row, f"E{row}"), year)


def a_list(*rows: ParsedExternal, title: str = "Признаки необъективности", name: str = "перечень.xlsx") -> FileReading:
    found = reading(name=name)
    return replace(found, kind="bias", externals=rows, external_head=ExternalHead("bias", 2025, title))


def said(plan: results.Plan) -> tuple[int, int, int, int]:
    return plan.rows_new, plan.rows_changed, plan.rows_same, plan.rows_gone


def rows(store: Store, sql: str) -> list[tuple[Any, ...]]:
    return store.connection.execute(sql).fetchall()


def test_tasks_and_scores_are_kept_as_exact_counts_with_their_place(store: Store) -> None:
    found = replace(
        reading(name="задания.xlsx"), tasks=(task(ONE, "1", 20, difficulty="Б"), task(ONE, "10К2", 7, group_mark=4)),
        scores=(scores(ONE, 0, 3, 1, 5),),
    )  # fmt: skip
    assert said(results.load(store, found, CREATE)) == (3, 0, 0, 0)
    one, two = breakdowns.tasks(store.connection)
    assert (one.task, one.points, one.participants, one.max_points, one.difficulty) == ("1", 20, 27, 2, "Б")
    assert (two.task, two.group_mark, two.difficulty) == ("10К2", 4, None)
    assert (one.place.file, one.place.sheet, one.place.cells) == ("задания.xlsx", "Лист1", "C5")
    (kept,) = breakdowns.scores(store.connection)
    assert (kept.counts, kept.participants, kept.measure) == ((0, 3, 1, 5), 9, "primary")
    assert rows(store, "SELECT counts FROM score_count") == [("0 3 1 5",)]


def test_a_corrected_distribution_is_one_change_that_undo_takes_back(store: Store) -> None:
    results.load(store, replace(reading(), scores=(scores(ONE, 0, 3, 1, 5),)), CREATE)
    plan = results.load(store, replace(reading(), scores=(scores(ONE, 1, 3, 1, 5),)), CREATE)
    assert said(plan) == (0, 1, 0, 0)
    assert (plan.changes[0].before, plan.changes[0].after) == ("9 · 0 3 1 5 · 0", "10 · 1 3 1 5 · 0")
    history.undo(store)
    assert breakdowns.scores(store.connection)[0].counts == (0, 3, 1, 5)


def test_a_task_without_points_is_not_a_task_with_none(store: Store) -> None:
    unknown = ParsedTask(ONE, TaskCount(MATHS5, 2026, "3", 27, None), at(7))
    results.load(store, replace(reading(), tasks=(unknown,)), CREATE)
    assert breakdowns.tasks(store.connection)[0].points is None
    assert said(results.load(store, replace(reading(), tasks=(task(ONE, "3", 0),)), CREATE)) == (0, 1, 0, 0)


def test_what_a_merged_record_says_of_a_work_is_silent_where_the_main_one_speaks(store: Store) -> None:
    results.load(store, replace(reading(), tasks=(task(ONE, "1", 20), task(TWO, "1", 3))), CREATE)
    keys = {s.name: s.id for s in schools.listing(store.connection)}
    schools.merge(store, keys["СОШ № 2"], keys["СОШ № 1"])
    assert [(t.unit, t.points) for t in breakdowns.tasks(store.connection)] == [("СОШ № 1", 20)]
    history.undo(store)
    assert len(breakdowns.tasks(store.connection)) == 2


def test_two_spellings_of_one_school_with_other_figures_are_told_and_the_first_stands(store: Store) -> None:
    schools.add(store, {"name": "МБОУ СОШ № 1"})
    plan = results.load(
        store,
        reading(
            mark(UnitRef("school", "СОШ № 1"), MATHS5, 2026, 8, 27, row=4),
            mark(UnitRef("school", "СОШ №1"), MATHS5, 2026, 9, 27, row=9),
            mark(UnitRef("school", "СОШ №1"), RUSSIAN5, 2026, 1, 27, row=10),
        ),
    )
    assert said(plan) == (2, 0, 0, 0)
    assert [(p.code, p.level, p.cell) for p in plan.problems] == [("DATA_TWICE_DIFFERS", "warning", "D9")]
    assert "строка 4" in plan.problems[0].message
    assert [m.below_min for m in results.marks(store.connection, subject="математика")] == [8]


def test_a_metric_is_stored_and_a_cell_that_does_not_fit_waits_as_a_draft(store: Store) -> None:
    found = replace(
        reading(),
        metrics=(
            value(ONE, "ovz", "12 из 340", part=12, whole=340),
            value(ONE, "migrants", "много", row=6, code="IMP_NOT_WHOLE"),
        ),
    )
    plan = results.load(store, found, CREATE)
    assert said(plan) == (1, 0, 0, 0)
    assert [(p.code, p.sheet, p.cell) for p in plan.problems] == [("IMP_NOT_WHOLE", "Лист1", "D6")]
    key = schools.find(store.connection, "edu000001").id
    assert rows(store, "SELECT organisation_id, metric, part, whole, raw FROM metric_value") == [
        (key, "ovz", 12, 340, "12 из 340")
    ]
    drafts = "SELECT table_name, row_key, column_name, raw, code FROM draft_cell"
    assert rows(store, drafts) == [("metric_value:2025", key, "migrants", "много", "IMP_NOT_WHOLE")]
    # the corrected file takes the draft away
    again = replace(found, metrics=(found.metrics[0], value(ONE, "migrants", "15", row=6, part=15)))
    assert said(results.load(store, again, CREATE)) == (1, 0, 1, 0)
    assert rows(store, drafts) == []


def test_a_cell_that_the_reader_has_told_is_not_told_twice(store: Store) -> None:
    from app.errors import problem

    told = problem("IMP_NOT_WHOLE", sheet="Лист1", cell="D6")
    bad = value(ONE, "migrants", "много", row=6, code="IMP_NOT_WHOLE")
    plan = results.load(store, replace(reading(), metrics=(bad,), problems=(told,)), CREATE)
    assert [p.code for p in plan.problems] == ["IMP_NOT_WHOLE"]


def test_a_metric_of_a_municipality_is_not_kept_and_that_is_said(store: Store) -> None:
    area = UnitRef("municipality", "Лесогорский муниципальный округ")
    plan = results.load(store, replace(reading(), metrics=(value(area, "ovz", "12", part=12),)), CREATE)
    assert [(p.code, p.level) for p in plan.problems] == [("DATA_NOT_OF_SCHOOL", "hint")]
    assert rows(store, "SELECT count(*) FROM metric_value") == [(0,)]


def test_a_list_from_outside_is_kept_with_its_head_and_its_cells(store: Store) -> None:
    plan = results.load(store, a_list(entry(ONE, "4 РУ", "1"), entry(ONE, "5 МА", ""), entry(TWO, "4 РУ", "0")), CREATE)
    assert said(plan) == (3, 0, 0, 0)
    (kept,) = externals.lists(store.connection)
    assert (kept.kind, kept.year, kept.schools, kept.entries, kept.file) == ("bias", 2025, 2, 3, "перечень.xlsx")
    key = schools.find(store.connection, "edu000001").id
    one, two = externals.entries(store.connection, organisation_id=key)
    assert [(e.item, e.value, e.raw, e.cells) for e in (one, two)] == [
        ("4 РУ", "1", "1", "E5"),
        ("5 МА", None, "", "E5"),
    ]


def test_a_later_edition_replaces_the_entries_of_its_own_source_and_says_so_first(store: Store) -> None:
    results.load(store, a_list(entry(ONE, "4 РУ", "1"), entry(ONE, "5 МА", "0"), entry(TWO, "4 РУ", "1")), CREATE)
    before = dump(store.connection)
    newer = a_list(entry(ONE, "4 РУ", "0", row=8), entry(ONE, "5 МА", "0", row=8), name="уточнённый.xlsx")
    for plan in (results.preview(store.connection, newer, CREATE), results.load(store, newer, CREATE)):
        assert said(plan) == (0, 1, 1, 1)
        assert [(p.code, p.level) for p in plan.problems] == [("DATA_LIST_REPLACED", "warning")]
        assert [(c.school, c.before, c.after) for c in plan.changes] == [
            ("СОШ № 1", "1 · 1", "0 · 0"),
            ("СОШ № 2", "1 · 1", "—"),
        ]
    entries = externals.entries(store.connection)
    assert [(e.school, e.item, e.value, e.row_from, e.file) for e in entries] == [
        ("СОШ № 1", "4 РУ", "0", 8, "уточнённый.xlsx"),
        ("СОШ № 1", "5 МА", "0", 8, "уточнённый.xlsx"),
    ]
    history.undo(store)
    assert dump(store.connection) == before


def test_a_list_of_another_source_stands_beside(store: Store) -> None:
    results.load(store, a_list(entry(ONE, "", "средняя группа")), CREATE)
    other = a_list(entry(ONE, "", "высокая группа"), title="Перечень института", name="письмо.xlsx")
    plan = results.load(store, other, CREATE)
    assert said(plan) == (1, 0, 0, 0)
    assert [(p.code, p.level) for p in plan.problems] == [("DATA_LIST_BESIDE", "hint")]
    assert len(externals.lists(store.connection, kind="bias", year=2025)) == 2


def test_a_list_of_several_years_is_several_lists(store: Store) -> None:
    results.load(store, a_list(entry(ONE, "4 РУ", "1", year=2024), entry(ONE, "4 РУ", "0", year=2025)), CREATE)
    assert [(kept.year, kept.entries) for kept in externals.lists(store.connection)] == [(2025, 1), (2024, 1)]


def test_the_same_list_again_changes_nothing_and_is_no_operation(store: Store) -> None:
    found = a_list(entry(ONE, "4 РУ", "1"))
    results.load(store, found, CREATE)
    again = results.load(store, found, CREATE)
    assert (again.accepted, again.operation_id, said(again)) == (True, None, (0, 0, 1, 0))


def test_every_kind_at_once_is_one_operation_that_undo_takes_back(store: Store) -> None:
    before = dump(store.connection)
    found = replace(
        a_list(entry(ONE, "4 РУ", "1")), marks=(mark(ONE, MATHS5, 2026, 8, 27),), tasks=(task(TWO, "1", 9),),
        scores=(scores(TWO, 1, 2),), metrics=(value(ONE, "ovz", "3", part=3),),
        schools=(ParsedSchool("СОШ № 3", at(3), codes=(("fisoko", "edu000003"),)),),
    )  # fmt: skip
    plan = results.load(store, found, CREATE)
    assert said(plan) == (6, 0, 0, 0)
    after = dump(store.connection)
    history.undo(store)
    assert dump(store.connection) == before
    history.redo(store)
    assert dump(store.connection) == after


def test_a_code_that_is_anothers_stays_there_and_is_told(store: Store) -> None:
    one, two = (schools.add(store, {"name": f"СОШ № {n}"}) for n in (1, 2))
    schools.set_code(store, one, "oo", "100001")
    schools.set_code(store, two, "fisoko", "edu000002")
    row = ParsedSchool("СОШ № 1", at(4), codes=(("oo", "100001"), ("fisoko", "edu000002")))
    plan = results.load(store, reading(schools=(row,)))
    assert [(p.code, p.level, p.cell) for p in plan.problems] == [("DATA_CODE_TAKEN", "warning", "4")]
    assert "«СОШ № 2»" in plan.problems[0].message
    assert rows(store, "SELECT organisation_id FROM organisation_code WHERE value = 'edu000002'") == [(two,)]


def test_a_draft_of_the_registry_goes_when_its_cell_is_put_right(store: Store) -> None:
    codes: tuple[tuple[CodeSystem, str], ...] = (("fisoko", "edu000001"),)
    row = ParsedSchool("СОШ № 1", at(2), codes=codes, drafts=(("inn", "12345", "IMP_INN_UNFIT"),))
    results.load(store, reading(schools=(row,)))
    assert rows(store, "SELECT column_name, raw FROM draft_cell") == [("inn", "12345")]
    fixed = ParsedSchool("СОШ № 1", at(2), codes=(*codes, ("inn", "2221001237")))
    assert said(results.load(store, reading(schools=(fixed,)))) == (0, 1, 0, 0)
    assert rows(store, "SELECT count(*) FROM draft_cell") == [(0,)]


def test_new_schools_are_one_entry_of_the_journal_under_keys_far_from_others(store: Store) -> None:
    listed = tuple(ParsedSchool(f"СОШ № {n}", at(n + 1), codes=(("own", str(n)),)) for n in range(1, 301))
    results.load(store, reading(schools=listed))
    entries = rows(
        store,
        "SELECT action, row_last - row_key FROM journal WHERE table_name = 'organisation' ORDER BY id DESC LIMIT 1",
    )
    assert entries == [("B", 299)]
    assert rows(store, "SELECT min(id) > 1000000 FROM organisation") == [(1,)]


def test_cancelling_between_lots_leaves_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "LOT", 10)
    found = reading(*(mark(school(f"СОШ № {n}", f"edu{n:06}"), MATHS5, 2026, 1, 10, row=n) for n in range(1, 101)))
    before = dump(store.connection)
    heard: list[tuple[int, int]] = []

    def watch(done: int, total: int) -> bool:
        heard.append((done, total))
        return done >= 50

    with pytest.raises(UserError) as refusal:
        results.load(store, found, CREATE, watch)
    assert refusal.value.code == "IMP_CANCELLED"
    assert heard == [(10, 100), (20, 100), (30, 100), (40, 100), (50, 100)]
    assert dump(store.connection) == before
    assert said(results.load(store, found, CREATE)) == (100, 0, 0, 0)


def packed(*rows: tuple[UnitRef, Assessment, int, int, int | None], mean: str | None = None) -> MarkRows:
    """(unit, assessment, year, participants, below); only the first row has a mean."""
    units = list(dict.fromkeys(row[0] for row in rows))
    works = list(dict.fromkeys((row[1], row[2]) for row in rows))
    found = MarkRows(units, works, ["Лист1"], means={0: mean} if mean else {})
    found.extend(
        [
            (units.index(unit), works.index((work, year)), 0, n, people, -1, -1, -1, -1, -1 if below is None else below)
            for n, (unit, work, year, people, below) in enumerate(rows, start=2)
        ]
    )
    return found


def test_packed_marks_load_as_rows_do(store: Store, tmp_path: Path) -> None:
    rows = packed((ONE, MATHS5, 2026, 27, 8), (TWO, MATHS5, 2026, 20, None), (ONE, OGE_MATHS, 2025, 10, 0), mean="3.28")
    assert said(results.preview(store.connection, replace(reading(), marks=rows), CREATE)) == (3, 0, 0, 0)
    assert said(results.load(store, replace(reading(), marks=rows), CREATE)) == (3, 0, 0, 0)
    other = made(tmp_path / "другой.opora")
    results.load(other, replace(reading(), marks=tuple(rows)), CREATE)

    def told(file: Store) -> list[tuple[Any, ...]]:
        return [
            (m.school, m.school_code, m.assessment, m.year, m.participants, m.m2, m.below_min, m.mean, m.restored,
             m.sheet, m.row_from, m.row_to, m.cells, m.file)
            for m in results.marks(file.connection)
        ]  # fmt: skip

    assert told(store) == told(other)
    assert told(store)[0][4:8] == (10, None, 0, None)
    assert [row[7] for row in told(store)] == [None, "3.28", None]
    other.abandon()
    assert said(results.load(store, replace(reading(), marks=rows), CREATE)) == (0, 0, 3, 0)
    corrected = packed((ONE, MATHS5, 2026, 27, 9), (TWO, MATHS5, 2025, 20, 1))
    assert said(results.load(store, replace(reading(), marks=corrected), CREATE)) == (1, 1, 0, 0)


def test_packed_marks_of_unknown_schools_are_left_out_and_counted(store: Store) -> None:
    known = schools.add(store, {"name": "СОШ № 1"})
    schools.set_code(store, known, "fisoko", "edu000001")
    rows = packed((TWO, MATHS5, 2026, 20, 1), (ONE, MATHS5, 2026, 27, 8), (TWO, RUSSIAN5, 2026, 20, 2))
    plan = results.load(store, replace(reading(), marks=rows))
    assert said(plan) == (1, 0, 0, 0)
    assert [(u.name, u.rows) for u in plan.unknown] == [("СОШ № 2", 2)]
    assert [(p.code, p.cell) for p in plan.problems] == [("GEN_UNKNOWN_SCHOOL", "2")]
    assert [m.row_from for m in results.marks(store.connection)] == [3]


def test_packed_marks_under_two_spellings_of_one_school_are_told(store: Store) -> None:
    schools.add(store, {"name": "МБОУ СОШ № 1"})
    one, again = UnitRef("school", "СОШ № 1"), UnitRef("school", "СОШ №1")
    plan = results.load(
        store, replace(reading(), marks=packed((one, MATHS5, 2026, 27, 8), (again, MATHS5, 2026, 27, 9)))
    )
    assert said(plan) == (1, 0, 0, 0)
    assert [p.code for p in plan.problems] == ["DATA_TWICE_DIFFERS"]


def test_cancelling_packed_marks_leaves_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "LOT", 10)
    units = [school(f"СОШ № {n}", f"edu{n:06}") for n in range(1, 101)]
    found = replace(reading(), marks=packed(*((unit, MATHS5, 2026, 10, 1) for unit in units)))
    before = dump(store.connection)
    heard: list[tuple[int, int]] = []

    def watch(done: int, total: int) -> bool:
        heard.append((done, total))
        return done >= 30

    with pytest.raises(UserError):
        results.load(store, found, CREATE, watch)
    assert heard == [(10, 100), (20, 100), (30, 100)]
    assert dump(store.connection) == before


def test_comparisons_of_autumn_and_spring_of_one_year_stand_beside_each_other(store: Store) -> None:
    """Autumn 2020 keeps result year 2020 and its flag (decision 1): neither takes the place of the other."""
    spring = compared(ONE, MATHS5, 2020, 20, 3)
    autumn = replace(spring, comparison=replace(spring.comparison, lowered=7, autumn=True))
    results.load(store, reading(journals=(spring,), name="весна.xlsx"), CREATE)
    results.load(store, reading(journals=(autumn,), name="осень.xlsx"))
    rows = store.connection.execute("SELECT autumn, lowered FROM journal_count ORDER BY autumn").fetchall()
    assert rows == [(0, 3), (1, 7)]
