"""The register of outgoing papers: its table, which columns it has, and the card of the chosen paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QSplitter

from app.models.papers import Paper
from app.models.store import Connection
from app.operations import outgoing, signing
from app.operations.outgoing import Known
from app.texts import NBSP, count, ru_date
from app.ui import theme
from app.ui.item_models.table_model import Column
from app.ui.pages.outgoing_card import PaperSide
from app.ui.pages.view import View
from app.ui.theme import Kind
from app.ui.widgets.basics import Button
from app.ui.widgets.chip import ChipButton
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.table import DataTable, RowAction

if TYPE_CHECKING:
    from app.ui.pages.reports import ReportsPage

USUAL = ("number", "title", "letter", "state", "way", "addressee")
"""Columns that are shown before anybody has chosen."""
_REGISTER = tuple[list[Paper], Mapping[str, str]]


def _read(connection: Connection) -> _REGISTER:
    """Read the register and the names of its kinds, on the reader's thread."""
    return signing.register(connection), outgoing.kind_words()


def columns(today: Callable[[], date], kinds: Mapping[str, str]) -> tuple[Column, ...]:
    """Return every column of the register."""
    way = partial(_way, today)
    return (
        Column("number", "№", lambda p: str(p.number), 46, kind="number", sort=lambda p: p.number),
        Column("title", "Документ", lambda p: p.title, 220, 8, 190, middle=True, strong=True),
        Column("letter", "Исх. № и дата", outgoing.number_words, 136, sort=lambda p: p.dated or ""),
        Column("state", "Подпись", lambda p: outgoing.signature_state(p)[1], 132, kind="chip",
               chip=lambda p: outgoing.signature_state(p)[0]),
        Column("way", "Путь", lambda p: way(p)[1], 128, kind="chip", chip=lambda p: way(p)[0]),
        Column("addressee", "Кому", lambda p: p.addressee or "", 96, 2, 70, middle=True),
        Column("signer", "Кто подписывает", outgoing.signers_words, 150, 2, 100, middle=True),
        Column("period", "За какое время", lambda p: p.period or "", 120, 1, 80),
        Column("kind", "Вид", lambda p: kinds.get(p.kind, ""), 150, 2, 90,
               middle=True),
        Column("when", "Записан", lambda p: ru_date(p.registered_at), 88, sort=lambda p: p.registered_at),
        Column("actor", "Кто записал", lambda p: p.actor, 120, 1, 80, middle=True),
        Column("files", "Файлов", lambda p: str(len(p.files)), 66, kind="number", sort=lambda p: len(p.files)),
    )  # fmt: skip


def _way(today: Callable[[], date], paper: Paper) -> tuple[Kind, str]:
    return outgoing.journey_state(paper, today())


def _alive(paper: Paper) -> bool:
    return paper.state != "withdrawn" and paper.replaced_by is None


QUICK: Mapping[str, tuple[Kind, str, Callable[[Paper], bool]]] = {
    "unsigned": ("warn", "не подписаны", lambda p: _alive(p) and outgoing.signature_state(p)[1] != "подписан"),
    "unsent": ("none", "не отправлены",
               lambda p: _alive(p) and not any(event.kind in {"sent", "receipt"} for event in p.events)),
    "remark": ("warn", "с замечанием", lambda p: _alive(p) and bool(outgoing.open_remarks(p))),
}  # fmt: skip
"""Chips over the table: state, word, which papers."""


