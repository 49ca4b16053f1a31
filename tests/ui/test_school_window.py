"""The window of school mode, driven as a deputy director would."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.models.store import Store
from app.operations import form_answers, form_rounds, school_mode, school_replies
from app.ui import start, theme
from app.ui.habits import Habits
from app.ui.main_window import MainWindow
from app.ui.school_left import OPEN, left_open
from app.ui.school_list import state_of
from app.ui.school_window import SchoolWindow
from app.ui.screen_check import faults
from app.ui.session import Session
from app.ui.windows.form_sending import SendWindow
from tests.helpers.school_requests import FILLER, POST, case_ids, municipality, request_file, seat
from tests.helpers.stores import opened
from tests.ui.conftest import settle
from tests.ui.fakes import FakeDialogs, InstantDesk, InstantRunner

WHO = {"name": FILLER, "post": POST}


@pytest.fixture(autouse=True)
def profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with seat(monkeypatch, tmp_path / "профиль") as folder:
        yield folder


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Store]:
    store = municipality(tmp_path / "Лесогорск.opora")
    yield store
    store.abandon()


@pytest.fixture
def request_path(office: Store, tmp_path: Path) -> Path:
    return request_file(office, tmp_path / "з")


Seats = Callable[..., SchoolWindow]


@pytest.fixture
def seats(qapp: QApplication, runner: InstantRunner) -> Iterator[Seats]:
    made: list[SchoolWindow] = []

    def make(dialogs: FakeDialogs, habits: Habits) -> SchoolWindow:
        window = SchoolWindow(InstantDesk(), runner, dialogs, habits, today=lambda: date(2026, 11, 23))
        window.show()
        made.append(window)
        return window

    yield make
    for window in made:
        window.session.desk.abandon()  # type: ignore[attr-defined]
        window.hide()
        window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def habits(tmp_path: Path) -> Habits:
    return Habits(tmp_path / "habits.json")


@pytest.fixture
def window(seats: Seats, dialogs: FakeDialogs, habits: Habits, request_path: Path) -> SchoolWindow:
    made = seats(dialogs, habits)
    dialogs.answers = [WHO]
    made.begin(request_path)
    assert not dialogs.answers
    return made


def work_of(window: SchoolWindow) -> school_mode.Work:
    window.refresh()
    assert window.work is not None
    return window.work


def test_an_empty_window_says_what_to_do(seats: Seats, dialogs: FakeDialogs, habits: Habits) -> None:
    made = seats(dialogs, habits)
    assert made.stack.currentIndex() == 0
    assert made.empty.button is not None
    assert not made.head.sending.isVisible()
    dialogs.answers = [None]
    made.empty.button.click()
    assert dialogs.asked == [("open", "Открыть запрос")]
    made.send()
    assert dialogs.asked == [("open", "Открыть запрос")]
    assert faults(made) == []


def test_it_shows_who_asks_what_and_till_when(window: SchoolWindow) -> None:
    assert window.head.title.text() == "СОШ № 3: ответ на запрос"
    assert "отвечено 0 из 3" in window.head.sentence.text()
    assert window.head.due.text == "срок 30.11.2026"
    assert "Ракитина Елена Викторовна" in window.side.whose.text()
    assert window.side.letter.text().startswith("Просим ответить")
    assert FILLER in window.side.filler.text()
    assert window.form.form is not None
    assert list(window.form.form.rows) == ["1", "2", "3"]
    assert faults(window) == []


def test_names_are_asked_once_and_remembered(
    seats: Seats, window: SchoolWindow, dialogs: FakeDialogs, habits: Habits, request_path: Path
) -> None:
    assert dialogs.asked == [("ask", "Кто заполняет")]
    window.close()
    QApplication.processEvents()
    again = seats(dialogs, habits)
    again.begin(request_path)
    assert dialogs.asked == [("ask", "Кто заполняет")]
    assert again.work is not None
    assert (again.work.filler, habits.get("school:name", "")) == (FILLER, FILLER)
    dialogs.answers = [{"name": "Громов Пётр Ильич", "post": "директор"}]
    again.rename()
    assert work_of(again).filler == "Громов Пётр Ильич"


def test_turning_away_from_the_name_opens_nothing(
    seats: Seats, dialogs: FakeDialogs, habits: Habits, request_path: Path
) -> None:
    made = seats(dialogs, habits)
    dialogs.answers = [None]
    made.begin(request_path)
    assert made.stack.currentIndex() == 0
    assert list(school_mode.folder().iterdir()) == []


def test_digits_answer_and_everything_is_kept_at_once(window: SchoolWindow, qtbot: QtBot) -> None:
    assert window.form.form is not None
    window.form.focus_first()
    window.activateWindow()
    window.form.form.rows["1"].focus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_2)  # type: ignore[no-untyped-call]
    view = work_of(window).views[0]
    assert view.answers.get("1").value == "2"
    assert state_of(view) == ("info", "заполняется")
    window.undo()
    assert work_of(window).views[0].answers.get("1").value is None


def test_a_refused_file_is_explained(seats: Seats, dialogs: FakeDialogs, habits: Habits, tmp_path: Path) -> None:
    made = seats(dialogs, habits)
    bad = tmp_path / "плохой.opora-запрос"
    bad.write_bytes(b"PK")
    made.begin(bad)
    assert "не читается" in made.bar.text.text()
    assert made.stack.currentIndex() == 0
    assert not made.strip.isVisible()


def test_sending_says_what_is_missing_then_how_to_send(
    window: SchoolWindow, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    dialogs.answers = ["mend"]
    window.send()
    assert dialogs.asked[-1] == ("choose", "Ответ ещё не полный")
    assert window.session.desk.store is not None  # type: ignore[attr-defined]
    for item in ("1", "2", "3"):
        form_answers.put(window.session.desk.store, window.case_id, item, "1")  # type: ignore[attr-defined, arg-type]
    target = tmp_path / "ответ"
    dialogs.answers = [target, "close"]
    window.send()
    assert [title for _what, title in dialogs.asked[-2:]] == ["Сохранить ответ", "Ответ готов"]
    path = tmp_path / "ответ.opora-ответ"
    assert school_replies.show(path).filler == FILLER
    assert "сохранён" in window.bar.text.text()
    assert work_of(window).fresh
    assert "файл ответа сохранён" in window.head.sentence.text()
    form_answers.put(window.session.desk.store, window.case_id, "1", "2")  # type: ignore[attr-defined, arg-type]
    window.refresh()
    assert "сохраните его ещё раз" in window.head.sentence.text()


def test_saving_needs_no_whole_answer(window: SchoolWindow, dialogs: FakeDialogs, tmp_path: Path) -> None:
    dialogs.answers = [tmp_path / "a.opora-ответ"]
    window.head.saving.click()
    assert school_replies.show(tmp_path / "a.opora-ответ").cases[0].answered == 0
    assert dialogs.asked[-1] == ("save", "Сохранить ответ")
    dialogs.answers = [tmp_path / "нет" / "a.opora-ответ"]
    window.save_reply()
    assert "Папк" in window.bar.text.text()


def test_a_remark_and_a_late_day_are_shown(
    office: Store, seats: Seats, dialogs: FakeDialogs, habits: Habits, tmp_path: Path
) -> None:
    form_rounds.give_back(office, case_ids(office)[0], "Проверьте пункт 2.")
    form_rounds.set_due(office, form_rounds.rounds(office.connection)[0].round.id, "2026-11-20")
    made = seats(dialogs, habits)
    dialogs.answers = [WHO]
    made.begin(request_file(office, tmp_path / "з"))
    assert made.form.told.text == "Вернули на доработку: Проверьте пункт 2."
    assert made.head.due.text == "срок был 20.11.2026"
    assert faults(made) == []


def test_after_a_crash_one_question_is_asked(
    seats: Seats, window: SchoolWindow, dialogs: FakeDialogs, habits: Habits, request_path: Path, tmp_path: Path
) -> None:
    key = window.case_id
    assert left_open(habits) is not None
    form_answers.put_draft(window.session.desk.store, key, "2", "почти да")  # type: ignore[attr-defined, arg-type]
    window.session.desk.abandon()  # type: ignore[attr-defined]
    dialogs.asked.clear()
    again = seats(dialogs, Habits(tmp_path / "habits.json"))
    dialogs.answers = ["go"]
    again.begin(request_path)
    assert dialogs.asked == [("choose", "Продолжить заполнение?")]
    assert again.work is not None
    assert again.work.views[0].drafts == {"2": "почти да"}
    again.close()
    QApplication.processEvents()
    assert left_open(again.habits) is None
    quiet = seats(dialogs, again.habits)
    quiet.begin(request_path)
    assert dialogs.asked == [("choose", "Продолжить заполнение?")]


def test_not_now_opens_nothing(
    seats: Seats, window: SchoolWindow, dialogs: FakeDialogs, tmp_path: Path, request_path: Path
) -> None:
    window.session.desk.abandon()  # type: ignore[attr-defined]
    again = seats(dialogs, Habits(tmp_path / "habits.json"))
    dialogs.answers = ["later"]
    again.begin(request_path)
    assert again.stack.currentIndex() == 0
    assert left_open(again.habits) is None


def test_the_program_itself_asks_at_its_next_start(
    window: SchoolWindow, habits: Habits, monkeypatch: pytest.MonkeyPatch, seats: Seats, dialogs: FakeDialogs
) -> None:
    place = left_open(habits)
    window.session.desk.abandon()  # type: ignore[attr-defined]
    monkeypatch.setattr("app.ui.dialogs.QtDialogs", lambda: dialogs)
    monkeypatch.setattr(start, "make_school_window", lambda kept, _bug: seats(dialogs, kept))
    dialogs.asked.clear()
    dialogs.answers = ["go"]
    found = start.school_first(habits, None, lambda _bug: None)
    assert found is not None
    assert found.session.desk.path == place
    assert dialogs.asked == [("choose", "Продолжить заполнение?")]
    found.session.desk.abandon()  # type: ignore[attr-defined]
    dialogs.answers = ["later"]
    assert start.school_first(habits, None, lambda _bug: None) is None
    assert start.school_first(habits, None, lambda _bug: None) is None
    assert len(dialogs.asked) == 2
    assert start.school_first(habits, Path("a.opora"), lambda _bug: None) is None


def drop(path: Path) -> QDropEvent:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    drop.kept = data  # type: ignore[attr-defined]
    return QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )


def test_a_request_can_be_dropped(seats: Seats, dialogs: FakeDialogs, habits: Habits, request_path: Path) -> None:
    made = seats(dialogs, habits)
    dialogs.answers = [WHO]
    made.dropEvent(drop(request_path))
    assert made.work is not None


def test_the_usual_window_takes_a_request_too(
    bare_window: MainWindow, request_path: Path, monkeypatch: pytest.MonkeyPatch, seats: Seats, dialogs: FakeDialogs
) -> None:
    made: list[SchoolWindow] = []

    def make(kept: Habits, _bug: object) -> SchoolWindow:
        made.append(seats(dialogs, kept))
        return made[-1]

    monkeypatch.setattr(start, "make_school_window", make)
    dialogs.answers = [WHO]
    bare_window.dropEvent(drop(request_path))
    assert made[0].work is not None
    made[0].session.desk.abandon()  # type: ignore[attr-defined]
    made[0].habits.put(OPEN, "")
    dialogs.answers = [[request_path]]
    bare_window.start.answering.click()
    assert made[1].work is not None


def test_another_look_draws_it_anew(window: SchoolWindow) -> None:
    window.actions_by_key["dark"].trigger()
    assert theme.current().tokens.dark
    assert window.stack.currentIndex() == 1
    assert window.form.form is not None
    window.actions_by_key["bigger"].trigger()
    assert faults(window) == []


def test_a_paper_is_shown(window: SchoolWindow) -> None:
    window.print_form()
    assert window.paper is not None
    assert window.paper.isVisible()
    window.paper.close()


def test_closing_keeps_what_is_being_typed_and_forgets_the_crash(
    window: SchoolWindow, habits: Habits, request_path: Path
) -> None:
    place = school_mode.place(school_mode.read(request_path))
    assert habits.get(OPEN, "") == str(place)
    window.close()
    QApplication.processEvents()
    assert not window.isVisible()
    assert habits.get(OPEN, "-") == ""
    with opened(place) as work:
        assert school_mode.work(work.connection).filler == FILLER


def test_the_sending_window_offers_request_files(
    office: Store, runner: InstantRunner, dialogs: FakeDialogs, tmp_path: Path, qapp: QApplication
) -> None:
    keys = case_ids(office)
    office.close()
    desk = InstantDesk()
    desk.open(office.path).result()
    session = Session(desk, runner, dialogs, Habits(None), today=lambda: date(2026, 11, 23), parent=runner)
    made = SendWindow(session, ("send", keys))
    made.show()
    made.as_requests.setChecked(True)
    settle(qapp)
    assert made.go.text() == "Сохранить запросы в папку…"
    assert "Приложен файл запроса" in made.text.toPlainText()
    assert "Excel" not in made.text.toPlainText()
    made.as_books.setChecked(True)
    settle(qapp)
    assert "Бланк Excel приложен" in made.text.toPlainText()
    made.as_request_letters.setChecked(True)
    settle(qapp)
    assert (made.go.text(), "Excel" in made.text.toPlainText()) == ("Сохранить письма в папку…", False)
    dialogs.answers = [tmp_path / "письма"]
    made.marking.setChecked(False)
    made.go.click()
    assert [b"opora" in path.read_bytes() for path in (tmp_path / "письма").glob("*.eml")] == [True, True]
    made.as_requests.setChecked(True)
    made.marking.setChecked(True)
    settle(qapp)
    assert faults(made) == []
    out = tmp_path / "запросы"
    dialogs.answers = [out]
    made.go.click()
    assert sorted(path.name for path in out.iterdir()) == [
        "СОШ № 3 — запрос 2026-27.opora-запрос", "СОШ № 5 — запрос 2026-27.opora-запрос",
    ]  # fmt: skip
    assert desk.reader is not None
    assert [form_answers.case(desk.reader, key).case.sent_on for key in keys] == ["2026-11-23"] * 2
    made.close()
    desk.abandon()
