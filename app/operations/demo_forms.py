"""Forms of the example: last year's transition to effective work, accepted; this year's self-assessment on its way."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from app.forms.schema import Answer, AnswerSet
from app.models.forms import SubjectRef
from app.models.store import Store
from app.operations import demo_experts

if TYPE_CHECKING:
    from app.forms.schema import FormDef, Item

PAST = "school-transition"
NOW = "school-programme-self"
PARTICIPANTS = 11
YEAR_AGO = 9
_COMMENTS = (
    "Приказ № 64 от 02.09",
    "Обсудили на педсовете",
    "Показатели есть не для всех задач",
    "Сроки названы до декабря",
)
_REMARK = "Уточните пункты 7 и 9: для задач 2 и 3 нет показателей успешности. Приложите страницу программы."
_AUTHORS = ("Громова Л. А.", "Орлова Т. П.", "Седова М. И.", "Белкина Н. С.")
_SHARES = (0.95, 0.55, 0.2, 0.7, 0.45, 0.6, 0.5, 0.4, 0.8, 0.3, 0.65)
"""How much of the full points a participant reaches, so that every level is seen."""
_WRONG = "да, но не для всех"


class FormsExample:
    """Filling of one file.

    Args:
        store: the open file.
        ids: key of the description → school.
        strengths: key → per cent of weak marks: those with most of them take part.
        last: last result year: the school year that begins in it is the present one.
        seed: of the answers.
    """

    def __init__(
        self, store: Store, ids: Mapping[str, int], strengths: Mapping[str, int], last: int, seed: int
    ) -> None:
        self.store, self.ids, self.last, self.seed = store, ids, last, seed
        weakest = sorted((key for key in ids if key in strengths), key=lambda key: (-strengths[key], key))
        self.keys: Sequence[str] = weakest[:PARTICIPANTS]

    def fill(self) -> None:
        """Fill all rounds; a file without schools stays as it is."""
        if self.keys:
            self._past()
            self._year_ago()
            self._now()
            demo_experts.municipal(self.store, self.last, self.seed)

    def _start(self, form_id: str, year: int, due: str, sent: str) -> tuple[FormDef, list[int]]:
        from app.operations import form_rounds, forms

        form = forms.definition(self.store.connection, form_id)
        subjects = [SubjectRef(form.subject, organisation_id=self.ids[key]) for key in self.keys]
        key = form_rounds.start(self.store, form_id, year, subjects, due_on=due)
        by_school = {line.subject.school_id: line.case.id for line in form_rounds.cases(self.store.connection, key)}
        cases = [by_school[self.ids[key]] for key in self.keys if self.ids[key] in by_school]
        form_rounds.mark_sent(self.store, cases[:-1], sent, "по электронной почте")
        return form, cases

    def _past(self) -> None:
        from app.operations import form_rounds

        year = self.last - 1
        form, cases = self._start(PAST, year, f"{year}-12-01", f"{year}-11-10")
        for number, case in enumerate(cases):
            self._write(form, case, number, received_on=f"{year}-11-{20 + number % 9:02d}")
        form_rounds.accept(self.store, cases, accepted_on=f"{year}-12-04", anyway=True)

    def _year_ago(self) -> None:
        """Let some have answered this year's form a year ago, a little worse: there is something to compare with."""
        from app.operations import form_rounds

        year = self.last - 1
        form, cases = self._start(NOW, year, f"{year}-10-15", f"{year}-09-29")
        for number, case in enumerate(cases[:YEAR_AGO]):
            self._write(form, case, number, received_on=f"{year}-10-{6 + number:02d}", less=0.5)
        form_rounds.accept(self.store, cases[:YEAR_AGO], accepted_on=f"{year}-10-20")
        form_rounds.close_round(self.store, self._round(cases), closed_on=f"{year}-11-10")

    def _now(self) -> None:
        from app.operations import form_answers, form_rounds
        from app.operations.form_cases import case_of

        year = self.last
        form, cases = self._start(NOW, year, f"{year}-10-15", f"{year}-09-28")
        items = list(form.items())
        for number, case in enumerate(cases[:7]):
            wrong = {items[6].id: Answer(_WRONG, None, "ITEM_CHOICE"), items[8].id: Answer()} if number == 5 else {}
            self._write(form, case, number, received_on=f"{year}-10-{5 + number:02d}", instead=wrong)
        form_rounds.accept(self.store, cases[:3], accepted_on=f"{year}-10-12")
        form_rounds.approve(self.store, cases[:1], act="приказ № 112-од", approved_on=f"{year}-10-19")
        if len(cases) > 6:
            form_rounds.give_back(self.store, cases[6], _REMARK, returned_on=f"{year}-10-13")
        form_rounds.set_due(self.store, self._round(cases), f"{year}-12-15", cases[-1:])
        if len(cases) > 4:
            record = case_of(self.store.connection, cases[4])
            demo_experts.of_school(self.store, record.round_id, record.subject_id, self.seed)
        if len(cases) > 7:
            half = {item.id: self._answer(item, 7) for item in items[: len(items) // 2]}
            form_answers.store_set(self.store, cases[7], AnswerSet(form.id, form.version, half))

    def _round(self, cases: Sequence[int]) -> int:
        from app.operations.form_cases import case_of

        return case_of(self.store.connection, cases[0]).round_id

    def _write(
        self, form: FormDef, case: int, number: int, *, received_on: str, instead: Mapping[str, Answer] | None = None,
        less: float = 0.0,
    ) -> None:  # fmt: skip
        from app.operations import form_answers

        answers = {item.id: self._answer(item, number, less) for item in form.items()} | dict(instead or {})
        head = {key: _AUTHORS[number % len(_AUTHORS)] for key, _title in form.head_fields if key == "author"}
        made = AnswerSet(form.id, form.version, answers)
        form_answers.store_set(self.store, case, made, head=head, received_on=received_on)

    def _answer(self, item: Item, number: int, less: float = 0.0) -> Answer:
        """Return an answer of the participant of that number: choices near its share of the points, or ``less``."""
        from app.forms.answers import given
        from app.forms.item_types import TYPES

        chance = random.Random(f"{self.seed}:form:{number}:{item.id}")  # noqa: S311 - an example, not a secret
        values = TYPES[item.kind].sample_values(item)
        if item.kind == "choice" and item.scale is not None:
            known = [choice for choice in item.scale.choices if not choice.other and not choice.outside]
            most = max((choice.points or 0 for choice in known), default=0)
            target = _SHARES[number % len(_SHARES)] * most + (chance.random() - 0.5) * 1.4 - less
            values = (min(known, key=lambda choice: abs((choice.points or 0) - target)).value,)
        if not values:
            return Answer()
        comment = chance.choice(_COMMENTS) if item.comment and chance.random() < 0.15 else ""
        return given(item, values[0], comment=comment)
