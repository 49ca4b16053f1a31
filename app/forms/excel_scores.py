"""Points and levels as formulas of the blank: they live while the school fills it. What counts is ``scoring``."""

from __future__ import annotations

from collections.abc import Sequence

from app.forms import excel_cells
from app.forms.excel_draft import Draft, quoted, runs
from app.forms.excel_list import Rows
from app.forms.excel_model import address
from app.forms.item_types import NOT_APPLICABLE, YES
from app.forms.schema import FormDef, Item, Level, Score

LATER = "появится, когда ответите на все вопросы"


def score_items(form: FormDef, score: Score) -> list[Item]:
    """Return the questions that a score is made of."""
    chosen = [item for item in form.items() if not score.items or item.id in score.items]
    match score.rule:
        case "sum":
            return [item for item in chosen if item.points is not None]
        case "count":
            return [item for item in chosen if item.kind == "flag"]
        case "reached":
            return [item for item in chosen if item.threshold is not None]
    return []


def write(draft: Draft, form: FormDef, rows: Rows) -> dict[str, str]:
    """Write the rows of scores under the questions.

    Returns:
        Id of the score → address of the cell with its points, for the line over the table and the check sheet.
    """
    places: dict[str, str] = {}
    for score in form.scores:
        items = [item for item in score_items(form, score) if item.id in rows.items]
        if not items:
            continue
        total, most, title = _total(score, items, rows)
        draft.put("number", "score", title, across=draft.at("answer") - 1)
        draft.put("answer", "score_points", formula=total, across=draft.edge)
        cell = "$" + address(draft.row, draft.at("answer")).replace(str(draft.row + 1), f"${draft.row + 1}")
        places[score.id] = cell
        draft.row += 1
        if score.levels and most:
            draft.put("number", "score", "Уровень", across=draft.at("answer") - 1)
            draft.put("answer", "level", formula=_level(score, items, rows, cell, most), across=draft.edge)
            draft.row += 1
    return places


def _total(score: Score, items: Sequence[Item], rows: Rows) -> tuple[str, int, str]:
    """Return the formula, the maximum that levels speak of, and the heading of the row."""
    answers = [rows.items[item.id] for item in items]
    if score.rule == "sum":
        most = sum(item.points or 0 for item in items)
        return f"SUM({runs(answers, rows.columns['points'])})", most, f"{score.title}, баллов (не больше {most})"
    column = rows.columns["answer"]
    if score.rule == "count":
        tests = [
            f"({address(row, column)}={quoted(excel_cells.said(item, YES))})"
            for row, item in zip(answers, items, strict=True)
        ]
        title = score.title if "из" in score.title else f"{score.title} (из {len(items)})"
        return "+".join(tests) + ("*1" if len(tests) == 1 else ""), len(items), title
    tests = []
    for row, item in zip(answers, items, strict=True):
        cell = address(row, column)
        tests.append(f"IF(ISNUMBER({cell}),IF({cell}>={item.threshold},1,0),0)")
    joined = "+".join(tests)
    # whole per cent, upwards: exactly a half is not yet «more than a half»
    return f"INT(({joined})*100/{len(items)})", 100, score.title


def _level(score: Score, items: Sequence[Item], rows: Rows, total: str, most: int) -> str:
    answers = [rows.items[item.id] for item in items]
    limits = sorted((level for level in score.levels if level.least is not None), key=_least, reverse=True)
    if not limits:
        return quoted("выбирает комиссия")
    applicable = ""
    if score.rule == "sum" and score.applicable == "proportional" and any(item.not_applicable for item in items):
        applicable = f"SUM({runs(answers, rows.columns['most'])})"
    formula = quoted(limits[-1].text)
    for level in reversed(limits[:-1]):
        reached = f"{total}*{most}>={_least(level)}*{applicable}" if applicable else f"{total}>={_least(level)}"
        formula = f"IF({reached},{quoted(level.text)},{formula})"
    if applicable:
        formula = f"IF({applicable}=0,{quoted(f'все вопросы — «{NOT_APPLICABLE}»')},{formula})"
    if score.missing == "refuse":
        left = f"SUM({runs(answers, rows.columns['left'])})+SUM({runs(answers, rows.columns['wrong'])})"
        formula = f"IF({left}>0,{quoted(LATER)},{formula})"
    return formula


def _least(level: Level) -> int:
    return level.least or 0
