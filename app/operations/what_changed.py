"""What changed since a moment, by subject: «Программа: 14 изменений», each with its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from app.models import due_rows
from app.models.due_rows import Deed
from app.models.store import Connection
from app.texts import count

Place = tuple[str, Any]
SUBJECTS: Mapping[str, tuple[str, Place, tuple[str, ...]]] = {
    "results": ("Результаты", ("files", None), ("results", "scales", "skills", "thresholds", "profile", "marking")),
    "list": ("Список ШНОР", ("tab_school_list", None),
             ("list", "agreement", "rule", "typology", "index", "definition", "problem")),
    "schools": ("Школы", ("tab_schools", None),
                ("school", "registry", "metrics", "project", "projects", "tie", "donor", "distance", "factors",
                 "demo", "external")),
    "people": ("Люди и группы", ("people", None), ("person", "body")),
    "forms": ("Чек-листы и формы", ("tab_checklists", None), ("form", "survey")),
    "programme": ("Программа", ("tab_programme", None), ("programme",)),
    "execution": ("Исполнение плана", ("monitoring", "execution"), ("execution",)),
    "indicators": ("Показатели", ("monitoring", "indicators"), ("indicator", "indicators", "point")),
    "decisions": ("Решения", ("monitoring", "decisions"), ("documents", "agenda", "points", "decisions", "decision")),
    "legal": ("Основы", ("monitoring", "blocks"), ("acts", "legal")),
    "support": ("Поддержка", ("monitoring", "support"),
                ("partnerships", "joint", "supporters", "platforms", "deficits", "plans", "support", "risks",
                 "course", "platform", "partnership")),
    "route": ("Маршрут школ", ("monitoring", "route"), ("route",)),
    "cycle": ("Папка", ("monitoring", "cycle"), ("cycle",)),
    "work": ("Работа методистов", ("work", None),
             ("help", "help_templates", "event", "events", "event_items", "event_people", "event_guests",
              "body_members", "body_schools", "body_plan", "practice", "practices", "practice_uses", "mentoring",
              "mentor_pairs", "mentor_meetings", "young_counts")),
    "notes": ("Справки и рекомендации", ("monitoring", "notes"),
              ("note", "notes", "advice", "report")),
    "sheets": ("Листы школ", ("monitoring", "sheets"), ("sheet",)),
    "papers": ("Документы", ("tab_reports", None), ("paper",)),
    "today": ("Дела и запросы", ("today", "tasks"), ("tasks", "requests", "days", "breaks", "month", "today")),
    "other": ("Прочее", ("history", None), ()),
}  # fmt: skip
"""Subject → heading, place, how the kinds of its operations begin."""
_OF_KIND = {name: key for key, (_title, _place, names) in SUBJECTS.items() for name in names}
CHANGE = ("изменение", "изменения", "изменений")


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """What changed in one subject.

    Attributes:
        number: how many operations; ``label`` is the newest of them, ``at`` its moment.
        actors: who did them, the newest first.
    """

    key: str
    title: str
    number: int
    at: str
    label: str
    actors: tuple[str, ...]
    place: Place

    @property
    def text(self) -> str:
        """«Программа: 14 изменений»; of a single one what it was."""
        return self.label if self.number == 1 else f"{self.title}: {count(self.number, *CHANGE)}"

    @property
    def detail(self) -> str:
        """Who, and what was done last."""
        who = ", ".join(self.actors[:3])
        return who if self.number == 1 else f"{who} · последнее: {self.label}"


def moment(day: date) -> str:
    """Return the UTC moment at which a local day begins."""
    return datetime.combine(day, time()).astimezone().astimezone(UTC).isoformat(timespec="seconds")


def local_day(at: str) -> date:
    """Return the local day of a moment."""
    return datetime.fromisoformat(at).astimezone().date()


def subject_of(kind: str) -> str:
    """Return the subject of an operation by its kind."""
    return _OF_KIND.get(kind.partition(".")[0], "other")


def grouped(deeds: Iterable[Deed]) -> tuple[ChangeGroup, ...]:
    """Return operations (the newest first) by subject, the subject that changed last first."""
    found: dict[str, list[Deed]] = {}
    for deed in deeds:
        found.setdefault(subject_of(deed.kind), []).append(deed)
    return tuple(
        ChangeGroup(
            key, SUBJECTS[key][0], len(items), items[0].at, items[0].label,
            tuple(dict.fromkeys(item.actor for item in items)), SUBJECTS[key][1],
        )
        for key, items in found.items()
    )  # fmt: skip


def since(connection: Connection, moment_: str | None, until: str | None = None) -> tuple[ChangeGroup, ...]:
    """Return what changed after a moment (None: ever), by subject."""
    return grouped(due_rows.deeds(connection, moment_, until))


def last_day_of_work(connection: Connection, day: date) -> str | None:
    """Return the moment of the last change before a day, None where there was none."""
    return due_rows.last_before(connection, moment(day))
