"""Forms of collection (format §2.1) and what a coordinator gets of them all together (format §2.2).

Both have the same table: code, variant, tasks, class, mark of the last term, «Итого баллов». A coordinator's export has
columns that name the school before it; a form of one school names it nowhere in the table. «Итого баллов» is a formula
that schools break: it is only compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from app.errors import problem
from app.importers.book import Book, Sheet
from app.importers.codes import fisoko_login
from app.importers.findings import Findings
from app.importers.grid import Header, Headings, at, heading, text
from app.importers.order import Order
from app.importers.parsed import FileReading, Question, UnitRef
from app.importers.pupils.harvest import Harvest
from app.importers.pupils.heads import task_columns
from app.importers.pupils.rows import Layout, PupilTable
from app.importers.pupils.schools import Collected, OneSchool, plain_name
from app.importers.pupils.works import Task, guess_grade, with_scale, work_of

HEADINGS = Headings(
    {
        "user": ("пользователь",),
        "school": ("школа",),
        "municipality": ("муниципалитет",),
        "uploaded": ("дата загрузки",),
        "code": ("код участника", "код", "код обучающегося"),
        "variant": ("вариант", "вариант часть 1", "вариант 1 часть", "вариант 1 части"),
        "variant_2": ("вариант часть 2", "вариант 2 часть", "вариант 2 части"),
        "class": ("порядковый номер класса*", "класс*", "наименование класса*"),
        "sex": ("пол",),
        "journal": ("отметка за предыдущ*",),
        "total": ("итого баллов", "итого", "всего баллов"),
    }
)
NEEDED = ("code", "variant")
_SERVICE = "служебный"
_ENDS = ("class", "sex", "journal", "total")
_SCHOOL_LABELS = frozenset(
    {
        "школа", "оо", "название оо", "наименование оо", "название школы", "наименование школы",
        "образовательная организация", "наименование образовательной организации", "логин", "логин школы", "логин оо",
    }
)  # fmt: skip
_YEAR = re.compile(r"(?<!\d)20\d{2}(?!\d)")
_SCHOOL_QUESTION = "Какая школа заполнила эту форму? Введите её логин (например, edu123456) или название."
_SCHOOLS_QUESTION = "Какая школа заполнила эту форму? В названии файла и в самой форме указаны разные."


def recognise_collected(book: Book) -> float | None:
    """Known by the form's headings beside «Пользователь» or «Школа»."""
    return 0.94 if any(_names_schools(header) for _, header, _ in _tables(book)) else None


def recognise_form(book: Book) -> float | None:
    """Known by the form's headings without a column that would name a school."""
    return 0.93 if any(not _names_schools(header) for _, header, _ in _tables(book)) else None


def read_collected(book: Book, order: Order) -> FileReading:
    """Return counts per school of the forms collected by a coordinator in 2022."""
    book, harvest = _without_service(book), Harvest()
    for sheet, header, layout in _tables(book):
        if not _names_schools(header):
            continue
        findings = Findings(sheet.name)
        task = _task(book, sheet, header, order, findings)
        harvest.questions = tuple(_with_year(question, sheet, header) for question in task.questions)
        if task.work is None or task.questions:
            break
        filled = (header.at["code"], *layout.variants, *(column.column for column in layout.tasks))
        places = [header.at[key] for key in ("school", "user") if key in header]
        schools = Collected(places, header.at.get("municipality"), filled)
        table = PupilTable(sheet, replace(layout, school=places[0]), schools, task.scale, findings)
        table.note_maximum(task.work)
        table.run(order.tick)
        harvest.take(table, task.work, findings, schools.lost)
    return harvest.reading(book, "pupils_2022", "Выгрузка собранных форм")


def read_form(book: Book, order: Order) -> FileReading:
    """Return counts of the one school that filled in a form; an empty form is refused, never read as zeros.

    The school stands in the name of the file or in a cell outside the table; else it is asked for.
    """
    book, harvest = _without_service(book), Harvest()
    tables = [found for found in _tables(book) if not _names_schools(found[1])]
    if not any(_is_filled(sheet, layout) for sheet, _, layout in tables):
        return book.reading("collection_form", refused=problem("IMP_EMPTY_FORM", name=book.name))
    unit, questions = _school(book, tables, order)
    for sheet, header, layout in tables:
        findings = Findings(sheet.name)
        task = _task(book, sheet, header, order, findings)
        harvest.questions = (*questions, *task.questions)
        if task.work is None or unit is None or harvest.questions:
            break
        table = PupilTable(sheet, layout, OneSchool(unit), task.scale, findings)
        table.note_maximum(task.work)
        table.run(order.tick)
        harvest.take(table, task.work, findings)
    return harvest.reading(book, "collection_form", "Форма сбора результатов")


