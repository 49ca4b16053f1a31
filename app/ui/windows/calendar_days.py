"""Days that differ from the usual week, and the breaks of the schools: two sheets."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.operations import workday
from app.texts import school_year
from app.ui.pages.register_pane import RegisterPane
from app.ui.session import Session
from app.ui.widgets.basics import Button
from app.ui.windows.base import Window


class CalendarDaysWindow(Window):
    """What the calendar of the municipality knows beyond law and decree."""

    guide = ("18-сегодня", "Рабочие дни и каникулы")

    def __init__(self, session: Session, _payload: object = None, parent: QWidget | None = None) -> None:
        super().__init__(session, "Рабочие дни и каникулы", parent, size=(760, 620))
        year = {"school_year": session.school_year}
        self.breaks = RegisterPane(session, "breaks", lambda: year)
        self.days = RegisterPane(session, "days", dict)
        self.breaks.name.setText(f"Каникулы, {school_year(session.school_year)} учебный год")
        self.body.addWidget(self.breaks, 1)
        self.body.addWidget(self.days, 1)
        self.say("Праздники и переносы из постановлений программа знает сама. Сюда вписывают только отличия.")
        self.usual = Button("Вписать обычные каникулы", self.put_usual, icon="calendar-event", kind="link")
        self.usual.setToolTip("Сроки предложит программа; поправьте их по приказу своих школ")
        self.usual.setEnabled(not session.desk.read_only)
        self.breaks.lead.insertWidget(self.breaks.lead.count() - 1, self.usual)
        self.add_buttons(Button("Закрыть", self.accept))
        session.changed.connect(self.touched)
        self.refresh()

    def refresh(self) -> None:
        """Read both sheets anew."""
        self.breaks.refresh()
        self.days.refresh()

    def focus_main(self) -> None:
        """Put the keyboard into the breaks."""
        self.breaks.grid.setFocus()

    def put_usual(self) -> None:
        """Write the usual breaks of the year; what stands there already stays."""
        self.session.write(self, self._put, workday.put_usual_breaks, self.session.school_year)

    def _put(self, number: int) -> None:
        self.say(
            "Вписаны обычные сроки: поправьте их по приказу своих школ. Отменить — Ctrl+Z."
            if number
            else "Все четыре строки каникул уже есть."
        )
