"""Texts of the monitoring: the analytical note, a school's note, words of the monitoring report (004, §1.5; 002).

A text nobody touched follows the figures. A text that a person typed keeps what it was made from, so that a changed
figure marks it; «обновить цифры» replaces the sentences that still stand as they were. Every sentence knows its
figures, every figure the rows it comes from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.analysis import kept_text
from app.analysis.kept_text import ChangedText
from app.analysis.programme_derived import DerivedLine
from app.errors import UserError
from app.models import organisations
from app.models import paper_texts as stored
from app.models.organisations import School
from app.models.paper_texts import PaperText
from app.models.store import Connection, Store
from app.operations.note_scope import Asked, Kind, NoteScope
from app.operations.programme_blocks import AnalysisBlock
from app.operations.programme_texts import SOURCE_WORDS, STALE_WORD, Source
from app.texts import count, quoted

KINDS: Mapping[Kind, str] = {
    "report": "Отчёт о мониторинге",
    "note": "Аналитическая справка",
    "school": "Справка о школе",
}
"""Which texts there are."""
FROM_DATA = "из данных"
_ALONE = frozenset({
    "results.years", "results.deficits", "execution.late", "recommendations.next", "results.beside", "main.lead",
})  # fmt: skip
"""Blocks whose sentences are a list: each stands alone."""


@dataclass(frozen=True, slots=True)
class SectionDef:
    """One section of a text; ``by_hand``: nothing is derived, a person writes it."""

    key: str
    title: str
    hint: str = ""
    by_hand: bool = False


_MAIN = SectionDef("main", "Главное", "Состояние в нескольких предложениях: с них начинают читать.")
_LIST = SectionDef("list", "Список школ", "Кто в списке, кто вошёл и вышел.")
_RESULTS = SectionDef("results", "Результаты обучения", "Доли не набравших минимум по годам, с числами участников.")
_DEFICITS = SectionDef("deficits", "Общие затруднения", "Умения, которые не даются сразу нескольким школам.")
_PROCESS = SectionDef("process", "Условия и кадры", "Контингент, специалисты, учителя, курсы.")
_RISKS = SectionDef("risks", "Типы школ и риски", "Рисковые профили и то, что за ними стоит.")
_EXECUTION = SectionDef("execution", "Исполнение плана", "Что сделано, что просрочено и почему.")
_INDICATORS = SectionDef("indicators", "Показатели", "Какие индикаторы достигнуты, какие отстают.")
_BASE = SectionDef("base", "База и достаточность мер", "Каких документов не хватает, где нет мероприятий.")
_DECISIONS = SectionDef("decisions", "Исполнение решений", "Пункты решений: выполнены, просрочены, причины.")
_SUPPORT = SectionDef("support", "Поддержка школ", "Партнёрства, кураторы, дефициты, курсы, помощь и события.")
_USED = SectionDef("used", "Рекомендации прошлого года", "Что из рекомендованного выполнено.")
_CONCLUSIONS = SectionDef("conclusions", "Выводы", "Выводы делает человек: что удалось, что мешает.", by_hand=True)
_NEXT = SectionDef("next", "Что дальше", "Рекомендации на этот учебный год по адресатам.")

SECTIONS: Mapping[Kind, tuple[SectionDef, ...]] = {
    "report": (_MAIN, _EXECUTION, _INDICATORS, _LIST, _RESULTS, _BASE, _DECISIONS, _SUPPORT, _CONCLUSIONS, _NEXT),
    "note": (_MAIN, _LIST, _RESULTS, _DEFICITS, _PROCESS, _RISKS, _EXECUTION, _INDICATORS, _DECISIONS, _SUPPORT,
             _USED, _CONCLUSIONS, _NEXT),
    "school": (_LIST, _RESULTS, _DEFICITS, _PROCESS, _RISKS, _EXECUTION, _DECISIONS, _SUPPORT, _USED, _CONCLUSIONS,
               _NEXT),
}  # fmt: skip
_SCHOOL_TITLES = {"list": "Школа и список", "deficits": "Трудные задания"}


@dataclass(frozen=True, slots=True)
class NoteField:
    """One section as the screen and the papers need it.

    Attributes:
        origin: «derived», «typed» or «empty».
        stale: typed, and what it was made from says something else now.
        derived: what the figures say now.
        base: what that is made of, as JSON; a typed text keeps it.
    """

    key: str
    title: str
    text: str
    origin: Source
    stale: bool
    hint: str
    derived: str
    base: str
    by_hand: bool = False

    @property
    def word(self) -> str:
        """The state in a word."""
        if self.stale:
            return STALE_WORD
        return FROM_DATA if self.origin == "derived" else SOURCE_WORDS[self.origin]


@dataclass(frozen=True, slots=True)
class NoteBook:
    """All sections of a text with the parts they are made of; ``about``: the school's short name, "" of all."""

    asked: Asked
    school_year: int
    about: str
    fields: tuple[NoteField, ...]
    blocks: tuple[AnalysisBlock, ...]

    def field(self, key: str) -> NoteField:
        """Return one section."""
        return next(item for item in self.fields if item.key == key)


