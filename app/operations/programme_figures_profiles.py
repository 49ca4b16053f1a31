"""Common difficulties, resources, types, risks and problems: the further parts of a programme's analysis."""

from __future__ import annotations

from collections.abc import Mapping

from app.analysis.programme_numbers import numbers
from app.analysis.russian import small_start
from app.errors import UserError
from app.models import externals as external_rows
from app.models import organisations, settings
from app.models.externals import ExternalEntry
from app.models.programme_records import Node, Resource, Tree
from app.operations import externals, skills, typology
from app.operations.programme_blocks import (
    FEW,
    NO_DATA,
    SMALL_WORDS,
    AnalysisBlock,
    Scope,
    Teller,
    listed,
    plain_table,
)
from app.reports.card_data import Origin, Way
from app.reports.charts import BarChart, Point, Series
from app.reports.document import Value
from app.texts import DASH, NBSP, capital, count, plural, quoted

TOPICS = 5
RESOURCE_WORDS = {"works": "работает", "develop": "развивать", "absent": "нет"}
CAUSE_WORDS = {"result": "результаты", "process": "процесс", "conditions": "условия", "management": "управление"}
HIGH = "высокая"


def deficits(scope: Scope) -> AnalysisBlock | None:
    """Return the difficulties that are common to schools, from the fulfilment of tasks; None where none is loaded."""
    known = skills.years(scope.connection)
    if not known or scope.kind == "one":
        return None
    year = max(known)
    found = skills.topics(scope.connection, year)
    teller = Teller()
    rows: list[tuple[Value, ...]] = []
    for topic in found.topics[:TOPICS]:
        title, why = skills.topic_title(topic), skills.why_common(topic)
        key = f"skills:{year}:{topic.subject}:{title}"
        teller.figure(key, f"{topic.subject}: {title}", why, way=Way("results", year=year))
        rows.append((topic.subject, title, why))
    if rows:
        number = len(found.topics)
        told = count(number, "общее затруднение", "общих затруднения", "общих затруднений")
        subjects = listed(list(dict.fromkeys(topic.subject[:1].lower() + topic.subject[1:] for topic in found.topics)))
        verb = plural(number, "видно", "видны", "видны")
        teller.figure("skills.topics", "общих затруднений", str(number), way=Way("results", year=year))
        teller.say(f"По выполнению заданий {year}{NBSP}года {verb} {told} ({subjects}).", "skills.topics")
        for topic in found.topics[:TOPICS]:
            title = skills.topic_title(topic)
            few = f"; {SMALL_WORDS}" if topic.total.participants < FEW else ""
            key = f"skills:{year}:{topic.subject}:{title}"
            teller.say(f"{topic.subject}, {quoted(title)}: {skills.why_common(topic)}{few}.", key)
    else:
        teller.say(f"Общих затруднений по заданиям {year}{NBSP}года не найдено.")
    columns = (("Предмет", 1.5, False), ("Умение", 4, False), ("Где", 4, False))
    return teller.block("results.deficits", "Общие затруднения", "results", plain_table("Затруднения", columns, rows))


# --- resources -----------------------------------------------------------------------------------------------------


def resources(tree: Tree) -> AnalysisBlock:
    """Return which resources work, which are to be developed, which are absent and what is expected of them."""
    teller = Teller()
    by_state: dict[str, list[Resource]] = {}
    for line in tree.resources:
        by_state.setdefault(line.state, []).append(line)
        teller.figure(f"resource:{line.id}", line.text, line.effect, (Origin("programme_resource", line.id),))
    if not tree.resources:
        teller.say("Ресурсы не описаны: что работает, что нужно развивать и чего нет.")
    heads = {
        "works": ("Работает {}: ", "Работают {}: "),
        "develop": ("Нужно развивать {}: ", "Нужно развивать {}: "),
        "absent": ("Не хватает {}: ", "Не хватает {}: "),
    }
    for state, (one, many) in heads.items():
        lines = by_state.get(state, [])
        if not lines:
            continue
        number = len(lines)
        forms = ("ресурса", "ресурсов", "ресурсов") if state == "absent" else ("ресурс", "ресурса", "ресурсов")
        head = plural(number, one, many, many).format(count(number, *forms))
        keys = [f"resource:{line.id}" for line in lines]
        teller.say(head + "; ".join(_resource(line) for line in lines) + ".", *keys)
    rows = [
        (line.text, RESOURCE_WORDS[line.state], line.detail or DASH, line.effect or DASH) for line in tree.resources
    ]
    columns = (("Ресурс", 3, False), ("Состояние", 1.3, False), ("В чём дело", 3, False), ("Какой эффект", 3, False))
    note = "" if tree.resources else "Заполните таблицу ресурсов ниже."
    return teller.block(
        "conditions.resources", "Ресурсы", "conditions", plain_table("Ресурсы", columns, rows), note=note
    )


