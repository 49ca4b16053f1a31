from __future__ import annotations

import io
from dataclasses import replace

import pptx

from app.operations import card_papers, schools
from app.ui.main_window import MainWindow
from app.ui.widgets.labels import Label
from app.ui.windows.slides import EMPTY, SlidesWindow
from tests.operations.test_slides import DOCUMENT, PAPER
from tests.ui.conftest import settle
from tests.ui.fakes import FakeDialogs


def opened(window: MainWindow, paper, qapp) -> SlidesWindow:
    window.go("slides", paper)
    settle(qapp)
    made = window.workspace.windows[-1]
    assert isinstance(made, SlidesWindow)
    return made


def titles(made: SlidesWindow) -> list[str]:
    return [made.list.item(row).text().split("\n")[0] for row in range(made.list.count())]


def test_chosen_blocks_are_saved_in_the_order_of_the_list(window, dialogs: FakeDialogs, tmp_path, qapp):
    made = opened(window, PAPER, qapp)
    assert titles(made) == ["Меры", "Вторая школа. Меры", "Сроки по школам", "Школы"]
    assert not made.list.item(0).icon().isNull()
    assert made.told.text() == "7\u00a0слайдов вместе с титульным"
    made.list.item(0).setCheckState(made.list.item(0).checkState().Unchecked)
    made.list.setCurrentRow(3)
    made.move_by(-1)
    settle(qapp)
    dialogs.answers = [tmp_path / "Совещание"]
    made.save.click()
    settle(qapp)
    written = tmp_path / "Совещание.pptx"
    show = pptx.Presentation(io.BytesIO(written.read_bytes()))
    assert [slide.shapes.title.text for slide in show.slides] == [
        "Дорожная карта", "Вторая школа. Меры", "Школы", "Сроки по школам",
    ]  # fmt: skip
    assert "Сохранено: Совещание.pptx" in made.bar.text.text()


def test_nothing_marked_saves_nothing(window, qapp):
    made = opened(window, PAPER, qapp)
    made.mark(on=False)
    assert not made.save.isEnabled()
    assert made.told.text() == "Ничего не отмечено"
    made.mark(on=True)
    assert made.save.isEnabled()
    assert not made.up.isEnabled()


def test_a_paper_without_tables_says_so(window, qapp):
    made = opened(window, replace(PAPER, document=replace(DOCUMENT, blocks=())), qapp)
    assert not made.save.isEnabled()
    assert EMPTY in [label.text() for label in made.view.findChildren(Label)]


def test_a_card_of_the_example_becomes_slides(window, qapp):
    reader = window.session.desk.reader
    school = schools.listing(reader)[0]
    made = opened(window, card_papers.paper(reader, school.id, 2026), qapp)
    assert made.list.count() >= 2
