"""From what was read to what would happen: comparison with the stored answers, conflicts, repeats, problems by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.errors import Problem, UserError, problem
from app.forms.schema import Answer, AnswerSet, FormDef, Item
from app.importers.filled_form_records import FilledBook, FilledForm
from app.importers.parsed import FileReading
from app.models import forms as stored
from app.models.forms import HEAD, FormAnswer, FormCase, FormFile
from app.models.store import Connection
from app.operations import forms
from app.operations.form_cases import answer_set, definition_of
from app.operations.form_receiving_lines import HEAD_NAMES, Change, Decision, Line, State, Take
from app.operations.form_receiving_target import Finder, Target
from app.texts import ru_date

CONCLUSION = "#conclusion"


@dataclass(slots=True)
class _Compared:
    """What a file would change in a case."""

    changes: list[Change] = field(default_factory=list)
    answers: dict[str, Answer] = field(default_factory=dict)
    head: dict[str, str] = field(default_factory=dict)
    conclusion: str = ""
    merged: dict[str, Answer] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Case:
    """A case as it is stored now."""

    case: FormCase
    form: FormDef
    rows: Mapping[str, FormAnswer]
    drafts: Mapping[str, str]
    files: Sequence[FormFile]


class Judge:
    """Judges the files of one batch; everything that it needs of the store is read once."""

    def __init__(self, connection: Connection, decisions: Mapping[str, Decision]) -> None:
        self._connection = connection
        self._decisions = decisions
        self._finder = Finder(connection)
        self._forms: dict[tuple[str, str], FormDef] = {}

    # --- a batch -------------------------------------------------------------------------------------------------

    def lines(self, readings: Sequence[FileReading]) -> list[Line]:
        """Return the lines of a batch in the order of its files."""
        seen: dict[str, str] = {}
        found: list[Line] = []
        for reading in readings:
            path = Path(reading.path)
            if reading.refused is not None or reading.filled is None:
                told = (reading.refused,) if reading.refused is not None else ()
                found.append(Line(reading.path, path, reading.name, reading.sha256, "refused", problems=told))
                continue
            for form in reading.filled.forms:
                line = self._line(reading, reading.filled, form)
                again = seen.get(reading.sha256)
                if again is not None:
                    same = problem("FORM_GET_SAME_IN_LOT", file=again)
                    line = replace(line, state="same", problems=(same,), changes=())
                found.append(line)
            seen.setdefault(reading.sha256, reading.name)
        return self._rivals(found)

    def _rivals(self, found: list[Line]) -> list[Line]:
        """Of several files with one case the newest is meant, or the one that a person names; the others ask."""
        by_case: dict[int, list[Line]] = {}
        for line in found:
            if line.case_id is not None and line.state in {"ready", "with_errors", "conflict"}:
                by_case.setdefault(line.case_id, []).append(line)
        losers: dict[str, str] = {}
        for rivals in by_case.values():
            best = max(rivals, key=lambda line: (self._decision(line.key).newer, _saved(line.path)))
            losers |= {line.key: best.file for line in rivals if line.key != best.key}
        made = []
        for line in found:
            other = losers.get(line.key)
            if other is None:
                made.append(line)
                continue
            told = problem("FORM_GET_TWO_FILES", file=other)
            made.append(replace(line, state="ask", problems=(told, *line.problems)))
        return made

    def _decision(self, key: str) -> Decision:
        return self._decisions.get(key, Decision())

    def _definition(self, form_id: str, version: str) -> FormDef:
        key = form_id, version
        if key not in self._forms:
            self._forms[key] = forms.definition(self._connection, form_id, version)
        return self._forms[key]

    # --- one form of one file ------------------------------------------------------------------------------------

    def _line(self, reading: FileReading, book: FilledBook, form: FilledForm) -> Line:
        key = f"{reading.path}#{form.form_id}"
        if sum(one.form_id == form.form_id for one in book.forms) > 1:
            key += f"#{form.case_id}"
        decision = self._decision(key)
        line = Line(
            key, Path(reading.path), reading.name, reading.sha256, "refused", form.form_id, form.form_id,
            form.subject or form.header, form.school_year, problems=form.problems,
        )  # fmt: skip
        try:
            old = self._definition(form.form_id, form.version)
        except UserError as error:
            told = Problem("error", error.code, str(error))
            return replace(line, problems=(told, *form.problems))
        line = replace(line, form=old.short)
        target = self._finder.find(reading.name, book, form, old.short, decision)
        if target.case is None or target.round is None or target.subject is None:
            state: State = "refused" if target.refused else "ask"
            return replace(line, state=state, problems=(*target.problems, *form.problems), options=target.options)
        return self._of_case(line, form, old, target, decision)

    def _of_case(self, line: Line, form: FilledForm, old: FormDef, target: Target, decision: Decision) -> Line:
        if target.case is None or target.round is None or target.subject is None:
            return line
        wanted = definition_of(self._connection, target.round)
        known = self._stored(target.case, wanted)
        given, cells, moved = _brought(form, old, wanted)
        compared = _compare(known, given, cells, dict(form.head), form.conclusion, decision)
        asked = _problems(wanted, AnswerSet(wanted.id, wanted.version, compared.merged), cells)
        line = replace(
            line, subject=target.subject.shown, school_year=target.round.school_year, round=target.round.title,
            case_id=target.case.id, changes=tuple(compared.changes), kept=given, cells=cells,
            answers=AnswerSet(wanted.id, wanted.version, compared.answers), head=compared.head,
            conclusion=compared.conclusion, proofs=tuple((one.item_id, one.text) for one in form.proofs),
            problems=(*target.problems, *moved, *form.problems, *asked),
        )  # fmt: skip
        return self._state(line, form, known)

    def _state(self, line: Line, form: FilledForm, known: _Case) -> Line:
        before = next((one for one in known.files if one.sha256 == line.sha256 and one.outcome != "refused"), None)
        if before is not None:
            told = problem("FORM_GET_SAME_FILE", when=ru_date(before.received_at[:10]))
            return replace(line, state="same", problems=(told,), changes=())
        said = any(not one.empty and one.confirmed for one in form.answers)
        if not said and not form.conclusion and not line.head:
            waiting = tuple(one for one in line.problems if one.code not in {"ITEM_REQUIRED", "ITEM_UNCONFIRMED"})
            return replace(line, state="empty", problems=(problem("FORM_GET_EMPTY"), *waiting), changes=())
        if known.case.locked:
            if not line.changes:
                return replace(line, state="same", problems=(problem("FORM_GET_SAME_ANSWERS"),))
            places = ", ".join(change.place for change in line.changes[:8])
            told = problem("FORM_GET_LOCKED", items=places)
            return replace(line, state="locked", problems=(told, *line.problems))
        open_ones = [change for change in line.changes if change.open]
        if open_ones:
            places = ", ".join(change.place for change in open_ones[:8])
            told = problem("FORM_GET_CONFLICTS", subject=line.subject, file=line.file, items=places)
            return replace(line, state="conflict", problems=(told, *line.problems))
        if not line.changes and (known.files or known.case.received_on is not None):
            return replace(line, state="same", problems=(problem("FORM_GET_SAME_ANSWERS"), *line.problems))
        return replace(line, state="with_errors" if line.errors else "ready")

    def _stored(self, case: FormCase, form: FormDef) -> _Case:
        rows = {row.item_id: row for row in stored.answers(self._connection, [case.id])[case.id]}
        drafts = stored.drafts(self._connection, case.id)
        return _Case(case, form, rows, drafts, stored.files(self._connection, cases=[case.id]))

    def again(self, line: Line) -> Line:
        """Compare a line with what is stored now; decisions that stand in it hold where nothing has changed since."""
        case = stored.case_of(self._connection, line.case_id or 0)
        record = stored.round_of(self._connection, case.round_id) if case is not None else None
        if case is None or record is None or line.kept is None:
            raise UserError("FORM_NO_CASE", key=line.case_id)
        known = self._stored(case, definition_of(self._connection, record))
        shown_before = {change.item_id: change.before for change in line.changes}
        takes: dict[str, Take] = {item.item_id: item.take for item in line.changes if item.conflict and item.take}
        takes.update(dict.fromkeys((*(HEAD + key for key in line.head), CONCLUSION), "file"))
        compared = _compare(known, line.kept, line.cells, line.head, line.conclusion, Decision(takes=takes))
        changes = [
            replace(change, take=None)
            if change.conflict and change.before != shown_before.get(change.item_id, change.before)
            else change
            for change in compared.changes
        ]
        return replace(
            line, changes=tuple(changes), answers=replace(line.kept, answers=compared.answers), head=compared.head,
            conclusion=compared.conclusion,
        )  # fmt: skip


def _saved(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


# --- bringing answers to the version of the round ----------------------------------------------------------------


def _brought(
    form: FilledForm, old: FormDef, wanted: FormDef
) -> tuple[AnswerSet, dict[str, tuple[str, str]], list[Problem]]:
    """Return the answers in the version of the round, their cells, and what did not go on."""
    answers = {
        one.item_id: Answer(
            one.raw, one.value, one.code, one.other, one.not_applicable, one.comment, one.confirmed
        )
        for one in form.answers
    }  # fmt: skip
    cells = {one.item_id: (one.sheet, one.cell) for one in form.answers if one.cell}
    given = AnswerSet(old.id, old.version, answers)
    if (old.version, old.digest) == (wanted.version, wanted.digest):
        return given, cells, []
    from app.forms.revisions import revise

    moved = revise(given, old, wanted)
    rule = next((one for one in wanted.revisions if one.since == old.version), None)
    cells = {dict(rule.renamed).get(key, key): place for key, place in cells.items()} if rule else cells
    told: list[Problem] = []
    if old.version != wanted.version:
        told.append(problem("FORM_GET_OLD_VERSION", old=old.version, new=wanted.version))
    told += [problem("FORM_GET_LOST", text=text) for text in moved.lost]
    return moved.answers, cells, told


# --- comparing ---------------------------------------------------------------------------------------------------


def _compare(
    known: _Case, given: AnswerSet, cells: Mapping[str, tuple[str, str]], head: Mapping[str, str], conclusion: str,
    decision: Decision,
) -> _Compared:  # fmt: skip
    found = _Compared(merged=dict(answer_set(known.form, known.rows.values()).answers))
    for item_id, new in given.answers.items():
        _compare_item(known, item_id, new, cells.get(item_id, ("", "")), decision, found)
    for name, text in head.items():
        row = known.rows.get(HEAD + name)
        title = dict(known.form.head_fields).get(name, name)
        before = row.raw if row is not None else ""
        touched = row is not None and row.confirmed and bool(before) and not known.files
        if _line_taken(HEAD + name, title, before, text, decision, found, touched=touched):
            found.head[name] = text
    before = known.case.conclusion or ""
    name = known.form.conclusion or HEAD_NAMES["conclusion"]
    if _line_taken(CONCLUSION, name, before, conclusion, decision, found, touched=bool(before) and not known.files):
        found.conclusion = conclusion
    return found


def _line_taken(
    key: str, title: str, before: str, after: str, decision: Decision, found: _Compared, *, touched: bool
) -> bool:
    """Whether a line in words is taken from the file; an empty one never empties ours."""
    if not after.strip() or " ".join(after.split()) == " ".join(before.split()):
        return False
    take: Take | None = decision.takes.get(key, decision.all) if touched else "file"
    found.changes.append(Change(key, title, before, after, conflict=touched, take=take))
    return take == "file"


def _compare_item(
    known: _Case, item_id: str, new: Answer, cell: tuple[str, str], decision: Decision, found: _Compared
) -> None:
    row = known.rows.get(item_id)
    old = found.merged.get(item_id, Answer())
    if old.comment and not new.comment:
        new = replace(new, comment=old.comment)  # an empty cell does not take a remark away
    draft = known.drafts.get(item_id, "")
    typed = bool(draft) or (row is not None and row.confirmed and row.file_id is None and _said(old))
    if not _brings(old, new, row, typed=typed):
        return
    item = known.form.item(item_id)
    take: Take | None = decision.takes.get(item_id, decision.all) if typed else "file"
    before = f"{draft} (не закончено)" if draft else _shown(item, old)
    found.changes.append(Change(item_id, _place(item, item_id), before, _shown(item, new), cell, typed, take))
    if take == "file":
        found.answers[item_id] = new
        found.merged[item_id] = new


def _said(answer: Answer) -> bool:
    return bool(answer.raw.strip() or answer.given or answer.comment)


def _brings(old: Answer, new: Answer, row: FormAnswer | None, *, typed: bool) -> bool:
    """Whether the file says something that is not stored yet."""
    if _same(old, new):
        return bool(row is not None and new.confirmed and not old.confirmed and _said(new))
    if not _said(new):
        return not typed and _said(old)  # the school has emptied what came from it or was filled in beforehand
    # a value that stood in the blank beforehand and that nobody confirmed says nothing against an answer
    return new.confirmed or not (old.confirmed and _said(old))


def _same(old: Answer, new: Answer) -> bool:
    return (old.value, old.not_applicable, old.other, old.comment, _wrong(old)) == (
        new.value, new.not_applicable, new.other, new.comment, _wrong(new),
    )  # fmt: skip


def _wrong(answer: Answer) -> str:
    return answer.raw.strip() if answer.value is None and not answer.not_applicable else ""


def _shown(item: Item | None, answer: Answer) -> str:
    from app.forms.answers import shown

    text = answer.raw if item is None else shown(item, answer)
    if answer.comment:
        text = f"{text} [{answer.comment}]" if text else f"[{answer.comment}]"
    return text if answer.confirmed or not text else f"{text}, не подтверждено"


def _place(item: Item | None, item_id: str) -> str:
    from app.forms.item_types import place

    return place(item) if item is not None else f"Пункт {item_id}"


# --- problems ----------------------------------------------------------------------------------------------------


def _problems(form: FormDef, answers: AnswerSet, cells: Mapping[str, tuple[str, str]]) -> Iterator[Problem]:
    """Yield what is wrong with the answers as they would be, with the cells of the file."""
    from app.forms.answers import problems

    for one in problems(form, answers):
        sheet, cell = cells.get(one.cell or "", (None, None))
        yield replace(one, sheet=sheet, cell=cell)
