"""What a paper says as data, and in what two sayings differ: worked out by hand."""

from __future__ import annotations

from dataclasses import replace

from app.reports import content
from app.reports.charts import Level, LineChart, Point, Series
from app.reports.document import (
    ActApproval,
    Block,
    ChartBlock,
    Column,
    Day,
    Document,
    Executor,
    Fact,
    Facts,
    Fraction,
    Group,
    Heading,
    Lines,
    Mark,
    Marked,
    Meta,
    Note,
    Number,
    PageBreak,
    Roubles,
    Row,
    Share,
    SignatureBlock,
    Table,
    Value,
    paragraph,
)

COLUMNS = (Column("№", 8), Column("Школа", 60), Column("Ниже минимума", 30), Column("Срок", 20))


def table(*rows: tuple[Value, ...], name: str = "Список") -> Table:
    return Table(name, COLUMNS, (Group(tuple(Row((number, *row)) for number, row in enumerate(rows, start=1))),))


def document(*blocks: Block, **values: object) -> Document:
    made = Document(("Список школ", "за 2026 год"), Meta("Управление", "2026-11-23", "Список"), tuple(blocks))
    return replace(made, **values)  # type: ignore[arg-type]


def told(old: Document, new: Document) -> list[str]:
    """Return the lines of differences, plain spaces in them."""
    one, other = (content.read(content.as_bytes(item)) for item in (old, new))
    assert one is not None
    assert other is not None
    return [line.line.replace("\u00a0", " ") for line in content.differences(one, other)]


FIRST = ("СОШ № 1", Fraction(12, 31), Day("2026-11-28"))
SECOND = ("СОШ № 2", Fraction(3, 25), None)
THIRD = ("СОШ № 3", Fraction(7, 22), Day("2026-12-01"))


def test_every_value_comes_back_as_a_person_reads_it() -> None:
    values: tuple[Value, ...] = (
        "слово", 5, None, Fraction(1, 2), Share(12, 31), Day("2026-11-28"), Lines(("а", "б")), Number("1234.5"),
        Roubles(123456), Marked(Fraction(3, 9), ("*",)),
    )  # fmt: skip
    columns = tuple(Column(f"К{place}", 10) for place in range(len(values)))
    made = Table("Т", columns, (Group((Row(values),)),), (Mark("*", "мало", "Мало участников."),))
    none = Table("Т", columns, (Group((Row(("слово", *([None] * (len(values) - 1)))),)),))
    assert told(document(none), document(made)) == [
        "таблица «Т», слово, К1: было «—», стало «5»",
        "таблица «Т», слово, К3: было «—», стало «1 из 2»",
        "таблица «Т», слово, К4: было «—», стало «38,7 %»",
        "таблица «Т», слово, К5: было «—», стало «28.11.2026»",
        "таблица «Т», слово, К6: было «—», стало «а, б»",
        "таблица «Т», слово, К7: было «—», стало «1234,5»",
        "таблица «Т», слово, К8: было «—», стало «1234,56»",
        "таблица «Т», слово, К9: было «—», стало «3 из 9 *»",
    ]


def test_a_changed_cell_is_told_by_table_row_and_column() -> None:
    changed = table(FIRST, ("СОШ № 2", Fraction(8, 25), None))
    assert told(document(table(FIRST, SECOND)), document(changed)) == [
        "таблица «Список», СОШ № 2, Ниже минимума: было «3 из 25», стало «8 из 25»"
    ]


def test_a_row_put_in_between_moves_no_other_one() -> None:
    assert told(document(table(FIRST, THIRD)), document(table(FIRST, SECOND, THIRD))) == [
        "таблица «Список», строка: появилось «СОШ № 2; 3 из 25»"
    ]
    assert told(document(table(FIRST, SECOND, THIRD)), document(table(FIRST, THIRD))) == [
        "таблица «Список», строка: исчезло «СОШ № 2; 3 из 25»"
    ]


def test_a_renamed_school_is_one_row_with_another_name() -> None:
    renamed = table(("Лицей", *FIRST[1:]), SECOND)
    assert told(document(table(FIRST, SECOND)), document(renamed)) == [
        "таблица «Список», Лицей, Школа: было «СОШ № 1», стало «Лицей»"
    ]


