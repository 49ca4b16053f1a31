"""A table that nobody knows: a person marks it once, and next year's file is known by itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from app.operations import profiles, results
from app.ui.windows.importing import Entry, ImportWizard
from app.ui.windows.journal import FilesWindow
from app.ui.windows.marking import MarkingWindow
from app.ui.windows.marking_list import MarkingsWindow
from tests.e2e.seat import Seat, plain

HEAD = ("Где учатся", "Явка", "Н", "У", "Х", "О")
"""No word of it is known."""


def book(path: Path, head: Sequence[Any], *rows: Sequence[Any]) -> Path:
    """Write a sheet with a title line above its header."""
    from openpyxl import Workbook

    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "Свод"
    for row in (["Приложение к письму"], list(head), *(list(row) for row in rows)):
        sheet.append(row)
    made.save(path)
    return path


def read(work: Seat, *paths: Path) -> tuple[ImportWizard, list[Entry]]:
    work.window.go("import", list(paths))
    wizard = work.opened(ImportWizard)
    work.rest()
    work.press("Прочитать", wizard)
    work.wait(lambda: wizard.step == 1 and all(entry.plan is not None for entry in wizard.entries))
    work.rest()
    return wizard, wizard.entries


def mark(work: Seat, wizard: ImportWizard) -> MarkingWindow:
    """Say what every column of the table is, as a person would: by the grid, the choices and the lines."""
    work.press("Разметить таблицу…", wizard.unmarked)
    work.rest()
    window = wizard.marking
    assert window.isVisible()
    header = window.view.verticalHeader()
    spot = header.viewport().rect().center()
    spot.setY(header.sectionViewportPosition(1) + header.sectionSize(1) // 2)
    work.qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert (window.first.value(), window.last.value()) == (2, 2)
    assert window.verdict.text() == "Выберите, что это за таблица."
    assert not window.save.isEnabled()
    assert window.target.choose("marks")
    for at, meaning in enumerate(("school", "participants", "mark2:count", "mark3:count", "mark4:count",
                                  "mark5:count")):  # fmt: skip
        assert window.columns.combo(at).choose(meaning)
    return window


def test_an_unknown_table_is_marked_loaded_and_known_the_next_year(work: Seat, tmp_path: Path) -> None:
    first = book(tmp_path / "свод а.xlsx", HEAD, ("СОШ № 5", 50, 10, 20, 15, 5))
    wizard, (entry,) = read(work, first)
    assert entry.markable
    assert "не найдено ни одной знакомой таблицы" in work.bar(wizard)
    window = mark(work, wizard)
    window.show_preview()
    assert plain(window.verdict.text()).startswith("Программа спросит: За какой год результаты?")
    window.fixed.year.setText("2025")
    window.fixed.grade.setText("8")
    window.fixed.procedure.choose("РПР")
    window.fixed.subject.setCurrentText("Физика")
    window.show_preview()
    (row,) = window.first_rows.model.all_rows()
    assert [plain(cell) for cell in row] == ["СОШ № 5", "РПР физика, 8 кл.", "2025", "50", "10", "20", "15", "5", "10"]
    window.name.setText("Свод по физике")
    work.press("Сохранить разметку и прочитать", window)
    work.wait(lambda: not entry.refused and entry.plan is not None)
    work.rest()
    assert not window.isVisible()
    assert entry.plan is not None
    assert entry.plan.rows_new == 1
    work.press("Загрузить 1\u00a0файл", wizard)
    work.wait(lambda: wizard.step == 2)
    work.rest()
    assert work.marks("СОШ № 5", "Физика", 8, 2025) == [(50, 10, 20, 15, 5)]
    wizard.reject()
    # next year: other order of columns, one more line above; only the year must be said
    second = book(tmp_path / "свод б.xlsx", ["О", *HEAD[:5]], (7, "СОШ № 5", 40, 3, 10, 20), (0, "СОШ № 9", 8, 2, 2, 4))
    wizard, (entry,) = read(work, second)
    assert entry.reading is not None
    assert entry.reading.profile == "Свод по физике"
    assert [question.key for question in entry.reading.questions] == ["year"]
    answered = wizard.questions
    answered._fields["year"].setText("2026")  # type: ignore[union-attr]
    work.press("Прочитать с этими ответами", wizard)
    work.wait(lambda: not entry.asks and entry.plan is not None)
    work.rest()
    work.press("Загрузить 1\u00a0файл", wizard)
    work.wait(lambda: wizard.step == 2)
    work.rest()
    assert work.marks("СОШ № 5", "Физика", 8) == [(40, 3, 10, 20, 7)]


def test_other_unknown_files_are_read_by_the_new_marking(work: Seat, tmp_path: Path) -> None:
    files = [
        book(tmp_path / f"свод {year}.xlsx", [*HEAD, "Год"], ("СОШ № 5", 50, 10, 20, 15, 5, year))
        for year in (2024, 2025)
    ]
    wizard, entries = read(work, *files)
    assert all(entry.markable for entry in entries)
    window = mark(work, wizard)
    assert window.columns.combo(6).currentData() == "year", "what is known by its heading is proposed"
    window.fixed.grade.setText("8")
    window.fixed.procedure.choose("РПР")
    window.fixed.subject.setCurrentText("Физика")
    work.press("Сохранить разметку и прочитать", window)
    work.wait(lambda: all(entry.plan is not None and entry.plan.rows_new == 1 for entry in entries))
    assert work.read(profiles.listing)[0].name == "свод 2024"


def test_a_folder_gives_its_tables_and_says_what_it_left_out(work: Seat, tmp_path: Path) -> None:
    folder = tmp_path / "Файлы района"
    (folder / "внутри").mkdir(parents=True)
    book(folder / "внутри" / "б.xlsx", HEAD, ("СОШ № 5", 50, 10, 20, 15, 5))
    book(folder / "а.xlsx", HEAD, ("СОШ № 5", 50, 10, 20, 15, 5))
    (folder / "письмо.docx").write_bytes(b"no table")
    work.command("import")
    wizard = work.opened(ImportWizard)
    work.answers.will("open", [folder / "а.xlsx"])
    work.press("Выбрать файлы…", wizard)
    work.answers.will("folder", folder)
    work.press("Выбрать папку…", wizard)
    work.wait(lambda: len(wizard.entries) == 2)
    assert {entry.path.name for entry in wizard.entries} == {"а.xlsx", "б.xlsx"}, "nothing twice"
    assert "docx" in work.wait_bar("Файлы района", wizard)


def test_markings_are_renamed_saved_taken_and_deleted(work: Seat, tmp_path: Path) -> None:
    wizard, _entries = read(work, book(tmp_path / "свод.xlsx", HEAD, ("СОШ № 5", 50, 10, 20, 15, 5)))
    window = mark(work, wizard)
    work.press("Сохранить разметку и прочитать", window)
    work.wait(lambda: bool(work.read(profiles.listing)))
    work.rest()
    wizard.reject()
    work.command("markings")
    markings = work.opened(MarkingsWindow)
    work.wait(lambda: markings.table.model.total == 1)
    work.answers.will("ask", {"name": "Свод района"})
    work.press("Переименовать…", markings)
    work.wait(lambda: [item.name for item in markings.table.model.all_rows()] == ["Свод района"])
    work.rest()
    work.answers.will("save", tmp_path / "свод района.toml")
    work.press("Сохранить в файл…", markings)
    work.wait_bar("Разметка сохранена", markings)
    text = (tmp_path / "свод района.toml").read_text("utf-8")
    assert "Где учатся" in text
    assert "СОШ" not in text, "no data go along"
    work.press("Удалить", markings)
    work.wait(lambda: markings.table.model.total == 0)
    work.rest()
    work.answers.will("open", [tmp_path / "свод района.toml"])
    work.press("Взять из файла…", markings)
    work.wait(lambda: [item.name for item in markings.table.model.all_rows()] == ["Свод района"])


def test_the_source_of_a_loaded_file_is_given_back_byte_for_byte(work: Seat, tmp_path: Path) -> None:
    head = ["Школа", "Год", "Процедура", "Предмет", "Класс", "Участников", "2", "3", "4", "5"]
    source = book(tmp_path / "свод.xlsx", head, ("СОШ № 5", 2026, "РПР", "Физика", 8, 50, 10, 20, 15, 5))
    wizard, _entries = read(work, source)
    work.press("Загрузить 1\u00a0файл", wizard)
    work.wait(lambda: wizard.step == 2)
    work.rest()
    wizard.reject()
    work.command("files")
    window = work.opened(FilesWindow)
    work.wait(lambda: window.table.model.total > 0)
    work.rest()
    loaded = next(item for item in work.read(results.files) if item.name == "свод.xlsx")
    assert window.table.choose(loaded.id)
    work.answers.will("save", tmp_path / "назад.xlsx")
    work.press("Сохранить исходный файл…", window)
    work.wait_bar("Файл сохранён таким, каким его загрузили", window)
    assert (tmp_path / "назад.xlsx").read_bytes() == source.read_bytes()
