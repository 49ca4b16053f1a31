"""Checks of words: passport, analysis, mechanism, monitoring, years, blanks, words without content, approval blocks."""

from __future__ import annotations

import re
from itertools import pairwise

from app.analysis.programme_checks.look import Look, blank
from app.analysis.programme_checks.words import (
    blanks,
    empty_words,
    has_number,
    only_blank,
    plain,
    short,
    tokens,
    year_list,
    year_ranges,
)
from app.analysis.programme_sections import PASSPORT
from app.models.programme_records import Node
from app.texts import count

ANALYSIS_PARTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("analysis.results", "результаты", ("результат", "впр", "огэ", "егэ", "успеваемост")),
    ("analysis.process", "процесс", ("процесс", "преподаван", "кадр", "педагог", "учебн")),
    ("analysis.conditions", "условия", ("услови", "ресурс", "оборудовани", "материальн")),
)
_ITSELF = ("passport.title", "passport.period", "passport.goal", "passport.tasks", "section.goal", "section.period",
           "section.plan", "section.money", "section.indicators")  # fmt: skip
"""Texts that speak of the programme's own years; an analysis speaks of the years before it."""
_BLOCK_WORDS = {"approve": "УТВЕРЖДАЮ", "approved": "УТВЕРЖДЕНА", "agreed": "СОГЛАСОВАНО", "accepted": "ПРИНЯТО"}
_OUTCOMES = (
    "появлени", "формировани", "повышени", "снижени", "создани", "совершенствовани", "улучшени", "увеличени", "рост",
    "развити", "обеспечени", "внедрени", "расширени", "сокращени", "достижени", "привлечени", "сформирован", "создан",
    "повышен", "снижен", "обеспечен", "внедрен",
)  # fmt: skip
_ACTORS = (
    "управлени", "отдел", "администраци", "комитет", "служб", "центр", "кабинет", "совет", "комисси", "групп", "школ",
    "руководител", "директор", "заместител", "методист", "специалист", "координатор", "куратор", "глав", "ммс", "ммц",
    "муо", "оо", "организаци", "учреждени",
)  # fmt: skip
_LINE = re.compile(r"[\n;]+|(?:^|\s)(?:\d+[.)]|[-–—•·])\s+")
_MONITORING = ("мониторинг",)
MONITOR_FIELDS = (
    ("measures", "показатели"),
    ("source", "источник"),
    ("period", "периодичность"),
    ("responsible", "ответственный"),
)


def check(look: Look) -> None:
    """Check all that is written in sections, and words of the nodes."""
    if look.full:
        _passport(look)
        _analysis(look)
        _mechanism(look)
        _monitoring(look)
    _years(look)
    _blanks(look)
    _empty(look)
    _blocks(look)


def lines(text: str) -> list[str]:
    """Return the lines and numbered or dashed items of a text."""
    return [line.strip() for line in _LINE.split(text) if line and re.search(r"\w", line)]


# --- passport ------------------------------------------------------------------------------------------------------


def passport_filled(look: Look, key: str) -> bool:
    """Tell whether a row of the passport has words, or the tree has what it is made of."""
    if look.text(key).strip():
        return True
    if look.given.texts is not None:
        return False
    tree = look.tree
    made: dict[str, object] = {
        "passport.title": tree.programme.title.strip(),
        "passport.executors": tree.responsible,
        "passport.goal": look.of("goal"),
        "passport.tasks": look.of("task"),
        "passport.indicators": look.of("indicator"),
        "passport.period": True,
        "passport.mechanism": tree.mechanism,
        "passport.results": tree.results,
        "passport.control": tree.monitoring,
    }
    return bool(made.get(key))


