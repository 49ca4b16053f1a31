"""The overview of a school: what it shows, where it leads, how it is printed. The real window."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.operations import school_card, schools
from app.ui.windows.card_paper import CardPaperWindow
from app.ui.windows.settings import SettingsWindow
from tests.ui.conftest import settle


@pytest.fixture
def page(window, qapp):
    window.resize(1366, 768)
    shown = window.show_page("schools")
    settle(qapp)
    return shown


def listed_school(page):
    connection = page.session.desk.reader
    return school_card.listed(connection, page.session.school_year)[0]


def opened(page, qapp, key=None):
    page.session.go("school", key or listed_school(page))
    settle(qapp)
    return page.card


def texts(widget):
    from PySide6.QtWidgets import QLabel

    return "\n".join(label.text().replace("\u00a0", " ") for label in widget.findChildren(QLabel))


def test_a_card_opens_on_its_overview_with_answer_results_and_passport(page, qapp):
    card = opened(page, qapp)
    found = school_card.card(page.session.desk.reader, listed_school(page), page.session.school_year)
    assert card.part == "overview"
    overview = card.overview
    assert overview.chip.text == "в списке"
    assert overview.why.text().replace("\u00a0", " ").startswith("Школа входит в список")
    assert len(overview.table.model.all_rows()) == len(found.results) > 5
    assert overview.table.model.all_rows()[0].last.hit
    assert overview.dynamics.spec is not None
    assert overview.dynamics.spec.levels[0].value == 30.0
    assert found.passport[0].text.replace("\u00a0", " ") in texts(overview.passport)
    told = texts(overview)
    for section in found.sections:
        assert section.title in told or section.title[:1].lower() + section.title[1:] in told


def test_the_switch_and_the_action_lead_to_the_details(page, qapp):
    card = opened(page, qapp)
    card.show_part("details")
    settle(qapp)
    assert card.parts.currentWidget() is card.scroller
    assert page.window().focusWidget() is card.fields["name"].edit
    card.switch.setCurrentIndex(0)
    assert card.parts.currentWidget() is card.overview


def test_a_number_leads_to_its_origin_and_the_answer_to_the_list(page, window, qapp):
    card = opened(page, qapp)
    wanted = []
    window.session.wanted.connect(lambda place, payload: wanted.append((place, payload)))
    card.overview.table.activated.emit(card.overview.table.model.all_rows()[0])
    assert wanted[-1][0] == "origin"
    assert wanted[-1][1][0] == listed_school(page)
    window.workspace.close_windows()
    card.overview._to_list()
    settle(qapp)
    assert wanted[-1] == ("list_school", listed_school(page))
    assert window.page.name == "school_list"


def test_a_note_written_elsewhere_appears_in_the_overview(page, qapp):
    card = opened(page, qapp)
    page.session.write(page, None, schools.add_note, listed_school(page), "Проверить график замен", None)
    settle(qapp)
    assert "Проверить график замен" in texts(card.overview)


def test_a_school_without_results_says_so(page, qapp):
    page.session.write(page, None, schools.add, {"name": "МБОУ «Пустая школа»"})
    settle(qapp)
    key = schools.find(page.session.desk.reader, "МБОУ «Пустая школа»").id
    card = opened(page, qapp, key)
    assert card.overview.table.model.all_rows() == []
    assert card.overview.dynamics_card.isHidden()
    assert card.overview.risk_card.isHidden()
    assert "Нет данных:" in texts(card.overview)


def test_the_card_is_previewed_on_one_page_and_saved(page, window, dialogs, tmp_path: Path, qapp):
    key = listed_school(page)
    window.go("print_card", key)
    settle(qapp)
    shown = window.workspace.windows[-1]
    assert isinstance(shown, CardPaperWindow)
    assert shown.state() == ""
    assert shown.sentence.text() == "1\u00a0страница"
    assert "/" not in shown._name(".pdf")
    dialogs.answers = [tmp_path / "карточка.docx"]
    shown._save(".docx")
    settle(qapp)
    assert (tmp_path / "карточка.docx").read_bytes().startswith(b"PK")


def test_types_and_intervals_are_switched_on_in_the_settings(page, window, qapp):
    window.go("settings")
    settle(qapp)
    shown = window.workspace.windows[-1]
    assert isinstance(shown, SettingsWindow)
    shown.switches["show_types_on_papers"].click()
    settle(qapp)
    found = school_card.card(page.session.desk.reader, listed_school(page), page.session.school_year)
    assert (found.types, found.intervals) == (True, False)
