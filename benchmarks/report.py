"""The monitoring report of a year (40 schools, 120 activities, 60 indicators) as PDF against the same words bare."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.measure import DEAR, Figure, in_child, timed
from benchmarks.programme import BOUNDS, write_bare

MOST_SECONDS = 10.0
DAY = date(2026, 11, 23)
SUFFIX = ".pdf"


def measure(folder: Path) -> Figure:
    """Make the file and take both sides; ours begins with opening the file and ends with the finished PDF."""
    path = begun(folder)
    return Figure(
        "Отчёт о мониторинге (40 школ, 120 мероприятий, 60 индикаторов) в PDF",
        in_child("report", "ours", str(path), DEAR),
        in_child("report", "raw", str(path), DEAR),
        ("«Опора»: список, результаты, исполнение, показатели, решения, поддержка, PDF/A", BOUNDS[SUFFIX]),
        limit=(MOST_SECONDS, 100),
    )


def begun(folder: Path) -> Path:
    """Make a file with a year of monitoring."""
    from tests.helpers.monitoring_year import filled

    path = Path(tempfile.mkdtemp(dir=folder)) / "мониторинг.opora"
    filled(path).close()
    return path


def _paper(path: str) -> Any:
    from app.models.store import open_reader
    from app.operations import list_cache, note_papers
    from app.operations.note_scope import Asked

    list_cache.forget()
    return note_papers.paper(open_reader(Path(path)), Asked("report", DAY.year, DAY))


def ours(path: str, times: int) -> tuple[list[float], dict[str, Any]]:
    """Read the file, count everything, write the PDF."""
    from app.operations import papers

    sizes: list[int] = []
    seconds = timed(lambda: sizes.append(len(papers.render(_paper(path), SUFFIX).data)), times)
    return seconds, {"bytes": sizes[0]}


def raw(path: str, times: int) -> tuple[list[float], dict[str, Any]]:
    """Write the words that the paper has, nothing more."""
    texts = [text for _place, text in _paper(path).document.texts() if text]
    return timed(lambda: write_bare(texts, SUFFIX), times), {"texts": len(texts)}
