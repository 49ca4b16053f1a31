"""One person in several spellings."""

from __future__ import annotations

import pytest

from app.analysis.person_names import distinct, mentions, same_person


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ким О. В.", "Ким Оксана Викторовна", True),
        ("Ким О.В.", "О. В. Ким", True),
        ("Ким", "Ким О. В.", True),
        ("Ким О. В.", "Ким О. П.", False),
        ("Ким О. В.", "Кима О. В.", False),
        ("Семёнова А. Я.", "СЕМЕНОВА АННА", True),
        ("Ким Оксана", "Ким Ольга", False),
        ("Ким Окс. В.", "Ким Оксана Викторовна", True),
        ("Ким Оксана Викторовна", "Ким О. П.", False),
        ("Оксана Викторовна Ким", "Ким О. В.", True),
        ("Абрамович Роман Аркадьевич", "Роман Аркадьевич Абрамович", True),
        ("Ким Наталия Юриевна", "Ким Наталья Юрьевна", True),
        ("Ким Ия", "Ким И. П.", True),
        ("Участник 1", "Участник 17", False),
        ("", "", False),
        ("О. В.", "О. В.", False),
    ],
)
def test_spellings(one: str, other: str, same: bool) -> None:
    assert same_person(one, other) is same
    assert same_person(other, one) is same


def test_a_list_of_people_names_one_of_them() -> None:
    assert mentions("Белова А. А., Ким О. В.", "Ким Оксана Викторовна")
    assert mentions("Белова А. А. и Ким О. В.", "Ким О. В.")
    assert not mentions("Белова А. А.", "Ким О. В.")
    assert not mentions(None, "Ким О. В.")


def test_each_person_stands_once_in_the_fullest_spelling() -> None:
    assert distinct(["Ким", "Белова А.", "Ким О. В.", "Ким Оксана Викторовна", " "]) == ["Белова А.", "Ким О. В."]
