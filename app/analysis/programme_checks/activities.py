"""Checks of the plan: what an activity lacks, results, terms, what stands twice, the order of what comes after what."""

from __future__ import annotations

from itertools import pairwise

from app.analysis.programme_checks.look import Look, blank
from app.analysis.programme_checks.words import has_number, names_product, only_blank, repeats, short, tokens, twins
from app.models.programme_records import Node
from app.texts import quoted, ru_date

_SERVICE = ("методическ",)
_SERVICE_PLACES = ("служб", "центр", "кабинет", "отдел")
_SERVICE_WORDS = frozenset({"ммс", "ммц", "имц", "рмк", "гмц"})
_SHORT_SPAN = 31
_MOST_TWINS = 20
REQUIRED = ("term", "responsible", "result", "indicator")


def check(look: Look) -> None:
    """Check the plan as a whole and every activity."""
    if not look.of("activity"):
        look.say("plan-empty", section="section.plan")
        return
    for node in look.leaves:
        _missing(look, node)
        _schools(look, node)
    for node in look.of("activity"):
        _term(look, node)
        _results(look, node)
    _twice(look)
    _labels(look)
    _order(look)
    _circles(look)
    if not any(_own(look, node) for node in look.of("activity")):
        look.say("no-own-activity")


def lacks(look: Look, node: Node) -> list[str]:
    """Return which required parts an activity has neither itself nor from the activity over it."""
    if node.id not in look.lacking:
        look.lacking[node.id] = _lacks(look, node)
    return look.lacking[node.id]


def _lacks(look: Look, node: Node) -> list[str]:
    tree, chain = look.tree, list(look.chain(node))
    have = {
        "term": any(
            tree.terms.get(over.id) or ((kept := tree.activities.get(over.id)) and not blank([kept.term_text]))
            for over in chain
        ),
        "responsible": any(_said(line.text) for over in chain for line in tree.responsible.get(over.id, ())),
        "result": any(_said(line.text) for over in chain for line in tree.results.get(over.id, ())),
        "indicator": bool(look.served[node.id]),
    }
    return [name for name in REQUIRED if not have[name]]


def _said(text: str) -> bool:
    return bool(text.strip()) and not only_blank(text)


def _missing(look: Look, node: Node) -> None:
    lacking = lacks(look, node)
    for name in lacking:
        if name != "indicator":
            look.say(f"activity-no-{name}", node, field=name)
        elif look.of("indicator"):
            look.say("activity-no-indicator", node, field="serves")
    if look.tree.programme.building == "directions":
        known = {direction.id for direction in look.tree.directions}
        records = [look.activity(over) for over in look.chain(node)]
        if not any(record is not None and record.direction_id in known for record in records):
            look.say("activity-no-direction", node, field="direction")


def _schools(look: Look, node: Node) -> None:
    if look.tree.programme.kind == "school":
        return
    chain = [(over.id, record.coverage) for over in look.chain(node) if (record := look.activity(over)) is not None]
    said = next(((key, coverage) for key, coverage in chain if coverage != "none"), None)
    if said is None:
        look.say("activity-no-schools", node, field="schools")
    elif said[1] == "chosen" and not look.tree.schools.get(said[0]):
        look.say(
            "activity-schools-empty", node, field="schools", why="Выбраны отдельные школы, но ни одна не отмечена."
        )
    elif said[1] == "listed" and look.given.listed == 0:
        look.say("activity-schools-empty", node, field="schools", why="Сказано «школы списка», но список школ пуст.")


def _term(look: Look, node: Node) -> None:
    record = look.activity(node)
    text = (record.term_text or "").strip() if record is not None else ""
    unread = record is not None and record.term_code is not None and not look.tree.terms.get(node.id)
    if text and unread and not only_blank(text):
        look.say("activity-term-unread", node, field="term", term=short(text))
    if node.id not in look.spans:
        return
    first, last = look.spans[node.id]
    begin, end = look.tree.programme.limits
    if first < begin or last > end:
        limits = f"{ru_date(begin)}–{ru_date(end)}"
        look.say("activity-outside", node, field="term", term=look.term(node.id), limits=limits)


