"""What a file says of its plan as a whole: the years, the title, what it calls itself, whether pupils stand in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from app.analysis import terms
from app.analysis.terms import ParsedTerm
from app.importers.plan_records import PlanTable
from app.importers.plan_tables import PlanRow, Understood
from app.texts import ru_date

_SCHOOL_YEAR = re.compile(r"(20\d\d)\s*[-–—/]\s*(20\d\d|\d\d)\s*(?:учебн|уч\.)")
_YEARS = re.compile(r"(?<!\d)(20\d\d)\s*(?:г\.|год\w*)?\s*[-–—]\s*(20\d\d)(?!\d)")
_ONE = re.compile(r"(?<![\d.])(20\d\d)\s*(?:г\.|год)")
_TITLE = re.compile(r"план|программ|комплекс|дорожн|мероприят", re.IGNORECASE)
_TABLE_WORD = re.compile(r"^(?:таблица|приложение)\s*№?\s*\d*\s*[.:–—-]*\s*", re.IGNORECASE)
_PERSONAL = re.compile(
    r"снилс|дата рождения|паспорт\w* (?:серия|данн|номер)|фио (?:ученик|обучающ|ребенк|учащ)|фамилия.*имя.*отчество"
    r".*(?:ученик|обучающ|ребенк|учащ)|домашний адрес",
)
_HEAD_ROWS = 40
_LONGEST_TITLE = 500


@dataclass(frozen=True, slots=True)
class Period:
    """Plan years, both included; exact limits (ISO) where they are not whole calendar years."""

    year_from: int
    year_to: int
    date_from: str | None = None
    date_to: str | None = None

    @property
    def years(self) -> range:
        """The plan years."""
        return range(self.year_from, self.year_to + 1)

    @property
    def limits(self) -> tuple[str, str]:
        """First and last day."""
        return self.date_from or f"{self.year_from}-01-01", self.date_to or f"{self.year_to}-12-31"

    @property
    def words(self) -> str:
        """The period as a person reads it."""
        if self.date_from or self.date_to:
            first, last = self.limits
            return f"{ru_date(first)} – {ru_date(last)}"
        return str(self.year_from) if self.year_from == self.year_to else f"{self.year_from}–{self.year_to}"

    def parse(self, term: str) -> ParsedTerm:
        """Return the dates of a term within the period."""
        return terms.parse(term, year_from=self.year_from, year_to=self.year_to, limits=self.limits)


def school_year_period(first: int) -> Period:
    """Return the period of a plan for a school year: from the August before it, when it is prepared, to its end.

    001 is for 2019/2020 and begins in August 2019.
    """
    return Period(first, first + 1, f"{first}-08-01", f"{first + 1}-08-31")


def period_in(text: str) -> Period | None:
    """Return the period that a text names: a school year, two years, one year."""
    school = _SCHOOL_YEAR.search(text)
    if school is not None:
        return school_year_period(int(school.group(1)))
    several = _YEARS.search(text)
    if several is not None and int(several.group(1)) <= int(several.group(2)):
        return Period(int(several.group(1)), int(several.group(2)))
    one = _ONE.findall(text)
    return Period(int(one[-1]), int(one[-1])) if len(set(one)) == 1 else None


def period_of(tables: Sequence[Understood], rows: Sequence[PlanRow], name: str) -> Period | None:
    """Return the period of a plan: by the texts above its tables, by their years, by its terms; None: nobody knows."""
    captions = [line for table in tables if table.rows for line in reversed(table.caption.split("\n"))]
    years = {row.year for row in rows if row.year is not None}
    if not years:
        named = next((found for line in captions if (found := period_in(line)) is not None), None)
        years = {year for row in rows for year, _ in row.targets} | {at for row in rows for at, *_ in row.money if at}
        # «в 2028 году идёт 5 мероприятий» above a table says less than columns for three years
        if named is not None and (named.year_from != named.year_to or len(years) < 2):
            return named
    if not years:
        named = period_in(name)
        if named is not None:
            return named
        spans = [span for row in rows for span in terms.parse(row.term, year_from=1990, year_to=2099).spans]
        dated = [span for span in spans if span != ("1990-01-01", "2099-12-31")]
        years = {int(day[:4]) for span in dated for day in span}
    return Period(min(years), max(years)) if years else None


def title_of(tables: Sequence[Understood], name: str) -> str:
    """Return how the plan calls itself: the line above its first table that speaks of a plan, else the file's name."""
    captions = [line for table in tables if table.rows for line in table.caption.split("\n")]
    lines = [_TABLE_WORD.sub("", line).strip() for line in captions]
    fitting = [line for line in lines if _TITLE.search(line)] or [line for line in lines if line]
    # a sentence of the text above a table is no title
    fitting = [line for line in fitting if not line.endswith((".", ";", ":"))] or fitting
    best = max(fitting, key=len, default="") or re.sub(r"\.\w{2,5}$", "", name)
    return best[:_LONGEST_TITLE].strip()


def document_of(title: str) -> Literal["programme", "complex", "plan", "road_map"]:
    """Return what the paper calls itself, by its title."""
    lowered = title.casefold()
    if "комплекс мер" in lowered:
        return "complex"
    if "дорожн" in lowered and "карт" in lowered:
        return "road_map"
    return "programme" if "программ" in lowered and not lowered.startswith("план") else "plan"


def personal(tables: Sequence[PlanTable]) -> bool:
    """Tell whether a table has columns about pupils: such a file is never kept."""
    heads = (line.cells for table in tables for line in table.lines[:_HEAD_ROWS])
    return any(_PERSONAL.search(" ".join(text.casefold().replace("ё", "е").split())) for row in heads for text in row)
