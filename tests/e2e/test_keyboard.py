"""The hands never leave the keyboard: tabs, search, a school's card, filters, copying, order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from app.operations import schools
from app.ui.pages.schools import SchoolsPage
from app.ui.widgets.table import DataTable
from tests.e2e.seat import Seat, clipboard, plain, type_text

CTRL = Qt.KeyboardModifier.ControlModifier


def click_heading(seat: Seat, table: DataTable, key: str) -> None:
    """Click the heading of a column, above its filter."""
    header = table.header
    place = [column.key for column in table.model.columns].index(key)
    left = header.sectionViewportPosition(place) + header.sectionSize(place) // 2
    seat.qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(left, 8))


def column(table: DataTable, key: str) -> list[str]:
    place = [item.key for item in table.model.columns].index(key)
    return [line[0] for line in table.model.as_table(range(table.model.shown), [place])[1:]]


def test_seven_tabs_by_their_numbers(work: Seat) -> None:
    names = ["today", "schools", "school_list", "programme", "checklists", "monitoring", "reports"]
    for number, name in reversed(list(enumerate(names, start=1))):
        work.key(Qt.Key(Qt.Key.Key_0 + number), CTRL)
        work.wait(lambda name=name: work.window.page is not None and work.window.page.name == name)
        assert work.window.top.tabs.currentIndex() == number - 1
        work.rest()


def test_a_school_is_found_by_a_part_of_its_name_and_edited(work: Seat) -> None:
    work.tab("today")
    work.key(Qt.Key.Key_K, CTRL)
    finder = work.window.finder
    work.wait(finder.hasFocus)
    type_text(finder, "рябиновое")
    work.wait(lambda: [hit.text for hit in finder.hits] == ["ООШ с. Рябиновое"])
    work.key(Qt.Key.Key_Return)
    work.wait(lambda: isinstance(work.window.page, SchoolsPage) and work.window.page.card.isVisible())
    page = work.window.page
    assert isinstance(page, SchoolsPage)
    work.wait(lambda: "Рябиновое" in page.card.name.text())
    work.rest()

    def stored() -> schools.SchoolCard:
        return work.read(schools.card, next(s.id for s in work.read(schools.listing) if s.shown == "ООШ с. Рябиновое"))

    work.wait(page.card.switch.hasFocus)
    work.key(Qt.Key.Key_PageDown, CTRL)  # from the overview to what can be changed
    keys = list(page.card.fields)
    work.wait(page.card.fields["name"].edit.hasFocus)
    for _step in range(keys.index("address")):  # Enter goes from line to line
        work.key(Qt.Key.Key_Return)
    edit = page.card.fields["address"].edit
    work.wait(edit.hasFocus)
    before = stored().school.address
    work.key(Qt.Key.Key_A, CTRL)
    type_text(edit, "не то")
    work.key(Qt.Key.Key_Escape)  # takes back what was typed, the card stays
    assert edit.text() == before
    work.key(Qt.Key.Key_A, CTRL)
    type_text(edit, "ул. Лесная, д. 2")
    work.key(Qt.Key.Key_Tab)
    work.wait(lambda: stored().school.address == "ул. Лесная, д. 2")
    assert stored().drafts == ()
    # a code whose check digit is wrong is kept and marked, nothing is refused
    code = page.card.codes["inn"].edit
    code.setFocus()
    work.key(Qt.Key.Key_A, CTRL)
    type_text(code, "1234567890")
    work.key(Qt.Key.Key_Return)
    work.wait(lambda: [(d[0], d[1]) for d in stored().drafts] == [("inn", "1234567890")])
    work.wait(page.card.codes["inn"].trouble.isVisible)
    assert code.text() == "1234567890"
    # an empty name is refused with its reason, what was typed stays
    work.rest()
    name = page.card.fields["name"].edit
    name.setFocus()
    work.key(Qt.Key.Key_A, CTRL)
    work.key(Qt.Key.Key_Delete)
    work.key(Qt.Key.Key_Return)
    work.wait(page.card.fields["name"].trouble.isVisible)
    assert "Рябиновое" in stored().school.name
    work.key(Qt.Key.Key_Escape)
    work.key(Qt.Key.Key_Escape)
    work.wait(lambda: not page.card.isVisible())
    assert page.table.view.hasFocus()


def test_search_finds_commands_too(work: Seat) -> None:
    work.tab("today")
    work.key(Qt.Key.Key_K, CTRL)
    finder = work.window.finder
    type_text(finder, "журнал исход")
    work.wait(lambda: [hit.text for hit in finder.hits] == ["Журнал исходящих"])
    work.key(Qt.Key.Key_Return)
    work.wait(lambda: work.window.page is not None and work.window.page.name == "reports")
    work.key(Qt.Key.Key_K, CTRL)
    type_text(finder, "такого нет")
    work.wait(lambda: finder.hits == [])
    work.key(Qt.Key.Key_Escape)
    assert finder.text() == ""
    work.wait(lambda: not finder.hasFocus())


def test_rows_are_copied_with_headings_for_excel(work: Seat) -> None:
    page = work.list_page()
    table = page.table
    type_text(table.header.filter_of("school"), "рудничный")
    work.wait(lambda: table.model.shown == 2)
    table.focus_table()
    work.key(Qt.Key.Key_A, CTRL)
    work.key(Qt.Key.Key_C, CTRL)
    lines = [line.split("\t") for line in clipboard().split("\n")]
    assert lines[0] == ["Школа", "Ответ", "≥ 30 %", "Худшая процедура", "Доля", "Выборка", "Примечание"]
    assert [line[:2] for line in lines[1:]] == [
        ["СОШ пгт Рудничный", "в списке"],
        ["ООШ № 2 пгт Рудничный", "не в списке"],
    ]
    assert {len(line) for line in lines} == {7}
    assert "\u00a0" not in clipboard()
    mime = QApplication.clipboard().mimeData()
    assert "<th>Школа</th>" in bytes(mime.data("text/html").data()).decode()


def test_a_heading_orders_and_the_order_is_remembered(seats: Callable[..., Seat], path: Path) -> None:
    first = seats()
    first.open(path)
    table = first.list_page().table
    own = column(table, "school")
    click_heading(first, table, "share")
    shares = [float(text.split()[0].replace(",", ".")) for text in map(plain, column(table, "share")) if text != "—"]
    assert shares == sorted(shares)
    assert len(shares) < 24
    assert set(column(table, "share")[len(shares) :]) == {"—"}  # what is unknown stands last
    click_heading(first, table, "share")
    assert column(table, "share")[0].startswith(str(max(shares)).replace(".", ",").removesuffix(",0"))
    assert set(column(table, "share")[len(shares) :]) == {"—"}
    first.close()

    second = seats()
    second.open(path)
    table = second.list_page().table
    assert table.model.sorting == (4, True)
    click_heading(second, table, "share")
    assert table.model.sorting is None
    assert column(table, "school") == own
