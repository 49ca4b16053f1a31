"""What an anonymous questionnaire never keeps: columns about the respondent, addresses and telephones inside a text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.forms.item_base import folded

_KINDS: Sequence[tuple[str, re.Pattern[str]]] = (
    ("имя", re.compile(
        r"(?:ваш[аеиу]?\s+)?(?:ф\.?\s?и\.?\s?о\.?|фио|фамилия|имя(?! файла)|отчество|участник|респондент|слушатель|"
        r"кто (?:заполнил|ответил)|(?:full )?name|user ?name|имя пользователя)\b.{0,60}")),
    ("телефон", re.compile(
        r"(?:ваш\s+)?(?:(?:контактный|мобильный|рабочий|номер)\s+)?(?:номер\s+)?(?:телефон|тел\b|phone).{0,40}")),
    ("почта", re.compile(
        r"(?:ваш[аи]?\s+)?(?:(?:адрес\s+)?(?:электронн\w+\s+)?почт\w+|e-?mail|mail|имейл|электронн\w+ адрес).{0,40}")),
    ("имя в сети", re.compile(r"(?:логин|login|ник|аккаунт|telegram|телеграм|вконтакте|vk)\b.{0,30}")),
    ("адрес компьютера", re.compile(r"(?:ip|айпи)\b.{0,30}")),
    ("личные данные", re.compile(
        r"(?:снилс|инн|паспорт|дата рождения|место жительства|адрес проживания|домашний адрес)\b.{0,40}")),
    ("время ответа", re.compile(
        r"(?:отметка времени|timestamp|время(?: (?:создания|ответа|отправки|заполнения|начала|окончания))?|"
        r"дата (?:и время|создания|ответа|отправки|заполнения)|created|submitted|начало|окончание)\b.{0,30}")),
    ("номер ответа", re.compile(r"(?:id|ид|идентификатор|номер ответа|код ответа|uid|token|response id)\b.{0,20}")),
)  # fmt: skip
_LONGEST = 80
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\d.,])(?:\+7|8|7)[\s(-]*\d{3}[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}(?!\d)")
REMOVED = "[убрано]"
"""What stands where an address or a telephone was."""


def personal(heading: str) -> str:
    """Return what a column says about the respondent («имя», «телефон»), "" where it says nothing of the kind.

    Only headings that begin so are meant: a question that mentions a telephone is a question.
    """
    text = folded(heading)
    if not text or len(text) > _LONGEST or "?" in text:
        return ""
    return next((word for word, pattern in _KINDS if pattern.fullmatch(text)), "")


def cleaned(text: str) -> str:
    """Return a text without addresses and telephones of people."""
    return _PHONE.sub(REMOVED, _MAIL.sub(REMOVED, text))
