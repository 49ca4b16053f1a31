"""Group assessment: several experts on one subject, where they differ, what they agreed on, the protocol.

Each expert answers in a case of his own («expert»); what was agreed stands in one more («agreed») and speaks for the
subject from then on. The subject's own answers stand beside them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.analysis.form_spread import NOT_APPLICABLE, Spread, disputed_first, key_of, spread_of
from app.errors import UserError
from app.forms.schema import Answer, AnswerSet, FormDef, Item, Level, ScoreResult
from app.models import form_protocols, people
from app.models import forms as stored
from app.models.form_protocols import FormProtocol, ProtocolMember
from app.models.forms import FormCase, FormRound, FormSubject
from app.models.store import Connection, Operation, Store
from app.operations import form_rounds
from app.operations.form_cases import Judged, case_of, draft_of, judged, round_and_form
from app.texts import count

ROLE_WORDS: Mapping[str, str] = {
    "chair": "председатель",
    "deputy": "заместитель председателя",
    "secretary": "секретарь",
    "member": "член группы",
    "invited": "приглашён",
}


@dataclass(frozen=True, slots=True)
class Voice:
    """One case of the subject: who answered, how far, what it gives."""

    case: FormCase
    name: str
    answers: AnswerSet
    answered: int
    of: int
    result: ScoreResult | None = None
    level: Level | None = None

    @property
    def overruled(self) -> bool:
        """Whether a person chose the level."""
        return self.case.level is not None


@dataclass(frozen=True, slots=True)
class GroupItem:
    """One item as all answered it.

    Attributes:
        own: what the subject says of itself; None where it has not answered.
        agreed: what was agreed; None where it was not yet.
    """

    spread: Spread
    own: Answer | None = None
    agreed: Answer | None = None

    @property
    def item(self) -> Item:
        """The question."""
        return self.spread.item

    @property
    def differs_from_own(self) -> bool:
        """Whether the agreed answer, else the leading one of the experts, is another than the subject's own."""
        if self.own is None:
            return False
        leading = self.spread.leading
        expert = key_of(self.agreed) if self.agreed is not None else leading.value if leading is not None else None
        return expert is not None and expert != key_of(self.own)


@dataclass(frozen=True, slots=True)
class FormGroup:
    """Everything about the group assessment of one subject in one round."""

    round: FormRound
    form: FormDef
    subject: FormSubject
    experts: tuple[Voice, ...]
    own: Voice | None
    agreed: Voice | None
    items: tuple[GroupItem, ...]
    protocol: FormProtocol | None = None
    bodies: tuple[tuple[int, str], ...] = field(default=())

    @property
    def disputed(self) -> tuple[GroupItem, ...]:
        """Items with the largest disagreement first."""
        by_item = {one.item.id: one for one in self.items}
        return tuple(by_item[one.item.id] for one in disputed_first([one.spread for one in self.items]))

    @property
    def to_agree(self) -> tuple[GroupItem, ...]:
        """Items on which nothing has been agreed yet."""
        return tuple(one for one in self.items if one.agreed is None)


def of_case(connection: Connection, case_id: int) -> FormGroup:
    """Return the group assessment that a case belongs to.

    Raises:
        UserError: ``FORM_NO_CASE``, ``FORM_NO_ROUND``, ``FORM_UNKNOWN``.
    """
    case = case_of(connection, case_id)
    return group(connection, case.round_id, case.subject_id)


def group(connection: Connection, round_id: int, subject_id: int) -> FormGroup:
    """Return the group assessment of a subject in a round.

    Raises:
        UserError: ``FORM_NO_ROUND``, ``FORM_UNKNOWN``.
    """
    record, form = round_and_form(connection, round_id)
    cases = stored.cases(connection, rounds=[round_id], subjects=[subject_id])
    verdicts = judged(connection, cases)
    names = _names(connection, cases)
    voices = [_voice(case, names[case.id], verdicts[case.id]) for case in cases if case.id in verdicts]
    # keys say nothing of the order in which experts came
    some = [voice for voice in voices if voice.case.role == "expert"]
    experts = tuple(sorted(some, key=lambda voice: (voice.name.casefold(), voice.case.id)))
    own = next((voice for voice in voices if voice.case.role == "self"), None)
    agreed = next((voice for voice in voices if voice.case.role == "agreed"), None)
    subject = stored.subjects(connection, keys=[subject_id])[0]
    return FormGroup(
        record, form, subject, experts, own, agreed, _items(form, experts, own, agreed),
        form_protocols.protocol(connection, round_id, subject_id),
        tuple((body.id, body.name) for body in people.bodies(connection)),
    )  # fmt: skip


