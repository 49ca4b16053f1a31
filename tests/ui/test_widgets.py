from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from app.errors import UserError
from app.ui import theme
from app.ui.habits import Habits
from app.ui.item_models.table_model import Column
from app.ui.widgets.bars import MessageBar, ProgressStrip
from app.ui.widgets.basics import Button, Combo, Row
from app.ui.widgets.chip import Chip, ChipButton
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.entry_grid import EntryGrid, EntryModel, EntryRow
from app.ui.widgets.field import FieldRow
from app.ui.widgets.header import PageHeader
from app.ui.widgets.labels import ElidedLabel, Label
from app.ui.widgets.table import DataTable
from tests.ui.conftest import settle
from tests.ui.fakes import press, type_ru

LONG = "Муниципальное бюджетное общеобразовательное учреждение «Средняя общеобразовательная школа № 7»"


def shown(qtbot, widget: QWidget, width: int = 600, height: int = 300) -> QWidget:
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    return widget


def test_a_cut_label_tells_the_whole_in_its_tooltip(qtbot):
    label = ElidedLabel(LONG, mode=Qt.TextElideMode.ElideMiddle)
    shown(qtbot, label, 200, 20)
    assert label.toolTip() == LONG
    assert "…" in label.shown_text()
    label.resize(2000, 20)
    assert label.toolTip() == ""
    assert label.shown_text() == LONG


