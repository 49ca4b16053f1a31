"""Commands about forms of a region: add, link, fill, the map as a file, the version of the next year."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

from app import clock
from app.cli.keys import add, common, year
from app.cli.output import complain, line, print_json, table
from app.errors import UserError
from app.models.foreign import ForeignForm, ForeignLink, LinkKind
from app.operations import files, foreign_columns, foreign_fill, foreign_forms, foreign_map, foreign_sources, papers
from app.operations.foreign_fill import FillCell, Filling
from app.operations.foreign_forms import KIND_WORDS, Link
from app.operations.foreign_map import Mapped

_KEYS: dict[str, LinkKind] = {
    "field": "field", "metric": "metric", "indicator": "indicator", "column": "column", "text": "text",
}  # fmt: skip


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    group = add(commands, "foreign", "формы региона: связать ячейки чужой книги и заполнить её", None)
    steps = group.add_subparsers(dest="step", required=True, metavar="ДЕЙСТВИЕ", title="Действия")
    added = _step(steps, "add", "взять книгу региона в файл", _add, write=True)
    added.add_argument("book", type=Path, metavar="КНИГА", help="форма региона, .xlsx")
    added.add_argument("--title", default="", metavar="ТЕКСТ", help="как её называть; иначе имя файла")
    added.add_argument("--region", default="", metavar="ТЕКСТ", help="кто прислал")
    _step(steps, "list", "показать формы", _list)
    _of_form(_step(steps, "links", "показать, что с чем связано", _links))
    _of_form(_step(steps, "remove", "убрать форму", _remove, write=True))
    named = _of_form(_step(steps, "rename", "изменить название и кто прислал", _rename, write=True))
    named.add_argument("--title", metavar="ТЕКСТ", help="новое название")
    named.add_argument("--region", metavar="ТЕКСТ", help="кто прислал; пустой текст убирает")
    _add_linking(steps)
    _add_filling(steps)
    out = _of_form(_step(steps, "map-export", "сохранить карту связей в файл", _map_out))
    out.add_argument("--out", type=Path, required=True, metavar="ФАЙЛ", help="куда, *.opora-map")
    taken = _of_form(_step(steps, "map-import", "взять связи из карты; --take связывает", _map_in, write=True))
    taken.add_argument("map", type=Path, metavar="КАРТА", help="файл *.opora-map")
    taken.add_argument("--take", action="store_true", help="связать найденные ячейки")
    fresh = _of_form(_step(steps, "version", "новая форма вместо прежней: найти ячейки по подписям", _version,
                           write=True))  # fmt: skip
    fresh.add_argument("book", type=Path, metavar="КНИГА", help="новая форма, .xlsx")
    fresh.add_argument("--title", default="", metavar="ТЕКСТ", help="как её называть")
    fresh.add_argument("--take", action="store_true", help="добавить её с найденными связями")


def _add_linking(steps: Any) -> None:
    linked = _of_form(_step(steps, "link", "связать ячейку", _link, write=True))
    linked.add_argument("cell", metavar="ЯЧЕЙКА", help="«Лист!B12»")
    what = linked.add_mutually_exclusive_group(required=True)
    fields = ", ".join(foreign_sources.FIELDS)
    what.add_argument("--field", metavar="СВЕДЕНИЕ", help=fields)
    what.add_argument("--metric", metavar="ФОРМУЛА", help="например: доля([школ в списке]; [школ; школы: все])")
    what.add_argument("--indicator", metavar="КОД", help="код показателя программы: opora foreign indicators")
    what.add_argument(
        "--column", metavar="ДОКУМЕНТ:ТАБЛИЦА:СТОЛБЕЦ", help="столбец документа; ТАБЛИЦА может быть пустой"
    )
    what.add_argument("--text", metavar="ТЕКСТ", help="текст, сведения — в фигурных скобках: {год}")
    linked.add_argument("--what", choices=tuple(foreign_sources.WHAT), help="что взять у показателя; иначе значение")
    linked.add_argument("--of-year", default="", metavar="ГОД", help="«2026» или «прошлый»; иначе год заполнения")
    linked.add_argument("--rows", default="", metavar="ЧИСЛО", help="сколько строк отведено столбцу")
    linked.add_argument("--cut", action="store_true", help="не помещаются — вписать, сколько поместится")
    linked.add_argument(
        "--part", choices=foreign_columns.PARTS, help="у «12 из 31»: первое или второе число; first — первая строка"
    )
    gone = _of_form(_step(steps, "unlink", "убрать связь ячейки", _unlink, write=True))
    gone.add_argument("cell", metavar="ЯЧЕЙКА", help="«Лист!B12»")
    _step(steps, "indicators", "показать коды показателей программы", _indicators)


def _add_filling(steps: Any) -> None:
    filled = _of_form(_step(steps, "fill", "заполнить форму; без --out — показать, что впишется", _fill, write=True))
    filled.add_argument("--out", type=Path, metavar="ФАЙЛ", help="куда записать; поверх формы региона не пишется")
    filled.add_argument("--year", type=year, metavar="ГОД", help="за какой год; иначе текущий")
    filled.add_argument("--register", action="store_true", help="записать в журнал исходящих")


def _step(steps: Any, name: str, text: str, run: Any, *, write: bool = False) -> argparse.ArgumentParser:
    parser = add(steps, name, text, run)
    common(parser, write=write)
    parser.set_defaults(usage_error=parser.error)
    return parser


def _of_form(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("form", metavar="ФОРМА", help="название или код: opora foreign list")
    return parser


def _place(chosen: argparse.Namespace) -> tuple[str, str]:
    """Return sheet and cell of «Лист!B12»."""
    sheet, sign, cell = str(chosen.cell).rpartition("!")
    if not sign:
        chosen.usage_error("ячейку пишут с листом: «Лист!B12»")
    return sheet.strip("'"), cell


# --- showing -----------------------------------------------------------------------------------------------------


def _form_json(form: ForeignForm, links: int) -> dict[str, Any]:
    return {"id": form.id, "title": form.title, "region": form.region, "file_name": form.file_name,
            "sha256": form.sha256, "added_at": form.added_at, "links": links}  # fmt: skip


def _list(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        found = foreign_forms.listing(connection)
    if chosen.json:
        print_json({"forms": [_form_json(one.form, one.links) for one in found]})
        return 0
    if not found:
        line("Форм региона в файле нет. Добавьте книгу: opora foreign add.")
        return 0
    table(
        ("Код", "Форма", "Файл", "Кто прислал", "Связей"),
        [[str(one.form.id), one.form.title, one.form.file_name, one.form.region, one.links] for one in found],
    )
    return 0


def _link_json(link: ForeignLink) -> dict[str, Any]:
    return {"sheet": link.sheet, "cell": link.cell, "kind": link.kind, "source": link.source,
            "options": dict(link.options)}  # fmt: skip


def _links(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        found = foreign_forms.opened(connection, foreign_forms.find(connection, chosen.form).id)
    if chosen.json:
        print_json({"links": [_link_json(one) for one in found.links]})
        return 0
    rows = [[one.sheet, one.cell, KIND_WORDS[one.kind], one.options.get("column") or one.source] for one in found.links]
    table(("Лист", "Ячейка", "Что", "Откуда"), rows)
    return 0


def _indicators(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        found = foreign_sources.indicators(connection)
    if chosen.json:
        print_json({"indicators": [
            {"id": one.lineage, "number": one.number, "text": one.text, "unit": one.unit} for one in found
        ]})  # fmt: skip
        return 0
    table(("Код", "№", "Показатель", "Единица"), [[str(one.lineage), one.number, one.text, one.unit] for one in found])
    return 0


# --- changing ----------------------------------------------------------------------------------------------------


def _add(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        key = foreign_forms.add(store, chosen.book, chosen.title, chosen.region)
        form = foreign_forms.get(store.connection, key)
    if chosen.json:
        print_json(_form_json(form, 0))
    else:
        line(f"Добавлена форма «{form.title}», код {form.id}.")
    return 0


def _rename(chosen: argparse.Namespace) -> int:
    if chosen.title is None and chosen.region is None:
        chosen.usage_error("Не сказано, что изменить: нужен --title или --region")
    with files.for_work(chosen.db, chosen.actor) as store:
        form = foreign_forms.find(store.connection, chosen.form)
        region = (form.region or "") if chosen.region is None else chosen.region
        foreign_forms.rename(store, form.id, chosen.title or "", region)
        form = foreign_forms.get(store.connection, form.id)
    if chosen.json:
        print_json({"id": form.id, "title": form.title, "region": form.region})
    else:
        line(f"Форма называется «{form.title}».")
    return 0


def _remove(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        title = foreign_forms.remove(store, foreign_forms.find(store.connection, chosen.form).id)
    if chosen.json:
        print_json({"removed": title})
    else:
        line(f"Форма «{title}» убрана вместе со связями.")
    return 0


def _wanted(chosen: argparse.Namespace) -> Link:
    sheet, cell = _place(chosen)
    name = next(name for name in _KEYS if getattr(chosen, name) is not None)
    source = str(getattr(chosen, name))
    options = {"year": chosen.of_year}
    if name == "indicator":
        options["what"] = chosen.what or "value"
    if name == "column":
        parts = source.split(":", 2)
        if len(parts) != 3:
            chosen.usage_error("столбец пишут так: ДОКУМЕНТ:ТАБЛИЦА:СТОЛБЕЦ")
        source, options["table"], options["column"] = (part.strip() for part in parts)
        options |= {"rows": chosen.rows, "part": chosen.part or ""}
        options["fit"] = foreign_fill.CUT if chosen.cut else ""
    return Link(sheet, cell, _KEYS[name], source, options)


def _link(chosen: argparse.Namespace) -> int:
    wanted, day = _wanted(chosen), clock.today()
    with files.for_work(chosen.db, chosen.actor) as store:
        key = foreign_forms.find(store.connection, chosen.form).id
        if wanted.kind == "column":
            made = foreign_columns.paper(store.connection, wanted.source, wanted.options, day.year, day)
            column = foreign_columns.find(made.document, wanted.options, made.title)
            wanted = replace(wanted, options={**wanted.options, "table": column.table})
        cell = foreign_forms.link(store, key, wanted)
        found = foreign_fill.value_of(store.connection, wanted, day.year, day)
    if chosen.json:
        print_json({"sheet": wanted.sheet, "cell": cell, "value": foreign_fill.told(found.values) or None,
                    "fault": found.fault or None})  # fmt: skip
    else:
        line(f"Связана {wanted.sheet}!{cell}: {foreign_fill.told(found.values) or found.fault}")
    return 0


def _unlink(chosen: argparse.Namespace) -> int:
    sheet, cell = _place(chosen)
    with files.for_work(chosen.db, chosen.actor) as store:
        foreign_forms.unlink(store, foreign_forms.find(store.connection, chosen.form).id, sheet, cell)
    if chosen.json:
        print_json({"sheet": sheet, "cell": cell})
    else:
        line(f"Связь {sheet}!{cell} убрана.")
    return 0


# --- filling -----------------------------------------------------------------------------------------------------


def _cell_json(one: FillCell) -> dict[str, Any]:
    return {"sheet": one.sheet, "cell": one.cell, "state": one.state, "old": one.old or None, "new": one.new or None,
            "from": one.words, "trouble": one.trouble or None}  # fmt: skip


def _fill(chosen: argparse.Namespace) -> int:
    day = clock.today()
    asked = chosen.year or day.year
    if chosen.register and chosen.out is None:
        chosen.usage_error("для журнала исходящих нужен файл: --out")
    if chosen.out is None:
        with files.for_reading(chosen.db) as connection:
            form = foreign_forms.find(connection, chosen.form)
            found = foreign_fill.preview(connection, form.id, asked, day)
        return _tell(found, json=chosen.json)
    if not chosen.register:
        with files.for_reading(chosen.db) as connection:
            filled = foreign_fill.fill(connection, foreign_forms.find(connection, chosen.form).id, asked, day)
        return _tell(filled.filling, json=chosen.json, file=foreign_fill.save(filled, chosen.out, beside=True))
    with files.for_work(chosen.db, chosen.actor) as store:
        filled = foreign_fill.fill(store.connection, foreign_forms.find(store.connection, chosen.form).id, asked, day)
        target = foreign_fill.save(filled, chosen.out, beside=True)
        number = foreign_fill.register(store, filled, chosen.out.name)
    return _tell(filled.filling, json=chosen.json, file=target, number=number)


def _tell(found: Filling, *, json: bool, file: Path | None = None, number: int | None = None) -> int:
    """Print what is written and what is not; cells without a value end with code 3: a row needs eyes."""
    lacking = found.count("empty") + found.count("refused")
    if json:
        print_json({"form": found.form.title, "year": found.year, "file": str(file) if file else None,
                    "register": number, "cells": [_cell_json(one) for one in found.cells]})  # fmt: skip
        return 3 if lacking else 0
    rows = [[one.sheet, one.cell, one.state_word, one.old, one.new, one.trouble or one.words] for one in found.cells]
    table(("Лист", "Ячейка", "Что", "Было", "Станет", "Откуда"), rows)
    line(found.sentence)
    for note in found.notes:
        complain(note)
    if file is not None:
        line(f"Готово: {file}")
    if number is not None:
        line(f"Записано в журнал исходящих под № {number}.")
    return 3 if lacking else 0


# --- the map and the next version --------------------------------------------------------------------------------


def _map_out(chosen: argparse.Namespace) -> int:
    if chosen.out.suffix.casefold() != foreign_map.SUFFIX:
        raise UserError("FOREIGN_SUFFIX", suffix=foreign_map.SUFFIX, file=chosen.out.name)
    with files.for_reading(chosen.db) as connection:
        data = foreign_map.exported(connection, foreign_forms.find(connection, chosen.form).id)
    [target] = papers.write_all([(chosen.out, data)])
    if chosen.json:
        print_json({"file": str(target)})
    else:
        line(f"Готово: {target}")
    return 0


def _map_in(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        key = foreign_forms.find(connection, chosen.form).id
        found = foreign_map.for_form(connection, key, chosen.map)
    if chosen.take:
        with files.for_work(chosen.db, chosen.actor) as store:
            foreign_map.take_links(store, key, [one.moved for one in found if one.fits])
    return _tell_mapped(found, json=chosen.json)


def _version(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        key = foreign_forms.find(connection, chosen.form).id
        found = foreign_map.for_version(connection, key, chosen.book)
    if chosen.take:
        with files.for_work(chosen.db, chosen.actor) as store:
            links = [one.moved for one in found if one.fits]
            made = foreign_map.take_version(store, key, chosen.book, chosen.title, links)
            fresh = foreign_forms.get(store.connection, made)
        if not chosen.json:
            line(f"Добавлена форма «{fresh.title}», код {fresh.id}.")
    return _tell_mapped(found, json=chosen.json)


_FOUND = {"same": "на месте", "moved": "переехала", "lost": "не найдена"}


def _tell_mapped(found: tuple[Mapped, ...], *, json: bool) -> int:
    if json:
        print_json({"cells": [
            {"sheet": one.found.sheet, "cell": one.found.cell, "state": one.found.state,
             "to_sheet": one.found.to_sheet or None, "to_cell": one.found.to_cell or None,
             "words": one.found.words, "trouble": one.trouble or None}
            for one in found
        ]})  # fmt: skip
    else:
        rows = [
            [f"{one.found.sheet}!{one.found.cell}", _FOUND[one.found.state],
             f"{one.found.to_sheet}!{one.found.to_cell}" if one.found.to_cell else None,
             one.trouble or one.found.words]
            for one in found
        ]  # fmt: skip
        table(("Была", "Что", "Стала", "Подписи рядом"), rows)
    return 0 if all(one.fits for one in found) else 3
