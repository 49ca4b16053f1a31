"""One list of problems for the whole file: three levels, a place to open, explanations that are kept and printed.

Levels: «мешает» (block) can't be true and is put right, never explained; «нужно объяснение» (explain) may be true;
«подсказка» (hint) may be meant otherwise. Where levels of messages are asked for (``opora check --json``) they stand
as error, warning and hint.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.analysis.findings import LEVEL_WORDS, LEVELS, CheckLevel, Finding, Limits, Place
from app.analysis.metric_catalogue import Catalogue, Metric
from app.errors import Problem, UserError
from app.errors.catalogue import Level
from app.models import check_rows, frames, merged, settings
from app.models import metrics as stored
from app.models.check_rows import Explanation
from app.models.metric_cells import shown
from app.models.store import Connection, Store
from app.operations import check_registry, projects
from app.operations import metrics as context_metrics
from app.texts import NBSP, percent, ru_date, school_year

__all__ = [
    "LEVELS",
    "LEVEL_WORDS",
    "DataProblem",
    "Explanation",
    "Gate",
    "Place",
    "as_problems",
    "before_report",
    "explain",
    "find",
    "of_year",
    "problems",
    "told",
    "withdraw",
]

STORAGE_LEVELS: dict[CheckLevel, Level] = {"block": "error", "explain": "warning", "hint": "hint"}
"""How the levels stand where levels of messages are asked for."""
_IMPORT_LEVELS: dict[str, CheckLevel] = {"error": "explain", "warning": "explain", "hint": "hint"}
"""A row that was not loaded blocks nothing: what is stored is right, but someone must say why it is not there."""
_TYPED = "введено вручную"


@dataclass(frozen=True, slots=True)
class DataProblem:
    """One line of the list.

    Attributes:
        id: what commands call it by: a number of a finding of an import, else «k» with letters and digits. It stays
            the same while the problem is about the same thing.
        what: the message without what to do: papers print it.
        school: shown name of the school or the area, "" where it is about none.
        place: what to open on a click.
        figures: digest of the figures; others open an explained problem again.
        explanation: what was said of these very figures.
    """

    id: str
    level: CheckLevel
    code: str
    message: str
    what: str
    school: str
    place: Place
    subject: str
    figures: str
    explanation: Explanation | None = None

    @property
    def open(self) -> bool:
        """Tell whether someone still has to do something."""
        return self.explanation is None


def problems(connection: Connection) -> list[DataProblem]:
    """Return everything that is wrong or doubtful in the data, explained or not: the gravest first, then by school."""
    known = context_metrics.catalogue(connection)
    works = check_rows.works(connection)
    names, areas, ours = check_rows.names(connection)
    found = [
        *_of_counts(connection, ours),
        *_of_metrics(connection, known),
        *check_registry.registry(connection),
        *check_registry.drafts(connection, known),
        *_of_references(connection),
        *check_registry.orphans(connection),
    ]
    marked = [item.place.key for item in found if item.place.kind == "mark" and item.place.key is not None]
    words = _Words(names, areas, works, check_rows.sources(connection, marked))
    said = check_rows.explanations(connection)
    speaking = check_rows.speaking(connection)
    lines = [_line(_by_record(item, speaking), words, said) for item in found]
    lines += [*_of_merged(connection, names, known, said), *_of_imports(connection)]
    order = {level: number for number, level in enumerate(LEVELS)}
    return sorted(lines, key=lambda p: (not p.open, order[p.level], p.code, p.school, p.subject))


# --- where findings come from ----------------------------------------------------------------------------------


def limits(connection: Connection) -> Limits:
    """Return the thresholds of the checks from the settings; what is no number counts as the default."""
    values = settings.get_all(connection)

    def number(key: str) -> int:
        text = values[key].strip()
        return int(text if text.isascii() and text.isdecimal() else settings.DEFAULTS[key])

    return Limits(number("check_jump_points"), number("check_jump_percent"), number("check_small_group"))


def _of_counts(connection: Connection, ours: set[int]) -> list[Finding]:
    from app.analysis import data_checks

    years = [year - 1 for year in check_rows.years(connection)]
    pupils = frames.metric_frame(connection, years, ["pupils"])
    given = limits(connection)
    wanted = check_rows.suspects(connection, given.points, given.small_group, pupils)
    return data_checks.counts(check_rows.count_frame(connection, wanted), ours, pupils, given)


def _of_metrics(connection: Connection, known: Catalogue) -> list[Finding]:
    from app.analysis import data_checks

    years = stored.all_years(connection)
    if not years:
        return []
    frame = frames.metric_frame(connection, years, raw=True)
    return data_checks.metrics(frame, known, limits(connection))


def _of_references(connection: Connection) -> list[Finding]:
    """Catalogues of the file's own that can no longer be read."""
    faults = [*context_metrics.catalogue_faults(connection), *projects.faults(connection)]
    return [
        Finding("block", error.code, Place("reference"), f"reference:{error.code}", str(error), error.context)
        for error in faults
    ]


