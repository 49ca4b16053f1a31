"""Charts of the programme and of checklists, saved views, the paper and the commands; worked out by hand."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from app.cli import run
from app.errors import UserError
from app.models.records import Assessment
from app.models.store import Store
from app.operations import chart_papers, chart_views, execution, indicators, metrics, papers, programme_charts, schools
from app.operations.chart_views import KINDS, ChartChoice
from app.reports.charts import BarChart, BulletChart, LineChart, StackedChart
from tests.helpers.monitoring_year import filled
from tests.operations.test_dynamics import MATHS, OGE, key_of, put

DAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A municipality of 40 schools, read only in these tests."""
    return filled(tmp_path_factory.mktemp("год") / "год.opora")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store.create(tmp_path / "р.opora", name="Район", actor="К")
    for number in (1, 2, 3):
        schools.add(made, {"name": f"СОШ № {number}"})
    put(
        made, (1, MATHS, 2025, 1, 20), (2, MATHS, 2025, 6, 20), (3, MATHS, 2025, 2, 20),
        (1, MATHS, 2026, 2, 20), (2, MATHS, 2026, 4, 20), (2, OGE, 2026, 9, 20),
    )  # fmt: skip
    return made


def programme(store: Store) -> int:
    found = programme_charts.in_force(store.connection, 2026)
    assert found is not None
    return found


# --- the programme -----------------------------------------------------------------------------------------------


def test_plan_and_fact_are_summed_from_the_table_of_execution(year: Store) -> None:
    table = execution.table(year.connection, programme(year), 2026, DAY)
    chart = programme_charts.chart(year.connection, "plan_fact", DAY, plan_year=2026)
    assert isinstance(chart, LineChart)
    planned, done = chart.series
    watched = [line for line in table.lines if line.shown != "cancelled"]
    assert planned.points[-1].value == len([line for line in watched if (line.due_on or "2026") <= "2026-12-31"])
    june = [line for line in watched if line.due_on is not None and line.due_on <= "2026-06-30"]
    assert planned.points[5].value == len(june)
    assert done.points[10].value == len([line for line in watched if line.state == "done"
                                         and (line.done_on or "2026-11-23") <= "2026-11-30"])  # fmt: skip
    assert done.points[11].value is None, "December is still to come"
    assert done.points[11].told == "впереди"
    values = [point.value for point in planned.points]
    assert values == sorted(values, key=lambda value: value or 0)


def test_a_past_year_is_whole(year: Store) -> None:
    chart = programme_charts.chart(year.connection, "plan_fact", date(2027, 2, 1), plan_year=2026)
    assert isinstance(chart, LineChart)
    assert chart.series[1].points[11].value is not None


def test_execution_by_task_counts_every_activity_once(year: Store) -> None:
    table = execution.table(year.connection, programme(year), 2026, DAY)
    chart = programme_charts.chart(year.connection, "execution", DAY, plan_year=2026)
    assert isinstance(chart, StackedChart)
    assert sum(point.value or 0 for series in chart.series for point in series.points) == table.totals.total
    by_name = {series.name: sum(point.value or 0 for point in series.points) for series in chart.series}
    assert by_name["выполнено"] == table.totals.count("done")
    assert by_name["просрочено"] == table.totals.count("late")
    assert [point.label for point in chart.series[0].points] == list(table.groups)


def test_bullets_have_the_figures_and_lights_of_the_indicators(year: Store) -> None:
    table = indicators.table(year.connection, programme(year), 2026, DAY)
    chart = programme_charts.chart(year.connection, "bullets", DAY, plan_year=2026)
    assert isinstance(chart, BulletChart)
    assert len(chart.rows) == programme_charts.MOST_ROWS
    assert "из\u00a060\u00a0показателей" in chart.note
    lines = {f"{line.number} {line.text}": line for line in table.lines}
    for row in chart.rows:
        line = lines[row.label]
        assert row.value == (None if line.value is None else float(line.value))
        assert row.word == line.word
    behind = [line for line in table.lines if line.light == "behind"]
    assert sum(row.tone == "bad" for row in chart.rows) == min(len(behind), programme_charts.MOST_ROWS)


def test_money_is_said_where_somebody_said_it(year: Store) -> None:
    table = execution.table(year.connection, programme(year), 2026, DAY)
    chart = programme_charts.chart(year.connection, "money", DAY, plan_year=2026)
    assert isinstance(chart, BarChart)
    planned = sum(line.planned_kopecks or 0 for line in table.lines)
    assert sum(point.value or 0 for point in chart.series[0].points) == pytest.approx(planned / 100_000)


@pytest.mark.parametrize("kind", ["plan_fact", "execution", "money", "bullets", "levels"])
def test_without_a_programme_a_chart_is_empty(store: Store, kind: str) -> None:
    from app.exporters.charts.drawing import is_empty
    from app.reports.chart_table import lines

    spec = chart_views.chart(store.connection, ChartChoice(kind), DAY)  # type: ignore[arg-type]
    assert is_empty(spec) or all(line.told in {"нет данных", "впереди"} for line in lines(spec))


