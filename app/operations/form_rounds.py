"""Rounds of a form: beginning one, sending, accepting, giving back, approving, reopening, closing.

Accepted answers are locked. Accepting writes the metrics and courses that the answers tell of; reopening, with a
reason, takes them back. Approving and reopening end by a reverse act, never by Ctrl+Z (decision 17).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from app import clock
from app.errors import UserError
from app.forms.schema import FormDef
from app.models import forms as stored
from app.models.forms import FormCase, FormRound, SubjectRef
from app.models.journal import now
from app.models.store import Connection, Operation, Store
from app.operations import courses, form_metrics, form_prefill, form_subjects, forms
from app.operations.form_answers import open_case, take_drafts
from app.operations.form_cases import case_of, definition_of, judged, round_and_form, subject_of
from app.operations.form_lines import CaseLine, RoundLine, cases, lines, rank, rounds
from app.texts import count

__all__ = ["CaseLine", "RoundLine", "SubjectRef", "cases", "definition_of", "lines", "rank", "rounds"]


_YEARS = range(2000, 2101)


# --- beginning ---------------------------------------------------------------------------------------------------


def start(
    store: Store, form_id: str, school_year: int, subjects: Sequence[SubjectRef], *, title: str = "",
    due_on: str | None = None, letter: str = "", prefill: bool = True,
) -> int:  # fmt: skip
    """Begin a round with the newest version of a form and return its key.

    Closed schools are left out. Cases begin with what is known beforehand, unconfirmed (``form_prefill.drafts``).

    Args:
        store: the open file.
        form_id: which form.
        school_year: its first calendar year.
        subjects: whom it is sent to.
        title: what the round is called; the short name of the form where it is empty.
        due_on: the last day for an answer, ISO.
        letter: text of the letter that goes with it.
        prefill: False leaves all answers empty.

    Raises:
        UserError: ``FORM_UNKNOWN``, ``FORM_NO_SUBJECTS``, ``FORM_NOT_DATE``.
    """
    form = forms.definition(store.connection, form_id)
    return start_with(
        store, form, school_year, subjects, title=title, due_on=due_on, letter=letter, prefill=prefill
    )  # fmt: skip


def start_with(
    store: Store, form: FormDef, school_year: int, subjects: Sequence[SubjectRef], *, title: str = "",
    due_on: str | None = None, letter: str = "", prefill: bool = True,
) -> int:  # fmt: skip
    """Begin a round with this very definition, which the file keeps from now on: one step for form and round.

    Raises:
        UserError: ``FORM_NO_SUBJECTS``, ``FORM_NOT_DATE``.
    """
    due = day_of(due_on)
    name = title.strip() or form.short
    with store.operation(f"Начат сбор «{name}»", "form.start") as operation:
        return start_in(
            operation, form, school_year, subjects, title=name, due_on=due, letter=letter, prefill=prefill
        )  # fmt: skip


def start_in(
    operation: Operation, form: FormDef, school_year: int, subjects: Sequence[SubjectRef], *, title: str,
    due_on: str | None = None, letter: str = "", prefill: bool = True,
) -> int:  # fmt: skip
    """Begin a round inside an operation of the caller; ``due_on`` is ISO. See ``start_with``.

    Raises:
        UserError: ``FORM_NO_SUBJECTS``.
    """
    keys = form_subjects.ensure(operation, subjects)
    if not keys:
        raise UserError("FORM_NO_SUBJECTS", form=form.short)
    forms.keep(operation, form)
    round_id = operation.insert(
        "form_round", form_id=form.id, version=form.version, digest=form.digest, school_year=school_year,
        title=title, due_on=due_on, letter=letter.strip() or None, created_at=now(),
    )  # fmt: skip
    _begin(operation, form, round_id, school_year, keys, prefill=prefill)
    return round_id


def _begin(
    operation: Operation, form: FormDef, round_id: int, school_year: int, keys: Sequence[int], *, prefill: bool
) -> list[int]:
    made = []
    by_key = {item.id: item for item in stored.subjects(operation.connection, keys=keys)}
    for key in keys:
        case_id = operation.insert("form_case", round_id=round_id, subject_id=key, version=form.version)
        if prefill:
            drafts = form_prefill.drafts(operation.connection, form, by_key[key], school_year)
            stored.write_answers(operation, case_id, drafts)
        made.append(case_id)
    return made


def add_subjects(store: Store, round_id: int, subjects: Sequence[SubjectRef], *, prefill: bool = True) -> list[int]:
    """Add subjects to a round; those that are in it stay as they are. Returns the keys of the new cases.

    Raises:
        UserError: ``FORM_NO_ROUND``, ``FORM_UNKNOWN``, ``FORM_NO_SUBJECTS``.
    """
    found, form = round_and_form(store.connection, round_id)
    with store.operation(f"Дополнен сбор «{found.title}»", "form.subjects") as operation:
        keys = form_subjects.ensure(operation, subjects)
        if not keys:
            raise UserError("FORM_NO_SUBJECTS", form=form.short)
        taken = {case.subject_id for case in stored.cases(operation.connection, rounds=[round_id])}
        new = [key for key in keys if key not in taken]
        return _begin(operation, form, round_id, found.school_year, new, prefill=prefill)


def add_case(
    store: Store, round_id: int, subject_id: int, role: str, *, author: str = "", person_id: int | None = None
) -> int:
    """Add an expert's or the agreed answers beside a subject's own («expert», «agreed»); returns the key.

    An agreed case of the subject that is there already is returned as it is.

    Raises:
        UserError: ``FORM_NO_ROUND``, ``FORM_UNKNOWN``.
    """
    found, form = round_and_form(store.connection, round_id)
    kept = stored.cases(store.connection, rounds=[round_id], subjects=[subject_id])
    present = next((case for case in kept if case.role == role == "agreed"), None)
    if present is not None:
        return present.id
    with store.operation(f"Добавлена оценка в сбор «{found.title}»", "form.case") as operation:
        return operation.insert(
            "form_case", round_id=round_id, subject_id=subject_id, role=role, version=form.version,
            author=author.strip() or None, person_id=person_id,
        )  # fmt: skip


def remove_cases(store: Store, case_ids: Iterable[int]) -> None:
    """Take cases without anybody's answers out of their rounds.

    Raises:
        UserError: ``FORM_ROUND_USED`` where answers or files are there, ``FORM_NO_CASE``.
    """
    found = _cases_of(store.connection, case_ids)
    for case in found:
        record, _form = round_and_form(store.connection, case.round_id)
        _refuse_used(store.connection, record, [case])
    with store.operation(f"Убраны из сбора: {_of_cases(store.connection, found)}", "form.remove") as operation:
        _drop(operation, found)


def remove(store: Store, round_id: int) -> None:
    """Remove a round in which nobody has answered yet.

    Raises:
        UserError: ``FORM_NO_ROUND``, ``FORM_ROUND_USED``.
    """
    found = stored.round_of(store.connection, round_id)
    if found is None:
        raise UserError("FORM_NO_ROUND", key=round_id)
    kept = stored.cases(store.connection, rounds=[round_id])
    _refuse_used(store.connection, found, kept)
    with store.operation(f"Удалён сбор «{found.title}»", "form.remove") as operation:
        _drop(operation, kept)
        operation.delete("form_round", round_id)


def _refuse_used(connection: Connection, found: FormRound, kept: Sequence[FormCase]) -> None:
    keys = [case.id for case in kept]
    rows = stored.answers(connection, keys)
    given = sum(any(row.confirmed for row in rows[key]) for key in keys)
    used = given or len(stored.files(connection, cases=keys)) or sum(case.locked for case in kept)
    if used:
        raise UserError("FORM_ROUND_USED", title=found.title, answers=count(used, "ответ", "ответа", "ответов"))


def _drop(operation: Operation, kept: Sequence[FormCase]) -> None:
    for case in kept:
        stored.drop_case(operation, case.id)


# --- sending and receiving ---------------------------------------------------------------------------------------


def mark_sent(store: Store, case_ids: Iterable[int], sent_on: str | None = None, sent_to: str = "") -> None:
    """Note that the blank went out.

    Args:
        store: the open file.
        case_ids: to whom.
        sent_on: the day, ISO; today where not given.
        sent_to: the address or person it went to.

    Raises:
        UserError: ``FORM_NO_CASE``, ``FORM_NOT_DATE``, ``FORM_OF_PARTS``.
    """
    day = day_of(sent_on) or clock.today().isoformat()
    found = _cases_of(store.connection, case_ids)
    _refuse_composed(store.connection, found)
    with store.operation(f"Отправлено: {_of_cases(store.connection, found)}", "form.sent") as operation:
        for case in found:
            operation.update("form_case", case.id, sent_on=day, sent_to=sent_to.strip() or case.sent_to)


def mark_received(store: Store, case_ids: Iterable[int], received_on: str | None = None) -> None:
    """Note that the answers came another way than by file: on paper, by telephone.

    Raises:
        UserError: ``FORM_NO_CASE``, ``FORM_LOCKED``, ``FORM_NOT_DATE``, ``FORM_OF_PARTS``.
    """
    day = day_of(received_on) or clock.today().isoformat()
    found = [open_case(store.connection, key)[0] for key in case_ids]
    _refuse_composed(store.connection, found)
    with store.operation(f"Получено: {_of_cases(store.connection, found)}", "form.received") as operation:
        for case in found:
            operation.update("form_case", case.id, received_on=day)


def set_due(store: Store, round_id: int, due_on: str | None, case_ids: Collection[int] | None = None) -> None:
    """Set the last day for answers of a round, or of some of its cases; None takes an own deadline away.

    Raises:
        UserError: ``FORM_NO_ROUND``, ``FORM_NO_CASE``, ``FORM_NOT_DATE``.
    """
    found = stored.round_of(store.connection, round_id)
    if found is None:
        raise UserError("FORM_NO_ROUND", key=round_id)
    due = day_of(due_on)
    kept = _cases_of(store.connection, case_ids or ())
    with store.operation(f"Срок сбора «{found.title}»", "form.due") as operation:
        for case in kept:
            operation.update("form_case", case.id, due_on=due)
        if case_ids is None:
            operation.update("form_round", round_id, due_on=due)


def edit_round(store: Store, round_id: int, *, title: str | None = None, letter: str | None = None,
               note: str | None = None) -> None:  # fmt: skip
    """Change title, letter and note of a round; None leaves them.

    Raises:
        UserError: ``FORM_NO_ROUND``.
    """
    found = stored.round_of(store.connection, round_id)
    if found is None:
        raise UserError("FORM_NO_ROUND", key=round_id)
    values: dict[str, str | None] = {}
    if title is not None and title.strip():
        values["title"] = title.strip()
    if letter is not None:
        values["letter"] = letter.strip() or None
    if note is not None:
        values["note"] = note.strip() or None
    if values:
        with store.operation(f"Изменён сбор «{found.title}»", "form.round") as operation:
            operation.update("form_round", round_id, **values)


def close_round(store: Store, round_id: int, *, closed_on: str | None = None, reopen: bool = False) -> None:
    """Wait for no more answers, or with ``reopen`` for answers again; what came stays.

    Raises:
        UserError: ``FORM_NO_ROUND``, ``FORM_NOT_DATE``.
    """
    found = stored.round_of(store.connection, round_id)
    if found is None:
        raise UserError("FORM_NO_ROUND", key=round_id)
    day = None if reopen else day_of(closed_on) or clock.today().isoformat()
    word = "Возобновлён" if reopen else "Закрыт"
    with store.operation(f"{word} сбор «{found.title}»", "form.close") as operation:
        operation.update("form_round", round_id, closed_on=day)


# --- deciding ----------------------------------------------------------------------------------------------------


def accept(store: Store, case_ids: Iterable[int], *, anyway: bool = False, accepted_on: str | None = None) -> None:
    """Accept answers and lock them; metrics and courses they tell of are written by the same operation.

    Half-typed text becomes the answer first (decision 18): it would be locked in, neither an answer nor a thing that
    can be finished. Where that answer does not fit, the case is refused as any other, and the text goes on waiting.

    Args:
        store: the open file.
        case_ids: which; those accepted already are passed over.
        anyway: accept although something is wrong, missing or unconfirmed: such answers count nowhere.
        accepted_on: the day, ISO; today where not given.

    Raises:
        UserError: ``FORM_NO_CASE``, ``FORM_UNKNOWN``, ``FORM_NOT_DATE``, ``FORM_OF_PARTS``; ``FORM_NOT_READY``
            naming the first case with problems: nothing is accepted then.
    """
    connection = store.connection
    day = day_of(accepted_on) or clock.today().isoformat()
    found = [case for case in _cases_of(connection, dict.fromkeys(case_ids)) if not case.locked]
    of_round = {key: round_and_form(connection, key) for key in {case.round_id for case in found}}
    _refuse_composed(connection, found)
    if not found:
        return
    subjects = {item.id: item for item in stored.subjects(connection, keys=[case.subject_id for case in found])}
    with store.operation(_label(connection, "Принята форма", "Приняты формы", found), "form.accept") as operation:
        for case in found:
            take_drafts(operation, case.id, of_round[case.round_id][1])
        if not anyway:
            _refuse_unready(connection, found)
        for case in found:
            (record, form), subject = of_round[case.round_id], subjects[case.subject_id]
            operation.update("form_case", case.id, accepted_on=day, accepted_by=store.actor,
                             received_on=case.received_on or day)  # fmt: skip
            if case.role != "expert":
                form_metrics.write(operation, case, form, subject, record.school_year)
                courses.from_case(operation, case, form, subject, record.school_year)


def _cases_of(connection: Connection, keys: Iterable[int]) -> list[FormCase]:
    """Return stored cases in the order of their keys.

    Raises:
        UserError: ``FORM_NO_CASE``.
    """
    wanted = list(keys)
    kept = {case.id: case for case in stored.cases(connection, keys=wanted)}
    for key in wanted:
        if key not in kept:
            raise UserError("FORM_NO_CASE", key=key)
    return [kept[key] for key in wanted]


def _refuse_composed(connection: Connection, found: Iterable[FormCase]) -> None:
    """Refuse acts on a form that is put together from others: nobody sends it, so nobody accepts it.

    Raises:
        UserError: ``FORM_OF_PARTS``.
    """
    for key in {case.round_id for case in found}:
        _record, form = round_and_form(connection, key)
        if form.parts:
            raise UserError("FORM_OF_PARTS", form=form.short)


def _refuse_unready(connection: Connection, found: Sequence[FormCase]) -> None:
    verdicts = judged(connection, found)
    for case in found:
        verdict = verdicts[case.id]
        if verdict.problems:
            _record, form = round_and_form(connection, case.round_id)
            raise UserError(
                "FORM_NOT_READY", form=form.short, subject=subject_of(connection, case).shown,
                problems=count(len(verdict.problems), "пункт", "пункта", "пунктов"), case=case.id,
            )  # fmt: skip


def give_back(store: Store, case_id: int, remark: str, *, returned_on: str | None = None) -> None:
    """Give answers back with a remark; the case waits for a new answer.

    Raises:
        UserError: ``FORM_NO_REMARK``, ``FORM_LOCKED``, ``FORM_NO_CASE``, ``FORM_NOT_DATE``, ``FORM_OF_PARTS``.
    """
    if not remark.strip():
        raise UserError("FORM_NO_REMARK")
    day = day_of(returned_on) or clock.today().isoformat()
    found, form = open_case(store.connection, case_id)
    _refuse_composed(store.connection, [found])
    label = f"Возвращена на доработку «{form.short}»: {subject_of(store.connection, found).shown}"
    with store.operation(label, "form.return") as operation:
        operation.update("form_case", case_id, returned_on=day, return_remark=remark.strip(), received_on=None)


def approve(store: Store, case_ids: Iterable[int], *, act: str = "", approved_on: str | None = None) -> None:
    """Approve accepted answers; ``reopen`` ends it, Ctrl+Z does not.

    Args:
        store: the open file.
        case_ids: which; those approved already are passed over.
        act: number and date of the act.
        approved_on: the day, ISO; today where not given.

    Raises:
        UserError: ``FORM_NOT_ACCEPTED``, ``FORM_NO_CASE``, ``FORM_NOT_DATE``.
    """
    day = day_of(approved_on) or clock.today().isoformat()
    found = _cases_of(store.connection, dict.fromkeys(case_ids))
    for case in found:
        if case.accepted_on is None:
            _record, form = round_and_form(store.connection, case.round_id)
            raise UserError("FORM_NOT_ACCEPTED", form=form.short, subject=subject_of(store.connection, case).shown)
    new = [case for case in found if case.approved_on is None]
    if not new:
        return
    label = _label(store.connection, "Утверждена форма", "Утверждены формы", new)
    with store.operation(label, "form.approve", reversible=False) as operation:
        for case in new:
            operation.update("form_case", case.id, approved_on=day, approved_act=act.strip() or None)


def reopen(store: Store, case_id: int, reason: str) -> None:
    """Take acceptance and approval back with a reason: answers can be changed again.

    Metrics and courses that came from these answers become what they were before.

    Raises:
        UserError: ``FORM_NO_REASON``, ``FORM_NOT_LOCKED``, ``FORM_NO_CASE``, ``FORM_UNKNOWN``.
    """
    if not reason.strip():
        raise UserError("FORM_NO_REASON")
    found = case_of(store.connection, case_id)
    _record, form = round_and_form(store.connection, found.round_id)
    subject = subject_of(store.connection, found)
    if not found.locked:
        raise UserError("FORM_NOT_LOCKED", form=form.short, subject=subject.shown)
    label = f"Снято принятие «{form.short}»: {subject.shown}"
    with store.operation(label, "form.reopen", reversible=False) as operation:
        form_metrics.take_back(operation, case_id)
        courses.take_back(operation, case_id)
        operation.update(
            "form_case", case_id, accepted_on=None, accepted_by=None, approved_on=None, approved_act=None,
            reopened_on=clock.today().isoformat(), reopen_reason=reason.strip(),
        )  # fmt: skip


def override_level(store: Store, case_id: int, level: str | None, reason: str) -> None:
    """Let a person choose the level instead of the points, with a reason that is printed; None lets the points decide.

    Raises:
        UserError: ``FORM_NO_LEVEL``, ``FORM_NO_REASON``, ``FORM_LOCKED``, ``FORM_NO_CASE``.
    """
    found, form = open_case(store.connection, case_id)
    known = {item.id: item.text for score in form.scores for item in score.levels}
    if level is not None and level not in known:
        words = "; ".join(f"{key} ({text})" for key, text in known.items()) or "уровней у формы нет"
        raise UserError("FORM_NO_LEVEL", form=form.short, level=level, known=words)
    if level is not None and not reason.strip() and not _manual(form, level):
        raise UserError("FORM_NO_REASON")
    shown = subject_of(store.connection, found).shown
    label = f"Уровень по решению эксперта: {shown}" if level else f"Уровень по баллам: {shown}"
    with store.operation(label, "form.level") as operation:
        chosen = reason.strip() or None if level else None
        operation.update("form_case", case_id, level=level, level_reason=chosen)


def _manual(form: FormDef, level: str) -> bool:
    """Tell whether a commission chooses the level itself: then no points are overruled."""
    return any(item.id == level for score in form.scores if score.rule == "manual" for item in score.levels)


def set_decision(
    store: Store, case_id: int, *, recommendation: str | None = None, decision: str | None = None,
    exempt: str | None = None,
) -> None:  # fmt: skip
    """Write the commission's recommendation, the decision, or why nothing is asked; None leaves, "" empties.

    Raises:
        UserError: ``FORM_LOCKED``, ``FORM_NO_CASE``.
    """
    found, _form = open_case(store.connection, case_id)
    given = {"recommendation": recommendation, "decision": decision, "exempt": exempt}
    values = {name: text.strip() or None for name, text in given.items() if text is not None}
    if values:
        label = f"Решение комиссии: {subject_of(store.connection, found).shown}"
        with store.operation(label, "form.decision", merge=f"form:{case_id}:decision") as operation:
            operation.update("form_case", case_id, **values)


# --- words -------------------------------------------------------------------------------------------------------


def _label(connection: Connection, one: str, many: str, found: Sequence[FormCase]) -> str:
    if len(found) == 1:
        record = stored.round_of(connection, found[0].round_id)
        return f"{one} «{record.title if record else ''}»: {subject_of(connection, found[0]).shown}"
    return f"{many}: {count(len(found), 'ответ', 'ответа', 'ответов')}"


def _of_cases(connection: Connection, found: Sequence[FormCase]) -> str:
    return subject_of(connection, found[0]).shown if len(found) == 1 else count(len(found), "форма", "формы", "форм")


def day_of(text: str | None) -> str | None:
    """Return a day as ISO; takes «28.11.2026» too.

    Raises:
        UserError: ``FORM_NOT_DATE``.
    """
    raw = (text or "").strip()
    if not raw:
        return None
    parts = raw.split(".")
    try:
        day = date(int(parts[2]), int(parts[1]), int(parts[0])) if len(parts) == 3 else date.fromisoformat(raw)
    except (ValueError, OverflowError) as error:
        raise UserError("FORM_NOT_DATE", raw=raw) from error
    # «1.1.26» is the year 26
    if day.year not in _YEARS:
        raise UserError("FORM_NOT_DATE", raw=raw)
    return day.isoformat()
