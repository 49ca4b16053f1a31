"""What is wrong with a half-done form, at its place in the editor and in words without TOML."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from app.errors import Problem
from app.forms import checks
from app.forms.drafting import Draft, Node
from app.forms.item_base import tidy
from app.forms.schema import FormDef, Item, Score, Section
from app.operations import forms
from app.texts import NBSP, capital

FaultPlace = Literal["form", "section", "item", "scale", "score"]


@dataclass(frozen=True, slots=True)
class DraftFault:
    """A fault at its place.

    Attributes:
        place: which part of the editor shows it.
        thing: id of the section, question or scale; number of the score from 0; "" of the form itself.
        key: the line, as the definition calls it.
        text: one sentence.
        where: the place in words, for where the fault stands apart from it.
    """

    place: FaultPlace
    thing: str
    key: str
    text: str
    where: str = ""

    @property
    def told(self) -> str:
        """Return the fault with its place: «Пункт 3. Напишите текст вопроса.»."""
        return f"{self.where}. {self.text}" if self.where else self.text

    @property
    def node(self) -> Node | None:
        """Return the thing of the tree that it belongs to."""
        if self.place == "item":
            return "item", self.thing
        return ("section", self.thing) if self.place == "section" else None


_HINTS = {
    ("form", "title"): "Напишите официальное название формы.",
    ("form", "id"): "Код формы: латинские строчные буквы, цифры и дефис, первой стоит буква.",
    ("form", "sections"): "Добавьте хотя бы один вопрос.",
    ("form", "notes"): "Пустых примечаний быть не может.",
    ("section", "rows"): "В таблице нужна хотя бы одна строка.",
    ("section", "columns"): "В таблице нужен хотя бы один столбец.",
    ("item", "text"): "Напишите текст вопроса.",
    ("item", "scale"): "Выберите шкалу: из чего отвечать.",
    ("item", "weight"): "Вес: целое число от 1 до 1000.",
    ("item", "places"): "Знаков после запятой: от 0 до 6.",
    ("item", "number"): "Номер пишется в одну строку.",
    ("item", "values"): "Условие: отметьте хотя бы один ответ.",
    ("scale", "choices"): "В шкале нужен хотя бы один ответ.",
    ("scale", "text"): "Напишите ответ.",
    ("scale", "points"): "Баллы: целое число от 0 до 10" + NBSP + "000.",
    ("score", "title"): "Назовите итог.",
    ("score", "text"): "Назовите уровень.",
    ("score", "least"): "Граница уровня: целое число.",
    ("score", "most"): "Граница уровня: целое число.",
    ("score", "declared_most"): "Максимум источника: целое число больше нуля.",
}
_OWN = {
    "FORM_SCALE_MISSING": "Выберите шкалу: из чего отвечать.",
    "FORM_FLAG_SCALE": "У отметки может быть только шкала из двух ответов, «да» и «нет».",
    "FORM_CONDITION_ITEM": "Условие ссылается на вопрос, которого выше нет. Поставьте тот вопрос выше или уберите "
    "условие.",
    "FORM_CONDITION_KIND": "Условие может зависеть только от выбора или отметки.",
    "FORM_CONDITION_VALUE": "В условии стоит ответ, которого в шкале больше нет.",
    "FORM_SURVEY_SCORED": "Ответы анонимной анкеты не складываются в баллы. Уберите итог или смените вид формы.",
    "FORM_SCORE_ITEM": "В итоге назван пункт, которого в форме нет.",
    "FORM_SCORE_KIND": "В итоге есть пункты, которые так не считаются.",
    "FORM_SCORE_EMPTY": "Складывать нечего. Дайте ответам шкалы баллы или уберите итог.",
    "FORM_LEVELS_UNKNOWN_END": "Наибольшая сумма неизвестна: не у всех чисел есть верхняя граница. Поставьте её или "
    "впишите максимум источника.",
    "FORM_EMPTY": "Добавьте хотя бы один вопрос.",
    "FORM_GRID": "В таблице нужны хотя бы одна строка и один столбец.",
    "FORM_REVISION": "Связь с прежней версией не подходит к этим пунктам.",
}


def faults(draft: Draft) -> list[DraftFault]:
    """Return everything that keeps a draft from being saved, in the order of the form."""
    form = draft.form
    if not form.title.strip() and form.short.strip():
        form = replace(form, title=form.short)
    elif not form.short.strip() and form.title.strip():
        form = replace(form, short=form.title)
    form = replace(form, revisions=())
    told = [_fault(one, form) for one in forms.faults(form)]
    found = [*told, *_empty_sections(form)]
    seen: set[tuple[str, str, str]] = set()
    return [
        one
        for one in found
        if (key := (one.place, one.thing, one.text)) not in seen and not seen.add(key)  # type: ignore[func-returns-value]
    ]


def _fault(problem: Problem, form: FormDef) -> DraftFault:
    place, thing, where, key = _place(problem, form)
    text = _OWN.get(problem.code)
    if text is None and problem.code in {"FORM_KEY_MISSING", "FORM_VALUE"}:
        text = _HINTS.get((place, key), "Заполните.")
    if text is None:
        text = problem.message.removeprefix(f"{problem.sheet}: ")
        text = text.replace("назовите его максимум в строке declared_most", "впишите максимум источника")
        text = capital(text)
    return DraftFault(place, thing, key, text, where)


def _place(problem: Problem, form: FormDef) -> tuple[FaultPlace, str, str, str]:
    """Return part, thing, place in words and line of a fault of the reader."""
    sheet, key = problem.sheet or "", problem.cell or ""
    found = re.match(r"(Раздел|Шкала|Итог) (\d+)(?:, (пункт|клетка|уровень|ответ|строка|столбец)(?: (\d+))?)?", sheet)
    if found is None:
        return "form", "", "", key
    number = int(found[2]) - 1
    if found[1] == "Раздел":
        section = form.sections[number]
        if found[3] == "пункт":
            item = section.items[int(found[4]) - 1]
            return "item", item.id, item_words(form, item), key
        return "section", section.id, section_words(form, section), key or (found[3] or "")
    if found[1] == "Шкала":
        scale = _scales(form)[number]
        return "scale", scale, f"Шкала {number + 1}", key
    score = form.scores[number]
    return "score", str(number), _score_words(score), key


def _scales(form: FormDef) -> list[str]:
    """Return ids of scales in the order in which a definition writes them."""
    return list(dict.fromkeys(item.scale.id for item in form.items() if item.scale is not None))


def item_words(form: FormDef, item: Item) -> str:
    """Return what a question is called: its number, its place where it has none."""
    if item.number:
        return f"Пункт{NBSP}{item.number}"
    place = next((n for n, one in enumerate(form.items(), 1) if one.id == item.id), 0)
    return f"Вопрос{NBSP}{place}"


def section_words(form: FormDef, section: Section) -> str:
    """Return what a section is called."""
    return f"Раздел{NBSP}{form.sections.index(section) + 1}" if section in form.sections else "Раздел"


def _score_words(score: Score) -> str:
    return f"Итог «{score.title}»" if score.title.strip() else "Итог"


def _empty_sections(form: FormDef) -> list[DraftFault]:
    if not any(section.items for section in form.sections):
        return []
    return [
        DraftFault("section", section.id, "items", "В разделе нет вопросов. Добавьте их или удалите раздел.",
                   section_words(form, section))
        for section in form.sections
        if not section.items and section.title.strip()
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of points on the strip of levels: inside one level, in none (a gap) or in several (an overlap)."""

    least: int
    most: int
    names: tuple[str, ...]
    tone: str

    @property
    def kind(self) -> Literal["level", "gap", "overlap"]:
        """What the stretch is."""
        return "gap" if not self.names else "overlap" if len(self.names) > 1 else "level"

    @property
    def words(self) -> str:
        """Return it in words: «19–26: средний уровень»."""
        bounds = f"{self.least}" if self.least == self.most else f"{self.least}–{self.most}"
        if self.kind == "gap":
            return f"{bounds}: нет уровня"
        return f"{bounds}: {' и '.join(self.names)}"


def bounds(draft: Draft, score: Score) -> tuple[int, int | None]:
    """Return the fewest and the most points of a score of a draft; None where the most is not known."""
    least, most = checks.range_of(draft.form, score)
    if score.declared_most is not None:
        return least, max(score.declared_most, most or 0)
    return least, most


def spans(score: Score, least: int, most: int) -> tuple[Span, ...]:
    """Return the points from the fewest to the most cut where a level begins or ends."""
    known = [one for one in score.levels if one.least is not None and one.most is not None and one.least <= one.most]
    start = min([least, 0])
    end = max([most, *(one.most or 0 for one in known)])
    cuts = sorted({start, end + 1} | {one.least or 0 for one in known} | {(one.most or 0) + 1 for one in known})
    found = []
    for first, after in pairwise(cuts):
        inside = [one for one in known if (one.least or 0) <= first and after - 1 <= (one.most or 0)]
        if not inside and after - 1 < least:
            continue  # from nought to the fewest points that are possible nothing needs a level
        tone = inside[0].tone if len(inside) == 1 else "bad"
        found.append(Span(first, after - 1, tuple(tidy(one.text) or "без названия" for one in inside), tone))
    return tuple(found)
