"""The preview of «Разметить таблицу»: names of schools and municipalities stand whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from app.ui import theme
from app.ui.main_window import MainWindow
from app.ui.windows.importing import ImportWizard
from app.ui.windows.marking import MarkingWindow, _column
from tests.ui.conftest import settle

LONG = "Кингисеппский муниципальный район Ленинградской области"
HEAD = "№;Где учатся;Округ;Посёлок"


@pytest.fixture
def marking(window: MainWindow, qapp: QApplication, tmp_path: Path) -> MarkingWindow:
    """A foreign list of schools on which everything is said already."""
    table = tmp_path / "перечень.csv"
    rows = [f"{number};МБОУ «СОШ № {number}»;{LONG};посёлок Усть-Луга" for number in range(1, 7)]
    table.write_text("\n".join(["Перечень;;;", HEAD, *rows]), "utf-8-sig")
    window.go("import", [table])
    settle(qapp)
    wizard = window.workspace.windows[-1]
    assert isinstance(wizard, ImportWizard)
    wizard.go_on()
    settle(qapp)
    wizard.unmarked.mark.click()
    settle(qapp)
    made = wizard.marking
    assert isinstance(made, MarkingWindow)
    made.point(2, 2)
    made.target.choose("schools")
    for at, meaning in ((1, "school"), (2, "municipality"), (3, "settlement")):
        made.columns.combo(at).choose(meaning)
    made.show_preview()
    settle(qapp)
    return made


def test_names_of_municipalities_stand_whole(marking: MarkingWindow) -> None:
    table = marking.first_rows
    titles = [column.title for column in table.model.columns]
    assert titles == ["Школа", "Коды", "Муниципалитет", "Населённый пункт"]
    place = titles.index("Муниципалитет")
    needed = QFontMetrics(theme.current().font()).horizontalAdvance(LONG)
    assert table.header.sectionSize(place) >= needed + theme.current().px(16)
    assert not table.model.columns[place].right


def test_figures_stay_narrow_and_right() -> None:
    rows = [("СОШ № 1", "МА-6", "2026", "40"), ("СОШ № 2", "МА-6", "2026", "—")]
    made = [_column(at, title, rows) for at, title in enumerate(("Школа", "Работа", "Год", "«2»"))]
    assert [column.right for column in made] == [False, False, True, True]
    assert [column.width for column in made][2:] == [52, 52]


def test_the_widest_column_leaves_room_for_the_others(qapp: QApplication) -> None:
    wide = _column(2, "Муниципалитет", [("", "", LONG * 4)])
    assert (wide.width, wide.least) == (480, 480)
