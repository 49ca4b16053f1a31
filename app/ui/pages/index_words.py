"""How indices are said in a table and on a card: rows, chips, sentences. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

from app.analysis.index_model import IndexDefinition
from app.analysis.indices import IndexResult, IndexRow
from app.models.organisations import School
from app.operations.indices import IndexTable, signed, weight_text
from app.texts import NBSP, count, glue, percent, school_year
from app.ui.theme import Kind

NO_DATA = "нет данных"


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """One school with its rows of all indices, in the order of the table."""

    school: School
    rows: tuple[IndexRow | None, ...]

    @property
    def have(self) -> int:
        """Return how many components of all indices the school has."""
        return sum(len(row.contributions) for row in self.rows if row is not None)

    @property
    def total(self) -> int:
        """Return how many components all indices have."""
        return sum(row.total for row in self.rows if row is not None)

    @property
    def lowest(self) -> int:
        """Return in how many indices the school belongs to the lowest share."""
        return sum(row is not None and row.lowest for row in self.rows)

    @property
    def known(self) -> int:
        """Return how many indices the school has."""
        return sum(row is not None and row.value is not None for row in self.rows)


def lines(found: IndexTable) -> list[SchoolLine]:
    """Return the rows of the table: schools in the file's own order."""
    return [
        SchoolLine(school, tuple(result.row(key) for result in found.results)) for key, school in found.schools.items()
    ]


def value_text(row: IndexRow | None) -> str:
    """Return «+0,59 · 4 из 23»."""
    if row is None or row.value is None:
        return NO_DATA
    return f"{signed(row.value)} · {place_text(row)}"


def place_text(row: IndexRow) -> str:
    """Return «4 из 23»; of shared places «4–6 из 23»."""
    if row.place is None:
        return NO_DATA
    place = f"{row.place}–{row.place + row.tied - 1}" if row.tied > 1 else str(row.place)
    return f"{place}{NBSP}из{NBSP}{row.of}"


def value_tip(result: IndexResult, row: IndexRow | None) -> str:
    """Say index, place and what is missing in one sentence each."""
    if row is None:
        return ""
    title = result.definition.title
    if row.value is None:
        return glue(f"{title}: нет данных, {counted(row)}")
    return glue(f"{title}: {signed(row.value)}, место {place_text(row)}, 1 — лучшее; {counted(row)}")


def counted(row: IndexRow) -> str:
    """Return «посчитан по 3 из 4 составляющих» or why there is no index."""
    have = len(row.contributions)
    if row.value is None:
        return f"есть {have} из {row.total} составляющих, это меньше половины"
    if not row.missing:
        return f"посчитан по всем составляющим, их {row.total}"
    return f"посчитан по {have} из {row.total} составляющих"


def lowest_text(line: SchoolLine) -> str:
    """Return «2 из 3»: in how many indices the school stands in the lowest share."""
    if not line.known:
        return NO_DATA
    return f"{line.lowest}{NBSP}из{NBSP}{line.known}" if line.lowest else "нет"


def lowest_kind(line: SchoolLine) -> Kind:
    """Return the state of the same."""
    if not line.known:
        return "none"
    return "bad" if line.lowest else "ok"


def data_text(line: SchoolLine) -> str:
    """Return «11 из 13»: components that the school has."""
    return f"{line.have}{NBSP}из{NBSP}{line.total}"


def data_kind(line: SchoolLine) -> Kind:
    """Return the state of the same."""
    if line.have == line.total:
        return "ok"
    return "warn" if line.have else "none"


def share_word(definition: IndexDefinition) -> str:
    """Return «25 %»."""
    return percent(definition.lowest[0], definition.lowest[1], 0)


def lowest_sentence(found: IndexTable, result: IndexResult) -> str:
    """Say who is in the lowest share, by name: 25 % of 12 schools are three schools."""
    low = result.lowest
    if not low:
        return ""
    names = ", ".join(found.schools[row.school_id].shown for row in low)
    more = ""
    if len(low) > result.taken:
        more = f" (на границе одинаковые значения, поэтому не {result.taken}, а {len(low)})"
    known = count(result.known, "школы", "школ", "школ")
    return glue(f"Нижние {share_word(result.definition)} из {known}{more}: {names}.")


def how_sentence(found: IndexTable, result: IndexResult) -> str:
    """Say how an index is made."""
    definition = result.definition
    equal = len({part.weight for part in definition.used}) == 1
    weights = "Веса равные." if equal else "Веса: " + "; ".join(
        f"{part.label} — {weight_text(part.weight)}" for part in definition.used
    ) + "."  # fmt: skip
    off = [part.label for part in definition.components if not part.on]
    without = f" Выключено: {', '.join(off)}." if off else ""
    return glue(
        f"Каждая составляющая сравнивается со средним по школам муниципалитета за {school_year(found.school_year)} "
        "и делится на разброс (стандартное отклонение). Вклад — это отличие со знаком и весом, индекс — сумма вкладов, "
        f"делённая на сумму весов. Ноль — как в среднем. {weights}{without} Если не хватает больше половины "
        "составляющих, индекс не считается."
    )


def source_sentence(definition: IndexDefinition) -> str:
    """Return source, version and the note on the source."""
    note = f" {definition.note}" if definition.note else ""
    return glue(f"Источник: {definition.source}, версия {definition.version}.{note} Это муниципальная оценка.")
