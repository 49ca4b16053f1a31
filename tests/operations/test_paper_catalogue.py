from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.errors import UserError
from app.models import journal, paper_setup, papers
from app.models.store import Store
from app.operations import demo, paper_catalogue, schools
from app.operations import papers as made_papers
from app.operations.paper_catalogue import PaperKind
from app.operations.paper_kinds_files import OF_FORMS, OF_WORK
from app.operations.paper_kinds_plans import OF_MONITORING, OF_PROGRAMME, OF_SUPPORT
from app.operations.paper_kinds_schools import OF_LISTS, OF_SCHOOLS
from app.operations.paper_kinds_work_events import OF_EVENTS

DAY = date(2026, 11, 23)
KINDS = paper_catalogue.kinds()
EMPTY_MAKES = {
    "form_blank", "form_board", "survey_blank", "monitoring_report", "analytical_note", "legal", "blocks",
    "blocks_speed", "chart", "support_map", "support_agreements", "support_platforms", "support_deficits", "courses",
    "month_plan", "month_report", "cycle_folder", "event_list", "help_journal",
}  # fmt: skip
"""What an empty file can be asked for: blanks, and papers that say that there is nothing yet."""
_OWN = (*OF_LISTS, *OF_SCHOOLS, *OF_PROGRAMME, *OF_FORMS, *OF_MONITORING, *OF_SUPPORT, *OF_WORK, *OF_EVENTS)
_OF_ONE = {"body_members", "body_plan", "body_report", "mentoring_plan", "practice_card"}
"""Papers of one association, pair or practice."""
NEED_DATA = {item.key for item in _OWN} - EMPTY_MAKES | _OF_ONE


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("centre") / "Лесогорск.opora"
    store = Store.create(path, name="Лесогорский округ", actor="Ким О. В.")
    demo.fill(store, schools=8)
    store.close()
    return path


@pytest.fixture
def filled(example: Path, tmp_path: Path) -> Iterator[Store]:
    store = Store.open(Path(shutil.copy(example, tmp_path / example.name)), actor="Ким О. В.")
    yield store
    store.abandon()


@pytest.fixture(scope="module")
def shared(example: Path) -> Iterator[Store]:
    """The example for tests that only read."""
    store = Store.open(example, actor="Ким О. В.")
    yield store
    store.abandon()


def kind(key: str) -> PaperKind:
    return paper_catalogue.kind(key)


@pytest.mark.parametrize("item", KINDS, ids=lambda item: item.key)
def test_every_kind_makes_a_document_of_the_example(shared: Store, item: PaperKind) -> None:
    values = paper_catalogue.usual(shared.connection, item, DAY)
    paper = paper_catalogue.make(shared.connection, item.key, values, DAY)
    assert paper.document.blocks
    assert paper.title.strip()
    assert len(made_papers.plain_name(paper)) <= 120
    assert paper.recipe is not None
    assert paper.recipe.kind == item.key
    again = paper_catalogue.again(shared.connection, paper.recipe, DAY)
    assert (again.title, again.document.heading, again.recipe) == (paper.title, paper.document.heading, paper.recipe)


@pytest.mark.parametrize("item", KINDS, ids=lambda item: item.key)
def test_what_a_kind_begins_with_is_offered(shared: Store, item: PaperKind) -> None:
    found = paper_catalogue.settled(shared.connection, item, {}, DAY)
    for one in item.settings:
        assert one.key in found.values
        if one.key in found.offers:
            assert found.values[one.key] in dict(found.offers[one.key]), one.key


@pytest.mark.parametrize("item", KINDS, ids=lambda item: item.key)
def test_an_empty_file_gets_a_paper_or_a_sentence(store: Store, item: PaperKind) -> None:
    values = paper_catalogue.usual(store.connection, item, DAY)
    if item.key not in NEED_DATA:
        assert paper_catalogue.make(store.connection, item.key, values, DAY).document.blocks
        return
    with pytest.raises(UserError) as told:
        paper_catalogue.make(store.connection, item.key, values, DAY)
    assert told.value.cure.strip()
    assert "{" not in str(told.value)


