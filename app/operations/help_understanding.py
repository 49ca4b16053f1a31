"""What a methodist typed into the five fields of an entry, and how it is understood: columns, marks, words.

Nothing is refused: what is not understood keeps its place as it was typed, with the code of what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from app.analysis import help_line
from app.analysis.help_line import HelpFields
from app.errors import problem
from app.models import help_entries
from app.models.help_entries import HelpTemplate
from app.models.store import Connection
from app.operations import help_journal, help_schools, help_templates
from app.operations.help_journal import HelpLine
from app.operations.help_schools import Known, SchoolIndex
from app.operations.matching import fold
from app.operations.register_work_journal import HELP_WORDS
from app.texts import DASH, NBSP, count, quoted, ru_date

_DEFICIT = "дефицит"
_WHOM_NOTE = "Кого: "
_EACH = re.compile(r"^\s*по\s+\w|(?:из|от|в|с)\s+кажд|кажд\w+\s+школ")
LINKS = ("task_id", "lineage", "platform_id", "body_id")


@dataclass(frozen=True, slots=True)
class HelpDraft:
    """What was typed or brought along: five texts, the day, and what the entry belongs to.

    Attributes:
        school: name, number or code; ``school_id`` where it was chosen.
        kind: key or word of the kind; "" is a consultation.
        topic: with «дефицит:» before it a deficit of the school; ``deficit_id`` where it was chosen.
        outcome: outcome, an arrow, the next step with its day.
        day: as typed; "" is today.
        links: ``task_id``, ``lineage``, ``platform_id``, ``body_id``.
        shared: the number of people is of several schools together.
    """

    school: str = ""
    kind: str = ""
    people: str = ""
    topic: str = ""
    outcome: str = ""
    day: str = ""
    school_id: int | None = None
    deficit_id: int | None = None
    way: str | None = None
    links: Mapping[str, int] = field(default_factory=dict)
    shared: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing was typed."""
        return not any(text.strip() for text in (self.school, self.people, self.topic, self.outcome))


@dataclass(frozen=True, slots=True)
class DeficitChoice:
    """A deficit of a school that help may touch."""

    id: int
    words: str


@dataclass(frozen=True, slots=True)
class HelpDesk:
    """What the dialog knows: read once, when it opens."""

    schools: SchoolIndex
    deficits: Mapping[int, tuple[DeficitChoice, ...]]
    topics: Sequence[tuple[str, int | None]]
    templates: tuple[HelpTemplate, ...]
    latest: HelpLine | None
    helped: Mapping[int, str]

    def topics_for(self, school_id: int | None) -> list[str]:
        """Return topics used before: of this school, then the others, each once."""
        mine = [topic for topic, school in self.topics if school == school_id and school_id is not None]
        return list(dict.fromkeys([*mine, *(topic for topic, _school in self.topics)]))


@dataclass(frozen=True, slots=True)
class Told:
    """How one field was understood; ``sure`` False where something was not."""

    text: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Understood:
    """A draft as it will be written.

    Attributes:
        values: columns of the row.
        marks: column → (as typed, code) of what was not understood.
        told: field of the dialog → how it was understood.
    """

    values: Mapping[str, Any]
    marks: Mapping[str, tuple[str, str]]
    told: Mapping[str, Told]
    school: Known | None


# --- what the dialog knows -----------------------------------------------------------------------------------------


def desk(connection: Connection, day: date, methodist: str | None = None) -> HelpDesk:
    """Return what an entry is understood with.

    Args:
        connection: reading connection.
        day: whose school year's deficits are offered; where it has none, those of the year before.
        methodist: whose last entry can be repeated; of anybody where he has none.
    """
    from app.models import organisations

    merged = organisations.canonical_map(connection)
    last = help_entries.latest(connection, methodist) or help_entries.latest(connection)
    helped: dict[int, str] = {}
    for school, on in help_entries.last_by_school(connection).items():
        key = merged.get(school, school)
        helped[key] = max(on, helped.get(key, ""))
    return HelpDesk(
        help_schools.load(connection), deficits_of(connection, day),
        [(topic, merged.get(school or 0, school)) for topic, school in help_entries.topics(connection)],
        help_templates.offered(connection), None if last is None else help_journal.get(connection, last.id),
        helped,
    )  # fmt: skip


