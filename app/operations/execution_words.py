"""«Почему» of an activity: why it stands as it does, and what to do next; the state of the plan in a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from app.analysis.execution import DAYS, SHOWN_WORDS
from app.operations.execution import PART_PASSED, ExecutionLine, ExecutionTable, ExecutionTotals
from app.operations.execution_marks import ACTIVITIES
from app.texts import NBSP, count, glue, plural, ru_date

Step = Literal["mark", "reason", "attach", "fill", "term", "begin", "none"]
"""What the card offers: mark it, name the reason, attach a document, fill the facts, give it a term, say it began."""


@dataclass(frozen=True, slots=True)
class Advice:
    """The next step in a sentence, and which it is."""

    step: Step
    text: str


def why(line: ExecutionLine, day: date) -> str:
    """Return why an activity stands as it does."""
    parted = "У мероприятия несколько сроков. Один из них закончился {}, отметки нет."
    told = [parted.format(ru_date(line.part_passed))] if line.part_passed else []
    return glue(" ".join([*told, *_why(line, day)]))


def _why(line: ExecutionLine, day: date) -> Iterator[str]:
    end = max((last for _first, last in line.spans), default=None)
    match line.shown:
        case "late":
            if line.moved_to:
                yield f"Срок по плану {_on(end)}, перенесён на {ru_date(line.moved_to)}."
                yield f"С нового срока {_passed(line.days or 0)}."
            else:
                yield f"Срок закончился {_on(end)}, {_passed(line.days or 0)}."
            yield "Начато, но не закончено." if line.state == "running" else "Отметки о выполнении нет."
        case "soon":
            yield f"Срок {_on(line.due_on)}: {_left(line.days or 0)}."
            yield "Работа идёт." if line.state == "running" else "Отметки о выполнении ещё нет."
        case "running":
            yield f"Работа идёт, срок {_on(line.due_on)}." if line.due_on else "Работа идёт, дат в плане нет."
        case "planned":
            yield _ahead(line, day)
        case "no_term" if line.strayed:
            yield "В этой редакции на этот год ничего не запланировано, отметка осталась от прежней."
        case "no_term":
            yield "По словам срока дат не понять, поэтому просрочить его нельзя." if line.term else "Срок не вписан."
        case "moved":
            yield _moved(line, end)
        case "cancelled":
            yield f"Отменено. Срок по плану: {line.term or _on(end)}."
        case _:
            yield _finished(line, end)
    if _too_early(line, day):
        yield "Этот день ещё не наступил."
    if line.unexplained:
        yield "Причина не названа."


def _ahead(line: ExecutionLine, day: date) -> str:
    if line.part_passed:
        return f"Последний срок — {_on(line.due_on)}."
    if (line.date_from or "9") <= day.isoformat():
        return f"Срок идёт с {ru_date(line.date_from or '')} по {_on(line.due_on)}, отметок ещё нет."
    return f"Срок начнётся {_on(line.date_from)}."


def _too_early(line: ExecutionLine, day: date) -> bool:
    return line.done_on is not None and line.done_on > day.isoformat()


def _moved(line: ExecutionLine, end: str | None) -> str:
    before = f"Срок по плану {_on(end)}" if end else "Срока в плане нет"
    return f"{before}, перенесено на {ru_date(line.moved_to)}." if line.moved_to else f"{before}. Новый срок не назван."


def _finished(line: ExecutionLine, end: str | None) -> str:
    word = "Выполнено" if line.shown == "done" else "Выполнено частично"
    if line.done_on is None:
        return f"{word}. Дата не вписана: в срок или нет, неизвестно."
    if end is None:
        return f"{word} {ru_date(line.done_on)}. Срока в плане нет."
    term = f"срок {ru_date(end)} перенесён на {ru_date(line.moved_to)}" if line.moved_to else f"срок был {ru_date(end)}"
    if line.days:
        return f"{word} {ru_date(line.done_on)}, на {count(line.days, *DAYS)} позже срока: {term}."
    return f"{word} {ru_date(line.done_on)}, {term}."


def _passed(days: int) -> str:
    return f"{plural(days, 'прошёл', 'прошло', 'прошло')} {count(days, *DAYS)}"


def _on(day: str | None) -> str:
    return ru_date(day) if day else "не указан"


def _left(days: int) -> str:
    return {0: "сегодня", 1: "завтра"}.get(days, f"осталось {count(days, *DAYS)}")


def advice(line: ExecutionLine, day: date) -> Advice:
    """Return the next step."""
    match line.shown:
        case "late":
            return Advice("mark", "Отметьте, что выполнено, или назовите причину и новый срок.")
        case "soon":
            return Advice("mark", "Отметьте, когда будет сделано.")
        case "planned" if line.part_passed:
            return Advice("begin", "Если часть сделана, отметьте, что работа идёт.")
        case "planned" if (line.date_from or "9") <= day.isoformat():
            return Advice("begin", "Отметьте, что работа идёт.")
        case "no_term":
            return Advice("term", "Впишите срок в программе или отметьте, когда выполнено.")
        case "part" | "moved" | "cancelled" if line.unexplained:
            return Advice("reason", "Назовите причину: её спросит комиссия.")
        case "moved" if line.moved_to is None:
            return Advice("mark", "Назовите новый срок.")
        case "done" | "part" if _too_early(line, day):
            return Advice("mark", "Проверьте дату.")
        case "done" | "part":
            return _after(line)
    return Advice("none", "")


def _after(line: ExecutionLine) -> Advice:
    if line.done_on is None:
        return Advice("mark", "Впишите дату, когда выполнено.")
    if not line.files:
        return Advice("attach", "Приложите подтверждение: приказ, протокол, список участников.")
    missing = [word for word, there in (
        ("что получено", bool(line.product)), ("сколько участников", line.participants is not None),
    ) if not there]  # fmt: skip
    return Advice("fill", f"Впишите, {' и '.join(missing)}.") if missing else Advice("none", "")


def short(line: ExecutionLine) -> str:
    """Return how an activity stands in a few words, for a column of a table."""
    if line.shown in {"done", "part"}:
        word = SHOWN_WORDS["done"] if line.shown == "done" else "частично"
        return f"{word}, позже срока" if line.days else word
    if line.shown == "running":
        return SHOWN_WORDS["running"]  # the day stands in a column of its own
    return "перенесено, без срока" if line.shown == "moved" and line.moved_to is None else line.word


def sentence(found: ExecutionTable) -> str:
    """Return the state of the plan of a year in a sentence."""
    totals = found.totals
    if not totals.total:
        return "На этот год мероприятий нет" if found.year else "Мероприятий нет"
    parts = [count(totals.total, *ACTIVITIES) + (f" на {found.year}{NBSP}год" if found.year else "")]
    parts.append(due_words(totals))
    if totals.count("late"):
        parts.append(f"просрочено {totals.count('late')}")
    if totals.part_passed:
        parts.append(f"{PART_PASSED} у{NBSP}{totals.part_passed}")
    if totals.unexplained:
        parts.append(f"без причины {totals.unexplained}")
    if found.ongoing:
        parts.append(f"ещё {len(found.ongoing)} заканчивается позже")
    return " · ".join(parts)


def due_words(totals: ExecutionTotals) -> str:
    """Return how many of those whose term has ended are done: «срок наступил у 6, выполнено 4»."""
    if not totals.due:
        return "срок ещё ни у одного не наступил"
    return f"срок наступил у{NBSP}{totals.due}, из них выполнено {totals.due_done}"
