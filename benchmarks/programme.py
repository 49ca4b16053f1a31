"""A programme of 60 tasks and 600 activities as PDF, Word and Excel against the same words without any layout."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.measure import DEAR, Figure, in_child, timed

TASKS, ACTIVITIES, SCHOOLS = 60, 10, 30
MOST_SECONDS = 10.0
NAMES = {".pdf": "PDF", ".docx": "Word", ".xlsx": "Excel"}
BOUNDS = {
    ".pdf": "голый reportlab: те же слова строкой за строкой",
    ".docx": "голый python-docx: те же слова абзацами",
    ".xlsx": "голый xlsxwriter: те же слова в одном столбце",
}


def measure(folder: Path, suffix: str, tasks: int = TASKS) -> Figure:
    """Make the file and take both sides; ours begins with reading the programme and ends with the finished file."""
    path = begun(folder, tasks)
    return Figure(
        f"Программа ({tasks} задач, {tasks * ACTIVITIES} мероприятий) в {NAMES[suffix]}",
        in_child("programme", "ours", str(path), suffix, DEAR),
        in_child("programme", "raw", str(path), suffix, DEAR),
        ("«Опора»: тексты, таблицы, содержание, итоги", BOUNDS[suffix]),
        limit=(MOST_SECONDS, 100),
    )


def begun(folder: Path, tasks: int) -> Path:
    """Make a file with one programme."""
    from app.models.store import Store
    from tests.helpers.programme_papers import filled

    path = Path(tempfile.mkdtemp(dir=folder)) / "программа.opora"
    store = Store.create(path, name="Округ", actor="замер")
    filled(store, tasks=tasks, activities=ACTIVITIES, schools=SCHOOLS)
    store.close()
    return path


def _paper(path: str) -> Any:
    from app.models.store import open_reader
    from app.operations import programme_papers, programmes

    connection = open_reader(Path(path))
    key = programmes.current(connection)
    if key is None:
        raise AssertionError("the file holds no programme")
    return programme_papers.paper(connection, key)


def ours(path: str, suffix: str, times: int) -> tuple[list[float], dict[str, Any]]:
    """Read the programme and write the file."""
    from app.operations import papers

    sizes: list[int] = []
    seconds = timed(lambda: sizes.append(len(papers.render(_paper(path), suffix).data)), times)
    return seconds, {"bytes": sizes[0]}


def raw(path: str, suffix: str, times: int) -> tuple[list[float], dict[str, Any]]:
    """Write the words that the paper has, nothing more."""
    texts = [text for _place, text in _paper(path).document.texts() if text]
    return timed(lambda: write_bare(texts, suffix), times), {"texts": len(texts)}


def write_bare(texts: list[str], suffix: str) -> None:
    """Write words into a file of a kind without any layout: the bound."""
    {".pdf": _pdf, ".docx": _docx, ".xlsx": _xlsx}[suffix](texts)


def _pdf(texts: list[str]) -> None:
    from reportlab.pdfgen.canvas import Canvas

    from app.exporters.fonts import REGULAR, face

    canvas = Canvas(io.BytesIO())
    name = face(REGULAR).name
    for start in range(0, len(texts), 55):
        canvas.setFont(name, 11)
        for line, text in enumerate(texts[start : start + 55]):
            canvas.drawString(57, 780 - line * 13, text)
        canvas.showPage()
    canvas.save()


def _docx(texts: list[str]) -> None:
    import docx

    word = docx.Document()
    for text in texts:
        word.add_paragraph(text)
    word.save(io.BytesIO())


def _xlsx(texts: list[str]) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True})
    sheet = book.add_worksheet()
    for row, text in enumerate(texts):
        sheet.write_string(row, 0, text)
    book.close()
