"""What is said of an event: why it stands so, what to do next, whether enough people came."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from app.analysis.coverage import Coverage, Reached
from app.analysis.people_alike import spelling
from app.operations.event_taking import people_words
from app.operations.events import ActivityEvents, EventCard, EventLine, Kind, begun
from app.texts import NBSP, count, plural, ru_date

Next = Literal["day", "invite", "hold", "count", "take", "feedback", "none"]
SCHOOLS = ("школа", "школы", "школ")
OF_SCHOOLS = ("школы", "школ", "школ")
HUMAN = ("человек", "человека", "человек")
DAYS = ("день", "дня", "дней")
EVENTS = ("событие", "события", "событий")


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do next with an event."""

    text: str
    step: Next


def came_words(line: EventLine) -> str:
    """Return «23 человека из 5 школ, подключений 4»; "" where nobody has said."""
    parts = []
    if line.came is not None:
        schools = f" из {count(len(line.schools), *OF_SCHOOLS)}" if line.schools else ""
        parts.append(f"{count(line.came, *HUMAN)}{schools}")
    if line.connections is not None:
        parts.append(f"подключений{NBSP}{line.connections}")
    return ", ".join(parts)


def people_cell(line: EventLine) -> str:
    """Return «23 из 30»: who came of how many were invited; "" where nobody has said."""
    if line.came is None:
        return "" if line.invited is None else f"звали{NBSP}{line.invited}"
    return str(line.came) if line.invited is None else f"{line.came}{NBSP}из{NBSP}{line.invited}"


def why(line: EventLine, day: date) -> str:
    """Return why an event stands as it does on a day, in one or two sentences."""
    event, reason = line.event, (line.event.reason or "").strip().rstrip(".")
    if event.state == "cancelled":
        return f"Событие отменено: {reason}." if reason else "Событие отменено."
    if event.state == "held":
        when = f"Прошло {line.days}." if line.days else "Прошло, день не вписан."
        came = came_words(line)
        return f"{when} Были: {came}." if came else f"{when} Кто был, не вписано."
    put_off = f"Перенесено: {reason}. " if event.state == "moved" and reason else ""
    if line.day is None:
        return f"{put_off}День не назначен."
    first, last = date.fromisoformat(line.day), date.fromisoformat(line.last_day or line.day)
    if last < day:
        return f"{put_off}День события был {count((day - last).days, *DAYS)} назад, а отметки нет."
    if first <= day:
        time = f", {line.time}" if line.time else ""
        return f"{put_off}Событие идёт сегодня{time}."
    left = (first - day).days
    when = "завтра" if left == 1 else f"через {count(left, *DAYS)}"
    asked = "" if line.invited is None else f" Приглашено: {count(line.invited, *HUMAN)}."
    return f"{put_off}Событие {when}.{asked}"


def advice(card: EventCard, day: date) -> Advice:
    """Return what to do next."""
    line = card.line
    if line.event.state == "cancelled":
        return Advice("", "none")
    if line.held:
        if not line.counted:
            return Advice("Впишите, кто был: числами по школам или списком.", "count")
        fresh = line.day is not None and (day - date.fromisoformat(line.day)).days <= FRESH_DAYS
        return Advice("Соберите отзывы, пока событие помнят.", "feedback") if fresh and not line.sheets else _NOTHING
    if line.day is None:
        return Advice("Назначьте день: без него событие не попадёт в календарь.", "day")
    if (line.last_day or line.day) <= day.isoformat():
        return Advice("Отметьте, прошло ли событие.", "hold")
    return Advice("", "none") if card.schools or card.guests else Advice("Впишите, кого приглашаете.", "invite")


_NOTHING = Advice("", "none")
MOST_DOUBLES, MOST_NAMES = 3, 4
"""So many cases of names that may be one person, and of names in one case, are told."""
FRESH_DAYS = 30
"""So long after an event people remember it well enough to be asked."""
REACHED: dict[Reached, tuple[Kind, str]] = {
    "yes": ("ok", "набрано"), "perhaps": ("warn", "возможно, набрано"), "no": ("bad", "не набрано"),
    "unknown": ("none", "участников пока нет"),
}  # fmt: skip


