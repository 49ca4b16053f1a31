"""Indices, types and the window of components, driven as a person does."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from app.models.store import Store
from app.operations import indices, metrics, typology
from app.operations.demo import fill
from app.ui.main_window import MainWindow
from app.ui.pages.indices_view import ContributionBar, IndicesView
from app.ui.pages.typology_view import TypologyView
from app.ui.widgets.basics import Button
from app.ui.windows.index_parts import IndexPartsWindow
from tests.ui.conftest import settle

CONTEXT, RESULT = 2025, 2026


def words(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel)).replace("\u00a0", " ")


def view_of(window: MainWindow, qapp: QApplication, key: str):
    page = window.show_page("school_list")
    settle(qapp)
    view = page.show_view(key)
    settle(qapp)
    return view


@pytest.fixture
def view(window: MainWindow, qapp: QApplication) -> IndicesView:
    made = view_of(window, qapp, "indices")
    assert isinstance(made, IndicesView)
    return made


@pytest.fixture
def types(window: MainWindow, qapp: QApplication) -> TypologyView:
    made = view_of(window, qapp, "typology")
    assert isinstance(made, TypologyView)
    return made


def parts_window(window: MainWindow, qapp: QApplication, view: IndicesView) -> IndexPartsWindow:
    view.edit.click()
    settle(qapp)
    made = window.workspace.windows[-1]
    assert isinstance(made, IndexPartsWindow)
    return made


# --- the table and the card ----------------------------------------------------------------------------------------


def test_the_table_shows_every_index_with_its_place(view, window):
    reader = window.session.desk.reader
    found = {row.school_id: row for row in indices.compute(reader, "staff", CONTEXT).rows}
    line = view.table.current()
    row = found[line.school.id]
    shown = view.table.model.columns[2].text(line).replace("\u00a0", " ")
    assert shown == f"{indices.signed(row.value)} · {row.place} из {row.of}"
    assert [column.title for column in view.table.model.columns][1:4] == ["Благополучие", "Кадры", "Ресурсы"]
    assert "2025/26 · к результатам 2026 года" in view.page.header.state.text()
    lowest = sum(line.lowest > 0 for line in view.table.model.all_rows())
    view.chips["lowest"].click()
    assert view.table.model.shown == lowest > 0


def test_the_card_says_what_an_index_is_made_of(view, window, qapp):
    view.card.choice.choose("staff")
    settle(qapp)
    said = words(view.card)
    assert "Посчитан по всем составляющим, их 4." in said
    assert "Веса равные" in said
    assert "муниципальная оценка" in said
    assert "Нижние 25 % из 8 школ" in said
    assert len(view.card.parts.findChildren(ContributionBar)) == 4
    row = indices.compute(window.session.desk.reader, "staff", CONTEXT).row(view.table.current().school.id)
    for part in row.contributions:
        assert indices.signed(part.value) in said


def test_a_figure_leads_to_its_cell(view, window, qapp):
    view.card.choice.choose("staff")
    settle(qapp)
    school = view.table.current().school
    link = next(b for b in view.card.parts.findChildren(Button) if "из" in b.text())
    link.click()
    settle(qapp)
    grid = window.pages["schools"].views["metrics"]
    assert window.page.name == "schools"
    index = grid.grid.currentIndex()
    assert grid.model.lines[index.row()].school.id == school.id
    assert grid.model.metrics[index.column()].code == "share_category_3y"
    assert window.session.school_year == CONTEXT


def test_missing_components_are_said(view, window, qapp):
    store = window.session.desk.store
    school = view.table.current().school
    cells = [(school.id, code, "") for code in ("teachers_contests", "teachers_off_profile", "teachers_overload")]
    metrics.put(store, CONTEXT, cells[:1])
    settle(qapp)
    view.table.choose(school.id)
    view.card.choice.choose("staff")
    assert "Посчитан по 3 из 4 составляющих." in words(view.card)
    metrics.put(store, CONTEXT, cells)
    settle(qapp)
    view.table.choose(school.id)
    assert "это меньше половины" in words(view.card)
    assert view.card.chip.text == "нет данных"
    assert [b.text() for b in view.card.parts.findChildren(Button)].count("нет данных") == 3


# --- components ----------------------------------------------------------------------------------------------------


def test_weights_and_signs_are_changed_and_taken_back(view, window, qapp):
    view.card.choice.choose("staff")
    parts = parts_window(window, qapp, view)
    assert parts.definition.id == "staff"
    assert not parts.save.isEnabled()
    first, second, *_others = parts._lines
    first.weight.setText("1,5")
    second.sign.choose(1)
    _others[0].on.click()
    assert parts.save.isEnabled()
    parts.save.click()
    settle(qapp)
    kept = indices.definition(window.session.desk.reader, "staff")
    assert kept.version == "1.1"
    assert [part.weight for part in kept.components] == [(3, 2), (1, 1), (1, 1), (1, 1)]
    assert [part.sign for part in kept.components] == [1, 1, 1, -1]
    assert [part.on for part in kept.components] == [True, True, False, True]
    assert "1.1" in parts.bar.text.text()
    assert "вес" in words(view.card).lower()
    window.perform("undo")
    settle(qapp)
    assert indices.definition(window.session.desk.reader, "staff").version == "1.0"
    assert parts._lines[0].weight.text() == "1"


@pytest.mark.parametrize("text", ["", "0", "много", "-1"])
def test_a_weight_that_is_none_is_not_saved(view, window, qapp, text):
    parts = parts_window(window, qapp, view)
    parts._lines[0].weight.setText(text)
    assert not parts.save.isEnabled()
    assert "не вес" in parts.trouble.text()
    for line in parts._lines:
        line.on.setChecked(False)
    assert "хотя бы одну" in parts.trouble.text()
    assert not parts.save.isEnabled()


def test_the_shipped_composition_comes_back(view, window, qapp):
    parts = parts_window(window, qapp, view)
    parts.reset.click()
    settle(qapp)
    assert "и так считается" in parts.bar.text.text()
    parts._lines[0].weight.setText("2")
    parts.save.click()
    settle(qapp)
    parts.reset.click()
    settle(qapp)
    assert indices.definition(window.session.desk.reader, "social").version == "1.2"
    assert parts._lines[0].weight.text() == "1"


def test_a_component_is_added_weighted_and_removed(view, window, qapp):
    window.perform("index_parts")
    settle(qapp)
    parts = window.workspace.windows[-1]
    assert isinstance(parts, IndexPartsWindow)
    assert not parts.add.isEnabled()
    catalogue = {metric.code: metric for metric in indices.comparable(window.session.desk.reader)}
    parts.offered.setEditText(catalogue["share_ovz"].name.upper())
    parts.add.click()
    assert parts.offered.findData("share_ovz") < 0
    assert parts._lines[-1].sign.currentData() == -1
    parts._lines[-1].weight.setText("2")
    first = parts._lines[0].component
    next(b for b in parts.findChildren(Button) if b.accessibleName() == f"Убрать: {first.label}").click()
    assert parts.offered.findData(first.metric) > 0
    assert (parts._lines[-1].weight.text(), len(parts._lines)) == ("2", 6)
    parts.save.click()
    settle(qapp)
    kept = indices.definition(window.session.desk.reader, "social")
    assert (kept.version, kept.component(first.metric)) == ("1.1", None)
    assert (kept.components[-1].metric, kept.components[-1].weight) == ("share_ovz", (2, 1))
    for line in list(parts._lines):
        parts._remove(line.component)
    assert "хотя бы одну" in parts.trouble.text()
    assert not parts.save.isEnabled()


# --- types ---------------------------------------------------------------------------------------------------------


def test_types_are_counted_drawn_and_listed(types, window):
    found = typology.compute(window.session.desk.reader, RESULT)
    assert types.shown is types.types
    assert {line.school.id: line.row.kind for line in types.types.model.all_rows()} == {
        row.school_id: row.kind for row in found.rows
    }
    for kind, number in found.counts().items():
        assert types.chips[kind].isVisible() == (number > 0)
    chart = types.chart.spec
    assert {dot.link for dot in chart.dots} == {row.school_id for row in found.rows if row.kind != "no_data"}
    assert chart.corners == ("неблагополучная", "неуспешная", "резильентная", "успешная")
    assert len(chart.x_cuts) == len(chart.y_cuts) == 2
    assert "по 25 % из 8 школ" in types.how.text().replace("\u00a0", " ")
    assert not types.switch.isTabEnabled(1)
    assert "не меньше 30" in types.switch.tabToolTip(1)


def test_another_cut_is_tried_out_and_then_kept(types, window, qapp):
    assert types.keep.isHidden()
    types.cut.setCurrentIndex(1)
    settle(qapp)
    assert "по 30 % из 8 школ" in types.how.text().replace("\u00a0", " ")
    assert typology.definition(window.session.desk.reader).cut == (25, 100), "only tried out"
    assert not types.keep.isHidden()
    types.keep.click()
    settle(qapp)
    assert typology.definition(window.session.desk.reader).cut == (30, 100)
    assert types.keep.isHidden()
    window.perform("undo")
    settle(qapp)
    assert "по 25 % из 8 школ" in types.how.text().replace("\u00a0", " ")


def test_a_chip_filters_and_a_point_opens_its_school(types, window, qapp):
    kind = types.types.model.all_rows()[0].row.kind
    types.chips[kind].click()
    assert {line.row.kind for line in types.types.model.visible_rows()} == {kind}
    other = next(line for line in types.types.model.all_rows() if line.row.kind != kind)
    types.chart.clicked.emit(other.school.id)
    settle(qapp)
    assert types.types.current().school.id == other.school.id
    assert window.page.name == "schools"


def test_types_without_an_index_say_what_lacks(types, window, qapp):
    types.context.choose("resources")
    settle(qapp)
    window.show_page("school_list").year.choose(2025)
    settle(qapp)
    assert "а индекса за 2024/25 нет" in types.page.header.state.text()
    assert types.types.stack.currentWidget() is types.types.empty
    assert types.left.isHidden()
    window.page.year.choose(RESULT)
    settle(qapp)
    assert not types.left.isHidden()


def test_expected_and_actual_of_a_larger_municipality(bare_window, tmp_path: Path, qapp):
    path = tmp_path / "Большой.opora"
    store = Store.create(path, name="Большой округ", actor="Ракитина Е. В.")
    fill(store, schools=36, years=(2025, 2026))
    store.close()
    bare_window.workspace.open(path)
    settle(qapp)
    types = view_of(bare_window, qapp, "typology")
    assert types.switch.isTabEnabled(1)
    types.switch.setCurrentIndex(1)
    settle(qapp)
    assert types.shown is types.residuals
    assert "Не годится" in types.how.text()
    assert len(types.chart.spec.fit) >= 30
    line = types.residuals.current()
    assert types.residuals.model.columns[3].text(line).endswith("%")
    assert types.cut.isHidden()
    types.switch.setCurrentIndex(0)
    settle(qapp)
    assert types.chart.spec.fit == ()
    assert types.cut.isVisible()


def test_an_empty_file_says_what_to_do(bare_window, dialogs, tmp_path, qapp):
    dialogs.answers = [{"name": "Новый округ"}, str(tmp_path / "Новый округ.opora")]
    bare_window.workspace.ask_new()
    settle(qapp)
    for key, word in (("indices", "Вписать показатели"), ("typology", "Загрузить результаты…")):
        view = view_of(bare_window, qapp, key)
        assert word in [button.text() for button in view.findChildren(Button) if button.isVisible()]
        assert "пока нет" in view.page.header.state.text()
