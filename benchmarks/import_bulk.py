"""Import of very large tables: a registry of 40,000 rows, results of 1,000,000 rows.

Ours against reading the same cells with calamine and writing them with a bare ``executemany`` into the same tables
with the same indexes: no checks, no matching, no journal. Both sides must hold the same rows in the end.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.measure import DEAR, Figure, in_child, timed

REGISTRY_ROWS, MARK_ROWS = 40_000, 1_000_000
MOST = 2.0
"""How many times longer, and larger in memory, ours may be."""
_NAMES = ("«Опора»: процесс чтения, проверка, сопоставление, запись, журнал", "calamine и голый executemany")


def registry(folder: Path, rows: int = REGISTRY_ROWS) -> Figure:
    """Make a registry and take both sides."""
    from tests.helpers.large_tables import registry_table

    path = registry_table(folder / "реестр.xlsx", rows)
    return _figure(f"Импорт реестра на {rows} школ", path, folder, "registry")


def marks(folder: Path, rows: int = MARK_ROWS) -> Figure:
    """Make a table of results and take both sides; the schools of it are in the registry beforehand."""
    from tests.helpers.large_tables import marks_table

    path = marks_table(folder / "результаты.xlsx", rows)
    return _figure(f"Импорт результатов на {rows} строк", path, folder, "marks")


def _figure(title: str, path: Path, folder: Path, kind: str) -> Figure:
    mine = in_child("import_bulk", "ours", str(path), str(folder), kind, DEAR)
    bound = in_child("import_bulk", "bare", str(path), str(folder), kind, DEAR)
    if mine.facts != bound.facts:
        raise AssertionError(f"two answers: {mine.facts} and {bound.facts}")
    size = f" ({path.stat().st_size / 2**20:.1f} МБ)".replace(".", ",")
    return Figure(title + size, mine, bound, _NAMES, most=MOST)


def _schools(store: Any) -> None:
    """Put the schools that a table of results speaks of into the registry."""
    from tests.helpers.large_tables import LOGINS, login

    with store.operation("Заведены школы", "test", bulk=True) as operation:
        names = ("name", "own")
        operation.bulk_insert("organisation", names, ((f"СОШ № {n}", 1) for n in range(LOGINS)), first=1)
        operation.bulk_insert(
            "organisation_code", ("organisation_id", "system", "value"),
            ((n + 1, "fisoko", login(n)) for n in range(LOGINS)),
        )  # fmt: skip


def _files(folder: str, kind: str, times: int) -> list[Path]:
    """Return so many files with the same beginning."""
    from app.models.store import Store

    empty = Path(folder) / f"начало-{kind}.opora"
    empty.unlink(missing_ok=True)
    store = Store.create(empty, name="Край", actor="замер")
    if kind == "marks":
        _schools(store)
    store.close()
    targets = [Path(folder) / f"{kind}-{number}.opora" for number in range(times)]
    for target in targets:
        shutil.copyfile(empty, target)
    return targets


def _facts(connection: sqlite3.Connection) -> dict[str, Any]:
    """Return what proves that both sides hold the same."""
    return {
        "schools": connection.execute("SELECT count(*), min(name), max(name) FROM organisation").fetchone(),
        "codes": connection.execute(
            "SELECT count(*), count(DISTINCT organisation_id), max(value) FROM organisation_code"
        ).fetchone(),
        "marks": connection.execute(
            "SELECT count(*), count(DISTINCT organisation_id), sum(participants), sum(m2) FROM mark_count"
        ).fetchone(),
    }


def ours(path: str, folder: str, kind: str, times: int) -> tuple[list[float], dict[str, Any]]:
    """Read in the guarded child process, check, match, write as one operation; every run into a new file."""
    from app.importers.parsed import Hints
    from app.models.store import Store
    from app.operations import results

    stores = [Store.open(target, actor="замер") for target in _files(folder, kind, times)]
    waiting = iter(stores)

    def work() -> None:
        store = next(waiting)
        known = results.references_in_force(store.connection)
        (reading,) = results.read([Path(path)], Hints(), known)
        plan = results.load(store, reading, results.Options(all_own=True))
        if not plan.accepted or plan.problems:
            raise AssertionError(plan.problems[:3])

    seconds = timed(work, times)
    facts = _facts(stores[-1].connection)
    for store in stores:
        store.abandon()
    return seconds, facts


def bare(path: str, folder: str, kind: str, times: int) -> tuple[list[float], dict[str, Any]]:
    """Read the cells and write them; no triggers, so no journal."""
    connections = [_without_triggers(target) for target in _files(folder, kind, times)]
    waiting = iter(connections)
    write: Callable[[sqlite3.Connection, Iterator[list[Any]]], None] = (
        _bare_marks if kind == "marks" else _bare_registry
    )

    def work() -> None:
        import python_calamine

        connection = next(waiting)
        book = python_calamine.CalamineWorkbook.from_path(path)
        rows = iter(book.get_sheet_by_index(0).iter_rows())
        next(rows)
        connection.execute("BEGIN IMMEDIATE")
        write(connection, rows)
        connection.execute("COMMIT")

    seconds = timed(work, times)
    facts = _facts(connections[-1])
    for connection in connections:
        connection.close()
    return seconds, facts


def _without_triggers(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON", "cache_size = -65536"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _bare_registry(connection: sqlite3.Connection, rows: Iterator[list[Any]]) -> None:
    areas: dict[str, int] = {}
    codes: list[tuple[int, str, str]] = []

    def schools() -> Iterator[tuple[Any, ...]]:
        systems = ("fisoko", "msu", "oo", "inn", "ogrn")
        for key, row in enumerate(rows, start=1):
            area = areas.setdefault(row[7], len(areas) + 1000)
            codes.extend((key, system, value) for system, value in zip(systems, row[:5], strict=True))
            yield key, row[5], row[6], "school", row[8], area, row[9], 1, "active"

    connection.execute("PRAGMA defer_foreign_keys = ON")
    connection.executemany(
        "INSERT INTO organisation(id, name, short_name, kind, school_type, area_id, settlement, own, status)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        schools(),
    )
    connection.executemany("INSERT INTO organisation_code(organisation_id, system, value) VALUES (?, ?, ?)", codes)
    connection.executemany(
        "INSERT INTO area(id, kind, name) VALUES (?, 'municipality', ?)", ((key, name) for name, key in areas.items())
    )


def _bare_marks(connection: sqlite3.Connection, rows: Iterator[list[Any]]) -> None:
    schools = dict(connection.execute("SELECT value, organisation_id FROM organisation_code").fetchall())
    works: dict[tuple[Any, ...], int] = {}

    def counts() -> Iterator[tuple[Any, ...]]:
        for login, year, procedure, subject, grade, people, m2, m3, m4, m5 in rows:
            work = works.setdefault((procedure, subject, grade), len(works) + 1)
            twos = int(m2)
            yield schools[login], work, int(year), int(people), twos, int(m3), int(m4), int(m5), twos

    connection.execute("PRAGMA defer_foreign_keys = ON")
    connection.executemany(
        "INSERT INTO mark_count(organisation_id, assessment_id, result_year, participants, m2, m3, m4, m5, below_min)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        counts(),
    )
    connection.executemany(
        "INSERT INTO assessment(id, procedure, subject, grade) VALUES (?, ?, ?, ?)",
        ((key, procedure, subject, int(grade)) for (procedure, subject, grade), key in works.items()),
    )
