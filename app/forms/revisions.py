r"""How answers to an older version of a form go on in a newer one; nothing is dropped silently.

A version says in ``[[revisions]]`` how it differs in meaning from an older one; items no line names keep their id::

    [[revisions]]
    from = "1.0"
    renamed = {old = "new"}                 # the same question under another id
    deleted = ["x"]                         # no longer asked
    recoded = {item = {old = "new"}}        # id of this version: other values; "" says «no answer any more»

Where there is no line for a version, answers go on by their ids; a version names every older one that it differs from
in meaning. An answer whose question is gone keeps its id, text and value in the set; it is not asked, not
shown and not counted. An answer whose value does not fit any more keeps what was typed and gets the code of the fault.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.errors import UserError
from app.forms.answers import given, shown
from app.forms.item_types import place, type_of
from app.forms.schema import Answer, AnswerSet, FormDef, Item, Revision


@dataclass(frozen=True, slots=True)
class Revised:
    """Answers in a newer version, and in Russian, a sentence each, what did not go on."""

    answers: AnswerSet
    lost: tuple[str, ...] = ()


def revise(answers: AnswerSet, old: FormDef, new: FormDef) -> Revised:
    """Carry answers from one version of a form to another.

    Args:
        answers: of ``old``.
        old: the version that was answered.
        new: the version they go to; also an older one, then by ids alone.
    """
    if (old.id, old.version, old.digest) == (new.id, new.version, new.digest):
        return Revised(answers)
    rule = next((one for one in new.revisions if one.since == old.version), Revision(old.version))
    renamed, deleted = dict(rule.renamed), set(rule.deleted)
    taken = set(renamed.values())
    items = {item.id: item for item in new.items()}
    carried: dict[str, Answer] = {}
    lost: list[str] = []
    order = {item.id: number for number, item in enumerate(old.items())}
    gone: list[str] = []
    for name in sorted(answers.answers, key=lambda key: order.get(key, len(order))):
        answer = answers.answers[name]
        before = old.item(name)
        target = renamed.get(name, name)
        # an id that another question took over by renaming is not the same question any more
        if name in deleted or target not in items or (name in taken and name not in renamed):
            gone.append(name)
            if before is not None and (answer.given or answer.raw.strip()):
                lost.append(_gone(before, answer))
            continue
        moved = _moved(answer, before, items[target], _codes(rule, target))
        carried[target] = moved
        if before is not None and answer.given and not moved.given:
            lost.append(_unfit(before, items[target], answer))
    for name in gone:
        _keep(carried, name, answers.answers[name])
    return Revised(AnswerSet(new.id, new.version, carried), tuple(lost))


def _keep(carried: dict[str, Answer], name: str, answer: Answer) -> None:
    """Keep an answer that is not asked any more under its own id, or beside it where that is taken."""
    while name in carried:
        name = f"{name}~"
    carried[name] = answer


def _codes(rule: Revision, target: str) -> Mapping[str, str]:
    return next((dict(pairs) for name, pairs in rule.recoded if name == target), {})


def _moved(answer: Answer, before: Item | None, item: Item, codes: Mapping[str, str]) -> Answer:
    """Return an answer as the newer item takes it; what was typed stays."""
    if answer.not_applicable:
        return given(item, answer.raw, not_applicable=True, comment=answer.comment, confirmed=answer.confirmed)
    if answer.value is None:
        # what was wrong may be right in the newer version
        return given(item, answer.raw, other=answer.other, comment=answer.comment, confirmed=answer.confirmed)
    value = ";".join(part for part in (codes.get(one, one) for one in answer.value.split(";")) if part)
    if item.kind not in {"choice", "many", "flag"}:
        value = codes.get(answer.value, answer.value)
    if before is not None and before.kind != item.kind and not codes:
        value = type_of(before).to_text(before, answer.value)
    try:
        parsed = type_of(item).parse(item, value)
    except UserError as error:
        return replace(answer, value=None, code=error.code)
    return replace(answer, value=parsed, code="ITEM_CHOICE" if parsed is None and answer.raw.strip() else None)


def _gone(item: Item, answer: Answer) -> str:
    return f"{place(item)}: в новой версии формы такого пункта нет. Ответ «{shown(item, answer)}» в счёт не идёт."


def _unfit(before: Item, after: Item, answer: Answer) -> str:
    return f"{place(after)}: ответ «{shown(before, answer)}» к новой версии формы не подходит, ответьте заново."
