"""``opora form print`` and ``opora form summary``: forms and their summaries as papers."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.cli.keys import add, add_actor, common, whole, year
from app.cli.output import line, print_json, table
from app.operations import files, form_papers, form_summary, form_summary_papers, papers, schools
from app.operations.form_summary import Summary
from app.operations.papers import Made, Paper
from app.texts import school_year

case_key = whole(1, 2**63 - 1)


def add_actions(actions: Any) -> None:
    """Add the subcommands of this file to ``opora form``."""
    printed = add(actions, "print", "напечатать форму: пустой бланк или ответы", _print)
    printed.add_argument("form", metavar="ФОРМА", help="код формы; все: opora forms")
    printed.add_argument("--db", type=Path, metavar="ФАЙЛ", help="файл «Опоры»; для пустого бланка не обязателен")
    printed.add_argument("--out", type=Path, required=True, metavar="ФАЙЛ", help="куда: .pdf, .docx или .xlsx")
    what = printed.add_mutually_exclusive_group()
    what.add_argument("--blank", action="store_true", help="пустой бланк: заполнять ручкой")
    what.add_argument("--case", type=case_key, metavar="ОТВЕТ", help="один ответ: номер, как в form board")
    printed.add_argument("--school", metavar="ШКОЛА", help="код или название; без неё все вместе, одним PDF")
    printed.add_argument("--year", type=year, metavar="ГОД", help="учебный год по первому году; без него последний")
    printed.add_argument("--register", action="store_true", help="записать в журнал исходящих")
    printed.add_argument("--json", action="store_true", help="ответ одним объектом JSON")
    add_actor(printed)
    _add_summary(actions)


def _add_summary(actions: Any) -> None:
    found = add(actions, "summary", "сводка по форме: баллы, уровни, где проседают все", _summary)
    found.add_argument("form", metavar="ФОРМА", help="код формы; все: opora forms")
    common(found, write=True)
    found.add_argument("--year", type=year, metavar="ГОД", help="учебный год по первому году; без него последний")
    found.add_argument("--accepted", action="store_true", help="только принятые ответы")
    found.add_argument("--out", type=Path, metavar="ФАЙЛ", help="куда: .pdf, .docx или .xlsx")
    found.add_argument("--register", action="store_true", help="записать в журнал исходящих")


def _summary(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        found = form_summary.summary(connection, chosen.form, chosen.year, accepted_only=chosen.accepted)
        paper = form_summary_papers.of_summary(connection, found) if chosen.out is not None else None
    if paper is not None:
        made = papers.render(paper, chosen.out.suffix)
        if not chosen.json:
            return deliver(chosen, paper, made)
        papers.write(chosen.out, made.data)
    if chosen.json:
        print_json(form_summary_papers.as_json(found) | {"file": str(chosen.out) if chosen.out else None})
        return 0
    _print_summary(found)
    return 0


def _print_summary(found: Summary) -> None:
    line(f"{found.form.short}, {school_year(found.school_year)}: ответили {len(found.lines)} из {found.asked}")
    rows = []
    for one in found.lines:
        result, level = one.result, one.respondent.level
        known = result is not None and result.points is not None
        points = f"{result.points} из {result.applicable_most}" if known and result is not None else None
        rows.append([one.shown, points, level.text if level is not None else None, str(one.case_id)])
    table(["Кто", "Баллы", "Уровень", "Ответ №"], rows)
    for silent in found.silent:
        line(f"Не ответили: {silent.shown} ({silent.word})")
    if found.weakest:
        line("Где проседают все:")
        table(
            ["№", "Баллов", "Ответов", "Показатель"],
            ([one.item.number, form_summary_papers.mean_told(one.mean), one.mean.counted,
              " ".join(one.item.text.split())[:60]] for one in found.weakest[:10]),
        )  # fmt: skip


def _print(chosen: argparse.Namespace) -> int:
    if chosen.db is None:
        paper = form_papers.blank_paper(None, chosen.form, year=chosen.year)
        return deliver(chosen, paper, papers.render(paper, chosen.out.suffix))
    with files.for_reading(chosen.db) as connection:
        school = schools.find(connection, chosen.school) if chosen.school is not None else None
        if chosen.blank:
            shown = school.shown if school is not None else ""
            paper = form_papers.blank_paper(connection, chosen.form, subject=shown, year=chosen.year)
            return deliver(chosen, paper, papers.render(paper, chosen.out.suffix))
        keys = [chosen.case] if chosen.case is not None else form_papers.cases_of(
            connection, chosen.form, chosen.year, None if school is None else school.id
        )  # fmt: skip
        paper = form_papers.case_paper(connection, keys[0])
        many = len(keys) > 1 and chosen.out.suffix.lower() == ".pdf"
        made = form_papers.together(connection, keys) if many else papers.render(paper, chosen.out.suffix)
    return deliver(chosen, paper, made, len(keys) if many else 1)


def _written(path: Path, data: bytes, beside: bool) -> Path:
    if beside:
        return papers.write_all([(path, data)])[0]
    papers.write(path, data)
    return path


def deliver(chosen: argparse.Namespace, paper: Paper, made: Made, number: int = 1, *, beside: bool = False) -> int:
    """Write a paper, into the register too where that is asked for, and say so; ``beside`` replaces nothing."""
    noted = None
    if chosen.register and chosen.db is not None:
        with files.for_work(chosen.db, chosen.actor) as store:
            target = _written(chosen.out, made.data, beside)
            noted = papers.register(store, paper, made, chosen.out.name)
    else:
        target = _written(chosen.out, made.data, beside)
    if chosen.json:
        print_json({"file": str(target), "title": paper.title, "forms": number, "register": noted})
        return 0
    if noted is not None:
        line(f"Документ записан в журнал исходящих под № {noted}.")
    line(f"Готово: {target}")
    return 0
