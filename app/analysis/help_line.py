"""What a methodist types about help given becomes fields: «7 визит 3 учителя дефицит: смысловое чтение → 01.12».

Pure functions over texts; which school «7» is, is told by those who know the schools. Nothing is thrown away: what is
not understood stays in a field as it was typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from app.analysis.help_days import LIKE_DAY, find_day, neat, read_day
from app.analysis.help_whom import (
    AUDIENCES,
    FILLING,
    HUMANS,
    NUMBERED,
    SIGNS,
    SUBJECT,
    Whom,
    audience_of,
    folded,
    masked,
    number_of,
    one_slip,
    people_words,
    read_people,
    words,
)
from app.texts import ru_date

__all__ = [
    "AUDIENCES",
    "KINDS",
    "HelpFields",
    "Outcome",
    "Whom",
    "find_day",
    "folded",
    "kind_of",
    "outcome_words",
    "people_words",
    "read_day",
    "read_line",
    "read_outcome",
    "read_people",
    "split_arrow",
]

KINDS = ("visit", "consultation", "lesson", "tutoring")

_KIND_WORDS = (
    (
        "lesson",
        r"(?:посещени\w*|посетил\w*|посмотрел\w*)\s+(?:\w+\s+)?(?:урок|занят)\w*|урок\w*|заняти\w*",
    ),
    ("visit", r"визит\w*|выезд\w*|поездк\w*|посещени\w*|посетил\w*"),
    ("consultation", r"(?:видео|теле|онлайн-?|аудио)?консульт\w*|конс\.?"),
    ("tutoring", r"тьютор(?:ство|инг|ск)\w*|сопровождени\w*|тьют\.?"),
)
_KIND = re.compile("|".join(f"(?P<{kind}>{words})" for kind, words in _KIND_WORDS))
_BESIDE = re.compile(
    r"(?:видео|теле|онлайн-?|аудио)(?=консульт)|(?:\d+|два|две|три|оба)\s+(?:урок|занят)\w*", re.IGNORECASE
)
_OFTEN = (
    ("consultation", "консульт"),
    ("visit", "выезд"),
    ("visit", "визит"),
    ("lesson", "посещени"),
    ("tutoring", "тьютор"),
)
"""Words in which one wrong letter is forgiven."""
_EDGES = " ,;:.—–-"
_LETTERS = {"в": "visit", "к": "consultation", "п": "lesson", "у": "lesson", "т": "tutoring"}

_ARROW = re.compile(
    r"\s*(?:→|⇒|➜|[-=—–]{1,2}>)\s*"
    r"|(?:^|\s*[;,.]\s+)(?:след(?:ующий|\.)\s*шаг|дальше)\s*[:—–-]?\s+"
    r"|(?<!\d)\s+[-—–]\s+(?=(?:до\s+)?\d{1,2}\.(?:0?[1-9]|1[0-2])(?![\d:]))",
    re.IGNORECASE,
)
"""What separates the next step: an arrow, «следующий шаг:», a dash before a day."""


def kind_of(text: str) -> str | None:
    """Return the kind that a word or its first letter names, None where it names none."""
    told = folded(text).strip(" .,:;")
    if told in _LETTERS:
        return _LETTERS[told]
    found = _KIND.match(told)
    return None if found is None else found.lastgroup


# --- outcome and next step ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outcome:
    """What «договорились о плане → 01.12 повторный выезд» says.

    Attributes:
        outcome: before the arrow.
        step: after it, without the day.
        on: ISO day of the step; None where none was understood.
        unread: what looks like a day and is none («31.02»), "" where nothing does; it stays in ``step``, too.
    """

    outcome: str = ""
    step: str = ""
    on: str | None = None
    unread: str = ""


def read_outcome(text: str, day: date) -> Outcome:
    """Read outcome and next step.

    Args:
        text: of the field; without an arrow all of it is the outcome.
        day: of the entry: days without a year are looked for from it on.
    """
    parts = _ARROW.split(text.strip(), maxsplit=1)
    if len(parts) == 1:
        return Outcome(parts[0].strip())
    found = find_day(parts[1], day)
    if found is None:
        unread = LIKE_DAY.search(parts[1])
        return Outcome(parts[0].strip(), neat(parts[1]), None, unread[0] if unread else "")
    on, start, end = found
    return Outcome(parts[0].strip(), neat(f"{parts[1][:start]} {parts[1][end:]}"), on.isoformat())


def split_arrow(text: str) -> tuple[str, str]:
    """Return what stands before the arrow and after it; "" where there is none."""
    parts = _ARROW.split(text.strip(), maxsplit=1)
    return parts[0].strip(), parts[1].strip() if len(parts) > 1 else ""


def outcome_words(outcome: str, step: str, on: str | None) -> str:
    """Return the line that ``read_outcome`` reads back."""
    after = " ".join(part for part in (ru_date(on) if on else "", step) if part)
    return f"{outcome} → {after}".strip() if after else outcome


# --- one line ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HelpFields:
    """The five fields of a line, each as a text, and the day; ``unread``: «31.11», which is no day."""

    school: str = ""
    kind: str | None = None
    people: str = ""
    topic: str = ""
    outcome: str = ""
    day: date | None = None
    unread: str = ""


_SAID = r"(?:договор|реш[аеи]|рекоменд|разобра|обсуди|обсужд|состав(?:ил|лен)|намет|намеч|заплан|выработ|приня)\w*"
_TOPIC = re.compile(
    r"(?:^|(?<=[\s,;.(]))(?:дефицит\w*|тема|темы|о чем)\s*:"
    r"|(?:^|(?<=[\s,;.]))(?:об|обо|о|про)(?=\s)|(?:^|(?<=[\s,;.]))по(?=\s+(?!телефон|видео|скайп|почте|(?:[унм]?[вм]р|ахч)(?!\w)|учебно|воспитательной))"
)
_RESULT = re.compile(r"(?:^|\s*[;,.]?\s+)(?:итоги?|результаты?)\s*:\s*")
_AGREED = re.compile(rf"\s*(?:[;,:.]\s*|\s[—–-]\s)(?=(?:урок\w*\s+|ошибк\w*\s+|вместе\s+)?{_SAID})")
_PARTS = re.compile(r"\s*[,;]\s*|\s[—–-]\s|(?<=[\dа-яё])\.\s+(?=[А-ЯЁ])")
_ABOUT = frozenset({"около", "примерно", "почти", "порядка", "свыше", "более"})
_LETTER = re.compile(r"^\s*(?:№\s*)?\d{1,4}\s+(?P<kind>[вкпт])\s+")
"""«7 в 3 учителя»: the first letter of the kind after the number of a school."""
_IN_QUOTES = re.compile(r"«[^«»]*»")
_FIRST = re.compile(r"^(?:(?:был[аи]?|съездил[аи]?|ездил[аи]?|пров[её]л[аи]?|сделал[аи]?)\s+)", re.IGNORECASE)
_TYPE = r"(?:школ(?:[аыеу]|ой)|сош|оош|нош|сш|гимнази\w*|лице[йяюе]\w*|доу|д/с|(?:дет\w*\s+)?сад\w?|интернат\w?)"
_NUMBER = r"(?:№\s*)?\d{1,4}(?!\d|[.:]\d|\s*%)"
_QUOTED = r"[«\"][^«»\"]{2,80}[»\"]"
_ONE_SCHOOL = (
    rf"(?:м[бако]*оу\s+)?(?:(?:{_TYPE}\s*(?:{_NUMBER}|{_QUOTED}))|№\s*\d{{1,4}}|[«\"]{_TYPE}[^«»\"]{{1,80}}[»\"])"
)
_SCHOOL = re.compile(
    rf"(?<!\w)(?<!приказ )(?<!кабинет )(?:(?:в|во|из|для)\s+(?={_TYPE}|м[бако]*оу|[«\"]))?"
    rf"(?P<name>{_ONE_SCHOOL}(?:\s*(?:,|и)\s*(?:в\s+)?{_ONE_SCHOOL})*)"
)
_SCHOOL_FIRST = re.compile(
    rf"^[\s,;:.—–-]*(?:(?:в|во|из|для)\s+)?"
    rf"(?P<name>{_ONE_SCHOOL}(?:\s*(?:,|и)\s*(?:в\s+)?{_ONE_SCHOOL})*|(?:[а-я]+(?:ую|ой|ая)\s+)?{_TYPE}(?!\w))"
)
_BARE_FIRST = re.compile(r"^[\s,;:.—–-]*(?:(?:в|во)\s+)?(?P<name>(?:№\s*)?\d{1,4})(?=[\s,;]|\.?$|\.\s)")


def read_line(text: str, day: date) -> HelpFields | None:
    """Spread one line over the five fields; None where it is no such line (a name of a school alone is none).

    «7 визит 3 учителя дефицит: смысловое чтение; провели анализ → 01.12»: before the kind stands the school, else it
    is looked for after it. People are the first words that tell a category; the topic is what follows «дефицит:»,
    «тема:», «о», and what else there is; after «;», «итог:» or «договорились…» comes the outcome, after the arrow the
    next step.

    Args:
        text: as typed.
        day: what counts as today.
    """
    arrow = _ARROW.search(text)
    head, after = (text[: arrow.start()], text[arrow.end() :]) if arrow else (text, None)
    found, head = _leading_day(head, day)
    unread, head = ("", head) if found else _leading_no_day(head)
    kind = _kind_in(head)
    if kind is None:
        return None
    named, start, end, beside = kind
    school, people, left = _before_kind(head[:start])
    rest, outcome = _split_outcome(head[end:])
    if school.isdecimal() and _SCHOOL_FIRST.match(folded(rest)):  # «2 консультации в СОШ № 7»
        school, beside = "", f"{school} {head[start:end]}"
    if not school:
        school, rest = _school_after(rest)
    if found is None:
        found, rest = _leading_day(rest, day, past=True)
    more, topic = _people_and_topic(rest)
    people = ", ".join(part for part in (people, more) if part)
    topic = ", ".join(part for part in (left, beside, topic) if part)
    if after is not None:
        outcome = f"{outcome} → {after.strip()}".strip()
    if not (school or people or topic or outcome):
        return None
    return HelpFields(school, named, people, topic, outcome, found, unread)


def _leading_no_day(head: str) -> tuple[str, str]:
    """Return «31.11» at the beginning of a line, and the rest: it is neither a day nor a part of the school's name."""
    found = LIKE_DAY.match(head.lstrip())
    return ("", head) if found is None else (found[0], head.lstrip()[found.end() :].lstrip(" ,;:"))


