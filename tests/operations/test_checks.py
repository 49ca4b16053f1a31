from __future__ import annotations

import random
from typing import Any

import pytest

from app.analysis import data_checks
from app.analysis.findings import Place
from app.errors import UserError
from app.models import check_rows, frames
from app.models.records import Assessment
from app.models.store import Store
from app.operations import checks, desk, history, maintenance, metrics, results, schools
from app.operations.checks import DataProblem
from tests.operations.conftest import MATHS5, mark, reading, school

RUSSIAN6 = Assessment("ВПР", "Русский язык", None, 6)


@pytest.fixture
def one(store: Store) -> int:
    return schools.add(store, {"name": "СОШ № 1", "settlement": "Лесогорск"})


def count(store: Store, school: int, year: int, participants: int, work: Assessment = MATHS5, **values: Any) -> int:
    from app.models import results as stored

    with store.operation("Результат", "test") as operation:
        ids = stored.ensure_assessments(operation, [work])
        return operation.insert(
            "mark_count", organisation_id=school, assessment_id=ids[work], result_year=year, participants=participants,
            **values,
        )  # fmt: skip


def marks(*numbers: int) -> dict[str, Any]:
    return dict(zip(("m2", "m3", "m4", "m5"), numbers, strict=True))


def found(store: Store, code: str | None = None) -> list[DataProblem]:
    return [item for item in checks.problems(store.connection) if code in {None, item.code}]


def codes(store: Store) -> list[tuple[str, str]]:
    return [(item.level, item.code) for item in checks.problems(store.connection)]


def only(store: Store, code: str) -> DataProblem:
    (item,) = found(store, code)
    return item


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


# --- counts of marks -------------------------------------------------------------------------------------------


def test_sums_of_marks_against_participants(store: Store, one: int) -> None:
    count(store, one, 2024, 20, **marks(2, 8, 6, 4))  # 20 of 20
    assert found(store) == []
    above = count(store, one, 2025, 20, **marks(3, 8, 6, 4))  # 21 of 20
    count(store, one, 2026, 20, **marks(2, 8, 6, 3))  # 19 of 20
    assert codes(store) == [("block", "DATA_MARKS_ABOVE"), ("explain", "STORE_SUM")]
    item = only(store, "DATA_MARKS_ABOVE")
    assert item.place == Place("mark", one, year=2025, key=above)
    assert item.school == "СОШ № 1"
    assert plain(item.what) == "СОШ № 1, ВПР математика, 5 кл., 2025: отметок 21, а участников 20."
    assert "введено вручную" in item.message


def test_a_restored_sum_may_be_off_by_its_rounding(store: Store, one: int) -> None:
    count(store, one, 2024, 20, restored=1, **marks(2, 8, 8, 4))  # 22: two off
    assert found(store) == []
    count(store, one, 2025, 20, restored=1, **marks(3, 8, 8, 4))  # 23: three off
    assert codes(store) == [("block", "DATA_MARKS_ABOVE")]


def test_all_marks_zero_mean_no_data(store: Store, one: int) -> None:
    count(store, one, 2025, 20, **marks(0, 0, 0, 0))
    assert codes(store) == [("explain", "DATA_MARKS_ZERO")]


