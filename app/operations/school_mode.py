"""School mode: the computer of a school that answers a request file with the same program.

A working store (*.opora) in the user's own folder holds the cases under their own ids, so that every operation on forms
works in it as it does with the methodist. Opening the same request goes on; a newer one keeps all answers.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from app import paths
from app.errors import Problem, UserError, problem
from app.forms.packet import canonical
from app.forms.packet_records import (
    AskedCase,
    PacketAnswer,
    PacketProof,
    RepliedCase,
    Request,
    open_request,
    record,
)
from app.forms.schema import Answer, FormDef
from app.models import forms as stored
from app.models import organisations, settings
from app.models.forms import HEAD, AnswerDraft, FormCase
from app.models.journal import now
from app.models.store import Connection, Operation, Store
from app.operations import forms
from app.operations.form_answers import case as view_of
from app.operations.form_cases import CaseView, answer_set, draft_of, round_and_form
from app.operations.school_requests import from_set

SCHOOL = "school"
"""What the setting «mode» says in a working store."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A working store that is ready; ``told`` is what a newer request has changed."""

    path: Path
    new: bool
    told: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Work:
    """Everything the window of school mode shows beside the form itself.

    Attributes:
        views: the forms that are asked, in the order of the request.
        replied_at: when the reply was saved last, ISO; None where never.
        fresh: whether the saved reply holds exactly these answers.
    """

    request: Request
    filler: str
    post: str
    views: tuple[CaseView, ...]
    replied_at: str | None = None
    fresh: bool = False

    @property
    def answered(self) -> int:
        """How many items are answered in all forms."""
        return sum(view.progress.answered for view in self.views)

    @property
    def of(self) -> int:
        """How many items are asked in all forms."""
        return sum(view.progress.of for view in self.views)


# --- where -------------------------------------------------------------------------------------------------------


def folder() -> Path:
    """Return where working stores lie; it is made when missing."""
    found = paths.profile() / "requests"
    found.mkdir(parents=True, exist_ok=True)
    return found


def place(request: Request) -> Path:
    """Return the working store of a request, whether it is there or not."""
    name = "".join(char for char in request.id if char.isascii() and char.isalnum())[:64]
    return folder() / f"{name}.opora"


def read(path: Path) -> Request:
    """Return a request whose forms can be read.

    Raises:
        UserError: ``FORM_PACKET_…``, ``GEN_FILE_…``, ``FORM_REQUEST_FORM``, ``FORM_REQUEST_NOTHING``.
    """
    request = open_request(path)
    known = _definitions(request, path.name)
    if not request.cases or not request.id.isalnum():
        raise UserError("FORM_REQUEST_NOTHING", what=f"в файле «{path.name}» нет ни одной формы")
    for asked in request.cases:
        if (asked.form_id, asked.version) not in known:
            raise UserError("FORM_REQUEST_FORM", file=path.name, form=asked.title)
    return request


def _definitions(request: Request, name: str) -> dict[tuple[str, str], FormDef]:
    from app.forms.loader import load

    found = {}
    for one in request.forms:
        try:
            form = load(one.text)
        except UserError as error:
            raise UserError("FORM_REQUEST_FORM", file=name, form=one.id) from error
        if (form.id, form.version, form.digest) != (one.id, one.version, one.digest):
            raise UserError("FORM_REQUEST_FORM", file=name, form=one.id)
        found[form.id, form.version] = form
    return found


def is_work(connection: Connection) -> bool:
    """Whether a store is the work of a school."""
    return settings.get(connection, "mode") == SCHOOL


def request_of(connection: Connection) -> Request:
    """Return the request that a working store answers; forms and answers are not in it, they lie in the store.

    Raises:
        UserError: ``FORM_REQUEST_NONE``.
    """
    text = settings.get(connection, "request")
    if not is_work(connection) or not text:
        raise UserError("FORM_REQUEST_NONE", file="рабочий файл")
    try:
        return record(Request, json.loads(text))
    except (TypeError, ValueError) as error:
        raise UserError("FORM_REQUEST_NONE", file="рабочий файл") from error


# --- beginning ---------------------------------------------------------------------------------------------------


def begin(path: Path, filler: str, post: str, target: Path | None = None) -> Begun:
    """Make the working store of a request file, or bring the one that is there up to it.

    Args:
        path: the request file.
        filler: who fills; "" leaves the name that the store has.
        post: the position.
        target: another place than the user's own folder.

    Raises:
        UserError: as ``read``; ``FORM_SCHOOL_NAME`` for a new store without a name; ``STORE_…``.
    """
    request = read(path)
    where = target or place(request)
    if where.exists():
        store = Store.open(where, actor=filler or "школа")
        try:
            told = _take(store, request, path.name, filler, post)
        finally:
            store.close()
        return Begun(where, new=False, told=tuple(told))
    if not filler.strip():
        raise UserError("FORM_SCHOOL_NAME")
    part = where.with_name(where.name + ".part")
    part.unlink(missing_ok=True)
    store = Store.create(part, name=request.municipality or "Муниципалитет", actor=filler)
    try:
        with store.operation("Открыт запрос", "school.begin", reversible=False) as operation:
            _fill(operation, request, _definitions(request, path.name))
            _name(operation, filler, post)
        store.close()
    except BaseException:
        store.abandon()
        part.unlink(missing_ok=True)
        raise
    _settle(part, where)
    return Begun(where, new=True)


