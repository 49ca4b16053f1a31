"""What dynamics say in words: verdicts, marks of comparability, chance alone, support beside no support."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from app.analysis.change import Bounds, Tally
from app.analysis.dynamics import ByItself, Comparison, Mark, SideBySide, Verdict, Work
from app.texts import NBSP, count, percent, plural

VERDICT_WORDS: dict[Verdict, str] = {
    "worse": "отрицательная",
    "rising": "немного хуже",
    "same": "без перемен",
    "falling": "немного лучше",
    "better": "положительная",
    "small": "мало детей",
    "apart": "не сравнить",
}
VERDICT_MEANING: dict[Verdict, str] = {
    "worse": "Доля «2» выросла на 10 пунктов или больше: это отрицательная динамика.",
    "rising": "Доля «2» выросла меньше чем на 10 пунктов, но случайностью этого не объяснить.",
    "same": "Уверенно сказать, что доля «2» изменилась, нельзя: такую разницу даёт и случайность.",
    "falling": "Доля «2» снизилась меньше чем на 10 пунктов, но случайностью этого не объяснить.",
    "better": "Доля «2» снизилась на 10 пунктов или больше: это положительная динамика.",
    "small": "Участников меньше 10: один ученик меняет долю больше чем на 10 пунктов. Вывода нет.",
    "apart": "Общих работ у двух лет нет: сравнивать нечего.",
}
MARK_WORDS: dict[Mark, str] = {
    "works": "другие работы",
    "schools": "не все школы",
    "pupils": "другое число детей",
    "small": "мало детей",
    "autumn": "работа осенью",
    "bias": "необъективность",
}
"""Short words of the marks for a column."""
POINTS = f"п.{NBSP}п."
ALWAYS = (
    "Каждый год работу пишут другие дети, поэтому сравниваются не ученики, а школа в разные годы. "
    "Сравнение идёт только по тем работам, которые есть в оба года."
)
VERDICTS_NOTE = (
    "Динамика отрицательная, если доля «2» выросла на 10 пунктов или больше, и положительная, если настолько же "
    "снизилась. «Немного хуже» и «немного лучше» — меньше 10 пунктов, но вне случайности: 95-процентный интервал "
    "Ньюкомба не содержит нуля. «Без перемен» — разницу может дать и случайность."
)
CHANCE_NOTE = (
    "У школы с необычно слабым годом следующий обычно лучше и без помощи, с необычно сильным — хуже: это возврат к "
    "среднему. Один год ничего не доказывает."
)
NO_MERIT = "Это возврат к среднему, а не заслуга и не вина школы."
PARTICIPATIONS = (
    "Один ребёнок пишет несколько работ. По всем работам вместе считаются участия, и настоящая неопределённость "
    "больше, чем показывает интервал. Точнее смотреть по одной работе."
)


def tenth(value: Fraction | float) -> str:
    """Return a share from -1 to 1 in points: «+4,9», «−0,3», «0,0»; half away from nought."""
    exact = Fraction(value) * 1000
    whole = Decimal(exact.numerator) / Decimal(exact.denominator)
    number = whole.quantize(Decimal(1), ROUND_HALF_UP) / 10
    sign = "+" if number > 0 else "−" if number < 0 else ""
    return f"{sign}{abs(number):.1f}".replace(".", ",")


def points(value: Fraction | float) -> str:
    """Return «+4,9 п. п.»."""
    return f"{tenth(value)}{NBSP}{POINTS}"


def interval(bounds: Bounds) -> str:
    """Return «от −2,9 до +12,4»."""
    return f"от{NBSP}{tenth(bounds.low)} до{NBSP}{tenth(bounds.high)}"


def fraction(tally: Tally) -> str:
    """Return «12 из 31, 38,7 %»."""
    return f"{tally.below}{NBSP}из{NBSP}{tally.of}, {percent(tally.below, tally.of)}"


def share(value: Fraction) -> str:
    """Return «38,7 %»."""
    return percent(value.numerator, value.denominator)


def answer(found: Comparison) -> str:
    """Return what the comparison says in a sentence or two."""
    if found.bounds is None:
        return VERDICT_MEANING["apart"]
    said = (
        f"С{NBSP}{found.year_from} по{NBSP}{found.year_to}{NBSP}год: {fraction(found.before)} → "
        f"{fraction(found.after)}, то есть {points(found.bounds.value)} (95-процентный интервал "
        f"{interval(found.bounds)})."
    )
    meaning = VERDICT_MEANING[found.verdict]
    if found.verdict in {"worse", "better"} and not found.sure:
        meaning += " Но детей мало: такую разницу может дать и случайность."
    return f"{said} {meaning}"


def marks(found: Comparison) -> tuple[str, ...]:
    """Return a sentence for everything that stands against comparing."""
    return tuple(_mark(mark, found) for mark in found.marks)


def _mark(mark: Mark, found: Comparison) -> str:
    match mark:
        case "works":
            said = []
            if found.lost:
                said.append(f"в{NBSP}{found.year_to} нет: {_works(found.lost)}")
            if found.gained:
                said.append(f"в{NBSP}{found.year_from} не было: {_works(found.gained)}")
            what = "; ".join(said) or "у школ наборы работ разные"
            return f"Набор работ менялся ({what}). Сравнены только общие."
        case "schools":
            return (
                f"Сравнить можно {found.schools} из{NBSP}{found.of_schools} "
                f"{plural(found.of_schools, 'школы', 'школ', 'школ')}: у остальных общих работ нет."
            )
        case "pupils":
            return f"Участников было {found.before.of}, стало {found.after.of}: разница больше 30{NBSP}%."
        case "small":
            return f"Ни в одной работе нет 10{NBSP}участников в оба года: мало детей, вывод ненадёжен."
        case "autumn":
            return "Среди работ есть осенние: их писали после перехода в следующий класс."
        case "bias":
            return "В один из годов были признаки необъективности: рост доли «2» может значить честную проверку."


def _works(works: Sequence[Work], most: int = 3) -> str:
    shown = ", ".join(work.label for work in works[:most])
    return shown if len(works) <= most else f"{shown} и ещё {len(works) - most}"


def chance(found: ByItself) -> str:
    """Say how much of the change chance alone lets expect; honest words about regression to the mean."""
    mean, mine = found.spread.mean, found.before.share
    start = f"В начале доля «2» была {share(mine)}, в среднем по школам {share(mean)}."
    if tenth(found.drift) == "0,0":
        return f"{start} Сама собой она заметно сдвинуться не должна."
    expected = f"можно было ждать около {share(found.expected)} ({points(found.drift)})"
    if (mine > mean) != (found.drift < 0):
        return (
            f"{start} В группе есть школы и выше, и ниже среднего: необычный год отчасти случаен, и следующий обычно "
            f"ближе к среднему. Вместе без всякой помощи {expected}. {NO_MERIT}"
        )
    where = "ниже" if mine > mean else "выше"
    return (
        f"{start} Необычный год отчасти случаен, и в следующий доля обычно {where}, ближе к среднему. Без всякой "
        f"помощи {expected}. {NO_MERIT}"
    )


def beyond(found: ByItself, comparison: Comparison) -> str:
    """Say whether the change goes beyond what chance alone lets expect; "" where nothing can be said."""
    bounds = comparison.bounds
    if bounds is None:
        return ""
    said = f"Изменение {points(bounds.value)}"
    if bounds.low <= float(found.drift) <= bounds.high:
        return f"{said} уверенно не отличить от такого сдвига."
    return f"{said} {'лучше' if bounds.value < float(found.drift) else 'хуже'}, чем дал бы один возврат к среднему."


# --- support beside no support -----------------------------------------------------------------------------------

ALIKE_WORDS = {
    "type": "тот же вид школы",
    "settlement": "такой же населённый пункт",
    "size": "близкое число учеников",
    "context": "похожий контекст",
}
NOT_BY_LOT = (
    "Поддержку дают не по жребию, а самым слабым. Поэтому разница не доказывает, что помогла именно поддержка: школы "
    "могли различаться и другим."
)
WEAKEST = "Поддержку дают самым слабым, поэтому такая разница не доказывает, что помогла именно поддержка."
ALIKE_CHILDREN = (
    "Интервал считает детей независимыми. Дети одной школы похожи, поэтому настоящая неопределённость больше."
)
HOW_PAIRED = (
    "Похожей считается школа без поддержки, у которой доля «2» в первый год отличалась не больше чем на 10 пунктов по "
    "тем же работам. Из таких выбирается самая похожая по виду, населённому пункту, числу учеников и контексту; каждая "
    "берётся один раз. Это решение составителей программы."
)


def together(found: SideBySide) -> tuple[str, ...]:
    """Return what all pairs say: the changes, the difference, chance alone, what the comparison can't tell."""
    mine, others, both = found.mine_bounds, found.others_bounds, found.bounds
    if mine is None or others is None or both is None:
        return ()
    said = [
        f"С поддержкой: {fraction(found.mine[0])} → {fraction(found.mine[1])}, {points(mine.value)}",
        f"Похожие без поддержки: {fraction(found.others[0])} → {fraction(found.others[1])}, {points(others.value)}",
        f"Разница изменений {points(both.value)}, 95-процентный интервал {interval(both)}. {_judged(both)}",
        better_sentence(found),
    ]
    if found.mine_alone is not None and found.others_alone is not None:
        said.append(
            f"Возврат к среднему: без всякой помощи можно было ждать {points(found.mine_alone)} у школ с поддержкой и "
            f"{points(found.others_alone)} у похожих. В разнице изменений от этой случайности "
            f"остаётся {points(found.mine_alone - found.others_alone)}"
        )
    return (*said, NOT_BY_LOT, ALIKE_CHILDREN)


