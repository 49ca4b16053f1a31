"""A list from outside and its later edition: entries of the same source are replaced, never those of another."""

from __future__ import annotations

from collections.abc import Iterator

from app.errors import Problem, problem
from app.importers.parsed import ExternalHead, ParsedExternal
from app.models import externals
from app.models.facts import Fact, Key
from app.models.store import Connection, Operation, new_id
from app.operations.matching import fold
from app.texts import plural

KIND_WORDS = {
    "federal_list": "список Рособрнадзора",
    "bias": "признаки необъективности",
    "risk_profile": "рисковые профили школ",
    "risk_zone": "зоны риска",
}


class Edition:
    """The entries that a file has for one kind of list and one year, beside those already kept.

    The source is the same where the title is, or the name of the file.
    """

    def __init__(self, connection: Connection, head: ExternalHead, year: int, file_name: str) -> None:
        self.head = head
        self.year = year
        present = externals.lists(connection, kind=head.kind, year=year)
        same = (item for item in present if fold(item.title) == fold(head.title) or item.file == file_name)
        self.replaces = next(same, None)
        self.beside = [item for item in present if item is not self.replaces]
        self.list_id = new_id() if self.replaces is None else self.replaces.id
        self.stored = {} if self.replaces is None else externals.all_of(connection, self.list_id)
        self._rows: list[tuple[int, ParsedExternal]] = []

    def add(self, organisation_id: int, row: ParsedExternal) -> None:
        """Take one cell of a school."""
        self._rows.append((organisation_id, row))

    def facts(self) -> Iterator[Fact]:
        """Yield the entries as facts."""
        for school, row in self._rows:
            o = row.origin
            key = (school, self.list_id, row.mark.item)
            yield key, (row.mark.value, row.mark.raw), (o.sheet, o.row_from, o.row_to, o.cells)

    def gone(self) -> list[Key]:
        """Return the kept entries that this edition no longer has."""
        here = {(school, self.list_id, row.mark.item) for school, row in self._rows}
        return [key for key in self.stored if key not in here]

    def label(self, key: Key) -> tuple[str, int]:
        """Return what an entry is called, and its year."""
        return (f"{KIND_WORDS[self.head.kind]}: {key[2]}" if key[2] else KIND_WORDS[self.head.kind]), self.year

    def findings(self, new: int, changed: int, gone: int) -> list[Problem]:
        """Return what a person should know before these entries stand."""
        found = []
        if self.replaces is not None and (new or changed or gone):
            found.append(
                problem(
                    "DATA_LIST_REPLACED", level="warning" if gone else "hint", title=self.replaces.title,
                    year=self.year, file=self.replaces.file or "неизвестен", new=new, changed=changed, gone=gone,
                )
            )  # fmt: skip
        if self.replaces is None and self.beside:
            names = "; ".join(f"«{item.title}»" for item in self.beside[:3])
            word = plural(len(self.beside), "другой список", "другие списки", "другие списки")
            found.append(
                problem("DATA_LIST_BESIDE", year=self.year, kind=KIND_WORDS[self.head.kind], names=names, word=word)
            )
        return found

    def write(self, operation: Operation, file_id: int, actor: str, *, touched: bool) -> None:
        """Write the head, take out what is gone, and let every kept entry point into the newer file."""
        if self.replaces is not None and not touched:
            return
        externals.put_list(
            operation, key=self.list_id, kind=self.head.kind, year=self.year, title=self.head.title,
            import_file_id=file_id, actor=actor,
        )  # fmt: skip
        externals.drop_entries(operation, [self.stored[key][0] for key in self.gone()])
        externals.move_entries(
            operation,
            (
                (origin, self.stored[key][0])
                for key, values, origin in self.facts()
                if key in self.stored and self.stored[key][1:] == values
            ),
        )
