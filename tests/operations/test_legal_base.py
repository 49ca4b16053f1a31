"""The legal base: topics and their sources, what is there, what has run out, what the file knows already."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.models.programme_records import DocumentKind
from app.models.store import Store
from app.operations import legal_base, registers
from app.operations.legal_base import LegalBase, TopicLine
from app.operations.programmes import title_in
from app.operations.register_catalogue import LEGAL_TOPICS
from tests.helpers import programmes, stores
from tests.helpers.shared import SHARED

DAY = date(2026, 11, 23)
SEEDS = {"рекомендации 2023 года": "004", "комплекс мер 2019–2020": "001", "концепция проекта": "000"}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return stores.made(tmp_path / "file.opora")


def act(store: Store, topic: str, **values: object) -> int:
    whole = {"kind": "приказ", "number": "5", "dated": "2026-09-01", "title": "О работе", "regulates": "порядок"}
    return registers.add(store, "acts", {}, **(whole | {"topic": topic} | values))


def base(store: Store, year: int = 2026) -> LegalBase:
    return legal_base.table(store.connection, year, DAY)


def line(found: LegalBase, key: str) -> TopicLine:
    return next(item for item in found.lines if item.topic.key == key)


def test_topics_offered_in_the_grid_are_those_of_the_sources() -> None:
    assert {topic.key: topic.title for topic in legal_base.topics()} == dict(LEGAL_TOPICS)
    names = [word for topic in legal_base.topics() for word in (topic.title, *topic.words)]
    assert len(names) == len(set(names))


def test_every_word_of_a_topic_leads_to_it() -> None:
    for topic in legal_base.topics():
        for word in (topic.key, topic.title, *topic.words):
            found = legal_base.topic_of(f" {word.upper()}. ")
            assert found is not None
            assert found.key == topic.key
    assert legal_base.topic_of("питание") is None


def test_an_empty_base_lacks_every_needed_topic(store: Store) -> None:
    found = base(store)
    assert found.needed == 12
    assert (found.covered, found.expired, found.acts) == (0, 0, ())
    assert {item.topic.key for item in found.gaps} == {
        topic.key for topic in legal_base.topics() if topic.need == "must"
    }
    assert line(found, "pay").state == "optional"


def test_what_is_settled_each_year_needs_a_document_of_this_year(store: Store) -> None:
    act(store, "список школ", dated="2025-10-28")
    assert (line(base(store), "list").state, line(base(store), "list").word) == ("old", "на 2026/27 нет")
    assert line(base(store, 2025), "list").state == "have"
    act(store, "перечень школ", dated="2026-08-01")
    assert line(base(store), "list").state == "have"
    act(store, "рабочая группа", dated="2020-01-10")
    assert line(base(store), "group").state == "have"


def test_an_act_said_to_hold_in_a_year_counts_for_it(store: Store) -> None:
    act(store, "мониторинг", dated="2024-09-01", date_to="2027-08-31")
    assert line(base(store), "monitoring").state == "have"


@pytest.mark.parametrize(
    ("ends", "state", "word"),
    [
        ("2026-11-22", "expired", "срок истёк"),
        ("2026-11-23", "soon", "истекает сегодня"),
        ("2027-01-22", "soon", "истечёт через 60 дней"),
        ("2027-01-23", "have", "есть"),
        (None, "have", "есть"),
    ],
)
def test_an_act_holds_to_its_last_day(store: Store, ends: str | None, state: str, word: str) -> None:
    act(store, "рабочая группа", date_to=ends)
    found = line(base(store), "group")
    assert (found.state, found.word.replace("\u00a0", " ")) == (state, word)
    assert base(store).expired == (state == "expired")


def test_an_act_may_settle_several_topics_and_one_of_its_own(store: Store) -> None:
    act(store, "кураторы; сетевое партнёрство; Питание")
    found = base(store)
    assert [line(found, key).state for key in ("curators", "pairs", "питание")] == ["have", "have", "have"]
    assert (line(found, "питание").topic.group, line(found, "питание").topic.title) == ("Свои темы", "Питание")
    assert found.covered == 2


def test_an_entry_says_what_it_lacks(store: Store) -> None:
    registers.add(store, "acts", {}, kind="положение")
    (only,) = base(store).acts
    assert only.faults == (
        "нет номера", "нет даты", "нет названия", "нет слов о том, что регулирует", "не указана тема",
    )  # fmt: skip
    assert base(store).stray == (only,)
    assert base(store).faulty == 1


def test_problems_of_the_programme_ask_for_rules(store: Store) -> None:
    programmes.small(store)
    found = next(item for item in base(store).lines if item.topic.group == "Проблемы программы")
    assert (found.topic.title, found.state, found.word) == ("Разрыв в результатах школ", "optional", "не урегулирована")
    act(store, "разрыв в  результатах школ")
    found = next(item for item in base(store).lines if item.topic.group == "Проблемы программы")
    assert (found.state, len(found.acts)) == ("have", 1)
    assert base(store).needed == 12


def test_documents_the_file_knows_are_taken_once(store: Store) -> None:
    from app.operations import directory

    registers.add(store, "documents", {"school_year": 2026}, kind="order", number="214", dated="2026-10-02",
                  title="О кураторах")  # fmt: skip
    registers.add(store, "documents", {"school_year": 2026}, kind="protocol", number="3")
    directory.add_body(store, "Рабочая группа", "рабочая группа", act="Приказ от 15.09.2024 № 358-од")
    found = legal_base.known(store.connection)
    assert [item.words.replace("\u00a0", " ") for item in found] == [
        "документ: Рабочая группа: Приказ от 15.09.2024 № 358-од", "приказ № 214 от 02.10.2026: О кураторах",
    ]  # fmt: skip
    before = stores.dump(store.connection)
    assert legal_base.take(store, [item.key for item in found]) == 2
    assert line(base(store), "group").state == "have"
    assert legal_base.known(store.connection) == ()
    assert legal_base.take(store, ["order:1"]) == 0
    store.undo()
    assert stores.dump(store.connection) == before


if SHARED is not None:

    @pytest.mark.parametrize("key", LEGAL_TOPICS)
    def test_quotes_stand_in_the_sources(key: str) -> None:
        assert SHARED is not None
        topic = legal_base.topics_by_key()[key]
        number = SEEDS[topic.source.partition(",")[0]]
        text = next((SHARED / "seeds").glob(f"{number}_*.txt")).read_text(encoding="utf-8")
        assert " ".join(topic.quote.split()).casefold() in " ".join(text.split()).casefold()


@pytest.mark.parametrize(
    ("title", "document", "told"),
    [
        ("Программа поддержки школ на 2026–2027 годы", "programme", "программы поддержки школ на 2026–2027 годы"),
        ("Шаг вперёд", "programme", "программы «Шаг вперёд»"),
        ("«Школа рядом»", "road_map", "дорожной карты «Школа рядом»"),
    ],
)
def test_what_an_act_approves_stands_in_the_genitive(title: str, document: DocumentKind, told: str) -> None:
    assert title_in(title, document, "genitive") == told
