"""Names of school subjects: one canonical name for every spelling and short code that files use."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.importers.grid import heading, text
from app.models.records import Level
from app.texts import capital

_SYNONYMS: dict[str, tuple[str, ...]] = {
    "Русский язык": ("ру", "рус", "русс", "русский", "рус яз", "рус язык", "ря", "русяз"),
    "Математика": ("ма", "мат", "матем", "мате", "мат ка"),
    "Окружающий мир": ("ом", "окр мир", "окруж мир", "окружающий"),
    "Биология": ("би", "био", "биол"),
    "География": ("гг", "гео", "геогр"),
    "История": ("ис", "ист", "история россии"),
    "Обществознание": ("об", "общ", "обществ", "общество"),
    "Физика": ("фи", "физ"),
    "Химия": ("хи", "хим"),
    "Английский язык": ("ая", "англ", "английский", "англ яз", "англ язык"),
    "Немецкий язык": ("ня", "нем", "немецкий", "нем яз", "нем язык"),
    "Французский язык": ("фя", "фр", "франц", "французский", "фр яз", "франц яз", "франц язык"),
    "Испанский язык": ("испанский", "исп яз"),
    "Китайский язык": ("китайский", "кит яз"),
    "Иностранный язык": ("ия", "ин яз", "иностранный", "иностр яз", "иностранные языки"),
    "Литература": ("ли", "лит", "литер"),
    "Литературное чтение": ("лит чтение", "чтение"),
    "Информатика": ("инф", "информ", "информатика и икт", "информатика икт"),
}
SUBJECTS: tuple[str, ...] = tuple(_SYNONYMS)
_LEVELLED: dict[str, tuple[str, Level]] = {
    "мап": ("Математика", "profile"),
    "маб": ("Математика", "base"),
    "ма п": ("Математика", "profile"),
    "ма б": ("Математика", "base"),
}
_BY_SPELLING = {spelling: name for name, others in _SYNONYMS.items() for spelling in (heading(name), *others)}
_LOOKALIKES = str.maketrans("aceopxymkhbt", "асеорхумкнвт")
_LEVEL_WORDS: tuple[tuple[str, Level], ...] = (("профил", "profile"), ("углуб", "profile"), ("баз", "base"))
_FILLERS = frozenset({"уровень", "уровня", "уровне", "изучение", "изучением", "изучения", "с", "на"})


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject as found: ``known`` is false where the spelling is kept because no canonical name fits."""

    name: str
    level: Level | None = None
    known: bool = True


def level_of(word: str) -> Level | None:
    """Return the level that a word names: «профильная», «базовый уровень», «углублённый», «база»."""
    for stem, level in _LEVEL_WORDS:
        if word.startswith(stem):
            return level
    return None


def find_subject(spelling: str) -> Subject | None:
    """Return the canonical subject of a spelling, or None: «МА», «рус. яз.», «математика профильная»."""
    words = heading(spelling).split()
    level: Level | None = None
    rest: list[str] = []
    for word in words:
        found = level_of(word)
        if found is not None:
            level = found
        elif word not in _FILLERS:
            rest.append(word)
    key = " ".join(rest)
    for candidate in (key, key.translate(_LOOKALIKES)):
        if candidate in _LEVELLED and level is None:
            return Subject(*_LEVELLED[candidate])
        if candidate in _BY_SPELLING:
            return Subject(_BY_SPELLING[candidate], level)
    return None


def subject_or_as_written(spelling: str) -> Subject:
    """Return the canonical subject; an unknown one keeps its spelling with a capital letter."""
    found = find_subject(spelling)
    if found is not None:
        return found
    line = re.sub(r"\s+", " ", text(spelling))
    return Subject(capital(line), None, known=False)
