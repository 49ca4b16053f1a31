"""Group assessment of the example: two experts on the municipal programme and on one school's programme."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import TYPE_CHECKING

from app.forms.schema import Answer, AnswerSet
from app.models.forms import SubjectRef
from app.models.store import Store

if TYPE_CHECKING:
    from app.forms.schema import FormDef, Item

FORM = "programme-quality"
EXPERTS = ("Кедрова О. В.", "Ручьёва Н. П.")
_COMMENTS = (
    "Раздел есть, но показатели не названы",
    "Сроки названы только до декабря",
    "Ссылка на приказ не открывается",
)
_REASON = "Второй эксперт нашёл раздел в приложении"
_OTHER = 0.55
"""How often the second expert sees it otherwise."""


def municipal(store: Store, year: int, seed: int) -> None:
    """Begin the 36 questions about the municipal programme: the authors and two experts answer, part is agreed."""
    from app.operations import form_group, form_rounds, forms

    form = forms.definition(store.connection, FORM)
    ref = SubjectRef(form.subject, name="Программа поддержки школ Лесогорского округа")
    key = form_rounds.start(store, FORM, year, [ref], due_on=f"{year}-11-30")
    line = form_rounds.cases(store.connection, key)[0]
    form_rounds.mark_sent(store, [line.case.id], f"{year}-11-02", "рабочая группа")
    _fill(store, form, line.case.id, f"{seed}:own", 0.75, received_on=f"{year}-11-12")
    subject = line.case.subject_id
    _experts(store, form, key, subject, seed)
    form_group.accept_unanimous(store, key, subject)
    known = form_group.group(store.connection, key, subject)
    disputed = [one for one in known.disputed if one.spread.disputed][-4:]
    for one in disputed:
        form_group.agree(store, key, subject, one.item.id, one.spread.votes[0].value, _REASON)
    form_group.put_protocol(store, key, subject, {"place": "управление образования, каб. 214"})


def of_school(store: Store, round_id: int, subject_id: int, seed: int) -> None:
    """Let two experts answer for one school whose own answers are there."""
    from app.operations.form_cases import round_and_form

    _record, form = round_and_form(store.connection, round_id)
    _experts(store, form, round_id, subject_id, seed)


def _experts(store: Store, form: FormDef, round_id: int, subject_id: int, seed: int) -> None:
    from app.operations import form_group

    first: Mapping[str, Answer] = {}
    for name in EXPERTS:
        case = form_group.add_expert(store, round_id, subject_id, name)
        first = _fill(store, form, case, f"{seed}:{name}", 0.6, like=first)


def _fill(
    store: Store, form: FormDef, case_id: int, seed: str, share: float, *, like: Mapping[str, Answer] | None = None,
    received_on: str | None = None,
) -> Mapping[str, Answer]:  # fmt: skip
    from app.operations import form_answers

    answers = {item.id: _answer(item, seed, share, (like or {}).get(item.id)) for item in form.items()}
    form_answers.store_set(store, case_id, AnswerSet(form.id, form.version, answers), received_on=received_on)
    return answers


def _answer(item: Item, seed: str, share: float, like: Answer | None) -> Answer:
    """Return an answer: the best choice so often as ``share`` says; mostly that of the expert before."""
    from app.forms.answers import given

    chance = random.Random(f"{seed}:{item.id}")  # noqa: S311 - an example, not a secret
    if item.kind != "choice" or item.scale is None:
        return Answer()
    choices = [choice for choice in item.scale.choices if not choice.other and not choice.outside]
    comment = chance.choice(_COMMENTS) if item.comment and chance.random() < 0.1 else ""
    if like is not None and like.value is not None and chance.random() > _OTHER:
        return given(item, like.value, comment=comment)
    place = 0 if chance.random() < share else 1 if chance.random() < 0.7 else len(choices) - 1
    return given(item, choices[min(place, len(choices) - 1)].value, comment=comment)
