"""«Пачкой»: one paper for many schools: whose, in which formats, where to; all the files or none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.errors import UserError
from app.models.store import Connection
from app.operations import impersonal, paper_batch, paper_catalogue, papers
from app.operations.paper_batch import Batch, Choice, Planned, Result
from app.operations.paper_catalogue import PaperKind
from app.operations.papers import Paper
from app.texts import count
from app.ui import theme
from app.ui.run import Job
from app.ui.session import Session
from app.ui.widgets.basics import Button, Combo, beside
from app.ui.widgets.cells import Index
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import ElidedLabel, Label
from app.ui.windows.base import Window

OWN = "own"
FOLDER, FORMATS = "batch:folder", "batch:formats"
_VALUE = Qt.ItemDataRole.UserRole
_SIDE = 252
_TAKEN = " — имя занято, новый ляжет рядом с «(2)»"
_DOCUMENTS = ("документ", "документа", "документов")


@dataclass(frozen=True, slots=True)
class Offered:
    """What the window begins with: the kind, its settings, sets to choose from and the name of every file."""

    item: PaperKind
    values: Mapping[str, str]
    choices: tuple[Choice, ...]
    planned: tuple[Planned, ...]


class _Delegate(QStyledItemDelegate):
    """Draws a name as Qt does; every line has its name in the tooltip."""

    tells_cut_text = True

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Leave room for the whole box of the mark."""
        return super().sizeHint(option, index).expandedTo(QSize(0, theme.current().px(24)))


