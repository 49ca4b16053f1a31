"""Projects of schools by school year: «Точка роста», ЦОС, innovation, trainee and base platforms (domain §9)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.analysis.project_catalogue import LEVEL_WORDS, ProjectKind, find, load_shipped, parse
from app.errors import UserError
from app.models import organisations, projects, references
from app.models.projects import Project
from app.models.store import Connection, Store
from app.texts import count, school_year

__all__ = ["LEVEL_WORDS", "Project", "ProjectKind", "add", "copy_year", "edit", "kinds", "listing", "remove"]

FIELDS = {
    "kind": "вид",
    "name": "название",
    "level": "уровень",
    "topic": "тема",
    "supervisor": "научный руководитель",
    "act": "документ",
    "note": "примечание",
    "school_year": "учебный год",
}
"""Fields that may be changed, with their words."""


def kinds(connection: Connection | None = None) -> dict[str, ProjectKind]:
    """Return the kinds in force by code: shipped ones with the file's own over them; unreadable texts passed over."""
    found = load_shipped()
    for _ref_id, _version, text in references.texts(connection, "projects") if connection is not None else ():
        try:
            found = parse(text, found)
        except UserError:
            # kept by an earlier version of the program; the methodist sees it in the list of problems
            continue
    return dict(found)


def faults(connection: Connection) -> list[UserError]:
    """Return what is wrong with the file's own kinds."""
    told = []
    for _ref_id, _version, text in references.texts(connection, "projects"):
        try:
            parse(text, load_shipped())
        except UserError as error:
            told.append(error)
    return told


def put_kinds(store: Store, text: str, name: str) -> int:
    """Keep kinds of projects from a TOML text; returns how many kinds there are now.

    Raises:
        UserError: ``DATA_PROJECT_CATALOGUE`` with every fault.
    """
    made = parse(text, kinds(store.connection))
    with store.operation("Обновлён справочник проектов", "projects.put") as operation:
        references.put(operation, "projects", name, "1", text)
    return len(made)


def listing(
    connection: Connection, *, year: int | None = None, school_id: int | None = None, kind: str | None = None
) -> list[Project]:
    """Return projects by school and school year; ``kind`` is a code or a name.

    Raises:
        UserError: ``DATA_PROJECT_KIND``.
    """
    code = None if kind is None else find(kinds(connection), kind).code
    return projects.listing(connection, school_year=year, school_id=school_id, kind=code)


def add(store: Store, school_id: int, year: int, kind: str, fields: Mapping[str, str | None] | None = None) -> int:
    """Add a project of a school in a school year and return its key.

    Args:
        store: the open file.
        school_id: the school.
        year: first calendar year of the school year.
        kind: code or name of the kind; name and level are its own where ``fields`` give none.
        fields: ``name``, ``level`` (municipal, regional, federal), ``topic``, ``supervisor``, ``act``, ``note``.

    Raises:
        UserError: ``GEN_NO_SCHOOL``, ``DATA_PROJECT_KIND``, ``DATA_PROJECT_LEVEL``.
    """
    school = organisations.get(store.connection, school_id)
    if school is None:
        raise UserError("GEN_NO_SCHOOL", query=school_id)
    chosen = find(kinds(store.connection), kind)
    clean = _clean(store.connection, fields or {})
    values = {"name": chosen.name, "level": chosen.level} | {key: v for key, v in clean.items() if v is not None}
    key = organisations.canonical(store.connection, school_id)
    label = f"Добавлен проект «{values['name']}», {school_year(year)}: {school.shown}"
    with store.operation(label, "project.add") as operation:
        return operation.insert("school_project", organisation_id=key, school_year=year, kind=chosen.code, **values)


def edit(store: Store, project_id: int, fields: Mapping[str, Any]) -> None:
    """Change fields of a project; edits of the same fields in one visit are one operation.

    Raises:
        UserError: ``DATA_NO_PROJECT``, ``DATA_PROJECT_KIND``, ``DATA_PROJECT_LEVEL``, ``DATA_PROJECT_NAME``.
    """
    project = _known(store.connection, project_id)
    clean = _clean(store.connection, fields)
    if "name" in clean and not clean["name"]:
        raise UserError("DATA_PROJECT_NAME")
    words = ", ".join(FIELDS[key] for key in clean)
    label = f"Изменён проект «{project.name}», {project.school}: {words}"
    merge = f"project:{project_id}:{','.join(sorted(clean))}"
    with store.operation(label, "project.edit", merge=merge) as operation:
        operation.update("school_project", project_id, **clean)


def remove(store: Store, project_id: int) -> None:
    """Take a project out; undo brings it back.

    Raises:
        UserError: ``DATA_NO_PROJECT``.
    """
    project = _known(store.connection, project_id)
    label = f"Убран проект «{project.name}», {school_year(project.school_year)}: {project.school}"
    with store.operation(label, "project.remove") as operation:
        operation.delete("school_project", project_id)


def copy_year(store: Store, source: int, target: int, project_ids: Iterable[int] | None = None) -> int:
    """Carry projects on into another school year as one operation; returns how many.

    A project that stands there already (the same school, kind and name) is passed over.

    Args:
        store: the open file.
        source: school year they are taken from.
        target: school year they go on in.
        project_ids: only these projects.
    """
    wanted = None if project_ids is None else set(project_ids)
    there = {(p.school_id, p.kind, p.name) for p in projects.listing(store.connection, school_year=target)}
    rows = [
        project
        for project in projects.listing(store.connection, school_year=source)
        if (wanted is None or project.id in wanted) and (project.school_id, project.kind, project.name) not in there
    ]
    total = count(len(rows), "проект", "проекта", "проектов")
    label = f"Продолжены в {school_year(target)} проекты {school_year(source)} года: {total}"
    with store.operation(label, "project.copy_year") as operation:
        for project in rows:
            operation.insert(
                "school_project", organisation_id=project.school_id, school_year=target, kind=project.kind,
                name=project.name, level=project.level, topic=project.topic, supervisor=project.supervisor,
                act=project.act, note=project.note,
            )  # fmt: skip
    return len(rows)


def _known(connection: Connection, project_id: int) -> Project:
    project = projects.get(connection, project_id)
    if project is None:
        raise UserError("DATA_NO_PROJECT", number=project_id)
    return project


def _clean(connection: Connection, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields with spaces trimmed, empty ones as None, kind and level by their codes."""
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise ValueError(sorted(unknown))
    clean: dict[str, Any] = {
        key: (value.strip() or None) if isinstance(value, str) else value for key, value in fields.items()
    }
    if "kind" in clean:
        clean["kind"] = find(kinds(connection), clean["kind"] or "").code
    level = clean.get("level")
    if level is not None:
        codes = {word: code for code, word in LEVEL_WORDS.items()}
        code = codes.get(str(level).casefold(), level)
        if code not in LEVEL_WORDS:
            raise UserError("DATA_PROJECT_LEVEL", level=level, known=", ".join(LEVEL_WORDS.values()))
        clean["level"] = code
    return clean
