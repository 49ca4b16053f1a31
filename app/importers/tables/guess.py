"""What the columns of an unknown table may mean, told by their headings alone; a person decides.

Every column gets a proposal with a confidence from 0 to 1; nothing proposed here is read before somebody has said yes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.importers.grid import heading
from app.importers.parsed import Known
from app.importers.subjects import Subject, find_subject, subject_or_as_written
from app.importers.tables.heads import Column
from app.importers.tables.layout import Block
from app.importers.tables.profile import (
    EXTERNAL_TARGETS,
    FIELDS,
    FIGURE_FIELDS,
    KINDED_FIELDS,
    SHARED_FIELDS,
    ColumnMap,
    FigureKind,
    Profile,
    Target,
)
from app.importers.tables.words import ROW_KEYS, is_personal, subject_within
from app.importers.titles import Title, read_title
from app.models.records import Level

SURE, LIKELY, DOUBTFUL = 0.95, 0.8, 0.5
_FEWEST_SUBJECTS = 3
_WHO = r"(?: участников| обучающихся| учащихся| выпускников| учеников)?"
_FIGURES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("below", re.compile(
        r"ниже (?:миним|порог|установл|мин\b)|не (?:преодол|достиг|сдал|сдавш|набрал|справил|прошл|прошедш)|неудовлетв|"
        r"двоек|неуспева")),
    ("quality", re.compile(r"качеств|\b4 и 5\b|^(?:% )?4 5$")),
    ("passed", re.compile(r"успеваем|обученност|преодолел|сдали\b|сдавших|справил")),
    ("mean", re.compile(r"\bср(?:едн\w*)?\b.*(?:балл|отметк|оценк)|^средн\w+$|(?:балл|отметк|оценк)\w* средн")),
    ("mark", re.compile(
        rf"(?:%|доля|кол во|количество|число|процент)?{_WHO}(?:^| )?(?:получили|получивших|на)?(?:^| )?"
        r"(?:отметк\w*|оценк\w*)?(?:^| )?([2-5])(?: %| чел| балла?| кол во)?")),
    ("participants", re.compile(
        r"участник|участв|участия|сдава|писал|выполнял|принял|^чел\b|человек|^кол во$|^всего(?: чел| сдавало)?$|"
        r"(?:кол во|количество|число|численность) (?:обуч|выпускн|учащ|уч ся|сдав|чел)")),
)  # fmt: skip
_NOT_EVERYONE = re.compile(r"%|\bдол[яию]|процент|набрав|получив|выше|\bне (?:сдав|прин|яв|участв|писал)|неяв|балл")
_NO_FIGURE = re.compile(r"\bмакс|высокобал|100 ?бал|стобал|от 81|рейтинг|место\b|медиан|первичн\w* балл\w* максим")
_PERCENT = re.compile(r"%|\bдол[яиюей]+\b|процент")
_COUNTED = re.compile(r"\bчел\b|человек|кол во|количеств|\bчисло\b|численност")
_BIAS = re.compile(r"^(\d{1,2}) ?([а-я]{2})$")
_GROUP = re.compile(r"групп|степень|категори|кол во маркеров|количество маркеров|зона|значимость")


@dataclass(frozen=True, slots=True)
class Guessed:
    """One column, what it may mean (None for «not read»), and how sure that is."""

    column: Column
    map: ColumnMap | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Guess:
    """A proposal for a block: the profile it makes (None where nothing worth reading was seen), column by column."""

    target: Target | None
    columns: tuple[Guessed, ...]
    profile: Profile | None


def guess(block: Block, known: Known, *, name: str = "Новая таблица", target: Target | None = None) -> Guess:
    """Propose a meaning for each column of a block.

    Args:
        block: a table found on a sheet.
        known: its ``metrics`` are what columns may be called.
        name: of the profile that is proposed.
        target: what the table is, where a person has said it.
    """
    metrics = _metric_names(known)
    kind = target or _target(block, metrics)
    if kind is None:
        return Guess(None, tuple(Guessed(column, None, 0.0) for column in block.columns), None)
    found = _without_rivals(_with_unknown_subjects([_column(column, kind, metrics) for column in block.columns]))
    columns = tuple(item.map for item in found if item.map is not None)
    whose = any(item.map is not None and item.map.field in ROW_KEYS_OF_UNITS for item in found)
    if not columns or not whose:
        return Guess(kind, found, None)
    ignored = tuple(item.column.path for item in found if item.map is None and item.column.path)
    head = block.head
    profile = Profile(name, kind, columns, ignored, header_depth=head.depth)
    return Guess(kind, found, profile)


ROW_KEYS_OF_UNITS = frozenset({"school", "code", "fisoko", "oo", "inn", "ogrn", "municipality", "region"})


def _metric_names(known: Known) -> dict[str, str]:
    """Return code by normalised spelling; a spelling of two metrics is none's."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    for metric in known.metrics:
        for spelling in metric.names:
            line = heading(spelling)
            if line and found.setdefault(line, metric.code) != metric.code:
                twice.add(line)
    return {line: code for line, code in found.items() if line not in twice}


