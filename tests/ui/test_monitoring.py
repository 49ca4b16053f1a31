"""«Мониторинг»: what is chosen is drawn, its numbers stand below, a point opens its school."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.reports.charts import HeatChart, LineChart
from app.ui.main_window import MainWindow
from app.ui.pages.monitoring import MonitoringPage
from tests.ui.conftest import settle


@pytest.fixture
def page(window: MainWindow, qapp: QApplication) -> MonitoringPage:
    window.resize(1366, 768)
    made = window.show_page("monitoring")
    settle(qapp)
    assert isinstance(made, MonitoringPage)
    return made


def test_dynamics_of_all_schools_comes_first_with_its_numbers(page: MonitoringPage) -> None:
    assert isinstance(page.chart.spec, LineChart)
    rows = page.table.model.visible_rows()
    assert len(rows) == sum(len(series.points) for series in page.chart.spec.series)
    assert " из " in rows[0][1].told.replace("\u00a0", " ")
    assert not page.open_card.isEnabled()
    assert not page.year.isEnabled(), "a line runs over all years"


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
    page.whose.setCurrentIndex(1)
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
    key = page.whose.itemData(2)
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
