"""kill −9 in the middle of the acts on papers: all of it or nothing, a sound file, no half file beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.errors import UserError
from app.exporters.cms_make import sign_beside
from app.exporters.signing import load_p12, signatory_of
from app.models import blobs, health, journal, lock, papers
from app.models.store import Store
from app.operations import foreign_forms, history, orders, packages, schools, signing_order
from app.operations.demo import fill
from app.operations.foreign_forms import Link
from tests.forms_break import killing
from tests.forms_break.killing import ACTOR, AFTER, BEFORE, killed, killed_at
from tests.helpers import stores
from tests.helpers.certificates import PASSWORD, ivanova
from tests.helpers.foreign_books import region, write
from tests.papers_break import acts

killing.preload("tests.papers_break.acts")
WAYS = [*BEFORE, AFTER]
DATA = b"%PDF-1.4 order" * 400
SCHOOLS = 20


@dataclass(frozen=True)
class Cut:
    """An act, with what must hold once it was done whole; ``back``: it can be undone by Ctrl+Z (decision 17)."""

    act: Callable[..., Any]
    args: tuple[Any, ...]
    whole: Callable[[Store], bool]
    back: bool = True


def prove(path: Path, when: str, cut: Cut) -> None:
    """Kill the act, open the file again, and look at everything that must hold."""
    with stores.opened(path, actor=ACTOR) as store:
        before, entries = stores.dump(store.connection), len(history.history(store.connection))
        kept = _blobs(store)
        known = {one.code for one in health.check(store.connection)}
        assert not cut.whole(store)
    killed(path, when, cut.act, *cut.args)
    assert lock.lock_path(path).exists(), "the act ended before it was killed"
    with stores.opened(path, actor=ACTOR) as store:
        connection = store.connection
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert {one.code for one in health.check(connection)} <= known
        if when == AFTER:
            assert cut.whole(store)
            assert len(history.history(connection)) == entries + 1
        else:
            assert stores.dump(connection) == before
            assert len(history.history(connection)) == entries
            assert _blobs(store) == kept, "bytes that belong to nothing"
            cut.act(store, *cut.args)
            assert cut.whole(store)
        if cut.back:
            after = stores.dump(connection)
            history.undo(store)
            assert stores.dump(connection) == before
            history.redo(store)
            assert stores.dump(connection) == after
        else:
            with pytest.raises(UserError) as told:
                history.undo(store)
            assert told.value.code in {"GEN_UNDO_PASSING", "GEN_NOTHING_TO_UNDO", "GEN_UNDO_FINAL"}
        assert papers.damaged(connection) == []
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert journal.present_triggers(connection) == journal.expected_triggers(connection)


def _blobs(store: Store) -> set[str]:
    return {row[0] for row in store.connection.execute("SELECT sha256 FROM blob")}


def roles(number: int, role: str) -> Callable[[Store], bool]:
    def whole(store: Store) -> bool:
        found = papers.get(store.connection, number)
        assert found is not None
        return any(one.role == role for one in found.files)

    return whole


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A municipality of twenty schools with a paper, an order, a form."""
    path = tmp_path_factory.mktemp("papers") / "Пример.opora"
    store = Store.create(path, name="Лесогорский округ", actor=ACTOR)
    fill(store, schools=SCHOOLS, years=(2026,))
    with store.operation("Документ", "paper.register", reversible=False) as operation:
        papers.register(
            operation, kind="foreign", title="Приказ", file_name="Приказ.pdf", data=DATA, snapshot_id=None, actor="Ким",
        )  # fmt: skip
    store.close()
    return path.read_bytes()


@pytest.fixture
def number(year: bytes, path: Path) -> int:
    path.write_bytes(year)
    with stores.opened(path) as store:
        return max(paper.number for paper in papers.listing(store.connection))


@pytest.fixture
def sig(tmp_path: Path) -> Path:
    made = tmp_path / "Приказ.pdf.sig"
    made.write_bytes(sign_beside(DATA, signatory_of(load_p12(ivanova().p12, PASSWORD))).data)
    return made


