"""«Показатели» through the real window: lights, typing, the formula tried while typed, points closed and opened."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTreeWidgetItem

from app.models import indicators as rows
from app.models.store import Store
from app.operations import indicators, programmes
from app.operations.indicators import IndicatorLine
from app.ui.main_window import MainWindow
from app.ui.pages import programme_inspector_asks
from app.ui.pages.derivation_tree import DerivationTree
from app.ui.pages.monitoring import MonitoringPage
from app.ui.pages.monitoring_indicators import MonitoringIndicatorsView
from app.ui.pages.programme_inspector_fields import Memo
from app.ui.pages.programme_inspector_formula import FormulaField
from app.ui.widgets.labels import Label
from app.ui.windows.formula_editor import FormulaWindow
from app.ui.windows.measuring_points import PointsWindow
from tests.ui.conftest import settle
from tests.ui.fakes import FakeDialogs


@pytest.fixture
def view(window: MainWindow, qapp: QApplication) -> MonitoringIndicatorsView:
    window.resize(1366, 768)
    page = window.show_page("monitoring")
    assert isinstance(page, MonitoringPage)
    settle(qapp)
    found = page.show_view("indicators")
    settle(qapp)
    assert isinstance(found, MonitoringIndicatorsView)
    return found


def _lines(view: MonitoringIndicatorsView) -> dict[str, IndicatorLine]:
    assert view.table is not None
    return {line.text.split(",")[0]: line for line in view.table.lines}


def _named(view: MonitoringIndicatorsView, begin: str) -> IndicatorLine:
    assert view.table is not None
    return next(line for line in view.table.lines if line.text.startswith(begin))


def _formula(view: MonitoringIndicatorsView, begin: str, qapp: QApplication) -> FormulaWindow:
    assert view.table is not None
    key = view.table.programme.id, _named(view, begin).lineage, view.table.year
    made = FormulaWindow(view.session, key, view.window())
    made.show()
    settle(qapp)
    return made


def _root(tree: DerivationTree) -> QTreeWidgetItem:
    found = tree.tree.topLevelItem(0)
    assert found is not None
    return found


def _typed(made: FormulaWindow, text: str, qapp: QApplication) -> None:
    made.text.setPlainText(text)
    made.try_formula()
    settle(qapp)


def test_the_example_shows_lights_in_words(view: MonitoringIndicatorsView) -> None:
    texts = {str(row.word) for row in view.lines.model.visible_rows()}
    assert "почти: −8" in texts
    assert "нет данных" in texts
    assert view.sentence.startswith("2026 год: достигнуто ")
    assert [chip.text() for chip in view.chips.values() if chip.isVisible()] == [
        f"{word} {number}" for word, number in _counted(view)
    ]


def _counted(view: MonitoringIndicatorsView) -> list[tuple[str, int]]:
    table = view.table
    assert table is not None
    words = (("отстаёт", "behind"), ("почти", "near"), ("достигнуто", "reached"), ("нет цели", "no_target"),
             ("нет данных", "no_data"))  # fmt: skip
    return [(word, table.count(light)) for word, light in words if table.count(light)]  # type: ignore[arg-type]


def test_a_chip_keeps_only_its_lights(view: MonitoringIndicatorsView, qapp: QApplication) -> None:
    view.chips["near"].click()
    settle(qapp)
    assert [row.light for row in view.lines.model.visible_rows()] == ["near"]
    view.chips["near"].click()
    settle(qapp)
    assert len(view.lines.model.visible_rows()) == 5


def test_the_card_says_why_and_the_tree_from_what(view: MonitoringIndicatorsView, qapp: QApplication) -> None:
    view.lines.choose(_named(view, "Число школ").lineage)
    settle(qapp)
    assert _root(view.how).text(0) == "[школ в списке]"
    assert view.made_of.text().startswith("Из чего сложилось: Ц.1.1")
    told = [label.text() for label in view.card.findChildren(Label)]
    assert any(text.startswith("Факт ") for text in told)


def test_a_value_is_typed_in_the_sheet_and_undone(view: MonitoringIndicatorsView, qapp: QApplication) -> None:
    view.show_look("grid")
    settle(qapp)
    row = [one.key for one in view.model.rows].index(_named(view, "Доля школ списка, где психолог").lineage)
    column = [one.key for one in view.model.columns].index("year")
    view.model.setData(view.model.index(row, column), "46,5")
    settle(qapp)
    line = _named(view, "Доля школ списка, где психолог")
    assert (line.value, line.light, line.typed) == ("46.5", "reached", True)
    view.session.written(Store.undo)
    view.refresh()
    settle(qapp)
    assert _named(view, "Доля школ списка, где психолог").light == "no_data"


def test_half_typed_text_is_kept_and_is_no_fact(view: MonitoringIndicatorsView, qapp: QApplication) -> None:
    view.show_look("grid")
    settle(qapp)
    begin = "Доля школ списка, где психолог"
    row = [one.key for one in view.model.rows].index(_named(view, begin).lineage)
    column = [one.key for one in view.model.columns].index("year")
    view.grid.drafted.emit(row, column, "4")
    view.refresh()
    settle(qapp)
    assert _named(view, begin).light == "no_data"
    assert view.model.rows[row].texts[column] == "4"
    assert view.model.rows[row].troubles[column].startswith("Набрано не до конца")
    view.grid.given_up.emit(row, column)
    view.refresh()
    settle(qapp)
    assert (view.model.rows[row].texts[column], view.model.rows[row].troubles) == ("", {})


def test_a_closed_point_takes_nothing(view: MonitoringIndicatorsView, qapp: QApplication) -> None:
    view.show_look("grid")
    settle(qapp)
    closed = next(place for place, one in enumerate(view.model.columns) if "закрыт" in one.title)
    assert not view.model.flags(view.model.index(0, closed)) & Qt.ItemFlag.ItemIsEditable
    opened = next(place for place, one in enumerate(view.model.columns) if one.title == "Выход")
    assert view.model.flags(view.model.index(0, opened)) & Qt.ItemFlag.ItemIsEditable


def test_what_is_no_number_is_marked_and_named(
    view: MonitoringIndicatorsView, dialogs: FakeDialogs, qapp: QApplication
) -> None:
    view.lines.choose(_named(view, "Доля школ списка, где психолог").lineage)
    dialogs.answers.append({"value": "почти все", "source": ""})
    view.ask_value()
    settle(qapp)
    line = _named(view, "Доля школ списка, где психолог")
    assert (line.light, "не число" in line.fault) == ("no_data", True)
    assert view.chips["faults"].text() == "проверить 1"


def test_a_formula_is_tried_while_it_is_typed(view: MonitoringIndicatorsView, qapp: QApplication) -> None:
    made = _formula(view, "Число школ", qapp)
    assert made.text.toPlainText() == "[школ в списке]"
    assert not made.save.isEnabled()
    _typed(made, "[школ в списке] × 2", qapp)
    before = _named(view, "Число школ").value
    assert made.found is not None
    assert made.found.value == str(int(before or 0) * 2)
    assert _named(view, "Число школ").value == before, "nothing is written yet"
    made.save.click()
    settle(qapp)
    view.refresh()
    settle(qapp)
    assert _named(view, "Число школ").value == str(int(before or 0) * 2)
    assert "версия 2" in made.bar.text.text()


def test_a_fault_is_underlined_at_its_place(view: MonitoringIndicatorsView, qapp: QApplication) -> None:
    made = _formula(view, "Число школ", qapp)
    _typed(made, "2 × [школ в списк]", qapp)
    (mark,) = made.text.extraSelections()
    cursor: Any = mark.cursor  # type: ignore[attr-defined]
    assert (cursor.selectionStart(), cursor.selectionEnd()) == (4, 18)
    assert made.chip.text == "ошибка"
    assert "Может быть, «школ в списке»?" in made.told.text()
    assert not made.save.isEnabled()
    _typed(made, "2 × [школ в списке]", qapp)
    assert made.text.extraSelections() == []
    assert made.save.isEnabled()


def test_a_metric_is_put_in_with_what_narrows_it(view: MonitoringIndicatorsView, qapp: QApplication) -> None:
    made = _formula(view, "Доля школ списка, где психолог", qapp)
    made.text.clear()
    made.insert("доля()", 1)
    made.panel.table.choose("участников ниже минимума")
    settle(qapp)
    narrowed = {item.spec.key: edit for item, edit in made.panel._narrow}
    assert set(narrowed) == {"процедура", "предмет", "класс", "школы", "год"}
    narrowed["процедура"].choose("ВПР")  # type: ignore[union-attr]
    narrowed["класс"].setText("5, 6")  # type: ignore[union-attr]
    made.panel.put.click()
    assert made.text.toPlainText() == "доля([участников ниже минимума; процедура: ВПР; класс: 5, 6])"


def test_a_line_of_the_tree_names_its_cell(view: MonitoringIndicatorsView, qapp: QApplication) -> None:
    made = _formula(view, "Доля шестиклассников", qapp)
    item = _root(made.how)
    while item.childCount():
        item = item.child(0)
    made.how.tree.setCurrentItem(item)
    settle(qapp)
    assert made.how.card.isVisible()
    assert "Место: " in made.how.origin.text()
    assert "SHA-256" in made.how.origin.text()


def test_a_point_is_closed_and_opened_anew(
    view: MonitoringIndicatorsView, dialogs: FakeDialogs, qapp: QApplication
) -> None:
    assert view.table is not None
    made = PointsWindow(view.session, (view.table.programme.id, view.table.year), view.window())
    made.show()
    settle(qapp)
    made.table.choose(view.table.points[1].id)
    dialogs.answers.append("close")
    made.closing.click()
    settle(qapp)
    view.refresh()
    settle(qapp)
    assert all(point.closed for point in view.table.points)
    assert "все замеры закрыты" in view.sentence
    assert all(line.closed for line in view.table.lines)
    made.table.choose(view.table.points[1].id)
    dialogs.answers.append({"reason": "Школа прислала исправление"})
    made.anew.click()
    settle(qapp)
    view.refresh()
    settle(qapp)
    assert not view.table.points[1].closed
    assert view.table.points[1].reopen_reason == "Школа прислала исправление"


def test_a_closed_year_shows_what_it_kept(view: MonitoringIndicatorsView, qapp: QApplication) -> None:
    table = view.table
    assert table is not None
    view.session.written(indicators.close, table.programme.id, table.points[1].id, view.session.today())
    view.refresh()
    settle(qapp)
    made = _formula(view, "Доля шестиклассников", qapp)
    assert made.text.isReadOnly()
    assert not made.save.isVisible()
    assert "закрыт: показано то, что сохранил замер" in made.sentence.text()
    assert _root(made.how).text(0) == "доля"
    assert set(_lines(view)) == {line.text.split(",")[0] for line in table.lines}


def test_another_place_opens_an_indicator(
    window: MainWindow, view: MonitoringIndicatorsView, qapp: QApplication
) -> None:
    wanted = _named(view, "Доля учителей").lineage
    window.session.go("monitoring", ("indicators", wanted))
    settle(qapp)
    assert view.line is not None
    assert view.line.lineage == wanted


def test_the_card_says_who_typed_the_value(view: MonitoringIndicatorsView, qapp: QApplication) -> None:
    view.lines.choose(_named(view, "Доля учителей школ списка").lineage)
    settle(qapp)
    told = [label.text() for label in view.card.findChildren(Label)]
    by = told[told.index("Вписано") + 1]
    assert re.fullmatch(r"\D+, \d\d\.\d\d\.\d{4}\s\d\d:\d\d", by), by


def test_the_formula_of_the_programme_is_tried_and_written_from_its_card(
    window: MainWindow, qapp: QApplication
) -> None:
    read = window.session.desk.read
    listed = [one for one in read(programmes.listing).result() if not one.programme.frozen]
    tree = next(
        tree for one in listed if (tree := read(programmes.tree, one.programme.id).result()).of_kind("indicator")
    )
    node = tree.of_kind("indicator")[0]
    before = read(rows.rules, [node.lineage]).result()
    put: list[tuple[int, str]] = []
    asked: list[tuple[int, str]] = []
    field = FormulaField(lambda key, text: put.append((key, text)), lambda key, text: asked.append((key, text)))
    field.refresh(tree, node.id)
    assert isinstance(field.box, Memo)
    field.box.setPlainText("доля([школ в списке]; [школ с ответом])")
    field.opening.click()
    assert asked == [(node.id, "доля([школ в списке]; [школ с ответом])")]
    made = FormulaWindow(window.session, programme_inspector_asks.formula(tree, node.id, asked[0][1], 2026), window)
    made.show()
    settle(qapp)
    assert not made.own.isVisible()
    _typed(made, "доля([школ в списке]; [школ])", qapp)
    made.save.click()
    settle(qapp)
    kept = read(programmes.tree, tree.programme.id).result()
    assert kept.indicators[node.id].formula == "доля([школ в списке]; [школ])"
    assert read(rows.rules, [node.lineage]).result() == before  # the rule beside it is another thing
    field.refresh(kept, node.id)
    assert field.words.text() == "«школ в списке» в процентах от «школ»."
    made.close()


def test_a_formula_that_cannot_be_read_is_named_in_the_card(window: MainWindow, qapp: QApplication) -> None:
    read = window.session.desk.read
    tree = next(
        tree for one in read(programmes.listing).result()
        if (tree := read(programmes.tree, one.programme.id).result()).of_kind("indicator")
    )  # fmt: skip
    node = tree.of_kind("indicator")[0]
    row = replace(tree.indicators[node.id], formula="доля([школ]")
    field = FormulaField(lambda _key, _text: None, lambda _key, _text: None)
    field.refresh(replace(tree, indicators={**tree.indicators, node.id: row}), node.id)
    assert field.words.text().startswith("Не считается. Знак 5: Скобка")
    field.refresh(replace(tree, indicators={**tree.indicators, node.id: replace(row, formula=None)}), node.id)
    assert field.words.text() == ""


def test_lines_of_a_derivation_lead_to_their_places(
    view: MonitoringIndicatorsView, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone: list[tuple[object, ...]] = []
    monkeypatch.setattr(view.session, "go", lambda *place: gone.append(place))
    line = _named(view, "Число школ")
    for metric in ("мероприятий", "пунктов решений", "соглашений", "школ в списке", "обучено на курсах"):
        found = view.session.desk.read(
            indicators.derivation, line.lineage, 2026, day=view.session.today(), formula=f"[{metric}]"
        ).result()
        view.how.show_derivation(found)
        child = _root(view.how).child(0)
        assert child is not None, metric
        view.how.tree.setCurrentItem(child)
        settle(qapp)
        view.how.follow()
    assert [(place[0], place[1][0] if isinstance(place[1], tuple) else "") for place in gone] == [
        ("monitoring", "execution"), ("monitoring", "decisions"), ("monitoring", "support"), ("school", ""),
    ]  # fmt: skip
    assert all(isinstance(part, int) for part in gone[0][1][1])  # type: ignore[index]
    assert not view.how.opening.isVisibleTo(view.how)
