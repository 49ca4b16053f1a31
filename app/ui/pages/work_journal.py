"""«Журнал помощи» of the page «Работа»: entries of a span, search over all texts, the card of one, what is left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QMenu

from app.models.store import Connection
from app.operations import help_board, help_entry
from app.operations.help_board import SPANS, HelpBoard, Span
from app.operations.help_journal import HelpLine
from app.operations.help_understanding import HelpDraft, people_shown
from app.operations.register_work_journal import HELP_WORDS
from app.texts import DASH, NBSP, count, ru_date
from app.ui import theme
from app.ui.day_line_mime import unpack
from app.ui.item_models.table_model import Column
from app.ui.pages.view import View
from app.ui.pages.work_journal_card import HelpCard, Names, step_kind
from app.ui.widgets.basics import Button, Combo, beside, icon_button, split
from app.ui.widgets.chip import ChipButton
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import Label
from app.ui.widgets.table import DataTable, RowAction, SearchEdit

if TYPE_CHECKING:
    from app.ui.pages.views_page import ViewsPage

_MOST_OFFERED = 25
"""So many schools without help stand in the menu; the rest are counted."""
_FIRST = "Выезды, консультации, посещённые уроки. Запись — одна строка: «7 визит 3 учителя чтение → 01.12»."
_CTRL = Qt.KeyboardModifier.ControlModifier


def columns(marks: Mapping[int, Mapping[str, tuple[str, str]]], day: date) -> tuple[Column, ...]:
    """Return the columns; what was not understood stands as it was typed, with a mark."""
    today = day.isoformat()

    def raw(line: HelpLine, column: str, text: str) -> str:
        mark = marks.get(line.id, {}).get(column)
        return text if mark is None else f"▲ {mark[0]}"

    return (
        Column("held_on", "Когда", lambda x: raw(x, "held_on", ru_date(x.held_on) if x.held_on else DASH), 88,
               sort=lambda x: x.held_on or ""),
        Column("school", "Школа", lambda x: raw(x, "organisation_id", x.school or DASH), 172, 3, 148, strong=True),
        Column("kind", "Вид", lambda x: x.word, 130),
        Column("whom", "Кого", lambda x: raw(x, "people", people_shown(x.people, x.audience)), 98, 1, 76,
               sort=lambda x: -1 if x.people is None else x.people),
        Column("topic", "О чём", lambda x: x.topic or x.deficit, 150, 3, 104, tip=lambda x: x.deficit or x.topic),
        Column("outcome", "Итог", lambda x: x.outcome, 120, 3, 80, tip=lambda x: x.outcome),
        Column("step", "Следующий шаг", lambda x: help_board.step_short(x, day), 158, kind="chip",
               chip=lambda x: step_kind(x, today), sort=lambda x: (not x.waits, x.next_on or "9999"),
               tip=lambda x: x.next_step),
        Column("methodist", "Методист", lambda x: x.methodist, 110, 1, 102),
    )  # fmt: skip


class HelpJournal(View):
    """«Журнал помощи»."""

    key = "journal"
    title = "Журнал помощи"
    heading = "Журнал помощи"
    guide = ("22-журнал-помощи", "Журнал помощи")

    def __init__(self, page: ViewsPage) -> None:
        super().__init__(page)
        self._wanted: int | None = None
        self._shown: HelpBoard | None = None
        self._left_out: dict[int, str] = {}
        self._quick: str | None = None
        self.setAcceptDrops(True)
        self.chosen = help_board.span(str(self.session.habits.get("help:span", "year")), self.session.today())
        self._make_filters()
        self._make_table()
        self.card = HelpCard(self.session)
        px = theme.current().px
        self.splitter = split(self.table, self.card, stretch=(1,), sizes=(px(980), px(340)))
        self.column.addWidget(self.splitter, 1)

    def make_actions(self) -> Sequence[Button]:
        """Return the buttons of the header."""
        self.printing = Button("Печать…", self.print_journal, icon="printer")
        self.shaping = Button("Шаблоны…", lambda: self.session.go("help_templates"))
        self.adding = Button("Записать помощь…", self.add, icon="plus", kind="primary", tip="Ctrl+Shift+N")
        return self.printing, self.shaping, self.adding

    def _make_filters(self) -> None:
        self.span = Combo("За какое время")
        self.span.fill([(word, key) for key, word in SPANS.items()], self.chosen.kind)
        self.span.activated.connect(lambda _place: self.show_span(str(self.span.currentData())))
        self.back = icon_button("chevron-left", "Раньше", lambda: self.step(-1))
        self.on = icon_button("chevron-right", "Позже", lambda: self.step(1))
        self.period = Label("", "strong")
        self.search = SearchEdit("Найти в записях", "Поиск по всем текстам записей")
        self.search.setMinimumWidth(theme.current().px(200))
        self.search.searched.connect(lambda _text: self.refresh())
        self.search.leave.connect(self.focus_main)
        self.left_out = Button("", self._offer_left_out, kind="link")
        row = beside(self.span, self.back, self.period, self.on, self.search)
        row.addStretch(1)
        row.addWidget(self.left_out)
        self.column.addLayout(row)

    def _make_table(self) -> None:
        self.empty = EmptyState(
            "briefcase", "В журнале пока нет записей",
            _FIRST, ("Записать помощь…", self.add),
        )  # fmt: skip
        self.table = DataTable(
            "help_journal", columns({}, self.session.today()), lambda line: line.id, habits=self.session.habits,
            title="Журнал помощи", empty=self.empty,
        )  # fmt: skip
        self.table.current_changed.connect(lambda _line: self._show_card())
        self.table.activated.connect(lambda line: self.session.go("new_help", line.id))
        self.table.row_actions = self._row_actions
        self.chips: dict[str, ChipButton] = {}
        for key, word in (*HELP_WORDS.items(), ("late", "шаг просрочен"), ("wrong", "не всё понято")):
            chip = ChipButton("bad" if key == "late" else "warn" if key == "wrong" else "none", word)
            chip.clicked.connect(lambda checked, key=key: self.quick(key if checked else None))
            self.table.lead.addWidget(chip)
            self.chips[key] = chip

    # --- reading -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the entries of the span anew."""
        self.enable_actions()
        self.printing.setEnabled(True)
        self.session.read(
            self, self._show, help_board.board, self.chosen, self.search.text(), self.session.today()
        )  # fmt: skip
        self.session.read(self, self._take_names, _names)
        self.session.read(self, self._show_left_out, help_board.without_help, self.chosen, self.session.school_year)

    def _show(self, found: HelpBoard) -> None:
        if found.span != self.chosen:
            return
        self._shown = found
        self.table.replace_columns(columns(found.marks, self.session.today()))
        self.period.setText(found.span.title)
        for button in (self.back, self.on):
            button.setEnabled(found.span.first is not None)
        for key, chip in self.chips.items():
            number = {"late": found.totals.late, "wrong": len(found.marks)}.get(key, found.totals.kinds.get(key, 0))
            chip.set_text(f"{HELP_WORDS.get(key, 'шаг просрочен' if key == 'late' else 'не всё понято')} {number}")
            chip.setVisible(number > 0)
        self._tell_empty(found)
        self.card.setVisible(bool(found.lines))
        self.table.set_rows(found.lines)
        if self._wanted is not None and self.table.choose(self._wanted):
            self._wanted = None
        self._show_card()
        undated = f" · без даты{NBSP}{found.undated}: видны за всё время" if found.undated and found.span.first else ""
        self.say(help_board.sentence(found) + undated)

    def _tell_empty(self, found: HelpBoard) -> None:
        if not found.everything:
            self.empty.tell("В журнале пока нет записей", _FIRST)
        elif self.search.text().strip():
            elsewhere = " или посмотрите за всё время" if found.span.first else ""
            self.empty.tell("Ничего не нашлось", f"Сократите вопрос{elsewhere}.")
        else:
            self.empty.tell(f"За {found.span.title} записей нет", "Запишите первую или выберите другое время.")
        self.empty.allow(not self.session.desk.read_only)

    def _take_names(self, found: Names) -> None:
        self.card.names = found
        self._show_card()

    def _show_card(self) -> None:
        line: HelpLine | None = self.table.current()
        board = self._shown
        marks = board.marks.get(line.id, {}) if board is not None and line is not None else {}
        files = board.files.get(line.id, ()) if board is not None and line is not None else ()
        self.card.show_line(line, marks, files)

    def _fits(self, key: str, line: HelpLine) -> bool:
        if key == "late":
            return line.waits and line.next_on is not None and line.next_on < self.session.today().isoformat()
        if key == "wrong":
            return self._shown is not None and line.id in self._shown.marks
        return line.kind == key

    def quick(self, key: str | None) -> None:
        """Show only entries of a kind, late or not understood ones; all for None."""
        for other, chip in self.chips.items():
            chip.setChecked(other == key)
        self.table.model.set_quick(None if key is None else partial(self._fits, key))

    # --- time and schools ----------------------------------------------------------------------------------------

    def show_span(self, kind: str) -> None:
        """Show a month, a quarter, a school year of today, or everything."""
        self._put_span(help_board.span(kind, self.session.today()))
        self.session.habits.put("help:span", kind)

    def step(self, number: int) -> None:
        """Show the span before or after."""
        self._put_span(self.chosen.step(number))

    def _put_span(self, chosen: Span) -> None:
        self.chosen = chosen
        self.span.choose(chosen.kind)
        self.refresh()

    def _show_left_out(self, found: dict[int, str]) -> None:
        self._left_out = found
        self.left_out.setText(f"Без помощи: {count(len(found), 'школа', 'школы', 'школ')} списка…")
        self.left_out.setVisible(bool(found))
        self.left_out.setToolTip(", ".join(list(found.values())[:_MOST_OFFERED]))

    def _offer_left_out(self) -> None:
        menu = self.left_out_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.left_out.mapToGlobal(QPoint(0, self.left_out.height())))

    def left_out_menu(self) -> QMenu:
        """Return the menu of schools of the list that nobody has helped in the span: each begins an entry."""
        menu = QMenu(self)
        free = not self.session.desk.read_only
        for key, name in list(self._left_out.items())[:_MOST_OFFERED]:
            action = menu.addAction(f"{name}: записать помощь…".replace("&", "&&"))
            action.setEnabled(free)
            action.triggered.connect(
                lambda _checked=False, key=key, name=name: self.session.go(
                    "new_help", HelpDraft(school=name, school_id=key)
                )
            )
        return menu

    # --- acting --------------------------------------------------------------------------------------------------

    def add(self) -> None:
        """Begin an entry."""
        self.session.go("new_help")

    def print_journal(self) -> None:
        """Open the journal as a paper in the centre."""
        self.session.go("papers", "help_journal")

    def _selected(self) -> list[HelpLine]:
        found: list[HelpLine] = self.table.selected()
        current = self.table.current()
        return found or ([current] if current is not None else [])

    def _row_actions(self) -> list[RowAction | None]:
        line: HelpLine | None = self.table.current()
        if line is None:
            return []
        school: list[RowAction | None] = [("Карточка школы", self.card.open_school)] if line.school_id else []
        if self.session.desk.read_only:
            return school
        step: list[RowAction | None] = [("Вернуть шаг", self.card.reopen)] if line.next_done_on else []
        if line.waits:
            step = [("Шаг сделан", self.card.finish), ("Записать по шагу…", self.card.follow)]
        return [
            ("Исправить…", self.card.edit), ("Повторить на сегодня", self.duplicate), None, *step,
            ("Связать…", self.card.tie), ("Приложить файл…", self.card.attach), *school, None,
            ("Удалить", self.remove),
        ]  # fmt: skip

    def duplicate(self) -> None:
        """Write the current entry once more for today and show it."""
        line: HelpLine | None = self.table.current()
        if line is not None:
            self.session.write(self, self.open_payload, help_entry.duplicate, line.id, self.session.today())

    def remove(self) -> None:
        """Take the selected entries out; undo brings them back."""
        keys = [line.id for line in self._selected()]
        if keys:
            self.session.write(self, None, help_entry.remove, keys)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ins begins an entry, Ctrl+D repeats the current one, Del takes the selected ones out."""
        free = not self.session.desk.read_only
        if event.key() == Qt.Key.Key_Insert and free:
            self.add()
        elif event.key() == Qt.Key.Key_D and event.modifiers() & _CTRL and free:
            self.duplicate()
        elif event.key() == Qt.Key.Key_Delete and free and self.table.view.hasFocus():
            self.remove()
        else:
            super().keyPressEvent(event)

    def open_payload(self, payload: object) -> None:
        """Show an entry by its key, in all time where the span has none; ("query", words) looks for words."""
        if isinstance(payload, tuple) and payload and payload[0] == "query":
            self.search.setText(str(payload[1]))
            self.show_span("all")
        elif isinstance(payload, int) and not self.table.choose(payload):
            self.search.setText("")
            self.quick(None)
            self._wanted = payload
            self.show_span("all")

    def focus_main(self) -> None:
        """Put the keyboard into the table."""
        self.table.focus_table()

    # --- dropping ------------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A thing with a day may be dropped here."""
        if unpack(event.mimeData()) is not None and not self.session.desk.read_only:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Begin an entry from what was dropped."""
        thing = unpack(event.mimeData())
        if thing is not None and not self.session.desk.read_only:
            event.acceptProposedAction()
            self.session.go("new_help", thing)


def _names(connection: Connection) -> dict[str, dict[int, str]]:
    """Return what entries can belong to. Imported on the reader's thread: plans are not needed to show the page."""
    from app.models import registers as stored
    from app.operations import activity_choice, body_choice
    from app.texts import school_year

    platforms = stored.rows(connection, "network_platform", order=("school_year", "title"))
    return {
        "lineage": activity_choice.names(connection),
        "platform_id": {
            row["id"]: f"{row['title'] or 'Площадка без названия'}, {school_year(row['school_year'])}"
            for row in reversed(platforms)
        },
        "body_id": body_choice.names(connection),
    }
