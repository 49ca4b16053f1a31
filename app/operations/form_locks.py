"""What accepted answers refuse where the definitions of forms are not needed: undo."""

from __future__ import annotations

from app.errors import UserError
from app.models import forms as stored
from app.models.store import Connection


def refuse_if_locked(connection: Connection, operation_id: int) -> None:
    """Refuse to undo an operation that changed answers which have been accepted since.

    Raises:
        UserError: ``FORM_LOCKED``.
    """
    # accepting makes answers of half-typed text: undone at once, it gives back the text and the lock together
    touched = sorted(set(stored.touched_by(connection, operation_id)) - stored.accepted_by(connection, operation_id))
    for case in stored.cases(connection, keys=touched) if touched else ():
        if case.locked:
            record = stored.round_of(connection, case.round_id)
            subject = stored.subjects(connection, keys=[case.subject_id])[0]
            raise UserError("FORM_LOCKED", form=record.title if record else "", subject=subject.shown)
