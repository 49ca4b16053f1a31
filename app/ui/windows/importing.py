"""Loading of files: choose, see what would happen, load. Nothing is written before the last step."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from app.errors import UserError
from app.operations import folders, maintenance, results
from app.operations.folders import Gathered
from app.operations.results import Decision, Fewer, FileReading, Hints, Known, Options, Plan
from app.texts import count, plural
from app.ui import theme
from app.ui.run import Job
from app.ui.session import Session
from app.ui.widgets.basics import Button
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import Label
from app.ui.widgets.table import DataTable, RowAction
from app.ui.windows.base import Wizard
from app.ui.windows.import_parts import FewerPanel, QuestionsPanel, UnknownPanel, UnmarkedPanel
from app.ui.windows.import_rows import CHANGES, COLUMNS, FINDINGS, LOADED, Entry, problems_of, refusal_of

__all__ = ["Entry", "ImportWizard", "refusal_of"]

PATTERNS = "Таблицы (*.xlsx *.xlsm *.xls *.ods *.csv *.txt);;Все файлы (*)"
STOPPED = "IMP_CANCELLED"
TABS = ("Вопросы", "Не найденные школы", "Замечания", "Изменения", "Незнакомая таблица", "Меньше участников")


class ImportWizard(Wizard):
    """Files in."""

    steps = ("Какие файлы", "Что изменится", "Итог")
    guide = ("02-загрузка", "Что будет, видно заранее")

    def __init__(self, session: Session, paths: list[Path], parent: QWidget | None = None) -> None:
        self.entries: list[Entry] = []
        self._job: Job | None = None
        self._busy = False
        self._told = ""
        self._turn = 0
        self._shown: Entry | None = None
        self._planned = False
        self._left = 0
        super().__init__(session, "Загрузить файлы", parent, size=(1080, 640))
        self.setAcceptDrops(True)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(250)
        self._again.timeout.connect(self._preview_all)
        self.strip.cancelled.connect(self._cancel)
        self.add_paths([Path(path) for path in paths])

    # --- steps ---------------------------------------------------------------------------------------------------

    def make_step(self, step: int) -> QWidget:
        """Return the page of a step."""
        return (self._files_step, self._plan_step, self._result_step)[step]()

    def enter_step(self, step: int) -> None:
        """Name the verb of the step."""
        self.back.setVisible(step == 1)
        self.away.setText("Закрыть" if step == 2 else "Отмена")
        self.next.setVisible(step < 2)
        self.next.setText("Прочитать" if step == 0 else self._verb())
        self._enable()

    def go_on(self) -> None:
        """Read, then load."""
        if self.step == 0:
            self._read([entry for entry in self.entries if entry.reading is None] or self.entries)
        else:
            self._load()

    def _files_step(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(
            Label(
                "Отчёты ФИС ОКО, протоколы ОГЭ и ЕГЭ, показатели, реестр школ, любые таблицы с результатами. "
                "Что это за файл, программа узнаёт по содержанию; имя не важно. Незнакомую таблицу размечают один раз.",
                wrap=True,
            )
        )
        empty = EmptyState(
            "upload", "Файлы ещё не выбраны", "Перетащите сюда файлы или папки, выберите один файл или сразу много.",
            ("Выбрать файлы…", self._ask),
        )  # fmt: skip
        self.files = DataTable(
            "import_files", COLUMNS[:2], lambda e: str(e.path), habits=self.session.habits, title="Файлы для загрузки",
            empty=empty, filters=False,
        )  # fmt: skip
        column.addWidget(self.files, 1)
        row = QHBoxLayout()
        self.add = Button("Добавить файлы…", self._ask, icon="plus")
        self.folder = Button("Выбрать папку…", self._ask_folder, icon="folder-open")
        self.drop = Button("Убрать выделенные", self._remove, icon="x")
        row.addWidget(self.add)
        row.addWidget(self.folder)
        row.addWidget(self.drop)
        row.addStretch(1)
        column.addLayout(row)
        return page

    def _plan_step(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().px(8))
        self.plans = DataTable(
            "import_plans", COLUMNS, lambda e: str(e.path), habits=self.session.habits, title="Что изменит каждый файл",
            filters=False,
        )  # fmt: skip
        self.plans.current_changed.connect(self._show_entry)
        self.plans.row_actions = self._plan_actions
        column.addWidget(self.plans, 2)
        self.all_own = QCheckBox("Все школы файлов — наши (файл одного муниципалитета или целого региона)")
        self.create_all = QCheckBox("Завести все школы, которых нет в реестре")
        for box in (self.create_all, self.all_own):
            box.toggled.connect(lambda _on: self._again.start())
        boxes = QHBoxLayout()
        boxes.addWidget(self.create_all)
        boxes.addWidget(self.all_own)
        boxes.addStretch(1)
        self.otherwise = Button("Разметить иначе…", self._mark, icon="table")
        self.otherwise.setToolTip("Показать, где в этом файле заголовки и что стоит в столбцах")
        self.otherwise.setEnabled(False)
        boxes.addWidget(self.otherwise)
        column.addLayout(boxes)
        column.addWidget(self._details(), 3)
        return page

    def _details(self) -> QWidget:
        self.tabs = QTabWidget()
        self.tabs.tabBar().setObjectName("inner")
        self.tabs.setDocumentMode(True)
        self.questions = QuestionsPanel(self._answered)
        self.unknown = UnknownPanel(self._decided)
        self.changes = DataTable(
            "import_changes", CHANGES, id, habits=self.session.habits, title="Что изменится",
            empty=EmptyState("circle-check", "Ничего не изменится", "Файл только добавляет новое."),
        )  # fmt: skip
        self.findings = DataTable(
            "import_findings", FINDINGS, id, habits=self.session.habits, title="Замечания к файлу",
            empty=EmptyState("circle-check", "Замечаний нет", "В файле всё понятно."),
        )  # fmt: skip
        self.unmarked = UnmarkedPanel(self._mark)
        self.fewer = FewerPanel(self._decided_fewer)
        parts = (self.questions, self.unknown, self.findings, self.changes, self.unmarked, self.fewer)
        for widget, title in zip(parts, TABS, strict=True):
            self.tabs.addTab(widget, title)
        return self.tabs

    def _result_step(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        self.outcome = Label("", "section", wrap=True)
        column.addWidget(self.outcome)
        column.addWidget(
            Label("Каждый файл — одно действие: Ctrl+Z в главном окне отменит последний загруженный файл.", "muted")
        )
        self.loaded = DataTable(
            "import_loaded", LOADED, lambda e: str(e.path), habits=self.session.habits, title="Загруженные файлы",
            filters=False,
        )  # fmt: skip
        column.addWidget(self.loaded, 1)
        row = QHBoxLayout()
        row.addWidget(Button("Открыть список ШНОР", lambda: self._leave("tab_school_list"), icon="list-search"))
        row.addWidget(Button("Замечания к данным…", lambda: self._leave("problems"), icon="alert-triangle"))
        row.addWidget(Button("Загрузить ещё…", self._more, icon="upload"))
        row.addStretch(1)
        column.addLayout(row)
        return page

    # --- files ---------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        found = self.session.dialogs.open_files("Загрузить файлы", PATTERNS)
        self.add_paths(found or [])

    def _ask_folder(self) -> None:
        found = self.session.dialogs.open_folder("Выбрать папку")
        self.add_paths([found] if found is not None else [])

    def add_paths(self, paths: list[Path]) -> None:
        """Take further files; folders are searched through beside the window: they may lie on a slow disk."""
        if any(path.is_dir() for path in paths):
            self.strip.begin("Ищу таблицы в папках", cancellable=False)
            self.session.job(self, lambda _job: folders.gather(paths), self._take_gathered, self.fail)
        else:
            self._take_gathered(Gathered(tuple(paths)))

    def _take_gathered(self, found: Gathered) -> None:
        self.strip.end()
        known = {entry.path for entry in self.entries}
        self.entries += [Entry(path) for path in found.files if path not in known]
        self._show_files()
        if found.problems:
            grave = any(item.level == "error" for item in found.problems)
            self.bar.show_message("warn" if grave else "info", " ".join(item.message for item in found.problems))

    def _remove(self) -> None:
        gone = self.files.selected()
        self.entries = [entry for entry in self.entries if entry not in gone]
        self._show_files()

    def _show_files(self) -> None:
        self.files.set_rows(self.entries)
        self._enable()

    def _enable(self) -> None:
        if self.step == 0:
            self.next.setEnabled(bool(self.entries) and not self._busy)
            self.add.setVisible(bool(self.entries))
            self.drop.setVisible(bool(self.entries))
        elif self.step == 1:
            self.next.setEnabled(bool(self._ready()) and not self._busy)
            self.next.setText(self._verb())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if event.mimeData().hasUrls() and self.step == 0:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add dropped files."""
        self.add_paths([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    # --- reading -------------------------------------------------------------------------------------------------

    def _read(self, entries: list[Entry]) -> None:
        """Read some files in a child process; the scales that a mark needs come from the file first."""
        self.bar.clear()
        self._busy, self._told = True, ""
        self._enable()
        self.strip.begin("Читаю файлы")
        self.take(self.session.desk.read(results.references_in_force), lambda known: self._read_with(entries, known))

    def _read_with(self, entries: list[Entry], known: Known) -> None:
        def work(job: Job) -> list[FileReading]:
            found: list[FileReading] = []
            # files with the same answers share one child
            for hints, lot in groupby(entries, key=lambda entry: entry.hints):
                if job.cancelled():
                    break
                paths = [entry.path for entry in lot]
                size, before, all_of_them = len(paths), len(found), len(entries)

                def tell(
                    name: str, done: int, total: int, size: int = size, before: int = before, whole: int = all_of_them
                ) -> None:
                    part = round(100 * size * done / total) if total else 0
                    job.progress(name, before * 100 + part, whole * 100)

                tell(paths[0].name, 0, 1)
                found += results.read(paths, hints, known, tell, job.cancelled)
            return found

        self._job = self.session.job(
            self, work, lambda readings: self._take_readings(entries, readings), self.fail, self.strip.tell
        )

    def fail(self, error: UserError) -> None:
        """Show an expected failure; the verb of the step can be pressed again."""
        self._busy = self._left > 0  # files that are being written go on
        super().fail(error)
        self._enable()

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def done(self, code: int) -> None:
        """Close; nobody waits for what is still being read."""
        self._cancel()
        super().done(code)

    def _take_readings(self, entries: list[Entry], readings: list[FileReading]) -> None:
        self._busy = False
        self.strip.end()
        # a file whose reading was stopped is as it was before
        whole = [
            (e, r) for e, r in zip(entries, readings, strict=False) if not (r.refused and r.refused.code == STOPPED)
        ]
        for entry, reading in whole:
            entry.reading, entry.plan, entry.trouble = reading, None, ""
        if len(whole) < len(entries):
            self.bar.show_message("info", "Чтение остановлено: прочитаны не все файлы.")
            self._enable()
            return
        if self.step == 0:
            self.show_step(1)
        self._preview_all()

    def _read_again(self) -> None:
        """Read once more what was refused: a reader that died may have died of a crowded memory."""
        refused = [entry for entry in self.entries if entry.cause]
        if self.step == 2:
            self.entries = [entry for entry in self.entries if not entry.done]
            self.show_step(1)
        if refused:
            self._read(refused)

    # --- what would happen ---------------------------------------------------------------------------------------

    def options_of(self, entry: Entry) -> Options:
        """Return how unknown schools of a file are treated."""
        return Options(
            create_schools=self.create_all.isChecked(),
            all_own=self.all_own.isChecked(),
            decisions=dict(entry.decisions),
            fewer=entry.fewer,
        )

    def _preview_all(self) -> None:
        self._turn += 1
        turn = self._turn
        for entry in self.entries:
            if entry.reading is not None:
                future = self.session.desk.read(results.preview, entry.reading, self.options_of(entry))
                self.take(future, partial(self._take_plan, turn, entry))
        self._show_plans()

    def _take_plan(self, turn: int, entry: Entry, plan: Plan) -> None:
        if turn == self._turn:
            entry.plan = plan
            self._show_plans()

    def _show_plans(self) -> None:
        self.plans.set_rows(self.entries)
        self._enable()
        planned = [entry for entry in self.entries if entry.plan is not None]
        refusal = refusal_of(self.entries)
        if refusal:
            self._tell_refusal(refusal)
        elif planned and not any(entry.brings_something for entry in planned):
            self.bar.show_message(
                "info", "Ни одна школа файла не найдена: укажите, какие это школы, или заведите их все."
            )
        elif any(self._replaces(entry) for entry in planned):
            self._tell_second_registry(next(entry for entry in planned if self._replaces(entry)))
        elif not self._busy:
            self.bar.clear()

    @staticmethod
    def _replaces(entry: Entry) -> bool:
        """Tell whether a file is a registry that would be written over ours."""
        return entry.plan is not None and entry.plan.second_registry and not entry.done

    def _tell_second_registry(self, entry: Entry) -> None:
        """Lead to the comparison; tell it once a file."""
        words = (
            f"В реестре уже есть школы. Загрузка файла «{entry.path.name}» перепишет их названия, а закрытых и "
            "объединённых школ не заметит. Лучше сверить: о каждой школе решите вы."
        )
        if words != self._told and not self._busy:
            self._told = words
            self.bar.show_message("warn", words, ("Сверить с реестром…", partial(self._compare_instead, entry)))

    def _compare_instead(self, entry: Entry) -> None:
        """Open the comparison with the same file; it is not loaded here any more."""
        self.entries = [other for other in self.entries if other is not entry]
        self.session.go("compare_registry", entry.reading)
        if self.entries:
            self._show_plans()
        else:
            self.close()

    def _tell_refusal(self, refusal: str) -> None:
        """Tell it once a reading: who closed the message has read it."""
        if refusal != self._told and not self._busy:
            self._told = refusal
            repairs = [("Прочитать ещё раз", self._read_again)]
            if self.step == 1 and self._shown is not None and self._shown.markable:
                repairs = [("Разметить таблицу…", self._mark)]
            self.bar.show_message("bad", refusal, *repairs)

    def _show_entry(self, entry: Entry | None) -> None:
        if entry is None or entry.reading is None:
            return
        plan = entry.plan
        fresh = entry is not self._shown or (plan is not None and not self._planned)
        self._shown, self._planned = entry, plan is not None
        self.otherwise.setEnabled(entry.explainable)
        self.questions.show_questions(entry.reading.questions if entry.asks else (), entry.hints)
        self.unknown.show_unknown(plan.unknown if plan else (), entry.decisions, fresh=fresh)
        self.changes.set_rows(plan.changes if plan else ())
        problems = plan.problems if plan else ((entry.reading.refused,) if entry.reading.refused else ())
        self.findings.set_rows(problems)
        self.unmarked.show_sheets(entry.reading.grid if entry.markable else ())
        sizes = (
            len(entry.reading.questions) if entry.asks else 0, len(plan.unknown) if plan else 0, len(problems),
            len(plan.changes) if plan else 0, int(entry.markable), plan.rows_fewer if plan else 0,
        )  # fmt: skip
        self.fewer.show_plan(sizes[5], entry.fewer)
        for place, (title, size) in enumerate(zip(TABS, sizes, strict=True)):
            self.tabs.setTabText(place, f"{title} {size}" if size and place != 4 else title)
            self.tabs.setTabVisible(place, bool(size) or place == 2)
        if fresh:
            first = (
                4
                if entry.markable
                else 5
                if entry.asks_fewer
                else next((place for place, size in enumerate(sizes) if size), 2)
            )
            self.tabs.setCurrentIndex(first)

    def _answered(self, hints: Hints) -> None:
        entry = self._shown
        if entry is not None:
            entry.hints = hints
            self._read([entry])

    # --- a table that nobody knows -------------------------------------------------------------------------------

    def _mark(self) -> None:
        """Open the window in which a person says what the columns are; also of a file that was recognised."""
        entry = self._shown
        if entry is not None and entry.explainable:
            self.take(self.session.desk.read(results.references_in_force), partial(self._mark_with, entry))

    def _plan_actions(self) -> list[RowAction | None]:
        entry = self._shown
        return [("Разметить иначе…", self._mark)] if entry is not None and entry.explainable else []

    def _mark_with(self, entry: Entry, known: Known) -> None:
        if entry.reading is not None and entry.markable:
            self._open_marking(entry, known, None, entry.reading)
            return
        path = entry.path
        self.strip.begin("Читаю листы", cancellable=False)
        self.session.job(
            self, lambda _job: results.look(path, known), partial(self._open_marking, entry, known, entry.reading),
            self.fail,
        )  # fmt: skip

    def _open_marking(self, entry: Entry, known: Known, as_read: FileReading | None, grid: FileReading) -> None:
        from app.ui.windows.marking import MarkingWindow

        self.strip.end()
        if not grid.grid:
            words = grid.refused.message if grid.refused is not None else "В файле нет ни одной заполненной ячейки."
            self.bar.show_message("bad", words)
            return
        self.marking = MarkingWindow(self.session, grid, known, entry.hints, self, as_read=as_read)
        self.marking.saved.connect(partial(self._marked, entry))
        self.marking.show()

    def _marked(self, entry: Entry, hints: Hints) -> None:
        """A marking has been kept: read this file by it, and the other unknown ones, which may be of the same kind."""
        entry.hints = hints
        self._read([entry, *(other for other in self.entries if other is not entry and other.markable)])

    def _decided_fewer(self, choice: Fewer) -> None:
        """A person said what becomes of counts of which the file has fewer participants."""
        if self._shown is not None:
            self._shown.fewer = choice
            self._again.start()

    def _decided(self, key: str, decision: Decision | None) -> None:
        """A person said which school is meant; other files with the same school hear of it too."""
        for entry in self.entries:
            if decision is None:
                entry.decisions.pop(key, None)
            elif entry.plan is not None and any(item.key == key for item in entry.plan.unknown):
                entry.decisions[key] = decision
        self._again.start()

    # --- loading -------------------------------------------------------------------------------------------------

    def _ready(self) -> list[Entry]:
        waiting = [e for e in self.entries if e.brings_something and not e.refused and not e.done]
        return [e for e in waiting if not e.asks and not e.asks_fewer]

    def _verb(self) -> str:
        ready = len(self._ready())
        return f"Загрузить {count(ready, 'файл', 'файла', 'файлов')}" if ready else "Загрузить"

    def _load(self) -> None:
        ready = self._ready()
        self._left = len(ready)
        self._busy = True
        size = sum(entry.reading.size for entry in ready if entry.reading is not None)
        self.take(self.session.written(maintenance.backup_before_import, size), None)
        self.strip.begin("Загружаю", cancellable=False)
        self.next.setEnabled(False)
        for entry in ready:
            if entry.reading is not None:
                future = self.session.written(results.load, entry.reading, self.options_of(entry))
                if future is not None:
                    self.session.runner.take(
                        future, partial(self._loaded, entry, len(ready)),
                        partial(self._not_loaded, entry, len(ready)), owner=self,
                    )  # fmt: skip

    def _loaded(self, entry: Entry, total: int, plan: Plan) -> None:
        entry.plan = plan
        entry.done = plan.accepted
        self._one_less(entry, total)

    def _not_loaded(self, entry: Entry, total: int, error: UserError) -> None:
        """One file that could not be written must not keep the others waiting."""
        entry.trouble = f"{error.what} {error.cure}".strip()
        self._one_less(entry, total)

    def _one_less(self, entry: Entry, total: int) -> None:
        self._left -= 1
        self.strip.tell(entry.path.name, total - self._left, total)
        if self._left == 0:
            self.strip.end()
            self._busy = False
            self._finish()

    def _finish(self) -> None:
        done = [entry for entry in self.entries if entry.done]
        new = sum(entry.plan.rows_new for entry in done if entry.plan)
        changed = sum(entry.plan.rows_changed for entry in done if entry.plan)
        left = sum(problems_of(entry) for entry in done)
        verb = plural(len(done), "Загружен", "Загружены", "Загружено")
        text = f"{verb} {count(len(done), 'файл', 'файла', 'файлов')}: новых строк {new}, изменено {changed}."
        if left:
            text += f" {count(left, 'замечание ждёт', 'замечания ждут', 'замечаний ждут')} проверки."
        rest = len(self.entries) - len(done)
        if rest:
            verb = plural(rest, "Не загружен", "Не загружены", "Не загружено")
            text += f" {verb} {count(rest, 'файл', 'файла', 'файлов')}: причина в столбце «Состояние»."
        self.outcome.setText(text)
        self.loaded.set_rows(self.entries)
        self.show_step(2)
        self._told = ""
        refusal = refusal_of(self.entries)
        if refusal:
            self._tell_refusal(refusal)

    def _leave(self, place: str) -> None:
        self.session.go(place)
        self.close()

    def _more(self) -> None:
        self.entries = [entry for entry in self.entries if not entry.done]
        self.show_step(0)
        self._show_files()
