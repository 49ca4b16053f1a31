"""The legal base of the work with schools: what is settled by a document, what is not, what has run out (004, §1.5).

Topics come from the source documents and stand in ``resources/monitoring/legal_topics.toml`` with the place of each.
Which of them are needed is our reading and is said so. Beside them stand the problems of the programme: 004 asks
whether every problem has its rules.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

from app import school_years
from app.models import lists, people, programmes
from app.models import registers as tables
from app.models.store import Connection, Store
from app.operations import registers
from app.operations.decisions import document_name
from app.operations.programmes import title_in
from app.operations.register_catalogue import LEVEL_WORDS
from app.paths import resources
from app.texts import NBSP, count, ru_date, school_year

State = Literal["have", "soon", "old", "expired", "missing", "optional"]
STATE_WORDS: dict[State, str] = {
    "have": "есть",
    "soon": "скоро истечёт",
    "old": "нет на этот год",
    "expired": "срок истёк",
    "missing": "нет документа",
    "optional": "нет, по случаю",
}
ENDS_SOON = 60
"""How many days before its end an act is named: a new one takes weeks to agree."""
GAPS: frozenset[State] = frozenset({"old", "expired", "missing"})


@dataclass(frozen=True, slots=True)
class Topic:
    """What should be settled by a document.

    Attributes:
        need: «must» or «may» (where the case arises).
        yearly: it is settled anew each school year.
        words: other names a person may write for it.
        source, quote: place and words of the source; "" for a problem of the programme and a topic of one's own.
        group: «Документы-источники», «Проблемы программы», «Свои темы».
    """

    key: str
    title: str
    need: Literal["must", "may"]
    yearly: bool
    words: tuple[str, ...]
    hint: str
    source: str
    quote: str
    group: str = "Документы-источники"


@dataclass(frozen=True, slots=True)
class Act:
    """A document of the base.

    Attributes:
        name: «приказ № 5 от 01.09.2026»; ``about``: its title.
        current: in force on the day; ``ends``: its last day, ``left``: days to it (below nought: it has passed).
        faults: what is missing in its entry.
    """

    id: int
    name: str
    about: str
    level: str
    topic: str
    regulates: str
    dated: str | None
    ends: str | None
    left: int | None
    current: bool
    school_id: int | None
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A topic with its documents, the newest first, and how it stands."""

    topic: Topic
    state: State
    word: str
    acts: tuple[Act, ...]


@dataclass(frozen=True, slots=True)
class LegalBase:
    """The legal base on a day.

    Attributes:
        lines: topics in their order.
        acts: every document; ``expired`` and ``faulty``: how many have run out, lack something.
        needed, covered: topics that are needed, and have a document in force.
        stray: documents without a topic.
    """

    school_year: int
    lines: tuple[TopicLine, ...]
    acts: tuple[Act, ...]
    needed: int
    covered: int
    expired: int
    faulty: int
    stray: tuple[Act, ...]

    @property
    def gaps(self) -> tuple[TopicLine, ...]:
        """Needed topics without a document in force."""
        return tuple(line for line in self.lines if line.topic.need == "must" and line.state in GAPS)


@dataclass(frozen=True, slots=True)
class Known:
    """A document the file knows from elsewhere and the base does not have yet."""

    key: str
    words: str
    values: Mapping[str, Any]


# --- topics ------------------------------------------------------------------------------------------------------


@cache
def topics() -> tuple[Topic, ...]:
    """Return the topics of the source documents."""
    data = tomllib.loads((resources() / "monitoring" / "legal_topics.toml").read_text(encoding="utf-8"))
    return tuple(
        Topic(item["key"], item["title"], item["need"], item["every"] == "year", tuple(item["words"]), item["hint"],
              item["source"], item["quote"])
        for item in data["topic"]
    )  # fmt: skip


@cache
def note() -> str:
    """Return what the list of topics says of itself."""
    data = tomllib.loads((resources() / "monitoring" / "legal_topics.toml").read_text(encoding="utf-8"))
    return str(data["note"])


def _fold(text: str) -> str:
    return " ".join(text.casefold().replace("ё", "е").split()).strip(" .")


def topic_of(text: str) -> Topic | None:
    """Return the topic of the sources that a word of the column «Тема» means."""
    wanted = _fold(text)
    for topic in topics():
        if wanted == topic.key or wanted in {_fold(word) for word in (topic.title, *topic.words)}:
            return topic
    return None


