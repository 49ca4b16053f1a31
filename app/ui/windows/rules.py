"""Rules as they are: the wording word for word, its source, our reading, the grounds."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.analysis.rule_model import Rule
from app.operations import identification
from app.texts import count
from app.ui import theme
from app.ui.session import Session
from app.ui.widgets.basics import Button, Card, Scroller
from app.ui.widgets.labels import Label
from app.ui.widgets.side_list import SideList
from app.ui.windows.base import Window


class RulesWindow(Window):
    """All rules, one at a time."""

    guide = ("03-список", "Правила")

    def __init__(self, session: Session, rule_id: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__(session, "Правила отнесения к списку", parent, size=(940, 600))
        self._wanted = rule_id
        self._rules: list[Rule] = []
        px = theme.current().px
        self.list = SideList("Правила")
        self.list.currentRowChanged.connect(self._show)
        self.card = Card()
        self.scroller = Scroller(spacing=8)
        self.card.body.addWidget(self.scroller, 1)
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(self.list, 1)
        row.addWidget(self.card, 3)
        self.body.addLayout(row, 1)
        self.add_buttons(
            Button("Закрыть", self.accept),
            left=[Button("Обновить из файла…", lambda: session.go("references"), icon="refresh")],
        )
        self.take(session.desk.read(identification.rules), self._offer)

    def _offer(self, found: dict[str, Rule]) -> None:
        self._rules = list(found.values())
        known = count(len(self._rules), "правило", "правила", "правил")
        self.say(f"{known}. Одни и те же данные по разным правилам дают разные списки.")
        for rule in self._rules:
            self.list.add(rule.title)
        ids = [rule.id for rule in self._rules]
        self.list.setCurrentRow(ids.index(self._wanted) if self._wanted in ids else 0)

    def _show(self, place: int) -> None:
        self.scroller.clear()
        if not 0 <= place < len(self._rules):
            return
        rule = self._rules[place]
        column = self.scroller.column
        column.addWidget(Label(rule.title, "section", wrap=True))
        column.addWidget(Label(f"Код {rule.id}, версия {rule.version}. {rule.source}", "muted", wrap=True).selectable())
        column.addWidget(Label("Формулировка", "strong"))
        for line in rule.wording:
            column.addWidget(Label(line, wrap=True).selectable())
        column.addWidget(Label("Основания", "strong"))
        for branch in rule.branches:
            column.addWidget(Label(f"• {branch.label}", wrap=True))
        if rule.note:
            column.addWidget(Label("Как мы это читаем", "strong"))
            column.addWidget(Label(rule.note, wrap=True).selectable())
        if rule.procedures:
            column.addWidget(Label("Процедуры", "strong"))
            column.addWidget(Label("; ".join(group.label for group in rule.procedures) + ".", wrap=True))
        column.addWidget(Label(f"Контрольная сумма правила: {rule.digest[:16]}…", "muted"))
        column.addStretch(1)
