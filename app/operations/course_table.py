"""The register of courses as a grid of texts: cells typed or pasted, and its paper by category and provider."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.errors import UserError
from app.forms.item_types import folded, tidy
from app.forms.survey_tally import whole
from app.models import health, settings
from app.models.course_records import CourseRecord
from app.models.journal import now
from app.models.store import Connection
from app.operations import courses, schools
from app.operations.courses import KIND_WORDS, MOST, CourseAxes, Register
from app.operations.papers import Paper
from app.operations.schools import iso_date
from app.texts import count, ru_date
from app.texts import school_year as year_words

if TYPE_CHECKING:
    from app.reports.document import Document

COLUMNS: Sequence[tuple[str, str]] = (
    ("school", "Школа"), ("category", "Кто учился"), ("provider", "Где учились"), ("kind", "Вид"),
    ("people", "Человек"), ("title", "Название курса"), ("hours", "Часов"), ("ended_on", "Окончание"),
)  # fmt: skip
KIND_SHORT: Mapping[str, str] = {"retraining": "ПП", "upgrading": "ПК"}
MUNICIPALITY = "муниципалитет"
_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "school": ("школа", "организация", "оо", "учреждение", "наименование оо"),
    "category": ("кто учился", "категория", "категория работников", "должность"),
    "provider": ("где учились", "организация дпо", "поставщик", "кто обучал", "место обучения", "провайдер"),
    "kind": ("вид", "вид обучения", "пп/пк", "форма", "программа"),
    "people": ("человек", "сколько человек", "количество", "число", "чел", "количество человек"),
    "title": ("название курса", "название", "тема", "курс", "наименование программы"),
    "hours": ("часов", "часы", "объём", "количество часов"),
    "ended_on": ("окончание", "дата", "дата окончания", "закончен"),
}  # fmt: skip
REQUIRED = ("category", "provider", "kind", "people")
"""What a line needs to be a record."""
_WORD = re.compile(r"[0-9a-zа-я]+")


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a pasted table holds: lines as texts by column, and what is wrong with some of them."""

    lines: tuple[Mapping[str, str], ...]
    wrong: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Return what is taken and what has to be put right."""
        taken = f"Вставлено: {count(len(self.lines), 'строка', 'строки', 'строк')}."
        return f"{taken} Исправьте: {'; '.join(self.wrong)}." if self.wrong else taken


def texts_of(record: CourseRecord, axes: CourseAxes) -> tuple[str, ...]:
    """Return a record as the grid shows it, in the order of ``COLUMNS``."""
    return (
        record.school or MUNICIPALITY, axes.categories.get(record.category, record.category),
        axes.providers.get(record.provider, record.provider), KIND_SHORT[record.kind], str(record.people),
        record.title or "", "" if record.hours is None else str(record.hours),
        ru_date(record.ended_on) if record.ended_on else "",
    )  # fmt: skip


# --- understanding -----------------------------------------------------------------------------------------------


def word_of(words: Mapping[str, str], raw: str) -> str:
    """Return the key of a word: by key, by its text, by words, a beginning or word beginnings only one has.

    Raises:
        UserError: ``FORM_COURSE_WORD``.
    """
    wanted = _bare(raw)
    for key, text in words.items():
        if wanted in {_bare(key), _bare(text)}:
            return key
    pieces = set(wanted.split())
    near = [key for key, text in words.items() if pieces and pieces <= set(_bare(text).split())]
    near = near or [key for key, text in words.items() if wanted and _bare(text).startswith(wanted)]
    near = near or [key for key, text in words.items() if pieces and _begin(pieces, _bare(text).split())]
    if len(near) != 1:
        raise UserError("FORM_COURSE_WORD", raw=raw, known="; ".join(words.values()))
    return near[0]


def _begin(pieces: Iterable[str], words: Sequence[str]) -> bool:
    return all(any(word.startswith(piece) for word in words) for piece in pieces)


def _bare(text: str) -> str:
    return " ".join(_WORD.findall(folded(text)))


def kind_of(raw: str) -> str:
    """Return the kind of training: «ПП», «ПК» or its words.

    Raises:
        UserError: ``FORM_COURSE_WORD``.
    """
    word = _bare(raw)
    if word in {"пп", "переподготовка", "профессиональная переподготовка", "retraining"}:
        return "retraining"
    if word in {"пк", "кпк", "повышение квалификации", "курсы", "upgrading"}:
        return "upgrading"
    known = "; ".join(f"{KIND_SHORT[key]} ({words})" for key, words in KIND_WORDS.items())
    raise UserError("FORM_COURSE_WORD", raw=raw, known=known)


def value_of(connection: Connection, axes: CourseAxes, name: str, raw: str) -> Any:
    """Return what is stored of the text of a column; None of an empty one, and of the municipality as a school.

    Raises:
        UserError: ``FORM_COURSE_WORD``, ``FORM_COURSE_NUMBER``, ``GEN_BAD_DATE``, codes of ``schools.find``.
    """
    text = tidy(raw)
    if not text:
        return None
    match name:
        case "school":
            return None if folded(text) in {MUNICIPALITY, "все школы"} else schools.find(connection, text).id
        case "category":
            return word_of(axes.categories, text)
        case "provider":
            return word_of(axes.providers, text)
        case "kind":
            return kind_of(text)
        case "people" | "hours":
            return _number(text)
        case "ended_on":
            return iso_date(text)
        case _:
            return text


def _number(text: str) -> int:
    found = whole(text)
    if found is None or found > MOST:
        raise UserError("FORM_COURSE_NUMBER", raw=text)
    return found


def read(connection: Connection, table: Sequence[Sequence[str]]) -> Pasted:
    """Understand a pasted table: a line of headings, then a record a line; without headings in the order of the grid.

    Raises:
        UserError: ``FORM_COURSE_TABLE``.
    """
    axes = courses.axes(connection)
    rows = [[tidy(cell) for cell in line] for line in table if any(tidy(cell) for cell in line)]
    if not rows:
        raise UserError("FORM_COURSE_TABLE")
    places = _columns(rows[0])
    body = rows[1:] if places else rows
    if not places:
        if len(rows[0]) < len(REQUIRED) + 1:
            raise UserError("FORM_COURSE_TABLE")
        places = {key: place for place, (key, _title) in enumerate(COLUMNS)}
    lines = [{key: line[place] for key, place in places.items() if place < len(line)} for line in body]
    told = [(number, _faults(connection, axes, line)) for number, line in enumerate(lines, start=1)]
    return Pasted(tuple(lines), tuple(f"строка {number}: {said}" for number, said in told if said))


def _faults(connection: Connection, axes: CourseAxes, texts: Mapping[str, str]) -> str:
    """Say what keeps a line from being taken as it is, "" where nothing does."""
    missing = [title.lower() for key, title in COLUMNS if key in REQUIRED and not texts.get(key)]
    found = [f"не хватает: {', '.join(missing)}"] if missing else []
    for key, text in texts.items():
        try:
            value_of(connection, axes, key, text)
        except UserError as error:
            found.append(error.what.rstrip("."))
    return "; ".join(found)


def _columns(headings: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        word = folded(heading)
        key = next((key for key, words in _HEADINGS.items() if word in words), None)
        if key is not None:
            found.setdefault(key, place)
    return found if all(key in found for key in REQUIRED) else {}


# --- the paper ---------------------------------------------------------------------------------------------------


def paper(connection: Connection, school_year: int) -> Paper:
    """Return «Переподготовка и повышение квалификации» of a school year: the table of 002 and the records."""
    found = courses.register(connection, school_year)
    title = f"Курсы за {year_words(school_year)}"
    return Paper("courses", title, _document(connection, found), None)


def _document(connection: Connection, found: Register) -> Document:
    from app.reports.courses import CourseRow, course_paper
    from app.reports.year_head import YearHead

    left_out = sum(year == found.school_year for _key, year, _line, _why in health.unfinished_courses(connection))
    values = settings.get_all(connection)
    head = YearHead(values["municipality"], found.school_year, now(), values["organisation"], values["executor"])
    texts = [texts_of(record, found.axes) for record in found.records]
    rows = tuple(
        CourseRow(line[0], line[1], line[2], line[3], record.people, line[5], record.hours, record.ended_on)
        for line, record in zip(texts, found.records, strict=True)
    )
    return course_paper(head, tuple(found.axes.categories.items()), tuple(found.axes.providers.items()), found.totals,
                        rows, left_out)  # fmt: skip
