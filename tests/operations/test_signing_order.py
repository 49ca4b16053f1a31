"""Several people sign in their order; a signature finds its place; going away to be signed and coming back."""

from __future__ import annotations

import hashlib
import os
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import UserError
from app.exporters.cms_make import sign_beside
from app.exporters.signing import SignaturePlace, add_signature_fields, load_p12, sign_pdf, sign_pdf_as, signatory_of
from app.models import paper_signatures, papers
from app.models.store import Store
from app.operations import history, signing_elsewhere, signing_order
from app.operations.signing_elsewhere import LABEL, NOTE
from app.operations.signing_make import SignedFile, by_key_file
from tests.helpers import gost, outside, pdfs, stores
from tests.helpers.certificates import PASSWORD, Person, ivanova, petrov

HEAD, METHODIST = ("Начальник управления", "М. П. Иванова"), ("Методист", "С. И. Петров")


@pytest.fixture
def pdf() -> bytes:
    places = [SignaturePlace(f"place{n}", 0, (40, 60.0 * n, 260, 60.0 * n + 50), f"Подпись {n}") for n in (1, 2)]
    return add_signature_fields(pdfs.paper(), places)


@pytest.fixture
def number(store: Store, pdf: bytes) -> int:
    return register(store, pdf, "Список.pdf")


def register(store: Store, data: bytes, name: str) -> int:
    with store.operation("Документ записан", "paper.register", reversible=False) as operation:
        return papers.register(
            operation, kind="school_list", title="Список школ", file_name=name, data=data, snapshot_id=None, actor="Ким"
        )


def signed(data: bytes, who: Person, folder: Path, form: str = "beside", name: str = "Список.pdf") -> SignedFile:
    path = folder / "key.p12"
    path.write_bytes(who.p12)
    return by_key_file(data, name, path, PASSWORD, form)  # type: ignore[arg-type]


def sig(data: bytes, who: Person) -> bytes:
    return sign_beside(data, signatory_of(load_p12(who.p12, PASSWORD))).data


def refused(work: object) -> UserError:
    with pytest.raises(UserError) as caught:
        work()  # type: ignore[operator]
    return caught.value


def states(store: Store, number: int) -> list[tuple[str, str]]:
    return [(item.name, item.state) for item in signing_order.order(store.connection, number)]


def test_two_people_sign_in_their_order(store: Store, number: int, pdf: bytes, tmp_path: Path) -> None:
    signing_order.set_order(store, number, [HEAD, METHODIST])
    early = signed(pdf, petrov(), tmp_path)
    told = refused(lambda: signing_order.keep(store, pdf, "Список.pdf", early))
    assert told.code == "SIGN_NOT_TURN"
    assert "М. П. Иванова" in told.what
    signing_order.keep(store, pdf, "Список.pdf", signed(pdf, ivanova(), tmp_path, "inside"))
    assert states(store, number) == [("М. П. Иванова", "signed"), ("С. И. Петров", "waiting")]
    paper = papers.get(store.connection, number)
    assert paper is not None
    assert paper.state == "registered", "one of two is not all"
    assert signing_order.progress(signing_order.order(store.connection, number)) == (
        "подписали 1 из 2, очередь: С. И. Петров"
    )
    name, newest = signing_order.bytes_of(store.connection, number)
    assert newest.startswith(pdf), "the next one signs what the first one signed"
    signing_order.keep(store, newest, name, signed(newest, petrov(), tmp_path, "inside", name))
    assert [state for _, state in states(store, number)] == ["signed", "signed"]
    assert signing_order.bytes_of(store.connection, number)[1].startswith(newest), "whatever second it was kept in"
    paper = papers.get(store.connection, number)
    assert paper is not None
    assert paper.state == "signed"
    first = paper_signatures.listing(store.connection, paper.id)[0]
    assert first.file_id in {file.id for file in paper.files}
    row = store.connection.execute("SELECT way, of_sha256 FROM paper_file WHERE id = ?", (first.file_id,)).fetchone()
    assert tuple(row) == ("pkcs12", hashlib.sha256(pdf).hexdigest())


