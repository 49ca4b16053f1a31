from __future__ import annotations

import re
import time
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt

from app.ui.item_models.table_model import Column, Role, TableModel, html_table, tsv


@dataclass(frozen=True)
class Row:
    key: int
    name: str
    number: int | None
    state: str = "ok"


COLUMNS = (
    Column("name", "Школа", lambda r: r.name, middle=True),
    Column(
        "number",
        "Учеников",
        lambda r: "" if r.number is None else str(r.number),
        kind="number",
        sort=lambda r: r.number,
    ),
    Column("state", "Состояние", lambda r: r.state, kind="chip", chip=lambda r: r.state),
)
ROWS = [Row(1, "СОШ № 10", 300), Row(2, "СОШ № 2", None), Row(3, "Озёрская ООШ", 45, "bad"), Row(4, "Гимназия", 900)]


@pytest.fixture
def model() -> TableModel:
    made = TableModel(COLUMNS, lambda r: r.key)
    made.set_rows(ROWS)
    return made


def names(model: TableModel) -> list[str]:
    return [row.name for row in model.visible_rows()]


def test_it_is_a_sound_qt_model(qtmodeltester, model):
    qtmodeltester.check(model)
    model.set_search("сош")
    model.sort(0)
    model.set_rows(ROWS[:2])
    model.set_rows([])
    qtmodeltester.check(model)


def test_filters_of_columns_and_search_work_together(model):
    model.set_filter("name", "ОЗЕРСК")
    assert names(model) == ["Озёрская ООШ"]
    model.set_filter("name", "")
    model.set_filter("number", "> 100")
    assert names(model) == ["СОШ № 10", "Гимназия"]
    model.set_search("сош")
    assert names(model) == ["СОШ № 10"]
    model.clear_filters()
    assert model.shown == 4
    assert not model.filtered


def test_counts_are_said_in_russian(model):
    model.set_search("гимназия")
    assert model.counts() == "показана 1\u00a0из\u00a04"
    model.clear_filters()
    assert model.counts() == "показано 4\u00a0из\u00a04"


def test_unknown_values_come_last_either_way(model):
    model.sort(1)
    assert names(model) == ["Озёрская ООШ", "СОШ № 10", "Гимназия", "СОШ № 2"]
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert names(model) == ["Гимназия", "СОШ № 10", "Озёрская ООШ", "СОШ № 2"]
    model.sort(-1)
    assert names(model) == [row.name for row in ROWS]


def test_names_are_ordered_naturally(model):
    model.sort(0)
    assert names(model) == ["Гимназия", "Озёрская ООШ", "СОШ № 2", "СОШ № 10"]


def test_a_quick_filter_is_a_predicate(model):
    model.set_quick(lambda row: row.state == "bad")
    assert names(model) == ["Озёрская ООШ"]
    model.set_quick(None)
    assert model.shown == 4


def test_a_row_is_found_by_its_id_wherever_it_is_shown(model):
    model.sort(0)
    assert model.place_of(1) == 3
    model.set_search("оош")
    assert model.place_of(1) == -1
    assert model.place_of(3) == 0
    assert model.id_at(0) == 3
    assert model.id_at(7) is None


def test_order_and_filter_outlive_new_rows(model):
    model.sort(0)
    model.set_search("сош")
    model.set_rows([*ROWS, Row(5, "СОШ № 1", 10)])
    assert names(model) == ["СОШ № 1", "СОШ № 2", "СОШ № 10"]


def test_roles(model):
    number = model.index(0, 1)
    assert model.data(number, Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert model.data(model.index(2, 2), Role.CHIP) == "bad"
    assert model.data(model.index(2, 0), Role.ROW) is ROWS[2]
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Школа"
    assert (
        model.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    )


def test_copying_as_excel_takes_it(model):
    table = model.as_table([2, 0], [1, 0])
    assert table == [["Учеников", "Школа"], ["45", "Озёрская ООШ"], ["300", "СОШ № 10"]]
    assert tsv(table) == "Учеников\tШкола\n45\tОзёрская ООШ\n300\tСОШ № 10"
    assert tsv([["а\u00a0б", "в\tг", 'д"\nе']]) == 'а б\t"в\tг"\t"д""\nе"'
    assert "<th>Учеников</th>" in html_table(table)
    assert "<td>&lt;b&gt;</td>" in html_table([["х"], ["<b>"]])


def test_a_keystroke_costs_no_more_than_walking_the_texts_a_few_times(qapp):
    """40,000 rows: filtering is measured against one plain pass over the same texts, not against the clock."""
    from PySide6.QtWidgets import QTableView

    rows = [Row(n, f"Средняя школа № {n} с. Село{n % 97}", n) for n in range(40_000)]
    made = TableModel(COLUMNS, lambda r: r.key)
    made.set_rows(rows)
    made.warm()
    view = QTableView()
    view.setModel(made)
    texts = [row.name.lower() * 2 for row in rows]

    def fastest(work) -> float:
        times = []
        for _ in range(7):
            begun = time.perf_counter()
            work()
            times.append(time.perf_counter() - begun)
        return sorted(times)[len(times) // 2]

    def plain():
        return [index for index, text in enumerate(texts) if "село5" in text]

    filtered = fastest(lambda: (made.set_search("село5"), made.set_search("")))
    assert made.shown == 40_000
    assert filtered < 30 * fastest(plain)


def test_a_cut_name_leaves_no_stops_beside_its_mark(qapp):
    """«СОШ № 7 им.…. Вьюжанина» says less than «СОШ № 7 им…Вьюжанина»."""
    from app.ui.item_models.table_model import Column
    from app.ui.widgets.cells import CellDelegate

    column = Column("name", "Школа", str, 100, middle=True)
    name = "СОШ № 7 им. Н. С. Вьюжанина"
    shown = {CellDelegate.cut(column, name, width) for width in range(60, 400)}
    assert name in shown
    assert len(shown) > 5
    assert not [text for text in shown if re.search(r"[\s.,]…|…[\s.,]", text)]