def test_below_minimum_against_participants_and_twos(store: Store, one: int) -> None:
    count(store, one, 2025, 20, below_min=21)
    count(store, one, 2026, 20, below_min=3, **marks(2, 8, 6, 4))
    count(store, one, 2024, 20, below_min=2, **marks(2, 8, 6, 4))
    count(store, one, 2023, 20, RUSSIAN6, below_min=3, restored=1, **marks(2, 8, 6, 4))
    assert codes(store) == [("block", "DATA_BELOW_ABOVE"), ("explain", "DATA_BELOW_TWOS")]
    assert plain(only(store, "DATA_BELOW_TWOS").what).endswith("2026: ниже минимума 3, а отметок «2» — 2.")


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ((1, 10), (4, 10), True),  # 10 % → 40 %: 30 points exactly
        ((2, 20), (7, 18), False),  # 10 % → 38,9 %
        ((9, 10), (1, 10), True),  # downwards too
        ((0, 9), (9, 9), False),  # under ten participants nothing is compared
        ((None, 10), (9, 10), False),
    ],
)
def test_a_jump_against_last_year(
    store: Store, one: int, before: tuple[int | None, int], now: tuple[int, int], *, told: bool
) -> None:
    count(store, one, 2025, before[1], below_min=before[0])
    count(store, one, 2026, now[1], below_min=now[0])
    count(store, one, 2026, 10, RUSSIAN6, below_min=10)
    assert codes(store) == ([("explain", "DATA_JUMP")] if told else [])
    if told:
        text = plain(only(store, "DATA_JUMP").what)
        assert text.endswith(f"годом раньше {before[0]} из {before[1]} ({'10,0' if before[0] == 1 else '90,0'} %).")


def test_the_threshold_of_a_jump_is_a_setting(store: Store, one: int) -> None:
    count(store, one, 2025, 20, below_min=2)
    count(store, one, 2026, 20, below_min=6)
    assert found(store) == []
    desk.put_setting(store, "check_jump_points", "20")
    assert codes(store) == [("explain", "DATA_JUMP")]
    desk.put_setting(store, "check_small_group", "21")
    assert found(store) == []


def test_a_jump_is_seen_across_merged_records(store: Store, one: int) -> None:
    other = schools.add(store, {"name": "Школа первая"})
    count(store, other, 2025, 10, below_min=0)
    count(store, one, 2026, 10, below_min=9)
    assert found(store) == []
    schools.merge(store, other, one)
    assert [item.place.school_id for item in found(store, "DATA_JUMP")] == [one]


def test_more_participants_than_pupils(store: Store, one: int) -> None:
    schools.set_year(store, one, 2025, "pupils", "30")
    count(store, one, 2026, 31, below_min=0)
    count(store, one, 2026, 35, RUSSIAN6, below_min=0)
    count(store, one, 2025, 99, below_min=0)  # school year 2024/25: its number of pupils is unknown
    assert plain(only(store, "DATA_ABOVE_PUPILS").what) == (
        "СОШ № 1, ВПР русский язык, 6 кл., 2026: участников 35, а учеников во всей школе 30."
    )


def test_findings_among_picked_rows_are_those_among_all_rows(store: Store, one: int) -> None:
    draw = random.Random(7)
    keys = [one, *(schools.add(store, {"name": f"Школа {n}"}, own=n < 7) for n in range(9))]
    for key in keys:
        schools.set_year(store, key, 2024, "pupils", "30")
        for year in (2024, 2025, 2026):
            for work in (MATHS5, RUSSIAN6):
                if draw.random() < 0.85:
                    numbers = [draw.randint(0, 12) for _ in range(4)]
                    below = draw.choice([numbers[0], numbers[0], draw.randint(0, 40), None])
                    people = sum(numbers) + draw.choice([0, 0, 0, 1, -1])
                    known = marks(*numbers) if draw.random() < 0.8 else {}
                    count(store, key, year, max(0, people), work, below_min=below, restored=draw.randint(0, 1), **known)
    schools.merge(store, keys[3], keys[2])
    ours = set(keys[:8])
    pupils = frames.metric_frame(store.connection, [2023, 2024, 2025], ["pupils"])
    limits = checks.limits(store.connection)
    wanted = check_rows.suspects(store.connection, limits.points, limits.small_group, pupils)
    everything, picked = check_rows.count_frame(store.connection), check_rows.count_frame(store.connection, wanted)
    expected = data_checks.counts(everything, ours, pupils, limits)
    assert data_checks.counts(picked, ours, pupils, limits) == expected
    assert {f.code for f in expected} >= {"DATA_JUMP", "DATA_ABOVE_PUPILS", "DATA_MARKS_ABOVE", "DATA_BELOW_TWOS"}
    assert 0 < len(picked) < len(everything)


