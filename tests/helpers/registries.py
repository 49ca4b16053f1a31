"""An invented registry of schools in two years: the same schools written in every dirty way, and what happened."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field, replace

from app.importers.parsed import FileReading, ParsedSchool
from app.models.records import Origin

CITIES = ("Лесогорск", "Новоозёрск", "Красноречье", "Усть-Камск", "Белоярск", "Приозёрный", "Заречный", "Сосновоборск")
DISTRICTS = ("Верхнекамский", "Тополевский", "Озёрский", "Калиновский", "Степновский", "Родниковский", "Еловский",
             "Медвежинский", "Каменский", "Лугский", "Осиновский", "Вязовский")  # fmt: skip
FIRST = ("Верхняя", "Нижняя", "Старая", "Новая", "Малая", "Большая", "Дальняя", "Белая", "Тихая", "Красная")
SECOND = ("Осиновка", "Сосновка", "Берёзовка", "Еловка", "Поляна", "Луговица", "Ольховка", "Рябиновка", "Дубрава",
          "Вишнёвка", "Клёновка", "Каменка", "Родниковка", "Ключевка", "Озерница", "Журавлиха", "Глинка")  # fmt: skip
PEOPLE = ("Ю. А. Гагарина", "А. С. Пушкина", "М. Горького", "Г. К. Жукова", "И. П. Павлова", "Н. С. Вьюжанина")
KINDS = {
    "СОШ": ("СОШ", "сош", "СШ", "средняя школа", "Средняя общеобразовательная школа",
            "средняя обшеобразовательная школа", "Cредняя (полная) общеобразовательная школа"),
    "ООШ": ("ООШ", "основная школа", "Основная общеобразовательная школа", "OОШ"),
    "НОШ": ("НОШ", "начальная школа", "Начальная общеобразовательная школа"),
    "Гимназия": ("Гимназия", "гимназия", "ГИМНАЗИЯ"),
    "Лицей": ("Лицей", "лицей", "Лицeй"),
}  # fmt: skip
FORMS = ("МБОУ", "МКОУ", "МАОУ", "МОУ", "МБОУ ", "Муниципальное бюджетное общеобразовательное учреждение",
         "муниципальное казённое общеобразовательное учреждение",
         "Муниципальное автономное обшеобразовательное учреждение", "MБОУ", "")  # fmt: skip
QUOTES = ("«»", '""', "„“", "''", "“”", "  ")


@dataclass(frozen=True)
class Truth:
    """One invented school: what it is, however it is written."""

    kind: str
    number: int | None
    place: str
    city: bool
    municipality: str
    honour: str | None = None
    login: str = ""

    def written(self, chance: random.Random | None = None) -> str:
        """Return its name: clean, or dirty by chance."""
        if chance is None:
            return self._put("МБОУ", "«»", self.kind, "№ ", "г. " if self.city else "с. ", "им. ")
        name = self._put(
            chance.choice(FORMS), chance.choice(QUOTES), chance.choice(KINDS[self.kind]),
            chance.choice(("№", "№ ", "N ", "No ", "№  ", "N")),
            chance.choice(("г. ", "г.", "город ", "Г. ") if self.city else ("с. ", "с.", "село ", "с ")),
            chance.choice(("им. ", "имени ", "им.")),
        )  # fmt: skip
        if chance.random() < 0.5:
            name = name.replace("ё", "е")
        if chance.random() < 0.3:
            name = name.replace(" ", chance.choice(("  ", "\u00a0")), 2)
        if chance.random() < 0.1:
            name = name.upper()
        return name

    def _put(self, form: str, quotes: str, kind: str, mark: str, place: str, honour: str) -> str:
        parts = [kind]
        if self.number is not None:
            parts.append(f"{mark}{self.number}")
        parts.append(f"{place}{self.place}")
        if self.honour:
            parts.append(f"{honour}{self.honour}")
        return f"{form} {quotes[0]}{' '.join(parts)}{quotes[-1]}".strip()


@dataclass
class Story:
    """Two years of a registry and the truth about what happened between them."""

    before: list[Truth]
    first: FileReading
    second: FileReading
    counterparts: dict[str, str] = field(default_factory=dict)
    """New login → old login of the same school."""
    renamed: set[str] = field(default_factory=set)
    """Logins that stayed while the name became another."""
    new: set[str] = field(default_factory=set)
    closed: set[str] = field(default_factory=set)
    merged: dict[str, str] = field(default_factory=dict)
    """Old login → login of the school that took it over."""


def schools(chance: random.Random, count: int) -> list[Truth]:
    """Return that many different schools: numbered ones in towns, one of a kind in villages."""
    found: list[Truth] = []
    for city in CITIES:
        for number in range(1, 26):
            kind = chance.choices(("СОШ", "Гимназия", "Лицей"), (8, 1, 1))[0]
            honour = chance.choice(PEOPLE) if chance.random() < 0.15 else None
            found.append(Truth(kind, number, city, True, f"город {city}", honour))
    villages = [f"{a} {b}" for a in FIRST for b in SECOND]
    for district in DISTRICTS:
        for village in chance.sample(villages, 60):
            kind = chance.choices(("СОШ", "ООШ", "НОШ"), (5, 3, 1))[0]
            found.append(Truth(kind, None, village, False, f"{district} район"))
    chance.shuffle(found)
    return [replace(truth, login=f"{n:06d}") for n, truth in enumerate(found[:count], start=200_001)]


def _row(number: int, name: str, login: str, municipality: str, note: str | None = None) -> ParsedSchool:
    return ParsedSchool(
        name, Origin("Реестр", number, number), codes=(("fisoko", login),), municipality=municipality, note=note
    )


def _reading(name: str, rows: list[ParsedSchool]) -> FileReading:
    return FileReading("", name, 10, f"{len(name):064d}", "schools", "Реестр школ", schools=tuple(rows))


def _other_name(truth: Truth, chance: random.Random) -> Truth:
    """Return the same school under a name that says something else."""
    if truth.number is not None and truth.honour is None and chance.random() < 0.6:
        return replace(truth, honour=chance.choice(PEOPLE))
    ladder = {"НОШ": "ООШ", "ООШ": "СОШ", "СОШ": "Лицей" if truth.city else "ООШ", "Лицей": "Гимназия",
              "Гимназия": "Лицей"}  # fmt: skip
    return replace(truth, kind=ladder[truth.kind])


def story(seed: int, count: int = 680, left: int = 34, new: int = 2, renamed: int = 12) -> Story:
    """Return two years: ``count - left`` schools keep the digits of their login, the others do not.

    Of those left one is closed and one has joined another school; as many rows as ``new`` are of new schools; all
    others came back under another login, a third of them under another name, too. ``renamed`` of those that kept
    their login have another name.
    """
    chance = random.Random(seed)
    truths = schools(chance, count + new)
    before, fresh = truths[:count], truths[count:]
    first = [_row(n, t.written(), f"sch{t.login}", t.municipality) for n, t in enumerate(before, start=2)]
    made = Story(before, _reading("реестр 2024.xlsx", first), _reading("", []))
    leaving = chance.sample(before, left)
    kept = [truth for truth in before if truth not in leaving]
    made.renamed = {truth.login for truth in chance.sample(kept, renamed)}
    closed, joined, *moved = leaving
    made.closed = {closed.login}
    heir = next(t for t in kept if t.municipality == joined.municipality and t.login not in made.renamed)
    made.merged = {joined.login: heir.login}
    lines: list[tuple[str, str, str, str | None]] = []
    for truth in kept:
        now = _other_name(truth, chance) if truth.login in made.renamed else truth
        login = f"{chance.choice(('edu', 'sch', 'EDU'))}{truth.login}"
        note = f"К ней присоединена {plain(joined)}" if truth is heir else None
        lines.append((now.written(chance), login, _area(truth, chance), note))
    for number, truth in enumerate(moved, start=900_001):
        now = _other_name(truth, chance) if number % 3 == 0 else truth
        made.counterparts[f"{number}"] = truth.login
        lines.append((now.written(chance), f"edu{number}", _area(truth, chance), None))
    for number, truth in enumerate(fresh, start=950_001):
        made.new.add(f"{number}")
        lines.append((truth.written(chance), f"edu{number}", _area(truth, chance), None))
    chance.shuffle(lines)
    made.second = _reading("реестр 2025.xlsx", [_row(n, *line) for n, line in enumerate(lines, start=2)])
    return made


def plain(truth: Truth) -> str:
    """Return a school as a note names it."""
    return re.sub(r"^МБОУ «|»$", "", truth.written())


def _area(truth: Truth, chance: random.Random) -> str:
    name = truth.municipality.removeprefix("город ").removesuffix(" район")
    if truth.city:
        return chance.choice((f"город {name}", f"г. {name}", f"г.{name}"))
    return chance.choice((f"{name} район", f"{name} муниципальный район", f"{name} р-н"))
