"""«Справки» driven as a person does: sections, typing, figures, recommendations, papers; a file that is only read."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.models.store import Store
from app.operations import recommendations, schools
from app.ui.main_window import MainWindow
from app.ui.pages.monitoring import MonitoringPage
from app.ui.pages.notes_view import ADVICE, PAPERS, NotesView
from app.ui.windows.note_paper import NotePaperWindow
from app.ui.windows.note_windows import AdviceWindow, NoteFiguresWindow
from tests.ui.conftest import settle
from tests.ui.fakes import FakeDialogs


def store(view: NotesView) -> Store:
    made = view.session.desk.store  # type: ignore[attr-defined]
    assert isinstance(made, Store)
    return made


@pytest.fixture
def view(window: MainWindow, qapp: QApplication) -> NotesView:
    page = window.show_page("monitoring")
    assert isinstance(page, MonitoringPage)
    settle(qapp)
    made = page.show_view("notes")
    settle(qapp)
    assert isinstance(made, NotesView)
    return made


def open_kind(view: NotesView, qapp: QApplication, kind: str) -> None:
    view.kinds.setCurrentIndex(PAPERS.index(kind))
    settle(qapp)


def last_window(window: MainWindow, kind: type) -> object:
    found = [item for item in window.workspace.windows if isinstance(item, kind)]
    return found[-1]


def test_a_section_shows_its_text_and_the_figures_under_it(view: NotesView, qapp: QApplication) -> None:
    assert [line.title for line in view.list.lines][:2] == ["Главное", "Исполнение плана"]
    view.list.choose("results")
    settle(qapp)
    assert view.book is not None
    assert view.pane.editor.text == view.book.field("results").text
    assert view.pane.preview.table is not None
    assert view.pane.preview.table.model.total > 3
    assert not view.updating.isEnabled()
    assert view.page.header.state.text().startswith("Отчёт о мониторинге за")


def test_typing_keeps_the_words_and_a_new_figure_asks_to_be_taken(
    view: NotesView, window: MainWindow, qapp: QApplication
) -> None:
    view.list.choose("list")
    settle(qapp)
    view.pane.editor.setPlainText(view.pane.editor.text + "\nСвоё слово.")
    view.pane.editor.commit()
    settle(qapp)
    assert view.book is not None
    assert view.book.field("list").word == "введено"
    view.session.desk.write(schools.add, {"name": "Новая школа"}).result()
    settle(qapp)
    assert view.updating.isEnabled()
    view.updating.click()
    settle(qapp)
    opened = last_window(window, NoteFiguresWindow)
    assert isinstance(opened, NoteFiguresWindow)
    assert len(opened.cards) >= 1
    opened._mark_all()
    opened.go_on.click()
    settle(qapp)
    assert view.book is not None
    field = view.book.field("list")
    assert (field.stale, "Своё слово." in field.text) == (False, True)
    view.list.choose("list")
    settle(qapp)
    view.pane.back.click()
    settle(qapp)
    assert view.book.field("list").origin == "derived"


def test_a_school_is_chosen_and_its_text_is_its_own(view: NotesView, qapp: QApplication) -> None:
    open_kind(view, qapp, "school")
    assert view.school.isVisible()
    assert view.book is not None
    first = view.book.about
    assert view.page.header.state.text().startswith(first)
    view.school.setCurrentIndex(1)
    view.school.activated.emit(1)
    settle(qapp)
    assert view.book is not None
    assert view.book.about != first


def test_recommendations_are_proposed_taken_sent_and_marked(
    view: NotesView, window: MainWindow, qapp: QApplication, dialogs: FakeDialogs
) -> None:
    open_kind(view, qapp, ADVICE)
    grid = view.advice.grid
    before = len(grid.model.rows)
    view.proposing.click()
    settle(qapp)
    opened = last_window(window, AdviceWindow)
    assert isinstance(opened, AdviceWindow)
    total = len(opened.chosen())
    assert total > 0
    opened.go_on.click()
    settle(qapp)
    assert len(grid.model.rows) == before + total
    grid.grid.setCurrentIndex(grid.model.index(0, 0))
    settle(qapp)
    line = view.advice.line
    assert line is not None
    assert view.advice.text.text() == line.row.text
    dialogs.answers = [{"day": "20.11.2026"}]
    grid.grid.selectAll()
    view.sending.click()
    settle(qapp)
    rows = recommendations.read(view.session.desk.store.connection, view.asked).lines  # type: ignore[attr-defined]
    assert {row.row.sent_on for row in rows} == {"2026-11-20"}


def test_printing_shows_the_paper_of_what_is_open(view: NotesView, window: MainWindow, qapp: QApplication) -> None:
    view.printing.click()
    settle(qapp)
    opened = last_window(window, NotePaperWindow)
    assert isinstance(opened, NotePaperWindow)
    assert opened._paper is not None
    assert opened._paper.kind == "monitoring_report"
    opened.kind.choose(ADVICE)
    settle(qapp)
    assert opened._paper is not None
    assert opened._paper.kind == "recommendations"
    assert opened.whom.count() > 1
    opened.whom.setCurrentIndex(1)
    settle(qapp)
    assert opened._paper is not None
    assert opened._paper.title.endswith(opened.whom.currentText())


def test_a_folder_takes_a_file_for_each_addressee(
    view: NotesView, window: MainWindow, qapp: QApplication, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    open_kind(view, qapp, ADVICE)
    view.printing_advice.click()
    settle(qapp)
    opened = last_window(window, NotePaperWindow)
    assert isinstance(opened, NotePaperWindow)
    folder = tmp_path / "рассылка"
    dialogs.answers = [{"suffix": ".docx"}, folder]
    opened.each.click()
    settle(qapp)
    assert len(list(folder.glob("*.docx"))) == opened.whom.count() - 1 > 0
    assert "рассылка" in opened.bar.text.text()


def test_the_menu_opens_the_report_of_this_year(window: MainWindow, qapp: QApplication) -> None:
    window.perform("print_note")
    settle(qapp)
    opened = last_window(window, NotePaperWindow)
    assert isinstance(opened, NotePaperWindow)
    assert opened.document == "report"
