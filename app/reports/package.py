"""The list of what lies in a package (опись) and the region's summary of packages, as papers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from app.reports import package_work
from app.reports.document import (
    Block,
    Column,
    Day,
    Document,
    Executor,
    Group,
    Heading,
    Lines,
    Mark,
    Marked,
    Meta,
    Note,
    Number,
    Row,
    Share,
    Table,
    Value,
    paragraph,
)
from app.reports.package_work import WorkSummary
from app.texts import DASH, count, glue, grouped, ru_date, ru_moment

INVENTORY, SUMMARY, MISSING = "Опись пакета", "Свод по муниципалитетам", "Кто не прислал пакет"


@dataclass(frozen=True, slots=True)
class InventoryFile:
    """One file: path in the package, what it is, size in bytes, hash."""

    path: str
    what: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class InventoryPaper:
    """One paper of a package with its files."""

    number: str
    title: str
    dated: str
    signed: str
    files: tuple[InventoryFile, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """What the papers of packages share: whose, what about, for whom, when."""

    municipality: str
    organisation: str
    period: str
    addressee: str
    made_at: str
    executor: str = ""


def _hash(digest: str) -> Lines:
    """A hash in four groups of sixteen signs: it can be compared by eye and fits its column."""
    return Lines((f"{digest[:16]} {digest[16:32]}", f"{digest[32:48]} {digest[48:]}"))


def _size(size: int) -> str:
    return f"{grouped(size)}"


def inventory(
    head: Head, title: str, papers: Sequence[InventoryPaper], own: Sequence[InventoryFile],
    left_out: Sequence[tuple[str, str]], *, impersonal: bool,
) -> Document:  # fmt: skip
    """Return the list of a package: papers with their files, sizes and hashes; what was left out and why."""
    told = count(len(papers), "документ", "документа", "документов")
    files = sum(len(paper.files) for paper in papers) + len(own)
    said = f"{head.municipality}. {head.period}. В пакете {told}, {count(files, 'файл', 'файла', 'файлов')}."
    blocks: list[Block] = [paragraph(glue(said), indent=False)]
    if head.addressee:
        blocks.append(paragraph(glue(f"Кому: {head.addressee}."), indent=False))
    if impersonal:
        blocks.append(paragraph(glue("Пакет обезличен: имён, телефонов и адресов людей в нём нет."), indent=False))
    blocks += [_papers_table(papers), _files_table(own)]
    if left_out:
        columns = (Column("Что", 90), Column("Почему не вошло", 90))
        blocks.append(
            Table("Не вошло", columns, (Group(tuple(Row((glue(a), glue(b))) for a, b in left_out)),),
                  caption="Что в пакет не вошло")
        )  # fmt: skip
    blocks.append(
        Note(
            glue(
                "Хеш SHA-256 меняется от любой правки файла. Сверить пакет с описью можно в программе:"
                " «Отчёты», «Пакеты», «Проверить…»."
            )
        )
    )
    if head.executor:
        blocks.append(Executor(glue(head.executor)))
    return Document(
        title=(INVENTORY, glue(title)), meta=Meta(head.organisation or head.municipality, head.made_at, INVENTORY),
        blocks=tuple(blocks), landscape=True, provenance=f"Опора · составлено {ru_moment(head.made_at)}",
    )  # fmt: skip


def _papers_table(papers: Sequence[InventoryPaper]) -> Table:
    columns = (
        Column("№", 11), Column("Документ", 56), Column("Дата", 22), Column("Подпись", 30),
        Column("Файл", 54, inner=True), Column("Байт", 18, "right", inner=True),
        Column("Хеш SHA-256", 80, inner=True),
    )  # fmt: skip
    rows = tuple(
        Row(
            (paper.number, glue(paper.title), Day(paper.dated) if paper.dated else None, glue(paper.signed)),
            tuple((one.path.rpartition("/")[2], _size(one.size), _hash(one.sha256)) for one in paper.files),
        )
        for paper in papers
    )
    return Table("Документы", columns, (Group(rows),), empty="Документов в пакете нет, только данные.")


def _files_table(own: Sequence[InventoryFile]) -> Table:
    columns = (Column("Файл", 60), Column("Что в нём", 97), Column("Байт", 24, "right"), Column("Хеш SHA-256", 80))
    rows = tuple(Row((one.path, glue(one.what), _size(one.size), _hash(one.sha256))) for one in own)
    return Table("Данные", columns, (Group(rows),), caption="Данные для программы")


# --- the summary -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ListLine:
    """The list of one municipality in counts; None where its package has no list."""

    municipality: str
    schools: int | None
    listed: int | None
    edge: int | None
    no_data: int | None
    approved: str
    outlier: bool = False
    rule: str = ""
    """By which rule, of which version and year; lists of different rules are never added up."""


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One work of one municipality: below minimum of participants."""

    work: str
    municipality: str
    below: int
    participants: int
    outlier: bool = False


