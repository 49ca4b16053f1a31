"""Sentences of notes and reports, made from whole counts: short, plain, agreeing with every number.

Nothing here reads a file: numbers come in, words come out, so that every form can be checked by hand (decision 38).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.analysis.russian import agree, small_start
from app.texts import NBSP, capital, glue, grouped, percent, plural, quoted

MOST_NAMES = 8
"""Names that a sentence lists; the rest are said as a number."""


def counted(number: int, one: str, few: str, many: str, what: str = "") -> str:
    """Return a predicate with its number: «вошла 1 школа», «вошли 2 школы», «вошло 5 школ».

    Args:
        number: a whole number.
        one: the predicate with 1.
        few: with 2–4.
        many: with 5 and more.
        what: adjectives and a noun in the nominative singular; "" leaves the bare number.
    """
    word = plural(number, one, few, many)
    return f"{word}{NBSP}{agree(number, what)}" if what else f"{word}{NBSP}{grouped(number)}"


def of_whole(part: int, whole: int, phrase: str) -> str:
    """Return a part of a whole: «41 из 58 мероприятий», «1 из 21 мероприятия»."""
    return f"{grouped(part)} из{NBSP}{agree(whole, phrase, 'genitive')}"


def with_share(part: int, whole: int) -> str:
    """Return «8 из 27 (29,6 %)»; «нет данных» of none."""
    return f"{grouped(part)} из{NBSP}{grouped(whole)} ({percent(part, whole)})" if whole else "нет данных"


def names(found: Sequence[str], most: int = MOST_NAMES) -> str:
    """Return names by commas, the last after «и»; the rest of a long list as a number."""
    if len(found) > most:
        return f"{', '.join(found[:most])} и{NBSP}ещё {len(found) - most}"
    if len(found) < 2:
        return "".join(found)
    return f"{', '.join(found[:-1])} и{NBSP}{found[-1]}"


def _none(word: str) -> str:
    """Return «ни один не достигнут»."""
    return f"ни{NBSP}один не{NBSP}{word}"


# --- the list ----------------------------------------------------------------------------------------------------


def list_moves(came: Sequence[str], left: Sequence[str], year: int) -> str:
    """Return who came to the list and who left it against the year before; "" where nothing is known."""
    against = f"по{NBSP}сравнению с{NBSP}{year}{NBSP}годом"
    if not came and not left:
        return glue(f"Состав списка {against} не изменился.")
    parts = []
    if left:
        parts.append(f"из списка {counted(len(left), 'вышла', 'вышли', 'вышли', 'школа')}: {names(left)}")
    if came:
        parts.append(f"{counted(len(came), 'вошла', 'вошли', 'вошли', 'школа')}: "
                     f"{names(came)}")  # fmt: skip
    told = "; ".join(parts)
    return glue(f"{capital(against)} {told}.")


# --- execution ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Done:
    """How many activities stand where; they add up to ``total``."""

    total: int
    done: int = 0
    part: int = 0
    running: int = 0
    late: int = 0
    soon: int = 0
    planned: int = 0
    moved: int = 0
    cancelled: int = 0
    no_term: int = 0


def execution(year: int, found: Done) -> str:
    """Return the state of a plan of a year in one sentence."""
    if not found.total:
        return f"На{NBSP}{year}{NBSP}год в{NBSP}плане нет мероприятий."
    parts = [f"выполнено {found.done}" if found.done else f"ни{NBSP}одно не{NBSP}выполнено"]
    if found.part:
        parts.append(f"частично выполнено {found.part}")
    if found.late:
        parts.append(f"просрочено {found.late}")
    if found.running + found.soon + found.planned:
        parts.append(f"впереди или в{NBSP}работе {found.running + found.soon + found.planned}")
    if found.moved:
        parts.append(f"перенесено {found.moved}")
    if found.cancelled:
        parts.append(f"отменено {found.cancelled}")
    if found.no_term:
        parts.append(f"без понятного срока {found.no_term}")
    whole = agree(found.total, "мероприятие", "genitive")
    return glue(f"Из{NBSP}{whole} {year}{NBSP}года {', '.join(parts)}.")


def execution_of_school(found: Done) -> str:
    """Return the state of a school's activities in one sentence."""
    rest = found.total - found.done - found.part - found.late
    parts = [f"выполнено {found.done}" if found.done else f"ни{NBSP}одно не{NBSP}выполнено"]
    if found.part:
        parts.append(f"частично {found.part}")
    if found.late:
        parts.append(f"просрочено {found.late}")
    if rest:
        parts.append(
            f"остальные {rest} впереди, в{NBSP}работе, перенесены или отменены" if rest > 1 else "одно впереди"
        )
    whole = agree(found.total, "мероприятие", "genitive")
    return glue(f"Из{NBSP}{whole} программы для школы {', '.join(parts)}.")


