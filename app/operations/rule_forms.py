"""What a form for rules needs: names to choose from, labels made up from parameters, faults in a methodist's words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from app.errors import Problem
from app.models import results
from app.models.store import Connection
from app.operations import metrics, rules
from app.operations.rules import RuleEntry
from app.texts import NBSP

if TYPE_CHECKING:
    from app.analysis.rule_model import Branch, Rule

FaultPlace = Literal["rule", "procedure", "branch", "whole"]

KINDS: dict[str, str] = {
    "at_least_in_year": "порог достигнут по нескольким процедурам за год",
    "each_of_years_any": "порог достигнут несколько лет подряд, процедура любая",
    "same_in_years": "порог достигнут несколько лет подряд, процедура та же",
    "region_gap": "отставание от региона или муниципалитета",
    "lowest_share": "среди школ с самыми низкими результатами",
    "quality_at_most": "низкое качество знаний в региональных мониторингах",
    "metric": "показатель школы больше или меньше числа",
    "flag": "признак школы или территории",
    "index": "среди школ с самым низким индексом",
    "metric_gap": "показатель выше среднего по региону",
}
"""Kinds of grounds that can be added, in plain words; the two-year kinds are those of years with two years."""
_PERCENT = 100
"""A bound of a share is counted in hundredths (thousandths…), one of a number in whole ones."""
_OLD = {"each_of_two_years_any": "each_of_years_any", "same_in_both_years": "same_in_years"}


def kind_word(kind: str) -> str:
    """Return the plain name of a kind."""
    return KINDS[_OLD.get(kind, kind)]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a form of rules offers.

    Attributes:
        metrics: (name, «metric:<code>») of metrics that are numbers.
        shares: those of them that are shares, counted in per cent.
        flags: the same of flags.
        indices: (title, «index:<id>»).
        years: result years with data, the newest first.
    """

    entries: tuple[RuleEntry, ...]
    metrics: tuple[tuple[str, str], ...]
    flags: tuple[tuple[str, str], ...]
    indices: tuple[tuple[str, str], ...]
    years: tuple[int, ...]
    shares: frozenset[str]

    @property
    def names(self) -> Mapping[str, str]:
        """Return the name by source: «metric:monotown» → «Моногород»."""
        return {source: name for name, source in (*self.metrics, *self.flags, *self.indices)}


def surroundings(connection: Connection) -> Surroundings:
    """Read the rules and everything that their grounds can be made of."""
    from app.operations import indices

    known = metrics.catalogue(connection).metrics
    return Surroundings(
        entries=tuple(rules.listing(connection)),
        metrics=tuple((m.name, f"metric:{m.code}") for m in known if m.kind in {"count", "share", "number"}),
        flags=tuple((m.name, f"metric:{m.code}") for m in known if m.kind == "flag"),
        indices=tuple((d.title, f"index:{d.id}") for d in indices.definitions(connection).values()),
        years=tuple(results.years(connection)),
        shares=frozenset(f"metric:{m.code}" for m in known if m.kind == "share"),
    )


# --- labels ----------------------------------------------------------------------------------------------------


def label_of(branch: Branch, names: Mapping[str, str]) -> str:
    """Return what a ground is called by its parameters: «две и более процедуры за год»; "" while it is not whole.

    Args:
        branch: the ground.
        names: names of metrics and indices by source.
    """
    data = names.get(branch.data or "", "")
    if branch.kind in {"metric", "metric_gap", "flag", "index"}:
        return _label_of_context(branch, _small(data)) if data else ""
    return _label_of_results(branch)


def _label_of_results(branch: Branch) -> str:
    from app.analysis.numerals import years_running
    from app.analysis.rule_wording import points_text, share_text, whose

    match _OLD.get(branch.kind, branch.kind):
        case "at_least_in_year":
            return f"за год порог достигнут по процедурам: {branch.n} или больше"
        case "each_of_years_any" if 1 <= branch.span <= 10:
            return f"{years_running(branch.span)} порог достигнут по процедурам, любым: {branch.n} или больше"
        case "same_in_years" if 1 <= branch.span <= 10:
            return f"{years_running(branch.span)} порог достигнут по одним и тем же процедурам: {branch.n} или больше"
        case "region_gap" if branch.bound:
            what = "средний балл ниже" if branch.measure == "mean" else "доля ниже минимума больше"
            points = points_text(branch.bound) + ("" if branch.measure == "mean" else " п. п.")
            return f"{what}, чем {whose(branch)}, на {points} и более по процедурам: {branch.n} или больше"
        case "lowest_share" if branch.share:
            kinds = ", ".join(branch.kinds)
            return f"школа среди {share_text(branch.share)} школ с самыми низкими результатами ({kinds})"
        case "quality_at_most" if branch.bound:
            return f"качество знаний {share_text(branch.bound)} и ниже, мониторингов: {branch.n} или больше"
        case _:
            return ""


