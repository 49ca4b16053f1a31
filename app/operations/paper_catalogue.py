"""What papers there are: one description for the centre, the commands, the register and the package (domain, §8).

A kind names its settings; every value is kept as text, so that the centre remembers it, a command takes it and a recipe
of the register makes the same paper again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from app.errors import UserError
from app.models import journal, paper_setup
from app.models.store import Connection, Store
from app.operations.papers import Paper, Recipe
from app.texts import quoted, ru_date, school_year

SettingKind = Literal[
    "rule",
    "result_year",
    "task_year",
    "school_year",
    "plan_year",
    "programme",
    "school",
    "group",
    "form",
    "form_used",
    "questionnaire",
    "round",
    "case",
    "subject",
    "sheet",
    "document",
    "meeting",
    "period",
    "month",
    "year",
    "span",
    "work",
    "task_work",
    "works",
    "whom",
    "practice",
    "practice_subject",
    "mentor_pair",
    "methodist",
    "calendar",
    "direction",
    "body",
    "choice",
    "flag",
    "text",
    "event",
    "coming",
    "attended",
    "guest",
    "activity",
]
"""What a setting is chosen from; ``offers`` answers all of them but «flag» (1 or 0) and «text»."""
Values = Mapping[str, str]
Options = tuple[tuple[str, str], ...]
"""(value, word) that a setting is chosen from."""
Offers = Mapping[str, Options]
"""Key of a setting → (value, word) that it is chosen from."""
IMPERSONAL = "without_people"
"""In a recipe: the paper was made without names of people."""
Maker = Callable[[Connection, Values, date], Paper]
Many = Callable[[Connection, Values, Iterable[str], date], Iterator[Paper]]


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of a kind.

    Attributes:
        key: of its value.
        title: in the window.
        kind: what it is chosen from.
        choices: of a «choice»: (value, word).
        optional: may stay empty.
        usual: value before anybody has chosen; empty: the usual one of what is offered.
        empty: the word for an optional setting that is left empty.
        when: (key of a setting before it, values with which this one means something); ("", ()) always.
        hidden: only recipes have it: other pages choose it, the centre does not ask for it.
    """

    key: str
    title: str
    kind: SettingKind
    choices: Options = ()
    optional: bool = False
    usual: str = ""
    empty: str = "не выбрано"
    when: tuple[str, tuple[str, ...]] = ("", ())
    hidden: bool = False

    def meant(self, values: Values) -> bool:
        """Tell whether the setting means something beside these values."""
        key, wanted = self.when
        return not key or values.get(key, "") in wanted


@dataclass(frozen=True, slots=True)
class PaperKind:
    """One kind of paper.

    Attributes:
        key: what recipes, commands and the register call it.
        group: heading it stands under in the centre.
        title: name in the centre.
        says: one sentence on what it is and for whom.
        settings: in the order they are asked for.
        make: makes it; errors are those of the operation behind it.
        each: key of the setting over which a batch goes (one paper a school); empty where there is none.
        personal: it names people (the impersonal export takes them out).
        many: makes papers of several values of ``each`` where what they share is worth counting once.
        words: further words that the search of the centre finds it by.
    """

    key: str
    group: str
    title: str
    says: str
    settings: tuple[Setting, ...]
    make: Maker
    each: str = ""
    personal: bool = False
    many: Many | None = None
    words: str = ""

    def setting(self, key: str) -> Setting:
        """Return a setting.

        Raises:
            UserError: ``OUT_NO_SETTING``.
        """
        found = next((item for item in self.settings if item.key == key), None)
        if found is None:
            known = ", ".join(item.key for item in self.settings if not item.hidden) or "нет ни одной"
            raise UserError("OUT_NO_SETTING", title=self.title, key=key, known=known)
        return found


@dataclass(frozen=True, slots=True)
class Settled:
    """What can be chosen for a paper and what is: values that are no longer offered have given way to usual ones."""

    offers: Offers
    values: dict[str, str]


GROUPS: tuple[tuple[str, str], ...] = (
    ("list", "Список и согласование"),
    ("orders", "Приказы"),
    ("school", "О школе"),
    ("programme", "Программа"),
    ("forms", "Чек-листы и анкеты"),
    ("monitoring", "Мониторинг"),
    ("support", "Поддержка"),
    ("work", "Работа методиста"),
)
"""Headings of the centre in their order."""


def kinds() -> tuple[PaperKind, ...]:
    """Return every kind, group by group."""
    from app.operations import paper_kinds

    return paper_kinds.KINDS


def kind(key: str) -> PaperKind:
    """Return one kind.

    Raises:
        UserError: ``OUT_KIND``.
    """
    found = next((item for item in kinds() if item.key == key), None)
    if found is None:
        raise UserError("OUT_KIND", kind=key)
    return found


