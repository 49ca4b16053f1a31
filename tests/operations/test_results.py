from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.importers.parsed import FileReading, ParsedJournal, ParsedMark, ParsedSchool, ParsedTask, Question, UnitRef
from app.models import organisations
from app.models.records import MarkCount, Origin, TaskCount
from app.models.store import Store
from app.operations import desk, history, results, schools
from app.operations.results import Options
from tests.operations.conftest import MATHS5, OGE_MATHS, RUSSIAN5, journal, mark, reading, school

CREATE = Options(create_schools=True)
ONE = school("СОШ № 1", "edu000001")


def figures(store: Store) -> list[tuple[str, str, int, int | None, int]]:
    return [
        (m.school, m.assessment.label, m.year, m.below_min, m.participants) for m in results.marks(store.connection)
    ]


def test_a_file_is_one_operation_and_one_undo_step(store: Store) -> None:
    before = len(history.history(store.connection))
    plan = results.load(store, reading(mark(ONE, MATHS5, 2026, 8, 27), mark(ONE, RUSSIAN5, 2026, 3, 10)), CREATE)
    assert (plan.accepted, plan.rows_new, plan.rows_changed, plan.rows_same) == (True, 2, 0, 0)
    assert len(history.history(store.connection)) == before + 1
    history.undo(store)
    assert figures(store) == []
    assert schools.listing(store.connection) == []
    history.redo(store)
    assert len(figures(store)) == 2


def test_loading_twice_changes_nothing_and_a_correction_is_one_change(store: Store) -> None:
    results.load(store, reading(mark(ONE, MATHS5, 2026, 8, 27)), CREATE)
    before, files = history.history(store.connection), results.files(store.connection)
    again = results.load(store, reading(mark(ONE, MATHS5, 2026, 8, 27)), CREATE)
    assert (again.accepted, again.rows_new, again.rows_changed, again.rows_same) == (True, 0, 0, 1)
    assert again.operation_id is None
    assert history.history(store.connection) == before
    assert results.files(store.connection) == files
    changed = results.load(store, reading(mark(ONE, MATHS5, 2026, 9, 27, row=12)), CREATE)
    assert (changed.rows_new, changed.rows_changed, changed.rows_same) == (0, 1, 0)
    assert changed.changes[0].place == "Лист1, D12"
    assert figures(store) == [("СОШ № 1", MATHS5.label, 2026, 9, 27)]
    history.undo(store)
    assert figures(store) == [("СОШ № 1", MATHS5.label, 2026, 8, 27)]


def test_a_file_loaded_again_is_kept_where_its_findings_are_others(store: Store) -> None:
    stranger = school("Гимназия № 9")
    found = reading(mark(ONE, MATHS5, 2026, 8, 27), mark(stranger, MATHS5, 2026, 1, 5))
    schools.set_code(store, schools.add(store, {"name": "СОШ № 1"}), "fisoko", "edu000001")
    assert results.load(store, found).operation_id is not None
    (first,) = results.open_problems(store.connection)
    results.explain_problem(store, first.id, "Школа соседнего округа")
    # the same findings: the explanation stays
    assert results.load(store, found).operation_id is None
    assert results.open_problems(store.connection) == []
    decided = Options(decisions={"name:" + "гимназия №9|": "skip"})
    assert [u.key for u in results.preview(store.connection, found).unknown] == list(decided.decisions)
    assert results.load(store, found, decided).operation_id is not None
    assert len(results.files(store.connection)) == 2


def test_nothing_new_makes_no_backup_on_closing(path: Path) -> None:
    store = Store.create(path, name="Лесогорск", actor="Ким")
    results.load(store, reading(mark(ONE, MATHS5, 2026, 8, 27)), CREATE)
    assert store.close() is not None
    store = Store.open(path, actor="Ким")
    assert results.load(store, reading(mark(ONE, MATHS5, 2026, 8, 27)), CREATE).accepted
    assert store.close() is None


def test_preview_says_the_same_and_writes_nothing(store: Store) -> None:
    found = reading(mark(ONE, MATHS5, 2026, 8, 27), journals=(journal(ONE, MATHS5, 2026, 27, 4),))
    plan = results.preview(store.connection, found, CREATE)
    assert (plan.rows_new, plan.accepted) == (2, False)
    assert figures(store) == []
    assert results.load(store, found, CREATE).rows_new == 2


def test_unknown_school_is_listed_with_its_place_and_the_decision_is_remembered(store: Store) -> None:
    known = schools.add(store, {"name": "МБОУ «Лесогорская СОШ № 3»"})
    stranger = UnitRef("school", "Лесогорская школа N3")
    found = reading(mark(stranger, MATHS5, 2026, 5, 20, row=14))
    plan = results.load(store, found)
    assert plan.rows_new == 0
    assert [(p.code, p.sheet, p.cell) for p in plan.problems] == [("GEN_UNKNOWN_SCHOOL", "Лист1", "D14")]
    assert plan.unknown[0].proposals[0].school_id == known
    decided = results.load(store, found, Options(decisions={plan.unknown[0].key: known}))
    assert decided.rows_new == 1
    # the next file with the same spelling needs no person
    assert results.load(store, reading(mark(stranger, MATHS5, 2027, 5, 20))).rows_new == 1


