"""What must hold in a definition beyond single lines: ids, conditions, what is scored, levels without gaps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from app.errors import Problem, problem
from app.forms.item_types import NO, YES, choice_keys
from app.forms.reading import Table
from app.forms.schema import FormDef, Item, Level, Scale, Score
from app.texts import NBSP, count, quoted


def scale(found: Scale, table: Table) -> None:
    """Note choices of one scale that have one value or cannot be told apart as people write them."""
    if not found.choices:
        table.fault("FORM_KEY_MISSING", "choices")
    seen: dict[str, int] = {}
    for number, choice in enumerate(found.choices):
        for key in choice_keys(choice):
            other = seen.setdefault(key, number)
            if other != number:
                first = found.choices[other]
                code = "FORM_ID_TWICE" if first.value == choice.value else "FORM_SCALE_NOT_ALIKE"
                table.fault(code, "choices", value=choice.value, first=first.text, second=choice.text)
                break


def numbers(values: Mapping[str, Any], table: Table) -> None:
    """Note bounds that do not fit the kind or one another."""
    kind = values["kind"]
    for key in ("least", "most", "threshold"):
        fits = kind == "whole" or (kind == "decimal" and key != "threshold")
        if values[key] is not None and not fits:
            table.fault("FORM_KEY_UNKNOWN", key)
    if "places" in table.content and kind != "decimal":
        table.fault("FORM_KEY_UNKNOWN", "places")
    least, most, threshold = values["least"], values["most"], values["threshold"]
    if least is not None and most is not None and least > most:
        table.fault("FORM_BOUNDS", "least", least=least, most=most)
    low = 0 if least is None else least
    if threshold is not None and (threshold < low or (most is not None and threshold > most)):
        table.fault("FORM_THRESHOLD", "threshold", value=threshold, least=low, most="—" if most is None else most)


MOST_ITEMS = 2_000
"""More can neither be filled on a screen nor printed; the longest shipped form has 132."""


def large(number: int, faults: list[Problem]) -> None:
    """Note that a form has more items than anybody can fill."""
    most = count(MOST_ITEMS, "пункта", "пунктов", "пунктов")
    faults.append(problem("FORM_LARGE", sheet="Форма", found=count(number, "пункт", "пункта", "пунктов"), most=most))


def whole_form(form: FormDef, faults: list[Problem]) -> None:
    """Note what is wrong with the form as a whole."""
    for code_place, ids in _named(form):
        faults.extend(
            problem("FORM_ID_TWICE", sheet=code_place, cell="id", place=code_place, value=value)
            for value in _twice(ids)
        )
    number_of_items = sum(1 for _item in form.items())
    if number_of_items > MOST_ITEMS:
        large(number_of_items, faults)
        return
    has_items = number_of_items > 0
    if form.kind == "composite":
        if has_items or not form.parts:
            found = "есть разделы с пунктами" if has_items else "нет ни одной части"
            faults.append(problem("FORM_PARTS", sheet="Форма", cell="parts", found=found))
    elif form.parts:
        faults.append(problem("FORM_PARTS", sheet="Форма", cell="parts", found="есть части у простой формы"))
    elif not has_items:
        faults.append(problem("FORM_EMPTY", sheet="Форма", cell="sections"))
    faults.extend(
        problem("FORM_PART_SELF", sheet=f"Часть {number}", cell="form", place=f"Часть {number}")
        for number, part in enumerate(form.parts, 1)
        if part.form_id == form.id and form.id
    )
    _conditions(form, faults)
    if form.kind == "survey" and form.scores:
        faults.append(problem("FORM_SURVEY_SCORED", sheet="Форма", cell="scores"))
    for number, score in enumerate(form.scores, 1):
        _score(form, score, f"Итог {number}", faults)
    _revisions(form, faults)


def _named(form: FormDef) -> Iterable[tuple[str, list[str]]]:
    yield "Разделы", [section.id for section in form.sections]
    yield "Пункты", [item.id for item in form.items()]
    yield "Итоги", [score.id for score in form.scores]
    yield "Части", [part.form_id for part in form.parts]
    yield "Строки шапки", [name for name, _text in form.head_fields]
    yield "Редакции", [revision.since for revision in form.revisions]
    for number, section in enumerate(form.sections, 1):
        yield f"Раздел {number}, строки", [axis.id for axis in section.rows]
        yield f"Раздел {number}, столбцы", [axis.id for axis in section.columns]
    for number, score in enumerate(form.scores, 1):
        yield f"Итог {number}, уровни", [level.id for level in score.levels]


def _twice(ids: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    again = [name for name in ids if name and (name in seen or seen.add(name))]  # type: ignore[func-returns-value]
    return list(dict.fromkeys(again))


# --- conditions ------------------------------------------------------------------------------------------------------


def _conditions(form: FormDef, faults: list[Problem]) -> None:
    earlier: dict[str, Item] = {}
    for section_number, section in enumerate(form.sections, 1):
        for item_number, item in enumerate(section.items, 1):
            place = f"Раздел {section_number}, пункт {item_number}"
            for condition in item.when:
                _condition(earlier.get(condition.item), condition.item, condition.values, place, faults)
            earlier.setdefault(item.id, item)


def _condition(
    base: Item | None, name: str, values: tuple[str, ...], place: str, faults: list[Problem]
) -> None:  # fmt: skip
    if base is None:
        if name:
            faults.append(problem("FORM_CONDITION_ITEM", sheet=place, cell="when", place=place, value=name))
        return
    known = [choice.value for choice in base.scale.choices] if base.scale is not None else []
    if base.kind == "flag" and not known:
        known = [YES, NO]
    if base.kind not in {"choice", "many", "flag"}:
        faults.append(problem("FORM_CONDITION_KIND", sheet=place, cell="when", place=place, value=name))
        return
    faults.extend(
        problem("FORM_CONDITION_VALUE", sheet=place, cell="when", place=place, item=name, value=value,
                known=", ".join(known))
        for value in values
        if known and value not in known
    )  # fmt: skip


# --- points ----------------------------------------------------------------------------------------------------------


def most_of(item: Item) -> int | None:
    """Return the most points an item that is scored can give, with its weight; None where it is not known."""
    if item.kind == "flag":
        return item.weight
    if item.kind == "whole":
        return None if item.most is None else item.most * item.weight
    return item.points


def least_of(item: Item) -> int:
    """Return the fewest points an item gives."""
    if item.kind == "choice" and item.scale is not None:
        known = [choice.points for choice in item.scale.choices if choice.points is not None]
        return min(known, default=0) * item.weight
    return max(item.least or 0, 0) * item.weight if item.kind == "whole" else 0


def scored_items(form: FormDef, score: Score) -> tuple[Item, ...]:
    """Return the items of a score in the order of the form.

    Where the score names none: ``sum`` takes every item with points, ``count`` every mark, ``reached`` every whole
    number that stands outside a grid.
    """
    if score.rule == "manual":
        return ()
    if score.items:
        wanted = set(score.items)
        return tuple(item for item in form.items() if item.id in wanted)
    if score.rule == "sum":
        return tuple(item for item in form.items() if item.points is not None)
    if score.rule == "count":
        return tuple(item for item in form.items() if item.kind == "flag")
    return tuple(item for item in form.items() if item.kind == "whole" and not item.row)


def range_of(form: FormDef, score: Score) -> tuple[int, int | None]:
    """Return the fewest and the most points of a score; None where the most is not known.

    Of ``reached`` it is per cent.
    """
    items = scored_items(form, score)
    if score.rule == "reached":
        return 0, 100
    if score.rule == "count":
        return 0, len(items)
    known = [most_of(item) for item in items]
    total = sum(most for most in known if most is not None)
    return sum(least_of(item) for item in items), None if None in known else total


_FITS = {"sum": {"choice", "whole", "flag"}, "count": {"flag"}, "reached": {"whole"}}


def _score(form: FormDef, score: Score, place: str, faults: list[Problem]) -> None:
    if form.kind == "composite":
        parts = {part.form_id for part in form.parts}
        faults.extend(
            problem("FORM_SCORE_ITEM", sheet=place, cell="items", place=place, value=name)
            for name in score.items
            if name not in parts
        )
        levels(score, place, None, None, faults)
        return
    items = {item.id: item for item in form.items()}
    for name in score.items:
        if name not in items:
            faults.append(problem("FORM_SCORE_ITEM", sheet=place, cell="items", place=place, value=name))
        elif score.rule in _FITS and not _fits(items[name], score):
            faults.append(problem("FORM_SCORE_KIND", sheet=place, cell="items", place=place, value=name))
    if score.rule == "sum":
        # points below nought would fall under every level
        faults.extend(
            problem("FORM_SCORE_NEGATIVE", sheet=place, cell="items", place=place, value=item.number or item.id)
            for item in scored_items(form, score)
            if item.kind == "whole" and (item.least is None or item.least < 0)
        )
    if score.rule != "manual" and not scored_items(form, score):
        faults.append(problem("FORM_SCORE_EMPTY", sheet=place, cell="items", place=place))
        return
    least, most = range_of(form, score)
    levels(score, place, least, most, faults)


def _fits(item: Item, score: Score) -> bool:
    return item.kind in _FITS[score.rule] and (item.kind != "choice" or item.points is not None)


def levels(score: Score, place: str, least: int | None, most: int | None, faults: list[Problem]) -> None:
    """Note levels with a gap or an overlap, or that do not reach from the fewest points to the most.

    Args:
        score: whose levels.
        place: where it stands, in words.
        least: fewest points; None where only the parts of a composite form know (levels start at nought then).
        most: most points; None where it is not known.
        faults: where faults are noted.
    """

    def fault(code: str, **context: Any) -> None:
        faults.append(problem(code, sheet=place, cell="levels", place=place, **context))

    if score.rule == "manual":
        for level in score.levels:
            if level.least is not None or level.most is not None:
                fault("FORM_LEVELS_MANUAL", name=level.text)
        return
    bad = [one for one in score.levels if one.least is None or one.most is None or one.least > one.most]
    for level in bad:
        fault("FORM_LEVELS_NUMBERS", name=level.text)
    if bad or not score.levels:
        return
    rows = sorted(score.levels, key=lambda level: (level.least or 0, level.most or 0))
    start, end = rows[0].least or 0, max(level.most or 0 for level in rows)
    if start not in {0, least or 0}:
        fault("FORM_LEVELS_START", value=start, expected=least or 0)
    for first, second in pairwise(rows):
        _between(first, second, fault)
    if most is None and score.declared_most is None:
        if least is not None:
            fault("FORM_LEVELS_UNKNOWN_END")
        return
    allowed = [value for value in (most, score.declared_most) if value is not None]
    if end not in allowed or end < (most or 0):
        fault("FORM_LEVELS_END", value=end, expected=allowed[0])


def _between(first: Level, second: Level, fault: Any) -> None:
    end, start = first.most or 0, second.least or 0
    names = {"first": first.text, "second": second.text, "start": start, "end": end}
    if start <= end:
        fault("FORM_LEVELS_OVERLAP", **names)
    elif start > end + 1:
        values = f"{end + 1}" if start == end + 2 else f"{end + 1}–{start - 1}"
        fault("FORM_LEVELS_GAP", values=f"сумма{NBSP}{values}", **names)


# --- revisions -------------------------------------------------------------------------------------------------------


def _revisions(form: FormDef, faults: list[Problem]) -> None:
    items = {item.id: item for item in form.items()}
    for number, revision in enumerate(form.revisions, 1):
        place = f"Редакция {number}"
        targets = [new for _old, new in revision.renamed]
        # the answers to two questions can't both go on in one
        wrong = [("дважды названный пункт в renamed", new) for new in _twice(targets)]
        wrong += [("пункт в renamed", new) for new in targets if new not in items]
        wrong += [("пункт в deleted", name) for name in revision.deleted if name in items]
        for name, pairs in revision.recoded:
            if name not in items:
                wrong.append(("пункт в recoded", name))
                continue
            found = items[name].scale
            known = {choice.value for choice in found.choices} if found is not None else None
            wrong += [
                (f"ответ на пункт {quoted(name)} в recoded", new)
                for _old, new in pairs
                if known is not None and new and new not in known
            ]
        faults.extend(
            problem("FORM_REVISION", sheet=place, cell="renamed", place=place, what=what, value=value)
            for what, value in wrong
        )
