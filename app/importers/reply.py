"""Reading the reply that a school has saved in school mode; runs in the reading child.

It becomes the same record as a filled workbook, so that whose it is, what it changes and what is wrong is judged by the
same rules. A value is taken only where the form itself takes it; otherwise what was typed speaks.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from app.errors import Problem, UserError, problem
from app.forms.answers import given
from app.forms.packet import kind_of
from app.forms.packet_records import PacketAnswer, RepliedCase, Reply, open_reply
from app.forms.schema import Answer, FormDef, Item
from app.importers.filled_form import Library
from app.importers.filled_form_records import FilledAnswer, FilledBook, FilledForm, FormText
from app.texts import ru_moment


def is_packet(path: Path) -> bool:
    """Whether a file is a reply (or a request, sent back by mistake), whatever it is called."""
    return kind_of(path) is not None


def read(path: Path, texts: tuple[FormText, ...]) -> FilledBook:
    """Read a reply.

    Raises:
        UserError: ``FORM_PACKET_…``, ``FORM_GET_UNKNOWN_FORM``, ``FORM_GET_UNKNOWN_VERSION``.
    """
    reply, _files = open_reply(path)
    library = Library(texts)
    forms = tuple(_form(reply, case, library) for case in reply.cases)
    return FilledBook(
        True, True, reply.request_id, reply.school_year, reply.school_id, reply.school_code, reply.school_name,
        reply.municipality, forms,
    )  # fmt: skip


def _form(reply: Reply, case: RepliedCase, library: Library) -> FilledForm:
    form = library.version(case.form_id, case.version, case.digest)
    if form is None:
        where = f"ответ школы, {case.subject}"
        if not library.knows(case.form_id):
            raise UserError("FORM_GET_UNKNOWN_FORM", form=case.form_id, where=where)
        newest = library.newest(case.form_id)
        raise UserError(
            "FORM_GET_UNKNOWN_VERSION", form=newest[0].short if newest else case.form_id, version=case.version,
            where=where,
        )  # fmt: skip
    return FilledForm(
        form.id, form.version, form.digest, "key", case.round_id, case.case_id, case.subject_id, case.subject, "",
        reply.school_year, _answers(form, case), tuple(case.head.items()), case.conclusion, (),
        tuple(_told(reply, form, case)),
    )  # fmt: skip


def _answers(form: FormDef, case: RepliedCase) -> tuple[FilledAnswer, ...]:
    """Return an answer for every item of the form, an empty one where the school has said nothing."""
    known = {one.item_id: one for one in case.answers}
    made = []
    for item in form.items():
        said = known.get(item.id, PacketAnswer(item.id))
        answer = _given(item, said)
        made.append(
            FilledAnswer(
                item.id, answer.raw, answer.value, answer.code, answer.other, answer.not_applicable, answer.comment,
                answer.confirmed,
            )
        )  # fmt: skip
    return tuple(made)


def _given(item: Item, said: PacketAnswer) -> Answer:
    """Return an answer by its value where that is one of the item: the words of an older version may mean nothing."""
    for text in ([said.value] if said.value is not None else []) + [said.raw]:
        made = given(
            item, text, other=said.other, not_applicable=said.not_applicable, comment=said.comment,
            confirmed=said.confirmed,
        )  # fmt: skip
        if made.value is not None:
            break
    return replace(made, raw=said.raw or made.raw)


def _told(reply: Reply, form: FormDef, case: RepliedCase) -> list[Problem]:
    who = ", ".join(part for part in (reply.filler, reply.post) if part)
    found = [problem("FORM_REPLY_FROM", who=who or "имя не указано", when=_moment(reply.made_at))]
    if case.proofs:
        found.append(problem("FORM_REPLY_PROOFS", number=len(case.proofs)))
    strange = [one.item_id for one in case.answers if form.item(one.item_id) is None and (one.raw or one.comment)]
    if strange:
        found.append(problem("FORM_REPLY_ITEMS", items=", ".join(strange[:8])))
    return found


def _moment(text: str) -> str:
    try:
        return ru_moment(datetime.fromisoformat(text).astimezone())
    except ValueError:
        return text[:40]
