"""What the file knows for an order: words in their cases, terms, grounds, annexes made of papers that exist already."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from app.errors import UserError
from app.models import lists, people, results, settings
from app.models import ties as tie_rows
from app.models.erasure import ERASED
from app.models.people import Body, Person
from app.models.store import Connection
from app.operations import legal_base, programmes, registers, workday
from app.operations.order_templates import Template, places
from app.operations.paper_choices import whole
from app.texts import NBSP, glue, ru_date, school_year

if TYPE_CHECKING:
    from app.analysis.russian import Case
    from app.operations.identification import SchoolList
    from app.reports.document import Block, Document

Blocks = Callable[[], "Annexed"]
NOBODY = "Муниципальной методической службе"
PAIRED = frozenset({"existing", "agreed", "planned"})
"""States of a tie that an order may approve; a planned one is just what it is made for."""


@dataclass(frozen=True, slots=True)
class Annexed:
    """Blocks of an annex and whether its page lies."""

    blocks: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known for one order.

    Attributes:
        words: place of a template → what stands there.
        annexes: key of an annex → what makes it; only those that have something to show.
        lacks: sentences on what the file does not have, with what to do.
        snapshot_id: frozen data behind an annex.
    """

    words: Mapping[str, str]
    annexes: Mapping[str, Blocks] = field(default_factory=dict)
    lacks: tuple[str, ...] = ()
    snapshot_id: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What an order is made of: the school year, what was chosen, the day its terms are counted from."""

    school_year: int
    values: Mapping[str, str]
    begun: date

    def key(self, name: str) -> int | None:
        """Return a chosen key; None where nothing fitting was chosen."""
        return whole(self.values.get(name, ""))


class _Made:
    """Facts while they are gathered."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.words: dict[str, str] = {}
        self.annexes: dict[str, Blocks] = {}
        self.lacks: list[str] = []
        self.snapshot: int | None = None


def facts(connection: Connection, template: Template, asked: Asked) -> Facts:
    """Return what the file knows for an order.

    Args:
        connection: reading connection; annexes are made with it when they are asked for.
        template: of the order.
        asked: see ``Asked``.
    """
    made = _Made(asked)
    _common(connection, made)
    _terms(connection, template, made)
    _KINDS.get(template.kind, _nothing)(connection, made)
    return Facts(made.words, made.annexes, tuple(made.lacks), made.snapshot)


def _nothing(_connection: Connection, _made: _Made) -> None:
    """A template without facts of its own."""


# --- words -------------------------------------------------------------------------------------------------------


def _common(connection: Connection, made: _Made) -> None:
    from app.analysis import russian

    values = settings.get_all(connection)
    place = values["municipality_genitive"] or russian.inflect(values["municipality"], "genitive")
    made.words |= {
        "label": values["schools_label"], "school_year": school_year(made.asked.school_year).split(NBSP)[0],
        "municipality_genitive": place, "organisation": values["organisation"],
        "organisation_genitive": issuer(connection), "responsible_dative": NOBODY,
    }  # fmt: skip
    if not values["organisation"]:
        made.lacks.append("Организация не указана: впишите её в «Настройках», она стоит в заголовке.")
    if not values["signer_name"]:
        made.lacks.append("Не сказано, кто подписывает: внесите его в «Подписывающие…».")
    who = responsible(connection, made.asked)
    if who is not None:
        made.words["responsible_dative"] = named(who, "dative")
        made.words["responsible_accusative"] = named(who, "accusative")
    else:
        made.lacks.append("Ответственный не выбран: поручения записаны за методической службой.")


def issuer(connection: Connection) -> str:
    """Return who issues the orders, in the genitive."""
    from app.analysis import russian

    return russian.small_start(russian.inflect(settings.get(connection, "organisation"), "genitive"))


def responsible(connection: Connection, asked: Asked) -> Person | None:
    """Return who is chosen to do it; else who prepares the papers, where the setting names a person."""
    chosen = asked.key("responsible")
    if chosen is not None:
        return person(connection, chosen)
    parts = [part.strip() for part in settings.get(connection, "executor").split(",")]
    if len(parts[0].split()) != 3:
        return None
    known = next((one for one in people.people(connection) if one.full_name == parts[0]), None)
    post = parts[1] if len(parts) > 1 and not any(sign.isdigit() for sign in parts[1]) else None
    return known or Person(0, parts[0], post, None, None, None)


def person(connection: Connection, key: int | None) -> Person | None:
    """Return a person of the directory."""
    return next((one for one in people.people(connection) if one.id == key), None)


def named(who: Person, case: Case) -> str:
    """Return «Ракитиной Е. В., методисту муниципальной методической службы»."""
    from app.analysis import russian

    words = russian.person(who.full_name, case, own=who.name_cases).split()
    if len(words) == 3 and not any("." in word for word in words):
        words = [words[0], f"{words[1][0]}.", f"{words[2][0]}."]
    name = NBSP.join(words)
    return f"{name}, {russian.post(who.position, case)}" if who.position else name


