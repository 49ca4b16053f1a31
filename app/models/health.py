"""Is the file sound? Every finding as a coded problem (``opora check``)."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path

from app.errors import Problem, problem
from app.models import journal, merged
from app.models.words import finding_in_words
from app.texts import quoted, school_year


def check(
    connection: sqlite3.Connection, names: Callable[[sqlite3.Connection], Mapping[str, str]] | None = None
) -> list[Problem]:
    """Return everything that is wrong with the open file; an empty list means sound.

    Where the pages themselves are damaged nothing further is asked: the answers would not hold.

    Args:
        connection: reading connection.
        names: gives words for columns that this room does not know (names of context metrics by code).
    """
    damage = _structure(connection)
    return damage or [
        *_sound(connection),
        *_drafts(connection, {} if names is None else names(connection)),
        *_sums(connection),
        *_merged(connection),
    ]


def storage(connection: sqlite3.Connection) -> list[Problem]:
    """Return what is wrong with the file as such: pages, references, journal, frozen rows. The data are not judged."""
    return _structure(connection) or _sound(connection)


def _sound(connection: sqlite3.Connection) -> list[Problem]:
    return [*_references(connection), *_triggers(connection), *_frozen(connection)]


def _structure(connection: sqlite3.Connection) -> list[Problem]:
    name = Path(connection.execute("PRAGMA database_list").fetchone()[2]).name
    try:
        rows = connection.execute("PRAGMA integrity_check(20)").fetchall()
    except sqlite3.DatabaseError as error:
        rows = [(str(error),)]
    return [problem("STORE_DAMAGED", file=name, detail=finding_in_words(text)) for (text,) in rows if text != "ok"]


def _references(connection: sqlite3.Connection) -> list[Problem]:
    rows = connection.execute("PRAGMA foreign_key_check").fetchall()
    return [problem("STORE_FOREIGN_KEY", table=table, key=key) for table, key, _parent, _index in rows[:50]]


def _triggers(connection: sqlite3.Connection) -> list[Problem]:
    expected, present = journal.expected_triggers(connection), journal.present_triggers(connection)
    wrong = sorted(name for name, sql in expected.items() if present.get(name) != sql)
    return [problem("STORE_TRIGGERS", name=name) for name in wrong]


def _frozen(connection: sqlite3.Connection) -> list[Problem]:
    found = []
    for text, digest, at in connection.execute("SELECT json, sha256, created_at FROM snapshot"):
        if hashlib.sha256(text.encode()).hexdigest() != digest:
            found.append(problem("STORE_SNAPSHOT_CHANGED", at=at))
    for digest, data in connection.execute("SELECT sha256, bytes FROM blob"):
        if hashlib.sha256(data).hexdigest() != digest:
            found.append(problem("STORE_BLOB_CHANGED", sha=digest[:12]))
    return found


def _drafts(connection: sqlite3.Connection, names: Mapping[str, str]) -> list[Problem]:
    words = {**names, **COLUMN_WORDS}
    # what is being typed in a dialog waits there for its writer: nothing is wrong with it
    rows = connection.execute(
        "SELECT table_name, row_key, column_name, raw FROM draft_cell WHERE table_name NOT GLOB '*:typed'"
        " ORDER BY table_name, id"
    )
    courses = unfinished_courses(connection)
    whole = {key for key, *_rest in courses}
    return [
        problem("FORM_COURSE_WAITS", year=school_year(year), line=line, why=why) for _key, year, line, why in courses
    ] + [
        problem("STORE_DRAFT", table=row_name(connection, table, key), raw=raw,
                column=words.get(f"{table}:{key}:{column}") or column_name(connection, column, words, table))
        for table, key, column, raw in rows.fetchall()
        if key not in whole or not table.startswith(f"{COURSES}:")
    ]  # fmt: skip


def unfinished_courses(connection: sqlite3.Connection) -> list[tuple[int, int, str, str]]:
    """Return lines of the register of courses that are no records yet, by year, in the order they were begun in.

    Returns:
        (key of the line, school year, what stands in it, what keeps it from being a record).
    """
    rows = connection.execute(
        "SELECT CAST(substr(d.table_name, ?) AS INTEGER), d.row_key, d.column_name, d.raw, d.code FROM draft_cell d"
        " LEFT JOIN course_record c ON c.id = d.row_key WHERE d.table_name GLOB ? AND c.id IS NULL ORDER BY 1, 2",
        (len(COURSES) + 2, f"{COURSES}:*"),
    )
    found: dict[tuple[int, int], dict[str, tuple[str, str]]] = {}
    for year, key, column, raw, code in rows:
        found.setdefault((key, year), {})[column] = raw, code
    lines = {key: {name: cells[name] for name in COURSE_WORDS if name in cells} for key, cells in found.items()}
    return [(key, year, "; ".join(raw for raw, _code in cells.values()), _why(cells))
            for (key, year), cells in lines.items()]  # fmt: skip


def _why(cells: Mapping[str, tuple[str, str]]) -> str:
    missing = [COURSE_WORDS[name].lower() for name in ("category", "provider", "kind", "people") if name not in cells]
    wrong = [f"{COURSE_WORDS[name].lower()} «{raw}»" for name, (raw, code) in cells.items()
             if code not in {COURSE_WAITS, "DRAFT"}]  # fmt: skip
    half = [f"«{raw}»" for raw, code in cells.values() if code == "DRAFT"]
    parts = [f"не хватает: {', '.join(missing)}"] if missing else []
    parts += [f"не подходит: {', '.join(wrong)}"] if wrong else []
    parts += [f"набрано не до конца: {', '.join(half)}"] if half else []
    return "; ".join(parts) or "проверьте её ячейки"


FORM_ANSWER = "form_answer"
"""Table of half-typed answers of forms; its columns are items, whose names may be digits."""


def column_name(connection: sqlite3.Connection, column: str, words: Mapping[str, str], table: str = "") -> str:
    """Return what a column of an entry that does not fit is called."""
    if table == FORM_ANSWER:
        return f"пункт {column}"
    if table.startswith(f"{COURSES}:"):
        return COURSE_WORDS.get(column, column)
    return _school(connection, int(column)) if column.isdigit() else words.get(column, column)


def _school(connection: sqlite3.Connection, key: int) -> str:
    """Return the shown name of an organisation; a column of distances is named by one."""
    row = connection.execute("SELECT coalesce(short_name, name) FROM organisation WHERE id = ?", (key,)).fetchone()
    return str(row[0]) if row else "Школа"


COLUMN_WORDS = {
    "inn": "ИНН",
    "ogrn": "ОГРН",
    "fisoko": "Логин ФИС ОКО",
    "pupils": "Учеников",
    "teachers": "Учителей",
    "status": "Состояние",
    "school_type": "Тип",
    "msu": "Код МСУ",
    "oo": "Код ОО",
    "kind": "Кто это",
    "sent_on": "Направлено",
    "due_on": "Ответить до",
    "answered_on": "Ответ дан",
    "answer": "Ответ",
    "held_on": "Когда",
    "role": "Кто в группе",
    "vote": "Голос",
    "dated": "Дата",
    "votes_for": "За",
    "votes_against": "Против",
    "votes_abstained": "Воздержались",
    "organisation_id": "Школа",
    "date_from": "Начало",
    "date_to": "Конец",
    "donor_id": "Кто помогает",
    "receiver_id": "Кому",
    "subject": "Предмет",
    "grade": "Класс",
    "state": "Состояние",
    "act_number": "№ документа",
    "act_date": "Дата",
    "note": "Примечание",
    "capacity": "Скольким школам поможет",
    "consent": "Согласна",
    "person": "Кто подписывает",
    "baseline_year": "Год исходного значения",
    "schools": "Школы",
}


AGREEMENT_WORDS = {
    "agreement_party": "Лист согласования",
    "agreement_meeting": "Совещание",
    "list_protocol": "Протокол списка",
    "list_protocol_member": "Участник заседания",
    "road_map_item": "Дорожная карта",
    "programme_party": "Лист согласования программы",
}
"""Tables of the agreement of a list, as messages name their rows."""

COURSES = "course_record"
"""Table of the register of courses: lines that are not finished wait under it and their school year."""
COURSE_WAITS = "FORM_COURSE_WAITS"
"""Code of an entry of theirs that fits but whose line is not whole yet."""
COURSE_WORDS = {
    "school": "Школа",
    "category": "Кто учился",
    "provider": "Где учились",
    "kind": "Вид",
    "people": "Человек",
    "title": "Название курса",
    "hours": "Часов",
    "ended_on": "Окончание",
    "note": "Примечание",
}

HELP_WORDS = {"donor_capacity": "Возможности донора", "organisation_distance": "Расстояния"}
"""Tables of the help between schools, as messages name their rows."""

REGISTER_WORDS = {
    "task": "Дела и даты",
    "request": "Входящие запросы",
    "calendar_day": "Рабочие и выходные дни",
    "school_break": "Каникулы",
    "decision_document": "Документы с решениями",
    "agenda_item": "Повестка",
    "decision_point": "Пункты решения",
    "legal_act": "Правовая база",
    "signer": "Подписывающие",
    "package_expected": "От кого ждём пакеты",
    "partnership": "Партнёрства и соглашения",
    "partnership_event": "Совместные мероприятия",
    "appointment": "Тьюторы и кураторы",
    "network_platform": "Сетевые площадки",
    "deficit": "Профессиональные дефициты",
    "plan_count": "Индивидуальные планы",
    "support_line": "Карта адресной помощи",
    "risk_measure": "Факторы риска и меры",
    "cycle_document": "Документы папки",
    "recommendation": "Адресные рекомендации",
    "route_step": "Маршрут школы",
    "practice": "Банк практик",
    "practice_use": "Кто внедрил",
    "help_entry": "Журнал помощи",
    "help_template": "Шаблоны записей о помощи",
    "work_event": "События",
    "event_item": "Программа",
    "event_people": "Участники по школам",
    "event_guest": "Список по именам",
    "body_member": "Состав объединения",
    "body_school": "Школы объединения",
    "body_plan": "План объединения",
    "mentor_pair": "Наставнические пары",
    "mentor_meeting": "Встречи пары",
    "young_count": "Молодые педагоги по школам",
}
"""Tables of the registers, as messages name their rows."""


def row_name(connection: sqlite3.Connection, table: str, key: int) -> str:
    """Return the school that a draft belongs to, with the school year where it is about one."""
    if table == "organisation_year":
        row = connection.execute(
            "SELECT coalesce(o.short_name, o.name) || ', ' || y.school_year || '/' || substr(y.school_year + 1, 3)"
            " FROM organisation_year y JOIN organisation o ON o.id = y.organisation_id WHERE y.id = ?",
            (key,),
        ).fetchone()
        return str(row[0]) if row else "Школа"
    if table in AGREEMENT_WORDS:
        return AGREEMENT_WORDS[table]
    if table == FORM_ANSWER:
        return _case_name(connection, key)
    if table == "survey_tally":
        return _sheet_name(connection, key)
    head, _colon, year_of = table.partition(":")
    if head in REGISTER_WORDS:
        return REGISTER_WORDS[head]
    if head == COURSES:
        return f"Курсы, {school_year(int(year_of))}"
    if head == "organisation_tie":
        return f"Договорённость о помощи, {school_year(int(year_of))}"
    if head in HELP_WORDS:
        return f"{HELP_WORDS[head]}: {_school(connection, key)}"
    if table != "organisation" and not table.startswith("metric_value:"):
        return "Запись"
    row = connection.execute("SELECT coalesce(short_name, name) FROM organisation WHERE id = ?", (key,)).fetchone()
    year = f", {school_year(int(table.partition(':')[2]))}" if table != "organisation" else ""
    return f"{row[0] if row else 'Школа'}{year}"


def _case_name(connection: sqlite3.Connection, case_id: int) -> str:
    """Return «СОШ № 2: Самооценка школьной программы» of a case of a form."""
    row = connection.execute(
        "SELECT r.title, coalesce(o.short_name, o.name, b.name, p.full_name, s.name) FROM form_case c"
        " JOIN form_round r ON r.id = c.round_id JOIN form_subject s ON s.id = c.subject_id"
        " LEFT JOIN organisation o ON o.id = s.organisation_id LEFT JOIN body b ON b.id = s.body_id"
        " LEFT JOIN person p ON p.id = s.person_id WHERE c.id = ?",
        (case_id,),
    ).fetchone()
    return "Ответ на форму" if row is None else f"{row[1]}: {row[0]}"


def _sheet_name(connection: sqlite3.Connection, sheet_id: int) -> str:
    """Return «Анкета «Семинар для учителей»» of a sheet of a questionnaire."""
    row = connection.execute(
        "SELECT coalesce(o.short_name, o.name, b.name, p.full_name, s.name) FROM survey_sheet h"
        " JOIN form_subject s ON s.id = h.subject_id"
        " LEFT JOIN organisation o ON o.id = s.organisation_id LEFT JOIN body b ON b.id = s.body_id"
        " LEFT JOIN person p ON p.id = s.person_id WHERE h.id = ?",
        (sheet_id,),
    ).fetchone()
    return "Анкета" if row is None else f"Анкета {quoted(row[0])}"


def _sums(connection: sqlite3.Connection) -> list[Problem]:
    rows = connection.execute(
        "SELECT coalesce(o.short_name, o.name, a.name),"
        " s.procedure || ' ' || s.subject || coalesce(' ' || s.grade, ''),"
        " m.result_year, coalesce(m.m2, 0) + coalesce(m.m3, 0) + coalesce(m.m4, 0) + coalesce(m.m5, 0), m.participants,"
        " coalesce(f.name, 'введено вручную')"
        " FROM mark_count m JOIN assessment s ON s.id = m.assessment_id"
        " LEFT JOIN organisation o ON o.id = m.organisation_id LEFT JOIN area a ON a.id = m.area_id"
        " LEFT JOIN import_file f ON f.id = m.import_file_id"
        " WHERE m.m2 IS NOT NULL AND m.m3 IS NOT NULL AND m.m4 IS NOT NULL AND m.m5 IS NOT NULL AND m.restored = 0"
        " AND m.m2 + m.m3 + m.m4 + m.m5 <> m.participants ORDER BY 1, 2, 3 LIMIT 500"
    )
    return [
        problem("STORE_SUM", school=school, assessment=name, year=year, marks=marks, participants=number, source=source)
        for school, name, year, marks, number, source in rows
    ]


def _merged(connection: sqlite3.Connection) -> list[Problem]:
    names = dict(connection.execute("SELECT id, coalesce(short_name, name) FROM organisation").fetchall())
    return [merged.as_problem(found, names[found.school]) for found in merged.differences(connection)[:500]]
