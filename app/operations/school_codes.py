"""What a code of a school may look like: shape, and check digits of ИНН and ОГРН."""

from __future__ import annotations

from app.operations.matching import normal_login


def code_fits(system: str, value: str) -> bool:
    """Tell whether a value can be a code of a system: shape, and check digits of ИНН and ОГРН."""
    if system == "inn":
        return _inn_fits(value)
    if system == "ogrn":
        return len(value) == 13 and is_whole(value) and int(value[:12]) % 11 % 10 == int(value[12])
    if system == "fisoko":
        return normal_login(value) != value.strip() or bool(value[:3].isalpha() and value[3:].isdigit())
    return bool(value)


def is_whole(text: str) -> bool:
    """Tell whether a text is plain digits: «²» is a digit to Unicode, but no number."""
    return text.isascii() and text.isdecimal()


def _inn_fits(value: str) -> bool:
    """Check digits of ИНН: 10 signs for organisations, 12 for people (order of the tax service)."""
    if not is_whole(value):
        return False
    digits = [int(sign) for sign in value]
    weights = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]

    def control(count: int) -> int:
        return sum(w * d for w, d in zip(weights[-count:], digits, strict=False)) % 11 % 10

    if len(digits) == 10:
        return control(9) == digits[9]
    return len(digits) == 12 and control(10) == digits[10] and control(11) == digits[11]
