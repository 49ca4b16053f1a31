"""Papers of one event before they are printed: programme, invitation, list, certificate, report."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from app.models.store import Connection
from app.operations import event_certificates, events, schools
from app.operations.event_certificates import Receiver
from app.operations.events import EventCard
from app.operations.paper_choices import present_year
from app.texts import count
from app.ui.session import Session
from app.ui.widgets.basics import Button, Combo
from app.ui.widgets.labels import Label
from app.ui.windows.papers import PaperPreview

PROGRAMME, LETTER, CERTIFICATE, REPORT = "event_programme", "event_invitation", "event_certificate", "event_report"
LISTS = {"list:names": "names", "list:blank": "blank", "list:filled": "filled"}
CHOICES = (
    ("Программа", PROGRAMME), ("Приглашение школе", LETTER), ("Лист регистрации: с фамилиями", "list:names"),
    ("Лист регистрации: пустой", "list:blank"), ("Лист регистрации: кто участвовал", "list:filled"),
    ("Сертификат участника", CERTIFICATE), ("Справка о событии", REPORT),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Known:
    """The event, who can have a certificate, which schools can be invited."""

    card: EventCard
    receivers: tuple[Receiver, ...]
    schools: tuple[tuple[str, int], ...]


def _read(connection: Connection, key: int, day: object) -> _Known:
    card = events.card(connection, key, day)  # type: ignore[arg-type]
    named = tuple((school.shown, school.id) for school in schools.listing(connection))
    return _Known(card, event_certificates.receivers(connection, key), named)


class EventPaperWindow(PaperPreview):
    """Papers of an event; ``payload``: its key, or (kind of paper, its key)."""

    guide = ("23-события", "Документы события")

    def __init__(self, session: Session, payload: int | tuple[str, int], parent: QWidget | None = None) -> None:
        super().__init__(session, "Документы события", parent)
        first, self._key = payload if isinstance(payload, tuple) else ("", payload)
        self._known: _Known | None = None
        self._first = first
        self.kind, self.whose = Combo("Документ"), Combo("Для кого")
        self.whose.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.whose.setMinimumContentsLength(26)
        self.giving = Button("Выдать номера", self.give, tip="Каждому, кто участвовал и у кого номера ещё нет")
        self.all = Button("Всем сразу…", self.batch, icon="copy")
        self.choosers.addWidget(Label("Документ", "muted"))
        self.choosers.addWidget(self.kind)
        self.choosers.addWidget(self.whose, 1)
        self.choosers.addWidget(self.giving)
        self.choosers.addWidget(self.all)
        self.choosers.addStretch(1)
        self.take(session.desk.read(_read, self._key, session.today()), self._opened)

    def _opened(self, found: _Known) -> None:
        self._known = found
        usual = self._first or (REPORT if found.card.line.held else PROGRAMME)
        self.kind.fill([(title, key) for title, key in CHOICES], usual)
        self.kind.currentIndexChanged.connect(lambda _place: self._offer())
        self.whose.currentIndexChanged.connect(lambda _place: self._make())
        self._offer()

    def _offer(self) -> None:
        """A letter is to one school, a certificate to one person; other papers are of the whole event."""
        found, kind = self._known, self.kind.currentData()
        if found is None:
            return
        named: list[tuple[str, object]] = []
        if kind == LETTER:
            named = list(found.schools)
        if kind == CERTIFICATE:
            named = [(", ".join(part for part in (one.name, one.school) if part), one.key) for one in found.receivers]
        each = kind in {LETTER, CERTIFICATE}
        self.whose.blockSignals(True)
        self.whose.fill(named, self.whose.currentData())
        self.whose.blockSignals(False)
        self.whose.setVisible(each)
        self.all.setVisible(each and bool(named))
        waiting = sum(one.number is None for one in found.receivers)
        self.giving.setVisible(kind == CERTIFICATE and waiting > 0)
        self.giving.setEnabled(not self.session.desk.read_only)
        self.giving.setText(f"Выдать номера: {waiting}")
        self._make()

    def _values(self) -> dict[str, object]:
        found = self._known
        held = found.card.line.event.date_from if found is not None else None
        year = present_year(self.session.today()) if held is None else _year(held)
        return {"school_year": year, "event": self._key}

    def _make(self) -> None:
        kind, whose = str(self.kind.currentData()), self.whose.currentData()
        if kind in {LETTER, CERTIFICATE} and whose is None:
            self.view.clear(
                "Школ в файле пока нет." if kind == LETTER
                else "Никто не отмечен как участник: отметьте в «Списке по именам», кто был."
            )  # fmt: skip
            return
        if kind in LISTS:
            self.prepare_kind("event_attendance", {**self._values(), "what": LISTS[kind]})
        elif kind == LETTER:
            self.prepare_kind(LETTER, {**self._values(), "school": whose})
        elif kind == CERTIFICATE:
            self.prepare_kind(CERTIFICATE, {**self._values(), "guest": whose})
        else:
            self.prepare_kind(kind, self._values())

    def give(self) -> None:
        """Give numbers to those who took part and have none yet, then show the certificate with its number."""
        future = self.session.written(event_certificates.give, self._key)
        if future is not None:
            self.take(future, self._given)

    def _given(self, number: int) -> None:
        self.say(f"Выданы номера: {count(number, 'сертификат', 'сертификата', 'сертификатов')}")
        self.take(self.session.desk.read(_read, self._key, self.session.today()), self._again)

    def _again(self, found: _Known) -> None:
        self._known = found
        self._offer()

    def batch(self) -> None:
        """Open the window that makes the paper for everybody, also as one file."""
        kind = str(self.kind.currentData())
        self.session.go("batch", (kind, {key: str(value) for key, value in self._values().items()}))


def _year(day: str) -> int:
    from datetime import date

    return present_year(date.fromisoformat(day))
