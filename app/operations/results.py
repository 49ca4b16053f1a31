"""Loading of results: what a file would change, and changing it as one operation per file (decision 10)."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import UserError
from app.importers.parsed import MAPS_APART, FileReading, GridSheet, Hints, Known, Question
from app.models import breakdowns, references, results, settings
from app.models import profiles as repository
from app.models.breakdowns import StoredScores, StoredTask
from app.models.records import Assessment
from app.models.results import Coverage, ImportedFile, StoredMark, StoredProblem
from app.models.store import Connection, Store
from app.operations.loading import Loader, Watch, refusal
from app.operations.plans import Change, Decision, Fewer, Options, Plan, Unknown
from app.operations.units import unit_key

if TYPE_CHECKING:
    from app.models.records import Scale, Threshold

__all__ = [
    "MAPS_APART",
    "Change",
    "Coverage",
    "Decision",
    "Fewer",
    "FileReading",
    "GridSheet",
    "Hints",
    "ImportedFile",
    "Known",
    "Options",
    "Plan",
    "Question",
    "StoredMark",
    "StoredProblem",
    "StoredScores",
    "StoredTask",
    "Unknown",
    "Watch",
    "coverage",
    "explain_problem",
    "files",
    "kind_words",
    "load",
    "look",
    "marks",
    "open_problems",
    "preview",
    "put_scales",
    "put_thresholds",
    "read",
    "references_in_force",
    "scales",
    "scores",
    "tasks",
    "thresholds",
    "unit_key",
]  # fmt: skip


def scales(connection: Connection) -> list[Scale]:
    """Return the shipped scales with the file's own updates over them (decision 9)."""
    from app.importers import scales as reference

    merged = {(s.year, s.procedure, s.subject, s.grade): s for s in reference.load_shipped()}
    for _ref_id, _version, text in references.texts(connection, "scale"):
        merged |= {(s.year, s.procedure, s.subject, s.grade): s for s in reference.parse_scales(text)}
    return list(merged.values())


def thresholds(connection: Connection) -> tuple[Threshold, ...]:
    """Return the shipped minimums of examinations with the file's own over them."""
    from app.importers.gia import thresholds as reference

    own: list[Threshold] = []
    for _ref_id, _version, text in references.texts(connection, "threshold"):
        own += reference.parse_thresholds(text)
    return reference.merged(reference.load_shipped(), own)


def references_in_force(connection: Connection, profile: str | None = None) -> Known:
    """Return everything a reader must know beforehand.

    Args:
        connection: reading connection.
        profile: the name of the one saved map to read by; None offers all of them.

    Raises:
        UserError: ``DATA_NO_PROFILE``.
    """
    from app.operations import externals, metrics, profiles

    maps = repository.texts(connection) if profile is None else (profiles.find(connection, profile).text,)
    return Known(
        scales=tuple(scales(connection)),
        thresholds=thresholds(connection),
        profiles=maps,
        metrics=metrics.names(connection),
        factors=externals.factors(connection),
    )


