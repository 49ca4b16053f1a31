"""A batch of school sheets that can't be registered, in the real window."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import pytest
from PySide6.QtWidgets import QApplication

from app.errors import UserError
from app.models import sheets as stored
from app.ui.main_window import MainWindow
from app.ui.pages.monitoring import MonitoringPage
from app.ui.pages.sheets_view import SheetsView
from tests.ui.conftest import settle
from tests.ui.fakes import FakeDialogs


def test_sheets_that_could_not_be_registered_leave_no_file(
    window: MainWindow,
    dialogs: FakeDialogs,
    qapp: QApplication,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = window.show_page("monitoring")
    assert isinstance(page, MonitoringPage)
    view = page.show_view("sheets")
    settle(qapp)
    assert isinstance(view, SheetsView)
    before = view.sentence

    def fail(*_args: object, **_values: object) -> NoReturn:
        raise UserError("STORE_DISK_FULL", file="a.opora", folder=tmp_path)

    monkeypatch.setattr(stored, "put", fail)
    dialogs.answers = [{"suffix": ".xlsx", "again": "no"}, str(tmp_path)]
    view.make.click()
    settle(qapp)
    assert list(tmp_path.glob("*.xlsx")) == []
    assert view.page.strip.isHidden()  # else it says «Делаю листы» for ever, and the button does nothing
    assert view.sentence == before