@dataclass(frozen=True, slots=True)
class IndicatorText:
    """One indicator of one municipality; texts are exact decimals or None."""

    text: str
    unit: str
    municipality: str
    target: str | None
    value: str | None
    light: str


@dataclass(frozen=True, slots=True)
class MissingLine:
    """A municipality that has not sent its package."""

    municipality: str
    due_on: str
    late: int
    contact: str


@dataclass(frozen=True, slots=True)
class SummaryData:
    """Everything that the summary says."""

    head: Head
    lists: tuple[ListLine, ...]
    results: tuple[ResultLine, ...]
    indicators: tuple[IndicatorText, ...]
    missing: tuple[MissingLine, ...]
    packages: tuple[tuple[str, str, str, str], ...]
    rules: tuple[str, ...]
    work: WorkSummary


_FAR = Mark(
    "*", "заметно отличается",
    "доля остальных муниципалитетов вместе (без уже отмеченных) лежит вне 95-процентного интервала этой доли,"
    " и различие не меньше 10 процентных пунктов.",
)  # fmt: skip


def _far(value: Value, *, outlier: bool) -> Value:
    return Marked(value, ("*",)) if outlier and not isinstance(value, Marked) else value


def summary(data: SummaryData) -> Document:
    """Return the summary: lists, results by work, indicators side by side, who has not sent, what came."""
    said = f"{len(data.packages)}."
    lacking = f" Не прислали: {len(data.missing)}." if data.missing else ""
    blocks: list[Block] = [paragraph(glue(f"{data.head.period}. Прислали пакеты: {said}{lacking}"), indent=False)]
    if len(data.rules) > 1:
        rules = "; ".join(data.rules)
        blocks.append(Note(glue(f"Списки составлены по разным правилам, общего итога у них нет: {rules}.")))
    blocks += [Heading("Школы в списках", 2), _lists(data.lists)]
    blocks += [Heading("Результаты", 2), _results(data.results)]
    if data.indicators:
        blocks += [Heading("Показатели программ", 2), _indicators(data.indicators)]
    blocks += package_work.blocks(data.work)
    if data.missing:
        blocks += [Heading("Кто не прислал", 2), _missing(data.missing)]
    blocks += [Heading("Принятые пакеты", 2), _packages(data.packages)]
    note = "Доли посчитаны по сумме участников, средние долей не берутся: большой и маленький муниципалитет не равны."
    blocks.append(Note(glue(note)))
    return _document(data.head, SUMMARY, blocks)


def missing_paper(head: Head, lines: Sequence[MissingLine], expected: int) -> Document:
    """Return the list of those who have not sent."""
    if not expected:
        nobody = "Муниципалитеты, от которых ждут пакеты, ещё не вписаны."
        return _document(head, MISSING, [paragraph(nobody, indent=False)])
    told = f"{head.period}. Ждали {expected}, не прислали {len(lines)}."
    return _document(head, MISSING, [paragraph(glue(told), indent=False), _missing(lines)])


def _document(head: Head, kind: str, blocks: Sequence[Block]) -> Document:
    return Document(
        title=(kind, glue(head.period)), meta=Meta(head.organisation or head.municipality, head.made_at, kind),
        blocks=(*blocks, *([Executor(glue(head.executor))] if head.executor else [])),
        provenance=f"Опора · составлено {ru_moment(head.made_at)}",
    )  # fmt: skip


