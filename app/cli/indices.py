"""Commands about indices of context, types of schools, expected and actual results."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.analysis.index_model import IndexDefinition, Sign
from app.cli import keys
from app.cli.keys import add, add_actor, common
from app.cli.output import line, print_json, table
from app.errors import UserError
from app.models.organisations import School
from app.models.records import PROCEDURES
from app.operations import files, indices, schools, typology
from app.operations.indices import IndexTable
from app.texts import NBSP, count, percent, school_year

if TYPE_CHECKING:
    from app.analysis.indices import IndexResult, IndexRow
    from app.analysis.typology import TypeRow

_DIGITS = 6
_ACTIONS = ("set", "reset")


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    index = add(commands, "index", "индексы социального благополучия, кадров и ресурсов", _index)
    index.add_argument(
        "words", nargs="*", metavar="ИНДЕКС",
        help="social, staff, resources или свой; без него все. «set ИНДЕКС» меняет состав, веса и знаки, "
        "«reset ИНДЕКС» возвращает состав из справочника программы",
    )  # fmt: skip
    index.add_argument("--db", type=Path, metavar="ФАЙЛ", help="файл «Опоры» (*.opora)")
    index.add_argument("--school-year", type=_first_year, metavar="УЧЕБНЫЙ_ГОД", help="2025 или 2025/26")
    index.add_argument("--school", metavar="ШКОЛА", help="код, логин или название: показать составляющие")
    index.add_argument("--all", action="store_true", help="и школы для сравнения")
    index.add_argument("--weight", action="append", default=[], type=_weight, metavar="ПОКАЗАТЕЛЬ=ВЕС",
                       help="для set: вес составляющей, например share_deviant=2 или share_deviant=1,5")  # fmt: skip
    index.add_argument("--sign", action="append", default=[], type=_sign, metavar="ПОКАЗАТЕЛЬ=ЗНАК",
                       help="для set: «+» — чем больше, тем лучше, «-» — чем больше, тем хуже")  # fmt: skip
    for key, text in (("--off", "выключить составляющую"), ("--on", "включить составляющую"),
                      ("--add", "добавить показатель: обозначение или название"),
                      ("--remove", "убрать составляющую")):  # fmt: skip
        index.add_argument(key, action="append", default=[], metavar="ПОКАЗАТЕЛЬ", help=f"для set: {text}")
    index.add_argument("--json", action="store_true", help="ответ одним объектом JSON")
    add_actor(index)
    index.set_defaults(usage_error=index.error)
    types = add(commands, "typology", "типы школ по результатам и контексту", _typology)
    _result_year(types)
    types.add_argument("--quantile", type=keys.whole(1, 50), metavar="ПРОЦЕНТ",
                       help="доля школ с каждого края: 25 или 30; по умолчанию как в файле")  # fmt: skip
    types.add_argument("--procedure", action="append", choices=PROCEDURES, metavar="ПРОЦЕДУРА",
                       help="чьи результаты складывать: ВПР, ОГЭ, ЕГЭ…; можно несколько раз")  # fmt: skip
    types.add_argument("--save", action="store_true", help="запомнить выбранное: считать так и в окне, и в отчётах")
    add_actor(types)
    expected = add(commands, "expected", "ожидаемый и полученный результат, если школ не меньше 30", _expected)
    _result_year(expected)


def _result_year(parser: argparse.ArgumentParser) -> None:
    common(parser)
    parser.add_argument(
        "--year", type=keys.year, required=True, metavar="ГОД", help="год результатов, как в «ВПР 2026»"
    )
    parser.add_argument("--context", metavar="ИНДЕКС", help="social, staff, resources, свой или mean — среднее")
    parser.add_argument("--all", action="store_true", help="и школы для сравнения")


def _first_year(text: str) -> int:
    try:
        return schools.first_year(text)
    except UserError as error:
        raise argparse.ArgumentTypeError(f"не подходит «{text}». Нужен учебный год: 2025 или 2025/26.") from error


def _weight(text: str) -> tuple[str, tuple[int, int]]:
    metric, _equals, raw = text.partition("=")
    weight = indices.read_weight(raw)
    if weight is None or not metric:
        raise argparse.ArgumentTypeError(f"не подходит «{text}». Нужно так: share_deviant=2. Вес больше 0 "
                                         "и не больше 1000; без составляющей считает --off.")  # fmt: skip
    return metric, weight


def _sign(text: str) -> tuple[str, Sign]:
    metric, _equals, raw = text.partition("=")
    signs: dict[str, Sign] = {"+": 1, "-": -1}
    if raw not in signs or not metric:
        raise argparse.ArgumentTypeError(f"не подходит «{text}». Нужно так: share_deviant=- или share_deviant=+.")
    return metric, signs[raw]


# --- indices ---------------------------------------------------------------------------------------------------


def _index(chosen: argparse.Namespace) -> int:
    action = chosen.words[0] if chosen.words and chosen.words[0] in _ACTIONS else ""
    wanted = chosen.words[1:] if action else chosen.words
    changes = [*chosen.weight, *chosen.sign, *chosen.off, *chosen.on, *chosen.add, *chosen.remove]
    if chosen.db is None:
        chosen.usage_error("the following arguments are required: --db")
    if len(wanted) > 1 or (action and len(wanted) != 1):
        chosen.usage_error(f"назовите один индекс: opora index {action or 'social'}{' social' if action else ''}")
    if action == "set" and not changes:
        chosen.usage_error("скажите, что изменить: --weight, --sign, --off, --on, --add или --remove")
    if action != "set" and changes:
        chosen.usage_error("--weight, --sign, --off, --on, --add и --remove нужны вместе с «set»")
    if action:
        return _change(chosen, action, wanted[0])
    if chosen.school_year is None:
        chosen.usage_error("the following arguments are required: --school-year")
    with files.for_reading(chosen.db) as connection:
        if wanted:
            indices.definition(connection, wanted[0])
        found = indices.overview(connection, chosen.school_year, everyone=chosen.all)
        school = schools.find(connection, chosen.school).id if chosen.school is not None else None
    results = [result for result in found.results if not wanted or result.definition.id == wanted[0]]
    if chosen.json:
        print_json({"school_year": found.school_year,
                    "indices": [_index_json(found, result, school) for result in results]})  # fmt: skip
        return 0
    for result in results:
        _print_index(found, result, school)
    return 0


def _change(chosen: argparse.Namespace, action: str, index_id: str) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        if action == "reset":
            made = indices.reset(store, index_id)
        else:
            on = {**dict.fromkeys(chosen.on, True), **dict.fromkeys(chosen.off, False)}
            made = indices.change(
                store, index_id, weights=dict(chosen.weight), signs=dict(chosen.sign), on=on, add=chosen.add,
                remove=chosen.remove,
            )  # fmt: skip
    if chosen.json:
        print_json(_definition_json(made))
        return 0
    line(f"«{made.title}», версия {made.version}: {composition(made)}.")
    return 0


def composition(definition: IndexDefinition) -> str:
    """Return the composition of an index in one line: signs, labels, weights that are not one, what is off."""
    parts = []
    for component in definition.components:
        weight = indices.weight_text(component.weight)
        told = f" (вес {weight})" if weight != "1" else ""
        off = " — выключено" if not component.on else ""
        parts.append(f"{'+' if component.sign > 0 else '−'} {component.label}{told}{off}")
    return "; ".join(parts)


def _print_index(found: IndexTable, result: IndexResult, school: int | None) -> None:
    definition = result.definition
    line(f"{definition.title}, {school_year(found.school_year)}, версия {definition.version}")
    if school is not None:
        row = result.row(school)
        if row is not None:
            _print_row(found, row)
        line()
        return
    rows = [
        [found.schools[row.school_id].shown, indices.signed(row.value), row.place,
         "да" if row.lowest else "", ", ".join(part.label for part in row.missing)]
        for row in result.rows
    ]  # fmt: skip
    share = f"{definition.lowest[0] * 100 // definition.lowest[1]}{NBSP}%"
    table(["Школа", "Индекс", "Место", f"Нижние {share}", "Чего нет"], rows)
    names = ", ".join(found.schools[row.school_id].shown for row in result.lowest)
    known = count(result.known, "школы", "школ", "школ")
    line(f"Индекс есть у {known}; нижние {share}: {result.taken}." + (f" Это {names}." if names else ""))
    line()


def _print_row(found: IndexTable, row: IndexRow) -> None:
    place = f", место {row.place} из {row.of}" if row.place else ""
    value = indices.signed(row.value) if row.value is not None else "нет данных"
    line(f"{found.schools[row.school_id].shown}: {value}{place}, "
         f"по {len(row.contributions)} из {row.total} составляющих")  # fmt: skip
    table(
        ["Составляющая", "Значение", "Вес", "Вклад"],
        [[part.component.label, indices.figure(found.metrics.get(part.metric), part.amount),
          indices.weight_text(part.component.weight), indices.signed(part.value)] for part in row.contributions]
        + [[part.label, None, indices.weight_text(part.weight), None] for part in row.missing],
    )  # fmt: skip


def _definition_json(definition: IndexDefinition) -> dict[str, Any]:
    return {
        "id": definition.id, "version": definition.version, "title": definition.title, "source": definition.source,
        "note": definition.note or None, "digest": definition.digest, "lowest_share": list(definition.lowest),
        "components": [
            {"metric": part.metric, "label": part.label, "sign": part.sign, "weight": list(part.weight), "on": part.on}
            for part in definition.components
        ],
    }  # fmt: skip


def _index_json(found: IndexTable, result: IndexResult, school: int | None) -> dict[str, Any]:
    said = _definition_json(result.definition)
    parts = [part | {"schools": result.populations.get(part["metric"])} for part in said["components"]]
    return said | {
        "schools_with_index": result.known, "lowest_count": result.taken, "components": parts,
        "schools": [_row_json(found, row) for row in result.rows if school in {None, row.school_id}],
    }  # fmt: skip


def _row_json(found: IndexTable, row: IndexRow) -> dict[str, Any]:
    school = found.schools[row.school_id]
    return {
        "school_code": school.code or None, "school": school.name, "value": _number(row.value), "place": row.place,
        "of": row.of, "tied": row.tied, "lowest": row.lowest, "missing": [part.metric for part in row.missing],
        "contributions": [
            {"metric": part.metric, "part": part.amount.part, "whole": part.amount.whole, "basis": part.amount.basis,
             "z": _number(part.z), "contribution": _number(part.value), "note": part.note or None}
            for part in row.contributions
        ],
    }  # fmt: skip


def _number(value: float | None) -> float | None:
    return None if value is None else round(value, _DIGITS) + 0.0


# --- types -----------------------------------------------------------------------------------------------------


def _typology(chosen: argparse.Namespace) -> int:
    cut = None if chosen.quantile is None else (chosen.quantile, 100)
    if chosen.save:
        with files.for_work(chosen.db, chosen.actor) as store:
            typology.change(store, cut=cut, context=chosen.context, procedures=chosen.procedure)
    with files.for_reading(chosen.db) as connection:
        found = typology.compute(
            connection, chosen.year, everyone=chosen.all, cut=cut, context=chosen.context, procedures=chosen.procedure
        )
        named = {school.id: school for school in schools.listing(connection, own=None if chosen.all else True)}
    definition = found.definition
    if chosen.json:
        print_json(
            {
                "typology": definition.id, "version": definition.version, "year": found.result_year,
                "school_year": found.school_year, "cut": list(definition.cut), "context": definition.context,
                "procedures": list(definition.procedures), "compared": found.compared, "taken": found.taken,
                "counts": found.counts(), "schools": [_type_json(named[row.school_id], row) for row in found.rows],
            }
        )  # fmt: skip
        return 0
    rows = [
        [
            named[row.school_id].shown,
            row.word,
            _fraction(row),
            _share(row),
            indices.signed(row.context),
            "мало детей, вывод ненадёжен" if row.sample in {"<10", "10-19"} else "",
        ]
        for row in found.rows
    ]
    table(["Школа", "Тип", "Ниже минимума", "Доля", "Индекс", ""], rows)
    line(typology.sentence(found))
    return 0


def _type_json(school: School, row: TypeRow) -> dict[str, Any]:
    return {
        "school_code": school.code or None, "school": school.name, "kind": row.kind, "word": row.word,
        "below": row.below, "participants": row.participants, "sample": row.sample, "context": _number(row.context),
        "weak_result": row.weak_result, "weak_context": row.weak_context,
    }  # fmt: skip


def _fraction(row: TypeRow) -> str | None:
    return None if row.below is None else f"{row.below} из {row.participants}"


def _share(row: TypeRow) -> str | None:
    return None if row.below is None or row.participants is None else percent(row.below, row.participants)


def _expected(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        found = typology.expected(connection, chosen.year, everyone=chosen.all, context=chosen.context)
        named = {school.id: school for school in schools.listing(connection, own=None if chosen.all else True)}
    if chosen.json:
        print_json(
            {
                "year": found.result_year, "context": found.context_title, "schools_compared": len(found.rows),
                "intercept": _number(found.intercept), "slope": _number(found.slope),
                "r_squared": _number(found.r_squared), "not_for": found.not_for,
                "schools": [
                    {"school_code": named[row.school_id].code or None, "school": named[row.school_id].name,
                     "below": row.below, "participants": row.participants, "context": _number(row.context),
                     "actual": _number(row.actual), "expected": _number(row.expected), "low": _number(row.low),
                     "high": _number(row.high), "residual": _number(row.residual), "outside": row.outside}
                    for row in found.rows
                ],
            }
        )  # fmt: skip
        return 0
    words = {1: "хуже ожидаемого", 0: "", -1: "лучше ожидаемого"}
    rows = [
        [named[row.school_id].shown, f"{row.below} из {row.participants}", _points(row.actual), _points(row.expected),
         f"{_points(row.low)}–{_points(row.high)}", indices.signed(row.residual, 1), words[row.outside]]
        for row in found.rows
    ]  # fmt: skip
    table(["Школа", "Ниже минимума", "Доля, %", "Ожидалось", "Интервал", "Разница", ""], rows)
    line(found.not_for)
    return 0


def _points(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")
