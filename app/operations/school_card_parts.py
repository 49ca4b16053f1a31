"""Sections of a school's card that are told in lines; a section is there when the program can fill it.

A later subject adds its function to ``PARTS``; the screen, the paper and the
command show it without a change of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.models import card_facts, externals, forms
from app.models import metrics as metric_rows
from app.models.card_facts import StoredComparison, StoredDecision
from app.models.metric_cells import shown
from app.models.metrics import StoredMetric
from app.models.organisations import SchoolCard as RegistryCard
from app.models.store import Connection
from app.operations import metrics, projects, skills, ties
from app.operations.externals import KIND_WORDS, document_words
from app.operations.skills import TaskRow
from app.operations.tie_grids import STATE_WORDS
from app.reports.card_data import Answer, Line, Origin, Result, RiskProfile, Section, State, Way
from app.texts import DASH, NBSP, capital, count, glue, percent, ru_date, school_year

SELF_CHECK = "self_check"
"""Group of metrics that the self-diagnosis fills."""
CURATOR = "куратор"
_VACANCIES = {
    "vacancies_teachers": "учителя",
    "vacancies_psychologist": "психолог",
    "vacancies_defectologist": "дефектолог",
    "vacancies_speech_therapist": "логопед",
    "vacancies_social_worker": "социальный педагог",
    "vacancies_tutor": "тьютор",
}
MOST_WORSE = 2
"""Questions about works that got worse twice; the gravest come first."""
"""How the lines about markers of bias begin."""
_TONES: dict[str, State] = {"ok": "ok", "warn": "warn", "bad": "bad", "plain": "none"}
PAPER_STATES = {"registered": "не подписан", "signed": "подписан", "withdrawn": "отозван"}


@dataclass(frozen=True, slots=True)
class About:
    """The school a card is made of.

    Attributes:
        records: its record and those merged into it.
        listed: it is on the list of the file's rule.
        rule_id: that rule; None where there is no list.
    """

    connection: Connection
    kept: RegistryCard
    records: tuple[int, ...]
    school_year: int
    result_year: int | None
    listed: bool = False
    rule_id: str | None = None

    @property
    def school_id(self) -> int:
        """Return the key of the school."""
        return self.kept.school.id


# --- passport --------------------------------------------------------------------------------------------------


def passport(about: About) -> tuple[Line, ...]:
    """Return director, deputy, address, pupils, teachers, vacancies, curator; unknown ones say so."""
    school = about.kept.school
    registry = Way("registry")
    settlement, street = school.settlement or "", school.address or ""
    address = street if settlement in street else ", ".join(part for part in (settlement, street) if part)
    return (
        _post(about, "Директор", "директор"),
        _post(about, "Заместитель", "замест"),
        Line("Адрес", address or DASH, origin=Origin("organisation", school.id, "address"), way=registry),
        _pupils(about),
        _number(about, "Учителей", 2),
        _vacancies(about),
        _curator(about),
    )


def _post(about: About, label: str, start: str) -> Line:
    """Return who holds the post now, since when and the telephone."""
    post = next((p for p in about.kept.appointments if p.date_to is None and p.role.casefold().startswith(start)), None)
    if post is None:
        return Line(label, DASH, way=Way("registry"))
    since = f"с{NBSP}{post.date_from[:4]}{NBSP}года" if post.date_from else ""
    parts = [glue(post.person), since, post.phone or ""]
    return Line(label, ", ".join(part for part in parts if part), way=Way("registry"))


def _figures(about: About, place: int) -> dict[int, int]:
    """Return school year → pupils (place 1 of a row of years after its year) or teachers (2)."""
    years = [row[1:] for row in about.kept.years]
    own = {row[0]: row[place] for row in years if row[place] is not None}
    return {year: number for year, number in own.items() if number is not None}


def _pupils(about: About) -> Line:
    known, way = _figures(about, 1), Way("registry")
    present, before = known.get(about.school_year), known.get(about.school_year - 1)
    if present is None and before is None:
        return Line("Учеников", DASH, way=way)
    past = "" if before is None else f"в{NBSP}прошлом году {before}"
    if present is None:
        return Line("Учеников", f"{DASH} ({past})", way=way)
    return Line("Учеников", f"{present} ({past})" if past else str(present), way=way)


def _number(about: About, label: str, place: int) -> Line:
    known = _figures(about, place)
    year = max((year for year in known if year <= about.school_year), default=None)
    if year is None:
        return Line(label, DASH, way=Way("registry"))
    note = "" if year == about.school_year else f" ({school_year(year)})"
    return Line(label, f"{known[year]}{note}", way=Way("registry"))


def _values(about: About, codes: Sequence[str]) -> dict[str, StoredMetric]:
    """Return the latest values of some metrics, of this school year or the one before."""
    years = (about.school_year, about.school_year - 1)
    found = metric_rows.values(about.connection, years, codes)
    values: dict[str, StoredMetric] = {}
    for year in years:
        for code in codes:
            value = found.get((about.school_id, year, code))
            if value is not None and value.figures != (None, None, None):
                values.setdefault(code, value)
    return values


def _open_posts(about: About) -> list[tuple[str, str, StoredMetric]]:
    """Return (who, how many posts, value) of the vacancies that are above zero."""
    values = _values(about, list(_VACANCIES))
    found = []
    for code, word in _VACANCIES.items():
        value = values.get(code)
        if value is not None and (value.exact or "0").strip("0.") and not (value.exact or "").startswith("-"):
            found.append((word, shown("number", *value.figures), value))
    return found


def _vacancies(about: About) -> Line:
    way = Way("metric", "vacancies_teachers", about.school_year)
    posts, named = _open_posts(about), _values(about, ["subjects_vacant"]).get("subjects_vacant")
    subjects = named.exact or "" if named is not None else ""
    if posts:
        first = posts[0][2]
        words = "; ".join(f"{word} {DASH} {number}" for word, number, _value in posts)
        text = f"{words} ({subjects})" if subjects else words
        way = Way("metric", first.metric, first.school_year)
        return Line("Вакансии, ставок", text, state="warn", origin=_origin(first), way=way)
    if subjects:
        return Line("Вакансии", subjects, state="warn", way=Way("metric", "subjects_vacant", about.school_year))
    known = _values(about, list(_VACANCIES))
    return Line("Вакансии", "нет" if known else DASH, way=way)


def _origin(value: StoredMetric) -> Origin | None:
    """Return the stored row; a number that only stands in the school's card has none of its own."""
    return Origin("metric_value", value.id) if value.id else None


