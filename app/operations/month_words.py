"""Sentences of the report of a month: every number comes from the figures, none is written here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.analysis.working_days import Period
from app.operations import month_work_words
from app.operations.day_lines import DayLine
from app.operations.month_work import Work
from app.operations.what_changed import CHANGE, ChangeGroup
from app.texts import NBSP, count, plural, ru_date

DAY = ("день", "дня", "дней")
_KINDS: Mapping[str, tuple[str, str, str]] = {
    "commission": ("комиссия", "комиссии", "комиссий"),
    "report": ("отчёт", "отчёта", "отчётов"),
    "visit": ("выезд", "выезда", "выездов"),
    "call": ("звонок", "звонка", "звонков"),
}
_SOURCES: Mapping[str, tuple[str, str, str]] = {
    "task": ("дело", "дела", "дел"),
    "activity": ("мероприятие", "мероприятия", "мероприятий"),
    "point": ("пункт решений", "пункта решений", "пунктов решений"),
    "request": ("запрос", "запроса", "запросов"),
    "measuring": ("замер показателя", "замера показателей", "замеров показателей"),
    "risk": ("мера по факторам риска", "меры по факторам риска", "мер по факторам риска"),
    "joint": ("совместное мероприятие", "совместных мероприятия", "совместных мероприятий"),
    "route": ("шаг маршрута школ", "шага маршрута школ", "шагов маршрута школ"),
    "meeting": ("встреча со школой", "встречи со школами", "встреч со школами"),
    "support": ("строка карты помощи", "строки карты помощи", "строк карты помощи"),
    "partnership": ("соглашение", "соглашения", "соглашений"),
    "recommendation": ("рекомендация", "рекомендации", "рекомендаций"),
    "round": ("сбор сведений", "сбора сведений", "сборов сведений"),
    "note": ("заметка", "заметки", "заметок"),
    "event": ("событие", "события", "событий"),
    "next": ("следующий шаг помощи", "следующих шага помощи", "следующих шагов помощи"),
    "body_plan": ("пункт плана объединений", "пункта плана объединений", "пунктов плана объединений"),
    "mentoring": ("встреча наставников", "встречи наставников", "встреч наставников"),
    "remark": ("замечание к документам", "замечания к документам", "замечаний к документам"),
}

KNOWN = frozenset(_SOURCES)
"""Sources that have a word of their own; a line of another one is told as «другая строка»."""
_OTHER = ("другая строка", "другие строки", "других строк")


@dataclass(frozen=True, slots=True)
class Figures:
    """What a report is made of.

    Attributes:
        working: working days of the period.
        done: what was done in it; ``left`` what is overdue on ``day``; ``ahead`` what is due in the next period;
            ``day`` is the end of a period that is over.
        counted: of ``due_rows.counted``.
        groups: what changed in it, by subject; ``days`` on how many days something was changed.
        files: how many files with results were loaded.
        work: help, events, professional associations, practices, mentoring.
    """

    period: Period
    day: date
    working: int
    done: tuple[DayLine, ...]
    left: tuple[DayLine, ...]
    ahead: tuple[DayLine, ...]
    counted: Mapping[str, int]
    groups: tuple[ChangeGroup, ...]
    days: int
    files: int
    work: Work

    def of(self, *sources: str) -> list[DayLine]:
        """Return what was done of some sources."""
        return [line for line in self.done if line.source in sources]


def listed(parts: Sequence[str]) -> str:
    """Return «а, б и в»."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} и {parts[-1]}" if parts else ""


MOST_SOURCES = 4


def by_source(lines: Sequence[DayLine]) -> str:
    """Return «3 дела, 2 запроса и 1 мероприятие», the most numerous first; of many kinds «… и ещё 5»."""
    found: dict[str, int] = {}
    for line in lines:
        found[line.source] = found.get(line.source, 0) + 1
    order = {source: place for place, source in enumerate(_SOURCES)}
    most = sorted(found.items(), key=lambda item: (-item[1], order.get(item[0], len(order)), item[0]))
    told = [count(number, *_SOURCES.get(source, _OTHER)) for source, number in most[:MOST_SOURCES]]
    rest = sum(number for _source, number in most[MOST_SOURCES:])
    return f"{', '.join(told)} и ещё{NBSP}{rest}" if rest else listed(told)


def _in_time(lines: Sequence[DayLine]) -> str:
    """Return «в срок 3, позже срока 1, без срока 2»; "" where none has a due day."""
    dated = [line for line in lines if line.due is not None and line.done_on is not None]
    late = sum(str(line.done_on) > str(line.due) for line in dated)
    if not dated:
        return ""
    parts = [("в срок", len(dated) - late), ("позже срока", late), ("без срока", len(lines) - len(dated))]
    return ", ".join(f"{word}{NBSP}{number}" for word, number in parts if number)


def _intro(figures: Figures) -> str:
    period = figures.period
    working = f"{count(figures.working, 'рабочий день', 'рабочих дня', 'рабочих дней')}"
    begun = f"За {period.title} ({working}) "
    # events have a sentence of their own
    done, own = [line for line in figures.done if line.source != "event"], month_work_words.intro(figures.work)
    if not figures.done and not figures.groups and figures.work.empty:
        return f"{begun}в файле ничего не отмечено."
    if done or not own:
        told = f"сделано: {by_source(done)}." if done else "сделанного не отмечено."
        text = " ".join(part for part in (begun + told, own) if part)
    else:
        text = f"{begun}{own[:1].lower()}{own[1:]}"
    if figures.left:
        text += f" Просрочено на {ru_date(figures.day)}: {by_source(figures.left)}."
    return text


