"""The right side of marking: what each column means, and what holds for the whole table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QMargins, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.operations import marking as marks
from app.operations.marking import MarkedColumn, Marking
from app.texts import count
from app.ui import theme
from app.ui.widgets.basics import Card, Combo, Scroller
from app.ui.widgets.labels import ElidedLabel, Label
from app.ui.windows.marking_grid import letter

PERSONAL = "имена и документы людей не читаются"


@dataclass
class _Line:
    widget: QWidget
    note: ElidedLabel
    combo: Combo


class ColumnsPanel(Card):
    """One line a column: its letter and headings, its first values, what it means."""

    def __init__(self, chosen: Callable[[int, str], object], parent: QWidget | None = None) -> None:
        super().__init__("Что в столбцах", "", pad=12, parent=parent)
        self._chosen = chosen
        self._lines: dict[int, _Line] = {}
        self.scroller = Scroller(spacing=4)
        self.body.addWidget(self.scroller, 1)

    def show_columns(self, marking: Marking, meanings: Sequence[tuple[str, str]]) -> None:
        """Show the columns of another header or of another kind of table."""
        self.scroller.clear()
        self._lines = {}
        for column in marking.columns:
            self._lines[column.at] = self._line(column, meanings)
            self.scroller.column.addWidget(self._lines[column.at].widget)
        self.scroller.column.addStretch(1)
        self.update_columns(marking)

    def update_columns(self, marking: Marking) -> None:
        """Show what the columns mean now."""
        for column in marking.columns:
            line = self._lines[column.at]
            line.combo.blockSignals(True)
            line.combo.choose(column.meaning)
            line.combo.blockSignals(False)
            line.note.setText(_note(column))
        taken = sum(bool(column.meaning) for column in marking.columns)
        of = count(len(marking.columns), "столбца", "столбцов", "столбцов")
        self.heading.setText(f"Что в столбцах: берётся {taken} из {of}" if marking.columns else "Что в столбцах")

    def combo(self, at: int) -> Combo:
        """Return the choice of a column."""
        return self._lines[at].combo

    def show_column(self, at: int) -> None:
        """Bring a column into view and put the keyboard on its choice."""
        line = self._lines.get(at)
        if line is not None:
            self.scroller.ensureWidgetVisible(line.widget)
            line.combo.setFocus(Qt.FocusReason.OtherFocusReason)

    def _line(self, column: MarkedColumn, meanings: Sequence[tuple[str, str]]) -> _Line:
        px = theme.current().px
        widget = QWidget()
        row = QHBoxLayout(widget)
        row.setContentsMargins(QMargins(0, 0, 0, 0))
        row.setSpacing(px(8))
        place = Label(letter(column.at), "muted")
        place.setMinimumWidth(px(22))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(column.title or "без заголовка", "strong", mode=Qt.TextElideMode.ElideMiddle))
        note = ElidedLabel("", "muted")
        words.addWidget(note)
        combo = Combo(f"Что в столбце {letter(column.at)}: {column.title}")
        combo.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.fill(list(meanings) if not column.personal else [meanings[0]])
        combo.setEnabled(not column.personal)
        combo.setFixedWidth(px(204))
        combo.currentIndexChanged.connect(partial(self._tell, column.at, combo))
        row.addWidget(place)
        row.addLayout(words, 1)
        row.addWidget(combo)
        return _Line(widget, note, combo)

    def _tell(self, at: int, combo: Combo, _index: int) -> None:
        self._chosen(at, str(combo.currentData()))


def _note(column: MarkedColumn) -> str:
    parts = [
        PERSONAL if column.personal else "",
        "▲ догадка, проверьте" if column.unsure else "",
        "скрыт в Excel" if column.hidden else "",
        "; ".join(column.samples) if not column.personal else "",
    ]
    return " · ".join(part for part in parts if part) or "пустой"


class FixedPanel(Card):
    """Year, procedure, subject, grade, municipality and region where no column and no title says them."""

    def __init__(self, changed: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__("Чего нет в самой таблице", "", pad=12, parent=parent)
        px = theme.current().px
        self.year = self._edit("год")
        self.grade = self._edit("класс")
        self.procedure = Combo("Процедура")
        self.procedure.fill([("как в таблице", ""), *((word, word) for word in marks.PROCEDURES)])
        self.procedure.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.procedure.setMinimumContentsLength(5)
        self.subject = Combo("Предмет")
        self.subject.setEditable(True)
        self.subject.fill([("", ""), *((word, word) for word in marks.SUBJECTS)])
        self.subject.setMinimumWidth(px(156))
        self.subject.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        line = self.subject.lineEdit()
        if line is not None:
            line.setPlaceholderText("как в таблице")
            line.setAccessibleName("Предмет")
        self.municipality = self._edit("муниципалитет")
        self.region = self._edit("регион")
        for edit in (self.year, self.grade, self.municipality, self.region):
            edit.textChanged.connect(lambda _text: changed())
        for combo in (self.procedure, self.subject):
            combo.currentTextChanged.connect(lambda _text: changed())
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(8))
        grid.setVerticalSpacing(px(6))
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 2)  # subjects are the longest words here
        self._labels: dict[QWidget, Label] = {}
        for place, (word, widget) in enumerate(
            (
                ("Год", self.year),
                ("Класс", self.grade),
                ("Процедура", self.procedure),
                ("Предмет", self.subject),
                ("Регион", self.region),
                ("Муниципалитет", self.municipality),
            )
        ):
            label = Label(word, "muted")
            self._labels[widget] = label
            grid.addWidget(label, place // 2, 2 * (place % 2))
            grid.addWidget(widget, place // 2, 2 * (place % 2) + 1)
        self.body.addLayout(grid)
        self.body.addWidget(
            Label("Год относится только к этому файлу, остальное запомнится в разметке.", "muted", wrap=True)
        )

    def _edit(self, name: str) -> QLineEdit:
        edit = QLineEdit()
        edit.setAccessibleName(name.capitalize())
        edit.setPlaceholderText("как в таблице")
        return edit

    def show_for(self, target: str | None) -> None:
        """Leave only what a table of this kind can lack."""
        self.setVisible(target is not None)
        shown: dict[QWidget, bool] = {
            self.year: target != "schools", self.grade: target == "marks", self.procedure: target == "marks",
            self.subject: target == "marks", self.region: target != "schools", self.municipality: True,
        }  # fmt: skip
        for widget, visible in shown.items():
            widget.setVisible(visible)
            self._labels[widget].setVisible(visible)

    def show_words(self, marking: Marking) -> None:
        """Show what a marking says of the whole table."""
        words = {
            self.grade: str(marking.grade or ""), self.municipality: marking.municipality, self.region: marking.region,
        }  # fmt: skip
        for edit, text in words.items():
            edit.setText(text)
        self.procedure.choose(marking.procedure)
        self.subject.setCurrentText(marking.subject)

    def number(self, edit: QLineEdit) -> int | None:
        """Return a whole number; None where nothing or something else stands there."""
        words = edit.text().strip()
        return int(words) if words.isascii() and words.isdecimal() and len(words) <= 4 else None
