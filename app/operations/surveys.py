"""Anonymous questionnaires: sheets of an event, course, lesson or school, entered one by one or as counts.

A sheet holds rows or counts, never both: nobody is counted twice. Nothing that tells of a respondent is kept, neither
in the tables nor in the journal nor as a file: a pasted table is read and forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.errors import UserError, problem
from app.forms.anonymity import cleaned
from app.forms.schema import Answer, FormDef
from app.forms.survey_table import SurveyRows, entered
from app.forms.survey_tally import MOST, SurveyTallies, scale_of, whole
from app.models import forms as stored
from app.models import surveys as kept
from app.models.forms import FormRound, FormSubject, SubjectRef
from app.models.journal import now
from app.models.store import Connection, Operation, Store
from app.models.surveys import HANDED_IN, HEAD, Count, Draft, Mode, SurveyAnswer, SurveyRow, SurveySheet
from app.operations import form_subjects, forms
from app.operations.form_cases import definition_of
from app.operations.schools import iso_date
from app.texts import count, quoted, ru_date

MOST_ROWS = 5_000
NOT_A_NUMBER, HALF_TYPED = "FORM_SURVEY_NUMBER", "DRAFT"
"""Codes of entries in the place of counts."""
UNFINISHED = "Набрано не до конца. Нажмите F2 и закончите ввод."
MODE_WORDS: Mapping[Mode, str] = {"empty": "пусто", "rows": "по одной", "tallies": "сводно"}


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A sheet as lists show it.

    Attributes:
        handed_in: questionnaires with or without answers; None where only counts are there and nobody said how many.
    """

    sheet: SurveySheet
    round: FormRound
    form: FormDef
    subject: FormSubject
    handed_in: int | None

    @property
    def shown(self) -> str:
        """Return «Семинар для учителей математики»; of a lesson with its day."""
        return self.subject.shown

    @property
    def title(self) -> str:
        """Return the name with the day."""
        return self.shown if self.sheet.held_on is None else f"{self.shown}, {ru_date(self.sheet.held_on)}"


@dataclass(frozen=True, slots=True)
class SheetView:
    """Everything on a sheet; ``remarks`` are texts by question, ``head`` the lines over the form.

    Attributes:
        drafts: (question, choice) → what was typed there and is no number of people.
        typed: (respondent, question) → half-typed answer; the respondent 0 is the first free line.
    """

    line: SheetLine
    rows: tuple[SurveyRow, ...] = ()
    numbers: Mapping[tuple[str, str], int] = field(default_factory=dict)
    remarks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    head: Mapping[str, str] = field(default_factory=dict)
    drafts: Mapping[Count, Draft] = field(default_factory=dict)
    typed: Mapping[tuple[int, str], str] = field(default_factory=dict)

    @property
    def mode(self) -> Mode:
        """What it holds."""
        return self.line.sheet.mode


@dataclass(frozen=True, slots=True)
class SheetDraft:
    """A sheet as it is entered; days as 28.11.2026 or ISO, ``head`` by key of the line over the form."""

    subject: SubjectRef
    held_on: str = ""
    given_out: int | None = None
    note: str = ""
    head: Mapping[str, str] = field(default_factory=dict)


# --- reading -----------------------------------------------------------------------------------------------------


def questionnaires(connection: Connection) -> list[FormDef]:
    """Return the questionnaires that can be begun, the newest version of each; the institute's own come last."""
    found = [entry.form for entry in forms.listing(connection, hidden=True) if entry.form.kind == "survey"]
    return sorted(found, key=lambda form: (form.hidden, form.short.casefold()))


def sheets(
    connection: Connection, *, form_id: str | None = None, school_year: int | None = None,
    round_id: int | None = None, school_id: int | None = None,
) -> list[SheetLine]:  # fmt: skip
    """Return sheets, the newest first; what is not given does not narrow."""
    rounds = {one.id: one for one in stored.rounds(connection, school_year, form_id) if round_id in {None, one.id}}
    found = kept.sheets(connection, rounds=rounds)
    subjects = {one.id: one for one in stored.subjects(connection, keys={sheet.subject_id for sheet in found})}
    definitions = {key: definition_of(connection, one) for key, one in rounds.items() if _used(found, key)}
    numbers = kept.tallies(connection, [sheet.id for sheet in found])
    return [
        SheetLine(sheet, rounds[sheet.round_id], definitions[sheet.round_id], subjects[sheet.subject_id],
                  sheet.rows or numbers[sheet.id].get((HANDED_IN, "")))
        for sheet in found
        if school_id is None or subjects[sheet.subject_id].school_id == school_id
    ]  # fmt: skip


