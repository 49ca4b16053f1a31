"""A file that somebody holds: what only reads goes on, what writes is refused by name and writes nothing anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cli import run
from app.models.store import Store
from app.operations.demo import fill
from tests.helpers import stores

LIST = ["--rule", "rosobrnadzor-2022", "--year", "2026"]
WRITING = [
    ["sheet", "--all", "--year", "2026", "--out", "ВЫВОД"],
    ["sheet", "sent", "--all", "--year", "2026", "--on", "20.11.2026"],
    ["report", "school-list", *LIST, "--out", "ВЫВОД/список.pdf", "--register"],
    ["list", "approve", *LIST, "--order", "1", "--date", "28.11.2026"],
    ["list", "correct", *LIST, "--school", "СОШ № 5", "--verdict", "listed", "--reason", "решили"],
    ["pairs", "accept", "--year", "2026", "--assign"],
    ["tie", "add", "--year", "2026", "--donor", "Гимназия", "--receiver", "СОШ № 3"],
    ["distance", "set", "Гимназия", "СОШ № 3", "--km", "5"],
    ["donor", "set", "Гимназия", "--year", "2026", "--capacity", "3"],
    ["agreement", "party", "add", *LIST, "--name", "Профсоюз"],
    ["agreement", "meeting", "add", *LIST, "--topic", "Список"],
    ["agreement", "protocol", "set", *LIST, "--number", "7"],
    ["agreement", "roadmap", "add", *LIST, "--activity", "Семинар"],
    ["rules", "copy", "rosobrnadzor-2022", "--id", "ours"],
    ["index", "set", "social", "--weight", "share_deviant=2"],
    ["undo"],
]
READING = [
    ["card", "--school", "СОШ № 5", "--out", "ВЫВОД/карточка.docx"],
    ["identify", *LIST],
    ["pairs", "--year", "2026"],
    ["agreement", "show", *LIST],
    ["report", "school-list", *LIST, "--out", "ВЫВОД/список.docx"],
]


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("held") / "Пример.opora"
    store = Store.create(path, name="Лесогорский округ", actor="Ракитина Е. В.")
    fill(store, schools=8, years=(2025, 2026))
    yield store
    store.abandon()


def _command(words: list[str], store: Store, out: Path) -> list[str]:
    return [*(word.replace("ВЫВОД", str(out)) for word in words), "--db", str(store.path)]


@pytest.mark.parametrize("words", WRITING, ids=lambda words: " ".join(words[:2]))
def test_what_writes_is_refused(
    held: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    before = stores.dump(held.connection)
    assert run(_command(words, held, tmp_path)) == 1
    told = capsys.readouterr().err
    assert "открыт: Ракитина Е. В." in told
    assert told.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
    assert stores.dump(held.connection) == before


@pytest.mark.parametrize("words", READING, ids=lambda words: " ".join(words[:2]))
def test_what_reads_goes_on(held: Store, tmp_path: Path, words: list[str]) -> None:
    before = stores.dump(held.connection)
    assert run(_command(words, held, tmp_path)) == 0
    assert len(list(tmp_path.iterdir())) == ("--out" in words)
    assert stores.dump(held.connection) == before
