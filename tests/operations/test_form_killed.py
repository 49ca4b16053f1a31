"""Killed while an answer is being typed: every finished answer stands, the half-typed one too, nothing else changed."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
from pathlib import Path

from app.forms.loader import load
from app.models import health
from app.models.forms import SubjectRef
from app.models.store import Store
from app.operations import form_answers, form_rounds, forms, history, schools
from tests.helpers.form_texts import CHECK
from tests.helpers.stores import opened

ROOT = Path(__file__).resolve().parents[2]
CHILD = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from app.models.store import Store
    from app.operations import form_answers

    store, case = Store.open(Path(sys.argv[1]), actor="Ким О. В."), int(sys.argv[2])
    form_answers.put(store, case, "1", "частично")
    form_answers.put(store, case, "2", "семь")
    form_answers.put(store, case, "3", "2")
    form_answers.put_draft(store, case, "3", "0 — перепроверить")
    print("typed", flush=True)
    sys.stdin.read()
    """
)


def test_nothing_typed_is_lost_and_nothing_changes_silently(path: Path, store: Store) -> None:
    forms.save(store, load(CHECK))
    school = schools.add(store, {"name": "СОШ № 1"})
    key = form_rounds.start(store, "probe", 2026, [SubjectRef("school_programme", organisation_id=school)])
    case = form_rounds.cases(store.connection, key)[0].case.id
    store.close()
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, str(path), str(case)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"typed\n"
        child.send_signal(signal.SIGKILL)
    with opened(path, actor="Ким О. В.") as again:
        view = form_answers.case(again.connection, case)
        kept = {item: (answer.raw, answer.value) for item, answer in view.answers.answers.items()}
        assert kept == {"1": ("частично", "1"), "2": ("семь", None), "3": ("2", "2")}
        # the answer stays until its item is left; what was being typed waits beside it
        assert view.drafts == {"3": "0 — перепроверить"}
        assert [found.code for found in health.check(again.connection)] == ["STORE_DRAFT"]
        form_answers.put(again, case, "3", view.drafts["3"][:1])
        view = form_answers.case(again.connection, case)
        assert (view.drafts, view.answers.get("3").value) == ({}, "0")
        # another sitting is another visit: what was typed before the crash comes back by one key
        history.undo(again)
        assert form_answers.case(again.connection, case).drafts == {"3": "0 — перепроверить"}