def deficits_of(connection: Connection, day: date) -> dict[int, tuple[DeficitChoice, ...]]:
    """Return canonical school → its deficits in the school year of a day, else in the year before."""
    from app.operations import support_needs

    first = day.year if day.month >= 8 else day.year - 1
    found = support_needs.deficits(connection, first) or support_needs.deficits(connection, first - 1)
    made: dict[int, list[DeficitChoice]] = {}
    for item in found:
        if item.school_id is not None:
            made.setdefault(item.school_id, []).append(DeficitChoice(item.id, item.words))
    return {school: tuple(items) for school, items in made.items()}


# --- understanding -------------------------------------------------------------------------------------------------


def spread(known: HelpDesk, draft: HelpDraft, today: date) -> HelpDraft:
    """Return a draft whose first field holds a whole line as five fields; other drafts as they are."""
    if known.schools.meant(draft.school).one is not None:
        return draft
    found = help_line.read_line(draft.school, today)
    return draft if found is None else filled(draft, found)


def filled(draft: HelpDraft, found: HelpFields) -> HelpDraft:
    """Return a draft with the fields of a line; what the line does not say stays."""
    return replace(
        draft, school=found.school, school_id=None, kind=found.kind or draft.kind, people=found.people or draft.people,
        topic=found.topic or draft.topic, outcome=found.outcome or draft.outcome,
        day=ru_date(found.day) if found.day else found.unread or draft.day,
    )  # fmt: skip


def parted(known: HelpDesk, draft: HelpDraft) -> list[HelpDraft]:
    """Return a draft for each school that its first field names; of one school, or of none, the draft itself.

    How many of «2 учителя» are of which school nobody has said, so it waits in each entry as it was typed; «по 2
    учителя» is so many of each.
    """
    schools = () if known.schools.get(draft.school_id) is not None else known.schools.each(draft.school)
    together = _EACH.search(help_line.folded(draft.people)) is None
    return [replace(draft, school=one.shown, school_id=one.id, shared=together) for one in schools] or [draft]


def understand(known: HelpDesk, draft: HelpDraft, today: date, *, new: bool = False) -> Understood:
    """Tell what a draft says and how it will be written.

    Args:
        known: what it is understood with.
        draft: what was typed.
        today: day of a draft that says none.
        new: several schools will be an entry each (``parted``), which is told.
    """
    drafts = parted(known, draft) if new else [draft]
    if len(drafts) > 1:
        return _of_several(known, drafts, today)
    values: dict[str, Any] = {name: draft.links.get(name) for name in LINKS}
    marks: dict[str, tuple[str, str]] = {}
    told: dict[str, Told] = {}
    day = _day(draft, today, values, marks, told)
    school = _school(known, draft, values, marks, told)
    _kind(draft, values, marks, told)
    _people(draft, values, marks, told)
    _topic(known, draft, school, values, told)
    _outcome(draft, day, values, marks, told)
    values["way"] = draft.way or way_of(values["kind"], draft)
    return Understood(values, marks, told, school)


def _of_several(known: HelpDesk, drafts: list[HelpDraft], today: date) -> Understood:
    found = understand(known, drafts[0], today)
    names = ", ".join(one.school for one in drafts)
    # which deficits there are is told of one school only
    told = {name: one for name, one in found.told.items() if name != "topic"}
    told |= {"school": Told(f"записей будет {len(drafts)}, по одной на школу: {names}")}
    values = {**found.values, "organisation_id": None, "deficit_id": None}
    return Understood(values, found.marks, told, None)


