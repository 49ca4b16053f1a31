"""A book read by a map: whatever the map's table becomes, with everything that is wrong in it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Literal

from app.errors import Problem
from app.importers.book import Book
from app.importers.findings import Findings, without_repeats
from app.importers.order import Order
from app.importers.parsed import (
    ExternalHead,
    FileReading,
    ParsedExternal,
    ParsedMark,
    ParsedMetric,
    ParsedSchool,
    Question,
)
from app.importers.tables.found import Found
from app.importers.tables.profile import EXTERNAL_TARGETS, TARGET_WORDS, Profile
from app.importers.tables.read_marks import MarksBlock
from app.importers.tables.read_others import ExternalsBlock, MetricsBlock, read_schools
from app.importers.tables.words import is_personal
from app.texts import capital

_MOST_NAMED = 5


def apply(book: Book, order: Order, profile: Profile, blocks: Sequence[Found]) -> FileReading:
    """Read the blocks that a map fits.

    Args:
        book: the file.
        order: what the user has said, the references in force.
        profile: the map.
        blocks: from ``found.fit``, of whole sheets.
    """
    problems = _changes(blocks)
    if profile.target == "marks":
        return _marks(book, order, profile, blocks, problems)
    if profile.target == "schools":
        return _schools(book, order, profile, blocks, problems)
    if profile.target == "metrics":
        return _metrics(book, order, profile, blocks, problems)
    return _externals(book, order, profile, blocks, problems)


def holds_people(blocks: Iterable[Found]) -> bool:
    """Tell whether a table has columns of names, documents or contacts of people: its bytes are then never kept."""
    return any(is_personal(column.path) for found in blocks for column in found.block.columns)


def title_of(profile: Profile) -> str:
    """«Результаты: ОГЭ по региону»."""
    words = TARGET_WORDS[profile.target]
    return f"{capital(words)}: {profile.name}"


def _changes(blocks: Sequence[Found]) -> list[Problem]:
    """Say once a sheet what columns are gone or new since the map was made."""
    problems: list[Problem] = []
    told: set[tuple[str | None, str]] = set()
    changes: tuple[tuple[Literal["IMP_PROFILE_GONE", "IMP_PROFILE_NEW"], str], ...] = (
        ("IMP_PROFILE_GONE", "missing"),
        ("IMP_PROFILE_NEW", "extra"),
    )
    for found in blocks:
        for code, attribute in changes:
            headings: tuple[str, ...] = getattr(found.match, attribute)
            if not headings or (found.sheet.name, code) in told:
                continue
            told.add((found.sheet.name, code))
            more = f" и ещё {len(headings) - _MOST_NAMED}" if len(headings) > _MOST_NAMED else ""
            named = ", ".join(f"«{words}»" for words in headings[:_MOST_NAMED])
            findings = Findings(found.sheet.name)
            findings.add(code, found.block.head.last, headings=named + more)
            problems += findings.problems
    return problems


def _marks(book: Book, order: Order, profile: Profile, blocks: Sequence[Found], problems: list[Problem]) -> FileReading:
    opened: list[tuple[MarksBlock, Findings]] = []
    questions: list[Question] = []
    for found in blocks:
        findings = Findings(found.sheet.name)
        block = MarksBlock(book, found, profile, order, findings)
        questions += block.questions()
        opened.append((block, findings))
    rows: list[tuple[Hashable, ParsedMark]] = []
    if not questions:
        for block, findings in opened:
            rows += block.run()
            problems += findings.problems
    return book.reading(
        "marks",
        title=title_of(profile),
        marks=without_repeats(rows, problems),
        problems=[] if questions else problems,
        questions=_once(questions),
        rows_read=sum(block.rows_read for block, _ in opened),
        profile=profile.name,
        personal=holds_people(blocks),
    )


def _schools(
    book: Book, order: Order, profile: Profile, blocks: Sequence[Found], problems: list[Problem]
) -> FileReading:
    schools: list[ParsedSchool] = []
    questions: list[Question] = []
    rows_read = 0
    for found in blocks:
        findings = Findings(found.sheet.name)
        listed, question, count = read_schools(found, order, findings, profile.fixed)
        schools += listed
        questions += [question] if question else []
        rows_read += count
        problems += findings.problems
    return book.reading(
        "schools",
        title=title_of(profile),
        schools=[] if questions else schools,
        problems=[] if questions else problems,
        questions=_once(questions),
        rows_read=rows_read,
        profile=profile.name,
        personal=holds_people(blocks),
    )


def _metrics(
    book: Book, order: Order, profile: Profile, blocks: Sequence[Found], problems: list[Problem]
) -> FileReading:
    read = metrics_of(book, order, profile, blocks)
    return book.reading(
        "metrics",
        title=title_of(profile),
        metrics=read[0],
        problems=[] if read[1] else [*problems, *read[2]],
        questions=read[1],
        rows_read=read[3],
        profile=profile.name,
        personal=holds_people(blocks),
    )


def metrics_of(
    book: Book, order: Order, profile: Profile, blocks: Sequence[Found]
) -> tuple[list[ParsedMetric], tuple[Question, ...], list[Problem], int]:
    """Return (values, questions, problems, rows) of the blocks of a table of context metrics."""
    opened: list[tuple[MetricsBlock, Findings]] = []
    questions: list[Question] = []
    for found in blocks:
        findings = Findings(found.sheet.name)
        block = MetricsBlock(book, found, profile, order, findings)
        questions += block.questions()
        opened.append((block, findings))
    values: list[ParsedMetric] = []
    problems: list[Problem] = []
    if not questions:
        for block, findings in opened:
            values += block.run()
            problems += findings.problems
    return values, _once(questions), problems, sum(block.rows_read for block, _ in opened)


def _externals(
    book: Book, order: Order, profile: Profile, blocks: Sequence[Found], problems: list[Problem]
) -> FileReading:
    opened: list[tuple[ExternalsBlock, Findings]] = []
    questions: list[Question] = []
    head: ExternalHead | None = None
    if profile.target not in EXTERNAL_TARGETS:
        raise ValueError(profile.target)
    kind: Literal["federal_list", "bias", "risk_profile", "risk_zone"] = profile.target  # type: ignore[assignment]
    for found in blocks:
        findings = Findings(found.sheet.name)
        block = ExternalsBlock(book, found, profile, order, findings, kind)
        questions += block.questions()
        head = head or block.head()
        opened.append((block, findings))
    rows: list[ParsedExternal] = []
    if not questions:
        for block, findings in opened:
            rows += block.run()
            problems += findings.problems
    return book.reading(
        kind,
        title=title_of(profile),
        externals=rows,
        external_head=head,
        problems=[] if questions else problems,
        questions=_once(questions),
        rows_read=sum(block.rows_read for block, _ in opened),
        profile=profile.name,
        personal=holds_people(blocks),
    )


def _once(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Each question once, whichever block asks it."""
    return tuple({question.key: question for question in questions}.values())
