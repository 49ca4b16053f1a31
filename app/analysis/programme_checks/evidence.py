"""What the tree can say to the questions of the two checklists of 004: a proposed answer and its grounds.

A person answers; where the question asks for a judgement («реально ли…»), nothing is proposed. The keys are those of
the items of ``programme-document`` (6) and ``programme-quality`` (36).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from app.analysis.programme_checks import activities, indicators, money
from app.analysis.programme_checks.look import Look, blank
from app.analysis.programme_sections import ANALYSIS
from app.texts import count

Answer = Literal["yes", "partly", "no"]
DOCUMENT, QUALITY = "programme-document", "programme-quality"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known to one question.

    Attributes:
        item: key of the question in its form.
        answer: what is proposed; None where only a person can judge.
        words: the grounds, one sentence.
    """

    item: str
    answer: Answer | None
    words: str


Told = tuple[Answer | None, str]


def evidence(look: Look, form_id: str) -> Mapping[str, Evidence]:
    """Return what the tree says to the questions of a checklist; questions without an answer of it are absent."""
    asked = _DOCUMENT if form_id == DOCUMENT else _QUALITY if form_id == QUALITY else {}
    seen = _Seen(look)
    return {item: Evidence(item, *tell(seen)) for item, tell in asked.items()}


class _Seen:
    """Counts that several questions ask for."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.rules = Counter(item.rule for item in look.found)
        self.tasks = look.of("task")
        self.problems = look.of("problem")
        self.indicators = look.of("indicator")
        self.leaves = look.leaves

    def share(self, have: int, total: int) -> Answer:
        return "no" if not total or not have else "yes" if have == total else "partly"

    def lacking(self, name: str) -> int:
        return sum(name in activities.lacks(self.look, node) for node in self.leaves)


def _all(answers: Iterable[bool]) -> Answer:
    known = list(answers)
    return "yes" if all(known) else "partly" if any(known) else "no"


def _of(have: int, total: int, what: str) -> str:
    return f"{what}: {have} из {total}."


def _activities(seen: _Seen) -> Told:
    have = sum(bool(seen.look.task_activities.get(task.id)) for task in seen.tasks)
    answer = seen.share(have, len(seen.tasks)) if seen.leaves else "no"
    number = count(len(seen.leaves), "мероприятие", "мероприятия", "мероприятий")
    return answer, f"В плане {number}; задач с мероприятиями: {have} из {len(seen.tasks)}."


def _start(seen: _Seen) -> Told:
    have = len(seen.indicators) - seen.rules["indicator-no-baseline"]
    written = bool(seen.look.text("analysis.results").strip())
    answer = _all([written, bool(seen.indicators) and have == len(seen.indicators)])
    word = "описаны" if written else "не описаны"
    return answer, f"Результаты школ {word}; индикаторов с исходным значением: {have} из {len(seen.indicators)}."


def _assessed(seen: _Seen) -> Told:
    parts = [item for item in ANALYSIS[:3] if seen.look.text(item.key).strip()]
    answer = _all([len(parts) == 3, bool(seen.problems)])
    answer = "partly" if answer == "no" and parts else answer
    return answer, f"Частей анализа: {len(parts)} из 3; проблем названо: {len(seen.problems)}."


def _wanted(seen: _Seen) -> Told:
    have = len(seen.indicators) - seen.rules["indicator-no-target"]
    goal = bool(seen.look.of("goal"))
    answer = _all([goal, bool(seen.indicators) and have == len(seen.indicators)])
    word = "есть" if goal else "нет"
    return answer, f"Цель в структуре {word}; индикаторов с целями на все годы: {have} из {len(seen.indicators)}."


def _structure(seen: _Seen) -> Told:
    parts = {
        "проблемы": bool(seen.problems), "цель": bool(seen.look.of("goal")), "задачи": bool(seen.tasks),
        "индикаторы": bool(seen.indicators), "мероприятия": bool(seen.leaves),
    }  # fmt: skip
    missing = [name for name, there in parts.items() if not there]
    return _all(
        parts.values()
    ), f"Нет: {', '.join(missing)}." if missing else "Есть проблемы, цель, задачи, индикаторы и мероприятия."


_LINK_RULES = ("node-loose", "problem-unanswered", "cause-no-task", "task-solves-nothing", "activity-no-indicator",
               "indicator-unserved")  # fmt: skip


def _links(seen: _Seen) -> Told:
    torn = sum(seen.rules[rule] for rule in _LINK_RULES)
    if not seen.tasks or not seen.problems:
        return "no", "Связывать нечего: нет проблем или задач."
    if not torn:
        return "yes", "Все проблемы, причины, задачи, индикаторы и мероприятия связаны."
    return "partly", f"Оборванных связей: {torn}. Список — в «Проверке»."


def _grounded(seen: _Seen) -> Told:
    analysis, linked = _assessed(seen), _from_problems(seen)
    answer = _all([analysis[0] == "yes", linked[0] == "yes"])
    return "partly" if answer == "no" and "partly" in {analysis[0], linked[0]} else answer, f"{analysis[1]} {linked[1]}"


def _purpose(seen: _Seen) -> Told:
    wrong = (
        seen.rules["mechanism-results"] + seen.rules["task-writes-programme"] + seen.rules["passport-results-number"]
    )
    if not wrong:
        return None, "Замечаний к назначению частей нет."
    return "partly", "Есть части не о том: задачи о написании программы, результаты вместо механизма или без чисел."


def _matched(seen: _Seen) -> Told:
    have = len(seen.leaves) - seen.lacking("indicator")
    return seen.share(have, len(seen.leaves)), _of(have, len(seen.leaves), "Мероприятий, связанных с индикаторами")


def _stakeholders(seen: _Seen) -> Told:
    rows = seen.look.tree.stakeholders
    have = sum(not blank([row.interest]) and not blank([row.part]) for row in rows)
    partly = any(not blank([row.interest]) for row in rows)
    answer: Answer = seen.share(have, len(rows)) if have or not partly else "partly"
    return answer, f"Сторон названо: {len(rows)}; с интересом и участием: {have}."


def _dynamics(seen: _Seen) -> Told:
    written = bool(seen.look.text("analysis.results").strip())
    forecast = bool(seen.indicators) and not seen.rules["indicator-no-target"]
    first = "описаны" if written else "не описаны"
    second = "есть у всех индикаторов" if forecast else "есть не у всех индикаторов"
    return _all([written, forecast]), f"Результаты за прошлые годы {first}; цели на все годы {second}."


def _gaps(seen: _Seen) -> Told:
    have = sum(any(letter.isdigit() for letter in node.text) for node in seen.problems)
    answer: Answer | None = None if seen.problems else "no"
    return answer, f"Проблем названо: {len(seen.problems)}, из них с числами: {have}."


def _causes(seen: _Seen) -> Told:
    have = len(seen.problems) - seen.rules["problem-no-cause"]
    return seen.share(have, len(seen.problems)), _of(have, len(seen.problems), "Проблем с причинами")


def _from_problems(seen: _Seen) -> Told:
    have = sum(bool(seen.look.tree.linked("solves", task.id)) for task in seen.tasks)
    return seen.share(have, len(seen.tasks)), _of(have, len(seen.tasks), "Задач, связанных с причинами и проблемами")


def _measurable(seen: _Seen) -> Told:
    if not seen.look.of("goal"):
        return "no", "Цели в структуре нет."
    faults = [word for rule, word in (("goal-no-term", "нет срока"), ("goal-not-measurable", "нечем измерить"))
              if seen.rules[rule]]  # fmt: skip
    if faults:
        return "partly", f"О цели: {', '.join(faults)}."
    return None, "У цели есть срок и мера. Реалистичность оценивает человек."


def _of_tasks(seen: _Seen) -> Told:
    have = len(seen.tasks) - seen.rules["task-no-measure"]
    return seen.share(have, len(seen.tasks)), _of(have, len(seen.tasks), "Задач с показателями")


def _mechanism(seen: _Seen) -> Told:
    rows = seen.look.tree.mechanism
    have = sum(not blank([row.powers]) for row in rows)
    if seen.rules["mechanism-results"]:
        return "partly", "Механизм назван, но в нём перечислены результаты."
    return seen.share(have, len(rows)), f"Участников названо: {len(rows)}, с полномочиями: {have}."


def _duration(seen: _Seen) -> Told:
    kept = seen.look.tree.texts.get("section.period")
    if kept is None or not kept.text.strip():
        return "no", "Раздел «Сроки реализации программы» своими словами не написан."
    return None, "Раздел «Сроки реализации программы» написан."


def _yearly(seen: _Seen) -> Told:
    total = len(seen.indicators) * len(seen.look.tree.programme.years)
    missing = sum(len(indicators.missing_years(seen.look, node)) for node in seen.indicators)
    return seen.share(total - missing, total), _of(total - missing, total, "Целей по годам")


def _plan(seen: _Seen) -> Told:
    bad = {node.id for node in seen.leaves if {"term", "responsible"} & set(activities.lacks(seen.look, node))}
    have = len(seen.leaves) - len(bad)
    return seen.share(have, len(seen.leaves)), _of(have, len(seen.leaves), "Мероприятий со сроком и ответственным")


def _managed(seen: _Seen) -> Told:
    mechanism, monitoring = _mechanism(seen), _watched(seen)
    return _all([mechanism[0] == "yes", monitoring[0] == "yes"]), f"{mechanism[1]} {monitoring[1]}"


def _watched(seen: _Seen) -> Told:
    rows = seen.look.tree.monitoring
    have = len(rows) - seen.rules["monitoring-thin"]
    return seen.share(have, len(rows)), f"Строк мониторинга: {len(rows)}, заполнены целиком: {have}."


def _resources(seen: _Seen) -> Told:
    if not money.has_money(seen.look):
        return "no", "Деньги не внесены."
    unsaid = seen.rules["money-not-said"]
    if unsaid:
        return "partly", f"Без суммы и без отметки «Денег не нужно»: {unsaid}."
    return "yes", "У каждого мероприятия есть деньги или отметка «Денег не нужно»."


def _form(seen: _Seen) -> Told:
    left = seen.rules["blank-left"] + seen.rules["text-empty"]
    return ("partly", f"Незаполненных мест: {left}.") if left else (None, "Незаполненных мест нет.")


def _language(seen: _Seen) -> Told:
    words = seen.rules["empty-words"]
    return ("partly", f"Слов без содержания: {words}.") if words else (None, "Слов без содержания не найдено.")


_DOCUMENT: Mapping[str, Callable[[_Seen], Told]] = {"1": _activities, "2": _start, "3": _assessed, "5": _wanted}
_QUALITY: Mapping[str, Callable[[_Seen], Told]] = {
    "1": _grounded, "2": _structure, "3": _links, "4": _purpose, "5": _matched, "6": _stakeholders, "8": _dynamics,
    "10": _gaps, "13": _causes, "14": _from_problems, "15": _measurable, "17": _of_tasks, "18": _of_tasks,
    "19": _mechanism, "20": _duration, "21": _yearly, "22": _plan, "23": _managed, "27": _resources, "28": _mechanism,
    "29": _watched, "34": _form, "35": _language,
}  # fmt: skip


def known_items(form_id: str) -> tuple[str, ...]:
    """Return the questions to which the tree can say anything."""
    return tuple(_DOCUMENT if form_id == DOCUMENT else _QUALITY)