def _label_of_context(branch: Branch, name: str) -> str:
    from app.analysis.rule_wording import share_text

    if branch.kind == "flag":
        return name if branch.wanted else f"{name}: нет"
    if branch.kind == "index" and branch.share:
        return f"школа среди {share_text(branch.share)} школ с самым низким значением: {name}"
    if branch.kind == "metric" and branch.bound:
        word = {"less": "меньше", "at_most": "не больше", "more": "больше"}[branch.compare]
        return f"{name}: {word} {_amount(branch.bound)}"
    if branch.kind == "metric_gap" and branch.bound:
        return f"{name}: выше средней по региону на {share_text(branch.bound)} и более"
    return ""


def _small(name: str) -> str:
    """Begin with a small letter, but leave an abbreviation as it is."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def _amount(bound: tuple[int, int]) -> str:
    from app.analysis.rule_wording import points_text, share_text

    return share_text(bound) if bound[1] >= _PERCENT else points_text(bound)


# --- faults ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FormFault:
    """A fault at its place in the form: number counts procedures and grounds from 0; key is the line, "" for none."""

    place: FaultPlace
    number: int
    key: str
    text: str

    @property
    def told(self) -> str:
        """Return the fault with its place, for where it stands apart from it: «Основание 2. Граница: …»."""
        word = {"branch": "Основание", "procedure": "Процедура"}.get(self.place)
        return self.text if word is None else f"{word}{NBSP}{self.number + 1}. {self.text}"


_KEYS = {
    "id": "Код", "version": "Версия", "title": "Название", "wording": "Формулировка", "source": "Источник",
    "threshold": "Порог", "need": "Сколько оснований достаточно", "min_participants": "Наименьшее число участников",
    "procedures": "Процедуры", "branches": "Основания", "label": "Название", "subject": "Предмет",
    "grades": "Классы", "levels": "Уровень", "n": "Сколько нужно", "years": "Сколько лет", "share": "Доля школ",
    "bound": "Граница", "kinds": "Виды процедур", "data": "Показатель", "base": "С чем сравнить",
}  # fmt: skip
_HINTS = {
    "threshold": "допустимо число процентов больше 0 и не больше 100",
    "share": "допустимо число процентов больше 0 и не больше 100",
    "bound": "допустимо число больше нуля",
    "grades": "допустимы классы от 1 до 12 через запятую или слово «каждый»",
    "kinds": "отметьте хотя бы один вид",
    "procedures": "добавьте хотя бы одну процедуру",
    "branches": "добавьте хотя бы одно основание",
    "data": "выберите",
    "base": "выберите",
    "n": "допустимо целое число от 1 до 100",
    "years": "допустимо целое число лет, не больше 10; для «лет подряд» — не меньше 2",
    "min_participants": "допустимо целое число от 1 до 1000",
}
"""What to enter; «заполните» for the other lines."""


def form_faults(draft: Rule) -> list[FormFault]:
    """Return what is wrong with a draft, each fault at its place and in words without TOML."""
    found = rules.faults(draft)
    unread = any(fault.cell == "grades" for fault in found)
    # grades that can't be read mean any grade to the reader: that they overlap then is no fault of its own
    return [_form_fault(f, draft) for f in found if not (unread and f.code == "RULE_PROCEDURE_OVERLAP")]


def _form_fault(fault: Problem, draft: Rule) -> FormFault:
    from app.analysis.rules import procedure_total

    found = re.fullmatch(r"(Основание|Процедура) (\d+)", fault.sheet or "")
    place: FaultPlace = "rule" if found is None else "branch" if found[1] == "Основание" else "procedure"
    number, key = (int(found[2]) - 1 if found else 0), fault.cell or ""
    match fault.code:
        case "RULE_PROCEDURES_FEW":
            need, have = draft.branches[number].n, procedure_total(draft)
            return FormFault(place, number, key, f"Процедур нужно {need}, а в правиле их {have}.")
        case "RULE_NEED":
            text = f"Оснований нужно {draft.need}, а в правиле их {len(draft.branches)}."
            return FormFault("rule", 0, "need", text)
        case _ if key:
            return FormFault(place, number, key, f"{_KEYS.get(key, key)}: {_HINTS.get(key, 'заполните')}.")
        case _:
            return FormFault("whole", 0, "", fault.message)
