"""The bank of practices and products: who made them, which problem they solve, who took them, how they are rated.

Every figure is a count of rows of the file. A school counts once, under its canonical record. A rating is the mean of
the marks that schools gave («4,5 по 6 оценкам»); no rating is not nought.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from app.errors import UserError
from app.models import organisations
from app.models import practices as stored
from app.models.practices import PracticeRow, UseRow
from app.models.store import Connection, Operation, Store
from app.operations import registers
from app.operations.register_catalogue import DEFICIT_WORDS
from app.operations.register_work_practices import KIND_WORDS, STATE_WORDS, USE_WORDS
from app.operations.support_partners import names, ranks
from app.texts import NBSP, count, plural, quoted, ru_date, school_year

NO_TITLE = "без названия"
_STEPS = ("adopted", "trying", "planned", "refused")
"""States of use from the furthest to the one that counts least."""
WORDS: Mapping[str, Mapping[str, str]] = {"kind": KIND_WORDS, "state": STATE_WORDS, "deficit_kind": DEFICIT_WORDS}
FIELDS: Mapping[str, str] = {
    "title": "название", "kind": "что это", "organisation_id": "школа-автор", "body_id": "объединение",
    "author": "кто придумал", "school_year": "учебный год", "subject": "предмет", "deficit_kind": "вид дефицита",
    "problem": "проблема", "idea": "что делают", "evidence": "чем подтверждается", "audience": "для кого",
    "state": "состояние", "act": "документ", "accepted_on": "день принятия", "link": "где описана",
    "note": "примечание",
}  # fmt: skip
"""Columns that may be changed, as the journal names them."""
_LONG = frozenset({"problem", "idea", "evidence", "note"})


@dataclass(frozen=True, slots=True)
class Use:
    """A school that uses a practice; ``rows``: keys of all its rows, the one that speaks first."""

    school_id: int
    school: str
    state: str
    since: str | None
    rating: int | None
    opinion: str
    rows: tuple[int, ...]

    @property
    def word(self) -> str:
        """Return «внедрила»."""
        return USE_WORDS[self.state]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a practice is used.

    Attributes:
        uses: schools in the file's own order, each once.
    """

    uses: tuple[Use, ...] = ()

    def number(self, *states: str) -> int:
        """Return how many schools are in one of the states."""
        return sum(use.state in states for use in self.uses)

    @property
    def adopted(self) -> int:
        """Return how many schools have adopted the practice."""
        return self.number("adopted")

    @property
    def marks(self) -> tuple[int, ...]:
        """Return the marks that were given, one a school."""
        return tuple(use.rating for use in self.uses if use.rating is not None)

    @property
    def rating(self) -> Fraction | None:
        """Return the exact mean of the marks; None where there is none."""
        return Fraction(sum(self.marks), len(self.marks)) if self.marks else None

    @property
    def rating_words(self) -> str:
        """Return «4,5 по 6 оценкам», «оценок нет»."""
        rating, number = self.rating, len(self.marks)
        if rating is None:
            return "оценок нет"
        return f"{decimal(rating)} по{NBSP}{number}{NBSP}{plural(number, 'оценке', 'оценкам', 'оценкам')}"

    @property
    def twice(self) -> tuple[str, ...]:
        """Return the schools that stand in several rows."""
        return tuple(use.school for use in self.uses if len(use.rows) > 1)


def decimal(number: Fraction) -> str:
    """Return «4,5»: one digit after the comma, halves upwards."""
    tenths = (number.numerator * 20 + number.denominator) // (number.denominator * 2)
    whole, rest = divmod(tenths, 10)
    return f"{whole},{rest}"


