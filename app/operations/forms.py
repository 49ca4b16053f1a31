"""Forms of a file: shipped and own, taken in, given out, changed; every version that answers may need is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from app.errors import Problem, UserError
from app.models import forms as stored
from app.models import references
from app.models.store import Connection, Operation, Store

if TYPE_CHECKING:
    from app.forms.schema import FormDef

Origin = Literal["shipped", "changed", "own"]
ORIGIN_WORDS: dict[Origin, str] = {
    "shipped": "с программой",
    "changed": "изменена в файле",
    "own": "своя",
}
_KIND = "form"
DRAFT_KIND = "form_draft"
"""Under which kind half-done forms are kept."""
_SUBJECTS = ("school", "school_programme", "municipal_programme", "rmo", "mms", "event", "head", "dpp")
"""The order of a list; the same as in the words for people."""
SUBJECT_WORDS: dict[str, str] = {
    "school": "школа",
    "school_programme": "программа школы",
    "municipal_programme": "муниципальная программа",
    "rmo": "РМО",
    "mms": "методическая служба",
    "event": "мероприятие",
    "head": "руководитель",
    "dpp": "программа повышения квалификации",
}


@dataclass(frozen=True, slots=True)
class FormEntry:
    """One form in its newest version.

    Attributes:
        origin: «shipped» with the program, a shipped one «changed» in this file, or the file's «own».
        versions: every version known, shipped ones too, the newest first.
        rounds: how many rounds were begun with any of them.
    """

    form: FormDef
    origin: Origin
    versions: tuple[str, ...]
    rounds: int = 0

    @property
    def in_use(self) -> bool:
        """Whether there are rounds of it."""
        return self.rounds > 0


@lru_cache(maxsize=256)
def _read(text: str) -> FormDef:
    from app.forms.loader import load

    return load(text)


# --- reading -----------------------------------------------------------------------------------------------------


def listing(connection: Connection | None = None, *, hidden: bool = False) -> list[FormEntry]:
    """Return every form in its newest version: by subject, inside it the shipped ones first.

    Args:
        connection: the open file; None lists what is shipped.
        hidden: True adds the institute's own forms, which are not offered otherwise.
    """
    known = _known(connection)
    from app.forms.loader import shipped

    with_program = {form_id for form_id, _version in shipped()}
    begun = _rounds(connection)
    entries = []
    for form_id, forms in known.items():
        if forms[0].hidden and not hidden:
            continue
        own = {form.version for form in forms if shipped().get((form.id, form.version)) != form}
        origin: Origin = "own" if form_id not in with_program else "changed" if own else "shipped"
        entries.append(FormEntry(forms[0], origin, tuple(form.version for form in forms), begun.get(form_id, 0)))
    return sorted(entries, key=_order)


def _order(entry: FormEntry) -> tuple[int, bool, str, str]:
    return _SUBJECTS.index(entry.form.subject), entry.origin == "own", entry.form.short.casefold(), entry.form.id


def entry(connection: Connection | None, form_id: str) -> FormEntry:
    """Return one form with where it came from.

    Raises:
        UserError: ``FORM_UNKNOWN``.
    """
    found = next((one for one in listing(connection, hidden=True) if one.form.id == form_id), None)
    if found is None:
        raise _unknown(connection, form_id)
    return found


def definition(connection: Connection | None, form_id: str, version: str | None = None) -> FormDef:
    """Return one version of a form, the newest where none is named; every version ever kept can be asked for.

    Raises:
        UserError: ``FORM_UNKNOWN``.
    """
    kept = references.texts(connection, _KIND) if connection is not None and version is not None else ()
    for ref_id, of_version, text in kept:
        if (ref_id, of_version) == (form_id, version):
            return _read(text)  # what the file keeps goes first: the shipped ones need not be read
    forms = _known(connection, form_id).get(form_id, [])
    for form in forms:
        if version is None or form.version == version:
            return form
    raise _unknown(connection, f"{form_id}, версия {version}" if forms else form_id)


def _unknown(connection: Connection | None, asked: str) -> UserError:
    return UserError("FORM_UNKNOWN", form=asked, known=", ".join(sorted(_known(connection))))


def _known(connection: Connection | None, form_id: str | None = None) -> dict[str, list[FormDef]]:
    """Return every version by form, the newest first; what the file keeps goes before a shipped one of that version."""
    from app.forms.loader import shipped, version_key

    found: dict[tuple[str, str], FormDef] = {
        key: form for key, form in shipped().items() if form_id is None or key[0] == form_id
    }
    for ref_id, version, text in references.texts(connection, _KIND) if connection is not None else ():
        if form_id is None or ref_id == form_id:
            found[ref_id, version] = _read(text)
    grouped: dict[str, list[FormDef]] = {}
    for form in found.values():
        grouped.setdefault(form.id, []).append(form)
    return {
        name: sorted(forms, key=lambda form: version_key(form.version), reverse=True) for name, forms in grouped.items()
    }


def _rounds(connection: Connection | None) -> dict[str, int]:
    if connection is None:
        return {}
    counts: dict[str, int] = {}
    for one in stored.rounds(connection):
        counts[one.form_id] = counts.get(one.form_id, 0) + 1
    return counts


def faults(form: FormDef) -> list[Problem]:
    """Return everything that is wrong with a draft; ``sheet`` of a fault is the place, ``cell`` the line."""
    from app.forms.loader import check_content
    from app.forms.writer import content_of

    return check_content(content_of(form))[1]


def parts_faults(connection: Connection | None, form: FormDef) -> list[Problem]:
    """Return what is wrong with the parts of a composite form: a form that is not there, levels that do not reach."""
    from app.errors import problem
    from app.forms.checks import levels
    from app.forms.scoring import composite_most

    found: list[Problem] = []
    known: dict[str, FormDef] = {}
    for number, part in enumerate(form.parts, 1):
        place = f"Часть {number}"
        called = f"{part.form_id}, версия {part.version}" if part.version else part.form_id
        try:
            one = definition(connection, part.form_id, part.version or None)
        except UserError:
            found.append(problem("FORM_PART_UNKNOWN", sheet=place, cell="form", place=place, part=called))
            continue
        if one.kind in {"composite", "survey"} or not any(score.rule in {"sum", "count"} for score in one.scores):
            found.append(problem("FORM_PART_KIND", sheet=place, cell="form", place=place, part=one.short))
        known[part.form_id] = one
    if form.parts and not found:
        for number, score in enumerate(form.scores, 1):
            levels(score, f"Итог {number}", 0, composite_most(form, known), found)
    return found


def free_id(connection: Connection | None, base: str) -> str:
    """Return an id that no form has: «rmo-own-1»."""
    known = _known(connection)
    stem = base.partition("-own-")[0][:48]
    number = 1
    while f"{stem}-own-{number}" in known:
        number += 1
    return f"{stem}-own-{number}"


def next_version(versions: Iterable[str]) -> str:
    """Return the version after the highest: 1.0 → 1.1; «1.0» where there is none."""
    from app.forms.loader import version_key

    known = [version_key(version) for version in versions]
    if not known:
        return "1.0"
    major, minor = max(known)
    return f"{major}.{minor + 1}"


# --- changing ----------------------------------------------------------------------------------------------------


def version_of_save(connection: Connection, form: FormDef) -> str:
    """Return the version under which ``save`` would keep a form."""
    known = _known(connection, form.id).get(form.id, [])
    replaceable = _replaceable(connection, form, known)
    return form.version if replaceable else next_version(one.version for one in known)


def save(store: Store, form: FormDef, *, draft: str | None = None) -> FormEntry:
    """Keep a form: a new one, or a change of one that is there.

    A released version never changes: where the version is shipped, or rounds were begun with it, the change becomes
    the next version. A version of the file's own that nobody has answered yet is replaced.

    Args:
        store: the open file.
        form: as the editor has it; its text is written anew, its version may be overruled.
        draft: id of a half-done form that this one comes from; it is dropped in the same operation.

    Raises:
        UserError: ``FORM_FAULTS`` with every fault.
    """
    from app.forms.writer import text_of

    return _put(store, text_of(form), form.short.strip() or None, "form.save", draft)


def take_in(store: Store, path: Path) -> FormEntry:
    """Take a form from a TOML file; a version that is taken by another content becomes the next one.

    Raises:
        UserError: ``GEN_FILE_MISSING``, ``GEN_FILE_UNREADABLE``, ``FORM_FAULTS``.
    """
    return _put(store, read_file(path), path.name, "form.put")


def read_file(path: Path) -> str:
    """Return the text of a definition file.

    Raises:
        UserError: ``GEN_FILE_MISSING``, ``GEN_FILE_UNREADABLE``.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise UserError("GEN_FILE_MISSING", file=path) from error
    except (OSError, UnicodeDecodeError) as error:
        raise UserError("GEN_FILE_UNREADABLE", file=path, detail="это не текст в кодировке UTF-8") from error


