"""The catalogue of context metrics: data with a source, never code (domain §3.2, 000 п. 1.2.1).

The shipped catalogue is ``resources/metrics/context.toml``; a file of the user may add its own metrics and replace
shipped ones by code. Every fault of a text is collected before anything is refused.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from typing import Any, Literal, get_args

from app.errors import UserError
from app.models.metric_cells import MetricKind
from app.models.records import MetricName
from app.paths import resources

Direction = Literal["higher_better", "lower_better", "neutral"]
DIRECTION_WORDS: dict[Direction, str] = {
    "higher_better": "чем больше, тем лучше",
    "lower_better": "чем меньше, тем лучше",
    "neutral": "ни то ни другое",
}
KIND_WORDS: dict[MetricKind, str] = {
    "count": "целое число",
    "share": "доля",
    "number": "число",
    "flag": "да или нет",
    "text": "текст",
}
OWN_GROUP = "own"
OWN_GROUP_NAME = "Свои показатели"

_CODE = re.compile(r"[a-z][a-z0-9_]{0,59}")
_TOP = {"format", "title", "group", "index", "metric"}
_KEYS = {
    "code", "name", "short", "group", "kind", "unit", "unit_many", "part", "whole", "part_name", "whole_name",
    "direction", "lower", "upper", "registry", "index", "aliases", "source", "note",
}  # fmt: skip
_REGISTRY = ("pupils", "teachers")
_MOST_FAULTS = 20


@dataclass(frozen=True, slots=True)
class Metric:
    """One context metric.

    Attributes:
        code: short Latin name; values are stored under it.
        name: the full name; of a component of an index, as the source words it.
        short: the heading of a column.
        unit: «чел.», «%», «руб.»; "" for texts.
        unit_many: the unit after a number of many, «до 50 ставок»; "" where it is the unit itself.
        part, whole: codes of the counts that a share is made of, None where the catalogue has no such counts.
        part_name, whole_name: what the two numbers of a share count, in words.
        direction: whether more is better.
        lower, upper: reasonable bounds, of a share in percent; a value outside is kept but must be explained.
        registry: column of the school's card that holds the very same number.
        index: id of the index of 000 that the metric is a component of.
        own: added by the user.
    """

    code: str
    name: str
    short: str
    group: str
    kind: MetricKind
    unit: str
    direction: Direction
    source: str
    part: str | None = None
    whole: str | None = None
    part_name: str = ""
    whole_name: str = ""
    lower: Decimal | None = None
    upper: Decimal | None = None
    registry: str | None = None
    index: str | None = None
    aliases: tuple[str, ...] = ()
    note: str = ""
    own: bool = False
    unit_many: str = ""

    @property
    def spellings(self) -> tuple[str, ...]:
        """Return every way a heading may name the metric, the full name first."""
        return tuple(dict.fromkeys((self.name, self.short, *self.aliases)))


@dataclass(frozen=True, slots=True)
class ContextIndex:
    """One of the three indices of 000; ``note`` says where the source slips."""

    code: str
    name: str
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All metrics in their order, groups by id, indices by id."""

    metrics: tuple[Metric, ...]
    groups: Mapping[str, str]
    indices: Mapping[str, ContextIndex]
    _by_code: dict[str, Metric] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._by_code.update({metric.code: metric for metric in self.metrics})

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def get(self, code: str) -> Metric | None:
        """Return the metric of that code, if there is one."""
        return self._by_code.get(code)

    def find(self, text: str) -> Metric:
        """Return the metric that a code, a name, a short name or an alias means.

        Raises:
            UserError: ``DATA_NO_METRIC``.
        """
        if text in self._by_code:
            return self._by_code[text]
        wanted = plain(text)
        for metric in self.metrics:
            if wanted and wanted in map(plain, metric.spellings):
                return metric
        raise UserError("DATA_NO_METRIC", query=text)

    def group(self, group: str) -> tuple[Metric, ...]:
        """Return the metrics of one group."""
        return tuple(metric for metric in self.metrics if metric.group == group)

    def components(self, index: str) -> tuple[Metric, ...]:
        """Return the components of one index."""
        return tuple(metric for metric in self.metrics if metric.index == index)

    def names(self) -> tuple[MetricName, ...]:
        """Return what a reader must know of the metrics (``Known.metrics``)."""
        return tuple(MetricName(metric.code, metric.spellings, metric.kind) for metric in self.metrics)


def plain(text: str) -> str:
    """Return a heading for comparison: lower case, ё as е, any punctuation and spaces as one space."""
    return " ".join(re.sub(r"[^0-9a-zа-я%]+", " ", text.casefold().replace("ё", "е")).split())


