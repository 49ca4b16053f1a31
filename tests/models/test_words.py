from __future__ import annotations

import pytest

from app.models.words import finding_in_words


@pytest.mark.parametrize(
    ("finding", "words"),
    [
        ("ok", "повреждений не найдено"),
        ("file is not a database", "содержимое не похоже на файл «Опоры»"),
        ("database disk image is malformed", "повреждена структура файла"),
        ("*** in database main ***\nPage 3: btreeInitPage() returns error code 11", "повреждены страницы файла"),
        ("row 1 missing from index x", "повреждён указатель таблицы"),
        ("something new", "нарушена целостность файла"),
        ("заголовок файла не тот", "заголовок файла не тот"),
    ],
)
def test_a_fault_is_told_in_russian(finding: str, words: str) -> None:
    assert finding_in_words(finding) == words
