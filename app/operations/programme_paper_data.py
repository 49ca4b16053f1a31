"""From the tree of a programme to what its papers say: numbers, texts, tables, approvals as plain data."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from app.analysis.programme_checks.money import SOURCE_WORDS
from app.analysis.programme_numbers import PlanGroup, PlanLine, numbers, plan_groups
from app.analysis.programme_sections import ANALYSIS, PASSPORT, SECTIONS, SectionDef
from app.models import lists, organisations, settings
from app.models.journal import now
from app.models.programme_records import ApprovalBlock, EstimateLine, Money, Node, Programme, Target, Tree
from app.models.store import Connection
from app.texts import NBSP, ru_date

if TYPE_CHECKING:
    from app.reports import programme_data as paper
    from app.reports.document import Approval, Block, Value

KIND_LINES = {"municipal": "Муниципальная программа", "school": "Программа"}
_SAYS_ITSELF = ("программа", "комплекс мер", "план", "дорожная карта")
_ACTS = {
    "приказ": "приказом", "постановление": "постановлением", "распоряжение": "распоряжением", "решение": "решением",
    "протокол": "протоколом", "письмо": "письмом",
}  # fmt: skip
"""Kinds of acts in the instrumental: «УТВЕРЖДЕНА приказом»."""
_SOURCE_ORDER = ("federal", "regional", "municipal", "off_budget", "sponsor", "grant")
MOST_BLOCKS = 3
TO_SIGN = 2
"""With more blocks side by side there is no room for the mark of an electronic signature."""


def paper_data(
    connection: Connection, tree: Tree, texts: Mapping[str, str], blocks: Mapping[str, tuple[Block, ...]]
) -> paper.ProgrammeData:
    """Return everything the papers of an edition say.

    Args:
        connection: reading connection.
        tree: the edition.
        texts: what is written or derived, by key of ``programme_sections``.
        blocks: tables and charts of the parts of the analysis.
    """
    from app.reports.programme_data import ProgrammeData

    head, values = tree.programme, settings.get_all(connection)
    known, groups = numbers(tree), plan_groups(tree)
    names = {school.id: school.shown for school in organisations.listing(connection, duplicates=True)}
    school = names.get(organisations.canonical(connection, head.organisation_id or 0), "")
    moment = now()
    year = _estimate_year(tree, int(moment[:4]))
    free, unpaid = _without_money(tree, groups)
    return ProgrammeData(
        title=head.title, document=head.document, years=tuple(head.years), edition=head.edition,
        day=day_of(head) or moment[:10], computed_at=moment, kind_line=_kind_line(head),
        place=school or values["municipality"], title_year=f"{(day_of(head) or moment)[:4]}{NBSP}год",
        draft=not head.frozen, snapshot=_snapshot(connection, head), organisation=school or values["organisation"],
        executor=values["executor"], approvals=approvals(tree, values["signer_position"], values["signer_name"]),
        passport=_texts(PASSPORT, texts), analysis=_texts(ANALYSIS, texts), sections=_texts(SECTIONS, texts),
        blocks=blocks, plan=tuple(_plan_part(tree, group) for group in groups),
        measures=tuple(_measures(tree, known)), money=tuple(_money(tree, groups)), free=free, unpaid=unpaid,
        mechanism=tuple((line.participant, line.powers, line.result) for line in tree.mechanism),
        stakeholders=tuple((one.name, one.interest, one.part) for one in tree.stakeholders),
        monitoring=tuple(
            (line.subject, line.measures, line.source, line.period, line.responsible) for line in tree.monitoring
        ),
        risks=tuple((known.get(node.id, ""), node.text, node.answer or "") for node in tree.of_kind("risk")),
        estimate_year=year, estimate=tuple(_estimate(tree, groups, year)),
        schools=tuple(_schools(tree, groups, names)), everywhere=_everywhere(tree, groups),
        by_directions=head.building == "directions",
    )  # fmt: skip


def day_of(programme: Programme) -> str | None:
    """Return the date of the paper: of the act, else of the approval; None for a draft."""
    return (programme.act_date or programme.approved_on) if programme.frozen else None


def _kind_line(head: Programme) -> str:
    if head.document != "programme" or any(word in head.title.casefold() for word in _SAYS_ITSELF):
        return ""
    return KIND_LINES[head.kind]


def _snapshot(connection: Connection, head: Programme) -> str:
    if not head.frozen or head.snapshot_id is None:
        return ""
    text = lists.canonical_json(lists.snapshot(connection, head.snapshot_id))
    return hashlib.sha256(text.encode()).hexdigest()


def _texts(sections: Iterable[SectionDef], texts: Mapping[str, str]) -> tuple[paper.TextPart, ...]:
    from app.reports.programme_data import TextPart

    return tuple(TextPart(one.key, one.title, texts.get(one.key, ""), one.hint) for one in sections)


# --- approvals ---------------------------------------------------------------------------------------------------


def approvals(tree: Tree, position: str, name: str) -> tuple[Approval, ...]:
    """Return the blocks of the title page, those who agree before those who approve, three at most.

    Without blocks: the act of an approved edition, else a place for the head of the municipality's education to sign.
    """
    from app.reports.document import PersonApproval

    head = tree.programme
    order = {"agreed": 0, "accepted": 1, "approve": 2, "approved": 2}
    kept = sorted(tree.blocks, key=lambda block: order[block.word])[-MOST_BLOCKS:]
    acted = head.frozen and bool(head.act_number or head.act_date)
    made = [_approval(tree, place, len(kept)) for place in kept]
    if acted and not any(block.word == "approved" for block in kept):
        made = [one for one, block in zip(made, kept, strict=True) if block.word != "approve"] + [
            _act(head, "", "", None)
        ]
    return tuple(made) or (PersonApproval(position, name, place="approve1"),)


def _approval(tree: Tree, block: ApprovalBlock, beside: int) -> Approval:
    from app.reports.document import PersonApproval
    from app.reports.programme_paper import PRINYAT

    head = tree.programme
    if block.word == "approved":
        return _act(head, block.act, block.number, block.dated)
    if block.word == "approve":
        place = f"approve{block.position}" if beside <= TO_SIGN else ""
        return PersonApproval(block.post, block.name, date=block.dated, place=place)
    word = "СОГЛАСОВАНО" if block.word == "agreed" else PRINYAT[head.document]
    if block.act or block.number:
        return _by_act(word, block.act, block.number, block.dated)
    return PersonApproval(
        block.post, block.name, word="СОГЛАСОВАНО" if block.word == "agreed" else word, date=block.dated
    )


def _act(head: Programme, act: str, number: str, dated: str | None) -> Approval:
    from app.reports.programme_paper import UTVERZHDEN

    own = head if head.frozen else None
    return _by_act(
        UTVERZHDEN[head.document], act or (own.act_kind if own else None) or "приказ",
        number or (own.act_number if own else None) or "", dated or (own.act_date if own else None),
    )  # fmt: skip


def _by_act(word: str, act: str, number: str, dated: str | None) -> Approval:
    from app.reports.document import ActApproval

    first, _, rest = act.strip().partition(" ")
    return ActApproval(
        number, dated or "", word=word, act=_ACTS.get(first.casefold(), first.lower()), issuer_genitive=rest
    )


# --- plan --------------------------------------------------------------------------------------------------------


def group_title(group: PlanGroup, among: bool = True) -> str:
    """Return the heading of a part of the plan; ``among`` says that other parts stand beside it."""
    if group.kind == "rest":
        return "Мероприятия вне задач и направлений" if among else ""
    word = "Задача" if group.kind == "task" else "Направление"
    return f"{word} {group.number}. {group.title or '[не заполнено: текст]'}"


def _plan_part(tree: Tree, group: PlanGroup) -> paper.PlanPart:
    from app.reports.programme_data import PlanPart, PlanRow

    rows = tuple(
        PlanRow(
            number=line.number,
            text=line.node.text,
            term=term_text(tree, line.node.id),
            responsible=tuple(one.text for one in tree.responsible.get(line.node.id, ())),
            results=tuple(one.text for one in tree.results.get(line.node.id, ())),
        )
        for line in group.lines
    )
    return PlanPart(group_title(group, bool(group.number)), rows)


def term_text(tree: Tree, node_id: int) -> str:
    """Return a term as it was typed, else its dates."""
    activity = tree.activities.get(node_id)
    if activity is not None and activity.term_text:
        return activity.term_text
    spans = tree.terms.get(node_id, ())
    return "\n".join(
        ru_date(term.date_from) if term.date_from == term.date_to
        else f"{ru_date(term.date_from)} – {ru_date(term.date_to)}"
        for term in spans
    )  # fmt: skip


# --- показатели --------------------------------------------------------------------------------------------------


def _measures(tree: Tree, known: Mapping[int, str]) -> Iterator[paper.MeasureGroup]:
    from app.reports.programme_data import MeasureGroup

    for kind, word in (("goal", "Цель"), ("task", "Задача")):
        for node in tree.of_kind("goal") if kind == "goal" else tree.of_kind("task"):
            found = tree.under(node.id, "measure")
            if found or (kind == "task" and not tree.programme.frozen):
                title = f"{word} {known[node.id]}. {node.text or '[не заполнено: текст]'}"
                yield MeasureGroup(title, tuple(_measure(tree, known, one) for one in found))
    loose = tree.under(None, "measure")
    if loose:
        yield MeasureGroup("Показатели вне задач", tuple(_measure(tree, known, one) for one in loose))
    alone = tree.under(None, "indicator")
    if alone:
        from app.reports.programme_data import MeasureLine

        lines = tuple(_indicator(tree, known, one) for one in alone)
        yield MeasureGroup("Индикаторы вне показателей", (MeasureLine("", "", lines),))


def _measure(tree: Tree, known: Mapping[int, str], node: Node) -> paper.MeasureLine:
    from app.reports.programme_data import MeasureLine

    lines = tuple(_indicator(tree, known, one) for one in tree.under(node.id, "indicator"))
    return MeasureLine(known.get(node.id, ""), node.text, lines)


def _indicator(tree: Tree, known: Mapping[int, str], node: Node) -> paper.IndicatorLine:
    from app.reports.programme_data import IndicatorLine

    own, targets = tree.indicators.get(node.id), tree.targets.get(node.id, {})
    asked = any(row.required_raw for row in targets.values()) or bool(own and own.requirement)
    empty = Target(0, node.id, 0, None, None, None, None, None, None)
    rows = [targets.get(year, empty) for year in tree.programme.years]
    return IndicatorLine(
        number=known.get(node.id, ""),
        text=node.text,
        unit=(own.unit if own else None) or "",
        baseline=_value(own.baseline, own.baseline_raw) if own else "",
        baseline_year=own.baseline_year if own else None,
        targets=tuple(_value(row.value, row.raw) for row in rows),
        required=tuple(_value(row.required, row.required_raw) for row in rows) if asked else (),
        requirement=(own.requirement if own else None) or "",
    )


def _value(exact: str | None, raw: str | None) -> Value:
    """Return a number as one where what was typed says nothing more: «не менее 95 %» stays as it is."""
    from app.reports.document import Number

    if exact is None:
        return raw or ""
    plain = (raw or exact).strip().replace(",", ".").replace(NBSP, "").replace(" ", "").lstrip("+").rstrip("%")
    digits = plain.replace("−", "-").lstrip("-").replace(".", "", 1)
    return Number(exact) if digits.isdigit() else raw or Number(exact)


# --- money -------------------------------------------------------------------------------------------------------


def _money(tree: Tree, groups: Iterable[PlanGroup]) -> Iterator[paper.MoneyGroup]:
    from app.reports.programme_data import MoneyGroup, MoneyLine

    for group in groups:
        lines = []
        if group.key is not None and group.key in tree.money:
            lines.append(MoneyLine(group.number, "На задачу в целом", _sources(tree, tree.money[group.key])))
        lines += [
            MoneyLine(line.number, line.node.text, _sources(tree, tree.money[line.node.id]))
            for line in group.lines
            if line.node.id in tree.money
        ]
        word = {"task": "Итого по задаче", "direction": "Итого по направлению", "rest": "Итого"}[group.kind]
        total = f"{word} {group.number}" if group.kind != "rest" else word
        yield MoneyGroup(group_title(group, bool(group.number)), total, tuple(lines))


def _sources(tree: Tree, rows: Iterable[Money]) -> tuple[paper.SourceLine, ...]:
    from app.reports.document import Roubles
    from app.reports.programme_data import SourceLine

    found: dict[str, dict[int, Money]] = {}
    for row in rows:
        found.setdefault(row.source, {})[row.plan_year] = row
    lines = []
    for source, by_year in sorted(found.items(), key=lambda pair: (_rank(pair[0]), pair[0])):
        kept = [by_year.get(year) for year in tree.programme.years]
        years = tuple("" if row is None else row.raw if row.kopecks is None else Roubles(row.kopecks) for row in kept)
        sums = [row.kopecks for row in kept if row is not None and row.kopecks is not None]
        word = SOURCE_WORDS.get(source, source)
        lines.append(SourceLine(word, years, sum(sums) if sums else None, _rank(source)))
    return tuple(lines)


def _rank(source: str) -> int:
    """Return the place of a source: budgets from above down, then other money, then the municipality's own words."""
    return _SOURCE_ORDER.index(source) if source in _SOURCE_ORDER else len(_SOURCE_ORDER)


