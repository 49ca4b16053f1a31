"""Mentoring: pairs by name for the file itself, young teachers by school as counts for everybody else (002, раздел 2).

Pairs and counts are kept apart, for they come from different hands. Where the two disagree, that is said and nothing is
mended. Merged schools count under the record they were merged into.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app import school_years
from app.errors import UserError
from app.models import mentoring as stored
from app.models import organisations
from app.models import registers as rows
from app.models.mentoring import Pair, YoungCount
from app.models.store import Connection, Store
from app.operations import registers
from app.operations.register_work_mentoring import FORM_WORDS, STATE_WORDS
from app.texts import DASH, NBSP, capital, count, ru_date

NOT_NAMED = "не назван"
YOUNG_YEARS = 3
"""«в первые три года практической деятельности» (002, региональные показатели поддержки молодых педагогов)."""
SILENT_DAYS = 60
"""So many days without a meeting, and with none ahead, are worth a word."""
NO_SCHOOL = "Школа не указана"
YOUNG_FORM = "teacher"
FIGURES = ("young", "first_year", "mentored", "left_school", "pupil_pairs")
"""Columns of the counts, in the order in which papers show them."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not agree; ``named``: the sentence names people and stays inside."""

    school_id: int | None
    text: str
    named: bool = False
    pair_id: int | None = None


@dataclass(frozen=True, slots=True)
class PairLine:
    """A pair as the screen and the papers know it.

    Attributes:
        school_id: canonical record of the mentee's school; ``mentor_school`` "" where it is the same or unknown.
        held: meetings of this school year that took place; ``waiting``: planned ones that did not.
        last, next: days of the last meeting held and of the first one that waits.
        late: the next one is overdue.
    """

    pair: Pair
    school_id: int | None
    school: str
    mentor_school: str
    held: int
    waiting: int
    last: str | None
    next: str | None
    late: bool

    @property
    def form(self) -> str:
        """The form in the words of its source."""
        return FORM_WORDS.get(self.pair.form, self.pair.form)

    @property
    def state(self) -> str:
        """The state in words."""
        return STATE_WORDS.get(self.pair.state, self.pair.state)

    @property
    def title(self) -> str:
        """«Ким О. В. → Петров А. А.»; who is not known is told as such."""
        return f"{self.pair.mentor or 'наставник не указан'} → {self.pair.mentee or 'не указано, кому'}"

    @property
    def running(self) -> bool:
        """The pair belongs to the work of the year: it runs or has run to its end."""
        return self.pair.state in {"active", "ended"}


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """One school of the summary: what it says, what its pairs say."""

    school_id: int | None
    school: str
    counts: YoungCount | None
    pairs: tuple[PairLine, ...]
    findings: tuple[Finding, ...]

    def figure(self, name: str) -> int | None:
        """Return a figure of the school; None where it says nothing."""
        return None if self.counts is None else getattr(self.counts, name)

    @property
    def running(self) -> tuple[PairLine, ...]:
        """Pairs of the year that run or have run to their end."""
        return tuple(line for line in self.pairs if line.running)

    @property
    def held(self) -> int:
        """Meetings of the year."""
        return sum(line.held for line in self.pairs)


@dataclass(frozen=True, slots=True)
class Total:
    """A sum over the schools that say the figure: ``value`` None where nobody does."""

    value: int | None
    said: int
    of: int

    @property
    def whole(self) -> bool:
        """Every school says it."""
        return self.said == self.of

    @property
    def words(self) -> str:
        """«12», «12 по 5 школам из 7», «—»."""
        if self.value is None:
            return DASH
        part = "" if self.whole else f" по{NBSP}{count(self.said, 'школе', 'школам', 'школам')} из{NBSP}{self.of}"
        return f"{self.value}{part}"


