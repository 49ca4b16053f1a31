"""What the file itself knows of an indicator: a value, its year and where it comes from, to be offered as a baseline.

A formula is named by a key that an indicator keeps, or written out as the monitoring reads it. Nothing here is written:
a person takes a proposal or leaves it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from app.analysis.programme_values import number_text
from app.errors import UserError
from app.models import forms as stored_forms
from app.models import organisations, results, ties
from app.models import programmes as stored
from app.models.programme_records import Tree
from app.models.results import StoredMark
from app.models.store import Connection
from app.operations import courses, form_lines, identification
from app.operations.identification import SchoolList
from app.operations.programme_blocks import Scope
from app.operations.programme_figures import ADVERSE_RULE, scope_of
from app.texts import count, quoted, school_year

SUBJECTS = {"ma": "Математика", "ru": "Русский язык"}
EXAMS = {"vpr": "ВПР", "oge": "ОГЭ", "ege": "ЕГЭ"}
_HELPS = frozenset({"existing", "agreed", "planned"})


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the file says of an indicator.

    Attributes:
        value: exact decimal text.
        year: result year, or the first calendar year of the school year.
        words: where it comes from, one sentence.
    """

    value: str
    year: int
    words: str

    @property
    def shown(self) -> str:
        """The value as a person reads it."""
        return number_text(self.value)


