"""The third block of monitoring: how many days pass from data to decision and to execution. For the screen."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.analysis.decision_terms import Spread
from app.operations.block_papers import speed_sentences
from app.operations.decision_speed import Speed
from app.texts import DASH, NBSP, ru_date
from app.ui import theme
from app.ui.item_models.table_model import Column
from app.ui.session import Session
from app.ui.widgets.basics import Card
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import Label
from app.ui.widgets.table import DataTable


def _day(iso: str | None) -> str:
    return ru_date(iso) if iso else DASH


def _days(found: int | None) -> str:
    return DASH if found is None else str(found)


def _spread(found: Spread | None) -> str:
    return found.text if found is not None else DASH


def _ends(found: Spread | None) -> str:
    if found is None:
        return "Дат нет"
    return f"от {found.least} до {found.most}, пунктов: {found.number}" + (", мало для вывода" if found.few else "")


COLUMNS = (
    Column("document", "Документ", lambda x: x.document, 200, 2, 150, strong=True, middle=True,
           tip=lambda x: f"{x.document}. {x.title}"),
    Column("data", "Данные от", lambda x: _day(x.data_on), 92, sort=lambda x: x.data_on),
    Column("dated", "Решение от", lambda x: _day(x.dated), 92, sort=lambda x: x.dated),
    Column("decided", "Дней до решения", lambda x: _days(x.to_decision), 122, kind="number",
           sort=lambda x: x.to_decision, tip=lambda _x: "От дня данных до дня решения"),
    Column("given", "Дали срок", lambda x: _spread(x.given), 104, kind="number",
           sort=lambda x: x.given.low if x.given else None, tip=lambda x: _ends(x.given)),
    Column("taken", "Исполнили за", lambda x: _spread(x.taken), 112, kind="number",
           sort=lambda x: x.taken.low if x.taken else None, tip=lambda x: _ends(x.taken)),
    Column("done", "Выполнено", lambda x: f"{x.done} из{NBSP}{x.points}" if x.points else DASH, 90, kind="number",
           sort=lambda x: x.done),
    Column("oldest", "Ждёт дней", lambda x: _days(x.oldest), 86, kind="number", sort=lambda x: x.oldest,
           tip=lambda _x: "Сколько дней назад принято решение, не исполненное до конца"),
    Column("faults", "Что мешает счёту", lambda x: "; ".join(x.faults), 160, 2, 110, tip=lambda x: "; ".join(x.faults)),
)  # fmt: skip
NOTE = (
    "Дни календарные. «Обычно» — середина ряда: половина случаев быстрее, половина медленнее. Скорость видна только "
    "здесь; в бумагу она войдёт, если выбрать «Три блока со скоростью решений»."
)


class SpeedPane(QWidget):
    """The sentences, then the documents."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        px = theme.current().px
        self.card = Card()
        self.told = Label("", wrap=True).selectable()
        self.card.body.addWidget(self.told)
        self.card.body.addWidget(Label(NOTE, "muted", wrap=True))
        empty = EmptyState(
            "calendar-event", "Скорость пока не посчитать",
            "Внесите документы с решениями и впишите, по данным какого дня решали и когда выполнили.",
            ("К решениям", lambda: session.go("monitoring", ("decisions", "documents"))),
        )  # fmt: skip
        self.table = DataTable(
            "decision_speed", COLUMNS, lambda x: x.document_id, habits=session.habits, title="Скорость решений",
            empty=empty, filters=False,
        )  # fmt: skip
        self.table.activated.connect(
            lambda line: session.go("monitoring", ("decisions", ("document", line.document_id)))
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        column.addWidget(self.card)
        column.addWidget(self.table, 1)

    def show_speed(self, found: Speed) -> None:
        """Show the days of a school year."""
        self.card.setVisible(bool(found.lines))
        self.told.setText("\n".join(speed_sentences(found)))
        self.table.set_rows(found.lines)
