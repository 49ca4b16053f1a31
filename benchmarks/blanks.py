"""A thousand Excel blanks of one form against the same cells written by bare openpyxl."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.measure import DEAR, Figure, in_child, timed

BLANKS = 1_000
FORM, YEAR = "school-programme-self", 2026
MOST = 3.0
"""How many times longer than the bound the issue may take."""


def measure(folder: Path, blanks: int = BLANKS) -> Figure:
    """Make the file and take both sides; they write the same number of books."""
    path = begun(folder, blanks)
    mine = in_child("blanks", "ours", str(path), DEAR)
    bound = in_child("blanks", "raw", str(path), 1)
    if mine.facts != bound.facts:
        raise AssertionError(f"two answers: {mine.facts} and {bound.facts}")
    per_hundred = mine.median * 100 / blanks
    return Figure(
        f"{blanks} бланков Excel одной формы",
        mine,
        bound,
        (
            "«Опора»: вопросы, списки, проверки, формулы, защита, печать",
            "голый openpyxl: те же ячейки без вида и проверок",
        ),
        note=f"На сотню: {per_hundred:.2f} с.".replace(".", ",", 1),
        slower=MOST,
    )


def begun(folder: Path, blanks: int) -> Path:
    """Make a file with a round of so many schools."""
    from app.models.store import Store
    from app.operations import demo, form_rounds, form_subjects, forms

    path = folder / "бланки.opora"
    store = Store.create(path, name="Край", actor="замер")
    demo.generate_region(store, schools=blanks)
    form = forms.definition(store.connection, FORM)
    refs = [item.ref for item in form_subjects.candidates(store.connection, form)]
    form_rounds.start(store, FORM, YEAR, refs[:blanks], due_on=f"{YEAR}-12-15")
    store.close()
    return path


def _cases(path: str) -> tuple[Any, list[int]]:
    from app.models.store import open_reader
    from app.operations import form_blanks, form_rounds

    connection = open_reader(Path(path))
    [line] = form_rounds.rounds(connection, YEAR)
    return connection, form_blanks.of_round(connection, line.round.id)


def ours(path: str, times: int) -> tuple[list[float], dict[str, Any]]:
    """Write every blank of the round into a folder."""
    from app.operations import form_blanks

    connection, cases = _cases(path)
    folder = Path(tempfile.mkdtemp(prefix="opora-blanks-"))
    written: list[int] = []

    def work() -> None:
        written.append(len(form_blanks.write(connection, cases, folder / str(len(written))).files))

    found = timed(work, times)
    shutil.rmtree(folder)
    return found, {"books": written[0]}


def raw(path: str, times: int) -> tuple[list[float], dict[str, Any]]:
    """Write the same cells by openpyxl alone."""
    from openpyxl import Workbook

    from app.forms.excel_plan import BlankHead, plan
    from app.models.store import open_reader
    from app.operations import forms

    _, cases = _cases(path)
    form = forms.definition(open_reader(Path(path)), FORM)
    blank = plan(form, BlankHead("СОШ № 1", YEAR, f"{YEAR}-12-15", "0" * 16))
    texts = [
        (
            sheet.name,
            [
                (cell.row + 1, cell.column + 1, f"={cell.formula}" if cell.formula else cell.value)
                for cell in sheet.cells
            ],
        )
        for sheet in blank.layout.sheets
    ]
    folder = Path(tempfile.mkdtemp(prefix="opora-blanks-"))

    def work() -> None:
        for number in range(len(cases)):
            book = Workbook()
            for name, cells in texts:
                sheet = book.create_sheet(name)
                for row, column, value in cells:
                    sheet.cell(row, column, value)
            book.save(folder / f"{number}.xlsx")

    found = timed(work, times)
    shutil.rmtree(folder)
    return found, {"books": len(cases)}