def _metric(column: Column, metrics: Mapping[str, str]) -> str | None:
    """Return the metric that the headings name: the last line, or all of them together."""
    lines = [heading(" ".join(column.path)), *(heading(part) for part in reversed(column.path))]
    for line in lines:
        bare = re.sub(r" (?:%|чел|шт|ед|руб)$", "", line)
        code = metrics.get(line) or metrics.get(bare)
        if code:
            return code
    return None


def _target(block: Block, metrics: Mapping[str, str]) -> Target | None:
    """What a table is about: by what most of its columns speak of."""
    named = [column for column in block.columns if column.path]
    figures = [figure for column in named if (figure := _figure(column.path)) is not None]
    said = heading(" ".join(line for _, line in block.titles))
    bias = sum(bias_item(column) is not None for column in named)
    if bias >= 2:
        return "bias"
    if "необъективн" in said and bias:
        return "bias"
    marks = "participants" in figures and bool(set(figures) - {"participants", "quality"})
    if marks or len({"mark2", "mark3", "mark4", "mark5"} & set(figures)) >= 3:
        return "marks"
    if any(_metric(column, metrics) for column in named):
        return "metrics"
    keys = {key for column in named if (key := _row_key(column.path)) is not None}
    if keys & {"school"} and len(keys) >= 3 and not figures:
        return "schools"
    return None


def _row_key(path: Sequence[str]) -> str | None:
    if not path:
        return None
    for line in (heading(path[-1]), heading(" ".join(path))):
        key = ROW_KEYS.key(line)
        if key is not None:
            return key
    return None


def _figure(path: Sequence[str]) -> str | None:
    """Return the figure that headings name, the lowest line first."""
    for i in range(len(path) - 1, -1, -1):
        line = heading(path[i])
        if _NO_FIGURE.search(line):
            return None
        for field, pattern in _FIGURES:
            if field == "mark":
                found = pattern.fullmatch(line)
                if found and not any(heading(part).startswith(("класс", "параллел")) for part in path[:i]):
                    return f"mark{found.group(1)}"
            elif pattern.search(line) and not (field == "participants" and _NOT_EVERYONE.search(line)):
                return field
    return None


def bias_item(column: Column) -> str | None:
    """«4 РУ» of a table of markers of bias: a grade and the short name of a subject."""
    found = _BIAS.fullmatch(heading(column.path[-1])) if column.path else None
    if found is None or find_subject(found.group(2)) is None:
        return None
    return f"{found.group(1)} {found.group(2).upper()}"


def _column(column: Column, target: Target, metrics: Mapping[str, str]) -> Guessed:
    if not column.path or is_personal(column.path):
        return Guessed(column, None, 0.0)
    if target == "marks":
        return _marks_column(column)
    if target == "metrics":
        code = _metric(column, metrics)
        if code is not None:
            return Guessed(column, ColumnMap(column.path, "metric", metric=code), LIKELY)
    if target in EXTERNAL_TARGETS:
        found = _external_column(column)
        if found is not None:
            return found
    return _row_column(column, target)


def _row_column(column: Column, target: Target) -> Guessed:
    key = _row_key(column.path)
    if key is None or key not in FIELDS[target]:
        return Guessed(column, None, 0.0)
    exact = ROW_KEYS.key(heading(column.path[-1])) is not None and len(column.path) == 1
    return Guessed(column, ColumnMap(column.path, key), SURE if exact else LIKELY)


