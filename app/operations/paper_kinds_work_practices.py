"""Papers of the bank of practices, for the catalogue."""

from __future__ import annotations

from datetime import date

from app.models.store import Connection
from app.operations.paper_catalogue import PaperKind, Setting, Values
from app.operations.paper_choices import needed
from app.operations.papers import Paper


def _card(connection: Connection, values: Values, _day: date) -> Paper:
    from app.operations import practice_papers

    return practice_papers.card(connection, needed(values, "practice"))


def _bank(connection: Connection, values: Values, _day: date) -> Paper:
    from app.operations import practice_papers

    return practice_papers.bank(connection, values.get("which", ""), values.get("subject", ""))


def _adopters(connection: Connection, values: Values, _day: date) -> Paper:
    from app.operations import practice_papers

    return practice_papers.adopters(connection, values.get("which", ""), values.get("subject", ""))


_WHICH = Setting("which", "Какие", "choice", (
    ("accepted", "принятые в банк"), ("proposed", "предложенные"), ("archived", "в архиве"), ("all", "все"),
), usual="accepted")  # fmt: skip
_SUBJECT = Setting("subject", "Предмет", "practice_subject", optional=True, empty="все предметы")

OF_PRACTICES: tuple[PaperKind, ...] = (
    PaperKind("practice_card", "work", "Карточка практики",
              "Чей опыт, какую проблему решает, чем подтверждается, кто внедрил и как оценил.",
              (Setting("practice", "Практика", "practice"),), _card, each="practice", personal=True,
              words="разработка опыт паспорт"),
    PaperKind("practice_bank", "work", "Банк практик", "Список практик и разработок по предметам.",
              (_WHICH, _SUBJECT), _bank, personal=True, words="лучшие практики реестр разработки опыт"),
    PaperKind("practice_uses", "work", "Кто внедрил практики",
              "По каждой практике: какие школы её взяли, что вышло, какие оценки поставили.",
              (_WHICH, _SUBJECT), _adopters, personal=True, words="лучшие практики тиражирование внедрение"),
)  # fmt: skip
