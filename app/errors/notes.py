"""Messages of notes, addressed recommendations and the monitoring report."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {
    "MON_NOTE_KIND": Message("Справки «{kind}» нет.", "Есть: {known}."),
    "MON_NOTE_SCHOOL": Message(
        "Справке о школе нужна школа, а общей справке и отчёту — нет.",
        "Выберите школу для справки о школе; для остальных уберите её.",
    ),
    "MON_NOTE_SECTION": Message("Раздела «{key}» в этой справке нет.", "Есть: {known}."),
    "MON_ADVICE_GONE": Message(
        "Этих рекомендаций больше нет.", "Обновите вкладку. Отмена (Ctrl+Z) вернёт удалённые строки."
    ),
    "MON_ADVICE_USED": Message("Отметки «{used}» нет.", "Есть: {known}."),
    "MON_ADVICE_EARLY": Message(
        "Рекомендация ещё не отправлена: отметить её выполнение нельзя.", "Сначала отметьте, когда она отправлена."
    ),
    "MON_ADVICE_TWO_PLACES": Message(
        "Ключ --folder нельзя указать вместе с --out или --register.",
        "Выберите одно: --out — все рекомендации одним файлом, --folder — каждому адресату свой файл.",
    ),
    "MON_ADVICE_NONE": Message(
        "Рекомендаций за {year} учебный год нет: печатать нечего.",
        "Составьте их: «Мониторинг» → «Справки» → «Рекомендации».",
    ),
}
