"""A thousand filled workbooks of one form read back, against bare openpyxl that takes the same values."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks.measure import DEAR, Figure, in_child, timed

BOOKS = 1_000
MOST = 1.0
"""Reading, comparing and judging is to take no longer than openpyxl needs for the values alone."""


def measure(folder: Path, books: int = BOOKS) -> Figure:
    """Make the books and take both sides; they see the same number of answers."""
    path = made(folder, books)
    mine = in_child("filled", "ours", str(path), DEAR)
    bound = in_child("filled", "raw", str(path), 1)
    if mine.facts != bound.facts:
        raise AssertionError(f"two answers: {mine.facts} and {bound.facts}")
    per_hundred = mine.median * 100 / books
    return Figure(
        f"{books} заполненных книг Excel прочитано",
        mine,
        bound,
        ("«Опора»: чтение, узнавание, сравнение, замечания", "голый openpyxl: те же значения"),
        note=f"На сотню: {per_hundred:.2f} с.".replace(".", ",", 1),
        slower=MOST,
    )


def made(folder: Path, books: int) -> Path:
    """Make a file with a round and a filled workbook of each school beside it; the file has no answers any more."""
    from app.forms.answers import given
    from app.forms.schema import AnswerSet
    from app.models.store import Store
    from app.operations import form_answers, form_blanks, form_rounds, history
    from benchmarks.blanks import YEAR, begun

    path = begun(folder, books)
    store = Store.open(path, actor="замер")
    [line] = form_rounds.rounds(store.connection, YEAR)
    cases = form_blanks.of_round(store.connection, line.round.id)
    form = form_answers.case(store.connection, cases[0]).form
    answers = {item.id: given(item, item.scale.choices[0].value) for item in form.items() if item.scale is not None}
    with store.operation("Ответы", "bench") as operation:
        for key in cases:
            form_answers.write_set(operation, key, AnswerSet(form.id, form.version, answers))
    form_blanks.write(store.connection, cases, folder / "книги")
    history.undo(store)
    store.close()
    return path


def _books(path: str) -> list[Path]:
    return sorted((Path(path).parent / "книги").glob("*.xlsx"))


def ours(path: str, times: int) -> tuple[list[float], dict[str, Any]]:
    """Read every book in the child, compare it with the store, say what it would change."""
    from app.models.store import open_reader
    from app.operations import form_receiving

    connection, books = open_reader(Path(path)), _books(path)
    seen: list[int] = []

    def work() -> None:
        found = form_receiving.preview(connection, books)
        seen.append(sum(len(line.changes) for line in found.lines if line.writable))

    found = timed(work, times)
    return found, {"answers": seen[0]}


def raw(path: str, times: int) -> tuple[list[float], dict[str, Any]]:
    """Take the values of every sheet by openpyxl and count the answers of the form's own column."""
    from openpyxl import load_workbook

    seen: list[int] = []

    def work() -> None:
        number = 0
        for one in _books(path):
            book = load_workbook(one, data_only=True)
            for sheet in book.worksheets:
                rows = list(sheet.iter_rows(values_only=True))
                names = next((row for row in rows if row and row[0] == "#columns"), None)
                if names is not None:
                    column = names.index("answer")
                    keys = [row for row in rows if isinstance(row[0], str) and not row[0].startswith("#")]
                    number += sum(row[column] not in {None, ""} for row in keys)
        seen.append(number)

    found = timed(work, times)
    return found, {"answers": seen[0]}
