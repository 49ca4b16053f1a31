"""What a line of comparing two registries is: a difference, what a person picked for it, how both are said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.errors import UserError
from app.models.organisations import SchoolCard
from app.operations.matching import fold, normal_area, normal_login
from app.operations.registry_changes import KIND_WORDS, KINDS, Action, ChangeKind, Decision, RegistryChange
from app.operations.schools import STATUS_WORDS, SYSTEM_WORDS, iso_date
from app.texts import DASH, capital, quoted, ru_date
from app.ui.item_models.table_model import Column
from app.ui.theme import Kind

KIND_CHIPS: Mapping[ChangeKind, Kind] = {
    "new": "info", "split": "warn", "code_changed": "warn", "renamed": "info", "missing": "bad", "closed": "bad",
    "merged": "warn", "duplicate": "warn", "reopened": "ok",
}  # fmt: skip
SHORT: Mapping[Action, str] = {
    "create": "завести", "split": "завести, из прежней", "same": "та же школа", "rename": "переименовать",
    "close": "закрыть", "link": "правопреемник", "merge": "объединить", "reopen": "снова действует",
    "none": "оставить как есть",
}  # fmt: skip
AIMED: frozenset[Action] = frozenset({"same", "split", "link", "merge"})
"""Actions that mean another school."""


_QUOTED = re.compile(r"[«\"„“](.+)[»\"“”]\s*(.*)$")
_KINDS = (
    (re.compile(r"\bсредняя (?:общеобразовательная )?школа\b", re.IGNORECASE), "СОШ"),
    (re.compile(r"\bосновная (?:общеобразовательная )?школа\b", re.IGNORECASE), "ООШ"),
    (re.compile(r"\bначальная (?:общеобразовательная )?школа\b", re.IGNORECASE), "НОШ"),
)
"""Kinds of schools that a column of names says in letters."""
_FORM = re.compile(r"^(?:[МГ][БКА]?ОУ|.*?учреждение)\s+(?=\S)", re.IGNORECASE)


@dataclass
class Line:
    """One difference on its way; ``picked`` is the name of the school that a person named himself."""

    change: RegistryChange
    decision: Decision | None = None
    picked: str = ""
    trouble: str = ""

    @property
    def action(self) -> Action | None:
        """What was picked, None while nothing is."""
        return self.decision.action if self.decision is not None else None


def key_of(line: Line) -> str:
    """Return what stays the same when the file is compared again."""
    return line.change.key


def proposed_aim(line: Line, action: Action) -> tuple[int | None, str]:
    """Return the school that an action means where nobody says otherwise: (key, name)."""
    change = line.change
    if action != "same":
        return change.target_id, change.target or ""
    if change.school_id is not None:
        return change.school_id, change.before or ""
    if change.candidates:
        return change.candidates[0].school_id, change.candidates[0].name
    return None, ""


def aim_of(line: Line, action: Action) -> tuple[int | None, str]:
    """Return the school that the picked action means: (key, name)."""
    if line.decision is not None and line.decision.school_id is not None:
        return line.decision.school_id, line.picked
    return proposed_aim(line, action)


def aims(line: Line, action: Action) -> list[tuple[str, int]]:
    """Return the schools to choose from: (words, key); 0 stands for the proposed one."""
    own, name = proposed_aim(line, action)
    made = own is None and bool(line.change.target_key) and action == "link"
    found = [(f"{name} — заводится из файла" if made else name or "выберите…", 0)]
    if action == "same":
        found += [
            (f"{p.name} ({', '.join(p.reasons)})", p.school_id) for p in line.change.candidates if p.school_id != own
        ]
    decided = line.decision.school_id if line.decision is not None else None
    if decided is not None and decided not in {key for _words, key in found}:
        found.append((line.picked, decided))
    return found


def find_troubles(lines: Sequence[Line]) -> set[str]:
    """Note in each line what stands in the way of writing it; returns the keys of lines that say otherwise now."""
    made = {key_of(line) for line in lines if line.action in {"create", "split", "same"}}
    touched = set()
    for line in lines:
        found = _trouble(line, made)
        if found != line.trouble:
            line.trouble = found
            touched.add(key_of(line))
    return touched


def _trouble(line: Line, made: set[str]) -> str:
    decision = line.decision
    if decision is None or decision.action == "none":
        return ""
    if decision.on_date:
        try:
            iso_date(decision.on_date)
        except UserError as error:
            return f"{error.what} {error.cure}"
    if decision.action not in AIMED:
        return ""
    aim, name = aim_of(line, decision.action)
    if aim is not None:
        itself = decision.action in {"link", "merge"} and aim == line.change.school_id
        return "Это та же самая школа: назовите другую." if itself else ""
    if decision.action == "link" and line.change.target_key:
        waits = line.change.target_key not in made
        return f"Правопреемника {quoted(name)} ещё нет: примите и его строку, он будет заведён." if waits else ""
    return "Назовите школу-правопреемника." if decision.action == "link" else "Назовите, какая это школа."


# --- how a line is said --------------------------------------------------------------------------------------------


def state_of(line: Line) -> tuple[Kind, str]:
    """Return the chip of the action: a question mark where it is only proposed."""
    if line.decision is None:
        return "warn", f"{SHORT[line.change.proposed]}?"
    if line.trouble:
        return "bad", SHORT[line.decision.action]
    return ("none" if line.action == "none" else "ok"), SHORT[line.decision.action]


def outcome(line: Line, day: str) -> str:
    """Say what would be written, in the person's own words.

    Args:
        line: the difference; where nothing is picked, its proposal is told.
        day: the common day as dd.mm.yyyy.
    """
    action = line.action or line.change.proposed
    own = line.decision.on_date if line.decision is not None else None
    if own and not line.trouble:
        day = ru_date(iso_date(own))
    told = _sentence(line, action, aim_of(line, action)[1], day)
    return told if line.decision is not None else f"Предлагается: {told[0].lower()}{told[1:]}"


def _sentence(line: Line, action: Action, aim: str, day: str) -> str:
    change, name = line.change, quoted(aim) if aim else "школа не названа"
    match action:
        case "create":
            return f"Будет заведена школа {quoted(change.after or '')} с кодами из файла."
        case "split":
            return f"Будет заведена школа {quoted(change.after or '')}. Прежняя школа — {name}, дата {day}."
        case "same":
            return (f"Школа {name} получит код и название из файла с {day}. Прежний код останется в карточке, прежнее"
                    " название — написанием.")  # fmt: skip
        case "rename":
            new = quoted(change.after or "")
            return f"С {day} школа будет называться {new}. Прежнее название останется написанием."
        case "close":
            gone = change.row is not None and change.row.status == "реорганизована"
            state = "реорганизованной" if gone else "закрытой"
            return f"Школа будет отмечена {state} с {day}. Её результаты останутся."
        case "link":
            return (f"Школа будет отмечена реорганизованной с {day}, правопреемник — {name}. Результаты останутся"
                    " у прежней.")  # fmt: skip
        case "merge":
            return f"Запись станет частью записи {name}. «Разделить» вернёт всё как было."
        case "reopen":
            return f"Школа снова будет отмечена действующей с {day}."
        case _:
            return "Ничего не запишется, школа останется как есть."


def told_short(name: str) -> str:
    """Return «СОШ № 5» of «МБОУ „Средняя общеобразовательная школа № 5“»; the whole name stands in the tooltip."""
    found = _QUOTED.search(name)
    short = f"{found[1]} {found[2]}" if found else _FORM.sub("", name)
    short = " ".join(short.split())
    for kind, letters in _KINDS:
        short = kind.sub(letters, short)
    return capital(short) if len(short) > 2 else name


def _ours(line: Line) -> str:
    change = line.change
    return (change.target if change.kind == "split" else change.before) or ""


def _reasons(line: Line) -> str:
    return "; ".join(line.change.reasons)


COLUMNS = (
    Column("kind", "Что изменилось", lambda n: KIND_WORDS[n.change.kind], 150, kind="chip",
           chip=lambda n: KIND_CHIPS[n.change.kind], sort=lambda n: KINDS.index(n.change.kind)),
    Column("ours", "Наша школа", lambda n: told_short(_ours(n) or DASH), 190, 4, 110, middle=True, strong=True,
           tip=_ours),
    Column("theirs", "В файле", lambda n: told_short(n.change.after or DASH), 185, 4, 110, middle=True,
           tip=lambda n: n.change.after or ""),
    Column("action", "Действие", lambda n: state_of(n)[1], 158, kind="chip", chip=lambda n: state_of(n)[0],
           tip=lambda n: n.trouble, sort=lambda n: (n.decision is not None, state_of(n)[1])),
    Column("place", "Строка файла", lambda n: n.change.place, 118, 0, middle=True,
           sort=lambda n: n.change.row.origin.row_from if n.change.row else None),
    Column("why", "Почему", _reasons, 100, 2, 80, tip=_reasons),
)  # fmt: skip


# --- ours beside the file's ----------------------------------------------------------------------------------------


def differences(change: RegistryChange, card: SchoolCard | None) -> list[tuple[str, str, str, bool]]:
    """Return what both sides say of a school: (what, ours, the file's, whether they differ), differences first.

    What the file does not speak of is left out, unless it does not have the school at all.
    """
    ours = _said_by_us(card)
    theirs = _said_by_file(change)
    found = []
    for what in dict.fromkeys((*ours, *theirs)):
        mine, other = ours.get(what, ""), theirs.get(what, "")
        if (mine or other) and (other or change.row is None):
            differ = (
                bool(card and change.row) and what not in _ONLY_THEIRS and _normal(what, mine) != _normal(what, other)
            )
            found.append((what, mine, other, differ))
    return sorted(found, key=lambda item: not item[3])


_ONLY_THEIRS = frozenset({"Примечание", "Строка файла"})


def _normal(what: str, text: str) -> str:
    if what == "Муниципалитет":
        return normal_area(text)
    return fold(normal_login(text))


def _said_by_us(card: SchoolCard | None) -> dict[str, str]:
    if card is None:
        return {}
    school = card.school
    codes = {SYSTEM_WORDS[system]: value for system, value in school.codes if system in SYSTEM_WORDS}
    return {
        "Название": school.name, "Краткое название": school.short_name or "", "Вид": school.school_type or "",
        "Муниципалитет": school.municipality or "", "Населённый пункт": school.settlement or "",
        "Состояние": STATUS_WORDS.get(school.status, school.status), **codes,
    }  # fmt: skip


def _said_by_file(change: RegistryChange) -> dict[str, str]:
    row = change.row
    if row is None:
        return {}
    codes = {SYSTEM_WORDS[system]: value for system, value in row.codes if system in SYSTEM_WORDS}
    return {
        "Название": row.name, "Краткое название": row.short_name or "", "Вид": row.school_type or "",
        "Муниципалитет": row.municipality or "", "Населённый пункт": row.settlement or "",
        "Состояние": row.status or "", **codes, "Примечание": row.note or "", "Строка файла": change.place,
    }  # fmt: skip


def with_action(line: Line, action: Action | None) -> None:
    """Pick an action for a line; a day and a school that still fit stay."""
    if action is None:
        line.decision, line.picked = None, ""
        return
    before = line.decision
    if before is None or before.action != action:
        line.decision, line.picked = Decision(action, on_date=before.on_date if before is not None else None), ""


def decisions_of(lines: Iterable[Line]) -> dict[str, Decision]:
    """Return what is to be written."""
    return {key_of(line): line.decision for line in lines if line.decision is not None}
