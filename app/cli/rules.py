"""Commands about rules: show, copy, change, take from a file, remove, choose."""

from __future__ import annotations

import argparse
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.cli.keys import add, common, whole
from app.cli.output import line, print_json, table
from app.operations import files, identification, rules

ORIGINS = {"shipped": "с программой", "changed": "изменено в файле", "own": "своё"}


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    listing = add(commands, "rules", "правила отнесения школ к списку: показать, скопировать, изменить", _rules)
    listing.add_argument("--json", action="store_true", help="ответ одним объектом JSON")
    listing.add_argument("--db", type=Path, metavar="ФАЙЛ", help="показать и правила этого файла")
    actions = listing.add_subparsers(dest="action", metavar="ДЕЙСТВИЕ", title="Действия")
    show = add(actions, "show", "показать одно правило", _show)
    _named(show)
    show.add_argument("--db", type=Path, metavar="ФАЙЛ", help="искать и среди правил этого файла")
    form = show.add_mutually_exclusive_group()
    form.add_argument("--toml", action="store_true", help="текст правила, как он хранится в файле TOML")
    form.add_argument("--json", action="store_true", help="ответ одним объектом JSON")
    copied = add(actions, "copy", "сделать копию правила, чтобы менять её", _copy)
    _named(copied)
    copied.add_argument("--id", dest="new_id", metavar="КОД", help="код копии: латинские буквы, цифры, дефис")
    copied.add_argument("--title", metavar="НАЗВАНИЕ", help="название копии")
    common(copied, json=False, write=True)
    _add_set(actions)
    put = add(actions, "put", "взять правило из файла TOML", _put)
    put.add_argument("file", type=Path, metavar="ФАЙЛ.toml")
    common(put, json=False, write=True)
    drop = add(actions, "drop", "убрать своё правило", _drop)
    _named(drop)
    common(drop, json=False, write=True)
    chosen = add(actions, "default", "составлять список по этому правилу", _default)
    _named(chosen)
    common(chosen, json=False, write=True)


def _add_set(actions: Any) -> None:
    change = add(actions, "set", "изменить своё правило; сохраняется новой версией", _set)
    _named(change)
    change.add_argument("--title", metavar="НАЗВАНИЕ")
    change.add_argument("--threshold", type=_share, metavar="ДОЛЯ", help="порог: 35/100 или 35%%")
    change.add_argument("--need", type=whole(1, 100), metavar="ЧИСЛО", help="сколько оснований достаточно")
    change.add_argument("--join", choices=("or", "and"), help="or — достаточно --need оснований, and — нужны все")
    change.add_argument("--min", type=whole(1, 1000), dest="least", metavar="ЧИСЛО",
                        help="группы меньше этой порога не достигают")  # fmt: skip
    change.add_argument("--egemath", choices=("one", "two"), help="база и профиль ЕГЭ: одна процедура или две")
    common(change, json=False, write=True)


def _named(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("rule", metavar="ПРАВИЛО", help="код правила; все: opora rules")


def _share(text: str) -> tuple[int, int]:
    """Read a share as two whole numbers: «35/100», «35%», «12,5%»."""
    parts = re.fullmatch(r"([0-9]{1,6})/([1-9][0-9]{0,6})", text)
    if parts:
        return int(parts[1]), int(parts[2])
    percent = re.fullmatch(r"([0-9]{1,3})(?:[.,]([0-9]{1,3}))?\s?%?", text)
    if not percent:
        raise argparse.ArgumentTypeError(f"не подходит «{text}». Нужна доля: 35/100 или 35%.")
    tail = percent[2] or ""
    return int(percent[1] + tail), 100 * 10 ** len(tail)


def _rules(chosen: argparse.Namespace) -> int:
    if chosen.db:
        with files.for_reading(chosen.db) as connection:
            entries = rules.listing(connection)
    else:
        entries = [rules.RuleEntry(rule, "shipped", (), chosen=False) for rule in identification.rules().values()]
    if chosen.json:
        print_json({"rules": [entry_json(entry) for entry in entries]})
        return 0
    rows = [[e.rule.id, e.rule.version, ORIGINS[e.origin], "да" if e.chosen else "", e.rule.title] for e in entries]
    table(["Код", "Версия", "Откуда", "Для списка", "Название"], rows)
    return 0


def entry_json(entry: rules.RuleEntry) -> dict[str, Any]:
    """Return a rule as ``rules --json`` prints it."""
    r = entry.rule
    return {
        "id": r.id, "version": r.version, "title": r.title, "origin": entry.origin, "chosen": entry.chosen,
        "versions": list(entry.versions), "source": r.source, "wording": list(r.wording), "note": r.note,
        "digest": r.digest, "threshold": list(r.threshold) if r.threshold else None, "join": r.join, "need": r.need,
        "min_participants": r.min_participants, "egemath": r.egemath,
        "procedures": [{"id": g.id, "label": g.label} for g in r.procedures],
        "branches": [{"id": b.id, "label": b.label, "kind": b.kind} for b in r.branches],
    }  # fmt: skip


def _show(chosen: argparse.Namespace) -> int:
    if chosen.db:
        with files.for_reading(chosen.db) as connection:
            entry = rules.entry(connection, chosen.rule)
    else:
        entry = rules.RuleEntry(identification.rule(None, chosen.rule), "shipped", (), chosen=False)
    rule = entry.rule
    if chosen.toml:
        line(rule.text.rstrip("\n"))
    elif chosen.json:
        print_json(entry_json(entry))
    else:
        line(f"{rule.title} ({rule.id}, версия {rule.version}, {ORIGINS[entry.origin]})")
        line(rule.source)
        for text in rule.wording:
            line(f"  {text}")
        line("Основания:")
        for branch in rule.branches:
            line(f"  • {branch.label}")
        if rule.note:
            line(f"Как мы это читаем: {rule.note}")
    return 0


def _copy(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        made = rules.copy(store, chosen.rule, chosen.new_id, chosen.title)
    line(f"Сделана копия: {made.id}, «{made.title}».")
    return 0


def _set(chosen: argparse.Namespace) -> int:
    given = {
        "title": chosen.title, "threshold": chosen.threshold, "need": chosen.need, "join": chosen.join,
        "min_participants": chosen.least, "egemath": chosen.egemath,
    }  # fmt: skip
    changes = {name: value for name, value in given.items() if value is not None}
    with files.for_work(chosen.db, chosen.actor) as store:
        before = identification.rule(store.connection, chosen.rule)
        made = rules.save(store, replace(before, **changes))
    if made.version == before.version:
        line(f"Правило «{made.title}» и так такое: версия {made.version}.")
    else:
        line(f"Правило «{made.title}» сохранено, версия {made.version}.")
    return 0


def _put(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        made = rules.put_file(store, chosen.file)
    line(f"Сохранено правило «{made.title}»: {made.id}, версия {made.version}.")
    return 0


def _drop(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        rules.remove(store, chosen.rule)
    line("Правило убрано; вернуть его: opora undo.")
    return 0


def _default(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        rules.set_default(store, chosen.rule)
    line("Список составляется по этому правилу.")
    return 0
