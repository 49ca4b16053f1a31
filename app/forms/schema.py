"""What a form is: records that the loader fills from a TOML definition and everybody else reads.

One definition drives the screen, the Excel blank and its reading, the paper, the points and the summary. The wording of
an official form is data and stays as its source has it; every number a level needs stands here once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

ItemKind = Literal["choice", "many", "flag", "whole", "decimal", "text", "date", "link"]
"""Kinds of questions. ``many`` is several choices, ``flag`` is «есть / нет» of one mark, ``link`` is an address."""
SubjectKind = Literal["school", "school_programme", "municipal_programme", "rmo", "mms", "dpp", "head", "event"]
FormKind = Literal["checklist", "survey", "counts", "context", "request", "composite"]
"""``survey`` is anonymous and kept as tallies, ``counts`` is a table of whole numbers, ``context`` asks metrics,
``request`` is an urgent collection, ``composite`` has only parts that are forms of their own."""
MissingPolicy = Literal["refuse", "zero"]
ApplicablePolicy = Literal["proportional", "bounds"]
ScoreRule = Literal["sum", "count", "reached", "manual"]
Tone = Literal["ok", "warn", "bad", "plain"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be chosen.

    Attributes:
        value: stable Latin word or digit, kept in the store.
        text: as the source words it; ``short`` for narrow columns.
        points: None where the answer is not scored.
        other: a text is typed beside it («другое: …»).
        outside: it says «затрудняюсь ответить»: an answer, but not one that is counted among the others.
    """

    value: str
    text: str
    short: str = ""
    points: int | None = None
    other: bool = False
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    """A named row of choices that items share."""

    id: str
    choices: tuple[Choice, ...]

    def choice(self, value: str | None) -> Choice | None:
        """Return the choice of a stored value."""
        for choice in self.choices:
            if choice.value == value:
                return choice
        return None


