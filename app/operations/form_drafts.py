"""Forms on their way: kept in the file while somebody works on them, saved as a version, with what becomes of answers.

A draft is kept under ``reference_text`` kind «form_draft» as JSON: it may be incomplete, which the strict reader of
definitions would refuse. The JSON is packed, because the journal keeps every state of a row that changes each second:
a form of 43 questions takes some kilobytes instead of forty.
Saving the form takes its draft away in the same operation, so undo brings both back.
"""

from __future__ import annotations

import base64
import json
import secrets
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, is_dataclass, replace
from functools import lru_cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from app.forms import drafting
from app.forms.drafting import Draft
from app.forms.from_table import Understood
from app.forms.item_types import place
from app.forms.schema import FormDef, Item, Revision, Scale
from app.models import references
from app.models.forms import rounds as stored_rounds
from app.models.store import Connection, Store
from app.operations import forms
from app.operations.forms import DRAFT_KIND, FormEntry
from app.texts import count

LARGEST = 8 << 20
"""No draft unpacks to more."""


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A draft that waits in the file."""

    form_id: str
    short: str
    items: int
    base: str


# --- beginning ---------------------------------------------------------------------------------------------------


def own_id(stem: str = "") -> str:
    """Return an id for a form of one's own that no other municipality makes up: «rmo-own-3fa91c»."""
    stem = stem.partition("-own-")[0][:40].rstrip("-")
    return f"{stem}-own-{secrets.token_hex(3)}" if stem else f"own-{secrets.token_hex(3)}"


def begin_new() -> Draft:
    """Return an empty draft of a new form."""
    return drafting.new(own_id())


def begin_copy(connection: Connection | None, form_id: str, short: str) -> Draft:
    """Return a draft that begins as another form.

    Raises:
        UserError: ``FORM_UNKNOWN``.
    """
    return drafting.copied(forms.definition(connection, form_id), own_id(form_id), short)


def begin_change(connection: Connection, form_id: str) -> Draft:
    """Return a draft of a form that is there, or the one that was left half-done.

    Raises:
        UserError: ``FORM_UNKNOWN``.
    """
    kept = read(connection, form_id)
    if kept is not None:
        return kept
    entry = forms.entry(connection, form_id)
    older = [forms.definition(connection, form_id, version) for version in entry.versions]
    taken = {item.id for form in older for item in form.items()}
    return drafting.of(entry.form, taken=taken, base=entry.form.version)


def with_structure(draft: Draft, found: Understood, *, anew: bool) -> Draft:
    """Put what was understood of a table or a list into a draft.

    Args:
        draft: the draft; questions without wording are taken out of it.
        found: sections and questions with temporary ids.
        anew: True replaces everything that is asked, False adds it at the end.
    """
    names: dict[str, Scale] = {}
    for scale in found.scales:
        same = next((one for one in draft.scales if _alike(one, scale)), None)
        if same is None:
            name = drafting.free("scale", [one.id for one in draft.scales])
            same = replace(scale, id=name)
            draft = drafting.put_scale(draft, same)
        names[scale.id] = same
    if not anew:
        for item in [one for one in draft.form.items() if not one.text.strip()]:
            draft = drafting.remove(draft, ("item", item.id))
    kept = () if anew else tuple(one for one in draft.form.sections if one.items or one.title.strip())
    known = [*draft.taken, *(item.id for item in draft.form.items())]
    sections = list(kept)
    for section in found.sections:
        items: list[Item] = []
        for item in section.items:
            name = drafting.free("q", known)
            known.append(name)
            own = None if item.scale is None else names.get(item.scale.id, item.scale)
            items.append(replace(item, id=name, scale=own))
        name = drafting.free("s", [one.id for one in sections])
        sections.append(replace(section, id=name, items=tuple(items)))
    draft = drafting.put(draft, sections=tuple(sections))
    if all(not item.number for item in draft.form.items()):
        draft = drafting.renumber(draft)
    return draft


def _alike(one: Scale, other: Scale) -> bool:
    def told(scale: Scale) -> list[tuple[str, int | None]]:
        return [(choice.text.casefold(), choice.points) for choice in scale.choices]

    return told(one) == told(other)


