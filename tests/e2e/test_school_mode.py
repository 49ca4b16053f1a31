"""Two people at two computers: a request goes out, a school answers it in school mode, the reply is accepted."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.models import health
from app.models.forms import SubjectRef
from app.operations import form_answers, form_rounds, schools
from app.operations.desk import Desk
from app.ui import start
from app.ui.habits import Habits
from app.ui.pages.form_fill_view import FormFillView
from app.ui.run import Runner
from app.ui.school_window import SchoolWindow
from app.ui.windows.receiving import ReceivingWindow
from tests.e2e.seat import PATIENCE, Answers, Seat
from tests.helpers.school_requests import FILLER, POST, case_ids, municipality, request_file, seat
from tests.helpers.stores import opened

ROOT = Path(__file__).resolve().parents[2]
WHO = {"name": FILLER, "post": POST}


class SchoolSeat:
    """The window of school mode and the person before it."""

    def __init__(self, qtbot: QtBot, habits: Path) -> None:
        self.qtbot = qtbot
        self.answers = Answers()
        self.bugs: list[BaseException] = []
        self.window = SchoolWindow(
            Desk("Школа"), Runner(self.bugs.append), self.answers, Habits(habits), today=lambda: date(2026, 11, 23)
        )
        self.window.show()
        qtbot.waitExposed(self.window)

    def wait(self, test: Callable[[], object]) -> None:
        def met() -> None:
            assert not self.bugs, self.bugs
            assert self.window.runner.waiting == 0
            assert test()

        self.qtbot.waitUntil(met, timeout=PATIENCE)

    def begin(self, path: Path) -> None:
        self.window.begin(path)
        self.wait(lambda: self.window.work is not None and self.window.stack.currentIndex() == 1)

    def answer(self, item: str, digit: Qt.Key) -> None:
        """Put the keyboard into an item and press a digit."""
        form = self.window.form.form
        assert form is not None
        self.window.activateWindow()
        form.focus_item(item)
        self.qtbot.waitUntil(lambda: form.current() == item, timeout=PATIENCE)
        self.qtbot.keyClick(QApplication.focusWidget(), digit)  # type: ignore[no-untyped-call]
        self.wait(lambda: self.window.work and self.window.work.views[0].answers.get(item).given)

    def close(self) -> None:
        self.window.close()
        self.wait(lambda: not self.window.isVisible() and not self.window.session.desk.is_open)
        self.window.runner.stop()


@pytest.fixture
def school_seats(qtbot: QtBot, look: None, tmp_path: Path) -> Iterator[Callable[[], SchoolSeat]]:
    made: list[SchoolSeat] = []

    def make() -> SchoolSeat:
        made.append(SchoolSeat(qtbot, tmp_path / "школа" / "habits.json"))
        return made[-1]

    yield make
    for one in made:
        if one.window.isVisible():
            one.close()
        one.window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not [bug for one in made for bug in one.bugs]
    assert not [left for one in made for left in one.answers.waiting]


def test_from_the_blank_to_acceptance(
    seats: Callable[..., Seat],
    school_seats: Callable[[], SchoolSeat],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office_path = tmp_path / "Лесогорск.opora"
    with municipality(office_path) as store:
        [first, other] = case_ids(store)
        request = request_file(store, tmp_path / "почта")
    reply = tmp_path / "почта" / "СОШ № 3 — ответ 23.11.2026.opora-ответ"

    # the computer of the school
    with seat(monkeypatch, tmp_path / "школа"):
        school = school_seats()
        school.answers.will("ask", WHO)
        school.begin(request)
        for item, digit in (("1", Qt.Key.Key_2), ("2", Qt.Key.Key_1), ("3", Qt.Key.Key_0)):
            school.answer(item, digit)
        school.answers.will("save", reply)
        school.answers.will("choose", "close")
        school.window.head.sending.click()
        school.wait(lambda: reply.exists() and not school.answers.waiting)
        assert "Ракитина Елена Викторовна" in school.answers.asked[-1]
        school.close()
        assert {path.name for path in (tmp_path / "школа").iterdir()} == {"habits.json", "requests"}

    # the computer of the methodist
    with seat(monkeypatch, tmp_path / "методист"):
        work = seats()
        work.open(office_path)
        work.window.go("receive_forms", [reply])
        window = work.opened(ReceivingWindow)
        work.wait(lambda: [line.state for line in window.receiving.lines] == ["ready"])
        [line] = window.receiving.lines
        assert (line.subject, len(line.changes)) == ("СОШ № 3", 3)
        assert any(FILLER in one.message for one in line.problems)
        window.accept_read.click()
        work.wait(lambda: work.read(form_answers.case, first).state == "received")
        window.close()
        page = work.tab("checklists")
        view = page.show_view("fill")
        assert isinstance(view, FormFillView)
        view.open_payload(first)
        work.rest()
        view.accept()
        work.rest()
        found = work.read(form_answers.case, first)
        assert (found.state, found.locked, found.files[0].author) == ("accepted", True, f"{FILLER}, {POST}")
        assert {item: one.value for item, one in found.answers.answers.items()} == {"1": "2", "2": "1", "3": "0"}
        assert work.read(form_answers.case, other).state == "not_sent"
        # the same file once more, and under the name of another school
        wrong = reply.rename(reply.with_name("СОШ № 5 — ответ.opora-ответ"))
        work.window.go("receive_forms", [wrong])
        again = work.opened(ReceivingWindow)
        work.wait(lambda: [line.state for line in again.receiving.lines] == ["ask"])
        assert again.receiving.lines[0].problems[0].code == "FORM_GET_OTHER_SCHOOL"
        again.close()


CHILD = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from PySide6.QtCore import QEvent, QTimer
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication
    from app import paths
    from app.ui import start, theme
    from app.ui.habits import Habits

    app = start.make_application()
    theme.install(app, theme.Theme())

    class Answers:
        def ask(self, title, text, fields, verb):
            return {"name": "Ветрова Анна Ильинична", "post": "заместитель директора"}

    def bug(error):
        print(repr(error), flush=True)

    window = start.make_school_window(Habits(paths.profile() / "habits.json"), bug)
    window.dialogs = Answers()
    window.show()
    window.begin(Path(sys.argv[1]))

    def send(widget, letters):
        for letter in letters:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))

    steps = [("pupils", "412"), ("classes", "много"), ("note", "Ремонт спортзала ещё не")]

    def work():
        form = window.form.form
        if form is None or window.runner.waiting:
            return
        if steps:
            item, letters = steps.pop(0)
            window.activateWindow()
            form.focus_item(item)
            QApplication.processEvents()
            send(QApplication.focusWidget(), letters)
        elif window.work is not None and window.work.views[0].drafts.get("note", "").endswith("не"):
            print("typed", flush=True)
            timer.stop()

    timer = QTimer()
    timer.timeout.connect(work)
    timer.start(150)
    app.exec()
    """
)


