"""Indicators of a programme: typed and computed values, points, closing for good, formulas down to the rows."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from app.errors import UserError
from app.models import indicators as rows
from app.models.store import Store
from app.operations import execution, formula_metrics, indicator_words, indicators, programmes, results
from app.operations import programme_edit as edit
from app.operations.formula_facts import Facts
from app.operations.indicators import IndicatorLine
from app.operations.plans import Options
from app.operations.programme_formulas import Formulas, known_formula
from tests.helpers import monitoring_year as year
from tests.helpers import stores
from tests.helpers.programmes import small
from tests.helpers.undo import walk
from tests.operations.conftest import MATHS5, MATHS6, mark, reading, school

DAY = date(2026, 11, 23)


@pytest.fixture
def keys(store: Store) -> dict[str, int]:
    found = small(store)
    edit.put_indicator(store, found["indicator"], unit="%", direction="down", baseline_year=2025, tolerance="2 %")
    edit.put_baseline(store, found["indicator"], "37,5")
    edit.put_target(store, found["indicator"], 2026, "30")
    edit.put_target(store, found["indicator"], 2027, "25")
    return found


def _line(store: Store, keys: dict[str, int], plan_year: int = 2026, day: date = DAY) -> IndicatorLine:
    return indicators.table(store.connection, keys["programme"], plan_year, day).lines[0]


def _put(store: Store, keys: dict[str, int], raw: str, point: int | None = None, plan_year: int = 2026) -> None:
    indicators.put_value(store, keys["indicator"], plan_year, raw, point)


def _loaded(store: Store) -> None:
    """Two schools, two works: 8 of 27 and 3 of 10 below the minimum in the 5th grade, 5 of 20 in the 6th."""
    first, second = school("СОШ № 1", "edu1"), school("СОШ № 2", "edu2")
    marks = [mark(first, MATHS5, 2026, 8, 27, 9), mark(second, MATHS5, 2026, 3, 10, 10),
             mark(first, MATHS6, 2026, 5, 20, 11)]  # fmt: skip
    results.load(store, reading(*marks), Options(create_schools=True, all_own=True))


# --- values and lights -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "light", "word"),
    [("30", "reached", "достигнуто"), ("29,9", "reached", "достигнуто"), ("32", "near", "почти: +2"),
     ("32,01", "behind", "отстаёт: +2,01"), ("0", "reached", "достигнуто")],
)  # fmt: skip
def test_a_typed_value_is_held_against_the_target(
    store: Store, keys: dict[str, int], raw: str, light: str, word: str
) -> None:
    _put(store, keys, raw)
    line = _line(store, keys)
    assert (line.light, line.word, line.typed, line.tolerance) == (light, word, True, "2")


def test_nothing_is_no_data_and_a_word_is_named(store: Store, keys: dict[str, int]) -> None:
    assert (_line(store, keys).light, _line(store, keys).value) == ("no_data", None)
    _put(store, keys, "много")
    line = _line(store, keys)
    assert (line.light, line.value, line.raw) == ("no_data", None, "много")
    assert "«много» не число" in line.fault
    _put(store, keys, "")
    assert _line(store, keys).fault == ""
    assert rows.values(store.connection, [keys["indicator"]]) == []


def test_a_year_without_a_target_says_so(store: Store, keys: dict[str, int]) -> None:
    _put(store, keys, "20", plan_year=2028)
    assert _line(store, keys, 2028).light == "no_target"


def test_many_values_are_one_step_back(store: Store, keys: dict[str, int]) -> None:
    point = indicators.add_point(store, keys["programme"], 2026, "Вход", "input", "31.01.2026")
    before = stores.dump(store.connection)
    cells: list[indicators.Cell] = [(keys["indicator"], 2026, None, "31"), (keys["indicator"], 2026, point, "37")]
    assert indicators.put_values(store, cells, {keys["indicator"]: "Отчёт школ"}) == 2
    assert _line(store, keys).source == "Отчёт школ"
    store.undo()
    assert stores.dump(store.connection) == before


def test_a_half_typed_value_is_no_fact(store: Store, keys: dict[str, int]) -> None:
    point = indicators.add_point(store, keys["programme"], 2026, "Вход")
    indicators.put_draft(store, keys["indicator"], 2026, "3")
    indicators.put_draft(store, keys["indicator"], 2026, "41", point)
    line = _line(store, keys)
    assert (line.light, line.value, line.drafts) == ("no_data", None, {"": "3", str(point): "41"})
    _put(store, keys, "35")
    indicators.put_draft(store, keys["indicator"], 2026, "", point)
    assert (_line(store, keys).value, _line(store, keys).drafts) == ("35", {})


def test_a_tolerance_of_the_monitoring_goes_before_that_of_the_programme(store: Store, keys: dict[str, int]) -> None:
    _put(store, keys, "34")
    assert _line(store, keys).light == "behind"
    indicators.put_rule(store, keys["indicator"], tolerance="4")
    assert _line(store, keys).light == "near"
    indicators.put_rule(store, keys["indicator"], tolerance="сколько-то")
    assert "Допуск «сколько-то»" in _line(store, keys).fault
    indicators.put_rule(store, keys["indicator"], tolerance="")
    assert _line(store, keys).tolerance == "2"


# --- points ------------------------------------------------------------------------------------------------------


def test_the_last_open_point_speaks_for_the_year(store: Store, keys: dict[str, int]) -> None:
    assert indicators.add_model(store, keys["programme"], 2026, "three") == 3
    assert indicators.add_model(store, keys["programme"], 2026, "three") == 0
    first, second, _last = indicators.table(store.connection, keys["programme"], 2026, DAY).points
    _put(store, keys, "37", first.id)
    assert _line(store, keys).value == "37"
    _put(store, keys, "33", second.id)
    line = _line(store, keys)
    assert (line.value, [one.value for one in line.points]) == ("33", ["37", "33", None])
    # 37 on 31 January, 33 on 30 June: 150 days; 184 more days to the end of the year
    assert line.forecast == str((Decimal(33) - Decimal(4) * 184 / 150).quantize(Decimal("0.1")))


def test_a_closed_year_keeps_its_colour_when_the_target_changes(store: Store, keys: dict[str, int]) -> None:
    point = indicators.add_point(store, keys["programme"], 2026, "Выход", "output")
    _put(store, keys, "29", point)
    assert indicators.close(store, keys["programme"], point, DAY) == 1
    edit.put_target(store, keys["indicator"], 2026, "20")
    edit.put_indicator(store, keys["indicator"], direction="up", tolerance="0")
    line = _line(store, keys)
    assert (line.light, line.target, line.direction, line.closed) == ("reached", "30", "down", True)
    assert line.moved == "Цель после закрытия изменена: была 30, стала 20. Цвет года прежний."
    with pytest.raises(UserError) as refused:
        _put(store, keys, "10", point)
    assert refused.value.code == "MON_POINT_CLOSED"
    with pytest.raises(UserError) as refused:
        _put(store, keys, "10")
    assert refused.value.code == "MON_POINT_CLOSED"


def test_an_open_year_takes_the_new_target(store: Store, keys: dict[str, int]) -> None:
    _put(store, keys, "29")
    edit.put_target(store, keys["indicator"], 2026, "20")
    assert _line(store, keys).word == "отстаёт: +9"


def test_a_past_year_with_a_closed_point_is_not_computed_anew(store: Store, keys: dict[str, int]) -> None:
    indicators.add_model(store, keys["programme"], 2026, "two")
    first = indicators.table(store.connection, keys["programme"], 2026, DAY).points[0]
    _put(store, keys, "35", first.id)
    indicators.close(store, keys["programme"], first.id, DAY)
    indicators.put_rule(store, keys["indicator"], formula="12")
    assert _line(store, keys).value == "12"  # the year goes on: its end is still open
    past = _line(store, keys, day=date(2027, 3, 1))
    assert (past.value, past.closed) == ("35", True)


def test_between_points_the_last_closed_one_speaks(store: Store, keys: dict[str, int]) -> None:
    indicators.add_model(store, keys["programme"], 2026, "two")
    first = indicators.table(store.connection, keys["programme"], 2026, DAY).points[0]
    _put(store, keys, "31", first.id)
    indicators.close(store, keys["programme"], first.id, DAY)
    edit.put_target(store, keys["indicator"], 2026, "25")
    line = _line(store, keys)
    assert (line.value, line.light, line.closed) == ("31", "behind", False)
    assert (line.points[0].light, line.how[:16]) == ("near", "по замеру «Вход»")


def test_closing_is_ended_by_a_reason_only(store: Store, keys: dict[str, int]) -> None:
    point = indicators.add_point(store, keys["programme"], 2026, "Выход")
    _put(store, keys, "29", point)
    indicators.close(store, keys["programme"], point, DAY)
    with pytest.raises(UserError, match="не отменяется"):
        store.undo()
    with pytest.raises(UserError) as refused:
        indicators.reopen(store, point, " ")
    assert refused.value.code == "MON_POINT_REASON"
    indicators.reopen(store, point, "Ошибка в числе")
    assert rows.stored_at(store.connection, point) == []
    again = rows.point(store.connection, point)
    assert again is not None
    assert (again.closed, again.reopen_reason) == (False, "Ошибка в числе")
    with pytest.raises(UserError) as refused:
        indicators.reopen(store, point, "Ещё раз")
    assert refused.value.code == "MON_POINT_OPEN"


def test_an_indicator_without_data_is_kept_as_no_data(store: Store, keys: dict[str, int]) -> None:
    point = indicators.add_point(store, keys["programme"], 2026, "Выход")
    assert indicators.close(store, keys["programme"], point, DAY) == 0
    kept = rows.stored_at(store.connection, point)[0]
    assert (kept.value, kept.light, kept.target) == (None, "no_data", "30")


def test_a_point_is_changed_moved_and_taken_away(store: Store, keys: dict[str, int]) -> None:
    first = indicators.add_point(store, keys["programme"], 2026, "Вход")
    second = indicators.add_point(store, keys["programme"], 2026, "Выход")
    _put(store, keys, "31", first)
    indicators.move_point(store, second, -1)
    indicators.edit_point(store, second, title=" Конец  года ", stage="output", due_on="20.12.2026")
    found = indicators.table(store.connection, keys["programme"], 2026, DAY).points
    assert [(one.title, one.stage, one.due_on) for one in found] == [
        ("Конец года", "output", "2026-12-20"), ("Вход", "other", None),
    ]  # fmt: skip
    indicators.remove_point(store, first)
    assert rows.values(store.connection, [keys["indicator"]]) == []
    store.undo()
    assert _line(store, keys).value == "31"


@pytest.mark.parametrize(
    ("title", "plan_year", "code"), [(" ", 2026, "MON_POINT_TITLE"), ("Вход", 2031, "MON_POINT_YEAR")]
)
def test_a_point_needs_a_title_and_a_year_of_the_programme(
    store: Store, keys: dict[str, int], title: str, plan_year: int, code: str
) -> None:
    with pytest.raises(UserError) as refused:
        indicators.add_point(store, keys["programme"], plan_year, title)
    assert refused.value.code == code


def test_unknown_things_are_named(store: Store, keys: dict[str, int]) -> None:
    for code, act in (
        ("MON_NO_INDICATOR", lambda: indicators.put_value(store, 5, 2026, "1")),
        ("MON_NO_INDICATOR", lambda: indicators.put_rule(store, 5, formula="1")),
        ("MON_NO_INDICATOR", lambda: indicators.derivation(store.connection, 5, 2026)),
        ("MON_NO_POINT", lambda: indicators.remove_point(store, 5)),
        ("MON_NO_PROGRAMME", lambda: indicators.in_year(store.connection, 2040)),
    ):
        with pytest.raises(UserError) as refused:
            act()
        assert refused.value.code == code


def test_a_programme_without_indicators_has_nothing_to_close(store: Store) -> None:
    key = programmes.create(store, "municipal", "Пустая", 2026, 2028)
    point = indicators.add_point(store, key, 2026, "Вход")
    with pytest.raises(UserError) as refused:
        indicators.close(store, key, point, DAY)
    assert refused.value.code == "MON_POINT_EMPTY"


# --- formulas ----------------------------------------------------------------------------------------------------


def test_a_formula_counts_whole_pupils_and_names_their_cells(store: Store, keys: dict[str, int]) -> None:
    _loaded(store)
    tail = "процедура: ВПР; предмет: математика; класс: 5; школы: все"
    text = f"доля([участников ниже минимума; {tail}]; [участников с известным минимумом; {tail}])"
    assert indicators.put_rule(store, keys["indicator"], formula=text) == 1
    line = _line(store, keys)
    assert (line.value, line.light, line.typed) == ("29.73", "reached", False)  # 11 of 37
    assert (line.how, line.forecast) == ("11 из 37, в процентах", "29.73")
    found = indicators.derivation(store.connection, keys["indicator"], 2026, day=DAY)
    below = found.metrics[0]
    assert [(part.what, part.said) for part in below.parts] == [
        ("СОШ № 1", "ВПР математика, 5 кл.: 8 из 27".replace(", 5 кл", ", 5\u00a0кл")),
        ("СОШ № 2", "ВПР математика, 5 кл.: 3 из 10".replace(", 5 кл", ", 5\u00a0кл")),
    ]
    traced = indicators.traces(store.connection, below.parts)
    assert [(one.file.sheet, one.file.cells) for one in traced if one.file] == [("Лист1", "D9"), ("Лист1", "D10")]


def test_a_closed_formula_keeps_value_version_and_inputs(store: Store, keys: dict[str, int]) -> None:
    _loaded(store)
    indicators.put_rule(store, keys["indicator"], formula="[школ; школы: все]")
    assert indicators.put_rule(store, keys["indicator"], formula="[школ; школы: все] × 10") == 2
    point = indicators.add_point(store, keys["programme"], 2026, "Выход")
    indicators.close(store, keys["programme"], point, DAY)
    stores.school(store, "СОШ № 3")
    assert indicators.put_rule(store, keys["indicator"], formula="[школ; школы: все] × 100") == 3
    line = _line(store, keys)
    assert (line.value, line.version, line.formula) == ("20", 2, "[школ; школы: все] × 10")
    kept = rows.stored_at(store.connection, point)[0]
    told: dict[str, Any] = json.loads(kept.inputs or "")
    assert [(one["metric"], one["value"], one["lines"]) for one in told["metrics"]] == [("[школ; школы: все]", "2", 2)]
    found = indicators.derivation(store.connection, keys["indicator"], 2026, day=DAY)
    assert found.closed is not None
    assert found.step is not None
    assert (found.step.value, found.metrics[0].value, len(found.metrics[0].parts)) == (Fraction(20), "2", 2)


def test_a_formula_is_tried_without_being_written(store: Store, keys: dict[str, int]) -> None:
    before = stores.dump(store.connection)
    tried = indicators.derivation(store.connection, keys["indicator"], 2026, day=DAY, formula="2 × 3")
    assert (tried.value, tried.faults) == ("6", ())
    wrong = indicators.derivation(store.connection, keys["indicator"], 2026, day=DAY, formula="2 × [школ в списк]")
    assert [(one.code, one.start, one.end) for one in wrong.faults] == [("MON_FORMULA_METRIC", 4, 18)]
    assert "Может быть, «школ в списке»?" in wrong.faults[0].message
    assert stores.dump(store.connection) == before


@pytest.mark.parametrize(
    ("formula", "code"),
    [
        ("[школ; класс: 5]", "MON_FORMULA_PARAMETER"),
        ("[участников; процедура: ВВП]", "MON_FORMULA_VALUE"),
        ("[участников; класс: пять]", "MON_FORMULA_VALUE"),
        ("[школ от порога; порог: 130]", "MON_FORMULA_VALUE"),
        ("[участников; год: когда-то]", "MON_FORMULA_VALUE"),
        ("[принятых ответов]", "MON_FORMULA_NEEDS"),
    ],
)
def test_what_narrows_a_metric_is_checked(store: Store, keys: dict[str, int], formula: str, code: str) -> None:
    found = indicators.derivation(store.connection, keys["indicator"], 2026, day=DAY, formula=formula)
    assert [one.code for one in found.faults] == [code]
    indicators.put_rule(store, keys["indicator"], formula=formula)
    assert _line(store, keys).fault == found.faults[0].message
    assert _line(store, keys).light == "no_data"


def test_a_year_to_come_is_not_computed(store: Store, keys: dict[str, int]) -> None:
    indicators.put_rule(store, keys["indicator"], formula="[школ; школы: все]")
    line = _line(store, keys, 2027)
    assert (line.value, line.light, line.how) == (None, "no_data", "год ещё не наступил")


def test_a_typed_value_goes_before_the_formula(store: Store, keys: dict[str, int]) -> None:
    indicators.put_rule(store, keys["indicator"], formula="12")
    _put(store, keys, "31")
    assert (_line(store, keys).value, _line(store, keys).typed) == ("31", True)
    _put(store, keys, "")
    assert (_line(store, keys).value, _line(store, keys).typed) == ("12", False)


def test_back_to_the_formula_of_the_programme(store: Store, keys: dict[str, int]) -> None:
    edit.put_indicator(store, keys["indicator"], formula="list.count")
    indicators.put_rule(store, keys["indicator"], formula="5")
    assert _line(store, keys).formula == "5"
    assert indicators.put_rule(store, keys["indicator"], as_programme=True) == 3
    assert _line(store, keys).formula == "list.count"
    indicators.put_rule(store, keys["indicator"], formula="")
    assert (_line(store, keys).formula, _line(store, keys).version) == ("", None)


def test_keys_of_the_library_give_what_the_library_proposes(tmp_path: Path) -> None:
    store = year.filled(tmp_path / "Год.opora")
    try:
        programme = indicators.in_year(store.connection, 2026)
        tree = programmes.tree(store.connection, programme)
        last = max(Facts(store.connection, tree, 2026, DAY).result_years)
        facts = Facts(store.connection, tree, last, DAY)
        proposals = Formulas(store.connection, tree)
        told = 0
        for key in ("list.share", "list.count", "list.left", "list.better", "below.vpr.ma", "good.vpr.ru"):
            parsed = formula_metrics.checked(facts, formula_metrics.expression(key))
            assert parsed.node is not None, parsed.faults
            book = indicators.derivation(
                store.connection, tree.of_kind("indicator")[0].lineage, last, day=DAY, formula=key
            )
            proposal = proposals.propose(key)
            if proposal is not None:
                told += 1
                assert book.value == proposal.value, key  # one rounding in both places
        assert told >= 4
    finally:
        store.abandon()


def test_a_formula_written_out_proposes_a_baseline(store: Store, keys: dict[str, int]) -> None:
    _loaded(store)
    tree = programmes.tree(store.connection, keys["programme"])
    text = "доля([участников ниже минимума; предмет: математика]; [участников с известным минимумом])"
    assert known_formula(text)
    found = Formulas(store.connection, tree).propose(text)
    assert found is not None
    # 8 + 3 + 5 of 27 + 10 + 20: 16 of 57 are 28.0701… %
    assert (found.value, found.year, found.words) == ("28.07", 2026, "16 из 57, в процентах")
    assert Formulas(store.connection, tree).propose("доля(1; 0)") is None


@pytest.mark.parametrize(
    ("text", "known"),
    [("list.share", True), ("list.nothing", False), ("below.vpr.ma", True), ("below.vpr.xx", False), ("level.", False),
     ("[школ в списке]", True), ("[школ в спискe]", False), ("[школ; класс: 5]", False), ("12,5 + 3", True),
     ("доля([школ])", False), ("как-нибудь", False), ("[средний балл]", False),
     ("[средний балл; процедура: ВПР; предмет: математика]", True)],
)  # fmt: skip
def test_known_formulas(text: str, known: bool) -> None:
    assert known_formula(text) is known


def test_every_metric_can_be_read_in_an_empty_file(store: Store, keys: dict[str, int]) -> None:
    usual = {"форма": "rmo", "уровень": "высокая эффективность", "чьи": "учителя", "сведение": "pupils",
             "процедура": "ВПР", "предмет": "математика"}  # fmt: skip
    for name, spec in indicators.METRICS.items():
        text = "[" + "; ".join([name, *(f"{key}: {usual[key]}" for key in spec.needs)]) + "]"
        found = indicators.derivation(store.connection, keys["indicator"], 2026, day=DAY, formula=text)
        assert found.faults == (), (name, found.faults)
        assert found.value is None or found.value == "0" or name.startswith("мероприятий"), name
        assert found.metrics[0].words
        assert indicators.offer(store.connection, keys["indicator"], 2026, name, day=DAY) is not None


def test_activities_and_their_money_stand_beside_the_effect(store: Store, keys: dict[str, int]) -> None:
    for name, term, money in (("first", "октябрь 2026 года", "120 000"), ("second", "декабрь 2026 года", "30 000")):
        edit.put_term(store, keys[name], term)
        edit.put_money(store, keys[name], 2026, "municipal", money)
        edit.link(store, "serves", keys[name], keys["indicator"])
    execution.put_cells(store, [((keys["first"], 2026), "state", "выполнено"), ((keys["first"], 2026), "done_on",
                                "15.10.2026"), ((keys["first"], 2026), "spent", "110 000")])  # fmt: skip
    line = _line(store, keys)
    assert (line.activities, line.planned_kopecks, line.spent_kopecks) == (2, 15_000_000, 11_000_000)
    for formula, value in (
        ("доля([мероприятий выполнено]; [мероприятий])", "50"),
        ("доля([мероприятий выполнено в срок]; [мероприятий к сроку])", "100"),
        ("[израсходовано]", "110000"),
    ):
        found = indicators.derivation(store.connection, keys["indicator"], 2026, day=DAY, formula=formula)
        assert found.value == value, formula


def test_history_speaks_of_every_plan_year(store: Store, keys: dict[str, int]) -> None:
    _put(store, keys, "29")
    found = indicators.history(store.connection, keys["programme"], keys["indicator"], DAY)
    assert [(one.year, one.target, one.value) for one in found] == [
        (2026, "30", "29"), (2027, "25", None), (2028, None, None),
    ]  # fmt: skip


def test_everything_but_closing_can_be_undone(tmp_path: Path) -> None:
    path = tmp_path / "Отмена.opora"
    store = stores.made(path)
    keys = small(store)
    point = indicators.add_point(store, keys["programme"], 2026, "Вход")
    store.abandon()
    indicator, programme = keys["indicator"], keys["programme"]
    walk(path, {
        "value": lambda store: indicators.put_value(store, indicator, 2026, "31"),
        "at point": lambda store: indicators.put_value(store, indicator, 2026, "x", point, source="Отчёт"),
        "draft": lambda store: indicators.put_draft(store, indicator, 2026, "4"),
        "source": lambda store: indicators.put_source(store, indicator, 2026, "Письмо", point),
        "formula": lambda store: indicators.put_rule(store, indicator, formula="[школ]"),
        "tolerance": lambda store: indicators.put_rule(store, indicator, tolerance="2"),
        "back": lambda store: indicators.put_rule(store, indicator, as_programme=True),
        "more": lambda store: indicators.add_model(store, programme, 2026, "two"),
        "edit": lambda store: indicators.edit_point(store, point, title="Начало"),
        "move": lambda store: indicators.move_point(store, point, 1),
        "remove": lambda store: indicators.remove_point(store, point),
    })  # fmt: skip


def test_the_history_says_who_typed_a_value_and_when(store: Store, keys: dict[str, int]) -> None:
    first = store.actor
    indicators.put_value(store, keys["indicator"], 2026, "29")
    store.actor = "Белова А. А."
    indicators.put_source(store, keys["indicator"], 2026, "Отчёт школ")  # the number itself is not of her hand
    indicators.put_value(store, keys["indicator"], 2027, "7")
    indicators.put_rule(store, keys["indicator"], formula="5")
    values = indicators.history(store.connection, keys["programme"], keys["indicator"], DAY)
    told = {one.year: one.written.rpartition(", ")[0] for one in values}
    assert told == {2026: first, 2027: "Белова А. А.", 2028: ""}
    indicators.put_value(store, keys["indicator"], 2027, "")
    point = indicators.add_point(store, keys["programme"], 2026, "Выход", "output")
    indicators.close(store, keys["programme"], point, DAY)  # what a closed point kept was typed too
    closed, computed, _last = indicators.history(
        store.connection, keys["programme"], keys["indicator"], date(2027, 5, 1)
    )
    assert (closed.closed is not None, closed.written) == (True, values[0].written)
    assert (computed.value, computed.written) == ("5", "")


def test_not_below_without_a_target_is_told_by_the_baseline(store: Store, keys: dict[str, int]) -> None:
    edit.put_indicator(store, keys["indicator"], direction="hold", tolerance="")
    edit.put_target(store, keys["indicator"], 2026, "")
    told = {}
    for raw in ("37,5", "40", "36"):
        _put(store, keys, raw)
        line = _line(store, keys)
        told[line.light, line.gap] = indicator_words.why(line, 2026).replace("\u00a0", " ")
    assert told == {
        ("reached", "0"): "Факт 37,5 %, база 37,5 %: столько же.",
        ("reached", "2.5"): "Факт 40 %, база 37,5 %: лучше базы.",
        ("behind", "-1.5"): "Факт 36 %, база 37,5 %: ниже базы на 1,5 п. п. Допуск не задан.",
    }


def test_a_formula_of_huge_numbers_does_not_break_the_table(store: Store, keys: dict[str, int]) -> None:
    indicators.put_rule(store, keys["indicator"], formula="9" * 60)
    assert _line(store, keys).value == "9" * 60
    for text, words in (("1/0", "делить не на что: внизу ноль"), ("(" * 200 + "1" + ")" * 200, "Скобок внутри скобок"),
                        ("я" * 100_000, "Формула длиннее"), ("[школ в спискe]", "«школ в списке»")):  # fmt: skip
        indicators.put_rule(store, keys["indicator"], formula=text)
        line = _line(store, keys)
        assert (line.light, line.value) == ("no_data", None)
        assert words in line.fault + line.how
