"""«opora charts»: one chart of results as a file, as rows or as JSON."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.cli import keys
from app.cli.keys import add, common
from app.cli.output import line, print_json, table
from app.errors import UserError
from app.models.records import Assessment
from app.models.store import Connection
from app.operations import charts, files, result_charts, schools
from app.operations.result_charts import KINDS


def add_commands(commands: Any) -> None:
    """Add the command."""
    words = ", ".join(f"{key} — {word[:1].lower()}{word[1:]}" for key, word in KINDS.items())
    chart = add(commands, "charts", "график результатов школы или всех школ", _chart)
    common(chart)
    chart.add_argument("--kind", choices=list(KINDS), default="dynamics", metavar="ГРАФИК", help=words)
    chart.add_argument("--school", metavar="ШКОЛА", help="код, логин или название; без него все школы вместе")
    chart.add_argument("--work", metavar="ПРОЦЕДУРА", help="как в «ВПР математика, 6 кл.»; без неё самые частые")
    chart.add_argument("--year", type=keys.year, metavar="ГОД", help="год результатов; без него последний")
    chart.add_argument("--out", type=Path, metavar="ФАЙЛ", help="куда сохранить: *.png, *.svg или *.pdf")


def _chart(chosen: argparse.Namespace) -> int:
    if chosen.out is not None and chosen.out.suffix.lower() not in charts.FORMATS:
        known = ", ".join(charts.FORMATS)
        raise UserError("PAPER_FORMAT", suffix=chosen.out.suffix or "без окончания", known=known)
    with files.for_reading(chosen.db) as connection:
        school = schools.find(connection, chosen.school).id if chosen.school is not None else None
        work = _work(connection, chosen.work) if chosen.work else None
        spec = result_charts.chart(connection, chosen.kind, school_id=school, work=work, year=chosen.year)
    found = charts.table(spec)
    if chosen.out is not None:
        charts.save(spec, chosen.out)
    if chosen.json:
        rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
        print_json({"title": spec.title, "note": spec.note, "rows": rows, "out": chosen.out and str(chosen.out)})
    elif chosen.out is not None:
        line(f"График сохранён: {chosen.out}")
    elif not found.rows or len(found.columns) < 2:
        line(f"{spec.title}: данных для графика нет.")
    else:
        line(spec.title)
        table(found.columns, [[_shown(cell) for cell in row] for row in found.rows])
        if spec.note:
            line(spec.note)
    return 0


def _shown(cell: str | float | None) -> str | float | None:
    return f"{cell:.1f}".replace(".", ",") if isinstance(cell, float) else cell


def _work(connection: Connection, said: str) -> Assessment:
    """Return the work that is meant by its words, of those the file has.

    Raises:
        UserError: ``DATA_NO_WORK`` naming those there are.
    """
    wanted = " ".join(said.casefold().split())
    known = result_charts.choices(connection).works
    for work in known:
        if " ".join(work.label.casefold().split()) == wanted:
            return work
    names = "; ".join(work.label for work in known[:12]) or "нет ни одной"
    raise UserError("DATA_NO_WORK", work=said, names=names)
