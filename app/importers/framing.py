"""Messages between the program and its reading child: a length of four bytes, then a pickle of plain records.

Only our own records and plain values can be unpickled: a file that manages to take over the child still can't make
the program run anything.
"""

from __future__ import annotations

import gc
import io
import pickle
import struct
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from operator import attrgetter
from typing import IO, Any

from app.importers.parsed import FileReading, Hints, Known

LARGEST_FRAME = 512 << 20
_LENGTH = struct.Struct(">I")
_OURS = {
    "app.importers.parsed": None,
    "app.importers.framing": None,
    "app.importers.packed": {"MarkRows"},
    "app.importers.filled_form_records": None,
    "app.importers.plan_records": None,
    "app.models.records": None,
    "app.errors.catalogue": {"Problem"},
}


class BrokenPipeFrameError(Exception):
    """The other side is gone or speaks something else."""


@dataclass(frozen=True, slots=True)
class Start:
    """The first message to the child: what stays the same for the whole batch. ``memory`` is in bytes."""

    known: Known
    memory: int


@dataclass(frozen=True, slots=True)
class Job:
    """Read one file."""

    path: str
    hints: Hints


@dataclass(frozen=True, slots=True)
class Progress:
    """So many rows of so many (if known) of the present file are read."""

    done: int
    total: int | None


@dataclass(frozen=True, slots=True)
class Done:
    """The present file is read or refused."""

    reading: FileReading


@dataclass(frozen=True, slots=True)
class Bug:
    """Our own fault: kind of exception and places in the code, never values from the file."""

    trace: str


class _Careful(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        names = _OURS.get(module, set())
        if names is None or name in names:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is not a record")


class _Quick(pickle.Pickler):
    """Writes a record as its class and its values: a tenth of what ``dataclass`` itself takes for a frozen one."""

    def reducer_override(self, value: Any) -> Any:
        kind = type(value)
        if kind not in _VALUES:
            _VALUES[kind] = _values_of(kind)
        values = _VALUES[kind]
        return NotImplemented if values is None else (kind, values(value))


_Values = Callable[[Any], tuple[Any, ...]]
_VALUES: dict[type, _Values | None] = {}


def _values_of(kind: type) -> _Values | None:
    """Return what takes the values of a record in the order of its constructor; None for what is no record."""
    names = [field.name for field in fields(kind) if field.init] if is_dataclass(kind) else []
    if len(names) == 1:
        return lambda value: (getattr(value, names[0]),)
    return attrgetter(*names) if names else None


def write_frame(stream: IO[bytes], message: object) -> None:
    """Send one message.

    Raises:
        OSError: the other side is gone.
    """
    packed = io.BytesIO()
    _Quick(packed, protocol=pickle.HIGHEST_PROTOCOL).dump(message)
    body = packed.getbuffer()
    stream.write(_LENGTH.pack(len(body)))
    stream.write(body)
    stream.flush()


def read_frame(stream: IO[bytes]) -> Any:
    """Return the next message, or None where the stream has ended between two messages.

    Raises:
        BrokenPipeFrameError: the stream ended inside a message, or the message is none of ours.
    """
    head = stream.read(_LENGTH.size)
    if not head:
        return None
    size = _LENGTH.unpack(head)[0] if len(head) == _LENGTH.size else LARGEST_FRAME + 1
    if size > LARGEST_FRAME:
        raise BrokenPipeFrameError("length")
    body = stream.read(size)
    if len(body) != size:
        raise BrokenPipeFrameError("cut")
    swept = gc.isenabled()
    gc.disable()  # a large reading is made of values that stay: looking for garbage among them takes as long as they do
    try:
        return _Careful(io.BytesIO(body)).load()
    except (pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError, TypeError, ValueError) as fault:
        raise BrokenPipeFrameError("content") from fault
    finally:
        if swept:
            gc.enable()