def _leading_day(head: str, day: date, *, past: bool = False) -> tuple[date | None, str]:
    found = find_day(head, day, near=True)
    if found is None or head[: found[1]].strip(" ,;:") or (past and found[0] > day):
        return None, head
    return found[0], head[found[2] :].lstrip(" ,;:")


def _kind_in(head: str) -> tuple[str, int, int, str] | None:
    """Return (kind, place, what of its words belongs to the topic: «2 урока», «онлайн»)."""
    plain = _IN_QUOTES.sub(lambda one: " " * len(one[0]), folded(head))
    letter = _LETTER.match(plain)
    if letter is not None and _end_of_people(head[letter.end() :]):
        return _LETTERS[letter["kind"]], *letter.span("kind"), ""
    for one in _KIND.finditer(plain):
        if _stands_alone(plain, one):
            beside = _BESIDE.search(head, one.start(), one.end())
            return str(one.lastgroup), *one.span(), beside[0].rstrip("-") if beside is not None else ""
    for word in re.finditer(r"[а-я]{5,}", plain):
        nearly = next((kind for kind, stem in _OFTEN if _slipped(word[0], stem)), None)
        if nearly is not None:
            return nearly, *word.span(), ""
    return None


def _slipped(word: str, stem: str) -> bool:
    return word[0] == stem[0] and any(
        one_slip(word[:size], stem) for size in (len(stem) - 1, len(stem), len(stem) + 1) if size <= len(word)
    ) and len(word) <= len(stem) + 3  # fmt: skip


