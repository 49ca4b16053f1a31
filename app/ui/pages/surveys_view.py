"""«Анкеты»: sheets of anonymous questionnaires at the left, entering and distribution of the chosen one beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.forms.schema import FormDef
from app.models.forms import SubjectRef
from app.models.store import Connection
from app.operations import form_subjects, survey_counts, surveys
from app.operations.survey_counts import Distribution
from app.operations.surveys import SheetDraft, SheetLine, SheetView
from app.texts import count, quoted, ru_date
from app.ui import theme
from app.ui.dialogs import Field
from app.ui.item_models.table_model import Column
from app.ui.pages.survey_numbers import NumbersEntry
from app.ui.pages.survey_rows import RowsEntry
from app.ui.pages.survey_shares import SharesView
from app.ui.pages.view import View
from app.ui.pages.views_page import ViewsPage
from app.ui.widgets.basics import Button, Card, split
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import ElidedLabel, Label
from app.ui.widgets.table import DataTable, RowAction

NO_SCHOOL = ""
COLUMNS = (
    Column("about", "О чём", lambda line: line.shown, 170, 2, 110, strong=True,
           tip=lambda line: f"{line.form.short}: {line.title}"),
    Column("held", "Дата", lambda line: ru_date(line.sheet.held_on) if line.sheet.held_on else "", 98,
           sort=lambda line: line.sheet.held_on),
    Column("number", "Сдано", lambda line: "" if line.handed_in is None else str(line.handed_in), 62, kind="number",
           sort=lambda line: line.handed_in),
    Column("out", "Роздано", lambda line: "" if line.sheet.given_out is None else str(line.sheet.given_out), 74,
           kind="number", sort=lambda line: line.sheet.given_out),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Opened:
    """A sheet with what is counted in it."""

    view: SheetView
    found: Distribution


@dataclass(frozen=True, slots=True)
class Offer:
    """What a new sheet can be about: questionnaires and own schools."""

    forms: tuple[FormDef, ...]
    schools: tuple[tuple[str, int], ...]


def opened(connection: Connection, sheet_id: int) -> Opened:
    """Read a sheet and count it."""
    view = surveys.view(connection, sheet_id)
    return Opened(view, survey_counts.of_sheets(connection, [view.line], view.line.title))


def offer(connection: Connection) -> Offer:
    """Read what can be chosen for a new sheet."""
    forms = tuple(surveys.questionnaires(connection))
    found = form_subjects.asked_organisations(connection, forms[0]) if forms else []
    return Offer(forms, tuple((school.shown, school.id) for school in found))


class SurveysView(View):
    """Questionnaires."""

    key = "surveys"
    title = "Анкеты"
    heading = "Анонимные анкеты"
    guide = ("09-чек-листы", "Анкеты")

    def __init__(self, page: ViewsPage) -> None:
        super().__init__(page)
        self._wanted: int | None = None
        self._turn = 0
        self.open_sheet: SheetView | None = None
        px = theme.current().px
        empty = EmptyState(
            "checklist", "Здесь будут анонимные анкеты",
            "Заведите лист на мероприятие, курс, занятие или школу и введите ответы: по одной анкете или сразу "
            "числами. Программа посчитает, как распределились ответы.",
            ("Новая анкета…", self.begin),
        )  # fmt: skip
        self.table = DataTable("surveys", COLUMNS, lambda line: line.sheet.id, habits=self.session.habits,
                               title="Листы анкет", empty=empty, filters=True)  # fmt: skip
        self.table.current_changed.connect(self._choose)
        self.table.row_actions = self._row_actions
        self.parts = split(self.table, self._make_sheet(), stretch=(0, 1), sizes=(px(420), px(880)), handle=10)
        self.column.addWidget(self.parts, 1)

    def make_actions(self) -> Sequence[Button]:
        """Return the buttons of the header."""
        self.courses = self.page.act("Курсы…", lambda: self.session.go("courses"), "school")
        self.printing = self.page.act("Печать…", self.show_paper, "printer")
        self.pasting = self.page.act("Вставить таблицу…", self.paste, "table")
        self.adding = self.page.act("Новая анкета…", self.begin, "plus", primary=True)
        return self.courses, self.printing, self.pasting, self.adding

    def _make_sheet(self) -> QWidget:
        px = theme.current().px
        card = Card()
        self.sheet = card
        self.name = ElidedLabel("", "section")
        self.facts = Button("Сведения…", self.edit, icon="edit")
        self.clearing = Button("Очистить…", self.clear, icon="trash")
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(self.name, 1)
        head.addWidget(self.facts)
        head.addWidget(self.clearing)
        self.tabs = QTabBar()
        self.tabs.setObjectName("inner")
        self.tabs.setAccessibleName("Лист анкет")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.addTab("Ввод")
        self.tabs.addTab("Распределение")
        self.tabs.currentChanged.connect(lambda _place: self._show_tab())
        self.told = ElidedLabel("", "muted")
        self.rows = RowsEntry(self.session, self._read_sheet)
        self.numbers = NumbersEntry(self.session, self._read_sheet)
        self.shares = SharesView(self.session)
        self.body = QStackedWidget()
        for widget in (self._make_choice(), self.rows, self.numbers, self.shares):
            self.body.addWidget(widget)
        card.body.addLayout(head)
        card.body.addWidget(self.told)
        card.body.addWidget(self.tabs)
        card.body.addWidget(self.body, 1)
        return card

    def _make_choice(self) -> QWidget:
        """Return what stands on an empty sheet: the two ways to enter, and that they never mix."""
        px = theme.current().px
        made = QWidget()
        column = QVBoxLayout(made)
        column.setSpacing(px(10))
        column.addStretch(1)
        column.addWidget(Label("Как вводить ответы?", "section"))
        for word, text, mode in (
            ("По одной анкете", "Строка — один человек. Подходит и для таблицы из Яндекса, Google или Excel.", "rows"),
            ("Сразу числами", "Сколько раз выбран каждый ответ: если анкеты уже подсчитаны.", "tallies"),
        ):
            button = Button(word, partial(self._begin_mode, mode))
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            column.addWidget(Label(text, "muted", wrap=True))
        column.addWidget(Label("На одном листе — только одно из двух: так никто не посчитан дважды. "
                               "Имена, телефоны и адреса программа не хранит.", "muted", wrap=True))  # fmt: skip
        column.addStretch(2)
        return made

    # --- reading -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the sheets of all years, then the chosen one."""
        self.session.read(self, self._show, surveys.sheets)

    def _show(self, found: list[SheetLine]) -> None:
        self.table.set_rows(found)
        self.sheet.setVisible(bool(found))
        self.printing.setEnabled(bool(found))
        self.pasting.setEnabled(bool(found) and not self.session.desk.read_only)
        if self._wanted is not None:
            self.table.choose(self._wanted)
            self._wanted = None
        elif found and self.table.current() is None:
            self.table.choose(found[0].sheet.id)
        sheets = count(len(found), "лист", "листа", "листов")
        people = sum(line.handed_in or 0 for line in found)
        handed = count(people, "анкета", "анкеты", "анкет")
        self.say(f"{sheets} · сдано {handed} · анкеты анонимны" if found else "Анкет пока нет")
        self.adding.setEnabled(not self.session.desk.read_only)
        self._choose(self.table.current())

    def _choose(self, line: SheetLine | None) -> None:
        if line is None:
            self.open_sheet = None
            return
        if self.open_sheet is None or self.open_sheet.line.sheet.id != line.sheet.id:
            self._entering = ""
        self.shares.show_line(line)
        self._read_sheet()

    def _read_sheet(self) -> None:
        line = self.table.current()
        if line is None:
            return
        self._turn += 1
        turn = self._turn
        self.session.read(self, lambda found: self._open(turn, found), opened, line.sheet.id)

    def _open(self, turn: int, found: Opened) -> None:
        if turn != self._turn:
            return
        view = self.open_sheet = found.view
        line = view.line
        self.name.setText(line.title)
        lines = [view.head[key] for key, _title in line.form.head_fields if view.head.get(key)]
        parts = [line.form.short, *lines, found.found.sentence, *([line.sheet.note] if line.sheet.note else [])]
        self.told.setText(" · ".join(parts))
        free = not self.session.desk.read_only
        self.facts.setEnabled(free)
        self.clearing.setEnabled(free and view.mode != "empty")
        self.pasting.setEnabled(free)
        self.rows.show_sheet(view)
        self.numbers.show_sheet(view, found.found)
        self._show_tab()

    _entering = ""

    def _begin_mode(self, mode: str) -> None:
        self._entering = mode
        self._show_tab()
        self.focus_main()

    def _show_tab(self) -> None:
        view = self.open_sheet
        if view is None:
            return
        mode = view.mode if view.mode != "empty" else self._entering
        entry: dict[str, QWidget] = {"rows": self.rows, "tallies": self.numbers}
        if self.tabs.currentIndex() == 1:
            self.body.setCurrentWidget(self.shares)
        elif mode in entry:
            self.body.setCurrentWidget(entry[mode])
        else:
            self.body.setCurrentIndex(0)

    # --- what can be done ----------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Ask what a new sheet is about."""
        self.session.read(self, self._ask_new, offer)

    def _ask_new(self, found: Offer) -> None:
        known = [(form.short, form.id) for form in found.forms]
        fields = [
            Field("form", "Анкета", known[0][1] if known else "", choices=tuple(known)),
            *_about(found.schools), *_when("", "", ""),
        ]  # fmt: skip
        answer = self.session.dialogs.ask("Новая анкета", "О чём спрашивали: мероприятие, курс, занятие или школа",
                                          fields, "Завести")  # fmt: skip
        if answer is None:
            return
        form = next(form for form in found.forms if form.id == answer["form"])
        draft = _draft(form, answer)
        year = self.session.school_year
        self.session.write(self, self._begun, surveys.add, form.id, year, draft)

    def _begun(self, sheet_id: int) -> None:
        self._wanted = sheet_id
        self.tabs.setCurrentIndex(0)
        self.refresh()

    def edit(self) -> None:
        """Ask what the shown sheet is about."""
        view = self.open_sheet
        if view is None:
            return
        sheet, form = view.line.sheet, view.line.form
        held = ru_date(sheet.held_on) if sheet.held_on else ""
        out = "" if sheet.given_out is None else str(sheet.given_out)
        fields = [*([] if view.line.subject.school_id else [Field("name", "Название", view.line.subject.name or "")]),
                  *_when(held, out, sheet.note or "")]  # fmt: skip
        fields += [Field(f"@{key}", title.strip(" ."), view.head.get(key, "")) for key, title in form.head_fields]
        answer = self.session.dialogs.ask("Сведения об анкете", view.line.title, fields, "Сохранить")
        if answer is None:
            return
        subject = view.line.subject
        ref = SubjectRef(subject.kind, subject.school_id, subject.body_id, subject.person_id,
                         answer.get("name", subject.name or ""))  # fmt: skip
        self.session.write(self, None, surveys.edit, sheet.id, _with_facts(ref, answer))

    def clear(self) -> None:
        """Take all answers of the sheet away; Ctrl+Z gives them back."""
        if self.open_sheet is not None:
            self._entering = ""
            self.session.write(self, None, surveys.clear, self.open_sheet.line.sheet.id)

    def paste(self) -> None:
        """Open the window for a table."""
        if self.open_sheet is not None:
            self.session.go("survey_paste", self.open_sheet.line.sheet.id)

    def show_paper(self) -> None:
        """Open the papers of the sheet."""
        if self.open_sheet is not None:
            self.session.go("print_survey", self.open_sheet.line.sheet.id)

    def _row_actions(self) -> list[RowAction | None]:
        line = self.table.current()
        if line is None or self.session.desk.read_only:
            return []
        sheet_id = line.sheet.id
        remove = partial(self.session.write, self, None, surveys.remove, sheet_id)
        return [
            ("Сведения…", self.edit),
            ("Печать…", self.show_paper),
            None,
            (f"Удалить {quoted(line.shown)}", remove),
        ]

    def open_payload(self, payload: object) -> None:
        """Show a sheet."""
        if isinstance(payload, int) and not self.table.choose(payload):
            self._wanted = payload

    def focus_main(self) -> None:
        """Put the keyboard into the entry of the sheet, else into the list."""
        shown = self.body.currentWidget()
        if self.open_sheet is None:
            self.table.focus_table()
        elif shown is self.rows:
            self.rows.focus_main()
        elif shown is self.numbers:
            self.numbers.focus_main()
        else:
            self.table.focus_table()


