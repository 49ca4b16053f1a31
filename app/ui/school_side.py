"""Head and left side of school mode: who asks what and till when, the forms with their progress, who fills."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.operations.form_cases import CaseView
from app.operations.school_mode import Work
from app.texts import count, ru_date, ru_moment, school_year
from app.ui import theme
from app.ui.school_list import FormList, titles_of
from app.ui.widgets.basics import Button, Card, Scroller
from app.ui.widgets.chip import Chip
from app.ui.widgets.labels import ElidedLabel, Label


class SchoolHead(QWidget):
    """The school, how far its answer is, and what can be done with it."""

    def __init__(self, printing: Callable[[], object], saving: Callable[[], object], sending: Callable[[], object]):
        super().__init__()
        px = theme.current().px
        self.title = ElidedLabel("Ответ на запрос", "title")
        self.sentence = ElidedLabel("", "muted")
        self.due = Chip()
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addWidget(self.title)
        words.addWidget(self.sentence)
        self.printing = Button("Печать…", printing, icon="printer")
        self.saving = Button("Сохранить ответ…", saving, icon="device-floppy")
        self.sending = Button("Отправить…", sending, icon="mail", kind="primary")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        row.addLayout(words, 1)
        for widget in (self.due, self.printing, self.saving, self.sending):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def enable(self, *, ready: bool) -> None:
        """Offer what can be done."""
        for button in (self.printing, self.saving, self.sending):
            button.setVisible(ready)

    def show_nothing(self) -> None:
        """No request is open."""
        self.title.setText("Ответ на запрос")
        self.sentence.setText("Ответы хранятся на этом компьютере, в сеть программа не выходит.")
        self.due.hide()

    def show_work(self, work: Work, today: date) -> None:
        """Show how far the answer is."""
        request = work.request
        self.title.setText(f"{request.school_name}: ответ на запрос")
        answered = f"отвечено {work.answered} из {work.of}"
        self.sentence.setText(f"{school_year(request.school_year)} учебный год · {answered} · {_reply_words(work)}")
        days = sorted(view.due_on for view in work.views if view.due_on)
        self.due.setVisible(bool(days))
        if days:
            late = days[0] < today.isoformat()
            self.due.set("bad" if late else "info", f"{'срок был' if late else 'срок'} {ru_date(days[0])}")


def _reply_words(work: Work) -> str:
    if work.replied_at is None:
        return "каждый ответ сохраняется сам"
    moment = ru_moment(work.replied_at)
    if work.fresh:
        return f"файл ответа сохранён {moment}"
    return f"после файла от {moment} ответы изменились: сохраните его ещё раз"


class SchoolSide(QWidget):
    """The request, the forms, who fills.

    Signals:
        rename(): the person wants to name somebody else.
    """

    rename = Signal()

    def __init__(self) -> None:
        super().__init__()
        px = theme.current().px
        self.setMinimumWidth(px(230))
        self.forms = FormList()
        self.asked = Card("Что просят", pad=14)
        self.whose = Label("", wrap=True)
        self.letter = Label("", wrap=True).selectable()
        scroller = Scroller()
        scroller.column.addWidget(self.letter)
        scroller.column.addStretch(1)
        self._letter_box = scroller
        self.asked.body.addWidget(self.whose)
        self.asked.body.addWidget(scroller, 1)
        forms = Card(pad=1)
        self.forms_title = Label("", "section")
        top = QHBoxLayout()
        top.setContentsMargins(px(13), px(6), px(8), 0)
        top.addWidget(self.forms_title)
        forms.body.addLayout(top)
        forms.body.addWidget(self.forms, 1)
        self.filler = Label("", "muted", wrap=True)
        bottom = QHBoxLayout()
        bottom.setSpacing(px(8))
        bottom.addWidget(self.filler, 1)
        bottom.addWidget(Button("Изменить…", self.rename.emit, kind="link"), 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        column.addWidget(self.asked, 2)
        column.addWidget(forms, 3)
        column.addLayout(bottom)

    def show_work(self, work: Work, case_id: int | None) -> None:
        """Show the request and its forms."""
        request = work.request
        parts = (request.organisation or request.municipality, request.asker, request.phone)
        self.whose.setText("\n".join(part for part in parts if part))
        self.whose.setVisible(any(parts))
        self.letter.setText(request.letter or "Ответьте на вопросы форм, сохраните ответ и отправьте файл тому, кто "
                            "прислал запрос.")  # fmt: skip
        self.forms_title.setText(count(len(work.views), "форма", "формы", "форм"))
        self.forms.show_views(work.views, case_id)
        self.filler.setText(f"Заполняет {work.filler}" + (f", {work.post}" if work.post else ""))

    def title_of(self, view: CaseView) -> str:
        """Return the name of a form as the list has it."""
        views = self.forms.views
        return next(
            (name for one, name in zip(views, titles_of(views), strict=True) if one.case.id == view.case.id),
            view.form.short,
        )
