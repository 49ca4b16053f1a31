"""«Кто поможет», the assignment and the grids of help, driven as a person does."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from app.models.store import Store
from app.operations import donors, pairs, ties
from app.operations.demo import fill
from app.texts import count
from app.ui.main_window import MainWindow
from app.ui.pages.pairs_view import HelpLine, PairsView
from app.ui.widgets.basics import Button
from app.ui.windows.assigning import AssigningWindow
from app.ui.windows.help_grids import HelpGridsWindow
from tests.ui.conftest import settle

RULE, YEAR = "rosobrnadzor-2022", 2026


def words(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel)).replace("\u00a0", " ")


def shown(window: MainWindow, qapp: QApplication) -> PairsView:
    page = window.show_page("school_list")
    settle(qapp)
    made = page.show_view("pairs")
    settle(qapp)
    assert isinstance(made, PairsView)
    return made


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The whole municipality of two years: only so are there enough donors."""
    path = tmp_path_factory.mktemp("pairs") / "Лесогорск.opora"
    store = Store.create(path, name="Лесогорский округ", actor="Ракитина Е. В.")
    fill(store, years=(2025, 2026))
    store.close()
    return path.read_bytes()


@pytest.fixture
def db(example: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "Лесогорск.opora"
    path.write_bytes(example)
    return path


@pytest.fixture
def view(window: MainWindow, qapp: QApplication) -> PairsView:
    return shown(window, qapp)


def line_of(view: PairsView, state: str) -> HelpLine:
    return next(line for line in view.table.model.all_rows() if line.state == state)


def choose(view: PairsView, qapp: QApplication, line: HelpLine) -> None:
    view.table.choose(line.receiver.school.id)
    settle(qapp)


def press(widget, title: str, qapp: QApplication) -> None:
    next(button for button in widget.findChildren(Button) if button.text() == title).click()
    settle(qapp)


def opened(window: MainWindow, qapp: QApplication):
    settle(qapp)
    return window.workspace.windows[-1]


# --- the view ------------------------------------------------------------------------------------------------------


def test_the_table_shows_listed_schools_with_the_state_of_help(view, window):
    board = pairs.overview(window.session.desk.reader, RULE, YEAR)
    lines = view.table.model.all_rows()
    assert [line.receiver.school.id for line in lines] == [r.school.id for r in board.receivers]
    assert {line.state for line in lines} >= {"none", "partly", "agreed"}
    agreed = sum(line.state == "agreed" for line in lines)
    assert f"договорённость есть у {agreed} из {len(lines)}" in view.page.header.state.text()
    keys = list(view.page.others)
    assert keys.index("pairs") < keys.index("agreement")


def test_the_card_gives_reasons_and_what_is_not_known(view, qapp):
    choose(view, qapp, line_of(view, "none"))
    said = words(view.card)
    best = view.table.current().receiver.proposals[0]
    assert f"{view.table.current().board.name(best.donor_id)} · {best.score} из 100" in said
    assert "у донора" in said
    assert "контекст: индекс" in said
    assert "расстояние не внесено" in said


def test_a_pair_is_proposed_with_its_reasons_and_undo_takes_it_back(view, window, qapp):
    line = line_of(view, "none")
    choose(view, qapp, line)
    press(view.card, "Предложить пару", qapp)
    settle(qapp)
    key = line.receiver.school.id
    made = [tie for tie in ties.of_school(window.session.desk.reader, key, YEAR) if tie.state == "planned"]
    assert made
    assert all(tie.reasons and "у донора" in tie.reasons for tie in made)
    now = next(item for item in view.table.model.all_rows() if item.receiver.school.id == key)
    assert now.state in {"planned", "partly"}
    window.session.desk.store.undo()
    assert not [tie for tie in ties.of_school(window.session.desk.reader, key, YEAR) if tie.state == "planned"]


def test_a_refusal_is_asked_for_and_ends_the_proposals_of_the_pair(view, window, dialogs, qapp):
    line = line_of(view, "none")
    choose(view, qapp, line)
    best = line.receiver.proposals[0]
    dialogs.answers.append({"note": "Далеко"})
    press(view.card, "Отказ…", qapp)
    now = next(item for item in view.table.model.all_rows() if item.receiver.school.id == line.receiver.school.id)
    assert best.donor_id not in {proposal.donor_id for proposal in now.receiver.proposals}
    assert (best.donor_id, "declined") in now.receiver.refused
    assert "Далеко" in words(view.card)


def test_who_helps_already_is_entered_for_the_chosen_school(view, window, dialogs, qapp):
    line = line_of(view, "none")
    choose(view, qapp, line)
    donor = line.receiver.proposals[-1].donor_id
    dialogs.answers.append({"donor_id": str(donor), "subject": "физ", "grade": "9", "act_number": "5",
                            "act_date": "01.10.2026", "note": ""})  # fmt: skip
    view.helps.click()
    settle(qapp)
    found = ties.of_school(window.session.desk.reader, line.receiver.school.id, YEAR)
    made = next(tie for tie in found if tie.donor_id == donor and tie.subject == "Физика")
    assert (made.grade, made.state, made.act_number, made.act_date) == (9, "existing", "5", "2026-10-01")


def test_a_wrong_grade_is_said_and_nothing_is_written(view, window, dialogs, qapp):
    line = line_of(view, "none")
    choose(view, qapp, line)
    before = len(ties.listing(window.session.desk.reader))
    dialogs.answers.append({"donor_id": str(line.receiver.proposals[0].donor_id), "grade": "13"})
    view.helps.click()
    settle(qapp)
    assert len(ties.listing(window.session.desk.reader)) == before
    assert "«13» — не класс" in words(view.page.bar)


def test_an_empty_file_leads_to_the_results(bare_window, tmp_path: Path, qapp):
    path = tmp_path / "Пустой.opora"
    Store.create(path, name="Пустой округ", actor="Ким О. В.").close()
    bare_window.workspace.open(path)
    settle(qapp)
    view = shown(bare_window, qapp)
    assert "Загрузите результаты" in words(view.empty)
    assert view.empty.button is not None
    assert not any(button.isEnabled() for button in view.buttons)


# --- the municipality ----------------------------------------------------------------------------------------------


def test_pairs_of_the_municipality_are_taken_or_passed_over_and_written_once(view, window, qapp):
    view.assign.click()
    made = opened(window, qapp)
    assert isinstance(made, AssigningWindow)
    assert len(made.boxes) > 1
    passed, *taken = made.boxes
    made.boxes[passed].setChecked(False)
    assert made.accept_button.text() == "Записать " + count(len(taken), "пару", "пары", "пар").replace("\u00a0", " ")
    made.accept_button.click()
    settle(qapp)
    settle(qapp)
    planned = {(t.receiver_id, t.donor_id) for t in ties.listing(window.session.desk.reader, YEAR)
               if t.state == "planned"}  # fmt: skip
    assert planned == set(taken)
    window.session.desk.store.undo()
    assert not [t for t in ties.listing(window.session.desk.reader, YEAR) if t.state == "planned"]


# --- the grids -----------------------------------------------------------------------------------------------------


def test_a_block_of_ties_is_pasted_and_a_row_without_a_school_waits(view, window, qapp):
    view._grids("ties")
    made = opened(window, qapp)
    assert isinstance(made, HelpGridsWindow)
    stored = len(ties.listing(window.session.desk.reader, YEAR))
    made.tie_grid.setCurrentIndex(made.ties.index(len(made.ties.rows) - 1, 0))
    made.tie_grid.paste("Гимназия\tСОШ № 3\tматем\t6\tпредл\nГимназия\t\tрус\t\t")
    settle(qapp)
    settle(qapp)
    found = ties.listing(window.session.desk.reader, YEAR)
    assert len(found) == stored + 1
    (new,) = [tie for tie in found if tie.receiver == "СОШ № 3"]
    assert (new.subject, new.grade, new.state) == ("Математика", 6, "planned")
    waiting = made.ties.rows[stored + 1]
    assert waiting.texts[0] == "Гимназия"
    assert "нет донора или школы" in waiting.troubles[1]
    made.ties.put([(stored + 1, 1, "СОШ № 9")])
    settle(qapp)
    settle(qapp)
    assert {tie.receiver for tie in ties.listing(window.session.desk.reader, YEAR)} >= {"СОШ № 3", "СОШ № 9"}


def test_capacity_and_consent_are_pasted_and_what_does_not_fit_is_marked(view, window, qapp):
    view._grids("donors")
    made = opened(window, qapp)
    row = next(at for at, item in enumerate(made.donors.rows) if item.title == "СОШ № 3")
    made.donor_grid.setCurrentIndex(made.donors.index(row, 0))
    made.donor_grid.paste("3\tда\nмного\tнет")
    settle(qapp)
    settle(qapp)
    kept = donors.donor_table(window.session.desk.reader, YEAR).donors
    first, second = made.donors.rows[row].key, made.donors.rows[row + 1].key
    assert (kept[first].capacity, kept[first].consent) == (3, "yes")
    assert (kept[second].capacity, kept[second].consent) == (None, "no")
    assert made.donors.rows[row + 1].texts[0] == "много"
    assert 0 in made.donors.rows[row + 1].troubles


def test_a_distance_is_the_same_there_and_back_and_the_diagonal_is_closed(view, window, qapp):
    view._grids("ways")
    made = opened(window, qapp)
    made.rows.choose("all")
    settle(qapp)
    assert len(made.ways.rows) == len(made.ways.columns)
    assert not made.ways.put([(0, 0, "5")])
    made.ways.put([(0, 2, "7")])
    settle(qapp)
    settle(qapp)
    assert made.ways.rows[2].texts[0] == "7"
    made.ways.put([(2, 0, "")])
    settle(qapp)
    settle(qapp)
    first, third = made.ways.columns[0], made.ways.columns[2]
    ways = donors.way_table(window.session.desk.reader).ways
    assert (min(first, third), max(first, third)) not in ways
