"""Answers of an older version go on in a newer one; what does not is named, and what was typed stays."""

from __future__ import annotations

from app.forms.answers import given
from app.forms.loader import load
from app.forms.revisions import revise
from app.forms.schema import AnswerSet, FormDef
from tests.helpers.forms import SMALL, answered, small

SECOND = next(line for line in SMALL.splitlines(keepends=True) if '{id = "b"' in line)


def newer(revision: str = "", *changes: tuple[str, str]) -> FormDef:
    text = SMALL.replace('version = "1.0"', 'version = "2.0"')
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return load(text + (f'\n[[revisions]]\nfrom = "1.0"\n{revision}\n' if revision else ""))


def test_the_same_questions_go_on_by_their_ids() -> None:
    old, new = small(), newer()
    before = answered(old, a="Да", b="н/п", c="слабо", d="нет сил")
    after = revise(before, old, new)
    assert after.lost == ()
    assert (after.answers.form_id, after.answers.version) == ("small", "2.0")
    assert after.answers.answers == before.answers


def test_the_same_version_stays_as_it_is() -> None:
    before = answered(small(), a="Да")
    assert revise(before, small(), small()).answers is before


def test_renamed_deleted_and_recoded() -> None:
    new = newer(
        'renamed = {a = "first"}\ndeleted = ["b"]\nrecoded = {first = {"2" = "full", "1" = "some", "0" = ""}}',
        ('{id = "a"', '{id = "first"'),
        (SECOND, ""),
        ('value = "2"', 'value = "full"'),
        ('value = "1"', 'value = "some"'),
        ('value = "0"', 'value = "none"'),
        ('values = ["0"]', 'values = ["none"]'),
        ("least = 4, most = 6", "least = 4, most = 4"),
        ("least = 7, most = 8", "least = 5, most = 5"),
        ("least = 5, most = 5", "least = 5, most = 5"),
        ("points = 2", "points = 3"), ("points = 1", "points = 2"), ("least = 5, most = 5", "least = 5, most = 6"),
    )  # fmt: skip
    old = small()
    after = revise(answered(old, a="да", b="Частично", c="1"), old, new)
    assert (after.answers.get("first").value, after.answers.get("first").raw) == ("full", "да")
    # b is asked no longer: named, and kept as it was
    assert after.answers.get("b").raw == "Частично"
    # c has other values now and no line says which
    assert (after.answers.get("c").value, after.answers.get("c").code) == (None, "ITEM_CHOICE")
    assert after.answers.get("c").raw == "1"
    assert after.lost == (
        "Пункт 2: в новой версии формы такого пункта нет. Ответ «Частично» в счёт не идёт.",
        "Пункт 3: ответ «Частично» к новой версии формы не подходит, ответьте заново.",
    )
    gone = revise(answered(old, a="Нет"), old, new)
    assert (gone.answers.get("first").value, gone.answers.get("first").raw) == (None, "Нет")
    assert len(gone.lost) == 1


def test_an_id_taken_over_by_another_question_loses_nothing() -> None:
    """a becomes b, and the old b is gone: its answer must not pass for an answer to the new b."""
    new = newer(
        'renamed = {a = "b"}',
        ('{id = "a", number = "1", kind = "choice", scale = "full", text = "Первый", not_applicable = true},\n', ""),
        ("least = 4, most = 6", "least = 4, most = 5"),
        ("least = 7, most = 8", "least = 6, most = 6"),
    )
    old = small()
    for order in (("a", "b"), ("b", "a")):
        values = {name: {"a": "Да", "b": "Нет"}[name] for name in order}
        after = revise(answered(old, **values), old, new)
        assert after.answers.get("b").value == "2"
        assert [answer.raw for answer in after.answers.answers.values()].count("Нет") == 1
        assert after.lost == ("Пункт 2: в новой версии формы такого пункта нет. Ответ «Нет» в счёт не идёт.",)


def test_what_was_wrong_may_be_right_now() -> None:
    old, new = small(), newer("", ('text = "Частично"', 'text = "Отчасти"'))
    after = revise(answered(old, a="отчасти"), old, new)
    assert (after.answers.get("a").value, after.answers.get("a").code) == ("1", None)


def test_a_question_of_another_kind_takes_the_words() -> None:
    old = small()
    first = '{id = "a", number = "1", kind = '
    new = newer(
        "",
        (f'{first}"choice", scale = "full"', f'{first}"text"'),
        ("least = 4, most = 6", "least = 4, most = 5"),
        ("least = 7, most = 8", "least = 6, most = 6"),
    )
    assert revise(answered(old, a="да"), old, new).answers.get("a").value == "В полной мере"


def test_comments_other_and_confirmation_go_on() -> None:
    old = small()
    item = old.item("a")
    assert item is not None
    before = AnswerSet("small", "1.0", {"a": given(item, "да", comment="видел сам", confirmed=False)})
    after = revise(before, old, newer()).answers.get("a")
    assert (after.comment, after.confirmed) == ("видел сам", False)


def test_not_applicable_where_it_is_no_longer_allowed() -> None:
    old, new = small(), newer("", ("not_applicable = true", "not_applicable = false"))
    after = revise(answered(old, a="н/п"), old, new)
    assert (after.answers.get("a").not_applicable, after.answers.get("a").code) == (False, "ITEM_NOT_APPLICABLE")
    assert after.lost == ("Пункт 1: ответ «не применимо» к новой версии формы не подходит, ответьте заново.",)
