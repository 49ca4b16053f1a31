"""Messages of rules, scales and identification."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {
    "RULE_FAULTS": Message(
        "Правило «{rule}» не принято: {found}. {details}",
        "Исправьте текст правила и загрузите его ещё раз; прежнее правило осталось в силе.",
    ),
    "RULE_NOT_FOUND": Message(
        "Правила «{rule}» нет.",
        "Выберите одно из имеющихся: {known}.",
    ),
    "RULE_NOT_TOML": Message(
        "Текст правила не читается как TOML: {reason}.",
        "Проверьте кавычки, скобки и знаки «=» в указанном месте.",
    ),
    "RULE_KEY_MISSING": Message(
        "{place}: нет обязательной строки «{key}».",
        "Добавьте её.",
    ),
    "RULE_KEY_UNKNOWN": Message(
        "{place}: строка «{key}» неизвестна.",
        "Уберите её или исправьте опечатку.",
    ),
    "RULE_VALUE_TYPE": Message(
        "{place}: в строке «{key}» ожидается {expected}.",
        "Исправьте значение.",
    ),
    "RULE_VALUE_RANGE": Message(
        "{place}: значение «{value}» в строке «{key}» не подходит.",
        "Допустимо: {expected}.",
    ),
    "RULE_ID_TWICE": Message(
        "{place}: обозначение «{value}» встречается дважды.",
        "Дайте каждой процедуре и каждому основанию своё обозначение.",
    ),
    "RULE_PROCEDURE_OVERLAP": Message(
        "Процедуры «{first}» и «{second}» учитывают одни и те же результаты.",
        "Разведите их по классам, предметам или уровням: иначе одна работа посчитается дважды.",
    ),
    "RULE_PROCEDURES_FEW": Message(
        "{place}: для основания нужно процедур: {need}, а в правиле их {have}.",
        "Добавьте процедуры или уменьшите число «n».",
    ),
    "RULE_MIXED": Message(
        "Основание «{first}» сравнивает школы между собой, а «{second}» считает процедуры с порогом; "
        "вместе в одном правиле они не считаются.",
        "Сделайте из них два правила.",
    ),
    "RULE_NEED": Message(
        "Для попадания в список требуется оснований: {need}, а в правиле их {have}.",
        "Поставьте в строке «need» число от 1 до {have}.",
    ),
    "RULE_RANKING_TWICE": Message(
        "Оснований, которые сравнивают школы между собой, в правиле больше одного.",
        "Оставьте одно такое основание.",
    ),
}
