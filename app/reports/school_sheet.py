"""«Лист школы»: what one school gets of its own results (000 «предоставление школам аналитических данных», 003).

The school stands against its municipality and region. No other school is named: the data have no place for one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction as Exact

from app.reports.document import (
    BLANK_DATE,
    Block,
    Column,
    Document,
    Executor,
    Fraction,
    Group,
    Heading,
    Lines,
    Mark,
    Marked,
    Meta,
    Note,
    Row,
    Share,
    SignatureBlock,
    Table,
    Value,
    paragraph,
)
from app.texts import NBSP, count, glue, percent, ru_moment

KIND = "Лист школы"
SMALL, RESTORED, SUMMED = "*", "**", "***"
MARKS = (
    Mark(SMALL, "мало детей", "Мало детей, вывод ненадёжен: один ученик заметно меняет долю."),
    Mark(RESTORED, "восстановлено", "Число восстановлено по проценту: в исходном файле даны только доли."),
    Mark(SUMMED, "сложено", "Сложено по школам муниципалитета: общей строки в исходном файле нет."),
)
Counts = tuple[int, int]
"""Part and whole."""


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One procedure: below minimum out of participants; of the municipality and the region too, where known."""

    label: str
    own: Counts | None
    participants: int
    municipality: Counts | None = None
    region: Counts | None = None
    restored: bool = False
    small: bool = False
    summed: bool = False


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One task in the deficit zone: points out of those that could be scored."""

    work: str
    number: str
    outcome: str
    level: str
    own: Counts
    municipality: Counts | None = None
    region: Counts | None = None
    small: bool = False


@dataclass(frozen=True, slots=True)
class SkillLine:
    """One skill in the deficit zone, over all works where it is asked."""

    outcome: str
    subject: str
    tasks: str
    own: Counts
    municipality: Counts | None = None
    region: Counts | None = None
    small: bool = False


@dataclass(frozen=True, slots=True)
class JournalLine:
    """Marks of one work against the journal: lower, the same, higher, of a total; lower ones of the municipality."""

    label: str
    lowered: int
    confirmed: int
    raised: int
    total: int
    municipality: Counts | None = None


@dataclass(frozen=True, slots=True)
class SheetData:
    """Everything the sheet says.

    Attributes:
        school: full name.
        municipality: name in the nominative.
        year: result year.
        computed_at: ISO moment.
        results: procedures in their order.
        tasks_done: how many tasks with a known level the school did.
        tasks: those in the deficit zone.
        skills: in the deficit zone.
        journal: comparisons.
        zones: what the zones are, in a sentence.
        version: of the zones.
        least: participants below which nothing sure is said.
    """

    school: str
    municipality: str
    year: int
    computed_at: str
    results: tuple[ResultLine, ...] = ()
    tasks_done: int = 0
    tasks: tuple[TaskLine, ...] = ()
    skills: tuple[SkillLine, ...] = ()
    journal: tuple[JournalLine, ...] = ()
    zones: str = ""
    version: str = ""
    least: int = 10
    organisation: str = ""
    executor: str = ""


def school_sheet(data: SheetData) -> Document:
    """Return the sheet of one school."""
    blocks: list[Block] = [Heading("Что это значит"), *_meaning(data)]
    blocks += _results(data)
    blocks += _tasks(data)
    blocks += _skills(data)
    blocks += _journal(data)
    blocks.append(paragraph(f"Дата ознакомления: {BLANK_DATE}", justified=False, indent=False))
    blocks.append(SignatureBlock("С листом ознакомлен(а): руководитель школы", "", place="head"))
    if data.executor:
        blocks.append(Executor(glue(data.executor)))
    return Document(
        title=(f"Результаты школы за{NBSP}{data.year}{NBSP}год", glue(data.school)),
        meta=Meta(data.organisation or data.municipality, data.computed_at, KIND),
        blocks=tuple(blocks),
        provenance=_provenance(data),
    )


def _provenance(data: SheetData) -> str:
    parts = ["Опора", f"вычислено {ru_moment(data.computed_at)}"]
    if data.version:
        parts.append(f"зоны выполнения, версия {data.version}")
    return " · ".join(parts)


# --- tables ------------------------------------------------------------------------------------------------------


def _fraction(counts: Counts | None, *marks: str) -> Value:
    if counts is None:
        return None
    value = Fraction(*counts)
    found = tuple(mark for mark in marks if mark)
    return Marked(value, found) if found else value


def _share(counts: Counts | None) -> Value:
    return None if counts is None else Share(*counts)


def _both(counts: Counts | None) -> Value:
    """Return fraction and share in one cell."""
    return None if counts is None else Lines((f"{counts[0]}{NBSP}из{NBSP}{counts[1]}", percent(*counts)))


def _results(data: SheetData) -> list[Block]:
    table = Table(
        name="Результаты",
        columns=(
            Column("Процедура", 43),
            Column("Школа: ниже минимума из участников", 26, "right"),
            Column("Доля", 16, "right"),
            Column("Муниципалитет", 29, "right"),
            Column("Доля", 16, "right"),
            Column("Регион", 32, "right"),
            Column("Доля", 16, "right"),
        ),
        groups=(Group(tuple(_result_row(line) for line in data.results)),),
        marks=MARKS,
        empty=f"Отметок за{NBSP}{data.year}{NBSP}год нет.",
    )
    return [Heading("Участники ниже минимума"), table]


def _result_row(line: ResultLine) -> Row:
    own = _fraction(line.own, SMALL * line.small, RESTORED * line.restored)
    return Row(
        (
            glue(line.label), own, _share(line.own), _fraction(line.municipality, SUMMED * line.summed),
            _share(line.municipality), _fraction(line.region), _share(line.region),
        )
    )  # fmt: skip


def _tasks(data: SheetData) -> list[Block]:
    if not data.tasks_done:
        return []
    works: dict[str, list[Row]] = {}
    for line in data.tasks:
        name = glue(line.outcome) if line.outcome else None
        cells = (line.number, name, line.level, _fraction(line.own, SMALL * line.small), _share(line.own),
                 _both(line.municipality), _both(line.region))  # fmt: skip
        works.setdefault(line.work, []).append(Row(cells))
    table = Table(
        name="Задания",
        columns=(
            Column("Зада\u00adние", 14),
            Column("Что проверяет", 52),
            Column("Уровень", 26),
            Column("Баллов из возможных", 24, "right", sheet_titles=("Баллов", "Возможных")),
            Column("Доля", 16, "right"),
            Column("Муници\u00adпалитет", 29, "right"),
            Column("Регион", 34, "right"),
        ),
        groups=tuple(Group(tuple(rows), glue(work)) for work, rows in works.items()) or (Group(()),),
        marks=MARKS,
        empty="Заданий в зоне дефицита нет.",
        group_title="Работа",
    )
    return [Heading("Задания в зоне дефицита"), table, Note(glue(data.zones))]


def _skills(data: SheetData) -> list[Block]:
    if not data.skills:
        return []
    rows = tuple(
        Row((glue(line.outcome), line.subject, glue(line.tasks), _fraction(line.own, SMALL * line.small),
             _share(line.own), _both(line.municipality), _both(line.region)))
        for line in data.skills
    )  # fmt: skip
    table = Table(
        name="Умения",
        columns=(
            Column("Умение", 44),
            Column("Предмет", 27),
            Column("Где проверялось", 28),
            Column("Баллов из возможных", 24, "right", sheet_titles=("Баллов", "Возможных")),
            Column("Доля", 16, "right"),
            Column("Муници\u00adпалитет", 29, "right"),
            Column("Регион", 34, "right"),
        ),
        groups=(Group(rows),),
        marks=MARKS,
    )
    return [Heading("Умения в зоне дефицита"), table]


def _journal(data: SheetData) -> list[Block]:
    if not data.journal:
        return []
    rows = tuple(
        Row((glue(line.label), Fraction(line.lowered, line.total), Share(line.lowered, line.total), line.confirmed,
             line.raised, _fraction(line.municipality), _share(line.municipality)))
        for line in data.journal
    )  # fmt: skip
    table = Table(
        name="Журнал",
        columns=(
            Column("Работа", 44),
            Column("Ниже журнала из участников", 28, "right", sheet_titles=("Ниже журнала", "Участников")),
            Column("Доля", 16, "right"),
            Column("Как в журнале", 20, "right"),
            Column("Выше журнала", 20, "right"),
            Column("Ниже журнала в муниципалитете", 30, "right", sheet_titles=("Ниже журнала", "Участников")),
            Column("Доля", 16, "right"),
        ),
        groups=(Group(rows),),
    )
    return [Heading("Отметки за работы и отметки в журнале"), table]


# --- sentences ---------------------------------------------------------------------------------------------------


def _meaning(data: SheetData) -> list[Block]:
    sentences = [*_of_results(data.results), *_of_tasks(data), *_of_journal(data.journal)]
    if any(line.small for line in data.results) or any(line.small for line in data.tasks):
        sentences.append(
            f"Где участников меньше {data.least}, вывод ненадёжен: один ученик заметно меняет долю. Такие числа "
            "отмечены звёздочкой."
        )
    return [paragraph(glue(text), justified=False) for text in sentences]


def _said(counts: Counts) -> str:
    """Return «24 из 168, 14,3 %»: a share never stands without its fraction."""
    return f"{counts[0]} из {counts[1]}, {percent(*counts)}"


def _above(line: ResultLine) -> bool:
    return (
        line.own is not None and line.municipality is not None
        and line.own[1] > 0 and line.municipality[1] > 0 and Exact(*line.own) > Exact(*line.municipality)
    )  # fmt: skip


def _of_results(lines: Sequence[ResultLine]) -> Iterable[str]:
    known = [line for line in lines if line.own is not None and line.municipality is not None]
    if not known:
        return
    worse = [line for line in known if _above(line)]
    procedures = count(len(known), "процедуры", "процедур", "процедур")
    if not worse:
        yield f"Ни в одной из {procedures} доля участников ниже минимума не больше, чем в муниципалитете."
        return
    if len(worse) == len(known) > 2:
        yield f"Доля участников ниже минимума больше, чем в муниципалитете, во всех процедурах: их {len(known)}."
        return
    names = "; ".join(line.label for line in worse)
    yield f"Доля участников ниже минимума больше, чем в муниципалитете, в {len(worse)} из {procedures}: {names}."


def _of_tasks(data: SheetData) -> Iterable[str]:
    if not data.tasks_done:
        return
    done = count(data.tasks_done, "задания", "заданий", "заданий")
    if not data.tasks:
        yield f"Ни одно из {done} не попало в зону дефицита."
        return
    verb = "В зоне дефицита" if len(data.tasks) > 1 else "В зоне дефицита только"
    yield f"{verb} {count(len(data.tasks), 'задание', 'задания', 'заданий')} из {data.tasks_done}."
    start = sorted(data.skills, key=lambda line: Exact(*line.own))[:3]
    if start:
        named = "; ".join(f"«{line.outcome}» ({line.subject.lower()}, {_said(line.own)})" for line in start)
        yield f"Начать стоит с умений, которые даются труднее всего: {named}."


def _of_journal(lines: Sequence[JournalLine]) -> Iterable[str]:
    for line in lines:
        if line.municipality is None or not line.total or not line.municipality[1]:
            continue
        if Exact(line.lowered, line.total) > Exact(*line.municipality):
            yield (
                f"{line.label}: отметка за работу ниже, чем в журнале, у {line.lowered} из {line.total} участников "
                f"({percent(line.lowered, line.total)}); в муниципалитете — у {_said(line.municipality)}. "
                "Проверьте, по каким требованиям ставятся отметки в журнал."
            )