def _used(found: Iterable[SurveySheet], round_id: int) -> bool:
    return any(sheet.round_id == round_id for sheet in found)


def view(connection: Connection, sheet_id: int) -> SheetView:
    """Return a sheet with everything on it.

    Raises:
        UserError: ``FORM_SURVEY_NONE``, ``FORM_UNKNOWN``.
    """
    sheet = _sheet(connection, sheet_id)
    line = next(one for one in sheets(connection, round_id=sheet.round_id) if one.sheet.id == sheet_id)
    texts = kept.remarks(connection, [sheet_id])[sheet_id]
    return SheetView(
        line,
        tuple(kept.rows(connection, [sheet_id])[sheet_id]),
        kept.tallies(connection, [sheet_id])[sheet_id],
        {key: tuple(found) for key, found in texts.items() if not key.startswith(HEAD)},
        {key.removeprefix(HEAD): found[0] for key, found in texts.items() if key.startswith(HEAD)},
        kept.drafts(connection, [sheet_id])[sheet_id],
        kept.row_drafts(connection, sheet_id),
    )


def _sheet(connection: Connection, sheet_id: int) -> SurveySheet:
    found = kept.sheet_of(connection, sheet_id)
    if found is None:
        raise UserError("FORM_SURVEY_NONE", key=sheet_id)
    return found


def _named(connection: Connection, sheet: SurveySheet) -> str:
    return quoted(stored.subjects(connection, keys=[sheet.subject_id])[0].shown)


def _form(connection: Connection, sheet: SurveySheet) -> FormDef:
    found = stored.round_of(connection, sheet.round_id)
    if found is None:
        raise UserError("FORM_NO_ROUND", key=sheet.round_id)
    return definition_of(connection, found)


# --- sheets ------------------------------------------------------------------------------------------------------


def add(
    store: Store, form_id: str, school_year: int, draft: SheetDraft, *, round_id: int | None = None, title: str = "",
    event_id: int | None = None,
) -> int:  # fmt: skip
    """Begin a sheet and return its key; the round of that questionnaire and year is begun where there is none.

    Args:
        store: the open file.
        form_id: which questionnaire.
        school_year: its first calendar year.
        draft: what the sheet is about.
        round_id: the round; the newest open one of the year where it is None.
        title: begins a round of that name where the year has none of it.
        event_id: the event of the methodist's own work it was given out at.

    Raises:
        UserError: ``FORM_SURVEY_NOT``, ``FORM_SURVEY_NAMELESS``, ``FORM_SURVEY_NUMBER``, ``GEN_BAD_DATE``,
            ``FORM_UNKNOWN``, ``FORM_NO_ROUND``.
    """
    connection = store.connection
    form = forms.definition(connection, form_id)
    if form.kind != "survey":
        raise UserError("FORM_SURVEY_NOT", form=form.short)
    values = _values(draft)
    if not draft.subject.organisation_id and not draft.subject.body_id and not draft.subject.name.strip():
        raise UserError("FORM_SURVEY_NAMELESS")
    name = title.strip() or form.short
    with store.operation(f"Заведена анкета {quoted(name)}", "survey.add") as operation:
        key = _round(operation, form, school_year, round_id, title.strip())
        subject = stored.ensure_subject(operation, draft.subject)
        sheet = operation.insert("survey_sheet", round_id=key, subject_id=subject, event_id=event_id, **values)
        _write_head(operation, sheet, form, draft.head)
    return sheet


def _round(operation: Operation, form: FormDef, school_year: int, round_id: int | None, title: str) -> int:
    known = stored.rounds(operation.connection, school_year, form.id)
    if round_id is not None:
        if stored.round_of(operation.connection, round_id) is None:
            raise UserError("FORM_NO_ROUND", key=round_id)
        return round_id
    open_ones = [one for one in known if one.closed_on is None and one.version == form.version]
    open_ones = [one for one in open_ones if not title or one.title == title]
    if open_ones:
        return open_ones[-1].id
    forms.keep(operation, form)
    return operation.insert(
        "form_round", form_id=form.id, version=form.version, digest=form.digest, school_year=school_year,
        title=title or form.short, created_at=now(),
    )  # fmt: skip


