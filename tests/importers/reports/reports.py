"""Reports of «Аналитика» built by hand, row 8 the headings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from tests.helpers.workbooks import book

Rows = list[list[Any]]
COUNTRY = "Вся выборка"
REGION = "Чеченская Республика"
AREA = "Урус-Мартановский муниципальный район(reg20_m012)"
SCHOOL = "МБОУ «СОШ №1 г.Урус-Мартан»(edu203389)"


def report(
    path: Path,
    title: str,
    head: Sequence[Any],
    rows: Iterable[Sequence[Any]],
    *,
    maximum: Any = None,
    above: Sequence[Any] = (),
    work: str = "ВПР 2026 Русский язык 4 класс",
) -> Path:
    """Write a report: seven lines, of which the last is ``above``, the headings, the rows."""
    top: list[Sequence[Any]] = [
        [title],
        [],
        [work],
        ["Предмет:", "Русский язык"],
        ["Максимальный первичный балл:", maximum],
        ["Дата:", "20.04.2026"],
        above,
    ]
    return book(path, [*top, list(head), *rows], f"РУ 4 {title}")
