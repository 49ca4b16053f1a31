"""«Мониторинг»: what is chosen is drawn, its numbers stand below, a point opens its school."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.operations import chart_views
from app.reports.charts import HeatChart, LineChart
from app.ui.main_window import MainWindow
from app.ui.pages.charts_choice import Group
from app.ui.pages.monitoring import MonitoringPage
from tests.ui.conftest import settle
from tests.ui.fakes import FakeDialogs, press, type_ru


@pytest.fixture
def page(window: MainWindow, qapp: QApplication) -> MonitoringPage:
    window.resize(1366, 768)
    made = window.show_page("monitoring")
    settle(qapp)
    assert isinstance(made, MonitoringPage)
    return made


def first_school(page: MonitoringPage) -> int:
    keys = (page.whose.itemData(place) for place in range(page.whose.count()))
    return next(key for key in keys if isinstance(key, int))


def chosen(page: MonitoringPage, kind: str, qapp: QApplication) -> None:
    assert page.kind.choose(kind)
    settle(qapp)


def test_dynamics_of_all_schools_comes_first_with_its_numbers(page: MonitoringPage) -> None:
    assert isinstance(page.chart.spec, LineChart)
    rows = page.table.model.visible_rows()
    assert len(rows) == sum(len(series.points) for series in page.chart.spec.series)
    assert " из " in rows[0][1].told.replace("\u00a0", " ")
    assert not page.open_card.isEnabled()
    assert page.since.isVisible(), "a line runs over several years"
    assert not page.choice.programme.isVisible(), "results belong to no programme"


def test_a_heat_map_opens_the_school_of_its_row(page: MonitoringPage, qapp: QApplication) -> None:
    page.kind.choose("heat")
    settle(qapp)
    spec = page.chart.spec
    assert isinstance(spec, HeatChart)
    asked: list[tuple[str, Any]] = []
    page.session.wanted.connect(lambda place, payload: asked.append((place, payload)))
    page.chart.clicked.emit(spec.links[0])
    page.table.activated.emit(page.table.model.visible_rows()[0])
    assert asked == [("school", spec.links[0])] * 2


def test_a_school_and_a_work_are_chosen(page: MonitoringPage, qapp: QApplication) -> None:
    page.whose.choose(first_school(page))
    page.work.setCurrentIndex(1)
    settle(qapp)
    assert page.chart.spec is not None
    assert page.whose.currentText() in page.chart.spec.title
    assert page.chart.spec.series[0].name == page.whose.currentText()  # type: ignore[union-attr]
    asked: list[tuple[str, Any]] = []
    page.session.wanted.connect(lambda place, payload: asked.append((place, payload)))
    page.open_card.click()
    assert asked == [("school", page.whose.currentData())]


def test_a_risk_profile_needs_a_school_and_says_so(page: MonitoringPage, qapp: QApplication) -> None:
    page.kind.choose("risks")
    settle(qapp)
    assert page.chart.spec is None
    assert page.chart.accessibleName() == "Выберите школу"


def test_another_place_shows_the_charts_of_a_school(page: MonitoringPage, qapp: QApplication) -> None:
    key = first_school(page)
    page.open_payload(key)
    settle(qapp)
    assert page.whose.currentData() == key


def test_an_empty_file_offers_to_load_results(bare_window: MainWindow, qapp: QApplication, tmp_path: Any) -> None:
    from app.models.store import Store

    Store.create(tmp_path / "п.opora", name="Район", actor="К").close()
    bare_window.workspace.open(tmp_path / "п.opora")
    page = bare_window.show_page("monitoring")
    settle(qapp)
    assert isinstance(page, MonitoringPage)
    assert page.empty_card.isVisible()
    assert not page.parts.isVisible()
    asked: list[str] = []
    page.session.wanted.connect(lambda place, _payload: asked.append(place))
    assert page.empty.button is not None
    page.empty.button.click()
    assert asked == ["import"]


def test_a_group_and_several_schools_are_chosen(page: MonitoringPage, qapp: QApplication) -> None:
    groups = [page.whose.itemData(place) for place in range(page.whose.count())]
    group = next(item for item in groups if isinstance(item, Group))
    page.whose.choose(group)
    settle(qapp)
    assert page.chart.spec is not None
    assert page.chart.spec.title.endswith(group.name)
    keys = tuple(key for key in groups if isinstance(key, int))[:3]
    asked: list[tuple[str, Any]] = []
    page.session.wanted.connect(lambda place, payload: asked.append((place, payload)))
    page.choice.pick.click()
    assert asked[0][0] == "programme_pick"
    ask = asked[0][1]
    ask.done([thing for thing in ask.things if thing.key in keys])
    page.work.setCurrentIndex(1)
    settle(qapp)
    spec = page.chart.spec
    assert isinstance(spec, LineChart)
    assert page.whose.currentText() == "Выбраны 3\u00a0школы"
    assert page.choice.chosen().schools == keys
    assert not page.open_card.isEnabled()


def test_years_are_chosen(page: MonitoringPage, qapp: QApplication) -> None:
    page.since.choose(2026)
    settle(qapp)
    spec = page.chart.spec
    assert isinstance(spec, LineChart)
    assert [point.label for point in spec.series[0].points] == ["2026"]


@pytest.mark.parametrize("kind", ["plan_fact", "execution", "money", "bullets"])
def test_charts_of_the_programme_ask_for_its_year(page: MonitoringPage, qapp: QApplication, kind: str) -> None:
    chosen(page, kind, qapp)
    assert page.choice.programme.isVisible()
    assert not page.whose.isVisible()
    assert page.chart.spec is not None
    assert str(page.scope.year) in page.chart.spec.title
    other = next(year for year in page.scope.years if year != page.scope.year)
    page.choice.plan_year.choose(other)
    page.choice.plan_year.activated.emit(page.choice.plan_year.currentIndex())
    settle(qapp)
    assert page.scope.year == other
    assert page.chart.spec is None or str(other) in page.chart.spec.title


def test_levels_ask_for_a_checklist(page: MonitoringPage, qapp: QApplication) -> None:
    chosen(page, "levels", qapp)
    assert page.choice.form.isVisible()
    assert not page.year.isVisible()
    assert page.chart.spec is not None
    assert page.choice.form.currentText() in page.chart.spec.title


def test_a_view_is_saved_opened_and_removed(page: MonitoringPage, qapp: QApplication, dialogs: FakeDialogs) -> None:
    key = first_school(page)
    page.whose.choose(key)
    page.work.setCurrentIndex(1)
    work = page.work.currentData()
    settle(qapp)
    dialogs.answers.append({"title": "  Наша   школа "})
    page.choice.saving.click()
    settle(qapp)
    assert page.choice.view.findText("Наша школа") > 0
    page.whose.choose(None)
    page.work.choose(None)
    page.kind.choose("bullets")
    settle(qapp)
    page.choice.view.setCurrentIndex(page.choice.view.findText("Наша школа"))
    page.choice.view.activated.emit(page.choice.view.currentIndex())
    settle(qapp)
    assert (page.kind.currentData(), page.whose.currentData(), page.work.currentData()) == ("dynamics", key, work)
    assert page.choice.dropping.isEnabled()
    page.choice.dropping.click()
    settle(qapp)
    assert page.choice.view.count() == 1
    assert not page.choice.dropping.isEnabled()


def test_the_search_opens_a_saved_view(window: MainWindow, qapp: QApplication) -> None:
    window.session.desk.write(
        chart_views.save, "Пороги шестых классов", chart_views.ChartChoice(kind="heat")
    ).result()  # fmt: skip
    settle(qapp)
    window.finder.begin()
    type_ru(window.finder, "пороги шестых")
    window.finder.flush()
    settle(qapp)
    assert window.finder.hits[0].note == "сохранённый график"
    press(window.finder, Qt.Key.Key_Return)
    settle(qapp)
    shown = window.page
    assert isinstance(shown, MonitoringPage)
    assert (shown.kind.currentData(), shown.choice.view.currentText()) == ("heat", "Пороги шестых классов")


def test_the_chart_is_printed_as_it_is_chosen(page: MonitoringPage, qapp: QApplication) -> None:
    from app.ui.windows.chart_paper import ChartPaperWindow

    asked: list[tuple[str, Any]] = []
    page.session.wanted.connect(lambda place, payload: asked.append((place, payload)))
    for kind in ("dynamics", "bullets"):
        chosen(page, kind, qapp)
        page.printing.click()
        place, payload = asked.pop()
        assert place == "print_chart"
        window = ChartPaperWindow(page.session, payload)
        settle(qapp)
        assert "страниц" in window.sentence.text(), window.bar.isVisible()
        assert page.chart.spec is not None
        assert window._name(".pdf").endswith("22.11.2026.pdf")
        window.close()
    chosen(page, "risks", qapp)
    assert not page.printing.isEnabled(), "nothing is drawn"
