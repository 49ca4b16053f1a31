"""The line over a form: how far it is, what is wrong, the points so far with level and word."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from app.forms.answers import Progress
from app.texts import count
from app.ui import theme
from app.ui.form_view.judging import ScoreLine
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Row
from app.ui.widgets.chip import Chip, ChipButton, chip_height
from app.ui.widgets.labels import Label


class FormStrip(QWidget):
    """Progress and points.

    Signals:
        next_wanted(): to the next item without an answer.
        wrong_wanted(): to the next answer that does not fit.
        level_wanted(): a person wants to choose another level.
        same_wanted(): «Без изменений» for everything that was filled in beforehand.
    """

    next_wanted = Signal()
    wrong_wanted = Signal()
    same_wanted = Signal()
    level_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        px = theme.current().px
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(px(120))
        self.bar.setAccessibleName("Сколько отвечено")
        self.words = Label("")
        self.next = Button("К следующему без ответа", self.next_wanted.emit, kind="link", tip="Ctrl+Enter")
        self.wrong = ChipButton("bad", "")
        self.wrong.setCheckable(False)
        self.wrong.setToolTip("Перейти к следующему такому ответу")
        self.wrong.clicked.connect(lambda _checked=False: self.wrong_wanted.emit())
        self.same = Button("", self.same_wanted.emit, icon="circle-check", kind="link")
        self._high = self.next.sizeHint().height()
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignVCenter)
        # one height for all, so that they stand on one line
        for widget in (holder, self.words, self.wrong):
            widget.setMinimumHeight(self._high)
        self.first = Row(holder, self.words, self.next, self.wrong, self.same, gap=10)
        self.points = Row(gap=10)
        self._shown: tuple[ScoreLine, ...] = ()
        self.level = Button("Изменить уровень…", self.level_wanted.emit, kind="quiet")
        self.level.hide()
        self.points.flow.addWidget(self.level)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(6), px(12), px(6))
        column.setSpacing(px(4))
        column.addWidget(self.first)
        column.addWidget(self.points)
        self.points.hide()

    def show_progress(
        self, progress: Progress, *, wrong: int, kind: Kind, same: int, read_only: bool
    ) -> None:  # fmt: skip
        """Tell how far the form is, how many answers do not fit, how many may be confirmed."""
        self.bar.setRange(0, max(1, progress.of))
        self.bar.setValue(progress.answered)
        self.bar.setVisible(progress.of > 0)
        self.first.setVisible(progress.of > 0)
        self.words.setText(f"{progress.answered} из {progress.of} отвечено" if progress.of else "Вопросов нет")
        self.next.setVisible(progress.answered < progress.of and not read_only)
        self.wrong.set_kind(kind)
        self.wrong.set_text(f"проверить {wrong}")
        self.wrong.setAccessibleName(f"К следующему ответу, который надо проверить: {wrong}")
        self.wrong.setVisible(wrong > 0)
        number = count(same, "ответ", "ответа", "ответов")
        self.same.setText(f"Без изменений: {number}")
        self.same.setAccessibleName(f"Подтвердить без изменений: {number}")
        self.same.setVisible(same > 0 and not read_only)

    def show_points(self, lines: Sequence[ScoreLine], override: tuple[str, Kind] | None = None) -> None:
        """Tell the points with the level; ``override`` is a level that a person chose, with its kind."""
        said = (*lines, *([ScoreLine("Уровень по решению эксперта", "", *override)] if override else []))
        if said == self._shown:
            return
        self._shown = said
        flow = self.points.flow
        while flow.count():
            item = flow.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None and widget is not self.level:
                widget.hide()
                widget.deleteLater()
        for line in said:
            words = [Label(f"{line.title}:", "muted"), *([Label(line.points, "strong")] if line.points else [])]
            for label in words:
                label.setMinimumHeight(chip_height())
                flow.addWidget(label)
            if line.level:
                flow.addWidget(Chip(line.kind, line.level))
        flow.addWidget(self.level)
        self.points.setVisible(bool(said))
        self.points.updateGeometry()

    def score_text(self) -> str:
        """Return the points as one text: what tests and those who hear the screen read."""
        return "; ".join(
            " ".join(part for part in (line.title, line.points, line.level) if part) for line in self._shown
        )
