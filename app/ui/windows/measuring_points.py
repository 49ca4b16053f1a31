"""«Замеры»: the measuring points of a plan year; adding, closing, opening anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from app.operations import indicators
from app.operations.indicators import MODELS, STAGE_WORDS, IndicatorTable, Point
from app.texts import count, ru_date, ru_moment
from app.ui.dialogs import Choice, Field
from app.ui.item_models.table_model import Column
from app.ui.session import Session
from app.ui.widgets.basics import Button, beside
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import Label
from app.ui.widgets.table import DataTable, RowAction
from app.ui.windows.base import Window

CLOSING = (
    "Значения, цели и цвета этого замера сохранятся навсегда: новые цели и новые данные их не изменят. "
    "Отменить можно только открыв замер заново с причиной."
)


def _state(point: Point) -> str:
    if point.closed_at:
        return f"закрыт {ru_moment(point.closed_at)}"
    return "открыт заново" if point.reopened_at else "открыт"


COLUMNS = (
    Column("title", "Замер", lambda point: point.title, 150, 2, 120, strong=True),
    Column("stage", "Что это", lambda point: STAGE_WORDS[point.stage], 90),
    Column("due", "День", lambda point: ru_date(point.due_on) if point.due_on else "", 96,
           sort=lambda point: point.due_on),
    Column("state", "Состояние", _state, 220, 1, 200, kind="chip",
           chip=lambda point: "ok" if point.closed else "none"),
    Column("who", "Кто закрыл", lambda point: point.closed_by or "", 120, 1, 90),
    Column("why", "Почему открыт заново", lambda point: point.reopen_reason or "", 170, 2, 120,
           tip=lambda point: point.reopen_reason or ""),
)  # fmt: skip


class PointsWindow(Window):
    """Measuring points of one plan year."""

    guide: ClassVar[tuple[str, str]] = ("12-показатели", "Замеры")

    def __init__(self, session: Session, payload: tuple[int, int], parent: QWidget | None = None) -> None:
        self.programme_id, self.year = payload
        super().__init__(session, f"Замеры за {self.year} год", parent, size=(920, 460))
        self.table = DataTable(
            "measuring_points", COLUMNS, lambda point: point.id, habits=session.habits, title="Замеры", filters=False,
            empty=EmptyState(
                "calendar-event", "Замеров пока нет",
                "Замер хранит, какими были показатели в этот день. Обычно их два–четыре в год.",
                ("Вход – процесс – выход", lambda: self._model("three")),
            ),
        )  # fmt: skip
        self.table.current_changed.connect(lambda _point: self._enable())
        self.table.activated.connect(lambda _point: self._edit())
        self.table.row_actions = self._actions
        self.body.addWidget(self.table, 1)
        self.models = [Button(words.capitalize(), self._of(key), icon="plus", kind="link")
                       for key, (words, _points) in MODELS.items()]  # fmt: skip
        self.body.addLayout(beside(Label("Добавить сразу:", "muted"), *self.models, QWidget(), stretch=(0, 0, 0, 0, 1)))
        self.adding = Button("Добавить…", self._add, icon="plus")
        self.editing = Button("Изменить…", self._edit, icon="edit")
        self.removing = Button("Убрать", self._remove, icon="trash")
        self.anew = Button("Открыть заново…", self._reopen, icon="history")
        self.closing = Button("Закрыть замер…", self._close, kind="primary")
        self.add_buttons(
            self.closing, Button("Готово", self.accept), left=[self.adding, self.editing, self.removing, self.anew]
        )
        session.changed.connect(self.touched)
        self.refresh()

    def _of(self, key: str) -> Callable[[], None]:
        return lambda: self._model(key)

    # --- reading -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the points anew."""
        self.take(
            self.session.desk.read(indicators.table, self.programme_id, self.year, self.session.today()), self._show
        )  # fmt: skip

    def _show(self, found: IndicatorTable) -> None:
        self.table.set_rows(found.points)
        closed = sum(point.closed for point in found.points)
        told = count(len(found.points), "замер", "замера", "замеров")
        self.say(f"{told}, закрыто {closed}. Закрытый замер хранит значения и цвета того дня." if found.points else "")
        self._enable()

    def _enable(self) -> None:
        point: Point | None = self.table.current()
        writable = not self.session.desk.read_only
        opened = point is not None and not point.closed
        for button in (self.editing, self.removing, self.closing):
            button.setEnabled(writable and opened)
        self.anew.setEnabled(writable and point is not None and point.closed)
        for button in (self.adding, *self.models):
            button.setEnabled(writable)

    def _actions(self) -> list[RowAction | None]:
        known = ((self.closing, self._close), (self.editing, self._edit), (self.removing, self._remove),
                 (self.anew, self._reopen))  # fmt: skip
        return [(button.text(), act) for button, act in known if button.isEnabled()]

    # --- writing -------------------------------------------------------------------------------------------------

    def _write(self, function: object, *args: object, **named: object) -> None:
        self.take(self.session.written(function, *args, **named), lambda _done: self.refresh())  # type: ignore[arg-type]

    def _model(self, key: str) -> None:
        self._write(indicators.add_model, self.programme_id, self.year, key)

    @staticmethod
    def _fields(point: Point | None) -> list[Field]:
        stages = tuple((words, key) for key, words in STAGE_WORDS.items())
        return [
            Field("title", "Название", point.title if point else "", hint="Вход, I полугодие", required=True),
            Field("stage", "Что это", point.stage if point else "other", choices=stages),
            Field("due_on", "День", ru_date(point.due_on) if point and point.due_on else "", hint="31.01.2026"),
        ]

    def _add(self) -> None:
        told = self.session.dialogs.ask("Новый замер", f"За {self.year} год.", self._fields(None), "Добавить")
        if told:
            self._write(indicators.add_point, self.programme_id, self.year, told["title"], told["stage"],
                        told["due_on"])  # fmt: skip

    def _edit(self) -> None:
        point: Point | None = self.table.current()
        if point is None or point.closed or self.session.desk.read_only:
            return
        told = self.session.dialogs.ask("Изменить замер", "", self._fields(point), "Сохранить")
        if told:
            self._write(indicators.edit_point, point.id, title=told["title"], stage=told["stage"],
                        due_on=told["due_on"])  # fmt: skip

    def _remove(self) -> None:
        point: Point | None = self.table.current()
        if point is not None:
            self._write(indicators.remove_point, point.id)

    def _close(self) -> None:
        point: Point | None = self.table.current()
        if point is None or point.closed:
            return
        chosen = self.session.dialogs.choose(
            f"Закрыть замер «{point.title}»?", CLOSING, [Choice("close", "Закрыть замер")]
        )
        if chosen == "close":
            self._write(indicators.close, self.programme_id, point.id, self.session.today())

    def _reopen(self) -> None:
        point: Point | None = self.table.current()
        if point is None or not point.closed:
            return
        text = "Сохранённые значения будут сняты, прежние останутся в журнале."
        fields = [Field("reason", "Почему", hint="например, школа прислала исправление", required=True)]
        told = self.session.dialogs.ask(f"Открыть замер «{point.title}» заново", text, fields, "Открыть заново")
        if told:
            self._write(indicators.reopen, point.id, told["reason"])
