"""«Листы школам»: whose sheet is made, sent, acknowledged; several rows are marked at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from app.errors import UserError
from app.models.store import Connection
from app.operations import papers, sheets
from app.operations.sheets import Batch, SheetBook, SheetRow, State
from app.texts import NBSP, count, ru_date
from app.ui.dialogs import Choice, Field
from app.ui.item_models.table_model import Column
from app.ui.pages.view import View
from app.ui.pages.views_page import ViewsPage
from app.ui.run import Job
from app.ui.theme import Kind
from app.ui.typed_days import day_trouble
from app.ui.widgets.basics import Button, Combo
from app.ui.widgets.chip import ChipButton
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import Label
from app.ui.widgets.table import DataTable, RowAction

STATE_KINDS: dict[State, Kind] = {"acknowledged": "ok", "sent": "warn", "made": "info", "none": "none"}
FORMATS = (("PDF", ".pdf"), ("Word", ".docx"), ("Excel", ".xlsx"))


def _of(row: SheetRow, name: str) -> str:
    return str((getattr(row.sheet, name) if row.sheet is not None else None) or "")


def _day(row: SheetRow, name: str) -> str:
    """Return a date as it is read, "" of none."""
    value = _of(row, name) if row.state != "none" else ""
    return ru_date(value) if value else ""


def _number(row: SheetRow) -> int | None:
    return row.sheet.number if row.sheet is not None else None


def _date_column(key: str, title: str, name: str) -> Column:
    return Column(key, title, lambda row: _day(row, name), 100, sort=lambda row: _of(row, name) or None)


def _person_column(key: str, title: str, name: str) -> Column:
    return Column(
        key, title, lambda row: _of(row, name), 140, 1, 100, middle=True, tip=lambda row: _of(row, name)
    )  # fmt: skip


COLUMNS = (
    Column("school", "Школа", lambda row: row.school.shown, 200, 3, 160, middle=True, strong=True,
           tip=lambda row: row.school.name),
    Column("state", "Состояние", lambda row: sheets.STATE_WORDS[row.state], 130, kind="chip",
           chip=lambda row: STATE_KINDS[row.state],
           sort=lambda row: ("none", "made", "sent", "acknowledged").index(row.state)),
    Column("number", "№ в журнале", lambda row: str(_number(row) or ""), 98, kind="number", sort=_number,
           tip=lambda _row: "Номер в журнале исходящих"),
    _date_column("made", "Сделан", "made_at"),
    _date_column("sent", "Отправлен", "sent_on"),
    _person_column("to", "Кому", "sent_to"),
    _date_column("acknowledged", "Ознакомлены", "acknowledged_on"),
    _person_column("by", "Кто", "acknowledged_by"),
    Column("data", "Результаты", lambda row: "есть" if row.has_results else "нет данных", 106, kind="chip",
           chip=lambda row: "ok" if row.has_results else "none"),
)  # fmt: skip


def read(connection: Connection, wanted: int | None) -> tuple[list[int], SheetBook | None]:
    """Read the years, and the sheets of one of them."""
    years = sheets.years(connection)
    year = wanted if wanted in years else (years[0] if years else None)
    return years, None if year is None else sheets.book(connection, year)


class SheetsView(View):
    """The schools and their sheets."""

    key = "sheets"
    title = "Листы школам"
    heading = "Листы школам"
    guide = ("08-мониторинг", "Листы школам")

    def __init__(self, page: ViewsPage) -> None:
        super().__init__(page)
        self._book: SheetBook | None = None
        self._job: Job | None = None
        empty = EmptyState(
            "report", "Здесь будут листы для школ",
            "Каждая школа получает лист со своими результатами рядом с муниципалитетом и регионом. Другие школы в нём "
            "не названы. Сначала загрузите результаты.",
            ("Загрузить результаты…", lambda: self.session.go("import")),
        )  # fmt: skip
        self.year = Combo("Год результатов")
        self.year.currentIndexChanged.connect(lambda _i: self.refresh())
        self.table = DataTable(
            "sheets", COLUMNS, lambda row: row.school.id, habits=self.session.habits, title="Листы школам", empty=empty
        )
        self.table.lead.addWidget(self.year)
        self.chips: dict[State, ChipButton] = {}
        for state, kind in STATE_KINDS.items():
            chip = ChipButton(kind, "")
            chip.clicked.connect(lambda checked, state=state: self._quick(state if checked else None))
            self.table.lead.addWidget(chip)
            self.chips[state] = chip
        self.table.row_actions = self._row_actions
        self.table.activated.connect(lambda row: self.session.go("school", row.school.id))
        self.table.selection_changed.connect(self._tell_selected)
        self.chosen = Label("", "muted")
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.chosen)
        page.strip.cancelled.connect(self._stop)

    def make_actions(self) -> Sequence[Button]:
        """Return the buttons of the header."""
        act = self.page.act
        self.acknowledge = act("Отметить ознакомление…", self.ask_acknowledged, "circle-check")
        self.send = act("Отметить отправку…", self.ask_sent, "upload")
        self.make = act("Сделать листы…", self.ask_make, "report", primary=True)
        return self.acknowledge, self.send, self.make

    # --- reading -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the sheets anew."""
        self.session.read(self, self._show, read, self.year.currentData())

    def _show(self, found: tuple[list[int], SheetBook | None]) -> None:
        years, kept = found
        self._book = kept
        self.year.fill([(f"{year} год", year) for year in years], None if kept is None else kept.result_year)
        rows = () if kept is None else kept.rows
        self.table.set_rows(rows)
        for state, chip in self.chips.items():
            number = 0 if kept is None else kept.number(state)
            chip.set_text(f"{sheets.STATE_WORDS[state]} {number}")
            chip.setVisible(number > 0)
        for button in self.buttons:
            button.setEnabled(bool(rows) and not self.session.desk.read_only)
        self.chosen.setVisible(bool(rows))
        if kept is None:
            self.say("Результатов пока нет")
        else:
            self.say(f"{kept.result_year}{NBSP}год: {kept.sentence}")
        self._tell_selected()

    def _tell_selected(self) -> None:
        rows = self.table.selected()
        words = count(len(rows), "школа", "школы", "школ")
        self.chosen.setText(
            f"Выделено: {words}. Отметки ставятся сразу всем выделенным; все строки — Ctrl+A." if rows else ""
        )

    def enable_actions(self) -> None:
        """Nothing can be changed in a file that is open for reading."""
        for button in self.buttons:
            button.setEnabled(self._book is not None and not self.session.desk.read_only)

    def _quick(self, state: State | None) -> None:
        for other, chip in self.chips.items():
            chip.setChecked(other == state)
        self.table.model.set_quick(None if state is None else lambda row: row.state == state)

    def focus_main(self) -> None:
        """Put the keyboard into the table."""
        self.table.focus_table()

    def open_payload(self, payload: object) -> None:
        """Show the sheet of a school."""
        if isinstance(payload, int):
            self.table.clear_filters()
            self.table.choose(payload)

    # --- making --------------------------------------------------------------------------------------------------

    def ask_make(self) -> None:
        """Ask whose sheets, in which format and where to; then make them."""
        kept, rows = self._book, self.table.selected()
        if kept is None or self._job is not None:
            return
        if len(rows) > 1:
            whose = f"Выделенным: {count(len(rows), 'школа', 'школы', 'школ')}"
            key = self.session.dialogs.choose(
                "Сделать листы", "Кому сделать листы?",
                [Choice("chosen", whose), Choice("all", f"Всем: {len(kept.rows)}"), Choice("cancel", "Отмена")],
            )  # fmt: skip
            if key not in {"chosen", "all"}:
                return
            self._ask_format(rows if key == "chosen" else list(kept.rows))
        else:
            self._ask_format(list(kept.rows))

    def _ask_format(self, rows: Sequence[SheetRow], *, again: bool = False) -> None:
        sent = sum(row.state in {"sent", "acknowledged"} for row in rows)
        choice = (("Не трогать отправленные", "no"), ("Сделать заново и снять отметки", "yes"))
        fields = [Field("suffix", "Вид файлов", ".pdf", choices=FORMATS)]
        if sent and not again:
            fields.append(Field("again", f"Уже отправлено: {sent}", "no", choices=choice))
        answer = self.session.dialogs.ask(
            "Сделать листы",
            f"{count(len(rows), 'школа', 'школы', 'школ')}. Каждый лист встанет файлом в папку и в журнал исходящих. "
            "Файлы с тем же именем останутся: новый ляжет рядом.",
            fields, "Выбрать папку…",
        )  # fmt: skip
        if answer is None:
            return
        folder = self.session.dialogs.open_folder("Куда положить листы")
        if folder is not None:
            ids = [row.school.id for row in rows]
            self.run(ids, folder, answer["suffix"], again=again or answer.get("again") == "yes")

    def run(self, school_ids: Sequence[int], folder: Path, suffix: str, *, again: bool = False) -> None:
        """Make the sheets beside the window, one after another, and register them in one go."""
        kept, desk = self._book, self.session.desk
        if kept is None:
            return
        year = kept.result_year
        self.page.strip.begin("Делаю листы")

        def work(job: Job) -> Batch:
            def progress(name: str, done: int, total: int) -> bool:
                job.progress(name, done, total)
                return not job.cancelled()

            def one(school_id: int) -> papers.Paper:
                return desk.read(sheets.paper, school_id, year).result()

            return sheets.draw_all(kept, one, folder, suffix, again=again, only=school_ids, progress=progress)

        def done(batch: Batch) -> None:
            future = self.session.written(sheets.record, year, batch.drawn)
            if future is None:
                self._job = None
                self.page.strip.end()
            else:
                take = self.session.runner.take
                take(future, lambda numbers: self._made(batch, len(numbers)), self._failed, owner=self)

        self._job = self.session.job(self, work, done, self._failed, self.page.strip.tell)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _failed(self, error: UserError) -> None:
        self._job = None
        self.page.strip.end()
        self.session.tell_error(error)

    def _made(self, batch: Batch, number: int) -> None:
        self._job = None
        self.page.strip.end()
        parts = [f"Сделано листов: {number}."]
        if batch.stopped:
            parts.append("Остановлено: остальные не сделаны.")
        if batch.on_the_way:
            parts.append(f"Не тронуты отправленные: {len(batch.on_the_way)}.")
        if batch.without:
            names = "; ".join(school.shown for school in batch.without[:5])
            parts.append(f"Нет результатов: {names}.")
        self.page.message("ok" if number else "info", " ".join(parts))

    # --- marking -------------------------------------------------------------------------------------------------

    def ask_sent(self) -> None:
        """Ask when and to whom the chosen sheets went."""
        rows = self.table.selected()
        answer = self._ask(rows, "Отметить отправку", "День отправки", Field("who", "Кому", hint="на почту школы"))
        if answer is not None and self._book is not None:
            self._mark(sheets.mark_sent, rows, answer)

    def ask_acknowledged(self) -> None:
        """Ask when and who has read the chosen sheets."""
        rows = self.table.selected()
        answer = self._ask(rows, "Отметить ознакомление", "День ознакомления", Field("who", "Кто", hint="директор"))
        if answer is not None and self._book is not None:
            self._mark(sheets.mark_acknowledged, rows, answer)

    def _ask(self, rows: Sequence[SheetRow], title: str, day: str, who: Field) -> dict[str, str] | None:
        if not rows:
            self.page.message("info", "Выделите школы в таблице.")
            return None
        names = rows[0].school.shown if len(rows) == 1 else count(len(rows), "школа", "школы", "школ")
        today = self.session.today().strftime("%d.%m.%Y")
        return self.session.dialogs.ask(
            title, names, [Field("day", day, today, required=True, test=day_trouble), who], "Отметить"
        )

    def _mark(self, operation: Callable[..., int], rows: Sequence[SheetRow], answer: dict[str, str]) -> None:
        if self._book is not None:
            ids = [row.school.id for row in rows]
            self.session.write(self, None, operation, self._book.result_year, ids, answer["day"], answer["who"])

    def clear(self) -> None:
        """Take the marks of the chosen sheets off."""
        if self._book is not None:
            ids = [row.school.id for row in self.table.selected()]
            self.session.write(self, None, sheets.clear_marks, self._book.result_year, ids)

    def _row_actions(self) -> list[RowAction | None]:
        row: SheetRow | None = self.table.current()
        if row is None:
            return []
        number = _number(row)
        changing: list[RowAction | None] = [
            ("Сделать лист…", lambda: self._ask_format([row])),
            ("Отметить отправку…", self.ask_sent),
            ("Отметить ознакомление…", self.ask_acknowledged),
            ("Снять отметки", self.clear),
            None,
        ]
        shown: list[RowAction | None] = [("Карточка школы", lambda: self.session.go("school", row.school.id))]
        if number is not None:
            shown.insert(0, ("Открыть в журнале исходящих", lambda: self.session.go("register", number)))
        return shown if self.session.desk.read_only else [*changing, *shown]
