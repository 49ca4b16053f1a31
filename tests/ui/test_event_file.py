"""«Взять из файла…» through the real window: a list is shown, corrected by a person, written and taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication

from app.models import organisations, work_events
from app.operations import events, history
from app.ui.main_window import MainWindow
from app.ui.windows.event_file import EventFileWizard
from tests.helpers.people_files import xlsx
from tests.ui.conftest import TODAY, settle
from tests.ui.fakes import FakeDialogs, InstantDesk

Opened = tuple[EventFileWizard, int]


def connection(desk: InstantDesk) -> Any:
    assert desk.store is not None
    return desk.store.connection


@pytest.fixture
def opened(window: MainWindow, desk: InstantDesk, qapp: QApplication) -> Opened:
    """The window opened by the button of the part «Участники»."""
    window.session.go("work", "events")
    settle(qapp)
    page: Any = window.show_page("work")
    view = page.views["events"]
    key = next(one.id for one in events.listing(connection(desk), TODAY) if one.held)
    view.choose(key)
    view.show_part("people")
    settle(qapp)
    view.parts["people"].filing.click()
    settle(qapp)
    wizard = window.workspace.windows[-1]
    assert isinstance(wizard, EventFileWizard)
    return wizard, key


def names(desk: InstantDesk, key: int) -> list[str | None]:
    return [guest.name for guest in work_events.guests(connection(desk), [key]).get(key, ())]


def states(wizard: EventFileWizard) -> list[str]:
    column = next(column for column in wizard.people.model.columns if column.key == "state")
    return [column.text(line) for line in wizard.people.model.visible_rows()]


def listed(path: Path, *rows: list[object]) -> Path:
    return xlsx(path, {"Лист1": [["ФИО", "Школа", "Телефон", "Был"], *rows]})


def test_a_chosen_file_is_shown_settled_and_written(
    opened: Opened, window: MainWindow, desk: InstantDesk, dialogs: FakeDialogs, qapp: QApplication, tmp_path: Path
) -> None:
    wizard, key = opened
    before = names(desk, key)
    school = next(one for one in organisations.listing(connection(desk)))
    people = (["Зимина Анна Ильинична", school.shown, "8-912-345-67-89", "+"],
              ["Яковлев Пётр Юрьевич", "Школа за рекой", "", ""], ["Дежурный", "", "", ""])  # fmt: skip
    dialogs.answers = [[listed(tmp_path / "список.xlsx", *people)]]
    wizard._ask()
    settle(qapp)
    assert wizard.step == 1
    assert states(wizard) == ["впишется", "проверить", "не впишется"]
    assert wizard.next.text() == "Вписать 2\u00a0строки"
    assert wizard.tabs.tabText(2) == "Незнакомые школы: 1"
    assert "345" not in " ".join(label.text() for label in wizard.findChildren(type(wizard.told)))
    # the school that nobody knows is chosen, the third row is a person after all
    (combo,) = wizard.schools.combos.values()
    combo.choose(school.id)
    settle(qapp)
    assert states(wizard) == ["впишется", "впишется", "не впишется"]
    wizard.people.make_current(2, 0)
    assert wizard.turning.text() == "Всё равно вписать"
    wizard.turning.click()
    settle(qapp)
    assert wizard.turning.text() == "Не вписывать"
    wizard.marks.choose("yes")
    wizard.marks.activated.emit(wizard.marks.currentIndex())
    settle(qapp)
    number = len(history.history(connection(desk)))
    wizard.next.click()
    settle(qapp)
    assert names(desk, key) == [*before, "Зимина Анна Ильинична", "Яковлев Пётр Юрьевич", "Дежурный"]
    added = work_events.guests(connection(desk), [key])[key][len(before) :]
    assert [(row.organisation_id, row.came) for row in added] == [(school.id, "yes"), (school.id, "yes"), (None, "yes")]
    assert len(history.history(connection(desk))) == number + 1
    assert wizard not in window.workspace.windows
    window.session.go("undo")
    settle(qapp)
    assert names(desk, key) == before


def test_a_column_is_renamed_and_a_sheet_left_out(opened: Opened, qapp: QApplication, tmp_path: Path) -> None:
    wizard, _key = opened
    wizard.read(xlsx(tmp_path / "а.xlsx", {"А": [["Кого ждём", "Откуда"], ["зимина анна", "СОШ № 3"]],
                                           "Б": [["ФИО"], ["Яковлев П. Ю."]]}))  # fmt: skip
    settle(qapp)
    assert [line.name for line in wizard.people.model.visible_rows()] == ["Яковлев П. Ю."]  # the sheet that has people
    wizard.sheets.setCurrentIndex(0)
    wizard.sheets.activated.emit(0)
    wizard.columns.combos[0].choose("name")
    settle(qapp)
    wizard.head.setValue(1)  # nobody but a person knows that «Кого ждём» is a heading
    settle(qapp)
    assert [line.name for line in wizard.people.model.visible_rows()] == ["зимина анна"]
    assert wizard.taken.isChecked()
    wizard.taken.setChecked(False)
    settle(qapp)
    assert wizard.people.model.total == 0
    assert wizard.next.text() == "Вписать 1\u00a0строку"  # of the other sheet


def test_a_finding_leads_to_its_row(opened: Opened, qapp: QApplication, tmp_path: Path) -> None:
    wizard, _key = opened
    wizard.read(listed(tmp_path / "а.xlsx", ["Яковлев П. Ю.", "", "", ""], ["Зимина Анна", "Школа за рекой", "", ""]))
    settle(qapp)
    wizard.tabs.setCurrentIndex(1)
    finding = next(one for one in wizard.findings.model.visible_rows() if one.code == "EVENT_FILE_SCHOOL_UNKNOWN")
    wizard.findings.activated.emit(finding)
    assert wizard.tabs.currentIndex() == 0
    assert wizard.people.current().name == "Зимина Анна"


def test_a_bad_file_is_refused_and_another_can_be_dropped(opened: Opened, qapp: QApplication, tmp_path: Path) -> None:
    wizard, _key = opened
    bad = tmp_path / "а.xlsx"
    bad.write_bytes(b"PK\x03\x04 cut")
    wizard.read(bad)
    settle(qapp)
    assert wizard.bar.isVisible()
    assert wizard.step == 0
    assert not wizard.next.isEnabled()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(listed(tmp_path / "б.xlsx", ["Зимина Анна Ильинична", "", "", ""])))])
    action, buttons, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    wizard.dropEvent(QDropEvent(QPoint(5, 5), action, data, buttons, keys))
    settle(qapp)
    assert wizard.step == 1
    assert wizard.next.isEnabled()
