"""«Динамика» driven through the real window."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.models.store import Store
from app.operations import registers, schools
from app.reports.charts import LineChart
from app.ui.main_window import MainWindow
from app.ui.pages.dynamics_view import DynamicsView
from app.ui.pages.monitoring import MonitoringPage
from app.ui.widgets.labels import Label
from tests.ui.conftest import settle


def opened(window: MainWindow, qapp: QApplication) -> DynamicsView:
    window.resize(1366, 768)
    page = window.show_page("monitoring")
    assert isinstance(page, MonitoringPage)
    view = page.show_view("dynamics")
    settle(qapp)
    assert isinstance(view, DynamicsView)
    return view


@pytest.fixture
def view(window: MainWindow, qapp: QApplication) -> DynamicsView:
    return opened(window, qapp)


def said(view: DynamicsView) -> str:
    return " ".join(label.text() for label in view.card.texts.findChildren(Label) if not label.isHidden())


def test_schools_come_first_with_the_reasons_of_the_first(view: DynamicsView) -> None:
    rows = view.table.model.visible_rows()
    assert {line.kind for line in rows} == {"school"}
    assert view.table.current() is not None
    assert isinstance(view.card.chart.spec, LineChart)
    assert view.card.chart.spec.series[0].name == rows[0].name
    assert "95-процентный интервал" in said(view)
    assert "Каждый год работу пишут другие дети" in said(view)
    assert "можно сравнить" in view.sentence


def test_a_year_a_column_and_two_years_are_the_demo(view: DynamicsView) -> None:
    titles = [column.title for column in view.table.model.columns]
    assert titles[1:3] == ["2025", "2026"]


def test_the_municipality_leads_the_groups(view: DynamicsView, qapp: QApplication) -> None:
    view.modes.setCurrentIndex(1)
    settle(qapp)
    names = [line.name for line in view.table.model.visible_rows()]
    assert "Муниципалитет" in names
    assert not view.card.button.isVisible(), "an area has no card"


def test_a_work_is_chosen_and_stays_chosen(view: DynamicsView, qapp: QApplication) -> None:
    before = view.works.count()
    view.works.setCurrentIndex(before - 1)
    view.works.activated.emit(before - 1)
    settle(qapp)
    assert view.works.currentIndex() == before - 1
    assert view.works.count() == before
    assert isinstance(view.card.chart.spec, LineChart)
    assert view.works.currentText() in view.card.chart.spec.title


def test_enter_opens_the_school(view: DynamicsView) -> None:
    asked: list[tuple[str, Any]] = []
    view.session.wanted.connect(lambda place, payload: asked.append((place, payload)))
    row = view.table.model.visible_rows()[1]
    view.table.activated.emit(row)
    view.table.choose((row.kind, row.key))
    view.card.button.click()
    assert asked == [("school", row.key)] * 2


def test_another_place_shows_a_school(view: DynamicsView, qapp: QApplication) -> None:
    key = view.table.model.visible_rows()[2].key
    view.page.open_payload(("dynamics", key))
    settle(qapp)
    assert view.table.current().key == key


def test_without_support_the_page_says_what_to_do(window: MainWindow, qapp: QApplication, db: Path) -> None:
    view = opened(window, qapp)
    view.open_payload("support")
    settle(qapp)
    assert view.mode == "support"
    if view.pairs.model.total == 0:
        assert view.pairs.empty is not None
        asked: list[tuple[str, Any]] = []
        view.session.wanted.connect(lambda place, payload: asked.append((place, payload)))
        assert view.pairs.empty.button is not None
        view.pairs.empty.button.click()
        assert asked == [("monitoring", "support")]
    assert "с поддержкой" in view.sentence


def test_pairs_say_what_they_cannot_prove(bare_window: MainWindow, qapp: QApplication, tmp_path: Path) -> None:
    from tests.operations.test_dynamics import MATHS, put

    store = Store.create(tmp_path / "п.opora", name="Район", actor="К")
    for number in (1, 2):
        schools.add(store, {"name": f"СОШ № {number}"})
    put(store, (1, MATHS, 2024, 20, 40), (1, MATHS, 2025, 20, 40), (1, MATHS, 2026, 14, 40),
        (2, MATHS, 2025, 18, 40), (2, MATHS, 2026, 17, 40))  # fmt: skip
    key = schools.find(store.connection, "СОШ № 1").id
    registers.add(store, "partnerships", {"school_year": 2025}, receiver_id=key, donor="Институт", state="ended")
    store.close()
    bare_window.workspace.open(tmp_path / "п.opora")
    view = opened(bare_window, qapp)
    view.modes.setCurrentIndex(2)
    settle(qapp)
    assert [row[0].supported for row in view.pairs.model.visible_rows()] == [key]
    assert "не доказывает, что помогла именно поддержка" in said(view)
    assert "Разница изменений −12,5" in said(view)


def test_the_paper_is_asked_for_with_what_is_chosen(view: DynamicsView) -> None:
    from app.ui.windows.dynamics_paper import Chosen

    asked: list[tuple[str, Any]] = []
    view.session.wanted.connect(lambda place, payload: asked.append((place, payload)))
    view.printing.click()
    assert asked == [("print_dynamics", Chosen("dynamics", 2026, 5, "all"))]


def test_the_window_of_the_paper_shows_both(view: DynamicsView, qapp: QApplication) -> None:
    from app.ui.windows.dynamics_paper import Chosen, DynamicsPaperWindow

    window = DynamicsPaperWindow(view.session, Chosen("dynamics", 2026, 5))
    settle(qapp)
    assert "страниц" in window.sentence.text()
    window.kind.choose("support")
    settle(qapp)
    assert window.heading.text() == "Школы с поддержкой рядом с похожими"
    assert window._name(".pdf").startswith("Школы с поддержкой рядом с похожими, 2026 год, ")
    window.close()


def test_an_empty_file_offers_to_load_results(bare_window: MainWindow, qapp: QApplication, tmp_path: Path) -> None:
    Store.create(tmp_path / "п.opora", name="Район", actor="К").close()
    bare_window.workspace.open(tmp_path / "п.opora")
    view = opened(bare_window, qapp)
    assert view.sentence == "Результаты ещё не загружены"
    assert not view.card.isVisible()
    assert not view.printing.isEnabled()
    view.modes.setCurrentIndex(2)
    settle(qapp)
    assert not view.card.isVisible()
