"""Money of a programme as a grid (004, table 3): tasks and activities by years, one source or all; the estimate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.analysis.programme_checks.money import SOURCE_WORDS
from app.analysis.programme_money import Amount, MoneyOf, money_of, sources_of
from app.analysis.programme_numbers import PlanGroup, PlanLine, numbers, plan_groups
from app.analysis.programme_values import money_text, roubles
from app.models.programme_records import EstimateLine, Node, Tree
from app.models.store import Connection
from app.operations.programme_plan_sheet import group_title
from app.operations.programme_sheet_data import Sheet, SheetCell, SheetColumn, SheetRow, told, typed
from app.operations.programmes import tree as tree_of

ALL, TOGETHER = "*", ""
"""Values of the switch beside the sources themselves: every source a row of its own, all of them in one sum."""
OWN_LINE = "На задачу в целом"
FIRST_SOURCE = "municipal"


def source_word(source: str) -> str:
    """Return how a source is called."""
    return SOURCE_WORDS.get(source, source)


@dataclass(frozen=True, slots=True)
class Shown:
    """What of the money is wanted.

    Attributes:
        source: ``ALL``, ``TOGETHER`` or one source.
        opened: (node, source) of rows that are shown though there is no money in them yet.
    """

    source: str = ALL
    opened: frozenset[tuple[int, str]] = frozenset()


def columns(tree: Tree) -> tuple[SheetColumn, ...]:
    """Return the columns: what, from where, a year each, the total, whether money is needed."""
    return (
        SheetColumn("number", "№", 56),
        SheetColumn("title", "Задача, мероприятие", 300, long=True, wider=True),
        SheetColumn("source", "Источник", 174),
        *(SheetColumn(f"money:{year}", f"{year} год", 124, unit="руб.", numbers=True) for year in tree.programme.years),
        SheetColumn("total", "Всего", 128, unit="руб.", numbers=True),
        SheetColumn("free", "Денег не нужно", 80, words=("да",)),
    )


def read(connection: Connection, programme_id: int, shown: Shown) -> Sheet:
    """Return table 3 as a grid, with its totals.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``.
    """
    tree = tree_of(connection, programme_id)
    known = numbers(tree)
    rows = tuple(_Maker(tree, shown).rows())
    whole = money_of(tree, tree.nodes)
    facts = {
        "lines": sum(row.kind == "line" for row in rows),
        "kopecks": whole.amount().kopecks or 0,
        "unread": len(whole.amount().unread),
        "free": sum(activity.free for activity in tree.activities.values()),
        "outside": sum(row.plan_year not in tree.programme.years for rows in tree.money.values() for row in rows),
    }
    return Sheet(tree.programme, tree, known, columns(tree), rows, facts)


class _Maker:
    """Makes the rows of one reading."""

    def __init__(self, tree: Tree, shown: Shown) -> None:
        self.tree, self.shown = tree, shown
        self.years = tree.programme.years
        self.groups = plan_groups(tree)
        self.used = sources_of(tree)
        self.first = self.used[0] if self.used and FIRST_SOURCE not in self.used else FIRST_SOURCE
        self.one = shown.source if shown.source not in {ALL, TOGETHER} else None

    def rows(self) -> Iterator[SheetRow]:
        """Return the rows: groups with their lines, then totals."""
        for group in self.groups:
            yield from self._group(group)
        yield from self._totals()

    def _group(self, group: PlanGroup) -> Iterator[SheetRow]:
        key = ("group", group.kind, group.key)
        task = [group.key] if group.kind == "task" and group.key is not None else []
        found = money_of(self.tree, [*task, *(line.node.id for line in group.lines)])
        title = group_title(self.tree.programme, group)
        cells = (SheetCell(locked=True), SheetCell(title, locked=True), self._source_cell(), *self._sums(found),
                 SheetCell(locked=True))  # fmt: skip
        yield SheetRow("group", key, "", title, cells, group=key)
        for node_id in task:
            opened = any(node == node_id for node, _source in self.shown.opened)
            if node_id in self.tree.money or opened or not group.lines:
                line = PlanLine(self.tree.nodes[node_id], "", 0)
                yield from self._line(line, key, OWN_LINE)
        for line in group.lines:
            yield from self._line(line, key, line.node.text)

    def _source_cell(self, source: str | None = None) -> SheetCell:
        told_source = source if source is not None else self.one
        return SheetCell("" if told_source is None else source_word(told_source), locked=True, quiet=True)

    def _line(self, line: PlanLine, group: object, title: str) -> Iterator[SheetRow]:
        node = line.node
        own = {row.source for row in self.tree.money.get(node.id, ()) if row.plan_year in self.years}
        own |= {source for key, source in self.shown.opened if key == node.id}
        sources = [source for source in (*self.used, *sorted(own)) if source in own]
        sources = list(dict.fromkeys(sources))
        if self.one is not None:
            sources = [self.one]
        elif self.shown.source == TOGETHER and len(sources) > 1:
            yield self._row(line, group, title, None)
            return
        if len(sources) <= 1:
            yield self._row(line, group, title, sources[0] if sources else self.first)
            return
        yield self._row(line, group, title, None)
        for source in sources:
            yield self._part(node, group, source)

    def _row(self, line: PlanLine, group: object, title: str, source: str | None) -> SheetRow:
        node = line.node
        found = money_of(self.tree, [node.id])
        if source is None:
            sums = self._sums(found)
        else:
            sums = tuple(self._typed(node, year, source) for year in self.years)
            sums += (_sum(found.amount(source=source)),)
        free = SheetCell(locked=True)
        if node.kind == "activity":
            free = self._free(node, found)
        cells = (SheetCell(line.number, locked=True, quiet=True), SheetCell(title, locked=True),
                 self._source_cell(source) if source is not None else SheetCell("все", locked=True, quiet=True),
                 *sums, free)  # fmt: skip
        lane = "money" if source is not None else None
        return SheetRow(
            "line",
            node.id,
            line.number,
            title,
            cells,
            node.id,
            lane,
            None,
            line.depth,
            source or "",
            group,
        )

    def _free(self, node: Node, found: MoneyOf) -> SheetCell:
        cell = typed(self.tree, node, "free")
        if cell.text and found.amount().kopecks:
            words = f"Сказано, что денег не нужно, а указано {roubles(found.amount().kopecks)}."
            return SheetCell(cell.text, trouble=words, mark="warn")
        return cell

    def _part(self, node: Node, group: object, source: str) -> SheetRow:
        sums = tuple(self._typed(node, year, source) for year in self.years)
        found = money_of(self.tree, [node.id]).amount(source=source)
        word = source_word(source)
        cells = (SheetCell(locked=True), SheetCell(locked=True), SheetCell(word, locked=True, quiet=True), *sums,
                 _sum(found), SheetCell(locked=True))  # fmt: skip
        return SheetRow("part", (node.id, source), "", word, cells, node.id, "money", None, 1, source, group)

    def _typed(self, node: Node, year: int, source: str) -> SheetCell:
        cell = typed(self.tree, node, f"money:{year}:{source}")
        if cell.draft:
            return cell
        row = next((row for row in self.tree.money.get(node.id, ()) if (row.plan_year, row.source) == (year, source)),
                   None)  # fmt: skip
        if row is None:
            return cell
        if row.code is not None:
            return SheetCell(cell.text, trouble=told(row.code, raw=row.raw), mark="bad", draft=True)
        return SheetCell(cell.text, money_text(row.kopecks) or None, plain=_plain(row.kopecks))

    def _sums(self, found: MoneyOf) -> tuple[SheetCell, ...]:
        by_year = [_sum(found.amount(year, self.one)) for year in self.years]
        return (*by_year, _sum(found.amount(source=self.one)))

    def _totals(self) -> Iterator[SheetRow]:
        whole = money_of(self.tree, self.tree.nodes)
        if self.one is None and len(self.used) > 1:
            for source in self.used:
                sums = [_sum(whole.amount(year, source)) for year in self.years]
                yield self._total(("total", source), f"Итого: {source_word(source)}", source,
                                  (*sums, _sum(whole.amount(source=source))))  # fmt: skip
        title = "Всего по программе" if self.one is None else f"Всего: {source_word(self.one)}"
        yield self._total(("total", ""), title, self.one, self._sums(whole))

    def _total(self, key: object, title: str, source: str | None, sums: tuple[SheetCell, ...]) -> SheetRow:
        cells = (SheetCell(locked=True), SheetCell(title, locked=True), self._source_cell(source), *sums,
                 SheetCell(locked=True))  # fmt: skip
        return SheetRow("total", key, "", title, cells)


def _sum(found: Amount) -> SheetCell:
    text = money_text(found.kopecks)
    if found.unread:
        words = "Не вошло, потому что не сумма: " + ", ".join(f"«{raw}»" for raw in found.unread) + "."
        return SheetCell(text, text or "—", locked=True, quiet=True, trouble=words, mark="warn",
                         plain=_plain(found.kopecks))  # fmt: skip
    return SheetCell(text, locked=True, quiet=True, plain=_plain(found.kopecks))


def _plain(kopecks: int | None) -> str:
    """Return a sum as Excel takes it for a number: «1234567,00»."""
    return "" if kopecks is None else f"{kopecks // 100},{kopecks % 100:02}"


# --- the estimate ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Estimate:
    """The estimate of one activity for a year.

    Attributes:
        words: how it stands to the money of the year.
        agrees: None where there is nothing to compare.
    """

    lines: tuple[EstimateLine, ...]
    words: str
    agrees: bool | None


def estimate(tree: Tree, node_id: int, year: int) -> Estimate:
    """Return the estimate of an activity for a year, compared with its money of that year."""
    lines = tuple(row for row in tree.estimate.get(node_id, ()) if row.plan_year == year)
    planned = money_of(tree, [node_id]).amount(year).kopecks
    known = [line.kopecks for line in lines if line.kopecks is not None]
    wrong = sum(line.code is not None for line in lines)
    told_wrong = f" Не вошло строк без суммы: {wrong}." if wrong else ""
    if not lines:
        words = f"Сметы нет. На {year} год у мероприятия {roubles(planned)}." if planned else "Сметы нет."
        return Estimate(lines, words, None)
    total = sum(known)
    if planned is None:
        return Estimate(lines, f"По смете {roubles(total)}, а денег на {year} год не указано.{told_wrong}", False)
    if total == planned:
        return Estimate(lines, f"Смета сходится с деньгами {year} года: {roubles(total)}.{told_wrong}", not wrong)
    more = "больше" if total > planned else "меньше"
    return Estimate(
        lines, f"По смете {roubles(total)}: на {roubles(abs(total - planned))} {more}, чем денег на {year} год "
        f"({roubles(planned)}).{told_wrong}", False,
    )  # fmt: skip


def source_by_word(word: str) -> str:
    """Return the source that a word means; any other word is the municipality's own source."""
    plain = " ".join(word.split())
    known: Mapping[str, str] = {shown.casefold(): source for source, shown in SOURCE_WORDS.items()}
    return known.get(plain.casefold(), plain)


def choices(used: Iterable[str]) -> list[str]:
    """Return the sources that a person may choose from: those the program knows, then own ones."""
    return list(dict.fromkeys([*SOURCE_WORDS, *used]))
