"""Small numbers in words and in the cases that texts about rules need; from eleven on figures stand."""

from __future__ import annotations

from app.texts import NBSP, plural

_DATIVE = ("", "одной", "двум", "трём", "четырём", "пяти", "шести", "семи", "восьми", "девяти", "десяти")
_GENITIVE = ("", "одной", "двух", "трёх", "четырёх", "пяти", "шести", "семи", "восьми", "девяти", "десяти")


def dative(n: int) -> str:
    """Return «двум» (feminine for one: «одной»)."""
    return _DATIVE[n] if 0 < n < len(_DATIVE) else str(n)


def genitive(n: int, *, masculine: bool = False) -> str:
    """Return «двух»; for one «одной» or «одного»."""
    if n == 1 and masculine:
        return "одного"
    return _GENITIVE[n] if 0 < n < len(_GENITIVE) else str(n)


_YEARS = ("", "год", "два года", "три года", "четыре года", "пять лет", "шесть лет", "семь лет", "восемь лет",
          "девять лет", "десять лет")  # fmt: skip


def years_running(n: int) -> str:
    """Return «два года подряд», «пять лет подряд»."""
    return f"{_YEARS[n]} подряд"


def by_procedures(n: int) -> str:
    """Return «1 процедуре», «2 процедурам», «21 процедуре»: what stands after «по»."""
    return f"{n}{NBSP}{plural(n, 'процедуре', 'процедурам', 'процедурам')}"


def of_procedures(n: int) -> str:
    """Return «1 процедуры», «2 процедур», «21 процедуры»: what stands after «для»."""
    return f"{n}{NBSP}{plural(n, 'процедуры', 'процедур', 'процедур')}"


def of_participants(n: int) -> str:
    """Return «1 участника», «5 участников», «21 участника»: what stands after «меньше»."""
    return f"{n}{NBSP}{plural(n, 'участника', 'участников', 'участников')}"


def by_participants(n: int) -> str:
    """Return «1 участника», «2 участника», «5 участников», «21 участника»: what stands after «на»."""
    return f"{n}{NBSP}{plural(n, 'участника', 'участника', 'участников')}"


def of_all(below: int, participants: int) -> str:
    """Return «12 из 31» that no line end tears apart."""
    return f"{below}{NBSP}из{NBSP}{participants}"