def test_a_line_does_not_end_inside_an_address_and_is_copied_plain(qtbot, qapp):
    label = Label("г. Лесогорск, ул. Лесная, д. 3", wrap=True).selectable()
    shown(qtbot, label)
    assert label.text() == "г.\u00a0Лесогорск, ул.\u00a0Лесная, д.\u00a03"
    label.setText("СОШ № 5: 8 из 27")
    assert label.text() == "СОШ №\u00a05: 8\u00a0из\u00a027"
    label.setSelection(0, len(label.text()))
    press(label, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "СОШ № 5: 8 из 27"
    assert Label("д. 3").text() == "д. 3", "a single line has nothing to break"


def test_labels_show_markup_as_text():
    assert Label("<b>1</b>").textFormat() == Qt.TextFormat.PlainText


def test_a_chip_says_its_state_in_words(qapp):
    chip = Chip("warn", "на грани")
    assert chip.accessibleName() == "на грани (внимание)"
    assert chip.minimumSizeHint() == chip.sizeHint(), "a layout never cuts a chip"


def test_shapes_differ_without_colour(qtbot):
    """● ▲ ■ ○ drawn in one colour are four different pictures."""
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QColor, QImage, QPainter

    from app.ui.widgets.chip import draw_shape

    pictures = set()
    for kind in ("ok", "warn", "bad", "none"):
        image = QImage(16, 16, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        painter = QPainter(image)
        draw_shape(painter, kind, QRectF(1, 1, 14, 14), QColor("black"))
        painter.end()
        pictures.add(bytes(image.constBits()))
    assert len(pictures) == 4


def test_a_page_has_at_most_four_actions_one_of_them_primary(qtbot):
    with pytest.raises(ValueError, match="four"):
        PageHeader("Отчёты", [Button("Раз") for _ in range(5)])
    with pytest.raises(ValueError, match="primary"):
        PageHeader("Отчёты", [Button("Раз", kind="primary"), Button("Два", kind="primary")])


def test_actions_go_under_the_title_where_there_is_no_room(qtbot):
    header = PageHeader("Список школ с низкими результатами", [Button(f"Действие {n}…") for n in range(4)])
    shown(qtbot, header, 1200, 60)
    assert header.buttons[0].x() > header.title.x() + header.title.width() // 2
    header.resize(560, 120)
    header._box.activate()
    assert header.buttons[0].y() > header.title.y() + header.title.height()


def test_a_message_offers_what_repairs_it(qtbot):
    bar, done = MessageBar(), []
    shown(qtbot, bar)
    bar.show_error(UserError("GEN_READ_ONLY"), ("Открыть копию", lambda: done.append(1)))
    assert "только для чтения" in bar.text.text()
    assert bar.accessibleName().startswith("Ошибка")
    next(button for button in bar.findChildren(Button) if button.text() == "Открыть копию").click()
    assert done == [1]
    assert bar.isHidden(), "a repaired message goes"


def test_a_second_message_replaces_the_first(qtbot, qapp):
    bar = shown(qtbot, MessageBar())
    bar.show_message("warn", "Раз", ("Кнопка", lambda: None))
    bar.show_message("info", "Два")
    settle(qapp)
    assert bar.text.text() == "Два"
    assert [button.text() for button in bar.findChildren(Button) if button.isVisible()] == []


def test_the_strip_can_be_stopped_once(qtbot):
    strip, stopped = ProgressStrip(), []
    shown(qtbot, strip)
    strip.cancelled.connect(lambda: stopped.append(1))
    strip.begin("Читаю файлы")
    strip.tell("отчёт.xlsx", 3, 12)
    assert (strip.bar.value(), strip.bar.maximum()) == (3, 12)
    strip.cancel.click()
    strip.cancel.click()
    assert stopped == [1]
    assert strip.now.text() == "останавливаю…"


def test_the_wheel_changes_a_combo_only_with_the_focus(qtbot):
    combo = Combo("Год")
    combo.fill([("2025", 2025), ("2026", 2026)])
    shown(qtbot, combo, 120, 30)
    turn = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    combo.clearFocus()
    QApplication.sendEvent(combo, turn)
    assert combo.currentData() == 2025
    assert not turn.isAccepted(), "the page scrolls instead"


def test_a_refilled_combo_keeps_its_choice():
    combo = Combo("Год")
    combo.fill([("2025", 2025), ("2026", 2026)], 2026)
    combo.fill([("2024", 2024), ("2026", 2026)])
    assert combo.currentData() == 2026
    combo.fill([("2024", 2024)])
    assert combo.currentData() == 2024
    assert not combo.choose(1999)


def test_a_row_of_buttons_wraps(qtbot):
    row = Row(*[Button(f"Кнопка {n}") for n in range(5)])
    assert row.flow.heightForWidth(2000) < row.flow.heightForWidth(180)


def test_an_empty_place_offers_what_fills_it(qtbot):
    done = []
    place = EmptyState("table", "Пусто", "Загрузите таблицу.", ("Загрузить…", lambda: done.append(1)))
    shown(qtbot, place)
    place.button.click()
    assert done == [1]


# --- fields -------------------------------------------------------------------------------------------------------


def test_a_field_keeps_half_typed_text_and_saves_when_left(qtbot):
    row, drafts, saved = FieldRow("Адрес"), [], []
    row.edit.drafted.connect(drafts.append)
    row.edit.committed.connect(saved.append)
    shown(qtbot, row)
    row.show_stored("г. Лесогорск")
    row.edit.setFocus()
    row.edit.end(False)
    type_ru(row.edit, ", ул. Ёлочная")
    qtbot.waitUntil(lambda: bool(drafts))
    assert drafts == ["г. Лесогорск, ул. Ёлочная"]
    assert saved == []
    row.edit.clearFocus()
    row.edit.commit()
    assert saved == ["г. Лесогорск, ул. Ёлочная"]


def test_escape_takes_back_what_was_typed(qtbot):
    row, drafts, saved = FieldRow("Адрес"), [], []
    row.edit.drafted.connect(drafts.append)
    row.edit.committed.connect(saved.append)
    shown(qtbot, row)
    row.show_stored("было")
    type_ru(row.edit, "!")
    press(row.edit, Qt.Key.Key_Escape)
    assert row.edit.text() == "было"
    assert drafts == [""], "the draft is forgotten"
    row.edit.commit()
    assert saved == []


def test_a_bad_entry_stays_and_is_marked(qtbot):
    row = FieldRow("ИНН")
    shown(qtbot, row)
    row.show_stored("", "12345", "Код не похож на ИНН.")
    assert row.edit.text() == "12345"
    assert row.edit.property("bad") == "true"
    assert row.trouble.isVisible()
    row.show_stored("9712050015")
    assert not row.trouble.isVisible()


# --- tables -------------------------------------------------------------------------------------------------------

COLUMNS = (
    Column("name", "Школа", lambda r: r[1], 120, 2, middle=True),
    Column("number", "Учеников", lambda r: str(r[2]), 90, kind="number", sort=lambda r: r[2]),
)
ROWS = [(1, "СОШ № 10", 300), (2, LONG, 20), (3, "Гимназия", 900)]


@pytest.fixture
def habits() -> Habits:
    return Habits(None)


@pytest.fixture
def table(qtbot, habits) -> DataTable:
    empty = EmptyState("table", "Пусто", "Загрузите таблицу.")
    made = DataTable("t", COLUMNS, lambda r: r[0], habits=habits, title="Школы", empty=empty, searchable=True)
    shown(qtbot, made, 500, 260)
    made.set_rows(ROWS)
    return made


def test_the_first_row_is_current_and_the_choice_outlives_new_rows(table):
    seen = []
    table.current_changed.connect(seen.append)
    assert table.current() == ROWS[0]
    table.choose(3)
    table.set_rows([(3, "Гимназия", 901), *ROWS[:2]])
    assert table.current() == (3, "Гимназия", 901)
    assert seen[-1] == (3, "Гимназия", 901), "the page hears of the new content"


def test_a_filter_keeps_the_choice_and_tells_the_count(table):
    table.choose(3)
    edit = table.header.filter_of("name")
    type_ru(edit, "гим")
    table.header.flush()
    assert table.model.shown == 1
    assert table.current() == ROWS[2]
    assert table.counts.text() == "показана 1\u00a0из\u00a03"
    press(edit, Qt.Key.Key_Escape)
    table.header.flush()
    assert table.model.shown == 3


def test_typing_is_gathered_before_the_table_is_filtered(table, qtbot):
    resets = []
    table.model.modelReset.connect(lambda: resets.append(1))
    type_ru(table.header.filter_of("name"), "гимназия")
    assert resets == []
    qtbot.waitUntil(lambda: bool(resets))
    assert resets == [1]


def test_nothing_found_says_so_and_offers_all(table):
    type_ru(table.search, "нет такой")
    table.search.flush()
    assert table.nothing.isVisible()
    table.nothing.findChild(Button).click()
    assert not table.nothing.isVisible()
    assert table.model.shown == 3
    assert table.search.text() == ""


def test_an_empty_table_shows_what_will_stand_there(table):
    table.set_rows([])
    assert table.empty.isVisible()
    assert table.current() is None
    table.set_rows(ROWS)
    assert not table.empty.isVisible()


def test_filters_stand_under_their_columns_and_follow_them(table, qapp):
    header = table.header
    table.resize(700, 260)
    settle(qapp)
    for place, column in enumerate(table.model.columns):
        edit = header.filter_of(column.key)
        assert edit.x() == header.sectionViewportPosition(place)
        assert abs(edit.width() - header.sectionSize(place)) <= 1
        assert edit.y() >= header.viewport().height() - 1
    header.resizeSection(0, 333)
    assert header.filter_of("number").x() == header.sectionViewportPosition(1)
    header.moveSection(0, 1)
    assert header.filter_of("number").x() == 0


def test_columns_fill_the_width_and_shrink_before_they_scroll(table, qapp):
    for width in (900, 420):
        table.resize(width, 260)
        settle(qapp)
        used = sum(table.header.sectionSize(place) for place in range(2))
        assert abs(used - table.view.viewport().width()) <= 2


def test_widths_and_order_set_by_hand_are_remembered(qtbot, habits, table):
    table.header.resizeSection(1, 155)
    table.header.moveSection(1, 0)
    table._sort_by(0)
    again = DataTable("t", COLUMNS, lambda r: r[0], habits=habits, title="Школы")
    shown(qtbot, again, 800, 260)
    again.set_rows(ROWS)
    assert again.header.sectionSize(1) == 155
    assert again.header.visualIndex(1) == 0
    assert again.model.sorting == (0, False)


def test_a_third_click_on_a_heading_gives_the_old_order(table):
    for expected in ([2, 1, 3], [3, 1, 2], [1, 2, 3]):
        table._sort_by(1)
        assert [row[0] for row in table.model.visible_rows()] == expected


def test_copying_takes_headings_and_the_order_of_columns(table, qtbot):
    table.header.moveSection(1, 0)

    def one_selected() -> bool:
        table.view.selectRow(0)
        return len(table.selected()) == 1

    qtbot.waitUntil(one_selected)
    press(table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == "Учеников\tШкола\n300\tСОШ № 10"
    assert "<th>Учеников</th>" in bytes(data.data("text/html").data()).decode()


def test_enter_and_a_double_click_open_the_row(table):
    opened = []
    table.activated.connect(opened.append)
    table.choose(3)
    press(table.view, Qt.Key.Key_Return)
    assert opened == [ROWS[2]]


def test_the_menu_of_the_right_button_has_the_page_actions_first(table):
    table.row_actions = lambda: [("Открыть карточку", lambda: None), None, ("Отозвать…", lambda: None)]
    words = [action.text() for action in table.make_menu().actions() if not action.isSeparator()]
    assert words[:2] == ["Открыть карточку", "Отозвать…"]
    assert "Копировать с заголовками" in words


def test_a_cut_cell_is_told_whole(table, qapp):
    from app.ui.widgets.cells import CellDelegate

    column = table.model.columns[0]
    assert CellDelegate.is_cut(column, LONG, 120)
    assert not CellDelegate.is_cut(column, "Гимназия", 120)
    assert CellDelegate.cut(column, LONG, 120).endswith("№ 7»"), "long names lose their middle"


def test_numbers_and_their_headings_stand_right(table):
    align = table.model.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
    assert align == table.model.data(table.model.index(0, 1), Qt.ItemDataRole.TextAlignmentRole)


def test_every_control_has_a_name(table):
    from PySide6.QtWidgets import QLineEdit

    assert all(edit.accessibleName() for edit in table.findChildren(QLineEdit))
    assert table.view.accessibleName() == "Школы"


# --- the grid for entry -------------------------------------------------------------------------------------------


@pytest.fixture
def grid(qtbot) -> EntryGrid:
    model = EntryModel(["Учеников", "Учителей"])
    model.set_rows([EntryRow(year, f"{year}", ["10", "2"]) for year in (2026, 2025, 2024)])
    made = EntryGrid(model, "По годам")
    shown(qtbot, made, 300, 200)
    made.setCurrentIndex(model.index(0, 0))
    return made


def texts(grid: EntryGrid) -> list[list[str]]:
    return [row.texts for row in grid._model.rows]


def test_the_grid_is_a_sound_model(qtmodeltester, grid):
    qtmodeltester.check(grid._model)


def test_enter_goes_down_and_delete_clears(grid):
    press(grid, Qt.Key.Key_Return)
    assert grid.currentIndex().row() == 1
    press(grid, Qt.Key.Key_Delete)
    assert texts(grid) == [["10", "2"], ["", "2"], ["10", "2"]]


def test_a_block_is_pasted_and_rows_are_asked_for(grid):
    wanted, entered = [], []
    grid._model.rows_wanted.connect(wanted.append)
    grid._model.block_entered.connect(entered.append)
    grid.setCurrentIndex(grid._model.index(1, 0))
    grid.paste("11\t3\r\n12\t4\r\n13\t5\r\n")
    assert texts(grid) == [["10", "2"], ["11", "3"], ["12", "4"]]
    assert wanted == [1]
    assert entered == [[(1, 0, "11"), (1, 1, "3"), (2, 0, "12"), (2, 1, "4")]], "the whole block is told at once"


def test_ctrl_d_fills_down(grid):
    grid._model.setData(grid._model.index(0, 0), "77")
    grid.selectAll()
    press(grid, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert texts(grid) == [["77", "2"]] * 3


def test_a_bad_cell_stays_and_is_marked(grid):
    grid._model.set_rows([EntryRow(2026, "2026", ["много", "2"], {0: "не целое число"})])
    index = grid._model.index(0, 0)
    assert index.data() == "много"
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "не целое число"
    assert index.data(Qt.ItemDataRole.BackgroundRole) == theme.color("bad_soft")


def test_chip_buttons_tell_that_they_filter(qtbot):
    chip = ChipButton("bad", "")
    chip.set_text("в списке 9")
    assert chip.accessibleName() == "Отбор: в списке 9"
    assert chip.isCheckable()
    assert isinstance(Label(""), QLabel)
