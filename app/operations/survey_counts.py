"""How the answers to a questionnaire are spread: counts and shares by question, for one sheet or for many together.

Whole numbers first. The share of a choice is taken of those who answered the question, «затрудняюсь ответить» and no
answer stand apart; where several answers may be chosen, of all questionnaires handed in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from app.errors import UserError
from app.forms.anonymity import REMOVED
from app.forms.conditions import asked
from app.forms.item_types import folded, tidy, type_of
from app.forms.schema import Answer, AnswerSet, Choice, FormDef, Item, Scale
from app.forms.survey_tally import scale_of
from app.models import surveys as kept
from app.models.store import Connection
from app.models.surveys import HANDED_IN, SurveyRow
from app.operations import surveys
from app.operations.surveys import SheetLine
from app.texts import capital, count, percent, quoted

SMALL = 10
"""Fewer answers say little: a share moves by more than ten points with one person."""
PRIVATE = 5
"""With fewer questionnaires open answers are not printed: a colleague would be known by the words."""
SMALL_WORDS = "мало ответов"
PRIVATE_WORDS = f"Ответы своими словами не печатаются: анкет меньше {PRIVATE}, автора легко узнать."


@dataclass(frozen=True, slots=True)
class ChoiceCount:
    """One choice: how many chose it; ``outside`` says «затрудняюсь ответить» and has no share."""

    choice: Choice
    number: int

    @property
    def outside(self) -> bool:
        """Whether it stands apart."""
        return self.choice.outside


@dataclass(frozen=True, slots=True)
class ItemCount:
    """The answers to one question.

    Attributes:
        handed_in: questionnaires in which it was asked.
        answered: questionnaires with an answer to it (of several answers in counts not known: then ``handed_in``).
        unsure: «затрудняюсь ответить».
        silent: no answer; None where it is not known.
        wrong: answers that were not understood.
        base: of what the shares are taken.
        others: texts beside «другое», alike ones together: (text, how many).
        texts: open answers or numbers as written, alike ones together.
        mean: of numbers; None elsewhere.
        faults: what does not fit, in words.
        uncounted: entries in the place of counts that are no numbers and so are left out, in words.
    """

    item: Item
    handed_in: int
    answered: int
    unsure: int
    silent: int | None
    wrong: int
    base: int
    choices: tuple[ChoiceCount, ...] = ()
    others: tuple[tuple[str, int], ...] = ()
    texts: tuple[tuple[str, int], ...] = ()
    mean: Decimal | None = None
    faults: tuple[str, ...] = ()
    uncounted: tuple[str, ...] = ()

    @property
    def small(self) -> bool:
        """Whether there are too few answers for shares to say much."""
        return 0 < self.base < SMALL

    @property
    def several(self) -> bool:
        """Whether several answers may be chosen: shares together are more than 100 %."""
        return self.item.kind == "many"


@dataclass(frozen=True, slots=True)
class Distribution:
    """The answers of some sheets together.

    Attributes:
        title: what the sheets are: «Семинар …», «СОШ № 4», «Все анкеты».
        handed_in: questionnaires.
        given_out: where it is known of every sheet, else None.
        assumed: sheets on which the number handed in is not written: their largest number of answers is taken.
        uncounted: entries that are left out, of all questions and in the place of the number handed in.
    """

    form: FormDef
    title: str
    sheets: tuple[SheetLine, ...]
    handed_in: int
    given_out: int | None
    assumed: int
    items: tuple[ItemCount, ...]
    faults: tuple[str, ...] = ()
    uncounted: tuple[str, ...] = ()

    @property
    def small(self) -> bool:
        """Whether there are few questionnaires."""
        return 0 < self.handed_in < SMALL

    @property
    def private(self) -> bool:
        """Whether words of respondents stay out of papers."""
        return self.handed_in < PRIVATE

    @property
    def sentence(self) -> str:
        """Return «Сдано 24 из 30 розданных, 80,0 %»."""
        papers = count(self.handed_in, "анкета", "анкеты", "анкет")
        if self.given_out:
            back = f"сдано {self.handed_in} из {self.given_out} розданных, {percent(self.handed_in, self.given_out)}"
        else:
            back = f"{papers}, сколько роздано — неизвестно"
        many = count(len(self.sheets), "лист", "листа", "листов")
        parts = [back, *([many] if len(self.sheets) > 1 else []), *([SMALL_WORDS] if self.small else [])]
        if self.uncounted:
            parts.append(f"не посчитано: {count(len(self.uncounted), 'ячейка', 'ячейки', 'ячеек')}")
        return capital(" · ".join(parts))


@dataclass
class _Work:
    """What is being counted of one question."""

    item: Item
    scale: Scale | None
    handed_in: int = 0
    answered: int = 0
    silent: int | None = 0
    wrong: int = 0
    numbers: Counter[str] = field(default_factory=Counter)
    others: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    values: list[Fraction] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    uncounted: list[str] = field(default_factory=list)


def distribution(
    connection: Connection, form_id: str, *, sheet_id: int | None = None, round_id: int | None = None,
    school_year: int | None = None, school_id: int | None = None,
) -> Distribution:  # fmt: skip
    """Return the answers to a questionnaire: of a sheet, a school, a round, a year, or of everything there is.

    Sheets of older versions are counted by the questions that the newest one still has.

    Raises:
        UserError: ``FORM_SURVEY_NOTHING`` where no sheet fits, ``FORM_UNKNOWN``.
    """
    found = surveys.sheets(connection, form_id=form_id, school_year=school_year, round_id=round_id, school_id=school_id)
    chosen = [line for line in found if sheet_id in {None, line.sheet.id}]
    if not chosen:
        raise UserError("FORM_SURVEY_NOTHING")
    title = _title(chosen, sheet_id, school_id)
    return of_sheets(connection, chosen, title)


def _title(chosen: Sequence[SheetLine], sheet_id: int | None, school_id: int | None) -> str:
    if sheet_id is not None or len(chosen) == 1:
        return chosen[0].title
    if school_id is not None:
        return chosen[0].shown
    titles = dict.fromkeys(line.round.title for line in chosen)
    return next(iter(titles)) if len(titles) == 1 else "Все анкеты"


def of_sheets(connection: Connection, lines: Sequence[SheetLine], title: str) -> Distribution:
    """Return the answers of some sheets of one questionnaire together."""
    form = max(lines, key=lambda line: (line.round.school_year, line.round.created_at)).form
    keys = [line.sheet.id for line in lines]
    rows, numbers, remarks = kept.rows(connection, keys), kept.tallies(connection, keys), kept.remarks(connection, keys)
    works = [_Work(item, scale_of(item)) for item in form.items()]
    faults: list[str] = []
    uncounted = _uncounted(connection, works, lines, form)
    total, assumed = 0, 0
    for line in lines:
        key = line.sheet.id
        own = form if line.round.version == form.version else line.form
        if line.sheet.mode == "rows":
            _add_rows(works, own, rows[key])
            handed = len(rows[key])
        else:
            known = numbers[key].get((HANDED_IN, ""))
            handed = _most(works, numbers[key]) if known is None else known
            assumed += known is None and bool(numbers[key])
            _add_numbers(works, numbers[key], remarks[key], handed, line)
        total += handed
        out = line.sheet.given_out
        if out is not None and handed > out:
            faults.append(f"{quoted(line.title)}: сдано {handed}, а роздано {out}.")
    outs = [line.sheet.given_out for line in lines]
    given_out = None if None in outs else sum(out for out in outs if out is not None)
    items = tuple(_done(work) for work in works)
    return Distribution(form, title, tuple(lines), total, given_out, assumed, items, tuple(faults),
                        uncounted)  # fmt: skip


def _uncounted(
    connection: Connection, works: Sequence[_Work], lines: Sequence[SheetLine], form: FormDef
) -> tuple[str, ...]:
    """Say which entries are left out, also to the questions they stand at; half-typed ones change nothing yet."""
    by_item = {work.item.id: work for work in works}
    waiting = kept.drafts(connection, [line.sheet.id for line in lines])
    order = {item.id: number for number, item in enumerate(form.items(), start=1)}
    said = []
    for line in lines:
        own = form if line.round.version == form.version else line.form
        for cell, (raw, code) in sorted(waiting[line.sheet.id].items(), key=lambda one: order.get(one[0][0], 0)):
            if code == surveys.HALF_TYPED:
                continue
            where = f"{quoted(line.title)}: " if len(lines) > 1 else ""
            words = f"{where}«{raw}» — {surveys.cell_name(own, cell)}"
            said.append(words)
            if cell[0] in by_item:
                by_item[cell[0]].uncounted.append(words)
    return tuple(said)


# --- one by one --------------------------------------------------------------------------------------------------


def _add_rows(works: Sequence[_Work], form: FormDef, rows: Sequence[SurveyRow]) -> None:
    conditional = any(item.when for item in form.items())
    everything = {item.id for item in form.items()}
    for row in rows:
        names = everything
        if conditional:
            answers = {key: Answer(one.raw, one.value, one.code) for key, one in row.answers.items()}
            names = {item.id for item in asked(form, AnswerSet(form.id, form.version, answers))}
        for work in works:
            _add_answer(work, row, asked_here=work.item.id in names)


def _add_answer(work: _Work, row: SurveyRow, *, asked_here: bool) -> None:
    answer = row.answers.get(work.item.id)
    work.handed_in += asked_here or answer is not None
    if answer is not None and answer.code is not None:
        work.wrong += 1
    elif answer is None or answer.value is None:
        work.silent = None if work.silent is None else work.silent + asked_here
    else:
        work.answered += 1
        _add_value(work, answer.value, answer.other)


def _add_value(work: _Work, value: str, other: str) -> None:
    if work.scale is not None:
        chosen = [part for part in value.split(";") if work.scale.choice(part) is not None]
        work.numbers.update(chosen)
        if other:
            work.others.append(other)
        if not chosen:
            work.answered, work.wrong = work.answered - 1, work.wrong + 1
        return
    work.texts.append(type_of(work.item).to_text(work.item, value))
    if work.item.kind in {"whole", "decimal"}:
        work.values.append(Fraction(value))


# --- counts ------------------------------------------------------------------------------------------------------


def _most(works: Sequence[_Work], numbers: Mapping[tuple[str, str], int]) -> int:
    """Return the largest number of answers to one question: at least so many were handed in."""
    sums = [0]
    for work in works:
        found = [number for (item, _choice), number in numbers.items() if item == work.item.id]
        if found:
            sums.append(max(found) if work.item.kind == "many" else sum(found))
    return max(sums)


def _add_numbers(
    works: Sequence[_Work], numbers: Mapping[tuple[str, str], int], remarks: Mapping[str, Sequence[str]],
    handed_in: int, line: SheetLine,
) -> None:  # fmt: skip
    for work in works:
        item = work.item
        found = {choice: number for (key, choice), number in numbers.items() if key == item.id}
        texts = list(remarks.get(item.id, ()))
        work.handed_in += handed_in
        if work.scale is None:
            work.texts += texts
            work.answered += len(texts)
            work.silent = None
            continue
        known = {choice: number for choice, number in found.items() if work.scale.choice(choice) is not None}
        work.numbers.update(known)
        work.others += texts
        _check(work, known, texts, handed_in, line)
        if item.kind == "many":
            work.answered += handed_in
            work.silent = None
            continue
        total = sum(known.values())
        work.answered += total
        if work.silent is not None:
            work.silent = None if item.when else work.silent + max(0, handed_in - total)


def _check(work: _Work, known: Mapping[str, int], texts: Sequence[str], handed_in: int, line: SheetLine) -> None:
    total = max(known.values(), default=0) if work.item.kind == "many" else sum(known.values())
    if total > handed_in:
        work.faults.append(f"{quoted(line.title)}: ответов {total}, а сдано анкет {handed_in}.")
    if work.scale is None:
        return
    others = sum(known.get(choice.value, 0) for choice in work.scale.choices if choice.other)
    if len(texts) > others:
        work.faults.append(f"{quoted(line.title)}: текстов «другое» {len(texts)}, а выбрано {others}.")


# --- together ----------------------------------------------------------------------------------------------------


def _done(work: _Work) -> ItemCount:
    choices = tuple(
        ChoiceCount(choice, work.numbers.get(choice.value, 0)) for choice in (work.scale.choices if work.scale else ())
    )
    unsure = sum(one.number for one in choices if one.outside)
    base = work.handed_in if work.item.kind == "many" else work.answered - unsure
    mean = None
    if work.values:
        exact = sum(work.values, Fraction()) / len(work.values)
        mean = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal("0.1"))
    return ItemCount(
        work.item, work.handed_in, work.answered, unsure, work.silent, work.wrong, base, choices,
        grouped(work.others), grouped(work.texts), mean, tuple(work.faults), tuple(work.uncounted),
    )  # fmt: skip


def grouped(texts: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """Return texts with how often each was written, the commonest first; letter case and the last stop do not matter.

    Of texts that are alike the one written first is shown.
    """
    shown: dict[str, str] = {}
    numbers: Counter[str] = Counter()
    for text in texts:
        plain = tidy(text)
        if not plain or plain == REMOVED:
            continue
        key = folded(plain)
        shown.setdefault(key, plain)
        numbers[key] += 1
    order = sorted(numbers, key=lambda key: (-numbers[key], key))
    return tuple((shown[key], numbers[key]) for key in order)


def share(of: ItemCount, one: ChoiceCount) -> str:
    """Return the share of a choice, «—» of one that stands apart."""
    return "—" if one.outside and not of.several else percent(one.number, of.base)
