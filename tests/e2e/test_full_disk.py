"""A disk that takes no more: every command that writes says so in one sentence and leaves nothing half done."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from app.models import lock
from app.models.store import Store
from app.operations.demo import fill
from tests.helpers import stores

ROOT = Path(__file__).resolve().parents[2]
LIST = ["--rule", "rosobrnadzor-2022", "--year", "2026"]

CHILD = textwrap.dedent(
    """
    import resource, sys
    from app.cli import run

    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
    sys.exit(run(sys.argv[2:]))
    """
)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("full") / "Пример.opora"
    store = Store.create(path, name="Лесогорский округ", actor="Ракитина Е. В.")
    fill(store, schools=8, years=(2025, 2026))
    store.close()
    return path.read_bytes()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["sheet", "--all", "--year", "2026", "--out", "ВЫВОД"], "кончилось место"),
        (["card", "--listed", "--out", "ВЫВОД"], "не хватило места"),
        (["card", "--listed", "--out", "ВЫВОД/все.pdf"], "не хватило места"),
        (["charts", "--school", "СОШ № 5", "--out", "ВЫВОД/график.png"], "не хватило места"),
        (["report", "school-list", *LIST, "--out", "ВЫВОД/список.docx"], "не хватило места"),
        (["report", "school-list", *LIST, "--out", "ВЫВОД/список.xlsx", "--register"], "кончилось место"),
        (["extract", "1", "--out", "ВЫВОД"], "не хватило места"),
    ],
)
def test_one_sentence_and_nothing_half_done(example: bytes, tmp_path: Path, words: list[str], said: str) -> None:
    db, out = tmp_path / "a.opora", tmp_path / "вывод"
    db.write_bytes(example)
    out.mkdir()
    command = [word.replace("ВЫВОД", str(out)) for word in words]
    # a new profile: what a library wants to keep there can't be written either
    home = {"HOME": str(tmp_path / "дом"), "XDG_CACHE_HOME": str(tmp_path / "дом"), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", CHILD, "0", *command, "--db", str(db)],
        cwd=ROOT, env=dict(os.environ) | home, check=False, capture_output=True, timeout=120,
    )  # fmt: skip
    told = done.stderr.decode().strip()
    assert (done.returncode, said in told) == (1, True), told
    assert "\n" not in told
    assert list(out.iterdir()) == []
    assert not lock.lock_path(db).exists()
    assert db.read_bytes() == example
    with stores.opened(db) as store:
        assert stores.names(store.connection)
