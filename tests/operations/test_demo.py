from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.models import frames, journal, organisations, settings
from app.models.records import MarkCount
from app.models.store import Store
from app.operations import demo, history, identification, maintenance, results, school_codes, schools, today
from app.operations.demo_figures import WORKS, Profile, at_threshold, below_threshold, school_counts
from tests.helpers.stores import dump, made

RULE = demo.RULE


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = Store.create(tmp_path_factory.mktemp("demo") / "пример.opora", name="Лесогорский округ", actor="Ким О. В.")
    demo.fill(store)
    yield store
    store.abandon()


def listed(store: Store, year: int) -> dict[str, identification.ListRow]:
    return {row.name: row for row in identification.school_list(store.connection, RULE, year).rows}


def fractions(row: identification.ListRow, year: int) -> set[tuple[int, int]]:
    return {(item.below, item.participants) for item in row.verdict.fractions if item.year == year}


def test_twenty_four_schools_and_their_neighbours(filled: Store) -> None:
    found = organisations.listing(filled.connection)
    assert len(found) == 24
    assert {school.school_type for school in found} == {"СОШ", "ООШ", "НОШ", "гимназия", "лицей"}
    assert sum(school.status == "reorganised" for school in found) == 1
    everybody = organisations.listing(filled.connection, kind=None, duplicates=True)
    assert len(everybody) == 24 + 1 + 4  # the duplicate; service, kindergarten, extra, partner
    assert [school.position for school in found] == list(range(1, 25))


def test_the_name_of_the_municipality_and_the_actor_stay(filled: Store) -> None:
    assert settings.get(filled.connection, "municipality") == "Лесогорский округ"
    assert settings.get(filled.connection, "demo") == "1"
    assert filled.actor == "Ким О. В."
    own = [name for _, kind, name, code, mine in organisations.areas(filled.connection) if mine]
    assert own == ["Лесогорский округ"]


def test_every_inn_but_the_draft_has_its_check_digit(filled: Store) -> None:
    inns = [value for _, system, value in schools_codes(filled) if system == "inn"]
    assert len(inns) == 23
    assert len(set(inns)) == 23
    assert all(school_codes.code_fits("inn", value) for value in inns)
    bad = organisations.card(filled.connection, schools.find(filled.connection, "Красный Кордон").id)
    assert bad is not None
    (column, raw, _code) = bad.drafts[0]
    assert column == "inn"
    assert not school_codes.code_fits("inn", raw)


def schools_codes(store: Store) -> list[tuple[int, str, str]]:
    return store.connection.execute("SELECT organisation_id, system, value FROM organisation_code").fetchall()


def test_the_list_of_the_last_year(filled: Store) -> None:
    found = listed(filled, 2026)
    assert {name for name, row in found.items() if row.verdict.verdict == "listed"} == {
        "СОШ № 5", "СОШ пгт Рудничный", "СОШ с. Сосновка", "СОШ с. Каменский Лог", "СОШ с. Верхнее Заозерье",
        "СОШ с. Усть-Клёновка", "ООШ д. Берёзовый Яр", "ООШ д. Малая Ельня",
    }  # fmt: skip
    assert {name for name, row in found.items() if row.verdict.edge} == {
        "СОШ № 7 им. Н. С. Вьюжанина", "СОШ с. Верхнее Заозерье", "ООШ д. Малая Ельня",
    }  # fmt: skip
    assert found["НОШ д. Дальняя Гарь"].verdict.verdict == "no_data"


def test_eight_of_27_is_not_thirty_per_cent_and_three_of_10_is(filled: Store) -> None:
    found = listed(filled, 2026)
    seven = found["СОШ № 7 им. Н. С. Вьюжанина"]
    assert (8, 27) in fractions(seven, 2026)
    assert not seven.listed
    assert (3, 10) in fractions(found["СОШ с. Верхнее Заозерье"], 2026)
    assert found["СОШ с. Верхнее Заозерье"].listed


def test_what_changed_against_the_approved_year_before(filled: Store) -> None:
    found = {name: row.change for name, row in listed(filled, 2026).items() if row.change}
    assert found["СОШ пгт Рудничный"] == "3-й год"
    assert found["ООШ д. Берёзовый Яр"] == found["СОШ с. Каменский Лог"] == "2-й год"
    assert found["СОШ № 5"] == "новая"
    assert {name for name, change in found.items() if change == "вышла из списка"} == {
        "ООШ № 2 пгт Рудничный", "СОШ с. Нижняя Пристань",
    }  # fmt: skip
    (approval,) = identification.approvals(filled.connection)
    assert (approval.year, approval.order_number, approval.order_date) == (2025, "412-од", "2025-10-28")


