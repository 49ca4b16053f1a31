"""Every act of identification, agreement, pairs and indices goes back and forth one step, each in a new process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.errors import UserError
from app.models import agreement as agreements
from app.models import journal
from app.models.store import Store
from app.operations import (
    agreement,
    donors,
    externals,
    identification,
    indices,
    metrics,
    pairs,
    projects,
    rules,
    schools,
    sheets,
    ties,
    typology,
)
from app.operations import agreement_grids as grids
from app.operations.demo import fill
from tests.helpers import stores

RULE = "rosobrnadzor-2022"
LIST = (RULE, 2026)
YEAR = 2026


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("undo") / "Пример.opora"
    store = Store.create(path, name="Лесогорский округ", actor="Ракитина Е. В.")
    fill(store, years=(2025, 2026))
    store.close()
    return path.read_bytes()


def _school(store: Store, name: str) -> int:
    return schools.find(store.connection, name).id


def _rows(store: Store, part: str) -> list[int]:
    return [line.key for line in grids.lines(agreements.read(store.connection, *LIST), part)]


def _first(store: Store, part: str) -> int:
    return _rows(store, part)[0]


def _ties(store: Store) -> list[int]:
    return [tie.id for tie in ties.listing(store.connection, YEAR)]


def _assigned(store: Store) -> list[tuple[int, int]]:
    _board, found = pairs.assignment(store.connection, *LIST)
    return [(row.receiver_id, row.proposal.donor_id) for row in found.rows if row.proposal is not None]


def _way(store: Store) -> tuple[int, int]:
    return _school(store, "Гимназия"), _school(store, "СОШ № 9")


ACTS: dict[str, Callable[[Store], Any]] = {
    "ties accepted": lambda s: pairs.accept(s, *LIST, _assigned(s)),
    "pair declined": lambda s: pairs.decline(s, YEAR, _school(s, "СОШ № 5"), _school(s, "Лицей № 4"), "далеко"),
    "tie added": lambda s: ties.add(s, YEAR, [ties.NewTie(*_way(s), note="давно")]),
    "tie by hand": lambda s: ties.put_cells(s, YEAR, [(-1, "donor_id", "Гимназия"), (-1, "receiver_id", "СОШ № 3")]),
    "tie unfit": lambda s: ties.put_cells(s, YEAR, [(_ties(s)[0], "act_date", "скоро")]),
    "tie half-typed": lambda s: ties.put_draft(s, YEAR, _ties(s)[0], "note", "недопи"),
    "tie changed": lambda s: ties.change(s, _ties(s)[0], {"subject": "математика", "state": "есть договорённость"}),
    "tie ended": lambda s: ties.set_state(s, _ties(s)[:2], "ended"),
    "ties removed": lambda s: ties.remove(s, YEAR, _ties(s)[:3]),
    "capacity": lambda s: donors.put_donors(s, YEAR, [(_way(s)[0], "capacity", "3"), (_way(s)[1], "consent", "нет")]),
    "capacity unfit": lambda s: donors.put_donors(s, YEAR, [(_way(s)[0], "capacity", "много")]),
    "capacity half-typed": lambda s: donors.put_donor_draft(s, YEAR, _way(s)[0], "note", "недопи"),
    "capacity copied": lambda s: donors.take_last_year(s, YEAR + 1),
    "distance": lambda s: donors.set_way(s, *_way(s), km=12, minutes=25),
    "distance by hand": lambda s: donors.put_ways(s, "km", [(*_way(s), "13")]),
    "distance unfit": lambda s: donors.put_ways(s, "minutes", [(*_way(s), "полчаса")]),
    "distance half-typed": lambda s: donors.put_way_draft(s, "km", *_way(s), "1"),
    "party": lambda s: agreement.add_row(s, *LIST, "party", {"name": "Профсоюз", "due_on": "скоро"}),
    "parties as usual": lambda s: agreement.take_parties(s, *LIST, standard=True),
    "party moved": lambda s: agreement.move(s, *LIST, "party", _first(s, "party"), 1),
    "party changed": lambda s: agreement.put_cells(s, *LIST, "party", [(_first(s, "party"), "remark", "учесть")]),
    "party half-typed": lambda s: agreement.put_draft(s, *LIST, "party", _first(s, "party"), "reply", "недопи"),
    "meeting": lambda s: agreement.add_row(s, *LIST, "meeting", {"topic": "список", "held_on": "20.11.2026"}),
    "protocol": lambda s: agreement.put_protocol(s, *LIST, {"number": "7", "votes_for": "пять"}),
    "member": lambda s: agreement.add_row(s, *LIST, "member", {"name": "Ким О. В.", "vote": "за"}),
    "body": lambda s: agreement.take_body(s, *LIST, None),
    "road map": lambda s: agreement.add_row(
        s, *LIST, "road_map", {"activity": "Семинар", "organisation_id": "СОШ № 5"}
    ),
    "road map cleared": lambda s: agreement.remove_rows(s, *LIST, "road_map", _rows(s, "road_map")),
    "road map taken": lambda s: agreement.take_road_map(s, *LIST),
    "party removed": lambda s: agreement.remove_rows(s, *LIST, "party", [_first(s, "party")]),
    "meeting removed": lambda s: agreement.remove_rows(s, *LIST, "meeting", [_first(s, "meeting")]),
    "member removed": lambda s: agreement.remove_rows(s, *LIST, "member", [_first(s, "member")]),
    "road map removed": lambda s: agreement.remove_rows(s, *LIST, "road_map", [_first(s, "road_map")]),
    "rule copied": lambda s: rules.copy(s, RULE, "ours", "Наше"),
    "rule changed": lambda s: rules.save(s, replace(rules.entry(s.connection, "ours").rule, threshold=(25, 100))),
    "rule chosen": lambda s: rules.set_default(s, "ours"),
    "rule renamed": lambda s: rules.rename(s, "ours", "Совсем наше"),
    "rule removed": lambda s: rules.remove(s, "ours"),
    "index": lambda s: indices.change(s, "social", weights={"share_deviant": (2, 1)}),
    "index back": lambda s: indices.reset(s, "social"),
    "types": lambda s: typology.change(s, cut=(30, 100)),
    "correction": lambda s: identification.correct(s, *LIST, _school(s, "СОШ № 9"), "listed", "решили эксперты"),
    "correction off": lambda s: identification.correct(s, *LIST, _school(s, "СОШ № 9"), None, ""),
    "project": lambda s: projects.add(s, _school(s, "СОШ № 9"), YEAR, "other", {"name": "Свой проект"}),
    "metric": lambda s: metrics.put(s, YEAR, [(_school(s, "СОШ № 9"), "share_deviant", "3")]),
    "list removed": lambda s: externals.remove(s, externals.lists(s.connection)[0].id),
    "sheets sent": lambda s: sheets.mark_sent(
        s, 2026, [row.school.id for row in sheets.book(s.connection, 2026).rows if row.state == "made"], "20.11.2026"
    ),
}
IDLE = {"capacity copied"}  # nothing may be left to take over


def test_every_act_goes_back_and_forth(example: bytes, tmp_path: Path) -> None:
    path = tmp_path / "Пример.opora"
    path.write_bytes(example)
    with stores.opened(path) as store:
        dumps = [stores.dump(store.connection)]
    labels: list[str] = []
    for name, act in ACTS.items():
        with stores.opened(path) as store:
            before = len(journal.history(store.connection))
            act(store)
            after = journal.history(store.connection)
            assert len(after) - before == 1 or (name in IDLE and len(after) == before), name
            if len(after) > before:
                labels.append(after[0].label)
                dumps.append(stores.dump(store.connection))
                assert dumps[-1] != dumps[-2], name
    for place in range(len(labels) - 1, -1, -1):
        with stores.opened(path) as store:
            assert store.undo().label == labels[place]
            assert stores.dump(store.connection) == dumps[place], labels[place]
    for place, label in enumerate(labels):
        with stores.opened(path) as store:
            assert store.redo().label == label
            assert stores.dump(store.connection) == dumps[place + 1], label
    with stores.opened(path) as store:
        with pytest.raises(UserError) as refused:
            store.redo()
        assert refused.value.code == "GEN_NOTHING_TO_REDO"
        assert store.connection.execute("PRAGMA foreign_key_check").fetchall() == []