@cache
def load_shipped() -> Catalogue:
    """Return the catalogue shipped with the program.

    Raises:
        UserError: ``DATA_CATALOGUE`` where the shipped file is damaged.
    """
    return parse((resources() / "metrics" / "context.toml").read_text(encoding="utf-8"))


def parse(text: str, base: Catalogue | None = None) -> Catalogue:
    """Read a catalogue strictly; with ``base`` it is laid over it: the same code replaces, a new one is added.

    Raises:
        UserError: ``DATA_CATALOGUE`` with every fault (the first twenty).
    """
    document = _document(text)
    faults: list[str] = []
    if extra := sorted(set(document) - _TOP):
        faults.append(f"неизвестная строка «{extra[0]}»")
    if document.get("format") != 1:
        faults.append("ожидается строка format = 1")
    groups = dict(base.groups) if base else {}
    groups |= {row["code"]: row["name"] for row in _named(document, "group", faults)}
    indices = dict(base.indices) if base else {}
    for row in _named(document, "index", faults):
        indices[row["code"]] = ContextIndex(row["code"], row["name"], row.get("source", ""), row.get("note", ""))
    rows = document.get("metric")
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        faults.append("нет ни одного раздела [[metric]]")
        rows = []
    found = [_Row(row, number, faults).metric(groups, indices, own=base is not None) for number, row in _numbered(rows)]
    _no_repeats([metric.code for metric in found], faults)
    merged = _giving_way(base.metrics, found) if base else {}
    merged |= {metric.code: metric for metric in found}
    _whole_catalogue(merged, faults)
    if faults:
        more = f"; и ещё {len(faults) - _MOST_FAULTS}" if len(faults) > _MOST_FAULTS else ""
        raise UserError("DATA_CATALOGUE", faults="; ".join(faults[:_MOST_FAULTS]) + more)
    return Catalogue(tuple(_with_names(metric, merged) for metric in merged.values()), groups, indices)


def _giving_way(metrics: tuple[Metric, ...], found: list[Metric]) -> dict[str, Metric]:
    """Return shipped metrics without the aliases that the user's own claim: a later catalogue must not break a file."""
    claimed = {plain(spelling) for metric in found for spelling in metric.spellings}
    return {
        metric.code: replace(metric, aliases=tuple(alias for alias in metric.aliases if plain(alias) not in claimed))
        for metric in metrics
    }