def test_one_correction_with_a_reason(filled: Store) -> None:
    (corrected,) = [row for row in listed(filled, 2026).values() if row.correction]
    assert corrected.name == "ООШ д. Малая Ельня"
    assert not corrected.listed
    assert corrected.correction is not None
    assert "Протокол" in corrected.correction.reason


def test_a_procedure_is_missing_because_its_row_names_an_unknown_school(filled: Store) -> None:
    row = listed(filled, 2026)["ООШ с. Рябиновое"]
    assert row.verdict.incomplete
    assert row.verdict.missing_matters
    (unknown,) = [p for p in results.open_problems(filled.connection) if p.code == "GEN_UNKNOWN_SCHOOL"]
    assert "Похожа на «ООШ с. Рябиновое»" in unknown.message
    assert unknown.file == "Ф3_Статистика по отметкам_МА_6_2026.xlsx"


def test_only_findings_of_the_last_year_wait(filled: Store) -> None:
    waiting = {item.code for item in results.open_problems(filled.connection)}
    assert waiting == {
        "GEN_UNKNOWN_SCHOOL", "IMP_GROUPS_EXCEED", "IMP_RESTORED_SUM", "IMP_MARKS_SHORT", "IMP_INN_UNFIT",
    }  # fmt: skip


def test_results_under_the_old_code_came_to_the_canonical_school(filled: Store) -> None:
    school = schools.find(filled.connection, "ООШ с. Тихий Плёс")
    own = filled.connection.execute(
        "SELECT count(*) FROM mark_count m JOIN assessment a ON a.id = m.assessment_id"
        " WHERE m.organisation_id = ? AND m.result_year = 2024 AND a.procedure = 'ОГЭ'",
        (school.id,),
    ).fetchone()[0]
    assert own == 0
    frame = frames.mark_frame(filled.connection, (2024,))
    assert len(frame[(frame["school_id"] == school.id) & (frame["procedure"] == "ОГЭ")]) == 3


def test_another_spelling_is_remembered(filled: Store) -> None:
    card = organisations.card(filled.connection, schools.find(filled.connection, "СОШ с. Журавлиха").id)
    assert card is not None
    assert [spelling for _, spelling in card.aliases] == ['МБОУ "Журавлихинская сош"']


def test_every_figure_says_where_it_is_from(filled: Store) -> None:
    marks = results.marks(filled.connection)
    assert all(mark.file and mark.sheet and mark.row_from for mark in marks)
    assert {mark.restored for mark in marks if mark.assessment.procedure == "ВПР"} == {True}
    assert {mark.restored for mark in marks if mark.assessment.procedure != "ВПР"} == {False}
    areas = filled.connection.execute("SELECT count(DISTINCT area_id) FROM mark_count").fetchone()[0]
    assert areas == 3


def test_marks_add_up_but_where_a_finding_says_so(filled: Store) -> None:
    rows = [m for m in results.marks(filled.connection) if m.m2 is not None]
    short = [m for m in rows if sum(v or 0 for v in (m.m2, m.m3, m.m4, m.m5)) != m.participants]
    assert sorted((m.assessment.procedure, m.year) for m in short) == [
        ("ВПР", 2026), ("ОГЭ", 2024), ("ОГЭ", 2025), ("ОГЭ", 2026),
    ]  # fmt: skip
    assert all(m.m2 == m.below_min and min(m.m2 or 0, m.m3 or 0, m.m4 or 0, m.m5 or 0) >= 0 for m in rows)


def test_the_file_is_sound_and_its_last_actions_undo(filled: Store) -> None:
    assert [p for p in maintenance.check(filled.connection) if p.level == "error"] == []
    before = dump(filled.connection)
    labels = [history.undo(filled).label for _ in range(2)]
    assert labels[0].startswith("Поправка")
    for _ in labels:
        history.redo(filled)
    assert dump(filled.connection) == before


