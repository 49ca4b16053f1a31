"""How far the agreement of a list has come: steps, what is missing, what contradicts itself. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from app.models.agreement import Meeting, Member, Party, Protocol, RoadMapItem, Stored
from app.models.lists import Approval
from app.texts import NBSP, count, plural, ru_date

StepState = Literal["done", "waiting", "open"]
STATE_WORDS: dict[StepState, str] = {"done": "сделано", "waiting": "ждёт", "open": "не начато"}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way of a list: «done», «waiting» (begun, something is still missing) or «open»."""

    key: str
    title: str
    state: StepState
    words: str


@dataclass(frozen=True, slots=True)
class Votes:
    """Votes for, against, abstained."""

    votes_for: int = 0
    against: int = 0
    abstained: int = 0


@dataclass(frozen=True, slots=True)
class ListFacts:
    """What the agreement needs to know of the list itself.

    Attributes:
        listed: schools in the list, None where the year has no results.
        schools: all schools.
        corrected: corrections of the experts.
        known_since: ISO day since which the list is what it is.
    """

    listed: int | None
    schools: int
    corrected: int
    known_since: str | None = None


def counted(members: Iterable[Member]) -> Votes | None:
    """Return the votes as the members gave them; None where no member's vote is written down."""
    given = [member.vote for member in members if member.vote in {"for", "against", "abstained"}]
    return Votes(given.count("for"), given.count("against"), given.count("abstained")) if given else None


def entered(protocol: Protocol | None) -> Votes | None:
    """Return the votes as they were entered; None where none was."""
    if protocol is None:
        return None
    typed = (protocol.votes_for, protocol.votes_against, protocol.votes_abstained)
    return None if all(number is None for number in typed) else Votes(*(number or 0 for number in typed))


def votes(protocol: Protocol | None) -> Votes | None:
    """Return the votes of a protocol: those entered, else those counted from the members."""
    return entered(protocol) or (counted(protocol.members) if protocol else None)


def votes_text(found: Votes) -> str:
    """Return «за 5, против 0, воздержались 1»."""
    return f"за {found.votes_for}, против {found.against}, воздержались {found.abstained}".replace(" ", NBSP).replace(
        f",{NBSP}", ", "
    )


def name_of(party: Party) -> str:
    """Return how a party is called where it has no name yet."""
    return party.name or "сторона без названия"


def answered(party: Party) -> bool:
    """Tell whether a party has answered."""
    return party.answer is not None


def settled(party: Party) -> bool:
    """Tell whether nothing is owed to a party: it agreed, or something was done about its remark."""
    return party.answer == "agreed" or (party.answer == "remarks" and bool(party.reply))


def protocol_done(protocol: Protocol | None) -> bool:
    """Tell whether a protocol says everything that it must."""
    if protocol is None or not (protocol.number and protocol.dated and protocol.decision):
        return False
    both = entered(protocol), counted(protocol.members)
    return any(both) and (None in both or both[0] == both[1])


def item_done(item: RoadMapItem) -> bool:
    """Tell whether an activity has a name, a term and somebody responsible."""
    return bool(item.activity and (item.term or item.date_to) and item.responsible)


# --- steps -------------------------------------------------------------------------------------------------------


def steps(stored: Stored, facts: ListFacts, approval: Approval | None) -> tuple[Step, ...]:
    """Return the six steps of the way of a list (domain §3.4)."""
    return (
        _computed(facts),
        _corrections(facts, approval),
        _parties(stored.parties),
        _protocol(stored.protocol),
        _road_map(stored.road_map),
        _approved(approval),
    )


def _computed(facts: ListFacts) -> Step:
    if facts.listed is None:
        return Step("computed", "Вычислен", "open", "результатов за год нет")
    return Step("computed", "Вычислен", "done", f"в списке {facts.listed}{NBSP}из{NBSP}{facts.schools}")


def _corrections(facts: ListFacts, approval: Approval | None) -> Step:
    if facts.corrected:
        words = count(facts.corrected, "поправка", "поправки", "поправок")
        return Step("corrections", "Поправки с причинами", "done", words)
    return Step("corrections", "Поправки с причинами", "done" if approval else "open", "поправок нет")


