"""«Проекты»: in which projects the schools take part, by school year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QHBoxLayout

from app.analysis.project_catalogue import LEVEL_WORDS, ProjectKind
from app.models.organisations import School
from app.models.store import Connection
from app.operations import projects, schools
from app.operations.projects import Project
from app.texts import count, school_year
from app.ui import theme
from app.ui.dialogs import Field
from app.ui.item_models.table_model import Column
from app.ui.pages.view import View
from app.ui.widgets.basics import Button, Card, Row, Scroller, split
from app.ui.widgets.chip import ChipButton
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.facts import Facts
from app.ui.widgets.labels import Label
from app.ui.widgets.table import DataTable, RowAction

if TYPE_CHECKING:
    from app.ui.pages.schools import SchoolsPage

LEVELS = cast("dict[str, str]", LEVEL_WORDS)
FORM_TEXTS = (
    ("name", "Название", "как в документе; пусто — название вида"),
    ("topic", "Тема", ""),
    ("supervisor", "Научный руководитель", ""),
    ("act", "Документ", "приказ от 28.11.2026 № 412"),
    ("note", "Примечание", ""),
)


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A project with the words of its kind."""

    project: Project
    kind: ProjectKind | None

    @property
    def kind_word(self) -> str:
        """Return the short name of the kind."""
        return self.kind.short if self.kind is not None else self.project.kind


@dataclass(frozen=True, slots=True)
class Found:
    """What the view shows: projects of the year (or of all), how many last year had, schools and kinds."""

    rows: list[ProjectRow]
    before: int
    schools: list[School]
    kinds: dict[str, ProjectKind]


def read(connection: Connection, year: int, *, every_year: bool) -> Found:
    """Return what the view shows of a school year."""
    kinds = projects.kinds(connection)
    found = projects.listing(connection, year=None if every_year else year)
    rows = [ProjectRow(project, kinds.get(project.kind)) for project in found]
    return Found(rows, len(projects.listing(connection, year=year - 1)), schools.listing(connection), kinds)


COLUMNS = (
    Column("school", "Школа", lambda r: r.project.school, 180, 3, 150, middle=True, strong=True),
    Column("kind", "Вид", lambda r: r.kind_word, 120, 1, 96, tip=lambda r: r.kind.name if r.kind else ""),
    Column("name", "Название", lambda r: r.project.name, 190, 3, 130, middle=True),
    Column("level", "Уровень", lambda r: LEVELS.get(r.project.level or "", ""), 120),
    Column("topic", "Тема", lambda r: r.project.topic or "", 150, 2, 90),
    Column("supervisor", "Руководитель", lambda r: r.project.supervisor or "", 130, 1, 90),
    Column("year", "Год", lambda r: school_year(r.project.school_year), 76, sort=lambda r: r.project.school_year),
)


