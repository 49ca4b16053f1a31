"""Which items are asked: an item with conditions is asked only while earlier answers hold them all."""

from __future__ import annotations

from app.forms.schema import AnswerSet, FormDef, Item


def asked(form: FormDef, answers: AnswerSet) -> tuple[Item, ...]:
    """Return the items that are asked now, in the order of the form.

    A condition on an item that is itself not asked, not answered or answered wrongly does not hold.
    """
    found: list[Item] = []
    names: set[str] = set()
    for item in form.items():
        if not item.when or all(_holds(answers, condition.item, condition.values, names) for condition in item.when):
            found.append(item)
            names.add(item.id)
    return tuple(found)


def _holds(answers: AnswerSet, item_id: str, values: tuple[str, ...], names: set[str]) -> bool:
    if item_id not in names:
        return False
    value = answers.get(item_id).value
    return value is not None and bool(set(value.split(";")) & set(values))
