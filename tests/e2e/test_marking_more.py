"""Marking by hand beyond the simple case: recognised files, deep headers, several tables, words for a whole file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from app.operations import profiles, results
from app.ui.widgets.basics import Button
from app.ui.windows.importing import Entry, ImportWizard
from app.ui.windows.marking import MarkingWindow
from tests.e2e.seat import Seat, plain
from tests.e2e.test_marking import read

COLUMNS = ("school", "participants", "mark2:count")


def book(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Path:
    from openpyxl import Workbook

    made = Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    made.save(path)
    return path


def opened(work: Seat, wizard: ImportWizard, button: Button) -> MarkingWindow:
    work.press(button.text(), button.parentWidget())
    work.wait(lambda: isinstance(getattr(wizard, "marking", None), MarkingWindow) and wizard.marking.isVisible())
    work.rest()
    return wizard.marking


def say(window: MarkingWindow, columns: Sequence[str] = COLUMNS) -> None:
    """Say what the columns are, and what holds for the whole file."""
    assert window.target.choose("marks")
    for at, meaning in enumerate(columns):
        assert window.columns.combo(at).choose(meaning)
    window.fixed.year.setText("2026")
    window.fixed.grade.setText("8")
    window.fixed.procedure.choose("РПР")
    window.fixed.subject.setCurrentText("Физика")


def test_a_recognised_file_is_marked_otherwise_from_what_was_read(work: Seat, tmp_path: Path) -> None:
    head = ["Школа", "Год", "Процедура", "Предмет", "Класс", "Участников", "2", "3", "4", "5", "Писали"]
    path = book(tmp_path / "наша.xlsx", {"Лист": [head, ["СОШ № 5", 2026, "РПР", "Физика", 8, 50, 10, 20, 15, 5, 70]]})
    wizard, (entry,) = read(work, path)
    assert entry.reading is not None
    assert (entry.reading.kind, entry.plan and entry.plan.rows_new) == ("marks", 1)
    window = opened(work, wizard, wizard.otherwise)
    assert [window.columns.combo(at).currentData() for at in (0, 1, 3, 4)] == ["school", "year", "subject", "grade"]
    assert window.target.currentData() == "marks"
    assert window.columns.combo(5).choose("")
    assert window.columns.combo(10).choose("participants")
    window.show_preview()
    assert [plain(cell) for cell in window.first_rows.model.all_rows()[0][:4]] == [
        "СОШ № 5", "РПР физика, 8 кл.", "2026", "70",
    ]  # fmt: skip
    for at in (6, 7, 8, 9):
        assert window.columns.combo(at).choose("")
    window.name.setText("Свод по-нашему")
    work.press("Сохранить разметку и прочитать", window)
    work.wait(lambda: entry.reading is not None and entry.reading.profile == "Свод по-нашему")
    work.wait(lambda: entry.plan is not None)
    assert entry.reading is not None
    assert [mark.count.participants for mark in entry.reading.marks] == [70]
    # once more: what was said is the beginning now
    work.rest()
    again = opened(work, wizard, wizard.otherwise)
    assert again.columns.combo(10).currentData() == "participants"
    assert not again.columns.combo(6).currentData()
    assert again.fixed.year.text() == "2026"
    again.reject()


def test_a_header_deep_in_a_large_sheet(work: Seat, tmp_path: Path) -> None:
    above = [[f"строка {n}", n, n] for n in range(1, 500)]
    path = book(
        tmp_path / "глубоко.xlsx", {"Лист": [*above, ["Где", "Явка", "Н"], ["СОШ № 5", 50, 10], ["СОШ № 9", 8, 2]]}
    )
    wizard, (entry,) = read(work, path)
    window = opened(work, wizard, wizard.unmarked.mark)
    assert plain(window.pages.words.text()) == "Строки 1–60 из 502"
    work.press("Ниже", window)
    work.wait(lambda: window.view.sheet.start == 60)
    work.rest()
    assert plain(window.pages.words.text()) == "Строки 61–260 из 502"
    window.pages.row.setValue(480)
    window.pages.row.editingFinished.emit()
    work.wait(lambda: window.view.sheet.start == 479)
    work.rest()
    assert not window.pages.after.isEnabled()
    window.view.pointed.emit(500, 500)
    work.wait(lambda: (window.first.value(), window.marking.first) == (500, 500))
    say(window)
    window.show_preview()
    assert [plain(row[0]) for row in window.first_rows.model.all_rows()] == ["СОШ № 5", "СОШ № 9"]
    # the numbers above lead there as well
    window.first.setValue(3)
    work.wait(lambda: window.marking.first == 3)
    window.last.setValue(500)
    window.first.setValue(500)
    work.wait(lambda: window.marking.first == 500)
    work.rest()
    say(window)
    window.name.setText("Глубокая")
    work.press("Сохранить разметку и прочитать", window)
    work.wait(lambda: not entry.refused and entry.plan is not None)
    assert entry.reading is not None
    assert [mark.count.participants for mark in entry.reading.marks] == [50, 8]
    wizard.reject()
    work.rest()
    _wizard, (again,) = read(work, book(tmp_path / "ещё.xlsx", {"Лист": [*above[:490], ["Где", "Явка", "Н"],
                                                                         ["СОШ № 5", 40, 4]]}))  # fmt: skip
    assert again.reading is not None
    assert again.reading.profile == "Глубокая"


SHEETS: dict[str, list[list[Any]]] = {
    "Первый": [["Где", "Явка", "Н"], ["СОШ № 5", 50, 10], [], ["Где", "Явка", "Н"], ["СОШ № 7", 20, 1]],
    "Второй": [["Где", "Явка", "Н"], ["СОШ № 9", 8, 2]],
    "Дети": [["Кто", "С ОВЗ"], ["СОШ № 5", 12]],
}


def test_a_book_of_two_different_tables_is_marked_table_by_table(work: Seat, tmp_path: Path) -> None:
    wizard, (entry,) = read(work, book(tmp_path / "книга.xlsx", SHEETS))
    window = opened(work, wizard, wizard.unmarked.mark)
    window.point(1, 1)
    say(window)
    window.fixed.municipality.setText("Лесогорский муниципальный округ")
    window.name.setText("Итоги")
    work.press("Сохранить разметку и прочитать", window)
    words = work.wait_bar("В книге есть ещё таблица", window)
    assert "Лист «Дети»" in words, "the second sheet has the same columns: it is read by the same marking"
    assert window.isVisible()
    work.press("Разметить и её", window)
    assert window.marking.sheet.name == "Дети"
    assert window.fixed.municipality.text() == "Лесогорский муниципальный округ", "it is the same file"
    assert window.target.choose("metrics")
    assert window.columns.combo(0).choose("school")
    metric = next(key for _words, key in _meanings(window) if key.startswith("metric:"))
    assert window.columns.combo(1).choose(metric)
    work.press("Сохранить разметку и прочитать", window)
    work.wait(lambda: not entry.refused and entry.plan is not None)
    _check(entry)
    assert {item.name for item in work.read(profiles.listing)} >= {"Итоги", "книга, Лист «Дети»"}
    work.rest()
    work.press("Загрузить 1\u00a0файл", wizard)
    work.wait(lambda: wizard.step == 2)
    work.rest()
    assert {m.participants for m in work.read(results.marks, subject="физика", year=2026)} >= {50, 8}


def _meanings(window: MarkingWindow) -> list[tuple[str, str]]:
    combo = window.columns.combo(1)
    return [(combo.itemText(i), str(combo.itemData(i))) for i in range(combo.count())]


def _check(entry: Entry) -> None:
    assert entry.reading is not None
    rows = [(mark.unit.name, mark.unit.municipality, mark.count.participants) for mark in entry.reading.marks]
    assert rows == [(name, "Лесогорский муниципальный округ", many)
                    for name, many in (("СОШ № 5", 50), ("СОШ № 7", 20), ("СОШ № 9", 8))]  # fmt: skip
    assert [(metric.unit.name, metric.figure.raw) for metric in entry.reading.metrics] == [("СОШ № 5", "12")]


def test_who_closes_after_the_first_table_has_it_read(work: Seat, tmp_path: Path) -> None:
    wizard, (entry,) = read(work, book(tmp_path / "книга.xlsx", SHEETS))
    window = opened(work, wizard, wizard.unmarked.mark)
    window.point(1, 1)
    say(window)
    work.press("Сохранить разметку и прочитать", window)
    work.wait_bar("В книге есть ещё таблица", window)
    work.press("Отмена", window)
    work.wait(lambda: not entry.refused and entry.plan is not None)
    assert entry.reading is not None
    assert len(entry.reading.marks) == 3