def _parties(parties: Sequence[Party]) -> Step:
    title = "Лист согласования"
    if not parties:
        return Step("parties", title, "open", "сторон нет")
    number = sum(map(answered, parties))
    words = f"ответили {number}{NBSP}из{NBSP}{len(parties)}"
    if all(map(settled, parties)):
        return Step("parties", title, "done", words)
    return Step("parties", title, "waiting" if any(p.sent_on or p.answer for p in parties) else "open", words)


def _protocol(protocol: Protocol | None) -> Step:
    title = "Протокол"
    if protocol is None:
        return Step("protocol", title, "open", "протокола нет")
    head = [f"№{NBSP}{protocol.number}"] if protocol.number else []
    head += [f"от{NBSP}{ru_date(protocol.dated)}"] if protocol.dated else []
    words = " ".join(head) or count(len(protocol.members), "участник", "участника", "участников")
    return Step("protocol", title, "done" if protocol_done(protocol) else "waiting", words)


def _road_map(items: Sequence[RoadMapItem]) -> Step:
    title = "Дорожная карта"
    if not items:
        return Step("road_map", title, "open", "мероприятий нет")
    words = count(len(items), "мероприятие", "мероприятия", "мероприятий")
    return Step("road_map", title, "done" if all(map(item_done, items)) else "waiting", words)


def _approved(approval: Approval | None) -> Step:
    if approval is None:
        return Step("approved", "Утверждён", "open", "список — проект")
    return Step(
        "approved", "Утверждён", "done", f"приказ от {ru_date(approval.order_date)} №{NBSP}{approval.order_number}"
    )


def sentence(stored: Stored, made: Sequence[Step], approval: Approval | None) -> str:
    """Return the state in one sentence: «ответили 3 из 5 · протокола нет · дорожная карта: 6 мероприятий»."""
    words = {step.key: step.words for step in made}
    parts = [words["computed"]]
    parts.append(f"согласование: {words['parties']}" if stored.parties else "стороны согласования не указаны")
    parts.append(f"протокол {words['protocol']}" if stored.protocol else "протокола нет")
    parts.append(f"дорожная карта: {words['road_map']}")
    return " · ".join([*parts, words["approved"]] if approval else parts)


# --- what is missing, what contradicts ---------------------------------------------------------------------------


def missing(stored: Stored, today: date) -> tuple[str, ...]:
    """Return what is not done yet, in plain sentences; the person who approves decides whether it matters."""
    return (*_missing_parties(stored.parties, today), *_missing_protocol(stored.protocol), *_missing_items(stored),
            *_unfit(stored))  # fmt: skip


def _names(parties: Iterable[Party]) -> str:
    return "; ".join(name_of(party) for party in parties)


def _missing_parties(parties: Sequence[Party], today: date) -> list[str]:
    if not parties:
        return ["Лист согласования пуст: не указано, с кем согласован список."]
    unsent = [p for p in parties if not p.sent_on and not answered(p)]
    waiting = [p for p in parties if p.sent_on and not answered(p)]
    late = [p for p in waiting if p.due_on and p.due_on < today.isoformat()]
    refused = [p for p in parties if p.answer == "refused"]
    remarks = [p for p in parties if p.answer == "remarks" and not p.reply]
    table = (
        ("Не направлено", unsent),
        ("Не все ответили", [p for p in waiting if p not in late]),
        ("Срок ответа прошёл", late),
        ("Отказ", refused),
        ("Не сказано, что сделано по замечаниям", remarks),
    )
    return [f"{words}: {_names(found)}." for words, found in table if found]


def _missing_protocol(protocol: Protocol | None) -> list[str]:
    if protocol is None:
        return ["Протокола нет."]
    checks = (
        ("номера", protocol.number), ("даты", protocol.dated), ("решения", protocol.decision),
        ("участников", protocol.members), ("голосов", votes(protocol)),
    )  # fmt: skip
    absent = [words for words, value in checks if not value]
    found = [f"В протоколе нет: {', '.join(absent)}."] if absent else []
    roles = [member.role for member in protocol.members]
    if protocol.members:
        nobody = [word for role, word in (("chair", "председатель"), ("secretary", "секретарь")) if role not in roles]
        found += [f"В протоколе не указан {' и '.join(nobody)}."] if len(nobody) == 1 else []
        found += [f"В протоколе не указаны {' и '.join(nobody)}."] if len(nobody) == 2 else []
    return found


