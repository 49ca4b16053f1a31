"""Packages of anybody, checked: a line each, what is wrong below; taking those that are sound."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from app.errors import Problem
from app.operations import package_check, package_region
from app.operations.package_check import PackageCheck
from app.operations.package_region import Taken
from app.texts import count
from app.ui.item_models.table_model import Column
from app.ui.run import Job
from app.ui.session import Session
from app.ui.theme import Kind
from app.ui.widgets.basics import Button
from app.ui.widgets.labels import Label
from app.ui.widgets.table import DataTable
from app.ui.windows.base import Window

_TONES: dict[str, Kind] = {"ok": "ok", "eyes": "warn", "refused": "bad"}
_LEVELS: dict[str, tuple[Kind, str]] = {
    "error": ("bad", "ошибка"), "warning": ("warn", "посмотреть"), "hint": ("none", "для сведения"),
}  # fmt: skip
LINES = (
    Column("file", "Файл", lambda c: c.path.name, 230, 3, middle=True, strong=True, tip=lambda c: str(c.path)),
    Column("who", "Муниципалитет", lambda c: c.municipality or "—", 160, 2, middle=True),
    Column("period", "Период", lambda c: c.period or "—", 130, 1, middle=True),
    Column("papers", "Документов", lambda c: str(len(c.manifest.get("papers", ()))), 92, kind="number"),
    Column("verdict", "Проверка", lambda c: package_check.VERDICT_WORDS[c.verdict], 150, kind="chip",
           chip=lambda c: _TONES[c.verdict]),
)  # fmt: skip
PROBLEMS = (
    Column("level", "Важность", lambda p: _LEVELS[p.level][1], 118, kind="chip", chip=lambda p: _LEVELS[p.level][0]),
    Column("message", "Что не так и что делать", lambda p: p.message, 520, 6, tip=lambda p: p.message),
)


class PackageCheckWindow(Window):
    """Archives and what is wrong with them; ``payload`` is («check» or «take», paths)."""

    guide: ClassVar[tuple[str, str]] = ("21-пакеты", "Проверить и принять")

    def __init__(
        self, session: Session, payload: tuple[str, tuple[Path, ...]], parent: QWidget | None = None
    ) -> None:  # fmt: skip
        what, paths = payload
        title = "Принять пакеты" if what == "take" else "Проверить пакеты"
        super().__init__(session, title, parent, size=(960, 620))
        self.checks: tuple[PackageCheck, ...] = ()
        self.table = DataTable(
            "package_checks", LINES, lambda c: str(c.path), habits=session.habits, title="Пакеты", filters=False
        )
        self.table.current_changed.connect(self._show_problems)
        self.problems = DataTable(
            "package_problems", PROBLEMS, id, habits=session.habits, title="Замечания", filters=False
        )
        self.head = Label("Замечания", "section")
        self.body.addWidget(self.table, 2)
        self.body.addWidget(self.head)
        self.body.addWidget(self.problems, 3)
        self.taking = Button("Принять", self.take_all, icon="download", kind="primary")
        self.taking.setEnabled(False)
        self.add_buttons(Button("Закрыть", self.accept), self.taking)
        self.taking.setVisible(what == "take")
        self.strip.begin("Проверяю пакеты")
        self._job = session.job(self, lambda job: self._check(job, paths), self._show, self.fail, self.strip.tell)
        self.strip.cancelled.connect(self._job.cancel)

    @staticmethod
    def _check(job: Job, paths: tuple[Path, ...]) -> tuple[PackageCheck, ...]:
        found = []
        for place, path in enumerate(paths):
            if job.cancelled():
                break
            job.progress(path.name, place, len(paths))
            found.append(package_check.check(path))
        return tuple(found)

    def _show(self, found: tuple[PackageCheck, ...]) -> None:
        self.strip.end()
        self.checks = found
        self.table.set_rows(found)
        if found:
            self.table.choose(str(found[0].path))
        sound = sum(one.verdict != "refused" for one in found)
        told = count(len(found), "пакет", "пакета", "пакетов")
        self.say(f"Проверено: {told}. Годится: {sound}." if found else "Проверка остановлена.")
        self.taking.setEnabled(bool(sound) and not self.session.desk.read_only)

    def _show_problems(self, chosen: PackageCheck | None) -> None:
        rows: tuple[Problem, ...] = () if chosen is None else chosen.problems
        self.problems.set_rows(rows)
        self.head.setText("Замечаний нет" if chosen is not None and not rows else "Замечания")

    def take_all(self) -> None:
        """Take every package that its check did not refuse."""
        self.taking.setEnabled(False)
        self.take(self.session.written(package_region.take, self.checks), self._taken)

    def _taken(self, done: tuple[Taken, ...]) -> None:
        taken = [one for one in done if one.key is not None]
        replaced = sum(one.replaced for one in taken)
        words = f"Принято: {count(len(taken), 'пакет', 'пакета', 'пакетов')}"
        words += f", из них вместо прежних: {replaced}" if replaced else ""
        rest = [one.why_not for one in done if one.key is None]
        if rest:
            self.bar.show_message("warn", f"{words}. {rest[0]}" + (f" И ещё {len(rest) - 1}." if rest[1:] else ""))
        else:
            self.bar.show_message("ok", f"{words}.")
