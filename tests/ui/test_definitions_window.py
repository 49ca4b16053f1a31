"""The window «Определения», driven as a person does."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from app.operations import definitions, pairs
from app.ui.main_window import MainWindow
from app.ui.windows.definitions import DefinitionsWindow
from tests.ui.conftest import settle


@pytest.fixture
def shown(window: MainWindow, qapp: QApplication) -> DefinitionsWindow:
    window.perform("definitions")
    settle(qapp)
    made = window.workspace.windows[-1]
    assert isinstance(made, DefinitionsWindow)
    return made


def test_numbers_are_changed_taken_back_and_brought_back(shown, window, qapp):
    reader = window.session.desk.reader
    assert shown.fields["zone.Б.enough"].text() == "60"
    assert not shown.save.isEnabled()
    assert not shown.reset.isEnabled()
    shown.choice.choose("pairs")
    shown.fields["strong"].setText("12,5")
    assert shown.changes() == {"strong": "12,5"}
    shown.save.click()
    settle(qapp)
    assert pairs.definition(reader).strong == (1, 8)
    assert "1.1" in shown.bar.text.text()
    shown.reset.click()
    settle(qapp)
    assert (pairs.definition(reader).strong, pairs.definition(reader).version) == ((15, 100), "1.2")
    window.perform("undo")
    settle(qapp)
    assert shown.fields["strong"].text() == "12,5"


def test_a_number_that_does_not_fit_stays_with_its_reason(shown, window, qapp):
    shown.fields["least"].setText("много")
    shown.save.click()
    settle(qapp)
    assert "«много» не подходит" in shown.bar.text.text()
    assert shown.fields["least"].text() == "много"
    assert not definitions.state(window.session.desk.reader, "skills").own
