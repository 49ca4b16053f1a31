"""«Формы региона»: a workbook from above as a grid, its cells linked to our figures once, filled each time anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.errors import UserError
from app.models.foreign import ForeignLink
from app.models.store import Connection
from app.operations import foreign_fill, foreign_forms, foreign_labels, foreign_map, papers
from app.operations.foreign_forms import Came, FormLine, FormSheet, OpenForm
from app.operations.foreign_map import Mapped
from app.operations.foreign_sources import FIELD_WORDS, Sourced
from app.texts import count
from app.ui import theme
from app.ui.dialogs import Choice, Field
from app.ui.pages.foreign_grid import FormGrid
from app.ui.pages.foreign_link import LinkPanel, Offers, read_columns, read_offers
from app.ui.pages.view import View
from app.ui.run import Job
from app.ui.widgets.basics import Button, Combo
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import Label

if TYPE_CHECKING:
    from app.ui.pages.reports import ReportsPage

BOOKS = "Книга Excel (*.xlsx *.xlsm)"
MAPS = f"Карта связей (*{foreign_map.SUFFIX})"


@dataclass(frozen=True, slots=True)
class Found:
    """What the view shows: the forms, the open one, what its cells may be filled with."""

    lines: tuple[FormLine, ...]
    opened: OpenForm | None
    offers: Offers


def read(connection: Connection, wanted: int | None) -> Found:
    """Read the forms and open the wanted one, else the first."""
    lines = tuple(foreign_forms.listing(connection))
    keys = [one.form.id for one in lines]
    key = wanted if wanted in keys else (keys[0] if keys else None)
    return Found(lines, None if key is None else foreign_forms.opened(connection, key), read_offers(connection))


class ForeignView(View):
    """Forms of a region."""

    key = "foreign"
    title = "Формы региона"
    heading = "Формы региона"
    guide = ("20-формы-региона", "Формы региона")

    page: ReportsPage

    def __init__(self, page: ReportsPage) -> None:
        super().__init__(page)
        self.found: Found | None = None
        self._wanted: int | None = None
        self._turn = 0
        self.empty = EmptyState(
            "report", "Здесь будут формы региона",
            "Возьмите книгу, которую прислал регион, и один раз укажите, что вписывать в её ячейки. Дальше она "
            "заполняется сама, а её оформление и формулы остаются как были.",
            ("Добавить форму…", self.add),
        )  # fmt: skip
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self._make_work())
        self.column.addWidget(self.stack, 1)

    def _make_work(self) -> QWidget:
        px = theme.current().px
        self.form = self._combo("Форма", 20)
        self.form.activated.connect(lambda _i: self._form_chosen())
        self.sheet = self._combo("Лист", 12)
        self.sheet.activated.connect(lambda _i: self._sheet_chosen())
        self.edit = Button("Название…", self.rename, icon="edit", kind="link")
        self.drop = Button("Убрать форму", self.remove, icon="trash", kind="link")
        line = QHBoxLayout()
        line.setSpacing(px(8))
        for widget, stretch in ((self.form, 3), (Label("Лист", "muted"), 0), (self.sheet, 2), (self.edit, 0),
                                (self.drop, 0)):  # fmt: skip
            line.addWidget(widget, stretch)
        self.grid = FormGrid()
        self.grid.chosen.connect(lambda _row, _column: self._cell_chosen())
        self.panel = LinkPanel(self.session)
        self.panel.changed.connect(self._count)
        self.panel.link_wanted.connect(self._keep)
        self.panel.unlink_wanted.connect(self._unlink)
        self.panel.columns_wanted.connect(self._read_columns)
        splitter = QSplitter()
        splitter.setHandleWidth(px(12))
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.grid)
        splitter.addWidget(self.panel)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([1000, px(320)])
        work = QWidget()
        box = self._box(work)
        box.addLayout(line)
        box.addWidget(splitter, 1)
        return work

    def _box(self, work: QWidget) -> QVBoxLayout:
        box = QVBoxLayout(work)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.current().px(8))
        return box

    @staticmethod
    def _combo(name: str, least: int) -> Combo:
        combo = Combo(name)
        combo.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(least)
        return combo

    def make_actions(self) -> Sequence[Button]:
        """Return the buttons of the header."""
        act = self.page.act
        self.map = act("Карта связей…", self.ask_map, "sitemap")
        self.fresh = act("Новая версия формы…", self.take_version, "history")
        self.put = act("Заполнить…", self.fill, "report", primary=True)
        return act("Добавить форму…", self.add, "plus"), self.fresh, self.map, self.put

    # --- reading -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the forms anew."""
        self.session.read(self, self._show, read, self._wanted)

    def _show(self, found: Found) -> None:
        self.found = found
        self.enable_actions()
        opened = found.opened
        for button in (self.fresh, self.map, self.put):
            button.setEnabled(opened is not None and (button.isEnabled() or button is self.put))
        write = not self.session.desk.read_only
        self.edit.setEnabled(write)
        self.drop.setEnabled(write)
        self.empty.allow(write)
        self.stack.setCurrentIndex(0 if opened is None else 1)
        if opened is None:
            self.say("Форм пока нет")
            return
        self._wanted = opened.form.id
        self.form.fill([(one.form.title, one.form.id) for one in found.lines], opened.form.id)
        names = [(one.name + (" (скрыт)" if one.hidden else ""), one.name) for one in opened.book.sheets]
        self.sheet.fill(names, self.sheet.currentData())
        self.panel.offer(found.offers)
        links = count(len(opened.links), "ячейка связана", "ячейки связаны", "ячеек связано")
        region = f"{opened.form.region} · " if opened.form.region else ""
        self.say(f"{region}{opened.form.file_name} · {links}")
        self._show_sheet()

    @property
    def opened(self) -> OpenForm | None:
        """The form that is shown."""
        return self.found.opened if self.found is not None else None

    def _current(self) -> FormSheet | None:
        opened = self.opened
        return None if opened is None else opened.book.sheet(str(self.sheet.currentData() or ""))

    def _show_sheet(self) -> None:
        opened, sheet = self.opened, self._current()
        if opened is None or sheet is None:
            return
        links = {foreign_forms.place(one.cell): self._words(one) for one in opened.links if one.sheet == sheet.name}
        self.grid.show_sheet(sheet, links)
        self._cell_chosen()

    def _words(self, link: ForeignLink) -> str:
        """Return what a cell is filled with, in a few words."""
        match link.kind:
            case "field":
                return FIELD_WORDS.get(link.source, link.source)
            case "indicator":
                known = {str(one.lineage): one for one in self.found.offers.indicators} if self.found else {}
                return known[link.source].shown if link.source in known else "показатель программы"
            case "column":
                return f"столбец «{link.options.get('column', '')}»"
            case _:
                return link.source

    def _cell_chosen(self) -> None:
        opened, sheet, place = self.opened, self._current(), self.grid.place
        if opened is None or sheet is None or place is None:
            return
        words = foreign_labels.in_words(foreign_labels.around(sheet, place))
        self.panel.show_cell(sheet, place, opened.link(sheet.name, place), words)

    def _form_chosen(self) -> None:
        self._wanted = self.form.currentData()
        self.refresh()

    def _sheet_chosen(self) -> None:
        self._show_sheet()

    def focus_main(self) -> None:
        """Put the keyboard into the sheet."""
        main = self.grid if self.opened is not None else self.empty.button
        if main is not None:
            main.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_payload(self, payload: object) -> None:
        """Show a form by its key, or a cell of it: (key, sheet, cell)."""
        match payload:
            case (int(key), str(sheet), str(cell)):
                self._wanted = key
                self.session.read(self, lambda found: self._show_cell(found, sheet, cell), read, key)
            case int(key):
                self._wanted = key
                self.refresh()

    def _show_cell(self, found: Found, sheet: str, cell: str) -> None:
        self._show(found)
        if self.sheet.choose(sheet):
            self._show_sheet()
        self.grid.choose(foreign_forms.place(cell))

    # --- the value of the chosen cell ----------------------------------------------------------------------------

    def _count(self) -> None:
        link = self.panel.link
        self._turn += 1
        if link is None:
            return
        turn, day = self._turn, self.session.today()

        def show(found: Sourced) -> None:
            if turn == self._turn:
                self.panel.tell_value(foreign_fill.told(found.values), found)

        self.session.read(self, show, foreign_fill.value_of, link, day.year, day)

    def _read_columns(self, key: str) -> None:
        day = self.session.today()
        self.session.read(self, lambda found: self.panel.show_columns(key, found), read_columns, key, day.year, day)

    def _keep(self) -> None:
        link, opened = self.panel.link, self.opened
        if link is not None and opened is not None:
            self.session.write(self, None, foreign_forms.link, opened.form.id, link)

    def _unlink(self) -> None:
        opened, sheet, place = self.opened, self._current(), self.grid.place
        if opened is not None and sheet is not None and place is not None:
            cell = foreign_forms.address_of(place)
            self.session.write(
                self, lambda _: self.page.message("info", f"Связь ячейки {cell} убрана. Вернуть — Ctrl+Z."),
                foreign_forms.unlink, opened.form.id, sheet.name, cell,
            )  # fmt: skip

    # --- forms ---------------------------------------------------------------------------------------------------

    def add(self) -> None:
        """Take a region's workbook into the file."""
        paths = self.session.dialogs.open_files("Форма региона", BOOKS, several=False)
        if not paths:
            return
        path = paths[0]
        answer = self.session.dialogs.ask(
            "Форма региона", f"Файл «{path.name}». Сам он не изменится.",
            [Field("title", "Название", path.stem, required=True), Field("region", "Кто прислал")], "Добавить",
        )  # fmt: skip
        if answer is None:
            return

        def work(_job: Job) -> Came:
            return foreign_forms.came(path)

        def keep(book: Came) -> None:
            self.session.write(self, self._added, foreign_forms.add, book, answer["title"], answer["region"])

        # a book of a hundred sheets takes seconds to read: whoever types meanwhile must not wait for it
        self.say(f"Читаю «{path.name}»…")
        self.session.job(self, work, keep, self._not_added)

    def _not_added(self, error: UserError) -> None:
        self.page.bar.show_error(error)
        self.refresh()

    def _added(self, key: int) -> None:
        self._wanted = key
        self.refresh()

    def rename(self) -> None:
        """Ask for another title."""
        opened = self.opened
        if opened is None:
            return
        answer = self.session.dialogs.ask(
            "Форма региона", "", [Field("title", "Название", opened.form.title, required=True),
                                  Field("region", "Кто прислал", opened.form.region or "")], "Сохранить",
        )  # fmt: skip
        if answer is not None:
            self.session.write(self, None, foreign_forms.rename, opened.form.id, answer["title"], answer["region"])

    def remove(self) -> None:
        """Take the form away; undo brings it back."""
        opened = self.opened
        if opened is not None:
            self.session.write(
                self, lambda title: self.page.message("info", f"Форма «{title}» убрана. Вернуть — Ctrl+Z."),
                foreign_forms.remove, opened.form.id,
            )  # fmt: skip

    def fill(self) -> None:
        """Show what would be written, then save."""
        if self.opened is not None:
            self.session.go("foreign_fill", self.opened.form.id)

    # --- the map and the version of the next year ----------------------------------------------------------------

    def ask_map(self) -> None:
        """Save the map of the links, or take one."""
        answer = self.session.dialogs.choose(
            "Карта связей", "Карта — файл для коллег: какие ячейки формы чем заполнять. Данных школ в ней нет.",
            [Choice("take", "Взять из файла…"), Choice("save", "Сохранить в файл…")],
        )  # fmt: skip
        if answer == "save":
            self.save_map()
        elif answer == "take":
            self.take_map()

    def save_map(self) -> None:
        """Write the map into a file."""
        opened = self.opened
        if opened is None:
            return
        suggested = Path(f"{opened.form.title}{foreign_map.SUFFIX}".replace("/", "-"))
        target = self.session.dialogs.save_file("Сохранить карту связей", suggested, MAPS)
        if target is not None:
            path = target if target.suffix else target.with_suffix(foreign_map.SUFFIX)
            self.session.read(self, lambda data: self._write(path, data), foreign_map.exported, opened.form.id)

    def _write(self, path: Path, data: bytes) -> None:
        def work(_job: Job) -> None:
            papers.write(path, data)

        self.session.job(self, work, lambda _: self.page.message("ok", f"Карта сохранена: {path.name}"))

    def take_map(self) -> None:
        """Read a map and show where its cells are in this form."""
        opened = self.opened
        paths = self.session.dialogs.open_files("Карта связей", MAPS, several=False) if opened is not None else None
        if opened is None or not paths:
            return
        key = opened.form.id

        def show(found: tuple[Mapped, ...]) -> None:
            self.session.go("foreign_places", (key, None, found))

        self.session.read(self, show, foreign_map.for_form, key, paths[0])

    def take_version(self) -> None:
        """Take the version of the form that has come now, and find the linked cells in it."""
        opened = self.opened
        paths = self.session.dialogs.open_files("Новая версия формы", BOOKS, several=False) if opened else None
        if opened is None or not paths:
            return
        key, path = opened.form.id, paths[0]

        def show(found: tuple[Mapped, ...]) -> None:
            self.session.go("foreign_places", (key, path, found))

        self.session.read(self, show, foreign_map.for_version, key, path)