def _missing_items(stored: Stored) -> list[str]:
    if not stored.road_map:
        return ["Дорожная карта пуста."]
    number = sum(not item_done(item) for item in stored.road_map)
    words = count(number, "мероприятия", "мероприятий", "мероприятий")
    return [f"В дорожной карте у {words} нет названия, срока или ответственного."] if number else []


def _unfit(stored: Stored) -> list[str]:
    number = sum(map(len, stored.drafts.values()))
    if not number:
        return []
    verb = plural(number, "не подошла", "не подошли", "не подошло")
    return [f"Осталось как введено, {verb}: {count(number, 'ячейка', 'ячейки', 'ячеек')}. Это не попадёт в документы."]


def warnings(stored: Stored, facts: ListFacts) -> tuple[str, ...]:
    """Return what can't be right: dates before each other, votes that differ."""
    found = [text for party in stored.parties for text in _party_warnings(party)]
    found += _protocol_warnings(stored.protocol, facts)
    for item in stored.road_map:
        if item.date_from and item.date_to and item.date_to < item.date_from:
            what = item.activity or "мероприятие без названия"
            found.append(f"Дорожная карта, «{what}»: конец {ru_date(item.date_to)} раньше начала "
                         f"{ru_date(item.date_from)}.")  # fmt: skip
    return tuple(found)


def _party_warnings(party: Party) -> list[str]:
    who, found = name_of(party), []
    for day, words in ((party.answered_on, "ответ"), (party.due_on, "срок ответа")):
        if party.sent_on and day and day < party.sent_on:
            found.append(f"{who}: {words} {ru_date(day)} раньше, чем направлено {ru_date(party.sent_on)}.")
    if party.answered_on and not party.answer:
        found.append(f"{who}: есть дата ответа, но не сказано, какой он.")
    if party.answer == "remarks" and not party.remark:
        found.append(f"{who}: ответ с замечаниями, а самого замечания нет.")
    return found


def _protocol_warnings(protocol: Protocol | None, facts: ListFacts) -> list[str]:
    if protocol is None:
        return []
    found = []
    if protocol.dated and facts.known_since and protocol.dated < facts.known_since:
        found.append(f"Протокол от {ru_date(protocol.dated)} раньше, чем вычислен список: данные и поправки менялись "
                     f"{ru_date(facts.known_since)}.")  # fmt: skip
    typed, given = entered(protocol), counted(protocol.members)
    if typed is not None and given is not None and typed != given:
        found.append(f"Голоса не сходятся: по участникам {votes_text(given)}; вписано: {votes_text(typed)}.")
    return found


def order_warning(stored: Stored, order_date: str) -> str:
    """Return what is wrong with the order's date against the protocol's, "" where nothing is."""
    protocol = stored.protocol
    if protocol is None or not protocol.dated or order_date >= protocol.dated:
        return ""
    return f"Приказ от {ru_date(order_date)} раньше протокола от {ru_date(protocol.dated)}."


def next_thing(stored: Stored, made: Sequence[Step], today: date) -> tuple[str, ...]:
    """Return what comes next, in the order in which it is done; one to three sentences."""
    state = {step.key: step.state for step in made}
    if state["approved"] == "done":
        return ("Список утверждён и не меняется. Напечатайте приложение к приказу и дорожную карту.",)
    if state["computed"] == "open":
        return ("Загрузите результаты этого года.",)
    found = []
    if state["parties"] != "done":
        found += _missing_parties(stored.parties, today) or ["Дождитесь ответов."]
    if state["protocol"] != "done":
        found += _missing_protocol(stored.protocol) or ["Сверьте голоса в протоколе."]
    if state["road_map"] != "done":
        found += _missing_items(stored)
    return tuple(found) or ("Всё готово: утвердите список приказом.",)


def meeting_day(meeting: Meeting) -> str:
    """Return the day of a meeting, "" where it is not known."""
    return ru_date(meeting.held_on) if meeting.held_on else ""
