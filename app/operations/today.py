"""«Сегодня»: what is due and overdue, what is wrong in the data, what changed, what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from app.models import due_rows, forms, journal, lists, organisations, papers, registry, results, settings
from app.models.journal import OperationRecord
from app.models.results import Coverage, StoredProblem
from app.models.store import Connection
from app.operations import day_lines, what_changed
from app.operations.day_lines import DayLine, Place
from app.operations.what_changed import ChangeGroup
from app.texts import NBSP, capital, count, ru_date

Urgency = Literal["bad", "warn", "none", "ok"]
Group = Literal["late", "today", "week", "later", "next"]
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
    "open_place",
]
GROUPS: dict[Group, str] = {
    "late": "Просрочено",
    "today": "Сегодня и завтра",
    "week": "На этой неделе",
    "later": "Дальше",
    "next": "Без срока",
}
"""Headings under which the steps stand, in their order."""
AHEAD = 14
"""How many days ahead the first page looks."""
SOON = 3
LONG_AGO = 60
DAYS = ("день", "дня", "дней")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, with the button that does it.

    Attributes:
        school_id, round_id: where it is about one of them.
        group: under which heading it stands.
        line: what is due, where it came from a room; ``place`` is what it opens.
    """

    urgency: Urgency
    badge: str
    text: str
    detail: str
    action: StepAction
    school_id: int | None = None
    round_id: int | None = None
    group: Group = "next"
    place: Place | None = None
    line: DayLine | None = None


@dataclass(frozen=True, slots=True)
class Ahead:
    """The nearest commission or report: what it is, its day, days left."""

    kind: str
    text: str
    due: str
    days: int


@dataclass(frozen=True, slots=True)
class Today:
    """Everything the first page shows.

    Attributes:
        changes: the newest operations; ``groups`` what changed after ``since`` (None: ever), by subject.
        ahead: the nearest commission and report.
    """

    steps: tuple[Step, ...]
    problems: tuple[StoredProblem, ...]
    problem_total: int
    drafts: int
    changes: tuple[OperationRecord, ...]
    groups: tuple[ChangeGroup, ...] = ()
    since: str | None = None
    ahead: tuple[Ahead, ...] = ()

    @property
    def late(self) -> int:
        """How much is overdue."""
        return sum(step.urgency == "bad" for step in self.steps)

    def of_group(self, group: Group) -> tuple[Step, ...]:
        """Return the steps under a heading."""
        return tuple(step for step in self.steps if step.group == group)


def today(
    connection: Connection, day: date, *, changes: int = 12, problems: int = 12, closed: bool = False,
    since: str | None = None, ahead: int = AHEAD,
) -> Today:  # fmt: skip
    """Return what the first page shows on a day.

    Args:
        connection: reading connection.
        day: what counts as today.
        changes: at most so many operations.
        problems: at most so many findings of imports.
        closed: rounds of closed forms are named too.
        since: moment from which changes are told, None: from the beginning.
        ahead: how many days ahead what is due is shown.
    """
    counts = results.problem_counts(connection)
    lines = day_lines.together(day_lines.open_lines(connection, day, day + timedelta(days=ahead), closed=closed))
    steps = [*(_of_line(line, day) for line in lines), *_forms(connection, day, closed=closed), *_route(connection)]
    drafts = sum(registry.tallies(connection)[2].values())
    order = list(GROUPS)
    return Today(
        # the first page keeps its order within a heading: by day, then what the way to a signed list asks for
        steps=tuple(sorted(steps, key=lambda step: (order.index(step.group), _URGENT.index(step.urgency)))),
        problems=tuple(results.problems(connection, limit=problems)),
        problem_total=sum(counts.values()),
        drafts=drafts,
        changes=tuple(journal.history(connection, changes)),
        groups=what_changed.since(connection, since),
        since=since,
        ahead=_ahead(connection, day),
    )


_URGENT: tuple[Urgency, ...] = ("bad", "warn", "none", "ok")


