"""Attacks on signed files that leave every signed byte in place, or move it: none may be called valid."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from app.exporters.verifying import verify_pdf
from tests.helpers import shadow
from tests.helpers.certificates import centre, ivanova
from tests.helpers.pdfs import bare, byte_range, signed_by, signed_once, signed_twice, updated, with_places

ATTACKS: list[Callable[[Any], None]] = [
    shadow.replace_page, shadow.append_content, shadow.annotation, shadow.swap_appearance, shadow.swap_font,
    shadow.new_catalogue, shadow.open_action, shadow.sneaky_field,
]  # fmt: skip


def verdict(pdf: bytes) -> str:
    return verify_pdf(pdf, trust=[centre().pem]).verdict


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
@pytest.mark.parametrize("signed", [signed_once, signed_twice], ids=["one", "two"])
def test_what_is_added_after_signing(attack: Callable[[Any], None], signed: Callable[[], bytes]) -> None:
    assert verdict(signed()) == "valid"
    answer = verify_pdf(updated(signed(), attack), trust=[centre().pem])
    assert answer.verdict == "changed_after_signing"
    assert not any(one.verdict == "valid" for one in answer.signatures)
    assert not any(one.covers_whole_file for one in answer.signatures)


@pytest.mark.parametrize("kind", ["/FreeText", "/Highlight", "/Redact", "/Link"])
def test_every_kind_of_annotation(kind: str) -> None:
    assert verdict(updated(signed_once(), lambda writer: shadow.annotation(writer, kind))) == "changed_after_signing"


def test_hide_what_lay_over_the_text_is_lifted() -> None:
    signed = signed_by(shadow.with_overlay(with_places()), ivanova())
    assert verdict(signed) == "valid"
    assert verdict(updated(signed, shadow.drop_annotations)) == "changed_after_signing"


def test_hide_and_replace_a_page_that_was_signed_unseen() -> None:
    signed = signed_by(shadow.hidden_second_page(with_places()), ivanova())
    assert verdict(signed) == "valid"
    assert verdict(updated(signed, shadow.show_shadow)) == "changed_after_signing"


def test_a_table_of_objects_that_points_into_the_signed_bytes() -> None:
    """No new object at all: only a new cross-reference table makes an old object out of other signed bytes."""
    signed = signed_by(shadow.hidden_second_page(with_places()), ivanova())
    body = signed.rindex(b"startxref")
    old = int(signed[body:].split()[1])
    start = signed.index(b"/Private") + len(b"/Private")
    number = int(signed[start:].split()[0])
    place = signed.index(b"\n%d 0 obj" % number) + 1
    size = max(int(one) for one in re.findall(rb"/Size (\d+)", signed))
    root = re.findall(rb"/Root (\d+ \d+ R)", signed)[-1]
    pages: list[int] = []
    updated(signed, lambda writer: pages.append(shadow.first_page(writer).container_ref.idnum))
    table = b"xref\n%d 1\n%010d 00000 n \ntrailer\n<</Size %d /Root %s /Prev %d>>\n" % (
        pages[0],
        place,
        size,
        root,
        old,
    )
    forged = signed + table + b"startxref\n%d\n%%%%EOF\n" % len(signed)
    assert verdict(forged) not in {"valid", "valid_unknown_issuer"}


@pytest.mark.parametrize(
    "text",
    [
        b"/ByteRange [0 0 0 0]", b"/ByteRange []", b"/ByteRange null", b"/ByteRange [0 10]", b"/ByteRange [0 -1 5 9]",
        b"/ByteRange [0 10 20]", b"/ByteRange [0 1 2 3 4 5]", b"/Byte", b"/ByteRange [1 99 100 5]", b"/ByteRange 7",
        b"/ByteRange [0 9999999 10 1]",
    ],
)  # fmt: skip
def test_universal_forgery_by_a_range_that_is_none(text: bytes) -> None:
    assert verdict(shadow.with_range(signed_once(), text)) not in {"valid", "valid_unknown_issuer"}


@pytest.mark.parametrize("filler", [b"<00>", b"<>", b"null", b"()", b"0"])
def test_universal_forgery_by_a_signature_that_is_none(filler: bytes) -> None:
    signed = signed_once()
    _a, b, c, _d = byte_range(signed)
    forged = signed[:b] + filler.ljust(c - b) + signed[c:]
    assert verdict(forged) not in {"valid", "valid_unknown_issuer"}


def test_two_contents_in_one_signature() -> None:
    """A second /Contents stands inside the hole: whichever a program takes, it is not what was signed."""
    signed = signed_once()
    _a, b, c, _d = byte_range(signed)
    hole = signed[b:c]
    half = hole[: (c - b) // 2 - 12] + b">"
    forged = signed[:b] + (half + b"/Contents <00>").ljust(c - b) + signed[c:]
    assert verdict(forged) not in {"valid", "valid_unknown_issuer"}


@pytest.mark.parametrize("content", [b"", b"\n9 0 obj<<>>endobj\n", b"A" * 500])
def test_signature_wrapping(content: bytes) -> None:
    forged = shadow.moved_away(signed_once(), content + b" ")
    assert verdict(forged) not in {"valid", "valid_unknown_issuer"}


def test_a_good_signature_of_another_file_put_into_this_one() -> None:
    other = signed_by(with_places(), ivanova())
    mine = signed_once()
    _a, b, c, _d = byte_range(mine)
    _a, e, f, _d = byte_range(other)
    assert f - e == c - b
    taken = verdict(mine[:b] + other[e:f] + mine[c:])
    assert taken == "broken" or other == mine


def test_a_file_glued_behind_a_signed_one() -> None:
    assert verdict(signed_once() + bare()) not in {"valid", "valid_unknown_issuer"}
    assert verdict(bare() + signed_once()) not in {"valid", "valid_unknown_issuer"}


def test_a_new_signature_whose_mark_lies_on_the_page_is_told() -> None:
    """A second good signature may draw its mark where text was: the first is not broken, a person must look."""
    from tests.helpers.shadow import signed_over

    first, second = verify_pdf(signed_over(signed_once()), trust=[centre().pem]).signatures
    assert (first.verdict, second.verdict) == ("valid", "valid")
    assert any("отметка новой подписи" in note for note in first.notes)
    waiting = verify_pdf(signed_twice(), trust=[centre().pem]).signatures[0]
    assert not any("отметка" in note for note in waiting.notes), "a place that waited for its mark hides nothing"


def test_a_place_for_a_signature_without_a_picture_hides_nothing() -> None:
    empty = updated(signed_once(), lambda writer: shadow.sneaky_field(writer, body=b"% DSBlank\n"))
    assert verdict(empty) == "valid"


def test_replace_what_a_field_of_a_form_shows_while_its_value_stays() -> None:
    signed = signed_by(shadow.with_text_field(with_places()), ivanova())
    assert verdict(signed) == "valid"
    forged = updated(signed, lambda writer: shadow.show_in_field(writer, b"1 g 0 0 9 9 re f"))
    assert verdict(forged) == "changed_after_signing"
    filled = verify_pdf(updated(signed, lambda writer: shadow.show_in_field(writer, b"q Q", "сто")))
    assert filled.signatures[0].changed_after == "после подписи заполнены поля формы (sum)"
