"""Commands about anonymous questionnaires: a sheet, filled questionnaires, counts, distribution, the paper."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.cli.keys import add, common, whole, year
from app.cli.output import line, print_json, table
from app.forms.survey_tally import MOST
from app.models.forms import SubjectRef
from app.models.store import Store
from app.models.surveys import HANDED_IN
from app.operations import (
    files,
    form_papers,
    forms,
    papers,
    schools,
    survey_counts,
    survey_papers,
    survey_sources,
    surveys,
)
from app.operations.papers import Made
from app.operations.survey_counts import Distribution, ItemCount
from app.operations.surveys import MODE_WORDS, SheetDraft, SheetLine
from app.texts import ru_date, school_year

sheet_key = whole(1, 2**63 - 1)


def add_commands(commands: Any) -> None:
    """Add «survey» with its subcommands."""
    words = "анонимные анкеты: листы, ответы, распределение"
    survey = commands.add_parser("survey", help=words, description=words)
    actions = survey.add_subparsers(dest="action", required=True, metavar="ДЕЙСТВИЕ", title="Действия")
    _add(actions)
    rows = _of_sheet(actions, "rows", "ввести анкеты по одной из таблицы", _rows)
    rows.add_argument("file", type=Path, metavar="ТАБЛИЦА", help="xlsx, xls, ods или csv: строка на человека")
    rows.add_argument("--anew", action="store_true", help="убрать то, что на листе уже есть")
    tally = _of_sheet(actions, "tally", "ввести сводные числа", _tally)
    tally.add_argument("file", nargs="?", type=Path, metavar="ТАБЛИЦА", help="вопросы строками, ответы столбцами")
    tally.add_argument("--item", metavar="ВОПРОС", help="код вопроса, как в opora form show")
    tally.add_argument("--choice", metavar="ОТВЕТ", help="код ответа")
    tally.add_argument("--number", metavar="ЧИСЛО", help="сколько раз выбран")
    tally.add_argument("--handed-in", metavar="ЧИСЛО", help="сколько анкет сдано")
    tally.add_argument("--anew", action="store_true", help="убрать то, что на листе уже есть")
    show = add(actions, "show", "показать листы или распределение ответов", _show)
    common(show)
    _narrow(show)
    report = add(actions, "report", "записать распределение в файл", _report)
    common(report)
    _narrow(report, required=True)
    report.add_argument("--out", type=Path, required=True, metavar="ФАЙЛ", help="pdf, docx или xlsx")
    blank = add(actions, "blank", "записать анкету для печати", _blank)
    common(blank)
    blank.add_argument("form", metavar="АНКЕТА", help="код формы")
    blank.add_argument("--two", action="store_true", help="две на листе, если анкета в одну страницу")
    blank.add_argument("--out", type=Path, required=True, metavar="ФАЙЛ", help="pdf, docx или xlsx")


def _add(actions: Any) -> None:
    parser = add(actions, "add", "завести лист анкет", _begin)
    common(parser, write=True)
    parser.add_argument("form", metavar="АНКЕТА", help="код формы: listener, deficits-fragment и другие")
    parser.add_argument("--year", type=year, required=True, metavar="ГОД", help="учебный год по первому году")
    parser.add_argument("--name", default="", metavar="НАЗВАНИЕ", help="мероприятие, курс, занятие")
    parser.add_argument("--school", metavar="ШКОЛА", help="код или название")
    parser.add_argument("--held", default="", metavar="ДАТА", help="когда прошло, например 18.11.2026")
    parser.add_argument("--given-out", type=whole(0, MOST), metavar="ЧИСЛО", help="сколько анкет роздано")
    parser.add_argument("--title", default="", metavar="ТЕКСТ", help="название анкетирования")


def _of_sheet(actions: Any, name: str, text: str, run: Any) -> argparse.ArgumentParser:
    parser = add(actions, name, text, run)
    common(parser, write=True)
    parser.add_argument("sheet", type=sheet_key, metavar="ЛИСТ", help="номер листа, как в survey show")
    return parser


def _narrow(parser: argparse.ArgumentParser, *, required: bool = False) -> None:
    parser.add_argument("form", nargs=None if required else "?", metavar="АНКЕТА", help="код формы")
    parser.add_argument("--sheet", type=sheet_key, metavar="ЛИСТ", help="только этот лист")
    parser.add_argument("--year", type=year, metavar="ГОД", help="учебный год по первому году")
    parser.add_argument("--school", metavar="ШКОЛА", help="код или название")


# --- writing -----------------------------------------------------------------------------------------------------


def _begin(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        form = forms.definition(store.connection, chosen.form)
        school = schools.find(store.connection, chosen.school).id if chosen.school else None
        subject = SubjectRef(form.subject, organisation_id=school, name=chosen.name)
        draft = SheetDraft(subject, chosen.held, chosen.given_out)
        key = surveys.add(store, chosen.form, chosen.year, draft, title=chosen.title)
    if chosen.json:
        print_json({"sheet": key})
    else:
        line(f"Лист заведён: {key}.")
    return 0


def _rows(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        form = surveys.view(store.connection, chosen.sheet).line.form
        found = survey_sources.rows_of_file(form, chosen.file)
        surveys.put_rows(store, chosen.sheet, found, anew=chosen.anew)
    _tell(chosen, found.sentences, {
        "rows": len(found.rows), "questions": found.known, "missing": list(found.missing), "wrong": found.wrong,
        "dropped": [column.heading for column in found.of("personal")],
        "unknown": [column.heading for column in found.of("unknown")],
    })  # fmt: skip
    return 0


def _tally(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        sentences = _put_numbers(store, chosen)
    _tell(chosen, sentences, {"sheet": chosen.sheet, "told": list(sentences)})
    return 0


def _put_numbers(store: Store, chosen: argparse.Namespace) -> tuple[str, ...]:
    if chosen.file is not None:
        form = surveys.view(store.connection, chosen.sheet).line.form
        found = survey_sources.numbers_of_file(form, chosen.file)
        surveys.put_tallies(store, chosen.sheet, found, anew=chosen.anew)
        return found.sentences
    cells = [(chosen.item, chosen.choice or "", chosen.number or "")] if chosen.item else []
    cells += [(HANDED_IN, "", chosen.handed_in)] if chosen.handed_in else []
    surveys.put_numbers(store, chosen.sheet, cells, strict=True)
    return (f"Записано чисел: {len(cells)}.",)


def _tell(chosen: argparse.Namespace, sentences: tuple[str, ...], answer: dict[str, Any]) -> None:
    if chosen.json:
        print_json(answer)
        return
    for sentence in sentences:
        line(sentence)


# --- showing -----------------------------------------------------------------------------------------------------


def _show(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        school = schools.find(connection, chosen.school).id if chosen.school else None
        form_id = chosen.form
        if chosen.sheet is not None and form_id is None:
            form_id = surveys.view(connection, chosen.sheet).line.form.id
        if form_id is None:
            return _list(chosen, surveys.sheets(connection, school_year=chosen.year, school_id=school))
        found = survey_counts.distribution(
            connection, form_id, sheet_id=chosen.sheet, school_year=chosen.year, school_id=school
        )
    if chosen.json:
        print_json(distribution_json(found))
        return 0
    print_distribution(found)
    return 0


def print_distribution(found: Distribution) -> None:
    """Print a distribution for reading."""
    line(f"{found.title}. {found.sentence}.")
    for entry in found.uncounted:
        line(f"Не посчитано: {entry}")
    for one in found.items:
        line()
        line(one.item.text)
        line(survey_papers.told(one))
        if one.choices:
            rows = [[item.choice.text, item.number, survey_counts.share(one, item)] for item in one.choices]
            table(["Ответ", "Сколько", "Доля"], rows)
        texts = one.others or one.texts
        if texts and found.private:
            line(survey_counts.PRIVATE_WORDS)
        elif texts:
            table(["Своими словами", "Сколько"], texts)
        for fault in one.faults:
            line(f"Не сходится: {fault}")


def _list(chosen: argparse.Namespace, found: list[SheetLine]) -> int:
    if chosen.json:
        print_json({"sheets": [sheet_json(one) for one in found]})
        return 0
    table(
        ["Лист", "Анкета", "О чём", "Дата", "Год", "Сдано", "Роздано", "Ввод"],
        (
            [one.sheet.id, one.form.short, one.shown, ru_date(one.sheet.held_on) if one.sheet.held_on else None,
             school_year(one.round.school_year), one.handed_in, one.sheet.given_out, MODE_WORDS[one.sheet.mode]]
            for one in found
        ),
    )  # fmt: skip
    return 0


def sheet_json(one: SheetLine) -> dict[str, Any]:
    """Return a sheet as the command prints it."""
    return {
        "sheet": one.sheet.id, "form": one.form.id, "version": one.form.version, "about": one.shown,
        "held_on": one.sheet.held_on, "school_year": one.round.school_year, "round": one.round.id,
        "handed_in": one.handed_in, "given_out": one.sheet.given_out, "mode": one.sheet.mode,
    }  # fmt: skip


def distribution_json(found: Distribution) -> dict[str, Any]:
    """Return a distribution as the command prints it; words of fewer than five respondents stay out."""
    return {
        "form": found.form.id, "title": found.title, "handed_in": found.handed_in, "given_out": found.given_out,
        "small": found.small, "sheets": [sheet_json(one) for one in found.sheets], "faults": list(found.faults),
        "uncounted": list(found.uncounted),
        "items": [_item_json(one, private=found.private) for one in found.items],
    }  # fmt: skip


def _item_json(one: ItemCount, *, private: bool) -> dict[str, Any]:
    return {
        "item": one.item.id, "text": one.item.text, "answered": one.answered, "unsure": one.unsure,
        "silent": one.silent, "wrong": one.wrong, "base": one.base, "faults": list(one.faults),
        "mean": None if one.mean is None else str(one.mean),
        "choices": {choice.choice.value: choice.number for choice in one.choices},
        "other": None if private else dict(one.others), "texts": None if private else dict(one.texts),
    }  # fmt: skip


def _report(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        school = schools.find(connection, chosen.school).id if chosen.school else None
        paper = survey_papers.report(
            connection, chosen.form, sheet_id=chosen.sheet, school_year=chosen.year, school_id=school
        )
    return _written(chosen, papers.render(paper, chosen.out.suffix.lower()))


def _blank(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        paper = form_papers.blank_paper(connection, chosen.form)
    made = papers.render(paper, chosen.out.suffix.lower())
    return _written(chosen, survey_papers.two_to_a_page(made) if chosen.two else made)


def _written(chosen: argparse.Namespace, made: Made) -> int:
    papers.write(chosen.out, made.data)
    if chosen.json:
        print_json({"file": str(chosen.out)})
    else:
        line(f"Записано: {chosen.out}.")
    return 0
