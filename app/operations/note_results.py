"""Parts of a note about schools: the list, results, difficulties, conditions, risks. Every number with its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from app.analysis import note_words as words
from app.errors import UserError
from app.models import organisations, results
from app.models.records import Assessment
from app.models.results import StoredMark
from app.operations import identification, programme_figures, skills
from app.operations.identification import ListRow, SchoolList
from app.operations.note_scope import NoteScope, block
from app.operations.programme_blocks import FEW, NO_DATA, AnalysisBlock, Teller, marked, plain_table
from app.reports.card_data import Origin, Way
from app.reports.document import Table, Value

if TYPE_CHECKING:
    from app.operations.dynamics import SupportTable

SECTIONS = {
    "results.schools": "list", "results.years": "results", "results.by_school": "results",
    "results.deficits": "deficits", "process.contingent": "process", "process.staff": "process",
    "process.courses": "process", "profiles.types": "risks", "profiles.risks": "risks",
}  # fmt: skip
"""Block of a programme's analysis → section of a note."""
YEARS = 3
"""Years of results that a note looks back."""
WORKS = 5
"""Works of a school that sentences name; the table has all."""


def blocks(scope: NoteScope) -> tuple[AnalysisBlock, ...]:
    """Return every part about schools, in order."""
    found_scope, found = programme_figures.scope_for(
        scope.connection, scope.school_id, scope.school_year - 1, scope.year
    )
    before, after = programme_figures.of_scope(found_scope, found)
    made = [replace(item, section=SECTIONS[item.key]) for item in (*before, *after) if item.key in SECTIONS]
    if scope.whole:
        listed = [item for item in made if item.section == "list"]
        rest = [item for item in made if item.section != "list"]
        return (*listed, *_moves(scope, found), *rest, *_dynamics(scope, found_scope.result_year))
    beside = _beside(scope, found_scope.result_year)
    left_out = {"results.by_school", "results.deficits", "profiles.risks"}
    return tuple(
        [item for item in made if item.key not in left_out]
        + beside
        + _own_skills(scope, found_scope.result_year)
        + _own_risks(scope)
    )


def _own_skills(scope: NoteScope, year: int | None) -> list[AnalysisBlock]:
    """Return the skills of a school that are in the zone of deficit, the weakest first."""
    if year is None or year not in skills.years(scope.connection):
        return []
    found = [
        row for row in skills.of_school(scope.connection, scope.school_id or 0, year).skills
        if row.zone == "deficit" and row.own is not None and row.own.of
    ]  # fmt: skip
    if not found:
        return []
    found.sort(key=lambda row: (row.own.points / row.own.of if row.own else 0.0, row.skill.outcome))
    teller = Teller()
    teller.figure("skills.deficit", f"умений в зоне дефицита, {year}", str(len(found)))
    named = [row.skill.outcome for row in found if row.skill.outcome][:WORKS]
    teller.say(words.weak_skills(len(found), named), "skills.deficit")
    rows: list[tuple[Value, ...]] = [
        (f"{row.skill.subject}: {row.skill.outcome}",
         marked(words.with_share(row.own.points, row.own.of), small=row.small),
         NO_DATA if row.municipality is None else words.with_share(row.municipality.points, row.municipality.of))
        for row in found if row.own is not None
    ]  # fmt: skip
    columns = (("Умение", 5, False), ("Школа, баллов", 2, True), ("Муниципалитет, баллов", 2, True))
    return [block(teller, "results.skills", f"Трудные задания, {year} год", "deficits",
                  plain_table("Умения", columns, rows))]  # fmt: skip


def _own_risks(scope: NoteScope) -> list[AnalysisBlock]:
    """Return the factors of a school's newest risk profile."""
    from app.operations import support_risks

    found = support_risks.risks(scope.connection, scope.school_year, scope.until, scope.school_id).factors
    if not found:
        return []
    teller = Teller()
    names = [item.name for item in found if item.significance == "высокая"]
    teller.figure("risks.high", "факторов высокой значимости", str(len(names)), (), Way("externals"))
    teller.figure("risks.all", "факторов в рисковом профиле", str(len(found)), (), Way("externals"))
    teller.say(words.own_risks(names, len(found)), "risks.high", "risks.all")
    rows: list[tuple[Value, ...]] = [
        (item.name, item.significance or "не названа", "; ".join(one.text for one in item.measures) or "меры нет")
        for item in found
    ]
    columns = (("Фактор риска", 4, False), ("Значимость", 1.4, False), ("Меры", 4, False))
    return [block(teller, "profiles.own", "Рисковый профиль школы", "risks", plain_table("Риски", columns, rows))]


def _listed(rows: Iterable[ListRow]) -> dict[int, ListRow]:
    return {row.school_id: row for row in rows if row.listed}


