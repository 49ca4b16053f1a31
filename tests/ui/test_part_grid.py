"""The widths of a register's columns: spare room goes to words, lack is borne by them while the whole then fits."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from app.operations.grid_shapes import GridColumn
from app.ui.pages.agreement_grid import PartGrid, PartModel, weighed

COLUMNS = (GridColumn("who", "Кто", "person", 100), GridColumn("on", "С", "date", 80),
           GridColumn("note", "Примечание", width=100))  # fmt: skip


def test_spare_room_goes_to_words_and_dates_stay() -> None:
    assert weighed(COLUMNS, [100, 80, 100], [85, 80, 60], 380) == [150, 80, 150]


def test_lack_is_taken_from_what_can_give() -> None:
    # 22 are lacking, 15 + 40 can be given: 22 * 15 / 55 = 6, 22 * 40 / 55 = 16
    assert weighed(COLUMNS, [100, 80, 100], [85, 80, 60], 258) == [94, 80, 84]


def test_what_cannot_fit_anyway_stays_as_wide_as_it_reads_well() -> None:
    assert weighed(COLUMNS, [100, 80, 100], [85, 80, 60], 224) == [100, 80, 100]


def test_a_grid_fills_its_room_until_a_width_is_set_by_hand(qapp: QApplication) -> None:
    grid = PartGrid(PartModel(COLUMNS), "Проба", lambda _kind: ())
    grid.resize(700, 200)
    grid.show()
    qapp.processEvents()
    header = grid.horizontalHeader()
    assert header.length() == grid.viewport().width()
    assert header.sectionSize(1) == 80
    header.resizeSection(0, 240)
    grid.resize(900, 200)
    qapp.processEvents()
    assert header.sectionSize(0) == 240
    assert header.length() == grid.viewport().width()
    grid.close()