def _document(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = re.search(r"line (\d+)", str(error))
        where = f"строка {place[1]} — не TOML" if place else "текст обрывается"
        raise UserError("DATA_CATALOGUE", faults=where) from error


def _numbered(rows: list[dict[str, Any]]) -> list[tuple[int, dict[str, Any]]]:
    return list(enumerate(rows, start=1))


def _named(document: dict[str, Any], key: str, faults: list[str]) -> list[dict[str, str]]:
    """Return the tables of groups or indices; each has a code and a name."""
    rows = document.get(key, [])
    good: list[dict[str, str]] = []
    for row in rows if isinstance(rows, list) else [rows]:
        texts = isinstance(row, dict) and all(isinstance(value, str) and value for value in row.values())
        if texts and {"code", "name"} <= set(row) <= {"code", "name", "source", "note"}:
            good.append(row)
        else:
            faults.append(f"раздел [[{key}]]: нужны code и name, возможны source и note")
    _no_repeats([row["code"] for row in good], faults)
    return good


def _no_repeats(codes: list[str], faults: list[str]) -> None:
    faults.extend(f"«{code}» повторяется" for code in sorted({code for code in codes if codes.count(code) > 1}))


class _Row:
    """One [[metric]]; every getter notes what is wrong and goes on."""

    def __init__(self, content: dict[str, Any], number: int, faults: list[str]) -> None:
        self._content = content
        self._faults = faults
        code = content.get("code")
        self._place = f"показатель «{code}»" if isinstance(code, str) else f"раздел [[metric]] № {number}"

    def metric(self, groups: Mapping[str, str], indices: Mapping[str, ContextIndex], *, own: bool) -> Metric:
        if extra := sorted(set(self._content) - _KEYS):
            self._fault(f"неизвестная строка «{extra[0]}»")
        kind: MetricKind = self._choice("kind", get_args(MetricKind), "count")  # type: ignore[assignment]
        code, name = self._text("code"), self._text("name")
        if code and not _CODE.fullmatch(code):
            self._fault("code — латинские строчные буквы, цифры и знак «_»")
        lower, upper = self._bound("lower"), self._bound("upper")
        if lower is not None and upper is not None and lower > upper:
            self._fault("lower больше upper")
        if kind in {"flag", "text"} and (lower is not None or upper is not None):
            self._fault("границ у слов и признаков не бывает")
        part, whole = self._optional("part"), self._optional("whole")
        if kind != "share" and any(key in self._content for key in ("part", "whole", "part_name", "whole_name")):
            self._fault("часть и целое бывают только у доли")
        return Metric(
            code=code,
            name=name,
            short=self._optional("short") or name,
            group=self._choice("group", tuple(groups) or ("",)),
            kind=kind,
            unit=self._optional("unit") or "",
            unit_many=self._optional("unit_many") or "",
            direction=self._choice("direction", get_args(Direction), "neutral"),  # type: ignore[arg-type]
            source=self._text("source"),
            part=part,
            whole=whole,
            part_name=self._optional("part_name") or "",
            whole_name=self._optional("whole_name") or "",
            lower=lower,
            upper=upper,
            registry=self._choice("registry", _REGISTRY) if "registry" in self._content else None,
            index=self._choice("index", tuple(indices) or ("",)) if "index" in self._content else None,
            aliases=self._aliases(),
            note=self._optional("note") or "",
            own=own,
        )

    def _fault(self, text: str) -> None:
        self._faults.append(f"{self._place}: {text}")

    def _text(self, key: str) -> str:
        value = self._content.get(key)
        if not isinstance(value, str) or not value.strip():
            self._fault(f"{key} — непустой текст")
            return ""
        return value.strip()

    def _optional(self, key: str) -> str | None:
        if key not in self._content:
            return None
        value = self._content[key]
        if not isinstance(value, str):
            self._fault(f"{key} — текст")
            return None
        return value.strip() or None

    def _choice(self, key: str, allowed: tuple[str, ...], default: str = "") -> str:
        value = self._content.get(key, default)
        if value not in allowed:
            self._fault(f"{key} — одно из: {', '.join(allowed)}")
            return allowed[0]
        return str(value)

    def _bound(self, key: str) -> Decimal | None:
        value = self._content.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            self._fault(f"{key} — число")
            return None
        return Decimal(str(value))

    def _aliases(self) -> tuple[str, ...]:
        value = self._content.get("aliases", [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            self._fault("aliases — список текстов")
            return ()
        return tuple(item.strip() for item in value)


def _whole_catalogue(metrics: Mapping[str, Metric], faults: list[str]) -> None:
    """Note what is wrong between metrics: parts that are no counts, headings that mean two metrics."""
    for metric in metrics.values():
        for role, code in (("part", metric.part), ("whole", metric.whole)):
            if code is not None and (code not in metrics or metrics[code].kind != "count"):
                faults.append(f"показатель «{metric.code}»: {role} = «{code}» — не показатель вида count")
        if metric.kind == "share" and not all((metric.part or metric.part_name, metric.whole or metric.whole_name)):
            faults.append(f"показатель «{metric.code}»: у доли нужны часть и целое (part и whole или их названия)")
    holders: dict[str, str] = {}
    for metric in metrics.values():
        for spelling in metric.spellings:
            holder = holders.setdefault(plain(spelling), metric.code)
            if holder != metric.code:
                faults.append(f"«{spelling}» значит сразу два показателя: «{holder}» и «{metric.code}»")


def _with_names(metric: Metric, metrics: Mapping[str, Metric]) -> Metric:
    """Fill in the words of part and whole from the counts they point to."""
    if metric.kind != "share":
        return metric
    part_name = metric.part_name or (metrics[metric.part].name if metric.part else "")
    whole_name = metric.whole_name or (metrics[metric.whole].name if metric.whole else "")
    return replace(metric, part_name=part_name, whole_name=whole_name)


def as_toml(metrics: tuple[Metric, ...]) -> str:
    """Return the user's own metrics as a catalogue that ``parse`` reads over the shipped one."""
    import tomlkit

    document = tomlkit.document()
    document.add("format", tomlkit.item(1))
    group = tomlkit.table()
    group.add("code", OWN_GROUP)
    group.add("name", OWN_GROUP_NAME)
    groups = tomlkit.aot()
    groups.append(group)
    document.add("group", groups)
    rows = tomlkit.aot()
    for metric in metrics:
        rows.append(_table(metric))
    document.add("metric", rows)
    return tomlkit.dumps(document)


def _table(metric: Metric) -> Any:
    import tomlkit

    table = tomlkit.table()
    for key in (
        "code", "name", "short", "group", "kind", "unit", "unit_many", "part", "whole", "direction", "registry",
        "index", "source", "note",
    ):  # fmt: skip
        value = getattr(metric, key)
        if value:
            table.add(key, value)
    if metric.kind == "share":
        table.add("part_name", metric.part_name)
        table.add("whole_name", metric.whole_name)
    for key in ("lower", "upper"):
        bound: Decimal | None = getattr(metric, key)
        if bound is not None:
            table.add(key, int(bound) if bound == bound.to_integral_value() else float(bound))
    if metric.aliases:
        table.add("aliases", list(metric.aliases))
    return table
