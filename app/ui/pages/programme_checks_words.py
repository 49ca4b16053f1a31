"""Columns and words of «Проверка»: remarks, questions of the checklists, parts of the programme at the side."""

from __future__ import annotations

from dataclasses import dataclass

from app.operations import programme_checks
from app.operations.programme_checklists import Checklist, Question
from app.operations.programme_checks import GROUPS, LEVEL_WORDS, LEVELS, RULES, Checked, Finding, Silence
from app.texts import DASH, NBSP, count
from app.ui.item_models.table_model import Column
from app.ui.theme import Kind

KINDS: dict[str, Kind] = {"error": "bad", "warning": "warn", "hint": "none"}
CHIPS = (("error", "исправить"), ("warning", "проверить"), ("hint", "подсказки"), ("off", "отключены"))
ALL = "all"
ANSWER_KINDS: dict[str, Kind] = {"Да": "ok", "Частично": "warn", "Нет": "bad"}


@dataclass(frozen=True, slots=True)
class Remark:
    """One line of the list: a finding, and what switched it off."""

    finding: Finding
    silence: Silence | None = None

    @property
    def rule(self) -> programme_checks.Rule:
        """The rule behind it."""
        return RULES[self.finding.rule]

    @property
    def key(self) -> tuple[str, int, str, str, str]:
        """What tells it from every other remark, also after the next check."""
        item = self.finding
        return item.rule, item.node_id or 0, item.section or "", item.field, item.reason

    @property
    def state(self) -> str:
        """The level while it speaks, else «off»."""
        return "off" if self.silence is not None else self.rule.level


def remarks(checked: Checked) -> list[Remark]:
    """Return what speaks, then what was switched off."""
    off = [Remark(item.finding, item.silence) for item in checked.silenced]
    return [*(Remark(item) for item in checked.findings), *off]


def _level_word(row: Remark) -> str:
    return "отключена" if row.silence is not None else LEVEL_WORDS[row.rule.level]


_GROUP_ORDER = list(GROUPS)

REMARKS = (
    Column("level", "Важность", _level_word, 112, kind="chip", chip=lambda row: KINDS.get(row.state, "none"),
           sort=lambda row: (row.silence is not None, LEVELS.index(row.rule.level))),
    Column("group", "Раздел", lambda row: GROUPS[row.rule.group], 150, 1,
           sort=lambda row: _GROUP_ORDER.index(row.rule.group)),
    Column("where", "Где", lambda row: row.finding.where, 130, 2, tip=lambda row: row.finding.where),
    Column("reason", "Что не так", lambda row: row.finding.reason, 260, 5, tip=lambda row: row.finding.reason),
)  # fmt: skip

QUESTIONS = (
    Column("number", "№", lambda row: row.number, 44, kind="number", sort=lambda row: int(row.number or 0)),
    Column("text", "Вопрос", lambda row: row.text, 280, 5, tip=lambda row: row.text),
    Column("proposed", "По структуре", lambda row: row.proposed or DASH, 118, kind="chip",
           chip=lambda row: ANSWER_KINDS.get(row.proposed, "none")),
    Column("answered", "Ответ людей", lambda row: row.answered or DASH, 118, kind="chip",
           chip=lambda row: ANSWER_KINDS.get(row.answered, "none")),
)  # fmt: skip


def sections(checked: Checked) -> list[tuple[str, str]]:
    """Return parts of the programme for the side: key and title with the number of remarks and what is filled."""
    parts = {part.group: part for part in checked.completeness.parts}
    found = [(ALL, f"Все разделы: {count(len(checked.findings), 'замечание', 'замечания', 'замечаний')}")]
    for group, title in GROUPS.items():
        size = sum(RULES[item.rule].group == group for item in checked.findings)
        part = parts.get(group)
        filled = f", заполнено {part.filled} из{NBSP}{part.total}" if part is not None else ""
        words = count(size, "замечание", "замечания", "замечаний") if size else "замечаний нет"
        found.append((group, f"{title}: {words}{filled}"))
    return found


_TABLES = {"blocks": "table.block", "stakeholders": "table.stakeholder"}


def place_of(row: Remark) -> int | str | None:
    """Return what to open: the key of a node or of a text; None where the remark is about nothing that can be shown."""
    item = row.finding
    return item.node_id if item.node_id is not None else item.section or _TABLES.get(item.field)


def checklist_title(item: Checklist) -> str:
    """Return how the side names a checklist."""
    questions = count(len(item.questions), "вопрос", "вопроса", "вопросов")
    done = f", отвечено {item.answered}" if item.answered else ""
    return f"Чек-лист «{item.short}»: {questions}{done}"


def filled_sentence(checked: Checked) -> str:
    """Return the completeness in words."""
    share = checked.completeness
    return f"Заполнено {share.percent}{NBSP}% обязательного: {share.filled} из{NBSP}{share.total}"


def grounds(row: Question) -> str:
    """Return what the tree says to a question."""
    if row.evidence is None:
        return "По структуре программы этого не узнать: отвечает человек."
    return row.evidence.words