def _curator(about: About) -> Line:
    """Return the curator: a person appointed so, else the file's own column of that name."""
    post = next((p for p in about.kept.appointments if p.date_to is None and CURATOR in p.role.casefold()), None)
    own = next((raw for _key, title, raw in about.kept.custom if CURATOR in title.casefold()), "")
    text = post.person if post is not None else own
    return Line("Куратор", glue(text) if text else DASH, way=Way("registry"))


# --- sections ----------------------------------------------------------------------------------------------------


def journal(about: About) -> Section:
    """Return the comparison with the journal in the latest year it was made for, the most lowered first."""
    found = card_facts.comparisons(about.connection, about.records)
    found = [item for item in found if about.result_year is None or item.year <= about.result_year]
    latest = [item for item in found if item.year == found[0].year]
    latest.sort(key=lambda item: (-item.lowered / item.total if item.total else 0.0, item.assessment.label))
    return Section("journal", "Сравнение с журналом", tuple(_compared(item) for item in latest))


def _compared(item: StoredComparison) -> Line:
    text = (
        f"понизили {item.lowered}, подтвердили {item.confirmed}, повысили {item.raised} "
        f"из{NBSP}{item.total} ({percent(item.lowered, item.total)} понизили)"
    )
    when = f"осень {item.year}" if item.autumn else str(item.year)
    origin, way = Origin("journal_count", item.id), Way("results", year=item.year)
    return Line(f"{item.assessment.label}, {when}", text, origin=origin, way=way)


