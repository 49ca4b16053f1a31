"""A keystroke in a filter over 40,000 rows, until the table is painted anew, against a plain list comprehension."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from benchmarks.measure import Figure, NotBuiltError, in_child, timed

ROWS = 40_000
LIMIT = 0.1
WORDS = ("сосн", "верхняя", "№ 12", "рябиновка", "с. новая", "39")
"""Typed letter by letter and taken back letter by letter, as a person does."""


def strokes() -> list[str]:
    """Return what stands in the filter after every key."""
    found: list[str] = []
    for word in WORDS:
        typed = [word[:length] for length in range(1, len(word) + 1)]
        found += [*typed, *reversed(typed[:-1]), ""]
    return found


def names(rows: int) -> list[str]:
    """Return names of invented schools."""
    from app.operations.demo import village_name

    return [f"СШ № {number} с. {village_name(number)}" for number in range(1, rows + 1)]


def measure(rows: int = ROWS) -> Figure:
    """Take both sides, and the filtering alone."""
    alone = in_child("keystroke", "filtering", rows)
    return Figure(
        f"Нажатие клавиши в фильтре таблицы на {rows} строк",
        in_child("keystroke", "ours", rows),
        in_child("keystroke", "plain", rows),
        ("«Опора»: отбор по столбцу и перерисовка таблицы", "перебор списка заранее готовых строк"),
        limit=(LIMIT, 95),
        note=f"Один отбор, без перерисовки: {alone.median * 1000:.0f} мс. "
        "Паузу, после которой отбор начинается (0,15 с от последней клавиши), сюда не считаем.",
    )


def ours(rows: int) -> tuple[list[float], dict[str, Any]]:
    """Type into the filter of the program's own table and paint it."""
    app, table = _table(rows)

    def press(needle: str) -> None:
        table.header.filter_of("name").setText(needle)
        table.header.filtered.emit("name", needle)
        table.view.viewport().repaint()

    answer = _typed(press, lambda: table.model.shown)
    table.close()
    app.processEvents()
    return answer


def filtering(rows: int) -> tuple[list[float], dict[str, Any]]:
    """Filter the same rows in the program's own model, with nothing on the screen."""
    model = _model(rows)
    return _typed(lambda needle: model.set_filter("name", needle), lambda: model.shown)


def plain(rows: int) -> tuple[list[float], dict[str, Any]]:
    """Run over texts in lower case; every word of the needle must be found."""
    lowered = [name.casefold() for name in names(rows)]
    found: list[int] = []

    def press(needle: str) -> None:
        chosen: Sequence[int] = range(len(lowered))
        for word in needle.casefold().split():
            chosen = [index for index in chosen if word in lowered[index]]
        found[:] = chosen

    return _typed(press, lambda: len(found))


def _typed(press: Callable[[str], None], shown: Callable[[], int]) -> tuple[list[float], dict[str, Any]]:
    """Press every key; the rows shown after each are added up to compare the answers."""
    seconds: list[float] = []
    total = 0
    for needle in strokes():
        seconds += timed(partial(press, needle), 1)
        total += shown()
    return seconds, {"shown": total}


def _columns() -> tuple[Any, ...]:
    try:
        from app.ui.item_models.table_model import Column
    except ImportError as error:
        raise NotBuiltError(str(error)) from error
    return (
        Column("code", "Код", lambda row: row[0]),
        Column("name", "Школа", lambda row: row[1], 320, stretch=1),
        Column("kind", "Тип", lambda _row: "СОШ"),
        Column("place", "Населённый пункт", lambda row: row[2], 180),
        Column("pupils", "Учеников", lambda row: str(row[3]), kind="number"),
        Column("state", "Состояние", lambda _row: "действует"),
    )


def _rows(rows: int) -> list[tuple[str, str, str, int]]:
    return [
        (f"edu{number:06d}", name, name.partition(" с. ")[2], number % 900)
        for number, name in enumerate(names(rows), start=1)
    ]


def _model(rows: int) -> Any:
    columns = _columns()
    from app.ui.item_models.table_model import TableModel

    model = TableModel(columns, lambda row: row[0])
    model.set_rows(_rows(rows))
    return model


def _table(rows: int) -> tuple[Any, Any]:
    """Return the application, which must outlive its widgets, and the program's table with six columns."""
    columns = _columns()
    from PySide6.QtWidgets import QApplication

    from app.ui import theme
    from app.ui.habits import Habits
    from app.ui.widgets.table import DataTable

    known = QApplication.instance()
    app = known if isinstance(known, QApplication) else QApplication([])
    theme.install(app, theme.current())
    table = DataTable("bench", columns, lambda row: row[0], habits=Habits(), title="Школы")
    table.model.set_rows(_rows(rows))
    table.resize(1366, 700)
    table.show()
    for _ in range(5):
        app.processEvents()
    return app, table
