"""The programme as papers: the whole of it, the plan, показатели, money (004, §1.2; ГОСТ Р 7.0.97).

Takes plain data. A draft says «ПРОЕКТ, редакция N» on its title page and on every page after it, and names the places
that are still to be filled; an approved edition carries its act and says nothing of drafts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from app.models.programme_records import DocumentKind
from app.reports import programme_tables as tables
from app.reports.document import (
    Block,
    Contents,
    Document,
    Executor,
    Heading,
    Meta,
    Note,
    Table,
    Turn,
    paragraph,
)
from app.reports.profile import profile_for
from app.reports.programme_data import ProgrammeData, TextPart
from app.reports.programme_tables import named
from app.texts import NBSP, glue, ru_moment

DRAFT = "ПРОЕКТ"
UTVERZHDEN: dict[DocumentKind, str] = {
    "programme": "УТВЕРЖДЕНА", "complex": "УТВЕРЖДЁН", "plan": "УТВЕРЖДЁН", "road_map": "УТВЕРЖДЕНА",
}  # fmt: skip
"""The word agrees with what the paper is: программа, комплекс мер, план, дорожная карта."""
PRINYAT: dict[DocumentKind, str] = {
    "programme": "ПРИНЯТА", "complex": "ПРИНЯТ", "plan": "ПРИНЯТ", "road_map": "ПРИНЯТА",
}  # fmt: skip
OF_DOCUMENT: dict[DocumentKind, str] = {
    "programme": "программы", "complex": "комплекса мер", "plan": "плана", "road_map": "дорожной карты",
}  # fmt: skip
WIDE = frozenset({"section.plan", "section.money", "section.indicators"})
"""Sections whose tables lie on their long side."""
_LEFT = re.compile(r"^\s*(?:[-–—•*]|\d{1,3}(?:\.\d{1,3})*[.)])\s")
_SHORT_ID = 12


# --- whole programme ---------------------------------------------------------------------------------------------


def programme(data: ProgrammeData) -> Document:
    """Return the whole programme: title page, contents, passport, sections with their tables, annexes."""
    return Document(
        title=tuple(glue(line) for line in (data.kind_line, data.title or named("название", data)) if line),
        meta=_meta(data, "Программа"),
        blocks=tuple(_Sections(data).blocks()),
        approvals=data.approvals,
        provenance=_provenance(data),
        draft=data.draft,
        draft_word=_draft_word(data),
        running=_draft_word(data) if data.draft else "",
        cover=tuple(line for line in (glue(data.place), data.title_year) if line) or (" ",),
        profile=profile_for(data.day),
    )


class _Sections:
    """Blocks of the whole programme: numbers headings and tables as it goes, turns pages where a wide table begins."""

    def __init__(self, data: ProgrammeData) -> None:
        self.data = data
        self.section = self.part = self.table = 0
        self.lying = False

    def blocks(self) -> Iterator[Block]:
        """Yield everything after the title page."""
        data = self.data
        yield Contents()
        yield from self._head("Паспорт " + OF_DOCUMENT[data.document])
        yield self._table(tables.passport(data), "Паспорт " + OF_DOCUMENT[data.document])
        yield from self._head("Анализ состояния проблемы")
        for part in data.analysis:
            yield from self._sub(part.title)
            yield from self._text(part)
            for block in data.blocks.get(part.key, ()):
                yield self._table(block, block.caption or block.name) if isinstance(block, Table) else block
        for part in data.sections:
            if part.key == "section.annexes":
                continue
            yield from self._head(part.title, landscape=part.key in WIDE)
            yield from self._text(part, needed=part.key not in WIDE)
            yield from self._tables_of(part.key)
        yield from self._annexes()
        if data.executor:
            yield Executor(glue(data.executor))

    def _head(self, title: str, *, landscape: bool = False, numbered: bool = True) -> Iterator[Block]:
        # the passport begins upright after the contents; any later change of orientation begins a page
        if landscape != self.lying:
            yield Turn(landscape)
            self.lying = landscape
        if numbered:
            self.section, self.part = self.section + 1, 0
        yield Heading(glue(f"{self.section}.{NBSP}{title}" if numbered else title), 1)

    def _sub(self, title: str) -> Iterator[Block]:
        self.part += 1
        yield Heading(glue(f"{self.section}.{self.part}.{NBSP}{title}"), 2)

    def _text(self, part: TextPart, *, needed: bool = True) -> Iterator[Block]:
        yield from text_blocks(part.text)
        if not part.text.strip() and needed and self.data.draft:
            hint = part.hint[:1].lower() + part.hint[1:]
            yield paragraph(named(glue(hint.rstrip(".")), self.data))

    def _table(self, table: Table, title: str) -> Table:
        self.table += 1
        return captioned(table, f"Таблица{NBSP}{self.table}. {title}")

    def _tables_of(self, key: str) -> Iterator[Block]:
        data = self.data
        match key:
            case "section.mechanisms":
                yield self._table(_mechanism(data), "Механизм управления")
                yield self._table(_stakeholders(data), "Заинтересованные стороны")
            case "section.plan":
                yield self._table(tables.plan(data), "План мероприятий")
            case "section.money":
                yield self._table(tables.money(data), "Финансовое обеспечение")
                yield from _money_notes(data)
            case "section.indicators":
                yield self._table(tables.indicators(data), "Показатели и индикаторы")
            case "section.monitoring":
                yield self._table(_monitoring(data), "Контроль и мониторинг")
            case "section.risks":
                yield self._table(_risks(data), "Риски и меры")

    def _annexes(self) -> Iterator[Block]:
        data = self.data
        given = next((part for part in data.sections if part.key == "section.annexes"), None)
        own = [
            (title, block)
            for there, title, block in (
                (bool(data.estimate), f"Смета расходов на {data.estimate_year} год", tables.estimate),
                (bool(data.schools or data.everywhere), "Школы, которых касается программа", tables.schools),
            )
            if there
        ]
        if not own and (given is None or not given.text.strip()):
            return
        yield from self._head("Приложения")
        yield from text_blocks(given.text if given else "")
        for number, (title, make) in enumerate(own, start=1):
            yield Heading(glue(f"Приложение {number}. {title}"), 2)
            if make is tables.schools:
                yield from (paragraph(glue(sentence)) for sentence in data.everywhere)
                if not data.schools:
                    continue
            yield self._table(make(data), title)


def text_blocks(text: str) -> Iterator[Block]:
    """Yield the paragraphs of a text; the lines of a list have an even left edge and none on the right."""
    for line in text.splitlines():
        if line.strip():
            listed = bool(_LEFT.match(line))
            yield paragraph(glue(line.strip()), justified=not listed)


def captioned(table: Table, caption: str) -> Table:
    """Return a table with its number and title over it."""
    return replace(table, caption=glue(caption))


def _money_notes(data: ProgrammeData) -> Iterator[Block]:
    if data.free:
        yield Note(glue(f"Не требуют денег мероприятия {', '.join(data.free)}."))
    if data.unpaid and data.draft and data.money:
        yield Note(glue(f"О деньгах ничего не сказано у мероприятий {', '.join(data.unpaid)}."))


def _mechanism(data: ProgrammeData) -> Table:
    titles = (("Участник", 50.0), ("Полномочия", 70.0), ("Результат", 55.0))
    return tables.plain_table("Механизм", titles, data.mechanism, data, "участники и их полномочия")


def _stakeholders(data: ProgrammeData) -> Table:
    titles = (("Кто", 50.0), ("Что для них важно", 65.0), ("Участие в программе", 60.0))
    return tables.plain_table("Стороны", titles, data.stakeholders, data, "заинтересованные стороны")


def _monitoring(data: ProgrammeData) -> Table:
    titles = (
        ("Что проверяется", 45.0), ("По каким показателям", 45.0), ("Источник данных", 32.0), ("Как часто", 26.0),
        ("Кто отвечает", 32.0),
    )  # fmt: skip
    return tables.plain_table("Мониторинг", titles, data.monitoring, data, "что, когда и кем проверяется")


def _risks(data: ProgrammeData) -> Table:
    rows = [(text, answer) for _number, text, answer in data.risks]
    return tables.plain_table("Риски", (("Риск", 80.0), ("Меры", 95.0)), rows, data, "риски и меры против них")


# --- tables alone ------------------------------------------------------------------------------------------------


def plan_paper(data: ProgrammeData) -> Document:
    """Return «План мероприятий»: the table alone."""
    return _alone(data, "План мероприятий", "План мероприятий", (tables.plan(data),))


def indicators_paper(data: ProgrammeData) -> Document:
    """Return «Показатели и индикаторы»: the table alone."""
    return _alone(data, "Показатели и индикаторы", "Показатели", (tables.indicators(data),))


def money_paper(data: ProgrammeData) -> Document:
    """Return «Финансовое обеспечение»: the table, and the estimate of the current year."""
    blocks: list[Block] = [tables.money(data), *_money_notes(data)]
    if data.estimate:
        blocks += [Heading(glue(f"Смета расходов на {data.estimate_year} год")), tables.estimate(data)]
    return _alone(data, "Финансовое обеспечение", "Финансовое обеспечение", tuple(blocks))


def _alone(data: ProgrammeData, title: str, kind: str, blocks: tuple[Block, ...]) -> Document:
    lines = (title, *(line for line in (data.kind_line, data.title or named("название", data)) if line))
    tail: tuple[Block, ...] = (Executor(glue(data.executor)),) if data.executor else ()
    return Document(
        title=tuple(map(glue, lines)),
        meta=_meta(data, kind),
        blocks=blocks + tail,
        approvals=data.approvals,
        provenance=_provenance(data),
        draft=data.draft,
        draft_word=_draft_word(data),
        running=_draft_word(data) if data.draft else "",
        landscape=True,
        profile=profile_for(data.day),
    )


# --- what all share ----------------------------------------------------------------------------------------------


def _meta(data: ProgrammeData, kind: str) -> Meta:
    return Meta(data.organisation or data.place, data.computed_at, kind)


def _draft_word(data: ProgrammeData) -> str:
    return f"{DRAFT}, редакция{NBSP}{data.edition}"


def _provenance(data: ProgrammeData) -> str:
    parts = ["Опора", f"{'составлено' if data.draft else 'сделано'} {ru_moment(data.computed_at)}"]
    parts.append(f"редакция{NBSP}{data.edition}")
    if data.snapshot:
        short = data.snapshot
        parts.append(f"снимок данных {short if len(short) <= _SHORT_ID else f'{short[:4]}…{short[-4:]}'}")
    return " · ".join(parts)
