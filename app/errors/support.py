"""Messages about the support of schools: platforms, the support card, factors of risk."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {
    "MON_PLATFORM_UNKNOWN": Message("Площадки «{name}» в этом учебном году нет.", "Есть: {known}."),
    "MON_PLATFORM_GONE": Message(
        "Этой площадки в реестре больше нет.", "Обновите вкладку. Отмена (Ctrl+Z) вернёт удалённую строку."
    ),
    "MON_PLATFORM_MEASURE": Message("Показателя площадки «{key}» нет.", "Есть: {known}."),
    "MON_PLATFORM_SHARE": Message(
        "«{raw}» не читается как доля.", "Напишите «12 из 40» или «30,5 %».", level="warning"
    ),
    "MON_SUPPORT_NO_SCHOOL": Message(
        "Не выбрана школа, о которой эта карта.", "Выберите школу над документом или назовите её в команде."
    ),
    "MON_OFFER_GONE": Message(
        "Это предложение больше не действует: дефицит уже закрыт или помощника больше нет.",
        "Обновите вкладку и выберите из того, что предлагается сейчас.",
    ),
    "MON_FACTOR_GONE": Message(
        "По этому фактору уже есть мера, или в полученном профиле его больше нет.",
        "Обновите вкладку и выберите из того, что предлагается сейчас.",
    ),
}
