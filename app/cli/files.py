"""Commands about the file itself: new, check, history, undo, redo, backup, restore, rescue, settings."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.cli.keys import add, add_actor, common, number
from app.cli.output import complain, line, print_json, table
from app.operations import file_check, files, history, maintenance
from app.texts import count, ru_moment


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    new = add(commands, "new", "создать файл муниципалитета", _new)
    new.add_argument("file", type=Path, metavar="ФАЙЛ", help="где создать (*.opora)")
    new.add_argument("--name", required=True, metavar="НАЗВАНИЕ", help="название муниципалитета")
    new.add_argument("--demo", action="store_true", help="заполнить вымышленным примером")
    add_actor(new)

    common(add(commands, "check", "проверить файл", _check))
    log = add(commands, "history", "показать журнал действий", _history)
    common(log)
    log.add_argument("--limit", type=number, metavar="N", help="не больше стольких строк")
    undo = add(commands, "undo", "отменить последнее действие", _undo)
    common(undo, json=False, write=True)
    undo.add_argument(
        "--operation", type=number, metavar="НОМЕР", help="номер действия из opora history; без него последнее"
    )
    common(add(commands, "redo", "повторить отменённое действие", _redo), json=False, write=True)
    common(add(commands, "backup", "сделать проверенную копию файла", _backup), json=False, write=True)
    restore = add(commands, "restore", "восстановить файл из копии", _restore)
    restore.add_argument("backup", type=Path, metavar="КОПИЯ")
    restore.add_argument("--to", type=Path, required=True, metavar="ФАЙЛ", help="куда восстановить")
    rescue = add(commands, "rescue", "посмотреть, что уцелело в повреждённом файле", _rescue)
    rescue.add_argument("file", type=Path, metavar="ФАЙЛ")
    rescue.add_argument("--to", type=Path, metavar="ФАЙЛ", help="переписать уцелевшее в новый файл")
    out = add(commands, "checkout", "взять рабочую копию файла из сетевой папки", _checkout)
    out.add_argument("file", type=Path, metavar="ФАЙЛ")
    out.add_argument("--to", type=Path, required=True, metavar="ПАПКА", help="куда положить рабочую копию")
    add_actor(out)
    into = add(commands, "checkin", "вернуть рабочую копию в сетевую папку", _checkin)
    into.add_argument("file", type=Path, metavar="ФАЙЛ")
    copy = add(commands, "copy", "записать проверенную копию для передачи", _copy)
    common(copy, json=False, write=True)
    copy.add_argument("--to", type=Path, required=True, metavar="ФАЙЛ")
    settings = add(commands, "settings", "показать или изменить настройки файла", _settings)
    common(settings, write=True)
    settings.add_argument("--set", nargs=2, action="append", default=[], metavar=("КЛЮЧ", "ЗНАЧЕНИЕ"))


def _new(chosen: argparse.Namespace) -> int:
    files.new(chosen.file, chosen.name, chosen.actor, demo=chosen.demo)
    line(f"Создан файл {chosen.file}")
    return 0


def _check(chosen: argparse.Namespace) -> int:
    whole = files.check(chosen.db)
    problems = files.as_problems(whole)
    if chosen.json:
        found = [{"level": p.level, "code": p.code, "message": p.message} for p in problems]
        data = file_check.tally(whole.data) if whole.sound else None
        print_json({"ok": whole.sound, "problems": found, "data": data})
    else:
        for item in problems:
            complain(f"{item.message}")
        if whole.sound:
            line("Файл исправен.")
        if whole.data:
            line(f"{file_check.in_words(whole.data)} Показать все: opora problems.")
    return 1 if not whole.sound else 3 if any(item.level != "hint" for item in problems) else 0


def _history(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        found = history.history(connection, chosen.limit)
    if chosen.json:
        print_json(
            {
                "operations": [
                    {
                        "id": o.id, "at": o.at, "actor": o.actor, "kind": o.kind, "label": o.label,
                        "reversible": o.reversible, "state": o.state, "tables": [t for t in o.tables if t],
                    }
                    for o in found
                ]
            }
        )  # fmt: skip
    else:
        rows = [[o.id, ru_moment(o.at), o.actor, o.label, history.STATE_WORDS[o.state]] for o in found]
        table(["№", "Когда", "Кто", "Что сделано", "Состояние"], rows)
    return 0


def _undo(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        line(f"Отменено: {history.undo(store, chosen.operation).label}")
    return 0


def _redo(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        line(f"Повторено: {history.redo(store).label}")
    return 0


def _backup(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        line(f"Копия: {maintenance.make_backup(store)}")
    return 0


def _restore(chosen: argparse.Namespace) -> int:
    aside = maintenance.restore(chosen.backup, chosen.to)
    line(f"Восстановлено: {chosen.to}")
    if aside is not None:
        line(f"Прежний файл отложен: {aside}")
    return 0


def _rescue(chosen: argparse.Namespace) -> int:
    report = maintenance.inspect_damaged(chosen.file)
    line(f"Состояние файла: {report.finding}")
    table(
        ["Что", "Строк читается", "Целиком"],
        [[r.words, r.rows, "да" if r.complete else "нет"] for r in report.readable],
    )
    for copy in report.copies:
        lost = "" if copy.lost_operations is None else f"; позже в файле было действий: {copy.lost_operations}"
        line(f"Исправная копия: {copy.backup.path}{lost}")
    if not report.copies:
        line("Исправных копий нет.")
    if chosen.to is not None:
        saved = maintenance.salvage(chosen.file, chosen.to)
        total = count(sum(saved.values()), "строка", "строки", "строк")
        line(f"Уцелевшее переписано в {chosen.to}: {total}.")
    return 0


def _checkout(chosen: argparse.Namespace) -> int:
    line(f"Рабочая копия: {maintenance.check_out(chosen.file, chosen.to, chosen.actor)}")
    return 0


def _checkin(chosen: argparse.Namespace) -> int:
    line(f"Возвращено: {maintenance.check_in(chosen.file)}")
    return 0


def _copy(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        maintenance.save_copy(store, chosen.to)
    line(f"Копия для передачи: {chosen.to}")
    return 0


def _settings(chosen: argparse.Namespace) -> int:
    from app.errors import UserError
    from app.operations import desk, preferences

    for key, _value in chosen.set:
        if key not in preferences.KEYS:
            raise UserError("GEN_NO_SETTING", key=key, known=", ".join(preferences.KEYS))
    if chosen.set:
        with files.for_work(chosen.db, chosen.actor) as store:
            for key, value in chosen.set:
                desk.put_setting(store, key, value)
    with files.for_reading(chosen.db) as connection:
        found = preferences.all_values(connection)
    if chosen.json:
        print_json({"settings": found})
    else:
        table(["Настройка", "Значение"], sorted(found.items()))
    return 0
