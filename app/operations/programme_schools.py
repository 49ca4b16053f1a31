"""Programmes of transition of schools: one a school of the list, from a template, with their forms and conclusions.

Forms that belong to a programme: its self-assessment (18 criteria), the 43 directions of transition, the expert's
conclusion. The first and the last speak of a «программа школы», which is tied to the edition it was begun for; the
second one speaks of the school.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.errors import UserError
from app.forms.schema import FormDef
from app.models import forms as stored_forms
from app.models import organisations
from app.models import programmes as stored
from app.models.forms import SubjectRef
from app.models.journal import now
from app.models.programme_records import Tree
from app.models.store import Connection, Operation, Store
from app.operations import form_lines, form_overview, form_prefill, form_subjects, forms, programmes
from app.operations.form_lines import CaseLine
from app.operations.programme_library import library
from app.operations.programme_library_writing import Writing
from app.operations.programme_life import frozen_tree
from app.operations.programmes import ProgrammeLine
from app.texts import count

SELF, TRANSITION, EXPERTISE = "school-programme-self", "school-transition", "programme-expertise"
FORMS = (SELF, TRANSITION, EXPERTISE)
TITLE = "Программа перехода в эффективный режим работы: {школа}"
SEED = (
    "goal-school", "task-school-quality", "task-environment", "task-school-climate",
    "measure-math", "ind-math-vpr", "ind-math-good", "measure-russian", "ind-russian-vpr", "ind-russian-good",
    "measure-support", "ind-routes", "measure-families", "ind-satisfied", "ind-consulted",
    "act-levels", "act-inner-check", "act-school-team", "act-small-groups", "act-bank", "act-routes", "act-reading",
    "act-motivation", "act-corners", "act-family-visits", "act-parents-consult",
)  # fmt: skip
"""What a programme begins with that is made from the library: what one school can do and measure by itself."""
_KIND = "school_programme"
_VERDICT = "verdict"
_ROLES = {"agreed": 0, "self": 1, "expert": 2}


@dataclass(frozen=True, slots=True)
class AttachedForm:
    """The newest answers of a form for a school.

    Attributes:
        state: in words; ``done`` where they are accepted.
        level: in words, "" where there is none; ``verdict`` of an expert's conclusion.
    """

    form_id: str
    case_id: int
    state: str
    done: bool
    points: int | None
    most: int | None
    level: str
    verdict: str = ""

    @property
    def words(self) -> str:
        """«30 из 36, высокий»; the state where nothing is known yet."""
        if self.verdict:
            return self.verdict if self.done else f"{self.verdict} ({self.state})"
        if self.points is None:
            return self.state
        points = f"{self.points} из {self.most}"
        told = f"{points}, {self.level}" if self.level else points
        return told if self.done else f"{told} ({self.state})"


@dataclass(frozen=True, slots=True)
class SchoolProgramme:
    """One school with its programme.

    Attributes:
        listed: it is on the newest list.
        line: the newest edition of its programme; None where there is none.
        forms: form → its newest answers.
    """

    school_id: int
    school: str
    listed: bool
    line: ProgrammeLine | None
    forms: Mapping[str, AttachedForm]

    @property
    def state(self) -> str:
        """«нет», «проект», «на согласовании», «утверждена»."""
        return "нет" if self.line is None else self.line.state_word


@dataclass(frozen=True, slots=True)
class SchoolProgrammes:
    """All of them with what is counted; ``of_list`` says that the rows are the list of schools."""

    rows: tuple[SchoolProgramme, ...]
    of_list: bool

    @property
    def told(self) -> str:
        """How many programmes there are, in one sentence."""
        made = [row for row in self.rows if row.line is not None]
        ready = sum(row.line is not None and row.line.programme.frozen for row in made)
        judged = sum(EXPERTISE in row.forms and row.forms[EXPERTISE].done for row in self.rows)
        whole = count(len(self.rows), "школы", "школ", "школ")
        return f"Программа есть у {len(made)} из {whole}, утверждено {ready}, заключений экспертов {judged}."


def overview(connection: Connection, school_year: int) -> SchoolProgrammes:
    """Return the schools of the list (all own ones where there is no list) and others that have a programme.

    Args:
        connection: reading connection.
        school_year: its first calendar year; the newest list is the one this school year can know.
    """
    known = form_overview.schools(connection, school_year)
    names = {item.ref.organisation_id: item.shown for item in known.candidates if item.ref.organisation_id}
    made: dict[int, ProgrammeLine] = {}
    for line in programmes.listing(connection):
        if line.programme.kind == "school" and line.newest:
            school = organisations.canonical(connection, line.programme.organisation_id or 0)
            present = made.get(school)
            if present is None or line.programme.year_from > present.programme.year_from:
                made[school] = line
    wanted = [key for key in names if key in known.listed or key in made or not known.listed]
    attached = _attached(connection)
    rows = [
        SchoolProgramme(key, names[key], key in known.listed, made.get(key), attached.get(key, {})) for key in wanted
    ]
    return SchoolProgrammes(tuple(rows), bool(known.listed))


def _attached(connection: Connection) -> dict[int, dict[str, AttachedForm]]:
    """Return by school the newest answers of every form that belongs to a programme."""
    rounds = [item for form_id in FORMS for item in stored_forms.rounds(connection, form_id=form_id)]
    if not rounds:
        return {}
    by_key = {item.id: item for item in rounds}
    order = sorted(rounds, key=lambda item: (item.school_year, item.created_at), reverse=True)
    read = form_lines.lines(connection, order)
    chosen: dict[tuple[int, str], CaseLine] = {}
    for item in order:
        for line in sorted(read.get(item.id, ()), key=lambda line: _ROLES.get(line.case.role, 9)):
            if line.subject.school_id is not None:
                chosen.setdefault((line.subject.school_id, item.form_id), line)
    told = _verdicts(connection, [line.case.id for (_school, form_id), line in chosen.items() if form_id == EXPERTISE])
    found: dict[int, dict[str, AttachedForm]] = {}
    for (school, _form), line in chosen.items():
        form_id = by_key[line.case.round_id].form_id
        found.setdefault(school, {})[form_id] = AttachedForm(
            form_id, line.case.id, line.words, line.case.locked, line.points, line.most,
            line.level.text.removesuffix(" уровень") if line.level else "", told.get(line.case.id, ""),
        )  # fmt: skip
    return found


def _verdicts(connection: Connection, case_ids: Sequence[int]) -> dict[int, str]:
    """Return what experts concluded, in the short words of the scale."""
    if not case_ids:
        return {}
    item = forms.definition(connection, EXPERTISE).item(_VERDICT)
    words = {choice.value: choice.short or choice.text for choice in item.scale.choices} if item and item.scale else {}
    answers = stored_forms.answers(connection, case_ids)
    return {
        case: words[row.value]
        for case, rows in answers.items()
        for row in rows
        if row.item_id == _VERDICT and row.value in words
    }


# --- beginning ---------------------------------------------------------------------------------------------------


def create(
    store: Store, school_ids: Sequence[int], year_from: int, year_to: int, *, title: str = TITLE,
    template: int | None = None, seed: Sequence[str] = SEED,
) -> list[int]:  # fmt: skip
    """Begin a programme for each of some schools that has none meeting these years; one step back.

    Args:
        store: the open file.
        school_ids: the schools.
        year_from: first plan year.
        year_to: last plan year.
        title: name of each, «{школа}» being replaced.
        template: a programme whose content is copied, years moved along; covered schools and money are left out.
        seed: wordings of the library that it begins with where there is no template; empty for an empty programme.

    Returns:
        Keys of the new programmes.

    Raises:
        UserError: ``PROGRAMME_NO_SCHOOLS``, ``PROGRAMME_HAS_ONE``, ``PROGRAMME_YEARS``, ``PROGRAMME_NO_TITLE``,
            ``PROGRAMME_UNKNOWN``.
    """
    connection = store.connection
    wanted = list(dict.fromkeys(organisations.canonical(connection, key) for key in school_ids))
    if not wanted:
        raise UserError("PROGRAMME_NO_SCHOOLS")
    programmes.check_head(title.strip(), year_from, year_to)
    taken = {
        organisations.canonical(connection, item.organisation_id or 0)
        for item in stored.programmes(connection)
        if item.kind == "school" and set(item.years) & set(range(year_from, year_to + 1))
    }
    wanted = [key for key in wanted if key not in taken]
    if not wanted:
        raise UserError("PROGRAMME_HAS_ONE")
    source = None if template is None else _bare(frozen_tree(connection, template))
    names = {item.id: item.shown for item in organisations.listing(connection)}
    words = count(len(wanted), "школы", "школ", "школ")
    with store.operation(f"Начаты программы {words}", "programme.schools") as operation:
        made = []
        for school in wanted:
            name = title.strip().replace("{школа}", names.get(school, ""))
            if source is not None:
                head = {
                    "kind": "school", "organisation_id": school, "document": source.programme.document, "title": name,
                    "building": source.programme.building, "year_from": year_from, "year_to": year_to,
                    "copied_from": template, "created_at": now(),
                }  # fmt: skip
                shift = year_from - source.programme.year_from
                made.append(stored.copy(operation, source, head, shift=shift, lineage=False))
            else:
                made.append(_seeded(operation, school, name, year_from, year_to, seed))
    return made


def _bare(tree: Tree) -> Tree:
    """Return a template without what is its school's own: covered schools, money, values, drafts."""
    indicators = {
        key: replace(row, baseline_year=None, baseline_raw=None, baseline=None, baseline_code=None)
        for key, row in tree.indicators.items()
    }
    return replace(tree, indicators=indicators, targets={}, schools={}, money={}, estimate={}, drafts={}, silences=())


