"""Papers, packages and whole files without people: names in every case, telephones, addresses of mail.

Who is known comes from the file itself (the directory, signers, responsible people, authors). Names become what the
person is («директор»), in the case the name stood in; names of organisations and places stay, also where a surname
stands in them. What has been made is searched again: a paper in which somebody is left is not written.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.errors import UserError
from app.models import named_people
from app.models.store import Connection
from app.operations.papers import Made, Paper
from app.operations.people_words import SOMEBODY, Known, People, Replaced, names_in, nominatives, plain_name

__all__ = ["Copied", "Known", "People", "Replaced", "names_in"]


def people_of(connection: Connection) -> People:
    """Return everybody a file names."""
    from app.analysis import russian

    found: dict[tuple[str, str, str], str] = {}
    for text, role, sure in named_people.told(connection):
        for name in list(names_in(text)) or (plain_name(text) if sure else ()):
            if role or name not in found:
                found[name] = role or SOMEBODY
            # whoever is told in another case only («отвечает Соколовой А. П.») has a name in the nominative too
            for base in () if sure else nominatives(*name):
                found.setdefault(base, role or SOMEBODY)
    own = {}
    for full_name, cases in named_people.own_cases(connection):
        for name in list(names_in(full_name)) or list(plain_name(full_name)):
            own[name] = tuple((case, text) for case in russian.CASES if (text := russian.own_form(cases, case)))
    known = [Known(*name, role, own.get(name, ())) for name, role in found.items()]
    stay = named_people.kept_names(connection)
    return _people(tuple(known), tuple(named_people.contacts(connection)), tuple(stay))


@lru_cache(maxsize=4)
def _people(known: tuple[Known, ...], contacts: tuple[str, ...], stay: tuple[str, ...]) -> People:
    return People(known, contacts, stay)


# --- papers ------------------------------------------------------------------------------------------------------


def without_people(connection: Connection, paper: Paper) -> tuple[Paper, tuple[Replaced, ...]]:
    """Return a paper in which nobody is named, and what was taken out.

    Signatures and approvals keep their posts with a place to sign; the executor's line goes; what the file says of
    itself (author, keywords) is cleaned too. Schools, organisations and places stay.
    """
    from app.reports.document import Executor, PersonApproval, SignatureBlock

    people = people_of(connection)
    counted: dict[tuple[str, str], int] = {}

    def take(before: str, after: str, times: int = 1) -> None:
        counted[before, after] = counted.get((before, after), 0) + times

    def walk(value: Any) -> Any:
        if isinstance(value, str):
            made, found = people.without(value)
            for item in found:
                take(item.before, item.after, item.times)
            return made
        if isinstance(value, tuple):
            return tuple(walk(item) for item in value if not isinstance(item, Executor))
        if isinstance(value, Mapping):
            return {key: walk(item) for key, item in value.items()}
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            changed = {item.name: walk(getattr(value, item.name)) for item in dataclasses.fields(value) if item.init}
            if isinstance(value, SignatureBlock | PersonApproval) and value.name:
                take(value.name, "место для подписи")
                changed["name"] = ""
            return replace(value, **changed)
        return value

    for block in paper.document.blocks:
        if isinstance(block, Executor):
            take(block.text, "строка исполнителя убрана")
    document = walk(paper.document)
    recipe = paper.recipe
    made = replace(
        paper, title=walk(paper.title), period=walk(paper.period), addressee=walk(paper.addressee), document=document,
        recipe=recipe,
    )  # fmt: skip
    return made, tuple(Replaced(*pair, times) for pair, times in counted.items())


def render(connection: Connection, paper: Paper, suffix: str) -> Made:
    """Draw a paper that was cleaned and make sure that nobody is left in its bytes.

    Raises:
        UserError: ``PACK_PERSON_LEFT``; others of ``papers.render``.
    """
    from app.operations import papers

    made = papers.render(paper, suffix)
    check_bytes(connection, made.data, made.suffix)
    return made


def checked(paper: Paper, made: Made, people: Callable[[], People]) -> Made:
    """Return what was drawn of a paper; where it was made without people, only after its bytes were searched.

    Args:
        paper: says by its recipe whether people may stand in it.
        made: its bytes.
        people: who must not be named; asked for only where that matters.

    Raises:
        UserError: ``PACK_PERSON_LEFT``.
    """
    from app.operations.paper_catalogue import is_impersonal

    if is_impersonal(paper):
        refuse_named(people(), made.data, made.suffix)
    return made


def check_bytes(connection: Connection, data: bytes, suffix: str) -> None:
    """Make sure that nobody whom the file knows is named in the bytes of a PDF, DOCX or XLSX.

    Raises:
        UserError: ``PACK_PERSON_LEFT``.
    """
    refuse_named(people_of(connection), data, suffix)


def refuse_named(people: People, data: bytes, suffix: str) -> None:
    """Make sure that none of these people is named in the bytes of a PDF or an Office file.

    Raises:
        UserError: ``PACK_PERSON_LEFT``.
    """
    from app.exporters.readable import texts

    for text in texts(data, suffix):
        left = people.left(text)
        if left:
            raise UserError("PACK_PERSON_LEFT", words="», «".join(dict.fromkeys(left[:3])))


# --- a whole file ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Copied:
    """A copy of a file without people: where it is, how many people it knew, what was left out."""

    path: Path
    people: int
    left_out: tuple[str, ...]


def save_copy(connection: Connection, source: Path, target: Path) -> Copied:
    """Write a copy of the whole file in which nobody is named.

    Names in every text become roles, frozen lists and programmes too (their digests change: it is a copy, not the
    document). History, kept files and signed papers are left out; their lines stay and say so.

    Args:
        connection: reading connection.
        source: the file itself.
        target: where to; nothing may stand there.

    Raises:
        UserError: ``PACK_COPY_PLACE``, ``STORE_EXISTS``, ``STORE_BACKUP_FAILED``, ``PAPER_…``; ``PACK_PERSON_LEFT``.
    """
    from app.exporters import atomic
    from app.models import backup

    if target.absolute() == source.absolute():
        raise UserError("PACK_COPY_PLACE")
    if atomic.is_there(target):
        raise UserError("STORE_EXISTS", file=target.name, folder=target.absolute().parent)
    people = people_of(connection)
    # a name that the next writing into this folder clears away where the program was killed
    staged = atomic.beside(target)
    try:
        backup.copy_to(connection, staged)
        files = named_people.blank(staged, lambda text: people.without(text)[0])
        left = named_people.leftovers(staged, people.left)
        if left:
            raise UserError("PACK_PERSON_LEFT", words="», «".join(left[:3]))
        staged.replace(target)
    except OSError as error:
        raise UserError("PAPER_NOT_WRITTEN", file=target.name, reason=error.strerror or "запись не удалась") from error
    finally:
        staged.unlink(missing_ok=True)
    out = ["история действий и отмена", "незаконченные записи"]
    if files:
        out.append(f"приложенные и подписанные файлы, сканы: {files}")
    return Copied(target, len(people.known), tuple(out))
