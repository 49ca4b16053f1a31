"""A connection that takes any text: what SQLite cannot hold is mended where values are bound, in every statement."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

from app.texts import whole_signs


class WholeTexts(sqlite3.Connection):
    """A connection for which a half of a sign (a lone surrogate) is no fault: «�» stands in its place.

    Only a statement that has failed is looked at: nothing is paid for by all the others.
    """

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        """Carry out one statement."""
        try:
            return super().execute(sql, parameters)
        except UnicodeEncodeError:
            return super().execute(whole_signs(sql), mended(parameters))

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> sqlite3.Cursor:
        """Carry out one statement for many rows; called inside a transaction."""
        listed = list(parameters)
        super().execute("SAVEPOINT whole_texts")
        try:
            found = super().executemany(sql, listed)
        except UnicodeEncodeError:
            super().execute("ROLLBACK TO whole_texts")
            found = super().executemany(sql, map(mended, listed))
        super().execute("RELEASE whole_texts")
        return found


def mended(parameters: Any) -> Any:
    """Return values of a statement, texts mended (``app.texts.whole_signs``)."""
    if isinstance(parameters, Mapping):
        return {name: _whole(value) for name, value in parameters.items()}
    return tuple(map(_whole, parameters))


def _whole(value: Any) -> Any:
    return whole_signs(value) if isinstance(value, str) else value
