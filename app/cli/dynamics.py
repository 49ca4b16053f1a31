"""«opora dynamics»: results over the years; supported schools beside similar ones. As rows, as JSON, as a paper."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.cli.keys import add, common, whole, year
from app.cli.output import line, print_json, table
from app.errors import UserError
from app.models.records import PROCEDURES
from app.models.store import Connection
from app.operations import dynamics, dynamics_papers, files, papers, result_charts
from app.operations.dynamics import MOST_YEARS, USUAL_YEARS, DynamicsLine, DynamicsTable, SupportTable, Works


def add_commands(commands: Any) -> None:
    """Add the command."""
    shown = add(commands, "dynamics", "динамика результатов: школы, группы, муниципалитет", _dynamics)
    common(shown)
    shown.add_argument("--year", type=year, metavar="ГОД", help="последний год результатов; без него самый новый")
    shown.add_argument("--years", type=whole(2, MOST_YEARS), default=USUAL_YEARS, metavar="N", help="за сколько лет")
    shown.add_argument("--work", default="all", metavar="ПРОЦЕДУРА", help="ВПР, ОГЭ, ЕГЭ или «ВПР математика, 5 кл.»")
    shown.add_argument("--support", action="store_true", help="школы с поддержкой рядом с похожими без неё")
    shown.add_argument(
        "--everyone", action="store_true", help="с --support: все школы с поддержкой, не только из списка"
    )
    shown.add_argument("--out", type=Path, metavar="ФАЙЛ", help="сохранить документ: *.pdf, *.docx или *.xlsx")


def _dynamics(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        works = _works(connection, chosen.work)
        if chosen.out is not None:
            paper = (
                dynamics_papers.support_paper(connection, chosen.year, works=works, everyone=chosen.everyone)
                if chosen.support
                else dynamics_papers.dynamics_paper(connection, chosen.year, chosen.years, works=works)
            )
        sides = found = None
        if chosen.support:
            sides = dynamics.supported_against_similar(connection, chosen.year, works=works, everyone=chosen.everyone)
        else:
            found = dynamics.table(connection, chosen.year, chosen.years, works=works)
    if chosen.out is not None:
        papers.write(chosen.out, papers.render(paper, chosen.out.suffix).data)
    if chosen.json:
        answer = support_json(sides) if sides is not None else table_json(found) if found is not None else {}
        print_json(answer | {"out": chosen.out and str(chosen.out)})
        return 0
    if sides is not None:
        _show_support(sides)
    elif found is not None:
        _show(found)
    if chosen.out is not None:
        line(f"Документ сохранён: {chosen.out}")
    return 0


def _works(connection: Connection, said: str) -> Works:
    """Return which works are meant.

    Raises:
        UserError: ``DATA_NO_WORK`` naming those there are.
    """
    wanted = " ".join(said.casefold().split())
    if wanted == "all":
        return "all"
    for procedure in PROCEDURES:
        if procedure.casefold() == wanted:
            return procedure
    known = result_charts.choices(connection).works
    for work in known:
        if " ".join(work.label.casefold().split()) == wanted:
            return work
    raise UserError("DATA_NO_WORK", work=said, names="; ".join(work.label for work in known[:12]) or "нет ни одной")


# --- JSON --------------------------------------------------------------------------------------------------------


def _tally(value: Any) -> dict[str, int]:
    return {"below": value.below, "participants": value.of}


def _bounds(value: Any) -> dict[str, float] | None:
    if value is None:
        return None
    return {"value": round(value.value, 6), "low": round(value.low, 6), "high": round(value.high, 6)}


def _comparison(found: Any) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "year_from": found.year_from, "year_to": found.year_to, "before": _tally(found.before),
        "after": _tally(found.after), "difference": _bounds(found.bounds), "verdict": found.verdict,
        "marks": list(found.marks), "works": [work.label for work in found.works],
        "schools": found.schools, "of_schools": found.of_schools,
    }  # fmt: skip


def _line(found: DynamicsLine) -> dict[str, Any]:
    alone = found.by_itself
    return {
        "kind": found.kind, "name": found.name, "listed": found.listed,
        "years": [{"year": one, **_tally(tally)} for one, tally in sorted(found.counts.items())],
        "year_change": _comparison(found.year_change), "change": _comparison(found.change),
        "expected_by_itself": None if alone is None else round(float(alone.expected), 6),
    }  # fmt: skip


def table_json(found: DynamicsTable) -> dict[str, Any]:
    """Return the table as the command prints it; shares from 0 to 1."""
    return {
        "year": found.year, "years": list(found.years), "works": dynamics_papers.works_word(found.works),
        "lines": [_line(one) for one in found.lines],
    }  # fmt: skip


def support_json(found: SupportTable) -> dict[str, Any]:
    """Return supported schools beside similar ones as the command prints it."""
    sides = found.sides
    return {
        "year_from": found.year_from, "year": found.year, "school_years": list(found.school_years),
        "listed": found.listed, "supported": found.supported,
        "difference": _bounds(sides.bounds),
        "supported_change": _bounds(sides.mine_bounds), "similar_change": _bounds(sides.others_bounds),
        "pairs": [
            {"school": found.names[pair.supported], "by": list(found.by(pair.supported)),
             "similar": found.names[pair.similar], "change": _comparison(pair.mine),
             "similar_change": _comparison(pair.other), "alike": list(pair.alike)}
            for pair in sides.twins
        ],
        "without_similar": [found.names[key] for key in sides.alone],
    }  # fmt: skip


# --- columns -----------------------------------------------------------------------------------------------------


def _show(found: DynamicsTable) -> None:
    from app.analysis import dynamics_words as words

    def cell(one: DynamicsLine, result_year: int) -> str | None:
        tally = one.counts.get(result_year)
        return None if tally is None else words.fraction(tally)

    table(
        ["Чьи результаты", *map(str, found.years), "Изменение, п. п.", "Динамика", "Сравнимость"],
        [
            [one.name, *(cell(one, result_year) for result_year in found.years),
             None if one.change is None or one.change.bounds is None else words.tenth(one.change.bounds.value),
             None if one.change is None else words.VERDICT_WORDS[one.change.verdict],
             None if one.change is None else "; ".join(words.MARK_WORDS[mark] for mark in one.change.marks)]
            for one in found.lines
        ],
    )  # fmt: skip
    line(words.ALWAYS)
    line(words.CHANCE_NOTE)


def _show_support(found: SupportTable) -> None:
    from app.analysis import dynamics_words as words

    line(dynamics_papers.support_sentence(found))
    if found.sides.twins:
        table(
            ["Школа с поддержкой", "Изменение, п. п.", "Похожая без поддержки", "Изменение, п. п.", "Разница"],
            [
                [found.names[pair.supported], words.tenth(pair.mine.change or 0), found.names[pair.similar],
                 words.tenth(pair.other.change or 0), words.tenth(pair.difference)]
                for pair in found.sides.twins
            ],
        )  # fmt: skip
    for text in words.together(found.sides):
        line(text)
