"""Kinds of projects that schools take part in: data with a source (``resources/metrics/projects.toml``)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

from app.analysis.metric_catalogue import plain
from app.errors import UserError
from app.paths import resources

ProjectLevel = Literal["municipal", "regional", "federal"]
LEVEL_WORDS: dict[ProjectLevel, str] = {
    "municipal": "муниципальный",
    "regional": "региональный",
    "federal": "федеральный",
}
_CODE = re.compile(r"[a-z][a-z0-9_]{0,59}")
_KEYS = {"code", "name", "short", "level", "aliases", "source"}


@dataclass(frozen=True, slots=True)
class ProjectKind:
    """One kind of project; ``level`` is the usual one, None where there is no usual one."""

    code: str
    name: str
    short: str
    source: str
    level: ProjectLevel | None = None
    aliases: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """Return every way a table may name the kind."""
        return tuple(dict.fromkeys((self.name, self.short, *self.aliases)))


@cache
def load_shipped() -> dict[str, ProjectKind]:
    """Return the kinds shipped with the program by code.

    Raises:
        UserError: ``DATA_PROJECT_CATALOGUE`` where the shipped file is damaged.
    """
    return parse((resources() / "metrics" / "projects.toml").read_text(encoding="utf-8"))


def parse(text: str, base: dict[str, ProjectKind] | None = None) -> dict[str, ProjectKind]:
    """Read kinds strictly, over ``base`` where it is given: the same code replaces, a new one is added.

    Raises:
        UserError: ``DATA_PROJECT_CATALOGUE`` with every fault.
    """
    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = re.search(r"line (\d+)", str(error))
        where = f"строка {place[1]} — не TOML" if place else "текст обрывается"
        raise UserError("DATA_PROJECT_CATALOGUE", faults=where) from error
    faults: list[str] = []
    if extra := sorted(set(document) - {"format", "title", "project"}):
        faults.append(f"неизвестная строка «{extra[0]}»")
    if document.get("format") != 1:
        faults.append("ожидается строка format = 1")
    rows = document.get("project")
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        faults.append("нет ни одного раздела [[project]]")
        rows = []
    merged = dict(base or {})
    seen: set[str] = set()
    for number, row in enumerate(rows, start=1):
        kind = _kind(row, number, faults)
        if kind.code in seen:
            faults.append(f"«{kind.code}» повторяется")
        seen.add(kind.code)
        merged[kind.code] = kind
    _no_doubles(merged, faults)
    if faults:
        raise UserError("DATA_PROJECT_CATALOGUE", faults="; ".join(faults))
    return merged


def _kind(row: dict[str, Any], number: int, faults: list[str]) -> ProjectKind:
    place = f"проект «{row.get('code', number)}»"
    if extra := sorted(set(row) - _KEYS):
        faults.append(f"{place}: неизвестная строка «{extra[0]}»")
    texts = {}
    for key in ("code", "name", "source"):
        value = row.get(key)
        if not isinstance(value, str) or not value.strip():
            faults.append(f"{place}: {key} — непустой текст")
            value = ""
        texts[key] = value.strip()
    if texts["code"] and not _CODE.fullmatch(texts["code"]):
        faults.append(f"{place}: code — латинские строчные буквы, цифры и знак «_»")
    level, short, aliases = row.get("level"), row.get("short"), row.get("aliases", [])
    if level is not None and level not in get_args(ProjectLevel):
        faults.append(f"{place}: level — одно из: {', '.join(get_args(ProjectLevel))}")
        level = None
    if not isinstance(aliases, list) or not all(isinstance(alias, str) for alias in aliases):
        faults.append(f"{place}: aliases — список текстов")
        aliases = []
    short = short.strip() if isinstance(short, str) and short.strip() else texts["name"]
    return ProjectKind(texts["code"], texts["name"], short, texts["source"], level, tuple(aliases))


def _no_doubles(kinds: dict[str, ProjectKind], faults: list[str]) -> None:
    holders: dict[str, str] = {}
    for kind in kinds.values():
        for spelling in kind.spellings:
            holder = holders.setdefault(plain(spelling), kind.code)
            if holder != kind.code:
                faults.append(f"«{spelling}» значит сразу два вида: «{holder}» и «{kind.code}»")


def find(kinds: dict[str, ProjectKind], query: str) -> ProjectKind:
    """Return the kind that a code or a name means.

    Raises:
        UserError: ``DATA_PROJECT_KIND`` naming those there are.
    """
    if query in kinds:
        return kinds[query]
    wanted = plain(query)
    for kind in kinds.values():
        if wanted and wanted in map(plain, kind.spellings):
            return kind
    raise UserError("DATA_PROJECT_KIND", query=query, known="; ".join(kind.short for kind in kinds.values()))