def test_findings_of_others_are_hints(store: Store, one: int) -> None:
    with store.operation("Чужая", "test") as operation:
        other = operation.insert("organisation", name="Чужая", own=0)
        area = operation.insert("area", kind="region", name="Область")
    count(store, other, 2025, 20, **marks(3, 8, 6, 4))
    with store.operation("Результат", "test") as operation:
        work = operation.connection.execute("SELECT id FROM assessment").fetchone()[0]
        operation.insert(
            "mark_count", area_id=area, assessment_id=work, result_year=2025, participants=5, below_min=6
        )  # fmt: skip
    assert sorted((p.level, p.code, p.school) for p in found(store)) == [
        ("hint", "DATA_BELOW_ABOVE", "Область"),
        ("hint", "DATA_MARKS_ABOVE", "Чужая"),
    ]


def test_contradicting_merged_records(store: Store, one: int) -> None:
    other = schools.add(store, {"name": "Школа первая"})
    count(store, one, 2025, 20, below_min=2)
    count(store, other, 2025, 20, below_min=3)
    metrics.put(store, 2025, [(one, "noko", "80"), (other, "noko", "70"), (one, "places", "5"), (other, "places", "5")])
    schools.merge(store, other, one)
    assert codes(store) == [("explain", "DATA_METRIC_MERGED"), ("explain", "STORE_MERGED_DIFFERS")]
    assert "Считается «80»" in only(store, "DATA_METRIC_MERGED").message


# --- metrics ---------------------------------------------------------------------------------------------------


def test_parts_above_the_whole(store: Store, one: int) -> None:
    metrics.put(store, 2025, [(one, "graduates_9", "25"), (one, "graduates_to_senior", "26")])
    item = only(store, "DATA_PARTS_ABOVE")
    assert (item.level, item.place) == ("block", Place("metric", one, year=2025, metric="senior_stage"))
    assert item.what == "СОШ № 1, «Старшая ступень» за 2025/26: часть больше целого, 26 из 25."
    metrics.put(store, 2025, [(one, "graduates_to_senior", "25")])
    assert found(store) == []


@pytest.mark.parametrize(
    ("typed", "told"),
    [("14/25", False), ("56 %", False), ("13/25", True), ("55 %", True), ("28/50", False)],
)
def test_a_share_that_contradicts_its_counts(store: Store, one: int, typed: str, *, told: bool) -> None:
    block = [("graduates_9", "25"), ("graduates_to_senior", "14"), ("senior_stage", typed)]
    metrics.put(store, 2025, [(one, code, raw) for code, raw in block])
    assert codes(store) == ([("explain", "DATA_SHARE_DIFFERS")] if told else [])


def test_a_percentage_may_be_rounded_to_its_last_digit(store: Store, one: int) -> None:
    metrics.put(store, 2025, [(one, "pupils", "340"), (one, "pupils_ovz", "12"), (one, "share_ovz", "3,5 %")])
    assert found(store) == []  # 12 of 340 is 3,529…
    metrics.put(store, 2025, [(one, "share_ovz", "3,50 %")])
    assert found(store) == []  # noughts at the end say nothing more
    metrics.put(store, 2025, [(one, "share_ovz", "3,51 %")])
    assert codes(store) == [("explain", "DATA_SHARE_DIFFERS")]


def test_a_fraction_of_one_may_be_meant(store: Store, one: int) -> None:
    metrics.put(store, 2025, [(one, "satisfaction", "0,48")])
    assert codes(store) == [("hint", "DATA_SHARE_FRACTION")]
    metrics.put(store, 2025, [(one, "satisfaction", "0,48 %")])
    assert found(store) == []


