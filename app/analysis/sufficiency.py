"""Are the activities of a task enough: activities × results × indicators, with what can be said of them (004, §1.5).

004 asks for «достаточность системы муниципальных мероприятий, обеспечивающих решение поставленных задач». How it is
judged is ours: a task whose activities are done while its indicators lag has too few activities or the wrong ones; a
task whose activities are not done says nothing of them yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from app.texts import count, plural

Verdict = Literal["short", "gap", "undone", "almost", "early", "no_data", "enough"]
VERDICT_WORDS: dict[Verdict, str] = {
    "short": "мероприятий мало",
    "gap": "есть пробел",
    "undone": "выполнено не всё",
    "almost": "почти достаточно",
    "early": "судить рано",
    "no_data": "нет данных",
    "enough": "достаточно",
}
"""From the most alarming to the best."""
WHOLE = frozenset({"done"})
BEHIND = frozenset({"late", "part", "cancelled"})
SILENT = frozenset({"no_data", "no_target"})


@dataclass(frozen=True, slots=True)
class ActivityFacts:
    """What is known of an activity up to the year that is watched.

    Attributes:
        results: how many expected results it names; ``serves``: how many indicators it works for.
        shown: how it stands (keys of the execution); None: nothing of it was due up to this year.
        product: what came of it is written down.
    """

    results: int
    serves: int
    shown: str | None
    product: bool


@dataclass(frozen=True, slots=True)
class IndicatorFacts:
    """An indicator of a task: its light and how many activities work for it."""

    light: str
    served: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """What can be said of a task: a verdict, one sentence why, what to mend."""

    verdict: Verdict
    why: str
    findings: tuple[str, ...]

    @property
    def word(self) -> str:
        """The verdict in two words."""
        return VERDICT_WORDS[self.verdict]


def judge(activities: Sequence[ActivityFacts], indicators: Sequence[IndicatorFacts]) -> Judgement:
    """Return the verdict on a task.

    Args:
        activities: of the task.
        indicators: of its показатели.
    """
    verdict, why = _verdict(activities, indicators)
    return Judgement(verdict, why, tuple(findings(activities, indicators)))


def _verdict(activities: Sequence[ActivityFacts], indicators: Sequence[IndicatorFacts]) -> tuple[Verdict, str]:
    if not activities:
        return "gap", "У задачи нет ни одного мероприятия."
    if not indicators:
        return "gap", "У задачи нет индикаторов: не видно, помогают ли мероприятия."
    lights = [item.light for item in indicators]
    known = [light for light in lights if light not in SILENT]
    if not known:
        return "no_data", "Значений индикаторов за этот год нет."
    behind = known.count("behind")
    if not behind:
        if len(known) < len(lights):
            return "no_data", f"Известно {count(len(known), *_INDICATORS)} из {len(lights)}, отстающих среди них нет."
        if "near" in known:
            return "almost", "Индикаторы достигнуты или близки к цели."
        return "enough", "Все индикаторы задачи достигнуты."
    lag = f"Отстаёт {count(behind, *_INDICATORS)} из {len(lights)}"
    undone = sum(item.shown in BEHIND for item in activities)
    if undone:
        told = count(undone, "мероприятие", "мероприятия", "мероприятий")
        return "undone", f"{lag}, но не выполнено {told}: сначала нужно исполнение."
    ahead = sum(item.shown not in WHOLE for item in activities)
    if ahead:
        told = count(ahead, "мероприятие", "мероприятия", "мероприятий")
        return "early", f"{lag}, впереди ещё {told}."
    return "short", f"{lag}, хотя мероприятия выполнены: их мало или они не те."


_INDICATORS = ("индикатор", "индикатора", "индикаторов")


def findings(activities: Iterable[ActivityFacts], indicators: Iterable[IndicatorFacts]) -> Iterable[str]:
    """Yield what to mend in a task, in words."""
    known = list(activities)
    for number, one, several in (
        (sum(not item.results for item in known), "без планируемого результата", "без планируемого результата"),
        (sum(not item.serves for item in known), "не связано ни с одним индикатором",
         "не связаны ни с одним индикатором"),
        (sum(item.shown == "done" and not item.product for item in known),
         "выполнено, но что получилось, не записано", "выполнены, но что получилось, не записано"),
    ):  # fmt: skip
        if number:
            tail = plural(number, one, several, several)
            yield f"{count(number, 'мероприятие', 'мероприятия', 'мероприятий')} {tail}"
    alone = sum(not item.served for item in indicators)
    if alone:
        whom = plural(alone, "него", "них", "них")
        yield f"{count(alone, *_INDICATORS)} без мероприятий: на {whom} никто не работает"


def activity_findings(item: ActivityFacts) -> tuple[str, ...]:
    """Return what to mend in one activity, in short words."""
    found = [
        (not item.results, "нет планируемого результата"),
        (not item.serves, "нет связи с индикатором"),
        (item.shown == "done" and not item.product, "не записано, что получилось"),
    ]
    return tuple(word for wrong, word in found if wrong)
