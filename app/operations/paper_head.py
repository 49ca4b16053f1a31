"""The head of papers of the methodist's own work, from the settings of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.models import settings
from app.models.journal import now
from app.models.store import Connection

if TYPE_CHECKING:
    from app.reports.work_head import WorkHead


def head(connection: Connection) -> WorkHead:
    """Return whose papers these are, when they are made, who prepared and who signs them."""
    from app.reports.work_head import WorkHead

    values = settings.get_all(connection)
    return WorkHead(
        values["municipality"], values["organisation"], now(), values["executor"],
        (values["signer_position"], values["signer_name"]),
    )  # fmt: skip