def _resource(line: Resource) -> str:
    parts = [small_start(part.strip().rstrip(".")) for part in (line.detail, line.effect) if part.strip()]
    return line.text.strip().rstrip(".") + (f" ({'; '.join(parts)})" if parts else "")


# --- types and risks -----------------------------------------------------------------------------------------------


def types(scope: Scope) -> AnalysisBlock:
    """Return the types of the schools: result against conditions; only where the settings let types onto papers."""
    teller, title = Teller(), "Типология школ"
    if settings.get(scope.connection, "show_types_on_papers") != "1":
        note = "Типы школ в тексты и бумаги не входят. Включить: «Сервис» → «Настройки»."
        return teller.block("profiles.types", title, "profiles", note=note)
    try:
        table = typology.overview(scope.connection, scope.result_year) if scope.result_year is not None else None
    except UserError:
        table = None
    if table is None or not table.found.compared:
        teller.say("Типы школ не определены: нет данных о результатах или об условиях.")
        return teller.block(
            "profiles.types",
            title,
            "profiles",
            note="Нужны результаты и показатели контекста («Школы» → «Показатели»).",
        )
    found = table.found
    by_kind: dict[str, list[int]] = {}
    for row in found.rows:
        by_kind.setdefault(row.kind, []).append(row.school_id)
    if scope.kind == "one":
        return _own_type(scope, table, teller)
    rows: list[tuple[Value, ...]] = []
    for kind, number in found.counts().items():
        word = found.definition.word(kind)
        names = [table.schools[key].shown for key in by_kind.get(kind, []) if key in table.schools]
        known = [school for school in by_kind.get(kind, []) if school in table.schools]
        origins = tuple(Origin("organisation", school) for school in known)
        key = f"types:{kind}"
        teller.figure(key, f"школ: {word}", str(number), origins, Way("types", year=found.result_year), names)
        if not number:
            continue
        rows.append((capital(word), number, listed(names)))
        if kind not in {"middle", "no_data"}:
            told = count(number, "школа", "школы", "школ")
            teller.say(f"Тип {quoted(word)} {DASH} {told}: {listed(names)}.", key)
        elif kind == "no_data":
            told = count(number, "школы", "школ", "школ")
            teller.say(f"Для {told} тип не определён: нет данных ({listed(names)}).", key)
    columns = (("Тип", 2, False), ("Школ", 1, True), ("Какие", 6, False))
    chart = typology.chart(table)
    return teller.block(
        "profiles.types", f"Типология школ, {found.result_year}{NBSP}год", "profiles",
        plain_table("Типология", columns, rows), chart, typology.sentence(found),
    )  # fmt: skip


def _own_type(scope: Scope, table: typology.TypologyTable, teller: Teller) -> AnalysisBlock:
    row = next((row for row in table.found.rows if row.school_id in scope.ids), None)
    word = NO_DATA if row is None else row.word
    origins = () if row is None else (Origin("organisation", row.school_id),)
    way = Way("types", year=table.found.result_year)
    teller.figure("types:own", "тип школы", word, origins, way)
    known = row is not None and row.kind != "no_data"
    teller.say(f"Тип школы {DASH} {quoted(word)}." if known else "Тип школы не определён: нет данных.", "types:own")
    return teller.block("profiles.types", "Тип школы", "profiles")


