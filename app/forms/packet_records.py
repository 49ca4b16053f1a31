"""What a request asks and what a reply says: plain records, and their way to JSON and back.

Both files come from outside: every value is taken only in the type that its field has.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from app.errors import UserError
from app.forms.packet import PacketKind, seal, unseal, unseal_bytes

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class PacketForm:
    """One version of a form as its text."""

    id: str
    version: str
    digest: str
    text: str


@dataclass(frozen=True, slots=True)
class PacketAnswer:
    """One answer as it is stored; what is wrong with it is found anew where it is read."""

    item_id: str
    raw: str = ""
    value: str | None = None
    other: str = ""
    not_applicable: bool = False
    comment: str = ""
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class PacketProof:
    """A proof: an address, or a file that lies in the packet under its SHA-256."""

    title: str
    item_id: str | None = None
    file_name: str | None = None
    sha256: str | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class AskedCase:
    """One form that is asked for.

    Attributes:
        subject: what it is called; ``subject_name`` the part that is not the school's own name.
        last: accepted answers of ``last_year``, in the version of this round.
        remark: why it came back.
    """

    case_id: int
    round_id: int
    subject_id: int
    subject_kind: str
    subject: str
    form_id: str
    version: str
    title: str
    subject_name: str = ""
    due_on: str | None = None
    remark: str | None = None
    returned_on: str | None = None
    conclusion: str = ""
    answers: tuple[PacketAnswer, ...] = ()
    head: Mapping[str, str] = field(default_factory=dict)
    last_year: int | None = None
    last: tuple[PacketAnswer, ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """A request to one school.

    Attributes:
        id: stays the same when the same rounds are asked again; ``issued_at`` tells the newer one.
        organisation, asker, phone: who asks.
    """

    id: str
    issued_at: str
    program: str
    municipality: str
    school_name: str
    school_year: int
    organisation: str = ""
    asker: str = ""
    phone: str = ""
    school_id: int | None = None
    school_code: str = ""
    due_on: str | None = None
    letter: str = ""
    forms: tuple[PacketForm, ...] = ()
    cases: tuple[AskedCase, ...] = ()


@dataclass(frozen=True, slots=True)
class RepliedCase:
    """The answers to one form."""

    case_id: int
    round_id: int
    subject_id: int
    subject: str
    form_id: str
    version: str
    digest: str
    answered: int = 0
    of: int = 0
    conclusion: str = ""
    answers: tuple[PacketAnswer, ...] = ()
    head: Mapping[str, str] = field(default_factory=dict)
    proofs: tuple[PacketProof, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """The reply of one school to one request."""

    request_id: str
    made_at: str
    program: str
    filler: str
    post: str
    municipality: str
    school_name: str
    school_year: int
    school_id: int | None = None
    school_code: str = ""
    cases: tuple[RepliedCase, ...] = ()


def seal_request(request: Request) -> bytes:
    """Return the file of a request. Raises as ``packet.seal``."""
    return seal("request", asdict(request))


def seal_reply(reply: Reply, files: Mapping[str, bytes]) -> bytes:
    """Return the file of a reply. Raises as ``packet.seal``."""
    return seal("reply", asdict(reply), files)


def open_request(path: Path) -> Request:
    """Return a request. Raises as ``packet.unseal``."""
    value, _files = unseal(path, "request")
    return _checked(Request, value, "request", path.name)


def open_reply(path: Path) -> tuple[Reply, dict[str, bytes]]:
    """Return a reply and its files. Raises as ``packet.unseal``."""
    value, files = unseal(path, "reply")
    return _checked(Reply, value, "reply", path.name), files


def open_reply_bytes(data: bytes, name: str) -> tuple[Reply, dict[str, bytes]]:
    """Return a reply and its files from bytes that are kept. Raises as ``packet.unseal``."""
    value, files = unseal_bytes(data, "reply", name)
    return _checked(Reply, value, "reply", name), files


def _checked(kind: type[R], value: Mapping[str, Any], what: PacketKind, name: str) -> R:
    try:
        return record(kind, value)
    except (TypeError, ValueError) as fault:
        word = "запрос" if what == "request" else "ответ школы"
        raise UserError("FORM_PACKET_DAMAGED", file=name, what=word) from fault


_HINTS: dict[type[Any], dict[str, Any]] = {}


def _hints(kind: type[Any]) -> dict[str, Any]:
    if kind not in _HINTS:
        _HINTS[kind] = get_type_hints(kind)
    return _HINTS[kind]


def record(kind: type[R], value: object) -> R:
    """Return a record from plain values; fields that are not known are passed over.

    Raises:
        TypeError, ValueError: a value has another type than its field, or is missing.
    """
    if not isinstance(value, Mapping):
        raise TypeError(kind.__name__)
    hints = _hints(kind)
    names = [one.name for one in fields(kind)]  # type: ignore[arg-type]
    return kind(**{name: _typed(hints[name], value[name]) for name in names if name in value})


def _typed(hint: Any, value: object) -> Any:
    origin, inside = get_origin(hint), get_args(hint)
    if origin in {Union, types.UnionType}:
        return None if value is None else _typed(next(one for one in inside if one is not type(None)), value)
    if origin is tuple:
        if not isinstance(value, list):
            raise TypeError("a list")
        return tuple(_typed(inside[0], one) for one in value)
    if origin is Mapping:
        if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
            raise TypeError("texts by name")
        return dict(value)
    if is_dataclass(hint):
        return record(hint, value)  # type: ignore[arg-type]
    # True is a whole number to Python, not to us; a key must fit the store
    if type(value) is not hint or (hint is int and not -(2**63) <= value < 2**63):  # type: ignore[operator]
        raise TypeError(str(hint))
    return value
