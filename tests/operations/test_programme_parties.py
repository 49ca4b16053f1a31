"""The agreement sheet as a grid: rows that begin with what was typed, entries that do not fit, order, undo; kill −9."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.errors import UserError
from app.models import health
from app.models.store import Store
from app.operations import (
    history,
    programme_change_papers,
    programme_figures,
    programme_life,
    programme_papers,
    programme_parties,
    programme_texts,
    programmes,
)
from app.operations import programme_edit as edit
from app.operations import programme_stage as stages
from tests.forms_break.killing import ACTOR, AFTER, BEFORE, killed
from tests.helpers import stores, undo
from tests.helpers.programmes import acts, small

TODAY = date(2026, 11, 22)
ACT = {"act_kind": "Постановление", "act_number": "15-п", "act_date": "2026-03-02"}


def texts(store: Store, key: int) -> list[tuple[str, ...]]:
    return [line.texts for line in programme_parties.lines(store.connection, key)]


def test_the_sheet_goes_back_and_forth(path: Path) -> None:
    with stores.made(path) as store:
        key = small(store)["programme"]
        first = programme_parties.put_cells(store, key, [(-1, "name", "Совет")])[-1]
        second = programme_parties.put_cells(store, key, [(-1, "name", "Школы")])[-1]
    undo.walk(path, {
        "new row": lambda store: programme_parties.put_cells(store, key, [(-5, "name", "Финансы")]),
        "dates": lambda store: programme_parties.put_cells(
            store, key, [(first, "sent_on", "02.11.2026"), (first, "answer", "согл")]
        ),
        "wrong": lambda store: programme_parties.put_cells(store, key, [(first, "due_on", "скоро")]),
        "draft": lambda store: programme_parties.put_draft(store, key, second, "person", "Сом"),
        "order": lambda store: programme_parties.move(store, key, second, -1),
        "usual": lambda store: programme_parties.add_usual(store, key),
        "gone": lambda store: programme_parties.remove_rows(store, key, [first, second]),
    })  # fmt: skip


def test_an_entry_that_does_not_fit_stays_as_typed_and_is_marked(store: Store) -> None:
    key = small(store)["programme"]
    made = programme_parties.put_cells(
        store, key, [(-1, "name", "Совет"), (-1, "sent_on", "31.02.2026"), (-1, "answer", "не знаем")]
    )
    line = programme_parties.lines(store.connection, key)[0]
    assert line.texts == ("Совет", "", "31.02.2026", "", "", "не знаем")
    assert set(line.troubles) == {2, 5}
    assert "согласовано" in line.troubles[5]
    programme_parties.put_cells(store, key, [(made[-1], "sent_on", "28.02.2026"), (made[-1], "answer", "отказ")])
    assert texts(store, key) == [("Совет", "", "28.02.2026", "", "", "отказ")]
    assert programme_parties.lines(store.connection, key)[0].troubles == {}
    assert programme_parties.put_cells(store, key, [(-9, "name", "  ")]) == {}, "an empty entry makes no row"


def test_drafts_go_with_their_party_and_with_the_programme(store: Store) -> None:
    key = small(store)["programme"]
    made = programme_parties.put_cells(store, key, [(-1, "due_on", "потом"), (-2, "due_on", "никогда")])
    programme_parties.remove_rows(store, key, [made[-1]])
    assert [found.code for found in health.check(store.connection)] == ["STORE_DRAFT"]
    programmes.remove(store, key)
    assert health.check(store.connection) == []
    history.undo(store)
    assert texts(store, key) == [("", "", "", "никогда", "", "")]


def test_a_row_that_is_gone_and_an_approved_edition_are_refused(store: Store) -> None:
    key = small(store)["programme"]
    with pytest.raises(UserError) as gone:
        programme_parties.put_cells(store, key, [(77, "name", "Совет")])
    assert gone.value.code == "PROGRAMME_NO_PARTY"
    programme_life.approve(store, key, **ACT)
    with pytest.raises(UserError) as frozen:
        programme_parties.add_usual(store, key)
    assert frozen.value.code == "PROGRAMME_FROZEN"


def test_the_stage_tells_the_way_the_places_and_the_editions(store: Store) -> None:
    keys = small(store)
    key = keys["programme"]
    party = programme_life.put_party(store, key, None, name="Совет", due_on="2026-02-01")
    programme_life.put_remark(store, key, None, party_id=party, node_id=keys["first"], text="Перенести")
    programme_life.put_remark(store, key, None, place="section.money", text="Из каких денег?", state="taken")
    programme_life.put_remark(store, key, None, text="В целом хорошо", state="declined")
    programme_life.send(store, key, "2026-01-20")
    found = stages.stage(store.connection, key, TODAY)
    assert [(step.title, step.state) for step in found.way] == [
        ("Проект", "done"), ("На согласовании", "done"), ("Утверждена", "open"), ("Заменена", "open"),
    ]  # fmt: skip
    assert found.way[1].words == "с 20.01.2026"
    assert found.remarks[0].where == "Мероприятие 1.1: Стажировки учителей", "what is open stands first"
    assert {row.where for row in found.remarks[1:]} == {"Раздел: Финансовое обеспечение программы", "вся программа"}
    assert found.remarks[0].party == "Совет"
    assert [step.words for step in found.steps[:2]] == ["ответили 0 из 1", "без ответа 1"]
    assert found.missing[:2] == ("Нет ответа: Совет.", "Срок ответа прошёл: Совет.")
    assert found.errors, "an almost empty programme has errors, and they forbid nothing"
    programme_life.approve(store, key, **ACT)
    done = stages.stage(store.connection, key, TODAY)
    assert done.missing == ()
    assert len(done.editions[0].digest) == 64
    new = programme_life.new_edition(store, key)
    programme_life.approve(store, new, **ACT)
    old = stages.stage(store.connection, key, TODAY)
    assert [item.state for item in old.editions] == ["approved", "replaced"]
    assert old.way[3].state == "done"
    assert old.way[3].words.startswith("редакцией 2, ")


def test_papers_say_the_changes_and_the_sheet(store: Store) -> None:
    keys = small(store)
    key = keys["programme"]
    programme_life.put_party(store, key, None, name="Совет", answer="agreed", answered_on="2026-02-01")
    programme_life.put_remark(
        store, key, None, node_id=keys["first"], text="Перенести", state="taken", answer="Перенесли"
    )
    sheet = programme_change_papers.agreement_sheet(store.connection, key, TODAY).document
    tables = [block for block in sheet.blocks if hasattr(block, "groups")]
    assert tables[0].groups[0].rows[0].cells[1] == "Совет"
    assert tables[1].groups[0].rows[0].cells[-1] == "учтено. Перенесли"
    programme_life.approve(store, key, **ACT)
    new = programme_life.new_edition(store, key)
    node = next(node for node in programmes.tree(store.connection, new).walk() if node.lineage == keys["first"])
    edit.put_term(store, node.id, "октябрь 2026 года")
    edit.add(store, new, "risk", "Не хватит автобусов")
    paper = programme_change_papers.changes(store.connection, key, new)
    assert paper.snapshot_id is None, "the newer one is a draft"
    rows = [block.groups[0].rows[0].cells for block in paper.document.blocks if hasattr(block, "groups")]
    assert rows == [(1, "Мероприятие 1.1", "срок", None, "октябрь 2026 года"), (1, "Риск 2", "Не хватит автобусов")]
    assert programme_change_papers.changes(store.connection, key, key).snapshot_id is not None


def test_other_words_of_a_neighbour_and_other_dates_under_the_same_words(store: Store) -> None:
    keys = small(store)
    key = keys["programme"]
    edit.link(store, "after", keys["second"], keys["first"])
    edit.put_term(store, keys["second"], "март 2026 года")
    programme_life.approve(store, key, **ACT)
    new = programme_life.new_edition(store, key)
    here = {node.lineage: node.id for node in programmes.tree(store.connection, new).walk()}
    edit.put_text(store, here[keys["first"]], "Стажировки 12 учителей")
    edit.put_dates(store, here[keys["second"]], [("2026-03-05", "2026-04-01")])

    def told() -> list[tuple[str, str, str, str]]:
        found = programme_life.compared(store.connection, key, new)
        return [(item.place, item.what, item.before, item.after) for item in found]

    wording = ("Мероприятие 1.1", "формулировка", "Стажировки учителей", "Стажировки 12 учителей")
    assert told() == [wording, ("Мероприятие 1.2", "даты", "01.03.2026–31.03.2026", "05.03.2026–01.04.2026")]
    edit.put_term(store, here[keys["second"]], "апрель 2026 года")
    edit.unlink(store, "after", here[keys["second"]], here[keys["first"]])
    assert told() == [
        wording, ("Мероприятие 1.2", "срок", "март 2026 года", "апрель 2026 года"),
        ("Мероприятие 1.2", "после чего", "Стажировки учителей", ""),
    ]  # fmt: skip


# --- killed ------------------------------------------------------------------------------------------------------


def approve(store: Store, key: int) -> None:
    programme_life.approve(store, key, **ACT)


@pytest.fixture
def agreed(path: Path) -> tuple[Path, int]:
    with stores.made(path) as store:
        keys = small(store)
        for name, act in acts(keys).items():
            if name not in {"remove", "gone", "head"}:
                act(store)
    return path, keys["programme"]


@pytest.mark.parametrize("when", [*BEFORE, AFTER])
def test_killed_while_approving_it_is_approved_whole_or_not_at_all(agreed: tuple[Path, int], when: str) -> None:
    path, key = agreed
    with stores.opened(path) as store:
        before, waiting = stores.dump(store.connection), health.check(store.connection)
    killed(path, when, approve, key)
    with stores.opened(path, actor=ACTOR) as store:
        assert health.check(store.connection) == waiting, "drafts of the sample, nothing broken"
        head = programmes.head(store.connection, key)
        if when == AFTER:
            assert head.frozen
            assert programme_life.frozen_tree(store.connection, key).programme.title == head.title
            assert programme_life.frozen_analysis(store.connection, head) is not None
        else:
            assert not head.frozen
            assert stores.dump(store.connection) == before
            programme_life.approve(store, key, **ACT)
            assert programmes.head(store.connection, key).frozen


# --- the paper of an approved edition ----------------------------------------------------------------------------


def test_an_approved_paper_is_made_wholly_from_the_snapshot(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = small(store)
    key = keys["programme"]
    for name, act in acts(keys).items():
        if name not in {"remove", "gone", "head"}:
            act(store)
    programme_life.approve(store, key, **ACT)
    before = programme_papers.paper(store.connection, key)

    def live(*_args: object, **_more: object) -> None:
        raise AssertionError("an approved paper asks nothing of today's data")

    with store.operation("Порча в обход", "test") as operation:
        operation.update("programme_node", keys["first"], text="Другие слова")
        operation.update("programme_node", keys["goal"], text="Другая цель")
    monkeypatch.setattr(programme_figures, "analysis", live)
    monkeypatch.setattr(programme_texts, "document_texts", live)
    after = programme_papers.paper(store.connection, key)
    assert after.document.blocks == before.document.blocks
    assert "Другие слова" not in repr(after.document)
    assert after.snapshot_id == programmes.head(store.connection, key).snapshot_id
