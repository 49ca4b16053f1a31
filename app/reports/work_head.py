"""What papers of the methodist's own work share: whose they are, who signs them, facts at the head."""

from __future__ import annotations

from dataclasses import dataclass

from app.reports.document import Block, Document, Executor, Fact, Facts, Meta, SignatureBlock
from app.texts import glue, ru_moment


@dataclass(frozen=True, slots=True)
class WorkHead:
    """Whose paper it is; ``made_at`` is a moment, ``signer`` post and name."""

    municipality: str
    organisation: str
    made_at: str
    executor: str = ""
    signer: tuple[str, str] = ("", "")

    @property
    def whose(self) -> str:
        """The organisation, else the municipality."""
        return self.organisation or self.municipality


def document(
    head: WorkHead, kind: str, title: tuple[str, ...], blocks: list[Block], *, signed: bool = False,
    landscape: bool = False, name: str = "",
) -> Document:  # fmt: skip
    """Return a paper with its tail: the signature where one is wanted, who prepared it."""
    tail: list[Block] = []
    if signed:
        tail.append(SignatureBlock(glue(head.signer[0]), glue(head.signer[1]), place="signer1"))
    if head.executor:
        tail.append(Executor(glue(head.executor)))
    return Document(
        title=tuple(glue(line) for line in title if line), meta=Meta(head.whose, head.made_at, kind),
        blocks=(*blocks, *tail), landscape=landscape, provenance=f"Опора · составлено {ru_moment(head.made_at)}",
        name=glue(name),
    )  # fmt: skip


def facts(*pairs: tuple[str, str]) -> list[Block]:
    """Return what is known as facts, one under another; nothing where nothing is."""
    known = tuple(Fact(label, glue(text)) for label, text in pairs if text)
    return [Facts((known,))] if known else []
