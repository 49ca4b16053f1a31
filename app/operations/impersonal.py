"""Papers, packages and whole files without people: names in every case, telephones, addresses of mail.

Who is known comes from the file itself (the directory, signers, responsible people, authors). Names become what the
person is («директор»), in the case the name stood in; names of organisations and places stay, also where a surname
stands in them. What has been made is searched again: a paper in which somebody is left is not written.
"""

from __future__ import annotations

import dataclasses
import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.errors import UserError
from app.models import named_people
from app.models.store import Connection
from app.operations.papers import Made, Paper

if TYPE_CHECKING:
    from app.analysis.russian import Case

SOMEBODY = "сотрудник"
NO_PHONE, NO_MAIL = "телефон не указан", "адрес не указан"
_WORD = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
_INITIALS = r"[А-ЯЁ]\.[\s\u00a0\u202f]*[А-ЯЁ]\."
_NAME = re.compile(
    rf"{_WORD}[\s\u00a0]+{_INITIALS}|{_INITIALS}[\s\u00a0]*{_WORD}"
    rf"|{_WORD}[\s\u00a0]+{_WORD}[\s\u00a0]+[А-ЯЁ][а-яё]+(?:ич|вна|чна)\b"
    rf"|{_WORD}[\s\u00a0]+[А-ЯЁ][а-яё]+(?:ич|вна|чна)[\s\u00a0]+{_WORD}"
)
_PATRONYMIC = re.compile(r"(?:ич|вна|чна)$")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    r"(?<![\d.,/№-])(?:"
    r"(?:\+7|8)[\s\u00a0-]*\(\d{3,5}\)[\s\u00a0-]*\d{1,3}[\s\u00a0-]?\d{2}[\s\u00a0-]?\d{2}"
    r"|(?:\+7|8)[\s\u00a0-]\d{3,5}[\s\u00a0-]\d{1,3}-\d{2}-\d{2}"
    r"|\+7\d{10}|89\d{9}"
    r"|\(\d{3,5}\)[\s\u00a0]*\d{1,3}-\d{2}-\d{2}"
    r"|(?<=тел\. )\d{1,3}-\d{2}-\d{2}"
    r")(?![\d])"
)
_SPACE = r"[\s\u00a0\u202f]*"
_HIDE = "\ue000{}\ue001"
_HIDDEN = re.compile("\ue000(\\d+)\ue001")
_CASES: tuple[Case, ...] = ("nominative", "genitive", "dative", "accusative", "instrumental", "prepositional")


@dataclass(frozen=True, slots=True)
class Replaced:
    """What was taken out of a paper: what stood there, what stands there now, how often."""

    before: str
    after: str
    times: int


@dataclass(frozen=True, slots=True)
class Known:
    """One person: surname, first name, patronymic (the latter two may be letters with points) and what they are."""

    surname: str
    first: str
    patronymic: str
    role: str


class People:
    """Everybody a file names, ready to be looked for in texts.

    Args:
        known: people; of two with one surname both are found.
        contacts: telephones and addresses of the directory.
        stay: names of organisations and places, the longest first.
    """

    def __init__(self, known: Iterable[Known], contacts: Iterable[str] = (), stay: Iterable[str] = ()) -> None:
        self.known = tuple(known)
        self._stay = tuple(dict.fromkeys(name for name in stay if name.strip()))
        self._contacts = tuple(dict.fromkeys(text.strip() for text in contacts if text.strip()))
        self._instead: dict[str, str] = {}
        self._by_surname: dict[str, str] = {}
        forms: dict[str, None] = {}
        guarded = " ".join(self._stay)
        for person in self.known:
            for case, surname, first, patronymic in _declined(person):
                role = _role(person.role, case)
                for form in _full(surname, first, patronymic):
                    forms[form] = None
                    self._instead.setdefault(_key(form), role)
                self._by_surname.setdefault(surname.casefold(), role)
        lone = [name for name in self._by_surname if len(name) >= 3 and name not in guarded.casefold()]
        self._pattern = _alternatives(forms, lone)
        self._kept = _words(self._stay)

    def without(self, text: str) -> tuple[str, tuple[Replaced, ...]]:
        """Return a text without people and what was taken out."""
        if not text or not any("а" <= sign <= "ё" or sign in "@+8(" for sign in text.casefold()):
            return text, ()
        hidden: list[str] = []
        made = text
        if self._kept is not None:
            made = self._kept.sub(lambda match: _hide(hidden, match.group()), text)
        counted: dict[tuple[str, str], int] = {}

        def put(before: str, after: str) -> str:
            counted[before, after] = counted.get((before, after), 0) + 1
            return after

        for contact in self._contacts:
            if contact in made:
                made = made.replace(contact, put(contact, NO_MAIL if "@" in contact else NO_PHONE))
        if self._pattern is not None:
            made = self._pattern.sub(lambda match: put(match.group(), self._word(match.group())), made)
            made = _twice_gone(made, {after for _before, after in counted})
        made = _MAIL.sub(lambda match: put(match.group(), NO_MAIL), made)
        made = _PHONE.sub(lambda match: put(match.group(), NO_PHONE), made)
        made = _HIDDEN.sub(lambda match: hidden[int(match.group(1))], made)
        return made, tuple(Replaced(*pair, times) for pair, times in counted.items())

    def _word(self, found: str) -> str:
        return self._instead.get(_key(found)) or self._by_surname.get(found.casefold(), SOMEBODY)

    def left(self, text: str) -> tuple[str, ...]:
        """Return what of people stands in a text."""
        return tuple(item.before for item in self.without(text)[1])