class BatchWindow(Window):
    """A batch; ``payload`` is (kind, its settings); ``IMPERSONAL`` among them: without the names of people."""

    guide = ("04-документы", "Центр документов")

    def __init__(
        self, session: Session, payload: tuple[str, Mapping[str, str]], parent: QWidget | None = None
    ) -> None:  # fmt: skip
        super().__init__(session, "Пачкой", parent, size=(940, 640))
        self._key, self._given = payload
        self.bare = self._given.get(paper_catalogue.IMPERSONAL) == "1"
        self.offered: Offered | None = None
        self._folder: Path | None = None
        self._filling = False
        self._job: Job | None = None
        self._make_list()
        row = beside(self._left(), self._side(), stretch=(1, 0), gap=14)
        self.body.addLayout(row, 1)
        self.go = Button("Сделать", self.start, kind="primary")
        self.away = Button("Закрыть", self.accept)
        self.add_buttons(self.away, self.go)
        kept = session.habits.get(FOLDER, "")
        if kept and Path(str(kept)).is_dir():
            self._folder = Path(str(kept))
        self._tell()
        self.refresh()

    # --- parts ---------------------------------------------------------------------------------------------------

    def _make_list(self) -> None:
        self.sets = Combo("Для кого")
        self.sets.activated.connect(lambda _place: self._take_set())
        self.list = QListWidget()
        self.list.setItemDelegate(_Delegate(self.list))
        self.list.setAccessibleName("Какие файлы получатся")
        self.list.setProperty("card", "true")
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemChanged.connect(lambda _item: self._marked())
        self.nobody = EmptyState("school", "Делать пока не для кого", "Внесите школы на вкладке «Школы».")
        self.nobody.hide()

    def _left(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().px(6))
        column.addLayout(beside(Label("Для кого", "muted"), self.sets, QWidget(), stretch=(0, 0, 1)))
        column.addWidget(Label("Какие файлы получатся", "muted"))
        column.addWidget(self.list, 1)
        column.addWidget(self.nobody, 1)
        return made

    def _side(self) -> QWidget:
        made = QWidget()
        made.setFixedWidth(theme.current().px(_SIDE))
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().px(6))
        column.addWidget(Label("В каком виде", "section"))
        kept = set(map(str, self.session.habits.get(FORMATS, [".pdf"])))
        self.formats: dict[str, QCheckBox] = {}
        for suffix, word in papers.FORMATS.items():
            box = self.formats[suffix] = QCheckBox(word)
            box.setChecked(suffix in kept)
            box.toggled.connect(lambda _on: self._named())
            column.addWidget(box)
        self.one_file = QCheckBox("Всё одним файлом PDF")
        self.one_file.setToolTip("Документы один за другим, у каждого своя закладка")
        self.one_file.toggled.connect(lambda _on: self._named())
        column.addWidget(self.one_file)
        column.addSpacing(theme.current().px(10))
        column.addWidget(Label("Куда", "section"))
        self.where = ElidedLabel("", "text", mode=Qt.TextElideMode.ElideMiddle)
        column.addWidget(self.where)
        self.choose = Button("Выбрать папку…", self.ask_folder, icon="folder-open")
        column.addWidget(self.choose)
        self.note = Label("", "muted", wrap=True)
        column.addWidget(self.note)
        column.addStretch(1)
        return made

    # --- what is offered -----------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read who there is."""
        key, given, day = self._key, dict(self._given), self.session.today()
        folder, suffixes = self._folder, self.suffixes()

        def read(connection: Connection) -> Offered:
            item = paper_catalogue.kind(key)
            values = paper_catalogue.settled(connection, item, given, day).values
            choices = paper_batch.choices(connection, item, values, day)
            everybody = choices[0].values if choices else ()
            planned = paper_batch.plan(connection, item, values, everybody, day, folder, suffixes)
            return Offered(item, values, choices, planned)

        self.take(self.session.desk.read(read), self._take)

    def _take(self, found: Offered) -> None:
        first = self.offered is None
        marked = self.marked()
        self.offered = found
        self.heading.setText(f"Пачкой: {found.item.title}")
        self.setWindowTitle(self.heading.text())
        self.list.setVisible(bool(found.planned))
        self.nobody.setVisible(not found.planned)
        if first:
            self.sets.fill([*((one.title, one.key) for one in found.choices), ("Выбранные вручную", OWN)])
        self._filling = True
        self.list.clear()
        for planned in found.planned:
            item = QListWidgetItem("")
            item.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(Qt.CheckState.Checked if planned.value in marked else Qt.CheckState.Unchecked)
            item.setData(_VALUE, planned.value)
            self.list.addItem(item)
        self._filling = False
        self._named()
        if first:
            self._take_set()

    def _take_set(self) -> None:
        found, key = self.offered, self.sets.currentData()
        chosen = None if found is None else next((one for one in found.choices if one.key == key), None)
        if chosen is None:
            return
        wanted = frozenset(chosen.values)
        self._filling = True
        for item in self._items():
            inside = item.data(_VALUE) in wanted
            item.setCheckState(Qt.CheckState.Checked if inside else Qt.CheckState.Unchecked)
        self._filling = False
        self._tell()

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(place) for place in range(self.list.count())]

    def marked(self) -> tuple[str, ...]:
        """Return the values that are marked, in the order of the list."""
        return tuple(str(item.data(_VALUE)) for item in self._items() if item.checkState() == Qt.CheckState.Checked)

    def _marked(self) -> None:
        if not self._filling:
            self.sets.choose(OWN)
            self._tell()

    def suffixes(self) -> tuple[str, ...]:
        """Return the formats that are chosen."""
        if self.one_file.isChecked():
            return (".pdf",)
        return tuple(suffix for suffix, box in self.formats.items() if box.isChecked())

    def _named(self) -> None:
        """Write the names of the files as they will be; a taken one says so."""
        found, suffixes = self.offered, self.suffixes()
        for box in self.formats.values():
            box.setEnabled(not self.one_file.isChecked())
        if found is None:
            return
        ending = ", ".join(suffixes)
        self._filling = True
        for item, planned in zip(self._items(), found.planned, strict=True):
            name = f"{planned.name}{ending}" if not self.one_file.isChecked() else planned.word
            taken = planned.taken and not self.one_file.isChecked()
            item.setText(name + (_TAKEN if taken else ""))
            item.setToolTip(item.text())
        self._filling = False
        self._tell()

    def ask_folder(self) -> None:
        """Ask where the files go."""
        folder = self.session.dialogs.open_folder("Куда положить документы")
        if folder is not None:
            self._folder = folder
            self.session.habits.put(FOLDER, str(folder))
            self.refresh()

    def _tell(self) -> None:
        number = len(self.marked())
        files = (1 if self.one_file.isChecked() else number * len(self.suffixes())) if number else 0
        told = count(number, *_DOCUMENTS)
        self.where.setText(str(self._folder) if self._folder is not None else "папка не выбрана")
        self.note.setText(self._note())
        self.go.setText(f"Сделать {told}" if number else "Сделать")
        self.go.setEnabled(bool(files) and self._job is None)
        whole = self.list.count()
        if self.offered is not None and self.offered.planned:
            self.say(f"Отмечено {number} из {whole}, получится {count(files, 'файл', 'файла', 'файлов')}.")

    def _note(self) -> str:
        if not self.suffixes():
            return "Отметьте хотя бы один вид файлов."
        bare = "Имён людей в документах не будет. " if self.bare else ""
        return f"{bare}Готовые файлы не заменяются. Если остановить, в папке ничего не останется."

    # --- work ----------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Make the batch beside the window; without a folder it is asked for first."""
        if self._folder is None:
            self.ask_folder()
        found, folder = self.offered, self._folder
        if found is None or folder is None or self._job is not None:
            return
        wanted = set(self.marked())
        planned = tuple(one for one in found.planned if one.value in wanted)
        batch = Batch(found.item, found.values, planned, folder, self.suffixes(), self.session.today(),
                      self.one_file.isChecked())  # fmt: skip
        self.session.habits.put(FORMATS, list(self.suffixes()))
        self.bar.clear()
        self.strip.begin("Делаю документы")
        self.go.setEnabled(False)
        desk = self.session.desk

        def each(batch: Batch) -> Iterator[Paper | UserError]:
            # the generator lives on the reader's thread, one step at a time: views are read in between
            making = desk.read(lambda connection: paper_batch.makes(connection, batch)).result()
            for _one in planned:
                yield desk.read(lambda _connection: next(making)).result()

        def work(job: Job) -> Result:
            def progress(word: str, done: int, total: int) -> bool:
                job.progress(f"{word}, {done + 1} из {total}", done, total)
                return not job.cancelled()

            people = desk.read(impersonal.people_of).result() if self.bare else None
            whole = replace(batch, people=people)
            return whole.run(each(whole), progress)

        self._job = self.session.job(self, work, self._done, self.fail, self.strip.tell)
        self.strip.cancelled.connect(self._job.cancel)

    def _done(self, result: Result) -> None:
        self._end()
        files = count(len(result.files), "файл", "файла", "файлов")
        folder = result.files[0].parent.name if result.files else ""
        if result.left_out:
            whose, why = result.left_out[0]
            more = "" if len(result.left_out) == 1 else f" И ещё {len(result.left_out) - 1}."
            words = f"В папке «{folder}» {files}. Не сделано {len(result.left_out)}: {whose}. {why}{more}"
            self.bar.show_message("warn", words)
        else:
            self.bar.show_message("ok", f"Готово: в папке «{folder}» {files}.")
        self.refresh()

    def fail(self, error: UserError) -> None:
        """Stopping is no failure; anything else is told as one."""
        self._end()
        if error.code == "OUT_BATCH_STOPPED":
            self.bar.show_message("info", f"{error.what} {error.cure}")
        else:
            super().fail(error)

    def _end(self) -> None:
        self.strip.end()
        self._job = None
        self._tell()

    def reject(self) -> None:
        """A window that is closed stops its work."""
        if self._job is not None:
            self._job.cancel()
        super().reject()

    def accept(self) -> None:
        """Close the window; work that goes on is stopped."""
        if self._job is not None:
            self._job.cancel()
        super().accept()