def read(
    paths: Sequence[Path],
    hints: Hints,
    known: Known,
    on_progress: Callable[[str, int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> list[FileReading]:
    """Read files in a child process; nothing is written. A refused file is a reading with its cause."""
    from app.importers.reading import read_files

    return read_files(paths, hints, on_progress=on_progress, cancelled=cancelled, known=known)


def look(path: Path, known: Known, place: str = "") -> FileReading:
    """Return the grid of any file for marking by hand; nothing of it is read into results.

    Args:
        path: the file.
        known: references in force.
        place: "" for the tops of all sheets with proposals; «Лист1!1200» for 200 rows of a sheet from row 1200.

    Returns:
        A reading of grids alone, or a refused one where the file can't be read any more.
    """
    return read([path], Hints(answers={"look": place}), known)[0]


def kind_words(kind: str) -> str:
    """Return what a kind of file is called: «ФИС ОКО: статистика по отметкам»; an unknown word stays as it is."""
    from app.importers.registry import KIND_WORDS

    return KIND_WORDS.get(kind, kind)


# --- what would happen -----------------------------------------------------------------------------------------


def preview(connection: Connection, reading: FileReading, options: Options | None = None) -> Plan:
    """Say what a file would change without changing anything."""
    return Loader(connection, reading, options or Options()).plan()


@contextmanager
def _without_sweeping() -> Iterator[None]:
    """Keep Python from looking for garbage in the middle of a million rows: it would go over all of them each time."""
    swept = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if swept:
            gc.enable()


def load(store: Store, reading: FileReading, options: Options | None = None, watch: Watch | None = None) -> Plan:
    """Write one file as one operation; nothing is written on refusal.

    A protocol of an examination with fewer participants of a school than are stored is not written before a person has
    said what becomes of them (``Options.fewer``): it may be the reserve day alone.

    Errors of single rows are kept beside the file as problems; a refused file gives ``accepted=False``. A file that
    was loaded before and brings nothing new leaves no operation: ``operation_id`` is None.

    Args:
        store: the open file.
        reading: what was read.
        options: how unknown schools are treated.
        watch: told (rows done, rows of all) between lots; a true answer cancels, and nothing is written.

    Raises:
        UserError: ``IMP_CANCELLED``.
    """
    refused = refusal(reading)
    if refused is not None:
        return Plan(reading, problems=(*reading.problems, *refused))
    if reading.kind == "gia_protocol" and (options or Options()).fewer == "ask":
        asked = preview(store.connection, reading, options)
        if asked.rows_fewer:
            return asked  # one day of an exam must not take the place of all of it in silence
    label = f"Загружен файл «{reading.name}»" + (f": {reading.title}" if reading.title else "")
    with _without_sweeping(), store.operation(label, "results.import", bulk=True) as operation:
        plan = Loader(store.connection, reading, options or Options(), store.actor, watch).write(operation)
        operation_id = operation.id if operation.changed else None
    return replace(plan, accepted=True, operation_id=operation_id)


# --- views -----------------------------------------------------------------------------------------------------


def marks(
    connection: Connection, *, year: int | None = None, subject: str | None = None, grade: int | None = None,
    organisation_id: int | None = None,
) -> list[StoredMark]:  # fmt: skip
    """Return stored counts of schools; ``subject`` ignores letter case."""
    found = results.marks(connection, year=year, grade=grade, organisation_id=organisation_id)
    return [item for item in found if _is_about(item.assessment, subject)]


def tasks(
    connection: Connection, *, year: int | None = None, subject: str | None = None, grade: int | None = None,
    organisation_id: int | None = None, areas: bool = False,
) -> list[StoredTask]:  # fmt: skip
    """Return stored figures of tasks, of schools or of what lies above them; ``subject`` ignores letter case."""
    found = breakdowns.tasks(connection, year=year, grade=grade, organisation_id=organisation_id, areas=areas)
    return [item for item in found if _is_about(item.assessment, subject)]


def scores(
    connection: Connection, *, year: int | None = None, subject: str | None = None, grade: int | None = None,
    organisation_id: int | None = None, areas: bool = False,
) -> list[StoredScores]:  # fmt: skip
    """Return stored distributions of scores; ``subject`` ignores letter case."""
    found = breakdowns.scores(connection, year=year, grade=grade, organisation_id=organisation_id, areas=areas)
    return [item for item in found if _is_about(item.assessment, subject)]


def _is_about(assessment: Assessment, subject: str | None) -> bool:
    return subject is None or assessment.subject.casefold() == subject.casefold().strip()


def files(connection: Connection) -> list[ImportedFile]:
    """Return loaded files, newest first."""
    return results.files(connection)


def open_problems(connection: Connection, limit: int | None = None) -> list[StoredProblem]:
    """Return the open findings of all imports, the gravest first."""
    return results.problems(connection, limit=limit)


def explain_problem(store: Store, problem_id: int, explanation: str) -> None:
    """Close a finding with an explanation that is kept and printed.

    Raises:
        UserError: ``GEN_REASON_NEEDED``.
    """
    if not explanation.strip():
        raise UserError("GEN_REASON_NEEDED")
    with store.operation("Объяснено замечание к данным", "problem.explain") as operation:
        operation.update("import_problem", problem_id, state="explained", explanation=explanation.strip())


def put_scales(store: Store, text: str, name: str) -> int:
    """Keep updated scales from a TOML text; returns how many it holds.

    Raises:
        UserError: ``IMP_SCALE_…`` naming every fault.
    """
    from app.importers.scales import parse_scales

    found = parse_scales(text)
    with store.operation("Обновлён справочник шкал", "scales.put") as operation:
        references.put(operation, "scale", name, "1", text)
    return len(found)


def put_thresholds(store: Store, text: str, name: str) -> int:
    """Keep minimums of examinations from a TOML text; returns how many it holds.

    Raises:
        UserError: ``IMP_THRESHOLD_…`` with the place and the fault.
    """
    from app.importers.gia.thresholds import parse_thresholds

    found = parse_thresholds(text)
    with store.operation("Обновлён справочник минимальных баллов", "thresholds.put") as operation:
        references.put(operation, "threshold", name, "1", text)
    return len(found)


def coverage(connection: Connection) -> list[Coverage]:
    """Return what is loaded, assessment by year, own schools only."""
    return results.coverage(connection)


def years_and_rule(connection: Connection) -> tuple[tuple[int, ...], str]:
    """Return result years with counts, newest first, and the rule that the settings name."""
    return tuple(results.years(connection)), settings.get(connection, "rule")
