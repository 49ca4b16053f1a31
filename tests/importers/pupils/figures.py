"""What a reading of pupils' rows holds, in the shape tests compare."""

from __future__ import annotations

from app.importers.parsed import FileReading


def marks(reading: FileReading) -> list[tuple[int | None, ...]]:
    """Participants, «2», «3», «4», «5», below minimum; one a school."""
    return [(c.participants, c.m2, c.m3, c.m4, c.m5, c.below_min) for c in (row.count for row in reading.marks)]


def tasks(reading: FileReading, school: str | None = None) -> list[tuple[str, int, int | None, int | None, int | None]]:
    """Task, participants, points, skipped, maximum; of one school by its login, or of all."""
    return [
        (c.task, c.participants, c.points, c.skipped, c.max_points)
        for c in (row.count for row in reading.tasks if school is None or ("fisoko", school) in row.unit.codes)
    ]


def scores(reading: FileReading) -> list[dict[int, int]]:
    """Score → participants, without zeros; one a school."""
    return [{score: n for score, n in enumerate(row.count.counts) if n} for row in reading.scores]


def journal(reading: FileReading) -> list[tuple[int, int, int, int]]:
    """Total, lowered, confirmed, raised; one a school."""
    return [(c.total, c.lowered, c.confirmed, c.raised) for c in (row.comparison for row in reading.journals)]