def test_today_has_something_to_show(filled: Store) -> None:
    found = today.today(filled.connection, date(2026, 11, 22))
    assert found.problem_total == 5
    assert any(step.badge == "просрочено" for step in found.steps)
    assert {record.actor for record in found.changes} == {"Ракитина Е. В."}


def test_the_same_seed_gives_the_same_counts(tmp_path: Path, filled: Store) -> None:
    other = made(tmp_path / "б.opora")
    try:
        demo.fill(other)
        assert figures(other) == figures(filled)
        assert len(journal.history(other.connection)) == len(journal.history(filled.connection))
    finally:
        other.abandon()


def figures(store: Store) -> list[tuple[Any, ...]]:
    return store.connection.execute(
        "SELECT coalesce(o.name, a.code, a.kind), s.procedure, s.subject, s.level, s.grade, m.result_year,"
        " m.participants, m.m2, m.m3, m.m4, m.m5, m.below_min, m.mean, m.restored, m.sheet, m.row_from"
        " FROM mark_count m JOIN assessment s ON s.id = m.assessment_id LEFT JOIN organisation o"
        " ON o.id = m.organisation_id LEFT JOIN area a ON a.id = m.area_id ORDER BY 1, 2, 3, 4, 5, 6"
    ).fetchall()


@pytest.mark.parametrize("seed", [2, 3, 4])
def test_another_seed_changes_figures_but_not_who_is_listed(tmp_path: Path, filled: Store, seed: int) -> None:
    other = made(tmp_path / "б.opora")
    try:
        demo.fill(other, seed=seed)
        assert figures(other) != figures(filled)
        assert {n: r.listed for n, r in listed(other, 2026).items()} == {
            n: r.listed for n, r in listed(filled, 2026).items()
        }
    finally:
        other.abandon()


@pytest.mark.parametrize(("count", "years"), [(3, (2026,)), (30, (2025, 2026))])
def test_other_sizes(tmp_path: Path, count: int, years: tuple[int, ...]) -> None:
    other = made(tmp_path / "б.opora")
    try:
        demo.fill(other, schools=count, years=years)
        assert len(organisations.listing(other.connection)) == count
        assert results.results.years(other.connection) == sorted(years, reverse=True)
        assert len(identification.approvals(other.connection)) == len(years) - 1
    finally:
        other.abandon()


# --- figures -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("size", "below", "at"), [(10, 1, 4), (27, 7, 10), (4, 0, 3), (3, 0, 2), (1, 0, 1), (0, 0, 0)])
def test_bounds_keep_one_pupil_away_from_the_threshold(size: int, below: int, at: int) -> None:
    assert (below_threshold(size), at_threshold(size)) == (below, at)


def test_a_class_grows_older() -> None:
    counts = school_counts(Profile("a", 660, 11, 10), (2024, 2025, 2026), 1)
    sizes = [
        counts[key, year].participants for key, year in (("vpr-rus-5", 2024), ("vpr-rus-6", 2025), ("vpr-rus-7", 2026))
    ]
    assert max(sizes) <= 1.1 * min(sizes)
    assert all(isinstance(count, MarkCount) for count in counts.values())
    assert len(counts) == 3 * len(WORKS)


def test_a_primary_school_sits_only_grade_four() -> None:
    counts = school_counts(Profile("a", 40, 4, 10), (2026,), 1)
    assert {key for key, _year in counts} == {"vpr-rus-4", "vpr-math-4"}


# --- a region ----------------------------------------------------------------------------------------------------


def test_a_region_of_any_size(tmp_path: Path) -> None:
    store = made(tmp_path / "край.opora")
    try:
        demo.generate_region(store, schools=200, years=3, procedures=8)
        count, years, worst = store.connection.execute(
            "SELECT count(*), count(DISTINCT result_year), sum(below_min > participants OR m4 < 0) FROM mark_count"
        ).fetchone()
        assert (count, years, worst) == (200 * 3 * 8, 3, 0)
        found = identification.compute(store.connection, RULE, 2026)[2].counts()
        assert 0 < found.listed < 200
        assert found.no_data == found.incomplete == 0
        names = {school.name for school in organisations.listing(store.connection)}
        assert len(names) == 200
        assert history.undo(store).label.startswith("Создан набор")
        assert organisations.listing(store.connection) == []
    finally:
        store.abandon()


def test_village_names_do_not_repeat() -> None:
    assert len({demo.village_name(number) for number in range(40_000)}) == 40_000
