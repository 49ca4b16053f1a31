"""A form made from its definition: it shows answers and tells new ones; where they go is the business of others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app.errors import Problem
from app.forms.answers import given, shown
from app.forms.schema import Answer, AnswerSet, FormDef, Item, ScoreResult, Section
from app.texts import school_year
from app.ui import theme
from app.ui.form_view.base import way_of
from app.ui.form_view.details import Proof
from app.ui.form_view.frame import Closing, FormHead, Notes, SectionHead
from app.ui.form_view.grid import GridBox
from app.ui.form_view.judging import TONES, live, look_at
from app.ui.form_view.parts import PartsBox
from app.ui.form_view.row import ItemRow, Shown, criteria_of
from app.ui.form_view.strip import FormStrip
from app.ui.theme import Kind
from app.ui.widgets.basics import Scroller

if TYPE_CHECKING:
    from app.operations.form_cases import CaseView
    from app.operations.form_parts import PartLine

FIRST, SLICE = 10, 6
"""Rows that are made at once, and in one turn of the window after it."""


class FormView(QWidget):
    """One form.

    Signals:
        answered(item, raw, other, not applicable, comment): one item is answered; what was typed wrongly, too.
        block_answered({item: Answer}): several cells of a grid at once.
        drafted(item, raw): text that is being typed; "" forgets it.
        confirmed((item, …)): «Без изменений».
        attach(item), opened(key), detached(key): proofs.
        head_changed(field, text), conclusion_changed(text): the lines over and under the items.
        level_wanted(): a person wants to choose another level than the points give; see ``offer_level``.
    """

    answered = Signal(str, str, str, bool, str)
    block_answered = Signal(object)
    drafted = Signal(str, str)
    confirmed = Signal(object)
    attach = Signal(str)
    opened = Signal(object)
    detached = Signal(object)
    head_changed = Signal(str, str)
    conclusion_changed = Signal(str)
    level_wanted = Signal()
    part_opened = Signal(object)
    part_wanted = Signal(str)

    def __init__(
        self, form: FormDef, answers: AnswerSet | None = None, *, read_only: bool = False,
        last_year: AnswerSet | None = None, problems: Sequence[Problem] = (), parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.form = form
        self.rows: dict[str, ItemRow] = {}
        self.grids: list[GridBox] = []
        self._stops: list[ItemRow | GridBox] = []
        self._flying: dict[str, int] = {}
        self._pending: dict[str, Answer] = {}
        self._drafts: Mapping[str, str] = {}
        self._proofs: Sequence[Proof] = ()
        self._last: AnswerSet | None = last_year
        self._last_label = "Прошлый год"
        self._problems: Sequence[Problem] = problems
        self._known: Sequence[ScoreResult] = ()
        self._override: tuple[str, Kind] | None = None
        self._case: int | None = None
        self.read_only = read_only
        self.answers = answers or AnswerSet(form.id, form.version)
        self.strip = FormStrip()
        self.strip.next_wanted.connect(self.go_to_open)
        self.strip.wrong_wanted.connect(self.go_to_wrong)
        self.strip.same_wanted.connect(self._confirm_all)
        self.strip.level_wanted.connect(self.level_wanted)
        self.scroller = Scroller(spacing=0)
        self.scroller.setAccessibleName("Форма")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addWidget(self.scroller, 1)
        self._more = QTimer(self)
        self._more.setInterval(0)
        self._more.timeout.connect(self._make_more)
        self._build()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)
        self._show(force=True)

    # --- making --------------------------------------------------------------------------------------------------

    def set_form(self, form: FormDef) -> None:
        """Show another form, or another version of it, without answers."""
        self.form = form
        self.answers = AnswerSet(form.id, form.version)
        self._flying, self._pending, self._drafts, self._proofs = {}, {}, {}, ()
        self._last, self._known, self._problems = None, (), ()
        self._build()

    def _build(self) -> None:
        self.rows, self.grids, self._stops = {}, [], []
        self._sections: list[tuple[SectionHead, Section]] = []
        self._live = live(self.form)
        self._judge()
        fresh = Scroller(spacing=0)
        fresh.setAccessibleName("Форма")
        self.head = FormHead(self.form)
        self.head.changed.connect(self.head_changed)
        fresh.column.addWidget(self.head)
        self.closing = Closing(self.form.conclusion) if self.form.conclusion else None
        if self.closing is not None:
            self.closing.changed.connect(self.conclusion_changed)
            self.closing.walked.connect(self._walk_from_end)
        self.parts = PartsBox()
        self.parts.opened.connect(self.part_opened)
        self.parts.wanted.connect(self.part_wanted)
        old, self.scroller = self.scroller, fresh
        self._parts = self._make_parts(fresh)
        self._make_some(FIRST)
        layout = self.layout()
        if layout is not None:
            layout.replaceWidget(old, fresh)
        old.hide()
        old.deleteLater()

    def _make_some(self, number: int) -> None:
        """Make some rows; the others follow while the person already reads the first ones."""
        for _row in zip(range(number), self._parts, strict=False):
            pass
        self._more.start() if self._unfinished else self._more.stop()

    def _make_more(self) -> None:
        self._make_some(SLICE)

    def finish(self) -> None:
        """Make all rows that are not there yet."""
        while self._unfinished:
            self._make_some(100)

    def _make_parts(self, scroller: Scroller) -> Iterator[None]:
        """Make everything in its order, yielding after each row."""
        self._unfinished = True
        px = theme.current().px
        longest = max((item.number for item in self.form.items()), key=len, default="")
        width = self.fontMetrics().horizontalAdvance(longest) + px(12) if longest else 0
        for section in self.form.sections:
            yield from self._make_section(scroller, section, width)
        if self.form.kind == "composite":
            scroller.column.addWidget(self.parts)
        if self.closing is not None:
            scroller.column.addWidget(self.closing)
        if self.form.notes:
            scroller.column.addWidget(Notes(self.form.notes))
        scroller.column.addStretch(1)
        self._unfinished = False

    def _make_section(self, scroller: Scroller, section: Section, number_width: int) -> Iterator[None]:
        head = SectionHead(section)
        scroller.column.addWidget(head)
        self._sections.append((head, section))
        self._show_head(head, section)
        if section.grid:
            scroller.column.addWidget(self._make_grid(section))
            yield
            return
        for item, criterion in zip(section.items, criteria_of(section.items), strict=True):
            row = ItemRow(item, number_width=number_width, criterion=criterion)
            self._connect(row)
            self.rows[item.id] = row
            self._stops.append(row)
            self._show_row(row, force=True)
            scroller.column.addWidget(row)
            yield

    def _make_grid(self, section: Section) -> GridBox:
        box = GridBox(section, section.title or self.form.short)
        box.answered.connect(lambda item, raw: self._answer(item, raw, self.answers.get(item).other))
        box.block_answered.connect(self._answer_block)
        box.drafted.connect(self._draft)
        box.moved.connect(lambda way: self._move(box, way))
        box.show_cells({item.id: self._shown_of(item) for item in section.items})
        self.grids.append(box)
        self._stops.append(box)
        return box

    def _connect(self, row: ItemRow) -> None:
        key = row.item.id
        row.answered.connect(lambda raw, other, absent: self._answer(key, raw, other, not_applicable=absent))
        row.commented.connect(lambda text: self._comment(key, text))
        row.drafted.connect(lambda raw: self._draft(key, raw))
        row.same.connect(lambda: self.confirmed.emit((key,)))
        row.attach.connect(lambda: self.attach.emit(key))
        row.opened.connect(self.opened)
        row.detached.connect(self.detached)
        row.moved.connect(lambda way: self._move(row, way))

    # --- showing -------------------------------------------------------------------------------------------------

    def show_case(self, view: CaseView, *, read_only: bool = False) -> None:
        """Show a case; what is being typed into the same one stays as it is.

        Args:
            view: the case as it is stored.
            read_only: even where the case is not locked.
        """
        other_form = (view.form.id, view.form.version, view.form.digest) != (
            self.form.id, self.form.version, self.form.digest,
        )  # fmt: skip
        force = other_form or view.case.id != self._case
        if force:
            self.set_form(view.form) if other_form else self._forget()
        self._case = view.case.id
        self.read_only = read_only or view.locked
        self._drafts, self._proofs, self._last = view.drafts, view.evidence, view.last_year
        if view.last_school_year is not None:
            self._last_label = school_year(view.last_school_year)
        self._known = view.scores if view.form.parts else ()
        self._problems = view.problems
        chosen = view.level if view.case.level is not None else None
        self._override = (chosen.text, TONES[chosen.tone]) if chosen is not None else None
        self.head.show_head(view.head, read_only=self.read_only, force=force)
        if self.closing is not None:
            self.closing.edit.setReadOnly(self.read_only)
            self.closing.edit.show_stored(view.case.conclusion or "", force=force)
        self.show_answers(view.answers, force=force)
        if force:
            self.scroller.verticalScrollBar().setValue(0)

    def show_parts(self, parts: Sequence[PartLine], *, read_only: bool = False) -> None:
        """Show what a composite form is made of."""
        self.parts.show_parts(parts, read_only=read_only)

    def offer_level(self, offer: bool) -> None:
        """Offer to choose another level beside the points."""
        self.strip.level.setVisible(offer)

    def _forget(self) -> None:
        self._flying, self._pending = {}, {}

    def show_answers(self, answers: AnswerSet, *, force: bool = False) -> None:
        """Show other answers; those that are still on their way stand over them."""
        self.answers = replace(answers, answers={**answers.answers, **self._pending})
        self._show(force=force)

    def _show(self, *, force: bool = False) -> None:
        self._judge()
        # the layout would be computed anew for every single row
        inner = self.scroller.widget()
        inner.setUpdatesEnabled(False)
        for row in self.rows.values():
            self._show_row(row, force=force)
        for box in self.grids:
            box.show_cells({item.id: self._shown_of(item) for item in box.section.items})
        for head, section in self._sections:
            self._show_head(head, section)
        inner.setUpdatesEnabled(True)
        look = self.look
        wrong = [look.remarks[key][0] for key in self._wrong()]
        self.strip.show_progress(
            look.progress, wrong=len(wrong), kind="bad" if "bad" in wrong else "warn", same=len(self._sames()),
            read_only=self.read_only,
        )  # fmt: skip
        self.strip.show_points(look.scores, self._override)

    def _show_row(self, row: ItemRow, *, force: bool) -> None:
        row.show_item(self._shown_of(row.item), force=force)
        if row.isHidden() == self._stands(row.item.id):
            row.setVisible(row.isHidden())

    def _show_head(self, head: SectionHead, section: Section) -> None:
        stands = any(self._stands(item.id) for item in section.items) or not section.items
        head.setVisible(stands and bool(section.title or section.note))

    def _judge(self) -> None:
        self.look = look_at(self.form, self._live, self.answers, self._problems, self._known)
        self._by_item: dict[str, list[Proof]] = {}
        for proof in self._proofs:
            self._by_item.setdefault(proof.item_id or "", []).append(proof)

    def _stands(self, key: str) -> bool:
        """An item that is not asked is hidden, but never with an answer in it."""
        answer = self.answers.get(key)
        return key in self.look.asked or answer.given or answer.code is not None

    def _shown_of(self, item: Item) -> Shown:
        key = item.id
        last = self._last.get(key) if self._last is not None else Answer()
        words = f"{self._last_label}: {shown(item, last)}" if last.given else ""
        draft = self._drafts.get(key)
        remark = self.look.remarks.get(key, ("bad", ""))
        if draft is not None and not remark[1]:
            remark = "warn", "Набрано, но не закончено: нажмите Enter."
        proofs = tuple(self._by_item.get(key, ()))
        return Shown(self.answers.get(key), draft, words, self._offered(key), remark, proofs, self.read_only)

    def _offered(self, key: str) -> bool:
        """Whether «Без изменений» says something: a prefilled value, or last year's where nothing is answered."""
        answer = self.answers.get(key)
        if answer.given:
            return not answer.confirmed
        return not answer.raw and not answer.code and self._last is not None and self._last.get(key).given

    def _wrong(self) -> list[str]:
        """Return the items with something to look at; those that only wait for «Без изменений» have their button."""
        return [key for key in self.look.remarks if self._stands(key) and not self._offered(key)]

    def _sames(self) -> tuple[str, ...]:
        return tuple(item.id for item in self.form.items() if item.id in self.look.asked and self._offered(item.id))

    # --- answering -----------------------------------------------------------------------------------------------

    def _answer(
        self, key: str, raw: str, other: str, *, not_applicable: bool = False, comment: str | None = None
    ) -> None:
        said = self.answers.get(key).comment if comment is None else comment
        if self._take(key, raw, other, not_applicable=not_applicable, comment=said) is None:
            return
        self._show()
        self.answered.emit(key, raw, other, not_applicable, said)

    def _comment(self, key: str, text: str) -> None:
        """Take a comment; a value filled in beforehand is not confirmed by it."""
        present = self.answers.get(key)
        if present.given and not present.confirmed and not self.read_only:
            made = replace(present, comment=text.strip())
            self._put(key, made)
            self._show()
            self.block_answered.emit({key: made})
            return
        raw = present.raw if present.value is None or present.code else present.value
        self._answer(key, raw, present.other, not_applicable=present.not_applicable, comment=text)

    def _take(self, key: str, raw: str, other: str, *, not_applicable: bool, comment: str) -> Answer | None:
        """Put an answer on the screen before it is stored."""
        item = self.form.item(key)
        if item is None or self.read_only:
            return None
        made = given(item, raw, other=other, not_applicable=not_applicable, comment=comment)
        self._put(key, made)
        return made

    def _put(self, key: str, made: Answer) -> None:
        self._pending[key] = made
        self._flying[key] = self._flying.get(key, 0) + 1
        self._drafts = {name: text for name, text in self._drafts.items() if name != key}
        self._problems = [problem for problem in self._problems if problem.cell != key]
        self.answers = replace(self.answers, answers={**self.answers.answers, key: made})

    def _answer_block(self, cells: Mapping[str, str]) -> None:
        made = {}
        for key, raw in cells.items():
            answer = self._take(key, raw, "", not_applicable=False, comment=self.answers.get(key).comment)
            if answer is not None:
                made[key] = answer
        self._show()
        if made:
            self.block_answered.emit(made)

    def settled(self, *keys: str) -> None:
        """Learn that answers are stored, or refused: what is read from now on says how they are."""
        for key in keys:
            left = self._flying.get(key, 0) - 1
            if left > 0:
                self._flying[key] = left
            else:
                self._flying.pop(key, None)
                self._pending.pop(key, None)

    def _draft(self, key: str, raw: str) -> None:
        if self.read_only:
            return
        self._drafts = {name: text for name, text in self._drafts.items() if name != key} | ({key: raw} if raw else {})
        self.drafted.emit(key, raw)

    def _confirm_all(self) -> None:
        self.confirmed.emit(self._sames())

    def commit(self) -> None:
        """Save what is being typed."""
        self.head.commit()
        for row in self.rows.values():
            row.commit()
        if self.closing is not None:
            self.closing.edit.commit()

    # --- where the keyboard is -----------------------------------------------------------------------------------

    def current(self) -> str | None:
        """Return the item that has the keyboard."""
        widget = QApplication.focusWidget()
        for stop in self._stops:
            if widget is not None and (stop is widget or stop.isAncestorOf(widget)):
                return stop.item.id if isinstance(stop, ItemRow) else stop.current_item()
        return None

    def focus_item(self, key: str) -> None:
        """Put the keyboard into an item."""
        if key not in self.rows:
            self.finish()
        if key in self.rows:
            self.rows[key].focus()
            self._bring(self.rows[key])
            return
        for box in self.grids:
            if box.model.place(key) is not None:
                box.focus_item(key)
                self._bring(box)

    def focus_first(self, *, anew: bool = False) -> None:
        """Put the keyboard into the item that has it, the first one without an answer, or the first of all.

        Args:
            anew: the item that has it does not matter: another subject is shown.
        """
        present = None if anew else self.current()
        order = [item.id for item in self.form.items() if self._stands(item.id)]
        target = present or next((key for key in order if key in self.look.open), order[0] if order else None)
        if target is not None:
            self.focus_item(target)
        else:
            self.setFocus()

    def _next_of(self, wanted: Sequence[str]) -> str | None:
        order = [item.id for item in self.form.items()]
        here = order.index(present) if (present := self.current()) in order else -1
        places = sorted(order.index(key) for key in wanted)
        after = [place for place in places if place > here]
        return order[(after or places)[0]] if places else None

    def go_to_open(self) -> None:
        """Go to the next item without an answer."""
        target = self._next_of([key for key in self.look.open if self._stands(key)])
        if target is not None:
            self.focus_item(target)

    def focus_trouble(self) -> None:
        """Put the keyboard into the first item that is wrong or missing."""
        self.finish()
        target = next((item.id for item in self.form.items() if item.id in {*self.look.remarks, *self.look.open}), None)
        if target is not None:
            self.focus_item(target)

    def go_to_wrong(self) -> None:
        """Go to the next answer with a remark."""
        target = self._next_of(self._wrong())
        if target is not None:
            self.focus_item(target)

    def _move(self, stop: ItemRow | GridBox, way: str) -> None:
        self.finish()
        if way == "open":
            self.go_to_open()
            return
        standing = [one for one in self._stops if one is stop or not one.isHidden()]
        place = standing.index(stop) + (1 if way == "on" else -1)
        if 0 <= place < len(standing):
            target = standing[place]
            if isinstance(target, ItemRow):
                target.focus()
            else:
                target.grid.setFocus()
        elif way == "on" and self.closing is not None:
            self.closing.edit.setFocus()

    def _walk_from_end(self, event: QKeyEvent) -> None:
        way = way_of(event)
        standing = [one for one in self._stops if not one.isHidden()]
        if way == "open":
            self.go_to_open()
        elif way == "back" and standing:
            last = standing[-1]
            last.focus() if isinstance(last, ItemRow) else last.grid.setFocus()

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        for stop in self._stops:
            inside = now is not None and stop.isAncestorOf(now)
            if isinstance(stop, ItemRow):
                stop.set_hot(inside)
            if inside:
                self._bring(stop)

    def _bring(self, stop: ItemRow | GridBox) -> None:
        """Bring what is being answered into sight."""
        px = theme.current().px
        rect = stop.rect() if isinstance(stop, ItemRow) else stop.cell_rect()
        inner = self.scroller.widget()
        top = stop.mapTo(inner, rect.topLeft())
        view = QRect(0, self.scroller.verticalScrollBar().value(), 1, self.scroller.viewport().height())
        bar = self.scroller.verticalScrollBar()
        if top.y() + rect.height() + px(12) > view.bottom():
            bar.setValue(min(top.y() - px(12), top.y() + rect.height() + px(24) - view.height()))
        if top.y() - px(12) < bar.value():
            bar.setValue(top.y() - px(12))
