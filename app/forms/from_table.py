"""A structure that somebody already has (a table of Word or Excel, a list of questions) as sections and questions.

Columns are found by their headings («№ | раздел | вопрос | вид | шкала»); without headings a line is a heading or a
question by what it looks like: joined over the width, «Раздел 2», a number whose parts follow («1» before «1.1»).
Nothing is guessed in silence: every line says what it was understood as.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from app.forms.clipboard import Line, tidy
from app.forms.schema import Choice, Item, ItemKind, Scale, Section
from app.texts import capital, count

Meaning = Literal["head", "section", "item", "skipped"]

_COLUMNS: Mapping[str, frozenset[str]] = {
    "number": frozenset({"№", "№ п п", "п п", "номер", "n", "№ пункта", "номер пункта", "№п п"}),
    "section": frozenset({"раздел", "блок", "направление", "группа", "раздел анкеты", "часть"}),
    "criterion": frozenset({"критерий", "критерии"}),
    "text": frozenset({
        "вопрос", "вопросы", "пункт", "текст", "формулировка", "утверждение", "показатель", "показатели",
        "индикатор", "индикаторы", "содержание", "наименование", "наименование показателя", "текст вопроса",
        "формулировка вопроса", "содержание вопроса", "критерии оценки", "критерий оценки",
    }),
    "kind": frozenset({"вид", "тип", "вид ответа", "тип ответа", "вид вопроса", "тип вопроса"}),
    "scale": frozenset({
        "шкала", "варианты", "варианты ответа", "варианты ответов", "ответы", "шкала ответа", "шкала оценки",
        "оценка", "баллы",
    }),
    "weight": frozenset({"вес", "коэффициент", "вес пункта"}),
    "hint": frozenset({"пояснение", "подсказка", "пояснения"}),
    "required": frozenset({"обязательный", "обязательно", "обязательность"}),
    "not_applicable": frozenset({"не применимо", "неприменимо"}),
}  # fmt: skip
_ANSWER_COLUMNS = frozenset({
    "ответ", "комментарий", "комментарии", "примечание", "примечания", "балл", "отметка", "подтверждение",
})  # fmt: skip
_KINDS: Sequence[tuple[str, ItemKind]] = (
    ("несколько", "many"), ("множествен", "many"), ("да нет", "flag"), ("отметка", "flag"), ("галочка", "flag"),
    ("есть нет", "flag"), ("дробн", "decimal"), ("процент", "decimal"), ("доля", "decimal"), ("цел", "whole"),
    ("числ", "whole"), ("количеств", "whole"), ("дата", "date"), ("ссылк", "link"), ("адрес", "link"),
    ("текст", "text"), ("строка", "text"), ("открыт", "text"), ("выбор", "choice"), ("шкала", "choice"),
    ("балл", "choice"), ("один", "choice"),
)  # fmt: skip
_NUMBERED = re.compile(r"(\d{1,3}(?:\.\d{1,3}){0,4})(?:[.)](?=\s|$|[^\d\s])|\s|$)\s*(.*)", re.DOTALL)
_NUMBER_ONLY = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,4}[.)]?")
_BULLET = re.compile(r"[-–—•·▪◦*o§]\s+(.+)", re.DOTALL)
_HEADING = re.compile(r"(?:раздел|блок|часть|направление|глава|[IVX]{1,5}[.)])(?:\s|$)", re.IGNORECASE)
_POINTS_AFTER = re.compile(r"(.+?)\s*[(\[—–=:-]\s*(\d{1,4})\s*(?:балл\w*|б\.?)?\s*[)\]]?", re.DOTALL)
_POINTS_BEFORE = re.compile(r"(\d{1,4})\s*(?:балл\w*|б\.?)?\s*[—–=:-]\s*(.+)", re.DOTALL)
_RANGE = re.compile(r"(?:от\s*)?(\d{1,2})\s*(?:до|[—–-]|\.\.\.?|…)\s*(\d{1,2})(?:\s*балл\w*)?")
_MARK = frozenset({"", "+", "v", "х", "x", "✓", "√", "☐", "□", "☑"})
_PUNCTUATION = re.compile(r"[^0-9a-zа-я№]+")
WIDEST_RANGE = 20
MOST_ITEMS = 1_000
_HEAD_LINES = 30


@dataclass(frozen=True, slots=True)
class Told:
    """What one line was understood as, in words: «Раздел», «Вопрос 3: выбор, шкала „Да / Нет“»."""

    meaning: Meaning
    text: str
    words: str


@dataclass(frozen=True, slots=True)
class Understood:
    """Sections and questions with temporary ids («s1», «q1»), the scales they use, and a word to every line."""

    sections: tuple[Section, ...]
    scales: tuple[Scale, ...]
    told: tuple[Told, ...]

    @property
    def items(self) -> int:
        """How many questions there are."""
        return sum(len(section.items) for section in self.sections)

    @property
    def sentence(self) -> str:
        """Return what was understood in one line."""
        named = sum(1 for section in self.sections if section.title)
        parts = [count(self.items, "вопрос", "вопроса", "вопросов")]
        if named:
            parts.insert(0, count(named, "раздел", "раздела", "разделов"))
        skipped = sum(1 for line in self.told if line.meaning == "skipped")
        if skipped:
            parts.append(f"пропущено строк: {skipped}")
        return "Понято: " + ", ".join(parts) + "."


@dataclass
class _Work:
    """What is being put together."""

    usual: Item
    scales: dict[tuple[tuple[str, int | None], ...], Scale] = field(default_factory=dict)
    sections: list[tuple[str, list[Item]]] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    items: int = 0

    def section(self, title: str) -> None:
        self.sections.append((title, []))
        self.told.append(Told("section", title, "раздел"))

    def skip(self, line: Line, why: str) -> None:
        self.told.append(Told("skipped", " · ".join(line.filled), why))

    def item(self, item: Item) -> None:
        if self.items >= MOST_ITEMS:
            self.told.append(Told("skipped", item.text, f"больше {MOST_ITEMS} вопросов не бывает"))
            return
        if not self.sections:
            self.sections.append(("", []))
        self.items += 1
        self.sections[-1][1].append(replace(item, id=f"q{self.items}"))
        self.told.append(Told("item", f"{item.number} {item.text}".strip(), _asked(item)))

    def scale(self, options: Sequence[tuple[str, int | None]]) -> Scale:
        key = tuple(options)
        if key not in self.scales:
            self.scales[key] = _scale(f"t{len(self.scales) + 1}", key)
        return self.scales[key]

    def done(self) -> Understood:
        """Leave out headings without questions and say so."""
        told = list(self.told)
        empty = [title for title, items in self.sections if not items]
        for title in empty:
            place = next(n for n, one in enumerate(told) if one.meaning == "section" and one.text == title)
            told[place] = Told("skipped", title, "заголовок без вопросов")
        kept = [(title, items) for title, items in self.sections if items]
        sections = tuple(Section(f"s{n}", title, tuple(items)) for n, (title, items) in enumerate(kept, 1))
        used = {item.scale.id for section in sections for item in section.items if item.scale is not None}
        return Understood(sections, tuple(one for one in self.scales.values() if one.id in used), tuple(told))


def _asked(item: Item) -> str:
    words = {"choice": "выбор", "many": "несколько ответов", "flag": "да или нет", "whole": "целое число",
             "decimal": "число", "text": "текст", "date": "дата", "link": "ссылка"}  # fmt: skip
    if item.scale is None:
        return words[item.kind]
    return f"{words[item.kind]}: " + " / ".join(choice.short or choice.text for choice in item.scale.choices)


def understand(lines: Sequence[Line], usual: Item) -> Understood:
    """Return sections and questions.

    Args:
        lines: as ``clipboard.lines`` or ``clipboard.of_rows`` give them.
        usual: how a question is asked of which the lines do not say it: kind, scale, remarks, «не применимо».
    """
    work = _Work(usual)
    table = [line for line in lines if line.table]
    # a list that happens to have a stray table is a list
    if len(table) * 2 >= len(lines) and any(len(line.filled) > 1 for line in table):
        _table(work, lines)
    else:
        _list(work, lines)
    return work.done()


# --- a table -----------------------------------------------------------------------------------------------------


def normal(text: str) -> str:
    """Return a heading for comparison."""
    return _PUNCTUATION.sub(" ", text.lower().replace("ё", "е")).strip()


def _columns(cells: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        name = normal(cell)
        key = next((key for key, names in _COLUMNS.items() if name in names), None)
        if key is not None:
            found.setdefault(key, place)
    if "text" not in found and "criterion" in found:
        found["text"] = found.pop("criterion")
    return found


def _head(lines: Sequence[Line]) -> tuple[int, dict[str, int]] | None:
    for place, line in enumerate(lines[:_HEAD_LINES]):
        found = _columns(line.cells)
        if "text" in found and len(line.filled) > 1:
            return place, found
        # «Вопросы» alone over a single column is a heading, too
        if "text" in found and len(line.filled) == 1 and not any(len(one.filled) > 1 for one in lines[place:]):
            return place, found
    return None


def _table(work: _Work, lines: Sequence[Line]) -> None:
    found = _head(lines)
    if found is None:
        _bare_table(work, lines)
        return
    place, columns = found
    for line in lines[:place]:
        work.skip(line, "над таблицей")
    head, body = lines[place], lines[place + 1 :]
    work.told.append(Told("head", " · ".join(head.filled), "заголовки столбцов"))
    usual, answers = _usual_of(work, head, body, columns)
    section = ""
    for line in body:
        title = _cell(line, columns, "section")
        text = _cell(line, columns, "text")
        if title and title != section:
            section = title
            work.section(title)
        if _is_heading(line, text, columns, answers):
            work.section(" ".join(line.filled))
        elif text:
            _row(work, line, columns, usual)
        elif not title:
            work.skip(line, "нет текста вопроса")


def _is_heading(line: Line, text: str, columns: Mapping[str, int], answers: frozenset[int]) -> bool:
    """Whether a row of a table says a heading: joined over the width, or alone where the others have numbers."""
    if line.wide or line.heading:
        return True
    others = [place for place, cell in enumerate(line.cells) if cell and place not in answers]
    if not text:
        first = next(iter(line.filled))
        alone = len(others) == 1 and "section" not in columns and columns.get("number", -1) == others[0]
        return alone and not _NUMBER_ONLY.fullmatch(first)
    return "number" in columns and len(others) == 1 and bool(_HEADING.match(text))


def _usual_of(work: _Work, head: Line, body: Sequence[Line], columns: Mapping[str, int]) -> tuple[Item, frozenset[int]]:
    """Return how the questions are asked where columns of answers («Да», «Частично», «Нет») say it, and which."""
    taken = set(columns.values())
    free = [
        place for place, cell in enumerate(head.cells)
        if cell and place not in taken and normal(cell) not in _ANSWER_COLUMNS and len(cell) <= 60
        and all(normal(line.cells[place]) in _MARK for line in body if place < len(line.cells) and not line.wide)
    ]  # fmt: skip
    answers = frozenset(place for place in range(len(head.cells)) if place not in taken)
    if len(free) < 2 or "scale" in columns:
        return work.usual, answers
    scale = work.scale([_option(head.cells[place]) for place in free])
    return replace(work.usual, kind="choice", scale=scale), answers


def _cell(line: Line, columns: Mapping[str, int], key: str) -> str:
    place = columns.get(key, -1)
    return line.cells[place] if 0 <= place < len(line.cells) else ""


def _row(work: _Work, line: Line, columns: Mapping[str, int], usual: Item) -> None:
    number, text = _cell(line, columns, "number").rstrip(".)"), _cell(line, columns, "text")
    if not number and (found := _NUMBERED.fullmatch(text)) is not None and found[2]:
        number, text = found[1], found[2]
    item = replace(usual, number=number[:20], text=text, criterion=_cell(line, columns, "criterion"),
                   hint=_cell(line, columns, "hint"))  # fmt: skip
    kind = kind_of(_cell(line, columns, "kind"))
    if kind is not None and kind != item.kind:
        item = replace(item, kind=kind, scale=item.scale if kind in {"choice", "many"} else None)
    options = options_of(_cell(line, columns, "scale"))
    if options:
        item = replace(item, kind="many" if kind == "many" else "choice", scale=work.scale(options))
    if item.kind == "whole" and item.least is None:
        item = replace(item, least=0)
    if item.kind == "decimal" and not item.places:
        item = replace(item, places=1)
    weight = _cell(line, columns, "weight")
    if weight.isascii() and weight.isdigit() and 0 < int(weight) <= 1000:
        item = replace(item, weight=int(weight))
    if (word := normal(_cell(line, columns, "required"))) in {"нет", "да", "+"}:
        item = replace(item, required=word != "нет")
    if normal(_cell(line, columns, "not_applicable")) in {"да", "x", "х", "v"} or _cell(
        line, columns, "not_applicable"
    ) == "+":  # fmt: skip
        item = replace(item, not_applicable=True)
    work.item(item)


def _bare_table(work: _Work, lines: Sequence[Line]) -> None:
    """A table without headings: the number in the first column, the wording in the longest one."""
    widths: dict[int, int] = {}
    for line in lines:
        if line.table and not line.wide:
            for place, cell in enumerate(line.cells):
                widths[place] = widths.get(place, 0) + len(cell)
    text = max(widths, key=lambda place: widths[place], default=0)
    columns = {"text": text}
    if text and any(_NUMBER_ONLY.fullmatch(line.cells[0]) for line in lines if line.cells[0]):
        columns["number"] = 0
    numbered = "number" in columns
    for line in lines:
        words = _cell(line, columns, "text")
        number = _cell(line, columns, "number")
        joined = line.wide or line.heading or (not line.table and len(line.filled) == 1)
        if joined or (numbered and not number and len(line.filled) == 1):
            work.section(" ".join(line.filled))
        elif words and (not numbered or _NUMBER_ONLY.fullmatch(number)):
            _row(work, line, columns, work.usual)
        else:
            work.skip(line, "не похоже на вопрос")


# --- a list ------------------------------------------------------------------------------------------------------


def _list(work: _Work, lines: Sequence[Line]) -> None:
    texts = [" ".join(line.filled) for line in lines]
    found = _head(lines) if all(len(line.filled) == 1 for line in lines) else None
    numbers = [_number(text) for text in texts]
    some = any(number for number, _rest in numbers) or any(_BULLET.fullmatch(text) for text in texts)
    for place, (line, text) in enumerate(zip(lines, texts, strict=True)):
        number, rest = numbers[place]
        bullet = _BULLET.fullmatch(text)
        if found is not None and place == found[0]:
            work.told.append(Told("head", text, "заголовок столбца"))
        elif line.heading or _HEADING.match(text) or _parts_follow(number, numbers[place + 1 :]):
            work.section(text)
        elif number:
            work.item(replace(work.usual, number=number, text=rest))
        elif bullet is not None:
            work.item(replace(work.usual, number="", text=tidy(bullet[1])))
        elif text.endswith(":") or (some and place + 1 < len(texts) and numbers[place + 1][0] in {"1", "1.1"}):
            work.section(text.rstrip(":"))
        elif some:
            _go_on(work, line, text)
        else:
            work.item(replace(work.usual, number="", text=text))


def _number(text: str) -> tuple[str, str]:
    found = _NUMBERED.fullmatch(text)
    return (found[1], found[2]) if found is not None and found[2] else ("", text)


def _parts_follow(number: str, later: Sequence[tuple[str, str]]) -> bool:
    """Whether the next numbered line is a part of this one: «2» before «2.1»."""
    following = next((one for one, _rest in later if one), "")
    return bool(number) and following.startswith(f"{number}.")


def _go_on(work: _Work, line: Line, text: str) -> None:
    """A line without a number among numbered ones goes on the question before it."""
    if not work.sections or not work.sections[-1][1]:
        work.skip(line, "стоит перед вопросами")
        return
    items = work.sections[-1][1]
    items[-1] = replace(items[-1], text=f"{items[-1].text} {text}")
    work.told.append(Told("item", text, "продолжение вопроса выше"))


# --- kinds and scales --------------------------------------------------------------------------------------------


def kind_of(text: str) -> ItemKind | None:
    """Return the kind that a cell names in any usual words; None where it names none."""
    name = normal(text)
    return next((kind for word, kind in _KINDS if word in name), None) if name else None


def options_of(text: str) -> list[tuple[str, int | None]]:
    """Return the answers that a cell names with their points: «Да = 2; Нет = 0», «0 — нет, 1 — да», «1–5».

    An empty list where the cell names fewer than two.
    """
    text = tidy(text)
    found = _RANGE.fullmatch(text)
    if found is not None:
        low, high = int(found[1]), int(found[2])
        if low < high <= low + WIDEST_RANGE:
            return [(str(number), number) for number in range(low, high + 1)]
        return []
    for mark in (";", "|", "/", ","):
        parts = [part.strip() for part in text.split(mark) if part.strip()]
        if len(parts) > 1:
            return [_option(part) for part in parts]
    return []


def _option(text: str) -> tuple[str, int | None]:
    text = tidy(text)
    if text.isascii() and text.isdigit() and len(text) < 5:
        return text, int(text)
    before = _POINTS_BEFORE.fullmatch(text)
    if before is not None:
        return before[2].strip(), int(before[1])
    after = _POINTS_AFTER.fullmatch(text)
    return (after[1].strip(), int(after[2])) if after is not None else (text, None)


def _scale(name: str, options: Sequence[tuple[str, int | None]]) -> Scale:
    points = [number for _text, number in options]
    distinct = None not in points and len(set(points)) == len(points)
    choices = tuple(
        Choice(
            str(number) if distinct else str(place),
            capital(text),
            points=number,
            other=normal(text).startswith(("другое", "иное")),
            outside=normal(text).startswith("затрудня"),
        )
        for place, (text, number) in enumerate(options, 1)
    )
    return Scale(name, choices)
