"""Three hundred blanks to a disk that takes no more: no half file, one sentence with the number and what to do."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from app.forms.loader import load
from app.models.forms import SubjectRef
from app.models.store import Store
from app.operations import form_rounds, forms
from tests.helpers import outside, stores
from tests.helpers.form_texts import CHECK

ROOT = Path(__file__).resolve().parents[2]
MANY = 300

CHILD = textwrap.dedent(
    """
    import contextlib, io, json, os, subprocess, sys
    from pathlib import Path

    out, size = Path(sys.argv[1]), sys.argv[2]
    out.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(out)], check=True)
    (out / "письмо.docx").write_bytes(b"mine")
    from app.cli import run

    said, told = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(told):
        try:
            code = run(sys.argv[3:])
        except SystemExit as error:
            code = error.code
    left = {path.name: path.read_bytes()[:2].decode("latin-1") for path in out.iterdir()}
    print(json.dumps([code, said.getvalue(), told.getvalue(), left]))
    """
)


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, int]:
    """A file with a round of three hundred schools."""
    path = tmp_path_factory.mktemp("full") / "a.opora"
    store: Store = stores.made(path)
    forms.save(store, load(CHECK))
    with store.operation("Школы", "test") as operation:
        keys = [
            operation.insert("organisation", name=f"СОШ № {number}", kind="school") for number in range(1, MANY + 1)
        ]
    refs = [SubjectRef("school_programme", organisation_id=key) for key in keys]
    round_id = form_rounds.start(store, "probe", 2026, refs)
    store.close()
    return path.read_bytes(), round_id


if outside.UNSHARE:

    @pytest.mark.parametrize(
        ("what", "size", "fits"), [("blank", "1m", "хватило бы на "), ("letters", "8k", "не хватило места")]
    )
    def test_a_disk_that_is_really_full(
        asked: tuple[bytes, int], tmp_path: Path, what: str, size: str, fits: str
    ) -> None:
        db, out = tmp_path / "a.opora", tmp_path / "вывод"
        data, round_id = asked
        db.write_bytes(data)
        words = {
            "blank": ["blank", "probe", "--round", str(round_id)],
            "letters": ["letters", "--round", str(round_id)],
        }[what]
        done = subprocess.run(
            ["unshare", "-rm", sys.executable, "-c", CHILD, str(out), size, "form", *words, "--out", str(out),
             "--db", str(db)],
            cwd=ROOT, check=False, capture_output=True, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr.decode()
        code, said, told, left = json.loads(done.stdout)
        assert code == 1
        assert said == ""
        # one sentence of what happened and one of what to do, on one line
        assert "\n" not in told.strip()
        assert fits in told
        assert "Освободите место" in told
        assert "файл" in told
        # nothing of ours is left, what stood there stands
        assert left == {"письмо.docx": "mi"}
        assert db.read_bytes() == data
        with stores.opened(db) as store:
            states = {line.state for line in form_rounds.cases(store.connection, round_id)}
        # what was not written was not sent either
        assert states == {"not_sent"}
