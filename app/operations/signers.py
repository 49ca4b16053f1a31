"""Who signs papers: posts and names entered once, said in any case.

Forms are made by ``analysis.russian``; what a person wrote themselves wins. The first who signs is «the» signer that
papers of the file take when nothing else is said: the settings «signer_position» and «signer_name» are that row.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from app.errors import UserError
from app.models import settings
from app.models import signers as rows
from app.models.store import Connection, Store
from app.texts import glue

if TYPE_CHECKING:
    from app.analysis.russian import Case

Role = Literal["sign", "approve", "agree"]


@dataclass(frozen=True, slots=True)
class Signer:
    """One person who signs.

    Attributes:
        id: 0 where it stands only in the settings of an old file or was typed for one paper.
        post, name: nominative; the name short («М. П. Иванова»).
        full_name: «Иванова Мария Петровна»; empty where it is not known: cases are then made of the short name.
        own_post, own_name: own forms by case.
    """

    id: int
    post: str
    name: str
    full_name: str = ""
    organisation: str = ""
    role: str = ""
    own_post: Mapping[str, str] = field(default_factory=dict)
    own_name: Mapping[str, str] = field(default_factory=dict)
    note: str = ""

    @property
    def words(self) -> str:
        """«Начальник управления образования, М. П. Иванова»."""
        return ", ".join(part for part in (self.post, self.name or self.full_name) if part)

    def post_in(self, case: Case) -> str:
        """Return the post in a case."""
        from app.analysis import russian

        return self.own_post.get(case, "").strip() or russian.post(self.post, case)

    def name_in(self, case: Case) -> str:
        """Return the short name in a case: «М. П. Ивановой»."""
        from app.analysis import russian

        return self.own_name.get(case, "").strip() or declined_name(self.name, self.full_name, case, russian)


def declined_name(name: str, full_name: str, case: Case, russian: Any) -> str:
    """Return a short name in a case; the full name tells the gender that initials hide.

    «О. В. Ким» of «Ким Ольга Викторовна» stays, «И. П. Ким» of «Ким Иван Петрович» becomes «И. П. Киму».
    """
    if not full_name.strip():
        return str(russian.person(name, case))
    gender = russian.gender_of(full_name)
    return str(russian.person(name or rows.short(full_name), case, gender=gender))


def signers(connection: Connection) -> tuple[Signer, ...]:
    """Return everybody who signs, the usual one first among equals."""
    found = tuple(_signer(item) for item in rows.signers(connection))
    told = tuple(item for item in found if item.post or item.name or item.full_name)
    if told:
        return told
    values = settings.get_all(connection)
    if values["signer_position"] or values["signer_name"]:
        return (Signer(0, values["signer_position"], values["signer_name"], role="sign"),)
    return ()


def usual(connection: Connection, role: Role = "sign") -> Signer | None:
    """Return who signs when nothing is said: the first with that role, else the first without one."""
    found = signers(connection)
    return next((one for one in found if one.role == role), next((one for one in found if not one.role), None))


def find(connection: Connection, key: int) -> Signer | None:
    """Return a signer by key; None where the row has gone."""
    return next((one for one in signers(connection) if one.id == key), None)


def _signer(row: rows.SignerRow) -> Signer:
    own = _own(row.own_cases)
    full = row.full_name or ""
    name = row.name or rows.short(full)
    return Signer(
        row.id, row.post or "", glue(name), full, row.organisation or "", row.role or "", own["post"], own["name"],
        row.note or "",
    )  # fmt: skip


def _own(kept: str | None) -> dict[str, dict[str, str]]:
    try:
        told: Any = json.loads(kept or "{}")
    except json.JSONDecodeError:
        told = {}
    made: dict[str, dict[str, str]] = {"post": {}, "name": {}}
    for part in made:
        forms = told.get(part) if isinstance(told, dict) else None
        if isinstance(forms, dict):
            made[part] = {str(case): str(form) for case, form in forms.items() if str(form).strip()}
    return made


def cases(signer: Signer) -> tuple[tuple[str, str, str], ...]:
    """Return (case, post, name) as papers say them."""
    from app.analysis.russian import CASES

    return tuple((case, signer.post_in(case), signer.name_in(case)) for case in CASES)


def put_case(store: Store, key: int, part: Literal["post", "name"], case: Case, form: str) -> None:
    """Keep an own form of a post or a name; what the library says anyway and an empty one are forgotten.

    Raises:
        UserError: ``ORDER_SIGNER_GONE``.
    """
    known = next((item for item in rows.signers(store.connection) if item.id == key), None)
    if known is None:
        raise UserError("ORDER_SIGNER_GONE")
    own = _own(known.own_cases)
    own[part].pop(case, None)
    plain = _signer(
        rows.SignerRow(**{name: getattr(known, name) for name in known.__slots__} | {"own_cases": json.dumps(own)})
    )
    derived = plain.post_in(case) if part == "post" else plain.name_in(case)
    if form.strip() and form.strip() != derived:
        own[part][case] = form.strip()
    kept = json.dumps(own, ensure_ascii=False, sort_keys=True) if any(own.values()) else None
    if kept == known.own_cases:
        return
    with store.operation(f"Падежи подписывающего: {plain.words}", "signer.cases", merge=f"signer:{key}") as operation:
        rows.put_cases(operation, key, kept)
