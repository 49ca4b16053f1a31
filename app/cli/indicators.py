"""Commands about indicators: the table with lights, how a value arises, typing a value, measuring points."""

from __future__ import annotations

import argparse
from typing import Any

from app import clock
from app.analysis.programme_values import number_text
from app.cli.keys import add, add_programme, common, year
from app.cli.output import line, print_json, table
from app.errors import UserError
from app.models.store import Connection
from app.operations import files, indicators
from app.operations.indicators import Derivation, IndicatorLine, IndicatorTable, PointValue, Step


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    shown = add(commands, "indicators", "показать индикаторы программы: план, факт, достигнуто ли", _indicators)
    _whose(shown)
    shown.add_argument("--how", metavar="НОМЕР", help="как получилось значение индикатора с этим номером")
    typed = add(commands, "indicator-value", "вписать значение индикатора", _value)
    _whose(typed, write=True)
    typed.add_argument("--indicator", required=True, metavar="НОМЕР", help="номер индикатора в программе")
    typed.add_argument("--value", required=True, metavar="ЧИСЛО", help="значение; пустое убирает вписанное")
    typed.add_argument("--point", metavar="ЗАМЕР", help="название замера; без него значение за год")
    typed.add_argument("--source", metavar="ОТКУДА", help="откуда значение")
    ruled = add(commands, "indicator-formula", "задать формулу индикатора", _formula)
    _whose(ruled, write=True)
    ruled.add_argument("--indicator", required=True, metavar="НОМЕР", help="номер индикатора в программе")
    ruled.add_argument("--formula", required=True, metavar="ФОРМУЛА", help="пустая: значения вписывают вручную")
    point = add(commands, "indicator-point", "замер: добавить, закрыть или открыть заново", _point)
    _whose(point, write=True)
    point.add_argument("--title", required=True, metavar="ЗАМЕР", help="название замера")
    what = point.add_mutually_exclusive_group(required=True)
    what.add_argument("--add", action="store_true", help="добавить")
    what.add_argument("--close", action="store_true", help="закрыть: сохранить значения")
    what.add_argument("--reopen", metavar="ПРИЧИНА", help="открыть заново")
    point.add_argument("--due", default="", metavar="ДАТА", help="день замера, для --add")


def _whose(parser: argparse.ArgumentParser, *, write: bool = False) -> None:
    common(parser, write=write)
    parser.add_argument("--year", type=year, required=True, metavar="ГОД", help="год плана")
    add_programme(parser, "действующая муниципальная")


def _table(connection: Connection, chosen: argparse.Namespace) -> IndicatorTable:
    key = chosen.programme or indicators.in_year(connection, chosen.year)
    return indicators.table(connection, key, chosen.year, clock.today())


def _named(found: IndicatorTable, wanted: str) -> IndicatorLine:
    item = next((one for one in found.lines if one.number == wanted.strip()), None)
    if item is None:
        raise UserError("MON_NO_NUMBER", number=wanted, known=", ".join(one.number for one in found.lines) or "—")
    return item


def _point_json(one: PointValue) -> dict[str, Any]:
    return {
        "id": one.point.id, "title": one.point.title, "stage": one.point.stage, "due_on": one.point.due_on,
        "closed_at": one.point.closed_at, "value": one.value, "typed": one.typed, "light": one.light,
        "fault": one.fault or None,
    }  # fmt: skip


def line_json(one: IndicatorLine) -> dict[str, Any]:
    """Return one indicator as the command prints it: decimals as exact texts, unknown values as null."""
    return {
        "lineage": one.lineage, "node": one.node_id, "number": one.number, "text": one.text, "measure": one.measure,
        "unit": one.unit or None, "direction": one.direction, "baseline": one.baseline,
        "baseline_year": one.baseline_year, "target": one.target, "required": one.required, "value": one.value,
        "typed": one.typed, "light": one.light, "gap": one.gap, "tolerance": one.tolerance, "forecast": one.forecast,
        "formula": one.formula or None, "version": one.version, "how": one.how or None, "source": one.source or None,
        "closed": one.closed, "fault": one.fault or None, "spent_kopecks": one.spent_kopecks,
        "planned_kopecks": one.planned_kopecks, "points": [_point_json(point) for point in one.points],
    }  # fmt: skip