def _values(draft: SheetDraft) -> dict[str, str | int | None]:
    if draft.given_out is not None and not 0 <= draft.given_out <= MOST:
        raise UserError("FORM_SURVEY_NUMBER", raw=draft.given_out, most=MOST)
    day = iso_date(draft.held_on) if draft.held_on.strip() else None
    return {"held_on": day, "given_out": draft.given_out, "note": draft.note.strip() or None}


def _write_head(operation: Operation, sheet_id: int, form: FormDef, head: Mapping[str, str]) -> None:
    for key, _title in form.head_fields:
        text = head.get(key, "").strip()
        kept.write_remarks(operation, sheet_id, HEAD + key, [text] if text else [])


def edit(store: Store, sheet_id: int, draft: SheetDraft) -> None:
    """Change what a sheet is about; answers stay.

    Raises:
        UserError: ``FORM_SURVEY_NONE``, ``FORM_SURVEY_NUMBER``, ``GEN_BAD_DATE``.
    """
    sheet = _sheet(store.connection, sheet_id)
    form = _form(store.connection, sheet)
    with store.operation(f"Изменены сведения об анкете {_named(store.connection, sheet)}", "survey.edit") as operation:
        subject = stored.ensure_subject(operation, draft.subject)
        operation.update("survey_sheet", sheet_id, subject_id=subject, **_values(draft))
        _write_head(operation, sheet_id, form, draft.head)


def remove(store: Store, sheet_id: int) -> None:
    """Delete a sheet with its answers; Ctrl+Z gives it back. A round that has nothing left goes with it.

    Raises:
        UserError: ``FORM_SURVEY_NONE``.
    """
    sheet = _sheet(store.connection, sheet_id)
    with store.operation(f"Удалена анкета {_named(store.connection, sheet)}", "survey.remove") as operation:
        kept.drop_sheet(operation, sheet_id)
        left = kept.sheets(operation.connection, rounds=[sheet.round_id])
        if not left and not stored.cases(operation.connection, rounds=[sheet.round_id]):
            operation.delete("form_round", sheet.round_id)


def clear(store: Store, sheet_id: int) -> None:
    """Delete the answers of a sheet; it can be filled anew, in either way.

    Raises:
        UserError: ``FORM_SURVEY_NONE``.
    """
    sheet = _sheet(store.connection, sheet_id)
    with store.operation(f"Очищена анкета {_named(store.connection, sheet)}", "survey.clear") as operation:
        kept.empty(operation, sheet_id)


# --- rows --------------------------------------------------------------------------------------------------------


def put_rows(store: Store, sheet_id: int, table: SurveyRows, *, anew: bool = False) -> int:
    """Add respondents that were read out of a table; returns how many.

    Args:
        store: the open file.
        sheet_id: the sheet.
        table: from ``survey_table.read_rows``.
        anew: take what was there away first, counts too.

    Raises:
        UserError: ``FORM_SURVEY_NONE``, ``FORM_SURVEY_IS_TALLY``, ``FORM_SURVEY_MANY``.
    """
    sheet = _sheet(store.connection, sheet_id)
    if len(table.rows) > MOST_ROWS:
        raise UserError("FORM_SURVEY_MANY", rows=len(table.rows), most=MOST_ROWS)
    if not anew:
        _refuse(sheet, "tallies")
    words = count(len(table.rows), "анкета", "анкеты", "анкет")
    with store.operation(f"Введены анкеты: {words}", "survey.rows") as operation:
        if anew:
            kept.empty(operation, sheet_id)
        drafts = [[_draft(key, answer) for key, answer in row.items()] for row in table.rows]
        kept.add_rows(operation, sheet_id, drafts, _last(operation.connection, sheet_id))
    return len(table.rows)


def _refuse(sheet: SurveySheet, mode: Mode) -> None:
    if sheet.mode == mode:
        raise UserError("FORM_SURVEY_IS_TALLY" if mode == "tallies" else "FORM_SURVEY_IS_ROWS")


def _draft(item_id: str, answer: Answer) -> SurveyAnswer:
    return SurveyAnswer(item_id, answer.raw, answer.value, answer.code, answer.other)


