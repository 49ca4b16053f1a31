"""Files of the first releases, with rows everywhere: updated behind a backup, then a round is held in them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.forms.loader import load
from app.models import backup, health, journal, migrations
from app.models import metrics as stored_metrics
from app.models.forms import SubjectRef
from app.models.schema import APPLICATION_ID
from app.models.store import Store
from app.operations import form_answers, form_blanks, form_board, form_rounds, form_summary, forms, history, schools
from tests.forms_break import acts
from tests.forms_break.killing import ACTOR, killed_at
from tests.helpers import filled, stores
from tests.helpers.form_texts import CONTEXT

SCHEMAS = Path(__file__).resolve().parents[1] / "models" / "schemas"
RELEASES = ("001", "002", "003")
KNOWN = {"STORE_SNAPSHOT_CHANGED", "STORE_SUM", "STORE_DRAFT", "STORE_MERGED_DIFFERS"}
"""What the rows of a dump, made by chance, show on purpose."""


def released(path: Path, release: str) -> Path:
    """Build the file that a release left behind, with a row in every table."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((SCHEMAS / f"{release}.sql").read_text("utf-8"))
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {int(release)}")
        connection.execute("PRAGMA journal_mode = WAL")
    return path


def rows(connection: sqlite3.Connection) -> dict[str, int]:
    """Return how many rows every table has that release 1 knew."""
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


@pytest.mark.parametrize("release", RELEASES)
def test_a_round_is_held_in_an_updated_file(tmp_path: Path, release: str) -> None:
    path = released(tmp_path / "a.opora", release)
    with closing(sqlite3.connect(path)) as old:
        held = rows(old)
    store = Store.open(path, actor=ACTOR)
    connection = store.connection
    now = rows(connection)
    lost = {name: number for name, number in held.items() if name in now and now[name] < number and name != "journal"}
    assert not lost
    copies = backup.listing(path)
    assert [copy.reason for copy in copies] == ["before-update"]
    with closing(sqlite3.connect(copies[0].path)) as copy:
        assert copy.execute("PRAGMA user_version").fetchone() == (int(release),)
        assert rows(copy) == held
    assert form_board.board(connection, 2026).rows == ()
    forms.save(store, load(CONTEXT))
    own = schools.add(store, {"name": "Школа после обновления"})
    every = list(dict.fromkeys([own, *(school.id for school in schools.listing(connection))]))
    begun = stores.dump(connection)
    key = form_rounds.start(store, "context-probe", 2026, [SubjectRef("school", organisation_id=one) for one in every])
    case = next(
        line.case.id for line in form_rounds.cases(connection, key) if line.subject.shown == "Школа после обновления"
    )
    book = filled.opened(form_blanks.blank(connection, case).data)
    book.put("pupils", 412)
    book.put("classes", "18")
    (tmp_path / "ответ.xlsx").write_bytes(book.bytes())
    [line] = acts.take(store, [tmp_path / "ответ.xlsx"])
    assert (line.state, line.case_id) == ("ready", case)
    form_rounds.accept(store, [case])
    values = stored_metrics.values(connection, [2026], ["pupils", "classes"])
    assert {found[2]: value.part for found, value in values.items() if found[0] == own} == {
        "pupils": 412, "classes": 18,
    }  # fmt: skip
    assert [one.case_id for one in form_summary.summary(connection, "context-probe").lines] == [case]
    assert {found.code for found in health.check(connection)} <= KNOWN
    for _act in range(3):
        history.undo(store)
    assert stores.dump(connection) == begun
    for _act in range(3):
        history.redo(store)
    assert form_answers.case(connection, case).locked
    store.close()
    # what the update could not take along is never undone into
    assert [copy.reason for copy in backup.listing(path)].count("before-update") == 1
    with stores.opened(path) as again:
        assert form_answers.case(again.connection, case).answers.get("pupils").value == "412"
        assert journal.present_triggers(again.connection) == journal.expected_triggers(again.connection)


@pytest.mark.parametrize(
    ("release", "place"),
    [
        *((release, "app.models.journal:regenerate_triggers") for release in RELEASES),
        ("001", "app.models.journal:close_horizon"),
        ("001", "app.models.backup:verify"),
    ],
)
def test_killed_while_updating_nothing_is_lost(tmp_path: Path, release: str, place: str) -> None:
    path = released(tmp_path / "a.opora", release)
    with closing(sqlite3.connect(path)) as old:
        held = rows(old)
    killed_at(place, 1, acts.open_only, path)
    with stores.opened(path) as store:
        now = rows(store.connection)
        assert not {name for name, number in held.items() if name in now and now[name] < number and name != "journal"}
        assert store.connection.execute("PRAGMA user_version").fetchone() == (len(migrations.NAMES),)
        assert {found.code for found in health.check(store.connection)} <= KNOWN
        schools.add(store, {"name": "Школа после обновления"})
        history.undo(store)
    kept = [copy for copy in backup.listing(path) if copy.reason == "before-update"]
    assert kept
    with closing(sqlite3.connect(kept[-1].path)) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
