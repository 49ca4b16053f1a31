"""The row with tabs, year and search finds its shape and keeps it."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.ui.finder import Finder
from app.ui.frame import TopRow
from app.ui.pages import PAGES


@pytest.mark.parametrize("width", [900, 1100, 1280, 1366, 1600])
def test_the_row_settles(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    """Icons that are dropped for want of room don't come back because there is room without them."""
    row = TopRow([(page.title, page.icon) for page in PAGES], Finder(list))
    qtbot.addWidget(row)
    row.set_years([2025, 2026], 2026)
    row.resize(width, 40)
    row.show()
    qtbot.wait(50)
    calls: list[int] = []
    arrange = TopRow.arrange

    def counted(self: TopRow) -> None:
        calls.append(1)
        arrange(self)

    monkeypatch.setattr(TopRow, "arrange", counted)
    shapes = set()
    for _ in range(4):
        row.arrange()
        qtbot.wait(10)
        shapes.add((row.tabs.iconSize().width(), row.tabs.sizeHint().width(), row.years.currentText()))
    assert len(shapes) == 1
    assert len(calls) == 4, "arranging asks for no further arranging"
    if width >= 1280:
        assert row.tabs.width() >= row.tabs.sizeHint().width()