def _moves(scope: NoteScope, found: SchoolList | None) -> list[AnalysisBlock]:
    """Return who came to the list and who left it; nothing where the year before has no list."""
    if found is None or found.year - 1 not in results.years(scope.connection):
        return []
    try:
        old = identification.school_list(scope.connection, found.rule.id, found.year - 1, with_change=False)
    except UserError:
        return []
    before, now = _listed(old.rows), _listed(found.rows)
    ours = {row.school_id for row in found.rows if row.listed or row.verdict.verdict != "no_data"}
    came = [row for key, row in now.items() if key not in before]
    left = [row for key, row in before.items() if key not in now and key in ours]
    teller = Teller()
    way = Way("list", found.rule.id, found.year)
    for key, what, rows in (("list.came", "вошли в список", came), ("list.left", "вышли из списка", left)):
        origins = [Origin("organisation", row.school_id) for row in rows]
        teller.figure(key, f"{what} против {old.year} года", str(len(rows)), origins, way, [row.name for row in rows])
    teller.figure("list.before", f"школ в списке {old.year} года", str(len(before)), way=replace(way, year=old.year))
    told = words.list_moves([row.name for row in came], [row.name for row in left], old.year)
    teller.say(told, "list.came", "list.left", "list.before")
    return [block(teller, "list.moves", f"Движение списка за {found.year} год", "list")]


# --- change over the years ---------------------------------------------------------------------------------------


def _dynamics(scope: NoteScope, year: int | None) -> Iterator[AnalysisBlock]:
    """Yield the change of the municipality and supported schools beside similar ones, with what chance alone gives."""
    from app.analysis import dynamics_words
    from app.operations import dynamics

    if year is None:
        return
    change = dynamics.table(scope.connection, year, YEARS).municipality.change
    if change is not None and change.bounds is not None:
        teller, way, bounds = Teller(), Way("dynamics", year=year), change.bounds
        for key, what, value in (
            ("before", f"ниже минимума по общим работам, {change.year_from}", dynamics_words.fraction(change.before)),
            ("after", f"ниже минимума по общим работам, {change.year_to}", dynamics_words.fraction(change.after)),
            ("change", "изменение доли", dynamics_words.points(bounds.value)),
            ("interval", "95-процентный интервал изменения", dynamics_words.interval(bounds)),
        ):
            teller.figure(f"dynamics.{key}", what, value, (), way)
        teller.say(f"Муниципалитет, общие работы. {dynamics_words.answer(change)}", *teller.figures)
        if "schools" in change.marks:
            teller.figure("dynamics.schools", "школ, которые можно сравнить", str(change.schools), (), way)
            teller.figure("dynamics.of_schools", "школ муниципалитета", str(change.of_schools), (), way)
        marks = dynamics_words.marks(change)
        if marks:
            teller.say(" ".join(marks), *list(teller.figures)[4:])
        yield block(teller, "results.dynamics", "Что изменилось за годы", "results")
    yield from _beside_similar(scope, year)


def _beside_similar(scope: NoteScope, year: int) -> Iterator[AnalysisBlock]:
    """Yield the pairs of supported and similar schools; a report says it shortly, a note at length."""
    from app.analysis import dynamics_words
    from app.operations import dynamics, dynamics_papers

    try:
        support = dynamics.supported_against_similar(scope.connection, year)
    except UserError:
        return  # only one year of results: there is nothing to compare with
    sides = support.sides
    report = scope.kind == "report"
    told = dynamics_words.briefly(sides) if report else dynamics_words.together(sides)
    teller = _pair_figures(year, support)
    if sides.twins and told:
        for said in (f"{dynamics_papers.support_sentence(support)}", *told):
            teller.say(said if said.endswith(".") else f"{said}.", *teller.figures)
    elif report and support.listed:
        said = dynamics_papers.support_sentence(support)
        teller.say(f"{said}. Поставить рядом с похожими без поддержки пока некого.", *teller.figures)
    else:
        return
    yield block(teller, "results.support", "Школы с поддержкой и похожие без неё", "results", _pair_table(support))


