"""An approved edition is written by nothing, not even through the key of another edition that may change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from app.errors import UserError
from app.models.store import Store
from app.operations import (
    programme_copy,
    programme_edit,
    programme_life,
    programme_parts,
    programme_sheets,
    programmes,
)
from app.operations.programme_cells import Cell
from tests.helpers.stores import dump

Keys = dict[str, int]


@pytest.fixture
def keys(store: Store) -> Keys:
    """An approved edition with one row of each kind, and a draft beside it."""
    old, draft = (programmes.create(store, "municipal", name, 2026, 2028) for name in ("Старая", "Новая"))
    found: Keys = {"old": old, "draft": draft}
    found["task"] = programme_edit.add(store, old, "task", "Учить")
    found["activity"] = programme_edit.add(store, old, "activity", "Семинар", parent_id=found["task"])
    found["mine"] = programme_edit.add(store, draft, "activity", "Своё")
    found["direction"] = programme_parts.put_direction(store, old, None, "Кадры")
    found["party"] = programme_life.put_party(store, old, None, name="Отдел")
    found["remark"] = programme_life.put_remark(store, old, None, text="Уточнить")
    programme_life.approve(store, old, act_kind="приказ", act_number="7", act_date="2026-02-01")
    return found


WAYS: dict[str, Callable[[Store, Keys], Any]] = {
    "rename a direction": lambda s, k: programme_parts.put_direction(s, k["draft"], k["direction"], "Чужое"),
    "remove a direction": lambda s, k: programme_parts.remove_direction(s, k["draft"], k["direction"]),
    "direction of several": lambda s, k: programme_copy.put_direction_of(s, k["draft"], [k["activity"]], None),
    "foreign direction": lambda s, k: programme_edit.put_activity(s, k["mine"], direction_id=k["direction"]),
    "foreign direction of several": lambda s, k: programme_copy.put_direction_of(
        s, k["draft"], [k["mine"]], k["direction"]
    ),
    "change a party": lambda s, k: programme_life.put_party(s, k["draft"], k["party"], name="Чужое"),
    "remove a party": lambda s, k: programme_life.remove_party(s, k["draft"], k["party"]),
    "change a remark": lambda s, k: programme_life.put_remark(s, k["draft"], k["remark"], text="Чужое"),
    "remove a remark": lambda s, k: programme_life.remove_remark(s, k["draft"], k["remark"]),
    "remark of a foreign party": lambda s, k: programme_life.put_remark(
        s, k["draft"], None, text="?", party_id=k["party"]
    ),
    "remark of a foreign node": lambda s, k: programme_life.put_remark(
        s, k["draft"], None, text="?", node_id=k["task"]
    ),
    "half-typed text": lambda s, k: programme_sheets.put_draft(s, k["draft"], Cell(k["activity"], "text", "набра")),
}


@pytest.mark.parametrize("way", WAYS)
def test_the_key_of_a_draft_opens_no_frozen_edition(store: Store, keys: Keys, way: str) -> None:
    before = dump(store.connection)
    with pytest.raises(UserError) as refused:
        WAYS[way](store, keys)
    assert refused.value.code == "PROGRAMME_NO_NODE"
    assert dump(store.connection) == before
