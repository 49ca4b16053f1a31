"""Tables read by a map: a saved one, one given right now, or one that the catalogue of metrics makes by itself."""

from __future__ import annotations

from collections.abc import Iterator

from app.errors import UserError, problem
from app.importers.book import Book
from app.importers.grid import heading
from app.importers.order import Order
from app.importers.parsed import FileReading
from app.importers.tables.apply import apply, holds_people, metrics_of
from app.importers.tables.found import TOP_ROWS, Found, fit, score, tops
from app.importers.tables.guess import guess
from app.importers.tables.layout import Block, find_layout
from app.importers.tables.profile import Profile, match
from app.importers.tables.profile_text import from_text
from app.importers.tables.views import grids, propose
from app.importers.tables.words import ROW_KEYS

GIVEN, THE_SAME, SIMILAR = 1.0, 0.99, 0.9
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
    """Read by the map given right now, else by the saved one that fits best.

    Raises:
        UserError: IMP_PROFILE_TOML, IMP_PROFILE_FAULT of a map given right now.
    """
    given = order.hints.answers.get("profile")
    if given:
        profile = from_text(given)
        blocks = fit(book, profile)
        if blocks:
            return apply(book, order, profile, blocks)
        refusal = problem("IMP_PROFILE_UNFIT", name=book.name, profile=profile.name)
        return book.reading("unknown", refused=refusal, grid=grids(book), proposals=propose(book, order))
    best = _best(book, order)
    if best is None:
        refusal = problem("IMP_NOT_THAT_KIND", name=book.name, kind=order.hints.kind)
        return book.reading("unknown", refused=refusal, grid=grids(book), proposals=propose(book, order))
    return apply(book, order, best[0], fit(book, best[0]))


def _best(book: Book, order: Order) -> tuple[Profile, float] | None:
    """Return the saved map that fits best and how sure that is; of equals the first, which is the newest."""
    best: tuple[Profile, float] | None = None
    layouts = tops(book) if order.known.profiles else []
    for profile in _saved(order):
        fits = score(book, layouts, profile)
        sure = THE_SAME if fits == 1 else SIMILAR * fits
        if fits and (best is None or sure > best[1]):
            best = profile, sure
    return best


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
