"""The figures of a package: schools, lists with their fractions, results, metrics, indicators, work. Never shares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

from app.errors import UserError
from app.models import lists, organisations, results, settings
from app.models.records import Assessment
from app.models.store import Connection
from app.operations import identification
from app.operations.identification import SchoolList

FORMAT, FORMAT_VERSION = "opora-package-data", 2


def collect(connection: Connection, period: str, oktmo: str | None, day: date) -> dict[str, Any]:
    """Return the figures as ``data.json`` keeps them (resources/package/data-2.schema.json).

    Args:
        connection: reading connection.
        period: what the package reports on, as the addressee calls it.
        oktmo: code of the municipality, where it is known.
        day: on which it is looked at; it gives the school year and the plan year.
    """
    from app.operations import package_work  # a page of packages needs none of what the work is counted by

    found = organisations.listing(connection)
    codes = {school.id: school.code for school in found}
    known = results.years(connection)
    year = known[0] if known else None
    school_year = day.year if day.month >= 8 else day.year - 1
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "municipality": settings.get(connection, "municipality").strip(),
        "oktmo": oktmo,
        "period": period,
        "result_year": year,
        "school_year": school_year,
        "plan_year": day.year,
        "schools": [
            {"code": item.code, "name": item.shown, "settlement": item.settlement, "status": item.status}
            for item in found
        ],
        "lists": [] if year is None else list(_lists(connection, year)),
        "results": [] if year is None else list(_results(connection, year, set(codes))),
        "metrics": list(_metrics(connection, school_year)),
        "indicators": list(_indicators(connection, day)),
        "work": package_work.collect(connection, day),
    }  # fmt: skip


def _lists(connection: Connection, year: int) -> Iterator[dict[str, Any]]:
    """Yield approved lists, the newest year first, then what the file's own rule says now if that is another list."""
    approved = [(item.year, item.rule_id) for item in lists.approvals(connection) if item.state == "approved"]
    for of_year, rule_id in dict.fromkeys([*sorted(approved, reverse=True), (year, settings.get(connection, "rule"))]):
        try:
            yield _list(identification.school_list(connection, rule_id, of_year, with_change=False))
        except UserError:
            # the rule was taken away; a package without its list is still a package
            continue


def _list(found: SchoolList) -> dict[str, Any]:
    approval = found.approval
    return {
        "rule": found.rule.id,
        "rule_title": found.rule.title,
        "rule_version": str(found.rule.version),
        "year": found.year,
        "approved": None if approval is None else {"number": approval.order_number, "date": approval.order_date},
        "counts": asdict(found.totals),
        "schools": [
            {
                "code": row.code, "name": row.name, "verdict": row.verdict.verdict, "listed": row.listed,
                "corrected": row.correction is not None,
                "fractions": [
                    {"label": one.label, "year": one.year, "below": one.below, "participants": one.participants,
                     "restored": one.restored, "decided": one.decided}
                    for one in row.verdict.fractions
                ],
            }
            for row in found.rows
        ],
    }  # fmt: skip


def _results(connection: Connection, year: int, own: set[int]) -> Iterator[dict[str, Any]]:
    """Yield sums of own schools by work; counts without a number below minimum are not in them."""
    sums: dict[Assessment, list[int]] = {}
    for mark in results.marks(connection, year=year):
        if mark.organisation_id in own and mark.below_min is not None and not mark.autumn:
            line = sums.setdefault(mark.assessment, [0, 0, 0])
            line[0] += 1
            line[1] += mark.below_min
            line[2] += mark.participants
    for work, (schools, below, participants) in sums.items():
        yield {
            "procedure": work.procedure, "subject": work.subject, "level": work.level, "grade": work.grade,
            "label": work.label, "year": year, "schools": schools, "below": below, "participants": participants,
        }  # fmt: skip


def _metrics(connection: Connection, school_year: int) -> Iterator[dict[str, Any]]:
    from app.operations import metrics

    table = metrics.table(connection, school_year)
    for line in table.lines:
        for metric, cell in zip(table.metrics, line.cells, strict=True):
            if cell.figures is not None:
                part, whole, exact = cell.figures
                yield {
                    "metric": metric.code, "title": metric.short, "school_year": school_year,
                    "school": line.school.code, "part": part, "whole": whole, "exact": exact,
                }  # fmt: skip


def _indicators(connection: Connection, day: date) -> Iterator[dict[str, Any]]:
    from app.operations import indicator_book, programmes

    key = programmes.current(connection, day.year)
    if key is None:
        return
    for line in indicator_book.table(connection, key, day.year, day).lines:
        if line.text.strip():
            yield {
                "number": line.number, "text": line.text, "unit": line.unit, "direction": line.direction,
                "year": day.year, "target": line.target, "value": line.value, "light": line.light,
            }  # fmt: skip
