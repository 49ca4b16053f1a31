"""A mass issue of files that ask for answers, blanks or requests: what is asked of whom, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from app.errors import UserError
from app.forms.schema import FormDef
from app.models import forms as stored
from app.models import organisations
from app.models.forms import FormCase, FormRound, FormSubject
from app.models.organisations import School
from app.models.store import Connection
from app.operations.form_cases import definition_of

Made = TypeVar("Made")
Progress = Callable[[str, int, int], bool]
"""Told (whose file, how many are done, of how many); False stops."""


@dataclass(frozen=True, slots=True)
class Issued(Generic[Made]):
    """What became of a mass issue: files with what they hold; ``stopped``: somebody stopped it, nothing is written.

    ``left_out`` are subjects that are not asked: their answers are accepted or they are exempt.
    """

    files: tuple[tuple[Path, Made], ...]
    left_out: tuple[str, ...] = ()
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class AskedForm:
    """One form asked of one subject; ``school`` is None where no school answers."""

    case: FormCase
    round: FormRound
    form: FormDef
    subject: FormSubject
    school: School | None


class StoppedError(Exception):
    """Somebody stopped a mass issue; ``write_all`` takes away what it has written."""


def asked_forms(connection: Connection, case_ids: Sequence[int]) -> list[AskedForm]:
    """Return cases with everything they belong to, each once and in the order given; read at one go.

    Raises:
        UserError: ``FORM_NO_CASE``, ``FORM_UNKNOWN``.
    """
    cases = {case.id: case for case in stored.cases(connection, keys=case_ids)}
    for key in case_ids:
        if key not in cases:
            raise UserError("FORM_NO_CASE", key=key)
    rounds = {key: stored.round_of(connection, key) for key in {case.round_id for case in cases.values()}}
    known = {key: (found, definition_of(connection, found)) for key, found in rounds.items() if found is not None}
    subjects = {item.id: item for item in stored.subjects(connection, keys={c.subject_id for c in cases.values()})}
    schools = {school.id: school for school in organisations.listing(connection, own=None, kind=None)}
    made = []
    for key in dict.fromkeys(case_ids):
        case = cases[key]
        subject = subjects[case.subject_id]
        school = schools.get(subject.school_id) if subject.school_id is not None else None
        made.append(AskedForm(case, *known[case.round_id], subject, school))
    return made
