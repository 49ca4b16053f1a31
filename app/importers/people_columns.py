"""Which column of a list of participants is which: by its heading, in one line or two, else by what stands in it.

Lists of registration are made by hand: a title above, headings merged over others, «№ п/п», a total and a signature
below, schools as lines between the people. Telephones, addresses and dates of birth are known for what they are, so
that nobody keeps them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.importers.grid import HEAD_ROWS, Headings, heading
from app.importers.plan_records import PlanLine, PlanTable

FIELDS: Mapping[str, str] = {
    "name": "ФИО целиком",
    "surname": "фамилия",
    "first": "имя",
    "patronymic": "отчество",
    "school": "школа",
    "post": "должность",
    "audience": "кто это: учитель, руководитель…",
    "came": "был или не был",
    "way": "очно или онлайн",
    "online": "подключался или нет",
    "note": "примечание",
    "grade": "класс ученика",
    "private": "личное, не брать",
}
"""What a column may mean, in the words of the screen."""
NAMING = ("name", "surname")
"""A table without one of these has no people."""
PRIVATE = "private"
AUDIENCES: Sequence[tuple[str, str]] = (
    ("молод", "young"), ("учител", "teachers"), ("преподават", "teachers"), ("руковод", "heads"),
    ("директор", "heads"), ("заместител", "heads"), ("завуч", "heads"), ("специалист", "specialists"),
    ("психолог", "specialists"), ("логопед", "specialists"), ("дефектолог", "specialists"), ("команд", "team"),
    ("друг", "other"), ("ино", "other"),
)  # fmt: skip
"""How a category of people begins in a cell → its code."""

NAME = re.compile(
    r"[А-ЯЁA-Z][\w’'-]+(?:\s+[А-ЯЁA-Z](?:[\w’'-]*\.?)){1,3}|[А-ЯЁ][\w-]+\s+[А-ЯЁ]\.\s*[А-ЯЁ]?\.?"
    r"|[А-ЯЁ]\.\s*[А-ЯЁ]\.\s*[А-ЯЁ][\w-]+"
)
PUPIL = re.compile(
    r"\b(учени[кц]|учащ|обучающ|школьни[кц]|воспитанни[кц]|\d{1,2}\s*[-«\"]?[а-г]?[»\"]?\s*класс)", re.IGNORECASE
)
ADULT = re.compile(
    r"учител|педагог|руковод|воспитател|директор|методист|психолог|логопед|завуч|преподават|специалист|тьютор"
    r"|библиотекар|заведующ|социальн",
    re.IGNORECASE,
)
_SCHOOL = re.compile(r"школ|гимнази|лице[йя]|[соон]ош\b|\bсош|\bоош|\bнош|детск\w+ сад|\bдоу|\bцо\b|№", re.IGNORECASE)
_POST = re.compile(rf"{ADULT.pattern}|секретар|инженер|лаборант|вожат|инструктор|мастер|консультант", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    r"(?<!\d)(?:(?:\+?7|8)[\s(-]*\d{3,5}[\s)-]*\d{1,3}[\s-]*\d{2}[\s-]*\d{2}"
    r"|\(?9\d{2}\)?[\s-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}|\d{3}-\d{2}-\d{2}|\d{1,2}-\d{2}-\d{2})(?!\d)"
)
_SNILS = re.compile(r"(?<!\d)\d{3}-\d{3}-\d{3}[\s-]\d{2}(?!\d)")
_LABEL = re.compile(
    r"[,;(]?\s*\b(?:тел|моб|телефон|сот|e-?mail|почта|эл\.?\s*почта|снилс)\b\.?\s*:?\s*$", re.IGNORECASE
)
_NUMBER = re.compile(r"\d{1,4}[.)]?")
_HEADINGS = Headings({
    "number": ["№", "№ п п", "п п", "№ пп", "пп", "no", "номер", "n", "номер по порядку"],
    "other": [
        "*подпис*", "*фио* директор*", "*фио* руководител*", "*сертификат*", "дата регистрации", "*отметка времени*",
    ],
    "school": [
        "школа*", "оо", "оо *", "мо", "*наименование оо*", "организация*", "место работы*", "образовательн*",
        "учреждение*", "наименование *организаци*", "наименование *учрежд*", "наименование *школ*",
        "*полное наименование*",
    ],
    "private": [
        "*телефон*", "тел", "тел *", "*e mail*", "*email*", "*mail*", "*почт*", "*адрес*", "*паспорт*", "*снилс*",
        "инн*", "*рожден*", "*контакт*", "моб*", "*мессенджер*", "*telegram*", "*телеграм*", "*whatsapp*", "возраст*",
        "*номер для связи*", "*ватсап*", "* вк", "*вконтакте*",
    ],
    "surname": ["фамилия", "фамилии", "фамилия участника", "фамилия слушателя", "фамилия педагога"],
    "first": ["имя", "имена", "имя участника", "имя педагога"],
    "patronymic": ["отчество*"],
    "way": ["форма участия*", "формат*", "способ участия*", "вид участия", "очно *", "онлайн очно*"],
    "online": ["онлайн", "онлайн участие", "дистанционно", "дистант", "вкс", "подключение*", "подключился*"],
    "came": [
        "*присутств*", "явка*", "*явк*", "очно", "был", "были", "был не был", "посещ*", "*отметка о посещ*", "участие",
        "отметка об участии", "отметка", "участвовал*", "пришел*", "пришли",
    ],
    "name": [
        "*фио*", "*ф и о*", "фамилия имя*", "фамилия и *", "фамилии имена*", "фамилия *инициал*", "*фамилия имя*",
        "участник", "участники", "участник*", "слушатель*", "слушатели*", "педагог", "педагоги", "учитель", "учителя",
        "педагогический работник", "список участников", "кто",
    ],
    "post": ["*должност*", "кем работает*"],
    "school ": ["*школа*", "*организаци*", "*учрежден*", "*место работы*", "*школы*", "*оо*"],
    "audience": ["категория*", "категории*", "роль*", "статус*"],
    "grade": ["класс", "класс обучения", "класс ученика", "класс группа"],
    "note": ["примечани*", "комментари*"],
})  # fmt: skip
_LONGEST_HEADING = 200
_LOOKED = 200
_MOST_OF, _HALF = 0.6, 0.5


@dataclass(frozen=True, slots=True)
class PeopleColumn:
    """One column: its place from 0, its headings from the top line down, what it means (None: not taken)."""

    at: int
    path: tuple[str, ...]
    field: str | None = None

    @property
    def heading(self) -> str:
        """The headings in one line."""
        return ", ".join(self.path)


@dataclass(frozen=True, slots=True)
class PeopleHead:
    """Rows above the first person, and the columns."""

    rows: int
    columns: tuple[PeopleColumn, ...]

    def at(self, field: str) -> int | None:
        """Return the first column of a meaning."""
        return next((column.at for column in self.columns if column.field == field), None)

    @property
    def named(self) -> bool:
        """Tell whether there is a column of names."""
        return any(column.field in NAMING for column in self.columns)


def without_private(text: str) -> tuple[str, bool]:
    """Return a text without telephones, addresses of post and СНИЛС, and whether there were any."""
    left = text
    for found in (_MAIL, _SNILS, _PHONE):
        pieces = found.split(left)
        if len(pieces) > 1:
            left = " ".join([*(_LABEL.sub("", piece) for piece in pieces[:-1]), pieces[-1]])
    if left == text:
        return text, False
    return re.sub(r"\(\s*\)", "", left).strip(" ,;:-("), True


def is_person(text: str) -> bool:
    """Tell whether a cell has the shape of a name: «Ким О. В.», «Мамедов Али Гусейн оглы», «ИВАНОВА МАРИЯ»."""
    if NAME.fullmatch(text):
        return True
    words = text.split()
    return 2 <= len(words) <= 5 and words[0][:1].isupper() and all(
        word.replace("-", "").replace(".", "").replace("’", "").isalpha() for word in words
    ) and not (_SCHOOL.search(text) or _POST.search(text))  # fmt: skip


def looks_like_school(text: str) -> bool:
    """Tell whether a text has the words of a school."""
    return bool(_SCHOOL.search(text)) and not _POST.match(text)


# --- the head ----------------------------------------------------------------------------------------------------


def find_head(table: PlanTable) -> PeopleHead:
    """Return where the people of a table begin and what its columns mean; what no heading says is told by content."""
    for place, line in enumerate(table.lines[:HEAD_ROWS]):
        known = _known(line)
        if len(known) >= 2 or (set(known) & set(NAMING) and _alone(table, place)):
            return _at(table, place)
    return _by_content(table, PeopleHead(_first(table), tuple(_column(at, ()) for at in range(table.width))))


def head_at(table: PlanTable, rows: int, fields: Mapping[int, str | None]) -> PeopleHead:
    """Return the head as a person has told it: so many rows above the first person, column → meaning."""
    lines = table.lines[max(0, rows - 2) : rows]
    paths = [_path(lines, at) for at in range(table.width)]
    return PeopleHead(rows, tuple(PeopleColumn(at, path, fields.get(at)) for at, path in enumerate(paths)))


def _alone(table: PlanTable, place: int) -> bool:
    """A single heading over a single column is a head, too; a title over the table is none."""
    below = table.lines[place + 1 : place + 6]
    return len(table.lines[place].filled) == 1 and any(line.filled for line in below) and all(
        line.filled in ((), table.lines[place].filled) for line in below
    )  # fmt: skip


def _known(line: PlanLine) -> list[str]:
    """Return what the cells of a heading mean; a row that holds a name is no heading."""
    if any(NAME.fullmatch(text) and _field(text) is None for text in line.cells):
        return []
    found = [_field(text) for text in line.cells]
    return [field for field in dict.fromkeys(found) if field is not None and field != "other"]


def _field(text: str) -> str | None:
    if not text or len(text) > _LONGEST_HEADING:
        return None
    if text.strip() in {"№", "№.", "#"}:
        return "number"
    found = _HEADINGS.key(heading(text))
    return None if found is None else found.strip()


def _at(table: PlanTable, place: int) -> PeopleHead:
    line = table.lines[place]
    below = table.lines[place + 1] if place + 1 < len(table.lines) else None
    rows = [line]
    if below is not None and _is_second(line, below):
        rows.append(below)
    columns = [_column(at, _path(rows, at)) for at in range(table.width)]
    return _by_content(table, PeopleHead(place + len(rows), tuple(_once(columns))))


def _is_second(above: PlanLine, below: PlanLine) -> bool:
    """A second line of headings: more of them, and no name in the column where names stand."""
    if len(below.filled) == 1 and any(sign.isdigit() for sign in below.cells[below.filled[0]]):
        return False  # «Школа № 5» above its people
    known = _known(below)
    naming = [at for at, text in enumerate(above.cells) if _field(text) in NAMING]
    return bool(set(known) - {"number"}) and all(
        not below.at(at) or _field(below.at(at)) in {*NAMING, "first"} for at in naming
    )  # fmt: skip


def _path(rows: Sequence[PlanLine], at: int) -> tuple[str, ...]:
    """Return the headings over a column; one merged over several stands over each of them."""
    found: list[str] = []
    for place, line in enumerate(rows):
        own = line.at(at)
        if not own and place + 1 < len(rows) and rows[place + 1].at(at):
            own = next((line.at(left) for left in range(at, -1, -1) if line.at(left)), "")
        if own:
            found.append(" ".join(own.split()))
    return tuple(found)


def _column(at: int, path: tuple[str, ...]) -> PeopleColumn:
    named = [field for text in reversed(path) if (field := _field(text)) is not None]
    # «Участник» merged over «Фамилия» and «Телефон»: the nearer heading says what the column is
    field = named[0] if named else None
    return PeopleColumn(at, path, None if field in {"number", "other"} else field)


def _once(columns: Iterable[PeopleColumn]) -> list[PeopleColumn]:
    """Of several columns of one meaning the first counts; anything private is private."""
    seen: set[str] = set()
    made = []
    for one in columns:
        again = one.field in seen and one.field != PRIVATE
        made.append(PeopleColumn(one.at, one.path, None if again else one.field))
        if one.field:
            seen.add(one.field)
    return made


# --- by what stands in the cells ---------------------------------------------------------------------------------


def _first(table: PlanTable) -> int:
    """Return how many rows stand above the first one with a name."""
    rows = (place for place, line in enumerate(table.lines[:HEAD_ROWS]) if any(map(is_person, _flat(line))))
    return next(rows, 0)


def _flat(line: PlanLine) -> list[str]:
    return [" ".join(text.split()) for text in line.cells]


def _by_content(table: PlanTable, head: PeopleHead) -> PeopleHead:
    """Name the columns that their headings do not: a column of names, of schools, of posts; find what is private."""
    taken = {column.field for column in head.columns}
    made = {column.at: column for column in head.columns}
    cells = {at: _cells(table, head.rows, at) for at in made}
    for at, column in made.items():
        if column.field == "audience" and _share(cells[at], lambda text: audience_of(text) is not None) < _MOST_OF:
            made[at] = PeopleColumn(at, column.path)  # «Категория: высшая» is no category of people
        elif column.field in {None, "note"} and _share(cells[at], lambda text: without_private(text)[1]) >= _HALF:
            made[at] = PeopleColumn(at, column.path, PRIVATE)
    wanted = (("name", is_person), ("school", looks_like_school), ("post", lambda text: bool(_POST.search(text))))
    for field, fits in wanted:
        if field in taken or (field == "name" and "surname" in taken):
            continue
        free = [at for at, column in made.items() if column.field is None and _untold(column)]
        shares = {at: _share(cells[at], fits) for at in free}
        best = max(free, key=lambda at: (shares[at], -at), default=None)
        if best is not None and shares[best] >= _MOST_OF:
            made[best] = PeopleColumn(best, made[best].path, field)
    return PeopleHead(head.rows, tuple(made.values()))


def _untold(column: PeopleColumn) -> bool:
    """Tell whether nothing is known of a column: that of signatures or of numbers is known and not taken."""
    return all(_field(text) is None for text in column.path)


def _cells(table: PlanTable, start: int, at: int) -> list[str]:
    texts = (" ".join(line.at(at).split()) for line in table.lines[start : start + _LOOKED])
    return [text for text in texts if text and not _NUMBER.fullmatch(text)]


def _share(texts: Sequence[str], fits: object) -> float:
    return sum(bool(fits(text)) for text in texts) / len(texts) if texts and callable(fits) else 0.0


def audience_of(text: str) -> str | None:
    """Return the category of people that a cell names, None where it names none."""
    lowered = text.casefold().replace("ё", "е")
    return next((code for start, code in AUDIENCES if lowered.startswith(start)), None)
