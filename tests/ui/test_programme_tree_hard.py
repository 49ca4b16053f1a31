"""«Структура» in hard times: killed while typing, a file that is only read, 600 activities."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.operations import programme_copy, programme_edit, programmes
from app.ui.main_window import MainWindow
from app.ui.pages.programme import ProgrammePage
from app.ui.pages.programme_tree_rows import outline
from app.ui.pages.programme_tree_widget import LineEditor
from tests.helpers import stores
from tests.ui.conftest import settle
from tests.ui.fakes import InstantDesk, press

ROOT = Path(__file__).resolve().parents[2]

CHILD = textwrap.dedent(
    """
    import sys
    from pathlib import Path

    from PySide6.QtCore import QElapsedTimer, Qt
    from PySide6.QtWidgets import QApplication

    from app.ui import theme
    from app.ui.habits import Habits
    from app.ui.main_window import MainWindow
    from app.ui.pages.programme_inspector_fields import Memo
    from app.ui.pages.programme_tree_widget import LineEditor
    from tests.ui.conftest import settle
    from tests.ui.fakes import FakeDialogs, InstantDesk, InstantRunner, press, type_ru

    qapp = QApplication(sys.argv[:1])
    theme.install(qapp, theme.Theme())
    desk = InstantDesk()
    desk.open(Path(sys.argv[1])).result()
    window = MainWindow(desk, InstantRunner(print), FakeDialogs(), Habits(None))
    window.show()
    settle(qapp)
    view = window.show_page("programme").tree_view
    settle(qapp)
    task = view.tree.of_kind("task")[0]
    view.choose([task.id])
    boxes = [box for box in view.inspector.findChildren(Memo) if box.accessibleName() == "Текст строки"]
    box = next(box for box in boxes if box.isVisible())
    box.setFocus()
    box.selectAll()
    type_ru(box, "Половина мысли")
    clock = QElapsedTimer()
    clock.start()
    while clock.elapsed() < 1000:
        qapp.processEvents()
    view.choose(["risks"])
    view.widget.setFocus()
    press(view.widget, Qt.Key.Key_Return)
    settle(qapp)
    type_ru(view.widget.findChildren(LineEditor)[-1], "Половина риска")
    clock.restart()
    while clock.elapsed() < 1000:
        qapp.processEvents()
    print("typed", flush=True)
    sys.stdin.read()
    """
)


def test_killed_while_typing_nothing_older_than_a_second_is_lost(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, str(db)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"typed\n"
        child.send_signal(signal.SIGKILL)
    with stores.opened(db, actor="Ракитина Е. В.") as again:
        key = programmes.current(again.connection)
        assert key is not None
        tree = programmes.tree(again.connection, key)
        assert tree.of_kind("task")[0].text == "Половина мысли"
        assert tree.of_kind("risk")[-1].text == "Половина риска"


def test_a_file_held_by_somebody_else_is_only_read(
    bare_window: MainWindow, desk: InstantDesk, db: Path, qapp: QApplication
) -> None:
    desk.open_read_only(db).result()
    bare_window.show_file()
    page = bare_window.show_page("programme")
    settle(qapp)
    assert isinstance(page, ProgrammePage)
    view = page.tree_view
    assert view.tree is not None
    before = len(view.tree.nodes)
    view.choose([view.tree.of_kind("task")[0].id])
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_F2):
        press(view.widget, key)
        settle(qapp)
    assert len(view.tree.nodes) == before
    assert not view.widget.findChildren(LineEditor)
    assert "только для чтения" in view.inspector.frozen.text()
    assert not view.add_button.isEnabled()
    assert not view.head_button.isEnabled()


def test_six_hundred_activities_are_edited_line_by_line(
    window: MainWindow, desk: InstantDesk, qtbot: Any, qapp: QApplication
) -> None:
    """60 tasks with ten activities each: an edit touches the lines that change, nothing is reset."""
    assert desk.store is not None
    key = programmes.create(desk.store, "municipal", "Большая", 2026, 2028)
    goal = programme_edit.add(desk.store, key, "goal", "Цель")
    tasks = programme_copy.add_lines(desk.store, key, "task", [f"Задача {at}" for at in range(60)], parent_id=goal)
    programme = programmes.head(desk.store.connection, key)
    with desk.store.operation("Наполнена", "test") as operation:
        for task in tasks:
            for at in range(10):
                programme_edit.add_in(operation, programme, "activity", f"Дело {at}", parent_id=task)
    page = window.show_page("programme")
    assert isinstance(page, ProgrammePage)
    settle(qapp)
    page.choose(key)
    settle(qapp)
    view = page.tree_view
    assert len(view.model.in_order()) == 3 + 1 + 60 + 600
    assert view.tree is not None
    first = view.tree.under(tasks[0])[0].id
    heard: list[str] = []
    view.model.modelReset.connect(lambda: heard.append("reset"))
    view.model.rowsInserted.connect(lambda *_: heard.append("inserted"))
    view.model.rowsRemoved.connect(lambda *_: heard.append("removed"))
    view.model.dataChanged.connect(lambda *_: heard.append("changed"))
    view.session.write(view, None, programme_edit.put_text, first, "Иначе")
    settle(qapp)
    assert heard == ["changed"]
    heard.clear()
    view.session.write(view, None, programme_edit.move, [tasks[0]], goal)
    settle(qapp)
    assert "reset" not in heard
    assert "inserted" not in heard
    assert heard.count("changed") >= 660  # every task and activity has another number
    assert view.model.cells[tasks[0]].prefix == "Задача 60."
    assert view.model.cells[first].prefix == "60.1."
    shown = outline(view.tree)
    assert view.model.in_order() == _walk(shown.children, None)


def _walk(children: Any, key: Any) -> list[Any]:
    found: list[Any] = []
    for child in children.get(key, ()):
        found += [child, *_walk(children, child)]
    return found