def _pair_figures(year: int, support: SupportTable) -> Teller:
    from app.analysis import dynamics_words

    teller, way, sides = Teller(), Way("dynamics", year=year), support.sides
    before = support.year_from
    teller.figure("dynamics.listed", f"школ в списке {before} года", str(support.listed), (), way)
    teller.figure("dynamics.supported", "из них с поддержкой", str(support.supported), (), way)
    teller.figure("dynamics.pairs", "пар школ с поддержкой и похожих без неё", str(len(sides.twins)), (), way)
    if not sides.twins:
        return teller
    teller.figure("dynamics.better", "пар, где лучше изменилась школа с поддержкой", str(sides.better), (), way)
    for name, word, pair, bounds, alone in (
        ("mine", "с поддержкой", sides.mine, sides.mine_bounds, sides.mine_alone),
        ("others", "похожие", sides.others, sides.others_bounds, sides.others_alone),
    ):
        for place, tally in zip((before, support.year), pair, strict=True):
            teller.figure(f"dynamics.{name}.{place}", f"{word}, ниже минимума, {place}",
                          dynamics_words.fraction(tally), (), way)  # fmt: skip
        if bounds is not None:
            value = dynamics_words.points(bounds.value)
            teller.figure(f"dynamics.{name}.change", f"{word}, изменение", value, (), way)
        if alone is not None:
            value = dynamics_words.points(alone)
            teller.figure(f"dynamics.{name}.alone", f"{word}, возврат к среднему без помощи", value, (), way)
    if sides.bounds is not None:
        value = dynamics_words.points(sides.bounds.value)
        teller.figure("dynamics.apart", "разница изменений", value, (), way)
        value = dynamics_words.interval(sides.bounds)
        teller.figure("dynamics.apart.interval", "95-процентный интервал разницы", value, (), way)
    if sides.mine_alone is not None and sides.others_alone is not None:
        value = dynamics_words.points(sides.mine_alone - sides.others_alone)
        teller.figure("dynamics.apart.alone", "разница от возврата к среднему", value, (), way)
    return teller


def _pair_table(support: SupportTable) -> Table | None:
    """Return every pair with its counts; few participants are marked."""
    from app.analysis import dynamics_words

    rows: list[tuple[Value, ...]] = []
    for pair in support.sides.twins:
        cells: list[Value] = []
        for school, change in ((pair.supported, pair.mine), (pair.similar, pair.other)):
            cells.append(support.names[school])
            cells += [marked(words.with_share(tally.below, tally.of), small=tally.of < FEW)
                      for tally in (change.before, change.after)]  # fmt: skip
        rows.append((*cells, f"{dynamics_words.tenth(pair.difference)}"))
    if not rows:
        return None
    years = [(str(support.year_from), 1.8, True), (str(support.year), 1.8, True)]
    columns = (("Школа с поддержкой", 2.6, False), *years, ("Похожая без неё", 2.6, False), *years,
               ("Разница изменений, п. п.", 1.5, True))  # fmt: skip
    return plain_table("Пары школ", columns, rows)


# --- one school beside the municipality --------------------------------------------------------------------------


def _sums(marks: Iterable[StoredMark]) -> dict[Assessment, list[StoredMark]]:
    found: dict[Assessment, list[StoredMark]] = {}
    for mark in marks:
        if mark.below_min is not None and mark.participants and not mark.autumn:
            found.setdefault(mark.assessment, []).append(mark)
    return found


def _total(marks: Iterable[StoredMark]) -> tuple[int, int]:
    found = list(marks)
    return sum(mark.below_min or 0 for mark in found), sum(mark.participants for mark in found)


def _beside(scope: NoteScope, year: int | None) -> list[AnalysisBlock]:
    """Return the works of a school of the latest year beside the whole municipality; no other school is named."""
    if year is None:
        return []
    own = {school.id for school in organisations.listing(scope.connection, own=True)}
    all_marks = [mark for mark in results.marks(scope.connection, year=year) if mark.organisation_id in own]
    mine = _sums(mark for mark in all_marks if mark.organisation_id == scope.school_id)
    everyone = _sums(all_marks)
    teller = Teller()
    rows: list[tuple[Value, ...]] = []
    for work in sorted(mine, key=lambda item: -_share(mine[item])):
        below, of = _total(mine[work])
        origins = [Origin("mark_count", mark.id) for mark in mine[work]]
        value = teller.figure(f"school.{work.label}.{year}", f"{work.label}, ниже минимума, {year}",
                              words.with_share(below, of), origins, Way("results", year=year))  # fmt: skip
        wide = _total(everyone[work])
        beside = teller.figure(f"all.{work.label}.{year}", f"{work.label}, муниципалитет, {year}",
                               words.with_share(*wide), (), Way("results", year=year))  # fmt: skip
        if len(rows) < WORKS:
            told = words.work_of_school(work.label, value, beside, small=of < FEW)
            teller.say(told, f"school.{work.label}.{year}", f"all.{work.label}.{year}")
        rows.append((work.label, marked(value, small=of < FEW), beside))
    if not rows:
        teller.say(f"Результатов школы за {year} год нет.")
    columns = (("Процедура, предмет, класс", 3, False), ("Школа, ниже минимума", 2, True), ("Муниципалитет", 2, True))
    return [block(teller, "results.beside", f"Школа и муниципалитет, {year} год", "results",
                  plain_table("Школа и муниципалитет", columns, rows, NO_DATA))]  # fmt: skip


def _share(marks: Iterable[StoredMark]) -> float:
    below, of = _total(marks)
    return below / of if of else 0.0
