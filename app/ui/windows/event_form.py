"""The form of an event: a new one or one that is there. What does not fit is kept as it was typed and marked."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from itertools import count as counting
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QCompleter, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from app.errors import UserError
from app.operations import event_marks, typed_texts
from app.operations.event_marks import Form
from app.operations.register_catalogue import column, register
from app.operations.register_work_events import EVENT_WORDS
from app.operations.typed_texts import Waiting
from app.texts import capital, count, ru_moment
from app.ui import theme
from app.ui.pages.agreement_grid import open_calendar
from app.ui.session import Session
from app.ui.widgets.basics import Button, Combo, Scroller
from app.ui.widgets.labels import Label
from app.ui.windows.base import Window

if TYPE_CHECKING:
    from app.models.store import Connection

Payload = int | Mapping[str, str] | None
KEEP_AFTER = 600
"""Milliseconds of rest after which what was typed is kept in the file (decision 18)."""
_VISITS = counting()
HINTS = {
    "title": "о чём событие, как его назовут в приглашении", "date_from": "28.11.2026", "date_to": "если не один день",
    "time_from": "14:30", "time_to": "16:00", "lineage": "номер или слова мероприятия", "place": "кабинет, зал, адрес",
    "link": "адрес вебинара", "wanted": "например, 100", "host_id": "школа, где проходит",
    "owner_id": "школа-лидер, если это её событие", "result": "о чём договорились; впишите после события",
}  # fmt: skip
TITLES = {
    "date_from": "Когда", "date_to": "По какой день", "wanted": "Не менее, человек", "lineage": "Мероприятие программы",
    "deficit": "Какой дефицит закрывает",
}  # fmt: skip
ROWS: tuple[tuple[tuple[str, int], ...], ...] = (
    (("kind", 6), ("body", 6)),
    (("title", 12),),
    (("date_from", 3), ("time_from", 3), ("time_to", 3), ("date_to", 3)),
    (("lineage", 9), ("wanted", 3)),
    (("place", 6), ("host_id", 6)),
    (("link", 6), ("methodist", 6)),
    (("topic", 6), ("subject", 6)),
    (("deficit", 6), ("platform", 6)),
    (("owner_id", 6), ("note", 6)),
    (("result", 12),),
)
"""Lines of the form: column and how many of twelve parts it takes."""
_TIED = {"body": ("Объединение", "не от объединения"), "platform": ("Сетевая площадка", "не от площадки")}


class EventWindow(Window):
    """One event."""

    guide: ClassVar[tuple[str, str]] = ("23-события", "Новое событие")

    def __init__(self, session: Session, payload: Payload = None, parent: QWidget | None = None) -> None:
        self.key = payload if isinstance(payload, int) else None
        self._given = dict(payload) if isinstance(payload, Mapping) else {}
        title = "Новое событие" if self.key is None else "Событие"
        super().__init__(session, title, parent, size=(820, 672))
        self.edits: dict[str, QLineEdit] = {}
        self.combos: dict[str, Combo] = {}
        self.troubles: dict[str, Label] = {}
        self._before: dict[str, str] = {}
        self._tied: dict[str, int | None] = {}
        self._warned: frozenset[str] = frozenset()
        self._begun = self._saving = False
        self._stored: dict[str, str] | None = None
        self._told: dict[str, str] = {}
        self._visit = f"event:{next(_VISITS)}"
        actor = session.desk.actor
        self._place = typed_texts.fresh_place(actor) if self.key is None else typed_texts.place_of(actor)
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.setInterval(KEEP_AFTER)
        self._keeping.timeout.connect(self.keep_typed)
        self._make_form()
        self.saving = Button("Сохранить", self.save, kind="primary", tip="Ctrl+Enter")
        self.saving.setDefault(True)
        self.saving.setEnabled(not session.desk.read_only)
        self.afresh = Button("", self.begin_afresh, kind="link")
        self.afresh.hide()
        self.add_buttons(Button("Отмена", self.reject), self.saving, left=(self.afresh,))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.save)
        for edit in self.edits.values():
            edit.textChanged.connect(lambda _text: self._typing())
        for combo in self.combos.values():
            combo.currentIndexChanged.connect(lambda _place: self._typing())

    def showEvent(self, event: QShowEvent) -> None:
        """Begin: the window of this kind that was open before has kept its texts by now."""
        if not self._begun:
            self._begun = True
            self.take(self.after_writing(_read_form, self.key, fresh=not self._given), self._take_form)
        super().showEvent(event)

    # --- building ------------------------------------------------------------------------------------------------

    def _make_form(self) -> None:
        scroller = Scroller(spacing=8)
        grid = QGridLayout()
        px = theme.current().px
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(8))
        for part in range(12):
            grid.setColumnStretch(part, 1)
            grid.setColumnMinimumWidth(part, px(34))
        for place, row in enumerate(ROWS):
            at = 0
            for name, span in row:
                grid.addLayout(self._cell(name), place, at, 1, span)
                at += span
        scroller.column.addLayout(grid)
        scroller.column.addStretch(1)
        self.body.addWidget(scroller, 1)

    def _cell(self, name: str) -> QVBoxLayout:
        cell = QVBoxLayout()
        cell.setSpacing(theme.current().px(2))
        if name in _TIED or name == "kind":
            title = _TIED[name][0] if name in _TIED else "Форма"
            combo = Combo(title)
            combo.setMinimumContentsLength(12)
            self.combos[name] = combo
            cell.addWidget(Label(title, "muted"))
            cell.addWidget(combo)
            return cell
        title = TITLES.get(name) or column(register("events"), name).title
        edit = QLineEdit()
        edit.setAccessibleName(title)
        edit.setPlaceholderText(HINTS.get(name, ""))
        if name.startswith("date_"):
            self._give_calendar(edit)
        edit.textChanged.connect(edit.setToolTip)  # a text longer than its line is told whole
        self.edits[name] = edit
        self.troubles[name] = Label("", "bad", wrap=True)
        self.troubles[name].hide()
        cell.addWidget(Label(title, "muted"))
        cell.addWidget(edit)
        cell.addWidget(self.troubles[name])
        return cell

    @staticmethod
    def _give_calendar(edit: QLineEdit) -> None:
        from app.ui import icons

        def put(line: QLineEdit, text: str) -> None:
            line.setText(text)

        action = edit.addAction(icons.icon("calendar-event", "muted"), QLineEdit.ActionPosition.TrailingPosition)
        action.setToolTip("Календарь")
        action.triggered.connect(partial(_open, edit, put))

    # --- what is typed and not written ---------------------------------------------------------------------------

    def _typed(self) -> dict[str, str]:
        """Return field → text as it stands."""
        chosen = {name: str(combo.currentData() or "") for name, combo in self.combos.items()}
        return chosen | {name: edit.text() for name, edit in self.edits.items()}

    def _typing(self) -> None:
        if self._stored is not None:
            self._keeping.start()

    def keep_typed(self) -> None:
        """Keep what stands in the fields in the file: a crash or Esc loses none of it."""
        self._keeping.stop()
        typed = self._typed()
        if self._stored is None or self._saving or self.session.desk.read_only or typed == self._told:
            return
        self._told = typed
        kept = {} if typed == self._stored else typed
        self.take(self.session.written(event_marks.keep_typed, kept, self._visit, self._place, self.key), None)

    def begin_afresh(self) -> None:
        """Forget what was typed and not written."""
        self.say("")
        self.afresh.hide()
        self._put_typed(self._stored or {})
        self.keep_typed()
        self.focus_main()

    def reject(self) -> None:
        """Close; what was typed waits in the file."""
        self.keep_typed()
        super().reject()

    def fail(self, error: UserError) -> None:
        """Show an expected failure; the fields stay as they are."""
        self._saving = False
        super().fail(error)
        self._typing()

    def _put_typed(self, texts: Mapping[str, str]) -> None:
        for name, combo in self.combos.items():
            told = texts.get(name, "")
            combo.choose(int(told) if told.isdecimal() else told or 0)
        for name, edit in self.edits.items():
            edit.setText(texts.get(name, ""))
            edit.setCursorPosition(0)

    def _take_form(self, found: tuple[Form, Waiting | None]) -> None:
        form, waits = found
        self._show(form)
        self._stored = self._told = self._typed()
        if waits is None or self.session.desk.read_only:
            return
        self._place = waits.place
        self._put_typed(waits.texts)
        self._told = self._typed()
        when = f" от {ru_moment(waits.at)}" if waits.at else ""
        if self.key is None:
            more = f" Ждёт ещё {count(waits.others, 'событие', 'события', 'событий')}." if waits.others else ""
            self.say(f"Вернулось недописанное событие{when}.{more} Esc закроет окно, текст подождёт.")
        else:
            self.say(f"Вернулась незаконченная правка{when}. В списке событий пока прежнее.")
        self.afresh.setText("Начать заново" if self.key is None else "Отбросить правку")
        self.afresh.show()
        self._mark(self.texts())

    # --- showing -------------------------------------------------------------------------------------------------

    def _show(self, form: Form) -> None:
        kinds = [(capital(word), key) for key, word in EVENT_WORDS.items()]
        known = next((key for key, word in EVENT_WORDS.items() if word == form.texts.get("kind")), "seminar")
        given = self._given.get("kind", "")
        self.combos["kind"].fill(kinds, given if given in EVENT_WORDS else known)
        for name, stored, names in (
            ("body", form.body_id, form.bodies),
            ("platform", form.platform_id, form.platforms),
        ):
            told = self._given.get(f"{name}_id")
            chosen = int(told) if told else stored
            self.combos[name].fill([(_TIED[name][1], 0), *((word, key) for key, word in names.items())], chosen or 0)
        for name, edit in self.edits.items():
            text = form.texts.get(name, "") or self._given.get(name, "")
            edit.setText(text)
            edit.setCursorPosition(0)
            kind = column(register("events"), name).kind
            offered = form.offers.get("person" if name == "methodist" else kind, ())
            if offered:
                _offer(edit, offered)
        if self.key is None and not self.edits["methodist"].text():
            self.edits["methodist"].setText(self.session.desk.actor)
        self._before = self.texts() if self.key is not None else {}
        self._tied = self._values() if self.key is not None else {}
        self._mark(self._before)
        self.focus_main()

    def focus_main(self) -> None:
        """Begin with the title."""
        self.edits["title"].setFocus(Qt.FocusReason.OtherFocusReason)

    def texts(self) -> dict[str, str]:
        """Return column → text as it stands in the form."""
        kind = str(self.combos["kind"].currentData() or "seminar")
        return {"kind": EVENT_WORDS[kind]} | {name: edit.text().strip() for name, edit in self.edits.items()}

    def _values(self) -> dict[str, int | None]:
        """Return column → key of what the event belongs to."""
        return {f"{name}_id": int(self.combos[name].currentData() or 0) or None for name in _TIED}

    # --- saving --------------------------------------------------------------------------------------------------

    def _mark(self, texts: Mapping[str, str]) -> None:
        if any(texts.values()):
            self.take(self.session.desk.read(event_marks.troubles, dict(texts)), self._show_troubles)

    def _show_troubles(self, found: Mapping[str, str]) -> None:
        for name, label in self.troubles.items():
            label.setText(found.get(name, ""))
            label.setVisible(name in found)

    def save(self) -> None:
        """Keep the event; what does not fit is shown first, and kept as it stands when «Сохранить» is pressed again."""
        if self.session.desk.read_only or self._saving:
            return
        if not self.edits["title"].text().strip():
            self.bar.show_message("warn", "Впишите название: по нему событие найдут в списке и в документах.")
            self.focus_main()
            return
        texts = self.texts()
        self.take(self.session.desk.read(event_marks.troubles, texts), lambda found: self._save(texts, found))

    def _save(self, texts: dict[str, str], found: Mapping[str, str]) -> None:
        self._show_troubles(found)
        unseen = {f"{name}={texts[name]}" for name in found} - self._warned
        if unseen:
            self._warned = frozenset({*self._warned, *unseen})
            told = count(len(found), "поле", "поля", "полей")
            self.bar.show_message(
                "warn", f"Не разобрано {told}. Поправьте или нажмите «Сохранить» ещё раз: текст останется с пометкой."
            )
            self.edits[next(iter(found))].setFocus()
            return
        self._saving = True
        self._keeping.stop()
        values = self._values()
        if self.key is None:
            future = self.session.written(event_marks.make, texts, visit=self._visit, place=self._place, **values)
            self.take(future, self._made)
            return
        changed = {name: text for name, text in texts.items() if text != self._before.get(name)}
        tied = {name: key for name, key in values.items() if key != self._tied.get(name)}
        self.take(self.session.written(event_marks.edit, self.key, changed, visit=self._visit, **tied),
                  lambda _done: self.accept())  # fmt: skip

    def _made(self, key: int) -> None:
        self.accept()
        self.session.go("work", ("events", key))


def _read_form(connection: Connection, actor: str, key: int | None, *, fresh: bool) -> tuple[Form, Waiting | None]:
    """Return the form and what waits; what another place has begun is new, and what waits goes on waiting."""
    found = event_marks.form(connection, key)
    return found, event_marks.typed(connection, actor, key) if fresh or key is not None else None


def _open(edit: QLineEdit, put: object) -> None:
    open_calendar(edit, put)  # type: ignore[arg-type]


def _offer(edit: QLineEdit, words: tuple[str, ...]) -> None:
    completer = QCompleter(list(words), edit)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    edit.setCompleter(completer)