def test_kinds_are_told_apart_and_stand_in_groups() -> None:
    keys = [item.key for item in KINDS]
    assert len(set(keys)) == len(keys) >= 48
    groups = [key for key, _title in paper_catalogue.GROUPS]
    assert [groups.index(item.group) for item in KINDS] == sorted(groups.index(item.group) for item in KINDS)
    assert len({item.title for item in KINDS}) == len(KINDS)
    assert all(item.says.endswith((".", "!")) for item in KINDS)
    for item in KINDS:
        settings = [one.key for one in item.settings]
        assert len(set(settings)) == len(settings)
        assert not item.each or item.each in settings
        assert all(not one.when[0] or one.when[0] in settings for one in item.settings)


def test_a_paper_says_its_time_and_whom_it_is_for(shared: Store) -> None:
    connection = shared.connection
    school = schools.listing(connection)[2]
    sheet = paper_catalogue.make(connection, "school_sheet", {"school": str(school.id), "year": "2025"}, DAY)
    assert (sheet.period, sheet.addressee) == ("2025 год", school.shown)
    courses = paper_catalogue.make(connection, "courses", {"school_year": "2026"}, DAY)
    assert (courses.period, courses.addressee) == ("2026/27 учебный год", "")
    plan = paper_catalogue.make(connection, "month_plan", {"period": "2026-11"}, DAY)
    assert plan.period.replace("\u00a0", " ") == "ноябрь 2026 года"


def test_settings_of_last_time_come_back(filled: Store) -> None:
    item = kind("school_sheet")
    other = str(schools.listing(filled.connection)[3].id)
    assert paper_catalogue.usual(filled.connection, item, DAY)["year"] == "2026"
    paper_catalogue.remember(filled, item, {"school": other, "year": "2025"})
    assert paper_catalogue.usual(filled.connection, item, DAY) == {"school": other, "year": "2025"}
    # what is no longer offered gives way to the usual one
    paper_catalogue.remember(filled, item, {"school": "77", "year": "1999"})
    assert paper_catalogue.usual(filled.connection, item, DAY)["year"] == "2026"


def test_remembering_is_no_step_back_and_no_crowd_in_the_history(filled: Store) -> None:
    item = kind("courses")
    before = journal.undo_candidate(filled.connection)
    lines = len(journal.history(filled.connection))
    for year in ("2024", "2025", "2026"):
        paper_catalogue.remember(filled, item, {"school_year": year})
    assert journal.undo_candidate(filled.connection) == before
    after = len(journal.history(filled.connection))
    assert after == lines + 1
    assert paper_setup.of_kind(filled.connection, "courses") == {"school_year": "2026"}


def test_what_can_be_put_forth_again_is_not_lost_by_a_habit(filled: Store) -> None:
    schools.add(filled, {"name": "СОШ № 77"})
    filled.undo()
    paper_catalogue.remember(filled, kind("courses"), {"school_year": "2024"})
    assert journal.redo_candidate(filled.connection) is not None
    assert paper_setup.of_kind(filled.connection, "courses") == {}


def test_a_command_may_say_a_name_a_word_or_a_value(shared: Store) -> None:
    connection, school = shared.connection, schools.listing(shared.connection)[1]
    item = kind("school_card")
    said = paper_catalogue.typed(connection, item, {"school": school.shown, "school_year": "2025/26"}, DAY)
    assert said == {"school": str(school.id), "school_year": "2025"}
    assert paper_catalogue.typed(connection, item, {"school": school.code}, DAY)["school"] == str(school.id)
    listed = paper_catalogue.typed(connection, kind("control"), {"waiting": "да"}, DAY)
    assert listed["waiting"] == "1"


