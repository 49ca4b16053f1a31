"""Whose row it is: the school of a pupil's row, by the column or the line that names it."""

from __future__ import annotations

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
    """A column with the login of the school in every row; nothing else of the school is known but its municipality."""

    def __init__(self, login: int, municipality: int | None) -> None:
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
        municipality = text(at(row, self._municipality)) or None
        return UnitRef("school", login, (("fisoko", login),), municipality)