# --- keeping -----------------------------------------------------------------------------------------------------


def keep(store: Store, draft: Draft) -> None:
    """Keep a draft; the changes of one visit are one entry of the journal."""
    text = to_text(draft)
    name = draft.form.short.strip() or draft.form.title.strip() or "без названия"
    with store.operation(f"Черновик формы «{name}»", "form.draft", merge=f"form.draft:{draft.form.id}") as operation:
        references.put(operation, DRAFT_KIND, draft.form.id, "", text)


def drop(store: Store, form_id: str) -> None:
    """Throw a draft away."""
    with store.operation("Удалён черновик формы", "form.draft.drop") as operation:
        references.drop(operation, DRAFT_KIND, form_id, "")


def kept(connection: Connection) -> tuple[KeptDraft, ...]:
    """Return the drafts that wait, the oldest first."""
    found = []
    for form_id, _version, text in references.texts(connection, DRAFT_KIND):
        draft = from_text(text)
        if draft is not None:
            items = sum(1 for item in draft.form.items() if item.text.strip())
            name = draft.form.short.strip() or draft.form.title.strip()
            found.append(KeptDraft(form_id, name, items, draft.base))
    return tuple(found)


def read(connection: Connection, form_id: str) -> Draft | None:
    """Return the draft of a form, None where there is none."""
    for name, _version, text in references.texts(connection, DRAFT_KIND):
        if name == form_id:
            return from_text(text)
    return None