def test_a_month_that_another_page_shows_is_the_one_that_is_made(filled: Store) -> None:
    connection, month, year = filled.connection, kind("work_calendar_month"), kind("work_calendar_year")
    assert all("Q" not in value for value, _word in paper_catalogue.offers(connection, month, {}, DAY)["period"])
    far = paper_catalogue.settled(connection, month, {"period": "2032-04"}, DAY)
    assert far.values["period"] == "2032-04"
    assert dict(far.offers["period"])["2032-04"].replace("\u00a0", " ") == "апрель 2032 года"
    assert paper_catalogue.settled(connection, year, {"year": "2032"}, DAY).values["year"] == "2032"
    made = paper_catalogue.make(connection, "work_calendar_month", {**far.values}, DAY)
    assert made.title == "Календарь на апрель 2032 года"
    # one of last time that is no longer offered gives way
    paper_catalogue.remember(filled, month, far.values)
    assert paper_catalogue.usual(connection, month, DAY)["period"] == "2026-11"
    for wrong in ("2032-13", "0000-01", "вчера"):
        assert paper_catalogue.settled(connection, month, {"period": wrong}, DAY).values["period"] == "2026-11"


@pytest.mark.parametrize(
    ("key", "given", "code"),
    [
        ("work_calendar_month", {"period": "2026-Q4"}, "OUT_VALUE"),
        ("work_calendar_year", {"year": "9999"}, "OUT_VALUE"),
        ("school_card", {"colour": "1"}, "OUT_NO_SETTING"),
        ("school_card", {"school_year": "вчера"}, "GEN_BAD_SCHOOL_YEAR"),
        ("school_list", {"rule": "нет такого"}, "OUT_VALUE"),
        ("control", {"waiting": "иногда"}, "OUT_VALUE"),
    ],
)
def test_what_does_not_fit_is_refused_by_its_name(shared: Store, key: str, given: dict[str, str], code: str) -> None:
    with pytest.raises(UserError) as told:
        paper_catalogue.typed(shared.connection, kind(key), given, DAY)
    assert told.value.code == code


@pytest.mark.parametrize(
    ("key", "values", "code"),
    [
        ("нет", {}, "OUT_KIND"),
        ("school_card", {"school_year": "2026"}, "OUT_SETTING"),
        ("school_card", {"school": "пять", "school_year": "2026"}, "OUT_VALUE"),
        ("execution", {"programme": "1", "span": "год"}, "OUT_VALUE"),
        ("chart", {"kind": "пирог"}, "OUT_VALUE"),
    ],
)
def test_a_broken_recipe_says_what_is_wrong(shared: Store, key: str, values: dict[str, str], code: str) -> None:
    with pytest.raises(UserError) as told:
        paper_catalogue.make(shared.connection, key, values, DAY)
    assert told.value.code == code


def test_a_merged_school_is_shown_as_the_one_that_stays(filled: Store) -> None:
    one, other = schools.listing(filled.connection)[:2]
    schools.merge(filled, one.id, other.id)
    found = paper_catalogue.settled(filled.connection, kind("school_card"), {"school": str(one.id)}, DAY)
    assert str(one.id) not in dict(found.offers["school"])
    assert found.values["school"] in dict(found.offers["school"])


def test_a_long_name_of_a_school_stays_within_what_a_file_may_be_called(filled: Store) -> None:
    school = schools.listing(filled.connection)[0]
    long = "Муниципальное бюджетное общеобразовательное учреждение «Средняя школа имени первого космонавта» " * 2
    schools.edit(filled, school.id, {"name": long, "short_name": long[:120]})
    values = {"school": str(school.id), "year": "2026"}
    paper = paper_catalogue.make(filled.connection, "school_sheet", values, DAY)
    name = made_papers.file_name(paper, ".pdf", "23.11.2026")
    assert len(name.encode()) <= 255
    assert "«" not in name


def test_registered_papers_have_the_kind_that_made_them(filled: Store) -> None:
    paper = paper_catalogue.make(filled.connection, "courses", {"school_year": "2026"}, DAY)
    made = made_papers.render(paper, ".pdf")
    number = made_papers.register(filled, paper, made, "Курсы.pdf")
    found = papers.get(filled.connection, number)
    assert found is not None
    assert (found.kind, found.title) == (paper.kind, paper.title)
