"""Commands: packages upward, their summary, papers and files without people."""

from __future__ import annotations

import argparse
import re
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app import clock
from app.cli.keys import add, common, key, number
from app.cli.output import complain, line, print_json, table
from app.errors import UserError
from app.operations import files, impersonal, package_check, package_region, packages, papers
from app.operations.package_check import EXIT_CODES, PackageCheck
from app.texts import ru_date, ru_moment

if TYPE_CHECKING:
    from app.reports.package import SummaryData


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    group = add(commands, "package", "пакет документов наверх: собрать, проверить, принять, свести", None)
    steps = group.add_subparsers(dest="step", required=True, metavar="ДЕЙСТВИЕ", title="Действия")
    _add_make(steps)
    check = add(steps, "check", "проверить пакеты: архив, опись, хеши, подписи, числа", _check)
    check.add_argument("files", type=Path, nargs="+", metavar="ПАКЕТ.zip", help="архивы и папки с ними")
    check.add_argument("--json", action="store_true", help="ответ одним объектом JSON")
    listed = add(steps, "list", "показать собранные пакеты или принятые", _list)
    common(listed)
    listed.add_argument("--taken", action="store_true", help="принятые от муниципалитетов")
    mark = add(steps, "mark", "отметить, когда пакет отправлен и что ответили", _mark)
    common(mark, json=False, write=True)
    mark.set_defaults(usage_error=mark.error)
    mark.add_argument("number", type=number, metavar="НОМЕР")
    mark.add_argument("--sent", default="", metavar="ДАТА", help="день отправки, как 28.11.2026")
    mark.add_argument("--answered", default="", metavar="ДАТА", help="день ответа")
    mark.add_argument("--answer", default="", metavar="ТЕКСТ", help="что ответили")
    remarked = add(steps, "remark", "записать замечание к принятому пакету; код показывает list --taken", _remark)
    common(remarked, json=False, write=True)
    remarked.add_argument("package", type=key, metavar="КОД")
    remarked.add_argument("--text", required=True, metavar="ТЕКСТ", help="замечание; пустой текст убирает его")
    take = add(steps, "take", "принять пакеты муниципалитетов: каждый проверяется", _take)
    common(take, write=True)
    take.add_argument("files", type=Path, nargs="+", metavar="ПАКЕТ.zip", help="архивы и папки с ними")
    summary = add(steps, "summary", "свод принятых пакетов", _summary)
    common(summary)
    _of_period(summary)
    summary.add_argument("--out", type=Path, metavar="ФАЙЛ", help="записать свод: .pdf, .docx или .xlsx")
    summary.add_argument("--rows", action="store_true", help="в файл — все строки пакетов, а не свод")
    missing = add(steps, "missing", "кто ещё не прислал пакет", _missing)
    common(missing)
    _of_period(missing)
    missing.add_argument("--letters", action="store_true", help="напечатать тексты напоминаний")
    schema = add(steps, "schema", "показать JSON-схему описания или данных пакета", _schema)
    schema.add_argument("--data", action="store_true", help="схему данных (data.json)")
    _add_impersonal(commands)


def _add_make(steps: Any) -> None:
    make = add(steps, "make", "собрать пакет из документов журнала исходящих", _make)
    common(make, write=True)
    make.add_argument("--out", type=Path, required=True, metavar="ПАПКА", help="папка или имя архива .zip")
    make.add_argument(
        "--papers",
        metavar="НОМЕРА",
        type=_numbers,
        help="номера журнала через запятую; иначе те, что ещё не отправлялись",
    )
    make.add_argument("--title", metavar="НАЗВАНИЕ", help="как назвать пакет")
    make.add_argument("--period", metavar="ПЕРИОД", help="за что отчёт, как его называет адресат")
    make.add_argument("--to", metavar="КОМУ", help="адресат")
    make.add_argument("--oktmo", metavar="КОД", type=_oktmo, help="код муниципалитета: 8 или 11 цифр")
    make.add_argument("--impersonal", action="store_true", help="без людей: имён, телефонов, подписей")


def _add_impersonal(commands: Any) -> None:
    copy = add(commands, "impersonal", "записать копию всего файла без людей", _impersonal)
    common(copy)
    copy.add_argument("--to", type=Path, required=True, metavar="ФАЙЛ", help="куда записать копию (*.opora)")


