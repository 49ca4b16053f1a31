"""The window «Загрузить план», driven as a person does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication

from app.operations import history, programme_edit, programmes
from app.ui.main_window import MainWindow
from app.ui.windows.programme_import import ProgrammeImportWizard
from tests.helpers.plans import HEAD, ROWS, TITLE, docx, xlsx
from tests.ui.conftest import settle


def opened(window: MainWindow, qapp: QApplication, payload: object = None) -> ProgrammeImportWizard:
    window.go("import_plan", payload)
    settle(qapp)
    made = window.workspace.windows[-1]
    assert isinstance(made, ProgrammeImportWizard)
    return made


def store_of(window: MainWindow) -> Any:
    return window.session.desk.store  # type: ignore[attr-defined]


def drop(target: MainWindow, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, buttons, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    target.dropEvent(QDropEvent(QPoint(5, 5), action, data, buttons, keys))


def test_a_dropped_document_is_understood_shown_and_loaded_by_the_button(
    window: MainWindow, qapp: QApplication, tmp_path: Path
) -> None:
    drop(window, docx(tmp_path / "план.docx", TITLE, [[HEAD, *ROWS]]))
    settle(qapp)
    wizard = window.workspace.windows[-1]
    assert isinstance(wizard, ProgrammeImportWizard)
    assert wizard.step == 1
    shown = wizard.rows.model.visible_rows()
    assert [line.row.label for line in shown] == ["1", "2", "3", "4", "5"]
    texts = {column.key: column for column in wizard.rows.model.columns}
    assert texts["state"].text(shown[2]) == "проверить"
    assert texts["dates"].text(shown[0]) == "01.08.2025 – 30.09.2025"
    assert wizard.tabs.tabText(1) == "Замечания: 2"
    before = len(history.history(store_of(window).connection))
    wizard.next.click()
    settle(qapp)
    assert (wizard.where.title.text(), wizard.where.first.text(), wizard.where.last.text()) == (TITLE, "2025", "2026")
    assert wizard.next.text() == "Загрузить 5\u00a0строк"
    wizard.next.click()
    settle(qapp)
    assert len(history.history(store_of(window).connection)) == before + 1
    (made,) = (line for line in programmes.listing(store_of(window).connection) if line.programme.title == TITLE)
    assert (made.activities, made.programme.limits) == (5, ("2025-08-01", "2026-08-31"))
    assert window.page is not None
    assert window.page.name == "programme"


def test_a_column_that_nobody_knows_is_given_its_meaning(
    window: MainWindow, qapp: QApplication, tmp_path: Path
) -> None:
    rows = [["№", "Мероприятие", "Сделать когда-нибудь в", "Кто отвечает"], ["1", "Курсы", "май 2026", "ММС"]]
    wizard = opened(window, qapp, [xlsx(tmp_path / "план.xlsx", "План на 2026 год", [rows])])
    (line,) = wizard.rows.model.visible_rows()
    assert (line.row.term, line.row.notes) == ("", ("Сделать когда-нибудь в: май 2026",))
    wizard.columns.combos[2].choose("term")
    settle(qapp)
    (line,) = wizard.rows.model.visible_rows()
    assert (line.row.term, line.dates, line.row.notes) == ("май 2026", "01.05.2026 – 31.05.2026", ())
    wizard.taken.setChecked(False)
    settle(qapp)
    assert wizard.rows.model.total == 0
    assert not wizard.next.isEnabled()


def test_a_table_is_pasted_into_a_draft_under_a_task(window: MainWindow, qapp: QApplication) -> None:
    store = store_of(window)
    key = programmes.create(store, "municipal", "Поддержка школ", 2026, 2026)
    task = programme_edit.add(store, key, "task", "Кадры")
    QGuiApplication.clipboard().setText("№\tМероприятие\tСрок\n1\tКурсы\tмай\n2\tСовещание\tпо плану")
    wizard = opened(window, qapp, key)
    wizard.paste.click()
    settle(qapp)
    wizard.next.click()
    settle(qapp)
    assert wizard.where.into.isChecked()
    wizard.where.task.choose(task)
    wizard.where.task.activated.emit(wizard.where.task.currentIndex())
    settle(qapp)
    wizard.next.click()
    settle(qapp)
    tree = programmes.tree(store.connection, key)
    assert [node.text for node in tree.under(task)] == ["Курсы", "Совещание"]


def test_years_that_the_file_lacks_are_asked_for(window: MainWindow, qapp: QApplication, tmp_path: Path) -> None:
    rows = [["№", "Мероприятие", "Срок"], ["1", "Курсы", "постоянно"]]
    wizard = opened(window, qapp, [xlsx(tmp_path / "план.xlsx", "План работы", [rows])])
    wizard.next.click()
    settle(qapp)
    assert not wizard.next.isEnabled()
    assert "Впишите годы" in wizard.bar.text.text()
    for edit in (wizard.where.first, wizard.where.last):
        edit.setText("2026")
        edit.editingFinished.emit()
    settle(qapp)
    assert wizard.next.isEnabled()


@pytest.mark.parametrize(("name", "content"), [("а.docx", b"PK\x03\x04"), ("а.txt", "Без таблиц".encode())])
def test_a_file_without_a_plan_says_why_and_another_can_be_chosen(
    window: MainWindow, qapp: QApplication, tmp_path: Path, name: str, content: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    wizard = opened(window, qapp, [path])
    assert wizard.step == 0
    assert "не прочитан" in wizard.bar.text.text()
    wizard.read(docx(tmp_path / "план.docx", TITLE, [[HEAD, *ROWS]]))
    settle(qapp)
    assert wizard.step == 1


def test_several_tables_are_chosen_one_by_one_and_a_finding_leads_to_its_row(
    window: MainWindow, qapp: QApplication, tmp_path: Path
) -> None:
    money = [["№", "Мероприятие", "2025", "2026"], ["1", ROWS[0][1], "10", "20"]]
    path = docx(tmp_path / "план.docx", TITLE, [[HEAD, *ROWS], money], between="Деньги")
    wizard = opened(window, qapp, [path])
    assert wizard.tables.count() == 2
    finding = next(one for one in wizard.findings.model.visible_rows() if one.code == "IMP_PLAN_NO_SOURCE")
    wizard.findings.activated.emit(finding)
    settle(qapp)
    assert wizard.tabs.currentIndex() == 0
    assert [line.state for line in wizard.rows.model.visible_rows()] == ["joined"]
