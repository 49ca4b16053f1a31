"""A registry of schools as a table: columns in any order, only «Название» is needed (issue point 4, decision 4).

«Код; Логин ФИС ОКО; Код МСУ; Код ОО; ИНН; ОГРН; Название; Краткое название; Муниципалитет; Тип; Населённый пункт;
Состояние». A cell that does not fit its column is kept as a draft and listed; the school is still taken.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from app.importers.book import Book, Sheet
from app.importers.codes import CodeColumn, clean
from app.importers.findings import Findings
from app.importers.grid import Header, Headings, is_blank, is_total, text
from app.importers.marks_table import CODE_QUESTION
from app.importers.order import Order
from app.importers.parsed import FileReading, ParsedSchool, Question
from app.models.records import CodeSystem, Origin

HEADINGS = Headings({
    "code": ("код", "код школы"),
    "fisoko": ("логин фис око", "логин", "логин школы", "логин оо"),
    "msu": ("код мсу", "мсу"),
    "oo": ("код оо",),
    "inn": ("инн",),
    "ogrn": ("огрн",),
    "name": ("название", "наименование", "название школы", "наименование школы", "полное название", "школа",
             "название оо", "наименование оо", "полное наименование"),
    "short_name": ("краткое название", "краткое наименование", "сокращенное название", "сокращенное наименование"),
    "municipality": ("муниципалитет", "муниципальное образование"),
    "school_type": ("тип", "тип школы", "тип оо"),
    "settlement": ("населенный пункт",),
    "status": ("состояние", "статус"),
    "note": ("примечание", "примечания", "комментарий", "пояснение"),
})  # fmt: skip
STATUSES = {
    "действ": "действует",
    "работает": "действует",
    "открыт": "действует",
    "закрыт": "закрыта",
    "ликвид": "закрыта",
    "реорг": "реорганизована",
    "присоед": "реорганизована",
    "приост": "приостановлена",
    "не работает": "приостановлена",
    "ремонт": "приостановлена",
}
"""The words of «Состояние» by how the cell begins; one of four comes out."""
UNIQUE: tuple[CodeSystem, ...] = ("fisoko", "oo", "own")
_UNFIT = {"fisoko": "IMP_FISOKO_UNFIT", "inn": "IMP_INN_UNFIT", "ogrn": "IMP_OGRN_UNFIT"}
_OWN_HEADINGS = ("fisoko", "msu", "oo", "short_name", "municipality", "settlement")
_SCHOOL_WORDS = re.compile(
    r"школ|сош\b|оош\b|нош\b|лицей|гимнази|интернат|кадет|детск|\bсад\b|прогимнази|колледж|техникум|"
    r"\b[мгчк]?[абк]?(?:н|д)?оу\b|образован|методическ"
)
_PLAIN = ("short_name", "municipality", "school_type", "settlement")
_RESULTS = Headings(
    {
        "result": (
            *("участников", "кол во участников", "количество участников", "ниже минимума"),
            *("вариант", "код обучающегося", "отметка"),
        )
    }
)


def _header(sheet: Sheet) -> Header | None:
    return sheet.header(HEADINGS, ("name",))


def recognise(book: Book) -> float | None:
    """Known by «Название» beside headings of a registry of schools, or by names that sound like schools.

    «Код», «Наименование», «Тип» stand in any list of goods: by such headings alone the book is taken only when the
    user says that it is a registry.
    """
    best: float | None = None
    for sheet in book.sheets:
        header = _header(sheet)
        if header is None or sheet.header(_RESULTS, ("result",)):
            continue
        own = any(key in header for key in _OWN_HEADINGS)
        found = (0.85 if len(header.at) > 2 else 0.6) if own else 0.5 if _sounds_like_schools(sheet, header) else 0.1
        best = found if best is None else max(best, found)
    return best


def _sounds_like_schools(sheet: Sheet, header: Header) -> bool:
    names = [text(header.cell(row, "name")) for number, row in sheet.head() if number > header.row]
    named = [name for name in names if name]
    return bool(named) and 2 * sum(bool(_SCHOOL_WORDS.search(name.lower())) for name in named) >= len(named)


def read(book: Book, order: Order) -> FileReading:
    """Return every row that names a school; codes are split by the shape of their values."""
    schools: list[ParsedSchool] = []
    problems = []
    questions: tuple[Question, ...] = ()
    rows_read = 0
    for sheet in book.sheets:
        header = _header(sheet)
        if header is None:
            continue
        findings = Findings(sheet.name)
        table = _Table(sheet, header, order, findings)
        if table.asks:
            questions = (CODE_QUESTION,)
            break
        schools += table.run()
        rows_read += table.rows_read
        problems += findings.problems
    return book.reading(
        "schools",
        title="Реестр школ",
        schools=() if questions else schools,
        problems=() if questions else problems,
        questions=questions,
        rows_read=rows_read,
    )


def read_table(
    sheet: Sheet, header: Header, order: Order, findings: Findings
) -> tuple[list[ParsedSchool], Question | None, int]:
    """Read one sheet whose header is known; return the schools, the question its codes raise, the number of rows."""
    table = _Table(sheet, header, order, findings)
    if table.asks:
        return [], CODE_QUESTION, 0
    return table.run(), None, table.rows_read


Line = Mapping[str, str]
"""The cells of one row as texts, by what their column holds."""


class _Table:
    """One sheet with a registry."""

    def __init__(self, sheet: Sheet, header: Header, order: Order, findings: Findings) -> None:
        self._sheet = sheet
        self._header = header
        self._findings = findings
        values = (header.cell(row, "code") for number, row in sheet.rows() if number > header.row)
        answer = order.hints.answers.get("code_system")
        self._codes = CodeColumn(values if "code" in header else (), answer)
        self.asks = self._codes.question
        self.rows_read = 0

    def run(self) -> list[ParsedSchool]:
        """Return the schools; a second row with a code that must be one school's is left out with an error."""
        found: list[ParsedSchool] = []
        seen: dict[tuple[CodeSystem, str], int] = {}
        for number, row in self._sheet.rows():
            if number <= self._header.row or is_blank(row):
                continue
            self.rows_read += 1
            line = {key: text(row[at]) for key, at in self._header.at.items() if at < len(row)}
            name = line.get("name", "")
            if not name:
                self._findings.add("IMP_NAME_MISSING", number, self._header.at["name"])
                continue
            if is_total(name):
                self._findings.add("IMP_TOTALS_ROW", number, self._header.at["name"], level="hint")
                continue
            school = self._school(number, line, name)
            unique = [code for code in school.codes if code[0] in UNIQUE]
            first = next((seen[code] for code in unique if code in seen), None)
            if first is not None:
                self._findings.add("IMP_CODE_REPEATED", number, first=first)
                continue
            seen.update(dict.fromkeys(unique, number))
            found.append(school)
        return found

    def _school(self, number: int, line: Line, name: str) -> ParsedSchool:
        drafts: list[tuple[str, str, str]] = []
        codes = self._all_codes(number, line, drafts)
        state = line.get("status", "")
        status = _status(state)
        if state and status is None:
            self._draft("status", "IMP_STATUS_UNKNOWN", number, line, drafts)
        plain = {key: line.get(key) or None for key in _PLAIN}
        return ParsedSchool(
            name=name,
            origin=Origin(self._sheet.name, number, number),
            codes=tuple(codes.items()),
            status=status,
            drafts=tuple(drafts),
            note=_note(line.get("note", ""), state),
            **plain,
        )

    def _all_codes(self, number: int, line: Line, drafts: list[tuple[str, str, str]]) -> dict[CodeSystem, str]:
        """Return one code a system; named columns win over the column «Код»."""
        codes: dict[CodeSystem, str] = {}
        for system in ("fisoko", "inn", "ogrn", "msu"):
            value = line.get(system)
            if value:
                code = clean(system, value)
                if code is None:
                    self._draft(system, _UNFIT.get(system, "IMP_CODE_UNFIT"), number, line, drafts)
                else:
                    codes[system] = code
        oo = clean("oo", line.get("oo", ""))
        if oo:
            msu = codes.get("msu")
            codes["oo"] = oo if msu is None or "-" in oo else f"{msu}-{oo}"
        if line.get("code"):
            system, code = self._codes.split(line["code"])
            if code is None:
                self._draft("code", "IMP_CODE_UNFIT", number, line, drafts)
            elif codes.setdefault(system, code) != code:
                self._draft("code", "IMP_CODE_DIFFERS", number, line, drafts)
        return codes

    def _draft(self, key: str, code: str, number: int, line: Line, drafts: list[tuple[str, str, str]]) -> None:
        drafts.append((key, line[key], code))
        self._findings.add(code, number, self._header.at[key])


@lru_cache(1_000)
def _status(state: str) -> str | None:
    """Return which of the four words a cell of «Состояние» means."""
    return next((word for stem, word in STATUSES.items() if state.lower().startswith(stem)), None)


def _note(remark: str, state: str) -> str | None:
    """Return what a row remarks; a state of several words («реорганизована, вошла в СОШ № 5») is a remark, too."""
    said = [part for part in (remark, state if len(state.split()) > 2 else "") if part]
    return "; ".join(dict.fromkeys(said)) or None
