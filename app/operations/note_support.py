"""Parts of a note about help: partners, curators, deficits, courses, risks; recommendations before and now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from app.analysis import note_words as words
from app.models import paper_texts as stored
from app.models.paper_texts import Recommendation
from app.operations import registers
from app.operations.note_scope import NoteScope, block
from app.operations.programme_blocks import AnalysisBlock, Teller, plain_table
from app.operations.register_catalogue import ADDRESSEE_WORDS
from app.reports.card_data import Origin, Way
from app.reports.document import Value
from app.texts import capital, ru_date, school_year

if TYPE_CHECKING:
    from app.operations.support import SchoolSupport, Summary

NEXT = 8
"""Recommendations that a text names; the table has all."""


def blocks(scope: NoteScope) -> tuple[AnalysisBlock, ...]:
    """Return every part, in order."""
    help_ = _support(scope) if scope.whole else _of_school(scope)
    return (*help_, *_used(scope), *_next(scope))


# --- the municipality --------------------------------------------------------------------------------------------


def _support(scope: NoteScope) -> Iterator[AnalysisBlock]:
    from app.operations import support

    found = support.summary(scope.connection, scope.school_year, scope.until)
    teller = Teller()
    way, year = Way("support"), scope.school_year
    _partners(teller, scope, found)
    rows: list[tuple[Value, ...]] = [(what, value) for what, value in _facts(found)]
    if found.listed:
        teller.figure("support.led", "школ списка с куратором или тьютором", str(found.led), way=way)
        teller.say(words.led(found.led, len(found.listed)), "support.led", "support.listed")
    if found.events:
        teller.figure("support.held", "совместных мероприятий проведено", str(found.held), way=way)
        teller.figure("support.events", "совместных мероприятий всего", str(found.events), way=way)
        teller.say(words.events(found.held, found.events), "support.held", "support.events")
    if found.deficits:
        teller.figure("support.deficits", "дефицитов в реестре", str(found.deficits), _rows(scope, "deficits"), way)
        teller.figure("support.closed", "дефицитов закрыто картой", str(found.closed), way=way)
        teller.say(words.closed_deficits(found.closed, found.deficits), "support.deficits", "support.closed")
    if found.courses:
        teller.figure("support.courses", "человек обучено", str(found.courses), way=way)
        teller.say(words.trained(found.courses, school_year(year)), "support.courses")
    if found.factors:
        teller.figure("support.factors", "факторов риска, которым нужны меры", str(found.factors), way=way)
        teller.figure("support.covered", "факторов риска с мерами", str(found.covered), way=way)
        teller.say(words.covered_factors(found.covered, found.factors), "support.factors", "support.covered")
    table = plain_table("Поддержка", (("Что", 6, False), ("Сколько", 2, True)), rows)
    yield block(teller, "support.partners", f"Поддержка школ, {school_year(year)} учебный год", "support", table)


def _partners(teller: Teller, scope: NoteScope, found: Summary) -> None:
    way = Way("support")
    teller.figure(
        "support.agreements", "соглашений действует", str(found.agreements), _rows(scope, "partnerships"), way
    )
    teller.figure("support.listed", "школ в списке", str(len(found.listed)),
                  [Origin("organisation", key) for key in found.listed], way)  # fmt: skip
    teller.figure("support.helped", "школ списка с партнёром", str(found.listed_with_agreement), way=way)
    keys = ["support.agreements"]
    if found.agreements and found.listed:
        keys += ["support.helped", "support.listed"]
    teller.say(words.partnerships(found.agreements, len(found.listed), found.listed_with_agreement), *keys)
    if found.expired:
        teller.figure("support.expired", "соглашений с истёкшим сроком", str(found.expired), way=way)
        teller.say(words.expired_agreements(found.expired), "support.expired")


def _rows(scope: NoteScope, key: str) -> list[Origin]:
    table = registers.register(key).table
    return [
        Origin(table, row["id"]) for row in registers.rows(scope.connection, key, school_year=scope.school_year)
    ]  # fmt: skip


def _facts(found: Summary) -> Iterator[tuple[str, Value]]:
    """Yield the lines of the table; a number that nobody has said is «—»."""
    yield "Школ в списке", len(found.listed)
    yield "Действующих соглашений о партнёрстве", found.agreements
    yield "Школ списка с партнёром", found.listed_with_agreement
    yield "Совместных мероприятий проведено", found.held
    yield "Участников совместных мероприятий", found.participants
    yield "Кураторов и тьюторов", found.people
    yield "Школ списка с куратором или тьютором", found.led
    yield "Сетевых площадок", found.platforms
    yield "Профессиональных дефицитов в реестре", found.deficits
    yield "Из них закрыто картой адресной помощи", found.closed
    yield "Педагогов с дефицитами", found.deficit_people
    for plan in found.plans:
        yield f"{capital(plan.word)}: составлено", plan.planned
        yield f"{capital(plan.word)}: выполнено", plan.done
    yield "Человек обучено на курсах", found.courses if found.courses or found.course_schools else None
    yield "Факторов риска, которым нужны меры", found.factors
    yield "Из них с мерами", found.covered


# --- one school --------------------------------------------------------------------------------------------------


def _of_school(scope: NoteScope) -> Iterator[AnalysisBlock]:
    from app.operations import support, support_partners

    found = support.of_school(scope.connection, scope.school_id or 0, scope.school_year, scope.until)
    teller = Teller()
    force = [item for item in found.receives if item.shown in support_partners.IN_FORCE]
    teller.figure(
        "support.donors",
        "партнёров помогает школе",
        str(len(force)),
        [Origin("partnership", item.id) for item in force],
        Way("support"),
    )
    teller.say(words.donors([item.donor or "партнёр не назван" for item in force]), "support.donors")
    people = list(dict.fromkeys(f"{name} ({duty.role})" for name, duty in found.supporters))
    teller.figure("support.people", "кураторов и тьюторов", str(len(people)), (), Way("support"), ())
    teller.say(words.supporters(people), "support.people")
    _needs(teller, found)
    rows: list[tuple[Value, ...]] = [
        (line.deficit, line.offer or None, line.provider or None, line.word) for line in found.lines
    ]
    columns = (("Дефицит", 3, False), ("Чем помогаем", 3, False), ("Кто", 2, False), ("Как сейчас", 1.6, False))
    yield block(teller, "support.partners", f"Поддержка, {school_year(scope.school_year)} учебный год", "support",
                plain_table("Карта адресной помощи", columns, rows))  # fmt: skip


def _needs(teller: Teller, found: SchoolSupport) -> None:
    if found.deficits:
        teller.figure("support.deficits", "дефицитов школы", str(len(found.deficits)),
                      [Origin("deficit", item.id) for item in found.deficits], Way("support"))  # fmt: skip
        teller.say(words.school_deficits([item.words for item in found.deficits]), "support.deficits")
    if found.course_people is not None:
        teller.figure("support.courses", "человек обучено", str(found.course_people), (), Way("support"))
        teller.say(words.trained(found.course_people, school_year(found.school_year)), "support.courses")


# --- recommendations ---------------------------------------------------------------------------------------------


def mine(scope: NoteScope, year: int) -> list[Recommendation]:
    """Return the recommendations of a school year: all, or those to the school."""
    from app.models import organisations

    found = stored.recommendations(scope.connection, year)
    if scope.school_id is None:
        return found
    merged = organisations.canonical_map(scope.connection)
    return [
        row for row in found
        if row.organisation_id is not None and merged.get(row.organisation_id, row.organisation_id) == scope.school_id
    ]  # fmt: skip


def _used(scope: NoteScope) -> Iterator[AnalysisBlock]:
    """Return what became of the recommendations of the year before."""
    year = scope.school_year - 1
    found = mine(scope, year)
    if not found:
        return
    teller = Teller()
    groups: dict[str, list[Recommendation]] = {"yes": [], "part": [], "no": [], "none": []}
    for row in found:
        groups[row.used or "none"].append(row)
    names = {"yes": "выполнено", "part": "выполнено частично", "no": "не выполнено", "none": "без отметки"}
    teller.figure("used.total", f"рекомендаций {school_year(year)}", str(len(found)), _origins(found))
    for key, rows in groups.items():
        if rows:
            teller.figure(f"used.{key}", f"рекомендаций {names[key]}", str(len(rows)), _origins(rows))
    sizes = [len(groups[key]) for key in ("yes", "part", "no", "none")]
    teller.say(words.used(len(found), words.Used(*sizes), school_year(year)), *teller.figures)
    cells: list[tuple[Value, ...]] = [
        (addressee(scope, row), row.text, names[row.used or "none"], row.used_note) for row in found
    ]
    columns = (("Кому", 2, False), ("Что рекомендовано", 5, False), ("Выполнено", 1.6, False), ("Примечание", 2, False))
    yield block(teller, "recommendations.used", f"Рекомендации {school_year(year)} учебного года", "used",
                plain_table("Выполнение рекомендаций", columns, cells))  # fmt: skip


def _origins(rows: Sequence[Recommendation]) -> list[Origin]:
    return [Origin("recommendation", row.id) for row in rows]


def _next(scope: NoteScope) -> Iterator[AnalysisBlock]:
    """Return the recommendations of this school year."""
    found = mine(scope, scope.school_year)
    teller = Teller()
    title = f"Рекомендации {school_year(scope.school_year)} учебного года"
    if not found:
        if scope.whole:
            teller.say("Рекомендации на этот учебный год ещё не составлены.")
        yield block(teller, "recommendations.next", title, "next",
                    note="Составьте их в «Справки» → «Рекомендации».")  # fmt: skip
        return
    sent = sum(row.sent_on is not None for row in found)
    teller.figure("next.total", "рекомендаций", str(len(found)), _origins(found))
    teller.figure("next.sent", "из них отправлено", str(sent), _origins([row for row in found if row.sent_on]))
    teller.say(words.recommended(len(found), sent), "next.total", "next.sent")
    # the report has the table below; a note says them in its text
    told = [] if scope.kind == "report" else found[:NEXT]
    for place, row in enumerate(told):
        key = f"next.{row.id}"
        teller.figure(key, f"рекомендация {place + 1}", row.text, _origins([row]))
        said = row.text if scope.school_id is not None else f"{addressee(scope, row)}: {words.inside(row.text)}"
        teller.say(said, key)
    cells: list[tuple[Value, ...]] = [
        (addressee(scope, row), row.text, ru_date(row.due_on) if row.due_on else None,
         ru_date(row.sent_on) if row.sent_on else "не отправлено")
        for row in found
    ]  # fmt: skip
    columns = (("Кому", 2, False), ("Что рекомендуется", 6, False), ("Срок", 1.4, False), ("Отправлено", 1.6, False))
    yield block(teller, "recommendations.next", title, "next", plain_table("Рекомендации", columns, cells))


def addressee(scope: NoteScope, row: Recommendation) -> str:
    """Return whom a recommendation is for: the school's short name, the name as typed, else the kind."""
    from app.models import organisations

    if row.organisation_id is not None:
        school = organisations.get(scope.connection, organisations.canonical(scope.connection, row.organisation_id))
        if school is not None:
            return school.shown
    return row.name or ADDRESSEE_WORDS[row.addressee]
