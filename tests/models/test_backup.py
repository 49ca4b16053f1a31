"""Copies: only of what is sound, checked, thinned by age; restoring loses nothing."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.errors import UserError
from app.models import backup, journal
from app.models.backup import Backup, survivors
from app.models.store import DamagedFileError, Store
from tests.helpers import stores


@pytest.fixture
def path(tmp_path: Path) -> Path:
    store = stores.made(tmp_path / "район.opora")
    stores.school(store, "СОШ № 5")
    store.abandon()
    return store.path


def _spoil(path: Path, *, from_page: int = 3, pages: int = 4) -> None:
    """Overwrite pages of a closed file with rubbish."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    with path.open("r+b") as file:
        file.seek(size * (from_page - 1))
        file.write(os.urandom(size * pages))


def _names_in(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return stores.names(connection)


# --- making ----------------------------------------------------------------------------------------------------


def test_closing_backs_up_only_what_changed(path: Path) -> None:
    assert Store.open(path, actor="Т").close() is None
    assert backup.listing(path) == []
    store = Store.open(path, actor="Т")
    stores.school(store, "СОШ № 6")
    made = store.close()
    assert made is not None
    assert made.parent == path.with_name("район.backups")
    assert [(item.path, item.reason) for item in backup.listing(path)] == [(made, "on-close")]
    assert _names_in(made) == ["СОШ № 5", "СОШ № 6"]


def test_a_copy_is_one_closed_file_for_its_owner_only(path: Path) -> None:
    store = Store.open(path, actor="Т")
    stores.school(store, "СОШ № 6")
    made = store.backup("by-hand")
    assert [item.name for item in made.parent.iterdir()] == [made.name]
    with closing(sqlite3.connect(f"{made.as_uri()}?mode=ro&immutable=1", uri=True)) as copy:
        assert stores.names(copy) == ["СОШ № 5", "СОШ № 6"]
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert made.stat().st_mode & 0o077 == 0
    store.abandon()


def test_two_copies_of_one_second_stand_side_by_side(path: Path) -> None:
    store = Store.open(path, actor="Т")
    made = {store.backup("by-hand") for _ in range(3)}
    store.abandon()
    assert {item.path for item in backup.listing(path)} == made
    assert len(made) == 3


def test_no_copy_is_made_of_a_damaged_file(path: Path) -> None:
    store = Store.open(path, actor="Т")
    good = store.backup("by-hand")
    store.abandon()
    _spoil(path)
    with closing(sqlite3.connect(path)) as damaged, pytest.raises((UserError, sqlite3.DatabaseError)):
        backup.make(damaged, path, reason="on-close")
    assert [item.path for item in backup.listing(path)] == [good]
    assert backup.verify(good) is None
    assert [item.name for item in good.parent.iterdir()] == [good.name]


def test_a_copy_that_fails_its_check_is_not_kept(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store.open(path, actor="Т")
    good = store.backup("by-hand")
    monkeypatch.setattr(backup, "verify", lambda _: "row 1 missing from index")
    with pytest.raises(UserError) as refusal:
        store.backup("by-hand")
    assert refusal.value.code == "STORE_BACKUP_FAILED"
    assert "указатель таблицы" in refusal.value.what
    assert [item.name for item in good.parent.iterdir()] == [good.name]
    store.abandon()


def test_a_copy_that_fails_on_closing_is_raised_and_the_file_closed(path: Path) -> None:
    store = Store.open(path, actor="Т")
    stores.school(store, "СОШ № 6")
    backup.folder(path).write_text("здесь не папка", "utf-8")
    with pytest.raises(UserError) as refusal:
        store.close()
    assert refusal.value.code == "STORE_BACKUP_FAILED"
    with pytest.raises(sqlite3.ProgrammingError):
        store.connection.execute("SELECT 1")
    with stores.opened(path) as again:
        assert stores.names(again.connection) == ["СОШ № 5", "СОШ № 6"]


# --- thinning --------------------------------------------------------------------------------------------------


def _at(*moments: str) -> list[Backup]:
    return [
        Backup(Path(f"{moment}.opora"), datetime.fromisoformat(moment), "on-close")
        for moment in sorted(moments, reverse=True)
    ]


def _kept(backups: list[Backup]) -> set[str]:
    return {item.stem for item in survivors(backups)}


def test_the_ten_newest_stay_whenever_they_were_made() -> None:
    one_hour = [f"2026-11-22T14:{minute:02}:00" for minute in range(15)]
    # ten newest, no more: the day, the week and the month have their newest among them
    assert _kept(_at(*one_hour)) == set(one_hour[5:])


def test_of_older_ones_the_newest_of_a_day_week_and_month_stays() -> None:
    recent = [f"2026-11-22T14:{minute:02}:00" for minute in range(10)]
    days = [f"2026-11-{day:02}T18:00:00" for day in range(9, 22)]  # 13 days before the 22nd: 14 with it
    mornings = [f"2026-11-{day:02}T09:00:00" for day in range(9, 22)]  # the same days, earlier: superfluous
    # Sundays end weeks; 22.11 and 15.11 are weeks 47 and 46, so six more: 08.11 … 04.10
    weeks = [f"2026-{day}T18:00:00" for day in ("11-08", "11-01", "10-25", "10-18", "10-11", "10-04")]
    late_weeks = ["2026-09-27T18:00:00"]  # the ninth week, but the newest of September
    months = [f"2026-{month:02}-15T18:00:00" for month in range(1, 9)] + ["2025-12-15T18:00:00"]
    superfluous = ["2026-11-03T12:00:00", "2026-09-20T18:00:00", "2026-01-14T18:00:00", "2025-11-15T18:00:00"]
    kept = _kept(_at(*recent, *days, *mornings, *weeks, *late_weeks, *months, *superfluous))
    # months: 11 and 10 (in the above), 9, 8…1 and 12 of 2025 make twelve; November 2025 is the thirteenth
    assert kept == {*recent, *days, *weeks, *late_weeks, *months}


def test_thinning_removes_from_the_folder_what_does_not_survive(path: Path) -> None:
    store = Store.open(path, actor="Т")
    good = store.backup("by-hand").read_bytes()
    store.abandon()
    folder = backup.folder(path)
    for item in folder.iterdir():
        item.unlink()
    start = datetime(2024, 1, 1, 12, 0, 0)  # noqa: DTZ001 - names of copies carry local time
    for day in range(700):
        moment = (start + timedelta(days=day)).strftime("%Y-%m-%d %H-%M-%S")
        (folder / f"район {moment} on-close.opora").write_bytes(good if day == 699 else b"")
    aside = folder / "район 2023-01-01 00-00-00 before-restore.opora"
    stranger = folder / "заметки.txt"
    aside.write_bytes(good)
    stranger.write_text("чужое", "utf-8")
    gone = backup.thin(path)
    left = {item.path for item in backup.listing(path)}
    # 14 days up to 30.11.2025, then weeks and months before them
    assert len(gone) == 700 - (len(left) - 1)
    assert 14 + 6 + 10 <= len(left) - 1 <= 14 + 8 + 12
    assert aside in left
    assert stranger.exists()
    assert backup.thin(path) == []


# --- restoring -------------------------------------------------------------------------------------------------


def test_restoring_sets_the_standing_file_aside_and_closes_undo(path: Path) -> None:
    store = Store.open(path, actor="Т")
    copy = store.backup("by-hand")
    stores.school(store, "СОШ № 6")
    store.abandon()
    aside = backup.restore(copy, path)
    assert aside is not None
    assert _names_in(aside) == ["СОШ № 5", "СОШ № 6"]
    assert "before-restore" in aside.name
    assert copy.exists()
    with stores.opened(path) as again:
        assert stores.names(again.connection) == ["СОШ № 5"]
        assert journal.undo_candidate(again.connection) is None
        with pytest.raises(UserError) as refusal:
            again.undo()
        assert refusal.value.code == "GEN_NOTHING_TO_UNDO"
        # the history stays as history, and work goes on
        assert journal.history(again.connection)[0].label == "Добавлена школа «СОШ № 5»"
        stores.school(again, "СОШ № 7")
        again.undo()


def test_what_a_crash_left_beside_the_file_is_set_aside_with_it(path: Path) -> None:
    store = Store.open(path, actor="Т")
    copy = store.backup("by-hand")
    stores.school(store, "В журнале упреждающей записи")
    spared = {item.name: item.read_bytes() for item in path.parent.glob("район.opora*")}
    store.abandon()
    for name, data in spared.items():
        if not name.endswith((".lock", "-shm")):
            path.with_name(name).write_bytes(data)
    assert path.with_name("район.opora-wal").stat().st_size > 0
    aside = backup.restore(copy, path)
    assert aside is not None
    assert _names_in(path) == ["СОШ № 5"]
    assert _names_in(aside) == ["В журнале упреждающей записи", "СОШ № 5"]


def test_restoring_where_nothing_stands(path: Path, tmp_path: Path) -> None:
    store = Store.open(path, actor="Т")
    copy = store.backup("by-hand")
    store.abandon()
    assert backup.restore(copy, tmp_path / "другой.opora") is None
    assert _names_in(tmp_path / "другой.opora") == ["СОШ № 5"]


@pytest.mark.parametrize("trouble", ["missing", "broken", "not ours", "itself", "in use"])
def test_restoring_is_refused_without_touching_anything(path: Path, tmp_path: Path, trouble: str) -> None:
    store = Store.open(path, actor="Иванова А. П.")
    copy = store.backup("by-hand")
    if trouble != "in use":
        store.abandon()
    match trouble:
        case "missing":
            copy.unlink()
        case "broken":
            _spoil(copy)
        case "not ours":
            copy.unlink()
            with closing(sqlite3.connect(copy)) as other:
                other.execute("CREATE TABLE notes(id INTEGER)")
        case "itself":
            copy = path
    code = {
        "missing": "STORE_MISSING",
        "itself": "STORE_BACKUP_SELF",
        "in use": "STORE_LOCKED",
    }.get(trouble, "STORE_BACKUP_BROKEN")
    before = path.read_bytes()
    with pytest.raises(UserError) as refusal:
        backup.restore(copy, path)
    assert refusal.value.code == code
    assert path.read_bytes() == before
    assert [item.reason for item in backup.listing(path) if item.reason == "before-restore"] == []
    if trouble == "in use":
        store.abandon()


def test_restoring_that_breaks_off_brings_the_standing_file_back(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store.open(path, actor="Т")
    copy = store.backup("by-hand")
    stores.school(store, "СОШ № 6")
    store.abandon()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "put_back", fail)
    with pytest.raises(UserError) as refusal:
        backup.restore(copy, path)
    assert refusal.value.code == "STORE_BACKUP_FAILED"
    assert _names_in(path) == ["СОШ № 5", "СОШ № 6"]


def test_a_damaged_file_refuses_to_open_and_is_restored(path: Path) -> None:
    store = Store.open(path, actor="Т")
    copy = store.backup("by-hand")
    store.abandon()
    _spoil(path)
    damaged = path.read_bytes()
    with pytest.raises(DamagedFileError) as refusal:
        Store.open(path, actor="Т")
    assert refusal.value.code == "STORE_DAMAGED"
    assert path.read_bytes() == damaged
    aside = backup.restore(copy, path)
    assert aside is not None
    assert aside.read_bytes() == damaged
    assert _names_in(path) == ["СОШ № 5"]
