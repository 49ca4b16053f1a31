"""How a question stands in a cell: what it offers, how an answer is written there, what is checked while typing."""

from __future__ import annotations

from collections.abc import Mapping

from app.forms.excel_draft import Lists, quoted
from app.forms.excel_model import Check, Look, Value
from app.forms.item_types import NOT_APPLICABLE, type_of
from app.forms.schema import Answer, Item, ItemKind

CELL = "{cell}"
"""Stands in the formula of a ``custom`` check for the first cell that it is for."""

_LOOKS: Mapping[ItemKind, Look] = {
    "choice": "answer", "many": "answer", "flag": "answer_centre", "whole": "answer_whole",
    "decimal": "answer_decimal", "text": "answer", "date": "answer_day", "link": "answer",
}  # fmt: skip


def look(item: Item) -> Look:
    """Return the look of the cell for the answer."""
    return _LOOKS[item.kind]


def last_look(item: Item) -> Look:
    """Return the look of the cell for last year's answer."""
    if item.kind == "date":
        return "last_day"
    return "last_number" if item.kind in {"whole", "decimal"} else "last"


def offered(item: Item) -> tuple[str, ...]:
    """Return the texts that can be chosen; empty where the answer is typed."""
    found = type_of(item).excel_rule(item)
    return found.values if found.kind == "list" else ()


def offered_points(item: Item) -> tuple[int | None, ...]:
    """Return the points of ``offered``, weight not counted; empty where the answer is not scored."""
    if item.points is None or item.scale is None:
        return ()
    points = tuple(choice.points for choice in item.scale.choices)
    return (*points, None) if item.not_applicable else points


def has_other(item: Item) -> bool:
    """Whether a choice of the question wants a text beside it."""
    return item.scale is not None and any(choice.other for choice in item.scale.choices)


def written(item: Item, answer: Answer) -> Value | None:
    """Return what stands in the cell: texts of choices, numbers and dates as such; a wrong answer as it was given.

    Several choices are joined by «; »; the blank itself has a cell for each (``chosen``). The text beside «другое» has
    a column of its own.
    """
    if answer.not_applicable:
        return NOT_APPLICABLE
    if answer.value is None:
        return answer.raw or None
    cell = type_of(item).to_cell(item, answer.value)
    return str(cell) if isinstance(cell, bool) else cell


def said(item: Item, value: str) -> str:
    """Return a canonical value of a choice or a mark as it stands in a cell."""
    return str(type_of(item).to_cell(item, value))


def chosen(answer: Answer) -> frozenset[str]:
    """Return the values of the choices of a question with several."""
    return frozenset(answer.value.split(";")) if answer.value else frozenset()


def rule(item: Item, lists: Lists) -> Check | None:
    """Return what is checked while typing; None takes anything. The reader judges again by ``item_types``."""
    if item.kind in {"choice", "flag"}:
        where = lists.take(offered(item), offered_points(item))
        message = "Нажмите стрелку справа от ячейки и выберите ответ из списка."
        longest = max(offered(item), key=len)
        return Check("list", where.texts, title="Ответа нет в списке", message=message, longest=longest)
    if item.kind in {"whole", "decimal"}:
        return _number(item, lists)
    if item.kind == "date":
        return Check(
            "date",
            least=1900,
            most=2099,
            title="Нужна дата",
            message="Введите дату: день, месяц, год. Например, 15.09.2025.",
        )
    return None


def _number(item: Item, lists: Lists) -> Check:
    whole = item.kind == "whole"
    message = f"Введите {'целое число' if whole else 'число'}{_within(item)}, без слов и единиц."
    title = "Нужно целое число" if whole else "Нужно число"
    if item.not_applicable:
        message += f" Если вопрос вас не касается, напишите «{NOT_APPLICABLE}»."
        return Check("custom", right(item, CELL, lists), title=title, message=message)
    return Check("whole" if whole else "decimal", "", item.least, item.most, title, message)


def _within(item: Item) -> str:
    match item.least, item.most:
        case None, None:
            return ""
        case int(least), None:
            return f" не меньше {least}"
        case None, int(most):
            return f" не больше {most}"
        case least, most:
            return f" от {least} до {most}"


def right(item: Item, cell: str, lists: Lists) -> str:
    """Return a formula that holds for a cell that is filled rightly; «TRUE» where any text will do."""
    if item.kind in {"choice", "flag"}:
        where = lists.take(offered(item), offered_points(item))
        return f"ISNUMBER(MATCH({cell},{where.texts},0))"
    if item.kind not in {"whole", "decimal", "date"}:
        return "TRUE"
    # a text must not reach INT, and AND looks at all its arguments: so a step inside a step
    bounds = [f"INT({cell})={cell}"] if item.kind == "whole" else []
    if item.kind != "date":
        bounds += [f"{cell}>={item.least}"] if item.least is not None else []
        bounds += [f"{cell}<={item.most}"] if item.most is not None else []
    held = f"IF(ISNUMBER({cell}),AND({','.join(bounds)}),FALSE)" if bounds else f"ISNUMBER({cell})"
    return f"OR({cell}={quoted(NOT_APPLICABLE)},{held})" if item.not_applicable else held
