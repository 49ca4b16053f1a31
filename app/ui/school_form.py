"""One form in school mode: what is typed goes into the working store at once, letter by letter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.errors import UserError
from app.forms.schema import Answer, AnswerSet
from app.operations import form_answers
from app.operations.form_cases import CaseView
from app.texts import ru_date
from app.ui import theme
from app.ui.form_view.base import Remark
from app.ui.form_view.view import FormView
from app.ui.proofs import ProofOpener
from app.ui.session import Session
from app.ui.widgets.basics import Button, Card
from app.ui.widgets.labels import ElidedLabel, Label, ruler


class SchoolForm(Card):
    """A form with its heading.

    Signals:
        next_wanted(): the next form is to be shown.
        stored(): something is written; what is shown must be read anew.
    """

    next_wanted = Signal()
    stored = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(pad=0)
        self.session = session
        self.view: CaseView | None = None
        self.form: FormView | None = None
        self._proofs = ProofOpener(self, session, lambda text: session.tell("ok", text))
        px = theme.current().px
        self.body.setContentsMargins(1, px(8), 1, px(4))
        self.body.setSpacing(px(4))
        self.name = ElidedLabel("", "section", mode=Qt.TextElideMode.ElideRight, least=px(160))
        self.due = Label("", "muted")
        self.after = Button("Следующая форма", self.next_wanted.emit, icon="chevron-right", kind="quiet",
                            tip="Ctrl+Alt+↓")  # fmt: skip
        top = QHBoxLayout()
        top.setContentsMargins(px(12), 0, px(8), 0)
        top.setSpacing(px(10))
        top.addWidget(self.name, 1)
        top.addWidget(self.due)
        top.addWidget(self.after)
        self.body.addLayout(top)
        told = QVBoxLayout()
        told.setContentsMargins(px(12), 0, px(12), 0)
        self.told = Remark()
        self.told.hide()
        told.addWidget(self.told)
        self.body.addLayout(told)
        self.body.addWidget(ruler())
        self.place = QVBoxLayout()
        self.place.setContentsMargins(0, 0, 0, 0)
        self.body.addLayout(self.place, 1)

    # --- showing -------------------------------------------------------------------------------------------------

    def show_view(self, view: CaseView, *, several: bool, shown: str) -> None:
        """Show a form; ``shown`` is its heading, ``several`` whether there is a next one."""
        if self.form is None:
            self.form = self._make(view)
        self.view = view
        self.name.setText(shown)
        late = view.due_on is not None and view.due_on < self.session.today().isoformat()
        self.due.setText(f"{'срок был' if late else 'срок'} {ru_date(view.due_on)}" if view.due_on else "")
        self.due.set_role("bad" if late else "muted")
        self.after.setVisible(several)
        remark = view.case.return_remark or ""
        self.told.say("warn", f"Вернули на доработку: {remark}" if remark else "")
        self.form.show_case(view, read_only=self.session.desk.read_only)

    def _make(self, view: CaseView) -> FormView:
        form = FormView(view.form)
        form.answered.connect(self._answered)
        form.block_answered.connect(self._block_answered)
        form.drafted.connect(lambda item, raw: self._write([], form_answers.put_draft, item, raw))
        form.confirmed.connect(self._confirmed)
        form.attach.connect(self.attach)
        form.opened.connect(self.open_proof)
        form.detached.connect(self._detach)
        form.head_changed.connect(lambda field, text: self._write([], form_answers.put_head, field, text))
        form.conclusion_changed.connect(lambda text: self._write([], form_answers.put_conclusion, text))
        self.place.addWidget(form, 1)
        return form

    def commit(self) -> None:
        """Save what is being typed."""
        if self.form is not None:
            self.form.commit()

    def focus_first(self) -> None:
        """Put the keyboard into the form."""
        if self.form is not None:
            self.form.focus_first()

    # --- answering -----------------------------------------------------------------------------------------------

    def _write(self, keys: Sequence[str], function: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
        """Store answers; what was typed stands on the screen until it is stored and read anew."""
        if self.view is None:
            return
        case_id = self.view.case.id

        def settle(result: object) -> None:
            if self.form is not None and self.view is not None and self.view.case.id == case_id:
                self.form.settled(*keys)
            if isinstance(result, UserError):
                self.session.tell_error(result)
            self.stored.emit()

        future = self.session.written(function, case_id, *args, **kwargs)
        if future is None:
            settle(None)
        else:
            self.session.runner.take(future, settle, settle, owner=self)

    def _answered(self, item: str, raw: str, other: str, absent: bool, comment: str) -> None:
        self._write([item], form_answers.put, item, raw, other=other, not_applicable=absent, comment=comment)

    def _block_answered(self, answers: Mapping[str, Answer]) -> None:
        if self.form is not None:
            form = self.form.form
            self._write(list(answers), form_answers.store_set, AnswerSet(form.id, form.version, dict(answers)))

    def _confirmed(self, items: Sequence[str]) -> None:
        self.commit()
        self._write([], form_answers.confirm, tuple(items))

    # --- proofs --------------------------------------------------------------------------------------------------

    def attach(self, item: str) -> None:
        """Attach files to an item."""
        for path in self.session.dialogs.open_files("Подтверждение ответа", "Все файлы (*)") or ():
            self._write([], form_answers.attach, item, path)

    def _detach(self, key: int) -> None:
        self.session.write(self, lambda _none: self.stored.emit(), form_answers.detach, key)

    def open_proof(self, key: int) -> None:
        """Open a proof with the program that the computer has for it."""
        proof = next((one for one in self.view.evidence if one.id == key), None) if self.view is not None else None
        if proof is not None:
            self._proofs.open(proof)
