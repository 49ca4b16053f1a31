"""Marks of signatures that came onto the pages after a signature: they may lie over what was signed.

A signed file may gain fields of signature, so the analysis of changes lets them pass. But a field is drawn, and its
picture can be anything: a white sheet with another text («sneaky signature»). A picture on a field that nobody has
signed has no honest reason; the mark of a real new signature has one, and a person is told to look.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Any

NOTE = "После этой подписи на страницу легла отметка новой подписи ({names}). Посмотрите, не закрывает ли она текст."


def marks_after(embedded: Any) -> tuple[bool, tuple[str, ...]]:
    """Look at the fields of signature that changed after a signature.

    Args:
        embedded: ``pyhanko.sign.validation.pdf_embedded.EmbeddedPdfSignature`` with permitted changes behind it.

    Returns:
        Whether a picture without an honest reason came onto a page (on a field of signature nobody has signed, on
        a field of a form whose value stayed the same), and what is to be told of new marks.
    """
    reader, revision = embedded.reader, embedded.signed_revision
    then = {name: widgets for name, _signed, widgets in _fields(reader.get_historical_resolver(revision))}
    told = []
    for name, signed, widgets in _fields(reader):
        before = [_picture(widget) for widget in then.get(name, ())]
        pictures = [picture for widget in widgets if (picture := _picture(widget)) is not None]
        fresh = [one for one in pictures if one not in before or _changed_since(reader, one, revision)]
        if not any(_paints(one) for one in fresh):
            continue
        if not signed:
            return True, ()
        if name not in then:
            told.append(name)
    if _repainted(reader, revision):
        return True, ()
    return False, (NOTE.format(names=", ".join(sorted(told))),) if told else ()


def _repainted(reader: Any, revision: int) -> bool:
    """Tell whether a field of a form shows something else though its value is the old one («shadow: replace»)."""
    then = dict(_values(reader.get_historical_resolver(revision)))
    for name, (value, pictures) in _values(reader):
        if name not in then or then[name][0] != value:
            continue  # a filled field: told as such
        before = then[name][1]
        if any(one != other for one, other in zip(pictures, before, strict=False)) or len(pictures) != len(before):
            return True
    return False


def _values(handler: Any) -> Iterator[tuple[str, tuple[str, list[bytes]]]]:
    """Yield name and (value, what it shows) of every field that is not one of signature; loops are cut."""
    form = _item(handler.root, "/AcroForm", None)
    waiting = [("", "", one) for one in _item(form, "/Fields", ())] if form is not None else []
    seen = set()
    while waiting:
        above, kind, reference = waiting.pop()
        key = getattr(reference, "reference", None)
        if key is None or key in seen:
            continue
        seen.add(key)
        field = reference.get_object()
        kind = str(_item(field, "/FT", kind))
        name = f"{above}.{_item(field, '/T', '')}"
        waiting += [(name, kind, kid) for kid in _item(field, "/Kids", ())]
        if kind == "/Tx":
            yield f"{name} {key.idnum}", (str(_item(field, "/V", "")), [_drawing(field)])


def _drawing(widget: Any) -> bytes:
    picture = _picture(widget)
    drawn = picture.get_object() if hasattr(picture, "get_object") else picture
    try:
        return b"" if drawn is None else bytes(drawn.data)
    except (AttributeError, zlib.error):
        return b"?"


def _fields(handler: Any) -> Iterator[tuple[str, bool, list[Any]]]:
    """Yield name, «is signed» and the widgets with a place on the page of every field of signature."""
    from pyhanko.sign.fields import enumerate_sig_fields

    for name, value, reference in enumerate_sig_fields(handler):
        field = reference.get_object()
        widgets = [field, *(kid.get_object() for kid in _item(field, "/Kids", ()))]
        yield str(name), value is not None, [widget for widget in widgets if _has_place(widget)]


def _has_place(widget: Any) -> bool:
    box = [float(one) for one in _item(widget, "/Rect", ())]
    return len(box) == 4 and box[0] != box[2] and box[1] != box[3]


def _picture(widget: Any) -> Any:
    """Return the normal picture of a widget: a reference where there is one, None where there is no picture."""
    pictures = _item(widget, "/AP", None)
    return pictures.raw_get("/N") if pictures is not None and "/N" in pictures else None


def _changed_since(reader: Any, picture: Any, revision: int) -> bool:
    reference = getattr(picture, "reference", None)
    return reference is not None and reader.xrefs.get_last_change(reference) > revision


def _paints(picture: Any) -> bool:
    """Tell whether a picture draws anything; one that cannot be read may draw whatever it likes."""
    drawn = picture.get_object() if hasattr(picture, "get_object") else picture
    try:
        data = drawn.data
    except (AttributeError, zlib.error):
        return True
    return bool(re.sub(rb"%[^\r\n]*|\s+", b"", data))


def _item(owner: Any, key: str, default: Any) -> Any:
    """Return a value with its reference followed, which pyHanko's «get» does not do."""
    return owner[key] if key in owner else default  # noqa: SIM401 - «get» would return the reference itself
