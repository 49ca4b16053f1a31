"""The chosen event at the side: how it stands and why, what to do next, who came, what it brought its activity."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout

from app.operations import activity_words, event_words, events
from app.operations.event_words import HUMAN, Advice
from app.operations.events import EventCard, SchoolPeople
from app.texts import count, glue
from app.ui import theme
from app.ui.widgets.basics import Button, Card, FlowLayout, Row, Scroller, clear_layout
from app.ui.widgets.chip import Chip
from app.ui.widgets.facts import Facts
from app.ui.widgets.labels import Label

if TYPE_CHECKING:
    from app.ui.pages.work_events import EventsView

MOST_SCHOOLS = 12
MOST_DAYS, MOST_LISTS = 3, 3


class EventSide(Card):
    """One event."""

    def __init__(self, view: EventsView) -> None:
        super().__init__(pad=12)
        self._view = view
        self.key: int | None = None
        self.card: EventCard | None = None
        self.setMinimumWidth(theme.current().px(318))
        self.scroller = Scroller(spacing=6)
        self.verbs = QVBoxLayout()
        self.verbs.setSpacing(theme.current().px(6))
        self.body.addWidget(self.scroller, 1)
        self.body.addLayout(self.verbs)
        self._nothing()

    def sizeHint(self) -> QSize:
        """A third of a small window."""
        return QSize(theme.current().px(340), theme.current().px(400))

    # --- reading -------------------------------------------------------------------------------------------------

    def show_event(self, key: int | None) -> None:
        """Show another event; None where none is chosen."""
        self.key = key
        self.refresh()

    def refresh(self) -> None:
        """Read the event anew."""
        session = self._view.session
        if self.key is None or not session.desk.is_open:
            self.card = None
            self._nothing()
            return
        session.read(self, self._take, _read, self.key, session.today())

    def _take(self, card: EventCard | None) -> None:
        if card is None or card.line.id != self.key:
            return  # it was taken out, or another one was chosen meanwhile
        self.card = card
        self._show(card)

    def _nothing(self) -> None:
        self.scroller.clear()
        clear_layout(self.verbs)
        self._text("Выберите событие: здесь будет, почему оно так стоит и что сделать дальше.", "muted")
        self.scroller.column.addStretch(1)

    # --- showing -------------------------------------------------------------------------------------------------

    def _show(self, card: EventCard) -> None:
        self.scroller.clear()
        clear_layout(self.verbs)
        line, day = card.line, self._view.session.today()
        told = event_words.advice(card, day)
        column = self.scroller.column
        column.addWidget(Label(line.title, "section", wrap=True).selectable())
        column.addWidget(Chip(line.chip, line.chip_word))
        self._text(event_words.why(line, day))
        if told.text:
            self._text(told.text, "strong")
        self._wanted(card)
        self._together(card)
        self._facts(card)
        self._schools(card)
        self._text_part("Чем кончилось", line.event.result)
        self._text_part("Примечание", line.event.note)
        column.addStretch(1)
        self._buttons(card, told)

    def _text(self, text: str, role: str = "text") -> None:
        self.scroller.column.addWidget(Label(glue(text), role, wrap=True).selectable())  # type: ignore[arg-type]

    def _title(self, title: str) -> None:
        self.scroller.column.addSpacing(theme.current().px(4))
        self.scroller.column.addWidget(Label(title, "strong"))

    def _text_part(self, title: str, text: str | None) -> None:
        if text:
            self._title(title)
            self._text(text)

    def _wanted(self, card: EventCard) -> None:
        line = card.line
        if line.event.wanted is None or line.reached is None:
            return
        kind, word, told = event_words.wanted(line.coverage, line.event.wanted, line.reached)
        self.scroller.column.addWidget(Chip(kind, word))
        self._text(told, "muted")
        if line.coverage.alike and line.reached != "yes":
            opening = self._link("Открыть список", lambda: self._view.show_part("people"))
            opening.setProperty("aligned", "left")
            self.scroller.column.addWidget(opening)

    def _together(self, card: EventCard) -> None:
        if card.together is None:
            return
        found = card.together
        self._title("Мероприятие программы")
        self._text(card.line.activity)
        for text in activity_words.work_words(found):
            self._text(text, "muted")
        for one in found.asked:
            self._text(activity_words.asked_words(one, found)[2], "muted")
        links = [self._link("Открыть исполнение", lambda: self._view.session.go(
            "monitoring", ("execution", (found.lineage, found.plan_year))))]  # fmt: skip
        others = [line for line in found.events.lines if line.id in found.doubtful and line.id != card.line.id]
        links += [
            self._link(f"Список события {line.days}", partial(self._view.session.go, "work", ("events", line.id)))
            for line in others[:MOST_LISTS]
        ]
        if found.can_be_taken and not self._view.session.desk.read_only:
            taking = self._link("Взять в исполнение…", lambda: self._view.acts.take(found.lineage, found.plan_year))
            links.insert(0, taking)
        flow = FlowLayout(gap=4)
        for link in links:
            flow.addWidget(link)
        self.scroller.column.addLayout(flow)

    @staticmethod
    def _link(word: str, pressed: Callable[[], object]) -> Button:
        return Button(word, pressed, kind="link")

    def _facts(self, card: EventCard) -> None:
        line, event = card.line, card.line.event
        pairs = [
            ("Форма", line.word),
            ("Когда", ", ".join(part for part in (line.days, line.time) if part)),
            ("Где", line.where),
            ("О чём", event.topic or ""),
            ("Предмет", event.subject or ""),
            ("Дефицит", event.deficit or ""),
            ("Мероприятие", line.activity if card.together is None else ""),
            ("Объединение", line.body),
            ("Площадка", card.platform),
            ("Календарь", line.owner),
            ("Кто проводит", event.methodist or ""),
            ("Программа", count(len(card.items), "строка", "строки", "строк") if card.items else ""),
            ("Материалы", str(len(card.attachments)) if card.attachments else ""),
            ("Уже было", ", ".join(_days(card))),
        ]
        facts = Facts()
        facts.show_facts([(title, glue(text)) for title, text in pairs if text])
        self._title("Событие")
        self.scroller.column.addWidget(facts)
        address = (event.link or "").strip()
        if address:
            opening = self._link("Открыть ссылку", lambda: QDesktopServices.openUrl(QUrl(address)))
            opening.setToolTip(address)
            flow = FlowLayout(gap=4)
            flow.addWidget(opening)
            self.scroller.column.addLayout(flow)

    def _schools(self, card: EventCard) -> None:
        told = [(item.school or "Школа не названа", text) for item in card.schools if (text := _school_words(item))]
        if not told:
            return
        self._title("Кто был")
        for school, text in told[:MOST_SCHOOLS]:
            self._text(f"{school}: {text}")
        if len(told) > MOST_SCHOOLS:
            self._text(f"И ещё {count(len(told) - MOST_SCHOOLS, 'школа', 'школы', 'школ')}.", "muted")

    # --- acting --------------------------------------------------------------------------------------------------

    def _buttons(self, card: EventCard, told: Advice) -> None:
        view, acts = self._view, self._view.acts
        if view.session.desk.read_only:
            return
        first: dict[str, tuple[str, Callable[[], object], str]] = {
            "day": ("Назначить день…", acts.move, "calendar-event"),
            "invite": ("Вписать приглашённых", lambda: view.show_part("people"), "users"),
            "hold": ("Прошло", acts.hold, "circle-check"),
            "count": ("Вписать участников", lambda: view.show_part("people"), "users"),
            "feedback": ("Отзывы…", lambda: view.show_part("feedback"), "note"),
        }
        line = card.line
        waiting = line.event.state in {"planned", "moved"}
        if told.step in first:
            word, pressed, icon = first[told.step]
            self.verbs.addWidget(Button(word, pressed, icon=icon, kind="primary"))
        links = [self._link("Изменить…", acts.edit)]
        if waiting and told.step != "hold":
            links.append(self._link("Прошло", acts.hold))
        if waiting and told.step != "day":
            links.append(self._link("Перенести…", acts.move))
        if waiting:
            links.append(self._link("Отменить…", acts.cancel))
        else:
            links.append(self._link("Вернуть в план", acts.plan))
        links.append(self._link("Повторить…", acts.repeat))
        self.verbs.addWidget(Row(*links, gap=2))


def _read(connection: object, key: int, day: object) -> EventCard | None:
    """Return the card; None where the event was taken out meanwhile."""
    from app.models import work_events

    if work_events.event(connection, key) is None:  # type: ignore[arg-type]
        return None
    return events.card(connection, key, day)  # type: ignore[arg-type]


def _days(card: EventCard) -> list[str]:
    from app.texts import ru_date

    shown = [ru_date(day) for day in card.similar[:MOST_DAYS]]
    return [*shown, f"и ещё {len(card.similar) - MOST_DAYS}"] if len(card.similar) > MOST_DAYS else shown


def _school_words(item: SchoolPeople) -> str:
    """Return «4 человека из 5, подключений 1»."""
    parts = []
    if item.people is not None:
        invited = f" из {item.invited}" if item.invited is not None and item.invited >= item.people else ""
        parts.append(count(item.people, *HUMAN) + invited)
    elif item.invited is not None:
        parts.append(f"приглашено {item.invited}")
    if item.connections is not None:
        parts.append(f"подключений {item.connections}")
    return ", ".join(parts)
