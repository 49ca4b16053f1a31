"""What the answers on the screen amount to: which items are asked, what is wrong, how far it is, the points so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.errors import Problem
from app.forms.answers import Progress, fault, progress
from app.forms.conditions import asked
from app.forms.schema import Answer, AnswerSet, FormDef, Item, ScoreResult
from app.forms.scoring import scores
from app.texts import count
from app.ui.theme import Kind

TONES: Mapping[str, Kind] = {"ok": "ok", "warn": "warn", "bad": "bad", "plain": "none"}
LEVEL_KINDS: Mapping[str, Kind] = {"error": "bad", "warning": "warn", "hint": "warn"}


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One score in words: «Итого», «пока 21 из 36», the level with its kind."""

    title: str
    points: str
    level: str = ""
    kind: Kind = "none"


@dataclass(frozen=True, slots=True)
class Look:
    """What there is to say of the answers.

    Attributes:
        asked: items that are asked.
        remarks: item → what is wrong with its answer.
        open: required items that are asked and have no answer that counts; all asked ones where nothing is required.
    """

    asked: frozenset[str]
    remarks: Mapping[str, tuple[Kind, str]]
    progress: Progress
    open: frozenset[str]
    scores: tuple[ScoreLine, ...]


def live(form: FormDef) -> FormDef:
    """Return the form whose points are counted while answers are missing."""
    return replace(form, scores=tuple(replace(score, missing="zero") for score in form.scores))


def firm(answers: AnswerSet) -> AnswerSet:
    """Return the answers that count: prefilled ones that nobody confirmed are left out."""
    return replace(answers, answers={key: answer for key, answer in answers.answers.items() if answer.confirmed})


def look_at(
    form: FormDef, running: FormDef, answers: AnswerSet, problems: Sequence[Problem] = (),
    known: Sequence[ScoreResult] = (),
) -> Look:  # fmt: skip
    """Judge the answers.

    Args:
        form: the definition.
        running: the same with points of what is answered so far (``live``).
        answers: as they stand on the screen.
        problems: what others have found; ``cell`` is the item.
        known: scores computed elsewhere (of a composite form).
    """
    items = asked(form, answers)
    names = frozenset(item.id for item in items)
    wanted = [item for item in items if item.required] or list(items)
    confirmed = firm(answers)
    return Look(
        asked=names,
        remarks=_remarks(form, answers, names, problems),
        progress=progress(form, confirmed),
        open=frozenset(item.id for item in wanted if not answers.get(item.id).counts),
        scores=score_lines(form, scores(form, confirmed), scores(running, confirmed), known),
    )


def _remarks(
    form: FormDef, answers: AnswerSet, names: frozenset[str], problems: Sequence[Problem]
) -> dict[str, tuple[Kind, str]]:
    found: dict[str, tuple[Kind, str]] = {}
    for problem in problems:
        if problem.cell and problem.code not in {"ITEM_REQUIRED", "ITEM_UNCONFIRMED", "ITEM_NOT_ASKED"}:
            found[problem.cell] = LEVEL_KINDS.get(problem.level, "bad"), problem.message
    for item in form.items():
        answer = answers.get(item.id)
        said = _fault_of(item, answer, asked_now=item.id in names)
        if said is not None:
            found[item.id] = said
        elif answer.given and item.id in found and not answer.code:
            del found[item.id]
    return found


def _fault_of(item: Item, answer: Answer, *, asked_now: bool) -> tuple[Kind, str] | None:
    if not asked_now:
        if answer.given or answer.code:
            return "warn", "При таких ответах выше этот пункт не спрашивают. Ответ сохранён, но в счёт не идёт."
        return None
    found = fault(item, answer)
    if found is None:
        return None
    if found.code == "ITEM_UNCONFIRMED":
        return "warn", "Подставлено заранее и не подтверждено."
    return LEVEL_KINDS.get(found.level, "bad"), found.message


def score_lines(
    form: FormDef, final: Sequence[ScoreResult], running: Sequence[ScoreResult], known: Sequence[ScoreResult] = ()
) -> tuple[ScoreLine, ...]:
    """Return the scores in words, those so far where the final ones wait for answers."""
    titles = {score.id: score for score in form.scores}
    if known and not final:
        return tuple(_line(titles[one.score_id].title, one, one) for one in known if one.score_id in titles)
    return tuple(_line(titles[one.score_id].title, one, now) for one, now in zip(final, running, strict=True))


def _line(title: str, final: ScoreResult, running: ScoreResult) -> ScoreLine:
    if final.why == "FORM_SCORE_MANUAL":
        return ScoreLine(title, "уровень выбирает человек")
    shown = final if final.points is not None else running
    if shown.points is None:
        return ScoreLine(title, "считать пока нечего")
    most = shown.applicable_most or shown.most
    words = f"{shown.points} из {most}" if most else count(shown.points, "балл", "балла", "баллов")
    if most and shown.most > most:
        words += f" (всего {shown.most}, часть не применима)"
    if final.points is None:
        return ScoreLine(title, f"пока {words}")
    if final.level is None:
        return ScoreLine(title, words)
    return ScoreLine(title, words, final.level.text, TONES[final.level.tone])