def test_an_order_can_be_changed_and_undone_but_not_those_who_signed(
    store: Store, number: int, pdf: bytes, tmp_path: Path
) -> None:
    signing_order.set_order(store, number, [HEAD])
    signing_order.set_order(store, number, [METHODIST, HEAD])
    assert [name for name, _ in states(store, number)] == ["С. И. Петров", "М. П. Иванова"]
    store.undo()
    assert [name for name, _ in states(store, number)] == ["М. П. Иванова"]
    signing_order.keep(store, pdf, "Список.pdf", signed(pdf, ivanova(), tmp_path))
    signing_order.set_order(store, number, [METHODIST])
    assert states(store, number) == [("М. П. Иванова", "signed"), ("С. И. Петров", "waiting")]
    signing_order.refuse(store, number, 2, "в отпуске")
    assert states(store, number)[1] == ("С. И. Петров", "refused")
    assert refused(lambda: signing_order.refuse(store, number, 1, "нет")).code == "SIGN_ORDER_STARTED"
    assert refused(lambda: signing_order.refuse(store, number, 7, "нет")).code == "SIGN_NO_SIGNER"
    assert refused(lambda: signing_order.set_order(store, register(store, b"x", "x"), [])).code == "SIGN_ORDER_EMPTY"


def test_the_same_signature_is_not_kept_twice(store: Store, number: int, pdf: bytes, tmp_path: Path) -> None:
    made = signed(pdf, ivanova(), tmp_path)
    assert signing_order.keep(store, pdf, "Список.pdf", made) == number
    assert refused(lambda: signing_order.keep(store, pdf, "Список.pdf", made)).code == "SIGN_BACK_TWICE"
    signing_order.keep(store, pdf, "Список.pdf", signed(pdf, petrov(), tmp_path))
    paper = papers.get(store.connection, number)
    assert paper is not None
    assert {file.file_name for file in paper.files} == {"Список.pdf", "Список.pdf.sig", "Список.pdf (2).sig"}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Иванова Мария Петровна", "М. П. Иванова", True),
        ("Иванова Мария Петровна", "Иванова М.П.", True),
        ("Иванова Мария Петровна", "О. П. Иванова", False),
        ("Семёнова-Рощина Алёна", "А. Семенова-Рощина", True),
        ("Ким Ольга Викторовна", "Ким", True),
        ("Ким Ольга Викторовна", "Кимов О. В.", False),
        ("МБОУ СОШ 5", "М. П. Иванова", False),
    ],
)
def test_who_is_the_same_person(one: str, other: str, same: bool) -> None:
    assert signing_order.same_person(one, other) is same


def test_away_to_be_signed_and_back(store: Store, number: int, pdf: bytes, tmp_path: Path) -> None:
    signing_order.set_order(store, number, [HEAD])
    folder = signing_elsewhere.export(store, number, tmp_path)
    assert {path.name for path in folder.iterdir()} == {"Список.pdf", NOTE, LABEL}
    assert (folder / "Список.pdf").read_bytes() == pdf
    note = (folder / NOTE).read_text(encoding="utf-8-sig")
    assert hashlib.sha256(pdf).hexdigest() in note
    assert "М. П. Иванова" in note
    assert states(store, number) == [("М. П. Иванова", "sent")]
    (folder / "Список.pdf.sig").write_bytes(sig(pdf, ivanova()))
    (taken,) = signing_elsewhere.take_back(store, [folder])
    assert (taken.number, taken.signer) == (number, "Иванова Мария Петровна")
    assert states(store, number) == [("М. П. Иванова", "signed")]
    assert signing_elsewhere.export(store, number, tmp_path) != folder, "nothing is written over"


def test_names_do_not_matter_bytes_do(store: Store, number: int, pdf: bytes, tmp_path: Path) -> None:
    other = register(store, b"other", "Другой.txt")
    alone = tmp_path / "подпись из почты.p7s"
    alone.write_bytes(sig(b"other", petrov()))
    assert [item.number for item in signing_elsewhere.take_back(store, [alone])] == [other]
    renamed = tmp_path / "скан 17.pdf"
    renamed.write_bytes(sign_pdf(pdfs.paper(text="Другой"), ivanova().p12, PASSWORD).pdf)
    assert refused(lambda: signing_elsewhere.take_back(store, [renamed])).code == "SIGN_BACK_UNKNOWN"
    renamed.write_bytes(_grown(pdf))
    assert [item.number for item in signing_elsewhere.take_back(store, [renamed])] == [number]
    stranger = tmp_path / "чужая.sig"
    stranger.write_bytes(sig(b"nobody knows", petrov()))
    assert refused(lambda: signing_elsewhere.take_back(store, [stranger])).code == "SIGN_BACK_UNKNOWN"


def _grown(pdf: bytes) -> bytes:
    """A signed PDF that grew out of the registered one, as other programs make it: no page added."""
    return sign_pdf_as(pdf, signatory_of(load_p12(ivanova().p12, PASSWORD))).pdf


