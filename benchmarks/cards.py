"""Cards of 300 schools as files in one run of «Пачкой» against the same words drawn by bare reportlab calls."""

from __future__ import annotations

import io
import json
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.measure import Figure, in_child, timed

SCHOOLS = 300
ONCE = 1
"""The run takes most of a minute: once is enough to see it."""
DAY = date(2026, 11, 23)


def measure(folder: Path, schools: int = SCHOOLS) -> Figure:
    """Make the file and take both sides; ours reads, chooses what one page holds, draws charts and writes PDF/A-1b."""
    path, words = begun(folder, schools), folder / "слова.json"
    in_child("cards", "words", str(path), str(words))
    return Figure(
        f"Карточки {schools} школ в PDF, файл на школу",
        in_child("cards", "ours", str(path), str(folder), ONCE),
        in_child("cards", "raw", str(words), str(folder), ONCE),
        ("«Опора»: данные, подбор под лист А4, графики, PDF/A, запись", "голый reportlab: те же слова, те же листы"),
    )


def begun(folder: Path, schools: int) -> Path:
    """Make a file with so many schools and three years of results."""
    from app.models.store import Store
    from app.operations import demo

    path = Path(tempfile.mkdtemp(dir=folder)) / "карточки.opora"
    store = Store.create(path, name="Округ", actor="замер")
    demo.generate_region(store, schools=schools, years=3)
    store.close()
    return path


def _batch(path: str, out: Path) -> tuple[Any, Any]:
    from app.models.store import open_reader
    from app.operations import paper_batch, paper_catalogue

    connection = open_reader(Path(path))
    item = paper_catalogue.kind("school_card")
    values = paper_catalogue.usual(connection, item, DAY)
    each = paper_batch.chosen(connection, item, values, "all", DAY)
    planned = paper_batch.plan(connection, item, values, each, DAY, out)
    return connection, paper_batch.Batch(item, values, planned, out, (".pdf",), DAY)


def ours(path: str, folder: str, times: int) -> tuple[list[float], dict[str, Any]]:
    """Make the batch, from opening the file to the last name in the folder."""
    from app.operations import list_cache, paper_batch

    made: list[int] = []

    def once() -> None:
        list_cache.forget()
        out = Path(tempfile.mkdtemp(dir=folder))
        connection, batch = _batch(path, out)
        result = batch.run(paper_batch.makes(connection, batch))
        made.append(len(result.files))

    seconds = timed(once, times)
    return seconds, {"files": made[0]}


def words(path: str, target: str) -> tuple[list[float], dict[str, Any]]:
    """Write down what the cards say, so that the bound needs nothing of ours."""
    from app.operations import paper_batch

    connection, batch = _batch(path, Path(target).parent)
    found = [[text for _place, text in paper.document.texts() if text]
             for paper in paper_batch.makes(connection, batch) if not isinstance(paper, Exception)]  # fmt: skip
    Path(target).write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    return [0.0], {"cards": len(found)}


def raw(target: str, folder: str, times: int) -> tuple[list[float], dict[str, Any]]:
    """Draw the words, a page and a file a card, nothing more."""
    from app.exporters.fonts import REGULAR, face

    found: list[list[str]] = json.loads(Path(target).read_text(encoding="utf-8"))
    name = face(REGULAR).name

    def once() -> None:
        out = Path(tempfile.mkdtemp(dir=folder))
        for number, texts in enumerate(found):
            (out / f"{number}.pdf").write_bytes(_page(texts, name))

    return timed(once, times), {"files": len(found)}


def _page(texts: list[str], name: str) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.setFont(name, 8)
    for line, text in enumerate(texts):
        canvas.drawString(57 + 160 * (line // 90), 800 - line % 90 * 8, text)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()
