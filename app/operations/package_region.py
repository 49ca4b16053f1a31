"""The region's side: taking packages in, who has not sent, the summary (counts are added, shares never averaged)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.errors import UserError
from app.models import packages as stored
from app.models.journal import now
from app.models.packages import PackageIn
from app.models.store import Connection, Store
from app.operations import packages, registers
from app.operations.package_check import VERDICT_WORDS, PackageCheck, check
from app.operations.papers import Paper
from app.texts import count, ru_date

if TYPE_CHECKING:
    from app.reports.package import IndicatorText, ListLine, ResultLine, SummaryData

EXPECTED = "package_expected"
POINTS = 10
"""Percentage points by which a share must differ from that of the others to be marked."""
NOTHING = "Принятых пакетов пока нет"
LIGHT_WORDS = {
    "reached": "достигнуто", "near": "почти", "behind": "отстаёт", "no_target": "нет цели", "no_data": "нет данных",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one file.

    Attributes:
        key: of the package that was taken; None where it was not.
        replaced: it took the place of an earlier one.
        why_not: why it was not taken; "" where it was.
    """

    path: Path
    check: PackageCheck
    key: int | None
    replaced: bool
    why_not: str


@dataclass(frozen=True, slots=True)
class Missing:
    """A municipality that is awaited and has not sent for a period; ``late`` in days, 0 where there is time."""

    municipality: str
    oktmo: str
    contact: str
    due_on: str
    late: int


def look(paths: Iterable[Path]) -> tuple[PackageCheck, ...]:
    """Check packages without taking them."""
    return tuple(check(path) for path in paths)


def take(store: Store, checks: Sequence[PackageCheck]) -> tuple[Taken, ...]:
    """Take packages that were checked: one operation; a later one of the same municipality and period counts.

    A package whose check refused it is not taken and says why; the same bytes are not taken twice.
    """
    if not any(_why_not(store.connection, item) == "" for item in checks):
        return tuple(Taken(item.path, item, None, False, _why_not(store.connection, item)) for item in checks)
    done = []
    told = count(len(checks), "пакет", "пакета", "пакетов")
    with store.operation(f"Принято от муниципалитетов: {told}", "package.take") as operation:
        for item in checks:
            why_not = _why_not(operation.connection, item)
            if why_not:
                done.append(Taken(item.path, item, None, False, why_not))
                continue
            before = [one for one in stored.taken(operation.connection, item.period) if _same(one, item)]
            newer = [one for one in before if one.made_at > str(item.manifest["made_at"])]
            key = stored.add_in(operation, actor=store.actor, **_values(item))
            for one in before:
                if one not in newer:
                    operation.update("package_in", one.id, replaced_by=key)
            if newer:
                operation.update("package_in", key, replaced_by=newer[0].id)
            done.append(Taken(item.path, item, key, bool(before) and not newer, ""))
    return tuple(done)


def _why_not(connection: Connection, item: PackageCheck) -> str:
    if item.verdict == "refused":
        return str(UserError("PACK_REFUSED", file=item.path.name, reason=item.problems[0].message))
    if any(one.sha256 == item.sha256 for one in stored.taken(connection, replaced=True)):
        return str(UserError("PACK_SAME", file=item.path.name))
    return ""


def _values(item: PackageCheck) -> dict[str, Any]:
    manifest = item.manifest
    return {
        "municipality": item.municipality, "oktmo": manifest["municipality"]["oktmo"], "period": item.period,
        "title": manifest["title"], "file_name": item.path.name, "sha256": item.sha256, "size": item.size,
        "manifest": json.dumps(manifest, ensure_ascii=False, sort_keys=True),
        "data": json.dumps(item.data, ensure_ascii=False, sort_keys=True), "verdict": item.verdict,
        "problems": "\n".join(one.message for one in item.problems), "made_at": manifest["made_at"],
    }  # fmt: skip


def _same(one: PackageIn, item: PackageCheck) -> bool:
    oktmo = item.manifest["municipality"]["oktmo"]
    return one.oktmo == oktmo if one.oktmo and oktmo else _fold(one.municipality) == _fold(item.municipality)


def _fold(name: str) -> str:
    return " ".join(name.casefold().replace("ё", "е").split())


def periods(connection: Connection) -> list[str]:
    """Return periods of the packages that came, the newest first."""
    return stored.periods(connection)


def taken(connection: Connection, period: str | None = None, *, replaced: bool = False) -> list[PackageIn]:
    """Return packages that came."""
    return stored.taken(connection, period, replaced=replaced)


def remark(store: Store, key: int, text: str) -> None:
    """Write a remark on a package that came; an empty one is taken away.

    Raises:
        UserError: ``PACK_NO_TAKEN``.
    """
    if all(one.id != key for one in stored.taken(store.connection, replaced=True)):
        raise UserError("PACK_NO_TAKEN", key=key)
    with store.operation("Записано замечание к пакету", "package.remark") as operation:
        operation.update("package_in", key, remark=text.strip() or None)


