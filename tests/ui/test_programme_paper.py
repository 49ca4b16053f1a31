"""The programme on paper, from its page: the whole of it or one table."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.operations import programmes
from app.ui.main_window import MainWindow
from app.ui.pages.programme import ProgrammePage
from app.ui.windows.programme_paper import ProgrammePaperWindow
from tests.ui.conftest import settle
from tests.ui.fakes import FakeDialogs


@pytest.fixture
def page(window: MainWindow, qapp: QApplication) -> ProgrammePage:
    found = window.show_page("programme")
    settle(qapp)
    assert isinstance(found, ProgrammePage)
    return found


def _opened(window: MainWindow) -> ProgrammePaperWindow:
    shown = window.findChildren(ProgrammePaperWindow)[-1]
    assert shown.isVisible()
    return shown


def test_the_button_shows_the_whole_programme_and_another_choice_one_table(
    page: ProgrammePage, window: MainWindow, qapp: QApplication
) -> None:
    page.tree_view.paper_button.click()
    settle(qapp)
    shown = _opened(window)
    assert shown._paper is not None
    assert shown._paper.kind == "programme_whole"
    shown.what.choose("plan")
    settle(qapp)
    assert shown._paper.kind == "programme_plan"
    assert shown.windowTitle() == "План мероприятий"


def test_it_is_saved_under_a_name_that_says_what_and_when(
    page: ProgrammePage, window: MainWindow, qapp: QApplication, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    page.print_programme("money")
    settle(qapp)
    name = _opened(window)._name(".docx")
    assert name.startswith("Финансовое обеспечение")
    assert name.endswith(", 22.11.2026.docx")
    assert not set(name) & set('<>:"/\\|?*')


def test_the_chooser_tells_editions_apart_at_its_beginning(page: ProgrammePage) -> None:
    own, *others = [page.words(line) for line in page.lines]
    assert own == "муниципальная, 2026–2028: проект"
    assert others
    assert all(words.endswith(", 2026–2027: проект") for words in others)


def test_without_a_programme_there_is_nothing_to_print(
    page: ProgrammePage, window: MainWindow, qapp: QApplication
) -> None:
    assert page.tree_view.paper_button.isEnabled()
    keys = [line.programme.id for line in page.lines]
    for key in keys:
        window.session.desk.write(programmes.remove, key).result(10)
    settle(qapp)
    assert page.programme_id is None
    assert not page.tree_view.paper_button.isEnabled()
