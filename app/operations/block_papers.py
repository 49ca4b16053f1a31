"""Papers of the three blocks of monitoring: legal base, sufficiency, all three together (speed only where asked)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from app.errors import UserError
from app.models.store import Connection
from app.operations import decision_papers, decisions, legal_base, programmes, sufficiency
from app.operations.decision_papers import head
from app.operations.decision_speed import Speed, SpeedLine, speed
from app.operations.legal_base import LegalBase
from app.operations.papers import Paper
from app.operations.sufficiency import Sufficiency, TaskLine
from app.texts import NBSP, count, school_year

if TYPE_CHECKING:
    from app.reports.blocks import ActText, SpeedText, TaskText, TopicText
    from app.reports.document import Block

WHAT = {
    "blocks": "Три блока мониторинга",
    "blocks_speed": "Три блока со скоростью решений",
    "legal": "Правовая база",
    "sufficiency": "Достаточность мероприятий",
}


def legal_sentence(found: LegalBase) -> str:
    """Say how the legal base stands in one sentence."""
    if not found.acts:
        return f"Документы не внесены; обязательных тем {found.needed}"
    parts = [f"Обязательные темы с документом: {found.covered} из{NBSP}{found.needed}"]
    if found.expired:
        parts.append(f"срок истёк у {found.expired}")
    if found.faulty:
        parts.append(f"неполные записи: {found.faulty}")
    return " · ".join(parts)


def speed_sentences(found: Speed) -> tuple[str, ...]:
    """Say what is known of the speed, each with its number of cases; nothing is said of what nobody wrote down."""
    told = []
    cases = (("решение", "решения", "решений"), ("пункт", "пункта", "пунктов"))
    for words, spread, forms in (
        ("От данных до решения", found.to_decision, cases[0]),
        ("От решения до срока", found.given, cases[1]),
        ("От решения до исполнения", found.taken, cases[1]),
        ("От данных до исполнения", found.whole, cases[1]),
    ):
        if spread is not None:
            few = ", мало для вывода" if spread.few else ""
            ends = "" if spread.least == spread.most else f", от{NBSP}{spread.least} до{NBSP}{spread.most}"
            told.append(f"{words}: обычно {spread.text}{ends} ({count(spread.number, *forms)}{few}).")
    if found.finished:
        told.append(f"В срок выполнено {found.in_time} из{NBSP}{found.finished} законченных.")
    return tuple(told) or ("Дат пока мало: скорость не посчитать.",)


def paper(
    connection: Connection, what: str, year: int, day: date, *, programme_id: int | None = None,
    plan_year: int | None = None,
) -> Paper:  # fmt: skip
    """Return a paper of the blocks.

    Args:
        connection: reading connection.
        what: key of ``WHAT``.
        year: school year of legal base and decisions.
        day: today.
        programme_id: whose activities; None: the programme shown first.
        plan_year: up to which their execution counts; None: the year of ``day``.

    Raises:
        UserError: ``MON_DEC_NO_PROGRAMME`` where a paper needs a programme and there is none.
    """
    from app.reports import blocks as report

    chosen = programme_id if programme_id is not None else programmes.current(connection, year)
    if chosen is None and what == "sufficiency":
        raise UserError("MON_DEC_NO_PROGRAMME")
    top, today = head(connection, year), day.isoformat()
    if what == "legal":
        base = legal_base.table(connection, year, day)
        document = report.legal_base(
            top, _topics(base), _acts(base), legal_sentence(base), legal_base.note(), day=today
        )
    elif what == "sufficiency" and chosen is not None:
        found = sufficiency.table(connection, chosen, plan_year or day.year, day)
        document = report.sufficiency(top, _tasks(found), found.sentence, day=today)
    else:
        document = report.three_blocks(
            top, _legal_part(connection, year, day), _task_part(connection, chosen, plan_year or day.year, day),
            _decision_part(connection, year, day),
            _speed_part(connection, year, day) if what == "blocks_speed" else None, day=today,
        )  # fmt: skip
    return Paper(what, f"{WHAT[what]}, {school_year(year)}", document, None)


def _legal_part(connection: Connection, year: int, day: date) -> list[Block]:
    from app.reports import blocks as report

    base = legal_base.table(connection, year, day)
    return report.legal_blocks(_topics(base), legal_sentence(base), legal_base.note())


def _task_part(connection: Connection, programme_id: int | None, year: int, day: date) -> list[Block]:
    from app.reports import blocks as report
    from app.reports.document import paragraph

    if programme_id is None:
        return [paragraph("Программы в файле нет.", indent=False)]
    found = sufficiency.table(connection, programme_id, year, day)
    return report.sufficiency_blocks(_tasks(found), found.sentence)


def _decision_part(connection: Connection, year: int, day: date) -> list[Block]:
    from app.reports.document import paragraph
    from app.texts import glue

    lines = decisions.control(connection, day, school_year=year)
    told = [decision_papers.sentence(lines)]
    unexplained = decisions.totals(lines).unexplained
    if unexplained:
        told.append(f"Причина невыполнения не указана: {count(unexplained, *decisions.POINT)}.")
    return [paragraph(glue(text), justified=False, indent=False) for text in told]


def _speed_part(connection: Connection, year: int, day: date) -> list[Block]:
    from app.reports import blocks as report

    found = speed(connection, year, day)
    return report.speed_blocks([_speed(line) for line in found.lines], speed_sentences(found))


def _speed(line: SpeedLine) -> SpeedText:
    from app.reports.blocks import SpeedText

    return SpeedText(
        line.document, line.data_on, line.dated, line.to_decision, line.given.text if line.given else "",
        line.taken.text if line.taken else "", (line.done, line.points),
    )  # fmt: skip


def _topics(found: LegalBase) -> tuple[TopicText, ...]:
    from app.reports.blocks import TopicText

    return tuple(
        TopicText(
            line.topic.group, line.topic.title, line.word,
            tuple(f"{act.name}. {act.about}".rstrip(". ") for act in line.acts), line.topic.source,
        )
        for line in found.lines
    )  # fmt: skip


def _acts(found: LegalBase) -> tuple[ActText, ...]:
    from app.reports.blocks import ActText

    return tuple(
        ActText(act.name, act.about, act.topic, act.regulates, act.ends, ", ".join(act.faults)) for act in found.acts
    )


def _tasks(found: Sufficiency) -> tuple[TaskText, ...]:
    return tuple(_task(line) for line in found.lines)


def _task(line: TaskLine) -> TaskText:
    from app.reports.blocks import TaskText

    return TaskText(
        line.number, line.text, len(line.activities), (line.done, line.due) if line.due else None,
        (line.reached, line.known) if line.known else None, line.judgement.word, line.judgement.why,
        line.judgement.findings,
    )  # fmt: skip
