"""«Приём», sending, reminders and the urgent collection, driven as a person does."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel

from app.forms.loader import load
from app.models.forms import SubjectRef
from app.models.store import Store
from app.operations import form_answers, form_rounds, forms, schools
from app.ui.main_window import MainWindow
from app.ui.pages.checklists_board import BoardView
from app.ui.widgets.basics import Button
from app.ui.windows.form_board_paper import BoardPaperWindow
from app.ui.windows.form_round import NewRoundWindow
from app.ui.windows.form_sending import SendWindow
from app.ui.windows.urgent import RequestTableWindow, UrgentWindow
from tests.helpers.form_texts import CHECK
from tests.ui.conftest import settle
from tests.ui.fakes import press as press_key

LATE, WHOLE = "2026-11-10", "2026-12-20"


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """Three schools; a checklist that is late everywhere and one that is not; one answer is whole, one has a fault."""
    path = tmp_path / "Лесогорск.opora"
    store = Store.create(path, name="Лесогорский округ", actor="Ракитина Е. В.")
    forms.save(store, load(CHECK))
    keys = [schools.add(store, {"name": f"СОШ № {number}"}) for number in (1, 2, 3)]
    schools.appoint(
        store, keys[0], full_name="Громова Лидия Андреевна", phone="8 (39755) 2-11-03", email="one@school.ru"
    )
    refs = [SubjectRef("school_programme", organisation_id=key) for key in keys]
    first = form_rounds.start(store, "probe", 2026, refs, title="Проба осени", due_on=LATE)
    form_rounds.start(store, "probe", 2026, refs[:2], title="Проба зимы", due_on=WHOLE)
    one, other, third = (line.case.id for line in form_rounds.cases(store.connection, first))
    form_rounds.mark_sent(store, [one, other, third], "2026-11-01")
    for item in ("1", "2", "3"):
        form_answers.put(store, other, item, "Да")
    form_answers.put(store, third, "1", "почти")
    store.close()
    return path


@pytest.fixture
def view(window: MainWindow, qapp: QApplication) -> BoardView:
    page = window.show_page("checklists")
    settle(qapp)
    return page.board


def words(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel)).replace("\u00a0", " ")


def texts(table) -> list[list[str]]:
    model = table.model
    return list(model.as_table(range(model.shown), range(len(model.columns))))


def choose(view: BoardView, qapp: QApplication, shown: str, title: str = "Проба осени") -> None:
    line = next(line for line in view.table.model.all_rows() if line.shown == shown)
    view.table.choose(line.key)
    column = next(c for c in view._found.board.rounds if c.round.title == title)
    view.choose_round(column.round.id)
    settle(qapp)


def press(widget, title: str, qapp: QApplication) -> None:
    found = [button for button in widget.findChildren(Button) if button.text().startswith(title)]
    assert found, [button.text() for button in widget.findChildren(Button)]
    found[0].click()
    settle(qapp)


def opened(window: MainWindow, qapp: QApplication):
    settle(qapp)
    return window.workspace.windows[-1]


def case_of(view: BoardView, shown: str, title: str = "Проба осени"):
    column = next(c for c in view._found.board.rounds if c.round.title == title)
    line = next(line for line in view.table.model.all_rows() if line.shown == shown)
    return line.cell(column.round.id)


# --- the board -----------------------------------------------------------------------------------------------------


def test_the_board_shows_schools_and_rounds_with_words(view):
    head, *rows = texts(view.table)
    assert sorted(head[1:3]) == ["Проба зимы, срок 20.12.2026", "Проба осени, срок 10.11.2026"], "copied whole"
    autumn = head.index("Проба осени, срок 10.11.2026")
    winter = 3 - autumn
    assert [(row[0], row[autumn], row[winter], row[3]) for row in rows] == [
        ("СОШ № 1", "просрочено", "не отпр.", "12"), ("СОШ № 2", "получено", "не отпр.", ""),
        ("СОШ № 3", "ошибки", "—", ""),
    ]  # fmt: skip
    assert rows[0][4].replace("\u00a0", " ") == "8 (39755) 2-11-03, Громова Лидия Андреевна"
    assert "принято 0 из 5 · не прислано 3 · просрочено 1" in view.sentence


def test_chips_count_answers_and_filter_rows(view, qapp):
    shown = {key: chip.text() for key, chip in view.chips.items() if not chip.isHidden()}
    assert shown == {"not_sent": "не отправлено 2", "sent": "отправлено 1", "received": "получено 1",
                     "with_errors": "с ошибками 1", "просрочено": "просрочено 1"}  # fmt: skip
    view.chips["with_errors"].click()
    assert [line.shown for line in view.table.model.visible_rows()] == ["СОШ № 3"]
    view.chips["with_errors"].click()
    assert view.table.model.shown == 3


def test_the_card_tells_the_state_the_days_whom_to_call_and_the_next_step(view, qapp):
    choose(view, qapp, "СОШ № 1")
    said = words(view.card)
    for part in ("Проба осени", "10.11.2026, просрочено на 12 дней", "Громова Лидия Андреевна", "one@school.ru",
                 "Другие формы", "Проба зимы"):  # fmt: skip
        assert part in said
    primary = [button.text() for button in view.card.findChildren(Button) if button.property("kind") == "primary"]
    assert primary == ["Напомнить…"]
    choose(view, qapp, "СОШ № 3")
    assert "почти" in words(view.card)
    choose(view, qapp, "СОШ № 1", "Проба зимы")
    assert "20.12.2026, осталось 28 дней" in words(view.card)


def test_accepting_locks_and_undo_opens_again(view, window, qapp):
    choose(view, qapp, "СОШ № 2")
    press(view.card, "Принять", qapp)
    assert case_of(view, "СОШ № 2").state == "accepted"
    assert "Принято: 1 ответ." in words(view.page.bar)
    window.session.desk.store.undo()
    settle(qapp)
    assert case_of(view, "СОШ № 2").state == "received"


def test_giving_back_offers_the_programs_findings_as_the_remark(view, dialogs, qapp):
    choose(view, qapp, "СОШ № 3")
    dialogs.answers.append({})
    press(view.card, "Вернуть", qapp)
    found = case_of(view, "СОШ № 3")
    assert found.state == "returned"
    assert "почти" in found.line.case.return_remark


def test_approving_and_taking_back_ask(view, dialogs, qapp):
    choose(view, qapp, "СОШ № 2")
    press(view.card, "Принять", qapp)
    dialogs.answers.append({"act": "приказ № 7"})
    press(view.card, "Утвердить", qapp)
    assert case_of(view, "СОШ № 2").state == "approved"
    dialogs.answers.append({"reason": "Ошибка"})
    press(view.card, "Снять принятие", qapp)
    assert case_of(view, "СОШ № 2").state == "received"


def test_what_is_not_whole_is_accepted_only_after_a_question(view, dialogs, qapp):
    choose(view, qapp, "СОШ № 3")
    dialogs.answers.append("no")
    press(view.card, "Принять как есть", qapp)
    assert case_of(view, "СОШ № 3").state == "with_errors"
    dialogs.answers.append("yes")
    press(view.card, "Принять как есть", qapp)
    assert case_of(view, "СОШ № 3").state == "accepted"


def test_several_rows_are_acted_on_together(view, qapp):
    choose(view, qapp, "СОШ № 1", "Проба зимы")
    flags = QItemSelectionModel.SelectionFlag
    for place in range(2):
        index = view.table.model.index(place, view.table.view.currentIndex().column())
        view.table.view.selectionModel().select(index, flags.Select | flags.Rows)
    settle(qapp)
    assert "Выбрано: 2 строки" in words(view.card)
    assert "Сбор «Проба зимы»" in words(view.card)
    press(view.card, "Отметить отправленными: 2", qapp)
    assert {case_of(view, name, "Проба зимы").state for name in ("СОШ № 1", "СОШ № 2")} == {"sent"}


def test_one_round_has_its_own_columns_and_acts(view, dialogs, qapp):
    place = next(i for i in range(view.which.count()) if view.which.itemText(i).startswith("Проба осени"))
    view.which.setCurrentIndex(place)
    settle(qapp)
    head, *rows = texts(view.single)
    assert head[:6] == ["Кто", "Состояние", "Отправлено", "Получено", "Заполнено", "Баллы"]
    assert [cell.replace("\u00a0", " ") for cell in rows[1]][:7] == [
        "СОШ № 2", "получено", "01.11.2026", "", "3 из 3", "6 из 6", "высокий уровень",
    ]  # fmt: skip
    dialogs.answers.append({"due": "01.12.2026"})
    view.due.click()
    settle(qapp)
    assert "срок 01.12.2026" in view.sentence
    view.closing.click()
    settle(qapp)
    assert "сбор закрыт" in view.sentence
    assert view.closing.text() == "Открыть снова"


def test_answers_open_from_the_card_and_rounds_from_the_first_page_and_the_search(view, window, qapp):
    choose(view, qapp, "СОШ № 2")
    press(view.card, "Открыть ответы", qapp)
    assert view.page.view == "fill"
    key = next(c.round.id for c in view._found.board.rounds if c.round.title == "Проба зимы")
    window.session.set_school_year(2024)
    settle(qapp)
    window.go("forms", ("board", key))
    settle(qapp)
    assert view.page.view == "board"
    assert window.session.school_year == 2026
    assert view.round_id == key
    window.finder.begin()
    window._forms = None
    window._sources()
    window.finder._gather()
    window.finder.setText("проба зимы")
    window.finder.flush()
    assert [(hit.place, hit.payload) for hit in window.finder.hits] == [("forms", ("board", key))]


def test_the_paper_of_the_board_is_shown(view, window, qapp):
    view.printing.click()
    made = opened(window, qapp)
    assert isinstance(made, BoardPaperWindow)
    assert made._paper.document.title[0] == "Ход сбора чек-листов"
    assert made._pdf.data.startswith(b"%PDF")


# --- beginning and sending -------------------------------------------------------------------------------------------


def test_a_round_begins_in_one_window(view, window, qapp):
    view.beginning.click()
    made = opened(window, qapp)
    assert isinstance(made, NewRoundWindow)
    made.form.choose("school-transition")
    settle(qapp)
    assert made.whom.list.count() == 3
    made.whom.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    made.due.setText("скоро")
    assert not made.begin.isEnabled()
    assert "не дата" in made.trouble.text()
    made.due.setText("01.12.2026")
    made.letter.setPlainText("Ответ войдёт в доклад.")
    made.begin.click()
    settle(qapp)
    assert made not in window.workspace.windows
    [line] = [c for c in view._found.board.rounds if c.round.form_id == "school-transition"]
    assert (line.total, line.round.due_on, line.round.letter) == (2, "2026-12-01", "Ответ войдёт в доклад.")
    assert view.round_id == line.round.id


def test_letters_go_into_a_folder_and_their_blanks_count_as_sent(view, window, dialogs, qapp, tmp_path):
    choose(view, qapp, "СОШ № 1", "Проба зимы")
    press(view.card, "Отправить бланк", qapp)
    made = opened(window, qapp)
    assert isinstance(made, SendWindow)
    assert "Здравствуйте, Лидия Андреевна!" in made.text.toPlainText()
    made.copying.click()
    assert "Просим заполнить форму «Проба зимы»" in QGuiApplication.clipboard().text()
    dialogs.answers.append(tmp_path / "письма")
    made.go.click()
    settle(qapp)
    [path] = (tmp_path / "письма").glob("*.eml")
    mail = message_from_bytes(path.read_bytes(), policy=default)
    assert (mail["To"], mail["X-Unsent"]) == ("one@school.ru", "1")
    assert [part.get_filename() for part in mail.iter_attachments()] == ["СОШ № 1 — Проба — 2026-27.xlsx"]
    assert case_of(view, "СОШ № 1", "Проба зимы").state == "sent"
    assert case_of(view, "СОШ № 1", "Проба зимы").line.case.sent_to == "one@school.ru"


def test_blanks_go_into_a_folder_as_workbooks(view, window, dialogs, qapp, tmp_path):
    view.sending.click()
    made = opened(window, qapp)
    assert made.table.model.total == 2, "the two that have not been sent yet"
    made.as_books.setChecked(True)
    made.marking.setChecked(False)
    dialogs.answers.append(tmp_path / "бланки")
    made.go.click()
    settle(qapp)
    assert sorted(path.suffix for path in (tmp_path / "бланки").iterdir()) == [".xlsx", ".xlsx"]
    assert case_of(view, "СОШ № 1", "Проба зимы").state == "not_sent"


def test_a_reminder_follows_whether_blanks_go_with_it(view, window, qapp):
    choose(view, qapp, "СОШ № 1")
    press(view.card, "Напомнить", qapp)
    made = opened(window, qapp)
    assert "срок был 10.11.2026, прошло 12 дней" in made.text.toPlainText()
    assert "Бланк приложен" in made.text.toPlainText()
    made.with_blanks.setChecked(False)
    settle(qapp)
    assert "Бланк приложен" not in made.text.toPlainText()


# --- the urgent collection -------------------------------------------------------------------------------------------


def test_from_five_headings_to_letters_in_one_window(view, window, dialogs, qapp, tmp_path):
    window.perform("urgent")
    made = opened(window, qapp)
    assert isinstance(made, UrgentWindow)
    assert not made.go.isEnabled()
    made.name.setText("Питание")
    made.text.setPlainText("Всего детей\tДоля, %\tЕсть ли столовая\tДата проверки\tОтветственный")
    made.read_headings()
    assert [combo.currentText() for combo in made.combos] == [
        "целое число", "число с запятой", "да или нет", "дата", "текст",
    ]  # fmt: skip
    made.combos[4].setCurrentIndex(0)
    made._remember(4)
    made.read_headings()
    assert made.asked()[4].kind == "whole", "what was chosen by hand stays"
    made.due.setText("25.11.2026")
    assert made.go.text() == "Сделать 3 письма…"
    dialogs.answers.append(tmp_path / "срочно")
    made.go.click()
    settle(qapp)
    assert len(list((tmp_path / "срочно").glob("*.eml"))) == 3
    [column] = [c for c in view._found.board.rounds if c.form.kind == "request"]
    assert column.states == {"sent": 3}
    assert view.round_id == column.round.id
    view.answers.click()
    table = opened(window, qapp)
    assert isinstance(table, RequestTableWindow)
    assert "Не ответили (3)" in table.silent.text()
    store = window.session.desk.store
    case = form_rounds.cases(store.connection, column.round.id)[0].case.id
    form_answers.put(store, case, "q1", "240")
    settle(qapp)
    assert [row.cells[0] for row in table.table.model.all_rows()] == ["240", "", ""], "it fills as answers come"
    assert "Всего детей — 240" in words(table)
    press(table, "Копировать таблицу", qapp)
    assert QGuiApplication.clipboard().text().splitlines()[0].split("\t")[2] == "Всего детей"


def test_a_folder_that_cannot_be_written_leaves_a_round_that_can_be_sent_later(view, window, qapp, tmp_path):
    window.perform("urgent")
    made = opened(window, qapp)
    made.text.setPlainText("Всего детей")
    made.read_headings()
    (tmp_path / "файл").write_text("x")
    made.run(tmp_path / "файл" / "глубже")
    settle(qapp)
    [column] = [c for c in view._found.board.rounds if c.form.kind == "request"]
    assert column.states == {"not_sent": 3}
    assert "Сбор начат, письма не записаны" in words(view.page.bar)


def test_an_empty_file_says_what_to_do(bare_window: MainWindow, qapp, tmp_path):
    path = tmp_path / "Пусто.opora"
    Store.create(path, name="Округ", actor="Я").close()
    bare_window.workspace.open(path)
    settle(qapp)
    page = bare_window.show_page("checklists")
    settle(qapp)
    assert "сборов нет" in page.board.sentence
    assert not page.board.printing.isEnabled()
    press_key(page.board.table, Qt.Key.Key_F5)
    page.board.empty.button.click()
    made = opened(bare_window, qapp)
    assert isinstance(made, NewRoundWindow)
    assert not made.begin.isEnabled()
    assert "Отправлять пока некому" in words(made.whom)
