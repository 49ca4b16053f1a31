"""Answers of a case: reading all of it, writing one item, a whole set, confirming, proofs.

Every change is one operation; edits of one item in one visit join into one. A wrong answer is kept with its code and
never refused. Accepted answers refuse every change (``FORM_LOCKED``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from app.errors import UserError
from app.forms.schema import Answer, AnswerSet, FormDef, Item
from app.models import blobs, organisations, settings
from app.models import forms as stored
from app.models.forms import HEAD, AnswerDraft, FormAnswer, FormCase, FormEvidence
from app.models.journal import now
from app.models.store import Connection, Operation, Store
from app.operations import form_prefill
from app.operations.form_cases import (
    CaseView,
    Place,
    case_of,
    draft_of,
    head_of,
    judge,
    part_answers,
    round_and_form,
    subject_of,
)
from app.texts import count


def case(connection: Connection, case_id: int) -> CaseView:
    """Return everything of one case: form, subject, answers, last year's, points, problems, progress, state, files.

    Raises:
        UserError: ``FORM_NO_CASE``, ``FORM_UNKNOWN``.
    """
    case = case_of(connection, case_id)
    record, form = round_and_form(connection, case.round_id)
    subject = subject_of(connection, case)
    rows = stored.answers(connection, [case_id])[case_id]
    files = tuple(stored.files(connection, cases=[case_id]))
    parts = part_answers(connection, case, form) if form.parts else None
    last = form_prefill.last_year(connection, form, subject, record.school_year)
    return CaseView(
        case=case,
        round=record,
        form=form,
        subject=subject,
        judged=judge(form, case, rows, files[-1].outcome if files else None, parts),
        last_year=last[1] if last else None,
        last_school_year=last[0] if last else None,
        head=head_of(rows),
        drafts=stored.drafts(connection, case_id),
        places={row.item_id: Place(row.file_id, row.sheet, row.cell) for row in rows if row.file_id is not None},
        files=files,
        evidence=tuple(stored.evidence(connection, case_id)),
        others=tuple(
            item
            for item in stored.cases(connection, rounds=[record.id], subjects=[case.subject_id])
            if item.id != case_id
        ),
    )


def open_case(connection: Connection, case_id: int) -> tuple[FormCase, FormDef]:
    """Return a case that may be written to, with its definition.

    Raises:
        UserError: ``FORM_NO_CASE``, ``FORM_UNKNOWN``, ``FORM_LOCKED``.
    """
    found = case_of(connection, case_id)
    _record, form = round_and_form(connection, found.round_id)
    if found.locked:
        raise UserError("FORM_LOCKED", form=form.short, subject=subject_of(connection, found).shown)
    return found, form


def _item(form: FormDef, item_id: str) -> Item:
    found = form.item(item_id)
    if found is None:
        raise UserError("FORM_NO_ITEM", form=form.short, item=item_id)
    return found


def _visit(case_id: int, what: str) -> str:
    return f"form:{case_id}:{what}"


def _kept(connection: Connection, case_id: int, item_id: str) -> FormAnswer | None:
    return next((row for row in stored.answers(connection, [case_id])[case_id] if row.item_id == item_id), None)


def _label(connection: Connection, found: FormCase, item: Item) -> str:
    what = f"пункт {item.number}" if item.number else f"«{item.text[:40].rstrip()}»"
    return f"Ответ на {what}: {subject_of(connection, found).shown}"


# --- one item ----------------------------------------------------------------------------------------------------


def put(
    store: Store, case_id: int, item_id: str, raw: str, *, other: str = "", not_applicable: bool = False,
    comment: str | None = None,
) -> Answer:  # fmt: skip
    """Write the answer to one item as it was typed; it counts as confirmed. Returns what is kept.

    Args:
        store: the open file.
        case_id: the case.
        item_id: the item.
        raw: value of the choice, its text, a number, a date as typed; "" empties the answer.
        other: the text beside «другое».
        not_applicable: «не применимо».
        comment: None leaves the comment as it is.

    Raises:
        UserError: ``FORM_LOCKED``, ``FORM_NO_ITEM``, ``FORM_NO_CASE``, ``FORM_UNKNOWN``.
    """
    from app.forms.answers import given

    found, form = open_case(store.connection, case_id)
    item = _item(form, item_id)
    before = _kept(store.connection, case_id, item_id)
    said = comment if comment is not None else before.comment if before else ""
    made = given(item, raw, other=other, not_applicable=not_applicable, comment=said, confirmed=True)
    label = _label(store.connection, found, item)
    with store.operation(label, "form.answer", merge=_visit(case_id, item_id)) as operation:
        organisations.drop_draft(operation, stored.DRAFTS, case_id, item_id)
        stored.write_answers(operation, case_id, [draft_of(item_id, made)])
    return made


def put_draft(store: Store, case_id: int, item_id: str, raw: str) -> None:
    """Keep half-typed text of an item (decision 18); "" forgets it. The stored answer stays until the item is left.

    The draft and the answer of the same item in one visit are one operation: one Ctrl+Z takes both back.

    Raises:
        UserError: ``FORM_LOCKED``, ``FORM_NO_ITEM``, ``FORM_NO_CASE``, ``FORM_UNKNOWN``.
    """
    _found, form = open_case(store.connection, case_id)
    item = _item(form, item_id)
    with store.operation("Набран текст", "form.draft", merge=_visit(case_id, item.id)) as operation:
        if raw:
            organisations.put_draft(operation, stored.DRAFTS, case_id, item_id, raw, "DRAFT")
        else:
            organisations.drop_draft(operation, stored.DRAFTS, case_id, item_id)


def take_drafts(operation: Operation, case_id: int, form: FormDef) -> None:
    """Make answers of half-typed text, as leaving the item would: a case that is locked next keeps nothing waiting."""
    from app.forms.answers import given

    for item_id, raw in stored.drafts(operation.connection, case_id).items():
        item = form.item(item_id)
        if item is None:
            continue
        before = _kept(operation.connection, case_id, item_id)
        said, other = (before.comment or "", before.other or "") if before else ("", "")
        made = given(item, raw, other=other, comment=said, confirmed=True)
        organisations.drop_draft(operation, stored.DRAFTS, case_id, item_id)
        stored.write_answers(operation, case_id, [draft_of(item_id, made)])


def put_head(store: Store, case_id: int, field_id: str, text: str) -> None:
    """Write a line over the form («Ответственный разработчик»); "" empties it.

    Raises:
        UserError: ``FORM_LOCKED``, ``FORM_NO_ITEM`` for a line that the form does not have.
    """
    found, form = open_case(store.connection, case_id)
    title = dict(form.head_fields).get(field_id)
    if title is None:
        raise UserError("FORM_NO_ITEM", form=form.short, item=field_id)
    label = f"{title}: {subject_of(store.connection, found).shown}"
    with store.operation(label, "form.head", merge=_visit(case_id, HEAD + field_id)) as operation:
        stored.write_answers(operation, case_id, [_head(field_id, text)])


def _head(field_id: str, text: str) -> AnswerDraft:
    return AnswerDraft(HEAD + field_id, text.strip(), text.strip() or None)


def put_conclusion(store: Store, case_id: int, text: str) -> None:
    """Write the closing words of the form; "" empties them.

    Raises:
        UserError: ``FORM_LOCKED``, ``FORM_NO_CASE``, ``FORM_UNKNOWN``.
    """
    found, _form = open_case(store.connection, case_id)
    label = f"Вывод: {subject_of(store.connection, found).shown}"
    with store.operation(label, "form.conclusion", merge=_visit(case_id, "conclusion")) as operation:
        operation.update("form_case", case_id, conclusion=text.strip() or None)


# --- many items --------------------------------------------------------------------------------------------------


def confirm(store: Store, case_id: int, item_ids: Iterable[str] | None = None) -> int:
    """«Без изменений»: confirm values that were filled in beforehand; returns how many answers were confirmed.

    An item without any answer takes last year's accepted one over, where there is one.

    Args:
        store: the open file.
        case_id: the case.
        item_ids: which items; all of the form where not given.

    Raises:
        UserError: ``FORM_LOCKED``, ``FORM_NO_ITEM``, ``FORM_NO_CASE``, ``FORM_UNKNOWN``.
    """
    found, form = open_case(store.connection, case_id)
    wanted = [item.id for item in form.items()] if item_ids is None else [_item(form, key).id for key in item_ids]
    record, _form = round_and_form(store.connection, found.round_id)
    subject = subject_of(store.connection, found)
    last = form_prefill.last_year(store.connection, form, subject, record.school_year)
    rows = {row.item_id: row for row in stored.answers(store.connection, [case_id])[case_id]}
    drafts = []
    for key in dict.fromkeys(wanted):
        row = rows.get(key)
        if row is not None and not row.confirmed:
            drafts.append(stored.as_draft(row, confirmed=True))
        elif row is None and last is not None and last[1].get(key).given:
            drafts.append(draft_of(key, form_prefill.taken_over(last[1].get(key), confirmed=True)))
    if not drafts:
        return 0
    number = count(len(drafts), "ответ", "ответа", "ответов")
    merge = _visit(case_id, drafts[0].item_id) if len(drafts) == 1 else None
    with store.operation(f"Без изменений, {number}: {subject.shown}", "form.confirm", merge=merge) as operation:
        return stored.write_answers(operation, case_id, drafts)


def store_set(
    store: Store, case_id: int, answers: AnswerSet, *, file_id: int | None = None,
    cells: Mapping[str, tuple[str, str]] | None = None, head: Mapping[str, str] | None = None,
    received_on: str | None = None,
) -> int:  # fmt: skip
    """Write many answers of a case as one operation; see ``write_set``. Returns how many are another now.

    Raises:
        UserError: ``FORM_LOCKED``, ``FORM_NO_CASE``, ``FORM_UNKNOWN``.
    """
    found, form = open_case(store.connection, case_id)
    label = f"Записаны ответы «{form.short}»: {subject_of(store.connection, found).shown}"
    with store.operation(label, "form.answers") as operation:
        return write_set(operation, case_id, answers, file_id=file_id, cells=cells, head=head, received_on=received_on)


def write_set(
    operation: Operation, case_id: int, answers: AnswerSet, *, file_id: int | None = None,
    cells: Mapping[str, tuple[str, str]] | None = None, head: Mapping[str, str] | None = None,
    received_on: str | None = None,
) -> int:  # fmt: skip
    """Write many answers inside an operation (loading of files); returns how many rows are another now.

    Items that the set names are written, an empty ``Answer`` empties the item; items it does not name stay.

    Args:
        operation: the operation in progress.
        case_id: the case.
        answers: of the version of the round (``app.forms.revisions`` brings older ones there).
        file_id: the kept file they came from.
        cells: item → (sheet, cell) in that file.
        head: lines over the form, id → text.
        received_on: the day they came, ISO; the case counts as received then.

    Raises:
        UserError: ``FORM_LOCKED``, ``FORM_NO_CASE``, ``FORM_UNKNOWN``.
    """
    open_case(operation.connection, case_id)
    places = cells or {}
    drafts = [
        draft_of(key, answer, file_id=file_id, sheet=places.get(key, (None, None))[0],
                 cell=places.get(key, (None, None))[1])
        for key, answer in answers.answers.items()
    ]  # fmt: skip
    drafts += [_head(key, text) for key, text in (head or {}).items()]
    for draft in drafts:
        organisations.drop_draft(operation, stored.DRAFTS, case_id, draft.item_id)
    changed = stored.write_answers(operation, case_id, drafts)
    if received_on is not None:
        operation.update("form_case", case_id, received_on=received_on)
    return changed


def clear(store: Store, case_id: int) -> None:
    """Take every answer of a case away, prefilled ones too.

    Raises:
        UserError: ``FORM_LOCKED``, ``FORM_NO_CASE``, ``FORM_UNKNOWN``.
    """
    found, form = open_case(store.connection, case_id)
    rows = stored.answers(store.connection, [case_id])[case_id]
    label = f"Убраны ответы «{form.short}»: {subject_of(store.connection, found).shown}"
    with store.operation(label, "form.clear") as operation:
        stored.write_answers(operation, case_id, [AnswerDraft(row.item_id, "") for row in rows])


# --- proofs ------------------------------------------------------------------------------------------------------


def attach(
    store: Store, case_id: int, item_id: str | None, path: Path | None, title: str = "", *, link: str = ""
) -> int:
    """Attach a proof to an item, or to the whole form where ``item_id`` is None; returns its key.

    Args:
        store: the open file.
        case_id: the case.
        item_id: the item it proves.
        path: a file whose bytes are kept; None where ``link`` is an address.
        title: what it is; the name of the file where it is empty.
        link: an address instead of a file.

    Raises:
        UserError: ``FORM_LOCKED``, ``FORM_NO_ITEM``, ``FORM_EVIDENCE_NOTHING``, ``FORM_EVIDENCE_BIG``,
            ``GEN_FILE_MISSING``, ``GEN_FILE_UNREADABLE``.
    """
    found, form = open_case(store.connection, case_id)
    if item_id is not None:
        _item(form, item_id)
    address = link.strip()
    if path is None and not address:
        raise UserError("FORM_EVIDENCE_NOTHING")
    data = None if path is None else _read(store.connection, path)
    name = title.strip() or (path.name if path is not None else address)
    label = f"Приложено «{name}»: {subject_of(store.connection, found).shown}"
    with store.operation(label, "form.attach") as operation:
        digest = None if data is None else blobs.put(operation.connection, data)
        return operation.insert(
            "form_evidence", case_id=case_id, item_id=item_id, title=name,
            file_name=None if path is None else path.name, sha256=digest, link=address or None, added_at=now(),
        )  # fmt: skip


def _read(connection: Connection, path: Path) -> bytes:
    limit = int(settings.get(connection, "blob_limit_mb"))
    try:
        size = path.stat().st_size
        if size > limit << 20:
            raise UserError("FORM_EVIDENCE_BIG", file=path.name, size=-(-size >> 20), limit=limit)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UserError("GEN_FILE_MISSING", file=path.name) from error
    except OSError as error:
        raise UserError("GEN_FILE_UNREADABLE", file=path.name, detail="файл не открывается") from error


def detach(store: Store, evidence_id: int) -> None:
    """Take a proof away.

    Raises:
        UserError: ``FORM_NO_EVIDENCE``, ``FORM_LOCKED``.
    """
    found = _evidence(store.connection, evidence_id)
    open_case(store.connection, found.case_id)
    with store.operation(f"Убрано подтверждение «{found.title}»", "form.detach") as operation:
        operation.delete("form_evidence", evidence_id)


def evidence_file(connection: Connection, evidence_id: int) -> tuple[str, bytes] | None:
    """Return name and bytes of a proof that is a file; None where it is an address.

    Raises:
        UserError: ``FORM_NO_EVIDENCE``.
    """
    found = _evidence(connection, evidence_id)
    if found.sha256 is None:
        return None
    return found.file_name or found.title, blobs.get(connection, found.sha256)


def _evidence(connection: Connection, evidence_id: int) -> FormEvidence:
    found = stored.evidence_of(connection, evidence_id)
    if found is None:
        raise UserError("FORM_NO_EVIDENCE")
    return found


def number_of(form: FormDef, wanted: str) -> str:
    """Return the id of the item that a person means by its id or by the number that the source prints.

    Raises:
        UserError: ``FORM_NO_ITEM``.
    """
    if form.item(wanted) is not None:
        return wanted
    plain = re.sub(r"[\s.]+$", "", wanted.strip())
    found = [item.id for item in form.items() if item.number.rstrip(".") == plain and plain]
    if len(found) != 1:
        raise UserError("FORM_NO_ITEM", form=form.short, item=wanted)
    return found[0]