def late(items: Sequence[tuple[str, int]], most: int = 5) -> str:
    """Return what is late with its days: «Просрочены: 1.2 «…» (на 12 дней).»; "" of nothing."""
    if not items:
        return ""
    told = "; ".join(f"{name} — на{NBSP}{agree(days, 'день', 'accusative')}" for name, days in items[:most])
    rest = f"; и{NBSP}ещё {len(items) - most}" if len(items) > most else ""
    return glue(f"{'Просрочено' if len(items) == 1 else 'Просрочены'}: {told}{rest}.")


def without_reason(number: int) -> str:
    """Return of how many late activities nobody said why; "" of none."""
    if not number:
        return ""
    return glue(f"Причина не названа у{NBSP}{agree(number, 'просроченное мероприятие', 'genitive')}.")


# --- indicators --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Lights:
    """How many indicators have which light; they add up to ``total``."""

    total: int
    reached: int = 0
    near: int = 0
    behind: int = 0
    no_target: int = 0
    no_data: int = 0


def indicators(year: int, found: Lights) -> str:
    """Return the lights of a year in one sentence."""
    if not found.total:
        return "Индикаторов в программе нет."
    if found.no_data == found.total:
        whole = f"всем {agree(found.total, 'индикатор', 'dative')}" if found.total > 1 else "единственному индикатору"
        return glue(f"По{NBSP}{whole} данных за{NBSP}{year} год нет.")
    parts = [counted(found.reached, "достигнут", "достигнуты", "достигнуто") if found.reached else _none("достигнут")]
    if found.near:
        parts.append(f"почти {counted(found.near, 'достигнут', 'достигнуты', 'достигнуто')}")
    if found.behind:
        parts.append(counted(found.behind, "отстаёт", "отстают", "отстаёт"))
    if found.no_target:
        parts.append(f"без цели на год {found.no_target}")
    if found.no_data:
        parts.append(f"нет данных по{NBSP}{agree(found.no_data, 'индикатор', 'dative').split(NBSP)[0]}")
    whole = agree(found.total, "индикатор", "genitive")
    return glue(f"Из{NBSP}{whole} {year}{NBSP}года {', '.join(parts)}.")


def behind(name: str, value: str, target: str) -> str:
    """Return one indicator that falls behind with its value and target."""
    return glue(f"Отстаёт {name}: {value} при цели {target}.")


# --- decisions ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Points:
    """How many points of decisions stand where; ``open``: not finished, not late. They add up to ``total``."""

    total: int
    done: int = 0
    late: int = 0
    open: int = 0
    not_done: int = 0
    withdrawn: int = 0


def decisions(found: Points) -> str:
    """Return how decisions are carried out in one sentence."""
    if not found.total:
        return "Решений с поручениями за этот учебный год нет."
    parts = [counted(found.done, "выполнен", "выполнены", "выполнено") if found.done else _none("выполнен")]
    if found.late:
        parts.append(counted(found.late, "просрочен", "просрочены", "просрочено"))
    if found.not_done:
        parts.append(f"не {counted(found.not_done, 'выполнен', 'выполнены', 'выполнено')}")
    if found.open:
        parts.append(f"в{NBSP}работе {found.open}")
    if found.withdrawn:
        parts.append(counted(found.withdrawn, "снят", "сняты", "снято"))
    return glue(f"Из{NBSP}{agree(found.total, 'пункт', 'genitive')} решений {', '.join(parts)}.")


