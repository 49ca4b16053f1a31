"""Children, specialists, teachers, courses and curricula of the schools a programme is about.

After 004, «анализ кадрового потенциала»: the contingent against the specialists.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.models import metrics as metric_rows
from app.models.metrics import StoredMetric
from app.operations import courses, metrics
from app.operations.programme_blocks import (
    NO_DATA,
    AnalysisBlock,
    Scope,
    Teller,
    fraction_text,
    listed,
    number_text,
    plain_table,
)
from app.reports.card_data import Origin, Way
from app.reports.charts import BarChart, Point, Series
from app.reports.document import Value
from app.texts import DASH, NBSP, capital, count, plural, school_year

CHILDREN: tuple[tuple[str, str], ...] = (
    ("pupils_ovz", "дети с ОВЗ"),
    ("pupils_disabled", "дети-инвалиды"),
    ("pupils_migrants", "дети мигрантов"),
    ("pupils_other_language", "дети, для которых русский язык не родной"),
    ("pupils_deviant", "дети с девиантным поведением"),
    ("pupils_kdn", "дети на учёте в комиссии по делам несовершеннолетних"),
    ("pupils_low_income", "дети из малообеспеченных семей"),
)
"""Groups of children that 004 names, the counts of the catalogue."""
SPECIALISTS: tuple[tuple[str, str], ...] = (
    ("psychologist", "педагога-психолога"),
    ("defectologist", "учителя-дефектолога"),
    ("speech_therapist", "учителя-логопеда"),
    ("social_worker", "социального педагога"),
    ("tutor", "тьютора"),
)
HELPERS = ("psychologist", "defectologist", "speech_therapist")
TEACHERS: tuple[tuple[str, str, str], ...] = (
    ("teachers_highest", "с высшей категорией", "высшая категория"),
    ("teachers_first", "с первой категорией", "первая категория"),
    ("teachers_beginners", "в первые три года работы", "первые три года работы"),
    ("teachers_retirement", "пенсионного возраста", "пенсионный возраст"),
    ("teachers_off_profile", "ведут предмет не по диплому", "предмет не по диплому"),
    ("teachers_courses", "прошли курсы за три года", "курсы за три года"),
    ("teachers_left", "уволились за учебный год", "уволились за год"),
)


@dataclass(frozen=True, slots=True)
class Total:
    """A metric summed over the schools that told it.

    Attributes:
        value: the sum; None where nobody told.
        told: how many schools told it; of: how many there are.
    """

    value: Fraction | None
    told: int
    of: int
    origins: tuple[Origin, ...]
    parts: tuple[str, ...]

    @property
    def schools(self) -> str:
        """«5 из 6»."""
        return f"{self.told} из{NBSP}{self.of}"


class Reading:
    """The metrics of one school year of the schools of a scope, read once."""

    def __init__(self, scope: Scope, codes: Sequence[str]) -> None:
        self.scope = scope
        years = (scope.school_year, scope.school_year - 1)
        found = metric_rows.values(scope.connection, years, codes)
        self.year = scope.school_year
        if not any(key[1] == years[0] and key[0] in scope.ids for key in found):
            self.year = years[1] if any(key[1] == years[1] and key[0] in scope.ids for key in found) else years[0]
        self._found = {(key[0], key[2]): value for key, value in found.items() if key[1] == self.year}

    def stored(self, school_id: int, code: str) -> StoredMetric | None:
        """Return what one school told."""
        return self._found.get((school_id, code))

    def number(self, school_id: int, code: str) -> Fraction | None:
        """Return the number one school told."""
        value = self.stored(school_id, code)
        if value is None:
            return None
        if value.part is not None:
            return Fraction(value.part)
        return None if value.exact is None else Fraction(value.exact)

    def total(self, code: str, beside: str | None = None) -> Total:
        """Sum a metric; with ``beside`` only over schools that told that one too, so that shares fit."""
        value, origins, parts, told = Fraction(0), [], [], 0
        for school_id, name in self.scope.schools.items():
            number = self.number(school_id, code)
            if number is None or (beside is not None and self.number(school_id, beside) is None):
                continue
            stored = self.stored(school_id, code)
            value, told = value + number, told + 1
            if stored is not None and stored.id:
                origins.append(Origin("metric_value", stored.id))
                parts.append(f"{name}: {stored.raw}")
        return Total(value if told else None, told, len(self.scope.schools), tuple(origins), tuple(parts))


def _whole(value: Fraction | None) -> int:
    return 0 if value is None else int(value)


def _rounded(value: Fraction) -> int:
    return int(value + Fraction(1, 2))


# --- children and specialists --------------------------------------------------------------------------------------


def contingent(scope: Scope) -> AnalysisBlock | None:
    """Return who learns in the schools against who helps there."""
    posts = [f"{start}_{who}" for who, _word in SPECIALISTS for start in ("posts", "vacancies")]
    read = Reading(scope, ["pupils", *(code for code, _word in CHILDREN), *posts])
    teller = Teller()
    rows: list[tuple[Value, ...]] = []
    unknown: list[str] = []
    pupils = read.total("pupils")
    _say_pupils(teller, read, pupils)
    rows.append(("Все дети", number_text(pupils.value), DASH, pupils.schools))
    for code, word in CHILDREN:
        rows.append(_children(teller, read, code, word, unknown))
    for who, word in SPECIALISTS:
        rows.append(_posts(teller, read, who, word, unknown))
    _say_lack(teller, read)
    if unknown:
        teller.say(f"Нет данных: {'; '.join(unknown)}.")
    columns = (
        ("Дети и специалисты", 4, False),
        ("Всего", 1.5, True),
        ("Доля или нагрузка", 2.5, True),
        ("Школ с данными", 1.5, True),
    )
    title = f"Контингент и специалисты, {school_year(read.year)} учебный год"
    note = "Показатели вносят на вкладке «Школы» → «Показатели»." if unknown else ""
    table = plain_table("Контингент и специалисты", columns, rows)
    return teller.block("process.contingent", title, "process", table, _load_chart(read), note)


def _say_pupils(teller: Teller, read: Reading, pupils: Total) -> None:
    way = Way("metric", "pupils", read.year)
    value = teller.figure("metric:pupils", "детей", number_text(pupils.value), pupils.origins, way, pupils.parts)
    if pupils.value is None:
        teller.say("О числе детей данных нет.", "metric:pupils")
        return
    number = _whole(pupils.value)
    words = plural(number, "учится", "учатся", "учатся"), plural(number, "ребёнок", "ребёнка", "детей")
    missing = "" if pupils.told == pupils.of else f" (сказали {pupils.schools} школ)"
    teller.say(f"{read.scope.where} {words[0]} {value}{NBSP}{words[1]}{missing}.", "metric:pupils")


def _children(teller: Teller, read: Reading, code: str, word: str, unknown: list[str]) -> tuple[Value, ...]:
    part, whole = read.total(code, "pupils"), read.total("pupils", code)
    only = read.total(code)
    told = fraction_text(_whole(part.value), _whole(whole.value)) if part.told else number_text(only.value)
    key = f"metric:{code}"
    origins, parts = (*only.origins, *whole.origins), (*only.parts, *whole.parts)
    teller.figure(key, word, told, origins, Way("metric", code, read.year), parts)
    if only.value is None:
        unknown.append(word)
    elif only.value:
        missing = "" if only.told == only.of else f"; сказали {only.schools} школ"
        teller.say(f"{capital(word)} {DASH} {told}{missing}.", key)
    share = told.partition("(")[2].rstrip(")") if part.told else ""
    return capital(word), number_text(only.value), share or DASH, only.schools


def posts_word(number: Fraction) -> str:
    """Return «1 ставка», «2 ставки», «5 ставок», «1,5 ставки»."""
    if number.denominator != 1:
        return f"{number_text(number)}{NBSP}ставки"
    return count(int(number), "ставка", "ставки", "ставок")


def _posts(teller: Teller, read: Reading, who: str, word: str, unknown: list[str]) -> tuple[Value, ...]:
    posts, vacant = read.total(f"posts_{who}"), read.total(f"vacancies_{who}")
    pupils = read.total("pupils", f"posts_{who}")
    key, way = f"metric:posts_{who}", Way("metric", f"posts_{who}", read.year)
    teller.figure(key, f"ставок {word}", number_text(posts.value), posts.origins, way, posts.parts)
    title = f"Ставки {word}"
    if posts.value is None:
        unknown.append(f"ставки {word}")
        return title, NO_DATA, DASH, posts.schools
    keys, load = [key], ""
    empty = ""
    if vacant.value:
        keys.append(f"metric:vacancies_{who}")
        value = teller.figure(
            keys[-1], f"вакансий {word}", number_text(vacant.value), vacant.origins,
            Way("metric", f"vacancies_{who}", read.year), vacant.parts,
        )  # fmt: skip
        verb = "вакантна" if vacant.value == 1 else "вакантно"
        empty = f", {verb} {value}"
    told = "" if posts.told == posts.of else f" (сказали {posts.schools} школ)"
    if not posts.value:
        teller.say(f"Ставок {word} нет{told}.", key)
    else:
        each = _rounded(pupils.value / posts.value) if pupils.value is not None else 0
        load = count(each, "ребёнок", "ребёнка", "детей") if each else ""
        per = f"; на одну ставку {plural(each, 'приходится', 'приходятся', 'приходится')} {load}" if load else ""
        words = posts_word(posts.value).split(NBSP)[-1]
        teller.say(f"{capital(words)} {word} {DASH} {number_text(posts.value)}{empty}{per}{told}.", *keys)
    return title, number_text(posts.value), f"{load} на ставку" if load else DASH, posts.schools


def _say_lack(teller: Teller, read: Reading) -> None:
    """Name the schools that have children with ОВЗ and no post of anybody who works with them."""
    lacking, origins = [], []
    for school_id, name in read.scope.schools.items():
        posts = [read.number(school_id, f"posts_{who}") for who in HELPERS]
        children = read.stored(school_id, "pupils_ovz")
        if read.number(school_id, "pupils_ovz") and children is not None and all(post == 0 for post in posts):
            lacking.append(name)
            origins.append(Origin("metric_value", children.id))
    if not lacking:
        return
    key = "metric:lack"
    teller.figure(key, "школ с детьми с ОВЗ без специалистов", str(len(lacking)), origins, parts=lacking)
    where = "В этой школе" if read.scope.kind == "one" else f"В{NBSP}{count(len(lacking), 'школе', 'школах', 'школах')}"
    names = "" if read.scope.kind == "one" else f": {listed(lacking)}"
    teller.say(f"{where} есть дети с ОВЗ, но нет ни психолога, ни дефектолога, ни логопеда{names}.", key)


def _load_chart(read: Reading) -> BarChart | None:
    points = []
    for who, word in SPECIALISTS:
        posts, pupils = read.total(f"posts_{who}"), read.total("pupils", f"posts_{who}")
        if posts.value and pupils.value is not None:
            each = _rounded(pupils.value / posts.value)
            points.append(Point(f"На ставку {word}", float(each), told=count(each, "ребёнок", "ребёнка", "детей")))
    if not points:
        return None
    return BarChart("Детей на одну ставку специалиста", "чел.", (Series("Детей", tuple(points)),))


# --- teachers ------------------------------------------------------------------------------------------------------


def staff(scope: Scope) -> AnalysisBlock | None:
    """Return who teaches in the schools: category, experience, diploma, courses, vacancies."""
    read = Reading(scope, ["teachers", "vacancies_teachers", *(code for code, *_words in TEACHERS)])
    teller, unknown = Teller(), list[str]()
    teachers = read.total("teachers")
    way = Way("metric", "teachers", read.year)
    value = teller.figure(
        "metric:teachers", "учителей", number_text(teachers.value), teachers.origins, way, teachers.parts
    )
    if teachers.value is None:
        teller.say("О числе учителей данных нет.", "metric:teachers")
    else:
        number = _whole(teachers.value)
        verb, noun = (
            plural(number, "работает", "работают", "работают"),
            plural(number, "учитель", "учителя", "учителей"),
        )
        told = "" if teachers.told == teachers.of else f" (сказали {teachers.schools} школ)"
        teller.say(f"{scope.where} {verb} {value}{NBSP}{noun}{told}.", "metric:teachers")
    rows: list[tuple[Value, ...]] = [("Учителя", number_text(teachers.value), teachers.schools)]
    points = []
    for code, word, short in TEACHERS:
        part, whole = read.total(code, "teachers"), read.total("teachers", code)
        told = fraction_text(_whole(part.value), _whole(whole.value)) if part.told else NO_DATA
        key = f"metric:{code}"
        origins, parts = (*part.origins, *whole.origins), (*part.parts, *whole.parts)
        teller.figure(key, f"учителей: {word}", told, origins, Way("metric", code, read.year), parts)
        rows.append((capital(word), told, part.schools))
        if part.told and whole.value:
            share = float(Fraction(part.value or 0) * 100 / whole.value)
            points.append(Point(short, share, told=told))
            missing = "" if part.told == part.of else f"; сказали {part.schools} школ"
            teller.say(f"{capital(word)} {DASH} {told}{missing}.", key)
        else:
            unknown.append(short)
    rows.append(_vacancies(teller, read, unknown))
    if unknown:
        teller.say(f"Об учителях нет данных: {'; '.join(unknown)}.")
    columns = (("Учителя", 4, False), ("Число и доля", 2.5, True), ("Школ с данными", 1.5, True))
    chart = BarChart("Учителя, доля", "%", (Series("Доля", tuple(points)),)) if points else None
    title = f"Кадры, {school_year(read.year)} учебный год"
    note = "Показатели вносят на вкладке «Школы» → «Показатели»." if unknown else ""
    return teller.block("process.staff", title, "process", plain_table("Кадры", columns, rows), chart, note)


def _vacancies(teller: Teller, read: Reading, unknown: list[str]) -> tuple[Value, ...]:
    vacant = read.total("vacancies_teachers")
    key, way = "metric:vacancies_teachers", Way("metric", "vacancies_teachers", read.year)
    teller.figure(key, "вакансий учителей, ставок", number_text(vacant.value), vacant.origins, way, vacant.parts)
    if vacant.value is None:
        unknown.append("вакансии")
    elif vacant.value:
        told = "" if vacant.told == vacant.of else f" (сказали {vacant.schools} школ)"
        teller.say(f"Вакансии учителей {DASH} {posts_word(vacant.value)}{told}.", key)
    else:
        teller.say("Вакансий учителей нет.", key)
    return "Вакансии учителей, ставок", number_text(vacant.value), vacant.schools


# --- courses and curricula -------------------------------------------------------------------------------------------


def courses_block(scope: Scope) -> AnalysisBlock | None:
    """Return who has been trained, from the register of courses; None where the register is empty."""
    register = courses.register(scope.connection, scope.school_year)
    mine = [record for record in register.records if record.school_id in scope.ids]
    if not register.records:
        return None
    teller = Teller()
    people = sum(record.people for record in mine)
    origins = tuple(Origin("course_record", record.id) for record in mine)
    year = school_year(scope.school_year)
    if not mine:
        teller.figure("courses.people", "прошли обучение", NO_DATA)
        teller.say(f"Об обучении педагогов этих школ в{NBSP}{year} учебном году данных нет.", "courses.people")
    else:
        value = teller.figure("courses.people", "прошли обучение", str(people), origins)
        verb = plural(people, "прошёл", "прошли", "прошли")
        noun = plural(people, "человек", "человека", "человек")
        teller.say(f"{scope.where} обучение в{NBSP}{year} учебном году {verb} {value}{NBSP}{noun}.", "courses.people")
    sums: dict[str, list[int]] = {}
    for record in mine:
        row = sums.setdefault(register.axes.categories.get(record.category, record.category), [0, 0])
        row[record.kind == "upgrading"] += record.people
    rows = [(name, numbers[0], numbers[1]) for name, numbers in sums.items()]
    columns = (("Категория", 4, False), ("Переподготовка", 1.5, True), ("Повышение квалификации", 2, True))
    table = plain_table("Обучение", columns, rows)
    return teller.block("process.courses", f"Обучение педагогов, {year} учебный год", "process", table)


def curricula(scope: Scope) -> AnalysisBlock:
    """Return what own metrics say of the curricula of the schools; otherwise that nothing is known."""
    own = [metric for metric in metrics.catalogue(scope.connection).metrics if _of_curricula(metric.name)]
    teller = Teller()
    note = (
        "Впишите, что показал анализ учебных планов. Числа по школам можно вести своим показателем: "
        "«Школы» → «Показатели», в названии — «учебный план»."
    )
    read = Reading(scope, [metric.code for metric in own])
    columns = (("Школа", 3, False), *((metric.short, 2.0, True) for metric in own))
    rows: list[tuple[Value, ...]] = []
    for school_id, name in scope.schools.items():
        values = [read.stored(school_id, metric.code) for metric in own]
        if any(values):
            rows.append((name, *(NO_DATA if value is None else value.raw for value in values)))
            for metric, value in zip(own, values, strict=True):
                if value is not None:
                    key = f"metric:{metric.code}:{school_id}"
                    origins = (Origin("metric_value", value.id),)
                    teller.figure(key, f"{metric.name}, {name}", value.raw, origins)
    if rows:
        told = count(len(rows), "школы", "школ", "школ")
        verb = plural(len(rows), "разобран учебный план", "разобраны учебные планы", "разобраны учебные планы")
        teller.say(f"У{NBSP}{told} {verb}; что показал разбор, стоит в таблице.")
        note = ""
    return teller.block("process.curricula", "Учебные планы", "process", plain_table("Учебные планы", columns, rows),
                        note=note)  # fmt: skip


def _of_curricula(name: str) -> bool:
    plain = name.casefold()
    return "учебн" in plain and "план" in plain
