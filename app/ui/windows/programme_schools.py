"""«Программы школ»: which schools of the list have a programme of transition, its state, its forms and conclusion."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.operations import programme_schools, programmes
from app.operations.programme_schools import EXPERTISE, SELF, TRANSITION, SchoolProgramme, SchoolProgrammes
from app.operations.programmes import ProgrammeLine
from app.texts import DASH, count
from app.ui.dialogs import Field
from app.ui.item_models.table_model import Column
from app.ui.session import Session
from app.ui.widgets.basics import Button, beside
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.table import DataTable, RowAction
from app.ui.windows.base import Window

LIBRARY, NOTHING = "library", "nothing"


def _years(row: SchoolProgramme) -> str:
    return f"{row.line.programme.year_from}–{row.line.programme.year_to}" if row.line else DASH


def _form(row: SchoolProgramme, form_id: str) -> str:
    found = row.forms.get(form_id)
    return DASH if found is None else found.words


COLUMNS = (
    Column("school", "Школа", lambda row: row.school, 200, 2, middle=True, strong=True),
    Column("listed", "В списке", lambda row: "да" if row.listed else DASH, 76),
    Column("state", "Программа", lambda row: row.state, 130, 1),
    Column("years", "Годы", _years, 92),
    Column("acts", "Мероприятий", lambda row: str(row.line.activities) if row.line else "", 104, kind="number"),
    Column("self", "Самооценка", lambda row: _form(row, SELF), 190, 2, tip=lambda row: _form(row, SELF)),
    Column("transition", "Направления", lambda row: _form(row, TRANSITION), 190, 2,
           tip=lambda row: _form(row, TRANSITION)),
    Column("expertise", "Заключение", lambda row: _form(row, EXPERTISE), 170, 2,
           tip=lambda row: _form(row, EXPERTISE)),
)  # fmt: skip


class SchoolProgrammesWindow(Window):
    """One line a school; acts are for the chosen ones."""

    guide = ("10-программа", "Программы школ")

    def __init__(self, session: Session, _payload: object = None, parent: QWidget | None = None) -> None:
        super().__init__(session, "Программы школ", parent, size=(1240, 620))
        self._lines: list[ProgrammeLine] = []
        self._rows: tuple[SchoolProgramme, ...] = ()
        empty = EmptyState(
            "school", "Школ пока нет", "Загрузите реестр школ или результаты: программа составит список.",
            ("Загрузить…", lambda: session.go("import")),
        )  # fmt: skip
        self.table = DataTable(
            "programme_schools", COLUMNS, lambda row: row.school_id, habits=session.habits, title="Программы школ",
            empty=empty,
        )  # fmt: skip
        self.table.activated.connect(lambda _row: self.open())
        self.table.current_changed.connect(lambda _row: self._enable())
        self.table.selection_changed.connect(self._enable)
        self.table.row_actions = self._actions
        self.create_button = Button("Создать…", self.begin, icon="plus", tip="Для выбранных школ без программы")
        self.open_button = Button("Открыть", self.open, icon="folder-open")
        self.load = Button("Загрузить план…", self._load, icon="upload", tip="В программу выбранной школы")
        self.assess = Button("На самооценку", lambda: self._begin((SELF, TRANSITION)), icon="checklist",
                             tip="18 критериев программы и 43 направления перехода")  # fmt: skip
        self.judge = Button("На экспертизу", lambda: self._begin((EXPERTISE,)), icon="shield-check",
                            tip="Экспертное заключение на программу школы")  # fmt: skip
        self.fill = Button("Заполнить заключение", lambda: self._fill(EXPERTISE), kind="link")
        self.see = Button("Сводка заключений", lambda: self._summary(EXPERTISE), kind="link")
        self.see_self = Button("Сводка самооценки", lambda: self._summary(SELF), kind="link")
        row = beside(self.create_button, self.open_button, self.load, self.assess, self.judge)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(self.table, 1)
        self.add_buttons(Button("Закрыть", self.accept), left=[self.fill, self.see, self.see_self])
        session.changed.connect(self.touched)
        session.year_changed.connect(self.refresh)
        self._enable()
        self.refresh()

    # --- showing -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the schools anew."""
        year = self.session.school_year
        if year is not None:
            self.take(self.session.desk.read(programme_schools.overview, year), self._show)
            self.take(self.session.desk.read(programmes.listing), self._take_lines)

    def _take_lines(self, lines: list[ProgrammeLine]) -> None:
        self._lines = lines

    def _show(self, found: SchoolProgrammes) -> None:
        whose = (
            "Школы списка и те, у кого есть программа" if found.of_list else "Списка школ ещё нет: показаны все школы"
        )
        self.say(f"{whose}. {found.told}" if found.rows else "")
        self._rows = found.rows
        self.table.set_rows(found.rows)
        self._enable()

    def chosen(self) -> list[SchoolProgramme]:
        """Return the chosen schools, the current one where none is."""
        rows: list[SchoolProgramme] = list(self.table.selected())
        current: SchoolProgramme | None = self.table.current()
        return rows or ([current] if current is not None else [])

    def _enable(self) -> None:
        rows, writing = self.chosen(), not self.session.desk.read_only
        made = [row for row in rows if row.line is not None]
        current: SchoolProgramme | None = self.table.current()
        self.create_button.setEnabled(writing and any(row.line is None for row in rows))
        self.open_button.setEnabled(bool(made))
        self.load.setEnabled(writing and len(made) == 1 and made[0].line is not None
                             and not made[0].line.programme.frozen)  # fmt: skip
        for button in (self.assess, self.judge):
            button.setEnabled(writing and bool(made))
        self.fill.setEnabled(current is not None and EXPERTISE in current.forms)
        present = {form_id for row in self._rows for form_id in row.forms}
        self.see.setEnabled(EXPERTISE in present)
        self.see_self.setEnabled(SELF in present)

    def _actions(self) -> list[RowAction | None]:
        buttons = (self.create_button, self.open_button, self.load, self.assess, self.judge, self.fill)
        return [(button.text(), button.click) for button in buttons if button.isEnabled()]

    # --- acting --------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Begin programmes for the chosen schools that have none."""
        wanted = [row for row in self.chosen() if row.line is None]
        first = self.session.school_year or 2000
        known = [line for line in self._lines if line.programme.kind == "school" and line.newest]
        templates = tuple((_template(line), str(line.programme.id)) for line in known)
        choices = (("Библиотека: цель, задачи и мероприятия школы", LIBRARY), *templates, ("Пустая программа", NOTHING))
        given = self.session.dialogs.ask(
            f"Создать программы: {count(len(wanted), 'школа', 'школы', 'школ')}",
            "Вместо {школа} встанет название школы.",
            [Field("title", "Название", programme_schools.TITLE, required=True),
             Field("first", "Первый год", str(first + 1), required=True, test=_year),
             Field("last", "Последний год", str(first + 2), required=True, test=_year),
             Field("template", "По какому образцу", LIBRARY, choices=choices)],
            "Создать",
        )  # fmt: skip
        if given is None:
            return
        chosen = given["template"]
        future = self.session.written(
            programme_schools.create, [row.school_id for row in wanted], int(given["first"]), int(given["last"]),
            title=given["title"], template=int(chosen) if chosen.isdigit() else None,
            seed=programme_schools.SEED if chosen == LIBRARY else (),
        )  # fmt: skip
        self.take(future, self._made)

    def _made(self, keys: list[int]) -> None:
        words = count(len(keys), "программа создана", "программы созданы", "программ создано")
        self.bar.show_message("ok", f"{words}.", ("Отменить", lambda: self.session.go("undo")))

    def open(self) -> None:
        """Show the programme of the current school in the window of programmes."""
        row = next((row for row in self.chosen() if row.line is not None), None)
        if row is not None and row.line is not None:
            self.session.go("programme", ("programme", row.line.programme.id))

    def _load(self) -> None:
        row = next((row for row in self.chosen() if row.line is not None), None)
        if row is not None and row.line is not None:
            self.session.go("import_plan", row.line.programme.id)

    def _begin(self, form_ids: tuple[str, ...]) -> None:
        year = self.session.school_year
        keys = [row.school_id for row in self.chosen() if row.line is not None]
        if year is not None:
            future = self.session.written(programme_schools.begin_forms, keys, year, form_ids)
            self.take(future, self._begun)

    def _begun(self, found: dict[str, int]) -> None:
        number = max(found.values(), default=0)
        words = count(number, "школа добавлена", "школы добавлены", "школ добавлено")
        text = f"{words} в сбор. Бланки и сроки — на вкладке «Чек-листы»." if number else "Эти школы уже в сборе."
        self.bar.show_message("ok", text, ("Открыть сборы", lambda: self.session.go("forms", ("board", None))))

    def _fill(self, form_id: str) -> None:
        row: SchoolProgramme | None = self.table.current()
        if row is not None and form_id in row.forms:
            self.session.go("forms", ("fill", row.forms[form_id].case_id))

    def _summary(self, form_id: str) -> None:
        self.session.go("forms", ("summary", (form_id, self.session.school_year)))


def _template(line: ProgrammeLine) -> str:
    return f"{line.school}: {line.programme.title}, {line.programme.year_from}–{line.programme.year_to}"


def _year(text: str) -> str:
    return "" if text.isdigit() and 2000 <= int(text) <= 2100 else "Впишите год четырьмя цифрами"
