"""A damaged file: noticed, looked through, saved as far as it can be read; never overwritten (decision 21)."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.errors import UserError
from app.models import backup, health, rescue
from app.models.store import DamagedFileError, Store, open_reader
from tests.helpers import stores

SCHOOLS = 600


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed file with enough schools for many pages, and one good copy of its earlier state."""
    store = stores.made(tmp_path / "район.opora")
    with store.operation("Загружены школы", "import", bulk=True) as operation:
        rows = [[f"СОШ № {n}", f"ул. Школьная, {n}, " * 8] for n in range(1, SCHOOLS + 1)]
        operation.bulk_insert("organisation", ["name", "address"], rows)
    store.close()
    with stores.opened(tmp_path / "район.opora") as again:
        stores.school(again, "Новая школа")
        again.connection.execute("PRAGMA journal_mode = DELETE")
    return tmp_path / "район.opora"


def _leaves(path: Path, table: str) -> list[int]:
    """Return the numbers of the pages that hold rows of a table."""
    with closing(sqlite3.connect(path)) as connection:
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    data = path.read_bytes()
    page = data[(root - 1) * size : root * size]
    assert page[0] == 5, "the root of a table of several pages is an interior page"
    count = int.from_bytes(page[3:5], "big")
    offsets = [int.from_bytes(page[12 + 2 * i : 14 + 2 * i], "big") for i in range(count)]
    return [int.from_bytes(page[o : o + 4], "big") for o in offsets] + [int.from_bytes(page[8:12], "big")]


def _spoil_page(path: Path, page: int) -> None:
    with closing(sqlite3.connect(path)) as connection:
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xa5" * size)


