"""What the reading child hands over of a filled form: answers with their cells, and what is odd about the book.

Plain records that travel through the pipe; nothing here knows the store.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.errors import Problem


@dataclass(frozen=True, slots=True)
class FormText:
    """One version of a form on its way to the child: the definition as text, ``newest`` of its form or not."""

    id: str
    version: str
    digest: str
    text: str
    newest: bool = True


@dataclass(frozen=True, slots=True)
class FilledAnswer:
    """One answer as it stood in the workbook; ``raw`` is kept where ``value`` could not be made (``code`` says why).

    ``cell`` is the address of the answer; of a question with several answers the first cell that was chosen.
    """

    item_id: str
    raw: str = ""
    value: str | None = None
    code: str | None = None
    other: str = ""
    not_applicable: bool = False
    comment: str = ""
    confirmed: bool = True
    sheet: str = ""
    cell: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing was said at all."""
        return not (self.raw.strip() or self.value or self.other or self.not_applicable or self.comment)


@dataclass(frozen=True, slots=True)
class FilledProof:
    """What stood in the column «Подтверждение» of an item."""

    item_id: str
    text: str
    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class FilledForm:
    """One form of a workbook.

    Attributes:
        how: «key» by the hidden column, «wording» by the texts of the questions alone.
        round_id, case_id, subject_id: as the hidden sheet says, None where it is gone.
        subject: whom the form speaks of, by the hidden sheet; ``header`` by the line over the table, where it stands.
        school_year: by the hidden sheet, else by the line over the table.
        answers: items whose rows are in the book, empty ones too; an item that is absent lost its row.
        problems: what is odd about the book itself; wrong answers speak through their codes.
    """

    form_id: str
    version: str
    digest: str
    how: str
    round_id: int | None = None
    case_id: int | None = None
    subject_id: int | None = None
    subject: str = ""
    header: str = ""
    school_year: int | None = None
    answers: tuple[FilledAnswer, ...] = ()
    head: tuple[tuple[str, str], ...] = ()
    conclusion: str = ""
    proofs: tuple[FilledProof, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class FilledBook:
    """A workbook with filled forms.

    Attributes:
        marked: the hidden sheet was found; ``intact`` that its seal agrees with its facts.
    """

    marked: bool = False
    intact: bool = True
    file_id: str = ""
    school_year: int | None = None
    school_id: int | None = None
    school_code: str = ""
    school_name: str = ""
    municipality: str = ""
    forms: tuple[FilledForm, ...] = ()