def settled(connection: Connection, item: PaperKind, values: Values, day: date, *, kept: bool = False) -> Settled:
    """Return what can be chosen, setting by setting, each given what is chosen before it.

    Args:
        connection: reading connection.
        item: the kind.
        values: what is wanted; a value that is not offered gives way to the usual one.
        day: what counts as today.
        kept: the values are those of last time: a month or a year that is no longer offered is not asked for.
    """
    from app.operations import paper_choices

    offered: dict[str, Options] = {}
    chosen: dict[str, str] = {}
    for one in item.settings:
        wanted = values.get(one.key)
        if one.hidden or one.kind in {"flag", "text"}:
            chosen[one.key] = one.usual if wanted is None else wanted
            continue
        found = paper_choices.offer(connection, one, chosen, day)
        offered[one.key] = (("", one.empty), *found.options) if one.optional else found.options
        known = {value for value, _word in offered[one.key]}
        if wanted and wanted not in known and not kept:
            offered[one.key] += paper_choices.beyond(one, wanted)
            known = {value for value, _word in offered[one.key]}
        wishes = (one.usual,) if one.optional else (one.usual, found.usual)
        usual_one = next((value for value in wishes if value and value in known), "")
        if not usual_one and not one.optional and found.options:
            usual_one = found.options[0][0]
        chosen[one.key] = wanted if wanted is not None and wanted in known else usual_one
    return Settled(offered, chosen)


def offers(connection: Connection, item: PaperKind, values: Values, day: date) -> dict[str, Options]:
    """Return key of a setting → (value, word) that it is chosen from, given what is chosen before it."""
    return dict(settled(connection, item, values, day).offers)


def usual(connection: Connection, item: PaperKind, day: date) -> dict[str, str]:
    """Return the values a kind begins with: those of last time that are still offered, else the usual ones."""
    return settled(connection, item, kept(connection, item), day, kept=True).values


def kept(connection: Connection, item: PaperKind) -> dict[str, str]:
    """Return the values of last time."""
    known = paper_setup.of_kind(connection, item.key)
    return {one.key: known[one.key] for one in item.settings if one.key in known and not one.hidden}


def remember(store: Store, item: PaperKind, values: Values) -> None:
    """Keep the values of a kind for the next time; no step of undo of its own.

    It is a habit, not work: Ctrl+Z passes over it, further choices of the same kind join the same line of the history,
    and where a step taken back could still be put forth again, nothing is kept, so that this step is not lost.
    """
    new = {one.key: values[one.key] for one in item.settings if one.key in values and not one.hidden}
    was = paper_setup.of_kind(store.connection, item.key)
    if all(was.get(key) == value for key, value in new.items()):
        return
    if journal.redo_candidate(store.connection) is not None:
        return
    label = f"Запомнены настройки документа {quoted(item.title)}"
    with store.operation(label, "paper.setup", reversible=False, merge=f"paper.setup:{item.key}") as operation:
        paper_setup.put(operation, item.key, new)


def refuse_unready(item: PaperKind, values: Values) -> None:
    """Check that everything a paper needs is chosen.

    Raises:
        UserError: ``OUT_SETTING``.
    """
    for one in item.settings:
        if not one.optional and one.kind not in {"flag", "text"} and one.meant(values) and not values.get(one.key):
            raise UserError("OUT_SETTING", title=item.title, setting=one.title, hint=hint(one))


def hint(one: Setting) -> str:
    """Return what to do where there is nothing to choose a setting from."""
    from app.operations import paper_choices

    return paper_choices.HINTS.get(one.kind, "Выберите значение.")


def make(connection: Connection, key: str, values: Values, day: date, *, impersonal: bool = False) -> Paper:
    """Make a paper and put round it what is kept for its kind; it carries its recipe.

    Args:
        connection: reading connection.
        key: of the kind.
        values: of its settings.
        day: what counts as today.
        impersonal: without the names of people.

    Raises:
        UserError: ``OUT_KIND``, ``OUT_SETTING``; others of the operation behind the kind.
    """
    item = kind(key)
    refuse_unready(item, values)
    paper = _finished(connection, item, values, item.make(connection, values, day), day)
    return _without_people(connection, paper) if impersonal else paper


def _without_people(connection: Connection, paper: Paper) -> Paper:
    """Return a paper without names; its recipe says so, so that it is made again without them."""
    from app.operations import impersonal

    bare, _replaced = impersonal.without_people(connection, paper)
    recipe = paper.recipe
    return replace(bare, recipe=recipe and replace(recipe, values=(*recipe.values, (IMPERSONAL, "1"))))


def is_impersonal(paper: Paper) -> bool:
    """Tell whether a paper was made without the names of people."""
    return paper.recipe is not None and (IMPERSONAL, "1") in paper.recipe.values