def _spoil_middle(path: Path) -> int:
    leaves = _leaves(path, "organisation")
    assert len(leaves) > 6
    _spoil_page(path, leaves[len(leaves) // 2])
    return len(leaves)


def test_the_file_is_refused_and_left_alone(path: Path) -> None:
    _spoil_middle(path)
    before = path.read_bytes()
    with pytest.raises(DamagedFileError) as refusal:
        Store.open(path, actor="Т")
    assert refusal.value.code == "STORE_DAMAGED"
    assert path.name in refusal.value.what
    assert path.read_bytes() == before
    with closing(open_reader(path)) as reader:
        found = health.check(reader)
    assert {item.code for item in found} == {"STORE_DAMAGED"}
    assert "«район.opora»" in found[0].message


def test_a_truncated_file_is_damaged(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(DamagedFileError):
        Store.open(path, actor="Т")


def test_the_report_says_what_is_readable_and_which_copy_is_best(path: Path) -> None:
    _spoil_middle(path)
    copies = backup.listing(path)
    broken = copies[0].path.with_name("район 2030-01-01 00-00-00 by-hand.opora")
    broken.write_bytes(b"SQLite format 3\x00" + b"\x00" * 1000)
    before = path.read_bytes()
    report = rescue.inspect(path)
    assert path.read_bytes() == before
    assert report.finding != "ok"
    readable = {item.table: item for item in report.readable}
    assert not readable["organisation"].complete
    assert 0 < readable["organisation"].rows < SCHOOLS
    assert readable["operation"].complete
    assert readable["operation"].rows == 3
    assert [copy.backup.path for copy in report.copies] == [copies[0].path]
    # the copy was made after two operations, the file had three
    assert (report.copies[0].operations, report.copies[0].lost_operations) == (2, 1)
    assert [copy.path for copy in report.broken_copies] == [broken]


def test_a_file_without_a_header_is_reported_too(path: Path) -> None:
    path.write_bytes(b"\x00" * 5000)
    report = rescue.inspect(path)
    assert {(item.rows, item.complete) for item in report.readable} == {(0, False)}
    assert len(report.copies) == 1
    assert report.copies[0].lost_operations is None


def test_salvage_reaches_both_sides_of_the_damage(path: Path, tmp_path: Path) -> None:
    leaves = _spoil_middle(path)
    before = path.read_bytes()
    target = tmp_path / "спасено.opora"
    saved = rescue.salvage(path, target)
    assert path.read_bytes() == before
    # one page of several is lost, on either side of it everything is kept
    lost = SCHOOLS + 1 - saved["organisation"]
    assert 0 < lost <= 2 * (SCHOOLS + 1) / leaves
    with stores.opened(target) as again:
        found = set(stores.names(again.connection))
        assert {"СОШ № 1", f"СОШ № {SCHOOLS}", "Новая школа"} <= found
        assert len(found) == saved["organisation"]
        assert health.check(again.connection) == []
        with pytest.raises(UserError) as refusal:
            again.undo()
        assert refusal.value.code == "GEN_NOTHING_TO_UNDO"
        stores.school(again, "После спасения")
        again.undo()
        assert set(stores.names(again.connection)) == found


def test_salvage_takes_what_a_crash_left_beside_the_file(tmp_path: Path) -> None:
    store = stores.made(tmp_path / "a.opora")
    stores.school(store, "В журнале упреждающей записи")
    crashed = tmp_path / "b.opora"
    crashed.write_bytes(store.path.read_bytes())
    crashed.with_name("b.opora-wal").write_bytes(store.path.with_name("a.opora-wal").read_bytes())
    store.abandon()
    readable = {item.table: item.rows for item in rescue.inspect(crashed).readable}
    assert readable["organisation"] == 1
    rescue.salvage(crashed, tmp_path / "c.opora")
    with stores.opened(tmp_path / "c.opora") as saved:
        assert stores.names(saved.connection) == ["В журнале упреждающей записи"]


def test_salvage_does_not_overwrite(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "стоит.opora"
    target.write_text("чужое", "utf-8")
    with pytest.raises(UserError) as refusal:
        rescue.salvage(path, target)
    assert refusal.value.code == "STORE_EXISTS"
    assert target.read_text("utf-8") == "чужое"


def test_salvage_of_rubbish_leaves_no_file(path: Path, tmp_path: Path) -> None:
    path.write_bytes(b"\x00" * 5000)
    with pytest.raises(UserError) as refusal:
        rescue.salvage(path, tmp_path / "спасено.opora")
    assert refusal.value.code == "STORE_NOTHING_SAVED"
    assert not (tmp_path / "спасено.opora").exists()


# --- what the check finds beyond broken pages -------------------------------------------------------------------


def _codes(store: Store) -> list[str]:
    return sorted({item.code for item in health.check(store.connection)})


def test_a_sound_file_has_no_findings(tmp_path: Path) -> None:
    store = stores.made(tmp_path / "a.opora")
    stores.school(store, "СОШ № 5")
    assert health.check(store.connection) == []
    store.abandon()


def test_the_check_sees_changes_made_behind_the_programs_back(tmp_path: Path) -> None:
    store = stores.made(tmp_path / "a.opora")
    connection = store.connection
    with store.operation("Снимок", "test") as operation:
        operation.insert("organisation", name="СОШ № 5")
        connection.execute(
            "INSERT INTO snapshot(kind, json, sha256, created_at) VALUES ('list', '{}', ?, '2026-11-22')", ("a" * 64,)
        )
        connection.execute("INSERT INTO blob VALUES (?, 3, x'010203', '2026-11-22')", ("b" * 64,))
    assert _codes(store) == ["STORE_BLOB_CHANGED", "STORE_SNAPSHOT_CHANGED"]
    connection.execute("DROP TRIGGER opora_blob_frozen_u")
    connection.execute("PRAGMA foreign_keys = OFF")
    with store.operation("Висячая ссылка", "test") as operation:
        operation.insert("contact", organisation_id=12345, kind="phone", value="1")
    assert _codes(store) == ["STORE_BLOB_CHANGED", "STORE_FOREIGN_KEY", "STORE_SNAPSHOT_CHANGED", "STORE_TRIGGERS"]
    store.abandon()


def test_the_check_adds_up_the_marks(tmp_path: Path) -> None:
    store = stores.made(tmp_path / "a.opora")
    key = stores.school(store, "СОШ № 5")
    with store.operation("Загружен файл", "test") as operation:
        assessment = operation.insert("assessment", procedure="ВПР", subject="Математика", grade=6)
        common = {"organisation_id": key, "assessment_id": assessment}
        operation.insert("mark_count", **common, result_year=2025, participants=89, m2=11, m3=47, m4=24, m5=7)
        operation.insert("mark_count", **common, result_year=2026, participants=90, m2=11, m3=47, m4=24, m5=7)
        operation.insert("draft_cell", table_name="organisation", row_key=key, column_name="inn", raw="77", code="X")
    found = {item.code: item for item in health.check(store.connection)}
    assert set(found) == {"STORE_SUM", "STORE_DRAFT"}
    assert "СОШ № 5, ВПР Математика 6 2026: отметок 89, участников 90." in found["STORE_SUM"].message
    assert found["STORE_SUM"].level == found["STORE_DRAFT"].level == "warning"
    assert "СОШ № 5: «77» не подходит для графы «ИНН»" in found["STORE_DRAFT"].message
    store.abandon()