def test_rows_of_an_unknown_school_are_counted_once(store: Store) -> None:
    stranger = school("edu000009", "edu000009")

    def at(first: int, last: int) -> Origin:
        return Origin("Sheet", first, last)

    count = MarkCount(MATHS5, 2026, 9, below_min=1)
    marks = (ParsedMark(stranger, count, at(2, 10)), ParsedMark(stranger, replace(count, year=2025), at(12, 12)))
    journals = (ParsedJournal(stranger, journal(stranger, MATHS5, 2026, 9, 1).comparison, at(2, 10)),)
    plan = results.preview(store.connection, reading(*marks, journals=journals))
    # rows 2-10 stand for the marks and for the journal, row 12 for another year
    assert [unknown.rows for unknown in plan.unknown] == [10]
    assert "(строк: 10)" in plan.problems[0].message


def test_refused_and_questioned_files_write_nothing(store: Store) -> None:
    before = len(history.history(store.connection))
    asked = replace(reading(mark(ONE, MATHS5, 2026, 8, 27)), questions=(Question("year", "За какой год?"),))
    plan = results.load(store, asked, CREATE)
    assert not plan.accepted
    assert plan.problems[-1].code == "GEN_IMPORT_QUESTION"
    assert len(history.history(store.connection)) == before


def test_oge_without_a_grade_means_nine(store: Store) -> None:
    results.load(store, reading(mark(ONE, OGE_MATHS, 2026, 6, 20)), CREATE)
    assert results.marks(store.connection)[0].assessment.grade == 9


def test_the_first_registry_with_one_municipality_says_what_is_ours(store: Store) -> None:
    row = ParsedSchool("СОШ № 1", Origin("Лист1", 2, 2), municipality="город N")
    results.load(store, reading(schools=(row,)))
    assert [s.own for s in organisations.listing(store.connection, own=None)] == [True]


def test_foreign_municipalities_become_reference_schools_unless_all_own(store: Store) -> None:
    rows = tuple(
        ParsedSchool(f"СОШ № {n}", Origin("Лист1", n + 1, n + 1), municipality=area)
        for n, area in ((1, "Лесогорский округ"), (2, "Соседний район"))
    )
    results.load(store, reading(schools=rows))
    assert {s.name: s.own for s in organisations.listing(store.connection, own=None)} == {
        "СОШ № 1": True,
        "СОШ № 2": False,
    }
    history.undo(store)
    results.load(store, reading(schools=rows), Options(all_own=True))
    assert {s.own for s in organisations.listing(store.connection, own=None)} == {True}


def region(*areas: str | None) -> FileReading:
    units = (school(f"СОШ № {n}", f"edu00000{n}", area) for n, area in enumerate(areas, start=1))
    return reading(*(mark(unit, MATHS5, 2026, 1, 10) for unit in units))


def test_a_region_without_a_school_of_ours_is_said(store: Store) -> None:
    found = region("Бийский район", "город Барнаул", "г. Барнаул", None)
    assert "GEN_NO_OWN_SCHOOLS" not in {p.code for p in results.preview(store.connection, found, CREATE).problems}
    found = region("Бийский район", "город Барнаул", "г. Барнаул")
    for plan in (results.preview(store.connection, found, CREATE), results.load(store, found, CREATE)):
        told = [p for p in plan.problems if p.code == "GEN_NO_OWN_SCHOOLS"]
        assert [p.level for p in told] == ["warning"]
        assert "школы 2\u00a0муниципалитетов" in told[0].message
        assert "«Лесогорский муниципальный округ»" in told[0].message
    history.undo(store)
    for options in (Options(create_schools=True, all_own=True), CREATE):
        if options is CREATE:
            desk.put_setting(store, "municipality", "г. Барнаул")
        assert results.load(store, found, options).problems == ()
        own = {s.name: s.own for s in organisations.listing(store.connection, own=None)}
        assert own == {"СОШ № 1": options.all_own, "СОШ № 2": True, "СОШ № 3": True}
        history.undo(store)


def test_a_region_whose_codes_are_ours_needs_no_name(store: Store) -> None:
    key = schools.add(store, {"name": "СОШ № 2"})
    schools.set_code(store, key, "fisoko", "edu000002")
    plan = results.load(store, region("Бийский район", "город Барнаул"), CREATE)
    assert plan.problems == ()


