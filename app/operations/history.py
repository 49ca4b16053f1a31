"""History, undo and redo; they survive a restart because they read the journal."""

from __future__ import annotations

from app.models import journal, lists
from app.models.journal import OperationRecord
from app.models.store import Connection, Store

STATE_WORDS = {"done": "", "undone": "отменено", "discarded": "отменено"}


def history(connection: Connection, limit: int | None = None) -> list[OperationRecord]:
    """Return operations, newest first."""
    return journal.history(connection, limit)


def undo(store: Store, operation_id: int | None = None) -> OperationRecord:
    """Undo the last operation, or a given one that nothing later touched.

    A correction belongs to its list: while the list is approved, it can be neither changed nor undone.

    Raises:
        UserError: ``GEN_APPROVED``; for the rest see ``journal.undo``.
    """
    candidate = journal.undo_candidate(store.connection)
    key = operation_id if operation_id is not None else candidate.id if candidate else None
    corrected = None if key is None else lists.list_corrected_by(store.connection, key)
    if corrected is not None:
        from app.operations.identification import refuse_if_approved  # the rules would make the window start later

        refuse_if_approved(store.connection, *corrected)
    return store.undo(operation_id)


def redo(store: Store) -> OperationRecord:
    """Do again what was undone last. Errors: see ``journal.redo``."""
    return store.redo()
