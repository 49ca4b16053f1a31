"""«План», «Показатели» and «Деньги» of the programme through the window, by keys."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from app.models.programme_records import Node, Tree
from app.models.store import Store
from app.operations import history, programme_life, programmes
from app.operations.programme_cells import cell_text
from app.ui import theme
from app.ui.main_window import MainWindow
from app.ui.pages.programme import ProgrammePage
from app.ui.pages.programme_money import MoneyView
from app.ui.pages.programme_plan import PlanView
from app.ui.pages.programme_sheet_view import SheetView
from app.ui.pages.programme_targets import TargetsView
from app.ui.screen_check import faults
from app.ui.widgets.entry_cells import EntryRole
from tests.helpers.programme_sheets import full
from tests.ui.conftest import settle
from tests.ui.fakes import FakeDialogs, press, type_ru

pytestmark = pytest.mark.qt_log_ignore("grabbing the keyboard")  # words that are offered pop up
ROOT = Path(__file__).resolve().parents[2]
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
V = TypeVar("V", bound=SheetView)


@pytest.fixture
def keys(window: MainWindow) -> dict[str, int]:
    return window.session.desk.write(full).result()


@pytest.fixture
def page(window: MainWindow, keys: dict[str, int], qapp: QApplication) -> ProgrammePage:
    shown = window.show_page("programme")
    settle(qapp)
    assert isinstance(shown, ProgrammePage)
    shown.choose(keys["programme"])
    settle(qapp)
    return shown


def view_of(page: ProgrammePage, kind: type[V], qapp: QApplication) -> V:
    made = page.show_view(kind.key)
    settle(qapp)
    assert isinstance(made, kind)
    return made


@pytest.fixture
def plan(page: ProgrammePage, qapp: QApplication) -> PlanView:
    return view_of(page, PlanView, qapp)


@pytest.fixture
def targets(page: ProgrammePage, qapp: QApplication) -> TargetsView:
    return view_of(page, TargetsView, qapp)


@pytest.fixture
def money(page: ProgrammePage, qapp: QApplication) -> MoneyView:
    return view_of(page, MoneyView, qapp)


def column(view: SheetView, key: str) -> int:
    return [item.key for item in view.model.columns].index(key)


def at(view: SheetView, row: object, key: str) -> None:
    place = row if isinstance(row, int) and 0 <= row < len(view.model.rows) else view.model.row_of(row)
    view.grid.go_to(int(str(place)), column(view, key))


def choose(view: SheetView, rows: tuple[int, int], columns: tuple[str, str]) -> None:
    at(view, rows[0], columns[0])
    block = QItemSelection(view.model.index(rows[0], column(view, columns[0])),
                           view.model.index(rows[1], column(view, columns[1])))  # fmt: skip
    view.grid.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def editor(view: SheetView) -> QWidget:
    """Return the open line or box."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    found = [*view.grid.viewport().findChildren(QLineEdit), *view.grid.viewport().findChildren(QPlainTextEdit)]
    assert len(found) == 1
    return found[0]


def type_in(view: SheetView, text: str, *end: Qt.Key) -> None:
    """Type over the cell under the cursor, as a person does."""
    type_ru(view.grid, text[0])
    box = editor(view)
    type_ru(box, text[1:])
    for key in end:
        QTest.keyClick(box, key)
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def tree(view: SheetView) -> Tree:
    assert view.programme_id is not None
    return view.session.desk.read(programmes.tree, view.programme_id).result()


def under(view: SheetView, keys: dict[str, int], task: str) -> tuple[Node, ...]:
    return tree(view).under(keys[task], "activity")


def undo(window: MainWindow, qapp: QApplication, times: int = 1) -> None:
    for _time in range(times):
        window.perform("undo")
        settle(qapp)


def texts(view: SheetView, key: str) -> list[str]:
    place = column(view, key)
    return [row.texts[place] for row in view.model.rows]


def operations(view: SheetView) -> int:
    return len(view.session.desk.read(history.history, 9999).result())


# --- the plan ----------------------------------------------------------------------------------------------------


