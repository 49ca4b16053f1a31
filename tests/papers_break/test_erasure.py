"""Erasing a person reaches what lies round papers: signers, orders of signing, the way of a paper, drafts, packages."""

from __future__ import annotations

import pytest

from app.models import erasure, papers
from app.models.store import Store
from app.operations import directory, orders, outgoing, paper_dress, registers, signing_order
from app.operations.outgoing import Happening
from app.operations.paper_dress import Dress, Who
from tests.helpers.rows import RowMaker
from tests.monitoring_break.test_erasure import NAME, SHORT, holders, in_bytes
from tests.papers_break.acts import DAY

FROZEN = {"paper_file", "outgoing_paper"}
"""What went out says what it said: titles, names of files and certificates of signatures stay (decision 17)."""


@pytest.fixture
def person(store: Store) -> int:
    key = directory.add_person(store, NAME)
    registers.add(store, "tasks", {}, text="Позвонить", responsible=SHORT, person_id=key)
    return key


def test_an_erased_person_is_in_no_text_round_the_papers(store: Store, person: int) -> None:
    with store.operation("Документ", "paper.register", reversible=False) as operation:
        number = papers.register(
            operation, kind="foreign", title="Отчёт", file_name="а.pdf", data=b"%PDF", snapshot_id=None, actor="Ким",
        )  # fmt: skip
    registers.add(store, "signers", {}, post="Начальник", name=SHORT, full_name=NAME)
    signing_order.set_order(store, number, [("Начальник", SHORT)])
    signing_order.refuse(store, number, signing_order.order(store.connection, number)[0].position, f"{SHORT} болеет")
    outgoing.happened(store, number, Happening("sent", "2026-11-20", person=NAME, text=f"передано {SHORT}"), DAY)
    outgoing.edit(store, number, "addressee", f"Министерство, {SHORT}")
    key = orders.compose(store, "group", 2026, day=DAY)
    orders.add_point(store, key, f"Назначить ответственным: {SHORT}")
    orders.registered(store, key, "7", "20.11.2026")
    paper_dress.keep(store, "school_list", Dress(signers=(Who(0, "Начальник", SHORT),), executor=NAME))
    registers.add(store, "package_expected", {}, municipality="Округ", contact=f"{NAME}, 2-16-40")
    store.backup("by-hand")
    assert {table for table, _told in holders(store.connection)} > {"paper_setup", "paper_event", "order_draft"}
    directory.erase_person(store, person)
    assert holders(store.connection) == []
    assert in_bytes(store) == []
    assert paper_dress.of_kind(store.connection, "school_list").signers[0].post == "Начальник"


def test_every_text_that_is_listed_is_erased(store: Store, person: int) -> None:
    maker = RowMaker(store.connection, 7, ["проба"])
    with store.operation("Вписано", "test.fill") as operation:
        for table, columns in erasure._NAMED_IN_PAPERS.items():
            if table not in FROZEN:
                operation.update(table, maker.insert(operation, table), **dict.fromkeys(columns, f"передано: {SHORT}"))
    directory.erase_person(store, person)
    assert holders(store.connection) == []