def wanted(found: Coverage, number: int, reached: Reached) -> tuple[Kind, str, str]:
    """Return mark, word and sentence of «не менее N человек»."""
    kind, word = REACHED[reached]
    asked = f"Нужно не менее {count(number, 'человека', 'человек', 'человек')}"
    if reached == "unknown":
        return kind, word, f"{asked}; сколько было, никто не вписал."
    told = f"{asked}, было {people_words(found)}."
    return kind, word, told if reached == "yes" else " ".join((told, *closer(found)))


def closer(found: Coverage) -> tuple[str, ...]:
    """Return what would make a span of people closer, a sentence each; nothing where it is one number."""
    told = []
    if found.most > found.named:
        told.append("Точнее скажут списки по именам: кто пришёл дважды, считается один раз.")
    if found.alike:
        told += [doubles(found), "Впишите имена одинаково или полностью, и число станет точнее."]
    return () if found.exact else tuple(told)


def doubles(found: Coverage) -> str:
    """Return «Может быть одним человеком: Ким О. В. и Ким Оксана Викторовна.»; "" where no names are alike."""
    if not found.alike:
        return ""
    groups = [_either([spelling(one) for one in group]) for group in found.alike[:MOST_DOUBLES]]
    more = len(found.alike) - len(groups)
    tail = f"; ещё {count(more, 'случай', 'случая', 'случаев')}" if more else ""
    return f"Могут быть одним человеком: {'; '.join(groups)}{tail}."


def _either(names: list[str]) -> str:
    shown = names[:MOST_NAMES]
    more = len(names) - len(shown)
    last = f"ещё {count(more, 'имя', 'имени', 'имён')}" if more else shown.pop()
    return f"{', '.join(shown)} и{NBSP}{last}"


def together(found: ActivityEvents) -> str:
    """Return «В плане 2026 года событий 3, прошло 2, не менее 47 человек из 6 школ»."""
    parts = [f"В{NBSP}плане {found.plan_year}{NBSP}года событий {len(found.lines)}"]
    if found.held != len(found.lines):
        parts.append(f"прошло {found.held}")
    people = people_words(found.coverage)
    if people:
        schools = f" из {count(len(found.schools), *OF_SCHOOLS)}" if found.schools else ""
        parts.append(people + schools)
    if found.connections is not None:
        parts.append(f"подключений{NBSP}{found.connections}")
    if found.uncounted:
        parts.append(f"без участников {found.uncounted}")
    return ", ".join(parts)


def earlier(number: int) -> str:
    """Return why so many events of a list are not counted in its time; "" of none."""
    if not number:
        return ""
    verb = plural(number, "началось", "начались", "начались")
    counted = plural(number, "посчитано", "посчитаны", "посчитаны")
    return f"ещё {count(number, *EVENTS)} {verb} раньше и {counted} в{NBSP}месяце первого дня"


def sentence(lines: Iterable[EventLine], day: date, first: str | None = None) -> str:
    """Return the sentence under the title: how many, what is ahead, what waits.

    Args:
        lines: events of a time.
        day: what counts as today.
        first: first day of that time (ISO): an event that began before it is told apart, as in the report of a month.
    """
    every = list(lines)
    found = begun(every, first)
    before = earlier(len(every) - len(found))
    if not every:
        return "Событий пока нет"
    held = sum(line.held for line in found)
    ahead = [line.day for line in found if ahead_of(line, day)]
    waiting, silent = sum(waits(line, day) for line in found), sum(line.held and not line.counted for line in found)
    parts = [count(len(found), *EVENTS)]
    if held:
        parts.append(f"прошло{NBSP}{held}")
    if ahead:
        parts.append(f"впереди{NBSP}{len(ahead)}, ближайшее {ru_date(min(filter(None, ahead)))}")
    if waiting:
        parts.append(f"ждут отметки{NBSP}{waiting}")
    if silent:
        parts.append(f"без участников{NBSP}{silent}")
    return " · ".join([*parts, *([before] if before else [])])


def ahead_of(line: EventLine, day: date) -> bool:
    """Tell whether an event is still to come."""
    return line.event.state in {"planned", "moved"} and line.day is not None and line.day > day.isoformat()


def waits(line: EventLine, day: date) -> bool:
    """Tell whether the day of an event is over and nobody has marked it."""
    last = line.last_day or line.day
    return line.event.state in {"planned", "moved"} and last is not None and last < day.isoformat()