def _settle(part: Path, where: Path) -> None:
    """Give the whole store its name: one that was killed in the making never stands there."""
    from app.models.backup import folder as backups

    part.rename(where)
    kept = backups(part)
    if kept.is_dir():
        for one in kept.iterdir():
            one.unlink(missing_ok=True)
        kept.rmdir()


def name_filler(store: Store, filler: str, post: str) -> None:
    """Write down who fills.

    Raises:
        UserError: ``FORM_SCHOOL_NAME``.
    """
    if not filler.strip():
        raise UserError("FORM_SCHOOL_NAME")
    with store.operation("Записано, кто заполняет", "school.name") as operation:
        _name(operation, filler, post)


def _name(operation: Operation, filler: str, post: str) -> None:
    settings.put(operation, "filler", filler.strip()[:200])
    settings.put(operation, "filler_post", post.strip()[:200])


def _meta(request: Request) -> str:
    """Return the request as the store keeps it: definitions and answers have tables of their own."""
    bare = tuple(replace(one, answers=(), last=(), head={}) for one in request.cases)
    return json.dumps(asdict(replace(request, forms=(), cases=bare)), ensure_ascii=False, sort_keys=True)


def _fill(operation: Operation, request: Request, known: Mapping[tuple[str, str], FormDef]) -> None:
    settings.put(operation, "mode", SCHOOL)
    settings.put(operation, "request", _meta(request))
    settings.put(operation, "municipality", request.municipality)
    settings.put(operation, "organisation", request.school_name)
    if request.school_id is not None:
        operation.insert("organisation", id=request.school_id, name=request.school_name, own=1)
        if request.school_code:
            organisations.set_code(operation, request.school_id, "own", request.school_code)
    for asked in request.cases:
        _add(operation, request, asked, known[asked.form_id, asked.version])


def _add(operation: Operation, request: Request, asked: AskedCase, form: FormDef) -> None:
    """Write one case that is not there yet, with its subject, round, answers and last year's answers."""
    forms.keep(operation, form)
    connection = operation.connection
    if not stored.subjects(connection, keys=[asked.subject_id]):
        operation.insert(
            "form_subject", id=asked.subject_id, kind=asked.subject_kind, organisation_id=request.school_id,
            name=asked.subject_name or (None if request.school_id is not None else asked.subject),
        )  # fmt: skip
    if stored.round_of(connection, asked.round_id) is None:
        _round(operation, asked.round_id, form, request.school_year, asked.title, asked.due_on)
    operation.insert(
        "form_case", id=asked.case_id, round_id=asked.round_id, subject_id=asked.subject_id, version=asked.version,
        conclusion=asked.conclusion or None, **_of_methodist(asked),
    )  # fmt: skip
    stored.write_answers(operation, asked.case_id, [*_drafts(form, asked.answers), *_lines(asked.head)])
    if asked.last_year is not None and asked.last_year < request.school_year:
        before = _round(operation, None, form, asked.last_year, asked.title, None)
        key = operation.insert(
            "form_case", round_id=before, subject_id=asked.subject_id, version=form.version, accepted_on=now()[:10]
        )
        stored.write_answers(operation, key, _drafts(form, asked.last, confirmed=True))


def _round(operation: Operation, key: int | None, form: FormDef, year: int, title: str, due_on: str | None) -> int:
    return operation.insert(
        "form_round", id=key, form_id=form.id, version=form.version, digest=form.digest, school_year=year, title=title,
        due_on=due_on, created_at=now(),
    )  # fmt: skip


def _of_methodist(asked: AskedCase) -> dict[str, str | None]:
    return {"due_on": asked.due_on, "returned_on": asked.returned_on, "return_remark": asked.remark}


def _given(form: FormDef, said: PacketAnswer) -> Answer:
    """Return an answer of the request as this program understands it."""
    from app.forms.answers import given

    item = form.item(said.item_id)
    if item is None:
        return Answer(said.raw, None, None, said.other, said.not_applicable, said.comment, said.confirmed)
    text = said.value if said.value is not None else said.raw
    made = given(
        item, text, other=said.other, not_applicable=said.not_applicable, comment=said.comment,
        confirmed=said.confirmed,
    )  # fmt: skip
    return replace(made, raw=said.raw or made.raw)


def _drafts(form: FormDef, said: Iterable[PacketAnswer], *, confirmed: bool | None = None) -> Iterator[AnswerDraft]:
    for one in said:
        made = _given(form, one)
        yield draft_of(one.item_id, made if confirmed is None else replace(made, confirmed=confirmed))


def _lines(head: Mapping[str, str]) -> list[AnswerDraft]:
    return [AnswerDraft(HEAD + key, text, text, confirmed=False) for key, text in head.items() if text]


