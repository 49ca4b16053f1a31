"""School mode: the window that a deputy director sees. What is asked and till when, the forms, the reply; no more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import cast

from PySide6.QtCore import QByteArray, QStandardPaths, Qt, QTimer, QUrl
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDesktopServices,
    QDragEnterEvent,
    QDropEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from app import clock
from app.errors import UserError
from app.forms.packet import REPLY_SUFFIX, REQUEST_SUFFIX
from app.operations import history, school_mode, school_replies
from app.operations.desk import Desk
from app.operations.school_mode import Begun, Work
from app.operations.school_replies import MadeReply
from app.ui import theme
from app.ui.dialogs import Choice, Dialogs, Field
from app.ui.habits import Habits
from app.ui.run import Runner
from app.ui.school_form import SchoolForm
from app.ui.school_left import OPEN, ask_to_go_on, left_open
from app.ui.school_side import SchoolHead, SchoolSide
from app.ui.session import Session
from app.ui.widgets.bars import Level, MessageBar, ProgressStrip, Repair
from app.ui.widgets.basics import Card, split
from app.ui.widgets.empty import EmptyState
from app.ui.windows.base import Window

REQUESTS = f"Запрос муниципалитета (*{REQUEST_SUFFIX})"
REPLIES = f"Ответ на запрос (*{REPLY_SUFFIX})"
MOST_TOLD = 6
REST_MS = 120
GUIDE = ("09-чек-листы", "Школа заполняет сама")


class SchoolWindow(QMainWindow):
    """The window of school mode.

    Args:
        desk: of this window alone.
        runner: the bridge between threads.
        dialogs: questions.
        habits: what is remembered of this user.
    """

    def __init__(self, desk: Desk, runner: Runner, dialogs: Dialogs, habits: Habits, *,
                 today: Callable[[], date] = clock.today) -> None:  # fmt: skip
        super().__init__()
        self.setAcceptDrops(True)
        self.habits, self.runner, self.dialogs = habits, runner, dialogs
        self.session = Session(desk, runner, dialogs, habits, today=today, parent=self)
        self.work: Work | None = None
        self.case_id: int | None = None
        self.paper: Window | None = None
        self._turn, self._closing, self._into_form = 0, False, False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.refresh)
        self.setMinimumSize(860, 500)
        self.resize(1366, 768)
        stored = habits.get("school:window", "")
        if stored:
            self.restoreGeometry(QByteArray.fromBase64(stored.encode()))
        self._make_frame()
        self._make_menus()
        self.session.told.connect(self._tell)
        self.session.changed.connect(lambda _tables: self._rest.start())
        self.session.info_changed.connect(self._label_undo)
        self._show_nothing()

    # --- building ------------------------------------------------------------------------------------------------

    def _make_frame(self) -> None:
        px = theme.current().px
        frame = QWidget()
        frame.setObjectName("page")
        frame.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(frame)
        column.setContentsMargins(px(16), px(10), px(16), px(12))
        column.setSpacing(px(8))
        self.head = SchoolHead(self.print_form, self.save_reply, self.send)
        self.bar, self.strip = MessageBar(), ProgressStrip()
        self.side = SchoolSide()
        self.side.forms.chosen.connect(self.show_form)
        self.side.rename.connect(self.rename)
        self.form = SchoolForm(self.session)
        self.form.next_wanted.connect(lambda: self.step(1))
        self.form.stored.connect(self._rest.start)
        splitter = split(self.side, self.form, stretch=(0, 1), sizes=(px(290), 1000))
        empty = Card()
        self.empty = EmptyState(
            "mail", "Откройте файл запроса",
            f"Его прислали из муниципалитета, он оканчивается на «{REQUEST_SUFFIX}». Можно бросить его на это окно.",
            ("Открыть запрос…", self.ask_request),
        )  # fmt: skip
        empty.body.addWidget(self.empty)
        self.stack = QStackedWidget()
        self.stack.addWidget(empty)
        self.stack.addWidget(splitter)
        for widget in (self.head, self.bar, self.strip):
            column.addWidget(widget)
        column.addWidget(self.stack, 1)
        self.setCentralWidget(frame)
        for keys, step in (("Ctrl+Alt+Down", 1), ("Ctrl+Alt+Up", -1)):
            shortcut = QShortcut(QKeySequence(keys), frame)
            shortcut.activated.connect(lambda step=step: self.step(step))

    def _make_menus(self) -> None:
        file, edit = self._menu("&Файл"), self._menu("&Правка")
        view, guide = self._menu("&Вид"), self._menu("Спр&авка")
        self.actions_by_key: dict[str, QAction] = {}
        table: tuple[tuple[QMenu, str, str, str, Callable[[], object]], ...] = (
            (file, "open", "&Открыть запрос…", "Ctrl+O", self.ask_request),
            (file, "save", "&Сохранить ответ…", "Ctrl+S", self.save_reply),
            (file, "send", "О&тправить…", "Ctrl+Return", self.send),
            (file, "print", "&Печать…", "Ctrl+P", self.print_form),
            (file, "quit", "В&ыход", "Ctrl+Q", self.close),
            (edit, "undo", "&Отменить", "Ctrl+Z", self.undo),
            (edit, "redo", "&Повторить", "Ctrl+Y", self.redo),
            (view, "bigger", "&Крупнее", "Ctrl++", lambda: self._look(theme.current().bigger(1))),
            (view, "smaller", "М&ельче", "Ctrl+-", lambda: self._look(theme.current().bigger(-1))),
            (view, "dark", "&Тёмное оформление", "", self._toggle_dark),
            (guide, "guide", "&Как заполнять", "F1", self.show_guide),
        )
        for menu, key, title, keys, done in table:
            action = menu.addAction(title)
            if keys:
                action.setShortcut(QKeySequence(keys))
            action.triggered.connect(lambda _checked=False, done=done: done())
            self.actions_by_key[key] = action
        self.actions_by_key["dark"].setCheckable(True)
        self.actions_by_key["dark"].setChecked(theme.current().tokens.dark)

    def _menu(self, title: str) -> QMenu:
        made = QMenu(title, self)
        self.menuBar().addMenu(made)
        return made

    # --- beginning -----------------------------------------------------------------------------------------------

    def ask_request(self) -> None:
        """Ask for a request file and open it."""
        found = self.dialogs.open_files("Открыть запрос", REQUESTS, several=False)
        if found:
            self.begin(found[0])

    def begin(self, path: Path) -> None:
        """Open a request file: make its working store or go on in it."""
        self._leave(lambda: self._look_at(Path(path)))

    def _look_at(self, path: Path) -> None:
        self.strip.begin(f"Читаю {path.name}", cancellable=False)
        self.session.job(
            self, lambda _job: (school_mode.place(school_mode.read(path)), school_mode.known_filler(path)),
            lambda found: self._ask_filler(path, *found), self._refused,
        )  # fmt: skip

    def _ask_filler(self, path: Path, place: Path, known: tuple[str, str] | None) -> None:
        self.strip.end()
        if known is not None and left_open(self.habits) == place and not ask_to_go_on(self.dialogs):
            self.habits.put(OPEN, "")
            self._show_nothing()
            return
        name, post = known or ("", "")
        if not name:
            answer = self._ask_name("Начать заполнение")
            if answer is None:
                return
            name, post = answer
        self.strip.begin("Готовлю формы", cancellable=False)
        self.session.job(self, lambda _job: school_mode.begin(path, name, post), self._begun, self._refused)

    def _ask_name(self, verb: str) -> tuple[str, str] | None:
        found = self.dialogs.ask(
            "Кто заполняет", "Имя и должность попадут в ответ. Программа запомнит их на этом компьютере.",
            [
                Field("name", "Фамилия, имя, отчество", str(self.habits.get("school:name", "")), required=True),
                Field("post", "Должность", str(self.habits.get("school:post", "")), "заместитель директора",
                      required=True),
            ],
            verb,
        )  # fmt: skip
        if found is None:
            return None
        self.habits.put("school:name", found["name"].strip())
        self.habits.put("school:post", found["post"].strip())
        return found["name"].strip(), found["post"].strip()

    def _begun(self, begun: Begun) -> None:
        self._open(begun.path, " ".join(one.message for one in begun.told))

    def resume(self, place: Path) -> None:
        """Go on in a working store."""
        self._leave(lambda: self._open(place, ""))

    def _open(self, place: Path, told: str) -> None:
        self.session.desk.actor = str(self.habits.get("school:name", "")) or self.session.desk.actor

        def opened(_none: object) -> None:
            self.strip.end()
            self.bar.clear()
            self.habits.put(OPEN, str(place))
            self.case_id, self._into_form = None, True
            if told:
                self._tell("info", told, ())
            self.session.refresh_info()
            self.refresh()

        self.runner.take(self.session.desk.open(place), opened, self._refused, owner=self)

    def _refused(self, error: UserError) -> None:
        self.strip.end()
        self._show_nothing()
        self.bar.show_error(error)

    def _leave(self, then: Callable[[], object]) -> None:
        """Close what is open, its backup beside the window, then go on."""
        if not self.session.desk.is_open:
            then()
            return
        self.form.commit()
        desk = self.session.desk
        if self.paper is not None:
            self.paper.close()
            self.paper = None

        def closed(error: object) -> None:
            self.habits.put(OPEN, "")
            self.work = self.case_id = None
            self.session.forget()
            self._show_nothing()
            if isinstance(error, UserError):
                self.bar.show_error(error)
            then()

        self.runner.job(lambda _job: desk.close(), lambda _path: closed(None), closed, owner=self)

    # --- showing -------------------------------------------------------------------------------------------------

    def _show_nothing(self) -> None:
        self.setWindowTitle("Ответ на запрос — Опора")
        self.stack.setCurrentIndex(0)
        self.head.show_nothing()
        self._enable()

    def refresh(self) -> None:
        """Read everything anew; what is being typed stays."""
        self._rest.stop()
        if self.session.desk.is_open and not self._closing:
            self._turn += 1
            turn = self._turn
            self.session.read(self, lambda work: self._show(turn, work), school_mode.work)

    def _show(self, turn: int, work: Work) -> None:
        if turn != self._turn:
            return
        self.work = work
        keys = [view.case.id for view in work.views]
        if self.case_id not in keys:
            self.case_id = next((view.case.id for view in work.views if not view.progress.done), keys[0])
        self.setWindowTitle(f"{work.request.school_name} — ответ на запрос — Опора")
        self.head.show_work(work, self.session.today())
        self.side.show_work(work, self.case_id)
        view = work.views[keys.index(self.case_id)]
        self.form.show_view(view, several=len(keys) > 1, shown=self.side.title_of(view))
        self.stack.setCurrentIndex(1)
        self._enable()
        if self._into_form:
            self._into_form = False
            self.form.focus_first()

    def _enable(self) -> None:
        ready = self.work is not None and self.session.desk.is_open
        self.head.enable(ready=ready)
        for key in ("save", "send", "print"):
            self.actions_by_key[key].setEnabled(ready)
        self._label_undo()

    def _label_undo(self) -> None:
        info = self.session.info if self.session.desk.is_open else None
        for key, label in (("undo", info.undo_label if info else None), ("redo", info.redo_label if info else None)):
            self.actions_by_key[key].setEnabled(label is not None)
            self.actions_by_key[key].setToolTip(label or "")

    def _tell(self, level: str, text: str, repairs: object) -> None:
        self.bar.show_message(cast("Level", level), text, *cast("tuple[Repair, ...]", repairs))

    def show_form(self, case_id: int) -> None:
        """Show another form."""
        if case_id != self.case_id:
            self.form.commit()
            self.case_id = case_id
            self.refresh()

    def step(self, step: int) -> None:
        """Show the next form or the one before; the keyboard goes into it."""
        if self.work is None:
            return
        keys = [view.case.id for view in self.work.views]
        if self.case_id in keys:
            self._into_form = True
            self.show_form(keys[(keys.index(self.case_id) + step) % len(keys)])

    # --- the reply -----------------------------------------------------------------------------------------------

    def rename(self) -> None:
        """Ask anew who fills."""
        answer = self._ask_name("Записать")
        if answer is not None:
            self.session.write(self, None, school_mode.name_filler, *answer)

    def send(self) -> None:
        """Save the reply after saying what is missing in it, then say how to send it."""
        if self.work is None:
            return
        self.form.commit()
        # on the writer's thread: after what has just been typed
        future = self.session.written(lambda store: school_replies.make(store.connection))
        if future is not None:
            self.runner.take(future, self._check, self.session.tell_error, owner=self)

    def _check(self, made: MadeReply) -> None:
        if made.problems:
            lines = [one.message for one in made.problems[:MOST_TOLD]]
            more = len(made.problems) - len(lines)
            text = "\n".join([*lines, *([f"И ещё: {more}."] if more else [])])
            answer = self.dialogs.choose(
                "Ответ ещё не полный", text,
                [Choice("mend", "Вернуться к форме"), Choice("send", "Отправить как есть")],
            )  # fmt: skip
            if answer != "send":
                self._go_to_trouble()
                return
        self._save(made.name, tell=True)

    def _go_to_trouble(self) -> None:
        """Show the first form that lacks something and put the keyboard there."""
        views = self.work.views if self.work is not None else ()
        wrong = next((view for view in views if view.problems or view.drafts), None)
        if wrong is not None:
            self._into_form = True
            self.case_id = wrong.case.id
            self.refresh()

    def save_reply(self) -> None:
        """Save the reply as a file, complete or not."""
        if self.work is not None:
            self.form.commit()
            self._save(school_replies.file_name(self.work.request.school_name, self.session.today()), tell=False)

    def _save(self, name: str, *, tell: bool) -> None:
        start = str(self.habits.get("school:folder", "")) or QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DocumentsLocation
        )
        chosen = self.dialogs.save_file("Сохранить ответ", Path(start) / name, REPLIES)
        if chosen is None:
            return
        path = chosen if chosen.name.endswith(REPLY_SUFFIX) else chosen.with_name(chosen.name + REPLY_SUFFIX)
        self.habits.put("school:folder", str(path.parent))
        self.session.write(self, lambda _made: self._saved(path, tell=tell), school_replies.save, path)

    def _saved(self, path: Path, *, tell: bool) -> None:
        folder = ("Открыть папку", lambda: self._open_folder(path))
        self._tell("ok", f"Ответ сохранён: {path.name}", (folder,))
        if tell and self.work is not None:
            answer = self.dialogs.choose("Ответ готов", how_to_send(self.work, path),
                                         [Choice("folder", "Открыть папку"), Choice("close", "Закрыть")])  # fmt: skip
            if answer == "folder":
                self._open_folder(path)

    def _open_folder(self, path: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))

    def print_form(self) -> None:
        """Show the form as a paper."""
        if self.case_id is None:
            return
        from app.ui.school_paper import SchoolPaper

        self.form.commit()
        self.paper = SchoolPaper(self.session, self.case_id, self)
        self.paper.show()

    # --- small things --------------------------------------------------------------------------------------------

    def undo(self) -> None:
        """Take the last change back."""
        self.form.commit()
        self.session.write(self, lambda record: self._tell("info", f"Отменено: {record.label}", ()), history.undo)

    def redo(self) -> None:
        """Do again what was taken back last."""
        self.session.write(self, lambda record: self._tell("info", f"Повторено: {record.label}", ()), history.redo)

    def show_guide(self) -> None:
        """Open the guide at the place about school mode."""
        from app.ui.windows.help import GuideWindow

        self.paper = GuideWindow(self.session, GUIDE, self)
        self.paper.show()

    def _toggle_dark(self) -> None:
        present = theme.current()
        self._look(theme.Theme(theme.LIGHT if present.tokens.dark else theme.DARK, present.font_px, present.compact))

    def _look(self, wanted: theme.Theme) -> None:
        """Draw everything with another theme and remember it."""
        self.form.commit()
        theme.install(cast("QApplication", QApplication.instance()), wanted)
        self.habits.put("look", [wanted.tokens.dark, wanted.font_px, wanted.compact])
        self._make_frame()
        self.actions_by_key["dark"].setChecked(wanted.tokens.dark)
        self._show_nothing()
        self.refresh()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a request."""
        if any(url.toLocalFile().endswith(REQUEST_SUFFIX) for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the request that was dropped."""
        found = [url.toLocalFile() for url in event.mimeData().urls() if url.toLocalFile().endswith(REQUEST_SUFFIX)]
        if found:
            self.begin(Path(found[0]))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what is being typed and close the store first."""
        self.habits.put("school:window", bytes(self.saveGeometry().toBase64().data()).decode())
        if not self.session.desk.is_open:
            super().closeEvent(event)
            return
        event.ignore()
        if not self._closing:
            self._leave(lambda: QTimer.singleShot(0, self.close))
            self._closing = True


def how_to_send(work: Work, path: Path) -> str:
    """Return what to do with the saved reply."""
    request = work.request
    whom = ", ".join(part for part in (request.organisation, request.asker, request.phone) if part)
    return "\n\n".join((
        f"Файл: {path.name}\nПапка: {path.parent}",
        "Прикрепите этот файл к письму и отправьте тому, кто прислал запрос"
        + (f": {whom}." if whom else ".")
        + " Открывать или распаковывать его не нужно.",
        "Если потом поправите ответы, сохраните ответ ещё раз и отправьте новый файл.",
    ))  # fmt: skip