# --- schools by their share --------------------------------------------------------------------------------------


def zones(store: Store, **chosen: object) -> dict[str, list[float | None]]:
    spec = chart_views.chart(store.connection, ChartChoice("zones", **chosen), DAY)  # type: ignore[arg-type]
    assert isinstance(spec, StackedChart)
    return {series.name.replace("\u00a0", " "): [point.value for point in series.points] for series in spec.series}


def test_schools_stand_in_zones_by_whole_counts(store: Store) -> None:
    # 2025: 5 %, 30 % and exactly 10 %; 2026: 10 % and (4 + 9) of 40 = 32,5 %, the third has no data
    found = zones(store)
    assert found == {"меньше 10 %": [1, 0], "10–20 %": [1, 1], "20–30 %": [0, 0], "30 % и больше": [1, 1]}
    assert zones(store, work=MATHS)["20–30 %"] == [0, 1]
    assert zones(store, since=2026)["10–20 %"] == [1]
    assert zones(store, schools=(key_of(store, 2),))["30 % и больше"] == [1, 1]
    assert zones(store, year=2025)["10–20 %"] == [1]


def test_a_group_is_one_line_and_picked_schools_are_several(store: Store) -> None:
    keys = (key_of(store, 1), key_of(store, 2))
    schools.set_group(store, "Север", list(keys))
    group = chart_views.chart(store.connection, ChartChoice(group="Север", work=MATHS), DAY)
    assert isinstance(group, LineChart)
    assert [series.name for series in group.series] == ["Север", "муниципалитет"]
    assert group.series[0].points[0].told.startswith("7\u00a0из\u00a040")
    picked = chart_views.chart(store.connection, ChartChoice(schools=keys, work=MATHS), DAY)
    assert isinstance(picked, LineChart)
    assert [series.name for series in picked.series][:2] == ["СОШ № 1", "СОШ № 2"]
    heat = chart_views.chart(store.connection, ChartChoice("heat", schools=keys, year=2025), DAY)
    assert set(heat.rows) == {"СОШ № 1", "СОШ № 2"}  # type: ignore[union-attr]


def test_a_group_that_is_gone_leaves_its_schools(store: Store) -> None:
    chosen = ChartChoice(schools=(key_of(store, 1),), group="Была", work=MATHS)
    spec = chart_views.chart(store.connection, chosen, DAY)
    assert isinstance(spec, LineChart)
    assert spec.series[0].points[0].told.startswith("1\u00a0из\u00a020")


# --- saved views -------------------------------------------------------------------------------------------------


def test_a_view_comes_back_as_it_was_and_is_undone(store: Store) -> None:
    chosen = ChartChoice("marks", (key_of(store, 1),), "", MATHS, 2025, 2026, None, 7, 2027)
    chart_views.save(store, " Первая  школа ", chosen)
    view = chart_views.find(store.connection, "первая школа")
    assert chart_views.opened(store.connection, view) == chosen
    chart_views.save(store, "Первая школа", ChartChoice("bullets", plan_year=2028))
    [view] = chart_views.page_choices(store.connection).views
    assert chart_views.opened(store.connection, view) == ChartChoice("bullets", plan_year=2028)
    store.undo()
    assert chart_views.opened(store.connection, chart_views.find(store.connection, "Первая школа")) == chosen
    chart_views.remove(store, "Первая школа")
    assert chart_views.page_choices(store.connection).views == ()
    store.undo()
    assert chart_views.find(store.connection, "Первая школа").title == "Первая школа"


def test_a_merged_school_of_a_view_is_the_one_that_stays(store: Store) -> None:
    first, second = key_of(store, 1), key_of(store, 2)
    chart_views.save(store, "Обе", ChartChoice(schools=(first, second)))
    schools.merge(store, second, first)
    view = chart_views.find(store.connection, "Обе")
    assert chart_views.opened(store.connection, view).schools == (first,)


@pytest.mark.parametrize(
    "spec", ["", "[]", '{"kind": "чертёж"}', '{"kind": "marks", "year": "2025"}', '{"kind": "marks", "schools": ["a"]}',
             '{"kind": "marks", "work": ["ВПР"]}', '{"kind": "marks", "schools": 5}'],
)  # fmt: skip
def test_a_broken_view_says_so(store: Store, spec: str) -> None:
    with store.operation("Проба", "test") as operation:
        operation.insert("saved_view", place="charts", title="Вид", spec=spec)
    with pytest.raises(UserError) as caught:
        chart_views.opened(store.connection, chart_views.find(store.connection, "Вид"))
    assert caught.value.code == "MON_VIEW_BROKEN"


def test_a_view_needs_a_name_and_has_to_be_there(store: Store) -> None:
    with pytest.raises(UserError) as caught:
        chart_views.save(store, "  ", ChartChoice())
    assert caught.value.code == "MON_VIEW_TITLE"
    with pytest.raises(UserError) as caught:
        chart_views.remove(store, "Нет такого")
    assert caught.value.code == "MON_NO_VIEW"


