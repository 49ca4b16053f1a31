"""The signing wizard driven: an outside program, a ready signature, the order, going away and back, stopping."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from app.exporters.cms_make import sign_beside
from app.exporters.outside import Program
from app.exporters.signing import load_p12, signatory_of
from app.operations import papers, signing, signing_order, signing_profiles
from app.ui.main_window import MainWindow
from app.ui.widgets.labels import Label
from app.ui.windows.signing import SignWizard
from app.ui.windows.signing_keys import OutsidePanel, TokenPanel
from app.ui.windows.signing_programs import ProgramsWindow
from tests.helpers.certificates import PASSWORD, ivanova, petrov
from tests.ui.conftest import settle
from tests.ui.fakes import FakeDialogs
from tests.ui.test_windows import top

RULE = "kriro-2023"


@pytest.fixture
def paper(window: MainWindow, qapp) -> int:
    reader, store = window.session.desk.reader, window.session.desk.store
    made = papers.school_list(reader, RULE, 2026)
    number = papers.register(store, made, papers.render(made, ".pdf"), "Список.pdf")
    settle(qapp)
    return number


def opened(window: MainWindow, qapp, paper: int, way: str) -> SignWizard:
    window.go("sign", paper)
    wizard = top(window, qapp)
    assert isinstance(wizard, SignWizard)
    wizard.radios[way].setChecked(True)
    wizard.go_on()
    settle(qapp)
    return wizard


def said(wizard: SignWizard) -> str:
    return " ".join(label.text() for label in wizard.findChildren(Label) if label.isVisible()).replace("\u00a0", " ")


def sig_of(window: MainWindow, paper: int, p12: bytes) -> bytes:
    _, data = signing_order.bytes_of(window.session.desk.reader, paper)
    return sign_beside(data, signatory_of(load_p12(p12, PASSWORD))).data


def own_program(tmp_path: Path, sig: bytes) -> None:
    """A program of the user's that leaves a ready signature; it wants a thumbprint."""
    (tmp_path / "ready.sig").write_bytes(sig)
    code = "import shutil, sys; shutil.copy(sys.argv[1], sys.argv[2])"
    signing_profiles.save(Program(
        "own1", "Моя программа",
        (sys.executable, "-c", code, str(tmp_path / "ready.sig"), "{output}", "{input}", "{thumbprint}"), 30,
    ))  # fmt: skip


def test_an_outside_program_signs(window: MainWindow, paper: int, tmp_path: Path, qapp) -> None:
    import hashlib

    own_program(tmp_path, sig_of(window, paper, ivanova().p12))
    wizard = opened(window, qapp, paper, "outside")
    panel = wizard.panel
    assert isinstance(panel, OutsidePanel)
    panel.program.choose("own1")
    assert not wizard.next.isEnabled(), "the thumbprint is asked for"
    assert not panel.edits["pin"].isVisible()
    panel.edits["thumbprint"].setText("00" * 20)
    wizard.go_on()
    settle(qapp)
    assert wizard.step == 2
    assert "не тем сертификатом" in wizard.bar.text.text()
    panel.edits["thumbprint"].setText(hashlib.sha1(ivanova().der, usedforsecurity=False).hexdigest())
    wizard.go_on()
    settle(qapp)
    assert wizard.step == 3
    assert "Иванова Мария Петровна" in wizard.details.text()
    assert wizard.save_both.isVisible(), "document and signature leave together"
    line = signing.paper(window.session.desk.reader, paper)
    assert [file.role for file in line.files] == ["original", "detached"]
    assert signing_profiles.remembered()["program"] == "own1"


def test_a_ready_signature_is_told_before_it_is_kept(
    window: MainWindow, dialogs: FakeDialogs, paper: int, tmp_path: Path, qapp
) -> None:
    path = tmp_path / "Список.pdf.sig"
    path.write_bytes(sig_of(window, paper, petrov().p12))
    wizard = opened(window, qapp, paper, "sig")
    assert not wizard.next.isEnabled()
    dialogs.answers = [[path]]
    wizard._ask_attachment()
    settle(qapp)
    assert "Петров Сергей Иванович" in said(wizard)
    assert len(signing.paper(window.session.desk.reader, paper).files) == 1, "nothing is kept yet"
    wizard.go_on()
    settle(qapp)
    assert wizard.step == 3
    assert len(signing.paper(window.session.desk.reader, paper).files) == 2


