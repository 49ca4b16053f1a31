"""Answers that are chosen: buttons on one line where they fit, a list where they are long. Digits choose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.forms.item_types import NO, NOT_APPLICABLE, YES, type_of
from app.forms.schema import Answer, Item
from app.texts import glue
from app.ui import theme
from app.ui.form_view.base import NOT_APPLICABLE_KEYS, AnswerWidget
from app.ui.widgets.field import FieldEdit

_WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignVCenter)
_CLEARING = frozenset({Qt.Key.Key_Backspace, Qt.Key.Key_Delete})


@lru_cache(maxsize=4)
def _fonts(_look: theme.Theme) -> tuple[QFont, QFont]:
    """Return the fonts of an option, plain and chosen; hundreds of options ask for them at once."""
    return theme.current().font(), theme.current().font(weight=QFont.Weight.DemiBold)


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose: its value, its words, the key that chooses it; ``value`` is empty for «не применимо»."""

    value: str
    text: str
    key: str
    other: bool = False


def options_of(item: Item) -> tuple[Option, ...]:
    """Return what can be chosen. Values that are digits are their own keys: 2 gives two points."""
    if item.scale is not None:
        choices = item.scale.choices
        digits = all(len(choice.value) == 1 and choice.value.isdigit() for choice in choices)
        made = [
            Option(
                choice.value, choice.text, choice.value if digits else str(place) if place < 10 else "", choice.other
            )
            for place, choice in enumerate(choices, 1)
        ]
    else:
        made = [Option(value, type_of(item).to_text(item, value), key) for value, key in ((YES, "1"), (NO, "2"))]
    if item.not_applicable:
        made.append(Option("", NOT_APPLICABLE, "Н"))
    return tuple(made)


