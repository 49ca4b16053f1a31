"""Papers about decisions: the protocol of a meeting from its agenda, the control list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from app.errors import UserError
from app.models import registers as tables
from app.models import settings
from app.models.journal import now
from app.models.store import Connection
from app.operations import decisions
from app.operations.decisions import ControlLine
from app.operations.papers import Paper
from app.texts import capital, count, school_year

if TYPE_CHECKING:
    from app.reports.decisions import PointText, QuestionText
    from app.reports.year_head import YearHead

MEETINGS = frozenset({"protocol", "decision"})
"""Kinds of documents that are written at a meeting."""


def head(connection: Connection, year: int) -> YearHead:
    """Return what papers of a school year say of whose they are."""
    from app.reports.year_head import YearHead

    values = settings.get_all(connection)
    return YearHead(values["municipality"], year, now(), values["organisation"], values["executor"])


def protocol(connection: Connection, document_id: int, day: date) -> Paper:
    """Return the protocol of a meeting, written from its agenda and points.

    Raises:
        UserError: ``MON_DEC_NO_DOCUMENT``; ``MON_DEC_NOT_PROTOCOL`` of an order or a letter.
    """
    from app.reports import decisions as paper

    row = decisions.document(connection, document_id)
    name = decisions.document_name(row)
    if row["kind"] not in MEETINGS:
        raise UserError("MON_DEC_NOT_PROTOCOL", document=capital(name))
    lines = _in_order(decisions.control(connection, day, document_id=document_id), connection, document_id)
    questions = tuple(
        _question(item, lines)
        for item in tables.rows(connection, "agenda_item", {"document_id": document_id}, ("position",))
    )
    data = paper.ProtocolText(
        head=head(connection, row["school_year"]), body=row["body"] or "", number=row["number"] or "",
        dated=row["dated"], place=row["place"] or "", title=row["title"] or "", chair=row["chair"] or "",
        secretary=row["secretary"] or "", present=_lines(row["present"]), questions=questions,
        common=tuple(_point(line) for line in lines if line.agenda_id is None), ground=row["ground"] or "",
        data_on=row["data_on"], next_on=row["next_on"],
    )  # fmt: skip
    title = f"Протокол № {row['number']}" if row["number"] else "Протокол заседания"
    return Paper("protocol", title, paper.protocol(data), None)


def _in_order(lines: tuple[ControlLine, ...], connection: Connection, document_id: int) -> list[ControlLine]:
    places = {
        row["id"]: row["position"] for row in tables.rows(connection, "decision_point", {"document_id": document_id})
    }
    return sorted(lines, key=lambda line: places[line.id])


def _lines(text: str | None) -> tuple[str, ...]:
    return tuple(line.strip() for line in (text or "").replace(";", "\n").splitlines() if line.strip())


def _question(item: Mapping[str, Any], lines: list[ControlLine]) -> QuestionText:
    from app.reports.decisions import QuestionText

    return QuestionText(
        item["topic"] or "", item["speaker"] or "", item["heard"] or "",
        (item["votes_for"], item["votes_against"], item["votes_abstained"]),
        tuple(_point(line) for line in lines if line.agenda_id == item["id"]),
    )  # fmt: skip


def _point(line: ControlLine) -> PointText:
    from app.reports.decisions import PointText

    return PointText(line.label, line.text, line.responsible, line.school, line.due_on)


def control_list(
    connection: Connection, year: int, day: date, *, document_id: int | None = None, waiting: bool = False
) -> Paper:
    """Return the control list of a school year or of one document.

    Args:
        connection: reading connection.
        year: first calendar year.
        day: today.
        document_id: only points of this document.
        waiting: only points that are not finished.

    Raises:
        UserError: ``MON_DEC_NO_POINTS`` where there is nothing to print.
    """
    from app.reports import decisions as paper

    lines = decisions.control(
        connection, day, school_year=None if document_id else year, document_id=document_id
    )  # fmt: skip
    state = sentence(lines)
    if waiting:
        lines = decisions.unfinished(lines)
    if not lines:
        raise UserError("MON_DEC_NO_POINTS")
    groups: dict[str, list[ControlLine]] = {}
    for line in sorted(lines, key=lambda line: (line.dated or "9999", line.document_id, natural(line.label))):
        title = capital(line.document) + (f". {line.title}" if line.title else "")
        groups.setdefault(title, []).append(line)
    note = "В листе только то, что ещё не закончено." if waiting else ""
    document = paper.control_list(
        head(connection, lines[0].school_year if document_id else year),
        [(title, [_control(line) for line in items]) for title, items in groups.items()],
        state, day=day.isoformat(), note=note,
    )  # fmt: skip
    return Paper("control", f"Контрольный лист решений, {school_year(year)}", document, None)


def natural(label: str) -> tuple[tuple[int, str], ...]:
    """Return a key that sorts «2.10» after «2.9»."""
    return tuple((int(part), "") if part.isdigit() else (0, part) for part in re.split(r"[.\s]+", label))


def _control(line: ControlLine) -> Any:
    from app.reports.decisions import ControlText

    told = ". ".join(part.rstrip(".") for part in (line.result, line.reason) if part)
    return ControlText(
        line.label, line.text, line.responsible, line.school, line.due_on, line.word, line.done_on, told
    )  # fmt: skip


def sentence(lines: tuple[ControlLine, ...]) -> str:
    """Say how decisions stand in one sentence."""
    found = decisions.totals(lines)
    if not found.points:
        return "Пунктов решений пока нет"
    told = count(found.points, "пункт решений", "пункта решений", "пунктов решений")
    parts = [told, f"выполнено {found.done}"]
    if found.done_late:
        parts[-1] += f", из них позже срока {found.done_late}"
    for number, word in ((found.late, "просрочено"), (found.soon, "скоро срок"), (found.not_done, "не выполнено")):
        if number:
            parts.append(f"{word} {number}")
    return " · ".join(parts)
