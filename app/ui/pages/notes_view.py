"""«Справки» of the monitoring: the report, the analytical note, notes about schools, addressed recommendations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QWidget

from app.models.organisations import School
from app.operations import notes, recommendations, schools
from app.operations.note_scope import Asked, Kind
from app.operations.notes import KINDS, NoteBook
from app.operations.programme_blocks import AnalysisBlock
from app.operations.recommendations import USED_WORDS, AdviceBook
from app.school_years import year_of
from app.texts import count, ru_date
from app.ui import theme
from app.ui.dialogs import Field
from app.ui.pages.monitoring_scope import ScopeBar
from app.ui.pages.notes_advice_pane import AdvicePane
from app.ui.pages.notes_text_pane import NotePane
from app.ui.pages.programme_text_edit import kind_of
from app.ui.pages.programme_texts_list import TextLine, TextList
from app.ui.pages.view import View
from app.ui.typed_days import day_trouble
from app.ui.widgets.basics import Button, Combo, split

if TYPE_CHECKING:
    from app.ui.pages.monitoring import MonitoringPage
    from app.ui.pages.views_page import ViewsPage

ADVICE = "advice"
PAPERS = ("report", "note", "school", ADVICE)
WORDS = {"report": "Отчёт", "note": "Справка", "school": "О школе", ADVICE: "Рекомендации"}


class NotesView(View):
    """Texts made from the figures, and recommendations."""

    key = "notes"
    title = "Справки"
    heading = "Справки и рекомендации"
    guide = ("17-справки", "Тексты")

    page: MonitoringPage

    def __init__(self, page: ViewsPage) -> None:
        super().__init__(page)
        self.book: NoteBook | None = None
        self.step = 0
        self._turn = 0
        self._wanted = ""
        self._row: tuple[int, int] | None = None
        px = theme.current().px
        self.kinds = QTabBar()
        self.kinds.setObjectName("inner")
        self.kinds.setAccessibleName("Какой документ")
        self.kinds.setDrawBase(False)
        self.kinds.setExpanding(False)
        self.kinds.setUsesScrollButtons(False)
        for key in PAPERS:
            self.kinds.addTab(WORDS[key])
        self.kinds.currentChanged.connect(lambda _place: self._changed_kind())
        self.school = Combo("Школа")
        self.school.setMaximumWidth(px(240))
        self.school.activated.connect(lambda _place: self._changed_subject())
        self.scope_bar = ScopeBar(self.page.scope)
        self.page.scope.changed.connect(self._changed_scope)
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(self.kinds)
        row.addWidget(self.school)
        row.addStretch(1)
        row.addWidget(self.scope_bar)
        self.column.addLayout(row)
        self.body = QStackedWidget()
        self.body.addWidget(self._make_texts())
        self.advice = AdvicePane(self.session, self._advice_scope)
        self.advice.year_wanted.connect(self._show_step)
        self.advice.renew_wanted.connect(self._renew)
        self.body.addWidget(self.advice)
        self.column.addWidget(self.body, 1)
        self._show_kind()

    def _make_texts(self) -> QWidget:
        px = theme.current().px
        self.list = TextList()
        self.list.setAccessibleName("Разделы документа")
        self.list.picked.connect(self._picked)
        self.pane = NotePane(self.session)
        self.pane.committed.connect(self._put)
        self.pane.reset_wanted.connect(self._reset)
        self.pane.preview.origin_wanted.connect(self._show_origin)
        self.parts = split(self.list, self.pane, stretch=(0, 1), sizes=(px(350), px(960)), handle=10)
        return self.parts

    def make_actions(self) -> Sequence[Button]:
        """Return the buttons of the texts; those of the recommendations take their place."""
        self.updating = Button("Обновить цифры…", self._update, icon="refresh")
        self.printing = Button("Печать…", self._print, icon="printer", kind="primary")
        self.proposing = Button("Составить по данным…", self._propose, icon="bulb")
        self.sending = Button("Отметить отправку…", self._send, icon="mail")
        self.marking = Button("Отметить выполнение…", self._mark, icon="checklist")
        self.printing_advice = Button("Печать…", self._print, icon="printer", kind="primary")
        return (self.updating, self.printing)

    # --- what is chosen ------------------------------------------------------------------------------------------

    @property
    def kind(self) -> str:
        """Key of the document that is shown."""
        return PAPERS[self.kinds.currentIndex()]

    @property
    def asked(self) -> Asked:
        """What is shown, without the file; recommendations speak of the municipality."""
        kind = cast("Kind", self.kind if self.kind != ADVICE else "note")
        scope = self.page.scope
        school = self.school.currentData() if kind == "school" else None
        return Asked(kind, scope.year, self.session.today(), scope.programme_id, school)

    @property
    def school_year(self) -> int:
        """School year of the recommendations that are shown."""
        asked = self.asked
        return year_of(min(asked.day, date(asked.year, 12, 31))) + self.step

    def _advice_scope(self) -> dict[str, int]:
        return {"school_year": self.school_year}

    def _show_kind(self) -> None:
        advice = self.kind == ADVICE
        self.school.setVisible(self.kind == "school")
        self.body.setCurrentWidget(self.advice if advice else self.parts)
        wanted = [self.proposing, self.sending, self.marking, self.printing_advice] if advice else [
            self.updating, self.printing,
        ]  # fmt: skip
        shown = self.page.views.get(self.key) is self and self.page.view == self.key
        self.buttons = wanted
        if shown:
            self.page.header.set_actions(wanted)
        self.enable_actions()

    def _changed_kind(self) -> None:
        self.pane.forget()
        self.book = None
        self._show_kind()
        self.refresh()

    def _changed_subject(self) -> None:
        self.pane.forget()
        self.book = None
        self.refresh()

    def _changed_scope(self) -> None:
        self.pane.forget()
        self.book = None
        if self.page.view == self.key:
            self.refresh()

    # --- reading -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the chosen document anew."""
        self.scope_bar.show_scope()
        if not self.page.scope.ready:
            return
        self._turn += 1
        turn = self._turn
        if self.kind == ADVICE:
            self._take_row()
            self.advice.show_step(self.step)
            self.advice.grid.refresh()
            self.session.read(self, lambda book: self._show_advice(turn, book), recommendations.read, self.asked)
        elif self.kind == "school" and self.school.count() == 0:
            self.session.read(self, self._take_schools, notes.schools, self.page.scope.year)
        elif self.kind == "school" and self.school.currentData() is None:
            self.say("Школ в файле пока нет")
            self.list.show_lines([])
        else:
            self.session.read(self, lambda book: self._show(turn, book), notes.read, self.asked)

    def _take_row(self) -> None:
        """Show the school year of the recommendation that another place asks for, and put the cursor on it."""
        if self._row is not None:
            key, year = self._row
            self._row = None
            self.step = max(-1, min(0, self.step + year - self.school_year))
            self.advice.grid.choose(key)

    def _take_schools(self, found: list[School]) -> None:
        self.school.fill([(school.shown, school.id) for school in found], None)
        if found:
            self.refresh()
        else:
            self.say("Школ в файле пока нет")

    def _show(self, turn: int, book: NoteBook) -> None:
        if turn != self._turn:
            return
        self.book = book
        self.list.show_lines([
            TextLine(field.key, field.title, kind_of(field), field.word) for field in book.fields
        ])  # fmt: skip
        if self._wanted and self.list.choose(self._wanted):
            self._wanted = ""
        stale = sum(field.stale for field in book.fields)
        typed = sum(field.origin == "typed" for field in book.fields)
        about = f"{book.about}: " if book.about else ""
        told = [
            f"{about}{KINDS[book.asked.kind].lower() if about else KINDS[book.asked.kind]} за {book.asked.year} год"
        ]
        told.append(f"введено {typed} из {len(book.fields)}" if typed else "все тексты — из данных")
        if stale:
            told.append("цифры устарели: " + count(stale, "раздел", "раздела", "разделов"))
        self.say(" · ".join(told))
        self.updating.setEnabled(bool(stale) and not self.session.desk.read_only)
        self.updating.setToolTip("" if stale else "Все тексты говорят то же, что данные.")
        self._picked(self.list.key)

    def _picked(self, key: str) -> None:
        book = self.book
        if book is None or not key:
            return
        blocks = [block for block in book.blocks if block.section == key]
        self.pane.leave()
        self.pane.show_field(book.field(key), blocks, writable=not self.session.desk.read_only)

    def _show_advice(self, turn: int, book: AdviceBook) -> None:
        if turn == self._turn:
            self.advice.show_book(book)
            self.say(self.advice.sentence())

    def _show_step(self, step: int) -> None:
        self.step = step
        self.refresh()

    # --- writing -------------------------------------------------------------------------------------------------

    def _put(self, key: str, text: str, base: str) -> None:
        if self.book is not None:
            self.session.write(self, None, notes.put, self.book.asked, key, text, base)

    def _reset(self, key: str) -> None:
        if self.book is not None:
            self.session.write(self, None, notes.reset, self.book.asked, key)

    def _update(self) -> None:
        self.pane.leave()
        self.session.go("note_figures", self.asked)

    def _propose(self) -> None:
        self.session.go("note_advice", self.asked)

    def _renew(self, keys: list[int]) -> None:
        self.session.write(self, lambda _number: self.refresh(), recommendations.renew, self.asked, keys)

    def _chosen(self) -> list[int]:
        keys = self.advice.chosen()
        if not keys:
            self.session.tell("warn", "Сначала выделите строки таблицы.")
        return keys

    def _send(self) -> None:
        keys = self._chosen()
        if not keys:
            return
        told = self.session.dialogs.ask(
            "Отметить отправку",
            f"Выбрано: {count(len(keys), *recommendations.WORD)}. Пустая дата снимает отметку.",
            [Field("day", "Отправлены", ru_date(self.session.today()), "например, 28.11.2026", test=day_trouble)],
            "Отметить",
        )  # fmt: skip
        if told is not None:
            day = schools.iso_date(told["day"]) if told["day"] else None
            self.session.write(self, lambda _number: self.refresh(), recommendations.send, keys, day)

    def _mark(self) -> None:
        keys = self._chosen()
        if not keys:
            return
        choices = (*((word, key) for key, word in USED_WORDS.items()), ("снять отметку", ""))
        told = self.session.dialogs.ask(
            "Отметить выполнение",
            f"Выбрано: {count(len(keys), *recommendations.WORD)}.",
            [Field("used", "Рекомендация", "yes", choices=choices),
             Field("note", "Что сделано или почему нет", long=True)],
            "Отметить",
        )  # fmt: skip
        if told is not None:
            note = told["note"] or None
            self.session.write(
                self, lambda _number: self.refresh(), recommendations.mark, keys, told["used"] or None, note
            )  # fmt: skip

    # --- ways in and out -----------------------------------------------------------------------------------------

    def _print(self) -> None:
        self.pane.leave()
        self.session.go("print_note", (self.kind, self.asked))

    def _show_origin(self, block: AnalysisBlock) -> None:
        self.session.go("programme_origin", block)

    def open_payload(self, payload: object) -> None:
        """Show a document by its key, (document, section or school), or ("advice", ("row", key, school year))."""
        kind, rest = payload if isinstance(payload, tuple) else (payload, None)
        if isinstance(rest, tuple) and rest[0] == "row":
            self._row = int(rest[1]), int(rest[2])
        if kind in PAPERS:
            self.kinds.setCurrentIndex(PAPERS.index(str(kind)))
        if isinstance(rest, str):
            self._wanted = rest
            if self.book is not None and self.list.choose(rest):
                self._wanted = ""
        elif isinstance(rest, int) and self.school.choose(rest):
            self._changed_subject()
        elif self._row is not None:
            self.refresh()

    def enable_actions(self) -> None:
        """Printing needs no writing."""
        free = not self.session.desk.read_only
        for button in (self.proposing, self.sending, self.marking):
            button.setEnabled(free)
        for button in (self.printing, self.printing_advice):
            button.setEnabled(True)

    def focus_main(self) -> None:
        """Put the keyboard into the list of sections, or into the register."""
        main = self.advice.grid.grid if self.kind == ADVICE else self.list
        main.setFocus(Qt.FocusReason.OtherFocusReason)
