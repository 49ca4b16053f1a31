"""The window that compares the registry with that of another year, driven as a person drives it."""

from __future__ import annotations

import json
from math import inf
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from app.models.organisations import School
from app.operations import history, registry_changes, schools
from app.operations.registry_changes import KIND_WORDS, RegistryChange
from app.texts import glue
from app.ui.actions import ACTIONS
from app.ui.item_models.table_model import TableModel
from app.ui.main_window import MainWindow
from app.ui.widgets.basics import Button
from app.ui.widgets.labels import Label
from app.ui.windows import comparing_lines
from app.ui.windows.comparing import ComparingWindow
from app.ui.windows.comparing_lines import Line, differences, key_of, told_short
from app.ui.windows.comparing_table import DecisionTable
from app.ui.windows.importing import ImportWizard
from tests.ui.conftest import settle
from tests.ui.fakes import FakeDialogs, press
from tests.ui.test_windows import top

HEAD = "Логин ФИС ОКО;Название;Состояние;Примечание"
LYCEUM = "МБОУ «Лицей имени первых учителей»"
FRESH = "МБОУ «Средняя общеобразовательная школа № 77»"


@pytest.fixture
def known(window: MainWindow) -> list[School]:
    """Our schools at work, in the order of the registry."""
    return [s for s in schools.listing(window.session.desk.reader) if s.status == "active" and s.code]


def registry(tmp_path: Path, *lines: str, name: str = "реестр 2027.csv") -> Path:
    path = tmp_path / name
    path.write_text("\n".join([HEAD, *lines]), "utf-8-sig")
    return path


@pytest.fixture
def second(known: list[School], tmp_path: Path) -> Path:
    """The first is renamed, the second closed, the third has another code, the fourth is gone, № 77 is new."""
    renamed, closed, moved, _gone, *rest = known
    return registry(
        tmp_path,
        f"{renamed.code};{LYCEUM};действует;",
        f"{closed.code};{closed.name};закрыта;",
        f"edu900901;{moved.name};действует;",
        *(f"{s.code};{s.name};действует;" for s in rest),
        f"edu900902;{FRESH};действует;",
    )


@pytest.fixture
def comparing(window: MainWindow, second: Path, qapp) -> ComparingWindow:
    """The window at its table."""
    return compared(window, second, qapp)


def compared(window: MainWindow, path: Path, qapp) -> ComparingWindow:
    window.go("compare_registry", path)
    shown = top(window, qapp)
    assert isinstance(shown, ComparingWindow)
    shown.go_on()
    settle(qapp)
    assert shown.step == 1
    return shown


def line_of(shown: ComparingWindow, kind: str) -> Line:
    (found,) = [line for line in shown.decisions.lines if line.change.kind == kind]
    shown.decisions.table.choose(found.change.key)
    return found


def text(shown: ComparingWindow, kind: str, column: str) -> str:
    model = shown.decisions.table.model
    place = model.place_of(line_of(shown, kind).change.key)
    number = [c.key for c in model.columns].index(column)
    return str(model.data(model.index(place, number)))


def steps(window: MainWindow) -> int:
    return len(history.history(window.session.desk.reader))


def now(window: MainWindow, school: School) -> School:
    return schools.card(window.session.desk.reader, school.id).school


def test_it_opens_from_the_menu_the_search_and_the_page(window: MainWindow, qapp):
    page = window.show_page("schools")
    button = next(b for b in page.header.buttons if b.text() == "Сверить с другим годом…")
    button.click()
    assert isinstance(top(window, qapp), ComparingWindow)
    assert [a.key for a in ACTIONS if "другого года" in a.title] == ["compare_registry"]
    window.finder.begin()
    window.finder.setText("сверить с реестром")
    window.finder.flush()
    settle(qapp)
    assert "compare_registry" in {found.place for found in window._sources()}


