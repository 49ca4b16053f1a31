"""Intervals stand in the list only where the methodist has switched them on."""

from __future__ import annotations

import pytest

from app.models.store import Store
from app.operations import desk, papers, results
from app.operations.results import Options
from tests.operations.conftest import MATHS5, RUSSIAN5, mark, path, reading, school, store

__all__ = ["path", "store"]


@pytest.fixture
def filled(store: Store) -> Store:
    one = school("СОШ № 1", "edu900001")
    marks = (mark(one, MATHS5, 2026, 3, 9), mark(one, RUSSIAN5, 2026, 12, 31, 10))
    results.load(store, reading(*marks), Options(create_schools=True))
    return store


def texts(store: Store) -> str:
    paper = papers.school_list(store.connection, "rosobrnadzor-2022", 2026)
    return "\n".join(text for _place, text in paper.document.texts())


def test_they_are_off_by_default(filled: Store) -> None:
    told = texts(filled)
    assert "нтервал" not in told
    assert "Мало детей, вывод ненадёжен" in told


def test_they_come_with_the_setting(filled: Store) -> None:
    desk.put_setting(filled, "show_intervals_on_papers", "1")
    told = texts(filled)
    # Wilson, 12 of 31: 23.7 to 56.2 %; 3 of 9: 12.1 to 64.6 %
    assert "23,7–56,2" in told
    assert "12,1–64,6" in told
    assert "с вероятностью 95" in told
    paper = papers.school_list(filled.connection, "rosobrnadzor-2022", 2026)
    for suffix in papers.FORMATS:
        assert papers.render(paper, suffix).data