def _last(connection: Connection, sheet_id: int) -> int:
    return max((row.position for row in kept.rows(connection, [sheet_id])[sheet_id]), default=0)


def put_cells(store: Store, sheet_id: int, cells: Iterable[tuple[int | None, str, str]]) -> None:
    """Write answers typed into the grid: (respondent, question, text); a respondent None is a new one.

    Cells of several new respondents are told apart by negative numbers: each number is one new respondent.

    Raises:
        UserError: ``FORM_SURVEY_NONE``, ``FORM_SURVEY_IS_TALLY``, ``FORM_NO_ITEM``.
    """
    sheet = _sheet(store.connection, sheet_id)
    _refuse(sheet, "tallies")
    form = _form(store.connection, sheet)
    present = {row.id for row in kept.rows(store.connection, [sheet_id])[sheet_id]}
    old: list[tuple[int, SurveyAnswer]] = []
    new: dict[int, dict[str, SurveyAnswer]] = {}
    emptied: list[str] = []
    for respondent, item_id, raw in cells:
        item = form.item(item_id)
        if item is None:
            raise UserError("FORM_NO_ITEM", form=form.short, item=item_id)
        draft = _draft(item_id, entered(item, raw))
        if respondent in present and respondent is not None:
            old.append((respondent, draft))
        elif raw.strip():
            new.setdefault(respondent or 0, {})[item_id] = draft
        else:
            emptied.append(item_id)
    label = f"Введены ответы анкеты {_named(store.connection, sheet)}"
    merge = f"survey:{old[0][0]}:{old[0][1].item_id}" if len(old) == 1 and not new else None
    if not old and len(new) == 1 and len(answers := next(iter(new.values()))) == 1:
        merge = f"survey:free:{sheet_id}:{next(iter(answers))}"
    with store.operation(label, "survey.cells", merge=merge) as operation:
        for respondent, draft in old:
            kept.write_answer(operation, respondent, draft)
            kept.write_row_draft(operation, sheet_id, respondent, draft.item_id, "")
        for item_id in emptied:  # of the free line
            kept.write_row_draft(operation, sheet_id, 0, item_id, "")
        drafts = [list(answers.values()) for _key, answers in sorted(new.items(), reverse=True)]
        if drafts:
            before = {row.id for row in kept.rows(operation.connection, [sheet_id])[sheet_id]}
            kept.add_rows(operation, sheet_id, drafts, _last(operation.connection, sheet_id))
            added = [row for row in kept.rows(operation.connection, [sheet_id])[sheet_id] if row.id not in before]
            _move_typed(operation, sheet_id, added[0])


def _move_typed(operation: Operation, sheet_id: int, row: SurveyRow) -> None:
    """Half-typed answers of the free line go with it when it becomes a respondent."""
    for (respondent, item_id), raw in kept.row_drafts(operation.connection, sheet_id).items():
        if respondent == 0:
            kept.write_row_draft(operation, sheet_id, 0, item_id, "")
            if item_id not in row.answers:
                kept.write_row_draft(operation, sheet_id, row.id, item_id, raw)


def put_typed(store: Store, sheet_id: int, respondent: int, item_id: str, raw: str) -> None:
    """Keep a half-typed answer, which changes nothing until the cell is left; "" forgets it.

    Args:
        store: the open file.
        sheet_id: the sheet.
        respondent: whose answer it is; 0 where the line is still free: nobody is counted for it.
        item_id: the question.
        raw: the text; addresses and telephones are taken out.

    Raises:
        UserError: ``FORM_SURVEY_NONE``, ``FORM_SURVEY_IS_TALLY``, ``FORM_NO_ITEM``.
    """
    sheet = _sheet(store.connection, sheet_id)
    _refuse(sheet, "tallies")
    form = _form(store.connection, sheet)
    if form.item(item_id) is None:
        raise UserError("FORM_NO_ITEM", form=form.short, item=item_id)
    present = {row.id for row in kept.rows(store.connection, [sheet_id])[sheet_id]}
    whose = respondent if respondent in present else 0
    merge = f"survey:{whose}:{item_id}" if whose else f"survey:free:{sheet_id}:{item_id}"
    with store.operation("Набран текст", "survey.draft", merge=merge) as operation:
        kept.write_row_draft(operation, sheet_id, whose, item_id, cleaned(raw).strip())


