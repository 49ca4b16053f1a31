"""Messages of indices of context, of the typology and of the comparison with what was expected."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {
    "DATA_INDEX_FAULTS": Message(
        "Индекс «{index}» не принят: {faults}.", "Исправьте это и сохраните ещё раз; прежний индекс остался в силе."
    ),
    "DATA_NO_INDEX": Message("Индекса «{index}» нет.", "Есть: {known}."),
    "DATA_INDEX_COMPONENT": Message("В индексе «{index}» нет составляющей «{metric}».", "Есть: {known}."),
    "DATA_INDEX_METRIC": Message(
        "Индекс «{index}» не принят: показателя «{metric}» нет в справочнике.",
        "Сначала добавьте показатель или исправьте его обозначение.",
    ),
    "DATA_INDEX_TEXT": Message(
        "Показатель «{metric}» записан словами: в индекс входят только числа, доли и «да» или «нет».",
        "Выберите другой показатель.",
    ),
    "DATA_INDEX_SHIPPED": Message(
        "Индекс «{index}» и так считается, как в справочнике программы.",
        "Возвращать нечего: своих знаков и весов у него нет.",
    ),
    "DATA_TYPOLOGY_FAULTS": Message(
        "Типология не принята: {faults}.", "Исправьте это и сохраните ещё раз; прежняя типология осталась в силе."
    ),
    "DATA_NO_DEFINITION": Message("Определения «{kind}» нет.", "Есть: {known}."),
    "DATA_DEFINITION_FIELD": Message("В определении «{title}» нет значения «{field}».", "Есть: {known}."),
    "DATA_DEFINITION_VALUE": Message(
        "«{raw}» не подходит: {title}.", "Впишите число; число школ, участников, километров и вес — целое."
    ),
    "DATA_DEFINITION_SHIPPED": Message(
        "«{title}» и так такое, как поставлено с программой.", "Возвращать нечего: своих значений у него нет."
    ),
    "DATA_EXPECTED_FEW": Message(
        "Ожидаемый результат не вычислен: школ с результатами и индексом {have}, а нужно не меньше {need}.",
        "На меньшем числе школ такой расчёт случаен. Пользуйтесь типологией.",
    ),
    "DATA_EXPECTED_FLAT": Message(
        "Ожидаемый результат не вычислен: индекс у всех школ одинаков.",
        "Заполните показатели, из которых складывается индекс, или выберите другой контекст.",
    ),
}
