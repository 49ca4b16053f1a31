"""Drafts of orders: what they say, their number and date, their way into the legal base."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.models.store import Connection
from app.operations import order_links, orders, signers
from app.operations.order_links import Link
from app.operations.order_templates import ACTS, template, templates
from app.operations.orders import Draft, OrderLine
from app.texts import count, ru_date, school_year
from app.ui.dialogs import Choice, Field
from app.ui.item_models.table_model import Column
from app.ui.pages.orders_card import OrderCard
from app.ui.pages.view import View
from app.ui.theme import Kind
from app.ui.typed_days import day_trouble
from app.ui.widgets.basics import Button, split
from app.ui.widgets.table import DataTable

if TYPE_CHECKING:
    from app.ui.pages.reports import ReportsPage

KINDS: dict[str, Kind] = {"none": "none", "draft": "info", "signed": "ok"}
PLACES = list(KINDS)
COLUMNS = (
    Column("title", "Приказ", lambda x: x.title, 106, 1, 96, strong=True, tip=lambda x: x.about),
    Column("state", "Состояние", lambda x: x.word, 276, 2, 276, kind="chip", tip=lambda x: x.word,
           chip=lambda x: "ok" if x.known else KINDS[x.state], sort=lambda x: PLACES.index(x.state)),
)  # fmt: skip
Seen = tuple[Draft, Link | None]
Offer = tuple[list[tuple[int, str]], list[tuple[int, str]]]


def _row(line: OrderLine) -> str:
    return str(line.id or line.kind)


class OrdersView(View):
    """Orders of the school year, the chosen one beside them."""

    key = "orders"
    title = "Приказы"
    heading = "Приказы"
    guide = ("19-приказы", "Приказы")

    page: ReportsPage

    def __init__(self, page: ReportsPage) -> None:
        super().__init__(page)
        self._wanted: str | None = None
        self.table = DataTable(
            "orders", COLUMNS, _row, habits=self.session.habits, title="Приказы учебного года", filters=False
        )
        self.card = OrderCard(self.session)
        self.column.addWidget(split(self.table, self.card, sizes=(430, 780), stretch=(2, 5)), 1)
        self.table.current_changed.connect(self._choose)
        self.table.row_actions = lambda: [("Удалить проект", self.remove)]
        self.card.composing.connect(self.compose)
        self.session.year_changed.connect(self._year_changed)

    def make_actions(self) -> Sequence[Button]:
        """Return the buttons of the header."""
        act = self.page.act
        self.making = act("Составить…", self.compose, "plus")
        self.setting = act("Настроить…", self.set_up, "settings")
        self.centre = act("Сохранить, напечатать…", self.to_centre, "download")
        self.numbering = act("Вписать номер и дату…", self.number, "edit", primary=True)
        return self.making, self.setting, self.centre, self.numbering

    def _year_changed(self) -> None:
        if self.isVisible():
            self.refresh()

    # --- reading -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the orders of the school year anew."""
        self.session.read(self, self._show, orders.overview, self.session.school_year, self.session.today())

    def _show(self, lines: tuple[OrderLine, ...]) -> None:
        self.table.set_rows(lines)
        signed = sum(line.state == "signed" for line in lines)
        drafts = sum(line.state == "draft" for line in lines)
        year = school_year(self.session.school_year)
        parts = [count(drafts, "проект", "проекта", "проектов")] if drafts else []
        if signed:
            parts.append(count(signed, "подписанный приказ", "подписанных приказа", "подписанных приказов"))
        told = f"{year}: {', '.join(parts)}."
        if not parts:
            told = f"{year}: проектов пока нет. Выберите приказ слева и нажмите «Составить проект…»."
        self.say(told)
        if self._wanted is not None and self.table.choose(self._wanted):
            self._wanted = None
        elif self.table.current() is None and lines:
            self.table.choose(_row(lines[0]))
        self._choose(self.table.current())

    def _choose(self, line: OrderLine | None) -> None:
        self._allow(None)
        if line is None:
            self.card.clear()
        elif not line.id:
            item = template(line.kind)
            self.card.show_kind(line.kind, item.title, item.says, line.known)
        else:
            self.session.read(self, lambda seen: self._seen(line.id, seen), _read, line.id)

    def _seen(self, key: int, seen: Seen) -> None:
        line = self.table.current()
        if line is not None and line.id == key:
            self.card.show_draft(*seen)
            self._allow(seen[0])

    def _allow(self, draft: Draft | None) -> None:
        write = not self.session.desk.read_only
        self.making.setEnabled(write)
        self.setting.setEnabled(write and draft is not None and not draft.signed)
        self.numbering.setEnabled(write and draft is not None)
        self.numbering.setText(
            "Исправить номер и дату…" if draft is not None and draft.signed else "Вписать номер и дату…"
        )
        self.centre.setEnabled(draft is not None)

    def enable_actions(self) -> None:
        """What can be done hangs on what is chosen."""
        self._allow(self.card.draft)

    def open_payload(self, payload: object) -> None:
        """Show a draft by its key, or a kind."""
        self._wanted = str(payload)
        if self.table.choose(self._wanted):
            self._wanted = None
        elif self._wanted.isdigit():
            # a draft of another school year brings that year
            self.session.read(self, lambda year: self.session.set_school_year(year) if year else None,
                              orders.year_of, int(self._wanted))  # fmt: skip
        self.refresh()

    def focus_main(self) -> None:
        """Put the keyboard into the table."""
        self.table.focus_table()

    # --- acting --------------------------------------------------------------------------------------------------

    def compose(self, kind: str = "") -> None:
        """Ask which order and make its draft."""
        line = self.table.current()
        chosen = kind or (line.kind if line is not None else templates()[0].kind)
        fields = [
            Field("kind", "О чём", chosen, choices=tuple((item.title, item.kind) for item in templates())),
            Field("act", "Вид документа", "order", choices=_acts()),
        ]
        told = self.session.dialogs.ask(
            "Составить проект", f"Проект заполнится тем, что есть в файле на {school_year(self.session.school_year)}.",
            fields, "Составить",
        )  # fmt: skip
        if told:
            year, day = self.session.school_year, self.session.today()
            self.session.write(
                self, self._composed, orders.compose, told["kind"], year, act=told["act"], day=day
            )  # fmt: skip

    def _composed(self, key: int) -> None:
        self._wanted = str(key)
        self.refresh()

    def set_up(self) -> None:
        """Read what can be chosen for the draft, then ask."""
        if self.card.draft is not None:
            self.session.read(self, self._ask_set_up, _offer)

    def _ask_set_up(self, offer: Offer) -> None:
        draft = self.card.draft
        if draft is None:
            return
        people = tuple((words, str(key)) for key, words in offer[0])
        signing = tuple((words, str(key)) for key, words in offer[1])
        values = draft.values
        signer = str(draft.signer.id) if draft.signer is not None else "0"
        fields = [
            Field("act", "Вид документа", draft.act, choices=_acts()),
            Field("signer", "Кто подписывает", signer, choices=signing or (("строки для заполнения", "0"),)),
            Field("responsible", "Кому поручить", values.get("responsible", ""),
                  choices=(("исполнителю из настроек", ""), *people)),
            Field("control", "Кто контролирует", values.get("control", ""),
                  choices=(("тот, кто подписывает", ""), *people)),
            Field("place", "Место издания", values.get("place", ""), hint="например, г. Лесогорск"),
            Field("acquaint", "Лист ознакомления", values.get("acquaint", ""),
                  choices=(("не нужен", ""), ("приложить", "1"))),
        ]  # fmt: skip
        told = self.session.dialogs.ask("Настроить приказ", "Текст пунктов изменится сам.", fields, "Сохранить")
        if told is not None:
            chosen = {key: told[key] for key in ("responsible", "control", "place", "acquaint")}
            self.session.write(
                self,
                None,
                orders.put_head,
                draft.id,
                act=told["act"],
                signer_id=int(told["signer"] or 0),
                values=chosen,
            )

    def number(self) -> None:
        """Ask for number and date of the signed order."""
        draft = self.card.draft
        if draft is None:
            return
        dated = ru_date(draft.dated) if draft.dated else ru_date(self.session.today())
        fields = [
            Field("number", "Номер", draft.number, hint="например, 214-од", required=True),
            Field("dated", "Дата", dated, required=True, test=day_trouble),
        ]
        told = self.session.dialogs.ask(
            "Номер и дата приказа",
            "Приказ войдёт в правовую базу, а его текст больше не изменится. Отменить можно по Ctrl+Z.", fields,
            "Записать",
        )  # fmt: skip
        if told:
            self.session.write(
                self, lambda _act: self._registered(), orders.registered, draft.id, told["number"], told["dated"]
            )

    def _registered(self) -> None:
        self.session.tell(
            "ok", "Приказ записан в правовую базу.",
            ("Открыть правовую базу", lambda: self.session.go("monitoring", ("blocks", "legal"))),
        )  # fmt: skip

    def to_centre(self) -> None:
        """Show the order in the centre: there it is saved, printed, put into the register."""
        draft = self.card.draft
        if draft is not None:
            values = {"school_year": str(draft.school_year), "draft": str(draft.id)}
            self.session.go("papers", (f"order_{draft.template.kind}", values))

    def remove(self) -> None:
        """Throw the draft away after a question."""
        draft = self.card.draft
        if draft is None or self.session.desk.read_only:
            return
        answer = self.session.dialogs.choose(
            "Удалить проект?",
            f"{draft.about.text}. Вернуть можно по Ctrl+Z.",
            [Choice("yes", "Удалить", dangerous=True)],
        )
        if answer == "yes":
            self.session.write(self, None, orders.remove, draft.id)


def _acts() -> tuple[tuple[str, str], ...]:
    return tuple((words.name, key) for key, words in ACTS.items())


def _read(connection: Connection, key: int) -> Seen:
    draft = orders.read(connection, key)
    return draft, order_links.link(connection, draft)


def _offer(connection: Connection) -> Offer:
    return order_links.named_people(connection), [(one.id, one.words) for one in signers.signers(connection)]