# --- who has not sent --------------------------------------------------------------------------------------------


def expected(connection: Connection) -> list[Mapping[str, Any]]:
    """Return the municipalities that are awaited, in their order."""
    return [row for row in registers.rows(connection, EXPECTED) if (row["municipality"] or "").strip()]


def missing(connection: Connection, period: str, day: date) -> tuple[Missing, ...]:
    """Return who is awaited and has not sent a package for a period."""
    came = stored.taken(connection, period)
    names, codes = {_fold(one.municipality) for one in came}, {one.oktmo for one in came if one.oktmo}
    found = []
    for row in expected(connection):
        if _fold(row["municipality"]) in names or (row["oktmo"] and row["oktmo"] in codes):
            continue
        due = row["due_on"] or ""
        late = max(0, (day - date.fromisoformat(due)).days) if due else 0
        found.append(Missing(row["municipality"].strip(), row["oktmo"] or "", row["contact"] or "", due, late))
    return tuple(found)


def reminder(item: Missing, period: str) -> str:
    """Return a letter that reminds one municipality."""
    due = (
        f" Срок был {ru_date(item.due_on)}." if item.late else f" Срок — {ru_date(item.due_on)}." if item.due_on else ""
    )
    return (
        f"{item.municipality}\n\nУважаемые коллеги!\n\n"
        f"Пакет документов за период «{period}» к нам ещё не поступил.{due}"
        " Пожалуйста, пришлите его одним архивом, собранным в программе (вкладка «Отчёты», «Пакеты»)."
        " Если пакет уже отправлен, сообщите дату и имя файла.\n"
    )  # fmt: skip


# --- summary -----------------------------------------------------------------------------------------------------


def period_or_newest(connection: Connection, period: str) -> str:
    """Return a period, the newest one where none is named; where nothing has come yet, words that say so.

    Raises:
        UserError: ``PACK_NO_PERIOD`` for a period of which nothing has come.
    """
    known = stored.periods(connection)
    if not known and not period.strip():
        return NOTHING
    if period.strip() in known:
        return period.strip()
    if period.strip():
        raise UserError("PACK_NO_PERIOD", period=period.strip(), known=", ".join(known) or "их пока нет")
    return known[0]


def summary(connection: Connection, period: str, day: date) -> SummaryData:
    """Return what the packages of a period say together.

    Raises:
        UserError: ``PACK_NO_PERIOD``.
    """
    from app.operations import package_region_work
    from app.reports.package import MissingLine, SummaryData

    wanted = period_or_newest(connection, period)
    came = stored.taken(connection, wanted)
    data = {name: stored.data_of(connection, one.id) for name, one in _told_apart(came)}
    late = tuple(
        MissingLine(one.municipality, one.due_on, one.late, one.contact) for one in missing(connection, wanted, day)
    )
    rules = {_rule(item) for item in map(_main, data.values()) if item is not None}
    return SummaryData(
        packages.head_of(connection, wanted, now()), tuple(_lists(data)), tuple(_results(data)),
        tuple(_indicators(data)), late,
        tuple((name, one.made_at, one.taken_at, _told(one)) for name, one in _told_apart(came)), tuple(sorted(rules)),
        package_region_work.summary(data),
    )  # fmt: skip


def _told_apart(came: Sequence[PackageIn]) -> tuple[tuple[str, PackageIn], ...]:
    """Return packages by municipality; two of one name are told apart by their codes, none takes another's place."""
    names = [one.municipality for one in came]
    return tuple(
        (f"{one.municipality}, ОКТМО {one.oktmo or 'не указан'}" if names.count(one.municipality) > 1
         else one.municipality, one)
        for one in came
    )  # fmt: skip


def _rule(item: Mapping[str, Any]) -> str:
    return f"{item['rule_title']}, версия {item['rule_version']}, {item['year']} год"


def _told(one: PackageIn) -> str:
    word = VERDICT_WORDS["ok" if one.verdict == "ok" else "eyes"]
    return f"{word}; замечание: {one.remark}" if one.remark else word


def _lists(data: Mapping[str, Mapping[str, Any]]) -> Iterator[ListLine]:
    from app.reports.package import ListLine

    main = {name: _main(item) for name, item in data.items()}
    counts = {name: None if one is None else one["counts"] for name, one in main.items()}
    shares: dict[str, dict[str, tuple[int, int]]] = {}
    for name, own in main.items():
        if own is not None:
            shares.setdefault(_rule(own), {})[name] = (own["counts"]["listed"], own["counts"]["schools"])
    # a share is compared with shares of lists that were made by the same rule
    far = frozenset().union(*map(outliers, shares.values()))
    for name, one in counts.items():
        if one is None:
            yield ListLine(name, None, None, None, None, "")
            continue
        kept = main[name] or {}
        approved = kept["approved"]
        told = f"№ {approved['number']} от {_day(approved['date'])}" if approved else "проект"
        yield ListLine(name, one["schools"], one["listed"], one["edge"], one["no_data"], told, name in far, _rule(kept))