@dataclass(frozen=True, slots=True)
class Practice:
    """One practice; texts are "" where nothing is said.

    Attributes:
        school_id: canonical record of the school whose experience it is.
        files: files and links beside it.
    """

    id: int
    kind: str
    title: str
    school_id: int | None
    school: str
    body_id: int | None
    body: str
    author: str
    school_year: int | None
    subject: str
    deficit_kind: str
    problem: str
    idea: str
    evidence: str
    audience: str
    state: str
    act: str
    accepted_on: str | None
    link: str
    note: str
    files: int
    standing: Standing

    @property
    def shown(self) -> str:
        """Return the title, «без названия» where it has none."""
        return self.title or NO_TITLE

    @property
    def whose(self) -> str:
        """Return whose experience it is: the school, else the association, else the author."""
        return self.school or self.body or self.author

    @property
    def since_words(self) -> str:
        """Return «в банке с 12.11.2026», «предложена»."""
        day = f" с{NBSP}{ru_date(self.accepted_on)}" if self.accepted_on and self.state == "accepted" else ""
        return f"{STATE_WORDS[self.state]}{day}"

    @property
    def state_words(self) -> str:
        """Return «в банке с 12.11.2026: протокол от 12.11.2026 № 4», «предложена»."""
        return f"{self.since_words}: {self.act}" if self.act else self.since_words

    @property
    def texts(self) -> dict[str, str]:
        """Return field → text that the search looks into."""
        return {
            "title": self.title, "subject": self.subject, "problem": self.problem,
            "deficit": DEFICIT_WORDS.get(self.deficit_kind, ""), "idea": self.idea, "evidence": self.evidence,
            "audience": self.audience, "author": f"{self.author} {self.school} {self.body}",
        }  # fmt: skip

    @property
    def lacks(self) -> tuple[str, ...]:
        """Return what a reader would miss: «проблема», «чем подтверждается»."""
        wanted = (("название", self.title), ("автор", self.whose), ("какую проблему решает", self.problem),
                  ("что делают", self.idea),
                  ("чем подтверждается", self.evidence or self.link or ("файл" if self.files else "")))  # fmt: skip
        return tuple(word for word, text in wanted if not text)


# --- reading -----------------------------------------------------------------------------------------------------


def listing(connection: Connection, *, states: Iterable[str] = (), school_id: int | None = None) -> list[Practice]:
    """Return the practices by title.

    Args:
        connection: reading connection.
        states: only of these states; all where none is given.
        school_id: only of this school (canonical).
    """
    shown, merged = names(connection), organisations.canonical_map(connection)
    bodies, files = stored.bodies(connection), stored.files(connection)
    standings = _standings(connection, shown, merged)
    wanted = frozenset(states)
    found = []
    for row in stored.practices(connection):
        school = None if row.organisation_id is None else merged.get(row.organisation_id, row.organisation_id)
        if (not wanted or row.state in wanted) and school_id in {None, school}:
            found.append(_practice(row, school, shown, bodies, files.get(row.id, 0), standings.get(row.id, Standing())))
    return sorted(found, key=lambda item: (not item.title, item.title.casefold(), item.id))


def _practice(
    row: PracticeRow, school: int | None, shown: Mapping[int, str], bodies: Mapping[int, str], files: int,
    standing: Standing,
) -> Practice:  # fmt: skip
    return Practice(
        row.id, row.kind, row.title or "", school, shown.get(school or 0, ""), row.body_id,
        bodies.get(row.body_id or 0, ""), row.author or "", row.school_year, row.subject or "", row.deficit_kind or "",
        row.problem or "", row.idea or "", row.evidence or "", row.audience or "", row.state, row.act or "",
        row.accepted_on, row.link or "", row.note or "", files, standing,
    )  # fmt: skip


def _standings(connection: Connection, shown: Mapping[int, str], merged: Mapping[int, int]) -> dict[int, Standing]:
    """Return practice → how it is used. A row without a school is not whole and counts nowhere."""
    grouped: dict[int, dict[int, list[UseRow]]] = {}
    for row in stored.uses(connection):
        if row.organisation_id is not None:
            school = merged.get(row.organisation_id, row.organisation_id)
            grouped.setdefault(row.practice_id, {}).setdefault(school, []).append(row)
    order = ranks(shown)
    return {
        practice: Standing(tuple(
            _use(school, shown.get(school, ""), rows)
            for school, rows in sorted(found.items(), key=lambda pair: (order.get(pair[0], len(order)), pair[0]))
        ))
        for practice, found in grouped.items()
    }  # fmt: skip


