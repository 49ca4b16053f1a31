"""Other programs read our packages: Info-ZIP by its names, a checker of schemas by their draft."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from app.exporters.package import pack
from tests.helpers import outside

NAMES = ("опись.pdf", "документы/01 Список школ № 1 «Ёлочка».pdf.sig", "manifest.json")


def test_the_schemas_are_sound_schemas_of_their_draft() -> None:
    from jsonschema import Draft202012Validator

    from app.paths import resources

    for name in ("manifest-1", "data-1", "manifest-2", "data-2"):
        schema = json.loads((resources() / "package" / f"{name}.schema.json").read_text(encoding="utf-8"))
        Draft202012Validator.check_schema(schema)
        assert schema["properties"]["format_version"] == {"const": int(name[-1])}


if outside.needs("unzip"):

    def test_unzip_lays_files_down_under_their_russian_names(tmp_path: Path) -> None:
        archive = tmp_path / "пакет.zip"
        archive.write_bytes(pack(dict.fromkeys(NAMES, b"x" * 100)))
        done = subprocess.run(
            ["unzip", "-q", str(archive), "-d", str(tmp_path / "куда")], check=False, capture_output=True,
            env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        found = {str(path.relative_to(tmp_path / "куда")) for path in (tmp_path / "куда").rglob("*") if path.is_file()}
        assert found == set(NAMES)


@pytest.mark.parametrize("count", [1, 3])
def test_a_package_is_one_file_whenever_it_is_packed(count: int) -> None:
    assert len({pack(dict.fromkeys(NAMES, b"y" * 1000)) for _ in range(count)}) == 1
