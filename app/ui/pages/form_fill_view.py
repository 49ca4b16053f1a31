"""«Заполнение»: one form of one subject, answered on the screen; the schools of the round stand at the left."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.errors import UserError
from app.forms.schema import Answer, AnswerSet
from app.models import forms as stored
from app.models.forms import FormRound
from app.models.store import Connection
from app.operations import form_answers, form_overview, form_rounds
from app.operations.form_cases import CaseView
from app.operations.form_lines import CaseLine
from app.operations.form_parts import PartLine, part_lines
from app.operations.form_states import STATE_TONES
from app.texts import ru_date, school_year
from app.ui import theme
from app.ui.dialogs import Field
from app.ui.form_view.base import Remark
from app.ui.form_view.view import FormView
from app.ui.pages.closed_forms import ClosedCheck, with_closed
from app.ui.pages.form_fill_list import TONES, CaseList, RoundCombo, state_chip, title_of
from app.ui.pages.view import View
from app.ui.pages.views_page import ViewsPage
from app.ui.proofs import ProofOpener
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Card, Combo, split
from app.ui.widgets.chip import Chip
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import ElidedLabel, Label, ruler

MANY_LINES, REST_MS = 60, 400
"""In a round of many schools everything is read anew after a moment of rest."""
MOST_IN_REMARK = 12
DECISION = (
    "Рекомендацию и решение напечатают под формой. Если руководителя в этом году не оценивают, "
    "напишите почему: форма перестанет считаться несданной."
)


@dataclass(frozen=True, slots=True)
class Filling:
    """What the view shows: rounds of the year, cases of the chosen round, the chosen case."""

    year: int
    rounds: tuple[FormRound, ...]
    round_id: int | None
    lines: tuple[CaseLine, ...]
    view: CaseView | None
    parts: tuple[PartLine, ...] = ()
    has_closed: bool = False


def read(
    connection: Connection, year: int, round_id: int | None, case_id: int | None, closed: object = True
) -> Filling:  # fmt: skip
    """Return what the view shows; a case brings its own round and year with it.

    Rounds of closed forms are listed where ``closed`` is true, and the one whose case somebody asks for.
    """
    wanted = stored.case_of(connection, case_id) if case_id is not None else None
    found = stored.round_of(connection, wanted.round_id) if wanted is not None else None
    if found is not None:
        year, round_id = found.school_year, found.id
    every = form_overview.answerable(connection, stored.rounds(connection, year))
    hidden = form_overview.closed_rounds(connection, every)
    asked = found.id if found is not None else None
    rounds = tuple(item for item in every if closed or item.id not in hidden or item.id == asked)
    known = [item.id for item in rounds]
    chosen = round_id if round_id in known else known[0] if known else None
    lines = tuple(form_rounds.cases(connection, chosen)) if chosen is not None else ()
    keys = [line.case.id for line in lines]
    case = wanted.id if wanted is not None and wanted.id in keys else keys[0] if keys else None
    view = form_answers.case(connection, case) if case is not None else None
    parts = part_lines(connection, view.case.id) if view is not None and view.form.parts else ()
    return Filling(year, rounds, chosen, lines, view, parts, bool(hidden))


class FormFillView(View):
    """One form."""

    key = "fill"
    title = "Заполнение"
    heading = "Заполнение формы"
    guide = ("09-чек-листы", "Заполнение")

    def __init__(self, page: ViewsPage) -> None:
        super().__init__(page)
        self.round_id: int | None = None
        self.case_id: int | None = None
        self.found: Filling | None = None
        self.form: FormView | None = None
        self._turn = 0
        self._into_form = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._read)
        self.proofs = ProofOpener(self, self.session, lambda text: self.page.message("ok", text))
        self.empty = EmptyState(
            "checklist", "Сборов в этом учебном году пока нет",
            "Начните сбор на виде «Приём»: выберите форму и школы. Потом ответы можно вписать здесь.",
            ("Перейти к приёму", lambda: self.page.show_view(self.page.first[0])),
        )  # fmt: skip
        splitter = split(self._make_left(), self._make_card(), stretch=(0, 1), sizes=(theme.current().px(290), 1000))
        self.stack = QStackedWidget()
        empty = Card()
        empty.body.addWidget(self.empty)
        self.stack.addWidget(empty)
        self.stack.addWidget(splitter)
        self.column.addWidget(self.stack, 1)
        for keys, step in (("Ctrl+Alt+Down", 1), ("Ctrl+Alt+Up", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda step=step: self.step(step))

    # --- making --------------------------------------------------------------------------------------------------

    def make_actions(self) -> Sequence[Button]:
        """Return the buttons of the header."""
        act = self.page.act
        self.printing = act("Предпросмотр и печать…", self.print_case, "printer")
        self.returning = act("Вернуть на доработку…", self.give_back, "arrow-back-up")
        self.reopening = act("Снять принятие…", self.reopen, "arrow-back-up")
        self.accepting = act("Принять", self.accept, "circle-check", primary=True)
        return self.printing, self.reopening, self.returning, self.accepting

    def _make_left(self) -> QWidget:
        px = theme.current().px
        left = Card(pad=10)
        left.setMinimumWidth(px(220))
        self.rounds = RoundCombo("Сбор")
        self.rounds.setMinimumContentsLength(12)
        self.rounds.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.rounds.currentIndexChanged.connect(lambda _place: self._choose_round())
        self.cases = CaseList()
        self.cases.chosen.connect(self.show_case)
        self.cases.entered.connect(self.focus_main)
        left.body.addWidget(Label("Сбор", "muted"))
        left.body.addWidget(self.rounds)
        self.closed = ClosedCheck(self.page)
        left.body.addWidget(self.closed)
        left.body.addWidget(self.cases, 1)
        return left

    def _make_card(self) -> QWidget:
        px = theme.current().px
        card = Card(pad=0)
        card.body.setContentsMargins(1, px(8), 1, px(4))
        card.body.setSpacing(px(4))
        self.name = ElidedLabel("", "section", mode=Qt.TextElideMode.ElideMiddle, least=px(120))
        self.chip = Chip()
        self.due = ElidedLabel("", "muted", least=px(60))
        self.judging = Button("Решение комиссии…", self.decide, icon="edit", kind="quiet")
        self.judging.hide()
        self.before = Button("Предыдущая", lambda: self.step(-1), kind="quiet", tip="Ctrl+Alt+↑")
        self.after = Button("Следующая", lambda: self.step(1), icon="chevron-right", kind="quiet",
                            tip="Ctrl+Alt+↓")  # fmt: skip
        top = QHBoxLayout()
        top.setContentsMargins(px(12), 0, px(8), 0)
        top.setSpacing(px(10))
        top.addWidget(self.name)
        for widget in (self.chip, self.due):
            top.addWidget(widget)
        top.addStretch(1)
        for button in (self.judging, self.before, self.after):
            top.addWidget(button)
        card.body.addLayout(top)
        told = QVBoxLayout()
        told.setContentsMargins(px(12), 0, px(12), 0)
        self.told = Remark()
        self.told.hide()
        told.addWidget(self.told)
        card.body.addLayout(told)
        card.body.addWidget(ruler())
        self.place = QVBoxLayout()
        self.place.setContentsMargins(0, 0, 0, 0)
        card.body.addLayout(self.place, 1)
        return card

    def _make_form(self, view: CaseView) -> FormView:
        form = FormView(view.form)
        form.answered.connect(self._answered)
        form.block_answered.connect(self._block_answered)
        form.drafted.connect(lambda item, raw: self._keep(form_answers.put_draft, item, raw))
        form.confirmed.connect(self._confirmed)
        form.attach.connect(self.attach)
        form.opened.connect(self.open_proof)
        form.detached.connect(lambda key: self.session.write(self, None, form_answers.detach, key))
        form.head_changed.connect(lambda field, text: self._keep(form_answers.put_head, field, text))
        form.level_wanted.connect(self.change_level)
        form.part_opened.connect(self.open_payload)
        form.part_wanted.connect(lambda form_id: self.session.go("new_round", form_id))
        form.conclusion_changed.connect(lambda text: self._keep(form_answers.put_conclusion, text))
        self.place.addWidget(form, 1)
        return form

    # --- reading -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read everything anew; what is being typed stays."""
        if self.found is not None and self.found.year != self.session.school_year:
            self._leave_form()
            self.case_id = None
        if self.found is not None and len(self.found.lines) > MANY_LINES and self.case_id is not None:
            self._rest.start()
        else:
            self._read()

    def _read(self) -> None:
        self._rest.stop()
        self._turn += 1
        turn = self._turn
        wanted = self.round_id if self.round_id is not None else self.session.habits.get("fill:round", None)
        self.session.read(
            self,
            lambda found: self._show(turn, found),
            read,
            self.session.school_year,
            wanted,
            self.case_id,
            with_closed(self.session),
        )

    def _show(self, turn: int, found: Filling) -> None:
        if turn != self._turn:
            return
        self.found, self.round_id = found, found.round_id
        self.case_id = found.view.case.id if found.view is not None else None
        if found.year != self.session.school_year:
            self.session.set_school_year(found.year)
        self.stack.setCurrentIndex(1 if found.view is not None else 0)
        self.rounds.fill([(item.title, item.id) for item in found.rounds], found.round_id)
        self.cases.show_lines(found.lines, self.case_id)
        self.closed.offer(found.has_closed)
        if found.view is not None:
            self._show_case(found.view)
        self._say()
        self.enable_actions()
        if self._into_form and self.form is not None:
            self._into_form = False
            self.form.focus_first(anew=True)

    def _show_case(self, view: CaseView) -> None:
        if self.form is None:
            self.form = self._make_form(view)
        line = self._line()
        self.name.setText(title_of(line) if line is not None else view.subject.shown)
        self.chip.set(*self._chip_of(view, line))
        late = view.overdue(self.session.today())
        self.due.setText(f"{'просрочено, срок был' if late else 'срок'} {ru_date(view.due_on)}" if view.due_on else "")
        self.due.setProperty("role", "bad" if late else "muted")
        self.due.style().unpolish(self.due)
        self.due.style().polish(self.due)
        self.told.say(*_told(view))
        self.form.show_case(view, read_only=self.session.desk.read_only)
        if self.found is not None:
            self.form.show_parts(self.found.parts, read_only=self.session.desk.read_only)

    @staticmethod
    def _chip_of(view: CaseView, line: CaseLine | None) -> tuple[Kind, str]:
        # late is told beside it with the day
        if line is None or line.overdue:
            return TONES[STATE_TONES[view.state]], view.judged.words
        return state_chip(line)

    def _line(self) -> CaseLine | None:
        lines = self.found.lines if self.found is not None else ()
        return next((line for line in lines if line.case.id == self.case_id), None)

    def _say(self) -> None:
        found = self.found
        if found is None or found.view is None:
            self.say(f"{school_year(self.session.school_year)} учебный год · сборов нет")
            return
        done = sum(line.case.locked for line in found.lines)
        title = found.view.round.title
        self.say(f"Сбор «{title}» · принято {done} из {len(found.lines)} · ответы сохраняются сами")

    def enable_actions(self) -> None:
        """Offer what can be done with this case."""
        view = self.found.view if self.found is not None else None
        writable = view is not None and not self.session.desk.read_only
        locked = view is not None and view.locked
        self.printing.setEnabled(view is not None)
        asked = not locked and (view is None or view.state != "composed")
        self.accepting.setVisible(asked)
        self.returning.setVisible(asked)
        self.reopening.setVisible(locked)
        self.judging.setVisible(_is_head(view) and not locked)
        for button in (self.accepting, self.returning, self.reopening, self.judging):
            button.setEnabled(writable)
        levels = view is not None and any(score.levels for score in view.form.scores)
        if self.form is not None:
            self.form.offer_level(writable and levels and not locked)
        self.before.setEnabled(self.cases.neighbour(-1) is not None)
        self.after.setEnabled(self.cases.neighbour(1) is not None)

    # --- going ---------------------------------------------------------------------------------------------------

    def _leave_form(self) -> None:
        """Save what is being typed before something else is shown."""
        if self.form is not None:
            self.form.commit()

    def _choose_round(self) -> None:
        chosen = self.rounds.currentData()
        if chosen is not None and chosen != self.round_id:
            self._leave_form()
            self.round_id, self.case_id = int(chosen), None
            self.session.habits.put("fill:round", self.round_id)
            self._read()

    def show_case(self, case_id: int) -> None:
        """Show another case."""
        if case_id != self.case_id:
            self._leave_form()
            self.case_id = case_id
            self._read()

    def step(self, step: int) -> None:
        """Show the next school of the round or the one before; the keyboard goes into its form."""
        target = self.cases.neighbour(step)
        if target is not None:
            self._into_form = True
            self.cases.choose(target)

    def open_payload(self, payload: object) -> None:
        """Show a case by its key."""
        if isinstance(payload, int):
            self._leave_form()
            self.case_id, self._into_form = payload, True
            self._read()

    def focus_main(self) -> None:
        """Put the keyboard into the form."""
        if self.form is not None and self.found is not None and self.found.view is not None:
            self.form.focus_first()
        else:
            super().focus_main()

    # --- answering -----------------------------------------------------------------------------------------------

    def _written(self, keys: Sequence[str], function: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
        """Store answers; what was typed stands on the screen until it is stored and read anew."""
        case_id = self.case_id
        if case_id is None:
            return

        def settle(result: object) -> None:
            if self.form is not None and self.case_id == case_id:
                self.form.settled(*keys)
            if isinstance(result, UserError):
                self.session.tell_error(result)
            self.page.mark_stale()

        future = self.session.written(function, case_id, *args, **kwargs)
        if future is None:
            settle(None)
        else:
            self.session.runner.take(future, settle, settle, owner=self)

    def _keep(self, function: Callable[..., Any], *args: Any) -> None:
        if self.case_id is not None:
            self.session.write(self, None, function, self.case_id, *args)

    def _answered(self, item: str, raw: str, other: str, absent: bool, comment: str) -> None:
        self._written([item], form_answers.put, item, raw, other=other, not_applicable=absent, comment=comment)

    def _block_answered(self, answers: Mapping[str, Answer]) -> None:
        form = self.form.form if self.form is not None else None
        if form is not None:
            made = AnswerSet(form.id, form.version, dict(answers))
            self._written(list(answers), form_answers.store_set, made)

    def _confirmed(self, items: Sequence[str]) -> None:
        self._leave_form()
        self._keep(form_answers.confirm, tuple(items))

    # --- proofs --------------------------------------------------------------------------------------------------

    def attach(self, item: str) -> None:
        """Attach files to an item."""
        for path in self.session.dialogs.open_files("Подтверждение ответа", "Все файлы (*)") or ():
            self._keep(form_answers.attach, item, path)

    def open_proof(self, key: int) -> None:
        """Open a proof."""
        view = self.found.view if self.found is not None else None
        proof = next((item for item in view.evidence if item.id == key), None) if view is not None else None
        if proof is not None:
            self.proofs.open(proof)

    # --- deciding ------------------------------------------------------------------------------------------------

    def print_case(self) -> None:
        """Show the form as a paper."""
        self._leave_form()
        if self.case_id is not None:
            self.session.go("print_form", self.case_id)

    def accept(self, *, anyway: bool = False) -> None:
        """Accept the answers; what is missing is said first."""
        self._leave_form()
        case_id = self.case_id
        if case_id is None:
            return
        future = self.session.written(form_rounds.accept, [case_id], anyway=anyway)
        if future is not None:
            self.session.runner.take(future, lambda _none: self._accepted(), self._refused, owner=self)

    def _accepted(self) -> None:
        again = [("Следующая", lambda: self.step(1))] if self.cases.neighbour(1) is not None else []
        self.page.message("ok", f"Форма принята: {self.name.text()}. Ответы закрыты для правки.", *again)

    def _refused(self, error: UserError) -> None:
        if error.code != "FORM_NOT_READY":
            self.session.tell_error(error)
            return
        self.page.message(
            "warn", f"{error.what} {error.cure}".strip(), ("Показать", self._show_trouble),
            ("Принять как есть", lambda: self.accept(anyway=True)),
        )  # fmt: skip

    def _show_trouble(self) -> None:
        if self.form is not None:
            self.form.focus_trouble()

    def give_back(self) -> None:
        """Give the answers back with a remark."""
        self._leave_form()
        view = self.found.view if self.found is not None else None
        if view is None:
            return
        wrong = [problem.message for problem in view.problems][:MOST_IN_REMARK]
        answer = self.session.dialogs.ask(
            f"Вернуть на доработку: {view.subject.shown}", "Замечание увидят в форме и в письме школе.",
            [Field("remark", "Замечание", "\n".join(wrong), "что исправить", long=True, required=True)], "Вернуть",
        )  # fmt: skip
        if answer is not None:
            self._decide(form_rounds.give_back, view.case.id, answer["remark"])

    def reopen(self) -> None:
        """Take acceptance back with a reason."""
        view = self.found.view if self.found is not None else None
        if view is None:
            return
        answer = self.session.dialogs.ask(
            f"Снять принятие: {view.subject.shown}", "Ответы снова можно будет менять. Причина останется в журнале.",
            [Field("reason", "Причина", long=True, required=True)], "Снять принятие",
        )  # fmt: skip
        if answer is not None:
            self._decide(form_rounds.reopen, view.case.id, answer["reason"])

    def change_level(self) -> None:
        """Let an expert choose another level than the points give; the reason is printed."""
        self._leave_form()
        view = self.found.view if self.found is not None else None
        if view is None:
            return
        levels = [(level.text, level.id) for score in view.form.scores for level in score.levels]
        answer = self.session.dialogs.ask(
            f"Уровень: {view.subject.shown}", "Причину напечатают рядом с уровнем.",
            [
                Field("level", "Уровень", view.case.level or "", choices=(("По баллам", ""), *levels)),
                Field("reason", "Причина", view.case.level_reason or "", long=True),
            ],
            "Записать",
        )  # fmt: skip
        if answer is not None:
            self._decide(form_rounds.override_level, view.case.id, answer["level"] or None, answer["reason"])

    def decide(self) -> None:
        """Write what the commission recommends, what is decided, or why a head is not assessed this year."""
        self._leave_form()
        view = self.found.view if self.found is not None else None
        if view is None:
            return
        answer = self.session.dialogs.ask(
            f"Решение комиссии: {view.subject.shown}", DECISION,
            [
                Field("recommendation", "Рекомендация комиссии", view.case.recommendation or "", long=True),
                Field("decision", "Решение", view.case.decision or "", "кто решил, что и когда", long=True),
                Field("exempt", "Почему не оценивают в этом году", view.case.exempt or "", "первый год в должности"),
            ],
            "Записать",
        )  # fmt: skip
        if answer is not None:
            self.session.write(self, None, form_rounds.set_decision, view.case.id, **answer)

    def _decide(self, function: Callable[..., Any], *args: Any) -> None:
        self.session.write(self, None, function, *args)


def _sentence(word: str, day: str, more: str | None) -> str:
    """Return «Принято 12.10.2026, Ким О. В.» with one full stop at the end."""
    return ", ".join(part for part in (f"{word} {ru_date(day)}", more) if part).rstrip(".") + "."


def _told(view: CaseView) -> tuple[Any, str]:
    """Return what a person decided, with its kind."""
    case = view.case
    if case.locked:
        parts = []
        if case.accepted_on is not None:
            parts.append(_sentence("Принято", case.accepted_on, case.accepted_by))
        if case.approved_on is not None:
            parts.append(_sentence("Утверждено", case.approved_on, case.approved_act))
        return "ok", " ".join([*parts, *_decided(view), "Ответы закрыты для правки."])
    if case.returned_on is not None and view.state == "returned":
        return "warn", f"Возвращено на доработку {ru_date(case.returned_on)}. {case.return_remark or ''}".strip()
    if case.exempt is not None:
        return "none", f"Отвечать не нужно: {case.exempt}."
    if case.reopen_reason:
        return "warn", f"Принятие снято {ru_date(case.reopened_on or '')}: {case.reopen_reason}."
    if case.level is not None and case.level_reason:
        return "none", " ".join([f"Уровень выбрал эксперт. Причина: {case.level_reason.rstrip('.')}.", *_decided(view)])
    return "none", " ".join(_decided(view))


def _decided(view: CaseView) -> list[str]:
    """Return what the commission said, a sentence each."""
    said = (("Рекомендация комиссии", view.case.recommendation), ("Решение", view.case.decision))
    return [f"{word}: {text.rstrip('.')}." for word, text in said if text]


def _is_head(view: CaseView | None) -> bool:
    return view is not None and view.form.subject == "head"
