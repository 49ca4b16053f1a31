"""Tasks of the example's works by school, municipality and region, and the first sheets for schools. Seeded."""

from __future__ import annotations

import hashlib
import random
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from app.importers.parsed import FileReading, ParsedTask, UnitRef
from app.models.journal import now
from app.models.records import MarkCount, Origin, TaskCount
from app.models.store import Store
from app.operations import sheets
from app.operations.demo_figures import WORKS, Work
from app.operations.results import load
from app.paths import resources
from app.texts import ru_date

USUAL = {"Б": 81, "П": 53, "В": 42}
"""Per cent of points in a school without difficulties, by level."""

Figures = tuple[int, int]
"""Points and people who did not try."""


class TaskExample:
    """Filling of one file.

    Args:
        store: the open file with its schools.
        described: key of the description → what it says of the school.
        counts: key of the description → (work, year) → marks.
        unit: school as a file names it.
        areas: wider areas with how many times larger and how much better they are.
        year: result year.
        seed: of the figures.
    """

    def __init__(
        self, store: Store, described: Mapping[str, Mapping[str, Any]],
        counts: Mapping[str, Mapping[tuple[str, int], MarkCount]], unit: Callable[[str], UnitRef],
        areas: Sequence[tuple[UnitRef, int, int]], year: int, seed: int,
    ) -> None:  # fmt: skip
        self.store, self.described, self.counts, self.unit = store, described, counts, unit
        self.areas, self.year, self.seed = areas, year, seed
        self.data = tomllib.loads((resources() / "demo" / "tasks.toml").read_text(encoding="utf-8"))

    def fill(self) -> None:
        """Load the tasks of every work, a file each."""
        works = {work.key: work for work in WORKS}
        for item in self.data["work"]:
            load(self.store, self._file(works[item["key"]], item))

    def _file(self, work: Work, item: Mapping[str, Any]) -> FileReading:
        sheet = f"{item['code']} {work.grade} Достижение планируемых"
        people = {
            key: found[work.key, self.year].participants
            for key, found in self.counts.items() if (work.key, self.year) in found
        }  # fmt: skip
        rows: list[ParsedTask] = []
        total = {task["number"]: (0, 0) for task in item["tasks"]}
        line = 12
        for key, participants in people.items():
            for task in item["tasks"]:
                points, skipped = self._figures(work, key, participants, task)
                before = total[task["number"]]
                total[task["number"]] = (before[0] + points, before[1] + skipped)
                rows.append(self._row(self.unit(key), work, task, participants, (points, skipped), sheet, line))
            line += 1
        everyone = sum(people.values())
        for place, (unit, times, better) in enumerate(self.areas, start=9):
            if unit.kind == "municipality" and not item["municipality"]:
                continue
            for task in item["tasks"]:
                points, skipped = total[task["number"]]
                most = everyone * times * int(task["max"])
                chance = random.Random(f"{self.seed}:wider:{work.key}:{unit.kind}:{task['number']}")  # noqa: S311
                drift = 100 if unit.kind == "municipality" else 100 + better // 3 + chance.randrange(-9, 10)
                wider = min(most, points * times * drift // 100)
                figures = (wider, skipped * times)
                rows.append(self._row(unit, work, task, everyone * times, figures, sheet, place))
        title = f"Достижение планируемых результатов: ВПР {self.year} {work.assessment.subject} {work.grade} класс"
        name = f"Достижение планируемых результатов_{item['code']}_{work.grade}_{self.year}.xlsx"
        digest = hashlib.sha256(f"{self.seed}:{name}".encode()).hexdigest()
        return FileReading("", name, 21_400, digest, "planned_results", title, tasks=tuple(rows), rows_read=len(rows))

    def _figures(self, work: Work, key: str, participants: int, task: Mapping[str, Any]) -> Figures:
        """Return points and those who did not try, of one school at one task."""
        chance = random.Random(f"{self.seed}:task:{work.key}:{key}:{task['number']}")  # noqa: S311 - an example
        strength = int(self.described[key]["strength"])
        share = USUAL[task["level"]] - task["weak"] - 0.9 * strength + chance.uniform(-7, 7)
        most = participants * int(task["max"])
        return round(most * min(98.0, max(4.0, share)) / 100), round(participants * chance.uniform(0, 0.12))

    def _row(
        self, unit: UnitRef, work: Work, task: Mapping[str, Any], participants: int, figures: Figures, sheet: str,
        line: int,
    ) -> ParsedTask:  # fmt: skip
        count = TaskCount(
            work.assessment, self.year, task["number"], participants, figures[0], task["max"], task["level"],
            figures[1], outcome=task["outcome"],
        )  # fmt: skip
        return ParsedTask(unit, count, Origin(sheet, line, line))


def first_sheets(store: Store, ids: Mapping[str, int], year: int, folder: Path) -> None:
    """Make the first sheets of the example, send some, let two schools acknowledge theirs.

    Args:
        store: the open file.
        ids: key of the description → school.
        year: result year.
        folder: an empty folder for the files; only their bytes in the register stay.
    """
    data = tomllib.loads((resources() / "demo" / "tasks.toml").read_text(encoding="utf-8"))["sheets"]
    chosen = {name: [ids[key] for key in data[name] if key in ids] for name in ("made", "sent", "acknowledged")}
    kept = sheets.book(store.connection, year)
    batch = sheets.draw_all(
        kept, lambda school: sheets.paper(store.connection, school, year), folder, ".xlsx", only=chosen["made"]
    )
    sheets.record(store, year, batch.drawn)
    today = ru_date(now()[:10])
    sheets.mark_sent(store, year, chosen["sent"], today, data["to"])
    sheets.mark_acknowledged(store, year, chosen["acknowledged"], today, data["by"])
