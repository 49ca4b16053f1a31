"""What must not stand in the repository."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.helpers.source import ROOT, tracked

# written apart, so that this file is not its own finding
MACHINE_PATHS = re.compile("|".join([r"(?<![\w.])/work" + "/", "/roo" + r"t/", r"/hom" + r"e/\w", r"/opt/" + "wheels"]))
REGISTRIES = re.compile(
    "|".join(
        ["pypi" + r"\.org", "python" + "hosted", "deb" + r"\.debian", r"npm" + r"js\.(org|com)", "maven" + r"\.org"]
    )
)
UNTOLD = re.compile(
    "|".join([r"pytest\." + "skip", r"mark\." + r"(skip|xfail)", r"import" + "orskip", r"unittest" + r"\.skip"])
)
BINARY = {".ttf", ".png", ".ico", ".icns"}
FOREIGN = {".xlsx", ".xls", ".ods", ".pdf", ".docx", ".p12", ".pfx", ".opora", ".zip", ".db", ".sqlite", ".pyc"}


def _lines(pattern: re.Pattern[str], under: str = "") -> list[str]:
    found = []
    for path in tracked():
        name = str(path.relative_to(ROOT))
        if path.suffix in BINARY or not name.startswith(under):
            continue
        text = path.read_text("utf-8")
        found += [f"{name}:{n}" for n, line in enumerate(text.splitlines(), 1) if pattern.search(line)]
    return found


def test_no_path_of_a_machine() -> None:
    assert _lines(MACHINE_PATHS) == []


def test_no_host_of_a_registry() -> None:
    assert _lines(REGISTRIES) == []


def test_no_test_is_passed_over_in_silence() -> None:
    """What can't run here is not collected and is listed at the end (decision 34)."""
    assert _lines(UNTOLD, "tests") == []


def test_no_document_of_others_and_no_made_file() -> None:
    assert [str(path.relative_to(ROOT)) for path in tracked() if path.suffix.lower() in FOREIGN] == []


def test_no_large_file() -> None:
    limit = 3 * 1024 * 1024
    assert {str(path.relative_to(ROOT)): path.stat().st_size for path in tracked() if path.stat().st_size > limit} == {}


@pytest.mark.parametrize("name", ["run", "dev", "installer"])
def test_a_lock_pins_everything_by_hash(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.lock").read_text("utf-8")
    requirements = re.findall(r"^([a-z0-9][\w.-]*)(\S*)(.*)$", text, re.MULTILINE)
    assert requirements
    assert [part[0] for part in requirements if not part[1].startswith("==")] == []
    blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_the_lock_of_the_program_is_part_of_the_developers_lock() -> None:
    def pins(name: str) -> set[str]:
        text = (ROOT / "requirements" / f"{name}.lock").read_text("utf-8")
        return set(re.findall(r"^[a-z0-9][\w.-]*==\S+", text, re.MULTILINE))

    assert pins("run") - pins("dev") == set()


def test_every_dependency_of_the_project_is_locked() -> None:
    import tomllib

    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    wanted = {re.split(r"[=<>~ ;]", line)[0].lower() for line in declared}
    listed = {
        line.split("#")[0].split("==")[0].strip().lower()
        for line in (ROOT / "requirements/run.in").read_text("utf-8").splitlines()
        if line.split("#")[0].strip()
    }
    assert wanted == listed


def test_scripts_can_be_run() -> None:
    scripts = [path for path in tracked() if path.suffix == ".sh" or path == ROOT / ".ci/run"]
    assert len(scripts) >= 5
    assert [path.name for path in scripts if not path.stat().st_mode & 0o111] == []


def test_every_folder_of_tests_is_a_package() -> None:
    """Two files of one name in two folders would hide one another otherwise."""
    folders = {path.parent for path in tracked() if path.name.startswith("test_") and path.suffix == ".py"}
    assert [str(folder.relative_to(ROOT)) for folder in folders if not Path(folder, "__init__.py").exists()] == []
