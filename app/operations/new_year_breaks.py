"""What a new school year breaks: comparing with the years before, things that still name a school that is gone."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from app.analysis.rule_model import Rule
from app.errors import UserError
from app.models import forms as stored_forms
from app.models import lists, organisations, settings
from app.models import new_year as rows_of
from app.models import programmes as stored_programmes
from app.models import registers as stored
from app.models.programme_records import Programme
from app.models.store import Connection
from app.operations import forms, identification
from app.operations.new_year_records import Answers, Break
from app.texts import count, quoted, school_year

_MOST_BACK = 6
"""No rule looks back further."""
_THINGS: dict[str, tuple[str, str, str]] = {
    "partnership": ("соглашение", "соглашения", "соглашений"),
    "tie": ("договорённость о помощи", "договорённости о помощи", "договорённостей о помощи"),
    "point": ("пункт решения", "пункта решений", "пунктов решений"),
    "task": ("дело", "дела", "дел"),
    "step": ("шаг маршрута", "шага маршрута", "шагов маршрута"),
    "activity": ("мероприятие программы", "мероприятия программ", "мероприятий программ"),
    "case": ("форма без ответа", "формы без ответа", "форм без ответа"),
    "platform": ("площадка", "площадки", "площадок"),
    "event": ("событие", "события", "событий"),
    "help": ("следующий шаг помощи", "следующих шага помощи", "следующих шагов помощи"),
    "mentor": ("наставническая пара", "наставнические пары", "наставнических пар"),
    "practice": ("внедрение практики", "внедрения практик", "внедрений практик"),
    "body": ("место в объединении", "места в объединениях", "мест в объединениях"),
}


def stays(connection: Connection, year: int) -> tuple[str, ...]:
    """Say what goes on by itself: the registry, the rule, the programme, appointments, repeating tasks."""
    told = ["Реестр, результаты, показатели контекста и документы остаются как есть."]
    rule = _rule(connection)
    if rule is not None:
        told.append(f"Правило списка прежнее: {quoted(rule.title)}, версия {rule.version}.")
    told += [
        f"План продолжается: {quoted(item.title)}."
        for item in _programmes(connection)
        if {year, year + 1} & set(item.years)
    ]
    lasting = sum(not row["date_to"] for row in stored.rows(connection, "appointment"))
    if lasting:
        told.append(f"Бессрочные назначения продолжаются: {lasting}.")
    repeated = sum(
        row["repeat"] != "once" and not row["done_on"] for row in stored.rows(connection, "task")
    )  # fmt: skip
    if repeated:
        told.append(f"Повторяющиеся дела придут сами: {repeated}.")
    return tuple(told)


def breaks(connection: Connection, year: int, answers: Answers, carried: Collection[str]) -> tuple[Break, ...]:
    """Return what cannot be compared any more and what is left unfinished, the gravest first.

    Args:
        connection: reading connection.
        year: the new school year.
        answers: what became of schools, checked.
        carried: keys of what is carried over.
    """
    found = [*_schools(connection, year, answers), *_rules(connection, year), *_plan(connection, year),
             *_forms(connection, carried, year)]  # fmt: skip
    if not any(item.level == "warn" for item in found):
        found.append(Break("ok", "Сравнение с прошлыми годами не ломается."))
    order = ("warn", "info", "ok")
    return tuple(sorted(found, key=lambda item: order.index(item.level)))


def _schools(connection: Connection, year: int, answers: Answers) -> Iterator[Break]:
    names = {school.id: school.shown for school in organisations.listing(connection, own=None, kind=None)}
    fresh = {item.key: item.short_name or item.name for item in answers.fresh}
    rule = _rule(connection)
    years, named = rows_of.result_years(connection), rows_of.still_named(connection, year - 1)
    heirs: dict[int | str | None, list[str]] = {}
    for item in answers.schools:
        school = names[item.school_id]
        results = _years(years.get(item.school_id, ()))
        if item.fate == "renamed":
            yield Break("ok", f"{school}: результаты продолжаются, школа узнаётся и по прежнему названию.",
                        item.school_id)  # fmt: skip
            continue
        kept = f" Результаты ({results}) остаются в файле." if results else ""
        seen = _still_seen(rule, years.get(item.school_id, ()), year)
        yield Break("info", f"{school}: {seen}.{kept}", item.school_id)
        if item.school_id in named:
            things = ", ".join(count(n, *_THINGS[kind]) for kind, n in sorted(named[item.school_id].items()))
            yield Break("warn", f"{school}: ещё не закончено — {things}. Закройте или передайте другой школе.",
                        item.school_id)  # fmt: skip
        if item.fate == "joined":
            heirs.setdefault(item.target, []).append(school)
    for target, joined in heirs.items():
        heir = fresh[target] if isinstance(target, str) else names[target or 0]
        yield Break(
            "warn",
            f"{heir}: с {year + 1} года это и дети прежней школы ({', '.join(joined)}). Сравнение с прошлыми годами и "
            "правило «два года подряд» — с оговоркой: чужие результаты сами не переходят.",
            target if isinstance(target, int) else None,
        )
    for new in answers.fresh:
        yield from _opened(year, new.short_name or new.name, names.get(new.split_from or 0), new.split_from)


def _still_seen(rule: Rule | None, known: tuple[int, ...], year: int) -> str:
    """Say in which lists a school that is gone still stands: a rule that looks back sees its results of past years."""
    first = year + 1
    seen = [one for one in range(first, first + _MOST_BACK) if rule is not None and set(rule.years(one)) & set(known)]
    if not seen:
        return f"с {first} года нет в списках"
    told = f"списке {first} года" if len(seen) == 1 else f"списках {first}–{seen[-1]} годов"
    return f"новых результатов не будет; в {told} ещё есть: правило смотрит и на прошлые годы"


def _opened(year: int, name: str, parent: str | None, parent_id: int | None) -> Iterator[Break]:
    yield Break("warn", f"{name}: прошлых лет нет. В правиле — «нет данных» до первых результатов, два года подряд "
                        f"сложатся не раньше {year + 2} года.")  # fmt: skip
    if parent is not None:
        yield Break("warn", f"{parent}: часть детей ушла в новую школу ({name}). Сравнение с прошлыми годами — с "
                            "оговоркой.", parent_id)  # fmt: skip


def _years(known: tuple[int, ...]) -> str:
    if not known:
        return ""
    return str(known[0]) if len(known) == 1 else f"{known[0]}–{known[-1]}"


def _rule(connection: Connection) -> Rule | None:
    try:
        return identification.rule(connection, settings.get(connection, "rule"))
    except UserError as error:
        if error.code != "RULE_NOT_FOUND":
            raise
        return None


def _rules(connection: Connection, year: int) -> Iterator[Break]:
    """Tell where the list before was approved by another version of the rule."""
    rule = _rule(connection)
    if rule is None:
        yield Break("warn", "Правило списка не найдено: выберите его в настройках, иначе списка нового года не будет.")
        return
    approved = [item for item in lists.approvals(connection) if item.state == "approved" and item.year <= year + 1]
    if not approved:
        return
    last = max(approved, key=lambda item: item.year)
    frozen = lists.snapshot(connection, last.snapshot_id).get("rule", {})
    version = str(frozen.get("version", "")) if isinstance(frozen, dict) else ""
    if last.rule_id != rule.id:
        yield Break("warn", f"Список {last.year} года утверждён по другому правилу: сравнивать списки можно только с "
                            "оговоркой.")  # fmt: skip
    elif version and version != rule.version:
        yield Break("warn", f"Список {last.year} года утверждён по версии {version} правила, сейчас версия "
                            f"{rule.version}: списки сравниваются с оговоркой.")  # fmt: skip


def _programmes(connection: Connection) -> list[Programme]:
    """Return the newest edition of each programme of the municipality."""
    newest: dict[int, Programme] = {}
    for item in stored_programmes.programmes(connection):
        kept = newest.get(item.lineage)
        if item.kind == "municipal" and (kept is None or item.edition > kept.edition):
            newest[item.lineage] = item
    return list(newest.values())


def _plan(connection: Connection, year: int) -> Iterator[Break]:
    found = _programmes(connection)
    if found and not any({year, year + 1} & set(item.years) for item in found):
        last = max(item.year_to for item in found)
        yield Break("warn", f"Программа кончается в {last} году: на {school_year(year)} плана нет. Начните новую или "
                            "продлите годы в новой редакции.")  # fmt: skip
    elif found and not any(year + 1 in item.years for item in found):
        yield Break("info", f"Программа кончается в {year} году: на весну {year + 1} года плана нет.")


def _forms(connection: Connection, carried: Collection[str], year: int) -> Iterator[Break]:
    """Tell which forms come in another version than the one answered before."""
    if "rounds" not in carried:
        return
    last = {item.form_id: item for item in stored_forms.rounds(connection) if item.school_year == year - 1}
    for item in last.values():
        try:
            newest = forms.definition(connection, item.form_id)
        except UserError as error:
            if error.code != "FORM_UNKNOWN":
                raise
            continue
        if newest.version != item.version:
            yield Break("info", f"Форма {quoted(newest.short)}: была версия {item.version}, уйдёт {newest.version}. "
                                "Изменённые вопросы с прошлым годом не сравниваются.")  # fmt: skip
