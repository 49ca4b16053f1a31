from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)

from app.models.store import Store
from app.operations import checks, schools
from app.texts import glue, plural
from app.ui import theme
from app.ui.actions import ACTIONS, EDITOR_KEYS, FORM_KEYS, GRID_KEYS, MENUS, TABLE_KEYS, plain
from app.ui.finder import Found, best
from app.ui.main_window import MainWindow
from app.ui.pages import PAGES
from app.ui.pages.today import TaskRow
from app.ui.windows.catalogue import WINDOWS
from tests.helpers.source import ROOT
from tests.ui.conftest import settle
from tests.ui.fakes import FakeDialogs, InstantDesk, press, type_ru

# --- the tables that menus are made from --------------------------------------------------------------------------


def test_no_key_is_given_twice():
    keys = [spec.shortcut for spec in ACTIONS if spec.shortcut]
    assert len(keys) == len(set(keys))
    assert [spec.shortcut for spec in ACTIONS if spec.key.startswith("tab_")] == [f"Ctrl+{n}" for n in range(1, 9)]
    for key in keys:
        assert not QKeySequence(key).isEmpty()


def test_mnemonics_differ_inside_a_menu():
    for menu, _title in MENUS:
        letters = [
            spec.title[spec.title.index("&") + 1].lower() for spec in ACTIONS if spec.menu == menu and "&" in spec.title
        ]
        assert len(letters) == len(set(letters)), menu
    titles = [title[title.index("&") + 1].lower() for _menu, title in MENUS]
    assert len(titles) == len(set(titles))


def test_every_action_is_answered(window: MainWindow):
    known = set(window._handlers()) | set(window.workspace._commands()) | set(WINDOWS)
    tabs = {f"tab_{page.name}" for page in PAGES}
    unanswered = {spec.key for spec in ACTIONS if spec.key} - known - tabs - {"recent"}
    assert unanswered == set()


def test_the_guide_and_the_window_name_the_same_keys():
    text = (ROOT / "docs" / "guide" / "06-клавиши.md").read_text("utf-8")
    told = " ".join(keys for table in (TABLE_KEYS, GRID_KEYS, FORM_KEYS, EDITOR_KEYS) for keys, _text in table)
    ours = {spec.shortcut for spec in ACTIONS} | set(re.findall(r"Ctrl\+[A-Z]|F\d", told))
    for key in re.findall(r"\b(Ctrl\+[A-Z]|F\d)\b", text):
        assert key in ours, key


# --- the first page -----------------------------------------------------------------------------------------------


def test_the_first_page_offers_three_choices(bare_window: MainWindow):
    assert set(bare_window.start.buttons) == {"demo", "new", "open"}
    assert bare_window.stack.currentWidget() is bare_window.start
    assert not bare_window.top.isVisible()
    assert not bare_window.actions_by_key["import"].isEnabled()
    assert bare_window.windowTitle() == "Опора"


def test_a_new_file_is_made_where_the_person_says(bare_window: MainWindow, dialogs: FakeDialogs, tmp_path: Path, qapp):
    target = tmp_path / "Мой округ"
    dialogs.answers = [{"name": "Лесогорский округ"}, target]
    bare_window.perform("new")
    settle(qapp)
    assert (tmp_path / "Мой округ.opora").exists()
    assert bare_window.windowTitle() == "Мой округ — Лесогорский округ — Опора"
    assert bare_window.page is not None
    assert bare_window.page.name == "today"
    rows = bare_window.page.steps.findChildren(TaskRow)
    assert [row.text.text() for row in rows] == ["Загрузите реестр школ"]


def test_the_example_is_marked_and_removed_with_one_command(bare_window: MainWindow, demo: Path, qapp, monkeypatch):
    from app import paths

    copy = paths.profile() / "Пример.opora"
    copy.write_bytes(demo.read_bytes())
    bare_window.perform("demo")
    settle(qapp)
    assert bare_window.session.info is not None
    assert bare_window.session.info.demo
    assert "вымышленный пример" in bare_window.page.header.state.text()
    assert bare_window.actions_by_key["remove_demo"].isVisible()
    bare_window.perform("remove_demo")
    settle(qapp)
    assert not copy.exists()
    assert bare_window.stack.currentWidget() is bare_window.start
    assert "Пример удалён" in bare_window.start.bar.text.text()


def test_who_holds_the_file_is_named_and_it_can_be_read(bare_window: MainWindow, db: Path, qapp):
    other = Store.open(db, actor="Петров П. П.")
    try:
        bare_window.workspace.open(db)
        settle(qapp)
        assert glue("Петров П. П.") in bare_window.start.bar.text.text()
        bare_window.workspace._open_to_read(db)
        settle(qapp)
        assert "(только чтение)" in bare_window.windowTitle()
        assert not bare_window.actions_by_key["import"].isEnabled()
        assert bare_window.actions_by_key["history"].isEnabled()
        bare_window.session.write(bare_window, None, schools.add_note, None, "x")
        assert "только для чтения" in bare_window.page.bar.text.text()
    finally:
        other.abandon()


