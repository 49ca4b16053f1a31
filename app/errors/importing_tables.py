"""Messages of tables read by a person's map, layouts, formulas."""

from __future__ import annotations

from app.errors.message import Message

_TEXT: dict[str, Message] = {
    "IMP_CSV_QUOTES": Message(
        "В строке {row} кавычки внутри ячейки не удвоены.",
        "Строка разобрана по разделителям; проверьте, не съехали ли столбцы.",
        "warning",
    ),
}

_PROFILES: dict[str, Message] = {
    "IMP_PROFILE_TOML": Message("Карта столбцов не читается: {reason}.", "Исправьте её или составьте заново."),
    "IMP_PROFILE_FAULT": Message("Карта столбцов, {place}: {fault}.", "Исправьте её или составьте заново."),
}

MESSAGES: dict[str, Message] = {**_TEXT, **_PROFILES}