def test_bounds_zeros_and_jumps_of_metrics(store: Store, one: int) -> None:
    metrics.put(store, 2024, [(one, "pupils", "300"), (one, "pupils_ovz", "20"), (one, "noko", "80")])
    metrics.put(store, 2025, [(one, "pupils", "450"), (one, "pupils_ovz", "0"), (one, "noko", "101"),
                              (one, "families", "0")])  # fmt: skip
    told = {(item.code, item.place.metric): plain(item.what) for item in found(store)}
    assert told == {
        ("DATA_METRIC_JUMP", "pupils"): "СОШ № 1, «Обучающихся» за 2025/26: 450, годом раньше 300.",
        ("DATA_ZERO_AFTER", "pupils_ovz"): "СОШ № 1, «С ОВЗ» за 2025/26: ноль, а годом раньше было 20.",
        ("DATA_METRIC_BOUNDS", "noko"): "СОШ № 1, «НОКО» за 2025/26: 101, а обычно бывает от 0 до 100 баллов.",
        ("DATA_ZERO_WHOLE", "families"): "СОШ № 1, «Семей» за 2025/26: ноль.",
    }


def test_small_changes_are_not_asked_about(store: Store, one: int) -> None:
    metrics.put(store, 2024, [(one, "pupils", "300"), (one, "pupils_ovz", "2"), (one, "satisfaction", "50 %")])
    metrics.put(store, 2025, [(one, "pupils", "449"), (one, "pupils_ovz", "11"), (one, "satisfaction", "79,9 %")])
    assert found(store) == []
    metrics.put(store, 2025, [(one, "satisfaction", "80 %")])
    assert plain(only(store, "DATA_METRIC_JUMP").what) == (
        "СОШ № 1, «Удовлетворённость» за 2025/26: 80 %, годом раньше 50 %."
    )


# --- the registry ----------------------------------------------------------------------------------------------


def test_codes_with_wrong_check_digits_and_shared_codes(store: Store, one: int) -> None:
    other = schools.add(store, {"name": "СОШ № 2", "settlement": "Лесогорск"})
    for key in (one, other):
        schools.set_code(store, key, "inn", "7707083893")
        schools.set_code(store, key, "ogrn", "1027700132195")
    with store.operation("Загружено", "test") as operation:
        operation.insert("organisation_code", organisation_id=other, system="inn", value="7707083894")
    assert codes(store)[0] == ("explain", "DATA_BAD_CODE")
    bad = only(store, "DATA_BAD_CODE")
    assert bad.place == Place("school", other, field="inn")
    store.undo()
    shared = only(store, "DATA_SAME_INN")
    assert shared.level == "hint"
    assert "Один ИНН 7707083893 у нескольких школ: «СОШ № 1» (7707083893); «СОШ № 2» (7707083893)." in shared.message


def test_the_same_name_in_the_same_place(store: Store, one: int) -> None:
    twin = schools.add(store, {"name": "МБОУ «СОШ №1»", "settlement": "лесогорск"})
    schools.add(store, {"name": "СОШ № 1", "settlement": "Дальний"})
    item = only(store, "DATA_SAME_NAME")
    assert item.level == "explain"
    assert "«МБОУ «СОШ №1»»" in item.message or "«СОШ № 1»" in item.message
    schools.merge(store, twin, one)
    assert found(store) == []


def test_drafts_of_every_kind(store: Store, one: int) -> None:
    schools.set_code(store, one, "inn", "123")
    schools.set_year(store, one, 2025, "pupils", "сто")
    metrics.put(store, 2025, [(one, "noko", "много")])
    schools.put_text_draft(store, "organisation", one, "address", "ул. Ле")
    assert {(p.level, p.place.kind, p.place.field or p.place.metric, p.place.year) for p in found(store)} == {
        ("explain", "school", "inn", None),
        ("explain", "school", "pupils", 2025),
        ("explain", "metric", "noko", 2025),
        ("hint", "school", "address", None),
    }
    assert {p.place.school_id for p in found(store)} == {one}
    assert only(store, "DATA_METRIC_DRAFT").what == (
        "СОШ № 1, «НОКО» за 2025/26: «много» — не число. Впишите число цифрами."
    )


