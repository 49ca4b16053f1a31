"""Excel blanks of a round: one school's book, or all of them as files that appear together or not at all.

A mass issue reads everything once, plans each blank and fills the shared template; files are written under temporary
names and renamed at the end, so that a cancelled or failed issue leaves nothing behind.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from app import __version__
from app.errors import UserError
from app.forms.schema import AnswerSet
from app.models import forms as stored
from app.models import settings
from app.models.store import Connection
from app.operations import form_prefill
from app.operations.form_cases import answer_set, head_of, round_and_form
from app.operations.form_issue import AskedForm, Issued, Progress, StoppedError, asked_forms
from app.operations.form_lines import asked_still, cases
from app.operations.papers import folder_for
from app.texts import school_year

if TYPE_CHECKING:
    from app.exporters.form_marked import Mark
    from app.forms.excel_plan import BlankHead

LONGEST_NAME = 150
_MOST_BYTES = 220
"""Of a name: file systems of Linux take 255, and « (2)» and the name while writing need some."""
_LONGEST_FORM = 60
_SUFFIX = ".xlsx"
_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f«»„“”]')
_OUR_BLANK = (
    "Здесь наш бланк с вашими ответами: ваш файл был не в формате .xlsx, и отметить ошибки в нём самом нельзя. "
)


@dataclass(frozen=True, slots=True)
class Blank:
    """One workbook.

    Attributes:
        name: of its file, safe everywhere.
        case_ids: whose answers it takes, form by form.
        school_id: of the school that fills it, None where no school does.
        file_id: names this very copy.
    """

    name: str
    data: bytes
    case_ids: tuple[int, ...]
    shown: str
    school_id: int | None = None
    file_id: str = ""


@dataclass(frozen=True, slots=True)
class _Source(AskedForm):
    """Everything that the blank of a case needs."""

    head: BlankHead


def blank(connection: Connection, case_id: int) -> Blank:
    """Return the blank of one case: with what is filled in beforehand, and last year's answers beside.

    Raises:
        UserError: ``FORM_NO_CASE``, ``FORM_UNKNOWN``, ``FORM_BLANK_EMPTY``.
    """
    return book(connection, [case_id])


def book(connection: Connection, case_ids: Sequence[int]) -> Blank:
    """Return one workbook for several forms of one school (or any other subject), each on sheets of its own.

    Raises:
        UserError: ``FORM_NO_CASE``, ``FORM_UNKNOWN``, ``FORM_BLANK_EMPTY``.
    """
    sources = _sources(connection, case_ids)
    return _drawn(sources, _name(sources, set()))


def marked_blank(
    connection: Connection, case_id: int, answers: AnswerSet, marks: Mapping[str, Sequence[str]], others: Sequence[str]
) -> Blank:
    """Return our blank filled with the answers of a file that can't be marked itself (.xls, .ods), with the marks.

    Args:
        connection: the open file.
        case_id: whose answers they are.
        answers: as they were read, wrong ones with their ``raw``.
        marks: id of the item → what is to be mended.
        others: what concerns the whole book.

    Raises:
        UserError: ``FORM_NO_CASE``, ``FORM_UNKNOWN``.
    """
    from app.exporters.form_blank import render
    from app.exporters.form_marked import Mark, mark
    from app.forms.excel_keys import choice_key
    from app.forms.excel_plan import plan

    [source] = _sources(connection, [case_id])
    planned = plan(source.form, replace(source.head, answers=answers))
    listed = [Mark("", "", text) for text in others]
    for item in source.form.items():
        place = planned.place(0, "answer", item.id)
        if place is None and item.scale is not None:
            place = planned.place(0, "answer", choice_key(item.id, item.scale.choices[0].value))
        for text in marks.get(item.id, ()):
            sheet = "" if place is None else planned.layout.sheets[place.sheet].name
            listed.append(Mark(sheet, "" if place is None else place.address, text))
    made = _blank([source], _name([source], set()), render(planned))
    return replace(made, data=_with_marks(mark, made, listed))


def _with_marks(mark: Callable[..., bytes], made: Blank, listed: Sequence[Mark]) -> bytes:
    intro = _OUR_BLANK + "Исправьте отмеченные ячейки и верните эту книгу."
    return mark(made.data, listed, file=made.name, intro=intro)


def of_round(connection: Connection, round_id: int) -> list[int]:
    """Return the cases of a round that ask the subject itself, in the file's own order.

    Closed schools are left out; schools merged into one get one blank.

    Raises:
        UserError: ``FORM_NO_ROUND``, ``FORM_UNKNOWN``; ``FORM_BLANK_NO_CASES`` where nobody is asked.
    """
    record, _form = round_and_form(connection, round_id)
    found = [line.case.id for line in asked_still(cases(connection, round_id))]
    if not found:
        raise UserError("FORM_BLANK_NO_CASES", what=f"в сборе «{record.title}» никого нет")
    return found


def write(
    connection: Connection,
    case_ids: Iterable[int],
    folder: Path,
    progress: Progress | None = None,
    *,
    together: bool = False,
) -> Issued[Blank]:
    """Write blanks as files, all of them or none; a file of that name that stands there stays («… (2).xlsx»).

    Args:
        connection: the open file.
        case_ids: whose; accepted and exempt ones are left out.
        folder: where to; made beside what is there.
        progress: told before each blank.
        together: all forms of one school in one workbook.

    Raises:
        UserError: ``FORM_NO_CASE``, ``FORM_UNKNOWN``, ``FORM_BLANK_EMPTY``; ``PAPER_…`` of writing.
    """
    from app.exporters.atomic import write_all

    found = _sources(connection, list(case_ids))
    asked = [item for item in found if not item.case.locked and item.case.exempt is None]
    left_out = tuple(item.subject.shown for item in found if item.case.locked or item.case.exempt is not None)
    books = _books(asked, together=together)
    target = folder_for(folder)
    blanks: list[Blank] = []

    def files() -> Iterator[tuple[Path, bytes]]:
        taken: set[str] = set()
        for done, sources in enumerate(books):
            if progress is not None and not progress(sources[0].subject.shown, done, len(books)):
                raise StoppedError
            made = _drawn(sources, _name(sources, taken))
            blanks.append(replace(made, data=b""))
            yield target / made.name, made.data

    try:
        paths = write_all(files())
    except StoppedError:
        return Issued((), left_out, stopped=True)
    if progress is not None and books:
        progress(books[-1][0].subject.shown, len(books), len(books))
    return Issued(tuple(zip(paths, blanks, strict=True)), left_out)


def _books(sources: Sequence[_Source], *, together: bool) -> list[list[_Source]]:
    if not together:
        return [[item] for item in sources]
    found: dict[object, list[_Source]] = {}
    for item in sources:
        key = item.school.id if item.school is not None else ("subject", item.subject.id)
        found.setdefault((key, item.round.school_year), []).append(item)
    return list(found.values())


# --- one workbook ------------------------------------------------------------------------------------------------


def _drawn(sources: Sequence[_Source], name: str) -> Blank:
    from app.exporters.form_blank import render
    from app.forms.excel_plan import plan_book

    planned = plan_book([(item.form, item.head) for item in sources])
    return _blank(sources, name, render(planned))


def _blank(sources: Sequence[_Source], name: str, data: bytes) -> Blank:
    first = sources[0]
    return Blank(
        name,
        data,
        tuple(item.case.id for item in sources),
        first.subject.shown,
        first.school.id if first.school is not None else None,
        first.head.file_id,
    )


def _name(sources: Sequence[_Source], taken: set[str]) -> str:
    """Return a name that no other file of the issue has, and remember it."""
    first = sources[0]
    form = first.form.short if len(sources) == 1 else "формы школы"
    subject = first.school.shown if len(sources) > 1 and first.school is not None else first.subject.shown
    if first.case.role != "self":
        form += f", эксперт {first.case.author or first.case.id}" if first.case.role == "expert" else ", согласованная"
    year = school_year(first.round.school_year).replace("/", "-")
    code = first.school.code if first.school is not None else ""
    for tail in _tails(code):
        name = file_name(subject, form, year, tail)
        if name.casefold() not in taken:
            break
    taken.add(name.casefold())
    return name


def _tails(code: str) -> Iterator[str]:
    """Yield what tells schools of one name apart: nothing, the code, a number."""
    yield ""
    if code:
        yield f" ({code})"
    number = 2
    while True:
        yield f" ({number})"
        number += 1


def file_name(subject: str, form: str, year: str, tail: str = "") -> str:
    """Return «СОШ № 3 — Самооценка школьной программы — 2025-26.xlsx»: at most 150 signs, safe on Windows.

    Args:
        subject: whose; cut where the name would be too long.
        form: short name of the form.
        year: as it is written in names, «2025-26».
        tail: what tells it from another file of that name, before the ending.
    """
    end = f" — {_safe(form)[:_LONGEST_FORM].rstrip(' .,')} — {_safe(year)}{tail}{_SUFFIX}"
    start = _cut(_safe(subject), end) or "бланк"
    # «con — …» is no device of Windows: only «con» alone or before a stop is
    return start + end


def safe_name(text: str, tail: str = "", suffix: str = _SUFFIX) -> str:
    """Return a text as the name of a file, safe on Windows; ``tail`` tells it from another file of that name."""
    start = _cut(_safe(text), tail + suffix) or "без названия"
    return f"{start}{tail}{suffix}"


def _cut(text: str, end: str) -> str:
    """Return the beginning of a name that leaves room for its end, in signs and in bytes."""
    room = max(_MOST_BYTES - len(end.encode()), 0)
    short = text[: max(LONGEST_NAME - len(end), 0)].encode()[:room].decode(errors="ignore")
    return short.rstrip(" .,")


def _safe(text: str) -> str:
    plain = _UNFIT.sub(" ", unicodedata.normalize("NFC", text))
    plain = "".join(char for char in plain if not unicodedata.category(char).startswith("C"))
    return " ".join(plain.split()).strip(" .")


# --- reading -----------------------------------------------------------------------------------------------------


def _sources(connection: Connection, case_ids: Sequence[int]) -> list[_Source]:
    """Read cases with their rounds, subjects, answers and last year's answers; a thousand as fast as one."""
    from app.forms.excel_plan import BlankHead

    asked = asked_forms(connection, case_ids)
    answers = stored.answers(connection, case_ids)
    of_round = {one.round.id: one for one in asked}
    before = {
        key: form_prefill.last_years(connection, one.form, one.round.school_year) for key, one in of_round.items()
    }
    municipality = settings.get(connection, "municipality")
    made: list[_Source] = []
    for one in asked:
        case, record, form, subject, school = one.case, one.round, one.form, one.subject, one.school
        rows = answers[case.id]
        past = before[record.id].get(subject.key)
        head = BlankHead(
            subject.shown, record.school_year, case.due_on or record.due_on, secrets.token_hex(8), record.id, case.id,
            subject.id, school.id if school else None, school.code if school else "", school.name if school else "",
            municipality, __version__, answer_set(form, rows), past[1] if past else None, head_of(rows),
            case.conclusion or "",
        )  # fmt: skip
        made.append(_Source(case, record, form, subject, school, head))
    return made