class OptionButton(QAbstractButton):
    """One option; a filled mark and bold words say that it is chosen."""

    def __init__(self, option: Option, *, many: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.option = option
        self.many = many
        self.in_line = True
        self._wish = 0
        self._heights: dict[int, int] = {}
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setText(glue(option.text))
        self.setAccessibleName(option.text)

    def _left(self) -> int:
        px = theme.current().px
        return px(26) + (px(14) if self.option.key else 0)

    def wish(self) -> int:
        """Return the width on one line; the bold words fit, too, so that nothing moves when it is chosen."""
        if not self._wish:
            words = QFontMetrics(_fonts(theme.current())[1]).horizontalAdvance(self.text())
            self._wish = self._left() + words + theme.current().px(11)
        return self._wish

    def height_for(self, width: int) -> int:
        """Return the height of the wrapped words."""
        px = theme.current().px
        if width not in self._heights:
            box = QRect(0, 0, max(40, width - self._left() - px(10)), 10_000)
            words = QFontMetrics(_fonts(theme.current())[1]).boundingRect(box, _WRAP, self.text())
            self._heights[width] = words.height() + px(10)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        """As it stands: the box has given it room."""
        return QSize(min(self.wish(), self.width()), self.height_for(self.width()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw mark, key and words."""
        px, chosen = theme.current().px, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if chosen or self.in_line or self.underMouse():
            fill = "accent_soft" if chosen else "hover" if self.underMouse() and self.isEnabled() else "surface"
            painter.setBrush(theme.color(fill))
            line = "accent" if chosen else "control_line" if self.in_line else fill
            painter.setPen(QPen(theme.color(line), 1))
            painter.drawRoundedRect(frame, px(6), px(6))
        self._draw_mark(painter, QRectF(px(8), frame.center().y() - px(6), px(12), px(12)), chosen)
        if self.option.key:
            painter.setFont(theme.current().font(12))
            painter.setPen(theme.color("accent" if chosen else "muted"))
            painter.drawText(
                QRect(px(26), 0, px(12), self.height()), int(Qt.AlignmentFlag.AlignVCenter), self.option.key
            )
        painter.setFont(_fonts(theme.current())[chosen])
        painter.setPen(theme.color("accent" if chosen else "text" if self.isEnabled() else "muted"))
        painter.drawText(self.rect().adjusted(self._left(), 0, -px(6), 0), _WRAP, self.text())
        painter.end()

    def _draw_mark(self, painter: QPainter, box: QRectF, chosen: bool) -> None:
        painter.setPen(QPen(theme.color("accent" if chosen else "muted"), 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inner = box.adjusted(3, 3, -3, -3)
        if not self.many:
            painter.drawEllipse(box)
        else:
            painter.drawRoundedRect(box, 3, 3)
        if not chosen:
            return
        painter.setBrush(theme.color("accent"))
        if not self.many:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(inner)
        else:
            painter.setPen(QPen(theme.color("accent"), 2))
            middle = QPointF(inner.left() + inner.width() / 3, inner.bottom())
            painter.drawPolyline([QPointF(inner.left(), inner.center().y()), middle, inner.topRight()])


class OtherEdit(FieldEdit):
    """The text beside «другое»: saved as it is typed."""

    walked = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the form lead on."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.commit()
            self.walked.emit(event)
        else:
            super().keyPressEvent(event)


class ChoiceBox(AnswerWidget):
    """One choice."""

    many = False

    def __init__(self, item: Item, name: str, parent: QWidget | None = None) -> None:
        super().__init__(item, name, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.options = options_of(item)
        self.buttons = [OptionButton(option, many=self.many, parent=self) for option in self.options]
        for button in self.buttons:
            button.clicked.connect(lambda _checked=False, option=button.option: self._pressed(option))
        self.other: OtherEdit | None = None
        self._wish = 0
        self._name()

    # --- what is shown -------------------------------------------------------------------------------------------

    @property
    def values(self) -> tuple[str, ...]:
        """The values that are chosen."""
        return tuple(self.answer.value.split(";")) if self.answer.value else ()

    def show_answer(self, answer: Answer, draft: str | None = None, *, force: bool = False) -> None:  # noqa: ARG002
        """Show what is chosen; a wrong answer chooses nothing."""
        self.answer = answer
        for button in self.buttons:
            value = button.option.value
            button.setChecked(answer.not_applicable if not value else value in self.values)
        self._show_other(force=force)
        self._name()

    def _name(self) -> None:
        said = ", ".join(button.option.text for button in self.buttons if button.isChecked())
        self.setAccessibleName(f"{self.name}. Ответ: {said or 'нет'}")
        keys = "; ".join(f"{option.key} — {option.text}" for option in self.options if option.key)
        self.setAccessibleDescription(keys)

    def _show_other(self, *, force: bool) -> None:
        wanted = any(option.other and option.value in self.values for option in self.options)
        if wanted and self.other is None:
            self.other = OtherEdit(f"{self.name}: что именно", "что именно", self)
            self.other.committed.connect(self._other_typed)
            self.other.drafted.connect(self._other_typed)
            self.other.walked.connect(self.walk)
            self.other.setEnabled(not self.read_only)
        if self.other is not None:
            if force:
                self.other.setModified(False)
            self.other.show_stored(self.answer.other)
            if self.other.isHidden() == wanted:
                self.other.setVisible(wanted)
                self.grown.emit()
            self._arrange(self.width())

    def set_read_only(self, read_only: bool) -> None:
        """Let it be read only: the buttons stay readable."""
        super().set_read_only(read_only)
        for button in self.buttons:
            button.setEnabled(not read_only)
        if self.other is not None:
            self.other.setEnabled(not read_only)

    # --- where things stand --------------------------------------------------------------------------------------

    def wish(self) -> int:
        """Return the width of all buttons on one line."""
        if not self._wish:
            gap = theme.current().px(6) * (len(self.buttons) - 1)
            self._wish = sum(button.wish() for button in self.buttons) + gap
        return self._wish

    def heightForWidth(self, width: int) -> int:
        """Return the height of the line or the list, and of the text beside «другое»."""
        px = theme.current().px
        if self.wish() <= width:
            found = self.buttons[0].height_for(self.buttons[0].wish())
        else:
            found = sum(button.height_for(width) + px(2) for button in self.buttons) - px(2)
        if self.other is not None and not self.other.isHidden():
            found += px(6) + self.other.sizeHint().height()
        return found

    def resizeEvent(self, event: object) -> None:  # noqa: ARG002
        """Put the buttons in their places."""
        self._arrange(self.width())

    def _arrange(self, width: int) -> None:
        px = theme.current().px
        x = y = 0
        in_line = self.wish() <= width
        for button in self.buttons:
            wide = button.wish() if in_line else width
            high = button.height_for(wide)
            button.in_line = in_line
            button.setGeometry(x, y, wide, high)
            x, y = (x + wide + px(6), y) if in_line else (0, y + high + px(2))
        if self.other is not None:
            top = (self.buttons[0].height() if in_line else y - px(2)) + px(6)
            self.other.setGeometry(0, top, width, self.other.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ring of the keyboard around the chosen option, or around all."""
        if not self.hasFocus():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("accent"), 1.5, Qt.PenStyle.DotLine))
        area = self.buttons[0].geometry().united(self.buttons[-1].geometry())
        painter.drawRoundedRect(QRectF(area).adjusted(-2.5, -2.5, 2.5, 2.5), 7, 7)
        painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.update()

    # --- choosing ------------------------------------------------------------------------------------------------

    def _pressed(self, option: Option) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.choose(option)

    def choose(self, option: Option) -> None:
        """Answer with an option."""
        if self.read_only:
            return
        if not option.value:
            self.answered.emit("", "", True)
        else:
            self._tell(self._with(option.value))

    def _with(self, value: str) -> Sequence[str]:
        return [value]

    def _tell(self, values: Sequence[str]) -> None:
        beside = any(option.other and option.value in values for option in self.options)
        self.answered.emit(";".join(values), self.answer.other if beside else "", False)

    def _other_typed(self, text: str) -> None:
        if self.answer.value is not None and text.strip() != self.answer.other:
            self.answered.emit(self.answer.value, text, False)

    def commit(self) -> None:
        """Save the text beside «другое»."""
        if self.other is not None and not self.other.isHidden():
            self.other.commit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits choose, Backspace clears, Enter goes on."""
        if self.walk(event):
            return
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_F2:
            self.asked_for.emit("comment")
        elif self.read_only or not plain or not self._answered_by(event):
            event.ignore()

    def _answered_by(self, event: QKeyEvent) -> bool:
        """Answer with a key; False where it means nothing."""
        key, text = event.key(), event.text()
        found = next((option for option in self.options if option.key and option.key == text), None)
        if text and text in NOT_APPLICABLE_KEYS and self.item.not_applicable:
            found = self.options[-1]
        if found is not None:
            self.choose(found)
        elif key in _CLEARING:
            self.answered.emit("", "", False)
        elif key == Qt.Key.Key_Space:
            self.asked_for.emit("same")
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right} and not self.many:
            self._step(1 if key == Qt.Key.Key_Right else -1)
        else:
            return False
        return True

    def _step(self, step: int) -> None:
        here = next((place for place, button in enumerate(self.buttons) if button.isChecked()), None)
        place = (0 if step > 0 else len(self.options) - 1) if here is None else here + step
        if 0 <= place < len(self.options):
            self.choose(self.options[place])


class ManyBox(ChoiceBox):
    """Several choices: a digit sets a mark or takes it away."""

    many = True

    def _with(self, value: str) -> Sequence[str]:
        chosen = set(self.values) ^ {value}
        return [option.value for option in self.options if option.value in chosen]