def test_a_catalogue_that_can_not_be_read_blocks(store: Store) -> None:
    with store.operation("Испорчено", "test") as operation:
        for kind in ("metrics", "projects"):
            operation.insert("reference_text", kind=kind, ref_id="x", version="1", text="format = 1", digest="",
                             added_at="")  # fmt: skip
    assert codes(store) == [("block", "DATA_CATALOGUE"), ("block", "DATA_PROJECT_CATALOGUE")]


# --- explaining ------------------------------------------------------------------------------------------------


@pytest.fixture
def jumped(store: Store, one: int) -> int:
    count(store, one, 2025, 10, below_min=1)
    return count(store, one, 2026, 10, below_min=9)


def test_an_explanation_is_kept_until_the_figures_change(store: Store, one: int, jumped: int) -> None:
    item = only(store, "DATA_JUMP")
    checks.explain(store, item, " Класс коррекции. ")
    again = only(store, "DATA_JUMP")
    assert again.id == item.id
    assert again.open is False
    assert again.explanation is not None
    assert (again.explanation.text, again.explanation.actor) == ("Класс коррекции.", "Ким О. В.")
    (line,) = checks.told(found(store))
    assert plain(line).startswith("СОШ № 1, ВПР математика, 5 кл., 2026: ниже минимума 9 из 10 (90,0 %), годом раньше")
    assert "Объяснение: Класс коррекции (Ким О. В., " in line
    with store.operation("Исправлено", "test") as operation:
        operation.update("mark_count", jumped, below_min=8)
    changed = only(store, "DATA_JUMP")
    assert (changed.id, changed.open) == (item.id, True)
    history.undo(store)
    assert only(store, "DATA_JUMP").open is False
    checks.withdraw(store, only(store, "DATA_JUMP"))
    assert only(store, "DATA_JUMP").open is True
    history.undo(store)
    history.undo(store)
    assert only(store, "DATA_JUMP").open is True


def test_what_is_explained_stays_explained_when_records_are_merged_and_separated(store: Store, one: int) -> None:
    other = schools.add(store, {"name": "Школа первая"})
    metrics.put(store, 2025, [(other, "graduates_9", "40"), (other, "noko", "180")])
    metrics.put(store, 2024, [(other, "graduates_9", "10")])
    asked = {item.code: item for item in found(store)}
    assert asked.keys() == {"DATA_METRIC_BOUNDS", "DATA_METRIC_JUMP"}
    checks.explain(store, asked.values(), "Так и есть")
    schools.merge(store, other, one)
    merged = {item.code: item for item in found(store)}
    assert {code: item.id for code, item in merged.items()} == {code: item.id for code, item in asked.items()}
    assert all(not item.open and item.place.school_id == one for item in merged.values())
    schools.separate(store, other)
    assert all(not item.open and item.place.school_id == other for item in found(store))
    schools.merge(store, other, one)
    for item in found(store):
        checks.withdraw(store, item)
    assert all(item.open for item in found(store))
    checks.explain(store, found(store), "Сказано об общей записи")
    schools.separate(store, other)
    assert [(item.open, item.place.school_id) for item in found(store)] == [(False, other)] * 2


def test_an_explained_code_of_a_merged_record_is_explained_again_when_it_is_separated(store: Store, one: int) -> None:
    other = schools.add(store, {"name": "Школа первая"})
    with store.operation("Загружено", "test") as operation:
        for key in (one, other):
            operation.insert("organisation_code", organisation_id=key, system="inn", value="7707083894")
    theirs = next(p for p in found(store, "DATA_BAD_CODE") if p.place.school_id == other)
    checks.explain(store, theirs, "Так в ЕГРЮЛ")
    assert [p.open for p in found(store, "DATA_BAD_CODE")] == [True, False]
    schools.merge(store, other, one)
    assert [(p.open, p.place.school_id) for p in found(store)] == [(False, one)]
    schools.separate(store, other)
    assert [(p.open, p.place.school_id) for p in found(store, "DATA_BAD_CODE")] == [(True, one), (False, other)]


