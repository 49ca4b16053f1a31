"""What forgers do to signed PDF files: each function is a change for ``pdfs.updated`` or a forged file."""

from __future__ import annotations

import io
import re
from typing import Any

import pikepdf


def _generic() -> Any:
    """The objects of pyHanko, which has no types for them."""
    from pyhanko.pdf_utils import generic

    return generic


def first_page(writer: Any) -> Any:
    """The first page of a file opened for writing."""
    node = writer.root["/Pages"]
    while "/Kids" in node:
        node = node["/Kids"][0].get_object()
    return node


def replace_page(writer: Any) -> None:
    """Another content under the old page."""
    generic = _generic()

    page = first_page(writer)
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"0 0 100 100 re f"))
    writer.update_container(page)


def append_content(writer: Any) -> None:
    """A second stream of content behind the signed one."""
    generic = _generic()

    page = first_page(writer)
    fresh = writer.add_object(generic.StreamObject(stream_data=b"1 g 0 0 600 900 re f"))
    old = page.raw_get("/Contents")
    page["/Contents"] = generic.ArrayObject([old, fresh])
    writer.update_container(page)


def picture(writer: Any, body: bytes = b"1 g 0 0 400 400 re f") -> Any:
    """A form that paints something."""
    generic = _generic()

    stream = generic.StreamObject(stream_data=body)
    stream["/Type"], stream["/Subtype"] = generic.pdf_name("/XObject"), generic.pdf_name("/Form")
    stream["/BBox"] = generic.ArrayObject(generic.NumberObject(one) for one in (0, 0, 400, 400))
    return writer.add_object(stream)


def annotation(writer: Any, kind: str = "/Stamp") -> None:
    """Something laid over the page."""
    generic = _generic()

    page = first_page(writer)
    box = generic.ArrayObject(generic.NumberObject(one) for one in (50, 300, 450, 700))
    fresh = generic.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
            generic.pdf_name("/Subtype"): generic.pdf_name(kind),
            generic.pdf_name("/Rect"): box,
            generic.pdf_name("/F"): generic.NumberObject(4),
            generic.pdf_name("/Contents"): generic.TextStringObject("утверждаю"),
            generic.pdf_name("/AP"): generic.DictionaryObject({generic.pdf_name("/N"): picture(writer)}),
        }
    )
    kept = list(page["/Annots"]) if "/Annots" in page else []
    page["/Annots"] = generic.ArrayObject([*kept, writer.add_object(fresh)])
    writer.update_container(page)


def drop_annotations(writer: Any) -> None:
    """Lift what hid the real text when it was signed («hide»)."""
    generic = _generic()

    page = first_page(writer)
    kept = [one for one in page["/Annots"] if one.get_object().get("/Subtype") == "/Widget"]
    page["/Annots"] = generic.ArrayObject(kept)
    writer.update_container(page)


def swap_appearance(writer: Any) -> None:
    """Another picture for the mark of a signature that stands already."""
    generic = _generic()

    for reference in writer.root["/AcroForm"]["/Fields"]:
        field = reference.get_object()
        if "/V" in field:
            field["/AP"] = generic.DictionaryObject({generic.pdf_name("/N"): picture(writer)})
            writer.update_container(field)


def swap_font(writer: Any) -> None:
    """Another font under the same name: the same codes, other letters."""
    generic = _generic()

    resources = first_page(writer)["/Resources"]
    fonts = resources["/Font"]
    plain = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/ZapfDingbats"}
    fresh = generic.DictionaryObject({generic.pdf_name(key): generic.pdf_name(value) for key, value in plain.items()})
    for name in list(fonts):
        fonts[name] = writer.add_object(fresh)
    writer.update_container(fonts)
    writer.update_container(first_page(writer))


