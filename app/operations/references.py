"""«Обновить справочники…»: scales, rules, thresholds, metrics, factors come from a file (decision 9)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path

from app.errors import UserError
from app.models.store import Store
from app.operations import externals, identification, indices, metrics, projects, results, skills, text_files, typology
from app.texts import count


def _toml_fault(error: tomllib.TOMLDecodeError) -> str:
    """Return where a TOML text breaks off; the parser's own words are English."""
    found = re.search(r"at line (\d+)", str(error))
    return f"ошибка в строке {found.group(1)}" if found else "текст обрывается"


def update_from_file(store: Store, path: Path) -> str:
    """Read a TOML file with a reference, known by its content, and keep it; returns one sentence on what was updated.

    Raises:
        UserError: ``GEN_FILE_…``, ``GEN_NOT_REFERENCE``; ``RULE_FAULTS``, ``IMP_SCALE_…``, ``IMP_THRESHOLD_…``,
            ``DATA_CATALOGUE``, ``DATA_PROJECT_CATALOGUE``, ``DATA_INDEX_…``, ``DATA_TYPOLOGY_FAULTS``,
            ``DATA_SKILLS_FAULTS`` with what is wrong in it.
    """
    text = text_files.read(path)
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UserError("GEN_NOT_REFERENCE", file=path.name, detail=_toml_fault(error)) from error
    for sign, update in _BY_CONTENT.items():
        if sign in content:
            return update(store, text, path.stem)
    raise UserError("GEN_NOT_REFERENCE", file=path.name, detail="в нём нет ни шкал, ни правила, ни другого справочника")


def _scales(store: Store, text: str, name: str) -> str:
    found = results.put_scales(store, text, name)
    return f"Обновлены шкалы: {count(found, 'работа', 'работы', 'работ')}."


def _rule(store: Store, text: str, _name: str) -> str:
    return f"Обновлено правило «{identification.put_rule(store, text).title}»."


def _thresholds(store: Store, text: str, name: str) -> str:
    found = results.put_thresholds(store, text, name)
    return f"Обновлены минимальные баллы: {count(found, 'экзамен', 'экзамена', 'экзаменов')}."


def _metrics(store: Store, text: str, name: str) -> str:
    own = metrics.put_catalogue(store, text, name)
    return f"Обновлён справочник показателей: своих {count(own, 'показатель', 'показателя', 'показателей')}."


def _projects(store: Store, text: str, name: str) -> str:
    total = projects.put_kinds(store, text, name)
    return f"Обновлён справочник проектов: {count(total, 'вид', 'вида', 'видов')}."


def _factors(store: Store, text: str, name: str) -> str:
    found = externals.put_factors(store, text, name)
    return f"Обновлён справочник факторов риска: {count(found, 'фактор', 'фактора', 'факторов')}."


def _index(store: Store, text: str, _name: str) -> str:
    return f"Обновлён «{indices.put(store, text).title}»."


def _typology(store: Store, text: str, _name: str) -> str:
    return f"Обновлена типология школ, версия {typology.put(store, text).version}."


def _skills(store: Store, text: str, _name: str) -> str:
    return f"Обновлены зоны выполнения заданий, версия {skills.put(store, text).version}."


_BY_CONTENT: dict[str, Callable[[Store, str, str], str]] = {
    "scale": _scales,
    "branches": _rule,
    "threshold": _thresholds,
    "factor": _factors,
    "component": _index,
    "type": _typology,
    "zone": _skills,
    "metric": _metrics,
    "project": _projects,
}
"""What a reference is known by: a section of its text."""
