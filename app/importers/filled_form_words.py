"""What the blank of a form says in words: by them rows and columns are found where the hidden keys are gone."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from app.forms.excel_keys import CHECKED, HEADINGS, TO_CHECK, column_name, fingerprint
from app.forms.excel_model import Look
from app.forms.excel_plan import expected
from app.forms.schema import FormDef

LINES = re.compile(
    r"учебн\w+\s+год|^осталось ответить|^ответы необязательны|^заполните светлые|^источник:|^ниже: «да»$", re.IGNORECASE
)
"""Lines of a blank that are not the same in every one."""
SUBJECT_LINE = re.compile(r"^(?P<who>.+?)\.?\s+(?P<year>20\d\d)\s*/\s*\d\d(?:\d\d)?\s+учебн", re.IGNORECASE | re.DOTALL)
LAST_YEAR = fingerprint("Год назад")
_SCORES: frozenset[Look] = frozenset({"score"})
_LEAD = "–—- \u00a0"


@dataclass(slots=True)
class Wordings:
    """Fingerprints of one form.

    Attributes:
        items: wording → ids of the items that have it.
        choices: wording → (item, value) of questions with several answers.
        rows: wording → «section/row» of grids; ``columns`` the headings of grids → names of columns.
        numbers: printed number → ids.
        fixed: everything that a blank says itself; ``scores`` labels of its sums.
    """

    items: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    heads: dict[str, str] = field(default_factory=dict)
    conclusion: str = ""
    rows: dict[str, list[str]] = field(default_factory=dict)
    columns: dict[str, set[str]] = field(default_factory=dict)
    numbers: dict[str, list[str]] = field(default_factory=dict)
    fixed: set[str] = field(default_factory=set)
    scores: set[str] = field(default_factory=set)


@lru_cache(maxsize=8_192)
def mark_of(text: str) -> str:
    """Return the fingerprint of a wording, empty where it has no letter and no digit.

    Books of one round say nearly everything in the same words: each is worked out once a batch.
    """
    return fingerprint(text) if any(sign.isalnum() for sign in text) else ""


@lru_cache(maxsize=128)
def wordings(form: FormDef) -> Wordings:
    """Return the fingerprints of a form; worked out once."""
    found = Wordings()
    for section in form.sections:
        if section.grid:
            for row in section.rows:
                found.rows.setdefault(mark_of(row.text), []).append(f"{section.id}/{row.id}")
            for column in section.columns:
                for text in (column.group + column.text, column.text):
                    found.columns.setdefault(mark_of(text), set()).add(column_name(column.id))
            continue
        for item in section.items:
            found.items.setdefault(mark_of(item.text), []).append(item.id)
            found.numbers.setdefault(mark_of(item.number), []).append(item.id)
            for choice in item.scale.choices if item.kind == "many" and item.scale else ():
                found.choices.setdefault(mark_of(choice.text), []).append((item.id, choice.value))
    found.heads = {mark_of(text): name for name, text in form.head_fields}
    found.conclusion = mark_of(form.conclusion) if form.conclusion else ""
    texts = [*HEADINGS.values(), TO_CHECK, CHECKED, form.title, form.short, form.source, form.place]
    for sheet in expected(form).sheets:
        texts += [cell.value for cell in sheet.cells if isinstance(cell.value, str)]
        found.scores |= {
            mark_of(cell.value) for cell in sheet.cells if cell.look in _SCORES and isinstance(cell.value, str)
        }
    found.fixed = {mark_of(text) for text in texts if text}
    for known in (found.items, found.rows, found.columns, found.numbers, found.choices, found.heads):
        known.pop("", None)
    found.scores.discard("")
    return found


def bare(text: str) -> str:
    """Return a wording without the dash before a choice."""
    return text.strip(_LEAD)


def headings() -> dict[str, str]:
    """Return wording of a heading → name of the column."""
    return {mark_of(text): name for name, text in HEADINGS.items()}


def similar(text: str, wanted: dict[str, str], least: float = 86.0) -> tuple[str, int] | None:
    """Return the id whose wording is surely the likest to a text, and how alike in per cent; None where none is.

    Args:
        text: as it stands in the workbook.
        wanted: id → wording.
        least: from which likeness on it counts; the second best must be five per cent behind.
    """
    from rapidfuzz import fuzz, process

    folded = {key: " ".join(word.casefold().replace("ё", "е").split()) for key, word in wanted.items()}
    mine = " ".join(text.casefold().replace("ё", "е").split())
    best = process.extract(mine, folded, scorer=fuzz.ratio, limit=2, score_cutoff=least)
    if not best or (len(best) > 1 and best[0][1] - best[1][1] < 5):
        return None
    return str(best[0][2]), int(best[0][1])
