"""What a workbook of ours says of itself: names of sheets, the hidden column of keys, the hidden sheet ``_form``.

The writer of blanks and the reader of filled ones both take every word from here. Rows are found by their key, columns
by the hidden row of column names; both may be gone after a re-save, then headings and wordings (``fingerprint``) lead.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from app.forms.schema import FormDef

FORM_SHEET, CHECK_SHEET, LISTS_SHEET, META_SHEET = "Форма", "Проверка", "Списки", "_form"
PROGRAM, LAYOUT = "opora-form", "1"
TO_CHECK, CHECKED = "проверьте", "верно"
"""Words of the column «Отметка»: a value filled in beforehand, and one that the school has confirmed unchanged.

A prefilled answer is confirmed by «верно» or by another answer than the hidden column ``prefilled`` keeps.
"""
CHOSEN = "да"
"""What is put beside a choice of a question with several answers; anything but nothing and «нет» counts."""

Role = Literal[
    "key", "number", "criterion", "question", "last", "answer", "mark", "other", "comment", "evidence", "points",
    "prefilled", "left", "wrong", "most",
]  # fmt: skip
"""Columns of a list. A grid has ``key``, ``question``, one column a grid column (``column_name``), ``total``, ``mark``,
and the hidden ones."""

HEADINGS: Mapping[str, str] = {
    "number": "№", "criterion": "Критерий", "question": "Вопрос", "last": "Год назад", "answer": "Ответ",
    "mark": "Отметка", "other": "Другое: напишите", "comment": "Комментарий", "evidence": "Подтверждение",
    "points": "Баллы", "total": "Всего",
}  # fmt: skip

KeyKind = Literal["form", "columns", "item", "choice", "row", "head", "conclusion", "other"]


@dataclass(frozen=True, slots=True)
class RowKey:
    """What the hidden column says of a row.

    Attributes:
        kind: ``item`` a question, ``choice`` one answer of a question with several, ``row`` a row of a grid,
            ``head`` a line over the form, ``conclusion`` its closing line, ``columns`` the hidden row with names of
            columns, ``form`` the first row of a form's sheet; ``other`` is nothing of ours.
        name: id of the item, «section/row», of the head field, or «form@version».
        value: value of the choice.
    """

    kind: KeyKind
    name: str = ""
    value: str = ""


COLUMNS_KEY, CONCLUSION_KEY = "#columns", "#conclusion"


def form_key(form: FormDef) -> str:
    """Return the key of the first row of a form's sheet."""
    return f"#form:{form.id}@{form.version}"


def head_key(name: str) -> str:
    """Return the key of a line over the form."""
    return f"#head:{name}"


def grid_key(section: str, row: str) -> str:
    """Return the key of a row of a grid."""
    return f"#row:{section}/{row}"


def choice_key(item: str, value: str) -> str:
    """Return the key of one answer of a question with several."""
    return f"#many:{item}/{value}"


def column_name(column: str) -> str:
    """Return the name of a grid column in the hidden row; an axis may be called as a role is."""
    return f"col:{column}"


def mirror_name(column: str) -> str:
    """Return the name of the hidden column that keeps the prefilled values of a grid column."""
    return f"was:{column}"


def parse_key(text: object) -> RowKey:
    """Return what a cell of the hidden column says; anything unknown is ``other``."""
    key = text.strip() if isinstance(text, str) else ""
    if key == COLUMNS_KEY:
        return RowKey("columns")
    if key == CONCLUSION_KEY:
        return RowKey("conclusion")
    kind, colon, rest = key.partition(":")
    match kind:
        case "#form" | "#head" | "#row" if colon:
            return RowKey({"#form": "form", "#head": "head", "#row": "row"}[kind], rest)  # type: ignore[arg-type]
        case "#many" if colon:
            item, _, value = rest.rpartition("/")
            return RowKey("choice", item, value)
    return RowKey("item", key) if key and not key.startswith("#") else RowKey("other")


