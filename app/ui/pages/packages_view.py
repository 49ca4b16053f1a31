"""Packages: those that went upward, those that municipalities sent, and who is awaited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.models.packages import PackageIn, PackageOut
from app.models.store import Connection
from app.operations import package_region, packages
from app.operations.package_region import Missing
from app.texts import NBSP, count, ru_date, ru_moment
from app.ui import theme
from app.ui.dialogs import Field
from app.ui.item_models.table_model import Column
from app.ui.pages.register_pane import RegisterPane
from app.ui.pages.view import View
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Card, Combo, Row, Scroller, beside
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.facts import Facts
from app.ui.widgets.labels import Label
from app.ui.widgets.table import DataTable, RowAction

if TYPE_CHECKING:
    from app.ui.pages.reports import ReportsPage

ZIP = "Пакеты документов (*.zip);;Все файлы (*)"
OUT, CAME, AWAITED = "out", "in", "expected"
WHICH: tuple[tuple[str, object], ...] = (
    ("собранные здесь", OUT), ("принятые от муниципалитетов", CAME), ("от кого ждём", AWAITED),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A municipality of a period: its package, or None where it has not sent one."""

    municipality: str
    package: PackageIn | None
    awaited: Missing | None

    @property
    def key(self) -> object:
        """Key of the row."""
        return self.package.id if self.package is not None else self.municipality

    @property
    def state(self) -> tuple[Kind, str]:
        """How it stands, in a word."""
        if self.package is None:
            return ("bad", "просрочен") if self.awaited is not None and self.awaited.late else ("none", "не прислан")
        return ("ok", "в порядке") if self.package.verdict == "ok" else ("warn", "есть замечания")


@dataclass(frozen=True, slots=True)
class Came:
    """What came for a period, and which periods there are."""

    periods: tuple[str, ...]
    period: str
    lines: tuple[Line, ...]


def read_came(connection: Connection, period: str, day: date) -> Came:
    """Return the packages of a period, the newest where none is named, and who has not sent."""
    periods = tuple(package_region.periods(connection))
    chosen = period if period in periods else periods[0] if periods else ""
    came = [Line(one.municipality, one, None) for one in package_region.taken(connection, chosen)] if chosen else []
    waited = [Line(one.municipality, None, one) for one in package_region.missing(connection, chosen, day)]
    return Came(periods, chosen, (*waited, *came))


def _out_state(item: PackageOut) -> Kind:
    return "ok" if item.answered_on else "warn" if item.sent_on else "none"


OUT_COLUMNS = (
    Column("number", "№", lambda p: str(p.number), 44, kind="number", sort=lambda p: p.number),
    Column("title", "Пакет", lambda p: p.title, 190, 3, middle=True, strong=True),
    Column("period", "Период", lambda p: p.period or "", 140, 2, middle=True),
    Column("to", "Кому", lambda p: p.addressee or "", 150, 2, middle=True),
    Column("papers", "Документов", lambda p: str(len(p.papers)), 92, kind="number", sort=lambda p: len(p.papers)),
    Column("state", "Состояние", packages.state, 140, kind="chip", chip=_out_state),
    Column("made", "Собран", lambda p: ru_date(p.made_at[:10]), 88, sort=lambda p: p.made_at),
)  # fmt: skip
IN_COLUMNS = (
    Column("who", "Муниципалитет", lambda x: x.municipality, 220, 3, middle=True, strong=True),
    Column("state", "Состояние", lambda x: x.state[1], 150, kind="chip", chip=lambda x: x.state[0]),
    Column("made", "Собран", lambda x: ru_date(x.package.made_at[:10]) if x.package else "", 88,
           sort=lambda x: x.package.made_at if x.package else None),
    Column("taken", "Принят", lambda x: ru_date(x.package.taken_at[:10]) if x.package else "", 88,
           sort=lambda x: x.package.taken_at if x.package else None),
    Column("due", "Срок", lambda x: ru_date(x.awaited.due_on) if x.awaited and x.awaited.due_on else "", 88,
           sort=lambda x: x.awaited.due_on if x.awaited else None),
    Column("told", "Замечания", lambda x: "; ".join(x.package.problems) if x.package else "", 200, 3,
           tip=lambda x: "\n".join(x.package.problems) if x.package else ""),
)  # fmt: skip