def test_without_a_file_it_says_what_to_do(window: MainWindow, dialogs: FakeDialogs, second: Path, qapp):
    window.go("compare_registry", None)
    shown = top(window, qapp)
    assert not shown.next.isEnabled()
    assert shown.nothing.isVisible()
    dialogs.answers = [[second]]
    shown.nothing.button.click()
    assert shown.next.isEnabled()
    assert shown.name.text() == "реестр 2027.csv"
    assert shown.year.currentText() == "2026/27", "the school year of the window is offered"


def test_everything_that_differs_is_told_and_nothing_is_written(comparing, window, known):
    assert {line.change.kind: line.change.school_id for line in comparing.decisions.lines} == {
        "new": None, "code_changed": known[2].id, "renamed": known[0].id, "missing": known[3].id,
        "closed": known[1].id,
    }  # fmt: skip
    chips = {chip.text() for chip in comparing.decisions.chips.values() if not chip.isHidden()}
    expected = {f"{KIND_WORDS[k]} 1" for k in ("new", "code_changed", "renamed", "missing", "closed")}
    assert chips == {*expected, "не решено 5"}
    assert text(comparing, "renamed", "action") == "переименовать?"
    assert text(comparing, "renamed", "theirs") == "Лицей имени первых учителей"
    assert text(comparing, "renamed", "place") == "строка 2"
    assert text(comparing, "new", "ours") == "—"
    assert not comparing.next.isEnabled(), "nothing is picked"
    assert comparing.state.text() == "Решено 0 из 5. Без решения 5: они не изменятся."
    assert f"узнано по коду {len(known) - 2}" in comparing.facts.text()
    assert steps(window) == len(history.history(window.session.desk.reader))


def test_what_was_decided_is_written_at_once_and_undone_at_once(comparing, window, known, dialogs, qapp):
    before, listed = steps(window), schools.listing(window.session.desk.reader)
    for kind in ("new", "closed", "renamed", "code_changed"):
        line_of(comparing, kind)
        comparing.decisions.accept_proposed.click()
    assert comparing.state.text() == "Решено 4 из 5. Без решения 1: они не изменятся."
    assert steps(window) == before, "nothing is written before the verb"
    dialogs.answers = ["write"]
    comparing.next.click()
    settle(qapp)
    assert steps(window) == before + 1
    assert now(window, known[0]).name == LYCEUM
    assert now(window, known[1]).status == "closed"
    assert dict(now(window, known[2]).codes)["fisoko"] == "edu900901"
    assert now(window, known[3]).status == "active", "what was left undecided stays"
    fresh = schools.find(window.session.desk.reader, "edu900902")
    assert (fresh.name, fresh.own) == (FRESH, True)
    assert "Записано одним действием: 4\u00a0школы." in comparing.bar.text.text()
    assert [line.change.kind for line in comparing.decisions.lines] == ["missing"], "it is compared anew"
    next(b for b in comparing.bar.findChildren(Button) if b.text() == "Отменить").click()
    settle(qapp)
    assert schools.listing(window.session.desk.reader) == listed
    assert len(comparing.decisions.lines) == 5
    assert comparing.decisions.undecided == 1, "the decisions are still there"


def test_turning_back_from_the_question_writes_nothing(comparing, window, dialogs):
    before = steps(window)
    line_of(comparing, "new")
    comparing.decisions.take_proposed()
    dialogs.answers = ["back"]
    comparing.next.click()
    assert dialogs.asked[-1] == ("choose", "Записать принятое")
    assert steps(window) == before
    assert comparing.decisions.lines[0].decision is not None


