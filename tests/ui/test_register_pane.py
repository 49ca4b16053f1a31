"""A register in the real window: rows are typed below, bad entries stay, half-typed text is kept, files lie beside."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from app.operations import registers
from app.ui.pages.register_pane import RegisterPane
from app.ui.session import Session
from tests.ui.conftest import settle
from tests.ui.fakes import FakeDialogs

YEAR = {"school_year": 2031}


@pytest.fixture
def pane(session: Session, qapp: QApplication) -> Iterator[RegisterPane]:
    """Партнёрства of a year in which the example has none."""
    made = RegisterPane(session, "partnerships", lambda: YEAR)
    session.changed.connect(lambda _tables: made.refresh())
    made.resize(1200, 500)
    made.show()
    made.refresh()
    settle(qapp)
    yield made
    made.hide()
    made.deleteLater()


def _type(
    pane: RegisterPane, qapp: QApplication, row: int, column: int, text: str, key: Qt.Key = Qt.Key.Key_Tab
) -> None:
    grid = pane.grid
    grid.setFocus()
    grid.setCurrentIndex(pane.model.index(row, column))
    QTest.keyClick(grid, Qt.Key.Key_F2)
    editor = next(edit for edit in grid.viewport().findChildren(QLineEdit) if edit.isVisible())
    editor.setText(text)
    editor.setModified(True)
    QTest.keyClick(editor, key)
    settle(qapp)


def _place(pane: RegisterPane, name: str) -> int:
    return [one.key for one in pane.register.columns].index(name)


def _rows(pane: RegisterPane) -> list[dict[str, object]]:
    return registers.rows(pane.session.desk.reader, "partnerships", **YEAR)


def test_a_row_is_typed_below_and_an_empty_one_waits_again(pane: RegisterPane, qapp: QApplication) -> None:
    _type(pane, qapp, 0, _place(pane, "donor"), "Институт развития образования")
    _type(pane, qapp, 0, _place(pane, "dated"), "1.09.2031")
    (row,) = _rows(pane)
    assert (row["donor"], row["dated"], row["state"]) == ("Институт развития образования", "2031-09-01", "active")
    assert pane.model.rowCount() == 2
    assert pane.number.text().replace("\u00a0", " ") == "1 соглашение"


def test_what_does_not_fit_stays_and_says_why(pane: RegisterPane, qapp: QApplication) -> None:
    place = _place(pane, "dated")
    _type(pane, qapp, 0, place, "осенью")
    index = pane.model.index(0, place)
    assert index.data() == "осенью"
    assert "не дата" in index.data(Qt.ItemDataRole.ToolTipRole)
    _type(pane, qapp, 0, place, "15.09.2031")
    assert _rows(pane)[0]["dated"] == "2031-09-15"
    assert not pane.model.rows[0].troubles


def test_half_typed_text_begins_the_row(pane: RegisterPane, qapp: QApplication) -> None:
    pane.grid.drafted.emit(0, _place(pane, "topic"), "Подготовка к О")
    settle(qapp)
    (row,) = _rows(pane)
    assert row["topic"] == "Подготовка к О"
    pane.grid.drafted.emit(0, _place(pane, "topic"), "Подготовка к ОГЭ")
    settle(qapp)
    assert _rows(pane)[0]["topic"] == "Подготовка к О"
    assert pane.model.index(0, _place(pane, "topic")).data() == "Подготовка к ОГЭ", "a draft shows and waits"


def test_a_file_is_kept_beside_the_row(
    pane: RegisterPane, qapp: QApplication, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    _type(pane, qapp, 0, _place(pane, "donor"), "Школа № 5")
    pane.grid.setCurrentIndex(pane.model.index(0, 0))
    settle(qapp)
    assert pane.files.isVisible()
    proof = tmp_path / "соглашение.pdf"
    proof.write_bytes(b"%PDF-1.4")
    dialogs.answers.append([proof])
    pane.attach()
    settle(qapp)
    key = pane.current
    assert key is not None
    assert pane.table is not None
    assert [item.title for item in pane.table.files[key]] == ["соглашение.pdf"]
    assert registers.file_bytes(pane.session.desk.reader, pane.table.files[key][0].id)[1] == b"%PDF-1.4"


def test_rows_go_by_the_button_and_come_back_by_undo(pane: RegisterPane, qapp: QApplication) -> None:
    _type(pane, qapp, 0, _place(pane, "donor"), "Вуз")
    pane.grid.setCurrentIndex(pane.model.index(0, 0))
    pane.out.click()
    settle(qapp)
    assert _rows(pane) == []
    pane.session.desk.write(lambda store: store.undo()).result()
    settle(qapp)
    assert pane.model.index(0, _place(pane, "donor")).data() == "Вуз"


def test_the_cursor_finds_a_row_that_is_asked_for(pane: RegisterPane, qapp: QApplication) -> None:
    made = [
        pane.session.desk.write(registers.add, "partnerships", YEAR, donor=name, dated=day).result()
        for name, day in (("Первый", "2031-09-01"), ("Второй", "2031-09-02"))
    ]
    told: list[int] = []
    pane.selected.connect(told.append)
    pane.choose(made[1])
    pane.refresh()
    settle(qapp)
    assert pane.current == made[1]
    assert told[-1] == made[1]


def test_a_column_of_people_offers_people_and_one_of_schools_schools(session: Session, qapp: QApplication) -> None:
    """Whatever cell is current when the register is read."""
    made = RegisterPane(session, "supporters", dict)
    made.resize(1200, 500)
    made.show()
    made.refresh()
    settle(qapp)
    assert made.table is not None
    offered = {}
    for name in ("person_id", "organisation_id", "role"):
        made.grid.setFocus()
        made.grid.setCurrentIndex(made.model.index(0, [one.key for one in made.register.columns].index(name)))
        QTest.keyClick(made.grid, Qt.Key.Key_F2)
        editor = next(edit for edit in made.grid.viewport().findChildren(QLineEdit) if edit.isVisible())
        words = editor.completer().model()
        offered[name] = tuple(words.index(place, 0).data() for place in range(words.rowCount()))
        QTest.keyClick(editor, Qt.Key.Key_Escape)
        settle(qapp)
    assert offered["person_id"] == made.table.people
    assert offered["organisation_id"] == made.table.schools
    assert offered["role"] == ("куратор", "тьютор", "консультант", "наставник")
    assert not set(made.table.people) & set(made.table.schools)
    made.hide()
    made.deleteLater()


def _drag(pane: RegisterPane, start: int, end: int) -> None:
    header = pane.grid.verticalHeader()
    half = header.sectionSize(0) // 2

    def at(row: int, shift: int = 0) -> QPoint:
        return QPoint(header.width() // 2, header.sectionViewportPosition(row) + half + shift)

    side = 1 if end > start else -1
    QTest.mousePress(header.viewport(), Qt.MouseButton.LeftButton, pos=at(start))
    for place in (at(start, 12 * side), at(end, -side), at(end, 6 * side)):
        QTest.mouseMove(header.viewport(), place)
    QTest.mouseRelease(header.viewport(), Qt.MouseButton.LeftButton, pos=at(end, 6 * side))


def test_a_row_is_dragged_by_its_number(session: Session, qapp: QApplication) -> None:
    made = RegisterPane(session, "recommendations", lambda: YEAR)
    session.changed.connect(lambda _tables: made.refresh())
    made.resize(1200, 500)
    made.show()
    for text in ("первая", "вторая", "третья", "четвёртая"):
        session.write(made, None, registers.add, "recommendations", YEAR, addressee="mms", text=text)
    settle(qapp)

    def order() -> list[object]:
        return [row["text"] for row in registers.rows(session.desk.reader, "recommendations", **YEAR)]

    assert order() == ["первая", "вторая", "третья", "четвёртая"]
    _drag(made, 0, 2)
    settle(qapp)
    assert order() == ["вторая", "третья", "первая", "четвёртая"]
    assert [made.grid.verticalHeader().visualIndex(place) for place in range(5)] == [0, 1, 2, 3, 4]
    assert made.grid.currentIndex().row() == 2, "the cursor goes with the row"
    _drag(made, 3, 0)
    settle(qapp)
    assert order() == ["четвёртая", "вторая", "третья", "первая"]
    _drag(made, 4, 0)
    settle(qapp)
    assert order() == ["четвёртая", "вторая", "третья", "первая"], "the empty row stays below"
    made.hide()
    made.deleteLater()


def test_rows_without_an_order_are_not_dragged(pane: RegisterPane) -> None:
    assert not pane.grid.verticalHeader().sectionsMovable()