def _use(school: int, name: str, rows: list[UseRow]) -> Use:
    """Return what a school says: its own record before merged ones, the latest day, then the smaller key."""
    ordered = rows
    if len(rows) > 1:
        by_key = sorted(rows, key=lambda row: row.id)
        by_day = sorted(by_key, key=lambda row: row.since or "", reverse=True)
        ordered = sorted(by_day, key=lambda row: row.organisation_id != school)
    first = ordered[0]
    return Use(
        school, name, first.state, first.since, first.rating, first.opinion or "", tuple(row.id for row in ordered)
    )


def get(connection: Connection, key: int) -> Practice:
    """Return one practice.

    Raises:
        UserError: ``PRACT_GONE``.
    """
    found = next((item for item in listing(connection) if item.id == key), None)
    if found is None:
        raise UserError("PRACT_GONE")
    return found


def named(connection: Connection, query: str) -> Practice:
    """Return the one practice that its code, its title or a part of the title means.

    Raises:
        UserError: ``PRACT_UNKNOWN``, ``PRACT_SEVERAL`` naming up to five with their codes: titles may be the same.
    """
    wanted = " ".join(query.casefold().replace("ё", "е").split())
    folded = [(item, " ".join(item.title.casefold().replace("ё", "е").split())) for item in listing(connection)]
    found = [item for item, title in folded if wanted in (title, str(item.id)) and wanted]
    found = found or [item for item, title in folded if wanted and wanted in title]
    if not found:
        raise UserError("PRACT_UNKNOWN", query=query)
    if len(found) > 1:
        raise UserError(
            "PRACT_SEVERAL", query=query, names="; ".join(f"{item.shown} (код {item.id})" for item in found[:5])
        )
    return found[0]


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts of the bank.

    Attributes:
        by_state: state → practices.
        adopting: schools that have adopted at least one practice of the bank.
        authors: schools whose experience stands in the bank.
    """

    by_state: Mapping[str, int]
    adopting: int
    authors: int
    without_use: int


def totals(found: Iterable[Practice]) -> Totals:
    """Return the counts of some practices; schools are counted once each."""
    rows = list(found)
    kept = [item for item in rows if item.state == "accepted"]
    return Totals(
        {state: sum(item.state == state for item in rows) for state in STATE_WORDS},
        len({use.school_id for item in kept for use in item.standing.uses if use.state == "adopted"}),
        len({item.school_id for item in kept if item.school_id is not None}),
        sum(not item.standing.number("adopted", "trying") for item in kept),
    )


def totals_words(found: Totals, between: str = " · ") -> str:
    """Return the counts as one sentence; ``between`` stands between its parts."""
    kept, waiting, old = (found.by_state[state] for state in ("accepted", "proposed", "archived"))
    parts = [f"в банке {count(kept, 'практика', 'практики', 'практик')}"] if kept else ["в банке практик пока нет"]
    if found.adopting:
        parts.append(adopted_words(found.adopting, "внедрила", "внедрили"))
    if found.without_use:
        parts.append(f"пока не взяты никем: {found.without_use}")
    parts += [f"{word}{NBSP}{number}" for word, number in (("ждут решения", waiting), ("в архиве", old)) if number]
    return between.join(parts)


def adopted_words(number: int, one: str, many: str) -> str:
    """Return «внедрила 1 школа», «внедрили 4 школы» with the verbs given."""
    return f"{plural(number, one, many, many)} {count(number, 'школа', 'школы', 'школ')}"


# --- changing ----------------------------------------------------------------------------------------------------


def clean(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return columns as they are stored: texts trimmed, "" as None, words by their codes.

    Raises:
        UserError: ``PRACT_WORD``.
    """
    found: dict[str, Any] = {}
    for name, value in values.items():
        kept = (_tidy(name, value) or None) if isinstance(value, str) else value
        if kept is not None and name in WORDS and kept not in WORDS[name]:
            codes = {word: code for code, word in WORDS[name].items()}
            if str(kept).casefold() not in codes:
                raise UserError("PRACT_WORD", value=kept, field=FIELDS[name], known=", ".join(WORDS[name].values()))
            kept = codes[str(kept).casefold()]
        if kept is not None or name not in {"kind", "state"}:
            found[name] = kept
    return found