def not_done_reasons(items: Sequence[tuple[str, str]], most: int = 4) -> str:
    """Return why decisions were not carried out: «п. 2: нет средств»; "" of nothing."""
    if not items:
        return ""
    told = "; ".join(f"{name}: {reason.rstrip('.')}" for name, reason in items[:most])
    return glue(f"Причины невыполнения — {told}.")


# --- the base ----------------------------------------------------------------------------------------------------


def legal_base(covered: int, needed: int, gaps: Sequence[str]) -> str:
    """Return for how many topics a document is in force, and for which there is none."""
    if not needed:
        return "Тем, которым нужен документ, нет."
    if not gaps:
        return glue(f"Действующие документы есть по{NBSP}всем {agree(needed, 'тема', 'dative')}.")
    if not covered:
        return glue(f"Ни{NBSP}по{NBSP}одной из{NBSP}{agree(needed, 'тема', 'genitive')} нет действующего документа.")
    told = f"Действующий документ есть по{NBSP}{agree(covered, 'тема', 'dative')} из{NBSP}{grouped(needed)}"
    return glue(f"{told}. Не обеспечены темы: {'; '.join(small_start(gap) for gap in gaps)}.")


def sufficiency(tasks: int, verdicts: Sequence[tuple[str, int]]) -> str:
    """Return what is said of the tasks of a programme: «Из 4 задач: достаточно — 1, судить рано — 3.»."""
    told = ", ".join(f"{word} — {number}" for word, number in verdicts)
    return glue(f"Хватает ли мероприятий (задач всего {tasks}): {told}.")


def expired(number: int) -> str:
    """Return how many documents have run out."""
    return glue(f"Срок истёк у{NBSP}{agree(number, 'документ', 'genitive')}.")


# --- support -----------------------------------------------------------------------------------------------------


def partnerships(number: int, listed: int, helped: int) -> str:
    """Return agreements in force and how many schools of the list have one."""
    if not number:
        return "Действующих соглашений о партнёрстве нет."
    verb = plural(number, "Действует", "Действуют", "Действует")
    told = f"{verb} {agree(number, 'соглашение')} о{NBSP}партнёрстве"
    if not listed:
        return glue(f"{told}.")
    if not helped:
        return glue(f"{told}; ни{NBSP}у{NBSP}одной школы списка партнёра нет.")
    return glue(f"{told}; партнёр есть у{NBSP}{of_whole(helped, listed, 'школа')} списка.")


def expired_agreements(number: int) -> str:
    """Return how many of the agreements are past their last day."""
    return glue(f"Из этих соглашений срок истёк у{NBSP}{number}.")


def led(number: int, listed: int) -> str:
    """Return how many schools of the list somebody leads."""
    if not number:
        return glue(
            f"Ни{NBSP}у{NBSP}одной из{NBSP}{agree(listed, 'школа', 'genitive')} списка нет куратора или тьютора."
        )
    return glue(f"Куратор или тьютор есть у{NBSP}{of_whole(number, listed, 'школа')} списка.")


def events(held: int, total: int) -> str:
    """Return how many joint events were held."""
    if not held:
        return glue(f"Ни{NBSP}одно из{NBSP}{agree(total, 'совместное мероприятие', 'genitive')} пока не проведено.")
    return glue(f"Партнёры провели {of_whole(held, total, 'совместное мероприятие')}.")


def closed_deficits(closed: int, total: int) -> str:
    """Return how many deficits the support card answers."""
    if not closed:
        whole = agree(total, "профессиональный дефицит", "genitive")
        return glue(f"Ни{NBSP}один из{NBSP}{whole} не закрыт картой адресной помощи.")
    return glue(f"Картой адресной помощи закрыто {of_whole(closed, total, 'профессиональный дефицит')}.")


def covered_factors(covered: int, total: int) -> str:
    """Return how many risk factors have measures."""
    if not covered:
        return glue(f"Ни{NBSP}по{NBSP}одному из{NBSP}{agree(total, 'фактор', 'genitive')} риска меры не назначены.")
    return glue(f"Меры назначены по{NBSP}{agree(covered, 'фактор', 'dative')} риска из{NBSP}{grouped(total)}.")


