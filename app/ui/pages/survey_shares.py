"""How the answers are spread: questions above, the bars and the numbers of the chosen one below."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.store import Connection
from app.operations import survey_counts, survey_papers
from app.operations.survey_counts import Distribution, ItemCount
from app.operations.surveys import SheetLine
from app.texts import percent, quoted, school_year
from app.ui import theme
from app.ui.item_models.table_model import Column
from app.ui.session import Session
from app.ui.widgets.basics import Card, Combo, split
from app.ui.widgets.chart import ChartView
from app.ui.widgets.labels import ElidedLabel
from app.ui.widgets.table import DataTable

SHEET, SCHOOL, ROUND, YEAR, ALL = "sheet", "school", "round", "year", "all"


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One line under a question: an answer of the list, or words of a respondent."""

    place: int
    text: str
    number: int
    share: str
    words: bool = False


def often(one: ItemCount) -> str:
    """Return the answer chosen most often with its share; several where they are level."""
    if not one.choices:
        return "" if not one.texts else f"{one.texts[0][0]}, {one.texts[0][1]}"
    known = [choice for choice in one.choices if not choice.outside]
    most = max((choice.number for choice in known), default=0)
    if not most:
        return ""
    first = [choice.choice.text for choice in known if choice.number == most]
    return f"{', '.join(first)} · {percent(most, one.base)}"


def rows_of(one: ItemCount) -> list[AnswerRow]:
    """Return what stands in the table of a question: choices, what has no share, words of respondents."""
    made = [(choice.choice.text, choice.number, survey_counts.share(one, choice), False) for choice in one.choices]
    if one.choices:
        made += [(text, number, "—", False) for text, number in
                 (("нет ответа", one.silent or 0), ("не распознано", one.wrong)) if number]  # fmt: skip
    made += [(quoted(text), number, "", True) for text, number in one.others or one.texts]
    return [AnswerRow(place, *line) for place, line in enumerate(made)]


def note_of(one: ItemCount) -> str:
    """Return the marks of a question."""
    if one.faults:
        return "не сходится"
    if one.uncounted:
        return "посчитано не всё"
    return survey_counts.SMALL_WORDS if one.small else ""


def _left_out(one: ItemCount) -> list[str]:
    return [f"Не посчитано: {text}." for text in one.uncounted]


QUESTIONS = (
    Column("text", "Вопрос", lambda one: one.item.text, 380, 3, 200, strong=True, tip=lambda one: one.item.text),
    Column("answered", "Ответили", lambda one: f"{one.answered} из {one.handed_in}", 100, kind="number",
           sort=lambda one: one.answered),
    Column("silent", "Нет ответа", lambda one: "—" if one.silent is None else str(one.silent), 96, kind="number",
           sort=lambda one: one.silent),
    Column("unsure", "Затруднились", lambda one: str(one.unsure) if one.choices else "", 112, kind="number",
           sort=lambda one: one.unsure),
    Column("often", "Чаще всего", often, 190, 1, 140, tip=often),
    Column("note", "", note_of, 116, bad=lambda one: " ".join((*one.faults, *_left_out(one)))),
)  # fmt: skip
ANSWERS = (
    Column("text", "Ответ", lambda row: row.text, 200, 1, 120, tip=lambda row: row.text),
    Column("number", "Сколько", lambda row: str(row.number), 78, kind="number", sort=lambda row: row.number),
    Column("share", "Доля", lambda row: row.share, 78, kind="number", sort=lambda row: row.number),
)


def read(connection: Connection, line: SheetLine, scope: str) -> Distribution:
    """Count a sheet, or what it belongs to."""
    form, year = line.form.id, line.round.school_year
    count = survey_counts.distribution
    if scope == SHEET:
        return count(connection, form, sheet_id=line.sheet.id)
    if scope == SCHOOL:
        return count(connection, form, school_id=line.subject.school_id)
    if scope == ROUND:
        return count(connection, form, round_id=line.round.id)
    return count(connection, form, school_year=year) if scope == YEAR else count(connection, form)


class SharesView(QWidget):
    """The distribution of the sheet that is shown, or of all like it."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.line: SheetLine | None = None
        self.found: Distribution | None = None
        self._turn = 0
        px = theme.current().px
        self.scope = Combo("Что посчитать")
        self.scope.currentIndexChanged.connect(lambda _place: self.refresh())
        self.told = ElidedLabel("", "muted")
        self.questions = DataTable("survey_questions", QUESTIONS, lambda one: one.item.id, habits=session.habits,
                                   title="Вопросы", filters=False)  # fmt: skip
        self.questions.current_changed.connect(self._show_item)
        self.chart = ChartView(session, least=px(120))
        card = Card()
        card.body.addWidget(self.chart, 1)
        self.answers = DataTable("survey_answers", ANSWERS, lambda row: row.place, habits=session.habits,
                                 title="Ответы", filters=False)  # fmt: skip
        lower = QWidget()
        below = QHBoxLayout(lower)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(px(8))
        below.addWidget(card, 3)
        below.addWidget(self.answers, 2)
        parts = split(self.questions, lower, sizes=(px(230), px(250)), vertical=True, handle=10)
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(self.scope)
        head.addWidget(self.told, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addLayout(head)
        column.addWidget(parts, 1)

    def show_line(self, line: SheetLine) -> None:
        """Show the distribution of a sheet; the scope stays where it fits."""
        self.line = line
        choices = [("Этот лист", SHEET), (f"Анкетирование {quoted(line.round.title)}", ROUND),
                   (f"Учебный год {school_year(line.round.school_year)}", YEAR), ("Все годы", ALL)]  # fmt: skip
        if line.subject.school_id is not None:
            choices.insert(1, ("Эта школа", SCHOOL))
        self.scope.blockSignals(True)
        self.scope.fill(choices, self.scope.currentData())
        self.scope.blockSignals(False)
        self.refresh()

    def refresh(self) -> None:
        """Count anew."""
        if self.line is None:
            return
        self._turn += 1
        turn = self._turn
        scope = str(self.scope.currentData() or SHEET)
        self.session.read(self, lambda found: self._show(turn, found), read, self.line, scope)

    def _show(self, turn: int, found: Distribution) -> None:
        if turn != self._turn:
            return
        self.found = found
        faults = f" · не сходится: {' '.join(found.faults)}" if found.faults else ""
        left_out = f": {'; '.join(found.uncounted)}" if found.uncounted else ""
        self.told.setText(found.sentence + left_out + faults)
        self.questions.set_rows(found.items)
        if self.questions.current() is None and found.items:
            self.questions.choose(found.items[0].item.id)
        self._show_item(self.questions.current())

    def _show_item(self, one: ItemCount | None) -> None:
        if one is None:
            self.answers.set_rows([])
            return
        self.answers.set_rows(rows_of(one))
        chart = survey_papers.chart(one)
        if chart is not None:
            self.chart.show_chart(chart)
        elif one.choices:
            self.chart.show_nothing("Ответов пока нет", "Введите анкеты или числа на вкладке «Ввод».")
        else:
            self.chart.show_nothing("Ответы своими словами", "Они стоят в таблице рядом.")