def _about(schools: Sequence[tuple[str, int]]) -> list[Field]:
    named = (("не о школе", NO_SCHOOL), *((name, str(key)) for name, key in schools))
    return [
        Field("name", "Название", hint="Семинар для учителей математики"),
        Field("school", "Школа", NO_SCHOOL, choices=named),
    ]


def _when(held: str, out: str, note: str) -> list[Field]:
    return [
        Field("held", "Дата", held, hint="18.11.2026"),
        Field("out", "Сколько анкет роздано", out, test=_number),
        Field("note", "Заметка", note),
    ]


def _number(text: str) -> str:
    plain = text.strip()
    fits = plain.isascii() and plain.isdigit() and len(plain) < 7
    return "" if fits or not plain else "Нужно целое число"


def _draft(form: FormDef, answer: dict[str, str]) -> SheetDraft:
    school = int(answer["school"]) if answer["school"] else None
    return _with_facts(SubjectRef(form.subject, organisation_id=school, name=answer["name"].strip()), answer)


def _with_facts(subject: SubjectRef, answer: dict[str, str]) -> SheetDraft:
    out = answer["out"].strip()
    head = {key.removeprefix("@"): text for key, text in answer.items() if key.startswith("@")}
    return SheetDraft(subject, answer["held"], int(out) if out else None, answer["note"], head)
