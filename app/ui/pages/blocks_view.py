"""«Основы» of the monitoring: the three blocks of 004, §1.5: legal base, sufficiency of activities, speed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from app.models.store import Connection
from app.operations import block_papers, decision_speed, legal_base, sufficiency
from app.operations.decision_speed import Speed
from app.operations.legal_base import LegalBase
from app.operations.sufficiency import Sufficiency
from app.texts import count
from app.ui.pages.blocks_legal import LegalPane
from app.ui.pages.blocks_matrix import MatrixPane
from app.ui.pages.blocks_speed import SpeedPane
from app.ui.pages.blocks_switch import BlockSwitch
from app.ui.pages.monitoring_scope import ScopeBar
from app.ui.pages.view import View
from app.ui.theme import Kind
from app.ui.widgets.basics import Button

if TYPE_CHECKING:
    from app.ui.pages.monitoring import MonitoringPage

BLOCKS = {"legal": "Правовая база", "sufficiency": "Достаточность мероприятий", "speed": "Скорость решений"}


@dataclass(frozen=True, slots=True)
class Blocks:
    """All three blocks; ``matrix`` is None where the file has no programme."""

    legal: LegalBase
    matrix: Sufficiency | None
    speed: Speed


def read(connection: Connection, school_year: int, programme_id: int | None, year: int, day: date) -> Blocks:
    """Read the three blocks."""
    matrix = sufficiency.table(connection, programme_id, year, day) if programme_id is not None else None
    return Blocks(
        legal_base.table(connection, school_year, day), matrix, decision_speed.speed(connection, school_year, day)
    )


class BlocksView(View):
    """«Основы»."""

    key = "blocks"
    title = "Основы"
    heading = "Три блока мониторинга"
    guide = ("14-решения", "Три блока мониторинга")

    page: MonitoringPage

    def __init__(self, page: MonitoringPage) -> None:
        super().__init__(page)
        self.legal, self.matrix, self.speed = (LegalPane(self.session), MatrixPane(self.session),
                                               SpeedPane(self.session))  # fmt: skip
        self.stack = QStackedWidget()
        for pane in (self.legal, self.matrix, self.speed):
            self.stack.addWidget(pane)
        self.bar = QWidget()
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(ScopeBar(page.scope))
        row.addStretch(1)
        self.switch = BlockSwitch(tuple(BLOCKS.values()), self._show_block)
        self.column.addWidget(self.switch)
        self.column.addWidget(self.bar)
        self.column.addWidget(self.stack, 1)
        self._show_block(0)
        page.scope.changed.connect(self._scope_changed)
        self.session.year_changed.connect(self._scope_changed)

    def make_actions(self) -> Sequence[Button]:
        """Return the buttons of the header."""
        act = self.page.act
        self.taking = act("Взять из файла…", self.take_known, "download")
        self.printing = act("Печать…", self.print_block, "printer", primary=True)
        return self.taking, self.printing

    def _scope_changed(self) -> None:
        if self.isVisible():
            self.refresh()

    def _show_block(self, place: int) -> None:
        self.stack.setCurrentIndex(place)
        # only the activities belong to a programme and its year
        self._show_scope()
        wanted = place == list(BLOCKS).index("legal")
        if not wanted or self.taking.parent() is not None:  # without a parent it would be a window of its own
            self.taking.setVisible(wanted)

    def _show_scope(self) -> None:
        chosen = self.stack.currentIndex() == list(BLOCKS).index("sufficiency")
        self.bar.setVisible(chosen and bool(self.page.scope.lines))

    # --- reading -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the three blocks anew."""
        scope = self.page.scope
        self.legal.refresh()
        self.taking.setEnabled(not self.session.desk.read_only)
        self.session.read(
            self, self._show, read, self.session.school_year, scope.programme_id, scope.year, self.session.today()
        )

    def _show(self, found: Blocks) -> None:
        self.legal.show_base(found.legal)
        self.matrix.show_matrix(found.matrix)
        self.speed.show_speed(found.speed)
        for button, (kind, sentence) in zip(
            self.switch.buttons, (_of_legal(found.legal), _of_matrix(found.matrix), _of_speed(found.speed)), strict=True
        ):
            button.show_state(kind, sentence)
        self._show_scope()
        self.say(self._sentence(found))

    @staticmethod
    def _sentence(found: Blocks) -> str:
        gaps = count(len(found.legal.gaps), "тема", "темы", "тем")
        told = [f"без документа {gaps}" if found.legal.gaps else "правовая база полна"]
        if found.matrix is not None and found.matrix.tasks:
            weak = found.matrix.count("short", "gap")
            told.append(f"задач, где мероприятий не хватает: {weak}" if weak else "пробелов в мероприятиях нет")
        if found.speed.waiting:
            told.append(f"решений ждут исполнения: {found.speed.waiting}")
        return " · ".join(told).capitalize()

    def open_payload(self, payload: object) -> None:
        """Show a block by its key."""
        if isinstance(payload, str) and payload in BLOCKS:
            self.switch.choose(list(BLOCKS).index(payload))

    def focus_main(self) -> None:
        """Put the keyboard into the table of the block."""
        (self.legal.table, self.matrix.tasks, self.speed.table)[self.stack.currentIndex()].focus_table()

    # --- acting --------------------------------------------------------------------------------------------------

    def take_known(self) -> None:
        """Offer documents that stand elsewhere in the file."""
        self.legal.ask_known()

    def print_block(self) -> None:
        """Show the paper of the block that is shown."""
        what = ("legal", "sufficiency", "blocks")[self.stack.currentIndex()]
        scope = self.page.scope
        if what == "sufficiency" and scope.programme_id is None:
            what = "blocks"
        self.session.go("print_blocks", (what, scope.programme_id, scope.year))


def _of_legal(found: LegalBase) -> tuple[Kind, str]:
    kind: Kind = "none" if not found.acts else "ok" if found.covered == found.needed else "warn"
    if not found.acts:
        return kind, block_papers.legal_sentence(found)
    gone = f" · истёк срок: {found.expired}" if found.expired else ""
    return kind, f"Есть по {found.covered} из {found.needed} обязательных тем{gone}"


def _of_matrix(found: Sufficiency | None) -> tuple[Kind, str]:
    if found is None or not found.tasks:
        return "none", "Программы пока нет" if found is None else found.sentence
    if found.count("short"):
        return "bad", found.brief
    return ("warn" if found.count("gap", "undone", "almost") else "ok" if found.count("enough") else "none"), (
        found.brief
    )


def _of_speed(found: Speed) -> tuple[Kind, str]:
    if found.taken is None and found.to_decision is None:
        return "none", "Дат пока мало: скорость не посчитать"
    told = []
    if found.to_decision is not None:
        told.append(f"до решения {found.to_decision.text}")
    if found.taken is not None:
        told.append(f"до исполнения {found.taken.text}")
    if found.late:
        told.append(f"просрочено {found.late}")
    return "warn" if found.late else "ok", " · ".join(told).capitalize()
