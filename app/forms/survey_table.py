"""Answers to a questionnaire out of a table: one respondent a row, as Excel, Яндекс and Google give them out.

Columns are found by the wording of the questions. What tells of the respondent is left out before anything is kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import Literal

from app.forms.anonymity import REMOVED, cleaned, personal
from app.forms.answers import given
from app.forms.item_types import choice_keys, folded, join_values, tidy
from app.forms.schema import Answer, Choice, FormDef, Item
from app.texts import count

Fate = Literal["question", "personal", "unknown", "repeated", "empty"]
_NUMBER = re.compile(r"^\(?\d+(?:\.\d+)*[.)]?\s+")
_BRACKETS = re.compile(r"(.*?)\s*\[(.+)\]\s*", re.DOTALL)
_TAIL = " .:?!*…_"
_TOTALS = ("итог", "всего", "среднее")
_NOT_MARKED = frozenset({"", "нет", "0", "-", "false", "ложь", "no", "не выбрано"})
_MARKED = frozenset({"да", "1", "+", "v", "х", "x", "true", "истина", "yes", "✓", "✔", "☑"})
_ALIKE = 0.92
_HEADING_LINES = 12


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column: its heading and what becomes of it.

    Attributes:
        item_id: the question; «» where there is none.
        choice: one of several answers has a column of its own: its value.
        why: of a ``personal`` one what it tells of («имя», «телефон»).
    """

    heading: str
    fate: Fate
    item_id: str = ""
    choice: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class SurveyRows:
    """What a table holds.

    Attributes:
        rows: item → answer, one a respondent; an empty questionnaire is a respondent too.
        missing: questions without a column.
        wrong: answers kept as they stand because they fit no choice.
        others: answers outside the list that became «другое».
        hidden: texts from which an address or a telephone was taken.
    """

    columns: tuple[TableColumn, ...]
    rows: tuple[Mapping[str, Answer], ...]
    missing: tuple[str, ...] = ()
    wrong: int = 0
    others: int = 0
    hidden: int = 0

    @property
    def known(self) -> int:
        """How many questions have a column."""
        return len({column.item_id for column in self.columns if column.item_id})

    def of(self, fate: Fate) -> tuple[TableColumn, ...]:
        """Return columns of one fate."""
        return tuple(column for column in self.columns if column.fate == fate)

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return what is taken and what is not, in words."""
        total = self.known + len(self.missing)
        found = [f"{count(len(self.rows), 'анкета', 'анкеты', 'анкет')}, вопросов найдено {self.known} из {total}."]
        for fate, words in (("personal", "Не взяты, чтобы анкета осталась анонимной"),
                            ("unknown", "Не взяты: таких вопросов в анкете нет"),
                            ("repeated", "Не взяты: вопрос уже есть в другом столбце")):  # fmt: skip
            names = [f"«{_short(column.heading)}»" for column in self.columns if column.fate == fate]
            if names:
                found.append(f"{words}: {', '.join(names)}.")
        if self.missing:
            found.append(f"Нет столбца: {', '.join(f'«{_short(text)}»' for text in self.missing)}.")
        if self.others:
            found.append(f"Ответов не из списка записано как «другое»: {self.others}.")
        if self.wrong:
            found.append(f"Ответов не распознано: {self.wrong}. Они сохранены, но не посчитаны.")
        if self.hidden:
            found.append(f"Адреса и телефоны убраны из ответов: {self.hidden}.")
        return tuple(found)


def _short(text: str, most: int = 48) -> str:
    plain = tidy(text)
    return plain if len(plain) <= most else plain[: most - 1].rstrip() + "…"


# --- headings ----------------------------------------------------------------------------------------------------


def bare(text: str) -> str:
    """Return a wording for comparing: without its number, quotation marks and the signs at its end."""
    plain = _NUMBER.sub("", folded(text))
    return re.sub("[«»„“”\"']", "", plain).strip(_TAIL)


def find_item(form: FormDef, heading: str) -> tuple[Item, Choice | None] | None:
    """Return the question of a heading, with the choice where one of several answers has a column of its own."""
    wanted = bare(heading)
    if not wanted:
        return None
    items = {bare(item.text): item for item in form.items()}
    items |= {item.id.casefold(): item for item in form.items() if item.id.casefold() not in items}
    items |= {folded(item.number): item for item in form.items() if item.number and folded(item.number) not in items}
    if wanted in items:
        return items[wanted], None
    return _in_parts(items, heading) or _alike(items, wanted)


def _in_parts(items: Mapping[str, Item], heading: str) -> tuple[Item, Choice | None] | None:
    """Understand «Вопрос [строка]», «Вопрос / вариант», «Вопрос: строка»."""
    match = _BRACKETS.fullmatch(heading)
    pairs = [(match[1], match[2])] if match else []
    for sign in (" / ", " → ", " | ", ": ", " - ", " — "):
        pairs += [(heading[:at], heading[at + len(sign) :]) for at in _places(heading, sign)]
    for outer, inner in pairs:
        found = items.get(bare(outer))
        if found is not None and found.kind == "many" and found.scale is not None:
            chosen = [
                one for one in found.scale.choices if bare(inner) in {bare(one.text), bare(one.short or one.text)}
            ]
            if chosen:
                return found, chosen[0]
        if (row := items.get(bare(inner))) is not None:
            return row, None
    return None


def _places(text: str, sign: str) -> list[int]:
    return [match.start() for match in re.finditer(re.escape(sign), text)]


def _alike(items: Mapping[str, Item], wanted: str) -> tuple[Item, Choice | None] | None:
    """A heading cut short, or with a slip in it; never one that fits two questions."""
    if len(wanted) < 12:
        return None
    begun = {item.id: item for text, item in items.items() if text.startswith(wanted)}
    if len(begun) == 1:
        return next(iter(begun.values())), None
    near = {item.id: item for text, item in items.items() if SequenceMatcher(None, text, wanted).ratio() >= _ALIKE}
    return (next(iter(near.values())), None) if len(near) == 1 else None


def columns_of(form: FormDef, headings: Sequence[str]) -> tuple[TableColumn, ...]:
    """Say of every heading what becomes of its column; what tells of the respondent is never a question."""
    made: list[TableColumn] = []
    taken: set[tuple[str, str]] = set()
    for heading in headings:
        if not tidy(heading):
            made.append(TableColumn("", "empty"))
        elif why := personal(heading):
            made.append(TableColumn(heading, "personal", why=why))
        elif (found := find_item(form, heading)) is None:
            made.append(TableColumn(heading, "unknown"))
        else:
            key = found[0].id, found[1].value if found[1] is not None else ""
            fate: Fate = "repeated" if key in taken else "question"
            taken.add(key)
            made.append(TableColumn(heading, fate, *(key if fate == "question" else ("", ""))))
    return tuple(made)


# --- answers -----------------------------------------------------------------------------------------------------


def entered(item: Item, raw: str) -> Answer:
    """Return the answer of a text: a choice by its words or by its place, anything else as «другое» where it may be.

    A wrong text is kept with a code; addresses and telephones are taken out of every text.
    """
    text = cleaned(raw).strip()
    answer = given(item, text)
    if answer.code != "ITEM_CHOICE" or item.scale is None:
        return answer
    if text.isascii() and text.isdigit() and len(text) < 4 and 1 <= int(text) <= len(item.scale.choices):
        return replace(answer, value=item.scale.choices[int(text) - 1].value, code=None)
    open_one = next((choice for choice in item.scale.choices if choice.other), None)
    if open_one is None:
        return answer
    if item.kind == "choice":
        return replace(answer, value=open_one.value, code=None, other=text)
    return _several(item, text, answer, open_one)


def _several(item: Item, text: str, answer: Answer, open_one: Choice) -> Answer:
    """Of several answers those outside the list are the text beside «другое»."""
    if item.scale is None:
        return answer
    chosen: set[str] = set()
    other: list[str] = []
    for piece in re.split(r"[;\n]", text):
        one = given(item, piece)
        parts = [piece] if one.code is None else piece.split(",")
        for part in parts:
            known = given(item, part)
            if known.value is not None:
                chosen |= set(known.value.split(";"))
                other += [known.other] if known.other else []
            elif tidy(part):
                chosen.add(open_one.value)
                other.append(tidy(part))
    return replace(answer, value=join_values(item.scale, chosen), code=None, other=", ".join(other))


@dataclass
class _Count:
    wrong: int = 0
    others: int = 0
    hidden: int = 0
    rows: list[Mapping[str, Answer]] = field(default_factory=list)


def read_rows(form: FormDef, lines: Sequence[Sequence[str]]) -> SurveyRows | None:
    """Read a table with a row of headings; None where no line has the wording of a question.

    Args:
        form: the questionnaire.
        lines: cells of the table as texts, the line of headings among the first twelve.
    """
    best, place = 0, -1
    for number, line in enumerate(lines[:_HEADING_LINES]):
        known = len({column.item_id for column in columns_of(form, line) if column.item_id})
        if known > best:
            best, place = known, number
    if place < 0:
        return None
    columns = columns_of(form, lines[place])
    done = _Count()
    for line in lines[place + 1 :]:
        if any(tidy(cell) for cell in line) and not _is_total(line):
            done.rows.append(_row(form, columns, line, done))
    found = {column.item_id for column in columns if column.item_id}
    missing = tuple(item.text for item in form.items() if item.id not in found)
    return SurveyRows(columns, tuple(done.rows), missing, done.wrong, done.others, done.hidden)


def _is_total(line: Sequence[str]) -> bool:
    first = next((folded(cell) for cell in line if tidy(cell)), "")
    return first.startswith(_TOTALS) and len(first) < 20


def _row(form: FormDef, columns: Sequence[TableColumn], line: Sequence[str], done: _Count) -> Mapping[str, Answer]:
    texts: dict[str, list[str]] = {}
    for column, cell in zip(columns, line, strict=False):
        item = form.item(column.item_id) if column.fate == "question" else None
        if item is None or not tidy(cell):
            continue
        if column.choice and item.scale is not None:
            word = _ticked(item, column.choice, cell)
            texts.setdefault(item.id, []).extend([word] if word else [])
        else:
            texts.setdefault(item.id, []).append(cell)
    row: dict[str, Answer] = {}
    for item_id, parts in texts.items():
        item = form.item(item_id)
        raw = ";".join(parts)
        if item is None or not tidy(raw):
            continue
        answer = entered(item, raw)
        done.wrong += answer.code is not None
        done.others += bool(answer.other) and given(item, cleaned(raw)).code is not None
        done.hidden += REMOVED in answer.raw and REMOVED not in raw
        row[item_id] = answer
    return row


def _ticked(item: Item, choice: str, cell: str) -> str:
    """Return the answer that a cell of one choice gives: a mark, its words, or the text beside «другое»."""
    chosen = item.scale.choice(choice) if item.scale is not None else None
    word = folded(cell)
    if chosen is None or word in _NOT_MARKED:
        return ""
    if word in _MARKED or word in choice_keys(chosen) or not chosen.other:
        return chosen.text
    return f"{chosen.text.rstrip(_TAIL)}: {tidy(cell).replace(';', ',')}"
