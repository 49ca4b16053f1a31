"""What SQLite says, in Russian: a person reads it on the rescue page and in refusals."""

from __future__ import annotations

_KNOWN: tuple[tuple[str, str], ...] = (
    ("file is not a database", "содержимое не похоже на файл «Опоры»"),
    ("file is encrypted", "содержимое не похоже на файл «Опоры»"),
    ("malformed database schema", "повреждено описание таблиц"),
    ("malformed", "повреждена структура файла"),
    ("no such table", "не хватает таблиц"),
    ("disk i/o error", "диск не отвечает"),
    ("unable to open", "файл не открывается"),
    ("database or disk is full", "на диске кончилось место"),
    ("database is locked", "файл занят"),
    ("attempt to write a readonly", "запись запрещена"),
    ("no space left", "на диске кончилось место"),
    ("is a directory", "это папка"),
    ("permission denied", "нет права записи"),
    ("read-only file system", "диск только для чтения"),
    ("non-unique entry", "повреждён указатель таблицы"),
    ("wrong # of entries in index", "повреждён указатель таблицы"),
    ("missing from index", "повреждён указатель таблицы"),
    ("out of order", "повреждён порядок строк"),
    ("foreign key", "запись ссылается на то, чего нет"),
    ("page", "повреждены страницы файла"),
    ("tree", "повреждены страницы файла"),
    ("freelist", "повреждён список свободных страниц"),
)


def finding_in_words(finding: object) -> str:
    """Return a fault of SQLite or of the system in Russian; an unknown one is named by kind only."""
    text = str(finding)
    lowered = text.lower()
    if lowered == "ok":
        return "повреждений не найдено"
    if any("а" <= sign <= "я" for sign in lowered):
        return text
    return next((words for part, words in _KNOWN if part in lowered), "нарушена целостность файла")
