"""Receiving filled workbooks: reading, saying what each would change, writing them, giving marked copies back.

``preview`` writes nothing. ``load`` writes one file as one operation; what was typed here and differs from the file is
written only after a person has chosen; accepted answers stay as they are.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from app import clock
from app.errors import Problem, UserError
from app.forms.packet import REPLY_SUFFIX
from app.importers.parsed import FileReading, Hints, Known
from app.models import blobs, settings
from app.models import forms as stored
from app.models.journal import now
from app.models.store import Connection, Operation, Store
from app.operations import folders, forms, school_replies
from app.operations.form_answers import write_set
from app.operations.form_receiving_judge import Judge
from app.operations.form_receiving_lines import (
    HEAD_NAMES,
    STATE_TONES,
    STATE_WORDS,
    STATES,
    Change,
    Decision,
    Line,
    Option,
    Receiving,
    State,
    Take,
)
from app.texts import count, glue

if TYPE_CHECKING:
    from app.exporters.form_marked import Mark

__all__ = [
    "HEAD_NAMES",
    "STATES",
    "STATE_TONES",
    "STATE_WORDS",
    "Change",
    "Decision",
    "FileReading",
    "Known",
    "Line",
    "Loaded",
    "Option",
    "Receiving",
    "State",
    "Take",
    "gather",
    "judge",
    "known",
    "letter",
    "letters",
    "load",
    "marked_copies",
    "marked_copy",
    "preview",
    "read",
]  # fmt: skip

Progress = Callable[[str, int, int], object]
_MARKABLE = frozenset({".xlsx", ".xlsm"})


# --- reading -----------------------------------------------------------------------------------------------------


def gather(paths: Iterable[Path]) -> folders.Gathered:
    """Return the files that are meant; folders are searched through."""
    return folders.gather(paths, frozenset({REPLY_SUFFIX}))


def known(connection: Connection) -> Known:
    """Return what the reading child must know: every version of every form that the file and the program have."""
    from app.importers.filled_form_records import FormText

    texts = []
    for entry in forms.listing(connection, hidden=True):
        for version in entry.versions:
            form = forms.definition(connection, entry.form.id, version)
            if form.text and not form.parts:
                texts.append(FormText(form.id, form.version, form.digest, form.text, version == entry.versions[0]))
    return Known(forms=tuple(texts))


def read(
    paths: Sequence[Path], in_force: Known, on_progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> list[FileReading]:  # fmt: skip
    """Read workbooks in one child process; nothing is written. A refused file is a reading with its cause."""
    from app.importers.reading import read_files

    tell = None if on_progress is None else lambda name, done, total: _tell(on_progress, name, done, total)
    return read_files(paths, Hints(kind="filled_form"), on_progress=tell, cancelled=cancelled, known=in_force)


def _tell(on_progress: Progress, name: str, done: int, total: int) -> None:
    on_progress(name, done, total)


def judge(
    connection: Connection, readings: Sequence[FileReading], decisions: Mapping[str, Decision] | None = None
) -> Receiving:
    """Say of every form of every file whose it is, what is wrong and what it would change.

    Args:
        connection: the open file.
        readings: what the child has read.
        decisions: line → what a person has said of it.
    """
    stopped = any(item.refused is not None and item.refused.code == "IMP_CANCELLED" for item in readings)
    whole = [item for item in readings if item.refused is None or item.refused.code != "IMP_CANCELLED"]
    return Receiving(tuple(Judge(connection, decisions or {}).lines(whole)), stopped=stopped)


def preview(
    connection: Connection, paths: Iterable[Path], *, on_progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None, decisions: Mapping[str, Decision] | None = None,
) -> Receiving:  # fmt: skip
    """Read files and folders and say what they would change; nothing is written.

    Args:
        connection: the open file.
        paths: files and folders.
        on_progress: told the name of the file at hand and the steps done of all.
        cancelled: a true answer stops; files that were not read are left out.
        decisions: line → what a person has said of it.
    """
    gathered = gather(paths)
    readings = read(gathered.files, known(connection), on_progress, cancelled)
    return replace(judge(connection, readings, decisions), problems=gathered.problems)


# --- writing -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of one file.

    Attributes:
        lines: those that were written.
        changed: how many answers are another now.
        operation_id: None where nothing was written.
    """

    file: str
    lines: tuple[Line, ...]
    changed: int
    operation_id: int | None


