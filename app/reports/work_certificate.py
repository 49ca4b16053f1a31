"""The certificate of one who took part in an event: one page that lies, quiet, to be signed by the head.

Names stay in the nominative, because a name in the wrong case would be seen by everybody; the form of the event and
the verb agree with it.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.reports.document import Block, Centred, Document, Meta, SignatureBlock
from app.reports.work_head import WorkHead
from app.texts import NBSP, glue

_LONG_NAME, _LONG_TEXT = 48, 150
"""Letters of a name and of a sentence beyond which smaller type is taken."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a certificate says.

    Attributes:
        number: "" leaves a line to write it on.
        name: of the person, nominative.
        who: post and school.
        did: «приняла участие в семинаре «…»».
        when, where: «18 ноября 2026 года»; where it was.
        topic: of a report that the person made there; "" where none.
    """

    number: str
    name: str
    who: str
    did: str
    when: str
    where: str
    topic: str = ""


def certificate(head: WorkHead, data: Certificate) -> Document:
    """Return the certificate; the head signs in the place under it and puts the seal."""
    name = 26.0 if len(data.name) <= _LONG_NAME else 20.0
    text = 16.0 if len(data.did) <= _LONG_TEXT else 13.5
    blocks: list[Block] = [
        Centred(f"№{NBSP}{data.number or '____________'}", 13.0, gap=4.0),
        Centred("подтверждает, что", 14.0, spread=True),
        Centred(glue(data.name), name, bold=True, gap=8.0),
        *([Centred(glue(data.who), 13.0, gap=4.0)] if data.who else []),
        Centred(glue(data.did), text, spread=True),
        *([Centred(glue(data.topic), 13.0, gap=4.0)] if data.topic else []),
        *([Centred(glue(told), 13.0, gap=6.0)] if (told := ", ".join(x for x in (data.when, data.where) if x)) else []),
        SignatureBlock(glue(head.signer[0]), glue(head.signer[1]), place="signer1", seal=True),
    ]
    title = tuple(glue(line) for line in (head.whose, "СЕРТИФИКАТ") if line)
    return Document(
        title=title, meta=Meta(head.whose, head.made_at, "Сертификат участника"), blocks=tuple(blocks), landscape=True,
        ceremonial=True, name=glue(f"Сертификат: {data.name}"),
    )  # fmt: skip
