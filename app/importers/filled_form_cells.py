"""One cell of an answer: errors, dates that were numbers, notes inside the answer; nothing there is lost."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time

from app.forms.answers import given
from app.forms.item_types import folded
from app.forms.schema import Answer, Item
from app.importers.filled_form_pages import Fault, Value, shown

NO_WORDS = frozenset({"нет", "-", "–", "—", "0", "no", "false", "ложь", "☐"})
YES_WORDS = frozenset({"да", "+", "1", "yes", "true", "истина", "x", "х", "v", "✓", "✔", "☑", "есть", "верно"})
_ZERO = date(1899, 12, 30)
_LEAP = date(1900, 3, 1)
"""Excel believes that 1900 had a 29 February: days before it stand one number lower."""
_LARGEST_SERIAL = 1000
"""A «date» before the autumn of 1902 is a number in a cell that was given the look of a date."""
_DATED = frozenset({"choice", "many", "flag", "whole", "decimal"})
_BRACKETS = re.compile(r"^(?P<head>.+?)\s*[(\[](?P<note>.+?)[)\]]?[.;]?\s*$", re.DOTALL)
_BREAKS = re.compile(r"\s*(?:[;:\n]|\s[-–—/]\s|,\s|\.\s)\s*")
_COUNTED = re.compile(r"^(?P<head>[+−-]?\d[\d\s\u00a0]*(?:[.,]\d+)?)\s*(?P<note>[^\d]+)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a cell says.

    Attributes:
        answer: with ``raw`` as it stood there.
        hint: code of what was noticed although the answer was understood; ``note`` the words beside it.
    """

    answer: Answer
    hint: str = ""
    note: str = ""


def see(item: Item, value: Value | None, *, other: str = "", comment: str = "") -> Seen:
    """Return what a cell of an item says; a wrong answer keeps its text and gets a code."""
    raw = shown(value)
    if isinstance(value, Fault):
        code = "ITEM_ERROR_CELL" if value.kind == "error" else "ITEM_FORMULA"
        return Seen(Answer(raw=raw, code=code, other=other, comment=comment))
    hint = ""
    if isinstance(value, time) and value == time() and item.kind in _DATED:
        raw, hint = "0", "FORM_GET_DATE_NUMBER"
    if isinstance(value, date) and item.kind in _DATED:
        day = value.date() if isinstance(value, datetime) else value
        serial = (day - _ZERO).days - (day < _LEAP)
        if serial >= _LARGEST_SERIAL:
            return Seen(Answer(raw=raw, code="ITEM_BECAME_DATE", other=other, comment=comment))
        raw, hint = str(serial), "FORM_GET_DATE_NUMBER"
    made = given(item, raw, other=other, comment=comment)
    if made.code is None or isinstance(value, bool | date | time):
        return Seen(made, hint, shown(value) if hint else "")
    return _with_note(item, made) or Seen(made)


def _with_note(item: Item, made: Answer) -> Seen | None:
    """Take «2 (один из трёх)» and «12 чел.» apart; None where no part is an answer."""
    if item.kind not in _DATED:
        return None
    for head, note in _splits(item, made.raw):
        part = given(item, head)
        if part.value is None and not part.not_applicable:
            continue
        contrary = given(item, note)
        if item.scale is not None and contrary.value is not None and contrary.value != part.value:
            return Seen(Answer(raw=made.raw, code="ITEM_CONTRADICTS", other=made.other, comment=made.comment))
        comment = "; ".join(one for one in (made.comment, note) if one)
        kept = Answer(made.raw, part.value, None, made.other or part.other, part.not_applicable, comment)
        return Seen(kept, "FORM_GET_NOTE", note)
    return None


def _splits(item: Item, raw: str) -> list[tuple[str, str]]:
    """Return the ways to read a text as an answer and a note after it, the surest first."""
    found: list[tuple[str, str]] = []
    brackets = _BRACKETS.match(raw)
    if brackets:
        found.append((brackets["head"], brackets["note"].strip()))
    counted = _COUNTED.match(raw.strip())
    if counted and item.kind in {"whole", "decimal"}:
        found.append((counted["head"], counted["note"].strip(" .,;")))
    if item.kind == "many":
        return found
    for gap in _BREAKS.finditer(raw):
        head, note = raw[: gap.start()].strip(), raw[gap.end() :].strip()
        # «10 - 12» and «12, 5» are no number with a note
        if head and note and not (item.kind in {"whole", "decimal"} and any(sign.isdigit() for sign in note)):
            found.append((head, note))
    for choice in sorted(item.scale.choices if item.scale else (), key=lambda one: -len(one.text)):
        for word in (choice.text, choice.short):
            rest = raw.strip()[len(word) :]
            if word and folded(raw.strip()[: len(word)]) == folded(word) and rest[:1].isspace():
                found.append((word, rest.strip()))
    return found
