"""Work on a programme of 60 tasks, 600 activities, 30 schools: reading, edits, numbers, checks, a plan, the window."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from benchmarks.measure import DEAR, Figure, in_child, timed
from benchmarks.programme import ACTIVITIES, begun

LIMIT, AGAIN = 0.1, 0.01
TIMES = 25
ROWS = 600
_TERMS = ("август – декабрь 2026 года", "Март 2027", "В течение года", "10.01.27-20.01.27", "")


def _of(tasks: int) -> str:
    from app.texts import count as counted

    activities = counted(tasks * ACTIVITIES, "мероприятие", "мероприятия", "мероприятий")
    return f"программа на {counted(tasks, 'задачу', 'задачи', 'задач')} и {activities}"


def _taken(folder: Path, tasks: int, what: str, bound: str) -> list[Any]:
    return [in_child("programme_edit", name, str(begun(folder, tasks)), TIMES) for name in (what, bound)]


def reading(folder: Path, tasks: int) -> Figure:
    """Take the whole tree out of the file, and what is read of it after one edit."""
    ours, bound = _taken(folder, tasks, "read_whole", "rows_of_tables")
    again, after = _taken(folder, tasks, "read_again", "read_after_edit")
    return Figure(
        f"Чтение: {_of(tasks)}", ours, bound, ("«Опора»: дерево целиком, в первый раз", "те же строки голым SQL"),
        limit=(LIMIT, 95), again=(again, AGAIN),
        note=f"После правки текста, когда читаются лишь таблицы, которых она коснулась: {_ms(after.median)}.",
    )  # fmt: skip


def editing(folder: Path, tasks: int) -> Figure:
    """Word an activity, put a target, move an activity: three operations with their journal, in the middle."""
    ours, bound = _taken(folder, tasks, "edits", "updates")
    return Figure(
        f"Правка: {_of(tasks)}", ours, bound,
        ("«Опора»: текст, цель индикатора, перенос — три действия с журналом", "три голых UPDATE, каждый сам по себе"),
        limit=(LIMIT, 95),
        note="Обе стороны трижды дожидаются диска (synchronous = FULL).",
    )  # fmt: skip


def numbering(folder: Path, tasks: int) -> Figure:
    """Number everything and put the plan into groups."""
    ours, bound = _taken(folder, tasks, "numbers", "walk")
    return Figure(
        f"Нумерация: {_of(tasks)}", ours, bound, ("«Опора»: номера и план по группам", "один обход дерева"),
        limit=(LIMIT, 95),
    )  # fmt: skip


def checking(folder: Path, tasks: int) -> Figure:
    """Check the programme after an edit, as the window does: read what changed, all rules, how much is filled."""
    ours, bound = _taken(folder, tasks, "checks", "words")
    pure = in_child("programme_edit", "rules_alone", tasks, TIMES)
    first = in_child("programme_edit", "checks_first", str(begun(folder, tasks)))
    return Figure(
        f"Проверка после правки: {_of(tasks)}", ours, bound,
        ("«Опора»: чтение изменённого, все правила, доля заполненного", "те же строки голым SQL и их слова подряд"),
        limit=(LIMIT, 95),
        note=f"Одни правила, дерево в памяти: {_ms(pure.median)}. "
        f"Самая первая проверка с запуска (модули, цифры файла для анализа): {_ms(first.median)}.",
    )  # fmt: skip


def importing(folder: Path, rows: int) -> Figure:
    """Bring a plan in: the child process reads the workbook, every row is understood, one operation writes."""
    from tests.helpers import plans

    path = plans.xlsx(folder / f"план-{rows}.xlsx", plans.TITLE, [plan_rows(rows)])
    return Figure(
        f"Загрузка плана на {rows} строк из Excel",
        in_child("programme_edit", "imported", str(path), str(folder), DEAR),
        in_child("programme_edit", "inserted", str(path), str(folder), DEAR),
        ("«Опора»: чтение, сроки, ответственные, результаты, запись", "calamine и голый executemany"),
    )


def window(folder: Path, tasks: int) -> Figure:
    """Show the tree once more after an edit: only the part that the window's own thread does."""
    ours, bound = _taken(folder, tasks, "shown", "painted")
    return Figure(
        f"Окно «Структура» после правки: {_of(tasks)}", ours, bound,
        ("«Опора»: сверка строк дерева и перерисовка", "одна перерисовка"),
        limit=(LIMIT, 95),
        note=f"В своём потоке, не в потоке окна: строки дерева с номерами {_ms(ours.facts['outline'])}.",
    )  # fmt: skip