@dataclass(frozen=True, slots=True)
class Board:
    """Mentoring of a school year."""

    school_year: int
    lines: tuple[SchoolLine, ...]

    @property
    def pairs(self) -> tuple[PairLine, ...]:
        """Pairs of the year."""
        return tuple(line for school in self.lines for line in school.pairs)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that does not agree."""
        return tuple(one for line in self.lines for one in line.findings)

    def total(self, name: str) -> Total:
        """Return a figure of all schools; ``name`` of ``FIGURES``."""
        schools = [line for line in self.lines if line.school_id is not None]
        said = [value for line in schools if (value := line.figure(name)) is not None]
        return Total(sum(said) if said else None, len(said), len(schools))

    @property
    def running(self) -> int:
        """How many pairs run or have run to their end."""
        return sum(len(line.running) for line in self.lines)

    @property
    def mentors(self) -> int:
        """Different mentors of these pairs; unnamed ones are left out."""
        return len({line.pair.mentor_id for line in self.pairs if line.running and line.pair.mentor_id is not None})

    @property
    def held(self) -> int:
        """Meetings of the year."""
        return sum(line.held for line in self.lines)

    @property
    def sentence(self) -> str:
        """The state in one line."""
        if not self.pairs and not any(line.counts for line in self.lines):
            return "Пар и сведений школ за этот учебный год нет."
        young = self.total("young")
        parts = [f"молодых педагогов {young.words}" if young.value is not None else "сведений школ нет"]
        parts.append(count(self.running, "пара", "пары", "пар") if self.running else "пар нет")
        parts.append(f"встреч {self.held}")
        late = sum(line.late for line in self.pairs)
        if late:
            parts.append(f"просрочено встреч: {late}")
        if self.findings:
            parts.append(f"не сходится: {len(self.findings)}")
        return capital(" · ".join(parts))


# --- reading -----------------------------------------------------------------------------------------------------


def in_year(pair: Pair, year: int) -> bool:
    """Tell whether a pair belongs to a school year by its term; one without a beginning has always been there."""
    first, last = school_years.iso_days_of(year)
    return (pair.date_from or first) <= last and (pair.date_to or last) >= first


def board(connection: Connection, year: int, day: date) -> Board:
    """Return pairs and counts of a school year by school.

    Args:
        connection: reading connection.
        year: first calendar year of the school year.
        day: what counts as today.

    Returns:
        own schools at work, and every other that has a pair or a count; the school order of the file.
    """
    shown = {school.id: school.shown for school in organisations.listing(connection, own=None, kind=None)}
    merged = organisations.canonical_map(connection)
    found: dict[int | None, list[PairLine]] = {}
    for pair in stored.pairs(connection):
        if in_year(pair, year):
            line = _line(pair, year, day.isoformat(), shown, merged)
            found.setdefault(line.school_id, []).append(line)
    counts: dict[int | None, list[YoungCount]] = {}
    for row in stored.young_counts(connection, year):
        key = row.organisation_id
        counts.setdefault(None if key is None else merged.get(key, key), []).append(row)
    own = [school.id for school in organisations.listing(connection) if school.status == "active"]
    others = {*found, *counts} - set(own)
    rank = {key: place for place, key in enumerate(shown)}
    keys = [*own, *sorted(others, key=lambda key: rank.get(key or 0, len(rank)))]
    return Board(year, tuple(
        _school(key, shown.get(key or 0, NO_SCHOOL), _sorted(key, counts.get(key, [])), found.get(key, []), day)
        for key in keys
    ))  # fmt: skip


def _sorted(key: int | None, rows: Sequence[YoungCount]) -> list[YoungCount]:
    """Return the counts of a school, first the one that speaks: the school's own record, then the earliest row."""
    return sorted(rows, key=lambda row: row.organisation_id != key)


def _line(pair: Pair, year: int, today: str, shown: Mapping[int, str], merged: Mapping[int, int]) -> PairLine:
    first, last = school_years.iso_days_of(year)
    school = None if pair.school_id is None else merged.get(pair.school_id, pair.school_id)
    mentors = None if pair.mentor_school_id is None else merged.get(pair.mentor_school_id, pair.mentor_school_id)
    held = [one.held_on for one in pair.meetings if one.held_on is not None and first <= one.held_on <= last]
    waiting = [one for one in pair.meetings if one.held_on is None] if pair.state in {"planned", "active"} else []
    days = sorted(one.planned_on for one in waiting if one.planned_on is not None)
    ahead = days[0] if days else None
    return PairLine(
        pair, school, NO_SCHOOL if school is None else shown.get(school, NO_SCHOOL),
        "" if mentors in {None, school} else shown.get(mentors or 0, ""), len(held), len(waiting),
        max(held, default=None), ahead, ahead is not None and ahead < today,
    )  # fmt: skip


