"""Municipalities, regions and the country of a file; which municipality is our own (decision 3)."""

from __future__ import annotations

from app.errors import Problem, problem
from app.importers.parsed import UnitRef
from app.models import organisations, registry, settings
from app.models.store import Connection, Operation, new_id
from app.operations.matching import normal_area
from app.texts import count


class Areas:
    """Municipalities, regions and the country as the file names them; which municipality is our own."""

    def __init__(self, connection: Connection, *, all_own: bool) -> None:
        self._rows = organisations.areas(connection)
        self._all_own = all_own
        self._connection = connection
        self._by_name = {(kind, normal_area(name)): key for key, kind, name, _code, _own in self._rows}
        self._by_code = {code: key for key, _kind, _name, code, _own in self._rows if code}
        self.own_id = next((key for key, _k, _n, _c, own in self._rows if own), None)
        self._own_names = {normal_area(name) for _key, kind, name, _code, own in self._rows if own}
        stated = normal_area(settings.get(connection, "municipality"))
        if stated:
            # a name put right in the settings means the same municipality
            self._own_names.add(stated)
            if self.own_id is not None:
                self._by_name.setdefault(("municipality", stated), self.own_id)

    def learn(self, municipalities: set[str | None]) -> None:
        """The first registry with a single municipality says what our own is called.

        Otherwise a school belongs to us when its municipality bears our name (decision 3).

        Args:
            municipalities: those of the schools of a file as they are written; None for schools that name none.
        """
        named = {normal_area(name) for name in municipalities if name}
        nobody_yet = not registry.has_own_schools(self._connection)
        if len(named) == 1 and nobody_yet and not named & self._own_names:
            self._own_names |= named
            name = next(iter(named))
            if self.own_id is not None:
                self._by_name["municipality", name] = self.own_id

    def nobody_ours(self, municipalities: set[str | None]) -> Problem | None:
        """Return the finding that of several municipalities of a file none is ours, or None."""
        named = {normal_area(name) for name in municipalities if name}
        if len(named) < 2 or any(self.is_own(name) for name in municipalities):
            return None
        places = count(len(named), "муниципалитета", "муниципалитетов", "муниципалитетов")
        return problem("GEN_NO_OWN_SCHOOLS", places=places, own=settings.get(self._connection, "municipality"))

    def is_own(self, municipality: str | None) -> bool:
        """Tell whether schools of a municipality are ours; those that name none are."""
        return self._all_own or municipality is None or normal_area(municipality) in self._own_names

    def ensure(self, operation: Operation | None, unit: UnitRef) -> int | None:
        """Return the key of an area, making it where it is new; without an operation nothing is written."""
        code = next((value for _system, value in unit.codes), None)
        if code and code in self._by_code:
            return self._by_code[code]
        name = normal_area(unit.name) if unit.kind == "municipality" else unit.name.casefold()
        found = self._by_name.get((unit.kind, name))
        if found is not None:
            return found
        key = new_id()
        self._by_name[unit.kind, name] = key
        if code:
            self._by_code[code] = key
        if operation is not None:
            operation.insert(
                "area", id=key, kind=unit.kind, name=unit.name, code=code,
                own=int(self._all_own and unit.kind == "municipality"),
            )  # fmt: skip
        return key
