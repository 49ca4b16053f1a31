"""A keystroke in a filter over 40,000 rows, until the table is painted anew, against a plain list comprehension."""

from __future__ import annotations

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
    """Take both sides."""
    return Figure(
        f"Нажатие клавиши в фильтре таблицы на {rows} строк",
        in_child("keystroke", "ours", rows),
        in_child("keystroke", "plain", rows),
        ("«Опора»: отбор по столбцу и перерисовка таблицы", "перебор списка заранее готовых строк"),
        limit=(LIMIT, 95),
        note="Паузу, после которой отбор начинается (0,15 с от последней клавиши), мы сюда не считаем.",
    )


def ours(rows: int) -> tuple[list[float], dict[str, Any]]:
    """Type into the filter of the program's own table and paint it."""
    app, table = _table(rows)

    def press(needle: str) -> None:
        table.header.filter_of("name").setText(needle)
        table.header.filtered.emit("name", needle)
        table.view.viewport().repaint()

    shown: list[int] = []
    seconds = []
    for needle in strokes():
        seconds += timed(lambda needle=needle: press(needle), 1)  # type: ignore[misc]
        shown.append(table.model.shown)
    table.close()
    app.processEvents()
    return seconds, {"shown": sum(shown)}


def _table(rows: int) -> tuple[Any, Any]:
    """Return the application, which must outlive its widgets, and the program's table with six columns."""
    try:
        from PySide6.QtWidgets import QApplication

        from app.ui import theme
        from app.ui.habits import Habits
        from app.ui.item_models.table_model import Column
        from app.ui.widgets.table import DataTable
    except ImportError as error:
        raise NotBuiltError(str(error)) from error
    known = QApplication.instance()
    app = known if isinstance(known, QApplication) else QApplication([])
    theme.install(app, theme.current())
    columns = (
        Column("code", "Код", lambda row: row[0]),
        Column("name", "Школа", lambda row: row[1], 320, stretch=1),
        Column("kind", "Тип", lambda _row: "СОШ"),
        Column("place", "Населённый пункт", lambda row: row[2], 180),
        Column("pupils", "Учеников", lambda row: str(row[3]), kind="number"),
        Column("state", "Состояние", lambda _row: "действует"),
    )
    table = DataTable("bench", columns, lambda row: row[0], habits=Habits(), title="Школы")
    table.model.set_rows(
        (f"edu{number:06d}", name, name.partition(" с. ")[2], number % 900)
        for number, name in enumerate(names(rows), start=1)
    )
    table.resize(1366, 700)
    table.show()
    for _ in range(5):
        app.processEvents()
    return app, table


def plain(rows: int) -> tuple[list[float], dict[str, Any]]:
    """Run over texts in lower case; every word of the needle must be found."""
    lowered = [name.casefold() for name in names(rows)]
    found: list[list[int]] = []
    seconds = []
    for needle in strokes():
        seconds += timed(lambda needle=needle: found.append(_matching(lowered, needle)), 1)  # type: ignore[misc]
    return seconds, {"shown": sum(len(one) for one in found)}


def _matching(lowered: list[str], needle: str) -> list[int]:
    words = needle.casefold().split()
    return [index for index, text in enumerate(lowered) if all(word in text for word in words)]
