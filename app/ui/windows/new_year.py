"""«Новый учебный год»: what became of schools, what is carried over, what it breaks; then one operation."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.errors import UserError
from app.operations import new_year
from app.operations.new_year import Answers, Done, Preview, Start
from app.school_years import year_of
from app.texts import NBSP, school_year
from app.ui import theme
from app.ui.session import Session
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Card, Combo, Scroller, beside
from app.ui.widgets.chip import Chip
from app.ui.widgets.labels import ElidedLabel, Label
from app.ui.windows.base import Wizard
from app.ui.windows.new_year_schools import SchoolsStep

BREAK_KINDS: dict[str, tuple[Kind, str]] = {
    "warn": ("warn", "учтите"), "info": ("none", "заметьте"), "ok": ("ok", "в порядке"),
}  # fmt: skip
WIDEST = "заметьте   "
LAST_MONTH = 10
"""Until October the year that has begun is meant, after it the next one."""


def usual_year(session: Session) -> int:
    """Return the school year that is begun most likely now."""
    today = session.today()
    begun = year_of(today)
    return begun if begun == today.year and today.month <= LAST_MONTH else begun + 1


class NewYearWizard(Wizard):
    """Four steps; nothing is written before the last verb."""

    steps = ("Что стало со школами", "Что перенести", "Что учесть", "Что будет записано")
    guide = ("16-маршрут", "Новый учебный год")

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self.found: Start | None = None
        self.preview: Preview | None = None
        self.checks: dict[str, QCheckBox] = {}
        self.carry_asked = False
        self._turn = 0
        self._writing = False
        super().__init__(session, "Новый учебный год", parent, size=(1000, 640))
        session.changed.connect(self.touched)
        self.refresh()

    @property
    def school_year(self) -> int:
        """The year that begins."""
        return int(self.year.currentData())

    @property
    def answers(self) -> Answers:
        """What the person said until now."""
        carry = frozenset(key for key, check in self.checks.items() if check.isChecked())
        return replace(self.schools.found, carry=carry if self.carry_asked else None)

    # --- steps -----------------------------------------------------------------------------------------------------

    def make_step(self, step: int) -> QWidget:
        """Return the page of a step."""
        return (self._schools_step, self._carry_step, self._breaks_step, self._writes_step)[step]()

    @staticmethod
    def _page(*widgets: QWidget) -> tuple[QWidget, QVBoxLayout]:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().px(8))
        for widget in widgets:
            column.addWidget(widget)
        return page, column

    def _schools_step(self) -> QWidget:
        self.year = Combo("Какой год начинается")
        first = usual_year(self.session)
        self.year.fill([(school_year(year), year) for year in range(first - 1, first + 2)], first)
        self.year.currentIndexChanged.connect(lambda _place: self._other_year())
        self.schools = SchoolsStep(self.session, lambda: self.school_year)
        page, column = self._page()
        self.told = ElidedLabel("", "muted")
        self.compare = Button(
            "Сверить с реестром…", lambda: self.session.go("compare_registry"), icon="file-search", kind="link",
            tip="Найти отличия по таблице реестра: они записываются сразу, отдельным действием",
        )  # fmt: skip
        self.schools.changed.connect(self._tell_schools)
        asked = Label("Начинается учебный год", "muted")
        column.addLayout(beside(asked, self.year, self.told, self.compare, stretch=(0, 0, 1)))
        column.addWidget(self.schools, 1)
        return page

    def _carry_step(self) -> QWidget:
        self.carry = Scroller(spacing=6)
        card = Card("Перенести в новый год")
        card.body.addWidget(self.carry, 1)
        self.stays = Scroller(spacing=4)
        other = Card("Продолжается само")
        other.body.addWidget(self.stays, 1)
        page, column = self._page(card, other)
        column.setStretch(0, 5)
        column.setStretch(1, 2)
        return page

    def _breaks_step(self) -> QWidget:
        self.breaks = Scroller(spacing=6)
        card = Card("Что нельзя будет сравнивать и что останется недоделанным")
        card.body.addWidget(self.breaks, 1)
        return self._page(card)[0]

    def _writes_step(self) -> QWidget:
        self.writes = Scroller(spacing=6)
        card = Card("Что будет записано")
        card.body.addWidget(self.writes, 1)
        note = Label("Всё записывается одним действием: Ctrl+Z вернёт файл к тому, как он был.", "muted", wrap=True)
        return self._page(card, note)[0]

    def enter_step(self, step: int) -> None:
        """Name the verb of the step and get its page ready."""
        last = step == len(self.steps) - 1
        self.next.setText(f"Начать {school_year(self.school_year)}" if last else "Далее")
        if step == 1:
            self._show_carry()
        elif step >= 2:
            self._ask_preview()
        self._enable()

    def focus_main(self) -> None:
        """Begin in the table of schools."""
        if self.step == 0 and self.schools.isVisible():
            self.schools.table.focus_table()
        else:
            super().focus_main()

    def _enable(self) -> None:
        if not hasattr(self, "next"):
            return
        ready = self.found is not None and not self.session.desk.read_only
        if self.step >= 2:
            ready = ready and self.preview is not None
        if self.step == len(self.steps) - 1:
            ready = ready and self.preview is not None and bool(self.preview.writes)
        self.next.setEnabled(ready)

    # --- reading -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read how the file stands now: comparing with a registry may have changed it meanwhile."""
        self._turn += 1
        turn = self._turn
        self.take(self.session.desk.read(new_year.start, self.school_year), lambda found: self._show(turn, found))

    def _tell_schools(self) -> None:
        said = self.schools.found
        nothing = "Скажите только о тех школах, с которыми что-то произошло."
        self.told.setText(f"Отмечено: {self.schools.sentence}." if said.schools or said.fresh else nothing)

    def _other_year(self) -> None:
        self.checks.clear()
        self.carry_asked = False
        self.schools.other_year()
        self.refresh()

    def _show(self, turn: int, found: Start) -> None:
        if turn != self._turn:
            return
        self.found = found
        self.schools.show_schools(found.schools)
        if self.step == 1:
            self._show_carry()
        self._enable()

    def _show_carry(self) -> None:
        if self.found is None:
            return
        self.carry_asked = True
        chosen = {key: check.isChecked() for key, check in self.checks.items()}
        self.carry.clear()
        self.checks = {}
        lines = [line for line in self.found.carry if line.number]
        width = 0
        for line in lines:
            check = QCheckBox(f"{line.title}: {line.number}")
            check.setChecked(chosen.get(line.key, line.usual))
            self.checks[line.key] = check
            width = max(width, check.sizeHint().width())
        for line in lines:
            check = self.checks[line.key]
            check.setFixedWidth(width + theme.current().px(12))
            row = QWidget()
            row.setLayout(beside(check, Label(line.hint, "muted", wrap=True), stretch=(0, 1)))
            self.carry.column.addWidget(row)
        empty = [line.title for line in self.found.carry if not line.number]
        if empty:
            names = ", ".join(title[:1].lower() + title[1:] for title in empty)
            self.carry.column.addWidget(Label(f"Переносить нечего: {names}.", "muted", wrap=True))
        self.carry.column.addStretch(1)
        self.stays.clear()
        for text in self.found.stays:
            self.stays.column.addWidget(Label(text, wrap=True))
        self.stays.column.addStretch(1)

    def _ask_preview(self) -> None:
        self.preview = None
        self._turn += 1
        turn = self._turn
        future = self.session.desk.read(new_year.preview, self.school_year, self.answers)
        self.take(future, lambda found: self._show_preview(turn, found))

    def _show_preview(self, turn: int, found: Preview) -> None:
        if turn != self._turn:
            return
        self.preview = found
        self.breaks.clear()
        for item in found.breaks:
            kind, word = BREAK_KINDS[item.level]
            self._line(self.breaks, kind, word, item.text)
        self.breaks.column.addStretch(1)
        self.writes.clear()
        for text in found.writes:
            self._line(self.writes, "info", "запишем", text)
        if not found.writes:
            self.writes.column.addWidget(Label(
                "Записывать нечего: школы те же, переносить ничего не выбрано.", "muted", wrap=True))  # fmt: skip
        self.writes.column.addStretch(1)
        self._enable()
        self.focus_main()

    @staticmethod
    def _line(scroller: Scroller, kind: Kind, word: str, text: str) -> None:
        place = QWidget()
        inside = QVBoxLayout(place)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(Chip(kind, word), 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        place.setFixedWidth(Chip(kind, WIDEST).sizeHint().width())
        line = QWidget()
        line.setLayout(beside(place, Label(text, wrap=True), stretch=(0, 1)))
        scroller.column.addWidget(line)

    # --- going on ----------------------------------------------------------------------------------------------------

    def go_on(self) -> None:
        """Go to the next step; at the last one write."""
        if self.step < len(self.steps) - 1:
            self.show_step(self.step + 1)
            return
        self._writing = True
        self.take(self.session.written(new_year.apply, self.school_year, self.answers), self._written)

    def touched(self, tables: object) -> None:
        """Read anew, but not what the last verb itself writes."""
        if not self._writing:
            super().touched(tables)

    def fail(self, error: UserError) -> None:
        """Show an expected failure; the steps stay as they are."""
        self._writing = False
        super().fail(error)

    def _written(self, _done: Done) -> None:
        year = self.school_year
        self.session.set_school_year(year)
        self.session.tell("ok", f"Начат {school_year(year)} учебный год. Отменить можно{NBSP}— Ctrl+Z.")
        self.accept()
