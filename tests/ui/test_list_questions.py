"""The list's questions driven in the window: what if, two lists side by side, how far a school is from the edge."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.operations import identification, list_compare, papers, what_if
from app.operations.list_compare import Side
from app.ui.main_window import MainWindow
from app.ui.pages.school_list import SchoolListPage
from app.ui.pages.why_card import SourceLabel, distance_text, stability_text
from app.ui.widgets.labels import Label
from app.ui.widgets.strip import SchoolStrip
from app.ui.windows.list_compare import ListCompareWindow
from app.ui.windows.origin import OriginWindow
from app.ui.windows.what_if import WhatIfWindow
from tests.ui.conftest import settle
from tests.ui.fakes import FakeDialogs
from tests.ui.test_windows import said, top

RULE, YEAR = "rosobrnadzor-2022", 2026


@pytest.fixture
def page(window: MainWindow, qapp: QApplication) -> SchoolListPage:
    shown = window.show_page("school_list")
    settle(qapp)
    assert isinstance(shown, SchoolListPage)
    return shown


@pytest.fixture
def asked(window: MainWindow, page: SchoolListPage, qapp: QApplication) -> WhatIfWindow:
    page.what_if.click()
    shown = top(window, qapp)
    assert isinstance(shown, WhatIfWindow)
    return shown


def reasons(shown: WhatIfWindow, qapp: QApplication) -> None:
    """Let the slider rest."""
    shown._rest.stop()
    shown._ask_reasons()
    settle(qapp)


# --- the page -----------------------------------------------------------------------------------------------------


def test_four_actions_and_a_quiet_word_about_the_rule(window: MainWindow, page: SchoolListPage, qapp) -> None:
    assert [button.text() for button in page._list_actions] == [
        "Сравнить…", "Что, если…", "Печать…", "Утвердить список…",
    ]  # fmt: skip
    page.about.click()
    assert type(top(window, qapp)).__name__ == "RulesWindow"


def test_the_card_says_how_far_and_shows_the_strip(page: SchoolListPage, qapp) -> None:
    rows = page.table.model.visible_rows()
    listed = next(row for row in rows if row.listed and row.correction is None)
    page.table.choose(listed.school_id)
    settle(qapp)
    assert page.card.note.text().endswith(distance_text(listed, page._found.rule, YEAR))
    assert "до выхода" in distance_text(listed, page._found.rule, YEAR)
    assert page.card.findChildren(SchoolStrip)
    strip = what_if.strip(page.session.desk.reader, RULE, YEAR)
    assert stability_text(strip.tops[listed.school_id]) in said(page.card)
    assert strip.tops[listed.school_id] >= 30


def test_a_fraction_leads_to_its_source(window: MainWindow, page: SchoolListPage, qapp) -> None:
    listed = next(row for row in page.table.model.visible_rows() if row.listed)
    page.table.choose(listed.school_id)
    settle(qapp)
    figure = page.card.findChildren(SourceLabel)[0]
    QTest.mouseClick(figure, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    shown = top(window, qapp)
    assert isinstance(shown, OriginWindow)
    mark = shown.table.current()
    below, _word, size = figure.text().replace("\xa0", " ").partition(" из ")
    assert (str(mark.below_min), str(mark.participants)) == (below, size)


@pytest.mark.parametrize(
    ("top_", "words"),
    [(33, "до 33"), (what_if.NEVER, "Ни при каком"), (what_if.ALWAYS, "При любом"), (0, "ниже минимума никого")],
)
def test_the_strip_in_words(top_: int, words: str) -> None:
    assert words in stability_text(top_).replace("\xa0", " ")


def test_an_empty_file_offers_nothing_to_ask(bare_window: MainWindow, tmp_path, qapp) -> None:
    from app.models.store import Store

    Store.create(tmp_path / "Пустой.opora", name="Округ", actor="Ким О. В.").close()
    bare_window.workspace.open(tmp_path / "Пустой.opora")
    settle(qapp)
    page = bare_window.show_page("school_list")
    settle(qapp)
    assert not any(button.isEnabled() for button in page._list_actions)
    for key, words in (("what_if", "Загрузите их"), ("compare_lists", "Результатов в файле пока нет")):
        bare_window.go(key)
        assert words in said(top(bare_window, qapp))


# --- what if ------------------------------------------------------------------------------------------------------


def test_at_first_nothing_is_moved(asked: WhatIfWindow, page: SchoolListPage) -> None:
    assert asked.found is not None
    assert (asked.found.came, asked.found.left, asked.found.now) == ((), (), page._found.totals.listed)
    assert asked.threshold.value() == asked.slider.value() == 30
    assert not asked.keep.isEnabled()
    assert not asked.back.isEnabled()


def test_the_slider_moves_schools_and_the_reasons_follow(asked: WhatIfWindow, qapp) -> None:
    asked.slider.setValue(20)
    assert asked.threshold.value() == 20
    settle(qapp)
    expected = what_if.try_(asked.session.desk.reader, RULE, YEAR, what_if.Change(threshold=20))
    assert expected.came
    assert [item.school_id for item in asked.table.model.visible_rows()] == [item.school_id for item in expected.came]
    reasons(asked, qapp)
    assert [item.why for item in asked.table.model.visible_rows()] == [item.why for item in expected.came]
    assert f"станет {expected.then}" in asked.head.text()
    asked.back.click()
    settle(qapp)
    assert asked.threshold.value() == 30
    assert asked.table.model.total == 0


def test_a_bar_of_the_chart_sets_the_threshold(asked: WhatIfWindow, qapp) -> None:
    chart = asked.chart
    width = chart._area().width() / len(chart.steps)
    place = QPointF(chart._area().left() + width * 5.5, chart.height() / 2)
    assert chart.bar_at(place.x()).percent == 25
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=place.toPoint())
    assert asked.threshold.value() == 25
    moves = next(step for step in chart.steps if step.come)
    assert "выйдут" in chart.tip(moves)


def test_it_is_kept_as_a_rule_of_ones_own(window: MainWindow, asked: WhatIfWindow, dialogs: FakeDialogs, qapp) -> None:
    asked.threshold.setValue(25)
    settle(qapp)
    dialogs.answers = [{"title": "Наш порог"}]
    asked.keep.click()
    settle(qapp)
    made = next(rule for rule in identification.rules(window.session.desk.reader).values() if rule.title == "Наш порог")
    assert made.threshold == (25, 100)
    listed = identification.school_list(window.session.desk.reader, made.id, YEAR).totals.listed
    assert listed == what_if.try_(window.session.desk.reader, RULE, YEAR, what_if.Change(threshold=25)).then


def test_a_rule_without_a_threshold_says_so(window: MainWindow, qapp) -> None:
    window.go("what_if", ("lenobl-2018", YEAR))
    shown = top(window, qapp)
    assert not shown.slider.isEnabled()
    assert "нет порога" in said(shown)


# --- two lists ----------------------------------------------------------------------------------------------------


def test_two_years_stand_side_by_side_at_once(window: MainWindow, page: SchoolListPage, qapp) -> None:
    page.compare.click()
    shown = top(window, qapp)
    assert isinstance(shown, ListCompareWindow)
    assert (shown.side(0), shown.side(1)) == (Side(RULE, YEAR - 1), Side(RULE, YEAR))
    found = list_compare.compare(window.session.desk.reader, Side(RULE, YEAR - 1), Side(RULE, YEAR))
    assert [row.kind for row in shown.table.model.visible_rows()] == [row.kind for row in found.rows]
    key = next(key for key in ("came", "left", "stayed", "out") if found.count(key))
    shown.chips[key].click()
    assert {row.kind for row in shown.table.model.visible_rows()} == {key}
    shown._copy()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[0] == "Школа"
    assert len(lines) == found.count(key) + 1


def test_another_rule_and_the_same_list_twice(window: MainWindow, page: SchoolListPage, qapp) -> None:
    window.go("compare_lists", (RULE, YEAR))
    shown = top(window, qapp)
    shown.sides[0][1].choose(YEAR)
    settle(qapp)
    assert "Сравнивать нечего" in "\n".join(label.text() for label in shown.bar.findChildren(Label))
    assert shown.table.model.total == 0
    assert not shown.print.isEnabled()
    shown.sides[0][0].choose("quoted-2025-and")
    settle(qapp)
    assert shown.found is not None
    assert shown.found.one.rule.id == "quoted-2025-and"
    assert shown.print.isEnabled()


def test_the_comparison_becomes_a_paper(page: SchoolListPage) -> None:
    reader = page.session.desk.reader
    found = list_compare.compare(reader, Side(RULE, YEAR - 1), Side(RULE, YEAR))
    paper = list_compare.printed(reader, found)
    assert papers.render(paper, ".pdf").data.startswith(b"%PDF")
    texts = "\n".join(text for _place, text in paper.document.texts())
    printed = [row for row in found.rows if row.kind != "out"]
    assert printed
    assert all(row.why in texts for row in printed)