def _tidy(name: str, text: str) -> str:
    """Return a text trimmed; only descriptions keep their lines."""
    return text.strip() if name in _LONG else " ".join(text.split())


def add(store: Store, /, **values: Any) -> int:
    """Put a practice on the list of proposed ones; returns its key.

    Args:
        store: the open file.
        values: columns of the table, see ``FIELDS``.

    Raises:
        UserError: ``PRACT_WORD``.
    """
    kept = {name: value for name, value in clean(values).items() if value is not None}
    with store.operation(f"Практика {quoted(kept.get('title') or NO_TITLE)} предложена", "practice.add") as operation:
        return registers.add_in(operation, "practices", {}, **kept)


def edit(store: Store, key: int, /, **values: Any) -> None:
    """Change columns of a practice; edits of the same columns in one visit are one operation.

    Raises:
        UserError: ``PRACT_GONE``, ``PRACT_WORD``.
    """
    row, kept = _row(store.connection, key), clean(values)
    present = row._asdict()
    if all(present[name] == value for name, value in kept.items()):
        return
    words = ", ".join(FIELDS[name] for name in kept)
    label = f"Практика {quoted(row.title or NO_TITLE)}: {words}"
    with store.operation(label, "practice.edit", merge=f"practice:{key}:{','.join(sorted(kept))}") as operation:
        registers.write_in(operation, stored.TABLE, present, kept)


def accept(store: Store, key: int, act: str, day: date) -> None:
    """Take a practice into the bank by a document.

    Args:
        store: the open file.
        key: of the practice.
        act: «протокол методического совета от 12.11.2026 № 4»; may be empty.
        day: since when it is in the bank.

    Raises:
        UserError: ``PRACT_GONE``, ``PRACT_NO_TITLE``.
    """
    row = _row(store.connection, key)
    if not row.title:
        raise UserError("PRACT_NO_TITLE")
    with store.operation(f"Практика {quoted(row.title)} принята в банк", "practice.accept") as operation:
        values = {"state": "accepted", "act": act.strip() or row.act, "accepted_on": day.isoformat()}
        registers.write_in(operation, stored.TABLE, row._asdict(), values)


def put_state(store: Store, keys: Iterable[int], state: str) -> int:
    """Move practices to the archive or back; returns how many have moved.

    Coming back, a practice that was accepted once is in the bank again.

    Raises:
        UserError: ``PRACT_GONE``.
    """
    rows = [_row(store.connection, key) for key in dict.fromkeys(keys)]
    moved = [(row, _back(row) if state != "archived" else state) for row in rows]
    moved = [(row, wanted) for row, wanted in moved if row.state != wanted]
    if not moved:
        return 0
    what = quoted(moved[0][0].title or NO_TITLE) if len(moved) == 1 else count(len(moved), "практика", "практики",
                                                                               "практик")  # fmt: skip
    with store.operation(f"{'В архив' if state == 'archived' else 'Из архива'}: {what}", "practice.state") as operation:
        for row, wanted in moved:
            registers.write_in(operation, stored.TABLE, row._asdict(), {"state": wanted})
    return len(moved)


def _back(row: PracticeRow) -> str:
    return "accepted" if row.accepted_on else "proposed"


def remove(store: Store, keys: Iterable[int]) -> str:
    """Take practices out with who used them and their files; returns what went along, in words.

    Lines of support cards that were taken from a practice stay and name it no longer. One operation.

    Raises:
        UserError: ``PRACT_GONE``.
    """
    rows = [_row(store.connection, key) for key in dict.fromkeys(keys)]
    told = hanging(store.connection, [row.id for row in rows])
    what = quoted(rows[0].title or NO_TITLE) if len(rows) == 1 else count(len(rows), "практика", "практики", "практик")
    with store.operation(f"Из банка практик убрано: {what}", "practice.remove") as operation:
        for row in rows:
            registers.remove_in(operation, registers.register("practices"), {}, row.id)
    return told


