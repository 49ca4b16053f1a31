"""One item of a form: number, wording in full, the answer beside or under it, details, what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.forms.schema import Answer, Item
from app.ui import theme
from app.ui.form_view.base import Remark
from app.ui.form_view.details import INSET, Details, Proof
from app.ui.form_view.kinds import widget_for
from app.ui.theme import Kind
from app.ui.widgets.labels import Label

Placed = tuple[int, list[tuple[QWidget, QRect]]]
"""A height, and where everything stands."""
BESIDE_SHARE = 0.46
"""An answer stands beside its wording while it needs no more of the width."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a row shows.

    Attributes:
        last: last year's answer with its year; "" where there is none.
        offer: whether «Без изменений» makes sense.
        remark: what is wrong, with its kind; "" where nothing is.
    """

    answer: Answer = field(default_factory=Answer)
    draft: str | None = None
    last: str = ""
    offer: bool = False
    remark: tuple[Kind, str] = ("bad", "")
    proofs: tuple[Proof, ...] = ()
    read_only: bool = False


class ItemRow(QWidget):
    """One item.

    Signals:
        answered(raw, other, not applicable), commented(text), drafted(raw), moved(way), same(), attach(),
        opened(key), detached(key): what the person did.
    """

    answered = Signal(str, str, bool)
    commented = Signal(str)
    drafted = Signal(str)
    moved = Signal(str)
    same = Signal()
    attach = Signal()
    opened = Signal(object)
    detached = Signal(object)

    def __init__(self, item: Item, *, number_width: int, criterion: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.item = item
        self.shown = Shown()
        self._number_width = number_width
        self._hot = False
        self._places: dict[int, Placed] = {}
        name = f"{item.number}. {item.text}" if item.number else item.text
        self.name = name
        self.setAccessibleName(name)
        self.criterion = Label(criterion, "strong", wrap=True, parent=self) if criterion else None
        self.wording = Label(item.text, wrap=True, parent=self)
        self.hint = Label(item.hint, "muted", wrap=True, parent=self) if item.hint else None
        self.answer = widget_for(item, name)
        self.answer.setParent(self)
        self.details = Details(item, name, self)
        self.remark: Remark | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._connect()

    def _connect(self) -> None:
        self.answer.answered.connect(self.answered)
        self.answer.drafted.connect(self.drafted)
        self.answer.moved.connect(self.moved)
        self.answer.asked_for.connect(self._asked_for)
        self.answer.grown.connect(self.relay)
        self.details.grown.connect(self.relay)
        self.details.same.connect(self.same)
        self.details.attach.connect(self.attach)
        self.details.opened.connect(self.opened)
        self.details.detached.connect(self.detached)
        self.details.walked.connect(self.moved)
        self.details.commented.connect(self._commented)

    def _asked_for(self, what: str) -> None:
        if what == "comment":
            self.details.open_comment()
        elif self.shown.offer:
            self.same.emit()

    def _commented(self, text: str) -> None:
        if text.strip() != self.shown.answer.comment:
            self.commented.emit(text)

    # --- showing -------------------------------------------------------------------------------------------------

    def show_item(self, shown: Shown, *, force: bool = False) -> None:
        """Show the answer and all around it; nothing is done where nothing is new."""
        if shown == self.shown and not force:
            return
        before = self._placed(self.width())[0]
        self.shown = shown
        if self.answer.read_only != shown.read_only:
            self.answer.set_read_only(shown.read_only)
        self.answer.show_answer(shown.answer, shown.draft, force=force)
        self.details.show_details(
            shown.last, shown.answer.comment, shown.proofs, offer=shown.offer, read_only=shown.read_only, force=force
        )
        if self.remark is None and shown.remark[1]:
            self.remark = Remark(self)
        if self.remark is not None:
            self.remark.say(*shown.remark)
        self._places.clear()
        if self._placed(self.width())[0] != before:
            self.updateGeometry()
        self._settle()
        self.update()

    def commit(self) -> None:
        """Save what is being typed."""
        self.answer.commit()
        self.details.commit()

    def focus(self) -> None:
        """Put the keyboard into the answer."""
        self.answer.target().setFocus(Qt.FocusReason.OtherFocusReason)

    def set_hot(self, hot: bool) -> None:
        """Mark it as the one that is being answered."""
        if hot != self._hot:
            self._hot = hot
            self.update()

    # --- where things stand --------------------------------------------------------------------------------------

    def relay(self) -> None:
        """Give everything its place anew: something is higher or lower now."""
        self._places.clear()
        self.updateGeometry()
        self._settle()

    def hasHeightForWidth(self) -> bool:
        """The height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height at a width."""
        return self._placed(width)[0]

    def sizeHint(self) -> QSize:
        """Anything: the layout asks for the height at the real width."""
        return QSize(theme.current().px(600), theme.current().px(60))

    def minimumSizeHint(self) -> QSize:
        """It shrinks to a narrow window."""
        return QSize(theme.current().px(240), theme.current().px(30))

    def resizeEvent(self, event: object) -> None:  # noqa: ARG002
        """Put everything in its place."""
        self._settle()

    def _settle(self) -> None:
        for widget, rect in self._placed(self.width())[1]:
            widget.setGeometry(rect)
        # its own parts may have changed though its place has not
        self.details.place(self.details.width(), move=True)

    def _placed(self, width: int) -> Placed:
        """Return the height and every place at a width; layouts ask for them many times over."""
        found = self._places.get(width)
        if found is None:
            found = self._places[width] = self._place(width)
        return found

    def _place(self, width: int) -> Placed:
        px = theme.current().px
        left, y = px(12) + self._number_width, px(8)
        room = max(px(160), width - left - px(12))
        places: list[tuple[QWidget, QRect]] = []

        def put(widget: QWidget, top: int, wide: int) -> int:
            high = widget.heightForWidth(wide)
            places.append((widget, QRect(left, top, wide, high)))
            return top + high

        if self.criterion is not None:
            y = put(self.criterion, y, room) + px(4)
        wish = self.answer.wish()
        beside = wish <= room * BESIDE_SHARE
        column = room - wish - px(20) if beside else room
        top = y
        y = put(self.wording, y + (px(5) if beside else 0), column)
        if self.hint is not None:
            y = put(self.hint, y, column)
        if beside:
            high = self.answer.heightForWidth(wish)
            places.append((self.answer, QRect(left + room - wish, top, wish, high)))
        else:
            y = put(self.answer, y + px(6), room)
        inset = px(INSET)
        high_details = self.details.heightForWidth(column + inset)
        places.append((self.details, QRect(left - inset, y + px(2), column + inset, high_details)))
        y += px(2) + high_details
        if beside:
            y = max(y, top + high)
        if self.remark is not None and not self.remark.isHidden():
            y = put(self.remark, y + px(4), room)
        return y + px(8), places

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the number, the line under the item, and the mark of the one that is being answered."""
        px = theme.current().px
        painter = QPainter(self)
        kind, text = self.shown.remark
        if self._hot or text:
            colour = theme.color("accent") if self._hot else QColor(theme.current().tokens.pair(kind)[0])
            painter.fillRect(QRect(0, 1, px(3), self.height() - 2), colour)
        painter.setPen(theme.color("line"))
        painter.drawLine(px(12), self.height() - 1, self.width() - px(12), self.height() - 1)
        if self.item.number:
            painter.setFont(theme.current().font(weight=QFont.Weight.DemiBold))
            painter.setPen(theme.color("accent" if self._hot else "muted"))
            box = QRect(px(12), self.wording.y(), self._number_width, self.wording.height())
            painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop), self.item.number)
        painter.end()


def criteria_of(items: Sequence[Item]) -> list[str]:
    """Return what stands over each item: the criterion where it is another than over the item before."""
    found, before = [], ""
    for item in items:
        found.append(item.criterion if item.criterion != before else "")
        before = item.criterion
    return found
