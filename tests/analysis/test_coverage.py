"""Different people: vectors worked out by hand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.analysis.coverage import Attendance, Coverage, coverage, of_numbers

ONE, TWO = 1, 2


def names(*told: str) -> frozenset[str]:
    return frozenset(told)


def test_lists_everywhere_count_everybody_once() -> None:
    found = coverage([
        Attendance(10, ONE, None, names("a", "b", "c")), Attendance(11, ONE, 2, names("b", "d")),
        Attendance(11, TWO, None, names("e")),
    ])  # fmt: skip
    assert found == Coverage(5, 5, 5, 6, 2, 0)
    assert found.exact
    assert (found.reached(5), found.reached(6)) == ("yes", "no")


def test_bare_numbers_give_a_span() -> None:
    # 12 and 9 of one school: at least 12 people, at most 21; 5 of another
    found = coverage([Attendance(10, ONE, 12), Attendance(11, ONE, 9), Attendance(11, TWO, 5)])
    assert (found.least, found.most, found.visits) == (17, 26, 26)
    assert [found.reached(wanted) for wanted in (17, 18, 26, 27)] == ["yes", "perhaps", "perhaps", "no"]


def test_a_list_narrows_the_span_of_a_number() -> None:
    # a list of 3 once, 4 people without a list another time: all 3 may be among the 4
    found = coverage([Attendance(10, ONE, 3, names("a", "b", "c")), Attendance(11, ONE, 4)])
    assert (found.least, found.most, found.named) == (4, 7, 3)


def test_a_list_longer_than_the_number_wins() -> None:
    assert Attendance(10, ONE, 2, names("a", "b", "c")).people == 3
    assert coverage([Attendance(10, ONE, 2, names("a", "b", "c"))]).visits == 3


def test_who_is_named_under_two_schools_counts_once() -> None:
    found = coverage([Attendance(10, ONE, None, names("a", "b")), Attendance(11, TWO, None, names("a"))])
    assert (found.least, found.most) == (2, 2)


def test_who_is_on_the_lists_of_two_schools_came_once() -> None:
    found = coverage([Attendance(10, ONE, None, names("a", "b")), Attendance(10, TWO, 3, names("a"))])
    # a, b and two unnamed of the second school
    assert found == Coverage(4, 4, 2, 4, 1, 0)


def test_who_is_named_without_a_school_may_be_one_of_those_counted() -> None:
    # «a» may be one of the two of the first school
    found = coverage([Attendance(10, None, None, names("a")), Attendance(11, ONE, 2)])
    assert (found.least, found.most) == (2, 3)


def test_people_without_a_school_may_be_those_of_any() -> None:
    # 7 without a school may be the same as the 5 of the first school and two more
    found = coverage([Attendance(10, ONE, 5), Attendance(11, None, 7)])
    assert (found.least, found.most) == (7, 12)


def test_an_occasion_without_a_number_is_not_nobody() -> None:
    found = coverage([Attendance(10, ONE, 5), Attendance(11, TWO)])
    assert (found.least, found.most, found.occasions, found.silent) == (5, 5, 1, 1)
    assert found.reached(6) == "perhaps"
    empty = coverage([Attendance(11, TWO)])
    assert (empty.visits, empty.reached(1)) == (0, "unknown")


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 3), st.sets(st.sampled_from("abcdefgh"), min_size=1))))
def test_the_truth_lies_within_the_span(told: list[tuple[int, int, set[str]]]) -> None:
    """Whatever part of the real lists is forgotten, the real number of people stays within the span."""
    met: dict[tuple[int, int], set[str]] = {}
    for occasion, school, people in told:
        own = {f"{school}{one}" for one in people}
        met.setdefault((occasion, school), set()).update(own)
    real = len(set().union(*met.values())) if met else 0
    kept = [
        Attendance(occasion, school, len(people), frozenset(sorted(people)[: len(people) // 2]))
        for (occasion, school), people in met.items()
    ]  # fmt: skip
    found = coverage(kept)
    assert found.least <= real <= found.most
    whole = coverage(
        [Attendance(occasion, school, None, frozenset(people)) for (occasion, school), people in met.items()]
    )
    assert (whole.least, whole.most) == (real, real)


@given(st.lists(st.tuples(st.integers(1, 3), st.sampled_from([None, 1, 2]), st.none() | st.integers(0, 6),
                          st.frozensets(st.sampled_from("abcdef")))))  # fmt: skip
def test_the_span_is_never_upside_down(told: list[tuple[int, int | None, int | None, frozenset[str]]]) -> None:
    found = coverage(Attendance(*row) for row in told)
    assert found.named <= found.least <= found.most  # names of one letter are nobody's doubles
    assert found.least <= found.visits


@given(st.lists(st.tuples(st.none() | st.integers(1, 3), st.none() | st.integers(0, 9))))
def test_numbers_alone_are_counted_the_same_in_one_pass(told: list[tuple[int | None, int | None]]) -> None:
    rows = [Attendance(place, school, people) for place, (school, people) in enumerate(told)]
    assert of_numbers(told) == coverage(rows)


def test_numbers_alone_make_a_span() -> None:
    # school 1 sent 5 at its fullest, school 2 sent 3; the 4 of no school may be among them; nobody counted is silent
    found = of_numbers([(1, 2), (1, 5), (2, 3), (None, 4), (2, None)])
    assert (found.least, found.most, found.visits, found.occasions, found.silent) == (8, 14, 14, 4, 1)
    assert of_numbers([(1, 2), (None, 6)]).least == 6
