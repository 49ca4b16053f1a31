"""The window «Проверить подпись»: the answer in five lines, what is dropped on it, trusted centres, the protocol."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton

from app.operations import signing, trusted
from app.ui.widgets.labels import Label
from app.ui.windows.trusted import TrustedWindow
from app.ui.windows.verifying import BigShape, CheckPaperWindow, VerifyWindow
from tests.exporters.test_verifying_detached import DATA, sign
from tests.helpers import shadow
from tests.helpers.certificates import centre, ivanova
from tests.helpers.pdfs import paper, signed_once, signed_twice, updated
from tests.ui.conftest import settle


@pytest.fixture
def checking(window, qapp):
    window.perform("verify")
    settle(qapp)
    made = window.workspace.windows[-1]
    assert isinstance(made, VerifyWindow)
    return made


def said(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(Label) if label.isVisible())


def shape(widget) -> str:
    return widget.findChild(BigShape)._kind


def test_it_says_what_to_do_before_anything_is_chosen(checking):
    assert "перетащите" in said(checking)
    assert not checking.printing.isEnabled()
    assert not checking.taking.isVisible()


@pytest.mark.parametrize(
    ("data", "kind", "title"),
    [
        (signed_once, "warn", "Документ цел, подписавший не подтверждён"),
        (lambda: updated(signed_once(), shadow.replace_page), "bad", "Документ изменён после подписания"),
        (paper, "none", "Электронной подписи нет"),
        (lambda: signed_once()[:700], "bad", "Проверить не удалось"),
    ],
)
def test_the_answer_at_a_glance(checking, tmp_path, qapp, data, kind, title):
    path = tmp_path / "список.pdf"
    path.write_bytes(data())
    checking.check(path)
    settle(qapp)
    text = said(checking)
    assert title in text
    assert "Что делать" in text
    assert shape(checking) == kind
    assert checking.printing.isEnabled()


def test_a_trusted_centre_turns_the_answer_green_at_once(checking, dialogs, tmp_path, qapp):
    path, root = tmp_path / "список.pdf", tmp_path / "УЦ.pem"
    path.write_bytes(signed_twice())
    root.write_bytes(centre().pem)
    checking.check(path)
    settle(qapp)
    assert shape(checking) == "warn"
    checking._centres()
    settle(qapp)
    centres = checking.findChild(TrustedWindow)
    assert "Доверенных центров пока нет" in said(centres)
    dialogs.answers = [[root]]
    centres._ask()
    settle(qapp)
    assert [one.owner for one in trusted.centres()] == ["Тестовый УЦ"]
    assert "Сверьте отпечаток" in centres.bar.text.text()
    assert shape(checking) == "ok"
    assert "Подпись верна" in said(checking)
    (remove,) = [button for button in centres.findChildren(QPushButton) if button.text() == "Убрать"]
    remove.click()
    settle(qapp)
    assert trusted.centres() == []
    assert shape(checking) == "warn"


def test_a_person_is_no_centre(checking, dialogs, tmp_path, qapp):
    wrong = tmp_path / "Иванова.pem"
    wrong.write_bytes(ivanova().pem)
    checking._centres()
    centres = checking.findChild(TrustedWindow)
    dialogs.answers = [[wrong]]
    centres._ask()
    settle(qapp)
    assert centres.bar.isVisible()
    assert trusted.centres() == []


def test_a_file_dropped_with_its_signature(checking, tmp_path, qapp):
    document, sig = tmp_path / "приказ.txt", tmp_path / "другое имя.sig"
    document.write_bytes(DATA)
    sig.write_bytes(sign(ivanova()))
    checking.check_dropped([sig, document])
    settle(qapp)
    assert checking.chosen.text() == "приказ.txt · другое имя.sig"
    assert shape(checking) == "warn"
    checking.check_dropped([document, tmp_path / "ещё.txt"])
    settle(qapp)
    assert checking.bar.isVisible()


def test_the_document_inside_is_saved(checking, dialogs, tmp_path, qapp):
    sig = tmp_path / "приказ.docx.p7m"
    sig.write_bytes(sign(ivanova(), enclosed=True))
    checking.check(sig)
    settle(qapp)
    assert checking.taking.isVisible()
    target = tmp_path / "взято" / "приказ.docx"
    target.parent.mkdir()
    dialogs.answers = [target]
    checking._take_out()
    settle(qapp)
    assert target.read_bytes() == DATA
    checking.check(tmp_path / "приказ.docx.p7m")
    dialogs.answers = [None]
    checking._take_out()
    settle(qapp)
    assert [path.name for path in target.parent.iterdir()] == ["приказ.docx"]


def test_a_signature_alone_asks_for_its_document(checking, tmp_path, qapp):
    sig = tmp_path / "приказ.sig"
    sig.write_bytes(sign(ivanova()))
    checking.check(sig)
    settle(qapp)
    assert "Положите рядом с подписью сам документ" in said(checking)
    (tmp_path / "приказ.txt").write_bytes(DATA)
    checking.check(sig)
    settle(qapp)
    assert shape(checking) == "warn"


def test_a_file_that_has_gone(checking, tmp_path, qapp):
    checking.check(tmp_path / "нет.pdf")
    settle(qapp)
    assert checking.bar.isVisible()


def test_the_protocol_goes_into_the_register(checking, window, tmp_path, qapp):
    path = tmp_path / "список.pdf"
    path.write_bytes(signed_once())
    checking.check(path)
    settle(qapp)
    checking._protocol()
    settle(qapp)
    preview = checking.findChild(CheckPaperWindow)
    assert preview.registering.isEnabled()
    preview._register()
    settle(qapp)
    found = signing.register(window.session.desk.reader)[0]
    assert (found.kind, found.title) == ("signature_check", "Протокол проверки подписи, список.pdf")


def test_without_an_open_file_it_works_too(bare_window, tmp_path, qapp):
    bare_window.perform("verify")
    settle(qapp)
    made = bare_window.workspace.windows[-1]
    path = tmp_path / "список.pdf"
    path.write_bytes(signed_once())
    made.check(path)
    settle(qapp)
    assert shape(made) == "warn"
    assert "журнале" not in said(made)
    made._protocol()
    settle(qapp)
    preview = made.findChild(CheckPaperWindow)
    assert preview.printing.isEnabled()
    assert not preview.registering.isVisible()
