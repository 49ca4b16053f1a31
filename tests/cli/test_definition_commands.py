"""«opora definitions»: values are shown, changed as versions, refused where they make no sense, brought back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.cli import run
from app.models.store import Store
from app.operations import pairs, skills, typology


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "Лесогорск.opora"
    Store.create(path, name="Лесогорский округ", actor="Ким О. В.").close()
    return path


def told(db: Path, capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    capsys.readouterr()
    assert run(["definitions", *words, "--db", str(db), "--json"]) == 0
    return json.loads(capsys.readouterr().out)["definitions"]


def test_values_are_changed_used_and_brought_back(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert [(item["kind"], item["version"], item["own"]) for item in told(db, capsys)] == [
        ("skills", "1.0", False), ("pairs", "1.0", False), ("typology", "1.0", False),
    ]  # fmt: skip
    zones = told(db, capsys, "skills")[0]["values"]
    assert (zones["zone.Б.enough"], zones["zone.П.deficit"], zones["share"], zones["least"]) == (
        "60", "28,5", "50", "10",
    )  # fmt: skip
    (made,) = told(db, capsys, "skills", "--set", "zone.П.deficit=27,5", "--set", "least=15")
    assert (made["version"], made["own"], made["values"]["zone.П.deficit"]) == ("1.1", True, "27,5")
    told(db, capsys, "pairs", "--set", "strong=12%", "--set", "weights.tie=3", "--set", "far=2,5")
    told(db, capsys, "typology", "--set", "cut=30", "--set", "context=mean")
    store = Store.open(db, actor="Ким О. В.")
    level = skills.definition(store.connection).of_level("П")
    assert level is not None
    assert (level.deficit, skills.definition(store.connection).least) == ((11, 40), 15)
    found = pairs.definition(store.connection)
    assert (found.version, found.strong, found.weights["tie"], found.far) == ("1.1", (3, 25), 3, (5, 2))
    assert (typology.definition(store.connection).cut, typology.definition(store.connection).context) == (
        (3, 10), "mean",
    )  # fmt: skip
    store.close()
    (back,) = told(db, capsys, "skills", "--reset")
    assert (back["version"], back["own"], back["values"]) == ("1.2", False, zones)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("skills", "--set", "least=много"), "«много» не подходит"),
        (("skills", "--set", "least=1,5"), "«1,5» не подходит"),
        (("skills", "--set", "нет=1"), "Есть: zone.Б.enough"),
        (("skills", "--set", "zone.Б.deficit=70"), "не приняты"),
        (("pairs", "--set", "context=mean"), "Индекса «mean» нет"),
        (("typology", "--set", "cut=60"), "больше половины"),
        (("pairs", "--reset"), "и так"),
    ],
)
def test_what_makes_no_sense_is_refused(
    db: Path, words: tuple[str, ...], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = told(db, capsys)
    assert run(["definitions", *words, "--db", str(db)]) == 1
    assert says in capsys.readouterr().err.replace("\u00a0", " ")
    assert told(db, capsys) == before