def fingerprint(text: str) -> str:
    """Return 12 hexadecimal signs of a wording: letters and digits only, ё as е, any case."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    letters = "".join(char for char in plain if char.isalnum())
    return hashlib.sha256(letters.encode()).hexdigest()[:12]


# --- the hidden sheet --------------------------------------------------------------------------------------------

META_ROWS: tuple[tuple[str, str], ...] = (
    ("file_id", "файл"), ("school_year", "учебный год"), ("school_id", "школа, номер"), ("school_code", "школа, код"),
    ("school_name", "школа"), ("municipality", "муниципалитет"), ("made_by", "программа"),
)  # fmt: skip
"""Facts of the book: name → the word beside it for a person who unhides the sheet."""

FORM_ROWS: tuple[tuple[str, str], ...] = (
    ("id", "форма"), ("version", "версия"), ("digest", "отпечаток"), ("round_id", "сбор"), ("case_id", "ответ"),
    ("subject_id", "о ком"), ("subject_name", "о ком, название"), ("due_on", "срок"),
)  # fmt: skip
"""Facts of one form in the book."""


@dataclass(frozen=True, slots=True)
class FormMeta:
    """What ``_form`` says of one form of the book; all texts, empty where unknown.

    Attributes:
        wordings: id of the item → fingerprint of its wording.
    """

    id: str = ""
    version: str = ""
    digest: str = ""
    round_id: str = ""
    case_id: str = ""
    subject_id: str = ""
    subject_name: str = ""
    due_on: str = ""
    wordings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class BookMeta:
    """What ``_form`` says of the book.

    Attributes:
        intact: the seal agrees with the facts; False where somebody has changed them by hand.
    """

    file_id: str = ""
    school_year: str = ""
    school_id: str = ""
    school_code: str = ""
    school_name: str = ""
    municipality: str = ""
    made_by: str = ""
    forms: tuple[FormMeta, ...] = ()
    intact: bool = True


MetaRow = tuple[str, str, str, str]
"""Name, number of the form («0» is the book), value, word for a person. A wording: «item», number, id, fingerprint."""


def meta_rows(meta: BookMeta) -> list[MetaRow]:
    """Return the rows of the sheet ``_form``; ``parse_meta`` reads them back."""
    rows: list[MetaRow] = [(PROGRAM, "0", LAYOUT, "служебный лист, не меняйте его")]
    rows += [(name, "0", getattr(meta, name), word) for name, word in META_ROWS]
    rows.append(("seal", "0", seal(meta), "печать"))
    for number, form in enumerate(meta.forms, start=1):
        rows += [(name, str(number), getattr(form, name), word) for name, word in FORM_ROWS]
        rows += [("item", str(number), item, print_) for item, print_ in form.wordings]
    return rows


def seal(meta: BookMeta) -> str:
    """Return the seal over the facts (not over the wordings)."""
    facts = [getattr(meta, name) for name, _ in META_ROWS]
    facts += [getattr(form, name) for form in meta.forms for name, _ in FORM_ROWS]
    return hashlib.sha256("\x1f".join(facts).encode()).hexdigest()[:16]


def parse_meta(rows: Iterable[Sequence[object]]) -> BookMeta | None:
    """Read the sheet ``_form`` back, whatever became of types of its cells; None where it is not ours."""
    texts = [[_text(cell) for cell in row] + ["", "", "", ""] for row in rows]
    if not any(row[0] == PROGRAM for row in texts):
        return None
    book = {row[0]: row[2] for row in texts if row[1] == "0"}
    forms: dict[str, dict[str, str]] = {}
    wordings: dict[str, list[tuple[str, str]]] = {}
    for name, number, value, word, *_ in texts:
        if number in {"", "0"}:
            continue
        if name == "item":
            wordings.setdefault(number, []).append((value, word))
        else:
            forms.setdefault(number, {})[name] = value
    known = [name for name, _ in FORM_ROWS]
    read = tuple(
        FormMeta(**{name: facts.get(name, "") for name in known}, wordings=tuple(wordings.get(number, ())))
        for number, facts in sorted(forms.items(), key=lambda pair: (len(pair[0]), pair[0]))
    )
    meta = BookMeta(forms=read)
    for name, _ in META_ROWS:
        meta = replace(meta, **{name: book.get(name, "")})  # type: ignore[arg-type]
    return replace(meta, intact=book.get("seal") == seal(meta))


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()