def _main(data: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the list that stands for a municipality: of its newest results, the approved one first."""
    lists: list[Mapping[str, Any]] = list(data.get("lists", ()))
    lists.sort(key=lambda item: (item["year"] != data["result_year"], item["approved"] is None, -item["year"]))
    return lists[0] if lists else None


def _day(text: str) -> str:
    try:
        return ru_date(text)
    except ValueError:
        return text


def _results(data: Mapping[str, Mapping[str, Any]]) -> Iterator[ResultLine]:
    from app.reports.package import ResultLine

    works: dict[str, dict[str, tuple[int, int]]] = {}
    for name, item in data.items():
        for one in item.get("results", ()):
            shares = works.setdefault(f"{one['label']}, {one['year']} год", {})
            # a work that a package tells in two lines is their sum
            below, of = shares.get(name, (0, 0))
            shares[name] = below + one["below"], of + one["participants"]
    for work, shares in works.items():
        far = outliers(shares)
        yield from (ResultLine(work, name, below, of, name in far) for name, (below, of) in shares.items())


def _indicators(data: Mapping[str, Mapping[str, Any]]) -> Iterator[IndicatorText]:
    """Yield indicators side by side: those with one wording and unit belong together; nothing of them is added up."""
    from app.reports.package import IndicatorText

    wordings: dict[tuple[str, str], tuple[str, str]] = {}
    for name, item in data.items():
        for one in item.get("indicators", ()):
            key = (_fold(one["text"]), _fold(one["unit"]))
            text, unit = wordings.setdefault(key, (one["text"], one["unit"]))
            yield IndicatorText(text, unit, name, one["target"], one["value"], LIGHT_WORDS[one["light"]])


def outliers(shares: Mapping[str, tuple[int, int]]) -> frozenset[str]:
    """Return whose share differs from that of the others together.

    Marked where the share of the others lies outside Wilson's 95 % interval of the own share and is at least ten
    percentage points away. The farthest is marked first and no longer counts among «the others»: else one that is far
    off would make all the rest look strange. Fewer than three have nothing to differ from.

    Args:
        shares: name → (part, whole); wholes of nothing are left out.
    """
    pool = {name: pair for name, pair in shares.items() if pair[1] > 0}
    found: set[str] = set()
    while len(pool) >= 3:
        far = [(distance, name) for name in pool if (distance := _distance(pool, name)) is not None]
        if not far:
            break
        name = max(far)[1]
        found.add(name)
        del pool[name]
    return frozenset(found)


def _distance(pool: Mapping[str, tuple[int, int]], name: str) -> Fraction | None:
    """Return how far a share is from that of the others in a pool; None where it is not to be marked."""
    from app.analysis.intervals import wilson

    own, of = pool[name]
    others = [pair for key, pair in pool.items() if key != name]
    rest = Fraction(sum(part for part, _whole in others), sum(whole for _part, whole in others))
    interval, distance = wilson(own, of), abs(Fraction(own, of) - rest)
    if interval is None or distance * 100 < POINTS or interval.low <= rest <= interval.high:
        return None
    return distance


def summary_paper(connection: Connection, period: str, day: date) -> Paper:
    """Return the summary as a paper.

    Raises:
        UserError: ``PACK_NO_PERIOD``.
    """
    from app.reports.package import summary as document

    data = summary(connection, period, day)
    return Paper("package_summary", f"Свод по муниципалитетам, {data.head.period}", document(data), None,
                 data.head.period)  # fmt: skip


def missing_paper(connection: Connection, period: str, day: date) -> Paper:
    """Return the list of those who have not sent.

    Raises:
        UserError: ``PACK_NO_PERIOD``.
    """
    from app.reports.package import MissingLine
    from app.reports.package import missing_paper as document

    wanted = period_or_newest(connection, period)
    lines = [MissingLine(one.municipality, one.due_on, one.late, one.contact)
             for one in missing(connection, wanted, day)]  # fmt: skip
    head = packages.head_of(connection, wanted, now())
    return Paper("package_missing", f"Кто не прислал пакет, {wanted}",
                 document(head, lines, len(expected(connection))), None, wanted)  # fmt: skip


def rows_paper(connection: Connection, period: str) -> Paper:
    """Return every row of every package as one book: schools of the lists with their fractions, results, metrics.

    Raises:
        UserError: ``PACK_NO_PERIOD``.
    """
    from app.operations import package_region_work
    from app.reports.package_rows import rows_document

    wanted = period_or_newest(connection, period)
    data = {name: stored.data_of(connection, one.id) for name, one in _told_apart(stored.taken(connection, wanted))}
    head = packages.head_of(connection, wanted, now())
    return Paper(
        "package_rows",
        f"Данные муниципалитетов, {wanted}",
        rows_document(head, data, package_region_work.rows(data)),
        None,
        wanted,
    )