def _external_column(column: Column) -> Guessed | None:
    item = bias_item(column)
    if item is not None:
        return Guessed(column, ColumnMap(column.path, "item", item=item), SURE)
    if _GROUP.search(heading(column.path[-1])):
        return Guessed(column, ColumnMap(column.path, "group"), DOUBTFUL)
    return None


def _marks_column(column: Column) -> Guessed:
    field = _figure(column.path)
    row = _row_column(column, "marks")
    if field is None or (row.map is not None and len(column.path) == 1):
        return row
    subject, level, title = work_of(column.path)
    mapped = ColumnMap(
        column.path,
        field,
        kind=kind_of(column.path) if field in KINDED_FIELDS else None,
        subject=subject,
        level=level,
        grade=title.grade,
        procedure=title.procedure,
    )
    if field not in FIGURE_FIELDS:
        return row
    return Guessed(column, mapped, LIKELY if mapped.kind or field not in KINDED_FIELDS else DOUBTFUL)


def kind_of(path: Sequence[str]) -> FigureKind | None:
    """«%» or «доля» anywhere means percentages, «чел.», «кол-во» counts; the lowest line decides."""
    for part in reversed(path):
        line = heading(part)
        if _PERCENT.search(line):
            return "percent"
        if _COUNTED.search(line):
            return "count"
    return None


def work_of(path: Sequence[str]) -> tuple[str | None, Level | None, Title]:
    """Return (subject, level, title) that the headings of a column speak of."""
    found = Title()
    subject: Subject | None = None
    for part in path:
        title = read_title(part)
        found = replace(
            found,
            procedure=title.procedure or found.procedure,
            grade=title.grade or found.grade,
        )
        short = Subject(title.subject, title.level) if title.subject and (title.grade or title.procedure) else subject
        subject = subject_within(part) or short
    return (subject.name, subject.level, found) if subject else (None, None, found)


def _with_unknown_subjects(found: list[Guessed]) -> list[Guessed]:
    """Take what stands where other columns name a subject for a subject: «Родной язык», «Второй иностранный»."""
    lines = [
        line
        for item in found
        if item.map is not None and item.map.subject
        for line, part in enumerate(item.column.path)
        if subject_within(part) is not None
    ]
    if len(lines) < _FEWEST_SUBJECTS:
        return found
    line = max(set(lines), key=lines.count)
    result = []
    for item in found:
        mapped, path = item.map, item.column.path
        if mapped is not None and mapped.field in FIGURE_FIELDS and mapped.subject is None and line < len(path):
            words = subject_or_as_written(path[line]).name
            if _figure((path[line],)) is None:
                result.append(replace(item, map=replace(mapped, subject=words), confidence=DOUBTFUL))
                continue
        result.append(item)
    return result


def _without_rivals(found: Iterable[Guessed]) -> tuple[Guessed, ...]:
    """Leave one column to each meaning: the surest, the first of equals; number those with the same headings."""
    listed = list(found)
    order = sorted(range(len(listed)), key=lambda i: -listed[i].confidence)
    taken: set[tuple[object, ...]] = set()
    seen: dict[tuple[str, ...], int] = {}
    numbers = []
    for item in listed:
        seen[item.column.path] = seen.get(item.column.path, 0) + 1
        numbers.append(seen[item.column.path])
    for i in order:
        mapped = listed[i].map
        if mapped is None:
            continue
        mapped = replace(mapped, nth=numbers[i])
        key = _meaning(mapped)
        if key in taken:
            listed[i] = Guessed(listed[i].column, None, 0.0)
        else:
            taken.add(key)
            listed[i] = replace(listed[i], map=mapped)
    return tuple(listed)


def _meaning(mapped: ColumnMap) -> tuple[object, ...]:
    if mapped.field not in SHARED_FIELDS:
        return (mapped.field,)
    years = tuple(re.findall(r"20\d\d", " ".join(mapped.path)))
    return (mapped.field, mapped.subject, mapped.level, mapped.grade, mapped.procedure, mapped.metric, mapped.item,
            mapped.kind if mapped.field in KINDED_FIELDS else None, years)  # fmt: skip
