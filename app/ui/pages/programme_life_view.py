"""«Согласование»: the way of a programme from a draft to its approval and its next editions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.models.store import Connection
from app.operations import programme_life, programme_stage
from app.operations.agreement_grids import fits_date
from app.operations.programme_stage import Stage
from app.operations.schools import iso_date
from app.texts import ru_date
from app.ui import icons, theme
from app.ui.dialogs import Field
from app.ui.pages.agreement_steps import StepList
from app.ui.pages.programme_life_panes import ApprovalPane, EditionsPane
from app.ui.pages.programme_life_parties import PartiesPane
from app.ui.pages.programme_life_remarks import RemarksPane
from app.ui.pages.view import View
from app.ui.widgets.basics import Button, split
from app.ui.widgets.chip import Chip
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import ElidedLabel

if TYPE_CHECKING:
    from app.ui.pages.programme import ProgrammePage

STEPS = ("parties", "remarks", "approval", "editions")


def read(connection: Connection, key: int | None, today: date) -> Stage | None:
    """Return how far a programme has come; None where there is none."""
    return None if key is None else programme_stage.stage(connection, key, today)


class LifeView(View):
    """The way of the edition that the page shows."""

    key = "life"
    title = "Согласование"
    heading = "Согласование и утверждение"
    guide = ("10-программа", "Согласование")
    page: ProgrammePage

    def __init__(self, page: ProgrammePage) -> None:
        super().__init__(page)
        self.stage: Stage | None = None
        self._turn = 0
        px = theme.current().px
        self.parties = PartiesPane(self)
        self.remarks = RemarksPane(self)
        self.approval = ApprovalPane(self)
        self.editions = EditionsPane(self)
        self.panes = QStackedWidget()
        for pane in (self.parties, self.remarks, self.approval, self.editions):
            self.panes.addWidget(pane)
        self.steps = StepList(len(STEPS), self.panes.setCurrentIndex)
        side = QFrame()
        side.setProperty("card", "true")
        inside = QVBoxLayout(side)
        inside.setContentsMargins(1, px(6), 1, px(6))
        inside.addWidget(self.steps)
        inside.addStretch(1)
        side.setMinimumWidth(px(190))
        splitter = split(side, self.panes, stretch=(0, 1), sizes=(px(204), 1100))
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self._way())
        column.addWidget(splitter, 1)
        empty = QFrame()
        empty.setProperty("card", "true")
        self.nothing = EmptyState(
            "circle-check", "Здесь программу согласуют и утвердят",
            "Сначала начните программу или загрузите готовый план. Потом здесь встанут стороны с их ответами, "
            "замечания и редакции.", ("Открыть структуру", lambda: page.show_view(page.first[0])),
        )  # fmt: skip
        QVBoxLayout(empty).addWidget(self.nothing)
        self.body = QStackedWidget()
        self.body.addWidget(empty)
        self.body.addWidget(whole)
        self.column.addWidget(self.body, 1)
        self.steps.choose(0)

    @property
    def programme_id(self) -> int | None:
        """The edition that is shown."""
        return self.page.programme_id

    def make_actions(self) -> Sequence[Button]:
        """Return the buttons of the header."""
        act = self.page.act
        self.printing = act("Печать…", lambda: self.print_paper("agreement"), "printer")
        self.sending = act("На согласование…", self.send, "upload")
        self.approving = act("Утвердить…", self.approve, "circle-check", primary=True)
        return self.printing, self.sending, self.approving

    def _way(self) -> QWidget:
        """Проект → на согласовании → утверждена → заменена, each with its date."""
        px = theme.current().px
        card = QFrame()
        card.setProperty("card", "true")
        line = QHBoxLayout(card)
        line.setContentsMargins(px(12), px(6), px(12), px(6))
        line.setSpacing(px(8))
        self.way: list[tuple[Chip, ElidedLabel]] = []
        for place in range(4):
            chip, said = Chip(), ElidedLabel("", "muted", least=px(60))
            self.way.append((chip, said))
            line.addWidget(chip)
            line.addWidget(said, 3 if place == 2 else 2)
        return card

    # --- reading -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read how far it has come."""
        if self.parties.busy:
            self.parties.again = True
            return
        self._turn += 1
        turn = self._turn
        self.session.read(self, lambda found: self._show(turn, found), read, self.programme_id, self.session.today())

    def _show(self, turn: int, found: Stage | None) -> None:
        if turn != self._turn or self.parties.busy:
            return
        self.stage = found
        self.body.setCurrentIndex(0 if found is None else 1)
        for button in self.buttons:
            button.setEnabled(found is not None)
        if found is None:
            self.say("Программы в файле пока нет")
            return
        writable = not found.programme.frozen and not self.session.desk.read_only
        for step, (chip, said) in zip(found.way, self.way, strict=True):
            chip.set("ok" if step.state == "done" else "none", step.title)
            said.setText(step.words)
        self.steps.show_steps(found.steps)
        for pane in (self.parties, self.remarks, self.approval, self.editions):
            pane.show_stage(found, writable=writable)
        self._show_buttons(found)
        self.say(programme_stage.sentence(found))

    def _show_buttons(self, found: Stage) -> None:
        free, frozen = not self.session.desk.read_only, found.programme.frozen
        self.sending.setText("Снова проект" if found.state == "agreement" else "На согласование…")
        self.sending.setEnabled(free and not frozen)
        self.approving.setText("Отменить утверждение…" if frozen else "Утвердить…")
        self.approving.set_kind("normal" if frozen else "primary")
        icons.put(self.approving, "circle-check", "text" if frozen else "on_accent")
        self.approving.setEnabled(free)

    # --- acting --------------------------------------------------------------------------------------------------

    def send(self) -> None:
        """Begin the agreement on a day, or make it a draft again."""
        found = self.stage
        if found is None:
            return
        if found.state == "agreement":
            self.session.write(self, None, programme_life.take_back, found.programme.id)
            return
        day = ru_date(self.session.today())
        text = "С этого дня программа на согласовании. Вносить правки по замечаниям по-прежнему можно."
        asked = self.session.dialogs.ask(
            "Направить на согласование", text, [Field("on", "С какого дня", day, required=True, test=_date_trouble)],
            "Направить",
        )  # fmt: skip
        if asked is not None:
            self.session.write(self, None, programme_life.send, found.programme.id, iso_date(asked["on"]))

    def approve(self) -> None:
        """Open the window of approval, or ask why an approval is taken back."""
        found = self.stage
        if found is None:
            return
        if not found.programme.frozen:
            self.session.go("approve_programme", found.programme.id)
            return
        text = "Редакцию снова можно будет править. Снимок утверждённого останется."
        fields = [Field("reason", "Причина", "", "Постановление отменено", long=True, required=True)]
        asked = self.session.dialogs.ask("Отменить утверждение", text, fields, "Отменить утверждение")
        if asked is not None:
            self.session.write(self, None, programme_life.cancel_approval, found.programme.id, asked["reason"])

    def new_edition(self) -> None:
        """Begin the correction of an approved programme."""
        found = self.stage
        if found is not None:
            self.session.write(self, self._begun, programme_life.new_edition, found.programme.id)

    def copy_period(self) -> None:
        """Ask for the new period, then copy the programme to it."""
        found = self.stage
        if found is None:
            return
        head = found.programme
        first = head.year_to + 1
        last = first + head.year_to - head.year_from
        fields = [
            Field("title", "Наименование", _moved(head.title, first - head.year_from), long=True, required=True),
            Field("first", "Первый год", str(first), required=True, test=_year_trouble),
            Field("last", "Последний год", str(last), required=True, test=_year_trouble),
        ]
        text = "Структура, тексты и план перейдут в новый проект. Годы целей и даты сдвинутся, сроки словами останутся."
        asked = self.session.dialogs.ask("Скопировать на новый период", text, fields, "Скопировать")
        if asked is not None:
            self.session.write(
                self, self._begun, programme_life.copy, head.id, asked["title"], int(asked["first"]), int(asked["last"])
            )

    def _begun(self, key: int) -> None:
        self.page.choose(key)
        self.session.tell("ok", "Новый проект начат и показан. Прежняя редакция осталась в списке программ.")

    def compare(self) -> None:
        """Compare the edition that is shown with another."""
        if self.stage is not None:
            self.session.go("compare_programmes", self.stage.programme.id)

    def print_paper(self, what: str) -> None:
        """Show the agreement sheet before it is printed."""
        if self.stage is not None:
            self.session.go("print_programme_life", (what, self.stage.programme.id))

    # --- ways in -------------------------------------------------------------------------------------------------

    def open_payload(self, payload: object) -> None:
        """Show a step by its name."""
        if payload in STEPS:
            self.steps.choose(STEPS.index(str(payload)))

    def focus_main(self) -> None:
        """Put the keyboard into the pane that is shown."""
        pane = self.panes.currentWidget()
        if isinstance(pane, PartiesPane | RemarksPane | EditionsPane):
            pane.focus_main()
        else:
            self.approval.verb.setFocus(Qt.FocusReason.OtherFocusReason)

    def enable_actions(self) -> None:
        """The way of the programme decides, not the file alone."""
        if self.stage is not None:
            self._show_buttons(self.stage)


def _date_trouble(text: str) -> str:
    return "" if fits_date(text) else "Дата пишется так: 01.09.2026."


def _year_trouble(text: str) -> str:
    return "" if text.isascii() and text.isdigit() and len(text) == 4 else "Год пишется четырьмя цифрами: 2029."


def _moved(title: str, by: int) -> str:
    """Return a title whose years have moved along."""
    import re

    return re.sub(r"\b20\d\d\b", lambda found: str(int(found.group()) + by), title)