def briefly(found: SideBySide) -> tuple[str, ...]:
    """Return the same shortly, for a report: changes, difference, chance alone, what it can't tell."""
    mine, others, both = found.mine_bounds, found.others_bounds, found.bounds
    if mine is None or others is None or both is None:
        return ()
    changes = (
        f"Школы с поддержкой: {fraction(found.mine[0])} → {fraction(found.mine[1])}, {points(mine.value)}; "
        f"похожие без поддержки: {fraction(found.others[0])} → {fraction(found.others[1])}, {points(others.value)}"
    )
    said = [
        changes,
        f"Разница изменений {points(both.value)} (95-процентный интервал {interval(both)}). {_judged(both)}",
        better_sentence(found),
    ]
    if found.mine_alone is not None and found.others_alone is not None:
        said.append(
            f"Возврат к среднему и без всякой помощи дал бы {points(found.mine_alone)} у школ с поддержкой и "
            f"{points(found.others_alone)} у похожих"
        )
    return (*said, WEAKEST)


def _judged(both: Bounds) -> str:
    if not both.sure:
        return "При таком числе детей её не отличить от случайной."
    if both.value < 0:
        return "Школы с поддержкой улучшились сильнее, чем похожие."
    return "Похожие школы без поддержки улучшились сильнее."


def better_sentence(found: SideBySide) -> str:
    """Return in how many pairs the supported school changed better."""
    pairs = plural(len(found.twins), "пары", "пар", "пар")
    said = f"{found.better} из{NBSP}{len(found.twins)} {pairs}"
    return f"Школ с поддержкой, которые изменились лучше своей похожей: {said}."


def pairs_sentence(pairs: int, supported: int) -> str:
    """Return «Похожие школы нашлись для 3 из 5 школ с поддержкой»."""
    return f"Похожие нашлись для {pairs} из{NBSP}{count(supported, 'школы', 'школ', 'школ')} с поддержкой"