def _without_money(tree: Tree, groups: Iterable[PlanGroup]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the numbers of activities that need no money and of those about whose money nothing is said."""
    free: list[str] = []
    unpaid: list[str] = []
    for line in _lines(groups):
        activity = tree.activities.get(line.node.id)
        if line.node.id in tree.money or tree.under(line.node.id, "activity"):
            continue
        (free if activity is not None and activity.free else unpaid).append(line.number)
    return tuple(free), tuple(unpaid)


def _lines(groups: Iterable[PlanGroup]) -> Iterator[PlanLine]:
    for group in groups:
        yield from group.lines


# --- annexes -----------------------------------------------------------------------------------------------------


def _estimate_year(tree: Tree, current: int) -> int | None:
    """Return the year whose estimate is printed: the current one, else the nearest before it, else the first."""
    years = sorted({row.plan_year for rows in tree.estimate.values() for row in rows})
    past = [year for year in years if year <= current]
    return past[-1] if past else years[0] if years else None


def _estimate(tree: Tree, groups: Iterable[PlanGroup], year: int | None) -> Iterator[paper.EstimatePart]:
    from app.reports.programme_data import EstimatePart

    for line in _lines(groups):
        rows = [row for row in tree.estimate.get(line.node.id, ()) if row.plan_year == year]
        if rows:
            title = f"{line.number} {line.node.text or '[не заполнено: мероприятие]'}"
            yield EstimatePart(title, tuple(_estimate_row(row) for row in rows))


def _estimate_row(row: EstimateLine) -> paper.EstimateRow:
    from app.reports.document import Day, Roubles
    from app.reports.programme_data import EstimateRow

    amount = Roubles(row.kopecks) if row.kopecks is not None else row.raw
    comes = Day(row.comes_on) if row.comes_on else row.comes_raw or ""
    return EstimateRow(row.text, SOURCE_WORDS.get(row.source, row.source), amount, comes)


def _schools(tree: Tree, groups: Iterable[PlanGroup], names: Mapping[int, str]) -> Iterator[paper.SchoolRow]:
    from app.reports.programme_data import SchoolRow

    found: dict[int, list[str]] = {}
    for line in _lines(groups):
        activity = tree.activities.get(line.node.id)
        if activity is not None and activity.coverage == "chosen":
            for key in tree.schools.get(line.node.id, ()):
                found.setdefault(key, []).append(line.number)
    for key in sorted(found, key=lambda one: names.get(one, "")):
        yield SchoolRow(names.get(key, "Школа удалена из реестра"), tuple(found[key]))


def _everywhere(tree: Tree, groups: Iterable[PlanGroup]) -> tuple[str, ...]:
    said = []
    for coverage, words in (("all", "Все школы муниципалитета"), ("listed", "Все школы списка")):
        own = [
            line.number for line in _lines(groups)
            if (activity := tree.activities.get(line.node.id)) is not None and activity.coverage == coverage
        ]  # fmt: skip
        if own:
            said.append(f"{words}: мероприятия {', '.join(own)}.")
    return tuple(said)
