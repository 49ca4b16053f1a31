"""History, undo and redo; they survive a restart because they read the journal."""

from __future__ import annotations

from app.models import journal, lists
from app.models.journal import OperationRecord
from app.models.store import Connection, Store

STATE_WORDS = {"done": "", "undone": "отменено", "discarded": "отменено"}


def history(connection: Connection, limit: int | None = None) -> list[OperationRecord]:
    """Return operations, newest first."""
    return journal.history(connection, limit)


def undo(store: Store, operation_id: int | None = None, *, passing: bool = False) -> OperationRecord:
    """Undo the last operation, or a given one that nothing later touched.

    A correction, a line of the agreement, of the protocol or of the road map belongs to its list: while the list is
    approved, it can be neither changed nor undone. An answer of an accepted form stays, too, and so does an approved
    programme. ``passing``: see ``journal.undo``.

    Raises:
        UserError: ``GEN_APPROVED``, ``FORM_LOCKED``, ``PROGRAMME_FROZEN``; for the rest see ``journal.undo``.
    """
    from app.models import agreement
    from app.operations import form_locks, programme_locks  # forms and programmes would make the window start later

    candidate = journal.undo_candidate(store.connection)
    key = operation_id if operation_id is not None else candidate.id if candidate else None
    if key is not None:
        form_locks.refuse_if_locked(store.connection, key)
        programme_locks.refuse_if_frozen(store.connection, key)
    for list_of in (lists.list_corrected_by, agreement.list_touched_by):
        touched = None if key is None else list_of(store.connection, key)
        if touched is not None:
            from app.operations.identification import refuse_if_approved  # the rules would make the window start later

            refuse_if_approved(store.connection, *touched)
    return store.undo(operation_id, passing=passing)


def redo(store: Store) -> OperationRecord:
    """Do again what was undone last. Errors: see ``journal.redo``."""
    return store.redo()
