"""The vocabulary of headings, group rows and totals that files of others use (domain §4)."""

from __future__ import annotations

import re
from typing import Literal

from app.importers.grid import Headings, heading, text
from app.importers.subjects import Subject, find_subject

Scope = Literal["table", "region", "municipality"]

LONGEST_HEADING = 400
ROW_KEYS = Headings({
    "number": ("№", "№ п п", "п п", "номер п п", "no", "n"),
    "school": (
        "школа", "школы", "название школы", "наименование школы", "оо", "оу", "название оо", "наименование оо",
        "наименование оу", "название оу", "название", "наименование", "полное название", "полное наименование",
        "организация", "образовательная организация", "общеобразовательная организация", "учреждение",
        "образовательное учреждение", "общеобразовательное учреждение", "наименование организации",
        "наименование образовательной организации", "название образовательной организации",
        "наименование общеобразовательной организации", "наименование образовательного учреждения",
        "наименование общеобразовательного учреждения", "полное наименование оо",
        "полное наименование образовательной организации",
    ),
    "short_name": (
        "краткое название", "краткое наименование", "сокращенное название", "сокращенное наименование",
        "краткое наименование оо", "сокращенное наименование оо",
    ),
    "code": ("код", "код школы", "код учреждения", "код организации"),
    "fisoko": ("логин фис око", "логин", "логин школы", "логин оо"),
    "oo": ("код оо", "код оу"),
    "msu": ("код мсу", "мсу"),
    "inn": ("инн", "инн оо", "инн школы"),
    "ogrn": ("огрн", "огрн оо"),
    "municipality": (
        "муниципалитет", "муниципальное образование", "мо", "ате", "район", "территория", "наименование мо",
        "муниципальный район", "муниципальный округ", "муниципальный район городской округ", "район город",
        "город район", "наименование муниципалитета", "наименование муниципального образования",
    ),
    "region": ("регион", "субъект", "субъект рф", "субъект российской федерации", "наименование региона"),
    "year": ("год", "год процедуры", "год проведения"),
    "school_year": ("учебный год", "уч год"),
    "procedure": ("процедура", "оценочная процедура"),
    "subject": ("предмет", "учебный предмет", "наименование предмета"),
    "level": ("уровень", "уровень предмета"),
    "grade": ("класс", "параллель", "классы"),
    "school_type": ("тип", "тип школы", "тип оо", "вид", "вид оо"),
    "settlement": ("населенный пункт",),
    "status": ("состояние", "статус"),
})  # fmt: skip
"""Headings of columns that say whose row it is and about what; the keys are fields of a profile."""

_PERSONAL = re.compile(
    r"\bфио\b|\bф и о\b|фамили|^имя\b|отчеств|паспорт|снилс|^серия\b|^номер документ|докумен[та]|удостоверен|дата рожд|"
    r"телефон|\be mail\b|электронн\w* почт|домашн\w* адрес|адрес прожив"
)
_WORDS = re.compile(
    r"наименован|назван|муницип|территор|предмет|параллел|процедур|участник|участв|выпускник|обучающ|учащ|балл|отметк|"
    r"оценк|качеств|успеваем|процент|%|\bдол[яи]\b|кол во|колич|числен|число|средн|миним|порог|показат|маркер|"
    r"факт[оа]р|значим|рейтинг|сдава|сдали|преодол|справ|учител|педагог|логин|примечан"
)
_SCHOOL = re.compile(
    r"школ|\b[сомвн]\w?ош\b|\bнош\b|лице[йя]|гимнази|интернат|кадет|колледж|техникум|училищ|детск\w* сад|\bсад\b|"
    r"\b[мгчкф][а-я]{0,3}(?:оу|ошу|поу|бу)\b|\bоу\b|учрежден|центр образован|корпус"
)
_MUNICIPALITY = re.compile(
    r"\bрайон\w*\b|\bокруг\w*\b|\bг\b|\bгород\b|\bмуниципалитет\w*\b|муниципальн\w+ образован|\bмр\b|\bго\b|\bмо\b|"
    r"\bзато\b|reg ?\d\d\w* m\d+"
)
_REGION = re.compile(
    r"\bрегион\w*|\bобласт[ьи]|\bкра[йюя]\b|\bреспублик[аеи]\b|\bросси[яи]|российск\w+ федерац|\bрф\b|выборк"
)
_TOTAL = re.compile(
    r"^(?:итого|итог|всего|в целом|в среднем|среднее|средняя|средний|общий итог|общая|сводно)\b|\b(?:итого|всего)$|"
    r"^по (?:регион|район|город|муниципал|округ|област|кра|республик|школ)"
)
_LIKE_TOTAL = re.compile(
    r"итог|всего|целом|средн|общая|сводно|^\W*по\b|регион|област|кра[йюя]|республик|росси|\bрф\b|выборк"
)
_SPEAKS = re.compile(r"\d|результат|сведени|отчет|итог|данны|свод|информац|показател|таблиц|перечень|список|реестр")
_SUBJECT_STEMS = (
    ("русск", "Русский язык"), ("математик", "Математика"), ("окружающ", "Окружающий мир"), ("биолог", "Биология"),
    ("географ", "География"), ("истори", "История"), ("обществозн", "Обществознание"), ("физик", "Физика"),
    ("хими", "Химия"), ("английск", "Английский язык"), ("немецк", "Немецкий язык"),
    ("французск", "Французский язык"), ("испанск", "Испанский язык"), ("китайск", "Китайский язык"),
    ("литератур", "Литература"), ("информатик", "Информатика"),
)  # fmt: skip