def hanging(connection: Connection, keys: Iterable[int]) -> str:
    """Return what goes with some practices: «3 школы, 1 файл»; "" where nothing does."""
    wanted = set(keys)
    used = sum(row.practice_id in wanted for row in stored.uses(connection))
    files = sum(number for key, number in stored.files(connection).items() if key in wanted)
    lines = sum(len(stored.offered(connection, key)) for key in wanted)
    parts = [count(used, "строка", "строки", "строк") + " о школах" if used else "",
             count(files, "файл", "файла", "файлов") if files else "",
             f"{count(lines, 'связь', 'связи', 'связей')} с{NBSP}картой помощи" if lines else ""]  # fmt: skip
    return ", ".join(part for part in parts if part)


def offer_to(store: Store, key: int, school_id: int, day: date) -> int:
    """Write a school among those that are to try a practice; returns the key of the row.

    Raises:
        UserError: ``PRACT_GONE``, ``PRACT_TAKEN``, ``PRACT_OWN``, ``GEN_NO_SCHOOL``.
    """
    item, school = _free(store.connection, key, school_id)
    with store.operation(f"Практика {quoted(item.shown)} предложена: {school}", "practice.offer") as operation:
        return _plan_in(operation, key, organisations.canonical(store.connection, school_id), day)


def _plan_in(operation: Operation, key: int, school_id: int, day: date) -> int:
    scope = {"practice_id": key}
    return registers.add_in(operation, "practice_uses", scope, organisation_id=school_id, state="planned",
                            since=day.isoformat())  # fmt: skip


def plan_in(operation: Operation, key: int, school_id: int, day: date) -> None:
    """Write a school among those that are to try a practice, unless it stands there, inside another operation."""
    used = {organisations.canonical(operation.connection, row.organisation_id)
            for row in stored.uses(operation.connection, key) if row.organisation_id is not None}  # fmt: skip
    if organisations.canonical(operation.connection, school_id) not in used:
        _plan_in(operation, key, school_id, day)


def _free(connection: Connection, key: int, school_id: int) -> tuple[Practice, str]:
    item = get(connection, key)
    school = organisations.get(connection, organisations.canonical(connection, school_id))
    if school is None:
        raise UserError("GEN_NO_SCHOOL", query=school_id)
    if item.school_id == school.id:
        raise UserError("PRACT_OWN", school=school.shown)
    if any(use.school_id == school.id for use in item.standing.uses):
        raise UserError("PRACT_TAKEN", school=school.shown)
    return item, school.shown


def put_use(store: Store, key: int, school_id: int, /, **values: str) -> int:
    """Write what a school says of a practice, into its row or a new one; returns the key of the row.

    Args:
        store: the open file.
        key: of the practice.
        school_id: of the school.
        values: column of «Кто внедрил» → text as typed.

    Raises:
        UserError: ``PRACT_GONE``, ``GEN_NO_SCHOOL``, ``REG_NO_COLUMN``.
    """
    item = get(store.connection, key)
    canonical = organisations.canonical(store.connection, school_id)
    school = organisations.get(store.connection, canonical)
    if school is None:
        raise UserError("GEN_NO_SCHOOL", query=school_id)
    use = next((one for one in item.standing.uses if one.school_id == canonical), None)
    row = use.rows[0] if use is not None else -1
    cells = [(row, name, text) for name, text in values.items()]
    if use is None:
        cells.insert(0, (row, "organisation_id", school.shown))
    made = registers.put_cells(store, "practice_uses", {"practice_id": key}, cells)
    return made.get(row, row)


def _row(connection: Connection, key: int) -> PracticeRow:
    row = stored.practice(connection, key)
    if row is None:
        raise UserError("PRACT_GONE")
    return row


def year_words(item: Practice) -> str:
    """Return «2025/26 учебный год», "" where it is not said."""
    return "" if item.school_year is None else f"{school_year(item.school_year)}{NBSP}учебный год"


def found_words(item: Practice) -> str:
    """Return what the search of the window says beside a title: «практика, СОШ № 3»."""
    return ", ".join(part for part in (KIND_WORDS[item.kind], item.whose) if part)
