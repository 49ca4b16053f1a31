"""Papers of associations from the registers: members, plan of a year, how one worked, all of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from app.models.store import Connection
from app.operations import bodies
from app.operations.bodies import MEETING_WORDS, PLAN_WORDS, BodyCard, PlanItem
from app.operations.paper_head import head
from app.operations.papers import Paper
from app.texts import NBSP, count, ru_date, school_year

if TYPE_CHECKING:
    from app.reports.work_bodies import BodyText, ItemText


def members(connection: Connection, body_id: int, year: int, day: date) -> Paper:
    """Return who is in a body in a school year.

    Raises:
        UserError: ``BODY_GONE``.
    """
    from app.reports import work_bodies

    card = bodies.card(connection, body_id, year, day)
    return Paper("body_members", f"Состав: {card.line.name}", work_bodies.members(head(connection), _text(card)), None)


def plan(connection: Connection, body_id: int, year: int, day: date) -> Paper:
    """Return the plan of a body for a school year.

    Raises:
        UserError: ``BODY_GONE``.
    """
    from app.reports import work_bodies

    card = bodies.card(connection, body_id, year, day)
    document = work_bodies.plan(head(connection), _text(card))
    return Paper("body_plan", f"План работы: {card.line.name}, {school_year(year)}", document, None)


def report(connection: Connection, body_id: int, year: int, day: date) -> Paper:
    """Return how a body worked in a school year.

    Raises:
        UserError: ``BODY_GONE``.
    """
    from app.reports import work_bodies

    card = bodies.card(connection, body_id, year, day)
    document = work_bodies.report(head(connection), _text(card))
    return Paper("body_report", f"Справка о работе: {card.line.name}, {school_year(year)}", document, None)


def listing(connection: Connection, year: int, day: date) -> Paper:
    """Return all bodies that work in a school year."""
    from app.reports import work_bodies

    lines = [line for line in bodies.listing(connection, year, day) if not line.over]
    rows = tuple(
        work_bodies.BodyRow(
            line.name, line.kind, ", ".join(line.heads), line.members, len(line.schools), line.held, line.planned,
            line.plan, line.done, f"{ru_date(line.next_on)} {line.next_text}".strip() if line.next_on else "",
        )
        for line in sorted(lines, key=lambda line: (line.kind.casefold(), line.name.casefold()))
    )  # fmt: skip
    document = work_bodies.listing(head(connection), year, rows, bodies.sentence(lines))
    return Paper("bodies", f"Объединения педагогов, {school_year(year)}", document, None)


# --- a card as words -------------------------------------------------------------------------------------------------


def _text(card: BodyCard) -> BodyText:
    from app.reports import work_bodies as texts

    line = card.line
    return texts.BodyText(
        name=line.name, about=_about(card), school_year=card.school_year, head=_initials(line.heads),
        members=tuple(
            texts.MemberText(one.name, one.post, one.school, one.role, one.date_from)
            for one in card.members if not one.over
        ),
        schools=card.own_schools,
        plan=tuple(map(_item, card.plan)),
        meetings=tuple(
            texts.MeetingText(one.day, one.title, MEETING_WORDS[one.state], one.people, one.connections, one.protocol)
            for one in card.meetings
        ),
        products=tuple((one.title, one.author, one.state) for one in card.products),
        scores=tuple(
            (one.round, school_year(one.school_year), _points(one.points, one.most), one.level or one.state)
            for one in card.scores
        ),
        said=tuple(said(card)),
    )  # fmt: skip


def _item(one: PlanItem) -> ItemText:
    from app.reports.work_bodies import ItemText

    done = one.state == "done"
    return ItemText(one.text, one.due_on, one.responsible, PLAN_WORDS[one.state], done, one.done_on, one.result)


def _about(card: BodyCard) -> tuple[tuple[str, str], ...]:
    line = card.line
    return (
        ("Вид", line.kind), ("Предмет", line.subject), ("Тема года", line.topic),
        ("Создано", card.act), ("На базе", card.base), ("Руководитель", ", ".join(line.heads)),
        ("Секретарь", line.secretary), ("Страница", card.link),
    )  # fmt: skip


def _initials(names: tuple[str, ...]) -> str:
    from app.reports.protocol import short_name

    return short_name(names[0]) if names else ""


def _points(points: int | None, most: int | None) -> str:
    if points is None:
        return "—"
    return str(points) if most is None else f"{points} из {most}"


def said(card: BodyCard) -> list[str]:
    """Return how a body worked in whole sentences; what nobody wrote down is not said as nought."""
    line = card.line
    told = [_of_members(card)]
    held = [one for one in card.meetings if one.state == "held"]
    if held:
        known = [one.people for one in held if one.people is not None]
        came = f" Присутствовали в{NBSP}среднем {_mean(known)}." if len(known) == len(held) else ""
        silent = len(held) - len(known)
        if silent:
            came = f" Число участников не вписано у {count(silent, 'заседания', 'заседаний', 'заседаний')}."
        told.append(f"Прошло {count(len(held), 'заседание', 'заседания', 'заседаний')}.{came}")
    if card.plan:
        late = f", просрочено {line.late}" if line.late else ""
        items = count(line.plan, "пункта", "пунктов", "пунктов")
        told.append(f"Из {items} плана выполнено {line.done}{late}.")
    else:
        told.append("План на этот учебный год не составлен.")
    waiting = sum(one.waiting for one in card.meetings)
    points = sum(one.points for one in card.meetings)
    if points:
        open_ones = f", не исполнено {waiting}" if waiting else ", все исполнены"
        told.append(f"В{NBSP}протоколах {count(points, 'решение', 'решения', 'решений')}{open_ones}.")
    if card.products:
        told.append(f"Подготовлено: {count(len(card.products), 'продукт', 'продукта', 'продуктов')}.")
    return told


def _of_members(card: BodyCard) -> str:
    line = card.line
    if not line.members:
        return "Состав объединения не вписан."
    people = count(line.members, "человек", "человека", "человек")
    schools = f"; участвует {count(len(line.schools), 'школа', 'школы', 'школ')}" if line.schools else ""
    return f"В{NBSP}составе {people}{schools}."


def _mean(numbers: list[int]) -> str:
    """Return the mean of numbers of people, rounded half up: «12 человек»."""
    whole = (2 * sum(numbers) + len(numbers)) // (2 * len(numbers))
    return count(whole, "человек", "человека", "человек")