# --- the same request again, or a newer one ----------------------------------------------------------------------


def _take(store: Store, request: Request, name: str, filler: str, post: str) -> list[Problem]:
    """Bring a working store up to a request; what the school has answered stays. Returns what is to be told."""
    before = request_of(store.connection)
    told: list[Problem] = []
    if request.issued_at < before.issued_at:
        told.append(problem("FORM_SCHOOL_OLDER", file=name))
    newer = request.issued_at > before.issued_at
    renamed = bool(filler.strip()) and (filler.strip(), post.strip()) != (
        settings.get(store.connection, "filler"), settings.get(store.connection, "filler_post"),
    )  # fmt: skip
    if not newer and not renamed:
        return told
    with store.operation("Запрос обновлён" if newer else "Записано, кто заполняет", "school.newer",
                         reversible=False) as operation:  # fmt: skip
        if newer:
            told += _renew(operation, request, _definitions(request, name))
            told.insert(0, problem("FORM_SCHOOL_NEWER"))
        if renamed:
            _name(operation, filler, post)
    return told


def _renew(operation: Operation, request: Request, known: Mapping[tuple[str, str], FormDef]) -> list[Problem]:
    settings.put(operation, "request", _meta(request))
    settings.put(operation, "municipality", request.municipality)
    told: list[Problem] = []
    for asked in request.cases:
        form = known[asked.form_id, asked.version]
        case = stored.case_of(operation.connection, asked.case_id)
        if case is None:
            _add(operation, request, asked, form)
        else:
            told += _renew_case(operation, case, asked, form)
    return told


def _renew_case(operation: Operation, case: FormCase, asked: AskedCase, form: FormDef) -> list[Problem]:
    """Take deadline, remark and version; answers go on into another version, new values fill only empty items."""
    record_, old = round_and_form(operation.connection, case.round_id)
    told: list[Problem] = []
    if (old.version, old.digest) != (form.version, form.digest):
        told = _revise(operation, case, old, form)
        forms.keep(operation, form)
        operation.update("form_round", record_.id, version=form.version, digest=form.digest)
    operation.update("form_round", record_.id, title=asked.title)
    operation.update("form_case", case.id, version=form.version, **_of_methodist(asked))
    rows = stored.answers(operation.connection, [case.id])[case.id]
    have = {row.item_id for row in rows} | set(stored.drafts(operation.connection, case.id))
    fresh = [one for one in (*_drafts(form, asked.answers), *_lines(asked.head)) if one.item_id not in have]
    stored.write_answers(operation, case.id, fresh)
    return told


def _revise(operation: Operation, case: FormCase, old: FormDef, form: FormDef) -> list[Problem]:
    from app.forms.revisions import revise

    rows = stored.answers(operation.connection, [case.id])[case.id]
    moved = revise(answer_set(old, rows), old, form)
    gone = [AnswerDraft(row.item_id, "") for row in rows if not row.item_id.startswith(HEAD)]
    stored.write_answers(operation, case.id, gone)
    stored.write_answers(operation, case.id, [draft_of(key, one) for key, one in moved.answers.answers.items()])
    return [problem("FORM_SCHOOL_LOST", text=text) for text in moved.lost]


# --- working -----------------------------------------------------------------------------------------------------


def work(connection: Connection) -> Work:
    """Return what is asked and how far it is.

    Raises:
        UserError: ``FORM_REQUEST_NONE``, ``FORM_UNKNOWN``.
    """
    request = request_of(connection)
    views = tuple(view_of(connection, asked.case_id) for asked in request.cases)
    replied_at, _space, digest = settings.get(connection, "replied").partition(" ")
    return Work(
        request, settings.get(connection, "filler"), settings.get(connection, "filler_post"), views,
        replied_at or None, bool(digest) and digest == content(replied(view) for view in views),
    )  # fmt: skip


def replied(view: CaseView) -> RepliedCase:
    """Return the answers of a form as a reply holds them."""
    proofs = tuple(PacketProof(one.title, one.item_id, one.file_name, one.sha256, one.link) for one in view.evidence)
    return RepliedCase(
        view.case.id, view.round.id, view.subject.id, view.subject.shown, view.form.id, view.form.version,
        view.form.digest, view.progress.answered, view.progress.of, view.case.conclusion or "",
        from_set(view.answers), dict(view.head), proofs,
    )  # fmt: skip


def content(cases: Iterable[RepliedCase]) -> str:
    """Return the SHA-256 of what is answered, whenever it is saved: the same answers give the same one."""
    return hashlib.sha256(canonical([asdict(case) for case in cases])).hexdigest()


def known_filler(path: Path) -> tuple[str, str] | None:
    """Return who fills a request file according to its working store; None where it is not begun yet.

    Raises:
        UserError: as ``read``.
    """
    from app.operations import files

    where = place(read(path))
    if not where.exists():
        return None
    with files.for_reading(where) as connection:
        return settings.get(connection, "filler"), settings.get(connection, "filler_post")
