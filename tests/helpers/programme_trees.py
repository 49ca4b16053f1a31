"""Trees of records grown by hand for the checks of a programme, and 004's own sample read from its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.analysis.programme_values import number
from app.models.programme_records import (
    Activity,
    ActivityResult,
    ApprovalBlock,
    EstimateLine,
    Indicator,
    Link,
    MechanismLine,
    Money,
    MonitorLine,
    Node,
    Programme,
    ProgrammeDirection,
    Responsible,
    SectionText,
    Stakeholder,
    Target,
    Term,
    Tree,
)

_NOTHING_YET: dict[str, Any] = {
    "date_from": None, "date_to": None, "period_text": None, "previous_id": None, "copied_from": None,
    "created_at": "2026-11-20T09:00:00+00:00", "agreement_from": None, "approved_on": None, "act_kind": None,
    "act_number": None, "act_date": None, "snapshot_id": None, "cancelled_on": None, "cancel_reason": None,
    "source_name": None, "source_sha256": None, "note": None,
}  # fmt: skip


class Planting:
    """Grows a tree record by record; every row gets the next number as its key."""

    def __init__(self, title: str = "Программа поддержки школ", years: tuple[int, int] = (2023, 2025), **own: Any):
        head: dict[str, Any] = {
            "id": 1, "kind": "municipal", "organisation_id": None, "document": "programme", "title": title,
            "year_from": years[0], "year_to": years[1], "building": "tasks", "edition": 1, "lineage": 1,
        }  # fmt: skip
        self.programme = Programme(**(head | _NOTHING_YET | own))
        self.last = 1
        self.nodes: dict[int, Node] = {}
        self.indicators: dict[int, Indicator] = {}
        self.targets: dict[int, dict[int, Target]] = {}
        self.activities: dict[int, Activity] = {}
        self.rows: dict[str, dict[int, list[Any]]] = {}
        self.lines: dict[str, list[Any]] = {}
        self.texts: dict[str, SectionText] = {}
        self.drafts: dict[tuple[int, str], tuple[str, str]] = {}

    def key(self) -> int:
        self.last += 1
        return self.last

    def _row(self, name: str, node_id: int, row: Any) -> None:
        self.rows.setdefault(name, {}).setdefault(node_id, []).append(row)

    def _line(self, name: str, row: Any) -> int:
        self.lines.setdefault(name, []).append(row)
        return int(row.id)

    def node(self, kind: Any, text: str, under: int | None = None, **own: Any) -> int:
        key = self.key()
        values: dict[str, Any] = {"cause_kind": None, "answer": None, "wording": None, "origin": None, "note": None}
        self.nodes[key] = Node(key, 1, under, kind, key, text, key, **(values | own))
        return key

    def indicator(
        self, text: str, under: int | None = None, *, baseline: str | None = None,
        targets: dict[int, str] | None = None, required: dict[int, str] | None = None, **own: Any,
    ) -> int:  # fmt: skip
        key = self.node("indicator", text, under)
        read = number(baseline) if baseline is not None else None
        values: dict[str, Any] = {
            "unit": "%", "direction": "down", "baseline_year": 2022, "requirement": None, "source": "Результаты ОГЭ",
            "method": None, "period": "раз в год", "responsible": "Методист", "person_id": None, "formula": None,
            "tolerance": None, "baseline_raw": baseline, "baseline": read.value if read else None,
            "baseline_code": read.code if read else None,
        }  # fmt: skip
        self.indicators[key] = Indicator(self.key(), key, **(values | own))
        for year in sorted({*(targets or {}), *(required or {})}):
            self.target(key, year, (targets or {}).get(year), (required or {}).get(year))
        return key

    def target(self, key: int, year: int, raw: str | None, required: str | None = None) -> int:
        own, asked = number(raw or ""), number(required or "")
        row = Target(self.key(), key, year, raw, own.value, own.code, required, asked.value, asked.code)
        self.targets.setdefault(key, {})[year] = row
        return row.id

    def activity(
        self, text: str, under: int | None = None, *, term: str | None = "март 2023",
        spans: Sequence[tuple[str, str]] = (("2023-03-01", "2023-03-31"),), responsible: Sequence[str] = ("Методист",),
        results: Sequence[str] = ("12 учителей",), serves: Sequence[int] = (), **own: Any,
    ) -> int:  # fmt: skip
        key = self.node("activity", text, under)
        values: dict[str, Any] = {
            "label": None, "term_text": term, "term_code": None, "direction_id": None, "reason": None,
            "conditions": None, "coverage": "listed", "own": True, "free": True,
        }  # fmt: skip
        self.activities[key] = Activity(self.key(), key, **(values | own))
        for place, (first, last) in enumerate(spans):
            self._row("terms", key, Term(self.key(), key, place, first, last, False))
        for place, words in enumerate(responsible):
            self._row("responsible", key, Responsible(self.key(), key, place, words, None, None, None))
        for place, words in enumerate(results):
            self._row("results", key, ActivityResult(self.key(), key, place, words))
        for other in serves:
            self.link("serves", key, other)
        return key

    def link(self, kind: Any, source: int, target: int) -> int:
        return self._line("links", Link(self.key(), 1, kind, source, target))

    def money(self, key: int, year: int, kopecks: int | None, source: str = "municipal", raw: str = "1",
              code: str | None = None) -> None:  # fmt: skip
        self._row("money", key, Money(self.key(), key, year, source, raw, kopecks, code))

    def estimate(self, key: int, year: int, kopecks: int | None, *, text: str = "Бумага", source: str = "municipal",
                 comes: str | None = "2023-03-01", code: str | None = None) -> None:  # fmt: skip
        row = EstimateLine(self.key(), key, year, 0, text, source, "1", kopecks, code, comes, comes)
        self._row("estimate", key, row)

    def text(self, key: str, text: str, origin: Any = "typed") -> None:
        self.texts[key] = SectionText(self.key(), 1, key, text, origin, None)

    def direction(self, title: str) -> int:
        return self._line("directions", ProgrammeDirection(self.key(), 1, 0, title))

    def stakeholder(self, name: str, interest: str = "", part: str = "") -> int:
        return self._line("stakeholders", Stakeholder(self.key(), 1, 0, name, interest, part))

    def mechanism(self, participant: str, powers: str = "", result: str = "") -> int:
        return self._line("mechanism", MechanismLine(self.key(), 1, 0, participant, powers, result, None, None, None))

    def monitor(
        self, subject: str, measures: str = "", source: str = "", period: str = "", responsible: str = ""
    ) -> int:  # fmt: skip
        return self._line("monitoring", MonitorLine(self.key(), 1, 0, subject, measures, source, period, responsible))

    def block(
        self, word: Any = "approved", post: str = "", name: str = "", act: str = "приказом", number: str = "1"
    ) -> int:  # fmt: skip
        return self._line("blocks", ApprovalBlock(self.key(), 1, 0, word, post, name, act, number, None, None))

    def tree(self) -> Tree:
        many: dict[str, Any] = {
            name: {key: tuple(found) for key, found in kept.items()} for name, kept in self.rows.items()
        }
        many |= {name: tuple(found) for name, found in self.lines.items()}
        many |= {"indicators": self.indicators, "targets": self.targets, "activities": self.activities}
        return Tree(self.programme, self.nodes, texts=self.texts, drafts=self.drafts, **many)


def whole() -> tuple[Planting, dict[str, int]]:
    """Return a small programme in which nothing is wrong, with the keys of its nodes by name."""
    plant = Planting("Муниципальная программа поддержки школ на 2023–2025 годы")
    key: dict[str, int] = {}
    key["problem"] = plant.node("problem", "Треть девятиклассников четырёх школ не сдаёт математику")
    key["cause"] = plant.node("cause", "Семь учителей давно не учились", key["problem"], cause_kind="process")
    key["goal"] = plant.node("goal", "К концу 2025 года снизить долю не сдавших математику до 10 %")
    key["task"] = plant.node("task", "Обучить учителей математики школ списка", key["goal"])
    key["measure"] = plant.node("measure", "Качество математического образования", key["task"])
    key["indicator"] = plant.indicator(
        "Доля не сдавших математику", key["measure"], baseline="34", targets={2023: "30", 2024: "20", 2025: "10"}
    )
    key["activity"] = plant.activity("Курсы по геометрии", key["task"], serves=[key["indicator"]])
    key["second"] = plant.activity(
        "Пробный экзамен", key["task"], serves=[key["indicator"]], term="апрель 2024",
        spans=(("2024-04-01", "2024-04-30"),), results=("Справка о типичных ошибках",),
    )  # fmt: skip
    plant.link("solves", key["goal"], key["problem"])
    plant.link("solves", key["task"], key["cause"])
    key["risk"] = plant.node("risk", "Учитель уволится", answer="Урок ведёт учитель школы-партнёра")
    for name in ("results", "process", "conditions"):
        plant.text(f"analysis.{name}", f"За три года: {name}")
    plant.text("passport.developers", "Методический центр")
    plant.stakeholder("Родители", "Ребёнок сдаёт экзамен без репетитора")
    plant.mechanism("Рабочая группа", "Раз в квартал смотрит выполнение плана")
    plant.monitor("Сдача математики", "Доля не сдавших", "Результаты ОГЭ", "Раз в год", "Методист")
    plant.block()
    return plant, key


_FIRST, _LAST = "Наименование программы\t", "Контроль реализации программы\t"
_TABLE_4 = "Таблица 4 - "
_KEYS = ("title", "developers", "executors", "goal", "tasks", "indicators", "period", "mechanism", "results", "control")
_ITEM = re.compile(r"\s*(?:\d+\.\s+|(?:^|\s)-\s+)")


def sample_of_004(folder: Path, years: tuple[int, int] = (2023, 2024)) -> Planting:
    """Return 004's own sample entered as it stands: table 1, and tables 2-4 with their years and empty rows.

    The passport's goal, five tasks and three indicators become nodes. Table 2 and table 3 name 2023, 2024 and 2025,
    table 4 and the passport 2023-2024.
    """
    text = next((folder / "seeds").glob("004_*.txt")).read_text(encoding="utf-8")
    lines = text[text.index(_FIRST) :].splitlines()
    table = [line for line in lines[:20] if "\t" in line][: len(_KEYS)]
    assert table[-1].startswith(_LAST)
    rows = {name: re.sub(r"</?\w[^>]*>", "", line.split("\t", 1)[1]) for name, line in zip(_KEYS, table, strict=True)}
    plant = Planting(rows["title"], years)
    for name, words in rows.items():
        items = [item.strip() for item in _ITEM.split(words) if item.strip()]
        plant.text(f"passport.{name}", "\n".join(items))
    goal = plant.node("goal", rows["goal"])
    for words in plant.texts["passport.tasks"].text.splitlines():
        plant.node("task", words, goal)
    for words in plant.texts["passport.indicators"].text.splitlines():
        name, _, value = words.partition(" – ")
        key = plant.indicator(name, None, unit="%", direction=None, source=None, period=None, responsible=None,
                              baseline_year=None)  # fmt: skip
        for year in (2023, 2024, 2025):
            plant.target(key, year, value.rstrip("."))
    plant.text("section.plan", text[text.index(_TABLE_4) + len(_TABLE_4) :].splitlines()[0])
    return plant
