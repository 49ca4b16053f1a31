"""Files that others hold, that are old, that may only be read, full disks: the monitoring goes on or says why."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from pathlib import Path

import pytest

from app.errors import UserError
from app.models import health, migrations
from app.models.store import Store
from app.operations import execution_marks, history, indicators, measuring_points, registers
from app.operations.files import for_reading
from tests.forms_break.killing import ACTOR
from tests.forms_break.test_old_stores import KNOWN, SCHEMAS, released
from tests.helpers import outside, stores
from tests.helpers.programmes import small
from tests.monitoring_break import acts, looks

ROOT = Path(__file__).resolve().parents[2]
RELEASES = tuple(sorted(path.stem for path in SCHEMAS.glob("*.sql") if path.stem < f"{len(migrations.NAMES):03}"))


def all_go_on(path: Path, school: str) -> None:
    """Every command that only looks answers, or says in one line why not."""
    for words in looks.commands(school):
        code, _answer, said = looks.look(path, words)
        assert code in looks.SEEN or (code == 1 and said and "\n" not in said), (words, said)


@pytest.mark.parametrize("release", RELEASES)
def test_a_file_of_an_older_release_is_monitored(tmp_path: Path, release: str) -> None:
    path = released(tmp_path / "a.opora", release)
    with stores.opened(path, actor=ACTOR) as store:
        stores.school(store, "СОШ № 1", own=1)
        begun = stores.dump(store.connection)
        keys = small(store)
        point = measuring_points.add_point(store, keys["programme"], 2026, "Вход", "input")
        indicators.put_value(store, keys["indicator"], 2026, "31", point)
        execution_marks.mark(store, [(keys["first"], 2026)], "done", done_on="2026-11-01")
        registers.put_cells(store, "deficits", {"school_year": 2026}, [(-1, "text", "дроби"), (-1, "people", "много")])
        [line] = indicators.table(store.connection, keys["programme"], 2026, acts.DAY).lines
        assert line.value == "31"
        assert {found.code for found in health.check(store.connection)} <= KNOWN
        done = stores.dump(store.connection)
        number = 0
        while stores.dump(store.connection) != begun:
            history.undo(store)
            number += 1
        for _act in range(number):
            history.redo(store)
        assert stores.dump(store.connection) == done


def test_whoever_opens_second_looks_and_writes_nothing(store: Store, path: Path) -> None:
    stores.school(store, "СОШ № 1", own=1)
    row = registers.add(store, "tasks", {}, text="Позвонить", due_on="2026-11-20")
    before = stores.dump(store.connection)
    all_go_on(path, "СОШ № 1")
    writing = (
        ["lines", "put", "tasks", "--row", str(row), "--set", "Что сделать=другое"],
        ["lines", "remove", "tasks", "--row", str(row)], ["new-year", "--year", "2027"], ["support", "ties"],
        ["legal", "--take"],
    )  # fmt: skip
    for words in writing:
        code, _answer, said = looks.look(path, words, told_as_json=False)
        assert code == 1, (words, code, said)
        assert said, words
        assert stores.dump(store.connection) == before
    registers.edit(store, "tasks", row, text="Написать")
    with for_reading(path) as connection:
        assert [one["text"] for one in registers.rows(connection, "tasks")] == ["Написать"]


CHILD = textwrap.dedent(
    """
    import contextlib, io, json, subprocess, sys
    from pathlib import Path

    out, size, how, db = Path(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4]
    out.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(out)], check=True)
    if how == "inside":
        (out / "a.opora").write_bytes(Path(db).read_bytes())
    else:
        (out / "письмо.docx").write_bytes(b"mine")
    if how == "readonly":
        (out / "a.opora").write_bytes(Path(db).read_bytes())
        subprocess.run(["mount", "-o", "remount,ro", str(out)], check=True)
    from app.cli import run

    answers = []
    for words in json.loads(sys.argv[5]):
        said, told = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(told):
            try:
                code = run(words)
            except SystemExit as error:
                code = error.code
        answers.append([words, code, told.getvalue()])
    left = sorted(path.name for path in out.iterdir())
    kept = None
    if how == "inside":
        import sqlite3
        with contextlib.closing(sqlite3.connect(out / "a.opora")) as connection:
            kept = [connection.execute("PRAGMA integrity_check").fetchone()[0],
                    connection.execute("SELECT count(*) FROM attachment").fetchone()[0],
                    connection.execute("SELECT count(*) FROM blob").fetchone()[0]]
    print(json.dumps([answers, left, kept]))
    """
)


Told = tuple[list[tuple[list[str], int, str]], list[str], list[object]]


def _child(out: Path, size: str, how: str, db: Path, words: list[list[str]]) -> Told:
    done = subprocess.run(
        ["unshare", "-rm", sys.executable, "-c", CHILD, str(out), size, how, str(db), json.dumps(words)],
        cwd=ROOT, check=False, capture_output=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    answers, left, kept = json.loads(done.stdout)
    return answers, left, kept


@pytest.fixture
def ready(store: Store, path: Path, tmp_path: Path) -> tuple[Path, int, Path]:
    """A file with a programme, an act to attach to, and a scan of twenty megabytes."""
    stores.school(store, "СОШ № 1", own=1)
    small(store)
    row = registers.add(store, "acts", {}, title="Приказ")
    store.close()
    scan = tmp_path / "скан.pdf"
    scan.write_bytes(bytes(range(256)) * (20 << 12))
    return path, row, scan


if outside.UNSHARE:

    def test_papers_to_a_disk_that_is_really_full(ready: tuple[Path, int, Path], tmp_path: Path) -> None:
        path, _row, _scan = ready
        out = tmp_path / "вывод"
        data = path.read_bytes()
        words = [[*one, "--db", str(path)] for one in looks.papers("СОШ № 1", out)]
        answers, left, _kept = _child(out, "8k", "out", path, words)
        for asked, code, said in answers:
            assert code == 1, (asked, said)
            assert "\n" not in said.strip(), said
            assert said.strip(), asked
        assert sum("места" in said for _words, _code, said in answers) > len(answers) // 2
        # nothing of ours is left, what stood there stands
        assert left == ["письмо.docx"]
        assert path.read_bytes() == data

    def test_a_scan_onto_a_disk_that_is_really_full(ready: tuple[Path, int, Path], tmp_path: Path) -> None:
        path, row, scan = ready
        out = tmp_path / "диск"
        db = out / "a.opora"
        words = ["lines", "attach", "acts", "--row", str(row), "--file", str(scan), "--db", str(db)]
        # room for the file and its backups, none for the scan
        answers, _left, kept = _child(out, f"{3 * path.stat().st_size // 1024 + 4096}k", "inside", path, [words])
        [[_asked, code, said]] = answers
        assert code == 1, said
        assert "\n" not in said.strip()
        assert "Освободите место" in said
        assert kept == ["ok", 0, 0]

    def test_a_folder_that_may_only_be_read(ready: tuple[Path, int, Path], tmp_path: Path) -> None:
        path, row, _scan = ready
        out = tmp_path / "диск"
        db = str(out / "a.opora")
        look = [[*words, "--db", db, "--json"] for words in looks.commands("СОШ № 1")]
        write = [["lines", "remove", "acts", "--row", str(row), "--db", db], ["legal", "--take", "--db", db]]
        answers, _left, _kept = _child(out, "64m", "readonly", path, look + write)
        for words, code, said in answers[: len(look)]:
            assert code in looks.SEEN or (code == 1 and said.strip() and "\n" not in said.strip()), (words, said)
            assert "для чтения" not in said, words
        for words, code, said in answers[len(look) :]:
            assert (code, "\n" in said.strip()) == (1, False), (words, said)
            assert said.strip()


def test_a_file_of_a_newer_release_is_refused_in_words(store: Store, path: Path) -> None:
    store.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {len(migrations.NAMES) + 1}")
        connection.commit()
    with pytest.raises(UserError):
        Store.open(path, actor=ACTOR)
