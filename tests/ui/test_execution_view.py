"""«Исполнение» in the real window: marked by many, typed and pasted, filtered, explained; plan against fact."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from app.models.store import Store
from app.operations import execution
from app.operations.execution import ExecutionLine
from app.ui.main_window import MainWindow
from app.ui.pages.execution_view import ExecutionView
from app.ui.pages.monitoring import MonitoringPage
from app.ui.widgets.basics import Button
from app.ui.widgets.labels import Label
from tests.helpers import stores
from tests.ui.conftest import settle
from tests.ui.fakes import FakeDialogs

LATE = "Соглашения и дорожные карты пар школ"


@pytest.fixture
def view(window: MainWindow, qapp: QApplication) -> ExecutionView:
    page = window.show_page("monitoring")
    assert isinstance(page, MonitoringPage)
    settle(qapp)
    shown = page.show_view("execution")
    assert isinstance(shown, ExecutionView)
    settle(qapp)
    shown.show_look("table")
    return shown


def _dump(view: ExecutionView) -> dict[str, list[tuple[Any, ...]]]:
    found: dict[str, list[tuple[Any, ...]]] = view.session.desk.read(stores.dump).result()
    return found


def _line(view: ExecutionView, text: str = LATE) -> ExecutionLine:
    assert view.table is not None
    return next(line for line in view.table.every if line.text.startswith(text))


def _pick(view: ExecutionView, text: str = LATE) -> ExecutionLine:
    line = _line(view, text)
    assert view.lines.choose(line.key)
    return line


def _card(view: ExecutionView) -> str:
    return " ".join(label.text() for label in view.card.findChildren(Label)).replace("\u00a0", " ")


def _press(view: ExecutionView, word: str) -> None:
    next(button for button in view.card.findChildren(Button) if button.text() == word).click()


def test_the_year_of_the_plan_in_a_sentence(view: ExecutionView) -> None:
    told = view.sentence.replace("\u00a0", " ")
    assert told.split(" · ") == [
        "8 мероприятий на 2026 год", "срок наступил у 3, из них выполнено 1", "просрочено 1", "без причины 1",
        "ещё 1 заканчивается позже",
    ]  # fmt: skip
    assert view.chips["late"].text() == "просрочено 1"
    assert not view.chips["cancelled"].isVisibleTo(view)


def test_the_card_says_why_and_offers_the_next_step(view: ExecutionView) -> None:
    _pick(view)
    told = _card(view)
    assert "Срок закончился 20.11.2026, прошло 2 дня. Отметки о выполнении нет. Причина не названа." in told
    assert "Отметьте, что выполнено, или назовите причину и новый срок." in told
    _pick(view, "Разбор типичных ошибок")
    assert "Выполнено 23.10.2026, срок был 31.10.2026." in _card(view)


def test_many_rows_are_marked_at_once_and_go_back_at_once(view: ExecutionView, qapp: QApplication) -> None:
    before = _dump(view)
    view.lines.view.selectAll()
    assert len(view.chosen()) == 9
    QTest.keyClick(view.lines.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qapp)
    assert view.table is not None
    assert {line.shown for line in view.table.every} == {"done"}
    assert {line.done_on for line in view.table.every} == {"2026-11-22"}
    view.session.write(view, None, Store.undo)
    settle(qapp)
    assert _dump(view) == before


def test_the_menu_marks_the_selected_rows(view: ExecutionView, qapp: QApplication) -> None:
    _pick(view)
    words = {action.text().partition("\t")[0]: action for action in view.lines.make_menu().actions()}
    assert {"Выполнено сегодня", "Выполнено частично…", "Идёт", "Перенести…", "Снять отметку",
            "Указать причину…"} <= set(words)  # fmt: skip
    words["Идёт"].trigger()
    settle(qapp)
    assert _line(view).state == "running"
    words["Выполнено в последний день срока"].trigger()
    settle(qapp)
    assert (_line(view).shown, _line(view).done_on, _line(view).in_time) == ("done", "2026-11-20", True)


def test_a_form_asks_for_state_date_and_reason(view: ExecutionView, qapp: QApplication, dialogs: FakeDialogs) -> None:
    _pick(view)
    dialogs.answers.append({"state": "moved", "day": "15.12.2026", "reason": "Ждём подписи главы"})
    _press(view, "Отметить…")
    settle(qapp)
    line = _line(view)
    assert (line.shown, line.moved_to, line.reason) == ("moved", "2026-12-15", "Ждём подписи главы")
    assert "перенесено на 15.12.2026" in _card(view)


def test_one_reason_for_several(view: ExecutionView, qapp: QApplication, dialogs: FakeDialogs) -> None:
    view.filter("unexplained")
    assert [line.text for line in view.chosen()] == [LATE]
    dialogs.answers.append({"known": "", "reason": "Школы не сошлись в сроках"})
    view.explaining.click()
    settle(qapp)
    assert _line(view).reason == "Школы не сошлись в сроках"
    assert not view.chips["unexplained"].isVisibleTo(view)
    assert view.lines.model.shown == 9, "nothing to filter by any more"


def test_filters_by_task_and_person(view: ExecutionView) -> None:
    view.task.setCurrentIndex(1)
    assert {line.group for line in (view.lines.model.row(row) for row in range(view.lines.model.shown))} == {
        view.task.currentData()
    }
    view.task.setCurrentIndex(0)
    view.who.choose("Школы списка")
    assert view.lines.model.shown == 1


def test_the_sheet_takes_a_block_as_one_step(view: ExecutionView, qapp: QApplication) -> None:
    before = _dump(view)
    view.show_look("grid")
    rows = [row.title for row in view.model.rows]
    top = next(place for place, title in enumerate(rows) if LATE in title)
    view.grid.setCurrentIndex(view.model.index(top, 1))
    view.grid.paste("выполнено\t19.11.2026\tСоглашения\t24\r\nготово\t30.02.2026\t\tмного\r\n")
    settle(qapp)
    assert view.table is not None
    first, second = view.table.every[top : top + 2]
    assert (first.state, first.done_on, first.product, first.participants) == ("done", "2026-11-19", "Соглашения", 24)
    assert {name: raw for name, (raw, _code) in second.drafts.items()} == {
        "state": "готово", "done_on": "30.02.2026", "participants": "много",
    }  # fmt: skip
    index = view.model.index(top + 1, 1)
    assert index.data() == "готово"
    assert "«готово»" in index.data(Qt.ItemDataRole.ToolTipRole)
    view.session.write(view, None, Store.undo)
    settle(qapp)
    assert _dump(view) == before


def test_a_cell_is_typed_and_half_typed_text_is_kept(view: ExecutionView, qapp: QApplication) -> None:
    view.show_look("grid")
    place = [column.key for column in view.model.columns].index("product")
    view.grid.setFocus()
    view.grid.setCurrentIndex(view.model.index(1, place))
    key = view.table.every[1].key if view.table else (0, 0)
    view.grid.drafted.emit(1, place, "Планы де")
    settle(qapp)
    assert execution_drafts(view, key) == {"product": ("Планы де", "DRAFT")}
    QTest.keyClick(view.grid, Qt.Key.Key_F2)
    editor = next(edit for edit in view.grid.viewport().findChildren(QLineEdit) if edit.isVisible())
    editor.setText("Планы девяти учителей")
    editor.setModified(True)
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    settle(qapp)
    assert execution_drafts(view, key) == {}
    assert view.table is not None
    assert view.table.every[1].product == "Планы девяти учителей"


def execution_drafts(view: ExecutionView, key: tuple[int, int]) -> dict[str, tuple[str, str]]:
    assert view.table is not None
    return dict(next(line for line in view.table.every if line.key == key).drafts)


def test_the_term_can_not_be_typed_and_no_row_is_added(view: ExecutionView) -> None:
    view.show_look("grid")
    assert not view.model.index(0, 0).flags() & Qt.ItemFlag.ItemIsEditable
    view.model.rows_wanted.emit(3)
    assert view.model.rowCount() == 9


def test_evidence_from_the_card(
    view: ExecutionView, qapp: QApplication, dialogs: FakeDialogs, tmp_path: Path
) -> None:  # fmt: skip
    file = tmp_path / "Протокол.txt"
    file.write_text("Слушали", encoding="utf-8")
    _pick(view)
    dialogs.answers.append([file])
    _press(view, "Приложить файл…")
    settle(qapp)
    assert [item.title for item in _line(view).files] == ["Протокол.txt"]
    dialogs.answers.append("remove")
    _press(view, "Протокол.txt")
    settle(qapp)
    assert _line(view).files == ()


def test_plan_against_fact(view: ExecutionView, qapp: QApplication) -> None:
    line = _pick(view, "Разбор типичных ошибок")
    view.show_look("chart")
    chart = view.chart.chart
    assert view.current() is not None
    assert view.current().key == line.key  # type: ignore[union-attr]
    fact = chart.facts[line.node_id]
    assert (fact.kind, fact.word, str(fact.done)) == ("ok", "выполнено", "2026-10-23")
    place = next(place for place, row in enumerate(chart.rows) if row.node_id == line.node_id and not row.heading)
    assert "Факт: Выполнено 23.10.2026" in chart.tip(place).replace("\u00a0", " ")
    assert not chart.writable
    QTest.keyClick(chart, Qt.Key.Key_Down)
    assert view.current() is not None
    assert view.current().number == "1.4"  # type: ignore[union-attr]
    assert "1.4" in _card(view)
    assert "Отметить…" not in _card(view)
    view.marks.put("done", done_on="2026-11-22")
    settle(qapp)
    assert chart.facts[view.current().node_id].kind == "ok"  # type: ignore[union-attr]


def test_another_place_opens_an_activity(window: MainWindow, view: ExecutionView, qapp: QApplication) -> None:
    line = _line(view)
    view.scope.choose_year(2027)
    settle(qapp)
    window.go("monitoring", ("execution", line.key))
    settle(qapp)
    assert view.scope.year == 2026
    assert view.current() is not None
    assert view.current().key == line.key  # type: ignore[union-attr]
    window.go("monitoring", ("execution", "late"))
    settle(qapp)
    assert [item.text for item in view.chosen()] == [LATE]


def test_an_activity_of_a_school_s_programme_is_found(
    window: MainWindow, view: ExecutionView, qapp: QApplication
) -> None:  # fmt: skip
    other = next(line for line in view.scope.lines if line.programme.id != view.scope.programme_id)
    table = view.session.desk.read(execution.table, other.programme.id, 2027, view.session.today()).result()
    window.go("monitoring", ("execution", table.lines[0].key))
    settle(qapp)
    assert view.scope.programme_id == other.programme.id
    line = view.current()
    assert line is not None
    assert line.key == table.lines[0].key


def test_the_report_of_a_period(window: MainWindow, view: ExecutionView, qapp: QApplication) -> None:
    from app.ui.windows.execution_paper import ExecutionPaperWindow

    view.reporting.click()
    settle(qapp)
    made = next(item for item in QApplication.topLevelWidgets() if isinstance(item, ExecutionPaperWindow))
    assert (made.first.text(), made.last.text()) == ("01.10.2026", "31.12.2026")
    made.usual.setCurrentIndex(0)
    settle(qapp)
    assert (made.first.text(), made.last.text()) == ("01.01.2026", "31.12.2026")
    made.last.setText("31.12.2025")
    made.last.editingFinished.emit()
    settle(qapp)
    assert made.bar.isVisible()
    made.reject()


def test_nothing_can_be_marked_in_a_file_that_is_open_for_reading(
    bare_window: MainWindow, db: Path, qapp: QApplication
) -> None:  # fmt: skip
    bare_window.session.desk.open_read_only(db).result()
    bare_window.show_file()
    settle(qapp)
    page = bare_window.show_page("monitoring")
    assert isinstance(page, MonitoringPage)
    shown = page.show_view("execution")
    settle(qapp)
    assert isinstance(shown, ExecutionView)
    assert not shown.marking.isEnabled()
    assert not shown.explaining.isEnabled()
    assert shown.reporting.isEnabled()
    _pick(shown)
    assert [item[0] for item in shown.marks.actions() if item] == ["Открыть в программе"]
    assert [button.text() for button in shown.card.findChildren(Button)] == ["Открыть в программе"]
    assert not shown.model.index(0, 1).flags() & Qt.ItemFlag.ItemIsEditable


def test_a_file_without_a_programme_says_what_to_do(
    bare_window: MainWindow, tmp_path: Path, qapp: QApplication
) -> None:  # fmt: skip
    path = tmp_path / "Пусто.opora"
    stores.made(path).close()
    bare_window.workspace.open(path)
    settle(qapp)
    page = bare_window.show_page("monitoring")
    assert isinstance(page, MonitoringPage)
    shown = page.show_view("execution")
    settle(qapp)
    assert isinstance(shown, ExecutionView)
    assert shown.nothing.isVisible()
    assert shown.sentence == "Программы в файле пока нет"
    assert not shown.marking.isEnabled()


def test_the_chosen_chip_is_remembered(window: MainWindow, view: ExecutionView, qapp: QApplication) -> None:
    view.chips["late"].click()
    assert {line.shown for line in view.lines.model.visible_rows()} == {"late"}
    again = ExecutionView(view.page)
    assert again._quick == "late"
    view.chips["late"].click()
    assert window.habits.get("execution:filter", "late") == ""


def test_the_card_names_decisions_of_the_activity_and_leads_to_them(
    view: ExecutionView, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = _line(view)

    def tie(store: Store) -> tuple[int, int]:
        with store.operation("Решение", "test.decision") as operation:
            document = operation.insert(
                "decision_document", school_year=2026, kind="protocol", number="9", dated="2026-11-02"
            )
            keys = [
                operation.insert("decision_point", document_id=document, position=place, text=text, state="open",
                                 due_on="2026-11-10", activity_lineage=lineage)
                for place, (text, lineage) in enumerate((("Подписать соглашения", line.lineage), ("Другое", None)))
            ]  # fmt: skip
        return keys[0], keys[1]

    tied, _other = view.session.desk.write(tie).result()
    settle(qapp)
    _pick(view)
    view._select()  # the choice may be the same as before
    settle(qapp)
    told = _card(view)
    assert "Решения" in told
    assert "Подписать соглашения: " in told
    assert "Другое" not in told
    gone: list[tuple[object, ...]] = []
    monkeypatch.setattr(view.session, "go", lambda *place: gone.append(place))
    _press(view, "протокол №\u00a09, п.\u00a01")
    assert gone == [("monitoring", ("decisions", tied))]
