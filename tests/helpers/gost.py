"""Certificates and signatures by ГОСТ for tests, made by OpenSSL with its engine. Use under ``outside.GOST_ENGINE``."""

from __future__ import annotations

import os
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.helpers import outside

CONFIG = """
openssl_conf = openssl_def
[openssl_def]
engines = engine_section
[engine_section]
gost = gost_section
[gost_section]
engine_id = gost
dynamic_path = {engine}
default_algorithms = ALL
[req]
distinguished_name = dn
[dn]
[v3]
basicConstraints=CA:FALSE
keyUsage=digitalSignature,nonRepudiation
[ca]
basicConstraints=critical,CA:TRUE
keyUsage=keyCertSign,cRLSign
"""


@dataclass(frozen=True)
class GostPerson:
    """A key with its certificate and the centre above it, all PEM."""

    bits: int
    key: bytes
    certificate: bytes
    centre: bytes

    def sign(self, data: bytes, *, enclosed: bool = False) -> bytes:
        """A CAdES signature over some bytes, DER."""
        files = {"doc": data, "u.key": self.key, "u.pem": self.certificate}
        inside = ["-nodetach"] if enclosed else []
        return openssl(
            files, ["cms", "-sign", "-binary", "-in", "doc", "-signer", "u.pem", "-inkey", "u.key", "-md",
                    f"md_gost12_{self.bits}", "-cades", *inside, "-outform", "DER", "-out", "made"],
        )  # fmt: skip


def run(folder: Path, command: list[str]) -> subprocess.CompletedProcess[bytes]:
    """Run OpenSSL with the engine in a folder."""
    (folder / "gost.cnf").write_text(CONFIG.format(engine=outside.GOST_ENGINE), encoding="ascii")
    environment = os.environ | {"OPENSSL_CONF": str(folder / "gost.cnf")}
    return subprocess.run(
        [str(outside.OPENSSL), *command], cwd=folder, env=environment, capture_output=True, check=False, timeout=60
    )


def openssl(files: dict[str, bytes], *commands: list[str]) -> bytes:
    """Run commands over some files; the last one leaves «made»."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, data in files.items():
            (folder / file).write_bytes(data)
        for command in commands:
            done = run(folder, command)
            assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
        return (folder / "made").read_bytes()


def verified(data: bytes, sig: bytes, centre: bytes) -> bool:
    """What OpenSSL itself says of a detached signature."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "doc").write_bytes(data)
        (folder / "sig").write_bytes(sig)
        (folder / "ca.pem").write_bytes(centre)
        command = "cms -verify -binary -cades -inform DER -in sig -content doc -CAfile ca.pem -out /dev/null"
        return run(folder, command.split()).returncode == 0


@cache
def gost_person(bits: int = 256, owner: str = "Иванова Мария Петровна") -> GostPerson:
    """A person with a ГОСТ key under a ГОСТ centre."""
    key = f"genpkey -algorithm gost2012_{bits} -pkeyopt paramset:A -out made".split()
    centre_key, own_key = openssl({}, key), openssl({}, key)
    digest = f"-md_gost12_{bits}"
    config = CONFIG.format(engine=outside.GOST_ENGINE).encode()
    centre = openssl(
        {"ca.key": centre_key},
        ["req", "-x509", "-new", "-key", "ca.key", digest, "-utf8", "-subj", "/C=RU/CN=УЦ Проверка ГОСТ", "-days", "30",
         "-extensions", "ca", "-out", "made"],
    )  # fmt: skip
    certificate = openssl(
        {"ca.key": centre_key, "ca.pem": centre, "u.key": own_key, "v3.cnf": config},
        ["req", "-new", "-key", "u.key", digest, "-utf8", "-subj", f"/C=RU/CN={owner}/O=МБОУ СОШ № 5", "-out", "u.csr"],
        ["x509", "-req", "-in", "u.csr", "-CA", "ca.pem", "-CAkey", "ca.key", digest, "-days", "20", "-extfile",
         "v3.cnf", "-extensions", "v3", "-out", "made"],
    )  # fmt: skip
    return GostPerson(bits, own_key, certificate, centre)


def in_pdf(pdf: bytes, who: GostPerson, field: str = "Gost") -> bytes:
    """A PDF with a ГОСТ signature embedded by an outside program: the bytes round the gap are signed as a file."""
    import io
    from datetime import UTC, datetime

    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
    from pyhanko.sign.signers import cms_embedder
    from pyhanko.sign.signers.pdf_byterange import SignatureObject

    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    spec = SigFieldSpec(field, on_page=0, box=(40, 40, 160, 90))
    steps = cms_embedder.PdfCMSEmbedder(new_field_spec=spec).write_cms(field_name=field, writer=writer)
    next(steps)
    hole = SignatureObject(timestamp=datetime.now(UTC), subfilter=SigSeedSubFilter.PADES, bytes_reserved=16384)
    steps.send(cms_embedder.SigObjSetup(sig_placeholder=hole))
    setup = cms_embedder.SigIOSetup(md_algorithm="sha256", in_place=False, output=io.BytesIO())
    digest, output = steps.send(setup)
    whole = output.getvalue()
    signed = whole[: digest.reserved_region_start] + whole[digest.reserved_region_end :]
    steps.send(who.sign(signed))
    made: bytes = output.getvalue()
    return made