def subjects(connection: Connection, form_id: str | None = None) -> list[tuple[FormRound, FormSubject, int]]:
    """Return (round, subject, number of experts) wherever experts answer, the newest year first."""
    rounds = {one.id: one for one in stored.rounds(connection, form_id=form_id)}
    cases = [case for case in stored.cases(connection, rounds=rounds) if case.role == "expert"]
    numbers: dict[tuple[int, int], int] = {}
    for case in cases:
        numbers[case.round_id, case.subject_id] = numbers.get((case.round_id, case.subject_id), 0) + 1
    named = {one.id: one for one in stored.subjects(connection, keys=[key for _round, key in numbers])}
    found = [(rounds[key], named[subject], number) for (key, subject), number in numbers.items()]
    return sorted(found, key=lambda one: (-one[0].school_year, one[0].title, one[1].shown))


def _names(connection: Connection, cases: Sequence[FormCase]) -> dict[int, str]:
    known = {person.id: person.full_name for person in people.people(connection)}
    experts = [case.id for case in cases if case.role == "expert"]
    made = {}
    for case in cases:
        name = case.author or known.get(case.person_id or 0, "")
        made[case.id] = name or (f"Эксперт {experts.index(case.id) + 1}" if case.role == "expert" else "")
    return made


def _voice(case: FormCase, name: str, verdict: Judged) -> Voice:
    firm = {key: answer for key, answer in verdict.answers.answers.items() if answer.confirmed}
    first = next((one for one in verdict.scores if one.points is not None), next(iter(verdict.scores), None))
    answers = replace(verdict.answers, answers=firm)
    return Voice(case, name, answers, verdict.progress.answered, verdict.progress.of, first, verdict.level)


def _items(
    form: FormDef, experts: Sequence[Voice], own: Voice | None, agreed: Voice | None
) -> tuple[GroupItem, ...]:  # fmt: skip
    from app.analysis.form_summary import scored_of

    scored = scored_of(form)

    def counting(voice: Voice | None, item: Item) -> Answer | None:
        answer = voice.answers.get(item.id) if voice is not None else None
        return answer if answer is not None and answer.counts else None

    return tuple(
        GroupItem(
            spread_of(item, [voice.answers.get(item.id) for voice in experts], scored=item.id in scored),
            counting(own, item), counting(agreed, item),
        )
        for item in form.items()
    )  # fmt: skip


# --- changing ----------------------------------------------------------------------------------------------------


def add_expert(store: Store, round_id: int, subject_id: int, name: str, *, person_id: int | None = None) -> int:
    """Let one more expert answer for a subject; returns the key of his case. An expert of that name is not doubled.

    Raises:
        UserError: ``FORM_NO_EXPERT`` without a name, ``FORM_NO_ROUND``, ``FORM_UNKNOWN``.
    """
    if not name.strip():
        raise UserError("FORM_NO_EXPERT")
    known = group(store.connection, round_id, subject_id)
    same = next((one for one in known.experts if one.name.casefold() == name.strip().casefold()), None)
    if same is not None:
        return same.case.id
    return form_rounds.add_case(store, round_id, subject_id, "expert", author=name, person_id=person_id)


def accept_unanimous(store: Store, round_id: int, subject_id: int) -> int:
    """Take over every answer that all experts gave alike, as one operation; returns how many.

    Items that were agreed already stay. Nothing is taken where fewer than two experts answered.

    Raises:
        UserError: ``FORM_NO_ROUND``, ``FORM_UNKNOWN``, ``FORM_LOCKED``.
    """
    known = group(store.connection, round_id, subject_id)
    _refuse_locked(known)
    wanted = [one for one in known.to_agree if one.spread.unanimous]
    if not wanted:
        return 0
    number = count(len(wanted), "ответ", "ответа", "ответов")
    label = f"Приняты единогласные, {number}: {known.subject.shown}"
    with store.operation(label, "form.agree") as operation:
        case_id = _agreed_case(operation, known)
        first = known.experts[0].answers
        drafts = [draft_of(one.item.id, replace(first.get(one.item.id), comment="")) for one in wanted]
        stored.write_answers(operation, case_id, drafts)
    return len(wanted)


def agree(
    store: Store, round_id: int, subject_id: int, item_id: str, raw: str, reason: str = "", *,
    not_applicable: bool = False,
) -> Answer:  # fmt: skip
    """Write what was agreed on one item; where experts differ, or it differs from all of them, why is wanted.

    Raises:
        UserError: ``FORM_NO_REASON``, ``FORM_NO_ITEM``, ``FORM_LOCKED``, ``FORM_NO_ROUND``, ``FORM_UNKNOWN``.
    """
    from app.forms.answers import given

    known = group(store.connection, round_id, subject_id)
    _refuse_locked(known)
    found = next((one for one in known.items if one.item.id == item_id), None)
    if found is None:
        raise UserError("FORM_NO_ITEM", form=known.form.short, item=item_id)
    made = given(found.item, raw, not_applicable=not_applicable, comment=reason)
    key = key_of(made)
    agreed_by_all = found.spread.unanimous and key == found.spread.votes[0].value
    if key is not None and not agreed_by_all and found.spread.votes and not reason.strip():
        raise UserError("FORM_NO_REASON")
    what = f"пункт {found.item.number}" if found.item.number else f"«{found.item.text[:40].rstrip()}»"
    merge = f"form:agree:{round_id}:{subject_id}:{item_id}"
    with store.operation(f"Согласован {what}: {known.subject.shown}", "form.agree", merge=merge) as operation:
        stored.write_answers(operation, _agreed_case(operation, known), [draft_of(item_id, made)])
    return made


