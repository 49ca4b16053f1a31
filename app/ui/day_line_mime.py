"""A thing with a day as it is dragged from one place of the window to another: calendar, «Сегодня», journal."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from PySide6.QtCore import QByteArray, QMimeData

MIME = "application/x-opora-day-line"
_TEXTS = ("source", "day", "text")


@dataclass(frozen=True, slots=True)
class DayThing:
    """What is dragged.

    Attributes:
        source: «event», «task» and so on, see ``operations.calendar_items``; ``key`` of its row.
        day: ISO day by which it was taken, "" where it has none.
        text: its words; they also go as plain text into other programs.
        school_id: the school it is about.
    """

    source: str
    key: int
    day: str
    text: str
    school_id: int | None = None


def pack(thing: DayThing) -> QMimeData:
    """Return a thing as data of a drag."""
    data = QMimeData()
    data.setData(MIME, QByteArray(json.dumps(asdict(thing), ensure_ascii=False).encode()))
    data.setText(thing.text)
    return data


def unpack(data: QMimeData) -> DayThing | None:
    """Return the thing of a drag; None of anything else, from another program too."""
    if not data.hasFormat(MIME):
        return None
    try:
        found = json.loads(data.data(MIME).toStdString())
    except ValueError:  # not ours whatever it calls itself
        return None
    if not isinstance(found, dict) or not all(isinstance(found.get(name), str) for name in _TEXTS):
        return None
    key, school = found.get("key"), found.get("school_id")
    if not isinstance(key, int) or not (school is None or isinstance(school, int)):
        return None
    return DayThing(found["source"], key, found["day"], found["text"], school)
