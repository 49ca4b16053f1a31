"""«Формы»: the table, the card, what can be done with a form, sharing as a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.forms import drafting
from app.operations import form_drafts, forms
from app.ui.main_window import MainWindow
from app.ui.pages.forms_view import FormsView, Line
from app.ui.windows.form_editor import FormEditor
from app.ui.windows.form_editor_preview import FormPreviewWindow
from tests.ui.conftest import settle
from tests.ui.fakes import FakeDialogs


@pytest.fixture
def view(window: MainWindow, qapp) -> FormsView:
    page = window.show_page("checklists")
    made = page.show_view("forms")
    settle(qapp)
    assert isinstance(made, FormsView)
    return made


def rows(view: FormsView) -> list[Line]:
    return list(view.table.model.visible_rows())


def own(window: MainWindow, qapp, short: str = "Наша форма"):
    draft = drafting.put_item(drafting.put(form_drafts.begin_new(), short=short), "q1", text="Есть план")
    entry = form_drafts.save(window.session.desk.store, draft)
    settle(qapp)
    return entry


def test_the_institutes_forms_wait_behind_a_chip(view, qapp):
    before = {line.form_id for line in rows(view)}
    assert "dpp-pedagogical" not in before
    assert "rmo" in before
    view.hidden.click()
    assert "dpp-pedagogical" in {line.form_id for line in rows(view)}
    assert any(f"{number} форм" in view.sentence.replace("\u00a0", " ") for number in (18, 21))


def test_the_card_says_everything(view, qapp):
    view.open_payload("school-programme-self")
    settle(qapp)
    assert view.name.text() == "Самооценка школьной программы"
    assert view.official.text().startswith("Проведение внутренней оценки")
    assert "2459-р" in view.source.text()
    assert "Опечатка источника" in view.note_text.text()
    assert not view.change.isVisible()
    assert not view.remove.isVisible()
    view.open_payload("head-school")
    settle(qapp)
    assert [line.form.closed for line in rows(view) if line.form_id == "head-school"] == [True]


def test_copying_opens_the_editor(window, view, dialogs: FakeDialogs, qapp):
    view.open_payload("rmo")
    dialogs.answers = [{"short": "Работа РМО, наша"}]
    view.copy.click()
    settle(qapp)
    editor = window.workspace.windows[-1]
    assert isinstance(editor, FormEditor)
    assert editor.heading.text() == "Работа РМО, наша"
    assert editor.model.draft.form.id.startswith("rmo-own-")
    editor.save.click()
    settle(qapp)
    assert "Работа РМО, наша" in [line.short for line in rows(view)]


def test_a_draft_stands_in_the_table_and_goes_on(window, view, qapp):
    view.new.click()
    settle(qapp)
    editor = window.workspace.windows[-1]
    editor.item.text.setPlainText("Есть план")
    editor.close()
    settle(qapp)
    line = next(line for line in rows(view) if line.draft is not None)
    assert (line.entry, line.items) == (None, 1)
    view.table.choose(line.form_id)
    assert view.change.text() == "Продолжить черновик…"
    assert not view.copy.isEnabled()
    view.change.click()
    settle(qapp)
    assert window.workspace.windows[-1].item.text.toPlainText() == "Есть план"


def test_a_file_goes_out_and_comes_in_with_a_question(window, view, dialogs: FakeDialogs, qapp, tmp_path: Path):
    entry = own(window, qapp)
    view.open_payload(entry.form.id)
    path = tmp_path / "форма.toml"
    dialogs.answers = [path]
    view.give.click()
    settle(qapp)
    assert path.read_text("utf-8") == entry.form.text
    dialogs.answers = [[path]]
    view.take.click()
    settle(qapp)
    assert "такая же" in view.page.bar.findChildren(type(view.name))[0].text() or view.page.bar.isVisible()
    path.write_text(path.read_text("utf-8").replace("Есть план", "Есть отчёт"), "utf-8")
    dialogs.answers = [[path], "stay"]
    view.take.click()
    settle(qapp)
    assert forms.entry(window.session.desk.reader, entry.form.id).versions == ("1.0",)
    dialogs.answers = [[path], "newer"]
    view.take.click()
    settle(qapp)
    assert forms.entry(window.session.desk.reader, entry.form.id).versions == ("1.1", "1.0")
    dialogs.answers = [[path], "copy"]
    path.write_text(path.read_text("utf-8").replace("Есть отчёт", "Есть приказ"), "utf-8")
    view.take.click()
    settle(qapp)
    assert "Наша форма (копия)" in [line.short for line in rows(view)]


def test_an_own_form_is_removed_and_comes_back(window, view, qapp):
    entry = own(window, qapp)
    view.open_payload(entry.form.id)
    assert view.remove.isVisible()
    view.remove.click()
    settle(qapp)
    assert entry.form.id not in {line.form_id for line in rows(view)}
    window.perform("undo")
    settle(qapp)
    assert entry.form.id in {line.form_id for line in rows(view)}


def test_a_look_at_the_blank_and_a_round(window, view, qapp):
    view.open_payload("rmo")
    view.look.click()
    settle(qapp)
    shown = window.workspace.windows[-1]
    assert isinstance(shown, FormPreviewWindow)
    shown.preview.choose("paper")
    settle(qapp)
    assert shown.preview.pdf.data.startswith(b"%PDF")
    shown.close()
    assert view.round.isEnabled()
    view.round.click()
    settle(qapp)
    assert window.workspace.windows[-1].windowTitle() == "Новый сбор"


def test_the_menu_offers_what_the_buttons_do(view, qapp):
    view.open_payload("rmo")
    words = [action[0] for action in view._row_actions() if action is not None]
    assert words == ["Новый сбор…", "Скопировать и изменить…", "Просмотреть бланк", "Отдать файлом…"]