class OutgoingView(View):
    """The register of outgoing papers."""

    key = "outgoing"
    title = "Журнал исходящих"
    heading = "Журнал исходящих"
    guide = ("04-документы", "Журнал исходящих")

    def __init__(self, page: ReportsPage) -> None:
        super().__init__(page)
        self._wanted: int | None = None
        self._found: list[Paper] = []
        self._kinds: Mapping[str, str] = {}
        px = theme.current().px
        self.side = PaperSide(self.session, page)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(px(12))
        self.splitter.setChildrenCollapsible(False)
        self.table = self._make_table()
        self.splitter.addWidget(self.table)
        self.splitter.addWidget(self.side)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([820, px(440)])
        self.column.addWidget(self.splitter, 1)

    def make_actions(self) -> Sequence[Button]:
        """Return the buttons of the header."""
        return (
            Button("Чей это файл…", self.whose, icon="file-search"),
            Button("Проверить подпись…", lambda: self.session.go("verify"), icon="shield-check"),
            Button("Печать журнала…", self.print_register, icon="printer"),
            Button("Подписать…", lambda: self.session.go("sign", self.number), icon="signature", kind="primary"),
        )

    # --- the table -------------------------------------------------------------------------------------------------

    def shown_columns(self) -> list[str]:
        """Return the keys of the columns that are shown; number and title always are."""
        chosen = self.session.habits.get("papers:columns", list(USUAL))
        return [one.key for one in columns(self.session.today, {}) if one.key in {*chosen, "number", "title"}]

    def _make_table(self) -> DataTable:
        session = self.session
        empty = EmptyState(
            "book", "Журнал исходящих пуст",
            "Здесь встанет каждый документ, который вы запишете или подпишете: номер, состояние, сами файлы.",
            ("Сделать документ…", lambda: session.go("papers")),
        )  # fmt: skip
        shown = self.shown_columns()
        # widths and order are remembered for each choice of columns apart
        table = DataTable(
            "papers" if shown == list(USUAL) else f"papers:{'+'.join(shown)}",
            [one for one in columns(session.today, self._kinds) if one.key in shown], lambda p: p.number,
            habits=session.habits, title="Журнал исходящих", empty=empty,
        )  # fmt: skip
        table.current_changed.connect(self.side.show_paper)
        table.activated.connect(lambda paper: session.go("sign", paper.number))
        table.row_actions = self._row_actions
        self.choose_columns = Button("Столбцы…", self._offer_columns, icon="table", kind="link")
        table.lead.addWidget(self.choose_columns)
        self.chips: dict[str, ChipButton] = {}
        for key, (kind, word, _fits) in QUICK.items():
            chip = ChipButton(kind, word)
            chip.clicked.connect(lambda checked, key=key: self._quick(key, checked))
            table.lead.addWidget(chip)
            self.chips[key] = chip
        return table

    def _offer_columns(self) -> None:
        menu = QMenu(self)
        shown = self.shown_columns()
        for one in columns(self.session.today, {}):
            if one.key not in {"number", "title"}:
                action = menu.addAction(one.title)
                action.setCheckable(True)
                action.setChecked(one.key in shown)
                action.toggled.connect(lambda checked, key=one.key: self.show_column(key, checked))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.choose_columns.mapToGlobal(QPoint(0, self.choose_columns.height())))

    def show_column(self, key: str, shown: bool) -> None:
        """Show a column or hide it; the choice is remembered."""
        chosen = [one for one in self.shown_columns() if one != key] + ([key] if shown else [])
        self.session.habits.put("papers:columns", chosen)
        before, number = self.table, self.number
        self.table = self._make_table()
        self.splitter.replaceWidget(0, self.table)
        self.splitter.setStretchFactor(0, 1)
        before.hide()
        before.deleteLater()
        self._wanted = number
        self._fill()

    def _quick(self, key: str, checked: bool) -> None:
        for other, chip in self.chips.items():
            if other != key:
                chip.setChecked(False)
        self.table.model.set_quick(QUICK[key][2] if checked else None)

    @property
    def number(self) -> int | None:
        """Number of the chosen paper."""
        paper: Paper | None = self.table.current()
        return paper.number if paper is not None else None

    def refresh(self) -> None:
        """Read the register anew."""
        self.session.read(self, self._show, _read)

    def _show(self, read: _REGISTER) -> None:
        found, kinds = read
        self._found = found
        if dict(kinds) != dict(self._kinds):
            self._kinds = kinds
            shown = self.shown_columns()
            self.table.replace_columns([one for one in columns(self.session.today, kinds) if one.key in shown])
        unsigned = sum(QUICK["unsigned"][2](paper) for paper in found)
        remarks = sum(QUICK["remark"][2](paper) for paper in found)
        total = count(len(found), "документ", "документа", "документов")
        rest = f"не подписано{NBSP}{unsigned}" if unsigned else "неподписанных нет"
        rest += f", с замечанием{NBSP}{remarks}" if remarks else ""
        self.say(f"В журнале исходящих {total}, {rest}" if found else "В журнале исходящих пока пусто")
        self._fill()

    def _fill(self) -> None:
        for key, chip in self.chips.items():
            number = sum(QUICK[key][2](paper) for paper in self._found)
            chip.set_text(f"{QUICK[key][1]} {number}")
            chip.setVisible(number > 0)
            if not number and chip.isChecked():
                chip.setChecked(False)
                self.table.model.set_quick(None)
        self.table.set_rows(self._found)
        if self._wanted is not None:
            self.table.choose(self._wanted)
            self._wanted = None

    def open_payload(self, payload: object) -> None:
        """Show one line of the register."""
        if isinstance(payload, int):
            self._wanted = payload
            if self.table.choose(payload):
                self._wanted = None

    def focus_main(self) -> None:
        """Put the keyboard into the table."""
        self.table.focus_table()

    # --- acting ----------------------------------------------------------------------------------------------------

    def whose(self) -> None:
        """Ask for a file and tell which paper of the register it is, to the last bit."""
        found = self.session.dialogs.open_files("Чей это файл", "Все файлы (*)", several=False)
        if found:
            path = found[0]
            self.session.read(self, lambda known: self._tell_whose(path.name, known), outgoing.which, path)

    def _tell_whose(self, name: str, known: Known | None) -> None:
        self.page.message("ok" if known is not None else "warn", outgoing.which_words(name, known))
        if known is not None:
            self.open_payload(known.paper.number)

    def print_register(self) -> None:
        """Open the register as a paper in the centre."""
        self.session.go("papers", "outgoing_register")

    def _row_actions(self) -> list[RowAction | None]:
        paper: Paper | None = self.table.current()
        if paper is None:
            return []
        side = self.side
        if paper.state == "withdrawn":
            return [("Сохранить файлы…", side.save), ("Проверить подпись", side.verify)]
        since: list[RowAction | None] = [("Что изменилось с тех пор…", side.tell_since)] if paper.recipe else []
        return [
            ("Подписать…", side.sign),
            ("Приложить скан…", lambda: side.attach("scan")),
            ("Приложить файл подписи…", lambda: side.attach("detached")),
            None,
            ("Отправлен…", lambda: side.happened("sent")),
            ("Принят…", lambda: side.happened("receipt")),
            ("Замечание…", lambda: side.happened("remark")),
            *([("Ответ на замечание…", lambda: side.happened("answer"))] if outgoing.open_remarks(paper) else []),
            None,
            *since,
            ("Сохранить файлы…", side.save),
            ("Проверить подпись", side.verify),
            None,
            ("Отозвать…", side.withdraw),
        ]
