"""Days as a methodist writes them: «01.12», «через неделю», «в пятницу», «до 1 декабря», «вчера»."""

from __future__ import annotations

import re
from datetime import date, timedelta

from app.analysis.help_whom import NUMERALS, folded


def neat(text: str) -> str:
    """Return a text with single spaces and without the signs that stood between its parts."""
    return " ".join(text.split()).strip(" ,;:")


_MONTHS = ("январ", "феврал", "март", "апрел", "ма[йя]", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр")
_WEEKDAYS = ("понедельник", "вторник", "сред[ау]", "четверг", "пятниц[ау]", "суббот[ау]", "воскресенье")
_NAMED_WEEKDAYS = [f"(?P<d{place}>{words})" for place, words in enumerate(_WEEKDAYS)]
_BEFORE = r"(?:(?:до|к|на|с|не позднее|не позже)\s+)?"
_NUMBERED = re.compile(rf"{_BEFORE}\b(\d{{1,2}})\.(\d{{1,2}})(?:\.(\d{{4}}|\d{{2}}))?(?:\s*г\.|\s*года\b)?(?![\d.]*\d)")
_ISO = re.compile(rf"{_BEFORE}\b(\d{{4}})-(\d{{2}})-(\d{{2}})\b")
_NAMED = re.compile(rf"{_BEFORE}\b(\d{{1,2}})\s+({'|'.join(_MONTHS)})[а-я]*(?:\s+(\d{{4}})(?:\s*года|\s*г\.)?)?(?!\w)")
_RELATIVE = re.compile(r"\b(сегодня|послезавтра|завтра|вчера|позавчера)\b")
_LATER = re.compile(r"\bчерез\s+(?:([а-я]+|\d{1,3})\s+)?(день|дня|дней|недел[юиь]|месяц\w*)(?!\w)")
_WEEKDAY = re.compile(
    rf"\b(?:(?:во?|к)\s+(?P<next>следующ\w+\s+)?|(?P<alone>следующ\w+\s+))(?:{'|'.join(_NAMED_WEEKDAYS)})(?!\w)"
)
LIKE_DAY = re.compile(r"\b\d{1,2}\.\d{1,2}(?:\.\d{2,4})?\b")
_SHIFTS = {"сегодня": 0, "завтра": 1, "послезавтра": 2, "вчера": -1, "позавчера": -2}


def find_day(text: str, day: date, *, near: bool = False) -> tuple[date, int, int] | None:
    """Return the first day that a text names, with its place in it.

    Args:
        text: «01.12 повторный выезд», «через неделю», «в пятницу», «до 1 декабря».
        day: what counts as today.
        near: a day without a year is the nearest one before or after, not the next one.
    """
    plain = folded(text)
    found = [one for reader in _READERS if (one := reader(plain, day, near)) is not None]
    return min(found, key=lambda one: one[1]) if found else None


def _numbered(plain: str, day: date, near: bool) -> tuple[date, int, int] | None:
    for found in _NUMBERED.finditer(plain):
        made = _made(day, int(found[1]), int(found[2]), found[3], near=near)
        if made is not None:
            return made, *found.span()
    return None


def _iso(plain: str, _day: date, _near: bool) -> tuple[date, int, int] | None:
    found = _ISO.search(plain)
    made = found and _date(int(found[1]), int(found[2]), int(found[3]))
    return (made, *found.span()) if found and made else None


def _named(plain: str, day: date, near: bool) -> tuple[date, int, int] | None:
    for found in _NAMED.finditer(plain):
        month = next(place for place, stem in enumerate(_MONTHS, 1) if re.match(stem, found[2]))
        made = _made(day, int(found[1]), month, found[3], near=near)
        if made is not None:
            return made, *found.span()
    return None


def _relative(plain: str, day: date, _near: bool) -> tuple[date, int, int] | None:
    found = _RELATIVE.search(plain)
    return found and (day + timedelta(days=_SHIFTS[found[1]]), *found.span())


def _later(plain: str, day: date, _near: bool) -> tuple[date, int, int] | None:
    found = _LATER.search(plain)
    if found is None:
        return None
    told = found[1] or "1"
    number = int(told) if told.isdecimal() else NUMERALS.get(told)
    if number is None:
        return None
    if found[2].startswith("месяц"):
        year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
        made = next((one for last in range(day.day, 27, -1) if (one := _date(year, month + 1, last))), None)
        made = made or _date(year, month + 1, min(day.day, 28))
    else:
        made = day + timedelta(days=number * (7 if found[2].startswith("недел") else 1))
    return None if made is None else (made, *found.span())


def _weekday(plain: str, day: date, near: bool) -> tuple[date, int, int] | None:
    found = _WEEKDAY.search(plain)
    if found is None:
        return None
    place = next(place for place in range(len(_WEEKDAYS)) if found[f"d{place}"] is not None)
    if found["next"] or found["alone"]:  # «в следующую среду» is a day of the next week
        return day + timedelta(days=7 - day.weekday() + place), *found.span()
    ahead = (place - day.weekday()) % 7 or 7
    return day + timedelta(days=ahead - (7 if near else 0)), *found.span()


_READERS = (_numbered, _iso, _named, _relative, _later, _weekday)


def _made(day: date, number: int, month: int, year: str | None, *, near: bool) -> date | None:
    """Return a day of a year; without one the first that is not before ``day``, or (``near``) the nearest."""
    if year is not None:
        return _date(int(year) + (2000 if len(year) == 2 else 0), month, number)
    found = [one for step in range(-8 if near else 0, 9) if (one := _date(day.year + step, month, number)) is not None]
    if near:
        return min(found, key=lambda one: abs(one - day), default=None)
    return next((one for one in found if one >= day), None)


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number) if 2000 <= year <= 2099 else None
    except ValueError:
        return None


def read_day(text: str, day: date) -> date | None:
    """Return the day of an entry that was typed, without a year the nearest; None where it is no day."""
    found = find_day(text.strip(), day, near=True)
    return found[0] if found is not None and not neat(text.strip()[: found[1]] + text.strip()[found[2] :]) else None
