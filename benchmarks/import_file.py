"""Import of a whole region's spring 2021 export (26,000 pupil rows) against reading its cells with calamine."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from benchmarks.measure import CHEAP, Figure, in_child, timed

ROWS = 26_000


def measure(folder: Path, rows: int = ROWS) -> Figure:
    """Make the file and take both sides."""
    from tests.helpers.workbooks import generate_pupils_2021

    path = generate_pupils_2021(folder / "МА_6_2021.xlsx", rows)
    return Figure(
        f"Импорт выгрузки на {rows} строк учеников ({path.stat().st_size / 2**20:.1f} МБ)".replace(".", ","),
        in_child("import_file", "ours", str(path), str(folder), CHEAP),
        in_child("import_file", "raw", str(path), CHEAP),
        ("«Опора»: процесс чтения, сведение, проверка, запись, журнал", "голое чтение: calamine iter_rows"),
    )


def ours(path: str, folder: str, times: int) -> tuple[list[float], dict[str, Any]]:
    """Read in the guarded child process, aggregate, write as one operation; every run into a new file."""
    from app.importers.parsed import Hints
    from app.models.store import Store
    from app.operations import results

    empty = Path(folder) / "пусто.opora"
    empty.unlink(missing_ok=True)
    Store.create(empty, name="Край", actor="замер").close()
    hints = Hints(year=2021, subject="Математика", grade=6)
    facts: dict[str, Any] = {}

    def work(number: int) -> None:
        (reading,) = results.read([Path(path)], hints, results.references_in_force(stores[number].connection))
        plan = results.load(stores[number], reading, results.Options(create_schools=True, all_own=True))
        facts.update(accepted=plan.accepted, rows=reading.rows_read, counts=plan.rows_new, problems=len(plan.problems))

    stores = []
    for number in range(times):
        target = Path(folder) / f"импорт-{number}.opora"
        shutil.copyfile(empty, target)
        stores.append(Store.open(target, actor="замер"))
    numbers = iter(range(times))
    seconds = timed(lambda: work(next(numbers)), times)
    for store in stores:
        store.abandon()
    return seconds, facts


def raw(path: str, times: int) -> tuple[list[float], dict[str, Any]]:
    """Go over every cell once and keep nothing."""
    import python_calamine

    facts: dict[str, Any] = {}

    def work() -> None:
        book = python_calamine.CalamineWorkbook.from_path(path)
        facts["rows"] = sum(1 for _row in book.get_sheet_by_index(0).iter_rows()) - 1

    return timed(work, times), facts