def _stands_alone(plain: str, found: re.Match[str]) -> bool:
    before = plain[found.start() - 1] if found.start() else " "
    after = plain[found.end()] if found.end() < len(plain) else " "
    return not before.isalnum() and not after.isalnum()


def _before_kind(left: str) -> tuple[str, str, str]:
    """Return (school, people, topic) of what stands before the kind: most often the school alone."""
    told = _FIRST.sub("", left.strip(_EDGES))
    told = re.sub(r"^(?:в|во)\s+", "", told, flags=re.IGNORECASE)
    plain = folded(told)
    topic = _TOPIC.search(plain)
    if topic is None and not any(audience_of(word) for _start, word in words(plain)):
        return told, "", ""
    found = _SCHOOL.search(plain)
    school, rest = ("", told) if found is None else _cut(told, found)
    people, about = _people_and_topic(rest)
    return school, people, about


def _cut(text: str, found: re.Match[str]) -> tuple[str, str]:
    """Return a school and the text without it."""
    before, after = text[: found.start()].rstrip(), text[found.end() :]
    return text[found.start("name") : found.end("name")], f"{before.rstrip(' ,')}{' ' if before else ''}{after}"


def _school_after(rest: str) -> tuple[str, str]:
    """Return the school that is named after the kind, and the rest."""
    plain = folded(rest)
    found = _SCHOOL_FIRST.match(plain) or _SCHOOL.search(plain)
    if found is None:
        bare = _BARE_FIRST.match(plain)
        if bare is not None and not _counts_people(plain[bare.end() :]):
            found = bare
    if found is None:
        return "", rest
    school, left = _cut(rest, found)
    return school, left.strip(" ,;:")


