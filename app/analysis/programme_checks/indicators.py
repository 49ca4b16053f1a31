"""Checks of индикаторы: what is missing, what is no number, targets against their direction and the requirement."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from itertools import pairwise

from app.analysis.programme_checks.look import Look, blank
from app.analysis.programme_checks.words import blanks, only_blank, tokens, year_list
from app.analysis.programme_values import number_text
from app.models.programme_records import Direction, Indicator, Node

_DIRECTIONS: dict[Direction, str] = {"up": "рост", "down": "снижение", "hold": "держать"}
_REQUIRED: tuple[tuple[str, str], ...] = (
    ("indicator-no-unit", "unit"),
    ("indicator-no-direction", "direction"),
    ("indicator-no-source", "source"),
    ("indicator-no-period", "period"),
    ("indicator-no-responsible", "responsible"),
)


def check(look: Look) -> None:
    """Check every indicator."""
    plan = bool(look.of("activity"))
    serving = {key for keys in look.served.values() for key in keys}
    for node in look.of("indicator"):
        record = look.tree.indicators.get(node.id)
        _missing(look, node, record)
        _numbers(look, node, record)
        if record is not None:
            _against(look, node, record)
            _required(look, node, record)
        if plan and node.id not in serving:
            look.say("indicator-unserved", node, field="serves")


def missing_years(look: Look, node: Node) -> list[int]:
    """Return the years of the programme for which an indicator has no target typed."""
    targets = look.tree.targets.get(node.id, {})
    years = look.tree.programme.years
    return [year for year in years if year not in targets or blank([targets[year].raw, targets[year].value])]


def _missing(look: Look, node: Node, record: Indicator | None) -> None:
    if record is None or blank([record.baseline_raw, record.baseline]):
        look.say("indicator-no-baseline", node, field="baseline")
    elif record.baseline_year is None:
        look.say("indicator-no-baseline-year", node, field="baseline_year")
    years = missing_years(look, node)
    if years:
        look.say("indicator-no-target", node, field="targets", years=year_list(years))
    for rule, name in _REQUIRED:
        text = getattr(record, name) if record is not None else None
        named = name == "responsible" and record is not None and record.person_id is not None
        if blank([text]) and not named:
            look.say(rule, node, field=name)


def _numbers(look: Look, node: Node, record: Indicator | None) -> None:
    """What was typed and is no number; a cell with nothing but «____» is a blank."""
    cells: list[tuple[str, str, str | None, str | None, str | None]] = []
    if record is not None:
        cells.append(("baseline", "исходное", record.baseline_raw, record.baseline, record.baseline_code))
    for year, target in sorted(look.tree.targets.get(node.id, {}).items()):
        cells.append(("targets", f"{year} год", target.raw, target.value, target.code))
        required = (target.required_raw, target.required, target.required_code)
        cells.append(("required", f"требование на {year} год", *required))
    share = _is_share(node, record)
    left = []
    for field, place, raw, value, code in cells:
        if raw and only_blank(raw):
            left.append((field, raw))
        elif code is not None and raw and raw.strip():
            look.say("indicator-number", node, field=field, raw=blanks(raw) or raw.strip(), place=place)
        elif share and (exact := _exact(value)) is not None and not 0 <= exact <= 100:
            look.say("indicator-over-100", node, field=field, value=number_text(value), place=place)
    if left:
        look.say("blank-left", node, field=left[0][0], words=left[0][1].strip())


def _is_share(node: Node, record: Indicator | None) -> bool:
    unit = (record.unit or "").strip().casefold() if record is not None else ""
    return unit in {"%", "процент", "проценты", "процентов"} and tokens(node.text)[:1] in {("доля",), ("удельный",)}


def _exact(value: str | None) -> Decimal | None:
    if not value:
        return None
    try:
        found = Decimal(value)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _against(look: Look, node: Node, record: Indicator) -> None:
    """The first step against the direction; the baseline is the first value."""
    if record.direction is None:
        return
    steps: list[tuple[str, Decimal]] = []
    start = _exact(record.baseline)
    if start is not None:
        steps.append(("исходное значение", start))
    targets = look.tree.targets.get(node.id, {})
    last: tuple[int, Decimal] | None = None
    for year in sorted(targets):
        exact = _exact(targets[year].value)
        if exact is not None:
            steps.append((f"цель на {year} год", exact))
            last = year, exact
    leeway = _exact((record.tolerance or "").replace(",", ".")) or Decimal(0)
    for (before, was), (after, now) in pairwise(steps):
        if _wrong(record.direction, was, now, abs(leeway)):
            look.say("target-against", node, field="targets", direction=_DIRECTIONS[record.direction], before=before,
                     was=_shown(was), after=after, now=_shown(now))  # fmt: skip
            return
    if record.direction != "hold" and start is not None and last is not None and last[1] == start:
        look.say("target-unchanged", node, field="targets", year=last[0], was=_shown(start))


def _wrong(direction: Direction, was: Decimal, now: Decimal, leeway: Decimal) -> bool:
    if direction == "hold":
        return abs(now - was) > leeway
    return now < was if direction == "up" else now > was


def _required(look: Look, node: Node, record: Indicator) -> None:
    """Our own target may be stronger than what is required from above, not weaker."""
    for year, target in sorted(look.tree.targets.get(node.id, {}).items()):
        own, asked = _exact(target.value), _exact(target.required)
        if own is None or asked is None or record.direction is None:
            continue
        if own != asked and (record.direction == "hold" or (own < asked) == (record.direction == "up")):
            look.say("target-below-required", node, field="targets", year=year, own=_shown(own), required=_shown(asked))


def _shown(value: Decimal) -> str:
    return number_text(f"{value:f}")


def _typed(raw: str | None, value: str | None) -> bool:
    return not blank([raw, value]) and not only_blank(raw or "")


def filled(look: Look, node: Node) -> tuple[int, int]:
    """Return how many of the required parts of an indicator are filled, and how many there are."""
    record = look.tree.indicators.get(node.id)
    years = len(look.tree.programme.years)
    total = years + 1 + len(_REQUIRED)
    targets = look.tree.targets.get(node.id, {})
    have = sum(_typed(targets[year].raw, targets[year].value) for year in look.tree.programme.years if year in targets)
    if record is None:
        return have, total
    have += _typed(record.baseline_raw, record.baseline)
    have += sum(not blank([getattr(record, name)]) for _rule, name in _REQUIRED[:-1])
    return have + (record.person_id is not None or not blank([record.responsible])), total
