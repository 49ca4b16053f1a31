"""Files of every older release, a row in every table: updated, then every paper of the catalogue is made of them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.errors import UserError
from app.models import backup, health, migrations, papers
from app.models.store import Store
from app.operations import outgoing, package_check, packages, paper_catalogue, signing
from app.operations.demo import fill
from app.operations.packages import Ask
from app.operations.papers import Made
from tests.forms_break.killing import ACTOR, killed_at
from tests.forms_break.test_old_stores import released, rows
from tests.helpers import stores
from tests.papers_break import acts
from tests.papers_break.acts import DAY

RELEASES = ("001", "002", "003", "004", "005", "006")


def emptied(path: Path, release: str) -> Path:
    """Build the file of a release without the rows of its dump: they are made by chance and no program writes such."""
    released(path, release)
    with closing(sqlite3.connect(path, isolation_level=None)) as old:
        old.execute("PRAGMA foreign_keys = OFF")
        triggers = {row[0]: row[1] for row in old.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")}
        for name in triggers:
            old.execute(f'DROP TRIGGER "{name}"')
        for (name,) in old.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            if name not in {"setting", "rule", "file_meta", "journal_state"} and not name.startswith(("sqlite_", "_")):
                old.execute(f'DELETE FROM "{name}"')
        old.execute("DELETE FROM setting WHERE key LIKE 'текст%'")
        for sql in triggers.values():
            old.execute(sql)
    return path


@pytest.mark.parametrize("release", RELEASES)
def test_every_paper_is_made_of_an_updated_file(tmp_path: Path, release: str) -> None:
    path = emptied(tmp_path / "a.opora", release)
    with stores.opened(path, actor=ACTOR) as store:
        connection = store.connection
        assert [copy.reason for copy in backup.listing(path)] == ["before-update"]
        fill(store, schools=3, years=(2026,))
        there = len(papers.listing(connection))
        known = {found.code for found in health.check(connection)}
        refused = {}
        for item in paper_catalogue.kinds():
            found = paper_catalogue.prepared(connection, item, None, DAY)
            if found.paper is None:
                assert isinstance(found.error, UserError)
                refused[item.key] = found.error.code
                continue
            line = papers.get(
                connection, outgoing_number(store, item.key, found.settled.values, drawn=release == RELEASES[0])
            )
            assert line is not None
            assert line.recipe
        assert len(refused) < len(paper_catalogue.kinds()) // 3, refused
        lines = papers.listing(connection)
        assert len(lines) == len({one.number for one in lines}) == there + len(paper_catalogue.kinds()) - len(refused)
        assert all(outgoing.as_dict(paper, DAY) for paper in lines)
        numbers = tuple(one.number for one in packages.candidates(connection))
        prepared = packages.prepare(connection, Ask("Пакет", "2026 год", "", numbers[:3], DAY))
        _number, written = packages.make(store, prepared, tmp_path / "пакет.zip")
        assert package_check.check(written).verdict != "refused"
        assert papers.damaged(connection) == []
        assert {found.code for found in health.check(connection)} <= known
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def outgoing_number(store: Store, kind: str, values: dict[str, str], *, drawn: bool) -> int:
    from app.operations import papers as made_papers

    paper = paper_catalogue.make(store.connection, kind, values, DAY)
    made = made_papers.render(paper, ".docx") if drawn else Made(".docx", kind.encode())
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