class ProjectsView(View):
    """The projects."""

    key = "projects"
    title = "Проекты"
    heading = "Проекты школ"
    guide = ("01-школы", "Проекты и списки извне")

    page: SchoolsPage

    def __init__(self, page: SchoolsPage) -> None:
        super().__init__(page)
        self._found = Found([], 0, [], {})
        self._wanted: int | None = None
        px = theme.current().px
        self.empty = EmptyState(
            "sitemap", "Здесь будут проекты школ",
            "«Точка роста», цифровая среда, инновационные, стажировочные и базовые площадки — по учебным годам.",
            ("Добавить проект…", self.add),
        )  # fmt: skip
        self.table = DataTable(
            "projects", COLUMNS, lambda r: r.project.id, habits=self.session.habits, title="Проекты школ",
            empty=self.empty,
        )  # fmt: skip
        self.every = ChipButton("info", "")
        self.every.set_text("все годы")
        self.every.setToolTip("Показать проекты всех лет; ещё раз — только выбранного учебного года")
        self.every.clicked.connect(self.refresh)
        self.table.lead.addWidget(self.every)
        self.table.current_changed.connect(self._show_row)
        self.table.activated.connect(lambda _row: self.edit())
        self.table.row_actions = self._row_actions
        self._make_side()
        splitter = split(self.table, self.side, stretch=(1,), sizes=(1000, px(310)))
        self.column.addWidget(splitter, 1)

    def _make_side(self) -> None:
        self.side = Card()
        self.side.setMinimumWidth(theme.current().px(280))
        self.name = Label("", "section", wrap=True)
        self.school = Label("", "muted", wrap=True)
        self.facts = Facts()
        scroller = Scroller(spacing=6)
        scroller.column.addWidget(self.facts)
        scroller.column.addStretch(1)
        self.side.body.addWidget(self.name)
        line = QHBoxLayout()
        line.addWidget(self.school, 1)
        self.side.body.addLayout(line)
        self.side.body.addWidget(scroller, 1)
        self.change = Button("Изменить…", self.edit, icon="edit", kind="link")
        self.side.body.addWidget(Row(self.change, Button("Карточка школы", self._open, icon="id", kind="link"), gap=4))

    def make_actions(self) -> Sequence[Button]:
        """Return the buttons of the header."""
        act = self.page.act
        self.drop = act("Убрать проект", self.remove, "trash")
        self.go_on = act("Продолжить прошлогодние", self.continue_last, "history")
        return self.drop, self.go_on, act("Добавить проект…", self.add, "plus", primary=True)

    # --- reading -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the projects anew."""
        year = self.session.school_year
        self.session.read(self, self._show, read, year, every_year=self.every.isChecked())

    def _show(self, found: Found) -> None:
        self._found = found
        year = self.session.school_year
        self.enable_actions()
        write = not self.session.desk.read_only
        self.go_on.setEnabled(write and found.before > 0)
        self.drop.setEnabled(write and bool(found.rows))
        self.change.setEnabled(write)
        self.table.set_rows(found.rows)
        if self._wanted is not None and self.table.choose(self._wanted):
            self._wanted = None
        self.side.setVisible(bool(found.rows))
        holders = len({row.project.school_id for row in found.rows})
        when = "все годы" if self.every.isChecked() else f"{school_year(year)} учебный год"
        if found.rows:
            total = count(len(found.rows), "проект", "проекта", "проектов")
            self.say(f"{when} · {total} в {count(holders, 'школе', 'школах', 'школах')}")
        else:
            before = count(found.before, "проект", "проекта", "проектов")
            self.say(f"{when} · проектов нет" + (f", в прошлом году {before}" if found.before else ""))

    def _show_row(self, row: ProjectRow | None) -> None:
        if row is None:
            return
        project = row.project
        self.name.setText(project.name)
        self.school.setText(f"{project.school} · {school_year(project.school_year)}")
        pairs = [
            ("Вид", row.kind.name if row.kind is not None else project.kind),
            ("Уровень", LEVELS.get(project.level or "", "")),
            ("Тема", project.topic or ""),
            ("Руководитель", project.supervisor or ""),
            ("Документ", project.act or ""),
            ("Примечание", project.note or ""),
        ]
        self.facts.show_facts([pair for pair in pairs if pair[1]])

    def focus_main(self) -> None:
        """Put the keyboard into the table."""
        self.table.focus_table()

    def _open(self) -> None:
        row: ProjectRow | None = self.table.current()
        if row is not None:
            self.page.open_card(row.project.school_id)

    # --- changing ------------------------------------------------------------------------------------------------

    def _fields(self, row: ProjectRow | None) -> list[Field]:
        """Return the lines of the form; a new project is of the school of the current row."""
        current: ProjectRow | None = row or self.table.current()
        project = row.project if row is not None else None
        school = str(current.project.school_id) if current is not None else ""
        kinds = tuple((kind.name, code) for code, kind in self._found.kinds.items())
        levels = (("обычный для вида", ""), *((word, code) for code, word in LEVELS.items()))
        fields = [
            Field("kind", "Вид проекта", project.kind if project else "", choices=kinds, required=True),
            Field("level", "Уровень", (project.level or "") if project else "", choices=levels),
        ]
        if project is None:
            choices = tuple((item.shown, str(item.id)) for item in self._found.schools)
            fields.insert(0, Field("school", "Школа", school, choices=choices, required=True))
        for key, title, hint in FORM_TEXTS:
            fields.append(Field(key, title, (getattr(project, key) or "") if project else "", hint,
                                required=key == "name" and project is not None))  # fmt: skip
        return fields

    def add(self) -> None:
        """Ask for a new project."""
        if not self._found.schools:
            self.page.message("info", "Сначала нужны школы.", ("Загрузить реестр…", lambda: self.session.go("import")))
            return
        year = self.session.school_year
        answer = self.session.dialogs.ask(
            "Новый проект", f"{school_year(year)} учебный год.", self._fields(None), "Добавить"
        )
        if answer is not None:
            fields = {key: value or None for key, value in answer.items() if key not in {"school", "kind"}}
            self.session.write(self, self._added, projects.add, int(answer["school"]), year, answer["kind"], fields)

    def _added(self, key: int) -> None:
        self._wanted = key
        self.page.mark_stale()

    def edit(self) -> None:
        """Ask for changes of the current project."""
        row: ProjectRow | None = self.table.current()
        if row is None or self.session.desk.read_only:
            return
        answer = self.session.dialogs.ask(
            f"Проект: {row.project.school}", f"{school_year(row.project.school_year)} учебный год.",
            self._fields(row), "Сохранить",
        )  # fmt: skip
        if answer is not None:
            changed = {
                key: value or None for key, value in answer.items() if value != (getattr(row.project, key) or "")
            }
            if changed:
                self.session.write(self, None, projects.edit, row.project.id, changed)

    def remove(self) -> None:
        """Take the current project out; undo brings it back."""
        row: ProjectRow | None = self.table.current()
        if row is not None:
            name = row.project.name
            self.session.write(
                self, lambda _: self.page.message("info", f"Проект «{name}» убран. Вернуть — Ctrl+Z."),
                projects.remove, row.project.id,
            )  # fmt: skip

    def continue_last(self) -> None:
        """Carry last year's projects on into the chosen year."""
        year = self.session.school_year
        self.session.write(self, self._continued, projects.copy_year, year - 1, year)

    def _continued(self, number: int) -> None:
        if number:
            self.page.message("ok", f"Продолжено: {count(number, 'проект', 'проекта', 'проектов')}. Отменить — Ctrl+Z.")
        else:
            self.page.message("info", "Все прошлогодние проекты уже есть в этом году.")

    def _row_actions(self) -> list[RowAction | None]:
        if self.table.current() is None:
            return []
        opening: list[RowAction | None] = [("Карточка школы", self._open)]
        if self.session.desk.read_only:
            return opening
        return [("Изменить…", self.edit), ("Убрать проект", self.remove), None, *opening]