def outside(about: About) -> Section:
    """Return zone of risk, federal list and markers of bias, each with its document."""
    documents = {item.id: document_words(item.document) for item in externals.lists(about.connection)}
    lines = []
    for entry in externals.entries(about.connection, organisation_id=about.school_id):
        if entry.kind == "risk_profile":
            continue
        said = entry.raw or entry.value or "названа"
        text = f"{entry.item}: {said}" if entry.item else said
        label = f"{capital(KIND_WORDS[entry.kind])}, {entry.year}"
        note = documents.get(entry.list_id) or entry.title
        origin = Origin("external_entry", entry.id)
        lines.append(Line(label, text, note, _outside_state(entry.kind, entry.value), origin, Way("externals")))
    return Section("outside", "Внешние списки и признаки", tuple(lines), "школа не названа ни в одном списке")


def _outside_state(kind: str, value: str | None) -> State:
    if kind == "risk_zone":
        return {"высокая": "bad", "средняя": "warn"}.get(value or "", "none")  # type: ignore[return-value]
    return "warn" if kind == "federal_list" or value not in {None, "0"} else "none"


def self_check(about: About) -> Section:
    """Return the self-diagnosis «Школа Минпросвещения»: the level, then the directions."""
    group = metrics.catalogue(about.connection).group(SELF_CHECK)
    values = _values(about, [metric.code for metric in group])
    lines = []
    for metric in group:
        value = values.get(metric.code)
        if value is not None:
            text = shown(metric.kind, *value.figures)
            way = Way("metric", metric.code, value.school_year)
            note = "" if value.school_year == about.school_year else school_year(value.school_year)
            lines.append(Line(metric.short, text, note, origin=_origin(value), way=way))
    return Section("self_check", "Самодиагностика «Школа Минпросвещения»", tuple(lines))


def own_projects(about: About) -> Section:
    """Return the projects of the school year."""
    found = projects.listing(about.connection, year=about.school_year, school_id=about.school_id)
    lines = []
    for item in found:
        parts = [item.topic or "", item.act or "", item.note or ""]
        level = next((word for code, word in projects.LEVEL_WORDS.items() if code == item.level), "")
        note = ". ".join(part.rstrip(".") for part in parts if part)
        lines.append(Line(level or "проект", item.name, note, origin=Origin("school_project", item.id),
                          way=Way("projects")))  # fmt: skip
    return Section("projects", "Проекты года", tuple(lines), "школа не участвует в проектах")


def decisions(about: About) -> Section:
    """Return corrections and approvals of lists that concern the school."""
    found = card_facts.decisions(about.connection, about.records)
    return Section("decisions", "Решения", tuple(_decided(item) for item in found), "решений о школе нет")


def _decided(item: StoredDecision) -> Line:
    day, table = ru_date(item.dated), f"list_{item.kind}"
    place = "в списке" if item.listed else "не в списке"
    if item.kind == "correction":
        text = f"поправка экспертов: школа {place}"
        return Line(f"{day}, список {item.year}", text, item.words, "none", Origin(table, item.id), Way("list"))
    ended = "; утверждение отменено" if item.state == "cancelled" else ""
    text = f"список утверждён приказом №{NBSP}{item.words}: школа {place}{ended}"
    return Line(f"{day}, список {item.year}", text, origin=Origin(table, item.id), way=Way("list"))


def assigned(about: About) -> Section:
    """Return the points of decisions about the school, the most urgent first."""
    from app.operations import decision_card  # decisions are read only where a card asks for them

    return decision_card.section(about.connection, about.school_id, about.school_year)