def test_a_row_is_typed_by_keys_alone_and_is_one_row(
    plan: PlanView, keys: dict[str, int], window: MainWindow, qapp: QApplication
) -> None:
    free = next(row for row, line in enumerate(plan.model.lines) if line.kind == "free")
    at(plan, free, "text")
    plan.grid.setFocus()
    type_in(plan, "Семинар для завучей", Qt.Key.Key_Tab)
    assert plan.grid.currentIndex().column() == column(plan, "term")
    type_in(plan, "март 2027", Qt.Key.Key_Return)
    settle(qapp)
    made = under(plan, keys, "task1")[-1]
    assert made.text == "Семинар для завучей"
    assert cell_text(tree(plan), made.id, "term") == "март 2027"
    assert len(under(plan, keys, "task1")) == 4
    row = plan.model.row_of(made.id)
    assert plan.model.cell(row, 0).shown == "1.4"  # type: ignore[union-attr]
    assert plan.model.lines[row + 1].kind == "free", "a new free row has come below"
    assert plan.grid.currentIndex().row() == row + 1, "Enter goes down"
    undo(window, qapp, 2)
    assert len(under(plan, keys, "task1")) == 3
    window.perform("redo")
    settle(qapp)
    assert under(plan, keys, "task1")[-1].text == "Семинар для завучей"


def test_a_block_longer_than_its_group_stays_in_its_group(
    plan: PlanView, keys: dict[str, int], window: MainWindow, qapp: QApplication
) -> None:
    before, steps = under(plan, keys, "task2"), operations(plan)
    at(plan, keys["third"], "text")
    QGuiApplication.clipboard().setText("Консультации\tмай 2026\nВторое\tиюнь 2026\nТретье\tдавно\n")
    press(plan.grid, Qt.Key.Key_V, CONTROL)
    settle(qapp)
    assert [node.text for node in under(plan, keys, "task1")][2:] == ["Консультации", "Второе", "Третье"]
    assert under(plan, keys, "task2") == before
    assert operations(plan) == steps + 1
    last = plan.model.row_of(under(plan, keys, "task1")[-1].id)
    assert plan.model.data(plan.model.index(last, column(plan, "term")), EntryRole.MARK) == "warn"
    undo(window, qapp)
    assert [node.text for node in under(plan, keys, "task1")][2:] == ["Консультации директоров"]


def test_a_table_of_word_is_pasted_cell_by_cell(plan: PlanView, keys: dict[str, int], qapp: QApplication) -> None:
    mime = QMimeData()
    mime.setHtml("<table><tr><td><p>Первое</p></td><td>май 2026</td><td>Ким О. В.</td><td><p>12 уроков</p>"
                 "<p>3 семинара</p></td></tr><tr><td>Второе</td><td></td><td></td><td></td></tr></table>")  # fmt: skip
    mime.setText("Первое\tмай 2026\tКим О. В.\t12 уроков\n3 семинара\nВторое\t\t\t")
    QGuiApplication.clipboard().setMimeData(mime)
    heading = next(row for row, line in enumerate(plan.model.lines) if line.group == ("task", keys["task2"]))
    plan.grid.go_to(heading, 0)
    press(plan.grid, Qt.Key.Key_V, CONTROL)
    settle(qapp)
    made = under(plan, keys, "task2")
    assert [node.text for node in made] == ["Первое", "Второе"]
    assert [row.text for row in tree(plan).results[made[0].id]] == ["12 уроков", "3 семинара"]


def test_fill_down_clear_and_what_is_counted(plan: PlanView, keys: dict[str, int], qapp: QApplication) -> None:
    first = plan.model.row_of(keys["first"])
    choose(plan, (first, first + 3), ("direction", "schools"))
    press(plan.grid, Qt.Key.Key_D, CONTROL)
    settle(qapp)
    assert texts(plan, "direction")[first : first + 4] == ["Кадры"] * 3 + [""], "the free row stays free"
    choose(plan, (first, first + 2), ("schools", "schools"))
    press(plan.grid, Qt.Key.Key_Delete)
    settle(qapp)
    assert texts(plan, "schools")[first : first + 3] == [""] * 3
    at(plan, keys["first"], "own")
    plan.grid.paste("да\t999\tлишнее")
    settle(qapp)
    assert tree(plan).activities[keys["first"]].own
    assert "1 столбец справа" in plan.page.bar.text.text().replace("\u00a0", " ")
    plan.grid.paste("\t5")
    assert "Не записано: 1 ячейка" in plan.page.bar.text.text().replace("\u00a0", " ")