def load(store: Store, lines: Sequence[Line]) -> Loaded:
    """Write the lines of one file as one operation.

    Args:
        store: the open file.
        lines: of one file; those that can't be written are passed over. What a person has decided stands in them.

    Raises:
        UserError: ``FORM_GET_NOT_READY`` where no line can be written, ``FORM_GET_FILE_CHANGED``, ``FORM_GET_BIG``,
            ``FORM_GET_CONFLICTS`` where somebody has typed since, ``FORM_LOCKED`` where it has been accepted since.
    """
    ready = [line for line in lines if line.writable]
    if not ready:
        first = lines[0]
        raise UserError("FORM_GET_NOT_READY", file=first.file, why=STATE_WORDS[first.state])
    fresh = [_still(store.connection, line) for line in ready]
    first = fresh[0]
    data = _bytes(store.connection, first)
    what = f"«{first.form}»" if len(fresh) == 1 else count(len(fresh), "форма", "формы", "форм")
    with store.operation(f"Принят файл «{first.file}»: {what}, {first.subject}", "form.receive") as operation:
        digest = blobs.put(operation.connection, data)
        changed = sum(_write(operation, line, digest) for line in fresh)
        key = operation.id
    return Loaded(first.file, tuple(fresh), changed, key)


def _still(connection: Connection, line: Line) -> Line:
    """Compare once more: what has been typed here since the preview must not be written over."""
    again = Judge(connection, {}).again(line)
    conflicts = [change for change in again.changes if change.open]
    if conflicts:
        places = ", ".join(change.place for change in conflicts[:6])
        raise UserError("FORM_GET_CONFLICTS", subject=line.subject, file=line.file, items=places)
    return again


def _bytes(connection: Connection, line: Line) -> bytes:
    import hashlib

    limit = int(settings.get(connection, "blob_limit_mb"))
    try:
        size = line.path.stat().st_size
        if size > limit << 20:
            raise UserError("FORM_GET_BIG", file=line.file, size=-(-size >> 20), limit=limit)
        data = line.path.read_bytes()
    except OSError as error:
        raise UserError("FORM_GET_FILE_CHANGED", file=line.file) from error
    if hashlib.sha256(data).hexdigest() != line.sha256:
        raise UserError("FORM_GET_FILE_CHANGED", file=line.file)
    return data


def _write(operation: Operation, line: Line, digest: str) -> int:
    if line.case_id is None or line.answers is None:
        return 0
    case = stored.case_of(operation.connection, line.case_id)
    reply = school_replies.of_bytes(blobs.get(operation.connection, digest), line.file)
    file_id = operation.insert(
        "form_file",
        round_id=case.round_id if case else None,
        case_id=line.case_id,
        kind="workbook" if reply is None else "reply",
        file_name=line.file,
        sha256=digest,
        received_at=now(),
        outcome="with_errors" if line.errors else "read",
        author=None if reply is None else reply.author,
        problems=_problems(line.problems),
    )
    changed = write_set(
        operation, line.case_id, line.answers, file_id=file_id, cells=line.cells, head=line.head,
        received_on=clock.today().isoformat(),
    )  # fmt: skip
    if line.conclusion:
        operation.update("form_case", line.case_id, conclusion=line.conclusion)
        changed += 1
    if reply is not None:
        changed += school_replies.take_proofs(operation, reply, line.form_id, line.case_id)
    present = {(item.item_id, item.title) for item in stored.evidence(operation.connection, line.case_id)}
    for item_id, text in line.proofs:
        title = " ".join(text.split())[:300]
        if (item_id, title) not in present:
            address = title if title.casefold().startswith(("http://", "https://")) else None
            operation.insert(
                "form_evidence", case_id=line.case_id, item_id=item_id, title=title, link=address, added_at=now()
            )
    return changed


def _problems(found: Iterable[Problem]) -> str:
    """Return problems as they are kept beside the file."""
    rows = [
        {"code": one.code, "level": one.level, "message": one.message, "sheet": one.sheet, "cell": one.cell}
        for one in found
    ]
    return json.dumps(rows, ensure_ascii=False)


# --- giving back -------------------------------------------------------------------------------------------------


def marked_copy(connection: Connection, line: Line) -> tuple[str, bytes]:
    """Return name and bytes of the copy that goes back: the school's own workbook with marked cells and notes.

    Of an .xls or .ods, and of a workbook that can't be marked, it is our blank with the same answers and the marks.

    Raises:
        UserError: ``FORM_GET_FILE_CHANGED``; ``FORM_MARK_NOT_XLSX`` where neither is possible.
    """
    from app.exporters.form_marked import mark

    data = _bytes(connection, line)
    stem, _, suffix = line.file.rpartition(".")
    name = f"{stem or line.file} — что исправить.xlsx"
    if f".{suffix.casefold()}" in _MARKABLE:
        try:
            return f"{stem} — что исправить.{suffix}", mark(data, _marks(line), file=line.file)
        except UserError as error:
            if line.case_id is None or line.kept is None:
                raise
            if error.code not in {"FORM_MARK_NOT_XLSX", "FORM_MARK_CELL"}:
                raise
    if line.case_id is None or line.kept is None:
        raise UserError("FORM_MARK_NOT_XLSX", file=line.file)
    return name, _our_blank(connection, line)


def _marks(line: Line) -> list[Mark]:
    from app.exporters.form_marked import Mark

    return [Mark(one.sheet or "", one.cell or "", one.message, one.level) for one in line.to_mend]