def to_text(draft: Draft) -> str:
    """Return a draft as the packed text that is kept."""
    told = json.dumps(asdict(draft), ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(zlib.compress(told.encode(), 9)).decode("ascii")


@lru_cache(maxsize=16)
def from_text(text: str) -> Draft | None:
    """Return a draft from its text; None where the text is of another program's version and cannot be read."""
    try:
        packed = zlib.decompressobj()
        told = packed.decompress(base64.b64decode(text, validate=True), LARGEST)
        made = _made(Draft, json.loads(told))
    except (KeyError, TypeError, ValueError, zlib.error):
        return None
    return made if isinstance(made, Draft) else None


@lru_cache(maxsize=32)
def _fields(record: type[Any]) -> Mapping[str, Any]:
    return get_type_hints(record)


def _made(wanted: Any, value: Any) -> Any:
    """Return a value as its type says: records, tuples, plain words and numbers."""
    if isinstance(wanted, type) and is_dataclass(wanted):
        if not isinstance(value, dict):
            raise TypeError(wanted)
        return wanted(**{key: _made(_fields(wanted)[key], one) for key, one in value.items()})
    origin, inner = get_origin(wanted), get_args(wanted)
    if origin is tuple:
        if len(inner) == 2 and inner[1] is Ellipsis:
            return tuple(_made(inner[0], one) for one in value)
        return tuple(_made(kind, one) for kind, one in zip(inner, value, strict=True))
    if origin in {Union, UnionType}:
        return None if value is None else _made(next(one for one in inner if one is not type(None)), value)
    if origin is Literal:
        if value not in inner:
            raise ValueError(value)
        return value
    if not isinstance(value, wanted):
        raise TypeError(wanted)
    return value


# --- saving ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Consequences:
    """What saving a draft does.

    Attributes:
        version: under which it will be kept.
        new_version: another version stands before it and stays as it is.
        rounds: how many rounds were begun with the versions before.
        removed: questions that are no longer asked, as a person names them.
        unfit: questions whose answers may not fit any more: another kind, or answers gone from the scale.
        added: how many questions are new.
    """

    version: str
    new_version: bool
    rounds: int
    removed: tuple[str, ...] = ()
    unfit: tuple[str, ...] = ()
    added: int = 0

    @property
    def words(self) -> str:
        """Tell it in a few sentences."""
        if not self.new_version:
            return f"Форма сохранится, версия {self.version}."
        begun = count(self.rounds, "сбор", "сбора", "сборов")
        why = f"По форме уже есть {begun}." if self.rounds else "Эта версия поставлена с программой."
        told = [f"{why} Сохранится новая версия {self.version}; прежняя не изменится."]
        if self.rounds:
            told.append("Начатые сборы останутся на прежней версии. Новые начнутся по новой.")
            told.append("Прошлогодние ответы и бланки прежней версии перейдут в новую по пунктам.")
        if self.added:
            told.append(f"Новых пунктов: {self.added}; ответов на них пока нет.")
        if self.removed:
            told.append(f"Убрано: {_few(self.removed)}. Ответы сохранятся в файле, но в счёт не пойдут.")
        if self.unfit:
            told.append(
                f"Отвечают по-другому: {_few(self.unfit)}. Ответ, который больше не подходит, придётся дать заново."
            )
        return " ".join(told)


def _few(names: tuple[str, ...]) -> str:
    shown = "; ".join(names[:4])
    return shown if len(names) <= 4 else f"{shown} и ещё {len(names) - 4}"


def consequences(connection: Connection, draft: Draft) -> Consequences:
    """Return what saving a draft would do; nothing is changed."""
    known = _known(connection, draft.form.id)
    version = forms.version_of_save(connection, draft.form)
    if not known:
        return Consequences(version, new_version=False, rounds=0)
    before = known[0]
    rounds = len(stored_rounds(connection, form_id=draft.form.id))
    items = {item.id: item for item in draft.form.items()}
    old = {item.id: item for item in before.items()}
    removed = tuple(place(item) for name, item in old.items() if name not in items)
    unfit = tuple(place(items[name]) for name, item in old.items() if name in items and _differs(item, items[name]))
    return Consequences(
        version, version != before.version, rounds, removed, unfit, sum(1 for name in items if name not in old)
    )


def _differs(before: Item, after: Item) -> bool:
    """Whether an answer to the older question may not fit the newer one."""
    if before.kind != after.kind:
        return True
    if before.scale is not None and after.scale is not None:
        left = {choice.value for choice in after.scale.choices}
        return any(choice.value not in left for choice in before.scale.choices)
    return (before.least, before.most, before.places) != (after.least, after.most, after.places)


def _known(connection: Connection, form_id: str) -> list[FormDef]:
    """Return every version of a form, the newest first; nothing where there is no such form."""
    found = next((one for one in forms.listing(connection, hidden=True) if one.form.id == form_id), None)
    return [forms.definition(connection, form_id, version) for version in found.versions] if found is not None else []


def save(store: Store, draft: Draft) -> FormEntry:
    """Keep a draft as a form: a new version where somebody relies on the present one; the draft is gone then.

    Raises:
        UserError: ``FORM_FAULTS`` with every fault.
    """
    form = draft.form
    if not form.short.strip():
        form = replace(form, short=form.title.strip())
    if not form.title.strip():
        form = replace(form, title=form.short.strip())
    version = forms.version_of_save(store.connection, form)
    older = [one for one in _known(store.connection, form.id) if one.version != version]
    sections = tuple(one for one in form.sections if one.items or one.title.strip())
    form = replace(form, version=version, revisions=revisions(form, older), sections=sections)
    return forms.save(store, form, draft=draft.form.id)


def revisions(form: FormDef, older: Iterable[FormDef]) -> tuple[Revision, ...]:
    """Return how answers of older versions go on: what was written stays where it still fits, what is gone is named."""
    items = {item.id: item for item in form.items()}
    made = []
    for before in older:
        rule = next((one for one in form.revisions if one.since == before.version), Revision(before.version))
        renamed = tuple(pair for pair in rule.renamed if pair[1] in items)
        moved = {old for old, _new in renamed}
        deleted = tuple(item.id for item in before.items() if item.id not in items and item.id not in moved)
        recoded = tuple(
            (name, pairs) for name, pairs in rule.recoded if name in items and _fits(items[name], pairs)
        )  # fmt: skip
        if renamed or deleted or recoded:
            made.append(Revision(before.version, renamed, deleted, recoded))
    return tuple(made)


def _fits(item: Item, pairs: Iterable[tuple[str, str]]) -> bool:
    known = {choice.value for choice in item.scale.choices} if item.scale is not None else None
    return known is None or all(not new or new in known for _old, new in pairs)
