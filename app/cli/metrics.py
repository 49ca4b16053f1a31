"""Commands about context metrics and projects of schools."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.cli.keys import add, common
from app.cli.output import complain, line, print_json, table
from app.errors import UserError, problem
from app.operations import files, metrics, projects, schools
from app.operations.metrics import MetricTable
from app.operations.projects import LEVEL_WORDS, Project
from app.texts import count, school_year


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    _add_metrics(commands)
    _add_projects(commands)


def _add_metrics(commands: Any) -> None:
    listing = add(commands, "metrics", "показатели контекста: показать, вписать, справочник", _metrics)
    _own_keys(listing)
    listing.add_argument("--metric", action="append", default=[], metavar="ПОКАЗАТЕЛЬ", help="код или название")
    listing.add_argument("--school", metavar="ШКОЛА", help="код, логин или название")
    actions = listing.add_subparsers(dest="action", metavar="ДЕЙСТВИЕ", title="Действия")
    put = add(actions, "set", "вписать значение; пустое значение очищает ячейку", _set)
    put.add_argument("school", metavar="ШКОЛА", help="код, логин или название")
    put.add_argument("metric", metavar="ПОКАЗАТЕЛЬ", help="код или название")
    put.add_argument("value", metavar="ЗНАЧЕНИЕ", help="12, «12 из 340», «3,5 %%», да")
    _year(put, "--year", "учебный год, 2025 или 2025/26")
    common(put, json=False, write=True)
    copy = add(actions, "copy", "взять значения прошлого года в пустые ячейки", _copy)
    _year(copy, "--from", "из какого учебного года", dest="source")
    _year(copy, "--year", "в какой учебный год")
    copy.add_argument("--metric", action="append", default=[], metavar="ПОКАЗАТЕЛЬ", help="только эти показатели")
    common(copy, json=False, write=True)
    catalogue = add(actions, "catalogue", "справочник показателей", _catalogue)
    catalogue.add_argument("--db", type=Path, metavar="ФАЙЛ", help="и свои показатели этого файла")
    catalogue.add_argument("--json", action="store_true", help="ответ одним объектом JSON")
    own = add(actions, "add", "добавить свой показатель", _add)
    own.add_argument("name", metavar="НАЗВАНИЕ")
    own.add_argument("--kind", choices=("count", "share", "number", "flag", "text"), default="count")
    own.add_argument("--short", default="", metavar="НАЗВАНИЕ", help="короткое название для графы")
    own.add_argument("--unit", default="", metavar="ЕДИНИЦА")
    own.add_argument("--direction", choices=("higher_better", "lower_better", "neutral"), default="neutral")
    common(own, json=False, write=True)
    drop = add(actions, "remove", "убрать свой показатель, у которого нет значений", _remove)
    drop.add_argument("metric", metavar="ПОКАЗАТЕЛЬ", help="код или название")
    common(drop, json=False, write=True)


def _add_projects(commands: Any) -> None:
    listing = add(commands, "projects", "проекты школ: показать, добавить, изменить, убрать", _projects)
    _own_keys(listing)
    listing.add_argument("--school", metavar="ШКОЛА", help="код, логин или название")
    listing.add_argument("--kind", metavar="ВИД", help="код или название вида")
    actions = listing.add_subparsers(dest="action", metavar="ДЕЙСТВИЕ", title="Действия")
    new = add(actions, "add", "добавить проект школы", _project_add)
    new.add_argument("school", metavar="ШКОЛА", help="код, логин или название")
    new.add_argument("kind", metavar="ВИД", help="код или название вида; все: opora projects kinds")
    _year(new, "--year", "учебный год, 2025 или 2025/26")
    _fields(new)
    common(new, json=False, write=True)
    change = add(actions, "edit", "изменить проект", _project_edit)
    change.add_argument("project", type=number_of_project, metavar="НОМЕР", help="номер из opora projects")
    change.add_argument("--kind", metavar="ВИД")
    _fields(change)
    common(change, json=False, write=True)
    drop = add(actions, "remove", "убрать проект", _project_remove)
    drop.add_argument("project", type=number_of_project, metavar="НОМЕР", help="номер из opora projects")
    common(drop, json=False, write=True)
    copy = add(actions, "copy", "продолжить проекты в другом учебном году", _project_copy)
    _year(copy, "--from", "из какого учебного года", dest="source")
    _year(copy, "--year", "в какой учебный год")
    common(copy, json=False, write=True)
    kinds = add(actions, "kinds", "виды проектов", _kinds)
    kinds.add_argument("--db", type=Path, metavar="ФАЙЛ", help="и свои виды этого файла")
    kinds.add_argument("--json", action="store_true", help="ответ одним объектом JSON")


def number_of_project(text: str) -> int:
    """Read the number of a project: a key of the store, up to 19 digits."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 19):
        raise argparse.ArgumentTypeError(f"не подходит «{text}». Нужен номер из opora projects.")
    return int(text)


