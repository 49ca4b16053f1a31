"""Whose row it is: the school of a pupil's row, by the column or the line that names it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.importers import fisoko
from app.importers.codes import fisoko_login
from app.importers.findings import Findings
from app.importers.grid import Cell, Row, at, is_blank, text
from app.importers.parsed import UnitRef


def known_by_login(cell: Cell) -> bool:
    """Tell whether a cell says the school by its login."""
    return fisoko_login(text(cell)) is not None


def plain_name(line: str) -> str:
    """Return the name of a school or a municipality without its code: «СОШ №1(edu203389)», «reg22_m019 | Бийск»."""
    return fisoko.Units().read(line).name if line else ""


class ByLogin:
    """A column with the login of the school in every row; nothing else of the school is known but its municipality.

    ``municipality`` tells it of a row.
    """

    def __init__(self, login: int, municipality: Callable[[Row], str]) -> None:
        self.lost = 0
        self._login = login
        self._municipality = municipality

    def remembers(self, cell: Cell) -> bool:
        """Tell whether the cell holds a login."""
        return known_by_login(cell)

    def unit(self, number: int, row: Row, findings: Findings) -> UnitRef | None:
        """Return the school of a row; a row that names none is noted unless it is blank."""
        line = text(row[self._login])
        login = fisoko_login(line)
        if login is None:
            if not is_blank(row):
                self.lost += 1
                findings.add("IMP_LOGIN_STRANGE" if line else "IMP_LOGIN_MISSING", number, self._login)
            return None
        return UnitRef("school", login, (("fisoko", login),), self._municipality(row) or None)


class Collected:
    """Columns «Школа» (``edu223379 | МКОУ "…"``), «Пользователь» and «Муниципалитет» before a collected form.

    Args:
        places: the columns that may hold the login, the best first.
        municipality: the column of the municipality, None where there is none.
        filled: columns of which one must hold something in a pupil's row.
    """

    def __init__(self, places: Sequence[int], municipality: int | None, filled: Sequence[int]) -> None:
        self.lost = 0
        self._places = places
        self._municipality = municipality
        self._filled = filled

    def remembers(self, cell: Cell) -> bool:
        """Tell whether the cell holds a login."""
        return known_by_login(cell)

    def unit(self, number: int, row: Row, findings: Findings) -> UnitRef | None:
        """Return the school of a row; a pupil's row that names none is noted."""
        lines = [text(at(row, column)) for column in self._places]
        login = next((found for line in lines if (found := fisoko_login(line))), None)
        if login is None:
            if any(text(at(row, column)) for column in self._filled):
                self.lost += 1
                findings.add("IMP_LOGIN_STRANGE" if lines[0] else "IMP_LOGIN_MISSING", number, self._places[0])
            return None
        named = next((name for line in lines if (name := plain_name(line)) and fisoko_login(name) is None), login)
        municipality = plain_name(text(at(row, self._municipality))) or None
        return UnitRef("school", named, (("fisoko", login),), municipality)


class OneSchool:
    """A file that is all about one school."""

    def __init__(self, unit: UnitRef) -> None:
        self.lost = 0
        self._unit = unit

    def remembers(self, _cell: Cell) -> bool:
        """No cell tells the school."""
        return False

    def unit(self, _number: int, row: Row, _findings: Findings) -> UnitRef | None:
        """Return the school unless the row is blank."""
        return None if is_blank(row) else self._unit
