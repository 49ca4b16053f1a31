"""Marking a table that nobody knows: where its header is, what its columns mean, what its first rows become.

Everything here works on the top of a sheet that came with the refused reading (``FileReading.grid``), without the
file: it is quick enough to follow every click. Nothing is written; ``profiles.save`` keeps what ``text_of`` returns.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import islice

from app.errors import Problem, UserError
from app.importers.book import Book, Sheet
from app.importers.order import Order
from app.importers.packed import MarkRows
from app.importers.parsed import FileReading, GridSheet, Hints, Known, Proposal, Question
from app.importers.subjects import SUBJECTS, subject_or_as_written
from app.importers.tables.apply import apply
from app.importers.tables.found import ACCEPTED, Found
from app.importers.tables.guess import ROW_KEYS_OF_UNITS, bias_item, guess, kind_of, work_of
from app.importers.tables.heads import Column, filled, is_column_numbers
from app.importers.tables.layout import Block, find_layout, layout_from
from app.importers.tables.profile import (
    FIELDS,
    FIGURE_FIELDS,
    KINDED_FIELDS,
    SHARED_FIELDS,
    TARGET_WORDS,
    ColumnMap,
    Fixed,
    Profile,
    Target,
    keys_of,
    match,
)
from app.importers.tables.profile_text import from_text, to_text
from app.importers.tables.views import DEEPEST_ROW, PAGE_ROWS
from app.importers.tables.views import ROWS as TOP_ROWS
from app.importers.tables.words import is_personal
from app.importers.titles import procedure_of
from app.models.records import PROCEDURES
from app.texts import school_year

__all__ = [
    "DEEPEST_ROW",
    "PAGE_ROWS",
    "PROCEDURES",
    "SUBJECTS",
    "TARGETS",
    "TOP_ROWS",
    "Marking",
    "Preview",
    "begin",
    "begin_as",
    "covers",
    "give",
    "is_table",
    "meanings",
    "missing",
    "on_page",
    "point",
    "preview",
    "retarget",
    "text_of",
    "with_fixed",
    "year_of",
]

TARGETS: tuple[tuple[str, str], ...] = tuple((words, target) for target, words in TARGET_WORDS.items())
"""(words, key) of what a table may be."""
NOT_READ = ""
SHOWN_ROWS = 12
ABOVE_ROWS = 10
"""How many rows above a header deep in a sheet are shown with it: they may say year and subject."""
DEEPEST = 6
UNSURE = 0.6
_LEVELS = {"base": "базовая", "profile": "профильная"}
_FIELD_WORDS = {
    "school": "школа (название)",
    "code": "код школы, любой",
    "fisoko": "логин ФИС ОКО",
    "oo": "код ОО",
    "msu": "код МСУ",
    "inn": "ИНН",
    "ogrn": "ОГРН",
    "municipality": "муниципалитет",
    "region": "регион",
    "year": "год",
    "school_year": "учебный год",
    "procedure": "процедура",
    "subject": "предмет",
    "level": "уровень: база, профиль",
    "grade": "класс",
    "participants": "участников",
    "mark2": "отметка «2»",
    "mark3": "отметка «3»",
    "mark4": "отметка «4»",
    "mark5": "отметка «5»",
    "below": "ниже минимума",
    "passed": "преодолели минимум",
    "quality": "качество, «4» и «5»",
    "mean": "средний балл",
    "short_name": "краткое название",
    "school_type": "тип школы",
    "settlement": "населённый пункт",
    "status": "состояние школы",
    "group": "группа или значение списка",
    "item": "фактор или маркер из заголовка",
}
_KIND_WORDS = {"": "", "count": ", чел.", "percent": ", %"}


@dataclass(frozen=True, slots=True)
class MarkedColumn:
    """A column of the table as a person sees it.

    Attributes:
        at: its place from 0.
        path: its headings from the top line down.
        meaning: a key of ``meanings``; "" for a column that is not read.
        words: what the meaning is called, with the subject and grade that the headings name.
        sure: how sure the proposal is, from 0 to 1; 1 for what a person has chosen.
        samples: its first values.
        hidden: nobody sees it in Excel.
        personal: it holds names or documents of people: it is never read.
    """

    at: int
    path: tuple[str, ...]
    meaning: str = NOT_READ
    words: str = ""
    sure: float = 0.0
    samples: tuple[str, ...] = ()
    hidden: bool = False
    personal: bool = False

    @property
    def title(self) -> str:
        """«Математика / Средний балл»."""
        return " / ".join(self.path)

    @property
    def unsure(self) -> bool:
        """True for a meaning that a person should look at."""
        return bool(self.meaning) and self.sure < UNSURE


@dataclass(frozen=True, slots=True)
class Marking:
    """How one sheet is to be read so far; a new one comes of every step.

    ``first`` and ``last`` are the rows of the header from 1, both inside. ``maps``, ``block`` and ``pointed`` are for
    this module: what the engine knows of the columns, the table itself, and whether only a person saw its header.
    """

    sheet: GridSheet
    first: int
    last: int
    target: str | None
    columns: tuple[MarkedColumn, ...] = ()
    procedure: str = ""
    subject: str = ""
    grade: int | None = None
    municipality: str = ""
    region: str = ""
    maps: dict[int, ColumnMap] = field(default_factory=dict, repr=False)
    block: Block | None = field(default=None, repr=False)
    pointed: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """What the first rows become; ``fault`` says why nothing can be read yet."""

    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    problems: tuple[Problem, ...] = ()
    questions: tuple[Question, ...] = ()
    fault: str = ""


# --- where the table is ----------------------------------------------------------------------------------------


def begin(sheet: GridSheet, known: Known, proposals: tuple[Proposal, ...] = ()) -> Marking:
    """Return the first proposal for a sheet: the header that the reader has found, else the one seen in its top.

    Args:
        sheet: the top of the sheet.
        known: references in force: metrics that columns may name.
        proposals: what came with the reading.
    """
    proposed = next(
        (item for item in proposals if item.sheet == sheet.name and on_page(sheet, item.header_first)), None
    )
    if proposed is not None:
        return point(sheet, proposed.header_first, proposed.header_last, known)
    blocks = find_layout(_sheet(sheet)).blocks
    if blocks:
        return point(sheet, blocks[0].head.first, blocks[0].head.last, known)
    numbered = enumerate(sheet.rows, start=sheet.start + 1)
    first = next((number for number, row in numbered if sum(map(bool, row)) > 1), sheet.start + 1)
    return point(sheet, first, first, known)


def on_page(sheet: GridSheet, row: int) -> bool:
    """Tell whether a row, counted from 1 at the top of the sheet, is on the page that is shown."""
    return sheet.start < row <= sheet.end


def begin_as(sheet: GridSheet, known: Known, proposals: tuple[Proposal, ...], reading: FileReading | None) -> Marking:
    """Return the first proposal for a sheet of a file that was recognised: what was seen in it goes before a guess.

    Args:
        sheet: the top of the sheet.
        known: references in force: the saved maps among them.
        proposals: what came with the grid.
        reading: what the program has read of the file by itself; None for a file that nobody knows.
    """
    found = begin(sheet, known, proposals)
    if reading is None:
        return found
    names = set((reading.profile or "").split("», «"))
    for profile in (from_text(text) for text in known.profiles if reading.profile):
        if profile.name in names and (told := _by_map(found, profile, known)) is not None:
            return told
    target = "marks" if len(reading.marks) else _target(reading.kind)
    if target is None:
        return found
    found = found if found.target == target else retarget(found, target, known)
    return _with_work(found, reading) if target == "marks" else found


def _by_map(marking: Marking, profile: Profile, known: Known) -> Marking | None:
    """Return the marking with the meanings of a saved map; None where the table is none of its own."""
    fitted = None if marking.block is None else match(profile, marking.block.columns)
    if fitted is None or fitted.score < ACCEPTED:
        return None
    fixed = profile.fixed
    made = replace(
        marking, target=profile.target, maps=dict(fitted.columns), procedure=fixed.procedure or "",
        subject=" ".join(part for part in (fixed.subject, _LEVELS.get(fixed.level or "", "")) if part),
        grade=fixed.grade, municipality=fixed.municipality or "", region=fixed.region or "",
        columns=tuple(replace(column, sure=1.0) for column in marking.columns),
    )  # fmt: skip
    return _told(made, known)


def _with_work(marking: Marking, reading: FileReading) -> Marking:
    """Say for the whole table what all its rows were read as, where no column of it says so."""
    packed = reading.marks
    works = {work for work, _year in packed.works} if isinstance(packed, MarkRows) else {
        row.count.assessment for row in packed
    }  # fmt: skip
    said = {mapped.field for mapped in marking.maps.values()}
    if len({work.procedure for work in works}) == 1 and "procedure" not in said:
        marking = replace(marking, procedure=next(iter(works)).procedure)
    if len({(work.subject, work.level) for work in works}) == 1 and "subject" not in said:
        work = next(iter(works))
        words = (work.subject, _LEVELS.get(work.level or "", ""))
        marking = replace(marking, subject=" ".join(part for part in words if part))
    if len({work.grade for work in works}) == 1 and "grade" not in said:
        marking = replace(marking, grade=next(iter(works)).grade)
    return marking


def year_of(reading: FileReading) -> int | None:
    """Return the one year of everything that was read of a file; None where there are several or none."""
    packed = reading.marks
    years = {year for _work, year in packed.works} if isinstance(packed, MarkRows) else {
        row.count.year for row in packed
    }  # fmt: skip
    return next(iter(years)) if len(years) == 1 else None


def point(sheet: GridSheet, first: int, last: int, known: Known, before: Marking | None = None) -> Marking:
    """Return the marking of a sheet whose header is in these rows (from 1, both inside).

    Args:
        sheet: the top of the sheet.
        first: the top row of the header.
        last: its bottom row; more than six lines are cut.
        known: references in force.
        before: what was said so far: its table kind and fixed words stay.
    """
    first = max(sheet.start + 1, min(first, sheet.end))
    last = max(first, min(last, first + DEEPEST - 1, sheet.end))
    lines = [filled(row) for row in sheet.rows[first - 1 - sheet.start : last - sheet.start]]
    depth = len(lines) - (len(lines) > 1 and is_column_numbers(lines[-1]))
    plain = _sheet(sheet)
    # a header deep in a sheet keeps its place: the next such file is looked through there and not as a whole
    seen = {(block.head.first, block.head.depth) for block in find_layout(plain).blocks}
    block = next((b for b in layout_from(plain, first, depth).blocks if b.head.first == first), None)
    made = Marking(sheet, first, last, None if before is None else before.target)
    if before is not None:
        made = replace(
            made, procedure=before.procedure, subject=before.subject, grade=before.grade,
            municipality=before.municipality, region=before.region,
        )  # fmt: skip
    made = replace(made, block=block, pointed=(first, depth) not in seen or first > TOP_ROWS)
    return retarget(made, made.target, known)


def retarget(marking: Marking, target: str | None, known: Known) -> Marking:
    """Return the marking with a table kind; None leaves it to the headings. The columns are proposed anew."""
    block = marking.block
    if block is None:
        return replace(marking, target=target, columns=(), maps={})
    found = guess(block, known, target=_target(target))
    maps = {item.column.at: item.map for item in found.columns if item.map is not None}
    sure = {item.column.at: item.confidence for item in found.columns}
    samples = _samples(marking.sheet, block)
    columns = tuple(
        MarkedColumn(
            column.at,
            column.path,
            sure=sure.get(column.at, 0.0),
            samples=samples.get(column.at, ()),
            hidden=column.at in marking.sheet.hidden_columns,
            personal=is_personal(column.path),
        )
        for column in block.columns
    )
    return _told(replace(marking, target=found.target, columns=columns, maps=maps), known)


def _sheet(sheet: GridSheet) -> Sheet:
    rows = [list(row) for row in sheet.rows]
    return Sheet(sheet.name, lambda: rows, sheet.end, merged=sheet.merged, first=sheet.start + 1)


def _target(key: str | None) -> Target | None:
    return next((target for target in TARGET_WORDS if target == key), None)


def _samples(sheet: GridSheet, block: Block) -> dict[int, tuple[str, ...]]:
    rows = [sheet.row(number) for number in islice(block.row_numbers(), SHOWN_ROWS)]
    found = {}
    for column in block.columns:
        values = [row[column.at] for row in rows if column.at < len(row) and row[column.at]]
        found[column.at] = tuple(dict.fromkeys(values))[:3]
    return found


# --- what the columns mean -------------------------------------------------------------------------------------


def meanings(target: str | None, known: Known) -> list[tuple[str, str]]:
    """Return (words, key) of everything that a column of such a table may be; «не брать» is the first."""
    chosen = _target(target)
    found = [("не брать", NOT_READ)]
    for name in FIELDS[chosen] if chosen else ():
        if name == "metric":
            found += [(f"показатель: {_metric_words(metric.code, known)}", f"metric:{metric.code}")
                      for metric in known.metrics]  # fmt: skip
        elif name in KINDED_FIELDS:
            found += [(_FIELD_WORDS[name] + words, f"{name}:{kind}".rstrip(":")) for kind, words in _KIND_WORDS.items()]
        else:
            found.append((_FIELD_WORDS[name], name))
    return found


def _metric_words(code: str, known: Known) -> str:
    return next((metric.names[0] for metric in known.metrics if metric.code == code and metric.names), code)


def give(marking: Marking, at: int, meaning: str, known: Known) -> Marking:
    """Return the marking with another meaning of the column at a place; a field of one column leaves its old one."""
    path = next(column.path for column in marking.columns if column.at == at)
    maps = {place: mapped for place, mapped in marking.maps.items() if place != at}
    if meaning != NOT_READ:
        made = _map_of(path, meaning)
        if made.field not in SHARED_FIELDS:
            maps = {place: mapped for place, mapped in maps.items() if mapped.field != made.field}
        maps[at] = made
    columns = tuple(replace(column, sure=1.0) if column.at == at else column for column in marking.columns)
    return _told(replace(marking, columns=columns, maps=maps), known)


def _map_of(path: tuple[str, ...], meaning: str) -> ColumnMap:
    name, _, detail = meaning.partition(":")
    if name == "metric":
        return ColumnMap(path, name, metric=detail)
    if name == "item":
        return ColumnMap(path, name, item=bias_item(Column(0, path)) or (path[-1] if path else "без заголовка"))
    if name not in FIGURE_FIELDS:
        return ColumnMap(path, name)
    subject, level, title = work_of(path)
    kind = None
    if name in KINDED_FIELDS:
        kind = next((kind for kind in ("count", "percent") if kind == detail), None) or kind_of(path)
    return ColumnMap(path, name, kind=kind, subject=subject, level=level, grade=title.grade, procedure=title.procedure)


def _told(marking: Marking, known: Known) -> Marking:
    """Write into the columns what they mean now."""
    columns = []
    for column in marking.columns:
        mapped = marking.maps.get(column.at)
        columns.append(replace(column, meaning=_meaning(mapped), words=_words(mapped, known)))
    return replace(marking, columns=tuple(columns))


def _meaning(mapped: ColumnMap | None) -> str:
    if mapped is None:
        return NOT_READ
    detail = mapped.metric or mapped.kind or ""
    return f"{mapped.field}:{detail}" if detail else mapped.field


def _words(mapped: ColumnMap | None, known: Known) -> str:
    if mapped is None:
        return ""
    if mapped.field == "metric":
        return _metric_words(mapped.metric or "", known)
    if mapped.field == "item":
        return mapped.item or ""
    about = [mapped.subject or "", f"{mapped.grade} класс" if mapped.grade else "", mapped.procedure or ""]
    words = _FIELD_WORDS[mapped.field] + _KIND_WORDS[mapped.kind or ""]
    return " · ".join([words, *(part for part in about if part)])


def with_fixed(
    marking: Marking, *, procedure: str = "", subject: str = "", grade: int | None = None, municipality: str = "",
    region: str = "",
) -> Marking:  # fmt: skip
    """Return the marking with what holds for the whole table and stands nowhere in it."""
    return replace(
        marking, procedure=procedure, subject=subject.strip(), grade=grade,
        municipality=" ".join(municipality.split()), region=" ".join(region.split()),
    )  # fmt: skip


def covers(text: str, marking: Marking) -> bool:
    """Tell whether a map reads the table of a marking."""
    return marking.block is not None and match(from_text(text), marking.block.columns).score >= ACCEPTED


def is_table(marking: Marking) -> bool:
    """Tell whether there is a table to mark: a header with two columns and a row under it."""
    return marking.block is not None and len(marking.columns) > 1 and marking.block.rows > 0


# --- the map itself --------------------------------------------------------------------------------------------


def text_of(marking: Marking, name: str) -> str:
    """Return the map as ``profiles.save`` keeps it and the reader takes it.

    Raises:
        UserError: ``IMP_PROFILE_FAULT`` with what is missing: whose rows they are, what is in them.
    """
    text = to_text(_profile(marking, name))
    from_text(text)
    return text


def _profile(marking: Marking, name: str) -> Profile:
    target = _target(marking.target)
    if target is None or marking.block is None:
        raise UserError("IMP_PROFILE_FAULT", place="что это за таблица", fault="не выбрано")
    return _made(marking, name, target, marking.block)


def _made(marking: Marking, name: str, target: Target, block: Block) -> Profile:
    keys = keys_of([column.path for column in marking.columns])
    columns = tuple(
        replace(marking.maps[column.at], nth=nth)
        for column, (_path, nth) in zip(marking.columns, keys, strict=True)
        if column.at in marking.maps
    )
    ignored = tuple(column.path for column in marking.columns if column.at not in marking.maps and column.path)
    subject = subject_or_as_written(marking.subject) if marking.subject else None
    where = (marking.municipality or None, marking.region or None if target != "schools" else None)
    fixed = Fixed(None, None, None, None, *where)
    if target == "marks":
        level = subject.level if subject else None
        fixed = Fixed(procedure_of(marking.procedure), subject.name if subject else None, level, marking.grade, *where)
    row = marking.first if marking.pointed else None
    return Profile(name.strip() or "Новая таблица", target, columns, ignored, fixed, row, block.head.depth)


def missing(marking: Marking) -> str:
    """Return in one sentence what must be said before the table can be read; "" where nothing is missing."""
    target = _target(marking.target)
    fields = {mapped.field for mapped in marking.maps.values()}
    if marking.block is None:
        return "В этих строках нет заголовков: укажите другие."
    if target is None:
        return "Выберите, что это за таблица."
    if target == "schools" and "school" not in fields:
        return "Укажите столбец с названием школы."
    if not fields & ROW_KEYS_OF_UNITS:
        return "Укажите столбец, который говорит, чья это строка: школа, код или муниципалитет."
    if target == "marks" and not fields & {"participants", "mark2", "mark3", "mark4", "mark5"}:
        return "Укажите столбец с числом участников или столбцы с отметками."
    if target == "metrics" and "metric" not in fields:
        return "Укажите хотя бы один столбец с показателем."
    return ""


# --- what becomes of it ----------------------------------------------------------------------------------------


def preview(marking: Marking, known: Known, hints: Hints, name: str = "") -> Preview:
    """Return what the first rows of the sheet become, with everything that is wrong in them.

    Args:
        marking: what has been said so far.
        known: references in force.
        hints: answers for this file alone.
        name: of the file: a name may say year and subject.
    """
    block = marking.block
    fault = missing(marking)
    if fault or block is None:
        return Preview(fault=fault)
    sheet = _sheet(marking.sheet)
    book = Book("", name or "таблица", 0, "", [sheet])
    above = tuple(line for _, line in reversed(block.titles))
    try:
        profile = from_text(text_of(marking, name))
        found = Found(sheet, block, match(profile, block.columns), above)
        reading = apply(book, Order(hints, known), profile, [found])
    except UserError as error:
        return Preview(fault=error.what)
    headings, rows = _rows(reading, known)
    return Preview(headings, tuple(rows[:SHOWN_ROWS]), reading.problems, reading.questions)


def _rows(reading: FileReading, known: Known) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    if reading.marks:
        return _marks_rows(reading)
    if reading.schools:
        return ("Школа", "Коды", "Муниципалитет", "Населённый пункт"), [
            (s.name, ", ".join(code for _system, code in s.codes), s.municipality or "", s.settlement or "")
            for s in reading.schools
        ]
    if reading.metrics:
        return ("Школа", "Показатель", "Учебный год", "Значение"), [
            (m.unit.name or _codes(m.unit.codes), _metric_words(m.figure.metric, known),
             school_year(m.figure.school_year), m.figure.raw)
            for m in reading.metrics
        ]  # fmt: skip
    if reading.externals:
        head = reading.external_head
        return ("Школа", "О чём", "Значение", "Год"), [
            (e.unit.name or _codes(e.unit.codes), e.mark.item, e.mark.raw, str(e.year or (head.year if head else "")))
            for e in reading.externals
        ]
    return (), []


def _marks_rows(reading: FileReading) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    def figure(value: int | None) -> str:
        return "—" if value is None else str(value)

    headings = ("Школа", "Работа", "Год", "Участников", "«2»", "«3»", "«4»", "«5»", "Ниже мин.")
    return headings, [
        (mark.unit.name or _codes(mark.unit.codes), mark.count.assessment.label, str(mark.count.year),
         str(mark.count.participants), figure(mark.count.m2), figure(mark.count.m3), figure(mark.count.m4),
         figure(mark.count.m5), figure(mark.count.below_min))
        for mark in reading.marks
    ]  # fmt: skip


def _codes(codes: tuple[tuple[str, str], ...]) -> str:
    return ", ".join(code for _system, code in codes)