def _results(look: Look, node: Node) -> None:
    lines = [line.text for line in look.tree.results.get(node.id, ()) if _said(line.text)]
    words = look.given.words
    for text in lines:
        if repeats(text, node.text):
            look.say("result-repeats", node, field="result", result=short(text))
        elif not has_number(text, words) and not names_product(text, words):
            look.say("result-no-number", node, field="result", result=short(text))


def _twice(look: Look) -> None:
    nodes = look.leaves
    for members in twins([node.text for node in nodes]):
        for place, member in enumerate(members):
            for earlier in members[max(0, place - _MOST_TWINS) : place]:
                if _same_matter(look, nodes[member], nodes[earlier]):
                    look.say("activity-twice", nodes[member], field="text", other=look.named(nodes[earlier]))
                    break


def _same_matter(look: Look, one: Node, other: Node) -> bool:
    """Tell whether two activities with the same words are the same: not at another time, not for other schools."""
    if one.id in look.spans and other.id in look.spans:
        (first, last), (begin, end) = look.spans[one.id], look.spans[other.id]
        if last < begin or end < first:
            return False
    chosen, theirs = look.tree.schools.get(one.id), look.tree.schools.get(other.id)
    return not (chosen and theirs and not set(chosen) & set(theirs))


def _labels(look: Look) -> None:
    seen: dict[str, Node] = {}
    for node in look.of("activity"):
        record = look.activity(node)
        label = (record.label or "").strip().rstrip(".") if record is not None else ""
        if not label:
            continue
        if label in seen:
            look.say("label-twice", node, field="label", label=label, other=short(seen[label].text))
        else:
            seen[label] = node


def _order(look: Look) -> None:
    """An activity can't be over before what it follows is over; a short one can't begin before it begins."""
    for link in look.tree.links:
        if link.kind != "after" or not {link.source_id, link.target_id} <= set(look.spans):
            continue
        node, other = look.tree.nodes.get(link.source_id), look.tree.nodes.get(link.target_id)
        if node is None or other is None or node.id not in look.numbers or other.id not in look.numbers:
            continue
        (first, last), (begin, end) = look.spans[node.id], look.spans[other.id]
        if last < end or (first < begin and _days(first, last) <= _SHORT_SPAN):
            look.say("dependency-earlier", node, field="after", other=short(other.text), own=look.term(node.id),
                     theirs=look.term(other.id))  # fmt: skip


def _days(first: str, last: str) -> int:
    from datetime import date

    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _circles(look: Look) -> None:
    """Every circle of «after» once, at its first activity in the order of the plan."""
    after = {node.id: look.tree.linked("after", node.id) for node in look.of("activity")}
    state: dict[int, int] = {}
    for start in after:
        if start in state:
            continue
        path: list[int] = []
        waiting: list[tuple[int, int]] = [(start, 0)]
        while waiting:
            key, place = waiting.pop()
            if place == 0:
                state[key] = 1
                path.append(key)
            following = after.get(key, ())
            if place >= len(following):
                state[key] = 2
                path.pop()
                continue
            waiting.append((key, place + 1))
            other = following[place]
            if state.get(other) == 1:
                _say_circle(look, path[path.index(other) :])
            elif other in after and other not in state:
                waiting.append((other, 0))


def _say_circle(look: Look, circle: list[int]) -> None:
    order = {node.id: place for place, node in enumerate(look.of("activity"))}
    start = circle.index(min(circle, key=lambda key: order[key]))
    turned = circle[start:] + circle[:start]
    names = [quoted(short(look.tree.nodes[key].text, 40)) for key in turned]
    look.say("dependency-cycle", look.tree.nodes[turned[0]], field="after", circle=" → ".join([*names, names[0]]))


def _own(look: Look, node: Node) -> bool:
    """Tell whether the methodical service does it itself: marked so, or named as responsible."""
    record = look.activity(node)
    if record is not None and record.own:
        return True
    for line in look.tree.responsible.get(node.id, ()):
        words = tokens(line.text)
        if _SERVICE_WORDS & set(words):
            return True
        for word, following in pairwise(words):
            if word.startswith(_SERVICE) and following.startswith(_SERVICE_PLACES):
                return True
    return False