@pytest.mark.parametrize("when", WAYS)
def test_registering(number: int, path: Path, when: str) -> None:
    def whole(store: Store) -> bool:
        found = papers.get(store.connection, number + 1)
        if found is None:
            return False
        assert {one.role for one in found.files} == {"original", "editable", "data"}
        return bool(blobs.get(store.connection, str(found.content_sha256)))

    prove(path, when, Cut(acts.register, (), whole, back=False))


@pytest.mark.parametrize("when", WAYS)
def test_keeping_a_signature_of_a_key_file(number: int, path: Path, tmp_path: Path, when: str) -> None:
    p12 = tmp_path / "key.p12"
    p12.write_bytes(ivanova().p12)
    prove(path, when, Cut(acts.sign_by_key, (number, p12), roles(number, "detached"), back=False))


@pytest.mark.parametrize("when", WAYS)
def test_keeping_a_signature_of_a_program(number: int, path: Path, sig: Path, when: str) -> None:
    prove(path, when, Cut(acts.sign_by_program, (number, sig), roles(number, "detached"), back=False))


@pytest.mark.parametrize("when", WAYS)
def test_taking_a_signature_back(number: int, path: Path, sig: Path, when: str) -> None:
    with stores.opened(path) as store:
        signing_order.set_order(store, number, [("Начальник", "М. П. Иванова")])

    def whole(store: Store) -> bool:
        found = papers.get(store.connection, number)
        assert found is not None
        done = any(one.role == "detached" for one in found.files)
        assert done == (found.state == "signed") == (found.signers[0].state == "signed")
        return done

    prove(path, when, Cut(acts.take_back, ([sig],), whole, back=False))


@pytest.mark.parametrize("when", WAYS)
def test_what_happened_on_the_way(number: int, path: Path, sig: Path, when: str) -> None:
    def whole(store: Store) -> bool:
        found = papers.get(store.connection, number)
        assert found is not None
        return [event.kind for event in found.events] == ["receipt"]

    prove(path, when, Cut(acts.receipt, (number, sig), whole))


@pytest.mark.parametrize("when", WAYS)
def test_number_and_date_of_an_order(number: int, path: Path, when: str) -> None:
    with stores.opened(path) as store:
        key = orders.compose(store, "group", 2026, day=acts.DAY)

    def whole(store: Store) -> bool:
        draft = orders.read(store.connection, key)
        rows = store.connection.execute("SELECT count(*) FROM legal_act WHERE number = '214-од'").fetchone()
        assert rows == (int(draft.signed),)
        return draft.signed

    prove(path, when, Cut(acts.number_an_order, (key,), whole))


@pytest.fixture
def form(number: int, path: Path, tmp_path: Path) -> int:
    assert number
    with stores.opened(path) as store:
        key = foreign_forms.add(store, write(tmp_path / "Форма.xlsx", region()), "Мониторинг")
        foreign_forms.link(store, key, Link("Школы", "B2", "field", "municipality"))
    return key


@pytest.mark.parametrize("when", WAYS)
def test_a_filled_form_into_the_register(form: int, path: Path, when: str) -> None:
    def whole(store: Store) -> bool:
        return any(paper.kind == "foreign_form" for paper in papers.listing(store.connection))

    prove(path, when, Cut(acts.fill_form, (form,), whole, back=False))