# --- reading -----------------------------------------------------------------------------------------------------


def read(connection: Connection, asked: Asked) -> NoteBook:
    """Return a text with everything it rests on.

    Raises:
        UserError: ``MON_NOTE_KIND``, ``MON_NOTE_SCHOOL``, ``GEN_NO_SCHOOL``.
    """
    kind, scope = asked.kind, asked.scope(connection)
    about = _about(kind, scope)
    found = parts(kind, scope)
    kept = stored.texts(connection, *_where(kind, scope))
    fields = tuple(_field(kind, item, kept.get(item.key), found) for item in SECTIONS[kind])
    return NoteBook(asked, scope.school_year, about, fields, found)


def _about(kind: str, scope: NoteScope) -> str:
    if kind not in KINDS:
        raise UserError("MON_NOTE_KIND", kind=kind, known=", ".join(KINDS))
    if (kind == "school") == scope.whole:
        raise UserError("MON_NOTE_SCHOOL")
    if scope.school_id is None:
        return ""
    school = organisations.get(scope.connection, scope.school_id)
    if school is None:
        raise UserError("GEN_NO_SCHOOL", query=scope.school_id)
    return school.shown


def parts(kind: Kind, scope: NoteScope) -> tuple[AnalysisBlock, ...]:
    """Return every part of a text in the order of its sections."""
    from app.operations import note_progress, note_results, note_support, note_work
    from app.operations.note_scope import lead

    wanted = {item.key for item in SECTIONS[kind]}
    found = [
        *note_results.blocks(scope), *note_progress.blocks(scope), *note_support.blocks(scope),
        *note_work.blocks(scope),
    ]  # fmt: skip
    if "main" in wanted:
        found.insert(0, lead("main", "Главное", found, (
            "results.schools", "list.moves", "execution.state", "indicators.state", "decisions.state",
            "support.partners",
        )))  # fmt: skip
    order = {item.key: place for place, item in enumerate(SECTIONS[kind])}
    return tuple(sorted((item for item in found if item.section in wanted), key=lambda item: order[item.section]))


def _where(kind: str, scope: NoteScope) -> tuple[str, str, str]:
    """Return paper, subject and period under which a person's texts are kept."""
    subject = "" if scope.school_id is None else str(scope.school_id)
    if scope.whole and scope.programme_id is not None:
        from app.models.programmes import programme

        found = programme(scope.connection, scope.programme_id)
        subject = "" if found is None else str(found.lineage)
    return kind, subject, str(scope.year)


def _lines(blocks: Sequence[AnalysisBlock], key: str) -> tuple[DerivedLine, ...]:
    """Return the sentences of a section; a name of a line is its block and its figures, so it lives through changes."""
    found: dict[str, DerivedLine] = {}
    for block in blocks:
        for place, sentence in enumerate(block.told if block.section == key else ()):
            name = f"{block.key}#{'|'.join(sentence.figures) or place}"
            name = name if name not in found else f"{name}@{place}"
            found[name] = DerivedLine(name, sentence.text)
    return tuple(found.values())


def _base(blocks: Sequence[AnalysisBlock], key: str, lines: Iterable[DerivedLine]) -> str:
    figures = {f.key: (f.what, f.value) for block in blocks if block.section == key for f in block.figures}
    return kept_text.base(lines, figures)


def _field(kind: Kind, item: SectionDef, row: PaperText | None, blocks: Sequence[AnalysisBlock]) -> NoteField:
    lines = _lines(blocks, item.key)
    said, base = kept_text.joined(lines, _ALONE), _base(blocks, item.key, lines)
    title = _SCHOOL_TITLES.get(item.key, item.title) if kind == "school" else item.title
    if row is None:
        state: Source = "derived" if said else "empty"
        return NoteField(item.key, title, said, state, False, item.hint, said, base, item.by_hand)
    state = "typed" if row.text.strip() else "empty"
    stale = kept_text.stale(row.figures, lines)
    return NoteField(item.key, title, row.text, state, stale, item.hint, said, base, item.by_hand)


