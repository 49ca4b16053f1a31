"""Projects and lists from outside, as views and on the card of a school."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from app.operations import externals, projects
from app.ui.dialogs import Field, FormDialog
from app.ui.main_window import MainWindow
from app.ui.pages.externals_view import KEPT_ONLY, ExternalsView
from app.ui.pages.projects_view import ProjectsView
from app.ui.typed_days import day_trouble
from app.ui.widgets.basics import Button, Combo
from tests.ui.conftest import settle
from tests.ui.fakes import FakeDialogs

YEAR = 2026


def words(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel)).replace("\u00a0", " ")


@pytest.fixture
def project_view(window: MainWindow, qapp: QApplication) -> ProjectsView:
    page = window.show_page("schools")
    settle(qapp)
    view = page.show_view("projects")
    assert isinstance(view, ProjectsView)
    settle(qapp)
    return view


@pytest.fixture
def list_view(window: MainWindow, qapp: QApplication) -> ExternalsView:
    page = window.show_page("schools")
    settle(qapp)
    view = page.show_view("externals")
    assert isinstance(view, ExternalsView)
    settle(qapp)
    return view


def test_every_view_of_an_empty_file_says_what_fills_it(bare_window: MainWindow, dialogs, tmp_path, qapp):
    dialogs.answers = [{"name": "Новый округ"}, str(tmp_path / "Новый округ.opora")]
    bare_window.workspace.ask_new()
    settle(qapp)
    page = bare_window.show_page("schools")
    settle(qapp)
    wanted = {"metrics": "Загрузить реестр…", "projects": "Добавить проект…", "externals": "Загрузить список…"}
    for key, word in wanted.items():
        view = page.show_view(key)
        settle(qapp)
        seen = [button.text() for button in view.findChildren(Button) if button.isVisible()]
        assert word in seen
        assert page.header.state.text()


# --- projects -----------------------------------------------------------------------------------------------------


def test_a_project_is_added_changed_and_taken_out(project_view, window, dialogs: FakeDialogs, qapp):
    view, reader = project_view, window.session.desk.reader
    school = view._found.schools[0]
    before = len(projects.listing(reader, year=YEAR))
    dialogs.answers = [{"school": str(school.id), "kind": "pilot_site", "topic": "Читательская грамотность"}]
    view.add()
    settle(qapp)
    made = next(p for p in projects.listing(reader, year=YEAR) if p.kind == "pilot_site")
    assert (made.school_id, made.level, made.topic) == (school.id, "regional", "Читательская грамотность")
    assert view.table.current().project.id == made.id
    dialogs.answers = [{"level": "municipal", "name": "Своя площадка"}]
    view.edit()
    settle(qapp)
    changed = next(p for p in projects.listing(reader, year=YEAR) if p.id == made.id)
    assert (changed.level, changed.name, changed.topic) == ("municipal", "Своя площадка", "Читательская грамотность")
    view.remove()
    settle(qapp)
    assert len(projects.listing(reader, year=YEAR)) == before
    assert "убран" in view.page.bar.text.text()
    window.perform("undo")
    settle(qapp)
    assert len(projects.listing(reader, year=YEAR)) == before + 1


def test_last_years_projects_go_on(project_view, window, qapp):
    view, reader = project_view, window.session.desk.reader
    last = projects.listing(reader, year=YEAR)
    window.session.set_school_year(YEAR + 1)
    settle(qapp)
    assert view.table.model.total == 0
    assert f"в прошлом году {len(last)}" in view.page.header.state.text()
    assert view.table.stack.currentWidget() is view.empty
    view.continue_last()
    settle(qapp)
    assert view.table.model.total == len(last)
    view.continue_last()
    settle(qapp)
    assert "уже есть" in view.page.bar.text.text()


def test_all_years_are_shown_on_demand(project_view, window, qapp):
    view = project_view
    one = view.table.model.total
    view.every.click()
    settle(qapp)
    assert view.table.model.total == len(projects.listing(window.session.desk.reader)) > one


# --- lists from outside -------------------------------------------------------------------------------------------


def test_lists_stand_with_their_entries_and_the_sentence_that_nothing_is_computed(list_view):
    kinds = {row.kind for row in list_view.table.model.all_rows()}
    assert kinds == {"federal_list", "risk_profile"}
    list_view.table.choose(next(r.id for r in list_view.table.model.all_rows() if r.kind == "risk_profile"))
    about = {line.about for line in list_view.entries.model.all_rows()}
    assert "Недостаточная предметная и методическая компетентность педагогических работников" in about, "no bare code"
    assert any(label.text() == KEPT_ONLY for label in list_view.findChildren(QLabel))


def test_a_document_is_named_and_the_list_goes_and_comes_back(list_view, window, dialogs: FakeDialogs, qapp):
    view, reader = list_view, window.session.desk.reader
    bare = next(r for r in view.table.model.all_rows() if r.document is None)
    view.table.choose(bare.id)
    dialogs.answers = [
        {"title": "Письмо о профилях", "issuer": "Рособрнадзор", "number": "02-15", "dated": "12.01.2026"}
    ]
    view.ask_document()
    settle(qapp)
    document = externals.find(reader, list_id=bare.id).document
    assert (document.title, document.number, document.dated) == ("Письмо о профилях", "02-15", "2026-01-12")
    assert "Рособрнадзор: Письмо о профилях от 12.01.2026 № 02-15" in view.facts.text().replace("\u00a0", " ")
    view.remove()
    settle(qapp)
    assert bare.id not in {r.id for r in externals.lists(reader)}
    window.perform("undo")
    settle(qapp)
    assert externals.entries(reader, bare.id)


def test_no_lists_are_an_empty_state_with_the_action_that_fills_it(list_view, window, qapp):
    store = window.session.desk.store
    for item in externals.lists(store.connection):
        externals.remove(store, item.id)
    list_view.refresh()
    settle(qapp)
    assert list_view.table.stack.currentWidget() is list_view.table.empty
    assert list_view.table.empty.button.text() == "Загрузить список…"
    assert list_view.card.isHidden()
    assert not list_view.drop.isEnabled()


# --- the card of a school -----------------------------------------------------------------------------------------


def test_the_card_shows_metrics_projects_and_lists(window: MainWindow, qapp):
    page = window.show_page("schools")
    settle(qapp)
    school = next(r.school for r in page.table.model.all_rows() if r.school.shown == "СОШ № 5")
    page.open_card(school.id)
    settle(qapp)
    extras = page.card.extras
    assert "С ОВЗ: " in words(extras.metrics)
    assert "500+" in words(extras.projects)
    assert "базово неуспевающие" in words(extras.lists)
    extras.metrics.findChild(Button).click()
    settle(qapp)
    assert page.view == "metrics"
    view = page.views["metrics"]
    assert view.model.lines[view.grid.currentIndex().row()].school.id == school.id


# --- the form -----------------------------------------------------------------------------------------------------


def test_a_form_takes_choices_and_says_what_is_wrong_with_a_date(qtbot):
    schools = tuple((f"Школа № {n}", str(n)) for n in range(1, 20))
    form = FormDialog(
        "Проба", "",
        [Field("school", "Школа", "3", choices=schools, required=True),
         Field("level", "Уровень", choices=(("обычный", ""), ("региональный", "regional"))),
         Field("day", "Дата", test=day_trouble)],
        "Сохранить",
    )  # fmt: skip
    qtbot.addWidget(form)
    form.show()
    school, _level = form.findChildren(Combo)
    assert form.values() == {"school": "3", "level": "", "day": ""}
    assert school.isEditable()
    school.setEditText("Школа № 7")
    assert form.values()["school"] == "7"
    school.setEditText("Шко")
    assert form.values()["school"] == ""
    assert not form.accept_button.isEnabled(), "a school that is none is not accepted"
    school.setEditText("Школа № 7")
    form._edits["day"].setText("31.02.2026")
    assert not form.accept_button.isEnabled()
    assert form._troubles["day"].isVisibleTo(form)
    form._edits["day"].setText("28.02.2026")
    assert form.accept_button.isEnabled()
    assert form._troubles["day"].isHidden()
    assert form.findChildren(QLabel)[0].textFormat() == Qt.TextFormat.PlainText
