"""Replies of schools as files: what the working store says of itself, and what the methodist's store takes from it.

Reading, comparing and writing of the answers go the way of filled workbooks (``form_receiving``); here is only what a
workbook does not have: who has answered, and proofs with their bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app import __version__, clock
from app.errors import Problem, UserError, problem
from app.forms.packet import REPLY_SUFFIX
from app.forms.packet_records import PacketProof, RepliedCase, Reply, open_reply, open_reply_bytes, seal_reply
from app.models import blobs, settings
from app.models import forms as stored
from app.models.journal import now
from app.models.store import Connection, Operation, Store
from app.operations import form_answers, school_mode
from app.operations.form_blanks import safe_name
from app.operations.form_cases import CaseView


def show(path: Path) -> Reply:
    """Return what a reply file says.

    Raises:
        UserError: ``FORM_PACKET_…``, ``GEN_FILE_…``.
    """
    return open_reply(path)[0]


# --- on the computer of the school -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MadeReply:
    """A reply as a file; ``problems`` are what is not answered, wrong or half-typed in it."""

    name: str
    data: bytes
    reply: Reply
    problems: tuple[Problem, ...]


def file_name(school: str, day: date) -> str:
    """Return «СОШ № 3 — ответ 23.11.2026.opora-ответ», safe on Windows."""
    return safe_name(f"{school} — ответ {day.strftime('%d.%m.%Y')}", "", REPLY_SUFFIX)


def make(connection: Connection) -> MadeReply:
    """Return the reply to the request that a working store holds.

    Raises:
        UserError: ``FORM_REQUEST_NONE``, ``FORM_SCHOOL_NAME``, ``FORM_PACKET_LARGE``.
    """
    request = school_mode.request_of(connection)
    filler, post = settings.get(connection, "filler"), settings.get(connection, "filler_post")
    if not filler.strip():
        raise UserError("FORM_SCHOOL_NAME")
    views = [form_answers.case(connection, asked.case_id) for asked in request.cases]
    reply = Reply(
        request.id, now(), __version__, filler, post, request.municipality, request.school_name, request.school_year,
        request.school_id, request.school_code, tuple(school_mode.replied(view) for view in views),
    )  # fmt: skip
    files = {
        proof.sha256: blobs.get(connection, proof.sha256)
        for view in views for proof in view.evidence if proof.sha256 is not None
    }  # fmt: skip
    found = [one for view in views for one in (*typed(view), *view.problems)]
    return MadeReply(file_name(request.school_name, clock.today()), seal_reply(reply, files), reply, tuple(found))


def typed(view: CaseView) -> list[Problem]:
    """Return what is half-typed in a form: it does not go into the reply as an answer."""
    if not view.drafts:
        return []
    numbers = [item.number or item.text[:30] for item in view.form.items() if item.id in view.drafts]
    return [problem("FORM_SCHOOL_TYPED", form=view.form.short, items=", ".join(numbers[:8]))]


def save(store: Store, path: Path) -> MadeReply:
    """Write the reply as a file and remember which answers it holds.

    Raises:
        UserError: as ``make``; ``PAPER_…`` of writing.
    """
    from app.exporters.atomic import write_atomic

    made = make(store.connection)
    write_atomic(path, made.data)
    with store.operation(f"Сохранён ответ «{path.name}»", "school.reply", reversible=False) as operation:
        settings.put(operation, "replied", f"{made.reply.made_at} {school_mode.content(made.reply.cases)}")
    return made


# --- on the computer of the methodist ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Received:
    """A reply that is being written: who has answered, and the files that lie in it."""

    reply: Reply
    files: dict[str, bytes]

    @property
    def author(self) -> str:
        """Who has answered, with the position."""
        return ", ".join(part for part in (self.reply.filler, self.reply.post) if part)


def of_bytes(data: bytes, name: str) -> Received | None:
    """Return the reply that bytes are, None where they are a workbook.

    Raises:
        UserError: ``FORM_PACKET_…``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if "reply.json" not in archive.namelist():
                return None
    except zipfile.BadZipFile:
        return None
    return Received(*open_reply_bytes(data, name))


def take_proofs(operation: Operation, received: Received, form_id: str, case_id: int) -> int:
    """Write the proofs of a form of a reply, those that are there already once; returns how many are new."""
    present = [(one.item_id, one.title, one.sha256, one.link) for one in stored.evidence(operation.connection, case_id)]
    added = 0
    for proof in _proofs(received.reply.cases, form_id, case_id):
        data = received.files.get(proof.sha256 or "")
        # only addresses of the web: a click must not open a file of this computer
        link = proof.link if (proof.link or "").casefold().startswith(("http://", "https://")) else None
        if data is None and link is None:
            continue
        title, name = proof.title.strip()[:300] or "Подтверждение", proof.file_name
        digest = None if data is None else blobs.put(operation.connection, data)
        if (proof.item_id, title, digest, link) in present:
            continue
        operation.insert(
            "form_evidence", case_id=case_id, item_id=proof.item_id, title=title,
            file_name=None if name is None else Path(name.replace("\\", "/")).name[:200], sha256=digest,
            link=link, added_at=now(),
        )  # fmt: skip
        added += 1
    return added


def _proofs(cases: Sequence[RepliedCase], form_id: str, case_id: int) -> Sequence[PacketProof]:
    """Return the proofs of the case itself, else of the only one with that form: a person may have chosen another."""
    exact = next((one for one in cases if one.case_id == case_id), None)
    same = [one for one in cases if one.form_id == form_id]
    chosen = exact or (same[0] if len(same) == 1 else None)
    return chosen.proofs if chosen is not None else ()
