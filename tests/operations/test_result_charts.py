"""Charts of what a file holds, worked out by hand; and the command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.cli import run
from app.errors import UserError
from app.models.records import Assessment
from app.models.store import Store
from app.operations import result_charts, schools
from app.operations.result_charts import KINDS
from app.reports.charts import BarChart, HeatChart, LineChart, StackedChart

MATHS = Assessment("ВПР", "Математика", None, 5)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    from app.models import results

    made = Store.create(tmp_path / "р.opora", name="Район", actor="К")
    keys = [schools.add(made, {"name": f"СОШ № {number}"}) for number in (1, 2, 3)]
    with made.operation("Проба", "test") as operation:
        work = results.ensure_assessments(operation, [MATHS, Assessment("ОГЭ", "Математика", None, 9)])
        rows = [
            (keys[0], MATHS, 2024, 20, (6, 6, 6, 2)), (keys[0], MATHS, 2026, 8, (4, 2, 1, 1)),
            (keys[1], MATHS, 2026, 12, (3, 3, 3, 3)), (keys[1], Assessment("ОГЭ", "Математика", None, 9), 2026, 10,
                                                       (0, 5, 5, 0)),
        ]  # fmt: skip
        for key, about, year, people, counts in rows:
            operation.insert(
                "mark_count", organisation_id=key, assessment_id=work[about], result_year=year, participants=people,
                m2=counts[0], m3=counts[1], m4=counts[2], m5=counts[3], below_min=counts[0],
            )  # fmt: skip
        operation.insert(
            "journal_count", organisation_id=keys[0], assessment_id=work[MATHS], result_year=2026, total=8, lowered=5,
            confirmed=2, raised=1,
        )  # fmt: skip
    return made


def key_of(store: Store, name: str) -> int:
    return schools.find(store.connection, name).id


def test_a_school_stands_beside_all_schools_and_a_year_without_it_is_a_gap(store: Store) -> None:
    chart = result_charts.chart(store.connection, "dynamics", school_id=key_of(store, "СОШ № 1"), work=MATHS)
    assert isinstance(chart, LineChart)
    assert [series.name for series in chart.series] == ["СОШ № 1", "муниципалитет"]
    assert [point.label for point in chart.series[0].points] == ["2024", "2025", "2026"]
    assert [point.value for point in chart.series[0].points] == [30.0, None, 50.0]
    # 4 of 8 and 3 of 12 are 7 of 20
    assert [point.told for point in chart.series[1].points][2] == "7\u00a0из\u00a020, 35,0\u00a0%"
    assert chart.series[0].points[2].small
    # Wilson 95 % of 4 of 8, by hand: centre (0.5 + 1.9207/8)/(1 + 3.8415/8) = 0.5, half 0.2848
    assert (chart.series[0].points[2].low, chart.series[0].points[2].high) == pytest.approx((21.5, 78.5), abs=0.05)


def test_the_worst_schools_come_first_and_open(store: Store) -> None:
    chart = result_charts.chart(store.connection, "heat", year=2026)
    assert isinstance(chart, HeatChart)
    assert chart.rows == ("СОШ № 1", "СОШ № 2")
    assert chart.columns == ("ВПР математика, 5\u00a0кл.", "ОГЭ математика")
    assert [[cell.value for cell in row] for row in chart.cells] == [[50.0, None], [25.0, 0.0]]
    assert chart.links == (key_of(store, "СОШ № 1"), key_of(store, "СОШ № 2"))


def test_marks_of_a_year_and_over_years(store: Store) -> None:
    chart = result_charts.chart(store.connection, "marks", year=2026)
    assert isinstance(chart, StackedChart)
    assert [series.points[0].value for series in chart.series] == [7, 5, 4, 4]
    one = result_charts.chart(store.connection, "marks", school_id=key_of(store, "СОШ № 1"), work=MATHS)
    assert [point.label for point in one.series[0].points] == ["2024", "2026", "муниципалитет, 2026"]  # type: ignore[union-attr]


def test_comparison_with_the_journal(store: Store) -> None:
    chart = result_charts.chart(store.connection, "journal", year=2026)
    assert isinstance(chart, StackedChart)
    assert [series.points[0].value for series in chart.series] == [5, 2, 1]


def test_counts_of_merged_records_count_once(store: Store) -> None:
    from app.operations import schools as operations

    first, second = key_of(store, "СОШ № 1"), key_of(store, "СОШ № 2")
    operations.merge(store, second, first)
    chart = result_charts.chart(store.connection, "dynamics", school_id=first, work=MATHS)
    assert isinstance(chart, LineChart)
    assert chart.series[0].points[2].told.startswith("4\u00a0из\u00a08,"), "its own count speaks"
    assert chart.series[1].points[2].told.startswith("4\u00a0из\u00a08,")


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_chart_of_an_empty_file_is_empty(tmp_path: Path, kind: str) -> None:
    made = Store.create(tmp_path / "п.opora", name="Район", actor="К")
    chart = result_charts.chart(made.connection, kind)  # type: ignore[arg-type]
    from app.exporters.charts.drawing import is_empty

    assert is_empty(chart)
    assert result_charts.choices(made.connection).years == ()
    made.abandon()


def test_risks_are_those_of_the_newest_profile(tmp_path: Path) -> None:
    from app.models import externals

    made = Store.create(tmp_path / "р.opora", name="Район", actor="К")
    key = schools.add(made, {"name": "СОШ № 1"})
    from app.operations import externals as operations

    factor = operations.factors(made.connection)[0]
    with made.operation("Проба", "test") as operation:
        for year, value in ((2024, "низкая"), (2025, "высокая")):
            listed = operation.insert(
                "external_list", kind="risk_profile", year=year, title="Профиль", added_at="2025-10-14", actor="К"
            )
            operation.insert(
                "external_entry", list_id=listed, organisation_id=key, item=factor.code, value=value, raw=value
            )
    assert externals.entries(made.connection, organisation_id=key)
    bars = result_charts.chart(made.connection, "risks", school_id=key)
    assert isinstance(bars, BarChart)
    assert bars.note == "Получен за 2025 год."
    assert [(p.label, p.value) for p in bars.series[0].points if p.value is not None] == [(factor.name, 3)]
    star = result_charts.chart(made.connection, "radar", school_id=key)
    assert [series.name for series in star.series] == ["2024", "2025"]  # type: ignore[union-attr]
    made.abandon()


def test_the_command_writes_a_file_and_says_the_rows(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = store.path
    store.close()
    out = tmp_path / "г.svg"
    ask = ["charts", "--db", str(path), "--school", "СОШ № 1", "--work", "впр математика, 5 кл.", "--json"]
    assert run([*ask, "--out", str(out)]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert out.read_bytes().startswith(b"<?xml")
    assert answer["rows"][0]["Год"] == "2024"
    assert answer["rows"][1]["СОШ № 1, %"] is None
    assert run(["charts", "--db", str(path), "--kind", "heat"]) == 0
    assert "СОШ № 2" in capsys.readouterr().out
    assert run([*ask[:-1], "--out", str(tmp_path / "г.gif")]) == 1
    assert "PAPER_FORMAT" not in capsys.readouterr().err
    assert run(["charts", "--db", str(path), "--work", "химия"]) == 1
    assert "ВПР математика" in capsys.readouterr().err
    assert not (tmp_path / "г.gif").exists()


def test_an_unknown_school_is_said(store: Store) -> None:
    with pytest.raises(UserError):
        result_charts.chart(store.connection, "dynamics", school_id=404)
