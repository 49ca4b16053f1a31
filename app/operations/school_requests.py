"""Requests to schools as files: the same program opens one in school mode and shows only what is asked.

A request holds everything that a computer without our file needs: definitions, deadlines, the letter, what is filled in
beforehand, last year's answers. Its id stays the same when the same rounds are asked again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app import __version__
from app.errors import UserError
from app.forms.packet import REQUEST_SUFFIX, canonical
from app.forms.packet_records import AskedCase, PacketAnswer, PacketForm, Request, open_request, seal_request
from app.forms.schema import AnswerSet, FormDef
from app.models import forms as stored
from app.models import settings
from app.models.forms import FormAnswer
from app.models.journal import now
from app.models.store import Connection
from app.operations import form_prefill
from app.operations.form_blanks import safe_name
from app.operations.form_cases import answer_set, head_of
from app.operations.form_issue import AskedForm, Issued, Progress, StoppedError, asked_forms
from app.operations.papers import folder_for
from app.texts import school_year


@dataclass(frozen=True, slots=True)
class MadeRequest:
    """One request as a file; ``case_ids`` are the forms it asks for."""

    name: str
    data: bytes
    request: Request
    case_ids: tuple[int, ...]


def show(path: Path) -> Request:
    """Return what a request file asks.

    Raises:
        UserError: ``FORM_PACKET_…``, ``GEN_FILE_…``.
    """
    return open_request(path)


def of_rounds(connection: Connection, round_ids: Iterable[int]) -> list[int]:
    """Return the subjects' own cases of rounds, in the file's own order of schools.

    Raises:
        UserError: ``FORM_NO_ROUND``.
    """
    keys = list(dict.fromkeys(round_ids))
    for key in keys:
        if stored.round_of(connection, key) is None:
            raise UserError("FORM_NO_ROUND", key=key)
    cases = [case for case in stored.cases(connection, rounds=keys) if case.role == "self"]
    named = stored.subjects(connection, keys={case.subject_id for case in cases})
    places = {subject.id: place for place, subject in enumerate(named)}
    return [case.id for case in sorted(cases, key=lambda case: (places[case.subject_id], keys.index(case.round_id)))]


def make(connection: Connection, case_ids: Iterable[int]) -> tuple[list[MadeRequest], list[str]]:
    """Return one request a school (or other subject) and school year, and the names of those that are not asked.

    Raises:
        UserError: ``FORM_NO_CASE``, ``FORM_UNKNOWN``, ``FORM_REQUEST_NOTHING``, ``FORM_PACKET_LARGE``.
    """
    groups, left_out = _groups(connection, case_ids)
    return list(_made(connection, groups)), left_out


def write(
    connection: Connection, case_ids: Iterable[int], folder: Path, progress: Progress | None = None
) -> Issued[MadeRequest]:
    """Write requests as files, all of them or none; a file of that name that stands there stays.

    Args:
        connection: the open file.
        case_ids: which forms of whom.
        folder: where to; made beside what is there.
        progress: told before each request.

    Raises:
        UserError: as ``make``; ``PAPER_…`` of writing.
    """
    from app.exporters.atomic import write_all

    groups, left_out = _groups(connection, case_ids)
    target = folder_for(folder)
    done: list[MadeRequest] = []

    def files() -> Iterator[tuple[Path, bytes]]:
        for made in _made(connection, groups):
            if progress is not None and not progress(made.request.school_name, len(done), len(groups)):
                raise StoppedError
            done.append(replace(made, data=b""))
            yield target / made.name, made.data

    try:
        paths = write_all(files())
    except StoppedError:
        return Issued((), tuple(left_out), stopped=True)
    return Issued(tuple(zip(paths, done, strict=True)), tuple(left_out))


# --- whom and what -----------------------------------------------------------------------------------------------


def _groups(connection: Connection, case_ids: Iterable[int]) -> tuple[list[list[AskedForm]], list[str]]:
    """Return what is asked by school (or subject) and year, and whom nothing is asked of."""
    groups: dict[object, list[AskedForm]] = {}
    left_out: list[str] = []
    for one in asked_forms(connection, list(case_ids)):
        case, subject = one.case, one.subject
        if case.locked or case.exempt is not None or case.role != "self" or one.form.parts:
            left_out.append(subject.shown)
            continue
        whose = ("school", one.school.id) if one.school is not None else ("subject", subject.id)
        groups.setdefault((whose, one.round.school_year), []).append(one)
    if not groups:
        why = "ответы уже приняты или не нужны" if left_out else "в сборе никого нет"
        raise UserError("FORM_REQUEST_NOTHING", what=why)
    return list(groups.values()), list(dict.fromkeys(left_out))


def _made(connection: Connection, groups: Sequence[Sequence[AskedForm]]) -> Iterator[MadeRequest]:
    values = settings.get_all(connection)
    issued_at, taken = now(), set[str]()
    for asked in groups:
        request = _request(connection, asked, values, issued_at)
        yield MadeRequest(
            _name(request, taken), seal_request(request), request, tuple(one.case.id for one in asked)
        )  # fmt: skip


def _name(request: Request, taken: set[str]) -> str:
    """Return «СОШ № 3 — запрос 2026-27.opora-запрос», free among those of the issue."""
    year = school_year(request.school_year).replace("/", "-")
    tails = ["", *([f" ({request.school_code})"] if request.school_code else [])]
    number = 2
    while True:
        tail = tails.pop(0) if tails else f" ({number})"
        name = safe_name(f"{request.school_name} — запрос {year}", tail, REQUEST_SUFFIX)
        if name.casefold() not in taken:
            taken.add(name.casefold())
            return name
        number += not tails


def _request(connection: Connection, asked: Sequence[AskedForm], values: dict[str, str], issued_at: str) -> Request:
    first = asked[0]
    school = first.school
    letters = [one.round.letter for one in asked if one.round.letter]
    due = [day for one in asked if (day := one.case.due_on or one.round.due_on)]
    asker, phone = _asker(values["executor"])
    forms = {(one.form.id, one.form.version): one.form for one in asked}
    return Request(
        id=request_id(school.id if school is not None else first.subject.id, [one.round.id for one in asked]),
        issued_at=issued_at,
        program=__version__,
        municipality=values["municipality"],
        school_name=school.shown if school is not None else first.subject.shown,
        school_year=first.round.school_year,
        organisation=values["organisation"],
        asker=asker,
        phone=phone,
        school_id=school.id if school is not None else None,
        school_code=school.code if school is not None else "",
        due_on=min(due, default=None),
        letter="\n\n".join(dict.fromkeys(letters)),
        forms=tuple(PacketForm(form.id, form.version, form.digest, form.text) for form in forms.values()),
        cases=tuple(_case(connection, one) for one in asked),
    )  # fmt: skip


def request_id(whose: int, rounds: Iterable[int]) -> str:
    """Return the id of a request: the same school and the same rounds give the same one."""
    return hashlib.sha256(canonical([whose, sorted(set(rounds))])).hexdigest()[:32]


def _asker(executor: str) -> tuple[str, str]:
    """Return who asks and the telephone: the setting «исполнитель» holds both in one line."""
    name, comma, phone = executor.rpartition(",")
    if comma and sum(char.isdigit() for char in phone) >= 5:
        return name.strip(), phone.strip()
    return executor.strip(), ""


def _case(connection: Connection, one: AskedForm) -> AskedCase:
    rows = stored.answers(connection, [one.case.id])[one.case.id]
    last = form_prefill.last_year(connection, one.form, one.subject, one.round.school_year)
    own = one.school.shown if one.school is not None else ""
    name = one.subject.shown.removeprefix(own).removeprefix(" — ").strip()
    return AskedCase(
        case_id=one.case.id,
        round_id=one.round.id,
        subject_id=one.subject.id,
        subject_kind=one.subject.kind,
        subject=one.subject.shown,
        form_id=one.form.id,
        version=one.form.version,
        title=one.round.title,
        subject_name=name,
        due_on=one.case.due_on or one.round.due_on,
        remark=one.case.return_remark if one.case.returned_on and not one.case.received_on else None,
        returned_on=one.case.returned_on if not one.case.received_on else None,
        conclusion=one.case.conclusion or "",
        answers=answers_of(one.form, rows),
        head=head_of(rows),
        last_year=last[0] if last is not None else None,
        last=from_set(last[1]) if last is not None else (),
    )


def answers_of(form: FormDef, rows: Iterable[FormAnswer]) -> tuple[PacketAnswer, ...]:
    """Return stored answers as they travel."""
    return from_set(answer_set(form, rows))


def from_set(answers: AnswerSet) -> tuple[PacketAnswer, ...]:
    """Return answers as they travel."""
    return tuple(
        PacketAnswer(key, one.raw, one.value, one.other, one.not_applicable, one.comment, one.confirmed)
        for key, one in sorted(answers.answers.items())
    )
