"""What a line of loading is: one file with its answers, what was said of it, and the columns that show it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from app.operations import results
from app.operations.results import Decision, Fewer, FileReading, Hints, Plan
from app.texts import count, plural
from app.ui.item_models.table_model import Column
from app.ui.theme import Kind


@dataclass
class Entry:
    """One file on its way: where it is, what was said about it, what it would do."""

    path: Path
    hints: Hints = field(default_factory=Hints)
    reading: FileReading | None = None
    plan: Plan | None = None
    decisions: dict[str, Decision] = field(default_factory=dict)
    done: bool = False
    trouble: str = ""
    fewer: Fewer = "ask"

    @property
    def refused(self) -> bool:
        """True where nothing of the file can be taken."""
        return self.reading is not None and self.reading.refused is not None

    @property
    def markable(self) -> bool:
        """True for a table that nobody knows and a person can explain."""
        return self.refused and self.reading is not None and bool(self.reading.grid)

    @property
    def explainable(self) -> bool:
        """True for every table that a person may explain, also for one that the program has recognised."""
        return self.markable or (self.reading is not None and not self.refused and not self.done)

    @property
    def cause(self) -> str:
        """Why nothing of the file was taken, "" where nothing stands in the way."""
        refused = self.reading.refused if self.reading is not None else None
        return refused.message if refused is not None else self.trouble

    @property
    def asks(self) -> bool:
        """True while the file waits for an answer."""
        return self.reading is not None and bool(self.reading.questions) and not self.refused

    @property
    def asks_fewer(self) -> bool:
        """True while nobody has said what becomes of counts of which the file has fewer participants."""
        return self.fewer == "ask" and self.plan is not None and bool(self.plan.rows_fewer)

    @property
    def brings_something(self) -> bool:
        """False while nothing of the file would be written: all its schools wait for a decision."""
        plan = self.plan
        return plan is not None and bool(plan.rows_new + plan.rows_changed + plan.rows_same or not plan.unknown)

    @property
    def undecided(self) -> int:
        """How many schools of the file nobody has decided about."""
        return 0 if self.plan is None else sum(u.key not in self.decisions for u in self.plan.unknown)


def state_of(entry: Entry) -> tuple[Kind, str]:
    """Return the chip of a file."""
    if entry.reading is None:
        return "none", "не прочитан"
    if entry.markable:
        return "warn", "не узнан"
    if entry.refused:
        return "bad", "не принят"
    if entry.trouble:
        return "bad", "не загружен"
    if entry.asks or entry.asks_fewer:
        return "warn", "есть вопрос"
    if entry.done:
        return "ok", "загружен"
    if entry.undecided:
        return "warn", "не все школы"
    return "ok", "готов"


def refusal_of(entries: list[Entry]) -> str:
    """Return why files are not taken: the cause of the one, or how many and the cause of the first; "" for none."""
    causes = [entry.cause for entry in entries if entry.cause]
    if len(causes) < 2:
        return causes[0] if causes else ""
    verb = plural(len(causes), "Не принят", "Не приняты", "Не принято")
    return f"{verb} {count(len(causes), 'файл', 'файла', 'файлов')}. Причина первого: {causes[0]}"


def _figure(entry: Entry, name: str) -> str:
    return "" if entry.plan is None else str(getattr(entry.plan, name))


def problems_of(entry: Entry) -> int:
    """Return how many findings a file has."""
    if entry.plan is not None:
        return len(entry.plan.problems)
    return len(entry.reading.problems) if entry.reading is not None else 0


def _what(entry: Entry) -> str:
    if entry.reading is None:
        return ""
    return entry.reading.title or _kind(entry)


def _kind(entry: Entry) -> str:
    """Return what kind of file it is; a table read by a saved marking says so."""
    if entry.reading is None:
        return ""
    words = results.kind_words(entry.reading.kind)
    return f"{words}; разметка «{entry.reading.profile}»" if entry.reading.profile else words


COLUMNS = (
    Column("file", "Файл", lambda e: e.path.name, 190, 2, middle=True, strong=True, tip=lambda e: str(e.path)),
    Column("what", "Что это", _what, 200, 3, tip=_kind),
    Column("new", "Новых", lambda e: _figure(e, "rows_new"), 62, kind="number"),
    Column("changed", "Изменится", lambda e: _figure(e, "rows_changed"), 84, kind="number"),
    Column("same", "Без изменений", lambda e: _figure(e, "rows_same"), 108, kind="number"),
    Column("problems", "Замечаний", lambda e: str(problems_of(e)), 84, kind="number"),
    Column(
        "state", "Состояние", lambda e: state_of(e)[1], 120, kind="chip", chip=lambda e: state_of(e)[0],
        tip=lambda e: e.cause,
    ),
)  # fmt: skip
_DONE = {"changed": "Изменено", "same": "Совпало", "problems": "Замечаний"}
LOADED = tuple(replace(column, title=_DONE.get(column.key, column.title)) for column in COLUMNS)
CHANGES = (
    Column("school", "Школа", lambda c: c.school, 160, 2, middle=True),
    Column("work", "Процедура", lambda c: c.assessment, 160, 2),
    Column("year", "Год", lambda c: str(c.year), 56, kind="number"),
    Column("before", "Было", lambda c: c.before, 130, 1),
    Column("after", "Станет", lambda c: c.after, 130, 1, strong=True),
    Column("place", "Откуда", lambda c: c.place, 130, 1, middle=True),
)
LEVELS: dict[str, tuple[Kind, str]] = {
    "error": ("bad", "ошибка"),
    "warning": ("warn", "проверить"),
    "hint": ("none", "подсказка"),
}
FINDINGS = (
    Column("level", "Важность", lambda p: LEVELS[p.level][1], 108, kind="chip", chip=lambda p: LEVELS[p.level][0]),
    Column("place", "Место", lambda p: ", ".join(x for x in (p.sheet, p.cell) if x), 150, 1, middle=True),
    Column("message", "Что не так", lambda p: p.message, 400, 5, tip=lambda p: p.message),
)