def _of_merged(
    connection: Connection, names: Mapping[int, str], known: Catalogue, said: Mapping[Any, Explanation]
) -> list[DataProblem]:
    """Figures of merged records that contradict each other."""
    lines = []
    for item in merged.differences(connection):
        school = names.get(item.school, "")
        word = merged.as_problem(item, school)
        place = Place("mark", item.school, year=item.kept.year, key=None if item.kept.journal else item.kept.id)
        subject = f"merged:{item.kept.record}:{item.other.record}:{item.kept.what}:{item.kept.year}"
        figures = f"{item.kept.figures}:{item.other.figures}"
        lines.append(_made("explain", word.code, (word.message,) * 2, school, place, subject, figures, said))
    for (key, year, code), kept, other in check_rows.metric_contradictions(connection):
        school, metric = names.get(key, ""), known.get(code)
        message = _worded(
            "DATA_METRIC_MERGED", school=school, metric=metric.short if metric else code, year=school_year(year),
            kept=kept[0], kept_file=kept[1], other=other[0], other_file=other[1],
        )  # fmt: skip
        place = Place("metric", key, year=year, metric=code)
        subject, figures = f"merged:{key}:{year}:{code}:{other[1]}", f"{kept[0]}:{other[0]}"
        lines.append(_made("explain", "DATA_METRIC_MERGED", message, school, place, subject, figures, said))
    return lines


def _of_imports(connection: Connection) -> list[DataProblem]:
    lines = []
    for item in check_rows.import_findings(connection):
        where = ", ".join(part for part in (item.file, item.sheet, item.cell) if part)
        explanation = None if item.explanation is None else Explanation(item.explanation)
        place = Place("import", key=item.id, file_id=item.file_id)
        level = _IMPORT_LEVELS[item.level]
        message = f"{where}: {item.message}"
        lines.append(
            DataProblem(
                str(item.id), level, item.code, message, message, "", place, f"import:{item.id}", "", explanation
            )
        )
    return lines


def _by_record(item: Finding, speaking: Mapping[tuple[int, str], int]) -> Finding:
    """Name the record whose figures these are: what is said of them goes where the record goes, merged or separated."""
    school, year, metric = item.place.school_id, item.place.year, item.context.get("metric")
    if not speaking or school is None or not isinstance(metric, Metric) or not item.subject.startswith("metric:"):
        return item
    cells = [(school, f"{year}:{code}") for code in (metric.code, metric.part, metric.whole)]
    record = next((speaking[cell] for cell in cells if cell in speaking), school)
    return replace(item, subject=f"metric:{record}:{year}:{metric.code}")


# --- words -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Words:
    """Names for the messages."""

    schools: Mapping[int, str]
    areas: Mapping[int, str]
    works: Mapping[int, Any]
    files: Mapping[int, str]


def _line(item: Finding, words: _Words, said: Mapping[Any, Explanation]) -> DataProblem:
    context = dict(item.context)
    if context.get("area"):
        school = words.areas.get(context["area"], "")
    else:
        school = words.schools.get(item.place.school_id or 0, "")
    if item.place.kind == "mark":
        work = words.works[context["work"]].label
        source = words.files.get(item.place.key or 0, _TYPED)
        context |= {"work": work, "assessment": work, "source": source}
        if "before" in context:
            context |= {"now": _share(context["below"], context["participants"]), "before": _share(*context["before"])}
    elif isinstance(context.get("metric"), Metric):
        context |= _metric_words(context["metric"], context)
    if item.place.kind == "metric":
        context["year"] = school_year(int(context["year"]))
    table = school or "Запись"
    message = _worded(item.code, **({"school": school, "table": table} | context))
    return _made(item.level, item.code, message, school, item.place, item.subject, item.figures, said)


def _worded(code: str, **context: Any) -> tuple[str, str]:
    """Return the whole message, and what happened without what to do."""
    worded = UserError(code, **context)
    return str(worded), worded.what


def _share(below: int, participants: int) -> str:
    return f"{below}{NBSP}из{NBSP}{participants} ({percent(below, participants)})"


def _metric_words(metric: Metric, context: Mapping[str, Any]) -> dict[str, Any]:
    """Return the words of a finding about a metric: values as a person reads them."""
    words: dict[str, Any] = {"metric": metric.short, "bounds": context_metrics.bounds_text(metric).rstrip(".")}
    for name in ("value", "before", "counted"):
        value = context.get(name)
        if isinstance(value, tuple):
            words[name] = shown(metric.kind, *value)
        elif isinstance(value, float):
            words[name] = f"{value:g}".replace(".", ",")
    if "points" in context:
        words["limit"] = f"{context['limit']}{NBSP}{'п. п.' if context['points'] else '%'}"
    return words


