"""«Лист согласования»: with whom a list is agreed and what they answered (domain §3.4, 000 «согласованный с…»).

Takes plain data; what is not known is a line to fill in by hand.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from app.reports.document import (
    ActApproval,
    Block,
    Column,
    Document,
    Executor,
    Group,
    Heading,
    Lines,
    Meta,
    Row,
    SignatureBlock,
    Table,
    Value,
    paragraph,
)
from app.reports.school_list import DEFAULT_LABEL, Order, Signer
from app.texts import NBSP, glue, ru_date, ru_moment

BLANK = "_" * 14
SHORT_BLANK = "_" * 9
_LONGEST_ID = 12


@dataclass(frozen=True, slots=True)
class ListHead:
    """What the papers about one list share.

    Attributes:
        municipality: name in the nominative.
        municipality_genitive: «Лесогорского муниципального округа»; empty where nobody has given it.
        label: «школ с низкими результатами обучения», genitive plural.
        year: result year.
        rule_title: of the rule.
        rule_version: of the rule.
        computed_at: ISO moment.
        listed: schools in the list.
        schools: all schools.
        snapshot: SHA-256 of the frozen data; None prints «ПРОЕКТ».
        approved: the order that approved the list.
        signer: who signs for the municipality.
        executor: who prepared the paper.
        organisation: author of the file.
    """

    municipality: str
    year: int
    rule_title: str
    rule_version: str
    computed_at: str
    listed: int
    schools: int
    municipality_genitive: str = ""
    label: str = DEFAULT_LABEL
    snapshot: str | None = None
    approved: Order | None = None
    signer: Signer = field(default_factory=Signer)
    executor: str = ""
    organisation: str = ""

    def title(self, first: str, tail: str) -> tuple[str, ...]:
        """Return the lines of a title; the municipality is named so that no case of it is guessed."""
        if self.municipality_genitive:
            return first, glue(f"{self.municipality_genitive} {tail}".strip())
        return tuple(line for line in (first, tail, glue(f"Муниципалитет: {self.municipality}")) if line)

    def meta(self, kind: str) -> Meta:
        """Return what the file says of itself."""
        return Meta(self.organisation or self.municipality, self.computed_at, kind)

    @property
    def provenance(self) -> str:
        """The line at the bottom of each page."""
        parts = ["Опора", f"вычислено {ru_moment(self.computed_at)}"]
        parts.append(glue(f"правило «{self.rule_title}», версия {self.rule_version}"))
        if self.snapshot:
            short = self.snapshot
            parts.append(f"снимок данных {short if len(short) <= _LONGEST_ID else f'{short[:4]}…{short[-4:]}'}")
        return " · ".join(parts)

    def act(self, word: str, annex: str) -> tuple[ActApproval, ...]:
        """Return the block of the approving order, nothing before approval."""
        order = self.approved
        if order is None:
            return ()
        issuer = glue(order.issuer_genitive)
        return (ActApproval(order.number, order.date, word=word, issuer_genitive=issuer, annex=annex),)

    def tail(self) -> list[Block]:
        """Return who prepared the paper."""
        return [Executor(glue(self.executor))] if self.executor else []


@dataclass(frozen=True, slots=True)
class PartyLine:
    """One party: what it is, its name, who signs for it, ISO dates, the answer in a word, remark and what was done."""

    kind: str
    name: str = ""
    person: str = ""
    sent_on: str | None = None
    due_on: str | None = None
    answered_on: str | None = None
    answer: str = ""
    remark: str = ""
    reply: str = ""


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """One meeting."""

    topic: str
    held_on: str | None = None
    place: str = ""
    present: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class AgreementData:
    """Everything the sheet says."""

    head: ListHead
    parties: tuple[PartyLine, ...] = ()
    meetings: tuple[MeetingLine, ...] = ()


def agreement_sheet(data: AgreementData) -> Document:
    """Return «Лист согласования»."""
    head = data.head
    count = f"В{NBSP}список входит школ: {head.listed} из{NBSP}{head.schools}."
    blocks: list[Block] = [
        paragraph(glue(f"Список составлен по правилу «{head.rule_title}», версия {head.rule_version}. {count}")),
        _parties(data.parties),
    ]
    if data.meetings:
        blocks += [Heading("Совещания"), _meetings(data.meetings)]
    signer = head.signer
    blocks.append(SignatureBlock(glue(signer.position), glue(signer.name), place="signer1"))
    return Document(
        title=head.title(glue(f"Лист согласования списка {head.label}"), f"в{NBSP}{head.year}{NBSP}году"),
        meta=head.meta("Лист согласования"),
        blocks=tuple(blocks + head.tail()),
        provenance=head.provenance,
        draft=head.approved is None,
    )


def _parties(parties: tuple[PartyLine, ...]) -> Table:
    shown = parties or tuple(PartyLine("") for _line in range(5))
    return Table(
        name="Лист согласования",
        columns=(
            Column("№", 8, "right"),
            Column("С кем согласуется", 48),
            Column("Направлено, ответить до", 26),
            Column("Ответ", 28),
            Column("Замечание и что по нему сделано", 40),
            Column("Подпись", 30),
        ),
        groups=(Group(tuple(_party(number, item) for number, item in enumerate(shown, start=1))),),
    )


def _party(number: int, item: PartyLine) -> Row:
    who = [glue(item.name) or BLANK]
    told = all(word in item.name.casefold() for word in item.kind.casefold().split())
    if item.kind != "другое" and not told:
        who.append(item.kind)
    sent = [ru_date(item.sent_on) if item.sent_on else SHORT_BLANK]
    sent += [f"до{NBSP}{ru_date(item.due_on)}"] if item.due_on else []
    answer = [item.answer or SHORT_BLANK, ru_date(item.answered_on) if item.answered_on else SHORT_BLANK]
    said = [glue(item.remark)] if item.remark else []
    said += [glue(f"Сделано: {item.reply}")] if item.reply else []
    place = (BLANK[:12], glue(item.person)) if item.person else (BLANK[:12],)
    cells = Lines(tuple(who)), Lines(tuple(sent)), Lines(tuple(answer)), Lines(tuple(said)) if said else None
    return Row((number, *cells, Lines(place)))


def _meetings(meetings: tuple[MeetingLine, ...]) -> Table:
    def row(number: int, item: MeetingLine) -> Row:
        when: Value = Lines(
            (ru_date(item.held_on) if item.held_on else SHORT_BLANK, *([item.place] * bool(item.place)))
        )
        return Row((number, when, glue(item.topic) or BLANK, glue(item.present) or None, glue(item.outcome) or None))

    return Table(
        name="Совещания",
        columns=(Column("№", 8, "right"), Column("Когда и где", 30), Column("О чём", 44), Column("Кто был", 48),
                 Column("К чему пришли", 50)),
        groups=(Group(tuple(row(number, item) for number, item in enumerate(meetings, start=1))),),
    )  # fmt: skip
