"""«Сегодня»: what is wrong in the data, what changed, what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from app.models import forms, journal, lists, organisations, papers, registry, results, settings
from app.models.journal import OperationRecord
from app.models.results import Coverage, StoredProblem
from app.models.store import Connection

Urgency = Literal["bad", "warn", "none", "ok"]
StepAction = Literal[
    "import_schools",
    "import_results",
    "open_list",
    "approve",
    "print_list",
    "sign",
    "fill_settings",
    "open_school",
    "open_forms",
]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, with the button that does it; ``school_id`` and ``round_id`` where it is about one of them."""

    urgency: Urgency
    badge: str
    text: str
    detail: str
    action: StepAction
    school_id: int | None = None
    round_id: int | None = None


@dataclass(frozen=True, slots=True)
class Today:
    """Everything the first page shows."""

    steps: tuple[Step, ...]
    problems: tuple[StoredProblem, ...]
    problem_total: int
    drafts: int
    changes: tuple[OperationRecord, ...]


def today(connection: Connection, day: date, *, changes: int = 12, problems: int = 12, closed: bool = False) -> Today:
    """Return what the first page shows on a day; rounds of closed forms are named only with ``closed``."""
    counts = results.problem_counts(connection)
    steps = [*_reminders(connection, day), *_forms(connection, day, closed=closed), *_route(connection)]
    drafts = sum(registry.tallies(connection)[2].values())
    return Today(
        steps=tuple(sorted(steps, key=lambda step: ("bad", "warn", "none", "ok").index(step.urgency))),
        problems=tuple(results.problems(connection, limit=problems)),
        problem_total=sum(counts.values()),
        drafts=drafts,
        changes=tuple(journal.history(connection, changes)),
    )


def _reminders(connection: Connection, day: date) -> list[Step]:
    found = []
    for key, school, text, remind_on in registry.reminders(connection):
        left = (date.fromisoformat(remind_on) - day).days
        if left > 14:
            continue
        badge = _when(left, remind_on)
        urgency: Urgency = "bad" if left < 0 else "warn" if left <= 3 else "none"
        found.append(Step(urgency, badge, text, school or "Заметка", "open_school", key))
    return found


def _forms(connection: Connection, day: date, *, closed: bool) -> list[Step]:
    """Return late answers to forms, answers with errors, answers that wait to be accepted."""
    if not forms.any_round(connection):
        return []
    from app.operations import form_card  # forms would make the window start later

    return [
        Step("bad" if item.late else "warn", "просрочено" if item.late else "формы", item.text, item.detail,
             "open_forms", round_id=item.round_id)
        for item in form_card.steps(connection, day, closed=closed)
    ]  # fmt: skip


def _when(left: int, remind_on: str) -> str:
    if left < 0:
        return "просрочено"
    return {0: "сегодня", 1: "завтра"}.get(left, date.fromisoformat(remind_on).strftime("%d.%m"))


def _route(connection: Connection) -> list[Step]:
    """Return the next steps on the way from an empty file to a signed list."""
    if not organisations.listing(connection):
        return [
            Step(
                "warn",
                "начать",
                "Загрузите реестр школ",
                "Подойдёт любая таблица с названиями; коды и логины — если есть",
                "import_schools",
            )
        ]
    years = results.years(connection)
    if not years:
        return [Step("warn", "дальше", "Загрузите результаты", "Отчёты ФИС ОКО или свою таблицу", "import_results")]
    year, rule_id = years[0], settings.get(connection, "rule")
    steps = []
    approval = lists.approval_in_force(connection, rule_id, year)
    if approval is None:
        text = f"Проверьте и утвердите список за {year} год"
        steps.append(Step("warn", "дальше", text, "Список ШНОР", "approve"))
    register = papers.listing(connection)
    unsigned = [paper for paper in register if paper.state == "registered"]
    if approval is not None and not register:
        steps.append(Step("warn", "дальше", "Напечатайте утверждённый список", "Отчёты", "print_list"))
    steps += [
        Step("none", "подписать", f"Документ № {paper.number}: {paper.title}", "Отчёты", "sign")
        for paper in unsigned[:3]
    ]
    if not settings.get(connection, "signer_name"):
        detail = "Тогда документы будут выходить готовыми к подписи"
        steps.append(Step("none", "один раз", "Впишите подписывающего и исполнителя", detail, "fill_settings"))
    return steps


def coverage(connection: Connection) -> list[Coverage]:
    """Return what is loaded, assessment by year, own schools only; here without anything of loading."""
    return results.coverage(connection)
