"""``opora legal``, ``opora sufficiency``, ``opora blocks``: the three blocks of monitoring (004, §1.5)."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app import clock
from app.cli.form_papers import deliver
from app.cli.keys import add, add_programme, add_school_year, common, school_year_of, year
from app.cli.output import line, print_json, table
from app.errors import UserError
from app.operations import block_papers, files, legal_base, papers, programmes, sufficiency
from app.operations.legal_base import Act, LegalBase
from app.operations.sufficiency import Sufficiency, TaskLine
from app.texts import NBSP

DONE, EYES = 0, 3
"""Codes: 3 where something is missing."""


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    legal = add(commands, "legal", "правовая база: темы, документы, пробелы", _legal)
    common(legal, write=True)
    add_school_year(legal)
    legal.add_argument("--take", action="store_true", help="внести документы, которые файл уже знает")
    enough = add(commands, "sufficiency", "достаточность мероприятий: задачи, результаты, индикаторы", _sufficiency)
    common(enough)
    _programme(enough)
    blocks = add(commands, "blocks", "сделать документ о трёх блоках мониторинга", _blocks)
    common(blocks, write=True)
    add_school_year(blocks)
    _programme(blocks)
    blocks.add_argument("--what", choices=list(block_papers.WHAT), default="blocks", help="; ".join(
        f"{key} — {word}" for key, word in block_papers.WHAT.items()))  # fmt: skip
    blocks.add_argument("--out", type=Path, required=True, metavar="ФАЙЛ", help="куда: .docx, .pdf или .xlsx")
    blocks.add_argument("--register", action="store_true", help="записать в журнал исходящих")


def _programme(parser: argparse.ArgumentParser) -> None:
    add_programme(parser)
    parser.add_argument("--plan-year", type=year, metavar="ГОД", help="год плана; иначе текущий")


def _legal(chosen: argparse.Namespace) -> int:
    taken: int | None = None
    if chosen.take:
        with files.for_work(chosen.db, chosen.actor) as store:
            taken = legal_base.take(store, [item.key for item in legal_base.known(store.connection)])
    with files.for_reading(chosen.db) as connection:
        found = legal_base.table(connection, school_year_of(chosen), clock.today())
    code = EYES if found.gaps else DONE
    if chosen.json:
        print_json(legal_json(found) | {"taken": taken})
        return code
    if taken is not None:
        line(f"Внесено документов: {taken}.")
    table(
        ["Состояние", "Тема", "Документы"],
        [[item.word, item.topic.title, "; ".join(act.name for act in item.acts) or None] for item in found.lines],
    )
    line(block_papers.legal_sentence(found) + ".")
    line(legal_base.note())
    return code


def legal_json(found: LegalBase) -> dict[str, Any]:
    """Return the legal base as the command prints it."""
    return {
        "school_year": found.school_year, "needed": found.needed, "covered": found.covered, "expired": found.expired,
        "topics": [
            {"key": item.topic.key, "title": item.topic.title, "group": item.topic.group, "need": item.topic.need,
             "yearly": item.topic.yearly, "state": item.state, "source": item.topic.source or None,
             "acts": [_act_json(act) for act in item.acts]}
            for item in found.lines
        ],
        "without_topic": [_act_json(act) for act in found.stray],
    }  # fmt: skip


def _act_json(act: Act) -> dict[str, Any]:
    return {
        "id": act.id, "name": act.name, "title": act.about or None, "dated": act.dated, "ends": act.ends,
        "current": act.current, "faults": list(act.faults),
    }  # fmt: skip


def _sufficiency(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        key = chosen.programme or programmes.current(connection)
        if key is None:
            raise UserError("MON_DEC_NO_PROGRAMME")
        found = sufficiency.table(connection, int(key), chosen.plan_year or clock.today().year, clock.today())
    code = EYES if found.count("short", "gap") else DONE
    if chosen.json:
        print_json(sufficiency_json(found))
        return code
    table(
        ["№", "Задача", "Мероприятий", "Выполнено", "Достигнуто", "Вывод"],
        [
            [item.number or None, item.text, len(item.activities), _of(item.done, item.due),
             _of(item.reached, item.known), item.judgement.word]
            for item in found.lines
        ],
    )  # fmt: skip
    for item in found.lines:
        line(f"{item.number or item.text}: {item.judgement.why}")
    return code


def _of(part: int, of: int) -> str | None:
    return f"{part} из{NBSP}{of}" if of else None


def sufficiency_json(found: Sufficiency) -> dict[str, Any]:
    """Return the matrix as the command prints it."""
    return {
        "programme": found.programme.id, "year": found.year, "day": found.day.isoformat(),
        "tasks": [_task_json(item) for item in found.lines],
    }  # fmt: skip


def _task_json(item: TaskLine) -> dict[str, Any]:
    numbers = {one.node_id: one.number for one in item.indicators}
    return {
        "number": item.number or None, "text": item.text, "done": item.done, "due": item.due, "reached": item.reached,
        "known": item.known, "verdict": item.judgement.verdict, "why": item.judgement.why,
        "findings": list(item.judgement.findings),
        "activities": [
            {"number": one.number, "text": one.text, "results": list(one.results), "shown": one.shown,
             "product": one.product or None, "findings": list(one.findings),
             "serves": sorted(numbers[key] for key in one.serves if key in numbers)}
            for one in item.activities
        ],
        "indicators": [
            {"number": one.number, "text": one.text, "light": one.light, "activities": one.served}
            for one in item.indicators
        ],
    }  # fmt: skip


def _blocks(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        paper = block_papers.paper(
            connection, chosen.what, school_year_of(chosen), clock.today(), programme_id=chosen.programme,
            plan_year=chosen.plan_year,
        )  # fmt: skip
    return deliver(chosen, paper, papers.render(paper, chosen.out.suffix))