def test_a_damaged_file_opens_the_rescue_page(bare_window: MainWindow, tmp_path: Path, qapp):
    broken = tmp_path / "Лесогорск.opora"
    broken.write_bytes(b"not a database at all" * 50)
    bare_window.workspace.open(broken)
    settle(qapp)
    assert [type(shown).__name__ for shown in bare_window.workspace.windows] == ["RescueWindow"]
    assert "повреждён" in bare_window.start.bar.text.text()
    assert broken.read_bytes().startswith(b"not a database"), "nothing is overwritten"


def test_a_file_that_is_not_there_is_said(bare_window: MainWindow, tmp_path: Path, qapp):
    bare_window.workspace.open(tmp_path / "нет.opora")
    settle(qapp)
    assert "нет" in bare_window.start.bar.text.text()


def test_the_name_for_the_journal_is_remembered(bare_window: MainWindow):
    bare_window.start.actor.setText("Иванова М. П.")
    bare_window.start.actor.editingFinished.emit()
    assert bare_window.session.desk.actor == "Иванова М. П."
    assert bare_window.habits.get("actor") == "Иванова М. П."


# --- the frame ----------------------------------------------------------------------------------------------------


def test_the_frame_tells_the_state(window: MainWindow, qapp):
    info = window.session.info
    assert info is not None
    assert window.windowTitle() == "Лесогорск — Лесогорский округ — Опора"
    status = window.status
    assert status.file.text() == "Лесогорск.opora"
    assert status.municipality.text() == "Лесогорский округ"
    assert status.year.text() == "2026/27 учебный год"
    assert status.saved.text().startswith("сохранено ")
    window.session.look()
    settle(qapp)
    waiting = sum(item.open for item in checks.problems(window.session.desk.reader))
    assert status.problems.text() == f"{waiting}\u00a0{plural(waiting, 'замечание', 'замечания', 'замечаний')} к данным"
    assert status.schools.text().startswith("8\u00a0школ")


@pytest.mark.parametrize("number", range(1, 8))
def test_ctrl_and_a_digit_show_the_tab(window: MainWindow, number: int, qapp):
    window.activateWindow()
    QTest.keyClick(window, Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.ControlModifier)
    settle(qapp)
    assert window.page is not None
    assert window.page.name == PAGES[number - 1].name
    assert window.top.tabs.currentIndex() == number - 1


def test_undo_is_named_after_the_action_and_survives_in_the_menu(window: MainWindow, qapp):
    school = schools.listing(window.session.desk.reader)[0]
    window.session.write(window, None, schools.edit, school.id, {"short_name": "Школа у реки"})
    settle(qapp)
    undo, redo = window.actions_by_key["undo"], window.actions_by_key["redo"]
    assert "Изменена школа" in undo.text()
    assert not redo.isEnabled()
    undo.trigger()
    settle(qapp)
    assert "Изменена школа" in redo.text()
    assert "Отменено: Изменена школа" in window.page.bar.text.text()
    again = schools.listing(window.session.desk.reader)[0]
    assert again.short_name == school.short_name
    redo.trigger()
    settle(qapp)
    assert schools.listing(window.session.desk.reader)[0].short_name == "Школа у реки"


def test_a_long_label_is_shortened_in_the_menu_only(window: MainWindow):
    window._label("undo", "Отменить", "Загружен файл " + "очень " * 30)
    action = window.actions_by_key["undo"]
    assert len(action.text()) < 80
    assert action.toolTip().endswith("очень ")


def test_the_school_year_is_offered_and_chosen(window: MainWindow, qapp):
    years = [window.top.years.itemData(place) for place in range(window.top.years.count())]
    assert years == sorted(years, reverse=True)
    assert {2024, 2025, 2026} <= set(years)
    window.top.years.choose(2025)
    settle(qapp)
    assert window.session.school_year == 2025
    assert window.status.year.text() == "2025/26 учебный год"


def test_search_finds_schools_and_commands(window: MainWindow, qapp):
    window.perform("search")
    finder = window.finder
    type_ru(finder, "гимназия")
    finder.flush()
    assert finder.hits[0].place == "school"
    press(finder, Qt.Key.Key_Return)
    settle(qapp)
    assert window.page is not None
    assert window.page.name == "schools"
    assert window.page.stack.currentWidget() is window.page.card
    window.perform("search")
    type_ru(finder, "журнал дейст")
    finder.flush()
    press(finder, Qt.Key.Key_Return)
    assert [type(shown).__name__ for shown in window.workspace.windows] == ["HistoryWindow"]


