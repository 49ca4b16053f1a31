"""«Формы региона» driven as a person does: a book is added, cells are linked, the form is filled and saved."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtWidgets import QApplication

from app.operations import foreign_forms
from app.operations.foreign_forms import Link
from app.ui.main_window import MainWindow
from app.ui.pages.foreign_view import ForeignView
from app.ui.pages.reports import ReportsPage
from app.ui.windows.foreign_fill import ForeignFillWindow, ForeignPlacesWindow
from tests.helpers.foreign_books import region, write
from tests.ui.conftest import settle
from tests.ui.fakes import FakeDialogs


@pytest.fixture
def view(window: MainWindow, qapp: QApplication) -> ForeignView:
    page = window.show_page("reports")
    assert isinstance(page, ReportsPage)
    made = page.show_view("foreign")
    settle(qapp)
    assert isinstance(made, ForeignView)
    return made


@pytest.fixture
def opened(view: ForeignView, dialogs: FakeDialogs, tmp_path: Path, qapp: QApplication) -> ForeignView:
    dialogs.answers += [[write(tmp_path / "Форма 2026.xlsx", region())], {"title": "Мониторинг", "region": "Центр"}]
    view.add()
    settle(qapp)
    return view


def choose(view: ForeignView, cell: str, qapp: QApplication) -> None:
    view.grid.choose(foreign_forms.place(cell))
    settle(qapp)


def links(view: ForeignView) -> dict[str, tuple[str, str]]:
    assert view.opened is not None
    return {f"{one.sheet}!{one.cell}": (one.kind, one.source) for one in view.opened.links}


def window_of(kind: type, qapp: QApplication) -> object:
    settle(qapp)
    return next(one for one in qapp.topLevelWidgets() if isinstance(one, kind) and one.isVisible())


def test_an_empty_file_says_what_to_do(view: ForeignView) -> None:
    assert view.stack.currentWidget() is view.empty
    assert not view.put.isEnabled()
    assert view.sentence == "Форм пока нет"


def test_the_book_is_shown_as_excel_shows_it(opened: ForeignView, qapp: QApplication) -> None:
    assert "Форма 2026.xlsx" in opened.sentence
    assert [opened.sheet.itemText(place) for place in range(opened.sheet.count())] == ["Свод", "Школы", "Другой"]
    grid = opened.grid
    assert (grid.columnSpan(0, 0), grid.columnSpan(1, 1)) == (5, 4)
    assert grid.form.data(grid.form.index(9, 2)) == "3"
    choose(opened, "D2", qapp)
    assert grid.place == foreign_forms.place("B2"), "a merged cell is its first one"
    assert "Муниципалитет" in opened.panel.about.text()


def test_a_cell_is_linked_to_a_formula_and_shows_its_value(opened: ForeignView, qapp: QApplication) -> None:
    choose(opened, "C6", qapp)
    panel = opened.panel
    assert not panel.keep.isEnabled()
    panel.kind.choose("metric")
    panel.formula.setPlainText("2+3")
    panel.changed.emit()
    assert panel.value.text() == "Сейчас: 5"
    panel.keep.click()
    settle(qapp)
    assert links(opened) == {"Свод!C6": ("metric", "2+3")}
    assert opened.grid.form.links == {(5, 2): "2+3"}
    choose(opened, "C7", qapp)
    assert panel.kind.currentData() is None
    choose(opened, "C6", qapp)
    assert (panel.kind.currentData(), panel.formula.toPlainText()) == ("metric", "2+3")
    panel.drop.click()
    settle(qapp)
    assert links(opened) == {}


def test_a_formula_cell_takes_no_link(opened: ForeignView, qapp: QApplication) -> None:
    choose(opened, "C10", qapp)
    assert not opened.panel.kind.isEnabled()
    assert "сосчитается сама" in opened.panel.about.text()


def test_a_column_of_a_paper_is_chosen_step_by_step(opened: ForeignView, qapp: QApplication) -> None:
    opened.sheet.choose("Школы")
    opened._sheet_chosen()
    choose(opened, "A4", qapp)
    panel = opened.panel
    panel.kind.choose("column")
    panel.paper.choose("school_list")
    panel.paper.activated.emit(panel.paper.currentIndex())
    settle(qapp)
    words = [panel.column.itemText(place) for place in range(panel.column.count())]
    assert "Школа (первая строка)" in words
    panel.column.setCurrentIndex(words.index("Школа (первая строка)"))
    panel.rows.setText("8")
    panel.keep.click()
    settle(qapp)
    assert opened.opened is not None
    [link] = opened.opened.links
    assert (link.source, link.options["column"], link.options["rows"]) == ("school_list", "Школа", "8")
    choose(opened, "A4", qapp)
    assert panel.column.currentText() == "Школа (первая строка)"


def test_the_form_is_filled_saved_and_registered(
    opened: ForeignView, dialogs: FakeDialogs, tmp_path: Path, qapp: QApplication
) -> None:
    assert opened.opened is not None
    for cell, text, year in (("C6", "2+3", ""), ("D6", "[школ в списке]", "1999")):
        link = Link("Свод", cell, "metric", text, {"year": year})
        opened.session.written(foreign_forms.link, opened.opened.form.id, link)
    settle(qapp)
    opened.fill()
    made = window_of(ForeignFillWindow, qapp)
    assert isinstance(made, ForeignFillWindow)
    assert made.filling is not None
    assert [one.state for one in made.filling.cells] == ["write", "empty"]
    assert "1 ячейка впишется" in made.sentence.text().replace("\u00a0", " ")
    made.register.setChecked(True)
    target = tmp_path / "готово.xlsx"
    dialogs.answers.append(target)
    made.save.click()
    settle(qapp)
    sheet = openpyxl.load_workbook(io.BytesIO(target.read_bytes()))["Свод"]
    assert (sheet["C6"].value, sheet["D6"].value) == (5, None)
    assert "журнале исходящих №" in made.bar.text.text().replace("\u00a0", " ")
    dialogs.answers.append(tmp_path / "Форма 2026.xlsx")
    made.save.click()
    settle(qapp)
    assert (tmp_path / "Форма 2026.xlsx").read_bytes() == region()


def test_a_cancelled_save_leaves_nothing(
    opened: ForeignView, dialogs: FakeDialogs, tmp_path: Path, qapp: QApplication
) -> None:
    assert opened.opened is not None
    opened.session.written(foreign_forms.link, opened.opened.form.id, Link("Свод", "C6", "metric", "2+3"))
    opened.fill()
    made = window_of(ForeignFillWindow, qapp)
    assert isinstance(made, ForeignFillWindow)
    before = sorted(tmp_path.iterdir())
    dialogs.answers.append(None)
    made.save.click()
    settle(qapp)
    assert sorted(tmp_path.iterdir()) == before
    assert made.save.isEnabled()


def test_the_version_of_next_year_asks_before_it_takes_links(
    opened: ForeignView, dialogs: FakeDialogs, tmp_path: Path, qapp: QApplication
) -> None:
    assert opened.opened is not None
    opened.session.written(foreign_forms.link, opened.opened.form.id, Link("Свод", "C6", "metric", "2+3"))
    settle(qapp)
    dialogs.answers.append([write(tmp_path / "Форма 2027.xlsx", region(2027, 2))])
    opened.take_version()
    made = window_of(ForeignPlacesWindow, qapp)
    assert isinstance(made, ForeignPlacesWindow)
    assert [(one.found.state, one.found.to_cell) for one in made.places] == [("moved", "C8")]
    made.put.click()
    settle(qapp)
    assert opened.opened is not None
    assert opened.opened.form.title == "Форма 2027"
    assert links(opened) == {"Свод!C8": ("metric", "2+3")}


def test_the_map_is_saved_and_taken(
    opened: ForeignView, dialogs: FakeDialogs, tmp_path: Path, qapp: QApplication
) -> None:
    assert opened.opened is not None
    opened.session.written(foreign_forms.link, opened.opened.form.id, Link("Свод", "C6", "metric", "2+3"))
    settle(qapp)
    dialogs.answers += ["save", tmp_path / "карта"]
    opened.ask_map()
    settle(qapp)
    path = tmp_path / "карта.opora-map"
    assert path.is_file()
    dialogs.answers += ["take", [path]]
    opened.ask_map()
    made = window_of(ForeignPlacesWindow, qapp)
    assert isinstance(made, ForeignPlacesWindow)
    assert [one.found.state for one in made.places] == ["same"]
    made.reject()


def test_a_form_is_renamed_and_removed(opened: ForeignView, dialogs: FakeDialogs, qapp: QApplication) -> None:
    dialogs.answers.append({"title": "Иначе", "region": ""})
    opened.rename()
    settle(qapp)
    assert opened.form.currentText() == "Иначе"
    opened.remove()
    settle(qapp)
    assert opened.stack.currentWidget() is opened.empty


def test_a_bad_book_is_told_in_the_bar(
    view: ForeignView, dialogs: FakeDialogs, tmp_path: Path, qapp: QApplication
) -> None:
    dialogs.answers += [[write(tmp_path / "плохая.xlsx", b"PK\x03\x04 no book")], {"title": "Плохая"}]
    view.add()
    settle(qapp)
    assert view.opened is None
    assert "плохая.xlsx" in view.page.bar.text.text()


def test_a_book_is_read_before_the_write_and_never_during_it(
    view: ForeignView, dialogs: FakeDialogs, tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "форма.xlsx", region())
    real = foreign_forms.read_file
    writing: list[int] = []
    write_it = view.session.desk.write

    def noted(*arguments: Any, **more: Any) -> Any:
        writing.append(1)
        try:
            return write_it(*arguments, **more)
        finally:
            writing.pop()

    def read(source: Path) -> Any:
        assert not writing, "the writer waits while a book is read"
        return real(source)

    monkeypatch.setattr(view.session.desk, "write", noted)
    monkeypatch.setattr(foreign_forms, "read_file", read)
    dialogs.answers += [[path], {"title": "Форма", "region": ""}]
    view.add()
    settle(qapp)
    assert view.opened is not None
    assert view.opened.form.file_name == "форма.xlsx"
