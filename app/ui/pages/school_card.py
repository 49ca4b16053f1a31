"""The full card of a school: every field saves itself, every change can be undone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.errors import CATALOGUE, UserError
from app.models.organisations import SchoolCard
from app.models.results import StoredMark
from app.operations import merge_words, results, schools
from app.operations.schools import SETTLEMENT_WORDS, STATUS_WORDS, SYSTEM_WORDS, TEXT_FIELDS
from app.texts import count, percent, ru_date, school_year
from app.ui import theme
from app.ui.dialogs import Field
from app.ui.item_models.table_model import Column
from app.ui.pages.school_extras import SchoolExtras
from app.ui.pages.school_overview import SchoolOverview
from app.ui.session import Session
from app.ui.widgets.basics import Button, Card, Combo, Scroller, clear_layout, icon_button
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.entry_grid import EntryGrid, EntryModel, EntryRow
from app.ui.widgets.field import FieldRow
from app.ui.widgets.labels import ElidedLabel, Label
from app.ui.widgets.table import DataTable

PARTS = {"overview": "Обзор", "details": "Сведения"}
"""Parts of a card with the words of its switch."""
LONG_NAME = 60
"""A longer name gives way to the short one in the title; the whole stands in the tooltip."""
YEAR_COLUMNS = ("pupils", "teachers")


def _known(value: int | None) -> str:
    return "—" if value is None else str(value)


def _share(mark: StoredMark) -> str:
    return percent(mark.below_min, mark.participants) if mark.below_min is not None else "—"


def _share_key(mark: StoredMark) -> float | None:
    return mark.below_min / mark.participants if mark.below_min is not None and mark.participants else None


def place_of(mark: StoredMark) -> str:
    """Return file, sheet and cell that a count came from."""
    return " · ".join(str(part) for part in (mark.file, mark.sheet, mark.cells or mark.row_from) if part)


MARKS = (
    Column("year", "Год", lambda m: str(m.year), 56, kind="number", sort=lambda m: m.year),
    Column("work", "Процедура", lambda m: m.assessment.label, 190, 3),
    Column("of", "Участников", lambda m: str(m.participants), 84, kind="number", sort=lambda m: m.participants),
    Column("below", "Ниже минимума", lambda m: _known(m.below_min), 104, kind="number", sort=lambda m: m.below_min),
    Column("share", "Доля", _share, 70, kind="number", sort=_share_key),
    Column("marks", "2 · 3 · 4 · 5", lambda m: " · ".join(_known(v) for v in (m.m2, m.m3, m.m4, m.m5)), 120, 1),
    Column("origin", "Откуда", place_of, 160, 3, middle=True),
)


def trouble_of(code: str, raw: str, system: str = "") -> str:
    """Return what is wrong with a draft; half-typed text is no trouble."""
    if code == "DRAFT" or code not in CATALOGUE:
        return ""
    error = UserError(code, value=raw, raw=raw, system=SYSTEM_WORDS.get(system, "код"))
    return f"{error.what} {error.cure}".strip()


class SchoolCardView(QWidget):
    """The card in the place of the registry."""

    def __init__(self, session: Session, back: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._id: int | None = None
        self._card: SchoolCard | None = None
        px = theme.current().px
        self.name = ElidedLabel("", "title", mode=Qt.TextElideMode.ElideMiddle, least=px(160))
        self.state = ElidedLabel("", "muted", least=px(160))
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addWidget(self.name)
        words.addWidget(self.state)
        head = QHBoxLayout()
        head.setSpacing(px(12))
        head.addWidget(Button("К списку школ", back, icon="arrow-left"))
        head.addLayout(words, 1)
        self.overview = SchoolOverview(session, lambda: self.show_part("details"))
        head.addWidget(Button("Откуда это?", self.overview.origin, icon="file-search"))
        head.addWidget(Button("Записать заметку…", lambda: session.go("note", self._id), icon="note"))
        head.addWidget(Button("Изменить сведения", lambda: self.show_part("details"), icon="edit"))
        head.addWidget(
            Button("Печать карточки…", lambda: session.go("print_card", self._id), icon="printer", kind="primary")
        )
        self.scroller = Scroller(spacing=12)
        self._make_cards()
        self.parts = QStackedWidget()
        self.parts.addWidget(self.overview)
        self.parts.addWidget(self.scroller)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        column.addLayout(head)
        column.addWidget(self._make_switch(), 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.parts, 1)

    def _make_switch(self) -> QTabBar:
        self.switch = QTabBar()
        self.switch.setObjectName("inner")
        self.switch.setAccessibleName("Что показать о школе")
        self.switch.setDrawBase(False)
        self.switch.setExpanding(False)
        self.switch.setUsesScrollButtons(False)
        for title in PARTS.values():
            self.switch.addTab(title)
        self.switch.currentChanged.connect(self._show_part)
        return self.switch

    def step(self, step: int) -> None:
        """Show the other part; the page calls it, whose keys would else stand twice for one place."""
        self.switch.setCurrentIndex((self.switch.currentIndex() + step) % len(PARTS))
        self.focus_first()

    def show_part(self, part: str) -> None:
        """Show «overview» or «details» and put the keyboard there."""
        self.switch.setCurrentIndex(list(PARTS).index(part))
        self.focus_first()

    @property
    def part(self) -> str:
        """Which part is shown."""
        return list(PARTS)[self.switch.currentIndex()]

    def _show_part(self, place: int) -> None:
        self.parts.setCurrentIndex(place)
        if self._id is not None and self.part == "overview":
            self.overview.show_school(self._id)

    # --- building ------------------------------------------------------------------------------------------------

    def _make_cards(self) -> None:
        px = theme.current().px
        left, middle, right = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        left.addWidget(self._main_card())
        left.addStretch(1)
        middle.addWidget(self._codes_card())
        middle.addWidget(self._aliases_card())
        middle.addStretch(1)
        right.addWidget(self._years_card())
        right.addWidget(self._posts_card())
        right.addWidget(self._contacts_card())
        right.addWidget(self._notes_card())
        right.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(px(12))
        for part in (left, middle, right):
            part.setSpacing(px(12))
            columns.addLayout(part, 1)
        self.scroller.column.addLayout(columns)
        self.extras = SchoolExtras(self.session)
        self.scroller.column.addWidget(self.extras)
        marks = Card("Результаты")
        self.marks = DataTable(
            "school_marks", MARKS, lambda m: m.id, habits=self.session.habits, title="Результаты школы", bare=True,
            empty=EmptyState("table", "Результатов нет", "Они появятся после загрузки отчётов, где есть эта школа."),
        )  # fmt: skip
        self.marks.setMinimumHeight(px(240))
        marks.body.addWidget(self.marks)
        self.scroller.column.addWidget(marks)

    def _main_card(self) -> Card:
        card = Card("Основное")
        self.fields: dict[str, FieldRow] = {}
        for key, title in TEXT_FIELDS.items():
            row = FieldRow(title)
            row.edit.committed.connect(lambda text, key=key: self._edit(key, text))
            row.edit.drafted.connect(lambda text, key=key: self._draft(key, text))
            self.fields[key] = row
            card.body.addWidget(row)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.current().px(8))
        self.status, self.settlement_kind = Combo("Состояние"), Combo("Вид населённого пункта")
        self.status.fill([(word, key) for key, word in STATUS_WORDS.items()])
        self.settlement_kind.fill([("не указан", None), *((word, key) for key, word in SETTLEMENT_WORDS.items())])
        for place, (title, combo, key) in enumerate(
            (("Состояние", self.status, "status"), ("Вид населённого пункта", self.settlement_kind, "settlement_kind"))
        ):
            combo.activated.connect(lambda _i, combo=combo, key=key: self._edit(key, combo.currentData()))
            grid.addWidget(Label(title, "muted"), 0, place)
            grid.addWidget(combo, 1, place)
            grid.setColumnStretch(place, 1)
        card.body.addLayout(grid)
        self.merged = Label("", "muted", wrap=True).selectable()
        card.body.addWidget(self.merged)
        return card

    def _codes_card(self) -> Card:
        card = Card("Коды")
        self.codes: dict[str, FieldRow] = {}
        hints = {"fisoko": "edu123456", "msu": "", "oo": "", "inn": "10 цифр", "ogrn": "13 цифр", "own": ""}
        for system, title in SYSTEM_WORDS.items():
            row = FieldRow(title, hints.get(system, ""))
            row.edit.committed.connect(lambda text, system=system: self._set_code(system, text))
            row.edit.drafted.connect(lambda text, system=system: self._draft(system, text))
            self.codes[system] = row
            card.body.addWidget(row)
        return card

    def _list_card(self, title: str, verb: str, add: Callable[[], object]) -> tuple[Card, QVBoxLayout]:
        card = Card(title)
        card.head.addWidget(Button(verb, add, kind="quiet"))
        lines = QVBoxLayout()
        lines.setSpacing(theme.current().px(4))
        card.body.addLayout(lines)
        return card, lines

    def _aliases_card(self) -> Card:
        card, self._aliases = self._list_card("Как пишут в других таблицах", "Добавить…", self._add_alias)
        return card

    def _posts_card(self) -> Card:
        card, self._posts = self._list_card("Руководители", "Назначить…", self._appoint)
        return card

    def _contacts_card(self) -> Card:
        card, self._contacts = self._list_card("Контакты", "Добавить…", self._add_contact)
        return card

    def _notes_card(self) -> Card:
        card, self._notes = self._list_card("Заметки", "Записать…", lambda: self.session.go("note", self._id))
        return card

    def _years_card(self) -> Card:
        card = Card("По учебным годам")
        self.years_model = EntryModel(["Учеников", "Учителей"])
        self.years_model.entered.connect(self._set_year)
        self.years_model.block_entered.connect(self._set_years)
        self.years = EntryGrid(self.years_model, "Ученики и учителя по годам")
        self.years.left_over.connect(self._left_over)
        card.body.addWidget(self.years)
        return card

    # --- showing -------------------------------------------------------------------------------------------------

    def open(self, school_id: int, part: str = "overview") -> None:
        """Show a school: its overview, or its details to be changed."""
        self._id = school_id
        place = list(PARTS).index(part)
        self.switch.blockSignals(True)
        self.switch.setCurrentIndex(place)
        self.switch.blockSignals(False)
        self.parts.setCurrentIndex(place)
        self.scroller.verticalScrollBar().setValue(0)
        self.refresh()

    def focus_first(self) -> None:
        """Put the keyboard into the first field, or on the switch over the overview."""
        if self.part == "overview":
            self.switch.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.fields["name"].edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Read the card anew."""
        if self._id is not None:
            self.session.read(self, self._show, schools.card, self._id)
            self.session.read(self, self._show_marks, results.marks, organisation_id=self._id)
            self.extras.show_school(self._id)
            if self.part == "overview":
                self.overview.show_school(self._id)

    def _show_marks(self, marks: list[StoredMark]) -> None:
        self.marks.set_rows(sorted(marks, key=lambda m: (-m.year, m.assessment.label)))

    def _show(self, card: SchoolCard) -> None:
        self._card, school = card, card.school
        self.name.setText(school.name if len(school.name) <= LONG_NAME else school.shown)
        self.name.set_tip(school.name)
        place = ", ".join(part for part in (school.municipality, school.settlement) if part)
        self.state.setText(place)
        drafts = {column: (raw, code) for column, raw, code in card.drafts}
        for key, row in self.fields.items():
            raw, code = drafts.get(key, (None, ""))
            row.show_stored(str(getattr(school, key) or ""), raw, trouble_of(code, raw or ""))
        codes = {system: value for _key, system, value, _from, to in card.codes if to is None}
        for system, row in self.codes.items():
            raw, code = drafts.get(system, (None, ""))
            row.show_stored(codes.get(system, ""), raw, trouble_of(code, raw or "", system))
        self.status.choose(school.status)
        self.settlement_kind.choose(school.settlement_kind)
        self.merged.setText("\n".join(merge_words.of_merged(record) for record in card.merged))
        self.merged.setVisible(bool(card.merged))
        self._show_years(card)
        self._show_lists(card)

    def _show_years(self, card: SchoolCard) -> None:
        known = {year: [pupils, teachers] for _key, year, pupils, teachers in card.years}
        drafts = {(year, column): (raw, code) for year, column, raw, code in card.year_drafts}
        first = self.session.school_year + 1
        rows = []
        for year in sorted({*known, *(first - back for back in range(5))}, reverse=True):
            figures = known.get(year, [None, None])
            texts = ["" if value is None else str(value) for value in figures]
            row = EntryRow(year, school_year(year), texts)
            for place, column in enumerate(YEAR_COLUMNS):
                if (year, column) in drafts:
                    raw, code = drafts[year, column]
                    row.texts[place] = raw
                    row.troubles[place] = trouble_of(code, raw)
            rows.append(row)
        self.years_model.set_rows(rows)
        self.years.fit()

    def _show_lists(self, card: SchoolCard) -> None:
        self._fill(self._aliases, [(spelling, "", "organisation_alias", key) for key, spelling in card.aliases],
                   "Написания запоминаются при загрузке сами.")  # fmt: skip
        posts = []
        for post in card.appointments:
            since = f"с {ru_date(post.date_from)}" if post.date_from else ""
            till = f"по {ru_date(post.date_to)}" if post.date_to else ""
            note = ", ".join(
                part for part in (post.role, f"{since} {till}".strip(), post.phone or "", post.act or "") if part
            )
            posts.append((post.person, note, "appointment", post.id))
        self._fill(self._posts, posts, "Никто не назначен.")
        contacts = [
            (value, ", ".join(p for p in (kind, note) if p), "contact", key) for key, kind, value, note in card.contacts
        ]
        self._fill(self._contacts, contacts, "Контактов нет.")
        clear_layout(self._notes)
        for key, text, day, done, _at in card.notes:
            self._notes.addWidget(self._note_line(key, text, day, done=done))
        if not card.notes:
            self._notes.addWidget(Label("Заметок нет.", "muted"))

    def _fill(self, lines: QVBoxLayout, rows: list[tuple[str, str, str, int]], nothing: str) -> None:
        clear_layout(lines)
        for text, note, table, key in rows:
            lines.addWidget(self._line(text, note, partial(self._delete, table, key, text)))
        if not rows:
            lines.addWidget(Label(nothing, "muted", wrap=True))

    @staticmethod
    def _line(text: str, note: str, delete: Callable[[], object]) -> QWidget:
        widget = QWidget()
        row = QHBoxLayout(widget)
        row.setContentsMargins(0, 0, 0, 0)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(text, mode=Qt.TextElideMode.ElideMiddle))
        if note:
            words.addWidget(ElidedLabel(note, "muted"))
        row.addLayout(words, 1)
        row.addWidget(icon_button("x", f"Удалить: {text}", delete), 0, Qt.AlignmentFlag.AlignTop)
        return widget

    def _note_line(self, key: int, text: str, day: str | None, *, done: bool) -> QWidget:
        widget = QWidget()
        row = QHBoxLayout(widget)
        row.setContentsMargins(0, 0, 0, 0)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(text, "muted" if done else "text", wrap=True))
        state = "выполнено" if done else f"напомнить {ru_date(day)}" if day else ""
        if state:
            words.addWidget(Label(state, "muted"))
        row.addLayout(words, 1)
        if not done:
            row.addWidget(
                Button("Сделано", lambda: self.session.write(self, None, schools.finish_note, key), kind="quiet")
            )
        return widget

    # --- changing ------------------------------------------------------------------------------------------------

    def _edit(self, key: str, value: Any) -> None:
        if self._id is None or (self._card is not None and (getattr(self._card.school, key) or "") == (value or "")):
            return
        future = self.session.written(schools.edit, self._id, {key: value})
        if future is not None:
            self.session.runner.take(future, None, lambda error: self._refused(self.fields.get(key), error), owner=self)

    def _set_code(self, system: str, text: str) -> None:
        if self._id is None:
            return
        future = self.session.written(schools.set_code, self._id, system, text)
        if future is not None:
            self.session.runner.take(future, None, lambda error: self._refused(self.codes[system], error), owner=self)

    def _refused(self, row: FieldRow | None, error: UserError) -> None:
        """What was typed stays in its line and is marked; the reason stands under it."""
        if row is None:
            self.session.tell_error(error)
            return
        text = row.edit.text()
        stored = (
            self._card.school.name if self._card is not None and row is self.fields.get("name") else row.edit.stored
        )
        row.show_stored(stored, text, f"{error.what} {error.cure}".strip())

    def _draft(self, column: str, text: str) -> None:
        if self._id is not None and not self.session.desk.read_only:
            self.session.write(self, None, schools.put_text_draft, "organisation", self._id, column, text)

    def _set_year(self, row: int, column: int, text: str) -> None:
        self._set_years([(row, column, text)])

    def _set_years(self, cells: list[tuple[int, int, str]]) -> None:
        """Write a block of the grid as one step: what does not fit stays in its cell, marked."""
        if self._id is not None:
            rows = self.years_model.rows
            typed = [(rows[row].key, YEAR_COLUMNS[column], text) for row, column, text in cells]
            self.session.write(self, None, schools.set_years, self._id, typed)

    def _left_over(self, _lines: list[list[str]], rows: int, columns: int) -> None:
        """Nothing of a pasted block is lost in silence."""
        parts = [count(rows, "строка", "строки", "строк")] if rows else []
        parts += [count(columns, "столбец", "столбца", "столбцов")] if columns else []
        self.session.tell("warn", f"Поместилось не всё. Не вошло в таблицу по годам: {', '.join(parts)}.")

    def _delete(self, table: str, key: int, text: str) -> None:
        self.session.write(self, None, schools.delete_row, table, key, f"Удалено: {text}")

    def _add_alias(self) -> None:
        answer = self.session.dialogs.ask(
            "Как ещё пишут эту школу", "", [Field("text", "Написание", required=True)], "Запомнить"
        )
        if answer is not None and self._id is not None:
            self.session.write(self, None, schools.add_alias, self._id, answer["text"])

    def _appoint(self) -> None:
        answer = self.session.dialogs.ask(
            "Назначить руководителя",
            "Прежний останется в истории: его срок закончится в день назначения нового.",
            [
                Field("full_name", "Фамилия, имя, отчество", required=True),
                Field("role", "Должность", "директор", required=True),
                Field("date_from", "С какого числа", hint="01.09.2026"),
                Field("act", "Приказ"),
                Field("phone", "Телефон"),
                Field("email", "Почта"),
            ],
            "Назначить",
        )
        if answer is not None and self._id is not None:
            fields: dict[str, Any] = {key: value or None for key, value in answer.items()}
            self.session.write(self, None, schools.appoint, self._id, **fields)

    def _add_contact(self) -> None:
        answer = self.session.dialogs.ask(
            "Новый контакт", "",
            [Field("kind", "Что это", "телефон", required=True), Field("value", "Номер или адрес", required=True),
             Field("note", "Чей")],
            "Добавить",
        )  # fmt: skip
        if answer is not None and self._id is not None:
            self.session.write(
                self, None, schools.add_contact, self._id, answer["kind"], answer["value"], answer["note"] or None
            )