def _lists(lines: Sequence[ListLine]) -> Table:
    columns = (
        Column("Муниципалитет", 56), Column("Школ", 16, "right"), Column("В списке", 20, "right"),
        Column("Доля", 20, "right"), Column("На грани", 20, "right"), Column("Нет данных", 20, "right"),
        Column("Утверждён", 28),
    )  # fmt: skip
    rules = list(dict.fromkeys(one.rule for one in lines if one.rule))
    if len(rules) < 2:
        groups: tuple[Group, ...] = (Group(_list_rows(lines, "all")),)
    else:
        own = {rule: [one for one in lines if one.rule == rule] for rule in (*sorted(rules), "")}
        groups = tuple(
            Group(_list_rows(found, "group"), glue(rule or "Списка в пакете нет"))
            for rule, found in own.items()
            if found
        )
    return Table("Списки", columns, groups, marks=(_FAR,), empty="Пакетов пока нет.", group_title="Правило")


def _list_rows(lines: Sequence[ListLine], total: Literal["all", "group"]) -> tuple[Row, ...]:
    """Return the lists of one rule with their sums; one list of several rules is its own sum."""
    rows = [
        Row(
            (glue(one.municipality), one.schools, one.listed,
             _far(_share(one.listed, one.schools), outlier=one.outlier), one.edge, one.no_data,
             one.approved or DASH)
        )
        for one in lines
    ]  # fmt: skip
    known = [one for one in lines if one.schools is not None]
    if len(known) > (total == "group"):
        schools, listed = (sum(getattr(one, key) or 0 for one in known) for key in ("schools", "listed"))
        rows.append(
            Row(("Всего", schools, listed, _share(listed, schools), sum(one.edge or 0 for one in known),
                 sum(one.no_data or 0 for one in known), None), total=total)
        )  # fmt: skip
    return tuple(rows)


def _share(part: int | None, whole: int | None) -> Value:
    return None if part is None or not whole else Share(part, whole)


def _results(lines: Sequence[ResultLine]) -> Table:
    columns = (Column("Муниципалитет", 80), Column("Ниже минимума", 30, "right"), Column("Участников", 30, "right"),
               Column("Доля", 30, "right"))  # fmt: skip
    groups = []
    for work in dict.fromkeys(one.work for one in lines):
        own = [one for one in lines if one.work == work]
        rows = [
            Row((glue(one.municipality), one.below, one.participants,
                 _far(_share(one.below, one.participants), outlier=one.outlier)))
            for one in own
        ]  # fmt: skip
        if len(own) > 1:
            below, of = sum(one.below for one in own), sum(one.participants for one in own)
            rows.append(Row(("Всего", below, of, _share(below, of)), total="group"))
        groups.append(Group(tuple(rows), glue(work)))
    return Table("Результаты", columns, tuple(groups), marks=(_FAR,), empty="Результатов в пакетах нет.",
                 group_title="Работа")  # fmt: skip


def _indicators(lines: Sequence[IndicatorText]) -> Table:
    columns = (Column("Муниципалитет", 80), Column("Цель", 26, "right"), Column("Значение", 26, "right"),
               Column("Состояние", 40))  # fmt: skip
    groups = []
    for text, unit in dict.fromkeys((one.text, one.unit) for one in lines):
        rows = tuple(
            Row((glue(one.municipality), _number(one.target), _number(one.value), one.light))
            for one in lines
            if (one.text, one.unit) == (text, unit)
        )
        groups.append(Group(rows, glue(f"{text}, {unit}" if unit else text)))
    return Table("Показатели", columns, tuple(groups), group_title="Показатель")


def _number(exact: str | None) -> Value:
    return None if exact is None else Number(exact)


def _missing(lines: Sequence[MissingLine]) -> Table:
    columns = (Column("Муниципалитет", 70), Column("Срок", 24), Column("Просрочено, дней", 28, "right"),
               Column("Кому напомнить", 60))  # fmt: skip
    rows = tuple(
        Row((glue(one.municipality), Day(one.due_on) if one.due_on else None, one.late or None,
             glue(one.contact) or None))
        for one in lines
    )  # fmt: skip
    return Table("Не прислали", columns, (Group(rows),), empty="Все, кого ждали, прислали пакеты.")


def _packages(lines: Iterable[tuple[str, str, str, str]]) -> Table:
    columns = (Column("Муниципалитет", 60), Column("Собран", 24), Column("Принят", 24), Column("Проверка", 70))
    rows = tuple(Row((glue(a), ru_date(b[:10]), ru_date(c[:10]), glue(d))) for a, b, c, d in lines)
    return Table("Пакеты", columns, (Group(rows),), empty="Пакетов пока нет.")
