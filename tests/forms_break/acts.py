"""Acts that are broken off: functions of a module, so that another process can be told to do them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from app.importers.opening import read_here
from app.importers.parsed import Hints
from app.models.store import Store
from app.operations import form_answers, form_blanks, form_drafts, form_group, form_receiving, form_rounds
from app.operations.files import for_reading
from app.operations.form_receiving import Line, Receiving

# what the acts load on their way is loaded once, before the processes are forked
import app.exporters.form_blank  # isort: skip
import app.forms.excel_plan  # isort: skip # noqa: F401
import openpyxl  # isort: skip # noqa: F401


def accept(store: Store, case_ids: Sequence[int]) -> None:
    form_rounds.accept(store, case_ids)


def look(store: Store, paths: Sequence[Path]) -> Receiving:
    """Read files in this process, as the reading child does."""
    known = form_receiving.known(store.connection)
    readings = [read_here(path, Hints(kind="filled_form"), known) for path in paths]
    return form_receiving.judge(store.connection, readings)


def take(store: Store, paths: Sequence[Path]) -> list[Line]:
    """Load every file that can be loaded; returns the lines as they were judged."""
    found = look(store, paths)
    for line in found.lines:
        if line.writable:
            form_receiving.load(store, [line])
    return list(found.lines)


def open_and_take(path: Path, paths: Sequence[Path]) -> None:
    store = Store.open(path, actor="Ким О. В.")
    take(store, paths)
    store.abandon()


def agree_all(store: Store, round_id: int, subject_id: int) -> None:
    form_group.accept_unanimous(store, round_id, subject_id)


def agree_one(store: Store, round_id: int, subject_id: int) -> None:
    form_group.agree(store, round_id, subject_id, "3", "1", "обсудили")


def save_form(store: Store, form_id: str) -> None:
    """Save what the editor holds."""
    draft = form_drafts.read(store.connection, form_id)
    assert draft is not None
    form_drafts.save(store, draft)


def blanks(path: Path, round_id: int, folder: Path) -> None:
    """Write the blanks of everybody in a round."""
    with for_reading(path) as connection:
        form_blanks.write(connection, form_blanks.of_round(connection, round_id), folder)


def accept_one_by_one(path: Path, case_ids: Sequence[int]) -> None:
    """Accept as a person does, one after another."""
    store = Store.open(path, actor="Ким О. В.")
    for case in case_ids:
        form_rounds.accept(store, [case])
    store.abandon()


def answer_and_hang(path: Path, case_id: int) -> None:
    """Answer one item and keep the file open."""
    store = Store.open(path, actor="Ким О. В.")
    form_answers.put(store, case_id, "1", "2")
    time.sleep(60)


def open_only(path: Path) -> None:
    """Open a file; an older one is updated."""
    Store.open(path, actor="Ким О. В.").abandon()
