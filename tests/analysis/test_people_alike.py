"""Spellings that may be one person: the fewest people, worked out by hand and against trying every way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.coverage import Attendance, coverage
from app.analysis.people_alike import Alike, identity
from app.analysis.person_names import fit, read

ONE, TWO, THREE = 1, 2, 3


def typed(name: str, school: int | None = ONE) -> str:
    return identity(name.casefold(), school=school)


def listed(occasion: int, *names: str, school: int | None = ONE, number: int | None = None) -> Attendance:
    return Attendance(occasion, school, number, frozenset(typed(name, school) for name in names))


def known(key: int, name: str) -> str:
    return identity(name.casefold(), person=key)


def span(*rows: Attendance) -> tuple[int, int]:
    found = coverage(rows)
    return found.least, found.most


# --- by hand -----------------------------------------------------------------------------------------------------


def test_initials_and_a_full_name_may_be_one_person() -> None:
    found = coverage([listed(10, "Ким О. В."), listed(11, "Ким Оксана Викторовна")])
    assert (found.least, found.most, found.exact) == (1, 2, False)
    assert (found.reached(1), found.reached(2)) == ("yes", "perhaps")
    assert found.alike == ((typed("Ким О. В."), typed("Ким Оксана Викторовна")),)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Ким Оксана", "Ким Ольга"),
        ("Ким О. В.", "Ким О. П."),
        ("Ким О. В.", "Цой О. В."),
        ("Участник 1", "Участник 17"),
    ],
)
def test_names_that_contradict_are_two_people(first: str, second: str) -> None:
    found = coverage([listed(10, first), listed(11, second)])
    assert (found.least, found.most, found.alike) == (2, 2, ())


def test_the_school_tells_people_apart_and_a_missing_school_does_not() -> None:
    assert span(listed(10, "Ким О. В."), listed(11, "Ким О. В.", school=TWO)) == (2, 2)
    assert span(listed(10, "Ким О. В."), listed(11, "Ким О. В.", school=None)) == (1, 2)
    # the one without a school is one of the two, not both
    assert span(listed(10, "Ким О. В."), listed(11, "Ким О. В.", school=TWO), listed(12, "Ким", school=None)) == (2, 3)


def test_a_spelling_that_fits_two_people_is_one_of_them() -> None:
    # Оксана and Ольга are two; «Ким О.» is one of them
    assert span(listed(10, "Ким Оксана"), listed(11, "Ким Ольга"), listed(12, "Ким О.")) == (2, 3)
    # a bare surname beside three who contradict each other
    assert span(listed(10, "Ким А. А.", "Ким Б. Б.", "Ким В. В."), listed(11, "Ким")) == (3, 4)


def test_somebody_of_the_directory_may_be_a_typed_name_but_no_other_of_the_directory() -> None:
    one = Attendance(10, ONE, None, frozenset({known(5, "Ким Оксана Викторовна")}))
    assert span(one, listed(11, "Ким О. В.")) == (1, 2)
    assert span(one, listed(11, "Ким О. В.", school=TWO)) == (2, 2)
    assert span(one, Attendance(11, ONE, None, frozenset({known(6, "Ким О. В.")}))) == (2, 2)


def test_who_stands_on_lists_of_two_schools_may_be_the_namesakes_of_both() -> None:
    both = frozenset({known(5, "Ким Оксана Викторовна")})
    rows = [Attendance(10, ONE, None, both), Attendance(10, TWO, None, both)]
    assert span(*rows, listed(11, "Ким О. В."), listed(11, "Ким О. В.", school=TWO)) == (1, 3)
    # of a third school nobody knows that
    assert span(*rows, listed(11, "Ким О. В."), listed(11, "Ким О. В.", school=THREE)) == (2, 3)
    # Ольга is not Оксана, and of two schools
    assert span(*rows, listed(11, "Ким Ольга"), listed(11, "Ким Ольга", school=TWO)) == (3, 3)


def test_a_number_is_believed_where_names_are_doubtful() -> None:
    # 3 came by the number; the list has three spellings of perhaps two people: they are three all the same
    assert span(listed(10, "Ким О. В.", "Ким Оксана", "Цой А. А.", number=3)) == (3, 3)
    # at least 4 of the school at one event; the list of another event has 2 spellings of one person
    assert span(listed(10, "Ким О. В.", "Ким Оксана"), Attendance(11, ONE, 4)) == (4, 6)
    # 2 of one school, and one person or two without a school: «Ким» may be «Ким О.»
    assert span(listed(10, "Ким А.", "Ким", school=None, number=2), listed(10, "Ким О.", number=1)) == (2, 3)


def test_names_without_a_school_may_be_those_whom_schools_counted_at_one_event() -> None:
    # 3 of the school by number, and a list of two that tells no school
    assert span(Attendance(10, ONE, 3), listed(10, "Ким О. В.", "Цой А.", school=None)) == (3, 5)
    # a number without a school is of other people
    assert span(Attendance(10, ONE, 3), Attendance(10, None, 2)) == (5, 5)


def test_people_of_another_category_are_none_of_those_listed() -> None:
    # five teachers by number, two heads by name, who may be one
    row = Attendance(10, ONE, 5, frozenset({typed("Ким О. В."), typed("Ким Оксана")}), beside=5)
    assert (row.people, *span(row)) == (7, 6, 7)


def test_a_group_where_nobody_is_told_in_full_is_not_counted_too_high() -> None:
    # Оксана and Ольга without a school, «Ким О.» of two schools: each of the first may be each of the second
    rows = [listed(10, "Ким Оксана", "Ким Ольга", school=None), listed(11, "Ким О."), listed(11, "Ким О.", school=TWO)]
    assert span(*rows) == (2, 4)


# --- trying everything -------------------------------------------------------------------------------------------

SPELLINGS = ("ким", "ким о.", "ким о. в.", "ким оксана", "ким оксана в.", "ким оксана викторовна", "ким ольга",
             "ким ольга викторовна", "ким а. в.", "цой а.", "цой анна")  # fmt: skip


def partitions(names: list[str]) -> Iterator[list[list[str]]]:
    if not names:
        yield []
        return
    for rest in partitions(names[1:]):
        yield [[names[0]], *rest]
        for place in range(len(rest)):
            yield [*rest[:place], [names[0], *rest[place]], *rest[place + 1 :]]


def one_person(group: list[str], schools: Mapping[str, AbstractSet[int]]) -> bool:
    """Whether all of these can be one person: it is in one school, or in those under which it stands itself."""
    told = [read(name.partition("|")[2]) for name in group]
    if any(left[0] != right[0] or not fit(left[1], right[1]) for left in told for right in told):
        return False
    if sum(name.startswith("p") for name in group) > 1:
        return False
    at = set().union(*(schools[name] for name in group))
    return len(at) <= 1 or any(at <= schools[name] for name in group)


@settings(max_examples=300)
@given(st.lists(st.tuples(st.sampled_from(SPELLINGS), st.sampled_from([None, ONE, TWO]),
                          st.sampled_from([None, None, 5, 6])), max_size=7))  # fmt: skip
def test_never_more_than_the_fewest_of_all_ways(told: list[tuple[str, int | None, int | None]]) -> None:
    schools: dict[str, set[int]] = {}
    directory = {5: "ким оксана викторовна", 6: "ким ольга викторовна"}
    for name, school, person in told:
        who = identity(name, school=school) if person is None else identity(directory[person], person=person)
        schools.setdefault(who, set()).update(() if school is None else (school,))
    ways = [len(way) for way in partitions(list(schools)) if all(one_person(group, schools) for group in way)]
    fewest = Alike(schools).fewest(schools.keys())
    assert (min(ways) if schools else 0) - 1 <= fewest <= min(ways, default=0)


PEOPLE = {
    "Ким Оксана Викторовна": ONE, "Ким Ольга Петровна": ONE, "Ким Оксана Павловна": TWO, "Ким Анна Викторовна": ONE,
    "Цой Оксана Викторовна": TWO, "Петров Пётр Петрович": ONE,
}  # fmt: skip


def spelled(name: str, way: int) -> str:
    surname, first, middle = name.split()
    return (name, f"{surname} {first[0]}. {middle[0]}.", f"{surname} {first}", f"{first} {middle} {surname}",
            f"{surname} {first[:3]}. {middle[0]}.")[way]  # fmt: skip


@settings(max_examples=300)
@given(st.lists(st.tuples(st.integers(1, 4), st.sampled_from(sorted(PEOPLE)), st.integers(0, 4), st.booleans(),
                          st.booleans()), max_size=16), st.sets(st.sampled_from(sorted(PEOPLE))))  # fmt: skip
def test_the_truth_lies_within_the_span(
    told: list[tuple[int, str, int, bool, bool]], directory: set[str]
) -> None:  # fmt: skip
    """People written now so and now so, with a school or without, by name or in a number only."""
    real: dict[tuple[int, int], set[str]] = {}
    named: dict[tuple[int, int | None], set[str]] = {}
    for occasion, name, way, placed, by_name in told:
        real.setdefault((occasion, PEOPLE[name]), set()).add(name)
        school = PEOPLE[name] if placed else None
        if by_name:
            spelling = spelled(name, way).casefold().replace("ё", "е")
            who = (identity(name.casefold(), person=sorted(PEOPLE).index(name)) if name in directory and way == 0
                   else identity(spelling, school=school))  # fmt: skip
            named.setdefault((occasion, school), set()).add(who)
    rows = [
        Attendance(occasion, school, len(people) if len(people) % 2 else None,
                   frozenset(named.pop((occasion, school), ())))
        for (occasion, school), people in real.items()
    ]  # fmt: skip
    rows += [Attendance(occasion, school, None, frozenset(people)) for (occasion, school), people in named.items()]
    everybody = set().union(*real.values()) if real else set()
    assert coverage(rows).least <= len(everybody)
    # with every number written, nobody is missing from the upper end either
    whole = [Attendance(occasion, school, len(people)) for (occasion, school), people in real.items()]
    assert coverage([*whole, *(row for row in rows if row.counted is None)]).most >= len(everybody)