def leave_card(window: MainWindow, qapp) -> None:
    """Press Esc where the keyboard stands until the card is gone."""
    registry = window.pages["schools"]
    assert registry.stack.currentWidget() is registry.card
    assert window.focusWidget() is registry.card.switch
    press(window.focusWidget(), Qt.Key.Key_Escape)
    settle(qapp)
    assert registry.stack.currentWidget() is registry.listing


def test_esc_leads_from_a_card_back_to_the_list_that_opened_it(window: MainWindow, qapp):
    listing = window.show_page("school_list")
    settle(qapp)
    row = listing.table.model.all_rows()[2]
    listing.table.choose(row.school_id)
    press(listing.table.view, Qt.Key.Key_Return)
    settle(qapp)
    assert window.page is window.pages["schools"]
    leave_card(window, qapp)
    assert window.page is listing
    assert window.focusWidget() is listing.table.view
    assert listing.table.current().school_id == row.school_id, "the same row is chosen still"


def test_esc_leads_from_a_card_that_the_search_found_into_the_registry(window: MainWindow, qapp):
    window.show_page("school_list")
    settle(qapp)
    window.perform("search")
    type_ru(window.finder, "гимназия")
    window.finder.flush()
    wanted = window.finder.hits[0].payload
    press(window.finder, Qt.Key.Key_Return)
    settle(qapp)
    leave_card(window, qapp)
    registry = window.pages["schools"]
    assert window.page is registry
    assert window.focusWidget() is registry.table.view
    assert registry.table.current().school.id == wanted, "the school that was found is chosen"


def test_a_school_that_is_new_is_found_while_the_search_is_open(window: MainWindow, qapp):
    """Names come from another thread: they may arrive after the first letters."""
    known = window._known
    window._known = []
    window.perform("search")
    type_ru(window.finder, "гимназия")
    window.finder.flush()
    assert [hit for hit in window.finder.hits if hit.place == "school"] == []
    window._known = known
    window._learn_names(frozenset({"organisation"}))
    settle(qapp)
    assert window.finder.hits[0].place == "school"


def test_what_begins_with_the_word_comes_first():
    things = [("реестр школ", Found("Реестр школ", "", "x", "a")), ("школы", Found("Школы", "", "x", "b"))]
    assert [hit.place for hit in best(things, "ШКОЛ")] == ["b", "a"]
    assert best(things, "нет") == []
    assert best(things, "") == []


def test_size_and_darkness_are_remembered(window: MainWindow, qapp):
    window.perform("bigger")
    window.perform("dark")
    window.perform("compact")
    assert window.habits.get("look") == [True, 14, True]
    assert theme.current().tokens.dark
    window.perform("normal")
    assert theme.current().font_px == 13


def test_closing_closes_the_file_and_leaves_a_backup(window: MainWindow, db: Path, qapp):
    window.session.write(window, None, schools.add_note, None, "Позвонить в Озёрскую школу")
    window.close()
    settle(qapp)
    assert not window.session.desk.is_open
    assert not window.isVisible()
    assert not db.with_name(db.name + ".lock").exists()
    assert list(db.with_name("Лесогорск.backups").iterdir())


def test_another_file_is_opened_after_the_first_is_closed(window: MainWindow, demo: Path, tmp_path: Path, qapp):
    other = tmp_path / "Другой.opora"
    other.write_bytes(demo.read_bytes())
    window.workspace.open(other)
    settle(qapp)
    assert window.session.desk.path == other
    assert window.habits.recent()[0] == other


def test_f5_reads_anew(window: MainWindow, qapp):
    page = window.show_page("schools")
    settle(qapp)
    assert not page._stale
    window.perform("refresh")
    assert page._stale
    settle(qapp)
    assert not page._stale


def test_f1_opens_the_paragraph_about_this_place(window: MainWindow, qapp):
    window.show_page("school_list")
    window.perform("guide")
    settle(qapp)
    shown = window.workspace.windows[-1]
    assert "Список ШНОР" in shown.text.toPlainText().splitlines()[0]


def test_every_place_of_the_guide_that_is_named_exists():
    from app.ui import pages
    from app.ui.pages.view import View
    from app.ui.windows.base import Window

    def subclasses(kind: type) -> set[type]:
        return {kind}.union(*(subclasses(sub) for sub in kind.__subclasses__()))

    for made in WINDOWS.values():
        made()
    for module in pkgutil.iter_modules(pages.__path__):
        importlib.import_module(f"{pages.__name__}.{module.name}")
    views = [kind for kind in subclasses(View) if kind.guide is not None]
    assert len(views) > 8
    for kind in [*(tab.page() for tab in PAGES), *subclasses(Window), *views]:
        chapter, heading = kind.guide
        text = (ROOT / "docs" / "guide" / f"{chapter}.md").read_text("utf-8")
        assert re.search(rf"^#+ {re.escape(heading)}", text, re.MULTILINE), (kind.__name__, heading)