# --- reading -----------------------------------------------------------------------------------------------------


def table(connection: Connection, school_year: int, day: date) -> LegalBase:
    """Return topics with their documents and what is missing.

    Args:
        connection: reading connection.
        school_year: first calendar year; topics settled each year need a document of this one.
        day: today.
    """
    acts = tuple(_act(row, day) for row in registers.rows(connection, "acts"))
    acts = tuple(sorted(acts, key=lambda act: act.dated or "", reverse=True))
    by_topic: dict[str, list[Act]] = {}
    for act in acts:
        for word in _topics_of(act):
            found = topic_of(word)
            by_topic.setdefault(found.key if found is not None else _fold(word), []).append(act)
    lines = [_line(topic, by_topic.pop(topic.key, ()), school_year) for topic in topics()]
    lines += [_line(problem, by_topic.pop(problem.key, ()), school_year) for problem in _problems(connection)]
    lines += [_line(_own(found[0], key), found, school_year) for key, found in by_topic.items()]
    needed = [line for line in lines if line.topic.need == "must"]
    return LegalBase(
        school_year, tuple(lines), acts, len(needed), sum(line.state in {"have", "soon"} for line in needed),
        sum(not act.current for act in acts), sum(bool(act.faults) for act in acts),
        tuple(act for act in acts if not _topics_of(act)),
    )  # fmt: skip


def _topics_of(act: Act) -> list[str]:
    return [word for word in (part.strip() for part in act.topic.split(";")) if word]


def _own(act: Act, key: str) -> Topic:
    title = next((word for word in _topics_of(act) if _fold(word) == key), key)
    return Topic(key, title, "may", False, (), "", "", "", "Свои темы")


def _problems(connection: Connection) -> list[Topic]:
    """Return the problems of the programme in force: 004 asks whether each of them has its rules."""
    from app.operations import programmes as programme_lists

    key = programme_lists.current(connection)
    nodes = programmes.nodes(connection, key) if key is not None else ()
    return [
        Topic(_fold(node.text), node.text, "may", False, (), "Каким документом урегулирована эта проблема.",
              "рекомендации 2023 года, §1.5", "все ли проблемные зоны имеют нормативное регулирование",
              "Проблемы программы")
        for node in nodes
        if node.kind == "problem" and node.text.strip()
    ]  # fmt: skip


def _act(row: Mapping[str, Any], day: date) -> Act:
    ends = row["date_to"]
    left = (date.fromisoformat(ends) - day).days if ends else None
    begun = not row["date_from"] or row["date_from"] <= day.isoformat()
    faults = [f"нет {word}" for name, word in _LACKING if not row[name]]
    faults += [] if row["topic"] else ["не указана тема"]
    return Act(
        row["id"], act_name(row), row["title"] or "", LEVEL_WORDS.get(row["level"] or "", ""), row["topic"] or "",
        row["regulates"] or "", row["dated"], ends, left, begun and (left is None or left >= 0),
        row["organisation_id"], tuple(faults),
    )  # fmt: skip


_LACKING = (
    ("number", "номера"), ("dated", "даты"), ("title", "названия"), ("regulates", "слов о том, что регулирует"),
)  # fmt: skip


def act_name(row: Mapping[str, Any]) -> str:
    """Return «приказ № 5 от 01.09.2026» of a stored document."""
    name = (row["kind"] or "документ").strip()
    name += f" №{NBSP}{row['number']}" if row["number"] else ""
    return f"{name} от{NBSP}{ru_date(row['dated'])}" if row["dated"] else name


def _of_year(act: Act, year: int) -> bool:
    """Tell whether a document speaks of a school year: dated in it, or said to hold in it."""
    first, last = school_years.iso_days_of(year)
    if act.dated is not None and first <= act.dated <= last:
        return True
    return act.ends is not None and act.ends >= first and (act.dated or "") <= last


def _line(topic: Topic, acts: Iterable[Act], year: int) -> TopicLine:
    found = tuple(acts)
    current = [act for act in found if act.current]
    fitting = [act for act in current if not topic.yearly or _of_year(act, year)]
    state: State
    if fitting:
        ending = [act for act in fitting if act.left is not None and act.left <= ENDS_SOON]
        state = "soon" if len(ending) == len(fitting) else "have"
        lefts = [act.left for act in ending if act.left is not None]
        word = _ends(max(lefts)) if state == "soon" else _have(fitting)
    elif current:
        state, word = "old", f"на {school_year(year)} нет"
    elif found:
        state, word = "expired", STATE_WORDS["expired"]
    else:
        state = "missing" if topic.need == "must" else "optional"
        word = STATE_WORDS[state] if topic.group == "Документы-источники" else "не урегулирована"
    return TopicLine(topic, state, word, found)


