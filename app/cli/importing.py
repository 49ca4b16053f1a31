"""Commands that bring files in: import, markings of tables, loaded files."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.cli.keys import add, add_actor, common, grade, year
from app.cli.output import complain, line, print_json, table
from app.errors import Problem, UserError
from app.importers.parsed import FileReading, Hints, Known
from app.operations import files, folders, kept_files, maintenance, marking, profiles, results
from app.operations.results import Options, Plan
from app.texts import ru_moment

_OWN_KEYS = frozenset({"year", "subject", "grade", "scale", "kind"})


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    load = add(commands, "import", "загрузить файлы и папки с результатами, показателями, школами", _import)
    load.add_argument("files", nargs="+", type=Path, metavar="ФАЙЛ", help="файлы и папки; папка — со всеми вложенными")
    common(load, write=True)
    load.add_argument(
        "--kind", type=_kind, default="auto", metavar="ВИД", help="auto, schools, marks, metrics, bias, gia_protocol…"
    )
    load.add_argument("--year", type=year, metavar="ГОД", help="год результатов, если его нет в файле")
    load.add_argument("--subject", metavar="ПРЕДМЕТ", help="предмет, если его нет в файле")
    load.add_argument("--grade", type=grade, metavar="КЛАСС", help="класс, если его нет в файле")
    load.add_argument("--scale", metavar="ШКАЛА", help="верхние границы «2», «3», «4» и максимум: 5/9/13/16")
    load.add_argument("--answer", nargs=2, action="append", default=[], metavar=("ВОПРОС", "ОТВЕТ"),
                      help="ответ на вопрос без своего ключа: threshold 24, school «СОШ № 3»…")  # fmt: skip
    load.add_argument("--profile", metavar="НАЗВАНИЕ", help="читать таблицы по этой сохранённой разметке")
    load.add_argument("--save-profile", metavar="НАЗВАНИЕ", help="сохранить, как прочитана таблица")
    load.add_argument("--create-schools", action="store_true", help="завести школы, которых нет в реестре")
    load.add_argument("--all-own", action="store_true", help="считать своими школы всех муниципалитетов файла")
    load.add_argument("--fewer", choices=("keep", "replace"), default="ask", metavar="keep|replace",
                      help="где в протоколе участников меньше, чем загружено, оставить или заменить")  # fmt: skip
    load.add_argument("--dry-run", action="store_true", help="показать, что изменится, и ничего не записать")
    _add_profiles(commands)
    kept = add(commands, "files", "показать загруженные файлы или вернуть хранимый файл", _files)
    common(kept)
    kept.add_argument("--export", metavar="ФАЙЛ", help="вернуть файл: номер, начало контрольной суммы или имя")
    kept.add_argument("--to", type=Path, metavar="КУДА", help="файл или папка; без этого ключа — текущая папка")


def _add_profiles(commands: Any) -> None:
    maps = add(commands, "profiles", "показать сохранённые разметки таблиц, перенести их или убрать", _profiles)
    common(maps)
    add_actor(maps)
    what = maps.add_mutually_exclusive_group()
    what.add_argument("--export", metavar="НАЗВАНИЕ", help="записать разметку в файл (--to)")
    what.add_argument("--import", dest="take", type=Path, metavar="ФАЙЛ.toml", help="взять разметку из файла")
    what.add_argument("--rename", nargs=2, metavar=("НАЗВАНИЕ", "НОВОЕ"), help="назвать иначе")
    what.add_argument("--delete", metavar="НАЗВАНИЕ", help="убрать разметку")
    maps.add_argument("--to", type=Path, metavar="ФАЙЛ.toml", help="куда записать")
    maps.add_argument("--name", metavar="НАЗВАНИЕ", help="под каким названием взять")


def _kind(text: str) -> str:
    from app.importers.registry import KINDS

    if text not in KINDS:
        raise argparse.ArgumentTypeError(f"не подходит «{text}». Есть: {', '.join(KINDS)}.")
    return text


def _import(chosen: argparse.Namespace) -> int:
    answers = dict(chosen.answer) | ({"scale": chosen.scale} if chosen.scale else {})
    kind = _kind_of(chosen, answers)
    hints = Hints(kind, chosen.year, chosen.subject, chosen.grade, answers)
    options = Options(create_schools=chosen.create_schools, all_own=chosen.all_own, fewer=chosen.fewer)
    with files.for_reading(chosen.db) as connection:
        known = results.references_in_force(connection, chosen.profile)
    gathered = folders.gather(chosen.files)
    readings = results.read(gathered.files, hints, known) if gathered.files else []
    if chosen.dry_run:
        with files.for_reading(chosen.db) as connection:
            plans = [results.preview(connection, reading, options) for reading in readings]
    else:
        plans = _write(chosen, readings, options)
        if chosen.save_profile:
            _save_marking(chosen, known, plans)
    _tell(plans, gathered.problems, json=chosen.json, dry=chosen.dry_run)
    refused = [plan for plan in plans if plan.reading.refused or plan.reading.questions or _asks_fewer(plan, chosen)]
    if refused or any(item.level == "error" for item in gathered.problems):
        return 1
    return 3 if any(plan.needs_eyes for plan in plans) else 0


def _asks_fewer(plan: Plan, chosen: argparse.Namespace) -> bool:
    return bool(plan.rows_fewer) and chosen.fewer == "ask"


def _kind_of(chosen: argparse.Namespace, answers: dict[str, str]) -> str:
    """Return the kind that was asked for, as a key or as the answer to the question of that name."""
    from app.importers.registry import KINDS

    answer = answers.get("kind", "").strip()
    return answer if chosen.kind == "auto" and answer in KINDS else str(chosen.kind)


def _write(chosen: argparse.Namespace, readings: list[FileReading], options: Options) -> list[Plan]:
    with files.for_work(chosen.db, chosen.actor) as store:
        maintenance.backup_before_import(store, sum(reading.size for reading in readings))
        return [results.load(store, reading, options) for reading in readings]


def _save_marking(chosen: argparse.Namespace, known: Known, plans: list[Plan]) -> None:
    """Keep how the first table that was loaded has been read; what is no table of columns has no marking."""
    loaded = next((plan.reading for plan in plans if plan.accepted), None)
    if loaded is None:
        return
    looked = results.look(Path(loaded.path), known)
    if looked.refused or not looked.grid:
        raise UserError("IMP_PROFILE_FAULT", place=loaded.name, fault="в файле нет таблицы, которую можно разметить")
    begun = marking.begin_as(looked.grid[0], known, looked.proposals, loaded)
    text = marking.text_of(begun, chosen.save_profile)
    with files.for_work(chosen.db, chosen.actor) as store:
        kept = profiles.save(store, text, chosen.save_profile)
    if not chosen.json:
        line(f"Сохранена разметка «{kept.name}»: такие таблицы программа теперь узнает сама.")


def _tell(plans: list[Plan], passed: tuple[Problem, ...], *, json: bool, dry: bool) -> None:
    if json:
        found: dict[str, Any] = {"files": [_plan_json(plan, dry=dry) for plan in plans]}
        print_json(found | {"skipped": [asdict(item) for item in passed]})
    for item in passed:
        complain(item.message)
    for plan in plans:
        _tell_plan(plan, json=json, dry=dry)


def _tell_plan(plan: Plan, *, json: bool, dry: bool) -> None:
    reading = plan.reading
    if reading.refused or reading.questions:
        complain(f"{reading.name}: не загружен.")
        _tell_problems(plan)
        return
    if any(item.code == "DATA_FEWER_ASKED" for item in plan.problems):
        complain(f"{reading.name}: не загружен. Ответ даёт ключ --fewer keep или --fewer replace.")
        _tell_problems(plan)
        return
    if json:
        return
    word = "будет" if dry else "загружено"
    if plan.accepted and plan.operation_id is None:
        line(f"{reading.name}: этот файл уже загружен, ничего не изменилось.")
    gone = f", исключённых {plan.rows_gone}" if plan.rows_gone else ""
    by = f" (разметка «{reading.profile}»)" if reading.profile else ""
    line(f"{reading.name}: {reading.title or reading.kind}{by}; {word}: новых {plan.rows_new},"
         f" изменённых {plan.rows_changed}, прежних {plan.rows_same}{gone}.")  # fmt: skip
    if plan.second_registry:
        line("В реестре уже были школы. Новые, закрытые и переименованные школы покажет сверка: opora school changes.")
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
    asked = reading.refused or reading.questions or any(item.code == "DATA_FEWER_ASKED" for item in plan.problems)
    accepted = plan.accepted or (dry and not asked)
    return {
        "file": reading.name, "kind": None if reading.kind == "unknown" else reading.kind, "accepted": accepted,
        "rows_new": plan.rows_new,
        "rows_changed": plan.rows_changed, "rows_same": plan.rows_same,
        "problems": [asdict(item) for item in plan.problems],
        "unknown_schools": [
            {"name": u.name, "rows": u.rows, "proposals": [asdict(p) for p in u.proposals]} for u in plan.unknown
        ],
        "rows_gone": plan.rows_gone, "rows_fewer": plan.rows_fewer, "title": reading.title or None,
        "profile": reading.profile, "sha256": reading.sha256 or None,
        "questions": [{"key": q.key, "text": q.text, "options": list(q.options)} for q in reading.questions],
        "changes": [asdict(change) for change in plan.changes], "second_registry": plan.second_registry,
    }  # fmt: skip


def _profiles(chosen: argparse.Namespace) -> int:
    if chosen.export:
        with files.for_reading(chosen.db) as connection:
            target = chosen.to or Path(f"{profiles.find(connection, chosen.export).name}.toml")
            line(f"Записан: {profiles.export(connection, chosen.export, target)}")
        return 0
    if chosen.take or chosen.rename or chosen.delete:
        with files.for_work(chosen.db, chosen.actor) as store:
            if chosen.take:
                line(f"Взята разметка «{profiles.import_file(store, chosen.take, chosen.name).name}».")
            elif chosen.rename:
                profiles.rename(store, *chosen.rename)
                line(f"Теперь разметка называется «{chosen.rename[1].strip()}».")
            else:
                profiles.delete(store, chosen.delete)
                line("Разметка убрана.")
        return 0
    with files.for_reading(chosen.db) as connection:
        found = profiles.listing(connection)
    if chosen.json:
        print_json({"profiles": [asdict(item) for item in found]})
    else:
        rows = [[p.name, p.target, ru_moment(p.added_at), p.actor] for p in found]
        table(["Разметка", "Что читает", "Когда", "Кто"], rows)
    return 0


def _files(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        if chosen.export:
            line(f"Записан: {kept_files.export(connection, chosen.export, chosen.to or Path.cwd())}")
            return 0
        found = results.files(connection)
    if chosen.json:
        print_json({"files": [asdict(item) | {"kept": bool(item.kept)} for item in found]})
    else:
        table(
            ["Файл", "Что это", "Когда", "Кто", "Новых", "Изменено", "Замечаний", "Хранится", "SHA-256"],
            [
                [f.name, f.title, ru_moment(f.imported_at), f.actor, f.rows_new, f.rows_changed, f.problems,
                 "да" if f.kept else "нет", f.sha256[:12]]
                for f in found
            ],
        )  # fmt: skip
    return 0
