"""«Отзывы» of an event: questionnaires given out at it and how they were answered."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.operations import event_feedback, survey_counts, survey_papers
from app.operations.event_feedback import Feedback, SheetFeedback
from app.operations.survey_counts import ItemCount
from app.texts import percent, quoted, ru_date
from app.ui import theme
from app.ui.dialogs import Field
from app.ui.item_models.table_model import Column
from app.ui.pages.survey_shares import often
from app.ui.session import Session
from app.ui.widgets.basics import Button, split
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import Label
from app.ui.widgets.table import DataTable, RowAction


def answers(one: ItemCount) -> str:
    """Return «высокая 17 (77,3 %), средняя 5 (22,7 %)»; of open questions how many answered in words."""
    if not one.answered and not one.unsure:
        return "никто не ответил"
    if not one.choices:
        return f"своими словами: {len(one.texts)}" if one.texts else ""
    parts = []
    for choice in one.choices:
        share = "" if choice.outside and not one.several else f" ({percent(choice.number, one.base)})"
        if choice.number:
            parts.append(f"{choice.choice.text} {choice.number}{share}")
    return ", ".join(parts)


def _note(one: ItemCount) -> str:
    return survey_counts.SMALL_WORDS if one.small else ""


SHEETS = (
    Column("form", "Анкета", lambda one: one.line.form.short, 190, 3, 120, strong=True,
           tip=lambda one: one.line.title),
    Column("day", "Дата", lambda one: ru_date(one.line.sheet.held_on) if one.line.sheet.held_on else "", 92,
           sort=lambda one: one.line.sheet.held_on or ""),
    Column("out", "Роздано", lambda one: "" if one.line.sheet.given_out is None else str(one.line.sheet.given_out), 74,
           kind="number", sort=lambda one: one.line.sheet.given_out),
    Column("in", "Сдано", lambda one: "—" if one.empty else str(one.found.handed_in), 66, kind="number",
           sort=lambda one: -1 if one.empty else one.found.handed_in),
    Column("state", "", lambda one: "не введены" if one.empty else survey_counts.SMALL_WORDS * one.found.small, 116),
)  # fmt: skip
QUESTIONS = (
    Column("text", "Вопрос", lambda one: one.item.text, 260, 3, 150, strong=True, tip=lambda one: one.item.text),
    Column("answered", "Ответили", lambda one: f"{one.answered} из {one.handed_in}", 84, kind="number",
           sort=lambda one: one.answered),
    Column("often", "Чаще всего", often, 140, 1, 110, tip=often),
    Column("answers", "Все ответы", answers, 230, 3, 130, tip=lambda one: survey_papers.told(one) + " " + answers(one)),
    Column("note", "", _note, 100),
)  # fmt: skip


class FeedbackPane(QWidget):
    """Questionnaires of one event with their tallies; ``show_event`` says of which."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.key: int | None = None
        self.found: Feedback | None = None
        self._wanted: int | None = None
        self._turn = 0
        px = theme.current().px
        self.told = Label("", "muted", wrap=True)
        self.adding = Button("Завести лист…", self.add, icon="plus")
        self.tying = Button("Связать с листом…", self.tie)
        self.entering = Button("Ввести ответы", self.enter, icon="edit")
        self.printing = Button("Бланки и итоги…", self.show_paper, icon="printer")
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(self.told, 1)
        head.addStretch(0)
        for button in self.buttons():
            head.addWidget(button)
        self.sheets = DataTable("event_sheets", SHEETS, lambda one: one.line.sheet.id, habits=session.habits,
                                title="Листы отзывов", filters=False)  # fmt: skip
        self.sheets.current_changed.connect(self._choose)
        self.sheets.activated.connect(lambda _line: self.enter())
        self.sheets.row_actions = self._row_actions
        self.questions = DataTable("event_answers", QUESTIONS, lambda one: one.item.id, habits=session.habits,
                                   title="Ответы", filters=False)  # fmt: skip
        self.hint = Label("", "muted", wrap=True)
        lower = QWidget()
        below = QVBoxLayout(lower)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(px(6))
        below.addWidget(self.hint)
        below.addWidget(self.questions, 1)
        below.addStretch(0)
        self.parts = split(self.sheets, lower, sizes=(px(120), px(360)), vertical=True, handle=10)
        self.empty = EmptyState(
            "checklist", "Отзывов пока нет",
            "Заведите лист: название и день возьмутся из события. Ответы вводят по одной анкете или сразу числами.",
            ("Завести лист…", self.add),
        )  # fmt: skip
        self.body = QStackedWidget()
        self.body.addWidget(self.empty)
        self.body.addWidget(self.parts)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addLayout(head)
        column.addWidget(self.body, 1)
        self.setFocusProxy(self.sheets)
        self._enable()

    def buttons(self) -> Sequence[Button]:
        """Return the buttons over the list."""
        return self.entering, self.printing, self.tying, self.adding

    # --- reading -------------------------------------------------------------------------------------------------

    def show_event(self, key: int | None) -> None:
        """Show the questionnaires of an event; None: nothing is chosen."""
        if key != self.key:
            self.key, self.found = key, None
        self.refresh()

    def refresh(self) -> None:
        """Read the questionnaires anew."""
        self._turn += 1
        turn = self._turn
        if self.key is None:
            self.found = None
            self._show(turn, None)
            return
        self.session.read(self, lambda found: self._show(turn, found), event_feedback.of_event, self.key)

    def _show(self, turn: int, found: Feedback | None) -> None:
        if turn != self._turn:
            return
        self.found = found
        sheets = () if found is None else found.sheets
        self.told.setText("" if found is None else found.sentence)
        self.sheets.set_rows(sheets)
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self.sheets.choose(wanted)
        elif sheets and self.sheets.current() is None:
            self.sheets.choose(sheets[0].line.sheet.id)
        self.body.setCurrentWidget(self.parts if sheets else self.empty)
        for widget in (self.told, self.adding, self.entering, self.printing):
            widget.setVisible(bool(sheets))  # without sheets the empty state says it and offers the first one
        self.tying.setVisible(found is not None and bool(sheets or found.free))
        self._choose(self.sheets.current())

    def _choose(self, one: SheetFeedback | None) -> None:
        self.questions.set_rows(() if one is None or one.empty else one.found.items)
        self.questions.setVisible(one is not None and not one.empty)
        told = "" if one is None else one.told
        if one is not None and one.empty:
            told += ". Раздайте бланки, потом введите ответы: «нет отзывов» не значит «не понравилось»."
        if one is not None and one.found.faults:
            told += f" · не сходится: {' '.join(one.found.faults)}"
        self.hint.setText(told)
        self._enable()

    def _enable(self) -> None:
        free = self.key is not None and not self.session.desk.read_only
        chosen = self.sheets.current() is not None
        self.adding.setEnabled(free)
        self.empty.allow(free)
        self.tying.setEnabled(free and self.found is not None and bool(self.found.free))
        self.entering.setEnabled(chosen)
        self.printing.setEnabled(chosen)

    # --- what can be done ----------------------------------------------------------------------------------------

    def add(self) -> None:
        """Ask for a questionnaire and how many were given out, then begin a sheet."""
        if self.found is None or self.key is None:
            return
        forms = tuple((form.short, form.id) for form in self.found.forms)
        given = "" if self.found.people is None else str(self.found.people)
        fields = [
            Field("form", "Анкета", forms[0][1] if forms else "", choices=forms),
            Field("out", "Сколько анкет роздано", given, test=_number),
        ]
        text = "Лист встанет в опрос этого учебного года; ответы анонимны"
        answer = self.session.dialogs.ask("Отзывы о событии", text, fields, "Завести")
        if answer is not None:
            out = answer["out"].strip()
            self.session.write(self, self._begun, event_feedback.make, self.key, answer["form"],
                               int(out) if out else None)  # fmt: skip

    def _begun(self, sheet: int) -> None:
        self._wanted = sheet
        self.refresh()

    def tie(self) -> None:
        """Ask which sheet that is there belongs to the event."""
        if self.found is None or self.key is None or not self.found.free:
            return
        known = tuple((f"{line.title} · {line.form.short}", str(line.sheet.id)) for line in self.found.free)
        fields = [Field("sheet", "Лист", known[0][1], choices=known)]
        text = "Листы этого учебного года, которые не связаны с событием"
        answer = self.session.dialogs.ask("Связать с листом анкет", text, fields, "Связать")
        if answer is not None:
            sheet = int(answer["sheet"])
            self.session.write(self, lambda _done: self._begun(sheet), event_feedback.link, self.key, sheet)

    def enter(self) -> None:
        """Open the sheet where answers are entered."""
        one = self.sheets.current()
        if one is not None:
            self.session.go("forms", ("surveys", one.line.sheet.id))

    def show_paper(self) -> None:
        """Open the papers of the sheet: the questionnaire to give out, how the answers are spread."""
        one = self.sheets.current()
        if one is not None:
            self.session.go("print_survey", one.line.sheet.id)

    def _row_actions(self) -> list[RowAction | None]:
        one = self.sheets.current()
        if one is None:
            return []
        found: list[RowAction | None] = [("Ввести ответы", self.enter), ("Бланки и итоги…", self.show_paper)]
        if not self.session.desk.read_only:
            away = partial(self.session.write, self, lambda _done: self.refresh(), event_feedback.unlink,
                           one.line.sheet.id)  # fmt: skip
            found += [None, (f"Отвязать {quoted(one.line.shown)} от события", away)]
        return found


def _number(text: str) -> str:
    plain = text.strip()
    fits = plain.isascii() and plain.isdigit() and len(plain) < 7
    return "" if fits or not plain else "Нужно целое число"
