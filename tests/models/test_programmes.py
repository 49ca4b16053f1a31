"""A programme copied whole: for an edition, and for a new period with dates that move along."""

from __future__ import annotations

from pathlib import Path

from app.models import programmes
from app.models.programme_records import Tree
from app.models.store import Store
from tests.helpers import stores
from tests.helpers.programmes import acts, small


def _filled(store: Store) -> dict[str, int]:
    keys = small(store)
    for name, act in acts(keys).items():
        if name not in {"remove", "gone"}:
            act(store)
    return keys


def _tree(store: Store, key: int) -> Tree:
    found = programmes.tree(store.connection, key)
    assert found is not None
    return found


def _told(tree: Tree) -> list[object]:
    """Everything a tree says, without keys."""
    names = {key: node.text for key, node in tree.nodes.items()}
    walked = [
        (node.kind, node.text, node.position, node.answer, node.cause_kind, names.get(node.parent_id or 0))
        for node in tree.walk()
    ]
    links = sorted((link.kind, names[link.source_id], names[link.target_id]) for link in tree.links)
    money = sorted((names[key], row.plan_year, row.raw) for key, rows in tree.money.items() for row in rows)
    terms = sorted((names[key], row.date_from, row.date_to) for key, rows in tree.terms.items() for row in rows)
    targets = sorted((names[key], year, row.raw) for key, rows in tree.targets.items() for year, row in rows.items())
    directions = [item.title for item in tree.directions]
    chosen = {
        names[key]: next((item.title for item in tree.directions if item.id == row.direction_id), "")
        for key, row in tree.activities.items()
    }
    drafts = sorted((names[node], column, raw) for (node, column), (raw, _code) in tree.drafts.items())
    texts = {key: row.text for key, row in tree.texts.items()}
    lines = [row.participant for row in tree.mechanism], [row.word for row in tree.blocks]
    return [walked, links, money, terms, targets, directions, chosen, drafts, texts, lines]


def _copied(store: Store, source: Tree, **how: object) -> Tree:
    head = {
        "kind": "municipal", "title": "Копия", "year_from": 2029, "year_to": 2031, "created_at": "2026-01-01T00:00:00",
    }  # fmt: skip
    with store.operation("Копия", "programme.copy") as operation:
        key = programmes.copy(operation, source, head, **how)  # type: ignore[arg-type]
    return _tree(store, key)


def test_a_copy_says_the_same_under_keys_of_its_own(tmp_path: Path) -> None:
    store = stores.made(tmp_path / "a.opora")
    source = _tree(store, _filled(store)["programme"])
    found = _copied(store, source)
    assert _told(found) == _told(source)
    assert not set(found.nodes) & set(source.nodes)
    assert sorted(node.lineage for node in found.nodes.values()) == sorted(source.nodes)
    store.undo()
    assert programmes.tree(store.connection, found.programme.id) is None
    store.abandon()


def test_a_new_period_moves_years_and_dates(tmp_path: Path) -> None:
    store = stores.made(tmp_path / "a.opora")
    source = _tree(store, _filled(store)["programme"])
    found = _copied(store, source, shift=3, lineage=False)
    by_text = {node.text: key for key, node in found.nodes.items()}
    first, indicator = by_text["Стажировки 12 учителей"], by_text["Доля школ с низкими результатами"]
    assert [(row.date_from, row.date_to) for row in found.terms[first]] == [("2029-09-01", "2029-11-30")]
    assert list(found.targets[indicator]) == [2029]
    assert found.indicators[indicator].baseline_year == 2028
    assert [row.plan_year for row in found.money[first]] == [2029]
    assert all(node.lineage == key for key, node in found.nodes.items())
    store.abandon()


def test_the_29th_of_february_stays_in_february(tmp_path: Path) -> None:
    store = stores.made(tmp_path / "a.opora")
    keys = small(store)
    with store.operation("Срок", "programme.edit") as operation:
        operation.insert(
            "programme_term", node_id=keys["first"], position=0, date_from="2028-02-29", date_to="2028-02-29"
        )
    source = _tree(store, keys["programme"])
    moved = _copied(store, source, shift=1, lineage=False)
    assert [row.date_from for rows in moved.terms.values() for row in rows] == ["2029-02-28"]
    later = _copied(store, source, shift=4, lineage=False)
    assert [row.date_from for rows in later.terms.values() for row in rows] == ["2032-02-29"]
    store.abandon()


def test_a_merged_school_counts_as_the_one_it_points_to(tmp_path: Path) -> None:
    store = stores.made(tmp_path / "a.opora")
    keys = small(store)
    real = stores.school(store, "СОШ № 1")
    twin = stores.school(store, "Школа 1", duplicate_of=real)
    with store.operation("Школы", "programme.edit") as operation:
        for school in (real, twin):
            operation.insert("programme_school", node_id=keys["first"], organisation_id=school)
    assert _tree(store, keys["programme"]).schools[keys["first"]] == (real,)
    store.abandon()
