"""Letters of a round: the blank with a request, a reminder of what is late; as .eml drafts, as text to copy.

A letter is a draft: the mail program opens it (``X-Unsent``), a person looks at it and sends it. Nothing is sent from
here. Names stand in the nominative only, so that no form of a name can be wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Literal

from app import clock
from app.errors import UserError
from app.models import forms as stored
from app.models import settings
from app.models.forms import Contact
from app.models.store import Connection, Store
from app.operations import form_blanks, form_rounds, school_requests
from app.operations.form_blanks import Blank
from app.operations.form_lines import CaseLine, asked_still
from app.operations.form_overview import OWN, days_late
from app.operations.form_states import WAITING
from app.operations.school_requests import MadeRequest
from app.texts import count, plural, quoted, ru_date, school_year

Progress = Callable[[str, int, int], bool]
SUFFIX = ".eml"
_HOW = (
    "Бланк Excel приложен. Заполните жёлтые ячейки, сохраните файл и пришлите его ответом на это письмо. Лист "
    "«Проверка» подскажет, что ещё не заполнено."
)
_HOW_REQUEST = (
    "Приложен файл запроса (.opora-запрос). Сохраните его на компьютер и откройте программой «Опора»: она покажет "
    "только то, о чём мы просим. Когда ответите, нажмите «Отправить…»: программа запишет файл ответа (.opora-ответ). "
    "Пришлите его ответом на это письмо."
)
_EXCEL = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
_ANY_FILE = ("application", "octet-stream")
Attached = Literal["blank", "request"]
"""What goes with a letter: workbooks of Excel, one a form, or one request file that the same program opens."""
_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\]+\.[^\s@<>,;:\"()\[\]\\]{2,}")
_FULL_NAME = re.compile(r"[А-ЯЁ][а-яё-]+(?:-[А-ЯЁ][а-яё]+)? ([А-ЯЁ][а-яё]+) ([А-ЯЁ][а-яё]+)")


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter.

    Attributes:
        case_ids: which answers it asks for.
        shown: to whom, as lists name it.
        address: electronic address, "" where none is known.
        theme: the subject line.
        text: the whole text.
        attached: what goes with it, as its text says.
        attachments: the files themselves.
    """

    case_ids: tuple[int, ...]
    shown: str
    address: str
    theme: str
    text: str
    attachments: tuple[Blank | MadeRequest, ...] = ()
    attached: Attached = "blank"


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the letters: files; who has no address; ``stopped`` where somebody stopped: nothing is written.

    ``sent_to`` says of every case where its letter goes: the address, "" where the person has to enter one.
    """

    files: tuple[Path, ...]
    without_address: tuple[str, ...] = ()
    sent_to: Mapping[int, str] = field(default_factory=dict)
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class _Head:
    """What all letters of an issue share."""

    sign: tuple[str, ...]
    contacts: Mapping[int, Contact]
    day: date


# --- texts -------------------------------------------------------------------------------------------------------


def requests(
    connection: Connection, case_ids: Iterable[int], day: date | None = None, *, attached: Attached = "blank"
) -> list[Letter]:
    """Return the letters that ask for answers, without their files: one a case, with request files one a school.

    Args:
        connection: reading connection.
        case_ids: to whom; accepted and exempt ones, closed schools and second records of one school are left out.
        day: what counts as today.
        attached: what the text says is attached and how it is opened; ``with_files`` attaches it. A request file asks
            the subject itself: experts and forms that are put together from others get none.
    """
    head = _head(connection, day)
    rounds, lines = _lines(connection, case_ids, head.day)
    open_ones = [line for line in lines if not line.case.locked and line.case.exempt is None]
    if attached == "request":
        return _of_files(rounds, open_ones, head)
    return [
        _letter([line], head, f"{rounds[line.case.round_id].title}{_until(line)}", _request(rounds, line))
        for line in open_ones
    ]


def _of_files(rounds: Mapping[int, stored.FormRound], lines: Sequence[CaseLine], head: _Head) -> list[Letter]:
    """Return a letter for each request file: one asks a school for all its forms of a school year."""
    groups: dict[object, list[CaseLine]] = {}
    for line in lines:
        if line.case.role == "self" and not line.composed:
            whose = line.subject.school_id or ("subject", line.subject.id)
            groups.setdefault((whose, rounds[line.case.round_id].school_year), []).append(line)
    made = []
    for group in groups.values():
        asked = sorted(group, key=lambda line: line.due_on or "9")  # what is due first stands first
        if len(asked) == 1:
            theme = f"{rounds[asked[0].case.round_id].title}{_until(asked[0])}"
            body = _request(rounds, asked[0], _HOW_REQUEST)
        else:
            theme = f"Просим ответить: {count(len(asked), 'форма', 'формы', 'форм')}"
            body = _several(rounds, asked, head.day)
        made.append(replace(_letter(asked, head, theme, body), attached="request"))
    return made


def _several(rounds: Mapping[int, stored.FormRound], asked: Sequence[CaseLine], day: date) -> list[str]:
    year = school_year(rounds[asked[0].case.round_id].school_year)
    listed = "\n".join(f"— {_owed(rounds, line, day)} {_about(line)}".rstrip() for line in asked)
    letters = dict.fromkeys(rounds[line.case.round_id].letter or "" for line in asked)
    return [f"Просим заполнить формы за {year} учебный год:\n{listed}", *letters, _HOW_REQUEST]


def reminders(
    connection: Connection, case_ids: Iterable[int], day: date | None = None, *, blanks: bool = True
) -> list[Letter]:
    """Return reminders of answers that are still waited for: one a school or other subject, however many it owes.

    Args:
        connection: reading connection.
        case_ids: of whom; what has come already is left out, and what ``requests`` leaves out.
        day: what counts as today.
        blanks: whether the text says that the workbooks are attached once more.
    """
    head = _head(connection, day)
    rounds, lines = _lines(connection, case_ids, head.day)
    groups: dict[object, list[CaseLine]] = {}
    for line in lines:
        if line.state in WAITING and line.case.exempt is None:
            key = line.subject.school_id or ("subject", line.subject.id)
            groups.setdefault(key, []).append(line)
    made = []
    for owed in groups.values():
        late = any(line.overdue for line in owed)
        title = rounds[owed[0].case.round_id].title if len(owed) == 1 else count(len(owed), "форма", "формы", "форм")
        theme = f"Ждём ответ: {title}" if late else f"Напоминание: {title}"
        made.append(_letter(owed, head, theme, _reminder(rounds, owed, head.day, blanks=blanks)))
    return made


def _head(connection: Connection, day: date | None) -> _Head:
    values = settings.get_all(connection)
    sign = [part for part in (values["organisation"], values["executor"]) if part]
    return _Head(tuple(sign), stored.contacts(connection), day or clock.today())


def _lines(
    connection: Connection, case_ids: Iterable[int], day: date
) -> tuple[dict[int, stored.FormRound], list[CaseLine]]:
    wanted = list(dict.fromkeys(case_ids))
    cases = {case.id: case.round_id for case in stored.cases(connection, keys=wanted)}
    for key in wanted:
        if key not in cases:
            raise UserError("FORM_NO_CASE", key=key)
    rounds = {item.id: item for item in stored.rounds(connection) if item.id in set(cases.values())}
    known = form_rounds.lines(connection, list(rounds.values()), day)
    asked = [one for of_round in known.values() for one in _asked(of_round)]
    lines = [line for line in asked if line.case.id in cases]
    return rounds, lines


def _asked(of_round: Sequence[CaseLine]) -> list[CaseLine]:
    """Return the lines of a round that a letter may go to: nobody is asked twice, closed schools not at all."""
    own = {line.case.id for line in asked_still(of_round)}
    return [line for line in of_round if line.case.role != "self" or line.case.id in own]


def _letter(owed: Sequence[CaseLine], head: _Head, theme: str, body: Sequence[str]) -> Letter:
    subject = owed[0].subject
    contact = head.contacts.get(subject.school_id) if subject.school_id is not None else None
    paragraphs = [greeting(contact.name if contact else ""), *body]
    text = "\n\n".join(paragraph.strip() for paragraph in paragraphs if paragraph)
    if head.sign:
        text += "\n\n" + "\n".join(head.sign)
    keys = tuple(line.case.id for line in owed)
    return Letter(keys, subject.shown, (contact.email or "").strip() if contact else "", _plain(theme), _plain(text))


def greeting(name: str) -> str:
    """Return «Здравствуйте, Лидия Андреевна!» of a full name; without one that is sure, «Здравствуйте!»."""
    found = _FULL_NAME.fullmatch(" ".join(name.split()))
    return f"Здравствуйте, {found[1]} {found[2]}!" if found else "Здравствуйте!"


def _until(line: CaseLine) -> str:
    return f", ответ до {ru_date(line.due_on)}" if line.due_on and not line.overdue else ""


def _request(rounds: Mapping[int, stored.FormRound], line: CaseLine, how: str = _HOW) -> list[str]:
    record = rounds[line.case.round_id]
    what = f"Просим заполнить форму {quoted(record.title)} за {school_year(record.school_year)} учебный год."
    due = f" Ответ нужен до {ru_date(line.due_on)} включительно." if line.due_on else ""
    if line.overdue and line.due_on:
        due = f" Срок был {ru_date(line.due_on)}: пришлите ответ, как только сможете."
    remark = line.case.return_remark if line.state == "returned" else ""
    return [
        what + due,
        _about(line),
        record.letter or "",
        f"Что нужно доработать: {remark}" if remark else "",
        how,
    ]


def _about(line: CaseLine) -> str:
    """Say whom the form speaks of where it is not the school itself."""
    return "" if line.subject.kind in OWN else f"О ком форма: {line.subject.shown}."


def _reminder(
    rounds: Mapping[int, stored.FormRound], owed: Sequence[CaseLine], day: date, *, blanks: bool
) -> list[str]:
    again = "Если вы уже отправили ответ, пришлите его ещё раз: письмо могло не дойти. Если что-то мешает, напишите."
    if len(owed) == 1:
        [line] = owed
        first = "Форма ждёт вашей доработки: " if line.state == "returned" else "Ждём от вас форму "
        told = [first + _owed(rounds, line, day), _about(line)]
        attached = "Бланк приложен ещё раз. Если часть ответов уже внесена, они в нём есть." if blanks else ""
        return [*told, attached, again]
    listed = "\n".join(f"— {_owed(rounds, line, day)}" for line in owed)
    attached = "Бланки приложены ещё раз. Внесённые ответы в них есть." if blanks else ""
    return [f"Ждём от вас ответы:\n{listed}", attached, again]


def _owed(rounds: Mapping[int, stored.FormRound], line: CaseLine, day: date) -> str:
    """Say of one answer when it was due, and what has to be mended where it went back."""
    told = quoted(rounds[line.case.round_id].title)
    late = days_late(line, day)
    passed = plural(late, "прошёл", "прошло", "прошло")
    if late and line.due_on:
        told += f", срок был {ru_date(line.due_on)}, {passed} {count(late, 'день', 'дня', 'дней')}"
    elif line.due_on:
        told += f", ответ нужен до {ru_date(line.due_on)}"
    remark = line.case.return_remark if line.state == "returned" else ""
    return f"{told}. Что доработать: {remark}" if remark else f"{told}."


def _plain(text: str) -> str:
    """A mail program shows a no-break space as it likes: letters have plain ones."""
    return text.replace("\u00a0", " ")


# --- files -------------------------------------------------------------------------------------------------------


def with_files(connection: Connection, letter: Letter) -> Letter:
    """Return a letter with the files that its text speaks of; forms without questions of their own have no workbook.

    Raises:
        UserError: ``FORM_NO_CASE``, ``FORM_UNKNOWN``; ``FORM_REQUEST_NOTHING``, ``FORM_PACKET_LARGE`` of request files.
    """
    if letter.attached == "request":
        return replace(letter, attachments=tuple(school_requests.make(connection, letter.case_ids)[0]))
    made = []
    for key in letter.case_ids:
        try:
            made.append(form_blanks.blank(connection, key))
        except UserError as error:
            # a form that is put together from others is filled in by those
            if error.code != "FORM_BLANK_EMPTY":
                raise
    return replace(letter, attachments=tuple(made))


def eml(letter: Letter) -> bytes:
    """Return a letter as a draft that mail programs open for sending."""
    from email.message import EmailMessage
    from email.policy import SMTP

    made = EmailMessage(policy=SMTP)
    made["X-Unsent"] = "1"
    to = mail_address(letter.address)
    if to:
        made["To"] = to
    made["Subject"] = " ".join(letter.theme.split())
    made.set_content(letter.text.rstrip() + "\n", charset="utf-8", cte="base64")
    for one in letter.attachments:
        kind, subtype = _EXCEL if one.name.endswith(".xlsx") else _ANY_FILE
        made.add_attachment(one.data, maintype=kind, subtype=subtype, filename=one.name)
    return made.as_bytes()


def mail_address(text: str) -> str:
    """Return an address as mail programs take it («…@школа.рф» in its Latin spelling), "" where it is none."""
    address = text.strip().rstrip(".")
    if not _ADDRESS.fullmatch(address):
        return ""
    name, _at, domain = address.rpartition("@")
    try:
        name.encode("ascii")
        return f"{name}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        return ""


def write(
    connection: Connection,
    letters: Sequence[Letter],
    folder: Path,
    progress: Progress | None = None,
    *,
    blanks: bool = True,
) -> Written:
    """Write letters as .eml files, all of them or none; a file of that name that stands there stays.

    Args:
        connection: reading connection; the files that go with the letters are made from it.
        letters: as ``requests`` or ``reminders`` return them.
        folder: where to; made beside what is there.
        progress: told (to whom, how many are done, of how many) before each; False stops.
        blanks: whether workbooks or request files go with the letters.

    Raises:
        UserError: ``FORM_LETTER_NOBODY``; as ``with_files``; ``PAPER_…`` of writing.
    """
    from app.exporters.atomic import write_all
    from app.operations.papers import folder_for

    if not letters:
        raise UserError("FORM_LETTER_NOBODY")
    target = folder_for(folder)

    def files() -> Iterator[tuple[Path, bytes]]:
        taken: set[str] = set()
        for done, letter in enumerate(letters):
            if progress is not None and not progress(letter.shown, done, len(letters)):
                raise _StoppedError
            whole = with_files(connection, letter) if blanks else letter
            yield target / file_name(letter, taken), eml(whole)

    try:
        paths = write_all(files())
    except _StoppedError:
        return Written((), stopped=True)
    if progress is not None:
        progress(letters[-1].shown, len(letters), len(letters))
    without = tuple(letter.shown for letter in letters if not mail_address(letter.address))
    sent_to = {key: letter.address for letter in letters for key in letter.case_ids}
    return Written(tuple(paths), without, sent_to)


class _StoppedError(Exception):
    """Somebody stopped; ``write_all`` takes away what it has written."""


def file_name(letter: Letter, taken: set[str]) -> str:
    """Return a name that no other letter of the issue has, and remember it."""
    for number in range(1, 10_000):
        tail = "" if number == 1 else f" ({number})"
        name = form_blanks.safe_name(f"{letter.shown} — {letter.theme}", tail, SUFFIX)
        if name.casefold() not in taken:
            break
    taken.add(name.casefold())
    return name


def sent(store: Store, sent_to: Mapping[int, str], sent_on: str | None = None) -> None:
    """Note of several cases that their blanks went out, each with its own address; accepted ones stay as they are.

    Raises:
        UserError: ``FORM_NO_CASE``.
    """
    day = sent_on or clock.today().isoformat()
    found = {case.id: case for case in stored.cases(store.connection, keys=sent_to)}
    for key in sent_to:
        if key not in found:
            raise UserError("FORM_NO_CASE", key=key)
    label = f"Отправлено: {count(len(found), 'форма', 'формы', 'форм')}"
    with store.operation(label, "form.sent") as operation:
        for key, case in found.items():
            if not case.locked:
                operation.update("form_case", key, sent_on=day, sent_to=sent_to[key].strip() or case.sent_to)


def copied(letters: Sequence[Letter]) -> str:
    """Return the texts of letters one after another, for the clipboard."""
    return ("\n\n" + "—" * 20 + "\n\n").join(f"{letter.shown}\n\n{letter.text}" for letter in letters)
