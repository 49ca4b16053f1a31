"""What a check of the data says: level, place, figures. No pandas, no store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

CheckLevel = Literal["block", "explain", "hint"]
LEVELS: tuple[CheckLevel, ...] = ("block", "explain", "hint")
LEVEL_WORDS: dict[CheckLevel, str] = {"block": "мешает", "explain": "нужно объяснение", "hint": "подсказка"}

PlaceKind = Literal["school", "metric", "mark", "import", "reference", "survey", "courses", "monitoring", "work"]


@dataclass(frozen=True, slots=True)
class Place:
    """What to open on a click.

    Attributes:
        kind: a field of the school's card, a cell of the grid of metrics, a row of marks, a finding of an import, a
            reference, a sheet of a questionnaire (``key``), the register of courses (``year``), a view of the
            monitoring or of the methodist's own work (``field``).
        school_id: the school, None where it is about none.
        field: column of the card («inn», «pupils», «name»).
        year: school year of a metric or a card's number, result year of a row of marks.
        metric: code of the metric.
        key: key of the stored row: of the count of marks, of the finding of an import.
        file_id: key of the imported file.
    """

    kind: PlaceKind
    school_id: int | None = None
    field: str | None = None
    year: int | None = None
    metric: str | None = None
    key: int | None = None
    file_id: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding before it is put into words.

    Attributes:
        code: a key of the catalogue of messages.
        subject: what it is about, stable while the data change: with ``code`` it makes a finding one.
        figures: the figures it was made of; others open an explained finding again.
        context: values for the message.
    """

    level: CheckLevel
    code: str
    place: Place
    subject: str
    figures: str
    context: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Limits:
    """Thresholds of the checks: settings of the file.

    Attributes:
        points: change of a share in a year that must be explained, percentage points.
        percent: change of a count in a year that must be explained, percent.
        small_group: groups with fewer participants are not compared.
    """

    points: int = 30
    percent: int = 50
    small_group: int = 10