def _of_period(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--period", default="", metavar="ПЕРИОД", help="иначе самый новый")


def _oktmo(text: str) -> str:
    if not re.fullmatch(r"\d{8}|\d{11}", text):
        raise argparse.ArgumentTypeError("код ОКТМО — 8 или 11 цифр")
    return text


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(number(part.strip()) for part in text.split(",") if part.strip())


def _make(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        usual = packages.usual(store.connection, clock.today())
        ask = packages.Ask(
            chosen.title or usual.title, chosen.period or usual.period,
            usual.addressee if chosen.to is None else chosen.to,
            usual.numbers if chosen.papers is None else chosen.papers, usual.day,
            usual.oktmo if chosen.oktmo is None else chosen.oktmo, chosen.impersonal,
        )  # fmt: skip
        prepared = packages.prepare(store.connection, ask)
        name = packages.file_name(store.connection, ask)
        target = chosen.out if chosen.out.suffix.lower() == ".zip" else papers.folder_for(chosen.out) / name
        made, written = packages.make(store, prepared, target)
    if chosen.json:
        print_json({"number": made, "file": str(written), "manifest": dict(prepared.manifest),
                    "lacks": list(prepared.lacks)})  # fmt: skip
        return 0
    line(f"Пакет № {made}: {written}")
    for text in packages.told(prepared):
        line(text)
    return 0


def check_json(found: PackageCheck) -> dict[str, Any]:
    """Return a check as the command prints it."""
    return {
        "file": str(found.path), "verdict": found.verdict, "municipality": found.municipality or None,
        "period": found.period or None, "sha256": found.sha256 or None, "size": found.size,
        "papers": [
            {"number": one["number"], "title": one["title"], "signed": one["signed"], "files": len(one["files"])}
            for one in found.manifest.get("papers", ())
        ],
        "signatures": [
            {"paper": one.paper, "file": one.path, "signer": one.signer or None, "verdict": one.verdict}
            for one in found.signatures
        ],
        "problems": [{"level": one.level, "code": one.code, "message": one.message} for one in found.problems],
    }  # fmt: skip


def _check(chosen: argparse.Namespace) -> int:
    found = package_region.look(_archives(chosen.files))
    if chosen.json:
        print_json({"packages": [check_json(one) for one in found]})
    else:
        for one in found:
            whose = f" · {one.municipality} · {one.period}" if one.municipality else ""
            line(f"{one.path.name}: {package_check.VERDICT_WORDS[one.verdict]}{whose}")
            for item in one.problems:
                complain(f"  {item.message}")
            for signature in one.signatures:
                line(f"  {signature.paper}: {signature.title}" + (f" ({signature.signer})" if signature.signer else ""))
    return _worst(one.verdict for one in found)


def _archives(told: list[Path]) -> list[Path]:
    """Return the files that were named, and every archive of the folders that were."""
    found: list[Path] = []
    for path in told:
        if path.is_dir():
            inside = sorted(one for one in path.iterdir() if one.suffix.lower() == ".zip" and one.is_file())
            if not inside:
                raise UserError("PACK_FOLDER_EMPTY", folder=path)
            found += inside
        else:
            found.append(path)
    return found


def _worst(verdicts: Any) -> int:
    codes = {EXIT_CODES[verdict] for verdict in verdicts}
    return 1 if 1 in codes else max(codes, default=0)


def _remark(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        package_region.remark(store, chosen.package, chosen.text)
    line("Записано.")
    return 0


def _list_taken(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        found = package_region.taken(connection)
    if chosen.json:
        print_json({"packages": [
            {"id": one.id, "municipality": one.municipality, "period": one.period, "verdict": one.verdict,
             "made_at": one.made_at, "taken_at": one.taken_at, "file": one.file_name, "remark": one.remark}
            for one in found
        ]})  # fmt: skip
        return 0
    words = package_check.VERDICT_WORDS
    table(["Код", "Муниципалитет", "Период", "Проверка", "Замечание"],
          [[str(one.id), one.municipality, one.period, words["ok" if one.verdict == "ok" else "eyes"], one.remark]
           for one in found])  # fmt: skip
    return 0


def _list(chosen: argparse.Namespace) -> int:
    if chosen.taken:
        return _list_taken(chosen)
    with files.for_reading(chosen.db) as connection:
        found = packages.listing(connection)
    if chosen.json:
        print_json({"packages": [
            {"number": one.number, "title": one.title, "period": one.period, "addressee": one.addressee,
             "file": one.file_name, "sha256": one.sha256, "size": one.size, "impersonal": one.impersonal,
             "papers": list(one.papers), "made_at": one.made_at, "sent_on": one.sent_on,
             "answered_on": one.answered_on, "answer": one.answer}
            for one in found
        ]})  # fmt: skip
    else:
        table(["№", "Собран", "Период", "Кому", "Документов", "Состояние"],
              [[one.number, ru_moment(one.made_at), one.period, one.addressee, len(one.papers), packages.state(one)]
               for one in found])  # fmt: skip
    return 0


def _mark(chosen: argparse.Namespace) -> int:
    if not (chosen.sent or chosen.answered or chosen.answer):
        chosen.usage_error("Не сказано, что отметить: нужен --sent, --answered или --answer")
    with files.for_work(chosen.db, chosen.actor) as store:
        packages.mark(store, chosen.number, sent_on=chosen.sent, answered_on=chosen.answered, answer=chosen.answer)
    line("Записано.")
    return 0


def _take(chosen: argparse.Namespace) -> int:
    checks = package_region.look(_archives(chosen.files))
    with files.for_work(chosen.db, chosen.actor) as store:
        done = package_region.take(store, checks)
    if chosen.json:
        print_json({"packages": [
            check_json(one.check) | {"taken": one.key is not None, "replaced": one.replaced,
                                     "why_not": one.why_not or None}
            for one in done
        ]})  # fmt: skip
    else:
        for one in done:
            word = one.why_not or ("принят вместо прежнего" if one.replaced else "принят")
            line(f"{one.path.name}: {word}")
            for item in one.check.problems if one.key is not None else ():
                complain(f"  {item.message}")
    if any(one.key is None for one in done):
        return 1
    return _worst(one.check.verdict for one in done)


def _summary(chosen: argparse.Namespace) -> int:
    day = clock.today()
    with files.for_reading(chosen.db) as connection:
        if chosen.rows:
            paper = package_region.rows_paper(connection, chosen.period)
        else:
            paper = package_region.summary_paper(connection, chosen.period, day)
        data = package_region.summary(connection, chosen.period, day)
    target = None
    if chosen.out is not None:
        [target] = papers.write_all([(chosen.out, papers.render(paper, chosen.out.suffix).data)])
    if chosen.json:
        print_json({
            "file": str(target) if target else None, "period": data.head.period,
            "lists": [{"municipality": one.municipality, "schools": one.schools, "listed": one.listed,
                       "edge": one.edge, "no_data": one.no_data, "outlier": one.outlier} for one in data.lists],
            "results": [{"work": one.work, "municipality": one.municipality, "below": one.below,
                         "participants": one.participants, "outlier": one.outlier} for one in data.results],
            "indicators": [{"text": one.text, "unit": one.unit, "municipality": one.municipality,
                            "target": one.target, "value": one.value, "light": one.light}
                           for one in data.indicators],
            "work": [asdict(one) for one in data.work.lines],
            "missing": [one.municipality for one in data.missing],
        })  # fmt: skip
        return 0
    if not data.packages:
        line("Принятых пакетов пока нет.")
    else:
        _tell_summary(data)
    if target is not None:
        line(f"Готово: {target}")
    return 0


def _tell_summary(data: SummaryData) -> None:
    line(f"{data.head.period}: пакетов {len(data.packages)}, не прислали {len(data.missing)}")
    table(["Муниципалитет", "Школ", "В списке", "На грани", "Нет данных", "Отличается"],
          [[one.municipality, one.schools, one.listed, one.edge, one.no_data, "да" if one.outlier else ""]
           for one in data.lists])  # fmt: skip
    if data.work.lines:
        line("Работа методистов:")
        table(["Муниципалитет", "Событий", "Участий", "Разных людей", "Записей о помощи", "Объединений", "Пар"],
              [[one.municipality, one.events, one.people.visits if one.people else "",
                one.people.words if one.people else "", one.entries, one.bodies, one.pairs]
               for one in data.work.lines])  # fmt: skip


def _missing(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        known = package_region.periods(connection)
        period = chosen.period or (known[0] if known else "")
        found = package_region.missing(connection, period, clock.today())
        awaited = len(package_region.expected(connection))
    if chosen.json:
        print_json({"period": period or None, "missing": [
            {"municipality": one.municipality, "oktmo": one.oktmo or None, "due_on": one.due_on or None,
             "late_days": one.late, "contact": one.contact or None} for one in found
        ]})  # fmt: skip
        return 3 if found else 0
    if not found:
        line("Прислали все, кого ждали." if awaited else "Список «От кого ждём пакеты» пуст.")
    for one in found:
        if chosen.letters:
            line(package_region.reminder(one, period))
        else:
            line(one.municipality + (f", срок {ru_date(one.due_on)}" if one.due_on else "")
                 + (f", просрочено дней: {one.late}" if one.late else ""))  # fmt: skip
    return 3 if found else 0


def _schema(chosen: argparse.Namespace) -> int:
    print_json(packages.schema("data" if chosen.data else "manifest"))
    return 0


def _impersonal(chosen: argparse.Namespace) -> int:
    if chosen.to.suffix.lower() != ".opora":
        raise UserError("FOREIGN_SUFFIX", suffix=".opora", file=chosen.to.name)
    if not chosen.to.absolute().parent.is_dir():
        raise UserError("PAPER_NO_FOLDER", folder=chosen.to.parent)
    with files.for_reading(chosen.db) as connection:
        done = impersonal.save_copy(connection, chosen.db, chosen.to)
    if chosen.json:
        print_json({"file": str(done.path), "people": done.people, "left_out": list(done.left_out)})
        return 0
    line(f"Обезличенная копия: {done.path}")
    line(f"Людей узнано: {done.people}. Не вошло: {'; '.join(done.left_out)}.")
    return 0
