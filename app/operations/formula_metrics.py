"""The catalogue of metrics that a formula of an indicator may name, with what narrows them; reading one of them.

Every metric gives its value together with the lines it is made of, down to the stored cell. Keys that indicators of
the library keep («list.share», «below.vpr.ma») are short names of whole formulas.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from app.analysis.formula_grammar import FormulaFault, MetricCall, Parsed, fault, metrics_of, parse
from app.analysis.formula_value import Given
from app.operations import formula_own_work as own
from app.operations import formula_schools as of_schools
from app.operations import formula_work as work
from app.operations.formula_facts import Facts, Parameters, Reading
from app.operations.register_work_events import EVENT_WORDS

Read = Callable[[Facts, Parameters], Reading]


@dataclass(frozen=True, slots=True)
class ParameterSpec:
    """What may narrow a metric.

    Attributes:
        key: as it is written: «предмет».
        hint: what it means, one clause.
        many: several values may be named, with commas.
        usual: what is meant where it is left out.
    """

    key: str
    hint: str
    usual: str
    many: bool = False


@dataclass(frozen=True, slots=True)
class MetricSpec:
    """One metric.

    Attributes:
        name: as it is written in a formula.
        group: where it stands in the list.
        words: what it counts, one sentence.
        parameters: keys of ``PARAMETERS`` it takes; ``needs`` those it can't do without.
        steady: it changes only when results of a year come: what it says now it says at the end of the year.
    """

    name: str
    group: str
    words: str
    read: Read
    parameters: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    steady: bool = False


PARAMETERS: Mapping[str, ParameterSpec] = {
    item.key: item
    for item in (
        ParameterSpec("школы", "какие школы считать", "список; если списка нет, все"),
        ParameterSpec("год", "за какой год", "этот"),
        ParameterSpec("учебный год", "какой учебный год брать", "последний, в котором есть строки"),
        ParameterSpec("процедура", "чьи результаты", "все процедуры", many=True),
        ParameterSpec("предмет", "по какому предмету", "все предметы", many=True),
        ParameterSpec("класс", "какие классы: 5, 6 или 5-8", "все классы", many=True),
        ParameterSpec("порог", "с какого процента считать, от 0 до 100", "30"),
        ParameterSpec("форма", "какой чек-лист", ""),
        ParameterSpec("уровень", "название уровня в чек-листе", ""),
        ParameterSpec("вид", "вид курсов", "все курсы"),
        ParameterSpec("кто", "чьи дефициты", "все"),
        ParameterSpec("чьи", "чьи планы", ""),
        ParameterSpec("сведение", "какое сведение из паспорта школ", ""),
        ParameterSpec("помощь", "какая помощь", "вся помощь"),
        ParameterSpec("событие", "события какой формы", "все формы"),
    )
}
_FIXED: Mapping[str, tuple[str, ...]] = {
    "школы": ("список", "все", "вне списка"),
    "учебный год": ("последний", "начался", "закончился"),
    "процедура": ("ВПР", "ОГЭ", "ЕГЭ", "РПР", "НИКО"),
    "вид": ("переподготовка", "повышение квалификации"),
    "кто": ("учителя", "руководители", "специалисты сопровождения"),
    "чьи": ("учителя", "ученики"),
    "помощь": tuple(own.HELP_KINDS),
    "событие": tuple(EVENT_WORDS.values()),
}
_WORKS = ("процедура", "предмет", "класс", "школы", "год")
_SUPPORT = ("школы", "учебный год")


def _spec(
    name: str, group: str, words: str, read: Read, parameters: tuple[str, ...] = (), needs: tuple[str, ...] = (), *,
    steady: bool = False,
) -> MetricSpec:  # fmt: skip
    return MetricSpec(name, group, words, read, parameters, needs, steady)


_SCHOOLS, _RESULTS, _FORMS, _PLAN = "Школы", "Результаты", "Чек-листы", "План"
_DECISIONS, _COURSES, _HELP, _OTHER = "Решения", "Курсы", "Поддержка", "Прочее"
_WORK = "Работа методистов"
METRICS: Mapping[str, MetricSpec] = {
    item.name: item
    for item in (
        _spec("школ", _SCHOOLS, "Сколько школ.", of_schools.schools, ("школы",)),
        _spec("школ в списке", _SCHOOLS, "Сколько школ в списке школ с низкими результатами.", of_schools.listed,
              ("год",), steady=True),
        _spec("школ с ответом", _SCHOOLS, "О скольких школах известно, в списке они или нет.", of_schools.answered,
              ("год",), steady=True),
        _spec("школ ушло из списка", _SCHOOLS, "Сколько школ прошлогоднего списка нет в списке этого года.",
              of_schools.left, ("год",), steady=True),
        _spec("школ в неблагоприятных условиях", _SCHOOLS, "Сколько школ работает в неблагоприятных условиях.",
              of_schools.adverse, ("год",), steady=True),
        _spec("школ с ответом об условиях", _SCHOOLS, "О скольких школах известны условия работы.",
              of_schools.adverse_answered, ("год",), steady=True),
        _spec("участников", _RESULTS, "Сколько участников.", of_schools.participants, _WORKS, steady=True),
        _spec("участников ниже минимума", _RESULTS, "Сколько участников не достигло минимума.", of_schools.below,
              _WORKS, steady=True),
        _spec("участников с известным минимумом", _RESULTS, "О скольких участниках известно, достигли ли минимума.",
              of_schools.below_whole, _WORKS, steady=True),
        _spec("участников с 4 и 5", _RESULTS, "Сколько участников с отметками «4» и «5».", of_schools.good, _WORKS,
              steady=True),
        _spec("участников с отметками", _RESULTS, "У скольких участников известны отметки.", of_schools.good_whole,
              _WORKS, steady=True),
        _spec("средний балл", _RESULTS, "Средний балл всех участников.", of_schools.mean, _WORKS,
              ("процедура", "предмет"), steady=True),
        _spec("школ от порога", _RESULTS, "В скольких школах доля ниже минимума не меньше порога.",
              of_schools.weak_schools, (*_WORKS, "порог"), steady=True),
        _spec("школ с результатами", _RESULTS, "Сколько школ с результатами.", of_schools.schools_with_results, _WORKS,
              steady=True),
        _spec("школ с улучшением", _RESULTS, "В скольких школах доля ниже минимума меньше, чем годом раньше.",
              of_schools.better, _WORKS, steady=True),
        _spec("школ с результатами за два года", _RESULTS, "Сколько школ с результатами обоих лет.",
              of_schools.both_years, _WORKS, steady=True),
        _spec("принятых ответов", _FORMS, "Сколько принятых ответов с уровнем.", of_schools.answers, ("форма",),
              ("форма",)),
        _spec("ответов с высоким уровнем", _FORMS, "Сколько принятых ответов с высшим уровнем.", of_schools.high,
              ("форма",), ("форма",)),
        _spec("ответов с уровнем", _FORMS, "Сколько принятых ответов с названным уровнем.", of_schools.of_level,
              ("форма", "уровень"), ("форма", "уровень")),
        _spec("средние баллы", _FORMS, "Среднее число баллов в принятых ответах.", of_schools.mean_points, ("форма",),
              ("форма",)),
        _spec("мероприятий", _PLAN, "Сколько мероприятий в плане года, и без срока тоже.", work.activities, ("год",)),
        _spec("мероприятий выполнено", _PLAN, "Сколько из них выполнено.", work.activities_done, ("год",)),
        _spec("мероприятий к сроку", _PLAN, "У скольких из них срок уже наступил.", work.activities_due, ("год",)),
        _spec("мероприятий выполнено в срок", _PLAN, "Сколько из наступивших выполнено в срок.",
              work.activities_in_time, ("год",)),
        _spec("участников мероприятий", _PLAN, "Сколько человек участвовало.", work.activity_people, ("год",)),
        _spec("школ в мероприятиях", _PLAN, "Сколько школ участвовало хотя бы раз.", work.activity_schools,
              ("школы", "год")),
        _spec("израсходовано", _PLAN, "Сколько рублей израсходовано.", work.spent, ("год",)),
        _spec("пунктов решений", _DECISIONS, "Сколько пунктов решений со сроком в этом году.", work.decisions,
              ("год",)),
        _spec("пунктов к сроку", _DECISIONS, "У скольких пунктов срок наступил.", work.decisions_due, ("год",)),
        _spec("пунктов выполнено", _DECISIONS, "Сколько из наступивших выполнено.", work.decisions_done, ("год",)),
        _spec("пунктов выполнено в срок", _DECISIONS, "Сколько из наступивших выполнено в срок.",
              work.decisions_in_time, ("год",)),
        _spec("обучено на курсах", _COURSES, "Сколько человек обучено.", work.courses_people,
              ("школы", "вид", "учебный год")),
        _spec("школ с обученными", _COURSES, "Из скольких школ учились.", work.courses_schools, _SUPPORT),
        _spec("школ с партнёром", _HELP, "Сколько школ со школой-партнёром.", work.partnered, ("школы",)),
        _spec("соглашений", _HELP, "Сколько соглашений о партнёрстве действует.", work.agreements, ("учебный год",)),
        _spec("школ с соглашением", _HELP, "Сколько школ с действующим соглашением.", work.agreement_schools,
              _SUPPORT),
        _spec("совместных мероприятий", _HELP, "Сколько совместных мероприятий прошло.", work.joint_events,
              ("учебный год",)),
        _spec("школ с куратором", _HELP, "Сколько школ с куратором или тьютором.", work.led, ("школы",)),
        _spec("человек с дефицитами", _HELP, "У скольких человек есть дефицит.", work.deficit_people,
              ("кто", "предмет", *_SUPPORT)),
        _spec("человек спрошено о дефицитах", _HELP, "Сколько человек спросили.", work.deficit_asked,
              ("кто", "предмет", *_SUPPORT)),
        _spec("планов нужно", _HELP, "Сколько индивидуальных планов нужно.", work.plans_needed, ("чьи", *_SUPPORT),
              ("чьи",)),
        _spec("планов составлено", _HELP, "Сколько планов составлено.", work.plans_made, ("чьи", *_SUPPORT),
              ("чьи",)),
        _spec("планов выполнено", _HELP, "Сколько планов выполнено.", work.plans_done, ("чьи", *_SUPPORT), ("чьи",)),
        _spec("мер по рискам", _HELP, "Сколько мер по факторам риска.", work.risk_measures, ("учебный год",)),
        _spec("мер по рискам выполнено", _HELP, "Сколько из них выполнено.", work.risk_measures_done,
              ("учебный год",)),
        _spec("строк адресной помощи", _HELP, "Сколько строк в картах адресной помощи.", work.support_lines,
              ("учебный год",)),
        _spec("адресной помощи оказано", _HELP, "Сколько из них выполнено.", work.support_done, ("учебный год",)),
        _spec("помощи оказано", _WORK, "Сколько раз помогли школам по журналу помощи.", own.helped,
              ("помощь", "школы", "год")),
        _spec("школ с помощью", _WORK, "Скольким школам помогли хотя бы раз.", own.helped_schools,
              ("помощь", "школы", "год")),
        _spec("человек получило помощь", _WORK, "Скольким разным людям помогли, не менее.", own.helped_people,
              ("помощь", "школы", "год")),
        _spec("событий прошло", _WORK, "Сколько событий прошло.", own.events_held, ("событие", "год")),
        _spec("человек на событиях", _WORK, "Сколько разных людей участвовало в событиях, не менее.",
              own.event_people, ("событие", "школы", "год")),
        _spec("школ на событиях", _WORK, "Из скольких школ приходили на события.", own.event_schools,
              ("событие", "школы", "год")),
        _spec("подключений", _WORK, "Сколько было подключений к событиям; к людям они не прибавляются.",
              own.connections, ("событие", "год")),
        _spec("объединений", _WORK, "Сколько объединений работало.", own.bodies, ("год",)),
        _spec("заседаний объединений", _WORK, "Сколько заседаний они провели.", own.meetings, ("год",)),
        _spec("практик принято", _WORK, "Сколько практик и разработок принято в банк.", own.practices,
              ("школы", "год")),
        _spec("школ внедрило практики", _WORK, "Сколько школ внедрило чужие практики.", own.adopting,
              ("школы", "год")),
        _spec("наставнических пар", _WORK, "Сколько наставнических пар работало.", own.pairs, ("школы", "год")),
        _spec("молодых педагогов", _WORK, "Сколько молодых педагогов.", own.young, _SUPPORT),
        _spec("молодых педагогов с наставником", _WORK, "У скольких из них есть наставник.", own.mentored, _SUPPORT),
        _spec("школ со своей программой", _OTHER, "Сколько школ с утверждённой программой на этот год.",
              work.school_programmes, ("школы",)),
        _spec("сумма по школам", _OTHER, "Сумма сведения из паспорта школ.", work.metric_sum,
              ("сведение", "школы", "год"), ("сведение",)),
        _spec("школ со сведением", _OTHER, "У скольких школ оно заполнено.", work.metric_schools,
              ("сведение", "школы", "год"), ("сведение",)),
    )
}  # fmt: skip


# --- keys of the library -----------------------------------------------------------------------------------------

_ALIASES: Mapping[str, str] = {
    "list.share": "доля([школ в списке]; [школ с ответом])",
    "list.count": "[школ в списке]",
    "list.left": "доля([школ ушло из списка]; [школ в списке; год: прошлый])",
    "list.better": "доля([школ с улучшением]; [школ с результатами за два года])",
    "list.adverse": "доля([школ в неблагоприятных условиях]; [школ с ответом об условиях])",
    "partners.share": "доля([школ с партнёром; школы: список]; [школ; школы: список])",
    "programmes.share": "доля([школ со своей программой; школы: список]; [школ; школы: список])",
    "courses.count": "[обучено на курсах]",
}
_EXAMS = {"vpr": "ВПР", "oge": "ОГЭ", "ege": "ЕГЭ"}
_SUBJECTS = {"ma": "Математика", "ru": "Русский язык"}
_PAIRS = {
    "below": ("участников ниже минимума", "участников с известным минимумом"),
    "good": ("участников с 4 и 5", "участников с отметками"),
}


def expression(formula: str) -> str:
    """Return the formula that a key of the library stands for; any other text as it is."""
    text = formula.strip()
    if text in _ALIASES:
        return _ALIASES[text]
    name, _dot, rest = text.partition(".")
    exam, _dot, subject = rest.partition(".")
    if name in _PAIRS and exam in _EXAMS and subject in _SUBJECTS:
        tail = f"процедура: {_EXAMS[exam]}; предмет: {_SUBJECTS[subject]}"
        part, whole = _PAIRS[name]
        return f"доля([{part}; {tail}]; [{whole}; {tail}])"
    if name == "level" and rest and not rest.startswith(" "):
        return f"доля([ответов с высоким уровнем; форма: {rest}]; [принятых ответов; форма: {rest}])"
    return text


# --- reading -----------------------------------------------------------------------------------------------------


def normal(name: str) -> str:
    """Return a name as names are compared: small letters, «е» for «ё», single spaces."""
    return " ".join(name.replace("\u00a0", " ").split()).casefold().replace("ё", "е")


_BY_NAME = {normal(item.name): item for item in METRICS.values()}


def find(name: str) -> MetricSpec | None:
    """Return a metric by its name, however it is spelled."""
    return _BY_NAME.get(normal(name))


def choices(facts: Facts, key: str) -> tuple[tuple[str, str], ...]:
    """Return (as shown, as written) values of a parameter to choose from; none where any text fits."""
    if key in _FIXED:
        return tuple((word, word) for word in _FIXED[key])
    if key == "год":
        years = [str(year) for year in facts.result_years]
        return (("этот", "этот"), ("прошлый", "прошлый"), *((year, year) for year in years))
    if key == "предмет":
        return tuple((word, word) for word in facts.subjects)
    if key == "форма":
        return facts.keep("forms", lambda: _forms(facts))
    if key == "сведение":
        return facts.keep("metrics", lambda: _figures(facts))
    return ()


def _forms(facts: Facts) -> tuple[tuple[str, str], ...]:
    from app.operations import forms

    return tuple((one.form.title, one.form.id) for one in forms.listing(facts.connection) if one.form.scores)


def _figures(facts: Facts) -> tuple[tuple[str, str], ...]:
    from app.operations import metrics

    known = metrics.catalogue(facts.connection).metrics
    return tuple((metric.short, metric.code) for metric in known if metric.kind in {"count", "number"})


def checked(facts: Facts | None, text: str) -> Parsed:
    """Read a formula and name what it says wrong: unknown metrics, parameters that do not fit.

    Without ``facts`` (no file at hand) the values of parameters are taken on trust.
    """
    found = parse(text)
    if found.node is None:
        return found
    faults: list[FormulaFault] = []
    for call in metrics_of(found.node):
        faults += _faults(facts, call)
    return Parsed(text, None, tuple(faults)) if faults else found


def _faults(facts: Facts | None, call: MetricCall) -> list[FormulaFault]:
    spec = find(call.name)
    if spec is None:
        like = get_close_matches(normal(call.name), _BY_NAME, 1, 0.5)
        maybe = f"Может быть, «{_BY_NAME[like[0]].name}»? " if like else ""
        return [fault("MON_FORMULA_METRIC", call.start, call.end, name=call.name, maybe=maybe)]
    found = []
    for name, value in call.parameters:
        key = normal(name).replace("учебныи", "учебный")
        if key not in spec.parameters:
            known = f"Есть: {', '.join(spec.parameters)}." if spec.parameters else "Уточнений у него нет."
            found.append(fault("MON_FORMULA_PARAMETER", call.start, call.end, metric=spec.name, name=name,
                               known=known))  # fmt: skip
        elif facts is not None and (can := _unfit(facts, key, value)) is not None:
            found.append(fault("MON_FORMULA_VALUE", call.start, call.end, name=key, value=value, known=can))
    if facts is not None and "уровень" in spec.parameters:
        found += _level_faults(facts, call)
    have = {normal(name) for name, _value in call.parameters}
    for key in spec.needs:
        if key not in have:
            known = (_some(choices(facts, key)) if facts is not None else "") or PARAMETERS[key].hint
            found.append(fault("MON_FORMULA_NEEDS", call.start, call.end, metric=spec.name, name=key, known=known))
    return found


def _level_faults(facts: Facts, call: MetricCall) -> list[FormulaFault]:
    """Name a level that the form does not have: it would count for nought for ever."""
    told = {normal(name): value for name, value in call.parameters}
    known = levels(facts, _canonical(facts, "форма", told.get("форма", "")))
    value = told.get("уровень", "")
    if not value or not known or normal(value) in {normal(one) for one in known}:
        return []
    return [fault("MON_FORMULA_VALUE", call.start, call.end, name="уровень", value=value, known=", ".join(known))]


def levels(facts: Facts, form_id: str) -> tuple[str, ...]:
    """Return the names of the levels of a form, each once."""
    from app.operations import forms

    found = [one.form for one in forms.listing(facts.connection) if one.form.id == form_id]
    return tuple(dict.fromkeys(level.text for form in found for score in form.scores for level in score.levels))


def _some(offered: Sequence[tuple[str, str]], most: int = 8) -> str:
    words = [written for _shown, written in offered]
    return ", ".join(words[:most]) + (" …" if len(words) > most else "")


def _unfit(facts: Facts, key: str, value: str) -> str | None:
    """Return what a parameter may be where its value does not fit; None where it does."""
    if key == "уровень":
        return None if value else PARAMETERS[key].hint
    if key == "порог":
        plain = value.replace(",", ".").replace(".", "", 1)
        fits = plain.isascii() and plain.isdigit() and float(value.replace(",", ".")) <= 100
        return None if fits else "число от 0 до 100"
    if key == "класс":
        return None if _grades_fit(value) else "5, 6 или 5-8"
    if key == "год" and value.isascii() and value.isdigit():
        return None if 2000 <= int(value) <= 2100 else "этот, прошлый, 2025"
    offered = choices(facts, key)
    words = {normal(word) for pair in offered for word in pair}
    said = value.split(",") if PARAMETERS[key].many else [value]
    return None if all(normal(one) in words for one in said) else _some(offered)


def _grades_fit(value: str) -> bool:
    ends = [end.strip() for one in value.split(",") for end in one.replace("–", "-").split("-", 1)]
    return all(end.isascii() and end.isdigit() and 1 <= int(end) <= 12 for end in ends)


def read(facts: Facts, call: MetricCall) -> Reading:
    """Return what a metric gives; the formula was checked before."""
    spec = _BY_NAME[normal(call.name)]
    told = {normal(name): value for name, value in call.parameters}
    canonical = {key: _canonical(facts, key, value) for key, value in told.items() if value}
    return facts.keep(("read", spec.name, tuple(sorted(canonical.items()))), lambda: spec.read(facts, canonical))


def _canonical(facts: Facts, key: str, value: str) -> str:
    """Return a value as metrics know it: the id of a form, the code of a figure, words as they are offered."""
    known = {normal(word): written for shown, written in choices(facts, key) for word in (shown, written)}
    if PARAMETERS[key].many:
        return ", ".join(known.get(normal(one), one.strip()) for one in value.split(","))
    return known.get(normal(value), value)


def given(facts: Facts, call: MetricCall) -> Given:
    """Return a metric as evaluation wants it."""
    found = read(facts, call)
    return Given(found.value, found.words)


def steady(parsed: Parsed) -> bool:
    """Tell whether a formula is made of yearly results only: it will not change before the next ones."""
    if parsed.node is None:
        return False
    specs = [find(call.name) for call in metrics_of(parsed.node)]
    return bool(specs) and all(spec is not None and spec.steady for spec in specs)