def _without_service(book: Book) -> Book:
    """Nobody misses the hidden lists of allowed values: they are not told of."""
    return replace(book, hidden=tuple(name for name in book.hidden if heading(name) != _SERVICE))


def _tables(book: Book) -> Iterator[tuple[Sheet, Header, Layout]]:
    """Yield (sheet, headings, where things stand) of every sheet that has the form's table."""
    for sheet in book.sheets:
        header = None if heading(sheet.name) == _SERVICE else sheet.header(HEADINGS, NEEDED)
        if header is None or not ("total" in header or "journal" in header):
            continue
        tasks = task_columns(sheet, header, "variant", _ENDS)
        if not tasks:
            continue
        variants = [header.at[key] for key in ("variant", "variant_2") if key in header]
        yield (
            sheet,
            header,
            Layout(
                header_row=header.row,
                tasks=tasks,
                school=header.at["variant"],
                variants=tuple(variants),
                pupil=header.at["code"],
                total=header.at.get("total"),
                total_name="Итого баллов",
                journal=header.at.get("journal"),
            ),
        )


def _names_schools(header: Header) -> bool:
    return "user" in header or "school" in header


def _task(book: Book, sheet: Sheet, header: Header, order: Order, findings: Findings) -> Task:
    offered = guess_grade(sheet, header.row, header.at["code"])
    return with_scale(*work_of(book, sheet, header.row, order, findings, offered), order)


def _with_year(question: Question, sheet: Sheet, header: Header) -> Question:
    """Offer the year the forms were uploaded in; it is not used by itself."""
    if question.key != "year":
        return question
    lines = [text(header.cell(row, "uploaded")) for number, row in sheet.head() if number > header.row]
    years = {year for line in lines for year in _YEAR.findall(line)}
    return replace(question, options=tuple(years)) if len(years) == 1 else question


def _is_filled(sheet: Sheet, layout: Layout) -> bool:
    """Tell whether any row has a variant or a point: codes and zeros in «Итого баллов» are no results."""
    columns = (*layout.variants, *(task.column for task in layout.tasks))
    return any(
        number > layout.header_row and any(text(at(row, column)) for column in columns) for number, row in sheet.rows()
    )


def _school(
    book: Book, tables: list[tuple[Sheet, Header, Layout]], order: Order
) -> tuple[UnitRef | None, tuple[Question, ...]]:
    """Return the school, or the question; what the file says needs no answer unless it says two things."""
    in_name = fisoko_login(book.name)
    logins, names = _named_in_cells(book, {id(sheet): header.row for sheet, header, _ in tables})
    found = {*([in_name] if in_name else []), *logins}
    if len(found) == 1:
        login = found.pop()
        name = logins.get(login) or (names[0] if len(names) == 1 else login)
        return UnitRef("school", name, (("fisoko", login),)), ()
    answer = text(order.hints.answers.get("school"))
    login_said = fisoko_login(answer)
    if login_said:
        return UnitRef("school", logins.get(login_said) or login_said, (("fisoko", login_said),)), ()
    if answer:
        return UnitRef("school", answer), ()
    if found:
        return None, (Question("school", _SCHOOLS_QUESTION, tuple(sorted(found))),)
    if len(names) == 1:
        return UnitRef("school", names[0]), ()
    return None, (Question("school", _SCHOOL_QUESTION, tuple(names)),)


def _named_in_cells(book: Book, header_rows: dict[int, int]) -> tuple[dict[str, str], list[str]]:
    """Return (login → name beside it or "", names under a label) of cells outside the tables of pupils."""
    logins: dict[str, str] = {}
    names: list[str] = []
    for sheet in book.sheets:
        if heading(sheet.name) == _SERVICE:
            continue
        last = header_rows.get(id(sheet))
        for number, row in sheet.head():
            if last is not None and number >= last:
                break
            lines = [line for cell in row if (line := text(cell))]
            for line in lines:
                login = fisoko_login(line)
                if login:
                    name = plain_name(line)
                    logins[login] = logins.get(login) or ("" if fisoko_login(name) else name)
            if last is not None and len(lines) == 2 and heading(lines[0]) in _SCHOOL_LABELS:
                name = plain_name(lines[1])
                names += [name] if name and fisoko_login(name) is None and name not in names else []
    return logins, names
