"""History, undo and redo; they survive a restart because they read the journal."""

from __future__ import annotations

from app.models import journal
from app.models.journal import OperationRecord
from app.models.store import Connection, Store

STATE_WORDS = {"done": "", "undone": "отменено", "discarded": "отменено"}


def history(connection: Connection, limit: int | None = None) -> list[OperationRecord]:
    """Return operations, newest first."""
    return journal.history(connection, limit)


def undo(store: Store, operation_id: int | None = None) -> OperationRecord:
    """Undo the last operation, or a given one that nothing later touched. Errors: see ``journal.undo``."""
    return store.undo(operation_id)


def redo(store: Store) -> OperationRecord:
    """Do again what was undone last. Errors: see ``journal.redo``."""
    return store.redo()
