"""«Утвердить программу»: what will be frozen and what speaks against it, then the act; nothing is forbidden."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from app.models.store import Store
from app.operations import programme_life, programme_stage
from app.operations.agreement_grids import fits_date
from app.operations.programme_stage import Stage
from app.operations.schools import iso_date
from app.texts import NBSP, count, quoted
from app.ui import icons, theme
from app.ui.pages.agreement_grid import open_calendar
from app.ui.session import Session
from app.ui.theme import Kind
from app.ui.widgets.basics import Card, Scroller, beside
from app.ui.widgets.chip import Chip
from app.ui.widgets.labels import Label
from app.ui.windows.base import Wizard

FIELDS = (
    ("act_kind", "Вид документа", "постановление администрации"),
    ("act_number", "Номер", "214"),
    ("act_date", "Дата", "28.11.2026"),
)
FROZEN = (
    "Структура, план, показатели, деньги и сроки редакции",
    "Тексты и паспорт, таблицы и диаграммы анализа — как они есть сегодня",
    "Лист согласования и замечания с ответами",
)
MOST = 30


def approve(store: Store, key: int, act_kind: str, act_number: str, act_date: str) -> int:
    """Approve an edition. Errors: see ``programme_life.approve``."""
    return programme_life.approve(store, key, act_kind=act_kind, act_number=act_number, act_date=act_date)


class ApproveProgrammeWizard(Wizard):
    """Two steps: what will be frozen, by which act."""

    guide = ("10-программа", "Согласование")
    steps = ("Что будет утверждено", "Каким документом")

    def __init__(self, session: Session, payload: int | None = None, parent: QWidget | None = None) -> None:
        self.key = payload
        self.stage: Stage | None = None
        super().__init__(session, "Утвердить программу", parent, size=(760, 560))
        if payload is not None:
            self.take(session.desk.read(programme_stage.stage, payload, session.today()), self._show)

    def make_step(self, step: int) -> QWidget:
        """Return the page of a step."""
        return self._first() if step == 0 else self._second()

    def _first(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        card = Card("Что будет утверждено")
        self.lines = Scroller(spacing=6)
        card.body.addWidget(self.lines, 1)
        column.addWidget(card, 1)
        return page

    def _second(self) -> QWidget:
        px = theme.current().px
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        card = Card("Документ об утверждении")
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        self.edits: dict[str, QLineEdit] = {}
        for place, (key, title, hint) in enumerate(FIELDS):
            edit = QLineEdit()
            edit.setPlaceholderText(hint)
            edit.setAccessibleName(title)
            edit.textChanged.connect(lambda _text: self._check())
            self.edits[key] = edit
            grid.addWidget(Label(title, "muted"), 0, place)
            grid.addWidget(edit, 1, place)
            grid.setColumnStretch(place, 2 if place == 0 else 1)
        date_line = self.edits["act_date"]
        action = date_line.addAction(icons.icon("calendar-event", "muted"), QLineEdit.ActionPosition.TrailingPosition)
        action.setToolTip("Календарь")
        action.triggered.connect(lambda _on: open_calendar(date_line, QLineEdit.setText))
        card.body.addLayout(grid)
        self.trouble = Label("", "bad", wrap=True)
        card.body.addWidget(self.trouble)
        column.addWidget(card)
        self.summary = Label("", wrap=True)
        column.addWidget(self.summary)
        column.addWidget(Label(
            "После утверждения редакция не меняется. Ctrl+Z утверждение не отменяет: для этого есть «Отменить "
            "утверждение…» с указанием причины. Поправки вносят в новую редакцию.", "muted", wrap=True))  # fmt: skip
        column.addStretch(1)
        return page

    # --- showing -------------------------------------------------------------------------------------------------

    def _show(self, found: Stage) -> None:
        self.stage = found
        self.lines.clear()
        head = found.programme
        self._line(
            "info", "редакция", f"{quoted(head.title)}, редакция {head.edition}, {head.year_from}–{head.year_to}"
        )
        for text in FROZEN:
            self._line("ok", "войдёт", text)
        for text in found.missing:
            self._line("warn", "учтите", text)
        for item in [row for row in found.remarks if row.remark.state == "open"][:MOST]:
            self._line("warn", "замечание", f"{item.where}. {item.remark.text}")
        for finding in found.errors[:MOST]:
            self._line("bad", "ошибка", f"{finding.where}. {finding.reason}")
        if len(found.errors) > MOST:
            more = count(len(found.errors) - MOST, "ошибка", "ошибки", "ошибок")
            self._line("bad", "ошибка", f"И ещё {more}: смотрите вкладку «Проверка».")
        if found.missing or found.errors:
            self._line("none", "решаете вы", "Утвердить можно и так: ничего не запрещено.")
        self.lines.column.addStretch(1)
        self._check()
        self.focus_main()

    def _line(self, kind: Kind, word: str, text: str) -> None:
        place = QWidget()
        inside = QVBoxLayout(place)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(Chip(kind, word), 0, Qt.AlignmentFlag.AlignLeft)
        place.setFixedWidth(Chip(kind, "решаете вы").sizeHint().width())
        line = QWidget()
        line.setLayout(beside(place, Label(text, wrap=True), stretch=(0, 1)))
        self.lines.column.addWidget(line)

    def enter_step(self, step: int) -> None:
        """Name the verb of the step."""
        self.next.setText("Далее" if step == 0 else "Утвердить")
        if step == 1 and self.stage is not None:
            errors, waiting = len(self.stage.errors), self.stage.agreement.open_remarks
            parts = []
            if errors:
                parts.append(count(errors, "ошибка проверки", "ошибки проверки", "ошибок проверки"))
            if waiting:
                parts.append(count(waiting, "замечание без ответа", "замечания без ответа", "замечаний без ответа"))
            self.summary.setText(f"Остаётся: {', '.join(parts)}." if parts else "Замечаний и ошибок не осталось.")
        self._check()

    def focus_main(self) -> None:
        """Begin with the first line of the act."""
        if self.step == 1:
            empty = next((edit for edit in self.edits.values() if not edit.text()), self.edits["act_kind"])
            empty.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().focus_main()

    def _check(self) -> None:
        if not hasattr(self, "next"):
            return
        ready = self.stage is not None and not self.stage.programme.frozen and not self.session.desk.read_only
        if self.step == 1:
            day = self.edits["act_date"].text().strip()
            self.trouble.setText("" if not day or fits_date(day) else "Дата пишется так: 28.11.2026.")
            ready = ready and all(edit.text().strip() for edit in self.edits.values()) and fits_date(day)
        self.next.setEnabled(ready)

    def go_on(self) -> None:
        """Go to the act, then approve."""
        if self.step == 0:
            self.show_step(1)
            return
        values = {name: edit.text().strip() for name, edit in self.edits.items()}
        day = iso_date(values["act_date"])
        if self.key is not None:
            future = self.session.written(approve, self.key, values["act_kind"], values["act_number"], day)
            self.take(future, lambda _snapshot: self._approved(values))

    def _approved(self, values: dict[str, str]) -> None:
        act = f"{values['act_kind']} от{NBSP}{values['act_date']} №{NBSP}{values['act_number']}"
        self.session.tell("ok", f"Программа утверждена: {act}. Редакция больше не меняется.")
        self.accept()