@dataclass(frozen=True, slots=True)
class Condition:
    """The item is asked only while another one has one of these values. Several conditions must all hold."""

    item: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One question.

    Attributes:
        id: stable Latin name inside the form; rows are found by it for ever.
        number: as the source prints it («6.8.1»); may be empty.
        text: the official wording.
        criterion: what the source prints in a column before the wording; repeated rows say it once.
        scale: of ``choice`` and ``many``; a ``flag`` may have one with the values «yes» and «no» that words it.
        not_applicable: «не применимо» may be answered; such an item leaves points and maximum.
        weight: whole; points are multiplied by it.
        least, most: bounds of ``whole`` and ``decimal``; ``most`` of a scored ``whole`` is its maximum of points.
        places: decimals of ``decimal``.
        threshold: a scored ``whole`` reaches the criterion from here on; None where the municipality has not said.
        metric: the metric of the context that an accepted answer becomes.
        row, column: place in a grid section; empty elsewhere.
    """

    id: str
    text: str
    kind: ItemKind
    number: str = ""
    criterion: str = ""
    hint: str = ""
    scale: Scale | None = None
    required: bool = True
    not_applicable: bool = False
    comment: bool = False
    evidence: bool = False
    weight: int = 1
    least: int | None = None
    most: int | None = None
    places: int = 0
    threshold: int | None = None
    metric: str | None = None
    when: tuple[Condition, ...] = ()
    row: str = ""
    column: str = ""

    @property
    def points(self) -> int | None:
        """Highest number of points with the weight; None where the item is not scored."""
        if self.kind == "choice" and self.scale is not None:
            known = [choice.points for choice in self.scale.choices if choice.points is not None]
            return max(known) * self.weight if known else None
        if self.kind == "whole" and self.most is not None and self.threshold is not None:
            return self.most * self.weight
        return None


@dataclass(frozen=True, slots=True)
class Axis:
    """A row or a column of a grid section; ``group`` is the heading over several columns."""

    id: str
    text: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Items under one heading. A grid has ``rows`` and ``columns``; its items are named «row.column», row by row."""

    id: str
    title: str
    items: tuple[Item, ...]
    note: str = ""
    rows: tuple[Axis, ...] = ()
    columns: tuple[Axis, ...] = ()
    totals: bool = False

    @property
    def grid(self) -> bool:
        """Whether it is drawn as rows and columns."""
        return bool(self.columns)


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a score: both bounds belong to it. ``least`` is None for levels that a commission chooses itself."""

    id: str
    text: str
    least: int | None
    most: int | None
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Score:
    """How points arise.

    Attributes:
        rule: ``sum`` of points, ``count`` of marks set, ``reached`` the share of criteria at their threshold (per
            cent, more than half), ``manual`` a level that a person chooses.
        items: which items; empty is every scored item of the form.
        missing: ``refuse`` no score until everything required is answered, ``zero`` counts as nought (and says so).
        applicable: with «не применимо» answers ``proportional`` compares points × full maximum with bounds ×
            applicable maximum, in whole numbers; ``bounds`` leaves the bounds as they are.
        declared_most: the maximum that the source names, where it differs from the real one or the real one is not
            known (a ``whole`` without ``most``).
        levels: bounds in points; of ``reached`` in per cent of the criteria rounded up, so that «51-100» is exactly
            «more than half».
    """

    id: str
    title: str
    rule: ScoreRule
    items: tuple[str, ...] = ()
    missing: MissingPolicy = "refuse"
    applicable: ApplicablePolicy = "proportional"
    levels: tuple[Level, ...] = ()
    declared_most: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A form that a composite one is made of; ``version`` is the newest where it is empty."""

    form_id: str
    version: str = ""
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Revision:
    """How answers to an older version go on in this one; items that no line names keep their id.

    Attributes:
        since: the older version.
        renamed: (old id, id in this version).
        deleted: ids of the older version that this one no longer asks; their answers are kept and named as lost.
        recoded: (id in this version, ((old value, new value), …)); an empty new value says «no answer any more».
    """

    since: str
    renamed: tuple[tuple[str, str], ...] = ()
    deleted: tuple[str, ...] = ()
    recoded: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class FormDef:
    """One version of one form.

    Attributes:
        title: the official heading; ``short`` for lists and tabs.
        subject: whom the form speaks of.
        source: title of the document; ``place`` the heading inside it.
        notes: faults of the source and our own readings, shown with the form and printed under it.
        hidden: the institute's own form, not offered until switched on.
        closed: its answers are not shown to everybody (assessment of heads).
        group: several experts answer for one subject.
        head_fields: lines over the form («Кафедра», «Ответственный разработчик»), id → label.
        conclusion: label of the closing line in words; empty where there is none.
        revisions: how answers of older versions go on.
        digest: SHA-256 of the text, hexadecimal.
        text: the TOML definition itself.
    """

    id: str
    version: str
    title: str
    short: str
    subject: SubjectKind
    kind: FormKind
    sections: tuple[Section, ...]
    scores: tuple[Score, ...] = ()
    parts: tuple[Part, ...] = ()
    source: str = ""
    place: str = ""
    notes: tuple[str, ...] = ()
    hidden: bool = False
    closed: bool = False
    group: bool = False
    head_fields: tuple[tuple[str, str], ...] = ()
    conclusion: str = ""
    revisions: tuple[Revision, ...] = ()
    digest: str = ""
    text: str = ""

    def items(self) -> Iterator[Item]:
        """Yield every item in the order of the form."""
        for section in self.sections:
            yield from section.items

    def item(self, item_id: str) -> Item | None:
        """Return one item."""
        return next((item for item in self.items() if item.id == item_id), None)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer.

    Attributes:
        raw: as it was typed or stood in the cell; kept even when it is wrong.
        value: canonical text (value of the choice; values of ``many`` sorted by the scale and joined by «;»; whole
            and decimal as «12» and «12.5»; date as ISO); None where ``raw`` says nothing or is wrong.
        code: what is wrong with ``raw``; None where nothing is.
        other: the text beside a choice «другое».
        not_applicable: «не применимо».
        confirmed: False for a value that was filled in beforehand and nobody has confirmed yet.
    """

    raw: str = ""
    value: str | None = None
    code: str | None = None
    other: str = ""
    not_applicable: bool = False
    comment: str = ""
    confirmed: bool = True

    @property
    def given(self) -> bool:
        """Whether it answers: a right value or «не применимо»."""
        return self.value is not None or self.not_applicable

    @property
    def counts(self) -> bool:
        """Whether it may be counted: given, and not a value filled in beforehand that nobody has confirmed."""
        return self.given and self.confirmed


NO_ANSWER = Answer()


@dataclass(frozen=True, slots=True)
class AnswerSet:
    """All answers of one subject to one version of a form; items that were not touched are absent."""

    form_id: str
    version: str
    answers: Mapping[str, Answer] = field(default_factory=dict)

    def get(self, item_id: str) -> Answer:
        """Return the answer of an item, an empty one where there is none."""
        return self.answers.get(item_id, NO_ANSWER)


@dataclass(frozen=True, slots=True)
class ScoreResult:
    """What the answers give.

    Attributes:
        points: None where the score is not computed; then ``why`` says why (code of a message). With ``reached`` it
            is the number of criteria at their threshold and ``most`` the number of criteria. Where missing answers
            counted as nought, ``why`` says so beside the points.
        most: maximum of all items; ``applicable_most`` without those answered «не применимо».
        answered: how many of ``of`` items that are asked have an answer.
        level: None where there are no levels or no points.
    """

    score_id: str
    points: int | None
    most: int
    applicable_most: int
    answered: int
    of: int
    level: Level | None = None
    why: str | None = None