def test_keys_decide_one_row_after_the_other(comparing, monkeypatch):
    table = comparing.decisions.table
    table.choose(comparing.decisions.lines[0].change.key)
    press(table.view, Qt.Key.Key_Space)
    press(table.view, Qt.Key.Key_Space)
    assert [line.action for line in comparing.decisions.lines[:3]] == ["create", "same", None]
    assert table.current() is comparing.decisions.lines[2]
    table.choose(comparing.decisions.lines[0].change.key)
    press(table.view, Qt.Key.Key_Delete)
    assert comparing.decisions.lines[0].decision is None
    shown: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _place: shown.append(menu))  # no screen, no keyboard to grab
    press(table.view, Qt.Key.Key_Return)
    words = [action.text() for action in shown[0].actions() if not action.isSeparator()]
    assert words == [
        "Принять предложенное", "Завести", "Считать той же школой, записать код и название", "Ничего",
        "Снять решение",
    ]  # fmt: skip
    assert shown[0].activeAction() is shown[0].actions()[0]


def test_several_rows_take_one_action_and_the_others_are_named(comparing):
    table = comparing.decisions.table
    table.view.selectAll()
    action: QAction = next(a for a in comparing.decisions.action_menu().actions() if a.text() == "Отметить закрытой")
    action.trigger()
    decided = {line.change.kind: line.action for line in comparing.decisions.lines if line.decision}
    assert decided == {"missing": "close", "closed": "close"}
    assert len(comparing.decisions.chosen()) == 5, "the rows stay selected"
    assert "Для 3\u00a0школ" in comparing.bar.text.text()


def test_the_chips_filter(comparing):
    comparing.decisions.chips["closed"].click()
    assert [line.change.kind for line in comparing.decisions.table.model.visible_rows()] == ["closed"]
    comparing.decisions.chips["closed"].click()
    assert comparing.decisions.table.model.shown == 5


def test_the_pane_tells_both_sides_and_what_will_be_written(comparing, known, qapp):
    line_of(comparing, "renamed")
    settle(qapp)
    side = comparing.decisions.side
    shown = {label.text() for label in side.findChildren(Label)}
    assert glue(known[0].name) in shown
    assert f"→ {LYCEUM}" in shown
    assert side.outcome.text().startswith("Предлагается: с\u00a001.09.2026 школа будет называться")
    side.action.choose("rename")
    assert line_of(comparing, "renamed").action == "rename"
    side.day.setText("15.08.2026")
    side.day.editingFinished.emit()
    assert side.outcome.text().startswith("С 15.08.2026")
    side.day.setText("вчера")
    side.day.editingFinished.emit()
    assert "«вчера»\u00a0— не дата" in side.trouble.text()
    comparing.next.click()
    assert "«вчера»\u00a0— не дата" in comparing.bar.text.text(), "it is not written"


def test_a_new_school_may_be_one_of_ours_that_a_person_names(comparing, window, known, dialogs, qapp):
    line = line_of(comparing, "new")
    dialogs.answers = [{"school": str(known[3].id)}]
    comparing.decisions.decide("same")
    if line.decision.school_id is None:  # a likely one was there already
        comparing.decisions._aim_here(-1)
    assert line.decision.school_id == known[3].id
    dialogs.answers = ["write"]
    comparing.next.click()
    settle(qapp)
    after = now(window, known[3])
    assert (after.name, dict(after.codes)["fisoko"]) == (FRESH, "edu900902")
    assert "missing" not in {item.change.kind for item in comparing.decisions.lines}


def test_a_successor_must_be_named(comparing, window, known, dialogs, qapp):
    line = line_of(comparing, "missing")
    comparing.decisions.decide("link")
    assert dialogs.asked[-1] == ("ask", "Какая это школа")
    assert line.trouble == "Назовите школу-правопреемника."
    assert text(comparing, "missing", "action") == "правопреемник"
    before = steps(window)
    comparing.next.click()
    assert "Назовите школу-правопреемника." in comparing.bar.text.text()
    assert steps(window) == before
    dialogs.answers = [{"school": str(known[4].id)}]
    comparing.decisions._aim_here(-1)
    assert line.trouble == ""
    dialogs.answers = ["write"]
    comparing.next.click()
    settle(qapp)
    card = schools.card(window.session.desk.reader, known[3].id)
    assert card.school.status == "reorganised"
    assert [(name, day) for _key, name, day, _act in card.successors] == [(known[4].name, "2026-09-01")]


