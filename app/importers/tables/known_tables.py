"""Tables read by a map: a saved one, one given right now, or one that the catalogue of metrics makes by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.errors import UserError, problem
from app.importers.book import Book
from app.importers.grid import heading
from app.importers.order import Order
from app.importers.parsed import MAPS_APART, FileReading, Question
from app.importers.tables.apply import apply, holds_people, metrics_of
from app.importers.tables.found import TOP_ROWS, Found, fit, score, tops
from app.importers.tables.guess import guess
from app.importers.tables.layout import Block, find_layout
from app.importers.tables.profile import EXTERNAL_TARGETS, Profile, match
from app.importers.tables.profile_text import from_text
from app.importers.tables.views import grids, propose
from app.importers.tables.words import ROW_KEYS

GIVEN, THE_SAME, SIMILAR = 1.0, 0.99, 0.9
OWN_TABLE = 0.9
"""From here on a map besides the best one is meant for another table of the same book."""
_WITH_YEAR, _SEVERAL, _ONE = 0.92, 0.88, 0.65


def nobody(_book: Book) -> float | None:
    """Without references no book is known by its map."""
    return None


# --- saved and given maps --------------------------------------------------------------------------------------


def recognise(book: Book, order: Order) -> float | None:
    """Known by a map given right now, or by the headings of a saved one."""
    if order.hints.answers.get("profile"):
        return GIVEN
    best = _best(book, order)
    return None if best is None else best[1]


def read(book: Book, order: Order) -> FileReading:
    """Read by the maps given right now, else by the saved ones: that which fits best, and the surest for other tables.

    Raises:
        UserError: IMP_PROFILE_TOML, IMP_PROFILE_FAULT of a map given right now.
    """
    given = order.hints.answers.get("profile")
    maps = [from_text(one) for one in given.split(MAPS_APART)] if given else _several(book, order)
    parts = _parts(book, maps)
    if parts:
        return _joined([apply(book, order, profile, blocks) for profile, blocks in parts])
    refusal = (
        problem("IMP_PROFILE_UNFIT", name=book.name, profile=maps[0].name) if given
        else problem("IMP_NOT_THAT_KIND", name=book.name, kind=order.hints.kind)
    )  # fmt: skip
    return book.reading("unknown", refused=refusal, grid=grids(book), proposals=propose(book, order))


def _parts(book: Book, maps: list[Profile]) -> list[tuple[Profile, list[Found]]]:
    """Give each table of a book to the map that fits it best, of equals to the first; one list from outside a file."""
    taken: dict[tuple[int, int], tuple[float, int]] = {}
    fits = [fit(book, profile) for profile in maps]
    for place, blocks in enumerate(fits):
        for found in blocks:
            key = id(found.sheet), found.block.head.first
            if key not in taken or found.match.score > taken[key][0]:
                taken[key] = found.match.score, place
    parts: list[tuple[Profile, list[Found]]] = []
    for place, (profile, blocks) in enumerate(zip(maps, fits, strict=True)):
        own = [found for found in blocks if taken[id(found.sheet), found.block.head.first][1] == place]
        second = profile.target in EXTERNAL_TARGETS and any(one.target in EXTERNAL_TARGETS for one, _ in parts)
        if own and not second:
            parts.append((profile, own))
    return parts


def _joined(readings: list[FileReading]) -> FileReading:
    """Return what several maps have read of one book as one reading."""
    first = readings[0]
    if len(readings) == 1:
        return first
    marks = [reading.marks for reading in readings if len(reading.marks)]
    questions: dict[str, Question] = {q.key: q for reading in readings for q in reading.questions}
    return replace(
        first,
        title="; ".join(reading.title for reading in readings),
        marks=marks[0] if len(marks) == 1 else tuple(row for rows in marks for row in rows),
        schools=tuple(row for reading in readings for row in reading.schools),
        metrics=tuple(row for reading in readings for row in reading.metrics),
        externals=tuple(row for reading in readings for row in reading.externals),
        external_head=next((reading.external_head for reading in readings if reading.external_head), None),
        problems=tuple(dict.fromkeys(item for reading in readings for item in reading.problems)),
        questions=tuple(questions.values()),
        profile="», «".join(reading.profile or "" for reading in readings),
        personal=any(reading.personal for reading in readings),
        rows_read=sum(reading.rows_read for reading in readings),
    )


def _best(book: Book, order: Order) -> tuple[Profile, float] | None:
    """Return the saved map that fits best and how sure that is; of equals the first, which is the newest."""
    best: tuple[Profile, float] | None = None
    for profile, fits in _scored(book, order):
        sure = THE_SAME if fits == 1 else SIMILAR * fits
        if fits and (best is None or sure > best[1]):
            best = profile, sure
    return best


def _several(book: Book, order: Order) -> list[Profile]:
    """Return the saved map that fits best, and those whose own table stands in the book, too."""
    scored = [(profile, fits) for profile, fits in _scored(book, order) if fits]
    scored.sort(key=lambda found: -found[1])
    return [profile for place, (profile, fits) in enumerate(scored) if place == 0 or fits >= OWN_TABLE]


def _scored(book: Book, order: Order) -> Iterator[tuple[Profile, float]]:
    layouts = tops(book) if order.known.profiles else []
    return ((profile, score(book, layouts, profile)) for profile in _saved(order))


def _saved(order: Order) -> Iterator[Profile]:
    """The saved maps; one that this version can't read helps nobody and hinders nobody."""
    for text in order.known.profiles:
        try:
            yield from_text(text)
        except UserError:
            continue


# --- context metrics without a map -----------------------------------------------------------------------------


def recognise_metrics(book: Book, order: Order) -> float | None:
    """Known by schools and at least one column that the catalogue of metrics names."""
    best: float | None = None
    for sheet in book.sheets if order.known.metrics else ():
        for block in find_layout(sheet, most_rows=TOP_ROWS).blocks:
            profile = _metrics_profile(block, order)
            if profile is None:
                continue
            keys = {ROW_KEYS.key(heading(column.path[-1])) for column in block.columns if column.path}
            several = sum(column.field == "metric" for column in profile.columns) > 1
            sure = _WITH_YEAR if "school_year" in keys else _SEVERAL if several else _ONE
            best = sure if best is None else max(best, sure)
    return best


def read_metrics(book: Book, order: Order) -> FileReading:
    """Return every value of every block that has columns of the catalogue."""
    found: list[tuple[Profile, Found]] = []
    for sheet in book.sheets:
        layout = find_layout(sheet)
        above = tuple(line for _, line in reversed(layout.blocks[0].titles)) if layout.blocks else ()
        for block in layout.blocks:
            profile = _metrics_profile(block, order)
            if profile is not None:
                found.append((profile, Found(sheet, block, match(profile, block.columns), above)))
    parts = [metrics_of(book, order, profile, [block]) for profile, block in found]
    questions = {question.key: question for part in parts for question in part[1]}
    return book.reading(
        "metrics",
        title="Показатели контекста",
        metrics=[] if questions else [value for part in parts for value in part[0]],
        problems=[] if questions else [item for part in parts for item in part[2]],
        questions=questions.values(),
        rows_read=sum(part[3] for part in parts),
        personal=holds_people(block for _, block in found),
    )


def _metrics_profile(block: Block, order: Order) -> Profile | None:
    found = guess(block, order.known)
    return found.profile if found.target == "metrics" else None
