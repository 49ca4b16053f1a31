"""The year that benches measure has the size they say."""

from __future__ import annotations

from pathlib import Path

from app.operations import programmes
from tests.helpers import monitoring_year as year


def test_the_year_has_its_size(tmp_path: Path) -> None:
    store = year.filled(tmp_path / "год.opora")
    key = programmes.current(store.connection)
    assert key is not None
    tree = programmes.tree(store.connection, key)
    assert [len(tree.of_kind(kind)) for kind in ("task", "activity", "indicator")] == [10, 120, 60]
    # each fourth of 120 has three terms, the others one
    assert sum(map(len, tree.terms.values())) == 30 * 3 + 90
    schools, years = store.connection.execute(
        "SELECT count(DISTINCT organisation_id), count(DISTINCT result_year) FROM mark_count"
    ).fetchone()
    assert (schools, years) == (40, 3)
    # 2026 is a year of the 30 and of each third of the other 90; every fifth of all is not marked
    marked = [n for n in range(120) if 2026 in year.term_years(n) and n % 5 != 4]
    assert store.connection.execute("SELECT count(*) FROM execution").fetchone() == (len(marked),)
    store.close()