def _seeded(operation: Operation, school: int, title: str, first: int, last: int, seed: Sequence[str]) -> int:
    key = programmes.write_head(
        operation, kind="school", title=title, year_from=first, year_to=last, organisation_id=school,
        document="programme", building="tasks",
    )  # fmt: skip
    known = library(operation.connection)
    keys = [one for one in seed if one in known.items]
    if keys:
        tree = programmes.tree(operation.connection, key)
        Writing(operation, tree.programme, tree, known, None, {}).put(keys)
    return key


# --- forms -------------------------------------------------------------------------------------------------------


def begin_forms(
    store: Store, school_ids: Iterable[int], school_year: int, form_ids: Sequence[str] = (SELF, TRANSITION)
) -> dict[str, int]:
    """Begin forms for the programmes of some schools: one step back; schools without a programme are left out.

    A round of a form in this school year that is still open takes them in; else one is begun. A school that is in it
    already stays as it is.

    Returns:
        Form → how many schools were added to its round.

    Raises:
        UserError: ``PROGRAMME_NO_SCHOOLS``, ``FORM_UNKNOWN``.
    """
    connection = store.connection
    keys = set(school_ids)
    rows = [row for row in overview(connection, school_year).rows if row.school_id in keys and row.line is not None]
    if not rows:
        raise UserError("PROGRAMME_NO_SCHOOLS")
    known = [forms.definition(connection, form_id) for form_id in form_ids]
    words = count(len(rows), "программа школы", "программы школ", "программ школ")
    with store.operation(f"На оценку: {words}", "programme.assess") as operation:
        return {form.id: _begin(operation, form, school_year, rows) for form in known}


