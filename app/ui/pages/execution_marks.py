"""What can be done with activities in «Исполнение»: marks of many at once, reasons, new terms, evidence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from app.analysis.execution import STATE_WORDS
from app.models.execution import Key
from app.operations import execution, execution_marks, schools
from app.operations.execution import ExecutionLine
from app.texts import count, ru_date
from app.ui.dialogs import Field
from app.ui.typed_days import day_trouble
from app.ui.widgets.table import RowAction

if TYPE_CHECKING:
    from app.ui.pages.execution_view import ExecutionView

ALL_FILES = "Все файлы (*)"


class Marks:
    """Acts on the lines that are selected.

    Args:
        view: whose lines they are.
    """

    def __init__(self, view: ExecutionView) -> None:
        self._view = view
        self.session = view.session

    @property
    def lines(self) -> list[ExecutionLine]:
        """The selected lines."""
        return self._view.chosen()

    def _named(self, lines: Sequence[ExecutionLine]) -> str:
        return lines[0].named if len(lines) == 1 else count(len(lines), *execution_marks.ACTIVITIES)

    def _write(self, function: Callable[..., object], *arguments: object, **more: object) -> None:
        self.session.write(self._view, None, function, *arguments, **more)

    # --- marking -----------------------------------------------------------------------------------------------

    def put(self, state: str, *, done_on: str | None = None, moved_to: str | None = None, reason: str | None = None,
            lines: Sequence[ExecutionLine] | None = None) -> None:  # fmt: skip
        """Mark the selected lines."""
        keys = [line.key for line in (self.lines if lines is None else lines)]
        if keys:
            told = f"Отмечено «{STATE_WORDS[state]}»: {len(keys)}. Отменить: Ctrl+Z."  # type: ignore[index]
            self.session.write(
                self._view, lambda changed: self.session.tell("ok", told) if changed and len(keys) > 1 else None,
                execution.mark, keys, state, done_on=done_on, moved_to=moved_to, reason=reason,
            )  # fmt: skip

    def done_today(self) -> None:
        """Mark the selected lines as done today."""
        self.put("done", done_on=self.session.today().isoformat())

    def done_in_time(self) -> None:
        """Mark the selected lines as done on the last day of their terms, each on its own."""
        today = self.session.today().isoformat()
        cells = []
        for line in self.lines:
            last = max((end for _first, end in line.spans), default=None)
            if last is not None:
                cells += [(line.key, "state", STATE_WORDS["done"]), (line.key, "done_on", min(last, today))]
        if cells:
            self._write(execution.put_cells, cells)

    def ask(self, state: str = "") -> None:
        """Ask for the state, its date and the reason, for all selected lines at once.

        The state that is offered first: the given one, else that of the line, «выполнено» of what is not begun.
        """
        lines = self.lines
        if not lines:
            return
        if not state:
            state = "done" if lines[0].state in {"planned", "running"} else lines[0].state
        found = self.session.dialogs.ask("Отметить", self._named(lines), self._fields(lines, state), "Отметить")
        if found is None:
            return
        chosen = found["state"]
        day = schools.iso_date(found["day"]) if found["day"] else None
        finished = chosen in execution_marks.FINISHED
        self.put(chosen, done_on=day if finished else None, moved_to=day if chosen == "moved" else None,
                 reason=found["reason"] or None, lines=lines)  # fmt: skip

    def _fields(self, lines: Sequence[ExecutionLine], state: str) -> list[Field]:
        line = lines[0]
        day = {"done": line.done_on or self.session.today().isoformat(), "part": line.done_on, "moved": line.moved_to}
        value = ru_date(known) if (known := day.get(state)) else ""
        words = tuple((word.capitalize(), str(key)) for key, word in STATE_WORDS.items())
        return [
            Field("state", "Состояние", state, choices=words),
            Field("day", "Дата: когда выполнено или новый срок", value, "28.11.2026", test=day_trouble),
            Field("reason", "Причина, если выполнено не всё или не в срок", line.reason if len(lines) == 1 else "",
                  self._known_reasons(), long=True),
        ]  # fmt: skip

    def _known_reasons(self) -> str:
        known = self._view.table.reasons if self._view.table is not None else ()
        return f"Раньше писали: {known[0]}" if known else "например: учитель болел, перенесли на декабрь"

    def ask_reason(self) -> None:
        """Ask for one reason for all selected lines."""
        lines = self.lines
        if not lines:
            return
        known = self._view.table.reasons if self._view.table is not None else ()
        fields = [Field("reason", "Почему", lines[0].reason, self._known_reasons(), long=True)]
        if known:
            choices = (("Своя", ""), *((reason, reason) for reason in known))
            fields.insert(0, Field("known", "Взять из тех, что уже писали", choices=choices))
        found = self.session.dialogs.ask("Причина", self._named(lines), fields, "Записать")
        if found is not None:
            reason = found.get("known") or found["reason"]
            self._write(execution.put_reason, [line.key for line in lines], reason)

    def schools_as_planned(self) -> None:
        """Say that exactly the schools of the plan took part in the selected lines."""
        chosen: dict[Key, Sequence[int]] = {line.key: line.planned_schools for line in self.lines
                                            if line.planned_schools}  # fmt: skip
        if chosen:
            self._write(execution.put_schools, chosen)

    # --- evidence ----------------------------------------------------------------------------------------------

    def attach(self) -> None:
        """Ask for files and keep them beside the current line."""
        line = self._view.current()
        paths = self.session.dialogs.open_files("Приложить подтверждение", ALL_FILES) if line is not None else None
        if line is not None and paths:
            self._write(execution.attach, line.key, paths)

    def link(self) -> None:
        """Ask for an address and keep it beside the current line."""
        line = self._view.current()
        if line is None:
            return
        fields = [Field("link", "Адрес", hint="например, страница на сайте управления", required=True),
                  Field("title", "Что это", hint="название для списка")]  # fmt: skip
        told = self.session.dialogs.ask("Дать ссылку", line.named, fields, "Сохранить")
        if told:
            self._write(execution.attach, line.key, (), link=told["link"], title=told["title"])

    # --- the menu ----------------------------------------------------------------------------------------------

    def actions(self) -> list[RowAction | None]:
        """Return what the right mouse button offers for the selected lines."""
        lines = self.lines
        if not lines:
            return []
        open_it: RowAction = ("Открыть в программе", self._view.open_node)
        if self.session.desk.read_only:
            return [open_it]
        found: list[RowAction | None] = [("Выполнено сегодня\tCtrl+Enter", self.done_today)]
        if any(line.spans for line in lines):
            found.append(("Выполнено в последний день срока", self.done_in_time))
        found += [
            ("Выполнено…", lambda: self.ask("done")), ("Выполнено частично…", lambda: self.ask("part")),
            ("Идёт", lambda: self.put("running")), ("Перенести…", lambda: self.ask("moved")),
            ("Отменить мероприятие…", lambda: self.ask("cancelled")), ("Снять отметку", lambda: self.put("planned")),
            None, ("Указать причину…", self.ask_reason),
        ]  # fmt: skip
        if any(line.planned_schools for line in lines):
            found.append(("Участвовали школы по плану", self.schools_as_planned))
        return [*found, ("Приложить файл…", self.attach), ("Дать ссылку…", self.link), None, open_it]