def own_risks(high: Sequence[str], total: int) -> str:
    """Return the grave factors of a school's risk profile."""
    whole = agree(total, "фактор", "genitive")
    if not high:
        return glue(f"В{NBSP}рисковом профиле нет факторов высокой значимости, всего {agree(total, 'фактор')}.")
    told = "; ".join(quoted(name) for name in high)
    return glue(f"Высокая значимость у{NBSP}{len(high)} из{NBSP}{whole} рискового профиля: {told}.")


def trained(number: int, year: str) -> str:
    """Return how many people were trained in a school year."""
    verb = plural(number, "прошёл", "прошли", "прошли")
    return glue(f"Курсы за {year} учебный год {verb} {agree(number, 'человек')}.")


def donors(found: Sequence[str]) -> str:
    """Return who helps a school by agreement."""
    if not found:
        return "Соглашения о партнёрстве у школы нет."
    verb = "помогает" if len(found) == 1 else "помогают"
    return glue(f"Школе по соглашению {verb}: {names(found)}.")


def supporters(found: Sequence[str]) -> str:
    """Return who leads a school."""
    if not found:
        return "Куратор и тьютор школе не назначены."
    return glue(f"Школу ведёт {found[0]}." if len(found) == 1 else f"Школу ведут {names(found)}.")


def school_deficits(found: Sequence[str]) -> str:
    """Return the deficits of a school's teachers."""
    known = plural(len(found), "Известен", "Известны", "Известно")
    told = "; ".join(found[:MOST_NAMES]) + (
        f"; и{NBSP}ещё {len(found) - MOST_NAMES}" if len(found) > MOST_NAMES else ""
    )
    return glue(f"{known} {agree(len(found), 'профессиональный дефицит')}: {told}.")


# --- recommendations ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Used:
    """How many recommendations were carried out, partly, not, or nobody has looked."""

    yes: int = 0
    part: int = 0
    no: int = 0
    unmarked: int = 0


def used(total: int, found: Used, year: str) -> str:
    """Return what became of last year's recommendations in one sentence."""
    forms = ("выполнена", "выполнены", "выполнено")
    parts = [counted(found.yes, *forms) if found.yes else f"ни{NBSP}одна не{NBSP}выполнена"]
    if found.part:
        parts.append(f"частично {counted(found.part, *forms)}")
    if found.no:
        parts.append(f"не {counted(found.no, *forms)}")
    if found.unmarked:
        parts.append(f"пока без отметки {found.unmarked}")
    return glue(f"Из{NBSP}{agree(total, 'рекомендация', 'genitive')} {year} учебного года {', '.join(parts)}.")


def recommended(total: int, sent: int) -> str:
    """Return how many recommendations there are and how many were sent."""
    told = f"{plural(total, 'Составлена', 'Составлены', 'Составлено')} {agree(total, 'рекомендация')}"
    if not sent:
        return glue(f"{told}, {'она' if total == 1 else 'они'} ещё не {'отправлена' if total == 1 else 'отправлены'}.")
    return glue(f"{told}, {counted(sent, 'отправлена', 'отправлены', 'отправлено')}.")


def inside(text: str) -> str:
    """Return a sentence as a part of another one: a small letter at its beginning."""
    return small_start(text)


def weak_skills(number: int, shown: Sequence[str]) -> str:
    """Return how many skills are a deficit of a school, and the weakest of them."""
    told = f"В{NBSP}зоне дефицита {agree(number, 'умение')}"
    return glue(f"{told}; труднее всего: {'; '.join(small_start(name) for name in shown)}." if shown else f"{told}.")


def work_of_school(label: str, told: str, municipality: str, *, small: bool) -> str:
    """Return a school's figure of a work beside the municipality's."""
    beside = f", по{NBSP}муниципалитету {municipality}" if municipality else ""
    doubt = " Мало детей, вывод ненадёжен." if small else ""
    return glue(f"{label}: ниже минимума {told}{beside}.{doubt}")


def subject(name: str) -> str:
    """Return a subject as part of a sentence: «по предмету «Математика»»."""
    return f"по{NBSP}предмету {quoted(name)}"