def _terms(connection: Connection, template: Template, made: _Made) -> None:
    """Days of the template: «day:14» is two weeks on, «day:06-15» the next 15 June; never on a day off."""
    calendar = workday.load(connection)
    for step in template.points:
        for place in places(step.text):
            if place.startswith("day:"):
                made.words[place] = ru_date(calendar.before(_term(place.partition(":")[2], made.asked)))


def _term(told: str, asked: Asked) -> date:
    if told.isdigit():
        return asked.begun + timedelta(days=int(told))
    month, day = (int(part) for part in told.split("-"))
    return date(asked.school_year if month >= 8 else asked.school_year + 1, month, day)


# --- grounds -----------------------------------------------------------------------------------------------------


def grounds(connection: Connection, template: Template, asked: Asked) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return acts that the preamble refers to, in the instrumental, and sentences on those that are missing."""
    from app.analysis import russian

    base = legal_base.table(connection, asked.school_year, asked.begun)
    rows = {row["id"]: row for row in registers.rows(connection, "acts")}
    found, lacks = [], []
    for topic in template.grounds:
        line = next(item for item in base.lines if item.topic.key == topic)
        acts = [act for act in line.acts if act.current and act.school_id is None and rows[act.id]["number"]]
        told = _act_words(rows[acts[0].id], russian) if acts else _of_list(connection) if topic == "list" else ""
        if told:
            found.append(told)
        else:
            lacks.append(f"В правовой базе нет документа «{line.topic.title}»: в преамбуле его нет.")
    return tuple(found), tuple(lacks)


def _act_words(row: Mapping[str, Any], russian: Any) -> str:
    kind = russian.inflect((row["kind"] or "документ").strip().lower(), "instrumental")
    by = f" {russian.small_start(russian.inflect(row['issuer'], 'genitive'))}" if row["issuer"] else ""
    dated = f" от{NBSP}{ru_date(row['dated'])}" if row["dated"] else ""
    title = f" «{row['title'].strip()}»" if row["title"] else ""
    return f"{kind}{by}{dated} №{NBSP}{row['number']}{title}"


def _of_list(connection: Connection) -> str:
    """Return the order that approved the newest list, in the instrumental; its issuer is kept in the genitive."""
    found = [item for item in lists.approvals(connection) if item.state == "approved" and item.order_number]
    if not found:
        return ""
    item = max(found, key=lambda one: one.order_date)
    by = f" {item.issuer}" if item.issuer else ""
    dated = f"от{NBSP}{ru_date(item.order_date)} №{NBSP}{item.order_number}"
    return f"приказом{by} {dated} об утверждении списка школ за {item.year}{NBSP}год"


# --- kinds -------------------------------------------------------------------------------------------------------


def _chosen_list(connection: Connection, made: _Made) -> SchoolList | None:
    from app.operations import identification

    years = results.years(connection)
    year = made.asked.key("year") or next((item for item in years if item <= made.asked.school_year), None)
    rule_id = made.asked.values.get("rule") or settings.get(connection, "rule")
    if year is None:
        made.lacks.append("Результатов в файле нет: список школ не составить. Загрузите их на вкладке «Результаты».")
        return None
    made.words["result_year"] = str(year)
    try:
        return identification.school_list(connection, rule_id, year, with_change=False)
    except UserError as error:
        made.lacks.append(error.what)
        return None


def _list(connection: Connection, made: _Made) -> None:
    from app.operations import papers

    found = _chosen_list(connection, made)
    if found is None:
        return
    if not found.totals.listed:
        made.lacks.append("В списке нет ни одной школы: приказ утверждать нечего.")
        return
    if found.approval is None:
        made.lacks.append("Список ещё не утверждён: в приложении стоят вычисленные сегодня данные.")
    else:
        made.snapshot = found.approval.snapshot_id
    made.words["list"] = str(found.totals.listed)
    rule_id, year = found.rule.id, found.year
    made.annexes["list"] = lambda: _of_paper(papers.school_list(connection, rule_id, year).document)


def _start(connection: Connection, made: _Made) -> None:
    found = _chosen_list(connection, made)
    if found is not None:
        made.words["rule"] = found.rule.title


def day_of(iso: str) -> date:
    """Return a day by its ISO text."""
    return date.fromisoformat(iso[:10])


def body(connection: Connection, asked: Asked) -> Body | None:
    """Return the group an order is about: the chosen one, else the one made last."""
    found = [item for item in people.bodies(connection) if item.date_to is None]
    chosen = asked.key("body")
    if chosen is not None:
        return next((item for item in found if item.id == chosen), None)
    return max(found, key=lambda item: item.date_from or "", default=None)


def charged(connection: Connection, kind: str, asked: Asked) -> list[Person]:
    """Return the people whom an order of a kind names in its annex: members of the group, curators."""
    if kind == "group":
        return [who for _role, who in _members(connection, body(connection, asked))]
    if kind == "curators":
        known = _named_people(connection)
        return [known[key] for key, _role in _supporters(connection, asked) if key in known]
    return []


def _named_people(connection: Connection) -> dict[int, Person]:
    """Return the people of the directory without those erased on request."""
    return {one.id: one for one in people.people(connection) if one.full_name != ERASED}


def _members(connection: Connection, chosen: Body | None) -> list[tuple[str, Person]]:
    if chosen is None:
        return []
    known = _named_people(connection)
    found = [(role, known[key]) for _id, key, _name, role, _from, until in chosen.members if not until and key in known]
    return sorted(found, key=lambda item: (_rank(item[0]), item[1].full_name))


def _group(connection: Connection, made: _Made) -> None:
    members = _members(connection, body(connection, made.asked))
    if not members:
        made.lacks.append("Состав группы не внесён: откройте «Люди и группы» и добавьте группу с участниками.")
        return
    for role, who in members:
        place = next((word for start, word in _ROLES if role.casefold().startswith(start)), "")
        if place:
            case: Case = "accusative" if place == "chair_accusative" else "dative"
            made.words.setdefault(place, named(who, case))
    made.words["group"] = str(len(members))
    made.annexes["group"] = lambda: Annexed(_group_table(members))


_ROLES = (("председ", "chair_accusative"), ("руковод", "chair_accusative"), ("секрет", "secretary_dative"))


def _rank(role: str) -> int:
    told = role.casefold()
    order = ("председ", "руковод", "замест", "секрет")
    return next((place for place, word in enumerate(order) if told.startswith(word)), len(order))


def _group_table(members: Iterable[tuple[str, Person]]) -> tuple[Block, ...]:
    from app.reports.document import Column, Group, Row, Table

    rows = tuple(
        Row((number, who.full_name, glue(who.position or ""), role))
        for number, (role, who) in enumerate(members, start=1)
    )
    columns = (Column("№", 8, "right"), Column("Фамилия, имя, отчество", 58), Column("Должность", 70),
               Column("Кто в группе", 40))  # fmt: skip
    return (Table("Состав группы", columns, (Group(rows),)),)


def _supporters(connection: Connection, asked: Asked) -> dict[tuple[int, str], list[str]]:
    """Return (person, role) → names of the schools they have on the day."""
    names, day = _school_names(connection), asked.begun.isoformat()
    found: dict[tuple[int, str], list[str]] = {}
    for row in registers.rows(connection, "supporters"):
        if not row["date_to"] or row["date_to"] >= day:
            found.setdefault((row["person_id"], row["role"]), []).append(names.get(row["organisation_id"], ""))
    return found


def _curators(connection: Connection, made: _Made) -> None:
    known = _named_people(connection)
    found = {one: names for one, names in _supporters(connection, made.asked).items() if one[0] in known}
    if not found:
        made.lacks.append("Кураторы не внесены: откройте «Поддержка» → «Тьюторы и кураторы».")
        return
    made.words["curators"] = str(len(found))
    if any(role.casefold().startswith("тьютор") for _key, role in found):
        made.words["tutors"] = "1"
    rows = [(known[key], role, sorted(names)) for (key, role), names in found.items()]
    rows.sort(key=lambda item: (item[1], item[0].full_name))
    made.annexes["curators"] = lambda: Annexed(_curator_table(rows))


def _curator_table(found: Iterable[tuple[Person, str, list[str]]]) -> tuple[Block, ...]:
    from app.reports.document import Column, Group, Lines, Row, Table

    rows = tuple(
        Row((number, who.full_name, who.position, role, Lines(tuple(schools))))
        for number, (who, role, schools) in enumerate(found, start=1)
    )
    columns = (Column("№", 8, "right"), Column("Фамилия, имя, отчество", 46), Column("Должность", 46),
               Column("Кто он школе", 26), Column("Школы", 54))  # fmt: skip
    return (Table("Кураторы и тьюторы", columns, (Group(rows),)),)


def _school_names(connection: Connection) -> dict[int, str]:
    from app.models import organisations

    return {school.id: school.shown for school in organisations.listing(connection, own=None, kind=None)}


def _pairs(connection: Connection, made: _Made) -> None:
    found = [tie for tie in tie_rows.ties(connection, (made.asked.school_year,)) if tie.state in PAIRED]
    if not found:
        made.lacks.append("Пар на этот учебный год нет: откройте «Списки» → «Пары» и подберите их.")
        return
    found.sort(key=lambda tie: (tie.receiver, tie.donor, tie.subject or ""))
    made.words["pairs"] = str(len(found))
    made.annexes["pairs"] = lambda: Annexed(_pair_table(found))


def _pair_table(found: Iterable[tie_rows.Tie]) -> tuple[Block, ...]:
    from app.reports.document import Column, Group, Row, Table

    rows = tuple(
        Row((number, glue(tie.receiver), glue(tie.donor), glue(_topic(tie)), tie.note and glue(tie.note)))
        for number, tie in enumerate(found, start=1)
    )
    columns = (Column("№", 8, "right"), Column("Какой школе помогают", 48), Column("Кто помогает", 48),
               Column("Предмет и класс", 36), Column("Что делают вместе", 40))  # fmt: skip
    return (Table("Пары школ", columns, (Group(rows),)),)


def _topic(tie: tie_rows.Tie) -> str:
    grade = f"{tie.grade} класс" if tie.grade else ""
    return ", ".join(part for part in (tie.subject or "", grade) if part) or "все предметы"


def _programme_key(connection: Connection, made: _Made) -> int | None:
    key = made.asked.key("programme") or programmes.current(connection, made.asked.school_year)
    if key is None:
        made.lacks.append("Программы в файле нет: создайте её на вкладке «Программа».")
    return key


def _programme(connection: Connection, made: _Made) -> None:
    from app.operations import programme_papers

    key = _programme_key(connection, made)
    if key is None:
        # a title says what the order is about before there is a programme with a title of its own
        made.words["programme_genitive"] = "муниципальной программы"
        made.words["programme_accusative"] = "муниципальную программу"
        return
    head = programmes.head(connection, key)
    made.words["programme"] = head.title.strip()
    made.words["programme_genitive"] = programmes.title_in(head.title, head.document, "genitive")
    made.words["programme_accusative"] = programmes.title_in(head.title, head.document, "accusative")
    made.words["programme_years"] = f"{head.year_from}–{head.year_to}"
    made.snapshot = head.snapshot_id
    tree = programmes.tree(connection, key)
    if tree.activities:
        made.words["plan"] = "1"
        made.annexes["plan"] = lambda: _of_paper(programme_papers.paper(connection, key, "plan").document)
    if tree.indicators:
        made.words["indicators"] = "1"
        made.annexes["indicators"] = lambda: _of_paper(programme_papers.paper(connection, key, "indicators").document)
    if not tree.activities or not tree.indicators:
        made.lacks.append("В программе нет мероприятий или показателей: приложения неполные.")


def _monitoring(connection: Connection, made: _Made) -> None:
    from app.analysis.programme_numbers import numbers

    key = _programme_key(connection, made)
    if key is None:
        return
    tree = programmes.tree(connection, key)
    known, years = numbers(tree), (made.asked.school_year, made.asked.school_year + 1)
    rows = []
    for node in tree.nodes.values():
        own = tree.indicators.get(node.id)
        if own is not None:
            aims = [tree.targets.get(node.id, {}).get(year) for year in years]
            told = [(aim.raw or "") if aim is not None else "" for aim in aims]
            rows.append((known.get(node.id, ""), node.text, own.unit or "", *told, own.responsible or ""))
    if not rows:
        made.lacks.append("В программе нет показателей: перечень показателей мониторинга пуст.")
        return
    made.words["measures"] = str(len(rows))
    rows.sort(key=lambda row: [int(part) if part.isdigit() else 0 for part in row[0].split(".")])
    made.annexes["measures"] = lambda: Annexed(_measure_table(rows, years))


def _measure_table(found: Iterable[tuple[str, ...]], years: tuple[int, int]) -> tuple[Block, ...]:
    from app.reports.document import Column, Group, Row, Table

    columns = (
        Column("№", 14), Column("Показатель", 74), Column("Единица", 20),
        *(Column(f"План {year}", 20, "right") for year in years), Column("Кто отвечает", 34),
    )  # fmt: skip
    rows = tuple(Row(tuple(glue(value) or None for value in row)) for row in found)
    return (Table("Показатели мониторинга", columns, (Group(rows),)),)


def _of_paper(document: Document) -> Annexed:
    """Return what a paper says without its own end: an annex has no signatures and no contents of its own."""
    from app.reports.document import Contents, Executor, PageBreak, SignatureBlock

    own = [block for block in document.blocks if not isinstance(block, SignatureBlock | Executor | Contents)]
    while own and isinstance(own[0], PageBreak):
        own.pop(0)
    return Annexed(tuple(own), document.landscape)


_KINDS: Mapping[str, Callable[[Connection, _Made], None]] = {
    "list": _list, "start": _start, "group": _group, "curators": _curators, "pairs": _pairs, "programme": _programme,
    "monitoring": _monitoring,
}  # fmt: skip