def check_file(path: Path) -> FormDef:
    """Read a definition file and keep nothing.

    Raises:
        UserError: ``GEN_FILE_MISSING``, ``GEN_FILE_UNREADABLE``, ``FORM_FAULTS``.
    """
    from app.forms.loader import load

    return load(read_file(path), path.name)


def _put(store: Store, text: str, name: str | None, kind: str, draft: str | None = None) -> FormEntry:
    from app.forms.loader import load, refusal
    from app.forms.writer import with_version

    made = load(text, name)
    unfit = parts_faults(store.connection, made)
    if unfit:
        raise refusal(name or made.short, unfit)
    known = _known(store.connection, made.id).get(made.id, [])
    if any(_same(made, other) for other in known[:1]):
        if draft is not None:
            with store.operation("Удалён черновик формы", "form.draft.drop") as operation:
                references.drop(operation, DRAFT_KIND, draft, "")
        return entry(store.connection, made.id)
    if not _replaceable(store.connection, made, known):
        made = load(with_version(made.text, next_version(form.version for form in known)), name)
    with store.operation(f"Сохранена форма «{made.short}», версия {made.version}", kind) as operation:
        references.put(operation, _KIND, made.id, made.version, made.text)
        if draft is not None:
            references.drop(operation, DRAFT_KIND, draft, "")
    return entry(store.connection, made.id)


