"""Incoming requests: what was asked, by when, what was answered and with which paper. Rows are «requests»."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from app.errors import UserError
from app.models import papers
from app.models import registers as stored
from app.models.store import Connection, Store
from app.operations import registers
from app.texts import NBSP, quoted, ru_date

TABLE = "request"
State = Literal["late", "soon", "waiting", "no_term", "answered", "answered_late"]
WORDS: Mapping[State, str] = {
    "late": "ответ просрочен",
    "soon": "скоро срок",
    "waiting": "готовится",
    "no_term": "без срока",
    "answered": "ответ дан",
    "answered_late": "ответ дан позже срока",
}
SOON = 3
"""Days before the due one from which an answer is soon due."""


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One request as it stands on a day.

    Attributes:
        days: to the due day; below nought for what is late; None without one, and of what is answered.
        paper: number and title of the outgoing paper that was the answer.
    """

    id: int
    number: str
    dated: str | None
    sender: str
    subject: str
    due_on: str | None
    responsible: str
    answered_on: str | None
    answer_number: str
    answer: str
    state: State
    days: int | None
    paper: tuple[int, str] | None

    @property
    def word(self) -> str:
        """The state in a word."""
        return WORDS[self.state]

    @property
    def named(self) -> str:
        """«№ 214 от 10.11.2026», "" where neither is known."""
        number = f"№{NBSP}{self.number}" if self.number else ""
        dated = f"от{NBSP}{ru_date(self.dated)}" if self.dated else ""
        return " ".join(part for part in (number, dated) if part)


def state_of(row: Mapping[str, Any], day: date) -> tuple[State, int | None]:
    """Return the state of a request on a day and the days to its due one."""
    due = row["due_on"]
    if row["answered_on"] is not None:
        return ("answered_late" if due is not None and row["answered_on"] > due else "answered"), None
    if due is None:
        return "no_term", None
    left = (date.fromisoformat(due) - day).days
    return ("late" if left < 0 else "soon" if left <= SOON else "waiting"), left


def listing(connection: Connection, day: date, *, open_only: bool = False) -> list[RequestLine]:
    """Return the requests: those that wait first, by their due day."""
    answered_with = _papers(connection)
    found = [_line(row, day, answered_with) for row in stored.rows(connection, TABLE, order=("due_on", "dated"))]
    waiting = [line for line in found if line.answered_on is None]
    return waiting if open_only else waiting + [line for line in found if line.answered_on is not None]


def line(connection: Connection, key: int, day: date) -> RequestLine:
    """Return one request.

    Raises:
        UserError: ``MON_NO_REQUEST``.
    """
    return _line(_request(connection, key), day, _papers(connection))


def _papers(connection: Connection) -> dict[int | None, tuple[int, str]]:
    """Return key of an outgoing paper → its number and title."""
    return {item.id: (item.number, item.title) for item in papers.listing(connection)}


def _line(row: Mapping[str, Any], day: date, answered_with: Mapping[int | None, tuple[int, str]]) -> RequestLine:
    state, days = state_of(row, day)
    return RequestLine(
        row["id"], row["number"] or "", row["dated"], row["sender"] or "", row["subject"] or "", row["due_on"],
        row["responsible"] or "", row["answered_on"], row["answer_number"] or "", row["answer"] or "", state, days,
        answered_with.get(row["paper_id"]),
    )  # fmt: skip


def answer(
    store: Store, key: int, day: date, *, number: str = "", text: str = "", paths: Iterable[Path] = (),
    paper: int | None = None,
) -> None:  # fmt: skip
    """Write down that a request was answered, with the files of the answer: one operation, one step back.

    Args:
        store: the open file.
        key: of the request.
        day: of the answer.
        number: outgoing number of the letter.
        text: what was answered, in short.
        paths: files of the answer; they are kept inside the file.
        paper: number of a paper of the register of outgoing papers that was the answer.

    Raises:
        UserError: ``MON_NO_REQUEST``, ``MON_NO_PAPER``; those of reading a file.
    """
    row = _request(store.connection, key)
    files = [(path, registers.file_of(store.connection, path)) for path in paths]
    found = None if paper is None else next((p for p in papers.listing(store.connection) if p.number == paper), None)
    if paper is not None and found is None:
        raise UserError("MON_NO_PAPER", number=paper)
    values: dict[str, Any] = {"answered_on": day.isoformat()}
    values |= {"answer_number": number.strip()} if number.strip() else {}
    values |= {"answer": text.strip()} if text.strip() else {}
    values |= {"paper_id": found.id} if found is not None else {}
    with store.operation(f"Ответ на запрос {quoted(row['subject'] or 'без темы')}", "requests.answer") as operation:
        registers.write_in(operation, TABLE, row, values)
        for path, data in files:
            stored.attach(operation, TABLE, key, f"Ответ: {path.name}", file_name=path.name, data=data)


def take_back(store: Store, key: int) -> None:
    """Say that a request is not answered after all; number, text and files stay.

    Raises:
        UserError: ``MON_NO_REQUEST``.
    """
    row = _request(store.connection, key)
    if row["answered_on"] is not None:
        label = f"Снова ждёт ответа: {quoted(row['subject'] or 'без темы')}"
        with store.operation(label, "requests.reopen") as operation:
            registers.write_in(operation, TABLE, row, {"answered_on": None, "paper_id": None})


def answers(connection: Connection, most: int = 60) -> list[tuple[int, str]]:
    """Return number and title of the outgoing papers that may be an answer, the newest first."""
    return [(item.number, item.title) for item in papers.listing(connection) if item.state != "withdrawn"][:most]


def _request(connection: Connection, key: int) -> dict[str, Any]:
    row = stored.row(connection, TABLE, key)
    if row is None:
        raise UserError("MON_NO_REQUEST")
    return row
