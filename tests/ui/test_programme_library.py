"""The library of wordings and the programmes of schools, driven as a person does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.models import organisations
from app.operations import history, programme_edit, programme_library, programme_schools, programmes
from app.ui.main_window import MainWindow
from app.ui.windows.programme_library import LibraryAt, LibraryWindow
from app.ui.windows.programme_library_parts import ALL, MINE
from app.ui.windows.programme_schools import SchoolProgrammesWindow
from tests.ui.conftest import settle

Key = Qt.Key


def store_of(window: MainWindow) -> Any:
    return window.session.desk.store  # type: ignore[attr-defined]


@pytest.fixture
def programme(window: MainWindow) -> int:
    return programmes.create(store_of(window), "municipal", "Поддержка школ", 2026, 2028)


def opened(window: MainWindow, qapp: QApplication, payload: object = None) -> LibraryWindow:
    window.go("programme_library", payload)
    settle(qapp)
    made = window.workspace.windows[-1]
    assert isinstance(made, LibraryWindow)
    return made


def texts(made: LibraryWindow) -> list[str]:
    return [made.list.item(at).text() for at in range(made.list.count())]


def test_a_wording_is_found_marked_and_put_in_by_keys(window: MainWindow, qapp: QApplication, programme: int) -> None:
    store = store_of(window)
    goal = programme_edit.add(store, programme, "goal", "Цель")
    made = opened(window, qapp, LibraryAt(programme, goal))
    assert made.sentence.text().replace("\u00a0", " ") == "«Поддержка школ». Место: цель 1 «Цель»."
    assert not made.put.isEnabled()
    made.search.setText("договором школой-партнером")
    made.search.flush()
    settle(qapp)
    assert texts(made) == ["Задача. Связать каждую школу списка договором и годовым планом со школой-партнёром"]
    QTest.keyClick(made.search, Key.Key_Down)
    QTest.keyClick(made.list, Key.Key_Space)
    assert made.put.text() == "Вставить 1\u00a0строку"
    made.below.setChecked(True)
    number = len(made.wanted())
    assert made.put.text() == f"Вставить {number}\u00a0строк"
    before = len(history.history(store.connection))
    QTest.keyClick(made.list, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    made.insert()  # nothing is marked any more
    settle(qapp)
    assert len(history.history(store.connection)) == before + 1
    tree = programmes.tree(store.connection, programme)
    assert [node.wording for node in tree.under(goal, "task")] == ["task-network"]
    assert len(tree.nodes) == number + 1
    assert f"{number} строк вставлено" in made.bar.text.text().replace("\u00a0", " ")
    (line,) = texts(made)
    assert line.endswith("уже в программе")
    made.list.turn()
    assert made.wanted() == []
    window.session.go("undo")
    settle(qapp)
    assert not texts(made)[0].endswith("уже в программе")


def test_kinds_and_directions_choose_what_is_shown(window: MainWindow, qapp: QApplication, programme: int) -> None:
    made = opened(window, qapp, (programme, None))
    made.kinds.go_to(("activity", "Партнёрство школ"))
    assert made.list.count() == 8
    assert not any("Партнёрство школ" in text for text in texts(made))
    made.list.mark_shown(on=True)
    made.kinds.go_to(("risk", ""))
    assert made.list.line is not None
    assert made.list.line.item.answer
    made.list.turn()
    assert len(made.wanted()) == 9
    made.kinds.go_to((MINE, ""))
    assert made.none.isVisible()
    assert not made.list.isVisible()
    made.kinds.go_to((ALL, ""))
    made.unmark.click()
    assert made.wanted() == []


def test_without_a_programme_the_library_can_be_read(window: MainWindow, qapp: QApplication) -> None:
    store = store_of(window)
    for line in programmes.listing(store.connection):
        programmes.remove(store, line.programme.id)
    made = opened(window, qapp)
    made.list.turn()
    assert (made.wanted(), made.put.isEnabled(), made.below.isEnabled()) == ([], False, False)
    assert "Программы в файле ещё нет" in made.sentence.text()


def test_an_own_wording_is_kept_from_the_tree_changed_given_out_and_removed(
    window: MainWindow, qapp: QApplication, programme: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = store_of(window)
    risk = programme_edit.add(store, programme, "risk", "Свой риск")
    page: Any = window.show_page("programme")
    settle(qapp)
    page.choose(programme)
    settle(qapp)
    page.tree_view.choose([risk])
    page.tree_view.doing.keep()
    settle(qapp)
    made = opened(window, qapp, LibraryAt(programme, kind=MINE))
    assert texts(made) == ["Риск. Свой риск — своя, уже в программе"]
    dialogs = window.session.dialogs
    monkeypatch.setattr(dialogs, "ask", lambda *_: {"text": "Наш риск", "answer": "Наш ответ"}, raising=False)
    made.preview.edit.click()
    settle(qapp)
    assert texts(made)[0].startswith("Риск. Наш риск")
    target = tmp_path / "наши.toml"
    monkeypatch.setattr(dialogs, "save_file", lambda *_: target, raising=False)
    made.give.click()
    settle(qapp)
    assert "Наш ответ" in target.read_text("utf-8")
    monkeypatch.setattr(dialogs, "choose", lambda *_: "remove", raising=False)
    made.preview.remove.click()
    settle(qapp)
    assert texts(made) == []
    monkeypatch.setattr(dialogs, "open_files", lambda *_, **__: [target], raising=False)
    made.bring.click()
    settle(qapp)
    assert "Новых формулировок 1" in made.bar.text.text()
    assert [line.item.text for line in programme_library.listing(store.connection) if line.item.mine] == ["Наш риск"]


def test_programmes_of_schools_are_begun_and_sent_to_be_judged(
    window: MainWindow, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = store_of(window)
    for line in programmes.listing(store.connection):
        programmes.remove(store, line.programme.id)
    window.go("programme_schools", None)
    settle(qapp)
    made = window.workspace.windows[-1]
    assert isinstance(made, SchoolProgrammesWindow)
    rows = made.table.model.visible_rows()
    assert rows
    made.table.view.selectRow(0)
    assert (made.create_button.isEnabled(), made.open_button.isEnabled()) == (True, False)
    given = {"title": programme_schools.TITLE, "first": "2026", "last": "2027", "template": "library"}
    monkeypatch.setattr(window.session.dialogs, "ask", lambda *_: given, raising=False)
    made.create_button.click()
    settle(qapp)
    (line,) = programmes.listing(store.connection)
    assert organisations.canonical(store.connection, line.programme.organisation_id or 0) == rows[0].school_id
    made.table.view.selectRow(0)
    assert (made.create_button.isEnabled(), made.open_button.isEnabled()) == (False, True)
    made.judge.click()
    settle(qapp)
    assert "1 школа добавлена" in made.bar.text.text().replace("\u00a0", " ")
    assert (made.fill.isEnabled(), made.see.isEnabled()) == (True, True)
    made.open()
    settle(qapp)
    assert window.page is not None
    assert window.page.name == "programme"


def test_the_summary_and_the_conclusion_open_from_the_schools(window: MainWindow, qapp: QApplication) -> None:
    store = store_of(window)
    year = window.session.school_year or 2026
    row = programme_schools.overview(store.connection, year).rows[0]
    if row.line is None:
        programme_schools.create(store, [row.school_id], year, year + 1)
    programme_schools.begin_forms(store, [row.school_id], year, [programme_schools.EXPERTISE])
    window.go("programme_schools", None)
    settle(qapp)
    made: Any = window.workspace.windows[-1]
    made.table.view.selectRow(0)
    for button in (made.fill, made.see):
        button.click()
        settle(qapp)
        assert window.page is not None
        assert window.page.name == "forms" or window.page.name == "checklists"
    assert window.page.view == "summary"  # type: ignore[attr-defined]
