"""Parts of a note about the programme: execution, indicators, legal base and sufficiency, decisions (004, §1.5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from app.analysis import note_words as words
from app.operations.note_scope import NoteScope, block
from app.operations.programme_blocks import AnalysisBlock, Teller, plain_table
from app.reports.card_data import Origin, Way
from app.reports.document import Day, Fraction, Number, Table, Value
from app.texts import DASH, glue, quoted, ru_date

if TYPE_CHECKING:
    from app.operations.decisions import ControlLine
    from app.operations.execution import ExecutionLine
    from app.operations.indicators import IndicatorLine

MOST_TEXT = 90
"""Letters of an activity or an indicator that a sentence names."""
BEHIND = 6
"""Indicators that fall behind of which a text speaks; the table has all."""
LATE = 5
"""Late things that a sentence names; the table has all."""
Named = tuple[str, Origin | None]
"""A thing as a recommendation names it, and its row."""


def blocks(scope: NoteScope) -> tuple[AnalysisBlock, ...]:
    """Return every part, in order; of a school: its activities and the decisions about it."""
    made = [*_execution(scope), *_indicators(scope), *_base(scope), *_decisions(scope)]
    return tuple(made)


# --- execution ---------------------------------------------------------------------------------------------------


def lines(scope: NoteScope) -> tuple[ExecutionLine, ...]:
    """Return the plan of the year; of a school what is meant for it in the school year."""
    from app.operations import execution

    if scope.school_id is not None:
        return execution.of_school(
            scope.connection, scope.school_id, scope.school_year, scope.until, listed=_listed(scope)
        )  # fmt: skip
    if scope.programme_id is None:
        return ()
    return execution.table(scope.connection, scope.programme_id, scope.year, scope.until).lines


def _listed(scope: NoteScope) -> bool:
    from app.operations import support

    return scope.school_id in support.listed(scope.connection, scope.school_year).schools


def _execution(scope: NoteScope) -> Iterator[AnalysisBlock]:
    teller = Teller()
    title = f"Исполнение плана за {scope.year}\u00a0год"
    if scope.whole and scope.programme_id is None:
        teller.say("Программы в файле нет, поэтому сказать об исполнении нечего.")
        yield block(teller, "execution.state", title, "execution")
        return
    found = lines(scope)
    done = _done(teller, found)
    keys = ("execution.total", *(f"execution.{name}" for name in _SHOWN if getattr(done, name)))
    if scope.whole:
        teller.say(words.execution(scope.year, done), *keys)
    elif not found:
        teller.say("Мероприятий программы для школы в этом учебном году нет.", "execution.total")
    else:
        teller.say(words.execution_of_school(done), *keys)
    yield block(teller, "execution.state", title, "execution", _groups(found) if scope.whole else _plan(found))
    late = sorted((line for line in found if line.shown == "late"), key=lambda line: -(line.days or 0))
    if late:
        teller = Teller()
        for line in late:
            teller.figure(f"execution.late.{line.lineage}", line.named, line.word, _row(line))
        told = [(_short(line), line.days or 0) for line in late]
        teller.say(words.late(told, LATE), *(f"execution.late.{line.lineage}" for line in late))
        silent = sum(not line.reason for line in late)
        if silent:
            teller.figure("execution.unexplained", "просрочено без причины", str(silent))
            teller.say(words.without_reason(silent), "execution.unexplained")
        rows: list[tuple[Value, ...]] = [
            (line.named, Day(line.due_on) if line.due_on else None, line.days,
             "; ".join(line.responsible) or None, line.reason or "причина не названа")
            for line in late
        ]  # fmt: skip
        columns = (("Мероприятие", 5, False), ("Срок", 1.4, False), ("Дней", 1, True), ("Ответственный", 2.2, False),
                   ("Причина", 2.4, False))  # fmt: skip
        yield block(teller, "execution.late", "Просроченные мероприятия", "execution",
                    plain_table("Просрочено", columns, rows))  # fmt: skip


_SHOWN = ("done", "part", "running", "late", "soon", "planned", "moved", "cancelled", "no_term")
_GROUPED = (("Всего", ()), ("Выполнено", ("done",)), ("Частично", ("part",)), ("Просрочено", ("late",)),
            ("Впереди", ("running", "soon", "planned")), ("Отложено", ("moved", "cancelled")),
            ("Без срока", ("no_term",)))  # fmt: skip


def _row(line: ExecutionLine) -> tuple[Origin, ...]:
    return (Origin("execution", line.row_id),) if line.row_id is not None else ()


def _short(line: ExecutionLine) -> str:
    text = line.text if len(line.text) <= MOST_TEXT else f"{line.text[: MOST_TEXT - 2].rstrip()}…"
    return f"{line.number} {quoted(text)}" if line.number else quoted(text)


def _done(teller: Teller, found: Sequence[ExecutionLine]) -> words.Done:
    """Return the counts of a plan, each a figure with its rows."""
    way = Way("execution")
    teller.figure("execution.total", "мероприятий", str(len(found)), way=way)
    counts = {}
    for shown in _SHOWN:
        some = [line for line in found if line.shown == shown]
        counts[shown] = len(some)
        if some:
            origins = [(origin, line.named) for line in some for origin in _row(line)]
            teller.figure(
                f"execution.{shown}", f"мероприятий: {_word(shown)}", str(len(some)), [item[0] for item in origins],
                way, [item[1] for item in origins],
            )  # fmt: skip
    return words.Done(len(found), **counts)


def _word(shown: str) -> str:
    from app.operations.execution import SHOWN_WORDS

    return next(word for key, word in SHOWN_WORDS.items() if key == shown)


def _groups(found: Sequence[ExecutionLine]) -> Table | None:
    by_group: dict[str, list[ExecutionLine]] = {}
    for line in found:
        by_group.setdefault(line.group, []).append(line)
    rows: list[tuple[Value, ...]] = [
        (group or DASH, *(sum(line.shown in shown for line in items) if shown else len(items)
                          for _title, shown in _GROUPED))
        for group, items in by_group.items()
    ]  # fmt: skip
    if len(rows) > 1:
        rows.append(("Всего", *(sum(int(str(row[place])) for row in rows) for place in range(1, len(_GROUPED) + 1))))
    columns = (("Задача", 5, False), *((title, 1.5, True) for title, _shown in _GROUPED))
    return plain_table("Исполнение", columns, rows)


def _plan(found: Sequence[ExecutionLine]) -> Table | None:
    rows: list[tuple[Value, ...]] = [(line.named, line.word, line.product or None) for line in found]
    return plain_table("Мероприятия", (("Мероприятие", 5, False), ("Как сейчас", 2, False), ("Что получено", 3, False)),
                       rows)  # fmt: skip


def late_names(scope: NoteScope) -> list[Named]:
    """Return the late activities, the most overdue first, as recommendations name them."""
    if scope.programme_id is None:
        return []
    late = sorted((line for line in lines(scope) if line.shown == "late"), key=lambda line: -(line.days or 0))
    return [(_short(line), next(iter(_row(line)), None)) for line in late]


# --- indicators --------------------------------------------------------------------------------------------------


def indicator_lines(scope: NoteScope) -> tuple[IndicatorLine, ...]:
    """Return the indicators of the programme in the year; none of one school, none without a programme."""
    from app.operations import indicators

    if scope.programme_id is None or not scope.whole:
        return ()
    return indicators.table(scope.connection, scope.programme_id, scope.year, scope.until).lines


def _indicators(scope: NoteScope) -> Iterator[AnalysisBlock]:
    if scope.programme_id is None or not scope.whole:
        return
    found = indicator_lines(scope)
    teller = Teller()
    teller.figure("indicators.total", "индикаторов", str(len(found)), way=Way("indicators"))
    keys, counts = ["indicators.total"], {}
    for light, word in _LIGHTS.items():
        some = [line for line in found if line.light == light]
        counts[light] = len(some)
        if some:
            keys.append(f"indicators.{light}")
            teller.figure(keys[-1], f"индикаторов: {word}", str(len(some)), (), Way("indicators"))
    teller.say(words.indicators(scope.year, words.Lights(len(found), **counts)), *keys)
    behind = [line for line in found if line.light == "behind"]
    for line in behind[:BEHIND]:
        keys = [f"indicator.{line.lineage}.value", f"indicator.{line.lineage}.target"]
        teller.figure(keys[0], f"{line.text}, факт {scope.year}", line.shown(line.value))
        teller.figure(keys[1], f"{line.text}, цель {scope.year}", line.shown(line.target))
        teller.say(words.behind(_named(line), line.shown(line.value), line.shown(line.target)), *keys)
    rows: list[tuple[Value, ...]] = [
        (f"{line.number}. {line.text}" if line.number else line.text, _number(line.baseline), _number(line.target),
         _number(line.value), f"{SHAPES[line.light]} {line.word}")
        for line in found
    ]  # fmt: skip
    columns = (("Индикатор", 6, False), ("Было", 1.2, True), (f"Цель {scope.year}", 1.4, True), ("Факт", 1.2, True),
               ("Как сейчас", 2.2, False))  # fmt: skip
    yield block(teller, "indicators.state", f"Показатели за {scope.year}\u00a0год", "indicators",
                plain_table("Показатели", columns, rows))  # fmt: skip


_LIGHTS = {
    "reached": "достигнуто", "near": "почти", "behind": "отстаёт", "no_target": "без цели", "no_data": "нет данных",
}  # fmt: skip


SHAPES = {"reached": "●", "near": "▲", "behind": "■", "no_target": "○", "no_data": "○"}
"""A light is told by shape and word."""


def _number(exact: str | None) -> Value:
    return None if exact is None else Number(exact)


def _named(line: IndicatorLine) -> str:
    text = line.text if len(line.text) <= MOST_TEXT else f"{line.text[: MOST_TEXT - 2].rstrip()}…"
    return f"{line.number} {quoted(text)}" if line.number else quoted(text)


def behind_names(scope: NoteScope) -> list[Named]:
    """Return the indicators that fall behind, as recommendations name them."""
    return [
        (f"{_named(line)} — {line.shown(line.value)} при цели {line.shown(line.target)}", None)
        for line in indicator_lines(scope) if line.light == "behind"
    ]  # fmt: skip


# --- legal base and sufficiency ----------------------------------------------------------------------------------


def _base(scope: NoteScope) -> Iterator[AnalysisBlock]:
    if not scope.whole:
        return
    from app.operations import legal_base

    found = legal_base.table(scope.connection, scope.school_year, scope.until)
    teller = Teller()
    acts = [Origin("legal_act", act.id) for line in found.lines for act in line.acts if act.current]
    teller.figure("base.needed", "тем, которым нужен документ", str(found.needed))
    teller.figure("base.covered", "тем с действующим документом", str(found.covered), acts)
    teller.say(words.legal_base(found.covered, found.needed, [line.topic.title for line in found.gaps]),
               "base.needed", "base.covered")  # fmt: skip
    if found.expired:
        teller.figure("base.expired", "документов с истёкшим сроком", str(found.expired))
        teller.say(words.expired(found.expired), "base.expired")
    rows: list[tuple[Value, ...]] = [
        (line.topic.title, "; ".join(act.name for act in line.acts) or None, line.word)
        for line in found.lines if line.topic.need == "must"
    ]  # fmt: skip
    columns = (("Что должно быть урегулировано", 4, False), ("Документы", 5, False), ("Как сейчас", 2, False))
    yield block(teller, "base.legal", "Нормативная база", "base", plain_table("Нормативная база", columns, rows))
    yield from _sufficiency(scope)


def _sufficiency(scope: NoteScope) -> Iterator[AnalysisBlock]:
    """Yield the matrix «task × activities × indicators» with its verdicts (004, §1.5, the second block)."""
    from app.analysis.sufficiency import VERDICT_WORDS
    from app.operations import sufficiency

    if scope.programme_id is None:
        return
    found = sufficiency.table(scope.connection, scope.programme_id, scope.year, scope.until)
    if not found.tasks:
        return
    teller = Teller()
    teller.figure("sufficiency.tasks", "задач программы", str(len(found.tasks)))
    parts = []
    for verdict, word in VERDICT_WORDS.items():
        number = found.count(verdict)
        if number:
            teller.figure(f"sufficiency.{verdict}", f"задач: {word}", str(number))
            parts.append((word, number))
    teller.say(words.sufficiency(len(found.tasks), parts), *teller.figures)
    rows: list[tuple[Value, ...]] = [
        (f"{line.number}. {line.text}" if line.number else line.text, Fraction(line.done, line.due),
         Fraction(line.reached, line.known), line.judgement.word, line.judgement.why)
        for line in found.lines
    ]  # fmt: skip
    columns = (("Задача", 4, False), ("Сделано из должных", 1.5, True), ("Достигнуто из известных", 1.5, True),
               ("Вывод", 1.8, False), ("Почему", 3.6, False))  # fmt: skip
    yield block(teller, "base.sufficiency", "Достаточность мероприятий", "base",
                plain_table("Достаточность", columns, rows))  # fmt: skip


# --- decisions ---------------------------------------------------------------------------------------------------


def points(scope: NoteScope) -> tuple[ControlLine, ...]:
    """Return the points of the school year's decisions; of a school those about it."""
    from app.operations import decisions

    return decisions.control(
        scope.connection, scope.until, school_year=scope.school_year, school_id=scope.school_id
    )  # fmt: skip


