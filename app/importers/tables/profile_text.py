"""A column map as text (TOML): written for people to read and carry, read strictly.

Nothing of a file's data is in it: headings, meanings, fixed words.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from typing import Any, get_args

from app.errors import UserError
from app.importers.tables.profile import (
    FIELDS,
    FIGURE_FIELDS,
    KINDED_FIELDS,
    SHARED_FIELDS,
    TARGETS,
    ColumnMap,
    FigureKind,
    Fixed,
    Profile,
    Target,
)
from app.models.records import Level, Procedure

FORMAT = 1
LARGEST_TEXT = 1 << 20
MOST_COLUMNS = 2_000
LONGEST_WORDS = 400
_TOP = ("format", "name", "target", "header_row", "header_depth", "fixed", "column", "ignored")
_COLUMN = ("path", "field", "nth", "kind", "subject", "level", "grade", "procedure", "metric", "item")
_FIXED = ("procedure", "subject", "level", "grade", "municipality", "region")


def to_text(profile: Profile) -> str:
    """Return a map as TOML that ``from_text`` reads back the same."""
    import tomlkit

    document = tomlkit.document()
    document.add(tomlkit.comment("Разметка таблицы для «Опоры». Годов в ней нет: они в каждом файле свои."))
    document.add("format", tomlkit.item(FORMAT))
    document.add("name", tomlkit.item(profile.name))
    document.add("target", tomlkit.item(profile.target))
    if profile.header_row is not None:
        document.add("header_row", tomlkit.item(profile.header_row))
    document.add("header_depth", tomlkit.item(profile.header_depth))
    if profile.ignored:
        document.add("ignored", tomlkit.item([list(path) for path in profile.ignored]))
    said = {key: value for key in _FIXED if (value := getattr(profile.fixed, key)) is not None}
    if said:
        document.add("fixed", tomlkit.item(said))
    columns = tomlkit.aot()
    for column in profile.columns:
        table = tomlkit.table()
        for key in _COLUMN:
            value = getattr(column, key)
            if value is not None and not (key == "nth" and value == 1):
                table.add(key, list(value) if key == "path" else value)
        columns.append(table)
    document.add("column", columns)
    return tomlkit.dumps(document)


@lru_cache(256)  # every file of a batch is held against every saved map
def from_text(text: str) -> Profile:
    """Read a map strictly: unknown keys, wrong types, fields of another target are refused with their place.

    Raises:
        UserError: IMP_PROFILE_TOML where the text is no TOML; IMP_PROFILE_FAULT with the place and the fault.
    """
    if len(text) > LARGEST_TEXT:
        raise _fault("вся разметка", "она слишком велика")
    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        raise UserError("IMP_PROFILE_TOML", reason=str(fault)) from fault
    start = "в начале разметки"
    _known(document, _TOP, start)
    if document.get("format") != FORMAT:
        raise _fault(start, f"ожидается строка format = {FORMAT}")
    target = _one_of(document.get("target"), TARGETS, "target", start)
    entries = document.get("column")
    if not isinstance(entries, list) or not 1 <= len(entries) <= MOST_COLUMNS:
        raise _fault(start, "нет ни одного раздела [[column]] или их слишком много")
    columns = tuple(_column(entry, target, f"в разделе [[column]] № {i}") for i, entry in enumerate(entries, start=1))
    _check_columns(columns, target)
    ignored = document.get("ignored", [])
    if not isinstance(ignored, list) or len(ignored) > MOST_COLUMNS:
        raise _fault(start, "ignored — список заголовков")
    return Profile(
        name=_words(document.get("name"), "name", start),
        target=target,
        columns=columns,
        ignored=tuple(_path(path, start) for path in ignored),
        fixed=_fixed(document.get("fixed", {})),
        header_row=_whole(document.get("header_row"), "header_row", start, 1, 1_000_000),
        header_depth=_whole(document.get("header_depth", 1), "header_depth", start, 1, 8) or 1,
    )


def _fault(place: str, fault: str) -> UserError:
    return UserError("IMP_PROFILE_FAULT", place=place, fault=fault)


def _known(table: dict[str, Any], keys: tuple[str, ...], place: str) -> None:
    extra = sorted(set(table) - set(keys))
    if extra:
        raise _fault(place, f"неизвестная строка «{extra[0]}»")


def _words(value: Any, key: str, place: str) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_WORDS:
        raise _fault(place, f"{key} — непустой текст не длиннее {LONGEST_WORDS} знаков")
    return value


def _whole(value: Any, key: str, place: str, low: int, high: int) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise _fault(place, f"{key} — целое число от {low} до {high}")
    return value


def _one_of(value: Any, allowed: tuple[Any, ...], key: str, place: str) -> Any:
    if value not in allowed or not isinstance(value, str):
        raise _fault(place, f"{key} — одно из: {', '.join(allowed)}")
    return value


def _path(value: Any, place: str) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > 8 or not all(isinstance(part, str) for part in value):
        raise _fault(place, "заголовок — список строк сверху вниз")
    if any(len(part) > LONGEST_WORDS for part in value):
        raise _fault(place, f"заголовок длиннее {LONGEST_WORDS} знаков")
    return tuple(value)


def _column(entry: Any, target: Target, place: str) -> ColumnMap:
    if not isinstance(entry, dict):
        raise _fault(place, "ожидается таблица")
    _known(entry, _COLUMN, place)
    field = _one_of(entry.get("field"), FIELDS[target], "field", place)
    kind: FigureKind | None = None
    if "kind" in entry:
        kind = _one_of(entry["kind"], get_args(FigureKind), "kind", place)
        if field not in KINDED_FIELDS:
            raise _fault(place, f"kind бывает только у количеств и долей, а здесь field = «{field}»")
    subject, level, grade, procedure = _work(entry, place)
    if (subject or level or grade or procedure) and field not in FIGURE_FIELDS:
        raise _fault(place, "предмет, класс и процедура бывают только у столбцов с результатами")
    metric, item = (_words(entry[key], key, place) if key in entry else None for key in ("metric", "item"))
    if (metric is None) != (field != "metric") or (item is None) != (field != "item"):
        raise _fault(place, "строка metric нужна столбцу field = «metric», строка item — столбцу field = «item»")
    return ColumnMap(
        path=_path(entry.get("path"), place),
        field=field,
        nth=_whole(entry.get("nth", 1), "nth", place, 1, MOST_COLUMNS) or 1,
        kind=kind,
        subject=subject,
        level=level,
        grade=grade,
        procedure=procedure,
        metric=metric,
        item=item,
    )


def _work(entry: dict[str, Any], place: str) -> tuple[str | None, Level | None, int | None, Procedure | None]:
    subject = _words(entry["subject"], "subject", place) if "subject" in entry else None
    level = _one_of(entry["level"], get_args(Level), "level", place) if "level" in entry else None
    procedure = _one_of(entry["procedure"], get_args(Procedure), "procedure", place) if "procedure" in entry else None
    return subject, level, _whole(entry.get("grade"), "grade", place, 1, 12), procedure


def _fixed(entry: Any) -> Fixed:
    place = "в разделе [fixed]"
    if not isinstance(entry, dict):
        raise _fault(place, "ожидается таблица")
    if "year" in entry or "school_year" in entry:
        raise _fault(place, "год в разметке не хранится: следующий файл — другого года")
    _known(entry, _FIXED, place)
    subject, level, grade, procedure = _work(entry, place)
    municipality, region = (
        _words(entry[key], key, place) if key in entry else None for key in ("municipality", "region")
    )
    return Fixed(procedure, subject, level, grade, municipality, region)


def _check_columns(columns: tuple[ColumnMap, ...], target: Target) -> None:
    """One column a field but where each has its own context; and something to tell whose row it is."""
    seen: set[tuple[object, ...]] = set()
    for column in columns:
        key: tuple[object, ...] = (column.field,)
        if column.field in SHARED_FIELDS:
            # figures of several years differ by the years in their headings
            key = (column.field, column.subject, column.level, column.grade, column.procedure, column.metric,
                   column.item, column.path, column.nth)  # fmt: skip
        if key in seen:
            words = " / ".join(column.path)
            raise _fault(f"столбец «{words}»", f"field = «{column.field}» уже есть у другого столбца")
        seen.add(key)
    fields = {column.field for column in columns}
    if not fields & {"school", "code", "fisoko", "oo", "inn", "ogrn", "municipality", "region"}:
        raise _fault("вся разметка", "ни один столбец не говорит, чья это строка: нужна школа, код или муниципалитет")
    if target == "schools" and "school" not in fields:
        raise _fault("вся разметка", "реестру школ нужен столбец field = «school» с названием")
    if target == "metrics" and "metric" not in fields:
        raise _fault("вся разметка", "нет ни одного столбца field = «metric»")
    if target == "marks" and not fields & {"participants", "mark2", "mark3", "mark4", "mark5"}:
        raise _fault("вся разметка", "нет столбца с числом участников или с отметками")
