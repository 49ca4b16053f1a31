"""A list that an earlier release approved: the update leaves its snapshot alone, and its paper comes out the same."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.models import health, lists
from app.models.schema import APPLICATION_ID
from app.models.store import Store
from app.operations import identification, papers, results
from app.operations.results import Options
from tests.helpers import stores
from tests.operations.conftest import MATHS5, RUSSIAN5, mark, reading, school

SCHEMAS = Path(__file__).resolve().parents[1] / "models" / "schemas"
LIST = ("rosobrnadzor-2022", 2026)
SNAPSHOT = "SELECT id, kind, json, sha256, created_at FROM snapshot WHERE id = ?"


@pytest.fixture
def approved(tmp_path: Path) -> dict[str, Any]:
    """What an approval leaves in a file, as the first release wrote it, and the words of its paper."""
    store = Store.create(tmp_path / "new.opora", name=stores.NAME, actor=stores.ACTOR)
    one, two = school("СОШ № 1", "edu000001"), school("СОШ № 2", "edu000002")
    marks = (mark(one, MATHS5, 2026, 9, 20), mark(one, RUSSIAN5, 2026, 8, 20), mark(two, MATHS5, 2026, 0, 20))
    results.load(store, reading(*marks), Options(create_schools=True))
    made = identification.approve(store, *LIST, order_number="412-од", order_date="28.10.2026", protocol="№ 3")
    frozen = lists.snapshot(store.connection, made.snapshot_id)
    assert [item["listed"] for item in frozen["schools"]] == [True, False]
    first = frozen | {"format": 1}
    del first["agreement"]
    text = lists.canonical_json(first)
    rows = store.connection.execute("SELECT * FROM list_approval WHERE id = ?", (made.id,))
    names = [column[0] for column in rows.description]
    approval = dict(zip(names, rows.fetchone(), strict=True))
    said = list(papers.school_list(store.connection, *LIST).document.texts())
    store.abandon()
    digest = hashlib.sha256(text.encode()).hexdigest()
    kept = (made.snapshot_id, "school_list", text, digest, "2026-10-28T07:00:00+00:00")
    return {"approval": approval, "snapshot": kept, "said": said, "before": made.sha256}


def _insert(connection: sqlite3.Connection, table: str, row: dict[str, Any]) -> None:
    known = {column[1] for column in connection.execute(f'PRAGMA table_info("{table}")')}
    fitting = {name: value for name, value in row.items() if name in known}
    marks = ", ".join("?" * len(fitting))
    connection.execute(f'INSERT INTO "{table}"({", ".join(fitting)}) VALUES ({marks})', tuple(fitting.values()))


def _old_file(path: Path, release: str, approved: dict[str, Any]) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((SCHEMAS / f"{release}.sql").read_text("utf-8"))
        connection.execute("UPDATE journal_state SET recording = 0")
        connection.execute(
            "INSERT INTO snapshot(id, kind, json, sha256, created_at) VALUES (?, ?, ?, ?, ?)", approved["snapshot"]
        )
        _insert(connection, "list_approval", approved["approval"])
        connection.execute("DELETE FROM setting WHERE key <> 'municipality'")
        connection.execute("UPDATE journal_state SET recording = 1")
        connection.commit()
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {int(release)}")
    return path


@pytest.mark.parametrize("release", ["001", "002", "003"])
def test_an_approved_list_survives_the_update(tmp_path: Path, approved: dict[str, Any], release: str) -> None:
    path = _old_file(tmp_path / "old.opora", release, approved)
    key = approved["snapshot"][0]
    with stores.opened(path) as store:
        connection = store.connection
        assert connection.execute(SNAPSHOT, (key,)).fetchone() == approved["snapshot"]
        assert hashlib.sha256(approved["snapshot"][2].encode()).hexdigest() == approved["snapshot"][3]
        assert "agreement" not in json.loads(approved["snapshot"][2])
        for statement in (
            "UPDATE snapshot SET json = '{}'",
            "UPDATE snapshot SET sha256 = sha256",
            "DELETE FROM snapshot",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="frozen"):
                connection.execute(statement)
        # the snapshots of the dump itself were never a list and have no sum
        others = connection.execute("SELECT count(*) FROM snapshot WHERE id <> ?", (key,)).fetchone()[0]
        assert [item.code for item in health.check(connection)].count("STORE_SNAPSHOT_CHANGED") == others
        found = identification.school_list(connection, *LIST)
        assert found.approval is not None
        assert (found.approval.order_number, found.approval.sha256) == ("412-од", approved["snapshot"][3])
        paper = papers.school_list(connection, *LIST)
        assert paper.snapshot_id == key
        new_sum, old_sum = (f"{digest[:4]}…{digest[-4:]}" for digest in (approved["before"], approved["snapshot"][3]))
        assert any(old_sum in text for _place, text in paper.document.texts())
        wanted = [(place, text.replace(new_sum, old_sum)) for place, text in approved["said"]]
        assert list(paper.document.texts()) == wanted
        page = papers.preview_page(papers.render(paper, ".pdf").data, 0, 600)
    with stores.opened(path) as store:
        assert store.connection.execute(SNAPSHOT, (key,)).fetchone() == approved["snapshot"]
        again = papers.render(papers.school_list(store.connection, *LIST), ".pdf").data
        assert papers.preview_page(again, 0, 600) == page
