"""Loading through the window: what will happen is seen first, bad files and dying readers harm nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psutil
import pytest

from app.operations import history, results
from app.ui.widgets.basics import Combo
from app.ui.windows.importing import Entry, ImportWizard
from tests.e2e.seat import Seat, plain, texts
from tests.helpers.hostile import far_cell
from tests.helpers.workbooks import mark_statistics, marks_table

SUBJECT, GRADE = "Математика", 7
"""A work that the example does not have."""


def f3(path: Path) -> Path:
    """Ф3 of two schools: 20 % of 50 is 10; 25 % of 8 is 2."""
    rows: list[Sequence[Any]] = [
        ["Вся выборка", 35589, 1722202, 5.06, 32.92, 44.33, 17.69],
        ["Лесогорский муниципальный округ", 2, 58, 20.69, 37.93, 29.31, 12.07],
        ["МБОУ «СОШ № 5»(edu971206)", None, 50, 20, 40, 30, 10],
        ["МБОУ «СОШ № 9»(sch971208)", None, 8, 25, 25, 25, 25],
    ]
    return mark_statistics(path, rows, work="ВПР 2026 Математика 7 класс", subject=SUBJECT)


def table(path: Path, *rows: Sequence[Any]) -> Path:
    """Our own table of results, without the last column."""
    return marks_table(path, [[*row, None] for row in rows])


def row(school: str, code: str, m2: int, m3: int, m4: int, m5: int, participants: object = None) -> list[Any]:
    total = m2 + m3 + m4 + m5 if participants is None else participants
    return [school, code, 2026, "ВПР", SUBJECT, GRADE, total, m2, m3, m4, m5, m2]


def begin(seat: Seat, *paths: Path) -> ImportWizard:
    """Open the wizard by its command and choose files."""
    seat.command("import")
    wizard = seat.opened(ImportWizard)
    seat.answers.will("open", list(paths))
    seat.press("Выбрать файлы…", wizard)
    return wizard


def read(seat: Seat, wizard: ImportWizard) -> list[Entry]:
    """Let the files be read and wait for what they would do."""
    seat.press("Прочитать", wizard)
    seat.wait(lambda: wizard.step == 1 and all(entry.plan is not None for entry in wizard.entries))
    seat.rest()
    return wizard.entries


def figures(entry: Entry) -> tuple[int, int, int]:
    assert entry.plan is not None
    return entry.plan.rows_new, entry.plan.rows_changed, entry.plan.rows_same


def shown_figures(wizard: ImportWizard) -> list[list[str]]:
    """Return what the table of files says."""
    model = wizard.plans.model
    return model.as_table(range(model.shown), range(len(model.columns)))[1:]


def load(seat: Seat, wizard: ImportWizard, words: str = "Загрузить 1 файл") -> None:
    assert plain(wizard.next.text()) == words
    seat.press(wizard.next.text(), wizard)
    seat.wait(lambda: wizard.step == 2)
    seat.rest()


def test_a_report_and_a_table_are_seen_first_then_loaded_and_undone_whole(work: Seat, tmp_path: Path) -> None:
    before = len(work.read(history.history))
    strange = table(
        tmp_path / "ВПР математика.xlsx",
        row("МБОУ «Средняя школа № 3 г. Лесогорска»", "edu971205", 4, 10, 5, 1),
        row("МБОУ «Сосновская средняя школа»", "", 5, 4, 3, 2),
        row("СОШ № 1", "edu971203", 1, 2, 3, 4, "много"),
    )
    wizard = begin(work, f3(tmp_path / "2849657.xlsx"), strange)
    report, own = read(work, wizard)
    # two schools of ours, our municipality and the country
    assert report.reading is not None
    assert report.reading.title == "Статистика по отметкам: ВПР 2026 Математика 7 класс"
    assert figures(report) == (4, 0, 0)
    assert figures(own) == (1, 0, 0)
    rows = shown_figures(wizard)
    assert [(line[0], line[2], line[6]) for line in rows] == [
        ("2849657.xlsx", "4", "готов"),
        ("ВПР математика.xlsx", "1", "не все школы"),
    ]
    wizard.plans.choose(str(own.path))
    work.rest()
    assert any("G4" in (p.cell or "") for p in wizard.findings.model.all_rows())  # «много» is no number
    assert work.marks("СОШ № 5", SUBJECT, GRADE) == []
    assert len(work.read(history.history)) == before

    (combo,) = wizard.unknown.findChildren(Combo)
    (unknown,) = own.plan.unknown if own.plan else ()
    assert unknown.name == "МБОУ «Сосновская средняя школа»"
    place = next(i for i in range(combo.count()) if combo.itemText(i).startswith("СОШ с. Сосновка ("))
    assert place == 1  # the likeliest stands first after «решить потом»
    combo.setCurrentIndex(place)
    work.wait(lambda: figures(own) == (2, 0, 0))
    work.rest()
    load(work, wizard, "Загрузить 2 файла")
    assert "Загружены 2 файла: новых строк 6" in plain(wizard.outcome.text())
    wizard.close()
    assert work.marks("СОШ № 5", SUBJECT, GRADE) == [(50, 10, 20, 15, 5)]
    assert work.marks("СОШ № 9", SUBJECT, GRADE) == [(8, 2, 2, 2, 2)]
    assert work.marks("СОШ с. Сосновка", SUBJECT, GRADE) == [(14, 5, 4, 3, 2)]
    assert work.marks("СОШ № 1", SUBJECT, GRADE) == []

    undo = work.window.actions_by_key["undo"]
    work.wait(lambda: "«ВПР математика.xlsx»" in undo.text())
    work.command("undo")
    work.wait(lambda: work.marks("СОШ с. Сосновка", SUBJECT, GRADE) == [])
    assert work.marks("СОШ № 3", SUBJECT, GRADE) == []
    assert work.marks("СОШ № 5", SUBJECT, GRADE) != []
    work.wait(lambda: "«2849657.xlsx»" in undo.text())
    work.command("undo")
    work.wait(lambda: work.marks("СОШ № 5", SUBJECT, GRADE) == [])
    assert work.marks("СОШ № 9", SUBJECT, GRADE) == []


def test_a_corrected_file_shows_what_was_and_what_will_be(work: Seat, tmp_path: Path) -> None:
    first = table(tmp_path / "первый.xlsx", row("СОШ № 5", "edu971206", 10, 20, 15, 5))
    wizard = begin(work, first)
    read(work, wizard)
    load(work, wizard)
    wizard.close()
    second = table(tmp_path / "второй.xlsx", row("СОШ № 5", "edu971206", 11, 19, 15, 5))
    wizard = begin(work, second)
    (entry,) = read(work, wizard)
    assert figures(entry) == (0, 1, 0)
    (change,) = wizard.changes.model.all_rows()
    assert (change.school, change.year) == ("СОШ № 5", 2026)
    assert change.before != change.after
    load(work, wizard)
    assert work.marks("СОШ № 5", SUBJECT, GRADE) == [(50, 11, 19, 15, 5)]
    work.command("undo")
    work.wait(lambda: work.marks("СОШ № 5", SUBJECT, GRADE) == [(50, 10, 20, 15, 5)])


def test_the_death_of_the_reader_is_explained_and_the_next_file_loads(
    work: Seat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = results.read
    killed: list[int] = []

    def read_and_kill(paths: Any, hints: Any, scales: Any, tell: Any, cancelled: Any) -> Any:
        def kill() -> bool:
            for child in psutil.Process().children():
                if "--read-worker" in child.cmdline() and not killed:
                    child.kill()
                    killed.append(child.pid)
            return bool(cancelled())

        return real(paths, hints, scales, tell, kill)

    monkeypatch.setattr(results, "read", read_and_kill)
    wizard = begin(work, f3(tmp_path / "2849657.xlsx"))
    (entry,) = read(work, wizard)
    assert killed
    assert entry.refused
    (finding,) = wizard.findings.model.all_rows()
    assert "Чтение файла «2849657.xlsx» оборвалось" in finding.message
    assert shown_figures(wizard)[0][6] == "не принят"
    assert wizard.findings.isVisible()
    assert not wizard.next.isEnabled()
    assert work.window.isEnabled()
    assert "Чтение файла «2849657.xlsx» оборвалось" in work.bar(wizard)
    work.press("Прочитать ещё раз", wizard)
    work.wait(lambda: not entry.refused and entry.plan is not None)
    work.rest()
    assert work.bar(wizard) == ""
    assert figures(entry) == (4, 0, 0)
    assert not any("оборвалось" in item.message for item in wizard.findings.model.all_rows())
    load(work, wizard)
    assert work.marks("СОШ № 5", SUBJECT, GRADE) == [(50, 10, 20, 15, 5)]


def test_a_sheet_that_reaches_to_the_last_cell_is_refused_with_a_sentence(work: Seat, tmp_path: Path) -> None:
    good = table(tmp_path / "хороший.xlsx", row("СОШ № 5", "edu971206", 10, 20, 15, 5))
    wizard = begin(work, far_cell(tmp_path / "дальний.xlsx"), good)
    far, fine = read(work, wizard)
    assert far.refused
    wizard.plans.choose(str(far.path))
    work.rest()
    (finding,) = wizard.findings.model.all_rows()
    assert "XFD1048576" in finding.message
    assert "слишком много памяти" in finding.message
    assert work.bar(wizard) == plain(finding.message)
    assert "дальний.xlsx" in finding.message
    # the other file of the same choice is not harmed
    assert figures(fine) == (1, 0, 0)
    load(work, wizard)
    assert "Не загружен 1 файл" in plain(wizard.outcome.text())
    assert work.bar(wizard) == plain(finding.message), "the cause stands beside the result, too"
    assert work.marks("СОШ № 5", SUBJECT, GRADE) == [(50, 10, 20, 15, 5)]
    assert "Список" in texts(work.list_page())


def test_several_refused_files_are_one_sentence_and_the_next_import_works(work: Seat, tmp_path: Path) -> None:
    page = tmp_path / "письмо.xlsx"
    page.write_bytes(b"<html><body>no</body></html>")
    wizard = begin(work, far_cell(tmp_path / "дальний.xlsx"), page)
    read(work, wizard)
    assert plain(work.bar(wizard)).startswith("Не приняты 2 файла. Причина первого: Лист в файле «дальний.xlsx»")
    assert not wizard.next.isEnabled()
    # one of the two is mended and both are read once more
    mark_statistics(page, [["МБОУ «СОШ № 5»(edu971206)", None, 50, 20, 40, 30, 10]],
                    work="ВПР 2026 Математика 7 класс", subject=SUBJECT)  # fmt: skip
    work.press("Прочитать ещё раз", wizard)
    work.wait(lambda: not wizard.entries[1].refused and wizard.entries[1].plan is not None)
    work.rest()
    assert work.bar(wizard).startswith("Лист в файле «дальний.xlsx»")
    wizard.reject()
    wizard = begin(work, table(tmp_path / "хороший.xlsx", row("СОШ № 5", "edu971206", 10, 20, 15, 5)))
    (fine,) = read(work, wizard)
    assert figures(fine) == (1, 0, 0)
    assert work.bar(wizard) == ""
    load(work, wizard)
    assert work.marks("СОШ № 5", SUBJECT, GRADE) == [(50, 10, 20, 15, 5)]


def test_reading_is_stopped_and_begun_again(work: Seat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = results.read
    stops: list[bool] = []

    def read_and_stop(paths: Any, hints: Any, known: Any, tell: Any, cancelled: Any) -> Any:
        def stop() -> bool:
            if not stops:
                stops.append(True)
                return True
            return bool(cancelled())

        return real(paths, hints, known, tell, stop)

    monkeypatch.setattr(results, "read", read_and_stop)
    wizard = begin(work, f3(tmp_path / "2849657.xlsx"))
    work.press("Прочитать", wizard)
    assert "прочитаны не все файлы" in work.wait_bar("Чтение остановлено", wizard)
    assert wizard.step == 0
    assert wizard.entries[0].reading is None, "a stopped file is not a refused one"
    (entry,) = read(work, wizard)
    assert figures(entry) == (4, 0, 0)
