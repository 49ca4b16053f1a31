"""Messages of tasks, skills and the sheets for schools."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {
    "DATA_SKILLS_FAULTS": Message(
        "Зоны выполнения не приняты: {faults}.", "Исправьте это и сохраните ещё раз; прежние зоны остались в силе."
    ),
    "DATA_NO_TASKS": Message(
        "Результатов по заданиям за {year} год нет.",
        "Загрузите отчёты ФИС ОКО «Выполнение заданий» или «Достижение планируемых результатов».",
    ),
    "DATA_SHEET_NOTHING": Message(
        "Лист для школы «{school}» не сделан: результатов за {year} год у неё нет.",
        "Загрузите результаты или выберите другой год.",
    ),
    "DATA_SHEET_NOT_OWN": Message(
        "Лист для школы «{school}» не сделан: это не своя школа, а школа для сравнения.",
        "Листы делаются для школ своего муниципалитета.",
    ),
    "DATA_SHEET_NOT_MADE": Message(
        "Отметить нельзя: лист ещё не сделан. Школы: {schools}.", "Сначала сделайте листы этим школам."
    ),
    "DATA_SHEET_NOT_SENT": Message(
        "Отметить ознакомление нельзя: лист ещё не отправлен. Школы: {schools}.", "Сначала отметьте отправку."
    ),
    "DATA_SHEET_EARLIER": Message(
        "Ознакомление {day} раньше отправки листа. Школы: {schools}.", "Исправьте дату ознакомления или дату отправки."
    ),
}
