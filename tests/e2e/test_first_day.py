"""A new user's way: the example, who is on the list and why, a correction, approval, papers, signature, scan."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.operations import schools, signing
from app.ui.pages.outgoing_view import OutgoingView
from app.ui.pages.reports import ReportsPage
from app.ui.pages.school_list import SchoolListPage
from app.ui.windows.approving import ApproveWindow
from app.ui.windows.papers import PaperWindow
from app.ui.windows.signing import SignWizard
from app.ui.windows.trusted import TrustedWindow
from app.ui.windows.verifying import VerifyWindow
from tests.e2e.seat import Seat, plain, texts, type_text
from tests.helpers import certificates, pdfs

LISTED = {
    "СОШ № 5", "СОШ пгт Рудничный", "СОШ с. Сосновка", "СОШ с. Каменский Лог", "СОШ с. Верхнее Заозерье",
    "СОШ с. Усть-Клёновка", "ООШ д. Берёзовый Яр",
}  # fmt: skip


def choose(seat: Seat, page: SchoolListPage, name: str) -> None:
    """Make a school current and wait for its card."""
    row = next(row for row in page.table.model.all_rows() if row.name == name)
    assert page.table.choose(row.school_id)
    seat.wait(lambda: page.card.name.toolTip() == row.full_name)
    seat.rest()


def shown(page: SchoolListPage) -> set[str]:
    return {row.name for row in page.table.model.visible_rows()}


def shown_as_listed(page: SchoolListPage) -> set[str]:
    return {row.name for row in page.table.model.visible_rows() if row.listed}


def test_from_the_first_page_to_the_listed_schools_of_the_example(seat: Seat, own_profile: Path) -> None:
    window = seat.window
    assert window.stack.currentWidget() is window.start
    assert not window.top.isVisible()
    assert not window.actions_by_key["approve"].isEnabled()
    seat.press("Открыть пример", window.start)
    seat.wait(lambda: window.session.info is not None and window.page is not None)
    assert [found.parent for found in own_profile.rglob("Пример.opora")] == [window.session.desk.path.parent]  # type: ignore[union-attr]
    assert "24 школы" in plain(window.status.schools.text())
    page = seat.list_page()
    assert shown(page) > LISTED
    assert shown_as_listed(page) == LISTED
    assert plain(page.table.counts.text()) == "показано 24 из 24"
    assert page.chips["listed"].text() == "в списке 7"
    # the next time it opens what is there
    seat.command("close")
    seat.wait(lambda: window.stack.currentWidget() is window.start)
    assert window.habits.recent() == list(own_profile.rglob("Пример.opora"))
    seat.press("Открыть пример", window.start)
    seat.wait(lambda: window.session.info is not None and window.page is not None)
    assert window.page.name == "school_list"  # type: ignore[union-attr]


def test_why_a_school_is_on_the_list_and_what_would_take_it_off(work: Seat) -> None:
    page = work.list_page()
    choose(work, page, "СОШ № 5")
    work.wait(lambda: "Почему" in texts(page.card))
    said = texts(page.card)
    assert "15 из 44" in said  # ВПР математика, 5 кл.: 34,1 %
    assert "16 из 40" in said
    assert "34,1 %" in said
    assert "основание есть" in said
    assert "До выхода из списка" in said
    choose(work, page, "СОШ № 7 им. Н. С. Вьюжанина")
    work.wait(lambda: "8 из 27" in texts(page.card))
    assert page.card.chip.text == "на грани"
    assert "Что дальше" in texts(page.card)


def test_the_table_shows_what_is_asked_for_and_counts_it(work: Seat) -> None:
    page = work.list_page()
    edit = page.table.header.filter_of("school")
    edit.setFocus()
    type_text(edit, "соснов")
    work.wait(lambda: plain(page.table.counts.text()) == "показана 1 из 24")
    assert shown(page) == {"СОШ с. Сосновка"}
    work.qtbot.keyClick(edit, Qt.Key.Key_Escape)
    work.wait(lambda: page.table.model.shown == 24)
    type_text(page.table.header.filter_of("share"), "> 34")
    work.wait(lambda: page.table.model.shown < 24)
    assert "СОШ № 5" in shown(page)
    assert "Лицей № 4" not in shown(page)
    page.table.clear_filters()
    work.qtbot.mouseClick(page.chips["listed"], Qt.MouseButton.LeftButton)
    assert shown(page) == LISTED
    edit = page.table.header.filter_of("school")
    type_text(edit, "нет такой")
    work.wait(lambda: page.table.model.shown == 0)
    assert page.table.nothing.isVisible()
    work.press("Показать все", page.table)
    assert page.table.model.shown == 24
    assert not page.chips["listed"].isChecked()


def test_a_correction_needs_a_reason_and_is_undone_and_done_again(work: Seat) -> None:
    page = work.list_page()
    window = work.window
    choose(work, page, "СОШ № 5")
    reason = "Две процедуры прошли с нарушениями, протокол № 3"
    work.answers.will("choose", "not_listed")
    work.answers.will("ask", {"reason": reason})
    work.press("Поправка…", page.card)
    work.wait(lambda: shown_as_listed(page) == LISTED - {"СОШ № 5"})
    work.wait(lambda: reason in texts(page.card))
    assert page.chips["corrected"].text() == "поправки 2"  # one is in the example
    label = "Поправка: «СОШ № 5» исключена из списка"
    work.wait(lambda: window.actions_by_key["undo"].text() == f"&Отменить: {label}")
    work.command("undo")
    work.wait_bar(f"Отменено: {label}")
    work.wait(lambda: shown_as_listed(page) == LISTED)
    work.wait(lambda: window.actions_by_key["redo"].text() == f"&Повторить: {label}")
    work.command("redo")
    work.wait_bar(f"Повторено: {label}")
    work.wait(lambda: shown_as_listed(page) == LISTED - {"СОШ № 5"})
    assert work.listed() == LISTED - {"СОШ № 5"}


def test_an_approved_list_does_not_change_any_more(work: Seat) -> None:
    page = work.list_page()
    work.press("Утвердить список…", page)
    window = work.opened(ApproveWindow)
    work.wait(lambda: "в списке 7 из 24" in plain(window.sentence.text()))
    assert not window.verb.isEnabled()
    type_text(window.edits["order_number"], "214")
    type_text(window.edits["order_date"], "31.02.2026")
    work.press("Утвердить список", window)
    work.wait_bar("31.02.2026", window)  # no such day: said in the window, nothing written
    assert page.table.model.total == 24
    window.edits["order_date"].clear()
    type_text(window.edits["order_date"], "28.11.2026")
    work.press("Утвердить список", window)
    work.wait_bar("Список утверждён приказом от 28.11.2026")
    work.wait(lambda: page.approve.text() == "Отменить утверждение…")
    work.wait(lambda: "в утверждённом списке 7" in work.window.status.schools.text())
    # what is computed from now on does not touch it
    row = next(row for row in page.table.model.all_rows() if row.name == "СОШ № 5")
    work.window.session.write(work.window, None, schools.edit, row.school_id, {"short_name": "СОШ № 555"})
    work.wait(lambda: "СОШ № 555" in {item.shown for item in work.read(schools.listing)})
    work.rest()
    assert shown_as_listed(page) == LISTED
    choose(work, page, "СОШ № 5")
    work.press("Поправка…", page.card)
    assert "Список утверждён и не меняется" in work.bar()
    assert work.listed() == LISTED
    # a frozen list thaws only with a reason
    work.answers.will("ask", {"reason": "Ошибка в приказе"})
    work.press("Отменить утверждение…", page)
    work.wait(lambda: page.approve.text() == "Утвердить список…")
    work.wait(lambda: "СОШ № 555" in shown_as_listed(page))


def saved(seat: Seat, window: PaperWindow, words: str, target: Path) -> bytes:
    seat.answers.will("save", target)
    seat.press(words, window)
    seat.wait_bar(f"Сохранено: {target.name}", window)
    return target.read_bytes()


def test_the_paper_is_shown_and_saved_in_three_formats(work: Seat, tmp_path: Path) -> None:
    work.list_page()
    work.command("print_list")
    window = work.opened(PaperWindow)
    work.wait(lambda: "ПРОЕКТ: список не утверждён" in window.sentence.text())
    work.wait(lambda: any(not page.pixmap().isNull() for page in window.view._pages))
    # what is saved is what is seen and registered: the register knows a file by its bytes
    assert saved(work, window, "Сохранить PDF…", tmp_path / "список.pdf") == window.view.data
    assert window.view.data.startswith(b"%PDF-1.4")
    for words, name, part in (
        ("Сохранить Word…", "список.docx", "word/document.xml"),
        ("Сохранить Excel…", "список.xlsx", "xl/workbook.xml"),
    ):
        saved(work, window, words, tmp_path / name)
        with zipfile.ZipFile(tmp_path / name) as archive:
            assert part in archive.namelist()
            text = b"".join(archive.read(item) for item in archive.namelist() if item.endswith(".xml")).decode()
            assert "Каменский Лог" in plain(text)
    work.answers.will("save", tmp_path / "нет такой папки" / "список.pdf")
    work.press("Сохранить PDF…", window)
    work.wait(lambda: window.bar.property("bar") == "bad" and window.bar.isVisible())


def registered(seat: Seat) -> PaperWindow:
    """Put the list into the register of outgoing papers."""
    seat.command("print_list")
    window = seat.opened(PaperWindow)
    seat.wait(window.registering.isEnabled)
    seat.press("В журнал исходящих", window)
    seat.wait_bar("записан в журнал исходящих под №", window)
    return window


def verdict(seat: Seat, window: VerifyWindow) -> str:
    """Wait for the answer and return everything it says."""
    seat.wait(lambda: window.strip.isHidden() and "Здесь будет ответ" not in texts(window))
    seat.rest()
    return texts(window)


def test_a_registered_paper_is_signed_and_its_signature_verified(work: Seat, tmp_path: Path) -> None:
    key = tmp_path / "иванова.p12"
    key.write_bytes(certificates.ivanova().p12)
    root = tmp_path / "центр.pem"
    root.write_bytes(certificates.centre().pem)
    work.press("Подписать…", registered(work))
    wizard = work.opened(SignWizard)
    work.wait(lambda: wizard.step == 1)
    wizard.radios["p12"].click()
    work.press("Далее", wizard)
    assert not wizard.next.isEnabled()
    work.answers.will("open", [key])
    work.press("Выбрать файл с ключом…", wizard)
    type_text(wizard.password, "не тот")
    work.press("Подписать", wizard)
    work.wait_bar("арол", wizard)
    assert wizard.step == 2
    wizard.password.clear()
    type_text(wizard.password, certificates.PASSWORD)
    work.press("Подписать", wizard)
    work.wait(lambda: wizard.step == 3)
    assert "Иванова Мария Петровна" in wizard.details.text()
    assert wizard.password.text() == ""
    signed = tmp_path / "подписан.pdf"
    work.answers.will("save", signed)
    work.press("Сохранить подписанный файл…", wizard)
    work.wait_bar("Сохранено", wizard)
    wizard.close()

    work.command("verify")
    checking = work.opened(VerifyWindow)
    work.answers.will("open", [signed])
    work.press("Выбрать файл…", checking)
    said = verdict(work, checking)
    assert "кто выдал сертификат, здесь не подтвердить" in said
    (paper,) = [item for item in work.read(signing.register) if item.kind == "school_list"]
    assert f"Это файл из журнала исходящих: № {paper.number}" in said
    work.answers.will("open", [root])
    work.press("Доверенные центры…", checking)
    centres = checking.findChild(TrustedWindow)
    assert centres is not None
    work.press("Добавить сертификат центра…", centres)
    work.wait(lambda: "подписавший подтверждён" in texts(checking))
    centres.close()
    assert "Подпись: Иванова Мария Петровна" in texts(checking)

    changed = bytearray(signed.read_bytes())
    place = changed.index(b"stream") + 20
    changed[place] ^= 0xFF
    (tmp_path / "изменён.pdf").write_bytes(changed)
    work.answers.will("open", [tmp_path / "изменён.pdf"])
    work.press("Выбрать файл…", checking)
    work.wait(lambda: "Доверять нельзя" in texts(checking))
    assert "Такого файла в журнале исходящих нет" in texts(checking)
    checking.close()

    view = register_of(work)
    work.wait(lambda: view.side.chip.text == "подписан")
    assert "Иванова Мария Петровна" in view.side.files.text()


def register_of(seat: Seat) -> OutgoingView:
    """Show the register of outgoing papers."""
    page = seat.tab("reports")
    assert isinstance(page, ReportsPage)
    view = page.show_view("outgoing")
    assert isinstance(view, OutgoingView)
    return view


@pytest.mark.parametrize("way", ["from the register", "in the signing window"])
def test_a_scan_of_the_hand_signed_paper_is_attached(work: Seat, tmp_path: Path, way: str) -> None:
    scan = tmp_path / "скан.pdf"
    scan.write_bytes(pdfs.paper(text="Скан"))
    registered(work).close()
    view = register_of(work)
    work.wait(lambda: view.side.chip.text == "не подписан")
    work.answers.will("open", [scan])
    if way == "from the register":
        work.press("Приложить скан…", view.side)
        work.wait_bar("Приложено к документу №")
    else:
        work.press("Подписать…", view.side)
        wizard = work.opened(SignWizard)
        work.wait(lambda: wizard.step == 1)
        assert wizard.radios["paper"].isChecked()
        work.press("Далее", wizard)
        work.press("Выбрать файл…", wizard.acts.currentWidget())
        work.press("Приложить скан", wizard)
        work.wait(lambda: wizard.step == 3)
        assert "Скан приложен к документу" in wizard.outcome.text()
    work.wait(lambda: "скан: скан.pdf" in view.side.files.text())
    work.wait(lambda: view.side.chip.text == "подписан")
    assert QApplication.activeModalWidget() is None
