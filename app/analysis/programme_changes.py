"""What one edition of a programme says otherwise than another: the list of changes of a yearly correction (004, §1.3).

Nodes are matched by their lineage, so that a reworded or renumbered activity is still the same activity.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from app.analysis.programme_checks.money import SOURCE_WORDS
from app.analysis.programme_numbers import numbers
from app.analysis.programme_sections import BY_KEY
from app.analysis.programme_values import roubles
from app.models.programme_records import LinkKind, Node, NodeKind, Tree
from app.texts import ru_date

Kind = Literal["added", "removed", "moved", "changed"]
KIND_WORDS: dict[Kind, str] = {
    "added": "добавлено", "removed": "исключено", "moved": "перенесено", "changed": "изменено",
}  # fmt: skip
NODE_WORDS: dict[NodeKind, str] = {
    "problem": "Проблема", "cause": "Причина", "goal": "Цель", "task": "Задача", "measure": "Показатель",
    "indicator": "Индикатор", "activity": "Мероприятие", "risk": "Риск",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProgrammeChange:
    """One difference.

    Attributes:
        kind: what happened.
        place: where, as a person names it: «Мероприятие 1.2 «Стажировки»», «Паспорт: Цель программы».
        what: which property changed («срок», «цель на 2027 год»); empty for what is wholly new or gone.
        before, after: as a paper shows them; empty where there was or is nothing.
        node_id: in the newer edition, None for what is gone and for texts.
    """

    kind: Kind
    place: str
    what: str
    before: str
    after: str
    node_id: int | None = None


def compare(old: Tree, new: Tree) -> tuple[ProgrammeChange, ...]:
    """Return the differences in the order of the newer edition; what is gone stands after what is there."""
    shown_old, shown_new = numbers(old), numbers(new)
    before = {node.lineage: node for node in old.nodes.values()}
    after = {node.lineage for node in new.nodes.values()}
    found = list(_of_head(old, new))
    for node in new.walk():
        was = before.get(node.lineage)
        if was is None:
            found.append(ProgrammeChange("added", _place(node, shown_new), "", "", _texts(node), node.id))
        else:
            found.extend(_of_node(old, new, was, node, shown_old, shown_new))
    gone = (node for node in old.walk() if node.lineage not in after)
    found.extend(ProgrammeChange("removed", _place(node, shown_old), "", _texts(node), "") for node in gone)
    found.extend(_of_texts(old, new))
    found.extend(_of_tables(old, new))
    return tuple(found)


def _place(node: Node, shown: Mapping[int, str]) -> str:
    return f"{NODE_WORDS[node.kind]} {shown.get(node.id, '')}".strip()


def _texts(node: Node) -> str:
    return " ".join(node.text.split())


def _of_head(old: Tree, new: Tree) -> Iterator[ProgrammeChange]:
    pairs = (
        ("наименование", old.programme.title, new.programme.title),
        ("срок", _period(old), _period(new)),
    )
    for what, before, after in pairs:
        if before != after:
            yield ProgrammeChange("changed", "Программа", what, before, after)


def _period(tree: Tree) -> str:
    found = tree.programme
    return found.period_text or f"{found.year_from}–{found.year_to}"


def _of_node(
    old: Tree, new: Tree, was: Node, now: Node, shown_old: Mapping[int, str], shown_new: Mapping[int, str]
) -> Iterator[ProgrammeChange]:
    place = _place(now, shown_new)
    above_old, above_new = (tree.nodes.get(node.parent_id or 0) for tree, node in ((old, was), (new, now)))
    if (above_old.lineage if above_old else None) != (above_new.lineage if above_new else None):
        before, after = (
            _place(above, shown) if above else "без раздела"
            for above, shown in ((above_old, shown_old), (above_new, shown_new))
        )
        yield ProgrammeChange("moved", place, "место", before, after, now.id)
    told_old, told_new = _properties(old, was), _properties(new, now)
    same_term = told_old.get("срок") == told_new.get("срок")
    for what in [*told_new, *(name for name in told_old if name not in told_new)]:
        before, after = told_old.get(what, ""), told_new.get(what, "")
        if before != after and (what != "даты" or same_term):  # another term has other dates: said once
            yield ProgrammeChange("changed", place, what, before, after, now.id)
    for what, before, after in _ties(old, was, new, now):
        yield ProgrammeChange("changed", place, what, before, after, now.id)


def _properties(tree: Tree, node: Node) -> dict[str, str]:
    """Return everything a node says, by the name of the property; what is empty is left out."""
    found: dict[str, str] = {"формулировка": _texts(node), "ответ на риск": node.answer or ""}
    for reader in (_indicator, _activity, _money):
        found.update(reader(tree, node))
    return {what: text for what, text in found.items() if text}


def _indicator(tree: Tree, node: Node) -> dict[str, str]:
    row = tree.indicators.get(node.id)
    if row is None:
        return {}
    words = {"up": "рост", "down": "снижение", "hold": "не ниже"}
    found = {
        "единица": row.unit or "", "направление": words.get(row.direction or "", ""),
        "исходное значение": " ".join(filter(None, [row.baseline_raw, str(row.baseline_year or "")])),
        "требование": row.requirement or "", "источник": row.source or "", "методика": row.method or "",
        "периодичность": row.period or "", "ответственный": row.responsible or "", "формула": row.formula or "",
        "допуск": row.tolerance or "",
    }  # fmt: skip
    for year, target in sorted(tree.targets.get(node.id, {}).items()):
        found[f"цель на {year} год"] = target.raw or ""
        found[f"требование на {year} год"] = target.required_raw or ""
    return found


def _activity(tree: Tree, node: Node) -> dict[str, str]:
    row = tree.activities.get(node.id)
    if row is None:
        return {}
    cover = {"none": "", "listed": "школы списка", "all": "все школы", "chosen": "выбранные школы"}[row.coverage]
    chosen = tree.schools.get(node.id, ()) if row.coverage == "chosen" else ()
    spans = [(ru_date(term.date_from), ru_date(term.date_to)) for term in tree.terms.get(node.id, ())]
    dates = "; ".join(first if first == last else f"{first}–{last}" for first, last in spans)
    return {
        "номер": row.label or "", "срок": row.term_text or dates, "даты": dates,
        "ответственные": "; ".join(item.text for item in tree.responsible.get(node.id, ())),
        "результаты": "; ".join(item.text for item in tree.results.get(node.id, ())),
        "школы": f"{cover}: {len(chosen)}" if chosen else cover,
        "направление": next((item.title for item in tree.directions if item.id == row.direction_id), ""),
        "основание": row.reason or "", "условия": row.conditions or "",
        "денег не нужно": "да" if row.free else "",
    }  # fmt: skip


def _money(tree: Tree, node: Node) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in tree.money.get(node.id, ()):
        source = SOURCE_WORDS.get(row.source, row.source)
        found[f"деньги на {row.plan_year} год, {source}"] = row.raw if row.kopecks is None else roubles(row.kopecks)
    years: dict[int, list[str]] = {}
    for line in tree.estimate.get(node.id, ()):
        years.setdefault(line.plan_year, []).append(f"{line.text} {line.raw}".strip())
    return found | {f"смета на {year} год": "; ".join(lines) for year, lines in years.items()}


def _ties(old: Tree, was: Node, new: Tree, now: Node) -> Iterator[tuple[str, str, str]]:
    """Return ties that have changed; what they lead to is matched by its lineage, another wording is no other tie."""
    words: tuple[tuple[str, LinkKind], ...] = (
        ("индикаторы", "serves"), ("что решает", "solves"), ("после чего", "after"),
    )  # fmt: skip
    for what, kind in words:
        before = [old.nodes[key] for key in old.linked(kind, was.id)]
        after = [new.nodes[key] for key in new.linked(kind, now.id)]
        if {node.lineage for node in before} != {node.lineage for node in after}:
            yield what, _joined(before), _joined(after)


def _joined(nodes: list[Node]) -> str:
    return "; ".join(sorted(_texts(node) for node in nodes))


def _of_texts(old: Tree, new: Tree) -> Iterator[ProgrammeChange]:
    """Compare texts that a person typed or kept; a derived one follows from what is compared already."""
    for key, section in BY_KEY.items():
        before, after = (tree.texts[key].text if key in tree.texts else "" for tree in (old, new))
        if before != after:
            where = {"passport": "Паспорт", "analysis": "Анализ", "section": "Раздел"}[section.part]
            yield ProgrammeChange("changed", f"{where}: {section.title}", "текст", before, after)


def _of_tables(old: Tree, new: Tree) -> Iterator[ProgrammeChange]:
    tables: tuple[tuple[str, Callable[[Tree], list[str]]], ...] = (
        ("Механизм управления", lambda t: [" · ".join((x.participant, x.powers, x.result)) for x in t.mechanism]),
        ("Заинтересованные стороны", lambda t: [" · ".join((x.name, x.interest, x.part)) for x in t.stakeholders]),
        ("Контроль и мониторинг",
         lambda t: [" · ".join((x.subject, x.measures, x.source, x.period, x.responsible)) for x in t.monitoring]),
        ("Ресурсы", lambda t: [" · ".join((x.state, x.text, x.detail, x.effect)) for x in t.resources]),
        ("Направления", lambda t: [x.title for x in t.directions]),
    )  # fmt: skip
    for place, reader in tables:
        before, after = reader(old), reader(new)
        for line in after:
            if line not in before:
                yield ProgrammeChange("added", place, "строка", "", line)
        for line in before:
            if line not in after:
                yield ProgrammeChange("removed", place, "строка", line, "")
