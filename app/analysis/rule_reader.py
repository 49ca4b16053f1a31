"""TOML → Rule, strictly: every fault of the text is collected before anything is refused."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any, get_args

from app.analysis.rule_model import (
    EGE_MATH,
    PROCEDURE_KINDS,
    THRESHOLD_KINDS,
    Against,
    Branch,
    BranchKind,
    Compare,
    EgeMath,
    Join,
    Measure,
    ProcedureGroup,
    Rule,
)
from app.errors import Problem, problem
from app.models.records import PROCEDURES, Level

_ID = re.compile(r"[a-z0-9][a-z0-9_-]*")
_VERSION = re.compile(r"\d+\.\d+")
_TOP = {
    "id", "version", "title", "wording", "source", "note", "threshold", "egemath", "join", "need",
    "min_participants", "procedures", "branches",
}  # fmt: skip
_GROUP = {"id", "label", "procedure", "subject", "levels", "grades"}
_BRANCH: dict[str, set[str]] = {
    "at_least_in_year": {"n"},
    "each_of_two_years_any": {"n"},
    "same_in_both_years": {"n"},
    "each_of_years_any": {"n", "years"},
    "same_in_years": {"n", "years"},
    "region_gap": {"n", "bound", "measure", "against"},
    "lowest_share": {"share", "kinds", "years"},
    "quality_at_most": {"bound", "kinds", "years", "n", "data"},
    "metric": {"data", "compare", "bound", "years"},
    "metric_gap": {"data", "base", "bound", "flag"},
    "flag": {"data", "wanted"},
    "index": {"data", "share"},
}
_RUNNING = {"each_of_years_any", "same_in_years"}
_METRIC = (re.compile(r"metric:[a-z0-9_-]+"), "metric:<обозначение>")
_INDEX = (re.compile(r"index:[a-z0-9_-]+"), "index:<обозначение>")
_PAIR = "два целых числа, например [30, 100]"


class _Table:
    """One table of the TOML with its place in words; every getter notes what is wrong and goes on."""

    def __init__(self, content: Mapping[str, Any], place: str, faults: list[Problem]) -> None:
        self.content = content
        self.place = place
        self.faults = faults

    def fault(self, code: str, **context: Any) -> None:
        """Note a fault; its address is the section («Основание 2») and the line, as sheet and cell of a table are."""
        where = re.sub(r" \(«.*", "", self.place)
        self.faults.append(problem(code, sheet=where, cell=context.get("key"), place=self.place, **context))

    def only(self, known: set[str]) -> None:
        for key in self.content:
            if key not in known:
                self.fault("RULE_KEY_UNKNOWN", key=key)

    def _present(self, key: str, required: bool) -> bool:
        if key in self.content:
            return True
        if required:
            self.fault("RULE_KEY_MISSING", key=key)
        return False

    def text(self, key: str, pattern: re.Pattern[str] | None = None, says: str = "", *, required: bool = True) -> str:
        if not self._present(key, required):
            return ""
        value = self.content[key]
        if not isinstance(value, str):
            self.fault("RULE_VALUE_TYPE", key=key, expected="текст в кавычках")
            return ""
        if not value.strip() and required:
            self.fault("RULE_VALUE_RANGE", key=key, value=value, expected="непустой текст")
        elif pattern and not pattern.fullmatch(value):
            self.fault("RULE_VALUE_RANGE", key=key, value=value, expected=says)
        return value.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        if not self._present(key, required=True):
            return ()
        value = self.content[key]
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.fault("RULE_VALUE_TYPE", key=key, expected="список текстов")
            return ()
        return tuple(value)

    def choice(self, key: str, allowed: Sequence[str], default: str | None = None) -> str:
        if not self._present(key, default is None):
            return default or allowed[0]
        value = self.content[key]
        if value not in allowed:
            self.fault("RULE_VALUE_RANGE", key=key, value=value, expected=", ".join(allowed))
            return default or allowed[0]
        return str(value)

    def one_of(self, key: str, allowed: Sequence[str], takes: set[str], default: str) -> str:
        """Return a choice of a branch: its default where the kind takes no such key or the key is not there."""
        return self.choice(key, allowed, default if key not in self.content else None) if key in takes else default

    def choices(self, key: str, allowed: Sequence[str], *, required: bool) -> tuple[str, ...]:
        if not self._present(key, required):
            return ()
        value = self.content[key]
        if not isinstance(value, list) or not value or any(item not in allowed for item in value):
            self.fault("RULE_VALUE_RANGE", key=key, value=value, expected="список из " + ", ".join(allowed))
            return ()
        return tuple(value)

    def whole(self, key: str, default: int, low: int, high: int, *, required: bool = False) -> int:
        if not self._present(key, required):
            return default
        value = self.content[key]
        if not _is_whole(value):
            self.fault("RULE_VALUE_TYPE", key=key, expected="целое число")
            return default
        if not low <= value <= high:
            self.fault("RULE_VALUE_RANGE", key=key, value=value, expected=f"целое число от {low} до {high}")
            return default
        return int(value)

    def yes(self, key: str) -> bool:
        value = self.content.get(key, True)
        if not isinstance(value, bool):
            self.fault("RULE_VALUE_TYPE", key=key, expected="true или false")
            return True
        return value

    def pair(self, key: str, *, required: bool, share: bool) -> tuple[int, int] | None:
        if not self._present(key, required):
            return None
        value = self.content[key]
        if not isinstance(value, list) or len(value) != 2 or not all(_is_whole(item) for item in value):
            self.fault("RULE_VALUE_TYPE", key=key, expected=_PAIR)
            return None
        low, high = value
        if high < 1 or low < 1 or (share and low > high):
            expected = "доля больше нуля и не больше единицы" if share else "числа больше нуля"
            self.fault("RULE_VALUE_RANGE", key=key, value=value, expected=expected)
            return None
        return int(low), int(high)

    def tables(self, key: str, *, required: bool) -> list[Mapping[str, Any]]:
        if not self._present(key, required):
            return []
        value = self.content[key]
        if not isinstance(value, list) or not value or not all(isinstance(item, dict) for item in value):
            self.fault("RULE_VALUE_TYPE", key=key, expected=f"раздел [[{key}]], хотя бы один")
            return []
        return value


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _group(content: Mapping[str, Any], number: int, faults: list[Problem]) -> ProcedureGroup:
    name = content.get("id")
    table = _Table(content, f"Процедура {number} («{name}»)" if name else f"Процедура {number}", faults)
    table.only(_GROUP)
    procedure = table.choice("procedure", PROCEDURES)
    grades: tuple[int, ...] = ()
    each = False
    given = content.get("grades")
    if given == "each":
        each = True
    elif isinstance(given, list) and given and all(_is_whole(item) and 1 <= item <= 12 for item in given):
        grades = tuple(given)
    elif given is not None:
        table.fault("RULE_VALUE_RANGE", key="grades", value=given, expected='список классов от 1 до 12 или "each"')
    elif content.get("procedure") in {"ВПР", "РПР", "НИКО"}:
        table.fault("RULE_KEY_MISSING", key="grades")
    return ProcedureGroup(
        id=table.text("id", _ID, "латинские буквы, цифры, дефис"),
        label=table.text("label"),
        procedure=procedure,  # type: ignore[arg-type]  # narrowed by choice()
        subject=table.text("subject"),
        levels=table.choices("levels", get_args(Level), required=False),  # type: ignore[arg-type]
        grades=grades,
        each_grade=each,
    )


def _branch(content: Mapping[str, Any], number: int, faults: list[Problem]) -> Branch:
    name = content.get("id")
    table = _Table(content, f"Основание {number} («{name}»)" if name else f"Основание {number}", faults)
    before = len(faults)
    kind: BranchKind = table.choice("kind", get_args(BranchKind))  # type: ignore[assignment]
    kind_known = len(faults) == before
    own = _BRANCH[kind]
    if kind_known:
        table.only({"id", "label", "kind"} | own)
    takes = own if kind_known else set()

    def source(key: str, *, required: bool) -> str | None:
        shape = _INDEX if kind == "index" else _METRIC
        return (table.text(key, *shape, required=required) if key in takes else "") or None

    running = kind in _RUNNING
    return Branch(
        id=table.text("id", _ID, "латинские буквы, цифры, дефис"),
        label=table.text("label"),
        kind=kind,
        n=table.whole("n", 1, 1, 100) if "n" in takes else 1,
        kinds=table.choices("kinds", PROCEDURES, required=True) if "kinds" in takes else (),  # type: ignore[arg-type]
        years=table.whole("years", 1, 2 if running else 1, 10, required=running) if "years" in takes else 1,
        share=table.pair("share", required=True, share=True) if "share" in takes else None,
        bound=table.pair("bound", required=True, share=kind == "quality_at_most") if "bound" in takes else None,
        compare=table.choice("compare", get_args(Compare)) if "compare" in takes else "at_most",  # type: ignore[arg-type]
        data=source("data", required=kind != "quality_at_most"),
        measure=table.one_of("measure", get_args(Measure), takes, "share"),  # type: ignore[arg-type]
        against=table.one_of("against", get_args(Against), takes, "region"),  # type: ignore[arg-type]
        base=source("base", required=True),
        flag=source("flag", required=False),
        wanted=table.yes("wanted") if "wanted" in takes else True,
    )


def _twice(items: Sequence[ProcedureGroup] | Sequence[Branch], place: str, faults: list[Problem]) -> None:
    seen: set[str] = set()
    for item in items:
        if item.id and item.id in seen:
            faults.append(problem("RULE_ID_TWICE", place=place, value=item.id))
        seen.add(item.id)


def _overlap(first: ProcedureGroup, second: ProcedureGroup) -> bool:
    if (first.procedure, first.subject) != (second.procedure, second.subject):
        return False
    if first.levels and second.levels and not set(first.levels) & set(second.levels):
        return False
    return not (first.grades and second.grades) or bool(set(first.grades) & set(second.grades))


def procedure_total(rule: Rule) -> int | None:
    """Return how many procedures the rule names, or None where the data decide it («каждый класс»)."""
    total = 0
    for group in rule.procedures:
        if group.each_grade:
            return None
        both = rule.egemath == "two" and (group.procedure, group.subject) == EGE_MATH and len(group.levels) != 1
        total += max(1, len(group.grades)) * (2 if both else 1)
    return total


def _whole_rule(rule: Rule, faults: list[Problem]) -> None:
    """Note what is wrong with the rule as a whole: repeats, overlaps, more asked for than there is."""
    _twice(rule.procedures, "Процедуры", faults)
    _twice(rule.branches, "Основания", faults)
    faults.extend(
        problem("RULE_PROCEDURE_OVERLAP", first=first.label, second=second.label)
        for first, second in combinations(rule.procedures, 2)
        if _overlap(first, second)
    )
    if rule.branches and rule.need > len(rule.branches):
        faults.append(problem("RULE_NEED", need=rule.need, have=len(rule.branches)))
    total = procedure_total(rule)
    counting = [branch for branch in rule.branches if branch.kind in THRESHOLD_KINDS]
    by_one = [branch for branch in rule.branches if branch.kind in PROCEDURE_KINDS]
    ranking = [branch for branch in rule.branches if branch.kind == "lowest_share"]
    faults.extend(
        problem(
            "RULE_PROCEDURES_FEW",
            sheet=f"Основание {number}",
            cell="n",
            place=f"Основание «{branch.label}»",
            need=branch.n,
            have=total,
        )
        for number, branch in enumerate(rule.branches, 1)
        if branch in by_one and total is not None and branch.n > total
    )
    means = [branch for branch in by_one if branch.kind == "region_gap" and branch.measure == "mean"]
    faults.extend(
        problem("RULE_MEAN_LEVELS", place=f"Основание «{means[0].label}»", procedure=group.label)
        for group in rule.procedures
        if means and rule.egemath == "one" and (group.procedure, group.subject) == EGE_MATH and len(group.levels) != 1
    )
    if len(ranking) > 1:
        faults.append(problem("RULE_RANKING_TWICE"))
    compared = [branch for branch in rule.branches if branch.kind in {"lowest_share", "quality_at_most"}]
    if compared and counting:
        faults.append(problem("RULE_MIXED", first=compared[0].label, second=counting[0].label))


def read(text: str) -> tuple[Rule | None, list[Problem]]:
    """Return the rule and no faults, or no rule and all faults of the text at once."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return None, [problem("RULE_NOT_TOML", reason=_reason(error))]
    faults: list[Problem] = []
    table = _Table(content, "Правило", faults)
    table.only(_TOP)
    branches = tuple(
        _branch(item, number, faults) for number, item in enumerate(table.tables("branches", required=True), 1)
    )
    counts = any(branch.kind in THRESHOLD_KINDS for branch in branches)
    named = any(branch.kind in PROCEDURE_KINDS for branch in branches)
    groups = tuple(
        _group(item, number, faults) for number, item in enumerate(table.tables("procedures", required=named), 1)
    )
    join: Join = table.choice("join", get_args(Join), "or")  # type: ignore[assignment]
    egemath: EgeMath = table.choice("egemath", get_args(EgeMath), "one")  # type: ignore[assignment]
    rule = Rule(
        id=table.text("id", _ID, "латинские буквы, цифры, дефис"),
        version=table.text("version", _VERSION, "два числа через точку, например 1.0"),
        title=table.text("title"),
        wording=table.texts("wording"),
        source=table.text("source"),
        note=table.text("note", required=False),
        branches=branches,
        procedures=groups,
        threshold=table.pair("threshold", required=counts, share=True),
        egemath=egemath,
        join=join,
        need=table.whole("need", 1, 1, 100),
        min_participants=table.whole("min_participants", 1, 1, 1000),
        text=text.replace("\r\n", "\n"),
    )
    _whole_rule(rule, faults)
    return (None, faults) if faults else (rule, [])


def _reason(error: tomllib.TOMLDecodeError) -> str:
    """Say where the text stops being TOML; the parser's own words are English and stay out."""
    place = re.search(r"line (\d+), column (\d+)", str(error))
    return f"строка {place[1]}, знак {place[2]}" if place else "текст обрывается"
