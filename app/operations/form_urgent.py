"""«Срочный сбор»: a few headings become a form, a round, blanks and one table that fills as answers come."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from app.errors import UserError
from app.forms.schema import Choice, FormDef, Item, ItemKind, Scale, Section
from app.models.forms import SubjectRef
from app.models.store import Connection, Store
from app.operations import form_rounds, form_subjects, forms
from app.operations.form_cases import answer_set, round_and_form
from app.operations.form_states import State
from app.texts import DASH, NBSP, plural

HeadingKind = Literal["whole", "decimal", "text", "date", "flag"]
KIND_WORDS: Mapping[HeadingKind, str] = {
    "whole": "целое число",
    "decimal": "число с запятой",
    "text": "текст",
    "date": "дата",
    "flag": "да или нет",
}
_YES_NO = Scale("yes-no", (Choice("yes", "да"), Choice("no", "нет")))
MOST = 60
"""More headings are no urgent collection but a form of its own."""
LONGEST = 500
_STEM = "urgent"
_NUMBERED = re.compile(r"^\d{1,2}[.)]\s+(?=\S)")
_DECIMAL = re.compile(r"процент|%|\bдол[яию]\b|средн|\bруб|\bсумм[аы]\b|\bплощад|\bкоэффициент", re.IGNORECASE)
_SHARE = re.compile(r"процент|%|\bдол[яю]\b|средн|коэффициент", re.IGNORECASE)
"""Shares and means are not added up."""
_WHOLE = re.compile(
    r"\bкол-во|\bколичеств|\bчисл(о|енност)|\bсколько|\bвсего\b|\bитого\b|\bчел\b|\bединиц|\bшт\b|^из них",
    re.IGNORECASE,
)
_DATE = re.compile(r"\bдат[аы]\b|\bкогда\b|\bсрок(и)?\b", re.IGNORECASE)
_FLAG = re.compile(r"^есть\b|^имеется|^имеются|^наличие|\bли\b|да\s*/\s*нет|\(да, нет\)|\(да или нет\)", re.IGNORECASE)
_TEXT = re.compile(r"\bфамили|\bфио\b|\bф\.\s*и\.\s*о\.|\bкто\b|\bкак(ой|ая|ие|ое)\b|\bназвани|\bпричин|\bпримечани|"
                   r"\bкомментари|\bномер\b|\bтелефон|\bадрес|\bссылк", re.IGNORECASE)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Heading:
    """One column of the table that is asked for."""

    text: str
    kind: HeadingKind


# --- headings ----------------------------------------------------------------------------------------------------


def headings(text: str) -> tuple[Heading, ...]:
    """Return the headings of a text: a row or a column copied from Excel, lines typed one under another.

    Numbers before the words («1. …») go, a heading that stands twice is taken once; one line without tabs may have
    its headings between semicolons.
    """
    found: dict[str, Heading] = {}
    for cell in _cells(text):
        words = _NUMBERED.sub("", " ".join(cell.split()))[:LONGEST]
        if words:
            found.setdefault(words.casefold(), Heading(words, guess(words)))
    return tuple(found.values())


def _cells(text: str) -> list[str]:
    plain = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    if "\n" not in plain and "\t" not in plain and ";" in plain:
        return plain.split(";")
    if '"' in plain and plain.count('"') % 2 == 0 and ("\t" in plain or plain.startswith('"')):
        return [cell for row in csv.reader(io.StringIO(plain), delimiter="\t") for cell in row]
    return [cell for line in plain.split("\n") for cell in line.split("\t")]


def guess(words: str) -> HeadingKind:
    """Return the kind that the words of a heading tell of; a person may choose another."""
    rules: tuple[tuple[re.Pattern[str], HeadingKind], ...] = (
        (_FLAG, "flag"), (_DECIMAL, "decimal"), (_WHOLE, "whole"), (_DATE, "date"), (_TEXT, "text"),
    )  # fmt: skip
    return next((kind for pattern, kind in rules if pattern.search(words)), "text")


# --- the form ----------------------------------------------------------------------------------------------------


def form_of(form_id: str, title: str, asked: Sequence[Heading]) -> FormDef:
    """Return the form that asks for the headings, one question each.

    Raises:
        UserError: ``FORM_URGENT_NOTHING``, ``FORM_URGENT_MANY``.
    """
    if not asked:
        raise UserError("FORM_URGENT_NOTHING")
    if len(asked) > MOST:
        raise UserError("FORM_URGENT_MANY", found=len(asked), most=MOST)
    items = tuple(_item(number, heading) for number, heading in enumerate(asked, 1))
    name = " ".join(title.split()) or "Срочный сбор"
    return FormDef(form_id, "1.0", name, name, "school", "request", (Section("asked", "", items),))


def _item(number: int, heading: Heading) -> Item:
    kind: ItemKind = heading.kind
    made = Item(f"q{number}", heading.text, kind, number=str(number))
    if kind == "whole":
        return replace(made, least=0)
    if kind == "flag":
        return replace(made, scale=_YES_NO)
    return replace(made, places=2) if kind == "decimal" else made


@dataclass(frozen=True, slots=True)
class Begun:
    """A request that has been begun: its form, its round, the cases of the schools."""

    form_id: str
    round_id: int
    case_ids: tuple[int, ...]


def begin(
    store: Store, title: str, asked: Sequence[Heading], subjects: Sequence[SubjectRef], school_year: int, *,
    due_on: str | None = None, letter: str = "",
) -> Begun:  # fmt: skip
    """Make the form of a request, keep it as the file's own and begin its round.

    Both are one step: undo takes both back.

    Args:
        store: the open file.
        title: what the request is called.
        asked: its columns.
        subjects: which schools.
        school_year: first calendar year.
        due_on: the last day for an answer.
        letter: what the letter says beside the request itself.

    Raises:
        UserError: ``FORM_URGENT_NOTHING``, ``FORM_URGENT_MANY``, ``FORM_NO_SUBJECTS``, ``FORM_NOT_DATE``,
            ``FORM_FAULTS``.
    """
    from app.forms.loader import load
    from app.forms.writer import text_of

    form = load(text_of(form_of(forms.free_id(store.connection, _STEM), title, asked)))
    round_id = form_rounds.start_with(
        store, form, school_year, subjects, title=form.short, due_on=due_on, letter=letter, prefill=False
    )
    cases = form_rounds.cases(store.connection, round_id)
    return Begun(form.id, round_id, tuple(line.case.id for line in cases))


def school_refs(connection: Connection, school_ids: Sequence[int] | None = None) -> list[SubjectRef]:
    """Return schools as a round takes them; all own ones that work where none are named."""
    blank = FormDef("", "", "", "", "school", "request", ())
    found = [candidate.ref for candidate in form_subjects.candidates(connection, blank)]
    return found if school_ids is None else [ref for ref in found if ref.organisation_id in set(school_ids)]


# --- the table ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TableRow:
    """The answers of one school; ``wrong`` are the columns whose answer does not fit."""

    case_id: int
    shown: str
    state: State
    overdue: bool
    cells: tuple[str, ...]
    wrong: frozenset[int] = frozenset()

    @property
    def answered(self) -> bool:
        """Whether anything has come."""
        return any(self.cells)


@dataclass(frozen=True, slots=True)
class RequestTable:
    """One table of a round: schools × questions.

    Attributes:
        totals: what stands under each column: the sum of numbers, how many «да», "" of texts and dates.
        complete: how many have answered every question.
    """

    round_id: int
    title: str
    school_year: int
    due_on: str | None
    items: tuple[Item, ...]
    rows: tuple[TableRow, ...]
    totals: tuple[str, ...]
    complete: int

    @property
    def silent(self) -> tuple[TableRow, ...]:
        """Those of whom nothing has come."""
        return tuple(row for row in self.rows if not row.answered)


def table(connection: Connection, round_id: int) -> RequestTable:
    """Return the answers of a round as one table with sums.

    Answers that nobody has confirmed are not shown; those that do not fit are shown and not counted.

    Raises:
        UserError: ``FORM_NO_ROUND``, ``FORM_UNKNOWN``.
    """
    from app.forms import answers as rules
    from app.models import forms as stored

    record, form = round_and_form(connection, round_id)
    lines = [line for line in form_rounds.cases(connection, round_id) if line.case.role == "self"]
    kept = stored.answers(connection, [line.case.id for line in lines])
    items = tuple(form.items())
    rows, values = [], []
    for line in lines:
        given = answer_set(form, kept[line.case.id], confirmed_only=True)
        found = [given.get(item.id) for item in items]
        cells = tuple(rules.shown(item, answer) for item, answer in zip(items, found, strict=True))
        wrong = frozenset(place for place, answer in enumerate(found) if answer.code)
        rows.append(TableRow(line.case.id, line.subject.shown, line.state, line.overdue, cells, wrong))
        values.append([answer.value for answer in found])
    columns = [[row[place] for row in values] for place in range(len(items))]
    totals = tuple(_total(item, column) for item, column in zip(items, columns, strict=True))
    complete = sum(all(row.cells) and not row.wrong for row in rows)
    return RequestTable(round_id, record.title, record.school_year, record.due_on, items, tuple(rows), totals, complete)


def _total(item: Item, values: Sequence[str | None]) -> str:
    given = [value for value in values if value is not None]
    if item.kind == "flag":
        return f"да: {given.count('yes')} из {len(given)}".replace(" ", NBSP) if given else DASH
    if item.kind not in {"whole", "decimal"} or _SHARE.search(item.text):
        return ""
    if not given:
        return DASH
    total = sum((Decimal(value) for value in given), Decimal(0))
    return f"{total.normalize():f}".replace(".", ",")


def state_text(found: RequestTable) -> str:
    """Return «ответили 7 из 11 школ, полностью — 6»."""
    of = len(found.rows)
    came = of - len(found.silent)
    verb = plural(came, "ответила", "ответили", "ответили")
    whole = "" if came == found.complete else f", полностью{NBSP}—{NBSP}{found.complete}"
    return f"{verb} {came}{NBSP}из{NBSP}{of}{whole}"
