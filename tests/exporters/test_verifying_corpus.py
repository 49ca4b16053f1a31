"""The shared examples of signed files: each gets the verdict its index expects."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from app.exporters.verifying import verify_pdf
from tests.helpers.shared import SHARED

FOLDER = SHARED / "corpus" / "pdf_signed" if SHARED else None

EXPECTED: dict[str, tuple[str, int]] = {
    "pades-with-old-style-signing-cert-attr.pdf": ("valid_unknown_issuer", 1),
    "sig-no-signed-attrs.pdf": ("valid_unknown_issuer", 1),
    "ed448-shake256-nolen.pdf": ("valid_unknown_issuer", 1),
    "minimal-signed-twice-both-created.pdf": ("valid_unknown_issuer", 2),
    "separate-annots-kids-indir.pdf": ("valid_unknown_issuer", 2),
    "form-update-no-override-appearance-stream-ap-indirect.pdf": ("valid_unknown_issuer", 2),
    "form-update-ap-indirect-sneaky-trailer.pdf": ("changed_after_signing", 2),
    "coverage-anomalies__one-byterange.pdf": ("not_whole_file", 1),
    "coverage-anomalies__tail-uncovered.pdf": ("not_whole_file", 1),
    "coverage-anomalies__base.pdf": ("not_signed", 1),
    "signed-encrypted-pubkey-with-catalog-ref.pdf": ("encrypted", 0),
    "minimal.pdf": ("not_signed", 0),
    "circular-page-tree.pdf": ("damaged_file", 0),
}
"""Our verdict and the number of signatures told of."""

SAID = {
    "ВЕРНА": {"valid_unknown_issuer"},
    "ОБЕ ВЕРНЫ": {"valid_unknown_issuer"},
    "ИЗМЕНЕНО": {"changed_after_signing"},
    "НЕ ДЕЙСТВИТЕЛЬНА": {"not_whole_file"},
    "НЕ ПОДПИСАН": {"not_signed"},
    "«ФАЙЛ ЗАШИФРОВАН": {"encrypted"},
    "«ФАЙЛ ПОВРЕЖДЁН": {"damaged_file"},
}
"""How the index begins its expectations."""


def index_of(folder: Path) -> list[dict[str, str]]:
    with (folder / "index.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


if FOLDER and FOLDER.is_dir():
    ROWS = index_of(FOLDER)

    def test_the_index_names_the_files_we_know() -> None:
        assert {row["file"] for row in ROWS} == set(EXPECTED)

    @pytest.mark.parametrize("row", ROWS, ids=lambda row: row["file"])
    def test_the_expected_verdict(row: dict[str, str]) -> None:
        assert FOLDER is not None
        result = verify_pdf((FOLDER / row["file"]).read_bytes())
        assert (result.verdict, len(result.signatures)) == EXPECTED[row["file"]]
        said = [verdicts for start, verdicts in SAID.items() if row["expected_verdict"].upper().startswith(start)]
        assert len(said) == 1
        assert result.verdict in said[0]

    def test_the_words_on_the_particular_ones() -> None:
        assert FOLDER is not None
        pades = verify_pdf((FOLDER / "pades-with-old-style-signing-cert-attr.pdf").read_bytes()).signatures[0]
        assert pades.signer == "Alice"
        assert (pades.time or "").startswith("2021-08-18")
        assert pades.covers_whole_file
        filled = verify_pdf(
            (FOLDER / "form-update-no-override-appearance-stream-ap-indirect.pdf").read_bytes()
        ).signatures
        assert "заполнены поля" in (filled[0].changed_after or "")
        assert filled[1].changed_after is None
        empty = verify_pdf((FOLDER / "coverage-anomalies__base.pdf").read_bytes())
        assert "пуста" in empty.reason
