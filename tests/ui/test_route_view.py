"""«Маршрут» and «Папка» through the real window."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.operations import cycle, registers, route, schools
from app.ui import theme
from app.ui.main_window import MainWindow
from app.ui.pages.cycle_view import CycleView
from app.ui.pages.monitoring import MonitoringPage
from app.ui.pages.route_view import RouteView, school_names
from app.ui.widgets.basics import Button
from app.ui.widgets.labels import Label
from app.ui.windows.cycle_paper import CyclePaperWindow
from app.ui.windows.route_paper import RoutePaperWindow
from tests.ui.conftest import settle
from tests.ui.fakes import FakeDialogs, press


def _view(window: MainWindow, qapp: QApplication, key: str) -> Any:
    window.resize(1366, 768)
    page = window.show_page("monitoring")
    assert isinstance(page, MonitoringPage)
    view = page.show_view(key)
    settle(qapp)
    return view


@pytest.fixture
def way(window: MainWindow, qapp: QApplication) -> RouteView:
    view = _view(window, qapp, "route")
    assert isinstance(view, RouteView)
    return view


@pytest.fixture
def folder(window: MainWindow, qapp: QApplication) -> CycleView:
    view = _view(window, qapp, "cycle")
    assert isinstance(view, CycleView)
    return view


def test_a_route_begins_for_every_listed_school_that_has_none(
    way: RouteView, dialogs: FakeDialogs, qapp: QApplication
) -> None:
    assert way.found is not None
    for item in way.found.routes:
        scope = {"school_year": 2026, "organisation_id": item.school.id}
        way.session.write(way, None, registers.remove, "route", scope, [step.id for step in item.steps])
    settle(qapp)
    waiting = way.found.of_stage("none")
    assert {item.school.id for item in waiting} == route.listed_schools(way.session.desk.reader, 2026)  # type: ignore[attr-defined]
    assert waiting, "the example has schools on its list"
    dialogs.answers = [{"school": "*"}]
    way.beginning.click()
    settle(qapp)
    assert way.found.of_stage("none") == ()
    assert way.board.school_id == waiting[0].school.id
    assert len(way.pane.model.rows) == 11, "ten ordinary steps and the empty line"


def test_a_step_is_done_today_and_the_school_goes_on(way: RouteView, qapp: QApplication) -> None:
    assert way.found is not None
    known = {item.school.id for item in way.found.routes}
    school = next(key for _name, key in school_names(way.session.desk.reader) if key not in known)  # type: ignore[attr-defined]
    way.session.write(way, None, route.begin, 2026, [school])
    settle(qapp)
    way.open_payload(school)
    settle(qapp)
    rows = registers.rows(way.session.desk.reader, "route", school_year=2026, organisation_id=school)  # type: ignore[attr-defined]
    plan = next(row["id"] for row in rows if row["step"] == "plan")
    way.pane.choose(plan)
    assert way.held.isEnabled()
    way.held.click()
    settle(qapp)
    found = way.found.route(school)
    assert found is not None
    assert found.stage == "support"
    assert next(step.held_on for step in found.steps if step.step == "plan") == "2026-11-22"
    assert way.board.lists["support"].school() == school
    way.pane.choose(plan)
    assert not way.held.isEnabled(), "it is done already"


def test_the_keyboard_goes_from_stage_to_stage(way: RouteView, qapp: QApplication) -> None:
    assert way.found is not None
    filled = [stage for stage in way.board.lists if way.found.of_stage(stage)]
    way.board.choose(way.found.of_stage(filled[0])[0].school.id)
    if len(filled) > 1:
        press(way.board.lists[filled[0]], Qt.Key.Key_Right)
        assert way.board.school_id == way.found.of_stage(filled[1])[0].school.id
    asked: list[tuple[str, Any]] = []
    way.session.wanted.connect(lambda place, payload: asked.append((place, payload)))
    way.card.opening.click()
    assert asked == [("school", way.board.school_id)]


def test_what_the_file_knows_is_marked_from_the_card(way: RouteView, qapp: QApplication) -> None:
    key = way.board.school_id
    assert key is not None
    way.session.write(way, None, registers.add, "tasks", {}, kind="visit", organisation_id=key, done_on="2026-10-08")
    way.open_payload(key)
    settle(qapp)
    button = next(b for b in way.card.findChildren(Button) if b.text() == "Отметить эти шаги")
    button.click()
    settle(qapp)
    assert way.found is not None
    found = way.found.route(key)
    assert found is not None
    assert ("visit", "2026-10-08") in [(step.step, step.held_on) for step in found.steps]


def test_steps_of_a_merged_record_are_told(way: RouteView, qapp: QApplication) -> None:
    known = {item.school.id for item in way.found.routes} if way.found is not None else set()
    first, second = [key for _name, key in school_names(way.session.desk.reader) if key not in known][:2]  # type: ignore[attr-defined]
    scope = {"school_year": 2026, "organisation_id": second}
    way.session.write(way, None, registers.add, "route", scope, step="plan", held_on="2026-10-01")
    way.session.write(way, None, schools.merge, second, first)
    way.open_payload(first)
    settle(qapp)
    assert way.board.school_id == first
    told = [label.text().replace("\u00a0", " ") for label in way.card.findChildren(Label)]
    assert any(text.startswith("Ещё 1 шаг записан у объединённой записи") for text in told)


def test_the_folder_of_a_school_is_one_paper(way: RouteView, window: MainWindow, qapp: QApplication) -> None:
    asked: list[tuple[str, Any]] = []
    way.session.wanted.connect(lambda place, payload: asked.append((place, payload)))
    way.packing.click()
    place, payload = asked[0]
    assert (place, payload) == ("print_route", (way.board.school_id, 2026))
    paper = RoutePaperWindow(way.session, payload, window)
    settle(qapp)
    assert paper.heading.text() == "Папка к выезду"
    paper.purpose.setCurrentIndex(1)
    settle(qapp)
    assert paper.heading.text() == "Папка к заслушиванию"
    assert paper._name(".pdf").startswith("Папка к заслушиванию, 2026-27")
    paper.close()


def test_a_cell_shows_its_documents_and_gaps_are_walked(folder: CycleView, qapp: QApplication) -> None:
    assert folder.found is not None
    folder.open_payload(("low_results", "indicators", 2026))
    settle(qapp)
    assert folder.pane.name.text() == "ШНОР · Показатели · 2026/27"
    before = folder.found.cell("low_results", "indicators").documents
    fresh = folder.pane.model.rows[-1].key
    folder.pane.model.typed.emit([(fresh, "title", "Новый приказ")])
    settle(qapp)
    assert folder.found.cell("low_results", "indicators").documents == before + 1
    folder.next_gap()
    settle(qapp)
    assert folder.place is not None
    direction, component, _year = folder.place
    assert folder.found.cell(direction, component).state == "missing"


def test_one_direction_is_shown_by_years(folder: CycleView, qapp: QApplication) -> None:
    folder.which.choose("method")
    settle(qapp)
    names = [column.key for column in folder.table.model.columns]
    assert names == ["stage", "component", "y:2023", "y:2024", "y:2025", "y:2026"]
    assert folder.place is not None
    assert folder.place[0] == "method"
    folder.open_payload(("method", "monitoring", 2025))
    settle(qapp)
    assert folder.pane.name.text() == "Методическая работа · Мониторинг · 2025/26"


def test_what_lay_there_last_year_is_taken_over(folder: CycleView, qapp: QApplication) -> None:
    scope = {"school_year": 2025, "direction": "heads", "component": "goals"}
    folder.session.write(folder, None, registers.add, "cycle", scope, title="Положение", link="http://x.example")
    folder.open_payload(("heads", "goals", 2026))
    settle(qapp)
    button = next(b for b in folder.card.findChildren(Button) if b.text() == "Положить")
    button.click()
    settle(qapp)
    assert folder.found is not None
    assert folder.found.cell("heads", "goals").state == "placed"


def test_a_direction_of_ones_own_comes_and_goes(folder: CycleView, dialogs: FakeDialogs, qapp: QApplication) -> None:
    dialogs.answers = [{"title": "Объективность"}]
    folder.own.click()
    settle(qapp)
    assert "d:Объективность" in [column.key for column in folder.table.model.columns]
    dialogs.answers = ["remove", {"title": "Объективность"}]
    folder.own.click()
    settle(qapp)
    assert len(cycle.catalogue(folder.session.desk.reader).directions) == 4  # type: ignore[attr-defined]


def test_the_folder_is_printed_of_one_direction_or_of_all(
    folder: CycleView, window: MainWindow, qapp: QApplication
) -> None:
    paper = CyclePaperWindow(folder.session, (2026, "method"), window)
    settle(qapp)
    assert paper.which.currentData() == "method"
    assert paper._paper is not None
    assert len(paper._paper.document.tables()) == 1
    paper.which.choose(None)
    settle(qapp)
    assert len(paper._paper.document.tables()) == 4
    paper.close()


def test_an_empty_file_offers_to_begin(bare_window: MainWindow, qapp: QApplication, tmp_path: Any) -> None:
    from app.models.store import Store

    Store.create(tmp_path / "п.opora", name="Район", actor="К").close()
    bare_window.workspace.open(tmp_path / "п.opora")
    view = _view(bare_window, qapp, "route")
    assert isinstance(view, RouteView)
    assert view.body.currentIndex() == 0
    assert "школ на маршруте нет" in view.sentence
    assert not view.packing.isEnabled()
    told: list[str] = []
    view.session.told.connect(lambda _level, text, _repairs: told.append(text))
    view.beginning.click()
    settle(qapp)
    assert told == ["Действующих школ в реестре нет."]
    other = _view(bare_window, qapp, "cycle")
    assert isinstance(other, CycleView)
    assert other.sentence == "2026/27: папка пуста"


def test_a_file_open_for_reading_changes_nothing(
    bare_window: MainWindow, db: Any, desk: Any, qapp: QApplication
) -> None:
    bare_window.workspace.open(db)
    settle(qapp)
    store, desk.store = desk.store, None
    view = _view(bare_window, qapp, "route")
    assert isinstance(view, RouteView)
    assert not view.beginning.isEnabled()
    assert not view.held.isEnabled()
    other = _view(bare_window, qapp, "cycle")
    assert isinstance(other, CycleView)
    assert not other.own.isEnabled()
    desk.store = store


def test_the_current_cell_shows_itself_and_obeys_the_keyboard(window: MainWindow, qapp: QApplication) -> None:
    view = _view(window, qapp, "cycle")
    assert isinstance(view, CycleView)
    grid = view.table.view
    view.focus_main()
    first = view.place
    assert first is not None
    assert [index.column() for index in grid.selectionModel().selectedIndexes()] == [grid.currentIndex().column()]
    QTest.keyClick(grid, Qt.Key.Key_Right)
    settle(qapp)
    right = view.place
    assert right is not None
    assert right[0] != first[0]
    assert right[1:] == first[1:]
    QTest.keyClick(grid, Qt.Key.Key_Down)
    settle(qapp)
    below = view.place
    assert below is not None
    assert (below[0], below[2]) == (right[0], right[2])
    assert below[1] != right[1]
    # the frame stands around this cell whether the keyboard is in the matrix or not
    accent = theme.color("accent").rgb()

    def framed(column: int) -> bool:
        rect = grid.visualRect(grid.model().index(grid.currentIndex().row(), column))
        shot = grid.viewport().grab().toImage()
        ratio = shot.devicePixelRatio()
        return bool(shot.pixelColor(int((rect.left() + 1) * ratio), int(rect.center().y() * ratio)).rgb() == accent)

    QTest.keyClick(grid, Qt.Key.Key_Return)
    settle(qapp)
    assert view.pane.grid.currentIndex().isValid()
    here = grid.currentIndex().column()
    assert framed(here)
    assert not framed(here - 1)
