"""Many papers at once: whose, under which names, in which formats; all of them or none (decision 28).

The names are known before anything is made. Papers come one by one and are written under temporary names; only when the
last one is there do all of them get their own. Stopped, failed or killed, the folder has nothing of the batch.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import UserError
from app.models import registry
from app.models.store import Connection
from app.operations import impersonal, paper_catalogue, papers
from app.operations.impersonal import People
from app.operations.paper_catalogue import PaperKind, Values
from app.operations.papers import Made, Paper
from app.texts import count

if TYPE_CHECKING:
    from app.reports.document import Block, Document

_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f«»„“]')
_LONGEST_WORD = 80
ALL, LISTED, SUPPORTED, GROUP = "all", "listed", "supported", "group:"
Read = Callable[[Callable[[Connection], Paper]], Paper]
"""Runs a function with a reading connection, on whichever thread that has to be."""
Progress = Callable[[str, int, int], bool]
"""Told (what, done, of all); False stops."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A set of values to make papers of: «все школы», a saved group."""

    key: str
    title: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """One paper of a batch: whose it is and the names of its files without the suffix."""

    value: str
    word: str
    name: str
    taken: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a batch: files written; (whose, why) of papers that could not be made."""

    files: tuple[Path, ...]
    made: int
    left_out: tuple[tuple[str, str], ...] = ()


class _Stopped(Exception):  # noqa: N818 - no error: somebody pressed «Остановить»
    """The batch was stopped."""


# --- who and under which name ------------------------------------------------------------------------------------


def choices(connection: Connection, item: PaperKind, values: Values, day: date) -> tuple[Choice, ...]:
    """Return the sets that a batch of a kind can be made of; empty ones are left out, all of them stand first.

    Raises:
        UserError: ``OUT_NO_BATCH``.
    """
    if not item.each:
        raise UserError("OUT_NO_BATCH", title=item.title)
    known = tuple(value for value, _word in _words(connection, item, values, day) if value)
    if item.setting(item.each).kind != "school":
        return (Choice(ALL, "Все", known),) if known else ()
    found = [Choice(ALL, "Все школы", known)]
    listed, supported = _listed(connection, day), _supported(connection, day)
    named = [(LISTED, "Школы из списка", listed), (SUPPORTED, "Школы с поддержкой", supported)]
    named += [(f"{GROUP}{name}", f"Группа «{name}»", keys) for name, keys in registry.groups(connection).items()]
    for key, title, keys in named:
        wanted = tuple(value for value in known if int(value) in keys)
        found.append(Choice(key, title, wanted))
    return tuple(one for one in found if one.values)


def _words(connection: Connection, item: PaperKind, values: Values, day: date) -> tuple[tuple[str, str], ...]:
    return paper_catalogue.offers(connection, item, values, day)[item.each]


def _listed(connection: Connection, day: date) -> frozenset[int]:
    from app.operations import school_card
    from app.operations.paper_choices import present_year

    try:
        return frozenset(school_card.listed(connection, present_year(day)))
    except UserError:  # no results yet: there is no list
        return frozenset()


def _supported(connection: Connection, day: date) -> frozenset[int]:
    from app.models import support_facts
    from app.operations.paper_choices import present_year

    return frozenset(fact.school_id for fact in support_facts.facts(connection, [present_year(day)]))


def chosen(connection: Connection, item: PaperKind, values: Values, wanted: str, day: date) -> tuple[str, ...]:
    """Return the values that a word of the command means: «all», «listed», «group:Имя», or codes with commas.

    Raises:
        UserError: ``OUT_NO_BATCH``, ``OUT_NO_GROUP``, ``OUT_BATCH_NOTHING``, ``OUT_VALUE``, ``GEN_NO_SCHOOL``.
    """
    known = choices(connection, item, values, day)
    found = next((one for one in known if one.key.casefold() == wanted.strip().casefold()), None)
    if found is not None:
        return found.values
    if wanted.startswith(GROUP):
        named = ", ".join(one.key.removeprefix(GROUP) for one in known if one.key.startswith(GROUP)) or "ни одной"
        raise UserError("OUT_NO_GROUP", group=wanted.removeprefix(GROUP), known=named)
    if wanted in {ALL, LISTED, SUPPORTED, ""}:
        raise UserError("OUT_BATCH_NOTHING")
    offered = _words(connection, item, values, day)
    setting = item.setting(item.each)
    from app.operations import paper_choices

    found_values = [paper_choices.match(connection, setting, offered, part) for part in wanted.split(",")]
    return tuple(dict.fromkeys(found_values))


def plan(
    connection: Connection, item: PaperKind, values: Values, each: Iterable[str], day: date, folder: Path | None = None,
    suffixes: Sequence[str] = (".pdf",),
) -> tuple[Planned, ...]:  # fmt: skip
    """Return the papers of a batch with the names of their files, and which of them are taken in the folder."""
    words = dict(_words(connection, item, values, day))
    period = paper_catalogue.period_words(item, values).replace("/", "-") or f"{day:%d.%m.%Y}"
    used: dict[str, int] = {}
    made = []
    for value in each:
        word = words.get(value, value)
        short = " ".join(_UNFIT.sub(" ", word).split())[:_LONGEST_WORD].rstrip(" .")
        # the long word gives way: what it is and for which time must be read in the name
        head, tail = f"{_plain(item.title)}, ", f", {period}"
        short = short.encode()[: papers.LONGEST_NAME - len((head + tail).encode())].decode(errors="ignore").rstrip(" .")
        name = f"{head}{short}{tail}".replace("\u00a0", " ")
        used[name.casefold()] = used.get(name.casefold(), 0) + 1
        if used[name.casefold()] > 1:
            name = f"{name} ({used[name.casefold()]})"
        taken = folder is not None and any((folder / f"{name}{suffix}").exists() for suffix in suffixes)
        made.append(Planned(value, word, name, taken))
    return tuple(made)


def _plain(title: str) -> str:
    return " ".join(_UNFIT.sub(" ", title).split())


def one_name(item: PaperKind, values: Values, number: int, day: date) -> str:
    """Return the name of a batch in one file, without the suffix."""
    period = paper_catalogue.period_words(item, values).replace("/", "-") or f"{day:%d.%m.%Y}"
    told = count(number, "документ", "документа", "документов")
    return f"{_plain(item.title)}, {period}, {told}".replace("\u00a0", " ")


# --- making ------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Batch:
    """A batch at work.

    Attributes:
        item: the kind of paper.
        values: its settings; that of ``item.each`` is set one after the other.
        planned: whose papers, under which names.
        folder: where to; it is made beside what is there.
        suffixes: formats, «.pdf», «.docx», «.xlsx».
        day: what counts as today.
        one_file: all of them in one PDF, a bookmark each.
        people: who must not be named in any of them; None where people may stand in them.
    """

    item: PaperKind
    values: Mapping[str, str]
    planned: Sequence[Planned]
    folder: Path
    suffixes: Sequence[str]
    day: date
    one_file: bool = False
    people: People | None = None

    def run(self, papers_of: Iterable[Paper | UserError], progress: Progress | None = None) -> Result:
        """Draw and write all of them or none.

        Args:
            papers_of: a paper for each of ``planned``, or why it could not be made; they are taken one by one.
            progress: told before each.

        Raises:
            UserError: ``OUT_BATCH_NOTHING``, ``OUT_ONE_FILE``, ``OUT_BATCH_STOPPED``, ``GEN_BAD_FORMAT``, ``PAPER_…``,
                ``PACK_PERSON_LEFT``; that of the first paper where none could be made.
        """
        self._refuse()
        new = not self.folder.exists()
        left: list[tuple[str, UserError]] = []
        with ExitStack() as failed:
            failed.callback(self._clear, new)
            try:
                papers.folder_for(self.folder)
                files = self._files(self._made(papers_of, left, progress))
                paths = papers.write_all(files)  # type: ignore[arg-type]
            except _Stopped:
                raise UserError("OUT_BATCH_STOPPED", folder=self.folder.name) from None
            if not paths:
                raise left[0][1]
            failed.pop_all()
        told = tuple((word, f"{error.what} {error.cure}".strip()) for word, error in left)
        return Result(tuple(paths), len(self.planned) - len(left), told)

    def _refuse(self) -> None:
        if not self.planned or not self.suffixes:
            raise UserError("OUT_BATCH_NOTHING")
        if self.one_file and tuple(self.suffixes) != (".pdf",):
            raise UserError("OUT_ONE_FILE")
        for suffix in self.suffixes:
            if suffix not in papers.FORMATS:
                raise UserError("GEN_BAD_FORMAT", suffix=suffix)

    def _clear(self, new: bool) -> None:
        """A folder that was made for the batch goes with it."""
        if new:
            with suppress(OSError):
                self.folder.rmdir()

    def _made(
        self, papers_of: Iterable[Paper | UserError], left: list[tuple[str, UserError]], progress: Progress | None
    ) -> Iterator[tuple[Planned, Paper]]:
        total = len(self.planned)
        for place, (planned, found) in enumerate(zip(self.planned, papers_of, strict=True)):
            if progress is not None and not progress(planned.word, place, total):
                raise _Stopped
            if isinstance(found, UserError):
                left.append((planned.word, found))
            else:
                yield planned, found

    def _files(self, made: Iterator[tuple[Planned, Paper]]) -> Iterator[tuple[Path, bytes]]:
        if self.one_file:
            found = [paper for _planned, paper in made]
            if found:
                name = one_name(self.item, self.values, len(found), self.day)
                yield self.folder / f"{name}.pdf", self._searched(together(found, self.item.title)).data
            return
        for planned, paper in made:
            for suffix in self.suffixes:
                yield self.folder / f"{planned.name}{suffix}", self._searched(papers.render(paper, suffix)).data

    def _searched(self, made: Made) -> Made:
        """Return what was drawn after nobody was found in it who must not be."""
        if self.people is not None:
            impersonal.refuse_named(self.people, made.data, made.suffix)
        return made


def makes(connection: Connection, batch: Batch) -> Iterator[Paper | UserError]:
    """Yield the paper of each, or why it could not be made, with one reading connection."""
    common = batch.item.many is not None
    each = [one.value for one in batch.planned]
    if common:
        bare = batch.people is not None
        found = paper_catalogue.batch(connection, batch.item.key, batch.values, each, batch.day, impersonal=bare)
        yield from found
        return
    for value in each:
        yield one_of(connection, batch, value)


def one_of(connection: Connection, batch: Batch, value: str) -> Paper | UserError:
    """Return the paper of one value, or why it could not be made: one school without results stops no batch."""
    values, bare = {**batch.values, batch.item.each: value}, batch.people is not None
    try:
        return paper_catalogue.make(connection, batch.item.key, values, batch.day, impersonal=bare)
    except UserError as error:
        return error


def together(found: Sequence[Paper], title: str) -> Made:
    """Return several papers as one PDF, one after the other, each with a bookmark.

    Raises:
        UserError: ``PAPER_NO_CARDS`` where there are none.
    """
    if not found:
        raise UserError("PAPER_NO_CARDS")
    from app.exporters.joining import join

    told = count(len(found), "документ", "документа", "документов")
    return Made(".pdf", join([_without_places(paper.document) for paper in found], f"{title}, {told}"))


def _without_places(document: Document) -> Document:
    """Names of places for signatures must be unique in a file: in a joined one a line to sign on stays."""
    from app.reports.document import PersonApproval, SignatureBlock

    def plain(block: Block) -> Block:
        return replace(block, by_hand=True) if isinstance(block, SignatureBlock) else block

    approvals = tuple(replace(one, place="") if isinstance(one, PersonApproval) else one for one in document.approvals)
    return replace(document, blocks=tuple(plain(block) for block in document.blocks), approvals=approvals)