def test_the_order_is_asked_and_the_turn_is_shown(
    window: MainWindow, dialogs: FakeDialogs, paper: int, tmp_path: Path, qapp
) -> None:
    window.go("sign", paper)
    wizard = top(window, qapp)
    assert "достаточно одной подписи" in said(wizard)
    dialogs.answers = [{"people": "Начальник управления; М. П. Иванова\nО. В. Ким\n"}]
    wizard.ordering.click()
    settle(qapp)
    assert "Подписали 0 из 2, очередь: М. П. Иванова." in said(wizard)
    (tmp_path / "к.p12").write_bytes(ivanova().p12)
    wizard.radios["p12"].setChecked(True)
    wizard.go_on()
    dialogs.answers = [[tmp_path / "к.p12"]]
    wizard._ask_p12()
    wizard.password.setText(PASSWORD)
    wizard.act_pages["p12"].look()
    settle(qapp)
    assert "Иванова Мария Петровна, Директор" in said(wizard)
    wizard.go_on()
    settle(qapp)
    assert "Теперь очередь: О. В. Ким." in said(wizard)
    assert wizard.password.text() == "", "a password that has served stays nowhere"
    assert signing.paper(window.session.desk.reader, paper).state == "registered"


def test_away_and_back(window: MainWindow, dialogs: FakeDialogs, paper: int, tmp_path: Path, qapp) -> None:
    sig = sig_of(window, paper, ivanova().p12)
    wizard = opened(window, qapp, paper, "elsewhere")
    assert wizard.next.text() == "Собрать для подписи…", "what is done first is the verb"
    dialogs.answers = ["folder", tmp_path]
    wizard.go_on()
    settle(qapp)
    assert "Собрано" in wizard.bar.text.text()
    (folder,) = [path for path in tmp_path.iterdir() if path.is_dir()]
    (folder / "подпись.sig").write_bytes(sig)
    dialogs.answers = [[folder / "подпись.sig"]]
    wizard.take_back()
    settle(qapp)
    assert wizard.step == 3
    assert wizard.outcome.text() == "Подпись принята."
    assert "Иванова Мария Петровна" in wizard.details.text()


def test_a_token_that_is_not_there_is_told(
    window: MainWindow, dialogs, paper: int, tmp_path, qapp, monkeypatch
) -> None:
    from app.operations import signing_make

    monkeypatch.setattr(signing_make, "libraries", lambda: ())
    wizard = opened(window, qapp, paper, "token")
    assert "Библиотек токенов" in said(wizard)
    fake = tmp_path / "token.so"
    fake.write_text("не библиотека", encoding="utf-8")
    dialogs.answers = [[fake]]
    panel = wizard.panel
    assert isinstance(panel, TokenPanel)
    panel.ask()
    settle(qapp)
    assert "Библиотека токена «token.so»" in wizard.bar.text.text()
    assert not wizard.next.isEnabled()


def test_programs_are_changed_in_their_window(window: MainWindow, dialogs: FakeDialogs, paper: int, qapp) -> None:
    wizard = opened(window, qapp, paper, "outside")
    wizard.show_programs("csptest")
    programs = wizard.findChild(ProgramsWindow)
    assert programs.program.currentData() == "csptest"
    assert not programs.restore.isEnabled()
    programs.command.setPlainText("csptest\n{output}")
    programs._save()
    assert "нет места {input}" in programs.bar.text.text()
    programs.command.setPlainText("csptest\n-in\n{input}\n-out\n{output}")
    programs.seconds.setValue(45)
    programs._save()
    assert signing_profiles.program("csptest").seconds == 45
    panel = wizard.panel
    assert isinstance(panel, OutsidePanel)
    assert panel.program.currentData() == "csptest", "the wizard has learnt of it"
    dialogs.answers = [{"title": "Рога и копыта"}]
    programs._add()
    assert programs.command.toPlainText().splitlines()[0] == "программа"
    programs.program.choose("csptest")
    programs._restore()
    assert signing_profiles.program("csptest").seconds == 120
