"""Programs that sign: presets, the user's changes, what is remembered and what never is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.errors import UserError
from app.exporters.outside import Program
from app.exporters.signing import load_p12
from app.operations import signing_make, signing_profiles, signing_ways
from app.texts import NBSP
from tests.helpers.certificates import PASSWORD, ivanova


def test_presets_ask_for_what_they_need_and_never_for_a_pin() -> None:
    asks = {item.key: item.asks for item in signing_profiles.programs()}
    assert asks == {"cryptcp": ("thumbprint",), "csptest": ("thumbprint",), "openssl-gost": ("cert", "key")}


def test_a_changed_command_is_kept_and_can_be_taken_back() -> None:
    (first, *_) = signing_profiles.presets()
    longer = replace(first, seconds=300, arguments=(*first.arguments, "-q"))
    signing_profiles.save(longer)
    assert signing_profiles.program("cryptcp") == longer
    signing_profiles.restore("cryptcp")
    assert signing_profiles.program("cryptcp") == first
    own = Program("own1", "Моя «программа»", ("C:\\Папка с пробелом\\a.exe", "{input}", "{output}"), 60,
                  (("OPENSSL_CONF", "/tmp/№ 1.cnf"),), "заметка")  # fmt: skip
    signing_profiles.save(own)
    assert signing_profiles.program("own1") == own
    with pytest.raises(UserError) as caught:
        signing_profiles.save(replace(own, arguments=("a",)))
    assert caught.value.code == "SIGN_OUTSIDE_COMMAND"


def test_what_was_chosen_is_remembered_but_no_secret(own_profile: Path) -> None:
    signing_profiles.remember({"program": "csptest", "thumbprint": "AB", "pin": "12345678", "password": "тайна"})
    assert signing_profiles.remembered() == {"program": "csptest", "thumbprint": "AB"}
    written = "".join(path.read_text(encoding="utf-8") for path in own_profile.rglob("*.toml"))
    assert "csptest" in written
    assert "12345678" not in written
    assert "тайна" not in written


@pytest.mark.parametrize(
    "text",
    [
        "это не toml =",
        '[[program]]\nkey = "x"\n',
        "[[program]]\nkey=1\ntitle=2\narguments=3",
        '[[program]]\nkey="a"\ntitle="b"\narguments=["c", "{input}"]\nseconds=inf\n',
    ],
)
def test_a_spoilt_file_is_told_and_does_not_stop_other_ways(text: str) -> None:
    from app import paths

    (paths.profile() / signing_profiles.FILE).write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        signing_profiles.programs()
    assert caught.value.code == "SIGN_PROFILES_BAD"
    assert signing_profiles.remembered() == {}
    signing_profiles.remember({"program": "csptest"})  # a habit is no reason to stop signing
    assert (paths.profile() / signing_profiles.FILE).read_text(encoding="utf-8") == text


def test_the_words_on_a_certificate() -> None:
    facts = load_p12(ivanova().p12, PASSWORD).facts
    last = facts.valid_to.astimezone().date()
    for before, words in ((31, "ещё 31 день."), (30, "ещё 30 дней: пора продлить."), (1, "ещё 1 день: пора продлить."),
                          (0, ": сегодня последний день."), (-1, "Срок закончился")):  # fmt: skip
        told = signing_make.facts_words(facts, last - timedelta(days=before)).replace(NBSP, " ")
        assert told.startswith("Иванова Мария Петровна, Директор, МБОУ «СОШ № 5».")
        assert words in told


@pytest.mark.parametrize(
    ("name", "way", "forms"),
    [
        ("a.pdf", "p12", ("inside", "beside")), ("a.PDF", "outside", ("beside", "inside")),
        ("a.xlsx", "token", ("beside", "package")), ("a.docx", "outside", ("beside",)), ("a.csv", "p12", ("beside",)),
    ],
)  # fmt: skip
def test_what_a_file_can_carry(name: str, way: str, forms: tuple[str, ...]) -> None:
    assert signing_ways.forms_for(name, way) == forms


def test_the_words_on_worth_name_the_law() -> None:
    assert [way.key for way in signing_ways.WAYS] == ["paper", "outside", "sig", "elsewhere", "p12", "token"]
    assert [way.key for way in signing_ways.WAYS if way.more] == ["p12", "token"]
    for way in signing_ways.WAYS:
        assert ("63-ФЗ" in way.worth) == (way.key != "paper")
        assert ("неквалифицированная" in way.worth) == (way.key in {"p12", "token"})
