"""The agreement of the example's lists: the approved one went the whole way, the present one is half way there."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping

from app.models.store import Store
from app.operations import agreement, directory
from app.paths import resources
from app.texts import ru_date

Row = dict[str, str]


class AgreementExample:
    """Filling of one file.

    Args:
        store: the open file.
        rule_id: rule of the lists.
        ids: key of the description → school.
    """

    def __init__(self, store: Store, rule_id: str, ids: Mapping[str, int]) -> None:
        self.store, self.rule_id, self.ids = store, rule_id, ids
        self.data = tomllib.loads((resources() / "demo" / "agreement.toml").read_text(encoding="utf-8"))

    def past(self, year: int) -> None:
        """Fill the agreement of the list that is approved afterwards: every step is done."""
        data = self.data["past"]
        for item in data["parties"]:
            self._add(year, "party", _party(item, year))
        self._protocol(year)
        fields = {"number": data["number"], "dated": _day(year, data["day"]),
                  "decision": data["decision"].format(year=year)}  # fmt: skip
        agreement.put_protocol(self.store, self.rule_id, year, fields)
        members = agreement.of_list(self.store.connection, self.rule_id, year).protocol
        votes = zip(members.members if members else (), data["votes"], strict=False)
        cells = [(member.id, "vote", vote) for member, vote in votes]
        agreement.put_cells(self.store, self.rule_id, year, "member", cells)
        self._road_map(year)

    def now(self, year: int) -> None:
        """Fill the agreement of the present list: asked, half answered, the protocol begun, one entry unfit."""
        data = self.data["now"]
        if agreement.of_list(self.store.connection, self.rule_id, year).before.parties:
            agreement.take_parties(self.store, self.rule_id, year)
            agreement.take_road_map(self.store, self.rule_id, year)
        else:
            agreement.take_parties(self.store, self.rule_id, year, standard=True)
            self._road_map(year)
        parties = agreement.of_list(self.store.connection, self.rule_id, year).parties
        cells = [
            (party.id, column, text)
            for party, item in zip(parties, data["answers"], strict=False)
            for column, text in _party(item, year).items()
        ]
        agreement.put_cells(self.store, self.rule_id, year, "party", cells)
        for item in data["meetings"]:
            fields = {key: text for key, text in item.items() if key != "day"}
            self._add(year, "meeting", fields | {"held_on": _day(year, item["day"])})
        self._protocol(year)
        agreement.put_protocol(self.store, self.rule_id, year, {"place": data["place"]})

    def _protocol(self, year: int) -> None:
        bodies = directory.bodies(self.store.connection)
        if bodies:
            agreement.take_body(self.store, self.rule_id, year, bodies[0].id)

    def _road_map(self, year: int) -> None:
        words = {"year": year, "short": f"{(year + 1) % 100:02d}"}
        for item in self.data["road_map"]:
            fields = {key: text.format_map(words) for key, text in item.items() if key not in {"school", "from", "to"}}
            if "from" in item:
                fields["date_from"] = _day(year, item["from"])
            if "to" in item:
                fields["date_to"] = _day(year + (item["to"] < "07"), item["to"])
            if item.get("school") in self.ids:
                fields["organisation_id"] = self._code(self.ids[item["school"]])
            self._add(year, "road_map", fields)

    def _code(self, school_id: int) -> str:
        from app.models import organisations

        school = organisations.get(self.store.connection, school_id)
        return (school.code or school.name) if school else ""

    def _add(self, year: int, part: str, fields: Mapping[str, str]) -> None:
        agreement.add_row(self.store, self.rule_id, year, part, fields)


def _day(year: int, day: str) -> str:
    """Return a day of the year as a person types it; what is no day stays as it is."""
    return ru_date(f"{year}-{day}") if day[:2].isdigit() else day


def _party(item: Row, year: int) -> dict[str, str]:
    fields: dict[str, str] = {
        key: item[key] for key in ("kind", "name", "person", "answer", "remark", "reply") if key in item
    }
    for key, column in (("sent", "sent_on"), ("due", "due_on"), ("answered", "answered_on")):
        if key in item:
            fields[column] = _day(year, item[key])
    return fields
