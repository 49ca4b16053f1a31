"""Ready counts of a questionnaire out of a table: question × choice = number, in either of the usual shapes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.forms.anonymity import cleaned
from app.forms.item_types import folded, split_other, tidy
from app.forms.schema import Choice, FormDef, Item, Scale
from app.forms.survey_table import bare, find_item
from app.texts import count

MOST = 99_999
"""The highest number of a choice."""
_WHOLE = re.compile(r"[0-9]{1,5}(?:[.,]0+)?")
_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_HANDED_IN = ("сдано анкет", "сдано", "всего анкет", "анкет", "всего ответило", "количество анкет", "респондентов",
              "число анкет", "опрошено")  # fmt: skip
_PASSED = ("итог", "всего", "%", "доля", "процент", "№")


@dataclass(frozen=True, slots=True)
class SurveyTallies:
    """What a table of counts holds.

    Attributes:
        numbers: (question, choice) → how many chose it.
        remarks: question → texts beside «другое», each as often as it was counted.
        respondents: how many questionnaires were handed in, None where the table does not say.
        wrong: what was understood but is no whole number: «Вопрос, ответ: 41 %».
        unknown: lines of which the question or the choice is not known.
    """

    numbers: Mapping[tuple[str, str], int]
    remarks: Mapping[str, tuple[str, ...]]
    respondents: int | None = None
    wrong: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return what is taken and what is not, in words."""
        known = len({item for item, _choice in self.numbers})
        found = [f"Понято: {count(len(self.numbers), 'число', 'числа', 'чисел')}, вопросов {known}."]
        if self.respondents is not None:
            found.append(f"Сдано анкет: {self.respondents}.")
        if self.wrong:
            found.append(f"Не целые числа, не взяты: {'; '.join(self.wrong)}. Нужны числа людей, а не доли.")
        if self.unknown:
            found.append(f"Не найдено в анкете: {'; '.join(f'«{text}»' for text in self.unknown)}.")
        return tuple(found)


def scale_of(item: Item) -> Scale | None:
    """Return the choices that are counted: of a flag «есть» and «нет» where it has no scale of its own."""
    if item.kind in {"choice", "many"}:
        return item.scale
    if item.kind == "flag":
        return item.scale or Scale("flag", (Choice("yes", "есть"), Choice("no", "нет")))
    return None


def whole(text: str) -> int | None:
    """Return a number of people, None of anything else."""
    plain = _SPACES.sub("", text)
    if not _WHOLE.fullmatch(plain):
        return None
    return int(re.split("[.,]", plain)[0])


@dataclass
class _Work:
    form: FormDef
    headings: tuple[str, ...] = ()
    item: Item | None = None
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    remarks: dict[str, list[str]] = field(default_factory=dict)
    respondents: int | None = None
    wrong: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def put(self, item: Item, choice: Choice, text: str, other: str = "") -> None:
        """Take one number."""
        number = whole(text)
        if number is None:
            self.wrong.append(f"{_short(item.text)}, {choice.text}: {tidy(text)}")
            return
        self.numbers[item.id, choice.value] = self.numbers.get((item.id, choice.value), 0) + number
        if other:
            self.remarks.setdefault(item.id, []).extend([cleaned(other)] * min(number, 500))


def read_tallies(form: FormDef, lines: Sequence[Sequence[str]]) -> SurveyTallies | None:
    """Read counts; None where nothing of the questionnaire is found.

    Understood are a table of questions with a column a choice, and a list «вопрос — ответ — число» in which a
    question stands once over its choices.
    """
    work = _Work(form)
    for line in lines:
        cells = [tidy(cell) for cell in line]
        if any(cells):
            _take(work, cells)
    if not work.numbers and work.respondents is None:
        return None
    remarks = {key: tuple(texts) for key, texts in work.remarks.items()}
    return SurveyTallies(work.numbers, remarks, work.respondents, tuple(work.wrong), tuple(work.unknown))


def _take(work: _Work, cells: list[str]) -> None:
    label, rest = _label(cells)
    if folded(label).rstrip(" :") in _HANDED_IN and len(rest) >= 1 and whole(rest[0]) is not None:
        work.respondents = whole(rest[0])
        return
    found = find_item(work.form, label) if label else None
    if found is not None and found[1] is None:
        work.item = found[0]
        _of_question(work, found[0], cells, label)
    elif work.item is not None and (place := _choice(work.item, label)) is not None and rest:
        work.put(work.item, place[0], _number_of(rest), place[1])
    elif _are_choices(work.form, cells):
        work.headings = tuple(cells)
    elif rest and any(whole(cell) is not None for cell in rest) and not folded(label).startswith(_PASSED):
        work.unknown.append(_short(label))


def _label(cells: list[str]) -> tuple[str, list[str]]:
    """Return the first words of a line and the filled cells after them; a leading number of the line is passed over."""
    filled = [cell for cell in cells if cell]
    if len(filled) > 1 and re.fullmatch(r"\d+(?:\.\d+)*[.)]?", filled[0]) and whole(filled[1]) is None:
        filled = filled[1:]
    return filled[0], filled[1:]


def _number_of(rest: Sequence[str]) -> str:
    return next((cell for cell in rest if whole(cell) is not None), rest[0])


def _choice(item: Item, text: str) -> tuple[Choice, str] | None:
    """Return the choice of a text and what stands beside «другое»."""
    scale = scale_of(item)
    if scale is None or not bare(text):
        return None
    wanted = bare(text)
    found = next((one for one in scale.choices if wanted in {bare(one.text), bare(one.short), one.value}), None)
    if found is not None:
        return found, ""
    value, other = split_other(scale, text)
    chosen = scale.choice(value) if other else None
    return (chosen, other) if chosen is not None else None


def _of_question(work: _Work, item: Item, cells: list[str], label: str) -> None:
    """Take a line that begins with a question: numbers under the headings, or one choice with its number."""
    at = cells.index(label)
    rest = [cell for cell in cells[at + 1 :] if cell]
    if len(rest) >= 2 and (place := _choice(item, rest[0])) is not None:
        work.put(item, place[0], _number_of(rest[1:]), place[1])
        return
    for heading, cell in zip(work.headings, cells, strict=False):
        if not cell or cell == label or not heading:
            continue
        found = _choice(item, heading)
        if found is not None:
            work.put(item, found[0], cell, found[1])


def _are_choices(form: FormDef, cells: Sequence[str]) -> bool:
    known = sum(any(_choice(item, cell) is not None for item in form.items()) for cell in cells if cell)
    return known >= 2


def _short(text: str, most: int = 48) -> str:
    plain = tidy(text)
    return plain if len(plain) <= most else plain[: most - 1].rstrip() + "…"
