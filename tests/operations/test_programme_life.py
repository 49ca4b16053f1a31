"""A programme from its draft to the next edition: remarks, approval that freezes, correction, a new period."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from app.errors import UserError
from app.models import lists
from app.models.store import Store
from app.operations import history, programme_edit, programme_life, programmes
from app.operations.packing import pack, unpack
from tests.helpers import stores, undo
from tests.helpers.programmes import acts, small

ACT = {"act_kind": "Постановление", "act_number": "15-п", "act_date": "2026-03-02"}


def _filled(store: Store) -> dict[str, int]:
    keys = small(store)
    for name, act in acts(keys).items():
        if name not in {"remove", "gone", "head"}:
            act(store)
    return keys


def test_agreement_goes_back_and_forth(path: Path) -> None:
    with stores.made(path) as store:
        key = small(store)["programme"]
        party = programme_life.put_party(store, key, None, name="Совет по образованию", due_on="2026-02-01")
        remark = programme_life.put_remark(store, key, None, party_id=party, text="Нет денег на 2027 год")
    undo.walk(path, {
        "send": lambda store: programme_life.send(store, key, "2026-01-20"),
        "another": lambda store: programme_life.put_party(store, key, None, name="Финансовое управление"),
        "answer": lambda store: programme_life.put_party(store, key, party, answer="remarks", answered_on="2026-01-30"),
        "remark": lambda store: programme_life.put_remark(store, key, remark, state="taken", answer="Добавлено"),
        "party gone": lambda store: programme_life.remove_party(store, key, party),
        "remark gone": lambda store: programme_life.remove_remark(store, key, remark),
        "back": lambda store: programme_life.take_back(store, key),
    })  # fmt: skip


def test_what_is_missing_is_said_and_forbids_nothing(store: Store) -> None:
    key = small(store)["programme"]
    programme_life.put_party(store, key, None, name="Совет", due_on="2026-02-01")
    programme_life.put_party(store, key, None, name="Финансовое управление", answer="refused")
    party = programme_life.put_party(store, key, None, name="Школы", answer="agreed")
    programme_life.put_remark(store, key, None, party_id=party, text="Уточнить сроки")
    found = programme_life.agreement(store.connection, key)
    assert found.missing(date(2026, 2, 2)) == (
        "Нет ответа: Совет.", "Срок ответа прошёл: Совет.", "Отказ в согласовании: Финансовое управление.",
        "Замечаний без ответа: 1.",
    )  # fmt: skip
    assert found.missing(date(2026, 2, 1))[1] == "Отказ в согласовании: Финансовое управление."
    programme_life.approve(store, key, **ACT)
    assert programmes.head(store.connection, key).frozen


def test_a_remark_keeps_its_author_when_the_party_goes(store: Store) -> None:
    key = small(store)["programme"]
    party = programme_life.put_party(store, key, None, name="Совет")
    programme_life.put_remark(store, key, None, party_id=party, text="Уточнить сроки")
    programme_life.remove_party(store, key, party)
    (remark,) = programme_life.agreement(store.connection, key).remarks
    assert (remark.party_id, remark.author) == (None, "Совет")


def test_approval_freezes_and_ends_only_with_a_reason(store: Store) -> None:
    keys = _filled(store)
    key = keys["programme"]
    before = programmes.tree(store.connection, key)
    programme_life.approve(store, key, **ACT)
    head = programmes.head(store.connection, key)
    assert (head.act_kind, head.act_number, head.act_date) == ("Постановление", "15-п", "2026-03-02")
    assert programmes.listing(store.connection)[0].state == "approved"
    kept = programme_life.frozen_tree(store.connection, key)
    assert kept.nodes == before.nodes
    assert kept.targets == before.targets
    assert kept.texts["passport.goal"].text  # derived texts were kept with it
    with pytest.raises(UserError) as refused:
        history.undo(store)
    assert refused.value.code in {"PROGRAMME_FROZEN", "GEN_NOTHING_TO_UNDO", "GEN_UNDO_PASSING"}
    with pytest.raises(UserError) as refused:
        programme_life.cancel_approval(store, key, "  ")
    assert refused.value.code == "PROGRAMME_NO_REASON"
    programme_life.cancel_approval(store, key, "Ошибка в номере")
    assert programmes.listing(store.connection)[0].state == "cancelled"
    programme_edit.put_text(store, keys["first"], "Иначе")
    programme_life.approve(store, key, **ACT)
    assert programmes.listing(store.connection)[0].state == "approved"


def test_later_views_read_the_snapshot(store: Store) -> None:
    keys = _filled(store)
    programme_life.approve(store, keys["programme"], **ACT)
    snapshot = programmes.head(store.connection, keys["programme"]).snapshot_id
    assert snapshot is not None
    text = json.dumps(lists.snapshot(store.connection, snapshot), ensure_ascii=False)
    assert "Стажировки 12 учителей" in text
    store.connection.execute("UPDATE journal_state SET recording = 0")
    store.connection.execute("UPDATE programme_node SET text = 'Подмена' WHERE id = ?", (keys["first"],))
    assert programme_life.frozen_tree(store.connection, keys["programme"]).nodes[keys["first"]].text == (
        "Стажировки 12 учителей"
    )


@pytest.mark.parametrize("lacking", ["act_kind", "act_number"])
def test_approval_needs_its_act(store: Store, lacking: str) -> None:
    key = small(store)["programme"]
    with pytest.raises(UserError) as refused:
        programme_life.approve(store, key, **(ACT | {lacking: " "}))
    assert refused.value.code == "PROGRAMME_NO_ACT"


def test_a_new_edition_tells_what_it_changed(store: Store) -> None:
    keys = _filled(store)
    old = keys["programme"]
    with pytest.raises(UserError) as refused:
        programme_life.new_edition(store, old)
    assert refused.value.code == "PROGRAMME_NOT_APPROVED"
    programme_life.approve(store, old, **ACT)
    new = programme_life.new_edition(store, old)
    assert programme_life.compared(store.connection, old, new) == ()
    with pytest.raises(UserError) as refused:
        programme_life.new_edition(store, old)
    assert refused.value.code == "PROGRAMME_EDITION_OPEN"
    tree = programmes.tree(store.connection, new)
    here = {node.lineage: node.id for node in tree.nodes.values()}
    programme_edit.put_term(store, here[keys["first"]], "октябрь 2026 года")
    programme_edit.put_target(store, here[keys["indicator"]], 2026, "28")
    programme_edit.put_money(store, here[keys["first"]], 2026, "municipal", "90 000")
    programme_edit.move(store, [here[keys["second"]]], here[keys["task1"]])
    programme_edit.remove(store, [here[keys["risk"]]])
    programme_edit.add(store, new, "activity", "Консультации", parent_id=here[keys["task2"]])
    told = [
        (item.kind, item.place, item.what, item.before, item.after)
        for item in programme_life.compared(store.connection, old, new)
    ]
    assert told == [
        ("changed", "Индикатор 1.1.1", "цель на 2026 год", "30", "28"),
        ("changed", "Мероприятие 1.1", "срок", "сентябрь – ноябрь 2026 года", "октябрь 2026 года"),
        (
            "changed",
            "Мероприятие 1.1",
            "деньги на 2026 год, местный бюджет",
            "120\u00a0000,00\u00a0₽",
            "90\u00a0000,00\u00a0₽",
        ),
        ("moved", "Мероприятие 1.2", "место", "Задача 2", "Задача 1"),
        ("added", "Мероприятие 2.2", "", "", "Консультации"),
        ("removed", "Риск 1", "", "Школы не отпустят учителей", ""),
    ]
    programme_life.approve(store, new, **ACT)
    states = {line.programme.edition: line.state for line in programmes.listing(store.connection)}
    assert states == {1: "replaced", 2: "approved"}


def test_a_copy_for_a_new_period_is_a_draft_of_its_own(store: Store) -> None:
    keys = _filled(store)
    new = programme_life.copy(store, keys["programme"], "Поддержка школ на 2029–2031 годы", 2029, 2031)
    head = programmes.head(store.connection, new)
    assert (head.edition, head.lineage, head.copied_from, head.frozen) == (1, new, keys["programme"], False)
    tree = programmes.tree(store.connection, new)
    assert {year for rows in tree.targets.values() for year in rows} == {2029}
    history.undo(store)
    assert [line.programme.id for line in programmes.listing(store.connection)] == [keys["programme"]]


def test_what_is_packed_comes_back_whole(store: Store) -> None:
    tree = programmes.tree(store.connection, _filled(store)["programme"])
    back = unpack(json.loads(json.dumps(pack(tree))))
    assert {name: getattr(back, name) for name in tree.__dataclass_fields__} == {
        name: getattr(tree, name) for name in tree.__dataclass_fields__
    }
    with pytest.raises(TypeError):
        pack(object())