def risks(scope: Scope) -> AnalysisBlock:
    """Return the risk profiles that were entered: which factors are high in how many schools."""
    teller = Teller()
    entries = _entries(scope)
    if not entries:
        teller.say("Рисковые профили школ в файл не внесены.")
        return teller.block(
            "profiles.risks", "Рисковые профили", "profiles", note="Профили загружают на вкладке «Школы» → «Извне»."
        )
    words = externals.item_words(scope.connection)
    by_factor: dict[str, list[ExternalEntry]] = {}
    for entry in entries:
        by_factor.setdefault(entry.item, []).append(entry)
    told = {entry.organisation_id for entry in entries}
    whole = teller.figure(
        "risks.schools", "школ с рисковым профилем", str(len(told)), _of_entries(entries), parts=_said(entries)
    )
    teller.say(
        f"Рисковый профиль есть у{NBSP}{whole} из{NBSP}{count(len(scope.schools), 'школы', 'школ', 'школ')}.",
        "risks.schools",
    )
    ordered = sorted(by_factor, key=lambda item: (-len(_high(by_factor[item])), words.get(item, item)))
    rows: list[tuple[Value, ...]] = []
    points = []
    for item in ordered:
        high, name = _high(by_factor[item]), words.get(item, item)
        key = f"risks:{item}"
        teller.figure(key, f"высокий риск: {name}", str(len(high)), _of_entries(high), parts=_said(high))
        names = [scope.schools[entry.organisation_id] for entry in high]
        rows.append((name, f"{len(high)} из{NBSP}{len(by_factor[item])}", listed(names) or DASH))
        points.append(Point(name, float(len(high)), told=count(len(high), "школа", "школы", "школ")))
        if high:
            where = count(len(high), "школы", "школ", "школ")
            teller.say(f"{quoted(name)} {DASH} высокий риск у{NBSP}{where}: {listed(names)}.", key)
    columns = (("Фактор риска", 4, False), ("Высокая значимость", 2, True), ("Школы", 5, False))
    chart = BarChart("Школ с высокой значимостью фактора", "школ", (Series("Школ", tuple(points)),))
    table = plain_table("Риски", columns, rows)
    return teller.block("profiles.risks", "Рисковые профили", "profiles", table, chart)


def _entries(scope: Scope) -> list[ExternalEntry]:
    """Return the entries of the newest risk profile of every school."""
    newest: dict[int, list[ExternalEntry]] = {}
    canonical = organisations.canonical_map(scope.connection)
    for kept in external_rows.lists(scope.connection, kind="risk_profile"):
        by_school: dict[int, list[ExternalEntry]] = {}
        for entry in external_rows.entries(scope.connection, list_id=kept.id):
            key = canonical.get(entry.organisation_id, entry.organisation_id)
            if key in scope.ids and entry.item:
                by_school.setdefault(key, []).append(entry)
        for key, found in by_school.items():
            if key not in newest or found[0].year > newest[key][0].year:
                newest[key] = found
    return [entry for found in newest.values() for entry in found]


def _high(entries: list[ExternalEntry]) -> list[ExternalEntry]:
    return [entry for entry in entries if (entry.value or "").casefold() == HIGH]


def _of_entries(entries: list[ExternalEntry]) -> tuple[Origin, ...]:
    return tuple(Origin("external_entry", entry.id) for entry in entries)


def _said(entries: list[ExternalEntry]) -> list[str]:
    return [f"{entry.school}: {entry.raw}" for entry in entries]


# --- problems ------------------------------------------------------------------------------------------------------


def problems(tree: Tree) -> AnalysisBlock:
    """Return the problems of the programme with their causes, by their numbers."""
    teller, known = Teller(), numbers(tree)
    rows: list[tuple[Value, ...]] = []
    for problem in tree.of_kind("problem"):
        causes = tree.under(problem.id, "cause")
        key = f"node:{problem.id}"
        teller.figure(key, "проблема", problem.text, (Origin("programme_node", problem.id),))
        teller.say(_told(problem, causes, known), key)
        rows.append((known[problem.id], problem.text, "Проблема"))
        rows += [
            (
                known[cause.id],
                cause.text,
                f"Причина: {CAUSE_WORDS[cause.cause_kind]}" if cause.cause_kind else "Причина",
            )
            for cause in causes
        ]
    note = "" if rows else "Проблемы и причины вносят на вкладке «Структура»."
    columns = (("№", 0.8, False), ("Проблема или причина", 6, False), ("Что это", 2, False))
    table = plain_table("Проблемы", columns, rows)
    return teller.block("problems.tree", "Проблемы и причины", "problems", table, note=note)


def _told(problem: Node, causes: tuple[Node, ...], known: Mapping[int, str]) -> str:
    text = f"Проблема {known[problem.id]}. {problem.text.strip().rstrip('.')}."
    if not causes:
        return text
    told = "; ".join(small_start(cause.text.strip().rstrip(".")) for cause in causes)
    return f"{text} {plural(len(causes), 'Причина', 'Причины', 'Причины')}: {told}."
