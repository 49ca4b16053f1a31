"""A form that is written is read as the same form."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given as law
from hypothesis import settings
from hypothesis import strategies as st

from app.forms.loader import load, shipped
from app.forms.reading import fits
from app.forms.schema import Choice, Condition, FormDef, Item, ItemKind, Level, Part, Revision, Scale, Score, Section
from app.forms.writer import text_of, with_version
from tests.forms.test_loader import GRID
from tests.helpers.forms import KINDS, SMALL

LETTERS = st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")) | st.sampled_from("\"'\\«»#=[]{}\t\u200b\u3164")
WORDS = st.text(LETTERS, min_size=1, max_size=30).map(str.strip).filter(fits)  # the loader's own rule
LINES = st.lists(WORDS, min_size=1, max_size=3).map("\n".join)


def plain(form: FormDef) -> FormDef:
    return replace(form, digest="", text="")


@pytest.mark.parametrize("key", sorted(shipped()), ids=str)
def test_every_shipped_form_comes_back(key: tuple[str, str]) -> None:
    assert plain(load(text_of(shipped()[key]))) == plain(shipped()[key])


@pytest.mark.parametrize("text", [SMALL, KINDS, GRID])
def test_every_kind_comes_back(text: str) -> None:
    assert plain(load(text_of(load(text)))) == plain(load(text))


@st.composite
def items(draw: st.DrawFn, number: int, scale: Scale) -> Item:
    kind: ItemKind = draw(st.sampled_from(get_args(ItemKind)))
    least, most = sorted(draw(st.tuples(st.integers(-50, 50), st.integers(-50, 50))))
    bounded = kind in {"whole", "decimal"} and draw(st.booleans())
    return Item(
        id=f"q{number}",
        text=draw(LINES),
        kind=kind,
        number=draw(st.sampled_from(["", "6.8.1", "1)"])),
        criterion=draw(st.just("") | LINES),
        hint=draw(st.just("") | LINES),
        scale=scale if kind in {"choice", "many"} else None,
        required=draw(st.booleans()),
        not_applicable=draw(st.booleans()),
        comment=draw(st.booleans()),
        evidence=draw(st.booleans()),
        weight=draw(st.integers(1, 9)),
        least=least if bounded else None,
        most=most if bounded else None,
        places=draw(st.integers(0, 6)) if kind == "decimal" else 0,
        metric=draw(st.none() | st.just("pupils")),
        when=(Condition("q0", ("b", "a")),) if number and draw(st.booleans()) else (),
    )


@st.composite
def whole_forms(draw: st.DrawFn) -> FormDef:
    texts = draw(st.lists(WORDS, min_size=2, max_size=2))
    scale = Scale("s", tuple(Choice(value, f"{text} {value}{value}", points=points, other=bool(points))
                             for value, text, points in zip("ab", texts, (0, 3), strict=True)))  # fmt: skip
    rest = tuple(draw(items(number, scale)) for number in range(1, draw(st.integers(1, 5))))
    first = Item(id="q0", text="Первый", kind="choice", scale=scale)
    top = sum(item.points or 0 for item in (first, *rest))
    cut = draw(st.integers(0, top - 1))
    levels = (Level("low", draw(WORDS), 0, cut, "bad"), Level("high", draw(WORDS), cut + 1, top))
    return FormDef(
        id="form", version=draw(st.sampled_from(["1.0", "2.11"])), title=draw(LINES), short=draw(WORDS),
        subject="school", kind="checklist",
        sections=(Section("one", draw(st.just("") | LINES), (first, *rest), note=draw(st.just("") | LINES)),),
        scores=(Score("t", draw(WORDS), "sum", levels=levels, missing=draw(st.sampled_from(["zero", "refuse"])),
                      applicable=draw(st.sampled_from(["bounds", "proportional"]))),
                Score("m", draw(WORDS), "manual", levels=(Level("x", "любой", None, None),))),
        source=draw(st.just("") | WORDS), notes=tuple(draw(st.lists(WORDS, max_size=3))),
        hidden=draw(st.booleans()), closed=draw(st.booleans()), group=draw(st.booleans()),
        head_fields=(("who", draw(WORDS)),), conclusion=draw(st.just("") | WORDS),
        revisions=(Revision("0.1", (("old", "q0"),), ("gone",), (("q0", (("1", "a"), ("2", ""))),)),),
    )  # fmt: skip


@settings(max_examples=80, deadline=None)
@law(whole_forms())
def test_any_form_comes_back(form: FormDef) -> None:
    assert plain(load(text_of(form))) == form


def test_a_composite_form_comes_back() -> None:
    form = FormDef("sum", "1.0", "Вместе", "Вместе", "mms", "composite", (),
                   (Score("t", "Итого", "sum", ("rmo",)),), (Part("rmo"), Part("sites", "1.0", 3)))  # fmt: skip
    assert plain(load(text_of(form))) == form


def test_defaults_are_left_out() -> None:
    told = tomllib.loads(text_of(load(SMALL)))
    assert "hidden" not in told
    assert set(told["sections"][0]["items"][2]) == {"id", "number", "kind", "scale", "not_applicable", "text"}


def test_another_version_keeps_layout_and_comments() -> None:
    text = "# моё примечание\n" + SMALL
    changed = with_version(text, "1.1")
    assert changed == text.replace('version = "1.0"', 'version = "1.1"')
