"""Every text of a paper with its place: what the font must have and what a search may find."""

from __future__ import annotations

from collections.abc import Iterator

from app.reports import charts
from app.reports.document import (
    ActApproval,
    Annex,
    Approval,
    Block,
    Centred,
    ChartBlock,
    ChartRow,
    Contents,
    Document,
    Executor,
    Facts,
    HandNotes,
    Heading,
    Note,
    Paragraph,
    SignatureBlock,
    Table,
    charts_of,
    marks_of,
    shown,
)


def texts_of(document: Document) -> Iterator[tuple[str, str]]:
    """Yield (place in Russian, text) of everything that is printed."""
    yield from (("заголовок документа", line) for line in document.title)
    yield "сведения о документе", document.meta.author
    for approval in document.approvals:
        yield from (("гриф утверждения", line) for line in _of_approval(approval))
    yield "строка внизу страницы", document.provenance
    yield from (("титульный лист", line) for line in document.cover)
    yield "строка вверху страницы", document.running
    yield "пометка проекта", document.draft_word
    number = 0
    for block in document.blocks:
        number += isinstance(block, Paragraph)
        if isinstance(block, Contents):
            yield "содержание", block.title
        yield from _of_block(block, number)


def _of_approval(approval: Approval) -> tuple[str, ...]:
    if isinstance(approval, ActApproval):
        return approval.lines()
    return (approval.word, approval.position, approval.name, approval.shown_date)


_SMALL = {Note: "примечание", Executor: "исполнитель", Centred: "текст"}


def _of_block(block: Block, paragraph_number: int) -> Iterator[tuple[str, str]]:
    match block:
        case Heading(text=text):
            yield f"подзаголовок «{text}»", text
        case Paragraph():
            yield f"абзац {paragraph_number}", block.text
        case Table():
            yield from _of_table(block)
        case SignatureBlock(position=position, name=name):
            yield "подпись", position
            yield "подпись", name
        case Annex():
            yield from ((block.name, text) for text in (block.name, block.to, block.title))
        case Note(text=text) | Executor(text=text) | Centred(text=text):
            yield _SMALL[type(block)], text
        case Facts():
            for fact in block.facts():
                yield from (("сведения", text) for text in (fact.label, fact.text))
        case HandNotes(lines=lines, caption=caption):
            yield from (("место для записей", text) for text in (*lines, caption))
        case ChartBlock() | ChartRow():
            for chart in charts_of(block):
                yield from ((f"график «{chart.title}»", text) for text in charts.texts(chart))


def _of_table(table: Table) -> Iterator[tuple[str, str]]:
    where = f"таблица «{table.name}»"
    outer = [column.title for column in table.columns if not column.inner]
    inner = [column.title for column in table.columns if column.inner]
    yield from ((f"{where}, заголовки", text) for column in table.columns for text in (column.title, column.over))
    yield from ((f"{where}, пояснения", f"{mark.sign} {mark.text}") for mark in table.marks)
    # said only of a table without a row
    empty = "" if any(group.rows for group in table.groups) else table.empty
    yield from ((where, text) for text in (empty, table.caption))
    number = 0
    for group in table.groups:
        yield f"{where}, раздел", group.title
        for row in group.rows:
            number += 1
            pairs = [*zip(outer, row.cells, strict=True)]
            for part in row.parts:
                pairs += zip(inner, part, strict=True)
            for title, value in pairs:
                place = f"{where}, строка {number}, столбец «{title}»"
                yield from ((place, text) for text in (*shown(value), *marks_of(value)))
