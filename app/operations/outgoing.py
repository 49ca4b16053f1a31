"""The journey of outgoing papers: number and date, sending, receipt, remarks, answers, versions (decisions 15, 17).

Registering, signing and withdrawing end only by their reverse operation; what is written down about the way of a
paper is undone as everything else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

from app.errors import UserError
from app.models import papers
from app.models.papers import Paper, PaperEvent
from app.models.store import Connection, Store
from app.operations import signing
from app.texts import NBSP, ru_date

Kind = Literal["sent", "receipt", "remark", "answer"]
EVENT_WORDS: Mapping[str, str] = {
    "sent": "отправлен",
    "receipt": "принят",
    "remark": "замечание",
    "answer": "ответ на замечание",
    "for_signing": "передан на подпись",
}
ROLE_WORDS: Mapping[str, str] = {
    "original": "документ",
    "signed": "подписанный файл",
    "detached": "файл подписи",
    "scan": "скан",
    "data": "данные Excel",
    "editable": "документ для правки",
}
COLUMN_WORDS: Mapping[str, str] = {
    "out_number": "исходящий номер", "dated": "дата", "addressee": "адресат", "period": "период",
}  # fmt: skip
"""What may be put right in a line: its number at the office, its date, to whom, for what time."""
OTHER_KINDS: Mapping[str, str] = {
    "foreign": "чужой файл", "foreign_form": "форма региона", "signature_check": "Протокол проверки подписи",
    "form_request": "Ответы на запрос",
}  # fmt: skip
"""Kinds of the register that the catalogue of papers does not make."""
State = Literal["ok", "warn", "bad", "none"]


@dataclass(frozen=True, slots=True)
class Happening:
    """What is to be written down about a paper.

    Attributes:
        day: ISO day on which it happened.
        number: incoming number of a receipt, outgoing one of an answer.
        person: to whom, who took it, who remarked.
        text: by what it was sent, what was remarked, what was answered.
        due_on: ISO day up to which a remark waits.
        path: a file that came with it.
        answers: key of the remark; None: the oldest that waits.
    """

    kind: Kind
    day: str
    number: str = ""
    person: str = ""
    text: str = ""
    due_on: str | None = None
    path: Path | None = None
    answers: int | None = None


# --- states ------------------------------------------------------------------------------------------------------


def signature_state(paper: Paper) -> tuple[State, str]:
    """Return how far the signing of a paper is: «подписан 1 из 2»."""
    if paper.state == "withdrawn":
        return "none", "отозван"
    total = len(paper.signers)
    if any(one.state == "refused" for one in paper.signers):
        return "bad", "в подписи отказано"
    if not total:
        return ("ok", "подписан") if paper.state == "signed" else ("warn", "не подписан")
    done = sum(one.state == "signed" for one in paper.signers)
    if done == 0 and paper.state == "signed":
        done = 1  # signed before there was an order of signing
    if done >= total:
        return "ok", "подписан"
    return "warn", f"подписан {done} из {total}" if done else "не подписан"


def open_remarks(paper: Paper) -> tuple[PaperEvent, ...]:
    """Return the remarks that wait for an answer, oldest first."""
    answered = {event.answers for event in paper.events if event.kind == "answer"}
    return tuple(event for event in paper.events if event.kind == "remark" and event.id not in answered)


def journey_state(paper: Paper, day: date) -> tuple[State, str]:
    """Return where a paper is on its way on a day: «отправлен», «принят», «замечание»."""
    if paper.state == "withdrawn":
        return "none", "отозван"
    if paper.replaced_by is not None:
        return "none", f"заменён №{NBSP}{paper.replaced_by}"
    waiting = open_remarks(paper)
    if waiting:
        late = any(event.due_on is not None and event.due_on < day.isoformat() for event in waiting)
        return ("bad", "замечание, срок вышел") if late else ("warn", "замечание")
    last = next((event.kind for event in reversed(paper.events) if event.kind != "for_signing"), "")
    found: dict[str, tuple[State, str]] = {
        "sent": ("ok", "отправлен"), "receipt": ("ok", "принят"), "answer": ("ok", "ответ дан"),
        "remark": ("ok", "ответ дан"),
    }  # fmt: skip
    return found.get(last, ("none", "не отправлен"))


def kind_words() -> dict[str, str]:
    """Return the name of every kind that a line of the register may have."""
    from app.operations import paper_catalogue

    return {**OTHER_KINDS, **{one.key: one.title for one in paper_catalogue.kinds()}}


def signers_words(paper: Paper) -> str:
    """Return who signs or has signed: «М. П. Иванова; О. В. Ким»."""
    if paper.signers:
        return "; ".join(one.name for one in paper.signers)
    return "; ".join(dict.fromkeys(file.signer for file in paper.files if file.signer))


def number_words(paper: Paper) -> str:
    """Return number and date of the letter: «01-12/45 от 24.11.2026»."""
    dated = f"от{NBSP}{ru_date(paper.dated)}" if paper.dated else ""
    return " ".join(part for part in (paper.out_number or "", dated) if part)


def found_words(paper: Paper) -> str:
    """Return what the search says beside the title of a paper: «документ № 5, исх. 01-12/45 от 24.11.2026, отозван»."""
    letter = number_words(paper)
    parts = [f"документ №{NBSP}{paper.number}", f"исх. {letter}" if letter else "", paper.period or ""]
    parts.append("отозван" if paper.state == "withdrawn" else "")
    return ", ".join(part for part in parts if part)


def local_day(moment: str) -> str:
    """Return the ISO day on which a UTC moment lies here."""
    return datetime.fromisoformat(moment).astimezone().date().isoformat()


def event_words(event: PaperEvent) -> tuple[str, str]:
    """Return (what happened, the rest in words)."""
    number = {"receipt": "вх.", "answer": "исх."}.get(event.kind, "")
    parts = [
        f"{number} №{NBSP}{event.number}".strip() if event.number else "",
        event.person or "",
        event.text or "",
        f"ответить до {ru_date(event.due_on)}" if event.due_on else "",
        f"файл: {event.file_name}" if event.file_name else "",
    ]
    return EVENT_WORDS[event.kind], " · ".join(part for part in parts if part)


# --- changing ----------------------------------------------------------------------------------------------------


def edit(store: Store, number: int, column: str, raw: str) -> None:
    """Put right the outgoing number, the date, the addressee or the period of a paper; Ctrl+Z takes it back.

    Raises:
        UserError: ``GEN_NO_PAPER``, ``OUTREG_WITHDRAWN``, ``OUTREG_COLUMN``, ``GEN_BAD_DATE``.
    """
    if column not in COLUMN_WORDS:
        raise UserError("OUTREG_COLUMN", column=column, known=", ".join(COLUMN_WORDS))
    paper = _open(store.connection, number)
    value = _day(raw) if column == "dated" else " ".join(raw.split()) or None
    if value == getattr(paper, column):
        return
    label = f"Документ № {number}: {COLUMN_WORDS[column]}"
    with store.operation(label, "paper.edit") as operation:
        operation.update("outgoing_paper", paper.id, **{column: value})


def happened(store: Store, number: int, what: Happening, today: date) -> int:
    """Write down what happened to a paper; returns the key of the entry.

    Sending tells the addressee where none stood before; an answer belongs to the remark it answers.

    Raises:
        UserError: ``GEN_NO_PAPER``, ``OUTREG_WITHDRAWN``, ``OUTREG_FUTURE``, ``OUTREG_EMPTY``, ``OUTREG_NO_REMARK``,
            ``GEN_FILE_…``.
    """
    paper = _open(store.connection, number)
    if what.day > today.isoformat():
        raise UserError("OUTREG_FUTURE", day=ru_date(what.day))
    if what.kind == "remark" and not what.text.strip():
        raise UserError("OUTREG_EMPTY")
    answers = _answered(paper, what)
    data = signing.read_bytes(what.path) if what.path is not None else None
    label = f"Документ № {number}: {EVENT_WORDS[what.kind]}"
    with store.operation(label, f"paper.{what.kind}") as operation:
        key = papers.add_event(
            operation, paper.id, kind=what.kind, happened_on=what.day, actor=store.actor, number=what.number.strip(),
            person=what.person.strip(), text=what.text.strip(), due_on=what.due_on, answers=answers,
            file_name=what.path.name if what.path is not None else "", data=data,
        )  # fmt: skip
        if what.kind == "sent" and what.person.strip() and not paper.addressee:
            operation.update("outgoing_paper", paper.id, addressee=what.person.strip())
    return key


def _answered(paper: Paper, what: Happening) -> int | None:
    if what.kind != "answer":
        return None
    waiting = open_remarks(paper)
    if not waiting or (what.answers is not None and what.answers not in {event.id for event in waiting}):
        raise UserError("OUTREG_NO_REMARK", number=paper.number)
    return what.answers if what.answers is not None else waiting[0].id


def forget(store: Store, event_id: int) -> None:
    """Take an entry about the way of a paper out again; answers to it go with it.

    Raises:
        UserError: ``OUTREG_NO_EVENT``, ``OUTREG_WITHDRAWN``.
    """
    paper = papers.event_paper(store.connection, event_id)
    if paper is None:
        raise UserError("OUTREG_NO_EVENT")
    _open(store.connection, paper.number)
    with store.operation(f"Документ № {paper.number}: убрана запись", "paper.forget") as operation:
        for event in paper.events:
            if event.answers == event_id:
                operation.delete("paper_event", event.id)
        operation.delete("paper_event", event_id)


def link_version(store: Store, number: int, former: int | None) -> None:
    """Say which paper a paper is the new version of; None takes the tie away.

    Raises:
        UserError: ``GEN_NO_PAPER``, ``OUTREG_WITHDRAWN``, ``OUTREG_VERSION``.
    """
    paper = _open(store.connection, number)
    old = signing.paper(store.connection, former) if former is not None else None
    if old is not None and (old.number >= number or (old.replaced_by or number) != number):
        raise UserError("OUTREG_VERSION", number=number, former=old.number)
    label = f"Документ № {number} заменяет № {former}" if former is not None else f"Документ № {number}: замена снята"
    with store.operation(label, "paper.version") as operation:
        operation.update("outgoing_paper", paper.id, replaces=old.id if old is not None else None)


def attach(store: Store, number: int, path: Path, role: Literal["data", "editable"]) -> None:
    """Keep the same paper as data or in a form to edit at its line; signatures and scans go by ``signing.attach``.

    Raises:
        UserError: ``GEN_NO_PAPER``, ``OUTREG_WITHDRAWN``, ``GEN_FILE_…``.
    """
    paper = _open(store.connection, number)
    data = signing.read_bytes(path)
    label = f"К документу № {number} приложен файл: {ROLE_WORDS[role]}"
    with store.operation(label, "paper.attach", reversible=False) as operation:
        papers.add_file(operation, paper.id, role=role, file_name=path.name, data=data)


def _open(connection: Connection, number: int) -> Paper:
    paper = signing.paper(connection, number)
    if paper.state == "withdrawn":
        raise UserError("OUTREG_WITHDRAWN", number=number)
    return paper


def _day(raw: str) -> str | None:
    from app.operations.tasks import read_day

    return read_day(raw)


# --- whose file is it --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Known:
    """A file that the register knows: its paper and what it is there."""

    paper: Paper
    role: str


def which(connection: Connection, path: Path) -> Known | None:
    """Return whose bytes a file has; None where any bit differs from everything in the register.

    Raises:
        UserError: ``GEN_FILE_MISSING``, ``GEN_FILE_UNREADABLE``.
    """
    import hashlib

    digest = hashlib.sha256(signing.read_bytes(path)).hexdigest()
    paper = papers.by_digest(connection, digest)
    if paper is None:
        return None
    role = next((file.role for file in paper.files if file.sha256 == digest), "original")
    return Known(paper, role)


def which_words(name: str, found: Known | None) -> str:
    """Say whose file it is."""
    if found is None:
        return f"«{name}» — не из журнала исходящих: таких байтов в нём нет. Достаточно одного изменённого знака."
    state = " Документ отозван." if found.paper.state == "withdrawn" else ""
    return f"«{name}» — из журнала исходящих: №{NBSP}{found.paper.number}, {ROLE_WORDS[found.role]}.{state}"


def damaged(connection: Connection) -> list[tuple[int, str]]:
    """Return (number, file) of what the register keeps and whose bytes no longer have their hash."""
    return papers.damaged(connection)


def as_dict(paper: Paper, day: date) -> dict[str, Any]:
    """Return what a command prints of a line beyond its files."""
    return {
        "out_number": paper.out_number, "dated": paper.dated, "period": paper.period, "addressee": paper.addressee,
        "signature": signature_state(paper)[1], "journey": journey_state(paper, day)[1],
        "replaces": paper.replaces, "replaced_by": paper.replaced_by,
        "events": [
            {"id": event.id, "kind": event.kind, "day": event.happened_on, "number": event.number,
             "person": event.person, "text": event.text, "due_on": event.due_on, "answers": event.answers,
             "file": event.file_name}
            for event in paper.events
        ],
    }  # fmt: skip
