"""«opora charts»: one chart as a file, as rows or as JSON; «opora chart-views»: the saved ones."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app import clock
from app.cli import keys
from app.cli.keys import add, common
from app.cli.output import line, print_json, table
from app.errors import UserError
from app.models.records import Assessment
from app.models.store import Connection
from app.operations import chart_views, charts, files, programmes, result_charts, schools
from app.operations.chart_views import KINDS, ChartChoice


def add_commands(commands: Any) -> None:
    """Add the commands."""
    words = ", ".join(f"{key} — {word[:1].lower()}{word[1:]}" for key, word in KINDS.items())
    chart = add(commands, "charts", "график результатов, программы или чек-листов", _chart)
    common(chart)
    chart.add_argument("--kind", choices=list(KINDS), default="dynamics", metavar="ГРАФИК", help=words)
    chart.add_argument("--school", metavar="ШКОЛА", action="append", default=[],
                       help="код, логин или название; можно повторить; без него все школы вместе")  # fmt: skip
    chart.add_argument("--group", metavar="ГРУППА", default="", help="сохранённая группа школ")
    chart.add_argument("--work", metavar="ПРОЦЕДУРА", help="как в «ВПР математика, 6 кл.»; без неё самые частые")
    chart.add_argument("--year", type=keys.year, metavar="ГОД", help="последний год результатов; без него самый новый")
    chart.add_argument("--since", type=keys.year, metavar="ГОД", help="с какого года результатов")
    chart.add_argument("--plan-year", type=keys.year, metavar="ГОД", help="год плана у графиков программы")
    chart.add_argument("--form", metavar="ФОРМА", help="код чек-листа у графика уровней")
    chart.add_argument("--view", metavar="НАЗВАНИЕ", help="сохранённый вид; остальные ключи выбора не нужны")
    chart.add_argument("--out", type=Path, metavar="ФАЙЛ", help="куда сохранить: *.png, *.svg или *.pdf")
    views = add(commands, "chart-views", "показать сохранённые виды графиков", _views)
    common(views)


def _chart(chosen: argparse.Namespace) -> int:
    if chosen.out is not None and chosen.out.suffix.lower() not in charts.FORMATS:
        known = ", ".join(charts.FORMATS)
        raise UserError("PAPER_FORMAT", suffix=chosen.out.suffix or "без окончания", known=known)
    with files.for_reading(chosen.db) as connection:
        asked = _choice(connection, chosen)
        spec = chart_views.chart(connection, asked, clock.today(), _edition(connection, asked.programme))
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


def _choice(connection: Connection, chosen: argparse.Namespace) -> ChartChoice:
    """Return what is chosen: a saved view, else the keys."""
    if chosen.view is not None:
        return chart_views.opened(connection, chart_views.find(connection, chosen.view))
    groups = [name for name, _members in result_charts.choices(connection).groups] if chosen.group else []
    if chosen.group and chosen.group not in groups:
        raise UserError("MON_NO_GROUP", group=chosen.group, known="; ".join(groups) or "ни одной")
    schools_chosen = tuple(schools.find(connection, name).id for name in chosen.school)
    work = _work(connection, chosen.work) if chosen.work else None
    return ChartChoice(
        chosen.kind, schools_chosen, chosen.group, work, chosen.since, chosen.year, chosen.form,
        plan_year=chosen.plan_year,
    )  # fmt: skip


def _edition(connection: Connection, lineage: int | None) -> int | None:
    """Return the newest edition of a programme that a saved view speaks of; None for the one in force."""
    if lineage is None:
        return None
    found = [one for one in programmes.listing(connection) if one.programme.lineage == lineage]
    approved = [one for one in found if one.state == "approved"]
    return next((one.programme.id for one in [*approved, *found]), None)


def _views(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        found = chart_views.page_choices(connection).views
        choices = [(view.title, chart_views.opened(connection, view)) for view in found]
    if chosen.json:
        print_json({"views": [{"title": title, "kind": choice.kind} for title, choice in choices]})
    elif not choices:
        line("Сохранённых видов нет.")
    else:
        table(["Название", "График"], [[title, KINDS[choice.kind]] for title, choice in choices])
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
