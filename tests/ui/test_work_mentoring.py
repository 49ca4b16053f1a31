"""«Наставничество» through the real window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.operations import registers
from app.ui.main_window import MainWindow
from app.ui.pages.work import WorkPage
from app.ui.pages.work_mentoring import MentoringView
from app.ui.widgets.chip import Chip
from app.ui.widgets.labels import Label
from tests.ui.conftest import settle


@pytest.fixture
def view(window: MainWindow, qapp: QApplication) -> MentoringView:
    window.resize(1366, 768)
    page = window.show_page("work")
    assert isinstance(page, WorkPage)
    shown = page.show_view("mentoring")
    settle(qapp)
    assert isinstance(shown, MentoringView)
    return shown


def told(card: object) -> list[str]:
    assert hasattr(card, "findChildren")
    return [label.text().replace("\u00a0", " ") for label in card.findChildren(Label)]


def test_a_pair_is_typed_into_the_table(view: MentoringView, qapp: QApplication) -> None:
    assert view.pairs.table is not None
    before = len(view.pairs.table.rows)
    row = len(view.pairs.model.rows) - 1
    index = view.pairs.model.index(row, 0)
    view.pairs.grid.setCurrentIndex(index)
    assert view.pairs.model.setData(index, "Ким О. В.", Qt.ItemDataRole.EditRole)
    settle(qapp)
    assert len(view.pairs.table.rows) == before + 1
    (made,) = [one for one in view.pairs.table.rows.values() if one["mentee_id"] is None]
    view.open_payload(made["id"])
    settle(qapp)
    assert view.pairs.current == made["id"]
    assert "Ким О. В. → не указано, кому" in told(view.card)


def test_the_meeting_of_a_pair_is_marked_and_undone(
    view: MentoringView, window: MainWindow, qapp: QApplication
) -> None:  # fmt: skip
    assert view.board is not None
    late = next(line for line in view.board.pairs if line.late)
    view.open_payload(("meeting", late.pair.id, late.pair.meetings[0].id))
    settle(qapp)
    assert view.pairs.current == late.pair.id
    assert view.meetings.current == late.pair.meetings[0].id
    assert "что дальше" in [chip.text for chip in view.card.findChildren(Chip)]
    view.holding.click()
    settle(qapp)
    after = next(line for line in view.board.pairs if line.pair.id == late.pair.id)
    assert (after.held, after.waiting) == (late.held + 1, late.waiting - 1)
    window.go("undo")
    settle(qapp)
    again = next(line for line in view.board.pairs if line.pair.id == late.pair.id)
    assert again.late


def test_counts_and_pairs_stand_side_by_side(view: MentoringView, qapp: QApplication) -> None:
    view.open_payload("young")
    settle(qapp)
    assert view.board is not None
    assert view.table.model.total == len(view.board.lines)
    silent = sum(line.counts is None for line in view.board.lines)
    assert silent
    view.filling.click()
    settle(qapp)
    assert not view.filling.isEnabled()
    rows = registers.rows(view.session.desk.reader, "young_counts", school_year=2026)  # type: ignore[attr-defined]
    assert len(rows) == len(view.board.lines)
    assert view.board.total("young").said < len(rows), "a line that was begun says nothing yet"


def test_a_pair_of_another_year_brings_its_year(view: MentoringView, window: MainWindow, qapp: QApplication) -> None:
    key = next(line.pair.id for line in view.board.pairs) if view.board is not None else 0
    window.session.set_school_year(2019)
    settle(qapp)
    view.open_payload(key)
    settle(qapp)
    assert not view.holding.isEnabled()
    view._show_years()
    settle(qapp)
    assert window.session.school_year == 2026
    assert view.line is not None
