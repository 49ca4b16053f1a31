"""Points of decisions under control: a table over all documents, quick marking of many, why and what next."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.analysis.decision_terms import Shown
from app.operations import decisions
from app.operations.decisions import SHOWN_WORDS, ControlLine
from app.texts import count, ru_date
from app.ui import theme
from app.ui.dialogs import Field
from app.ui.item_models.table_model import Column
from app.ui.session import Session
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Card, Row, Scroller, split
from app.ui.widgets.chip import Chip, ChipButton
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.facts import Facts
from app.ui.widgets.labels import Label
from app.ui.widgets.table import DataTable, RowAction

KINDS: dict[Shown, Kind] = {
    "late": "bad", "soon": "warn", "part": "warn", "running": "info", "open": "none", "no_term": "none",
    "not_done": "bad", "done": "ok", "withdrawn": "none",
}  # fmt: skip
CHIPS: tuple[Shown, ...] = ("late", "soon", "not_done", "done")


def day_text(iso: str | None) -> str:
    """Return a date as a table shows it."""
    return ru_date(iso) if iso else ""


COLUMNS = (
    Column("state", "Состояние", lambda x: x.word, 236, kind="chip", chip=lambda x: KINDS[x.shown],
           sort=lambda x: (list(KINDS).index(x.shown), x.due_on or "9999"), tip=lambda x: x.reason or x.word),
    Column("due", "Срок", lambda x: day_text(x.due_on), 94, sort=lambda x: x.due_on),
    Column("text", "Что решено", lambda x: x.text, 270, 4, 190, strong=True, tip=lambda x: x.text),
    Column("responsible", "Ответственный", lambda x: x.responsible, 128, 1, 96, tip=lambda x: x.responsible),
    Column("school", "Школа", lambda x: x.school, 104, 1, 80, middle=True, tip=lambda x: x.school),
    Column("document", "Документ, пункт", lambda x: x.place, 156, 0, 130, middle=True,
           sort=lambda x: (x.dated or "9999", x.document_id, x.label), tip=lambda x: f"{x.document}. {x.title}"),
)  # fmt: skip


class ControlPane(QWidget):
    """The table of points and the card of the current one.

    Signals:
        document_wanted(document, point): a document is to be shown.
    """

    document_wanted = Signal(object, object)

    def __init__(self, session: Session, fill: Callable[[], object]) -> None:
        super().__init__()
        self.session = session
        self._wanted: int | None = None
        px = theme.current().px
        empty = EmptyState(
            "checklist", "На контроле пока ничего нет",
            "Впишите протокол или приказ и его пункты: кому, что и к какому дню поручено. Здесь они встанут вместе, "
            "сначала срочные.",
            ("Внести документ", fill),
        )  # fmt: skip
        self.table = DataTable(
            "decision_control", COLUMNS, lambda x: x.id, habits=session.habits, title="Пункты решений", empty=empty
        )
        self.table.current_changed.connect(lambda _row: self.show_card())
        self.table.selection_changed.connect(self.show_card)
        self.table.activated.connect(lambda line: self.document_wanted.emit(line.document_id, line.id))
        self.table.row_actions = self._row_actions
        self.chips: dict[Shown, ChipButton] = {}
        for key in CHIPS:
            chip = ChipButton(KINDS[key], "")
            chip.clicked.connect(lambda checked, key=key: self.quick(key if checked else None))
            self.table.lead.addWidget(chip)
            self.chips[key] = chip
        self.card = self._make_card()
        splitter = split(self.table, self.card, stretch=(1,), sizes=(px(990), px(322)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(splitter, 1)

    def _make_card(self) -> Card:
        px = theme.current().px
        card = Card()
        card.setMinimumWidth(px(310))
        self.name = Label("", "section", wrap=True)
        self.chip = Chip()
        self.facts = Facts()
        scroller = Scroller()
        scroller.column.addWidget(self.name)
        scroller.column.addWidget(self.chip)
        scroller.column.addWidget(self.facts)
        scroller.column.addStretch(1)
        card.body.addWidget(scroller, 1)
        self.done = Button("Выполнено", self.mark_done, icon="circle-check")
        self.part = Button("Частично…", lambda: self.ask_mark("part"))
        self.not_done = Button("Не выполнено…", lambda: self.ask_mark("not_done"))
        self.running = Button("Выполняется", lambda: self.mark("running"))
        self.opening = Button("Показать в документе", self.open_document, icon="eye", kind="link")
        self.tying = Button("Связать с мероприятием…", self.ask_activity, kind="link")
        self.carrying = Button("Перенести в другой протокол…", self.ask_carry, kind="link")
        self.school = Button("Карточка школы", self.open_school, icon="school", kind="link")
        self.marking = Row(self.done, self.part, self.not_done, self.running, gap=6)
        self.more = Row(self.opening, self.tying, self.carrying, self.school, gap=4)
        card.body.addWidget(self.marking)
        card.body.addWidget(self.more)
        return card

    # --- showing -------------------------------------------------------------------------------------------------

    def show_lines(self, lines: tuple[ControlLine, ...]) -> None:
        """Show points; the current one stays current."""
        for key, chip in self.chips.items():
            number = sum(line.shown == key for line in lines)
            chip.set_text(f"{SHOWN_WORDS[key]} {number}")
            chip.setVisible(bool(number))
        self.card.setVisible(bool(lines))
        self.table.set_rows(lines)
        if self._wanted is not None and self.table.choose(self._wanted):
            self._wanted = None
        self.show_card()

    def choose(self, key: int) -> None:
        """Make a point current, now or when it is read."""
        if not self.table.choose(key):
            self._wanted = key

    def quick(self, wanted: Shown | None) -> None:
        """Show only points of a state, all for None."""
        for key, chip in self.chips.items():
            chip.setChecked(key == wanted)
        self.table.model.set_quick(None if wanted is None else lambda line: line.shown == wanted)

    def chosen(self) -> list[ControlLine]:
        """Return the selected points, the current one where none is."""
        found: list[ControlLine] = self.table.selected()
        current = self.table.current()
        return found or ([current] if current is not None else [])

    def show_card(self) -> None:
        """Show the current point, or how many are selected."""
        lines, one = self.chosen(), self.table.current()
        free = bool(lines) and not self.session.desk.read_only
        for button in (self.done, self.part, self.not_done, self.running, self.tying, self.carrying):
            button.setEnabled(free)
        several = len(lines) > 1
        single = lines[0] if len(lines) == 1 else None
        self.opening.setVisible(not several)
        self.school.setVisible(single is not None and single.organisation_id is not None)
        self.tying.setText("Другое мероприятие…" if single and single.activity else "Связать с мероприятием…")
        self.chip.setVisible(single is not None)
        if several:
            self.name.setText(f"Выбрано {count(len(lines), *decisions.POINT)}")
            self.facts.show_facts([("Отметка", "встанет сразу у всех выбранных, одним шагом")])
        elif single is not None or one is not None:
            self._show_one(single or one)

    def _show_one(self, line: ControlLine) -> None:
        self.name.setText(line.text or "Пункт без текста")
        self.chip.set(KINDS[line.shown], line.word)
        pairs = [
            ("Документ", f"{line.document}, п. {line.label}"), ("О чём", line.title), ("Вопрос", line.topic),
            ("Кому", line.responsible), ("Школа", line.school), ("Срок", day_text(line.due_on)),
            ("Выполнено", day_text(line.done_on)), ("Результат", line.result), ("Почему", line.reason),
            ("Меропр.", line.activity),
            ("Файлы", count(line.files, "приложение", "приложения", "приложений") if line.files else ""),
        ]  # fmt: skip
        self.facts.show_facts([(name, value) for name, value in pairs if value])

    # --- marking -------------------------------------------------------------------------------------------------

    def mark_done(self) -> None:
        """Mark as done today."""
        self.mark("done")

    def mark(self, state: str, **said: str | None) -> None:
        """Mark the selected points, many at once."""
        lines = self.chosen()
        keys = [line.id for line in lines]
        tied = sorted({line.activity_lineage for line in lines if line.activity_lineage is not None})
        if keys:
            self.session.write(
                self, lambda _number: self._offer_execution(state, tied), decisions.mark, keys, state,
                day=self.session.today(), **said,
            )  # fmt: skip

    def _offer_execution(self, state: str, tied: list[int]) -> None:
        """A point that is done may be the activity itself: one press says so in the execution too."""
        if state == "done" and tied:
            named = "Мероприятие" if len(tied) == 1 else "Мероприятия"
            self.session.tell(
                "ok", f"Пункт отмечен. {named} программы можно отметить тем же днём.",
                ("Отметить и в исполнении", lambda: self._mark_activities(tied)),
            )  # fmt: skip

    def _mark_activities(self, tied: list[int]) -> None:
        self.session.write(self, self._told_activities, decisions.finish_activities, tied, self.session.today())

    def _told_activities(self, number: int) -> None:
        told = count(number, "мероприятие отмечено", "мероприятия отмечено", "мероприятий отмечено")
        self.session.tell("ok", f"В исполнении {told}." if number else "В исполнении они уже отмечены.")

    def ask_mark(self, state: str) -> None:
        """Ask what was done of it, or why it was not, then mark."""
        lines = self.chosen()
        if not lines:
            return
        kept = lines[0] if len(lines) == 1 else None
        told = count(len(lines), *decisions.POINT)
        if state == "not_done":
            fields = [Field("reason", "Почему не выполнено", kept.reason if kept else "", long=True, required=True)]
            title, text, verb = "Не выполнено", f"Причина встанет у каждого: {told}.", "Отметить"
        else:
            fields = [
                Field("result", "Что сделано", kept.result if kept else "", long=True),
                Field("reason", "Почему не всё", kept.reason if kept else "", long=True),
            ]
            title, text, verb = "Выполнено частично", f"Остаётся на контроле: {told}.", "Отметить"
        answer = self.session.dialogs.ask(title, text, fields, verb)
        if answer is not None:
            self.mark(state, **answer)

    # --- going further -------------------------------------------------------------------------------------------

    def ask_activity(self) -> None:
        """Ask which activity of a programme the points serve."""
        self.session.read(self, self._offer_activities, decisions.activities)

    def _offer_activities(self, found: list[tuple[int, str]]) -> None:
        ask_activity(self.session, self, self.chosen(), found)

    def ask_carry(self) -> None:
        """Ask into which document the points go."""
        self.session.read(self, self._offer_documents, decisions.documents)

    def _offer_documents(self, found: list[tuple[int, str]]) -> None:
        lines = self.chosen()
        taken = {line.document_id for line in lines}
        choices = tuple((name, str(key)) for key, name in reversed(found) if key not in taken)
        if not lines or not choices:
            self.session.tell("info", "Переносить некуда: сначала внесите следующий протокол.")
            return
        answer = self.session.dialogs.ask(
            "Перенести пункты",
            "Пункты встанут в другой документ без прошедшего срока. У прежних останется запись, куда они перенесены.",
            [Field("document", "Куда", choices[0][1], choices=choices, required=True)], "Перенести",
        )  # fmt: skip
        if answer is not None and answer["document"]:
            self.session.write(
                self, None, decisions.carry, [line.id for line in lines], int(answer["document"])
            )  # fmt: skip

    def open_document(self) -> None:
        """Show the document of the current point."""
        line = self.table.current()
        if line is not None:
            self.document_wanted.emit(line.document_id, line.id)

    def open_school(self) -> None:
        """Show the card of the school."""
        line = self.table.current()
        if line is not None and line.organisation_id is not None:
            self.session.go("school", line.organisation_id)

    def _row_actions(self) -> list[RowAction | None]:
        actions: list[RowAction | None] = [("Показать в документе", self.open_document)]
        if self.session.desk.read_only:
            return actions
        return [
            ("Выполнено", self.mark_done), ("Частично…", lambda: self.ask_mark("part")),
            ("Не выполнено…", lambda: self.ask_mark("not_done")), ("Выполняется", lambda: self.mark("running")),
            ("Снять с контроля", lambda: self.mark("withdrawn")), None, *actions,
            ("Связать с мероприятием…", self.ask_activity),
            ("Перенести в другой протокол…", self.ask_carry),
        ]  # fmt: skip


def ask_activity(session: Session, owner: QWidget, lines: list[ControlLine], found: list[tuple[int, str]]) -> None:
    """Ask for an activity and tie points to it; «не связано» unties them."""
    if not lines:
        return
    if not found:
        session.tell("info", "В программе пока нет мероприятий: связывать не с чем.")
        return
    choices = (("не связано", "0"), *((told, str(lineage)) for lineage, told in found))
    value = str(lines[0].activity_lineage or 0)
    answer = session.dialogs.ask(
        "Связать с мероприятием",
        "Мероприятие программы встанет в карточке пункта; выполненное можно отметить и в исполнении.",
        [Field("activity", "Мероприятие", value, choices=choices, required=True)], "Связать",
    )  # fmt: skip
    if answer is not None and answer["activity"]:
        lineage = int(answer["activity"]) or None
        session.write(owner, None, decisions.tie, [line.id for line in lines], lineage)
