"""Answers: from what was typed to what is kept, what is still wrong, how far a form is filled."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.errors import Problem, UserError, problem
from app.forms.conditions import asked
from app.forms.item_types import NOT_APPLICABLE, Cell, cell_text, folded, place, split_other, type_of
from app.forms.schema import Answer, AnswerSet, FormDef, Item

_NOT_APPLICABLE_WORDS = frozenset({folded(NOT_APPLICABLE), "неприменимо", "н/п", "не применяется", "n/a"})


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the required items that are asked have a right and confirmed answer."""

    answered: int
    of: int

    @property
    def done(self) -> bool:
        """Whether nothing required is left."""
        return self.answered == self.of


def given(
    item: Item,
    raw: str,
    *,
    other: str = "",
    not_applicable: bool = False,
    comment: str = "",
    confirmed: bool = True,
) -> Answer:
    """Return the answer that a text gives; a wrong text is kept as ``raw`` with a ``code`` and never refused.

    Args:
        item: the question.
        raw: as it was typed or stood in the cell.
        other: the text beside «другое»; «другое: спортзал» in ``raw`` says the same.
        not_applicable: «не применимо»; the words themselves in ``raw`` say the same where the item allows it.
        comment: the comment beside the answer.
        confirmed: False for a value filled in beforehand.
    """
    made = Answer(raw=raw, other=other.strip(), comment=comment.strip(), confirmed=confirmed)
    if not not_applicable and item.not_applicable and folded(raw) in _NOT_APPLICABLE_WORDS:
        not_applicable = True
    if not_applicable:
        return replace(made, not_applicable=True) if item.not_applicable else replace(made, code="ITEM_NOT_APPLICABLE")
    try:
        text, beside = _apart(item, raw)
        value = type_of(item).parse(item, text)
    except UserError as error:
        return replace(made, code=error.code)
    return replace(made, value=value, other=made.other or beside)


def _apart(item: Item, raw: str) -> tuple[str, str]:
    """Return the text that is parsed and the text beside «другое»."""
    if item.scale is None:
        return raw, ""
    if item.kind == "choice":
        return split_other(item.scale, raw)
    if item.kind == "many":
        beside = ""
        pieces: list[str] = []
        for piece in raw.replace("\n", ";").split(";"):
            word, text = split_other(item.scale, piece)
            pieces.append(word)
            beside = beside or text
        return (";".join(pieces), beside) if beside else (raw, "")
    return raw, ""


def to_cell(item: Item, answer: Answer) -> Cell:
    """Return what an answer shows in a cell: the value, «не применимо», «другое: …», or what was typed wrongly."""
    if answer.not_applicable:
        return NOT_APPLICABLE
    if answer.value is None:
        return answer.raw or None
    cell = type_of(item).to_cell(item, answer.value)
    if answer.other and item.scale is not None and item.kind in {"choice", "many"}:
        chosen = [item.scale.choice(value) for value in answer.value.split(";")]
        words = [f"{one.text.rstrip(' .:…_')}: {answer.other}" if one.other else one.text for one in chosen if one]
        return "; ".join(words)
    return cell


def from_cell(item: Item, cell: Cell, *, comment: str = "", confirmed: bool = True) -> Answer:
    """Return the answer of a cell; ``from_cell(item, to_cell(item, a))`` has the value of ``a``."""
    return given(item, cell_text(cell), comment=comment, confirmed=confirmed)


def shown(item: Item, answer: Answer) -> str:
    """Return an answer as people read it; a wrong one as it was typed, an empty one as an empty text."""
    if answer.not_applicable:
        return NOT_APPLICABLE
    if answer.value is None:
        return answer.raw
    text = type_of(item).to_text(item, answer.value)
    return f"{text} ({answer.other})" if answer.other else text


# --- what is wrong ---------------------------------------------------------------------------------------------------


def fault(item: Item, answer: Answer) -> Problem | None:
    """Return what is wrong with one answer in itself; an empty one has no fault here."""
    if answer.code is not None:
        return replace(_wrong(item, answer), cell=item.id)
    if answer.given and not answer.confirmed:
        return problem("ITEM_UNCONFIRMED", cell=item.id, place=place(item))
    if answer.value is not None and item.scale is not None and not answer.other:
        for choice in item.scale.choices:
            if choice.other and choice.value in answer.value.split(";"):
                return problem("ITEM_OTHER_EMPTY", cell=item.id, place=place(item), choice=choice.text)
    return None


def _wrong(item: Item, answer: Answer) -> Problem:
    """Say what is wrong in the words of the refusal itself, which knows the bounds and the list."""
    code = answer.code or ""
    try:
        type_of(item).parse(item, _apart(item, answer.raw)[0])
    except UserError as error:
        if error.code == code:
            return Problem("error", error.code, str(error))
    known = "; ".join(choice.text for choice in item.scale.choices) if item.scale is not None else ""
    return problem(code, place=place(item), value=answer.raw, known=known)


def problems(form: FormDef, answers: AnswerSet, items: tuple[Item, ...] | None = None) -> tuple[Problem, ...]:
    """Return everything that stands between the answers and an accepted form, in the order of the form.

    ``cell`` of a problem is the id of its item; whoever knows the address of a cell puts it there instead. ``items``
    are those that are asked, where the caller knows them.
    """
    found: list[Problem] = []
    names = {item.id for item in (asked(form, answers) if items is None else items)}
    for item in form.items():
        answer = answers.get(item.id)
        if item.id not in names:
            if answer.given or answer.code:
                found.append(problem("ITEM_NOT_ASKED", cell=item.id, place=place(item)))
            continue
        wrong = fault(item, answer)
        if wrong is not None:
            found.append(wrong)
        elif item.required and not answer.given:
            found.append(problem("ITEM_REQUIRED", cell=item.id, place=place(item)))
    return tuple(found)


def progress(form: FormDef, answers: AnswerSet, items: tuple[Item, ...] | None = None) -> Progress:
    """Return how far the form is filled; where nothing is required, every item that is asked counts.

    ``items`` are those that are asked, where the caller knows them.
    """
    items = asked(form, answers) if items is None else items
    wanted = [item for item in items if item.required] or list(items)
    return Progress(sum(answers.get(item.id).counts for item in wanted), len(wanted))