def test_units_above_the_school_are_kept_apart(store: Store) -> None:
    region = UnitRef("region", "Чеченская Республика")
    area = UnitRef("municipality", "Урус-Мартановский муниципальный район(reg20_m012)")
    results.load(store, reading(mark(region, MATHS5, 2026, 4000, 30000), mark(area, MATHS5, 2026, 400, 3000)), CREATE)
    assert figures(store) == []
    from app.models.results import marks

    assert sorted(m.below_min or 0 for m in marks(store.connection, areas=True)) == [400, 4000]


def test_a_draft_of_a_registry_cell_is_kept_and_reported_by_check(store: Store) -> None:
    from app.operations.maintenance import check

    row = ParsedSchool("СОШ № 1", Origin("Лист1", 2, 2), drafts=(("inn", "12345", "IMP_INN"),))
    results.load(store, reading(schools=(row,)))
    assert [(p.code, p.level) for p in check(store.connection)] == [("STORE_DRAFT", "warning")]
    assert "12345" in check(store.connection)[0].message


def test_source_bytes_are_kept_but_never_of_pupil_rows(store: Store, tmp_path: Path) -> None:
    import hashlib

    source = tmp_path / "ф3.xlsx"
    source.write_bytes(b"bytes of a report")
    digest = hashlib.sha256(b"bytes of a report").hexdigest()
    plain = replace(reading(mark(ONE, MATHS5, 2026, 8, 27)), path=str(source), sha256=digest)
    results.load(store, plain, CREATE)
    pupils = tmp_path / "ученики.xlsx"
    pupils.write_bytes(b"pupil Ivanov")
    personal = replace(plain, path=str(pupils), sha256=hashlib.sha256(b"pupil Ivanov").hexdigest(), personal=True)
    results.load(store, personal, CREATE)
    kept = [row[0] for row in store.connection.execute("SELECT bytes FROM blob")]
    assert kept == [b"bytes of a report"]
    store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert b"pupil Ivanov" not in store.path.read_bytes()


def test_the_origin_of_a_count_is_file_sheet_and_cell(store: Store) -> None:
    results.load(store, reading(mark(ONE, MATHS5, 2026, 8, 27, row=31), name="Ф3 математика.xlsx"), CREATE)
    stored = results.marks(store.connection)[0]
    assert (stored.file, stored.sheet, stored.row_from, stored.cells) == ("Ф3 математика.xlsx", "Лист1", 31, "D31")


def test_marks_are_found_whatever_the_letter_case_of_the_subject(store: Store) -> None:
    results.load(store, reading(mark(ONE, MATHS5, 2026, 8, 27), mark(ONE, RUSSIAN5, 2026, 1, 27)), CREATE)
    assert [m.below_min for m in results.marks(store.connection, subject="МАТЕМАТИКА")] == [8]


def test_counts_never_become_fractions(store: Store) -> None:
    count = MarkCount(MATHS5, 2026, 89, 11, 47, 24, 7, 11, "3.30", restored=True)
    from app.importers.parsed import ParsedMark

    results.load(store, reading(ParsedMark(ONE, count, Origin("Л", 12, 12))), CREATE)
    stored = results.marks(store.connection)[0]
    assert (stored.m2, stored.m3, stored.m4, stored.m5, stored.restored, stored.mean) == (11, 47, 24, 7, True, "3.30")


def test_a_report_in_percent_does_not_undo_what_was_counted_of_a_task(store: Store) -> None:
    unit = school("СОШ № 1", "edu000001")

    def told(**known: object) -> FileReading:
        count = TaskCount(MATHS5, 2026, "1", 20, **known)  # type: ignore[arg-type]
        return replace(reading(name=f"{len(known)}.xlsx"), tasks=(ParsedTask(unit, count, Origin("Л", 9, 9)),))

    results.load(store, told(points=31, max_points=2, difficulty="Б", skipped=1), CREATE)
    results.load(store, told(points=32, max_points=2, outcome="Сложение чисел", restored=True), CREATE)
    [task] = results.tasks(store.connection)
    assert (task.points, task.restored, task.skipped, task.difficulty) == (31, False, 1, "Б")
    assert task.outcome == "Сложение чисел"
    results.load(store, told(points=None, max_points=2), CREATE)
    [task] = results.tasks(store.connection)
    assert (task.points, task.outcome) == (31, "Сложение чисел")


def test_a_renamed_school_keeps_its_old_name_as_a_spelling(store: Store) -> None:
    for name in ("СОШ № 1 имени Ленина", "Лицей «Заря»"):
        row = ParsedSchool(name, Origin("Л", 2, 2), codes=(("fisoko", "edu000001"),))
        results.load(store, replace(reading(name=f"{name}.xlsx"), schools=(row,)))
    [found] = schools.listing(store.connection)
    assert found.name == "Лицей «Заря»"
    assert "СОШ № 1 имени Ленина" in [spelling for _key, spelling in schools.card(store.connection, found.id).aliases]
