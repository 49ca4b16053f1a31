"""Questions about the way of an outgoing paper: when it was sent, what came back, what was remarked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from app.models.papers import Paper, PaperEvent
from app.operations import outgoing, tasks
from app.operations.outgoing import Happening, Kind
from app.texts import NBSP, ru_date
from app.ui.dialogs import Field
from app.ui.session import Session
from app.ui.typed_days import day_trouble

VERBS: Mapping[Kind, str] = {
    "sent": "Отправлен…", "receipt": "Принят…", "remark": "Замечание…", "answer": "Ответ…",
}  # fmt: skip
_TITLES: Mapping[Kind, tuple[str, str]] = {
    "sent": ("Документ отправлен", "Когда, кому и как ушёл документ."),
    "receipt": ("Документ принят", "Отметка того, кто принял: входящий номер, день, кто расписался."),
    "remark": ("Замечание к документу", "Срок ответа появится на странице «Сегодня»."),
    "answer": ("Ответ на замечание", "Замечание будет закрыто."),
}
FILES = "Все файлы (*)"


def ask(session: Session, paper: Paper, kind: Kind) -> Happening | None:
    """Ask what happened to a paper; None where the person turned away."""
    title, text = _TITLES[kind]
    waiting = outgoing.open_remarks(paper)
    told = session.dialogs.ask(
        f"{title}: №{NBSP}{paper.number}", text, _fields(session, paper, kind, waiting), "Записать"
    )
    if told is None:
        return None
    path = told.get("file", "").strip()
    due = told.get("due", "").strip()
    return Happening(
        kind, tasks.read_day(told["day"]) or session.today().isoformat(), told.get("number", ""),
        told.get("person", ""), told.get("text", ""), tasks.read_day(due) if due else None,
        Path(path) if path else None, int(told["remark"]) if told.get("remark") else None,
    )  # fmt: skip


def _fields(session: Session, paper: Paper, kind: Kind, waiting: Sequence[PaperEvent]) -> list[Field]:
    day = Field("day", "Когда", ru_date(session.today()), required=True, test=day_trouble)
    file = Field("file", "Файл", hint="останется у документа", files=FILES)
    if kind == "sent":
        return [day, Field("person", "Кому", paper.addressee or ""),
                Field("text", "Как", hint="почтой, через систему документооборота, нарочно"), file]  # fmt: skip
    if kind == "receipt":
        return [day, Field("number", "Входящий номер"), Field("person", "Кто принял"), file]
    if kind == "remark":
        return [
            day, Field("text", "Что просят исправить", long=True, required=True), Field("person", "Кто просит"),
            Field("due", "Ответить до", hint=ru_date(session.today()), test=day_trouble), file,
        ]  # fmt: skip
    choices = tuple((f"{ru_date(one.happened_on)}: {(one.text or '')[:70]}", str(one.id)) for one in waiting)
    return [
        day, *([Field("remark", "На какое замечание", choices=choices)] if len(choices) > 1 else []),
        Field("number", "Исходящий номер ответа"), Field("text", "Что ответили или сделали", long=True), file,
    ]  # fmt: skip
