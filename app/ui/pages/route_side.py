"""The card beside the steps of a school: where it is, what comes next, what the file already knows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.operations.route import STAGE_WORDS, SchoolRoute
from app.operations.route_facts import Fact
from app.texts import DASH, NBSP, capital, count, glue, ru_date
from app.ui import theme
from app.ui.pages.route_board import chip_of
from app.ui.widgets.basics import Button, Card, Scroller, beside
from app.ui.widgets.chip import Chip
from app.ui.widgets.labels import ElidedLabel, Label

MOST_EVENTS = 6


class RouteCard(Card):
    """One school.

    Args:
        take: called with the keys of steps that the file knows to be done.
        open_school: opens the full card.
    """

    def __init__(self, take: Callable[[list[str]], object], open_school: Callable[[], object]) -> None:
        super().__init__(pad=12)
        self._take = take
        self.name = ElidedLabel("", "section")
        self.stage = Chip("none", "")
        self.opening = Button("Карточка школы", open_school, icon="school", kind="link")
        self.lines = Scroller(spacing=4)
        self.body.addWidget(self.name)
        self.body.addLayout(beside(self.stage, Label(""), self.opening, stretch=(0, 1)))
        self.body.addWidget(self.lines, 1)
        self.setMinimumWidth(theme.current().px(250))

    def show_route(self, route: SchoolRoute, facts: Sequence[Fact], today: str, *, read_only: bool) -> None:
        """Show a school."""
        self.name.setText(route.school.shown)
        self.stage.set(chip_of(route, today)[0], STAGE_WORDS[route.stage])
        self.lines.clear()
        add = self.lines.column.addWidget
        add(Label(self._who(route), wrap=True))
        merged = sum(step.record != route.school.id for step in route.steps)
        if merged:
            number = count(merged, "шаг записан", "шага записаны", "шагов записаны")
            add(
                Label(
                    f"Ещё {number} у объединённой записи: они учтены, но в таблице слева не стоят.", "muted", wrap=True
                )
            )
        if facts:
            add(Label("В файле уже есть", "strong"))
            for fact in facts:
                when = f", {ru_date(fact.day)}" if fact.day else ""
                add(Label(f"{capital(fact.title)}: {fact.text}{when}", wrap=True))
            keys = [fact.step for fact in facts]
            button = Button("Отметить эти шаги", lambda: self._take(keys), icon="circle-check")
            button.setEnabled(not read_only)
            add(button)
        add(Label("Что дальше", "strong"))
        if not route.events:
            add(Label("Даты не назначены. Впишите их в графу «План».", "muted", wrap=True))
        for event in route.events[:MOST_EVENTS]:
            late = ", просрочено" if event.late else ""
            add(Label(f"{ru_date(event.day)}{late} {DASH} {event.text}", "bad" if event.late else "text", wrap=True))
        left = len(route.events) - MOST_EVENTS
        if left > 0:
            add(Label(f"и ещё {left}", "muted"))
        if route.decision:
            add(Label("Решено последним", "strong"))
            add(Label(route.decision, wrap=True))
        self.lines.column.addStretch(1)

    @staticmethod
    def _who(route: SchoolRoute) -> str:
        parts = ["в списке" if route.listed else "не в списке"]
        parts.append(f"куратор {glue(route.curator)}" if route.curator else "куратора нет")
        last = route.last
        if last is not None and last.held_on:
            parts.append(f"последний шаг {DASH} {last.title}, {ru_date(last.held_on)}")
        text = "; ".join(parts).replace(f" {DASH}", f"{NBSP}{DASH}")
        return f"{capital(text)}."