def _own_keys(parser: argparse.ArgumentParser) -> None:
    """Give the keys of the listing; its subcommands have their own, so nothing is required here."""
    parser.add_argument("--db", type=Path, metavar="ФАЙЛ", help="файл «Опоры» (*.opora)")
    _year(parser, "--year", "учебный год, 2025 или 2025/26", required=False)
    parser.add_argument("--json", action="store_true", help="ответ одним объектом JSON")
    parser.set_defaults(usage_error=parser.error)


def _year(
    parser: argparse.ArgumentParser, key: str, text: str, *, required: bool = True, dest: str | None = None
) -> None:
    extra = {} if dest is None else {"dest": dest}
    parser.add_argument(key, type=_first_year, required=required, metavar="УЧЕБНЫЙ_ГОД", help=text, **extra)


def _first_year(text: str) -> int:
    try:
        return schools.first_year(text)
    except UserError as error:
        raise argparse.ArgumentTypeError(f"не подходит «{text}». Нужен учебный год: 2025 или 2025/26.") from error


def _fields(parser: argparse.ArgumentParser) -> None:
    for key, text in (("name", "название"), ("topic", "тема"), ("supervisor", "научный руководитель"),
                      ("act", "документ"), ("note", "примечание")):  # fmt: skip
        parser.add_argument(f"--{key}", metavar="ТЕКСТ", help=text)
    parser.add_argument("--level", choices=sorted(LEVEL_WORDS), help="уровень")


# --- metrics ---------------------------------------------------------------------------------------------------


def _metrics(chosen: argparse.Namespace) -> int:
    if chosen.db is None or chosen.year is None:
        missing = ", ".join(key for key, value in (("--db", chosen.db), ("--year", chosen.year)) if value is None)
        chosen.usage_error(f"the following arguments are required: {missing}")
    with files.for_reading(chosen.db) as connection:
        wanted = [schools.find(connection, chosen.school).id] if chosen.school is not None else None
        found = metrics.table(connection, chosen.year, chosen.metric or None, school_ids=wanted)
    if chosen.json:
        print_json({"school_year": found.school_year, "metrics": list(_values(found))})
        return 0
    rows = []
    for item in found.lines:
        for metric, cell in zip(found.metrics, item.cells, strict=True):
            if cell.text or cell.last:
                rows.append([item.school.shown, metric.short, cell.text or None, cell.last or None, cell.trouble or ""])
    table(["Школа", "Показатель", school_year(found.school_year), "Годом раньше", "Замечание"], rows)
    return 0


def _values(found: MetricTable) -> Iterator[dict[str, Any]]:
    """Return one object a filled cell; unknown numbers are null."""
    for item in found.lines:
        for metric, cell in zip(found.metrics, item.cells, strict=True):
            if not cell.text:
                continue
            part, whole, exact = cell.figures or (None, None, None)
            yield {
                "school_code": item.school.code or None, "school": item.school.name, "metric": metric.code,
                "name": metric.name, "kind": metric.kind, "unit": metric.unit or None, "part": part, "whole": whole,
                "exact": exact, "raw": cell.raw or None, "text": cell.text, "draft": cell.draft,
                "computed": cell.computed, "file": cell.file, "trouble": cell.trouble,
            }  # fmt: skip