def _school(
    key: int | None, name: str, rows: Sequence[YoungCount], pairs: Sequence[PairLine], day: date
) -> SchoolLine:  # fmt: skip
    if key is None:
        # figures of nobody are no figures of a school: they are told of and wait
        nobody = [Finding(None, f"Сведения без школы: {count(len(rows), 'строка', 'строки', 'строк')}. В свод они не "
                                "вошли, впишите школу.")] if rows else []  # fmt: skip
        return SchoolLine(None, name, None, tuple(pairs), (*nobody, *_of_pairs(None, pairs, day)))
    counts = rows[0] if rows else None
    findings = [*_of_counts(key, rows), *_against_pairs(key, counts, pairs), *_of_pairs(key, pairs, day)]
    return SchoolLine(key, name, counts, tuple(pairs), tuple(findings))


# --- what does not agree -----------------------------------------------------------------------------------------


def _of_counts(key: int | None, rows: Sequence[YoungCount]) -> Iterable[Finding]:
    for row in rows[:1]:
        if row.young is None:
            continue
        for value, words in ((row.mentored, "с наставником"), (row.first_year, "работающих первый год")):
            if value is not None and value > row.young:
                yield Finding(key, f"Молодых педагогов {row.young}, а {words} больше: {value}.")
    if len(rows) > 1:
        said = " и ".join(DASH if row.young is None else str(row.young) for row in rows)
        yield Finding(key, f"Сведения за год записаны {count(len(rows), 'раз', 'раза', 'раз')}: молодых педагогов "
                           f"{said}. В свод вошла первая запись.")  # fmt: skip


def _against_pairs(key: int | None, row: YoungCount | None, pairs: Sequence[PairLine]) -> Iterable[Finding]:
    """Compare what the school says with the pairs «опытный педагог – молодой специалист» that are written down."""
    if row is None or row.mentored is None:
        return
    known = mentees(line.pair for line in pairs if line.running and line.pair.form == YOUNG_FORM)
    if known != row.mentored:
        yield Finding(key, f"По сведениям школы с наставником {row.mentored}, а в парах молодых специалистов {known}.")


def mentees(pairs: Iterable[Pair]) -> int:
    """Return how many different people are helped; where nobody is named, each pair is one."""
    found = list(pairs)
    return len({pair.mentee_id for pair in found if pair.mentee_id is not None}) + sum(
        pair.mentee_id is None for pair in found
    )


def _of_pairs(key: int | None, pairs: Sequence[PairLine], day: date) -> Iterable[Finding]:
    today = day.isoformat()
    seen: dict[tuple[int, str], PairLine] = {}
    for line in pairs:
        pair = line.pair
        for text in _of_pair(line, today, day):
            yield Finding(key, text, named=True, pair_id=pair.id)
        if pair.state == "active" and pair.mentee_id is not None:
            other = seen.setdefault((pair.mentee_id, pair.form), line)
            if other is not line and other.pair.mentor_id != pair.mentor_id:
                first, second = other.pair.mentor or NOT_NAMED, (pair.mentor or NOT_NAMED).rstrip(".")
                yield Finding(key, f"{pair.mentee}: два наставника одной формы — {first} и {second}.",
                              named=True, pair_id=pair.id)  # fmt: skip


def _of_pair(line: PairLine, today: str, day: date) -> Iterable[str]:
    pair = line.pair
    if pair.mentor_id is not None and pair.mentor_id == pair.mentee_id:
        yield f"{pair.mentor}: наставник и подопечный — один человек."
    if pair.date_from and pair.date_to and pair.date_from > pair.date_to:
        yield f"{line.title}: пара кончается раньше, чем начинается."
    if pair.state == "active" and pair.date_to is not None and pair.date_to < today:
        yield f"{line.title}: срок пары кончился {ru_date(pair.date_to)}, а она отмечена как работающая."
    if (
        pair.state == "active"
        and pair.form == YOUNG_FORM
        and pair.works_since
        and _years(pair.works_since, day) >= YOUNG_YEARS
    ):
        yield (f"{line.title}: подопечный работает с{NBSP}{ru_date(pair.works_since)}, молодым специалистом считают "
               "первые три года.")  # fmt: skip


def _years(since: str, day: date) -> int:
    begun = date.fromisoformat(since)
    return day.year - begun.year - ((day.month, day.day) < (begun.month, begun.day))


def attention(line: PairLine, day: date) -> str:
    """Return what to do next with a pair: overdue meeting, silence; "" where all is well or the pair is over."""
    pair = line.pair
    if line.late and line.next is not None:
        return f"Встреча {ru_date(line.next)} не отмечена: прошла или перенесена?"
    if pair.state != "active" or line.next is not None:
        return ""
    since = line.last or pair.date_from
    if since is None:
        return "Встреч не записано. Составьте план пары."
    if (day - date.fromisoformat(since)).days < SILENT_DAYS:
        return "" if line.last else "Встреч не записано. Составьте план пары."
    return f"Встреч не было с{NBSP}{ru_date(since)}, и новых в плане нет."


