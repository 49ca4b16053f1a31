"""What an approved programme refuses where its tree is not needed: undo."""

from __future__ import annotations

from app.errors import UserError
from app.models import programmes as stored
from app.models.store import Connection


def refuse_if_frozen(connection: Connection, operation_id: int) -> None:
    """Refuse to undo an operation that changed a programme which has been approved since.

    Raises:
        UserError: ``PROGRAMME_FROZEN``.
    """
    for key in stored.programme_touched_by(connection, operation_id):
        found = stored.programme(connection, key)
        if found is not None and found.frozen:
            raise UserError("PROGRAMME_FROZEN", title=found.title, edition=found.edition)