def _twice_gone(text: str, roles: Iterable[str]) -> str:
    """«директору Ивановой» has become «директору директору»: the post stood before the name already."""
    for role in roles:
        word = re.escape(role)
        text = re.sub(rf"(?<![А-Яа-яЁё])({word})[\s\u00a0]+{word}(?![А-Яа-яЁё])", r"\1", text, flags=re.IGNORECASE)
    return text


def _hide(hidden: list[str], text: str) -> str:
    hidden.append(text)
    return _HIDE.format(len(hidden) - 1)


def _key(form: str) -> str:
    return re.sub(r"[\s\u00a0\u202f.]+", "", form).casefold()


def _words(names: Iterable[str]) -> re.Pattern[str] | None:
    made = "|".join(re.escape(name).replace(r"\ ", r"[\s\u00a0]") for name in names)
    return re.compile(f"(?<![А-Яа-яЁё])(?:{made})(?![А-Яа-яЁё])") if made else None


def _alternatives(forms: Iterable[str], lone: Iterable[str]) -> re.Pattern[str] | None:
    """Return a pattern of all forms: whole ones with any spaces between their parts, then lone surnames."""
    whole = sorted((_loose(form) for form in forms), key=len, reverse=True)
    single = sorted({re.escape(name[:1].upper() + name[1:]) for name in lone} | {re.escape(n.upper()) for n in lone},
                    key=len, reverse=True)  # fmt: skip
    parts = [f"(?i:{'|'.join(whole)})"] if whole else []
    parts += [f"(?:{'|'.join(single)})"] if single else []
    return re.compile(rf"(?<![А-Яа-яЁё])(?:{'|'.join(parts)})(?![А-Яа-яЁё])") if parts else None


def _loose(form: str) -> str:
    tokens = re.findall(r"[А-Яа-яЁё-]+\.?", form)
    return _SPACE.join(re.escape(token) for token in tokens)


def _full(surname: str, first: str, patronymic: str) -> Iterator[str]:
    """Yield the ways a person is written; initials where no first name is known."""
    a, b = first[:1], patronymic[:1]
    if not a:
        return
    short = f"{a}.{b}." if b else f"{a}."
    yield f"{surname} {short}"
    yield f"{short} {surname}"
    if len(first) > 1 and not first.endswith("."):
        yield f"{surname} {first}"
        yield f"{first} {surname}"
        if b and not patronymic.endswith("."):
            yield f"{surname} {first} {patronymic}"
            yield f"{first} {patronymic} {surname}"
            yield f"{first} {patronymic}"


def _declined(person: Known) -> Iterator[tuple[Case, str, str, str]]:
    """Yield (case, surname, first name, patronymic) in all cases, of both genders where nobody knows which it is."""
    from app.analysis import russian

    seen: set[tuple[str, str, str]] = set()
    initials = len(person.first.rstrip(".")) <= 1
    for case in _CASES:
        genders: tuple[Any, ...] = ("female", "male") if initials else (None,)
        for gender in genders:
            whole = f"{person.surname} О. О." if initials else f"{person.surname} {person.first} {person.patronymic}"
            parts = russian.person(whole.strip(), case, gender).split()
            surname = parts[0]
            first, patronymic = (
                (person.first, person.patronymic) if initials else (parts[1], parts[2] if len(parts) > 2 else "")
            )
            if (surname, first, patronymic) not in seen:
                seen.add((surname, first, patronymic))
                yield case, surname, first, patronymic


@lru_cache(maxsize=2048)
def _role(role: str, case: Case) -> str:
    from app.analysis import russian

    word = role.partition(",")[0].strip()
    return russian.post(word[:1].lower() + word[1:] if word[1:2].islower() else word, case) or SOMEBODY


def names_in(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield (surname, first name, patronymic) of everybody whom a text names in a usual way."""
    for match in _NAME.finditer(text):
        words = re.findall(rf"{_WORD}|[А-ЯЁ](?=\.)", match.group())
        letters = [word for word in words if len(word) == 1]
        whole = [word for word in words if len(word) > 1]
        if len(letters) == 2 and len(whole) == 1:
            yield whole[0], f"{letters[0]}.", f"{letters[1]}."
        elif len(whole) == 3 and _PATRONYMIC.search(whole[1]):
            yield whole[2], whole[0], whole[1]
        elif len(whole) == 3:
            yield whole[0], whole[1], whole[2]


def _plain(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield the name that a line of the directory is, where it has no usual shape: «Ли Чен», «Алиев Вели Али оглы»."""
    words = [word for word in re.findall(r"[А-Яа-яЁё-]+\.?", text) if word[:1].isupper()]
    if 2 <= len(words) <= 4 and not any(sign.isdigit() for sign in text):
        yield words[0], words[1], " ".join(words[2:])


def people_of(connection: Connection) -> People:
    """Return everybody a file names."""
    found: dict[tuple[str, str, str], str] = {}
    for text, role, sure in named_people.told(connection):
        for name in list(names_in(text)) or (_plain(text) if sure else ()):
            if role or name not in found:
                found[name] = role or SOMEBODY
    known = [Known(*name, role) for name, role in found.items()]
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
    made = replace(paper, title=walk(paper.title), addressee=walk(paper.addressee), document=document, recipe=recipe)
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
        UserError: ``PACK_COPY_PLACE``, ``STORE_EXISTS``, ``STORE_BACKUP_FAILED``; ``PACK_PERSON_LEFT``.
    """
    from app.models import backup

    if target.absolute() == source.absolute():
        raise UserError("PACK_COPY_PLACE")
    if target.exists():
        raise UserError("STORE_EXISTS", file=target.name, folder=target.absolute().parent)
    people = people_of(connection)
    # a name that the next writing into this folder clears away where the program was killed
    staged = target.with_name(f".{target.name[:40]}.{secrets.token_hex(6)}.tmp")
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
