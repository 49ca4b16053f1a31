"""«Шаблоны записей»: the register of templates; the first nine are taken by Ctrl with their number."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.ui.pages.register_pane import RegisterPane
from app.ui.session import Session
from app.ui.widgets.basics import Button
from app.ui.windows.base import Window


class HelpTemplatesWindow(Window):
    """Templates of entries of help."""

    guide = ("22-журнал-помощи", "Шаблоны")

    def __init__(self, session: Session, _payload: object = None, parent: QWidget | None = None) -> None:
        super().__init__(session, "Шаблоны записей о помощи", parent, size=(1000, 520))
        self.say("Первые девять берутся в записи клавишами Ctrl+1…9. Порядок меняется перетаскиванием.")
        self.register = RegisterPane(session, "help_templates", dict, titled=False)
        self.register.hint.hide()
        self.body.addWidget(self.register, 1)
        self.add_buttons(Button("Готово", self.accept, kind="primary"))
        session.changed.connect(self._touched)
        self.refresh()

    def refresh(self) -> None:
        """Read the templates anew."""
        self.register.refresh()

    def focus_main(self) -> None:
        """Begin in the grid."""
        self.register.grid.setFocus()

    def _touched(self, tables: frozenset[str]) -> None:
        if "help_template" in tables:
            self.refresh()
