"""Commands: the centre of papers: list, settings, make, batch."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app import clock
from app.cli.keys import add, common
from app.cli.output import complain, line, print_json, table
from app.operations import files, impersonal, paper_catalogue, papers, slides
from app.operations.paper_catalogue import PaperKind
from app.operations.papers import Made, Paper
from app.texts import count


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    paper = add(commands, "paper", "любой документ программы: что есть, сделать один, сделать пачкой", None)
    acts = paper.add_subparsers(dest="act", required=True, metavar="ДЕЙСТВИЕ", title="Действия")
    listed = add(acts, "list", "какие документы есть", _list)
    listed.add_argument("--json", action="store_true", help="ответ одним объектом JSON")
    told = add(acts, "settings", "настройки документа и что можно выбрать", _settings)
    _kind(told)
    common(told)
    _values(told)
    made = add(acts, "make", "сделать документ", _make)
    _kind(made)
    common(made, write=True)
    _values(made)
    made.add_argument(
        "--out",
        type=Path,
        metavar="ФАЙЛ",
        help="файл .pdf, .docx, .xlsx или .pptx (слайды с таблицами и графиками); имеющийся не заменяется",
    )
    made.add_argument("--register", action="store_true", help="записать PDF в журнал исходящих")
    made.add_argument("--remember", action="store_true", help="запомнить настройки в файле")
    made.add_argument("--impersonal", action="store_true", help="без имён людей: вместо них должности и роли")
    made.set_defaults(usage_error=made.error)
    many = add(acts, "batch", "сделать документ для многих школ: все файлы или ни одного", _batch)
    _kind(many)
    common(many)
    _values(many)
    many.add_argument(
        "--schools", "--each", dest="each", required=True, metavar="КОМУ",
        help="all, listed, supported, group:Имя или коды школ через запятую",
    )  # fmt: skip
    many.add_argument("--out", type=Path, required=True, metavar="ПАПКА", help="куда положить файлы")
    many.add_argument("--format", default="pdf", metavar="ВИДЫ", help="pdf, docx, xlsx через запятую")
    many.add_argument("--one-file", action="store_true", help="все одним PDF с закладками")
    many.add_argument("--impersonal", action="store_true", help="без имён людей: вместо них должности и роли")
    many.add_argument("--dry-run", action="store_true", help="только показать имена файлов")


def _kind(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", metavar="ДОКУМЕНТ", help="код документа; все: opora paper list")


def _values(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--set", dest="given", type=_pair, action="append", default=[], metavar="НАСТРОЙКА=ЗНАЧЕНИЕ",
                        help="настройка документа; можно повторять")  # fmt: skip


def _pair(text: str) -> tuple[str, str]:
    key, equal, value = text.partition("=")
    if not equal or not key.strip():
        raise argparse.ArgumentTypeError(f"не подходит «{text}». Нужно НАСТРОЙКА=ЗНАЧЕНИЕ, например year=2026.")
    return key.strip(), value


# --- telling -----------------------------------------------------------------------------------------------------


def _list(chosen: argparse.Namespace) -> int:
    kinds = paper_catalogue.kinds()
    groups = dict(paper_catalogue.GROUPS)
    if chosen.json:
        print_json({"papers": [_kind_json(item, groups) for item in kinds]})
        return 0
    for key, title in groups.items():
        found = [item for item in kinds if item.group == key]
        if found:
            line(f"{title}:")
            for item in found:
                line(f"  {item.key:22}{item.title}. {item.says}")
    return 0


def _kind_json(item: PaperKind, groups: dict[str, str]) -> dict[str, Any]:
    return {
        "kind": item.key, "group": item.group, "group_title": groups[item.group], "title": item.title,
        "says": item.says, "each": item.each or None, "personal": item.personal,
        "settings": [
            {"key": one.key, "title": one.title, "from": one.kind, "optional": one.optional}
            for one in item.settings if not one.hidden
        ],
    }  # fmt: skip


def _settings(chosen: argparse.Namespace) -> int:
    item, day = paper_catalogue.kind(chosen.kind), clock.today()
    with files.for_reading(chosen.db) as connection:
        values = paper_catalogue.typed(connection, item, dict(chosen.given), day)
        found = paper_catalogue.settled(connection, item, values, day)
    shown = [one for one in item.settings if not one.hidden]
    if chosen.json:
        rows = [
            {"key": one.key, "title": one.title, "value": found.values[one.key] or None, "optional": one.optional,
             "offers": [{"value": value, "word": word} for value, word in found.offers.get(one.key, ()) if value]}
            for one in shown
        ]  # fmt: skip
        print_json({"kind": item.key, "settings": rows})
        return 0
    line(f"{item.title}. {item.says}")
    for one in shown:
        line(f"{one.key} ({one.title}){', можно не указывать' if one.optional else ''}:")
        options = found.offers.get(one.key, ()) or ((("1", "да"), ("0", "нет")) if one.kind == "flag" else ())
        table(["", "значение", "слово"], [["*" if value == found.values[one.key] else "", value or "«»", word]
                                          for value, word in options])  # fmt: skip
        if not options and one.kind != "text":
            line(f"  {paper_catalogue.hint(one)}")
    return 0


# --- making ------------------------------------------------------------------------------------------------------


def _make(chosen: argparse.Namespace) -> int:
    if chosen.out is None and not chosen.register:
        chosen.usage_error("нужно --out ФАЙЛ, --register или то и другое")
    item, day = paper_catalogue.kind(chosen.kind), clock.today()
    with files.for_reading(chosen.db) as connection:
        values = paper_catalogue.typed(connection, item, dict(chosen.given), day)
        paper = paper_catalogue.make(connection, item.key, values, day, impersonal=chosen.impersonal)
    suffix = chosen.out.suffix if chosen.out is not None else ".pdf"
    made = _drawn(chosen, paper, suffix)
    [target] = papers.write_all([(chosen.out, made.data)]) if chosen.out is not None else [None]
    number = None
    if chosen.register or chosen.remember:
        with files.for_work(chosen.db, chosen.actor) as store:
            if chosen.register:
                pdf = made if made.suffix == ".pdf" else _drawn(chosen, paper, ".pdf")
                number = papers.register(store, paper, pdf, papers.file_name(paper, ".pdf", f"{day:%d.%m.%Y}"))
            if chosen.remember:
                paper_catalogue.remember(store, item, values)
    return _told(chosen, paper, target, number)


def _drawn(chosen: argparse.Namespace, paper: Paper, suffix: str) -> Made:
    if suffix.lower() == slides.SUFFIX:
        made = slides.render_slides(paper, slides.blocks(paper.document))
    else:
        made = papers.render(paper, suffix)
    if chosen.impersonal:
        with files.for_reading(chosen.db) as connection:
            impersonal.check_bytes(connection, made.data, made.suffix)
    return made


def _told(chosen: argparse.Namespace, paper: Paper, target: Path | None, number: int | None) -> int:
    recipe = dict(paper.recipe.values) if paper.recipe is not None else {}
    if chosen.json:
        print_json({
            "kind": chosen.kind, "title": paper.title, "period": paper.period or None,
            "addressee": paper.addressee or None, "settings": recipe, "file": str(target) if target else None,
            "number": number,
        })  # fmt: skip
        return 0
    if target is not None:
        line(f"Готово: {target}")
    if number is not None:
        line(f"Записано в журнал исходящих под № {number}.")
    return 0


def _batch(chosen: argparse.Namespace) -> int:
    from app.operations import paper_batch

    item, day = paper_catalogue.kind(chosen.kind), clock.today()
    suffixes = tuple(dict.fromkeys(f".{part.strip().lstrip('.').lower()}" for part in chosen.format.split(",")))
    with files.for_reading(chosen.db) as connection:
        given = dict(chosen.given)
        values = paper_catalogue.typed(connection, item, given, day)
        each = paper_batch.chosen(connection, item, values, chosen.each, day)
        planned = paper_batch.plan(connection, item, values, each, day, chosen.out, suffixes)
        people = impersonal.people_of(connection) if chosen.impersonal else None
        batch = paper_batch.Batch(item, values, planned, chosen.out, suffixes, day, chosen.one_file, people)
        if chosen.dry_run:
            return _dry(chosen, batch, suffixes)
        result = batch.run(paper_batch.makes(connection, batch))
    if chosen.json:
        print_json({
            "kind": item.key, "made": result.made, "files": [str(path) for path in result.files],
            "left_out": [{"whose": whose, "why": why} for whose, why in result.left_out],
        })  # fmt: skip
    else:
        for path in result.files:
            line(f"Готово: {path}")
        for whose, why in result.left_out:
            complain(f"Не сделано: {whose}. {why}")
        line(f"Всего: {count(result.made, 'документ', 'документа', 'документов')}.")
    return 0


def _dry(chosen: argparse.Namespace, batch: Any, suffixes: tuple[str, ...]) -> int:
    names = [f"{one.name}{suffix}" for one in batch.planned for suffix in suffixes]
    if chosen.json:
        print_json({"kind": chosen.kind, "files": names})
    else:
        for name in names:
            line(name)
    return 0
