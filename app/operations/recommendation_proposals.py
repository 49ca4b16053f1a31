"""What the figures suggest to recommend, and to whom: school, РМО, tutor, ММС, institute (002).

A proposal is a draft: a person takes it, rewords it or leaves it. Its key stays the same from year to year, so that the
next year sees what became of its figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from app.analysis import note_words as words
from app.analysis.russian import agree
from app.analysis.skills import Topic
from app.errors import UserError
from app.models import results, settings
from app.operations import identification, skills
from app.operations.identification import ListRow, SchoolList
from app.operations.note_scope import NoteScope
from app.operations.programme_blocks import Figure
from app.reports.card_data import Origin, Way
from app.texts import NBSP, glue, quoted

Addressee = Literal["school", "rmo", "tutor", "mms", "institute", "other"]
WORKS = 3
"""Works that a recommendation to a school names."""
TOPICS = 2
"""Topics that a recommendation to an РМО names."""
LINES = 5
"""Late activities, indicators, decisions that one recommendation names."""
HIGH = "высокая"


@dataclass(frozen=True, slots=True)
class Proposed:
    """A recommendation that the figures suggest.

    Attributes:
        key: stable name of the ground («school:17:below»).
        addressee: whom it is for; ``organisation_id`` for a school; ``name``: its short name, or who the others are.
        text: the draft; ``ground``: why, in a sentence; ``figures``: what both rest on.
    """

    key: str
    addressee: Addressee
    text: str
    ground: str
    organisation_id: int | None = None
    name: str = ""
    figures: tuple[Figure, ...] = field(default_factory=tuple)


def proposals(scope: NoteScope) -> tuple[Proposed, ...]:
    """Return everything the figures suggest, schools first; nothing where the file says nothing."""
    found = _list(scope)
    rows = [] if found is None else [row for row in found.rows if row.listed]
    made: list[Proposed] = []
    if found is not None:
        made += _schools(found, rows)
    made += _risks(scope, rows)
    made += _topics(scope, found.year if found is not None else scope.year)
    made += _tutors(scope, rows)
    made += _service(scope, found, rows)
    made += _institute(scope)
    return tuple(made)


def _list(scope: NoteScope) -> SchoolList | None:
    year = next((item for item in results.years(scope.connection) if item <= scope.year), None)
    if year is None:
        return None
    try:
        return identification.school_list(
            scope.connection, settings.get(scope.connection, "rule"), year, with_change=False
        )  # fmt: skip
    except UserError:
        return None  # the rule of the settings is gone: its page says why


# --- schools -----------------------------------------------------------------------------------------------------


def _schools(found: SchoolList, rows: Sequence[ListRow]) -> Iterator[Proposed]:
    for row in rows:
        decided = sorted(
            (item for item in row.verdict.fractions if item.decided and item.participants and item.year == found.year),
            key=lambda item: (-item.below / item.participants, item.label),
        )[:WORKS]
        if not decided:
            continue
        told = [f"{item.label} — {words.with_share(item.below, item.participants)}" for item in decided]
        figures = tuple(
            Figure(f"school:{row.school_id}:{item.label}", f"{row.name}, {item.label}, ниже минимума, {item.year}",
                   words.with_share(item.below, item.participants), (Origin("organisation", row.school_id),),
                   Way("results", year=item.year))
            for item in decided
        )  # fmt: skip
        text = f"Составить план помощи детям, которые не достигли минимума: {'; '.join(told)}."
        ground = f"Школа в списке {found.year} года: {'; '.join(row.branch_labels) or 'решение экспертов'}."
        yield Proposed(
            f"school:{row.school_id}:below", "school", glue(text), glue(ground), row.school_id, row.name, figures
        )


def _risks(scope: NoteScope, rows: Sequence[ListRow]) -> Iterator[Proposed]:
    """Return factors of high significance of schools of the list that have no measure in this school year."""
    from app.operations import support_risks

    found = support_risks.risks(scope.connection, scope.school_year, scope.until).factors
    for row in rows:
        names = [item.name for item in found if item.school_id == row.school_id and item.asks
                 and item.significance == HIGH]  # fmt: skip
        if names:
            what = "фактору риска" if len(names) == 1 else "факторам риска"
            told = "; ".join(quoted(name) for name in names)
            figure = Figure(f"school:{row.school_id}:risks", f"{row.name}, факторы высокой значимости без мер",
                            str(len(names)), (Origin("organisation", row.school_id),), Way("externals"))  # fmt: skip
            ground = f"В{NBSP}рисковом профиле {agree(len(names), 'фактор')} высокой значимости без мер."
            yield Proposed(f"school:{row.school_id}:risks", "school", glue(f"Назначить меры по {what} {told}."),
                           glue(ground), row.school_id, row.name, (figure,))  # fmt: skip


# --- РМО ---------------------------------------------------------------------------------------------------------


def _topics(scope: NoteScope, year: int) -> Iterator[Proposed]:
    if year not in skills.years(scope.connection):
        return
    by_subject: dict[str, list[Topic]] = {}
    for topic in skills.topics(scope.connection, year).topics:
        by_subject.setdefault(topic.subject, []).append(topic)
    for subject, found in by_subject.items():
        chosen = sorted(found, key=lambda item: -len(item.schools))[:TOPICS]
        told, figures = [], []
        for topic in chosen:
            title = skills.topic_title(topic)
            value = f"{len(topic.schools)} из{NBSP}{topic.of_schools}"
            told.append(
                f"{quoted(title)} (дефицит в{NBSP}{words.of_whole(len(topic.schools), topic.of_schools, 'школа')})"
            )
            figures.append(Figure(f"topic:{subject}:{title}", f"{subject}, {title}: школ с дефицитом", value))
        what = "тему" if len(chosen) == 1 else "темы"
        yield Proposed(
            f"rmo:{subject}:topics", "rmo", glue(f"Разобрать на занятиях {what} {' и '.join(told)}."),
            glue(f"Выполнение заданий {year} года: {agree(len(found), 'общее затруднение')}."), None,
            f"РМО: {subject[:1].lower()}{subject[1:]}", tuple(figures),
        )  # fmt: skip


# --- tutors ------------------------------------------------------------------------------------------------------


def _tutors(scope: NoteScope, rows: Sequence[ListRow]) -> Iterator[Proposed]:
    """Return what a curator is asked to do: each of the schools on the list that he or she leads."""
    from app.operations import support_partners

    on_list = {row.school_id: row.name for row in rows}
    for person in support_partners.supporters(scope.connection, scope.school_year):
        mine = [key for key in person.schools if key in on_list]
        if not mine:
            continue
        names = [on_list[key] for key in mine]
        whose = "школой" if len(mine) == 1 else "школами"
        figure = Figure(f"tutor:{person.person_id}:schools", f"{person.name}: школ списка", str(len(mine)),
                        tuple(Origin("organisation", key) for key in mine))  # fmt: skip
        text = f"Вместе со{NBSP}{whose} {words.names(names)} пройти план помощи и показать промежуточный результат."
        ground = f"Ведёт {agree(len(mine), 'школа', 'accusative')} списка."
        yield Proposed(f"tutor:{person.person_id}", "tutor", glue(text), glue(ground), None, person.name, (figure,))


# --- the methodical service --------------------------------------------------------------------------------------


def _service(scope: NoteScope, found: SchoolList | None, rows: Sequence[ListRow]) -> Iterator[Proposed]:
    from app.operations import support_partners

    partners = support_partners.partnerships(scope.connection, scope.school_year, scope.until)
    helped = {item.receiver_id for item in partners if item.shown in support_partners.IN_FORCE}
    alone = [row for row in rows if row.school_id not in helped]
    if alone:
        yield _mms("partners", f"Подобрать партнёра {_whom(alone)}", "Школы списка без соглашения", alone)
    people = support_partners.supporters(scope.connection, scope.school_year)
    led = support_partners.on_day(people, scope.school_year, scope.until)
    lacking = set(support_partners.without_supporter(led, [row.school_id for row in rows]))
    left = [row for row in rows if row.school_id in lacking]
    if left:
        yield _mms("curators", f"Назначить куратора {_whom(left)}", "Школы списка без куратора", left)
    unknown = [
        row for row in (found.rows if found is not None else ()) if not row.listed and row.verdict.verdict == "no_data"
    ]
    if unknown:
        text = f"Получить результаты {_of_whom(unknown)}"
        yield _mms("no_data", text, "Школы, о которых нет данных", unknown)
    yield from _unfinished(scope)


def _whom(rows: Sequence[ListRow]) -> str:
    """Return «школе СОШ № 5», «3 школам: …»."""
    names = [row.name for row in rows]
    return f"школе {names[0]}" if len(names) == 1 else f"{agree(len(names), 'школа', 'dative')}: {words.names(names)}"


def _of_whom(rows: Sequence[ListRow]) -> str:
    names = [row.name for row in rows]
    if len(names) == 1:
        return f"школы {names[0]}"
    return f"{agree(len(names), 'школа', 'genitive')}: {words.names(names)}"


def _mms(key: str, text: str, ground: str, rows: Sequence[ListRow]) -> Proposed:
    figure = Figure(f"mms:{key}", ground, str(len(rows)), tuple(Origin("organisation", row.school_id) for row in rows),
                    None, tuple(row.name for row in rows))  # fmt: skip
    return Proposed(f"mms:{key}", "mms", glue(f"{text}."), glue(f"{ground}: {len(rows)}."), None, MMS, (figure,))


MMS = "Методическая служба"


def _unfinished(scope: NoteScope) -> Iterator[Proposed]:
    """Return late activities, indicators that fall behind, late decisions."""
    from app.operations import note_progress

    for key, text, ground, items in (
        ("activities", "Провести просроченные мероприятия или назвать новый срок и причину",
         "Просроченные мероприятия плана", note_progress.late_names(scope)),
        ("indicators", "Разобрать на рабочей группе, почему отстают индикаторы",
         "Отстающие индикаторы", note_progress.behind_names(scope)),
        ("decisions", "Закрыть просроченные пункты решений",
         "Просроченные пункты решений", note_progress.late_points(scope)),
    ):  # fmt: skip
        if items:
            names = [name for name, _origin in items]
            figure = Figure(f"mms:{key}", ground, str(len(items)), tuple(origin for _name, origin in items if origin))
            yield Proposed(f"mms:{key}", "mms", glue(f"{text}: {_shown(names)}."), glue(f"{ground}: {len(items)}."),
                           None, MMS, (figure,))  # fmt: skip


def _shown(names: Sequence[str]) -> str:
    rest = f"; и{NBSP}ещё {len(names) - LINES}" if len(names) > LINES else ""
    return "; ".join(names[:LINES]) + rest


# --- the institute -----------------------------------------------------------------------------------------------


def _institute(scope: NoteScope) -> Iterator[Proposed]:
    """Return deficits of teachers by subject: how many people of how many schools."""
    from app.operations import support_needs

    found = support_needs.deficits(scope.connection, scope.school_year)
    by_subject: dict[str, list[support_needs.Deficit]] = {}
    for item in found:
        by_subject.setdefault(item.subject or support_needs.NO_SUBJECT, []).append(item)
    for subject, items in by_subject.items():
        people = sum(item.people or 0 for item in items)
        schools = {item.school_id for item in items if item.school_id}
        about = list(dict.fromkeys(item.text for item in items if item.text))
        if not people:
            continue
        what = f" ({'; '.join(about[:TOPICS])})" if about else ""
        name = "" if subject == support_needs.NO_SUBJECT else f" {words.subject(subject)}"
        where = f" из{NBSP}{agree(len(schools), 'школа', 'genitive')}" if schools else ""
        text = f"Предусмотреть обучение{name}{what} для{NBSP}{agree(people, 'педагог', 'genitive')}{where}."
        figure = Figure(f"institute:{subject}", f"{subject}: педагогов с дефицитом", str(people),
                        tuple(Origin("deficit", item.id) for item in items))  # fmt: skip
        yield Proposed(f"institute:{subject}", "institute", glue(text),
                       glue(f"Реестр дефицитов: {agree(people, 'педагог')}{where}."), None,
                       "Институт развития образования", (figure,))  # fmt: skip