def agree_leading(store: Store, round_id: int, subject_id: int, item_id: str, reason: str) -> Answer:
    """Take the answer that most experts gave.

    Raises:
        UserError: ``FORM_NO_LEADING`` where two answers are as frequent; those of ``agree``.
    """
    known = group(store.connection, round_id, subject_id)
    found = next((one for one in known.items if one.item.id == item_id), None)
    leading = found.spread.leading if found is not None else None
    if found is None or leading is None:
        raise UserError("FORM_NO_LEADING", item=item_id if found is None else found.item.number or item_id)
    skipped = leading.value == NOT_APPLICABLE
    return agree(store, round_id, subject_id, item_id, "" if skipped else leading.value, reason, not_applicable=skipped)


def _refuse_locked(known: FormGroup) -> None:
    if known.agreed is not None and known.agreed.case.locked:
        raise UserError("FORM_LOCKED", form=known.form.short, subject=known.subject.shown)


def _agreed_case(operation: Operation, known: FormGroup) -> int:
    if known.agreed is not None:
        return known.agreed.case.id
    return operation.insert(
        "form_case", round_id=known.round.id, subject_id=known.subject.id, role="agreed", version=known.round.version
    )


def override_level(store: Store, round_id: int, subject_id: int, level: str | None, reason: str) -> None:
    """Let the group name the level of the agreed assessment instead of the points; None lets the points decide.

    Raises:
        UserError: ``FORM_NOT_AGREED`` where nothing has been agreed yet; those of ``form_rounds.override_level``.
    """
    known = group(store.connection, round_id, subject_id)
    if known.agreed is None:
        raise UserError("FORM_NOT_AGREED", subject=known.subject.shown)
    form_rounds.override_level(store, known.agreed.case.id, level, reason)


def put_protocol(
    store: Store, round_id: int, subject_id: int, values: Mapping[str, str | int | None],
    members: Sequence[ProtocolMember] | None = None,
) -> None:  # fmt: skip
    """Write the protocol: «number», «dated» (ISO or 28.11.2026), «place», «decision», «opinion», «body_id».

    Args:
        store: the open file.
        round_id: the round.
        subject_id: about whom.
        values: what is not named stays; "" empties.
        members: who sat; None leaves them, or takes those of the body where nobody is named yet.

    Raises:
        UserError: ``FORM_NOT_DATE``, ``FORM_NO_ROUND``, ``FORM_UNKNOWN``.
    """
    known = group(store.connection, round_id, subject_id)
    fields = {"number", "dated", "place", "decision", "opinion", "body_id"}
    wanted = {name: value if value != "" else None for name, value in values.items() if name in fields}
    if isinstance(wanted.get("dated"), str):
        wanted["dated"] = form_rounds.day_of(str(wanted["dated"]))
    with store.operation(f"Протокол оценки: {known.subject.shown}", "form.protocol") as operation:
        key = form_protocols.ensure(operation, round_id, subject_id)
        if wanted:
            operation.update("form_protocol", key, **wanted)
        body_id = wanted.get("body_id")
        empty = known.protocol is None or not known.protocol.members
        if members is None and isinstance(body_id, int) and empty:
            members = members_of_body(store.connection, body_id)
        if members is not None:
            form_protocols.put_members(operation, key, [one for one in members if one.name.strip()])


def members_of_body(connection: Connection, body_id: int) -> tuple[ProtocolMember, ...]:
    """Return who is in a body now, as members of a protocol; the chair first, then the secretary."""
    body = next((one for one in people.bodies(connection) if one.id == body_id), None)
    if body is None:
        return ()
    posts = {person.id: person.position or "" for person in people.people(connection)}
    made = [
        ProtocolMember(name, posts.get(person, ""), _role(role), person)
        for _key, person, name, role, _since, until in body.members
        if until is None
    ]
    return tuple(sorted(made, key=lambda one: list(ROLE_WORDS).index(one.role)))


def _role(word: str) -> str:
    said = word.casefold()
    starts = (("зам", "deputy"), ("председ", "chair"), ("руковод", "chair"), ("секретар", "secretary"),
              ("приглаш", "invited"))  # fmt: skip
    return next((role for start, role in starts if said.startswith(start)), "member")
