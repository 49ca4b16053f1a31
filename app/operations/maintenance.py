"""Backups, restoring, checking, rescuing: what keeps a person's work from being lost."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import Problem, UserError
from app.models import backup, health, network
from app.models.backup import REASONS, Backup
from app.models.store import Connection, Store

if TYPE_CHECKING:
    from app.models.rescue import RescueReport

REASON_WORDS = REASONS


def make_backup(store: Store) -> Path:
    """Make a checked backup now. Errors: ``STORE_BACKUP_FAILED``, ``STORE_DAMAGED_NO_BACKUP``."""
    return store.backup("by-hand")


BACKUP_FROM = 5 << 20
"""Files of this many bytes together are a bulk import: a backup is made before it."""


def backup_before_import(store: Store, size: int) -> Path | None:
    """Make a backup before files of ``size`` bytes together are loaded, where that is a bulk import."""
    return store.backup("before-import") if size >= BACKUP_FROM else None


def save_copy(store: Store, target: Path) -> None:
    """Write one closed, checked file to hand over («Сохранить копию для передачи…», decision 20).

    Raises:
        UserError: ``STORE_EXISTS``, ``STORE_BACKUP_FAILED``.
    """
    if target.exists():
        raise UserError("STORE_EXISTS", file=target.name, folder=target.absolute().parent)
    backup.copy_to(store.connection, target)


def backups(path: Path) -> list[Backup]:
    """Return the backups of a file, newest first."""
    return backup.listing(path)


def restore(source: Path, target: Path) -> Path | None:
    """Restore a backup; what stood at ``target`` is moved aside and its new path returned."""
    return backup.restore(source, target)


def check(connection: Connection) -> list[Problem]:
    """Return everything wrong with the open file; the joint list of the data is ``checks.problems``."""
    from app.models import forms

    found = health.check(connection, _column_names)
    if any(item.code == "STORE_DAMAGED" for item in found) or not forms.any_round(connection):
        return found
    from app.operations import form_health  # it would make the window start later

    return [*found, *form_health.check(connection)]


def _column_names(connection: Connection) -> dict[str, str]:
    # imported here: they would make the window start later
    from app.operations import execution_marks, indicator_marks, registers, surveys
    from app.operations.metrics import catalogue

    metrics = {metric.code: metric.short for metric in catalogue(connection).metrics}
    return {
        **metrics, **surveys.draft_names(connection), **registers.draft_names(connection),
        **execution_marks.draft_names(connection), **indicator_marks.draft_names(connection),
    }  # fmt: skip


def on_network(path: Path) -> bool:
    """Tell whether a file lies on a network share, where a working copy is offered (decision 20)."""
    return network.is_network(path)


def check_out(original: Path, folder: Path, actor: str) -> Path:
    """Take a working copy of a file on a share. Errors: see ``models.working_copy.check_out``."""
    from app.models import working_copy

    return working_copy.check_out(original, folder, actor)


def check_in(copy: Path) -> Path:
    """Bring a working copy back. Errors: see ``models.working_copy.check_in``."""
    from app.models import working_copy

    return working_copy.check_in(copy)


def inspect_damaged(path: Path) -> RescueReport:
    """Look at a damaged file and its backups."""
    from app.models import rescue

    return rescue.inspect(path)


def salvage(path: Path, target: Path) -> dict[str, int]:
    """Copy what can still be read into a new file."""
    from app.models import rescue

    return rescue.salvage(path, target)
