"""Cards of schools as papers: one A4 side each, several as one file or each as its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from app.errors import UserError
from app.models.store import Connection
from app.operations import school_card
from app.operations.papers import Made, Paper
from app.operations.school_card import Shared
from app.reports.card_data import SchoolCard
from app.reports.document import Document
from app.texts import count, school_year

if TYPE_CHECKING:
    from app.reports.school_card import Limits

KIND = "school_card"
CLIMBING = ("chart_mm", "results", "sections", "text", "items", "questions")
"""What gets the room that a step of the ladder leaves, the most useful first."""


def of_card(card: SchoolCard) -> Paper:
    """Return the paper of a card: as much as one A4 side holds."""
    return Paper(KIND, f"Карточка школы {card.school.shown}, {school_year(card.school_year)}", fitted(card), None)


def fitted(card: SchoolCard) -> Document:
    """Return the fullest card that one page holds; the barest where none does.

    The first step of the ladder that fits is taken; then its most useful parts climb again, one after the other, as
    far as the page allows: a step gives up several things at once, and often not all of them had to go.
    """
    from app.exporters.pdf.render import layout
    from app.reports.school_card import LADDER
    from app.reports.school_card import school_card as paper

    fits: Document | None = None

    def one_page(limits: Limits) -> bool:
        nonlocal fits
        tried = paper(card, limits)
        if tried == fits:  # more room was offered than the card has words: nothing to lay out again
            return True
        if len(layout(tried)) > 1:
            return False
        fits = tried
        return True

    place = next((place for place, limits in enumerate(LADDER) if one_page(limits)), len(LADDER) - 1)
    kept = LADDER[place]
    climbing = list(CLIMBING)
    for richer in reversed(LADDER[:place]):
        for name in tuple(climbing):
            tried = replace(kept, **{name: getattr(richer, name)})
            if tried == kept or one_page(tried):
                kept = tried
            else:
                climbing.remove(name)
    return paper(card, kept)


def paper(connection: Connection, school_id: int, year: int, common: Shared | None = None) -> Paper:
    """Return the card of a school as a paper.

    Raises:
        UserError: ``GEN_NO_SCHOOL``.
    """
    return of_card(school_card.card(connection, school_id, year, common))


def batch(connection: Connection, school_ids: Iterable[int], year: int) -> Iterator[Paper]:
    """Yield the cards of several schools; what they have in common is computed once."""
    common = school_card.shared(connection, year)
    for school_id in school_ids:
        yield paper(connection, school_id, year, common)


def together(papers: list[Paper]) -> Made:
    """Return cards as one PDF, a page each, in their order.

    Raises:
        UserError: ``PAPER_NO_CARDS`` where there are none.
    """
    if not papers:
        raise UserError("PAPER_NO_CARDS")
    from app.exporters.joining import join

    title = count(len(papers), "карточка школы", "карточки школ", "карточек школ")
    return Made(".pdf", join([item.document for item in papers], title))
