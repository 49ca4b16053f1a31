"""The parts of one event: its programme, its participants by school and by name, its materials."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from app.models.registers import Attachment
from app.models.store import Connection, Store
from app.operations import event_people, registers, support
from app.operations.event_people import Pasted
from app.operations.registers import RegisterTable
from app.texts import count, ru_moment
from app.ui import theme
from app.ui.attachments import AttachmentOpener
from app.ui.dialogs import Field
from app.ui.item_models.table_model import Column
from app.ui.pages.register_pane import ALL_FILES, RegisterPane
from app.ui.widgets.basics import Button
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.table import DataTable, RowAction

if TYPE_CHECKING:
    from app.ui.pages.work_events import EventsView


class Part(QWidget):
    """A part of one event."""

    def __init__(self, view: EventsView) -> None:
        super().__init__()
        self.view, self.session = view, view.session
        self.key: int | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.main: QWidget | None = None

    def scope(self) -> Mapping[str, Any] | None:
        """Return the event as registers ask for it; None where none is chosen."""
        return None if self.key is None else {"event_id": self.key}

    def pane(self, key: str, *buttons: Button) -> RegisterPane:
        """Return the pane of a register of the event, with its own acts beside the title."""
        made = RegisterPane(self.session, key, self.scope)
        for button in buttons:
            made.lead.insertWidget(made.lead.count() - 1, button)
        self.main = self.main or made.grid
        if self.focusProxy() is None:
            self.setFocusProxy(made.grid)
        return made

    def show_event(self, key: int | None) -> None:
        """Show the part of an event."""
        self.key = key
        self.refresh()

    def refresh(self) -> None:
        """Read the part anew."""


class ItemsPart(Part):
    """What follows what."""

    def __init__(self, view: EventsView) -> None:
        super().__init__(view)
        self.items = self.pane("event_items")
        self.column.addWidget(self.items)

    def refresh(self) -> None:
        """Read the programme anew."""
        self.items.refresh()


class PeoplePart(Part):
    """Numbers by school above, names below."""

    def __init__(self, view: EventsView) -> None:
        super().__init__(view)
        self.listed = Button("Все школы списка", self.add_listed, icon="school", kind="link",
                             tip="Вписать строку для каждой школы списка ШНОР, которой ещё нет")  # fmt: skip
        self.everybody = Button("Все школы", self.add_all, kind="link", tip="Вписать строку для каждой школы")
        self.pasting = Button("Вставить список…", self.paste, icon="copy", kind="link",
                              tip="ФИО, школа, должность: скопируйте столбцы из Excel")  # fmt: skip
        self.filing = Button("Взять из файла…", self.take_file, icon="upload", kind="link",
                             tip="Список регистрации из Excel, ODS, CSV или Word")  # fmt: skip
        self.members = Button("Из состава объединения", self.add_members, kind="link",
                              tip="Вписать всех, кто в день события входит в объединение")  # fmt: skip
        self.came = Button("Были все", lambda: self.mark_all("yes"), icon="circle-check", kind="link",
                           tip="Отметить всех, у кого отметки ещё нет")  # fmt: skip
        self.schools = self.pane("event_people", self.listed, self.everybody)
        self.guests = self.pane("event_guests", self.pasting, self.filing, self.members, self.came)
        self.guests.shown.connect(self._shown)
        self.guests.grid.installEventFilter(self)
        whole = QSplitter(Qt.Orientation.Vertical)
        whole.setHandleWidth(theme.current().px(10))
        whole.setChildrenCollapsible(False)
        whole.addWidget(self.schools)
        whole.addWidget(self.guests)
        self.column.addWidget(whole)

    def refresh(self) -> None:
        """Read both grids anew."""
        self.schools.refresh()
        self.guests.refresh()
        for button in (self.listed, self.everybody, self.pasting, self.filing, self.members):
            button.setEnabled(not self.session.desk.read_only)
        line = self.view.line
        self.members.setVisible(line is not None and line.event.body_id is not None)

    def _shown(self, table: RegisterTable | None) -> None:
        some = table is not None and any(row["came"] is None for row in table.rows.values())
        self.came.setEnabled(some and not self.session.desk.read_only)

    # --- schools -------------------------------------------------------------------------------------------------

    def add_listed(self) -> None:
        """Write a line for every school of the list."""
        self._add(_listed)

    def add_all(self) -> None:
        """Write a line for every own school."""
        self._add(_own)

    def _add(self, whose: Callable[[Connection, int], list[int]]) -> None:
        if self.key is not None:
            self.session.write(self, self._added, _add_schools, self.key, whose, self.session.school_year)

    def _added(self, number: int) -> None:
        told = f"Вписано: {count(number, 'школа', 'школы', 'школ')}." if number else "Все эти школы уже вписаны."
        self.session.tell("ok" if number else "info", told)
        self.refresh()

    # --- names ---------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The space key says that the chosen people were there, or takes it back."""
        grid = self.guests.grid
        if (
            watched is grid and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Space and not event.modifiers()
            and grid.state() != QAbstractItemView.State.EditingState
        ):  # fmt: skip
            self.toggle()
            return True
        return super().eventFilter(watched, event)

    def toggle(self) -> None:
        """Say that the chosen people were there; where all of them were, that nobody has said."""
        table, grid = self.guests.table, self.guests.grid
        keys = [key for key in grid.keys() if table is not None and key in table.rows]  # noqa: SIM118 - of the grid
        if not keys or self.key is None or table is None or self.session.desk.read_only:
            return
        there = all(table.rows[key]["came"] == "yes" for key in keys)
        self._mark(keys, None if there else "yes")

    def mark_all(self, came: str) -> None:
        """Mark everybody of whom nobody has said anything."""
        table = self.guests.table
        keys = [key for key, row in table.rows.items() if row["came"] is None] if table is not None else []
        if keys:
            self._mark(keys, came)

    def _mark(self, keys: list[int], came: str | None) -> None:
        if self.key is not None:
            self.session.write(self, lambda _number: self.refresh(), event_people.present, self.key, keys, came)

    def paste(self) -> None:
        """Take a list from the clipboard, shown before it is kept."""
        if self.key is None:
            return
        told = self.session.dialogs.ask(
            "Вставить список",
            "Строка — один человек: ФИО, школа, должность через табуляцию или запятую. Кто уже есть, второй раз не "
            "появится. Учеников, телефоны и адреса почты программа не вписывает.",
            [Field("text", "Список", QGuiApplication.clipboard().text(), long=True, required=True)], "Вписать",
        )  # fmt: skip
        if told:
            self.session.write(self, self._pasted, event_people.paste, self.key, told["text"])

    def take_file(self) -> None:
        """Take a list from a file, shown before it is kept."""
        if self.key is not None:
            self.session.go("event_file", self.key)

    def add_members(self) -> None:
        """Write everybody who is in the body of the event."""
        if self.key is not None:
            self.session.write(self, self._joined, event_people.add_members, self.key, self.session.today())

    def _joined(self, number: int) -> None:
        told = f"Вписано: {count(number, 'человек', 'человека', 'человек')}." if number else "Все они уже в списке."
        self.session.tell("ok" if number else "info", told)
        self.refresh()

    def _pasted(self, found: Pasted) -> None:
        parts = [f"Вписано: {count(found.added, 'человек', 'человека', 'человек')}."]
        if found.known:
            parts.append(f"Уже были в списке: {found.known}.")
        if found.pupils:
            parts.append(f"Строк об учениках пропущено: {found.pupils}.")
        if found.unknown:
            parts.append(f"Таких школ в реестре нет: {', '.join(found.unknown[:3])}. Поправьте отмеченные ячейки.")
        self.session.tell("warn" if found.unknown or found.pupils else "ok", " ".join(parts))
        self.refresh()


