"""Parts of «Загрузить план…»: the rows as understood, what the columns mean, where the plan goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QMargins, Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.models.programme_records import Node
from app.operations import programme_import
from app.operations.programme_import import FIELDS, OF_YEAR, STATE_WORDS, Line, Period, PlanColumn, Preview, Understood
from app.operations.programmes import ProgrammeLine
from app.texts import ru_date
from app.ui import theme
from app.ui.item_models.table_model import Column
from app.ui.theme import Kind
from app.ui.widgets.basics import Card, Combo, Scroller
from app.ui.widgets.labels import ElidedLabel, Label
from app.ui.windows.marking_grid import letter

_CHIPS: dict[str, Kind] = {"error": "bad", "warning": "warn", "hint": "none", "": "ok"}
_WORDS = {"error": "ошибка", "warning": "проверить", "hint": "подсказка", "": "понятно"}
_FURTHER_YEARS = 3


def _state(line: Line) -> str:
    """Return the word of a row: what is there already says so, else how grave its problems are."""
    return STATE_WORDS[line.state] if line.state != "new" else _WORDS[line.level]


def _chip(line: Line) -> Kind:
    return "info" if line.state != "new" and line.level in {"", "hint"} else _CHIPS[line.level]


def _results(line: Line) -> str:
    row = line.row
    if row.kind == "indicator":
        targets = [f"{year}: {raw}" for year, raw in row.targets]
        return "; ".join([f"было {row.baseline}"] * bool(row.baseline) + targets)
    money = [f"{year or 'год не указан'}: {raw}" for year, _source, raw in row.money]
    return " | ".join([*row.results, *money])


def _group(line: Line) -> str:
    row = line.row
    if row.kind == "indicator":
        return row.measure
    return row.group.title if row.group is not None else ""


def _told(line: Line) -> str:
    return "\n".join(one.message for one in line.problems)


ROWS = (
    Column("label", "№", lambda r: r.row.label, 40, tip=lambda r: r.row.place),
    Column("state", "Состояние", _state, 118, kind="chip", chip=_chip, tip=_told),
    Column("text", "Мероприятие", lambda r: r.row.text or "без названия", 200, 4, least=120,
           tip=lambda r: r.row.text, strong=True),
    Column("term", "Срок", lambda r: r.row.term or "—", 110, 1, least=70, tip=lambda r: r.row.term),
    Column("dates", "Понято как", lambda r: r.dates or "—", 192, 1, least=186, tip=lambda r: r.dates or _told(r)),
    Column("who", "Ответственные", lambda r: " | ".join(r.row.responsible), 110, 2, least=60,
           tip=lambda r: "\n".join(r.row.responsible)),
    Column("results", "Результаты", _results, 110, 2, least=60, tip=_results),
    Column("group", "Раздел", _group, 60, 1, least=40, tip=_group),
)  # fmt: skip
FINDINGS = (
    Column("level", "Важность", lambda p: _WORDS[p.level], 118, kind="chip", chip=lambda p: _CHIPS[p.level]),
    Column("message", "Что не так", lambda p: p.message, 400, 5, tip=lambda p: p.message),
)


def told_whole(line: Line | None) -> str:
    """Return everything of a row in lines of its own, for under the table."""
    if line is None:
        return ""
    row = line.row
    dates = f" → {line.dates}" if line.dates else ""
    parts = [
        f"{row.place}. {row.text}",
        *(one.message for one in line.problems),
        f"Срок: {row.term}{dates}" if row.term else "",
        f"Результаты: {_results(line)}" if _results(line) else "",
        f"Примечание: {'; '.join(row.notes)}" if row.notes else "",
        # the last: after initials a line would run on
        f"Ответственные: {' | '.join(row.responsible)}" if row.responsible else "",
    ]
    return "\n".join(part for part in parts if part)


def meanings(tables: Sequence[Understood], period: Period | None) -> list[tuple[str, str]]:
    """Return what a column may mean, as (words, value); values of years are «target:2026»."""
    years = {column.year for table in tables for column in table.columns if column.year is not None}
    if period is not None:
        years |= set(range(period.year_from, min(period.year_to, period.year_from + _FURTHER_YEARS) + 1))
    plain = [(words, key) for key, words in FIELDS.items() if key not in OF_YEAR]
    of_years = [(f"{FIELDS[key][:-7]} на {year} год", f"{key}:{year}") for key in OF_YEAR for year in sorted(years)]
    return [("в примечание", ""), *plain, ("деньги, год не указан", "money:"), *sorted(of_years)]


def value_of(column: PlanColumn) -> str:
    """Return the value of the choice of a column."""
    if column.field in OF_YEAR:
        return f"{column.field}:{column.year or ''}"
    return column.field or ""


def field_of(value: str) -> tuple[str | None, int | None]:
    """Return the meaning that a choice stands for."""
    name, _, year = value.partition(":")
    return name or None, int(year) if year else None


class ColumnsPanel(Card):
    """One line a column: its letter, its heading, its first values, what it means."""

    def __init__(self, chosen: Callable[[int, str], object], parent: QWidget | None = None) -> None:
        super().__init__("Что в столбцах", "", pad=12, parent=parent)
        self._chosen = chosen
        self.combos: dict[int, Combo] = {}
        self.scroller = Scroller(spacing=6)
        self.body.addWidget(self.scroller, 1)

    def show_table(self, table: Understood, choices: Sequence[tuple[str, str]]) -> None:
        """Show the columns of a table."""
        self.scroller.clear()
        self.combos = {}
        for column in table.columns:
            samples = [row[column.at] for row in table.samples if column.at < len(row) and row[column.at]]
            if samples or column.path:
                self.scroller.column.addWidget(self._line(column, samples, choices))
        self.scroller.column.addStretch(1)
        taken = sum(bool(column.field) for column in table.columns)
        self.heading.setText(f"Что в столбцах: узнано {taken} из {len(table.columns)}")

    def _line(self, column: PlanColumn, samples: Sequence[str], choices: Sequence[tuple[str, str]]) -> QWidget:
        px = theme.current().px
        widget = QWidget()
        row = QHBoxLayout(widget)
        row.setContentsMargins(QMargins(0, 0, 0, 0))
        row.setSpacing(px(8))
        words = QVBoxLayout()
        words.setSpacing(0)
        place = letter(column.at)
        words.addWidget(
            ElidedLabel(f"{place}. {column.heading or 'без заголовка'}", "strong", mode=Qt.TextElideMode.ElideRight)
        )
        words.addWidget(ElidedLabel("; ".join(" ".join(text.split()) for text in samples) or "пустой", "muted"))
        combo = Combo(f"Что в столбце {place}: {column.heading}")
        combo.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.fill(list(choices), value_of(column))
        combo.setFixedWidth(px(168))
        combo.currentIndexChanged.connect(partial(self._tell, column.at, combo))
        self.combos[column.at] = combo
        row.addLayout(words, 1)
        row.addWidget(combo)
        return widget

    def _tell(self, at: int, combo: Combo, _index: int) -> None:
        self._chosen(at, str(combo.currentData()))


class WherePanel(QWidget):
    """A new programme with its title and years, or a draft that is there; a task, or the file's own headings."""

    def __init__(self, changed: Callable[[], object], drafted: Callable[[], object]) -> None:
        super().__init__()
        px = theme.current().px
        self._changed = changed
        self._drafted = drafted
        self._period: Period | None = None
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(10))
        grid.setVerticalSpacing(px(8))
        grid.setColumnStretch(2, 1)
        self.anew = QRadioButton("Новая программа")
        self.into = QRadioButton("В проект, который уже есть")
        group = QButtonGroup(self)
        for button in (self.anew, self.into):
            group.addButton(button)
        self.anew.setChecked(True)
        self.title = self._edit("Название программы", 0)
        self.first, self.last = self._edit("Первый год", 64), self._edit("Последний год", 64)
        self.limits = Label("", "muted", wrap=True)
        self.draft, self.task = Combo("Проект программы"), Combo("Под какую задачу")
        for combo in (self.draft, self.task):
            combo.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.doubles = QCheckBox("Загрузить и строки, которые в программе уже есть")
        years = QHBoxLayout()
        years.setSpacing(px(8))
        for widget in (self.first, Label("–"), self.last, self.limits):
            years.addWidget(widget, 1 if widget is self.limits else 0)
        grid.addWidget(self.anew, 0, 0, 1, 3)
        grid.addWidget(Label("Название", "muted"), 1, 1)
        grid.addWidget(self.title, 1, 2)
        grid.addWidget(Label("Годы", "muted"), 2, 1)
        grid.addLayout(years, 2, 2)
        grid.setRowMinimumHeight(3, px(6))
        grid.addWidget(self.into, 4, 0, 1, 3)
        grid.addWidget(Label("Проект", "muted"), 5, 1)
        grid.addWidget(self.draft, 5, 2)
        grid.addWidget(Label("Под задачу", "muted"), 6, 1)
        grid.addWidget(self.task, 6, 2)
        grid.addWidget(self.doubles, 7, 1, 1, 2)
        grid.setColumnMinimumWidth(0, px(22))
        self.anew.toggled.connect(lambda _on: self._switched())
        self.draft.activated.connect(lambda _place: self._drafted())
        self.task.activated.connect(lambda _place: self._changed())
        self.doubles.toggled.connect(lambda _on: self._changed())

    def _edit(self, name: str, width: int) -> QLineEdit:
        edit = QLineEdit()
        edit.setAccessibleName(name)
        if width:
            edit.setFixedWidth(theme.current().px(width))
        edit.editingFinished.connect(lambda: self._changed())  # noqa: PLW0108 - a bound method would outlive the window
        return edit

    def _switched(self) -> None:
        self._enable()
        self._changed()

    def _enable(self) -> None:
        for edit in (self.title, self.first, self.last):
            edit.setEnabled(self.anew.isChecked())
        for chosen in (self.draft, self.task, self.doubles):
            chosen.setEnabled(self.into.isChecked())
        self.into.setEnabled(self.draft.currentData() is not None)

    def show_drafts(self, lines: Sequence[ProgrammeLine], chosen: int | None) -> None:
        """Show the drafts a plan may go into; ``chosen`` is the one to begin with."""
        items = [(f"{line.school or line.programme.title} · {line.programme.year_from}–{line.programme.year_to}",
                  line.programme.id) for line in lines if not line.programme.frozen]  # fmt: skip
        self.draft.fill(items or [("проектов программ пока нет", None)], chosen)
        self.show_tasks([])
        self._enable()

    def show_tasks(self, nodes: Sequence[Node]) -> None:
        """Show the tasks of the chosen draft."""
        self.task.fill([("по разделам самого плана", None), *((node.text or "задача без названия", node.id)
                                                              for node in nodes)], self.task.currentData())  # fmt: skip

    def show_found(self, found: Preview) -> None:
        """Show the title and the years that the file names, where nobody has typed others."""
        if found.target.into is not None:
            return
        self._period = found.period
        if not self.title.text().strip():
            self.title.setText(found.title)
            self.title.setCursorPosition(0)
        if found.period is not None:
            self.first.setText(str(found.period.year_from))
            self.last.setText(str(found.period.year_to))
        own = found.period is not None and found.period.date_from is not None
        first, last = found.period.limits if found.period is not None else ("", "")
        self.limits.setText(f"учебный год: {ru_date(first)} – {ru_date(last)}" if own else "")

    @property
    def period(self) -> Period | None:
        """The years as typed; the exact limits of the file stay while its years do. None: not typed or no years."""
        first, last = self.first.text().strip(), self.last.text().strip()
        if not (first.isascii() and last.isascii() and first.isdigit() and last.isdigit()):
            return None
        kept = self._period
        if kept is not None and (kept.year_from, kept.year_to) == (int(first), int(last)):
            return kept
        fits = 2000 <= int(first) <= int(last) <= 2100
        return Period(int(first), int(last)) if fits else None

    @property
    def target(self) -> programme_import.Target:
        """Where the plan goes, as it is chosen now."""
        if self.into.isChecked() and self.draft.currentData() is not None:
            return programme_import.Target(
                self.draft.currentData(), task_id=self.task.currentData(), doubles=self.doubles.isChecked()
            )
        return programme_import.Target(title=self.title.text(), period=self.period)
