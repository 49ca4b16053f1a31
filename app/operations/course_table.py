"""The register of courses as a grid of texts: cells typed or pasted, and its paper by category and provider."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.errors import UserError
from app.forms.item_types import folded, tidy
from app.forms.survey_tally import whole
from app.models import settings
from app.models.course_records import CourseRecord
from app.models.journal import now
from app.models.store import Connection, Store
from app.operations import courses, schools
from app.operations.courses import KIND_WORDS, CourseAxes, CourseDraft, Register
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
_REQUIRED = ("category", "provider", "kind", "people")
_WORD = re.compile(r"[0-9a-zа-я]+")


@dataclass(frozen=True, slots=True)
class CourseLine:
    """One line of the grid as texts; ``record_id`` None is a new one; ``locked`` came from an accepted form."""

    record_id: int | None
    texts: tuple[str, ...]
    locked: bool = False


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a pasted table holds: lines that fit, and what is wrong with the others."""

    drafts: tuple[CourseDraft, ...]
    wrong: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Return what is taken and what is not."""
        taken = f"Понято: {count(len(self.drafts), 'запись', 'записи', 'записей')}."
        return f"{taken} Не взято: {'; '.join(self.wrong)}" if self.wrong else taken


def texts_of(record: CourseRecord, axes: CourseAxes) -> tuple[str, ...]:
    """Return a record as the grid shows it, in the order of ``COLUMNS``."""
    return (
        record.school or MUNICIPALITY, axes.categories.get(record.category, record.category),
        axes.providers.get(record.provider, record.provider), KIND_SHORT[record.kind], str(record.people),
        record.title or "", "" if record.hours is None else str(record.hours),
        ru_date(record.ended_on) if record.ended_on else "",
    )  # fmt: skip


def lines(found: Register) -> list[CourseLine]:
    """Return the register of a year as lines of the grid."""
    return [CourseLine(record.id, texts_of(record, found.axes), record.case_id is not None) for record in found.records]


# --- understanding -----------------------------------------------------------------------------------------------


def word_of(words: Mapping[str, str], raw: str) -> str:
    """Return the key of a word: by key, by its text, by a beginning or words that only one of them has.

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
    if len(near) != 1:
        raise UserError("FORM_COURSE_WORD", raw=raw, known="; ".join(words.values()))
    return near[0]


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


def draft_of(connection: Connection, texts: Mapping[str, str]) -> CourseDraft:
    """Return a record of texts by column.

    Raises:
        UserError: ``FORM_COURSE_MISSING``, ``FORM_COURSE_WORD``, ``FORM_COURSE_NUMBER``, ``GEN_BAD_DATE``, codes of
            ``schools.find``.
    """
    given = {key: tidy(text) for key, text in texts.items()}
    missing = [title for key, title in COLUMNS if key in _REQUIRED and not given.get(key)]
    if missing:
        raise UserError("FORM_COURSE_MISSING", keys=", ".join(title.lower() for title in missing))
    known = courses.axes(connection)
    name = given.get("school", "")
    school = None if folded(name) in {"", MUNICIPALITY, "все школы"} else schools.find(connection, name).id
    hours = given.get("hours", "")
    day = given.get("ended_on", "")
    return CourseDraft(
        school, word_of(known.categories, given["category"]), word_of(known.providers, given["provider"]),
        kind_of(given["kind"]), _number(given["people"]), given.get("title", ""), _number(hours) if hours else None,
        iso_date(day) if day else None,
    )  # fmt: skip


def _number(text: str) -> int:
    found = whole(text)
    if found is None:
        raise UserError("FORM_COURSE_NUMBER", raw=text)
    return found


def put(store: Store, school_year: int, line: CourseLine) -> int:
    """Enter or change a record from the texts of its line; returns its key.

    Raises:
        UserError: as ``draft_of`` and ``courses.put``.
    """
    texts = {key: text for (key, _title), text in zip(COLUMNS, line.texts, strict=True)}
    draft = draft_of(store.connection, texts)
    if line.record_id is not None:
        kept = next((one for one in courses.register(store.connection, school_year).records
                     if one.id == line.record_id), None)  # fmt: skip
        draft = replace(draft, note=(kept.note or "") if kept is not None else "")
    return courses.put(store, school_year, draft, line.record_id)


def read(connection: Connection, table: Sequence[Sequence[str]]) -> Pasted:
    """Understand a pasted table: a line of headings, then a record a line; without headings in the order of the grid.

    Raises:
        UserError: ``FORM_COURSE_TABLE``.
    """
    rows = [[tidy(cell) for cell in line] for line in table if any(tidy(cell) for cell in line)]
    if not rows:
        raise UserError("FORM_COURSE_TABLE")
    places = _columns(rows[0])
    body = rows[1:] if places else rows
    if not places:
        if len(rows[0]) < len(_REQUIRED) + 1:
            raise UserError("FORM_COURSE_TABLE")
        places = {key: place for place, (key, _title) in enumerate(COLUMNS)}
    drafts, wrong = [], []
    for number, line in enumerate(body, start=1):
        texts = {key: line[place] for key, place in places.items() if place < len(line)}
        try:
            drafts.append(draft_of(connection, texts))
        except UserError as error:
            wrong.append(f"строка {number}: {error.what.rstrip('.')}")
    return Pasted(tuple(drafts), tuple(wrong))


def _columns(headings: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        word = folded(heading)
        key = next((key for key, words in _HEADINGS.items() if word in words), None)
        if key is not None:
            found.setdefault(key, place)
    return found if all(key in found for key in _REQUIRED) else {}


# --- the paper ---------------------------------------------------------------------------------------------------


def paper(connection: Connection, school_year: int) -> Paper:
    """Return «Переподготовка и повышение квалификации» of a school year: the table of 002 and the records."""
    found = courses.register(connection, school_year)
    title = f"Курсы за {year_words(school_year)}".replace("/", "-")
    return Paper("courses", title, _document(connection, found), None)


def _document(connection: Connection, found: Register) -> Document:
    from app.reports.courses import CourseHead, CourseRow, course_paper

    values = settings.get_all(connection)
    head = CourseHead(values["municipality"], found.school_year, now(), values["organisation"], values["executor"])
    rows = tuple(
        CourseRow(
            line.texts[0],
            line.texts[1],
            line.texts[2],
            line.texts[3],
            record.people,
            line.texts[5],
            record.hours,
            record.ended_on,
        )
        for line, record in zip(lines(found), found.records, strict=True)
    )
    return course_paper(head, tuple(found.axes.categories.items()), tuple(found.axes.providers.items()), found.totals,
                        rows)  # fmt: skip
