"""Two texts word by word: both can be put together again from the pieces."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.analysis.word_difference import Piece, pieces


def test_words_that_went_and_came_are_told_apart() -> None:
    assert pieces("Три семинара для директоров", "Пять семинаров для директоров") == (
        Piece("gone", "Три"), Piece("new", "Пять"), Piece("same", " "), Piece("gone", "семинара"),
        Piece("new", "семинаров"), Piece("same", " для директоров"),
    )  # fmt: skip
    assert pieces("", "Новое") == (Piece("new", "Новое"),)
    assert pieces("То же", "То же") == (Piece("same", "То же"),)


@given(st.text(), st.text())
def test_both_texts_come_back(before: str, after: str) -> None:
    found = pieces(before, after)
    assert "".join(item.text for item in found if item.kind != "new") == before
    assert "".join(item.text for item in found if item.kind != "gone") == after
