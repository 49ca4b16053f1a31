"""The support card: which deficits nobody closes yet, and who could (004: deficits × what a platform offers).

The program only proposes, and says why: the topic of a platform or of an agreement shares a word with the deficit, a
practice of the bank answers it, or a school helps this one already. A person takes a proposal into the card and changes
it there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from app.errors import UserError
from app.models import ties
from app.models.store import Connection, Operation, Store
from app.operations import practice_search, practices, registers
from app.operations import support_partners as partners
from app.operations.matching import fold
from app.operations.register_catalogue import DEFICIT_WORDS
from app.operations.support_needs import Deficit, deficits
from app.operations.support_partners import Partnership
from app.operations.ties import IN_FORCE as TIES_IN_FORCE
from app.texts import count, quoted, school_year

OfferKind = Literal["platform", "partnership", "tie", "practice"]
_ORDER: Mapping[OfferKind, int] = {"platform": 0, "partnership": 1, "tie": 2, "practice": 3}
MOST_PRACTICES = 3
"""So many practices of the bank are proposed for one deficit: whoever helps comes before what is written."""
_WORD = re.compile(r"[а-яa-z]{4,}")
_STEM = 5
_COMMON = frozenset(
    {"школ", "учите", "педаг", "обуче", "обуча", "работ", "повыш", "качес", "дефиц", "образ", "разви", "подго", "урок",
     "класс", "площа", "помощ", "созда", "испол", "приме", "органи", "орган", "предм", "совре"}
)  # fmt: skip
"""Beginnings of words that stand in every topic and so tell nothing."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Who could help with a deficit.

    Attributes:
        title: what goes into the card as help.
        provider: who gives it.
        why: the words they share, or that the school is helped already.
    """

    kind: OfferKind
    key: int
    title: str
    provider: str
    why: str
    score: int

    @property
    def id(self) -> str:
        """Return «platform:17», by which a command names it."""
        return f"{self.kind}:{self.key}"


@dataclass(frozen=True, slots=True)
class Need:
    """A deficit that no line of the card closes; ``offers`` from the best, empty where nobody is known."""

    deficit: Deficit
    offers: tuple[Offer, ...]


def stems(*texts: str) -> frozenset[str]:
    """Return beginnings of the words that tell a topic: «Математика» and «математику» give the same."""
    words = _WORD.findall(fold(" ".join(texts)))
    return frozenset(word[:_STEM] for word in words if word[:_STEM] not in _COMMON and word[:4] not in _COMMON)


def needs(connection: Connection, year: int, day: date, school_id: int | None = None) -> tuple[Need, ...]:
    """Return the deficits of a school year that no line of the card closes, with who could help.

    Args:
        connection: reading connection.
        year: first calendar year of the school year.
        day: on which an agreement is in force or not.
        school_id: only of this canonical school.
    """
    found = [item for item in deficits(connection, year) if school_id in {None, item.school_id}]
    closed = closed_deficits(connection, year, found)
    waiting = [item for item in found if item.id not in closed]
    if not waiting:
        return ()
    helpers = _Helpers(connection, year, day)
    return tuple(Need(item, helpers.of(item)) for item in waiting)


def closed_deficits(connection: Connection, year: int, found: Iterable[Deficit]) -> set[int]:
    """Return deficits that a line of the card names: by key, or by the same words of the same school.

    A line that was refused closes nothing.
    """
    lines = [row for row in registers.rows(connection, "support", school_year=year) if row["state"] != "refused"]
    by_key = {row["deficit_id"] for row in lines}
    by_words = {(row["organisation_id"], fold(row["deficit"] or "")) for row in lines}
    return {item.id for item in found if item.id in by_key or (item.school_id, fold(item.words)) in by_words}


class _Helpers:
    """Everybody who could help in a school year, read once."""

    def __init__(self, connection: Connection, year: int, day: date) -> None:
        self._platforms = registers.rows(connection, "platforms", school_year=year)
        self._agreements = [item for item in partners.partnerships(connection, year, day)
                            if item.shown in partners.IN_FORCE]  # fmt: skip
        taken = {row["tie_id"] for row in registers.rows(connection, "partnerships", school_year=year)}
        self._ties = [tie for tie in ties.ties(connection, (year,))
                      if tie.state in TIES_IN_FORCE and tie.id not in taken]  # fmt: skip
        self._bank = practices.listing(connection, states=("accepted",))
        self._names = partners.names(connection)

    def of(self, deficit: Deficit) -> tuple[Offer, ...]:
        """Return who could help with a deficit, the best first."""
        wanted = stems(deficit.subject, deficit.text, DEFICIT_WORDS.get(deficit.kind or "", ""))
        named = stems(deficit.subject)
        made = [
            *(self._platform(row, wanted, named) for row in self._platforms
              if row["organisation_id"] is None or row["organisation_id"] != deficit.school_id),
            *(self._agreement(item, wanted, named) for item in self._agreements
              if item.receiver_id == deficit.school_id is not None),
            *(self._tie(tie, named) for tie in self._ties if tie.receiver_id == deficit.school_id),
            *self._practices(deficit),
        ]  # fmt: skip
        offers = [offer for offer in made if offer is not None]
        return tuple(sorted(offers, key=lambda offer: (-offer.score, _ORDER[offer.kind], offer.title)))

    def _platform(self, row: Mapping[str, Any], wanted: frozenset[str], named: frozenset[str]) -> Offer | None:
        topic = " ".join(text for text in (row["title"], row["topic"]) if text)
        shared = _shared(wanted, topic)
        if not shared:
            return None
        provider = self._names.get(row["organisation_id"] or 0, "") or row["head"] or ""
        title = f"Площадка {quoted(row['title'] or topic)}"
        return Offer("platform", row["id"], title, provider, f"в теме площадки: {shared}", _score(named, topic))

    def _agreement(self, item: Partnership, wanted: frozenset[str], named: frozenset[str]) -> Offer | None:
        shared = _shared(wanted, item.topic)
        if not shared and item.topic:
            return None
        why = f"в теме соглашения: {shared}" if shared else "школе уже помогают, тема соглашения не названа"
        number = f" №\u00a0{item.number}" if item.number else ""
        score = _score(named, item.topic) if shared else 0
        return Offer("partnership", item.id, f"Помощь по соглашению{number}", item.donor, why, score)

    def _tie(self, tie: ties.Tie, named: frozenset[str]) -> Offer | None:
        topic = partners.tie_topic(tie)
        shared = _shared(named, topic)
        if named and not shared and tie.subject:
            return None
        why = f"договорённость: {topic[:1].lower()}{topic[1:]}"
        return Offer("tie", tie.id, f"Помощь школы: {tie.donor}", tie.donor, why, _score(named, topic) if shared else 0)

    def _practices(self, deficit: Deficit) -> list[Offer]:
        fits = practice_search.for_deficit(deficit, self._bank)[:MOST_PRACTICES]
        return [
            Offer("practice", fit.practice.id, f"Практика {quoted(fit.practice.shown)}", fit.practice.whose, fit.why,
                  3 if fit.score >= _SURE else 2)
            for fit in fits
        ]  # fmt: skip


_SURE = 5
"""A practice that shares the subject and a word with a deficit."""


def _shared(wanted: frozenset[str], topic: str) -> str:
    """Return the words of a topic that a deficit names, as the topic spells them."""
    words = {word[:_STEM]: word for word in reversed(_WORD.findall(fold(topic))) if word[:_STEM] in wanted}
    return ", ".join(reversed(words.values()))


def _score(named: frozenset[str], topic: str) -> int:
    """Return 3 where the subject itself is shared, 2 where only other words are."""
    return 3 if named & stems(topic) else 2


# --- taking ------------------------------------------------------------------------------------------------------


def take(store: Store, year: int, day: date, chosen: Iterable[tuple[int, str]]) -> int:
    """Write proposals into the support card; returns how many lines were made. One operation.

    Args:
        store: the open file.
        year: school year.
        day: as of ``needs``.
        chosen: (key of a deficit, «platform:17»); "" for a line without help yet.

    Raises:
        UserError: ``MON_OFFER_GONE`` where a deficit is closed by now, or nobody of that key is proposed for it.
    """
    waiting = {need.deficit.id: need for need in needs(store.connection, year, day)}
    lines = []
    for key, offer_id in dict(chosen).items():
        need = waiting.get(key)
        offer = next((item for item in need.offers if item.id == offer_id), None) if need is not None else None
        if need is None or (offer_id and offer is None):
            raise UserError("MON_OFFER_GONE")
        lines.append((need.deficit, offer))
    if not lines:
        return 0
    told = count(len(lines), "строка", "строки", "строк")
    with store.operation(f"Карта адресной помощи, {school_year(year)}: {told}", "support.take") as operation:
        for deficit, offer in lines:
            _write(operation, year, deficit, offer)
            if offer is not None and offer.kind == "practice" and deficit.school_id is not None:
                practices.plan_in(operation, offer.key, deficit.school_id, day)
    return len(lines)


def _write(operation: Operation, year: int, deficit: Deficit, offer: Offer | None) -> None:
    values: dict[str, Any] = {"organisation_id": deficit.school_id, "deficit_id": deficit.id, "deficit": deficit.words}
    if offer is not None:
        values |= {"offer": offer.title, "provider": offer.provider or None}
        values["platform_id"] = offer.key if offer.kind == "platform" else None
        values["practice_id"] = offer.key if offer.kind == "practice" else None
    kept = {name: value for name, value in values.items() if value is not None}
    registers.add_in(operation, "support", {"school_year": year}, **kept)


def best(found: Iterable[Need]) -> list[tuple[int, str]]:
    """Return the best proposal of every deficit that has one, as ``take`` wants it."""
    return [(need.deficit.id, need.offers[0].id) for need in found if need.offers]
