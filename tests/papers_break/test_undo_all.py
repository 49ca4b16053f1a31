"""Anything done with papers in any order, the file opened anew in between: undo all, redo all (decisions 14, 17)."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.errors import UserError
from app.models import health, journal, papers
from app.models.packages import PackageIn
from app.models.schema_007 import STEP_007
from app.models.store import Store
from app.operations import (
    foreign_forms,
    foreign_map,
    history,
    order_links,
    orders,
    outgoing,
    package_check,
    package_region,
    packages,
    paper_dress,
    registers,
    schools,
    signers,
    signing,
    signing_elsewhere,
    signing_order,
)
from app.operations.demo import fill
from app.operations.foreign_forms import Link
from app.operations.order_kinds import ORDER_KINDS
from app.operations.order_templates import ACTS as ORDER_ACTS
from app.operations.order_templates import KINDS
from app.operations.outgoing import Happening
from app.operations.packages import Ask
from app.operations.paper_dress import Dress
from tests.helpers import stores
from tests.helpers.foreign_books import region, write
from tests.papers_break import acts

DAY = date(2026, 11, 23)
OPERATIONS = 45
RESTART_EVERY = 15
FOR_GOOD = {
    "papers.py": 1,  # registering: ends by «Отозвать документ…»
    "paper_catalogue.py": 1,  # a habit, no work
    "outgoing.py": 1,  # a file at a line of the register, as its original
    "signing.py": 1,  # withdrawing
    "signing_order.py": 1,  # keeping a signature
    "signing_elsewhere.py": 1,  # keeping several that came back together
}
"""Modules of papers → how many of their operations Ctrl+Z does not take back (decision 17)."""

Chance = random.Random
Act = Callable[[Store, Chance, Path], Any]
WORDS = (
    "",
    "Приказ № 7",
    "25.11.2026",
    "2026-02-30",
    "12",
    "Ким О. В.",
    "министерство",
    "первая\nвторая",
    "№ 5",
    "sign",
)


def _keys(store: Store, table: str) -> list[int]:
    return [row[0] for row in store.connection.execute(f'SELECT id FROM "{table}" ORDER BY id')]


def _numbers(store: Store) -> list[int]:
    return [paper.number for paper in papers.listing(store.connection)]


def _register(store: Store, chance: Chance, _files: Path) -> None:
    key = chance.choice(("signers", "package_expected", "acts"))
    from app.operations.register_catalogue import REGISTERS

    names = [one.key for one in REGISTERS[key].columns]
    scope: dict[str, Any] = {}
    lines = [line.key for line in registers.table(store.connection, key, scope).lines]
    match chance.randrange(4):
        case 0 if lines:
            registers.remove(store, key, scope, chance.sample(lines, 1))
        case 1 if lines and REGISTERS[key].ordered:
            registers.move(store, key, scope, chance.choice(lines), chance.choice((-1, 1)))
        case _:
            rows = chance.sample([*lines, -1, -2], 2) if lines else [-1, -2]
            registers.put_cells(store, key, scope, [(row, chance.choice(names), chance.choice(WORDS)) for row in rows])


def _cases(store: Store, chance: Chance, _files: Path) -> None:
    part, case = chance.choice(("post", "name")), chance.choice(("genitive", "dative", "instrumental"))
    signers.put_case(store, chance.choice(_keys(store, "signer")), part, case, chance.choice(WORDS))  # type: ignore[arg-type]


def _dress(store: Store, chance: Chance, _files: Path) -> None:
    dress = Dress(executor=chance.choice(WORDS), qr=chance.choice(("", "{название}")), long_storage=True)
    paper_dress.keep(store, chance.choice(("school_list", "school_sheet")), dress)


def _line(store: Store, chance: Chance, _files: Path) -> None:
    column = chance.choice(list(outgoing.COLUMN_WORDS))
    outgoing.edit(store, chance.choice(_numbers(store)), column, chance.choice(WORDS))


def _event(store: Store, chance: Chance, files: Path) -> None:
    kind = chance.choice(("sent", "receipt", "remark", "answer"))
    path = chance.choice((None, files / "Форма.xlsx"))
    what = Happening(kind, "2026-11-20", chance.choice(WORDS), chance.choice(WORDS), "исправить", "2026-12-01", path)  # type: ignore[arg-type]
    outgoing.happened(store, chance.choice(_numbers(store)), what, DAY)


def _forget(store: Store, chance: Chance, _files: Path) -> None:
    found = _keys(store, "paper_event")
    if found:
        outgoing.forget(store, chance.choice(found))


def _version(store: Store, chance: Chance, _files: Path) -> None:
    numbers = _numbers(store)
    outgoing.link_version(store, chance.choice(numbers), chance.choice([None, *numbers]))


def _order_of_signing(store: Store, chance: Chance, files: Path) -> None:
    number = chance.choice(_numbers(store))
    people = [("Начальник", "М. П. Иванова"), ("", "О. В. Ким"), ("Методист", "С. И. Петров")]
    match chance.randrange(4):
        case 0:
            rows = signing_order.order(store.connection, number)
            if rows:
                signing_order.refuse(store, number, chance.choice(rows).position, "в отпуске")
        case 1:
            signing_elsewhere.export(store, number, files / f"{chance.random()}.zip")
        case _:
            signing_order.set_order(store, number, chance.sample(people, chance.randrange(4)))


def _compose(store: Store, chance: Chance, _files: Path) -> None:
    orders.compose(
        store, chance.choice(KINDS), chance.choice((2025, 2026)), act=chance.choice(list(ORDER_ACTS)), day=DAY
    )


def _order(store: Store, chance: Chance, _files: Path) -> None:
    found = _keys(store, "order_draft")
    if not found:
        return
    key = chance.choice(found)
    draft = orders.read(store.connection, key)
    point = chance.choice(draft.texts).key
    people = _keys(store, "signer")
    off = [one for one, _text in draft.off]
    said = {"acquaint": chance.choice(("1", "")), "place": chance.choice(WORDS)}
    number, dated = chance.choice(("7", "214-од")), chance.choice(("20.11.2026", "2026-11-21"))
    chance.choice((
        lambda: orders.put_text(store, key, point, chance.choice((None, *WORDS))),
        lambda: orders.add_point(store, key, chance.choice(WORDS)),
        lambda: orders.take_out(store, key, point),
        lambda: orders.put_back(store, key, chance.choice(off or ["нет"])),
        lambda: orders.put_head(store, key, act=chance.choice(list(ORDER_ACTS)), signer_id=chance.choice([0, *people])),
        lambda: orders.put_head(store, key, values=said),
        lambda: orders.registered(store, key, number, dated),
        lambda: order_links.hand_over(store, key),
        lambda: orders.remove(store, key),
    ))()  # fmt: skip


def _form(store: Store, chance: Chance, files: Path) -> None:
    found = _keys(store, "foreign_form")
    match chance.randrange(4):
        case 0:
            foreign_forms.add(store, files / "Форма.xlsx", f"Форма {chance.randrange(9)}")
        case 1 if found:
            foreign_forms.remove(store, chance.choice(found))
        case 2 if found:
            foreign_forms.rename(store, chance.choice(found), chance.choice(WORDS), chance.choice(WORDS))
        case _ if found:
            key = chance.choice(found)
            made = foreign_map.for_version(store.connection, key, files / "Форма.xlsx")
            links = [one.link for one in made]
            foreign_map.take_version(store, key, files / "Форма.xlsx", "Новая", links)


def _link(store: Store, chance: Chance, _files: Path) -> None:
    found = _keys(store, "foreign_form")
    if not found:
        return
    key, cell = chance.choice(found), chance.choice(("B2", "B3", "C4", "ZZ9"))
    if chance.random() < 0.3:
        foreign_forms.unlink(store, key, "Школы", cell)
    else:
        kind, source = chance.choice((("field", "municipality"), ("text", "за {year}"), ("field", "нет такого")))
        foreign_forms.link(store, key, Link("Школы", cell, kind, source))  # type: ignore[arg-type]


def _package(store: Store, chance: Chance, files: Path) -> None:
    match chance.randrange(3):
        case 0:
            ask = Ask("Пакет", "2026/27 учебный год", "", tuple(chance.sample(_numbers(store), 1)), DAY)
            packages.make(store, packages.prepare(store.connection, ask), files / f"{chance.random()}.zip")
        case _ if packages.listing(store.connection):
            number = chance.choice(packages.listing(store.connection)).number
            packages.mark(store, number, sent_on=chance.choice(WORDS), answered_on="25.11.2026", answer="принят")


def _came(store: Store, chance: Chance, files: Path) -> None:
    taken: list[PackageIn] = package_region.taken(store.connection, replaced=True)
    if taken and chance.random() < 0.5:
        package_region.remark(store, chance.choice(taken).id, chance.choice(WORDS))
    else:
        chosen = chance.sample(sorted(files.glob("пришло*.zip")), chance.choice((1, 2)))
        package_region.take(store, [package_check.check(path) for path in chosen])


def _school(store: Store, chance: Chance, _files: Path) -> None:
    one, two = chance.sample(schools.listing(store.connection), 2)
    merged = [row[0] for row in store.connection.execute("SELECT id FROM organisation WHERE duplicate_of IS NOT NULL")]
    chance.choice((
        lambda: schools.merge(store, one.id, two.id),
        lambda: schools.separate(store, chance.choice(merged)) if merged else None,
        lambda: schools.edit(store, one.id, {"status": chance.choice(("closed", "active"))}),
    ))()  # fmt: skip


WALKED: tuple[tuple[Act, int], ...] = (
    (_register, 6), (_cases, 2), (_dress, 2), (_line, 4), (_event, 6), (_forget, 2), (_version, 3),
    (_order_of_signing, 5), (_compose, 4), (_order, 12), (_form, 4), (_link, 5), (_package, 3), (_came, 4),
    (_school, 2),
)  # fmt: skip
"""What is done, and how often as against the others."""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files")


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory, files: Path) -> bytes:
    path = tmp_path_factory.mktemp("undo") / "Пример.opora"
    store = Store.create(path, name="Лесогорский округ", actor="Ракитина Е. В.")
    fill(store, schools=5, years=(2026,))
    for number in range(3):
        with store.operation("Документ", "paper.register", reversible=False) as operation:
            papers.register(
                operation, kind="foreign", title=f"Отчёт {number}", file_name=f"{number}.pdf",
                data=b"%PDF-1.4" + bytes([number]), snapshot_id=None, actor="Ким",
            )  # fmt: skip
    write(files / "Форма.xlsx", region())
    for number in (1, 2):
        ask = Ask(f"Пакет {number}", "2025/26 учебный год", "", (1, 2), DAY)
        packages.make(store, packages.prepare(store.connection, ask), files / f"пришло {number}.zip")
    store.close()
    return path.read_bytes()


def _do(path: Path, seed: int, files: Path) -> tuple[list[dict[str, Any]], set[str]]:
    """Do the acts of one chance; returns the dumps, the first before all, and what did something."""
    chance = random.Random(seed)
    walked, weights = zip(*WALKED, strict=True)
    store = Store.open(path, actor="Ким О. В.")
    dumps = [stores.dump(store.connection)]
    entries, did = len(journal.history(store.connection)), set()
    for number, act in enumerate(chance.choices(walked, weights, k=OPERATIONS)):
        if number % RESTART_EVERY == RESTART_EVERY - 1:
            store.abandon()
            store = Store.open(path, actor="Ким О. В.")
        try:
            act(store, chance, files)
        except UserError:
            assert stores.dump(store.connection) == dumps[-1], f"{act.__name__}: refused, yet something changed"
        now = len(journal.history(store.connection))
        assert now - entries in (0, 1), f"{act.__name__}: one act is one step"
        found = stores.dump(store.connection)
        if now > entries:
            dumps.append(found)
            did.add(act.__name__)
        elif found != dumps[-1]:
            dumps[-1] = found  # the same cell in the same visit: the step before has grown
        entries = now
    store.abandon()
    return dumps, did


@pytest.mark.parametrize("seed", range(5))
def test_undo_all_is_the_first_dump_and_redo_all_the_last(
    example: bytes, tmp_path: Path, files: Path, seed: int
) -> None:
    path = tmp_path / "Пример.opora"
    path.write_bytes(example)
    with stores.opened(path) as store:
        known = {one.code for one in health.check(store.connection)} | {"STORE_DRAFT", "STORE_MERGED_DIFFERS"}
    dumps, did = _do(path, seed, files)
    assert len(dumps) > OPERATIONS // 3, "most acts do something"
    assert len(did) > len(WALKED) // 2
    with stores.opened(path) as store:
        assert {one.code for one in health.check(store.connection)} <= known
    half = len(dumps) // 2
    for part in (dumps[:-1][half:], dumps[:-1][:half]):
        with stores.opened(path) as store:
            for wanted in reversed(part):
                done = history.undo(store)
                assert _differences(wanted, stores.dump(store.connection)) == [], done.label
    with stores.opened(path) as store:
        for wanted in dumps[1:]:
            done = history.redo(store)
            assert _differences(wanted, stores.dump(store.connection)) == [], done.label
        assert store.connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert papers.damaged(store.connection) == []


def _differences(wanted: dict[str, Any], found: dict[str, Any]) -> list[Any]:
    return [(table, set(wanted[table]) ^ set(found[table])) for table in wanted if wanted[table] != found[table]]


def test_what_ctrl_z_does_not_take_back_is_counted() -> None:
    folder = Path(papers.__file__).parents[1] / "operations"
    mine = ("papers", "paper_", "outgoing", "signing", "order", "foreign", "package", "signers", "impersonal", "slides")
    found = {
        path.name: path.read_text("utf-8").count("reversible=False")
        for path in folder.glob("*.py") if path.name.startswith(mine)
    }  # fmt: skip
    assert {name: number for name, number in found.items() if number} == FOR_GOOD
    assert len(ORDER_KINDS) == len(KINDS)
    assert STEP_007.count("CREATE TABLE") > 10


def test_a_signature_holds_what_lies_under_it(example: bytes, tmp_path: Path, files: Path) -> None:
    """The order of signing, once somebody has signed in it, is not taken from under the signature by Ctrl+Z."""
    from tests.helpers.certificates import ivanova

    path, p12 = tmp_path / "Пример.opora", tmp_path / "key.p12"
    path.write_bytes(example)
    p12.write_bytes(ivanova().p12)
    with stores.opened(path) as store:
        signing_order.set_order(store, 3, [("Начальник", "М. П. Иванова"), ("", "О. В. Ким")])
        acts.sign_by_key(store, 3, p12)
        before = stores.dump(store.connection)
        with pytest.raises(UserError) as told:
            history.undo(store)
        assert told.value.code == "GEN_UNDO_PASSING"
        with pytest.raises(UserError) as told:
            history.undo(store, passing=True)
        assert told.value.code == "GEN_UNDO_LATER"
        assert stores.dump(store.connection) == before
        signing.withdraw(store, 3, "ошибка")
        with pytest.raises(UserError):
            history.undo(store)
        for act in (
            lambda: outgoing.edit(store, 3, "addressee", "кому-то"),
            lambda: outgoing.happened(store, 3, Happening("sent", "2026-11-20"), DAY),
            lambda: acts.sign_by_key(store, 3, p12),
            lambda: signing_order.set_order(store, 3, [("", "О. В. Ким")]),
            lambda: signing_order.refuse(store, 3, 1, "уволена"),
            lambda: signing_elsewhere.export(store, 3, tmp_path),
        ):
            with pytest.raises(UserError) as told:
                act()
            assert told.value.code == "OUTREG_WITHDRAWN"


def test_the_same_bytes_after_a_withdrawal_are_a_new_line_in_force(example: bytes, tmp_path: Path) -> None:
    path = tmp_path / "Пример.opora"
    path.write_bytes(example)
    with stores.opened(path) as store:
        first = acts.register(store)
        assert acts.register(store) == first
        signing.withdraw(store, first, "не тот адресат")
        second = acts.register(store)
        assert second != first
        assert acts.register(store) == second
        found = signing.known_paper(store.connection, b"%PDF-1.4 list")
        assert found is not None
        assert (found.number, found.state) == (second, "registered")