def _made(
    level: CheckLevel, code: str, message: tuple[str, str], school: str, place: Place, subject: str, figures: str,
    said: Mapping[Any, Explanation],
) -> DataProblem:  # fmt: skip
    digest = hashlib.sha256(figures.encode()).hexdigest()
    number = "k" + hashlib.sha256(f"{code}|{subject}".encode()).hexdigest()[:11]
    explanation = None if level == "block" else said.get((code, subject, digest))
    return DataProblem(number, level, code, *message, school, place, subject, digest, explanation)


# --- explaining ------------------------------------------------------------------------------------------------


def find(connection: Connection, numbers: Sequence[str]) -> list[DataProblem]:
    """Return the problems of some ids.

    Raises:
        UserError: ``DATA_NO_FINDING`` for an id that is not in the list.
    """
    known = {item.id: item for item in problems(connection)}
    for number in numbers:
        if number not in known:
            raise UserError("DATA_NO_FINDING", number=number)
    return [known[number] for number in numbers]


def explain(store: Store, found: DataProblem | Iterable[DataProblem], text: str) -> None:
    """Say why problems are as they should be; the words are kept and printed. Several are one operation.

    Raises:
        UserError: ``GEN_REASON_NEEDED``; ``DATA_BLOCK_STAYS``: what can't be true is put right, not explained.
    """
    items = [found] if isinstance(found, DataProblem) else list(found)
    words = text.strip()
    if not words:
        raise UserError("GEN_REASON_NEEDED")
    for item in items:
        if item.level == "block":
            raise UserError("DATA_BLOCK_STAYS", message=item.message)
    label = "Объяснено замечание к данным" if len(items) == 1 else f"Объяснены замечания к данным: {len(items)}"
    with store.operation(label, "problem.explain") as operation:
        for item in items:
            if item.place.kind == "import" and item.place.key is not None:
                operation.update("import_problem", item.place.key, state="explained", explanation=words)
            else:
                key = (item.code, item.subject, item.figures)
                check_rows.put_explanation(operation, key, words, store.actor)


def withdraw(store: Store, item: DataProblem) -> None:
    """Take an explanation back: the problem is open again."""
    with store.operation("Снято объяснение замечания", "problem.withdraw") as operation:
        if item.place.kind == "import" and item.place.key is not None:
            operation.update("import_problem", item.place.key, state="open", explanation=None)
        else:
            check_rows.drop_explanation(operation, (item.code, item.subject, item.figures))


# --- before a report -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Gate:
    """What stands between the data and a paper.

    Attributes:
        blockers: what can't be true: the paper would repeat it.
        unexplained: what must still be explained.
        explained: what is printed with its explanation.
    """

    blockers: tuple[DataProblem, ...]
    unexplained: tuple[DataProblem, ...]
    explained: tuple[DataProblem, ...]

    @property
    def free(self) -> bool:
        """Tell whether nothing blocks the paper."""
        return not self.blockers


def before_report(
    connection: Connection,
    *,
    result_years: Iterable[int] | None = None,
    school_ids: Iterable[int] | None = None,
    found: Sequence[DataProblem] | None = None,
) -> Gate:
    """Return what concerns a paper; hints are left out.

    Args:
        connection: reading connection.
        result_years: years of results the paper speaks of; metrics count by the school year before (decision 1).
        school_ids: schools the paper speaks of.
        found: the list, where it is at hand already.
    """
    years = None if result_years is None else set(result_years)
    wanted = None if school_ids is None else set(school_ids)
    chosen = [
        item
        for item in (problems(connection) if found is None else found)
        if item.level != "hint"
        and (years is None or of_year(item, years))
        and (wanted is None or item.place.school_id is None or item.place.school_id in wanted)
    ]
    return Gate(
        blockers=tuple(item for item in chosen if item.level == "block"),
        unexplained=tuple(item for item in chosen if item.level == "explain" and item.open),
        explained=tuple(item for item in chosen if not item.open),
    )


def of_year(item: DataProblem, result_years: set[int]) -> bool:
    """Tell whether a problem concerns some result years; one about no year concerns them all.

    Metrics and numbers of the card belong to the school year before (decision 1).
    """
    place = item.place
    if place.year is None:
        return True
    return (place.year if place.kind == "mark" else place.year + 1) in result_years


def told(found: Iterable[DataProblem]) -> list[str]:
    """Return explained problems as lines of a paper: what is unusual, why it is so, who said it and when."""
    lines = []
    for item in found:
        if item.explanation is None:
            continue
        who = ", ".join(
            part
            for part in (item.explanation.actor, ru_date(item.explanation.at) if item.explanation.at else "")
            if part
        )
        lines.append(f"{item.what} Объяснение: {item.explanation.text.rstrip('.')}{f' ({who})' if who else ''}.")
    return lines


def as_problems(found: Iterable[DataProblem]) -> list[Problem]:
    """Return open problems in the form of ``opora check``: block as error, explain as warning, hint as hint."""
    return [Problem(STORAGE_LEVELS[item.level], item.code, item.message) for item in found if item.open]
