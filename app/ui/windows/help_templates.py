"""«Шаблоны записей»: one's own as a grid, ready ones under it; the first nine are taken by Ctrl with their number."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.models.store import Connection
from app.operations import help_templates
from app.operations.help_templates import Ready
from app.texts import quoted
from app.ui.pages.register_pane import RegisterPane
from app.ui.session import Session
from app.ui.widgets.basics import Button, Combo, beside
from app.ui.widgets.labels import ElidedLabel, Label
from app.ui.windows.base import Window


class HelpTemplatesWindow(Window):
    """Templates of entries of help."""

    guide = ("22-журнал-помощи", "Шаблоны")

    def __init__(self, session: Session, _payload: object = None, parent: QWidget | None = None) -> None:
        super().__init__(session, "Шаблоны записей о помощи", parent, size=(1000, 520))
        self.say("Первые девять берутся в записи клавишами Ctrl+1…9: сначала свои, за ними готовые. Порядок своих "
                 "меняется перетаскиванием.")  # fmt: skip
        self.register = RegisterPane(session, "help_templates", dict, titled=False)
        self.register.hint.hide()
        self.body.addWidget(self.register, 1)
        self._ready: tuple[Ready, ...] = ()
        self._lay_out_ready()
        self.add_buttons(Button("Готово", self.accept, kind="primary"))
        session.changed.connect(self._touched)
        self.refresh()

    def _lay_out_ready(self) -> None:
        self.ready = Combo("Готовый шаблон")
        self.ready.setMinimumContentsLength(26)
        self.name = Label("&Готовые")
        self.name.setBuddy(self.ready)
        self.told = ElidedLabel("", "muted")
        self.taking = Button("Взять в свои", self._take_ready, tip="Станет своим: его можно будет править")
        self.hiding = Button("Скрыть", self._hide, tip="Больше не предлагать в записи")
        self.returning = Button("Вернуть все готовые", self._bring_back, kind="link")
        row = beside(self.name, self.ready, self.taking, self.hiding, self.returning)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(self.told)
        self.ready.currentIndexChanged.connect(lambda _place: self._tell())

    def refresh(self) -> None:
        """Read the templates anew."""
        self.register.refresh()
        self.session.read(self, self._show_ready, _read)

    def focus_main(self) -> None:
        """Begin in the grid."""
        self.register.grid.setFocus()

    def _show_ready(self, found: tuple[tuple[Ready, ...], bool]) -> None:
        self._ready, gone = found
        place = max(0, self.ready.currentIndex())
        self.ready.fill([(one.template.title or "", number) for number, one in enumerate(self._ready)],
                        min(place, len(self._ready) - 1))  # fmt: skip
        writing = not self.session.desk.read_only
        for widget in (self.name, self.ready, self.taking, self.hiding):
            widget.setVisible(bool(self._ready))
        for button in (self.taking, self.hiding, self.returning):
            button.setEnabled(writing)
        self.returning.setVisible(gone)
        self._tell()

    def _chosen(self) -> Ready | None:
        place = self.ready.currentData()
        return self._ready[place] if isinstance(place, int) and 0 <= place < len(self._ready) else None

    def _tell(self) -> None:
        one = self._chosen()
        self.told.setText("" if one is None else help_templates.words(one.template))

    def _take_ready(self) -> None:
        one = self._chosen()
        if one is not None:
            self.take(self.session.written(help_templates.take, one), lambda key: self._taken(one, key))

    def _taken(self, one: Ready, key: int) -> None:
        self.bar.show_message("ok", f"Шаблон {quoted(one.template.title or '')} теперь среди своих.")
        self.register.choose(key)

    def _hide(self) -> None:
        one = self._chosen()
        if one is not None:
            told = (
                f"Шаблон {quoted(one.template.title or '')} скрыт. Ctrl+Z или «Вернуть все готовые» покажет его снова."
            )
            self.take(self.session.written(help_templates.hide, one), lambda _done: self.bar.show_message("ok", told))

    def _bring_back(self) -> None:
        self.take(self.session.written(help_templates.bring_back), None)

    def _touched(self, tables: frozenset[str]) -> None:
        if tables & {"help_template", "setting"}:
            self.refresh()


def _read(connection: Connection) -> tuple[tuple[Ready, ...], bool]:
    return help_templates.shown(connection), bool(help_templates.hidden(connection))