def again(connection: Connection, recipe: Recipe, day: date) -> Paper:
    """Make a paper of the register anew: the same settings and what was put round it then, the data of today.

    Raises:
        UserError: as ``make``.
    """
    item, values = kind(recipe.kind), dict(recipe.values)
    refuse_unready(item, values)
    paper = _finished(connection, item, values, item.make(connection, values, day), day, recipe.dress)
    return _without_people(connection, paper) if values.get(IMPERSONAL) == "1" else paper


@dataclass(frozen=True, slots=True)
class Prepared:
    """A paper of the centre with what it was chosen from, or why there is none."""

    settled: Settled
    paper: Paper | None
    error: UserError | None = None


def prepared(
    connection: Connection, item: PaperKind, values: Values | None, day: date, *, impersonal: bool = False
) -> Prepared:
    """Return what can be chosen for a paper and the paper itself; without values it begins as last time."""
    found = settled(connection, item, kept(connection, item) if values is None else values, day)
    try:
        return Prepared(found, make(connection, item.key, found.values, day, impersonal=impersonal))
    except UserError as error:
        return Prepared(found, None, error)


def _finished(
    connection: Connection, item: PaperKind, values: Values, paper: Paper, day: date, kept_dress: str | None = None
) -> Paper:
    """Return a paper with its dress (that of the kind, or another), its recipe, its time and whom it is for."""
    from app.operations import paper_dress

    dress = paper_dress.of_kind(connection, item.key) if kept_dress is None else paper_dress.from_text(kept_dress)
    document = paper_dress.dressed(connection, paper.document, dress, day)
    # what the maker has settled itself (which draft of an order) stays with the paper
    own = dict(paper.recipe.values) if paper.recipe is not None else {}
    told = ((one.key, values.get(one.key) or own.get(one.key, "")) for one in item.settings)
    values_kept = tuple((key, value) for key, value in told if value)
    recipe = Recipe(item.key, values_kept, paper_dress.as_text(dress))
    period = paper.period or period_words(item, values)
    addressee = paper.addressee or (values.get("whom", "") if item.key == "recommendations" else "")
    return replace(paper, document=document, recipe=recipe, period=period, addressee=addressee)


def period_words(item: PaperKind, values: Values) -> str:
    """Return what time a paper tells about by its settings: «2026 год», «2026/27 учебный год»; "" where none says."""
    for one in item.settings:
        value = values.get(one.key, "")
        if not value or not one.meant(values) or one.key.endswith("2"):
            continue
        if one.kind in {"result_year", "task_year", "plan_year", "year"} and value.isdigit():
            return f"{value} год"
        if one.kind == "school_year" and value.isdigit():
            return f"{school_year(int(value))} учебный год"
        if one.kind in {"period", "month"}:
            from app.operations import workday

            return workday.period(value).title
        if one.kind == "span":
            first, _, last = value.partition("..")
            return f"{ru_date(first)} — {ru_date(last)}"
    return ""


def batch(
    connection: Connection, key: str, values: Values, each: Iterable[str], day: date, *, impersonal: bool = False
) -> Iterator[Paper]:
    """Make one paper for each value of the setting over which the kind goes; they come one by one.

    Raises:
        UserError: ``OUT_KIND``, ``OUT_NO_BATCH``, ``OUT_SETTING``; others of the operation behind the kind.
    """
    item = kind(key)
    if not item.each:
        raise UserError("OUT_NO_BATCH", title=item.title)
    if item.many is None:
        for value in each:
            yield make(connection, key, {**values, item.each: value}, day, impersonal=impersonal)
        return
    wanted = list(each)
    for value, paper in zip(wanted, item.many(connection, values, wanted, day), strict=True):
        made = _finished(connection, item, {**values, item.each: value}, paper, day)
        yield _without_people(connection, made) if impersonal else made


def typed(connection: Connection, item: PaperKind, given: Values, day: date) -> dict[str, str]:
    """Return the values of a kind with those that a person typed in a command: values, words, codes of schools.

    Raises:
        UserError: ``OUT_NO_SETTING``, ``OUT_VALUE``; others of finding a school.
    """
    from app.operations import paper_choices

    for key in given:
        item.setting(key)
    values = kept(connection, item)
    for one in item.settings:
        if one.key not in given:
            continue
        text = given[one.key].strip()
        if one.kind == "flag":
            values[one.key] = _flag(one, text)
        elif one.hidden or one.kind == "text" or (one.optional and not text):
            values[one.key] = text
        else:
            options = settled(connection, item, values, day).offers[one.key]
            values[one.key] = paper_choices.match(connection, one, options, text)
    return {**settled(connection, item, values, day).values, **{key: values[key] for key in given}}


_YES, _NO = frozenset({"1", "да", "yes", "true"}), frozenset({"0", "нет", "no", "false", ""})


def _flag(one: Setting, text: str) -> str:
    if text.casefold() not in _YES | _NO:
        raise UserError("OUT_VALUE", key=one.key, value=text)
    return "1" if text.casefold() in _YES else "0"