def _decisions(scope: NoteScope) -> Iterator[AnalysisBlock]:
    found = points(scope)
    teller = Teller()
    groups = {
        "total": found,
        "done": [line for line in found if line.shown == "done"],
        "late": [line for line in found if line.shown == "late"],
        "open": [line for line in found if line.waits and line.shown != "late"],
        "not_done": [line for line in found if line.shown == "not_done"],
        "withdrawn": [line for line in found if line.shown == "withdrawn"],
    }
    names = {"total": "пунктов решений", "done": "выполнено", "late": "просрочено", "open": "в работе",
             "not_done": "не выполнено", "withdrawn": "снято"}  # fmt: skip
    for key, some in groups.items():
        if some or key == "total":
            teller.figure(
                f"decisions.{key}", f"решения: {names[key]}", str(len(some)),
                [Origin("decision_point", line.id) for line in some], Way("decisions"),
                [f"{line.document}, п. {line.label}" for line in some],
            )  # fmt: skip
    sizes = {key: len(some) for key, some in groups.items()}
    told = words.decisions(words.Points(sizes["total"], sizes["done"], sizes["late"], sizes["open"],
                                        sizes["not_done"], sizes["withdrawn"]))  # fmt: skip
    teller.say(told, *teller.figures)
    reasons = [(f"{line.document}, п. {line.label}", line.reason) for line in groups["not_done"] if line.reason]
    if reasons:
        teller.say(words.not_done_reasons(reasons), "decisions.not_done")
    rows: list[tuple[Value, ...]] = [
        (f"{line.document}, п. {line.label}", line.text, line.responsible or None,
         ru_date(line.due_on) if line.due_on else None, line.word)
        for line in found
    ]  # fmt: skip
    columns = (("Документ, пункт", 2.4, False), ("Что решено", 3.6, False), ("Ответственный", 2.4, False),
               ("Срок", 1.4, False), ("Как сейчас", 2, False))  # fmt: skip
    yield block(teller, "decisions.state", "Исполнение решений", "decisions", plain_table("Решения", columns, rows))


def late_points(scope: NoteScope) -> list[Named]:
    """Return the late points of decisions as recommendations name them."""
    return [
        (glue(f"{line.document}, п. {line.label}"), Origin("decision_point", line.id))
        for line in points(scope) if line.shown == "late"
    ]  # fmt: skip
