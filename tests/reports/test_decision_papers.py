"""Protocol, control list and the three blocks as documents: every figure is the operation's, blanks where none is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.errors import UserError
from app.models.store import Store
from app.operations import block_papers, decision_papers, decisions, demo_decisions, papers, registers
from app.operations.papers import Paper
from app.reports.document import SignatureBlock, shown
from tests.helpers import programmes, stores

DAY = date(2026, 11, 23)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = stores.made(tmp_path / "file.opora")
    schools = {str(number): stores.school(made, f"СОШ № {number}", own=1) for number in range(1, 8)}
    programmes.small(made)
    demo_decisions.fill(made, schools, 2026)
    return made


def texts(paper: Paper) -> list[str]:
    return [text.replace("\u00a0", " ") for _place, text in paper.document.texts()]


def keys(store: Store) -> list[int]:
    return [key for key, _name in decisions.documents(store.connection, 2026)]


def test_the_protocol_follows_the_agenda(store: Store) -> None:
    paper = decision_papers.protocol(store.connection, keys(store)[0], DAY)
    said = texts(paper)
    assert paper.document.title[0] == "Протокол заседания"
    assert not paper.document.draft
    place = said.index("1. О школах с низкими результатами")
    assert said[place + 1].startswith("Слушали: Ракитина Е. В. Сопоставили результаты двух лет.")
    assert said[place + 2] == "Решили:"
    assert said[place + 3] == (
        "1.1. Направить школам аналитические листы. Ответственный: Ракитина Е. В. Срок: до 30.09.2026."
    )
    assert said[place + 4].startswith("1.2. Подготовить план")
    assert "Школа: СОШ № 7. Ответственный: директор школы. Срок: до 20.10.2026." in said[place + 4]
    assert said[place + 5] == "Голосовали: за — 6, против — 0, воздержались — 0."
    assert "2. О плане помощи. Докладывает: Калинин С. О." in said
    assert "Следующее заседание: 06.11.2026." in said
    signed = [block.name.replace("\u00a0", " ") for block in paper.document.blocks if isinstance(block, SignatureBlock)]
    assert signed == ["Н. А. Ветрова", "Е. В. Ракитина"]
    assert [shown(row.cells[1])[0] for row in paper.document.tables()[0].rows()][2] == "Калинин Сергей Олегович"


def test_what_nobody_wrote_is_a_blank(store: Store) -> None:
    key = registers.add(store, "documents", {"school_year": 2026})
    said = texts(decision_papers.protocol(store.connection, key, DAY))
    paper = decision_papers.protocol(store.connection, key, DAY)
    assert paper.document.draft
    assert said.count("1. " + "_" * 70) == 1
    assert any(text.startswith("Место: ____") for text in said)
    for suffix in (".pdf", ".docx"):
        assert len(papers.render(paper, suffix).data) > 3000


def test_an_order_is_no_protocol(store: Store) -> None:
    with pytest.raises(UserError) as caught:
        decision_papers.protocol(store.connection, keys(store)[1], DAY)
    assert caught.value.code == "MON_DEC_NOT_PROTOCOL"


def test_the_control_list_says_every_point_once(store: Store) -> None:
    paper = decision_papers.control_list(store.connection, 2026, DAY)
    (table,) = paper.document.tables()
    assert [len(group.rows) for group in table.groups] == [5, 2, 3]
    assert [group.title.replace("\u00a0", " ") for group in table.groups][1] == (
        "Приказ № 214 от 02.10.2026. О закреплении кураторов"
    )
    assert [row.cells[0] for row in table.groups[0].rows] == ["1.1", "1.2", "2.1", "2.2", "2.3"]
    state = "10 пунктов решений · выполнено 3, из них позже срока 1 · просрочено 2 · скоро срок 1 · не выполнено 1"
    assert state in texts(paper)
    waiting = decision_papers.control_list(store.connection, 2026, DAY, waiting=True)
    assert sum(len(group.rows) for group in waiting.document.tables()[0].groups) == 6
    one = decision_papers.control_list(store.connection, 2026, DAY, document_id=keys(store)[1])
    assert sum(len(group.rows) for group in one.document.tables()[0].groups) == 2
    with pytest.raises(UserError) as caught:
        decision_papers.control_list(store.connection, 2020, DAY)
    assert caught.value.code == "MON_DEC_NO_POINTS"


def test_labels_sort_as_people_count() -> None:
    assert sorted(["2.10", "2.9", "1", "10", "2"], key=decision_papers.natural) == ["1", "2", "2.9", "2.10", "10"]


def test_the_speed_is_on_paper_only_where_asked(store: Store) -> None:
    quiet = texts(block_papers.paper(store.connection, "blocks", 2026, DAY))
    assert not any("От решения до" in text for text in quiet)
    assert "Обязательные темы с документом: 4 из 12 · срок истёк у 1 · неполные записи: 1" in quiet
    assert "Причина невыполнения не указана: 1 пункт." in quiet
    said = texts(block_papers.paper(store.connection, "blocks_speed", 2026, DAY))
    # terms of nine points by hand: 12, 14, 17, 32, 53, 56, 57, 74, 75 days after their decisions
    assert "От решения до срока: обычно 53 дня, от 12 до 75 (9 пунктов)." in said
    assert "От решения до исполнения: обычно 14 дней, от 10 до 39 (3 пункта, мало для вывода)." in said
    assert "В срок выполнено 2 из 3 законченных." in said


def test_papers_of_one_block(store: Store) -> None:
    legal = block_papers.paper(store.connection, "legal", 2026, DAY)
    topics, acts = legal.document.tables()
    assert [group.title for group in topics.groups] == ["Документы-источники", "Проблемы программы"]
    assert len(list(acts.rows())) == 6
    enough = block_papers.paper(store.connection, "sufficiency", 2026, DAY, plan_year=2026)
    (table,) = enough.document.tables()
    assert [shown(row.cells[5])[0] for row in table.rows()] == ["нет данных", "есть пробел"]


def test_a_file_without_a_programme_prints_what_it_has(tmp_path: Path) -> None:
    empty = stores.made(tmp_path / "e.opora")
    said = texts(block_papers.paper(empty.connection, "blocks", 2026, DAY))
    assert "Программы в файле нет." in said
    assert "Пунктов решений пока нет" in said
    with pytest.raises(UserError) as caught:
        block_papers.paper(empty.connection, "sufficiency", 2026, DAY)
    assert caught.value.code == "MON_DEC_NO_PROGRAMME"
