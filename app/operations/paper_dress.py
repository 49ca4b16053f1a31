"""What is put round a paper of a kind: approval blocks, who signs, who prepared it, what it is annexed to, QR.

Nothing said leaves a paper as it is. Whom papers name is kept by the key of the register of signers, so that a new head
of the office is entered once; the recipe of a registered paper keeps the words as they stood that day.
Sources: ГОСТ Р 7.0.97-2025, blocks of approval and agreement; domain, §8.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from app.errors import UserError
from app.models import settings
from app.models import signers as rows
from app.models.store import Connection, Store
from app.operations import signers
from app.texts import glue

if TYPE_CHECKING:
    from app.reports.document import Approval, Block, Document

Form = Literal["person", "act"]
Word = Literal["approve", "agree"]
WORD_WORDS: dict[str, str] = {"approve": "УТВЕРЖДАЮ", "agree": "СОГЛАСОВАНО"}
MOST = 3
"""Blocks of approval at the head of a page."""
ACTS: dict[str, tuple[str, str]] = {
    "приказ": ("приказом", "приказу"), "распоряжение": ("распоряжением", "распоряжению"),
    "постановление": ("постановлением", "постановлению"), "решение": ("решением", "решению"),
    "протокол": ("протоколом", "протоколу"), "письмо": ("письмом", "письму"),
}  # fmt: skip
"""Kind of an act → instrumental («УТВЕРЖДЁН приказом»), dative («Приложение к приказу»)."""
_SETUP = "dress"


@dataclass(frozen=True, slots=True)
class Who:
    """Who signs or approves: a row of the register (``id``) or words of one's own (``id`` 0)."""

    id: int = 0
    post: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """An act as a paper names it.

    Attributes:
        kind: «приказ».
        issuer: who issued it, in the genitive: «управления образования Лесогорского округа».
        number, date: empty leave blanks to fill in by hand.
    """

    kind: str = "приказ"
    issuer: str = ""
    number: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class ApprovalChoice:
    """One block of approval or agreement: by a person's signature or by an act."""

    word: Word = "approve"
    form: Form = "person"
    who: Who = Who()
    act: Act = Act()
    date: str = ""


@dataclass(frozen=True, slots=True)
class AnnexTo:
    """What the paper is an annex to; ``number`` empty where there is only one."""

    number: str = ""
    act: Act = Act()


@dataclass(frozen=True, slots=True)
class Dress:
    """What is put round a paper.

    Attributes:
        approvals: none leaves the paper's own.
        signers: none leaves the paper's own.
        executor: empty leaves the paper's own.
        annex: None: it is no annex.
        qr: text of the QR requisite with {название}, {организация}, {дата}; empty: none.
        long_storage: the wide margin of papers kept longer than ten years; None leaves the paper's own.
    """

    approvals: tuple[ApprovalChoice, ...] = ()
    signers: tuple[Who, ...] = ()
    executor: str = ""
    annex: AnnexTo | None = None
    qr: str = ""
    long_storage: bool | None = None


QR_USUAL = "{название}. {организация}. {дата}"
"""What the QR requisite says when nothing else is typed."""


# --- text --------------------------------------------------------------------------------------------------------


