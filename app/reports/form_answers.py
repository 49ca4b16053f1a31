"""Answers of a filled form as tables: what was answered, points beside their maximum, comments and proofs."""

from __future__ import annotations

from app.forms.answers import shown
from app.forms.schema import Answer, FormDef, Item, ScoreResult, Section
from app.forms.scoring import points_of
from app.reports.document import Block, Column, Fraction, Lines, Mark, Marked, Plain, Row, Table, Value
from app.reports.form_tables import FormFilled, asked_ids, grid_table, groups_of, scored, section_name, wording
from app.texts import glue

WRONG, UNSURE = "*", "**"
MARKS = (
    Mark(WRONG, "не подходит", "Так ответить нельзя: ответ сохранён, но не считается."),
    Mark(UNSURE, "не подтверждено", "Заполнено заранее и никем не подтверждено: не считается."),
)


def answer_blocks(form: FormDef, section: Section, done: FormFilled) -> list[Block]:
    """Return the answers of one section as a table."""
    if not section.items:
        return []
    return [_grid(section, done)] if section.grid else [_table(form, section, done)]


def score_value(result: ScoreResult | None) -> Value:
    """Return «25 из 36»; points alone where no maximum is known, «—» where there are none."""
    if result is None or result.points is None:
        return None
    return Fraction(result.points, result.applicable_most) if result.applicable_most else result.points


def _table(form: FormDef, section: Section, done: FormFilled) -> Table:
    most = scored(form)
    asked = asked_ids(form, done.answers)
    items = list(section.items)
    numbered = any(item.number for item in items)
    pointed = any(item.id in most for item in items)
    said = {item.id: _beside(done.answers.get(item.id), done.proofs.get(item.id, ())) for item in items}
    commented = any(said.values())
    columns = (
        *((Column("№", 12),) if numbered else ()),
        Column("Показатель", 78 if commented else 112),
        Column("Ответ", 36),
        *((Column("Баллы", 17, "right", sheet_titles=("Баллов", "Из возможных")),) if pointed else ()),
        *((Column("Комментарий", 42),) if commented else ()),
    )

    def row(item: Item) -> Row:
        answer = done.answers.get(item.id)
        given = answer_value(item, answer) if item.id in asked else "не спрашивается"
        cells: list[Value] = [*([item.number] if numbered else []), wording(item), given]
        if pointed:
            cells.append(_points(item, answer, most) if item.id in asked else None)
        if commented:
            cells.append(Lines(said[item.id]) if said[item.id] else "")
        return Row(tuple(cells))

    return Table(section_name(section), columns, groups_of(items, row), MARKS)


def answer_value(item: Item, answer: Answer) -> Value:
    """Return an answer as the paper shows it, marked where it does not count; «—» where there is none."""
    text = shown(item, answer).strip()
    if not text:
        return None
    if answer.code is not None:
        return Marked(glue(text), (WRONG,))
    value: Plain = int(answer.value) if item.kind == "whole" and answer.value is not None else _text(text)
    return value if answer.confirmed else Marked(value, (UNSURE,))


def _text(text: str) -> Plain:
    lines = tuple(glue(line) for line in text.splitlines() if line.strip())
    return lines[0] if len(lines) == 1 else Lines(lines)


def _points(item: Item, answer: Answer, most: dict[str, int | None]) -> Value:
    """Return points beside their maximum; nothing where the answer gives none: no answer is not a nought."""
    if item.id not in most or not answer.counts or answer.not_applicable or answer.value is None:
        return None
    points = points_of(item, answer.value)
    if points is None:
        return None
    whole = most[item.id]
    return points if whole is None else Fraction(points, whole)


def _beside(answer: Answer, proofs: tuple[str, ...]) -> tuple[str, ...]:
    lines = [glue(line.strip()) for line in answer.comment.splitlines() if line.strip()]
    return (*lines, *(glue(f"Приложено: {title}") for title in proofs))


def _grid(section: Section, done: FormFilled) -> Table:
    values: dict[str, Value] = {}
    for item in section.items:
        answer = done.answers.get(item.id)
        if answer.counts and answer.value is not None and item.kind == "whole":
            values[item.id] = int(answer.value)
        else:
            values[item.id] = answer_value(item, answer)
    made = grid_table(section, values, totals=True)
    return Table(made.name, made.columns, made.groups, MARKS, made.empty)
