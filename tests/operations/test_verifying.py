"""Checking files for a person: what lies beside what, whom one trusts, the words and the printed protocol."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from app.errors import UserError
from app.exporters.verdicts import TITLES
from app.models.store import Store
from app.operations import papers, trusted, verifying
from app.reports import verification as words
from app.reports.document import Facts
from tests.exporters.test_verifying_containers import countersigned
from tests.exporters.test_verifying_detached import DATA, sign
from tests.helpers import shadow
from tests.helpers.certificates import centre, ivanova, petrov
from tests.helpers.pdfs import paper, signed_once, signed_twice, updated
from tests.helpers.projections import pdf_text


def pdf_pages(pdf: bytes) -> int:
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


# --- what lies beside what ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("document", "signature"),
    [("приказ.pdf", "приказ.pdf.sig"), ("приказ.pdf", "приказ.sig"), ("список.xlsx", "список.xlsx.p7s")],
)
def test_a_document_and_its_signature_find_each_other(tmp_path: Path, document: str, signature: str) -> None:
    one, two = put(tmp_path, document, DATA), put(tmp_path, signature, sign(ivanova()))
    assert verifying.partner(one) == (one, two)
    assert verifying.partner(two) == (one, two)
    for path in (one, two):
        checked = verifying.check_path(path)
        assert (checked.name, checked.sig_name) == (document, signature)
        assert checked.verification.verdict == "valid_unknown_issuer"


def test_two_documents_of_one_name_are_not_guessed_between(tmp_path: Path) -> None:
    put(tmp_path, "приказ.pdf", DATA)
    put(tmp_path, "приказ.docx", DATA)
    alone = put(tmp_path, "приказ.sig", sign(ivanova()))
    assert verifying.partner(alone) == (alone, None)
    assert "Выберите документ" in verifying.check_path(alone).verification.reason


def test_brackets_in_a_name_are_no_pattern(tmp_path: Path) -> None:
    one = put(tmp_path, "приказ [1].pdf", DATA)
    two = put(tmp_path, "приказ [1].sig", sign(ivanova()))
    assert verifying.partner(two) == (one, two)


def test_a_signature_inside_and_another_beside_are_both_judged(tmp_path: Path) -> None:
    pdf = signed_once()
    path = put(tmp_path, "список.pdf", pdf)
    put(tmp_path, "список.pdf.sig", sign(petrov(), data=pdf))
    checked = verifying.check_path(path)
    assert [one.signer for one in checked.verification.signatures] == [
        "Иванова Мария Петровна", "Петров Сергей Иванович",
    ]  # fmt: skip
    forged = updated(pdf, shadow.replace_page)
    path.write_bytes(forged)
    put(tmp_path, "список.pdf.sig", sign(petrov(), data=forged))
    assert verifying.check_path(path).verification.verdict == "changed_after_signing"


def test_a_folder_is_told_file_by_file(tmp_path: Path) -> None:
    inner = tmp_path / "вложения"
    inner.mkdir()
    first = put(tmp_path, "а.txt", DATA)
    put(tmp_path, "а.txt.sig", sign(ivanova()))
    lost = put(inner, "б.sig", sign(ivanova()))
    last = put(inner, "в.pdf", signed_once())
    put(tmp_path, ".скрытый", b"")
    assert list(verifying.files_of(tmp_path)) == sorted([first, lost, last])
    light = verifying.check_path(last).without_bytes()
    assert (light.data, light.size) == (b"", len(signed_once()))
    assert light.sha256 == verifying.check_path(last).sha256


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        verifying.check_path(tmp_path / "нет.pdf")


# --- whom one trusts ---------------------------------------------------------------------------------------------


def test_a_kept_centre_confirms_every_later_check(tmp_path: Path) -> None:
    assert trusted.centres() == []
    path = put(tmp_path, "УЦ.pem", centre().pem)
    (added,) = trusted.add(path)
    assert (added.owner, added.issuer) == ("Тестовый УЦ", "Тестовый УЦ")
    assert trusted.add(path) == [], "the same one is not kept twice"
    assert trusted.centres() == [added]
    assert verifying.check("а.pdf", signed_once()).verification.verdict == "valid"
    assert verifying.check("а.pdf", signed_once()).centres == 1
    trusted.remove(added.key)
    assert verifying.check("а.pdf", signed_once()).verification.verdict == "valid_unknown_issuer"
    with pytest.raises(UserError) as caught:
        trusted.remove(added.key)
    assert caught.value.code == "SIGN_TRUST_NONE"


def test_several_centres_of_one_file(tmp_path: Path) -> None:
    path = put(tmp_path, "все.pem", centre().pem + centre("Другой УЦ", 5).pem)
    assert [one.owner for one in trusted.add(path)] == ["Тестовый УЦ", "Другой УЦ"]
    assert [one.owner for one in trusted.centres()] == ["Другой УЦ", "Тестовый УЦ"]


@pytest.mark.parametrize(
    ("data", "code"), [(b"junk", "SIGN_TRUST_UNREADABLE"), (ivanova().pem, "SIGN_TRUST_NOT_CENTRE")]
)
def test_what_is_no_centre_is_refused(tmp_path: Path, data: bytes, code: str) -> None:
    with pytest.raises(UserError) as caught:
        trusted.add(put(tmp_path, "УЦ.cer", data))
    assert caught.value.code == code
    assert trusted.centres() == []


def test_a_spoiled_file_of_the_profile_vouches_for_nobody(tmp_path: Path) -> None:
    trusted.add(put(tmp_path, "УЦ.pem", centre().pem))
    (trusted.folder() / "0000.cer").write_bytes(b"junk")
    assert [one.owner for one in trusted.centres()] == ["Тестовый УЦ"]
    assert verifying.check("а.pdf", signed_once()).verification.verdict == "valid"


def test_a_profile_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.exporters.atomic.write_atomic", full)
    with pytest.raises(UserError) as caught:
        trusted.add(put(tmp_path, "УЦ.pem", centre().pem))
    assert caught.value.code == "SIGN_TRUST_KEEP"
    assert list(trusted.folder().iterdir()) == []


# --- the words ---------------------------------------------------------------------------------------------------


def test_every_verdict_has_words_and_only_one_is_good() -> None:
    assert set(words.VERDICTS) == set(TITLES)
    assert [key for key, one in words.VERDICTS.items() if one.tone == "ok"] == ["valid"]
    for one in words.VERDICTS.values():
        assert one.title[0].isupper()
        assert not one.title.endswith(".")
        assert one.sentence.endswith(".")
        assert one.advice.endswith(".")
        assert len(one.title) <= 45, "read in a second"


def answers(data: bytes) -> dict[str, str]:
    return dict(verifying.brief(verifying.check("список.pdf", data)))


def test_the_five_answers() -> None:
    good = dict(verifying.brief(verifying.check("список.pdf", signed_twice(), trust=[centre().pem])))
    assert list(good) == ["Чья", "Когда", "Что подписано", "Чего стоит", "Что делать"]
    assert good["Чья"] == "Иванова Мария Петровна (Директор, МБОУ «СОШ № 5»); Петров Сергей Иванович"
    assert good["Что подписано"] == "весь файл"
    assert good["Чего стоит"] == words.PLAIN
    assert good["Что делать"] == "Документ можно принимать."
    unknown = answers(signed_once())
    assert unknown["Чего стоит"] == words.UNCONFIRMED
    assert "Госуслугах" in unknown["Что делать"]
    forged = answers(updated(signed_once(), shadow.replace_page))
    assert forged["Чего стоит"] == words.NOTHING
    assert "изменено содержание документа" in forged["Что подписано"]
    assert list(answers(paper())) == ["Что делать"]


def test_what_a_qualified_signature_is_worth() -> None:
    assert words.worth("valid", qualified=True) == words.QUALIFIED
    assert words.worth("valid_unknown_issuer", qualified=True) == words.UNCONFIRMED
    assert words.worth("broken", qualified=True) == words.NOTHING
    assert words.worth("unsupported_algorithm", qualified=False) == words.UNKNOWN


def test_a_signature_over_a_signature_says_whose() -> None:
    checked = verifying.check("а.txt", DATA, sig=countersigned(sign(ivanova()), petrov()), sig_name="а.sig")
    second = verifying.lines(checked)[1]
    assert second.signer == "Петров Сергей Иванович (заверяет подпись: Иванова Мария Петровна)"
    assert words.ROLES[second.role] == "Заверяющая подпись"


def test_names_of_fields_are_not_shown() -> None:
    assert words.without_field_names("заполнены поля подписи (chair, clerk)") == "заполнены поля подписи"
    assert words.without_field_names("отметка (Директор)") == "отметка (Директор)"


# --- the register and the paper ----------------------------------------------------------------------------------


def test_any_flip_at_all_is_foreign_to_the_register(store: Store) -> None:
    from app.operations.papers import Made, Paper
    from app.reports.document import Document, Meta

    data = signed_once()
    made = Paper("note", "Список", Document(("Список",), Meta("", "2026-11-23", "Список"), ()), None)
    number = papers.register(store, made, Made(".pdf", data), "список.pdf")
    known = verifying.in_register(store.connection, verifying.check("список.pdf", data))
    assert known.register is not None
    assert known.register.number == number
    assert verifying.register_words(known).startswith("Это файл из журнала исходящих")
    for position in range(0, len(data), len(data) // 40):
        flipped = data[:position] + bytes([data[position] ^ 4]) + data[position + 1 :]
        other = verifying.in_register(store.connection, verifying.check("список.pdf", flipped))
        assert other.register is None
        assert "изменён хотя бы в одном знаке" in verifying.register_words(other)


CASES: dict[str, Callable[[], bytes]] = {
    "valid": signed_twice,
    "changed_after_signing": lambda: updated(signed_once(), shadow.replace_page),
    "not_signed": paper,
    "damaged_file": lambda: signed_once()[:900],
}


@pytest.mark.parametrize("verdict", list(CASES))
def test_the_protocol_in_every_format(verdict: str) -> None:
    import docx
    import openpyxl

    data = CASES[verdict]()
    name = "Очень длинное имя документа о закреплении кураторов за школами округа.pdf"
    checked = verifying.check(name, data, trust=[centre().pem])
    assert checked.verification.verdict == verdict
    made = verifying.paper(checked, None, "Ким О. В.")
    facts = [fact.text for block in made.document.blocks if isinstance(block, Facts) for fact in block.facts()]
    assert checked.sha256 in facts
    pages = pdf_text(papers.render(made, ".pdf").data)
    text = " ".join(" ".join(pages).split())
    assert words.VERDICTS[verdict].title in text
    assert "Проверку сделал: Ким О. В." in text.replace("\xa0", " ")
    assert pdf_pages(papers.render(made, ".pdf").data) <= 2
    word = docx.Document(io.BytesIO(papers.render(made, ".docx").data))
    assert any("Протокол проверки электронной подписи" in one.text for one in word.paragraphs)
    book = openpyxl.load_workbook(io.BytesIO(papers.render(made, ".xlsx").data))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(checked.sha256 in cell for cell in cells)
