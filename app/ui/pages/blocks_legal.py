"""The first block of monitoring: topics of the legal base, why each is asked for, and the register of documents."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.operations import legal_base, registers
from app.operations.legal_base import Known, LegalBase, State, TopicLine
from app.texts import capital, count
from app.ui import theme
from app.ui.dialogs import Choice
from app.ui.item_models.table_model import Column
from app.ui.pages.register_pane import RegisterPane
from app.ui.session import Session
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Card, Row, Scroller, split
from app.ui.widgets.chip import Chip
from app.ui.widgets.facts import Facts
from app.ui.widgets.labels import Label
from app.ui.widgets.table import DataTable

KINDS: dict[State, Kind] = {
    "have": "ok", "soon": "warn", "old": "warn", "expired": "bad", "missing": "bad", "optional": "none",
}  # fmt: skip
GROUPS = ("Документы-источники", "Проблемы программы", "Свои темы")


def _acts(line: TopicLine) -> str:
    return "; ".join(act.name for act in line.acts)


def _need(line: TopicLine) -> str:
    if line.topic.need == "may":
        return "по случаю"
    return "каждый год" if line.topic.yearly else "обязательна"


COLUMNS = (
    Column("state", "Состояние", lambda x: x.word, 150, kind="chip", chip=lambda x: KINDS[x.state],
           sort=lambda x: list(KINDS).index(x.state)),
    Column("title", "Тема", lambda x: x.topic.title, 200, 3, 150, strong=True, tip=lambda x: x.topic.title),
    Column("need", "Нужна", _need, 110),
    Column("acts", "Документы", _acts, 190, 2, 120, middle=True, tip=_acts),
)  # fmt: skip


class LegalPane(QWidget):
    """Topics with the card of the current one above, documents below."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        px = theme.current().px
        self.table = DataTable(
            "legal_topics", COLUMNS, lambda x: x.topic.key, habits=session.habits, title="Темы правовой базы",
            filters=False,
        )  # fmt: skip
        self.table.current_changed.connect(self._show_topic)
        self.acts = RegisterPane(session, "acts", dict)
        self.card = self._make_card()
        upper = split(self.table, self.card, stretch=(1,), sizes=(px(900), px(400)))
        parts = split(upper, self.acts, sizes=(px(260), px(230)), vertical=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(parts, 1)

    def _make_card(self) -> Card:
        card = Card()
        card.setMinimumWidth(theme.current().px(330))
        self.name = Label("", "section", wrap=True)
        self.chip = Chip()
        self.why = Label("", wrap=True)
        self.facts = Facts()
        scroller = Scroller()
        for widget in (self.name, self.chip, self.why, self.facts):
            scroller.column.addWidget(widget)
        scroller.column.addStretch(1)
        card.body.addWidget(scroller, 1)
        self.adding = Button("Внести документ", self.add_act, icon="plus")
        self.showing = Button("Показать документ", self.show_act, icon="eye", kind="link")
        card.body.addWidget(Row(self.adding, self.showing, gap=6))
        return card

    def refresh(self) -> None:
        """Read the register anew; the topics come with the block."""
        self.acts.refresh()

    def show_base(self, found: LegalBase) -> None:
        """Show how the legal base stands."""
        self.table.set_rows(found.lines)

    def _show_topic(self, line: TopicLine | None) -> None:
        self.adding.setEnabled(line is not None and not self.session.desk.read_only)
        self.showing.setVisible(line is not None and bool(line.acts))
        self.chip.setVisible(line is not None)
        if line is None:
            return
        topic = line.topic
        self.name.setText(capital(topic.title))
        self.chip.set(KINDS[line.state], line.word)
        self.why.setText(topic.hint)
        self.why.setVisible(bool(topic.hint))
        pairs = [("Откуда", topic.source), ("Цитата", f"«{topic.quote}»" if topic.quote else "")]
        pairs += [
            ("Документ", "; ".join(part for part in (act.name, act.about, *act.faults) if part)) for act in line.acts
        ]
        self.facts.show_facts([(name, value) for name, value in pairs if value])

    # --- writing -------------------------------------------------------------------------------------------------

    def add_act(self) -> None:
        """Begin a document on the current topic."""
        line: TopicLine | None = self.table.current()
        if line is not None:
            self.session.write(
                self, self._added, registers.add, "acts", {}, topic=line.topic.title, level="municipal"
            )  # fmt: skip

    def _added(self, key: int) -> None:
        self.acts.choose(key)
        self.acts.refresh()
        self.acts.grid.setFocus()

    def show_act(self) -> None:
        """Put the cursor on the newest document of the topic."""
        line: TopicLine | None = self.table.current()
        if line is not None and line.acts:
            self.acts.choose(line.acts[0].id)
            self.acts.grid.setFocus()

    def ask_known(self) -> None:
        """Offer documents that stand elsewhere in the file."""
        self.session.read(self, self._offer, legal_base.known)

    def _offer(self, found: tuple[Known, ...]) -> None:
        if not found:
            self.session.tell("info", "Всё, что известно файлу, в правовую базу уже внесено.")
            return
        told = "\n".join(f"• {item.words}" for item in found)
        answer = self.session.dialogs.choose(
            "Документы из этого файла", f"Будут внесены в правовую базу:\n{told}",
            [Choice("take", f"Внести {count(len(found), 'документ', 'документа', 'документов')}")],
        )  # fmt: skip
        if answer == "take":
            self.session.write(self, None, legal_base.take, [item.key for item in found])
