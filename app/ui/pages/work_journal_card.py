"""The card of an entry of the journal of help: what was done, what comes next, what it belongs to; edited in place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from app.operations import help_board, help_entry, help_understanding, registers
from app.operations.help_journal import HelpLine
from app.operations.help_understanding import people_shown
from app.operations.register_work_journal import WAY_WORDS
from app.operations.registers import Attachment
from app.texts import NBSP, ru_date
from app.ui import theme
from app.ui.dialogs import Field
from app.ui.session import Session
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Card, Row, Scroller, clear_layout
from app.ui.widgets.chip import Chip
from app.ui.widgets.facts import Facts
from app.ui.widgets.field import FieldRow
from app.ui.widgets.labels import Label

ALL_FILES = "Все файлы (*)"
EDITED = {"outcome": "Итог", "next_step": "Следующий шаг", "next_on": "Когда шаг", "note": "Примечание"}
Names = Mapping[str, Mapping[int, str]]
"""What entries can belong to: column → key → name."""


def step_kind(line: HelpLine, day: str) -> Kind:
    """Return the mark of a next step."""
    if line.next_done_on:
        return "ok"
    if not line.waits:
        return "none"
    return "bad" if line.next_on is not None and line.next_on < day else "info"


class HelpCard(Card):
    """One entry."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.line: HelpLine | None = None
        self.names: Names = {}
        self.setMinimumWidth(theme.current().px(330))
        self.nothing = Label("Выберите запись: здесь будет, о чём договорились и что дальше.", "muted", wrap=True)
        self.name = Label("", "section", wrap=True)
        self.chip = Chip()
        self.facts = Facts()
        self.wrong = Label("", "bad", wrap=True)
        self.edits = {key: FieldRow(title) for key, title in EDITED.items()}
        for key, row in self.edits.items():
            row.edit.committed.connect(lambda text, key=key: self._put(key, text))
        self.done = Button("Шаг сделан", self.finish, icon="circle-check", kind="primary")
        self.again = Button("Вернуть шаг", self.reopen, icon="arrow-back-up")
        self.next = Button("Записать по шагу…", self.follow, icon="plus", kind="link")
        self.editing = Button("Исправить…", self.edit, icon="edit")
        self.tying = Button("Связать…", self.tie, kind="link", tip="Мероприятие программы, площадка, объединение")
        self.school = Button("Карточка школы", self.open_school, icon="school", kind="link")
        self.attaching = Button("Приложить файл…", self.attach, icon="paperclip", kind="link")
        self.files = Row(gap=4)
        self._lay_out()
        self.show_line(None, {}, ())

    def _lay_out(self) -> None:
        self.body.addWidget(self.nothing)
        self.scroller = Scroller(spacing=6)
        for widget in (self.name, Row(self.chip), self.wrong, self.facts, *self.edits.values(), self.files):
            self.scroller.column.addWidget(widget)
        self.scroller.column.addStretch(1)
        self.body.addWidget(self.scroller, 1)
        self.acts = Row(self.done, self.again, self.editing, gap=6)
        self.links = Row(self.next, self.tying, self.school, self.attaching, gap=4)
        self.body.addWidget(self.acts)
        self.body.addWidget(self.links)

    # --- showing -------------------------------------------------------------------------------------------------

    def show_line(
        self, line: HelpLine | None, marks: Mapping[str, tuple[str, str]], files: Sequence[Attachment]
    ) -> None:
        """Show an entry, or how to choose one."""
        other = line is None or self.line is None or line.id != self.line.id
        self.line = line
        self.nothing.setVisible(line is None)
        for widget in (self.scroller, self.acts, self.links):
            widget.setVisible(line is not None)
        if line is None:
            return
        day = self.session.today()
        self.name.setText(" · ".join(part for part in (line.school or self._school(marks), line.title) if part))
        step = help_board.step_words(line, day)
        self.chip.set(step_kind(line, day.isoformat()), step or "без следующего шага")
        self.wrong.setText("\n".join(f"▲ {help_understanding.trouble(*mark)}" for mark in marks.values()))
        self.wrong.setVisible(bool(marks))
        self.facts.show_facts(self._facts(line, marks))
        shown = {"outcome": line.outcome, "next_step": line.next_step, "note": line.note,
                 "next_on": ru_date(line.next_on) if line.next_on else ""}  # fmt: skip
        for key, row in self.edits.items():
            if other:
                row.edit.setModified(False)
            mark = marks.get(key)
            trouble = "" if mark is None else help_understanding.trouble(*mark)
            row.show_stored(shown[key], None if mark is None else mark[0], trouble)
        self._show_files(files)
        self._allow(line)

    @staticmethod
    def _school(marks: Mapping[str, tuple[str, str]]) -> str:
        mark = marks.get("organisation_id")
        return f"«{mark[0]}»" if mark is not None else "Без школы"

    def _facts(self, line: HelpLine, marks: Mapping[str, tuple[str, str]]) -> list[tuple[str, str]]:
        whom = people_shown(line.people, line.audience)
        raw = marks.get("people")
        found = [("Когда", ru_date(line.held_on) if line.held_on else ""), ("Кого", raw[0] if raw else whom)]
        found += [("Предмет", line.subject)] if line.subject else []
        found += [("Дефицит", line.deficit)] if line.deficit and line.deficit != line.topic else []
        found += [("Как", WAY_WORDS[line.way])] if line.way else []
        for column, title in (("lineage", "Мероприятие"), ("platform_id", "Площадка"), ("body_id", "Объединение")):
            key = getattr(line, column)
            if key is not None:
                found.append((title, self.names.get(column, {}).get(key, "есть, но не найдено")))
        found += [("По делу", "отмечено сделанным вместе с записью")] if line.task_id else []
        found.append(("Методист", line.methodist))
        return found

    def _show_files(self, files: Sequence[Attachment]) -> None:
        clear_layout(self.files.flow)
        self.files.setVisible(bool(files))
        for item in files:
            button = Button(item.title, partial(self._open_file, item), icon="paperclip", kind="choice")
            button.setToolTip(item.link or item.file_name or item.title)
            button.setMaximumWidth(theme.current().px(280))
            self.files.flow.addWidget(button)

    def _allow(self, line: HelpLine) -> None:
        free = not self.session.desk.read_only
        self.done.setVisible(line.waits)
        self.again.setVisible(line.next_done_on is not None)
        self.next.setVisible(line.waits)
        self.school.setEnabled(line.school_id is not None)
        for button in (self.done, self.again, self.next, self.editing, self.tying, self.attaching):
            button.setEnabled(free)
        for row in self.edits.values():
            row.edit.setReadOnly(not free)

    # --- acting --------------------------------------------------------------------------------------------------

    def _put(self, column: str, text: str) -> None:
        if self.line is not None:
            self.session.write(self, None, help_entry.put, self.line.id, column, text)

    def finish(self) -> None:
        """Mark the next step as done today."""
        if self.line is not None:
            self.session.write(self, None, help_entry.finish_step, [self.line.id], self.session.today())

    def reopen(self) -> None:
        """Let the next step wait again."""
        if self.line is not None:
            self.session.write(self, None, help_entry.finish_step, [self.line.id], None)

    def follow(self) -> None:
        """Write the entry that the next step is; it is marked as done with it."""
        if self.line is not None:
            line = self.line
            self.session.go("new_help", {
                "source": "next", "key": line.id, "day": line.next_on or "", "text": line.next_step or line.topic,
                "school_id": line.school_id,
            })  # fmt: skip

    def edit(self) -> None:
        """Open the entry in the dialog."""
        if self.line is not None:
            self.session.go("new_help", self.line.id)

    def open_school(self) -> None:
        """Show the card of the school."""
        if self.line is not None and self.line.school_id is not None:
            self.session.go("school", self.line.school_id)

    def tie(self) -> None:
        """Ask what the entry belongs to."""
        if self.line is None:
            return
        line = self.line
        titles = {"lineage": "Мероприятие программы", "platform_id": "Сетевая площадка", "body_id": "Объединение"}
        fields = [
            Field(column, title, str(getattr(line, column) or ""),
                  choices=(("—", ""), *((name, str(key)) for key, name in self.names.get(column, {}).items())))
            for column, title in titles.items()
        ]  # fmt: skip
        answer = self.session.dialogs.ask(
            "К чему относится запись",
            f"Записи считаются в исполнении мероприятия, в показателях площадки и{NBSP}в справке объединения.",
            fields, "Связать",
        )  # fmt: skip
        if answer is not None:
            values = {column: int(answer[column]) if answer[column] else None for column in titles}
            self.session.write(self, None, registers.edit, help_entry.REGISTER, line.id, **values)

    def attach(self) -> None:
        """Ask for files and keep them beside the entry."""
        paths = self.session.dialogs.open_files("Приложить файл", ALL_FILES) if self.line is not None else None
        if self.line is not None and paths:
            self.session.write(self, None, registers.attach, help_entry.REGISTER, self.line.id, paths)

    def _open_file(self, item: Attachment) -> None:
        from app.ui.attachments import AttachmentOpener

        AttachmentOpener(self, self.session).offer(item, lambda: None)
