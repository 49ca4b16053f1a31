"""What can be done with the chosen event: marks, another day, again, removal, its people into the execution."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from app.operations import event_marks, event_taking, tasks
from app.operations.event_taking import Change
from app.operations.events import EventLine
from app.texts import NBSP, quoted
from app.ui.dialogs import Choice, Field

if TYPE_CHECKING:
    from app.ui.pages.execution_view import ExecutionView
    from app.ui.pages.work_events import EventsView
    from app.ui.widgets.table import RowAction


def _day_test(text: str) -> str:
    from app.operations import agreement_grids

    return "" if not text.strip() or agreement_grids.fits_date(text) else "Впишите дату как 28.11.2026."


class EventActs:
    """Acts of the view."""

    def __init__(self, view: EventsView) -> None:
        self._view = view

    @property
    def _line(self) -> EventLine | None:
        return self._view.line

    def menu(self) -> list[RowAction | None]:
        """Return what the right mouse button offers."""
        line, view = self._line, self._view
        if line is None:
            return []
        shown: list[RowAction | None] = [
            ("Участники", lambda: view.show_part("people")), ("Программа", lambda: view.show_part("items")),
            ("Документы…", self.papers),
        ]  # fmt: skip
        if view.session.desk.read_only:
            return shown
        marks: list[RowAction | None] = [("Вернуть в план", self.plan)]
        if line.event.state in {"planned", "moved"}:
            marks = [("Прошло", self.hold), ("Перенести…", self.move), ("Отменить событие…", self.cancel)]
        return [
            ("Изменить…", self.edit), *shown, None, *marks, None, ("Повторить…", self.repeat),
            ("Сделать копию", self.copy), None, ("Убрать…", self.remove),
        ]  # fmt: skip

    # --- the event itself ----------------------------------------------------------------------------------------

    def add(self) -> None:
        """Open the form of a new event."""
        self._view.session.go("event", None)

    def edit(self) -> None:
        """Open the form of the chosen event."""
        if self._line is not None:
            self._view.session.go("event", self._line.id)

    def papers(self) -> None:
        """Open the papers of the chosen event, the centre of papers where none is chosen."""
        line = self._line
        if line is None:
            self._view.session.go("papers", "event_list")
        else:
            self._view.session.go("print_event", line.id)

    def _write(self, operation: object, *args: object, **kwargs: object) -> None:
        view = self._view
        view.session.write(view, lambda _done: view.refresh(), operation, *args, **kwargs)  # type: ignore[arg-type]

    def hold(self) -> None:
        """Mark that it took place; an event without a day, or with one to come, took place today."""
        line = self._line
        if line is None:
            return
        today = self._view.session.today()
        late = line.day is None or line.day > today.isoformat()
        self._write(event_marks.hold, line.id, today if late else None)

    def plan(self) -> None:
        """Take the mark back."""
        if self._line is not None:
            self._write(event_marks.plan, self._line.id)

    def move(self) -> None:
        """Ask for another day and the reason."""
        line = self._line
        if line is None:
            return
        told = self._view.session.dialogs.ask(
            "Перенести событие", f"{quoted(line.title)}. Причина делает перенос заметным; без неё событие просто "
            "встанет на другой день.",
            [Field("day", "На какой день", hint="28.11.2026; пусто, если пока неизвестно", test=_day_test),
             Field("reason", "Почему", hint="например, карантин")], "Перенести",
        )  # fmt: skip
        if told:
            day = tasks.read_day(told["day"]) if told["day"].strip() else None
            self._write(event_marks.move, line.id, date.fromisoformat(day) if day else None, told["reason"])

    def cancel(self) -> None:
        """Ask why it will not take place."""
        line = self._line
        told = None if line is None else self._view.session.dialogs.ask(
            "Отменить событие", quoted(line.title), [Field("reason", "Почему", required=True)], "Отменить событие",
        )  # fmt: skip
        if told and line is not None:
            self._write(event_marks.cancel, line.id, told["reason"])

    def copy(self) -> None:
        """Make an event like it, without a day."""
        view = self._view
        if self._line is not None:
            view.session.write(view, self._made, event_marks.copy, self._line.id)

    def _made(self, key: int) -> None:
        self._view.refresh()
        self._view.choose(key)

    def repeat(self) -> None:
        """Ask how far apart and how often, and plan it again."""
        line = self._line
        if line is None:
            return
        steps = tuple((word, key) for key, word in event_marks.STEP_WORDS.items())
        told = self._view.session.dialogs.ask(
            "Повторить событие",
            "Программа и приглашённые перейдут в новые события. День, который выпал на выходной, сдвинется вперёд.",
            [Field("step", "Когда", "через месяц", choices=steps),
             Field("times", "Сколько раз", "1", test=_times_test)], "Повторить",
        )  # fmt: skip
        if told and told["step"]:
            self._write(event_marks.repeat, line.id, told["step"], int(told["times"] or 1))

    def remove(self) -> None:
        """Say what hangs on the event, and take it out with it."""
        line, view = self._line, self._view
        if line is not None:
            view.session.read(view, lambda told: self._remove(line, *told), _hangs, line.id)

    def _remove(self, line: EventLine, gone: list[str], kept: list[str]) -> None:
        view = self._view
        text = f"Убрать {quoted(line.title)}?"
        text += f" Вместе с ним уйдут: {', '.join(gone)}." if gone else ""
        text += f" Останутся без события: {', '.join(kept)}." if kept else ""
        answer = view.session.dialogs.choose(
            "Убрать событие", f"{text} Ctrl+Z вернёт всё.",
            [Choice("remove", "Убрать", dangerous=True), Choice("keep", "Оставить")],
        )  # fmt: skip
        if answer == "remove":
            view.session.write(view, lambda _done: view.refresh(), event_marks.remove, [line.id])

    # --- the execution -------------------------------------------------------------------------------------------

    def take(self, lineage: int, plan_year: int) -> None:
        """Show old and new of the execution side by side, and take what is chosen."""
        ask_to_take(self._view, lineage, plan_year)


def _times_test(text: str) -> str:
    whole = text.strip().isdigit() and 1 <= int(text) <= event_marks.MOST_REPEATS
    return "" if whole else f"Впишите число от 1 до{NBSP}{event_marks.MOST_REPEATS}."


def _hangs(connection: object, key: int) -> tuple[list[str], list[str]]:
    return event_marks.hanging(connection, key), event_marks.let_go(connection, key)  # type: ignore[arg-type]


def ask_to_take(view: EventsView | ExecutionView, lineage: int, plan_year: int) -> None:
    """Ask which figures of events go into the execution of their activity: old and new side by side."""
    session = view.session
    today = session.today()

    def show(changes: tuple[Change, ...]) -> None:
        fresh = [change for change in changes if not change.same]
        if not fresh:
            session.tell("info", "В исполнении уже стоит то, что говорят события.")
            return
        lines = "\n".join(f"• {one.title}: {one.old or 'пусто'} → {one.new}" for one in fresh)
        free = [one.column for one in fresh if not one.old]
        choices = [Choice("all", "Взять всё")]
        if free and len(free) < len(fresh):
            choices.append(Choice("free", "Взять только пустое"))
        answer = session.dialogs.choose(
            "Взять в исполнение", f"Что изменится в исполнении за {plan_year}{NBSP}год:\n\n{lines}",
            [*choices, Choice("no", "Отмена")],
        )  # fmt: skip
        if answer in {"all", "free"}:
            columns = free if answer == "free" else [one.column for one in fresh]
            session.write(view, lambda _done: view.refresh(), event_taking.take, lineage, plan_year, today, columns)

    session.read(view, show, event_taking.proposal, lineage, plan_year, today)