def _our_blank(connection: Connection, line: Line) -> bytes:
    from app.operations import form_blanks

    if line.case_id is None or line.kept is None:
        raise UserError("FORM_MARK_NOT_XLSX", file=line.file)
    items = {place: item_id for item_id, place in line.cells.items()}
    marks: dict[str, list[str]] = {}
    others: list[str] = []
    for one in line.to_mend:
        item_id = items.get((one.sheet or "", one.cell or ""))
        if item_id is None:
            others.append(one.message)
        else:
            marks.setdefault(item_id, []).append(one.message)
    return form_blanks.marked_blank(connection, line.case_id, line.kept, marks, others).data


def marked_copies(
    connection: Connection, lines: Sequence[Line], folder: Path, on_progress: Progress | None = None
) -> tuple[list[Path], list[str]]:
    """Write the marked copies of all lines that have anything to mend; returns paths, and why others were not made.

    Files that are there stay; all copies appear together or none.

    Raises:
        UserError: ``PAPER_…`` of writing.
    """
    from app.exporters.atomic import write_all
    from app.operations.papers import folder_for

    made: list[tuple[Path, bytes]] = []
    failed: list[str] = []
    taken: set[str] = set()
    target = folder_for(folder)
    wanted = [line for line in lines if line.to_mend and line.state not in {"same", "refused"}]
    for done, line in enumerate(wanted):
        if on_progress is not None:
            on_progress(line.file, done, len(wanted))
        try:
            name, data = marked_copy(connection, line)
        except UserError as error:
            failed.append(str(error))
            continue
        made.append((target / _free(name, taken), data))
    return (write_all(made) if made else []), failed


def _free(name: str, taken: Collection[str]) -> str:
    stem, dot, suffix = name.rpartition(".")
    number, free = 1, name
    while free.casefold() in taken:
        number += 1
        free = f"{stem} ({number}){dot}{suffix}"
    if isinstance(taken, set):
        taken.add(free.casefold())
    return free


def letter(lines: Sequence[Line]) -> str:
    """Return the text of a letter to the school whose forms these are: what to mend, cell by cell; "" for nothing."""
    parts: list[str] = []
    for line in lines:
        if line.state in {"same", "locked"}:
            continue
        found = line.to_mend
        if not found:
            continue
        what = f"Форма «{line.form}», файл «{line.file}»:" if line.form else f"Файл «{line.file}»:"
        rows = [f"{number}. {_where(one)}{one.message}" for number, one in enumerate(found, start=1)]
        parts.append("\n".join([what, *rows]))
    if not parts:
        return ""
    whom = next((line.subject for line in lines if line.subject), "")
    greeting = "Здравствуйте!" + (f"\n\n{whom}: нужно исправить ответы." if whom else "\n\nНужно исправить ответы.")
    closing = "Исправьте отмеченное в приложенной копии, сохраните её и пришлите ответным письмом."
    return glue("\n\n".join([greeting, *parts, closing]))


def letters(by_subject: Mapping[str, Sequence[Line]], folder: Path) -> list[Path]:
    """Write the letters that have anything to say as texts, one a subject; returns their paths.

    Raises:
        UserError: ``PAPER_…`` of writing.
    """
    from app.exporters.atomic import write_all
    from app.operations.form_blanks import file_name
    from app.operations.papers import folder_for

    target = folder_for(folder)
    made: list[tuple[Path, bytes]] = []
    taken: set[str] = set()
    for subject, lines in by_subject.items():
        text = letter(lines)
        if text:
            name = _free(file_name(subject, "письмо", "что исправить").replace(".xlsx", ".txt"), taken)
            made.append((target / name, text.encode()))
    return write_all(made) if made else []


def _where(one: Problem) -> str:
    if one.sheet and one.cell:
        return f"Лист «{one.sheet}», ячейка {one.cell}. "
    return f"Лист «{one.sheet}». " if one.sheet else ""


def refusal(line: Line) -> Problem | None:
    """Return why nothing of a line is taken."""
    return next(iter(line.problems), None) if line.state == "refused" else None


def told(line: Line) -> str:
    """Return in one sentence what a line would do, or why it can't."""
    if line.state == "refused":
        return line.problems[0].message if line.problems else STATE_WORDS["refused"]
    if line.state in {"ask", "same", "empty", "locked"}:
        codes = {"FORM_GET_SAME_FILE", "FORM_GET_SAME_IN_LOT", "FORM_GET_SAME_ANSWERS", "FORM_GET_EMPTY",
                 "FORM_GET_LOCKED", "FORM_GET_WHOSE", "FORM_GET_OTHER_SCHOOL", "FORM_GET_OTHER_YEAR",
                 "FORM_GET_TWO_FILES"}  # fmt: skip
        return next((one.message for one in line.problems if one.code in codes), STATE_WORDS[line.state])
    open_ones = sum(change.open for change in line.changes)
    if open_ones:
        return f"Выберите, что оставить: {count(open_ones, 'ответ', 'ответа', 'ответов')}."
    return f"Изменится {count(len(line.changes), 'ответ', 'ответа', 'ответов')}."
