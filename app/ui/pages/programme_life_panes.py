"""«Утверждение»: what speaks against it, who may do it all the same; «Редакции»: each with its act and digest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.operations.programme_stage import Edition, Stage
from app.texts import count, ru_date
from app.ui import theme
from app.ui.item_models.table_model import Column
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Card, Row, Scroller, beside
from app.ui.widgets.chip import Chip
from app.ui.widgets.labels import Label
from app.ui.widgets.table import DataTable, RowAction

if TYPE_CHECKING:
    from app.ui.pages.programme_life_view import LifeView

MOST_ERRORS = 40
STATE_KINDS: dict[str, Kind] = {
    "draft": "none", "agreement": "info", "approved": "ok", "replaced": "none", "cancelled": "warn",
}  # fmt: skip
COLUMNS = (
    Column("edition", "Редакция", lambda row: str(row.programme.edition), 84, kind="number",
           sort=lambda row: row.programme.edition),
    Column("state", "Состояние", lambda row: row.state_word, 200, kind="chip",
           chip=lambda row: STATE_KINDS[row.state]),
    Column("act", "Чем утверждена", lambda row: row.act, 240, 3, 170, tip=lambda row: row.act),
    Column("approved", "Утверждена", lambda row: _day(row.programme.approved_on), 96,
           sort=lambda row: row.programme.approved_on),
    Column("cancelled", "Отменена", lambda row: _day(row.programme.cancelled_on), 96,
           tip=lambda row: row.programme.cancel_reason or ""),
    Column("digest", "Снимок", lambda row: row.digest[:12], 116, tip=lambda row: row.digest),
)  # fmt: skip


def _day(text: str | None) -> str:
    return ru_date(text) if text else ""


class ApprovalPane(Card):
    """What is missing, one line each; nothing of it forbids."""

    def __init__(self, view: LifeView) -> None:
        super().__init__("Утверждение")
        self.view = view
        self.lines = Scroller(spacing=6)
        self.body.addWidget(self.lines, 1)
        self.verb = Button("Утвердить…", view.approve, icon="circle-check")
        self.checks = Button("Открыть проверку", lambda: view.page.show_view("checks"), icon="checklist")
        self.body.addWidget(Row(self.verb, self.checks))

    def show_stage(self, stage: Stage, *, writable: bool) -> None:
        """Show what speaks against approval."""
        head = stage.programme
        self.lines.clear()
        if head.frozen:
            self._add("ok", "утверждена", "Программа утверждена и больше не меняется. Чтобы внести поправки, начните "
                      "новую редакцию.")  # fmt: skip
        for text in stage.missing:
            self._add("warn", "согласование", text)
        if not stage.agreement.parties and not head.frozen:
            self._add("none", "согласование", "В листе согласования никого нет.")
        for finding in stage.errors[:MOST_ERRORS] if not head.frozen else ():
            self._error(finding.where, finding.reason, finding.node_id, finding.section)
        more = len(stage.errors) - MOST_ERRORS
        if more > 0 and not head.frozen:
            self._add("bad", "ещё", f"Ещё {count(more, 'ошибка', 'ошибки', 'ошибок')}: все на вкладке «Проверка».")
        if not head.frozen:
            if not stage.missing and not stage.errors:
                self._add("ok", "готово", "Всё готово. Остались вид, номер и дата документа.")
            else:
                self._add("info", "решаете вы", "Утвердить можно и сейчас: ничего не запрещено.")
        self.lines.column.addStretch(1)
        self.verb.setText("Отменить утверждение…" if head.frozen else "Утвердить…")
        self.verb.setEnabled(not self.view.session.desk.read_only)
        del writable

    def _add(self, kind: Kind, word: str, text: str, button: Button | None = None) -> None:
        line = QWidget()
        place = QWidget()
        inside = QVBoxLayout(place)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(Chip(kind, word))
        place.setFixedWidth(Chip(kind, "согласование").sizeHint().width())
        parts = [place, Label(text, wrap=True), *([button] if button is not None else [])]
        line.setLayout(beside(*parts, stretch=(0, 1)))
        self.lines.column.addWidget(line)

    def _error(self, where: str, reason: str, node_id: int | None, section: str | None) -> None:
        button = None
        if node_id is not None:
            button = Button("Показать", lambda: self.view.page.show_node(node_id), kind="link")
        elif section:
            button = Button("Показать", lambda: self.view.page.show_section(section), kind="link")
        self._add("bad", "ошибка", f"{where}. {reason}", button)


class EditionsPane(QWidget):
    """All editions of the programme and what can be begun from one."""

    def __init__(self, view: LifeView) -> None:
        super().__init__()
        self.view = view
        self.table = DataTable(
            "programme_editions", COLUMNS, lambda row: row.programme.id, habits=view.session.habits, title="Редакции",
            filters=False,
        )  # fmt: skip
        self.table.activated.connect(lambda row: view.page.choose(row.programme.id))
        self.table.row_actions = self._actions
        self.renewing = Button("Новая редакция…", view.new_edition, icon="file-plus")
        self.comparing = Button("Сравнить редакции…", view.compare, icon="git-merge")
        self.copying = Button("Скопировать на новый период…", view.copy_period, icon="copy")
        line = QHBoxLayout()
        line.setSpacing(theme.current().px(8))
        for button in (self.renewing, self.comparing, self.copying):
            line.addWidget(button)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().px(8))
        column.addLayout(line)
        column.addWidget(self.table, 1)

    def show_stage(self, stage: Stage, *, writable: bool) -> None:
        """Show the editions."""
        self.table.set_rows(stage.editions)
        free = not self.view.session.desk.read_only
        newest = stage.editions[0].programme.id == stage.programme.id
        self.renewing.setEnabled(free and stage.programme.frozen and newest)
        self.renewing.setToolTip("" if self.renewing.isEnabled() else "Начинается от последней утверждённой редакции")
        self.comparing.setEnabled(len(stage.editions) > 1)
        self.copying.setEnabled(free)
        del writable

    def _actions(self) -> list[RowAction | None]:
        row: Edition | None = self.table.current()
        return [] if row is None else [("Показать эту редакцию", lambda: self.view.page.choose(row.programme.id))]

    def focus_main(self) -> None:
        """Put the keyboard into the table."""
        self.table.focus_table()
