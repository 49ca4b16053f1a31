"""«Библиотека…»: wordings by kind and direction, put into the programme with their ties; one's own beside them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QSplitter, QVBoxLayout, QWidget

from app.operations import programme_library
from app.operations.programme_library import LibraryLine, Shelf, Taken
from app.texts import count, quoted
from app.ui import theme
from app.ui.dialogs import Choice, Field
from app.ui.item_models.order import fold
from app.ui.session import Session
from app.ui.widgets.basics import Button, beside
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import Label
from app.ui.widgets.table import SearchEdit
from app.ui.windows.base import Window
from app.ui.windows.programme_library_parts import ALL, MINE, KindList, Place, Preview, WordingList, fits

PATTERNS = "Формулировки (*.toml);;Все файлы (*)"


@dataclass(frozen=True, slots=True)
class LibraryAt:
    """Where the library is opened: a programme, the line at which the person stands, the kind shown first."""

    programme_id: int | None = None
    node_id: int | None = None
    kind: str = ALL


def _holds(line: LibraryLine, words: list[str]) -> bool:
    text = fold(" ".join((line.item.text, *line.item.results)))
    return all(word in text for word in words)


class LibraryWindow(Window):
    """Kinds at the left, wordings with marks in the middle, everything about the current one at the right."""

    guide = ("10-программа", "Библиотека")

    def __init__(self, session: Session, payload: object = None, parent: QWidget | None = None) -> None:
        super().__init__(session, "Библиотека формулировок", parent, size=(1240, 680))
        given = LibraryAt(*payload) if isinstance(payload, tuple) else payload
        self.at = given if isinstance(given, LibraryAt) else LibraryAt()
        self._found: Shelf | None = None
        self._first: Place | None = (self.at.kind, "") if self.at.kind else None
        self._lay_out()
        self.kinds.chosen.connect(lambda _place: self._show())
        self.search.searched.connect(lambda _text: self._show())
        self.search.leave.connect(lambda: self.list.setFocus(Qt.FocusReason.OtherFocusReason))
        self.list.turned.connect(self._tell)
        self.list.current.connect(self._preview)
        shortcut = QShortcut(QKeySequence("Ctrl+Return"), self)
        shortcut.activated.connect(self.insert)
        session.changed.connect(self.touched)
        self._tell()
        self.refresh()

    def _lay_out(self) -> None:
        px = theme.current().px
        self.kinds = KindList()
        self.kinds.setMinimumWidth(px(210))
        self.search = SearchEdit("Найти формулировку", "Поиск в библиотеке")
        self.list = WordingList()
        self.preview = Preview(self._edit, self._remove)
        self.none = EmptyState("book", "Ничего не найдено", "Уберите слово или выберите «Всё».")
        self.none.hide()
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        self.mark_all = Button("Отметить показанное", lambda: self.list.mark_shown(on=True), kind="link")
        self.unmark = Button("Снять отметки", self._unmark, kind="link")
        column.addLayout(beside(self.search, self.mark_all, self.unmark, stretch=(1,)))
        column.addWidget(self.list, 1)
        column.addWidget(self.none, 1)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setChildrenCollapsible(False)
        for widget in (self.kinds, middle, self.preview):
            halves.addWidget(widget)
        halves.setSizes([px(290), px(560), px(340)])
        halves.setStretchFactor(1, 1)
        self.body.addWidget(halves, 1)
        self.below = QCheckBox("Вставить с тем, что под ними")
        self.below.setToolTip("Задача придёт с показателями, индикаторами и мероприятиями, проблема — с причинами")
        self.below.toggled.connect(lambda _on: self._tell())
        self.values = QCheckBox("Подставить исходные значения из файла")
        self.values.toggled.connect(lambda _on: self._tell())
        self.told = Label("", "muted")
        self.body.addLayout(beside(self.below, self.values, self.told, gap=16, stretch=(0, 0, 1)))
        self.bring = Button("Взять из файла…", self._bring, icon="upload")
        self.give = Button("Сохранить свои в файл…", self._give, icon="download")
        self.put = Button("Вставить", self.insert, kind="primary", tip="Ctrl+Enter")
        self.add_buttons(Button("Закрыть", self.reject), self.put, left=[self.bring, self.give])

    def focus_main(self) -> None:
        """Begin with the search."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- showing -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the library anew."""
        future = self.session.desk.read(
            programme_library.shelf, self.at.programme_id, self.at.node_id, self.session.school_year
        )
        self.take(future, self._take)

    def _take(self, found: Shelf) -> None:
        self._found = found
        present = {line.item.key for line in found.lines}
        for key in [key for key in self.list.marked if key in found.inserted or key not in present]:
            self.list.marked.pop(key)
        if found.programme_id is None:
            self.say("Программы в файле ещё нет: формулировки можно посмотреть. Начните её на вкладке «Программа».")
        elif not found.writable:
            self.say(f"Программа {quoted(found.title)} утверждена: вставить в неё ничего нельзя.")
        else:
            place = f"Место: {found.where}." if found.where else "Место выберет программа: под тем, к чему относится."
            self.say(f"{quoted(found.title)}. {place}")
        self.kinds.show_lines(found.lines, self._first)
        self._first = None
        self._show()

    @property
    def insertable(self) -> bool:
        """Whether wordings can be put into a programme now."""
        found = self._found
        return (
            found is not None and found.programme_id is not None and found.writable and not self.session.desk.read_only
        )

    def _show(self) -> None:
        if self._found is None:
            return
        place, words = self.kinds.place, fold(self.search.text()).split()
        shown = [line for line in self._found.lines if fits(line, place) and _holds(line, words)]
        self.list.show_lines(shown, place, markable=self.insertable)
        if place[0] == MINE and not words:
            self.none.tell("Своих формулировок пока нет", "Добавьте их: «В библиотеку» в меню строки программы.")
        else:
            self.none.tell("Ничего не найдено", "Уберите слово или выберите «Всё».")
        self.none.setVisible(not shown)
        self.list.setVisible(bool(shown))
        self._tell()

    def _preview(self, line: LibraryLine | None) -> None:
        self.preview.show_line(line, writable=not self.session.desk.read_only)

    def wanted(self) -> list[str]:
        """Return the keys that would be put in now: the marked ones, with what is under them where that is asked."""
        if self._found is None:
            return []
        return self._found.wanted(list(self.list.marked), below=self.below.isChecked())

    def offered(self) -> list[str]:
        """Return the indicators among them of which the file knows a value."""
        wanted = set(self.wanted())
        lines = self._found.lines if self._found is not None else ()
        return [line.item.key for line in lines if line.item.key in wanted and line.proposal is not None]

    def _tell(self) -> None:
        wanted, offered = self.wanted(), self.offered()
        words = count(len(wanted), "строку", "строки", "строк")
        self.put.setText(f"Вставить {words}" if wanted else "Вставить")
        self.put.setEnabled(bool(wanted) and self.insertable)
        self.values.setEnabled(bool(offered))
        for widget in (self.below, self.mark_all, self.unmark):
            widget.setEnabled(self.insertable)
        known = count(len(offered), "индикатора", "индикаторов", "индикаторов")
        self.told.setText(f"Файл знает значение {known}" if offered else "")
        own = self._found is not None and any(line.item.mine for line in self._found.lines)
        self.give.setEnabled(own)
        self.bring.setEnabled(not self.session.desk.read_only)

    def _unmark(self) -> None:
        self.list.marked.clear()
        self._show()

    # --- acting --------------------------------------------------------------------------------------------------

    def insert(self) -> None:
        """Put what is marked into the programme."""
        found, keys, number = self._found, list(self.list.marked), len(self.wanted())
        if found is None or found.programme_id is None or not keys or not self.insertable:
            return
        baselines = self.offered() if self.values.isChecked() else []
        future = self.session.written(
            programme_library.insert, found.programme_id, keys, self.at.node_id,
            below=self.below.isChecked(), baselines=baselines,
        )  # fmt: skip
        self.list.marked.clear()
        self._tell()
        self.take(future, lambda made: self._done(made, number))

    def _done(self, keys: list[int], number: int) -> None:
        words = count(number, "строка вставлена", "строки вставлены", "строк вставлено")
        repairs = [("Отменить", lambda: self.session.go("undo"))]
        if keys:
            repairs.append(("Показать", lambda: self.session.go("programme", ("node", keys[0]))))
        self.bar.show_message("ok", f"{words}. Прочерки «___» заполните сами.", *repairs)

    def _edit(self) -> None:
        line = self.list.line
        if line is None:
            return
        item = line.item
        fields = [Field("text", "Формулировка", item.text, long=True, required=True)]
        if item.kind == "activity":
            fields += [Field("results", "Результаты, каждый с новой строки", "\n".join(item.results), long=True),
                       Field("term", "Срок", item.term)]  # fmt: skip
        if item.kind == "risk":
            fields.append(Field("answer", "Ответ на риск", item.answer, long=True))
        note = "В программах, где она уже стоит, текст не изменится."
        given = self.session.dialogs.ask("Изменить формулировку", note, fields, "Сохранить")
        if given is not None:
            values: dict[str, object] = dict(given)
            if "results" in given:
                values["results"] = tuple(text.strip() for text in given["results"].split("\n") if text.strip())
            self.take(self.session.written(programme_library.edit, item.key, **values), None)

    def _remove(self) -> None:
        line = self.list.line
        if line is None:
            return
        answer = self.session.dialogs.choose(
            "Удалить из библиотеки", f"{quoted(line.item.text)} Программы, где она стоит, не изменятся.",
            [Choice("keep", "Оставить"), Choice("remove", "Удалить", dangerous=True)],
        )  # fmt: skip
        if answer == "remove":
            self.take(self.session.written(programme_library.remove, [line.item.key]), None)

    def _give(self) -> None:
        path = self.session.dialogs.save_file("Сохранить свои формулировки", Path("Формулировки.toml"), PATTERNS)
        if path is not None:
            self.take(
                self.session.desk.read(programme_library.give_file, path),
                lambda made: self.bar.show_message("ok", f"Формулировки записаны в файл «{made.name}»."),
            )

    def _bring(self) -> None:
        found = self.session.dialogs.open_files("Взять формулировки из файла", PATTERNS, several=False)
        if found:
            self.take(self.session.written(programme_library.take_file, found[0]), self._brought)

    def _brought(self, taken: Taken) -> None:
        self.bar.show_message(
            "ok", f"Новых формулировок {taken.new}, изменено {taken.changed}, уже были {taken.same}.",
            ("Отменить", lambda: self.session.go("undo")),
        )  # fmt: skip