def is_personal(path: tuple[str, ...]) -> bool:
    """Tell whether a column holds names, documents or contacts of people: it is neither shown nor read."""
    return any(_PERSONAL.search(heading(part)) for part in path)


def sounds_like_heading(line: str) -> bool:
    """Tell whether a normalised text is a heading that tables of this field use."""
    return ROW_KEYS.key(line) is not None or _WORDS.search(line) is not None or find_subject(line) is not None


def names_school(line: str) -> bool:
    """Tell whether a text names a school, a college or a kindergarten."""
    return _SCHOOL.search(heading(line)) is not None


def names_municipality(line: str) -> bool:
    """Tell whether a text names a municipality and not a school in it: «г. Барнаул», «Алейский район»."""
    found = heading(line)
    return len(found) <= 120 and _MUNICIPALITY.search(found) is not None and _SCHOOL.search(found) is None


def titles_municipality(line: str) -> bool:
    """Tell whether a line above a table is the name of a municipality and nothing more."""
    found = heading(line)
    return len(found) <= 60 and names_municipality(line) and not _SPEAKS.search(found)


def municipality_name(label: str) -> str:
    """Return the name in a label of totals or of a group: «г. Барнаул, всего» and «Итого по г. Барнаул» name it."""
    line = re.sub(r"(?i)^\s*(?:итого|всего)\s*(?:по)?\s*[:,]?\s*|[\s,:;(–—-]*(?:итого|всего)[\s):]*$", "", text(label))
    return line or text(label)


def total_scope(line: str) -> Scope | None:
    """Tell what a row of totals sums up by its label, or None where the label is not one of totals.

    «Итого», «Всего» sum up what stands above; «ВСЕГО по региону», «Алтайский край» the whole region; «Итого по району»,
    «г. Барнаул, всего» one municipality.
    """
    if len(line) > 240 or not _LIKE_TOTAL.search(line.lower()):
        return None
    found = heading(line)
    if len(found) > 120 or _SCHOOL.search(found):
        return None
    labelled = _TOTAL.search(found) is not None
    if _REGION.search(found) and (labelled or not _MUNICIPALITY.search(found)):
        return "region"
    if not labelled:
        return None
    return "municipality" if _MUNICIPALITY.search(found) else "table"


def subject_within(line: str) -> Subject | None:
    """Return the one subject a heading speaks of: «Математика (профиль)», «по русскому языку», «ОГЭ: химия»."""
    exact = find_subject(line)
    if exact is not None:
        return exact
    found = heading(line)
    if "родн" in found:  # «родной (русский) язык», «родная литература» are subjects of their own
        return None
    names = {name for stem, name in _SUBJECT_STEMS if re.search(rf"\b{stem}", found)}
    if "Литература" in names and "чтени" in found:
        names = (names - {"Литература"}) | {"Литературное чтение"}
    if len(names) != 1:
        return None
    levels = {"profile" if "профил" in found else None, "base" if re.search(r"\bбаз", found) else None} - {None}
    level: Literal["base", "profile"] | None = None
    if levels == {"profile"}:
        level = "profile"
    elif levels == {"base"}:
        level = "base"
    return Subject(names.pop(), level)