def _done(figures: Figures) -> str:
    lines = figures.of("task")
    if not lines:
        return "Сделанных дел не отмечено."
    how = _in_time(lines)
    text = f"Сделано: {count(len(lines), *_SOURCES['task'])}" + (f" ({how})." if how else ".")
    kinds = [
        count(number, *_KINDS[kind]) for kind in _KINDS if (number := sum(line.kind == kind for line in lines))
    ]  # fmt: skip
    return f"{text} Среди них {listed(kinds)}." if kinds else text


def _activities(figures: Figures) -> str:
    lines, measured = figures.of("activity"), figures.of("measuring")
    if not lines and not measured:
        return "Мероприятий программы с отметкой о выполнении нет."
    parts = []
    if lines:
        people = sum(line.people or 0 for line in lines)
        how = _in_time(lines)
        text = f"По программе проведено: {count(len(lines), *_SOURCES['activity'])}" + (f" ({how})" if how else "")
        parts.append(text + (f", участников {people}." if people else "."))
    if measured:
        parts.append(f"Закрыто: {count(len(measured), *_SOURCES['measuring'])}.")
    return " ".join(parts)


def _decisions(figures: Figures) -> str:
    lines = figures.of("point")
    late = [line for line in figures.left if line.source == "point"]
    if not lines and not late:
        return "Пунктов решений, выполненных за это время или просроченных, нет."
    parts = []
    if lines:
        how = _in_time(lines)
        parts.append(f"Выполнено: {count(len(lines), *_SOURCES['point'])}" + (f" ({how})." if how else "."))
    if late:
        parts.append(f"Просрочено: {count(len(late), *_SOURCES['point'])}.")
    return " ".join(parts)


def _requests(figures: Figures) -> str:
    found = figures.counted
    incoming, answered, late = found["incoming"], found["answered"], found["answered_late"]
    if not incoming and not answered:
        return "Входящих запросов не было."
    given = f"тветов на запросы дано{NBSP}{answered}"
    text = f"{_came(incoming)}, о{given}" if incoming else f"О{given}"
    return text + (f", из них позже срока{NBSP}{late}." if late else ", все в срок." if answered else ".")


def _came(number: int) -> str:
    verb = plural(number, "Поступил", "Поступило", "Поступило")
    return f"{verb} {count(number, *_SOURCES['request'])}"


def _forms(figures: Figures) -> str:
    found = figures.counted
    parts = []
    if found["rounds"]:
        parts.append(f"Начато сборов сведений:{NBSP}{found['rounds']}.")
    if found["received"] or found["accepted"]:
        parts.append(f"Ответов школ получено{NBSP}{found['received']}, принято{NBSP}{found['accepted']}.")
    if found["papers"]:
        parts.append(f"В журнал исходящих записано документов:{NBSP}{found['papers']}.")
    return " ".join(parts) or "Сборов сведений и исходящих документов не было."


def _support(figures: Figures) -> str:
    lines = figures.of("route", "joint", "risk", "support", "partnership", "recommendation")
    people = figures.counted["courses"]
    parts = [f"Выполнено: {by_source(lines)}."] if lines else []
    schools = {line.school_id for line in lines if line.school_id is not None}
    if schools:
        parts.append(f"Школ, с которыми велась эта работа:{NBSP}{len(schools)}.")
    if people:
        parts.append(f"Курсы закончили{NBSP}{count(people, 'человек', 'человека', 'человек')}.")
    return " ".join(parts) or "Выездов по маршруту школ, совместных мероприятий и мер по рискам не отмечено."


def _data(figures: Figures) -> str:
    number = sum(group.number for group in figures.groups)
    if not number:
        return "Записей в журнале действий за это время нет."
    most = sorted(figures.groups, key=lambda group: -group.number)[:3]
    named = listed([f"{_small(group)} ({group.number})" for group in most])
    text = f"В журнале действий {count(number, *CHANGE)} за {count(figures.days, *DAY)}"
    text += f", больше всего: {named}." if len(figures.groups) > 1 else "."
    return text + (f" Загружено файлов с результатами:{NBSP}{figures.files}." if figures.files else "")


def _small(group: ChangeGroup) -> str:
    """Return a heading with a small letter; «ШНОР» keeps its own."""
    return group.title[:1].lower() + group.title[1:]


def _left(figures: Figures) -> str:
    if not figures.left:
        return f"На {ru_date(figures.day)} просроченного нет."
    return f"На {ru_date(figures.day)} просрочено: {by_source(figures.left)}."


def _next(figures: Figures) -> str:
    title = figures.period.step(1).title
    if not figures.ahead:
        return f"На {title} сроков пока не назначено."
    return f"План на {title}: {by_source(figures.ahead)}."


def _of_work(key: str) -> Callable[[Figures], str]:
    return lambda figures: month_work_words.words(key, figures.work)


WORDS: Mapping[str, Callable[[Figures], str]] = {
    "intro": _intro,
    **{key: _of_work(key) for key in month_work_words.KEYS},
    "done": _done,
    "activities": _activities,
    "decisions": _decisions,
    "requests": _requests,
    "forms": _forms,
    "support": _support,
    "data": _data,
    "left": _left,
    "next": _next,
}
"""Section → its sentence."""
