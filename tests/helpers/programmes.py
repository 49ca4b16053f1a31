"""A small programme for tests, made through the operations; keys by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.models.store import Store
from app.operations import programme_edit as edit
from app.operations import programmes


def small(store: Store, *, years: tuple[int, int] = (2026, 2028), **head: Any) -> dict[str, int]:
    """Make a goal with two tasks, an indicator, two activities, a problem with a cause; returns name → key."""
    keys = {"programme": programmes.create(store, "municipal", "Поддержка школ округа", *years, **head)}
    programme = keys["programme"]
    for name, kind, text, parent in (
        ("problem", "problem", "Разрыв в результатах школ", None),
        ("cause", "cause", "Учителя работают по старым методикам", "problem"),
        ("goal", "goal", "Сократить разрыв в результатах", None),
        ("task1", "task", "Поднять качество преподавания", "goal"),
        ("task2", "task", "Выровнять ресурсы школ", "goal"),
        ("measure", "measure", "Предметные результаты", "task1"),
        ("indicator", "indicator", "Доля школ с низкими результатами", "measure"),
        ("first", "activity", "Стажировки учителей", "task1"),
        ("second", "activity", "Разбор работ", "task1"),
        ("risk", "risk", "Школы не отпустят учителей", None),
    ):
        keys[name] = edit.add(store, programme, kind, text, parent_id=keys.get(parent or ""))
    return keys


def acts(keys: Mapping[str, int]) -> dict[str, Any]:
    """Return every kind of change of that programme as acts for ``undo.walk``."""
    from app.operations import programme_cells as cells
    from app.operations import programme_parts as parts

    programme, first, second, indicator = (keys[name] for name in ("programme", "first", "second", "indicator"))
    return {
        "text": lambda store: edit.put_text(store, first, "Стажировки 12 учителей"),
        "note": lambda store: edit.put_node(store, keys["risk"], answer="Договориться о заменах"),
        "cause": lambda store: edit.put_node(store, keys["cause"], cause_kind="process"),
        "indicator": lambda store: edit.put_indicator(store, indicator, unit="%", direction="down", baseline_year=2025),
        "baseline": lambda store: edit.put_baseline(store, indicator, "37,5"),
        "target": lambda store: edit.put_target(store, indicator, 2026, "30"),
        "required": lambda store: edit.put_target(store, indicator, 2026, "много", required=True),
        "term": lambda store: edit.put_term(store, first, "сентябрь – ноябрь 2026 года"),
        "dates": lambda store: edit.put_dates(store, second, [("2026-02-01", "2026-02-10")]),
        "responsible": lambda store: edit.put_responsible(store, first, ["ММС", "Ким О. В."]),
        "results": lambda store: edit.put_results(store, first, ["12 учителей", "12 уроков"]),
        "schools": lambda store: edit.put_schools(store, first, "listed"),
        "link": lambda store: edit.link(store, "serves", first, indicator),
        "solves": lambda store: edit.put_links(store, "solves", keys["task1"], [keys["cause"]]),
        "after": lambda store: edit.link(store, "after", second, first),
        "money": lambda store: edit.put_money(store, first, 2026, "municipal", "120 000"),
        "estimate": lambda store: parts.put_estimate(
            store, first, 2026, [{"text": "Проезд", "raw": "20000", "comes": "март 2026"}, {"text": "Суточные"}]
        ),
        "direction": lambda store: parts.put_direction(store, programme, None, "Кадры"),
        "cells": lambda store: cells.put_cells(
            store,
            programme,
            [
                cells.Cell(-1, "text", "Семинар"),
                cells.Cell(-1, "direction", "Кадры"),
                cells.Cell(second, "schools", "нет такой школы"),
                cells.Cell(indicator, "baseline_year", "давно"),
            ],
            parent_id=keys["task2"],
        ),
        "rows": lambda store: parts.put_rows(
            store, programme, "mechanism", [{"participant": "ММС", "powers": "ведёт"}, {"participant": "Школы"}]
        ),
        "blocks": lambda store: parts.put_rows(store, programme, "block", [{"word": "approve", "post": "Начальник"}]),
        "section": lambda store: parts.put_section(store, programme, "section.plan", "План на три года."),
        "move": lambda store: edit.move(store, [second], keys["task2"]),
        "unlink": lambda store: edit.unlink(store, "after", second, first),
        "head": lambda store: programmes.edit(store, programme, year_to=2027),
        "remove": lambda store: edit.remove(store, [keys["task1"], first]),
        "gone": lambda store: programmes.remove(store, programme),
    }
