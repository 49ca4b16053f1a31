"""«Решения» and «Основы» in the real window: marking many, the meeting, ties, the three blocks, papers."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.models.store import Store
from app.operations import decisions, demo_decisions, registers
from app.ui.main_window import MainWindow
from app.ui.pages.blocks_view import BlocksView
from app.ui.pages.decisions_view import DecisionsView
from app.ui.pages.monitoring import MonitoringPage
from app.ui.windows.block_paper import BlockPaperWindow
from app.ui.windows.decision_paper import DecisionPaperWindow
from tests.ui.conftest import settle
from tests.ui.fakes import FakeDialogs

DAY = date(2026, 11, 22)


def fill(store: Store) -> None:
    """Put the decisions of the example in, where the demo of this tree has none yet."""
    if not registers.rows(store.connection, "documents", school_year=2026):
        rows = store.connection.execute("SELECT id FROM organisation WHERE own = 1 AND duplicate_of IS NULL")
        demo_decisions.fill(store, {str(key): key for (key,) in rows}, 2026)


@pytest.fixture
def page(window: MainWindow, qapp: QApplication) -> MonitoringPage:
    window.session.desk.write(fill).result()
    settle(qapp)
    shown = window.show_page("monitoring")
    settle(qapp)
    assert isinstance(shown, MonitoringPage)
    return shown


@pytest.fixture
def view(page: MonitoringPage, qapp: QApplication) -> DecisionsView:
    shown = page.show_view("decisions")
    settle(qapp)
    assert isinstance(shown, DecisionsView)
    return shown


@pytest.fixture
def blocks(page: MonitoringPage, qapp: QApplication) -> BlocksView:
    shown = page.show_view("blocks")
    settle(qapp)
    assert isinstance(shown, BlocksView)
    return shown


def words(view: DecisionsView) -> list[str]:
    return [line.word.replace("\u00a0", " ") for line in view.control.table.model.visible_rows()]


def test_the_urgent_stand_first_and_chips_keep_one_state(view: DecisionsView) -> None:
    assert words(view)[:3] == ["просрочено на 12 дней", "частично, просрочено на 2 дня", "осталось 5 дней"]
    assert view.sentence.replace("\u00a0", " ").startswith("10 пунктов решений · выполнено 3, из них позже срока 1")
    view.control.chips["done"].click()
    assert [word.split()[0] for word in words(view)] == ["выполнено"] * 3
    view.control.chips["done"].click()
    assert len(words(view)) == 10


def test_many_points_are_marked_at_once_and_undone_at_once(
    view: DecisionsView, window: MainWindow, dialogs: FakeDialogs, qapp: QApplication
) -> None:
    control = view.control
    control.quick("late")
    control.table.view.selectAll()
    assert control.name.text().replace("\u00a0", " ") == "Выбрано 2 пункта"
    control.done.click()
    settle(qapp)
    control.quick(None)
    assert sum(word.startswith("выполнено") for word in words(view)) == 5
    window.perform("undo")
    settle(qapp)
    assert sum(word.startswith(("просрочено", "частично")) for word in words(view)) == 2
    control.quick("late")
    control.table.view.selectAll()
    dialogs.answers.append({"reason": "Школа на карантине"})
    control.not_done.click()
    settle(qapp)
    control.quick(None)
    assert words(view).count("не выполнено") == 2
    assert ("ask", "Не выполнено") in dialogs.asked


def test_a_point_is_tied_and_carried(view: DecisionsView, dialogs: FakeDialogs, qapp: QApplication) -> None:
    control = view.control
    line = control.table.current()
    found = view.session.desk.read(decisions.activities).result()
    dialogs.answers.append({"activity": str(found[0][0])})
    control.tying.click()
    settle(qapp)
    assert control.table.current().activity
    assert control.tying.text() == "Другое мероприятие…"
    documents = view.session.desk.read(decisions.documents, 2026).result()
    dialogs.answers.append({"document": str(documents[-1][0])})
    control.carrying.click()
    settle(qapp)
    reasons = [item.reason for item in control.table.model.visible_rows() if item.id == line.id]
    assert reasons[0].replace("\u00a0", " ") == "Перенесено: протокол № 4 от 06.11.2026"


def test_enter_shows_the_point_in_its_document(view: DecisionsView, qapp: QApplication) -> None:
    line = view.control.table.current()
    view.control.table.activated.emit(line)
    settle(qapp)
    pane = view.documents
    assert view.stack.currentWidget() is pane
    assert pane.documents.current == line.document_id
    assert pane.points.current == line.id
    assert pane.points.hint.text().replace("\u00a0", " ").startswith("П. 2.2: просрочено на 12 дней · вопрос «О плане")


def test_a_meeting_is_written_down_line_by_line(
    view: DecisionsView, window: MainWindow, dialogs: FakeDialogs, qapp: QApplication
) -> None:
    view.new_document()
    settle(qapp)
    pane = view.documents
    key = pane.documents.current
    assert key is not None
    assert pane.parts.currentIndex() == 1
    grid = pane.agenda.grid
    pane.agenda.model.put([(0, 0, "О результатах четверти"), (0, 1, "Ким О. В.")])
    settle(qapp)
    pane.documents.model.put([(pane.documents.grid.currentIndex().row(), 4, demo_decisions.GROUP)])
    settle(qapp)
    pane.meeting.rows["place"].edit.setText("зал заседаний")
    pane.meeting.rows["place"].edit.commit()
    pane.meeting.group.click()
    settle(qapp)
    kept = view.session.desk.read(decisions.document, key).result()
    assert (kept["place"], kept["dated"]) == ("зал заседаний", "2026-11-22")
    assert kept["chair"] == "Ветрова Надежда Александровна"
    assert "Калинин Сергей Олегович" in pane.meeting.present.toPlainText()
    pane.parts.setCurrentIndex(0)
    pane.points.model.put([(0, 1, "Собрать отчёты"), (0, 4, "01.12.2026")])
    settle(qapp)
    pane.points.grid.setCurrentIndex(pane.points.model.index(0, 1))
    agenda = view.session.desk.read(decisions.agenda, key).result()
    dialogs.answers.append({"agenda": str(agenda[0][0])})
    pane.agenda_of.click()
    settle(qapp)
    (point,) = view.session.desk.read(decisions.control, DAY, document_id=key).result()
    assert (point.label, point.topic, point.due_on) == ("1.1", "О результатах четверти", "2026-12-01")
    assert grid.part.rows[0].texts[0] == "О результатах четверти"
    view.print_protocol()
    settle(qapp)
    shown = next(one for one in window.workspace.windows if isinstance(one, DecisionPaperWindow))
    assert shown.whose.currentData() == key
    assert shown.what.currentData() == "protocol"
    assert shown.printing.isEnabled()
    shown.what.choose("control")
    settle(qapp)
    assert shown.whose.currentData() == key
    shown.whose.choose(None)
    settle(qapp)
    assert shown.heading.text() == "Контрольный лист"


def test_the_year_of_the_window_chooses_the_decisions(view: DecisionsView, qapp: QApplication) -> None:
    view.session.set_school_year(2020)
    settle(qapp)
    assert words(view) == []
    assert view.sentence == "Пунктов решений пока нет"
    assert not view.listing.isEnabled()
    view.session.set_school_year(2026)
    settle(qapp)
    assert len(words(view)) == 10


def test_the_blocks_say_how_they_stand(blocks: BlocksView, qapp: QApplication) -> None:
    legal, enough, speed = blocks.switch.buttons
    assert "обязательных тем" in legal.sentence
    assert enough.sentence == "есть пробел: 1 · выполнено не всё: 1 · нет данных: 1 · достаточно: 1"
    assert speed.sentence.replace("\u00a0", " ").startswith("До решения 14 дней · до исполнения 14 дней · просрочено 2")
    assert blocks.taking.isVisible()
    enough.click()
    settle(qapp)
    assert blocks.bar.isVisible()
    assert not blocks.taking.isVisible()
    titles = [column.title for column in blocks.matrix.matrix.model.columns]
    assert titles[:2] == ["№", "Мероприятие"]
    assert titles[-1] == "Что поправить"
    speed.click()
    assert blocks.speed.told.text().count("\n") == 4


def test_a_topic_gets_its_document(blocks: BlocksView, qapp: QApplication) -> None:
    blocks.legal.table.choose("programme")
    blocks.legal.adding.click()
    settle(qapp)
    row = blocks.legal.acts.row
    assert row is not None
    assert (row["topic"], row["level"]) == ("муниципальная программа", "municipal")
    line = next(item for item in blocks.legal.table.model.visible_rows() if item.topic.key == "programme")
    assert (line.state, line.acts[0].faults[0]) == ("have", "нет номера")


def test_documents_of_the_file_are_taken_after_they_are_shown(
    blocks: BlocksView, dialogs: FakeDialogs, qapp: QApplication
) -> None:
    before = len(blocks.session.desk.read(registers.rows, "acts").result())
    blocks.take_known()
    assert len(blocks.session.desk.read(registers.rows, "acts").result()) == before
    dialogs.answers.append("take")
    blocks.take_known()
    settle(qapp)
    assert len(blocks.session.desk.read(registers.rows, "acts").result()) > before


def test_the_blocks_are_printed_without_the_speed_unless_asked(
    blocks: BlocksView, window: MainWindow, qapp: QApplication
) -> None:
    blocks.open_payload("speed")
    blocks.printing.click()
    settle(qapp)
    shown = next(one for one in window.workspace.windows if isinstance(one, BlockPaperWindow))
    assert shown.what.currentData() == "blocks"
    assert shown._paper is not None
    texts = [text for _place, text in shown._paper.document.texts()]
    assert "Скорость решений" not in texts
    shown.what.choose("blocks_speed")
    settle(qapp)
    assert shown._paper is not None
    assert "Скорость решений" in [text for _place, text in shown._paper.document.texts()]


def test_a_file_open_for_reading_offers_nothing_to_change(
    view: DecisionsView, monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    monkeypatch.setattr(type(view.session.desk), "read_only", property(lambda _desk: True))
    view.refresh()
    settle(qapp)
    assert not view.control.done.isEnabled()
    assert not view.adding.isEnabled()
    assert view.documents.meeting.present.isReadOnly()
    flags = view.documents.points.model.flags(view.documents.points.model.index(0, 0))
    assert not flags & Qt.ItemFlag.ItemIsEditable


def test_the_search_leads_to_a_document_of_any_year(
    window: MainWindow, page: MonitoringPage, qapp: QApplication
) -> None:
    key = window.session.desk.write(
        registers.add, "documents", {"school_year": 2024}, number="17", title="Итоги прошлых лет"
    ).result()
    settle(qapp)
    window._sources()  # the first search asks for what can be found
    settle(qapp)
    found = next(one for one in window._sources() if one.text == "Итоги прошлых лет")
    assert found.note == "протокол №\u00a017"
    window.go(found.place, found.payload)
    settle(qapp)
    shown = page.views["decisions"]
    assert isinstance(shown, DecisionsView)
    assert window.session.school_year == 2024
    assert shown.documents.documents.current == key


def test_a_point_of_another_year_brings_its_year(window: MainWindow, page: MonitoringPage, qapp: QApplication) -> None:
    document = window.session.desk.write(registers.add, "documents", {"school_year": 2024}, number="17").result()
    point = window.session.desk.write(registers.add, "points", {"document_id": document}, text="Давнее").result()
    settle(qapp)
    window.go("monitoring", ("decisions", point))
    settle(qapp)
    shown = page.views["decisions"]
    assert isinstance(shown, DecisionsView)
    assert window.session.school_year == 2024
    assert shown.control.table.current().id == point
