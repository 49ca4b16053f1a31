"""Findings of the data, which a person puts right or explains."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.operations import checks
from app.operations.checks import DataProblem
from app.texts import count, ru_moment, school_year
from app.ui.dialogs import Field
from app.ui.item_models.table_model import Column
from app.ui.session import Session
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Card
from app.ui.widgets.chip import ChipButton
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import Label
from app.ui.widgets.table import DataTable, RowAction
from app.ui.windows.base import Window

CHECK_KINDS: dict[str, Kind] = {"block": "bad", "explain": "warn", "hint": "none"}
CHIPS = (("block", "мешают"), ("explain", "нужно объяснение"), ("hint", "подсказки"), ("explained", "объяснены"))
PLACES = {
    "school": "карточка школы",
    "metric": "показатели",
    "mark": "результаты",
    "import": "загруженный файл",
    "reference": "справочник",
    "monitoring": "мониторинг",
    "work": "работа",
    "survey": "анкета",
    "courses": "курсы",
}


def state_of(item: DataProblem) -> tuple[Kind, str]:
    """Return the chip of a finding: its level while it is open."""
    return (CHECK_KINDS[item.level], checks.LEVEL_WORDS[item.level]) if item.open else ("ok", "объяснено")


def _where(item: DataProblem) -> str:
    year = item.place.year
    when = "" if year is None else str(year) if item.place.kind == "mark" else school_year(year)
    return " ".join(part for part in (PLACES[item.place.kind], when) if part)


PROBLEMS = (
    Column("level", "Важность", lambda p: state_of(p)[1], 160, kind="chip", chip=lambda p: state_of(p)[0],
           sort=lambda p: (not p.open, checks.LEVELS.index(p.level))),
    Column("school", "Школа", lambda p: p.school, 150, 1, middle=True),
    Column("where", "Где", _where, 150, 1),
    Column("message", "Что не так", lambda p: p.message, 380, 5, tip=lambda p: p.message),
)  # fmt: skip


class ProblemsWindow(Window):
    """Everything that is wrong or doubtful in the file, in one list; Enter leads to the place."""

    guide = ("02-загрузка", "Замечания к данным")

    def __init__(self, session: Session, problem_id: str | None, parent: QWidget | None = None) -> None:
        super().__init__(session, "Замечания к данным", parent, size=(1080, 640))
        self._wanted = problem_id
        empty = EmptyState(
            "circle-check", "Замечаний нет", "Числа сходятся, коды верны, всё загруженное принято или объяснено."
        )
        self.table = DataTable(
            "problems", PROBLEMS, lambda p: p.id, habits=session.habits, title="Замечания к данным", empty=empty
        )
        self.table.current_changed.connect(self._show_one)
        self.table.activated.connect(lambda _p: self._open_place())
        self.table.row_actions = self._actions
        self.chips: dict[str, ChipButton] = {}
        for key, _word in CHIPS:
            chip = ChipButton(CHECK_KINDS.get(key, "ok"), "")
            chip.clicked.connect(lambda checked, key=key: self._quick(key if checked else ""))
            self.table.lead.addWidget(chip)
            self.chips[key] = chip
        self.body.addWidget(self.table, 1)
        self.card = Card(pad=12)
        self.text = Label("", wrap=True).selectable()
        self.said = Label("", "muted", wrap=True).selectable()
        self.card.body.addWidget(self.text)
        self.card.body.addWidget(self.said)
        self.body.addWidget(self.card)
        self.open_place = Button("Открыть место", self._open_place, icon="eye")
        self.explain = Button("Объяснить…", self._explain, icon="edit", kind="primary")
        self.withdraw = Button("Снять объяснение", self._withdraw)
        self.add_buttons(self.explain, Button("Закрыть", self.accept), left=(self.open_place, self.withdraw))
        session.changed.connect(self.touched)
        self.refresh()

    def refresh(self) -> None:
        """Check the data anew."""
        self.take(self.session.desk.read(checks.problems), self._show)

    def _show(self, found: list[DataProblem]) -> None:
        self.session.take_problems(found)
        waiting = sum(item.open for item in found)
        self.say(
            f"{count(waiting, 'замечание ждёт', 'замечания ждут', 'замечаний ждут')} вас. Исправьте число там, где оно "
            "стоит, или объясните, почему так: объяснение останется в файле, пока число не изменится."
            if waiting
            else ""
        )
        for key, word in CHIPS:
            size = sum((key == "explained") if not item.open else item.level == key for item in found)
            self.chips[key].set_text(f"{word} {size}")
            self.chips[key].setVisible(bool(size) and size < len(found))
        self.card.setVisible(bool(found))
        self.table.set_rows(found)
        if self._wanted is not None:
            self.table.choose(self._wanted)
            self._wanted = None

    def _quick(self, wanted: str) -> None:
        for key, chip in self.chips.items():
            chip.setChecked(key == wanted)
        test = None if not wanted else lambda p: (p.level == wanted) if p.open else wanted == "explained"
        self.table.model.set_quick(test)

    def _chosen(self) -> list[DataProblem]:
        return [item for item in self.table.selected() if item.open and item.level != "block"]

    def _show_one(self, item: DataProblem | None) -> None:
        free = item is not None and not self.session.desk.read_only
        self.explain.setEnabled(free and item is not None and item.open and item.level != "block")
        self.explain.setToolTip("Такого быть не может: исправьте число" if item and item.level == "block" else "")
        self.withdraw.setVisible(free and item is not None and not item.open)
        self.open_place.setEnabled(item is not None)
        self.text.setText(item.message if item is not None else "")
        said = item.explanation if item is not None else None
        self.said.setVisible(said is not None)
        if said is not None:
            by = ", ".join(part for part in (said.actor or "", ru_moment(said.at) if said.at else "") if part)
            self.said.setText(f"Объяснение: {said.text}" + (f" ({by})" if by else ""))

    def _actions(self) -> list[RowAction | None]:
        return [("Открыть место", self._open_place), ("Объяснить…", self._explain)]

    def _open_place(self) -> None:
        """Show the card, the cell, the figures or the file that the finding is about."""
        item: DataProblem | None = self.table.current()
        if item is None:
            return
        place = item.place
        if place.kind == "metric":
            self.session.go("metric", (place.school_id, place.year, place.metric))
        elif place.kind == "mark" and place.school_id is not None:
            self.session.go("origin", (place.school_id, item.school, place.year))
        elif place.kind == "school" and place.school_id is not None:
            self.session.go("school", ("details", place.school_id))
        elif place.kind == "survey":
            self.session.go("forms", ("surveys", place.key))
        elif place.kind == "monitoring":
            self.session.go("monitoring", (place.field or "execution", None))
        elif place.kind == "work":
            self.session.go("work", (place.field or "journal", None))
        elif place.kind == "courses":
            self.session.go("courses", place.year)
        else:
            self.session.go("rules" if place.kind == "reference" else "files")

    def _explain(self) -> None:
        items = self._chosen()
        if not items:
            return
        text = items[0].message if len(items) == 1 else f"Одно объяснение на {len(items)} замечаний."
        answer = self.session.dialogs.ask(
            "Объяснить замечание", text, [Field("text", "Почему это верно", long=True, required=True)], "Объяснить"
        )
        if answer is not None:
            self.take(self.session.written(checks.explain, items, answer["text"]), None)

    def _withdraw(self) -> None:
        item: DataProblem | None = self.table.current()
        if item is not None and not item.open:
            self.take(self.session.written(checks.withdraw, item), None)
