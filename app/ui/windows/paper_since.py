"""«Что изменилось с тех пор»: an outgoing paper made again, side by side with what it said."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.operations import paper_since, papers
from app.operations.paper_since import Changed, Since
from app.texts import capital, ru_moment
from app.ui.item_models.table_model import Column
from app.ui.session import Session
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Card
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import Label
from app.ui.widgets.table import DataTable
from app.ui.windows.base import Window

KINDS: dict[str, tuple[Kind, str]] = {
    "changed": ("warn", "изменилось"), "added": ("ok", "появилось"), "removed": ("none", "исчезло"),
}  # fmt: skip
COLUMNS = (
    Column("what", "Что", lambda c: KINDS[c.difference.what][1], 116, kind="chip",
           chip=lambda c: KINDS[c.difference.what][0]),
    Column("place", "Где", lambda c: c.difference.place, 220, 2, 150, middle=True, strong=True),
    Column("old", "Было", lambda c: c.difference.old, 200, 3, 130, tip=lambda c: c.difference.old),
    Column("new", "Стало", lambda c: c.difference.new, 200, 3, 130, tip=lambda c: c.difference.new),
    Column("deed", "Какое действие", lambda c: c.deed.label if c.deed else "", 170, 2, 110, middle=True),
    Column("when", "Когда", lambda c: ru_moment(c.deed.at) if c.deed else "", 126,
           sort=lambda c: c.deed.at if c.deed else None),
    Column("actor", "Кто", lambda c: c.deed.actor if c.deed else "", 110, 1, 70, middle=True),
)  # fmt: skip
TITLES = {
    "same": "Ничего не изменилось", "no_recipe": "Сравнить нельзя", "impossible": "Сделать заново нельзя",
}  # fmt: skip


class PaperSinceWindow(Window):
    """In what a registered paper would differ if it were made today."""

    guide = ("04-документы", "Журнал исходящих")

    def __init__(self, session: Session, payload: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(session, "Что изменилось с тех пор", parent, size=(1160, 640))
        self.number = payload
        self.found: Since | None = None
        self.empty = EmptyState("file-search", "Сравниваю", "Документ делается заново и сравнивается с записанным.")
        self.table = DataTable(
            "paper_since", COLUMNS, id, habits=session.habits, title="Что изменилось", empty=self.empty
        )
        self.table.current_changed.connect(self._tell)
        self.body.addWidget(self.table, 1)
        self.why = Label("", wrap=True).selectable()
        self.card = Card(pad=12)
        self.card.body.addWidget(self.why)
        self.card.hide()
        self.body.addWidget(self.card)
        self.copy = Button("Копировать", self._copy, icon="copy")
        self.journal = Button("Журнал действий", lambda: session.go("history"), icon="history")
        self.again = Button("Новая версия…", self._again, icon="report", kind="primary")
        self.add_buttons(Button("Закрыть", self.accept), self.again, left=[self.copy, self.journal])
        self._enable()
        self.refresh()

    def refresh(self) -> None:
        """Make the paper again and compare."""
        if self.number is not None:
            self.say("Делаю документ заново и сравниваю…")
            self.take(self.session.desk.read(paper_since.since, self.number, self.session.today()), self._show)

    def _show(self, found: Since) -> None:
        self.found = found
        self.heading.setText(f"Что изменилось: {found.paper.title}")
        self.say(found.sentence)
        if found.state != "changed":
            self.empty.tell(TITLES[found.state], found.sentence)
        self.table.set_rows(found.lines)
        self._enable()

    def _enable(self) -> None:
        changed = self.found is not None and self.found.state == "changed"
        self.copy.setEnabled(changed)
        self.again.setEnabled(changed and not self.session.desk.read_only)

    def _tell(self, line: Changed | None) -> None:
        self.card.setVisible(line is not None)
        if line is None:
            return
        told = f"{capital(line.difference.line)}."
        if line.deed is None:
            why = "Действия в журнале не нашлось: так бывает, когда подошёл срок или сменилось оформление."
        else:
            why = f"Действие «{line.deed.label}»: {line.deed.actor}, {ru_moment(line.deed.at)}."
        self.why.setText(f"{told}\n{why}")

    def _copy(self) -> None:
        self.table.view.selectAll()
        self.table.copy()
        self.bar.show_message("ok", "Скопировано с заголовками.")

    def _again(self) -> None:
        recipe = papers.recipe_of(self.found.paper.recipe) if self.found is not None else None
        if recipe is not None:
            self.session.go("papers", (recipe.kind, dict(recipe.values)))
            self.accept()
