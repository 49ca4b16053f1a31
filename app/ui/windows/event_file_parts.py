"""Parts of «Взять из файла…»: the people as understood, what the columns mean, schools that nobody knows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice

from PySide6.QtCore import QMargins, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.operations.event_file import (
    FIELDS,
    MOST_PROPOSED,
    STATE_WORDS,
    Line,
    PeopleColumn,
    Preview,
    Understood,
    spelling,
)
from app.operations.register_work_events import CAME_WORDS
from app.texts import count, quoted
from app.ui import theme
from app.ui.item_models.table_model import Column
from app.ui.theme import Kind
from app.ui.widgets.basics import Card, Combo, Scroller
from app.ui.widgets.labels import ElidedLabel, Label
from app.ui.windows.marking_grid import letter

_GRAVE = frozenset({"error", "warning"})
_CHIPS: dict[str, Kind] = {"error": "bad", "warning": "warn", "hint": "none", "": "ok"}
_WORDS = {"error": "ошибка", "warning": "проверить", "hint": "к сведению", "": "понятно"}
_CHOICES = [("не брать", ""), *((words, key) for key, words in FIELDS.items())]
_COMBO = 176


def _doubtful(line: Line) -> bool:
    return line.state in {"new", "filled"} and line.level in _GRAVE


def _state(line: Line) -> str:
    return "проверить" if _doubtful(line) else STATE_WORDS[line.state]


def _chip(line: Line) -> Kind:
    if _doubtful(line):
        return "warn"
    return {"new": "ok", "filled": "info"}.get(line.state, "none")  # type: ignore[return-value]


def _told(line: Line) -> str:
    return "\n".join(one.message for one in line.problems)


LINES = (
    Column("place", "Ячейка", lambda r: r.row.cell, 62, tip=lambda r: r.row.place),
    Column("state", "Что будет", _state, 116, kind="chip", chip=_chip, tip=_told),
    Column("name", "Фамилия, имя, отчество", lambda r: r.name, 190, 3, least=120, strong=True, tip=lambda r: r.name),
    Column("school", "Школа", lambda r: r.shown or "—", 120, 3, least=80, middle=True, tip=lambda r: r.shown),
    Column("post", "Должность", lambda r: r.post, 110, 2, least=70, tip=lambda r: r.post),
    Column("came", "Был", lambda r: CAME_WORDS.get(r.came or "", "—"), 116),
)
FINDINGS = (
    Column("level", "Важность", lambda p: _WORDS[p.level], 116, kind="chip", chip=lambda p: _CHIPS[p.level]),
    Column("message", "Что не так", lambda p: p.message, 400, 5, tip=lambda p: p.message),
)


def told_whole(line: Line | None) -> str:
    """Return what is to be said of a row, for under the table."""
    if line is None:
        return ""
    if line.problems:
        return " ".join(one.message for one in line.problems)
    return f"{line.row.place}: {STATE_WORDS[line.state]}."


class PeopleColumns(Card):
    """One line a column: its letter, its heading, its first values, what it means."""

    def __init__(self, chosen: Callable[[int, str], object], parent: QWidget | None = None) -> None:
        super().__init__("Что в столбцах", "", pad=12, parent=parent)
        self._chosen = chosen
        self.combos: dict[int, Combo] = {}
        self.scroller = Scroller(spacing=6)
        self.body.addWidget(self.scroller, 1)

    def show_table(self, table: Understood) -> None:
        """Show the columns of a sheet."""
        self.scroller.clear()
        self.combos = {}
        for column in table.columns:
            samples = [row[column.at] for row in table.samples if column.at < len(row) and row[column.at]]
            if samples or column.path:
                self.scroller.column.addWidget(self._line(column, samples))
        self.scroller.column.addStretch(1)

    def _line(self, column: PeopleColumn, samples: Sequence[str]) -> QWidget:
        px = theme.current().px
        widget = QWidget()
        row = QHBoxLayout(widget)
        row.setContentsMargins(QMargins(0, 0, 0, 0))
        row.setSpacing(px(8))
        words = QVBoxLayout()
        words.setSpacing(0)
        place = letter(column.at)
        title = ElidedLabel(f"{place}. {column.path[-1] if column.path else 'без заголовка'}", "strong",
                            mode=Qt.TextElideMode.ElideRight)  # fmt: skip
        words.addWidget(title)
        # what is private is not even shown
        shown = "скрыто" if column.field == "private" else "; ".join(samples) or "пустой"
        words.addWidget(ElidedLabel(shown, "muted"))
        combo = Combo(f"Что в столбце {place}: {column.heading}")
        combo.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.fill(_CHOICES, column.field or "")
        combo.setFixedWidth(px(_COMBO))
        combo.currentIndexChanged.connect(partial(self._tell, column.at, combo))
        self.combos[column.at] = combo
        row.addLayout(words, 1)
        row.addWidget(combo)
        return widget

    def _tell(self, at: int, combo: Combo, _index: int) -> None:
        self._chosen(at, str(combo.currentData()))


class SchoolsPanel(QWidget):
    """Spellings that no school of the registry has, each with a choice; what was chosen stays to be changed."""

    def __init__(self, settled: Callable[[str, int | None], object]) -> None:
        super().__init__()
        self._settled = settled
        self._seen: dict[str, tuple[str, int, tuple[tuple[int, str], ...]]] = {}
        self._schools: tuple[tuple[int, str], ...] = ()
        self._file: tuple[int, str] | None = None
        self.combos: dict[str, Combo] = {}
        column = QVBoxLayout(self)
        self.lead = Label("", "muted", wrap=True)
        self.scroller = Scroller(spacing=8)
        column.addWidget(self.lead)
        column.addWidget(self.scroller, 1)

    def show_found(self, found: Preview) -> None:
        """Show the spellings of a preview; those settled before stay."""
        file = (found.event, found.source.sha256)
        if file != self._file:
            self._seen, self._file = {}, file
        for one in found.unknown:
            self._seen[spelling(one.text)] = (one.text, one.people, one.proposals)
        self._schools = found.schools or self._schools
        self.scroller.clear()
        self.combos = {}
        for key, (text, people, proposals) in islice(self._seen.items(), MOST_PROPOSED):
            self.scroller.column.addWidget(self._line(key, text, people, proposals, found.choice.schools.get(key)))
        self.scroller.column.addStretch(1)
        self.lead.setText(self._words())

    def _words(self) -> str:
        if not self._seen:
            return "Все школы файла есть в реестре."
        told = "Выберите школу, и программа запомнит это написание. Не выбранная останется в списке события с пометкой."
        further = len(self._seen) - MOST_PROPOSED
        if further <= 0:
            return told
        return f"{told} Показаны первые {MOST_PROPOSED} написаний, ещё {further} останутся с пометкой."

    def _line(
        self, key: str, text: str, people: int, proposals: Sequence[tuple[int, str]], chosen: int | None
    ) -> QWidget:  # fmt: skip
        widget = QWidget()
        row = QHBoxLayout(widget)
        row.setContentsMargins(QMargins(0, 0, 0, 0))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(text, "strong"))
        words.addWidget(Label(count(people, "человек", "человека", "человек"), "muted"))
        combo = Combo(f"Какая это школа: {quoted(text)}")
        combo.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setFixedWidth(theme.current().px(300))
        first = {school for school, _name in proposals}
        likely = [(f"{name} (похожа)", school) for school, name in proposals]
        rest = [(name, school) for school, name in self._schools if school not in first]
        combo.fill([("оставить с пометкой", None), *likely, *rest], chosen)
        combo.currentIndexChanged.connect(partial(self._tell, key, combo))
        self.combos[key] = combo
        row.addLayout(words, 1)
        row.addWidget(combo)
        return widget

    def _tell(self, key: str, combo: Combo, _index: int) -> None:
        self._settled(key, combo.currentData())