def _begin(operation: Operation, form: FormDef, school_year: int, rows: Sequence[SchoolProgramme]) -> int:
    subjects = {}
    for row in rows:
        for key in form_subjects.ensure(operation, [SubjectRef(form.subject, organisation_id=row.school_id)]):
            subjects[key] = row
            if form.subject == _KIND and row.line is not None:
                operation.update("form_subject", key, programme_id=row.line.programme.id)
    if not subjects:
        return 0
    round_id = _round(operation, form, school_year)
    taken = {case.subject_id for case in stored_forms.cases(operation.connection, rounds=[round_id])}
    new = [key for key in subjects if key not in taken]
    named = {item.id: item for item in stored_forms.subjects(operation.connection, keys=new)}
    for key in new:
        case_id = operation.insert("form_case", round_id=round_id, subject_id=key, version=form.version)
        proposed = form_prefill.drafts(operation.connection, form, named[key], school_year)
        stored_forms.write_answers(operation, case_id, proposed)
    return len(new)


def _round(operation: Operation, form: FormDef, school_year: int) -> int:
    for item in stored_forms.rounds(operation.connection, form_id=form.id):
        if item.school_year == school_year and item.closed_on is None and item.version == form.version:
            return item.id
    forms.keep(operation, form)
    return operation.insert(
        "form_round", form_id=form.id, version=form.version, digest=form.digest, school_year=school_year,
        title=form.short, created_at=now(),
    )  # fmt: skip