class Formulas:
    """The figures of one programme: what several formulas need is read once."""

    def __init__(self, connection: Connection, tree: Tree) -> None:
        self._connection, self._tree = connection, tree
        self._scope: Scope
        self._scope, self._list = scope_of(connection, tree)
        self._kept: dict[str, Proposal | None] = {}
        self._marks: dict[int, list[StoredMark]] = {}

    def propose(self, formula: str | None) -> Proposal | None:
        """Return what the file says; None for an unknown formula or where there are no data."""
        if not formula:
            return None
        if formula not in self._kept:
            name, _, rest = formula.partition(".")
            made = _MAKERS.get(name)
            self._kept[formula] = made(self, rest) if made is not None else self._computed(formula)
        return self._kept[formula]

    def _computed(self, formula: str) -> Proposal | None:
        """Return what a formula of the monitoring gives for the newest year with results."""
        from app import clock
        from app.analysis.formula_value import decimal_text, evaluate
        from app.operations import formula_metrics
        from app.operations.formula_facts import Facts

        day = clock.today()
        year = self._scope.result_year or day.year
        facts = Facts(self._connection, self._tree, year, day)
        parsed = formula_metrics.checked(facts, formula_metrics.expression(formula))
        if parsed.node is None:
            return None
        step = evaluate(parsed.node, lambda call: formula_metrics.given(facts, call))
        return None if step.value is None else Proposal(decimal_text(step.value), year, step.words or "по формуле")

    # --- the list of schools -------------------------------------------------------------------------------------

    def of_list(self, what: str) -> Proposal | None:
        """Return the number of schools on the list, their share, the share that left it or did better."""
        found = self._list
        if found is None or self._scope.kind == "one":
            return None
        if what == "left":
            return self._left(found)
        if what == "better":
            return self._better(found)
        if what == "adverse":
            return self._adverse(found)
        known = found.totals.schools - found.totals.no_data
        if what == "count":
            return Proposal(str(found.totals.listed), found.year, f"список школ {found.year} года")
        return self._share(found.totals.listed, known, found.year, f"список школ {found.year} года")

    @staticmethod
    def _share(part: int, whole: int, year: int, words: str) -> Proposal | None:
        if not whole:
            return None
        return Proposal(_percent(part, whole), year, f"{words}: {part} из {whole}")

    def _list_of(self, rule: str, year: int) -> SchoolList | None:
        try:
            return identification.school_list(self._connection, rule, year, with_change=False)
        except UserError:
            return None

    def _left(self, found: SchoolList) -> Proposal | None:
        before = self._list_of(found.rule.id, found.year - 1)
        if before is None or before.totals.no_data == before.totals.schools:
            return None
        listed = {row.school_id for row in before.rows if row.listed}
        answered = {row.school_id: row.listed for row in found.rows if row.verdict.verdict != "no_data"}
        gone = sum(answered.get(key) is False for key in listed)
        return self._share(gone, len(listed), found.year, f"списки {found.year - 1} и {found.year} годов")

    def _adverse(self, found: SchoolList) -> Proposal | None:
        other = self._list_of(ADVERSE_RULE, found.year)
        known = 0 if other is None else other.totals.schools - other.totals.no_data
        if other is None:
            return None
        return self._share(other.totals.listed, known, found.year, f"правило {quoted(other.rule.title)}")

    def _better(self, found: SchoolList) -> Proposal | None:
        now, before = (self._below_by_school(year) for year in (found.year, found.year - 1))
        both = [key for key in now if key in before and key in self._scope.ids]
        better = sum(now[key] < before[key] for key in both)
        words = f"доля работ ниже минимальной границы в {found.year - 1} и {found.year} годах"
        return self._share(better, len(both), found.year, words)

    def _below_by_school(self, year: int) -> dict[int, Fraction]:
        sums: dict[int, list[int]] = {}
        for mark in self._of_year(year):
            if mark.organisation_id is not None and mark.below_min is not None and mark.participants:
                row = sums.setdefault(mark.organisation_id, [0, 0])
                row[0] += mark.below_min
                row[1] += mark.participants
        return {key: Fraction(*row) for key, row in sums.items()}

    def _of_year(self, year: int) -> list[StoredMark]:
        if year not in self._marks:
            self._marks[year] = results.marks(self._connection, year=year)
        return self._marks[year]

    # --- marks ---------------------------------------------------------------------------------------------------

    def below(self, rest: str) -> Proposal | None:
        """Return the share of participants below the minimum: «vpr.ma»."""
        return self._of_marks(rest, lambda mark: mark.below_min, "ниже минимальной границы")

    def good(self, rest: str) -> Proposal | None:
        """Return the share of participants with the marks 4 and 5."""

        def fours(mark: Any) -> int | None:
            return None if mark.m4 is None or mark.m5 is None else int(mark.m4) + int(mark.m5)

        return self._of_marks(rest, fours, "с отметками «4» и «5»")

    def _of_marks(self, rest: str, part: Callable[[Any], int | None], words: str) -> Proposal | None:
        exam, _, subject = rest.partition(".")
        year = self._scope.result_year
        if exam not in EXAMS or subject not in SUBJECTS or year is None:
            return None
        found = [
            (part(mark), mark.participants)
            for mark in self._of_year(year)
            if mark.organisation_id in self._scope.ids and mark.assessment.procedure == EXAMS[exam]
            and mark.assessment.subject == SUBJECTS[subject] and not mark.autumn and mark.participants
        ]  # fmt: skip
        known = [(value, of) for value, of in found if value is not None]
        whole = sum(of for _value, of in known)
        number = sum(value for value, _of in known)
        return self._share(number, whole, year, f"{EXAMS[exam]} {year} года, участников {words}")

    # --- the rest ------------------------------------------------------------------------------------------------

    def courses(self, _rest: str) -> Proposal | None:
        """Return how many people were trained in the school year."""
        year = self._scope.school_year
        found = courses.register(self._connection, year)
        if not found.records:
            return None
        return Proposal(str(found.people), year, f"реестр курсов за {school_year(year)} учебный год")

    def partners(self, _rest: str) -> Proposal | None:
        """Return the share of schools of the list that have a partner school."""
        if self._list is None or self._scope.kind != "listed":
            return None
        found = ties.ties(self._connection)
        if not found:
            return None
        year = max(item.school_year for item in found)
        helped = {item.receiver_id for item in found if item.school_year == year and item.state in _HELPS}
        words = f"школы-партнёры на {school_year(year)} учебный год"
        return self._share(len(helped & self._scope.ids), len(self._scope.ids), year, words)

    def programmes(self, _rest: str) -> Proposal | None:
        """Return the share of schools of the list with an approved programme of their own."""
        if self._scope.kind != "listed" or self._scope.result_year is None:
            return None
        made = [item for item in stored.programmes(self._connection) if item.kind == "school"]
        if not made:
            return None
        ready = {organisations.canonical(self._connection, item.organisation_id or 0) for item in made if item.frozen}
        words = "утверждённые программы школ в этом файле"
        return self._share(len(ready & self._scope.ids), len(self._scope.ids), self._scope.result_year, words)

    def level(self, form_id: str) -> Proposal | None:
        """Return the share of accepted answers of a form that reach its highest level."""
        rounds = stored_forms.rounds(self._connection, form_id=form_id)
        if not rounds:
            return None
        year = max(item.school_year for item in rounds)
        found = form_lines.lines(self._connection, [item for item in rounds if item.school_year == year])
        answered = [
            line for lines in found.values() for line in lines
            if line.case.locked and line.case.role != "expert" and line.level is not None
        ]  # fmt: skip
        high = sum(line.level is not None and line.level.tone == "ok" for line in answered)
        asked = count(len(answered), "принятый ответ", "принятых ответа", "принятых ответов")
        return self._share(high, len(answered), year, f"чек-лист за {school_year(year)} учебный год, {asked}")


_MAKERS: Mapping[str, Callable[[Formulas, str], Proposal | None]] = {
    "list": Formulas.of_list,
    "below": Formulas.below,
    "good": Formulas.good,
    "courses": Formulas.courses,
    "partners": Formulas.partners,
    "programmes": Formulas.programmes,
    "level": Formulas.level,
}


def known_formula(formula: str) -> bool:
    """Tell whether the program can compute a formula where the data are there."""
    name, _, rest = formula.partition(".")
    if name in {"below", "good"}:
        exam, _, subject = rest.partition(".")
        return exam in EXAMS and subject in SUBJECTS
    if name == "list":
        return rest in {"share", "count", "left", "better", "adverse"}
    if name in _MAKERS:
        return bool(rest)
    from app.operations import formula_metrics

    return formula_metrics.checked(None, formula_metrics.expression(formula)).node is not None


def _percent(part: int, whole: int) -> str:
    """Return a share as the monitoring rounds it: what is proposed at the start is what is computed later."""
    from app.analysis.formula_value import decimal_text

    return decimal_text(Fraction(part * 100, whole))