def papers(about: About) -> Section:
    """Return the outgoing papers that name the school."""
    school = about.kept.school
    found = card_facts.naming(about.connection, about.records, sorted({school.name, school.shown}))
    lines = [
        Line(f"№{NBSP}{item.number}, {ru_date(item.registered_at)}", item.title, PAPER_STATES[item.state],
             way=Way("paper", str(item.number)))
        for item in found
    ]  # fmt: skip
    return Section("papers", "Документы", tuple(lines), "исходящих документов о школе нет")


def notes(about: About) -> Section:
    """Return the notes, those to be done first."""
    lines = []
    for key, text, day, done, at in sorted(about.kept.notes, key=lambda note: note[3]):
        state = "выполнено" if done else f"напомнить {ru_date(day)}" if day else ""
        lines.append(Line(ru_date(at), text, state, origin=Origin("note", key), way=Way("notes")))
    return Section("notes", "Заметки", tuple(lines), "заметок нет")


def explained(about: About) -> Section:
    """Return what was found unusual in the figures of the school and how it was explained."""
    lines = [
        Line(ru_date(item.created_at), item.text, item.actor, origin=Origin("data_explanation", item.id),
             way=Way("results") if item.subject.startswith("mark:") else Way("metric", item.subject.split(":")[-1]))
        for item in card_facts.explanations(about.connection, about.records)
    ]  # fmt: skip
    return Section("explained", "Пояснения к данным", tuple(lines), "пояснений нет")


def deficits(about: About) -> Section:
    """Return the tasks of the year that the school does worst, of those in the deficit zone."""
    lines = []
    if about.result_year is not None:
        rows = skills.of_school(about.connection, about.school_id, about.result_year).deficits
        lines = [_deficit(row) for row in sorted(rows, key=_done)]
    return Section("deficits", "Дефициты", tuple(lines), "заданий в зоне дефицита нет или отчётов по заданиям нет")


def _done(row: TaskRow) -> Fraction:
    value = None if row.own is None else row.own.value
    return Fraction(value.points, value.of) if value is not None and value.of else Fraction(1)


def _deficit(row: TaskRow) -> Line:
    around = row.municipality
    own = None if row.own is None else row.own.value
    parts = [] if own is None else [f"{own.points} из {own.of} баллов ({percent(own.points, own.of)})"]
    parts += [] if around is None else [f"в{NBSP}муниципалитете {percent(around.value.points, around.value.of)}"]
    key = None if row.own is None else row.own.row_id
    return Line(
        f"{row.task.work.label}, задание {row.task.number}", ", ".join(parts), row.task.outcome or "",
        origin=None if key is None else Origin("task_count", key), way=Way("results"),
    )  # fmt: skip


def helped(about: About) -> Section:
    """Return the ties of the school year: who helps the school and whom it helps."""
    lines = []
    for tie in ties.of_school(about.connection, about.school_id, about.school_year):
        receives = tie.receiver_id == about.school_id
        of = (tie.subject or "", f"{tie.grade}{NBSP}кл." if tie.grade else "", STATE_WORDS[tie.state])
        label, other = ("Помогает", tie.donor) if receives else ("Помощь получает", tie.receiver)
        note = ", ".join(part for part in of if part)
        lines.append(Line(label, other, note, origin=Origin("organisation_tie", tie.id), way=Way("ties")))
    return Section("ties", "Школа-партнёр", tuple(lines), "помощь других школ не записана")


def checklists(about: About) -> Section:
    """Return the last answer of the school to every form, with points and level; points always with their maximum."""
    title, nothing = "Чек-листы", "формы школе не отправляли"
    if not forms.any_round(about.connection):
        return Section("checklists", title, (), nothing)
    from app.operations import form_card  # forms are read only where a card asks for them

    lines = []
    for item in form_card.last_answers(about.connection, about.records):
        line = item.line
        tone: State = "none" if line.level is None or item.closed else _TONES[line.level.tone]
        state: State = "bad" if line.overdue or line.state == "with_errors" else tone
        way = Way("form", str(line.case.id), item.school_year)
        lines.append(Line(item.title, form_card.answer_text(item), school_year(item.school_year), state, way=way))
    return Section("checklists", title, tuple(lines), nothing)


