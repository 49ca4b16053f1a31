"""Programs of others that check our files, and examples beside the checkout, where this machine has them.

Tests that need one stand under ``if outside.PREFLIGHT:`` or ``if outside.needs("xvfb"):``: without the program they
are not collected, and the run ends with the list «здесь не проверено» (decision 34).
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from app.paths import resources
from tests.helpers.shared import SHARED

_JARS = "javax.activation jaxb-api preflight pdfbox2 fontbox2 xmpbox commons-logging commons-io bcprov bcmail bcpkix"
_PATHS = [Path("/usr/share/java") / f"{name}.jar" for name in _JARS.split()]

PREFLIGHT = shutil.which("java") is not None and all(path.exists() for path in _PATHS)
"""Apache PDFBox preflight: an independent judge of PDF/A-1b."""

PDFSIG = shutil.which("pdfsig")
"""The verifier of poppler."""

OPENSSL = shutil.which("openssl")

_ENGINES = sorted(Path("/usr/lib").glob("*/engines-3/gost.so"))
GOST_ENGINE: Path | None = _ENGINES[0] if _ENGINES and OPENSSL else None
"""The ГОСТ engine of OpenSSL."""

SOFFICE = shutil.which("soffice")
IMPRESS = SOFFICE is not None and any(
    (Path(root) / "program/libsdlo.so").exists() for root in ("/usr/lib/libreoffice", "/usr/lib64/libreoffice")
)
"""LibreOffice has its part for slides."""

PDFTOPPM = shutil.which("pdftoppm")
PDFINFO = shutil.which("pdfinfo")
XVFB = shutil.which("Xvfb")
XMLSEC = shutil.which("xmlsec1")

_MODULES = [path for path in (Path("/usr/lib/softhsm/libsofthsm2.so"),) if path.exists()]
SOFTHSM: Path | None = _MODULES[0] if _MODULES and shutil.which("softhsm2-util") else None
"""A token of software."""

UNO_PYTHON = Path("/usr/bin/python3")


def _has_uno() -> bool:
    if not UNO_PYTHON.exists() or SOFFICE is None or shutil.which("certutil") is None:
        return False
    return subprocess.run([UNO_PYTHON, "-c", "import uno"], capture_output=True, check=False).returncode == 0


UNO = _has_uno()
"""LibreOffice can be asked what it thinks of a signature."""


def _can_unshare() -> bool:
    program = shutil.which("unshare")
    if program is None:
        return False
    return subprocess.run([program, "-rn", "true"], capture_output=True, check=False).returncode == 0


UNSHARE = _can_unshare()
"""A process without any network can be started here."""


@dataclass(frozen=True)
class Outside:
    """One thing that a test needs from outside the project."""

    present: bool
    unchecked: str
    """What stays unchecked without it, in Russian, for the closing list."""
    source: str
    """Where it comes from: Debian's packages or a folder."""


OUTSIDE: dict[str, Outside] = {
    "shared": Outside(
        SHARED is not None, "настоящие отчёты и подписанные чужие файлы", "папка shared рядом с папкой проекта"
    ),
    "preflight": Outside(
        PREFLIGHT,
        "PDF/A-1b чужой программой (PDFBox preflight)",
        "default-jre-headless libpdfbox2-java libcommons-io-java libjaxb-api-java libactivation-java"
        " libbcprov-java libbcmail-java libbcpkix-java",
    ),
    "pdfsig": Outside(PDFSIG is not None, "подпись PDF чужой программой (pdfsig)", "poppler-utils"),
    "pdftoppm": Outside(PDFTOPPM is not None, "вид страниц PDF чужой программой (pdftoppm)", "poppler-utils"),
    "pdfinfo": Outside(PDFINFO is not None, "структура PDF чужой программой (pdfinfo)", "poppler-utils"),
    "openssl": Outside(OPENSSL is not None, "отсоединённая подпись чужой программой (openssl)", "openssl"),
    "gost": Outside(GOST_ENGINE is not None, "подпись по ГОСТ (движок OpenSSL)", "libengine-gost-openssl"),
    "soffice": Outside(
        SOFFICE is not None,
        "документы Word и Excel в LibreOffice",
        "libreoffice-writer-nogui libreoffice-calc-nogui",
    ),
    "impress": Outside(IMPRESS, "слайды в LibreOffice", "libreoffice-impress-nogui"),
    "softhsm": Outside(SOFTHSM is not None, "подпись ключом с токена (SoftHSM)", "softhsm2"),
    "xmlsec": Outside(XMLSEC is not None, "подпись внутри файлов Word и Excel чужой программой (xmlsec1)", "xmlsec1"),
    "uno": Outside(UNO, "подпись внутри файлов Word и Excel в LibreOffice", "python3-uno libnss3-tools и LibreOffice"),
    "unzip": Outside(shutil.which("unzip") is not None, "русские имена в пакете чужой программой (unzip)", "unzip"),
    "xvfb": Outside(XVFB is not None, "настоящее окно на виртуальном экране (Xvfb)", "xvfb xauth"),
    "unshare": Outside(UNSHARE, "весь путь в отрыве от сети (unshare)", "util-linux и право на свою сеть"),
}
"""Everything that any test needs from outside; a test that needs something else adds a line here."""


def needs(name: str) -> bool:
    """Tell whether an outside thing is here; an unknown name is a mistake in the test."""
    return OUTSIDE[name].present


def unchecked() -> list[str]:
    """Return the lines of the closing list «здесь не проверено», empty where everything is here."""
    return [f"{item.unchecked} — {item.source}" for item in OUTSIDE.values() if not item.present]


def preflight(folder: Path, files: dict[str, bytes]) -> dict[str, str]:
    """Return «valid» or the complaints for each file."""
    answers = {}
    for name, data in files.items():
        path = folder / f"{name}.pdf"
        path.write_bytes(data)
        command = ["java", "-cp", ":".join(map(str, _PATHS)), "org.apache.pdfbox.preflight.Validator_A1b", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
        answers[name] = "valid" if "is a valid PDF/A-1b" in done.stdout else done.stdout
    return answers


def pdfsig(folder: Path, pdf: bytes) -> list[str]:
    """Return what poppler says of each signature."""
    path = folder / "checked.pdf"
    path.write_bytes(pdf)
    done = subprocess.run([str(PDFSIG), "-nocert", str(path)], capture_output=True, text=True, check=False, timeout=60)
    mark = "Signature Validation:"
    return [line.partition(mark)[2].strip() for line in done.stdout.splitlines() if mark in line]


def with_our_fonts(folder: Path) -> dict[str, str]:
    """Return an environment in which LibreOffice knows the program's own fonts.

    Tinos is as wide as Times New Roman: on a machine that has neither, lines and pages would break elsewhere.
    """
    settings = folder / "fonts.conf"
    settings.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
        f"<dir>{resources() / 'fonts'}</dir><cachedir>{folder / 'fonts'}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    return os.environ | {"FONTCONFIG_FILE": str(settings)}


def opened_by_libreoffice(folder: Path, files: dict[str, bytes]) -> dict[str, bytes]:
    """Return what LibreOffice makes PDF of each file, in one run; a file it cannot open is missing."""
    sources, made = folder / "sources", folder / "made"
    sources.mkdir()
    for name, data in files.items():
        (sources / name).write_bytes(data)
    command = [str(SOFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(made)]
    command += [str(sources / name) for name in files]
    subprocess.run(command, capture_output=True, check=False, timeout=540, env=with_our_fonts(folder))
    return {name: path.read_bytes() for name in files if (path := made / f"{Path(name).stem}.pdf").exists()}