def add_empty(store: Store, sheet_id: int, number: int = 1) -> None:
    """Add questionnaires that were handed in without a single answer.

    Raises:
        UserError: ``FORM_SURVEY_NONE``, ``FORM_SURVEY_IS_TALLY``.
    """
    sheet = _sheet(store.connection, sheet_id)
    _refuse(sheet, "tallies")
    words = count(number, "пустая анкета", "пустые анкеты", "пустых анкет")
    with store.operation(f"Добавлено: {words}", "survey.empty") as operation:
        kept.add_rows(operation, sheet_id, [[] for _ in range(number)], _last(operation.connection, sheet_id))


def remove_rows(store: Store, sheet_id: int, respondent_ids: Iterable[int]) -> None:
    """Delete respondents of a sheet.

    Raises:
        UserError: ``FORM_SURVEY_NONE``.
    """
    sheet = _sheet(store.connection, sheet_id)
    present = {row.id for row in kept.rows(store.connection, [sheet.id])[sheet.id]}
    chosen = [key for key in respondent_ids if key in present]
    words = count(len(chosen), "анкета", "анкеты", "анкет")
    with store.operation(f"Удалены анкеты: {words}", "survey.drop") as operation:
        for respondent, item_id in kept.row_drafts(operation.connection, sheet_id):
            if respondent in chosen:
                kept.write_row_draft(operation, sheet_id, respondent, item_id, "")
        kept.drop_rows(operation, chosen)


# --- counts ------------------------------------------------------------------------------------------------------


def put_numbers(store: Store, sheet_id: int, cells: Iterable[tuple[str, str, str]], *, strict: bool = False) -> None:
    """Write counts typed as text: (question, choice, text); an empty text takes a count away.

    ``(HANDED_IN, "", text)`` is how many questionnaires were handed in. What is no whole number is kept as it was
    typed in the place of the count, and counts nowhere (decision 18).

    Args:
        store: the open file.
        sheet_id: the sheet.
        cells: what was typed.
        strict: refuse what is no whole number, as a command does: nobody sees a mark there.

    Raises:
        UserError: ``FORM_SURVEY_NONE``, ``FORM_SURVEY_IS_ROWS``, ``FORM_NO_ITEM``, ``FORM_SURVEY_CHOICE``,
            ``FORM_SURVEY_NUMBER``.
    """
    sheet = _for_numbers(store.connection, sheet_id)
    form = _form(store.connection, sheet)
    typed = [(item_id, choice, text.strip()) for item_id, choice, text in cells]
    for item_id, choice, text in typed:
        _known_choice(form, item_id, choice)
        if strict and text and whole(text) is None:
            raise UserError(NOT_A_NUMBER, raw=text, most=MOST)
    label = f"Введены числа анкеты {_named(store.connection, sheet)}"
    merge = _visit(sheet_id, *typed[0][:2]) if len(typed) == 1 else None
    with store.operation(label, "survey.tally", merge=merge) as operation:
        for item_id, choice, text in typed:
            kept.write_tally(operation, sheet_id, item_id, choice, whole(text))
            if text and whole(text) is None:
                kept.write_draft(operation, sheet_id, item_id, choice, (text, NOT_A_NUMBER))


def _for_numbers(connection: Connection, sheet_id: int) -> SurveySheet:
    sheet = _sheet(connection, sheet_id)
    _refuse(sheet, "rows")
    return sheet


def _visit(sheet_id: int, item_id: str, choice: str) -> str:
    return f"survey-tally:{sheet_id}:{item_id}:{choice}"


def put_draft(store: Store, sheet_id: int, item_id: str, choice: str, raw: str) -> None:
    """Keep half-typed text in the place of a count, which stays until the cell is left; "" forgets the text.

    The draft and the count of the same cell in one visit are one operation: one Ctrl+Z takes both back.

    Raises:
        UserError: ``FORM_SURVEY_NONE``, ``FORM_SURVEY_IS_ROWS``, ``FORM_NO_ITEM``, ``FORM_SURVEY_CHOICE``.
    """
    sheet = _for_numbers(store.connection, sheet_id)
    _known_choice(_form(store.connection, sheet), item_id, choice)
    text = raw.strip()
    with store.operation("Набран текст", "survey.draft", merge=_visit(sheet_id, item_id, choice)) as operation:
        kept.write_draft(operation, sheet_id, item_id, choice, (text, HALF_TYPED) if text else None)


