"""Files of every older release, a row in every table: updated, then every paper of the catalogue is made of them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.errors import UserError
from app.models import backup, health, migrations, papers
from app.models.store import Store
from app.operations import outgoing, packages, paper_catalogue, signing
from app.operations.packages import Ask
from tests.forms_break.killing import ACTOR, killed_at
from tests.forms_break.test_old_stores import released, rows
from tests.helpers import stores
from tests.papers_break import acts
from tests.papers_break.acts import DAY

RELEASES = ("001", "002", "003", "004", "005", "006")
KNOWN = {"STORE_SNAPSHOT_CHANGED", "STORE_SUM", "STORE_DRAFT", "STORE_MERGED_DIFFERS"}
"""What the rows of a dump, made by chance, show on purpose."""


@pytest.mark.parametrize("release", RELEASES)
def test_every_paper_is_made_of_an_updated_file(tmp_path: Path, release: str) -> None:
    path = released(tmp_path / "a.opora", release)
    with closing(sqlite3.connect(path)) as old:
        held = rows(old)
    with stores.opened(path, actor=ACTOR) as store:
        connection = store.connection
        now = rows(connection)
        assert not {one: n for one, n in held.items() if one in now and now[one] < n and one != "journal"}
        assert [copy.reason for copy in backup.listing(path)] == ["before-update"]
        before = stores.dump(connection)
        made, refused = 0, set()
        for item in paper_catalogue.kinds():
            found = paper_catalogue.prepared(connection, item, None, DAY)
            if found.paper is None:
                assert isinstance(found.error, UserError)
                refused.add(item.key)
                continue
            number = outgoing_number(store, item.key, found.settled.values)
            line = papers.get(connection, number)
            assert line is not None
            assert line.kind
            made += 1
        assert made > len(paper_catalogue.kinds()) // 3, refused
        assert stores.dump(connection) != before
        for paper in papers.listing(connection):
            outgoing.as_dict(paper, DAY)
        with store.operation("Имя", "test") as operation:
            operation.connection.execute("UPDATE setting SET value = 'Округ' WHERE key = 'municipality'")
        numbers = tuple(one.number for one in packages.candidates(connection))
        prepared = packages.prepare(connection, Ask("Пакет", "2026 год", "", numbers, DAY))
        assert prepared.size > 0
        # the bytes of dumps are made by chance, those of papers made now are not
        assert not [one for one in papers.damaged(connection) if one[1].startswith("новый")]
        assert {found.code for found in health.check(connection)} <= KNOWN | {"STORE_PAPER_CHANGED", "STORE_BLOB"}
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def outgoing_number(store: Store, kind: str, values: dict[str, str]) -> int:
    from app.operations import papers as made_papers

    paper = paper_catalogue.make(store.connection, kind, values, DAY)
    made = made_papers.render(paper, ".docx")
    number = made_papers.register(store, paper, made, f"новый {kind}.docx")
    assert signing.known_paper(store.connection, made.data) is not None
    return number


@pytest.mark.parametrize("release", ["001", "006"])
@pytest.mark.parametrize("place", ["app.models.journal:regenerate_triggers", "app.models.backup:verify"])
def test_killed_while_updating_nothing_is_lost(tmp_path: Path, release: str, place: str) -> None:
    path = released(tmp_path / "a.opora", release)
    with closing(sqlite3.connect(path)) as old:
        held = rows(old)
    killed_at(place, 1, acts.open_only, path)
    with stores.opened(path) as store:
        now = rows(store.connection)
        assert not {one for one, n in held.items() if one in now and now[one] < n and one != "journal"}
        assert store.connection.execute("PRAGMA user_version").fetchone() == (len(migrations.NAMES),)
        kept = store.connection.execute("SELECT count(*) FROM paper_file").fetchone()
        assert kept == (held["paper_file"],)
