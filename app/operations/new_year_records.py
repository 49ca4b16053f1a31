"""Plain records of the new school year: what became of schools, what is carried over, what it breaks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from app.errors import UserError
from app.models.organisations import School

Fate = Literal["same", "renamed", "closed", "joined"]
FATE_WORDS: dict[Fate, str] = {
    "same": "без изменений", "renamed": "переименована", "closed": "закрыта", "joined": "присоединена к другой",
}  # fmt: skip
Level = Literal["ok", "info", "warn"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one school.

    Attributes:
        name: the new full name of a renamed one; ``short_name`` the new short one.
        target: key of the school it was joined to, or the key of a new one («new:1»).
        day: since when, ISO; "" for the first of September.
    """

    school_id: int
    fate: Fate
    name: str = ""
    short_name: str = ""
    target: int | str | None = None
    day: str = ""


@dataclass(frozen=True, slots=True)
class NewSchool:
    """A school that opened.

    Attributes:
        key: «new:1»; an answer may name it.
        split_from: the school whose pupils went there; None where it is new altogether.
    """

    key: str
    name: str
    short_name: str = ""
    settlement: str = ""
    split_from: int | None = None
    day: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything a person said: schools that changed, schools that opened, what is carried over."""

    schools: tuple[Answer, ...] = ()
    fresh: tuple[NewSchool, ...] = ()
    carry: frozenset[str] | None = None
    """Keys of what is carried; None: what is usual."""

    @property
    def gone(self) -> frozenset[int]:
        """Schools that are closed or joined to another."""
        return frozenset(item.school_id for item in self.schools if item.fate in {"closed", "joined"})


@dataclass(frozen=True, slots=True)
class CarryLine:
    """One kind of thing that can be carried over.

    Attributes:
        number: how many of them there are to carry; those that were carried already are not counted.
        usual: it is carried unless the person says otherwise.
    """

    key: str
    title: str
    hint: str
    number: int
    usual: bool


@dataclass(frozen=True, slots=True)
class Break:
    """What the new year does to comparing with the years before, or what it leaves unfinished."""

    level: Level
    text: str
    school_id: int | None = None


@dataclass(frozen=True, slots=True)
class Start:
    """How the file stands before the new year.

    Attributes:
        schools: the municipality's own schools at work, in the file's own order.
        carry: what can be carried.
        stays: what goes on by itself, in words.
    """

    school_year: int
    schools: tuple[School, ...]
    carry: tuple[CarryLine, ...]
    stays: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What will be written, and what it breaks."""

    school_year: int
    writes: tuple[str, ...]
    carry: tuple[CarryLine, ...]
    breaks: tuple[Break, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """What was written.

    Attributes:
        operation_id: None where there was nothing to write.
        schools: key of a new school → its record.
        carried: key of a kind → how many rows.
    """

    operation_id: int | None = None
    schools: Mapping[str, int] = field(default_factory=dict)
    carried: Mapping[str, int] = field(default_factory=dict)


def read_answers(path: Path) -> dict[str, Any]:
    """Read what a person wrote down for the command; schools are still named by code or name.

    Raises:
        UserError: ``GEN_FILE_MISSING``, ``GEN_FILE_UNREADABLE``, ``MON_YEAR_ANSWERS``.
    """
    try:
        found = json.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError as error:
        raise UserError("GEN_FILE_MISSING", file=path.name) from error
    except OSError as error:
        raise UserError("GEN_FILE_UNREADABLE", file=path.name, detail=error.strerror or "нет доступа") from error
    except ValueError as error:
        raise UserError("MON_YEAR_ANSWERS", file=path.name, detail="это не JSON") from error
    if not isinstance(found, dict) or not set(found) <= {"schools", "new", "carry"}:
        raise UserError("MON_YEAR_ANSWERS", file=path.name, detail="нужен объект с частями schools, new, carry")
    for item in found.get("schools", []):
        if not isinstance(item, dict) or item.get("fate") not in get_args(Fate) or not item.get("school"):
            raise UserError("MON_YEAR_ANSWERS", file=path.name, detail="у школы нужны school и fate")
    for item in found.get("new", []):
        if not isinstance(item, dict) or not item.get("name"):
            raise UserError("MON_YEAR_ANSWERS", file=path.name, detail="у новой школы нужно name")
    return found