def test_decisions_come_from_a_file_as_the_command_takes_them(comparing, dialogs, tmp_path):
    keys = {line.change.kind: line.change.key for line in comparing.decisions.lines}
    path = tmp_path / "решения.json"
    path.write_text(json.dumps({keys["new"]: "create", keys["missing"]: "none", "new:edu1": "create"}), "utf-8")
    dialogs.answers = [[path]]
    comparing.from_file.click()
    assert {line.change.kind: line.action for line in comparing.decisions.lines if line.decision} == {
        "new": "create", "missing": "none",
    }  # fmt: skip
    assert comparing.bar.text.text().startswith("Взято решений: 2. Не подошло 1:")
    path.write_text("[", "utf-8")
    dialogs.answers = [[path]]
    comparing.from_file.click()
    assert "это не JSON" in comparing.bar.text.text()


def test_leaving_with_decisions_is_asked_about(comparing, dialogs):
    line_of(comparing, "new")
    comparing.decisions.take_proposed()
    dialogs.answers = ["stay"]
    comparing.away.click()
    assert comparing.isVisible()
    dialogs.answers = ["leave"]
    comparing.away.click()
    assert not comparing.isVisible()


def test_a_change_in_another_window_is_compared_anew_and_decisions_stay(comparing, window, known, qapp):
    line_of(comparing, "new")
    comparing.decisions.take_proposed()
    window.session.desk.write(schools.edit, known[0].id, {"name": LYCEUM}).result()
    settle(qapp)
    assert {line.change.kind for line in comparing.decisions.lines} == {"new", "code_changed", "missing", "closed"}
    assert comparing.decisions.lines[0].action == "create"


def test_loading_a_second_registry_warns_and_leads_to_the_comparison(window, second, qapp):
    window.go("import", [second])
    wizard = top(window, qapp)
    assert isinstance(wizard, ImportWizard)
    wizard.go_on()
    settle(qapp)
    assert "В реестре уже есть школы." in wizard.bar.text.text()
    next(b for b in wizard.bar.findChildren(Button) if b.text() == "Сверить с реестром…").click()
    shown = top(window, qapp)
    assert isinstance(shown, ComparingWindow)
    assert window.workspace.windows == [shown], "the file was the only one of the wizard"
    assert shown.name.text() == second.name
    shown.go_on()
    settle(qapp)
    assert len(shown.decisions.lines) == 5


def test_the_same_registry_again_is_no_reason_to_warn(window, known, tmp_path, qapp):
    path = registry(tmp_path, *(f"{s.code};{s.name};;" for s in known))
    window.go("import", [path])
    wizard = top(window, qapp)
    wizard.go_on()
    settle(qapp)
    assert not wizard.bar.isVisible()


def test_what_is_no_registry_is_refused(window, tmp_path, qapp):
    path = tmp_path / "цены.csv"
    path.write_text("Товар;Цена\nМел;10\n", "utf-8")
    window.go("compare_registry", path)
    shown = top(window, qapp)
    shown.go_on()
    settle(qapp)
    assert shown.step == 0
    assert "цены.csv" in shown.bar.text.text()
    assert shown.next.isEnabled(), "another try is possible"


def test_reading_can_be_stopped(window, second, qapp, monkeypatch):
    from app.operations import results

    window.go("compare_registry", second)
    shown = top(window, qapp)
    monkeypatch.setattr(results, "read", lambda *_a, **_k: [])
    shown.go_on()
    assert (shown.step, shown.bar.text.text()) == (0, "Чтение остановлено.")