def _passport(look: Look) -> None:
    for row in PASSPORT:
        if not passport_filled(look, row.key):
            look.say("passport-missing", section=row.key)
    text = dict(look.typed).get("passport.results", "")
    said = [line for line in lines(text) if not blanks(line)]
    bare = [line for line in said if not has_number(line, look.given.words)]
    if bare:
        look.say("passport-results-number", section="passport.results",
                 lines=f"{count(len(bare), 'строка', 'строки', 'строк')} из {len(lines(text))}")  # fmt: skip


# --- analysis ------------------------------------------------------------------------------------------------------


def _analysis(look: Look) -> None:
    texts = {key: look.text(key) for key, _name, _stems in ANALYSIS_PARTS}
    filled = [key for key in texts if texts[key].strip()]
    if not filled:
        look.say("analysis-missing", section="analysis.results")
        return
    if len(filled) == 1 and _order_within(look, filled[0], texts[filled[0]]):
        return
    for key, name, _stems in ANALYSIS_PARTS:
        if key not in filled:
            look.say("analysis-part-missing", section=key, part=name)


def _order_within(look: Look, key: str, text: str) -> bool:
    """Look at an analysis that is written in one piece: which of the three comes first, by the heads of paragraphs.

    Returns:
        True where all three are spoken of: then nothing is missing.
    """
    heads = [tokens(line)[:8] for line in text.splitlines() if line.strip()]
    first: dict[str, int] = {}
    for place, words in enumerate(heads):
        for _key, name, stems in ANALYSIS_PARTS:
            if name not in first and any(word.startswith(stems) for word in words):
                first[name] = place
                break
    if len(first) < len(ANALYSIS_PARTS):
        return False
    names = [name for _key, name, _stems in ANALYSIS_PARTS]
    met = sorted(first, key=lambda name: first[name])
    for one, other in pairwise(met):
        if names.index(one) > names.index(other):
            what = "Анализ идёт не в том порядке"
            look.say("analysis-order", section=key, what=what, first=one, second=other)
            break
    return True


# --- mechanism and monitoring ----------------------------------------------------------------------------------------


def _mechanism(look: Look) -> None:
    tree = look.tree
    typed = dict(look.typed)
    written = [key for key in ("passport.mechanism", "section.mechanisms") if typed.get(key, "").strip()]
    if not tree.mechanism and not written:
        look.say("mechanism-missing", section="section.mechanisms")
    for key in written:
        said = lines(typed[key])
        results = [line for line in said if outcome(line)]
        if results and len(results) * 2 > len(said):
            look.say("mechanism-results", section=key, words=short(results[0]))
    for row in tree.mechanism:
        if blank([row.powers]) or only_blank(row.powers):
            look.say("mechanism-no-powers", section="section.mechanisms", name=short(row.participant, 40))
        elif outcome(row.powers) or outcome(row.participant):
            words = row.powers if outcome(row.powers) else row.participant
            look.say("mechanism-results", section="section.mechanisms", words=short(words))


def outcome(text: str) -> bool:
    """Tell whether a line names what will come about, and not who does what."""
    words = tokens(text)
    return bool(words) and words[0].startswith(_OUTCOMES) and not any(word.startswith(_ACTORS) for word in words[:2])


def monitoring_named(look: Look) -> bool:
    """Tell whether monitoring or control is spoken of anywhere in words."""
    if look.text("passport.control").strip() or look.text("section.monitoring").strip():
        return True
    texts = [text for _key, text in look.texts] + [node.text for node in look.nodes]
    return any(stem in plain(text) for text in texts for stem in _MONITORING)


def _monitoring(look: Look) -> None:
    if not look.tree.monitoring:
        named = monitoring_named(look)
        what = (
            "Контроль и мониторинг названы, но не сказано, по каким показателям, откуда данные, как часто и кто."
            if named
            else "Не сказано, кто и как следит за выполнением программы."
        )
        look.say("monitoring-missing", section="section.monitoring", what=what)
    for row in look.tree.monitoring:
        missing = [word for name, word in MONITOR_FIELDS if blank([getattr(row, name)])]
        if missing:
            look.say("monitoring-thin", section="section.monitoring", name=short(row.subject, 40),
                     missing=", ".join(missing))  # fmt: skip