def as_text(dress: Dress) -> str:
    """Return a dress as kept text; empty where nothing is put round the paper."""
    if dress == Dress():
        return ""
    return json.dumps(asdict(dress), ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def from_text(kept: str) -> Dress:
    """Return a dress from its text; what cannot be read is nothing."""
    try:
        told: Any = json.loads(kept or "{}")
    except json.JSONDecodeError:
        return Dress()
    if not isinstance(told, dict):
        return Dress()
    annex = told.get("annex")
    return Dress(
        tuple(_approval(item) for item in told.get("approvals", ()))[:MOST],
        tuple(_who(item) for item in told.get("signers", ())),
        str(told.get("executor", "")),
        AnnexTo(str(annex.get("number", "")), _act(annex.get("act", {}))) if isinstance(annex, dict) else None,
        str(told.get("qr", "")),
        told.get("long_storage") if isinstance(told.get("long_storage"), bool) else None,
    )


def _approval(told: Mapping[str, Any]) -> ApprovalChoice:
    word: Word = "agree" if told.get("word") == "agree" else "approve"
    form: Form = "act" if told.get("form") == "act" else "person"
    return ApprovalChoice(word, form, _who(told.get("who", {})), _act(told.get("act", {})), str(told.get("date", "")))


def _who(told: Mapping[str, Any]) -> Who:
    return Who(int(told.get("id", 0)), str(told.get("post", "")), str(told.get("name", "")))


def _act(told: Mapping[str, Any]) -> Act:
    return Act(*(str(told.get(key, "")) for key in ("kind", "issuer", "number", "date")))


# --- keeping -----------------------------------------------------------------------------------------------------


def of_kind(connection: Connection, kind: str) -> Dress:
    """Return what is kept for papers of a kind, people as the register names them today."""
    return fresh(connection, from_text(rows.setup(connection, kind, _SETUP)))


def fresh(connection: Connection, dress: Dress) -> Dress:
    """Return a dress whose people are named as the register names them now; a row that has gone keeps its words."""
    if not dress.approvals and not dress.signers:
        return dress
    known = {one.id: one for one in signers.signers(connection)}

    def now(who: Who) -> Who:
        one = known.get(who.id) if who.id else None
        return who if one is None else Who(one.id, one.post, one.name)

    return replace(
        dress, approvals=tuple(replace(item, who=now(item.who)) for item in dress.approvals),
        signers=tuple(now(who) for who in dress.signers),
    )  # fmt: skip


def keep(store: Store, kind: str, dress: Dress) -> None:
    """Keep what is put round papers of a kind.

    Raises:
        UserError: ``ORDER_BLOCKS`` for more than three blocks, that of an annex among them; ``ORDER_DRESS_DATE`` for
            a date that is none.
    """
    number = len(dress.approvals) + (dress.annex is not None)
    if number > MOST:
        raise UserError("ORDER_BLOCKS", count=number)
    dates = [item.date for item in dress.approvals] + [item.act.date for item in dress.approvals]
    dates += [dress.annex.act.date] if dress.annex is not None else []
    for told in dates:
        _check_day(told)
    if rows.setup(store.connection, kind, _SETUP) == as_text(dress):
        return
    with store.operation("Изменено оформление документа", "paper.dress", merge=f"dress:{kind}") as operation:
        rows.put_setup(operation, kind, _SETUP, as_text(dress))


def _check_day(told: str) -> None:
    if told:
        try:
            date.fromisoformat(told)
        except ValueError as error:
            raise UserError("ORDER_DRESS_DATE", text=told) from error


# --- putting it round --------------------------------------------------------------------------------------------


def dressed(connection: Connection, document: Document, dress: Dress, day: date) -> Document:
    """Return a paper with what is kept round it; a paper without a dress comes back as it is.

    Args:
        connection: reading connection: the organisation of the QR requisite; people stay as the dress names them.
        document: the paper.
        dress: see ``Dress``.
        day: of the paper: its profile by the standard and the date in the QR requisite.
    """
    from app.reports.profile import profile_for

    if dress == Dress():
        return document
    approvals = document.approvals
    if dress.approvals:
        approvals = tuple(_block(item, document, place) for place, item in enumerate(dress.approvals, start=1))
    if dress.annex is not None:
        # «Приложение» stands at the right edge; the paper's own blocks give way to it where there are three
        approvals = (*approvals[: MOST - 1], _annex(dress.annex))
    storage = document.long_storage if dress.long_storage is None else dress.long_storage
    return replace(
        document, approvals=approvals, blocks=_blocks(document.blocks, dress), long_storage=storage,
        qr=_qr(connection, document, dress.qr, day), profile=profile_for(day.isoformat()) if document.profile else None,
    )  # fmt: skip


def approved_word(word: Word, title: str) -> str:
    """Return «УТВЕРЖДЁН», «УТВЕРЖДЕНА», «УТВЕРЖДЕНО», «УТВЕРЖДЕНЫ» as the title of the paper wants; «СОГЛАСОВАНО»."""
    from app.analysis import russian

    if word == "agree":
        return "СОГЛАСОВАНО"
    endings = {"masc": "УТВЕРЖДЁН", "femn": "УТВЕРЖДЕНА", "neut": "УТВЕРЖДЕНО", "plur": "УТВЕРЖДЕНЫ"}
    return endings[russian.kind_of(title.lower()) or "masc"]


def _block(item: ApprovalChoice, document: Document, place: int) -> Approval:
    from app.reports.document import ActApproval, PersonApproval

    if item.form == "person":
        return PersonApproval(
            glue(item.who.post), glue(item.who.name), WORD_WORDS[item.word], item.date or None, place=f"approve{place}"
        )
    word = approved_word(item.word, document.heading)
    act = ACTS.get(item.act.kind, (item.act.kind, item.act.kind))[0]
    return ActApproval(item.act.number, item.act.date, word, act, issuer_genitive=item.act.issuer)


def _annex(annex: AnnexTo) -> Approval:
    from app.reports.document import ActApproval

    word = f"Приложение №\u00a0{annex.number}" if annex.number else "Приложение"
    act = ACTS.get(annex.act.kind, (annex.act.kind, annex.act.kind))[1]
    return ActApproval(annex.act.number, annex.act.date, word, f"к\u00a0{act}", issuer_genitive=annex.act.issuer)


def _blocks(blocks: tuple[Block, ...], dress: Dress) -> tuple[Block, ...]:
    from app.reports.document import Executor, SignatureBlock

    made: list[Block] = list(blocks)
    if dress.signers:
        places = [place for place, block in enumerate(made) if isinstance(block, SignatureBlock)]
        # a place for the seal stays with the first signature, where it was
        seal = any(block.seal for block in made if isinstance(block, SignatureBlock))
        new = [
            SignatureBlock(glue(who.post), glue(who.name), f"signer{at}", seal and at == 1)
            for at, who in enumerate(dress.signers, start=1)
        ]
        begin = places[0] if places else _end(made)
        made = [block for block in made if not isinstance(block, SignatureBlock)]
        made[begin:begin] = new
    if dress.executor:
        made = [block for block in made if not isinstance(block, Executor)]
        made.insert(_end(made), Executor(dress.executor))
    return tuple(made)


def _end(blocks: list[Block]) -> int:
    """Return where signatures stand in a paper without any: before the executor's line, before its annexes."""
    from app.reports.document import Annex, Executor, Turn

    end = next((place for place, block in enumerate(blocks) if isinstance(block, Annex | Executor)), len(blocks))
    # a page is turned for what follows: nothing of the paper's own end stands behind the turn
    while end < len(blocks) and end and isinstance(blocks[end - 1], Turn):
        end -= 1
    return end


def _qr(connection: Connection, document: Document, text: str, day: date) -> str:
    if not text:
        return document.qr
    organisation = settings.get(connection, "organisation") or document.meta.author
    told = {"название": document.heading, "организация": organisation, "дата": f"{day:%d.%m.%Y}"}
    for key, word in told.items():
        text = text.replace(f"{{{key}}}", word)
    return " ".join(text.replace("\u00a0", " ").split())