def programme(about: About) -> Section:
    """Return the activities of the programmes and of the road map that cover the school."""
    from app.operations import programme_card  # a programme is read only where a card asks for it

    of_list = None if about.rule_id is None or about.result_year is None else (about.rule_id, about.result_year)
    return programme_card.section(about.connection, about.records, about.school_year, of_list, listed=about.listed)


def supported(about: About) -> Section:
    """Return agreements, tutors and curators, the support card, plans and courses of the school year."""
    from app.operations import support_parts

    return support_parts.supported(about)


def risk_measures(about: About) -> Section:
    """Return the measures by factor of risk and the factors without one."""
    from app.operations import support_parts

    return support_parts.risk_measures(about)


def way_of_year(about: About) -> Section:
    """Return the route of the school: its stage, steps that were held, what comes next."""
    from app.operations import route_pack  # steps are read only where a card asks for them

    return route_pack.section(about)


def practices(about: About) -> Section:
    """Return practices of the bank: what fits the deficits of the school, what it uses, its own experience."""
    from app.operations import practice_parts  # the bank is read only where a card asks for it

    return practice_parts.section(about)


def work(about: About) -> Section:
    """Return help given to the school, next steps, events its people came to, professional associations."""
    from app.operations import work_card  # the journal is read only where a card asks for it

    return work_card.section(about.connection, about.school_id, about.school_year)


PARTS: tuple[Callable[[About], Section], ...] = (
    journal, deficits, helped, supported, work, practices, risk_measures, outside, self_check, own_projects,
    checklists, programme, way_of_year, decisions, assigned, papers, notes, explained,
)  # fmt: skip
"""What fills the sections, in their order."""


def sections(about: About) -> tuple[Section, ...]:
    """Return every section that the program can fill."""
    return tuple(part(about) for part in PARTS)


def _asks(result: Result) -> bool:
    """Tell whether a second worse year is worth a question: the threshold is reached, or worse than around."""
    last, area = result.last, result.municipality
    if result.worse_twice() is None or last is None or last.below is None or last.small:
        return False
    return last.hit or (area is not None and last.below * area.participants > area.below * last.participants)


# --- questions -----------------------------------------------------------------------------------------------------


def questions(
    about: About, table: Sequence[Result], answer: Answer | None, risk: RiskProfile | None, parts: Sequence[Section]
) -> tuple[str, ...]:
    """Draft questions for a meeting: vacancies, a second worse year, grave factors of risk, markers of bias."""
    asked = []
    posts = _open_posts(about)
    if posts:
        words = ", ".join(f"{word} ({number})" for word, number, _value in posts)
        asked.append(f"Кто и когда займёт вакантные ставки: {words}?")
    for result in [result for result in table if _asks(result)][:MOST_WORSE]:
        worse = result.worse_twice()
        if worse is not None:
            counts = ", ".join(f"{item.below} из {item.participants}" for item in worse)
            asked.append(f"Почему второй год подряд хуже: {result.label} ({counts})?")
    if risk is not None and risk.high():
        high = risk.high()
        names = "; ".join(factor.short[:1].lower() + factor.short[1:] for factor in high[:3])
        more = f" и ещё {count(len(high) - 3, 'фактор', 'фактора', 'факторов')}" if len(high) > 3 else ""
        asked.append(f"Что делается по факторам риска с высокой значимостью: {names}{more}?")
    marked = next((s for s in parts if s.key == "outside"), None)
    bias = (
        [line for line in marked.lines if line.label.startswith("Признаки") and line.state == "warn"] if marked else []
    )
    if bias:
        asked.append("Как школа объясняет признаки необъективности и что изменит в проведении работ?")
    if answer is not None and answer.word == "нет данных":
        asked.append(f"Почему в файле нет результатов школы за {answer.year} год?")
    return tuple(glue(text) for text in asked)