# --- years, blanks, empty words ---------------------------------------------------------------------------------------


def _years(look: Look) -> None:
    programme = look.tree.programme
    own = (programme.year_from, programme.year_to)
    places: list[tuple[str | None, Node | None, str]] = [("passport.title", None, programme.title)]
    places += [("passport.period", None, programme.period_text or "")]
    places += [(key, None, text) for key, text in look.typed if key in _ITSELF]
    places += [(None, node, node.text) for kind in ("goal", "task") for node in look.of(kind)]
    seen = set()
    for section, node, text in places:
        for written, first, last in year_ranges(text):
            place = (section, node.id if node is not None else None, first, last)
            if (first, last) != own and place not in seen:
                seen.add(place)
                if node is not None:
                    look.say("years-text", node, field="text", years=written, own=look.years)
                else:
                    look.say("years-text", section=section, years=written, own=look.years)
    _tables(look)


def _tables(look: Look) -> None:
    """Years of the tables of targets and of money that are no years of the programme."""
    years = look.tree.programme.years
    targets = {year for rows in look.tree.targets.values() for year in rows if year not in years}
    money = {row.plan_year for rows in look.tree.money.values() for row in rows if row.plan_year not in years}
    money |= {row.plan_year for rows in look.tree.estimate.values() for row in rows if row.plan_year not in years}
    for section, table, found in (("section.indicators", "показателей", targets), ("section.money", "денег", money)):
        if found:
            look.say("years-table", section=section, table=table, years=year_list(found), own=look.years)


def _blanks(look: Look) -> None:
    title = blanks(look.tree.programme.title)
    typed = dict(look.typed)
    if title and not blanks(typed.get("passport.title", "")):
        look.say("blank-left", section="passport.title", words=title)
    for key, text in look.typed:
        words = blanks(text)
        if words:
            look.say("blank-left", section=key, words=words)
    for node in look.nodes:
        for field, text in _texts_of(look, node):
            words = blanks(text)
            if words:
                look.say("blank-left", node, field=field, words=words)
                break


def _texts_of(look: Look, node: Node) -> list[tuple[str, str]]:
    """Words of a node and of what only an activity has."""
    found = [("text", node.text), ("answer", node.answer or "")]
    if node.kind == "activity":
        record = look.activity(node)
        found.append(("term", record.term_text or "" if record is not None else ""))
        found += [("responsible", line.text) for line in look.tree.responsible.get(node.id, ())]
        found += [("result", line.text) for line in look.tree.results.get(node.id, ())]
    return found


def _empty(look: Look) -> None:
    words = empty_words(look.given.words.empty)
    for key, text in look.typed:
        for item in words.find(text):
            look.say("empty-words", section=key, words=item.shown, ask=item.ask)
    for node in look.nodes:
        if node.kind in {"problem", "measure"}:
            continue
        found = {item.shown: item for item in words.find(node.text)}
        for line in look.tree.results.get(node.id, ()):
            found |= {item.shown: item for item in words.find(line.text)}
        for item in found.values():
            look.say("empty-words", node, field="text", words=item.shown, ask=item.ask)


# --- approval blocks --------------------------------------------------------------------------------------------------


def _blocks(look: Look) -> None:
    blocks = look.tree.blocks
    if not any(block.word in {"approve", "approved"} for block in blocks):
        look.say("block-missing", field="blocks")
    for block in blocks:
        texts = [block.act, block.number] if block.word in {"approved", "accepted"} else [block.post, block.name]
        if blank(texts):
            look.say("block-thin", field="blocks", word=_BLOCK_WORDS[block.word])
        else:
            words = next((found for text in (block.post, block.name, block.act) if (found := blanks(text))), None)
            if words:
                look.say("blank-left", field="blocks", words=words)