def _listed(connection: Connection, year: int) -> list[int]:
    return list(support.listed(connection, year).schools)


def _own(connection: Connection, _year: int) -> list[int]:
    from app.models import organisations

    return [school.id for school in organisations.listing(connection)]


def _add_schools(store: Store, key: int, whose: Callable[[Connection, int], list[int]], year: int) -> int:
    return event_people.add_schools(store, key, whose(store.connection, year))


FILE_COLUMNS = (
    Column("title", "Материал", lambda item: item.title, 260, 3, 160, middle=True, strong=True),
    Column("what", "Что это", lambda item: item.link or item.file_name or "", 220, 2, 120, middle=True),
    Column("when", "Приложен", lambda item: ru_moment(item.added_at), 130, sort=lambda item: item.added_at),
)


class FilesPart(Part):
    """Materials: files and links; files may be dropped here."""

    def __init__(self, view: EventsView) -> None:
        super().__init__(view)
        self.setAcceptDrops(True)
        self.opener = AttachmentOpener(self, self.session)
        empty = EmptyState(
            "paperclip", "Материалов пока нет",
            "Приложите презентацию, запись или раздаточный материал. Файлы можно перетащить сюда мышью.",
            ("Приложить файл…", self.attach),
        )  # fmt: skip
        self.table = DataTable("event_files", FILE_COLUMNS, lambda item: item.id, habits=self.session.habits,
                               title="Материалы", empty=empty, filters=False)  # fmt: skip
        self.table.activated.connect(self.open_file)
        self.table.row_actions = self._actions
        self.setFocusProxy(self.table.view)
        self.attaching = Button("Приложить файл…", self.attach, icon="paperclip", kind="link")
        self.linking = Button("Дать ссылку…", self.link, kind="link")
        row = QHBoxLayout()
        row.addWidget(self.attaching)
        row.addWidget(self.linking)
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addWidget(self.table, 1)

    def refresh(self) -> None:
        """Read the materials anew."""
        for button in (self.attaching, self.linking):
            button.setEnabled(not self.session.desk.read_only)
        if self.key is not None:
            self.session.read(self, self._show, _files, self.key)

    def _show(self, found: list[Attachment]) -> None:
        self.table.set_rows(found)
        self.attaching.setVisible(bool(found))  # without materials the empty state offers it
        if self.table.empty is not None:
            self.table.empty.allow(not self.session.desk.read_only)

    def _actions(self) -> list[RowAction | None]:
        item: Attachment | None = self.table.current()
        return [] if item is None else [("Открыть или убрать…", lambda: self.open_file(item))]

    def open_file(self, item: Attachment) -> None:
        """Offer what can be done with a material."""
        self.opener.offer(item, self._changed)

    def _changed(self) -> None:
        self.refresh()
        self.view.refresh()

    def attach(self) -> None:
        """Ask for files and keep them."""
        paths = self.session.dialogs.open_files("Приложить материалы", ALL_FILES)
        if paths:
            self.keep(paths)

    def keep(self, paths: list[Path]) -> None:
        """Keep files beside the event."""
        if self.key is not None:
            self.session.write(self, lambda _number: self._changed(), registers.attach, "events", self.key, paths)

    def link(self) -> None:
        """Ask for an address and keep it."""
        if self.key is None:
            return
        fields = [Field("link", "Адрес", hint="например, запись вебинара", required=True),
                  Field("title", "Что это", hint="название для списка")]  # fmt: skip
        told = self.session.dialogs.ask("Дать ссылку", "Ссылка останется у этого события.", fields, "Сохранить")
        if told:
            self.session.write(self, lambda _number: self._changed(), registers.attach, "events", self.key, (),
                               link=told["link"], title=told["title"])  # fmt: skip

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped."""
        if event.mimeData().hasUrls() and not self.session.desk.read_only:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Keep the files that were dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.keep(paths)


def _files(connection: Connection, key: int) -> list[Attachment]:
    from app.models import registers as stored
    from app.models import work_events

    return stored.attachments(connection, work_events.TABLE, [key]).get(key, [])