def _counts_people(after: str) -> bool:
    """Whether a number before this text counts people or lessons, so that it is no school."""
    blank, _subjects = masked(f"1{after}")
    if blank.startswith(NUMBERED):
        return True
    word = next((word for _start, word in words(blank[1:]) if word.strip(SIGNS)), "")
    return audience_of(word) is not None or word in HUMANS or word.startswith(SUBJECT)


def _split_outcome(rest: str) -> tuple[str, str]:
    """Return what stands before the outcome, and the outcome."""
    plain = folded(rest)
    said = _RESULT.search(plain) or _AGREED.search(plain)
    if said is not None:
        return rest[: said.start()], rest[said.end() :].strip()
    for found in re.finditer(r"\s*;\s*", plain):
        following, part = plain[found.end() :], rest[found.end() :].partition(";")[0]
        if not (_SCHOOL_FIRST.match(following) or _TOPIC.match(following) or _whole_people(part)):
            return rest[: found.start()], rest[found.end() :].strip()
    return rest, ""


def _people_and_topic(rest: str) -> tuple[str, str]:
    rest = rest.strip(_EDGES)
    plain = folded(rest)
    marked = _TOPIC.search(plain)
    place = len(rest) if marked is None else marked.start()
    people, topic = _people_first(rest[:place])
    about = ""
    if marked is not None:
        # «дефицит:» and «о» stay: one says that the topic is a deficit of the school, the other belongs to its words
        keep = not plain[marked.start() : marked.end()].startswith(("тем", "о чем"))
        about = rest[marked.start() if keep else marked.end() :].strip(_EDGES)
    topic = ", ".join(part for part in (topic, about) if part)
    if read_people(people).people is None:
        before = len(topic) - len(about)
        more, topic = _people_among(topic)
        if not (people or more):
            more = _counted(topic[:before]) or _counted(topic[_first_part(topic, before) :])
        people = ", ".join(part for part in (people, more) if part)
    elif read_people(people).audience is not None:  # «5 человек» are all of them already
        people, topic = _further_people(people, topic)
    return people, topic


