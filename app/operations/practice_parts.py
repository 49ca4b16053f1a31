"""The bank of practices in the card of a school: what fits its deficits, what it uses, its own experience."""

from __future__ import annotations

from collections.abc import Iterator

from app.models import practices as stored
from app.operations import practice_search, practices
from app.operations.practices import Practice
from app.operations.register_work_practices import STATE_WORDS
from app.operations.school_card_parts import About
from app.reports.card_data import Line, Section, State, Way

KEY, TITLE = "practices", "Практики"
NOTHING = "в банке нет практик под дефициты школы"
_LABELS = {"adopted": "Внедрила", "trying": "Пробует", "planned": "Намечено", "refused": "Отказалась"}


def section(about: About) -> Section:
    """Return the section; what fits comes first."""
    if not stored.practices(about.connection):
        return Section(KEY, TITLE, (), NOTHING)
    bank = practices.listing(about.connection)
    lines = (*_fitting(about, bank), *_used(about, bank), *_own(about, bank))
    return Section(KEY, TITLE, lines, NOTHING)


def _way(item: Practice) -> Way:
    return Way("practice", str(item.id))


def _fitting(about: About, bank: list[Practice]) -> Iterator[Line]:
    found = practice_search.for_school(about.connection, about.school_id, about.school_year, bank)
    for fit in found[: practice_search.MOST]:
        whose = f", {fit.practice.whose}" if fit.practice.whose else ""
        yield Line("Подойдёт", f"{fit.practice.shown}{whose}", fit.why, "none", way=_way(fit.practice))


def _used(about: About, bank: list[Practice]) -> Iterator[Line]:
    for item in bank:
        use = next((one for one in item.standing.uses if one.school_id == about.school_id), None)
        if use is not None:
            state: State = "ok" if use.state == "adopted" else "none"
            mark = f"оценка школы {use.rating} из 5" if use.rating is not None else ""
            yield Line(_LABELS[use.state], item.shown, mark, state, way=_way(item))


def _own(about: About, bank: list[Practice]) -> Iterator[Line]:
    for item in bank:
        if item.school_id == about.school_id and item.state != "archived":
            told = f"{STATE_WORDS[item.state]}, {item.standing.rating_words}"
            yield Line("Свой опыт", item.shown, told, way=_way(item))