def new_catalogue(writer: Any) -> None:
    """Another tree of pages under the catalogue («replace»)."""
    generic = _generic()

    page = first_page(writer)
    fresh = generic.DictionaryObject(dict(page))
    fresh["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"0 0 100 100 re f"))
    pages = generic.DictionaryObject(
        {generic.pdf_name("/Type"): generic.pdf_name("/Pages"), generic.pdf_name("/Count"): generic.NumberObject(1)}
    )
    reference = writer.add_object(pages)
    fresh["/Parent"] = reference
    pages["/Kids"] = generic.ArrayObject([writer.add_object(fresh)])
    writer.root["/Pages"] = reference
    writer.update_root()


def open_action(writer: Any) -> None:
    """A script that starts when the file is opened."""
    generic = _generic()

    script = {"/S": generic.pdf_name("/JavaScript"), "/JS": generic.TextStringObject("app.alert(1)")}
    writer.root["/OpenAction"] = generic.DictionaryObject({generic.pdf_name(k): v for k, v in script.items()})
    writer.update_root()


def sneaky_field(writer: Any, body: bytes = b"1 g 0 0 400 400 re f") -> None:
    """A new field of signature nobody has signed, with a picture over the text («sneaky signature»)."""
    generic = _generic()

    page = first_page(writer)
    names = {"/Type": "/Annot", "/Subtype": "/Widget", "/FT": "/Sig"}
    field = generic.DictionaryObject({generic.pdf_name(k): generic.pdf_name(v) for k, v in names.items()})
    field["/T"] = generic.TextStringObject("Утверждаю")
    field["/F"] = generic.NumberObject(132)
    field["/Rect"] = generic.ArrayObject(generic.NumberObject(one) for one in (50, 300, 450, 700))
    field["/AP"] = generic.DictionaryObject({generic.pdf_name("/N"): picture(writer, body)})
    field["/P"] = generic.IndirectObject(page.container_ref.idnum, page.container_ref.generation, writer)
    reference = writer.add_object(field)
    kept = list(page["/Annots"]) if "/Annots" in page else []
    page["/Annots"] = generic.ArrayObject([*kept, reference])
    writer.update_container(page)
    fields = writer.root["/AcroForm"]["/Fields"]
    fields.append(reference)
    writer.update_container(fields)


def with_overlay(pdf: bytes) -> bytes:
    """A file whose page carries something laid over before it is signed."""
    from tests.helpers.pdfs import updated

    return updated(pdf, annotation)


def hidden_second_page(pdf: bytes) -> bytes:
    """A file that carries a second, unused page inside, prepared before signing («hide and replace»)."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        shadow = document.make_indirect(pikepdf.Dictionary(dict(document.pages[0].obj.items())))
        shadow.Contents = document.make_stream(b"0 0 100 100 re f")
        document.Root.PieceInfo = pikepdf.Dictionary(Shadow=pikepdf.Dictionary(Private=shadow))
        buffer = io.BytesIO()
        document.save(buffer, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        return buffer.getvalue()


def show_shadow(writer: Any) -> None:
    """Point the tree of pages at the shadow that was signed unseen."""
    generic = _generic()

    shadow = writer.root["/PieceInfo"]["/Shadow"].raw_get("/Private")
    pages = writer.root["/Pages"]
    pages["/Kids"] = generic.ArrayObject([shadow])
    writer.update_container(pages)


def with_range(pdf: bytes, text: bytes) -> bytes:
    """Another byte range in the same number of bytes."""
    found = list(re.finditer(rb"/ByteRange ?\[[^\]]*\]", pdf))[-1]
    assert len(text) <= found.end() - found.start()
    return pdf[: found.start()] + text.ljust(found.end() - found.start()) + pdf[found.end() :]


def moved_away(pdf: bytes, content: bytes) -> bytes:
    """Signature wrapping: the second signed part goes to the end, other content stands where it was."""
    from tests.helpers.pdfs import byte_range

    _a, b, c, d = byte_range(pdf)
    second = pdf[c : c + d]
    head = pdf[:b] + pdf[b:c]
    body = head + content
    return with_range(body + second, f"/ByteRange [0 {b} {len(body)} {d}]".encode())


def signed_over(pdf: bytes) -> bytes:
    """A further good signature whose own mark is drawn over the text, in a field nobody had made before."""
    from pyhanko.pdf_utils import content, layout
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers
    from pyhanko.stamp import StaticStampStyle

    from tests.helpers.certificates import PASSWORD, petrov

    signer = signers.SimpleSigner.load_pkcs12_data(petrov().p12, [], passphrase=PASSWORD.encode())
    sheet = content.RawContent(b"1 g 0 0 400 400 re f", box=layout.BoxConstraints(width=400, height=400))
    style = StaticStampStyle(border_width=0, background=sheet)
    spec = fields.SigFieldSpec("Ещё", on_page=0, box=(50, 300, 450, 700))
    output = io.BytesIO()
    signers.PdfSigner(
        signers.PdfSignatureMetadata(field_name="Ещё", md_algorithm="sha256"), signer, stamp_style=style,
        new_field_spec=spec,
    ).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), output=output)  # fmt: skip
    return output.getvalue()


def with_text_field(pdf: bytes) -> bytes:
    """A paper with a field «sum» that holds «10» and shows it."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        page = document.pages[0].obj
        shown = document.make_stream(b"BT ET")
        shown.Type, shown.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        shown.BBox = pikepdf.Array([0, 0, 100, 20])
        field = document.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, T=pikepdf.String("sum"),
                V=pikepdf.String("10"), Rect=pikepdf.Array([50, 500, 150, 520]), P=page, AP=pikepdf.Dictionary(N=shown),
            )
        )  # fmt: skip
        document.Root.AcroForm.Fields.append(field)
        page.Annots.append(field)
        buffer = io.BytesIO()
        document.save(buffer)
        return buffer.getvalue()


def show_in_field(writer: Any, body: bytes, value: str = "") -> None:
    """Another picture for the field «sum», with another value where one is given."""
    generic = _generic()
    for reference in writer.root["/AcroForm"]["/Fields"]:
        field = reference.get_object()
        if field["/T"] == "sum":
            field["/AP"] = generic.DictionaryObject({generic.pdf_name("/N"): picture(writer, body)})
            if value:
                field["/V"] = generic.TextStringObject(value)
            writer.update_container(field)