def test_the_same_figures_in_both_records_need_no_second_explanation(store: Store, one: int) -> None:
    other = schools.add(store, {"name": "Школа первая"})
    metrics.put(store, 2025, [(one, "noko", "180"), (other, "noko", "180")])
    checks.explain(store, next(p for p in found(store) if p.place.school_id == other), "Новая шкала")
    schools.merge(store, other, one)
    (item,) = found(store)
    assert item.explanation is not None
    assert item.explanation.text == "Новая шкала"
    checks.withdraw(store, item)
    assert only(store, "DATA_METRIC_BOUNDS").open is True
    schools.separate(store, other)
    assert [p.open for p in found(store)] == [True, True]


def test_findings_of_imports_stand_in_the_same_list(store: Store, one: int) -> None:
    results.load(store, reading(mark(school("Неизвестная"), MATHS5, 2026, 1, 20)))
    item = only(store, "GEN_UNKNOWN_SCHOOL")
    assert item.level == "explain"
    assert item.place.kind == "import"
    assert item.message.startswith("файл.xlsx, Лист1, D9: ")
    checks.explain(store, checks.find(store.connection, [item.id]), "Школа закрыта")
    again = only(store, "GEN_UNKNOWN_SCHOOL")
    assert (again.id, again.open) == (item.id, False)
    assert results.open_problems(store.connection) == []
    checks.withdraw(store, again)
    assert len(results.open_problems(store.connection)) == 1


def test_several_are_explained_at_once_and_blocks_never(store: Store, one: int, jumped: int) -> None:
    count(store, one, 2025, 10, RUSSIAN6, below_min=9)
    count(store, one, 2026, 10, RUSSIAN6, below_min=1)
    jumps = found(store, "DATA_JUMP")
    before = len(history.history(store.connection))
    checks.explain(store, jumps, "Другая параллель")
    assert len(history.history(store.connection)) == before + 1
    assert [item.open for item in found(store, "DATA_JUMP")] == [False, False]
    count(store, one, 2024, 10, below_min=11)
    blocked = only(store, "DATA_BELOW_ABOVE")
    for items, text, code in (
        ([blocked], "так вышло", "DATA_BLOCK_STAYS"),
        (jumps, "  ", "GEN_REASON_NEEDED"),
    ):
        with pytest.raises(UserError) as caught:
            checks.explain(store, items, text)
        assert caught.value.code == code
    with pytest.raises(UserError) as caught:
        checks.find(store.connection, ["k000"])
    assert caught.value.code == "DATA_NO_FINDING"


def test_what_stands_between_the_data_and_a_paper(store: Store, one: int, jumped: int) -> None:
    other = schools.add(store, {"name": "СОШ № 2"})
    count(store, other, 2025, 10, below_min=11)
    metrics.put(store, 2025, [(one, "noko", "101"), (one, "families", "0")])
    gate = checks.before_report(store.connection)
    assert gate.free is False
    assert [item.code for item in gate.blockers] == ["DATA_BELOW_ABOVE"]
    assert [item.code for item in gate.unexplained] == ["DATA_JUMP", "DATA_METRIC_BOUNDS"]
    checks.explain(store, gate.unexplained[0], "Другая параллель")
    of_one = checks.before_report(store.connection, result_years=[2026], school_ids=[one])
    assert (of_one.free, [p.code for p in of_one.unexplained], [p.code for p in of_one.explained]) == (
        True, ["DATA_METRIC_BOUNDS"], ["DATA_JUMP"],
    )  # fmt: skip
    assert checks.before_report(store.connection, result_years=[2024], school_ids=[one]).unexplained == ()


def test_levels_map_onto_those_of_messages(store: Store, one: int, jumped: int) -> None:
    metrics.put(store, 2025, [(one, "families", "0"), (one, "graduates_9", "1"), (one, "graduates_to_senior", "2")])
    told = checks.as_problems(checks.problems(store.connection))
    assert [(p.level, p.code) for p in told] == [
        ("error", "DATA_PARTS_ABOVE"), ("warning", "DATA_JUMP"), ("hint", "DATA_ZERO_WHOLE"),
    ]  # fmt: skip
    assert maintenance.check(store.connection) == []
