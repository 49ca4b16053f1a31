"""Commands about results: import, marks, loaded files, problems, scales."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.cli.keys import add, common, grade, number, year
from app.cli.output import complain, line, print_json, table
from app.importers.parsed import Hints
from app.models.results import StoredMark
from app.operations import files, maintenance, references, results
from app.operations.results import Options, Plan
from app.texts import ru_moment

_OWN_KEYS = frozenset({"year", "subject", "grade", "scale"})


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    load = add(commands, "import", "загрузить файлы с результатами или школами", _import)
    load.add_argument("files", nargs="+", type=Path, metavar="ФАЙЛ")
    common(load, write=True)
    load.add_argument(
        "--kind", type=_kind, default="auto", metavar="ВИД", help="auto, schools, marks, journal, mark_statistics…"
    )
    load.add_argument("--year", type=year, metavar="ГОД", help="год результатов, если его нет в файле")
    load.add_argument("--subject", metavar="ПРЕДМЕТ", help="предмет, если его нет в файле")
    load.add_argument("--grade", type=grade, metavar="КЛАСС", help="класс, если его нет в файле")
    load.add_argument("--scale", metavar="ШКАЛА", help="верхние границы «2», «3», «4» и максимум: 5/9/13/16")
    load.add_argument("--answer", nargs=2, action="append", default=[], metavar=("ВОПРОС", "ОТВЕТ"),
                      help="ответ на вопрос, для которого нет своего ключа")  # fmt: skip
    load.add_argument("--create-schools", action="store_true", help="завести школы, которых нет в реестре")
    load.add_argument("--all-own", action="store_true", help="считать своими школы всех муниципалитетов файла")
    load.add_argument("--dry-run", action="store_true", help="показать, что изменится, и ничего не записать")

    marks = add(commands, "marks", "показать загруженные результаты", _marks)
    common(marks)
    marks.add_argument("--year", type=year, metavar="ГОД")
    marks.add_argument("--subject", metavar="ПРЕДМЕТ")
    marks.add_argument("--grade", type=grade, metavar="КЛАСС")
    marks.add_argument("--school", metavar="ШКОЛА", help="код, логин или название")
    marks.add_argument("--origin", action="store_true", help="откуда взято: файл, лист, строки")
    common(add(commands, "files", "показать загруженные файлы", _files))
    problems = add(commands, "problems", "показать замечания к данным", _problems)
    common(problems)
    explain = add(commands, "explain", "объяснить замечание", _explain)
    common(explain, json=False, write=True)
    explain.add_argument("problem", type=number, metavar="НОМЕР")
    explain.add_argument("--text", required=True, metavar="ОБЪЯСНЕНИЕ")
    reference = add(commands, "reference", "обновить справочник шкал или правил из файла", _reference)
    common(reference, json=False, write=True)
    reference.add_argument("file", type=Path, metavar="ФАЙЛ.toml")


def _kind(text: str) -> str:
    from app.importers.registry import KINDS

    if text not in KINDS:
        raise argparse.ArgumentTypeError(f"не подходит «{text}». Есть: {', '.join(KINDS)}.")
    return text


def _import(chosen: argparse.Namespace) -> int:
    answers = dict(chosen.answer) | ({"scale": chosen.scale} if chosen.scale else {})
    hints = Hints(chosen.kind, chosen.year, chosen.subject, chosen.grade, answers)
    options = Options(create_schools=chosen.create_schools, all_own=chosen.all_own)
    with files.for_reading(chosen.db) as connection:
        known = results.references_in_force(connection)
    readings = results.read(chosen.files, hints, known)
    if chosen.dry_run:
        with files.for_reading(chosen.db) as connection:
            plans = [results.preview(connection, reading, options) for reading in readings]
    else:
        with files.for_work(chosen.db, chosen.actor) as store:
            maintenance.backup_before_import(store, sum(reading.size for reading in readings))
            plans = [results.load(store, reading, options) for reading in readings]
    _tell(plans, json=chosen.json, dry=chosen.dry_run)
    refused = [plan for plan in plans if plan.reading.refused or plan.reading.questions]
    return 1 if refused else 3 if any(plan.needs_eyes for plan in plans) else 0


def _tell(plans: list[Plan], *, json: bool, dry: bool) -> None:
    if json:
        print_json({"files": [_plan_json(plan, dry=dry) for plan in plans]})
        for plan in plans:
            if plan.reading.refused or plan.reading.questions:
                complain(f"{plan.reading.name}: не загружен.")
                _tell_problems(plan)
        return
    for plan in plans:
        reading = plan.reading
        if reading.refused or reading.questions:
            complain(f"{reading.name}: не загружен.")
        else:
            word = "будет" if dry else "загружено"
            if plan.accepted and plan.operation_id is None:
                line(f"{reading.name}: этот файл уже загружен, ничего не изменилось.")
            line(f"{reading.name}: {reading.title or reading.kind}; {word}: новых {plan.rows_new},"
                 f" изменённых {plan.rows_changed}, прежних {plan.rows_same}.")  # fmt: skip
        _tell_problems(plan)


def _tell_problems(plan: Plan) -> None:
    for item in plan.problems[:50]:
        place = ", ".join(part for part in (item.sheet, item.cell) if part)
        complain(f"  {f'[{place}] ' if place else ''}{item.message}")
    if len(plan.problems) > 50:
        complain(f"  …и ещё {len(plan.problems) - 50}; все: opora problems")
    for question in plan.reading.questions:
        key = f"--{question.key}" if question.key in _OWN_KEYS else f"--answer {question.key}"
        options = f" Возможные ответы: {', '.join(question.options)}." if question.options else ""
        complain(f"  Ответ даёт ключ {key}.{options}")


def _plan_json(plan: Plan, *, dry: bool) -> dict[str, Any]:
    reading = plan.reading
    accepted = plan.accepted or (dry and not reading.refused and not reading.questions)
    return {
        "file": reading.name, "kind": None if reading.kind == "unknown" else reading.kind, "accepted": accepted,
        "rows_new": plan.rows_new,
        "rows_changed": plan.rows_changed, "rows_same": plan.rows_same,
        "problems": [asdict(item) for item in plan.problems],
        "unknown_schools": [
            {"name": u.name, "rows": u.rows, "proposals": [asdict(p) for p in u.proposals]} for u in plan.unknown
        ],
    }  # fmt: skip


def mark_json(mark: StoredMark) -> dict[str, Any]:
    """Return one count as the command prints it."""
    a = mark.assessment
    return {
        "school_code": mark.school_code or None, "school": mark.school, "year": mark.year, "procedure": a.procedure,
        "subject": a.subject, "level": a.level, "grade": a.grade, "participants": mark.participants,
        "m2": mark.m2, "m3": mark.m3, "m4": mark.m4, "m5": mark.m5, "below_min": mark.below_min,
        "restored": mark.restored,
    }  # fmt: skip


def _origin_json(mark: StoredMark) -> dict[str, Any]:
    return {"file": mark.file, "sheet": mark.sheet, "row_from": mark.row_from, "row_to": mark.row_to,
            "cells": mark.cells, "imported_at": mark.imported_at}  # fmt: skip


def _marks(chosen: argparse.Namespace) -> int:
    from app.operations import schools

    with files.for_reading(chosen.db) as connection:
        school_id = schools.find(connection, chosen.school).id if chosen.school else None
        found = results.marks(
            connection, year=chosen.year, subject=chosen.subject, grade=chosen.grade, organisation_id=school_id
        )
    if chosen.json:
        rows = [mark_json(mark) | ({"origin": _origin_json(mark)} if chosen.origin else {}) for mark in found]
        print_json({"marks": rows})
        return 0
    headings = ["Школа", "Год", "Работа", "Участников", "«2»", "«3»", "«4»", "«5»", "Ниже мин."]
    listed: list[list[Any]] = [
        [m.school, m.year, m.assessment.label, m.participants, m.m2, m.m3, m.m4, m.m5, m.below_min] for m in found
    ]
    if chosen.origin:
        headings.append("Откуда")
        for row, mark in zip(listed, found, strict=True):
            row.append(f"{mark.file or 'вручную'}, {mark.sheet or ''}, строки {mark.row_from}-{mark.row_to}")
    table(headings, listed)
    return 0


def _files(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        found = results.files(connection)
    if chosen.json:
        print_json({"files": [asdict(item) for item in found]})
    else:
        table(
            ["Файл", "Что это", "Когда", "Кто", "Новых", "Изменено", "Замечаний"],
            [
                [f.name, f.title, ru_moment(f.imported_at), f.actor, f.rows_new, f.rows_changed, f.problems]
                for f in found
            ],
        )
    return 0


def _problems(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        found = results.open_problems(connection)
    if chosen.json:
        print_json({"problems": [asdict(item) for item in found]})
    else:
        table(["№", "Файл", "Лист", "Место", "Замечание"], [[p.id, p.file, p.sheet, p.cell, p.message] for p in found])
    return 0


def _explain(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        results.explain_problem(store, chosen.problem, chosen.text)
    line("Объяснение записано.")
    return 0


def _reference(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        line(references.update_from_file(store, chosen.file))
    return 0
