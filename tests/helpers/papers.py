"""Papers for tests and for the benchmark: invented schools, the same ones at each call."""

from __future__ import annotations

from dataclasses import replace

from app.reports.document import Column, Document, Fraction, Group, Meta, Row, Share, Table, Value
from app.reports.school_list import (
    CorrectionLine,
    FractionLine,
    ListCounts,
    Order,
    SchoolLine,
    SchoolListData,
    Signer,
)

WORDING = (
    "В список 2025 года входит школа, в которой не менее 30 % участников не достигли минимума: по двум и более "
    "процедурам из восьми в 2025 году, или хотя бы по одной процедуре, любой, и в 2024, и в 2025 году. "
    "Доли сравниваются по числу участников, без округления."
)
LONG_NAME = (
    "Муниципальное бюджетное общеобразовательное учреждение «Верхнеключевская средняя общеобразовательная школа № 3 "
    "имени Героя Советского Союза А. И. Константинопольского»"
)

_BRANCHES = ("две и более процедуры за год", "хотя бы одна процедура в каждом из двух лет")
_NAMES = ("Лесогорская СОШ № 3", "Озёрская ООШ", "Заречная СОШ", "Гимназия № 1", "Школа-интернат «Надежда»")
_TOWNS = ("г. Лесогорск", "с. Озёрское", "д. Заречная", "", "пос. Ключи")


def made_school(number: int, *, long: bool = False) -> SchoolLine:
    """Return the listed school of a number."""
    kind = _NAMES[number % len(_NAMES)]
    below = 8 + number % 5
    fractions = (
        FractionLine("ВПР русский язык, 6\u00a0кл.", 2025, below, 25 + number % 7),
        FractionLine("ВПР математика, 5\u00a0кл.", 2025, 3 + number % 3, 9, small=True),
        FractionLine("ОГЭ математика", 2025, 8, 24, restored=number % 2 == 1),
        FractionLine("ВПР русский язык, 6\u00a0кл.", 2024, 10, 29),
    )
    return SchoolLine(
        name=LONG_NAME if long and number % 3 == 1 else f"МБОУ «{kind}»",
        verdict="listed",
        settlement=_TOWNS[number % len(_TOWNS)],
        branches=_BRANCHES[: 1 + number % 2],
        fractions=fractions[: 2 + number % 3],
        sample="<10",
    )


def list_data(listed: int, *, long: bool = False, annexes: bool = True, approved: bool = True) -> SchoolListData:
    """Return a list of so many listed schools, with schools on the edge, without data and excluded ones."""
    rows = [made_school(number, long=long) for number in range(1, listed + 1)]
    if annexes:
        rows += annex_rows()
    return SchoolListData(
        municipality="Лесогорский муниципальный округ",
        municipality_genitive="Лесогорского муниципального округа",
        year=2025,
        rule_title="Рособрнадзор, декабрь 2022 года",
        rule_version="1.0",
        rule_wording=WORDING,
        computed_at="2026-11-22T14:05:00",
        rows=tuple(rows),
        counts=ListCounts(listed + 21, listed + annexes, 2, 1, 2) if annexes else ListCounts(24, listed, 0, 0, 0),
        snapshot="7c1e5b0d" * 7 + "7c1ea94f" if approved else None,
        approved=Order("214", "2026-11-28", issuer_genitive="управления образования администрации округа")
        if approved
        else None,
        protocol="Протокол рабочей группы от 25.11.2026 № 4",
        signers=(Signer("Начальник управления образования", "М. П. Иванова"),),
        executor="Ким Ольга Викторовна, методист, (00000) 0-00-00",
        organisation="Управление образования",
    )


def annex_rows() -> tuple[SchoolLine, ...]:
    """Return one school of each kind that stands in an annex, and one that experts added."""
    edge = "Будь ниже минимума на одного участника больше по процедуре «ОГЭ математика» в 2025 году, школа вошла бы."
    return (
        SchoolLine(
            "МКОУ «Ключевская СОШ»",
            "not_listed",
            fractions=(FractionLine("ВПР математика, 6\u00a0кл.", 2025, 8, 27),),
            correction=CorrectionLine("listed", "третий год нет учителя математики"),
        ),
        SchoolLine("МБОУ «Гимназия № 2»", "not_listed", edge=True, words=edge),
        SchoolLine("МБОУ «СОШ № 7»", "not_listed", settlement="пос. Ключи", edge=True, words=edge),
        SchoolLine("МКОУ «Дальняя НОШ»", "no_data", words="За 2024 и 2025 годы результатов нет."),
        SchoolLine(
            "МБОУ «СОШ № 9»",
            "listed",
            branches=_BRANCHES[:1],
            fractions=(FractionLine("ОГЭ математика", 2025, 7, 22),),
            correction=CorrectionLine("not_listed", "результаты пересмотрены апелляционной комиссией"),
        ),
    )


def unapproved(data: SchoolListData) -> SchoolListData:
    """Return the same list before its approval, without a genitive and without a signer."""
    return replace(data, approved=None, snapshot=None, municipality_genitive="", signers=(), protocol="")


# --- the bench ---------------------------------------------------------------------------------------------------

BIG_TITLES = ("№", "Школа", "Посёлок", "Процедура", "Год", "Ниже минимума", "Доля", "Ответ")
BIG_WEIGHTS = (35, 90, 80, 115, 31, 52, 41, 64)
BIG_RIGHT = frozenset({0, 4, 5, 6})
GROUP_ROWS = 400


def big_values(rows: int) -> list[tuple[Value, ...]]:
    """Return rows of eight values, each one short line."""
    return [
        (
            number,
            f"СОШ № {number}",
            f"пос. Лесной {number % 97}",
            "ВПР математика, 6 кл.",
            2021 + number % 5,
            Fraction(number % 20, 20 + number % 30),
            Share(number % 20, 20 + number % 30),
            "в списке" if number % 3 else "не в списке",
        )
        for number in range(1, rows + 1)
    ]


def big_list(rows: int) -> Document:
    """Return a list of so many short rows in groups of 400, as a region's list would be."""
    made = [Row(values) for values in big_values(rows)]
    groups = tuple(
        Group(tuple(made[start : start + GROUP_ROWS]), f"Муниципалитет {start // GROUP_ROWS + 1}")
        for start in range(0, rows, GROUP_ROWS)
    )
    columns = tuple(
        Column(title, weight, "right" if index in BIG_RIGHT else "left")
        for index, (title, weight) in enumerate(zip(BIG_TITLES, BIG_WEIGHTS, strict=True))
    )
    table = Table("Список", columns, groups, group_title="Муниципалитет")
    return Document(("Большой список",), Meta("Опора", "2026-11-22T14:05:00", "Список"), (table,))