def test_a_file_open_for_reading_is_compared_and_not_changed(window, desk, db, second, qapp):
    desk.close()
    desk.open_read_only(db).result()
    shown = compared(window, second, qapp)
    shown.decisions.table.view.selectAll()
    shown.decisions.take_proposed()
    assert shown.decisions.undecided == 5
    assert not shown.next.isEnabled()
    assert not shown.decisions.accept_proposed.isEnabled()


def test_no_differences_are_said(window, known, tmp_path, qapp):
    shown = compared(window, registry(tmp_path, *(f"{s.code};{s.name};действует;" for s in known)), qapp)
    assert shown.decisions.lines == []
    assert shown.decisions.table.empty.isVisible()


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("МБОУ «СОШ № 5»", "СОШ № 5"),
        ("МБОУ «СОШ № 5» с. Лог", "СОШ № 5 с. Лог"),
        ("Муниципальное казённое общеобразовательное учреждение лицей № 2", "Лицей № 2"),
        ("МКОУ гимназия г. Лесогорска", "Гимназия г. Лесогорска"),
        ("Гимназия", "Гимназия"),
    ],
)
def test_names_are_short_in_the_table(name: str, short: str):
    assert told_short(name) == short


def test_what_the_file_does_not_say_is_no_difference(comparing, window, known):
    line = line_of(comparing, "renamed")
    card = schools.card(window.session.desk.reader, known[0].id)
    found = {what: differ for what, _ours, _theirs, differ in differences(line.change, card)}
    assert found["Название"]
    assert not found["Состояние"]
    assert not found["Строка файла"]
    assert "Населённый пункт" not in found
    assert registry_changes.KINDS


def gone(number: int) -> list[RegistryChange]:
    return [
        RegistryChange(f"missing:{i}", "missing", "close", ("close", "none"), ("нет в файле",), before=f"Школа {i}")
        for i in range(number)
    ]


def test_accepting_everything_takes_time_only_as_there_are_rows(session, qtbot, monkeypatch):
    dates: list[str] = []
    asked: list[int] = []
    monkeypatch.setattr(comparing_lines, "iso_date", dates.append)
    columns = TableModel.columnCount
    monkeypatch.setattr(TableModel, "columnCount", lambda *args: asked.append(1) or columns(*args))

    def accept(number: int) -> tuple[float, int]:
        table = DecisionTable(session, lambda: "01.09.2026", pytest.fail)
        qtbot.addWidget(table)
        table.show_changes(gone(number))
        table.table.view.selectAll()
        asked.clear()
        best = inf
        for _round in range(3):
            started = perf_counter()
            table.take_proposed()
            best = min(best, perf_counter() - started)
        assert [line.action for line in table.lines] == ["close"] * number
        return best, len(asked)

    few, asked_few = accept(1000)
    many, asked_many = accept(4000)
    assert many < few * 10  # four times the rows: what is quadratic takes sixteen times as long
    assert asked_many == asked_few  # the model is asked about stretches, not about each row
    assert not dates  # the common day is looked at once, when it is written


def test_scattered_rows_are_told_in_their_order(session, qtbot):
    table = DecisionTable(session, lambda: "01.09.2026", pytest.fail)
    qtbot.addWidget(table)
    table.show_changes(gone(9))
    flags = QItemSelectionModel.SelectionFlag
    table.table.view.clearSelection()
    for place in (7, 2, 3, 5, 2):
        table.table.view.selectionModel().select(table.table.model.index(place, 0), flags.Select | flags.Rows)
    assert [key_of(line) for line in table.chosen()] == ["missing:2", "missing:3", "missing:5", "missing:7"]


def test_a_line_is_chosen_whatever_key_is_held(comparing, window):
    """A key of the menu (Ctrl+K, then a name) must not leave the row that it leads to unselected."""
    QTest.keyPress(window, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    try:
        line = line_of(comparing, "new")
        assert comparing.decisions.chosen() == [line]
    finally:
        QTest.keyRelease(window, Qt.Key.Key_Control, Qt.KeyboardModifier.NoModifier)