def _set(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        school = schools.find(store.connection, chosen.school)
        metric = metrics.catalogue(store.connection).find(chosen.metric)
        written = metrics.put(store, chosen.year, [(school.id, metric.code, chosen.value)])
        cell = metrics.table(store.connection, chosen.year, [metric.code], school_ids=[school.id]).lines[0].cells[0]
    line(f"{school.shown}, «{metric.short}» за {school_year(chosen.year)}: {cell.text or 'нет значения'}")
    for draft in written.drafts:
        complain(problem(draft.code, raw=draft.raw).message)
    return 3 if written.drafts else 0


def _copy(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        copied = metrics.copy_year(store, chosen.source, chosen.year, codes=chosen.metric or None)
    line(f"Взято из {school_year(chosen.source)}: {count(copied, 'значение', 'значения', 'значений')}.")
    return 0


def _catalogue(chosen: argparse.Namespace) -> int:
    if chosen.db is None:
        found = metrics.catalogue()
    else:
        with files.for_reading(chosen.db) as connection:
            found = metrics.catalogue(connection)
    if chosen.json:
        print_json(
            {
                "indices": [
                    {"code": i.code, "name": i.name, "source": i.source, "note": i.note or None}
                    for i in found.indices.values()
                ],
                "metrics": [
                    {"code": m.code, "name": m.name, "short": m.short, "group": found.groups[m.group], "kind": m.kind,
                     "unit": m.unit or None, "part": m.part, "whole": m.whole, "part_name": m.part_name or None,
                     "whole_name": m.whole_name or None, "direction": m.direction,
                     "lower": None if m.lower is None else f"{m.lower:f}",
                     "upper": None if m.upper is None else f"{m.upper:f}", "index": m.index,
                     "aliases": list(m.aliases), "source": m.source, "note": m.note or None, "own": m.own}
                    for m in found.metrics
                ],
            }
        )  # fmt: skip
        return 0
    rows = [[m.code, found.groups[m.group], m.name, m.unit or None] for m in found.metrics]
    table(["Код", "Раздел", "Показатель", "Единица"], rows)
    return 0


def _add(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        made = metrics.add_metric(
            store, chosen.name, chosen.kind, unit=chosen.unit, short=chosen.short, direction=chosen.direction
        )
    line(f"Добавлен показатель «{made.name}», код {made.code}.")
    return 0


def _remove(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        metrics.remove_metric(store, chosen.metric)
    line("Показатель убран.")
    return 0


# --- projects --------------------------------------------------------------------------------------------------


def project_json(project: Project) -> dict[str, Any]:
    """Return one project as the command prints it."""
    return {
        "id": project.id, "school": project.school, "school_year": project.school_year, "kind": project.kind,
        "name": project.name, "level": project.level, "topic": project.topic, "supervisor": project.supervisor,
        "act": project.act, "note": project.note,
    }  # fmt: skip


def _projects(chosen: argparse.Namespace) -> int:
    if chosen.db is None:
        chosen.usage_error("the following arguments are required: --db")
    with files.for_reading(chosen.db) as connection:
        wanted = schools.find(connection, chosen.school).id if chosen.school is not None else None
        found = projects.listing(connection, year=chosen.year, school_id=wanted, kind=chosen.kind)
        kinds = projects.kinds(connection)
    if chosen.json:
        print_json({"projects": [project_json(project) for project in found]})
        return 0
    words: dict[str | None, str] = {code: word for code, word in LEVEL_WORDS.items()}  # noqa: C416 - wider keys
    rows = [
        [p.id, p.school, school_year(p.school_year), kinds[p.kind].short if p.kind in kinds else p.kind, p.name,
         words.get(p.level), p.topic]
        for p in found
    ]  # fmt: skip
    table(["№", "Школа", "Учебный год", "Вид", "Проект", "Уровень", "Тема"], rows)
    return 0


def _given(chosen: argparse.Namespace, *names: str) -> dict[str, str]:
    given = {name: getattr(chosen, name) for name in ("name", "level", "topic", "supervisor", "act", "note", *names)}
    return {name: value for name, value in given.items() if value is not None}


def _project_add(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        school = schools.find(store.connection, chosen.school)
        key = projects.add(store, school.id, chosen.year, chosen.kind, _given(chosen))
    line(f"Добавлен проект № {key}: {school.shown}")
    return 0


def _project_edit(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        projects.edit(store, chosen.project, _given(chosen, "kind"))
    line("Проект изменён.")
    return 0


def _project_remove(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        projects.remove(store, chosen.project)
    line("Проект убран; вернуть его: opora undo.")
    return 0


def _project_copy(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        copied = projects.copy_year(store, chosen.source, chosen.year)
    line(f"Продолжено в {school_year(chosen.year)}: {count(copied, 'проект', 'проекта', 'проектов')}.")
    return 0


def _kinds(chosen: argparse.Namespace) -> int:
    if chosen.db is None:
        found = projects.kinds()
    else:
        with files.for_reading(chosen.db) as connection:
            found = projects.kinds(connection)
    if chosen.json:
        print_json(
            {"kinds": [{"code": k.code, "name": k.name, "short": k.short, "level": k.level, "source": k.source}
                       for k in found.values()]}
        )  # fmt: skip
    else:
        table(["Код", "Вид", "Обычный уровень"],
              [[k.code, k.name, LEVEL_WORDS[k.level] if k.level else None] for k in found.values()])  # fmt: skip
    return 0