# --- papers and commands -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_chart_goes_on_paper_with_its_numbers(year: Store, kind: str) -> None:
    first = schools.listing(year.connection)[0].id
    chosen = ChartChoice(kind, (first,) if kind in {"risks", "radar"} else (), plan_year=2026)  # type: ignore[arg-type]
    paper = chart_papers.paper(year.connection, chosen, DAY)
    assert paper.document.charts()[0] == chart_views.chart(year.connection, chosen, DAY)
    assert papers.render(paper, ".pdf").data.startswith(b"%PDF")


def test_the_commands(store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    schools.set_group(store, "Север", [key_of(store, 1), key_of(store, 2)])
    chart_views.save(store, "Зоны по математике", ChartChoice("zones", work=MATHS))
    path = str(store.path)
    store.close()
    assert run(["charts", "--db", path, "--json", "--view", "зоны по математике"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["title"].startswith("Школы по доле «2»: ВПР математика")
    assert [row["Всего"] for row in answer["rows"]] == [3, 2]
    assert run(["charts", "--db", path, "--kind", "zones", "--group", "Север", "--since", "2026", "--json"]) == 0
    assert [row["Год"] for row in json.loads(capsys.readouterr().out)["rows"]] == ["2026"]
    both = ["--school", "СОШ № 1", "--school", "СОШ № 2", "--work", "впр математика, 5 кл.", "--json"]
    assert run(["charts", "--db", path, *both]) == 0
    assert "СОШ № 2, %" in json.loads(capsys.readouterr().out)["rows"][0]
    assert run(["charts", "--db", path, "--group", "Юг"]) == 1
    assert "Север" in capsys.readouterr().err
    assert run(["charts", "--db", path, "--view", "нет"]) == 1
    assert "Зоны по математике" in capsys.readouterr().err
    assert run(["chart-views", "--db", path, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"views": [{"title": "Зоны по математике", "kind": "zones"}]}
    assert run(["chart-views", "--db", path]) == 0
    assert "Школы по доле «2»" in capsys.readouterr().out
    assert run(["charts", "--db", path, "--kind", "bullets", "--plan-year", "2026"]) == 0
    assert "данных для графика нет" in capsys.readouterr().out


def test_a_work_of_a_view_keeps_its_grade() -> None:
    from app.models.saved_views import SavedView

    chosen = ChartChoice(work=Assessment("ЕГЭ", "Математика", "base", None))
    assert chart_views.from_text(SavedView(1, "Вид", chart_views.as_text(chosen))) == chosen


# --- many tasks, levels of the self-diagnosis ----------------------------------------------------------------------


def many(number: int) -> execution.ExecutionTable:
    """Return a table of so many tasks: task N has N late activities that cost N thousand planned roubles each."""
    line = SimpleNamespace
    lines = tuple(
        line(group=f"Задача {task}. Дело", shown="late", planned_kopecks=task * 100_000, spent_kopecks=None)
        for task in range(1, number + 1) for _each in range(task)
    )  # fmt: skip
    return cast("execution.ExecutionTable", SimpleNamespace(lines=lines))


def test_tasks_beyond_the_last_row_are_summed_up_and_named() -> None:
    chart = programme_charts._execution(many(17), 2026)
    late = next(series for series in chart.series if series.name == "просрочено")
    assert [point.label for point in late.points][-2:] == ["Задача 13. Дело", "остальные"]
    assert late.points[-1].value == 14 + 15 + 16 + 17
    assert chart.note == "Остальные сложены, их 4: задача 14, задача 15, задача 16, задача 17."
    paid = programme_charts._money(many(17), 2026)
    assert paid.series[0].points[-1].value == 14**2 + 15**2 + 16**2 + 17**2
    assert paid.series[1].points[-1].value is None, "nobody said what was spent"
    assert "их 4" in paid.note
    whole = programme_charts._execution(many(14), 2026)
    assert whole.note == ""
    assert len(whole.series[0].points) == 14


def test_levels_of_the_self_diagnosis_stand_beside_those_of_checklists(store: Store) -> None:
    assert programme_charts.forms(store.connection) == ()
    metrics.put(store, 2025, [(key_of(store, 1), "smp_level", "Базовый")])
    metrics.put(store, 2026, [(key_of(store, 1), "smp_level", "средний"), (key_of(store, 2), "smp_level", "средний")])
    assert programme_charts.forms(store.connection) == (("self_check", "«Школа Минпросвещения»"),)
    chart = programme_charts.levels(store.connection)
    told = {series.name: [point.value for point in series.points] for series in chart.series}
    assert told == {
        "высокий": [0, 0], "средний": [0, 2], "базовый": [1, 0], "ниже базового": [0, 0], "без уровня": [2, 1],
    }  # fmt: skip
    assert [point.label for point in chart.series[0].points] == ["2025/26", "2026/27"]
