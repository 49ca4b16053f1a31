"""What is said of a pair: why this donor, what is not known, why a receiver remained without one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.analysis.pairs import Assigned, Match, Proposal, Receiver, Refusal, Result, TieFacts, Way
from app.analysis.pairs_model import PairsDefinition
from app.models.records import SUBJECT_SHORT
from app.texts import NBSP, count

SMALL = "мало детей, вывод ненадёжен"
STATE_WORDS: dict[str, str] = {
    "existing": "уже помогает",
    "planned": "предложена",
    "agreed": "есть договорённость",
    "declined": "отказ",
    "ended": "завершена",
}
REFUSAL_WORDS: dict[Refusal, str] = {
    "bias": "есть признаки необъективности за этот год",
    "consent": "помогать не согласна",
    "declined": "от этой пары отказались",
}
WHY_WORDS: dict[str, str] = {
    "strong": "ни одна школа вне списка не сильна там, где нужна помощь",
    "refused": "сильные там школы отпали: не согласны, отказались или есть признаки необъективности",
    "busy": "все подходящие доноры заняты",
}
_DATIVE = {
    "Русский язык": "русскому языку",
    "Математика": "математике",
    "Физика": "физике",
    "Химия": "химии",
    "Биология": "биологии",
    "География": "географии",
    "История": "истории",
    "Обществознание": "обществознанию",
    "Информатика": "информатике",
    "Литература": "литературе",
    "Окружающий мир": "окружающему миру",
    "Английский язык": "английскому языку",
    "Немецкий язык": "немецкому языку",
    "Французский язык": "французскому языку",
    "Иностранный язык": "иностранному языку",
}


def fraction(result: Result) -> str:
    """Return «12 из 31»."""
    return f"{result.below}{NBSP}из{NBSP}{result.participants}"


def place(result: Result) -> str:
    """Return «ВПР русский язык, 6 кл.: 12 из 31», with a word where there are few pupils."""
    small = f", {SMALL}" if result.sample == "<10" else ""
    return f"{result.assessment.label}: {fraction(result)}{small}"


def match_words(match: Match) -> str:
    """Return «ВПР русский язык, 6 кл.: здесь 12 из 31, у донора 2 из 48»."""
    small = f" ({SMALL})" if match.weak.sample == "<10" else ""
    return f"{match.weak.assessment.label}: здесь {fraction(match.weak)}{small}, у донора {fraction(match.strong)}"


def subject_of(subject: str | None, grade: int | None) -> str:
    """Return «русский, 6 кл.», «математика», «любой предмет»."""
    name = "любой предмет" if subject is None else SUBJECT_SHORT.get(subject, subject[:1].lower() + subject[1:])
    return f"{name}, {grade}{NBSP}кл." if grade else name


def by_subject(subject: str | None) -> str:
    """Return «по математике»; a subject without a known case stands in quotation marks; "" for any."""
    if subject is None:
        return ""
    return f"по {_DATIVE[subject]}" if subject in _DATIVE else f"по предмету «{subject}»"


def tie_words(tie: TieFacts) -> str:
    """Return «уже помогает по математике», «помогала в прошлом году», «отказ по русскому языку»."""
    grade = f", {tie.grade}{NBSP}кл." if tie.grade else ""
    about = f" {by_subject(tie.subject)}{grade}" if tie.subject else grade
    if tie.last_year:
        return f"в прошлом учебном году помогала{about}"
    return f"{STATE_WORDS[tie.state]}{about}"


def way_words(way: Way) -> str:
    """Return «12 км», «12 км, 20 мин»."""
    parts = [f"{way.km}{NBSP}км"] if way.km is not None else []
    parts += [f"{way.minutes}{NBSP}мин"] if way.minutes is not None else []
    return ", ".join(parts)


def number(value: float) -> str:
    """Return an index as «−0,8»."""
    text = f"{abs(value):.1f}".replace(".", ",")
    sign = "" if text == "0,0" else "+" if value > 0 else "−"
    return f"{sign}{text}"


def _context(proposal: Proposal, definition: PairsDefinition) -> str:
    first, second = proposal.index
    if first is None or second is None:
        return ""
    similar, of = definition.similar
    near = round(abs(first - second), 9) * of <= similar
    return f"{'похожий' if near else 'другой'} контекст: индекс {number(first)} и {number(second)}"


def reasons(proposal: Proposal, definition: PairsDefinition) -> tuple[str, ...]:
    """Return why this donor: each place, context, distance, likeness, ties, consent, places left."""
    said = [match_words(match) for match in proposal.matches]
    said.append(_context(proposal, definition))
    said.append(way_words(proposal.way) if proposal.way is not None else "")
    alike = proposal.part("alike").value
    said.append("похожа по типу, населённому пункту и числу учеников" if alike == 1 else "")
    said += [tie_words(tie) for tie in proposal.ties if tie.state != "ended" or tie.last_year]
    said.append("согласна помогать" if proposal.consent else "")
    if not proposal.free:
        said.append("уже занята: мест больше нет")
    return tuple(text for text in said if text)


def unknown(proposal: Proposal, definition: PairsDefinition) -> tuple[str, ...]:
    """Return what is not known of a pair: it gives no points, and it is said."""
    said = []
    if proposal.part("context").value is None:
        said.append("индекс контекста не вычислен")
    if proposal.part("near").value is None:
        said.append("расстояние не внесено")
    if proposal.part("alike").value is None:
        said.append("тип, населённый пункт и число учеников не сравнить")
    if proposal.consent is None:
        said.append("согласие не спрошено")
    if not proposal.capacity_known:
        schools = count(definition.capacity, "школу", "школы", "школ")
        said.append(f"скольким школам поможет, не сказано: считаем {schools}")
    return tuple(said)


def paragraph(proposal: Proposal, definition: PairsDefinition) -> str:
    """Return the reasons as one line; it is kept with a tie that is accepted."""
    return "; ".join(reasons(proposal, definition))


def why_none(row: Assigned, receiver: Receiver, names: Mapping[int, str]) -> str:
    """Return why a receiver remained without a donor, naming the donors that fell out."""
    text = WHY_WORDS[row.why]
    if row.why == "busy":
        busy = ", ".join(names[item.donor_id] for item in receiver.proposals[:3])
        return f"{text}: {busy}"
    if row.why == "refused":
        fell = "; ".join(f"{names[donor]} — {REFUSAL_WORDS[refusal]}" for donor, refusal in receiver.refused[:3])
        return f"нет подходящей школы: {fell}"
    return text


def left_open(proposal: Proposal, weak: Sequence[Result]) -> tuple[str, ...]:
    """Return the weak places that this donor can't help with."""
    covered = {match.weak.assessment for match in proposal.matches}
    return tuple(result.assessment.label for result in weak if result.assessment not in covered)