def _indicators(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        found = _table(connection, chosen)
        if chosen.how is not None:
            item = _named(found, chosen.how)
            told = indicators.derivation(
                connection, item.lineage, chosen.year, day=clock.today(), programme_id=found.programme.id
            )
            _show_how(chosen, told)
            return 3 if told.faults else 0
    if chosen.json:
        points = [{"id": one.id, "title": one.title, "stage": one.stage, "due_on": one.due_on,
                   "closed_at": one.closed_at} for one in found.points]  # fmt: skip
        print_json({"programme": found.programme.id, "title": found.programme.title, "year": found.year,
                    "day": found.day.isoformat(), "points": points,
                    "indicators": [line_json(one) for one in found.lines]})  # fmt: skip
    else:
        _show(found)
    return 3 if found.faults else 0


def _show(found: IndicatorTable) -> None:
    line(f"{found.programme.title}, {found.year} год")
    rows = [
        [one.number, one.text, one.shown(one.baseline), one.shown(one.target), one.shown(one.value), one.word]
        for one in found.lines
    ]  # fmt: skip
    table(("№", "Индикатор", "База", "План", "Факт", "Состояние"), rows)


def _step_json(step: Step) -> dict[str, Any]:
    return {
        "kind": step.kind, "title": step.title,
        "value": None if step.value is None else str(step.value), "words": step.words or None,
        "parts": [_step_json(one) for one in step.children],
    }  # fmt: skip


def _show_how(chosen: argparse.Namespace, told: Derivation) -> None:
    if chosen.json:
        print_json({
            "lineage": told.lineage, "year": told.year, "formula": told.text or None,
            "expression": told.expression or None, "value": told.value, "closed": told.closed is not None,
            "faults": [{"code": one.code, "start": one.start, "end": one.end, "message": one.message}
                       for one in told.faults],
            "step": None if told.step is None else _step_json(told.step),
            "metrics": [
                {"metric": use.text, "value": use.value, "words": use.words, "lines": use.lines,
                 "parts": [{"what": part.what, "said": part.said, "counted": part.counted,
                            "table": part.origin.table if part.origin else None,
                            "row": part.origin.row_id if part.origin else None} for part in use.parts]}
                for use in told.metrics
            ],
        })  # fmt: skip
        return
    line(f"{told.line.number}. {told.line.text}: {told.line.shown(told.value)}")
    line(told.expression or told.line.how or "нет данных")
    for one in told.faults:
        line(one.message)
    for use in told.metrics:
        line(f"  {use.text} = {use.shown}: {use.words}")
        for part in use.parts:
            line(f"    {'+' if part.counted else ' '} {part.what}: {part.said}")


def _value(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        found = _table(store.connection, chosen)
        item = _named(found, chosen.indicator)
        point = _titled(found, chosen.point) if chosen.point else None
        indicators.put_value(store, item.lineage, chosen.year, chosen.value, point, source=chosen.source)
        return _told(chosen, _named(_table(store.connection, chosen), chosen.indicator))


def _formula(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        item = _named(_table(store.connection, chosen), chosen.indicator)
        indicators.put_rule(store, item.lineage, formula=chosen.formula)
        return _told(chosen, _named(_table(store.connection, chosen), chosen.indicator))


def _told(chosen: argparse.Namespace, item: IndicatorLine) -> int:
    if chosen.json:
        print_json({"indicators": [line_json(item)]})
    else:
        line(f"{item.number}. {item.text}: {item.shown(item.value)}, {item.word}")
        if item.fault:
            line(item.fault)
    return 3 if item.fault else 0


def _titled(found: IndicatorTable, title: str) -> int:
    wanted = title.strip().casefold()
    point = next((one for one in found.points if one.title.casefold() == wanted), None)
    if point is None:
        raise UserError("MON_NO_POINT_TITLED", title=title, known=", ".join(one.title for one in found.points) or "—")
    return point.id


def _point(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        found = _table(store.connection, chosen)
        if chosen.add:
            indicators.add_point(store, found.programme.id, chosen.year, chosen.title, due_on=chosen.due)
            told = f"Добавлен замер «{chosen.title}»."
        elif chosen.close:
            kept = indicators.close(store, found.programme.id, _titled(found, chosen.title), clock.today())
            told = f"Замер «{chosen.title}» закрыт, значений сохранено: {number_text(str(kept))}."
        else:
            indicators.reopen(store, _titled(found, chosen.title), chosen.reopen)
            told = f"Замер «{chosen.title}» открыт заново."
        after = _table(store.connection, chosen)
    if chosen.json:
        print_json({"points": [{"id": one.id, "title": one.title, "closed_at": one.closed_at}
                               for one in after.points]})  # fmt: skip
    else:
        line(told)
    return 0
