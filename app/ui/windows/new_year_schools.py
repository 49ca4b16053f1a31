"""First step of the new school year: a line a school, what became of it, schools that opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.models.organisations import School
from app.operations.agreement_grids import fits_date
from app.operations.new_year import FATE_WORDS, Answer, Answers, Fate, NewSchool
from app.operations.schools import iso_date
from app.texts import count, ru_date
from app.ui.dialogs import Field
from app.ui.item_models.table_model import Column
from app.ui.session import Session
from app.ui.theme import Kind
from app.ui.widgets.basics import Button
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.table import DataTable, RowAction

KINDS: dict[Fate, Kind] = {"same": "none", "renamed": "info", "closed": "bad", "joined": "warn"}
OPENED = "открыта"
_VERBS: tuple[tuple[Fate, str], ...] = (
    ("renamed", "Переименована…"),
    ("joined", "Присоединена…"),
    ("closed", "Закрыта…"),
)
_NO_PARENT = ""


@dataclass(frozen=True)
class Line:
    """A school of the registry with what became of it, or a school that opened."""

    school: School | None
    answer: Answer | None = None
    fresh: NewSchool | None = None
    other: str = ""

    @property
    def key(self) -> int | str:
        """What stays the same when the answer changes."""
        return self.fresh.key if self.fresh is not None else self.school.id if self.school is not None else 0

    @property
    def shown(self) -> str:
        """Name."""
        if self.fresh is not None:
            return self.fresh.short_name or self.fresh.name
        return self.school.shown if self.school is not None else ""

    @property
    def fate(self) -> Fate:
        """What became of it."""
        return "same" if self.answer is None else self.answer.fate

    @property
    def word(self) -> str:
        """What became of it, in words."""
        return OPENED if self.fresh is not None else FATE_WORDS[self.fate]

    @property
    def kind(self) -> Kind:
        """Mark of the chip."""
        return "ok" if self.fresh is not None else KINDS[self.fate]

    @property
    def told(self) -> str:
        """New name, the school it was joined to, the day."""
        if self.fresh is not None:
            return f"выделена из {self.other}" if self.other else self.fresh.settlement
        if self.answer is None or self.fate == "same":
            return ""
        return {"renamed": self.answer.name, "joined": f"к школе {self.other}"}.get(self.fate, "")

    @property
    def day(self) -> str:
        """Since when."""
        raw = self.fresh.day if self.fresh is not None else self.answer.day if self.answer is not None else ""
        return ru_date(raw) if raw else ""


COLUMNS = (
    Column("school", "Школа", lambda line: line.shown, 230, 2, 170, middle=True, strong=True,
           tip=lambda line: line.school.name if line.school is not None else line.shown),
    Column("fate", "Что стало", lambda line: line.word, 180, kind="chip", chip=lambda line: line.kind),
    Column("told", "Подробности", lambda line: line.told, 300, 3, 180, middle=True, tip=lambda line: line.told),
    Column("day", "С какого дня", lambda line: line.day, 100),
)  # fmt: skip


class SchoolsStep(QWidget):
    """The table and what may be said of its lines.

    Signals:
        changed(): something else was said.
    """

    changed = Signal()

    def __init__(self, session: Session, year: Callable[[], int]) -> None:
        super().__init__()
        self.session, self._year = session, year
        self.schools: tuple[School, ...] = ()
        self.answers: dict[int, Answer] = {}
        self.fresh: list[NewSchool] = []
        self._number = 0
        self.table = DataTable(
            "new-year", COLUMNS, lambda line: line.key, habits=session.habits, title="Что стало со школами",
            empty=EmptyState("school", "Школ в реестре нет", "Загрузите реестр, потом начинайте новый год."),
        )  # fmt: skip
        self.verbs = [Button(word, partial(self.say, fate)) for fate, word in _VERBS]
        self.same = Button("Без изменений", lambda: self.say("same"))
        self.opened = Button("Новая школа…", self.open_school, icon="plus")
        for button in (*self.verbs, self.same, self.opened):
            self.table.lead.addWidget(button)
        self.table.current_changed.connect(lambda _line: self._enable())
        self.table.row_actions = self._row_actions
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)

    # --- showing -------------------------------------------------------------------------------------------------

    def show_schools(self, schools: Sequence[School]) -> None:
        """Show the registry; what was said of a school stays."""
        self.schools = tuple(schools)
        known = {school.id for school in schools}
        self.answers = {key: answer for key, answer in self.answers.items() if key in known}
        self._show()

    def _show(self) -> None:
        names: dict[object, str] = {school.id: school.shown for school in self.schools}
        names |= {item.key: item.short_name or item.name for item in self.fresh}
        lines = [Line(None, fresh=item, other=names.get(item.split_from, "")) for item in self.fresh]
        for school in self.schools:
            answer = self.answers.get(school.id)
            lines.append(Line(school, answer, other="" if answer is None else names.get(answer.target, "")))
        self.table.set_rows(lines)
        self._enable()
        self.changed.emit()

    def _enable(self) -> None:
        line = self._current()
        for button in self.verbs:
            button.setEnabled(line is not None and line.fresh is None)
        self.same.setEnabled(line is not None and (line.fresh is not None or line.answer is not None))
        self.same.setText("Убрать" if line is not None and line.fresh is not None else "Без изменений")

    def _current(self) -> Line | None:
        found = self.table.current()
        return found if isinstance(found, Line) else None

    def _row_actions(self) -> list[RowAction | None]:
        found: list[RowAction | None] = [(word, partial(self.say, fate)) for fate, word in _VERBS]
        return [*found, ("Без изменений", partial(self.say, "same")), None, ("Новая школа…", self.open_school)]

    @property
    def found(self) -> Answers:
        """What was said."""
        return Answers(tuple(self.answers.values()), tuple(self.fresh))

    @property
    def sentence(self) -> str:
        """How much was said."""
        parts = [count(len(self.fresh), "открыта", "открыты", "открыто")] if self.fresh else []
        for fate, forms in (("renamed", ("переименована", "переименованы", "переименовано")),
                            ("closed", ("закрыта", "закрыты", "закрыто")),
                            ("joined", ("присоединена", "присоединены", "присоединено"))):  # fmt: skip
            number = sum(answer.fate == fate for answer in self.answers.values())
            parts += [count(number, *forms)] if number else []
        return ", ".join(parts) or "изменений нет"

    # --- saying ----------------------------------------------------------------------------------------------------

    def _day_field(self) -> Field:
        return Field("day", "С какого дня", f"01.09.{self._year()}", required=True,
                     test=lambda text: "" if fits_date(text) else "Дата пишется так: 01.09.2027.")  # fmt: skip

    def say(self, fate: Fate) -> None:
        """Ask what goes with it and remember it of the current school."""
        line = self._current()
        if line is None:
            return
        if line.fresh is not None:
            if fate == "same":
                self._forget(line.fresh)
            return
        school = line.school
        if school is None:
            return
        answer = Answer(school.id, "same") if fate == "same" else self._ask(fate, school)
        if answer is None:
            return
        if fate == "same":
            self.answers.pop(school.id, None)
        else:
            self.answers[school.id] = answer
        self._show()

    def _ask(self, fate: Fate, school: School) -> Answer | None:
        fields = {"renamed": self._name_fields, "joined": self._target_fields}.get(fate, lambda _school: [])(school)
        texts = {
            "renamed": "Прежнее название останется написанием: старые файлы узнают школу.",
            "joined": "Чужие результаты сами не перейдут; переход записывается с датой.",
            "closed": "Результаты школы останутся в файле. Её назначения закончатся этим днём.",
        }
        told = self.session.dialogs.ask(
            f"{school.shown}: {FATE_WORDS[fate]}", texts[fate], [*fields, self._day_field()], "Запомнить"
        )
        if not told or (fate == "joined" and not told["target"]):
            return None
        target: int | str | None = None
        if fate == "joined":
            target = int(told["target"]) if told["target"].isdigit() else told["target"]
        return Answer(
            school.id, fate, told.get("name", ""), told.get("short_name", ""), target, iso_date(told["day"])
        )  # fmt: skip

    def _name_fields(self, school: School) -> list[Field]:
        before = self.answers.get(school.id)
        known = before if before is not None and before.fate == "renamed" else None
        return [
            Field("name", "Новое полное название", known.name if known else school.name, required=True),
            Field("short_name", "Краткое название", known.short_name if known else school.short_name or ""),
        ]

    def _target_fields(self, school: School) -> list[Field]:
        gone = {key for key, answer in self.answers.items() if answer.fate in {"closed", "joined"}}
        choices = [(item.short_name or item.name, item.key) for item in self.fresh]
        choices += [(item.shown, str(item.id)) for item in self.schools if item.id not in gone | {school.id}]
        return [Field("target", "К какой школе", choices[0][1] if choices else "", required=True,
                      choices=tuple(choices))]  # fmt: skip

    def open_school(self) -> None:
        """Ask about a school that opened."""
        parents = [("нет, новая", _NO_PARENT), *((item.shown, str(item.id)) for item in self.schools)]
        told = self.session.dialogs.ask(
            "Новая школа", "Код ей можно дать потом в карточке.",
            [Field("name", "Полное название", required=True), Field("short_name", "Краткое название"),
             Field("settlement", "Населённый пункт"),
             Field("split_from", "Выделена из школы", _NO_PARENT, choices=tuple(parents)), self._day_field()],
            "Запомнить",
        )  # fmt: skip
        if told:
            self._number += 1
            parent = int(told["split_from"]) if told["split_from"] else None
            self.fresh.append(
                NewSchool(f"new:{self._number}", told["name"], told["short_name"], told["settlement"], parent,
                          iso_date(told["day"]))
            )  # fmt: skip
            self._show()

    def _forget(self, fresh: NewSchool) -> None:
        """Take a school that opened out again, and what was joined to it."""
        self.fresh = [item for item in self.fresh if item.key != fresh.key]
        self.answers = {key: answer for key, answer in self.answers.items() if answer.target != fresh.key}
        self._show()

    def other_year(self) -> None:
        """The days that were the first of September go with the year."""
        first = f"{self._year()}-09-01"
        self.answers = {
            key: replace(answer, day=first) if answer.day.endswith("-09-01") else answer
            for key, answer in self.answers.items()
        }
        self.fresh = [replace(item, day=first) if item.day.endswith("-09-01") else item for item in self.fresh]
        self._show()
