"""A damaged file: what is readable, which copy is best, what would be lost; and restoring from a copy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.models.backup import Backup
from app.models.rescue import GoodCopy, RescueReport
from app.operations import maintenance
from app.texts import count
from app.ui.dialogs import Choice
from app.ui.item_models.table_model import Column
from app.ui.run import Job
from app.ui.session import Session
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Card
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import ElidedLabel, Label
from app.ui.widgets.table import DataTable
from app.ui.windows.base import Window

if TYPE_CHECKING:
    from app.ui.workspace import Workspace

FINDINGS = (
    ("not a database", "это больше не файл данных: испорчено его начало"),
    ("malformed", "нарушено строение файла"),
    ("disk i/o", "диск не читается"),
    ("encrypted", "это больше не файл данных: испорчено его начало"),
)
"""How the answers of a check are said to a person; the exact answer stands in the tooltip."""

PATTERN = "Файлы «Опоры» (*.opora)"


def finding_words(finding: str) -> str:
    """Say in Russian what a check answered; what is Russian already stays."""
    if any("а" <= letter <= "я" for letter in finding.lower()):
        return finding[:1].lower() + finding[1:].rstrip(".")
    return next((words for mark, words in FINDINGS if mark in finding.lower()), "нарушено содержание таблиц")


def _when(copy: Backup) -> str:
    return copy.at.strftime("%d.%m.%Y %H:%M")


def _lost(copy: GoodCopy) -> tuple[Kind, str]:
    if copy.lost_operations is None:
        return "none", "неизвестно"
    if copy.lost_operations == 0:
        return "ok", "ничего"
    return "warn", count(copy.lost_operations, "действие", "действия", "действий")


COPIES = (
    Column("when", "Когда сделана", lambda c: _when(c.backup), 140, 1, sort=lambda c: c.backup.at, strong=True),
    Column("reason", "Почему", lambda c: maintenance.REASON_WORDS.get(c.backup.reason, c.backup.reason), 160, 2),
    Column("lost", "Что потеряется", lambda c: _lost(c)[1], 150, 1, kind="chip", chip=lambda c: _lost(c)[0]),
    Column("name", "Файл", lambda c: c.backup.path.name, 240, 3, middle=True),
)
BACKUPS = (
    Column("when", "Когда сделана", _when, 140, 1, sort=lambda c: c.at, strong=True),
    Column("reason", "Почему", lambda c: maintenance.REASON_WORDS.get(c.reason, c.reason), 160, 2),
    Column("name", "Файл", lambda c: c.path.name, 260, 3, middle=True),
)


class RescueWindow(Window):
    """What can be saved; nothing is overwritten until a person decides."""

    guide = ("05-сохранность", "Файл повреждён")

    def __init__(self, session: Session, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(session, "Файл повреждён", parent, size=(860, 600))
        self._path = path
        card = Card("Что читается")
        self.state = Label("Смотрю файл…", wrap=True)
        self.readable = Label("", wrap=True)
        card.body.addWidget(self.state)
        card.body.addWidget(self.readable)
        self.body.addWidget(card)
        self.copies = DataTable(
            "rescue", COPIES, lambda c: str(c.backup.path), habits=session.habits, title="Исправные копии",
            filters=False,
            empty=EmptyState("lifebuoy", "Исправных копий нет", "Можно переписать уцелевшее в новый файл."),
        )  # fmt: skip
        self.restore = Button("Восстановить из копии…", self._restore, icon="history", kind="primary")
        self.copies.current_changed.connect(self._enable)
        self.body.addWidget(Label("Исправные копии, лучшая сверху", "strong"))
        self.body.addWidget(self.copies, 1)
        self.restore.setEnabled(False)
        self.salvage = Button("Переписать уцелевшее в новый файл…", self._salvage, icon="lifebuoy")
        self.add_buttons(Button("Закрыть", self.reject), self.restore, left=[self.salvage])
        self.say(f"«{path.name}». Пока вы не решите, ничего не переписывается.")

        def look(_job: Job) -> RescueReport:
            return maintenance.inspect_damaged(path)

        session.job(self, look, self._show, self.fail)

    def _show(self, report: RescueReport) -> None:
        self.state.setText(
            "Повреждений не найдено: попробуйте открыть файл ещё раз."
            if report.finding == "ok"
            else f"Файл повреждён: {finding_words(report.finding)}."
        )
        self.state.setToolTip(report.finding)
        lines = [
            f"{item.words}: {item.rows}" + ("" if item.complete else ", дальше не читается")
            for item in report.readable
            if item.rows or item.complete
        ]
        self.readable.setText("; ".join(lines) + "." if lines else "Ни одна таблица не читается.")
        self.copies.set_rows(report.copies)
        if report.broken_copies:
            words = count(
                len(report.broken_copies), "копия тоже повреждена", "копии тоже повреждены", "копий тоже повреждены"
            )
            self.bar.show_message("warn", f"{words} и не предлагается.")

    def _enable(self, copy: GoodCopy | None) -> None:
        self.restore.setEnabled(copy is not None)

    def _restore(self) -> None:
        copy: GoodCopy | None = self.copies.current()
        if copy is not None:
            restore_copy(self, self.session, copy.backup.path, self._path)

    def _salvage(self) -> None:
        suggested = self._path.with_name(f"{self._path.stem} (уцелевшее).opora")
        target = self.session.dialogs.save_file("Куда переписать уцелевшее", suggested, PATTERN)
        if target is None:
            return
        path = self._path
        self.strip.begin("Переписываю уцелевшее", cancellable=False)

        def work(_job: Job) -> dict[str, int]:
            return maintenance.salvage(path, target)

        self.session.job(self, work, lambda saved: self._salvaged(target, saved), self.fail)

    def _salvaged(self, target: Path, saved: dict[str, int]) -> None:
        self.strip.end()
        session = self.session
        rows = count(sum(saved.values()), "строка", "строки", "строк")
        self.bar.show_message(
            "ok",
            f"Уцелевшее переписано в «{target.name}»: {rows}.",
            ("Открыть", lambda: session.go("open_path", target)),
        )


class RestoreWindow(Window):
    """Copies of the open file, or of a file of one's choice."""

    guide = ("05-сохранность", "Копии")

    def __init__(self, session: Session, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(session, "Восстановить из копии", parent, size=(820, 540))
        self._workspace = workspace
        self._path: Path | None = session.desk.path
        row = QHBoxLayout()
        self.chosen = ElidedLabel("", "strong", mode=Qt.TextElideMode.ElideMiddle)
        row.addWidget(self.chosen, 1)
        row.addWidget(Button("Другой файл…", self._ask, icon="folder-open"))
        self.body.addLayout(row)
        self.table = DataTable(
            "backups", BACKUPS, lambda c: str(c.path), habits=session.habits, title="Копии файла", filters=False,
            empty=EmptyState("history", "Копий нет", "Копия делается при закрытии файла и перед большой загрузкой."),
        )  # fmt: skip
        self.restore = Button("Восстановить…", self._restore, icon="history", kind="primary")
        self.table.current_changed.connect(self._enable)
        self.body.addWidget(self.table, 1)
        self.restore.setEnabled(False)
        self.add_buttons(Button("Закрыть", self.reject), self.restore)
        self.say("Прежний файл не стирается, а откладывается в папку с копиями.")
        self._look()

    def _ask(self) -> None:
        found = self.session.dialogs.open_files("Файл, копии которого нужны", PATTERN, several=False)
        if found:
            self._path = found[0]
            self._look()

    def _look(self) -> None:
        path = self._path
        self.chosen.setText(str(path) if path else "Файл не выбран")
        if path is not None:

            def work(_job: Job) -> list[Backup]:
                return maintenance.backups(path)

            self.session.job(self, work, self.table.set_rows, self.fail)
        else:
            self.table.set_rows([])

    def _enable(self, copy: Backup | None) -> None:
        self.restore.setEnabled(copy is not None)

    def _restore(self) -> None:
        copy: Backup | None = self.table.current()
        path = self._path
        if copy is None or path is None:
            return
        if self.session.desk.path == path:
            session, source = self.session, copy.path
            self._workspace.close_file(lambda: restore_copy(None, session, source, path))
        else:
            restore_copy(self, self.session, copy.path, path)


def restore_copy(window: Window | None, session: Session, source: Path, target: Path) -> None:
    """Ask once more and restore; then the file is opened."""
    chosen = session.dialogs.choose(
        "Восстановить файл из копии",
        f"На место «{target.name}» встанет копия «{source.name}». Прежний файл отложится в папку с копиями.",
        [Choice("restore", "Восстановить"), Choice("cancel", "Отмена")],
    )
    if chosen != "restore":
        return

    def work(_job: Job) -> Path | None:
        return maintenance.restore(source, target)

    def done(_aside: Path | None) -> None:
        if window is not None:
            window.accept()
        session.go("open_path", target)

    session.job(session, work, done, window.fail if window is not None else None)
