"""Lines of the register of courses while they are typed: waiting, records, wrong entries, undo, lists of problems."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import UserError
from app.models import health
from app.models.forms import SubjectRef
from app.models.store import Store
from app.operations import checks, course_lines, courses, form_answers, form_rounds, maintenance, schools
from app.operations.course_lines import KEYS, TypedLine
from tests.helpers import stores
from tests.helpers.stores import dump
from tests.helpers.undo import walk

STAFF = "Педагогические работники общеобразовательных организаций"
WHOLE = {"category": STAFF, "provider": "лоиро", "kind": "ПК", "people": "6"}
KEY = 4711
ANYTHING = st.text(min_size=1, max_size=30) | st.sampled_from(["лоиро", "ПК", "6", "72", "01.02.2026", STAFF])


def put(store: Store, at: int = KEY, /, **texts: str) -> None:
    course_lines.put_cells(store, 2026, [(at, name, text) for name, text in texts.items()])


def lines(store: Store, year: int = 2026) -> list[TypedLine]:
    return list(course_lines.grid(store.connection, year).lines)


def people(store: Store) -> int:
    return courses.register(store.connection, 2026).people


def texts(line: TypedLine) -> dict[str, str]:
    return {name: text for name, text in zip(KEYS, line.texts, strict=True) if text}


def test_a_line_waits_until_it_is_whole_and_keeps_its_key(store: Store) -> None:
    for number, (name, text) in enumerate(WHOLE.items(), start=1):
        put(store, **{name: text})
        assert people(store) == (6 if number == len(WHOLE) else 0)
    (line,) = lines(store)
    assert (line.key, line.counted, line.troubles) == (KEY, True, {})
    assert line.texts == ("муниципалитет", STAFF, "ГАОУ ДПО «ЛОИРО»", "ПК", "6", "", "", "")
    assert store.connection.execute("SELECT count(*) FROM draft_cell").fetchone() == (0,)


def test_a_name_without_the_rest_says_what_is_missing(store: Store) -> None:
    put(store, title="Читательская грамотность", provider="Марс")
    (line,) = lines(store)
    assert texts(line) == {"provider": "Марс", "title": "Читательская грамотность"}
    assert line.wants == "кто учился, вид, человек"
    assert list(line.troubles) == [KEYS.index("provider")]
    assert "Есть: ГАОУ ДПО «ЛОИРО»" in line.troubles[2]


def test_a_wrong_entry_in_a_record_takes_it_out_of_the_sums_and_a_good_one_brings_it_back(store: Store) -> None:
    schools.add(store, {"name": "СОШ № 1"})
    put(store, KEY, **WHOLE, school="СОШ № 1", title="Чтение", hours="72", ended_on="14.11.2026")
    first = dump(store.connection)["course_record"]
    put(store, people="шесть")
    (line,) = lines(store)
    assert (people(store), line.counted, line.texts[4]) == (0, False, "шесть")
    assert line.texts[0] == "СОШ № 1"
    put(store, people="7")
    assert people(store) == 7
    put(store, people="6")
    assert dump(store.connection)["course_record"] == first
    assert dump(store.connection)["draft_cell"] == []
    put(store, school="СОШ № 9")
    assert (people(store), list(lines(store)[0].troubles)) == (0, [0])


def test_wrong_hours_or_day_are_marked_and_the_people_count(store: Store) -> None:
    put(store, KEY, **WHOLE, hours="семьдесят два", ended_on="осенью")
    (line,) = lines(store)
    assert (people(store), line.counted, sorted(line.troubles)) == (6, True, [6, 7])
    assert [found.code for found in maintenance.check(store.connection)] == ["STORE_DRAFT"] * 2
    (record,) = courses.register(store.connection, 2026).records
    assert (record.hours, record.ended_on) == (None, None)
    put(store, hours="72", ended_on="14.11.2026")
    (record,) = courses.register(store.connection, 2026).records
    assert (record.hours, record.ended_on) == (72, "2026-11-14")
    assert maintenance.check(store.connection) == []


def test_half_typed_text_changes_nothing_until_the_cell_is_left(store: Store) -> None:
    put(store, KEY, **WHOLE)
    course_lines.put_draft(store, 2026, KEY, "people", "1")
    (line,) = lines(store)
    assert (people(store), line.texts[4], line.troubles[4]) == (6, "1", course_lines.UNFINISHED)
    put(store, title="Чтение")
    assert people(store) == 6, "another cell of the line does not finish what was begun here"
    put(store, people="12")
    assert (people(store), lines(store)[0].troubles) == (12, {})


def test_a_school_begun_and_left_is_not_the_municipality(store: Store) -> None:
    course_lines.put_draft(store, 2026, KEY, "school", "СОШ")
    put(store, KEY, **WHOLE)
    assert people(store) == 0
    put(store, school="")
    assert people(store) == 6


def test_what_waits_is_listed_once_a_line(store: Store) -> None:
    put(store, provider="лоиро", people="шесть")
    put(store, KEY + 1, **WHOLE)
    said = (
        "Курсы, 2026/27: строка «лоиро; шесть» не закончена и не посчитана, не хватает: кто учился, вид; "
        "не подходит: человек «шесть»."
    )
    (found,) = maintenance.check(store.connection)
    assert (found.code, found.message.startswith(said)) == ("FORM_COURSE_WAITS", True)
    (listed,) = [one for one in checks.problems(store.connection) if one.code == "FORM_COURSE_WAITS"]
    assert (listed.level, listed.what, listed.place.kind, listed.place.year) == ("explain", said, "courses", 2026)
    assert health.unfinished_courses(store.connection)[0][:2] == (KEY, 2026)


def test_a_year_does_not_show_what_waits_in_another(store: Store) -> None:
    put(store, title="Чтение")
    assert lines(store, 2025) == []
    put(store, KEY, **WHOLE)
    with pytest.raises(UserError) as refused:
        course_lines.put_cells(store, 2025, [(KEY, "people", "7")])
    assert refused.value.code == "FORM_NO_COURSE"


def test_what_an_accepted_form_says_is_not_typed_over(store: Store) -> None:
    key = form_rounds.start(store, "courses", 2026, [SubjectRef("mms", name="ММС")])
    case = form_rounds.cases(store.connection, key)[0].case.id
    form_answers.put(store, case, "school-staff.loiro-pk", "5")
    form_rounds.accept(store, [case])
    (line,) = lines(store)
    assert line.locked
    with pytest.raises(UserError, match="принятой формы"):
        put(store, line.key, people="7")
    with pytest.raises(UserError, match="принятой формы"):
        course_lines.remove(store, 2026, [line.key])
    with pytest.raises(UserError, match="принятой формы"):
        course_lines.put_draft(store, 2026, line.key, "people", "7")


def test_every_step_goes_back_and_forth(path: Path) -> None:
    stores.made(path).close()
    walk(path, {
        "begun": lambda s: put(s, title="Чтение"),
        "half-typed": lambda s: course_lines.put_draft(s, 2026, KEY, "provider", "лои"),
        "wrong": lambda s: put(s, provider="Марс", people="шесть"),
        "whole": lambda s: put(s, KEY, **WHOLE),
        "half-typed over a record": lambda s: course_lines.put_draft(s, 2026, KEY, "people", "1"),
        "given up": lambda s: put(s, people="6"),
        "wrong day": lambda s: put(s, ended_on="осенью"),
        "not whole any more": lambda s: put(s, kind="семинар"),
        "whole again": lambda s: put(s, kind="ПП"),
        "second": lambda s: put(s, KEY + 1, title="Счёт"),
        "emptied": lambda s: put(s, KEY + 1, title=""),
        "third": lambda s: put(s, KEY + 2, people="много"),
        "removed": lambda s: course_lines.remove(s, 2026, [KEY, KEY + 2]),
    })  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(KEYS), ANYTHING), max_size=12))
def test_any_text_in_any_cell_comes_back(store: Store, typed: list[tuple[str, str]]) -> None:
    before = [line.key for line in lines(store)]
    key, said = course_lines.new_keys(1)[0], {}
    for name, text in typed:
        course_lines.put_cells(store, 2026, [(key, name, text)])
        said[name] = text.strip()
    found = {line.key: line for line in lines(store)}
    wanted = {name: text for name, text in said.items() if text}
    if not wanted:
        assert key not in found
    elif found[key].counted:
        troubled = {KEYS[place] for place in found[key].troubles}
        for name, text in wanted.items():
            shown = found[key].texts[KEYS.index(name)]
            assert shown == text if name in troubled | {"title"} else shown != ""
    else:
        assert texts(found[key]) == wanted
    assert set(before) <= set(found)
