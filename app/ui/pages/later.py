"""Pages that are not built yet: one sentence says what will stand there."""

from __future__ import annotations

from typing import ClassVar

from app.ui.pages.base import Page
from app.ui.session import Session
from app.ui.widgets.basics import Card
from app.ui.widgets.empty import EmptyState


class LaterPage(Page):
    """A page that says what it will be."""

    promise: ClassVar[str] = ""
    guide = ("00-начало", "Что на экране")

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.header.say("Эта вкладка ещё не готова")
        card = Card()
        card.body.addWidget(EmptyState(self.icon, self.title, self.promise))
        self.outer.addWidget(card, 1)


class ProgrammePage(LaterPage):
    """The programme of support."""

    name = "programme"
    title = "Программа"
    icon = "sitemap"
    promise = "Здесь будет программа поддержки школ: цели, задачи, показатели, мероприятия, сроки и деньги."
