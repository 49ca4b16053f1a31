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

MESSAGES: dict[str, Message] = {**_TEXT}