def _day(
    draft: HelpDraft, today: date, values: dict[str, Any], marks: dict[str, tuple[str, str]], told: dict[str, Told]
) -> date:  # fmt: skip
    text = draft.day.strip()
    found = help_line.read_day(text, today) if text else today
    values["held_on"] = None if found is None else found.isoformat()
    if found is None:
        marks["held_on"] = (text, "HELP_DAY")
        told["day"] = Told("не дата: впишите 20.11 или «вчера»", sure=False)
    elif found > today:
        told["day"] = Told("этот день ещё впереди", sure=False)
    return found or today


def _school(
    known: HelpDesk, draft: HelpDraft, values: dict[str, Any], marks: dict[str, tuple[str, str]], told: dict[str, Told]
) -> Known | None:  # fmt: skip
    text = draft.school.strip()
    chosen = known.schools.get(draft.school_id)
    meant = help_schools.Meant(chosen) if chosen is not None else known.schools.meant(text)
    values["organisation_id"] = None if meant.one is None else meant.one.id
    if meant.one is not None:
        told["school"] = Told(_school_words(known, meant.one))
    elif meant.several:
        marks["organisation_id"] = (text, "HELP_SCHOOL_SEVERAL")
        names = ", ".join(one.shown for one in meant.several[:3])
        told["school"] = Told(f"подходят несколько: {names}. Стрелка вниз — выбрать", sure=False)
    elif text:
        marks["organisation_id"] = (text, "HELP_SCHOOL_UNKNOWN")
        told["school"] = Told("такой школы в реестре нет: останется, как вписано, с пометкой", sure=False)
    return meant.one


def _school_words(known: HelpDesk, school: Known) -> str:
    parts = [school.shown, *([school.detail] if school.detail else [])]
    number = len(known.deficits.get(school.id, ()))
    parts += [f"дефицитов{NBSP}{number}"] if number else []
    last = known.helped.get(school.id)
    parts.append(f"последняя помощь {ru_date(last)}" if last else "помощи ещё не было")
    return " · ".join(parts)


def _kind(
    draft: HelpDraft, values: dict[str, Any], marks: dict[str, tuple[str, str]], told: dict[str, Told]
) -> None:  # fmt: skip
    text = draft.kind.strip()
    found = text if text in HELP_WORDS else help_line.kind_of(text)
    values["kind"] = found or "consultation"
    if text and found is None:
        marks["kind"] = (text, "HELP_KIND")
        told["kind"] = Told("вид не понят: впишите выезд, консультация, урок или тьюторство", sure=False)


def _people(
    draft: HelpDraft, values: dict[str, Any], marks: dict[str, tuple[str, str]], told: dict[str, Told]
) -> None:  # fmt: skip
    text = draft.people.strip()
    whom = help_line.read_people(text)
    values |= {"people": whom.people, "audience": whom.audience, "subject": whom.subject or None}
    values["note"] = f"{_WHOM_NOTE}{text}" if whom.rest or whom.several else None
    if not text:
        return
    if draft.shared and whom.people is not None:
        values["people"] = None
        marks["people"] = (text, "HELP_PEOPLE_SHARED")
        told["people"] = Told("сколько из какой школы, не сказано: останется с пометкой. «По 2 учителя» — это в каждой",
                              sure=False)  # fmt: skip
        return
    if whom.people is None and whom.audience is None:
        marks["people"] = (text, "HELP_PEOPLE")
        told["people"] = Told("не понято, сколько и кого: останется, как вписано, с пометкой", sure=False)
        return
    parts = [people_shown(whom.people, whom.audience)]
    parts += [f"предмет: {whom.subject}"] if whom.subject else []
    parts += ["сколько, не сказано"] if whom.people is None else []
    aside = whom.rest or (text if whom.several else "")
    parts += [f"{quoted(aside)} пойдёт в примечание"] if aside else []
    told["people"] = Told(" · ".join(parts), sure=whom.people is not None)


