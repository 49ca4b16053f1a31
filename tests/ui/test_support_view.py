"""«Поддержка» driven as a person does: registers, indicators of a platform, proposals, factors of risk, papers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from app.models.store import Store
from app.operations import registers, schools, support, support_offers, support_platforms
from app.ui.main_window import MainWindow
from app.ui.pages.monitoring import MonitoringPage
from app.ui.pages.support_card import SupportCardSection
from app.ui.pages.support_help import PartnershipsSection
from app.ui.pages.support_needs import DeficitsSection, RisksSection, SelfCheckSection
from app.ui.pages.support_platform import PlatformsSection
from app.ui.pages.support_view import SECTIONS, SupportView
from app.ui.windows.support_paper import SupportPaperWindow
from tests.ui.conftest import settle
from tests.ui.fakes import FakeDialogs

YEAR, DAY = 2026, date(2026, 11, 22)
SCOPE = {"school_year": YEAR}


@pytest.fixture
def view(window: MainWindow, qapp: QApplication) -> SupportView:
    page = window.show_page("monitoring")
    assert isinstance(page, MonitoringPage)
    settle(qapp)
    made = page.show_view("support")
    settle(qapp)
    assert isinstance(made, SupportView)
    return made


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel)).replace("\u00a0", " ")


def store(view: SupportView) -> Store:
    made = view.session.desk.store  # type: ignore[attr-defined]
    assert isinstance(made, Store)
    return made


def type_into(grid: QWidget, qapp: QApplication, row: int, column: int, text: str) -> None:
    grid.setFocus()
    grid.setCurrentIndex(grid.model().index(row, column))  # type: ignore[attr-defined]
    QTest.keyClick(grid, Qt.Key.Key_F2)
    editor = next(edit for edit in grid.viewport().findChildren(QLineEdit) if edit.isVisible())  # type: ignore[attr-defined]
    editor.setText(text)
    editor.setModified(True)
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    settle(qapp)


def test_every_section_is_shown_and_says_its_state(view: SupportView, qapp: QApplication) -> None:
    for key in SECTIONS:
        section = view.show_section(key)
        settle(qapp)
        assert view.section is section
        assert view.list.key == key
    assert [line.word for line in view.list.lines if line.key and line.word == "…"] == []
    assert "2026/27 учебный год" in view.sentence
    assert not view.session.desk.store.connection.in_transaction  # type: ignore[attr-defined]


def test_showing_sections_changes_nothing(view: SupportView, qapp: QApplication) -> None:
    before = len(store(view).connection.execute("SELECT 1 FROM operation").fetchall())
    for key in SECTIONS:
        view.show_section(key)
        settle(qapp)
    assert len(store(view).connection.execute("SELECT 1 FROM operation").fetchall()) == before


def test_an_agreement_and_its_events_are_typed(view: SupportView, qapp: QApplication) -> None:
    section = view.show_section("partnerships")
    settle(qapp)
    assert isinstance(section, PartnershipsSection)
    assert section.pane is not None
    before = len(section.pane.table.lines) if section.pane.table else 0
    type_into(section.pane.grid, qapp, before, 0, "СОШ № 9")
    type_into(section.pane.grid, qapp, before, 1, "Завод")
    row = section.pane.row
    assert row is not None
    assert row["donor"] == "Завод"
    type_into(section.joint.grid, qapp, 0, 0, "Экскурсия")
    (event,) = registers.rows(store(view).connection, "joint", partnership_id=row["id"])
    assert event["title"] == "Экскурсия"
    assert "СОШ № 9 и Завод" in section.joint.hint.text()
    assert "нет реквизитов" in " ".join(chip for chip in _chips(section.card))


def _chips(widget: QWidget) -> list[str]:
    from app.ui.widgets.chip import Chip

    return [chip.text for chip in widget.findChildren(Chip)]


def test_a_new_row_stays_below_while_one_types_into_it(view: SupportView, qapp: QApplication) -> None:
    """The register is sorted by school: a row that jumped there would take the next entry into another row."""
    section = view.show_section("deficits")
    settle(qapp)
    assert section.pane is not None
    for place, (school, subject) in enumerate((("СОШ № 9", "Физика"), ("Гимназия", "Химия"), ("СОШ № 1", "Право"))):
        last = len(section.pane.model.rows) - 1
        type_into(section.pane.grid, qapp, last, 0, school)
        type_into(section.pane.grid, qapp, last, 2, subject)
        assert section.pane.model.rows[last].texts[:3:2] == [school, subject], place
    found = {(row["subject"]): row["organisation_id"] for row in registers.rows(store(view).connection, "deficits",
                                                                               **SCOPE)}  # fmt: skip
    assert found["Химия"] == schools.find(store(view).connection, "Гимназия").id


def test_the_pivot_follows_the_register_and_the_choice(view: SupportView, qapp: QApplication) -> None:
    section = view.show_section("deficits")
    settle(qapp)
    assert isinstance(section, DeficitsSection)
    own = schools.find(store(view).connection, "СОШ № 9").id
    registers.add(store(view), "deficits", SCOPE, organisation_id=own, subject="Физика", people=4, audience="heads")
    settle(qapp)
    row = next(row for row in section.table.model.all_rows() if row.key == own)
    assert (row.cells["Физика"].text, row.cells["Всего"].text) == ("4", "4")
    assert section.audience.choose("teachers")
    assert all(row.key != own for row in section.table.model.all_rows())


def test_indicators_of_a_platform_are_typed_and_marked(view: SupportView, qapp: QApplication) -> None:
    section = view.show_section("platforms")
    settle(qapp)
    assert isinstance(section, PlatformsSection)
    item = section.platform
    assert item is not None
    type_into(section.grid, qapp, 7, 1, "31 из 50")
    type_into(section.grid, qapp, 6, 1, "много")
    found = support_platforms.platform(store(view).connection, item.id)
    assert (found.lines[7].value, found.lines[6].raw, found.lines[6].value) == ("31/50", "много", None)
    assert 1 in section.model.rows[6].troubles
    section.grid.setCurrentIndex(section.model.index(7, 1))
    settle(qapp)
    told = words(section.card)
    assert found.lines[7].measure.text[1:] in told
    assert "31 из 50, 62,0 %" in told
    assert not section.model.flags(section.model.index(0, 0)) & Qt.ItemFlag.ItemIsEditable


def test_a_proposal_goes_into_the_card_and_back(view: SupportView, qapp: QApplication, dialogs: FakeDialogs) -> None:
    own = schools.find(store(view).connection, "СОШ № 9").id
    registers.add(store(view), "deficits", SCOPE, organisation_id=own, subject="Математика", text="тригонометрия")
    settle(qapp)
    waiting = support_offers.needs(store(view).connection, YEAR, DAY)
    assert [need.deficit.words for need in waiting if need.offers] == ["Математика: тригонометрия"]
    before = len(support.lines(store(view).connection, YEAR, DAY))
    dialogs.answers.append("take")
    view.offer.click()
    settle(qapp)
    section = view.section
    assert isinstance(section, SupportCardSection)
    lines = support.lines(store(view).connection, YEAR, DAY)
    assert len(lines) == before + 1
    assert lines[-1].offer == "Площадка «Математика без двоек»"
    assert not view.offer.isEnabled()
    store(view).undo()
    settle(qapp)
    assert len(support.lines(store(view).connection, YEAR, DAY)) == before


def test_a_measure_is_begun_for_a_chosen_factor(view: SupportView, qapp: QApplication) -> None:
    section = view.show_section("risks")
    settle(qapp)
    assert isinstance(section, RisksSection)
    before = len(registers.rows(store(view).connection, "risks", **SCOPE))
    line = next(line for line in section.table.model.all_rows() if line.asks)
    section.table.choose((line.school_id, line.code))
    settle(qapp)
    assert section.begin.isEnabled()
    section.begin.click()
    settle(qapp)
    rows = registers.rows(store(view).connection, "risks", **SCOPE)
    assert len(rows) == before + 1
    assert line.name in {row["factor"] for row in rows}


def test_levels_of_the_years_stand_side_by_side(view: SupportView, qapp: QApplication) -> None:
    section = view.show_section("self_check")
    settle(qapp)
    assert isinstance(section, SelfCheckSection)
    own = schools.find(store(view).connection, "Лицей № 4").id
    section.choose_school(own)
    settle(qapp)
    assert section.school_id() == own
    assert [row.name for row in section.directions.model.all_rows()][:2] == ["Уровень", "Всего баллов"]
    columns = [column.title for column in section.table.model.columns]
    assert columns == ["Школа", "2023/24", "2024/25", "2025/26", "2026/27"]


def test_the_papers_open_from_their_section(view: SupportView, window: MainWindow, qapp: QApplication) -> None:
    view.show_section("platforms")
    settle(qapp)
    view.printing.click()
    settle(qapp)
    made = window.workspace.windows[-1]
    assert isinstance(made, SupportPaperWindow)
    assert made.kind.currentData() == "platforms"
    assert not made.school.isVisible()
    made.kind.choose("school")
    settle(qapp)
    assert made.school.isVisible()


def test_the_menu_opens_the_papers(window: MainWindow, qapp: QApplication) -> None:
    window.perform("print_support")
    settle(qapp)
    made = window.workspace.windows[-1]
    assert isinstance(made, SupportPaperWindow)
    assert made.kind.currentData() == "map"
    assert made.heading.text() == "Карта адресной помощи, 2026/27"


def test_a_school_card_leads_here(view: SupportView, window: MainWindow, qapp: QApplication) -> None:
    own = schools.find(store(view).connection, "СОШ № 5").id
    view.show_section("courses")
    window.session.go("monitoring", ("support", ("risks", own)))
    settle(qapp)
    assert view.section is not None
    assert view.section.key == "risks"
    assert view.section.school_id() == own


def test_a_file_open_for_reading_shows_everything_and_changes_nothing(
    bare_window: MainWindow, db: Path, qapp: QApplication
) -> None:
    bare_window.session.desk.open_read_only(db).result()
    page = bare_window.show_page("monitoring")
    assert isinstance(page, MonitoringPage)
    settle(qapp)
    view = page.show_view("support")
    settle(qapp)
    assert isinstance(view, SupportView)
    for key in SECTIONS:
        section = view.show_section(key)
        settle(qapp)
        if section.pane is not None:
            assert not section.pane.out.isEnabled()
    assert not view.offer.isEnabled()
