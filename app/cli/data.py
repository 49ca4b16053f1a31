"""Commands about stored results: marks, tasks, scores, references."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.cli.keys import add, common, grade, year
from app.cli.output import line, print_json, table
from app.models.breakdowns import StoredScores, StoredTask
from app.models.results import StoredMark
from app.operations import files, references, results


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    marks = add(commands, "marks", "показать загруженные результаты", _marks)
    common(marks)
    marks.add_argument("--year", type=year, metavar="ГОД")
    marks.add_argument("--subject", metavar="ПРЕДМЕТ")
    marks.add_argument("--grade", type=grade, metavar="КЛАСС")
    marks.add_argument("--school", metavar="ШКОЛА", help="код, логин или название")
    marks.add_argument("--origin", action="store_true", help="откуда взято: файл, лист, строки")
    for name, text, run in (
        ("tasks", "показать результаты по заданиям", _tasks),
        ("scores", "показать распределения баллов", _scores),
    ):
        detail = add(commands, name, text, run)
        common(detail)
        detail.add_argument("--year", type=year, metavar="ГОД")
        detail.add_argument("--subject", metavar="ПРЕДМЕТ")
        detail.add_argument("--grade", type=grade, metavar="КЛАСС")
        detail.add_argument("--school", metavar="ШКОЛА", help="код, логин или название")
        detail.add_argument("--areas", action="store_true", help="не школы, а муниципалитет, регион и страна")
    reference = add(
        commands,
        "reference",
        "обновить справочник из файла: шкалы, правило, минимальные баллы, показатели…",
        _reference,
    )
    common(reference, json=False, write=True)
    reference.add_argument("file", type=Path, metavar="ФАЙЛ.toml")


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
    with files.for_reading(chosen.db) as connection:
        found = results.marks(
            connection, year=chosen.year, subject=chosen.subject, grade=chosen.grade,
            organisation_id=_school_of(connection, chosen),
        )  # fmt: skip
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


def _school_of(connection: Any, chosen: argparse.Namespace) -> int | None:
    from app.operations import schools

    return schools.find(connection, chosen.school).id if chosen.school is not None else None


def _work_json(item: StoredTask | StoredScores) -> dict[str, Any]:
    a = item.assessment
    return {
        "unit": item.unit, "year": item.year, "autumn": item.autumn, "procedure": a.procedure, "subject": a.subject,
        "level": a.level, "grade": a.grade, "participants": item.participants, "restored": item.restored,
        "origin": asdict(item.place),
    }  # fmt: skip


def _tasks(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        found = results.tasks(
            connection, year=chosen.year, subject=chosen.subject, grade=chosen.grade,
            organisation_id=_school_of(connection, chosen), areas=chosen.areas,
        )  # fmt: skip
    if chosen.json:
        names = ("task", "group_mark", "max_points", "difficulty", "outcome", "points", "skipped")
        print_json({"tasks": [_work_json(item) | {name: getattr(item, name) for name in names} for item in found]})
        return 0
    table(
        ["Школа", "Год", "Работа", "Задание", "Группа", "Участников", "Баллов", "Из", "Не приступали"],
        [
            [t.unit, t.year, t.assessment.label, t.task, f"«{t.group_mark}»" if t.group_mark else "все",
             t.participants, t.points, None if t.max_points is None else t.max_points * t.participants, t.skipped]
            for t in found
        ],
    )  # fmt: skip
    return 0


def _scores(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        found = results.scores(
            connection, year=chosen.year, subject=chosen.subject, grade=chosen.grade,
            organisation_id=_school_of(connection, chosen), areas=chosen.areas,
        )  # fmt: skip
    if chosen.json:
        rows = [_work_json(item) | {"measure": item.measure, "counts": list(item.counts)} for item in found]
        print_json({"scores": rows})
        return 0
    words = {"primary": "первичные", "test": "тестовые"}
    table(
        ["Школа", "Год", "Работа", "Баллы", "Участников", "Сколько получили 0, 1, 2…"],
        [
            [s.unit, s.year, s.assessment.label, words[s.measure], s.participants, " ".join(map(str, s.counts))]
            for s in found
        ],
    )
    return 0


def _reference(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        line(references.update_from_file(store, chosen.file))
    return 0
