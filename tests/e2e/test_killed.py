"""A command killed in the middle: the file opens and is sound, all of it was done or nothing, no half file stands."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from app.models import health
from app.models.store import Store
from app.operations import sheets
from app.operations.demo import fill
from tests.helpers import stores, workbooks

ROOT = Path(__file__).resolve().parents[2]
RULE = ["--rule", "rosobrnadzor-2022", "--year", "2026"]
WORDS = {"STORE_DRAFT", "STORE_SUM"}  # what the example shows on purpose

CHILD = textwrap.dedent(
    """
    import os, signal, sys
    from importlib import import_module
    from app.cli import run

    place, number = sys.argv[1], int(sys.argv[2])
    module, _, name = place.partition(":")
    owner, calls = import_module(module), 0
    for part in name.split(".")[:-1]:
        owner = getattr(owner, part)
    real = getattr(owner, name.split(".")[-1])

    def killed(*args, **values):
        global calls
        calls += 1
        if calls == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args, **values)

    setattr(owner, name.split(".")[-1], killed)
    run(sys.argv[3:])
    """
)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("killed") / "Пример.opora"
    store = Store.create(path, name="Лесогорский округ", actor="Ракитина Е. В.")
    fill(store, years=(2025, 2026))
    store.close()
    return path.read_bytes()


def killed_at(place: str, number: int, command: list[str]) -> None:
    """Run a command that dies at the given call of a function."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD, place, str(number), *command],
        cwd=ROOT, check=False, capture_output=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()


def commands(name: str, db: Path, out: Path) -> list[str]:
    """Return the command of a case."""
    known = {
        "sheets": ["sheet", "--all", "--year", "2026", "--format", "xlsx", "--out", str(out)],
        "cards": ["card", "--listed", "--out", str(out)],
        "approve": ["list", "approve", *RULE, "--order", "1-од", "--date", "28.11.2026"],
        "pairs": ["pairs", "accept", "--year", "2026", "--assign"],
        "import": ["import", str(out.parent / "школы.xlsx"), "--create-schools"],
        "register": ["report", "school-list", *RULE, "--out", str(out / "список.pdf"), "--register"],
    }
    return [*known[name], "--db", str(db)]


@pytest.mark.parametrize(
    ("name", "place", "number"),
    [
        ("sheets", "app.operations.sheets:render", 3),
        ("sheets", "app.models.papers:register", 2),
        ("cards", "app.operations.papers:render", 2),
        ("approve", "app.models.store:Operation.insert", 1),
        ("pairs", "app.models.store:Operation.insert", 2),
        ("import", "app.models.journal:finish", 1),
        ("register", "app.models.papers:register", 1),
    ],
)
def test_nothing_or_all(example: bytes, tmp_path: Path, name: str, place: str, number: int) -> None:
    db, out = tmp_path / "a.opora", tmp_path / "вывод"
    out.mkdir()
    db.write_bytes(example)
    workbooks.book(
        tmp_path / "школы.xlsx",
        [["Логин ФИС ОКО", "Название"], *[[f"edu99000{n}", f"МБОУ «СОШ № {n}0»"] for n in range(1, 8)]],
    )
    with stores.opened(db) as store:
        before = stores.dump(store.connection)
    killed_at(place, number, commands(name, db, out))
    with stores.opened(db) as store:
        assert {item.code for item in health.check(store.connection)} <= WORDS
        assert stores.dump(store.connection) == before
        assert name != "sheets" or sheets.book(store.connection, 2026).number("made") == 2
    for left in out.iterdir():
        # whole files may stand where the entry in the register was cut off; half ones never
        assert left.suffix != ".tmp"
        assert left.read_bytes()[-6:].strip().endswith(b"EOF") or left.suffix == ".xlsx"
    if place.endswith(":render"):
        assert list(out.iterdir()) == []