def _further_people(people: str, topic: str) -> tuple[str, str]:
    """Return people with those of a category that are told later between commas: «2 учителя, чтение, 3 завуча»."""
    more, left = _people_among(topic)
    found = read_people(more)
    if found.people is None or found.audience is None:
        return people, topic
    return _further_people(f"{people}, {more}", left)


def _first_part(topic: str, start: int) -> int:
    """Return where the words end that «о», «по» begin: «о нехватке 2 учителей» tells of nobody who was there."""
    found = _PARTS.search(topic, start)
    return 0 if not start and not _TOPIC.match(folded(topic)) else len(topic) if found is None else found.end()


def _people_first(told: str) -> tuple[str, str]:
    """Return words at the beginning that tell people, and the rest."""
    told = told.strip(_EDGES)
    place = _end_of_people(told)
    return _open_bracket(told, place) if place else ("", told)


def _open_bracket(told: str, place: int) -> tuple[str, str]:
    if told[:place].count("(") > told[:place].count(")") and told[place : place + 1] == ")":
        place += 1
    return told[:place].strip(_EDGES), told[place:].strip(_EDGES)


def _people_among(told: str) -> tuple[str, str]:
    """Return the first part between commas that tells nothing but people, and the others."""
    blank, _subjects = masked(told)
    places = [0, *(place for one in _PARTS.finditer(_capitals(told, blank)) for place in one.span()), len(told)]
    parts = [(told[start:end], start, end) for start, end in zip(places[::2], places[1::2], strict=True)]
    for part, start, end in parts:
        if _whole_people(part):
            before, after = told[:start].strip(_EDGES), told[end:].strip(_EDGES)
            return part.strip(_EDGES), ", ".join(one for one in (before, after) if one)
    return "", told


def _capitals(told: str, blank: str) -> str:
    """Return a text with its own letters and with signs where numbers tell no people: «5, 6 класс» is one part."""
    return "".join(sign if sign == NUMBERED else letter for letter, sign in zip(told, blank, strict=True))


def _whole_people(told: str) -> bool:
    """Whether a part tells people and nothing else but their names: «учитель Иванова»."""
    end = _end_of_people(told, bare=False)
    return bool(end) and not any(
        word.strip(SIGNS) and not told[end + start].isupper() for start, word in words(folded(told[end:]))
    )


def _counted(told: str) -> str:
    """Return «4 учителями» of «встретились с 4 учителями»: the words stay in the topic, too."""
    for start, word in words(folded(told)):
        if number_of(word) is not None or audience_of(word) is not None or word in {"с", "со", "для"}:
            end = start + _end_of_people(told[start:])
            if end > start and read_people(told[start:end]).people is not None:
                return told[start:end].strip(_EDGES)
    return ""


def _end_of_people(told: str, *, bare: bool = True) -> int:
    """Return where words that tell people end: the first word that is neither number, category nor subject of them.

    ``bare``: a number alone tells people, too.
    """
    blank, _subjects = masked(told)
    place, named, numbers = 0, False, 0
    found = list(words(blank))
    for at, (start, word) in enumerate(found):
        following = next((after for _start, after in found[at + 1 :] if after.strip(SIGNS)), "")
        if audience_of(word) is not None or word in HUMANS or number_of(word) is not None:
            named = named or number_of(word) is None
            numbers += number_of(word) is not None
            place = start + len(word)
        elif word.startswith(SUBJECT) or word in FILLING:
            if place and word not in {"и", "по", "с", "со", "из", "для", "у", "от", "к"}:
                place = start + len(word)
        elif word in _ABOUT or (word.startswith(NUMBERED) and audience_of(following) is not None):
            continue  # «около 10 учителей», «3-4 учителя»
        elif word.strip(SIGNS):
            break
    return place if named or (bare and numbers == 1 and not told[place:].strip(_EDGES)) else 0
