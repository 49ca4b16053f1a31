"""«Откуда это?»: file, sheet, cell, day and operation of every kind of value."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import UserError
from app.importers.parsed import (
    ExternalHead,
    FileReading,
    ParsedExternal,
    ParsedMetric,
    ParsedSchool,
    ParsedScores,
    ParsedTask,
)
from app.models.records import ExternalMark, MetricFigure, Origin, ScoreCount, TaskCount
from app.models.store import Store
from app.operations import history, kept_files, metrics, origin, results, schools
from app.operations.results import Options
from tests.operations.conftest import MATHS5, RUSSIAN5, journal, mark, reading, school

CREATE = Options(create_schools=True)
ONE = school("СОШ № 1", "edu000001")


def everything(name: str = "всё.xlsx") -> FileReading:
    place = Origin("Лист1", 5, 5, "C5")
    return replace(
        reading(mark(ONE, MATHS5, 2026, 8, 27), journals=(journal(ONE, MATHS5, 2026, 27, 4),), name=name),
        sha256=hashlib.sha256(name.encode()).hexdigest(),
        tasks=(ParsedTask(ONE, TaskCount(MATHS5, 2026, "1", 27, 20), place),),
        scores=(ParsedScores(ONE, ScoreCount(MATHS5, 2026, 3, (0, 3)), place),),
        metrics=(ParsedMetric(ONE, MetricFigure("ovz", 2025, "12", part=12), place),),
        externals=(ParsedExternal(ONE, ExternalMark("4 РУ", "1", "1"), place),),
        external_head=ExternalHead("bias", 2025, "Маркеры"),
    )


def only_key(store: Store, table: str) -> int:
    ((key,),) = store.connection.execute(f"SELECT id FROM {table}").fetchall()
    return int(key)


@pytest.mark.parametrize(
    ("table", "cells"),
    [("mark_count", "D9"), ("journal_count", None), ("task_count", "C5"), ("score_count", "C5"),
     ("metric_value", "C5"), ("external_entry", "C5")],
)  # fmt: skip
def test_a_loaded_value_knows_file_sheet_cell_and_operation(store: Store, table: str, cells: str | None) -> None:
    operation = results.load(store, everything(), CREATE).operation_id
    trace = origin.origin_of(store.connection, table, only_key(store, table))
    assert trace.file is not None
    assert (trace.file.name, trace.file.sheet, trace.file.cells) == ("всё.xlsx", "Лист1", cells)
    assert trace.file.sha256 == hashlib.sha256("всё.xlsx".encode()).hexdigest()
    assert trace.written is not None
    assert (trace.written.id, trace.written.actor) == (operation, "Ким О. В.")
    assert not trace.by_hand


def test_a_corrected_value_names_the_later_file_and_undo_names_the_first_again(store: Store) -> None:
    first = results.load(store, everything("первый.xlsx"), CREATE).operation_id
    later = reading(mark(ONE, MATHS5, 2026, 9, 27, row=44), name="второй.xlsx")
    second = results.load(store, later, CREATE).operation_id
    key = only_key(store, "mark_count")

    def told() -> tuple[str | None, str | None, int | None]:
        trace = origin.origin_of(store.connection, "mark_count", key)
        assert trace.file is not None
        return trace.file.name, trace.file.cells, trace.written.id if trace.written else None

    assert told() == ("второй.xlsx", "D44", second)
    history.undo(store)
    assert told() == ("первый.xlsx", "D9", first)


def test_a_field_of_the_card_names_the_operation_that_gave_it_its_value(store: Store) -> None:
    row = ParsedSchool(
        "МБОУ СОШ № 1",
        Origin("Лист1", 2, 2),
        short_name="СОШ № 1",
        codes=(("fisoko", "edu000001"),),
        settlement="Лесное",
    )
    results.load(store, reading(schools=(row,), name="реестр.xlsx"))
    key = only_key(store, "organisation")
    schools.edit(store, key, {"settlement": "Сосновка"})
    schools.edit(store, key, {"address": "ул. Мира, 1"})
    told = {t.what: t for t in origin.of_card(store.connection, key)}
    assert {what: (t.value, t.file.name if t.file else None) for what, t in told.items()} == {
        "Название": ("МБОУ СОШ № 1", "реестр.xlsx"),
        "Краткое название": ("СОШ № 1", "реестр.xlsx"),
        "Населённый пункт": ("Сосновка", None),
        "Адрес": ("ул. Мира, 1", None),
        "Состояние": ("действует", "реестр.xlsx"),
        "Логин ФИС ОКО": ("edu000001", "реестр.xlsx"),
    }
    history.undo(store)
    history.undo(store)
    told = {t.what: t for t in origin.of_card(store.connection, key)}
    settlement = told["Населённый пункт"]
    assert (settlement.value, settlement.file.name if settlement.file else None) == ("Лесное", "реестр.xlsx")


def test_numbers_of_pupils_typed_by_hand_have_an_operation_and_no_file(store: Store) -> None:
    key = schools.add(store, {"name": "СОШ № 1"})
    schools.set_year(store, key, 2025, "pupils", "340")
    schools.set_year(store, key, 2025, "teachers", "21")
    told = {t.what: t for t in origin.of_card(store.connection, key)}
    pupils, teachers = told["Учеников, 2025/26"], told["Учителей, 2025/26"]
    assert (pupils.value, pupils.by_hand, teachers.value) == ("340", True, "21")
    assert pupils.written is not None
    assert teachers.written is not None
    assert pupils.written.id < teachers.written.id


def test_results_are_found_by_procedure_year_subject_and_grade(store: Store) -> None:
    results.load(store, everything(), CREATE)
    results.load(store, reading(mark(ONE, RUSSIAN5, 2025, 3, 20), name="русский.xlsx"))
    key = schools.find(store.connection, "edu000001").id
    assert len(origin.of_results(store.connection, key)) == 5
    (russian,) = origin.of_results(store.connection, key, subject="русский ЯЗЫК")
    assert (russian.value, russian.what) == ("3 из 20", f"отметки, {RUSSIAN5.label}, 2025")
    assert [t.table for t in origin.of_results(store.connection, key, procedure="ВПР", year=2026, grade=5)] == [
        "mark_count", "journal_count", "task_count", "score_count",
    ]  # fmt: skip
    assert origin.of_results(store.connection, key, procedure="ОГЭ") == []


def test_what_was_loaded_for_a_merged_record_is_found_from_the_school(store: Store) -> None:
    results.load(store, everything(), CREATE)
    kept = schools.add(store, {"name": "Школа номер один"})
    schools.merge(store, schools.find(store.connection, "edu000001").id, kept)
    assert len(origin.of_results(store.connection, kept)) == 4
    assert [t.value for t in origin.of_lists(store.connection, kept)] == ["1"]


def test_a_metric_is_found_by_its_name_and_a_typed_value_is_by_hand(store: Store) -> None:
    results.load(store, everything(), CREATE)
    key = schools.find(store.connection, "edu000001").id
    code = next(metric.code for metric in metrics.catalogue().metrics if metric.kind == "count")
    metrics.put(store, 2024, [(key, code, "15")])
    (typed,) = origin.of_metric(store.connection, key, code)
    assert (typed.value, typed.by_hand, typed.written is not None) == ("15", True, True)
    with pytest.raises(UserError):
        origin.of_metric(store.connection, key, "нет такого показателя")


def test_all_metrics_of_a_school_are_listed_with_those_of_merged_records(store: Store) -> None:
    """Newest year first, then as in the catalogue; a metric that the catalogue lost is called by its code."""
    results.load(store, everything(), CREATE)
    key = schools.find(store.connection, "edu000001").id
    other = schools.add(store, {"name": "Вторая запись"})
    metrics.put(store, 2024, [(other, "noko", "80")])
    metrics.put(store, 2025, [(key, "noko", "81"), (key, "pupils", "300")])
    with store.operation("Загружено", "test") as operation:
        operation.insert("metric_value", organisation_id=key, school_year=2025, metric="gone", part=1, raw="1")
    schools.merge(store, other, key)
    found = origin.of_metrics(store.connection, key)
    names = {metric.code: metric.name for metric in metrics.catalogue(store.connection).metrics}
    places = list(names)
    assert places.index("pupils") < places.index("noko")
    assert [(t.what, t.value, t.by_hand) for t in found] == [
        (f"{names['pupils']}, 2025/26", "300", True),
        (f"{names['noko']}, 2025/26", "81", True),
        ("gone, 2025/26", "1", True),
        ("ovz, 2025/26", "12", False),
        (f"{names['noko']}, 2024/25", "80", True),
    ]
    assert [t.value for t in origin.of_metrics(store.connection, key, 2024)] == ["80"]


def test_a_row_that_is_not_there_is_refused(store: Store) -> None:
    with pytest.raises(UserError) as refusal:
        origin.origin_of(store.connection, "mark_count", 5)
    assert refusal.value.code == "DATA_NO_VALUE"
    with pytest.raises(ValueError, match="setting"):
        origin.origin_of(store.connection, "setting", 5)


def test_a_kept_file_is_given_back_bit_by_bit(store: Store, tmp_path: Path) -> None:
    source = tmp_path / "Ф3.xlsx"
    source.write_bytes(b"bytes of a report")
    digest = hashlib.sha256(b"bytes of a report").hexdigest()
    found = replace(reading(mark(ONE, MATHS5, 2026, 8, 27), name="Ф3.xlsx"), path=str(source), sha256=digest)
    results.load(store, found, CREATE)
    (listed,) = results.files(store.connection)
    assert (listed.sha256, listed.kept, listed.size) == (digest, 1, 10)
    target = tmp_path / "вернули"
    target.mkdir()
    for query in (str(listed.id), digest[:8], "ф3.XLSX"):
        path = kept_files.export(store.connection, query, target)
        assert path.read_bytes() == b"bytes of a report"
    assert sorted(p.name for p in target.iterdir()) == ["Ф3 (2).xlsx", "Ф3 (3).xlsx", "Ф3.xlsx"]


def test_a_file_of_pupils_is_named_but_not_given_back(store: Store, tmp_path: Path) -> None:
    source = tmp_path / "ученики.xlsx"
    source.write_bytes(b"pupil Ivanov")
    digest = hashlib.sha256(b"pupil Ivanov").hexdigest()
    found = replace(reading(mark(ONE, MATHS5, 2026, 8, 27), name="ученики.xlsx"), path=str(source), sha256=digest)
    results.load(store, replace(found, personal=True), CREATE)
    for query, code in ((digest, "DATA_FILE_NOT_KEPT"), ("нет.xlsx", "DATA_NO_FILE"), (digest[:3], "DATA_NO_FILE")):
        with pytest.raises(UserError) as refusal:
            kept_files.export(store.connection, query, tmp_path / "копия.xlsx")
        assert refusal.value.code == code


def test_a_file_that_changed_since_it_was_read_is_not_kept(store: Store, tmp_path: Path) -> None:
    source = tmp_path / "Ф3.xlsx"
    source.write_bytes(b"other bytes by now")
    found = replace(reading(mark(ONE, MATHS5, 2026, 8, 27), name="Ф3.xlsx"), path=str(source))
    results.load(store, found, CREATE)
    assert results.files(store.connection)[0].kept == 0
    assert store.connection.execute("SELECT count(*) FROM blob").fetchone() == (0,)
