"""The example's indicators: reached, nearly, behind, without data; two by formula, others typed; «Вход» is closed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.models.store import Store
from app.operations import indicators, programmes
from app.operations.indicators import IndicatorLine, Point

_GRADE_6 = "процедура: ВПР; предмет: Математика; класс: 6"
_LINES: tuple[tuple[str, str, str, str, str, str], ...] = (
    ("Число школ в списке", "9", "", "[школ в списке]", "1", ""),
    ("Доля шестиклассников", "31,5", "",
     f"доля([участников ниже минимума; {_GRADE_6}]; [участников с известным минимумом; {_GRADE_6}])", "2", ""),
    ("Доля учителей школ списка", "40", "52", "", "10", "Реестр курсов, сверка со школами"),
    ("Доля школ списка, где психолог", "", "", "", "", "Анкета об условиях работы"),
    ("Доля школ списка с действующим", "0", "", "доля([школ с соглашением]; [школ])", "5", ""),
)  # fmt: skip
"""Beginning of an indicator's text, value at «Вход», value of the year, formula, tolerance, from where."""


def fill(store: Store, _ids: Mapping[str, int], last: int) -> None:
    """Write formulas, values and measuring points of the first plan year of the example's programme.

    Args:
        store: the open file.
        last: last result year; the programme begins in it.
    """
    key = programmes.current(store.connection)
    if key is None or last not in programmes.head(store.connection, key).years:
        return
    day = date(last, 11, 23)
    indicators.add_model(store, key, last, "two")
    found = indicators.table(store.connection, key, last, day)
    if not found.lines:
        return
    _write(store, found.lines, last, found.points[0])
    indicators.close(store, key, found.points[0].id, day)


def _write(store: Store, lines: tuple[IndicatorLine, ...], year: int, first: Point) -> None:
    cells: list[indicators.Cell] = []
    sources = {}
    for line in lines:
        told = next((one for one in _LINES if line.text.startswith(one[0])), None)
        if told is None:
            continue
        _begin, at_start, of_year, formula, tolerance, source = told
        if at_start:
            cells.append((line.lineage, year, first.id, at_start))
        if of_year:
            cells.append((line.lineage, year, None, of_year))
        sources[line.lineage] = source
        if formula or tolerance:
            indicators.put_rule(store, line.lineage, formula=formula or None, tolerance=tolerance)
    indicators.put_values(store, cells, sources)