def people_shown(people: int | None, audience: str | None) -> str:
    """Return «3 учителя»; a dash where nothing is known."""
    return help_line.people_words(people, audience) or DASH


def _topic(
    known: HelpDesk, draft: HelpDraft, school: Known | None, values: dict[str, Any], told: dict[str, Told]
) -> None:  # fmt: skip
    text = draft.topic.strip()
    asked, said = _deficit_asked(text)
    choices = known.deficits.get(school.id, ()) if school is not None else ()
    found = next((one for one in choices if one.id == draft.deficit_id), None) if draft.deficit_id else None
    found = found or _deficit(choices, said, loosely=asked)
    values |= {"topic": said or None, "deficit_id": None, "deficit": None}
    if found is not None:
        values |= {"deficit_id": found.id, "deficit": found.words}
        told["topic"] = Told(f"дефицит школы: {found.words}")
    elif asked and said:
        values["deficit"] = said
        where = "у школы в реестре нет" if school is not None else "без школы не найти"
        told["topic"] = Told(f"такого дефицита {where}: запишется словами", sure=False)
    elif not text and choices:
        told["topic"] = Told(f"у школы {count(len(choices), 'дефицит', 'дефицита', 'дефицитов')}: стрелка вниз")


def _deficit_asked(text: str) -> tuple[bool, str]:
    """Return whether a topic is said to be a deficit, and the topic without that word."""
    head, colon, rest = text.partition(":")
    if colon and help_line.folded(head.strip()).startswith(_DEFICIT):
        return True, rest.strip()
    return False, text


def _deficit(choices: Iterable[DeficitChoice], said: str, *, loosely: bool) -> DeficitChoice | None:
    """Return the deficit so named; where a deficit is asked for, the only one whose words are those said."""
    told = fold(said)
    if not told:
        return None
    same = [one for one in choices if told in {fold(one.words), fold(one.words.partition(": ")[2])}]
    if len(same) == 1 or not loosely:
        return same[0] if len(same) == 1 else None
    from app.operations.support_offers import stems

    wanted = stems(said)
    near = [one for one in choices if wanted and wanted <= stems(one.words)]
    return near[0] if len(near) == 1 else None


def _outcome(
    draft: HelpDraft, day: date, values: dict[str, Any], marks: dict[str, tuple[str, str]], told: dict[str, Told]
) -> None:  # fmt: skip
    found = help_line.read_outcome(draft.outcome, day)
    values |= {"outcome": found.outcome or None, "next_step": found.step or None, "next_on": found.on}
    if found.unread:
        marks["next_on"] = (found.unread, "HELP_DAY")
        told["outcome"] = Told(f"{quoted(found.unread)} — не дата: шаг останется без срока, с пометкой", sure=False)
    elif found.on or found.step:
        when = ru_date(found.on) if found.on else "без срока"
        told["outcome"] = Told(f"следующий шаг: {when}" + (f", {found.step}" if found.step else ""), bool(found.on))
    elif help_line.find_day(found.outcome, day) is not None:
        told["outcome"] = Told("дата останется в тексте: чтобы шаг стал напоминанием, поставьте перед ним →")


_WAYS = (
    ("phone", ("телефон", "позвон", "звонок")),
    ("online", ("онлайн", "видео", "вебкам", "сферум", "дистанц")),
    ("letter", ("письмом", "по почте", "электронн")),
)


def way_of(kind: str, draft: HelpDraft) -> str | None:
    """Return how help was given where the kind or a word of the texts says it."""
    told = help_line.folded(f"{draft.topic} {draft.outcome.partition('→')[0]} {draft.people}")
    named = next((way for way, words in _WAYS if any(word in told for word in words)), None)
    return named or ("school" if kind in {"visit", "lesson"} else None)


def trouble(raw: str, code: str) -> str:
    """Return what is wrong with an entry that was kept as it was typed."""
    return problem(code, raw=raw, query=raw, names="", known=", ".join(HELP_WORDS.values())).message