def _same(first: FormDef, second: FormDef) -> bool:
    """Whether two definitions say the same, however their texts are laid out and whatever version they name."""
    return replace(first, version="", digest="", text="") == replace(second, version="", digest="", text="")


def _replaceable(connection: Connection, made: FormDef, known: list[FormDef]) -> bool:
    """Whether a definition may stand under its own version: nothing newer, and nobody relies on what stands there."""
    from app.forms.loader import shipped, version_key

    if not known:
        return True
    newest = known[0]
    if version_key(made.version) != version_key(newest.version):
        return version_key(made.version) > version_key(newest.version)
    return (made.id, made.version) not in shipped() and made.version not in _used(connection, made.id)


def _used(connection: Connection, form_id: str) -> set[str]:
    """Return the versions that rounds were begun with or that somebody answers."""
    rounds = stored.rounds(connection, form_id=form_id)
    cases = stored.cases(connection, rounds=[one.id for one in rounds]) if rounds else []
    return {one.version for one in rounds} | {one.version for one in cases}


def keep(operation: Operation, form: FormDef) -> None:
    """Keep the text of a version inside another operation, so that the file can always be read without the program."""
    known = {(ref_id, version) for ref_id, version, _text in references.texts(operation.connection, _KIND)}
    if (form.id, form.version) not in known and form.text:
        references.put(operation, _KIND, form.id, form.version, form.text)


def remove(store: Store, form_id: str) -> None:
    """Take the file's own versions of a form away; a changed shipped form is as it was shipped again.

    Raises:
        UserError: ``FORM_UNKNOWN``, ``FORM_SHIPPED``, ``FORM_IN_USE`` where rounds were begun with it.
    """
    from app.forms.loader import shipped

    found = entry(store.connection, form_id)
    if found.origin == "shipped":
        raise UserError("FORM_SHIPPED", form=found.form.short)
    own = [
        version
        for ref_id, version, _text in references.texts(store.connection, _KIND)
        if ref_id == form_id and shipped().get((form_id, version)) != _read(_text)
    ]
    used = [one for one in stored.rounds(store.connection, form_id=form_id) if one.version in own]
    if used:
        raise UserError("FORM_IN_USE", form=found.form.short, rounds=", ".join(f"«{one.title}»" for one in used[:5]))
    word = "Удалена форма" if found.origin == "own" else "Возвращена прежняя форма"
    with store.operation(f"{word} «{found.form.short}»", "form.remove") as operation:
        for version in own:
            references.drop(operation, _KIND, form_id, version)


def give_out(connection: Connection | None, form_id: str, path: Path, version: str | None = None) -> Path:
    """Write a form as a file that another «Опора» takes in.

    Raises:
        UserError: ``FORM_UNKNOWN``; ``PAPER_…`` of writing.
    """
    from app.exporters.atomic import write_atomic

    return write_atomic(path, definition(connection, form_id, version).text.encode())
