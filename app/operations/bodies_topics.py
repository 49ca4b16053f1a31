"""Topics for an association: what schools found hard in the works of the latest year, by its subject. Counts only."""

from __future__ import annotations

from dataclasses import dataclass

from app.analysis.skills import Topic
from app.errors import UserError
from app.models import work_bodies as stored
from app.models.store import Connection
from app.operations import skills
from app.texts import count, quoted

LONGEST = 160


@dataclass(frozen=True, slots=True)
class BodyTopic:
    """One common difficulty.

    Attributes:
        title: the skill, or the task where no skill is worded; ``text`` as it comes into the plan.
        why: why it is common, in counts.
        mine: in how many schools of the body it is a deficit; ``schools`` in how many at all.
    """

    id: str
    title: str
    text: str
    subject: str
    tasks: str
    why: str
    mine: int
    schools: int


@dataclass(frozen=True, slots=True)
class BodyTopics:
    """Topics of a body; ``result_year`` is None where the file has no fulfilment of tasks."""

    body_id: int
    result_year: int | None
    subject: str
    lines: tuple[BodyTopic, ...]


def topics(connection: Connection, body_id: int, schools: tuple[int, ...] = ()) -> BodyTopics:
    """Return what an association could take into its plan, those of its own schools first.

    Args:
        connection: reading connection.
        body_id: whose topics; without a subject those of all subjects.
        schools: canonical keys of the schools that take part in it.

    Raises:
        UserError: ``BODY_GONE``.
    """
    row = stored.body(connection, body_id)
    if row is None:
        raise UserError("BODY_GONE")
    subject, years = row["subject"] or "", skills.years(connection)
    if not years:
        return BodyTopics(body_id, None, subject, ())
    found = skills.topics(connection, years[0], subject=subject or None)
    mine = set(schools)
    lines = [
        BodyTopic(
            f"{topic.subject}:{skills.topic_title(topic)}", skills.topic_title(topic), _text(topic), topic.subject,
            skills.short_tasks(topic.tasks), skills.why_common(topic),
            sum(item.school_id in mine for item in topic.schools), len(topic.schools),
        )
        for topic in found.topics
    ]  # fmt: skip
    return BodyTopics(body_id, years[0], subject, tuple(sorted(lines, key=lambda one: -one.mine)))


def _text(topic: Topic) -> str:
    """Return a line of the plan: «Разобрать с учителями умение «решать задачи на проценты»»."""
    title = skills.topic_title(topic).strip().rstrip(".")
    told = title if len(title) <= LONGEST else f"{title[:LONGEST].rsplit(' ', 1)[0]}…"
    if not topic.outcome:
        return f"Разобрать с учителями: {told[:1].lower()}{told[1:]}"
    return f"Разобрать с учителями умение {quoted(told[:1].lower() + told[1:])}"


def sentence(found: BodyTopics) -> str:
    """Say where the topics come from, or why there are none."""
    if found.result_year is None:
        return "Выполнения заданий в файле нет: загрузите протоколы с заданиями, и темы появятся."
    about = f" по предмету «{found.subject}»" if found.subject else ""
    if not found.lines:
        return f"Общих затруднений{about} за {found.result_year}\u00a0год не видно."
    told = count(len(found.lines), "общее затруднение", "общих затруднения", "общих затруднений")
    return f"{told}{about} за {found.result_year}\u00a0год. Отметьте нужные и возьмите их в план."
