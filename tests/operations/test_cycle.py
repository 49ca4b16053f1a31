"""The cycle folder: states of cells, offers, own directions, the paper."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.cli import run as cli
from app.errors import UserError
from app.models.store import Store
from app.operations import cycle, cycle_papers, programme_papers, registers
from app.operations.papers import Made, Paper, register, render
from app.reports.document import Document, Meta, paragraph
from tests.helpers import stores
from tests.helpers.undo import walk

YEAR = 2026
GOALS = {"school_year": YEAR, "direction": "low_results", "component": "goals"}
NB = "\u00a0"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return stores.made(tmp_path / "file.opora")


def _paper(store: Store, kind: str, title: str) -> int:
    document = Document((title,), Meta("МО", "2026-10-01T10:00:00", "Список"), (paragraph("Слово."),))
    return register(store, Paper(kind, title, document, None), Made(".pdf", title.encode()), f"{title}.pdf")


def test_every_component_belongs_to_a_stage_and_the_wording_of_the_source_stands() -> None:
    known = cycle.shipped()
    assert len(known.directions) == 4
    assert len(known.components) == 9
    assert [stage.wording for stage in known.stages] == [
        "обоснование цели", "выбор показателей, методов сбора информации", "проведение мониторинга",
        "проведение анализа и подготовка адресных рекомендаций", "принятие мер и управленческих решений",
        "анализ эффективности принятых мер",
    ]  # fmt: skip
    # the six stages of 002 cover the nine components, in the same order, none is left out
    order = [stage.id for stage in known.stages]
    places = [order.index(item.stage) for item in known.components]
    assert places == sorted(places)
    assert set(places) == set(range(6))


def test_papers_that_belong_somewhere_are_papers_that_we_make() -> None:
    kinds = [kind for item in cycle.shipped().components for kind in item.papers]
    assert len(kinds) == len(set(kinds)), "a paper belongs to one component"
    folder = Path(cycle.__file__).parent
    made = "".join(path.read_text("utf-8") for path in sorted(folder.glob("*.py")) if path.name != "cycle.py")
    known = {f"programme_{what}" for what in programme_papers.WHAT}
    assert [kind for kind in kinds if kind not in known and f'"{kind}"' not in made] == []


def test_a_cell_tells_what_is_there_what_lacks_a_link_and_what_was_there_last_year(store: Store) -> None:
    registers.add(store, "cycle", GOALS, title="Программа", link="http://x.example/1")
    registers.add(store, "cycle", {**GOALS, "component": "analysis"}, title="Справка")
    second = registers.add(store, "cycle", {**GOALS, "component": "analysis"}, title="Вторая справка")
    registers.attach(store, "cycle", second, (), link="http://x.example/2")
    registers.add(store, "cycle", {**GOALS, "school_year": 2025, "component": "effect"}, title="Старая")
    folder = cycle.folder(store.connection, YEAR)
    assert folder.years == (2023, 2024, 2025, 2026)
    assert folder.cell("low_results", "goals").state == "placed"
    mixed = folder.cell("low_results", "analysis")
    assert (mixed.state, mixed.documents, mixed.published) == ("unplaced", 2, 1)
    assert mixed.word == f"2{NB}документа, без ссылки 1"
    gone = folder.cell("low_results", "effect")
    assert (gone.state, gone.word) == ("missing", "нет, было 1")
    assert folder.cell("low_results", "effect", 2025).state == "unplaced"
    assert folder.cell("method", "goals").word == "нет"
    assert folder.sentence == f"2026/27: заполнено 2 из{NB}36 · без ссылок 1{NB}раздел · нет документов в 34"
    assert len(folder.of_state("missing")) == 34


def test_an_empty_folder_says_so(store: Store) -> None:
    assert cycle.folder(store.connection, YEAR).sentence == "2026/27: папка пуста"


def test_papers_decisions_and_last_years_documents_are_offered_and_taken_once(store: Store) -> None:
    _paper(store, "school_list", "Список школ")
    _paper(store, "courses", "Курсы")
    document = registers.add(store, "documents", {"school_year": YEAR}, kind="order", number="7", title="О мерах")
    registers.attach(store, "documents", document, (), link="http://x.example/7")
    registers.add(
        store, "cycle", {**GOALS, "school_year": 2025}, title="Программа", number="1", link="http://x.example"
    )
    year = int(store.connection.execute("SELECT registered_at FROM outgoing_paper").fetchone()[0][:4])
    month = int(store.connection.execute("SELECT registered_at FROM outgoing_paper").fetchone()[0][5:7])
    of_papers = year - (month < 8)
    offered = cycle.offers(store.connection, of_papers, "low_results", "analysis")
    assert [item.title for item in offered] == ["Список школ"]
    assert cycle.offers(store.connection, of_papers, "method", "analysis") == ()
    assert cycle.take(store, of_papers, "low_results", "analysis", [offered[0].key]) == 1
    assert cycle.offers(store.connection, of_papers, "low_results", "analysis") == ()
    (kept,) = cycle.documents(store.connection, of_papers)
    name, data = registers.file_bytes(store.connection, kept.files[0].id)
    assert (name, data.decode()) == ("Список школ.pdf", "Список школ"), "the very bytes that went out"
    assert not kept.published, "a file that lies only here is not published"
    (order,) = cycle.offers(store.connection, YEAR, "low_results", "decisions")
    assert (order.title, order.number) == ("Приказ: О мерах", "7")
    cycle.take(store, YEAR, "low_results", "decisions", [order.key])
    (taken,) = [item for item in cycle.documents(store.connection, YEAR) if item.component == "decisions"]
    assert taken.published, "the link of the decision came along"
    (old,) = cycle.offers(store.connection, YEAR, "low_results", "goals")
    assert old.origin == "лежал здесь в 2025/26"
    with pytest.raises(UserError) as caught:
        cycle.take(store, YEAR, "low_results", "goals", ["paper:1"])
    assert caught.value.code == "MON_CYCLE_NOTHING"


def test_unknown_places_and_names_are_refused(store: Store) -> None:
    for call in (
        lambda: cycle.offers(store.connection, YEAR, "low_results", "nothing"),
        lambda: cycle.offers(store.connection, YEAR, "nobody", "goals"),
        lambda: cycle.remove_direction(store, "method"),
    ):
        with pytest.raises(UserError) as caught:
            call()
        assert caught.value.code == "MON_CYCLE_PLACE"
    for name in ("  ", "Методическая  работа", "я" * 81):
        with pytest.raises(UserError) as caught:
            cycle.add_direction(store, name)
        assert caught.value.code == "MON_CYCLE_NAME"


def test_a_direction_of_ones_own_stays_while_documents_lie_in_it(store: Store) -> None:
    cycle.add_direction(store, "Объективность")
    assert [item.id for item in cycle.catalogue(store.connection).directions][-1] == "Объективность"
    key = registers.add(store, "cycle", {**GOALS, "direction": "Объективность"}, title="План")
    with pytest.raises(UserError) as caught:
        cycle.remove_direction(store, "Объективность")
    assert caught.value.code == "MON_CYCLE_FULL"
    registers.remove(store, "cycle", {**GOALS, "direction": "Объективность"}, [key])
    cycle.remove_direction(store, "Объективность")
    assert len(cycle.catalogue(store.connection).directions) == 4


def test_acts_of_the_folder_go_back_and_forth(tmp_path: Path) -> None:
    path = tmp_path / "file.opora"
    with stores.made(path) as store:
        registers.add(store, "cycle", {**GOALS, "school_year": 2025}, title="Программа")

    def take(store: Store) -> None:
        keys = [item.key for item in cycle.offers(store.connection, YEAR, "low_results", "goals")]
        cycle.take(store, YEAR, "low_results", "goals", keys)

    walk(path, {
        "take": take, "direction": lambda store: cycle.add_direction(store, "Своё"),
        "gone": lambda store: cycle.remove_direction(store, "Своё"),
    })  # fmt: skip


def test_the_paper_tells_documents_and_what_lacks(store: Store) -> None:
    registers.add(store, "cycle", GOALS, title="Программа", number="214", dated="2026-09-05", link="http://x.example/1")
    registers.add(store, "cycle", {**GOALS, "component": "monitoring"}, title="Замер")
    paper = cycle_papers.paper(store.connection, YEAR, "low_results")
    words = " ".join(text for _place, text in paper.document.texts()).replace(NB, " ")
    assert "от 05.09.2026 № 214" in words
    assert "http://x.example/1" in words
    assert "Нет документов: показатели, методы сбора информации, анализ" in words
    assert "Без ссылки на размещение: 1." in words
    assert len(cycle_papers.paper(store.connection, YEAR).document.tables()) == 4
    for suffix in (".pdf", ".docx", ".xlsx"):
        assert render(paper, suffix).data


def test_the_command_tells_cells_and_writes_the_paper(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    registers.add(store, "cycle", GOALS, title="Программа")
    path = store.path
    store.close()
    assert cli(["cycle", "--db", str(path), "--year", "2026/27", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert len(told["cells"]) == 36
    assert told["documents"][0]["number"] is None
    assert told["cells"][0]["state"] == "unplaced"
    out = tmp_path / "папка.pdf"
    assert cli(["cycle", "--db", str(path), "--year", "2026", "--direction", "method", "--out", str(out)]) == 0
    assert out.read_bytes().startswith(b"%PDF")
    assert cli(["cycle", "--db", str(path), "--direction", "нет", "--year", "2026"]) == 1
