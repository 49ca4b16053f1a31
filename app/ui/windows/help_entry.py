"""«Записать помощь»: one dialog with five fields for the keyboard alone; a whole line fits into the first of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import count, pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app.analysis import help_line
from app.analysis.working_days import WEEK
from app.errors import UserError
from app.operations import help_entry, help_parts, help_understanding, typed_texts
from app.operations.help_entry import Typed, Written
from app.operations.help_understanding import HelpDesk, HelpDraft, Told, Understood
from app.operations.register_work_journal import HELP_WORDS
from app.texts import count as counted
from app.texts import ru_date, ru_moment
from app.ui import theme
from app.ui.dialogs import Field
from app.ui.session import Session
from app.ui.widgets.bars import Level
from app.ui.widgets.basics import Button, Combo
from app.ui.widgets.labels import Label
from app.ui.widgets.suggest import SuggestEdit, Suggestion
from app.ui.windows.base import Window
from app.ui.windows.help_entry_parts import Fields, KindCombo

if TYPE_CHECKING:
    from app.models.store import Connection

KEEP_AFTER = 600
"""Milliseconds of rest after which what was typed is kept in the file (decision 18)."""
_VISITS = count()
_CTRL = Qt.KeyboardModifier.ControlModifier


class HelpEntryWindow(Window):
    """An entry of the journal of help.

    Args:
        session: the open file.
        payload: None, a ``HelpDraft``, fields by name, a line of the day, or the key of an entry to be put right.
        parent: the main window.
    """

    guide = ("22-журнал-помощи", "Записать помощь")

    def __init__(self, session: Session, payload: object = None, parent: QWidget | None = None) -> None:
        self.key = payload if isinstance(payload, int) and not isinstance(payload, bool) else None
        title = "Запись о помощи" if self.key is not None else "Записать помощь"
        super().__init__(session, title, parent, size=(760, 500))
        self._desk: HelpDesk | None = None
        self._draft = HelpDraft()
        self._saving = False
        self._told: HelpDraft | None = None
        self._stored: HelpDraft | None = None
        self._visit, self._place = f"help:{next(_VISITS)}", self._own_place()
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.setInterval(KEEP_AFTER)
        self._keeping.timeout.connect(self.keep_typed)
        self._make_fields()
        self._lay_out()
        self._keys()
        self._payload = payload
        self._begun = False

    # --- building ------------------------------------------------------------------------------------------------

    def _make_fields(self) -> None:
        self.school = SuggestEdit(
            "Школа", "7, Заречная, код — или всё сразу: 7 визит 3 учителя о чтении → 01.12 звонок"
        )
        self.kind = KindCombo()
        self.people = QLineEdit()
        self.people.setAccessibleName("Кого и сколько")
        self.people.setPlaceholderText("3 учителя математики, директор, команда школы 4")
        self.topic = SuggestEdit("О чём", "Тема; «дефицит: …» свяжет запись с дефицитом школы")
        self.outcome = QLineEdit()
        self.outcome.setAccessibleName("Итог и следующий шаг")
        self.outcome.setPlaceholderText("Договорились о плане → 01.12 повторный выезд")
        self.day = QLineEdit()
        self.day.setAccessibleName("Дата")
        self.day.setMaximumWidth(theme.current().px(110))
        self.templates = Combo("Шаблон")
        self.templates.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.templates.setMinimumContentsLength(22)
        self.school.source = self._schools
        self.topic.source = self._topics

    def _lay_out(self) -> None:
        px = theme.current().px
        head = QHBoxLayout()
        head.setSpacing(px(8))
        dated = Label("&Дата")
        dated.setBuddy(self.day)
        self.weekday = Label("", "muted")
        head.addWidget(dated)
        head.addWidget(self.day)
        head.addWidget(self.weekday)
        head.addStretch(1)
        head.addWidget(self.templates)
        self.body.addLayout(head)
        self.fields = Fields()
        for key, title, widget in (
            ("school", "&Школа", self.school), ("kind", "&Что", self.kind), ("people", "&Кого и сколько", self.people),
            ("topic", "&О чём", self.topic), ("outcome", "&Итог и шаг", self.outcome),
        ):  # fmt: skip
            self.fields.add(key, title, widget)
        self.body.addWidget(self.fields)
        self.body.addStretch(1)
        self.repeat = Button("Повторить прошлую", self.repeat_last, icon="copy", tip="Ctrl+D")
        self.afresh = Button("Начать заново", self.begin_afresh, kind="link", tip="Забыть недописанное")
        self.afresh.hide()
        self.keep = Button("Сохранить как шаблон…", self.save_template, kind="link")
        self.keep.setEnabled(not self.session.desk.read_only)
        self.more = Button("Записать и ещё", self.save_and_more, tip="Ctrl+Shift+Enter")
        self.go = Button("Записать", self.save, kind="primary", tip="Ctrl+Enter")
        self.away = Button("Отмена", self.reject)
        self.add_buttons(self.away, self.more, self.go, left=(self.repeat, self.keep, self.afresh))
        self.more.setVisible(self.key is None)
        order = (self.school, self.kind, self.people, self.topic, self.outcome, self.go, self.more, self.away,
                 self.repeat, self.keep, self.afresh, self.day, self.templates)  # fmt: skip
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _keys(self) -> None:
        self.texts = {"school": self.school, "people": self.people, "topic": self.topic, "outcome": self.outcome}
        for edit in (*self.texts.values(), self.day):
            edit.textChanged.connect(lambda _text: self._understand())
            edit.installEventFilter(self)
        self.kind.installEventFilter(self)
        self.kind.currentIndexChanged.connect(lambda _place: self._understand())
        self.kind.advanced.connect(self.people.setFocus)
        self.school.advanced.connect(self._after_school)
        self.school.chosen.connect(lambda _one: self._understand())
        self.school.editingFinished.connect(self._spread)
        self.topic.advanced.connect(self.outcome.setFocus)
        self.topic.chosen.connect(lambda _one: self._understand())
        self.people.returnPressed.connect(self.topic.setFocus)
        self.day.returnPressed.connect(self.school.setFocus)
        self.outcome.returnPressed.connect(self.save)
        self.templates.activated.connect(lambda _place: self._use_chosen())
        for keys, act in (
            ("Ctrl+Return", self.save), ("Ctrl+Enter", self.save), ("Ctrl+Shift+Return", self.save_and_more),
            ("Ctrl+D", self.repeat_last),
            *((f"Ctrl+{number}", lambda number=number: self.use_template(number - 1)) for number in range(1, 10)),
        ):  # fmt: skip
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl with Up and Down moves the day from any field."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.modifiers() & _CTRL:
            step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
            if step is not None:
                self.move_day(step)
                return True
        return super().eventFilter(watched, event)

    # --- beginning -----------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Begin: the window of this kind that was open before has kept its texts by now."""
        if not self._begun:
            self._begun = True
            self._begin(self._payload)
        super().showEvent(event)

    def _own_place(self) -> int:
        actor = self.session.desk.actor
        return typed_texts.fresh_place(actor) if self.key is None else typed_texts.place_of(actor)

    def _begin(self, payload: object) -> None:
        today = self.session.today()
        if self.key is not None:
            self.take(self.after_writing(_read_entry, self.key, today), self._take_entry)
            return
        if payload is None:
            self.take(self.after_writing(_read_typed, today), self._take_typed)
            return
        draft = help_parts.of_payload(payload, today)
        self.take(self.session.desk.read(help_understanding.desk, today, self.session.desk.actor),
                  lambda found: self._take_desk(found, draft))  # fmt: skip

    def _take_typed(self, found: tuple[HelpDesk, Typed | None]) -> None:
        desk, kept = found
        present = self.draft()
        if kept is None or not present.empty:  # somebody was faster than the file
            self._take_desk(desk, present)
            return
        self._place = kept.place
        self._take_desk(desk, kept.draft)
        more = f"Ждёт ещё {counted(kept.others, 'запись', 'записи', 'записей')}. " if kept.others else ""
        self.say(f"Вернулась недописанная запись. {more}Esc закроет окно, текст подождёт.")
        self.afresh.show()
        self.focus_main()

    def _take_entry(self, found: tuple[HelpDesk, HelpDraft, Typed | None]) -> None:
        desk, draft, kept = found
        self._take_desk(desk, draft)
        self._stored = self._told = self.draft()
        if kept is None or self.session.desk.read_only:
            return
        self.show_draft(kept.draft)
        self._told = self.draft()
        when = f" от {ru_moment(kept.at)}" if kept.at else ""
        self.say(f"Вернулась незаконченная правка{when}. В журнале пока прежняя запись.")
        self.afresh.setText("Отбросить правку")
        self.afresh.setToolTip("Показать запись такой, как она стоит в журнале")
        self.afresh.show()

    def _take_desk(self, found: HelpDesk, draft: HelpDraft) -> None:
        self._desk = found
        self.repeat.setEnabled(found.latest is not None)
        named = [(one.title or "Без названия", place) for place, one in enumerate(found.templates)]
        words = [(f"{place + 1}. {title}" if place < 9 else title, place) for title, place in named]
        self.templates.fill([("Шаблон…", -1), *words], -1)
        self.templates.setVisible(bool(words))
        self.show_draft(draft)
        self._told = self.draft() if self.key is None else None
        self._tell_links()

    def _tell_links(self) -> None:
        if self.key is not None:
            return
        if self._draft.links.get("task_id"):
            self.say("После записи дело будет отмечено сделанным. Отмена (Ctrl+Z) вернёт и то и другое.")
        elif self._draft.links.get(help_parts.STEP):
            self.say("После записи следующий шаг прошлой записи будет отмечен сделанным.")

    def show_draft(self, draft: HelpDraft) -> None:
        """Put a draft into the fields."""
        chosen = None if self._desk is None else self._desk.schools.get(draft.school_id)
        self._draft = draft
        for edit in (*self.texts.values(), self.day):
            edit.blockSignals(True)
        self.school.setText(draft.school or (chosen.shown if chosen is not None else ""))
        self.school.value = draft.school_id
        self.people.setText(draft.people)
        self.topic.setText(draft.topic)
        self.topic.value = draft.deficit_id
        self.outcome.setText(draft.outcome)
        self.day.setText(draft.day or ru_date(self.session.today()))
        for edit in (*self.texts.values(), self.day):
            edit.blockSignals(False)
        self.kind.choose(draft.kind if draft.kind in HELP_WORDS else help_line.kind_of(draft.kind) or "visit")
        self._understand()

    def draft(self) -> HelpDraft:
        """Return what stands in the fields."""
        return replace(
            self._draft, school=self.school.text().strip(), school_id=self.school.value, kind=self.kind.kind,
            people=self.people.text(), topic=self.topic.text(), deficit_id=self.topic.value,
            outcome=self.outcome.text(), day=self.day.text(),
        )  # fmt: skip

    def focus_main(self) -> None:
        """Begin with the school, or with the first field that a draft left empty."""
        empty = next((edit for edit in self.texts.values() if not edit.text()), self.outcome)
        empty.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- understanding -------------------------------------------------------------------------------------------

    def understood(self) -> Understood | None:
        """Return how the fields are understood; None before the file has answered."""
        if self._desk is None:
            return None
        return help_understanding.understand(self._desk, self.draft(), self.session.today(), new=self.key is None)

    def _understand(self) -> None:
        found = self.understood()
        if found is None:
            return
        line = self._line()
        for key in ("school", "kind", "people", "topic", "outcome"):
            self.fields.tell(key, found.told.get(key))
        if line is not None:
            self.fields.tell("school", Told("вся запись одной строкой: Tab разложит её по полям"))
        self._tell_day(found)
        self.go.setEnabled(not self.draft().empty and not self.session.desk.read_only and not self._saving)
        self.more.setEnabled(self.go.isEnabled())
        if self._told is not None:
            self._keeping.start()

    def _tell_day(self, found: Understood) -> None:
        held, told = found.values["held_on"], found.told.get("day")
        day = None if held is None else date.fromisoformat(held)
        parts = [] if day is None else [WEEK[day.weekday()]]
        parts += ["сегодня"] if day == self.session.today() else []
        parts += [ru_date(day)] if day is not None and ru_date(day) != self.day.text().strip() else []
        parts += [told.text] if told is not None else []
        self.weekday.setText(", ".join(parts) if told is None else f"▲ {', '.join(parts)}")

    def _line(self) -> HelpDraft | None:
        """Return the draft of a whole line that stands in the first field, None where none does."""
        if self._desk is None or self.school.value is not None:
            return None
        draft = self.draft()
        found = help_understanding.spread(self._desk, draft, self.session.today())
        return None if found == draft else found

    def _spread(self) -> None:
        found = self._line()
        if found is not None:
            self.show_draft(found)

    def _after_school(self) -> None:
        whole = self._line() is not None
        self._spread()
        (self.outcome if whole else self.kind).setFocus()

    def _schools(self, text: str) -> list[Suggestion]:
        if self._desk is None or not text.strip():
            return []
        return [Suggestion(one.shown, one.detail, one.id) for one in self._desk.schools.suggest(text)]

    def _topics(self, text: str) -> list[Suggestion]:
        """Return deficits of the school, then topics used before; a topic that is typed narrows both."""
        found = self.understood()
        if self._desk is None or found is None:
            return []
        school = found.school.id if found.school is not None else None
        told = help_line.folded(text).removeprefix("дефицит:").split()
        deficits = [Suggestion(one.words, "дефицит школы", one.id) for one in self._desk.deficits.get(school or 0, ())]
        offers = [*deficits, *(Suggestion(topic) for topic in self._desk.topics_for(school))]
        return [one for one in offers if all(word in help_line.folded(one.text) for word in told)]

    # --- what is typed and not written ---------------------------------------------------------------------------

    def keep_typed(self) -> None:
        """Keep what stands in the fields in the file: a crash or Esc loses none of it."""
        self._keeping.stop()
        draft = self.draft()
        if self._told is None or self._saving or self.session.desk.read_only or draft == self._told:
            return
        self._told = draft
        kept = HelpDraft() if draft == self._stored else draft
        self.take(self.session.written(help_entry.keep_typed, kept, self._visit, self._place, self.key), None)

    def begin_afresh(self) -> None:
        """Forget what was typed and not written."""
        self.say("")
        self.afresh.hide()
        self.show_draft(self._stored or HelpDraft())
        self.keep_typed()
        self.school.setFocus()

    # --- the day, templates, repeating ---------------------------------------------------------------------------

    def move_day(self, step: int) -> None:
        """Move the day."""
        present = help_line.read_day(self.day.text(), self.session.today()) or self.session.today()
        self.day.setText(ru_date(present + timedelta(days=step)))

    def _day(self) -> date:
        return help_line.read_day(self.day.text(), self.session.today()) or self.session.today()

    def repeat_last(self) -> None:
        """Fill the fields as the last entry was; outcome and step are to be told anew."""
        if self._desk is not None and self._desk.latest is not None and self.key is None:
            self.show_draft(help_entry.again(self._desk.latest, self._day()))
            self.outcome.setFocus()

    def use_template(self, place: int) -> None:
        """Fill the fields from a template; school and day stay."""
        if self._desk is not None and 0 <= place < len(self._desk.templates):
            self._spread()
            self.show_draft(help_entry.from_template(self._desk.templates[place], self.draft(), self._day()))
            self.focus_main()

    def _use_chosen(self) -> None:
        place = int(self.templates.currentData())
        self.templates.choose(-1)
        self.use_template(place)

    def save_template(self) -> None:
        """Ask for a name and keep the fields as a template."""
        answer = self.session.dialogs.ask(
            "Новый шаблон", "Шаблон запомнит вид, людей, тему, итог и через сколько дней следующий шаг. Школа и дата "
            "остаются за вами.",
            [Field("title", "Название", self.topic.text(), required=True)], "Сохранить",
        )  # fmt: skip
        if answer is not None:
            future = self.session.written(help_entry.save_template, answer["title"], self.draft(), self.session.today())
            self.take(future, lambda _key: self._kept())

    def _kept(self) -> None:
        self.bar.show_message("ok", "Шаблон сохранён. Править и удалять шаблоны можно кнопкой «Шаблоны…» в журнале.")
        draft = self.draft()
        self.take(self.session.desk.read(help_understanding.desk, self.session.today(), self.session.desk.actor),
                  lambda found: self._take_desk(found, draft))  # fmt: skip

    # --- saving --------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Write the entry and close."""
        self._write(again=False)

    def save_and_more(self) -> None:
        """Write the entry and begin another of the same day."""
        if self.key is None:
            self._write(again=True)

    def _write(self, *, again: bool) -> None:
        self._spread()
        if not self.go.isEnabled():
            return
        self._saving = True
        self._keeping.stop()
        today = self.session.today()
        if self.key is not None:
            future = self.session.written(help_entry.rewrite, self.key, self.draft(), today, visit=self._visit)
        else:
            future = self.session.written(
                help_entry.write, self.draft(), today, visit=self._visit, place=self._place
            )  # fmt: skip
        self.take(future, lambda done: self._written(done, again=again))

    def fail(self, error: UserError) -> None:
        """Show an expected failure; the fields stay as they are."""
        self._saving = False
        super().fail(error)
        self._understand()

    def _written(self, done: Written, *, again: bool) -> None:
        self._saving = False
        told = "Записано." if done.number == 1 else f"Записано: {counted(done.number, 'запись', 'записи', 'записей')}."
        told += f" Не понято и ждёт правки: {', '.join(done.marks.values())}." if done.marks else ""
        level: Level = "warn" if done.marks else "ok"
        if again:
            self.bar.show_message(level, told)
            self.say("")
            self.afresh.hide()
            self.show_draft(HelpDraft(kind=self.kind.kind, day=self.day.text()))
            self._told, self._visit = self.draft(), f"help:{next(_VISITS)}"
            self._place = self._own_place()
            self.school.setFocus()
            return
        self.session.tell(level, told, ("Открыть запись", lambda: self.session.go("work", ("journal", done.key))))
        self._draft = HelpDraft()
        self.done(0)

    def reject(self) -> None:
        """Close; what was typed waits in the file."""
        self.keep_typed()
        super().reject()


def _read_entry(
    connection: Connection, actor: str, key: int, today: date
) -> tuple[HelpDesk, HelpDraft, Typed | None]:  # fmt: skip
    known = help_understanding.desk(connection, today, actor)
    return known, help_entry.draft_of(connection, key), help_entry.typed(connection, actor, key)


def _read_typed(connection: Connection, actor: str, today: date) -> tuple[HelpDesk, Typed | None]:
    return help_understanding.desk(connection, today, actor), help_entry.typed(connection, actor)
