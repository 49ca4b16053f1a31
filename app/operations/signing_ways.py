"""The ways to sign and what each signature is worth, in honest words (decision 33; 63-ФЗ, ст. 2, 5, 6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.errors import UserError

WayKey = Literal["paper", "outside", "sig", "elsewhere", "p12", "token"]
Form = Literal["inside", "beside", "package"]


@dataclass(frozen=True, slots=True)
class Way:
    """One way to sign.

    Attributes:
        title: what stands at the button.
        does: what will happen.
        worth: what the signature is worth.
        needs: what a person must have at hand.
        more: stands under «ещё».
    """

    key: WayKey
    title: str
    does: str
    worth: str
    needs: str
    more: bool = False


_QUALIFIED = (
    "Если сертификат выдал аккредитованный удостоверяющий центр, а подписывает сертифицированная программа, "
    "подпись усиленная квалифицированная (УКЭП). Она равна собственноручной (63-ФЗ, ст. 6, ч. 1)."
)
_UNQUALIFIED = (
    "Подпись усиленная неквалифицированная (УНЭП). Она показывает, чьим ключом подписан документ, и выявляет любое "
    "его изменение. Собственноручную она заменяет, только если так решил закон или договорились стороны "
    "(63-ФЗ, ст. 6, ч. 2), например приказом о внутреннем документообороте. Для обмена с ведомствами обычно нужна УКЭП."
)

WAYS: tuple[Way, ...] = (
    Way(
        "paper", "На бумаге, затем скан",
        "Напечатайте документ, подпишите от руки и отсканируйте. Скан встанет рядом с документом в журнале исходящих.",
        "Сила — у бумажного подлинника с живой подписью: храните его. Скан — только копия.",
        "Принтер и сканер.",
    ),
    Way(
        "outside", "Внешней программой с ГОСТ",
        "«Опора» вызовет КриптоПро или другую программу этого компьютера, примет от неё подпись и сверит с документом.",
        _QUALIFIED,
        "Программа подписания, токен или флешка с ключом, ПИН-код.",
    ),
    Way(
        "sig", "Готовый файл подписи .sig",
        "Документ уже подписан в другой программе. «Опора» проверит, что подпись от этого документа, и сохранит её.",
        f"Сила зависит от того, чем подписывали. {_QUALIFIED}",
        "Файл .sig, .p7s или .sgn.",
    ),
    Way(
        "elsewhere", "На другом компьютере",
        "«Опора» соберёт папку: документ, памятка, контрольная сумма. Подпишите там и верните: документ найдётся сам.",
        f"Сила зависит от того, чем подпишут. {_QUALIFIED}",
        "Флешка или почта до того, кто подписывает.",
    ),
    Way(
        "p12", "Ключом из файла .p12 или .pfx",
        "Подпись ставит сама «Опора». В PDF она встроится вместе с видимой отметкой.",
        _UNQUALIFIED,
        "Файл с ключом RSA и пароль к нему. Ключ по ГОСТ так не подойдёт.",
        more=True,
    ),
    Way(
        "token", "Ключом RSA с токена",
        "Подпись ставит сама «Опора», ключ остаётся в токене. В PDF она встроится вместе с видимой отметкой.",
        _UNQUALIFIED,
        "Токен с ключом RSA, его библиотека PKCS#11 и ПИН-код. Ключом по ГОСТ подписывает внешняя программа.",
        more=True,
    ),
)  # fmt: skip

FORMS: dict[Form, tuple[str, str]] = {
    "inside": ("внутри PDF, с видимой отметкой",
               "Один файл: подпись и отметка видны при открытии. Проверить может любая программа чтения PDF."),
    "beside": ("отдельным файлом .sig", "Подходит к любому файлу. Отправляйте два файла вместе: документ и .sig."),
    "package": ("внутри файла Word или Excel",
                "Подпись видна в самих Word и Excel. Сохраните файл там заново — и она пропадёт."),
}  # fmt: skip
"""How a signature and its document lie: title and one sentence."""

REVOKED_NOTE = "Отозван ли сертификат, программа не проверяет: в сеть она не выходит."


def way(key: str) -> Way:
    """Return a way by its key."""
    return next(item for item in WAYS if item.key == key)


def forms_for(name: str, way_key: str) -> tuple[Form, ...]:
    """Return how a file can carry a signature made in a way, the usual form first.

    Args:
        name: name of the file.
        way_key: «outside», «p12», «token»; other ways bring their form with them.
    """
    suffix = _suffix(name)
    if way_key == "outside":
        return ("beside", "inside") if suffix == ".pdf" else ("beside",)
    if suffix == ".pdf":
        return ("inside", "beside")
    return ("beside", "package") if suffix in {".xlsx", ".docx"} else ("beside",)


def check_form(name: str, way_key: str, form: Form) -> None:
    """Refuse a form that a file cannot take.

    Raises:
        UserError: SIGN_WAY_FILE.
    """
    if form not in forms_for(name, way_key):
        raise UserError("SIGN_WAY_FILE", way=FORMS[form][0], file=name)


def _suffix(name: str) -> str:
    from pathlib import PurePath

    return PurePath(name).suffix.lower()
