"""A list of 300 pages in PDF against the same rows drawn by bare reportlab calls."""

from __future__ import annotations

from typing import Any

from benchmarks.measure import DEAR, Figure, in_child, timed

ROWS = 13_000
"""Rows of one line that make about 300 pages."""


def measure(rows: int = ROWS) -> Figure:
    """Take both sides; ours ends where the file goes out: PDF/A-1b with its empty signature fields."""
    drawn = in_child("pdf", "drawn", rows, DEAR)
    whole = in_child("pdf", "whole", rows, DEAR)
    pages = drawn.facts["pages"]
    return Figure(
        f"Список на {pages} страниц ({rows} строк) в PDF",
        drawn,
        in_child("pdf", "raw", rows, DEAR),
        ("«Опора»: вёрстка и рисование", "голые вызовы reportlab: без вёрстки"),
        note=f"Готовый файл (ещё PDF/A-1b и поля подписи): {whole.median:.1f} с.".replace(".", ",", 1),
    )


def drawn(rows: int, times: int) -> tuple[list[float], dict[str, Any]]:
    """Lay out and draw."""
    from app.exporters.pdf import render_pdf
    from tests.helpers.papers import big_list

    document = big_list(rows)
    pages: list[int] = []
    seconds = timed(lambda: pages.append(render_pdf(document).pages), times)
    return seconds, {"pages": pages[0]}


def whole(rows: int, times: int) -> tuple[list[float], dict[str, Any]]:
    """Make the file that goes out."""
    from app.exporters.paper import render
    from tests.helpers.papers import big_list

    document = big_list(rows)
    sizes: list[int] = []
    seconds = timed(lambda: sizes.append(len(render(document, ".pdf"))), times)
    return seconds, {"bytes": sizes[0]}


def raw(rows: int, times: int) -> tuple[list[float], dict[str, Any]]:
    """Draw without laying out."""
    from benchmarks.pdf_bound import draw_raw

    sizes: list[int] = []
    seconds = timed(lambda: sizes.append(len(draw_raw(rows))), times)
    return seconds, {"bytes": sizes[0]}