class PackagesView(View):
    """Packages for the region and the region's summary of them."""

    key = "packages"
    title = "Пакеты"
    heading = "Пакеты наверх"
    guide = ("21-пакеты", "Пакеты")

    def __init__(self, page: ReportsPage) -> None:
        super().__init__(page)
        self._out: list[PackageOut] = []
        self._came: Came | None = None
        self.which = Combo("Какие пакеты показать")
        self.which.fill(list(WHICH), OUT)
        self.which.currentIndexChanged.connect(lambda _place: self._turn())
        self.period_word = Label("Период", "muted")
        self.period = Combo("Период")
        self.period.activated.connect(lambda _place: self._read_came())
        self.bare = Button("Копия файла без людей…", lambda: self.session.go("bare_copy"), icon="users", kind="link")
        self.column.addLayout(
            beside(Label("Показать", "muted"), self.which, self.period_word, self.period, QWidget(), self.bare,
                   stretch=(0, 0, 0, 0, 1, 0))
        )  # fmt: skip
        self.stack = QStackedWidget()
        self.stack.addWidget(self._make_out())
        self.stack.addWidget(self._make_in())
        self.pane = RegisterPane(self.session, package_region.EXPECTED, dict)
        self.pane.shown.connect(lambda _table: self._say())
        self.stack.addWidget(self.pane)
        self.column.addWidget(self.stack, 1)
        self._turn()

    def make_actions(self) -> Sequence[Button]:
        """Return the buttons of the header."""
        go = self.session.go
        self.checking = Button("Проверить…", self.check_files, icon="shield-check")
        self.taking = Button("Принять…", self.take_files, icon="download")
        self.summing = Button("Свод…", lambda: go("package_paper", self.chosen_period), icon="sitemap")
        self.making = Button("Собрать пакет…", lambda: go("package_make"), icon="file-plus", kind="primary")
        return self.checking, self.taking, self.summing, self.making

    def enable_actions(self) -> None:
        """Checking and looking change nothing."""
        writable = not self.session.desk.read_only
        self.taking.setEnabled(writable)
        self.making.setEnabled(writable)
        for empty in (self.no_out, self.no_in):
            empty.allow(writable)

    # --- laying out ----------------------------------------------------------------------------------------------

    def _make_out(self) -> QWidget:
        self.no_out = EmptyState(
            "report", "Пакетов пока нет",
            "Пакет — один архив: подписанные документы, таблицы с данными и опись с хешами.",
            ("Собрать пакет…", lambda: self.session.go("package_make")),
        )  # fmt: skip
        self.out = DataTable(
            "packages_out", OUT_COLUMNS, lambda p: p.number, habits=self.session.habits, title="Собранные пакеты",
            empty=self.no_out, filters=False,
        )  # fmt: skip
        self.out.current_changed.connect(self._show_out)
        self.out.activated.connect(lambda _item: self.mark())
        self.out.row_actions = self._out_actions
        self.out_name, self.out_facts = Label("Пакет не выбран", "section", wrap=True), Facts()
        self.marking = Button("Отметить путь…", self.mark, icon="edit", kind="link")
        self.listing = Button("Опись…", self.show_inventory, icon="table", kind="link")
        return self._beside(self.out, self.out_name, self.out_facts, self.marking, self.listing)

    def _make_in(self) -> QWidget:
        self.no_in = EmptyState(
            "mail", "Принятых пакетов нет",
            "Выберите архивы, которые прислали муниципалитеты: каждый будет проверен.",
            ("Принять пакеты…", self.take_files),
        )  # fmt: skip
        self.came = DataTable(
            "packages_in", IN_COLUMNS, lambda line: line.key, habits=self.session.habits,
            title="Пакеты муниципалитетов", empty=self.no_in, filters=False,
        )  # fmt: skip
        self.came.current_changed.connect(self._show_in)
        self.came.row_actions = self._in_actions
        self.in_name, self.in_facts = Label("Муниципалитет не выбран", "section", wrap=True), Facts()
        self.reminding = Button("Скопировать напоминание", self.remind, icon="copy", kind="link")
        self.remarking = Button("Замечание…", self.remark, icon="note", kind="link")
        return self._beside(self.came, self.in_name, self.in_facts, self.reminding, self.remarking)

    @staticmethod
    def _beside(table: DataTable, name: Label, facts: Facts, *links: Button) -> QWidget:
        px = theme.current().px
        card = Card()
        card.setMinimumWidth(px(320))
        scroller = Scroller()
        scroller.column.addWidget(facts)
        scroller.column.addStretch(1)
        card.body.addWidget(name)
        card.body.addWidget(scroller, 1)
        card.body.addWidget(Row(*links, gap=2))
        splitter = QSplitter()
        splitter.setHandleWidth(px(12))
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(table)
        splitter.addWidget(card)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([px(900), px(380)])
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(splitter)
        return box

    # --- reading -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read packages of both ways anew."""
        self.enable_actions()
        self.session.read(self, self._take_out, packages.listing)
        self._read_came()
        self.pane.refresh()

    def _read_came(self) -> None:
        self.session.read(self, self._take_came, read_came, self.chosen_period, self.session.today())

    @property
    def chosen_period(self) -> str:
        """The period that is shown; "" where no package has come."""
        return str(self.period.currentData() or "")

    def _take_out(self, found: list[PackageOut]) -> None:
        self._out = found
        self.out.set_rows(found)
        self._show_out(self.out.current())
        self._say()

    def _take_came(self, found: Came) -> None:
        self._came = found
        self.period.fill([(name, name) for name in found.periods], found.period)
        self.came.set_rows(found.lines)
        self._show_in(self.came.current())
        self._turn()

    def _turn(self) -> None:
        place = [value for _word, value in WHICH].index(self.which.currentData())
        self.stack.setCurrentIndex(place)
        several = self._came is not None and bool(self._came.periods)
        for widget in (self.period_word, self.period):
            widget.setVisible(place == 1 and several)
        self._say()

    def _say(self) -> None:
        which, came = self.which.currentData(), self._came
        if which == OUT:
            unsent = sum(item.sent_on is None for item in self._out)
            told = count(len(self._out), "пакет", "пакета", "пакетов")
            rest = f", не отправлено {unsent}" if unsent else ", все отправлены"
            self.say(f"Собрано: {told}{rest}" if self._out else "Пакетов наверх пока не собирали")
        elif came is not None and (which == CAME or came.lines):
            sent = sum(line.package is not None for line in came.lines)
            lacking = len(came.lines) - sent
            told = f"{came.period}: принято {sent}" if came.period else "Пакетов ещё никто не прислал"
            self.say(f"{told}, ждём ещё {lacking}" if lacking else told)
        else:
            self.say("Впишите муниципалитеты: будет видно, кто не прислал пакет")

    # --- the chosen line -----------------------------------------------------------------------------------------

    def _show_out(self, item: PackageOut | None) -> None:
        for button in (self.marking, self.listing):
            button.setVisible(item is not None)
        self.marking.setEnabled(not self.session.desk.read_only)
        if item is None:
            self.out_name.setText("Пакет не выбран")
            self.out_facts.show_facts(())
            return
        self.out_name.setText(f"№{NBSP}{item.number} · {item.title}")
        told = item.description
        titles = "\n".join(f"№{NBSP}{one['number']} {one['title']}" for one in told["papers"])
        left = "\n".join(f"{one['title']}: {one['reason']}" for one in told["left_out"])
        pairs = [
            ("Состояние", packages.state(item)), ("Период", item.period or ""), ("Кому", item.addressee or ""),
            ("Файл", item.file_name), ("Собран", f"{ru_moment(item.made_at)}, {item.actor}"),
            ("Документы", titles or "нет, только данные"),
        ]  # fmt: skip
        if item.impersonal:
            pairs.insert(1, ("Люди", "убраны: пакет обезличен"))
        if item.answer:
            pairs.append(("Ответ", item.answer))
        if left:
            pairs.append(("Не вошло", left))
        self.out_facts.show_facts(pairs)

    def _show_in(self, line: Line | None) -> None:
        package = line.package if line is not None else None
        self.reminding.setVisible(line is not None and package is None)
        self.remarking.setVisible(package is not None)
        self.remarking.setEnabled(not self.session.desk.read_only)
        self.in_name.setText(line.municipality if line is not None else "Муниципалитет не выбран")
        if line is None:
            self.in_facts.show_facts(())
        elif package is None:
            awaited = line.awaited
            due = ru_date(awaited.due_on) if awaited and awaited.due_on else "не назначен"
            late = f"{count(awaited.late, 'день', 'дня', 'дней')}" if awaited and awaited.late else "нет"
            who = awaited.contact if awaited else ""
            self.in_facts.show_facts([("Пакет", "не прислан"), ("Срок", due), ("Просрочка", late), ("Кому", who)])
        else:
            self.in_facts.show_facts([
                ("Проверка", "\n".join(package.problems) or "замечаний нет"), ("Период", package.period),
                ("Собран", ru_moment(package.made_at)), ("Принят", f"{ru_moment(package.taken_at)}, {package.actor}"),
                ("Файл", package.file_name), ("Замечание", package.remark or ""),
            ])  # fmt: skip

    def _out_actions(self) -> list[RowAction | None]:
        return [("Отметить путь…", self.mark), ("Опись…", self.show_inventory)] if self.out.current() else []

    def _in_actions(self) -> list[RowAction | None]:
        line: Line | None = self.came.current()
        if line is None:
            return []
        return [("Замечание…", self.remark)] if line.package else [("Скопировать напоминание", self.remind)]

    # --- doing ---------------------------------------------------------------------------------------------------

    def check_files(self) -> None:
        """Check archives without taking them."""
        paths = self.session.dialogs.open_files("Проверить пакеты", ZIP)
        if paths:
            self.session.go("package_check", ("check", tuple(paths)))

    def take_files(self) -> None:
        """Check archives and take those that are sound."""
        paths = self.session.dialogs.open_files("Принять пакеты", ZIP)
        if paths:
            self.which.choose(CAME)
            self.session.go("package_check", ("take", tuple(paths)))

    def mark(self) -> None:
        """Write down when a package was sent and what was answered."""
        item: PackageOut | None = self.out.current()
        if item is None or self.session.desk.read_only:
            return
        told = self.session.dialogs.ask(
            f"Пакет №{NBSP}{item.number}", "Пустая дата снимает отметку.",
            [
                Field("sent", "Отправлен", ru_date(item.sent_on) if item.sent_on else "", hint="28.11.2026"),
                Field("answered", "Ответ получен", ru_date(item.answered_on) if item.answered_on else "",
                      hint="28.11.2026"),
                Field("answer", "Что ответили", item.answer or "", long=True),
            ],
            "Записать",
        )  # fmt: skip
        if told is not None:
            self.session.write(
                self, None, packages.mark, item.number, sent_on=told["sent"], answered_on=told["answered"],
                answer=told["answer"],
            )  # fmt: skip

    def show_inventory(self) -> None:
        """Show the list of the chosen package as a paper."""
        item: PackageOut | None = self.out.current()
        if item is not None:
            self.session.go("package_paper", item.number)

    def remind(self) -> None:
        """Put a reminder into the clipboard."""
        line: Line | None = self.came.current()
        if line is not None and line.awaited is not None:
            QGuiApplication.clipboard().setText(package_region.reminder(line.awaited, self.chosen_period))
            self.page.message("ok", "Напоминание скопировано: вставьте его в письмо.")

    def remark(self) -> None:
        """Write a remark on a package that came."""
        line: Line | None = self.came.current()
        if line is None or line.package is None or self.session.desk.read_only:
            return
        told = self.session.dialogs.ask(
            line.municipality, "Замечание войдёт в свод.",
            [Field("remark", "Замечание", line.package.remark or "", long=True)], "Записать",
        )  # fmt: skip
        if told is not None:
            self.session.write(self, None, package_region.remark, line.package.id, told["remark"])

    def open_payload(self, payload: object) -> None:
        """Show a package that was made (its number) or one of the three lists (its key)."""
        if isinstance(payload, int):
            self.which.choose(OUT)
            self.out.choose(payload)
        elif payload in {OUT, CAME, AWAITED}:
            self.which.choose(payload)

    def focus_main(self) -> None:
        """Put the keyboard into the table."""
        table = {OUT: self.out, CAME: self.came}.get(str(self.which.currentData()))
        if table is not None:
            table.focus_table()
        else:
            self.pane.grid.setFocus()
