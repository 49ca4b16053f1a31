"""Programs of others that check our files, where this machine has them.

Tests that need one stand under ``if outside.PREFLIGHT:``: without the program they are not collected.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

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
    done = subprocess.run(
        [str(PDFSIG), "-nocert", str(path)], capture_output=True, text=True, check=False, timeout=60
    )
    mark = "Signature Validation:"
    return [line.partition(mark)[2].strip() for line in done.stdout.splitlines() if mark in line]