# --- doing -------------------------------------------------------------------------------------------------------


def hold(store: Store, pair: int, day: date, text: str = "") -> int:
    """Mark the meeting of a pair as held: the first that waits, a new one where none does; returns its key.

    Raises:
        UserError: ``MENT_NO_PAIR``.
    """
    found = stored.pair(store.connection, pair)
    if found is None:
        raise UserError("MENT_NO_PAIR")
    waiting = [one for one in found.meetings if one.held_on is None]
    waiting.sort(key=lambda one: (one.planned_on is None, one.planned_on or ""))
    values = {"held_on": day.isoformat()} | ({"outcome": text} if text else {})
    with store.operation("Встреча наставнической пары отмечена", "mentoring.hold") as operation:
        if waiting:
            row = rows.row(store.connection, "mentor_meeting", waiting[0].id) or {}
            registers.write_in(operation, "mentor_meeting", row, values)
            return waiting[0].id
        return registers.add_in(operation, "mentor_meetings", {"pair_id": pair}, **values)


PLAN: tuple[tuple[int, str], ...] = (
    (9, "Знакомство: трудности и ожидания, план работы на год"),
    (10, "Посещение урока наставника и разбор"),
    (11, "Посещение урока подопечного и разбор"),
    (12, "Оценивание и работа с отстающими: приёмы и документы"),
    (2, "Открытый урок подопечного"),
    (4, "Итоги года: что получилось, что дальше"),
)
"""Month and topic of an ordinary plan of a pair: our own words, to be changed by whoever wants."""
_PLAN_DAY = 15


def plan(store: Store, pair: int, year: int) -> int:
    """Give a pair the ordinary plan of a school year; months that have a planned meeting are left as they are.

    Args:
        store: the open file.
        pair: key.
        year: first calendar year of the school year.

    Returns:
        how many meetings were added; none is no operation.

    Raises:
        UserError: ``MENT_NO_PAIR``.
    """
    found = stored.pair(store.connection, pair)
    if found is None:
        raise UserError("MENT_NO_PAIR")
    taken = {(one.planned_on or one.held_on or "")[:7] for one in found.meetings}
    days = [
        (date(year + (month < school_years.FIRST_MONTH), month, _PLAN_DAY).isoformat(), topic) for month, topic in PLAN
    ]
    fresh = [(day, topic) for day, topic in days if day[:7] not in taken and _within(found, day)]
    if not fresh:
        return 0
    with store.operation("Составлен план наставнической пары", "mentoring.plan") as operation:
        for day, topic in fresh:
            registers.add_in(operation, "mentor_meetings", {"pair_id": pair}, planned_on=day, topic=topic)
    return len(fresh)


def _within(pair: Pair, day: str) -> bool:
    return (pair.date_from or day) <= day <= (pair.date_to or day)


def take(store: Store, year: int, schools: Iterable[int]) -> int:
    """Begin lines of counts for schools that have none in a school year; returns how many were begun.

    Figures stay empty: nobody has said them.
    """
    merged = organisations.canonical_map(store.connection)
    have = {merged.get(row.organisation_id, row.organisation_id) for row in stored.young_counts(store.connection, year)
            if row.organisation_id is not None}  # fmt: skip
    fresh = [key for key in dict.fromkeys(schools) if merged.get(key, key) not in have]
    if not fresh:
        return 0
    with store.operation("Начаты строки о молодых педагогах", "mentoring.take") as operation:
        for key in fresh:
            registers.add_in(operation, "young_counts", {"school_year": year}, organisation_id=key)
    return len(fresh)


def figures(connection: Connection, year: int, day: date) -> dict[str, int | None]:
    """Return the counts that may go upward: no names, None where nobody says.

    Keys are those of ``FIGURES``, ``pairs``, ``mentors``, ``meetings``.
    """
    found = board(connection, year, day)
    made: dict[str, int | None] = {name: found.total(name).value for name in FIGURES}
    return made | {"pairs": found.running, "mentors": found.mentors, "meetings": found.held}


FIGURE_WORDS: Mapping[str, str] = {
    "young": "молодых педагогов",
    "first_year": "из них первый год",
    "mentored": "с наставником",
    "left_school": "ушли за год",
    "pupil_pairs": "пар «ученик – ученик»",
}
"""Figures as sentences call them."""