def trouble(draft: Draft) -> str:
    """Return what is wrong with an entry in the place of a count."""
    raw, code = draft
    return UNFINISHED if code == HALF_TYPED else problem(code, raw=raw, most=MOST).message


def cell_name(form: FormDef, cell: Count) -> str:
    """Return «Качество занятия», «высокая»: what a count is of, in the words of the questionnaire."""
    if cell == (HANDED_IN, ""):
        return "сдано анкет"
    item = form.item(cell[0])
    choice = None if item is None or (scale := scale_of(item)) is None else scale.choice(cell[1])
    question = cell[0] if item is None else item.text
    return f"{quoted(question)}, {quoted(cell[1] if choice is None else choice.text)}"


def draft_names(connection: Connection) -> dict[str, str]:
    """Return «table:sheet:column» → what the place is called in which an entry waits that is no count."""
    names: dict[str, str] = {}
    for sheet_id in kept.drafted(connection):
        form = _form(connection, _sheet(connection, sheet_id))
        for cell in kept.drafts(connection, [sheet_id])[sheet_id]:
            names[f"{kept.DRAFTS}:{sheet_id}:{kept.draft_column(*cell)}"] = cell_name(form, cell)
    for sheet in kept.sheets(connection):
        for respondent, item_id in kept.row_drafts(connection, sheet.id):
            item = _form(connection, sheet).item(item_id)
            names[f"{kept.ROW_DRAFTS}:{sheet.id}:{respondent}/{item_id}"] = quoted(item.text if item else item_id)
    return names


def _known_choice(form: FormDef, item_id: str, choice: str) -> None:
    if (item_id, choice) == (HANDED_IN, ""):
        return
    item = form.item(item_id)
    if item is None:
        raise UserError("FORM_NO_ITEM", form=form.short, item=item_id)
    scale = scale_of(item)
    if scale is None or scale.choice(choice) is None:
        known = "; ".join(one.value for one in scale.choices) if scale is not None else "свободный ответ"
        raise UserError("FORM_SURVEY_CHOICE", item=item.text, choice=choice, known=known)


def put_tallies(store: Store, sheet_id: int, table: SurveyTallies, *, anew: bool = False) -> int:
    """Write counts that were read out of a table in the place of those of the same choices; returns how many.

    Raises:
        UserError: ``FORM_SURVEY_NONE``, ``FORM_SURVEY_IS_ROWS``.
    """
    sheet = _sheet(store.connection, sheet_id)
    if not anew:
        _refuse(sheet, "rows")
    with store.operation(f"Введены числа анкеты {_named(store.connection, sheet)}", "survey.tally") as operation:
        if anew:
            kept.empty(operation, sheet_id)
        for (item_id, choice), number in table.numbers.items():
            kept.write_tally(operation, sheet_id, item_id, choice, number)
        if table.respondents is not None:
            kept.write_tally(operation, sheet_id, HANDED_IN, "", table.respondents)
        for item_id, texts in table.remarks.items():
            kept.write_remarks(operation, sheet_id, item_id, texts)
    return len(table.numbers)


def put_remarks(store: Store, sheet_id: int, item_id: str, texts: Sequence[str]) -> None:
    """Put texts beside «другое», or open answers, of a sheet with counts; addresses and telephones are taken out.

    Raises:
        UserError: ``FORM_SURVEY_NONE``, ``FORM_SURVEY_IS_ROWS``, ``FORM_NO_ITEM``.
    """
    sheet = _sheet(store.connection, sheet_id)
    _refuse(sheet, "rows")
    form = _form(store.connection, sheet)
    if form.item(item_id) is None:
        raise UserError("FORM_NO_ITEM", form=form.short, item=item_id)
    chosen = [cleaned(text.strip()) for text in texts if text.strip()]
    label = f"Введены тексты анкеты {_named(store.connection, sheet)}"
    with store.operation(label, "survey.texts", merge=f"survey-texts:{sheet_id}:{item_id}") as operation:
        kept.write_remarks(operation, sheet_id, item_id, chosen)


def candidates(connection: Connection, form_id: str) -> list[form_subjects.Candidate]:
    """Return whom sheets of a questionnaire can be about: what is known of its kind, then schools and bodies."""
    form = forms.definition(connection, form_id)
    return form_subjects.candidates(connection, form)
