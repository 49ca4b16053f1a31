"""«Объединения» in the real window: the list, the chosen one, members typed, plan into meetings, protocols, scoring."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from app.models import registers as tables
from app.operations import bodies, bodies_writing, registers
from app.operations.bodies import BodyLine
from app.operations.demo_work_bodies import BODIES
from app.operations.demo_work_bodies import fill as fill_example
from app.texts import ru_date
from app.ui.main_window import MainWindow
from app.ui.pages.register_pane import RegisterPane
from app.ui.pages.work import WorkPage
from app.ui.pages.work_bodies import BodiesView
from tests.ui.conftest import TODAY, settle
from tests.ui.fakes import FakeDialogs

MATHS = "РМО учителей математики"
NB = "\u00a0"


@pytest.fixture
def view(window: MainWindow, qapp: QApplication) -> BodiesView:
    desk: Any = window.session.desk
    if not any(line.name == MATHS for line in bodies.listing(desk.reader, 2026, TODAY)):
        desk.write(fill_example, 2026).result()
    settle(qapp)
    page = window.show_page("work")
    assert isinstance(page, WorkPage)
    shown = page.show_view("bodies")
    settle(qapp)
    assert isinstance(shown, BodiesView)
    return shown


def _reader(view: BodiesView) -> Any:
    desk: Any = view.session.desk
    return desk.reader


def _choose(view: BodiesView, qapp: QApplication, name: str = MATHS) -> int:
    line = next(one for one in view.table.model.visible_rows() if one.name == name)
    view.table.choose(line.id)
    settle(qapp)
    return int(line.id)


def _line(view: BodiesView, body: int) -> BodyLine:
    return next(one for one in bodies.listing(_reader(view), 2026, TODAY) if one.id == body)


def _type(
    pane: RegisterPane, qapp: QApplication, row: int, name: str, text: str, key: Qt.Key = Qt.Key.Key_Tab
) -> None:  # fmt: skip
    column = [one.key for one in pane.register.columns].index(name)
    pane.grid.setFocus()
    pane.grid.setCurrentIndex(pane.model.index(row, column))
    QTest.keyClick(pane.grid, Qt.Key.Key_F2)
    editor = next(edit for edit in pane.grid.viewport().findChildren(QLineEdit) if edit.isVisible())
    editor.setText(text)
    editor.setModified(True)
    QTest.keyClick(editor, key)
    settle(qapp)


def _rows(view: BodiesView, table: str, **scope: Any) -> list[dict[str, Any]]:
    return tables.rows(_reader(view), table, scope)


def test_the_list_says_how_each_stands_and_the_card_what_is_next(view: BodiesView, qapp: QApplication) -> None:
    shown = {line.name: line.word for line in view.table.model.visible_rows()}
    assert {one.name for one in BODIES} <= set(shown)
    assert shown[MATHS] == "просрочено 1"
    assert shown["Проблемная группа «Работа с неуспевающими»"] == "нет руководителя"
    assert view.sentence.replace(NB, " ").startswith(f"{len(shown)} объединений · ")
    _choose(view, qapp)
    panel = view.panel
    assert panel.name.text() == MATHS
    assert "Плотникова" in panel.who.text()
    assert panel.advice.text().replace(NB, " ").startswith("У заседания 24.09.2026 нет протокола")
    panel.doing.click()
    settle(qapp)
    part: Any = panel.part
    assert part.table.current().title == "Итоги ВПР и ОГЭ: что не получилось"


def test_a_body_is_made_its_members_are_typed_and_one_step_takes_each_back(
    view: BodiesView, qapp: QApplication, dialogs: FakeDialogs
) -> None:  # fmt: skip
    dialogs.answers.append({"name": "Клуб наставников", "other": "клуб", "subject": "", "date_from": "01.09.2026"})
    view.adding.click()
    settle(qapp)
    body = view.body
    assert body is not None
    line = _line(view, body)
    assert (line.name, line.kind, line.word) == ("Клуб наставников", "клуб", "нет руководителя")
    part: Any = view.panel.part
    pane: RegisterPane = part.pane
    _type(pane, qapp, 0, "person_id", "Зимина Лидия Павловна")
    assert not _rows(view, "body_member", body_id=body), "without a role the row waits"
    _type(pane, qapp, 0, "role", "руководитель")
    school = _reader(view).execute("SELECT short_name FROM organisation WHERE own = 1").fetchone()[0]
    _type(pane, qapp, 0, "organisation_id", school)
    line = _line(view, body)
    assert (line.heads, line.members, len(line.schools)) == (("Зимина Лидия Павловна",), 1, 1)
    assert "Зимина" in view.panel.who.text()
    for _step in range(2):
        view.session.go("undo")
    settle(qapp)
    assert _line(view, body).members == 0


def test_an_item_of_the_plan_becomes_a_meeting(view: BodiesView, qapp: QApplication) -> None:
    body = _choose(view, qapp)
    view.panel.show_part("plan")
    settle(qapp)
    part: Any = view.panel.part
    row = next(one for one in part.card.plan if one.text == "Пробное оценивание работ ОГЭ")
    part.choose(row.id)
    settle(qapp)
    assert part.pane.hint.text() == "Пункт: в работе · заседанием не стал"
    part.meeting.click()
    settle(qapp)
    (event,) = _rows(view, "work_event", title=row.text)
    assert (event["body_id"], event["date_from"], event["kind"]) == (body, "2027-03-18", "meeting")
    assert part.pane.hint.text() == f"Пункт: ждёт заседания · заседание «{row.text}»"
    assert part.opening.isVisible()
    view.session.go("undo")
    settle(qapp)
    assert not _rows(view, "work_event", title=row.text)


def test_what_a_meeting_has_done_is_told_in_its_cell_and_never_typed_into_it(
    view: BodiesView, qapp: QApplication
) -> None:
    _choose(view, qapp)
    view.panel.show_part("plan")
    settle(qapp)
    part: Any = view.panel.part
    model = part.pane.model
    place = next(number for number, item in enumerate(model.columns) if item.key == "done_on")
    held = {one.id: one for one in part.card.plan if one.state == "done" and one.event_id is not None}
    assert held
    for number, row in enumerate(model.rows):
        cell = model.index(number, place)
        if row.key in held:
            assert cell.data() == ru_date(held[row.key].done_on or "")
            assert held[row.key].event in cell.data(Qt.ItemDataRole.ToolTipRole)
            assert cell.data(Qt.ItemDataRole.EditRole) == ""
    assert sum(bool(model.index(number, place).data()) for number in range(model.rowCount())) == len(held)


def test_last_years_plan_is_taken_where_there_is_none(view: BodiesView, qapp: QApplication) -> None:
    body = _choose(view, qapp)
    view.session.set_school_year(2027)
    settle(qapp)
    view.panel.show_part("plan")
    settle(qapp)
    part: Any = view.panel.part
    assert view.body == body
    assert part.copying.isVisible()
    part.copying.click()
    settle(qapp)
    assert len(_rows(view, "body_plan", body_id=body, school_year=2027)) == 6
    assert not part.copying.isVisible()
    assert part.pane.model.rowCount() == 7


def test_a_meeting_is_planned_and_its_protocol_opened(
    view: BodiesView, qapp: QApplication, dialogs: FakeDialogs
) -> None:  # fmt: skip
    body = _choose(view, qapp)
    view.panel.show_part("meetings")
    settle(qapp)
    part: Any = view.panel.part
    dialogs.answers.append({"day": "26.11.2026", "title": "Разбор итогов", "place": "Гимназия"})
    part.adding.click()
    settle(qapp)
    assert part.table.current().title == "Разбор итогов"
    part.minutes.click()
    settle(qapp)
    (document,) = _rows(view, "decision_document", body_id=body)
    assert (document["dated"], document["chair"], document["place"]) == (
        "2026-11-26", "Плотникова Юлия Марковна", "Гимназия",
    )  # fmt: skip
    window: Any = view.window()
    assert window.page.name == "monitoring"
    assert window.page.views["decisions"].documents.documents.current == document["id"]


def test_topics_are_taken_into_the_plan(view: BodiesView, qapp: QApplication) -> None:
    body = _choose(view, qapp)
    before = len(_rows(view, "body_plan", body_id=body))
    view.panel.show_part("topics")
    settle(qapp)
    part: Any = view.panel.part
    assert part.table.model.total > 1
    assert {row.subject for row in part.table.model.visible_rows()} == {"Математика"}
    part.table.view.selectRow(0)
    settle(qapp)
    assert part.told.text().startswith("Почему: дефицит в")
    part.taking.click()
    settle(qapp)
    found = _rows(view, "body_plan", body_id=body)
    assert len(found) == before + 1
    assert any(row["text"].startswith("Разобрать с учителями умение «") for row in found)


def test_a_product_and_a_score_begin_here(view: BodiesView, qapp: QApplication, dialogs: FakeDialogs) -> None:
    body = _choose(view, qapp)
    view.panel.show_part("products")
    settle(qapp)
    part: Any = view.panel.part
    dialogs.answers.append({"title": "Сборник задач", "author": "Плотникова Ю. М."})
    part.ask_new()
    settle(qapp)
    (made,) = _rows(view, "practice", body_id=body, title="Сборник задач")
    assert (made["kind"], made["school_year"], made["subject"]) == ("product", 2026, "Математика")
    assert part.table.current().title == "Сборник задач"
    dialogs.answers.append({"form": "rmo"})
    view.scoring.click()
    settle(qapp)
    window: Any = view.window()
    assert window.page.name == "checklists"
    (score,) = bodies.scores(_reader(view), body)
    assert (score.form, score.school_year) == ("rmo", 2026)


def test_a_body_is_changed_and_taken_out_with_what_hangs_on_it(
    view: BodiesView, qapp: QApplication, dialogs: FakeDialogs
) -> None:  # fmt: skip
    body = _choose(view, qapp)
    dialogs.answers.append({"topic": "Геометрия"})
    view.panel.editing.click()
    settle(qapp)
    assert "Геометрия" in view.panel.about.text()
    dialogs.answers.append("keep")
    view.ask_remove()
    settle(qapp)
    assert _rows(view, "body", id=body)
    dialogs.answers.append("remove")
    view.ask_remove()
    settle(qapp)
    assert not _rows(view, "body", id=body)
    assert not _rows(view, "body_plan", body_id=body)
    assert view.body != body
    view.session.go("undo")
    settle(qapp)
    assert len(_rows(view, "body_plan", body_id=body)) == 6


def test_papers_open_in_the_centre(view: BodiesView, qapp: QApplication, dialogs: FakeDialogs) -> None:
    body = _choose(view, qapp)
    dialogs.answers.append("body_plan")
    view.printing.click()
    settle(qapp)
    window: Any = view.window()
    assert window.page.name == "reports"
    assert window.page.centre.kind.key == "body_plan"
    assert window.page.centre.settings.values()["body"] == str(body)


def test_a_row_is_opened_from_elsewhere(view: BodiesView, window: MainWindow, qapp: QApplication) -> None:
    body = _choose(view, qapp)
    item = bodies.plan(_reader(view), 2026, TODAY, body)[3]
    _choose(view, qapp, "Кластер сельских школ")
    window.show_page("today")
    window.go("work", ("bodies", (body, "plan", item.id, 2026)))
    settle(qapp)
    part: Any = view.panel.part
    assert view.body == body
    assert part.pane.current == item.id


def test_an_empty_file_says_what_to_do(view: BodiesView, qapp: QApplication) -> None:
    desk: Any = view.session.desk
    for line in view.table.model.visible_rows():
        if not tables.rows(desk.reader, "list_protocol", {"body_id": line.id}):
            desk.write(bodies_writing.remove, line.id).result()
    left = bodies.listing(desk.reader, 2026, TODAY)
    for line in left:  # the working group of the list stays: its protocol names it
        assert line.kind == "рабочая группа"
    settle(qapp)
    assert view.table.model.total == len(left)


def test_nothing_can_be_written_into_a_file_open_for_reading(
    view: BodiesView, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    monkeypatch.setattr(type(view.session.desk), "read_only", property(lambda _desk: True))
    view.refresh()
    settle(qapp)
    _choose(view, qapp)
    assert not view.adding.isEnabled()
    assert not view.scoring.isEnabled()
    assert view.printing.isEnabled()
    for key in ("plan", "meetings", "topics", "products"):
        view.panel.show_part(key)
        settle(qapp)
    part: Any = view.panel.part
    assert not part.adding.isEnabled()
    assert registers.REGISTERS["body_plan"].title == "План объединения"