def test_killed_while_typing_nothing_is_lost_and_one_question_is_asked(
    qtbot: QtBot, look: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.forms.loader import load
    from app.operations import forms
    from tests.helpers.form_texts import CONTEXT

    with municipality(tmp_path / "Лесогорск.opora", numbers=(3,)) as store:
        forms.save(store, load(CONTEXT))
        school = schools.listing(store.connection)[0].id
        key = form_rounds.start(store, "context-probe", 2026, [SubjectRef("school", organisation_id=school)])
        [line] = form_rounds.cases(store.connection, key)
        request = request_file(store, tmp_path / "почта", line.case.id)
    home = tmp_path / "дом"
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, str(request)], cwd=ROOT, stdout=subprocess.PIPE,
        env={**os.environ, "XDG_DATA_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"},
    ) as child:  # fmt: skip
        assert child.stdout is not None
        assert child.stdout.readline() == b"typed\n"
        child.send_signal(signal.SIGKILL)
    [store_path] = (home / "opora" / "requests").glob("*.opora")
    with opened(store_path) as work:
        kept = form_answers.case(work.connection, line.case.id)
        assert {item: (one.raw, one.value) for item, one in kept.answers.answers.items()} == {
            "pupils": ("412", "412"), "classes": ("много", None),
        }  # fmt: skip
        assert kept.drafts == {"note": "Ремонт спортзала ещё не"}
        assert {one.code for one in health.check(work.connection)} <= {"STORE_DRAFT"}

    answers, bugs = Answers(), list[BaseException]()

    def make(habits: Habits, _on_bug: object) -> SchoolWindow:
        return SchoolWindow(Desk("Школа"), Runner(bugs.append), answers, habits)

    monkeypatch.setattr("app.ui.dialogs.QtDialogs", lambda: answers)
    monkeypatch.setattr(start, "make_school_window", make)
    with seat(monkeypatch, home / "opora"):
        answers.will("choose", "go")
        window = start.school_first(Habits(home / "opora" / "habits.json"), None, bugs.append)
        assert window is not None
        qtbot.waitUntil(lambda: window.work is not None and window.runner.waiting == 0, timeout=PATIENCE)
        assert len(answers.asked) == 1
        assert window.work is not None
        [view] = window.work.views
        assert view.drafts == {"note": "Ремонт спортзала ещё не"}
        form = window.form.form
        assert form is not None
        form.finish()
        window.close()
        qtbot.waitUntil(lambda: not window.isVisible() and window.runner.waiting == 0, timeout=PATIENCE)
        window.runner.stop()
        window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert start.school_first(Habits(home / "opora" / "habits.json"), None, bugs.append) is None
    assert bugs == []
    assert len(answers.asked) == 1
