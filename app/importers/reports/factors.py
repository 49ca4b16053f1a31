"""The catalogue of factors of risk: a reference by year that is edited from a file (domain §2, issue B point 5).

Significance of a factor is received with the risk profile of a school and never computed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from app.errors import UserError
from app.importers.grid import heading
from app.models.records import RiskFactor
from app.paths import resources

_TOP = {"format", "source", "factor"}
_KEYS = {"code", "name", "spellings", "since", "until"}
_CODE = re.compile(r"[a-z][a-z0-9_]{1,39}")
_FIRST_YEAR, _LAST_YEAR = 2014, 2099
_LONGEST_NAME = 300
_NUMBER = re.compile(r"^\d{1,2} ")


@cache  # asked about every file there is
def load_shipped() -> tuple[RiskFactor, ...]:
    """Return the factors that come with the program.

    Raises:
        UserError: IMP_FACTOR_TOML or IMP_FACTOR_FAULT when the shipped file is damaged.
    """
    return parse_factors((resources() / "metrics" / "risk_factors.toml").read_text(encoding="utf-8"))


def merged(shipped: Iterable[RiskFactor], own: Iterable[RiskFactor]) -> tuple[RiskFactor, ...]:
    """Return shipped factors with the user's own in place of those of the same code, new ones after them."""
    found = {factor.code: factor for factor in shipped}
    found.update({factor.code: factor for factor in own})
    return tuple(found.values())


def in_force(factors: Iterable[RiskFactor], year: int) -> tuple[RiskFactor, ...]:
    """Return the factors of one calendar year, in their order."""
    return tuple(factor for factor in factors if (factor.since or 0) <= year <= (factor.until or _LAST_YEAR))


def find_factor(factors: Iterable[RiskFactor], spelling: str, year: int | None = None) -> RiskFactor | None:
    """Return the factor of a wording («1. Дефицит педагогических кадров»), of the year before any other, or None."""
    wanted = _plain(spelling)
    found = [f for f in factors if wanted and wanted in {_plain(name) for name in (f.name, *f.spellings)}]
    current = in_force(found, year) if year is not None else ()
    return next(iter((*current, *found)), None)


@lru_cache(4096)
def _plain(spelling: str) -> str:
    """A wording for comparison: lower case, ё as е, without quotation marks, numbers and «риск» in front."""
    return _NUMBER.sub("", heading(spelling)).removeprefix("фактор риска ")


def parse_factors(toml_text: str) -> tuple[RiskFactor, ...]:
    """Read a catalogue strictly: unknown keys, wrong types, repeated codes and wordings are refused.

    Raises:
        UserError: IMP_FACTOR_TOML where the text is no TOML; IMP_FACTOR_FAULT with the place and the fault.
    """
    import tomllib

    try:
        document = tomllib.loads(toml_text)
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        raise UserError("IMP_FACTOR_TOML", reason=_reason(fault)) from fault
    top = "в начале файла"
    _known(document, _TOP, top)
    if document.get("format") != 1:
        raise _fault(top, "ожидается строка format = 1")
    if not isinstance(document.get("source"), str) or not document["source"].strip():
        raise _fault(top, "не назван источник (строка source)")
    entries = document.get("factor")
    if not isinstance(entries, list) or not entries:
        raise _fault(top, "нет ни одного раздела [[factor]]")
    found: list[RiskFactor] = []
    for index, entry in enumerate(entries, start=1):
        place = f"в разделе [[factor]] № {index}"
        factor = _entry(entry, place)
        _check_against(found, factor, place)
        found.append(factor)
    return tuple(found)


def _reason(fault: Exception) -> str:
    """The parser's own words are English: only the place is taken from them."""
    place = re.search(r"at line (\d+)", str(fault))
    return f"ошибка в строке {place.group(1)}" if place else "текст обрывается"


def _fault(place: str, fault: str) -> UserError:
    return UserError("IMP_FACTOR_FAULT", place=place, fault=fault)


def _known(table: dict[str, Any], keys: set[str], place: str) -> None:
    extra = sorted(set(table) - keys)
    if extra:
        raise _fault(place, f"неизвестная строка «{extra[0]}»")


def _entry(entry: Any, place: str) -> RiskFactor:
    if not isinstance(entry, dict):
        raise _fault(place, "ожидается таблица")
    _known(entry, _KEYS, place)
    code, name, spellings = entry.get("code"), entry.get("name"), entry.get("spellings", [])
    if not isinstance(code, str) or not _CODE.fullmatch(code):
        raise _fault(place, "code — от 2 до 40 знаков: строчные латинские буквы, цифры и «_», первой буква")
    if not isinstance(name, str) or not _plain(name) or len(name) > _LONGEST_NAME:
        raise _fault(place, "name — название фактора")
    if not isinstance(spellings, list) or not all(isinstance(line, str) and _plain(line) for line in spellings):
        raise _fault(place, "spellings — список других названий")
    years: list[int | None] = []
    for key in ("since", "until"):
        year = entry.get(key)
        if year is not None and (isinstance(year, bool) or not isinstance(year, int)):
            raise _fault(place, f"{key} — год от {_FIRST_YEAR} до {_LAST_YEAR}")
        if year is not None and not _FIRST_YEAR <= year <= _LAST_YEAR:
            raise _fault(place, f"{key} — год от {_FIRST_YEAR} до {_LAST_YEAR}")
        years.append(year)
    since, until = years
    if since is not None and until is not None and since > until:
        raise _fault(place, "since позже, чем until")
    return RiskFactor(code, name.strip(), tuple(line.strip() for line in spellings), since, until)


def _check_against(others: Iterable[RiskFactor], factor: RiskFactor, place: str) -> None:
    """One code is one factor; one wording names one factor in any year."""
    for other in others:
        if other.code == factor.code:
            raise _fault(place, f"обозначение «{factor.code}» уже было")
        apart = (other.until or _LAST_YEAR) < (factor.since or 0) or (factor.until or _LAST_YEAR) < (other.since or 0)
        common = {_plain(line) for line in (other.name, *other.spellings)} & {
            _plain(line) for line in (factor.name, *factor.spellings)
        }
        if common and not apart:
            raise _fault(place, f"название «{factor.name}» уже есть у фактора «{other.name}»")
