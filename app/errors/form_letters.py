"""Messages of letters and urgent collections."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {
    "FORM_LETTER_NOBODY": Message(
        "Писать некому: ответы всех выбранных уже получены.", "Выберите тех, чьего ответа ещё ждёте."
    ),
    "FORM_URGENT_NOTHING": Message(
        "Не названо ни одного столбца.", "Впишите заголовки, каждый с новой строки, или вставьте их из Excel."
    ),
    "FORM_URGENT_MANY": Message(
        "Столбцов слишком много: {found}.", "Срочный сбор — это до {most} столбцов; для большего сделайте свою форму."
    ),
}
