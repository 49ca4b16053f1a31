"""The second block of monitoring: tasks, under them the matrix of activities and indicators of the chosen one."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.analysis.sufficiency import VERDICT_WORDS, Verdict
from app.operations.sufficiency import ActivityCell, IndicatorCell, Sufficiency, TaskLine
from app.texts import DASH, NBSP
from app.ui import theme
from app.ui.item_models.table_model import Column
from app.ui.session import Session
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Card, Row, Scroller, clear_layout, split
from app.ui.widgets.chip import Chip
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import Label
from app.ui.widgets.table import DataTable

KINDS: dict[Verdict, Kind] = {
    "short": "bad", "gap": "warn", "undone": "warn", "almost": "warn", "early": "none", "no_data": "none",
    "enough": "ok",
}  # fmt: skip
LIGHTS: dict[str, Kind] = {
    "reached": "ok", "near": "warn", "behind": "bad", "no_target": "none", "no_data": "none",
}  # fmt: skip
DOINGS: dict[str, Kind] = {
    "done": "ok", "late": "bad", "soon": "warn", "running": "info", "part": "warn", "moved": "warn",
    "cancelled": "none", "no_term": "none", "planned": "none",
}  # fmt: skip
MOST_INDICATORS = 8
"""More columns of marks would leave no room for the activity."""


def _of(part: int, whole: int) -> str:
    return f"{part} из{NBSP}{whole}" if whole else DASH


TASKS = (
    Column("number", "№", lambda x: x.number, 44),
    Column("text", "Задача", lambda x: x.text, 300, 4, 180, strong=True, tip=lambda x: x.text),
    Column("activities", "Мероприятий", lambda x: str(len(x.activities)), 100, kind="number",
           sort=lambda x: len(x.activities)),
    Column("done", "Выполнено", lambda x: _of(x.done, x.due), 90, kind="number",
           tip=lambda _x: "Выполнено из тех, чей срок — по этот год"),
    Column("reached", "Достигнуто", lambda x: _of(x.reached, x.known), 92, kind="number",
           tip=lambda _x: "Индикаторов достигнуто из тех, о которых есть данные"),
    Column("verdict", "Вывод", lambda x: x.judgement.word, 170, kind="chip", chip=lambda x: KINDS[x.judgement.verdict],
           sort=lambda x: list(VERDICT_WORDS).index(x.judgement.verdict), tip=lambda x: x.judgement.why),
)  # fmt: skip


def matrix_columns(indicators: tuple[IndicatorCell, ...]) -> tuple[Column, ...]:
    """Return the columns of the matrix: an activity, its results, how it stands, a mark under each indicator."""
    marks = [
        Column(f"i{place}", item.number or str(place + 1), partial(_mark, item.node_id), 54, whole=item.text,
               tip=partial(_mark_tip, item))
        for place, item in enumerate(indicators[:MOST_INDICATORS])
    ]  # fmt: skip
    return (
        Column("number", "№", lambda x: x.number, 50),
        Column("text", "Мероприятие", lambda x: x.text, 220, 3, 140, strong=True, tip=lambda x: x.text),
        Column("results", "Планируемый результат", lambda x: "; ".join(x.results), 170, 2, 110,
               tip=lambda x: "; ".join(x.results)),
        Column("state", "Исполнение", lambda x: x.word.split(",")[0], 170, kind="chip",
               chip=lambda x: DOINGS.get(x.shown or "", "none"), tip=lambda x: x.word),
        Column("product", "Что получилось", lambda x: x.product, 120, 1, 80, tip=lambda x: x.product),
        *marks,
        Column("findings", "Что поправить", lambda x: "; ".join(x.findings), 150, 1, 100,
               tip=lambda x: "; ".join(x.findings)),
    )  # fmt: skip


def _mark(node_id: int, row: ActivityCell) -> str:
    return "●" if node_id in row.serves else ""


def _mark_tip(item: IndicatorCell, row: ActivityCell) -> str:
    works = "работает на индикатор" if item.node_id in row.serves else "не связано с индикатором"
    return f"{works.capitalize()} «{item.text}»"


class MatrixPane(QWidget):
    """Tasks above, the matrix of the current task below, its judgement at the side."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._year = 0
        px = theme.current().px
        empty = EmptyState(
            "sitemap", "Здесь встанут задачи программы",
            "Составьте программу: задачи, мероприятия и индикаторы. Здесь будет видно, хватает ли мероприятий.",
            ("К программе", lambda: session.go("programme")),
        )  # fmt: skip
        self.tasks = DataTable(
            "sufficiency_tasks", TASKS, lambda x: x.key, habits=session.habits, title="Задачи программы", empty=empty,
            filters=False,
        )  # fmt: skip
        self.matrix = DataTable(
            "sufficiency_matrix", matrix_columns(()), lambda x: x.node_id, habits=session.habits,
            title="Мероприятия и индикаторы задачи", filters=False,
        )  # fmt: skip
        self.tasks.current_changed.connect(self._show_task)
        self.matrix.activated.connect(lambda row: session.go("programme", ("activity", row.node_id)))
        self.card = self._make_card()
        parts = split(self.tasks, self.matrix, sizes=(px(200), px(290)), vertical=True)
        whole = split(parts, self.card, stretch=(1,), sizes=(px(990), px(310)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(whole, 1)

    def _make_card(self) -> Card:
        card = Card()
        card.setMinimumWidth(theme.current().px(290))
        self.name = Label("", "section", wrap=True)
        self.chip = Chip()
        self.why = Label("", wrap=True)
        self.scroller = Scroller(spacing=6)
        self.inside = QVBoxLayout()
        self.inside.setSpacing(theme.current().px(6))
        for widget in (self.name, self.chip, self.why):
            self.scroller.column.addWidget(widget)
        self.scroller.column.addLayout(self.inside)
        self.scroller.column.addStretch(1)
        card.body.addWidget(self.scroller, 1)
        card.body.addWidget(Row(
            Button("Исполнение", lambda: self.session.go("monitoring", "execution"), kind="link"),
            Button("Показатели", lambda: self.session.go("monitoring", "indicators"), kind="link"), gap=4,
        ))  # fmt: skip
        return card

    def show_matrix(self, found: Sufficiency | None) -> None:
        """Show the tasks of a programme; None where there is no programme."""
        self.card.setVisible(found is not None and bool(found.lines))
        self.matrix.setVisible(found is not None and bool(found.lines))
        self.tasks.set_rows(found.lines if found is not None else ())

    def _show_task(self, line: TaskLine | None) -> None:
        if line is None:
            self.matrix.set_rows(())
            return
        self.matrix.replace_columns(matrix_columns(line.indicators))
        self.matrix.set_rows(line.activities)
        self.name.setText(f"Задача {line.number}. {line.text}" if line.number else line.text)
        self.chip.set(KINDS[line.judgement.verdict], line.judgement.word)
        self.why.setText(line.judgement.why)
        clear_layout(self.inside)
        for text in line.judgement.findings:
            self.inside.addWidget(Label(f"• {text}", wrap=True))
        if line.indicators:
            self.inside.addWidget(Label("Индикаторы", "muted"))
        for item in line.indicators:
            self.inside.addWidget(Label(f"{item.number} {item.text}".strip(), wrap=True))
            row = QHBoxLayout()
            row.addWidget(Chip(LIGHTS.get(item.light, "none"), item.word))
            row.addStretch(1)
            self.inside.addLayout(row)