def test_all_keys_stand_on_one_screen(window: MainWindow):
    from app.ui.widgets.labels import Label

    window.perform("keys")
    shown = window.workspace.windows[-1]
    words = {label.text() for label in shown.findChildren(Label)}
    for spec in ACTIONS:
        if spec.shortcut:
            assert plain(spec.title) in words


def test_files_of_ours_and_others_can_be_dropped(window: MainWindow, tmp_path: Path, qapp):
    from PySide6.QtCore import QMimeData, QPointF, QUrl
    from PySide6.QtGui import QDropEvent

    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "Ф3.xlsx"))])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    window.dropEvent(event)
    wizard = window.workspace.windows[-1]
    assert [entry.path.name for entry in wizard.entries] == ["Ф3.xlsx"]


def test_a_file_on_a_share_is_worked_on_as_a_copy(bare_window, dialogs, db, monkeypatch, qapp):
    from app.operations import maintenance

    monkeypatch.setattr(maintenance, "on_network", lambda path: path == db)
    dialogs.answers = ["copy"]
    bare_window.workspace.open(db)
    settle(qapp)
    assert bare_window.session.desk.path != db
    bare_window.session.write(bare_window, None, schools.add_note, None, "Заметка в копии")
    bare_window.perform("close")
    settle(qapp)
    desk = InstantDesk()
    desk.open(db).result()
    assert desk.reader.execute("SELECT text FROM note WHERE text = 'Заметка в копии'").fetchone()
    desk.abandon()


def test_esc_leads_back_to_the_page_that_asked_for_the_card(window: MainWindow, qapp):
    page = window.show_page("school_list")
    settle(qapp)
    press(page.table.view, Qt.Key.Key_Return)
    settle(qapp)
    assert window.page.name == "schools"
    press(window.page.card, Qt.Key.Key_Escape)
    settle(qapp)
    assert window.page.name == "school_list"
    window.show_page("schools")
    assert window.page.stack.currentWidget() is window.page.listing


def test_a_command_of_the_menu_means_what_the_page_shows(window: MainWindow, qapp):
    page = window.show_page("school_list")
    settle(qapp)
    page.year.choose(2025)
    settle(qapp)
    window.perform("print_list")
    settle(qapp)
    assert window.workspace.windows[-1].year.currentData() == 2025


def nameless(root: QWidget) -> list[str]:
    """Return controls that a screen reader could not name; parts of Qt's own widgets are left aside."""
    kinds = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit)
    inside = (QComboBox, QAbstractItemView, QLineEdit, QTabBar)
    found = []
    for widget in [widget for kind in kinds for widget in root.findChildren(kind)]:
        own = widget.objectName().startswith("qt_") or isinstance(widget, QHeaderView)
        if own or (isinstance(widget.parent(), inside) and not isinstance(widget, QLineEdit)):
            continue
        text = widget.text() if isinstance(widget, QAbstractButton) else ""
        if widget.isVisibleTo(root) and not widget.accessibleName() and not text:
            found.append(f"{type(widget).__name__} {widget.objectName()}")
    return found


def test_a_tab_is_called_as_its_page_is():
    for tab in PAGES:
        page = tab.page()
        assert (tab.name, tab.title, tab.icon) == (page.name, page.title, page.icon)


def test_every_control_has_an_accessible_name(window: MainWindow, qapp):
    for page in PAGES:
        window.show_page(page.name)
        settle(qapp)
        assert nameless(window) == [], page.name
    for key in ("import", "sign", "verify", "history", "people", "settings", "merge", "rules", "keys", "approve"):
        window.perform(key)
        settle(qapp)
        assert nameless(window.workspace.windows[-1]) == [], key


def test_a_new_size_makes_the_pages_anew_and_keeps_the_place(window: MainWindow, qapp):
    page = window.show_page("school_list")
    settle(qapp)
    window.perform("bigger")
    settle(qapp)
    assert window.page is not page
    assert window.page.name == "school_list"
    assert window.page.table.model.total == 8
    assert window.finder._sources()[0].place == "school"


def test_an_open_request_is_found_and_opened(window: MainWindow, qapp: QApplication) -> None:
    from app.operations import registers

    window.session.write(window, None, registers.add, "requests", {}, subject="О квоте на олимпиаду")
    settle(qapp)
    window._forms = None
    window._sources()
    settle(qapp)
    found = next(one for one in window._sources() if one.text == "О квоте на олимпиаду")
    window.go(found.place, found.payload)
    settle(qapp)
    assert window.page is not None
    pane = window.page.views["requests"].pane  # type: ignore[attr-defined]
    assert pane.row["subject"] == "О квоте на олимпиаду"
