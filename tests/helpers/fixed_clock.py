"""The clock of the program stands still: papers of the example are then the same to the last letter."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, tzinfo
from importlib import import_module
from typing import Any
from unittest import mock

MOMENT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)

_WITH_DATETIME = ("app.models.journal",)
_WITH_DATE = ("app.clock",)


class _Datetime(datetime):
    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return MOMENT.astimezone(tz) if tz is not None else MOMENT.replace(tzinfo=None)


class _Date(date):
    @classmethod
    def today(cls) -> date:  # type: ignore[override]
        return MOMENT.date()


@contextmanager
def standing() -> Iterator[None]:
    """Let every place that asks for the time get ``MOMENT``, in UTC."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = "UTC"
    time.tzset()
    patches: list[Any] = [mock.patch.object(import_module(name), "datetime", _Datetime) for name in _WITH_DATETIME]
    patches += [mock.patch.object(import_module(name), "date", _Date) for name in _WITH_DATE]
    try:
        for patch in patches:
            patch.start()
        yield
    finally:
        for patch in patches:
            patch.stop()
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()