def test_two_rows_of_one_name_stay_two() -> None:
    twin = ("СОШ № 1", Fraction(1, 9), None)
    filler = tuple((f"СОШ № {number}", Fraction(number, 50), None) for number in range(10, 30))
    changed = ("СОШ № 1", Fraction(2, 9), None)
    assert told(document(table(*filler, FIRST, twin)), document(table(*filler, FIRST, changed))) == [
        "таблица «Список», СОШ № 1, Ниже минимума: было «1 из 9», стало «2 из 9»"
    ]


def test_parts_of_a_row_belong_to_it() -> None:
    columns = (Column("Школа", 50), Column("Процедура", 50, inner=True), Column("Доля", 20, inner=True))

    def made(of: int) -> Document:
        row = Row(("СОШ № 1",), (("ВПР", Fraction(3, of)), ("ОГЭ", Fraction(1, 9))))
        return document(Table("Основания", columns, (Group((row,), "Северный район"),)))

    assert told(made(20), made(21)) == [
        "таблица «Основания», Северный район: СОШ № 1, Доля: было «3 из 20; 1 из 9», стало «3 из 21; 1 из 9»"
    ]


def test_texts_facts_charts_approvals_and_signers_are_compared() -> None:
    def made(word: str, day: str, value: float, director: str, name: str) -> Document:
        chart = LineChart("Доля", "%", (Series("СОШ № 1", (Point("2026", value),)),), (Level(30.0, "порог"),))
        return document(
            Heading("Итог"), paragraph(word), Note("Примечание."), Facts(((Fact("Директор", director),),)),
            ChartBlock(chart), SignatureBlock("Начальник", name, "head"), Executor("Ким О. В."),
            approvals=(ActApproval("214", day),),
        )  # fmt: skip

    old = made("Школ три.", "2026-11-20", 38.7, "Громова Л. А.", "М. П. Иванова")
    new = made("Школ четыре.", "2026-11-28", 41.0, "Павлова Т. И.", "О. В. Ким")
    lines = told(old, new)
    assert lines == [
        "гриф: было «УТВЕРЖДЁН, приказом от 20.11.2026 № 214», стало «УТВЕРЖДЁН, приказом от 28.11.2026 № 214»",
        "раздел «Итог»: было «Школ три.», стало «Школ четыре.»",
        "раздел «Итог»: было «Начальник, М. П. Иванова», стало «Начальник, О. В. Ким»",
        "сведения, Директор: было «Громова Л. А.», стало «Павлова Т. И.»",
        "график «Доля», СОШ № 1, 2026: было «38,7», стало «41,0»",
    ]


def test_only_the_sentence_that_changed_is_told() -> None:
    old = document(paragraph("Школ три. Директор М.\u00a0П.\u00a0Иванова. Доля выросла."))
    new = document(paragraph("Школ три. Директор О.\u00a0В.\u00a0Ким. Доля выросла."))
    assert told(old, new) == ["текст: было «Директор М. П. Иванова.», стало «Директор О. В. Ким.»"]


def test_looks_and_the_line_at_the_foot_say_nothing() -> None:
    plain = document(table(FIRST), provenance="Опора · 22.11.2026 14:05")
    wide = replace(table(FIRST), columns=tuple(replace(one, weight=one.weight * 2) for one in COLUMNS))
    other = document(PageBreak(), wide, provenance="Опора · 23.11.2026 09:00", landscape=True, long_storage=True)
    assert told(plain, other) == []
    assert content.as_bytes(plain) == content.as_bytes(other)


def test_a_draft_that_is_approved_says_so() -> None:
    assert told(document(draft=True), document()) == ["пометка: было «ПРОЕКТ», стало «нет»"]


def test_a_table_that_came_or_went_is_told_once() -> None:
    assert told(document(), document(table(FIRST, SECOND))) == ["таблица: появилось «таблица «Список», строк 2»"]


def test_what_is_no_content_of_ours_is_none() -> None:
    assert content.read(b"\xff") is None
    assert content.read(b"[]") is None
    assert content.read(b'{"version":99}') is None