def test_rows_are_begun_moved_and_taken_out_by_keys(
    plan: PlanView, keys: dict[str, int], window: MainWindow, qapp: QApplication
) -> None:
    at(plan, keys["first"], "text")
    press(plan.grid, Qt.Key.Key_Return, CONTROL)
    settle(qapp)
    made = under(plan, keys, "task1")[1]
    here = plan.grid.currentIndex()
    assert (made.text, plan.model.rows[here.row()].key) == ("", made.id)
    press(plan.grid, Qt.Key.Key_Down, ALT)
    settle(qapp)
    assert under(plan, keys, "task1")[2].id == made.id
    assert plan.model.rows[plan.grid.currentIndex().row()].key == made.id, "the cursor goes with its row"
    press(plan.grid, Qt.Key.Key_Delete, CONTROL)
    settle(qapp)
    assert made.id not in tree(plan).nodes
    undo(window, qapp)
    assert made.id in tree(plan).nodes


def test_several_lines_in_a_cell_enter_ends_them_and_esc_gives_up(
    plan: PlanView, keys: dict[str, int], qapp: QApplication
) -> None:
    at(plan, keys["third"], "text")
    before = operations(plan)
    press(plan.grid, Qt.Key.Key_F2)
    box = editor(plan)
    assert isinstance(box, QPlainTextEdit)
    assert (box.toPlainText(), box.textCursor().selectedText()) == ("Консультации директоров",) * 2
    QTest.keyClick(box, Qt.Key.Key_Tab)
    settle(qapp)
    assert (operations(plan), tree(plan).nodes[keys["third"]].text) == (before, "Консультации директоров")
    at(plan, keys["third"], "results")
    plan.grid.edit(plan.grid.currentIndex())
    box = editor(plan)
    assert isinstance(box, QPlainTextEdit)
    type_ru(box, "12 встреч")
    QTest.keyClick(box, Qt.Key.Key_Return, ALT)
    type_ru(box, "6 справок")
    QTest.keyClick(box, Qt.Key.Key_Return)
    settle(qapp)
    assert [row.text for row in tree(plan).results[keys["third"]]] == ["12 встреч", "6 справок"]
    at(plan, keys["third"], "text")
    plan.grid.edit(plan.grid.currentIndex())
    box = editor(plan)
    type_ru(box, "Другое")
    plan.grid._tell_draft(plan.grid.currentIndex().row(), 1, "Другое")
    settle(qapp)
    assert tree(plan).drafts == {(keys["third"], "text"): ("Другое", "DRAFT")}
    QTest.keyClick(editor(plan), Qt.Key.Key_Escape)
    settle(qapp)
    assert (tree(plan).drafts, tree(plan).nodes[keys["third"]].text) == ({}, "Консультации директоров")


def test_filters_leave_what_is_asked_for(plan: PlanView, keys: dict[str, int], qapp: QApplication) -> None:
    def nodes() -> list[int]:
        return [line.node for line in plan.model.lines if line.node is not None]

    at(plan, keys["third"], "text")
    plan.search.setText("типичных ЗАТРУДНЕНИЙ")
    plan.search.flush()
    assert nodes() == [keys["second"], keys["third"]], "the row under the cursor stays"
    plan.search.clear()
    plan.search.flush()
    at(plan, keys["second"], "term")
    press(plan.grid, Qt.Key.Key_Delete)
    settle(qapp)
    assert (plan.undated.text(), plan.undated.isVisible()) == ("без срока 1", True)
    plan.undated.click()
    assert nodes() == [keys["second"]]
    plan.undated.click()
    plan.group.setCurrentIndex(2)
    plan.group.activated.emit(2)
    assert [line.kind for line in plan.model.lines] == ["group", "free"]
    plan.show_node(keys["first"])
    assert plan.model.rows[plan.grid.currentIndex().row()].key == keys["first"]


def test_the_plan_is_built_the_other_way(
    plan: PlanView, keys: dict[str, int], window: MainWindow, qapp: QApplication
) -> None:
    plan.building.choose("directions")
    plan.building.activated.emit(1)
    settle(qapp)
    assert next(line.title for line in plan.model.lines if line.kind == "group") == "Направление 1. Кадры"
    free = next(row for row, line in enumerate(plan.model.lines) if line.kind == "free")
    at(plan, free, "text")
    plan.grid.paste("Новое\nЕщё")
    settle(qapp)
    made = [node for node in tree(plan).of_kind("activity") if node.text in {"Новое", "Ещё"}]
    assert [(node.parent_id, cell_text(tree(plan), node.id, "direction")) for node in made] == [(None, "Кадры")] * 2
    undo(window, qapp, 2)
    assert plan.model.lines[0].title == "Задача 1. Поднять качество преподавания"


