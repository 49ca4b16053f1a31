"""Whose row it is: the school, its codes and its municipality as the columns and the group rows say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.importers import fisoko
from app.importers.codes import CodeColumn, clean, fisoko_login
from app.importers.findings import Findings
from app.importers.grid import Row, at, text
from app.importers.order import Order
from app.importers.parsed import UnitRef
from app.importers.tables.layout import Span
from app.importers.tables.profile import Fixed
from app.importers.tables.values import Values
from app.importers.tables.words import municipality_name
from app.models.records import CodeSystem

_SYSTEMS: tuple[CodeSystem, ...] = ("fisoko", "inn", "ogrn", "msu")
OF_SCHOOLS = frozenset({"school", "code", "fisoko", "oo", "inn", "ogrn"})


class Units:
    """Units of the rows of one block.

    Args:
        at: column of each field that says whose row it is.
        fixed: what the map says of the whole table.
        values: the believed cells.
        order: its answer tells what codes stand under «Код».
        findings: where misfits are noted.
    """

    def __init__(
        self, places: Mapping[str, int], fixed: Fixed, values: Values, order: Order, findings: Findings
    ) -> None:
        self._at = places
        self._fixed = fixed
        self._values = values
        self._findings = findings
        self._answer = order.hints.answers.get("code_system")
        self._codes = CodeColumn((), self._answer)
        self.of_schools = bool(OF_SCHOOLS & places.keys())

    def survey(self, rows: Iterable[tuple[int, Row]]) -> bool:
        """Look at every code under «Код» to tell what they are; return whether a person must be asked."""
        column = self._at.get("code")
        if column is None:
            return False
        self._codes = CodeColumn((at(row, column) for _, row in rows), self._answer)
        return self._codes.question

    def unit(self, number: int, row: Row, span: Span) -> UnitRef | None:
        """Return the unit of a row, or None where nothing names one (nothing is noted: the row may be empty)."""
        municipality = self._label(number, row, "municipality")
        if not municipality and span.municipality:
            municipality = municipality_name(span.municipality)
        municipality = municipality or self._fixed.municipality or ""
        region = self._label(number, row, "region") or self._fixed.region or ""
        if not self.of_schools:
            if municipality:
                return UnitRef("municipality", municipality, self._municipal_codes(number, row), None, region or None)
            return UnitRef("region", region) if region else None
        line = self._label(number, row, "school")
        codes = self._school_codes(number, row)
        if fisoko.has_code(line):
            line = fisoko.Units().read(line).name
        login = fisoko_login(self._label(number, row, "school"))
        if login and not any(system == "fisoko" for system, _ in codes):
            codes = (("fisoko", login), *codes)
        name = line or (codes[0][1] if codes else "")
        return UnitRef("school", name, codes, municipality or None, region or None) if name else None

    def place(self, number: int) -> tuple[int, int | None]:
        """Return where the name of the unit should stand."""
        for field in ("school", "municipality", "code", "region"):
            if field in self._at:
                return number, self._at[field]
        return number, None

    def _label(self, number: int, row: Row, field: str) -> str:
        if field not in self._at:
            return ""
        return text(self._values.label(number, row, self._at.get(field)))

    def _municipal_codes(self, number: int, row: Row) -> tuple[tuple[CodeSystem, str], ...]:
        code = clean("msu", self._label(number, row, "msu")) if "msu" in self._at else None
        return (("msu", code),) if code else ()

    def _school_codes(self, number: int, row: Row) -> tuple[tuple[CodeSystem, str], ...]:
        codes: dict[CodeSystem, str] = {}
        for system in _SYSTEMS:
            line = self._label(number, row, system)
            if line:
                self._keep(codes, system, clean(system, line), number, system)
        line = self._label(number, row, "oo")
        if line:
            oo, msu = clean("oo", line), codes.get("msu")
            joined = oo if oo is None or msu is None or "-" in oo else f"{msu}-{oo}"
            self._keep(codes, "oo", joined, number, "oo")
        line = self._label(number, row, "code")
        if line:
            system, code = self._codes.split(line)
            self._keep(codes, system, code, number, "code")
        return tuple((system, code) for system, code in codes.items() if system != "msu")

    def _keep(
        self, codes: dict[CodeSystem, str], system: CodeSystem, code: str | None, number: int, field: str
    ) -> None:
        if code is None:
            self._findings.add("IMP_CODE_UNFIT", number, self._at.get(field))
        else:
            codes.setdefault(system, code)