def _ms(value: float) -> str:
    return f"{value * 1000:.1f} мс".replace(".", ",") if value < 0.02 else f"{value * 1000:.0f} мс"


# --- the two sides -------------------------------------------------------------------------------------------------


class _Opened:
    """A file with one programme, its keys in the middle, a reader as the window has."""

    def __init__(self, path: str) -> None:
        from app.models.store import Store, open_reader
        from app.operations import programmes

        self.store = Store.open(Path(path), actor="замер")
        self.reader = open_reader(Path(path))
        key = programmes.current(self.reader)
        if key is None:
            raise AssertionError("the file holds no programme")
        self.key = key
        self.tree = programmes.tree(self.reader, key)
        tasks = self.tree.of_kind("task")
        self.task, self.next = tasks[len(tasks) // 2], tasks[len(tasks) // 2 - 1]
        self.activities = self.tree.under(self.task.id, "activity")
        under = self.tree.under(self.task.id, "measure")[0]
        self.indicator = self.tree.under(under.id, "indicator")[0]
        self._turn = count(1)

    def edit(self) -> None:
        """Word one activity of the middle anew; another one each time, so that no two edits become one."""
        from app.operations import programme_edit

        turn = next(self._turn)
        programme_edit.put_text(self.store, self.activities[turn % len(self.activities)].id, f"Семинар № {turn}")

    def close(self) -> None:
        self.reader.close()
        self.store.abandon()


def _each(path: str, times: int, work: Callable[[_Opened], Any], before: Callable[[_Opened], Any]) -> list[float]:
    """Time so many runs, something done before each outside the clock; one run goes before all."""
    with closing(_Opened(path)) as opened:
        seconds = []
        for _ in range(times + 1):
            before(opened)
            seconds += timed(lambda: work(opened), 1)
        return seconds[1:]


def _read(opened: _Opened) -> Any:
    from app.operations import programmes

    return programmes.tree(opened.reader, opened.key)


def read_whole(path: str, times: int) -> tuple[list[float], dict[str, Any]]:
    """Read the tree as if nobody had read it before."""
    from app.models import programme_reading

    sizes: list[int] = []
    seconds = _each(
        path, times, lambda opened: sizes.append(len(_read(opened).nodes)), lambda _opened: programme_reading.forget()
    )
    return seconds, {"nodes": sizes[0]}


def read_after_edit(path: str, times: int) -> tuple[list[float], dict[str, Any]]:
    """Read the tree after one edit of it."""
    return _each(path, times, _read, _Opened.edit), {}


def read_again(path: str, times: int) -> tuple[list[float], dict[str, Any]]:
    """Read the tree once more while nothing has changed."""
    return _each(path, times, _read, lambda _opened: None), {}


def _rows(connection: sqlite3.Connection, key: int) -> list[list[Any]]:
    from app.models import programmes

    of_node = [f"SELECT * FROM {table} WHERE node_id IN (SELECT id FROM programme_node WHERE programme_id = ?)"
               for table in (*programmes.BY_NODE, "programme_school")]  # fmt: skip
    own = [f"SELECT * FROM {table} WHERE programme_id = ?" for table in ("programme_node", *programmes.BY_PROGRAMME)]
    return [connection.execute(sql, (key,)).fetchall() for sql in (*own, *of_node)]


def rows_of_tables(path: str, times: int) -> tuple[list[float], dict[str, Any]]:
    """Fetch the rows of the same tables."""
    found: list[int] = []
    seconds = _each(
        path, times, lambda opened: found.append(len(_rows(opened.reader, opened.key)[0])), lambda _opened: None
    )
    return seconds, {"nodes": found[0]}


def edits(path: str, times: int) -> tuple[list[float], dict[str, Any]]:
    """Word, put a target, move: everything in the middle of the programme."""
    from app.operations import programme_edit

    turns = count(1)

    def work(opened: _Opened) -> None:
        turn = next(turns)
        opened.edit()
        programme_edit.put_target(opened.store, opened.indicator.id, 2027, str(turn))
        there = opened.task if turn % 2 == 0 else opened.next
        programme_edit.move(opened.store, [opened.activities[0].id], there.id)

    return _each(path, times, work, lambda _opened: None), {}


def updates(path: str, times: int) -> tuple[list[float], dict[str, Any]]:
    """Three bare updates of the same file, its journal taken out beforehand."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        (key,) = connection.execute("SELECT id FROM programme_node WHERE kind = 'activity' LIMIT 1 OFFSET 5").fetchone()
        turns = count(1)

        def work() -> None:
            for _ in range(3):
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("UPDATE programme_node SET text = ? WHERE id = ?", (f"Текст {next(turns)}", key))
                connection.execute("COMMIT")

        work()
        return timed(work, times), {}


def _fresh(opened: _Opened) -> None:
    opened.tree = replace(opened.tree)


def numbers(path: str, times: int) -> tuple[list[float], dict[str, Any]]:
    """Number a tree that nobody has numbered."""
    from app.analysis import programme_numbers

    found: list[int] = []

    def work(opened: _Opened) -> None:
        found.append(len(programme_numbers.numbers(opened.tree)))
        programme_numbers.plan_groups(opened.tree)

    return _each(path, times, work, _fresh), {"nodes": found[0]}


def walk(path: str, times: int) -> tuple[list[float], dict[str, Any]]:
    """Go through a tree that nobody has gone through."""
    found: list[int] = []
    return _each(path, times, lambda opened: found.append(len(list(opened.tree.walk()))), _fresh), {"nodes": found[0]}


def checks(path: str, times: int) -> tuple[list[float], dict[str, Any]]:
    """Check after each edit."""
    from app.operations import programme_checks

    found: list[int] = []

    def work(opened: _Opened) -> None:
        found.append(len(programme_checks.findings(opened.reader, opened.key).findings))

    return _each(path, times, work, _Opened.edit), {"findings": found[-1]}


def checks_first(path: str) -> tuple[list[float], dict[str, Any]]:
    """Check for the first time in a process."""
    from app.models.store import open_reader
    from app.operations import programmes

    with closing(open_reader(Path(path))) as reader:
        key = programmes.current(reader) or 0

        def work() -> None:
            from app.operations import programme_checks

            programme_checks.findings(reader, key)

        return timed(work, 1), {}


def rules_alone(tasks: int, times: int) -> tuple[list[float], dict[str, Any]]:
    """Check a tree in memory that nothing has been worked out of."""
    from datetime import date

    from app.analysis import programme_checks
    from tests.analysis.programme_checks.test_any_tree import large

    tree = large(tasks)
    given = programme_checks.Given(date(2023, 5, 5), programme_checks.read_words())
    programme_checks.check(tree, given)
    return timed(lambda: programme_checks.check(replace(tree), given), times), {}


def words(path: str, times: int) -> tuple[list[float], dict[str, Any]]:
    """Fetch the same rows and take every text apart into words."""
    import re

    word = re.compile(r"\w+")
    found: list[int] = []

    def work(opened: _Opened) -> None:
        texts = [
            value for rows in _rows(opened.reader, opened.key) for row in rows for value in row if type(value) is str
        ]
        found.append(sum(len(word.findall(text.casefold())) for text in texts))

    return _each(path, times, work, lambda _opened: None), {"words": found[0]}


def plan_rows(rows: int) -> list[list[str]]:
    """Return a plan of so many activities."""
    from tests.helpers import plans

    return [
        plans.HEAD,
        *(
            [str(number), f"Семинар {number} «Разбор работ»", _TERMS[number % len(_TERMS)],
             "Управление образования, ММС", f"1. Программа семинара {number}. 2. Обучено {number % 30 + 5} учителей"]
            for number in range(1, rows + 1)
        ),
    ]  # fmt: skip


def imported(path: str, folder: str, times: int) -> tuple[list[float], dict[str, Any]]:
    """Read the workbook, say what it brings, write it into a new programme."""
    import tempfile

    from app.models.store import Store
    from app.operations import programme_import, programme_import_writing

    where = Path(tempfile.mkdtemp(dir=folder)) / "план.opora"
    made: list[int] = []
    with closing(Store.create(where, name="Округ", actor="замер")) as store:

        def work() -> None:
            found = programme_import.preview(store.connection, programme_import.read(Path(path)))
            made.append(len(programme_import_writing.load(store, found).nodes))

        return timed(work, times), {"activities": made[0]}


def inserted(path: str, folder: str, times: int) -> tuple[list[float], dict[str, Any]]:
    """Read the same cells and put them into a table as they are."""
    import tempfile

    from python_calamine import CalamineWorkbook

    where = Path(tempfile.mkdtemp(dir=folder)) / "голый.sqlite"
    made: list[int] = []
    with closing(sqlite3.connect(where, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE plan (id INTEGER PRIMARY KEY, number, text, term, who, result)")

        def work() -> None:
            rows = [
                row[:5] for row in CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python() if len(row) > 4
            ]
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("INSERT INTO plan(number, text, term, who, result) VALUES (?, ?, ?, ?, ?)", rows)
            connection.execute("COMMIT")
            made.append(sum(bool(row[4]) for row in rows) - 1)

        return timed(work, times), {"activities": made[0]}


def shown(path: str, times: int) -> tuple[list[float], dict[str, Any]]:
    """Show another outline of the programme in the program's own tree and paint it."""
    from app.ui.pages.programme_tree_rows import outline

    with closing(_Opened(path)) as opened:
        app, widget, model = _widget()
        years = opened.tree.programme.years
        model.show_outline(outline(opened.tree, {}), years)
        widget.expandAll()
        widget.show()
        app.processEvents()
        seconds, outlines = [], []
        for _ in range(times):
            opened.edit()
            found: list[Any] = []
            outlines += timed(partial(_outlined, _read(opened), found), 1)
            seconds += timed(partial(_show, widget, model, found, years), 1)
        widget.close()
        app.processEvents()
        return seconds, {"outline": sorted(outlines)[times // 2], "lines": len(model.in_order())}


def painted(path: str, times: int) -> tuple[list[float], dict[str, Any]]:
    """Paint the same tree."""
    from app.ui.pages.programme_tree_rows import outline

    with closing(_Opened(path)) as opened:
        app, widget, model = _widget()
        model.show_outline(outline(opened.tree, {}), opened.tree.programme.years)
        widget.expandAll()
        widget.show()
        app.processEvents()
        seconds = timed(widget.viewport().repaint, times)
        widget.close()
        app.processEvents()
        return seconds, {"lines": len(model.in_order())}


def _outlined(tree: Any, found: list[Any]) -> None:
    from app.ui.pages.programme_tree_rows import outline

    found.append(outline(tree, {}))


def _show(widget: Any, model: Any, found: list[Any], years: Any) -> None:
    model.show_outline(found[0], years)
    widget.viewport().repaint()


def _widget() -> tuple[Any, Any, Any]:
    """Return the application, which must outlive its widgets, the program's tree and its model."""
    from PySide6.QtWidgets import QApplication

    from app.ui import theme
    from app.ui.pages.programme_tree_model import TreeModel
    from app.ui.pages.programme_tree_widget import ProgrammeTree

    known = QApplication.instance()
    app = known if isinstance(known, QApplication) else QApplication([])
    theme.install(app, theme.current())
    model = TreeModel(lambda _node, _text: None, lambda _nodes, _key, _row, _copy: False)
    widget = ProgrammeTree(model)
    widget.resize(1366, 700)
    return app, widget, model
