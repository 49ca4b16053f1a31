"""«Приём файлов»: many filled workbooks at once; nothing is written before «Принять прочитанное»."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QTabWidget, QVBoxLayout, QWidget

from app.errors import Problem, UserError
from app.operations import form_receiving
from app.operations.form_receiving import Change, Decision, FileReading, Known, Line, Loaded, Receiving, Take
from app.texts import count, plural
from app.texts import school_year as school_year_words
from app.ui import theme
from app.ui.item_models.table_model import Column
from app.ui.run import Job
from app.ui.session import Session
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Combo
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import Label
from app.ui.widgets.table import DataTable
from app.ui.windows.base import Window

PATTERNS = "Заполненные бланки (*.xlsx *.xlsm *.xls *.ods *.opora-ответ);;Все файлы (*)"
STOPPED = "IMP_CANCELLED"
_KINDS: dict[str, Kind] = {"ok": "ok", "warn": "warn", "bad": "bad", "plain": "none"}
_LEVELS: dict[str, tuple[Kind, str]] = {
    "error": ("bad", "ошибка"),
    "warning": ("warn", "проверить"),
    "hint": ("none", "для сведения"),
}
_TAKES: dict[Take | None, tuple[Kind, str]] = {
    "file": ("ok", "из файла"),
    "stored": ("none", "оставить наш"),
    None: ("warn", "выберите"),
}


def _form(line: Line) -> str:
    year = school_year_words(line.school_year) if line.school_year is not None else ""
    return ", ".join(part for part in (line.form, year) if part) or "—"


LINES = (
    Column("file", "Файл", lambda r: r.file, 190, 3, middle=True, strong=True, tip=lambda r: str(r.path)),
    Column("subject", "Школа", lambda r: r.subject or "—", 120, 2, middle=True),
    Column("form", "Форма", _form, 160, 2, tip=_form),
    Column(
        "state", "Состояние", lambda r: form_receiving.STATE_WORDS[r.state], 142, kind="chip",
        chip=lambda r: _KINDS[form_receiving.STATE_TONES[r.state]],
    ),
    Column("changes", "Изменится", lambda r: str(len(r.changes)), 84, kind="number"),
    Column("problems", "Замечаний", lambda r: str(len(r.problems)), 88, kind="number"),
    Column("told", "Что будет", form_receiving.told, 220, 4, tip=form_receiving.told),
)  # fmt: skip
PROBLEMS = (
    Column("level", "Важность", lambda p: _LEVELS[p.level][1], 118, kind="chip", chip=lambda p: _LEVELS[p.level][0]),
    Column("place", "Место", lambda p: ", ".join(x for x in (p.sheet, p.cell) if x) or "—", 120, 1, middle=True),
    Column("message", "Что не так и что делать", lambda p: p.message, 420, 6, tip=lambda p: p.message),
)
CHANGES = (
    Column("place", "Пункт", lambda c: c.place, 130, 2, middle=True, tip=lambda c: c.place),
    Column("before", "Сейчас", lambda c: c.before or "—", 160, 3, tip=lambda c: c.before),
    Column("after", "В файле", lambda c: c.after or "—", 160, 3, strong=True, tip=lambda c: c.after),
    Column("cell", "Ячейка", lambda c: ", ".join(x for x in c.cell if x) or "—", 100, 1, middle=True),
    Column("take", "Что записать", lambda c: _TAKES[c.take][1], 130, kind="chip", chip=lambda c: _TAKES[c.take][0]),
)


class ReceivingWindow(Window):
    """Files in, a line each; details of the line below."""

    guide = ("09-чек-листы", "Приём файлов")

    def __init__(self, session: Session, paths: Sequence[Path] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(session, "Приём файлов", parent, size=(1180, 690))
        self.setAcceptDrops(True)
        self.readings: dict[Path, FileReading] = {}
        self.decisions: dict[str, Decision] = {}
        self.receiving = Receiving(())
        self.done_files: dict[Path, str] = {}
        self._job: Job | None = None
        self._shown: Line | None = None
        self._busy = False
        self._stop = False
        self._turn = 0
        self.say("Перетащите сюда присланные книги. До кнопки «Принять прочитанное» ничего не записывается.")
        self._make_lines()
        self._make_question()
        self._make_details()
        self._make_buttons()
        self.strip.cancelled.connect(self._cancel)
        session.changed.connect(self.touched)
        self._show()
        if paths:
            self.add_paths([Path(path) for path in paths])

    # --- what stands where ---------------------------------------------------------------------------------------

    def _make_lines(self) -> None:
        empty = EmptyState(
            "upload", "Файлов пока нет",
            "Перетащите в окно присланные школами книги или папку с ними: хоть шестьдесят сразу.",
            ("Выбрать файлы…", self._ask),
        )  # fmt: skip
        self.table = DataTable(
            "receiving", LINES, lambda line: line.key, habits=self.session.habits, title="Присланные файлы",
            empty=empty, filters=False,
        )  # fmt: skip
        self.table.current_changed.connect(self._show_line)
        self.table.activated.connect(lambda _line: self._open())
        self.body.addWidget(self.table, 5)

    def _make_question(self) -> None:
        """Build the strip in which a person says whose an answer is, or which of two is meant."""
        self.question = QWidget()
        row = QHBoxLayout(self.question)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().px(8))
        self.whose_label = Label("Чей ответ", "muted")
        self.whose = Combo("Чей ответ")
        self.whose_take = Button("Записать ему", self._take_whose)
        self.this_one = Button("Принять этот файл", self._take_this, tip="Из нескольких файлов школы взять этот")
        self.all_file = Button("Везде из файла", partial(self._take_all, "file"))
        self.all_stored = Button("Везде оставить наши", partial(self._take_all, "stored"))
        self.one_file = Button("Этот — из файла", partial(self._take_one, "file"))
        self.one_stored = Button("Этот — оставить наш", partial(self._take_one, "stored"))
        for part in (self.whose_label, self.whose, self.whose_take, self.this_one):
            row.addWidget(part)
        for part in (self.all_file, self.all_stored, self.one_file, self.one_stored):
            row.addWidget(part)
        row.addStretch(1)
        self.body.addWidget(self.question)

    def _make_details(self) -> None:
        self.tabs = QTabWidget()
        self.tabs.tabBar().setObjectName("inner")
        self.tabs.setDocumentMode(True)
        self.problems = DataTable(
            "receiving_problems", PROBLEMS, id, habits=self.session.habits, title="Замечания к файлу", filters=False,
            empty=EmptyState("circle-check", "Замечаний нет", "Все ответы прочитаны."),
        )  # fmt: skip
        self.changes = DataTable(
            "receiving_changes", CHANGES, lambda change: change.item_id, habits=self.session.habits,
            title="Что изменится", filters=False,
            empty=EmptyState("circle-check", "Ничего не изменится", "Новых ответов в файле нет."),
        )  # fmt: skip
        self.changes.current_changed.connect(lambda _change: self._show_question())
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        self.letter = QPlainTextEdit()
        self.letter.setReadOnly(True)
        self.letter.setAccessibleName("Текст письма школе")
        self.letter.setPlaceholderText("Писать не о чем: исправлять в этом файле нечего.")
        self.copy = Button("Скопировать письмо", self._copy_letter, icon="copy")
        row = QHBoxLayout()
        self.marked = Button("Сохранить копии с пометками…", self._save_marked, icon="download")
        self.marked.setToolTip("Копии всех файлов окна, в которых есть что исправить: с отмеченными ячейками")
        row.addWidget(self.copy)
        row.addWidget(self.marked)
        row.addStretch(1)
        column.addWidget(self.letter, 1)
        column.addLayout(row)
        for widget, title in ((self.problems, "Замечания"), (self.changes, "Что изменится"), (page, "Вернуть школе")):
            self.tabs.addTab(widget, title)
        self.body.addWidget(self.tabs, 4)

    def _make_buttons(self) -> None:
        self.add = Button("Добавить файлы…", self._ask, icon="plus")
        self.folder = Button("Папка…", self._ask_folder, icon="folder-open")
        self.drop = Button("Убрать", self._remove, icon="x", tip="Убрать выделенные файлы из окна")
        self.open_form = Button("Открыть форму", self._open, icon="eye")
        self.accept_read = Button("Принять прочитанное", self._load, kind="primary")
        self.add_buttons(
            self.open_form, Button("Закрыть", self.accept), self.accept_read,
            left=(self.add, self.folder, self.drop),
        )  # fmt: skip

    # --- files ---------------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders."""
        if event.mimeData().hasUrls() and not self._busy:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read what was dropped."""
        self.add_paths([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def _ask(self) -> None:
        paths = self.session.dialogs.open_files("Какие файлы прислали", PATTERNS)
        if paths:
            self.add_paths(paths)

    def _ask_folder(self) -> None:
        folder = self.session.dialogs.open_folder("Папка с присланными файлами")
        if folder is not None:
            self.add_paths([folder])

    def _remove(self) -> None:
        for line in self.table.selected():
            self.readings.pop(line.path, None)
        self._judge()

    def add_paths(self, paths: list[Path]) -> None:
        """Read files and folders that are not read yet; a file dropped again is read anew."""
        if not paths or self._busy or not self.session.desk.is_open:
            return
        self.bar.clear()
        self._busy = True
        self.strip.begin("Читаю файлы")
        self._enable()
        self.take(self.session.desk.read(form_receiving.known), partial(self._read, paths))

    def _read(self, paths: list[Path], known: Known) -> None:
        def work(job: Job) -> tuple[list[FileReading], tuple[Problem, ...]]:
            gathered = form_receiving.gather(paths)
            found = form_receiving.read(gathered.files, known, job.progress, job.cancelled)
            return found, gathered.problems

        self._job = self.session.job(self, work, self._take_readings, self.fail, self.strip.tell)

    def _take_readings(self, found: tuple[list[FileReading], tuple[Problem, ...]]) -> None:
        readings, problems = found
        self._busy = False
        self.strip.end()
        whole = [one for one in readings if one.refused is None or one.refused.code != STOPPED]
        for one in whole:
            self.readings[Path(one.path)] = one
            self.done_files.pop(Path(one.path), None)
        if len(whole) < len(readings):
            self.bar.show_message("info", "Чтение остановлено: прочитаны не все файлы. Добавьте остальные ещё раз.")
        elif problems:
            self.bar.show_message("info", " ".join(one.message for one in problems[:3]))
        self._judge()

    def _cancel(self) -> None:
        self._stop = True
        if self._job is not None:
            self._job.cancel()

    def done(self, code: int) -> None:
        """Close; nobody waits for what is still being read."""
        self._cancel()
        super().done(code)

    def fail(self, error: UserError) -> None:
        """Show an expected failure."""
        self._busy = False
        super().fail(error)
        self._enable()

    # --- what would happen ---------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """What has been typed elsewhere meanwhile may be another answer now."""
        if self.readings and not self._busy:
            self._judge()

    def _judge(self) -> None:
        self._turn += 1
        waiting = [one for path, one in self.readings.items() if path not in self.done_files]
        future = self.session.desk.read(form_receiving.judge, waiting, dict(self.decisions))
        self.take(future, partial(self._judged, self._turn))

    def _judged(self, turn: int, found: Receiving) -> None:
        if turn == self._turn:
            self.receiving = found
            self._show()

    def _show(self) -> None:
        self.table.set_rows(self.receiving.lines)
        self.tabs.setVisible(bool(self.receiving.lines))
        if self.receiving.lines:
            parts = [
                f"{form_receiving.STATE_WORDS[state]} — {number}" for state, number in self.receiving.counts().items()
            ]
            self.say(f"{count(len(self.receiving.lines), 'строка', 'строки', 'строк')}: {', '.join(parts)}.")
        self._show_line(self.table.current())
        self._enable()

    def _show_line(self, line: Line | None) -> None:
        fresh = line is None or self._shown is None or line.key != self._shown.key
        self._shown = line
        problems = line.problems if line is not None else ()
        changes = line.changes if line is not None else ()
        self.problems.set_rows(problems)
        self.changes.set_rows(changes)
        mine = [one for one in self.receiving.lines if line is not None and self._same_school(one, line)]
        text = form_receiving.letter(mine)
        self.letter.setPlainText(text)
        self.copy.setEnabled(bool(text))
        for place, (title, size) in enumerate((("Замечания", len(problems)), ("Что изменится", len(changes)))):
            self.tabs.setTabText(place, f"{title} {size}" if size else title)
        if fresh and line is not None:
            self.tabs.setCurrentIndex(1 if line.state == "conflict" or not problems else 0)
        self._show_question()
        self._enable()

    @staticmethod
    def _same_school(one: Line, other: Line) -> bool:
        return one.key == other.key or bool(one.subject and one.subject == other.subject)

    def _show_question(self) -> None:
        line = self._shown
        asks = line is not None and line.state == "ask"
        options = line.options if line is not None and asks else ()
        change: Change | None = self.changes.current()
        conflict = line is not None and any(item.conflict for item in line.changes)
        for part in (self.whose_label, self.whose, self.whose_take):
            part.setVisible(bool(options))
        self.this_one.setVisible(asks and not options)
        for part in (self.all_file, self.all_stored):
            part.setVisible(conflict)
        for part in (self.one_file, self.one_stored):
            part.setVisible(conflict)
            part.setEnabled(change is not None and change.conflict)
        if options:
            self.whose.fill([(option.text, option.case_id) for option in options])
        self.question.setVisible(bool(asks or conflict))

    # --- deciding ------------------------------------------------------------------------------------------------

    def _decide(self, **facts: object) -> None:
        if self._shown is not None:
            key = self._shown.key
            self.decisions[key] = replace(self.decisions.get(key, Decision()), **facts)  # type: ignore[arg-type]
            self._judge()

    def _take_whose(self) -> None:
        self._decide(case_id=self.whose.currentData())

    def _take_this(self) -> None:
        if self._shown is None:
            return
        for line in self.receiving.lines:
            if line.case_id == self._shown.case_id and line.key in self.decisions:
                self.decisions[line.key] = replace(self.decisions[line.key], newer=False)
        self._decide(newer=True)

    def _take_all(self, take: Take) -> None:
        self._decide(all=take, takes={})

    def _take_one(self, take: Take) -> None:
        change: Change | None = self.changes.current()
        if self._shown is None or change is None or not change.conflict:
            return
        known = self.decisions.get(self._shown.key, Decision())
        self._decide(takes={**known.takes, change.item_id: take})

    # --- writing -------------------------------------------------------------------------------------------------

    def _by_file(self) -> dict[Path, list[Line]]:
        found: dict[Path, list[Line]] = {}
        for line in self.receiving.lines:
            if line.writable:
                found.setdefault(line.path, []).append(line)
        return found

    def _load(self) -> None:
        waiting = list(self._by_file().items())
        if waiting and not self._busy:
            self._busy, self._stop = True, False
            self.bar.clear()
            self.strip.begin("Записываю ответы")
            self._enable()
            self._next_file(waiting, [], [])

    def _next_file(self, waiting: list[tuple[Path, list[Line]]], done: list[Loaded], failed: list[str]) -> None:
        """Write one file after another: between two of them the work can be stopped."""
        if self._stop or not waiting:
            self._finish(done, failed, len(waiting))
            return
        path, lines = waiting[0]
        total = len(waiting) + len(done) + len(failed)
        self.strip.tell(path.name, total - len(waiting), total)
        future = self.session.written(form_receiving.load, lines)
        if future is None:
            self._finish(done, failed, len(waiting))
            return

        def loaded(made: Loaded) -> None:
            self.done_files[path] = made.file
            self._next_file(waiting[1:], [*done, made], failed)

        def refused(error: UserError) -> None:
            self._next_file(waiting[1:], done, [*failed, str(error)])

        self.session.runner.take(future, loaded, refused, owner=self)

    def _finish(self, done: list[Loaded], failed: list[str], left: int) -> None:
        self._busy = False
        self.strip.end()
        verb = plural(len(done), "Принят", "Приняты", "Принято")
        text = f"{verb} {count(len(done), 'файл', 'файла', 'файлов')}. Ctrl+Z в главном окне вернёт последний из них."
        if left:
            text += f" Остановлено, осталось: {left}."
        if failed:
            text += f" Не записано: {' '.join(failed[:3])}"
        if done or failed:
            self.bar.show_message("warn" if failed or left else "ok", text)
        self._judge()

    # --- giving back ---------------------------------------------------------------------------------------------

    def _to_mark(self) -> list[Line]:
        return [one for one in self.receiving.lines if one.to_mend and one.state not in {"same", "refused"}]

    def _save_marked(self) -> None:
        lines = self._to_mark()
        folder = self.session.dialogs.open_folder("Куда сохранить копии с пометками") if lines else None
        if folder is None:
            return
        self.strip.begin("Отмечаю ошибки", cancellable=False)
        self.take(self.session.desk.read(form_receiving.marked_copies, lines, folder), self._marked)

    def _marked(self, made: tuple[list[Path], list[str]]) -> None:
        self.strip.end()
        paths, failed = made
        text = f"Сохранено: {count(len(paths), 'копия', 'копии', 'копий')} с пометками. Приложите их к письмам."
        if failed:
            text += f" Не сделано: {' '.join(failed[:3])}"
        self.bar.show_message("warn" if failed else "ok", text)

    def _copy_letter(self) -> None:
        QGuiApplication.clipboard().setText(self.letter.toPlainText())
        self.bar.show_message("ok", "Письмо скопировано.")

    def _open(self) -> None:
        if self._shown is not None and self._shown.case_id is not None:
            self.session.go("forms", ("fill", self._shown.case_id))

    # --- what can be pressed -------------------------------------------------------------------------------------

    def _enable(self) -> None:
        ready = len(self._by_file())
        self.accept_read.setText(
            f"Принять прочитанное: {count(ready, 'файл', 'файла', 'файлов')}" if ready else "Принять прочитанное"
        )
        self.accept_read.setEnabled(bool(ready) and not self._busy and not self.session.desk.read_only)
        self.accept_read.setToolTip("" if ready else "Принимать пока нечего")
        for button in (self.add, self.folder):
            button.setEnabled(not self._busy)
        self.drop.setEnabled(bool(self.receiving.lines) and not self._busy)
        self.open_form.setEnabled(self._shown is not None and self._shown.case_id is not None)
        self.marked.setEnabled(bool(self._to_mark()) and not self._busy)
