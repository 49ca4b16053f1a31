"""Cards of schools by command: one as a paper or as data, those of the list all at once."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.cli.keys import add, common
from app.cli.output import line, print_json
from app.errors import UserError
from app.models.store import Connection
from app.operations import card_papers, files, papers, school_card, schools
from app.operations.papers import Paper
from app.reports.card_data import Line, Result, SchoolCard, YearCount
from app.reports.school_card import index_text
from app.texts import DASH, count, school_year


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    card = add(commands, "card", "карточка школы: PDF, Word, Excel или данные", _card)
    common(card)
    who = card.add_mutually_exclusive_group(required=True)
    who.add_argument("--school", metavar="ШКОЛА", help="код, логин или название")
    who.add_argument("--listed", action="store_true", help="все школы из списка, по правилу файла")
    card.add_argument(
        "--year",
        type=_first_year,
        metavar="УЧЕБНЫЙ_ГОД",
        help="2026 или 2026/27; иначе следующий за результатами",
    )
    card.add_argument("--out", type=Path, metavar="КУДА",
                      help="файл .pdf, .docx или .xlsx; для --listed ещё и папка: тогда файл на школу")  # fmt: skip
    card.set_defaults(usage_error=card.error)


def _first_year(text: str) -> int:
    try:
        return schools.first_year(text)
    except UserError as error:
        raise argparse.ArgumentTypeError(f"не подходит «{text}». Нужен учебный год: 2026 или 2026/27.") from error


def _card(chosen: argparse.Namespace) -> int:
    if chosen.out is None and not chosen.json and chosen.listed:
        chosen.usage_error("для всех школ списка нужно --out ФАЙЛ.pdf, --out ПАПКА или --json")
    if chosen.listed and chosen.out is not None and chosen.out.suffix.lower() in {".docx", ".xlsx"}:
        chosen.usage_error("карточки всех школ списка делаются одним ФАЙЛОМ.pdf или в ПАПКУ")
    with files.for_reading(chosen.db) as connection:
        year = school_card.year_of(connection) if chosen.year is None else chosen.year
        common = school_card.shared(connection, year)
        ids = _chosen(connection, chosen, year, common)
        made = [school_card.card(connection, key, year, common) for key in ids]
    if chosen.out is not None:
        _write(chosen.out, [card_papers.of_card(card) for card in made], several=chosen.listed, quiet=chosen.json)
    if chosen.json:
        found = [card_json(card) for card in made]
        print_json({"cards": found} if chosen.listed else found[0])
    elif chosen.out is None:
        _tell(made[0])
    return 0


def _chosen(connection: Connection, chosen: argparse.Namespace, year: int, common: school_card.Shared) -> list[int]:
    if chosen.listed:
        return school_card.listed(connection, year, common)
    return [schools.find(connection, chosen.school).id]


def _write(out: Path, made: list[Paper], *, several: bool, quiet: bool) -> None:
    """Write one card, all cards as one PDF, or each into a folder."""
    targets: list[Path] = []
    if several and out.suffix.lower() == ".pdf":
        papers.write(out, card_papers.together(made).data)
        targets.append(out)
    elif several:
        if not made:
            raise UserError("PAPER_NO_CARDS")
        folder = papers.folder_for(out)
        targets += papers.write_all(
            [(folder / f"{papers.plain_name(paper)}.pdf", papers.render(paper, ".pdf").data) for paper in made]
        )
    else:
        papers.write(out, papers.render(made[0], out.suffix).data)
        targets.append(out)
    if not quiet:
        for target in targets:
            line(f"Готово: {target}")
        if several:
            line(f"Всего: {count(len(made), 'карточка', 'карточки', 'карточек')}.")


# --- as text and as data -----------------------------------------------------------------------------------------


def _tell(card: SchoolCard) -> None:
    line(f"{card.school.name}, {school_year(card.school_year)}")
    for item in card.passport:
        line(f"{item.label}: {item.text}")
    if card.answer is not None:
        line(f"Ответ: {card.answer.word}. {card.answer.why}")
    for index in card.indices:
        line(f"{index.title}: {index_text(index)}")
    for result in card.results:
        told = ", ".join(f"{found.year}: {_fraction(found)}" for found in result.counts if found is not None)
        line(f"{result.label}: {told}")
    for section in card.sections:
        line(f"{section.title}:" + ("" if section.lines else f" {section.nothing}"))
        for item in section.lines:
            line(f"  {item.label}: {item.text}" + (f" ({item.note})" if item.note else ""))
    for number, question in enumerate(card.questions, start=1):
        line(f"Вопрос {number}. {question}")


def _fraction(found: YearCount) -> str:
    return DASH if found.below is None else f"{found.below} из {found.participants}"


def card_json(card: SchoolCard) -> dict[str, Any]:
    """Return a card as the command prints it; unknown values are null (decision 24)."""
    answer, kind, risk = card.answer, card.kind, card.risk
    return {
        "school_id": card.school.id, "school_code": card.school.code or None, "school": card.school.name,
        "school_year": card.school_year, "result_year": card.result_year, "years": list(card.years),
        "passport": [_line_json(item) for item in card.passport],
        "answer": None if answer is None else {
            "rule": answer.rule_id, "version": answer.rule_version, "year": answer.year, "listed": answer.listed,
            "word": answer.word, "edge": answer.edge, "change": answer.change or None,
            "branches": list(answer.branches), "why": answer.why, "note": answer.note or None,
            "snapshot": answer.snapshot,
        },
        "results": [_result_json(result) for result in card.results],
        "indices": [
            {"id": item.id, "title": item.title, "school_year": item.school_year, "value": item.value,
             "place": item.place, "of": item.of, "components": item.known, "components_of": item.total}
            for item in card.indices
        ],
        "type": None if kind is None else {"kind": kind.kind, "word": kind.word, "year": kind.year},
        "risk_profile": None if risk is None else {
            "title": risk.title, "year": risk.year, "document": risk.document or None,
            "factors": [{"code": f.code, "name": f.name, "significance": f.word, "level": f.level,
                         "origin": [f.origin.table, f.origin.row_id]} for f in risk.factors],
        },
        "sections": [
            {"key": part.key, "title": part.title, "lines": [_line_json(item) for item in part.lines]}
            for part in card.sections
        ],
        "questions": list(card.questions),
    }  # fmt: skip


def _line_json(item: Line) -> dict[str, Any]:
    origin = None if item.origin is None else [item.origin.table, item.origin.row_id]
    known = None if item.text == DASH else item.text
    return {"label": item.label, "text": known, "note": item.note or None, "origin": origin}


def _result_json(result: Result) -> dict[str, Any]:
    work = result.assessment
    areas = {"municipality": result.municipality, "region": result.region}
    return {
        "procedure": work.procedure, "subject": work.subject, "level": work.level, "grade": work.grade,
        "counts": [
            {"year": c.year, "below_min": c.below, "participants": c.participants, "low": c.low, "high": c.high,
             "sample": c.sample, "hit": c.hit, "autumn": c.autumn, "restored": c.restored,
             "origin": None if c.origin is None else [c.origin.table, c.origin.row_id]}
            for c in result.counts if c is not None
        ],
        **{name: None if area is None else {"below_min": area.below, "participants": area.participants,
                                            "summed": area.summed} for name, area in areas.items()},
    }  # fmt: skip
