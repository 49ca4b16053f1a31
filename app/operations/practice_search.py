"""Finding practices: by words, and for the deficits of a school (004: what a platform can give × what schools lack).

The program proposes and says why; only practices of the bank are proposed. A school is not offered its own experience,
nor what it tries, has adopted or refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.analysis import practice_search as words
from app.analysis.practice_search import Shared
from app.models.store import Connection
from app.operations import practices
from app.operations.practices import Practice
from app.operations.support_needs import Deficit, deficits

FIELD_WORDS: Mapping[str, str] = {
    "title": "в названии", "subject": "предмет", "problem": "в проблеме", "deficit": "вид дефицита",
    "idea": "в описании", "evidence": "в подтверждениях", "audience": "для кого", "author": "автор",
}  # fmt: skip
MOST = 5
"""So many practices are proposed to a school."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A practice that was found, and why: «в названии: смысловое, чтение»."""

    practice: Practice
    why: str


def find(found: Iterable[Practice], query: str) -> list[Hit]:
    """Return the practices that a query means, the best first; all in their order where it has no word.

    Of two that fit equally the one that more schools have adopted comes first, then the better rated.

    Args:
        found: what is looked through.
        query: words as typed: a deficit, a subject, a topic.
    """
    rows = list(found)
    matches = words.search(query, ((item.id, item.texts) for item in rows))
    if matches is None:
        return [Hit(item, "") for item in rows]
    by_key = {item.id: item for item in rows}
    ordered = sorted(matches, key=lambda match: (-match.covered, -match.score, *_worth(by_key[match.key])))
    return [Hit(by_key[match.key], _why(match.found)) for match in ordered]


def _why(found: Mapping[str, tuple[str, ...]]) -> str:
    return "; ".join(f"{FIELD_WORDS[field]}: {', '.join(said)}" for field, said in found.items())


def _worth(item: Practice) -> tuple[int, int, float, str]:
    """Return what decides between practices that fit equally: bank before proposals, use, marks, title."""
    rating = item.standing.rating
    return item.state != "accepted", -item.standing.adopted, -float(rating or 0), item.title.casefold()


@dataclass(frozen=True, slots=True)
class Fit:
    """A practice of the bank for one deficit; ``score``: how much they share."""

    practice: Practice
    deficit: Deficit
    why: str
    score: int


def for_deficit(deficit: Deficit, bank: Iterable[Practice]) -> list[Fit]:
    """Return the practices of the bank that answer a deficit, the best first."""
    found = []
    for item in bank:
        if item.state != "accepted" or not _open_to(item, deficit.school_id):
            continue
        shared = words.shared(deficit.subject, deficit.text, deficit.kind or "", item.texts, item.deficit_kind)
        if shared is not None:
            found.append(Fit(item, deficit, _why_fits(shared, item), shared.score))
    return sorted(found, key=lambda fit: (-fit.score, *_worth(fit.practice)))


def _open_to(item: Practice, school_id: int | None) -> bool:
    if school_id is None:
        return True
    return item.school_id != school_id and all(use.school_id != school_id for use in item.standing.uses)


def _why_fits(shared: Shared, item: Practice) -> str:
    parts = [f"тот же предмет: {item.subject[:1].lower()}{item.subject[1:]}"] if shared.subject else []
    parts += [f"о том же: {', '.join(shared.words)}"] if shared.words else []
    return "; ".join(parts or ["тот же вид дефицита"])


def for_school(connection: Connection, school_id: int, year: int, bank: Iterable[Practice] = ()) -> list[Fit]:
    """Return what could help a school with its deficits of a school year: each practice once, the best first.

    Args:
        connection: reading connection.
        school_id: canonical record.
        year: first calendar year of the school year.
        bank: the practices where they are read already.
    """
    waiting = [item for item in deficits(connection, year) if item.school_id == school_id]
    rows = list(bank) if waiting and bank else practices.listing(connection) if waiting else []
    best: dict[int, Fit] = {}
    for fit in (fit for deficit in waiting for fit in for_deficit(deficit, rows)):
        if fit.practice.id not in best or fit.score > best[fit.practice.id].score:
            best[fit.practice.id] = fit
    return sorted(best.values(), key=lambda fit: (-fit.score, *_worth(fit.practice)))


def schools_for(connection: Connection, item: Practice, year: int) -> list[Fit]:
    """Return the deficits of schools that a practice answers, each school once, the best first; only of the bank."""
    best: dict[int, Fit] = {}
    for deficit in deficits(connection, year):
        if deficit.school_id is not None:
            for fit in for_deficit(deficit, [item]):
                if deficit.school_id not in best or fit.score > best[deficit.school_id].score:
                    best[deficit.school_id] = fit
    return sorted(best.values(), key=lambda fit: (-fit.score, fit.deficit.school.casefold()))
