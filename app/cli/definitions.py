"""«opora definitions»: zones of tasks, the search for donors, the typology — shown, changed, brought back."""

from __future__ import annotations

import argparse
from typing import Any

from app.cli.keys import add, common
from app.cli.output import line, print_json, table
from app.operations import definitions, files
from app.operations.definitions import SPECS, DefinitionState


def add_commands(commands: Any) -> None:
    """Add the command."""
    names = ", ".join(f"{kind} — {spec.title[:1].lower()}{spec.title[1:]}" for kind, spec in SPECS.items())
    parser = add(commands, "definitions", "определения: границы, пороги и веса, по которым считает программа", _run)
    parser.add_argument("kind", nargs="?", choices=list(SPECS), metavar="ОПРЕДЕЛЕНИЕ", help=f"{names}; без него все")
    parser.add_argument("--set", action="append", default=[], type=_pair, metavar="ИМЯ=ЗНАЧЕНИЕ",
                        help="изменить значение, например least=15; можно несколько раз")  # fmt: skip
    parser.add_argument("--reset", action="store_true", help="вернуть определение, с которым поставлена программа")
    common(parser, write=True)
    parser.set_defaults(usage_error=parser.error)


def _pair(text: str) -> tuple[str, str]:
    name, _equals, value = text.partition("=")
    if not name or not value:
        raise argparse.ArgumentTypeError(f"не подходит «{text}». Нужно так: least=15.")
    return name, value


def _run(chosen: argparse.Namespace) -> int:
    if (chosen.set or chosen.reset) and chosen.kind is None:
        chosen.usage_error("назовите определение: opora definitions skills")
    if chosen.set and chosen.reset:
        chosen.usage_error("выберите одно: --set или --reset")
    if chosen.set or chosen.reset:
        with files.for_work(chosen.db, chosen.actor) as store:
            if chosen.reset:
                definitions.reset(store, chosen.kind)
            else:
                definitions.change(store, chosen.kind, dict(chosen.set))
    with files.for_reading(chosen.db) as connection:
        found = [item for item in definitions.states(connection) if chosen.kind in {None, item.kind}]
    if chosen.json:
        print_json({"definitions": [_json(item) for item in found]})
        return 0
    for item in found:
        line(f"{item.title}, версия {item.version}" + (", изменено в этом файле" if item.own else ""))
        fields = SPECS[item.kind].fields
        table(["Имя", "Значение", "Что значит"],
              [[field.key, item.values[field.key] + field.unit, field.title] for field in fields])  # fmt: skip
        line(f"Источник: {item.source}")
        line()
    return 0


def _json(item: DefinitionState) -> dict[str, Any]:
    return {"kind": item.kind, "title": item.title, "version": item.version, "own": item.own, "source": item.source,
            "values": dict(item.values)}  # fmt: skip