def _of_line(line: DayLine, day: date) -> Step:
    if line.due is None:
        return Step("warn", "отметить", line.text, step_detail(line), "open_place", place=line.place, line=line)
    left = (date.fromisoformat(line.due) - day).days
    if line.source == "partnership" and left < 0:
        # an agreement that has ended is no deed that is late: it asks what comes next
        return Step(
            "warn", badge(left, line.due), line.text, step_detail(line), "open_place", line.school_id,
            place=line.place, line=line,
        )  # fmt: skip
    urgency: Urgency = "bad" if left < 0 else "warn" if left <= SOON else "none"
    sunday = 6 - day.weekday()
    group: Group = "late" if left < 0 else "today" if left <= 1 else "week" if left <= sunday else "later"
    return Step(
        urgency, badge(left, line.due), line.text, step_detail(line), "open_place", line.school_id,
        group=group, place=line.place, line=line,
    )  # fmt: skip


def step_detail(line: DayLine) -> str:
    """Return the small print of a line: what it is, about whom, who does it."""
    word = "" if line.kind == "task" else capital(line.word)
    parts = [word, line.school, line.who, line.detail]
    return " · ".join(dict.fromkeys(part for part in parts if part))


def badge(left: int, due: str) -> str:
    """Return «2 дня назад», «сегодня», «завтра», «28.11»; of what is long overdue «с 15.10.2025»."""
    if left < -LONG_AGO:
        return f"с{NBSP}{ru_date(due)}"
    if left < 0:
        return "вчера" if left == -1 else f"{count(-left, *DAYS)} назад"
    return {0: "сегодня", 1: "завтра"}.get(left, ru_date(due)[:5])


def _ahead(connection: Connection, day: date) -> tuple[Ahead, ...]:
    """Return the nearest commission and the nearest report, however far they are."""
    found: dict[str, Ahead] = {}
    for row in due_rows.dated(connection, "task", "open", "", "9999-12-31"):
        left = (date.fromisoformat(row["due_on"]) - day).days
        if row["kind"] in AHEAD_WORDS and left >= 0 and row["kind"] not in found:
            found[row["kind"]] = Ahead(row["kind"], row["text"] or "", row["due_on"], left)
    return tuple(sorted(found.values(), key=lambda item: item.due))


AHEAD_WORDS = {"commission": ("комиссия", "до комиссии"), "report": ("отчёт", "до отчёта")}


def ahead_text(item: Ahead) -> str:
    """Return «до комиссии 6 дней», «сегодня комиссия»."""
    name, until = AHEAD_WORDS[item.kind]
    if item.days <= 1:
        return f"{'сегодня' if item.days == 0 else 'завтра'} {name}"
    return f"{until} {count(item.days, *DAYS)}"


def sentence(found: Today, problems: int | None = None) -> str:
    """Return the state in one sentence: dates ahead, what is overdue, what waits for a check.

    Args:
        found: what the first page shows.
        problems: how many findings wait; None where the data have not been checked yet.
    """
    parts = [ahead_text(item) for item in found.ahead]
    if found.late:
        parts.append(count(found.late, "дело просрочено", "дела просрочены", "дел просрочено"))
    if problems:
        parts.append(count(problems, "замечание ждёт", "замечания ждут", "замечаний ждут") + " проверки")
    if found.drafts:
        parts.append(count(found.drafts, "ячейка заполнена", "ячейки заполнены", "ячеек заполнено") + " неверно")
    if not found.late and not problems and not found.drafts:
        parts.append("просроченного нет" if problems is None else "просроченного нет, замечаний к данным нет")
    return capital(" · ".join(parts))


def _forms(connection: Connection, day: date, *, closed: bool) -> list[Step]:
    """Return late answers to forms, answers with errors, answers that wait to be accepted."""
    if not forms.any_round(connection):
        return []
    from app.operations import form_card  # forms would make the window start later

    return [
        Step("bad" if item.late else "warn", "просрочено" if item.late else "формы", item.text, item.detail,
             "open_forms", round_id=item.round_id, group="late" if item.late else "next",
             place=("forms", ("board", item.round_id)))
        for item in form_card.steps(connection, day, closed=closed)
    ]  # fmt: skip


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
