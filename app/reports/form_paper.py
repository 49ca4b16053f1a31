"""A form on paper: the blank to be filled in by pen, and the filled one with its answers, points and level.

What the source of a form says wrongly stands in the notes of the form and is printed under it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from app.forms.item_types import type_of
from app.forms.schema import FormDef, Item, Level, Score, ScoreResult, Section
from app.reports.document import (
    Block,
    Column,
    Document,
    Executor,
    Fact,
    Facts,
    Group,
    Heading,
    Lines,
    Meta,
    Note,
    Row,
    SignatureBlock,
    Table,
    Value,
    paragraph,
)
from app.reports.form_answers import answer_blocks, score_value
from app.reports.form_tables import FormFilled, grid_table, groups_of, lying, section_name, wording
from app.texts import NBSP, count, glue, ru_date, ru_moment

BOX = "☐"
LINE = "_" * 40
SHORT_LINE = "_" * 12
HAND = "_" * 76
LONG_LABEL = 40
"""Names of lines over a form that are longer stand over the whole width."""
MOST_BOXES = 5
"""So many choices of a scale stand as columns of boxes; more stand one under another."""


@dataclass(frozen=True, slots=True)
class FormHead:
    """What stands over a form and at the foot of its pages.

    Attributes:
        subject: whom it speaks of; "" leaves a line to fill in.
        subject_word: «Школа», «Программа школы».
        school_year: «2026/27»; "" where the blank belongs to no year.
        lines: id of a line over the form → what stands there.
        printed_at: ISO moment.
    """

    municipality: str
    printed_at: str
    subject: str = ""
    subject_word: str = "О ком"
    school_year: str = ""
    lines: Mapping[str, str] = field(default_factory=dict)
    organisation: str = ""
    executor: str = ""
    due_on: str | None = None


def kind_word(form: FormDef) -> str:
    """Return what a paper of a form is called in the properties of the file."""
    return "Анкета" if form.kind == "survey" else "Форма"


def blank_paper(form: FormDef, head: FormHead) -> Document:
    """Return a form to be filled in by pen: boxes to tick, lines for words."""
    blocks: list[Block] = [_facts(form, head, None), *_long_lines(form, head)]
    for section in form.sections:
        blocks += _section_head(section)
        blocks += [_blank_grid(section)] if section.grid else list(_blank_tables(form, section))
    if form.parts:
        blocks.append(paragraph("Своих вопросов у формы нет: она складывается из других форм.", indent=False))
    blocks += _bounds(form)
    if form.conclusion:
        blocks += [Heading(glue(form.conclusion), 3), *(_hand() for _line in range(2))]
    if form.kind != "survey":
        blocks.append(SignatureBlock("", "", place="author"))
    return _document(form, head, [*blocks, *_tail(form, head)])


def filled_paper(form: FormDef, head: FormHead, done: FormFilled) -> Document:
    """Return a form as it was answered, with points, level and who answered it."""
    blocks: list[Block] = [_facts(form, head, done), *_long_lines(form, head)]
    if done.exempt:
        blocks.append(paragraph(glue(f"Форму заполнять не нужно: {done.exempt}."), indent=False))
    for section in form.sections:
        blocks += _section_head(section)
        blocks += answer_blocks(form, section, done)
    blocks += _totals(form, done)
    if form.conclusion and done.conclusion:
        blocks += [Heading(glue(form.conclusion), 3), *_words(done.conclusion)]
    for title, text in done.decisions:
        blocks += [Heading(title, 3), *_words(text)]
    blocks.append(SignatureBlock(_filled_by(done), glue(done.author), place="author"))
    return _document(form, head, [*blocks, *_tail(form, head)])


def _filled_by(done: FormFilled) -> str:
    return {"expert": "Эксперт", "agreed": "Согласованная оценка"}.get(done.role, "Заполнил")


def _document(form: FormDef, head: FormHead, blocks: list[Block]) -> Document:
    parts = ["Опора", glue(f"форма «{form.short}», версия {form.version}")]
    parts += [f"{head.school_year} учебный год"] if head.school_year else []
    parts.append(f"напечатано {ru_moment(head.printed_at)}")
    return Document(
        title=(glue(form.title),),
        meta=Meta(head.organisation or head.municipality, head.printed_at, kind_word(form)),
        blocks=tuple(blocks),
        provenance=" · ".join(parts),
        landscape=lying(form),
    )


# --- over and under the questions --------------------------------------------------------------------------------


def _facts(form: FormDef, head: FormHead, done: FormFilled | None) -> Facts:
    facts = []
    if form.kind != "survey" or head.subject:
        facts.append(Fact(head.subject_word, glue(head.subject) or LINE, bold=bool(head.subject)))
    if head.school_year:
        facts.append(Fact("Учебный год", head.school_year))
    for key, title in (pair for pair in form.head_fields if len(pair[1]) <= LONG_LABEL):
        facts.append(Fact(glue(title.rstrip(":")), glue(head.lines.get(key, "")) or (LINE if done is None else "—")))
    if done is None and head.due_on:
        facts.append(Fact("Срок", ru_date(head.due_on)))
    if done is not None:
        facts += _state(done)
    return Facts((tuple(facts) or (Fact("Дата", SHORT_LINE),),))


def _long_lines(form: FormDef, head: FormHead) -> list[Block]:
    """Return the lines over the form whose names are sentences."""
    return [
        paragraph(glue(f"{title.rstrip(':')} {head.lines.get(key, '') or LINE}"), justified=False, indent=False)
        for key, title in form.head_fields
        if len(title) > LONG_LABEL
    ]


def _state(done: FormFilled) -> list[Fact]:
    when = f", {ru_date(done.accepted_on)}" if done.accepted_on else ""
    made = [Fact("Состояние", f"{done.state}{when}")] if done.state else []
    if done.received_on and not done.accepted_on:
        made.append(Fact("Получено", ru_date(done.received_on)))
    return made


def _section_head(section: Section) -> list[Block]:
    made: list[Block] = [Heading(glue(section.title), 3)] if section.title else []
    if section.note:
        made.append(Note(glue(section.note)))
    return made


def _bounds(form: FormDef) -> list[Block]:
    """Return how points become levels."""
    made: list[Block] = []
    for score in form.scores:
        shown = [level for level in score.levels if level.least is not None]
        if shown:
            unit = f"{NBSP}%" if score.rule == "reached" else ""
            words = "; ".join(f"{_span(level)}{unit} — {level.text}" for level in shown)
            made.append(Note(glue(f"{score.title}: {words}.")))
        elif score.levels:
            words = "; ".join(f"{BOX}{NBSP}{level.text}" for level in score.levels)
            made.append(paragraph(glue(f"{score.title}: {words}."), indent=False, justified=False))
    return made


def _span(level: Level) -> str:
    return str(level.least) if level.least == level.most else f"{level.least}–{level.most}"


def _tail(form: FormDef, head: FormHead) -> list[Block]:
    made: list[Block] = []
    if form.source:
        place = f" ({form.place})" if form.place else ""
        made.append(Note(glue(f"Источник формы: {form.source.rstrip('.')}{place}.")))
    for number, note in enumerate(form.notes, 1):
        made.append(Note(glue(f"Примечание {number}. {note}")))
    if head.executor:
        made.append(Executor(glue(head.executor)))
    return made


def _hand() -> Block:
    return paragraph(HAND, justified=False, indent=False)


def _words(text: str) -> list[Block]:
    return [paragraph(glue(line.strip())) for line in text.splitlines() if line.strip()]


# --- points ------------------------------------------------------------------------------------------------------


def _totals(form: FormDef, done: FormFilled) -> list[Block]:
    made: list[Block] = []
    rows = []
    for short, found in done.parts:
        rows.append(Row((glue(short), score_value(found), found.level.text if found and found.level else None)))
    for score in form.scores:
        result = next((one for one in done.scores if one.score_id == score.id), None)
        if score.rule == "manual" or result is None:
            continue
        rows.append(Row((glue(score.title), score_value(result), _level_word(score, result, done))))
    if rows:
        columns = (
            Column("Итог", 70), Column("Баллов из возможных", 40, "right", sheet_titles=("Баллов", "Возможных")),
            Column("Уровень", 70),
        )  # fmt: skip
        made += [Heading("Итоги", 3), Table("Итоги", columns, (Group(tuple(rows)),))]
    if done.overruled and done.level is not None:
        by_points = next((one.level.text for one in done.scores if one.level is not None), "")
        said = f"Уровень по решению эксперта: {done.level.text}."
        said += f" По баллам: {by_points}." if by_points else ""
        said += f" Причина: {done.level_reason.rstrip('.')}." if done.level_reason else ""
        made.append(paragraph(glue(said), indent=False))
    return made


def _level_word(score: Score, result: ScoreResult, done: FormFilled) -> Value:
    if result.level is not None:
        return result.level.text
    return glue(done.whys.get(score.id, "")) or None


# --- the empty form ----------------------------------------------------------------------------------------------


def _blank_tables(form: FormDef, section: Section) -> Iterator[Block]:
    """Yield a table for each run of items that are asked alike."""
    runs: list[list[Item]] = []
    for item in section.items:
        if runs and _alike(runs[-1][-1], item):
            runs[-1].append(item)
        else:
            runs.append([item])
    for run in runs:
        if _in_columns(run[0]):
            yield _boxes(form, section, run)
            yield from _legend(run[0])
        else:
            yield _lines(section, run)


def _alike(one: Item, other: Item) -> bool:
    if _in_columns(one) != _in_columns(other):
        return False
    return not _in_columns(one) or _choices(one) == _choices(other)


def _choices(item: Item) -> tuple[tuple[str, str], ...]:
    """Return (short heading, full text) of each choice."""
    if item.scale is not None:
        return tuple((choice.short or choice.text, choice.text) for choice in item.scale.choices)
    return (("Да", "Да"), ("Нет", "Нет")) if item.kind == "flag" else ()


def _in_columns(item: Item) -> bool:
    """Whether the choices stand as columns of boxes."""
    if item.kind not in {"choice", "flag"}:
        return False
    some = _choices(item)
    plain = item.scale is None or not any(choice.other for choice in item.scale.choices)
    return plain and len(some) <= MOST_BOXES and all(len(short) <= 22 for short, _text in some)


def _boxes(form: FormDef, section: Section, run: list[Item]) -> Table:
    choices = _choices(run[0])
    skipping = any(item.not_applicable for item in run)
    commented = any(item.comment for item in run)
    numbered = any(item.number for item in run)
    cells = [*(short for short, _text in choices), *(["Не приме\u00adнимо"] if skipping else [])]
    each = 19
    columns = (
        *((Column("№", 11),) if numbered else ()),
        Column(_wording_title(form), 175 - 11 * numbered - each * len(cells) - 38 * commented),
        *(Column(glue(word), each, "center") for word in cells),
        *((Column("Комментарий", 38),) if commented else ()),
    )

    def row(item: Item) -> Row:
        boxes = [BOX] * len(choices) + ([BOX if item.not_applicable else ""] if skipping else [])
        said: list[Value] = [*boxes, *([""] if commented else [])]
        return Row((*((item.number,) if numbered else ()), wording(item), *said))

    return Table(section_name(section), columns, groups_of(run, row))


def _wording_title(form: FormDef) -> str:
    return "Вопрос" if form.kind in {"survey", "context", "request"} else "Показатель"


def _legend(item: Item) -> Iterator[Note]:
    """Say what the short headings of the boxes mean, and how many points they give."""
    if item.scale is None:
        return
    said = []
    for choice in item.scale.choices:
        points = "" if choice.points is None else f" ({count(choice.points, 'балл', 'балла', 'баллов')})"
        full = choice.text[:1].lower() + choice.text[1:]
        if choice.short and choice.short != choice.text:
            said.append(f"{choice.short} — {full}{points}")
        elif points:
            said.append(f"{choice.text}{points}")
    if said:
        yield Note(glue(f"{'; '.join(said)}."))


def _lines(section: Section, run: list[Item]) -> Table:
    numbered = any(item.number for item in run)
    columns = (*((Column("№", 11),) if numbered else ()), Column("Вопрос", 84), Column("Ответ", 85))

    def row(item: Item) -> Row:
        return Row((*((item.number,) if numbered else ()), wording(item), Lines(_places(item))))

    return Table(section_name(section), columns, groups_of(run, row))


def _places(item: Item) -> tuple[str, ...]:
    """Return an empty place for an answer: boxes or lines."""
    made: list[str] = []
    kind = type_of(item).print_kind
    if kind == "boxes" and item.scale is not None:
        for choice in item.scale.choices:
            word = choice.text.rstrip(" .:…_")
            made.append(f"{BOX}{NBSP}{word}: {SHORT_LINE}" if choice.other else f"{BOX}{NBSP}{choice.text}")
    elif kind == "boxes":
        made += [f"{BOX}{NBSP}да", f"{BOX}{NBSP}нет"]
    elif kind == "date":
        made.append(f"«___»{NBSP}____________{NBSP}20__{NBSP}г.")
    elif kind == "number":
        made.append(SHORT_LINE)
    else:
        made += [LINE] * 2
    return (*made, *((f"{BOX}{NBSP}не применимо",) if item.not_applicable else ()))


def _blank_grid(section: Section) -> Table:
    return grid_table(section, {})