def _ends(left: int) -> str:
    return f"истечёт через {count(left, 'день', 'дня', 'дней')}" if left else "истекает сегодня"


def _have(acts: Sequence[Act]) -> str:
    return "есть" if len(acts) == 1 else f"есть, {count(len(acts), 'документ', 'документа', 'документов')}"


# --- documents the file knows already ----------------------------------------------------------------------------


def known(connection: Connection) -> tuple[Known, ...]:
    """Return documents that stand elsewhere in the file and not in the base yet.

    They are: acts approving programmes and lists of schools, acts about groups, orders among the decisions.
    """
    have = {(_fold(row["number"] or ""), row["dated"]) for row in registers.rows(connection, "acts")}
    titles = {_fold(row["title"] or "") for row in registers.rows(connection, "acts")}
    numbered = {number for number, _dated in have if number}
    makers: tuple[Callable[[Connection], Iterable[Known]], ...] = (_of_programmes, _of_lists, _of_bodies, _of_orders)
    return tuple(
        item
        for make in makers
        for item in make(connection)
        if _fold(item.values["title"]) not in titles
        and (_fold(item.values.get("number", "")), item.values.get("dated")) not in have
        and not (item.key.startswith("body") and any(f"№ {one}" in _fold(item.values["title"]) for one in numbered))
    )


def _known(key: str, values: Mapping[str, Any]) -> Known:
    row = {"kind": None, "number": None, "dated": None} | dict(values)
    return Known(key, f"{act_name(row)}: {values['title']}", {one: value for one, value in values.items() if value})


def _of_programmes(connection: Connection) -> Iterable[Known]:
    for item in programmes.programmes(connection):
        if item.frozen and item.act_number:
            municipal = item.kind == "municipal"
            yield _known(f"programme:{item.id}", {
                "level": "municipal" if municipal else "school", "kind": item.act_kind, "number": item.act_number,
                "dated": item.act_date, "title": f"Об утверждении {title_in(item.title, item.document, 'genitive')}",
                "topic": topics_by_key()["programme" if municipal else "school_programmes"].title,
                "regulates": "цель, задачи, мероприятия и сроки программы", "date_to": item.limits[1],
                "organisation_id": item.organisation_id,
            })  # fmt: skip


def _of_lists(connection: Connection) -> Iterable[Known]:
    for item in lists.approvals(connection):
        if item.cancelled_at is None and item.order_number:
            yield _known(f"list:{item.id}", {
                "level": "municipal", "kind": "приказ", "number": item.order_number, "dated": item.order_date,
                "title": f"Об утверждении списка школ за {item.year} год", "topic": topics_by_key()["list"].title,
                "regulates": "какие школы получают поддержку", "issuer": item.issuer,
            })  # fmt: skip


def _of_bodies(connection: Connection) -> Iterable[Known]:
    for item in people.bodies(connection):
        if item.act and item.date_to is None:
            yield _known(f"body:{item.id}", {
                "level": "municipal", "kind": "документ", "title": f"{item.name}: {item.act}",
                "topic": topics_by_key()["group"].title, "regulates": "состав и работа группы",
                "dated": item.date_from,
            })  # fmt: skip


def _of_orders(connection: Connection) -> Iterable[Known]:
    for row in tables.rows(connection, "decision_document", {"kind": "order"}, ("dated",)):
        if row["number"]:
            yield _known(f"order:{row['id']}", {
                "level": "municipal", "kind": "приказ", "number": row["number"], "dated": row["dated"],
                "title": row["title"] or document_name(row),
            })  # fmt: skip


def topics_by_key() -> dict[str, Topic]:
    """Return key → topic."""
    return {topic.key: topic for topic in topics()}


def take(store: Store, keys: Iterable[str]) -> int:
    """Write documents the file knows into the base: one operation; returns how many."""
    wanted = set(keys)
    found = [item for item in known(store.connection) if item.key in wanted]
    if found:
        told = count(len(found), "документ", "документа", "документов")
        with store.operation(f"Правовая база: внесено из файла, {told}", "acts.take") as operation:
            for item in found:
                registers.add_in(operation, "acts", {}, **item.values)
    return len(found)
