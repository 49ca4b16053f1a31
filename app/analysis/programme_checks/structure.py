"""Checks of problems, causes, goals, tasks, показатели, risks and of what hangs nowhere."""

from __future__ import annotations

from itertools import pairwise

from app.analysis.programme_checks.look import Look, blank
from app.analysis.programme_checks.words import short, tokens
from app.models.programme_records import CauseKind, Node
from app.texts import count

MOST_MEASURES = 7
"""Our own bound: more показатели than this under one task are a hint."""
_KIND_ORDER: tuple[CauseKind, ...] = ("result", "process", "conditions", "management")
CAUSE_WORDS: dict[CauseKind, str] = {
    "result": "результаты",
    "process": "процесс",
    "conditions": "условия",
    "management": "управление",
}
_WRITING = ("разработ", "подготов", "состав", "определ", "сформир", "напис", "выработ")
_BETWEEN = frozenset({"направлени", "основн", "приоритетн", "проект", "содержани", "структур"})
_TERM_STEMS = ("срок", "период")
_COLUMN_WORDS = {"schools": "школы", "direction": "направление изменения", "baseline_year": "год исходного значения"}
_LOOSE: dict[str, tuple[tuple[str, ...], str, str]] = {
    "cause": (("problem",), "Причина не стоит под проблемой.", "проблему"),
    "task": (("goal",), "Задача не стоит под целью.", "цель"),
    "measure": (("task", "goal"), "Показатель не стоит под задачей.", "задачу"),
    "indicator": (("measure",), "Индикатор не стоит под показателем задачи.", "показатель"),
}


def check(look: Look) -> None:
    """Check everything but indicators and activities."""
    _roots(look)
    _problems(look)
    _goals(look)
    _tasks(look)
    _loose(look)
    _words(look)
    _stakeholders(look)
    for risk in look.of("risk"):
        if blank([risk.answer]) and risk.text.strip():
            look.say("risk-no-answer", risk, field="answer")


def _roots(look: Look) -> None:
    if not look.of("goal") and look.full:
        look.say("goal-missing", section="section.goal")
    if not look.of("problem"):
        look.say("problem-missing", section="analysis.problems")


def _problems(look: Look) -> None:
    tree = look.tree
    aims = look.of("goal") or look.of("task")
    for problem in look.of("problem"):
        causes = tree.under(problem.id, "cause")
        if not causes:
            look.say("problem-no-cause", problem)
        of_causes = any(tree.linked("solves", cause.id, forward=False) for cause in causes)
        if aims and not of_causes and not tree.linked("solves", problem.id, forward=False):
            look.say("problem-unanswered", problem, field="solves")
        _order_of_causes(look, problem, causes)
    for cause in look.of("cause"):
        if look.of("task") and not tree.linked("solves", cause.id, forward=False):
            look.say("cause-no-task", cause, field="solves")
        if cause.cause_kind is None:
            look.say("cause-no-kind", cause, field="cause_kind")


def _order_of_causes(look: Look, problem: Node, causes: tuple[Node, ...]) -> None:
    """The order of a problem-oriented analysis: results, process, conditions (002)."""
    kinds = [cause.cause_kind for cause in causes if cause.cause_kind is not None]
    first = list(dict.fromkeys(kinds))
    for one, other in pairwise(first):
        if _KIND_ORDER.index(one) > _KIND_ORDER.index(other):
            what = "Причины идут не в том порядке"
            look.say("analysis-order", problem, what=what, first=CAUSE_WORDS[one], second=CAUSE_WORDS[other])
            return


def _goals(look: Look) -> None:
    tree = look.tree
    for goal in look.of("goal"):
        if not tree.under(goal.id, "task"):
            look.say("goal-no-task", goal)
        words = tokens(goal.text)
        if not words:
            continue
        years = any(len(word) == 4 and word.isdigit() for word in words)
        if not years and not any(word.startswith(_TERM_STEMS) for word in words):
            look.say("goal-no-term", goal)
        measured = any(node.kind == "indicator" for node in tree.walk(goal.id))
        if not measured and not any(letter.isdigit() for letter in goal.text):
            look.say("goal-not-measurable", goal)


def _tasks(look: Look) -> None:
    tree = look.tree
    for task in look.of("task"):
        measures = tree.under(task.id, "measure")
        if not look.task_activities.get(task.id):
            look.say("task-no-activity", task)
        if not measures:
            look.say("task-no-measure", task)
        elif len(measures) > MOST_MEASURES:
            words = count(len(measures), "показатель", "показателя", "показателей")
            look.say("task-many-measures", task, count=words)
        if look.of("problem") and not tree.linked("solves", task.id):
            look.say("task-solves-nothing", task, field="solves")
        if about_writing(task.text):
            look.say("task-writes-programme", task, words=short(task.text))
    for measure in look.of("measure"):
        if not tree.under(measure.id, "indicator"):
            look.say("measure-no-indicator", measure)


def about_writing(text: str) -> bool:
    """Tell whether a task is to write the programme itself: «разработать комплекс мер», «определить направления…».

    What is written for schools («разработать программу наставничества») is a matter of its own.
    """
    words = tokens(text)[:6]
    if not words or not words[0].startswith(_WRITING):
        return False
    rest = [word for word in words[1:] if not word.startswith(tuple(_BETWEEN))]
    what = " ".join(rest[:3])
    if what.startswith(("комплекс мер", "комплекса мер", "комплекс мероприяти", "план мероприяти", "дорожную карт")):
        return True
    first, second = (*rest, "", "")[:2]
    if first.startswith(("муниципальн", "настоящ", "данн")):
        return second.startswith("программ")
    return first.startswith("программ") and second.startswith("поддержк")


def _loose(look: Look) -> None:
    for kind, (parents, what, under) in _LOOSE.items():
        for node in look.of(kind):  # type: ignore[arg-type]
            above = look.tree.nodes.get(node.parent_id) if node.parent_id is not None else None
            if above is None or above.kind not in parents:
                look.say("node-loose", node, what=what, under=under)
    if look.tree.programme.building != "tasks" or not (look.of("task") or look.full):
        return
    for node in look.of("activity"):
        above = look.tree.nodes.get(node.parent_id) if node.parent_id is not None else None
        if above is None or above.kind not in {"task", "activity"}:
            look.say("node-loose", node, what="Мероприятие не стоит под задачей.", under="задачу")


def _words(look: Look) -> None:
    for node in look.nodes:
        if not node.text.strip():
            look.say("text-empty", node, field="text")
    for (node_id, column), (raw, _code) in look.tree.drafts.items():
        if node_id in look.numbers:
            field = column.partition(":")[0]
            words = _COLUMN_WORDS.get(field, "запись")
            look.say("entry-unread", look.tree.nodes[node_id], field=field, raw=short(raw, 40), column=words)


def _stakeholders(look: Look) -> None:
    if not look.tree.stakeholders:
        look.say("no-stakeholders", field="stakeholders")
    for line in look.tree.stakeholders:
        if blank([line.interest]):
            look.say("stakeholder-no-interest", name=short(line.name, 40), field="stakeholders")
