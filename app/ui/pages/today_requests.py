"""«Запросы» of the page «Сегодня»: what was asked from above, by when, and the answer with its files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.errors import UserError
from app.operations import requests, tasks
from app.operations.requests import RequestLine
from app.operations.today import DAYS
from app.texts import NBSP, count, ru_date
from app.ui import theme
from app.ui.dialogs import Field
from app.ui.pages.register_pane import ALL_FILES
from app.ui.pages.today_due import CARD_WIDTH, DueView
from app.ui.theme import Kind
from app.ui.typed_days import day_trouble
from app.ui.widgets.basics import Button, Card, Row
from app.ui.widgets.chip import Chip
from app.ui.widgets.facts import Facts
from app.ui.widgets.labels import Label

if TYPE_CHECKING:
    from app.ui.pages.today import TodayPage

KINDS: dict[str, Kind] = {
    "late": "bad", "soon": "warn", "waiting": "none", "no_term": "none", "answered": "ok", "answered_late": "warn",
}  # fmt: skip


class RequestsView(DueView):
    """«Запросы»."""

    key = "requests"
    title = "Запросы"
    heading = "Входящие запросы"
    guide = ("18-сегодня", "Запросы")
    ended = "answered_on"
    asks = ("Какие запросы показать", "Ждут ответа")

    def __init__(self, page: TodayPage) -> None:
        super().__init__(page)
        self._lines: dict[int, RequestLine] = {}
        self.card = RequestCard(self)
        self.put_beside(self.card)

    def make_actions(self) -> Sequence[Button]:
        """Return the buttons of the header."""
        return (Button("Ответ дан…", self.answer, icon="circle-check", kind="primary"),)

    def refresh(self) -> None:
        """Read everything anew."""
        self.enable_actions()
        self.session.read(self, self._take, requests.listing, self.session.today())
        self.pane.refresh()

    def _take(self, found: list[RequestLine]) -> None:
        self._lines = {line.id: line for line in found}
        waiting = [line for line in found if line.answered_on is None]
        late = sum(line.state == "late" for line in waiting)
        if not found:
            self.say("Запросов пока нет. Впишите первый в таблицу: номер, от кого, о чём и до какого дня ответить")
        elif not waiting:
            self.say(f"На все запросы ответ дан, всего{NBSP}{len(found)}")
        else:
            told = count(len(waiting), "запрос ждёт", "запроса ждут", "запросов ждут") + " ответа"
            self.say(told + (f" · просрочено{NBSP}{late}" if late else ""))
        self.show_card()

    def show_card(self) -> None:
        """Show the card of the request the cursor is on."""
        key = self.pane.current
        self.card.show_request(self._lines.get(key) if key is not None else None)

    # --- the answer --------------------------------------------------------------------------------------------------

    def answer(self) -> None:
        """Ask how the current request was answered."""
        if self.pane.current is None:
            self.session.tell("info", "Выберите запрос, на который дан ответ.")
            return
        self.session.read(self, self._ask, requests.answers)

    def _ask(self, papers: list[tuple[int, str]]) -> None:
        key = self.pane.current
        line = self._lines.get(key) if key is not None else None
        if key is None or line is None:
            return
        choices = (("Нет", ""), *((f"№{NBSP}{number}: {title}", str(number)) for number, title in papers))
        fields = [
            Field("day", "Когда дан ответ", ru_date(self.session.today()), required=True, test=day_trouble),
            Field("number", "Исходящий номер", line.answer_number),
            Field("text", "Что ответили", line.answer, long=True),
            Field("file", "Файл ответа", hint="останется у запроса", files=ALL_FILES),
        ]
        if papers:
            fields.append(Field("paper", "Документ из журнала исходящих", choices=choices))
        told = self.session.dialogs.ask("Ответ дан", line.subject or "Запрос без темы", fields, "Записать")
        if told is not None:
            self._write(key, told)

    def _write(self, key: int, told: dict[str, str]) -> None:
        try:
            day = date.fromisoformat(tasks.read_day(told["day"]) or self.session.today().isoformat())
        except UserError as error:
            self.session.tell_error(error)
            return
        paths = [Path(told["file"])] if told["file"].strip() else []
        paper = int(told["paper"]) if told.get("paper") else None
        self.session.write(
            self, None, requests.answer, key, day, number=told["number"], text=told["text"], paths=paths, paper=paper
        )

    def take_back(self) -> None:
        """The current request is not answered after all."""
        if self.pane.current is not None:
            self.session.write(self, None, requests.take_back, self.pane.current)


class RequestCard(Card):
    """One request: what was asked, how long there is, what was answered."""

    def __init__(self, view: RequestsView) -> None:
        super().__init__()
        self.view, self.session = view, view.session
        self._line: RequestLine | None = None
        self.setFixedWidth(theme.current().px(CARD_WIDTH))
        self.nothing = Label(
            "Выберите запрос: здесь будет, сколько осталось и чем ответили. Файлы прилагаются под таблицей.", "muted",
            wrap=True,
        )  # fmt: skip
        self.text = Label("", "section", wrap=True)
        self.chips = Row()
        self.facts = Facts()
        self.again = Button("Ответа ещё нет", view.take_back, icon="arrow-back-up")
        self.paper = Button("Открыть документ", self._open_paper)
        self.acts = Row(self.again, self.paper)
        self.about: tuple[QWidget, ...] = (self.text, self.chips, self.facts, self.acts)
        self.body.addWidget(self.nothing)
        for widget in self.about:
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self.show_request(None)

    def show_request(self, line: RequestLine | None) -> None:
        """Show another request, or how to choose one."""
        self._line = line
        self.nothing.setVisible(line is None)
        for widget in self.about:
            widget.setVisible(line is not None)
        if line is None:
            return
        self.text.setText(line.subject or "Запрос без темы")
        while (item := self.chips.flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self.chips.flow.addWidget(Chip(KINDS[line.state], line.word))
        self.facts.show_facts(_facts(line))
        writable = not self.session.desk.read_only
        self.again.setVisible(line.answered_on is not None)
        self.paper.setVisible(line.paper is not None)
        self.again.setEnabled(writable)

    def _open_paper(self) -> None:
        if self._line is not None and self._line.paper is not None:
            self.session.go("register", self._line.paper[0])


def _facts(line: RequestLine) -> list[tuple[str, str]]:
    found = [("Запрос", line.named), ("От кого", line.sender)]
    if line.due_on:
        told = ru_date(line.due_on)
        if line.days is not None:
            number = count(abs(line.days), *DAYS)
            told += f", {number} назад" if line.days < 0 else f", осталось {number}" if line.days else ", сегодня"
        found.append(("Ответить до", told))
    if line.responsible:
        found.append(("Кто готовит", line.responsible))
    if line.answered_on:
        number = f", №{NBSP}{line.answer_number}" if line.answer_number else ""
        found.append(("Ответ", f"{ru_date(line.answered_on)}{number}"))
    if line.answer:
        found.append(("Что ответили", line.answer))
    if line.paper is not None:
        found.append(("Документ", f"№{NBSP}{line.paper[0]}: {line.paper[1]}"))
    return [(name, text) for name, text in found if text]
