"""«Обновить справочники…»: scales and rules come from a file (decision 9)."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from app.errors import UserError
from app.models.store import Store
from app.operations import identification, results
from app.texts import count


def _toml_fault(error: tomllib.TOMLDecodeError) -> str:
    """Return where a TOML text breaks off; the parser's own words are English."""
    found = re.search(r"at line (\d+)", str(error))
    return f"ошибка в строке {found.group(1)}" if found else "текст обрывается"


def update_from_file(store: Store, path: Path) -> str:
    """Read a TOML file with scales or with a rule and keep it; returns one sentence on what was updated.

    Raises:
        UserError: ``GEN_FILE_…``, ``GEN_NOT_REFERENCE``; ``RULE_FAULTS`` and ``IMP_SCALE_…`` with every fault.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise UserError("GEN_FILE_MISSING", file=path) from error
    except (OSError, UnicodeDecodeError) as error:
        raise UserError("GEN_FILE_UNREADABLE", file=path, detail="это не текст в кодировке UTF-8") from error
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UserError("GEN_NOT_REFERENCE", file=path.name, detail=_toml_fault(error)) from error
    if "scale" in content:
        found = results.put_scales(store, text, path.stem)
        return f"Обновлены шкалы: {count(found, 'работа', 'работы', 'работ')}."
    if "branches" in content:
        return f"Обновлено правило «{identification.put_rule(store, text).title}»."
    raise UserError("GEN_NOT_REFERENCE", file=path.name, detail="в нём нет ни шкал, ни правила")
