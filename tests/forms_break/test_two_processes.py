"""Two at one file: one writes, the other looks or wants to write too; no update is lost, nobody sees half of an act."""

from __future__ import annotations

import json
import multiprocessing
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import UserError
from app.forms.loader import load
from app.models import health, lock
from app.models.forms import SubjectRef
from app.models.service import StoreService
from app.models.store import Connection, Store
from app.operations import form_answers, form_board, form_rounds, form_summary, forms, history, schools
from app.operations.files import for_reading
from tests.forms_break import acts
from tests.forms_break.killing import ACTOR
from tests.helpers import stores
from tests.helpers.form_texts import CHECK

ROOT = Path(__file__).resolve().parents[2]
FORKS = multiprocessing.get_context("forkserver")
ROUNDS = 25


@pytest.fixture
def cases(store: Store) -> list[int]:
    """Six schools that are asked; the file is closed."""
    forms.save(store, load(CHECK))
    keys = [schools.add(store, {"name": f"СОШ № {number}"}) for number in range(1, 7)]
    refs = [SubjectRef("school_programme", organisation_id=key) for key in keys]
    key = form_rounds.start(store, "probe", 2026, refs)
    made = [line.case.id for line in form_rounds.cases(store.connection, key)]
    store.abandon()
    return made


def run(path: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command as another process does."""
    return subprocess.run(
        [sys.executable, "-m", "app", *words, "--db", str(path)], cwd=ROOT, check=False, capture_output=True, timeout=60
    )


# --- two who write -----------------------------------------------------------------------------------------------


def test_the_second_who_writes_is_told_who_works_and_changes_nothing(path: Path, cases: list[int]) -> None:
    with stores.opened(path, actor=ACTOR) as window:
        form_answers.put(window, cases[0], "1", "2")
        before = stores.dump(window.connection)
        done = run(path, "form", "accept", str(cases[0]), "--anyway")
        told = done.stderr.decode()
        assert (done.returncode, ACTOR in told, "Traceback" in told) == (1, True, False), told
        assert "\n" not in told.strip()
        assert stores.dump(window.connection) == before
        # the one who was first goes on as if nothing had been
        form_answers.put(window, cases[0], "2", "1")
        # and whoever only looks sees both answers
        seen = run(path, "form", "board", "--year", "2026", "--json")
        assert seen.returncode == 0, seen.stderr.decode()
        assert json.loads(seen.stdout)
    with stores.opened(path, actor="Громова") as other:
        form_answers.put(other, cases[0], "3", "0")
        form_rounds.accept(other, [cases[0]])
        kept = form_answers.case(other.connection, cases[0])
        assert {item: one.value for item, one in kept.answers.answers.items()} == {"1": "2", "2": "1", "3": "0"}
        assert kept.locked


def test_what_was_accepted_meanwhile_refuses_the_answer_that_comes_late(path: Path, cases: list[int]) -> None:
    """A page that shows an older state of the file writes into what is locked by now: refused, nothing is lost."""
    with stores.opened(path, actor=ACTOR) as window:
        for item in "123":
            form_answers.put(window, cases[0], item, "2")
        with for_reading(path) as page:
            view = form_answers.case(page, cases[0])
            form_rounds.accept(window, [cases[0]])
            # the page still reads its own moment
            assert (view.locked, form_answers.case(page, cases[0]).locked) == (False, False)
            with pytest.raises(UserError) as refused:
                form_answers.put(window, view.case.id, "1", "0")
        assert refused.value.code == "FORM_LOCKED"
        with for_reading(path) as page:
            kept = form_answers.case(page, cases[0])
        assert (kept.locked, kept.answers.get("1").value) == (True, "2")


# --- one writes, one looks ---------------------------------------------------------------------------------------


@pytest.fixture
def service(path: Path, cases: list[int]) -> Iterator[StoreService]:
    made = StoreService()
    made.start(lambda: Store.open(path, actor=ACTOR), lambda _done: None).result()
    yield made
    made.stop()


def test_the_board_never_sees_half_of_an_act(service: StoreService) -> None:
    """Rounds come and go while the board is drawn: each look is of one moment, and none falls over."""

    def come_and_go(store: Store) -> None:
        keys = [school.id for school in schools.listing(store.connection)]
        refs = [SubjectRef("school_programme", organisation_id=key) for key in keys]
        form_rounds.start(store, "probe", 2026, refs)
        history.undo(store)

    seen = set()
    for _round in range(ROUNDS):
        writing = service.write(come_and_go)
        while not writing.done():
            board = service.read(lambda connection: form_board.board(connection, 2026)).result()
            # six schools a round: never a round with some of its cases
            assert {len(row.cells) for row in board.rows} == {len(board.rounds)}
            assert board.total == 6 * len(board.rounds)
            seen.add(len(board.rounds))
        writing.result()
    assert seen <= {1, 2}


def test_an_act_between_two_questions_of_one_look_is_not_seen(path: Path, service: StoreService) -> None:
    """What would be torn for sure: the second question of a look comes after the round is gone."""

    def start(store: Store) -> None:
        key = schools.listing(store.connection)[0].id
        form_rounds.start(store, "probe", 2027, [SubjectRef("school_programme", organisation_id=key)])

    service.write(start).result()

    def look(connection: Connection) -> tuple[int, int]:
        first = connection.execute("SELECT count(*) FROM form_round").fetchone()[0]
        service.write(history.undo).result()
        return first, connection.execute("SELECT count(*) FROM form_round").fetchone()[0]

    assert service.read(look).result() == (2, 2)
    assert service.read(lambda connection: len(form_rounds.rounds(connection))).result() == 1


def test_another_process_accepts_while_this_one_looks(path: Path, cases: list[int]) -> None:
    """The file in a window of another process: the board here counts more accepted answers, never fewer, never odd."""
    with stores.opened(path, actor=ACTOR) as store:
        for case in cases:
            for item in "123":
                form_answers.put(store, case, item, "1")
    child = FORKS.Process(target=acts.accept_one_by_one, args=(path, cases))
    child.start()
    counts = []
    while child.is_alive():
        with for_reading(path) as connection:
            board = form_board.board(connection, 2026)
            found = form_summary.summary(connection, "probe", accepted_only=True)
        accepted = board.states.get("accepted", 0)
        assert (board.total, len(found.lines)) == (6, accepted)
        counts.append(accepted)
    child.join()
    assert child.exitcode == 0
    assert counts == sorted(counts)
    with for_reading(path) as connection:
        assert form_board.board(connection, 2026).states == {"accepted": 6}
        assert health.check(connection) == []


def test_a_lock_left_by_a_killed_window_does_not_keep_the_next_one_out(path: Path, cases: list[int]) -> None:
    child = FORKS.Process(target=acts.answer_and_hang, args=(path, cases[0]))
    child.start()
    while not lock.lock_path(path).exists() or not _answered(path, cases[0]):
        child.join(0.05)
        assert child.is_alive()
    with pytest.raises(UserError) as refused:
        Store.open(path, actor="Громова")
    assert refused.value.code == "STORE_LOCKED"
    child.kill()
    child.join()
    assert child.exitcode == -signal.SIGKILL
    with stores.opened(path, actor="Громова") as store:
        assert form_answers.case(store.connection, cases[0]).answers.get("1").value == "2"


def _answered(path: Path, case: int) -> bool:
    with for_reading(path) as connection:
        return form_answers.case(connection, case).answers.get("1").given
