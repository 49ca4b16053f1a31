"""«Срочный сбор»: headings, schools, a date — and letters with blanks lie in a folder; then one table of answers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.errors import UserError
from app.forms.schema import Item
from app.models.store import Connection
from app.operations import form_letters, form_overview, form_states, form_urgent
from app.operations.form_letters import Written
from app.operations.form_overview import Whom
from app.operations.form_urgent import KIND_WORDS, Begun, Heading, RequestTable, TableRow
from app.texts import NBSP, count, plural, ru_date, school_year
from app.ui import theme
from app.ui.item_models.table_model import Column
from app.ui.pages.board_lines import KINDS, short_title
from app.ui.run import Job
from app.ui.session import Session
from app.ui.widgets.basics import Button, Combo, Scroller, clear_layout
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import ElidedLabel, Label
from app.ui.widgets.table import DataTable
from app.ui.windows.base import Window
from app.ui.windows.form_sending import open_folder
from app.ui.windows.form_whom import WhomPicker

READ_AFTER = 200
"""Milliseconds of rest after the last key before the headings are read."""


class UrgentWindow(Window):
    """From five headings to letters."""

    guide = ("09-чек-листы", "Срочный сбор")

    def __init__(self, session: Session, _payload: object = None, parent: QWidget | None = None) -> None:
        super().__init__(session, "Срочный сбор", parent, size=(1020, 640))
        self._headings: tuple[Heading, ...] = ()
        self._kinds: dict[str, str] = {}
        self._folder: Path | None = None
        self.combos: list[Combo] = []
        self.say("Вставьте заголовки из Excel, отметьте школы, назовите срок: форма, бланки и письма сделаются сразу.")
        self.name = QLineEdit()
        self.name.setAccessibleName("Как назвать")
        self.name.setPlaceholderText("Например: Горячее питание")
        self.due = QLineEdit()
        self.due.setAccessibleName("Ответить до")
        self.due.setPlaceholderText("28.11.2026")
        self.due.textChanged.connect(lambda _text: self._check())
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("Заголовки столбцов")
        self.text.setPlaceholderText("Строка или столбец из Excel либо по заголовку в строке")
        self.text.setTabChangesFocus(True)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(READ_AFTER)
        self._soon.timeout.connect(self.read_headings)
        self.text.textChanged.connect(self._soon.start)
        self.lines = Scroller(spacing=4)
        self.grid = QGridLayout()
        self.lines.column.addLayout(self.grid)
        self.lines.column.addStretch(1)
        self.letter = QPlainTextEdit()
        self.letter.setAccessibleName("Что добавить в письмо")
        self.letter.setPlaceholderText("Зачем нужны сведения. Остальное программа напишет сама")
        self.letter.setTabChangesFocus(True)
        self.whom = WhomPicker()
        self.whom.changed.connect(self._check)
        self.marking = QCheckBox("Отметить отправленными")
        self.marking.setChecked(True)
        self.trouble = Label("", "bad")
        self._lay_out()
        self.go = Button("Сделать письма…", self._ask_folder, kind="primary", icon="mail")
        self.add_buttons(self.marking, Button("Отмена", self.reject), self.go, left=[self.trouble])
        self.take(session.desk.read(form_overview.schools, session.school_year), self._offer)
        self._check()

    def _lay_out(self) -> None:
        px = theme.current().px
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(16))
        left, middle, right = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        for column, parts in (
            (left, ((Label("Как назвать", "muted"), 0), (self.name, 0), (Label("Заголовки столбцов", "muted"), 0),
                    (self.text, 3), (Label("Что добавить в письмо", "muted"), 0), (self.letter, 1))),
            (middle, ((Label("Ответить до", "muted"), 0), (self.due, 0), (Label("Что за ответ", "muted"), 0),
                      (self.lines, 1))),
            (right, ((Label("Кому", "muted"), 0), (self.whom, 1))),
        ):  # fmt: skip
            column.setSpacing(px(4))
            for widget, stretch in parts:
                column.addWidget(widget, stretch)
        for place, (layout, stretch) in enumerate(((left, 4), (middle, 5), (right, 5))):
            grid.addLayout(layout, 0, place)
            grid.setColumnStretch(place, stretch)
        self.body.addLayout(grid, 1)

    def focus_main(self) -> None:
        """Begin with the name."""
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer(self, found: Whom) -> None:
        self.whom.offer(found)

    # --- headings ------------------------------------------------------------------------------------------------

    def read_headings(self) -> None:
        """Read the headings anew; a kind chosen by hand stays with its heading."""
        self._soon.stop()
        self._headings = form_urgent.headings(self.text.toPlainText())
        clear_layout(self.grid)
        self.combos = []
        self.grid.setColumnStretch(0, 1)
        for place, heading in enumerate(self._headings):
            label = ElidedLabel(f"{place + 1}. {heading.text}", least=120)
            combo = Combo(f"Вид ответа: {heading.text}")
            combo.fill([(word, kind) for kind, word in KIND_WORDS.items()], self._kinds.get(heading.text, heading.kind))
            combo.activated.connect(lambda _place, at=place: self._remember(at))
            self.combos.append(combo)
            self.grid.addWidget(label, place, 0)
            self.grid.addWidget(combo, place, 1)
        self._check()

    def _remember(self, place: int) -> None:
        self._kinds[self._headings[place].text] = str(self.combos[place].currentData())

    def asked(self) -> tuple[Heading, ...]:
        """Return the headings with their chosen kinds."""
        return tuple(
            Heading(heading.text, combo.currentData())
            for heading, combo in zip(self._headings, self.combos, strict=True)
        )

    def _check(self) -> None:
        trouble = form_overview.date_fault(self.due.text())
        if len(self._headings) > form_urgent.MOST:
            trouble = f"Столбцов больше {form_urgent.MOST}: для такого сбора сделайте свою форму."
        self.trouble.setText(trouble)
        number, schools = len(self._headings), len(self.whom.chosen())
        told = count(number, "столбец", "столбца", "столбцов") if number else ""
        self.lines.setToolTip(told)
        if hasattr(self, "go"):
            self.go.setEnabled(bool(number and schools) and not trouble and not self.session.desk.read_only)
            letters = count(schools, "письмо", "письма", "писем").replace(NBSP, " ")
            self.go.setText(f"Сделать {letters}…" if number and schools else "Сделать письма…")

    # --- doing ---------------------------------------------------------------------------------------------------

    def _ask_folder(self) -> None:
        self.read_headings()
        if not self.go.isEnabled():
            return
        folder = self.session.dialogs.open_folder("Куда сохранить письма")
        if folder is not None:
            self.run(folder)

    def run(self, folder: Path) -> None:
        """Make form and round, then write the letters beside the window."""
        self.go.setEnabled(False)
        self._folder = folder
        title = self.name.text().strip() or f"Срочный сбор {ru_date(self.session.today())}"
        future = self.session.written(
            form_urgent.begin, title, self.asked(), self.whom.chosen(), self.session.school_year,
            due_on=self.due.text().strip() or None, letter=self.letter.toPlainText(),
        )  # fmt: skip
        self.take(future, self._begun)

    def fail(self, error: UserError) -> None:
        """Show an expected failure; it can be tried again."""
        super().fail(error)
        self._check()

    def _begun(self, begun: Begun) -> None:
        desk, folder, day = self.session.desk, self._folder, self.session.today()
        if folder is None:
            return
        self.strip.begin("Делаю письма", cancellable=False)

        def work(job: Job) -> Written:
            def progress(name: str, done: int, total: int) -> bool:
                job.progress(name, done, total)
                return True

            def write(connection: Connection) -> Written:
                letters = form_letters.requests(connection, begun.case_ids, day)
                return form_letters.write(connection, letters, folder, progress)

            return desk.read(write).result()

        self.session.job(self, work, lambda made: self._written(begun, folder, made),
                         lambda error: self._half(begun, error), self.strip.tell)  # fmt: skip

    def _half(self, begun: Begun, error: UserError) -> None:
        """The round has begun, its letters could not be written: they are written from the board."""
        self.session.go("forms", ("board", begun.round_id))
        self.session.tell("bad", f"Сбор начат, письма не записаны. {error.what} {error.cure}",
                          ("Разослать…", lambda: self.session.go("form_send", ("send", begun.case_ids))))  # fmt: skip
        self.accept()

    def _written(self, begun: Begun, folder: Path, made: Written) -> None:
        session = self.session
        if self.marking.isChecked():
            self.take(session.written(form_letters.sent, made.sent_to, session.today().isoformat()), None)
        session.go("forms", ("board", begun.round_id))
        number = len(made.files)
        lie = plural(number, "лежит", "лежат", "лежат")
        without = f" Без адреса {len(made.without_address)}: впишите его в письме." if made.without_address else ""
        session.tell(
            "ok", f"{count(number, 'письмо', 'письма', 'писем')} {lie} в папке «{folder.name}». "
            f"Откройте и отправьте.{without}",
            ("Открыть папку", lambda: open_folder(folder)),
            ("Таблица ответов…", lambda: session.go("request_table", begun.round_id)),
        )  # fmt: skip
        self.accept()


class RequestTableWindow(Window):
    """The answers of a round as one table that fills as they come."""

    guide = ("09-чек-листы", "Срочный сбор")

    def __init__(self, session: Session, round_id: int, parent: QWidget | None = None) -> None:
        super().__init__(session, "Таблица ответов", parent, size=(1040, 600))
        self._round = int(round_id)
        self._found: RequestTable | None = None
        self.table = DataTable(
            "request_table", _columns(()), lambda row: row.case_id, habits=session.habits, title="Ответы школ",
            empty=EmptyState("table", "Ответов пока нет", "Таблица заполнится, когда школы пришлют бланки."),
        )  # fmt: skip
        self.table.activated.connect(self._open)
        self.body.addWidget(self.table, 1)
        self.totals = Label("", wrap=True).selectable()
        self.silent = Label("", "muted", wrap=True).selectable()
        self.body.addWidget(self.totals)
        self.body.addWidget(self.silent)
        self.reminding = Button("Напомнить…", self._remind, icon="mail")
        left = [
            Button("Копировать таблицу", self._copy, icon="copy"),
            Button("Excel и печать…", self._print, icon="printer"),
        ]
        self.add_buttons(self.reminding, Button("Закрыть", self.accept), left=left)
        session.changed.connect(self.touched)
        self.refresh()

    def refresh(self) -> None:
        """Read the answers anew."""
        self.take(self.session.desk.read(form_urgent.table, self._round), self._show)

    def _show(self, found: RequestTable) -> None:
        if self._found is None:
            self.table.replace_columns(_columns(found.items))
        self._found = found
        self.heading.setText(found.title)
        due = f" · срок {ru_date(found.due_on)}" if found.due_on else ""
        told = form_urgent.state_text(found)
        self.say(f"{school_year(found.school_year)} учебный год · {told}{due}")
        self.table.set_rows(found.rows)
        sums = [f"{item.text} — {text}" for item, text in zip(found.items, found.totals, strict=True)
                if text and text != "—"]  # fmt: skip
        self.totals.setText(f"Итого: {'; '.join(sums)}" if sums else "")
        self.totals.setVisible(bool(sums))
        names = "; ".join(row.shown for row in found.silent)
        self.silent.setText(f"Не ответили ({len(found.silent)}): {names}" if names else "Ответили все")
        self.reminding.setEnabled(bool(found.silent))

    def _open(self, row: TableRow) -> None:
        self.session.go("forms", ("fill", row.case_id))

    def _remind(self) -> None:
        if self._found is not None:
            self.session.go("form_send", ("remind", tuple(row.case_id for row in self._found.silent)))

    def _copy(self) -> None:
        self.table.view.clearSelection()
        self.table.copy()
        self.bar.show_message("ok", "Таблица скопирована: её можно вставить в Excel или Word.")

    def _print(self) -> None:
        if self._found is not None:
            self.session.go("print_board", (self._found.school_year, self._round, False))


def _columns(items: Sequence[Item]) -> tuple[Column, ...]:
    """Return who, how it stands, and a column for each question."""
    made = [
        Column("shown", "Школа", lambda row: row.shown, 180, 2, 130, middle=True, strong=True),
        Column("state", "Состояние", lambda row: "просрочено" if row.overdue else form_states.STATE_WORDS[row.state],
               136, kind="chip", chip=lambda row: "bad" if row.overdue else KINDS[row.state]),
    ]  # fmt: skip
    made += [_question(place, item) for place, item in enumerate(items)]
    return tuple(made)


def _question(place: int, item: Item) -> Column:
    number = item.kind in {"whole", "decimal"}

    def text(row: TableRow) -> str:
        return row.cells[place]

    def bad(row: TableRow) -> str:
        return f"Не подходит: {row.cells[place]}" if place in row.wrong else ""

    return Column(f"q{place}", short_title(item.text), text, 110, 0 if number else 2, 90, whole=item.text, bad=bad,
                  kind="number" if number else "text")  # fmt: skip
