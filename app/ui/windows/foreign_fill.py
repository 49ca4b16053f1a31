"""«Заполнить форму региона»: every cell that would be written, old beside new, before anything is saved."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSpinBox, QWidget

from app.models.store import Store
from app.operations import foreign_fill, foreign_forms, foreign_map
from app.operations.foreign_fill import FillCell, Filled, Filling
from app.operations.foreign_forms import KIND_WORDS, Came
from app.operations.foreign_map import Mapped
from app.ui import theme
from app.ui.item_models.table_model import Column
from app.ui.run import Job
from app.ui.session import Session
from app.ui.theme import Kind
from app.ui.widgets.basics import Button
from app.ui.widgets.chip import ChipButton
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import Label
from app.ui.widgets.table import DataTable, RowAction
from app.ui.windows.base import Window

KINDS: dict[str, Kind] = {"write": "ok", "same": "info", "empty": "warn", "refused": "bad"}
Line = tuple[int, FillCell]
COLUMNS = (
    Column("sheet", "Лист", lambda row: row[1].sheet, 96, 1, 70),
    Column("cell", "Ячейка", lambda row: row[1].cell, 76, strong=True, sort=lambda row: row[0]),
    Column("state", "Что", lambda row: row[1].state_word, 128, kind="chip", chip=lambda row: KINDS[row[1].state]),
    Column("old", "Было", lambda row: row[1].old, 110, 2, 70, tip=lambda row: row[1].old),
    Column("new", "Станет", lambda row: row[1].new, 150, 3, 100, strong=True, tip=lambda row: row[1].new),
    Column("why", "Откуда и что не так", lambda row: row[1].trouble or row[1].words, 300, 4, 180,
           tip=lambda row: "\n".join(filter(None, (row[1].trouble, row[1].words)))),
)  # fmt: skip


class ForeignFillWindow(Window):
    """What would be written into a form."""

    guide = ("20-формы-региона", "Заполнить форму")

    def __init__(self, session: Session, payload: int, parent: QWidget | None = None) -> None:
        super().__init__(session, "Заполнить форму региона", parent, size=(1080, 620))
        self.key = payload
        self.filling: Filling | None = None
        self._turn = 0
        px = theme.current().px
        self.year = QSpinBox()
        self.year.setAccessibleName("За какой год")
        self.year.setRange(1990, 2099)
        self.year.setValue(session.today().year)
        self.year.setKeyboardTracking(False)
        self.year.setMinimumSize(px(84), px(30))
        self.year.valueChanged.connect(lambda _year: self.refresh())
        self.register = QCheckBox("Записать в журнал исходящих")
        self.register.setEnabled(not session.desk.read_only)
        line = QHBoxLayout()
        line.setSpacing(px(12))
        for widget in (Label("За год", "muted"), self.year, self.register):
            line.addWidget(widget)
        line.addStretch(1)
        self.body.addLayout(line)
        self.notes = Label("", "muted", wrap=True)
        self.notes.hide()
        self.body.addWidget(self.notes)
        empty = EmptyState(
            "report", "Связанных ячеек нет", "Выберите ячейку на листе формы и скажите, что в неё вписывать."
        )
        self.table = DataTable(
            "foreign_fill", COLUMNS, lambda row: row[0], habits=session.habits, title="Что впишется", empty=empty
        )
        self.chips: dict[str, ChipButton] = {}
        for key, kind in KINDS.items():
            chip = ChipButton(kind, "")
            chip.clicked.connect(lambda on, key=key: self._quick(key if on else None))
            chip.hide()
            self.table.lead.addWidget(chip)
            self.chips[key] = chip
        self.table.activated.connect(self._open)
        self.table.row_actions = self._actions
        self.body.addWidget(self.table, 1)
        self.save = Button("Сохранить…", self._save, icon="download", kind="primary")
        self.save.setEnabled(False)
        self.add_buttons(Button("Закрыть", self.accept), self.save)
        self.refresh()

    def refresh(self) -> None:
        """Count everything anew for the year."""
        self._turn += 1
        turn = self._turn
        future = self.session.desk.read(foreign_fill.preview, self.key, self.year.value(), self.session.today())
        self.take(future, lambda found: self._show(turn, found))

    def _show(self, turn: int, found: Filling) -> None:
        if turn != self._turn:
            return
        self.filling = found
        self.heading.setText(f"Заполнить: {found.form.title}")
        self.say(found.sentence)
        self.notes.setText(" ".join(found.notes))
        self.notes.setVisible(bool(found.notes))
        states: Sequence[Literal["write", "same", "empty", "refused"]] = ("write", "same", "empty", "refused")
        for state in states:
            number = found.count(state)
            self.chips[state].set_text(f"{foreign_fill.STATE_WORDS[state]} {number}")
            self.chips[state].setVisible(number > 0)
        self._quick(None)
        self.table.set_rows(enumerate(found.cells))
        self.save.setEnabled(found.ready)

    def _quick(self, key: str | None) -> None:
        for other, chip in self.chips.items():
            chip.setChecked(other == key)
        self.table.model.set_quick(None if key is None else lambda row: row[1].state == key)

    def _open(self, row: Line) -> None:
        link = row[1].link
        self.session.go("foreign", (self.key, link.sheet, link.cell))

    def _actions(self) -> list[RowAction | None]:
        row: Line | None = self.table.current()
        return [] if row is None else [("Показать ячейку", lambda: self._open(row))]

    # --- saving --------------------------------------------------------------------------------------------------

    def _save(self) -> None:
        if self.filling is None:
            return
        self.save.setEnabled(False)
        future = self.session.desk.read(foreign_fill.fill, self.key, self.year.value(), self.session.today())
        self.take(future, self._ask_where)

    def _ask_where(self, filled: Filled) -> None:
        self.save.setEnabled(True)
        pattern = f"Книга Excel (*{filled.suffix})"
        target = self.session.dialogs.save_file("Сохранить заполненную форму", Path(filled.file_name), pattern)
        if target is None:
            return
        path = target if target.suffix else target.with_suffix(filled.suffix)

        def work(_job: Job) -> None:
            foreign_fill.save(filled, path)

        self.session.job(self, work, lambda _: self._saved(filled, path), self.fail)

    def _saved(self, filled: Filled, path: Path) -> None:
        if not self.register.isChecked():
            self.bar.show_message("ok", f"Сохранено: {path.name}")
            return
        future = self.session.written(_register, filled, path.name)
        self.take(future, lambda number: self._registered(path, number))

    def _registered(self, path: Path, number: int) -> None:
        self.bar.show_message(
            "ok", f"Сохранено: {path.name}. В журнале исходящих № {number}.",
            ("Открыть журнал", lambda: self.session.go("register", number)),
        )  # fmt: skip


def _register(store: Store, filled: Filled, name: str) -> int:
    return foreign_fill.register(store, filled, name)


MappedLine = tuple[int, Mapped]
FOUND_WORDS = {"same": "на месте", "moved": "переехала", "lost": "не найдена"}
FOUND_KINDS: dict[str, Kind] = {"same": "ok", "moved": "warn", "lost": "bad"}


def _state(row: MappedLine) -> str:
    return "lost" if row[1].trouble else row[1].found.state


def _word(row: MappedLine) -> str:
    return "нельзя взять" if row[1].trouble else FOUND_WORDS[row[1].found.state]


def _target(row: MappedLine) -> str:
    found = row[1].found
    return f"{found.to_sheet}, {found.to_cell}" if found.to_cell else ""


PLACES = (
    Column("from", "Была", lambda row: f"{row[1].found.sheet}, {row[1].found.cell}", 130, 1, 100, strong=True,
           sort=lambda row: row[0]),
    Column("state", "Что", _word, 112, kind="chip", chip=lambda row: FOUND_KINDS[_state(row)]),
    Column("to", "Стала", _target, 130, 1, 100, strong=True),
    Column("words", "Подписи рядом", lambda row: row[1].trouble or row[1].found.words, 280, 3, 160,
           tip=lambda row: row[1].trouble or row[1].found.words),
    Column("what", "Чем заполняется", lambda row: KIND_WORDS[row[1].link.kind], 160, 1, 120),
)  # fmt: skip


class ForeignPlacesWindow(Window):
    """Where the links of a map, or of the version of last year, belong in a book; a person confirms.

    Args:
        session: the open file.
        payload: key of the form; the book of a new version, None for a map; the places found.
    """

    guide = ("20-формы-региона", "Новая версия формы и карта связей")

    def __init__(
        self, session: Session, payload: tuple[int, Path | None, tuple[Mapped, ...]], parent: QWidget | None = None
    ) -> None:
        self.key, self.path, self.places = payload
        title = "Связи по карте" if self.path is None else "Новая версия формы"
        super().__init__(session, title, parent, size=(980, 560))
        fits = [one for one in self.places if one.fits]
        moved = sum(one.found.state == "moved" for one in fits)
        told = [f"Найдено ячеек: {len(fits)} из {len(self.places)}"]
        if moved:
            told.append(f"переехало {moved}: проверьте их по подписям")
        self.say(" · ".join(told))
        self.table = DataTable(
            "foreign_places", PLACES, lambda row: row[0], habits=session.habits, title="Где ячейки теперь",
            empty=EmptyState("report", "Связей нет", "В карте нет ни одной связи."),
        )  # fmt: skip
        self.table.set_rows(enumerate(self.places))
        self.body.addWidget(self.table, 1)
        rest = "Ячейки, которые не нашлись, свяжите сами. " if len(fits) < len(self.places) else ""
        old = "Прежняя форма останется рядом." if self.path is not None else "Прежние связи этих ячеек заменятся."
        self.body.addWidget(Label(rest + old, "muted", wrap=True))
        word = "Связать найденные" if self.path is None else "Добавить форму со связями"
        self.put = Button(word, self._take, kind="primary")
        self.put.setEnabled(not session.desk.read_only and (bool(fits) or self.path is not None))
        self.add_buttons(Button("Отмена", self.reject), self.put)

    def _take(self) -> None:
        links = [one.moved for one in self.places if one.fits]
        self.put.setEnabled(False)
        if self.path is None:
            self.take(self.session.written(foreign_map.take_links, self.key, links), lambda _: self._done(self.key))
        else:
            title = self.path.stem
            path, key = self.path, self.key

            def keep(book: Came) -> None:
                self.take(self.session.written(foreign_map.take_version, key, book, title, links), self._done)

            self.session.job(self, lambda _job: foreign_forms.came(path), keep, self.fail)

    def _done(self, key: int) -> None:
        self.session.go("foreign", key)
        self.accept()
