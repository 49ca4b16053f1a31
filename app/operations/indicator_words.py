"""What is said of indicators in words: the state of a year in a sentence, why one stands so, what to do next."""

from __future__ import annotations

from datetime import date
from typing import Literal

from app.analysis.indicator_lights import LIGHT_WORDS, Light, exact, in_percent
from app.analysis.programme_values import number_text, plain
from app.operations.indicator_book import IndicatorLine, IndicatorTable
from app.texts import NBSP, capital, count, ru_date

NextStep = Literal["value", "formula", "programme", "point", ""]
_ORDER: tuple[Light, ...] = ("behind", "near", "reached", "no_target", "no_data")


def sentence(table: IndicatorTable) -> str:
    """Return the state of a year in a sentence."""
    if not table.lines:
        return f"{table.year} год: в программе нет индикаторов"
    total = len(table.lines)
    told = [f"{table.year} год: достигнуто {table.count('reached')} из{NBSP}{total}"]
    told += [
        f"{LIGHT_WORDS[light]} {table.count(light)}" for light in _ORDER if light != "reached" and table.count(light)
    ]  # fmt: skip
    waiting = next((point for point in table.points if not point.closed), None)
    if waiting is not None and waiting.due_on is not None:
        late = date.fromisoformat(waiting.due_on) < table.day
        told.append(f"замер «{waiting.title}» {'ждал закрытия' if late else 'закрыть до'} {ru_date(waiting.due_on)}")
    elif table.points and waiting is None:
        told.append("все замеры закрыты")
    return " · ".join(told)


def why(line: IndicatorLine, year: int) -> str:
    """Return why an indicator stands as it does, in one or two sentences."""
    if line.fault:
        return line.fault
    have, aim, gap = line.shown(line.value), line.shown(line.target), exact(line.gap)
    if line.light == "no_data":
        return f"Данных нет. {_sentence(line.how)}" if line.how else "Значение не вписано, формулы нет."
    if line.light == "no_target":
        if line.target is None and line.aim:
            return f"Факт {have}. {_sentence(line.aim)}"
        if line.target is None:
            return f"Факт {have}. Цели на {year}{NBSP}год в программе нет."
        return f"Факт {have}, план {aim}. В программе не названо, расти индикатор должен или снижаться."
    held, of_held = ("план", "плана") if line.target is not None else ("база", "базы")
    aim = line.shown(line.baseline) if line.target is None else aim
    if line.light == "reached":
        return f"Факт {have}, {held} {aim}: {'столько же' if gap == 0 else f'лучше {of_held}'}."
    if gap is None:
        return f"Факт {have}, {held} {aim}."
    told = f"Факт {have}, {held} {aim}: {'выше' if gap > 0 else 'ниже'} {of_held} на {points(line, plain(abs(gap)))}"
    told = told.rstrip(".") + "."
    if line.tolerance is None:
        return f"{told} Допуск не задан."
    inside = "в пределах допуска" if line.light == "near" else "больше допуска"
    return f"{told} Это {inside}: {_room(line)}".rstrip(".") + "."


def points(line: IndicatorLine, value: str) -> str:
    """Return a difference with its unit: of a percentage «4,17 п. п.»."""
    return number_text(value) + (f"{NBSP}п.{NBSP}п." if in_percent(line.unit) else "")


def _room(line: IndicatorLine) -> str:
    return points(line, line.tolerance or "0")


def _sentence(text: str) -> str:
    return capital(text).rstrip(".") + "."


def advice(line: IndicatorLine) -> tuple[str, NextStep]:
    """Return what to do next and its step."""
    if line.closed:
        return "Год закрыт, значение не меняется.", "point"
    if line.fault and not line.typed:
        return "Исправьте формулу: место ошибки будет отмечено.", "formula"
    if line.fault:
        return "Исправьте вписанное значение.", "value"
    if line.light == "no_data":
        return "Впишите значение или задайте формулу.", "formula" if line.formula else "value"
    if line.light == "no_target" and line.aim:
        return "", ""
    if line.light == "no_target":
        return "Задайте цель и направление в программе.", "programme"
    if line.light == "behind" and not line.activities:
        return "На индикатор не работает ни одно мероприятие.", "programme"
    return "", ""


def how(line: IndicatorLine) -> str:
    """Return how the value came, in a clause: «введено вручную», «по формуле: 7 из 23»."""
    if line.closed or line.typed or not line.formula:
        return line.how
    return f"по формуле: {line.how}" if line.how else "по формуле"


def money(line: IndicatorLine) -> str:
    """Return «потрачено 110 000 из 150 000 ₽»; "" where nothing is said."""
    from app.analysis.programme_values import money_text, roubles

    if line.spent_kopecks is None and line.planned_kopecks is None:
        return ""
    if line.spent_kopecks is None:
        return f"запланировано {roubles(line.planned_kopecks)}"
    if line.planned_kopecks is None:
        return f"потрачено {roubles(line.spent_kopecks)}"
    return f"потрачено {money_text(line.spent_kopecks)} из {roubles(line.planned_kopecks)}"


def helpers(line: IndicatorLine) -> str:
    """Return how many activities work for it."""
    return count(line.activities, "мероприятие", "мероприятия", "мероприятий") if line.activities else "ни одного"
