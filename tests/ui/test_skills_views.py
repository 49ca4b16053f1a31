"""«Задания и умения» and «Листы школам» in the real window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.ui.main_window import MainWindow
from app.ui.pages.monitoring import MonitoringPage
from app.ui.pages.sheets_view import SheetsView
from app.ui.pages.skills_view import SkillsView
from app.ui.typed_days import day_trouble
from app.ui.widgets.basics import Button
from app.ui.windows.skill_paper import SkillPaperWindow
from tests.ui.conftest import settle
from tests.ui.fakes import FakeDialogs


def shown(table) -> list[dict[str, str]]:
    """Return the visible rows as texts by column."""
    columns = table.model.columns
    return [
        {column.key: column.text(row).replace("\u00a0", " ") for column in columns}
        for row in table.model.visible_rows()
    ]


def page_of(window: MainWindow, qapp: QApplication) -> MonitoringPage:
    page = window.show_page("monitoring")
    settle(qapp)
    assert isinstance(page, MonitoringPage)
    return page


@pytest.fixture
def tasks(window: MainWindow, qapp: QApplication) -> SkillsView:
    view = page_of(window, qapp).show_view("skills")
    settle(qapp)
    assert isinstance(view, SkillsView)
    return view


@pytest.fixture
def sheet_view(window: MainWindow, qapp: QApplication) -> SheetsView:
    view = page_of(window, qapp).show_view("sheets")
    settle(qapp)
    assert isinstance(view, SheetsView)
    return view


def choose_school(view: SkillsView, name: str, qapp: QApplication) -> None:
    view.whose.setCurrentIndex(view.whose.findText(name))
    settle(qapp)


def test_the_municipality_stands_beside_the_region_and_a_school_beside_both(tasks: SkillsView, qapp: QApplication):
    rows = shown(tasks.table)
    assert len(rows) == 10
    assert "own" not in rows[0]
    assert " из " in rows[0]["municipality"]
    assert rows[0]["region"].endswith("%")
    choose_school(tasks, "СОШ № 5", qapp)
    rows = shown(tasks.table)
    assert rows[0]["own"].endswith("%")
    assert {row["zone"] for row in rows} <= {"достаточно", "на границе", "дефицит"}
    assert tasks.sentence.replace("\u00a0", " ").startswith("СОШ № 5: 10 заданий, в зоне дефицита ")


def test_all_works_can_be_shown_at_once(tasks: SkillsView, qapp: QApplication):
    tasks.work.choose(None)
    settle(qapp)
    rows = shown(tasks.table)
    assert len(rows) == 27
    assert {row["work"] for row in rows} == {
        "ВПР математика, 5 кл.",
        "ВПР математика, 6 кл.",
        "ВПР русский язык, 5 кл.",
    }


def test_common_difficulties_stand_below_with_their_schools(tasks: SkillsView):
    topics = shown(tasks.topics)
    row = next(item for item in topics if item["title"] == "Решать задачи на проценты и части")
    assert row["tasks"] == "5 кл.: 7; 6 кл.: 6"
    assert row["weak"].endswith("из 8")
    assert "СОШ № 5" in row["schools"]


def test_the_map_of_schools_and_tasks_leads_to_the_school(tasks: SkillsView, qapp: QApplication):
    tasks.look.choose("heat")
    settle(qapp)
    assert tasks.upper.currentIndex() == 1
    assert tasks.topics.isHidden()
    found = tasks._found
    assert found is not None
    school = next(item for item in found.municipality.schools if item.shown == "СОШ № 5")
    tasks.chart.clicked.emit(school.id)
    settle(qapp)
    assert tasks.upper.currentIndex() == 0
    assert tasks.sentence.startswith("СОШ № 5")


def test_the_choice_stands_beside_the_switch_only_while_the_view_is_shown(
    tasks: SkillsView, window: MainWindow, qapp: QApplication
):
    assert tasks.chosen.isVisible()
    page_of(window, qapp).show_view("sheets")
    settle(qapp)
    assert not tasks.chosen.isVisible()


def test_both_papers_are_shown_saved_and_registered(
    tasks: SkillsView, window: MainWindow, dialogs: FakeDialogs, qtbot, qapp: QApplication, tmp_path: Path
):
    choose_school(tasks, "СОШ № 5", qapp)
    titles = []
    for button, name in ((tasks.print_tasks, "задания.docx"), (tasks.print_topics, "темы.xlsx")):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        settle(qapp)
        paper = window.workspace.windows[-1]
        assert isinstance(paper, SkillPaperWindow)
        assert "стран" in paper.sentence.text()
        assert not set('\\/:*?"<>|') & set(paper._name(".pdf"))
        titles.append(paper._name(""))
        dialogs.answers = [tmp_path / name]
        paper._save(Path(name).suffix)
        settle(qapp)
        assert (tmp_path / name).read_bytes()[:2] == b"PK"
        qtbot.mouseClick(paper.registering, Qt.MouseButton.LeftButton)
        settle(qapp)
        paper.accept()
        settle(qapp)
    assert titles[0].startswith("Выполнение заданий за 2026 год, СОШ № 5, ")
    assert titles[1].startswith("Темы для РМО и курсов за 2026 год, ")
    reader = tasks.session.desk.reader
    sql = "SELECT kind, file_name FROM outgoing_paper WHERE kind IN ('tasks', 'topics') ORDER BY number"
    assert reader.execute(sql).fetchall() == [("tasks", f"{titles[0]}.pdf"), ("topics", f"{titles[1]}.pdf")]


def test_the_paper_can_be_changed_in_its_window(tasks: SkillsView, window: MainWindow, qtbot, qapp: QApplication):
    qtbot.mouseClick(tasks.print_tasks, Qt.MouseButton.LeftButton)
    settle(qapp)
    paper = window.workspace.windows[-1]
    assert isinstance(paper, SkillPaperWindow)
    paper.kind.choose("topics")
    settle(qapp)
    assert paper.windowTitle().startswith("Темы для РМО и курсов")
    assert paper._paper is not None
    assert paper._paper.kind == "topics"


def test_where_a_figure_comes_from_is_asked_with_enter(tasks: SkillsView, window: MainWindow, qapp: QApplication):
    choose_school(tasks, "СОШ № 5", qapp)
    tasks.table.activated.emit(tasks.table.current())
    settle(qapp)
    assert len(window.workspace.windows) == 1


def test_the_sheets_are_counted_by_state(sheet_view: SheetsView):
    assert sheet_view.sentence.replace("\u00a0", " ") == "2026 год: сделано 5, отправлено 3 из 8, ознакомились 2"
    assert [chip.text() for chip in sheet_view.chips.values()] == [
        "ознакомлены 2",
        "отправлен 1",
        "сделан 2",
        "не сделан 3",
    ]
    sheet_view.chips["made"].click()
    assert [row["state"] for row in shown(sheet_view.table)] == ["сделан", "сделан"]


def test_several_rows_are_marked_at_once_and_taken_back_at_once(
    sheet_view: SheetsView, window: MainWindow, dialogs: FakeDialogs, qtbot, qapp: QApplication
):
    sheet_view.chips["made"].click()
    sheet_view.table.view.selectAll()
    dialogs.answers = [{"day": "22.11.2026", "who": "на почту"}]
    qtbot.mouseClick(sheet_view.send, Qt.MouseButton.LeftButton)
    settle(qapp)
    assert "отправлено 5 из 8" in sheet_view.sentence
    window.workspace.perform("undo", None)
    settle(qapp)
    assert "отправлено 3 из 8" in sheet_view.sentence


def test_a_mark_out_of_turn_is_refused_with_the_name(
    sheet_view: SheetsView, window: MainWindow, dialogs: FakeDialogs, qtbot, qapp: QApplication
):
    row = next(item for item in sheet_view.table.model.visible_rows() if item.state == "none")
    sheet_view.table.choose(row.school.id)
    dialogs.answers = [{"day": "22.11.2026"}]
    qtbot.mouseClick(sheet_view.acknowledge, Qt.MouseButton.LeftButton)
    settle(qapp)
    bar = window.pages["monitoring"].bar
    assert not bar.isHidden()
    assert row.school.shown in bar.text.text().replace("\u00a0", " ")
    assert "ещё не сделан" in bar.text.text().replace("\u00a0", " ")


def test_sheets_are_made_into_a_folder_and_registered(
    sheet_view: SheetsView, dialogs: FakeDialogs, qtbot, qapp: QApplication, tmp_path: Path
):
    dialogs.answers = [{"suffix": ".xlsx", "again": "no"}, str(tmp_path)]
    qtbot.mouseClick(sheet_view.make, Qt.MouseButton.LeftButton)
    settle(qapp)
    assert len(list(tmp_path.glob("Лист школы за 2026 год, *.xlsx"))) == 5
    assert "сделано 8, отправлено 3 из 8" in sheet_view.sentence
    assert sheet_view.page.strip.isHidden()
    number = next(row["number"] for row in shown(sheet_view.table) if row["school"] == "СОШ № 5")
    assert number


def test_a_date_that_is_none_is_told_before_the_form_closes():
    assert day_trouble("22.11.2026") == ""
    assert day_trouble("завтра")


def test_views_of_an_empty_file_say_what_fills_them(bare_window: MainWindow, dialogs, tmp_path, qapp: QApplication):
    dialogs.answers = [{"name": "Новый округ"}, str(tmp_path / "Новый округ.opora")]
    bare_window.workspace.ask_new()
    settle(qapp)
    page = page_of(bare_window, qapp)
    for key, word in (("skills", "Загрузить отчёт…"), ("sheets", "Загрузить результаты…")):
        view = page.show_view(key)
        settle(qapp)
        seen = [button.text() for button in view.findChildren(Button) if button.isVisible()]
        assert word in seen
        assert page.header.state.text()
