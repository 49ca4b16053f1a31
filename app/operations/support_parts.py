"""What a school's card tells of its support: agreements, people, the support card, plans, courses, measures of risk."""

from __future__ import annotations

from collections.abc import Iterator

from app import clock
from app.operations import support
from app.operations import support_risks as risk_rows
from app.operations.register_catalogue import PLAN_WORDS
from app.operations.school_card_parts import About
from app.operations.support import SchoolSupport
from app.operations.support_partners import Partnership
from app.operations.support_risks import Risks
from app.reports.card_data import Line, Origin, Section, State, Way
from app.texts import capital, count, ru_date

_STATES: dict[str, State] = {"ok": "ok", "expired": "warn", "unnumbered": "warn"}


def supported(about: About) -> Section:
    """Return «Поддержка» of the school year of a card."""
    return Section("support", "Поддержка", tuple(_support(_of(about))), "поддержка в этом учебном году не записана")


def risk_measures(about: About) -> Section:
    """Return «Меры по факторам риска»: every measure, then the factors that ask for one."""
    found = risk_rows.risks(about.connection, about.school_year, clock.today(), about.school_id)
    return Section("risks", "Меры по факторам риска", tuple(_risks(found)), "мер по факторам риска нет")


def _of(about: About) -> SchoolSupport:
    return support.of_school(about.connection, about.school_id, about.school_year)


def _way(key: str) -> Way:
    return Way("support", key)


def _support(found: SchoolSupport) -> Iterator[Line]:
    for item in (*found.receives, *found.gives):
        yield _agreement(item, gives=item in found.gives)
    for name, duty in found.supporters:
        yield Line(duty.role.capitalize(), name, duty.act, way=_way("supporters"))
    for line in found.lines:
        help_words = ", ".join(part for part in (line.offer, line.provider) if part) or "помощь не выбрана"
        state: State = "warn" if line.late else "ok" if line.state == "done" else "none"
        yield Line(line.deficit or "Помощь", help_words, line.word, state, Origin("support_line", line.id),
                   _way("support"))  # fmt: skip
    for need in found.waiting:
        deficit = need.deficit
        people = "" if deficit.people is None else count(deficit.people, "человек", "человека", "человек")
        yield Line("Дефицит без помощи", deficit.words, people, "warn", Origin("deficit", deficit.id),
                   _way("support"))  # fmt: skip
    yield from _counts(found)


def _counts(found: SchoolSupport) -> Iterator[Line]:
    for row in found.plans:
        told = [
            f"{word} {row[name]}"
            for name, word in (("need", "нуждаются"), ("planned", "планов"), ("done", "выполнено"))
            if row[name] is not None
        ]
        label = PLAN_WORDS.get(row["kind"] or "", "планы")
        if told:
            yield Line(capital(label), ", ".join(told), row["subject"] or "",
                       origin=Origin("plan_count", row["id"]), way=_way("plans"))  # fmt: skip
    if found.course_people is not None:
        people = count(found.course_people, "человек", "человека", "человек")
        yield Line("Курсы года", people, way=_way("courses"))


def _agreement(item: Partnership, *, gives: bool) -> Line:
    other = item.receiver if gives else item.donor
    number = f"№\u00a0{item.number}" if item.number else ""
    dated = f"от\u00a0{ru_date(item.dated)}" if item.dated else ""
    act = " ".join(part for part in (number, dated) if part)
    held = f"проведено {item.held} из\u00a0{len(item.events)}" if item.events else ""
    note = ", ".join(part for part in (act, item.word, held) if part)
    text = f"{other}: {item.topic}" if item.topic else other
    return Line("Помогает по соглашению" if gives else "Помощь по соглашению", text or "кто помогает, не названо", note,
                _STATES.get(item.shown, "none"), Origin("partnership", item.id), _way("partnerships"))  # fmt: skip


def _risks(found: Risks) -> Iterator[Line]:
    for item in found.measures:
        due = f"до {ru_date(item.due_on)}" if item.due_on and item.state != "done" else ""
        note = ", ".join(part for part in (item.word, due, item.result) if part)
        state: State = "warn" if item.late or item.state == "not_done" else "ok" if item.state == "done" else "none"
        yield Line(item.factor or "Фактор не назван", item.text or "мера не записана", note, state,
                   Origin("risk_measure", item.id), _way("risks"))  # fmt: skip
    names = [item.name for item in found.asking]
    if names:
        yield Line("Без меры", "; ".join(names), "значимость высокая или средняя", "warn", way=_way("risks"))
