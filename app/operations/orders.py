"""Drafts of orders: made of what the file knows, worded by a person, then with number and date into the legal base.

A draft keeps only what was chosen and what was typed; everything else is derived anew each time. A text that was typed
knows what it was derived from, so that a figure which has changed since is marked (``analysis.kept_text``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.analysis import kept_text
from app.analysis.programme_derived import DerivedLine
from app.errors import UserError
from app.models import orders as rows
from app.models import paper_texts
from app.models.journal import now
from app.models.orders import OrderRow
from app.models.store import Connection, Operation, Store
from app.operations import legal_base, order_choices, order_facts, registers, signers
from app.operations.order_facts import Asked, Facts
from app.operations.order_templates import ACTS, Template, filled, template, templates
from app.operations.schools import iso_date
from app.operations.signers import Signer
from app.texts import NBSP, ru_date

PAPER = "order"
ABOUT, PREAMBLE, CONTROL = "about", "preamble", "control"
OWN = "own"
VALUES: tuple[str, ...] = ("rule", "year", "body", "programme", "responsible", "control", "place", "acquaint")
"""What may be chosen for an order: keys of rows as text, a place, «1» for a sheet of acquaintance."""
STATE_WORDS = {"none": "нет", "draft": "проект", "signed": "подписан"}


@dataclass(frozen=True, slots=True)
class Point:
    """One text of an order.

    Attributes:
        number: «2.1»; empty for heading, preamble.
        derived: what the file says; empty for a point of one's own.
        typed: a person has worded it; ``stale``: what it was worded from says something else now.
    """

    key: str
    number: str
    text: str
    derived: str
    typed: bool = False
    stale: bool = False

    @property
    def own(self) -> bool:
        """Tell whether a person added it."""
        return self.key.startswith(OWN)


@dataclass(frozen=True, slots=True)
class Draft:
    """An order as it stands.

    Attributes:
        id: 0 where it is only derived and nobody keeps it.
        points: in their order, the control point last; ``off``: (key, text) of those that were taken out.
        annexes: (number, title) in their order; number 0 where there is only one.
        lacks: what the file does not have, with what to do.
        paper: number of its line in the register of outgoing papers.
    """

    id: int
    template: Template
    school_year: int
    act: str
    number: str
    dated: str
    signer: Signer | None
    about: Point
    preamble: Point
    points: tuple[Point, ...]
    off: tuple[tuple[str, str], ...]
    annexes: tuple[tuple[int, str, str], ...]
    facts: Facts
    lacks: tuple[str, ...]
    values: Mapping[str, str]
    legal_act_id: int | None = None
    paper: int | None = None

    @property
    def signed(self) -> bool:
        """Tell whether it has its number and date."""
        return bool(self.number and self.dated)

    @property
    def state(self) -> str:
        """«проект» or «подписан, № 214 от 28.11.2026»."""
        return f"подписан, {self.numbered}" if self.signed else STATE_WORDS["draft"]

    @property
    def numbered(self) -> str:
        """«№ 214 от 28.11.2026»."""
        return f"№{NBSP}{self.number} от{NBSP}{ru_date(self.dated)}" if self.signed else ""

    @property
    def texts(self) -> tuple[Point, ...]:
        """Return every text: heading, preamble, points."""
        return (self.about, self.preamble, *self.points)

    @property
    def stale(self) -> int:
        """How many typed texts rest on what says something else now."""
        return sum(point.stale for point in self.texts)


@dataclass(frozen=True, slots=True)
class OrderLine:
    """A line of the table of the year: a draft, or a kind that has none (``id`` 0).

    Attributes:
        state: «none», «draft», «signed»; ``word`` says it with number and date.
        known: an act of the legal base that covers the topic, where no draft does.
    """

    id: int
    kind: str
    title: str
    about: str
    state: str
    word: str
    known: str = ""


# --- reading -----------------------------------------------------------------------------------------------------


def overview(connection: Connection, school_year: int, day: date) -> tuple[OrderLine, ...]:
    """Return the orders of a school year: every kind has a line, with its drafts or with what the base knows."""
    kept: dict[str, list[OrderRow]] = {}
    for row in rows.orders(connection, school_year):
        kept.setdefault(row.kind, []).append(row)
    base = {line.topic.key: line for line in legal_base.table(connection, school_year, day).lines}
    found: list[OrderLine] = []
    for item in templates():
        told = kept.get(item.kind, [])
        found += [_line(item, row, _heading(connection, row)) for row in told]
        if not told:
            line = base.get(item.topic)
            have = line.acts[0].name if line is not None and line.state in {"have", "soon"} else ""
            word = f"есть {have}" if have else STATE_WORDS["none"]
            found.append(OrderLine(0, item.kind, item.title, item.says, "none", word, have))
    return tuple(found)


def _line(item: Template, row: OrderRow, about: str) -> OrderLine:
    if row.number and row.dated:
        word = f"подписан, №{NBSP}{row.number} от{NBSP}{ru_date(row.dated)}"
        return OrderLine(row.id, item.kind, item.title, row.title or about, "signed", word)
    return OrderLine(row.id, item.kind, item.title, about, "draft", STATE_WORDS["draft"])


def _heading(connection: Connection, row: OrderRow) -> str:
    typed = paper_texts.texts(connection, PAPER, str(row.id), str(row.school_year)).get(ABOUT)
    return typed.text if typed is not None else _details(row).get("about", "") or template(row.kind).title


def _details(row: OrderRow) -> dict[str, Any]:
    told = json.loads(row.details or "{}")
    return told if isinstance(told, dict) else {}


def read(connection: Connection, key: int) -> Draft:
    """Return a draft as it stands.

    Raises:
        UserError: ``ORDER_GONE``.
    """
    row = _row(connection, key)
    details = _details(row)
    draft = _composed(connection, row, details.get("values", {}), details.get("off", ()), details.get("own", ()))
    registered_as = rows.paper_of(connection, row)
    draft = replace(draft, paper=registered_as[1] if registered_as is not None else None)
    signed = details.get("signed", ()) if draft.signed else ()
    if not signed:
        return draft
    # figures that change later must not change what was signed
    about, preamble, *points = (Point(told, number, text, text) for told, number, text in signed)
    return replace(draft, about=about, preamble=preamble, points=tuple(points), off=(), lacks=())


def fresh(
    connection: Connection, kind: str, school_year: int, day: date, *, act: str = "order",
    values: Mapping[str, str] | None = None,
) -> Draft:  # fmt: skip
    """Return what a new draft would say; nothing is kept.

    Raises:
        UserError: ``ORDER_KIND``, ``ORDER_ACT``.
    """
    template(kind)
    _check_act(act)
    row = OrderRow(0, kind, school_year, act, None, None, None, None, None, None, None, day.isoformat(), None)
    return _composed(connection, row, values or {}, (), ())


def of_kind(connection: Connection, kind: str, school_year: int, day: date) -> Draft:
    """Return the newest draft of a kind and a school year, else what a new one would say."""
    found = [row for row in rows.orders(connection, school_year) if row.kind == kind]
    return read(connection, found[-1].id) if found else fresh(connection, kind, school_year, day)


def _row(connection: Connection, key: int) -> OrderRow:
    row = rows.order(connection, key)
    if row is None:
        raise UserError("ORDER_GONE")
    return row


def _check_act(act: str) -> None:
    if act not in ACTS:
        raise UserError("ORDER_ACT", act=act, known=", ".join(ACTS))


def _composed(
    connection: Connection, row: OrderRow, values: Mapping[str, str], off: Iterable[str], own: Iterable[str]
) -> Draft:
    item, taken = template(row.kind), tuple(off)
    asked = Asked(row.school_year, values, date.fromisoformat(row.created_at[:10]))
    known = order_facts.facts(connection, item, asked)
    annexes = _annexes(item, known)
    words = {**known.words, **{f"annex:{key}": _annex_word(number) for number, key, _title in annexes}}
    acts, missing = order_facts.grounds(connection, item, asked)
    kept = {} if not row.id else paper_texts.texts(connection, PAPER, str(row.id), str(row.school_year))
    steps = [step for step in item.points if all(words.get(need) for need in step.needs)]
    standing = [step for step in steps if step.key not in taken and step.under not in taken]
    told = [(step.key, step.under, filled(step.text, words)) for step in standing]
    told += [(key, "", "") for key in own]
    if CONTROL not in taken:
        told.append((CONTROL, "", _control(connection, row, asked)))
    texts = {step.key: filled(step.text, words) for step in steps} | {CONTROL: _control(connection, row, asked)}
    return Draft(
        row.id, item, row.school_year, row.act, row.number or "", row.dated or "", _signer(connection, row),
        _point(ABOUT, "", filled(item.about, words), kept), _point(PREAMBLE, "", _preamble(item, acts), kept),
        _numbered(told, kept), tuple((key, texts[key]) for key in taken if key in texts), annexes, known,
        (*known.lacks, *missing), dict(values), row.legal_act_id,
    )  # fmt: skip


def _annexes(item: Template, known: Facts) -> tuple[tuple[int, str, str], ...]:
    found = [(key, filled(title, known.words)) for key, title in item.annexes if key in known.annexes]
    return tuple((0 if len(found) == 1 else at, key, title) for at, (key, title) in enumerate(found, start=1))


def _annex_word(number: int) -> str:
    return f"приложение{NBSP}{number}" if number else "приложение"


def _preamble(item: Template, acts: tuple[str, ...]) -> str:
    told = f"В целях {item.goal}"
    if not acts:
        return told
    listed = acts[0] if len(acts) == 1 else f"{', '.join(acts[:-1])}, {acts[-1]}"
    return f"{told}, в соответствии с {listed}"


def _control(connection: Connection, row: OrderRow, asked: Asked) -> str:
    of_act = f"Контроль за исполнением {ACTS[row.act].genitive}"
    who = order_facts.person(connection, asked.key("control"))
    if who is None:
        return f"{of_act} оставляю за собой."
    return f"{of_act} возложить на {order_facts.named(who, 'accusative')}."


def _signer(connection: Connection, row: OrderRow) -> Signer | None:
    chosen = signers.find(connection, row.signer_id) if row.signer_id else None
    return chosen or signers.usual(connection)


def _numbered(told: Iterable[tuple[str, str, str]], kept: Mapping[str, paper_texts.PaperText]) -> tuple[Point, ...]:
    found, top, sub = [], 0, 0
    for key, under, text in told:
        if under:
            sub += 1
            number = f"{top}.{sub}"
        else:
            top, sub = top + 1, 0
            number = str(top)
        found.append(_point(key, number, text, kept))
    return tuple(found)


def _point(key: str, number: str, derived: str, kept: Mapping[str, paper_texts.PaperText]) -> Point:
    typed = kept.get(key)
    if typed is None:
        return Point(key, number, derived, derived)
    stale = bool(derived) and kept_text.stale(typed.figures, (DerivedLine(key, derived),))
    return Point(key, number, typed.text, derived, True, stale)


# --- writing -----------------------------------------------------------------------------------------------------


def compose(
    store: Store, kind: str, school_year: int, *, act: str = "order", values: Mapping[str, str] | None = None,
    day: date | None = None,
) -> int:  # fmt: skip
    """Keep a new draft; returns its key. ``day`` is what its terms are counted from, today where it is not given.

    Raises:
        UserError: ``ORDER_KIND``, ``ORDER_ACT``, ``ORDER_VALUE``, ``ORDER_CHOICE``.
    """
    told = _checked(values or {})
    order_choices.check(store.connection, told)
    draft = fresh(store.connection, kind, school_year, day or date.fromisoformat(now()[:10]), act=act, values=told)
    details = {"values": told, "about": draft.about.text}
    with store.operation(f"Составлен проект: {draft.about.text}", "order.compose") as operation:
        return operation.insert(
            "order_draft", kind=kind, school_year=school_year, act=act, details=_json(details),
            created_at=day.isoformat() if day is not None else now(),
        )  # fmt: skip


def _json(details: Mapping[str, Any]) -> str:
    return json.dumps(details, ensure_ascii=False, sort_keys=True)


def _checked(values: Mapping[str, str]) -> dict[str, str]:
    for key in values:
        if key not in VALUES:
            raise UserError("ORDER_VALUE", key=key, known=", ".join(VALUES))
    return {key: value.strip() for key, value in values.items() if value.strip()}


def _open(store: Store, key: int) -> OrderRow:
    """Return a draft that may still be reworded.

    Raises:
        UserError: ``ORDER_GONE``, ``ORDER_SIGNED``.
    """
    row = _row(store.connection, key)
    if row.number and row.dated:
        raise UserError("ORDER_SIGNED", number=row.number, dated=ru_date(row.dated))
    return row


def put_head(
    store: Store, key: int, *, act: str | None = None, signer_id: int | None = None,
    values: Mapping[str, str] | None = None,
) -> None:  # fmt: skip
    """Change what an order is made of: the act, who signs (0: the usual one), what was chosen.

    Raises:
        UserError: ``ORDER_GONE``, ``ORDER_SIGNED``, ``ORDER_ACT``, ``ORDER_VALUE``, ``ORDER_CHOICE``,
            ``ORDER_SIGNER_GONE``.
    """
    row = _open(store, key)
    new: dict[str, Any] = {}
    if act is not None:
        _check_act(act)
        new["act"] = act
    if signer_id is not None:
        if signer_id and signers.find(store.connection, signer_id) is None:
            raise UserError("ORDER_SIGNER_GONE")
        new["signer_id"] = signer_id or None
    if values is not None:
        details = _details(row)
        kept = details.get("values", {})
        told = _checked(kept | dict(values) if values else {})
        order_choices.check(store.connection, told, kept)
        new["details"] = _json(details | {"values": {one: text for one, text in told.items() if text}})
    if any(getattr(row, name) != value for name, value in new.items()):
        with store.operation(f"Изменён проект: {_heading(store.connection, row)}", "order.edit") as operation:
            operation.update("order_draft", key, **new)


def put_text(store: Store, key: int, point: str, text: str | None) -> None:
    """Word a text of a draft anew; None gives it back to what the file says.

    Raises:
        UserError: ``ORDER_GONE``, ``ORDER_SIGNED``, ``ORDER_NO_POINT``, ``ORDER_EMPTY``.
    """
    row = _open(store, key)
    draft = read(store.connection, key)
    found = next((one for one in draft.texts if one.key == point), None)
    if found is None:
        raise UserError("ORDER_NO_POINT", point=point)
    if text is not None and not text.strip():
        raise UserError("ORDER_EMPTY")
    told = None if text is None or (text.strip() == found.derived and not found.own) else " ".join(text.split())
    told = text.strip() if told is not None and text is not None else told
    if (told or found.derived) == found.text and not found.stale:
        return
    label = f"Изменён текст проекта: {draft.about.text}"
    with store.operation(label, "order.text", merge=f"order:{key}:{point}") as operation:
        _put(operation, row, point, told, found.derived)


def _put(operation: Operation, row: OrderRow, point: str, text: str | None, derived: str) -> None:
    figures = kept_text.base((DerivedLine(point, derived),), {}) if derived else None
    where = (PAPER, str(row.id), str(row.school_year))
    paper_texts.put_text(operation, where, point, text, derived or None, figures)


def add_point(store: Store, key: int, text: str) -> str:
    """Add a point of one's own before the control point; returns its key.

    Raises:
        UserError: ``ORDER_GONE``, ``ORDER_SIGNED``, ``ORDER_EMPTY``.
    """
    row = _open(store, key)
    if not text.strip():
        raise UserError("ORDER_EMPTY")
    details = _details(row)
    own = list(details.get("own", ()))
    point = f"{OWN}{1 + max((int(one[len(OWN) :]) for one in own), default=0)}"
    with store.operation(f"Добавлен пункт в проект: {_heading(store.connection, row)}", "order.text") as operation:
        operation.update("order_draft", key, details=_json(details | {"own": [*own, point]}))
        _put(operation, row, point, text.strip(), "")
    return point


def take_out(store: Store, key: int, point: str) -> None:
    """Take a point out: one of one's own goes, another can be put back.

    Raises:
        UserError: ``ORDER_GONE``, ``ORDER_SIGNED``, ``ORDER_NO_POINT``.
    """
    row = _open(store, key)
    draft = read(store.connection, key)
    if point not in {one.key for one in draft.points}:
        raise UserError("ORDER_NO_POINT", point=point)
    details = _details(row)
    if point.startswith(OWN):
        details["own"] = [one for one in details.get("own", ()) if one != point]
    else:
        details["off"] = [*details.get("off", ()), point]
    with store.operation(f"Убран пункт из проекта: {draft.about.text}", "order.text") as operation:
        operation.update("order_draft", key, details=_json(details))
        if point.startswith(OWN):
            _put(operation, row, point, None, "")


def put_back(store: Store, key: int, point: str) -> None:
    """Put a point back that was taken out. Errors: ``ORDER_GONE``, ``ORDER_SIGNED``."""
    row = _open(store, key)
    details = _details(row)
    if point in details.get("off", ()):
        details["off"] = [one for one in details["off"] if one != point]
        with store.operation(f"Возвращён пункт: {_heading(store.connection, row)}", "order.text") as operation:
            operation.update("order_draft", key, details=_json(details))


def remove(store: Store, key: int) -> None:
    """Throw a draft away; a signed one stays. Errors: ``ORDER_GONE``, ``ORDER_SIGNED``."""
    row = _open(store, key)
    with store.operation(f"Удалён проект: {_heading(store.connection, row)}", "order.remove") as operation:
        where = (PAPER, str(row.id), str(row.school_year))
        for point in paper_texts.texts(operation.connection, *where):
            paper_texts.put_text(operation, where, point, None)
        operation.delete("order_draft", key)


# --- number and date ---------------------------------------------------------------------------------------------


def registered(store: Store, key: int, number: str, dated: str) -> int:
    """Write number and date of the signed order and put it into the legal base; returns its line there.

    Written again, they are mended in both places. What the order says is frozen from then on. Where the order lies in
    the register of outgoing papers, its line gets them too, unless it has others of its own.

    Args:
        store: open store.
        key: of the draft.
        number: «214-од».
        dated: ISO or dd.mm.yyyy.

    Raises:
        UserError: ``ORDER_GONE``, ``ORDER_NUMBER``; ``GEN_BAD_DATE`` for a date that is none.
    """
    row = _row(store.connection, key)
    told, day = number.strip().lstrip("№").strip(), iso_date(dated.strip()) if dated.strip() else None
    if not told or day is None:
        raise UserError("ORDER_NUMBER")
    draft = read(store.connection, key)
    act = rows.act_like(store.connection, told, day)
    if act is None and rows.act_there(store.connection, row.legal_act_id):
        act = row.legal_act_id
    label = f"{ACTS[row.act].name.capitalize()} №{NBSP}{told} от{NBSP}{ru_date(day)}: {draft.about.text}"
    with store.operation(label, "order.register") as operation:
        values: dict[str, Any] = {"number": told, "dated": day}
        if act is None:
            act = registers.add_in(operation, "acts", {}, **values, **_act_of(draft))
        elif act == row.legal_act_id:
            operation.update("legal_act", act, **values)
        details = _details(row) | {"signed": [[one.key, one.number, one.text] for one in draft.texts]}
        values["paper_id"] = _number_paper(operation, row, told, day)
        operation.update("order_draft", key, **values, title=draft.about.text, legal_act_id=act, details=_json(details))
    return act


def _number_paper(operation: Operation, row: OrderRow, number: str, dated: str) -> int | None:
    """Write number and date into the register's line of an order; returns the key of that line."""
    found = rows.paper_of(operation.connection, row)
    if found is None:
        return row.paper_id
    key, _running, had_number, had_date = found
    new = {}
    if had_number in {None, row.number} and had_number != number:
        new["out_number"] = number
    if had_date in {None, row.dated} and had_date != dated:
        new["dated"] = dated
    if new:
        operation.update("outgoing_paper", key, **new)
    return key


def _act_of(draft: Draft) -> dict[str, Any]:
    item = draft.template
    return {
        "level": "municipal", "kind": ACTS[draft.act].name, "title": draft.about.text,
        "issuer": draft.facts.words["organisation"] or None, "regulates": item.regulates,
        "topic": legal_base.topics_by_key()[item.topic].title,
    }  # fmt: skip


def year_of(connection: Connection, key: int) -> int | None:
    """Return the school year of a draft; None where it has gone."""
    row = rows.order(connection, key)
    return None if row is None else row.school_year


def findable(connection: Connection) -> list[tuple[int, str, str]]:
    """Return (key, heading, «приказ, проект») of every draft for the search of the window."""
    found = []
    for row in rows.orders(connection):
        state = (
            f"№{NBSP}{row.number} от{NBSP}{ru_date(row.dated)}" if row.number and row.dated else STATE_WORDS["draft"]
        )
        found.append((row.id, _heading(connection, row), f"{ACTS[row.act].name}, {state}"))
    return found
