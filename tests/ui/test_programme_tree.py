"""«Структура» through the window: built by keys, dragged, undone, filtered, read only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.analysis.programme_numbers import numbers
from app.models.programme_records import Node, Tree
from app.operations import history, programme_edit, programmes
from app.ui.main_window import MainWindow
from app.ui.pages.programme import ProgrammePage
from app.ui.pages.programme_inspector_fields import Line, Memo
from app.ui.pages.programme_tree import TreeView
from app.ui.pages.programme_tree_model import MARK, TEXT
from app.ui.pages.programme_tree_widget import LineEditor
from app.ui.widgets.basics import Button
from app.ui.windows.programme_directions import DirectionsWindow
from app.ui.windows.programme_head import ProgrammeHeadWindow
from app.ui.windows.programme_pick import PickWindow
from tests.ui.conftest import settle
from tests.ui.fakes import FakeDialogs, InstantDesk, press, type_ru

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def view(window: MainWindow, qapp: QApplication) -> TreeView:
    page = window.show_page("programme")
    settle(qapp)
    assert isinstance(page, ProgrammePage)
    return page.tree_view


@pytest.fixture
def empty(view: TreeView, qapp: QApplication) -> TreeView:
    """A programme of 2026–2028 with nothing in it."""
    view.session.write(view, view.page.choose, programmes.create, "municipal", "Новая программа", 2026, 2028)
    settle(qapp)
    view.show()
    view.focus_main()
    assert view.tree is not None
    assert not view.tree.nodes
    return view


def tree_of(view: TreeView) -> Tree:
    assert view.tree is not None
    return view.tree


def node(view: TreeView, text: str) -> Node:
    return next(item for item in tree_of(view).nodes.values() if text in item.text)


def editor(view: TreeView) -> LineEditor:
    found = view.widget.findChildren(LineEditor)
    assert found, "nothing is typed into"
    return found[-1]


def say(view: TreeView, qapp: QApplication, text: str) -> None:
    """Type a line and Enter."""
    settle(qapp)
    line = editor(view)
    type_ru(line, text)
    press(line, Qt.Key.Key_Return)
    settle(qapp)


def key(view: TreeView, qapp: QApplication, code: Qt.Key, modifiers: Qt.KeyboardModifier | None = None) -> None:
    press(view.widget, code, modifiers or Qt.KeyboardModifier.NoModifier)
    settle(qapp)


def shape(view: TreeView) -> list[str]:
    tree = tree_of(view)
    known = numbers(tree)
    return [f"{item.kind} {known[item.id]} {item.text}" for item in tree.walk()]


def build(view: TreeView, qapp: QApplication) -> None:
    """Build a small programme by keys alone, from the headings."""
    view.choose(["problems"])
    key(view, qapp, Qt.Key.Key_Return)
    say(view, qapp, "Слабая математика")
    key(view, qapp, Qt.Key.Key_Return, CTRL)
    say(view, qapp, "Нет курсов")
    view.choose(["goals"])
    key(view, qapp, Qt.Key.Key_Return, CTRL)
    say(view, qapp, "Поднять результаты")
    key(view, qapp, Qt.Key.Key_Return, CTRL)
    say(view, qapp, "Научить учителей")
    key(view, qapp, Qt.Key.Key_Return, CTRL)
    say(view, qapp, "Курсы")
    key(view, qapp, Qt.Key.Key_Return)
    say(view, qapp, "Семинар")


def test_a_whole_small_programme_is_built_by_keys(empty: TreeView, qapp: QApplication) -> None:
    build(empty, qapp)
    assert shape(empty) == [
        "problem 1 Слабая математика", "cause 1.1 Нет курсов", "goal 1 Поднять результаты", "task 1 Научить учителей",
        "activity 1.1 Курсы", "activity 1.2 Семинар",
    ]  # fmt: skip
    assert empty.current == node(empty, "Семинар").id
    assert empty.widget.hasFocus()


def test_undo_of_everything_and_redo_of_everything(empty: TreeView, desk: InstantDesk, qapp: QApplication) -> None:
    build(empty, qapp)
    key(empty, qapp, Qt.Key.Key_Up, ALT)
    whole = shape(empty)
    steps = 0
    while empty.tree is not None and empty.tree.nodes:
        desk.write(history.undo).result()
        settle(qapp)
        steps += 1
    assert steps == 13  # six lines added, six worded, one moved
    for _step in range(steps):
        desk.write(history.redo).result()
        settle(qapp)
    assert shape(empty) == whole


def test_a_new_line_given_up_without_words_is_gone(empty: TreeView, qapp: QApplication) -> None:
    empty.choose(["risks"])
    key(empty, qapp, Qt.Key.Key_Return)
    press(editor(empty), Qt.Key.Key_Escape)
    settle(qapp)
    assert not tree_of(empty).nodes
    assert empty.current == "risks"


def test_a_new_line_given_up_leaves_the_keyboard_at_the_line_before(empty: TreeView, qapp: QApplication) -> None:
    build(empty, qapp)
    before = empty.current
    key(empty, qapp, Qt.Key.Key_Return)
    press(editor(empty), Qt.Key.Key_Escape)
    settle(qapp)
    assert before is not None
    assert empty.current == before


def test_a_heading_that_was_empty_opens_when_something_is_put_under_it(
    empty: TreeView, desk: InstantDesk, qapp: QApplication
) -> None:
    desk.write(programme_edit.add, empty.programme_id, "problem", "Мало учителей").result()
    settle(qapp)
    assert empty.widget.isExpanded(empty.model.index_of("problems"))


def test_half_typed_words_of_a_line_are_in_the_file_within_a_second(
    empty: TreeView, desk: InstantDesk, qtbot: Any, qapp: QApplication
) -> None:
    empty.choose(["risks"])
    key(empty, qapp, Qt.Key.Key_Return)
    line = editor(empty)
    type_ru(line, "Учитель уво")

    def kept() -> None:
        assert [item.text for item in desk.read(programmes.tree, empty.programme_id).result().nodes.values()] == [
            "Учитель уво"
        ]

    qtbot.waitUntil(kept, timeout=1500)
    type_ru(line, "лится")
    assert line.text() == "Учитель уволится"
    press(line, Qt.Key.Key_Return)
    settle(qapp)
    assert shape(empty) == ["risk 1 Учитель уволится"]


def test_moves_by_keys(empty: TreeView, qapp: QApplication) -> None:
    build(empty, qapp)
    key(empty, qapp, Qt.Key.Key_Right, ALT)  # «Семинар» under «Курсы»
    assert "activity 1.1.1 Семинар" in shape(empty)
    key(empty, qapp, Qt.Key.Key_Left, ALT)
    key(empty, qapp, Qt.Key.Key_Up, ALT)
    assert "activity 1.1 Семинар" in shape(empty)
    assert empty.current == node(empty, "Семинар").id
    key(empty, qapp, Qt.Key.Key_Down, ALT)
    assert "activity 1.2 Семинар" in shape(empty)


def test_removal_takes_all_below_and_comes_back_with_its_place(
    empty: TreeView, window: MainWindow, qapp: QApplication
) -> None:
    build(empty, qapp)
    whole, task = shape(empty), node(empty, "Научить").id
    empty.choose([task])
    key(empty, qapp, Qt.Key.Key_Delete)
    assert len(tree_of(empty).nodes) == 3
    window.perform("undo")
    settle(qapp)
    assert shape(empty) == whole
    assert empty.current == task


def test_copy_paste_and_duplicate(empty: TreeView, qapp: QApplication) -> None:
    build(empty, qapp)
    empty.choose([node(empty, "Научить").id])
    key(empty, qapp, Qt.Key.Key_C, CTRL)
    text = QGuiApplication.clipboard().text()
    assert text.splitlines() == ["Задача 1. Научить учителей", "\t1.1. Курсы", "\t1.2. Семинар"]
    key(empty, qapp, Qt.Key.Key_V, CTRL)
    assert shape(empty)[3:] == [
        "task 1 Научить учителей", "activity 1.1 Курсы", "activity 1.2 Семинар", "task 2 Научить учителей",
        "activity 2.1 Курсы", "activity 2.2 Семинар",
    ]  # fmt: skip
    first = tree_of(empty).of_kind("task")[0]
    empty.choose([tree_of(empty).under(first.id)[1].id])
    key(empty, qapp, Qt.Key.Key_D, CTRL)
    assert shape(empty)[3:7] == [
        "task 1 Научить учителей", "activity 1.1 Курсы", "activity 1.2 Семинар", "activity 1.3 Семинар",
    ]  # fmt: skip


def test_keys_of_the_tree_go_before_those_of_the_menus(view: TreeView, window: MainWindow, qapp: QApplication) -> None:
    window.activateWindow()
    view.focus_main()
    QTest.keyClick(view.widget, Qt.Key.Key_F, CTRL)
    settle(qapp)
    assert view.search.hasFocus()


def test_cut_moves_when_it_is_pasted(empty: TreeView, qapp: QApplication) -> None:
    build(empty, qapp)
    course = node(empty, "Курсы").id
    empty.choose([course])
    key(empty, qapp, Qt.Key.Key_X, CTRL)
    assert course in tree_of(empty).nodes
    empty.choose([node(empty, "Семинар").id])
    key(empty, qapp, Qt.Key.Key_V, CTRL)
    assert shape(empty)[-2:] == ["activity 1.1 Семинар", "activity 1.2 Курсы"]
    assert course in tree_of(empty).nodes


def test_lines_of_a_text_become_lines_of_the_tree(empty: TreeView, qapp: QApplication) -> None:
    build(empty, qapp)
    QGuiApplication.clipboard().setText("Стажировка\n\n  Открытый   урок \n")
    empty.choose([node(empty, "Курсы").id])
    key(empty, qapp, Qt.Key.Key_V, CTRL)
    assert shape(empty)[-4:] == [
        "activity 1.1 Курсы", "activity 1.2 Стажировка", "activity 1.3 Открытый урок", "activity 1.4 Семинар",
    ]  # fmt: skip


def test_dragging_several(view: TreeView, qapp: QApplication) -> None:
    tree = tree_of(view)
    tasks = tree.of_kind("task")
    moved = [item.id for item in tree.under(tasks[0].id, "activity")][:2]
    view.choose(moved)
    data = view.model.mimeData(view.widget.selectionModel().selectedRows())
    target = view.model.index_of(tasks[1].id)
    action = Qt.DropAction.MoveAction
    assert view.model.canDropMimeData(data, action, -1, 0, target)
    assert not view.model.canDropMimeData(data, action, -1, 0, view.model.index_of("problems"))
    assert not view.model.canDropMimeData(data, action, -1, 0, view.model.index_of(tree.of_kind("problem")[0].id))
    view.model.dropMimeData(data, action, 0, 0, target)
    settle(qapp)
    below = [item.id for item in tree_of(view).under(tasks[1].id)]
    assert below[:2] == moved
    assert view.selected() == moved
    known = numbers(tree_of(view))
    assert [known[item] for item in moved] == ["2.1", "2.2"]


def test_an_activity_dropped_on_an_indicator_serves_it(view: TreeView, qapp: QApplication) -> None:
    tree = tree_of(view)
    loose = next(item for item in tree.of_kind("activity") if not tree.linked("serves", item.id))
    indicator = tree.of_kind("indicator")[0]
    data = view.model.mimeData([view.model.index_of(loose.id)])
    view.model.dropMimeData(data, Qt.DropAction.MoveAction, -1, 0, view.model.index_of(indicator.id))
    settle(qapp)
    assert tree_of(view).linked("serves", loose.id) == (indicator.id,)
    assert tree_of(view).nodes[loose.id].parent_id == loose.parent_id


def test_unlinked_things_stand_under_their_own_heading(view: TreeView) -> None:
    assert view.model.children_of("loose") == [node(view, "Летняя предметная").id]
    assert [view.model.cells[key].text for key in view.model.children_of(None)] == [
        "Проблемы и причины", "Цели и задачи", "Риски", "Не привязано",
    ]  # fmt: skip


def test_columns_say_targets_and_money_upward(view: TreeView) -> None:
    tree = tree_of(view)
    goal = view.model.cells[tree.of_kind("goal")[0].id]
    assert goal.money == "4410"  # 600+40+120+1550 of task 1, 1900+150 of task 2, 50 of task 3
    assert view.model.cells[tree.of_kind("task")[2].id].money == "50"
    indicator = view.model.cells[node(view, "Доля шестиклассников").id]
    assert indicator.years == ("28", "21", "15")
    assert indicator.prefix == "Индикатор 1.1.1."


def test_by_directions_and_back(view: TreeView, qapp: QApplication) -> None:
    view.building.choose("directions")
    view.building.activated.emit(view.building.currentIndex())
    settle(qapp)
    titles = [view.model.cells[key].text for key in view.model.children_of("plan")]
    assert titles == [
        "Работа с педагогами", "Работа с учениками и родителями", "Ресурсы и партнёрство", "Управление",
        "Без направления",
    ]  # fmt: skip
    first = view.model.children_of("plan")[0]
    assert view.model.cells[view.model.children_of(first)[0]].prefix == "1.1."
    data = view.model.mimeData([view.model.index_of(node(view, "Летняя").id)])
    view.model.dropMimeData(data, Qt.DropAction.MoveAction, -1, 0, view.model.index_of(first))
    settle(qapp)
    assert node(view, "Летняя").id in view.model.children_of(first)


def test_an_edit_keeps_what_is_open_chosen_and_seen(view: TreeView, qapp: QApplication) -> None:
    tree = tree_of(view)
    task, other = tree.of_kind("task")[0], tree.of_kind("task")[1]
    view.widget.setExpanded(view.model.index_of(task.id), False)
    view.choose([other.id])
    view.focus_main()
    resets: list[int] = []
    view.model.modelReset.connect(lambda: resets.append(1))
    view.session.write(view, None, programme_edit.put_text, other.id, "Иначе")
    view.session.write(view, None, programme_edit.add, tree.programme.id, "goal", "Ещё цель")
    settle(qapp)
    assert not resets
    assert not view.widget.isExpanded(view.model.index_of(task.id))
    assert view.widget.isExpanded(view.model.index_of(other.id))
    assert view.current == other.id
    assert view.model.index_of(other.id).data() == "Задача 2. Иначе"


def test_what_was_folded_stays_folded_in_the_next_window(
    view: TreeView, window: MainWindow, qapp: QApplication
) -> None:
    task = tree_of(view).of_kind("task")[0].id
    view.widget.setExpanded(view.model.index_of(task), False)
    window._rebuild()
    settle(qapp)
    page = window.show_page("programme")
    settle(qapp)
    assert isinstance(page, ProgrammePage)
    assert not page.tree_view.widget.isExpanded(page.tree_view.model.index_of(task))


def test_the_filter_leaves_what_is_looked_for_and_what_is_above(view: TreeView, qapp: QApplication) -> None:
    view.search.setText("психолог недел")
    view.search.flush()
    shown = [key for key in view.model.in_order() if isinstance(key, int)]
    tree = tree_of(view)
    assert {tree.nodes[key].text.split()[0] for key in shown} == {"К", "Дать", "Доступность", "Доля", "Выездной"}
    view.search.clear()
    view.search.flush()
    assert len(view.model.in_order()) > 30


def test_remarks_stand_at_their_lines_and_in_the_card(view: TreeView, qtbot: Any, qapp: QApplication) -> None:
    qtbot.waitUntil(lambda: bool(view.remarks), timeout=5000)
    settle(qapp)
    task = tree_of(view).of_kind("task")[3]
    assert view.model.index_of(task.id).siblingAtColumn(MARK).data() == "1\xa0ошибка"
    view.choose([task.id])
    assert "1\xa0ошибка" in view.inspector.why.text()
    view.only_marked.click()
    shown = [key for key in view.model.in_order() if isinstance(key, int) and key in view.remarks]
    assert set(shown) == set(view.remarks)


# --- the card ----------------------------------------------------------------------------------------------------


def field(view: TreeView, name: str) -> Any:
    return next(
        box for kind in (Memo, Line) for box in view.inspector.findChildren(kind)
        if box.accessibleName() == name and box.isVisibleTo(view.inspector)
    )  # fmt: skip


def test_the_card_keeps_what_is_typed_and_undo_takes_it_back_in_one_step(
    view: TreeView, window: MainWindow, qtbot: Any, qapp: QApplication
) -> None:
    task = tree_of(view).of_kind("task")[0]
    view.choose([task.id])
    box = field(view, "Текст строки")
    box.setFocus()
    for part in (" и", " больше"):
        type_ru(box, part)
        box.keeper.commit()
        settle(qapp)
    assert "больше" in tree_of(view).nodes[task.id].text
    window.perform("undo")
    settle(qapp)
    assert tree_of(view).nodes[task.id].text == task.text
    assert view.current == task.id


def test_leaving_a_line_keeps_what_was_typed_about_it(view: TreeView, qapp: QApplication) -> None:
    first, second = tree_of(view).of_kind("task")[:2]
    view.choose([first.id])
    box = field(view, "Текст строки")
    box.setFocus()
    box.selectAll()
    type_ru(box, "Новое")
    view.choose([second.id])
    settle(qapp)
    assert tree_of(view).nodes[first.id].text == "Новое"
    assert tree_of(view).nodes[second.id].text == second.text


def test_a_wrong_value_stays_with_its_message(view: TreeView, qapp: QApplication) -> None:
    indicator = node(view, "Доля шестиклассников")
    view.choose([indicator.id])
    box = field(view, "Цель на 2027 год")
    box.setText("немного")
    box.keeper.commit()
    settle(qapp)
    assert tree_of(view).targets[indicator.id][2027].raw == "немного"
    assert field(view, "Цель на 2027 год").property("bad") == "true"
    assert view.model.cells[indicator.id].bad == {1}
    years = field(view, "Год исходного значения")
    years.setText("давно")
    years.keeper.commit()
    settle(qapp)
    assert tree_of(view).drafts[indicator.id, "baseline_year"][0] == "давно"
    assert field(view, "Год исходного значения").text() == "давно"


def test_a_term_is_understood_beside_and_dates_are_set_by_hand(
    view: TreeView, dialogs: FakeDialogs, qapp: QApplication
) -> None:
    activity = node(view, "Летняя")
    view.choose([activity.id])
    box = field(view, "Срок")
    box.setText("сентябрь – ноябрь 2026 года")
    box.keeper.commit()
    settle(qapp)
    spans = tree_of(view).terms[activity.id]
    assert [(span.date_from, span.date_to) for span in spans] == [("2026-09-01", "2026-11-30")]
    dialogs.answers.append({"dates": "10.06.2027–20.06.2027\n01.07.2027"})
    view.inspector.ask_dates(activity.id)
    settle(qapp)
    spans = tree_of(view).terms[activity.id]
    assert [(span.date_from, span.date_to, span.typed) for span in spans] == [
        ("2027-06-10", "2027-06-20", True), ("2027-07-01", "2027-07-01", True),
    ]  # fmt: skip


def _picked(window: MainWindow, qapp: QApplication) -> PickWindow:
    settle(qapp)
    top = window.workspace.windows[-1]
    assert isinstance(top, PickWindow)
    return top


def test_ties_schools_and_people_are_picked(view: TreeView, window: MainWindow, qapp: QApplication) -> None:
    activity = node(view, "Летняя")
    view.choose([activity.id])
    view.inspector.pick_links(activity.id, "serves", ("indicator",), forward=True)
    asked = _picked(window, qapp)
    asked.search.setText("шестиклассников")
    asked.search.flush()
    asked.mark(on=True)
    asked.take_chosen()
    settle(qapp)
    assert tree_of(view).linked("serves", activity.id) == (node(view, "Доля шестиклассников").id,)
    view.inspector.pick_schools(activity.id)
    asked = _picked(window, qapp)
    asked.list.item(0).setCheckState(Qt.CheckState.Checked)
    asked.take_chosen()
    settle(qapp)
    assert tree_of(view).activities[activity.id].coverage == "chosen"
    assert len(tree_of(view).schools[activity.id]) == 1
    view.inspector.pick_responsible(activity.id)
    asked = _picked(window, qapp)
    asked.list.item(0).setCheckState(Qt.CheckState.Checked)
    assert asked.free is not None
    asked.free.setText("Директора; Завучи")
    asked.take_chosen()
    settle(qapp)
    rows = tree_of(view).responsible[activity.id]
    assert [row.text for row in rows][1:] == ["Директора", "Завучи"]
    assert rows[0].person_id is not None


# --- windows, empty states, reading only -------------------------------------------------------------------------


def test_a_file_without_programmes_offers_ways_to_begin(view: TreeView, window: MainWindow, qapp: QApplication) -> None:
    for line in list(view.page.lines):
        view.session.write(view, None, programmes.remove, line.programme.id)
    settle(qapp)
    assert view.stack.currentWidget() is view.beginning
    words = [button.text() for button in view.beginning.buttons]
    assert words[0] == "Начать программу…"
    view.beginning.buttons[0].click()
    settle(qapp)
    top = window.workspace.windows[-1]
    assert isinstance(top, ProgrammeHeadWindow)
    assert not top.ok.isEnabled()
    top.name.setPlainText("Программа поддержки школ")
    top.year_to.setText("2025")
    assert "Годы" in top.trouble.text()
    top.year_to.setText("2029")
    top.ok.click()
    settle(qapp)
    assert tree_of(view).programme.title == "Программа поддержки школ"
    assert (tree_of(view).programme.year_from, tree_of(view).programme.year_to) == (2027, 2029)
    assert view.stack.currentWidget() is view.splitter


def test_the_head_is_edited(view: TreeView, window: MainWindow, qapp: QApplication) -> None:
    view.doing.edit_head()
    settle(qapp)
    top = window.workspace.windows[-1]
    assert isinstance(top, ProgrammeHeadWindow)
    top.year_to.setText("2029")
    top.date_from.setText("01.09.2026")
    top.ok.click()
    settle(qapp)
    assert tree_of(view).programme.year_to == 2029
    assert tree_of(view).programme.date_from == "2026-09-01"
    assert view.model.columnCount() == 2 + 4 + 1


def test_directions_are_added_named_and_put_into_order(view: TreeView, window: MainWindow, qapp: QApplication) -> None:
    view.doing.edit_directions()
    settle(qapp)
    top = window.workspace.windows[-1]
    assert isinstance(top, DirectionsWindow)
    type_ru(top.name, "Питание")
    press(top.name, Qt.Key.Key_Return)
    settle(qapp)
    assert [item.title for item in tree_of(view).directions][-1] == "Питание"
    top.list.setCurrentRow(4)
    press(top.list, Qt.Key.Key_Up, ALT)
    settle(qapp)
    assert [item.title for item in tree_of(view).directions][3] == "Питание"
    top.list.item(3).setText("Горячее питание")
    settle(qapp)
    press(top.list, Qt.Key.Key_Delete)
    settle(qapp)
    assert len(tree_of(view).directions) in {4, 5}


def test_an_approved_programme_is_only_read(view: TreeView, desk: InstantDesk, qapp: QApplication) -> None:
    assert desk.store is not None
    with desk.store.operation("Утверждена", "test") as operation:
        operation.update("programme", tree_of(view).programme.id, approved_on="2026-11-20")
    settle(qapp)
    before = shape(view)
    view.choose([tree_of(view).of_kind("task")[0].id])
    for code in (Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_F2):
        key(view, qapp, code)
    assert shape(view) == before
    assert not view.widget.findChildren(LineEditor)
    assert "утверждена" in view.inspector.frozen.text()
    assert field(view, "Текст строки").isReadOnly()
    assert not view.add_button.isEnabled()
    assert not [b for b in view.inspector.steps.findChildren(Button) if b.isVisible()]


def test_menus_offer_what_fits_first(view: TreeView) -> None:
    view.choose([tree_of(view).of_kind("task")[0].id])
    words = [action.text().replace("&", "") for action in view.doing.add_menu().actions() if action.text()]
    assert words[:3] == ["Показатель", "Мероприятие", "Задачу"]
    menu = view.doing.make_menu()
    named = [action.text() for action in menu.actions()]
    assert "Создать копию" in named
    assert "Удалить" in named


def test_everything_has_a_name(view: TreeView, qapp: QApplication) -> None:
    for kind in ("problem", "cause", "goal", "task", "measure", "indicator", "activity", "risk"):
        view.choose([tree_of(view).of_kind(kind)[0].id])
        settle(qapp)
        nameless = [
            type(widget).__name__ for widget in view.inspector.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and not widget.accessibleName()
            and not (isinstance(widget, Button) or getattr(widget, "text", lambda: "")())
            and type(widget).__name__ not in {"Scroller", "QScrollArea"}
        ]  # fmt: skip
        assert nameless == []
    index = view.model.index_of(tree_of(view).of_kind("task")[0].id)
    told: Callable[[int], object] = index.data
    assert str(told(Qt.ItemDataRole.AccessibleTextRole)).startswith("Задача 1: Научить")
    assert index.column() == TEXT
