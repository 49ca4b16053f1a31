"""Cases of posts and names and the agreement of words with numbers, by libraries that know Russian.

Common words by pymorphy3 with the dictionary of OpenCorpora, names by pytrovich (of the two ports of Petrovich it is
the one that declines Цой, Черных and Окуджава rightly; compared on 47 names made up for that). Both are loaded when
the first word is asked for. What the libraries cannot know stays as it was written: a wrong ending in a paper is worse
than none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from app.texts import NBSP, capital, grouped

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer
    from pymorphy3.analyzer import Parse

Case = Literal["nominative", "genitive", "dative", "accusative", "instrumental", "prepositional"]
Gender = Literal["male", "female"]

CASES: tuple[Case, ...] = ("nominative", "genitive", "dative", "accusative", "instrumental", "prepositional")
CASE_WORDS: dict[Case, str] = {
    "nominative": "именительный",
    "genitive": "родительный",
    "dative": "дательный",
    "accusative": "винительный",
    "instrumental": "творительный",
    "prepositional": "предложный",
}

_TAGS: dict[Case, str] = {
    "nominative": "nomn",
    "genitive": "gent",
    "dative": "datv",
    "accusative": "accs",
    "instrumental": "ablt",
    "prepositional": "loct",
}
_ADJECTIVES = frozenset({"ADJF", "PRTF"})
_WORD = re.compile(r"[А-Яа-яЁё]+(?:-[А-Яа-яЁё]+)*")
_INITIAL = re.compile(r"[А-ЯЁ](?:[а-яё]?)\.(?:-?[А-ЯЁ]\.)*")
_STAY = re.compile(r"^\s*(?:и\.\s*о\.|врио|вр\.\s*и\.\s*о\.|исп\.\s*обяз)", re.IGNORECASE)
_STABLE_FIRST = frozenset({"центр", "сад", "дом", "лицей", "класс"})
"""First halves of a double word that decline though they are neither people nor feminine: «дома-интерната»."""
_GONE = re.compile(r"едш(?:ий|ая|ее|ие|его|ей|их|ую|им|ими)$")
"""Participles that the dictionary takes for adjectives first: «прошедших курсы»."""
_SUBSTANTIVE = frozenset({"заведующий", "заведующая", "управляющий", "исполняющий", "исполняющая", "ведущий"})


@lru_cache(maxsize=1)
def _morphology() -> MorphAnalyzer:
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer()


@lru_cache(maxsize=4096)
def _parses(word: str) -> tuple[Parse, ...]:
    return tuple(_morphology().parse(word.lower()))


def _like(pattern: str, word: str) -> str:
    """Give a word the capital letters of another."""
    if pattern.isupper() and len(pattern) > 1:
        return word.upper()
    return capital(word) if pattern[:1].isupper() else word


def _nominative(word: str, parts: Iterable[str]) -> Parse | None:
    wanted = frozenset(parts)
    return next((p for p in _parses(word) if p.tag.POS in wanted and p.tag.case == "nomn"), None)


def _abbreviation(word: str) -> bool:
    return len(word) > 1 and word.isupper()


# --- posts and other groups of words -----------------------------------------------------------------------------


def inflect(text: str, case: Case) -> str:
    """Return a group of words in a case: its head and the adjectives before it; what depends on the head stays.

    «заместитель директора по учебной работе» → «заместителя директора по учебной работе». Abbreviations, «и. о.» and
    what has no head in the nominative stay as they are.
    """
    if case == "nominative" or _STAY.match(text):
        return text
    words = list(_WORD.finditer(text))
    changed: dict[int, str] = {}
    at = 0
    while at < len(words):
        group = _group(words, at, text)
        if group is None:
            break
        end, forms = group
        for place, head, adjective in forms:
            changed[place] = _form(words[place].group(), case, head, adjective=adjective)
        at = _next_head(words, end, text)
    return _put_together(text, words, changed)


def post(text: str, case: Case) -> str:
    """Return a post in a case: «директор» → «директора», «и. о. директора» stays."""
    return inflect(text, case)


_Found = tuple[int, list[tuple[int, "Parse", bool]]]


def _group(words: Sequence[re.Match[str]], start: int, text: str) -> _Found | None:
    """Return where a head with its adjectives ends, and (place, the head's reading, is an adjective) of its words."""
    adjectives: list[int] = []
    for place in range(start, len(words)):
        word = words[place].group()
        if place > start and text[words[place - 1].end() : words[place].start()].strip():
            break
        if _abbreviation(word) or "«" in text[: words[place].start()]:
            break
        noun, adjective = _head(word), _nominative(word, _ADJECTIVES)
        if adjective is not None and (noun is None or _followed(words, place, adjective)):
            adjectives.append(place)
            if word.lower() in _SUBSTANTIVE and not _followed(words, place, adjective):
                return place + 1, [(item, adjective, True) for item in adjectives]
            continue
        if noun is None or not all(_agrees(words[item].group(), noun) for item in adjectives):
            break
        return place + 1, [*((item, noun, True) for item in adjectives), (place, noun, False)]
    if adjectives:
        last = _nominative(words[adjectives[-1]].group(), _ADJECTIVES)
        if last is not None:
            return adjectives[-1] + 1, [(item, last, True) for item in adjectives]
    return None


def _head(word: str) -> Parse | None:
    return _nominative(word.rsplit("-", 1)[-1] if "-" in word else word, {"NOUN"})


def _followed(words: Sequence[re.Match[str]], place: int, adjective: Parse) -> bool:
    """Tell whether a word that may be an adjective has something after it that it agrees with."""
    for word in words[place + 1 : place + 4]:
        noun = _head(word.group())
        if noun is not None and not _abbreviation(word.group()):
            return _same(adjective, noun)
        if _nominative(word.group(), _ADJECTIVES) is None:
            return False
    return False


def _agrees(word: str, noun: Parse) -> bool:
    return any(p.tag.POS in _ADJECTIVES and p.tag.case == "nomn" and _same(p, noun) for p in _parses(word))


def _same(adjective: Parse, noun: Parse) -> bool:
    if noun.tag.number == "plur" or adjective.tag.number == "plur":
        return bool(adjective.tag.number == noun.tag.number)
    return bool(adjective.tag.gender in {noun.tag.gender, None} or noun.tag.gender is None or "ms-f" in noun.tag)


def _next_head(words: Sequence[re.Match[str]], start: int, text: str) -> int:
    """Return where a further head begins: after «и» or a comma, a person in the nominative and in no other case."""
    for place in range(max(start, 1), len(words)):
        before = text[words[place - 1].end() : words[place].start()].strip()
        if before != "," and words[place - 1].group().lower() != "и":
            continue
        word = words[place].group()
        parse = _nominative(word, {"NOUN"})
        others = {p.tag.case for p in _parses(word) if p.tag.POS == "NOUN"} - {"nomn", "voct"}
        if parse is not None and "anim" in parse.tag and not others and not _abbreviation(word):
            return place
    return len(words)


def _form(word: str, case: Case, head: Parse, *, adjective: bool) -> str:
    if "-" in word and not adjective:
        return _double(word, case)
    grammemes = {_TAGS[case], head.tag.number or "sing"}
    if adjective:
        if grammemes >= {"sing"} and head.tag.gender:
            grammemes.add(head.tag.gender)
        if case == "accusative" and (head.tag.number == "plur" or head.tag.gender == "masc"):
            grammemes.add("anim" if "anim" in head.tag or head.tag.POS in _ADJECTIVES else "inan")
        parse = next((p for p in _parses(word) if p.tag.POS in _ADJECTIVES and p.tag.case == "nomn"), None)
    else:
        parse = head
    made = parse.inflect(grammemes) if parse is not None else None
    return word if made is None else _like(word, made.word)


def _double(word: str, case: Case) -> str:
    """Return a double word: «педагога-психолога», but «пресс-секретаря»."""
    *first, last = word.split("-")
    if [part.lower() for part in first] == ["мастер"] and not _person(last):
        return f"{first[0]}-{_half(last, case)}"  # «мастер-класса»: what is a person elsewhere only names the kind here
    done = [_half(part, case) if _declines(part) else part for part in first]
    return "-".join([*done, _half(last, case)])


def _person(part: str) -> bool:
    parse = _nominative(part, {"NOUN"})
    return parse is not None and "anim" in parse.tag


def _declines(part: str) -> bool:
    parse = _nominative(part, {"NOUN"})
    if parse is None:
        return False
    return "anim" in parse.tag or parse.tag.gender == "femn" or part.lower() in _STABLE_FIRST


def _half(part: str, case: Case) -> str:
    parse = _nominative(part, {"NOUN"})
    made = parse.inflect({_TAGS[case], parse.tag.number or "sing"}) if parse is not None else None
    return part if made is None else _like(part, made.word)


def _put_together(text: str, words: Sequence[re.Match[str]], changed: dict[int, str]) -> str:
    parts, end = [], 0
    for place, word in enumerate(words):
        parts += [text[end : word.start()], changed.get(place, word.group())]
        end = word.end()
    return "".join([*parts, text[end:]])


def is_plural(text: str) -> bool:
    """Tell whether the head of a group of words stands in the plural: «расходы на учебники», but not «доля школ»."""
    words = list(_WORD.finditer(text))
    group = _group(words, 0, text) if words else None
    return group is not None and any(head.tag.number == "plur" for _place, head, _adjective in group[1])


def kind_of(text: str) -> Literal["masc", "femn", "neut", "plur"] | None:
    """Return gender or plural of the head of a group of words: «Муниципальная программа» → «femn»."""
    words = list(_WORD.finditer(text))
    group = _group(words, 0, text) if words else None
    if group is None:
        return None
    head = group[1][-1][1]
    if head.tag.number == "plur":
        return "plur"
    found: Literal["masc", "femn", "neut"] | None = head.tag.gender
    return found


_PROPER = frozenset({"Name", "Surn", "Patr", "Geox", "Orgn"})


def small_start(text: str) -> str:
    """Return a text with a small first letter; names, initials and abbreviations keep theirs."""
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    word = _WORD.match(first)
    if word is None or _INITIAL.match(first) or _abbreviation(word.group()):
        return text
    best = _parses(word.group())[0]
    return text if _PROPER & set(best.tag.grammemes) else text[:1].lower() + text[1:]


def open_clause(text: str) -> bool:
    """Tell whether a group of words ends in a clause that wants a comma after it: «школы, где нет психолога»."""
    tail = text.partition(",")[2].split()
    words = [word for word in tail if word.lower() not in {"не", "у", "в", "на", "с", "за", "к", "по", "из"}][:1]
    if not words:
        return False
    word = words[0].lower().strip(",.;")
    if word == "где" or word.startswith(("котор", "чь")) or _GONE.search(word):
        return True
    return any(p.tag.POS == "PRTF" for p in _parses(word)[:1])


def measured(number: Decimal, shown: str, unit: str, case: Case = "nominative") -> str:
    """Return a value with its unit: «4 школы», «до 1 школы», «1,5 ставки»; signs and abbreviations stay.

    Args:
        number: the value.
        shown: how it is written.
        unit: «%», «чел.», or a noun in any form: «школ».
        case: the case the sentence wants.
    """
    word = unit.strip()
    noun = next((p for p in _parses(word) if p.tag.POS == "NOUN"), None) if _WORD.fullmatch(word) else None
    base = noun.inflect({"nomn", "sing"}) if noun is not None and len(word) > 3 and noun.is_known else None
    if base is None:
        return f"{shown}{NBSP}{word}"
    if number != int(number):
        return f"{shown}{NBSP}{inflect(base.word, 'genitive')}"
    return f"{shown}{NBSP}{agreed(int(number), base.word, case)}"


# --- numbers -----------------------------------------------------------------------------------------------------


def agree(number: int, phrase: str, case: Case = "nominative") -> str:
    """Return number and words that agree with it: «21 сильная школа», «2 сильные школы», «в 5 сильных школах».

    Args:
        number: a whole number.
        phrase: adjectives and a noun in the nominative singular; what depends on the noun follows it unchanged.
        case: the case the sentence wants of the whole.
    """
    return f"{grouped(number)}{NBSP}{agreed(number, phrase, case)}"


def agreed(number: int, phrase: str, case: Case = "nominative") -> str:
    """Return only the words that agree with a number."""
    tail = abs(number) % 100
    one = tail % 10 == 1 and tail != 11
    few = tail % 10 in {2, 3, 4} and not 11 <= tail <= 14
    if one:
        return inflect(phrase, case)
    words = list(_WORD.finditer(phrase))
    group = _group(words, 0, phrase)
    if group is None:
        return phrase
    changed = {}
    for place, head, adjective in group[1]:
        word = words[place].group()
        if head.normal_form == "человек" and not adjective and case in {"nominative", "accusative"}:
            changed[place] = _like(word, "человека" if few else "человек")  # «5 человек», not «5 людей»
            continue
        tags = _counted(head, case, few=few, adjective=adjective)
        if case == "accusative" and number in {2, 3, 4} and "anim" in head.tag:
            tags = {"gent", "plur"}  # «обучить 2 педагогов», but «обучить 22 педагога»
        changed[place] = _counted_form(word, head, tags, adjective=adjective)
    return _put_together(phrase, words, changed)


def _counted(head: Parse, case: Case, *, few: bool, adjective: bool) -> set[str]:
    """Return the form after a number: 2 учителя, 2 новых учителя, 2 новые школы, 5 школ, к 5 школам."""
    if case not in {"nominative", "accusative"}:
        return {_TAGS[case], "plur"}
    if few and not adjective:
        return {"gent", "sing"}
    if few and head.tag.gender == "femn":
        return {"nomn", "plur"}
    return {"gent", "plur"}


def _counted_form(word: str, head: Parse, tags: set[str], *, adjective: bool) -> str:
    if "-" in word and not adjective:
        halves = word.split("-")
        return "-".join(_half_counted(half, tags, last=half is halves[-1]) for half in halves)
    parse = _nominative(word, _ADJECTIVES) if adjective else head
    made = parse.inflect(tags) if parse is not None else None
    return word if made is None else _like(word, made.word)


def _half_counted(half: str, tags: set[str], *, last: bool) -> str:
    parse = _nominative(half, {"NOUN"})
    made = parse.inflect(tags) if parse is not None and (last or _declines(half)) else None
    return half if made is None else _like(half, made.word)


# --- people ------------------------------------------------------------------------------------------------------


def person(full_name: str, case: Case, gender: Gender | None = None, own: str | None = None) -> str:
    """Return a person's name in a case.

    Args:
        full_name: «Фамилия Имя Отчество», «Имя Отчество Фамилия», «Фамилия И. О.» or «И. О. Фамилия».
        case: the case wanted.
        gender: of the person, where it is known; else found by the patronymic, the first name or the surname.
        own: JSON of the person's own forms (``person.name_cases``), by case; what stands there wins.

    Initials stay. A surname whose form hangs on a gender that nobody knows («Ким О. В.») stays too.
    """
    typed = own_form(own, case)
    if typed:
        return typed
    if case == "nominative" or not full_name.strip():
        return full_name
    parts = full_name.split()
    places = _places(parts)
    known = gender or _gender(parts, places)
    return " ".join(_name_part(part, place, case, known) for part, place in zip(parts, places, strict=True))


def only_surname(word: str) -> bool:
    """Tell whether a word in small letters is a surname and nothing else: «соколовой», but not «кузнецов», «ким»."""
    parses = _parses(word)
    return bool(parses) and all("Surn" in parse.tag for parse in parses if parse.score > 0)


def is_common(word: str) -> bool:
    """Tell whether a word is in the dictionary and nobody's surname: «Методист», «директору»."""
    parses = _parses(word)
    return any(parse.is_known for parse in parses) and not any("Surn" in parse.tag for parse in parses)


def surnames(form: str) -> tuple[str, ...]:
    """Return what a surname in another case may be in the nominative: «Соколовой» → «Соколова»; else none."""
    if "-" in form:
        return ()
    found = [parse for parse in _parses(form) if "Surn" in parse.tag and parse.tag.number == "sing"]
    if any(parse.tag.case == "nomn" for parse in found):
        return ()
    made = [parse.inflect({"nomn", "sing"}) for parse in found]
    return tuple(dict.fromkeys(_like(form, parse.word) for parse in made if parse is not None))


def own_form(own: str | None, case: Case) -> str:
    """Return what a person said their own name is in a case; empty where nothing is said or it cannot be read."""
    if not own:
        return ""
    try:
        forms: Any = json.loads(own)
    except json.JSONDecodeError:
        return ""
    return str(forms.get(case, "")).strip() if isinstance(forms, dict) else ""


def _places(parts: Sequence[str]) -> list[str]:
    """Return what each part of a name is: LASTNAME, FIRSTNAME, MIDDLENAME, or nothing for initials."""
    words = [place for place, part in enumerate(parts) if not _INITIAL.fullmatch(part)]
    names = [""] * len(parts)
    if len(words) < len(parts) or len(words) == 1:
        for place in words:
            names[place] = "LASTNAME"
        return names
    first_name_first = len(words) == 3 and _patronymic(parts[1]) and not _patronymic(parts[2])
    order = ["FIRSTNAME", "MIDDLENAME", "LASTNAME"] if first_name_first else ["LASTNAME", "FIRSTNAME", "MIDDLENAME"]
    for place, name in zip(words, order, strict=False):
        names[place] = name
    return names


def _patronymic(word: str) -> bool:
    return bool(re.search(r"(?:[оеё]вич|ьич|[оеё]вна|ична|инична)$", word.lower())) or word.lower() in {
        "ильич",
        "кузьмич",
    }


def gender_of(full_name: str) -> Gender | None:
    """Return the gender that a full name tells by its patronymic, first name or surname; None where it does not."""
    parts = full_name.split()
    return _gender(parts, _places(parts))


def _gender(parts: Sequence[str], places: Sequence[str]) -> Gender | None:
    by_place = {place: part for part, place in zip(parts, places, strict=True) if place}
    middle, first, last = (by_place.get(key, "").lower() for key in ("MIDDLENAME", "FIRSTNAME", "LASTNAME"))
    if middle.endswith(("вич", "ьич", "мич", "тич", "нич", "лыч", "оглы", "улы")):
        return "male"
    if middle.endswith(("вна", "чна", "кызы")):
        return "female"
    for parse in _parses(first) if first else ():
        if "Name" in parse.tag and parse.tag.gender in {"masc", "femn"} and parse.tag.case == "nomn":
            return "male" if parse.tag.gender == "masc" else "female"
    if re.search(r"(?:[оеё]ва|[иы]на|ая)$", last):
        return "female"
    if re.search(r"(?:[оеё]в|[иы]н|ский|цкий)$", last) and len(last) > 4:
        return "male"
    return None


@lru_cache(maxsize=1)
def _names() -> Any:
    from pytrovich.maker import PetrovichDeclinationMaker

    return PetrovichDeclinationMaker()


def _name_part(part: str, place: str, case: Case, gender: Gender | None) -> str:
    if not place or gender is None or not _WORD.fullmatch(part):
        return part
    from pytrovich.enums import Case as NameCase
    from pytrovich.enums import Gender as NameGender
    from pytrovich.enums import NamePart

    if place == "LASTNAME" and gender == "male" and part.lower().endswith("ец"):
        own = _nominative(part, {"NOUN"})
        made = own.inflect({_TAGS[case], "sing"}) if own is not None and own.is_known else None
        if made is not None:
            return _like(part, made.word)  # «Кузнец» keeps its vowel: Кузнеца, not Кузнца
    plain = part.title() if part.isupper() else part
    wanted = NameGender.MALE if gender == "male" else NameGender.FEMALE
    made_name = str(_names().make(NamePart[place], wanted, NameCase[case.upper()], plain))
    return made_name.upper() if part.isupper() and len(part) > 1 else made_name
