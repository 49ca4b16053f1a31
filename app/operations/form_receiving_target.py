"""Whose answers a file holds: by the hidden sheet, else by code and name of the school; doubts are asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from app.errors import Problem, problem
from app.importers.filled_form_records import FilledBook, FilledForm
from app.models import forms as stored
from app.models import organisations, settings
from app.models.forms import FormCase, FormRound, FormSubject
from app.models.store import Connection
from app.operations.form_receiving_lines import Decision, Option
from app.operations.matching import Directory, fold, normal_area
from app.texts import quoted, school_year

_PARTS = re.compile(r"\s+[—–-]+\s+|_+")
_TAIL = re.compile(r"\s*\(\d+\)\s*$|\s*-?\s*копия\s*$", re.IGNORECASE)
MOST_OPTIONS = 400


@dataclass(frozen=True, slots=True)
class Target:
    """Whose answers they are: a case, or a question with options, or neither with the reason in ``problems``."""

    case: FormCase | None = None
    round: FormRound | None = None
    subject: FormSubject | None = None
    options: tuple[Option, ...] = ()
    problems: tuple[Problem, ...] = ()
    refused: bool = False


@dataclass
class Finder:
    """Rounds, cases and schools of the open file, read when they are first asked for."""

    connection: Connection
    _cases: dict[str, list[FormCase]] = field(default_factory=dict)

    @cached_property
    def rounds(self) -> dict[int, FormRound]:
        """Every round by key."""
        return {item.id: item for item in stored.rounds(self.connection)}

    @cached_property
    def subjects(self) -> dict[int, FormSubject]:
        """Every subject by key."""
        return {item.id: item for item in stored.subjects(self.connection)}

    @cached_property
    def joined(self) -> set[int | None]:
        """Schools to which another record has been merged that answers forms."""
        return {item.school_id for item in self.subjects.values() if item.organisation_id != item.school_id}

    @cached_property
    def schools(self) -> Directory:
        """The registry, ready for matching names."""
        return Directory(self.connection)

    @cached_property
    def municipality(self) -> str:
        """What the municipality of the file is called."""
        return settings.get(self.connection, "municipality")

    def cases(self, form_id: str) -> list[FormCase]:
        """Return every case of a form that answers for the subject itself."""
        if form_id not in self._cases:
            keys = [key for key, item in self.rounds.items() if item.form_id == form_id]
            found = stored.cases(self.connection, rounds=keys) if keys else []
            self._cases[form_id] = [case for case in found if case.role == "self"]
        return self._cases[form_id]

    # --- deciding ------------------------------------------------------------------------------------------------

    def find(self, name: str, book: FilledBook, form: FilledForm, title: str, decision: Decision) -> Target:
        """Return whose answers a form of a file are.

        Args:
            name: of the file.
            book: what its hidden sheet says.
            form: the form.
            title: of the form, for messages.
            decision: what a person has said already.
        """
        if decision.case_id is not None:
            chosen = stored.case_of(self.connection, decision.case_id)
            if chosen is not None and self.rounds[chosen.round_id].form_id == form.form_id:
                return self._of(chosen)
        named = self._named_case(book, form)
        if named is not None:
            return self._doubts(name, form, named)
        if self._foreign(book):
            told = problem("FORM_GET_MUNICIPALITY", theirs=book.municipality, ours=self.municipality)
            return Target(problems=(told,), refused=True)
        return self._by_school(name, book, form, title)

    def _of(self, case: FormCase, *problems: Problem) -> Target:
        record = self.rounds[case.round_id]
        subject = self.subjects.get(case.subject_id)
        found = list(problems)
        if record.closed_on is not None:
            found.append(problem("FORM_GET_CLOSED", title=record.title))
        if case.exempt:
            shown = subject.shown if subject else ""
            found.append(problem("FORM_GET_EXEMPT", subject=shown, reason=case.exempt))
        if subject is not None and subject.school_id in self.joined:
            found += self._twins(case, subject)
        return Target(case, record, subject, problems=tuple(found))

    def _twins(self, case: FormCase, subject: FormSubject) -> list[Problem]:
        """Say that another record of the same school has answered in the same round already."""
        others = (one for one in self.cases(self.rounds[case.round_id].form_id) if one.id != case.id)
        for one in others:
            twin = self.subjects[one.subject_id]
            if one.round_id == case.round_id and twin.key == subject.key and (one.received_on or one.accepted_on):
                return [problem("FORM_GET_OTHER_RECORD", subject=subject.shown, record=self._record(twin))]
        return []

    def _record(self, subject: FormSubject) -> str:
        """Return the name of the very record that a subject was begun with."""
        found = organisations.get(self.connection, subject.organisation_id or 0)
        return subject.shown if found is None else found.shown

    def _named_case(self, book: FilledBook, form: FilledForm) -> FormCase | None:
        """Return the case that the hidden sheet names, where its round and subject agree."""
        if form.case_id is None or not book.intact:
            return None
        case = stored.case_of(self.connection, form.case_id)
        if case is None or case.round_id != form.round_id or case.round_id not in self.rounds:
            return None
        return case if self.rounds[case.round_id].form_id == form.form_id else None

    def _foreign(self, book: FilledBook) -> bool:
        theirs, ours = normal_area(book.municipality), normal_area(self.municipality)
        return bool(theirs and ours) and theirs != ours

    # --- doubts about a blank of ours ----------------------------------------------------------------------------

    def _doubts(self, name: str, form: FilledForm, case: FormCase) -> Target:
        """Ask where the file or the line over the table names another school, or a newer round waits."""
        target = self._of(case)
        subject = target.subject
        if subject is None or target.round is None:
            return target
        for where, said in self._claims(name, form):
            other = self._other_school(said, subject, form)
            if other is not None:
                rest = [one for one in self._of_school(form.form_id, other) if one.id != case.id]
                told = problem("FORM_GET_OTHER_SCHOOL", blank=subject.shown, where=where, named=self._shown(other))
                return Target(None, target.round, subject, self._options([case, *rest]), (told,))
        newer = [
            one
            for one in self.cases(form.form_id)
            if self.subjects[one.subject_id].key == subject.key
            and self.rounds[one.round_id].school_year > target.round.school_year
        ]
        if newer and case.role == "self":
            now = max(newer, key=lambda one: self.rounds[one.round_id].school_year)
            told = problem(
                "FORM_GET_OTHER_YEAR", year=school_year(target.round.school_year),
                now=school_year(self.rounds[now.round_id].school_year),
            )  # fmt: skip
            return Target(None, target.round, subject, self._options([case, *newer]), (told,))
        return target

    def _claims(self, name: str, form: FilledForm) -> list[tuple[str, str]]:
        """Return what names a school beside the hidden sheet: name of the file, line over the table, its own line."""
        found = [("в имени файла", self._from_name(name))]
        if form.header:
            found.append(("в строке под заголовком", form.header))
        found += [("в строке над формой", text) for key, text in form.head if key == "organisation"]
        return [(where, text) for where, text in found if text]

    @staticmethod
    def _from_name(name: str) -> str:
        stem = _TAIL.sub("", name.rpartition(".")[0])
        return _PARTS.split(stem)[0].strip()

    def _other_school(self, said: str, subject: FormSubject, form: FilledForm) -> int | None:
        """Return the school that a text surely names, where it is another one than the subject's."""
        plain = fold(said)
        if subject.school_id is None or plain in {fold(subject.shown), fold(form.subject)}:
            return None
        if fold(subject.shown).startswith(plain) or plain.startswith(fold(subject.shown)):
            return None
        found = self.schools.match(said, (), self.municipality or None)
        return found.school_id if found is not None and found.school_id != subject.school_id else None

    # --- a book without its hidden sheet -------------------------------------------------------------------------

    def _by_school(self, name: str, book: FilledBook, form: FilledForm, title: str) -> Target:
        school = self._school(name, book, form)
        cases = self._of_school(form.form_id, school) if school is not None else []
        if form.school_year is not None:
            same = [one for one in cases if self.rounds[one.round_id].school_year == form.school_year]
            if cases and not same:
                now = max(self.rounds[one.round_id].school_year for one in cases)
                told = problem("FORM_GET_OTHER_YEAR", year=school_year(form.school_year), now=school_year(now))
                return Target(options=self._options(cases), problems=(told,))
            cases = same
        else:
            cases = [one for one in cases if self.rounds[one.round_id].closed_on is None]
        if len(cases) == 1:
            return self._of(cases[0])
        if school is not None and not cases:
            year = school_year(form.school_year) if form.school_year is not None else "этот год"
            shown = self._shown(school)
            told = problem("FORM_GET_NO_CASE", form=title, year=year, school=shown)
            return Target(problems=(told,), refused=True)
        known = cases or [one for one in self.cases(form.form_id) if self.rounds[one.round_id].closed_on is None]
        if not known:
            year = school_year(form.school_year) if form.school_year is not None else "этот год"
            told = problem("FORM_GET_NO_CASE", form=title, year=year, school=form.header or book.school_name or "—")
            return Target(problems=(told,), refused=True)
        return Target(options=self._options(known), problems=(problem("FORM_GET_WHOSE"),))

    def _school(self, name: str, book: FilledBook, form: FilledForm) -> int | None:
        """Return the school by its code, else by what names it, where all that is sure says the same."""
        codes = (("fisoko", book.school_code),) if book.school_code else ()
        area = self.municipality or None
        if codes:
            found = self.schools.match(book.school_name, codes, area)
            if found is not None and found.how == "code":
                return found.school_id
        texts = [book.school_name, form.header, form.subject, self._from_name(name)]
        texts += [text for key, text in form.head if key == "organisation"]
        sure = {self._exact(text) for text in texts if text} - {None}
        return sure.pop() if len(sure) == 1 else None

    def _exact(self, text: str) -> int | None:
        plain = fold(text)
        same = {item.school_id for item in self.subjects.values() if item.school_id and fold(item.shown) == plain}
        if len(same) == 1:
            return same.pop()
        found = self.schools.match(text, (), self.municipality or None)
        return found.school_id if found is not None else None

    def _shown(self, school: int) -> str:
        return self.schools.schools[school].shown

    def _of_school(self, form_id: str, school: int) -> list[FormCase]:
        return [one for one in self.cases(form_id) if self.subjects[one.subject_id].school_id == school]

    def _options(self, cases: Sequence[FormCase]) -> tuple[Option, ...]:
        found = []
        for one in cases[:MOST_OPTIONS]:
            record, subject = self.rounds[one.round_id], self.subjects[one.subject_id]
            text = f"{subject.shown}, {school_year(record.school_year)}"
            if subject.organisation_id != subject.school_id:
                text += f", бланк {quoted(self._record(subject))}"
            found.append(Option(one.id, text))
        return tuple(found)