@pytest.fixture
def package(number: int, path: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "пакет"
    folder.mkdir()
    acts.open_and_make_package(path, (number,), folder)
    [found] = folder.iterdir()
    return found


@pytest.mark.parametrize("when", WAYS)
def test_making_a_package(number: int, path: Path, tmp_path: Path, when: str) -> None:
    folder = tmp_path / "пакет"
    folder.mkdir()

    def whole(store: Store) -> bool:
        return len(packages.listing(store.connection)) == 1

    prove(path, when, Cut(acts.make_package, ((number,), folder), whole))
    assert not [one for one in folder.iterdir() if one.suffix != ".zip"]


@pytest.mark.parametrize("when", WAYS)
def test_taking_a_package(package: Path, path: Path, when: str) -> None:
    def whole(store: Store) -> bool:
        return bool(store.connection.execute("SELECT count(*) FROM package_in").fetchone()[0] == 1)

    prove(path, when, Cut(acts.take_packages, ([package],), whole))


# --- files beside the file -----------------------------------------------------------------------------------------


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


@pytest.mark.parametrize("place", ["app.exporters.atomic:_write", "app.exporters.atomic:_claim"])
@pytest.mark.parametrize("call", [2, 20])
def test_a_batch_of_twenty_killed_leaves_nothing_after_the_next_one(
    number: int, path: Path, tmp_path: Path, place: str, call: int
) -> None:
    assert number
    folder = tmp_path / "Листы"
    # the first write is the trial whether the folder can be written
    killed_at(place, call + (1 if place.endswith("_write") else 0), acts.batch, path, folder)
    left = left_in(folder)
    whole = [name for name in left if name.endswith(".docx")]
    assert len(whole) == (0 if place.endswith("_write") else call - 1)
    assert len(left) > len(whole), "it was killed in vain"
    acts.batch(path, folder)
    now = left_in(folder)
    assert [name for name in now if not name.endswith(".docx")] == []
    assert len(now) == SCHOOLS + len(whole)


def test_a_package_killed_while_written_is_no_package(number: int, path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "пакет"
    folder.mkdir()
    killed_at("app.exporters.atomic:_claim", 1, acts.open_and_make_package, path, (number,), folder)
    assert not list(folder.glob("*.zip"))
    with stores.opened(path) as store:
        assert packages.listing(store.connection) == []
    acts.open_and_make_package(path, (number,), folder)
    assert [one.suffix for one in folder.iterdir()] == [".zip"]


def test_a_form_killed_while_saved_leaves_the_older_one(form: int, path: Path, tmp_path: Path) -> None:
    target = tmp_path / "вывод" / "Форма 2026.xlsx"
    target.parent.mkdir()
    target.write_bytes(b"older")
    killed_at("app.exporters.atomic:_replace", 1, acts.save_form, path, form, target)
    assert target.read_bytes() == b"older"
    acts.save_form(path, form, target)
    assert left_in(target.parent) == ["Форма 2026.xlsx"]
    assert target.read_bytes()[:2] == b"PK"


@pytest.mark.parametrize("call", [1, 2])
def test_what_goes_to_be_signed_appears_whole(number: int, path: Path, tmp_path: Path, call: int) -> None:
    folder = tmp_path / "флешка"
    folder.mkdir()
    place = {1: "app.exporters.atomic:_claim", 2: "app.exporters.atomic:_write"}[call]
    killed_at(place, 1 if call == 1 else 3, acts.open_and_send, path, number, folder)
    assert not [name for name in left_in(folder) if not name.startswith(".")]
    acts.open_and_send(path, number, folder)
    assert left_in(folder) == [f"На подпись № {number}"]
    assert len(left_in(folder / f"На подпись № {number}")) == 3


@pytest.mark.parametrize(
    "place",
    ["app.models.backup:verify", "app.models.backup:_sync", "app.models.named_people:_texts",
     "app.models.named_people:leftovers"],
)  # fmt: skip
def test_a_copy_without_people_killed_leaves_nobody_behind(number: int, path: Path, tmp_path: Path, place: str) -> None:
    assert number
    folder = tmp_path / "наружу"
    folder.mkdir()
    with stores.opened(path) as store:
        schools.add(store, {"name": "Школа"})
    target = folder / "Копия.opora"
    killed_at(place, 1, acts.copy_without_people, path, target)
    assert not target.exists()
    assert left_in(folder), "it was killed in vain"
    acts.copy_without_people(path, target)
    assert left_in(folder) == ["Копия.opora"]