def test_what_is_copied_has_headings_and_no_free_rows(plan: PlanView, keys: dict[str, int]) -> None:
    first = plan.model.row_of(keys["first"])
    choose(plan, (first + 2, first + 3), ("label", "term"))
    press(plan.grid, Qt.Key.Key_C, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert QGuiApplication.clipboard().text() == (
        "№\tМероприятие\tСрок\n1.3\tКонсультации директоров\tпо мере необходимости"
    )
    plan.grid.go_to(first + 2, 0)
    plan.grid.paste("1.3")
    assert plan.model.rows[first + 2].texts[0] == "", "the number counted by itself does not become the row's own"


def test_indicators_and_schools_are_chosen_from_a_list(
    plan: PlanView, keys: dict[str, int], window: MainWindow, qapp: QApplication
) -> None:
    at(plan, keys["third"], "serves")
    press(plan.grid, Qt.Key.Key_F4)
    settle(qapp)
    top = window.workspace.windows[-1]
    top.mark(on=True)  # type: ignore[attr-defined]
    top.take_chosen()  # type: ignore[attr-defined]
    settle(qapp)
    assert tree(plan).linked("serves", keys["third"]) == (keys["indicator"],)
    assert texts(plan, "serves")[plan.model.row_of(keys["third"])] == "1.1.1"
    at(plan, keys["third"], "schools")
    press(plan.grid, Qt.Key.Key_F4)
    settle(qapp)
    top = window.workspace.windows[-1]
    top.mark(on=True)  # type: ignore[attr-defined]
    top.take_chosen()  # type: ignore[attr-defined]
    settle(qapp)
    cell = plan.model.cell(plan.model.row_of(keys["third"]), column(plan, "schools"))
    assert cell is not None
    assert cell.second.replace("\u00a0", " ") == "8 школ"


# --- indicators --------------------------------------------------------------------------------------------------


def test_a_measure_with_its_indicator_is_typed(
    targets: TargetsView, keys: dict[str, int], window: MainWindow, qapp: QApplication
) -> None:
    free = [row for row, line in enumerate(targets.model.lines) if line.title == "новый показатель"][-1]
    at(targets, free, "text")
    type_in(targets, "Ресурсы школ", Qt.Key.Key_Return)
    settle(qapp)
    below = targets.grid.currentIndex().row()
    assert targets.model.lines[below].title == "новый индикатор"
    at(targets, below, "text")
    targets.grid.paste("Доля школ с психологом\t%\tрост\t40\t2025\t50\t45\tмного")
    settle(qapp)
    measure = tree(targets).under(keys["task2"], "measure")[0]
    (made,) = tree(targets).under(measure.id, "indicator")
    record = tree(targets).indicators[made.id]
    assert (record.unit, record.direction, record.baseline, record.baseline_year) == ("%", "up", "40", 2025)
    row = targets.model.row_of(made.id)
    marks = [targets.model.data(targets.model.index(row, column(targets, f"target:{year}")), EntryRole.MARK)
             for year in (2026, 2027, 2028)]  # fmt: skip
    assert marks == [None, "warn", "bad"]
    at(targets, row, "target:2027")
    assert "Против направления «рост»: цель 2026 года 50, а здесь 45." in targets.told.text()
    targets.go_to_marked("bad")
    assert targets.grid.currentIndex().column() == column(targets, "target:2028")
    undo(window, qapp, 2)
    assert tree(targets).under(keys["task2"], "measure") == ()


def test_columns_of_the_requirement_come_and_go(targets: TargetsView, qapp: QApplication) -> None:
    assert "required:2026" in [item.key for item in targets.model.columns]
    targets.required.click()
    settle(qapp)
    assert not any(item.key.startswith("require") for item in targets.model.columns)
    assert column(targets, "target:2028") == 8


def test_a_direction_is_chosen_from_its_words(targets: TargetsView, keys: dict[str, int], qapp: QApplication) -> None:
    at(targets, keys["indicator"], "direction")
    press(targets.grid, Qt.Key.Key_F4)
    box = editor(targets)
    assert isinstance(box, QLineEdit)
    completer = box.completer()
    assert completer.completionCount() == 3
    completer.popup().hide()
    box.selectAll()
    type_ru(box, "рост")
    QTest.keyClick(box, Qt.Key.Key_Return)
    settle(qapp)
    assert tree(targets).indicators[keys["indicator"]].direction == "up"


# --- money -------------------------------------------------------------------------------------------------------


def total(view: MoneyView) -> list[str]:
    return [view.model.data(view.model.index(len(view.model.lines) - 1, place)).replace("\u00a0", " ")
            for place in range(3, 7)]  # fmt: skip


def test_sums_are_typed_pasted_and_left_out_where_they_are_none(
    money: MoneyView, keys: dict[str, int], window: MainWindow, qapp: QApplication
) -> None:
    assert total(money) == ["132 500,00", "0,01", "1 234 567,89", "1 367 067,90"]
    at(money, keys["second"], "money:2026")
    assert "«сто рублей» — не сумма" in money.told.text()
    type_in(money, "1,5 млн", Qt.Key.Key_Return)
    settle(qapp)
    assert total(money)[0] == "1 632 500,00"
    assert "не вошло" not in money.sentence
    at(money, keys["second"], "money:2026")
    money.grid.paste("1 000,50\t2 р.\n7\tтри\n")
    settle(qapp)
    assert total(money) == ["133 507,50", "2,01", "1 234 567,89", "1 368 077,40"]
    assert "не вошло в итоги: 1 сумма" in money.sentence.replace("\u00a0", " ")
    index = money.model.index(len(money.model.lines) - 1, 4)
    assert "«три»" in str(money.model.data(index, Qt.ItemDataRole.ToolTipRole))
    undo(window, qapp, 2)
    assert total(money)[0] == "132 500,00"


def test_one_source_at_a_time_and_a_source_of_ones_own(
    money: MoneyView, keys: dict[str, int], dialogs: FakeDialogs, qapp: QApplication
) -> None:
    money.source.choose("regional")
    money.source.activated.emit(0)
    settle(qapp)
    assert total(money)[0] == "120 000,00"
    at(money, keys["third"], "money:2027")
    type_in(money, "5", Qt.Key.Key_Return)
    settle(qapp)
    assert cell_text(tree(money), keys["third"], "money:2027:regional") == "5"
    money.source.choose("*")
    money.source.activated.emit(0)
    settle(qapp)
    at(money, keys["second"], "money:2026")
    dialogs.answers.append({"own": "Фонд «Школа»"})
    money.add_source()
    settle(qapp)
    row = money.model.row_of((keys["second"], "Фонд «Школа»"))
    assert money.grid.currentIndex().row() == row
    type_in(money, "10", Qt.Key.Key_Return)
    settle(qapp)
    assert cell_text(tree(money), keys["second"], "money:2026:Фонд «Школа»") == "10"
    assert "Итого: Фонд «Школа»" in [line.title for line in money.model.lines]


def test_the_estimate_is_typed_and_compared(
    money: MoneyView, keys: dict[str, int], window: MainWindow, qapp: QApplication
) -> None:
    at(money, keys["third"], "free")
    press(money.grid, Qt.Key.Key_Delete)
    settle(qapp)
    at(money, keys["first"], "title")
    card = money.estimate
    assert [row.texts[0] for row in card.model.rows] == ["Проезд", "Оплата наставников", ""]
    assert "на 20 000,00 ₽ меньше" in card.words.text().replace("\u00a0", " ")
    card.model.put([(2, 0, "Печать"), (2, 1, "спонсорские средства"), (2, 2, "20000"), (2, 3, "20.05.2026")])
    settle(qapp)
    lines = tree(money).estimate[keys["first"]]
    assert [(line.text, line.source, line.kopecks, line.comes_on) for line in lines][2] == (
        "Печать", "sponsor", 2_000_000, "2026-05-20",
    )  # fmt: skip
    assert card.chip.text == "сходится"
    card.grid.setCurrentIndex(card.model.index(2, 0))
    card.remove_line()
    settle(qapp)
    assert len(tree(money).estimate[keys["first"]]) == 2
    undo(window, qapp)
    assert len(tree(money).estimate[keys["first"]]) == 2, "one visit is one step"
    at(money, 0, "title")
    assert "Выберите мероприятие" in card.words.text()


def test_the_estimate_gives_way_where_there_is_no_room(
    money: MoneyView, window: MainWindow, qapp: QApplication
) -> None:
    assert (money.estimate.isVisible(), money.with_estimate.isChecked()) == (True, True)
    money.with_estimate.click()
    assert not money.estimate.isVisible()
    money._wanted_estimate = None
    window.resize(1100, 560)
    settle(qapp)
    assert not money.estimate.isVisible()
    money.with_estimate.click()
    assert money.estimate.isVisible()


def test_the_whole_table_is_copied_for_excel(money: MoneyView) -> None:
    money.copy_all()
    lines = QGuiApplication.clipboard().text().split("\n")
    years = [f"{year} год, руб." for year in (2026, 2027, 2028)]
    assert lines[0].split("\t") == ["№", "Задача, мероприятие", "Источник", *years, "Всего, руб.", "Денег не нужно"]
    assert lines[-1] == "\tВсего по программе\t\t132500,00\t0,01\t1234567,89\t1367067,90\t"


def test_money_not_needed_against_money_says_so(money: MoneyView, keys: dict[str, int], qapp: QApplication) -> None:
    at(money, keys["first"], "free")
    type_in(money, "да", Qt.Key.Key_Return)
    settle(qapp)
    cell = money.model.cell(money.model.row_of(keys["first"]), column(money, "free"))
    assert cell is not None
    assert cell.trouble.replace("\u00a0", " ") == "Сказано, что денег не нужно, а указано 132 500,01 ₽."


# --- all three ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [PlanView, TargetsView, MoneyView])
def test_an_approved_programme_is_read_only(
    page: ProgrammePage, keys: dict[str, int], kind: type[SheetView], qapp: QApplication
) -> None:
    act = {"act_kind": "Приказ", "act_number": "7", "act_date": "2026-09-01"}
    page.session.desk.write(programme_life.approve, keys["programme"], **act).result()
    settle(qapp)
    view = view_of(page, kind, qapp)
    assert "утверждена, не меняется" in view.sentence
    assert not any(line.kind == "free" for line in view.model.lines)
    before = operations(view)
    first = next(row for row, line in enumerate(view.model.lines) if line.node is not None)
    view.grid.go_to(first, 1)
    view.grid.paste("Новое")
    press(view.grid, Qt.Key.Key_Delete)
    press(view.grid, Qt.Key.Key_Delete, CONTROL)
    press(view.grid, Qt.Key.Key_Return, CONTROL)
    settle(qapp)
    assert operations(view) == before
    assert not view.model.index(first, 1).flags() & Qt.ItemFlag.ItemIsEditable


@pytest.mark.parametrize("kind", [PlanView, TargetsView, MoneyView])
def test_without_a_programme_it_says_what_to_do(
    bare_window: MainWindow, tmp_path: Path, kind: type[SheetView], qapp: QApplication
) -> None:
    Store.create(tmp_path / "Пустой.opora", name="Округ", actor="Ким О. В.").close()
    bare_window.workspace.open(tmp_path / "Пустой.opora")
    page = bare_window.show_page("programme")
    settle(qapp)
    assert isinstance(page, ProgrammePage)
    view = view_of(page, kind, qapp)
    assert (view.stack.currentIndex(), view.sentence) == (1, "Программы ещё нет")
    view.focus_main()
    view.add_row() if isinstance(view, PlanView) else None
    assert view.empty.button is not None
    view.empty.button.click()
    assert page.view == "tree"


@pytest.mark.parametrize("kind", [PlanView, TargetsView, MoneyView])
@pytest.mark.parametrize("font", [13, 20])
def test_nothing_is_cut_and_everything_has_a_name(
    page: ProgrammePage, window: MainWindow, kind: type[SheetView], font: int, qapp: QApplication
) -> None:
    view = view_of(page, kind, qapp)
    theme.install(qapp, theme.Theme(theme.DARK if font == 20 else theme.LIGHT, font))
    settle(qapp)
    window.resize(1366, 768)
    settle(qapp)
    assert view.grid.accessibleName()
    assert [str(fault) for fault in faults(view)] == []


def test_another_programme_and_none_are_shown_in_turn(
    page: ProgrammePage, plan: PlanView, keys: dict[str, int], qapp: QApplication
) -> None:
    other = page.session.desk.write(programmes.create, "municipal", "Вторая", 2030, 2031).result()
    settle(qapp)
    page.choose(other)
    settle(qapp)
    assert [line.kind for line in plan.model.lines] == ["group", "free"]
    assert "Задач ещё нет" in plan.sentence
    at(plan, 1, "text")
    plan.grid.paste("Одно")
    settle(qapp)
    page.choose(keys["programme"])
    settle(qapp)
    assert len([line for line in plan.model.lines if line.kind == "line"]) == 3
