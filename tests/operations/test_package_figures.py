"""The figures of a package counted again by plain SQL: nothing lost, nothing counted twice, counts and no shares."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from app.models.store import Connection, Store
from app.operations import files, package_data
from app.operations.demo import fill
from tests.helpers import monitoring_year

DAY = date(2026, 11, 23)


@pytest.fixture(scope="module", params=["example", "year"])
def connection(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    path = tmp_path_factory.mktemp("figures") / f"{request.param}.opora"
    if request.param == "year":
        store = monitoring_year.filled(path)
    else:
        store = Store.create(path, name="Лесогорский округ", actor="методист")
        fill(store, schools=9, years=(2025, 2026))
    store.close()
    with files.for_reading(path) as opened:
        yield opened


def test_sums_of_results_are_those_of_the_marks(connection: Connection) -> None:
    told = package_data.collect(connection, "2026", None, DAY)
    rows = connection.execute(
        "SELECT s.procedure, s.subject, s.level, s.grade, count(*), sum(m.below_min), sum(m.participants)"
        " FROM mark_count m JOIN assessment s ON s.id = m.assessment_id JOIN organisation o ON o.id = m.organisation_id"
        " WHERE m.result_year = ? AND m.autumn = 0 AND m.below_min IS NOT NULL AND o.duplicate_of IS NULL"
        " GROUP BY 1, 2, 3, 4", (told["result_year"],)
    ).fetchall()  # fmt: skip
    assert rows
    keys = ("procedure", "subject", "level", "grade", "schools", "below", "participants")
    assert sorted(map(str, (tuple(one[key] for key in keys) for one in told["results"]))) == sorted(map(str, rows))
    labels = [one["label"] for one in told["results"]]
    assert len(set(labels)) == len(labels)


def test_schools_of_a_list_and_their_fractions_are_those_of_the_marks(connection: Connection) -> None:
    told = package_data.collect(connection, "2026", None, DAY)
    codes = [one["code"] for one in told["schools"]]
    assert len(set(codes)) == len(codes)
    year = told["result_year"]
    # base and profile of one subject count together
    kept = connection.execute(
        "SELECT below_min, participants FROM mark_count WHERE organisation_id IS NOT NULL AND result_year <= ?"
        " UNION SELECT sum(m.below_min), sum(m.participants) FROM mark_count m"
        " JOIN assessment s ON s.id = m.assessment_id WHERE s.level IS NOT NULL AND m.result_year <= ?"
        " GROUP BY m.organisation_id, m.result_year, s.procedure, s.subject", (year, year)
    ).fetchall()  # fmt: skip
    known = {tuple(row) for row in kept}
    assert told["lists"]
    for one in told["lists"]:
        schools, counts = one["schools"], one["counts"]
        assert counts["schools"] == len(schools)
        assert counts["listed"] == sum(school["listed"] for school in schools)
        assert counts["corrected"] == sum(school["corrected"] for school in schools)
        assert {school["code"] for school in schools} <= set(codes)
        fractions = [fraction for school in schools for fraction in school["fractions"]]
        assert fractions
        for fraction in fractions:
            if fraction["below"] is not None and fraction["participants"]:
                assert (fraction["below"], fraction["participants"]) in known
                assert 0 <= fraction["below"] <= fraction["participants"]


def test_indicators_are_those_of_the_programme_with_the_targets_of_the_year(connection: Connection) -> None:
    told = package_data.collect(connection, "2026", None, DAY)
    rows = connection.execute(
        "SELECT n.text, t.value FROM programme_node n"
        " LEFT JOIN programme_target t ON t.node_id = n.id AND t.plan_year = ?"
        " JOIN programme p ON p.id = n.programme_id WHERE n.kind = 'indicator' AND trim(n.text) <> ''"
        " AND p.organisation_id IS NULL", (told["plan_year"],)
    ).fetchall()  # fmt: skip
    assert rows
    assert sorted((one["text"], one["target"] or "") for one in told["indicators"]) == sorted(
        (text, value or "") for text, value in rows
    )


def test_a_metric_never_has_more_than_its_whole(connection: Connection) -> None:
    told = package_data.collect(connection, "2026", None, DAY)
    codes = {one["code"] for one in told["schools"]}
    for one in told["metrics"]:
        assert one["school"] in codes
        assert one["whole"] is None or one["part"] >= 0
