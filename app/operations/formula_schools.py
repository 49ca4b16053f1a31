"""Metrics of formulas about schools, their results and their checklists."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from fractions import Fraction

from app.models.results import StoredMark
from app.operations.form_lines import CaseLine
from app.operations.formula_facts import ADVERSE_RULE, Facts, Parameters, Part, Reading, missing, reading
from app.operations.identification import ListRow, SchoolList
from app.reports.card_data import Origin, Way
from app.texts import NBSP, count, school_year

Take = Callable[[StoredMark], int | None]


# --- the list ----------------------------------------------------------------------------------------------------


def _school(key: int, name: str, said: str, way: Way | None = None, *, counted: bool = True) -> Part:
    return Part(name, said, counted, Origin("organisation", key), way)


def schools(facts: Facts, told: Parameters) -> Reading:
    """How many schools there are."""
    found, whose = facts.schools(told)
    return reading(len(found), whose, [_school(key, name, "работает") for key, name in found.items()])


def _listed(facts: Facts, told: Parameters, rule: str | None = None) -> tuple[SchoolList | None, int]:
    year = facts.year_of(told)
    return facts.list_of(year, rule), year


def _rows(facts: Facts, found: SchoolList) -> list[ListRow]:
    return [row for row in found.rows if facts.one is None or row.school_id in facts.one]


def _known(row: ListRow) -> bool:
    return row.listed or row.verdict.verdict != "no_data"


def _verdict(row: ListRow) -> str:
    if row.listed:
        return "; ".join(row.branch_labels) or "в списке"
    return "не в списке" if _known(row) else "нет данных"


def _of_list(facts: Facts, told: Parameters, test: Callable[[ListRow], bool], rule: str | None = None) -> Reading:
    found, year = _listed(facts, told, rule)
    if found is None:
        return missing(f"результатов {year}{NBSP}года нет, список не составлен")
    rows = _rows(facts, found)
    if not any(map(_known, rows)):
        return missing(f"правило «{found.rule.title}» не нашло данных за {year}{NBSP}год")
    way = Way("list", found.rule.id, year)
    state = "утверждён" if found.approval is not None else "рассчитан"
    words = f"список {year}{NBSP}года, {state}; правило «{found.rule.title}»"
    parts = [_school(row.school_id, row.name, _verdict(row), way, counted=test(row)) for row in rows]
    return reading(sum(map(test, rows)), words, parts)


def listed(facts: Facts, told: Parameters) -> Reading:
    """How many schools are on the list."""
    return _of_list(facts, told, lambda row: row.listed)


def answered(facts: Facts, told: Parameters) -> Reading:
    """Of how many schools it is known whether they are on the list."""
    return _of_list(facts, told, _known)


def adverse(facts: Facts, told: Parameters) -> Reading:
    """How many schools work in adverse social conditions."""
    return _of_list(facts, told, lambda row: row.listed, ADVERSE_RULE)


def adverse_answered(facts: Facts, told: Parameters) -> Reading:
    """Of how many schools it is known whether their conditions are adverse."""
    return _of_list(facts, told, _known, ADVERSE_RULE)


def left(facts: Facts, told: Parameters) -> Reading:
    """How many schools of last year's list are not on this year's; a school without data has not left."""
    found, year = _listed(facts, told)
    before = facts.list_of(year - 1)
    if found is None or before is None or before.totals.no_data == before.totals.schools:
        lacking = year if found is None else year - 1
        return missing(f"списка {lacking}{NBSP}года нет")
    now = {row.school_id: row for row in found.rows}
    parts = []
    for row in _rows(facts, before):
        if not row.listed:
            continue
        later = now.get(row.school_id)
        gone = later is not None and not later.listed and _known(later)
        said = "ушла из списка" if gone else "осталась" if later is not None and later.listed else "нет данных"
        parts.append(_school(row.school_id, row.name, said, Way("list", found.rule.id, year), counted=gone))
    words = f"списки {year - 1} и {year}{NBSP}годов"
    return reading(sum(part.counted for part in parts), words, parts)


# --- results -----------------------------------------------------------------------------------------------------


def _split(said: str) -> set[str]:
    return {one.strip().casefold() for one in said.split(",") if one.strip()}


def _grades(said: str) -> set[int]:
    found: set[int] = set()
    for one in said.split(","):
        first, _dash, last = one.replace("–", "-").partition("-")
        if first.strip():
            found |= set(range(int(first), int(last or first) + 1))
    return found


def _fitting(marks: Iterable[StoredMark], told: Parameters, wanted: Iterable[int]) -> list[StoredMark]:
    """Return the counts of some schools and of the works that the parameters name."""
    procedures, subjects = _split(told.get("процедура", "")), _split(told.get("предмет", ""))
    grades, keys = _grades(told.get("класс", "")), set(wanted)
    return [
        mark for mark in marks
        if mark.organisation_id in keys and mark.participants
        and (not procedures or mark.assessment.procedure.casefold() in procedures)
        and (not subjects or mark.assessment.subject.casefold() in subjects)
        and (not grades or (mark.assessment.grade or _usual_grade(mark)) in grades)
    ]  # fmt: skip


def _usual_grade(mark: StoredMark) -> int:
    """An examination without a grade is that of the 9th or the 11th (decision 2)."""
    return {"ОГЭ": 9, "ЕГЭ": 11}.get(mark.assessment.procedure, 0)


def works_words(told: Parameters, year: int) -> str:
    """Return «ВПР 2026 года, математика, 5–6 кл.»."""
    parts = [f"{told.get('процедура') or 'все процедуры'} {year}{NBSP}года"]
    if told.get("предмет"):
        parts.append(told["предмет"].casefold())
    if told.get("класс"):
        parts.append(f"{told['класс']}{NBSP}кл.")
    return ", ".join(parts)


def _of_marks(facts: Facts, told: Parameters, take: Take, *, whole: bool = False) -> Reading:
    year = facts.year_of(told)
    wanted, whose = facts.schools(told)
    found = _fitting(facts.marks(year), told, wanted)
    known = [(mark, part) for mark in found if (part := take(mark)) is not None]
    words = f"{works_words(told, year)}; {whose}"
    if not known:
        return missing(f"{words}: результатов нет")
    number = sum(mark.participants if whole else part for mark, part in known)
    return reading(number, words, [_mark_part(mark, part, whole=whole) for mark, part in known])


def _mark_part(mark: StoredMark, part: int, *, whole: bool) -> Part:
    said = f"{mark.assessment.label}: {part} из {mark.participants}"
    amount = str(mark.participants if whole else part)
    return Part(mark.school, said, True, Origin("mark_count", mark.id), Way("results", "", mark.year), amount)


def _below(mark: StoredMark) -> int | None:
    return mark.below_min


def _good(mark: StoredMark) -> int | None:
    return None if mark.m4 is None or mark.m5 is None else mark.m4 + mark.m5


def below(facts: Facts, told: Parameters) -> Reading:
    """How many participants did not reach the minimum."""
    return _of_marks(facts, told, _below)


def below_whole(facts: Facts, told: Parameters) -> Reading:
    """Of how many participants it is known whether they reached the minimum."""
    return _of_marks(facts, told, _below, whole=True)


def good(facts: Facts, told: Parameters) -> Reading:
    """How many participants have the marks 4 and 5."""
    return _of_marks(facts, told, _good)


def good_whole(facts: Facts, told: Parameters) -> Reading:
    """Of how many participants the marks are known."""
    return _of_marks(facts, told, _good, whole=True)


def participants(facts: Facts, told: Parameters) -> Reading:
    """How many participants there were."""
    return _of_marks(facts, told, lambda mark: mark.participants)


def mean(facts: Facts, told: Parameters) -> Reading:
    """The mean of points or marks, each school with the weight of its participants."""
    year = facts.year_of(told)
    wanted, whose = facts.schools(told)
    found = [mark for mark in _fitting(facts.marks(year), told, wanted) if mark.mean]
    words = f"{works_words(told, year)}; {whose}"
    if not found:
        return missing(f"{words}: средних баллов нет")
    people = sum(mark.participants for mark in found)
    total = sum((Fraction(str(mark.mean)) * mark.participants for mark in found), Fraction(0))
    parts = [
        Part(mark.school, f"{mark.assessment.label}, участников {mark.participants}", True,
             Origin("mark_count", mark.id), Way("results", "", mark.year), (mark.mean or "").replace(".", ","))
        for mark in found
    ]  # fmt: skip
    return reading(total / people, f"{words}; участников {people}", parts)


def _by_school(marks: Iterable[StoredMark]) -> dict[int, tuple[int, int]]:
    sums: dict[int, tuple[int, int]] = {}
    for mark in marks:
        if mark.organisation_id is not None and mark.below_min is not None:
            below, whole = sums.get(mark.organisation_id, (0, 0))
            sums[mark.organisation_id] = below + mark.below_min, whole + mark.participants
    return sums


def _weak(facts: Facts, told: Parameters) -> tuple[dict[int, tuple[int, int]], dict[int, str], str]:
    year = facts.year_of(told)
    wanted, whose = facts.schools(told)
    return _by_school(_fitting(facts.marks(year), told, wanted)), wanted, f"{works_words(told, year)}; {whose}"


def weak_schools(facts: Facts, told: Parameters) -> Reading:
    """How many schools have a share below minimum from a threshold on; whole counts are compared (domain §3.1)."""
    found, names, words = _weak(facts, told)
    if not found:
        return missing(f"{words}: результатов нет")
    limit = Fraction(told.get("порог", "30").replace(",", "."))
    parts = [
        _school(key, names[key], f"{part} из {whole}", Way("results", "", facts.year_of(told)),
                counted=part * 100 >= limit * whole)
        for key, (part, whole) in found.items()
    ]  # fmt: skip
    return reading(sum(part.counted for part in parts), f"{words}; от {told.get('порог', '30')}{NBSP}%", parts)


def schools_with_results(facts: Facts, told: Parameters) -> Reading:
    """Of how many schools there are results."""
    found, names, words = _weak(facts, told)
    if not found:
        return missing(f"{words}: результатов нет")
    return reading(len(found), words, [_school(key, names[key], f"{a} из {b}") for key, (a, b) in found.items()])


def _two_years(facts: Facts, told: Parameters) -> tuple[list[Part], str]:
    year = facts.year_of(told)
    now, names, words = _weak(facts, told)
    before = _by_school(_fitting(facts.marks(year - 1), told, names))
    parts = []
    for key in names:
        if key in now and key in before:
            better = now[key][0] * before[key][1] < before[key][0] * now[key][1]
            said = f"{before[key][0]} из {before[key][1]} → {now[key][0]} из {now[key][1]}"
            parts.append(_school(key, names[key], said, Way("results", "", year), counted=better))
    return parts, f"{words}; рядом с {year - 1}{NBSP}годом"


def better(facts: Facts, told: Parameters) -> Reading:
    """How many schools have a smaller share below minimum than a year before."""
    parts, words = _two_years(facts, told)
    if not parts:
        return missing(f"{words}: результатов за два года нет")
    return reading(sum(part.counted for part in parts), words, parts)


def both_years(facts: Facts, told: Parameters) -> Reading:
    """Of how many schools there are results of both years."""
    found, words = _two_years(facts, told)
    parts = [replace(part, counted=True) for part in found]
    return reading(len(parts), words, parts) if parts else missing(f"{words}: результатов за два года нет")


# --- checklists --------------------------------------------------------------------------------------------------


def _answers(facts: Facts, told: Parameters) -> tuple[list[CaseLine], str]:
    year, lines = facts.accepted(told["форма"])
    if year is None:
        return [], "эту форму ещё не рассылали"
    asked = count(len(lines), "принятый ответ", "принятых ответа", "принятых ответов")
    return lines, f"{school_year(year)} учебный год, {asked}"


def _answer_part(line: CaseLine, said: str, *, counted: bool = True) -> Part:
    return Part(line.subject.shown, said, counted, None, Way("form", str(line.case.id)))


def answers(facts: Facts, told: Parameters) -> Reading:
    """How many accepted answers have a level."""
    lines, words = _answers(facts, told)
    found = [line for line in lines if line.level is not None]
    parts = [_answer_part(line, line.level.text if line.level else "") for line in found]
    return reading(len(found), words, parts) if lines else missing(words)


def high(facts: Facts, told: Parameters) -> Reading:
    """How many accepted answers reach the highest level."""
    lines, words = _answers(facts, told)
    parts = [
        _answer_part(line, line.level.text, counted=line.level.tone == "ok") for line in lines if line.level
    ]  # fmt: skip
    return reading(sum(part.counted for part in parts), words, parts) if lines else missing(words)


def of_level(facts: Facts, told: Parameters) -> Reading:
    """How many accepted answers have a level of a certain name."""
    lines, words = _answers(facts, told)
    wanted = told["уровень"].casefold()
    parts = [
        _answer_part(line, line.level.text, counted=line.level.text.casefold() == wanted)
        for line in lines if line.level
    ]  # fmt: skip
    return reading(sum(part.counted for part in parts), words, parts) if lines else missing(words)


def mean_points(facts: Facts, told: Parameters) -> Reading:
    """The mean of the points of accepted answers."""
    lines, words = _answers(facts, told)
    scored = [(line, line.points) for line in lines if line.points is not None]
    if not scored:
        return missing(words if not lines else f"{words}: баллов нет")
    parts = [_answer_part(line, f"{points} из {line.most}") for line, points in scored]
    return reading(Fraction(sum(points for _line, points in scored), len(scored)), words, parts)