def test_a_changed_document_a_zip_and_an_empty_folder(store: Store, number: int, pdf: bytes, tmp_path: Path) -> None:
    archive = signing_elsewhere.export(store, number, tmp_path / "на подпись.zip")
    with zipfile.ZipFile(archive) as came:
        assert set(came.namelist()) == {"Список.pdf", NOTE, LABEL}
    back = tmp_path / "назад.zip"
    with zipfile.ZipFile(back, "w") as made:
        made.writestr("../../Список.pdf", pdf)
        made.writestr("папка\\Список.pdf.sig", sig(pdf + b" ", ivanova()))
    told = refused(lambda: signing_elsewhere.take_back(store, [back]))
    assert told.code == "SIGN_BACK_BAD"
    assert "Список.pdf" in told.what
    with zipfile.ZipFile(back, "w") as made:
        made.writestr("../../Список.pdf", pdf)
        made.writestr("папка\\Список.pdf.sig", sig(pdf, ivanova()))
    assert [item.number for item in signing_elsewhere.take_back(store, [back])] == [number]
    empty = tmp_path / "пусто"
    empty.mkdir()
    assert refused(lambda: signing_elsewhere.take_back(store, [empty])).code == "SIGN_BACK_NOTHING"
    (tmp_path / "bad.zip").write_bytes(b"PK broken")
    assert refused(lambda: signing_elsewhere.take_back(store, [tmp_path / "bad.zip"])).code == "GEN_FILE_UNREADABLE"


def test_both_signatures_of_a_folder_are_taken_in_their_order(
    store: Store, number: int, pdf: bytes, tmp_path: Path
) -> None:
    signing_order.set_order(store, number, [METHODIST, HEAD])
    first, second = sig(pdf, petrov()), sig(pdf, ivanova())
    folder = tmp_path / "назад"
    folder.mkdir()
    (folder / "я.sig").write_bytes(first)
    (folder / "а.sig").write_bytes(second)
    times = [replace(_read(one), signed_at=None).signer for one in (first, second)]
    assert times == ["Петров Сергей Иванович", "Иванова Мария Петровна"]
    taken = signing_elsewhere.take_back(store, [folder])
    assert {item.signer for item in taken} == set(times)
    assert [state for _, state in states(store, number)] == ["signed", "signed"]


@pytest.mark.parametrize("names", [("1.sig", "2.sig"), ("2.sig", "1.sig")])
def test_of_several_that_came_back_a_refused_one_keeps_the_others_out(
    store: Store, number: int, pdf: bytes, tmp_path: Path, names: tuple[str, str]
) -> None:
    """Whichever is looked at first: one whose turn it is not, and one that could be kept."""
    other = register(store, b"other", "Другой.txt")
    signing_order.set_order(store, other, [HEAD, METHODIST])
    folder = tmp_path / "назад"
    folder.mkdir()
    (folder / names[0]).write_bytes(sig(pdf, ivanova()))
    (folder / names[1]).write_bytes(sig(b"other", petrov()))
    before, entries = stores.dump(store.connection), len(history.history(store.connection))
    assert refused(lambda: signing_elsewhere.take_back(store, [folder])).code == "SIGN_NOT_TURN"
    assert stores.dump(store.connection) == before
    signing_order.set_order(store, other, [METHODIST, HEAD])
    taken = signing_elsewhere.take_back(store, [folder])
    assert {(item.number, item.signer) for item in taken} == {
        (number, "Иванова Мария Петровна"), (other, "Петров Сергей Иванович"),
    }  # fmt: skip
    found = history.history(store.connection)
    assert len(found) == entries + 2, "the order, and one step for both signatures"
    assert {entry.label.split(":")[0] for entry in found if "Подписаны" in entry.label} == {
        f"Подписаны документы № {number}, {other}"
    }


def _read(raw: bytes) -> SignedFile:
    made, _ = signing_elsewhere.ready_signature(b"", "x", sig(b"", petrov()), "x.sig")
    from app.exporters.cms_make import read_signature

    facts = read_signature(raw, "x").signers[0]
    return replace(made, signer=facts.owner if facts else None)


if os.name == "posix" and os.geteuid() != 0:

    def test_a_folder_that_may_only_be_read(store: Store, number: int, tmp_path: Path) -> None:
        closed = tmp_path / "закрыта"
        closed.mkdir(mode=0o500)
        told = refused(lambda: signing_elsewhere.export(store, number, closed))
        assert told.code == "PAPER_READ_ONLY"
        assert list(closed.iterdir()) == []


if outside.GOST_ENGINE:

    def test_gost_comes_back_beside_its_document(store: Store, number: int, pdf: bytes, tmp_path: Path) -> None:
        folder = signing_elsewhere.export(store, number, tmp_path)
        (folder / "Список.pdf.sig").write_bytes(gost.gost_person().sign(pdf))
        (taken,) = signing_elsewhere.take_back(store, [folder])
        assert (taken.number, taken.signer) == (number, "Иванова Мария Петровна")