def schools(connection: Connection, year: int) -> list[School]:
    """Return own schools in work for the choice of a note: those of the list first."""
    from app.operations import support

    own = [school for school in organisations.listing(connection, own=True) if school.status == "active"]
    listed = support.listed(connection, year - 1).schools
    return [*(one for one in own if one.id in listed), *(one for one in own if one.id not in listed)]


# --- typing ------------------------------------------------------------------------------------------------------


def put(store: Store, asked: Asked, key: str, text: str, base: str | None = None) -> None:
    """Keep what a person typed for a section; words that are just what the figures say are not kept.

    Args:
        store: open store.
        asked: which text, about whom and when.
        key: of the section.
        text: as typed.
        base: what the derived text was made of when it was typed (``NoteField.base``); computed where not given. A
            text typed before keeps what it was made from until it is brought up to date.

    Raises:
        UserError: ``MON_NOTE_KIND``, ``MON_NOTE_SCHOOL``, ``MON_NOTE_SECTION``.
    """
    kind, scope = asked.kind, asked.scope(store.connection)
    _about(kind, scope)
    item = _section(kind, key)
    where = _where(kind, scope)
    row = stored.texts(store.connection, *where).get(key)
    if row is not None and row.figures:
        base = row.figures
    elif base is None:
        blocks = parts(kind, scope)
        base = _base(blocks, key, _lines(blocks, key))
    lines = tuple(DerivedLine(*line) for line in (kept_text.before(base) or {}).items())
    said = kept_text.joined(lines, _ALONE)
    label = f"{KINDS[kind]}: {quoted(item.title)}"
    with store.operation(label, "note.text", merge=f"note.text:{':'.join(where)}:{key}") as operation:
        same = text.strip() == said.strip()
        stored.put_text(operation, where, key, None if same else text, said or None, base if lines else None)


def reset(store: Store, asked: Asked, key: str) -> None:
    """Forget what was typed for a section: the figures speak again.

    Raises:
        UserError: ``MON_NOTE_SECTION``.
    """
    kind, scope = asked.kind, asked.scope(store.connection)
    label = f"{KINDS[kind]}: {quoted(_section(kind, key).title)} из данных"
    with store.operation(label, "note.text") as operation:
        stored.put_text(operation, _where(kind, scope), key, None)


def _section(kind: Kind, key: str) -> SectionDef:
    found = next((item for item in SECTIONS[kind] if item.key == key), None)
    if found is None:
        raise UserError("MON_NOTE_SECTION", key=key, known=", ".join(item.key for item in SECTIONS[kind]))
    return found


# --- bringing up to date -----------------------------------------------------------------------------------------


def changes(connection: Connection, asked: Asked) -> tuple[ChangedText, ...]:
    """Return what «обновить цифры» would change, section by section; nothing where all is up to date."""
    scope = asked.scope(connection)
    return _changes(asked.kind, scope, parts(asked.kind, scope))


def _changes(kind: Kind, scope: NoteScope, blocks: Sequence[AnalysisBlock]) -> tuple[ChangedText, ...]:
    kept = stored.texts(scope.connection, *_where(kind, scope))
    found = []
    for item in SECTIONS[kind]:
        row, lines = kept.get(item.key), _lines(blocks, item.key)
        if row is not None and kept_text.stale(row.figures, lines):
            told, text = kept_text.renewed(row.text, row.figures, lines, typed=True)
            found.append(ChangedText(item.key, item.title, True, told, text))
    return tuple(found)


def refresh(store: Store, asked: Asked, keys: Iterable[str]) -> int:
    """Bring the chosen sections up to date as one operation; returns how many there were."""
    kind, scope = asked.kind, asked.scope(store.connection)
    blocks, wanted = parts(kind, scope), set(keys)
    chosen = [change for change in _changes(kind, scope, blocks) if change.key in wanted]
    if not chosen:
        return 0
    told = count(len(chosen), "раздел", "раздела", "разделов")
    with store.operation(f"{KINDS[kind]}: обновлены цифры, {told}", "note.refresh") as operation:
        for change in chosen:
            lines = _lines(blocks, change.key)
            stored.put_text(
                operation, _where(kind, scope), change.key, change.text, kept_text.joined(lines, _ALONE) or None,
                _base(blocks, change.key, lines),
            )  # fmt: skip
    return len(chosen)
