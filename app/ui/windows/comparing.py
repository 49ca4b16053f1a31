"""Comparing our registry with that of another year: read a file, decide school by school, write it at once."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from app.errors import UserError
from app.models.journal import OperationRecord
from app.operations import history, registry_changes, results, schools
from app.operations.registry_changes import ACTION_WORDS, Applied, Decision, RegistryChanges, Wanted
from app.operations.results import FileReading, Hints, Known
from app.texts import count, quoted, ru_date, school_year
from app.ui import theme
from app.ui.dialogs import Choice
from app.ui.run import Job
from app.ui.session import Session
from app.ui.widgets.basics import Button, Card, Combo, beside
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import ElidedLabel, Label
from app.ui.windows.base import Wizard
from app.ui.windows.comparing_lines import decisions_of, key_of
from app.ui.windows.comparing_table import ORDER, DecisionTable
from app.ui.windows.import_parts import QuestionsPanel

PATTERNS = "Таблицы (*.xlsx *.xlsm *.xls *.ods *.csv *.txt);;Все файлы (*)"
SUBJECTS = frozenset({"organisation", "organisation_code", "organisation_alias", "organisation_link", "area"})
"""What the comparison depends on."""
MOST_AT_ONCE = 3000
"""A larger registry is not compared anew by itself: it takes seconds."""
STOPPED = "IMP_CANCELLED"
YEARS_BACK = 6


class ComparingWindow(Wizard):
    """A registry of another year beside ours."""

    steps = ("Файл и учебный год", "Что изменилось")
    guide = ("01-школы", "Сверить с реестром другого года")

    def __init__(self, session: Session, source: Path | FileReading | None, parent: QWidget | None = None) -> None:
        self.path = source if isinstance(source, Path) else None
        self.reading = source if isinstance(source, FileReading) else None
        self.found: RegistryChanges | None = None
        self._hints = Hints("schools")
        self._busy = False
        self._job: Job | None = None
        self._turn = 0
        super().__init__(session, "Сверить с реестром другого года", parent, size=(1326, 700))
        self.setAcceptDrops(True)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(0)
        self._again.timeout.connect(self._compare)
        self.strip.cancelled.connect(self._cancel)
        session.changed.connect(self.touched)
        self._show_file()

    # --- steps -----------------------------------------------------------------------------------------------------

    def make_step(self, step: int) -> QWidget:
        """Return the page of a step."""
        return (self._file_step, self._changes_step)[step]()

    def enter_step(self, step: int) -> None:
        """Name the verb of the step."""
        self.away.setText("Закрыть")
        self.next.setText("Сверить" if step == 0 else "Записать принятое…")
        for widget in (self.state, self.from_file):
            widget.setVisible(step == 1)
        self._enable()

    def go_on(self) -> None:
        """Read and compare, then write."""
        if self.step == 1:
            self._ask_and_write()
        elif self.reading is None:
            self._read()
        else:
            self._compare()

    def _file_step(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().px(10))
        column.addWidget(
            Label(
                "Программа сравнит таблицу школ с реестром и назовёт новые школы, закрытые, переименованные, "
                "объединённые и те, у которых сменился код. Потом вы решите о каждой. До «Записать принятое…» ничего "
                "не изменится.", wrap=True,
            )
        )  # fmt: skip
        self.name = ElidedLabel("", "strong", mode=Qt.TextElideMode.ElideMiddle)
        self.pick = Button("Выбрать другой файл…", self._ask_file, icon="folder-open")
        self.year = Combo("Учебный год, который в файле")
        first = self.session.school_year
        years = range(first + 1, first - YEARS_BACK, -1)
        self.year.fill([(school_year(year), year) for year in years], first)
        self.all_own = QCheckBox("Все школы файла — наши (файл одного муниципалитета или целого региона)")
        self.form = Card(pad=14)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.current().px(12))
        grid.setVerticalSpacing(theme.current().px(8))
        grid.setColumnStretch(1, 1)
        grid.addWidget(Label("Файл", "muted"), 0, 0)
        grid.addLayout(beside(self.name, self.pick, stretch=(1,)), 0, 1)
        grid.addWidget(Label("Учебный год в файле", "muted"), 1, 0)
        grid.addWidget(self.year, 1, 1, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(self.all_own, 2, 1)
        self.form.body.addLayout(grid)
        column.addWidget(self.form)
        self.nothing = EmptyState(
            "file-search", "Файл ещё не выбран",
            "Перетащите сюда реестр другого года или выберите его. Подойдёт таблица Excel или CSV со столбцом "
            "«Название».",
            ("Выбрать файл…", self._ask_file),
        )  # fmt: skip
        column.addWidget(self.nothing, 1)
        self.questions = QuestionsPanel(self._answered)
        self.questions.hide()
        column.addWidget(self.questions)
        column.addStretch(1)
        return page

    def _changes_step(self) -> QWidget:
        px = theme.current().px
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        self.facts = ElidedLabel("")
        self.day = QLineEdit()
        self.day.setAccessibleName("С какого дня")
        self.day.setFixedWidth(px(104))
        self.decisions = DecisionTable(self.session, lambda: self.day.text().strip(), self.fail)
        self.decisions.decided.connect(self._enable)
        self.decisions.told.connect(self.bar.show_message)
        self.day.textChanged.connect(lambda _text: self.decisions.redraw())
        column.addLayout(beside(self.facts, Label("С какого дня", "muted"), self.day, stretch=(1,)))
        column.addWidget(self.decisions, 1)
        self.state = Label("", "muted")
        self.from_file = Button("Решения из файла…", self._ask_decisions, icon="upload")
        self.buttons.insertWidget(0, self.from_file)
        self.buttons.insertWidget(1, self.state)
        return page

    def focus_main(self) -> None:
        """Put the keyboard onto what comes next: choosing a file, the verb, the table."""
        if self.step == 1:
            self.decisions.table.focus_table()
        elif self.next.isEnabled():
            self.next.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.nothing.button is not None:
            self.nothing.button.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- the file --------------------------------------------------------------------------------------------------

    def _ask_file(self) -> None:
        found = self.session.dialogs.open_files("Сверить с реестром другого года", PATTERNS, several=False)
        if found:
            self.take_file(found[0])

    def take_file(self, path: Path) -> None:
        """Take another file; what was decided about the one before is forgotten."""
        self._cancel()
        self.path, self.reading, self._hints = path, None, Hints("schools")
        self.found = None
        self.decisions.forget()
        self.questions.hide()
        self.bar.clear()
        self._show_file()

    def _show_file(self) -> None:
        name = self.reading.name if self.reading is not None else self.path.name if self.path is not None else ""
        self.name.setText(name)
        self.form.setVisible(bool(name))
        self.nothing.setVisible(not name)
        self._enable()
        self.focus_main()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a file."""
        if event.mimeData().hasUrls() and self.step == 0:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the dropped file."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            self.take_file(paths[0])

    def _answered(self, hints: Hints) -> None:
        self._hints = hints
        self._read()

    def _read(self) -> None:
        """Read the file in a child process; what a reader must know comes from our file first."""
        self.bar.clear()
        self._work("Читаю файл")
        self.take(self.session.desk.read(results.references_in_force), self._read_with)

    def _read_with(self, known: Known) -> None:
        path, hints = self.path, self._hints
        if path is None:
            return

        def work(job: Job) -> list[FileReading]:
            return results.read([path], hints, known, job.progress, job.cancelled)

        self._job = self.session.job(self, work, self._take_reading, self.fail, self.strip.tell)

    def _take_reading(self, found: list[FileReading]) -> None:
        self._rest()
        reading = found[0] if found else None
        if reading is None or (reading.refused is not None and reading.refused.code == STOPPED):
            self.bar.show_message("info", "Чтение остановлено.")
        elif reading.refused is not None:
            repairs = [("Разметить таблицу…", partial(self._mark, reading))] if reading.grid else []
            self.bar.show_message("bad", reading.refused.message, *repairs)
        elif reading.questions:
            self.questions.show_questions(reading.questions, self._hints)
            self.questions.show()
            self.bar.show_message("info", "Ответьте на вопрос о файле.")
        else:
            self.questions.hide()
            self.reading = reading
            self._compare()

    def _mark(self, reading: FileReading) -> None:
        """Let a person say what the columns of a table are that nobody knows."""
        self.take(self.session.desk.read(results.references_in_force), partial(self._mark_with, reading))

    def _mark_with(self, reading: FileReading, known: Known) -> None:
        from app.ui.windows.marking import MarkingWindow

        self.marking = MarkingWindow(self.session, reading, known, self._hints, self)
        self.marking.saved.connect(self._answered)
        self.marking.show()

    # --- comparing -------------------------------------------------------------------------------------------------

    def _compare(self) -> None:
        """Compare on the reading thread; a later turn makes the answer of an earlier one void."""
        if self.reading is None:
            return
        self._turn += 1
        self._work("Сверяю с реестром")
        self.strip.now.setText(count(len(self.reading.schools), "строка", "строки", "строк"))
        future = self.session.desk.read(
            registry_changes.compare, self.reading, int(self.year.currentData()), all_own=self.all_own.isChecked()
        )
        self.take(future, partial(self._take_changes, self._turn))

    def _take_changes(self, turn: int, found: RegistryChanges) -> None:
        if turn != self._turn:
            return
        self._rest()
        other_year = self.found is None or self.found.school_year != found.school_year
        self.found = found
        if other_year:
            self.day.setText(ru_date(f"{found.school_year}-09-01"))
        if self.step == 0:
            self.show_step(1)
        self._show_facts(found)
        self.decisions.show_changes(found.changes)

    def _show_facts(self, found: RegistryChanges) -> None:
        parts = [
            f"{quoted(found.name)}, {school_year(found.school_year)}",
            f"узнано по коду {found.by_code}, по названию {found.by_name}",
            f"без изменений {found.unchanged}",
        ]
        if found.others:
            parts.append(f"школ других муниципалитетов, которых у нас нет: {found.others}")
        if found.skipped:
            parts.append(f"закрытых, которых у нас нет: {found.skipped}")
        self.facts.setText(" · ".join(parts))

    def touched(self, tables: object) -> None:
        """The registry has changed, here or in another window: compare anew."""
        if self.step != 1 or self.reading is None or not (cast("frozenset[str]", tables) & SUBJECTS):
            return
        if len(self.reading.schools) <= MOST_AT_ONCE:
            self._again.start()
        else:
            self.bar.show_message("info", "Реестр изменился.", ("Сверить ещё раз", self._compare))

    # --- work that takes time --------------------------------------------------------------------------------------

    def _work(self, words: str) -> None:
        self._busy = True
        self.strip.begin(words)
        self._enable()

    def _rest(self) -> None:
        self._busy, self._job = False, None
        self.strip.end()
        self._enable()

    def _cancel(self) -> None:
        """Nobody waits any longer for what is being read or compared."""
        self._turn += 1
        if self._job is not None:
            self._job.cancel()
        elif self._busy:
            self._rest()

    def fail(self, error: UserError) -> None:
        """Show an expected failure; the verb can be pressed again."""
        self._rest()
        super().fail(error)

    # --- decisions from a file -------------------------------------------------------------------------------------

    def _ask_decisions(self) -> None:
        found = self.session.dialogs.open_files("Решения из файла", "Решения (*.json)", several=False)
        if found:
            self.session.job(self, lambda _job: registry_changes.read_decisions(found[0]), self._resolve, self.fail)

    def _resolve(self, wanted: dict[str, Wanted]) -> None:
        self.take(self.session.desk.read(registry_changes.resolve, wanted), self._take_decisions)

    def _take_decisions(self, found: dict[str, Decision]) -> None:
        taken = self.decisions.take(found)
        words = f"Взято решений: {taken}."
        if taken < len(found):
            words += f" Не подошло {len(found) - taken}: таких отличий здесь нет или действие для них другое."
        self.bar.show_message("warn" if taken < len(found) else "ok", words)

    # --- writing ---------------------------------------------------------------------------------------------------

    def _state(self) -> str:
        total, left = len(self.decisions.lines), self.decisions.undecided
        if not total:
            return ""
        return f"Решено {total - left} из {total}. Без решения {left}: они не изменятся." if left else "Решено всё."

    def _enable(self) -> None:
        if not hasattr(self, "state") or not hasattr(self, "next"):
            return
        if self.step == 0:
            self.next.setEnabled(not self._busy and (self.path is not None or self.reading is not None))
            self.pick.setEnabled(not self._busy)
            return
        free = not self._busy and not self.session.desk.read_only
        self.state.setText(self._state())
        self.next.setEnabled(free and bool(self.decisions.to_write))
        self.from_file.setEnabled(free and bool(self.decisions.lines))
        self.decisions.set_free(free)

    def _ask_and_write(self) -> None:
        troubled = next((line for line in self.decisions.lines if line.trouble), None)
        if troubled is not None:
            self.decisions.table.clear_filters()
            self.decisions.table.choose(key_of(troubled))
            name = quoted(troubled.change.before or troubled.change.after or "")
            self.bar.show_message("warn", f"{name}. {troubled.trouble}")
            return
        try:
            day = schools.iso_date(self.day.text())
        except UserError as error:
            self.fail(error)
            self.day.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        choices = [Choice("write", "Записать"), Choice("back", "Вернуться к таблице")]
        if self.session.dialogs.choose("Записать принятое", self._told(), choices) == "write":
            self._write(day)

    def _told(self) -> str:
        """Say what is about to be written."""
        actions = [line.action for line in self.decisions.to_write]
        told = [
            f"{ACTION_WORDS[action].capitalize()}: {actions.count(action)}." for action in ORDER if action in actions
        ]
        if self.decisions.undecided:
            told.append(f"Без решения останется: {self.decisions.undecided}, эти школы не изменятся.")
        told.append("Всё принятое — одно действие, его можно отменить.")
        return "\n".join(told)

    def _write(self, day: str) -> None:
        if self.found is None:
            return
        decisions = {
            key: Decision(decision.action, decision.school_id, decision.on_date or day)
            for key, decision in decisions_of(self.decisions.lines).items()
        }
        self._busy = True
        self.strip.begin("Записываю", cancellable=False)
        self._enable()
        self.take(self.session.written(registry_changes.apply, self.found, decisions), self._written)

    def _written(self, applied: Applied) -> None:
        self.decisions.unwritten = False
        self._rest()
        words = f"Записано одним действием: {count(sum(applied.counts.values()), 'школа', 'школы', 'школ')}."
        self.bar.show_message("ok", words, ("Отменить", partial(self._undo, applied.operation_id)))

    def _undo(self, operation_id: int | None) -> None:
        self.take(self.session.written(history.undo, operation_id), self._undone)

    def _undone(self, record: OperationRecord) -> None:
        self.decisions.unwritten = True
        self.bar.show_message("info", f"Отменено: {record.label}")

    # --- leaving ---------------------------------------------------------------------------------------------------

    def _may_leave(self) -> bool:
        """Ask where decisions would be lost."""
        left = self.decisions.to_write if self.decisions.unwritten else []
        if not left:
            return True
        number = count(len(left), "решение не записано", "решения не записаны", "решений не записано")
        answer = self.session.dialogs.choose(
            "Закрыть сверку", f"{number}. Если закрыть окно, их придётся принимать заново.",
            [Choice("stay", "Вернуться к таблице"), Choice("leave", "Закрыть без записи", dangerous=True)],
        )  # fmt: skip
        return answer == "leave"

    def reject(self) -> None:
        """Close by Esc or the button: not before a question where something was decided."""
        if self._may_leave():
            self.decisions.unwritten = False
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close with the file, without a question: the program waits for nobody then."""
        if not event.spontaneous():
            self.decisions.unwritten = False
        super().closeEvent(event)

    def done(self, code: int) -> None:
        """Close; nobody waits for what is still being read."""
        self._cancel()
        super().done(code)
