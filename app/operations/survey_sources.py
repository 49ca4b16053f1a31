"""Where filled questionnaires come from: what was copied out of a table, or a file of Excel, Яндекс, Google.

The file is read and forgotten: a copy of it would keep names and addresses.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from app.errors import UserError
from app.forms import clipboard
from app.forms.schema import FormDef
from app.forms.survey_table import SurveyRows, read_rows
from app.forms.survey_tally import SurveyTallies, read_tallies

_WIDEST = 200
_MOST = 20_000
Table = Sequence[Sequence[str]]


def pasted(text: str, html: str = "") -> list[list[str]]:
    """Return the cells of what was copied."""
    return [list(line.cells) for line in clipboard.lines(text, html)]


def tables(path: Path) -> list[list[list[str]]]:
    """Return the sheets of a table file as texts: xlsx, xls, ods, csv.

    Raises:
        UserError: ``GEN_FILE_MISSING``; codes that begin with IMP_.
    """
    from app.importers import guard
    from app.importers.book import open_sheets
    from app.importers.grid import text

    if not path.exists():
        raise UserError("GEN_FILE_MISSING", file=path)
    sheets, _hidden = open_sheets(path, guard.check(path))
    return [
        [[text(cell) for cell in islice(row, _WIDEST)] for _number, row in islice(sheet.rows(), _MOST)]
        for sheet in sheets
    ]


def rows(form: FormDef, lines: Table) -> SurveyRows:
    """Return the respondents of a table.

    Raises:
        UserError: ``FORM_SURVEY_TABLE``.
    """
    found = read_rows(form, lines)
    if found is None:
        raise UserError("FORM_SURVEY_TABLE", form=form.short)
    return found


def numbers(form: FormDef, lines: Table) -> SurveyTallies:
    """Return the counts of a table.

    Raises:
        UserError: ``FORM_SURVEY_TABLE_NUMBERS``.
    """
    found = read_tallies(form, lines)
    if found is None:
        raise UserError("FORM_SURVEY_TABLE_NUMBERS", form=form.short)
    return found


def rows_of_file(form: FormDef, path: Path) -> SurveyRows:
    """Return the respondents of a file: of the sheet that knows most questions.

    Raises:
        UserError: ``FORM_SURVEY_TABLE``, ``GEN_FILE_MISSING``; codes that begin with IMP_.
    """
    found = [one for lines in tables(path) if (one := read_rows(form, lines)) is not None]
    if not found:
        raise UserError("FORM_SURVEY_TABLE", form=form.short)
    return max(found, key=lambda one: (one.known, len(one.rows)))


def numbers_of_file(form: FormDef, path: Path) -> SurveyTallies:
    """Return the counts of a file: of the sheet that has most of them.

    Raises:
        UserError: ``FORM_SURVEY_TABLE_NUMBERS``, ``GEN_FILE_MISSING``; codes that begin with IMP_.
    """
    found = [one for lines in tables(path) if (one := read_tallies(form, lines)) is not None]
    if not found:
        raise UserError("FORM_SURVEY_TABLE_NUMBERS", form=form.short)
    return max(found, key=lambda one: len(one.numbers))
